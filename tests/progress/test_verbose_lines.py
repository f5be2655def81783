import re

import pytest
from sklearn.model_selection import GridSearchCV
from stand_ins import Knob, Sturdy, data, two_metrics
from standings import do, fold_of, make_candidate, make_standing

from sksearch import HalvingSearchCV, TPESearchCV
from sksearch.progress._verbose_lines import candidate_line, fold_line


def without_times(text):
    """Return lines without runs of dots, commas, semicolons and the seconds."""
    return [
        re.sub(r"\.\.+|[,;]", "", re.sub(r"\d+\.\d+s", "", line))
        for line in text.splitlines()
    ]


def folds_said(capsys):
    return [line for line in without_times(capsys.readouterr().out) if "[CV" in line]


class TestCandidateLine:
    def test_what_it_says(self):
        standing = make_standing({0: 4})
        candidate = do(standing, score=0.9345678, C=0.123456789, kind="svm")

        assert candidate_line(candidate, standing, improved=True) == (
            "[1/4] score=0.93457, the best so far; svm: C=0.12346, kind='svm'; 2.0 s"
        )

    def test_functions_have_their_names(self):
        standing = make_standing({0: 4})
        candidate = do(standing, metric=without_times, kernel=re.sub)

        line = candidate_line(candidate, standing, improved=False)
        assert "metric=without_times, kernel=sub;" in line

    def test_why_it_has_failed(self):
        standing = make_standing({0: 4})
        candidate = do(standing, score=None, error="ValueError: C is odd", C=3)

        assert candidate_line(candidate, standing, improved=False) == (
            "[1/4] score=nan, 2 of 2 folds failed: ValueError: C is odd; C=3; 2.0 s"
        )

    def test_a_score_that_is_not_finite(self):
        standing = make_standing({0: 4})
        candidate = do(standing, score=float("inf"), C=3)

        line = candidate_line(candidate, standing, improved=False)
        assert "score=inf, 2 of 2 folds failed: a score is not finite;" in line

    def test_pruned(self):
        standing = make_standing({0: 4}, n_splits=5)
        candidate = make_candidate(n_splits=5, score=0.25)
        candidate.folds = {0: fold_of(0, 0), 1: fold_of(0, 1)}
        candidate.pruned = True

        line = candidate_line(candidate, standing, improved=False)
        assert line.startswith("[0/4] score=0.25, pruned after 2 of 5; ")

    def test_rungs_are_named(self):
        standing = make_standing({0: 9, 1: 3})
        candidate = do(standing, rung=1, resource=60)

        line = candidate_line(candidate, standing, improved=False)
        assert line.startswith("[1/12, rung 1 with 60] score=0.5; ")


class TestFoldLine:
    def test_why_it_has_failed(self):
        fold = fold_of(0, 1, None, error="ValueError: C is odd")
        line = fold_line(make_candidate(C=3), fold, make_standing(), 3)

        assert line.startswith("[CV 2/2] END ...")
        assert line.endswith("C=3; score=nan (ValueError: C is odd) total time=   1.0s")

    def test_much_verbose_names_the_candidate(self):
        line = fold_line(make_candidate(4), fold_of(4, 0), make_standing(), 10)

        assert line.startswith("[CV 1/2; 5/10] END")

    def test_rungs_are_named(self):
        standing = make_standing({0: 9, 1: 3})
        candidate = make_candidate(rung=1, resource=60)

        line = fold_line(candidate, fold_of(0, 0), standing, 3)
        assert line.startswith("[CV 1/2; rung 1 with 60] END")

    @pytest.mark.parametrize("scoring", [None, two_metrics], ids=["one", "two metrics"])
    @pytest.mark.parametrize("train", [False, True], ids=["test", "train and test"])
    def test_it_is_that_of_grid_search(self, capsys, train, scoring):
        X, y = data()
        words = {
            "cv": 2,
            "verbose": 3,
            "return_train_score": train,
            "scoring": scoring,
            "refit": False,
        }
        GridSearchCV(Knob(), {"level": [0.25]}, **words).fit(X, y)
        expected = folds_said(capsys)
        TPESearchCV(Knob(), {"level": [0.25]}, n_iter=1, **words).fit(X, y)

        assert folds_said(capsys) == expected

        assert len(expected) == 2


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning")
def test_searches_print_what_their_verbose_says(capsys):
    X, y = data()
    space = {"mood": ["good", "fit fails"]}
    search = TPESearchCV(Sturdy(), space, n_iter=2, cv=2, initial_points=None)
    search.set_params(verbose=2).fit(X, y)
    said = capsys.readouterr().out.splitlines()

    assert [line[:6] for line in said[1:-1]] == ["[1/2] ", "[2/2] "]

    assert (
        sum("2 of 2 folds failed: RuntimeError: no fit" in line for line in said) == 1
    )


def test_halving_names_its_rungs(capsys):
    X, y = data()
    words = {"n_candidates": 4, "factor": 2, "min_resources": 10, "cv": 2, "verbose": 2}
    HalvingSearchCV(Knob(), {"level": [0.1, 0.2, 0.3, 0.4]}, **words).fit(X, y)
    said = capsys.readouterr().out

    assert re.findall(r"rung \d with \d+", said) == [
        *["rung 0 with 10"] * 4,
        *["rung 1 with 20"] * 2,
        *["rung 2 with 40"],
    ]

import math

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from sksearch._warn import Notices
from sksearch.engine import (
    format_results,
    metric_names,
    rounds_of,
    warn_not_finite,
)
from sksearch.trials import Candidate, FoldScore, Trial


def candidate(number, scores, configuration=None, train=None, times=None):
    """Return a candidate; a score that is None stands for a fit that failed."""
    n = len(scores)
    made = Candidate(Trial(number, configuration or {}, np.zeros(0)), n)
    for i, score in enumerate(scores):
        made.folds[i] = FoldScore(
            number,
            i,
            None if score is None else {"score": score},
            None if train is None or score is None else {"score": train[i]},
            *(times[i] if times else (1.0, 0.5)),
            error="Traceback" if score is None else None,
        )
    return made


def formatted(
    candidates, error_score=math.nan, metrics=("score",), train=False, **more
):
    return format_results(
        candidates, metrics, error_score, return_train_score=train, **more
    )


class TestMetricNames:
    def test_from_a_fit_that_succeeded(self):
        candidates = [candidate(0, [None, None]), candidate(1, [None, 0.5])]

        assert metric_names(candidates, None) == ["score"]

    def test_from_the_scorer_if_all_failed(self):
        class TwoMetrics:
            _scorers = {"a": None, "b": None}  # noqa: RUF012 - a stand-in

        assert metric_names([candidate(0, [None])], TwoMetrics()) == ["a", "b"]

    def test_one_metric_if_nothing_is_known(self):
        assert metric_names([candidate(0, [None])], len) == ["score"]


class TestFormat:
    def test_keys_and_their_order_are_those_of_grid_search(self):
        made = [
            candidate(0, [0.1, 0.2], {"a": 1, "b": "x"}, train=[1, 1]),
            candidate(1, [0.3, 0.4], {"c": 1.5, "a": 2}, train=[1, 1]),
        ]

        assert list(formatted(made, train=True)) == [
            "mean_fit_time",
            "std_fit_time",
            "mean_score_time",
            "std_score_time",
            "param_a",
            "param_b",
            "param_c",
            "params",
            "split0_test_score",
            "split1_test_score",
            "mean_test_score",
            "std_test_score",
            "rank_test_score",
            "split0_train_score",
            "split1_train_score",
            "mean_train_score",
            "std_train_score",
        ]

    def test_means_and_population_deviations(self):
        results = formatted([candidate(0, [0.0, 1.0], times=[(1, 2), (3, 6)])])

        assert results["mean_test_score"] == [0.5]

        assert results["std_test_score"] == [0.5]

        assert results["mean_fit_time"] == [2]

        assert results["std_fit_time"] == [1]

        assert results["mean_score_time"] == [4]

        assert results["std_score_time"] == [2]

    @pytest.mark.parametrize(
        ("means", "ranks"),
        [
            ([0.1, 0.3, 0.2], [3, 1, 2]),
            ([0.3, 0.3, 0.1], [1, 1, 3]),
            ([math.nan, 0.3, 0.1], [3, 1, 2]),
            ([math.nan, 0.3, math.nan], [2, 1, 2]),
            ([math.nan, math.nan], [1, 1]),
            ([math.inf, 0.3, 0.1], [1, 2, 3]),
            ([0.3, math.inf, math.nan, math.inf], [3, 1, 4, 1]),
            ([-math.inf, 0.3, math.nan], [2, 1, 3]),
            ([-math.inf, -math.inf, math.nan], [1, 1, 3]),
            ([-1.7e308, -math.inf, 1.7e308], [2, 3, 1]),
        ],
        ids=[
            "plain",
            "ties",
            "nan",
            "two nans",
            "all nan",
            "inf",
            "two inf",
            "-inf and nan",
            "two -inf",
            "huge",
        ],
    )
    @pytest.mark.filterwarnings("ignore:One or more of the test scores are non-finite")
    def test_ranks(self, means, ranks):
        results = formatted([candidate(i, [mean]) for i, mean in enumerate(means)])

        assert results["rank_test_score"].tolist() == ranks

        assert results["rank_test_score"].dtype == np.int32

    def test_scores_that_are_not_finite_are_warned_of_once(self):
        made = [candidate(0, [None, 0.5]), candidate(1, [None, None])]

        with pytest.warns(UserWarning, match="test scores are non-finite") as caught:
            warn_not_finite(formatted(made), ["score"], Notices())

        assert len(caught) == 1

    def test_the_error_score_is_a_score_like_others(self):
        results = formatted([candidate(0, [None]), candidate(1, [-2.0])], -1.0)

        assert results["mean_test_score"].tolist() == [-1.0, -2.0]

        assert results["rank_test_score"].tolist() == [1, 2]

    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            ([1, 2], "i"),
            ([1, 2.5], "f"),
            ([True, False], "b"),
            (["a", "b"], "O"),
            ([None, 1], "O"),
            ([(1, 2), (3, 4)], "O"),
            ([[1], [2, 3]], "O"),
            ([SVC(), LogisticRegression()], "O"),
        ],
        ids=["int", "float", "bool", "str", "none", "tuples", "ragged", "estimators"],
    )
    def test_parameter_columns(self, values, kind):
        made = [candidate(i, [0.5], {"p": value}) for i, value in enumerate(values)]
        column = formatted(made)["param_p"]

        assert column.dtype.kind == kind

        assert column.shape == (2,)

        assert list(column) == values

        assert not np.ma.getmaskarray(column).any()

    def test_a_parameter_is_masked_where_it_is_not_active(self):
        made = [
            candidate(0, [0.5], {"kernel": "rbf", "gamma": 0.5}),
            candidate(1, [0.5], {"kernel": "linear"}),
        ]
        results = formatted(made)

        assert results["param_gamma"].mask.tolist() == [False, True]

        assert results["param_gamma"].dtype.kind == "f"

        assert results["params"][1] == {"kernel": "linear"}

    def test_rows_can_be_changed_apart_from_the_trials(self):
        made = candidate(0, [0.5], {"a": 1})
        formatted([made])["params"][0]["a"] = 2

        assert made.trial.configuration == {"a": 1}


def stopped(*rounds):
    made = Candidate(Trial(0, {}, np.zeros(0)), len(rounds))
    for i, n in enumerate(rounds):
        made.folds[i] = FoldScore(0, i, {"score": 1.0}, None, 1.0, 0.5, n_rounds=n)
    return made


class TestRounds:
    def test_by_fold(self):
        assert rounds_of(stopped(3.0, None)) == [3.0, None]

    def test_columns(self):
        columns = formatted([stopped(3.0, 6.0), stopped(4.0, None)], rounds=True)
        names = ["split0_n_rounds", "split1_n_rounds", "mean_n_rounds"]

        assert list(columns)[:3] == names

        np.testing.assert_array_equal(columns["split1_n_rounds"], [6.0, np.nan])

        np.testing.assert_array_equal(columns["mean_n_rounds"], [4.5, 4.0])

    def test_none_at_all(self):
        columns = formatted([stopped(None, None)], rounds=True)

        assert np.isnan([columns["split0_n_rounds"], columns["mean_n_rounds"]]).all()


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"iter": [0, 1], "n_resources": [3, 9]},
        {"iter": [0, 1], "n_resources": [3, 9], "bracket": [2, 0]},
    ],
    ids=len,
)
def test_where_candidates_were_tried(found):
    candidates = [
        Candidate(Trial(0, {}, np.zeros(0)), 1, rung=0, resource=3, bracket=2),
        Candidate(Trial(1, {}, np.zeros(0)), 1, rung=1, resource=9, bracket=0),
    ]
    table = formatted(candidates, metrics=(), columns=found, n_folds=True)
    added = list(table)[: list(table).index("n_folds")]

    assert {name: table[name].tolist() for name in added} == found

    assert all(table[name].dtype == np.intp for name in added)

    assert table["n_folds"].tolist() == [0, 0]

"""Searches whose candidates share the steps of pipelines."""

import tempfile

import joblib
import numpy as np
import pandas as pd
import pytest
import sklearn
from faces import QUICK_FACES, listed
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import accuracy_score, make_scorer
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from stand_ins import Costly, Knob, data

from sksearch import (
    Choice,
    Float,
    GridSearchCV,
    HalvingSearchCV,
    Option,
    SharedSteps,
    TPESearchCV,
)
from sksearch.evaluation.shared_steps import _step_memory, _step_store

X, Y = data()
WORDS = {"n_iter": 4, "cv": 2, "random_state": 0, "error_score": "raise"}
MODELS = Choice(
    {
        "logistic": Option(LogisticRegression(), C=Float(0.01, 10, log=True)),
        "bayes": GaussianNB(),
    }
)


@pytest.fixture(autouse=True)
def all_are_worth_it(monkeypatch):
    """Also steps that take no time."""
    monkeypatch.setattr(_step_memory, "LEAST_SECONDS", -1.0)
    _step_store._recent.clear()


@pytest.fixture
def folder(tmp_path):
    """Return where costly steps write down that they were fitted."""
    path = tmp_path / "fits"
    path.mkdir()
    return path


def pipeline(folder=None, **words):
    step = Costly(2.0, str(folder), **words)
    return Pipeline([("costly", step), ("clf", LogisticRegression())])


def n_files(folder):
    return len(list(folder.iterdir()))


def table(search):
    """Return all that no cache may change."""
    results = search.cv_results_
    names = [n for n in results if "time" not in n and n != "params"]
    return {n: results[n].tolist() for n in names}


def assert_same(make, X=X, Y=Y, cache=True, face=TPESearchCV, space=None, **words):
    """Check that a search does the same with and without sharing."""
    words = {**WORDS, "return_train_score": True, **words}
    if face is HalvingSearchCV:
        del words["n_iter"]
    space = {"clf": MODELS} if space is None else space
    fit = words.pop("fit", {})
    one = face(make(), space, **words).fit(X, Y, **fit)
    other = face(make(), space, cache=cache, **words).fit(X, Y, **fit)

    assert repr(table(one)) == repr(table(other))

    return other


@pytest.mark.parametrize("face", QUICK_FACES)
def test_candidates_share_a_step(face, folder):
    """One fit for each fold (and rung) instead of each candidate, and the last fit."""
    budget = {"n_candidates": 4} if face is HalvingSearchCV else {"n_iter": 4}
    models = {"clf": MODELS}
    if face is GridSearchCV:  # it tries all four
        budget, models = {}, listed(models, 3)
    words = {**WORDS, "min_resources": 20} if budget.get("n_candidates") else WORDS
    words = {k: v for k, v in words.items() if k != "n_iter"}
    search = face(pipeline(folder), models, cache=True, **budget, **words)
    search.fit(X, Y)
    n_rungs = len(set(search.cv_results_.get("n_resources", [0])))

    assert n_files(folder) == 2 * n_rungs + 1


def test_not_by_default(folder):
    TPESearchCV(pipeline(folder), {"clf": MODELS}, **WORDS).fit(X, Y)

    assert n_files(folder) == 2 * 4 + 1


def test_a_step_that_differs_is_fitted_for_each_value(folder):
    space = {"costly__factor": [1.0, 2.0], "clf__C": [1, 2, 3]}
    search = TPESearchCV(pipeline(folder), space, cache=True, **{**WORDS, "n_iter": 6})
    search.fit(X, Y)

    assert n_files(folder) == 2 * 2 + 1


def test_the_best_estimator_has_no_trace_of_it(folder, tmp_path):
    for own in (None, str(tmp_path / "own"), joblib.Memory(tmp_path / "m", verbose=0)):
        given = pipeline(folder).set_params(memory=own)
        best = TPESearchCV(given, {"clf": MODELS}, cache=True, **WORDS).fit(X, Y)
        best = best.best_estimator_

        assert type(best) is Pipeline

        assert repr(best.memory) == repr(own)

        assert given.memory is own

        assert type(clone(best)) is Pipeline


def test_a_folder_that_stays_is_used_by_the_next_search(folder, tmp_path):
    for n_fits in (3, 4):  # once for each fold, and the last fit each time
        search = TPESearchCV(
            pipeline(folder), {"clf": MODELS}, cache=tmp_path / "steps", **WORDS
        ).fit(X, Y)

        assert n_files(folder) == n_fits

    assert len(list((tmp_path / "steps").glob("*.step"))) == 2

    search.set_params(random_state=1).fit(X + 1, Y)

    assert n_files(folder) == 7


@pytest.fixture
def temporary(monkeypatch, tmp_path):
    """A place of its own for temporary folders."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def leftovers(temporary):
    return [path.name for path in temporary.iterdir() if path.name != "fits"]


def test_a_temporary_folder_goes_at_the_end(folder, temporary):
    seen = []
    TPESearchCV(
        pipeline(folder),
        {"clf": MODELS},
        cache=True,
        callbacks=lambda _: seen.extend(leftovers(temporary)),
        **WORDS,
    ).fit(X, Y)

    assert len(set(seen)) == 1

    assert leftovers(temporary) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_also_when_the_search_fails(folder, temporary, error):
    def fail(_):
        raise error

    search = TPESearchCV(
        pipeline(folder), {"clf": MODELS}, cache=True, scoring=_raising(error), **WORDS
    )
    with pytest.raises(error):
        search.fit(X, Y)

    assert leftovers(temporary) == []


def _raising(error):
    def scorer(estimator, X, y):
        raise error

    return scorer


@pytest.mark.filterwarnings("ignore:One or more of the test scores:UserWarning")
def test_a_step_that_fails_fails_for_each_candidate(folder):
    gone = pipeline(folder / "not there")
    space = {"clf": MODELS, "costly__folder": [str(folder / "not there"), str(folder)]}
    words = {**WORDS, "error_score": np.nan, "n_iter": 8}
    with pytest.warns(sklearn.exceptions.FitFailedWarning):
        one = TPESearchCV(gone, space, **words).fit(X, Y)
    with pytest.warns(sklearn.exceptions.FitFailedWarning):
        other = TPESearchCV(gone, space, cache=True, **words).fit(X, Y)

    assert repr(table(one)) == repr(table(other))

    for name in ("candidate", "fold", "exception"):
        assert one.failures_[name] == other.failures_[name]


def test_bad_values_are_refused(refused):
    refused(Knob(), {"level": [0.5]}, "The 'cache' parameter must be", cache="2 GB")

    refused(Knob(), {"level": [0.5]}, "'cache' parameter", TypeError, cache=3)

    refused(Knob(), {"level": [0.5]}, "is a file", cache=__file__)


def test_a_journal_goes_on_with_another_cache(folder, tmp_path):
    words = {**WORDS, "storage": tmp_path / "journal.jsonl"}
    one = TPESearchCV(pipeline(folder), {"clf": MODELS}, **words).fit(X, Y)
    other = TPESearchCV(pipeline(folder), {"clf": MODELS}, cache=True, **words)

    assert table(other.fit(X, Y)) == table(one)


class TestTheSameResults:
    """To the last bit, with and without sharing."""

    def test_gaps_between_rows(self):
        """A PCA returns a part of a larger array."""
        X = np.random.default_rng(0).normal(size=(60, 30))
        pca = Pipeline([("pca", PCA(7)), ("clf", LogisticRegression())])

        assert_same(lambda: clone(pca), X, np.arange(60) % 3)

    @pytest.mark.slow
    def test_text(self):
        texts = [f"word{i % 7} and word{i % 3}" for i in range(40)]
        for given in (texts, pd.Series(texts)):
            assert_same(
                lambda: Pipeline(
                    [
                        ("tfidf", TfidfVectorizer()),
                        ("svd", TruncatedSVD(2, random_state=0)),
                        ("clf", GaussianNB()),
                    ]
                ),
                given,
            )

    @pytest.mark.slow
    def test_frames_and_column_transformers(self):
        frame = pd.DataFrame(X, columns=["a", "b", "c"]).assign(d=list("xyxz") * 10)
        parts = [
            ("numbers", StandardScaler(), ["a", "b"]),
            ("words", OneHotEncoder(handle_unknown="ignore"), ["d"]),
        ]

        search = assert_same(
            lambda: Pipeline(
                [("columns", ColumnTransformer(parts)), ("clf", GaussianNB())]
            ),
            frame,
        )

        assert search.best_estimator_.feature_names_in_.tolist() == list("abcd")

    def test_frames_come_out(self):
        def make():
            steps = [("scale", StandardScaler()), ("clf", LogisticRegression())]
            return Pipeline(steps).set_output(transform="pandas")

        search = assert_same(make, pd.DataFrame(X, columns=["a", "b", "c"]))

        assert list(search.best_estimator_[-1].feature_names_in_) == ["a", "b", "c"]

    def test_steps_that_draw(self):
        class Noisy(Costly):
            def fit(self, X, y=None):
                self.weight_ = np.random.rand()  # noqa: NPY002
                return self

        def make():
            np.random.seed(3)  # noqa: NPY002
            return Pipeline([("noise", Noisy(1.0)), ("clf", LogisticRegression())])

        assert_same(make, refit=False)

    def test_rungs(self):
        assert_same(
            lambda: Pipeline([("pca", PCA(2)), ("clf", GaussianNB())]),
            face=HalvingSearchCV,
            n_candidates=4,
            min_resources=20,
        )

    def test_early_stopping(self):
        boosting = HistGradientBoostingClassifier(random_state=0, max_iter=5)
        sgd = SGDClassifier(random_state=0)
        models = {"boosting": boosting, "sgd": Option(sgd, alpha=Float(1e-4, 1))}

        assert_same(
            lambda: Pipeline([("pca", PCA(2)), ("clf", boosting)]),
            space={"clf": Choice(models)},
            early_stopping=2,
        )

    @pytest.mark.slow
    def test_sample_weight(self, folder):
        weight = {"costly__sample_weight": np.arange(40.0)}

        assert_same(lambda: pipeline(folder), fit=weight)

    def test_routing(self, folder):
        with sklearn.config_context(enable_metadata_routing=True):

            def make():
                naive = GaussianNB().set_fit_request(sample_weight=False)
                model = pipeline(folder)
                model.named_steps["costly"].set_fit_request(sample_weight=True)
                model.set_params(clf=naive)
                return model

            scorer = make_scorer(accuracy_score).set_score_request(sample_weight=True)
            assert_same(
                make,
                space={"clf__var_smoothing": Float(1e-9, 1e-3, log=True)},
                fit={"sample_weight": np.arange(40.0)},
                scoring=scorer,
            )

    def test_predictions_out_of_fold(self, folder):
        words = {**WORDS, "return_oof": True}
        one, other = (
            TPESearchCV(pipeline(folder), {"clf": MODELS}, cache=cache, **words)
            for cache in (None, True)
        )
        one, other = one.fit(X, Y), other.fit(X, Y)

        assert repr(one.oof_predictions_.predictions) == repr(
            other.oof_predictions_.predictions
        )

    @pytest.mark.parametrize(
        "backend", ["threading", pytest.param("loky", marks=pytest.mark.slow)]
    )
    def test_workers(self, backend, folder):
        with joblib.parallel_config(backend):
            assert_same(lambda: pipeline(folder), n_jobs=2)

        assert n_files(folder) <= 9 + 4 + 1


def test_the_size_is_kept(folder, tmp_path):
    settings = SharedSteps(tmp_path / "steps", 3000)
    space = {"costly__factor": Float(1, 2)}
    search = TPESearchCV(pipeline(folder), space, cache=settings, **WORDS)
    sizes = []
    search.callbacks = lambda _: sizes.append(
        sum(p.stat().st_size for p in (tmp_path / "steps").iterdir())
    )
    search.fit(X, Y)

    assert 0 < max(sizes) <= 3000


@pytest.mark.backends
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_dask(dask_cluster, folder):
    with joblib.parallel_config("dask"):
        search = TPESearchCV(
            pipeline(folder, seconds=0.05), {"clf": MODELS}, cache=True, **WORDS
        ).fit(X, Y)

    assert len(search.cv_results_["params"]) == 4

    assert n_files(folder) < 9


@pytest.mark.backends
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_ray(ray_cluster, folder):
    with joblib.parallel_config(ray_cluster):
        search = TPESearchCV(
            pipeline(folder, seconds=0.05), {"clf": MODELS}, cache=True, **WORDS
        ).fit(X, Y)

    assert len(search.cv_results_["params"]) == 4

    assert n_files(folder) < 9

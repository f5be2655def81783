"""Kept predictions count only for what they are predictions of."""

import pickle

import numpy as np
import pandas as pd
import pytest
import sklearn
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.datasets import load_diabetes, load_iris
from sklearn.exceptions import DataConversionWarning
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import get_scorer
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, HalvingSearchCV, Option, StackingWeights, TPESearchCV

X, Y = load_iris(return_X_y=True)
WEIGHTS = np.random.default_rng(0).uniform(0.1, 5, size=150)


class Weighted(ClassifierMixin, BaseEstimator):
    """Remembers the weights that it was fitted with."""

    def __init__(self, smoothing=1e-9):
        self.smoothing = smoothing

    def fit(self, X, y, sample_weight=None):
        self.model_ = GaussianNB(var_smoothing=self.smoothing)
        self.model_.fit(X, y, sample_weight)
        self.classes_ = self.model_.classes_
        self.weights_ = sample_weight
        return self

    def predict(self, X):
        return self.model_.predict(X)

    def predict_proba(self, X):
        return self.model_.predict_proba(X)


def searched(estimator, space, x=X, y=Y, face=TPESearchCV, **params):
    words = {"cv": 3, "return_oof": True, "random_state": 0}
    if face is TPESearchCV:
        words["n_iter"] = 2
    return face(estimator, space, **words).fit(x, y, **params)


def piped():
    return Pipeline([("scale", StandardScaler()), ("clf", Weighted())])


@pytest.fixture(scope="module")
def search():
    pipe = make_pipeline(StandardScaler(), SVC())
    return searched(pipe, {"svc__C": [0.1, 10.0]})


class TestMembers:
    @pytest.mark.parametrize(
        ("words", "message"),
        [
            ({"svc__C": 77}, "its svc__C is 77, and was "),
            ({"svc__gamma": "auto"}, "its svc__gamma is 'auto', and was 'scale'"),
            ({"standardscaler__with_mean": False}, "with_mean is False, and was True"),
            (
                {"svc": LogisticRegression(C=0.01)},
                "its svc is .*LogisticReg.*, and was .*SVC",
            ),
            (
                LogisticRegression(C=0.01),
                "its class is .*LogisticReg.*, and was .*Pipeline",
            ),
        ],
        ids=str,
    )
    @pytest.mark.parametrize("copied", [False, True])
    def test_changed(self, search, words, message, copied):
        ensemble = StackingWeights.from_search(search)
        name = ensemble.estimators[-1][0]
        if not isinstance(words, dict):
            ensemble.set_params(**{name: words})
        else:
            ensemble.set_params(**{f"{name}__{k}": v for k, v in words.items()})
        if copied:
            ensemble = pickle.loads(pickle.dumps(clone(ensemble)))

        with pytest.raises(ValueError, match=f"The member '{name}' .*{message}"):
            ensemble.fit(X, Y)

        if not copied:
            assert ensemble.set_params(oof=None).fit(X, Y).score(X, Y) > 0.9

    def test_changed_without_set_params_of_the_ensemble(self, search):
        ensemble = StackingWeights.from_search(search)
        ensemble.estimators[0][1].set_params(svc__C=77)

        with pytest.raises(ValueError, match="svc__C is 77"):
            ensemble.fit(X, Y)

    def test_in_another_order(self, search):
        ensemble = StackingWeights.from_search(search)
        ensemble.set_params(estimators=ensemble.estimators[::-1])

        with pytest.raises(ValueError, match="not the one of the search"):
            ensemble.fit(X, Y)

    def test_what_changes_no_prediction(self, search):
        expected = StackingWeights.from_search(search).fit(X, Y).weights_
        ensemble = StackingWeights.from_search(search)
        ensemble.estimators[0][1].set_params(svc__verbose=False, verbose=False)
        named = [(f"m{i}", m) for i, (_, m) in enumerate(ensemble.estimators)]
        ensemble.set_params(estimators=named, n_jobs=1)

        assert_array_equal(clone(ensemble).fit(X, Y).weights_, expected)


class TestData:
    @pytest.mark.parametrize(
        "other", [X[::-1], X[:, ::-1], X[:, :2], X + 1e-6, pd.DataFrame(2 * X)]
    )
    def test_another_X_with_the_same_y(self, search, other):
        with pytest.raises(ValueError, match=r"other data: .* X is another one"):
            StackingWeights.from_search(search).fit(other, Y)

    @pytest.mark.parametrize(
        "same",
        [X.copy(), np.asfortranarray(X), X.tolist(), pd.DataFrame(X)],
        ids=["copy", "order", "list", "frame"],
    )
    def test_the_same_X(self, search, same):
        one, other = (StackingWeights.from_search(search).fit(x, Y) for x in (X, same))

        assert_array_equal(one.weights_, other.weights_)

    def test_searches_of_different_data(self, search):
        other = searched(SVC(), {"C": [1.0, 2.0]}, x=X[:, :2])

        with pytest.raises(ValueError, match=r"search 1 was fitted on other .*X"):
            StackingWeights.from_search([search, other])


class TestTarget:
    @pytest.mark.parametrize(
        "y",
        [
            Y.tolist(),
            pd.Series(Y, index=range(9, 159)),
            np.array(["a", "b", "c"])[Y].tolist(),
            pd.Series(pd.Categorical(np.array(["a", "b", "c"])[Y])),
            pd.Categorical(np.array(["a", "b", "c"])[Y]),
            pd.Series(np.array(["a", "b", "c"])[Y], dtype="string"),
            pd.Series(Y, dtype="Int64"),
            Y > 0,
            Y.astype(float),
        ],
    )
    def test_as_the_search_takes_it(self, y):
        search = searched(GaussianNB(), {"var_smoothing": [1e-9, 0.1]}, y=y)
        ensemble = StackingWeights.from_search(search).fit(X, y)

        assert np.mean(ensemble.predict(X) == np.asarray(y)) > 0.9

    @pytest.mark.filterwarnings("ignore:A column-vector y")
    @pytest.mark.parametrize(
        "y", [Y[:, None], pd.DataFrame({"t": Y}), np.array(["a", "b", "c"])[Y][:, None]]
    )
    def test_a_single_column(self, y):
        flat = np.asarray(y)[:, 0]
        search = searched(GaussianNB(), {"var_smoothing": [1e-9, 0.1]}, y=y)
        ensemble = StackingWeights.from_search(search)

        assert_array_equal(
            clone(ensemble).fit(X, flat).predict(X), ensemble.fit(X, y).predict(X)
        )

        # As from scikit-learn's own ensembles.
        with pytest.warns(DataConversionWarning, match="column-vector"):
            ensemble.fit(X, y)

    @pytest.mark.filterwarnings("ignore:A column-vector y")
    def test_a_single_column_of_numbers(self):
        x, y = load_diabetes(return_X_y=True)
        search = searched(Ridge(), {"alpha": [0.1, 1.0]}, x=x, y=y[:, None])
        ensemble = StackingWeights.from_search(search).fit(x, y[:, None])

        assert ensemble.predict(x).shape == y.shape


class TestWeights:
    SPACE = {"clf__smoothing": [1e-9, 0.1]}  # noqa: RUF012

    @staticmethod
    def weights_of(ensemble):
        last = [getattr(m, "steps", [(None, m)])[-1][1] for m in ensemble.estimators_]
        return [model.weights_ for model in last]

    @pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
    def test_those_of_the_search(self, face):
        space = {"clf__smoothing": [1e-9, 0.1, 1.0, 2.0]}
        words = {"face": face, "clf__sample_weight": WEIGHTS}
        search = searched(piped(), space, **words)
        unfitted = StackingWeights.from_search(search)
        anew = StackingWeights(
            unfitted.estimators, cv=list(_folds(unfitted.oof.rows))
        ).fit(X, Y, clf__sample_weight=WEIGHTS)

        for params in (
            {},
            {"clf__sample_weight": pd.Series(WEIGHTS)},
            {"sample_weight": WEIGHTS.tolist()},
            {"sample_weight": None},
        ):
            ensemble = clone(unfitted).fit(X, Y, **params)

            for seen in self.weights_of(ensemble):
                assert_array_equal(seen, WEIGHTS)

            if face is TPESearchCV:  # the other one has a part of the rows
                assert_allclose(ensemble.weights_, anew.weights_, atol=1e-4)

    @pytest.mark.parametrize(
        ("before", "now", "message"),
        [
            (
                {"clf__sample_weight": WEIGHTS},
                {"clf__sample_weight": 2 * WEIGHTS},
                "'clf__sample_weight' has other values than in the search",
            ),
            ({}, {"sample_weight": WEIGHTS}, "without 'clf__sample_weight' .had none"),
            (
                {"clf__sample_weight": WEIGHTS},
                {"scale__sample_weight": WEIGHTS},
                "without 'scale__sample_weight' .had 'clf__sample_weight'",
            ),
        ],
    )
    def test_others_than_those_of_the_search(self, before, now, message):
        search = searched(piped(), self.SPACE, **before)

        with pytest.raises(ValueError, match=message):
            StackingWeights.from_search(search).fit(X, Y, **now)

    def test_of_a_choice(self):
        kinds = Choice({"one": Option(Weighted(), smoothing=[1e-9]), "b": Weighted(1)})
        search = searched(kinds, None, sample_weight=WEIGHTS)
        inside = searched(piped(), {"clf": kinds}, clf__sample_weight=WEIGHTS)
        for given in (search, inside, [search, inside]):
            ensemble = StackingWeights.from_search(given).fit(X, Y)

            assert len(ensemble.estimators_) > 1

            for seen in self.weights_of(ensemble):
                assert_array_equal(seen, WEIGHTS)

    @pytest.mark.parametrize(
        "model",
        [
            piped(),
            make_pipeline(StandardScaler(), piped()),
            GridSearchCV(piped(), {"clf__smoothing": [1e-9]}, cv=2),
        ],
        ids=["pipeline", "nested", "grid"],
    )
    def test_for_the_last_step_of_pipelines(self, model):
        ensemble = StackingWeights([("pipe", model), ("plain", Weighted(1.0))], cv=3)
        ensemble.set_params(method="uniform").fit(X, Y, sample_weight=WEIGHTS)
        inner = ensemble.estimators_[0]
        inner = getattr(inner, "best_estimator_", inner)
        while hasattr(inner, "steps"):
            inner = inner.steps[-1][1]

        assert len(inner.weights_) == len(WEIGHTS)

    def test_some_members_would_have_none(self):
        ensemble = StackingWeights([("pipe", piped()), ("plain", Weighted())])

        with pytest.raises(
            TypeError, match=r"not for the members 'plain'.*Give 'sample_weight'"
        ):
            ensemble.fit(X, Y, clf__sample_weight=WEIGHTS)

    @pytest.mark.parametrize(
        "params", [{}, {"sample_weight": WEIGHTS}], ids=["none", "given"]
    )
    def test_routed(self, params):
        with sklearn.config_context(enable_metadata_routing=True):
            model = Weighted().set_fit_request(sample_weight=True)
            model.set_score_request(sample_weight=False)
            pipe = make_pipeline(GaussianScaler(), model)
            kinds = Choice(
                {"pipe": pipe, "plain": clone(model).set_params(smoothing=1)}
            )
            scorer = get_scorer("accuracy").set_score_request(sample_weight=False)
            search = TPESearchCV(
                kinds, n_iter=2, cv=3, scoring=scorer, return_oof=True, random_state=0
            ).fit(X, Y, sample_weight=WEIGHTS)
            ensemble = StackingWeights.from_search(search).fit(X, Y, **params)

            assert len(ensemble.estimators_) == 2

            for seen in self.weights_of(ensemble):
                assert_array_equal(seen, WEIGHTS)

            with pytest.raises(ValueError, match="other values than in the search"):
                StackingWeights.from_search(search).fit(X, Y, sample_weight=2 * WEIGHTS)


class GaussianScaler(StandardScaler):
    """Takes no weights."""

    def fit(self, X, y=None):
        return super().fit(X)


def _folds(rows):
    for test in rows:
        yield np.setdiff1d(np.arange(len(X)), test), test

"""Every face is an estimator among others, and leaves what it is given as it was."""

from __future__ import annotations

import copy
import io
import pickle

import numpy as np
import pandas as pd
import pytest
from faces import (
    FACES,
    LEVEL,
    MIXED,
    X,
    Y,
    assert_same_results,
    mixed_pipeline,
    one_quick_face,
)
from scipy.stats import loguniform
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from stand_ins import Deferred, Knob, NoPredict, Scale, Sturdy

from sksearch import Float, StackingWeights
from sksearch._sklearn import HalvingRandomSearchCV

THEIRS = GridSearchCV, RandomizedSearchCV, HalvingRandomSearchCV


class WithoutUs(pickle.Unpickler):
    """Reads what can be read where sksearch is not installed."""

    def find_class(self, module, name):
        assert module.partition(".")[0] != "sksearch"
        return super().find_class(module, name)


class TestGoodManners:
    @one_quick_face
    def test_what_the_user_gave_stays_as_it_was(self, face):
        pipeline, space = mixed_pipeline(), copy.deepcopy(MIXED)
        before, scaler, svc = repr(space), space["scale"][0], space["clf"].values[0]
        parts = dict(pipeline.named_steps)
        face(pipeline, space, n_iter=9).fit(X, Y)

        assert repr(space) == before

        assert space["scale"][0] is scaler

        assert space["clf"].values[0] is svc

        assert dict(pipeline.named_steps) == parts

        for part in [*parts.values(), *space["scale"][:2], *space["clf"].values]:
            assert not [name for name in vars(part) if name.endswith("_")], part

    @one_quick_face
    def test_results_hold_unfitted_objects(self, face):
        search = face(mixed_pipeline(), MIXED, n_iter=6).fit(X, Y)

        for params in search.cv_results_["params"]:
            assert not [n for n in vars(params["clf"]) if n.endswith("_")]

    def test_the_constructor_stores_what_it_is_given(self, face):
        points, settings, callbacks = [{"level": 0.5}], {}, []
        search = face(
            Knob(),
            LEVEL,
            initial_points=points,
            sampler_params=settings,
            callbacks=callbacks,
        )

        assert search.param_distributions is LEVEL

        assert search.initial_points is points

        assert search.sampler_params is settings

        assert search.callbacks is callbacks

    def test_parameters_stay_as_they_were(self, face):
        search = face(mixed_pipeline(), MIXED, n_iter=3)
        before = search.get_params(deep=False)
        search.fit(X, Y)
        after = search.get_params(deep=False)

        assert all(after[name] is value for name, value in before.items())

    @pytest.mark.parametrize("estimator", ["pipeline", "choice"])
    def test_clone(self, face, estimator):
        search = {
            "pipeline": lambda: face(mixed_pipeline(), MIXED, n_iter=3),
            "choice": lambda: face(MIXED["clf"], None, n_iter=3),
        }[estimator]()
        copied = clone(search)
        search.fit(X, Y)

        assert not hasattr(copied, "cv_results_")

        assert_same_results(copied.fit(X, Y).cv_results_, search.cv_results_)

        assert not hasattr(clone(search), "cv_results_")

    @pytest.mark.parametrize("fitted", [False, True], ids=["unfitted", "fitted"])
    def test_pickle(self, face, fitted):
        search = face(mixed_pipeline(), MIXED, n_iter=3)
        if fitted:
            search.fit(X, Y)
        copied = pickle.loads(pickle.dumps(search))
        if not fitted:
            search.fit(X, Y)
            copied.fit(X, Y)

        assert_same_results(copied.cv_results_, search.cv_results_)

        assert copied.predict(X).tolist() == search.predict(X).tolist()

    @one_quick_face
    def test_the_best_estimator_goes_to_another_process(self, face):
        """The other process need not have sksearch at all."""
        for search in (
            face(mixed_pipeline(), MIXED, n_iter=3).fit(X, Y),
            face(MIXED["clf"], None, n_iter=3).fit(X, Y),
        ):
            best = WithoutUs(io.BytesIO(pickle.dumps(search.best_estimator_))).load()

            assert best.predict(X).tolist() == search.predict(X).tolist()

    def test_repr(self, face):
        search = face(Knob(), LEVEL)

        assert f"{type(search).__name__}(" in repr(search)

        assert "param_distributions=" in repr(search)

    @one_quick_face
    @pytest.mark.parametrize("estimator", ["pipeline", "choice"])
    def test_html(self, face, estimator):
        search = {
            "pipeline": lambda: face(mixed_pipeline(), MIXED, n_iter=3),
            "choice": lambda: face(MIXED["clf"], None, n_iter=3),
        }[estimator]()
        unfitted = search._repr_html_()
        fitted = search.fit(X, Y)._repr_html_()

        assert type(search).__name__ in unfitted

        assert type(search).__name__ in fitted

        assert "best_estimator_" not in unfitted

        assert "best_estimator_" in fitted

    @one_quick_face
    def test_is_classifier_and_is_regressor(self, face):
        classifier, regressor = (
            face(estimator, {"random_state": [0]})
            for estimator in (LogisticRegression(), Ridge())
        )

        assert is_classifier(classifier)

        assert not is_regressor(classifier)

        assert is_regressor(regressor)

        assert not is_classifier(regressor)

    def test_counts_as_the_class_of_scikit_learn_with_its_parameters(self):
        theirs = {
            "GridSearchCV": GridSearchCV,
            "HalvingSearchCV": HalvingRandomSearchCV,
        }
        for face in FACES:
            search = face(Ridge(), {"alpha": [1.0]})
            counts_as = theirs.get(face.__name__, RandomizedSearchCV)
            kinds = [kind for kind in THEIRS if isinstance(search, kind)]

            assert kinds == [counts_as]

            space = "param_grid" if counts_as is GridSearchCV else "param_distributions"

            assert getattr(search, space) == {"alpha": [1.0]}

    @one_quick_face
    def test_parameters_may_be_values_that_answer_to_any_name(self, face):
        estimator = Sturdy(mood=Deferred())
        search = face(estimator, LEVEL, n_iter=2, return_oof=True).fit(X, Y)

        assert (
            StackingWeights.from_search(search).fit(X, Y).n_features_in_ == X.shape[1]
        )

    @one_quick_face
    def test_methods_are_those_of_the_estimator(self, face):
        space = {"C": Float(0.1, 1)}
        for search in (
            face(LogisticRegression(), space),
            face(LogisticRegression(), space, n_iter=2).fit(X, Y),
        ):
            assert hasattr(search, "predict_proba")

            assert not hasattr(search, "transform")

            assert not hasattr(search, "score_samples")

    @one_quick_face
    def test_an_estimator_without_predict(self, face):
        search = face(NoPredict(), LEVEL).fit(X, Y)

        assert not hasattr(search, "predict")

        assert search.score(X, Y) == search.best_score_

    @one_quick_face
    def test_predictions_are_the_best_estimators(self, face):
        search = face(LogisticRegression(), {"C": loguniform(0.01, 10)}).fit(X, Y)

        for method in (
            "predict",
            "predict_proba",
            "predict_log_proba",
            "decision_function",
        ):
            np.testing.assert_array_equal(
                getattr(search, method)(X), getattr(search.best_estimator_, method)(X)
            )

        assert search.classes_.tolist() == [0, 1]

    @one_quick_face
    def test_nothing_is_predicted_before_the_fit(self, face):
        with pytest.raises(NotFittedError):
            face(LogisticRegression(), {"C": [1.0]}).predict(X)

    @one_quick_face
    def test_transform(self, face):
        search = face(
            Scale(),
            {"factor": [2.0, 3.0]},
            n_iter=2,
            scoring=lambda est, X, y: est.factor,
        ).fit(X, Y)

        np.testing.assert_array_equal(search.transform(X), 3 * X)

    @one_quick_face
    def test_set_output_is_left_to_the_estimator(self, face):
        pipeline = mixed_pipeline().set_output(transform="pandas")
        frame = pd.DataFrame(X, columns=list("abc"))
        search = face(pipeline, {"clf__var_smoothing": Float(0, 1)}, n_iter=2)
        search.fit(frame, Y)
        scaled = search.best_estimator_[:-1].transform(frame)

        assert isinstance(scaled, pd.DataFrame)

        assert not hasattr(search, "set_output")

"""Sample weights, groups and metadata on their way to the estimators, in every face."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import sklearn
from faces import LEVEL, X, Y, one_quick_face
from sklearn.metrics import accuracy_score, make_scorer
from sklearn.model_selection import GroupKFold
from stand_ins import Counting, NeedsWeights, rows

from sksearch import Choice, Option


@one_quick_face
class TestWeights:
    def test_weights_are_sliced(self, face):
        X, y = rows()
        search = face(NeedsWeights(), LEVEL, error_score="raise")
        with warnings.catch_warnings():
            # The estimator's own score takes no weights, as scikit-learn >= 1.7 says.
            warnings.filterwarnings("ignore", ".*does not support sample_weight")
            search.fit(X, y, sample_weight=X[:, 0])

        assert search.best_score_ == pytest.approx(search.best_params_["level"])

    def test_weights_are_missed(self, face):
        with pytest.raises(ValueError, match=r"All the \d+ fits failed"):
            face(NeedsWeights(), LEVEL).fit(*rows())

    def test_routing(self, face):
        X, y = rows()
        with sklearn.config_context(enable_metadata_routing=True):
            estimator = NeedsWeights().set_fit_request(sample_weight=True)
            scorer = make_scorer(accuracy_score).set_score_request(sample_weight=True)
            search = face(
                estimator, LEVEL, error_score="raise", scoring=scorer, cv=GroupKFold(4)
            )
            search.fit(X, y, sample_weight=X[:, 0], groups=np.arange(len(X)) % 4)

        weighted = [
            accuracy_score(y[test], np.zeros(len(test)), sample_weight=X[test, 0])
            for _, test in GroupKFold(4).split(X, y, np.arange(len(X)) % 4)
        ]

        assert [
            search.cv_results_[f"split{i}_test_score"][0] for i in range(4)
        ] == weighted

    def test_routing_refuses_what_nobody_asked_for(self, face):
        Counting.n_fits = 0
        with (
            sklearn.config_context(enable_metadata_routing=True),
            pytest.raises(TypeError, match="unexpected"),
        ):
            face(Counting(), LEVEL).fit(X, Y, sample_weight=np.ones(len(X)))

        assert Counting.n_fits == 0

    def test_routing_of_a_choice_follows_its_first_estimator(self, face):
        X, y = rows()
        with sklearn.config_context(enable_metadata_routing=True):
            options = {
                "a": Option(NeedsWeights(0.1).set_fit_request(sample_weight=True)),
                "b": Option(NeedsWeights(0.2).set_fit_request(sample_weight=True)),
            }
            search = face(
                Choice(options), None, n_iter=2, error_score="raise", scoring=level_of
            ).fit(X, y, sample_weight=X[:, 0])

        assert search.best_estimator_.level == 0.2


def level_of(estimator, X, y):
    return estimator.level

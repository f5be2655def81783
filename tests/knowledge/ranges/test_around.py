"""What estimators around others fit them to."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import BaggingClassifier
from sklearn.semi_supervised import SelfTrainingClassifier
from sklearn.svm import SVC

from sksearch import Float, Int, suggest_space


def test_draws_of_few_rows_are_whole():
    assert "max_samples" in suggest_space(BaggingClassifier(), np.ones((200, 2)))

    assert "max_samples" not in suggest_space(BaggingClassifier(), np.ones((60, 2)))


def test_the_criterion_says_what_there_is():
    model = SelfTrainingClassifier(SVC())
    assert suggest_space(model)["threshold"] == Float(0.6, 0.95)

    model = SelfTrainingClassifier(SVC(), criterion="k_best")
    assert suggest_space(model)["k_best"] == Int(5, 50, log=True)

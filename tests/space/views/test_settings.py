"""What the estimators of a configuration are set to, by name."""

from __future__ import annotations

from sklearn.ensemble import BaggingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch.space import UNSET, Settings

SCALER, LOGISTIC, SVM = StandardScaler(), LogisticRegression(C=2.0), SVC(C=5.0)
PIPE = Pipeline([("scale", SCALER), ("clf", LOGISTIC)])


def with_svm():
    settings = Settings(PIPE)
    settings.put("clf", SVM)
    return settings


class TestValue:
    def test_own_setting(self):
        assert Settings(PIPE).value("clf__C") == 2.0

    def test_setting_of_what_was_put_in_the_place_of_another(self):
        assert with_svm().value("clf__C") == 5.0

        assert with_svm().value("clf__l1_ratio") is UNSET

    def test_setting_that_was_put(self):
        settings = with_svm()

        settings.put("clf__C", 7.0)

        assert settings.value("clf__C") == 7.0

        assert settings.own("clf__C") == 5.0

    def test_unknown_name(self):
        assert Settings(PIPE).value("nothing") is UNSET

    def test_a_copy_is_its_own(self):
        settings = Settings(PIPE)

        settings.copy().put("clf", SVM)

        assert settings.value("clf") is LOGISTIC


class TestOwner:
    def test_the_estimator_that_has_a_parameter(self):
        assert Settings(PIPE).owner("clf__C") == (LOGISTIC, "C")

        assert with_svm().owner("clf__C") == (SVM, "C")

        assert Settings(PIPE).owner("memory") == (PIPE, "memory")

    def test_there_is_none(self):
        settings = Settings(PIPE)
        settings.put("clf", "passthrough")

        assert settings.owner("clf__C") == (None, "C")


class TestOf:
    def test_settings_of_one_estimator(self):
        settings = with_svm()
        settings.put("clf__C", 7.0)

        assert settings.of(SVM)["C"] == 7.0

        assert settings.of(SVM)["kernel"] == "rbf"

        assert settings.of(SCALER)["with_mean"] is True

    def test_settings_of_the_estimator_itself(self):
        settings = Settings(SVM)
        settings.put("C", 7.0)

        assert settings.of(SVM)["C"] == 7.0


class TestEstimators:
    def test_the_outermost_first(self):
        assert list(Settings(PIPE).estimators()) == [PIPE, SCALER, LOGISTIC]

    def test_those_that_were_put(self):
        assert list(with_svm().estimators()) == [PIPE, SCALER, SVM]

    def test_those_inside_of_one_that_was_put(self):
        settings = Settings(PIPE)
        bag = BaggingClassifier(SVM)
        settings.put("clf", bag)

        assert list(settings.estimators()) == [PIPE, SCALER, bag, SVM]

    def test_a_step_that_was_taken_out(self):
        settings = Settings(PIPE)
        settings.put("scale", "passthrough")

        assert list(settings.estimators()) == [PIPE, LOGISTIC]


def test_recall_asks_once():
    asked = []

    def kind(estimator):
        asked.append(estimator)
        return type(estimator)

    settings = Settings(PIPE)

    assert settings.recall(kind, SVM) is settings.copy().recall(kind, SVM) is SVC

    assert asked == [SVM]

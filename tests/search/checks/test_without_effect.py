"""Methods, parts and mixins of users' classes that have no effect."""

import warnings

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from stand_ins import data

from sksearch import Choice, Float, GridSearchCV, TPESearchCV

X, Y = data()
C = [0.01, 1.0, 100.0]


class OwnCandidates(GridSearchCV):
    def _run_search(self, evaluate_candidates):
        evaluate_candidates([{"C": 3.0}])


class OwnTable(TPESearchCV):
    def _format_results(self, *args, **words):
        return {**super()._format_results(*args, **words), "mine": 1}


class Further(OwnTable):
    pass


class OwnFit(TPESearchCV):
    def fit(self, X, y=None, **params):
        super().fit(X, y, **params)
        self.cv_results_["mine"] = 1
        return self


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (OwnCandidates, r"OwnCandidates._run_search is never called .*initial_points="),
        (OwnTable, r"OwnTable._format_results is never called .*self.cv_results_"),
        (Further, r"OwnTable._format_results is never called"),
    ],
)
def test_methods_in_vain_are_named_once(kind, message):
    words = {} if kind is OwnCandidates else {"n_iter": 2}
    with pytest.warns(UserWarning, match=message) as caught:
        kind(LogisticRegression(), {"C": C}, cv=2, **words).fit(X, Y)

    assert len(caught) == 1


@pytest.mark.parametrize("kind", [GridSearchCV, TPESearchCV, OwnFit])
def test_other_methods_are_not(kind):
    words = {} if kind is GridSearchCV else {"n_iter": 2}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kind(LogisticRegression(), {"C": C}, cv=2, **words).fit(X, Y)


class Late(BaseEstimator, ClassifierMixin):
    """Its mixin comes too late to count."""

    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        return np.full(len(X), self.classes_[0])


class LateRegressor(BaseEstimator, RegressorMixin):
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        self.mean_ = np.mean(y)
        return self

    def predict(self, X):
        return np.full(len(X), self.mean_)


@pytest.mark.parametrize(
    ("model", "line"),
    [
        (Late(), r"for no classifier. Write class Late\(ClassifierMixin, BaseEst"),
        (LateRegressor(), r"for no regressor. Write class LateRegressor\(RegressorM"),
        (make_pipeline(StandardScaler(), Late()), "Late has ClassifierMixin behind"),
    ],
)
def test_mixins_that_come_too_late_are_named(model, line):
    name = "late__C" if hasattr(model, "steps") else "C"
    search = GridSearchCV(model, {name: [1, 2]}, cv=2, scoring="accuracy")
    search.scoring = "r2" if isinstance(model, LateRegressor) else "accuracy"
    with pytest.warns(UserWarning, match=line):
        search.fit(X, Y)


class InFit(ClassifierMixin, BaseEstimator):
    def __init__(self, C=1.0):
        self.C = C
        self.model = None
        self.seen = object()

    def fit(self, X, y):
        self.model = LogisticRegression(C=self.C).fit(X, y)
        self.classes_ = self.model.classes_
        return self

    def predict(self, X):
        return self.model.predict(X)

    def predict_proba(self, X):
        return self.model.predict_proba(X)


class Early(InFit):
    def __init__(self, C=1.0):
        self.C = C
        self.model = LogisticRegression(C=C)

    def fit(self, X, y):
        self.classes_ = self.model.fit(X, y).classes_
        return self


class Twice(Early):
    def __init__(self, C=1.0):
        super().__init__(C)
        self.doubled = 2 * C

    def fit(self, X, y):
        self.model = LogisticRegression(C=self.doubled)
        return super().fit(X, y)


class Again(Early):
    def set_params(self, **params):
        self.__init__(**{**self.get_params(), **params})
        return self


class Named(ClassifierMixin, BaseEstimator):
    """Keeps a part by name, too, where nested parameters are set."""

    def __init__(self, part=None):
        self.part = part
        self.named = {"logistic": part}

    def get_params(self, deep=True):
        nested = self.named["logistic"].get_params() if deep and self.part else {}
        own = {f"logistic__{name}": value for name, value in nested.items()}
        return {"part": self.part, **own, **(self.named if own else {})}

    def fit(self, X, y):
        self.classes_ = self.part.fit(X, y).classes_
        return self

    def predict(self, X):
        return self.part.predict(X)

    def predict_proba(self, X):
        return self.part.predict_proba(X)


def in_a_step(model, space):
    steps = make_pipeline(StandardScaler(), LogisticRegression())
    return steps, {"logisticregression": [model], "logisticregression__C": space}


@pytest.mark.parametrize("face", [TPESearchCV, GridSearchCV])
@pytest.mark.parametrize(
    ("model", "space", "named"),
    [
        (Early(), {"C": C}, "Early.__init__ makes 'model'"),
        (make_pipeline(StandardScaler(), Early()), {"early__C": C}, "Early.__init__"),
        (*in_a_step(Early(), C), "Early.__init__"),
        (Twice(), {"C": C}, "Twice.__init__ makes 'doubled'"),
    ],
    ids=["alone", "step", "value", "number"],
)
def test_are_named(face, model, space, named):
    search = face(model, space, cv=2)
    with pytest.warns(UserWarning, match=named):
        search.fit(X, Y)

    scores = search.cv_results_["mean_test_score"]
    assert len(set(scores)) == 1  # as the warning says


def test_one_of_many_models_is_named():
    others = [LogisticRegression(), SVC(), GaussianNB(), KNeighborsClassifier()]
    models = Choice([*others, Early(C=Float(0.01, 100, log=True))])
    with pytest.warns(UserWarning, match="Early.__init__ makes 'model'"):
        TPESearchCV(models, n_iter=1, cv=2).fit(X, Y)


@pytest.mark.parametrize("model", [InFit(), Again(), LogisticRegression()], ids=repr)
def test_that_follow_are_not(model):
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        GridSearchCV(model, {"C": C}, cv=2).fit(X, Y)


@pytest.mark.parametrize(
    ("model", "space"),
    [
        (Named(LogisticRegression()), {"logistic__C": C}),
        (
            make_pipeline(StandardScaler(), Early()),
            {"early": [Early(1e-4), Early(0.01), Early(100)]},
        ),
    ],
    ids=["same part by two names", "listed"],
)
def test_that_are_set_otherwise_are_not(model, space):
    search = GridSearchCV(model, space, cv=2, scoring="neg_log_loss")
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        search.fit(X, Y)

    assert len(set(search.cv_results_["mean_test_score"])) == 3  # all have an effect


def test_other_estimators_beside_one_are_passed_by():
    models = Choice([LogisticRegression(C=Choice([1, 2])), Early()])
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        TPESearchCV(models, n_iter=3, cv=2).fit(X, Y)

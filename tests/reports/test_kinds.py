import pytest
from sklearn.ensemble import BaggingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch.reports import Kind, kind_of, kinds_of

PIPE = Pipeline([("scale", StandardScaler()), ("clf", SVC())])


@pytest.mark.parametrize(
    ("estimator", "names", "expected"),
    [
        (SVC(), {"C"}, (None, "SVC")),
        (PIPE, {"scale", "clf__C"}, (None, "SVC")),
        (PIPE, {"scale", "clf", "clf__C"}, ("clf", "SVC")),
        (PIPE, {"steps"}, ("steps", "SVC")),
        (Pipeline([("a", PIPE)]), {"a__clf"}, ("a__clf", "SVC")),
        (BaggingClassifier(SVC()), {"n_estimators"}, (None, "BaggingClassifier")),
        (BaggingClassifier(SVC()), {"estimator"}, ("estimator", "BaggingClassifier")),
    ],
)
def test_kind_of(estimator, names, expected):
    assert kind_of(estimator, names) == expected


def test_kinds_of_candidates_are_labels_or_classes():
    params = [{"clf": SVC()}, {"clf": LogisticRegression()}, {"clf": "passthrough"}, {}]
    labels = [{"clf": "svm"}, {}, {}, {}]

    assert kinds_of(Kind("clf", "SVC"), params, labels) == [
        "svm",
        "LogisticRegression",
        "passthrough",
        "SVC",
    ]


def test_of_steps_the_last_one_counts():
    params = [{"steps": [("a", StandardScaler()), ("b", SVC())]}, {"steps": []}]

    assert kinds_of(Kind("steps", "X"), params[:1], [{}]) == ["SVC"]

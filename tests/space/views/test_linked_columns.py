"""Tests of which columns are one hyperparameter."""

import numpy as np
import pytest
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier, ExtraTreeClassifier
from stand_ins import data

from sksearch import Choice, Float, Int, Option, TPESearchCV, as_space, load_history
from sksearch.reports import Results
from sksearch.space.views._linked_columns import linked_columns

X, Y = data()
C, OTHER = Float(0.1, 10, log=True), Float(0.1, 20, log=True)
TREE = DecisionTreeClassifier(random_state=0)
KERNEL = Choice({"linear": "linear", "rbf": Option("rbf", tol=C)})
THREE = Choice(
    {
        "svm": Option(SVC(), C=C),
        "line": Option(LogisticRegression(), C=C),
        "lin": Option(LinearSVC(), C=OTHER),
    }
)


@pytest.mark.parametrize(
    ("space", "expected"),
    [
        ({"m": THREE}, [[("m__C", "svm"), ("m__C", "line")]]),
        ({"m": [SVC(), LogisticRegression()], "m__C": C}, [[("m__C", None)]]),
        (
            [{"m": [SVC(), LinearSVC()], "m__C": C}, {"m": ["x"], "m__C": C}],
            [[("m__C", "SVC"), ("m__C", "LinearSVC"), ("m__C", "x")]],
        ),
        # The same types in both dicts: `C` of one and of the other share columns.
        ([{"m": ["x"], "m__C": C}, {"m": ["x"], "m__C": OTHER}], []),
        ({"m": Choice({"svm": Option(SVC(), kernel=KERNEL), "x": "x"}), "n": [1]}, []),
    ],
)
def test_of_a_space(space, expected):
    assert linked_columns(as_space(space), "m") == expected


def test_a_function_has_none():
    assert (
        linked_columns(as_space(lambda t: {"a": t.suggest_int("a", 1, 2)}), "m") == []
    )


def voting():
    depth = Int(1, 3)
    scale = Choice({"std": StandardScaler(), "unit": MinMaxScaler()})
    trees = (
        DecisionTreeClassifier(max_depth=depth),
        ExtraTreeClassifier(max_depth=depth),
    )
    pipes = [Pipeline([("s", scale), ("t", tree)]) for tree in trees]
    return VotingClassifier(list(zip("ab", pipes, strict=True)))


@pytest.mark.parametrize(
    ("estimator", "names"),
    [
        (
            Choice({"svm": SVC(C=C), "line": LogisticRegression(C=C), "tree": TREE}),
            ["estimator", "C"],
        ),
        (voting(), ["s", "max_depth"]),
    ],
    ids=["types", "places"],
)
def test_one_column_wherever_it_is_shown(estimator, names, tmp_path):
    search = TPESearchCV(
        estimator, n_iter=6, cv=2, random_state=0, storage=tmp_path / "s.jsonl"
    ).fit(X, Y)
    search.to_json(tmp_path / "s.json")

    for found in (
        search,
        Results.from_json(tmp_path / "s.json"),
        load_history(tmp_path / "s.jsonl"),
    ):
        frame = found.results_frame("dict")
        others = [n for n in frame if n.startswith(("mean_", "std_", "n_"))]
        assert [n for n in frame if n not in {"rank", "candidate", *others}] == names

        for row, value in zip(frame["candidate"], frame[names[1]], strict=True):
            params = search.cv_results_["params"][row]
            own = {v for k, v in params.items() if k.endswith(f"__{names[1]}")}
            assert own == (set() if value is np.ma.masked else {value})

        for words in found.leaderboard("dict")["params"]:
            assert words.count(f"{names[1]}=") <= 1


def test_objects_have_labels_in_both_places(tmp_path):
    words = {"n_iter": 3, "cv": 2, "random_state": 0}
    path = tmp_path / "s.jsonl"
    search = TPESearchCV(voting(), **words, storage=path).fit(X, Y)

    assert set(search.results_frame("dict")["s"]) <= {"std", "unit"}

    points = load_history(path).top_params(1)
    again = TPESearchCV(voting(), **words, initial_points=points).fit(X, Y)
    frame = again.results_frame("dict")
    assert frame["s"][frame["candidate"].tolist().index(0)] == points[0]["b__s"]

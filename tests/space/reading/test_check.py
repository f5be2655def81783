"""Names are checked against the estimator, option by option."""

from __future__ import annotations

import pytest
from sklearn.base import BaseEstimator
from sklearn.ensemble import AdaBoostClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from sksearch import Choice, Float, Option, as_space
from sksearch.exceptions import SpaceError
from sksearch.space import check_names

PIPE = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])


class Liberal(BaseEstimator):
    """Takes more names than it lists, as boosters do."""

    def __init__(self, depth=1):
        self.depth = depth

    def set_params(self, **params):
        self.extra = params
        return self


class Plain:
    """A value without parameters, as the optimizers of PyTorch are."""


class Network(BaseEstimator):
    """Takes arguments of the class that it holds, as skorch does."""

    def __init__(self, optimizer=Plain):
        self.optimizer = optimizer

    def set_params(self, **params):
        vars(self).update(params)
        if not all(n.partition("__")[0] == "optimizer" for n in params):
            raise ValueError
        return self


BESIDE = {"optimizer": [Plain, dict], "optimizer__momentum": [0, 0.9]}
WITHIN = Choice([Option(Plain, optimizer__momentum=[0]), dict])
GOOD = {
    "empty": ({}, SVC()),
    "own": ({"C": [1], "kernel": ["rbf"]}, SVC()),
    "step": ({"clf": [SVC(), LogisticRegression()], "clf__C": [1]}, PIPE),
    "of one option": (
        {"clf": Choice([Option(SVC(), gamma=[1]), RandomForestClassifier()])},
        PIPE,
    ),
    "beside": (
        {"clf": [SVC()], "clf__kernel": Choice([Option("rbf", gamma=[1]), "linear"])},
        PIPE,
    ),
    "deep": (
        {
            "estimator": Choice(
                [Option(DecisionTreeClassifier(), max_depth=[1], criterion=["gini"])]
            )
        },
        AdaBoostClassifier(),
    ),
    "three levels": (
        {
            "clf": Choice(
                [
                    Option(
                        AdaBoostClassifier(),
                        estimator=Choice([Option(SVC(), C=[1]), LogisticRegression()]),
                    )
                ]
            )
        },
        PIPE,
    ),
    "dicts": (
        [
            {"clf": [SVC()], "clf__gamma": [1]},
            {"clf": [RandomForestClassifier()], "clf__max_depth": [1]},
        ],
        PIPE,
    ),
    "passthrough": (
        {
            "scale": Choice(
                ["passthrough", Option(StandardScaler(), with_mean=[True])]
            ),
        },
        PIPE,
    ),
    "range": ({"gamma": Choice(["scale", Float(0, 1)])}, SVC()),
    "unlisted": ({"any_name": [1]}, Liberal()),
    "unlisted below": ({"clf": Choice([Option(Liberal(), any_name=[1])])}, PIPE),
    "beside a class": (BESIDE, Network()),
    "beside one of two classes": ({"optimizer": WITHIN}, Network()),
    "beside a class in a step": (
        {f"clf__{name}": values for name, values in BESIDE.items()},
        Pipeline([("clf", Network())]),
    ),
    "beside a class in an option": (
        {"clf": Choice([Option(Network(), **BESIDE), SVC()])},
        PIPE,
    ),
    "callable": (lambda t: {"C": t.suggest_float("C", 0, 1)}, SVC()),
}


@pytest.mark.parametrize(("space", "estimator"), GOOD.values(), ids=GOOD)
def test_good_names_pass(space, estimator):
    assert check_names(as_space(space), estimator) is None


BAD = {
    "misspelt": ({"gama": [1]}, SVC(), ["'gama'", "SVC", "'gamma'"]),
    "prefix is missing": ({"C": [1]}, PIPE, ["'C'", "Pipeline", "'clf__C'"]),
    "prefix is wrong": ({"svc__C": [1]}, PIPE, ["'svc__C'", "'clf__C'"]),
    "misspelt below": (
        {"clf__max_itr": [1]},
        PIPE,
        ["'clf__max_itr'", "'clf__max_iter'"],
    ),
    "another step has it": (
        {"scale__C": [1]},
        PIPE,
        ["'scale__C'", "Did you mean 'clf__C'?"],
    ),
    "nothing near in the step": (
        {"clf__lapse": [1]},
        PIPE,
        ["'clf__lapse'", "'clf' is LogisticRegression, which has: 'clf__C', "],
    ),
    "nothing near": (
        {"xyz": [1]},
        StandardScaler(),
        ["'xyz'", "'copy'", "'with_mean'", "'with_std'"],
    ),
    "misspelt in an option": (
        {"clf": Choice({"svm": Option(SVC(), gama=[1]), "log": LogisticRegression()})},
        PIPE,
        ["'clf__gama'", "option 'svm' of 'clf'", "SVC", "'clf__gamma'"],
    ),
    "option without a label": (
        {"clf": Choice([LogisticRegression(), Option(SVC(), depth=[1])])},
        PIPE,
        ["'clf__depth'", "option 'SVC' of 'clf'"],
    ),
    "one of two options": (
        {"clf": [SVC(), RandomForestClassifier()], "clf__C": [1]},
        PIPE,
        ["'clf__C'", "RandomForestClassifier", "of 'clf'"],
    ),
    "below a string": (
        {"scale": ["passthrough", MinMaxScaler()], "scale__clip": [True]},
        PIPE,
        ["'scale__clip'", "'passthrough'", "no parameters of its own", "Option"],
    ),
    "sub-space of a string": (
        {"scale": Choice({"off": Option("passthrough", with_mean=[True])})},
        PIPE,
        ["'with_mean'", "option 'off' of 'scale'"],
    ),
    "beside a class, without its prefix": (
        {"optimizer": Choice([Option(Plain, momentum=[0]), dict])},
        Network(),
        ["'momentum'", "of 'optimizer'", "Did you mean 'optimizer__momentum'?"],
    ),
    "beside a class, of one estimator of two": (
        {
            "clf": [Network(), SVC()],
            "clf__optimizer": [Plain],
            "clf__optimizer__m": [1],
        },
        PIPE,
        ["SVC"],
    ),
    "beside, misspelt": (
        {"kernel": Choice({"r": Option("rbf", gama=[1]), "l": "linear"})},
        SVC(),
        ["'gama'", "option 'r' of 'kernel'", "'gamma'"],
    ),
    "second level": (
        {
            "clf": Choice(
                {
                    "svm": Option(
                        SVC(),
                        kernel=Choice({"r": Option("rbf", gama=[1]), "l": "linear"}),
                    )
                }
            )
        },
        PIPE,
        ["'clf__gama'", "'svm'", "'clf__gamma'"],
    ),
    "three levels": (
        {
            "clf": Choice(
                {
                    "boost": Option(
                        AdaBoostClassifier(),
                        estimator=Choice({"svm": Option(SVC(), c=[1])}),
                    )
                }
            )
        },
        PIPE,
        ["'clf__estimator__c'", "option 'svm' of 'clf__estimator'", "SVC"],
    ),
    "second dict": (
        [{"C": [1]}, {"kernel": ["rbf"], "gama": [1]}],
        SVC(),
        ["'gama'", "'gamma'"],
    ),
    "callable": (
        lambda t: {"gama": t.suggest_float("gama", 0, 1)},
        SVC(),
        ["'gama'", "define-by-run", "'gamma'"],
    ),
}


@pytest.mark.parametrize(("space", "estimator", "parts"), BAD.values(), ids=BAD)
def test_unknown_name_is_named_with_the_nearest(space, estimator, parts):
    with pytest.raises(SpaceError) as caught:
        check_names(as_space(space), estimator)

    assert [part for part in parts if part not in str(caught.value)] == []

    assert isinstance(caught.value, ValueError)


def test_nearest_name_comes_first():
    with pytest.raises(SpaceError, match="Did you mean 'clf__gamma'"):
        check_names(as_space({"clf": Choice([Option(SVC(), gama=[1])])}), PIPE)


def test_estimators_are_not_changed():
    svc, liberal = SVC(), Liberal()
    space = as_space({"clf": Choice([Option(svc, C=[5]), Option(liberal, name=[1])])})

    check_names(space, PIPE)

    assert svc.C == 1.0

    assert not hasattr(liberal, "extra")

    assert isinstance(PIPE.named_steps["clf"], LogisticRegression)


@pytest.mark.parametrize(
    ("space", "line"),
    [
        (
            {"clf": Choice([SVC(), LogisticRegression()]), "clf__gamma": [1]},
            "put it in: Choice([Option(SVC(), gamma=[1]), ...])",
        ),
        (
            {
                "clf": Choice({"a": RandomForestClassifier(), "b": SVC()}),
                "clf__C": Float(0.1, 1),
            },
            "put it in: Choice([Option(SVC(), C=Float(0.1, 1.0)), ...])",
        ),
        (
            {"clf": [SVC(), RandomForestClassifier()], "clf__max_depth": [1]},
            "put it in: Choice([Option(RandomForestClassifier(), max_depth=[1])",
        ),
    ],
    ids=["first", "labels", "list"],
)
def test_name_of_one_option_beside_the_choice(space, line):
    with pytest.raises(SpaceError, match="is for all of its options") as caught:
        check_names(as_space(space), PIPE)

    assert line in str(caught.value)


def test_estimators_of_all_spaces_that_compete_are_asked():
    spaces = [
        {"clf": [kind], "clf__C": [1, 2]} for kind in (SVC(), DecisionTreeClassifier())
    ]

    with pytest.raises(SpaceError, match="'clf__C' in option 'DecisionTree"):
        check_names(as_space(spaces), PIPE)


def test_estimator_without_names():
    class Any(BaseEstimator):
        def __init__(self, **words):
            self.words = words

    with pytest.raises(
        SpaceError, match=r"of Any\. It has none, as __init__ has no arg"
    ):
        check_names(as_space({"a": [1]}), Any())

"""Ranges that stand in an estimator in the place of values."""

from __future__ import annotations

import pytest
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.decomposition import PCA
from sklearn.ensemble import AdaBoostClassifier, StackingRegressor, VotingRegressor
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.model_selection import RandomizedSearchCV
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import QuantileTransformer, StandardScaler
from sklearn.svm import SVC, SVR

from sksearch import Categorical, Choice, Float, Int, Option, TPESearchCV, optional
from sksearch.exceptions import SpaceTypeError
from sksearch.space import Held, as_space, check_held, in_place, uncovered
from sksearch.space.reading._in_place import opened

ALPHA = Float(1e-3, 1e3, log=True)
C = Float(0.1, 10, log=True)


def names_in(estimator):
    return list(in_place(estimator).ranges)


class TestRangesByName:
    @pytest.mark.parametrize(
        ("estimator", "names"),
        [
            (Ridge(alpha=ALPHA), ["alpha"]),
            (make_pipeline(StandardScaler(), Ridge(alpha=ALPHA)), ["ridge__alpha"]),
            (
                make_pipeline(
                    ColumnTransformer(
                        [
                            ("a", PCA(n_components=Int(1, 2)), [0, 1]),
                            ("b", Choice(PCA(), StandardScaler()), [2]),
                        ]
                    ),
                    SVC(C=C, kernel=Categorical(["rbf", "linear"])),
                ),
                [
                    "columntransformer__a__n_components",
                    "columntransformer__b",
                    "svc__C",
                    "svc__kernel",
                ],
            ),
            (FeatureUnion([("a", PCA(n_components=Int(1, 2)))]), ["a__n_components"]),
            (TransformedTargetRegressor(Ridge(alpha=ALPHA)), ["regressor__alpha"]),
            (CalibratedClassifierCV(SVC(C=C)), ["estimator__C"]),
            (VotingRegressor([("r", Ridge(alpha=ALPHA))]), ["r__alpha"]),
            (
                StackingRegressor([("r", Ridge(alpha=ALPHA))], Lasso(alpha=ALPHA)),
                ["final_estimator__alpha", "r__alpha"],
            ),
            (RandomizedSearchCV(SVC(C=C), {"gamma": [1]}), ["estimator__C"]),
        ],
    )
    def test_anywhere_inside(self, estimator, names):
        assert sorted(names_in(estimator)) == names

    def test_the_object_itself(self):
        held = in_place(Ridge(alpha=ALPHA)).ranges["alpha"]

        assert held.domain is ALPHA

        assert held.source is ALPHA

    @pytest.mark.parametrize(
        "estimator",
        [Ridge(), make_pipeline(StandardScaler(), Ridge()), object(), Ridge],
    )
    def test_no_ranges(self, estimator):
        found = in_place(estimator)

        assert found.estimator is estimator

        assert not found.ranges

    def test_those_of_a_search_inside_are_its_own(self):
        inner = TPESearchCV(SVC(C=C))

        assert not names_in(inner)

        assert names_in(make_pipeline(PCA(n_components=Int(1, 2)), inner)) == [
            "pca__n_components"
        ]


class TestValuesInTheirPlace:
    def test_the_default_of_the_class(self):
        plain = in_place(SVC(C=C, gamma=Float(0.1, 1), degree=Int(2, 4))).estimator

        assert (plain.C, plain.gamma, plain.degree) == (1.0, "scale", 3)

    def test_the_centre_without_a_default(self):
        class Needs(BaseEstimator):
            def __init__(self, depth, kind):
                self.depth = depth
                self.kind = kind

        plain = in_place(Needs(Int(1, 3), Categorical(["a", "b"]))).estimator

        assert (plain.depth, plain.kind) == (2, "a")

    def test_the_first_step(self):
        pipe = Pipeline([("model", Choice(Ridge(alpha=ALPHA), SVR()))])
        plain = in_place(pipe).estimator

        assert type(plain.named_steps["model"]) is Ridge

        assert plain.named_steps["model"].alpha == 1.0

    def test_the_first_estimator_where_the_default_is_none(self):
        booster = AdaBoostClassifier(estimator=Choice(SVC(), LogisticRegression()))

        assert type(in_place(booster).estimator.estimator) is SVC

    def test_the_first_step_of_a_choice_inside_a_choice(self):
        pipe = Pipeline([("model", Choice([Choice([Lasso(alpha=ALPHA)]), Ridge()]))])

        assert in_place(pipe).estimator.named_steps["model"].alpha == 1.0

    def test_what_was_given_stays_as_it_is(self):
        ridge = Ridge(alpha=ALPHA)
        pipe = make_pipeline(ridge)
        in_place(pipe)

        assert pipe.named_steps["ridge"] is ridge

        assert ridge.alpha is ALPHA


class TestAbsentSteps:
    @pytest.mark.parametrize(
        ("estimator", "absent"),
        [
            (make_pipeline(optional(PCA()), Ridge()), "passthrough"),
            (ColumnTransformer([("a", optional(PCA()), [0])]), "passthrough"),
            (FeatureUnion([("a", optional(PCA()))]), "drop"),
            (VotingRegressor([("a", optional(Ridge()))]), "drop"),
            (
                TransformedTargetRegressor(transformer=optional(QuantileTransformer())),
                None,
            ),
            (make_pipeline(optional(PCA(), without="drop"), Ridge()), "drop"),
        ],
    )
    def test_what_the_place_wants(self, estimator, absent):
        [held] = in_place(estimator).ranges.values()

        assert held.domain.values[1] == absent

    def test_one_step_in_two_kinds_of_places(self):
        step = optional(SelectKBest())
        pipe = Pipeline([("union", FeatureUnion([("a", step)])), ("b", step)])
        ranges = in_place(pipe).ranges

        assert {n: held.domain.values[1] for n, held in ranges.items()} == {
            "b": "passthrough",
            "union__a": "drop",
        }

        assert ranges["b"].source is ranges["union__a"].source


class TestOptions:
    def test_ranges_become_a_sub_space(self):
        choice = Choice({"r": Ridge(alpha=ALPHA), "s": Option(SVR(C=C), epsilon=[1])})
        found = opened(choice)

        assert found.labels == ("r", "s")

        assert list(found.options[0].sub_space) == ["alpha"]

        assert list(found.options[1].sub_space) == ["C", "epsilon"]

        assert [type(v.alpha) for v in found.values[:1]] == [float]

        assert choice.values[0].alpha is ALPHA

    def test_a_sub_space_decides(self):
        found = opened(Choice([Option(Ridge(alpha=ALPHA), alpha=[1, 2])]))

        assert found.options[0].sub_space == {"alpha": [1, 2]}

    def test_nothing_to_do(self):
        choice = Choice([Ridge(), Option(SVR(), C=C), "passthrough", C])

        assert opened(choice) is choice

    def test_as_a_space_of_options(self):
        held = as_space({"m": Choice([Ridge(alpha=ALPHA), make_pipeline(SVR(C=C))])})
        written = as_space(
            {
                "m": Choice(
                    [
                        Option(Ridge(), alpha=ALPHA),
                        Option(make_pipeline(SVR()), svr__C=C),
                    ]
                )
            }
        )

        assert [(h.name, h.conditions) for h in held] == [
            (h.name, h.conditions) for h in written
        ]

    def test_a_choice_of_estimators(self):
        found = in_place(Choice([Ridge(alpha=ALPHA)]))

        assert not found.ranges

        assert found.estimator.options[0].sub_space.keys() == {"alpha"}


class TestRangesWithoutName:
    def test_inside_a_tuple(self):
        line = r"hidden_layer_sizes.*holds Int\(2, 8\).*lambda trial.*suggest_int"

        with pytest.raises(SpaceTypeError, match=line):
            check_held(make_pipeline(MLPClassifier((Int(2, 8), Int(2, 8)))))

    def test_columns(self):
        columns = Choice([[0], [1]])

        with pytest.raises(SpaceTypeError, match=r"'transformers'.*holds Choice"):
            check_held(ColumnTransformer([("a", PCA(), columns)]))

    def test_an_option(self):
        with pytest.raises(SpaceTypeError, match=r"'alpha'.*Write Choice\(\[Option"):
            check_held(Ridge(alpha=Option(1.0)))

    def test_in_an_option(self):
        with pytest.raises(SpaceTypeError, match=r"'clf'.*hidden_layer_sizes"):
            as_space({"clf": Choice([MLPClassifier((Int(2, 8),))])})

    @pytest.mark.parametrize(
        "estimator",
        [
            Pipeline([("m", Choice(Ridge(alpha=ALPHA), SVR()))]),
            ColumnTransformer([("a", optional(PCA()), [0])]),
            TPESearchCV(Ridge(), [{"alpha": ALPHA}, {"alpha": [1]}]),
            RandomizedSearchCV(Ridge(), [{"alpha": ALPHA}]),
            Ridge,
            object(),
        ],
    )
    def test_all_have_names(self, estimator):
        assert check_held(estimator) is None


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ([], ["a", "a__b", "ab__c"]),
        (["a"], ["ab__c"]),
        (["a__b"], ["a", "ab__c"]),
        (["a__b__d"], ["a", "a__b", "ab__c"]),
    ],
)
def test_what_others_do_not_decide_on(names, left):
    assert list(uncovered({"a": 1, "a__b": 2, "ab__c": 3}, names)) == left


class TestHeld:
    def test_it_is_shown_as_its_range(self):
        alpha = Float(0.1, 1)

        assert repr(Held(alpha, alpha)) == "Float(0.1, 1.0)"

    def test_equal_ranges_are_two(self):
        one, other = Float(0.1, 1), Float(0.1, 1)

        assert Held(one, one) != Held(other, other)

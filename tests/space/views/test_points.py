"""An estimator's own settings, and users' points, as configurations."""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space import (
    UNSET,
    Settings,
    complete_point,
    default_points,
    labelled,
    placed_point,
    wished_point,
)

PIPE = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression(C=2.0))])

MODELS = as_space(
    {
        "clf": Choice(
            {
                "svm": Option(SVC(), C=Float(0.1, 10), kernel=["rbf", "linear"]),
                "logistic": Option(LogisticRegression(), C=Float(0.5, 5)),
                "forest": Option(RandomForestClassifier(), n_estimators=Int(10, 50)),
            }
        ),
    }
)


def shown(points):
    """Return points with the estimators as their types' names."""
    return [
        {n: type(v).__name__ if hasattr(v, "fit") else v for n, v in point.items()}
        for point in points
    ]


class TestDefaultPoints:
    def test_settings_of_the_estimator(self):
        space = as_space({"C": Float(0.1, 10), "kernel": ["linear", "rbf"]})

        assert default_points(space, SVC()) == [{"C": 1.0, "kernel": "rbf"}]

        assert default_points(space, SVC(C=3.0)) == [{"C": 3.0, "kernel": "rbf"}]

    def test_setting_outside_is_replaced_by_the_middle(self):
        space = as_space({"C": Float(2, 4), "kernel": ["linear", "rbf"]})

        assert default_points(space, SVC()) == [{"C": 3.0, "kernel": "rbf"}]

    def test_there_is_none_if_no_setting_lies_in_the_space(self):
        assert default_points(as_space({"C": Float(2, 4)}), SVC()) == []

    def test_there_is_none_for_an_empty_space(self):
        assert default_points(as_space({}), SVC()) == []

    def test_each_estimator_of_a_choice_with_its_own_settings(self):
        points = shown(default_points(MODELS, PIPE))

        assert points[0] == {"clf": "LogisticRegression", "clf__C": 1.0}

        assert {"clf": "SVC", "clf__C": 1.0, "clf__kernel": "rbf"} in points

        assert {"clf": "RandomForestClassifier", "clf__n_estimators": 30} in points

        assert len(points) == 3

        assert shown(default_points(MODELS, PIPE, 2)) == points[:2]

    def test_each_dict_of_a_list(self):
        space = as_space([{"C": Float(0.1, 10)}, {"tol": Float(1e-4, 1)}])

        assert default_points(space, SVC()) == [{"C": 1.0}, {"tol": 1e-3}]

    def test_steps_of_a_pipeline(self):
        space = as_space({"clf__C": Float(0.1, 10), "scale__with_mean": [True, False]})

        assert default_points(space, PIPE) == [
            {"clf__C": 2.0, "scale__with_mean": True}
        ]

    def test_option_that_is_a_range(self):
        space = as_space({"gamma": Choice(["scale", Float(0, 1)])})

        assert default_points(space, SVC()) == [{"gamma": "scale"}]

        assert default_points(space, SVC(gamma=0.25)) == [{"gamma": 0.25}]

    def test_not_more_than_the_limit(self):
        space = as_space([{"C": Float(0.1, i + 2)} for i in range(20)])

        assert len(default_points(space, SVC())) == 10

        assert len(default_points(space, SVC(), limit=3)) == 3

    def test_there_is_none_for_a_callable(self):
        space = as_space(lambda trial: {"C": trial.suggest_float("C", 0.1, 10)})

        assert default_points(space, SVC()) == []

    def test_points_are_configurations(self):
        points = default_points(MODELS, PIPE)

        assert points

        for point in points:
            assert MODELS.decode(MODELS.encode(point)).keys() == point.keys()


class TestCompletePoint:
    def test_whole_point_is_kept(self):
        point = {"clf": "svm", "clf__C": 3.0, "clf__kernel": "linear"}

        [found] = shown([complete_point(MODELS, PIPE, point)])

        assert found == {"clf": "SVC", "clf__C": 3.0, "clf__kernel": "linear"}

    def test_what_is_missing_is_taken_from_the_option(self):
        [found] = shown([complete_point(MODELS, PIPE, {"clf": "svm"})])

        assert found == {"clf": "SVC", "clf__C": 1.0, "clf__kernel": "rbf"}

    def test_what_is_missing_is_taken_from_the_estimator(self):
        space = as_space({"C": Float(0.1, 10), "kernel": ["linear", "rbf"]})

        found = complete_point(space, SVC(C=4.0), {"kernel": "linear"})

        assert found == {"C": 4.0, "kernel": "linear"}

    def test_option_may_be_given_by_an_equal_object(self):
        [found] = shown([complete_point(MODELS, PIPE, {"clf": SVC()})])

        assert found["clf"] == "SVC"

    def test_dict_of_a_list_is_found(self):
        space = as_space([{"C": [1, 2]}, {"tol": [0.1, 0.2]}])

        assert complete_point(space, SVC(), {"tol": 0.2}) == {"tol": 0.2}

    def test_empty_point_is_the_default(self):
        space = as_space({"C": Float(0.1, 10)})

        assert complete_point(space, SVC(), {}) == {"C": 1.0}

    def test_callable_takes_it_as_it_is(self):
        space = as_space(lambda trial: {"C": trial.suggest_float("C", 0.1, 10)})

        assert complete_point(space, SVC(), {"C": 3.0}) == {"C": 3.0}

    def test_point_is_not_changed(self):
        point = {"clf": "svm"}

        complete_point(MODELS, PIPE, point)

        assert point == {"clf": "svm"}

    @given(st.data(), strategies.spaces(depth=2))
    def test_what_was_given_is_kept(self, data, space):
        configuration = data.draw(strategies.configurations(space))

        found = complete_point(as_space(space), SVC(), copy.copy(configuration))

        # In a list of dicts, what is given may be only a part of another dict's.
        kept = {name: found.get(name) for name in configuration}

        assert strategies.is_close(kept, configuration)

        assert strategies.is_valid(space, found)

    @pytest.mark.parametrize(
        ("point", "parts"),
        [
            ({"clf": "svm", "clf__C": 50}, ["clf__C=50", "Float(0.1, 10.0)"]),
            ({"clf": "logistic", "clf__C": 0.1}, ["clf__C=0.1", "Float(0.5, 5.0)"]),
            ({"clf": "tree"}, ["clf='tree'", "Choice("]),
            ({"clf__c": 5}, ["'clf__c'", "Did you mean 'clf__C'"]),
            (
                {"clf": "forest", "clf__C": 5},
                ["'clf__C'", "does not apply"],
            ),
        ],
        ids=["outside", "outside of this option", "no option", "unknown", "inactive"],
    )
    def test_what_is_outside_is_named(self, point, parts):
        with pytest.raises(SpaceError, match=r"[Ii]nitial point") as caught:
            complete_point(MODELS, PIPE, point)

        assert [part for part in parts if part not in str(caught.value)] == []

    def test_nearest_dict_of_a_list_is_meant(self):
        space = as_space([{"k": ["linear"], "C": [1, 2]}, {"k": ["rbf"], "g": [3]}])

        with pytest.raises(SpaceError, match="C=5"):
            complete_point(space, SVC(), {"k": "linear", "C": 5})

    @pytest.mark.parametrize("point", [3, "svm", ["clf"], None], ids=repr)
    def test_what_is_no_dict_is_named(self, point):
        with pytest.raises(SpaceTypeError, match=r"nitial point must be a dict.*got"):
            complete_point(MODELS, PIPE, point)


class TestWishedPoint:
    def wished(self, space, estimator, values, forced=None):
        space = as_space(space)

        def wish(domain, owner, parameter):
            return values.get((type(owner).__name__, parameter), UNSET)

        found = wished_point(space, Settings(estimator), wish, forced or {})
        return placed_point(space, space.snap(found.row[None])[0])

    def test_wishes_go_before_settings(self):
        space = {"C": Float(0.1, 10.0), "gamma": Float(0.1, 3.0), "tol": [1e-3, 1.0]}
        wishes = {("SVC", "C"): 4.0, ("SVC", "gamma"): 20.0}

        found = self.wished(space, SVC(), wishes)

        assert found == pytest.approx({"C": 4.0, "gamma": 3.0, "tol": 1e-3})

    def test_wishes_are_for_the_estimator_that_is_chosen(self):
        wishes = {("SVC", "C"): 4.0, ("LogisticRegression", "C"): 2.0}

        [logistic] = [
            j
            for j, option in enumerate(MODELS.hyperparameters[0].domain.values)
            if isinstance(option, LogisticRegression)
        ]

        found = self.wished(MODELS, PIPE, wishes, {0: logistic})
        assert found["clf__C"] == pytest.approx(2.0)

        found = self.wished(MODELS, PIPE, wishes, {0: 0})
        assert found["clf__C"] == pytest.approx(4.0)


class TestValuesAsFilesShowThem:
    """Points of `load_history(path).top_params()` have labels, and lists for tuples."""

    SPACE = as_space(
        {
            "object": [SVC(), SVC(C=2), LogisticRegression(), "passthrough"],
            "function": [len, max],
            "array": [None, np.array([0.2, 0.8])],
            "size": [(5,), (3, 4)],
            "number": ["good", float("nan")],
        }
    )

    @pytest.mark.parametrize("i", range(3))
    def test_lead_to_the_same_point(self, i):
        [row] = self.SPACE.snap([[(i + 0.5) / 3] * 5])
        shown = json.loads(
            json.dumps(labelled(self.SPACE, row, self.SPACE.decode(row)))
        )

        found = complete_point(self.SPACE, None, shown)

        np.testing.assert_array_equal(found.row, row)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("object", SVC(C=9)), ("object", "NuSVC"), ("size", [5, 5]), ("size", "(5,)")],
    )
    def test_others_are_refused(self, name, value):
        with pytest.raises(SpaceError, match=f"Initial point: {name}="):
            complete_point(self.SPACE, None, {name: value})

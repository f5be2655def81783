"""What a configuration of the table wishes for in somebody else's space."""

from __future__ import annotations

from math import inf

import pytest
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, SelectPercentile
from sklearn.linear_model import Ridge
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures, StandardScaler
from sklearn.svm import SVC

from sksearch import Categorical, Choice, Float, Int
from sksearch.knowledge import Data
from sksearch.knowledge._table import Measured
from sksearch.knowledge._wish import UNLIMITED, RowWish
from sksearch.space import UNSET, Settings

STANDARD, MINMAX = StandardScaler(), MinMaxScaler()


def wish(learner, params, steps=None, n_columns=16):
    return RowWish(
        Measured(learner, params, steps or {}, {}),
        Data().with_columns(n_columns or 1, n_columns or inf),
    )


class TestSettings:
    def test_of_the_learner(self):
        wanted = wish("SVC", {"C": 0.5, "kernel": "rbf"})

        assert wanted(Float(0.0, 1.0), SVC(), "C") == 0.5

        assert wanted(Categorical(["rbf", "linear"]), SVC(), "kernel") == "rbf"

    def test_not_of_other_estimators(self):
        assert wish("SVC", {"C": 0.5})(Float(0.0, 1.0), Ridge(), "C") is UNSET

        assert wish("SVC", {"C": 0.5})(Float(0.0, 1.0), SVC(), "tol") is UNSET

    def test_by_name_alone_where_the_owner_is_not_known(self):
        assert wish("SVC", {"C": 0.5})(Float(0.0, 1.0), None, "C") == 0.5

    def test_no_limit_is_the_greatest_number(self):
        wanted = wish("RandomForestClassifier", {"max_depth": None})
        forest = RandomForestClassifier()

        assert wanted(Int(2, 30), forest, "max_depth") == UNLIMITED

        assert wanted(Categorical([3, None]), forest, "max_depth") is None

        assert wanted(Categorical([3, 9]), forest, "max_depth") == UNLIMITED

    def test_own_setting_without_limit(self):
        wanted = wish("RandomForestClassifier", {})
        forest = RandomForestClassifier()

        assert wanted(Float(0.1, 1.0), forest, "max_samples") == UNLIMITED

        assert wanted(Int(2, 30), forest, "min_samples_split") is UNSET

        forest = RandomForestClassifier(max_samples=0.5)

        assert wanted(Float(0.1, 1.0), forest, "max_samples") is UNSET

    @pytest.mark.parametrize(
        ("share", "chosen"), [(0.3, "sqrt"), (0.95, None), (0.55, 0.5)]
    )
    def test_features_as_a_list_has_them(self, share, chosen):
        wanted = wish("RandomForestClassifier", {"max_features": share})
        values = Categorical(["sqrt", 0.5, None])

        assert wanted(values, RandomForestClassifier(), "max_features") == chosen

    def test_layers_that_are_nearest(self):
        wanted = wish("MLPClassifier", {"hidden_layer_sizes": (100,)})
        values = Categorical([(10,), (80,), (50, 50)])

        assert wanted(values, MLPClassifier(), "hidden_layer_sizes") == (80,)


class TestUnitsOfTheTarget:
    @pytest.mark.parametrize(
        ("learner", "params", "name", "wished"),
        [
            ("SVR", {"C": 2.0, "epsilon": 0.1}, "C", 20.0),
            ("SVR", {"C": 2.0, "epsilon": 0.1}, "epsilon", 1.0),
            ("SVR", {"C": 2.0, "gamma": 0.1}, "gamma", 0.1),
            ("Lasso", {"alpha": 0.1}, "alpha", 1.0),
            ("ElasticNet", {"alpha": 0.1, "l1_ratio": 0.0}, "alpha", 0.1),
            ("ElasticNet", {"alpha": 0.1, "l1_ratio": 1.0}, "alpha", 1.0),
            ("ElasticNet", {"alpha": 0.1, "l1_ratio": 0.5}, "alpha", 0.1 * 10**0.5),
            ("Ridge", {"alpha": 0.1}, "alpha", 0.1),
        ],
    )
    def test_target_that_spreads_10(self, learner, params, name, wished):
        measured = Measured(learner, params, {}, {})
        wanted = RowWish(measured, Data(spread=10.0))

        assert wanted(Float(0.0, 100.0), None, name) == pytest.approx(wished)


class TestSteps:
    SCALERS = Choice([STANDARD, MINMAX, "passthrough"])

    def test_scaler(self):
        wanted = wish("SVC", {}, {"scaler": "minmax"})

        assert wanted(self.SCALERS, Pipeline([]), "scaler") is MINMAX

        wanted = wish("SVC", {}, {"scaler": "none"})

        assert wanted(self.SCALERS, Pipeline([]), "scaler") == "passthrough"

        wanted = wish("SVC", {}, {"scaler": "robust"})

        assert wanted(self.SCALERS, Pipeline([]), "scaler") is UNSET

    def test_reduction(self):
        options = Choice([PCA(), SelectKBest(), "passthrough"])

        wanted = wish("SVC", {}, {"reduction": "best", "share": 0.5})

        assert isinstance(wanted(options, Pipeline([]), "reduce"), SelectKBest)

        assert wanted(Int(1, 16), SelectKBest(), "k") == 8

        assert wanted(Int(1, 16), PCA(), "n_components") == 8

        assert wanted(Int(1, 100), SelectPercentile(), "percentile") == 50

    def test_no_reduction_keeps_all(self):
        wanted = wish("SVC", {}, {"reduction": "none"}, None)

        assert wanted(Int(1, 16), PCA(), "n_components") == UNLIMITED

    def test_polynomials(self):
        crossed = PolynomialFeatures()
        options = Choice([crossed, "passthrough"])

        assert wish("Ridge", {}, {"degree": 2})(options, Pipeline([]), "p") is crossed

        wanted = wish("Ridge", {}, {"degree": 1})

        assert wanted(options, Pipeline([]), "p") == "passthrough"

        assert wanted(Int(1, 2), crossed, "degree") == 1


class TestDistance:
    def test_of_what_cannot_be_set(self):
        model = SVC(gamma=0.1)
        wanted = wish("SVC", {"C": 1.0, "gamma": 0.01, "kernel": "rbf"})

        assert wanted.distance(Settings(model), model) == pytest.approx(1.0)

        wanted = wish("SVC", {"kernel": "linear"})

        assert wanted.distance(Settings(model), model) == 2.0

    def test_of_steps(self):
        model = SVC()
        settings = Settings(make_pipeline(STANDARD, model))

        wanted = wish("SVC", {}, {"scaler": "standard", "reduction": "none"})
        assert wanted.distance(settings, model) == 0.0

        wanted = wish("SVC", {}, {"scaler": "none", "reduction": "pca"})
        assert wanted.distance(settings, model) == 4.0

    def test_what_was_set_counts(self):
        model = SVC()
        settings = Settings(make_pipeline(STANDARD, model))
        settings.put("svc__C", 100.0)

        assert wish("SVC", {"C": 10.0}).distance(settings, model) == pytest.approx(1.0)

    def test_a_limit_far_off_is_none(self):
        model = RandomForestClassifier(max_depth=30)
        wanted = wish("RandomForestClassifier", {"max_depth": None})

        assert wanted.distance(Settings(model), model) == 0.0

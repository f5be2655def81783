"""The face: what it takes, what it gives, and that it goes where estimators go."""

from __future__ import annotations

import pickle
import subprocess
import sys

import joblib
import numpy as np
import pandas as pd
import pytest
import sklearn
from numpy.testing import assert_allclose, assert_array_equal
from scipy.sparse import csr_array
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.datasets import load_diabetes, load_iris, make_multilabel_classification
from sklearn.ensemble import VotingClassifier, VotingRegressor
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import (
    LinearRegression,
    LogisticRegression,
    Ridge,
    RidgeClassifier,
)
from sklearn.metrics import log_loss, make_scorer, r2_score
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    KFold,
    RepeatedKFold,
    ShuffleSplit,
    cross_val_score,
)
from sklearn.multiclass import OneVsRestClassifier, OutputCodeClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from stand_ins import Counting, NeedsWeights, rows

from sksearch import StackingWeights
from sksearch.ensemble.weights._methods import METHODS

X, Y = load_iris(return_X_y=True)
XR, YR = (part[:150] for part in load_diabetes(return_X_y=True))
WORDS = np.array(["lily", "iris", "rose"])[Y]


def tree(depth=2):
    return DecisionTreeClassifier(max_depth=depth, random_state=0)


def members():
    return [("tree", tree()), ("bayes", GaussianNB()), ("near", KNeighborsClassifier())]


def regressors():
    return [
        ("ridge", Ridge()),
        ("tree", DecisionTreeRegressor(max_depth=3, random_state=0)),
        ("near", KNeighborsRegressor()),
    ]


def voters():
    """Members of which none has probabilities or decision values."""
    return [
        ("codes", OutputCodeClassifier(tree(), random_state=0)),
        ("more", OutputCodeClassifier(tree(1), random_state=1)),
    ]


class TestAverages:
    def test_probabilities_are_the_weighted_average(self):
        ensemble = StackingWeights(members()).fit(X, Y)
        voting = VotingClassifier(members(), voting="soft", weights=ensemble.weights_)

        assert_allclose(
            ensemble.predict_proba(X), voting.fit(X, Y).predict_proba(X), atol=1e-12
        )

        assert_array_equal(ensemble.predict(X), voting.predict(X))

        assert ensemble.score(X, Y) == voting.score(X, Y)

    def test_regression_is_the_weighted_average(self):
        ensemble = StackingWeights(regressors()).fit(XR, YR)
        voting = VotingRegressor(regressors(), weights=ensemble.weights_).fit(XR, YR)

        assert_allclose(ensemble.predict(XR), voting.predict(XR))

        assert ensemble.score(XR, YR) == pytest.approx(voting.score(XR, YR))

    def test_words_as_classes(self):
        ensemble, numbers = (StackingWeights(members()).fit(X, y) for y in (WORDS, Y))

        assert ensemble.classes_.tolist() == ["iris", "lily", "rose"]

        assert set(ensemble.predict(X)) <= set(WORDS)

        assert ensemble.estimators_[0].classes_.tolist() == ["iris", "lily", "rose"]

        assert_allclose(ensemble.weights_, numbers.weights_, atol=0.1)

    def test_two_classes(self):
        ensemble = StackingWeights(members()).fit(X[50:], WORDS[50:])

        assert ensemble.predict_proba(X).shape == (150, 2)

        assert ensemble.score(X[50:], WORDS[50:]) > 0.9

    @pytest.mark.parametrize("method", METHODS)
    def test_several_outputs_of_a_regressor(self, method):
        target = np.column_stack([YR, 1e6 * XR[:, 2]])
        ensemble = StackingWeights(regressors(), method=method, random_state=0)
        ensemble.fit(XR, target)

        assert ensemble.predict(XR).shape == target.shape

        assert ensemble.score(XR, target) == pytest.approx(
            r2_score(target, ensemble.predict(XR))
        )

    def test_weights_of_both_signs(self):
        timid = [(f"ridge{alpha}", Ridge(alpha)) for alpha in (1, 10)]
        convex = StackingWeights(timid).fit(XR, YR)
        ensemble = StackingWeights(timid, method="affine").fit(XR, YR)
        said = [fitted.predict(XR) for fitted in ensemble.estimators_]

        assert ensemble.weights_.min() < 0

        assert ensemble.weights_.sum() == pytest.approx(1)

        assert_allclose(ensemble.predict(XR), ensemble.weights_ @ said)

        assert ensemble.oof_score_ > convex.oof_score_

        assert (ensemble.diversity_["loss_without"] > 0).all()

    def test_several_outputs_of_a_classifier(self):
        data, labels = make_multilabel_classification(80, n_classes=3, random_state=0)
        ensemble = StackingWeights(
            [("tree", tree()), ("near", KNeighborsClassifier())]
        ).fit(data, labels)

        assert ensemble.predict(data).shape == (80, 3)

        assert [part.shape for part in ensemble.predict_proba(data)] == [(80, 2)] * 3

        assert len(ensemble.classes_) == 3

        right = np.all(ensemble.predict(data) == labels, axis=1)

        assert ensemble.score(data, labels) == right.mean()

    @pytest.mark.parametrize("member", [tree(2), RidgeClassifier()], ids=str)
    def test_sparse_labels_count_like_dense_ones(self, member):
        data, labels = make_multilabel_classification(60, n_classes=3, random_state=0)
        members = [("a", OneVsRestClassifier(member)), ("b", KNeighborsClassifier(5))]
        dense = StackingWeights(members, cv=3).fit(data, labels)
        ensemble = StackingWeights(members, cv=3).fit(data, csr_array(labels))

        assert_array_equal(ensemble.weights_, dense.weights_)

        assert_array_equal(ensemble.predict(data), dense.predict(data))

        assert ensemble.score(data, csr_array(labels)) == dense.score(data, labels)

    def test_decision_values_become_probabilities(self):
        machine = make_pipeline(StandardScaler(), SVC())
        ensemble = StackingWeights([("svm", machine), ("near", tree(1))]).fit(X, Y)
        proba = ensemble.predict_proba(X)

        assert_allclose(proba.sum(axis=1), 1)

        assert log_loss(Y, proba) < 0.2

        assert ensemble.weights_[0] > 0.8

    @pytest.mark.parametrize("n_classes", [2, 3])
    def test_votes(self, n_classes):
        kept = n_classes * 50
        ensemble = StackingWeights(voters()).fit(X[:kept], WORDS[:kept])

        assert ensemble.score(X[:kept], WORDS[:kept]) > 0.8

        assert not hasattr(ensemble, "predict_proba")

        with pytest.raises(AttributeError) as caught:
            _ = ensemble.predict_proba

        assert "only predict labels" in str(caught.value.__cause__)

    def test_votes_and_probabilities(self):
        ensemble = StackingWeights([*members(), *voters()]).fit(X, Y)

        assert ensemble.score(X, Y) > 0.9

    def test_no_probabilities_of_numbers(self):
        ensemble = StackingWeights(regressors())

        assert not hasattr(ensemble, "predict_proba")

        assert not hasattr(ensemble.fit(XR, YR), "predict_proba")

    def test_a_class_that_a_fold_has_not_seen(self):
        y = np.zeros(30, dtype=int)
        y[10:20], y[20:] = 1, 2
        ensemble = StackingWeights(
            [("bayes", GaussianNB()), ("svm", LinearSVC())], cv=KFold(3)
        )
        with pytest.warns(UserWarning, match="No weights can be learned"):
            ensemble.fit(X[:90:3], y)

        assert ensemble.weights_.tolist() == [0.5, 0.5]

        assert ensemble.predict_proba(X).shape == (150, 3)


class TestMembers:
    def test_those_without_weight_are_not_fitted_again(self):
        constant = Counting()
        Counting.n_fits = 0
        ensemble = StackingWeights(
            [("good", LogisticRegression(max_iter=500)), ("constant", constant)], cv=4
        ).fit(X[:100], Y[:100])

        assert Counting.n_fits == 4

        assert ensemble.weights_.tolist() == [1.0, 0.0]

        assert len(ensemble.estimators_) == 1

        assert ensemble.named_estimators_["constant"] == "drop"

        assert ensemble.named_estimators_["good"] is ensemble.estimators_[0]

    def test_the_given_ones_stay_unfitted(self):
        given = members()
        StackingWeights(given).fit(X, Y)

        assert not hasattr(given[0][1], "tree_")

    def test_dropped(self):
        ensemble = StackingWeights(members()).set_params(bayes="drop").fit(X, Y)

        assert ensemble.weights_[1] == 0

        assert np.isnan(ensemble.member_scores_[1])

        assert ensemble.named_estimators_["bayes"] == "drop"

        assert ensemble.diversity_["name"].tolist() == ["tree", "near"]

    def test_parameters_by_name(self):
        ensemble = StackingWeights(members()).set_params(
            tree__max_depth=7, near=KNeighborsClassifier(3)
        )

        assert ensemble.get_params()["tree__max_depth"] == 7

        assert ensemble.get_params()["near__n_neighbors"] == 3

        assert ensemble.named_estimators["tree"].max_depth == 7

    def test_prefit(self):
        fitted = [(name, member.fit(X[::2], Y[::2])) for name, member in members()]
        ensemble = StackingWeights(fitted, cv="prefit").fit(X[1::2], Y[1::2])

        for member in ensemble.estimators_:
            assert any(member is given for _, given in fitted)

        assert ensemble.oof_score_ <= ensemble.oof_score_optimistic_

    def test_prefit_with_a_class_that_is_not_there(self):
        fitted = [(name, member.fit(X, WORDS)) for name, member in members()]
        ensemble = StackingWeights(fitted, cv="prefit").fit(X[:100], WORDS[:100])

        assert ensemble.classes_.tolist() == ["iris", "lily", "rose"]

    def test_same_for_any_number_of_jobs(self):
        with joblib.parallel_config("threading"):
            one, two = (
                StackingWeights(members(), n_jobs=n_jobs).fit(X, Y) for n_jobs in (1, 2)
            )

        assert_array_equal(one.weights_, two.weights_)

    def test_an_error_says_which_member(self):
        broken = Ridge(alpha=-1.0)

        with pytest.raises(ValueError, match="alpha") as caught:
            StackingWeights([("good", Ridge()), ("bad", broken)]).fit(XR, YR)

        assert any("'bad'" in note for note in caught.value.__notes__)


class TestScores:
    @pytest.mark.parametrize(
        ("method", "scoring"),
        [
            ("convex", None),
            ("convex", "accuracy"),
            ("convex", "roc_auc_ovr"),
            pytest.param("random", "accuracy", marks=pytest.mark.slow),
            pytest.param("greedy", "accuracy", marks=pytest.mark.slow),
            pytest.param("greedy", "roc_auc_ovr", marks=pytest.mark.slow),
            pytest.param("nelder_mead", "accuracy", marks=pytest.mark.slow),
        ],
    )
    def test_not_worse_than_the_best_member(self, method, scoring):
        ensemble = StackingWeights(members(), method=method, scoring=scoring, cv=3)
        ensemble.fit(X, Y)

        assert ensemble.oof_score_optimistic_ >= ensemble.member_scores_.max() - 1e-12

    def test_nested_is_not_optimistic(self):
        rng = np.random.default_rng(0)
        noise = rng.normal(size=(60, 20))
        ensemble = StackingWeights(
            [
                (f"m{i}", make_pipeline(Columns(i), LinearRegression()))
                for i in range(12)
            ],
            method="greedy",
        ).fit(noise, rng.normal(size=60))

        assert ensemble.oof_score_ < ensemble.oof_score_optimistic_

    def test_default_scores_are_log_loss_and_r2(self):
        classifier = StackingWeights([("tree", tree())], cv=KFold(5)).fit(X, Y)
        regressor = StackingWeights([("ridge", Ridge())], cv=KFold(5)).fit(XR, YR)
        named = StackingWeights([("ridge", Ridge())], cv=KFold(5), scoring="r2")

        assert classifier.member_scores_[0] < 0

        assert regressor.oof_score_ == pytest.approx(named.fit(XR, YR).oof_score_)

    def test_a_callable_sees_the_data(self):
        seen = []

        def scorer(estimator, X, y):
            seen.append(X.shape)
            return float((estimator.predict(X) == y).mean())

        ensemble = StackingWeights(members(), scoring=scorer)

        assert 0.9 < ensemble.fit(X, Y).oof_score_ <= 1

        assert (150, 4) in seen

    @pytest.mark.parametrize(
        "cv",
        [RepeatedKFold(n_splits=3, n_repeats=2, random_state=0), ShuffleSplit(2)],
        ids=["repeated", "shuffled"],
    )
    def test_rows_that_are_tested_twice_or_never(self, cv):
        ensemble = StackingWeights(members(), cv=cv, random_state=0).fit(X, Y)

        assert np.isfinite(ensemble.oof_score_)

    def test_one_fold(self):
        cv = ShuffleSplit(1, test_size=0.4, random_state=0)
        one, again = (
            StackingWeights(members(), cv=cv, random_state=0).fit(X, Y)
            for _ in range(2)
        )

        assert one.oof_score_ == again.oof_score_

    def test_diversity(self):
        twins = [*members(), ("twin", tree())]
        ensemble = StackingWeights(twins, cv=KFold(5, shuffle=True, random_state=0))
        table = pd.DataFrame(ensemble.fit(X, Y).diversity_).set_index("name")

        assert table.loc["tree", "most_alike"] == "twin"

        assert table["weight"].sum() == pytest.approx(1)

        assert table["loss_without"].idxmax() == "near"

        assert ensemble.error_correlation_[0, 3] == pytest.approx(1)


class Columns(StandardScaler):
    """Keeps one column."""

    def __init__(self, column=0):
        super().__init__()
        self.column = column

    def transform(self, X):
        return X[:, [self.column]]


class TestInScikitLearn:
    def test_kind(self):
        assert is_classifier(StackingWeights(members()))

        assert not is_regressor(StackingWeights(members()))

        assert is_regressor(StackingWeights(regressors()))

        assert is_classifier(clone(StackingWeights([("drop", "drop"), *members()])))

    def test_stratified_outside(self):
        assert cross_val_score(StackingWeights(members()), X, WORDS).mean() > 0.93

    def test_in_a_grid_and_a_pipeline(self):
        pipe = make_pipeline(StandardScaler(), StackingWeights(members(), cv=3))
        grid = GridSearchCV(
            pipe,
            {
                "stackingweights__tree__max_depth": [1, 3],
                "stackingweights__bayes": [GaussianNB(), "drop"],
                "stackingweights__method": ["convex"],
            },
            cv=2,
        ).fit(X, WORDS)

        assert grid.best_score_ > 0.9

        assert grid.predict_proba(X).shape == (150, 3)

    def test_in_an_ensemble(self):
        inner = StackingWeights(members(), cv=3)
        outer = StackingWeights([("inner", inner), ("svm", SVC())], cv=3).fit(X, Y)

        assert outer.score(X, Y) > 0.9

    def test_transform(self):
        ensemble = StackingWeights(members()).fit(X, Y)
        n_kept = len(ensemble.estimators_)
        frame = ensemble.set_output(transform="pandas").transform(X)

        assert frame.shape == (150, 3 * n_kept)

        assert list(frame) == list(ensemble.get_feature_names_out())

        assert frame.columns[0].startswith("stackingweights_")

        assert_allclose(frame.iloc[:, :3].sum(axis=1), 1)

    def test_transform_of_a_regressor(self):
        ensemble = StackingWeights(regressors(), method="uniform").fit(XR, YR)

        assert_allclose(ensemble.transform(XR).mean(axis=1), ensemble.predict(XR))

        assert ensemble.get_feature_names_out().tolist() == [
            "stackingweights_ridge",
            "stackingweights_tree",
            "stackingweights_near",
        ]

    def test_names_of_features(self):
        frame = pd.DataFrame(X, columns=list("abcd"))
        ensemble = StackingWeights(members()).fit(
            frame, pd.Series(WORDS, index=range(150, 300))
        )

        assert ensemble.feature_names_in_.tolist() == list("abcd")

        assert ensemble.n_features_in_ == 4

        assert not hasattr(StackingWeights(members()), "n_features_in_")

    def test_diagram(self):
        page = StackingWeights(members())._repr_html_()

        assert "GaussianNB" in page

        assert "near" in page

    def test_not_fitted(self):
        for method in ("predict", "transform", "predict_proba"):
            with pytest.raises(NotFittedError):
                getattr(StackingWeights(members()), method)(X)

    def test_weights_of_samples(self):
        data, y = rows()
        weights = data[:, 0]
        needy = [("needy", NeedsWeights()), ("tree", tree())]
        StackingWeights(needy).fit(data, y, sample_weight=weights)

        with pytest.raises(TypeError, match=r"'near'.*sample_weight"):
            StackingWeights(members()).fit(X, Y, sample_weight=np.ones(150))

    def test_rows_without_weight_do_not_decide(self):
        first = np.arange(150) % 2 == 0
        noisy = np.where(first, Y, np.random.default_rng(0).permutation(Y))
        two = [("tree", tree(5)), ("bayes", GaussianNB())]
        ensemble = StackingWeights(two).fit(X, noisy, sample_weight=1.0 * first)

        assert ensemble.oof_score_ > StackingWeights(two).fit(X, noisy).oof_score_

    def test_groups(self):
        groups = np.arange(150) % 4
        ensemble = StackingWeights(members(), cv=GroupKFold(4))

        assert ensemble.fit(X, Y, groups=groups).score(X, Y) > 0.9

        with pytest.raises(ValueError, match="groups"):
            ensemble.fit(X, Y)

    def test_routing(self):
        data, y = rows()
        needy = NeedsWeights()
        with sklearn.config_context(enable_metadata_routing=True):
            needy = needy.set_fit_request(sample_weight=True)
            scorer = make_scorer(r2_score).set_score_request(sample_weight=True)
            ensemble = StackingWeights(
                [("needy", needy), ("near", KNeighborsClassifier())],
                cv=GroupKFold(2),
                scoring=scorer,
            )
            ensemble.fit(
                data, y, sample_weight=data[:, 0], groups=np.arange(len(data)) % 2
            )

            with pytest.raises(TypeError, match="unexpected"):
                ensemble.fit(data, y, colour="red")

    @pytest.mark.slow
    def test_in_a_fresh_process(self, tmp_path):
        ensemble = StackingWeights([*members(), ("svm", SVC())]).fit(X, WORDS)
        path = tmp_path / "ensemble.pkl"
        path.write_bytes(pickle.dumps((ensemble, X, ensemble.predict_proba(X))))
        code = (
            "import pickle, sys, numpy as np\n"
            "ensemble, X, expected = pickle.load(open(sys.argv[1], 'rb'))\n"
            "assert np.array_equal(ensemble.predict_proba(X), expected)\n"
        )
        subprocess.run([sys.executable, "-c", code, str(path)], check=True)

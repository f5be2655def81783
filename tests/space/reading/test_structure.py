"""Names that exist once a list of steps is set, list by list."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import loguniform
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import StackingClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, Option, TPESearchCV, as_space
from sksearch.exceptions import SpaceError
from sksearch.space import check_names

PIPE = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])
PCA_SVC = [("s", PCA()), ("clf", SVC())]
SVD_SVC = [("q", TruncatedSVD(1)), ("clf", SVC())]
COLUMNS = [0, 1, 2]

GOOD = {
    "steps": ({"steps": [PCA_SVC], "s__n_components": [1, 2]}, PIPE),
    "name of all": ({"steps": [PCA_SVC, SVD_SVC], "clf__C": loguniform(1, 2)}, PIPE),
    "dicts": (
        [
            {"steps": [PCA_SVC], "s__n_components": [1, 2]},
            {"steps": [SVD_SVC], "q__n_components": [1, 2]},
        ],
        PIPE,
    ),
    "options": (
        {"steps": Choice([Option(PCA_SVC, s__whiten=[True]), Option(SVD_SVC)])},
        PIPE,
    ),
    "estimators": (
        {
            "estimators": [[("b", SVC()), ("c", LogisticRegression())]],
            "b__C": [1, 2],
            "c": [LogisticRegression(), SVC()],
            "c__C": [1, 2],
        },
        VotingClassifier([("a", SVC())]),
    ),
    "stacking": (
        {"estimators": [[("b", SVC())]], "b__C": [1, 2]},
        StackingClassifier([("a", SVC())], cv=2),
    ),
    "transformer_list": (
        {"u__transformer_list": [[("b", PCA())]], "u__b__n_components": [1, 2]},
        Pipeline([("u", FeatureUnion([("a", PCA())])), ("m", SVC())]),
    ),
    "transformers": (
        {
            "c__transformers": [
                [("b", PCA(), COLUMNS)],
                [("b", TruncatedSVD(), COLUMNS)],
            ],
            "c__b__n_components": [1, 2],
        },
        Pipeline(
            [("c", ColumnTransformer([("a", StandardScaler(), [0])])), ("m", SVC())]
        ),
    ),
    "nested": (
        {
            "clf": Choice(
                [
                    Option(
                        Pipeline([("z", SVC())]), steps=[[("w", SVC())]], w__C=[1, 2]
                    ),
                    LogisticRegression(),
                ]
            )
        },
        PIPE,
    ),
}


@pytest.mark.parametrize(("space", "estimator"), GOOD.values(), ids=GOOD)
def test_names_of_what_is_set_can_be_searched(space, estimator):
    X = np.random.default_rng(0).normal(size=(24, 3))
    y = np.arange(24) % 2
    X[:, 0] += y

    search = TPESearchCV(
        estimator, space, n_iter=2, cv=2, random_state=0, error_score="raise"
    ).fit(X, y)

    for name, value in search.best_params_.items():
        if "__" in name and not name.endswith(("transformers", "list", "steps")):
            assert search.best_estimator_.get_params()[name] == value


BAD = {
    "of one list only": (
        {"steps": [PCA_SVC, SVD_SVC], "s__n_components": [1]},
        PIPE,
        ["'s__n_components'", "beside steps=[('q', TruncatedSVD", "'q__n_components'"],
    ),
    "misspelt": (
        {"steps": [PCA_SVC], "s__n_comp": [1]},
        PIPE,
        ["'s__n_comp'", "beside steps=", "'s__n_components'"],
    ),
    "of the old steps": (
        {"steps": [PCA_SVC], "scale__with_mean": [True]},
        PIPE,
        ["'scale__with_mean'", "beside steps="],
    ),
    "estimators": (
        {"estimators": [[("b", SVC())]], "a__C": [1]},
        VotingClassifier([("a", SVC())]),
        ["'a__C'", "beside estimators=", "'b__C'"],
    ),
}


@pytest.mark.parametrize(("space", "estimator", "words"), BAD.values(), ids=BAD)
def test_name_that_a_list_does_not_bring_is_named(space, estimator, words):
    with pytest.raises(SpaceError) as caught:
        check_names(as_space(space), estimator)

    for word in words:
        assert word in str(caught.value)

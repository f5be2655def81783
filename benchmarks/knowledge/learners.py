"""The learners that are measured, and where their configurations are drawn from.

A learner is a class by name and a space. Beside its own hyperparameters a space may
have ``scaler`` and ``reduction``, steps that stand before the learner, and the share of
the columns that a reduction keeps. Ranges are those of the ready-made spaces, widened:
a table must know what is bad, too.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import Any

from sksearch import Choice, Float, Int, Option

SHARE = Float(0.1, 1.0)
SCALERS = {"standard": 0.5, "minmax": 0.2, "robust": 0.15, "none": 0.15}
#: Behind a scaler, and sometimes behind a reduction.
STEPS = {
    "scaler": list(SCALERS),
    "reduction": Choice(
        {
            "none": "none",
            "pca": Option("pca", share=SHARE),
            "best": Option("best", share=SHARE),
        }
    ),
}
BALANCED = {"class_weight": [None, "balanced"]}
LEAF = Int(1, 15, log=True)
FEATURES = Float(0.1, 0.9)


@dataclass(frozen=True)
class Learner:
    """A class, the space of its configurations, and settings that all of them share."""

    module: str
    name: str
    space: dict[str, Any]
    n: int = 20
    settings: dict[str, Any] = field(default_factory=dict)
    steps: bool = False
    #: With more classes a fit takes minutes.
    most_classes: int = 99
    #: Tells several spaces of one learner apart.
    part: str = ""

    @property
    def key(self) -> str:
        """What the measurements of this space are called."""
        return self.name + self.part

    @property
    def is_classifier(self) -> bool:
        """Whether it predicts classes."""
        markers = ("Classifier", "SVC", "NB", "Logistic", "Discriminant")
        return any(m in self.name for m in markers)

    def make(self, params: dict[str, Any]) -> Any:
        """Return the learner with these hyperparameters."""
        kind = getattr(importlib.import_module(self.module), self.name)
        return kind(**{**self.settings, **params})


SEED = {"random_state": 0}
FOREST = {
    "max_features": FEATURES,
    "min_samples_leaf": LEAF,
    "max_depth": Choice({"none": None, "limited": Option(Int(4, 20))}),
}
KERNEL = {
    "C": Float(0.05, 300.0, log=True),
    "kernel": Choice(
        {
            "rbf": Option("rbf", gamma=Float(3e-4, 0.5, log=True)),
            "rbf_again": Option("rbf", gamma=Float(3e-4, 0.5, log=True)),
            "linear": "linear",
            "poly": Option("poly", gamma=Float(3e-3, 0.3, log=True), degree=Int(2, 3)),
        }
    ),
}
NEIGHBOURS = {
    "n_neighbors": Int(1, 40, log=True),
    "weights": ["uniform", "distance"],
    "p": [1, 2],
}
HIST = {
    "learning_rate": Float(0.03, 0.4, log=True),
    "max_iter": Int(20, 150, log=True),
    "max_leaf_nodes": Int(3, 31, log=True),
    "min_samples_leaf": Int(2, 50, log=True),
    "l2_regularization": Float(1e-3, 50.0, log=True),
    "max_features": Float(0.2, 1.0),
}
GRADIENT = {
    "learning_rate": Float(0.02, 0.4, log=True),
    "n_estimators": Int(20, 200, log=True),
    "max_depth": Int(1, 7),
    "min_samples_leaf": LEAF,
    "subsample": Float(0.4, 1.0),
    "max_features": FEATURES,
}
XGB = {
    "learning_rate": Float(0.02, 0.4, log=True),
    "n_estimators": Int(20, 200, log=True),
    "max_depth": Int(1, 9),
    "min_child_weight": Float(0.5, 20.0, log=True),
    "subsample": Float(0.4, 1.0),
    "colsample_bytree": Float(0.2, 1.0),
    "reg_lambda": Float(1e-3, 30.0, log=True),
    "reg_alpha": Float(1e-3, 5.0, log=True),
}
LGBM = {
    "learning_rate": Float(0.02, 0.4, log=True),
    "n_estimators": Int(20, 200, log=True),
    "num_leaves": Int(3, 60, log=True),
    "min_child_samples": Int(2, 60, log=True),
    "subsample": Float(0.4, 1.0),
    "colsample_bytree": Float(0.2, 1.0),
    "reg_lambda": Float(1e-3, 30.0, log=True),
    "reg_alpha": Float(1e-3, 5.0, log=True),
}
CAT = {
    "learning_rate": Float(0.02, 0.3, log=True),
    "iterations": Int(30, 200, log=True),
    "depth": Int(3, 8),
    "l2_leaf_reg": Float(0.3, 30.0, log=True),
}
TREE = {
    "max_depth": Choice({"none": None, "limited": Option(Int(2, 15))}),
    "min_samples_leaf": Int(1, 60, log=True),
    "max_features": Float(0.3, 1.0),
    "ccp_alpha": Float(1e-5, 3e-2, log=True),
}
PERCEPTRON = {
    "hidden_layer_sizes": [(16,), (50,), (100,), (50, 50)],
    "alpha": Float(1e-5, 3.0, log=True),
    "learning_rate_init": Float(1e-3, 0.1, log=True),
    "batch_size": Int(24, 200, log=True),
    "activation": ["relu", "tanh", "logistic"],
    "beta_1": Float(0.7, 0.98),
}
CRITERION = {"criterion": ["gini", "entropy"]}
FEW_TREES = {"n_estimators": 40, **SEED}

FIRST = [
    Learner(
        "sklearn.linear_model",
        "LogisticRegression",
        {"C": Float(1e-3, 100.0, log=True), **BALANCED, **STEPS},
        steps=True,
    ),
    Learner(
        "sklearn.svm",
        "SVC",
        {**KERNEL, **BALANCED, **STEPS},
        28,
        {"max_iter": 3000},
        steps=True,
    ),
    Learner(
        "sklearn.neighbors", "KNeighborsClassifier", {**NEIGHBOURS, **STEPS}, steps=True
    ),
    Learner(
        "sklearn.ensemble",
        "RandomForestClassifier",
        {**FOREST, **CRITERION, **BALANCED},
        settings=FEW_TREES,
    ),
    Learner(
        "sklearn.ensemble",
        "HistGradientBoostingClassifier",
        {**HIST, **BALANCED},
        settings={**SEED, "early_stopping": False},
        most_classes=9,
    ),
    Learner(
        "sklearn.linear_model",
        "ElasticNet",
        {
            "alpha": Float(3e-4, 1.0, log=True),
            "l1_ratio": Float(0.0, 1.0),
            "degree": [1, 1, 2],
            **STEPS,
        },
        settings={"max_iter": 1000},
        steps=True,
    ),
    Learner(
        "sklearn.svm",
        "SVR",
        {**KERNEL, "epsilon": Float(3e-3, 0.5, log=True), **STEPS},
        28,
        {"max_iter": 3000},
        steps=True,
    ),
    Learner(
        "sklearn.neighbors", "KNeighborsRegressor", {**NEIGHBOURS, **STEPS}, steps=True
    ),
    Learner("sklearn.ensemble", "RandomForestRegressor", FOREST, settings=FEW_TREES),
    Learner(
        "sklearn.ensemble",
        "HistGradientBoostingRegressor",
        {**HIST, "loss": ["squared_error", "squared_error", "absolute_error"]},
        settings={**SEED, "early_stopping": False},
    ),
    Learner(
        "sklearn.ensemble",
        "ExtraTreesClassifier",
        {**FOREST, **CRITERION, **BALANCED},
        settings=FEW_TREES,
    ),
    Learner(
        "sklearn.discriminant_analysis",
        "LinearDiscriminantAnalysis",
        {"shrinkage": Float(1e-4, 1.0, log=True), **STEPS},
        10,
        {"solver": "lsqr"},
        steps=True,
    ),
    Learner(
        "sklearn.linear_model",
        "SGDClassifier",
        {
            "loss": ["hinge", "log_loss", "modified_huber", "squared_hinge"],
            "alpha": Float(1e-5, 0.3, log=True),
            "penalty": Choice(
                {
                    "l2": "l2",
                    "l1": "l1",
                    "elasticnet": Option("elasticnet", l1_ratio=Float(0.0, 1.0)),
                }
            ),
            "learning_rate": Choice(
                {
                    "optimal": "optimal",
                    "invscaling": Option("invscaling", eta0=Float(1e-3, 1.0, log=True)),
                    "adaptive": Option("adaptive", eta0=Float(1e-3, 1.0, log=True)),
                    "constant": Option("constant", eta0=Float(1e-4, 0.1, log=True)),
                }
            ),
            "average": [False, True],
            **BALANCED,
            "scaler": list(SCALERS),
        },
        24,
        SEED,
        steps=True,
    ),
    Learner("sklearn.ensemble", "ExtraTreesRegressor", FOREST, settings=FEW_TREES),
    Learner(
        "sklearn.linear_model",
        "Ridge",
        {"alpha": Float(1e-4, 1e4, log=True), "degree": [1, 1, 2], **STEPS},
        16,
        steps=True,
    ),
]
STUMPY = {
    "max_features": Float(0.2, 1.0),
    "min_samples_leaf": Int(8, 60, log=True),
    "max_depth": Choice({"none": None, "limited": Option(Int(3, 12))}),
}
ALL_COLUMNS = {
    "max_features": Float(0.6, 1.0),
    "min_samples_leaf": Int(2, 12, log=True),
    "max_depth": Choice({"none": None, "limited": Option(Int(4, 14))}),
}
NEAREST = {"n_neighbors": Int(1, 6), "weights": ["uniform", "distance"], "p": [1, 2]}
SMOOTH = {
    "C": Float(1.0, 1e3, log=True),
    "kernel": Choice(
        {
            "poly": Option("poly", gamma=Float(0.01, 1.0, log=True), degree=Int(2, 3)),
            "rbf": Option("rbf", gamma=Float(1e-4, 0.03, log=True)),
        }
    ),
}
SCALED = {"scaler": ["standard", "standard", "minmax", "none"]}
AGAIN = [
    Learner(
        "sklearn.ensemble",
        "RandomForestClassifier",
        {**STUMPY, **CRITERION, **BALANCED},
        8,
        FEW_TREES,
        part=" of large leaves",
    ),
    Learner(
        "sklearn.ensemble",
        "ExtraTreesClassifier",
        {**STUMPY, **CRITERION, **BALANCED},
        10,
        FEW_TREES,
        part=" of large leaves",
    ),
    Learner(
        "sklearn.ensemble",
        "RandomForestRegressor",
        STUMPY,
        6,
        FEW_TREES,
        part=" of large leaves",
    ),
    Learner(
        "sklearn.ensemble",
        "ExtraTreesRegressor",
        STUMPY,
        6,
        FEW_TREES,
        part=" of large leaves",
    ),
    *(
        Learner(
            "sklearn.ensemble",
            name,
            ALL_COLUMNS if "Regressor" in name else {**ALL_COLUMNS, **CRITERION},
            6,
            FEW_TREES,
            part=" of all columns",
        )
        for name in (
            "RandomForestClassifier",
            "ExtraTreesClassifier",
            "RandomForestRegressor",
            "ExtraTreesRegressor",
        )
    ),
    Learner(
        "sklearn.neighbors",
        "KNeighborsClassifier",
        {**NEAREST, **SCALED},
        10,
        steps=True,
        part=" of few",
    ),
    Learner(
        "sklearn.neighbors",
        "KNeighborsRegressor",
        {**NEAREST, **SCALED},
        8,
        steps=True,
        part=" of few",
    ),
    Learner(
        "sklearn.linear_model",
        "LogisticRegression",
        {
            "C": Float(3e-3, 30.0, log=True),
            "l1_ratio": [0.0, 1.0, 1.0],
            **BALANCED,
            **SCALED,
        },
        16,
        {"solver": "liblinear", "max_iter": 50},
        steps=True,
        most_classes=2,
        part=" by liblinear",
    ),
    Learner(
        "sklearn.svm",
        "SVC",
        {**SMOOTH, **BALANCED, **SCALED},
        12,
        {"max_iter": 3000},
        steps=True,
        part=" of large C",
    ),
    Learner(
        "sklearn.svm",
        "SVR",
        {**SMOOTH, "epsilon": Float(3e-3, 0.3, log=True), **SCALED},
        8,
        {"max_iter": 3000},
        steps=True,
        part=" of large C",
    ),
]
SECOND = [
    Learner(
        "sklearn.neural_network",
        "MLPClassifier",
        {**PERCEPTRON, "scaler": ["standard", "standard", "minmax"]},
        24,
        {**SEED, "max_iter": 30},
        steps=True,
    ),
    Learner(
        "sklearn.neural_network",
        "MLPRegressor",
        {**PERCEPTRON, "scaler": ["standard", "standard", "minmax"]},
        24,
        {**SEED, "max_iter": 50},
        steps=True,
    ),
    Learner(
        "sklearn.ensemble", "GradientBoostingClassifier", GRADIENT, 16, SEED, False, 8
    ),
    Learner("sklearn.ensemble", "GradientBoostingRegressor", GRADIENT, 16, SEED),
    Learner(
        "lightgbm",
        "LGBMClassifier",
        LGBM,
        20,
        {**SEED, "n_jobs": 1, "verbose": -1, "subsample_freq": 1},
        False,
        11,
    ),
    Learner(
        "lightgbm",
        "LGBMRegressor",
        LGBM,
        20,
        {**SEED, "n_jobs": 1, "verbose": -1, "subsample_freq": 1},
    ),
    Learner("xgboost", "XGBClassifier", XGB, 20, {**SEED, "n_jobs": 1}, False, 11),
    Learner("xgboost", "XGBRegressor", XGB, 20, {**SEED, "n_jobs": 1}),
    Learner(
        "sklearn.tree",
        "DecisionTreeClassifier",
        {**TREE, **CRITERION, **BALANCED},
        16,
        SEED,
    ),
    Learner("sklearn.tree", "DecisionTreeRegressor", TREE, 16, SEED),
    Learner(
        "sklearn.linear_model",
        "Lasso",
        {"alpha": Float(1e-4, 10.0, log=True), "degree": [1, 1, 2], **STEPS},
        16,
        steps=True,
    ),
    Learner(
        "sklearn.svm",
        "LinearSVC",
        {"C": Float(1e-4, 1e2, log=True), **BALANCED, **STEPS},
        16,
        {**SEED, "dual": "auto"},
        steps=True,
    ),
    Learner(
        "sklearn.linear_model",
        "RidgeClassifier",
        {"alpha": Float(1e-3, 1e4, log=True), **BALANCED, **STEPS},
        14,
        steps=True,
    ),
    Learner(
        "sklearn.svm",
        "LinearSVR",
        {
            "C": Float(1e-3, 1e2, log=True),
            "epsilon": Float(1e-3, 1.0, log=True),
            **STEPS,
        },
        16,
        {**SEED, "dual": "auto"},
        steps=True,
    ),
    Learner(
        "sklearn.linear_model",
        "SGDRegressor",
        {
            "loss": ["squared_error", "huber", "epsilon_insensitive"],
            "alpha": Float(1e-6, 1.0, log=True),
            "penalty": ["l2", "l1", "elasticnet"],
            "eta0": Float(1e-3, 0.1, log=True),
            "average": [False, True],
            "scaler": ["standard", "minmax", "robust"],
        },
        24,
        SEED,
        steps=True,
    ),
    Learner(
        "sklearn.kernel_ridge",
        "KernelRidge",
        {
            "alpha": Float(1e-4, 10.0, log=True),
            "kernel": Choice(
                {
                    "rbf": Option("rbf", gamma=Float(1e-4, 1.0, log=True)),
                    "laplacian": Option("laplacian", gamma=Float(1e-4, 1.0, log=True)),
                    "poly": Option(
                        "poly", gamma=Float(1e-3, 0.3, log=True), degree=Int(2, 3)
                    ),
                }
            ),
            **STEPS,
        },
        16,
        steps=True,
    ),
    Learner(
        "sklearn.discriminant_analysis",
        "QuadraticDiscriminantAnalysis",
        {"reg_param": Float(1e-3, 1.0, log=True), **STEPS},
        16,
        steps=True,
    ),
    Learner(
        "sklearn.naive_bayes",
        "GaussianNB",
        {"var_smoothing": Float(1e-10, 1.0, log=True), **STEPS},
        12,
        steps=True,
    ),
    Learner(
        "catboost",
        "CatBoostClassifier",
        CAT,
        12,
        {
            "random_seed": 0,
            "thread_count": 1,
            "verbose": False,
            "allow_writing_files": False,
        },
        False,
        11,
    ),
    Learner(
        "catboost",
        "CatBoostRegressor",
        CAT,
        12,
        {
            "random_seed": 0,
            "thread_count": 1,
            "verbose": False,
            "allow_writing_files": False,
        },
    ),
    Learner(
        "sklearn.ensemble",
        "AdaBoostClassifier",
        {
            "learning_rate": Float(0.02, 2.0, log=True),
            "n_estimators": Int(20, 200, log=True),
        },
        12,
        SEED,
    ),
    Learner(
        "sklearn.ensemble",
        "AdaBoostRegressor",
        {
            "learning_rate": Float(0.02, 2.0, log=True),
            "n_estimators": Int(20, 200, log=True),
            "loss": ["linear", "square", "exponential"],
        },
        12,
        SEED,
    ),
]
LEARNERS = {learner.key: learner for learner in [*FIRST, *AGAIN, *SECOND]}

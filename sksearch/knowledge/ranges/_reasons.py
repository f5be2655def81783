"""Reasons, for error messages, why some estimators have no ranges of their own."""

from __future__ import annotations

_BY_ITSELF = "it tunes itself by cross-validation"
_EVIDENCE = "it finds its penalties from the training data"
_AROUND = "it only has the parameters of its inner estimators"
_NOTHING = "no parameter makes a predictable difference"
_UNIT = "its parameters have the unit of your data"
_SEARCH = "it is a search of its own"

#: The reasons, by scikit-learn's class names.
REASONS = {
    "ARDRegression": _EVIDENCE,
    "BaseSearchCV": _SEARCH,
    "BayesianRidge": _EVIDENCE,
    "Binarizer": _UNIT,
    "ClassifierChain": _AROUND,
    "ColumnTransformer": _AROUND,
    "DictVectorizer": _NOTHING,
    "DummyClassifier": "it learns nothing from the columns",
    "DummyRegressor": "it learns nothing from the columns",
    "ElasticNetCV": _BY_ITSELF,
    "FeatureHasher": _NOTHING,
    "FeatureUnion": _AROUND,
    "FixedThresholdClassifier": _AROUND,
    "FrozenEstimator": "it is not fitted again",
    "FunctionTransformer": "it is a function of yours",
    "GaussianProcessClassifier": "its kernel is fitted to the training data",
    "IsotonicRegression": "it has one column, and nothing to tune",
    "IterativeImputer": _AROUND,
    "LarsCV": _BY_ITSELF,
    "LassoCV": _BY_ITSELF,
    "LassoLarsCV": _BY_ITSELF,
    "LinearRegression": "it has no penalty",
    "LogisticRegressionCV": _BY_ITSELF,
    "MaxAbsScaler": _NOTHING,
    "MinMaxScaler": _NOTHING,
    "MissingIndicator": _NOTHING,
    "MultiOutputClassifier": _AROUND,
    "MultiOutputRegressor": _AROUND,
    "MultiTaskElasticNetCV": _BY_ITSELF,
    "MultiTaskLassoCV": _BY_ITSELF,
    "OneVsOneClassifier": _AROUND,
    "OneVsRestClassifier": _AROUND,
    "OrdinalEncoder": _NOTHING,
    "OrthogonalMatchingPursuitCV": _BY_ITSELF,
    "Pipeline": _AROUND,
    "PowerTransformer": _NOTHING,
    "RANSACRegressor": "its threshold has the unit of your data",
    "RFECV": _BY_ITSELF,
    "RadiusNeighborsClassifier": "its radius has the unit of your data",
    "RadiusNeighborsRegressor": "its radius has the unit of your data",
    "RegressorChain": _AROUND,
    "RidgeCV": _BY_ITSELF,
    "RidgeClassifierCV": _BY_ITSELF,
    "RobustScaler": _NOTHING,
    "SelectFdr": "it may leave no column",
    "SelectFpr": "it may leave no column",
    "SelectFwe": "it may leave no column",
    "SequentialFeatureSelector": _AROUND,
    "StackingClassifier": _AROUND,
    "StackingRegressor": _AROUND,
    "StandardScaler": _NOTHING,
    "TheilSenRegressor": "it has no penalty",
    "TransformedTargetRegressor": _AROUND,
    "TunedThresholdClassifierCV": _AROUND,
    "VarianceThreshold": _UNIT,
    "VotingClassifier": _AROUND,
    "VotingRegressor": _AROUND,
}

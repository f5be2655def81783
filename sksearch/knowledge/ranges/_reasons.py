"""Reasons, for error messages, why some estimators have no ranges of their own."""

from __future__ import annotations

#: For each reason, scikit-learn's class names.
_CLASSES = {
    "it tunes itself by cross-validation": """
        ElasticNetCV LarsCV LassoCV LassoLarsCV LogisticRegressionCV
        MultiTaskElasticNetCV MultiTaskLassoCV OrthogonalMatchingPursuitCV RFECV RidgeCV
        RidgeClassifierCV""",
    "it finds its penalties from the training data": "ARDRegression BayesianRidge",
    "it only has the parameters of its inner estimators": """
        ClassifierChain ColumnTransformer FeatureUnion FixedThresholdClassifier
        IterativeImputer MultiOutputClassifier MultiOutputRegressor OneVsOneClassifier
        OneVsRestClassifier Pipeline RegressorChain SequentialFeatureSelector
        StackingClassifier StackingRegressor TransformedTargetRegressor
        TunedThresholdClassifierCV VotingClassifier VotingRegressor""",
    "no parameter makes a predictable difference": """
        DictVectorizer FeatureHasher MaxAbsScaler MinMaxScaler MissingIndicator
        OrdinalEncoder PowerTransformer RobustScaler StandardScaler""",
    "its parameters have the unit of your data": "Binarizer VarianceThreshold",
    "its radius has the unit of your data": """
        RadiusNeighborsClassifier RadiusNeighborsRegressor""",
    "its threshold has the unit of your data": "RANSACRegressor",
    "it is a search of its own": "BaseSearchCV",
    "it learns nothing from the columns": "DummyClassifier DummyRegressor",
    "it is not fitted again": "FrozenEstimator",
    "it is a function of yours": "FunctionTransformer",
    "its kernel is fitted to the training data": "GaussianProcessClassifier",
    "it has one column, and nothing to tune": "IsotonicRegression",
    "it has no penalty": "LinearRegression TheilSenRegressor",
    "it may leave no column": "SelectFdr SelectFpr SelectFwe",
}
#: The reasons, by class name.
REASONS = {name: why for why, names in _CLASSES.items() for name in names.split()}

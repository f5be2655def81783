"""The faces: what replaces `sklearn.model_selection.GridSearchCV`."""

from sksearch.search._bayes import BayesSearchCV
from sksearch.search._out_of_fold import candidate_estimator
from sksearch.search._tpe import TPESearchCV

__all__ = ["BayesSearchCV", "TPESearchCV", "candidate_estimator"]

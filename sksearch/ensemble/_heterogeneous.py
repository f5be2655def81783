"""The private base class of scikit-learn's ensembles of several kinds of estimators.

Not in `sksearch._sklearn`: it brings in estimators of all kinds, which a search and its
workers do not need.
"""

from sklearn.ensemble._base import _BaseHeterogeneousEnsemble as HeterogeneousEnsemble

__all__ = ["HeterogeneousEnsemble"]

"""The tree-structured Parzen estimator."""

from sksearch.samplers.tpe._tpe_sampler import TPESampler

__all__ = ["TPESampler"]

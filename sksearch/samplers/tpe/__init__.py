"""The tree-structured Parzen estimator."""

from sksearch.samplers.tpe._sampler import TPESampler

__all__ = ["TPESampler"]

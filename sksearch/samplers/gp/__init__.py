"""The Gaussian process."""

from sksearch.samplers.gp._sampler import GPSampler

__all__ = ["GPSampler"]

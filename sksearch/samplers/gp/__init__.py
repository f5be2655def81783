"""The Gaussian process."""

from sksearch.samplers.gp._gp_sampler import GPSampler

__all__ = ["GPSampler"]

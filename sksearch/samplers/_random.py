"""RandomSampler: draws every hyperparameter from its prior, without learning."""

from __future__ import annotations

from sksearch.samplers._base import Sampler
from sksearch.space import FloatArray


class RandomSampler(Sampler):
    """Draw configurations at random, without repeats.

    Parameters
    ----------
    space : Space, or anything that `as_space` takes
        Where to search.
    random_state : int, Generator, RandomState or None, default=None
        Source of randomness; an int makes the proposals repeatable.
    initial_points : iterable of dict, default=()
        Configurations to propose first.

    Examples
    --------
    >>> from sksearch.samplers import RandomSampler
    >>> sampler = RandomSampler({"a": [1, 2, 3]}, random_state=0)
    >>> sorted(sampler.ask().configuration["a"] for _ in range(3))
    [1, 2, 3]
    """

    learns = False

    def propose(self) -> FloatArray:
        """Return one random row."""
        return self.space.draw(1, self.rng)

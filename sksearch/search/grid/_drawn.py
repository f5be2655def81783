"""drawn_sampler: the configurations that scikit-learn's ``ParameterSampler`` draws.

scikit-learn itself draws, from tokens instead of values. So the sequence is the same as
in the installed release, and each value is known by its place in the space.
"""

from __future__ import annotations

import copy
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

import numpy as np
from sklearn.model_selection import ParameterSampler

from sksearch._rng import drawn_seed
from sksearch.samplers import RandomSampler, Sampler
from sksearch.search.grid._listed_sampler import ListedSampler, Listing
from sksearch.space import Choice, Domain, GridRows, Space, plain, units_as_listed

#: Spacing of unit coordinates for values that a domain cannot place. They only
#: distinguish candidates.
STEP = 2.0**-40


class _Token(NamedTuple):
    """A value, its unit coordinate if known, and the number of its dict."""

    value: Any
    unit: float | None
    part: int


class _Source:
    """A distribution that draws tokens."""

    def __init__(self, distribution: Any, domain: Domain, part: int) -> None:
        self._distribution = distribution
        self._domain = domain
        self._part = part

    def rvs(self, random_state: np.random.RandomState) -> _Token:
        try:
            value = self._distribution.rvs(random_state=random_state)
        except ValueError:
            if self._domain.n_values != 1:  # scipy cannot draw from loguniform(1, 1)
                raise
            value = self._domain.from_unit(0.5)
        return _Token(plain(value), None, self._part)


def is_plain(specification: object) -> bool:
    """Tell whether scikit-learn's `RandomizedSearchCV` takes a valid space."""
    if isinstance(specification, Mapping):
        return all(map(_is_plain_axis, specification.values()))
    if not isinstance(specification, Sequence):
        return False
    return all(isinstance(part, Mapping) and is_plain(part) for part in specification)


def _is_plain_axis(values: object) -> bool:
    foreign = type(values).__module__.split(".")[0] == "skopt"  # other rvs
    known = any(hasattr(values, name) for name in ("rvs", "__array__", "__len__"))
    return known and not foreign and not isinstance(values, Choice)


def drawn_sampler(
    specification: Any,
    space: Space,
    n_iter: int,
    rng: np.random.RandomState,
    *,
    private: bool,
) -> Sampler:
    """Return a sampler that draws as scikit-learn does, or from the prior of a space.

    If only the search draws from `rng`, which `private` says, configurations are drawn
    from a copy when they are needed. Otherwise all are drawn at once, so that `rng` is
    left in the same state as by scikit-learn.
    """
    if is_plain(specification):
        drawn = _Drawn(specification, space)
        # scikit-learn fails on larger grids.
        if not drawn.all_listed or GridRows(space).size <= sys.maxsize:
            return drawn.sampler(n_iter, rng, private=private)
    seed = drawn_seed(rng)
    return RandomSampler(space, random_state=seed)


class _Drawn:
    """Draws from a space as scikit-learn's ``ParameterSampler``.

    The specification is plain, and `space` is the same, read by `as_space_apart`.
    """

    def __init__(self, specification: Any, space: Space) -> None:
        one = isinstance(specification, Mapping)
        self._parts: Sequence[Mapping[str, Any]] = (
            [specification] if one else specification
        )
        self._space = space
        self._several = len(self._parts) > 1
        self._axes = {
            (h.conditions[0].option if h.conditions else 0, h.name): j
            for j, h in enumerate(space)
        }
        self.all_listed: bool = not any(
            hasattr(values, "rvs") for part in self._parts for values in part.values()
        )

    def sampler(
        self, n_iter: int, rng: np.random.RandomState, *, private: bool
    ) -> ListedSampler:
        """Return a sampler of `n_iter` configurations, or of all if those are fewer."""
        tokens = [
            {str(name): self._tokens(k, name, values) for name, values in part.items()}
            for k, part in enumerate(self._parts)
        ]
        source = copy.deepcopy(rng) if private else rng
        drawn = ParameterSampler(tokens, n_iter, random_state=source)
        found = self._listings(drawn)
        return ListedSampler(
            self._space,
            found if private else list(found),
            len(drawn),
            distinct=self.all_listed,
        )

    def _tokens(self, part: int, name: str, values: Any) -> Any:
        """Return the tokens of a list, or a source of tokens for a distribution."""
        j = self._axes[part, str(name)]
        domain = self._space.hyperparameters[j].domain
        if hasattr(values, "rvs"):
            return _Source(values, domain, part)
        units = units_as_listed(self._space, j).tolist()
        return [_Token(domain.from_unit(unit), unit, part) for unit in units]

    def _listings(self, drawn: ParameterSampler) -> Iterator[Listing]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the runner warns of too few
            configurations = iter(drawn)
            first = next(configurations)
        yield from map(self._listing, count(), chain([first], configurations))

    def _listing(self, number: int, tokens: Mapping[str, _Token]) -> Listing:
        """Return a configuration with its row."""
        row = np.full(len(self._space), np.nan)
        part = next((token.part for token in tokens.values()), self._empty)
        if self._several:
            row[0] = self._space.hyperparameters[0].domain.to_unit(part)
        for name, token in tokens.items():
            j = self._axes[part, name]
            row[j] = token.unit
            if token.unit is None:
                row[j] = self._unit(j, token.value, number)
        return Listing(row, {name: token.value for name, token in tokens.items()})

    @property
    def _empty(self) -> int:
        """The number of the first dict without names."""
        return next((k for k, part in enumerate(self._parts) if not part), 0)

    def _unit(self, j: int, value: Any, number: int) -> float:
        try:
            return self._space.hyperparameters[j].domain.to_unit(value)
        except ValueError:  # the domain has rvs alone, or this value is too unlikely
            return (number + 1) * STEP

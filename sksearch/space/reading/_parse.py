"""as_space: reads users' spaces: dicts, lists of dicts, Choices, callables."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Categorical, listed_values
from sksearch.space._choice import Choice, Option
from sksearch.space._distribution import as_domain
from sksearch.space._domain import Domain
from sksearch.space._links import linked, moved
from sksearch.space._paths import ancestors, can_meet, in_order
from sksearch.space._space import Condition, Hyperparameter, Space
from sksearch.space.foreign import check_no_budgets, check_no_range
from sksearch.space.reading._foreign_spaces import native_space, native_values
from sksearch.space.reading._in_place import Held, opened
from sksearch.space.reading._mistakes import (
    check_options,
    check_spaces,
    check_values,
    held_by,
)
from sksearch.space.reading.by_run import DefineByRunSpace
from sksearch.space.values import has_params, short


def as_space(specification: Any) -> Space:
    """Read a search space.

    Parameters
    ----------
    specification : dict, list of dict, Choice, callable or Space
        A dict of names to values: lists, tuples, ranges and one-dimensional arrays
        (even odds), frozen `scipy.stats` distributions, `Int`, `Float`, `Categorical`,
        `Choice`, or ranges of scikit-optimize, Optuna, hyperopt, Ray Tune and
        ConfigSpace. Several dicts, in a list or a `Choice`, compete in one space with
        even odds. A callable takes a `trial`, calls its ``suggest_float``,
        ``suggest_int`` and ``suggest_categorical``, and returns the configuration.

    Returns
    -------
    space : Space
        The space, ready for a sampler.

    Raises
    ------
    SpaceError
        If a list is empty, an array is not one-dimensional, a list is a range with a
        prior of scikit-optimize, or a name has two specifications that may both apply.
    SpaceTypeError
        If a value is a string or a scalar instead of a list, or a range of another
        library without a counterpart here.

    See Also
    --------
    search_space_summary : The space as text.

    Examples
    --------
    >>> from scipy.stats import loguniform
    >>> from sksearch import as_space
    >>> as_space({"C": loguniform(1e-3, 1e3), "kernel": ["rbf", "linear"]})
    <Space of 2 hyperparameters, inf configurations>
    >>> as_space([{"kernel": ["linear"], "C": [1, 10]}, {"kernel": ["rbf"]}]).size
    3
    """
    if isinstance(specification, Space):
        return specification
    specification = native_space(specification)
    if callable(specification) and not isinstance(specification, Mapping | Choice):
        return DefineByRunSpace(specification)
    builder = _Builder()
    builder.read_space(specification, None)
    return builder.finish()


def read_domain(name: str, specification: Any) -> Domain:
    """Return the domain that specifies one hyperparameter."""
    if isinstance(specification, Option):
        msg = (
            f"Parameter {name!r}: an Option must be inside a Choice, got "
            f"{short(specification)}. Write Choice([{short(specification, 160)}])."
        )
        raise SpaceTypeError(msg)
    try:
        specification = native_values(specification)
        domain = as_domain(specification)
        listed = domain.values if isinstance(domain, Categorical) else None
        explicit = listed is not None
        if domain is None:
            check_no_range(specification)
            listed = listed_values("its values", specification)
            domain = Categorical.from_list(listed)
    except (SpaceError, TypeError) as error:
        kind = type(error) if isinstance(error, SpaceError) else SpaceTypeError
        msg = f"Parameter {name!r}: {error}"
        raise kind(msg) from None
    if listed is not None:
        check_values(name, listed, explicit=explicit)
    elif isinstance(domain, Choice):
        check_options(name, domain)
    return domain


class _Builder:
    """Collects hyperparameters on a walk through a specification from the top."""

    def __init__(self) -> None:
        self.found: list[Hyperparameter] = []
        # One source for each hyperparameter, equal for all places of the same object.
        self._sources: list[Hashable] = []
        self._merged: dict[Hashable, Hashable] = {}

    def read_space(self, specification: Any, condition: Condition | None) -> None:
        """Read a dict, or several competing dicts."""
        specification = native_space(specification)
        if isinstance(specification, Mapping):
            for name, values in specification.items():
                self.read(str(name), values, condition)
        elif isinstance(specification, Choice):
            _check_spaces(specification)
            self._compete(specification.values, specification, condition)
        elif isinstance(specification, Sequence) and not isinstance(
            specification, str | bytes
        ):
            if not specification:
                msg = "A list of search spaces must hold at least one dict, got []."
                raise SpaceError(msg)
            check_no_budgets(specification)
            check_spaces(specification)
            labels = Categorical(range(len(specification)))
            if len(specification) == 1:
                self.read_space(specification[0], condition)
            else:
                self._compete(specification, labels, condition)
        else:
            msg = (
                "A search space must be a dict, a list of dicts, a Choice or a callable"
                f", got {short(specification)} of type {type(specification).__name__}."
                f"{held_by(specification)}"
            )
            raise SpaceTypeError(msg)

    def _compete(
        self, spaces: Sequence[Any], domain: Domain, condition: Condition | None
    ) -> None:
        name = f"<space {len(self.found)}>"
        parent = self._add(Hyperparameter(name, domain, _tuple(condition), hidden=True))
        for option, space in enumerate(spaces):
            self.read_space(space, Condition(parent, option))

    def read(
        self,
        name: str,
        specification: Any,
        condition: Condition | None,
        source: Hashable = None,
    ) -> None:
        """Read one hyperparameter, and the hyperparameters below its options.

        All names with the same `source` are one hyperparameter.
        """
        if isinstance(specification, Held):
            source, specification = id(specification.source), specification.domain
        elif source is not None and isinstance(specification, Domain):
            source = id(specification)
        if isinstance(specification, Choice):
            specification = _opened(name, specification)
        domain = read_domain(name, specification)
        index = self._add(Hyperparameter(name, domain, _tuple(condition)), source)
        if isinstance(domain, Choice):
            self._read_options(name, domain, index, source)

    def _read_options(
        self, name: str, domain: Choice, index: int, source: Hashable
    ) -> None:
        """Read the hyperparameters below the options of a choice."""
        prefix = name.rpartition("__")[0]
        for position, (option, label) in enumerate(
            zip(domain.options, domain.labels, strict=True)
        ):
            here = Condition(index, position)
            if as_domain(option.value) is not None:
                # The option is a range of values of the same name.
                self.read(name, option.value, here, _below(source, position))
            for sub_name, values in option.sub_space.items():
                above = name if has_params(option.value) else prefix
                try:
                    full = f"{above}__{sub_name}" if above else sub_name
                    self.read(full, values, here, _below(source, position, sub_name))
                except SpaceError as error:
                    msg = f"In option {label!r} of {name!r}: {error}"
                    raise type(error)(msg) from None

    def _add(self, new: Hyperparameter, source: Hashable = None) -> int:
        """Add a hyperparameter, or merge it with an equal one under another option."""
        for index, old in enumerate(self.found):
            if old.name == new.name and old.domain == new.domain and not old.hidden:
                # Float(0, 1) equals uniform(0, 1), which does not propose its ends.
                domain = max(old.domain, new.domain, key=lambda d: d.limits)
                joined: tuple[Condition, ...] = ()
                if old.conditions and new.conditions:
                    joined = tuple(dict.fromkeys(old.conditions + new.conditions))
                if any(index in ancestors(self.found, c.parent) for c in joined):
                    continue
                self.found[index] = replace(old, domain=domain, conditions=joined)
                self._join(index, source)
                return index
        self.found.append(new)
        self._sources.append(source)
        return len(self.found) - 1

    def _join(self, index: int, source: Hashable) -> None:
        """Record a further source of a hyperparameter."""
        known, other = self._source_of(index), self._root(source)
        if known is None:
            self._sources[index] = other
        elif other is not None and other != known:
            self._merged[other] = known

    def finish(self) -> Space:
        """Return the space, checked, with each hyperparameter after its parents."""
        self._check_names()
        order = in_order(self.found)
        place = {old: new for new, old in enumerate(order)}
        found = (self.found[index] for index in order)
        ordered = [replace(h, conditions=moved(h.conditions, place)) for h in found]
        return linked(ordered, [self._source_of(index) for index in order])

    def _source_of(self, index: int) -> Hashable:
        """Return the source of a hyperparameter; None if no estimator holds it."""
        return self._root(self._sources[index])

    def _root(self, source: Hashable) -> Hashable:
        while source in self._merged:
            source = self._merged[source]
        return source

    def _refines(self, i: int, j: int) -> bool:
        """Tell whether `j` is a range that is an option of `i`."""
        for condition in self.found[j].conditions:
            parent = self.found[condition.parent]
            options = parent.domain.values if isinstance(parent.domain, Choice) else ()
            if (
                parent.name == self.found[j].name
                and as_domain(options[condition.option]) is not None
                and (condition.parent == i or self._refines(i, condition.parent))
            ):
                return True
        return False

    def _check_names(self) -> None:
        """Raise SpaceError if a name could get two values in one configuration."""
        for j, second in enumerate(self.found):
            for i, first in enumerate(self.found[:j]):
                if first.name != second.name:
                    continue
                refined = self._refines(i, j) or self._refines(j, i)
                if not refined and can_meet(self.found, i, j):
                    msg = (
                        f"Parameter {second.name!r} has two specifications that may "
                        f"both apply: {short(first.domain)} and "
                        f"{short(second.domain)}."
                    )
                    raise SpaceError(msg)


def _opened(name: str, choice: Choice) -> Choice:
    """Return a choice with the ranges in its options moved to their sub-spaces."""
    try:
        return opened(choice)
    except SpaceError as error:
        msg = f"Parameter {name!r}: {error}"
        raise type(error)(msg) from None


def _below(source: Hashable, *where: object) -> Hashable:
    """Return the source of a hyperparameter below an option of a choice with a source.

    It is not the object itself: Python may share one object for two equal tuples.
    """
    return None if source is None else (source, *where)


def _check_spaces(choice: Choice) -> None:
    """Raise if an option of competing spaces is an estimator, or has a sub-space."""
    for label, option in zip(choice.labels, choice.options, strict=True):
        if has_params(option.value):
            msg = (
                f"Option {label!r} of the space is an estimator, "
                f"{short(option.value)}. To search over estimators, pass the Choice as "
                "the first argument, TPESearchCV(Choice(...)), or as the values of a "
                'step, {"clf": Choice(...)}.'
            )
            raise SpaceTypeError(msg)
        if option.sub_space:
            msg = (
                f"Option {label!r} is a space itself and cannot have another one "
                f"beside it, got {short(option.sub_space)}."
            )
            raise SpaceError(msg)


def _tuple(condition: Condition | None) -> tuple[Condition, ...]:
    return () if condition is None else (condition,)

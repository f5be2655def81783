"""The hyperparameters of a study: one scale or one list of choices for each name.

A study has one distribution for each name, of texts and numbers only. So all ranges of
a name become one range, all lists one list, and objects become their labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sksearch.space import Choice, Domain, Float, Int, label_of, plain, unique_labels

#: If the scale of a positive range is unknown, it is logarithmic if its ends differ by
#: this factor. Three decades, as in the plots.
LOG_RATIO = 1000.0
#: Quantiles that replace infinite ends of a range, as in the plots.
TAILS = (0.005, 0.995)


@dataclass(frozen=True)
class NumberAxis:
    """A range of numbers."""

    low: float  # low, high: the ends
    high: float
    whole: bool = False  # whether the values are integers
    log: bool = False  # whether the scale is logarithmic
    # The distance of neighbouring values; None if continuous, or if it is 1.
    step: float | None = None

    def written(self, value: Any, label: str | None) -> Any:
        """Return a value as written in the study."""
        return int(value) if self.whole else float(value)


@dataclass(frozen=True, eq=False)
class ListAxis:
    """A list of choices."""

    choices: tuple[Any, ...]  # numbers, texts, booleans and None, all different
    listed: Sequence[Any] = ()  # the original lists
    # Whether all are texts: to a study, ``True`` and ``1`` are the same choice.
    as_texts: bool = False

    def written(self, value: Any, label: str | None) -> Any:
        """Return a value as written in the study."""
        choice = _choice(value, label, self.listed)
        return _text(choice) if self.as_texts else choice


#: The axes of a hyperparameter, by their names in the study.
Axes: TypeAlias = dict[str, NumberAxis | ListAxis]


def study_axes(
    columns: Mapping[str, Sequence[tuple[Any, str | None]]],
    domains: Mapping[str, Sequence[Domain]],
) -> dict[str, Axes]:
    """Return how each hyperparameter is written: as numbers, as choices, or as both."""
    found: dict[str, Axes] = {}
    for name, column in columns.items():
        known = [getattr(d, "latest", d) for d in domains.get(name, ())]
        listed = [domain for domain in known if hasattr(domain, "values")]
        ranges = [part for part in map(_range_of, known) if part is not None]
        numbers = [
            plain(value)
            for value, _ in column
            if is_plain_number(value) and not any(d.contains(value) for d in listed)
        ]
        axes: Axes = {}
        if ranges or (numbers and len(numbers) == len(column)):
            axes[name] = _number_axis(ranges, numbers)
            column = [  # noqa: PLW2901
                (value, label)
                for value, label in column
                if not (is_plain_number(value) and plain(value) in numbers)
            ]
        if listed or column:
            own_name = f"{name} (listed)" if axes else name
            axes[own_name] = _list_axis(listed, column)
        found[name] = axes
    return found


def axis_of(
    axes: Axes, value: Any, label: str | None
) -> tuple[str, NumberAxis | ListAxis]:
    """Return the name and the axis under which a value is written, numbers first."""
    *numbers, (name, last) = axes.items()
    listed = last.listed if isinstance(last, ListAxis) else ()
    is_number = label is None and is_plain_number(value)
    if numbers and is_number and not any(d.contains(value) for d in listed):
        return numbers[0]
    return name, last


def is_plain_number(value: Any) -> bool:
    """Tell whether a value is a number, and not a boolean."""
    value = plain(value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number_axis(ranges: Sequence[NumberAxis], tried: Sequence[Any]) -> NumberAxis:
    """Return the range that contains all ranges and all tried numbers."""
    ends = [end for part in ranges for end in (part.low, part.high)]
    low, high = min([*ends, *tried]), max([*ends, *tried])
    whole = all(isinstance(number, int) for number in tried)
    if not ranges:
        return NumberAxis(low, high, whole, low > 0 and high / low >= LOG_RATIO)
    return NumberAxis(
        low,
        high,
        whole and all(part.whole for part in ranges),
        low > 0 and all(part.log for part in ranges),
        ranges[0].step if ends == [low, high] else None,
    )


def _range_of(domain: Domain) -> NumberAxis | None:
    """Return the range of a domain; None if it has none."""
    if isinstance(domain, Float | Int):
        whole = isinstance(domain, Int)
        step = None if whole and domain.step == 1 else domain.step
        return NumberAxis(domain.low, domain.high, whole, domain.log, step)
    if not hasattr(domain, "low"):
        return None
    low, high = (plain(domain.from_unit(share)) for share in TAILS)
    log = low > 0 and high / low >= LOG_RATIO and not domain.discrete
    return NumberAxis(low, high, domain.discrete, log)


def _list_axis(
    listed: Sequence[Any], column: Sequence[tuple[Any, str | None]]
) -> ListAxis:
    """Return the choices of all lists, and all other tried values."""
    choices = [choice for domain in listed for choice in _choices_of(domain)]
    choices += [_choice(value, label, listed) for value, label in column]
    distinct = {(type(choice), choice): choice for choice in choices}
    found = tuple(distinct.values())
    if len(set(found)) < len(found):
        return ListAxis(tuple(dict.fromkeys(map(_text, found))), listed, as_texts=True)
    return ListAxis(found, listed)


def _choices_of(domain: Any) -> list[Any]:
    """Return the choices of a list, in its order."""
    values = [domain.values[i] for i in domain.distinct]
    if isinstance(domain, Choice):
        return [str(domain.labels[i]) for i in domain.distinct]
    labels = unique_labels(map(label_of, values))
    return [
        plain(value) if is_scalar(value) else label
        for value, label in zip(values, labels, strict=True)
    ]


def _choice(value: Any, label: str | None, listed: Sequence[Any]) -> Any:
    """Return a choice: the label of an option or an object, or a plain value."""
    if label is not None:
        return label
    for domain in listed:
        places = domain.positions(value)
        if places:
            return _choices_of(domain)[domain.distinct.index(places[0])]
    return plain(value) if is_scalar(value) else label_of(value)


def is_scalar(value: Any) -> bool:
    """Tell whether a value is a number, a text, a boolean or None."""
    return plain(value) is None or isinstance(plain(value), bool | int | float | str)


def _text(choice: Any) -> str:
    return choice if isinstance(choice, str) else repr(choice)

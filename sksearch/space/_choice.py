"""Choice and Option: options with sub-spaces of their own.

The usual case is a choice between estimators, each with its own parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from keyword import iskeyword
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Listed
from sksearch.space._distribution import as_domain
from sksearch.space.values import (
    answers,
    evaluable,
    first_of_same,
    has_params,
    label_of,
    plain,
    same_value,
    short,
    unique_labels,
)


def _check_one_value(args: Sequence[Any], words: Mapping[str, Any]) -> None:
    """Raise SpaceTypeError for ``Option(SVC(), {"C": ...})``, with the right line."""
    if not args and words:
        line = ", ".join(f"{name}={short(spec)}" for name, spec in words.items())
        msg = f"Option takes its value first, got none. Write Option(value, {line})."
        raise SpaceTypeError(msg)
    if len(args) < 2:
        return
    value, space = args[0], args[1]
    what = f"Option takes one value, and its sub-space by keywords, got {short(space)}"
    if not isinstance(space, Mapping) or not all(isinstance(n, str) for n in space):
        msg = f"{what} besides. Write several options in a Choice."
        raise SpaceTypeError(msg)
    msg = f"{what}. Write: {Option(value, **{**space, **words})!r}"
    raise SpaceTypeError(msg)


def _check_one_list(args: Sequence[Any], words: Mapping[str, Any]) -> None:
    """Raise SpaceTypeError for options as several arguments, with the right line."""
    if len(args) > 1 and not words and any(map(_is_option, args)):
        return
    labelled = dict(words)
    options = [*args, *([labelled.pop("options")] if "options" in words else [])]
    if len(options) <= 1 and not labelled:
        return
    wanted: Any = options
    if len(options) == 1 and isinstance(options[0], Mapping):
        wanted = {**options[0], **labelled}
    elif labelled:
        labels = unique_labels(label_of(_value(option)) for option in options)
        wanted = {**dict(zip(labels, options, strict=True)), **labelled}
    msg = (
        "Choice takes its options as one dict or one list. Write: "
        f"Choice({evaluable(wanted)})"
    )
    raise SpaceTypeError(msg)


def _is_option(value: Any) -> bool:
    """Tell whether a value can be nothing but an option."""
    return isinstance(value, Option) or has_params(value)


def _value(option: Any) -> Any:
    return option.value if isinstance(option, Option) else option


@answers(_check_one_value)
class Option:
    """One value of a `Choice`, with a sub-space of its own.

    Parameters
    ----------
    value : object
        The value of the hyperparameter: an estimator, a string, ``None``, ...
        A distribution, `Float`, `Int`, `Categorical` or `Choice` stands for its values.
    **sub_space : dict of str to specification
        The hyperparameters that are active only while this option is chosen. Names are
        relative to `value` if it has ``set_params`` (``C`` of ``clf=SVC()`` is
        ``clf__C``), and otherwise relative to the owner of the hyperparameter
        (``gamma`` of ``clf__kernel="rbf"`` is ``clf__gamma``).

    Raises
    ------
    SpaceTypeError
        If `value` is an `Option`, or the sub-space is not passed by keywords.

    See Also
    --------
    Choice : Several options to choose between.

    Examples
    --------
    >>> from sksearch import Float, Option
    >>> Option("rbf", gamma=Float(1e-4, 1.0, log=True))
    Option('rbf', gamma=Float(0.0001, 1.0, log=True))
    """

    def __init__(self, value: Any, /, **sub_space: Any) -> None:
        if isinstance(value, Option):
            msg = f"An Option cannot hold another Option, got {short(value)}."
            raise SpaceTypeError(msg)
        self.value: Any = plain(value)
        self.sub_space = sub_space

    def __repr__(self) -> str:
        words = [evaluable(self.value)]
        if all(n.isidentifier() and not iskeyword(n) for n in self.sub_space):
            words += [f"{n}={evaluable(spec)}" for n, spec in self.sub_space.items()]
        else:
            words.append(f"**{evaluable(self.sub_space)}")
        return f"Option({', '.join(words)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Option):
            return NotImplemented
        return same_value(self.value, other.value) and same_value(
            self.sub_space, other.sub_space
        )

    def __hash__(self) -> int:
        return hash((Option, frozenset(self.sub_space)))


@answers(_check_one_list)
class Choice(Listed):
    """A choice between options, any of which may have a sub-space of its own.

    Parameters
    ----------
    options : dict of str to option, or sequence of options
        The options, with even odds; each is a plain value or an `Option`. The keys of
        a dict are labels for messages and tables; a sequence gets labels made from its
        values. An estimator with ranges as parameters, ``Ridge(alpha=Float(0.1,
        10.0))``, is an option with a sub-space.
    *more : option
        Estimators and `Option` may also be written one by one, ``Choice(Ridge(),
        SVR())``.

    Raises
    ------
    SpaceError
        If there are no options.
    SpaceTypeError
        If `options` is neither a dict nor a sequence, or is not one argument.

    See Also
    --------
    Option : A value with a sub-space.
    Categorical : Plain values without sub-spaces.

    Examples
    --------
    >>> from sksearch import Choice, Float, Option
    >>> Choice({"linear": "linear", "rbf": Option("rbf", gamma=Float(0.1, 1.0))})
    Choice({'linear': 'linear', 'rbf': Option('rbf', gamma=Float(0.1, 1.0))})
    """

    ordered = False

    def __init__(
        self, options: Mapping[str, Any] | Sequence[Any] | Any, *more: Any
    ) -> None:
        if more:
            options = [options, *more]
        self.named: bool = isinstance(options, Mapping)
        if isinstance(options, Mapping):
            self.labels: tuple[str, ...] = tuple(str(label) for label in options)
            given = tuple(options.values())
        elif isinstance(options, Sequence) and not isinstance(options, str | bytes):
            given = tuple(options)
            self.labels = ()
        else:
            msg = (
                f"options of Choice must be a dict or a list, got {short(options)}. "
                f"Write Choice([{short(options, 160)}])."
            )
            raise SpaceTypeError(msg)
        if not given:
            msg = f"options of Choice must not be empty, got {options!r}."
            raise SpaceError(msg)
        self.options: tuple[Option, ...] = tuple(
            o if isinstance(o, Option) else Option(o) for o in given
        )
        self.values: tuple[Any, ...] = tuple(option.value for option in self.options)
        if not self.labels:
            self.labels = tuple(unique_labels(label_of(value) for value in self.values))

    @cached_property
    def _firsts(self) -> NDArray[np.intp]:
        """For each option, the first one with the same value and sub-space."""
        if any(isinstance(value, Mapping) for value in self.values):
            # Competing spaces, like the dicts of a list: each counts as distinct.
            return np.arange(len(self.options))
        pairs = [(option.value, option.sub_space) for option in self.options]
        return np.array(first_of_same(pairs), dtype=np.intp)

    @cached_property
    def value_labels(self) -> tuple[str, ...]:
        """The labels of the options."""
        return self.labels

    def positions(self, value: Any) -> list[int]:
        """Return the positions of the options with a value or a label."""
        found = super().positions(value)
        if not found and isinstance(value, str) and value in self.labels:
            return [self.labels.index(value)]
        if not found:
            domains = [as_domain(option) for option in self.values]
            found = [i for i, d in enumerate(domains) if d and d.contains(value)]
        return found

    def __repr__(self) -> str:
        plainly = [o if o.sub_space else o.value for o in self.options]
        if self.named:
            named = dict(zip(self.labels, plainly, strict=True))
            return f"Choice({evaluable(named)})"
        return f"Choice({evaluable(plainly)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Choice):
            return NotImplemented
        return self.labels == other.labels and self.options == other.options

    def __hash__(self) -> int:
        return hash((Choice, self.labels))

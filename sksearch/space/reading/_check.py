"""check_names: the names of a space against an estimator, option by option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Listed
from sksearch.space._choice import Choice
from sksearch.space._domain import Domain
from sksearch.space._links import LinkedSpace
from sksearch.space._paths import can_meet, paths
from sksearch.space._space import Hyperparameter, Space
from sksearch.space.reading._structure import set_up, structural, ways
from sksearch.space.reading.by_run import DefineByRunSpace
from sksearch.space.values import did_you_mean, has_params, short, unfitted


def check_names(space: Space, estimator: Any, *, advise: bool = True) -> None:
    """Raise SpaceError if the estimator lacks a hyperparameter of `space`.

    A hyperparameter below an estimator that the space itself chooses (``clf__C`` below
    ``clf``) is looked up in that estimator. `advise` lets the error name the right
    place in the space for a misplaced name.
    """
    if isinstance(space, DefineByRunSpace):
        _check_examples(space, estimator)
        return
    if isinstance(space, LinkedSpace):
        space = space.apart  # has each name below the options that it belongs to
    _check_instances(space, estimator)
    for j, h in enumerate(space):
        lists = structural(space, j)
        if lists:
            _check_beside(space, j, lists, estimator)
        elif not h.hidden:
            _check_name(space, j, estimator, advise=advise)


def _check_name(space: Space, j: int, estimator: Any, *, advise: bool) -> None:
    """Raise SpaceError if the object of a name has no such parameter."""
    h = space.hyperparameters[j]
    holders = _holders(space, j)
    if not holders and not _takes(estimator, h.name, h.domain):
        above = [f"{space.hyperparameters[c.parent].name}__" for c in h.conditions]
        longer = [part + h.name for part in above]
        meant = [name for name in longer if _takes(estimator, name, h.domain)]
        hint = f" Did you mean {meant[0]!r}?" if meant else _of_option(space, h)
        msg = _message(h.name, _under(space, j), estimator, "", listed=not hint)
        raise SpaceError(msg + hint)
    for parent, options in holders:
        prefix = space.hyperparameters[parent].name
        for label, value in options:
            if has_params(value):
                takes = _takes(value, h.name[len(prefix) + 2 :], h.domain)
            else:
                takes = _takes_beside(space, j, parent, value, estimator)
            if not takes:
                where = f" in option {label!r} of {prefix!r}"
                more = _put_below(h, prefix, options) if advise else ""
                msg = _message(h.name, where, value, f"{prefix}__", listed=not more)
                raise SpaceError(msg + more)


def _check_beside(space: Space, j: int, lists: list[int], estimator: Any) -> None:
    """Raise SpaceError if a name is missing once lists of estimators are set."""
    h = space.hyperparameters[j]
    above = [
        i
        for i, other in enumerate(space)
        if isinstance(other.domain, Listed)
        and not other.hidden
        and h.name.startswith(f"{other.name}__")
    ]
    for way in ways(space, j, sorted({*lists, *above})):
        model: Any = estimator
        try:
            model = set_up(space, estimator, way)
            takes = _takes(model, h.name, h.domain)
        except Exception:  # noqa: BLE001 - whatever it raises, it refuses the values
            takes = False
        if not takes:
            where = "".join(
                f" beside {space.hyperparameters[i].name}={_label(space, i, option)}"
                for i, option in way.items()
                if i in lists
            )
            raise SpaceError(_message(h.name, where, model, ""))


def _check_instances(space: Space, estimator: Any) -> None:
    """Raise SpaceTypeError for a class instead of an estimator."""
    for j, h in enumerate(space):
        if h.hidden or not isinstance(h.domain, Listed):
            continue
        for option, value in enumerate(h.domain.values):
            found = _class_in(value)
            if found is None:
                continue
            holders = _holders(space, j)
            prefix = space.hyperparameters[holders[0][0]].name if holders else ""
            own = h.name[len(prefix) + 2 :] if prefix else h.name
            objects = [v for _, options in holders for _, v in options] or [estimator]
            if found is not value or any(_wants_estimator(o, own) for o in objects):
                msg = (
                    f"Parameter {h.name!r}: option {_label(space, j, option)!r} has "
                    f"the class {found.__name__}, not an estimator. Write "
                    f"{found.__name__}()."
                )
                raise SpaceTypeError(msg)


def _class_in(value: Any) -> Any:
    """Return an estimator class that is a value, or is inside a list of steps."""
    if isinstance(value, type):
        return value if hasattr(value, "set_params") else None
    if type(value) not in (list, tuple):
        return None
    for part in value:
        named = type(part) is tuple and len(part) > 1 and isinstance(part[0], str)
        found = _class_in(part[1]) if named else None
        if found is not None:
            return found
    return None


def _wants_estimator(value: Any, name: str) -> bool:
    """Tell whether a parameter holds an estimator, or is named like one."""
    if not has_params(value) or isinstance(value, type):
        return False
    now = value.get_params(deep=True).get(name, name)
    if now is None:
        return name.rpartition("__")[2].endswith(
            ("estimator", "regressor", "classifier", "transformer")
        )
    return has_params(now) or (
        isinstance(now, str) and now in ("passthrough", "drop", "deprecated")
    )


def _labelled_values(domain: Listed) -> list[tuple[str, Any]]:
    """Return the values of a domain, each with its label."""
    labels = domain.labels if isinstance(domain, Choice) else map(_shown, domain.values)
    return list(zip(labels, domain.values, strict=True))


def _shown(value: Any) -> str:
    return value.__name__ if isinstance(value, type) else short(value)


def _check_examples(space: DefineByRunSpace, estimator: Any) -> None:
    """Raise SpaceError if an estimator refuses the dicts of a define-by-run space."""
    for configuration in space.examples:
        trial = unfitted(estimator)
        for name, value in sorted(configuration.items(), key=lambda item: len(item[0])):
            try:
                trial.set_params(**{name: unfitted(value)})
            except Exception:  # noqa: BLE001 - whatever it raises, it refuses the name
                where = " returned by the define-by-run space"
                raise SpaceError(_message(name, where, trial, "")) from None


def _takes(value: Any, name: str, domain: Domain) -> bool:
    """Tell whether an object has a parameter, listed or not."""
    if not has_params(value):
        return False
    if name in value.get_params(deep=True):
        return True
    try:
        # Some estimators accept more names than they list: ask a copy.
        unfitted(value).set_params(**{name: domain.from_unit(0.5)})
    except Exception:  # noqa: BLE001 - whatever it raises, it refuses the name
        return False
    return True


def _takes_beside(
    space: Space, j: int, parent: int, value: Any, estimator: Any
) -> bool:
    """Tell whether a name is taken beside a value that has no parameters of its own.

    A network takes ``optimizer__momentum`` beside ``optimizer=SGD``, a class.
    """
    h, prefix = space.hyperparameters[j], space.hyperparameters[parent].name
    cut, owners = 0, [estimator]
    for i, options in _holders(space, parent):
        cut = len(space.hyperparameters[i].name) + 2
        owners = [owner for _, owner in options]
    for owner in owners:
        model = unfitted(owner)
        try:
            model.set_params(**{prefix[cut:]: value})
        except Exception:  # noqa: BLE001 - whatever it raises, it refuses the value
            return False
        if not _takes(model, h.name[cut:], h.domain):
            return False
    return True


def _holders(space: Space, j: int) -> list[tuple[int, list[tuple[str, Any]]]]:
    """Return the nearest hyperparameters that set the object to which `j` belongs.

    Each of several competing spaces may have one. Each comes with the values that it
    can have together with `j`, and their labels.
    """
    axes, name = space.hyperparameters, space.hyperparameters[j].name
    above = [
        i
        for i, other in enumerate(axes)
        if isinstance(other.domain, Listed)
        and name.startswith(f"{other.name}__")
        and can_meet(axes, i, j)
    ]
    nearest = max((len(axes[i].name) for i in above), default=0)
    return [(i, _options(space, i, j)) for i in above if len(axes[i].name) == nearest]


def _options(space: Space, parent: int, j: int) -> list[tuple[str, Any]]:
    """Return the values that an axis can have together with `j`, with their labels."""
    above = paths(space.hyperparameters, j)
    return [
        (label, value)
        for option, (label, value) in enumerate(_labelled_values(space.listed(parent)))
        if any(path.get(parent, option) == option for path in above)
    ]


def _put_below(
    h: Hyperparameter, prefix: str, options: Sequence[tuple[str, Any]]
) -> str:
    """Return the advice for a hyperparameter that only some of the options have."""
    name = h.name[len(prefix) + 2 :]
    takers = [value for _, value in options if _takes(value, name, h.domain)]
    if not takers or len(options) < 2:
        return ""
    return (
        f" Beside {prefix!r}, {h.name!r} is for all of its options. For one of them, "
        f"put it in: Choice([{_option_line(h, takers[0], name)}, ...])"
    )


def _of_option(space: Space, h: Hyperparameter) -> str:
    """Return the line to write for a parameter of an option, with its label or bare."""
    label, found, name = h.name.partition("__")
    for choice in (other.domain for other in space if isinstance(other.domain, Choice)):
        options = dict(zip(choice.labels, choice.values, strict=True))
        takers = [n for n, value in options.items() if _takes(value, h.name, h.domain)]
        if found and label in options and _takes(options[label], name, h.domain):
            takers = [label]
        elif takers:
            name = h.name
        if takers:
            line = _option_line(h, options[takers[0]], name)
            return f" Write Choice({{{takers[0]!r}: {line}, ...}})."
    return ""


def _option_line(h: Hyperparameter, value: Any, name: str) -> str:
    """Return an option with the values of a hyperparameter in it."""
    written = getattr(h.domain, "written", None)
    values = short(h.domain if written is None else [*written], 40)
    line = f"{name}={values}" if name.isidentifier() else f"**{{{name!r}: {values}}}"
    return f"Option({short(value, 40)}, {line})"


def _under(space: Space, j: int) -> str:
    """Return `` in option 'poly' of 'kernel'`` for a hyperparameter below an option."""
    for condition in space.hyperparameters[j].conditions:
        parent = space.hyperparameters[condition.parent]
        if isinstance(parent.domain, Choice):
            return (
                f" in option {parent.domain.labels[condition.option]!r} of "
                f"{parent.name!r}"
            )
    return ""


def _message(
    name: str, where: str, value: Any, prefix: str, *, listed: bool = True
) -> str:
    """Return the message, with near names, or with all names if `listed`."""
    if not has_params(value):
        return (
            f"Parameter {name!r}{where}: {short(value)} has no parameters of its own. "
            "To give them to some options only, use Choice and Option."
        )
    known = value.get_params(deep=True)
    within, owner = _owner(known, name.removeprefix(prefix))
    names = [prefix + v for v in known if v.startswith(within)]
    alike = [prefix + v for v in known if _last(v) == _last(name)]
    few = ", ".join(repr(v) for v in names if "__" not in v[len(prefix + within) :])
    whose = "It" if owner is None else f"{within[:-2]!r} is {_called(owner)}, which"
    has = f"has: {few}" if few else "has none, as __init__ has no arguments by name"
    hint = did_you_mean(name, names, prefix + within) or did_you_mean(name, alike)
    hint = hint or f" {whose} {has}." * listed
    return f"Parameter {name!r}{where} is not a parameter of {_called(value)}.{hint}"


def _last(name: str) -> str:
    return name.rpartition("__")[2]


def _owner(known: Mapping[str, Any], name: str) -> tuple[str, Any]:
    """Return the prefix in a name that is one of the estimators, and the estimator."""
    stem = name.rpartition("__")[0]
    while stem and not has_params(known.get(stem)):
        stem = stem.rpartition("__")[0]
    return (f"{stem}__", known[stem]) if stem else ("", None)


def _called(value: Any) -> str:
    """Return the name of an object, for messages."""
    return str(getattr(value, "called", type(value).__name__))


def _label(space: Space, i: int, option: int) -> str:
    return _labelled_values(space.listed(i))[option][0]

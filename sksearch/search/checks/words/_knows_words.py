"""KnowsWords: aliases of parameters, and errors with advice for unknown ones.

An alias is not stored: before ``__init__`` runs, it is replaced by its parameter. The
signature, which scikit-learn's ``get_params`` reads, has no aliases.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, Self
from weakref import WeakKeyDictionary

from sksearch._warn import warn
from sksearch.exceptions import SksearchWarning
from sksearch.search.checks.words._attributes import where
from sksearch.search.checks.words._optimizer_settings import read_optimizer_settings
from sksearch.search.checks.words._other_libraries import instead, says_nothing
from sksearch.search.checks.words._others_callbacks import IntoStudy, is_study
from sksearch.space import read_short_ranges, short, split_budgets

#: scikit-optimize's name for a space, which may have ranges in their short forms.
SHORT_FORMS = "search_spaces"
#: The parameter that is the space.
SPACE = "param_distributions"
#: Optuna's name for the study that gets the trials.
STUDY = "study"
#: Settings of scikit-optimize's optimizer.
OPTIMIZER = "optimizer_kwargs"
#: Candidates of a search that only its timeout ends: ``n_trials=None`` of Optuna.
ENDLESS = 100_000
#: How values of other libraries are read.
_READERS: dict[str, Callable[[Any], Any]] = {
    SHORT_FORMS: read_short_ranges,
    OPTIMIZER: read_optimizer_settings,
    "n_trials": lambda n: ENDLESS if n is None else n,
}
#: Aliases, and the parameters that they stand for: the first one that a search has.
ALIASES: dict[str, tuple[str, ...]] = {
    "param_distributions": ("param_grid",),
    "param_grid": ("param_distributions",),
    SHORT_FORMS: ("param_distributions", "param_grid"),
    "n_trials": ("n_iter",),
    # Of scikit-optimize: how many candidates are under way. There, all of them are
    # waited for; here, one is proposed for each that is complete.
    "n_points": ("window",),
}

#: The names of the parameters that the user passed to each search. A clone gets all
#: parameters, so that for clones it is unknown.
_GIVEN: WeakKeyDictionary[Any, frozenset[str]] = WeakKeyDictionary()


def was_given(search: Any, name: str) -> bool:
    """Tell whether the user passed a parameter to a search, as far as is known."""
    default = inspect.signature(type(search)).parameters[name].default
    return getattr(search, name) != default or name in _GIVEN.get(search, ())


class KnowsWords:
    """A class whose constructor knows other libraries' names of its parameters."""

    #: Whether it replaces the search of scikit-optimize, so that settings of its
    #: optimizer and its short forms of ranges are read.
    _reads_skopts_words: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        init = vars(cls).get("__init__")
        if init is not None and not getattr(init, "__isabstractmethod__", False):
            own: Any = cls  # a method is replaced
            own.__init__ = _translating(init)

    def set_params(self, **params: Any) -> Self:
        """Set parameters of this search, and of the estimator that it tunes.

        Parameters
        ----------
        **params : dict of str to object
            Values by name; ``estimator__C`` is ``C`` of the estimator.

        Returns
        -------
        self : object
            The search.
        """
        parent: Any = super()
        names = list(_parameters(type(self).__init__))
        if is_study(params.get(STUDY)) and "callbacks" in names:
            own = _listed(getattr(self, "callbacks", None))
            others = [c for c in own if not isinstance(c, IntoStudy)]
            params.setdefault("callbacks", others)
        if any(alias_of(n, names) or n in (OPTIMIZER, STUDY) for n in params):
            params = _translated(type(self), names, params, strict=False)
        n_iter = getattr(self, "n_iter", None)
        face = type(self).__name__
        parent.set_params(**_with_one_budget(face, names, params, n_iter))
        return self

    @classmethod
    def _own_name(cls, name: str, parameters: Sequence[str]) -> str | None:
        """Return the parameter that another name stands for; None if it is unknown."""
        if name == OPTIMIZER and cls._reads_skopts_words:
            return "sampler_params"
        return alias_of(name, parameters)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute; that of an alias is the parameter that it stands for."""
        kind, words = type(self), {name: value}
        if name in (*ALIASES, OPTIMIZER):
            # A subclass may hand on parameters that its constructor does not name.
            names = [*_parameters(kind.__init__), *vars(self)]
            words = _translated(kind, names, words, strict=False)
            n_iter = vars(self).get("n_iter")
            words = _with_one_budget(kind.__name__, names, words, n_iter)
        for own, read in words.items():
            super().__setattr__(own, read)

    if not TYPE_CHECKING:  # which would take it for a promise of any attribute

        def __getattr__(self, name: str) -> Any:
            """Answer for a word of others, or raise AttributeError with advice."""
            own = self._own_name(name, [*vars(self)])
            if own in vars(self):
                return vars(self)[own]
            hint = where(vars(self), name)
            if hint is None:
                after = getattr(super(), "__getattr__", None)
                # Without another class to ask: its own error, once more.
                return after(name) if after else object.__getattribute__(self, name)
            answer = getattr(type(self), "_equivalent", None)
            found = answer(self, name) if answer else NotImplemented
            if found is not NotImplemented:
                return found
            msg = f"{type(self).__name__!r} object has no attribute {name!r}. {hint}"
            raise AttributeError(msg, name=name, obj=self)


def alias_of(name: str, parameters: Sequence[str]) -> str | None:
    """Return the parameter that an alias stands for; None if it is no alias."""
    if name in parameters:
        return None
    return next((own for own in ALIASES.get(name, ()) if own in parameters), None)


def _translating(init: Callable[..., None]) -> Callable[..., None]:
    """Return a constructor with the same signature that also takes aliases."""
    parameters = _parameters(init)
    names = list(parameters)
    kinds = [parameter.kind for parameter in parameters.values()]
    if inspect.Parameter.VAR_KEYWORD in kinds:
        return init  # it passes unknown parameters on
    n_iter = parameters["n_iter"].default if "n_iter" in parameters else None
    n_positions = len(kinds) - kinds.count(inspect.Parameter.KEYWORD_ONLY)

    @wraps(init)
    def translating(self: Any, /, *args: Any, **words: Any) -> None:
        face = type(self).__name__
        placed = dict(zip(names, args, strict=False))
        if not words.keys() <= parameters.keys():
            words = _translated(type(self), names, words, placed)
        if len(args) > n_positions:
            _refuse_positions(face, names[:n_positions], args, names[n_positions:])
        if placed.keys() & words.keys():
            init(self, *args, **words)  # raises Python's own error
        words = _with_one_budget(face, names, {**placed, **words}, n_iter)
        init(self, **words)
        is_clone = len(words) == len(parameters)
        _GIVEN[self] = frozenset() if is_clone else frozenset(words)

    return translating


def _parameters(init: Callable[..., None]) -> dict[str, inspect.Parameter]:
    """Return the parameters of a constructor without `self`."""
    return dict([*inspect.signature(init).parameters.items()][1:])


def _translated(
    kind: type[KnowsWords],
    names: Sequence[str],
    words: dict[str, Any],
    placed: Collection[str] = (),
    *,
    strict: bool = True,
) -> dict[str, Any]:
    """Return keywords without aliases; TypeError if a parameter comes twice.

    `placed` are those that came by position. With `strict`, an unknown parameter is a
    TypeError as well.
    """
    face = kind.__name__
    given = dict.fromkeys(placed, "by position")
    found: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    intos: list[Any] = []
    for name, value in words.items():
        own = kind._own_name(name, names)  # noqa: SLF001
        if name == STUDY and is_study(value) and "callbacks" in names:
            intos.append(IntoStudy(value))
            continue
        if own is None and strict and name not in names:
            if not says_nothing(name, value, words):
                unknown[name] = value
            continue
        own = own or name
        if own in given and (name != own or given[own] != "by position"):
            msg = (
                f"{face} got {own!r} twice, {given[own]} and as {name!r}. Leave out "
                "one of the two."
            )
            raise TypeError(msg)
        given[own] = f"as {name!r}"
        read = _READERS.get(name) if own != name else None
        found[own] = value if read is None else read(value)
    if unknown:
        _refuse_unknown(face, unknown, names)
    if intos:
        found["callbacks"] = intos + _listed(found.get("callbacks"))
    return found


def _with_one_budget(
    face: str, names: Sequence[str], words: dict[str, Any], n_iter: Any
) -> dict[str, Any]:
    """Return arguments with one ``n_iter`` for a list of spaces that have their own.

    A space without a number of its own gets that of the arguments, or else `n_iter`.
    """
    if "n_iter" not in names or SPACE not in names:
        return words
    split = split_budgets(words.get(SPACE), words.get("n_iter", n_iter))
    if split is None:
        return words
    spaces, numbers = split
    total = sum(numbers)
    if len(spaces) > 1:
        warn(
            f"The {len(spaces)} spaces compete for {total} trials, and do not get "
            f"{' and '.join(map(str, numbers))} in turn, as in scikit-optimize. Write "
            f"{face}(estimator, [space, ...], n_iter={total}).",
            SksearchWarning,
        )
    return {**words, SPACE: spaces, "n_iter": total}


def _listed(callbacks: Any) -> list[Any]:
    """Return the value of a parameter ``callbacks`` as a list."""
    if callbacks is None:
        return []
    is_one = callable(callbacks) or not isinstance(callbacks, Iterable)
    return [callbacks] if is_one else list(callbacks)


def _refuse_unknown(
    face: str, unknown: Mapping[str, object], names: Sequence[str]
) -> None:
    """Raise TypeError for all unknown parameters at once."""
    if len(unknown) == 1:
        [(name, value)] = unknown.items()
        line = instead(name, value, names)
        msg = f"{face} has no parameter {name!r}, got {name}={short(value)}. {line}"
    else:
        lines = "".join(
            f"\n- {name}={short(value)}: {instead(name, value, names)}"
            for name, value in unknown.items()
        )
        msg = f"{face} has no parameters {', '.join(map(repr, unknown))}:{lines}"
    raise TypeError(msg)


def _refuse_positions(
    face: str, taken: Sequence[str], args: Sequence[object], others: Sequence[str]
) -> None:
    """Raise TypeError for positional values that must be passed by name."""
    value = short(args[len(taken)])
    msg = (
        f"{face} takes {' and '.join(map(repr, taken))} by position, all else by name, "
        f"got {value} at position {len(taken)}. Write {face}(..., {others[0]}={value}) "
        f"if {others[0]!r} is meant."
    )
    raise TypeError(msg)

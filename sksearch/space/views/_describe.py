"""Descriptions of a space: its size, a summary, a list of dicts for scikit-learn."""

from __future__ import annotations

from typing import Any

from sksearch.exceptions import SpaceError
from sksearch.space._categorical import Categorical
from sksearch.space._choice import Choice
from sksearch.space._distribution import Distribution, Opaque
from sksearch.space._domain import Domain
from sksearch.space._links import LinkedSpace, names_of
from sksearch.space._space import Space
from sksearch.space.reading import as_space
from sksearch.space.reading.by_run import DefineByRunSpace
from sksearch.space.values import has_params, short
from sksearch.space.views._labels import label_at


def space_size(space: Any) -> float:
    """Count the configurations of a space.

    Parameters
    ----------
    space : dict, list of dict, Choice, callable or Space
        Anything that `as_space` takes, or the `Choice` between estimators that a search
        takes as its first argument.

    Returns
    -------
    size : int or float
        The number of distinct configurations; ``math.inf`` if a hyperparameter is
        continuous or the space is a callable.

    Raises
    ------
    SpaceError
        If `as_space` cannot read it.

    See Also
    --------
    search_space_summary : The hyperparameters as text.

    Examples
    --------
    >>> from sksearch import Choice, Int, Option, space_size
    >>> space_size({"kernel": Choice(["linear", Option("poly", degree=Int(2, 4))])})
    4
    """
    return _compiled(space).size


def search_space_summary(space: Any) -> str:
    """Describe a space in text, with one line for each hyperparameter.

    Parameters
    ----------
    space : dict, list of dict, Choice, callable or Space
        Anything that `as_space` takes, or the `Choice` between estimators that a search
        takes as its first argument.

    Returns
    -------
    summary : str
        The text, ready to print.

    Raises
    ------
    SpaceError
        If `as_space` cannot read it.

    See Also
    --------
    space_size : The number of configurations.

    Examples
    --------
    >>> from sksearch import Choice, Float, Option, search_space_summary
    >>> print(
    ...     search_space_summary(
    ...         {
    ...             "C": Float(0.1, 10.0, log=True),
    ...             "kernel": Choice(["linear", Option("rbf", gamma=Float(0.0, 1.0))]),
    ...         }
    ...     )
    ... )
    3 hyperparameters, inf configurations
    C: Float(0.1, 10.0, log=True)
    kernel: one of 'linear', 'rbf'
      gamma: Float(0.0, 1.0)  [kernel = rbf]
    """
    compiled = _compiled(space)
    shown = sum(not h.hidden for h in compiled)
    lines = [f"{shown} hyperparameter{'s' * (shown != 1)}, {compiled.counted}"]
    depth: list[int] = []
    for j, h in enumerate(compiled):
        depth.append(1 + max((depth[c.parent] for c in h.conditions), default=-1))
        above = [(compiled.hyperparameters[c.parent], c.option) for c in h.conditions]
        when = " or ".join(f"{p.name} = {label_at(p, option)}" for p, option in above)
        names = " = ".join(names_of(compiled, j))
        line = f"{'  ' * depth[-1]}{names}: {_values(h.domain)}"
        lines.append(f"{line}  [{when}]" if when else line)
    return "\n".join(lines)


def _compiled(space: Any) -> Space:
    """Read a space; a `Choice` between estimators gets the name `estimator`."""
    if isinstance(space, Choice) and any(map(has_params, space.values)):
        space = {"estimator": space}
    return as_space(space)


def _values(domain: Domain) -> str:
    if isinstance(domain, Choice):
        return f"one of {', '.join(map(repr, domain.labels))}"
    if isinstance(domain, Categorical):
        return (
            f"one of {short(list(domain.values))[1:-1]}{' (ordered)' * domain.ordered}"
        )
    return repr(domain)


def expand(space: Any) -> list[dict[str, Any]]:
    """Convert a conditional space to a list of dicts for scikit-learn's classes.

    Parameters
    ----------
    space : dict, list of dict, Choice or Space
        Anything that `as_space` takes except a callable, or the `Choice` between
        estimators that a search takes as its first argument.

    Returns
    -------
    dicts : list of dict of str to list or distribution
        One dict for each combination of the choices that other hyperparameters depend
        on, in the order of the space. Lists stay lists in their order, so that
        scikit-learn's ``ParameterGrid`` has the same order as with the original lists.
        All other values have ``rvs``, for scikit-learn's ``RandomizedSearchCV``.

    Raises
    ------
    SpaceError
        If the space is a callable (its branches are unknown), has one range in several
        places of an estimator, or cannot be read.

    Examples
    --------
    >>> from sksearch import Choice, Float, Option, expand
    >>> expand({"kernel": Choice(["linear", Option("rbf", gamma=Float(0.0, 1.0))])})
    [{'kernel': ['linear']}, {'kernel': ['rbf'], 'gamma': Float(0.0, 1.0)}]
    """
    compiled = _compiled(space)
    if isinstance(compiled, DefineByRunSpace):
        msg = (
            "A define-by-run space cannot be expanded: its branches are not known "
            "beforehand. Write it as a dict with Choice and Option."
        )
        raise SpaceError(msg)
    if isinstance(compiled, LinkedSpace):
        msg = (
            "A space with one range in several places of an estimator cannot be "
            "expanded: scikit-learn's classes would draw a value for each place."
        )
        raise SpaceError(msg)
    out = []
    for row, free in compiled.branches():
        values: dict[str, Any] = {}
        copies = 1  # number of equal dicts in a list
        for j, h in enumerate(compiled):
            if h.hidden:
                copies *= int(h.domain.n_distinct) if j in free else 1
            elif j in free:
                values[h.name] = _sklearn_values(h.domain)
            elif compiled.is_active(j, row):
                values[h.name] = [h.domain.from_unit(float(row[j]))]
        out += [dict(values) for _ in range(copies)]
    return out


def _sklearn_values(domain: Domain) -> Any:
    if isinstance(domain, Categorical):
        return list(domain.written)
    if isinstance(domain, Choice):
        return [domain.values[option] for option in domain.distinct]
    if isinstance(domain, Distribution | Opaque):
        return domain.distribution
    return domain

"""Hypothesis strategies: domains, whole spaces as users write them, configurations.

With them come plain readings of a specification, which share no code with the library:
what is a configuration of it, and all of them one after the other.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from numbers import Real

import numpy as np
import scipy.stats
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import Categorical, Choice, Float, Int, Option

#: What `eval` needs to read the repr of a specification.
NAMES = {
    "Categorical": Categorical,
    "Choice": Choice,
    "Float": Float,
    "Int": Int,
    "LogisticRegression": LogisticRegression,
    "Option": Option,
    "Ridge": Ridge,
    "SVC": SVC,
    "StandardScaler": StandardScaler,
    **{
        name: getattr(scipy.stats, name)
        for name in ("beta", "binom", "expon", "loguniform", "norm", "poisson")
    },
}


class Drawn:
    """A distribution that can only be drawn from."""

    def rvs(self, random_state=None):
        return float(random_state.uniform())


#: Values for lists, no two of them equal. The estimators can have sub-spaces.
PLAIN = (None, True, "auto", "scale", "l2", 3, -1, 0.5, (50,), (50, 50))
ESTIMATORS = (SVC(C=7.0), LogisticRegression(), Ridge(alpha=2.0), StandardScaler())

#: One hyperparameter with the same specification wherever it appears.
SHARED = ("shared", Int(1, 3))

#: Distributions that are not read as `Float` or `Int`.
DISTRIBUTIONS = {
    "norm": scipy.stats.norm(2, 3),
    "expon": scipy.stats.expon(scale=0.1),
    "beta": scipy.stats.beta(2, 5),
    "truncnorm": scipy.stats.truncnorm(-1, 2, loc=3, scale=2),
    "gamma": scipy.stats.gamma(2.0, loc=1),
    "shifted loguniform": scipy.stats.loguniform(1e-3, 1, loc=1),
    "poisson": scipy.stats.poisson(4),
    "geom": scipy.stats.geom(0.3),
    "binom": scipy.stats.binom(10, 0.4),
    "negative poisson": scipy.stats.poisson(2, loc=-7),
}


# --------------------------------------------------------------------- domains


@st.composite
def floats(draw):
    """Draw a `Float` of any kind."""
    kind = draw(st.sampled_from(["linear", "log", "step"]))
    if kind == "log":
        low = 10.0 ** draw(st.integers(-9, 6))
        return Float(low, low * draw(st.floats(1.001, 1e9)), log=True)
    low = draw(st.integers(-1000, 1000)) / 10
    if kind == "linear":
        return Float(low, low + draw(st.floats(1e-3, 1e6)))
    step = draw(st.sampled_from([0.1, 0.25, 0.5, 1.0, 2.5]))
    n_steps = draw(st.integers(1, 50))
    return Float(low, round(low + n_steps * step, 6), step=step)


@st.composite
def ints(draw, max_values=10**6):
    """Draw an `Int` of any kind."""
    kind = draw(st.sampled_from(["linear", "log", "step"]))
    low = draw(st.integers(1 if kind == "log" else -1000, 1000))
    n_values = draw(st.integers(1, max_values))
    if kind == "step":
        step = draw(st.integers(1, 7))
        return Int(low, low + (n_values - 1) * step, step=step)
    return Int(low, low + n_values - 1, log=kind == "log")


def values(max_size=5):
    """Draw a list of different values."""
    return st.lists(
        st.sampled_from(PLAIN + ESTIMATORS), min_size=1, max_size=max_size, unique=True
    )


def categoricals():
    """Draw a `Categorical`, ordered or not."""
    return st.builds(Categorical, values(), ordered=st.booleans())


def distributions():
    """Draw a frozen scipy distribution that stays a distribution."""
    return st.sampled_from(list(DISTRIBUTIONS.values()))


def finite_leaves():
    """Draw a finite specification without sub-spaces."""
    return st.one_of(
        values(3),
        values(3).map(tuple),
        values(3).map(Categorical),
        st.sampled_from([range(2, 5), range(1), np.array([3, 1, 2]), Int(1, 3)]),
        st.sampled_from([Int(1, 8, log=True), Int(0, 4, step=2)]),
        st.just(Float(0.0, 0.3, step=0.1)),
    )


def leaves():
    """Draw any specification without sub-spaces that knows its values."""
    return st.one_of(finite_leaves(), floats(), ints(), distributions())


# ---------------------------------------------------------------------- spaces


def _draw_specification(draw, name, depth, leaf):
    if depth == 0 or draw(st.integers(0, 2)) == 0:
        return draw(leaf)
    n_options = draw(st.integers(1, 3))
    options, seen = [], set()
    for _ in range(n_options):
        option = _draw_option(draw, name, depth, leaf)
        value = repr(option.value)
        if value not in seen:
            seen.add(value)
            options.append(option if option.sub_space else option.value)
    if draw(st.booleans()):
        return Choice(options)
    return Choice({f"label {i}": option for i, option in enumerate(options)})


def _draw_option(draw, name, depth, leaf):
    """Draw an option; the names that it opens are those of the other options, too."""
    if draw(st.integers(0, 4)) == 0:
        return Option(draw(st.sampled_from([Float(10, 20, step=5), Int(11, 13)])))
    value = draw(st.sampled_from(PLAIN + ESTIMATORS))
    if hasattr(value, "set_params"):
        above, start = f"{name}__", ""
    else:
        # Beside the hyperparameter; its own name keeps them apart from others.
        above, _, start = name.rpartition("__")
        above, start = above and f"{above}__", f"{start}_"
    sub_space = {}
    for letter in draw(st.lists(st.sampled_from("ab"), max_size=2, unique=True)):
        below = _draw_specification(draw, above + start + letter, depth - 1, leaf)
        sub_space[start + letter] = below
    if draw(st.booleans()):
        sub_space[SHARED[0]] = SHARED[1]
    return Option(value, **sub_space)


@st.composite
def _dicts(draw, depth, leaf):
    names = st.lists(st.sampled_from(["x", "y", "clf"]), max_size=3, unique=True)
    space = {n: _draw_specification(draw, n, depth, leaf) for n in draw(names)}
    if draw(st.booleans()):
        space[SHARED[0]] = SHARED[1]
    return space


@st.composite
def choices(draw, depth, leaf):
    """Draw a `Choice` of options with sub-spaces, `depth` levels deep at most."""
    found = _draw_specification(draw, "x", depth, leaf)
    return found if isinstance(found, Choice) else Choice([Option("x", a=found)])


def _spaces(depth, leaf):
    one = _dicts(depth, leaf)
    several = st.lists(one, min_size=1, max_size=3)
    return st.one_of(
        one,
        several,
        several.map(Choice),
        several.map(lambda found: Choice({f"s{i}": s for i, s in enumerate(found)})),
        st.tuples(several.map(Choice), one).map(list),
    )


def spaces(depth=3):
    """Draw a whole conditional space as users write it."""
    return _spaces(depth, leaves())


def finite_spaces(depth=2, max_size=200):
    """Draw a space with finitely many configurations, not too many."""

    def is_small(space):
        return len(list(itertools.islice(settings(space), max_size + 1))) <= max_size

    return _spaces(depth, finite_leaves()).filter(is_small)


# ------------------------------------------------- plain readings of what is written


def is_range(value):
    """Tell if an option stands for values of its own."""
    return hasattr(value, "rvs")


def sub_names(name, option):
    """Yield the whole names and the specifications of what an option opens."""
    above = f"{name}__" if hasattr(option.value, "set_params") else None
    if above is None:
        above = name[: name.rindex("__") + 2] if "__" in name else ""
    for sub_name, specification in option.sub_space.items():
        yield above + sub_name, specification


def settings(space):
    """Yield every configuration of a finite space, in some order."""
    if isinstance(space, Mapping):
        yield from _together([_settings_of(n, s) for n, s in space.items()])
    elif isinstance(space, Choice):
        for option in space.options:
            yield from settings(option.value)
    else:
        for one in space:
            yield from settings(one)


def _settings_of(name, specification):
    if not isinstance(specification, Choice):
        return [{name: value} for value in listed(specification)]
    found = []
    for option in specification.options:
        own = (
            _settings_of(name, option.value)
            if is_range(option.value)
            else [{name: option.value}]
        )
        below = [_settings_of(n, s) for n, s in sub_names(name, option)]
        found += _together([own, *below])
    return found


def _together(parts):
    """Yield all ways to set the parts at once; what they share is set once."""
    if not parts:
        yield {}
        return
    for head in parts[0]:
        for tail in _together(parts[1:]):
            if all(frozen(head[k]) == frozen(tail[k]) for k in head.keys() & tail):
                yield {**head, **tail}


def listed(specification):
    """Return the values of a finite specification without sub-spaces."""
    if isinstance(specification, Float):
        n = round((specification.high - specification.low) / specification.step)
        return [
            round(specification.low + i * specification.step, 9) for i in range(n + 1)
        ]
    if isinstance(specification, Int):
        step = specification.step or 1
        return list(range(specification.low, specification.high + 1, step))
    if isinstance(specification, Categorical):
        return list(specification.values)
    return [v.item() if isinstance(v, np.generic) else v for v in specification]


def frozen(value):
    """Return something that can be compared for any configuration or value."""
    if isinstance(value, Mapping):
        return tuple(sorted((name, repr(v)) for name, v in value.items()))
    return repr(value)


def is_valid(space, configuration):
    """Tell if a configuration is one of a space: all that is needed, nothing else."""
    return set(configuration) in [set(used) for used in _readings(space, configuration)]


def _readings(space, configuration):
    """Yield the names that each fitting reading of a space uses."""
    if isinstance(space, Mapping):
        parts = [list(_readings_of(n, s, configuration)) for n, s in space.items()]
        for combination in itertools.product(*parts):
            yield frozenset().union(*combination)
    elif isinstance(space, Choice):
        for option in space.options:
            yield from _readings(option.value, configuration)
    else:
        for one in space:
            yield from _readings(one, configuration)


def _readings_of(name, specification, configuration):
    if name not in configuration:
        return
    value = configuration[name]
    if not isinstance(specification, Choice):
        if has_value(specification, value):
            yield frozenset({name})
        return
    for option in specification.options:
        if is_range(option.value):
            fits = any(_readings_of(name, option.value, configuration))
        else:
            fits = is_same(option.value, value)
        if fits:
            below = [
                list(_readings_of(n, s, configuration))
                for n, s in sub_names(name, option)
            ]
            for combination in itertools.product(*below):
                yield frozenset({name}).union(*combination)


def is_same(a, b):
    """Tell if two values are the same object, or equal and of one type."""
    return a is b or (type(a) is type(b) and repr(a) == repr(b))


def has_value(specification, value):
    """Tell if a value is one of a specification without sub-spaces."""
    if isinstance(specification, Float):
        return type(value) is float and _on_steps(specification, value, 1e-9)
    if isinstance(specification, Int):
        return type(value) is int and _on_steps(specification, value, 0)
    if hasattr(specification, "support"):
        low, high = specification.support()
        kind = int if hasattr(specification, "pmf") else float
        return type(value) is kind and low <= value <= high and math.isfinite(value)
    return any(is_same(v, value) for v in listed(specification))


def _on_steps(domain, value, slack):
    if not domain.low <= value <= domain.high:
        return False
    steps = (value - domain.low) / (domain.step or 1)
    return domain.step is None or abs(steps - round(steps)) <= slack


def is_plain(value):
    """Tell if a value holds no numpy scalar."""
    if isinstance(value, Mapping):
        return all(map(is_plain, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(map(is_plain, value))
    return not isinstance(value, np.generic)


@st.composite
def units(draw, n):
    """Draw a point of the unit cube, often on its faces."""
    unit = st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0.0, 1.0))
    return np.array(draw(st.lists(unit, min_size=n, max_size=n)), dtype=np.float64)


@st.composite
def configurations(draw, space):
    """Draw a configuration by walking over the specification."""
    if isinstance(space, Mapping):
        found = {}
        for name, specification in space.items():
            _draw_into(draw, found, name, specification)
        return found
    if isinstance(space, Choice):
        space = [option.value for option in space.options]
    return draw(configurations(draw(st.sampled_from(list(space)))))


def _draw_into(draw, found, name, specification):
    if name in found:  # shared with what came before
        return
    if not isinstance(specification, Choice):
        found[name] = draw(_leaf_values(specification))
        return
    option = draw(st.sampled_from(specification.options))
    if is_range(option.value):
        _draw_into(draw, found, name, option.value)
    else:
        found[name] = option.value
    for sub_name, below in sub_names(name, option):
        _draw_into(draw, found, sub_name, below)


def _leaf_values(specification):
    if isinstance(specification, Float) and specification.step is None:
        return st.floats(specification.low, specification.high)
    if isinstance(specification, Float):
        return st.sampled_from(listed(specification))
    if isinstance(specification, Int):
        step = specification.step or 1
        last = (specification.high - specification.low) // step
        return st.integers(0, last).map(lambda i: specification.low + i * step)
    if hasattr(specification, "ppf"):
        kind = int if hasattr(specification, "pmf") else float
        return st.floats(0.001, 0.999).map(lambda q: kind(specification.ppf(q)))
    return st.sampled_from(listed(specification))


def is_close(a, b):
    """Tell if two configurations are the same but for rounding of numbers."""
    if a.keys() != b.keys():
        return False
    return all(
        math.isclose(v, b[k], rel_tol=1e-9, abs_tol=1e-9)
        if isinstance(v, Real) and not isinstance(v, bool) and isinstance(b[k], Real)
        else is_same(v, b[k])
        for k, v in a.items()
    )

"""Ranges of other libraries: their own, or look-alikes where they are not installed.

Look-alikes have the attributes that are read, and the names of the classes.
"""

from __future__ import annotations

import importlib
import math
import types
import warnings
from collections.abc import Mapping

import pytest


def made(package, name, bases=(), /, **attributes):
    """Return an object whose class comes from a package, as those with `bases` do."""
    parents = tuple(type(base, (), {"__module__": package}) for base in bases)
    kind = type(name, parents, {"__repr__": lambda self: f"{name}(...)"})
    kind.__module__ = package
    value = kind()
    value.__dict__.update(attributes)
    return value


def random_variable(kind, first, second):
    """Return one of scipy's new random variables, which older versions lack."""
    words = dict.fromkeys(("icdf", "sample"), None)
    words |= {"support": lambda: (first, second), "mu": first, "sigma": second}
    return made("scipy.stats", kind, **words)


class LikeOptuna:
    @staticmethod
    def FloatDistribution(low, high, log=False, step=None):
        words = {"low": low, "high": high, "log": log, "step": step}
        return made("optuna.distributions", "FloatDistribution", **words)

    @staticmethod
    def IntDistribution(low, high, log=False, step=1):
        high = low + (high - low) // step * step
        words = {"low": low, "high": high, "log": log, "step": step}
        return made("optuna.distributions", "IntDistribution", **words)

    @staticmethod
    def CategoricalDistribution(choices):
        name = "CategoricalDistribution"
        return made("optuna.distributions", name, choices=tuple(choices))


class Node:
    """An expression of hyperopt."""

    def __init__(self, name, *args, **words):
        self.name = name
        self.pos_args = list(map(as_node, args))
        self.named_args = [[key, as_node(arg)] for key, arg in words.items()]

    def __call__(self):
        raise AssertionError

    def __mul__(self, other):
        return Node("mul", self, other)


Node.__name__ = "Apply"
Node.__module__ = "hyperopt.pyll.base"


class Leaf(Node):
    """A literal of hyperopt."""

    def __init__(self, obj):
        super().__init__("literal")
        self.obj = obj


def as_node(value):
    if isinstance(value, Node):
        return value
    if isinstance(value, dict):
        return Node("dict", **value)
    if isinstance(value, (list, tuple)):
        return Node("pos_args", *value)
    return Leaf(value)


class LikeHyperopt:
    """Has the names of ``hyperopt.hp``; ``whole`` is ``scope.int``."""

    def __getattr__(self, name):
        def call(label, *args, **words):
            drawn = Node("hyperopt_param", label, Node(name, *args, **words))
            return Node("int" if name == "randint" else "float", drawn)

        return call

    def choice(self, label, options):
        index = Node("hyperopt_param", label, Node("randint", len(options)))
        return Node("switch", index, *options)

    def pchoice(self, label, pairs):
        odds = Node("categorical", [p for p, _ in pairs])
        index = Node("hyperopt_param", label, odds)
        return Node("switch", index, *(option for _, option in pairs))

    def uniformint(self, label, low, high):
        return self.whole(self.quniform(label, low, high, q=1.0))

    def whole(self, node):
        return Node("int", node)


class LikeTune:
    """Has the names of ``ray.tune``."""

    @staticmethod
    def _range(kind, drawn, lower, upper, q=None, **own):
        sampler = made("ray.tune.search.sample", drawn, **own)
        if q is not None:
            inner = sampler
            sampler = made("ray.tune.search.sample", "Quantized", sampler=inner, q=q)
        words = {"lower": lower, "upper": upper, "sampler": sampler}
        return made("ray.tune.search.sample", kind, ("Domain",), **words)

    def uniform(self, a, b):
        return self._range("Float", "_Uniform", a, b)

    def loguniform(self, a, b):
        return self._range("Float", "_LogUniform", a, b)

    def quniform(self, a, b, q):
        return self._range("Float", "_Uniform", a, b, q)

    def qloguniform(self, a, b, q):
        return self._range("Float", "_LogUniform", a, b, q)

    def randint(self, a, b):
        return self._range("Integer", "_Uniform", a, b)

    def lograndint(self, a, b):
        return self._range("Integer", "_LogUniform", a, b)

    def qrandint(self, a, b, q=1):
        return self._range("Integer", "_Uniform", a, b, q)

    def randn(self, mean, sd):
        ends = -math.inf, math.inf
        return self._range("Float", "_Normal", *ends, mean=mean, sd=sd)

    def qrandn(self, mean, sd, q):
        ends = -math.inf, math.inf
        return self._range("Float", "_Normal", *ends, q, mean=mean, sd=sd)

    def choice(self, categories):
        words = {"categories": categories, "sampler": None}
        return made("ray.tune.search.sample", "Categorical", ("Domain",), **words)

    def sample_from(self, func):
        return made("ray.tune.search.sample", "Function", ("Domain",), func=func)

    def grid_search(self, values):
        return {"grid_search": values}


class LikeGenetic:
    """Has the names of ``sklearn_genetic.space``."""

    @staticmethod
    def _range(name, **words):
        # Theirs is that of a distribution without its parameters, in [0, 1].
        words["rvs"] = lambda *args, size=None, random_state=None: 0.5
        package = "sklearn_genetic.space.space"
        return made(package, name, ("BaseDimension",), **words)

    def Integer(self, lower, upper, distribution="uniform"):
        words = {"lower": lower, "upper": upper, "distribution": distribution}
        return self._range("Integer", **words)

    def Continuous(self, lower, upper, distribution="uniform"):
        words = {"lower": lower, "upper": upper, "distribution": distribution}
        return self._range("Continuous", **words)

    def Categorical(self, choices, priors=None):
        return self._range("Categorical", choices=choices, priors=priors)


class LikeSpace(Mapping):
    """A space of ConfigSpace."""

    def __init__(self):
        self.found, self.conditions, self.forbidden_clauses = {}, [], []

    def add(self, *things):
        for thing in things:
            if hasattr(thing, "forbids"):
                self.forbidden_clauses.append(thing)
            elif hasattr(thing, "child") or hasattr(thing, "components"):
                self.conditions.append(thing)
            else:
                self.found[thing.name] = thing

    def __getitem__(self, name):
        return self.found[name]

    def __iter__(self):
        return iter(self.found)

    def __len__(self):
        return len(self.found)


LikeSpace.__name__ = "ConfigurationSpace"
LikeSpace.__module__ = "ConfigSpace.configuration_space"


class LikeConfigSpace:
    """Has the names of ``ConfigSpace``."""

    ConfigurationSpace = LikeSpace

    @staticmethod
    def _make(kind, names, values, defaults):
        words = {**defaults, **dict(zip(names, values, strict=False))}
        return made("ConfigSpace.hyperparameters", kind, **words)

    def __getattr__(self, kind):
        bounds = ["name", "lower", "upper"]
        names = {
            "CategoricalHyperparameter": ["name", "choices"],
            "OrdinalHyperparameter": ["name", "sequence"],
            "Constant": ["name", "value"],
            "InCondition": ["child", "parent", "values"],
            "EqualsCondition": ["child", "parent", "value"],
            "NotEqualsCondition": ["child", "parent", "value"],
            "GreaterThanCondition": ["child", "parent", "value"],
            "ForbiddenEqualsClause": ["hyperparameter", "forbids"],
        }.get(kind, bounds)
        uniform = {"log": False} if names is bounds else {}

        def make(*values, **words):
            return self._make(kind, names, values, {**uniform, **words})

        return make

    def OrConjunction(self, *components):
        return made("ConfigSpace.conditions", "OrConjunction", components=components)

    def AndConjunction(self, *components):
        return made("ConfigSpace.conditions", "AndConjunction", components=components)


def library(request, like, module):
    """Return a library, or its look-alike, by the parameter of a fixture."""
    if request.param == "look-alike":
        return like
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Also where the library is there and something that the module needs is not.
        found = pytest.importorskip(module, exc_type=ImportError)
        if module == "hyperopt.hp":
            scope = importlib.import_module("hyperopt.pyll").scope
            return types.SimpleNamespace(**vars(found), whole=scope.int)
        return found


#: The packages take seconds to import.
BOTH = ["look-alike", pytest.param("the library", marks=pytest.mark.slow)]

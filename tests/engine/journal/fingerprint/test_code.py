"""Tests of what the code of functions and classes is."""

# ruff: noqa: ISC004, PLW0603, F821 - sources of scripts

import copy
import functools
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import sklearn.svm
from sklearn.metrics import accuracy_score

from sksearch.engine import describe
from sksearch.engine.journal.fingerprint._code import (
    State,
    instructions,
    is_known_by_name,
    note_state,
)

IMPORTS = """
import functools
from dataclasses import dataclass
from enum import Enum
import numpy as np
from scipy.stats import rv_continuous, rv_histogram
from sklearn.base import BaseEstimator
from sklearn.metrics import accuracy_score, make_scorer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import SVC
"""
SCORER = "class A:\n    def __init__(s, k): s.k = k\n    "
#: A script in which a value, at "?", is edited; and the two values.
EDITED = {
    "lambda": ("v = lambda e, X, y: ?", 1.0, 2.0),
    "function": ("def v(e, X, y): return ?", 1.0, 2.0),
    "type only": ("def v(e, X, y): return ?", 1, 1.0),
    "closure": ("def f(k):\n  def v(t): return k\n  return v\nv = f(?)", 1, 2),
    "global": ("K = ?\ndef v(e, X, y): return K", 1, True),
    "global dict": ("K = {'a': ?}\ndef v(e, X, y): return K['a']", 1, 2),
    "global array": ("K = np.array([?, 2])\ndef v(e, X, y): return K", 1, 2),
    "helper": ("def g(): return ?\ndef h(): return g()\ndef v(): return h()", 1, 2),
    "cycle": ("def g(): return v(), ?\ndef v(): return g()", 1, 2),
    "default": ("def v(e, X, y, k=?): return k", 1, 2),
    "keyword default": ("def v(e, X, y, *, k=?): return k", 1, 2),
    "attribute": ("def v(): return v.k\nv.k = ?", 1, 2),
    "name of an argument": ("def v(?): pass", "a", "b"),
    "set": ("def v(y): return y in {'a', 'b', '?'}", "c", "d"),
    "generator": ("def v(): return sum(i * ? for i in range(3))", 1, 2),
    "import": ("def v():\n    from ? import mean\n    return mean", "numpy", "math"),
    "decorated": (
        "def d(f):\n  @functools.wraps(f)\n  def w(*a): return f(*a)\n  return w\n"
        "@d\ndef v(): return ?",
        1,
        2,
    ),
    "decorator": (
        "def d(f):\n  @functools.wraps(f)\n  def w(*a): return f(*a) * ?\n  return w\n"
        "@d\ndef v(): return 1",
        1,
        2,
    ),
    "cached": ("@functools.lru_cache\ndef v(): return ?", 1, 2),
    "partial of a function": ("v = functools.partial(lambda a: ?, 3)", 1, 2),
    "partial's argument": ("v = functools.partial(print, ?)", 1, 1.0),
    "transformer": ("v = make_pipeline(FunctionTransformer(lambda X: X * ?))", 1, 2),
    "vectorized": ("v = FunctionTransformer(np.vectorize(lambda x: x + ?))", 1, 2),
    "scorer": ("def f(a, b): return ?\nv = make_scorer(f)", 1, 2),
    "scorer of a lambda": ("v = make_scorer(lambda a, b: ?)", 1, 2),
    "scorer's keyword": ("v = make_scorer(accuracy_score, normalize=?)", True, False),
    "class": ("class v:\n    def fit(self): return ?", 1, 2),
    "estimator": (
        "class A(BaseEstimator):\n  def fit(self, X): return ?\nv = A()",
        1,
        2,
    ),
    "class attribute": ("class A(BaseEstimator):\n  k = ?\nv = A()", 1, 2),
    "base": ("class B:\n  k = ?\nclass A(B, BaseEstimator): pass\nv = A()", 1, 2),
    "super": (
        "class B(BaseEstimator):\n  def f(self): return ?\n"
        "class A(B):\n  def f(self): return super().f()\nv = A()",
        1,
        2,
    ),
    "property": ("class A:\n  @property\n  def p(self): return ?\nv = A()", 1, 2),
    "static method": ("class A:\n  @staticmethod\n  def p(): return ?\nv = A.p", 1, 2),
    "object": (SCORER + "def __call__(s): return s.k\nv = A(?)", 1, 2),
    "object's code": (SCORER + "def __call__(s): return ?\nv = A(3)", 1, 2),
    "method": (SCORER + "def p(s): return s.k\nv = A(?).p", 1, 2),
    "slots": (
        "class A:\n  __slots__ = ('k',)\n  def __init__(s, k): s.k = k\nv = A(?)",
        1,
        2,
    ),
    "dataclass": ("@dataclass\nclass A:\n  k: int = ?\nv = A()", 1, 2),
    "enum": ("class A(Enum):\n  a = ?\nv = A.a", 1, 2),
    "distribution": (
        "class D(rv_continuous):\n  def _pdf(self, x): return ? * x\n"
        "v = D(a=0, b=1, name='d')()",
        2,
        3,
    ),
    "histogram": ("v = rv_histogram(np.histogram([1.0, 2.0, 2.0, ?]))()", 3, 2),
    "in a list": ("v = {'a': [lambda: ?, 3]}", 1, 2),
    "inner class": ("def v():\n  class Q:\n    'doc'\n    k = ?\n  return Q", 1, 2),
}


def run(source, before=""):
    """Return the description of `v` in a script, as text."""
    there = {"__name__": "__main__"}
    exec(compile(IMPORTS + before + source, "script.py", "exec"), there)
    described = json.loads(json.dumps(describe(there["v"]), allow_nan=False))
    assert described == describe(there["v"])
    return json.dumps(described)


@pytest.mark.parametrize("name", EDITED)
def test_edited_code_is_seen_and_moved_code_is_the_same(name):
    source, one, other = EDITED[name]
    described = run(source.replace("?", str(one)))
    moved = "'''Other words.'''\n\n\n# a comment\nOTHER = 3\ndef other(): pass\n"
    assert run(source.replace("?", str(one)), before=moved) == described
    assert run(source.replace("?", str(other))) != described


def test_a_docstring_and_comments_do_not_count():
    plain = run("def v(a):\n    return a + 1")
    assert run('def v(a):\n    """Add."""\n    # one\n    return a + 1') == plain


@pytest.mark.slow
def test_the_same_in_each_process():
    code = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); import test_code as t;"
        "print(json.dumps({k: t.run(s.replace('?', str(o))) "
        "for k, (s, o, _) in t.EDITED.items()}))"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    outs = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outs) == 1


@pytest.mark.parametrize(
    "source",
    [
        "n = 0\ndef v():\n    global n\n    n += 1",
        "log = []\ndef v(): log.append(1)",
        "seen = {}\ndef v(): seen[len(seen)] = 1",
        "seen = {'a': 0}\ndef v(): seen['a'] += 1",
        "def f():\n  n = 0\n  def v():\n    nonlocal n\n    n += 1\n  return v\n"
        "v = f()",
        "def f():\n  log = []\n  def v(): log.append(1)\n  return v\nv = f()",
        "def v(): v.n += 1\nv.n = 0",
        "class A:\n  n = 0\n  def __call__(self): type(self).n += 1\nv = A()",
        "class A:\n  def __init__(s): s.n = 0\n  def __call__(s): s.n += 1\nv = A()",
        "class A:\n  def __init__(s): s.l = []\n  def __call__(s): s.l.append(1)\n"
        "v = A()",
        "class A:\n  @functools.cached_property\n  def p(s): return 3\n"
        "  def __call__(s): s.p\nv = A()",
        "rng = np.random.default_rng(0)\ndef v(): rng.random()",
        "rng = np.random.RandomState(0)\ndef v(): rng.rand()",
        "numbers = iter(range(9))\ndef v(): next(numbers)",
        "@functools.lru_cache\ndef v(): return 3",
    ],
)
def test_what_code_changes_while_it_runs_does_not_count(source):
    there = {"__name__": "__main__"}
    exec(compile(IMPORTS + source, "script.py", "exec"), there)
    before = describe(there["v"])
    there["v"]()
    assert describe(there["v"]) == before


def test_what_python_adds_to_a_class_when_it_is_copied_does_not_count():
    there = {"__name__": "__main__"}
    exec(compile("class A:\n  k = 3\nv = A()", "script.py", "exec"), there)
    before = describe(there["v"])
    copy.deepcopy(there["v"])
    assert "__slotnames__" in vars(there["A"])
    assert describe(there["v"]) == before


def test_objects_with_code_count_even_if_a_method_sounds_like_a_change():
    text = "class A:\n  def add(s, a): return a + ?\na = A()\ndef v(): a.add(1)"
    assert run(text.replace("?", "1")) != run(text.replace("?", "2"))


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (len, True),
        (accuracy_score, True),
        (sklearn.svm.SVC, True),
        (np.ndarray, True),
        (math.sqrt, True),
        (type({}.keys()), True),
        (run, False),
        (State, True),
    ],
)
def test_what_is_known_by_its_name(value, known):
    assert is_known_by_name(value) is known


def test_an_inner_function_of_a_library_is_told_apart_by_its_code():
    one, other = (functools.singledispatch(f) for f in (lambda x: 1, lambda x: 2))
    assert describe(one) != describe(other)


def test_instructions_are_plain_data_without_lines():
    code = compile("def f(): return {'a', 'b'}, 1, (2.0, None)", "x.py", "exec")
    text = json.dumps(instructions(code))
    assert "x.py" not in text
    assert instructions(compile("\n\n" + "def f(): return 1", "y", "exec")) == (
        instructions(compile("def f(): return 1", "x", "exec"))
    )


def test_a_module_that_is_imported_late_is_read_and_not_run(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    found = []
    for k in (1, 2):
        (tmp_path / "late_helper.py").write_text(f"K = {k}\nraise SystemExit")
        found.append(run("def v():\n    import late_helper\n    return late_helper.K"))
    assert found[0] != found[1]


def test_state_that_is_noted():
    def change(a):
        global n_calls
        n_calls = 1
        log.append(a)
        table[a] = 1
        a.total = 3
        other = []
        other.append(3)

    state = State()
    note_state(change.__code__, state)
    assert state == State({"n_calls", "log", "table"}, {"total"})

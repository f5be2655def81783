"""The list of planted faults is as true as the code that it is about."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from mutants.faults import FAULTS

ROOT = Path(__file__).parents[2]


def mistakes(fault):
    """Return what is wrong with a fault."""
    text = (ROOT / fault.file).read_text(encoding="utf-8")
    files = [test.partition("::")[0] for test in fault.tests]
    found = [f"there is no {file}" for file in files if not (ROOT / file).exists()]
    if (n := text.count(fault.old)) != 1:
        found.append(f"its text is there {n} times")
    if fault.new == fault.old:
        found.append("it changes nothing")
    return found


def test_texts_are_there_once_and_their_tests_exist():
    found = {fault.name: mistakes(fault) for fault in FAULTS}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_names_are_unique():
    counts = Counter(fault.name for fault in FAULTS)

    assert set(counts.values()) == {1}


def test_there_are_enough():
    assert len(FAULTS) >= 30

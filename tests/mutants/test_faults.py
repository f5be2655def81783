"""The list of planted faults is as true as the code that it is about."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from mutants.faults import FAULTS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_text_is_there_once_and_its_tests_exist(fault):
    text = (ROOT / fault.file).read_text(encoding="utf-8")

    assert text.count(fault.old) == 1

    assert text.replace(fault.old, fault.new) != text

    assert [t for t in fault.tests if not (ROOT / t.partition("::")[0]).exists()] == []


def test_names_are_unique():
    counts = Counter(fault.name for fault in FAULTS)

    assert set(counts.values()) == {1}


def test_there_are_enough():
    assert len(FAULTS) >= 30

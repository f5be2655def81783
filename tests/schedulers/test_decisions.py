from __future__ import annotations

import pickle

import pytest

from sksearch.schedulers import Done, Promote, Sample, Wait

DECISIONS = [Sample(1, 0, 2), Promote(1, 0, 2), Wait(), Done()]


@pytest.mark.parametrize("decision", DECISIONS, ids=repr)
def test_values(decision):
    assert [other for other in DECISIONS if other == decision] == [decision]

    assert pickle.loads(pickle.dumps(decision)) == decision

    assert len({decision, decision}) == 1

    assert eval(repr(decision)) == decision

from __future__ import annotations

import numpy as np
from bare_loop import drive, ladders, ran
from hypothesis import given
from hypothesis import strategies as st

from sksearch.schedulers import SuccessiveHalving


def score(candidate, rung):
    return (candidate * 7919 + rung * 104729) % 7  # with ties


@given(ladder=ladders(), window=st.integers(1, 12), seed=st.integers(0, 2**16))
def test_promotions_do_not_depend_on_the_order_of_the_scores(ladder, window, seed):
    rng = np.random.default_rng(seed)

    in_order = drive(SuccessiveHalving(ladder), score)
    mixed = drive(
        SuccessiveHalving(ladder), score, window, lambda n: int(rng.integers(n))
    )

    assert mixed == in_order


@given(ladder=ladders())
def test_the_best_are_promoted_the_best_first(ladder):
    rungs = ran(drive(SuccessiveHalving(ladder), score))

    for i in range(len(ladder) - 1):
        ranking = sorted(rungs[i], key=lambda c: (-score(c, i), c))

        assert rungs[i + 1] == ranking[: ladder.sizes[i + 1]]

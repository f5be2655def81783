import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sksearch.engine import KeptModels
from sksearch.evaluation import Checkpoint
from sksearch.schedulers import (
    AsyncHalving,
    Done,
    Hyperband,
    Ladder,
    Promote,
    Sample,
    SuccessiveHalving,
    Wait,
)
from sksearch.trials import Candidate, Trial

SCORES = st.integers(0, 5) | st.sampled_from([math.nan, math.inf])


def tried(decision, score=math.nan):
    """Return the candidate that a decision leads to."""
    return Candidate(
        Trial(0, {}, np.zeros(0)),
        1,
        rung=decision.rung,
        resource=decision.resource,
        bracket=decision.bracket,
        scheduler_trial=decision.trial,
        score=score,
    )


def kept(kept_models, n):
    places = [kept_models.place(tried(Sample(i, 0, 1))) for i in range(n)]
    return [i for i, place in enumerate(places) if place.load(0) is not None]


@given(
    st.sampled_from([SuccessiveHalving, AsyncHalving, Hyperband]),
    st.integers(2, 3),
    st.integers(2, 12),
    st.integers(1, 4),
    st.data(),
)
def test_who_is_promoted_finds_a_model(kind, factor, n, window, data):
    ladder = Ladder.between(1, factor**2, factor=factor, n_candidates=n)
    scheduler = kind(ladder)
    sizes = scheduler.sizes
    assume(len(sizes) > 1)
    open_ones = []
    with KeptModels(sizes) as kept_models:
        while (decision := scheduler.next()) != Done():
            if not isinstance(decision, Wait):
                kept_models.enter(tried(decision))
                models = kept_models.place(tried(decision))
                found = models.load(0)

                # It has been on the rung below, if it was not sampled on this one.
                assert isinstance(decision, Sample) == (found is None)

                if found is not None:
                    assert found.amount < decision.resource
                models.save(0, Checkpoint(None, decision.resource))
                open_ones.append(decision)
            if isinstance(decision, Wait) or len(open_ones) >= window:
                done = open_ones.pop(data.draw(st.integers(0, len(open_ones) - 1)))
                score = data.draw(SCORES)
                scheduler.tell(done.trial, done.rung, score)
                kept_models.drop_overtaken(tried(done, score))
        n_sampled = scheduler.n_candidates
        bound = sum(list(sizes.values())[1:]) * (3 if kind is Hyperband else 1)

        assert len(kept(kept_models, n_sampled)) <= bound


def test_the_overtaken_go_at_once(tmp_path):
    with KeptModels({0: 6, 1: 2}) as kept_models:
        for i, score in enumerate([0.1, math.nan, 0.3, 0.2, 0.3]):
            decision = Sample(i, 0, 1)
            kept_models.enter(tried(decision))
            kept_models.place(tried(decision)).save(0, Checkpoint(None, 1))
            kept_models.drop_overtaken(tried(decision, score))

        assert kept(kept_models, 5) == [2, 4]


def test_the_promoted_stay():
    with KeptModels({0: 6, 1: 1}) as kept_models:
        first = Sample(0, 0, 1)
        kept_models.enter(tried(first))
        kept_models.place(tried(first)).save(0, Checkpoint(None, 1))
        kept_models.drop_overtaken(tried(first, 0.5))
        kept_models.enter(tried(Promote(0, 1, 3)))
        kept_models.enter(tried(Sample(1, 0, 1)))
        kept_models.drop_overtaken(tried(Sample(1, 0, 1), 0.9))

        assert kept(kept_models, 2) == [0]

        kept_models.drop_overtaken(tried(Promote(0, 1, 3), 0.7))  # it has arrived

        assert kept(kept_models, 2) == []


@pytest.mark.parametrize("sizes", [{}, {0: 9}])
def test_with_one_rung_there_is_no_folder(sizes):
    with KeptModels(sizes) as kept_models:
        kept_models.enter(tried(Sample(0, 0, 1)))

        assert kept_models.place(tried(Sample(0, 0, 1))) is None

        kept_models.drop_overtaken(tried(Sample(0, 0, 1), 0.5))


def test_on_the_last_rung_nothing_is_kept():
    with KeptModels({0: 3, 1: 1}) as kept_models:
        models = kept_models.place(tried(Promote(0, 1, 3)))
        models.save(0, Checkpoint(None, 3))

        assert models.load(0) is None


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_the_folder_goes_whatever_happens(error, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def run():
        with KeptModels({0: 3, 1: 1}) as kept_models:
            kept_models.place(tried(Sample(0, 0, 1))).save(0, Checkpoint(None, 1))

            assert len(list(tmp_path.rglob("*.model"))) == 1

            raise error

    with pytest.raises(error):
        run()

    assert list(tmp_path.iterdir()) == []

import math

import pytest
from hypothesis import assume, given, settings
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

SCORES = st.integers(0, 5) | st.sampled_from([math.nan, math.inf])


def kept(kept_models, n):
    return [
        i for i in range(n) if kept_models.place(Sample(i, 0, 1)).load(0) is not None
    ]


@settings(max_examples=60)
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
                kept_models.enter(decision)
                models = kept_models.place(decision)
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
                kept_models.drop_overtaken(done, score)
        n_sampled = scheduler.n_candidates
        bound = sum(list(sizes.values())[1:]) * (3 if kind is Hyperband else 1)

        assert len(kept(kept_models, n_sampled)) <= bound


def test_the_overtaken_go_at_once(tmp_path):
    with KeptModels({0: 6, 1: 2}) as kept_models:
        for i, score in enumerate([0.1, math.nan, 0.3, 0.2, 0.3]):
            decision = Sample(i, 0, 1)
            kept_models.enter(decision)
            kept_models.place(decision).save(0, Checkpoint(None, 1))
            kept_models.drop_overtaken(decision, score)

        assert kept(kept_models, 5) == [2, 4]


def test_the_promoted_stay():
    with KeptModels({0: 6, 1: 1}) as kept_models:
        first = Sample(0, 0, 1)
        kept_models.enter(first)
        kept_models.place(first).save(0, Checkpoint(None, 1))
        kept_models.drop_overtaken(first, 0.5)
        kept_models.enter(Promote(0, 1, 3))
        kept_models.enter(Sample(1, 0, 1))
        kept_models.drop_overtaken(Sample(1, 0, 1), 0.9)

        assert kept(kept_models, 2) == [0]

        kept_models.drop_overtaken(Promote(0, 1, 3), 0.7)  # it has arrived

        assert kept(kept_models, 2) == []


@pytest.mark.parametrize("sizes", [None, {}, {0: 9}])
def test_with_one_rung_there_is_no_folder(sizes):
    with KeptModels(sizes) as kept_models:
        kept_models.enter(Sample(0, 0, 1))

        assert kept_models.place(Sample(0, 0, 1)) is None

        kept_models.drop_overtaken(Sample(0, 0, 1), 0.5)


def test_on_the_last_rung_nothing_is_kept():
    with KeptModels({0: 3, 1: 1}) as kept_models:
        models = kept_models.place(Promote(0, 1, 3))
        models.save(0, Checkpoint(None, 3))

        assert models.load(0) is None


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_the_folder_goes_whatever_happens(error, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def run():
        with KeptModels({0: 3, 1: 1}) as kept_models:
            kept_models.place(Sample(0, 0, 1)).save(0, Checkpoint(None, 1))

            assert len(list(tmp_path.rglob("*.model"))) == 1

            raise error

    with pytest.raises(error):
        run()

    assert list(tmp_path.iterdir()) == []

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch.evaluation import InnerSplit

ROWS = np.arange(20, 60)
LABELS = np.repeat([0, 1, 2], [30, 60, 10])
GROUPS = np.arange(100) // 7


@given(
    st.integers(2, 90),
    st.floats(0.01, 0.99),
    st.integers(0, 2**31),
    st.sampled_from([{}, {"labels": LABELS}, {"in_order": True}]),
)
def test_every_row_is_in_one_part(n, fraction, seed, words):
    rows = np.arange(100)[-n:]
    if "labels" in words:
        rows = np.random.default_rng(seed).permutation(100)[:n]
    split = InnerSplit(fraction, seed, **words)
    try:
        fitted, held = split.divide(0, rows)
    except ValueError:
        assert round(fraction * n) == n
        return

    assert sorted([*fitted, *held]) == list(range(n))

    assert len(held) == max(1, round(fraction * n))

    assert (np.diff(fitted) > 0).all()

    assert (np.diff(held) > 0).all()


def test_it_depends_on_the_seed_and_the_fold_alone():
    def held(seed, fold):
        return InnerSplit(0.25, seed).divide(fold, ROWS)[1].tolist()

    assert held(0, 0) == held(0, 0)

    assert held(0, 0) != held(0, 1)

    assert held(0, 0) != held(1, 0)


def test_a_mask_says_the_same():
    mask = np.zeros(100, dtype=bool)
    mask[ROWS] = True
    split = InnerSplit(0.25, 0, labels=LABELS)

    for one, other in zip(split.divide(0, mask), split.divide(0, ROWS), strict=True):
        np.testing.assert_array_equal(one, other)


def test_classes_keep_their_proportions():
    fitted, held = InnerSplit(0.2, 0, labels=LABELS).divide(0, np.arange(100))

    assert np.bincount(LABELS[fitted]).tolist() == [24, 48, 8]

    assert np.bincount(LABELS[held]).tolist() == [6, 12, 2]


def test_a_class_with_one_row_is_fitted_to():
    labels = np.array([0] * 9 + [1])

    for seed in range(20):
        fitted, _ = InnerSplit(0.5, seed, labels=labels).divide(0, np.arange(10))

        assert 9 in fitted


@given(st.floats(0.01, 0.99), st.integers(0, 2**31), st.booleans())
def test_groups_are_not_divided(fraction, seed, classify):
    labels = LABELS if classify else None
    split = InnerSplit(fraction, seed, labels=labels, groups=GROUPS)
    fitted, held = (set(GROUPS[ROWS][part]) for part in split.divide(1, ROWS))

    assert fitted

    assert held

    assert not fitted & held

    assert not split.any_rows


def test_in_order_the_last_rows_are_held_back():
    split = InnerSplit(0.1, 0, labels=LABELS, in_order=True)
    fitted, held = split.divide(0, ROWS)

    assert fitted.tolist() == list(range(36))

    assert held.tolist() == [36, 37, 38, 39]


@pytest.mark.parametrize(
    ("words", "rows", "what"),
    [({}, [3], "rows"), ({"groups": GROUPS}, [0, 1, 2], "groups")],
    ids=["row", "group"],
)
def test_too_few(words, rows, what):
    with pytest.raises(ValueError, match=f"at least two training {what}"):
        InnerSplit(0.1, 0, **words).divide(0, np.array(rows))

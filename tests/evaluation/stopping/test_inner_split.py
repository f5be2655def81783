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
    except ValueError as error:
        few = "classes that no other" in str(error) and round((1 - fraction) * n) < 3
        assert few or round(fraction * n) == n
        return

    rest = set(range(n)) - {*fitted, *held}
    assert len(fitted) + len(held) + len(rest) == n

    assert len(fitted) == n - max(1, round(fraction * n))

    # Those left out are of classes that are not fitted to.
    labels = words.get("labels", np.zeros(100, dtype=int))[rows]
    assert not set(labels[list(rest)]) & set(labels[fitted])

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


@pytest.mark.parametrize("kind", ["indices", "mask", "any order"])
@pytest.mark.parametrize("gap", [0, 1, 10])
def test_the_gap_is_kept(gap, kind):
    rows = np.isin(np.arange(100), ROWS) if kind == "mask" else ROWS
    if kind == "any order":
        rows = np.random.default_rng(0).permutation(ROWS)
    split = InnerSplit(0.1, 0, in_order=True, gaps=(3, gap))
    fitted, held = (
        np.sort(np.flatnonzero(rows)[part] if kind == "mask" else rows[part])
        for part in split.divide(1, rows)
    )

    assert held.tolist() == [56, 57, 58, 59]

    assert fitted.tolist() == list(range(20, 56 - gap))


def test_the_gap_is_counted_in_rows_of_the_data():
    rows = np.arange(0, 100, 5)
    fitted, held = InnerSplit(0.1, 0, in_order=True, gaps=(12,)).divide(0, rows)

    assert rows[held].tolist() == [90, 95]

    assert rows[fitted].tolist() == list(range(0, 78, 5))


def test_a_gap_that_leaves_nothing():
    split = InnerSplit(0.1, 0, in_order=True, gaps=(36, 50, 5))

    assert len(split.divide(1, ROWS)[0]) == 31

    with pytest.raises(ValueError, match=r"Fold 0 has 40 training rows.* gap of 36"):
        InnerSplit(0.1, 0, in_order=True, gaps=(36, 50)).divide(0, ROWS)


@pytest.mark.parametrize("words", [{"in_order": True}, {"groups": LABELS}], ids=str)
def test_classes_that_are_not_fitted_to_are_not_held_back(words):
    labels = np.array([0] * 40 + [1] * 36 + [0] * 20 + [2] * 4)
    split = InnerSplit(0.1, 0, labels=labels, **words)
    fitted, held = split.divide(0, np.arange(100))

    assert set(labels[held]) <= set(labels[fitted])

    assert len(held)


def test_only_classes_that_are_not_fitted_to():
    split = InnerSplit(0.1, 0, labels=LABELS, in_order=True)

    with pytest.raises(ValueError, match="In fold 0 they are all of classes"):
        split.divide(0, np.arange(100))


def test_groups_that_are_fitted_to_have_all_classes():
    labels, groups = np.array([0, 1, 0, 1, 2, 2, 2]), np.array([0, 0, 1, 1, 2, 2, 3])

    for seed in range(10):
        split = InnerSplit(0.6, seed, labels=labels, groups=groups)
        fitted, _ = split.divide(0, np.arange(7))

        assert set(labels[fitted]) == {0, 1, 2}


@pytest.mark.parametrize(
    ("words", "rows", "what"),
    [({}, [3], "rows"), ({"groups": GROUPS}, [0, 1, 2], "groups")],
    ids=["row", "group"],
)
def test_too_few(words, rows, what):
    with pytest.raises(ValueError, match=f"at least two training {what}"):
        InnerSplit(0.1, 0, **words).divide(0, np.array(rows))

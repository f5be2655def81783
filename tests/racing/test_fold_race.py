"""The race: what it tells of candidates that are closed."""

import numpy as np
import pytest

from sksearch.racing import FoldRace


def race_of(*rows, n_splits=4, **words):
    race = FoldRace(n_splits, **words)
    for row in rows:
        race.tell(range(len(row)), row)
    return race


def test_there_is_no_standard_before_a_candidate_is_complete():
    race = race_of([0.5, 0.6])

    assert race.standard() is None


def test_there_is_no_standard_for_a_single_fold():
    race = race_of([0.5], n_splits=1)

    assert race.standard() is None


def test_the_best_complete_candidate_is_to_be_beaten():
    standard = race_of([1.0, 2, 3, 4], [2.0, 3, 4, 5], [0.0, 1, 2, 3]).standard()

    assert standard.best == 3.5
    # All three agree about the folds.
    np.testing.assert_allclose(standard.effects, [-1.5, -0.5, 0.5, 1.5])
    assert standard.variance == pytest.approx(5.0 / (3 * 3))


def test_the_effects_of_the_folds_are_means_over_the_candidates():
    standard = race_of([1.0, 2, 3, 4], [6.0, 3, 3, 4]).standard()

    np.testing.assert_allclose(standard.effects, [0.25, -0.75, -0.25, 0.75])
    # What the two are off from these, with three degrees of freedom between them,
    # and the scores of the better one.
    squares = 2 * (1.75**2 + 3 * 0.25**2 + 1.0) + 6.0
    assert standard.variance == pytest.approx(squares / (3 + 3))


def test_the_margin_is_a_share_of_the_standard_error_of_the_best():
    row = [1.0, 2, 3, 4]

    standard = race_of(row, margin=0.5).standard()

    assert standard.margin == pytest.approx(0.5 * np.std(row, ddof=1) / 2)


def test_with_one_candidate_the_variance_is_that_of_its_scores():
    row = [1.0, 2, 3, 4]

    assert race_of(row).standard().variance == pytest.approx(np.var(row, ddof=1))


def test_pruned_candidates_tell_of_the_variance():
    race = race_of([0.0, 0, 0, 0])
    race.tell([2, 0], [1.0, 3.0])

    assert race.standard().variance == pytest.approx(2.0 / (3 + 1))
    assert race.standard().best == 0.0


def test_candidates_with_the_same_scores_count_as_one():
    """Models that always predict the same class do not make the folds certain."""
    row = [0.7, 0.7, 0.8, 0.8]
    one, many = race_of(row).standard(), race_of(*[row] * 9).standard()

    assert (many.n_complete, many.variance) == (1, one.variance)
    # The first fold agrees, as it does for all that predict this class.
    assert not many.lost([0], [0.7])


def test_scores_that_are_nearly_the_same_do_not_make_the_folds_certain():
    near = [[0.7, 0.7, 0.8, 0.8], [0.701, 0.7, 0.8, 0.8], [0.7, 0.701, 0.8, 0.8]]

    assert not race_of(*near).standard().lost([0], [0.69])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_scores_that_are_not_finite_set_no_standard(bad):
    race = race_of([1.0, 2, 3, 4])
    before = race.standard()

    race.tell(range(4), [9.0, 9, 9, bad])

    assert race.standard() is before


def test_a_standard_does_not_change_afterwards():
    race = race_of([1.0, 2, 3, 4])
    before = race.standard()

    race.tell(range(4), [5.0, 6, 7, 8])

    assert before.best == 2.5
    assert race.standard().best == 6.5


def test_each_candidate_has_a_lasting_random_order_of_its_own():
    orders = [FoldRace(10).order(number) for number in range(20)]

    assert all(sorted(order) == list(range(10)) for order in orders)
    assert len(set(map(tuple, orders))) == 20
    assert orders == [FoldRace(10).order(number) for number in range(20)]


def test_one_repetition_comes_after_the_other():
    repetitions = np.repeat([0, 1, 2, 3], 3)
    race = FoldRace(12, repetitions)
    orders = np.array([race.order(number) for number in range(20)])

    assert (np.sort(orders) == np.arange(12)).all()
    blocks = repetitions[orders].reshape(20, 4, 3)
    assert (blocks == blocks[:, :, :1]).all()
    assert len(np.unique(blocks[:, 0, 0])) == 4
    assert len(np.unique(orders[:, 0])) > 6


@pytest.mark.parametrize("repetitions", [[0, 1, 2, 3], [0, 0, 0, 1]])
def test_repetitions_of_one_fold_or_of_different_sizes_count_as_one(repetitions):
    race = FoldRace(4, repetitions)
    race.tell(range(4), [1.0, 2, 3, 5])

    assert race.standard().repetitions.tolist() == [0] * 4


def test_repetitions_that_agree_have_a_small_ratio():
    race, rng = FoldRace(30, np.repeat(np.arange(10), 3)), np.random.default_rng(0)
    for _ in range(10):
        halves = rng.normal(size=(10, 3))
        race.tell(range(30), (halves - halves.mean(axis=1, keepdims=True)).ravel())
    agreeing = race.standard()
    for _ in range(10):
        race.tell(range(30), 1.0 + rng.normal(size=30))
    independent = race.standard()

    # A prior of four degrees of freedom, beside ten times nine.
    assert agreeing.ratio == pytest.approx(4 / 94)
    assert 0.5 < independent.ratio < 1.5


def run_once(rng, error):
    """Race many candidates; return how many winners by the margin were pruned.

    Scores as of cross-validation: candidates share the effects of the folds, and what
    overlapping training sets share shifts all folds of a candidate.
    """
    n_splits, wrong, winners = 10, 0, 0
    race = FoldRace(n_splits, error=error)
    effects = rng.normal(0, 1, n_splits)
    for number in range(40):
        level = rng.normal(0, 0.5)
        row = level + effects + rng.normal(0, 0.7, n_splits)
        standard = race.standard()
        order, known = race.order(number), n_splits
        if standard is not None:
            for j in range(1, n_splits):
                if standard.lost(order[:j], row[order[:j]]):
                    known = j
                    break
            if row.mean() > standard.best + standard.margin:
                winners += 1
                wrong += known < n_splits
        race.tell(order[:known], row[order[:known]])
    return wrong, winners


@pytest.mark.slow
@pytest.mark.parametrize("error", [0.02, 0.05, 0.1])
def test_the_error_is_what_is_stated(error):
    rng = np.random.default_rng(0)

    counts = np.array([run_once(rng, error) for _ in range(60)])
    wrong, winners = counts.sum(axis=0)

    assert winners > 100
    # Stated for one look at the folds; there are nine, and they agree much.
    assert wrong / winners < 3 * error

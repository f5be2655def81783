"""Learning weights, and what they are worth, against loops over the folds."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.metrics import f1_score, get_scorer, log_loss, make_scorer, r2_score

from sksearch.ensemble.learning._learn import (
    STEPS,
    Stack,
    find_weights,
    learn,
    learn_weights,
)
from sksearch.ensemble.predictions import Target
from sksearch.ensemble.weights import METHODS, LogLoss, Problem

RNG = np.random.default_rng(0)
Y = RNG.normal(size=60)
SAID = Y + RNG.normal(size=(4, 60)) * [[0.7], [0.8], [0.9], [3.0]]
LABELS = RNG.integers(3, size=60)
CHANCES = RNG.dirichlet(np.ones(3), size=(3, 60)) + 0.5 * np.eye(3)[LABELS]
CHANCES /= CHANCES.sum(axis=2, keepdims=True)
FOLDS = np.repeat([0, 1, 2], 20)
ROWS = RNG.permutation(60)
WEIGHTS = RNG.uniform(0.1, 2, size=60)


def stack(classifier=False, **words):
    y, block = (LABELS, CHANCES) if classifier else (Y, SAID[:, :, None])
    return Stack(
        block=block[:, ROWS],
        rows=ROWS,
        folds=FOLDS,
        target=Target.of(y, classifier=classifier),
        X=np.zeros((60, 1)),
        y=y,
        **words,
    )


def rng():
    return np.random.default_rng(0)


@pytest.mark.parametrize("weights", [None, WEIGHTS], ids=["alike", "weighted"])
def test_scores_of_a_regressor(weights):
    found = learn("convex", stack(row_weights=weights), rng())

    assert found.optimistic_score == pytest.approx(
        r2_score(Y, found.weights @ SAID, sample_weight=weights)
    )

    assert_allclose(
        found.member_scores, [r2_score(Y, row, sample_weight=weights) for row in SAID]
    )


def test_scores_of_a_classifier():
    found = learn("convex", stack(classifier=True), rng())

    assert found.optimistic_score == pytest.approx(
        -log_loss(LABELS, np.tensordot(found.weights, CHANCES, 1))
    )


@pytest.mark.parametrize("method", ["convex", "affine", "uniform"])
def test_the_nested_score_is_of_weights_of_the_other_folds(method):
    whole = stack()
    average = np.empty(60)
    for fold in range(3):
        train, test = ROWS[fold != FOLDS], ROWS[fold == FOLDS]
        part = Stack(
            SAID[:, train, None],
            train,
            np.zeros(40),
            whole.target,
            whole.X,
            Y,
        )
        average[test] = METHODS[method](part.problem(), rng()) @ SAID[:, test]

    assert learn(method, whole, rng()).nested_score == pytest.approx(
        r2_score(Y, average), abs=1e-9
    )


def test_with_one_fold_the_nested_score_is_of_five_parts():
    alone = replace(stack(), folds=np.zeros(60))
    five = replace(stack(), folds=rng().permutation(np.arange(60) % 5))

    assert (
        learn("convex", alone, rng()).nested_score
        == learn("convex", five, rng()).nested_score
    )


def test_a_row_that_is_in_several_folds_is_not_learned_from():
    """With repeated splits, its copies are left out with it."""
    once = stack()
    twice = Stack(
        np.tile(once.block, (1, 2, 1)),
        np.tile(ROWS, 2),
        np.r_[FOLDS, 3 + FOLDS],
        once.target,
        once.X,
        Y,
    )

    expected = np.empty(120)
    for fold in range(6):
        test = twice.folds == fold
        train = ~np.isin(twice.rows, twice.rows[test])

        assert train.sum() == 80

        weights = METHODS["convex"](twice.subset(train).problem(), rng())
        expected[test] = weights @ SAID[:, twice.rows[test]]

    assert learn("convex", twice, rng()).nested_score == pytest.approx(
        r2_score(Y[twice.rows], expected)
    )


def test_rows_that_do_not_count():
    """Nobody could know their class: neither weights nor scores see them."""
    known = np.arange(60) % 4 > 0
    whole = stack(classifier=True, known=known)
    some = whole.subset(known)
    found = learn("convex", whole, rng())

    assert_array_equal(found.weights, METHODS["convex"](Problem(some.loss()), rng()))

    assert found.optimistic_score == pytest.approx(
        -log_loss(
            LABELS[ROWS[known]],
            np.tensordot(found.weights, CHANCES, 1)[ROWS[known]],
            labels=[0, 1, 2],
        )
    )


class TestGivingIn:
    """With a score of its own, weights go to the best member as far as they must."""

    LOSS = LogLoss(np.random.default_rng(0).uniform(0.2, 1, size=(50, 3)))

    @pytest.mark.parametrize("share", STEPS)
    def test_by_the_least_step(self, share):
        start = METHODS["convex"](Problem(self.LOSS), rng())
        best = np.eye(3)[2]
        enough = (1 - share) * start[2] + share

        def score(weights):  # no better than what that share reaches
            return min(weights[2], enough - 1e-9)

        weights = learn_weights("convex", Problem(self.LOSS, score), rng())

        assert_allclose(weights, (1 - share) * start + share * best)

    def test_not_where_nothing_is_learned(self):
        mine = Problem(self.LOSS, lambda w: float(w[2]))

        assert learn_weights("uniform", mine, rng()).tolist() == [1 / 3] * 3

    def test_shares(self):
        assert STEPS == (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)


def test_a_scorer_that_refuses_an_average_gives_no_nested_score():
    def positive(y, said):
        if said.min() < 0:
            msg = "no negative numbers"
            raise ValueError(msg)
        return r2_score(y, said)

    scorer = make_scorer(positive)
    whole = stack(scorer=scorer)
    problem = whole.problem()

    assert np.isnan(problem.score(np.array([1.0, 0, 0, 0])))


def test_the_problem_asks_the_scorer():
    weights = np.array([0.2, 0.3, 0.5])
    average = np.tensordot(weights, CHANCES, 1)
    expected = {
        "accuracy": np.mean(average.argmax(axis=1) == LABELS),
        "neg_log_loss": -log_loss(LABELS, average),
        "f1_macro": f1_score(LABELS, average.argmax(axis=1), average="macro"),
    }
    for name, score in expected.items():
        problem = stack(classifier=True, scorer=get_scorer(name)).problem()

        assert problem.score(weights) == pytest.approx(score)

        assert problem.scorer(weights) == pytest.approx(score)


class TestFewerMembers:
    """The one with the least weight goes, and the others learn again."""

    @pytest.mark.parametrize("method", ["convex", "greedy", "uniform"])
    @pytest.mark.parametrize("most", [1, 2, 3])
    def test_weights_are_those_of_the_members_left(self, method, most):
        stacked = stack()
        found = find_weights(method, stacked, rng(), most)
        mask = found != 0
        alone = find_weights(method, stacked.of_members(mask), rng())

        assert mask.sum() <= most

        assert_allclose(found[mask], alone, atol=1e-5)

    def test_the_best_one_is_the_last(self):
        found = find_weights("uniform", stack(), rng(), 1)

        assert found.tolist() == [1, 0, 0, 0]

    @pytest.mark.parametrize("method", ["convex", "greedy"])
    def test_few_are_no_worse_than_the_best_one(self, method):
        """Extreme probabilities help beside others; alone their log-loss is great."""
        hot = np.eye(3)[LABELS]
        wrong = np.eye(3)[(LABELS + 1) % 3]
        misses = np.array([np.arange(60) % 12 == i for i in range(4)])[:, :, None]
        sharp = np.where(misses, wrong, hot) * 0.999 + 0.001 / 3
        block = np.concatenate([CHANCES[:1], sharp])[:, ROWS]
        stacked = replace(stack(classifier=True), block=block)
        found = find_weights(method, stacked, rng(), 1)

        alone = stacked.problem().scores(np.eye(5))
        assert stacked.problem().score(found) == alone.max()

    def test_two_that_are_alike_do_not_both_go(self):
        one, other = SAID[0], SAID[0] + 1e-9
        block = np.array([one, other, SAID[1]])[:, ROWS, None]
        found = find_weights("convex", replace(stack(), block=block), rng(), 2)

        assert found[0] + found[1] > 0.3

        assert found[2] > 0.1

    def test_enough_already(self):
        free = find_weights("convex", stack(), rng())

        assert_array_equal(find_weights("convex", stack(), rng(), 4), free)

    def test_the_nested_score_is_of_as_few(self):
        learned = learn("convex", stack(), rng(), most=1)

        assert learned.weights.tolist() == [1, 0, 0, 0]

        assert learned.nested_score == pytest.approx(learned.member_scores[0])


def test_given_weights_are_not_learned():
    given = np.array([0.5, 0.5, 0.0, 0.0])
    learned = learn("convex", stack(), rng(), given=given)

    assert learned.weights is given

    assert learned.nested_score == learned.optimistic_score

    assert learned.optimistic_score == pytest.approx(
        r2_score(Y[ROWS], (SAID[0] + SAID[1])[ROWS] / 2)
    )

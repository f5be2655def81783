import dataclasses
import math
import random
import time
import warnings
from typing import ClassVar

import joblib
import pytest
from runners import LEVEL, make_runner
from sklearn.utils.validation import _num_samples
from stand_ins import Counting, Erratic, Knob, Logging, RecordingSampler, Slow, Sturdy

from sksearch.engine import Journal, Logbook, window_of
from sksearch.evaluation import Evaluator, Resource
from sksearch.exceptions import SpaceExhaustedWarning
from sksearch.schedulers import AsyncHalving, Hyperband, Ladder, SuccessiveHalving
from sksearch.workers import Pool

# Forks of a process with threads are deprecated; that is the user's choice here.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


def numbers(candidates):
    return [candidate.trial.number for candidate in candidates]


@pytest.mark.parametrize(
    ("backend", "n_jobs", "n_splits"),
    [
        ("threading", 1, 3),
        ("threading", 2, 5),
        ("threading", 3, 5),
        ("threading", 4, 2),
        pytest.param("loky", 2, 5, marks=pytest.mark.slow),
    ],
)
def test_a_trial_is_asked_when_exactly_the_trials_before_the_window_were_told(
    backend, n_jobs, n_splits
):
    n_iter = 20
    runner = make_runner(Erratic(), n_splits=n_splits, n_iter=n_iter)
    with joblib.parallel_config(backend), Pool(n_jobs) as pool:
        candidates = runner.run(pool)
    window = window_of(n_jobs, n_splits)

    assert numbers(candidates) == list(range(n_iter))

    assert runner.sampler.told == [
        list(range(max(k - window + 1, 0))) for k in range(n_iter)
    ]

    assert runner.sampler.pending == [
        list(range(max(k - window + 1, 0), k)) for k in range(n_iter)
    ]


@pytest.mark.parametrize(
    ("learns", "window", "n"), [(1, None, 2), (0, None, 8), (0, 3, 3)]
)
def test_more_is_under_way_where_nothing_is_learned(learns, window, n):
    runner = make_runner(Erratic(), n_iter=20, window=window)
    runner.sampler.learns = bool(learns)
    with joblib.parallel_config("threading"), Pool(2) as pool:
        runner.run(pool)

    assert max(map(len, runner.sampler.pending)) == n - 1


def test_the_sampler_is_told_the_objective():
    runner = make_runner(Knob(), n_iter=5)
    with Pool(1) as pool:
        runner.run(pool)
    told = runner.sampler.history.told

    assert len(told) == 4  # nobody asks after the last one

    assert [t.score for t in told] == pytest.approx(
        [t.configuration["level"] for t in told]
    )


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_the_sampler_is_told_what_all_folds_took(n_jobs):
    runner = make_runner(Slow(seconds=0.01), n_splits=3, n_iter=4)
    with joblib.parallel_config("threading"), Pool(n_jobs) as pool:
        candidates = runner.run(pool)
    seconds = runner.sampler.history.told_seconds()

    assert seconds.min() >= 0.03

    assert seconds.tolist() == [
        sum(fold.fit_time + fold.score_time for fold in candidate.folds.values())
        for candidate in candidates[: len(seconds)]
    ]


def test_one_at_a_time_the_folds_of_a_candidate_follow_each_other():
    order = []

    class Watching(RecordingSampler):
        def ask(self, **asked):
            order.append("ask")
            return super().ask(**asked)

    def score(estimator, X, y):
        order.append("fold")
        return 0.5

    runner = make_runner(Knob(), n_splits=3, n_iter=2)
    runner.sampler = Watching(LEVEL, random_state=0)
    runner.evaluator = Evaluator(Knob(), None, runner.evaluator.folds, score)
    with Pool(1) as pool:
        runner.run(pool)

    assert order == ["ask", *["fold"] * 3, "ask", *["fold"] * 3]


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_finite_space_ends_the_search_early(n_jobs):
    runner = make_runner(Knob(), {"level": [0.1, 0.2, 0.3]}, n_iter=50)
    with (
        joblib.parallel_config("threading"),
        Pool(n_jobs) as pool,
        pytest.warns(SpaceExhaustedWarning, match="only 3 configurations") as caught,
    ):
        candidates = runner.run(pool)

    assert sorted(c.trial.configuration["level"] for c in candidates) == [0.1, 0.2, 0.3]

    assert len(caught) == 1


def test_a_finite_space_of_just_n_iter_is_no_reason_to_warn():
    runner = make_runner(Knob(), {"level": [0.1, 0.2, 0.3]}, n_iter=3)
    with Pool(1) as pool, warnings.catch_warnings():
        warnings.simplefilter("error")
        candidates = runner.run(pool)

    assert len(candidates) == 3


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_finite_space_is_tried_again_in_its_order(n_jobs):
    space = {"level": [0.1, 0.2, 0.3]}
    runner = make_runner(Erratic(), space, n_iter=8, repeat=True)
    with joblib.parallel_config("threading"), Pool(n_jobs) as pool:
        candidates = runner.run(pool)
    first = numbers(candidates[:3])

    assert first == [0, 1, 2]

    assert numbers(candidates) == [*first, *first, *first[:2]]

    # Another trial for the scheduler, and the same for the sampler.
    assert [c.scheduler_trial for c in candidates] == list(range(8))

    assert [t.number for t in runner.sampler.history.observations] == first


def test_where_nothing_can_be_fitted_all_that_the_space_lists_is_tried():
    space = {"level": [0.1, 0.1, 0.2, 0.2, 0.2]}  # five in a grid
    runner = make_runner(Failing(), space, n_iter=9)
    with Pool(1) as pool, pytest.warns(SpaceExhaustedWarning, match="only 5 conf"):
        candidates = runner.run(pool)

    assert numbers(candidates) == [0, 1, 0, 1, 0]


def test_a_configuration_whose_space_raised_is_a_failed_candidate():
    def space(trial):
        level = trial.suggest_float("level", 0, 1)
        if level > 0.5:
            msg = "no such level"
            raise LookupError(msg)
        return {"level": level}

    runner = make_runner(Knob(), space, n_iter=12)
    with Pool(1) as pool:
        candidates = runner.run(pool)
    failed = [c.trial.configuration["level"] > 0.5 for c in candidates]

    assert 0 < sum(failed) < 12

    assert [
        {fold.exception for fold in c.folds.values()} == {"LookupError"}
        for c in candidates
    ] == failed

    assert [math.isnan(c.score) for c in candidates] == failed


class TestCallbacks:
    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_records_come_in_the_order_of_proposal(self, n_jobs):
        records = []
        runner = make_runner(Erratic(), n_iter=12, callbacks=[records.append])
        with joblib.parallel_config("threading"), Pool(n_jobs) as pool:
            candidates = runner.run(pool)

        assert [r.number for r in records] == list(range(12))

        assert [r.n_finished for r in records] == list(range(1, 13))

        assert [r.params for r in records] == [
            c.trial.configuration for c in candidates
        ]

        assert [r.score for r in records] == [c.mean("score", 0) for c in candidates]

        assert [r.scores for r in records] == [
            {"score": c.values("score", 0)} for c in candidates
        ]

        assert sorted(r.elapsed for r in records) == [r.elapsed for r in records]

    def test_records_tell_the_best_so_far(self):
        records = []
        space = {"level": [0.2, 0.8, 0.5, 0.9]}
        runner = make_runner(Knob(), space, n_iter=4, callbacks=[records.append])
        with Pool(1) as pool:
            runner.run(pool)
        scores = [r.score for r in records]

        for i, record in enumerate(records):
            best = max(scores[: i + 1])

            assert record.best_score == best

            assert record.best_number == scores.index(best)

            assert record.best_params == {"level": pytest.approx(best)}

    def test_a_failure_is_never_the_best(self):
        records = []
        space = {"mood": ["fit fails", "nan", "inf, -inf"]}
        runner = make_runner(Sturdy(), space, n_iter=3, callbacks=[records.append])
        with Pool(1) as pool:
            runner.run(pool)

        assert [r.best_number for r in records] == [None] * 3

        assert [r.best_params for r in records] == [None] * 3

        assert all(math.isnan(r.best_score) for r in records)

    def test_a_record_is_the_callbacks_own(self):
        def spoil(record):
            record.params.clear()
            record.best_params.clear()

        runner = make_runner(Knob(), n_iter=3, callbacks=[spoil])
        with Pool(1) as pool:
            candidates = runner.run(pool)

        assert all("level" in c.trial.configuration for c in candidates)

    @pytest.mark.parametrize("n_jobs", [1, 2])
    @pytest.mark.parametrize("last", [0, 1, 4])
    def test_what_is_done_after_a_stop_never_depends_on_timing(self, n_jobs, last):
        found = set()
        for _ in range(5):
            runner = make_runner(
                Erratic(), n_iter=30, callbacks=[lambda record: record.number == last]
            )
            with joblib.parallel_config("threading"), Pool(n_jobs) as pool:
                found.add(tuple(numbers(runner.run(pool))))

        assert found == {tuple(range(last + window_of(n_jobs, 5)))}

    def test_all_callbacks_are_called_also_after_one_that_stops(self):
        calls = []
        callbacks = [lambda r: True, lambda r: calls.append(r.number)]
        runner = make_runner(Knob(), n_iter=9, callbacks=callbacks)
        with Pool(1) as pool:
            runner.run(pool)

        assert calls == [0]

    @pytest.mark.parametrize("answer", [None, False, 0, ""], ids=repr)
    def test_only_a_true_answer_stops(self, answer):
        runner = make_runner(Knob(), n_iter=4, callbacks=[lambda record: answer])
        with Pool(1) as pool:
            candidates = runner.run(pool)

        assert len(candidates) == 4

    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_a_callback_that_raises_is_named_and_dropped(self, n_jobs):
        seen = []

        def broken(record):
            seen.append(record.number)
            if record.number == 2:
                msg = "in the callback"
                raise LookupError(msg)

        others = []
        runner = make_runner(Knob(), callbacks=[broken, others.append])
        with (
            joblib.parallel_config("threading"),
            Pool(n_jobs) as pool,
            pytest.warns(
                UserWarning, match=r"broken raised LookupError.*it\. in the ca"
            ),
        ):
            candidates = runner.run(pool)

        assert numbers(candidates) == [0, 1, 2, 3, 4, 5]

        assert seen == [0, 1, 2]

        assert [record.number for record in others] == [0, 1, 2, 3, 4, 5]


class TestTimeout:
    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_it_stops_the_search(self, n_jobs):
        runner = make_runner(Slow(seconds=0.01), n_iter=10_000, timeout=0.5)
        start = time.monotonic()
        with joblib.parallel_config("threading"), Pool(n_jobs) as pool:
            candidates = runner.run(pool)

        assert 0.4 < time.monotonic() - start < 5

        assert 1 < len(candidates) < 200

        assert all(c.complete for c in candidates)

    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_one_candidate_is_finished_whatever_the_timeout(self, n_jobs):
        runner = make_runner(Slow(seconds=0.02), n_splits=3, n_iter=50, timeout=1e-9)
        with joblib.parallel_config("threading"), Pool(n_jobs) as pool:
            candidates = runner.run(pool)

        assert 1 <= len(candidates) <= window_of(n_jobs, 3)

    def test_it_is_no_reason_to_wait(self):
        runner = make_runner(Knob(), n_iter=3, timeout=60)
        start = time.monotonic()
        with Pool(1) as pool:
            candidates = runner.run(pool)

        assert len(candidates) == 3

        assert time.monotonic() - start < 30


def test_no_fit_is_begun_when_a_journal_is_taken_up_out_of_time(tmp_path):
    path = tmp_path / "search.jsonl"

    def run(**words):
        with Journal(path, "auto") as journal, Pool(1) as pool:
            journal.begin({})
            runner = make_runner(
                Counting(), n_splits=3, logbook=Logbook(journal), **words
            )
            Counting.n_fits = 0
            return [c.number for c in runner.run(pool)], Counting.n_fits

    assert run(n_iter=3) == ([0, 1, 2], 9)

    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:7]))  # a candidate of three folds, one of one

    assert run(n_iter=3, timeout=1e-9) == ([0], 0)

    assert run(n_iter=3) == ([0, 1, 2], 5)


def test_an_error_stops_the_other_fits(tmp_path):
    runner = make_runner(Logging(folder=str(tmp_path), seconds=0.02), n_iter=100)

    def objective(candidate):
        msg = "no objective"
        raise LookupError(msg)

    runner.objective = objective

    with (
        joblib.parallel_config("threading"),
        Pool(2) as pool,
        pytest.raises(LookupError, match="no objective"),
    ):
        runner.run(pool)
    time.sleep(0.1)
    n_fits = len(list(tmp_path.iterdir()))
    time.sleep(0.2)

    assert len(list(tmp_path.iterdir())) == n_fits

    assert n_fits < 20


def test_the_data_are_not_copied():
    seen = []

    def score(estimator, X, y):
        seen.append(_num_samples(X))
        return 0.0

    runner = make_runner(Knob(), n_splits=4, n_iter=1)
    runner.evaluator = Evaluator(Knob(), None, runner.evaluator.folds, score)
    with Pool(1) as pool:
        runner.run(pool)

    assert seen == [10] * 4


class More(Resource):
    """Sets a parameter, and tells the worker of it too."""

    def parameters(self, amount):
        return {"seconds": 0.0 * amount}

    def limit(self, evaluator, amount):
        return dataclasses.replace(evaluator, error_score=float(amount))


class Amount(Resource):
    """Sets the parameter of that name."""

    def parameters(self, amount):
        return {"amount": amount}


class Patient(Knob):
    """The first fit with more than the least waits for three others to be begun."""

    begun: ClassVar[list] = []
    n_meanwhile = None

    def __init__(self, level=0.5, amount=1):
        super().__init__(level)
        self.amount = amount

    def fit(self, X, y=None):
        self.begun.append((self.level, self.amount))
        if self.amount > 1 and Patient.n_meanwhile is None:
            before, end = set(self.begun), time.monotonic() + 10
            Patient.n_meanwhile = 0
            while Patient.n_meanwhile < 3 and time.monotonic() < end:
                time.sleep(0.002)
                Patient.n_meanwhile = len({*self.begun} - before)
        return super().fit(X, y)


class Shuffling:
    """A pool in which the tasks that are there are finished in a random order.

    Those of the candidate `last` are not, while there are others.
    """

    def __init__(self, seed, n_jobs=4, last=None):
        self.random, self.tasks = random.Random(seed), []
        self.n_jobs, self.last = n_jobs, last

    def submit(self, token, function, *args):
        self.tasks.append((token, function, args))

    def next_finished(self, timeout=None):
        ready = [i for i, task in enumerate(self.tasks) if task[0] != self.last]
        i = self.random.choice(ready or range(len(self.tasks)))
        token, function, args = self.tasks.pop(i)
        return token, function(*args)


class TestUnordered:
    """Results come in an order of chance, as from a large cluster."""

    @pytest.mark.parametrize("n_jobs", [1, 4, 30])
    @pytest.mark.parametrize("seed", range(4))
    def test_all_are_tried_and_told_once(self, n_jobs, seed):
        runner = make_runner(Knob(), n_splits=3, n_iter=40, window="unordered")
        candidates = runner.run(Shuffling(seed, n_jobs))

        assert numbers(candidates) == list(range(40))

        assert all(sorted(c.folds) == [0, 1, 2] for c in candidates)

        for told, pending in zip(
            runner.sampler.told, runner.sampler.pending, strict=True
        ):
            assert len(told) == len(set(told))

            assert not set(told) & set(pending)

    def test_candidates_are_the_same_where_nothing_is_learned(self):
        found = [
            [
                c.params
                for c in make_runner(Knob(), n_splits=3, n_iter=40, window=window).run(
                    Shuffling(seed)
                )
            ]
            for seed, window in enumerate(["unordered", "unordered", None])
        ]

        assert found[0] == found[1] == found[2]

    @pytest.mark.parametrize("seed", range(4))
    def test_nobody_waits_for_the_slowest(self, seed):
        """The first candidate never ends, and all others are tried meanwhile."""
        closed = []
        runner = make_runner(
            Knob(),
            n_splits=2,
            n_iter=40,
            window="unordered",
            callbacks=[lambda record: closed.append(record.number)],
        )
        runner.run(Shuffling(seed, last=0))

        assert sorted(closed) == list(range(40))

        assert closed[-1] == 0

    @pytest.mark.parametrize("kind", [SuccessiveHalving, AsyncHalving, Hyperband])
    @pytest.mark.parametrize("seed", range(3))
    def test_schedulers_end(self, kind, seed):
        ladder = Ladder.between(1, 9, factor=3, n_candidates=18)
        runner = make_runner(
            Knob(), n_splits=2, scheduler=kind(ladder), window="unordered"
        )
        candidates = runner.run(Shuffling(seed, 7))

        assert len(candidates) == runner.scheduler.n_planned

        assert all(c.complete for c in candidates)


class TestScheduler:
    LADDER = Ladder.between(1, 9, factor=3, n_candidates=9)

    @pytest.mark.parametrize(
        ("n_jobs", "window"),
        [pytest.param(1, None, marks=pytest.mark.slow), (2, None), (3, 4)],
    )
    @pytest.mark.parametrize("kind", [SuccessiveHalving, AsyncHalving, Hyperband])
    def test_what_is_decided_never_depends_on_timing(self, kind, n_jobs, window):
        found = set()
        for _ in range(3):
            reported = []
            runner = make_runner(
                Erratic(),
                n_splits=3,
                scheduler=kind(self.LADDER),
                window=window,
                callbacks=[lambda record, to=reported: to.append(record.number)],
            )
            with joblib.parallel_config("threading"), Pool(n_jobs) as pool:
                candidates = runner.run(pool)
            told = tuple(map(tuple, runner.sampler.told))
            decided = tuple((c.trial.number, c.rung, c.resource) for c in candidates)
            found.add((decided, told, tuple(reported)))

        assert len(found) == 1

        assert len(candidates) == runner.scheduler.n_planned

        assert [c.number for c in candidates] == list(range(len(candidates)))

    @pytest.mark.parametrize("kind", [SuccessiveHalving, AsyncHalving, Hyperband])
    def test_what_is_decided_never_depends_on_the_order_of_the_results(self, kind):
        found = set()
        for seed in range(8):
            runner = make_runner(
                Knob(),
                n_splits=2,
                scheduler=kind(Ladder.between(1, 9, factor=3, n_candidates=18)),
                window=3,
                max_dispatched=math.inf,
            )
            candidates = runner.run(Shuffling(seed))
            told = tuple(map(tuple, runner.sampler.told))
            found.add((tuple((c.trial.number, c.rung) for c in candidates), told))

        assert len(found) == 1

    def test_others_are_begun_while_one_takes_long(self):
        # With a window of two there would be one other, had it no longer than they.
        Patient.begun.clear()
        Patient.n_meanwhile = None
        runner = make_runner(
            Patient(),
            n_splits=2,
            scheduler=AsyncHalving(Ladder.between(1, 9, factor=3, n_candidates=27)),
            window=2,
            max_dispatched=8,
        )
        runner.resource = Amount()
        with joblib.parallel_config("threading"), Pool(2) as pool:
            runner.run(pool)

        assert Patient.n_meanwhile == 3

    def test_who_is_promoted_is_tried_again_with_more(self):
        scheduler = SuccessiveHalving(self.LADDER)
        runner = make_runner(Knob(), scheduler=scheduler)
        with Pool(1) as pool:
            candidates = runner.run(pool)
        levels = [c.trial.configuration["level"] for c in candidates]

        assert [c.resource for c in candidates] == [1] * 9 + [3] * 3 + [9]

        assert levels[9:] == [*sorted(levels[:9], reverse=True)[:3], max(levels)]

        assert scheduler.winner == candidates[-1].trial.number

    def test_records_tell_the_rung_and_the_best_is_on_the_highest(self):
        records = []
        runner = make_runner(
            Knob(), scheduler=SuccessiveHalving(self.LADDER), callbacks=[records.append]
        )
        runner.objective = lambda c: c.mean("score", math.nan) - c.rung
        with Pool(1) as pool:
            runner.run(pool)

        assert [r.rung for r in records] == [0] * 9 + [1] * 3 + [2]

        assert [r.resource for r in records] == [1] * 9 + [3] * 3 + [9]

        assert [r.best_number for r in records[9:]] == [9, 9, 9, 12]

        assert records[-1].number == 12

    def test_ties_go_to_the_lower_number_in_whatever_order_they_come(self):
        records = []
        runner = make_runner(
            Knob(),
            n_splits=2,
            scheduler=Hyperband(Ladder.between(1, 27, factor=3, n_candidates=27)),
            window=3,
            callbacks=[records.append],
            objective=lambda candidate: 0.5,
        )
        with joblib.parallel_config("threading"), Pool(2) as pool:
            runner.run(pool)
        numbers = [r.number for r in records]

        assert numbers != sorted(numbers)

        for i, record in enumerate(records):
            seen = {(-r.rung, r.number) for r in records[: i + 1]}

            assert record.best_number == min(seen)[1]

    def test_the_resource_reaches_the_candidate_and_the_worker(self):
        runner = make_runner(
            Sturdy(mood="fit fails"), scheduler=SuccessiveHalving(self.LADDER)
        )
        runner.resource = More()
        runner.evaluator = dataclasses.replace(runner.evaluator, estimator=Failing())
        with Pool(1) as pool:
            candidates = runner.run(pool)

        assert all(c.params["seconds"] == 0.0 for c in candidates)

        assert all("seconds" not in c.trial.configuration for c in candidates)

        # Only the evaluator that the worker has knows the score of a failure.
        assert {c.folds[0].error is not None for c in candidates} == {True}

    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_a_finite_space_goes_on_up_the_ladder(self, n_jobs):
        runner = make_runner(
            Knob(),
            {"level": [0.1, 0.2, 0.3]},
            n_iter=9,
            scheduler=SuccessiveHalving(self.LADDER),
        )
        with (
            joblib.parallel_config("threading"),
            Pool(n_jobs) as pool,
            pytest.warns(SpaceExhaustedWarning, match="only 3 configurations.*iter=9"),
        ):
            candidates = runner.run(pool)

        assert [c.rung for c in candidates] == [0, 0, 0, 1, 2]

        assert candidates[-1].params == {"level": 0.3}


class Failing(Slow):
    """Cannot be fitted."""

    def fit(self, X, y=None):
        msg = "no fit"
        raise RuntimeError(msg)

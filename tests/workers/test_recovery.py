import random
from collections import Counter, deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch.exceptions import WorkersDiedError
from sksearch.workers import _recovery
from sksearch.workers._recovery import MAX_DEATHS, N_KILLED, Recovery, WorkerDeath


class Dead(Exception):
    pass


class Cancelled(Exception):
    pass


class FakeWorkers:
    """Runs tasks in their order; what they are says what happens.

    A task that is "deadly" ends its worker, one that is in `unlucky` does so the first
    time, or as often as it is in there, one that is in `cancelled` is lost the first
    time; "wrong" raises, all others
    are finished. What is under way at a death is
    finished before it or not at random. `shared` workers die all at once, as loky's.
    """

    def __init__(self, n_jobs=2, seed=0, *, shared=True, unlucky=(), cancelled=()):
        self.n_jobs = n_jobs
        self.names_tasks = not shared
        self.rng = random.Random(seed)
        self.unlucky = Counter(unlucky)
        self.outside = False  # whether any death may have come from there
        self.cancelled = set(cancelled)
        self.under_way = deque()
        self.finished = deque()
        self.broken = False
        self.runs = Counter()
        self.silent = False
        self.n_restarts = 0
        self.most = 0

    def submit(self, key, function, *args):
        if self.broken:
            raise Dead
        self.under_way.append((key, function, args))

    def next_finished(self, timeout):
        while not self.finished:
            if not self.under_way:
                return None
            self.work()
        return self.finished.popleft()

    def work(self):
        self.most = max(self.most, len(self.under_way))
        at = self.rng.randrange(min(self.n_jobs, len(self.under_way)))
        key, function, args = self.under_way[at]
        del self.under_way[at]
        what = args[-1]
        self.runs[args] += 1
        dies = what == "deadly" or self.unlucky[args] > 0
        self.unlucky[args] -= 1
        if dies:
            self.finished.append((key, None, Dead("SIGSEGV\n(-11)")))
            if not self.names_tasks:
                self.broken = True
                self.finished += [(k, None, Dead()) for k, _, _ in self.under_way]
                self.under_way.clear()
                # The one that is told first is the oldest.
                self.finished = deque(sorted(self.finished))
            if self.silent:
                self.finished[0] = (None, *self.finished[0][1:])
        elif args in self.cancelled:
            self.cancelled.discard(args)
            self.finished.append((key, None, Cancelled()))
        elif what == "wrong":
            self.finished.append((key, None, ValueError(what)))
        else:
            self.finished.append((key, function(*args), None))

    def is_death(self, error):
        return isinstance(error, Dead | Cancelled)

    def is_loss(self, error):
        return isinstance(error, Cancelled)

    def blames(self, error):
        return not self.outside

    def restart(self):
        self.n_restarts += 1
        if self.names_tasks:
            return False
        self.under_way.clear()
        self.finished.clear()
        self.broken = False
        return True


def echo(*args):
    return args


def run(recovery, tasks, *, ahead=4):
    """Return the outcomes of tasks, of which `ahead` are under way at once."""
    tasks, outcomes, n_running = deque(tasks), [], 0
    dead = set()
    while tasks or n_running:
        while tasks and n_running < ahead:
            task = tasks.popleft()
            if task[0] not in dead:
                recovery.submit(task[0], echo, *task)
                n_running += 1
        if not n_running:
            break
        token, outcome = recovery.next_finished(10)
        if isinstance(outcome, WorkerDeath):
            dead.add(token)
            n_running -= outcome.n_tasks
        else:
            n_running -= 1
        outcomes.append((token, outcome))
    return outcomes


def test_without_a_death_tasks_pass_through():
    workers = FakeWorkers()
    tasks = [(i, "fine") for i in range(10)]

    assert sorted(run(Recovery(workers), tasks)) == [(t[0], t) for t in tasks]

    assert workers.n_restarts == 0

    assert workers.most == 4


@pytest.mark.parametrize("shared", [True, False])
def test_the_guilty_one_is_named_and_the_others_are_finished(shared):
    workers = FakeWorkers(shared=shared)
    tasks = [(i, "deadly" if i == 3 else "fine") for i in range(8)]
    outcomes = dict(run(Recovery(workers), tasks))
    died = outcomes.pop(3)

    assert outcomes == {t[0]: t for t in tasks if t[0] != 3}

    assert isinstance(died, WorkerDeath)

    assert died.reason == "Dead: SIGSEGV (-11)"

    assert died.seconds >= 0

    assert workers.runs[3, "deadly"] == 2


def test_it_is_found_also_if_nobody_knows_who_it_was():
    workers = FakeWorkers()
    workers.silent = True
    tasks = [(i, "deadly" if i == 3 else "fine") for i in range(8)]
    outcomes = dict(run(Recovery(workers), tasks))

    assert isinstance(outcomes.pop(3), WorkerDeath)

    assert outcomes == {t[0]: t for t in tasks if t[0] != 3}


@pytest.mark.parametrize("shared", [True, False])
def test_who_dies_by_bad_luck_is_innocent(shared):
    tasks = [(i, "fine") for i in range(8)]
    workers = FakeWorkers(shared=shared, unlucky=[tasks[0], tasks[5]])

    assert sorted(run(Recovery(workers), tasks)) == [(t[0], t) for t in tasks]


def test_of_deaths_that_are_explained_nobody_is_suspected(monkeypatch):
    suspected = []
    monkeypatch.setattr(Recovery, "_count", lambda *_: suspected.append(1))
    tasks = [(i, "fine") for i in range(4)]
    workers = FakeWorkers(unlucky=[tasks[0], tasks[0]])
    recovery = Recovery(workers, lambda: workers.n_restarts)

    assert sorted(run(recovery, tasks)) == [(t[0], t) for t in tasks]

    assert workers.n_restarts == 2

    assert suspected == []


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("n_killed", [1, 2, 3])
def test_who_is_killed_from_outside_several_times_is_innocent(shared, n_killed):
    tasks = [(i, "fine") for i in range(8)]
    workers = FakeWorkers(shared=shared, unlucky=[tasks[0]] * n_killed)
    workers.outside = True

    assert sorted(run(Recovery(workers), tasks)) == [(t[0], t) for t in tasks]

    assert workers.n_restarts == n_killed


@pytest.mark.parametrize(
    ("outside", "long", "n_runs"),
    [(False, 60.0, 2), (True, 60.0, 1 + N_KILLED), (True, 0.0, N_KILLED)],
    ids=["by itself", "maybe killed", "maybe killed, and long"],
)
def test_the_guilty_one_is_tried_so_often(outside, long, n_runs, monkeypatch):
    monkeypatch.setattr(_recovery, "LONG", long)
    workers = FakeWorkers()
    workers.outside = outside
    tasks = [(i, "deadly" if i == 3 else "fine") for i in range(8)]
    outcomes = dict(run(Recovery(workers), tasks))

    assert isinstance(outcomes.pop(3), WorkerDeath)

    assert outcomes == {t[0]: t for t in tasks if t[0] != 3}

    assert workers.runs[3, "deadly"] == n_runs


def test_guilty_ones_in_a_row_are_all_found_where_all_may_have_been_killed():
    workers = FakeWorkers()
    workers.outside = True
    tasks = [(i, "deadly" if 2 <= i < 5 else "fine") for i in range(8)]
    outcomes = run(Recovery(workers), tasks)
    died = [token for token, found in outcomes if isinstance(found, WorkerDeath)]

    assert sorted(died) == [2, 3, 4]


def test_all_tasks_of_a_guilty_token_are_dropped():
    tasks = [(0, i, "deadly") for i in range(3)] + [(1, 0, "fine")]
    outcomes = run(Recovery(FakeWorkers()), tasks)

    assert len(outcomes) == 2

    assert dict(outcomes)[0].n_tasks == 3

    assert dict(outcomes)[1] == tasks[-1]


def test_suspects_run_alone():
    workers = FakeWorkers(n_jobs=2)
    recovery = Recovery(workers)
    for i in range(6):
        recovery.submit(i, echo, i, "deadly" if i == 0 else "fine")
    sizes = []
    original = workers.submit

    def submit(*args):
        original(*args)
        sizes.append(len(workers.under_way))

    workers.submit = submit
    outcomes = [recovery.next_finished(1) for _ in range(6)]

    assert sizes[:2] == [1, 1]

    assert isinstance(dict(outcomes)[0], WorkerDeath)

    assert sorted(token for token, _ in outcomes) == list(range(6))


def test_what_a_task_raises_is_raised():
    recovery = Recovery(FakeWorkers())
    recovery.submit(0, echo, 0, "wrong")
    recovery.submit(1, echo, 1, "fine")
    found = []
    for _ in range(2):
        try:
            found.append(recovery.next_finished(1)[0])
        except ValueError as error:
            found.append(str(error))

    assert sorted(found, key=str) == [1, "wrong"]


def test_a_death_with_a_reason_makes_no_suspects():
    workers = FakeWorkers(unlucky=[(2, "fine")])
    recovery = Recovery(workers, lambda: workers.n_restarts)
    tasks = [(i, "fine") for i in range(6)]

    assert sorted(run(recovery, tasks)) == [(t[0], t) for t in tasks]

    assert workers.n_restarts == 1

    assert recovery._n_deaths == 0


def test_a_reason_is_good_for_one_death():
    workers = FakeWorkers(shared=False)
    reasons = [1, *[1] * 99]  # one reason was found, and then no more
    recovery = Recovery(workers, lambda: reasons.pop(0))
    tasks = [(i, "deadly" if i == 3 else "fine") for i in range(6)]
    outcomes = dict(run(recovery, tasks))

    assert isinstance(outcomes.pop(3), WorkerDeath)

    assert workers.runs[3, "deadly"] == 3


def test_workers_that_died_between_tasks_are_noticed_at_the_next():
    workers = FakeWorkers()
    recovery = Recovery(workers)
    workers.broken = True
    recovery.submit(0, echo, 0, "fine")

    assert recovery.next_finished(1) == (0, (0, "fine"))


def test_it_gives_up_where_all_die():
    workers = FakeWorkers()
    tasks = [(i, "deadly") for i in range(100)]

    with pytest.raises(WorkersDiedError, match="no fit was finished in between"):
        run(Recovery(workers), tasks)

    assert workers.n_restarts == MAX_DEATHS + 1


def test_it_gives_up_soon_also_where_all_may_have_been_killed():
    workers = FakeWorkers()
    workers.outside = True

    with pytest.raises(WorkersDiedError, match="no fit was finished in between"):
        run(Recovery(workers), [(i, "deadly") for i in range(100)])

    assert workers.n_restarts < 2 * MAX_DEATHS


def test_patience_ends():
    recovery = Recovery(FakeWorkers())

    assert recovery.next_finished(0.01) is None


@given(
    kinds=st.lists(st.sampled_from(["fine"] * 4 + ["deadly"]), max_size=30),
    n_folds=st.integers(1, 3),
    unlucky=st.sets(st.tuples(st.integers(0, 29), st.integers(0, 2)), max_size=6),
    n_jobs=st.integers(2, 4),
    ahead=st.integers(4, 9),
    shared=st.booleans(),
    seed=st.integers(0, 99),
)
def test_nothing_is_lost_and_nobody_wronged(
    kinds, n_folds, unlucky, n_jobs, ahead, shared, seed
):
    tasks = [(i, j, kind) for i, kind in enumerate(kinds) for j in range(n_folds)]
    # The unlucky ones are never so many in a row that it looks like a plague.
    bad = [t for t in tasks if t[:2] in unlucky and t[2] == "fine"]
    workers = FakeWorkers(n_jobs, seed, shared=shared, unlucky=bad)
    recovery = Recovery(workers)
    recovery._count = lambda error: None  # tested above
    outcomes = run(recovery, tasks, ahead=ahead)
    died = Counter(token for token, found in outcomes if isinstance(found, WorkerDeath))
    finished = Counter(
        found for _, found in outcomes if not isinstance(found, WorkerDeath)
    )
    guilty = {t[0] for t in tasks if t[2] == "deadly"}

    assert died <= Counter(guilty | {t[0] for t in bad})

    assert guilty <= set(died)

    assert set(finished.values()) <= {1}

    assert set(finished) == {t for t in tasks if t[0] not in died}


def test_who_is_cancelled_is_no_suspect():
    """However many there are, all go on together."""
    tasks = [(token, "fine") for token in range(3 * MAX_DEATHS)]
    workers = FakeWorkers(4, shared=False, cancelled=tasks)
    outcomes = run(Recovery(workers), tasks, ahead=8)

    assert sorted(outcomes) == [(token, task) for token, task in enumerate(tasks)]

    assert set(workers.runs.values()) == {2}

    assert workers.most > 1

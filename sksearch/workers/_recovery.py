"""Recovery: finds out whose task ended a worker, and runs all others again.

A death may have several suspects: the tasks that were under way. They are run again one
at a time, with nothing else under way. A suspect that finishes is innocent; one that
ends its worker again is guilty, at once if the worker cannot but have ended by itself,
else the third time, or the second of a long task: workers are killed from outside, too,
and not always only one. Only then do the others go on.
"""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sksearch.exceptions import WorkersDiedError

#: So many deaths, with nothing finished in between, are not the fault of single tasks.
MAX_DEATHS = 10
#: So often a suspect ends its worker alone, where somebody may have killed that,
N_KILLED = 3
#: if the task takes less than so many seconds; others are long to try again.
LONG = 60.0


class RestartableWorkers(Protocol):
    """What a `Recovery` needs of workers, see `sksearch.workers._joblib.Workers`."""

    n_jobs: int

    @property
    def names_tasks(self) -> bool:
        """Whether a death is told of the task that caused it, and not of all tasks."""

    def submit(self, token: int, function: Callable[..., Any], *args: Any) -> None:
        """Start a task."""

    def next_finished(
        self, timeout: float | None
    ) -> tuple[int | None, Any, BaseException | None] | None:
        """Wait for a task; return its token, result and error, or None at `timeout`.

        The token is None if a worker died and nobody knows which task it had.
        """

    def is_death(self, error: BaseException) -> bool:
        """Tell whether an error says that a worker died, or that a task was lost."""

    def is_loss(self, error: BaseException) -> bool:
        """Tell whether an error says that a task was lost by nobody's fault."""

    def blames(self, error: BaseException) -> bool:
        """Tell whether a death can hardly have come from outside of the worker."""

    def restart(self) -> bool:
        """Make the workers ready again; tell if all tasks under way are lost."""


@dataclass(frozen=True)
class WorkerDeath:
    """In the place of a result: each time that it was tried, the worker died.

    Parameters
    ----------
    reason : str
        What the backend said of it.
    seconds : float
        How long the last try took.
    n_tasks : int
        How many tasks with this token are dropped, this one included.
    """

    reason: str
    seconds: float
    n_tasks: int


@dataclass(frozen=True, eq=False)
class Task:
    """A task that was submitted, kept to be submitted again."""

    token: int
    function: Callable[..., Any]
    args: tuple[Any, ...]


class Recovery:
    """Stands between a pool and its workers.

    Parameters
    ----------
    workers : RestartableWorkers
        Where tasks run.
    n_explained : callable or None, default=None
        ``n_explained() -> int`` tells how many deaths have had a reason that the task
        will know by itself when it is run again. Of these nobody is suspected.
    """

    def __init__(
        self,
        workers: RestartableWorkers,
        n_explained: Callable[[], int] | None = None,
    ) -> None:
        self._workers = workers
        self._n_explained = n_explained
        self._n_explained_before = 0
        self._keys = itertools.count()
        self._under_way: dict[int, Task] = {}  # by key, the oldest first
        self._suspects: deque[Task] = deque()
        self._alone: Task | None = None  # the suspect that is under way
        self._last_alone: Task | None = None  # and the one that was last
        self._alone_since = 0.0
        self._n_alone = 0  # how often it has ended its worker
        self._held: deque[Task] = deque()  # until all suspects are through
        self._n_deaths = 0  # since anything was finished
        self._broken: BaseException | None = None  # a death noticed when submitting

    def submit(self, token: int, function: Callable[..., Any], *args: Any) -> None:
        """Start ``function(*args)``; :meth:`next_finished` will return `token`."""
        self._held.append(Task(token, function, args))
        self._send()

    def next_finished(self, timeout: float | None) -> tuple[int, Any] | None:
        """Return the token and the result of a finished task, None at the timeout.

        The result is a `WorkerDeath` if the task ends its worker each time. All other
        tasks with this token are then dropped.

        Raises
        ------
        WorkersDiedError
            If nothing can be finished since all workers die.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            self._send()
            if self._broken is not None:
                task, error = None, self._broken
            else:
                left = None if deadline is None else max(deadline - time.monotonic(), 0)
                finished = self._workers.next_finished(left)
                if finished is None:
                    return None
                key, result, failure = finished
                if key is None:
                    key = next(iter(self._under_way), -1)
                task = self._under_way.pop(key, None)
                if failure is None or not self._workers.is_death(failure):
                    assert task is not None
                    return self._finish(task, result, failure)
                error = failure
            verdict = self._bury(task, error)
            if verdict is not None:
                return verdict

    def clear(self) -> None:
        """Forget all tasks."""
        self._under_way.clear()
        self._suspects.clear()
        self._held.clear()
        self._alone = None

    def _finish(
        self, task: Task, result: Any, error: BaseException | None
    ) -> tuple[int, Any]:
        self._n_deaths = 0
        if task is self._alone:
            self._alone = None
        if error is not None:
            raise error
        return task.token, result

    def _send(self) -> None:
        """Give the workers all that they may have now."""
        if self._suspects and not self._under_way:
            suspect = self._suspects.popleft()
            if suspect is not self._last_alone:
                self._n_alone = 0
            self._alone = self._last_alone = suspect
            self._alone_since = time.monotonic()
            self._start(self._alone)
        while self._held and self._alone is None and not self._suspects:
            self._start(self._held.popleft())
            if self._broken is not None:
                return

    def _start(self, task: Task) -> None:
        key = next(self._keys)
        self._under_way[key] = task
        try:
            self._workers.submit(key, task.function, *task.args)
        except BaseException as error:
            if not self._workers.is_death(error):
                del self._under_way[key]
                raise
            self._broken = error  # the workers have died meanwhile

    def _bury(
        self, task: Task | None, error: BaseException
    ) -> tuple[int, WorkerDeath] | None:
        """Restart the workers after a death; return who is guilty, if that is known.

        Parameters
        ----------
        task : Task or None
            Of which the death was told; None if it was noticed in another way.
        error : BaseException
            How it was told.
        """
        self._broken = None
        lost = [] if task is None else [task]
        alone, self._alone = self._alone, None
        if self._workers.restart():
            lost += self._under_way.values()
            self._under_way.clear()
        if self._is_explained() or self._workers.is_loss(error):
            self._held.extendleft(reversed(lost))
            return None
        if alone is None or self._n_alone == 0:  # several of a suspect count as one
            self._count(error)
        if alone is not None and task is alone:
            seconds = time.monotonic() - self._alone_since
            self._n_alone += 1
            if self._n_alone < self._n_wanted(error, seconds):
                self._suspects.appendleft(alone)
                return None
            n_tasks = 1 + self._drop(alone.token)
            return alone.token, WorkerDeath(reason_of(error), seconds, n_tasks)
        # Those that were running are the oldest of all that were under way.
        named = self._workers.names_tasks and task is not None
        n_suspects = 1 if named else self._workers.n_jobs
        self._suspects.extendleft(reversed(lost[:n_suspects]))
        self._held.extendleft(reversed(lost[n_suspects:]))
        return None

    def _is_explained(self) -> bool:
        """Tell whether the last death has a reason that is known."""
        if self._n_explained is None:
            return False
        before, self._n_explained_before = self._n_explained_before, self._n_explained()
        return self._n_explained_before > before

    def _n_wanted(self, error: BaseException, seconds: float) -> int:
        """Return how often a suspect has to end its worker alone to be guilty."""
        # Where so many die it is in vain to doubt each of them.
        if self._workers.blames(error) or self._n_deaths > MAX_DEATHS // 2:
            return 1
        return N_KILLED if seconds < LONG else N_KILLED - 1

    def _count(self, error: BaseException) -> None:
        """Raise WorkersDiedError if there are too many deaths."""
        self._n_deaths += 1
        if self._n_deaths > MAX_DEATHS:
            msg = (
                f"{self._n_deaths} workers died one after the other, and no fit was "
                "finished in between: it is not a single candidate that is to blame. "
                f"The last one: {reason_of(error)}"
            )
            raise WorkersDiedError(msg) from error

    def _drop(self, token: int) -> int:
        """Drop the tasks with a token; return how many there were."""
        before = len(self._suspects) + len(self._held)
        self._suspects = deque(t for t in self._suspects if t.token != token)
        self._held = deque(t for t in self._held if t.token != token)
        return before - len(self._suspects) - len(self._held)


def reason_of(error: BaseException) -> str:
    """Return what an error says, in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"

"""Recovery: finds the task that killed a worker, and runs all others again.

Suspects are the tasks that were under way when a worker died. They run again one at a
time, with nothing else under way. A suspect that finishes is innocent. One that kills
its worker again is guilty: at once if the worker must have died by itself, otherwise
the third time, or the second time for a long task, since workers are also killed from
outside, sometimes more than once. The other tasks wait until all suspects are through.
"""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sksearch.exceptions import WorkersDiedError
from sksearch.workers._joblib import Workers

#: More deaths with nothing finished in between are not the fault of single tasks.
MAX_DEATHS = 10
#: Number of deaths alone that make a suspect guilty if the worker may have been killed
#: from outside; one less for tasks that take at least `LONG` seconds.
N_KILLED = 3
LONG = 60.0


@dataclass(frozen=True)
class WorkerDeath:
    """The result of a task that kills its worker every time."""

    reason: str  # the error of the backend
    seconds: float  # duration of the last try
    n_tasks: int  # number of tasks with this token that are dropped, this one included


@dataclass(frozen=True, eq=False)
class Task:
    """A submitted task, kept so that it can be submitted again."""

    token: int
    function: Callable[..., Any]
    args: tuple[Any, ...]


class Recovery:
    """Runs the tasks of a pool on workers that may die.

    ``n_explained()`` returns the number of deaths with a known reason, such as the time
    limit. They make no task a suspect; the task itself learns of the reason when it
    runs again.
    """

    def __init__(
        self,
        workers: Workers,
        n_explained: Callable[[], int] | None = None,
    ) -> None:
        self._workers = workers
        self._n_explained = n_explained
        self._n_explained_before = 0
        self._keys = itertools.count()
        self._under_way: dict[int, Task] = {}  # by key, the oldest first
        self._suspects: deque[Task] = deque()
        self._alone: Task | None = None  # the suspect under way
        self._last_alone: Task | None = None  # the last suspect that ran
        self._alone_since = 0.0
        self._n_alone = 0  # how often that has killed its worker
        self._held: deque[Task] = deque()  # wait until all suspects are through
        self._n_deaths = 0  # since a task was last finished
        self._broken: BaseException | None = None  # a death noticed when submitting

    def submit(self, token: int, function: Callable[..., Any], *args: Any) -> None:
        """Start ``function(*args)``; :meth:`next_finished` will return `token`."""
        self._held.append(Task(token, function, args))
        self._send()

    def next_finished(self, timeout: float | None) -> tuple[int, Any] | None:
        """Return the token and the result of a finished task, None at the timeout.

        The result is a `WorkerDeath` if the task kills its worker every time. All other
        tasks with this token are then dropped. WorkersDiedError if no task can be
        finished, since all workers die.
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
        """Start all tasks that may run now."""
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
        """Restart the workers after a death; return the guilty task, if known.

        `task` is the one with the error; None if the death was noticed in another way.
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
        if alone is None or self._n_alone == 0:  # deaths of one suspect count once
            self._count(error)
        if alone is not None and task is alone:
            seconds = time.monotonic() - self._alone_since
            self._n_alone += 1
            if self._n_alone < self._n_wanted(error, seconds):
                self._suspects.appendleft(alone)
                return None
            n_tasks = 1 + self._drop(alone.token)
            return alone.token, WorkerDeath(reason_of(error), seconds, n_tasks)
        # The tasks that were running are the oldest of those under way.
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
        """Return how often a suspect must kill its worker alone to be guilty."""
        # With so many deaths, further tries would take too long.
        if self._workers.blames(error) or self._n_deaths > MAX_DEATHS // 2:
            return 1
        return N_KILLED if seconds < LONG else N_KILLED - 1

    def _count(self, error: BaseException) -> None:
        """Raise WorkersDiedError if there are too many deaths."""
        self._n_deaths += 1
        if self._n_deaths > MAX_DEATHS:
            msg = (
                f"{self._n_deaths} workers died one after the other, and no fit was "
                "finished in between, so no single candidate is to blame. "
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
    """Return class and text of an error in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"

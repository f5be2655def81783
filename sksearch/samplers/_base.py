"""Sampler: the base class that proposes configurations. Ask, then tell."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

from sksearch._rng import RandomState, as_generator
from sksearch.exceptions import SpaceExhausted, TrialError
from sksearch.space import (
    DRAWN,
    DefineByRunSpace,
    FloatArray,
    Space,
    as_space,
    short,
)
from sksearch.trials import History, Trial

#: A model is fitted to the scores of the highest rung with at least d + N_BESIDES
#: scores, for d hyperparameters: the rule of BOHB (Falkner et al., 2018).
N_BESIDES = 3
#: Random draws that replace repeated proposals; enough unless nearly all of a finite
#: space has been tried.
N_REDRAWS = 64
#: At most this many untried configurations are listed at once: some MB.
MAX_LISTED = 20_000


class Sampler(ABC):
    """Base class of samplers: queues, repeats, pending trials; subclasses propose.

    A subclass implements :meth:`propose`. The base class does the rest: it proposes the
    initial points first and no configuration twice, and ends when a finite space is
    used up.

    The states of a trial, from the sampler's side::

        ask()  -> trial is PENDING; the next ask() takes that into account
        tell(trial, 0.93) -> COMPLETE
        tell(trial, nan)  -> FAILED, worse than the worst
        tell(trial, 0.93, seconds=2.5) -> COMPLETE, in 2.5 seconds
        ask(resource=3) -> trial is PENDING, at resource 3
        tell(trial, 0.91, resource=3), tell(trial, 0.94, resource=9) -> COMPLETE, twice

    Parameters
    ----------
    space : Space, or anything that `as_space` takes
        Where to search.
    random_state : int, Generator, RandomState or None, default=None
        Source of randomness; an int makes the proposals repeatable.
    initial_points : iterable of dict, default=()
        Configurations to propose first.

    Attributes
    ----------
    space : Space
        The space, as `as_space` reads it.
    history : History
        All trials, told and pending.
    rng : numpy.random.Generator
        The source of randomness, for :meth:`propose`.
    learns : bool
        Whether proposals depend on scores; a class attribute. If not, pending trials
        make no proposal worse, and a search runs more of them at once.

    Examples
    --------
    >>> from sksearch import Float
    >>> from sksearch.samplers import Sampler
    >>> class Middle(Sampler):
    ...     def propose(self):
    ...         return self.space.complete([[0.5] * len(self.space)])
    >>> Middle({"x": Float(0, 4), "y": Float(1, 100, log=True)}).ask().configuration
    {'x': 2.0, 'y': 10.0}
    """

    learns = True

    def __init__(
        self,
        space: Any,
        *,
        random_state: RandomState = None,
        initial_points: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        self.space: Space = as_space(space)
        self.history: History = History()
        self.rng: np.random.Generator = as_generator(random_state)
        self._queue = deque(self._placed(point) for point in initial_points)
        self._seen: set[bytes] = set()
        self._size = self.space.size
        self._left: list[FloatArray] = []

    def _placed(self, point: Mapping[str, Any]) -> FloatArray:
        """Return the row of an initial point, with values that it leaves open drawn."""
        row = self.space.place(point)
        drawn = row == DRAWN
        if drawn.any():
            row = row.copy()
            row[drawn] = self.rng.random(np.count_nonzero(drawn))
        return row

    @abstractmethod
    def propose(self) -> FloatArray:
        """Return proposals as complete rows of the unit cube, the best one first.

        Returns
        -------
        rows : ndarray of shape (n, d)
            The first one that was not proposed before is taken.
        """

    def ask(self, *, resource: float | None = None) -> Trial:
        """Propose a configuration.

        Parameters
        ----------
        resource : float, default=None
            The resource that the trial will get, in a search that tries trials again
            with more; ``None`` or NaN if that is not known.

        Returns
        -------
        trial : Trial
            A pending trial; ``trial.configuration`` holds the values.

        Raises
        ------
        SpaceExhausted
            If all configurations of a finite space have been proposed.
        ValueError
            If `resource` is negative, infinite or not a number.
        Exception
            If a define-by-run function, or the ``rvs`` of a user's distribution, raised
            it at the proposed point. The trial, the last one of `history`, is then a
            failure with this exception as its ``error``; the next call proposes
            another one.
        """
        if len(self._seen) >= self._size:
            msg = f"All {self._size:g} configurations of the space have been proposed."
            raise SpaceExhausted(msg)
        for row in self._candidates():
            key = _key(row)
            if key not in self._seen:
                trial = self._add(row, resource)
                self._seen |= {key, _key(trial.row)}
                if trial.error is not None:
                    raise trial.error
                return trial
        msg = "No configuration was found that had not been proposed before."
        raise SpaceExhausted(msg)

    def tell(
        self,
        trial: Trial,
        score: float,
        *,
        seconds: float | None = None,
        resource: float | None = None,
    ) -> None:
        """Tell the score of a trial.

        Parameters
        ----------
        trial : Trial
            A trial that :meth:`ask` returned.
        score : float
            Greater is better; NaN or infinite for a failure.
        seconds : float, default=None
            How long the trial took, for samplers that weigh improvement against cost;
            ``None`` or NaN if that is not known.
        resource : float, default=None
            The resource that the trial got, in a search that tries trials again with
            more; ``None`` for the resource given to :meth:`ask`. A model learns from
            the highest resource that has enough scores, or from all of them.

        Raises
        ------
        TrialError
            If the trial is not this sampler's, or was told before at the same or a
            higher resource.
        ValueError
            If `seconds` or `resource` is negative, infinite or not a number.
        """
        if (
            trial.number < len(self.history)
            and self.history[trial.number].row is not trial.row
        ):
            msg = f"Trial {trial.number} was not proposed by this sampler."
            raise TrialError(msg)
        if trial.error is None:  # or it is a failure already
            self.history.complete(trial.number, score, seconds, resource)

    @property
    def size(self) -> float:
        """Number of configurations that it can propose; ``math.inf`` if unlimited."""
        return self._size

    @property
    def n_enough(self) -> int:
        """Number of scores at one resource that are enough for a model."""
        return len(self.space) + N_BESIDES

    def _is_seen(self, row: FloatArray) -> bool:
        """Tell whether a complete row was proposed before."""
        return _key(row) in self._seen

    def adopt(self, row: FloatArray, *, resource: float | None = None) -> Trial:
        """Take over a proposal that an equal sampler made before.

        After :meth:`restore` with the state at that time, the sampler continues as if
        :meth:`ask` had returned the trial here.

        Parameters
        ----------
        row : ndarray of shape (d,)
            The row of its trial.
        resource : float, default=None
            The resource that was given to :meth:`ask`.

        Returns
        -------
        trial : Trial
            A pending trial.
        """
        while self._queue and _key(self._queue.popleft()) != _key(row):
            pass  # proposed twice, or never seen again
        self._seen.add(_key(row))
        return self._add(row, resource)

    def _add(self, row: FloatArray, resource: float | None) -> Trial:
        """Append a pending trial, or a failed one if there is no configuration."""
        made = self.space.realise(row)
        trial = self.history.add(
            made.configuration,
            made.row,
            resource,
            suggestions=made.suggestions,
            error=made.error,
        )
        if made.error is not None:
            trial = self.history.complete(trial.number, np.nan)
        return trial

    def state(self) -> dict[str, Any]:
        """Return the state on which proposals depend besides the trials, as plain data.

        Returns
        -------
        state : dict
            Can be written as JSON if the random bits come from a generator of numpy's
            default kind.
        """
        return {"rng": self.rng.bit_generator.state}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Continue from a state that :meth:`state` returned.

        Parameters
        ----------
        state : dict
            The state.
        """
        self.rng.bit_generator.state = state["rng"]

    def replay(self, history: History) -> None:
        """Take over the told trials of another history as own trials.

        Parameters
        ----------
        history : History
            Trials over the same space.
        """
        numbers: dict[int, int] = {}  # theirs to ours
        for told in history.observations:
            if told.number not in numbers:
                self._seen.add(_key(told.row))
                own = self.history.add(told.configuration, told.row)
                numbers[told.number] = own.number
            self.history.complete(
                numbers[told.number], told.score, told.seconds, told.resource
            )

    def _checked(self, rows: Any) -> FloatArray:
        """Return the rows of :meth:`propose`; ValueError if they are none of the cube.

        The values of other rows would lie outside of the ranges of the user.
        """
        try:
            found = np.asarray(rows, dtype=np.float64)
        except (TypeError, ValueError):  # of a list of rows of several lengths
            found = np.zeros(())
        unknown = isinstance(self.space, DefineByRunSpace)  # its axes come one by one
        width = found.shape[-1:] if unknown else (len(self.space),)
        outside = (found < 0.0) | (found > 1.0)
        if found.ndim != 2 or found.shape[1:] != width or outside.any():
            got = (
                f"numbers from {np.nanmin(found):g} to {np.nanmax(found):g}"
                if found.ndim and outside.any()
                else f"shape {found.shape}"
                if found.ndim
                else short(rows)
            )
            columns = "d" if unknown else len(self.space)
            msg = (
                f"{type(self).__name__}.propose must return an array of shape (n, "
                f"{columns}) with numbers from 0 to 1, and nan where a hyperparameter "
                f"is inactive, got {got}. Write return np.clip(np.atleast_2d(rows), "
                "0, 1)."
            )
            raise ValueError(msg)
        return found

    def _candidates(self) -> Iterator[FloatArray]:
        """Yield rows, the most wanted first; the last ones are certain to be new."""
        while self._queue:
            yield self._queue.popleft()
        yield from self._checked(self.propose())
        yield from self.space.draw(N_REDRAWS, self.rng)
        # Reached only when a finite space is nearly used up.
        while self._size < np.inf:
            if not self._left:
                new = (row for row in self.space.rows() if _key(row) not in self._seen)
                self._left = list(islice(new, MAX_LISTED))
            yield self._left.pop(self.rng.integers(len(self._left)))


def _key(row: FloatArray) -> bytes:
    """Return a key that is unique to a configuration; trailing NaN do not count."""
    active = np.flatnonzero(~np.isnan(row))
    return bytes(active.tobytes() + (row[active] + 0.0).tobytes())

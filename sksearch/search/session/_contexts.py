"""ContextTree: the tasks of a search, as scikit-learn's callbacks see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sksearch._sklearn import needs_fit_contexts
from sksearch.evaluation import options_of
from sksearch.search.plan import TunesChoice


class ContextTree:
    """The tasks of a search, with one task for each rung of a halving search.

    `fits` are the contexts of the fits, by rung; it is empty if no callback needs them.
    `n_fits` is the number of fits on each rung.
    """

    def __init__(
        self,
        search: TunesChoice,
        root: Any,
        n_fits: Mapping[int, int],
        *,
        by_rung: bool,
    ) -> None:
        self._search = search
        self._top = root.subcontext(
            task_name="search",
            max_subtasks=len(n_fits) if by_rung else sum(n_fits.values()),
            sequential_subtasks=False,
        ).call_on_fit_task_begin(estimator=search)
        # Rungs may overlap, so all are open from the beginning to the end.
        self._rungs = {
            rung: self._top.subcontext(
                task_name="halving-iteration",
                task_id=rung,
                max_subtasks=n,
                sequential_subtasks=False,
            ).call_on_fit_task_begin(estimator=search)
            for rung, n in n_fits.items()
            if by_rung
        }
        self.fits: dict[int, Iterator[Any]] = {}
        first, *_ = options_of(search.estimator)
        if needs_fit_contexts(search, first):
            # All are made now: none may be made while another is being sent to a
            # worker.
            self.fits = {rung: iter(self._of(rung, n)) for rung, n in n_fits.items()}

    def _of(self, rung: int, n: int) -> list[Any]:
        parent = self._rungs.get(rung, self._top)
        return [
            parent.subcontext(task_name="candidate-split-evaluation", task_id=task)
            for task in range(n)
        ]

    def end(self) -> None:
        """End all tasks but the root."""
        for context in self._rungs.values():
            context.call_on_fit_task_end(estimator=self._search)
        self._top.call_on_fit_task_end(estimator=self._search)

"""Results: the table of a search, with methods to read it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from sksearch.reports._facts import Facts
from sksearch.reports._frames import frame_of
from sksearch.reports._html_summary import summary_html
from sksearch.reports._leaderboard import leaderboard_of
from sksearch.reports._results_json import read_results, write_results
from sksearch.reports._table_columns import columns_of
from sksearch.reports._top import check_k, top_points
from sksearch.reports.diagnosis import Diagnosis, diagnose


class Results(dict[str, Any]):
    """The columns of ``cv_results_``, with methods to read them.

    `sksearch.load_history` returns one, and so does :meth:`from_json`; a fitted search
    has the same methods itself.

    Parameters
    ----------
    columns : dict of str to ndarray
        As ``cv_results_``; ``params`` is empty if no candidate was finished.
    facts : Facts or None, default=None
        The information beside the columns; None if there are no rows.
    settings : dict of str to object, default=None
        The parameters of the search, in plain values, if known.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import TPESearchCV
    >>> from sksearch.reports import Results
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp(), "iris.json")
    >>> search = TPESearchCV(SVC(), {"C": [1, 10]}, n_iter=2)
    >>> search.fit(*load_iris(return_X_y=True)).to_json(path)
    >>> results = Results.from_json(path)
    >>> results.top_params(1)
    [{'C': 10}]
    >>> results.settings["n_iter"]
    2
    """

    def __init__(
        self,
        columns: Mapping[str, Any],
        facts: Facts | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(columns)
        self._facts = facts
        self.settings: dict[str, Any] = dict(settings or {})

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self), self._facts, self.settings)

    @property
    def facts(self) -> Facts | None:
        """The information beside the columns."""
        return self._facts

    @property
    def timeline_(self) -> Mapping[str, Sequence[Any]] | None:
        """When each fold was fitted, as `TPESearchCV.timeline_`; None if unknown."""
        return self._facts.timeline if self._facts else None

    def results_frame(self, library: str | None = None) -> Any:
        """Return all candidates as a table, the best first.

        Parameters
        ----------
        library : {"pandas", "polars", "dict"} or None, default=None
            The type of the table; None is the first of them that is installed.

        Returns
        -------
        frame : pandas.DataFrame, polars.DataFrame or dict of str to ndarray
            As `TPESearchCV.results_frame` describes it.
        """
        columns = columns_of(self, self._facts) if self._facts else {}
        return frame_of(columns, library)

    def leaderboard(self, library: str | None = None) -> Any:
        """Return one row for each estimator type, the best first.

        Parameters
        ----------
        library : {"pandas", "polars", "dict"} or None, default=None
            The type of the table; None is the first of them that is installed.

        Returns
        -------
        frame : pandas.DataFrame, polars.DataFrame or dict of str to ndarray
            As `TPESearchCV.leaderboard` describes it.
        """
        columns = leaderboard_of(self, self._facts) if self._facts else {}
        return frame_of(columns, library)

    def top_params(self, k: int = 10) -> list[dict[str, Any]]:
        """Return the parameters of the best distinct candidates.

        Parameters
        ----------
        k : int, default=10
            The greatest number.

        Returns
        -------
        params : list of dict
            The best first. As ``initial_points`` they lead to the same candidates.
            Objects are replaced by their labels.
        """
        return [params for _, params in self._top(k)]

    def diagnosis(self) -> Diagnosis:
        """Return findings about the search from its scores, in words.

        Returns
        -------
        diagnosis : Diagnosis
            As `TPESearchCV.diagnosis` describes it. Checks that need more than the file
            contains are left out, and listed in ``unchecked``.
        """
        return diagnose(self, self._facts)

    def to_html(self, interval: tuple[float, float] | None = None) -> str:
        """Return a summary: the best score, the winner, a small history.

        Parameters
        ----------
        interval : tuple of float or None, default=None
            The interval of the score on new data, if known; None for the standard
            error.

        Returns
        -------
        html : str
            The summary; empty if there are no facts beside the columns.
        """
        if self._facts is None:
            return ""
        row = (self._facts.background or {}).get("winner")
        return summary_html(self, self._facts, row, interval)

    def top_rows(self, k: int) -> list[int]:
        """Return the rows of the best distinct candidates.

        Parameters
        ----------
        k : int
            The greatest number.
        """
        return [row for row, _ in self._top(k)]

    def _top(self, k: int) -> list[tuple[int, dict[str, Any]]]:
        wanted = check_k(k)
        return top_points(self, self._facts, wanted) if self._facts else []

    def to_json(self, path: str | os.PathLike[str]) -> None:
        """Write scores, parameters and settings to a file.

        Parameters
        ----------
        path : str or path
            The file; an existing one is replaced.
        """
        text = write_results(self, self._facts, self.settings)
        Path(path).write_text(text, encoding="utf-8")

    @classmethod
    def from_json(
        cls,
        path: str | os.PathLike[str],
        objects: Mapping[str, Any] | None = None,
    ) -> Self:
        """Read the file of ``to_json``; no code is run.

        Parameters
        ----------
        path : str or path
            The file.
        objects : dict of str to object, default=None
            Objects that replace their labels: ``{"SVC": SVC()}``.

        Returns
        -------
        results : Results
            The results. Estimators, functions and other objects without an entry in
            `objects` are replaced by their labels; the file describes them.

        Raises
        ------
        ValueError
            If the file was not written by ``to_json``.
        """
        text = Path(path).read_text(encoding="utf-8")
        return cls(*read_results(text, str(path), objects or {}))

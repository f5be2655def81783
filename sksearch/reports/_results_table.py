"""Results: the table of a search, with what it takes to read it."""

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
        As ``cv_results_``; empty ``params`` if nothing was finished.
    facts : Facts or None, default=None
        What they do not say; None if there are no rows.
    settings : dict of str to object, default=None
        The parameters of the search, in plain values, where they are known.

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
        self.settings = dict(settings or {})

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self), self._facts, self.settings)

    @property
    def facts(self) -> Facts | None:
        """What the columns do not say."""
        return self._facts

    @property
    def timeline_(self) -> Mapping[str, Sequence[Any]] | None:
        """When each fold was fitted, as `TPESearchCV.timeline_`; None if not known."""
        return self._facts.timeline if self._facts else None

    def results_frame(self, library: str | None = None) -> Any:
        """Return all candidates as a table, the best first.

        Parameters
        ----------
        library : {"pandas", "polars", "dict"} or None, default=None
            Whose table; None is the first of them that is installed.

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
            Whose table; None is the first of them that is installed.

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
            How many, at most.

        Returns
        -------
        params : list of dict
            The best first. As ``initial_points`` they lead to the same candidates; in
            the place of an object they have its label.
        """
        return [params for _, params in self._top(k)]

    def diagnosis(self) -> Diagnosis:
        """Return what the scores say about the search, in words.

        Returns
        -------
        diagnosis : Diagnosis
            As `TPESearchCV.diagnosis` describes it. What a file does not hold is not
            looked at: ``unchecked`` says what that is.
        """
        return diagnose(self, self._facts)

    def to_html(self, interval: tuple[float, float] | None = None) -> str:
        """Return a summary: the best score, the winner, a small history.

        Parameters
        ----------
        interval : tuple of float or None, default=None
            What new data will give, if that is known; None for the standard error.

        Returns
        -------
        html : str
            Empty without the facts that a search knows besides its table.
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
            How many, at most.
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
            The file, which is replaced if it is there.
        """
        text = write_results(self, self._facts, self.settings)
        Path(path).write_text(text, encoding="utf-8")

    @classmethod
    def from_json(
        cls,
        path: str | os.PathLike[str],
        objects: Mapping[str, Any] | None = None,
    ) -> Self:
        """Read what ``to_json`` wrote; no code is run.

        Parameters
        ----------
        path : str or path
            The file.
        objects : dict of str to object, default=None
            Objects to put in the place of their labels: ``{"SVC": SVC()}``.

        Returns
        -------
        results : Results
            Estimators, functions and other objects without an entry in `objects` are
            their labels; what they were is in the file.

        Raises
        ------
        ValueError
            If the file is of another program.
        """
        text = Path(path).read_text(encoding="utf-8")
        return cls(*read_results(text, str(path), objects or {}))

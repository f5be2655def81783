"""ShowsItself: a fitted search in a notebook, its diagram with what it has found."""

from __future__ import annotations

from sklearn.utils import estimator_html_repr

from sksearch._sklearn import ShowsHTML
from sksearch.search.outcome._has_reports import HasReports

#: With more predictions, rows times candidates, the estimate of the score takes longer
#: than a notebook shall wait.
MOST_PREDICTIONS = 200_000


class ShowsItself(ShowsHTML, HasReports):
    """A search that shows, once it is fitted, what it has found below its diagram.

    As scikit-learn's own estimators, with its `display` option: the diagram is the
    same, and `sklearn.utils.estimator_html_repr` returns nothing else.
    """

    def _html_repr(self) -> str:
        diagram: str = estimator_html_repr(self)
        return diagram + self._summary()

    def _summary(self) -> str:
        """Return the summary; nothing before the fit, or if that cannot be read."""
        if "cv_results_" not in self.__dict__:
            return ""
        try:
            return self._results().to_html(self._interval())
        except Exception:  # noqa: BLE001 - looking at a search must not raise
            return ""

    def _interval(self) -> tuple[float, float] | None:
        """Return the interval of the score on new data, where that is quickly done."""
        oof = getattr(self, "oof_predictions_", None)
        if oof is None or not hasattr(self, "best_index_"):
            return None
        n_rows = sum(len(rows) for rows in oof.rows)
        if n_rows * len(oof.predictions) > MOST_PREDICTIONS:
            return None
        estimate = self.estimate_score()  # type: ignore[attr-defined]
        return estimate.low, estimate.high

"""ShowsItself: a fitted search in a notebook, as a diagram with a summary."""

from __future__ import annotations

from sklearn.utils import estimator_html_repr

from sksearch._sklearn import ShowsHTML
from sksearch.search.outcome._has_reports import HasReports

#: With more predictions, rows times candidates, the estimate of the score takes too
#: long for a notebook.
MOST_PREDICTIONS = 200_000


class ShowsItself(ShowsHTML, HasReports):
    """A search that shows a summary below its diagram, once it is fitted.

    It follows scikit-learn's `display` option. The diagram is scikit-learn's, and
    `sklearn.utils.estimator_html_repr` returns the diagram alone.
    """

    def _html_repr(self) -> str:
        diagram: str = estimator_html_repr(self)
        return diagram + self._summary()

    def _summary(self) -> str:
        """Return the summary; empty before the fit, or if it fails."""
        if "cv_results_" not in self.__dict__:
            return ""
        try:
            return self._results().to_html(self._interval())
        except Exception:  # noqa: BLE001 - to show a search must not raise
            return ""

    def _interval(self) -> tuple[float, float] | None:
        """Return the interval of the score on new data, if it is quick to compute."""
        oof = getattr(self, "oof_predictions_", None)
        if oof is None or not hasattr(self, "best_index_"):
            return None
        n_rows = sum(len(rows) for rows in oof.rows)
        if n_rows * len(oof.predictions) > MOST_PREDICTIONS:
            return None
        estimate = self.estimate_score()
        return estimate.low, estimate.high

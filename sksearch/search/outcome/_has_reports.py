"""HasReports: the methods of a search that report its results."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from sklearn.utils.validation import check_is_fitted

from sksearch.evaluation import untouched
from sksearch.reports import Diagnosis, Facts, Results, counted, diagnose, kinds_of
from sksearch.search.honest import EstimatesScore
from sksearch.search.outcome._background import background_of
from sksearch.search.outcome._for_ensembles import candidate_estimator
from sksearch.search.plan import EPOCHS, kind_of_tuned
from sksearch.space import Answered, in_place
from sksearch.trials import Candidate


class HasReports(EstimatesScore):
    """A search with methods that return its results as tables, points and models."""

    suggestions_: list[dict[str, Any]]
    _for_reports: dict[str, Any]

    def results_frame(self, library: str | None = None) -> Any:
        """Return all candidates as a table, the best first.

        Hyperparameters have short names: ``C`` for ``clf__C`` if that is unambiguous,
        and ``svm.C`` if there are several estimator types and only this one has it;
        columns of one type are side by side. A hyperparameter with several names has
        one column, called after the first. Objects are shown as labels. With halving,
        the candidates of the last rung come first. Those of which a fold failed come
        last, whatever `error_score` is.

        Parameters
        ----------
        library : {"pandas", "polars", "dict"} or None, default=None
            The kind of table: a ``DataFrame`` of pandas or polars, or a dict of arrays.
            None is the first of them that is installed.

        Returns
        -------
        frame : pandas.DataFrame, polars.DataFrame or dict of str to ndarray
            One row per candidate, with its ``rank``; ``candidate``, its row in
            ``cv_results_``; its mean scores; its hyperparameters, and for a space
            function also the answers that it got; its rung if there are several; the
            number of folds on which it was tried, and of failed ones; its times.

            An inactive hyperparameter is ``pandas.NA``, null in polars, and masked in
            arrays. ``None`` is a value: in polars, where it would be null, its column
            is one of strings.

        Examples
        --------
        >>> from sklearn.datasets import load_iris
        >>> from sklearn.svm import SVC
        >>> from sksearch import TPESearchCV
        >>> search = TPESearchCV(SVC(), {"C": [1, 1e-9]}, n_iter=2)
        >>> search = search.fit(*load_iris(return_X_y=True))
        >>> frame = search.results_frame("dict")
        >>> frame["rank"].tolist(), frame["C"].tolist()
        ([1, 2], [1.0, 1e-09])
        """
        return self._results().results_frame(library)

    def leaderboard(self, library: str | None = None) -> Any:
        """Return one row for each estimator type, the best first.

        Parameters
        ----------
        library : {"pandas", "polars", "dict"} or None, default=None
            The kind of table, see :meth:`results_frame`.

        Returns
        -------
        frame : pandas.DataFrame, polars.DataFrame or dict of str to ndarray
            The label of each estimator type; the mean score of its best candidate and
            its standard deviation over the folds; ``n_trials``, the number of its
            configurations that were tried, and ``n_failed``, of those with a failed
            fold; the total seconds of its fits and scores; ``candidate``, the row of
            the best one in ``cv_results_``; and its hyperparameters in short.
        """
        return self._results().leaderboard(library)

    def top_params(self, k: int = 10) -> list[dict[str, Any]]:
        """Return the parameters of the best distinct candidates.

        Parameters
        ----------
        k : int, default=10
            How many, at most. Candidates without a score are left out, and so are those
            of which a fold failed, whatever `error_score` is.

        Returns
        -------
        params : list of dict
            The best first. Another search can take them as ``initial_points``.
        """
        return self._results().top_params(k)

    def diagnosis(self) -> Diagnosis:
        """Diagnose the search from its scores, in words.

        The diagnosis looks for reasons to continue, or to change something: models that
        are too simple or overfitted, best values at the end of their range, differences
        that are noise, estimator types without a chance, a budget that was too small or
        too large, and errors. Without any such reason it is empty.

        Returns
        -------
        diagnosis : Diagnosis
            A list of findings; ``print`` shows it as text. Each finding has a ``kind``,
            the ``numbers`` in a dict, and texts: what was seen, the ``cause``, and the
            ``advice`` what to try. ``unchecked`` lists what could not be checked:
            training scores, for instance, need ``return_train_score=True``.

        Examples
        --------
        >>> from sklearn.datasets import load_diabetes
        >>> from sklearn.linear_model import Ridge
        >>> from sksearch import Float, TPESearchCV
        >>> space = {"alpha": Float(1, 1e3, log=True)}
        >>> search = TPESearchCV(Ridge(), space, n_iter=20, random_state=0)
        >>> search = search.fit(*load_diabetes(return_X_y=True))
        >>> search.diagnosis().kinds
        ['edge']
        """
        results = self._results()
        by_rows = hasattr(self, "oof_predictions_") and hasattr(self, "best_index_")
        estimate = self.estimate_score if by_rows else None
        return diagnose(results, results.facts, estimate)

    def top_models(
        self, k: int = 10, X: Any = None, y: Any = None, **params: Any
    ) -> list[Any]:
        """Return the best distinct candidates, fitted to all the data.

        A search keeps neither the models of the folds nor the data. So it needs the
        data again, and fits each model.

        Parameters
        ----------
        k : int, default=10
            How many, at most, as in `top_params`.
        X : array-like of shape (n_samples, n_features), default=None
            Training data. Without them only ``best_estimator_`` is available.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            Target.
        **params : dict of str to object
            Other arguments of the estimator's ``fit``, as given to the search.

        Returns
        -------
        models : list of estimator
            The best first.

        Raises
        ------
        ValueError
            If data are needed and not given; or if ``resource="epochs"``, since such
            models are fitted by ``partial_fit``.
        """
        rows = self._results().top_rows(k)
        if X is None:
            return [self._only_model(rows)]
        self._check_fit(rows)
        routed = self._get_routed_params_for_fit(params)
        models = [self.candidate_estimator(row) for row in rows]
        for model in models:
            own = untouched(model, X)
            model.fit(*((own,) if y is None else (own, y)), **routed.estimator.fit)
        return models

    def _check_fit(self, rows: Sequence[int]) -> None:
        """Raise ValueError if candidates were fitted by ``partial_fit``."""
        resource = getattr(self, "resource", None)
        params = [self.cv_results_["params"][row] for row in rows]
        if resource == EPOCHS and any(EPOCHS not in own for own in params):
            msg = (
                "top_models cannot fit candidates of a search with resource='epochs', "
                "which calls partial_fit: candidate_estimator(i) has their parameters."
            )
            raise ValueError(msg)

    def _only_model(self, rows: Sequence[int]) -> Any:
        """Return the fitted best model; ValueError if others are wanted."""
        best = getattr(self, "best_index_", None)
        if list(rows) == [best] and hasattr(self, "best_estimator_"):
            return self.best_estimator_
        if not rows:
            msg = (
                "No candidate has a score, so no model is the best. What went wrong is "
                "in failures_ of the search."
            )
            raise ValueError(msg)
        msg = (
            "A search keeps the best model only, and no data: pass them to fit the "
            f"others, top_models({len(rows)}, X, y)."
        )
        raise ValueError(msg)

    def candidate_estimator(self, index: int) -> Any:
        """Return a new, unfitted estimator with the parameters of a candidate.

        Parameters
        ----------
        index : int
            Row in ``cv_results_``.

        Returns
        -------
        estimator : estimator
            As from `sksearch.candidate_estimator`.
        """
        return candidate_estimator(self, index)

    def to_json(self, path: str | os.PathLike[str]) -> None:
        """Write scores, parameters and settings to a file.

        `sksearch.reports.Results.from_json` reads it. The file is text; numbers,
        strings, lists and None are kept as they are. For an estimator it has the label,
        the class and the parameters; for any other object, such as a metric, a string.
        So a file restores the table, but neither models nor the search.

        Parameters
        ----------
        path : str or path
            The file, which is replaced if it exists.
        """
        self._results().to_json(path)

    def _results(self) -> Results:
        """Return the table, with the facts that reports need."""
        check_is_fitted(self, "cv_results_")
        table = self.cv_results_
        n = len(table["params"])
        kept = getattr(self, "_for_reports", None) or {
            "labels": [{}] * n,
            "trials": list(range(n)),
            "asked": False,
        }
        names = {key[6:] for key in table if key.startswith("param_")}
        plain = in_place(self.estimator).estimator
        kind = kind_of_tuned(plain, names)
        facts = Facts(
            metric=self._metric,
            kind_name=kind.name,
            kinds=kinds_of(kind, table["params"], kept["labels"]),
            labels=kept["labels"],
            trials=kept["trials"],
            n_failed=counted(self.failures_["candidate"], n),
            suggestions=self.suggestions_ if kept["asked"] else None,
            timeline=getattr(self, "timeline_", None),
            background=background_of(self, kind.name),
        )
        settings = self.get_params(deep=False)
        return Results(table, facts, settings)


def params_of(candidate: Candidate) -> dict[str, Any]:
    """Return the parameters of a candidate, in a form that can be an initial point."""
    answers = candidate.trial.suggestions
    params = candidate.params
    return params if answers is None else Answered(params, answers)

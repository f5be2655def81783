"""to_optuna: the trials of a search as an Optuna study."""

from __future__ import annotations

from typing import Any

from sklearn.utils.validation import check_is_fitted

from sksearch.reports import Results, domains_of, make_study
from sksearch.search.outcome._has_reports import HasReports
from sksearch.space import Space, short


def to_optuna(
    search: Any, *, study_name: str | None = None, storage: Any = None
) -> Any:
    """Return the trials of a search as an Optuna study.

    The study works with all tools for Optuna: ``optuna-dashboard``,
    ``optuna.visualization``, ``optuna.importance``.

    Parameters
    ----------
    search : TPESearchCV, BayesSearchCV, HalvingSearchCV or Results
        A fitted search, or the result of `load_history`.
    study_name : str or None, default=None
        The name of the study; by default Optuna makes one.
    storage : str, storage of Optuna or None, default=None
        Where to keep the study, ``"sqlite:///study.db"`` for example; by default in
        memory.

    Returns
    -------
    study : optuna.Study
        A study to maximise, with a trial for each configuration. The value of a trial
        is the mean test score of the metric that drove the search; other means, scores
        of the folds and the estimator type are user attributes.

        A trial has values only for active hyperparameters. Estimators and other objects
        are replaced by their labels. With halving, scores on the rungs are intermediate
        values by resource, and trials that did not reach the last rung are pruned. A
        trial with a failed fold is a failure.

    Raises
    ------
    ImportError
        If Optuna is not installed: the extra ``optuna`` installs it.
    TypeError
        If `search` is something else.
    ValueError
        If no candidate is finished.

    Notes
    -----
    A study has one distribution for each name. If ranges depend on other
    hyperparameters, it covers all of them. If a hyperparameter is a number or one of
    several strings, the strings get a second name with "(listed)". A journal does not
    contain the space: the ranges of `load_history` are those of the tried values, and
    logarithmic if they span three decades.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import Float, TPESearchCV, to_optuna
    >>> search = TPESearchCV(SVC(), {"C": Float(1e-3, 1e3, log=True)}, n_iter=5)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> study = to_optuna(search, storage="sqlite:///svc.db")  # doctest: +SKIP
    >>> study.best_value == search.best_score_  # doctest: +SKIP
    True
    """
    words = {"study_name": study_name, "storage": storage}
    if isinstance(search, Results):
        return make_study(search, {}, {}, **words)
    if not isinstance(search, HasReports):
        msg = (
            "search must be a fitted search of sksearch or what load_history returns, "
            f"got {short(search)} of type {type(search).__name__}."
        )
        raise TypeError(msg)
    check_is_fitted(search, "cv_results_")
    domains = domains_of(getattr(search, "space_", Space(())))
    failures = search.failures_
    errors = {
        row: text.strip().splitlines()[-1]
        for row, text in zip(failures["candidate"], failures["traceback"], strict=True)
    }
    results = search._results()  # noqa: SLF001
    return make_study(results, domains, errors, **words)

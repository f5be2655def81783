"""GridSearchCV: scikit-learn's grid search on our engine."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from sklearn import model_selection

from sksearch.exceptions import SpaceTypeError
from sksearch.schedulers import Full, Ladder
from sksearch.search._base import BaseSearch
from sksearch.search.grid._listed_sampler import ListedSampler, Listing
from sksearch.search.grid._read_grid import read_grid
from sksearch.search.plan import FitData, Plan
from sksearch.space import Choice, GridRows, short


@model_selection.GridSearchCV.register  # for isinstance
class GridSearchCV(BaseSearch):
    """Search over all configurations of a grid, as scikit-learn does.

    Replaces `sklearn.model_selection.GridSearchCV` by the change of an import: the same
    parameters, candidates in the same order, scores, ranks and winner.

    In addition it can resume from a journal, end in time, survive dying workers, stop
    endless fits, drop candidates that can no longer win, and keep predictions for an
    ensemble. A grid may be a tree of choices. The data are split once for all
    candidates, and no candidate waits for the slowest fold of another one.

    Parameters
    ----------
    estimator : estimator or Choice
        The estimator to tune. With a `Choice` between estimators, the search chooses
        between them as well: a configuration has the chosen one as ``estimator`` and
        its parameters as ``estimator__...``, and ``best_estimator_`` is the bare
        winner.
    param_grid : dict, list of dict or Choice, default=None
        The grid: a dict of names to lists of values, or several such dicts, as in
        scikit-learn. A `Choice` with `Option` opens a grid below each option. `Int`,
        `Float` with a ``step`` and other finite ranges mean the list of their values.
        May be left out if `estimator` is a `Choice`.
    scoring : str, callable, list, tuple or dict, default=None
        The metric or the metrics, as in scikit-learn. With several, `refit` names the
        one that counts; by default the first one.
    n_jobs : int, default=None
        How many folds are fitted at once, on the active joblib backend. ``None`` means
        1 unless `joblib.parallel_config` says otherwise, -1 all processors.
    refit : bool, str or callable, default=True
        Whether to fit the best configuration on all the data. With several metrics, the
        name of the one that counts; ``"one_standard_error"`` for the simplest candidate
        that is hardly worse, see `OneStandardError`; or a function of ``cv_results_``
        that returns the index of the best.
    cv : int, splitter or iterable, default=None
        The folds, as in scikit-learn; 5 by default. The data are split once, so that
        all candidates get the same folds, even with a splitter that shuffles.
    verbose : int, default=0
        1 shows a live progress line, and a last line; 2 also prints a line for each
        candidate; 3 prints a line for each fold instead.
    pre_dispatch : int or str, default="2*n_jobs"
        How many fits are dispatched to the workers at once.
    error_score : 'raise' or float, default=nan
        The score of a fit that fails. Candidates with the score nan rank last. If all
        scores are nan, ``fit`` raises, as soon as that is to be expected.
    return_train_score : bool, default=False
        Whether to compute scores on the training parts.
    random_state : int, RandomState instance or None, default=None
        Used by `confirm`, `early_stopping` and `resplit`; a grid needs no randomness.
    window : int, "unordered" or None, default=None
        How many candidates may be in progress: a new one is begun when all but the last
        ``window - 1`` are complete. ``None`` is 1 for ``n_jobs=1``, else four times
        (with `prune_folds` twice) ``n_jobs / n_splits``, rounded up, plus 1.
        Candidates in progress cannot be pruned by each other's scores. When a
        callback ends the search, candidates in progress are finished. ``"unordered"``
        begins one whenever a worker would be idle.
    timeout : float, default=None
        Seconds for the search. When they are over, running fits are dropped and the
        best candidate so far wins; at least one candidate is always finished.
    fit_timeout : float, default=None
        Seconds for the fit and the scores of one fold. A fit that takes longer is
        stopped and scored `error_score`, and folds of its candidate that have not begun
        are left out. Needs `n_jobs` > 1 and worker processes.
    storage : str or path, default=None
        A file for the journal of the search, from which an interrupted search resumes.
        `timeout` includes earlier runs. It is text, with one line of JSON for each
        finished fold.
    resume : "auto", "retry" or bool, default="auto"
        What to do with an existing journal. ``"auto"`` resumes from it, if data, space
        and settings are the same; ``True`` requires one; ``False`` starts anew and
        keeps the old file aside; ``"retry"`` resumes, and repeats failed fits.
    prune_folds : bool, default=False
        Whether to stop a candidate between folds once it can no longer win. Its missing
        scores are NaN, its mean score is over the finished folds, and ``n_folds`` is
        their number. It ranks below all complete candidates and joins no ensemble. With
        10 folds this saves most of the fits.
    early_stopping : EarlyStopping, int, dict or bool, default=None
        When to stop boosting rounds, or epochs: after this many rounds without a better
        score on a held-back part of the training rows; see `EarlyStopping`. The refit
        uses the number of rounds found on the folds. ``True`` for the default of
        `EarlyStopping`, ``None`` or ``False`` for all rounds.
    cache : bool, str, path or SharedSteps, default=None
        Whether candidates share equal first steps of pipelines, fitted once per fold.
        ``True``, or a folder that is kept. Scores do not depend on it.
    callbacks : callable or list of callable, default=None
        Called with a `CandidateRecord` after each finished candidate, in order. A true
        return value ends the search, once the candidates in progress are finished. A
        callback with two arguments gets a study and a trial of Optuna.
    return_oof : bool, default=False
        Whether to keep the predictions of each candidate for the test parts, in
        ``oof_predictions_``; `StackingWeights.from_search` makes an ensemble of them.
        They take 4 bytes per candidate, sample and class, or 8 per candidate and sample
        for regressors.
    confirm : int or None, default=None
        How many of the best candidates to evaluate again at the end, on fresh splits
        and with fresh seeds; the mean over all splits then decides, as in
        `TPESearchCV`. It adds to the grid: ``confirm=5`` costs as much as ten
        candidates.
    resplit : bool, default=False
        Whether each candidate gets its own splits, drawn by its number from a splitter
        with a ``random_state``. For a single hold-out split, such as
        ``ShuffleSplit(1)``, which a search would otherwise overfit. Not with
        `return_oof` or `prune_folds`.

    Attributes
    ----------
    cv_results_ : dict of str to ndarray
        The table of all candidates, with the columns of scikit-learn's searches; with
        `early_stopping` also ``mean_n_rounds`` and ``split0_n_rounds`` and so on.
    best_estimator_ : estimator
        The best configuration, fitted on all the data; only with `refit`. With
        `early_stopping` it has the number of rounds found on the folds.
    best_score_ : float
        Its mean cross-validated score.
    confirmed_score_ : float
        Its mean score over the original and the fresh splits; only with `confirm`.
    best_params_ : dict
        Its parameters.
    best_index_ : int
        Its row in ``cv_results_``.
    suggestions_ : list of dict
        The values of each candidate, usable as initial points of another search.
    failures_ : dict of str to list
        One entry for each failed fold: the candidate, its parameters, the fold, the
        exception, its traceback, the seconds. Empty lists if none failed.
    end_reason_ : str
        Why the search ended: "space exhausted" if all candidates were tried; "timeout";
        "interrupted"; "callback" with the name of the callback; "all workers died"; or
        an error.
    end_counts_ : dict of str to int
        How many candidates were planned, how many were finished, how many of these in
        an earlier run, and how many have a failed fold.
    scorer_ : callable or dict
        The scorer, or the scorers by name.
    space_ : Space
        The space that was searched.
    n_splits_ : int
        Number of folds.
    refit_time_ : float
        Seconds of the refit.
    final_rounds_ : list of int or None
        The number of rounds of each candidate on all the data, ``None`` for candidates
        that are not stopped early; only with `early_stopping`.
    oof_predictions_ : OutOfFold
        Predictions of the candidates for the test parts; only with `return_oof`.
    multimetric_ : bool
        Whether there are several metrics.
    feature_names_in_ : ndarray of str
        Names of features, if the estimator knows them; also ``n_features_in_`` and, for
        classifiers, ``classes_``.

    See Also
    --------
    RandomizedSearchCV : Some configurations, drawn at random.
    TPESearchCV : Configurations proposed by a model of the scores so far.

    Notes
    -----
    Candidates come in the order of `sklearn.model_selection.ParameterGrid`: names in
    alphabetical order, the last one varies quickest; so ``mean_test_score`` can be
    reshaped to a table. A tree of choices has the order of the grids that `expand`
    makes of it. A value listed twice is tried twice. Values are plain Python numbers:
    ``0.1`` and not ``np.float64(0.1)``.

    A first Ctrl-C ends the search in good order: finished candidates are kept, and the
    best of them is refitted. A second one stops at once.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import GridSearchCV
    >>> X, y = load_iris(return_X_y=True)
    >>> search = GridSearchCV(SVC(), {"kernel": ["linear", "rbf"], "C": [1, 10]})
    >>> search.fit(X, y).best_params_
    {'C': 1, 'kernel': 'linear'}
    >>> search.cv_results_["mean_test_score"].reshape(2, 2).round(3)
    array([[0.98 , 0.967],
           [0.973, 0.98 ]])
    """

    def __init__(
        self,
        estimator: Any,
        param_grid: Any = None,
        *,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: int | str = "2*n_jobs",
        error_score: Any = np.nan,
        return_train_score: bool = False,
        random_state: Any = None,
        window: int | str | None = None,
        timeout: float | None = None,
        fit_timeout: float | None = None,
        storage: str | os.PathLike[str] | None = None,
        resume: bool | str = "auto",
        prune_folds: bool = False,
        early_stopping: Any = None,
        cache: Any = None,
        callbacks: Any = None,
        return_oof: bool = False,
        confirm: int | None = None,
        resplit: bool = False,
    ) -> None:
        self._take(locals())

    @property
    def param_distributions(self) -> Any:
        """The grid, by its name in the other searches."""
        return self.param_grid

    @param_distributions.setter
    def param_distributions(self, grid: Any) -> None:
        self.param_grid = grid

    def _plan(self, data: FitData, rng: np.random.RandomState) -> Plan:
        if isinstance(self.param_grid, str):
            msg = (
                "The 'param_grid' parameter must be a dict, a list of dicts or a Choice"
                f", got {short(self.param_grid)}."
            )
            raise SpaceTypeError(msg)
        in_place = isinstance(self.estimator, Choice) or self._given().ranges
        if self.param_grid is None and not in_place:
            msg = (
                "The 'param_grid' parameter is missing, wanted a dict of names to "
                "lists of values. Write param_grid={'name': [value, another_value]}."
            )
            raise SpaceTypeError(msg)
        tuned = self._tuned(data, read=read_grid)
        rows = GridRows(tuned.space)
        decoded = ((row, tuned.space.decode(row)) for row in rows)
        # Names are in the order of scikit-learn.
        listings = (Listing(row, dict(sorted(own.items()))) for row, own in decoded)
        return Plan(
            tuned,
            ListedSampler(tuned.space, listings, rows.size),
            Full(Ladder((1,), n_candidates=rows.size)),
            sizes={0: rows.size},
            asked="space exhausted",
            nan_may_win=True,
        )

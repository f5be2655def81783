"""TPESearchCV: a search with a tree-structured Parzen estimator."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.model_selection import RandomizedSearchCV

from sksearch.samplers import TPESampler
from sksearch.search._base import BaseSearch
from sksearch.search.plan import FitData, Plan


@RandomizedSearchCV.register  # has its parameters; for isinstance
class TPESearchCV(BaseSearch):
    """Search for hyperparameters with a tree-structured Parzen estimator.

    A drop-in replacement of `sklearn.model_selection.GridSearchCV` and
    `~sklearn.model_selection.RandomizedSearchCV`: after ``fit`` it is the best
    estimator, fitted on all the data, with all candidates in ``cv_results_``.

    The sampler learns from the candidates so far. It models the densities of good and
    of bad configurations over the whole tree of choices [1]_ [2]_, and proposes the
    next candidate. Folds are fitted in parallel on the active joblib backend; the next
    candidate does not wait for the slowest fold of the last one.

    Parameters
    ----------
    estimator : estimator or Choice
        The estimator to tune. With a `Choice` between estimators, the search chooses
        between them as well: a configuration has the chosen one as ``estimator`` and
        its parameters as ``estimator__...``, and ``best_estimator_`` is the bare
        winner.
    param_distributions : dict, list of dict, Choice, callable or "auto", default=None
        The space, see `as_space`. Lists are categories; frozen `scipy.stats`
        distributions, `Int`, `Float` and ranges of other libraries are ranges; `Choice`
        and `Option` open sub-spaces; several dicts compete. "auto" is the space of
        `suggest_space`. May be left out if `estimator` is a `Choice` or contains
        ranges, ``Ridge(alpha=Float(0.1, 10.0))``; a dict takes precedence over these.
        Aliases: ``param_grid`` and, as in scikit-optimize, ``search_spaces``.
    n_iter : int, default=50
        Number of configurations to try. A smaller finite space is searched completely,
        with a `SpaceExhaustedWarning` if `n_iter` was given. Alias: ``n_trials``.
    scoring : str, callable, list, tuple or dict, default=None
        The metric or the metrics, as in scikit-learn. With several, `refit` names the
        one that drives the search; by default the first one.
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
    window : int, "unordered" or None, default=None
        How many candidates may be in progress: a new one is proposed when all but the
        last ``window - 1`` are complete. ``None`` is 1 for ``n_jobs=1``, else ``n_jobs
        / n_splits``, rounded up, plus 1. A larger window uses a large cluster better,
        but the sampler knows fewer scores. ``"unordered"`` begins a candidate whenever
        a worker would be idle, and the sampler learns each score as it comes: for large
        clusters; the result then depends on timing.
    random_state : int, RandomState instance or None, default=None
        An int makes the search repeatable: the same candidates and scores for the same
        `n_jobs`, for any timing and backend (and for any `n_jobs` from 2 to the number
        of folds).
    error_score : 'raise' or float, default=nan
        The score of a fit that fails. Candidates with the score nan rank last. If all
        scores are nan, ``fit`` raises, as soon as that is to be expected.
    return_train_score : bool, default=False
        Whether to compute scores on the training parts.
    timeout : float, default=None
        Seconds for the search. When they are over, running fits are dropped and the
        best candidate so far wins; at least one candidate is always finished.
    fit_timeout : float, default=None
        Seconds for the fit and the scores of one fold. A fit that takes longer is
        stopped and scored `error_score`, and folds of its candidate that have not begun
        are left out. Needs `n_jobs` > 1 and worker processes.
    storage : str or path, default=None
        A file for the journal of the search, from which an interrupted search resumes.
        `n_iter` and `timeout` include earlier runs. It is text, with one line of JSON
        for each finished fold.
    resume : "auto", "retry" or bool, default="auto"
        What to do with an existing journal. ``"auto"`` resumes from it, if data, space
        and settings are the same; ``True`` requires one; ``False`` starts anew and
        keeps the old file aside; ``"retry"`` resumes, and repeats failed fits.
    initial_points : "auto", "default", list of dict or None, default="auto"
        The first configurations to try. ``"auto"``: the estimator's own settings, then
        up to 8 known points, which are good on many other data sets; the sampler also
        gets the scores there. ``"default"``: the own settings alone. A list: your
        configurations, such as ``suggestions_`` of another search; missing values are
        filled in with the own settings. ``()`` or ``None``: none.
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
        and with fresh seeds; the mean over all splits then decides. The best of many
        scores is partly luck, and its candidate may not be the best. The budget stays
        the same: ``confirm=5`` replaces 10 of the `n_iter` candidates (5 repeats, then
        3 and 2 of the leaders), and 15 % of `timeout`. See the notes.
    resplit : bool, default=False
        Whether each candidate gets its own splits, drawn by its number from a splitter
        with a ``random_state``. For a single hold-out split, such as
        ``ShuffleSplit(1)``, which a search would otherwise overfit. Not with
        `return_oof` or `prune_folds`.
    sampler_params : dict, default=None
        Settings of `TPESampler`, for experts.
    n_repeats : int, default=1
        How often each fold is fitted, each time with different seeds (``random_state``
        of the estimators that have it); the mean of the scores counts. For fits that
        depend on luck, such as those of networks. Times are of all fits of a fold,
        predictions of `return_oof` of the first.
    sampler : class or callable, default=None
        A sampler of your own instead of `TPESampler`: a class that inherits from
        `sksearch.samplers.Sampler`, or a function with its arguments that returns one.
        `sampler_params` are its settings.

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
        The values of each candidate, usable as initial points. For a space function
        these are its answers, by the names that it asked for; for other spaces they are
        the parameters.
    failures_ : dict of str to list
        One entry for each failed fold: the candidate, its parameters, the fold, the
        exception, its traceback, the seconds. Empty lists if none failed.
    timeline_ : dict of str to list
        One entry for each fitted fold: the candidate, the fold, the start in seconds
        since 1970, the seconds, the worker.
    end_reason_ : str
        Why the search ended: "n_iter" if all candidates were tried; "timeout";
        "interrupted"; "callback" with the name of the callback; "space exhausted";
        "all workers died"; or an error.
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
    BayesSearchCV : Needs fewer fits, but proposes more slowly; for slow fits.
    sksearch.TPESampler : The same proposals in your own loop.
    sksearch.Choice : Options with sub-spaces.

    Notes
    -----
    A first Ctrl-C ends the search in good order: finished candidates are kept, and the
    best of them is refitted. A second one stops at once.

    With `confirm`, ``best_index_`` is the row with the best mean over the original and
    the fresh splits among the candidates of the last round. It need not have rank 1,
    since ``rank_test_score``, ``mean_test_score`` and ``best_score_`` are on the
    original splits alone. ``cv_results_`` has ``mean_confirmed_score`` and
    ``std_confirmed_score`` over all splits (NaN for candidates without confirmation)
    and ``n_confirmations``. A candidate with a failed repeat cannot win.

    References
    ----------
    .. [1] Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter
       optimization", NeurIPS 2011.
    .. [2] Watanabe, "Tree-structured Parzen estimator: understanding its algorithm
       components and their roles for better empirical performance", 2023,
       arXiv:2304.11127.

    Examples
    --------
    >>> from scipy.stats import loguniform
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import Choice, Option, TPESearchCV
    >>> X, y = load_iris(return_X_y=True)
    >>> space = {
    ...     "C": loguniform(1e-2, 1e3),
    ...     "kernel": Choice(["linear", Option("rbf", gamma=loguniform(1e-4, 1e1))]),
    ... }
    >>> search = TPESearchCV(SVC(), space, n_iter=10, random_state=0).fit(X, y)
    >>> len(search.cv_results_["params"])
    10
    >>> bool(search.best_score_ > 0.97)
    True
    """

    def __init__(
        self,
        estimator: Any,
        param_distributions: Any = None,
        *,
        n_iter: int = 50,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: int | str = "2*n_jobs",
        window: int | str | None = None,
        random_state: Any = None,
        error_score: Any = np.nan,
        return_train_score: bool = False,
        timeout: float | None = None,
        fit_timeout: float | None = None,
        storage: str | os.PathLike[str] | None = None,
        resume: bool | str = "auto",
        initial_points: Any = "auto",
        prune_folds: bool = False,
        early_stopping: Any = None,
        cache: Any = None,
        callbacks: Any = None,
        return_oof: bool = False,
        confirm: int | None = None,
        resplit: bool = False,
        sampler_params: Mapping[str, Any] | None = None,
        n_repeats: int = 1,
        sampler: Any = None,
    ) -> None:
        self._take(locals())

    def _plan(self, data: FitData, rng: np.random.RandomState) -> Plan:
        return self._all_at_once(TPESampler, data, rng)

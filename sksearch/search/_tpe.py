"""TPESearchCV: a tree-structured Parzen estimator in the place of a grid."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from sksearch.samplers import TPESampler
from sksearch.search._base import BaseSearch
from sksearch.search.plan import FitData, Plan


class TPESearchCV(BaseSearch):
    """Search for hyperparameters with a tree-structured Parzen estimator.

    Takes the place of `sklearn.model_selection.GridSearchCV` and
    `~sklearn.model_selection.RandomizedSearchCV`: after ``fit`` it is the best
    estimator, fitted on all the data, with all that was tried in ``cv_results_``.

    Each candidate is proposed by what the ones before have shown, with densities of
    good and of bad configurations over the whole tree of choices [1]_ [2]_. Its folds
    are fitted in parallel on the active joblib backend; the next candidate does not
    wait for the slowest fold of the last one.

    Parameters
    ----------
    estimator : estimator or Choice
        What is tuned. A `Choice` between estimators searches over them, too: each
        configuration then has the chosen one as ``estimator``, its parameters as
        ``estimator__...``, and ``best_estimator_`` is the bare winner.
    param_distributions : dict, list of dict, Choice, callable or "auto", default=None
        The space, see `as_space`. Lists are categories, frozen scipy.stats
        distributions, `Int`, `Float` and the ranges of other libraries are ranges,
        `Choice` and `Option` open sub-spaces; several dicts compete. "auto" is the
        space of `suggest_space`. May be left out if `estimator` is a `Choice`, or holds
        ranges itself, ``Ridge(alpha=Float(0.1, 10.0))``; beside those, a dict decides.
        May be called ``param_grid`` or, as in scikit-optimize, ``search_spaces``.
    n_iter : int, default=50
        Number of configurations to try. A finite space that is smaller is searched
        completely, with a `SpaceExhaustedWarning` if `n_iter` was given. May be called
        ``n_trials``.
    scoring : str, callable, list, tuple or dict, default=None
        The metric or the metrics, as in scikit-learn. Of several, the one that `refit`
        names drives the search; the first one if `refit` names none.
    n_jobs : int, default=None
        How many folds are fitted at once, on the active joblib backend. ``None`` means
        1 unless `joblib.parallel_config` says otherwise, -1 all processors.
    refit : bool, str or callable, default=True
        Whether to fit the best configuration on all the data; with several metrics the
        name of the one that counts; ``"one_standard_error"`` for the simplest that is
        hardly worse, see `OneStandardError`; or a function of ``cv_results_`` that
        returns the index of the best.
    cv : int, splitter or iterable, default=None
        The folds, as in scikit-learn; 5 by default. The data are split once, so every
        candidate gets the same folds, also from a splitter that shuffles.
    verbose : int, default=0
        1 shows a living line while the search runs, and a last line; 2 prints a line
        for each candidate besides, 3 one for each fold instead.
    pre_dispatch : int or str, default="2*n_jobs"
        How many fits are handed to the workers at once.
    window : int, "unordered" or None, default=None
        How many candidates may be under way: a new one is proposed when all but the
        last ``window - 1`` are complete. ``None`` is 1 for ``n_jobs=1``, else ``n_jobs
        / n_splits``, rounded up, plus 1. A larger window keeps a large cluster busier,
        but the sampler knows fewer scores. ``"unordered"`` begins one whenever a worker
        would be idle, and tells each score as it comes: for large clusters, and not
        repeatable.
    random_state : int, RandomState instance or None, default=None
        An int makes the search repeatable: the same candidates and scores for the same
        `n_jobs`, whatever the timing and the backend (and for any `n_jobs` from 2 to
        the number of folds).
    error_score : 'raise' or float, default=nan
        The score of a fit that fails. A candidate whose score is nan ranks last; if no
        candidate has another score, ``fit`` raises, as soon as that is to be expected.
    return_train_score : bool, default=False
        Whether to compute scores on the training parts.
    timeout : float, default=None
        Seconds for the search. When they are over, running fits are dropped and the
        best candidate so far is used; at least one candidate is always finished.
    fit_timeout : float, default=None
        Seconds for one fit of one fold, with its scores. One that takes longer is
        stopped and scored `error_score`, and folds of its candidate that have not
        begun are left out. Needs `n_jobs` > 1 and worker processes.
    storage : str or path, default=None
        A file, the journal of the search: what is finished is on the disk, and a search
        that was cut off goes on from there. `n_iter` and `timeout` count what was done
        before, too. It is text, one line of JSON for each finished fold.
    resume : "auto", "retry" or bool, default="auto"
        What to do with a journal that is there: go on from it, if all that matters is
        the same; ``True`` wants one to be there, ``False`` begins anew and keeps the
        old file aside; ``"retry"`` goes on, and tries again what has failed.
    initial_points : "auto", "default", list of dict or None, default="auto"
        What is tried first. ``"auto"``: the estimator's own settings, then up to 8
        points of the space that were good on many other data sets, whose scores are
        told to the sampler, too. ``"default"``: the own settings alone. A list:
        configurations of yours, of ``suggestions_`` for example, in which what is left
        out is filled in by default. ``()`` or ``None``: nothing.
    prune_folds : bool, default=False
        Whether a candidate is tried on further folds only while it can still win. Its
        other scores are NaN, its mean score is that of the folds that it has,
        ``n_folds`` their number; it ranks below all complete candidates, and is in no
        ensemble. Saves most of the fits where there are 10 folds.
    early_stopping : EarlyStopping, int, dict or bool, default=None
        Where boosting rounds, or epochs, end: when they have not improved the score on
        a part of the training rows, held back, for so many rounds; see `EarlyStopping`.
        The last fit makes as many as the folds have found. ``True`` for the default of
        `EarlyStopping`, ``None`` or ``False`` for all rounds.
    cache : bool, str, path or SharedSteps, default=None
        Whether equal first steps of pipelines are fitted once per fold, and shared by
        candidates: ``True``, or a folder that stays. No score depends on it.
    callbacks : callable or list of callable, default=None
        Called with a `CandidateRecord` after each finished candidate, in order; a true
        return value ends the search, when the candidates under way are finished.
    return_oof : bool, default=False
        Whether to keep what each candidate predicts for the test part of each fold, in
        ``oof_predictions_``: `StackingWeights.from_search` makes an ensemble of it.
        Takes 4 bytes per candidate, sample and class, or 8 per candidate and sample for
        regressors.
    confirm : int or None, default=None
        How many of the best candidates to try again at the end, on fresh splits and
        with fresh seeds; the mean over all splits then decides. The best score of many
        owes a part to luck, and the candidate behind it may not be the best. It costs
        no more: ``confirm=5`` takes the place of 10 of the `n_iter` candidates (5
        repeats, then 3 and 2 of those ahead), and of 15 % of `timeout`. See the notes.
    resplit : bool, default=False
        Whether each candidate gets splits of its own, drawn by its number from a
        splitter that has a ``random_state``. For a single hold-out split, such as
        ``ShuffleSplit(1)``, to which a search otherwise adapts. Not with `return_oof`
        or `prune_folds`.
    sampler_params : dict, default=None
        Settings of `TPESampler`, which most people never touch.
    n_repeats : int, default=1
        How often each fold is fitted, each time with other seeds (``random_state``,
        where an estimator has it); the mean of the scores counts. For fits that depend
        on luck, such as those of networks. Times are those of all fits of a fold;
        predictions of `return_oof` are those of the first.

    Attributes
    ----------
    cv_results_ : dict of str to ndarray
        The table of all candidates, with the columns of scikit-learn's searches; with
        `early_stopping` also ``mean_n_rounds`` and ``split0_n_rounds`` and so on.
    best_estimator_ : estimator
        The best configuration, fitted on all the data; only with `refit`. With
        `early_stopping` it has the number of rounds that was found.
    best_score_ : float
        Its mean cross-validated score.
    confirmed_score_ : float
        Its mean score over the first splits and the fresh ones; only with `confirm`.
    best_params_ : dict
        Its parameters.
    best_index_ : int
        Its row in ``cv_results_``.
    suggestions_ : list of dict
        What the space was given for each candidate; any of them will do as an initial
        point. For a space that is a function these are the values that it asked for,
        by the names that it asked with; for others they are the parameters.
    failures_ : dict of str to list
        One entry for each fold that failed: the candidate, its parameters, the fold,
        the exception, its traceback, the seconds. Empty lists if none did.
    timeline_ : dict of str to list
        One entry for each fold that was fitted: the candidate, the fold, the start in
        seconds since 1970, the seconds, the worker.
    end_reason_ : str
        Why the search ended: "n_iter", all candidates were tried; "timeout";
        "interrupted"; "callback" with the name of the one that wanted it; "space
        exhausted"; "all workers died"; or an error.
    end_counts_ : dict of str to int
        How many candidates were planned and finished, how many of these an earlier run
        had finished, and how many have a failed fold.
    scorer_ : callable or dict
        The scorer, or the scorers by name.
    space_ : Space
        The space that was searched.
    n_splits_ : int
        Number of folds.
    refit_time_ : float
        Seconds that the last fit took.
    final_rounds_ : list of int or None
        How many rounds each candidate makes on all the data, ``None`` for one that was
        not to be stopped; only with `early_stopping`.
    oof_predictions_ : OutOfFold
        Predictions of the candidates for the test parts; only with `return_oof`.
    multimetric_ : bool
        Whether there are several metrics.
    feature_names_in_ : ndarray of str
        Names of features, if the estimator knows them; likewise ``n_features_in_`` and,
        for classifiers, ``classes_``.

    See Also
    --------
    BayesSearchCV : Needs fewer fits where they are slow; proposes more slowly.
    sksearch.samplers.TPESampler : The same proposals in a loop of your own.
    sksearch.Choice : Options with sub-spaces.

    Notes
    -----
    A first Ctrl-C ends the search in good order: what was finished is kept, and the
    best of it is refitted. A second one stops at once.

    With `confirm`, ``best_index_`` is the row with the best mean over the first splits
    and the fresh ones among those that reached the last round; it need not have rank 1,
    since ``rank_test_score``, ``mean_test_score`` and ``best_score_`` tell of the first
    splits alone. ``cv_results_`` has ``mean_confirmed_score`` and
    ``std_confirmed_score`` over all splits (NaN for candidates that were not tried
    again) and ``n_confirmations``. A candidate with a failed repeat cannot win.

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
    ) -> None:
        super().__init__(
            estimator,
            param_distributions,
            scoring=scoring,
            n_jobs=n_jobs,
            refit=refit,
            cv=cv,
            verbose=verbose,
            pre_dispatch=pre_dispatch,
            window=window,
            random_state=random_state,
            error_score=error_score,
            return_train_score=return_train_score,
            timeout=timeout,
            fit_timeout=fit_timeout,
            storage=storage,
            resume=resume,
            initial_points=initial_points,
            prune_folds=prune_folds,
            early_stopping=early_stopping,
            cache=cache,
            callbacks=callbacks,
            return_oof=return_oof,
            confirm=confirm,
            resplit=resplit,
            sampler_params=sampler_params,
            n_repeats=n_repeats,
        )
        self.n_iter = n_iter

    def _plan(self, data: FitData, rng: np.random.RandomState) -> Plan:
        return self._all_at_once(TPESampler, data, rng)

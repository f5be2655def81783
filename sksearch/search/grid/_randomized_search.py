"""RandomizedSearchCV: scikit-learn's, on our engine."""

from __future__ import annotations

import os
from numbers import Integral
from typing import Any

import numpy as np

from sksearch.schedulers import Full, Ladder
from sksearch.search._base import BaseSearch
from sksearch.search.checks import n_for_search
from sksearch.search.grid._drawn import drawn_sampler
from sksearch.search.plan import FitData, Plan
from sksearch.space import as_space_apart


class RandomizedSearchCV(BaseSearch):
    """Search over configurations that are drawn at random, as scikit-learn does.

    Takes the place of `sklearn.model_selection.RandomizedSearchCV` by the change of an
    import: the same parameters, and for the same `random_state` the same candidates,
    scores, ranks and winner.

    Beyond that, it keeps what it has found in a journal and goes on from there, ends in
    time, survives workers that die, stops fits that never end, drops candidates that
    can no longer win, and leaves predictions for an ensemble. Distributions may be a
    tree of choices. The folds of all candidates are made once, and no candidate waits
    for the slowest fold of another one.

    Parameters
    ----------
    estimator : estimator or Choice
        What is tuned. A `Choice` between estimators searches over them, too: each
        configuration then has the chosen one as ``estimator``, its parameters as
        ``estimator__...``, and ``best_estimator_`` is the bare winner.
    param_distributions : dict, list of dict, Choice, callable or "auto", default=None
        Names, and distributions or lists of values; of several such dicts one is drawn
        for each candidate. Or any other space that `as_space` takes, "auto" for that of
        `suggest_space`. May be left out if `estimator` is a `Choice`.
    n_iter : int, default=10
        Number of configurations to draw. If all values are listed, none is drawn twice,
        and a smaller space is searched completely, with a `SpaceExhaustedWarning`.
    scoring : str, callable, list, tuple or dict, default=None
        The metric or the metrics, as in scikit-learn. Of several, the one that `refit`
        names counts; the first one if `refit` names none.
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
    random_state : int, RandomState instance or None, default=None
        An int makes the search repeatable: the same candidates and scores, whatever
        `n_jobs`, the timing and the backend.
    error_score : 'raise' or float, default=nan
        The score of a fit that fails. A candidate whose score is nan ranks last; if no
        candidate has another score, ``fit`` raises, as soon as that is to be expected.
    return_train_score : bool, default=False
        Whether to compute scores on the training parts.
    window : int, "unordered" or None, default=None
        How many candidates may be under way: a new one is begun when all but the last
        ``window - 1`` are complete. ``None`` is 1 for ``n_jobs=1``, else four times
        ``n_jobs / n_splits``, rounded up, plus 1. When a callback ends the search,
        those under way are finished. ``"unordered"`` begins one whenever a worker would
        be idle.
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
        with fresh seeds; the mean over all splits then decides, as in `TPESearchCV`.
        ``confirm=5`` takes the place of 10 of the `n_iter` candidates.
    resplit : bool, default=False
        Whether each candidate gets splits of its own, drawn by its number from a
        splitter that has a ``random_state``. For a single hold-out split, such as
        ``ShuffleSplit(1)``, to which a search otherwise adapts. Not with `return_oof`
        or `prune_folds`.

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
        point of another search.
    failures_ : dict of str to list
        One entry for each fold that failed: the candidate, its parameters, the fold,
        the exception, its traceback, the seconds. Empty lists if none did.
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
    GridSearchCV : All configurations of a grid.
    TPESearchCV : Configurations proposed by what the ones before have shown.

    Notes
    -----
    What scikit-learn takes is drawn as its
    `~sklearn.model_selection.ParameterSampler` draws it. Any other space, with `Choice`
    or a callable, is drawn from its prior, without repeats. Values are handed on as
    plain Python numbers: ``0.1`` and not ``np.float64(0.1)``.

    A search that goes on from its journal with a greater `n_iter` draws further, and
    tries nothing again.

    A first Ctrl-C ends the search in good order: what was finished is kept, and the
    best of it is refitted. A second one stops at once.

    Examples
    --------
    >>> from scipy.stats import loguniform
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import RandomizedSearchCV
    >>> X, y = load_iris(return_X_y=True)
    >>> space = {"kernel": ["linear", "rbf"], "C": loguniform(1e-2, 1e3)}
    >>> search = RandomizedSearchCV(SVC(), space, n_iter=5, random_state=0).fit(X, y)
    >>> len(search.cv_results_["params"])
    5
    """

    def __init__(
        self,
        estimator: Any,
        param_distributions: Any = None,
        *,
        n_iter: int = 10,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: int | str = "2*n_jobs",
        random_state: Any = None,
        error_score: Any = np.nan,
        return_train_score: bool = False,
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
            initial_points=(),
            prune_folds=prune_folds,
            early_stopping=early_stopping,
            cache=cache,
            callbacks=callbacks,
            return_oof=return_oof,
            confirm=confirm,
            resplit=resplit,
            sampler_params=None,
        )
        self.n_iter = n_iter

    def _plan(self, data: FitData, rng: np.random.RandomState) -> Plan:
        tuned = self._tuned(data, read=as_space_apart)
        n_iter = n_for_search(int(self.n_iter), self.confirm)
        # A journal has a seed of its own.
        private = isinstance(self.random_state, Integral) or self.storage is not None
        sampler = drawn_sampler(
            tuned.specification, tuned.space, n_iter, rng, private=private
        )
        return Plan(
            tuned,
            sampler,
            Full(Ladder((1,), n_candidates=n_iter)),
            sizes={0: int(min(n_iter, sampler.size))},
            nan_may_win=True,
        )

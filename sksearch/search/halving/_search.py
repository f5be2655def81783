"""HalvingSearchCV: many candidates with little, the best of them with more."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from sksearch.search._base import BaseSearch
from sksearch.search.halving._halving_parameters import (
    CONSTRAINTS,
    SAMPLERS,
    HalvingParameters,
)
from sksearch.search.halving._last_rung import TopRungWins
from sksearch.search.halving._read_rungs import read_rungs
from sksearch.search.halving._resources import read_resource
from sksearch.search.halving._useful import least_share
from sksearch.search.plan import FitData, Plan


class HalvingSearchCV(TopRungWins, BaseSearch):
    """Search with successive halving: many candidates with little, the best with more.

    Takes the place of `sklearn.model_selection.HalvingRandomSearchCV` and
    `~sklearn.model_selection.HalvingGridSearchCV`: after ``fit`` it is the best
    estimator, fitted on all the data, with all that was tried in ``cv_results_``.

    All candidates are tried with few resources, rows of the data for example. The best
    `factor`-th of them is tried with `factor` times as many, and so on up to a last
    rung, the only one whose candidates can win [1]_. That finds as good a candidate
    with a fraction of the time, where few resources tell enough about many.

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
    n_candidates : int or "exhaust", default="exhaust"
        Number of candidates on the first rung; "exhaust" for so many that the last rung
        uses as much as possible, and with rows and ``min_resources="auto"`` for so many
        that three reach it, 27 at least. A finite space that is smaller is tried
        completely.
    factor : int, default=3
        One candidate in `factor` goes on to the next rung, which has `factor` times as
        many resources.
    resource : str, default="n_samples"
        What candidates get more of from rung to rung: rows of the data; a parameter
        of the estimator that takes integers, such as ``"n_estimators"`` or
        ``"clf__max_iter"``; or ``"epochs"``, calls of ``partial_fit``.
    min_resources : int, "auto", "smallest" or "exhaust", default="auto"
        What the first rung has. "auto" are as many rows as tell good from bad, see the
        notes; of a parameter, 1. "smallest" is 1; for rows, as in scikit-learn, twice
        the number of folds, times the number of classes. "exhaust" is the most with
        which the last rung stays within `max_resources`.
    max_resources : int or "auto", default="auto"
        The most that a candidate may get. "auto" are all rows; for a parameter, only
        you know how much is enough.
    aggressive_elimination : bool, default=False
        Whether to repeat the first rung if there are more candidates than the rungs can
        bring down to less than `factor`.
    sampler : {"random", "tpe", "gp"}, default="random"
        Where candidates come from: drawn at random, or proposed by a `TPESampler`,
        which learns from the highest rung that has enough trials [3]_, or by a
        `GPSampler`, which learns from all rungs.
    brackets : int or "hyperband", default=1
        How many halving runs there are, each of which leaves out one more of the lowest
        rungs and starts with fewer candidates; "hyperband" for as many as there are
        rungs [2]_. For when little resources may mislead.
    asynchronous : bool, default=False
        Whether to promote a candidate as soon as it is likely enough to be among the
        best, so that no worker waits for the slowest candidate of a rung.
    n_full : int, default=0
        How many more candidates there are after the halving run, which begin on the
        last rung: for samplers that have learned from it where to look, ``"gp"`` above
        all. Takes one bracket.
    continue_fits : bool, default=True
        Whether a promoted candidate goes on from its models of the rung below, where
        the estimator can, instead of being fitted from nothing. They wait in temporary
        files.
    scoring : str, callable, list, tuple or dict, default=None
        The metric or the metrics, as in scikit-learn. Of several, the one that `refit`
        names drives the search; the first one if `refit` names none.
    n_jobs : int, default=None
        How many folds are fitted at once, on the active joblib backend. ``None`` means
        1 unless `joblib.parallel_config` says otherwise, -1 all processors.
    refit : bool, str or callable, default=True
        Whether to fit the best configuration on all the data; with several metrics the
        name of the one that counts; "one_standard_error", see `OneStandardError`; or a
        function of ``cv_results_`` that returns the index of the best, on any rung.
    cv : int, splitter or iterable, default=5
        The folds, as in scikit-learn; 5 by default. A splitter that shuffles needs an
        int as its ``random_state``.
    verbose : int, default=0
        1 shows a living line while the search runs, and a last line; 2 prints a line
        for each candidate besides, 3 one for each fold instead.
    pre_dispatch : int or str, default="2*n_jobs"
        How many fits are handed to the workers at once.
    window : int, "unordered" or None, default=None
        How many candidates of the first rung may be under way: a new one is proposed
        when all but the last ``window - 1`` are complete. On a rung with r times the
        resources it is ``r * (window - 1)``, so that nobody waits for the long fits.
        ``None`` is 1 for ``n_jobs=1``, else ``n_jobs / n_splits``, rounded up, plus 1,
        and four times as many for ``sampler="random"``. A larger window keeps a large
        cluster busier, but the sampler knows fewer scores. ``"unordered"`` begins one
        whenever a worker would be idle: not repeatable.
    random_state : int, RandomState instance or None, default=None
        An int makes the search repeatable: the same candidates and scores for the same
        `n_jobs`, whatever the timing and the backend (and for any `n_jobs` from 2 to
        the number of folds).
    error_score : 'raise' or float, default=nan
        The score of a fit that fails. A candidate whose score is nan ranks last; if no
        candidate has another score, ``fit`` raises, as soon as that is to be expected.
    return_train_score : bool, default=True
        Whether to compute scores on the training parts. Each costs a prediction.
    timeout : float, default=None
        Seconds for the search. When they are over, running fits are dropped and the
        best candidate so far is used; at least one candidate is always finished. The
        best is the one on the highest rung that was reached.
    fit_timeout : float, default=None
        Seconds for one fit of one fold, with its scores. One that takes longer is
        stopped and scored `error_score`, and folds of its candidate that have not
        begun are left out. Needs `n_jobs` > 1 and worker processes.
    storage : str or path, default=None
        A file, the journal of the search: what is finished is on the disk, and a search
        that was cut off goes on from there. `timeout` counts what was done before,
        too. It is text, one line of JSON for each finished fold.
    resume : "auto", "retry" or bool, default="auto"
        What to do with a journal that is there: go on from it, if all that matters is
        the same; ``True`` wants one to be there, ``False`` begins anew and keeps the
        old file aside; ``"retry"`` goes on, and tries again what has failed.
    initial_points : "auto", "default", list of dict or None, default="auto"
        What is tried first: the estimator's own settings, then points known to be good
        on many data sets; ``"default"`` for the own settings alone; configurations of
        yours; ``()`` or ``None`` for nothing. As in `TPESearchCV`.
    prune_folds : bool, default=False
        Whether to stop a candidate of the last rung between folds, as in `TPESearchCV`.
    early_stopping : EarlyStopping, int, dict or bool, default=None
        Where boosting rounds, or epochs, end: when they have not improved the score on
        a part of the training rows, held back, for so many rounds; see `EarlyStopping`.
        The last fit makes as many as the folds have found. ``True`` for the default of
        `EarlyStopping`, ``None`` for all rounds. Not where `resource` counts rounds.
    cache : bool, str, path or SharedSteps, default=None
        Whether equal first steps of pipelines are fitted once per fold, and shared by
        candidates: ``True``, or a folder that stays. No score depends on it.
    callbacks : callable or list of callable, default=None
        Called with a `CandidateRecord` after each finished candidate, in an order that
        does not depend on timing; a true return value ends the search, when the
        candidates under way are finished.
    return_oof : bool, default=False
        Whether to keep what the candidates of the last rung predict for the test part
        of each fold, in ``oof_predictions_``, for `StackingWeights.from_search`. Where
        the last rung has not all the rows, it is the share of the test parts that it
        has. Not with ``"epochs"`` as the resource.
    confirm : int or None, default=None
        How many of the best candidates of the last rung to try again at the end, on
        fresh splits and with fresh seeds; the mean over all splits then decides, as in
        `TPESearchCV`. Comes on top of the rungs: ``confirm=5`` for ten candidates more,
        and with rows as the resource each has all of them.
    sampler_params : dict, default=None
        Settings of the sampler, which most people never touch.

    Attributes
    ----------
    cv_results_ : dict of str to ndarray
        The table of all candidates, one row for each rung that one was on, with the
        columns of scikit-learn's searches, ``iter`` (the rung) and ``n_resources``; and
        ``bracket`` where there are several, or `n_full`; with `early_stopping` also
        ``mean_n_rounds`` and ``split0_n_rounds`` and so on.
    best_estimator_ : estimator
        The best configuration, fitted on all the data; only with `refit`. With
        `early_stopping` it has the number of rounds that was found.
    best_score_ : float
        Its mean cross-validated score on the last rung.
    confirmed_score_ : float
        Its mean score over the first splits and the fresh ones; only with `confirm`.
    best_params_ : dict
        Its parameters; ``suggestions_[best_index_]`` is what its space was given.
    best_index_ : int
        Its row in ``cv_results_``.
    failures_ : dict of str to list
        One entry for each fold that failed: the candidate, its parameters, the fold,
        the exception, its traceback, the seconds. Empty lists if none did.
    end_reason_ : str
        Why it ended, in numbers `end_counts_`, and `timeline_`: see `TPESearchCV`.
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
        Predictions of the last rung for the test parts, ``None`` for the rows of lower
        ones; only with `return_oof`.
    multimetric_ : bool
        Whether there are several metrics.
    feature_names_in_ : ndarray of str
        Names of features, if the estimator knows them; likewise ``n_features_in_`` and,
        for classifiers, ``classes_``.
    n_resources_ : list of int
        What the candidates of each rung got.
    n_candidates_ : list of int
        How many there were.
    n_remaining_candidates_ : int
        How many a further rung would have.
    max_resources_, min_resources_ : int
        The ends of the resources.
    n_iterations_ : int
        How many rungs there were.
    n_required_iterations_ : int
        How many rungs bring the candidates down to less than `factor`.
    n_possible_iterations_ : int
        How many rungs there is room for between the ends.

    See Also
    --------
    TPESearchCV : Every candidate with all resources.
    sksearch.schedulers.SuccessiveHalving : The same decisions in a loop of your own.

    Notes
    -----
    A candidate goes on from rung to rung by ``partial_fit`` with ``"epochs"``; and with
    ``"n_estimators"`` or ``"max_iter"``, also of the last step of a pipeline, where
    scikit-learn's ``warm_start`` or ``partial_fit`` give what one fit would. One that
    has converged is not fitted again. Times in ``cv_results_`` are those of the
    difference. With rows as the resource a rung has other data, and every fit begins
    from nothing. So does the last one, on all the data.

    With rows as the resource, each rung has its share of the training part of a fold,
    and as many rows of the test part, if there are so many; in both two of each class.
    Scores of a low rung are rough, and those of different rungs not comparable. The
    rows of a rung are among those of the next one. Classes are there in proportion;
    with ``groups`` whole groups are taken; where all folds train on what comes before
    what they test on, the rows next to the border, and the nearest of other classes.

    ``min_resources="auto"`` are a ninth of the rows, at least 30 and at most 1000; ten
    for each class, and ten that are not of the largest; more where candidates are few.
    If all candidates of the last rung fail, the best of the rung below wins.

    References
    ----------
    .. [1] Jamieson and Talwalkar, "Non-stochastic best arm identification and
       hyperparameter optimization", AISTATS 2016.
    .. [2] Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband: a novel
       bandit-based approach to hyperparameter optimization", JMLR 18, 2018.
    .. [3] Falkner, Klein and Hutter, "BOHB: robust and efficient hyperparameter
       optimization at scale", ICML 2018.

    Examples
    --------
    >>> from scipy.stats import loguniform
    >>> from sklearn.datasets import make_classification
    >>> from sklearn.svm import SVC
    >>> from sksearch import HalvingSearchCV
    >>> X, y = make_classification(540, class_sep=2, random_state=0)
    >>> space = {"C": loguniform(1e-2, 1e3), "gamma": loguniform(1e-6, 1)}
    >>> search = HalvingSearchCV(
    ...     SVC(), space, n_candidates=18, min_resources="exhaust", cv=3, random_state=0
    ... ).fit(X, y)
    >>> search.n_candidates_
    [18, 6, 2]
    >>> search.n_resources_
    [60, 180, 540]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **BaseSearch._parameter_constraints,
        **CONSTRAINTS,
    }

    min_resources_: int
    max_resources_: int
    n_required_iterations_: int
    n_possible_iterations_: int

    def __init__(
        self,
        estimator: Any,
        param_distributions: Any = None,
        *,
        n_candidates: int | str = "exhaust",
        factor: int = 3,
        resource: str = "n_samples",
        min_resources: int | str = "auto",
        max_resources: int | str = "auto",
        aggressive_elimination: bool = False,
        sampler: str = "random",
        brackets: int | str = 1,
        asynchronous: bool = False,
        n_full: int = 0,
        continue_fits: bool = True,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = 5,
        verbose: int = 0,
        pre_dispatch: int | str = "2*n_jobs",
        window: int | str | None = None,
        random_state: Any = None,
        error_score: Any = np.nan,
        return_train_score: bool = True,
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
        sampler_params: Mapping[str, Any] | None = None,
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
            resplit=False,
            sampler_params=sampler_params,
        )
        self.n_candidates = n_candidates
        self.factor = factor
        self.resource = resource
        self.min_resources = min_resources
        self.max_resources = max_resources
        self.aggressive_elimination = aggressive_elimination
        self.sampler = sampler
        self.brackets = brackets
        self.asynchronous = asynchronous
        self.n_full = n_full
        self.continue_fits = continue_fits

    def _plan(self, data: FitData, rng: np.random.RandomState) -> Plan:
        asked = HalvingParameters.of(self)
        share, given = least_share(asked, data), self._space()
        tuned = self._tuned(data, share=share, resource=asked.set_by_us)
        rungs = read_rungs(asked, tuned, data, given, verbose=self.verbose)
        top = rungs.scheduler.max_resource
        sampler = self._make_sampler(
            SAMPLERS[asked.sampler],
            tuned,
            data,
            rng,
            {"max_resource": top} if asked.sampler == "gp" else {},
            resource=asked.set_by_us,
        )
        own = np.random.default_rng(rng.randint(np.iinfo(np.int32).max))
        return Plan(
            tuned,
            sampler,
            rungs.scheduler,
            rungs.scheduler.sizes,
            read_resource(asked, tuned, data, own, return_oof=self.return_oof),
            asked=asked.asked,
            repeats=rungs.repeats,
            columns=asked.columns,
            attributes=rungs.attributes,
        )

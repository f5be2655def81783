"""HalvingSearchCV: a search with successive halving."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from sksearch._rng import as_generator
from sksearch._sklearn import HalvingRandomSearchCV
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


@HalvingRandomSearchCV.register  # has its parameters; for isinstance
class HalvingSearchCV(TopRungWins):
    """Search with successive halving: resources go to the most promising candidates.

    A drop-in replacement of `sklearn.model_selection.HalvingRandomSearchCV` and
    `~sklearn.model_selection.HalvingGridSearchCV`: after ``fit`` it is the best
    estimator, fitted on all the data, with all candidates in ``cv_results_``.

    All candidates are tried with few resources, such as few rows of the data. The best
    of them, one in `factor`, are tried with `factor` times as many, and so on up to the
    last rung. Only candidates on the last rung can win [1]_. This takes a fraction of
    the time if scores with few resources predict scores with many.

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
    n_candidates : int or "exhaust", default="exhaust"
        Number of candidates on the first rung. "exhaust" are as many as the last rung
        needs to use the most resources; with rows and ``min_resources="auto"`` as many
        as it takes for three to reach the last rung, at least 27. A smaller finite
        space is tried completely.
    factor : int or float, default=3
        One candidate in `factor` is promoted to the next rung, which has `factor` times
        the resources. More than 1.
    resource : str, default="n_samples"
        The resource that grows from rung to rung: rows of the data; an integer
        parameter of the estimator, such as ``"n_estimators"`` or ``"clf__max_iter"``;
        or ``"epochs"``, calls of ``partial_fit``.
    min_resources : int, "auto", "smallest" or "exhaust", default="auto"
        The resource of the first rung. "auto" is a useful number of rows, see the
        notes, or 1 for a parameter. "smallest" is 1, or for rows, as in scikit-learn,
        twice the number of folds, times the number of classes; a warning tells if the
        candidates are too few to reach `max_resources`. "exhaust" is the most with
        which the last rung stays within `max_resources`.
    max_resources : int or "auto", default="auto"
        The most that a candidate may get. "auto" are all rows; for a parameter it must
        be given.
    aggressive_elimination : bool, default=False
        Whether to repeat the first rung if there are too many candidates for the rungs
        to leave fewer than `factor` of them.
    sampler : {"random", "tpe", "gp"}, class or callable, default="random"
        The sampler: random, or a `TPESampler`, which learns from the highest rung with
        enough trials [3]_, or a `GPSampler`, which learns from all rungs; or one of
        your own, as in `TPESearchCV`.
    brackets : int or "hyperband", default=1
        Number of halving runs. Each leaves out one more of the lowest rungs and starts
        with fewer candidates; "hyperband" for as many as there are rungs [2]_. Useful
        if scores with few resources may mislead.
    asynchronous : bool, default=False
        Whether to promote a candidate as soon as it is likely enough to be among the
        best, so that no worker waits for the slowest candidate of a rung.
    n_full : int, default=0
        Number of further candidates after the halving run, which start on the last
        rung. For samplers that learn from the halving run, above all ``"gp"``. Needs a
        single bracket.
    continue_fits : bool, default=True
        Whether a promoted candidate continues the fits of its models from the rung
        below, if the estimator can, instead of fitting from scratch. The models are
        kept in temporary files.
    scoring : str, callable, list, tuple or dict, default=None
        The metric or the metrics, as in scikit-learn. With several, `refit` names the
        one that drives the search; by default the first one.
    n_jobs : int, default=None
        How many folds are fitted at once, on the active joblib backend. ``None`` means
        1 unless `joblib.parallel_config` says otherwise, -1 all processors.
    refit : bool, str or callable, default=True
        Whether to fit the best configuration on all the data. With several metrics, the
        name of the one that counts; "one_standard_error", see `OneStandardError`; or a
        function of ``cv_results_`` that returns the index of the best, on any rung.
    cv : int, splitter or iterable, default=5
        The folds, as in scikit-learn; 5 by default. A splitter that shuffles needs an
        int as its ``random_state``.
    verbose : int, default=0
        1 shows a live progress line, and a last line; 2 also prints a line for each
        candidate; 3 prints a line for each fold instead.
    pre_dispatch : int or str, default="2*n_jobs"
        How many fits are dispatched to the workers at once.
    window : int, "unordered" or None, default=None
        How many candidates of the first rung may be in progress: a new one is proposed
        when all but the last ``window - 1`` are complete. On a rung with r times the
        resources it is ``r * (window - 1)``, so that no worker waits for long fits.
        ``None`` is 1 for ``n_jobs=1``, else ``n_jobs / n_splits``, rounded up, plus 1,
        and four times as many for ``sampler="random"``, twice with `prune_folds`. A
        larger window uses a large cluster better, but the sampler knows fewer scores.
        ``"unordered"`` begins a candidate whenever a worker would be idle; the result
        then depends on timing.
    random_state : int, RandomState instance or None, default=None
        An int makes the search repeatable: the same candidates and scores for the same
        `n_jobs`, for any timing and backend (and for any `n_jobs` from 2 to the number
        of folds).
    error_score : 'raise' or float, default=nan
        The score of a fit that fails. Candidates with the score nan rank last. If all
        scores are nan, ``fit`` raises, as soon as that is to be expected.
    return_train_score : bool, default=True
        Whether to compute scores on the training parts. Each costs a prediction.
    timeout : float, default=None
        Seconds for the search. When they are over, running fits are dropped and the
        best candidate so far, on the highest rung reached, wins; at least one candidate
        is always finished.
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
    initial_points : "auto", "default", list of dict or None, default="auto"
        The first configurations to try: the estimator's own settings, then points known
        to be good on many data sets; ``"default"`` for the own settings alone; a list
        of your configurations; ``()`` or ``None`` for none. As in `TPESearchCV`.
    prune_folds : bool, default=False
        Whether to stop a candidate of the last rung between folds, as in `TPESearchCV`.
    early_stopping : EarlyStopping, int, dict or bool, default=None
        When to stop boosting rounds, or epochs: after this many rounds without a better
        score on a held-back part of the training rows; see `EarlyStopping`. The refit
        uses the number of rounds found on the folds. ``True`` for the default of
        `EarlyStopping`, ``None`` for all rounds. Not if `resource` counts rounds.
    cache : bool, str, path or SharedSteps, default=None
        Whether candidates share equal first steps of pipelines, fitted once per fold.
        ``True``, or a folder that is kept. Scores do not depend on it.
    callbacks : callable or list of callable, default=None
        Called with a `CandidateRecord` after each finished candidate, in an order that
        does not depend on timing. A true return value ends the search, once the
        candidates in progress are finished.
    return_oof : bool, default=False
        Whether to keep the predictions of the candidates of the last rung for the test
        parts, in ``oof_predictions_``, for `StackingWeights.from_search`. If the last
        rung has only a share of the rows, they are for its share of the test parts. Not
        with ``"epochs"`` as the resource.
    confirm : int or None, default=None
        How many of the best candidates of the last rung to evaluate again at the end,
        on fresh splits and with fresh seeds; the mean over all splits then decides, as
        in `TPESearchCV`. It adds to the rungs: ``confirm=5`` costs ten candidates more,
        each with all rows if rows are the resource.
    sampler_params : dict, default=None
        Settings of the sampler, for experts.

    Attributes
    ----------
    cv_results_ : dict of str to ndarray
        The table of all candidates, with one row for each rung of a trial. It has the
        columns of scikit-learn's searches, ``iter`` (the rung) and ``n_resources``;
        with several brackets or `n_full` also ``bracket``; with `early_stopping` also
        ``mean_n_rounds`` and ``split0_n_rounds`` and so on.
    best_estimator_ : estimator
        The best configuration, fitted on all the data; only with `refit`. With
        `early_stopping` it has the number of rounds found on the folds.
    best_score_ : float
        Its mean cross-validated score on the last rung.
    confirmed_score_ : float
        Its mean score over the original and the fresh splits; only with `confirm`.
    best_params_ : dict
        Its parameters; ``suggestions_[best_index_]`` are its values in the space.
    best_index_ : int
        Its row in ``cv_results_``.
    failures_ : dict of str to list
        One entry for each failed fold: the candidate, its parameters, the fold, the
        exception, its traceback, the seconds. Empty lists if none failed.
    end_reason_ : str
        Why the search ended. This, `end_counts_` and `timeline_` as in `TPESearchCV`.
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
        Predictions of the last rung for the test parts, ``None`` for candidates on
        lower rungs; only with `return_oof`.
    multimetric_ : bool
        Whether there are several metrics.
    feature_names_in_ : ndarray of str
        Names of features, if the estimator knows them; also ``n_features_in_`` and, for
        classifiers, ``classes_``.
    n_resources_ : list of int
        The resource of each rung.
    n_candidates_ : list of int
        The number of candidates of each rung.
    n_remaining_candidates_ : int
        The number of candidates that a further rung would have.
    max_resources_, min_resources_ : int
        The greatest and the least resource.
    n_iterations_ : int
        The number of rungs.
    n_required_iterations_ : int
        The number of rungs needed to leave fewer than `factor` candidates.
    n_possible_iterations_ : int
        The number of rungs that fit between the least and the greatest resource.

    See Also
    --------
    TPESearchCV : Every candidate with all resources.
    sksearch.schedulers.SuccessiveHalving : The same decisions in your own loop.

    Notes
    -----
    A promoted candidate continues its fits by ``partial_fit`` with ``"epochs"``; and
    with ``"n_estimators"`` or ``"max_iter"``, also of the last step of a pipeline, if
    scikit-learn's ``warm_start`` or ``partial_fit`` give the same result as a single
    fit. A converged model is not fitted again. Times in ``cv_results_`` are of the
    continuation alone. With rows as the resource, each rung has different data, and
    every fit starts from scratch. So does the refit on all the data.

    With rows as the resource, each rung has its share of the training part of a fold,
    and as many rows of the test part, if it has so many; both have two of each class.
    Scores of a low rung are rough, and scores of different rungs are not comparable. A
    rung contains the rows of the rung below. Classes keep their proportions; with
    ``groups`` whole groups are taken; if all folds train on the past of their test
    rows, the rows next to the border are taken, and the nearest of missing classes.

    ``min_resources="auto"`` is a ninth of the rows, at least 30 and at most 1000; at
    least ten per class, and ten outside of the largest class; more if there are few
    candidates. If all candidates of the last rung fail, the best of the rung below
    wins.

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
        **TopRungWins._parameter_constraints,
        **CONSTRAINTS,
    }

    _named_samplers = SAMPLERS

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
        factor: float = 3,
        resource: str = "n_samples",
        min_resources: int | str = "auto",
        max_resources: int | str = "auto",
        aggressive_elimination: bool = False,
        sampler: Any = "random",
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
        self._take(locals())

    def _plan(self, data: FitData, rng: np.random.RandomState) -> Plan:
        asked = HalvingParameters.of(self)
        share, given = least_share(asked, data), self._space()
        tuned = self._tuned(data, share=share, resource=asked.set_by_us)
        rungs = read_rungs(asked, tuned, data, given, verbose=self.verbose)
        sampler = self._make_sampler(
            asked.makes_sampler,
            tuned,
            data,
            rng,
            {},
            offered={"max_resource": rungs.scheduler.max_resource},
            resource=asked.set_by_us,
        )
        return Plan(
            tuned,
            sampler,
            rungs.scheduler,
            rungs.scheduler.sizes,
            read_resource(
                asked, tuned, data, as_generator(rng), return_oof=self.return_oof
            ),
            asked=asked.asked,
            repeats=rungs.repeats,
            columns=asked.columns,
            attributes=rungs.attributes,
        )

"""Parameters of other libraries' searches, and the lines to write instead here.

From scikit-learn, scikit-optimize, Optuna, hyperopt, Ray Tune and tune-sklearn,
KerasTuner, auto-sklearn, FLAML, dask-ml, hyperopt-sklearn and sklearn-genetic-opt.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sksearch.space import did_you_mean, short

#: The greatest width of a value in a line to write.
WIDTH = 60


class Meant(NamedTuple):
    """The counterpart of a parameter of another library."""

    names: str  # its names in other libraries
    # Lines to write, with ``{}`` for the value. The first one with a parameter that the
    # search has is used; without any, the parameter is to be left out.
    lines: tuple[str, ...]
    why: str = ""  # a sentence before the line


_HALVING = "HalvingSearchCV gives candidates more of a resource, step by step."
_SOME_ROWS = (
    "HalvingSearchCV(..., resource='n_samples'); or fit the search to some of the "
    "rows, and search.best_estimator_.fit(X, y) to all"
)
#: Where dask-ml's searches run, and the backend of joblib for it.
_BACKENDS = {
    "distributed": "dask",
    "multiprocessing": "loky",
    "processes": "loky",
    "threading": "threading",
    "threads": "threading",
    **dict.fromkeys(("sync", "synchronous", "single-threaded"), "sequential"),
}
_BUDGET = ("n_iter={}", "n_candidates={}")
_SAMPLER = "The class of the search chooses the sampler."

_MEANT = (
    Meant(
        "space spaces search_space param_space param_dist param_distribution params "
        "parameters distributions hyperparameters config grid",
        ("param_distributions={}", "param_grid={}"),
    ),
    Meant(
        "n_iter n_trials n_candidates max_evals num_samples max_trials n_calls n_evals "
        "num_trials max_iterations",
        _BUDGET,
    ),
    Meant(
        "time_budget time_budget_s time_limit max_time time_left_for_this_task",
        ("timeout={}",),
        "Seconds for the whole search are its timeout.",
    ),
    Meant(
        "per_run_time_limit trial_timeout train_time_limit time_budget_per_trial",
        ("fit_timeout={}",),
    ),
    Meant("seed rng rstate random_seed", ("random_state={}",)),
    Meant(
        "n_workers num_workers max_concurrent max_concurrent_trials parallelism "
        "n_concurrent_trials",
        ("n_jobs={}",),
    ),
    Meant(
        "objective metric metrics loss loss_fn score_func scorer eval_metric",
        ("scoring='accuracy', or the name of another scorer",),
    ),
    Meant(
        "direction directions mode criteria maximize minimize greater_is_better",
        (),
        "Greater scores are always better, and errors have scorers such as "
        "'neg_log_loss'.",
    ),
    Meant(
        "points_to_evaluate x0 start_points starting_points initial_params "
        "warm_start_configs",
        ("initial_points=[{{...}}], a list of dicts",),
    ),
    Meant(
        "n_initial_points n_startup_trials n_random_starts n_startup_jobs "
        "num_initial_points",
        ("sampler_params={{'n_startup': {}}}",),
    ),
    Meant(
        "optimizer_kwargs acq_func acq_func_kwargs acq_optimizer acq_optimizer_kwargs "
        "search_kwargs",
        ("sampler_params={{'n_startup': 10}}, or another one of its settings",),
        "Settings of the sampler have names of their own.",
    ),
    Meant(
        "sampler algo search_alg search_optimization optimizer tuner oracle strategy "
        "base_estimator algorithm elitism crossover_probability mutation_probability "
        "tournament_size",
        (
            "asynchronous=True, sampler='tpe'",
            "TPESearchCV(...), or BayesSearchCV(...)",
        ),
        _SAMPLER,
    ),
    Meant(
        "study study_name project_name directory local_dir storage_path checkpoint "
        "trials trials_save_file name run_config warm_start log_file_name log_file",
        ("storage='search.jsonl'",),
        "A file keeps what was done, and the search goes on from it.",
    ),
    Meant("load_if_exists resume_from", ("resume='auto'",)),
    Meant(
        "overwrite",
        ("resume=False",),
        "A search goes on from its storage; a new one keeps the old file aside.",
    ),
    Meant(
        "population_size generations",
        ("n_iter=50", "n_candidates=50"),
        "The budget is the number of all configurations.",
    ),
    Meant(
        "keep_top_k hof_size",
        ("search.top_params(3) after the fit",),
        "All candidates are kept.",
    ),
    Meant("use_cache", (), "No configuration is tried twice."),
    Meant(
        "use_gpu resources_per_trial gpu_per_trial cpu_per_trial n_jobs_per_trial "
        "distribution_strategy",
        (),
        "The estimator says what it runs on, XGBClassifier(device='cuda') for "
        "example, and parallel_config of joblib what each fit gets.",
    ),
    Meant(
        "pruner enable_pruning scheduler",
        ("prune_folds=True", "HalvingSearchCV(...)"),
        "Candidates that cannot win any more are stopped between folds.",
    ),
    Meant(
        "stop stopper early_stop_fn terminator",
        ("callbacks=NoImprovement(20), of sksearch.callbacks",),
        "A callback ends the search.",
    ),
    Meant(
        "loss_threshold target_score max_score",
        ("callbacks=TargetScore(score), of sksearch.callbacks",),
        "A callback ends the search; a loss is a score with its sign turned.",
    ),
    Meant(
        "catch catch_eval_exceptions raise_on_failed_trial max_failures fail_fast "
        "max_retries_per_trial max_consecutive_failed_trials",
        (),
        "A fit that fails costs one candidate, which failures_ names; "
        "error_score='raise' ends the search instead.",
    ),
    Meant(
        "gc_after_trial max_queue_len keep_checkpoints_num reuse_actors "
        "tune_new_entries allow_new_entries keep_search_state "
        "pipeline_auto_early_stop",
        (),
    ),
    Meant(
        "tune_config",
        ("n_iter=50, timeout=3600, or another one of its settings",),
        "Settings of Ray Tune's configurations are parameters of the search.",
    ),
    Meant(
        "fn objective_fn trainable objective_function",
        ("estimator=SVC(), or another estimator",),
        "The search fits and scores an estimator itself, and needs no objective.",
    ),
    Meant("early_stopping_rounds patience", ("early_stopping={}",)),
    Meant(
        "max_iter max_iters max_epochs max_t epochs",
        (
            "resource='epochs', max_resources={}",
            "HalvingSearchCV(..., resource='epochs', max_resources={})",
        ),
        _HALVING,
    ),
    Meant(
        "eta reduction_factor aggressiveness",
        ("factor={}", "HalvingSearchCV(..., factor={})"),
    ),
    Meant(
        "grace_period min_t min_epochs",
        ("min_resources={}", "HalvingSearchCV(..., min_resources={})"),
        _HALVING,
    ),
    Meant(
        "hyperband_iterations",
        ("brackets='hyperband'", "HalvingSearchCV(..., brackets='hyperband')"),
    ),
    Meant("subsample", (_SOME_ROWS,), _HALVING),
    *(
        Meant(name, (f"HalvingSearchCV(..., {name}={{}})",), _HALVING)
        for name in (
            "factor",
            "resource",
            "min_resources",
            "max_resources",
            "aggressive_elimination",
            "brackets",
        )
    ),
    Meant(
        "loggers log_config",
        ("callbacks=MLflowLogger(), or another logger of sksearch.callbacks",),
        "A callback writes each candidate to a logger.",
    ),
    Meant(
        "callback on_step",
        ("callbacks={}",),
        "The search calls each callback with a CandidateRecord after each candidate, "
        "record.params and record.score for example.",
    ),
    Meant(
        "fit_params",
        ("search.fit(X, y, **fit_params)",),
        "Arguments of fit of the search are passed on to each fit.",
    ),
    *(
        Meant(name, (f"search.fit(X, y, {name}={name})",))
        for name in ("groups", "sample_weight")
    ),
    Meant("iid cache_cv", ()),
    Meant("decay_rate fits_per_score chunk_size prefix", ()),
    Meant("n_initial_parameters", ("n_candidates={}", "n_iter={}")),
    Meant("test_size", ("cv=ShuffleSplit(n_splits=1, test_size={})",)),
    Meant("show_progress_bar progress_bar show_progressbar verbosity", ("verbose=1",)),
    Meant("model clf classifier regressor pipeline pipe hypermodel", ("estimator={}",)),
    Meant(
        "preprocessing ex_preprocs",
        ("estimator=make_pipeline(StandardScaler(), SVC())",),
        "What comes before the model is a step of a pipeline.",
    ),
    Meant(
        "estimator_list",
        ("estimator=suggest_models('classifier'), or a Choice of estimators",),
    ),
    Meant("task", (), "The estimator says whether it is a classifier or a regressor."),
    Meant(
        "ensemble",
        ("return_oof=True, and then StackingWeights.from_search(search)",),
    ),
    Meant("n_splits n_folds folds num_folds kfold cross_validation", ("cv={}",)),
    Meant(
        "cv_shuffle eval_method split_type split_ratio",
        ("cv=KFold(5, shuffle=True), or another splitter",),
        "A splitter says how the data are split.",
    ),
    Meant(
        "executions_per_trial",
        ("n_repeats={}", "cv=RepeatedKFold(n_repeats={})"),
        "Noisy scores are averaged over more fits.",
    ),
)
#: Values of such parameters that ask for nothing but what a search does anyway.
_NOTHING: dict[str, tuple[object, ...]] = {
    "cache_cv": (False, True),
    "enable_pruning": (False,),
    "fit_params": ({},),
    "iid": (False, "deprecated"),
    "load_if_exists": (False,),
    "optimizer_kwargs": ({},),
    "overwrite": (False,),
    "subsample": (1.0,),
}
#: Parameters that tell a script for Optuna from one for another library.
_OPTUNAS = {"enable_pruning", "n_trials", "study"}
_BY_NAME = {name: meant for meant in _MEANT for name in meant.names.split()}
#: Parameters that other libraries pass to ``fit`` of a search, or the like.
FOR_SEARCHES = (
    "callback",
    "cv_shuffle",
    "ensemble",
    "estimator_list",
    "eval_method",
    "log_file_name",
    "max_evals",
    "metric",
    "n_calls",
    "n_folds",
    "split_type",
    "task",
    "time_budget",
)


def says_nothing(name: str, value: object, beside: Mapping[str, object]) -> bool:
    """Tell whether a parameter of another library asks for the behaviour we have."""
    if name == "catch":  # failures cost one candidate anyway
        return _are_exceptions(value) and beside.get("error_score") != "raise"
    if name == "max_iter":  # epochs of Optuna, which without pruning gives all of them
        pruned = beside.get("enable_pruning", False) is not False
        return not pruned and not _OPTUNAS.isdisjoint(beside)
    if value is None:  # the default; as a budget it means that there is none
        return name in _BY_NAME and _BY_NAME[name].lines is not _BUDGET
    return is_among(value, _NOTHING.get(name, ()))


def is_among(value: object, plain: Collection[object]) -> bool:
    """Tell whether a value is one of some plain ones, of the same type."""
    return any(type(value) is type(own) and value == own for own in plain)


def _are_exceptions(value: object) -> bool:
    kinds = value if isinstance(value, tuple | list) else (value,)
    return all(isinstance(k, type) and issubclass(k, Exception) for k in kinds)


def instead(
    name: str, value: object, parameters: Collection[str], *, within: str = "{}"
) -> str:
    """Return sentences that say what to write instead of an unknown parameter.

    `within` is a template around the parameter, such as ``TPESearchCV(..., {})``.
    """
    if name == "scheduler" and (backend := _backend_of(value)):
        line = f"with joblib.parallel_config({backend!r}): search.fit(X, y)"
        return f"joblib chooses where fits run. Write {line}."
    meant = _BY_NAME.get(name)
    if meant is None:
        near = did_you_mean(name, parameters).lstrip()
        return near or f"It has: {', '.join(map(repr, parameters))}."
    for line in meant.lines if value is not None else ():  # None asks for the default
        own, found, _ = line.partition("=")
        is_parameter = bool(found) and own.isidentifier()
        if not is_parameter or own in parameters:
            filled = line.format(written(value))
            whole = within.format(filled) if is_parameter else filled
            return f"{meant.why} Write {whole}.".lstrip()
    return f"{meant.why} Leave it out.".lstrip()


def _backend_of(scheduler: object) -> str | None:
    """Return the backend of joblib for a scheduler of dask; None for other values."""
    if isinstance(scheduler, str):
        return _BACKENDS.get(scheduler)
    return "dask" if hasattr(scheduler, "scheduler_info") else None


def written(value: object) -> str:
    """Return the text of a value in a line to write, ``...`` if it has no short one."""
    text = str(getattr(value, "__name__", short(value, WIDTH)))
    return "..." if text.startswith("<") else text

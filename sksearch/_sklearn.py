"""All uses of private or version-bound names of scikit-learn.

Tested with scikit-learn 1.6 to 1.9. Differences between versions are handled here, by
checking for features and not for version numbers.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from sklearn import config_context, get_config
from sklearn.base import _fit_context
from sklearn.metrics._scorer import _BaseScorer
from sklearn.metrics._scorer import _MultimetricScorer as MultimetricScorer
from sklearn.model_selection._search import BaseSearchCV
from sklearn.model_selection._search_successive_halving import HalvingRandomSearchCV
from sklearn.model_selection._split import _yields_constant_splits as is_constant
from sklearn.model_selection._validation import (
    _warn_or_raise_about_fit_failures as report_fit_failures,
)
from sklearn.utils import _safe_indexing as safe_indexing
from sklearn.utils import get_tags
from sklearn.utils._param_validation import (
    HasMethods,
    Interval,
    RealNotInt,
    StrOptions,
    validate_parameter_constraints,
)
from sklearn.utils.metaestimators import _safe_split
from sklearn.utils.multiclass import _ovr_decision_function
from sklearn.utils.parallel import _FuncWrapper
from sklearn.utils.validation import _check_method_params as check_method_params
from sklearn.utils.validation import _num_samples as n_rows
from threadpoolctl import ThreadpoolController

__all__ = [
    "BaseSearchCV",
    "HalvingRandomSearchCV",
    "HasMethods",
    "Interval",
    "MultimetricScorer",
    "RealNotInt",
    "ShowsHTML",
    "StrOptions",
    "ThreadpoolController",
    "check_method_params",
    "fit_context",
    "fit_hooks",
    "has_callbacks",
    "inconsistent_splits",
    "index_like",
    "is_constant",
    "mlp_passes",
    "n_rows",
    "needs_fit_contexts",
    "pairs_to_classes",
    "parallel_block",
    "parts_of_scorer",
    "refusal",
    "report_fit_failures",
    "response_methods",
    "root_callback_context",
    "routes_metadata",
    "safe_indexing",
    "sgd_passes",
    "split_data",
    "to_numpy",
    "with_config",
    "with_settings",
]

_Method = TypeVar("_Method", bound=Callable[..., Any])


def fit_context(*, prefer_skip_nested_validation: bool) -> Callable[[_Method], _Method]:
    """Return scikit-learn's decorator of ``fit``, typed to keep the signature."""
    decorate: Callable[[_Method], _Method] = _fit_context(
        prefer_skip_nested_validation=prefer_skip_nested_validation
    )
    return decorate


def refusal(owner: Any, name: str, value: Any) -> Exception | None:
    """Return scikit-learn's error for a value that a parameter must not have."""
    constraints, called = owner._parameter_constraints, type(owner).__name__
    try:
        validate_parameter_constraints(constraints, {name: value}, called)
    except ValueError as error:
        return error
    return None


def with_settings(function: Callable[..., Any]) -> Callable[..., Any]:
    """Bind a function to this thread's scikit-learn config and warning filters."""
    filters = getattr(warnings, "_get_filters", lambda: warnings.filters)()
    wrapped = _FuncWrapper(function)
    if hasattr(wrapped, "with_config_and_warning_filters"):  # since 1.7
        return wrapped.with_config_and_warning_filters(get_config(), filters)  # type: ignore[no-any-return]
    wrapped = _FuncWrapper(_WithFilters(function, filters))
    return wrapped.with_config(get_config())  # type: ignore[no-any-return]


def with_config(function: Callable[..., Any]) -> Callable[..., Any]:
    """Bind a function to this thread's scikit-learn config, for other threads.

    Threads share the warning filters; setting them there is not safe.
    """
    return partial(_in_config, get_config(), function)


def _in_config(
    config: Mapping[str, Any], function: Callable[..., Any], *args: Any
) -> Any:
    with config_context(**config):
        return function(*args)


class _WithFilters:
    """Calls a function under given warning filters, as scikit-learn does since 1.7."""

    def __init__(self, function: Callable[..., Any], filters: Any) -> None:
        # Not `function`: scikit-learn's wrapper copies attributes over its own.
        self.wrapped = function
        self.filters = list(filters)
        self.__name__ = function.__name__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with warnings.catch_warnings():
            warnings.resetwarnings()
            for action, message, category, module, lineno in self.filters:
                texts = [getattr(t, "pattern", t) or "" for t in (message, module)]
                warnings.filterwarnings(
                    action, texts[0], category, texts[1], lineno, append=True
                )
            return self.wrapped(*args, **kwargs)


def split_data(
    estimator: Any, X: Any, y: Any, indices: Any, train: Any = None
) -> tuple[Any, Any]:
    """Return the rows of `X` and `y`, and the columns too if `X` is pairwise.

    It does the same as scikit-learn's function; a shortcut for numpy arrays saves a
    sixth of the time of a small fit.
    """
    plain = isinstance(X, np.ndarray) and (y is None or isinstance(y, np.ndarray))
    if not plain or get_tags(estimator).input_tags.pairwise:
        return _safe_split(estimator, X, y, indices, train)  # type: ignore[no-any-return]
    return X[indices], None if y is None else y[indices]


def inconsistent_splits(expected: int, got: int) -> str:
    """Return scikit-learn's message about a wrong number of splits."""
    verb = "return" if hasattr(BaseSearchCV, "set_callbacks") else "returned"  # 1.9
    return (
        f"cv.split and cv.get_n_splits {verb} inconsistent results. "
        f"Expected {expected} splits, got {got}"
    )


def index_like(X: Any, indices: Any) -> Any:
    """Return `indices` in the array namespace and on the device of `X`."""
    if not get_config()["array_api_dispatch"]:
        return indices
    from sklearn.utils._array_api import device, get_namespace

    xp, _ = get_namespace(X)
    return xp.asarray(indices, device=device(X))


def to_numpy(array: Any) -> Any:
    """Convert an array of any namespace and device to numpy."""
    if not get_config()["array_api_dispatch"]:
        return np.asarray(array)
    from sklearn.utils._array_api import _convert_to_numpy, get_namespace

    return _convert_to_numpy(array, get_namespace(array)[0])


class _NoContext:
    """Replaces callback contexts in versions of scikit-learn without them (< 1.9)."""

    def subcontext(self, **kwargs: Any) -> _NoContext:
        return self

    def call_on_fit_task_begin(self, **kwargs: Any) -> _NoContext:
        return self

    def call_on_fit_task_end(self, **kwargs: Any) -> _NoContext:
        return self

    @contextmanager
    def propagate_callback_context(self, sub_estimator: Any) -> Iterator[None]:
        yield


def root_callback_context(search: Any, max_subtasks: int) -> Any:
    """Return the root of the search's tree of callback contexts."""
    if not hasattr(search, "_init_callback_context"):
        return _NoContext()
    return search._init_callback_context(max_subtasks=max_subtasks)


def needs_fit_contexts(search: Any, estimator: Any) -> bool:
    """Tell whether any callback listens to single fits.

    A context holds its whole tree, which is sent with every task, so contexts are made
    only if needed.
    """
    if not hasattr(search, "_init_callback_context"):
        return False
    return (
        bool(getattr(search, "_skl_callbacks", None))
        or has_callbacks(estimator)
        or hasattr(search, "_parent_callback_ctx")
    )


def has_callbacks(estimator: Any) -> bool:
    """Tell whether an estimator, or a part of it, has callbacks."""
    parts = [estimator]
    if hasattr(estimator, "get_params"):
        values = estimator.get_params(deep=True).values()
        # Other values may answer to any name, as skrub's deferred ones do.
        parts += [value for value in values if hasattr(value, "get_params")]
    return any(getattr(part, "_skl_callbacks", None) for part in parts)


def hook_arguments(
    search: Any, X: Any, y: Any, params: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the arguments that callbacks get for a fit with further `params`."""
    weights = params.get("sample_weight")
    metadata = None if weights is None else {"sample_weight": weights}
    return {"estimator": search, "X": X, "y": y, "metadata": metadata}


@contextmanager
def fit_hooks(context: Any, estimator: Any, hook: Mapping[str, Any]) -> Iterator[None]:
    """Run the callbacks' hooks around the fit of a candidate on a fold."""
    if context is None:
        yield
        return
    try:
        with context.propagate_callback_context(estimator):
            context.call_on_fit_task_begin(**hook)
            yield
    finally:
        context.call_on_fit_task_end(**hook)


def sgd_passes(
    model: Any, n: int, data: tuple[Any, ...], params: Mapping[str, Any]
) -> None:
    """Let a fitted ``SGD*``, or a similar model, make up to `n` more epochs.

    It works like ``partial_fit``, which makes one, and does not check convergence.
    """
    inner = model._partial_fit

    def passes(*args: Any, **kwargs: Any) -> Any:
        return inner(*args, **{**kwargs, "max_iter": n})

    model._partial_fit = passes
    try:
        model.partial_fit(*data, **params)
    finally:
        del model._partial_fit


def mlp_passes(
    model: Any, n: int, data: tuple[Any, ...], params: Mapping[str, Any]
) -> bool:
    """Let a fitted ``MLP*`` make up to `n` more epochs; tell whether it converged.

    It works like ``partial_fit``, which makes one. But it checks the data only once,
    and continues the random numbers of the last epoch; otherwise each epoch would have
    the rows in the same order.
    """
    random_state, n_before = model.random_state, model.n_iter_
    inner = model._fit_stochastic
    n_done = 0

    def stopped() -> bool:
        return bool(model._no_improvement_count > model.n_iter_no_change)

    def passes(*args: Any, **kwargs: Any) -> None:
        nonlocal n_done
        while n_done < n and not (n_done and stopped()):
            inner(*args, **kwargs)
            n_done += 1

    model.random_state = model._random_state
    model._fit_stochastic = passes
    try:
        model.partial_fit(*data, **params)
    finally:
        del model._fit_stochastic
        model.random_state = random_state
        model.n_iter_ = n_before + n_done
    return stopped()


def parallel_block(names: Sequence[str], estimators: Sequence[Any]) -> Any:
    """Return the block of the HTML diagram with members side by side."""
    try:
        from sklearn.utils._repr_html.estimator import _VisualBlock
    except ImportError:  # before 1.8
        from sklearn.utils._estimator_html_repr import _VisualBlock
    return _VisualBlock("parallel", list(estimators), names=list(names))


class ShowsHTML:
    """Lets notebooks show the `_html_repr` of a subclass, in each version."""

    _html_repr: Callable[..., str]

    def _repr_html_inner(self) -> str:  # called by `_repr_html_`
        return self._html_repr()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        shown = {"text/plain": repr(self)}
        if get_config()["display"] == "diagram":
            shown["text/html"] = self._html_repr()
        return shown


def response_methods(scorer: Any) -> tuple[str, ...]:
    """Return the methods of which a scorer uses the first available; () if unknown."""
    found = getattr(scorer, "_response_method", ())
    return (found,) if isinstance(found, str) else tuple(found)


def pairs_to_classes(values: Any, n_classes: int) -> Any:
    """Convert decision values per pair to values per class, as scikit-learn's SVC does.

    A greater value favours the first class of a pair.
    """
    return _ovr_decision_function(values < 0, -values, n_classes)


class ScorerParts(NamedTuple):
    """The parts of a scorer of ``make_scorer``."""

    function: Callable[..., Any]  # the metric
    settings: Mapping[str, Any]  # its arguments besides the target and the predictions
    # Methods of the estimator, of which the first available is called.
    methods: tuple[str, ...]
    sign: int  # -1 if the metric is a loss, else 1


def parts_of_scorer(scorer: Any) -> ScorerParts | None:
    """Return the parts of a scorer; None if it is not one of ``make_scorer``."""
    if not isinstance(scorer, _BaseScorer):
        return None
    return ScorerParts(
        scorer._score_func, scorer._kwargs, response_methods(scorer), scorer._sign
    )


def routes_metadata() -> bool:
    """Tell whether metadata routing is enabled, which then checks the parameters."""
    return bool(get_config().get("enable_metadata_routing"))

"""Settings in words, or without a limit, as the numbers that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Integral
from typing import Any

from sksearch.knowledge._data import Data
from sksearch.knowledge._learner import share_of, steps_in
from sksearch.space import UNSET, Settings, is_number

#: Stands for None (no limit) in a space of numbers only.
UNLIMITED = 10**6
#: The variance of the columns behind a scaler of the table; of ranges from 0 to 1, that
#: of equally likely values.
VARIANCES = {"standard": 1.0, "robust": 1.0, "minmax": 1 / 12}


def own_in_numbers(estimator: Any, data: Data) -> Callable[[Any, Any, str], Any]:
    """Return a wish for the estimator's own settings, where they are not numbers."""
    scaler = steps_in(Settings(estimator)).scaler

    def wish(domain: Any, owner: Any, parameter: str) -> Any:
        return in_numbers(domain, owner, parameter, data, scaler)

    return wish


def in_numbers(
    domain: Any, owner: Any, parameter: str, data: Data, scaler: str = "none"
) -> Any:
    """Return the number that the own setting of an estimator stands for in a domain.

    It is `UNSET` if the domain contains the setting, or the number is unknown.
    `scaler` is the one before the estimator, by its name in the table.
    """
    settings = {} if owner is None else owner.get_params(deep=False)
    value = settings.get(parameter, UNSET)
    if parameter == "max_features" and (is_number(value) or isinstance(value, str)):
        return _features(domain, value, data.n_columns)
    if value is UNSET or is_number(value) or domain.contains(value):
        return UNSET
    if parameter == "gamma" and ("kernel" in settings or value in ("scale", "auto")):
        return _gamma(value, data, scaler)
    # None may also stand for a default of the library, as in XGBoost.
    allowed = getattr(owner, "_parameter_constraints", {})  # of scikit-learn's
    limits = allowed.get(parameter, ()) if isinstance(allowed, dict) else ()
    if value is None and parameter.startswith("max_") and None in limits:
        return UNLIMITED
    return UNSET


def _gamma(value: Any, data: Data, scaler: str) -> Any:
    """Return the width of a kernel, by scikit-learn's rules."""
    if data.n_columns is None or value not in ("scale", "auto", None):
        return UNSET
    if value != "scale":
        return 1.0 / data.n_columns
    known = VARIANCES.get(scaler)  # computing the variance of X may take long
    return 1.0 / (data.n_columns * (data.variance if known is None else known))


def _features(domain: Any, value: Any, n_columns: int | None) -> Any:
    """Return a number of features that is not yet counted as a domain counts them."""
    if is_number(value):
        if isinstance(value, Integral) == _counts(domain):
            return UNSET
    elif domain.contains(value):
        return UNSET
    share = share_of("max_features", value, n_columns)
    return UNSET if share is None else of_columns(domain, share, n_columns)


def of_columns(domain: Any, share: float, n_columns: int | None) -> Any:
    """Return a share of the columns as a domain counts them: a share, or a number."""
    if not _counts(domain):
        return share
    return UNSET if n_columns is None else max(1, round(share * n_columns))


def _counts(domain: Any) -> bool:
    return isinstance(domain.from_unit(0.5), Integral)

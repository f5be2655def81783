"""Settings in words, or without a limit, as the numbers that they stand for."""

from __future__ import annotations

import math
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
    variance = VARIANCES.get(scaler, data.variance)

    def wish(domain: Any, owner: Any, parameter: str) -> Any:
        return in_numbers(domain, owner, parameter, data, variance)

    return wish


def in_numbers(
    domain: Any, owner: Any, parameter: str, data: Data, variance: float = 1.0
) -> Any:
    """Return the number that the own setting of an estimator stands for in a domain.

    It is `UNSET` if the domain contains the setting, or the number is unknown.
    """
    if owner is None:
        return UNSET
    settings = owner.get_params(deep=False)
    value = settings.get(parameter, UNSET)
    if value is UNSET or is_number(value) or domain.contains(value):
        return UNSET
    n = int(data.most_columns) if math.isfinite(data.most_columns) else None
    if parameter == "gamma" and ("kernel" in settings or value in ("scale", "auto")):
        return _gamma(value, n, variance)
    if parameter == "max_features":
        share = share_of(parameter, value, n)
        return UNSET if share is None else of_columns(domain, share, n)
    if value is None and parameter.startswith("max_"):
        return UNLIMITED
    return UNSET


def _gamma(value: Any, n_columns: int | None, variance: float) -> Any:
    """Return the width of a kernel, by scikit-learn's rules."""
    if n_columns is None or value not in ("scale", "auto", None):
        return UNSET
    return 1.0 / (n_columns * (variance if value == "scale" else 1.0))


def of_columns(domain: Any, share: float, n_columns: int | None) -> Any:
    """Return a share of the columns as a domain counts them: a share, or a number."""
    counts = isinstance(domain.from_unit(0.5), Integral)
    if not counts:
        return share
    return UNSET if n_columns is None else max(1, round(share * n_columns))

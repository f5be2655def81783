"""EarlyStopping: the settings of early stopping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any


@dataclass(frozen=True)
class EarlyStopping:
    """Settings for ending a fit when more boosting rounds or epochs do not help.

    Each fold holds back a part of its training rows, and a fit ends when the score on
    that part has not improved for some rounds. The test rows of the fold are not used.

    Parameters
    ----------
    patience : int, default=20
        Number of rounds without improvement after which a fit ends.
    validation_fraction : float, default=0.1
        Share of the training rows to hold back, between 0 and 1.

    Raises
    ------
    TypeError
        If `patience` is not an int, or `validation_fraction` not a number.
    ValueError
        If `patience` is less than 1, or `validation_fraction` not between 0 and 1.

    Examples
    --------
    >>> from sksearch import EarlyStopping
    >>> EarlyStopping(patience=10)
    EarlyStopping(patience=10, validation_fraction=0.1)
    """

    patience: int = 20
    validation_fraction: float = 0.1

    def __post_init__(self) -> None:
        patience, fraction = self.patience, self.validation_fraction
        if not isinstance(patience, Integral) or isinstance(patience, bool):
            raise TypeError(f"patience must be an int, got {patience!r}.")
        if patience < 1:
            raise ValueError(f"patience must be at least 1, got {patience!r}.")
        if not isinstance(fraction, Real) or isinstance(fraction, bool):
            raise TypeError(f"validation_fraction must be a float, got {fraction!r}.")
        if not 0 < fraction < 1:
            raise ValueError(
                "validation_fraction must lie between 0 and 1, both excluded, got "
                f"{fraction!r}."
            )


def as_early_stopping(value: Any) -> EarlyStopping:
    """Read the `early_stopping` parameter.

    An int is the patience, a dict has the fields, True means the defaults. TypeError or
    ValueError if it is something else.
    """
    if isinstance(value, EarlyStopping):
        return value
    if value is True:
        return EarlyStopping()
    try:
        if isinstance(value, Mapping):
            return EarlyStopping(**value)
        return EarlyStopping(value)
    except (TypeError, ValueError) as error:
        msg = (
            "The 'early_stopping' parameter must be an EarlyStopping, a number of "
            f"rounds, True for the default, a dict of fields or None. {error}"
        )
        raise type(error)(msg) from None

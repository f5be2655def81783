"""Checks for absurdly large numbers among the parameters of a search."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from numbers import Integral, Real

#: The longest time that a thread can wait, in seconds; some three hundred years.
LONGEST = threading.TIMEOUT_MAX
#: More workers than any machine can run.
MOST_WORKERS = 2**16


def check_numbers(params: Mapping[str, object]) -> None:
    """Raise ValueError if a number among the parameters is too large.

    It looks into values that are dicts.
    """
    for name, value in _numbers(params):
        if isinstance(value, Integral) and abs(int(value)) > sys.maxsize:
            n_digits = _n_digits(int(value))
            msg = (
                f"The {name!r} parameter is an integer of {n_digits} digits, the "
                f"greatest possible is {sys.maxsize}."
            )
            raise ValueError(msg)
    for name in ("timeout", "fit_timeout"):
        value = params.get(name)
        if isinstance(value, Real) and float(value) > LONGEST:
            msg = (
                f"The {name!r} parameter is {float(value):g} seconds, more than a "
                f"computer can wait: write {name}=None for no limit."
            )
            raise ValueError(msg)
    n_jobs = params.get("n_jobs")
    if isinstance(n_jobs, Integral) and n_jobs == 0:
        msg = (
            "The 'n_jobs' parameter must be 1 or more, or -1 for all processors, got "
            "0. Write n_jobs=1 for no further processes."
        )
        raise ValueError(msg)
    if isinstance(n_jobs, Integral) and abs(int(n_jobs)) > MOST_WORKERS:
        msg = (
            f"The 'n_jobs' parameter asks for {n_jobs} workers, {MOST_WORKERS} are the "
            "most: write n_jobs=-1 for all processors."
        )
        raise ValueError(msg)


def _numbers(params: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield names and values; values inside dicts as ``sampler_params['n']``."""
    for name, value in params.items():
        if isinstance(value, Mapping) and name not in (
            "param_distributions",
            "param_grid",
            "scoring",
        ):
            for inner, number in value.items():
                yield f"{name}[{inner!r}]", number
        else:
            yield name, value


def _n_digits(number: int) -> int:
    """Count decimal digits without converting the number to text."""
    return int(abs(number).bit_length() * 0.30102999566398120) + 1

"""Checks for features and targets that every candidate would refuse.

Only scikit-learn's own estimators are checked, as only their demands are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
from sklearn.base import is_classifier, is_regressor
from sklearn.utils import get_tags
from sklearn.utils.multiclass import type_of_target

from sksearch.evaluation import last_step
from sksearch.search.checks._fit_input import N_NAMED, first_of, ragged
from sksearch.search.checks._scorers import is_plain
from sksearch.space import short
from sksearch.workers import FaultsIgnored

#: Steps that pass NaN on.
SCALERS = (
    "StandardScaler",
    "MinMaxScaler",
    "MaxAbsScaler",
    "RobustScaler",
    "QuantileTransformer",
    "PowerTransformer",
)
#: Advice for NaN, and for infinite values.
HOLES = (
    "Put an imputer before it: write make_pipeline(SimpleImputer(), {name}()), or "
    "('impute', SimpleImputer()) as the first step of the pipeline."
)
INFINITE = (
    "Write np.nan_to_num(X), or leave the rows out: X[np.isfinite(X).all(axis=1)]."
)
#: Classifiers that take numbers of the dtype object for labels.
TAKE_OBJECTS = ("DummyClassifier", "GaussianProcessClassifier")
#: Words are looked for in the first rows only.
N_ROWS = 1000


class Fault(NamedTuple):
    """A fault of the data."""

    # Returns the step of an estimator that gets the faulty data, None if unknown.
    meets: Callable[[Any], Any]
    refuses: Callable[[Any], bool]  # tells whether such a step refuses the data
    message: str  # the message, with ``{name}`` for the step


def check_data(X: Any, y: Any, estimators: Iterable[Any]) -> None:
    """Raise ValueError if every fit would fail on the data."""
    # With unusual data or estimators these checks may fail: leave it to the fits.
    messages: list[str] = []
    with FaultsIgnored():
        faults = (
            _shape(X, y),
            _ragged(X),
            _words(X),
            _dates(X),
            _holes(X),
            _target(y),
        )
        messages = _refused([f for f in faults if f is not None], estimators)
    if messages:
        raise ValueError(messages[0])


def _refused(faults: Sequence[Fault], estimators: Iterable[Any]) -> list[str]:
    """Return the messages of the faults that all estimators refuse.

    Most faults have an estimator that takes them, the user's own: to make the others
    takes time.
    """
    left = dict.fromkeys(faults, "")
    for estimator in estimators if faults else ():
        steps = {fault: fault.meets(estimator) for fault in left}
        left = {
            fault: name or type(steps[fault]).__name__
            for fault, name in left.items()
            if _is_known(steps[fault]) and fault.refuses(steps[fault])
        }
        if not left:
            break
    return [
        fault.message.replace("{name}", name) for fault, name in left.items() if name
    ]


def _is_known(step: Any) -> bool:
    """Tell whether a step is from scikit-learn, and validates its input."""
    if step is None or not is_plain(step) or get_tags(step).no_validation:
        return False
    # With a user's kernel or metric, some estimators accept anything.
    return not any(map(callable, step.get_params(deep=False).values()))


def _first_step(estimator: Any, handing_on: Sequence[str] = ()) -> Any:
    """Return the first step of a pipeline that does not pass its input on."""
    while getattr(estimator, "steps", None):
        steps = [s for _, s in estimator.steps if s is not None and s != "passthrough"]
        names = [type(step).__name__ for step in steps]
        here = [i for i, name in enumerate(names) if name not in handing_on]
        if not steps or estimator.steps[-1][1] is not steps[-1]:
            return None
        estimator = steps[here[0] if here else -1]
    return estimator


def _shape(X: Any, y: Any) -> Fault | None:
    """Return the fault of features with one dimension."""
    if getattr(X, "ndim", 2) != 1:
        return None
    line = "X.to_frame()" if hasattr(X, "to_frame") else "X.reshape(-1, 1)"
    line = f"Write {line} if it is one column."
    if getattr(y, "ndim", 1) == 2:
        line = "Write search.fit(X, y) if it is search.fit(y, X)."
    return Fault(
        _first_step,
        lambda step: _wants_columns(step, "one_d_array"),
        f"X must have two dimensions, rows and columns, got shape {X.shape}, which "
        f"{{name}} does not take. {line}",
    )


def _ragged(X: Any) -> Fault | None:
    """Return the fault of listed rows of different lengths."""
    widths = ragged(X)
    if not widths:
        return None
    return Fault(
        _first_step,
        _wants_columns,
        f"X has rows of different lengths, such as {' and '.join(map(str, widths))}, "
        "and {name} takes columns of numbers.",
    )


def _wants_columns(step: Any, *others: str) -> bool:
    """Tell whether a step takes columns of numbers, but no input of other kinds."""
    predicts = is_classifier(step) or is_regressor(step)
    if not predicts and type(step).__name__ not in SCALERS:
        return False  # possibly an encoder, or an imputer of words
    tags = get_tags(step).input_tags
    return bool(tags.two_d_array) and not any(getattr(tags, n) for n in others)


def _words(X: Any) -> Fault | None:
    """Return the fault of features that are words."""
    columns = [
        name for name, values in _columns(X, "OUST") if any(map(_is_word, values))
    ]
    if not columns:
        return None
    return Fault(
        _first_step,
        lambda step: (
            _wants_columns(step, "string", "categorical")
            and "categorical_features" not in step.get_params()
        ),
        f"X has words in {len(columns)} of its columns ({first_of(columns)}), and "
        "{name} takes numbers alone. Write make_pipeline(make_column_transformer(("
        f"OneHotEncoder(handle_unknown='ignore'), {columns[:N_NAMED]!r}), "
        "remainder='passthrough'), {name}()).",
    )


def _dates(X: Any) -> Fault | None:
    """Return the fault of features that are dates or durations."""
    columns = [name for name, _ in _columns(X, "mM")]
    if not columns:
        return None
    return Fault(
        _first_step,
        _wants_columns,
        f"X has dates in {len(columns)} of its columns ({first_of(columns)}), and "
        "{name} takes numbers alone. Make numbers of them, such as "
        "X['day'].dt.dayofyear, or leave them out.",
    )


def _columns(X: Any, kinds: str) -> list[tuple[Any, Any]]:
    """Return names and first values of the columns of some kinds of an array or frame.

    Columns of pandas' own types count as objects.
    """
    if hasattr(X, "iloc") and getattr(X, "ndim", 0) == 2:
        dtypes = [getattr(dtype, "kind", "O") for dtype in X.dtypes]
        return [
            (name, X.iloc[:N_ROWS, i].tolist())
            for i, (name, kind) in enumerate(zip(X.columns, dtypes, strict=True))
            if kind in kinds
        ]
    if isinstance(X, np.ndarray) and X.ndim == 2 and X.dtype.kind in kinds:
        return [(i, X[:N_ROWS, i].tolist()) for i in range(X.shape[1])]
    return []


def _is_word(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        float(value)
    except ValueError:
        return True
    return False


def _holes(X: Any) -> Fault | None:
    """Return the fault of features with NaN or infinite values."""
    columns: list[Any] = []
    infinite = False
    if hasattr(X, "isna") and getattr(X, "ndim", 0) == 2:
        columns = [name for name, hole in X.isna().any().items() if hole]
        if not columns:
            infinite, numbers = True, X.select_dtypes("float")
            finite = np.isfinite(numbers.to_numpy(dtype=np.float64)).all(axis=0)
            columns = numbers.columns[~finite].tolist()
    elif isinstance(X, np.ndarray) and X.ndim == 2 and X.dtype.kind == "f":
        with np.errstate(all="ignore"):
            if not np.isfinite(X.sum()):  # much quicker than checking each value
                columns = np.flatnonzero(~np.isfinite(X).all(axis=0)).tolist()
                infinite = not np.isnan(X).any()
    if not columns:
        return None
    what, line = ("infinite values", INFINITE) if infinite else ("NaN", HOLES)
    return Fault(
        lambda estimator: _first_step(estimator, SCALERS),
        lambda step: not get_tags(step).input_tags.allow_nan,
        f"X has {what} in {len(columns)} of its columns ({first_of(columns)}), and "
        f"{{name}} takes none. {line}",
    )


def _target(y: Any) -> Fault | None:
    """Return the fault of a target of the wrong kind for the estimators."""
    if widths := ragged(y):
        return Fault(
            last_step,
            lambda step: is_classifier(step) or is_regressor(step),
            "y has rows of different lengths, such as "
            f"{' and '.join(map(str, widths))}, which {{name}} does not take.",
        )
    values = np.asarray(y) if isinstance(y, list | tuple) else y
    kind = getattr(getattr(values, "dtype", None), "kind", "")
    if kind == "f":
        with suppress(ValueError):
            if type_of_target(values) == "continuous":
                return _no_classes(values)
    if kind and values.ndim == 2 and values.shape[1] > 1:
        return _columns_of(values)
    if kind == "O":
        with suppress(ValueError, TypeError):
            if type_of_target(values) == "unknown":
                return _objects(values)
    if kind and kind in "OUST" and any(map(_is_word, list(values[:N_ROWS]))):
        return Fault(
            last_step,
            is_regressor,
            "y has words, and {name} is a regressor. Use a classifier instead, or turn "
            "y into numbers.",
        )
    return None


def _objects(y: Any) -> Fault:
    """Return the fault of labels of the dtype object that are no words."""
    names = sorted({type(value).__name__ for value in np.ravel(y)})
    numbers = [name for name in ("float", "int", "bool") if name in names]
    line = numbers[0] if numbers else "str"
    return Fault(
        last_step,
        lambda step: is_classifier(step) and type(step).__name__ not in TAKE_OBJECTS,
        f"Unknown label type: y has the dtype object and values of the type "
        f"{' and '.join(names)}, and {{name}} takes objects for labels only if they "
        f"are words. Write search.fit(X, y.astype({line})).",
    )


def _no_classes(y: Any) -> Fault:
    value = next(float(v) for v in np.ravel(y) if not float(v).is_integer())
    return Fault(
        last_step,
        is_classifier,
        f"y is continuous, with numbers that are no classes, {short(value)} for one, "
        "and {name} is a classifier. Use a regressor instead.",
    )


def _columns_of(y: Any) -> Fault:
    """Return the fault of a target with several columns, for one column each."""
    one_hot = np.isin(y, (0, 1)).all() and (np.asarray(y).sum(axis=1) == 1).all()
    line = "MultiOutputClassifier({name}()), or MultiOutputRegressor({name}())"
    if one_hot:
        line = "y.argmax(axis=1), if each column stands for a class"
        if hasattr(y, "columns"):
            line = line.replace("argmax", "idxmax")
    return Fault(
        last_step,
        lambda step: not get_tags(step).target_tags.multi_output,
        f"y has shape {y.shape}, and {{name}} takes one value for each row. Write "
        f"{line}.",
    )

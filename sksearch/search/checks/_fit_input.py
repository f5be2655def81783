"""Checks of the arguments of ``fit``: rows, the target, and further arguments."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_classifier, is_regressor

from sksearch._sklearn import n_rows, routes_metadata, to_numpy
from sksearch.evaluation import Estimator, last_step
from sksearch.search.checks.words import FOR_SEARCHES, alias_of, instead, written
from sksearch.space import did_you_mean, has_params, parameters_of, short

#: The argument of ``fit`` of scikit-optimize's search.
CALLBACK = "callback"
#: Arguments of ``fit`` that have an entry for each row.
OF_ROWS = {"sample_weight": "weight", "groups": "group"}
#: The most rows or columns that a message names.
N_NAMED = 5


def first_of(names: Sequence[object]) -> str:
    """Return the first names of rows or columns in words."""
    more = ", ..." if len(names) > N_NAMED else ""
    return f"{', '.join(map(repr, names[:N_NAMED]))}{more}"


def check_features(X: object) -> None:
    """Raise TypeError, as scikit-learn does, if X is missing or a whole data set."""
    if X is None:
        msg = "X is missing: got None. Write search.fit(X, y)."
        raise TypeError(msg)
    if isinstance(X, Mapping) and {"data", "target"} <= X.keys():
        msg = (
            "X is a whole data set. Write search.fit(data['data'], data['target']), or "
            "load it with return_X_y=True."
        )
        raise TypeError(msg)


def check_lengths(X: Any, y: Any) -> None:
    """Raise ValueError if there are more or fewer targets than rows."""
    if X is None or y is None:
        return
    if not isinstance(y, str) and n_rows(X) == n_rows(y):
        return
    msg = (
        "Found input variables with inconsistent numbers of samples: "
        f"[{n_rows(X)}, {n_rows(y)}], those of X and y."
    )
    listed = isinstance(y, list | tuple) and hasattr(X, "columns")
    if isinstance(y, str) or (listed and all(name in X.columns for name in y)):
        name = short(y)
        msg = (
            f"y is {name}, and wanted is a target for each row of X. Write "
            f"search.fit(X.drop(columns={name}), X[{name}])."
        )
    if isinstance(X, Mapping):
        msg += " X is a dict. Write search.fit(pd.DataFrame(X), y)."
    columns = [getattr(data, "shape", ())[1:] for data in (X, y)]
    if columns[0] == columns[1] != ():
        msg += (
            " y has the columns of X. Write X_train, X_test, y_train, y_test = "
            "train_test_split(X, y), in this order; then search.fit(X_train, y_train)."
        )
    raise ValueError(msg)


def check_row_weights(X: Any, params: Mapping[str, Any]) -> None:
    """Raise ValueError if there are more or fewer weights or groups than rows.

    A fit on a fold would take weights of another length as they are, and might fit
    with those of other rows.
    """
    n = n_rows(X)
    for name, value in params.items():
        noun = OF_ROWS.get(name.rpartition("__")[2])
        if noun and np.ndim(value) > 0 and n_rows(value) != n:
            msg = (
                f"{name} has {n_rows(value)} entries, and X has {n} rows: wanted a "
                f"{noun} for each row. If rows were left out of X and y, write "
                f"search.fit(X[keep], y[keep], {name}={noun}s[keep])."
            )
            raise ValueError(msg)


def check_there_is_target(estimators: Sequence[Estimator], y: object) -> None:
    """Raise ValueError if there is no target, and every estimator needs one."""
    if y is None and all(map(_needs_target, estimators)):
        name = type(last_step(estimators[0])).__name__
        msg = (
            f"y is missing: {name}.fit needs a target. Write search.fit(X, y) "
            "instead of search.fit(X)."
        )
        raise ValueError(msg)


def check_holes(estimators: Sequence[Estimator], scoring: object, y: object) -> None:
    """Raise ValueError if a target of classes or numbers has missing values."""
    if y is None:
        return
    judged = all(is_classifier(e) or is_regressor(e) for e in estimators)
    # A user's metric with a user's estimator may accept missing values.
    own = callable(scoring) and not all(map(_is_sklearns, estimators))
    missing = None if own or not judged else missing_rows(y)
    if missing is not None and len(missing):
        msg = (
            f"y is nan or infinite in {len(missing)} of its rows "
            f"({first_of(missing.tolist())}), which can be neither learned nor scored. "
            "Leave these out: keep = np.isfinite(y) for numbers, or pd.notna(y); then "
            "search.fit(X[keep], y[keep])."
        )
        raise ValueError(msg)


def check_values_alike(y: object) -> None:
    """Raise ValueError if the labels of a classifier are no single kind of thing.

    scikit-learn would say that they cannot be compared.
    """
    widths = ragged(y)
    if widths:
        msg = (
            "y has rows of different lengths, such as "
            f"{' and '.join(map(str, widths))}. If a row may have several labels, "
            "write search.fit(X, MultiLabelBinarizer().fit_transform(y))."
        )
        raise ValueError(msg)
    values = getattr(y, "values", y)  # of a series
    if getattr(getattr(values, "dtype", None), "kind", "") != "O":
        return
    kinds = {isinstance(value, str): value for value in np.ravel(to_numpy(y))[::-1]}
    if len(kinds) > 1:
        msg = (
            f"y has words and other values, such as {short(kinds[True])} and "
            f"{short(kinds[False])}, which cannot be put in order. Write "
            "search.fit(X, y.astype(str))."
        )
        raise ValueError(msg)


def ragged(rows: object) -> list[int]:
    """Return two lengths of listed rows that differ; [] if there are none."""
    if not isinstance(rows, list | tuple):
        return []
    widths = [len(row) for row in rows if isinstance(row, list | tuple | np.ndarray)]
    if len(widths) < len(rows) or len(set(widths)) < 2:
        return []
    return list(dict.fromkeys(widths))[:2]


def missing_rows(y: object) -> NDArray[np.intp] | None:
    """Return the positions of rows of a target that are missing or not finite.

    None if missing values of such a target are unknown.
    """
    try:
        # numpy would convert nan in a list of words to the word "nan".
        listed = isinstance(y, list | tuple)
        values = np.array(y, dtype=object) if listed else to_numpy(y)
    except (TypeError, ValueError):
        return None
    if values.dtype.kind in "fc":
        bad = ~np.isfinite(values)
    elif values.dtype.kind == "O":
        bad = np.vectorize(_is_missing, otypes=[bool])(values) if values.size else None
    else:
        return None
    if bad is None or bad.ndim == 0 or not len(bad):
        return None
    return np.flatnonzero(bad.reshape(len(bad), -1).any(axis=1))


def _is_missing(value: object) -> bool:
    """Tell whether a value is None, NaN, NaT or pandas' NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and not np.isfinite(value)


def _is_sklearns(estimator: Estimator) -> bool:
    return type(last_step(estimator)).__module__.startswith("sklearn.")


def _needs_target(estimator: Estimator) -> bool:
    """Tell whether ``fit`` of an estimator requires a target."""
    fit = getattr(last_step(estimator), "fit", None)
    y = (parameters_of(fit) or {}).get("y")
    return y is not None and y.kind is y.POSITIONAL_OR_KEYWORD and y.default is y.empty


def check_fit_params(
    estimators: Sequence[Estimator],
    params: Mapping[str, object],
    face: str,
    parameters: Sequence[str],
) -> None:
    """Raise TypeError if ``fit`` got an argument that no estimator takes.

    The user may have meant one of the search's `parameters`, which the message then
    names.
    """
    if routes_metadata():
        return  # metadata routing checks them
    for name, value in params.items():
        refusals = [_refusal(e, name) for e in estimators]
        if all(refusals):
            hint = _for_the_search(name, value, face, parameters)
            msg = f"fit got {name!r}, but {refusals[0]}{hint}"
            raise TypeError(msg)


def split_callback(
    params: Mapping[str, Any], estimators: Sequence[Estimator]
) -> tuple[dict[str, Any], Any]:
    """Return further arguments of ``fit``, and the callback of scikit-optimize.

    An estimator that takes ``callback`` itself gets it.
    """
    own = dict(params)
    if CALLBACK in own and all(_refusal(e, CALLBACK) for e in estimators):
        return own, own.pop(CALLBACK)
    return own, None


def _for_the_search(
    name: str, value: object, face: str, parameters: Sequence[str]
) -> str:
    """Return the line to write if a parameter of the search was passed to ``fit``."""
    meant = name if name in parameters else alias_of(name, parameters)
    if meant:
        return (
            f" {meant!r} is a parameter of the search: write "
            f"{face}(..., {meant}={written(value)})."
        )
    if name not in FOR_SEARCHES:
        return ""
    return f" {instead(name, value, parameters, within=f'{face}(..., {{}})')}"


def _refusal(estimator: Estimator, name: str) -> str:
    """Return why ``fit`` of an estimator refuses an argument; "" if it accepts it."""
    steps = getattr(estimator, "steps", None)
    if steps:
        step, found, rest = name.partition("__")
        known = dict(steps)
        if not found:
            return (
                "a pipeline takes step__name, such as "
                f"{steps[-1][0]}__{name}, not a bare name."
            )
        if step not in known:
            return f"no step is called {step!r}.{did_you_mean(step, known)}"
        return _refusal(known[step], rest)
    parameters = parameters_of(getattr(estimator, "fit", None))
    if parameters is None or name in parameters:
        return ""
    if any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values()):
        return ""
    kind = type(estimator).__name__
    if has_params(estimator) and name in estimator.get_params(deep=False):
        hint = f" It is a parameter of {kind}: write {kind}({name}=...)."
    else:
        hint = did_you_mean(name, [n for n in parameters if n not in ("X", "y")])
    return f"{kind}.fit does not take it.{hint}"

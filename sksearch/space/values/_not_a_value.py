"""NotAValue: the error of a range that is used as if it were one of its values.

An estimator may hold a range, ``Ridge(alpha=Float(0.1, 10.0))``, but only a search can
use it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

from sksearch.exceptions import SpaceTypeError
from sksearch.space.values._values import short

#: Methods that pipelines and others look for in a step, and then call.
_OF_STEPS = frozenset(
    {"fit", "fit_predict", "fit_transform", "predict", "score", "transform"}
)
#: Attributes in which scikit-learn looks for the type of an estimator; the second up to
#: release 1.7.
_TAGS = frozenset({"__sklearn_tags__", "_estimator_type"})


def _refuse(self: Any, *_: object, **__: object) -> Any:
    msg = (
        f"{short(self)} is a search space, not a value. Pass the estimator that holds "
        "it to a search, TPESearchCV(estimator), which tries its values."
    )
    raise SpaceTypeError(msg)


#: Conversions, comparisons and arithmetic.
_OF_NUMBERS = (
    *("float", "int", "index", "complex", "round", "lt", "le", "gt", "ge"),
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "neg", "pos", "abs"),
    *("radd", "rsub", "rmul", "rtruediv", "rfloordiv", "rpow"),
)


class NotAValue:
    """Base class of ranges: refuses arithmetic, comparison and methods of estimators.

    Copies are the object itself, so that one range in two places stays one range in
    clones of the estimator. A choice between steps has the methods and tags of its
    first step, so that a pipeline with it can be displayed; calling them raises the
    error.
    """

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __sklearn_clone__(self) -> Self:
        return self

    if not TYPE_CHECKING:  # otherwise mypy would accept any attribute

        def __getattr__(self, name: str) -> Any:
            if name in _OF_STEPS or name in _TAGS:
                values = vars(self).get("values", ())
                first = next((v for v in values if hasattr(v, "fit")), None)
                if hasattr(first, name):
                    told = name in _TAGS
                    return getattr(first, name) if told else partial(_refuse, self)
            return object.__getattribute__(self, name)


# Set from outside: a type checker tells users of them as of any missing method.
for _name in _OF_NUMBERS:
    setattr(NotAValue, f"__{_name}__", _refuse)

"""NotAValue: what a range says when it is used as if it were one of its values.

A range may stand in an estimator, ``Ridge(alpha=Float(0.1, 10.0))``, and only a search
knows what to do with it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

from sksearch.exceptions import SpaceTypeError
from sksearch.space._values import short

#: What pipelines and others look for in the place of a step, and then call.
_OF_STEPS = frozenset(
    {"fit", "fit_predict", "fit_transform", "predict", "score", "transform"}
)
#: Where scikit-learn looks for what an estimator is; the second up to 1.7.
_TAGS = frozenset({"__sklearn_tags__", "_estimator_type"})


def _refuse(self: Any, *_: object, **__: object) -> Any:
    msg = (
        f"{short(self)} is a search space, not a value. Pass the estimator that holds "
        "it to a search, TPESearchCV(estimator), which tries its values."
    )
    raise SpaceTypeError(msg)


class NotAValue:
    """Refuses arithmetic, comparison and the methods of estimators; copies are itself.

    Copies are the object itself, so that a range that stands in two places is one range
    in clones of the estimator, too. A choice between steps has what the first one has,
    so that a pipeline with it can be shown; when it is fitted, it says what it is.
    """

    __float__ = __int__ = __index__ = __complex__ = __round__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __sub__ = __mul__ = __truediv__ = __floordiv__ = __mod__ = _refuse
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rfloordiv__ = _refuse
    __pow__ = __rpow__ = __neg__ = __pos__ = __abs__ = _refuse

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __sklearn_clone__(self) -> Self:
        return self

    if not TYPE_CHECKING:  # mypy would no longer know any name to be wrong

        def __getattr__(self, name: str) -> Any:
            if name in _OF_STEPS or name in _TAGS:
                values = vars(self).get("values", ())
                first = next((v for v in values if hasattr(v, "fit")), None)
                if hasattr(first, name):
                    told = name in _TAGS
                    return getattr(first, name) if told else partial(_refuse, self)
            return object.__getattribute__(self, name)

"""FitData: the arguments of ``fit``, and facts about the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from sksearch._sklearn import n_rows
from sksearch.engine import FoldKeeper
from sksearch.evaluation import Folds, Splitter, rows_of
from sksearch.honesty import repetitions_of
from sksearch.search.plan._row_facts import (
    Codes,
    as_array,
    classes_of,
    codes_of,
    gaps_between,
    goes_forward,
    labels_of,
)


@dataclass(frozen=True, eq=False)
class FitData:
    """The arguments of ``fit``. Other facts are computed once, when first needed."""

    X: Any
    y: Any
    cv: Splitter  # as `sklearn.model_selection.check_cv` returns it
    # "classifier", "regressor", "": the kind of estimator.
    kind: Literal["classifier", "regressor", ""] = ""
    # Other arguments of ``fit``.
    params: Mapping[str, object] = field(default_factory=dict)
    # The argument ``callback`` of ``fit``, as in scikit-optimize.
    callback: object = None
    # fit_params, score_params, split_params: the same, routed to the estimator, the
    # scorer and the splitter.
    fit_params: Mapping[str, object] = field(default_factory=dict)
    score_params: Mapping[str, object] = field(default_factory=dict)
    split_params: Mapping[str, object] = field(default_factory=dict)
    # Makes the folds, or takes those of a journal.
    keeper: FoldKeeper = field(default_factory=FoldKeeper)

    @property
    def classify(self) -> bool:
        """Whether the target holds classes."""
        return self.kind == "classifier"

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return int(n_rows(self.X))

    @cached_property
    def folds(self) -> Folds:
        """The splits, the same for every candidate."""
        return self.keeper.make(self.cv, self.X, self.y, self.split_params)

    @cached_property
    def repetitions(self) -> Codes:
        """The repetition of each fold as a number."""
        return repetitions_of(rows_of(self.folds), self.n_rows)

    @cached_property
    def classes(self) -> Codes | None:
        """The class of each row as a number; None if there are no classes."""
        return classes_of(self.y, classify=self.classify)

    @cached_property
    def labels(self) -> Codes | None:
        """Labels of which each rung gets some rows, as numbers; None for any rows."""
        return labels_of(self.y, classify=self.classify)

    @cached_property
    def values(self) -> Any:
        """The target as an array; None without one, and for lists of any lengths."""
        return None if self.y is None else as_array(self.y)

    @property
    def target(self) -> Any:
        """The target of a classifier as an array; None without one."""
        return self.values if self.classify else None

    @cached_property
    def groups(self) -> Codes | None:
        """The group of each row as a number; None if there are no groups."""
        groups = self.split_params.get("groups")
        return None if groups is None else codes_of(groups)

    @cached_property
    def in_order(self) -> bool:
        """Whether rows are ordered by time: all folds train on earlier rows."""
        return goes_forward(self.cv, self.folds)

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """Rows that each fold leaves out before its test part; () unless in order."""
        return gaps_between(self.folds) if self.in_order else ()

"""FitData: what ``fit`` was given, read once, and what the rows of it are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from sksearch._sklearn import n_rows, to_numpy
from sksearch.evaluation import Folds
from sksearch.search.plan._kept_folds import FoldKeeper, Splitter
from sksearch.search.plan._row_facts import (
    Codes,
    classes_of,
    codes_of,
    gaps_between,
    goes_forward,
    labels_of,
)


@dataclass(frozen=True, eq=False)
class FitData:
    """What ``fit`` was given. All else is worked out when it is first asked for, once.

    Parameters
    ----------
    X, y : array-like
        The data.
    cv : splitter
        As `sklearn.model_selection.check_cv` returns it.
    kind : {"classifier", "regressor", ""}
        What is fitted to them.
    params : dict of str to object
        What ``fit`` was given besides.
    fit_params, score_params, split_params : dict of str to object
        These by whom they are for: the estimator, the scorer, the splitter.
    keeper : FoldKeeper
        Makes the folds, or takes those of a journal.
    """

    X: Any
    y: Any
    cv: Splitter
    kind: Literal["classifier", "regressor", ""] = ""
    params: Mapping[str, object] = field(default_factory=dict)
    fit_params: Mapping[str, object] = field(default_factory=dict)
    score_params: Mapping[str, object] = field(default_factory=dict)
    split_params: Mapping[str, object] = field(default_factory=dict)
    keeper: FoldKeeper = field(default_factory=FoldKeeper)

    @property
    def classify(self) -> bool:
        """Whether the target holds classes."""
        return self.kind == "classifier"

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return int(n_rows(self.X))

    @cached_property
    def folds(self) -> Folds:
        """The splits, the same for every candidate."""
        return self.keeper.make(self.cv, self.X, self.y, self.split_params)

    @cached_property
    def classes(self) -> Codes | None:
        """The class of each row as a number; None if there are no classes."""
        return classes_of(self.y, classify=self.classify)

    @cached_property
    def labels(self) -> Codes | None:
        """What each rung shall have some rows of, as numbers; None for any rows."""
        return labels_of(self.y, classify=self.classify)

    @cached_property
    def target(self) -> Any:
        """The target of a classifier as an array; None without one."""
        return to_numpy(self.y) if self.classify and self.y is not None else None

    @cached_property
    def groups(self) -> Codes | None:
        """The group of each row as a number; None if there are no groups."""
        groups = self.split_params.get("groups")
        return None if groups is None else codes_of(groups)

    @cached_property
    def in_order(self) -> bool:
        """Whether the rows are in the order of time: all folds go forward in them."""
        return goes_forward(self.cv, self.folds)

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """How many rows each fold leaves out before its test part, if they do."""
        return gaps_between(self.folds) if self.in_order else ()

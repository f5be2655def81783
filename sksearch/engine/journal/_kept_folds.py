"""FoldKeeper: keeps folds that cannot be made again in the journal, for later runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch._sklearn import is_constant
from sksearch.engine.journal._journal import Journal
from sksearch.engine.journal._records import array_of_plain, plain_array
from sksearch.engine.journal.fingerprint import described, digest
from sksearch.evaluation import Folds, Splitter, make_folds

#: Positions of rows, or a mask.
Indices = NDArray[np.generic]


class FoldKeeper:
    """Makes the folds of a search, or takes them from its journal.

    Results on disk may be used only if they mean the same today. So folds are kept with
    a description of the splitter, which must be the same in each run. `given` is the
    `cv` parameter of the search, before an iterator is consumed.
    """

    def __init__(self, given: object = None, journal: Journal | None = None) -> None:
        self._journal = journal
        self._is_iterator = isinstance(given, Iterator)
        # A generator from a splitter's `split` has the splitter in its frame.
        frame = getattr(given, "gi_frame", None)
        self._source = None if frame is None else frame.f_locals.get("self")
        self._sizes: list[list[int]] = []

    def make(
        self, cv: Splitter, X: Any, y: Any, split_params: Mapping[str, object]
    ) -> Folds:
        """Return the folds."""
        if self._is_iterator and not cv.get_n_splits():
            msg = (
                "No fits were performed. Was the CV iterator empty? Were there no "
                "candidates? 'cv' is a generator, which gives its folds to the first "
                "fit only. Write cv=list(splitter.split(X, y)), or cv=splitter."
            )
            raise ValueError(msg)
        if self._is_iterator:
            self._sizes = [[len(train), len(test)] for train, test in cv.split()]
        kept = None if self._journal is None else self._journal.kept.get("folds")
        if kept is None:
            return make_folds(cv, X, y, split_params)
        return Folds(tuple(_pairs(kept)))

    def name(self, cv: Splitter, folds: Folds) -> object:
        """Return a description that identifies the folds; keep them if necessary."""
        assert self._journal is not None
        kept = self._journal.kept
        if self._journal.is_new and not self._come_again(cv):
            kept["folds"] = [[_plain(train), _plain(test)] for train, test in folds]
        if "folds" not in kept:
            return f"{len(folds)} folds {digest(folds.pairs)}"
        if not self._is_iterator:
            return described("cv", cv)
        sizes = self._sizes or [[len(train), len(test)] for train, test in folds]
        return {"folds": sizes, "made by": described("cv", self._source)}

    def _come_again(self, cv: Splitter) -> bool:
        """Tell whether each run certainly makes the same folds."""
        splitter = self._source if self._is_iterator else cv
        of_sklearn = type(splitter).__module__.partition(".")[0] == "sklearn"
        return of_sklearn and bool(is_constant(splitter))


def _plain(indices: Indices) -> Any:
    """Return indices as plain data, as differences, which compress well if sorted."""
    if indices.dtype.kind not in "iu":
        return plain_array(indices, compressed=True)
    steps = np.diff(indices.astype(np.int64), prepend=0)
    small = np.int32 if np.abs(steps).max(initial=0) < 2**31 else np.int64
    plain = plain_array(steps.astype(small), compressed=True)
    return {"steps": plain, "dtype": indices.dtype.str}


def _pairs(kept: Iterable[Any]) -> Iterator[tuple[Indices, Indices]]:
    for train, test in kept:
        yield _array(train), _array(test)


def _array(record: Mapping[str, Any]) -> Indices:
    if "steps" not in record:
        whole: Indices = array_of_plain(record)
        return whole
    steps = array_of_plain(record["steps"]).astype(np.int64)
    return np.cumsum(steps).astype(np.dtype(record["dtype"]))

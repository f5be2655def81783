"""The records of a journal: its header, candidates and folds, as plain data and back.

Arrays are in base64, and never a pickle.
"""

from __future__ import annotations

import base64
import io
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sksearch.evaluation import Prediction
from sksearch.exceptions import JournalError
from sksearch.space import FloatArray
from sksearch.trials import FoldScore

#: The version of the format.
FORMAT = 1
#: A number that no candidate and no confirmation has.
NO_CANDIDATE = -(2**31)


def header_of(
    fingerprint: Mapping[str, Any], kept: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the first record of a journal."""
    return {
        "sksearch": FORMAT,
        "fingerprint": dict(fingerprint),
        "kept": dict(kept),
    }


def check_format(header: Mapping[str, Any], path: Path) -> None:
    """Raise JournalError if a header is of another version of the format."""
    if header["sksearch"] != FORMAT:
        msg = (
            f"The journal '{path}' has format {header['sksearch']}, this version of "
            f"sksearch reads {FORMAT}."
        )
        raise JournalError(msg)


def is_old(header: Mapping[str, Any]) -> bool:
    """Tell whether an old version wrote a header, without the axes of the space."""
    return "axes" not in header["kept"]


@dataclass(frozen=True)
class Proposal:
    """A proposal of a sampler, and the sampler's state after it."""

    row: FloatArray  # (d,): the configuration, as a row of the space
    state: Mapping[str, Any]  # state of the sampler just after it was asked
    # Names of the columns, for spaces in which a trial may add axes.
    axes: Sequence[str] | None = None


@dataclass(frozen=True)
class Entry:
    """The record of a candidate."""

    # number, trial, rung, resource, bracket: as in `Candidate`; `trial` is the number
    # of its trial.
    number: int
    trial: int
    rung: int
    resource: int
    bracket: int
    params: Mapping[str, Any]  # its parameters, in plain values
    proposal: Proposal | None = None  # None if the configuration was tried before
    # How many candidates could be under way; None in older journals.
    window: int | None = None
    # The planned size of the search, with the first new candidate of a run.
    planned: Mapping[str, Any] | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return the record."""
        record: dict[str, Any] = {
            "candidate": self.number,
            "trial": self.trial,
            "rung": self.rung,
            "resource": self.resource,
            "bracket": self.bracket,
            "params": dict(self.params),
        }
        if self.proposal is not None:
            units = self.proposal.row.tolist()
            record["row"] = [None if math.isnan(unit) else unit for unit in units]
            record["sampler"] = dict(self.proposal.state)
            if self.proposal.axes is not None:
                record["axes"] = list(self.proposal.axes)
        if self.window is not None:
            record["window"] = self.window
        if self.planned is not None:
            record["planned"] = dict(self.planned)
        return record

    @classmethod
    def of_plain(cls, record: Mapping[str, Any]) -> Entry:
        """Rebuild the entry from its record."""
        proposal = None
        if "row" in record:
            units = [math.nan if unit is None else unit for unit in record["row"]]
            row = np.array(units, dtype=np.float64)
            proposal = Proposal(row, record["sampler"], record.get("axes"))
        return cls(
            record["candidate"],
            record["trial"],
            record["rung"],
            record["resource"],
            record["bracket"],
            record["params"],
            proposal,
            record.get("window"),
            record.get("planned"),
        )


def plain_fold(score: FoldScore, elapsed: float) -> dict[str, Any]:
    """Return the record of a finished fold."""
    record: dict[str, Any] = {
        "fold": [score.candidate, score.fold],
        "test": _plain_scores(score.test),
        "train": _plain_scores(score.train),
        "fit_time": score.fit_time,
        "score_time": score.score_time,
        "error": score.error,
        "score_error": score.score_error,
        "exception": score.exception,
        "elapsed": elapsed,
    }
    if score.start is not None:
        record["start"] = round(score.start, 6)
        record["worker"] = score.worker
    if score.failed:
        record["failed"] = list(score.failed)
    if score.n_rounds is not None:
        record["n_rounds"] = score.n_rounds
    if score.predictions is not None:
        record["predictions"] = plain_prediction(score.predictions)
    return record


def plain_confirmation(
    score: FoldScore, number: int, repeat: int, n_splits: int, elapsed: float
) -> dict[str, Any]:
    """Return the record of a finished fold of a confirmation."""
    record = plain_fold(score, elapsed)
    # Older versions, without confirmations, read a fold that belongs to no candidate.
    record["fold"] = [-1 - number, repeat * n_splits + score.fold]
    record["confirms"] = [number, repeat, score.fold]
    return record


def plain_end(reason: str, counts: Mapping[str, int], elapsed: float) -> dict[str, Any]:
    """Return the record of the end of a search."""
    # Older versions, without such records, read a fold that belongs to no candidate.
    nothing = FoldScore(NO_CANDIDATE, 0, None, None, 0.0, 0.0)
    ended = {"reason": reason, "counts": dict(counts)}
    return {**plain_fold(nothing, elapsed), "ended": ended}


def fold_of_plain(record: Mapping[str, Any]) -> FoldScore:
    """Rebuild the fold from its record."""
    candidate, fold = record["fold"]
    return FoldScore(
        candidate,
        fold,
        test=_scores(record["test"]),
        train=_scores(record["train"]),
        fit_time=record["fit_time"],
        score_time=record["score_time"],
        error=record["error"],
        n_rounds=record.get("n_rounds"),
        predictions=prediction_of_plain(record.get("predictions")),
        score_error=record["score_error"],
        exception=record["exception"],
        start=record.get("start"),
        worker=record.get("worker"),
        failed=tuple(record.get("failed", ())),
    )


def _plain_scores(scores: Mapping[str, float] | None) -> dict[str, Any] | None:
    if scores is None:
        return None
    return {name: _plain_number(score) for name, score in scores.items()}


def _plain_number(score: Any) -> Any:
    """Return a number as JSON has it; infinities and nan as text."""
    number = score if isinstance(score, int) else float(score)
    return number if math.isfinite(number) else repr(number)


def _scores(record: Mapping[str, Any] | None) -> dict[str, float] | None:
    if record is None:
        return None
    return {k: float(v) if isinstance(v, str) else v for k, v in record.items()}


def plain_prediction(prediction: Prediction | None) -> dict[str, Any] | None:
    """Return the record of a model's predictions for its test rows."""
    if prediction is None:
        return None
    return {
        "method": prediction.method,
        "values": plain_array(prediction.values),
        "classes": plain_array(prediction.classes),
    }


def prediction_of_plain(record: Mapping[str, Any] | None) -> Prediction | None:
    """Rebuild the prediction from its record."""
    if record is None:
        return None
    return Prediction(
        record["method"],
        array_of_plain(record["values"]),
        array_of_plain(record["classes"]),
    )


def plain_array(value: Any, *, compressed: bool = False) -> Any:
    """Return an array, a list of arrays (one per output) or None as plain data."""
    if value is None:
        return None
    if isinstance(value, list):
        return [plain_array(part, compressed=compressed) for part in value]
    array = np.asarray(value)
    if array.dtype == object:  # strings, mostly
        return {"objects": array.tolist()}
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    data = file.getvalue()
    if compressed:
        return {"zlib": base64.b64encode(zlib.compress(data)).decode()}
    return {"npy": base64.b64encode(data).decode()}


def array_of_plain(record: Any) -> Any:
    """Rebuild the argument of :func:`plain_array`."""
    if record is None:
        return None
    if isinstance(record, list):
        return [array_of_plain(part) for part in record]
    if "objects" in record:
        return np.array(record["objects"], dtype=object)
    if "zlib" in record:
        data = zlib.decompress(base64.b64decode(record["zlib"]))
    else:
        data = base64.b64decode(record["npy"])
    return np.load(io.BytesIO(data), allow_pickle=False)

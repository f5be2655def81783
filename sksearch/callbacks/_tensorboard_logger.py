"""TensorBoardLogger: curves of a search, and a table of its candidates."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sksearch.callbacks._record_facts import kind_of_record, means_of, plain_params

if TYPE_CHECKING:
    from sksearch.engine import CandidateRecord


@dataclass
class TensorBoardLogger:
    """Log a search for TensorBoard: curves, and a table of all candidates.

    Each fit writes to a folder ``search-1``, ``search-2`` and so on. Its curves over
    the candidates are the score, the best score so far, the fit time and the means of
    all metrics. For the tab "HParams" each candidate has its own run in a subfolder,
    with its parameters, its estimator type and the same numbers. At the end the best
    parameters are written as text.

    Needs TensorBoard: ``pip install "sksearch[tensorboard]"``, but not TensorFlow. Show
    it with ``tensorboard --logdir log_dir``.

    Parameters
    ----------
    log_dir : str or path
        The folder, which is created if it does not exist.

    Examples
    --------
    >>> from sksearch.callbacks import TensorBoardLogger
    >>> TensorBoardLogger("logs")
    TensorBoardLogger(log_dir='logs')
    """

    log_dir: str | os.PathLike[str]
    _folder: Path | None = field(default=None, init=False, repr=False, compare=False)
    _writer: Any = field(default=None, init=False, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """Return the state without the writer: only one copy writes to a file."""
        return {**vars(self), "_writer": None}

    def __call__(self, record: CandidateRecord) -> bool:
        """Log a candidate; the search goes on."""
        board = _tensorboard()
        if record.n_finished == 1 or self._folder is None:  # another fit
            self._close()
            self._folder = _new_folder(Path(self.log_dir))
        if self._writer is None:
            self._writer = board.EventFileWriter(str(self._folder))
        means = means_of(record)
        _add_scalars(board, self._writer, means, record.number)
        if not math.isnan(record.best_score):
            best = {"best_score": record.best_score}
            _add_scalars(board, self._writer, best, record.n_finished)
        self._writer.flush()
        self._log_candidate(board, record, means)
        return False

    def _log_candidate(
        self, board: Any, record: CandidateRecord, means: Mapping[str, float]
    ) -> None:
        """Write a candidate as its own run."""
        assert self._folder is not None
        folder = self._folder / f"candidate-{record.number:04d}"
        params = plain_params(record.params)
        kind = kind_of_record(record)
        if kind and kind not in params.values():
            params["estimator type"] = kind
        # Runs with the same trial name would share a row of the table.
        trial = f"{self._folder.name}/{folder.name}"
        writer = board.EventFileWriter(str(folder))
        summary = board.hparams_pb(params, trial_id=trial)
        writer.add_event(_event(board, summary, 0))
        _add_scalars(board, writer, means, record.number)
        writer.close()

    def on_search_end(self, search: Any, error: BaseException | None) -> None:
        """Log the best candidate, and close the file.

        Parameters
        ----------
        search : search
            The search that has ended.
        error : BaseException or None
            The exception that ``fit`` raises, if any.
        """
        if self._writer is not None and hasattr(search, "best_params_"):
            board = _tensorboard()
            params = plain_params(search.best_params_)
            lines = [f"    {name} = {value}" for name, value in params.items()]
            title = f"Candidate {search.best_index_}"
            if hasattr(search, "best_score_"):
                title += f", score {search.best_score_:.6g}"
            summary = board.text_pb("best", "\n".join([f"{title}:", "", *lines]))
            self._writer.add_event(_event(board, summary, 0))
        self._close()

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def _tensorboard() -> Any:
    """Import what is needed of TensorBoard; the ImportError says what to install."""
    try:
        from tensorboard.compat.proto.event_pb2 import Event
        from tensorboard.compat.proto.summary_pb2 import Summary
        from tensorboard.plugins.hparams.summary_v2 import hparams_pb
        from tensorboard.plugins.text.summary_v2 import text_pb
        from tensorboard.summary.writer.event_file_writer import EventFileWriter
    except ImportError as error:
        msg = (
            "TensorBoardLogger needs TensorBoard, which is not installed. Write: pip "
            "install 'sksearch[tensorboard]', or pip install tensorboard."
        )
        raise ImportError(msg) from error
    return SimpleNamespace(
        Event=Event,
        Summary=Summary,
        hparams_pb=hparams_pb,
        text_pb=text_pb,
        EventFileWriter=EventFileWriter,
    )


def _new_folder(parent: Path) -> Path:
    """Make the first free folder of ``search-1``, ``search-2`` and so on."""
    for number in count(1):
        folder = parent / f"search-{number}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise AssertionError  # pragma: no cover


def _add_scalars(
    board: Any, writer: Any, means: Mapping[str, float], step: int
) -> None:
    Value = board.Summary.Value
    values = [Value(tag=name, simple_value=value) for name, value in means.items()]
    writer.add_event(_event(board, board.Summary(value=values), step))


def _event(board: Any, summary: Any, step: int) -> Any:
    return board.Event(wall_time=time.time(), step=step, summary=summary)

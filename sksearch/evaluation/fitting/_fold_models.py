"""FoldModels: files that keep the models of a candidate for the next rung."""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sksearch.evaluation.fitting._fitting import Checkpoint
from sksearch.workers import FaultsIgnored, cloudpickle


@dataclass(frozen=True)
class FoldModels:
    """The files of one candidate, one for each fold. Plain and picklable.

    A model may always be missing: it could not be pickled, or it was fitted on another
    machine. It is then fitted from nothing.
    """

    folder: str
    candidate: int
    keep: bool = True  # whether to save models, which a higher rung may need

    def load(self, fold: int) -> Checkpoint | None:
        """Return a copy of the saved model of a fold; None if there is none."""
        with FaultsIgnored(), self._path(fold).open("rb") as file:
            found: Checkpoint = pickle.load(file)  # noqa: S301 - our own file
            return found
        return None

    def save(self, fold: int, checkpoint: Checkpoint | None) -> None:
        """Save the model of a fold, if there is one, and replace an earlier one."""
        if checkpoint is None or not self.keep:
            return
        path = self._path(fold)
        draft = path.with_suffix(".draft")
        # Not joblib.dump: workers could not pickle classes defined in a script.
        with FaultsIgnored():
            try:
                with draft.open("wb") as file:
                    cloudpickle.dump(checkpoint, file)
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove all models of the candidate."""
        with suppress(OSError):
            for path in Path(self.folder).glob(f"{self.candidate}-*"):
                path.unlink(missing_ok=True)

    def _path(self, fold: int) -> Path:
        return Path(self.folder, f"{self.candidate}-{fold}.model")

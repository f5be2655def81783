"""FoldModels: where the models of a candidate wait for the next rung: on disk."""

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
    machine. Whoever does not find it fits one from nothing.

    Parameters
    ----------
    folder : str
        Where the files are.
    candidate : int
        Whose they are.
    keep : bool, default=True
        Whether models may be needed again.
    """

    folder: str
    candidate: int
    keep: bool = True

    def load(self, fold: int) -> Checkpoint | None:
        """Return the model of a fold; None if there is none.

        Parameters
        ----------
        fold : int
            Which fold.

        Returns
        -------
        checkpoint : Checkpoint or None
            A copy of what was saved.
        """
        with FaultsIgnored(), self._path(fold).open("rb") as file:
            found: Checkpoint = pickle.load(file)  # noqa: S301 - our own file
            return found
        return None

    def save(self, fold: int, checkpoint: Checkpoint | None) -> None:
        """Keep the model of a fold in the place of the one before.

        Parameters
        ----------
        fold : int
            Which fold.
        checkpoint : Checkpoint or None
            None for nothing to keep.
        """
        if checkpoint is None or not self.keep:
            return
        path = self._path(fold)
        draft = path.with_suffix(".draft")
        # Not joblib.dump: workers could not pickle what was defined in a script.
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

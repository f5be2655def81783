"""MLflowLogger: a run for the search, with a nested run for each candidate."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sksearch.callbacks._record_facts import kind_of_record, means_of, plain_params

if TYPE_CHECKING:
    from sksearch.engine import CandidateRecord

#: The most parameters that MLflow accepts at once.
BATCH = 100


@dataclass
class MLflowLogger:
    """Log a search to MLflow: a run, with a nested run for each candidate.

    The run of a candidate has its parameters, its mean score and those of all metrics,
    its fit time, and as tags its number and its estimator type. A failed one is
    ``FAILED``, a pruned one is ``KILLED``. The run of the search has the scores so far,
    and at the end the best parameters and scores. It is nested in the active run, if
    there is one.

    Needs MLflow: ``pip install "sksearch[mlflow]"``. It writes to the place of
    ``mlflow.set_tracking_uri``; into a file this takes some milliseconds per candidate.

    Parameters
    ----------
    experiment : str or None, default=None
        The name of the experiment, which is created if it does not exist; by default
        the active one.
    run_name : str or None, default=None
        The name of the run of the search; by default MLflow makes one.
    tags : dict of str to str or None, default=None
        More tags for the run of the search.

    Notes
    -----
    A search that resumes from its journal makes a run with all of its candidates.

    Examples
    --------
    >>> from sksearch.callbacks import MLflowLogger
    >>> MLflowLogger(experiment="wine")
    MLflowLogger(experiment='wine', run_name=None, tags=None)
    """

    experiment: str | None = None
    run_name: str | None = None
    tags: Mapping[str, str] | None = None
    #: The run of the search, and its experiment.
    _run_id: str = field(default="", init=False, repr=False, compare=False)
    _experiment_id: str = field(default="", init=False, repr=False, compare=False)

    def __call__(self, record: CandidateRecord) -> bool:
        """Log a candidate; the search goes on."""
        mlflow = _mlflow()
        client = mlflow.MlflowClient()
        if record.n_finished == 1:  # another fit
            self._begin(mlflow, client)
        now = time.time()
        own_time = 0.0 if math.isnan(record.fit_time) else record.fit_time
        tags = {"mlflow.parentRunId": self._run_id, "candidate": str(record.number)}
        kind = kind_of_record(record)
        tags |= {"estimator": kind} if kind else {}
        tags |= {"rung": str(record.rung)} if record.rung else {}
        run = client.create_run(
            self._experiment_id,
            start_time=_milliseconds(now - own_time),
            tags=tags,
            run_name=f"candidate {record.number}",
        )
        means = means_of(record)
        _log(mlflow, client, run.info.run_id, means, plain_params(record.params))
        client.set_terminated(
            run.info.run_id, status=_status(record), end_time=_milliseconds(now)
        )
        so_far = {"score": record.score, "best_score": record.best_score}
        known = {name: v for name, v in so_far.items() if not math.isnan(v)}
        _log(mlflow, client, self._run_id, known, step=record.n_finished)
        return False

    def on_search_end(self, search: Any, error: BaseException | None) -> None:
        """Log the best candidate, and close the run of the search.

        Parameters
        ----------
        search : search
            The search that has ended.
        error : BaseException or None
            The exception that ``fit`` raises, if any.
        """
        if not self._run_id:
            return
        mlflow = _mlflow()
        client = mlflow.MlflowClient()
        params = getattr(search, "best_params_", {})
        names = {"best_score_": "best_score", "confirmed_score_": "confirmed_score"}
        scores = {
            name: float(getattr(search, attribute))
            for attribute, name in names.items()
            if hasattr(search, attribute)
        }
        _log(mlflow, client, self._run_id, scores, plain_params(params))
        for name in ("best_index_", "end_reason_"):
            if hasattr(search, name):
                text = str(getattr(search, name))
                client.set_tag(self._run_id, name.rstrip("_"), text)
        status = "FINISHED" if error is None else "FAILED"
        client.set_terminated(self._run_id, status=status)
        self._run_id = ""

    def _begin(self, mlflow: Any, client: Any) -> None:
        """Make the run of the search, below the active run if there is one."""
        experiment_id = None
        if self.experiment is not None:
            known = client.get_experiment_by_name(self.experiment)
            experiment_id = (
                client.create_experiment(self.experiment)
                if known is None
                else known.experiment_id
            )
        # It must not stay the active run of this process, which belongs to the user.
        with mlflow.start_run(
            experiment_id=experiment_id,
            run_name=self.run_name,
            nested=True,
            tags=dict(self.tags or {}),
        ) as run:
            self._run_id = run.info.run_id
            self._experiment_id = run.info.experiment_id
        client.update_run(self._run_id, status="RUNNING")


def _mlflow() -> Any:
    """Import MLflow; the ImportError says what to install."""
    try:
        import mlflow
    except ImportError as error:
        msg = (
            "MLflowLogger needs MLflow, which is not installed. Write: pip install "
            "'sksearch[mlflow]', or pip install mlflow."
        )
        raise ImportError(msg) from error
    return mlflow


def _status(record: CandidateRecord) -> str:
    if record.pruned:
        return "KILLED"
    return "FAILED" if math.isnan(record.score) else "FINISHED"


def _log(
    mlflow: Any,
    client: Any,
    run_id: str,
    means: Mapping[str, float],
    params: Mapping[str, Any] | None = None,
    step: int = 0,
) -> None:
    """Write numbers and parameters, under names that MLflow accepts."""
    Metric, Param = mlflow.entities.Metric, mlflow.entities.Param
    now = _milliseconds(time.time())
    metrics = [Metric(_name(k), v, now, step) for k, v in means.items()]
    listed = [Param(_name(k), str(v)) for k, v in (params or {}).items()]
    for start in range(0, max(len(listed), 1), BATCH):
        batch = listed[start : start + BATCH]
        client.log_batch(run_id, metrics=[] if start else metrics, params=batch)


def _name(text: str) -> str:
    return re.sub(r"[^\w. :/-]", "_", text)


def _milliseconds(seconds: float) -> int:
    return round(1000 * seconds)

"""The trials of a search as a study of Optuna, and as results of scikit-optimize."""

from sksearch.reports.studies._live_study import LiveStudy
from sksearch.reports.studies._optuna_study import domains_of, make_study
from sksearch.reports.studies._skopt_results import (
    FlatPart,
    flat_parts,
    skopt_result,
    skopt_results,
)

__all__ = [
    "FlatPart",
    "LiveStudy",
    "domains_of",
    "flat_parts",
    "make_study",
    "skopt_result",
    "skopt_results",
]

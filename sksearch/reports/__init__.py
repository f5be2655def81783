"""Results of a search as tables, points, files and words."""

from sksearch.reports._facts import Facts, counted
from sksearch.reports._kinds import Kind, kind_of, kinds_of
from sksearch.reports._results_table import Results
from sksearch.reports._short_names import short_names
from sksearch.reports._stand_ins import stand_ins
from sksearch.reports._table_columns import fold_scores, metrics_of, on_one_rung
from sksearch.reports.diagnosis import Diagnosis, Finding, diagnose
from sksearch.reports.studies import (
    FlatPart,
    LiveStudy,
    domains_of,
    flat_parts,
    make_study,
    skopt_result,
    skopt_results,
)

__all__ = [
    "Diagnosis",
    "Facts",
    "Finding",
    "FlatPart",
    "Kind",
    "LiveStudy",
    "Results",
    "counted",
    "diagnose",
    "domains_of",
    "flat_parts",
    "fold_scores",
    "kind_of",
    "kinds_of",
    "make_study",
    "metrics_of",
    "on_one_rung",
    "short_names",
    "skopt_result",
    "skopt_results",
    "stand_ins",
]

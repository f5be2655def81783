"""The trials of a search as a study of Optuna."""

from sksearch.reports.studies._optuna_study import make_study

__all__ = ["make_study"]

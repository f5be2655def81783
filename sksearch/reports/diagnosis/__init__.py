"""Diagnosis: what the scores of a search say about it, in words."""

from sksearch.reports.diagnosis._diagnose import diagnose
from sksearch.reports.diagnosis._finding import Diagnosis, Finding

__all__ = ["Diagnosis", "Finding", "diagnose"]

"""Diagnosis: findings about a search from its scores, in words."""

from sksearch.reports.diagnosis._diagnose import diagnose
from sksearch.reports.diagnosis._finding import Diagnosis, Finding

__all__ = ["Diagnosis", "Finding", "diagnose"]

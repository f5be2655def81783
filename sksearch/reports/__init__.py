"""What a search has found, as tables, points and files."""

from sksearch.reports._facts import Facts, counted
from sksearch.reports._kinds import Kind, kind_of, kinds_of
from sksearch.reports._results_table import Results
from sksearch.reports._short_names import short_names

__all__ = ["Facts", "Kind", "Results", "counted", "kind_of", "kinds_of", "short_names"]

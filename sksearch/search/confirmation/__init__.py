"""`confirm` and `resplit`: other splits than the first ones, after all checks."""

from sksearch.search.confirmation._finals import Finals, read_finals
from sksearch.search.confirmation._read_resplit import read_resplit

__all__ = ["Finals", "read_finals", "read_resplit"]

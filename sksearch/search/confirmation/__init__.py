"""Checks and reads the parameters `confirm` and `resplit`, which need other splits."""

from sksearch.search.confirmation._finals import Finals, read_finals
from sksearch.search.confirmation._read_resplit import read_resplit

__all__ = ["Finals", "read_finals", "read_resplit"]

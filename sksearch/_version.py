"""The version of sksearch."""

__version__ = "0.1.0"

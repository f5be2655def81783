"""worker_name: identifies a worker by machine, process and thread."""

from __future__ import annotations

import os
import platform
import threading


def worker_name() -> str:
    """Return machine, process and thread.

    Examples
    --------
    >>> from sksearch.workers import worker_name
    >>> worker_name() == worker_name()
    True
    """
    return f"{platform.node()}/{os.getpid()}/{threading.get_native_id()}"

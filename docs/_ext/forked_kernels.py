"""The kernels of the pages are forks of one process that has imported everything.

Each page runs its code in a kernel of its own. To start one and to import scikit-learn
takes seconds of computing, again and again; a fork takes none. This file is

- the extension, which starts the process that is forked, and tells Jupyter of it;
- this process (`forked_kernels.py serve SOCKET`), which ends with the build;
- what Jupyter starts for each page (`forked_kernels.py ask SOCKET WORDS`): it asks for
  a fork, which is a kernel with these words, and lives as long as that one does.

Elsewhere than on Linux, where forks are not to be trusted, kernels start as usual.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from pathlib import Path

#: What pages import: nearly all of them the first ones, some the last.
IMPORTED = [
    "sksearch",
    "sksearch.plots",
    "sklearn.datasets",
    "sklearn.ensemble",
    "sklearn.pipeline",
    "sklearn.svm",
    "matplotlib.pyplot",
    "pandas",
]


def setup(app):
    """Start the process to be forked, before the first page is read."""
    import logging

    # It says of each page that it is executed.
    logging.getLogger("traitlets").setLevel(logging.WARNING)
    # Threads of OpenMP that wait shall sleep, not spin, and BLAS shall have one thread
    # (as in tests/conftest.py).
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.platform == "linux":
        app.connect("builder-inited", start)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def start(_app):
    """Start the process that imports, and name it to Jupyter as its Python kernel."""
    import atexit
    import subprocess
    import tempfile
    import time

    folder = tempfile.TemporaryDirectory(prefix="kernels-")
    at = str(Path(folder.name) / "socket")
    spec = Path(folder.name) / "kernels" / "python3"
    spec.mkdir(parents=True)
    # -I -S: this one needs no packages, and starts at once.
    ask = [sys.executable, "-I", "-S", __file__, "ask", at, "-f", "{connection_file}"]
    text = json.dumps({"argv": ask, "display_name": "python3", "language": "python"})
    (spec / "kernel.json").write_text(text, encoding="utf-8")
    os.environ["JUPYTER_PATH"] = folder.name
    server = subprocess.Popen([sys.executable, __file__, "serve", at])  # noqa: S603
    build = os.getpid()
    # A page waits a minute for its kernel. On a busy machine the imports take longer.
    while not Path(f"{at}-ready").exists() and server.poll() is None:
        time.sleep(0.05)

    def end():
        if os.getpid() == build:  # and not a process that reads some of the pages
            server.terminate()
            server.wait()
            folder.cleanup()

    atexit.register(end)


def serve(at):
    """Import, then fork for each that asks; in the forks, run a kernel."""
    import ctypes
    import importlib

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # when the build ends, however it does
    # A kernel sets it before anything is imported: pictures stand below their cells.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(at)
        listening.listen(16)  # those that come while it imports
        for name in IMPORTED:
            importlib.import_module(name)
        from ipykernel.kernelapp import IPKernelApp

        Path(f"{at}-ready").touch()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
        while True:
            asks, _ = listening.accept()
            if os.fork() == 0:
                break
            asks.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    wanted = json.loads(asks.makefile().readline())
    os.setsid()
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    # Errors only: each kernel would warn that it does not encrypt what it sends. It
    # ends with its parent, if nobody ends it before; with it, `asks` is closed.
    more = ["--log-level=ERROR", f"--IPKernelApp.parent_handle={os.getppid()}"]
    IPKernelApp.launch_instance([*wanted["words"], *more])


def ask(at, *words):
    """Ask for a kernel, and wait for its end."""
    import time

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it comes before the order to end
    with socket.socket(socket.AF_UNIX) as server:
        while True:
            try:
                server.connect(at)
                break
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.05)  # it has just been started
        here, environment = str(Path.cwd()), dict(os.environ)
        wanted = {"words": words, "folder": here, "environment": environment}
        server.sendall(json.dumps(wanted).encode() + b"\n")
        server.recv(1)  # nothing, at its end


if __name__ == "__main__":
    {"serve": serve, "ask": ask}[sys.argv[1]](*sys.argv[2:])

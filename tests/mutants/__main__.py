"""Plant one fault at a time, and see whether the quick tests notice.

python -m mutants [--jobs N] [NAME ...]    (with `tests` on the path; or make mutants)

All of them take some minutes, with two processes that have a core each.

A name selects all faults whose name begins with it. The exit status is 0 if each fault
is caught, 1 if one survives, and 2 if the tests do not even begin, or fail without one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from mutants.faults import FAULTS, Fault
from mutants.planting import status_of

#: pytest's exit statuses for "all passed" and "some failed".
PASSED, FAILED = 0, 1
#: Imported once, where processes can be forked: most of what a run of pytest costs.
PRELOADED = [
    "hypothesis.extra.numpy",
    "pandas",
    "pytest",
    "scipy.stats",
    "sklearn.gaussian_process",
    "sklearn.model_selection",
    "sklearn.pipeline",
]


def chosen(names: list[str]) -> list[Fault]:
    """Return the faults whose name begins with one of some names, or all."""
    found = [f for f in FAULTS if f.name.startswith(tuple(names))] if names else FAULTS
    if not found:
        sys.exit(f"No fault is called {' or '.join(names)}.")
    return list(found)


def processes(jobs: int) -> ProcessPoolExecutor:
    """Return a pool that has a fresh process for each task."""
    os.environ |= {"OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    can_fork = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if can_fork else "spawn")
    if can_fork:
        context.set_forkserver_preload(PRELOADED)
    return ProcessPoolExecutor(jobs, context, max_tasks_per_child=1)


def main() -> int:
    """Plant the faults, print a table, return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--jobs", type=int, default=2, help="processes at work (2)")
    options = parser.parse_args()
    faults, began = chosen(options.names), time.monotonic()
    tests = tuple(sorted({test for fault in faults for test in fault.tests}))
    found = {PASSED: 0, FAILED: 0}
    with processes(options.jobs) as pool:
        whole = pool.submit(status_of, tests, None)
        statuses = pool.map(status_of, (fault.tests for fault in faults), faults)
        for fault, status in zip(faults, statuses, strict=True):
            word = {PASSED: "SURVIVED", FAILED: "caught"}.get(status, f"ERROR {status}")
            print(f"{word:9} {fault.name:20} {fault.what}", flush=True)  # noqa: T201
            found[status] = found.get(status, 0) + 1
        is_sound = whole.result() == PASSED
    seconds = time.monotonic() - began
    print(f"{found[FAILED]} of {len(faults)} were caught, in {seconds:.0f} s.")  # noqa: T201
    if not is_sound:
        print(f"Without any fault these do not pass: {' '.join(tests)}")  # noqa: T201
    if not is_sound or len(found) > len((PASSED, FAILED)):
        return 2
    return int(found[PASSED] > 0)


if __name__ == "__main__":
    sys.exit(main())

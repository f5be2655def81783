"""How long importing a search takes, against ``import sklearn.model_selection``.

    python benchmarks/import_time.py [--repeats 15]

Each import in a process of its own, in turn; the ratio of the medians is what counts.
"""

import argparse
import os
import statistics
import subprocess
import sys

MEASURE = "import time; t = time.perf_counter(); {}; print(time.perf_counter() - t)"
#: The second is what worker processes import.
#: With byte code on the disk, as installed packages have it.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
IMPORTS = (
    "import sklearn.model_selection",
    "import sksearch.evaluation",
    "from sksearch import TPESearchCV",
    "from sksearch import *",
)


def seconds(line):
    """Return how long a fresh process needs to import something."""
    command = [sys.executable, "-c", MEASURE.format(line)]
    ran = subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT)
    return float(ran.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    taken = {line: [] for line in IMPORTS}
    for repeat in range(options.repeats + 1):
        for line in IMPORTS:
            value = seconds(line)
            if repeat:  # the first round fills the disk cache
                taken[line].append(value)
    medians = {line: statistics.median(values) for line, values in taken.items()}
    for line, median in medians.items():
        print(f"{line:35} {median:.3f} s, {median / medians[IMPORTS[0]]:.3f} x first")


if __name__ == "__main__":
    main()

"""How long ``import sksearch`` takes, against ``import sklearn.model_selection``.

    python benchmarks/import_time.py [--repeats 15]

Each import in a process of its own, in turn; the ratio of the medians is what counts.
"""

import argparse
import statistics
import subprocess
import sys

MEASURE = (
    "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
)
MODULES = ("sklearn.model_selection", "sksearch")


def seconds(module):
    """Return how long a fresh process needs to import a module."""
    command = [sys.executable, "-c", MEASURE.format(module)]
    return float(subprocess.run(command, capture_output=True, check=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    taken = {module: [] for module in MODULES}
    for repeat in range(options.repeats + 1):
        for module in MODULES:
            value = seconds(module)
            if repeat:  # the first round fills the disk cache
                taken[module].append(value)
    medians = {module: statistics.median(values) for module, values in taken.items()}
    for module, median in medians.items():
        ratio = median / medians[MODULES[0]]
        print(f"{module:25} {median:.3f} s, {ratio:.3f} x {MODULES[0]}")


if __name__ == "__main__":
    main()

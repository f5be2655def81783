"""``python -m sksearch watch FILE``: shows the progress of a search by its journal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sksearch.exceptions import JournalError
from sksearch.progress import watch


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return the exit status."""
    parser = argparse.ArgumentParser(
        "python -m sksearch", description="Hyperparameter search for scikit-learn."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    watching = commands.add_parser(
        "watch",
        help="show the progress of a search in another process",
        description="Show the progress of a search, from its journal, until it ends. "
        "The file is only read. Ctrl-C ends watching, not the search.",
    )
    watching.add_argument("file", help="the journal: the storage of the search")
    given = parser.parse_args(arguments)
    try:
        watch(given.file)
    except KeyboardInterrupt:
        return 0
    except (JournalError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - a program prints
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Notebook: a bar under the cell, which needs only IPython."""

from __future__ import annotations

import uuid
from html import escape
from typing import Any

from sksearch.engine import Standing
from sksearch.progress._words import line, share_of


class Notebook:
    """Shows a bar with the live line, and in the end the last line instead."""

    #: Seconds between two updates; each is a message to the page.
    every = 1.0
    at_once = True

    def __init__(self, shell: Any) -> None:
        self._publisher = shell.display_pub
        self._id = uuid.uuid4().hex
        self._there = False

    def open(self) -> None:
        """Do nothing."""

    def show(self, standing: Standing) -> None:
        """Show the state of the search."""
        words = line(standing)
        share = min(share_of(standing), 1.0)
        page = f'<progress value="{share:.3f}" max="1"></progress> {escape(words)}'
        self._publish(page, words)

    def close(self) -> None:
        """Leave the bar as it is."""

    def end(self, text: str) -> None:
        """Replace the bar by the last line."""
        self._publish(escape(text), text)

    def _publish(self, page: str, words: str) -> None:
        self._publisher.publish(
            {"text/html": f"<div>{page}</div>", "text/plain": words},
            transient={"display_id": self._id},
            update=self._there,
        )
        self._there = True

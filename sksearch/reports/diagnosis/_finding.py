"""Finding and Diagnosis: problems of a search, in words and in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import fill
from typing import Any

#: Characters in a line of a printed diagnosis.
WIDTH = 80


@dataclass(frozen=True)
class Finding:
    """A problem of a search, with its probable cause and advice.

    Parameters
    ----------
    kind : str
        A short name, the same for all searches.
    text : str
        The observation, with its numbers.
    cause : str
        The probable cause.
    advice : str
        What to try.
    numbers : dict of str to object, default={}
        The numbers, in plain values.

    Examples
    --------
    >>> from sksearch.reports import Finding
    >>> print(Finding("edge", "C is at its end.", "The range is short.", "Widen it."))
    edge: C is at its end.
      Cause: The range is short.
      Try: Widen it.
    """

    kind: str
    text: str
    cause: str
    advice: str
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        first = fill(f"{self.kind}: {self.text}", WIDTH, subsequent_indent="  ")
        others = (
            fill(words, WIDTH, initial_indent="  ", subsequent_indent="    ")
            for words in (f"Cause: {self.cause}", f"Try: {self.advice}")
        )
        return "\n".join((first, *others))


class Diagnosis(list[Finding]):
    """A list of findings, and of checks that were not possible.

    Parameters
    ----------
    findings : iterable of Finding, default=()
        The findings.
    checked : str, default=""
        What was checked, such as the numbers of candidates and folds.
    unchecked : sequence of str, default=()
        Checks that were not possible, and why.

    Examples
    --------
    >>> from sksearch.reports import Diagnosis
    >>> print(Diagnosis([], "30 candidates on 5 folds"))
    Nothing found in 30 candidates on 5 folds.
    """

    def __init__(
        self,
        findings: Iterable[Finding] = (),
        checked: str = "",
        unchecked: Sequence[str] = (),
    ) -> None:
        super().__init__(findings)
        self.checked = checked
        self.unchecked: tuple[str, ...] = tuple(unchecked)

    @property
    def kinds(self) -> list[str]:
        """The short names of the findings."""
        return [finding.kind for finding in self]

    def __str__(self) -> str:
        place = f" in {self.checked}" if self.checked else ""
        n = len(self) or "Nothing"
        noun = "" if not self else " finding" if len(self) == 1 else " findings"
        parts = [f"{n}{noun}{'' if self else ' found'}{place}."]
        parts += [str(finding) for finding in self]
        if self.unchecked:
            parts.append(
                "\n".join(
                    fill(words, WIDTH, subsequent_indent="  ")
                    for words in ("Not checked:", *(f"- {w}" for w in self.unchecked))
                )
            )
        return "\n\n".join(parts)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(self.kinds) or 'nothing found'}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the words in IPython and in notebooks."""
        printer.text(str(self))

"""The part of the budget that is reserved for the confirmation of the best."""

from __future__ import annotations

from sksearch.engine import round_sizes


def check_confirm(confirm: int | None) -> None:
    """Raise ValueError if only one candidate is to be confirmed."""
    if confirm == 1:
        msg = (
            "The 'confirm' parameter is 1, and there is nothing to choose between: "
            "wanted 2 or more of the best candidates, or None for no confirmation."
        )
        raise ValueError(msg)


def n_for_search(n_iter: int, confirm: int | None) -> int:
    """Return the number of candidates of the search, without the confirmation.

    Raises
    ------
    ValueError
        If there are fewer than are to be confirmed.
    """
    if not confirm:
        return n_iter
    n_kept = sum(round_sizes(confirm))
    if n_iter - n_kept < confirm:
        msg = (
            f"confirm={confirm} keeps {n_kept} candidates of n_iter={n_iter} to try "
            f"the {confirm} best again, and leaves {max(n_iter - n_kept, 0)} to search "
            f"with. Use n_iter={n_kept + confirm} or more, a smaller 'confirm', or "
            "confirm=None."
        )
        raise ValueError(msg)
    return n_iter - n_kept

"""A loop that runs a scheduler without estimators, with some decisions under way."""

from __future__ import annotations

from hypothesis import strategies as st

from sksearch.schedulers import Done, Ladder, Sample, Wait


def drive(scheduler, score, window=1, choose=lambda n: 0, n_available=None):
    """Run a scheduler to its end; return its decisions in their order.

    `window` decisions are under way at most; ``choose(n)`` says which of n is told
    next. Only `n_available` candidates can be had.
    """
    made, running = [], []

    def tell_one():
        decision = running.pop(choose(len(running)))
        value = score(decision.trial, decision.rung)
        scheduler.tell(decision.trial, decision.rung, value)

    while True:
        while len(running) >= window:
            tell_one()
        decision = scheduler.next()
        if decision == Done():
            assert not running
            return made
        if decision == Wait():
            tell_one()
        elif isinstance(decision, Sample) and decision.trial == n_available:
            scheduler.end_sampling()
        else:
            made.append(decision)
            running.append(decision)


def ran(decisions, bracket=0):
    """Return, by rung of one bracket, the candidates that were tried there."""
    found = {}
    for decision in decisions:
        if decision.bracket == bracket:
            found.setdefault(decision.rung, []).append(decision.trial)
    return dict(sorted(found.items()))


def ends(max_n=200, max_ratio=1000):
    """Draw all that :meth:`Ladder.between` takes, often powers of the factor."""
    return st.builds(
        _ends,
        factor=st.integers(2, 5),
        n=st.integers(1, max_n),
        low=st.integers(1, 60),
        more=st.integers(0, 60 * max_ratio),
        exact=st.booleans(),
    )


def _ends(factor, n, low, more, exact):
    """Return the numbers; `exact` makes powers of them, the next ones below."""
    if exact:
        n, more = _power(factor, n), low * _power(factor, more // 60 + 1) - low
    return {
        "min_resources": low,
        "max_resources": low + more,
        "factor": factor,
        "n_candidates": n,
    }


def _power(factor, most):
    power = 1
    while power * factor <= most:
        power *= factor
    return power


def ladders(max_n=40):
    """Draw a ladder, with repeated first rungs at times."""
    return st.builds(
        lambda numbers, aggressive: Ladder.between(
            **numbers, aggressive_elimination=aggressive
        ),
        ends(max_n),
        st.booleans(),
    )

"""Our samplers behind the protocol of a benchmark of optimizers, without estimators.

The benchmark gives a list of parameters with conditions and wants an object with
``ask() -> {name: value}`` and ``tell(configuration, loss)``, the loss to be minimised;
with several fidelities, ``ask() -> (configuration, epochs)`` and ``tell(configuration,
epochs, loss)``.
"""

from collections import deque

from sksearch import Categorical, Choice, Float, Int, Option, as_space
from sksearch.samplers import GPSampler, RandomSampler, TPESampler
from sksearch.schedulers import HalvingThenFull, Ladder, Sample

#: Epochs of the benchmark.
RUNGS = (2, 6, 18, 52)
SAMPLERS = {"random": RandomSampler, "tpe": TPESampler, "gp": GPSampler}


class Adapter:
    """A sampler as the benchmark wants it, losses for scores.

    The sampler hears of a trial only when as many are under way as there are workers.
    """

    def __init__(self, sampler, n_workers=1):
        self.sampler, self.n_workers, self.under_way = sampler, n_workers, deque()

    def ask(self):
        if len(self.under_way) == self.n_workers:
            self.sampler.tell(*self.under_way.popleft())
        self.trial = self.sampler.ask()
        return dict(self.trial.configuration)

    def tell(self, configuration, loss):
        self.under_way.append((self.trial, -loss))


class HalvingAdapter:
    """A sampler and a scheduler, one decision at a time."""

    def __init__(self, sampler, scheduler):
        self.sampler, self.scheduler, self.trials = sampler, scheduler, []

    def ask(self):
        self.decision = decision = self.scheduler.next()
        if isinstance(decision, Sample):
            self.trials.append(self.sampler.ask(resource=decision.resource))
        self.trial = self.trials[decision.trial]
        return dict(self.trial.configuration), decision.resource

    def tell(self, configuration, epochs, loss):
        self.scheduler.tell(self.decision.trial, self.decision.rung, -loss)
        self.sampler.tell(self.trial, -loss, resource=epochs)


def make_mf(name, space, seed, budget):
    """Return what the benchmark calls `name`, for a budget of so many full trainings.

    The only one is "halving": one halving run of 45 candidates, then the process, as
    ``HalvingSearchCV(sampler="gp", n_full=...)`` does it.
    """
    if name != "halving":
        msg = f"There is no multi-fidelity optimizer {name!r}, only 'halving'."
        raise ValueError(msg)
    sampler = GPSampler(read_space(space), random_state=seed, max_resource=RUNGS[-1])
    ladder = Ladder(RUNGS, factor=3, n_candidates=45)
    return HalvingAdapter(sampler, HalvingThenFull(ladder, n_full=int(budget)))


def make(name, space, seed, n_trials):
    """Return a sampler over the benchmark's space: "gp", or "gp_4" for four workers."""
    name, _, n_workers = name.partition("_")
    sampler = SAMPLERS[name](read_space(space), random_state=seed)
    return Adapter(sampler, int(n_workers or 1))


def read_space(parameters):
    """Read the benchmark's parameters: conditions become options with sub-spaces."""
    children = {}
    for p in parameters:
        for value in p.cond[1] if p.cond else (None,):
            children.setdefault((p.cond and p.cond[0], value), []).append(p)

    def sub_space(parent, value):
        return {p.name: specification(p) for p in children.get((parent, value), [])}

    def specification(p):
        if p.kind == "float":
            return Float(p.low, p.high, log=p.log)
        if p.kind == "int":
            return Int(p.low, p.high, log=p.log)
        if not any((p.name, value) in children for value in p.choices):
            return Categorical(p.choices)
        return Choice({v: Option(v, **sub_space(p.name, v)) for v in p.choices})

    return as_space(sub_space(None, None))

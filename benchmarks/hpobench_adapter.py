"""Our samplers behind the protocol of a benchmark of optimizers, without estimators.

The benchmark gives a list of parameters with conditions and wants an object with
``ask() -> {name: value}`` and ``tell(configuration, loss)``, the loss to be minimised.
"""

from sksearch import Categorical, Choice, Float, Int, Option, as_space
from sksearch.samplers import GPSampler, RandomSampler, TPESampler

SAMPLERS = {"random": RandomSampler, "tpe": TPESampler, "gp": GPSampler}


class Adapter:
    """A sampler as the benchmark wants it: one trial at a time, losses for scores."""

    def __init__(self, sampler):
        self.sampler = sampler

    def ask(self):
        self.trial = self.sampler.ask()
        return dict(self.trial.configuration)

    def tell(self, configuration, loss):
        self.sampler.tell(self.trial, -loss)


def make(name, space, seed, n_trials):
    """Return the sampler called `name`, over the benchmark's space."""
    return Adapter(SAMPLERS[name](read_space(space), random_state=seed))


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

"""Our samplers behind the protocol of a benchmark of real tuning tasks.

The benchmark has learners of scikit-learn behind names of its own. Here its tasks are
spaces over estimators, as users write them, so that known points can be chosen: what
is called ``gp_auto`` begins with these, ``gp_default`` with the estimators' own
settings, as the faces do with ``initial_points``; ``gp_auto_12`` with at most 12.
``gp_shuffled`` and ``gp_worst`` know what is wrong: the scores of each data set in
another order, and the worst ones for the best.
"""

from importlib.resources import files
from unittest.mock import patch

import numpy as np
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectKBest
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler
from tasks import LEARNERS, TASKS, load

from sksearch import Categorical, Choice, Float, Int, Option, as_space, knowledge
from sksearch.knowledge import Data, known_points, own_in_numbers
from sksearch.knowledge._table import LEVELS, Table, read_table
from sksearch.samplers import GPSampler, KnownScores, RandomSampler, TPESampler
from sksearch.search.plan._initial_points import N_KNOWN
from sksearch.space import default_points

SAMPLERS = {"random": RandomSampler, "tpe": TPESampler, "gp": GPSampler}
SCALERS = {
    "standard": StandardScaler(),
    "minmax": MinMaxScaler(),
    "robust": RobustScaler(),
    "none": "passthrough",
}


class Reading:
    """A task as a space over estimators, and the way back."""

    def __init__(self, task):
        self.task = task
        self.params = {p.name: p for p in task.space}
        self.options = {}  # ours -> {label: value}
        self.names = {}  # ours -> theirs
        probe = {p.name: first_of(p) for p in task.space}
        model = task.build(**task.space.strip(probe))
        steps = list(model.steps) if isinstance(model, Pipeline) else [("model", model)]
        self.base = Pipeline([*steps[:-1], ("model", steps[-1][1])])
        for _, estimator in self.base.steps:
            if hasattr(estimator, "set_params"):
                own_again(estimator, [p.name for p in task.space if not p.cond])
        self.space = as_space(self._read(None, None, ""))

    def _read(self, parent, value, prefix):
        children = [
            p
            for p in self.task.space
            if (p.cond is None and parent is None)
            or (p.cond and p.cond[0] == parent and value in p.cond[1])
        ]
        return dict(self._one(p, prefix) for p in children)

    def _one(self, p, prefix):
        ours, options = self._name(p.name), None
        if p.name == "scaler":
            ours, options = self._step(StandardScaler) or "scaler", SCALERS
        elif p.name == "learner":
            ours = "model"
            options = {v: learner(v) for v in p.choices}
        elif p.name == "reduction":
            ours = "reduce"
            options = {"none": "passthrough", "pca": PCA(), "best": SelectKBest()}
        elif p.name.endswith("balanced"):
            options = {False: None, True: "balanced"}
        self.names.setdefault(ours, {})[p.name] = True
        if p.kind == "float":
            return ours, Float(p.low, p.high, log=p.log)
        if p.kind == "int":
            return ours, Int(p.low, p.high, log=p.log)
        options = options or {v: v for v in p.choices}
        self.options[p.name] = options = {v: options[v] for v in p.choices}
        opened = {v: self._below(p, v) for v in p.choices}
        if not any(opened.values()) and ours not in ("model", "reduce", "scaler"):
            return ours, Categorical(list(options.values()))
        return ours, Choice(
            {str(v): Option(options[v], **opened[v]) for v in p.choices}
        )

    def _below(self, p, value):
        """Return the sub-space of an option, by names as an Option takes them."""
        found = self._read(p.name, value, "")
        step = {"learner": "model__", "reduction": "reduce__"}.get(p.name)
        if step:
            return {n.removeprefix(step): spec for n, spec in found.items()}
        return {n.removeprefix("model__"): spec for n, spec in found.items()}

    def _name(self, name):
        """Return what a parameter is called where it is set."""
        last = name.rpartition(".")[2]
        if name in ("pca", "best"):
            return {"pca": "reduce__n_components", "best": "reduce__k"}[name]
        last = {"balanced": "class_weight"}.get(last, last)
        for step, estimator in self.base.steps if "." not in name else ():
            if hasattr(estimator, "get_params") and last in estimator.get_params():
                return f"{step}__{last}"
        return f"model__{last}"

    def _step(self, kind):
        for step, estimator in self.base.steps:
            if isinstance(estimator, kind) or estimator == "passthrough":
                return step
        return None

    def back(self, configuration):
        """Return a configuration by the names and values of the benchmark."""
        out = {}
        for p in self.task.space:
            if p.cond and out.get(p.cond[0]) not in p.cond[1]:
                continue
            ours = next(n for n, theirs in self.names.items() if p.name in theirs)
            value = configuration[ours]
            if p.kind == "cat":
                options = self.options[p.name]
                value = next(
                    v
                    for v, o in options.items()
                    if o is value
                    or (type(o) is type(value) and not hasattr(o, "fit") and o == value)
                )
            out[p.name] = value
        return out


def first_of(p):
    return p.choices[0] if p.kind == "cat" else p.low


def own_again(estimator, names):
    """Set parameters that are tuned to the defaults of the class."""
    own = type(estimator)().get_params()
    names = ["class_weight" if n == "balanced" else n for n in names]
    return estimator.set_params(**{n: own[n] for n in names if n in own})


def learner(name):
    """Return a learner of the benchmark with the settings of its class."""
    params, build = LEARNERS[name]
    return own_again(
        build(**{p.name: first_of(p) for p in params}), [p.name for p in params]
    )


class Adapter:
    """A sampler as the benchmark wants it, losses for scores."""

    def __init__(self, sampler, reading):
        self.sampler, self.reading = sampler, reading

    def ask(self):
        self.trial = self.sampler.ask()
        return self.reading.back(self.trial.configuration)

    def tell(self, configuration, loss):
        self.sampler.tell(self.trial, -loss)


def changed(of, change):
    """Return a table with other levels of the regret, an array of digits by row."""
    text = files(knowledge).joinpath(f"{of}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines()]
    rows = [line for line in lines if line[1:] and line[1].startswith("{")]
    for column in range(2, len(rows[0])):
        wrong = change(np.array([list(row[column]) for row in rows]))
        for row, levels in zip(rows, wrong, strict=True):
            row[column] = "".join(levels)
    return Table("\n".join("\t".join(line) for line in lines))


def shuffled(of):
    rng = np.random.default_rng(0)
    return changed(of, lambda levels: rng.permuted(levels, axis=0))


def worst(of):
    turned = str.maketrans(LEVELS, LEVELS[::-1])
    return changed(of, np.vectorize(lambda level: level.translate(turned)))


WRONG = {"shuffled": shuffled, "worst": worst}


def make(name, space, seed, n_trials):
    """Return a sampler on a task of the benchmark."""
    kind, _, points = name.partition("_")
    task = next(t for t in TASKS.values() if t.space is space or t.space == space)
    reading = Reading(task)
    data = load(task.data)
    facts = Data.of(data["X"], data["y"])
    own = own_in_numbers(reading.base, facts)
    initial = default_points(reading.space, reading.base, 1, own)
    way, _, most = points.partition("_")
    more = {}
    if way != "default":
        numbers = data["y"].dtype.kind == "f"
        of = "regressors" if numbers else "classifiers"
        table = WRONG.get(way, read_table)(of)
        with patch("sksearch.knowledge._known_points.read_table", lambda _: table):
            known = known_points(
                reading.space,
                reading.base,
                int(most or N_KNOWN),
                task=of,
                scoring=task.metric,
                tried=initial,
                data=facts,
            )
        initial = [*initial, *known.points]
        if kind != "random":
            scores = KnownScores(known.rows, known.scores, known.doubts)
            more["known_scores"] = scores
    return Adapter(
        SAMPLERS[kind](
            reading.space, random_state=seed, initial_points=initial, **more
        ),
        reading,
    )

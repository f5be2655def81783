"""make_study: converts a table of results to a study of Optuna."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sksearch.reports._facts import Facts
from sksearch.reports._results_table import Results
from sksearch.reports.studies._study_axes import (
    ListAxis,
    NumberAxis,
    axis_of,
    study_axes,
)
from sksearch.reports.studies._study_trials import StudyTrial, study_trials
from sksearch.space import Domain, Space


def make_study(
    results: Results,
    domains: Mapping[str, Sequence[Domain]],
    errors: Mapping[int, str],
    **words: Any,
) -> Any:
    """Return a study with the trials of a search.

    `domains` are empty if unknown, `errors` are by row, `words` are for
    ``optuna.create_study``. ImportError if Optuna is not installed, ValueError if there
    are no trials.
    """
    module = optuna()
    facts = results.facts
    if facts is None:
        msg = "to_optuna needs at least one finished candidate, got none."
        raise ValueError(msg)
    study = module.create_study(direction="maximize", **words)
    study.set_user_attr("metric", facts.metric)
    params = [list(_params_of(results, facts, row)) for row in range(len(facts.trials))]
    columns: dict[str, list[tuple[Any, str | None]]] = {}
    for own in params:
        for name, value, label in own:
            if name in domains or not domains:
                columns.setdefault(name, []).append((value, label))
    axes = study_axes(columns, domains)
    scales = {
        axis: distribution_of(module, axis)
        for own in axes.values()
        for axis in own.values()
    }
    for trial in study_trials(results, facts, errors):
        values, distributions = {}, {}
        for name, value, label in params[trial.row]:
            if name in axes:
                own_name, axis = axis_of(axes[name], value, label)
                values[own_name] = axis.written(value, label)
                distributions[own_name] = scales[axis]
        study.add_trial(_made(module.trial, trial, values, distributions))
    return study


def domains_of(space: Space) -> dict[str, list[Domain]]:
    """Return the domains of a space, by the names of its hyperparameters."""
    domains: dict[str, list[Domain]] = {}
    for h in space:
        if not h.hidden:
            domains.setdefault(h.name, []).append(h.domain)
    return domains


def optuna() -> Any:
    """Return the module; ImportError with the command to install it."""
    try:
        import optuna as module
    except ImportError as error:
        msg = (
            "to_optuna needs Optuna, which is not installed. Write: pip install "
            "'sksearch[optuna]', or pip install optuna."
        )
        raise ImportError(msg) from error
    return module


def _made(
    module: Any,
    trial: StudyTrial,
    params: dict[str, Any],
    distributions: dict[str, Any],
) -> Any:
    """Return a trial of Optuna."""
    made = module.create_trial(
        state=module.TrialState[trial.state],
        value=trial.value,
        params=params,
        distributions=distributions,
        user_attrs=dict(trial.notes),
        intermediate_values=dict(trial.intermediate),
    )
    if trial.times is not None:
        made.datetime_start, made.datetime_complete = trial.times
    return made


def _params_of(
    table: Mapping[str, Any], facts: Facts, row: int
) -> Iterable[tuple[str, Any, str | None]]:
    """Yield name, value and label of each parameter of a candidate."""
    answers = facts.suggestions
    given = table["params"][row] if answers is None else answers[row]
    resources = table.get("n_resources")
    for name, value in given.items():
        if resources is None or not _is_resource(table, name, resources):
            yield name, value, facts.labels[row].get(name)


def _is_resource(table: Mapping[str, Any], name: str, resources: Any) -> bool:
    """Tell whether a parameter is the resource of the rungs."""
    column = table.get(f"param_{name}")
    return column is not None and list(column) == list(resources)


def distribution_of(optuna: Any, axis: NumberAxis | ListAxis) -> Any:
    """Return the distribution of an axis."""
    module = optuna.distributions
    if isinstance(axis, ListAxis):
        return module.CategoricalDistribution(axis.choices)
    if axis.whole:
        step = 1 if axis.step is None else int(axis.step)
        return module.IntDistribution(
            int(axis.low), int(axis.high), log=axis.log, step=step
        )
    return module.FloatDistribution(
        float(axis.low), float(axis.high), log=axis.log, step=axis.step
    )

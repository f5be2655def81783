import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import make_column_transformer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler, TargetEncoder
from stand_ins import data

from sksearch.evaluation.resources._last_step import last_step

X, Y = data()
CLF = SGDClassifier()


class Dropping(Pipeline):
    """May do more than its steps."""


def pipeline(*steps, kind=Pipeline):
    return kind([*((f"step{i}", step) for i, step in enumerate(steps)), ("clf", CLF)])


def test_a_model_alone():
    step = last_step(CLF, "max_iter", {"sample_weight": Y})

    assert (step.model, step.name, step.transformers) == (CLF, "max_iter", ())

    assert step.params == {"sample_weight": Y}

    assert step.data((X, Y)) == (X, Y)


@pytest.mark.parametrize("n_args", [1, 2])
def test_a_pipeline(n_args):
    model = pipeline(StandardScaler(), "passthrough", None, MinMaxScaler()).fit(X, Y)
    step = last_step(model, "clf__max_iter", {})
    data = step.data((X, Y)[:n_args])

    assert (step.model, step.name, len(step.transformers)) == (CLF, "max_iter", 2)

    np.testing.assert_array_equal(data[0], model[:-1].transform(X))

    assert len(data) == n_args


def test_a_pipeline_in_a_pipeline():
    inner = pipeline(MinMaxScaler())
    model = make_pipeline(StandardScaler(), inner).fit(X, Y)
    step = last_step(model, "pipeline__clf__max_iter", {"pipeline__clf__a": 1})

    assert step.model is inner[-1]

    assert [type(t) for t in step.transformers] == [StandardScaler, MinMaxScaler]

    assert step.params == {"a": 1}


def test_parameters_of_fit_are_those_of_the_step():
    params = {"clf__sample_weight": Y, "step0__sample_weight": X}

    assert last_step(pipeline(StandardScaler()), "clf__max_iter", params).params == {
        "sample_weight": Y
    }


@pytest.mark.parametrize(
    ("model", "name", "params"),
    [
        (pipeline(StandardScaler()), "step0__copy", {}),
        (pipeline(StandardScaler(), kind=Dropping), "clf__max_iter", {}),
        (pipeline(StandardScaler()), "clf__max_iter", {"sample_weight": Y}),
        (CalibratedClassifierCV(CLF), "estimator__max_iter", {}),
        (pipeline(TargetEncoder()), "clf__max_iter", {}),
        (
            pipeline(make_column_transformer((TargetEncoder(), [0]))),
            "clf__max_iter",
            {},
        ),
    ],
    ids=["other step", "subclass", "routed", "no pipeline", "encoder", "inner encoder"],
)
def test_what_cannot_be_taken_apart(model, name, params):
    assert last_step(model, name, params) is None

import numpy as np
import pytest
import sklearn
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from stand_ins import Rounds, Witness, rows

from sksearch import EarlyStopping
from sksearch.evaluation import Folds, InnerSplit, StoppedFitting, can_stop

X, Y = rows()
N = len(X)
WEIGHT = np.arange(N) + 0.5
GROUPS = np.arange(N) // 4
TRAIN = np.arange(4, 24)
SPLIT = InnerSplit(0.25, 0)


class Dropping(Pipeline):
    """Fits the last step to every second row, as one that draws rows anew."""

    def fit(self, X, y=None, **params):
        last = self.steps[-1][1]
        Xt = X
        for _, step in self.steps[:-1]:
            Xt = step.fit_transform(Xt, y)
        last.fit(Xt[::2], y[::2], **params)
        return self


@pytest.fixture(autouse=True)
def no_logs():
    Rounds.log.clear()
    Witness.log.clear()


def fit_fold(model, split=SPLIT, **params):
    fitting = StoppedFitting(EarlyStopping(5, split.fraction), split).for_fold(0, TRAIN)
    fitting.fit(model, (X[TRAIN], Y[TRAIN]), params)
    return fitting.rounds(model)


def parts(split=SPLIT):
    return [TRAIN[part].tolist() for part in split.divide(0, TRAIN)]


def test_a_model_alone():
    model = Rounds()

    assert fit_fold(model, sample_weight=WEIGHT[TRAIN]) == 7.0

    [seen] = Rounds.log
    assert [seen["fitted"], seen["held"]] == parts()

    for key, whole in (("y", Y), ("weight", WEIGHT)):
        for got, part in zip(seen[key], parts(), strict=True):
            np.testing.assert_array_equal(got, whole[part])

    assert (model.early_stopping, model.n_iter_no_change) == (True, 5)


@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize("cached", [False, True], ids=["plain", "memory"])
def test_a_pipeline(depth, cached, tmp_path):
    memory = str(tmp_path) if cached else None
    model, prefix = Rounds(), ""
    for _ in range(depth):
        steps = [("see", Witness()), ("none", "passthrough"), ("last", model)]
        model, prefix = Pipeline(steps, memory=memory), f"last__{prefix}"
    weights = {f"{prefix}sample_weight": WEIGHT[TRAIN]}
    fitted, held = parts()

    assert fit_fold(model, see__sample_weight=WEIGHT[TRAIN], **weights) == 7.0

    assert Witness.log == [fitted] * (1 if cached and depth == 1 else depth)

    assert (Rounds.log[0]["fitted"], Rounds.log[0]["held"]) == (fitted, held)

    np.testing.assert_array_equal(Rounds.log[0]["weight"][1], WEIGHT[held])

    assert model.named_steps["see"].fitted_

    assert model.predict(X).shape == (N,)


def test_a_pipeline_of_one_step():
    assert fit_fold(make_pipeline(Rounds())) == 7.0


def test_metadata_are_routed_to_the_last_step():
    with sklearn.config_context(enable_metadata_routing=True):
        last = Rounds().set_fit_request(sample_weight="costs")
        see = Witness().set_fit_request(sample_weight=False)
        model = make_pipeline(see, make_pipeline("passthrough", last))
        fit_fold(model, costs=WEIGHT[TRAIN])

    for got, part in zip(Rounds.log[0]["weight"], parts(), strict=True):
        np.testing.assert_array_equal(got, WEIGHT[part])


def test_others_are_fitted_plainly():
    model = LogisticRegression()

    assert not can_stop(model, SPLIT)

    assert fit_fold(model) is None

    assert model.n_features_in_ == X.shape[1]


@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize("cached", [False, True], ids=["plain", "memory"])
def test_a_pipeline_that_draws_rows_anew(depth, cached, tmp_path):
    model = Rounds()
    for _ in range(depth):
        steps = [("see", Witness()), ("last", model)]
        model = Dropping(steps, memory=str(tmp_path) if cached else None)
    fitted, held = parts()

    assert can_stop(model, SPLIT)

    assert fit_fold(model) == 7.0

    [seen] = Rounds.log
    assert seen["fitted"] == fitted[:: 2**depth]

    assert seen["held"] == held

    assert isinstance(model.steps[-1][1], Rounds if depth == 1 else Dropping)


def test_a_pipeline_that_does_not_fit_its_last_step():
    class Careless(Pipeline):
        def fit(self, X, y=None, **params):
            self.steps[-1][1].fitted_ = True
            return self

    with pytest.raises(TypeError, match="Careless does not fit its last step"):
        fit_fold(Careless([("last", Rounds())]))


@pytest.mark.parametrize(
    "words", [{"groups": GROUPS}, {"in_order": True}], ids=["groups", "in order"]
)
def test_who_sets_rows_aside_must_be_free_to(words):
    split = InnerSplit(0.25, 0, **words)

    assert can_stop(make_pipeline(GradientBoostingClassifier()), SPLIT)

    assert not can_stop(make_pipeline(GradientBoostingClassifier()), split)

    assert can_stop(make_pipeline(Rounds()), split)

    assert fit_fold(GradientBoostingClassifier(n_estimators=3), split) is None


def for_all(rounds, n_rows=N):
    folds = Folds(((TRAIN, TRAIN),) * len(rounds))
    fitting = StoppedFitting(EarlyStopping(), SPLIT)
    [n_rounds] = fitting.final_rounds(folds, [rounds], n_rows)
    return fitting.for_all(n_rounds)


@pytest.mark.parametrize(
    ("rounds", "n_rows", "expected"),
    [
        ([6, 6], 15, 6),
        ([6, 9], 15, 8),
        ([6, 6], 40, 16),
        ([6.0, float("nan"), None], 30, 12),
        ([60, 60], 40, 100),
        ([0, 0], 40, 1),
    ],
    ids=["same", "mean", "more rows", "failed", "cap", "least"],
)
def test_the_last_fit(rounds, n_rows, expected):
    model = make_pipeline(Rounds())
    for_all(rounds, n_rows).fit(model, (X, Y), {})

    assert model[-1].max_iter == model[-1].n_iter_ == expected

    assert model[-1].early_stopping is False


def test_the_last_fit_keeps_only_callbacks_that_do_not_stop():
    lightgbm = pytest.importorskip("lightgbm")
    model = make_pipeline(lightgbm.LGBMClassifier(verbosity=-1, n_jobs=1))
    calls = []
    callbacks = [lightgbm.early_stopping(1), lambda env: calls.append(env.iteration)]
    for_all([3, 3], 15).fit(model, (X, Y), {"lgbmclassifier__callbacks": callbacks})

    assert calls == [0, 1, 2]


@pytest.mark.parametrize(
    ("model", "rounds"),
    [(LogisticRegression(), [None]), (Rounds(), [None, np.nan])],
    ids=["not stopped", "failed"],
)
def test_the_last_fit_without_rounds(model, rounds):
    before = model.get_params()
    for_all(rounds).fit(model, (X, Y), {})

    assert model.get_params() == before

    assert model.predict(X).shape == (N,)


def test_the_last_fit_of_what_cannot_be_stopped():
    model = LogisticRegression()
    before = model.get_params()
    for_all([6, 6]).fit(model, (X, Y), {})

    assert model.get_params() == before

    assert model.coef_.shape == (1, X.shape[1])

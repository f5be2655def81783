"""Tests of searches whose fits of boosters of other libraries are stopped."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from sksearch import Choice, StackingWeights, TPESearchCV
from sksearch.search import candidate_estimator

N = 90


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    with threadpool_limits(1):
        yield


def problem(n_classes=2):
    """Return noisy data that a few rounds learn, with classes from 0 on."""
    rng = np.random.default_rng(5)
    y = np.arange(N) % n_classes
    X = rng.normal(size=(N, 3)) + 0.8 * y[:, None]
    return X, y


def lightgbm(**words):
    library = pytest.importorskip("lightgbm")
    words = {"n_estimators": 40, "min_child_samples": 3, **words}
    return library.LGBMClassifier(verbosity=-1, n_jobs=1, num_leaves=4, **words)


def catboost(**words):
    library = pytest.importorskip("catboost")
    words = {"iterations": 30, "depth": 2, "thread_count": 1, **words}
    return library.CatBoostClassifier(verbose=False, allow_writing_files=False, **words)


def xgboost(**words):
    library = pytest.importorskip("xgboost")
    words = {"n_estimators": 30, "max_depth": 2, "n_jobs": 1, **words}
    return library.XGBClassifier(**words)


def hist(**words):
    words = {"max_iter": 40, "min_samples_leaf": 3, "max_leaf_nodes": 4, **words}
    return HistGradientBoostingClassifier(random_state=0, **words)


RATE = {"learning_rate": [0.3]}


def searched(estimator, X, y, space=RATE, params=None, **words):
    words = {"cv": 2, "n_iter": 1, "early_stopping": 5, **words}
    words = {"random_state": 0, "error_score": "raise", **words}
    return TPESearchCV(estimator, space, **words).fit(X, y, **(params or {}))


def found(search):
    results = search.cv_results_
    rounds = [results[f"split{i}_n_rounds"].tolist() for i in range(2)]
    return rounds, results["mean_test_score"].tolist()


def as_numbers(*labels):
    return lambda codes: np.array(labels)[codes]


def as_words(codes):
    return np.array(["no", "perhaps", "yes"])[codes]


LABELS = {
    "1, 2, 3": as_numbers(1, 2, 3),
    "-1, 1, 4": as_numbers(-1, 1, 4),
    "-9, -5, -1": as_numbers(-9, -5, -1),
    "floats": as_numbers(1.0, 2.0, 3.0),
    "words": as_words,
    "objects": lambda codes: as_words(codes).astype(object),
    "list": lambda codes: as_words(codes).tolist(),
    "categories": lambda codes: pd.Series(pd.Categorical(as_words(codes))),
    "strings": lambda codes: pd.Series(as_words(codes), dtype="string"),
    "nullable": lambda codes: pd.Series(codes + 1, dtype="Int64"),
    "index": lambda codes: pd.Series(codes + 1, index=np.arange(N) + 7),
}
MODELS = {
    "lightgbm": lightgbm,
    "catboost": catboost,
    "hist": hist,
    "sgd": lambda: SGDClassifier(random_state=0),
}


@pytest.mark.parametrize(
    ("n_classes", "names"),
    [
        (3, ["-9, -5, -1", "categories"]),
        pytest.param(3, [*LABELS], marks=pytest.mark.slow),
        pytest.param(2, [*LABELS, "bool"], marks=pytest.mark.slow),
    ],
    ids=["some", "3", "2"],
)
@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_names_of_classes_do_not_matter(make, n_classes, names):
    X, codes = problem(n_classes)
    space = {"alpha": [1e-4]} if make is MODELS["sgd"] else RATE
    expected = found(searched(make(), X, codes, space, refit=False))

    assert max(map(max, expected[0])) > 1

    others = {**LABELS, "bool": lambda codes: codes == 1}
    for name in names:
        y = others[name](codes)
        assert found(searched(make(), X, y, space, refit=False)) == expected, name


@pytest.mark.parametrize("encodes", [False, True], ids=["as in 4.7", "later"])
def test_lightgbm_may_encode_what_is_held_back(encodes, monkeypatch):
    class Later(type(lightgbm())):
        """As it will be one day."""

        def fit(self, X, y, eval_X=None, eval_y=None, **words):
            if encodes and eval_y is not None:
                eval_y = tuple((part == "yes").astype(int) for part in eval_y)
            return super().fit(X, y, eval_X=eval_X, eval_y=eval_y, **words)

    if (
        "eval_X"
        not in pytest.importorskip("lightgbm").LGBMClassifier.fit.__code__.co_varnames
    ):
        pytest.skip("before 4.7")
    path = "sksearch.evaluation.stopping._libraries._encodes_eval_y"
    monkeypatch.setattr(path, lambda: encodes)
    X, codes = problem()
    y = np.where(codes, "yes", "no")
    own = Later(**lightgbm().get_params())

    assert found(searched(own, X, y)) == found(searched(lightgbm(), X, codes))


def test_weights_of_classes_and_rows():
    X, codes = problem()
    space = {"clf__learning_rate": [0.3]}
    rows = {"clf__sample_weight": np.linspace(0.5, 2, N)}

    def weighted(y, weights, params):
        model = Pipeline([("clf", lightgbm(class_weight=weights))])
        return found(searched(model, X, y, space, params, refit=False))

    by_number = weighted(codes, {0: 1, 1: 4}, rows)

    assert weighted(as_words(codes), {"no": 1, "perhaps": 4}, rows) == by_number

    assert weighted(codes, {0: 1, 1: 4}, {}) != by_number

    assert weighted(codes, None, rows) != by_number


def test_the_last_fit_and_members_with_words_as_labels():
    X, codes = problem()
    by_label = {}
    for key, y in (("codes", codes), ("words", np.where(codes, "yes", "no"))):
        search = searched(lightgbm(), X, y, return_oof=True)
        ensemble = StackingWeights.from_search(search, top_k=1).fit(X, y)
        [member] = ensemble.estimators_
        by_label[key] = [
            search.best_estimator_.n_estimators,
            candidate_estimator(search, 0).n_estimators,
            member.n_estimators,
        ]

    assert by_label["codes"] == by_label["words"]

    assert len(set(by_label["words"])) == 1


def test_frames_with_categories():
    X, codes = problem()
    frame = pd.DataFrame(X, columns=["a", "b", "c"])
    frame["d"] = pd.Categorical(np.where(X[:, 0] > 0, "up", "down"))
    y = pd.Series(np.where(codes, "yes", "no"), dtype="category")

    assert found(searched(lightgbm(), frame, y)) == found(
        searched(lightgbm(), frame, codes)
    )


def test_lists():
    X, codes = problem()
    expected = found(searched(lightgbm(), X, codes))

    assert found(searched(lightgbm(), X.tolist(), codes.tolist())) == expected


class TestOwnStopping:
    """A stopping of the booster's own is replaced, or said to lack its rows."""

    X, y = problem()

    def own(self):
        library = pytest.importorskip("lightgbm")
        return {"callbacks": [library.early_stopping(2, verbose=False)]}

    @pytest.mark.parametrize(
        "words", [{"early_stopping_round": 2}, {"n_iter_no_change": 2}], ids=str
    )
    def test_lightgbm(self, words):
        plain = searched(lightgbm(), self.X, self.y)
        search = searched(lightgbm(**words), self.X, self.y)

        assert found(search) == found(plain)

        assert search.best_estimator_.n_estimators == plain.best_estimator_.n_estimators

    @pytest.mark.parametrize("step", [False, True], ids=["model", "step"])
    def test_lightgbm_s_callback(self, step):
        model = Pipeline([("clf", lightgbm())]) if step else lightgbm()
        prefix = "clf__" if step else ""
        space = {f"{prefix}learning_rate": [0.3]}
        own = {f"{prefix}{name}": value for name, value in self.own().items()}
        plain = searched(model, self.X, self.y, space)
        search = searched(model, self.X, self.y, space, own)

        assert found(search) == found(plain)

    @pytest.mark.parametrize("by", ["parameter", "callback"])
    def test_xgboost(self, by):
        library = pytest.importorskip("xgboost")
        words = {"early_stopping_rounds": 2}
        if by == "callback":
            words = {"callbacks": [library.callback.EarlyStopping(rounds=2)]}
        plain = searched(xgboost(), self.X, self.y)
        search = searched(xgboost(**words), self.X, self.y)

        assert found(search) == found(plain)

        assert search.best_estimator_.callbacks is None

    @pytest.mark.parametrize(
        "words",
        [
            {"early_stopping_rounds": 2},
            {"od_type": "Iter", "od_wait": 2},
            {"use_best_model": True},
        ],
        ids=str,
    )
    def test_catboost(self, words):
        plain = searched(catboost(), self.X, self.y)
        search = searched(catboost(**words), self.X, self.y)

        assert found(search) == found(plain)

        best = search.best_estimator_
        assert best.tree_count_ == plain.best_estimator_.tree_count_

    @pytest.mark.parametrize(
        "words", [{"early_stopping": True}, {"early_stopping": "auto"}], ids=str
    )
    def test_hist(self, words):
        plain = searched(hist(early_stopping=False), self.X, self.y)
        search = searched(hist(**words), self.X, self.y)

        assert found(search) == found(plain)

    @pytest.mark.parametrize("made", ["model", "step", "option", "callback"])
    def test_without_rows_it_is_said_before_any_fit(self, made):
        model, params = lightgbm(early_stopping_round=2), {}
        space = RATE
        if made == "step":
            model = Pipeline([("clf", model)])
            space = {"clf__learning_rate": [0.3]}
        elif made == "option":
            model, space = Choice([model]), {}
        elif made == "callback":
            model, params = lightgbm(), self.own()
        words = "all fits would fail. Use early_stopping in TPESearchCV"

        with pytest.raises(ValueError, match=words):
            searched(model, self.X, self.y, space, params, early_stopping=None)

    def test_xgboost_without_rows(self):
        model = xgboost(early_stopping_rounds=2)

        with pytest.raises(ValueError, match=r"its own \(early_stopping_rounds\)"):
            searched(model, self.X, self.y, early_stopping=None)

    def test_rows_that_the_user_gives(self):
        model = xgboost(early_stopping_rounds=2)
        own = {"eval_set": [(self.X, self.y)], "verbose": False}
        search = searched(model, self.X, self.y, params=own, early_stopping=None)

        assert search.best_estimator_.best_iteration >= 0

    def test_a_subclass_that_finds_rows_itself(self):
        class Holding(type(lightgbm())):
            def fit(self, X, y):
                return super().fit(X[10:], y[10:], eval_X=(X[:10],), eval_y=(y[:10],))

        own = Holding(**lightgbm(early_stopping_round=2).get_params())
        search = searched(own, self.X, self.y, early_stopping=None)

        assert search.best_estimator_.best_iteration_ >= 1

        with pytest.raises(ValueError, match="cannot stop Holding"):
            searched(clone(own), self.X, self.y)

    def test_the_space_may_switch_it_off(self):
        model = lightgbm(early_stopping_round=2)
        space = {"early_stopping_round": [None, 0]}
        search = searched(model, self.X, self.y, space, early_stopping=None)

        assert np.isfinite(search.best_score_)

"""Names of scorers and metrics, and the lines to write for them."""

import numpy as np
import pytest
from sklearn import metrics
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import check_scoring, make_scorer
from stand_ins import data

from sksearch.search.checks._scoring_names import (
    check_scoring_names,
    scorer_line,
    usual_scorers,
)


@pytest.mark.parametrize(
    "scoring",
    [
        None,
        "accuracy",
        ["accuracy", "f1"],
        ("accuracy",),
        {"accuracy"},
        {"a": "accuracy", "b": len},
        len,
        3,
    ],
    ids=str,
)
def test_scoring_that_names_nothing_wrong(scoring):
    assert check_scoring_names(scoring) is None


@pytest.mark.parametrize(
    "scoring",
    ["acuracy", ["f1", "acuracy"], ("acuracy",), {"acuracy"}, {"a": "acuracy"}],
    ids=str,
)
def test_scoring_with_a_wrong_name(scoring):
    with pytest.raises(ValueError, match=r"'scoring'.*'acuracy'.*'accuracy'"):
        check_scoring_names(scoring)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("rmse", "neg_root_mean_squared_error"),
        ("MSE", "neg_mean_squared_error"),
        ("neg_mae", "neg_mean_absolute_error"),
        ("logloss", "neg_log_loss"),
        ("auc", "roc_auc"),
        ("r2_score", "r2"),
        ("f1_score", "f1"),
        ("roc_auc_score", "roc_auc"),
        ("F1-score", "f1"),
        ("auc_roc", "roc_auc"),
        ("MCC", "matthews_corrcoef"),
        ("log_loss", "neg_log_loss"),
        ("brier_score_loss", "neg_brier_score"),
        ("mean_squared_error", "neg_mean_squared_error"),
    ],
)
def test_scoring_by_another_name(name, meant):
    with pytest.raises(ValueError, match=f"got '{name}'. Write '{meant}'"):
        check_scoring_names({"own": name})


@pytest.mark.parametrize(
    "name",
    ["hamming_loss", "hinge loss", "kappa", "silhouette", "davies-bouldin"],
)
def test_metric_that_is_no_scorer_has_a_line_that_works(name):
    X, y = data()
    with pytest.raises(ValueError, match=r"It is a metric\. Write scoring=") as caught:
        check_scoring_names(name)

    line = str(caught.value).partition("Write scoring=")[2].partition(". Valid")[0]
    scorer = eval(line, {**vars(metrics), "make_scorer": make_scorer})
    clusters = "lambda" in line
    model = KMeans(2, n_init=1) if clusters else LogisticRegression()
    targets = () if clusters else (y,)

    assert np.isfinite(scorer(model.fit(X, *targets), X, *targets))


def test_line_names_what_a_metric_needs():
    assert scorer_line("fbeta_score", metrics.fbeta_score) == (
        "make_scorer(fbeta_score, beta=...)"
    )


def test_scoring_with_a_name_that_is_near_to_none():
    with pytest.raises(ValueError, match=r"got 'xyzzy'.*get_scorer_names"):
        check_scoring_names("xyzzy")


@pytest.mark.parametrize("name", ["classification_report", "roc_curve", "euclid", "f2"])
def test_other_functions_are_not_offered(name):
    with pytest.raises(ValueError, match="names no scorer: got") as caught:
        check_scoring_names(name)

    assert "make_scorer" not in str(caught.value)


def test_usual_scorers():
    found = usual_scorers()

    assert found[metrics.mean_squared_error][:2] == ("neg_mean_squared_error", -1)
    assert found[metrics.roc_auc_score].scorer == "roc_auc"
    assert "predict" not in found[metrics.roc_auc_score].methods
    assert check_scoring(LogisticRegression(), found[metrics.f1_score].scorer)

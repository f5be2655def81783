"""Ranges of boosting in scikit-learn, XGBoost, LightGBM and CatBoost.

The learning rate matters most, then the size of trees, the number of rounds, the shares
of rows and columns (Probst et al. 2019; Grinsztajn et al. 2022 search wider). There are
at most 400 rounds: enough for small trees at a rate of 0.02 or more, and at most four
times the cost of the default.
"""

from __future__ import annotations

from typing import Any

from sksearch.knowledge.ranges._setting import Found, Rule, Setting

LIGHTGBM_ROUNDS = (
    "num_iterations",
    "num_boost_round",
    "num_rounds",
    "num_trees",
    "n_estimators",
)


def _named(s: Setting, *names: str) -> str:
    """Return the first of several names for a parameter that is set, or else the last.

    The last is the one that the library lists. The others count more for LightGBM, and
    for CatBoost only one may be set.
    """
    return next((name for name in names if s.own(name) is not None), names[-1])


def _rate(s: Setting, name: str = "learning_rate") -> dict[str, Any]:
    return s.number(name, 0.02, 0.3, log=True)


def _rounds(s: Setting, name: str, stopped_by: str = "") -> dict[str, Any]:
    """Return the range of the number of rounds, unless early stopping finds it."""
    if stopped_by and s.own(stopped_by) not in (None, False, "auto"):
        return {}
    return s.whole(name, 50, 400, log=True)


def hist_boosting(s: Setting) -> Found:
    """Return the space of HistGradientBoosting."""
    return {
        **_rate(s),
        **_rounds(s, "max_iter", "early_stopping"),
        **s.whole("max_leaf_nodes", 4, 63, log=True, least=2),
        **s.whole("min_samples_leaf", 3, max(4, min(60, s.data.rows // 4)), log=True),
        **s.number("l2_regularization", 1e-2, 30, log=True),
        **s.fraction("max_features", 0.3, 1),
    }


def gradient_boosting(s: Setting) -> Found:
    """Return the space of GradientBoosting."""
    grown = s.whole("max_depth", 2, 6)
    if s.own("max_leaf_nodes") is not None:
        grown = s.whole("max_leaf_nodes", 4, 32, log=True, least=2)
    return {
        **_rate(s),
        **_rounds(s, "n_estimators", "n_iter_no_change"),
        **grown,
        **s.fraction("subsample", 0.5, 1),
        **s.whole("min_samples_leaf", 1, max(2, min(30, s.data.rows // 10)), log=True),
        **s.fraction("max_features", 0.2, 0.9),
    }


def xgboost(s: Setting) -> Found:
    """Return the space of XGBClassifier and XGBRegressor."""
    rounds = _rounds(s, "n_estimators", "early_stopping_rounds")
    rate = _rate(s, _named(s, "eta", "learning_rate"))
    if s.own("booster") == "gblinear":
        strength = s.number(_named(s, "lambda", "reg_lambda"), 1e-3, 10, log=True)
        return {**_plain(rate), **_plain(rounds), **_plain(strength)}
    depth = s.whole("max_depth", 2, 8)
    if s.own("max_leaves"):
        depth = s.whole("max_leaves", 4, 64, log=True, least=2)
    return _plain(rate | rounds | depth) | _plain(
        {
            **s.number("min_child_weight", 0.5, 20, log=True),
            **s.number("subsample", 0.5, 1, most=1),
            **s.number("colsample_bytree", 0.4, 1, most=1),
        }
    )


def xgboost_forest(s: Setting) -> Found:
    """Return the space of XGBRFClassifier and XGBRFRegressor: a forest."""
    return _plain(
        {
            **s.whole("max_depth", 3, 12),
            **s.number("min_child_weight", 0.5, 10, log=True),
            **s.number("colsample_bynode", 0.2, 1, most=1),
        }
    )


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """Return ranges without None: XGBoost's defaults lie in the ranges anyway."""
    return {
        name: values.values[-1] if hasattr(values, "options") else values
        for name, values in found.items()
    }


def lightgbm(s: Setting) -> Found:
    """Return the space of LGBMClassifier and LGBMRegressor.

    The names of LightGBM itself, if they are set, count more than those of its classes.
    """
    most = max(4, min(60, s.data.rows // 4))
    leaf = _named(s, "min_data_in_leaf", "min_child_samples")
    columns = _named(s, "feature_fraction", "colsample_bytree")
    return {
        **_rate(s),
        **_rounds(s, _named(s, *LIGHTGBM_ROUNDS), "early_stopping_round"),
        **s.whole("num_leaves", 4, 63, log=True, least=2),
        **s.whole(leaf, 3, most, log=True),
        **s.number(_named(s, "lambda_l2", "reg_lambda"), 1e-2, 30, log=True),
        **s.number(columns, 0.4, 1, most=1),
    }


def catboost(s: Setting) -> Found:
    """Return the space of CatBoostClassifier and CatBoostRegressor.

    Its parameters have aliases; the space uses the alias that is set. The number of
    rounds stays at its setting, a thousand by default.
    """
    depth = (
        {}
        if s.own("grow_policy") == "Lossguide"
        else s.whole(_named(s, "max_depth", "depth"), 4, 8, most=16)
    )
    return {
        **_rate(s, _named(s, "eta", "learning_rate")),
        **depth,
        **s.number(_named(s, "reg_lambda", "l2_leaf_reg"), 1, 30, log=True),
        **s.number("random_strength", 0.1, 10, log=True),
    }


RULES: dict[str, Rule] = {
    # The rounds and the rate of AdaBoost go together.
    "AdaBoostClassifier AdaBoostRegressor": lambda s: {
        **s.number("learning_rate", 0.05, 2, log=True),
        **s.whole("n_estimators", 25, 200, log=True),
    },
    "GradientBoostingClassifier GradientBoostingRegressor": gradient_boosting,
    "HistGradientBoostingClassifier HistGradientBoostingRegressor": hist_boosting,
}
XGBOOST: dict[str, Rule] = {
    "XGBClassifier XGBRegressor": xgboost,
    "XGBRFClassifier XGBRFRegressor": xgboost_forest,
}
LIGHTGBM: dict[str, Rule] = {"LGBMClassifier LGBMRegressor": lightgbm}
CATBOOST: dict[str, Rule] = {"CatBoostClassifier CatBoostRegressor": catboost}

"""Numbers beyond all measure are named before anything else is done."""

import pytest
from stand_ins import Knob

from sksearch import HalvingSearchCV
from sksearch.search.checks._numbers import LONGEST, MOST_WORKERS, check_numbers


class TestNumbers:
    @pytest.mark.parametrize(
        "name",
        [
            "n_iter",
            "window",
            "cv",
            "verbose",
            "early_stopping",
            "timeout",
            "fit_timeout",
            "error_score",
            "n_jobs",
        ],
    )
    @pytest.mark.parametrize(
        "number", [10**400, 10**5000, 2**63], ids=["400", "5000", "63 bits"]
    )
    def test_beyond_measure(self, name, number, refused):
        refused(Knob(), {"level": [1, 2, 3]}, f"The '{name}' param", **{name: number})

    @pytest.mark.parametrize(
        "name",
        ["n_candidates", "factor", "min_resources", "max_resources", "brackets"],
    )
    def test_of_halving(self, name, refused):
        words = {name: 10**400, "face": HalvingSearchCV}
        refused(Knob(), {"level": [1, 2, 3]}, f"'{name}' .* 401 digits", **words)

    @pytest.mark.parametrize(
        ("words", "pattern"),
        [
            ({"timeout": 1e12}, "timeout=None"),
            ({"fit_timeout": 1e300}, "fit_timeout=None"),
            ({"timeout": float("inf")}, "'timeout' parameter"),
            ({"n_jobs": 10**7}, "n_jobs=-1"),
            ({"n_iter": float("inf")}, "'n_iter' parameter"),
            ({"sampler_params": {"gamma": 10**400}}, r"sampler_params\['gamma'\]"),
        ],
    )
    def test_others(self, words, pattern, refused):
        refused(Knob(), {"level": [1, 2, 3]}, pattern, **words)


@pytest.mark.parametrize(
    "params",
    [
        {"n_iter": 2**63 - 1},
        {"timeout": LONGEST, "fit_timeout": None},
        {"n_jobs": -MOST_WORKERS},
        {"param_distributions": {"alpha": 10**400}, "scoring": {"a": 10**400}},
        {"param_grid": {"alpha": 10**400}},
        {"n_iter": "many", "cv": [10**400]},
    ],
    ids=str,
)
def test_what_is_not_beyond_measure(params):
    assert check_numbers(params) is None

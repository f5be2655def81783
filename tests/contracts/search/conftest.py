"""The contract runs over every face that sksearch exports."""

from __future__ import annotations

import inspect

import pytest
from faces import BUDGETS, FACES, MORE_COLUMNS, QUICK_FACES, make_search

import sksearch

#: Tests of parameters that these faces do not have: where to begin, and samplers.
OF_SAMPLERS = {
    "test_a_failed_fold_ends_a_candidate",
    "test_each_option_comes_soon_after_them",
    "test_estimators_of_a_choice_by_their_labels",
    "test_initial_point",
    "test_initial_points",
    "test_more_than_n_iter",
    "test_none_at_all",
    "test_options_by_their_labels",
    "test_the_constructor_stores_what_it_is_given",
    "test_the_driving_metric_decides",
    "test_the_estimators_own_settings_come_first",
    "test_the_users_own",
    "test_what_is_left_out_is_the_estimators_own_setting",
}
#: Tests that do not apply to a face.
NOT_FOR = {
    sksearch.RandomizedSearchCV: {
        *OF_SAMPLERS,
        # It begins with no default, may draw a value of an Int twice, and has names in
        # alphabetical order.
        "test_a_list_of_dicts_is_one_space",
        "test_no_target",
        "test_beside_a_default_that_lies_in_the_space",
    },
    sksearch.GridSearchCV: {
        *OF_SAMPLERS,
        # It tries all that is listed, twice what is listed twice, and draws nothing.
        "test_a_finite_space_ends_early",
        "test_a_function_of_a_trial",
        "test_a_list_of_dicts_is_one_space",
        "test_a_random_state_goes_on_from_fit_to_fit",
        "test_beside_a_default_that_lies_in_the_space",
        "test_inside_of_another_search",  # by its n_iter
        "test_inside_of_grid_search",
        "test_repr",  # its space is called param_grid
        "test_the_same_seed_gives_the_same_search",
        "test_what_is_listed_twice_is_tried_once",
    },
}
#: Files on what becomes of fits, folds and scores, whoever proposes: two faces show it.
WHOEVER_PROPOSES = {"test_failures.py", "test_folds.py", "test_selection.py"}


def applies(item):
    """Tell whether a test is one of a face; all are that run over no faces."""
    face = getattr(item, "callspec", None) and item.callspec.params.get("face")
    if face and face not in QUICK_FACES and item.path.name in WHOEVER_PROPOSES:
        return False
    words = item.callspec.params.get("words", {}) if face else {}
    known = inspect.signature(face).parameters if words else {}
    return item.originalname not in NOT_FOR.get(face, ()) and set(words) <= {*known}


def pytest_collection_modifyitems(config, items):
    """Leave out what does not apply."""
    here = str(config.rootpath / "tests" / "contracts" / "search")
    out = [i for i in items if str(i.path).startswith(here) and not applies(i)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


@pytest.fixture(
    params=[
        pytest.param(face, marks=[pytest.mark.slow] * (face not in QUICK_FACES))
        for face in FACES
    ],
    ids=lambda face: face.__name__,
)
def face(request):
    """Return a function that makes a search with few candidates and folds."""

    def make(estimator, space, **words):
        defaults = {"n_iter": 5, "cv": 2, "random_state": 0}
        return make_search(request.param, estimator, space, **{**defaults, **words})

    make.budget = BUDGETS.get(request.param.__name__, "n_iter")
    make.more_columns = MORE_COLUMNS.get(request.param.__name__, [])
    make.constant = "must yield consistent folds" * (make.budget == "n_candidates")
    return make

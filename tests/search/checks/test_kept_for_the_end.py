import pytest

from sksearch.search.checks import check_confirm, n_for_search


def test_what_is_left_to_search_with():
    assert n_for_search(100, 5) == 90

    assert n_for_search(100, None) == n_for_search(100, 0) == 100


def test_too_few_are_refused_with_what_is_enough():
    with pytest.raises(ValueError, match=r"keeps 5 .* leaves 2 .* Use n_iter=8"):
        n_for_search(7, 3)

    assert n_for_search(8, 3) == 3


def test_there_must_be_a_choice():
    with pytest.raises(ValueError, match="nothing to choose between"):
        check_confirm(1)

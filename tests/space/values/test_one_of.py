from __future__ import annotations

import pytest

from sksearch.space import check_one_of


def test_an_unknown_name_gets_the_nearest_one():
    with pytest.raises(
        ValueError, match=r"metric must be one of 'auc', 'loss', got 'acu'\. Did"
    ):
        check_one_of("metric", "acu", ["auc", "loss"])

    with pytest.raises(ValueError, match="got 3"):
        check_one_of("metric", 3, ["auc"])

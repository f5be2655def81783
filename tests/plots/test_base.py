from __future__ import annotations

import sys

import pytest
from matplotlib import pyplot as plt
from sklearn.svm import SVC

from sksearch import plots
from sksearch.plots._base import Display

OF_SEARCHES = [
    getattr(plots, name)
    for name in plots.__all__
    if hasattr(getattr(plots, name), "from_search") and name != "EnsembleDisplay"
]
FIT = {"RungsDisplay": "halving"}


@pytest.mark.parametrize("kind", OF_SEARCHES)
class TestDisplays:
    def test_draws_into_what_it_is_given(self, kind, searches):
        figure, (left, right) = plt.subplots(1, 2)

        display = kind.from_search(searches[FIT.get(kind.__name__, "flat")], ax=right)

        assert isinstance(display, Display)
        assert display.ax_ is right
        assert display.figure_ is figure
        assert not left.has_data()

    def test_plot_draws_again_in_a_new_figure(self, kind, searches):
        display = kind.from_search(searches[FIT.get(kind.__name__, "flat")])
        first = display.figure_

        assert display.plot() is display
        assert display.figure_ is not first

    def test_wrong_object(self, kind):
        with pytest.raises(TypeError, match="search must be a fitted search"):
            kind.from_search(SVC())

    def test_without_matplotlib(self, kind, searches, monkeypatch):
        monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)

        with pytest.raises(ImportError, match=r"pip install 'sksearch\[plots\]'"):
            kind.from_search(searches["flat"])

    @pytest.mark.parametrize(
        "name",
        [
            "longest names",
            *(
                pytest.param(name, marks=pytest.mark.slow)
                for name in ("flat", "halving", "failing", "metrics")
            ),
        ],
    )
    def test_can_be_saved(self, kind, name, searches, tmp_path):
        """A layout that cannot be solved is a warning, and here an error."""
        try:
            display = kind.from_search(
                searches[
                    FIT.get(kind.__name__, "tree") if name == "longest names" else name
                ]
            )
        except ValueError as error:
            assert "needs" in str(error) or "has no training scores" in str(error)  # noqa: PT017
            return

        display.figure_.savefig(tmp_path / "picture.png", dpi=40)

        assert (tmp_path / "picture.png").stat().st_size > 1000

"""ShowsWeights: the diagram of a fitted ensemble in a notebook, with weights."""

from __future__ import annotations

import re
from typing import Any

from sklearn.utils import estimator_html_repr

from sksearch._sklearn import ShowsHTML, parallel_block
from sksearch.space import FloatArray

#: Opacity of members without weight.
OPACITY = 0.35


class ShowsWeights(ShowsHTML):
    """An average with the weight of each member in its diagram, once it is fitted."""

    estimators: Any
    weights_: FloatArray

    def _sk_visual_block_(self) -> Any:
        names = [member[0] for member in self.estimators]
        if "weights_" in self.__dict__ and len(self.weights_) == len(names):
            names = [
                f"{name}: {_in_words(weight)}"
                for name, weight in zip(names, self.weights_.tolist(), strict=True)
            ]
        return parallel_block(names, [member[1] for member in self.estimators])

    def _html_repr(self) -> str:
        """Return the diagram, with members without weight in grey."""
        diagram: str = estimator_html_repr(self)
        container = re.search(r'<div id="([\w-]+)"', diagram)
        if "weights_" not in self.__dict__ or container is None:
            return diagram
        # Direct children only: a member may have members of its own.
        member = (
            f"#{container[1]} > .sk-container > .sk-item > .sk-parallel > "
            ".sk-parallel-item:nth-child"
        )
        without = [i + 1 for i, weight in enumerate(self.weights_) if weight == 0]
        rules = "".join(f"{member}({i}) {{opacity: {OPACITY}}}\n" for i in without)
        return f"<style>{rules}</style>{diagram}" if rules else diagram


def _in_words(weight: float) -> str:
    """Return a weight in words, with two digits."""
    return f"weight {weight:.2g}" if weight else "no weight"

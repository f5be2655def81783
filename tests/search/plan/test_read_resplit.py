import numpy as np
import pytest
from sklearn.model_selection import KFold, TimeSeriesSplit
from stand_ins import Knob, data

from sksearch import Float, TPESearchCV

X, Y = data()
SPACE = {"level": Float(0.0, 1.0)}


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        ({"cv": TimeSeriesSplit(2)}, "other splits for each"),
        ({"return_oof": True}, "Cannot use return_oof"),
        ({"prune_folds": True}, "Cannot use prune_folds"),
    ],
)
def test_refused(words, pattern):
    search = TPESearchCV(Knob(), SPACE, resplit=True, **{"cv": 2, **words})
    with pytest.raises(ValueError, match=pattern):
        search.fit(X, Y)

    assert not hasattr(search, "cv_results_")


class Seen(Knob):
    tests: list = []  # noqa: RUF012

    def score(self, X, y=None):
        type(self).tests.append(np.asarray(X).tobytes())
        return self.level


def test_each_candidate_has_splits_of_its_own():
    seen = []
    for _ in range(2):
        Seen.tests = []
        TPESearchCV(
            Seen(), SPACE, n_iter=6, cv=KFold(2), resplit=True, random_state=0
        ).fit(X, Y)
        seen.append(Seen.tests)

    assert len(set(seen[0])) == 12

    assert seen[0] == seen[1]

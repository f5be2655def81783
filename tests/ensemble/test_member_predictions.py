"""Out-of-fold predictions of members: those of a search, or fresh ones."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import KFold, cross_val_predict

from sksearch import StackingWeights
from sksearch.ensemble._member_predictions import fresh_predictions, kept_predictions
from sksearch.ensemble.members import Routed

RNG = np.random.RandomState(0)
X = RNG.normal(size=(30, 2))
Y = X[:, 0] + RNG.normal(size=30)
MEMBERS = [("line", LinearRegression()), ("ridge", Ridge(10.0))]


def routed():
    return Routed({name: {} for name, _ in MEMBERS}, {}, {}, None)


def fresh(**words):
    return fresh_predictions(StackingWeights(MEMBERS, **words), MEMBERS, X, Y, routed())


def test_of_rows_that_the_members_have_not_seen():
    cv = KFold(3)
    oof = fresh(cv=cv)

    for (_, member), predictions in zip(MEMBERS, oof.predictions, strict=True):
        found = np.concatenate([p.values for p in predictions]).ravel()

        assert_allclose(found, cross_val_predict(member, X, Y, cv=cv))

    for rows, (_, test) in zip(oof.rows, cv.split(X), strict=True):
        assert rows.tolist() == test.tolist()


def test_of_fitted_members_on_all_rows():
    fitted = [(name, member.fit(X, Y)) for name, member in MEMBERS]
    ensemble = StackingWeights(fitted, cv="prefit")
    oof = fresh_predictions(ensemble, fitted, X, Y, routed())

    assert [len(rows) for rows in oof.rows] == [30]

    assert_allclose(oof.predictions[1][0].values.ravel(), fitted[1][1].predict(X))


def test_kept_ones():
    assert kept_predictions(StackingWeights(MEMBERS), X, Y) is None

    oof = fresh(cv=2)
    ensemble = StackingWeights([MEMBERS[0], ("ridge", "drop")], oof=oof)

    assert len(kept_predictions(ensemble, X, Y)) == 1

    with pytest.raises(ValueError, match="for other data"):
        kept_predictions(ensemble, X, Y + 1)

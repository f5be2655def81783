from sklearn.naive_bayes import GaussianNB
from stand_ins import data

from sksearch.evaluation import Checkpoint, Fitting

X, Y = data()


def test_at_once():
    model = GaussianNB()
    Fitting().fit(model, (X, Y), {"sample_weight": Y + 1})

    assert model.class_count_.tolist() == [20, 40]


def test_nothing_goes_on():
    fitting, model = Fitting(), GaussianNB().fit(X, Y)

    assert fitting.checkpoint(model, {}) is None

    assert fitting.go_on(Checkpoint(model, 1), (X, Y), {}) is None

from sklearn.naive_bayes import GaussianNB
from stand_ins import data

from sksearch.evaluation import Fit, Progress

X, Y = data()


def test_at_once():
    model = GaussianNB()
    Fit()(model, (X, Y), {"sample_weight": Y + 1})

    assert model.class_count_.tolist() == [20, 40]


def test_nothing_goes_on():
    fit, model = Fit(), GaussianNB().fit(X, Y)

    assert fit.progress(model, {}) is None

    assert fit.go_on(Progress(model, 1), (X, Y), {}) is None

from sklearn.naive_bayes import GaussianNB

from sksearch.evaluation import Evaluator, Folds, Resource


def test_without_a_subclass_there_is_everything_at_once():
    evaluator = Evaluator(GaussianNB(), None, Folds(()), None)

    assert Resource().parameters(7) == {}

    assert Resource().limit(evaluator, 7) is evaluator

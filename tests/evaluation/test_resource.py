from sklearn.naive_bayes import GaussianNB

from sksearch.evaluation import Evaluator, Folds, Parameter, Resource


def test_without_a_subclass_there_is_everything_at_once():
    evaluator = Evaluator(GaussianNB(), None, Folds(()), None)

    assert Resource().parameters(7) == {}

    assert Resource().limit(evaluator, 7) is evaluator


def test_a_parameter_is_set_and_the_data_are_all_there():
    evaluator = Evaluator(GaussianNB(), None, Folds(()), None)

    assert Parameter("max_iter").parameters(7) == {"max_iter": 7}

    assert Parameter("max_iter").limit(evaluator, 7) is evaluator

import pickle
from collections import OrderedDict

import numpy as np

from sksearch.workers import _shared
from sksearch.workers._shared import MAX_BYTES, MAX_KEPT, SharedValue


def test_value_arrives():
    shared = SharedValue({"a": [1, 2]})

    assert pickle.loads(pickle.dumps(shared)).value == {"a": [1, 2]}


def test_value_is_unpickled_once():
    text = pickle.dumps(SharedValue({"a": 1}))

    assert pickle.loads(text).value is pickle.loads(text).value


def test_different_values_do_not_meet():
    one, two = pickle.dumps(SharedValue([1])), pickle.dumps(SharedValue([1]))

    assert pickle.loads(one).value is not pickle.loads(two).value


def test_functions_without_a_module_arrive():
    assert pickle.loads(pickle.dumps(SharedValue(lambda x: x + 1))).value(1) == 2


def test_large_values_are_pickled_as_they_are():
    large = SharedValue(np.zeros(MAX_BYTES, dtype=np.uint8))
    kind, arguments = large.__reduce__()

    assert kind is SharedValue

    assert arguments[0] is large.value


def test_old_values_are_let_go():
    texts = [pickle.dumps(SharedValue([i])) for i in range(MAX_KEPT + 1)]
    first = pickle.loads(texts[0]).value
    others = [pickle.loads(text).value for text in texts[1:]]

    assert pickle.loads(texts[0]).value is not first

    assert others == [[i + 1] for i in range(MAX_KEPT)]


def test_another_thread_may_let_a_value_go_at_once(monkeypatch):
    class Emptied(OrderedDict):
        def popitem(self, last=True):
            self.clear()

    monkeypatch.setattr(_shared, "_kept", Emptied())
    texts = [pickle.dumps(SharedValue([i])) for i in range(MAX_KEPT + 1)]

    assert [pickle.loads(text).value for text in texts] == [
        [i] for i in range(MAX_KEPT + 1)
    ]

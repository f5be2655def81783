from sksearch import Float
from sksearch.space import Held


def test_it_is_shown_as_its_range():
    alpha = Float(0.1, 1)

    assert repr(Held(alpha, alpha)) == "Float(0.1, 1.0)"


def test_equal_ranges_are_two():
    one, other = Float(0.1, 1), Float(0.1, 1)

    assert Held(one, one) != Held(other, other)

import numpy as np
import pytest
from scipy.stats import loguniform
from sklearn.ensemble import VotingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.evaluation import SLOT, Slot
from sksearch.exceptions import ResourceError, SpaceError, SpaceTypeError
from sksearch.search.halving._resources import check_resource
from sksearch.search.plan._read_space import read_space, whole
from sksearch.space import as_space_apart, in_place


def test_the_base_of_an_estimator_is_its_clone():
    estimator = GaussianNB(var_smoothing=0.25)
    tuned = read_space(estimator, {"var_smoothing": [0.25, 0.5]})

    assert tuned.base is not estimator

    assert tuned.base.get_params() == estimator.get_params()

    assert tuned.estimator is estimator

    assert len(tuned.space) == 1


def test_it_is_read_by_whom_the_face_says_with_the_choice_in_it():
    seen = []

    def read(specification):
        seen.append(specification)
        return as_space_apart(specification)

    models, dicts = Choice([GaussianNB()]), [{}, {"estimator__var_smoothing": [0.5]}]
    tuned = read_space(models, dicts, read=read)

    assert tuned.specification is seen[0]

    assert seen[0] == [{SLOT: models}, {SLOT: models, **dicts[1]}]

    assert len(tuned.space) == 4  # as_space makes one axis of the two choices


def test_the_base_of_a_choice_is_a_slot():
    tuned = read_space(Choice([GaussianNB()]), None)

    assert isinstance(tuned.base, Slot)

    assert next(h.name for h in tuned.space if not h.hidden) == SLOT


class TestChoiceOfEstimators:
    """Beside it stands any kind of space, whose names begin with ``estimator__``."""

    CHOICE = Choice({"svm": SVC(), "lr": Option(LogisticRegression(), tol=[0.1])})
    C = "estimator__C"

    @pytest.mark.parametrize(
        ("specification", "found"),
        [
            (None, {("svm",), ("lr",)}),
            ({C: [1]}, {("svm", 1), ("lr", 1)}),
            ([{C: [1]}, {C: [2]}], {("svm", 1), ("lr", 1), ("svm", 2), ("lr", 2)}),
            ((({C: [1]}),), {("svm", 1), ("lr", 1)}),
            (
                Choice({"a": {C: [1]}, "b": {}}),
                {("svm", 1), ("lr", 1), ("svm",), ("lr",)},
            ),
            (
                [{SLOT: ["svm"], C: [1, 2]}, {SLOT: ["lr"]}],
                {("svm", 1), ("svm", 2), ("lr",)},
            ),
            (
                [{SLOT: [SVC()], C: [1]}, {SLOT: ["lr", SVC()]}],
                {("svm", 1), ("lr",), ("svm",)},
            ),
            (lambda _: {}, {("svm",), ("lr",)}),
            (
                lambda t: {"estimator__C": t.suggest_int("C", 1, 1)},
                {("svm", 1), ("lr", 1)},
            ),
            (
                lambda t: {SLOT: t.suggest_categorical(SLOT, ["svm", "lr"])},
                {("svm",), ("lr",)},
            ),
            (
                lambda t: (
                    {"estimator__C": 1}
                    if t.suggest_categorical(SLOT, ["svm", "lr"]) == "svm"
                    else {}
                ),
                {("svm", 1), ("lr",)},
            ),
            (lambda _: {SLOT: "svm", "estimator__C": 3}, {("svm", 3)}),
            (lambda t: {SLOT: SVC(C=t.suggest_int("C", 1, 2))}, {("svm",)}),
        ],
    )
    def test_what_is_tried(self, specification, found):
        space = read_space(self.CHOICE, specification).space
        rows = space.draw(60, np.random.default_rng(0))
        tried = [space.decode(row) for row in rows]
        names = {SVC: "svm", LogisticRegression: "lr"}

        assert {
            (names[type(c[SLOT])], *([c[self.C]] if self.C in c else [])) for c in tried
        } == found

        assert all(
            ("estimator__tol" in c) == isinstance(c[SLOT], LogisticRegression)
            for c in tried
        )

    @pytest.mark.parametrize(
        ("specification", "message"),
        [
            ([{"C": [1]}], "'C' is not a parameter of the Choice.*begin with 'estim"),
            (lambda _: {"C": 1}, "'C' returned by.*the Choice.*begin with 'estima"),
            ([{"estimator__gamma": [1]}], "'lr'.*'estimator__gamma'.*Option.SVC"),
            (lambda _: {SLOT: "svn"}, "'estimator': 'svn'.*Did you mean 'svm'"),
            ([{SLOT: ["svn"]}], "'estimator': 'svn'.*Did you mean 'svm'"),
            ([{SLOT: [3]}], "no fit: got 3"),
            (["C"], "must hold dicts of names to values, got 'C'"),
            ("C", "must be a dict, a list of dicts"),
            (Choice({"a": Option({}, C=[1])}), "is a space itself"),
        ],
        ids=[
            "prefix",
            "returned",
            "one option",
            "label",
            "labels",
            "no estimator",
            "names",
            "name",
            "Option",
        ],
    )
    def test_what_is_said(self, specification, message):
        with pytest.raises(SpaceError, match=message):
            read_space(self.CHOICE, specification)

    @pytest.mark.parametrize(
        "specification",
        [[{"estimator__C": [1]}], lambda _: {}, [{SLOT: ["lr"]}]],
        ids=["list", "function", "labels"],
    )
    @pytest.mark.parametrize("name", ["estimator__max_iter", "estimator__nu"])
    def test_a_resource_beside_it(self, specification, name):
        words = (name, read_space(self.CHOICE, specification), specification)
        if name.endswith("max_iter"):
            check_resource(*words)
            return

        with pytest.raises(ResourceError, match="'estimator__nu'") as caught:
            check_resource(*words)

        assert "put it in" not in str(caught.value)


class TestRangesInTheEstimator:
    """They stand beside a space; what it decides on, they do not."""

    C = Float(0.5, 2.0)
    TUNED = in_place(SVC(C=C, degree=Int(2, 3)))

    @pytest.mark.parametrize(
        ("specification", "found"),
        [
            (None, {"C": C, "degree": Int(2, 3)}),
            ({"gamma": [1]}, {"C": C, "degree": Int(2, 3), "gamma": [1]}),
            ({"C": [1]}, {"C": [1], "degree": Int(2, 3)}),
        ],
    )
    def test_beside_a_dict(self, specification, found):
        assert repr(dict(sorted(whole(self.TUNED, specification).items()))) == repr(
            found
        )

    def test_beside_competing_dicts(self):
        one, other = whole(self.TUNED, [{"C": [1]}, {}])

        assert (one["C"], repr(other["C"])) == ([1], repr(self.C))

        assert one.keys() == other.keys()

    def test_beside_a_choice_of_dicts(self):
        space = as_space(whole(self.TUNED, Choice({"a": {"C": [1]}, "b": {}})))
        found = {
            repr(c["C"])
            for c in map(space.decode, space.draw(20, np.random.default_rng(0)))
        }

        assert "1" in found

        assert len(found) > 2

    def test_beside_a_function(self):
        space = as_space(whole(self.TUNED, lambda _: {"C": 9.0}))
        found = [space.decode(row) for row in space.draw(20, np.random.default_rng(0))]

        assert {c["C"] for c in found} == {9.0}

        assert {c["degree"] for c in found} == {2, 3}

    def test_one_range_in_two_places_beside_a_function(self):
        model = VotingRegressor([("a", Ridge(self.C)), ("b", Ridge(self.C))])

        with pytest.raises(SpaceError, match="'a__alpha' and 'b__alpha' hold one"):
            whole(in_place(model), lambda _: {})

    def test_beside_a_space_that_was_read_before(self):
        with pytest.raises(SpaceTypeError, match=r"holds ranges, too \('C', 'degree'"):
            whole(self.TUNED, as_space({"gamma": [1]}))

    def test_no_space_at_all(self):
        message = (
            "missing, so there is nothing to search: no parameter of SVC holds a Float"
        )

        with pytest.raises(SpaceTypeError, match=message):
            read_space(SVC(), None)

    def test_a_distribution_is_no_range_in_place(self):
        message = r"'C' holds a distribution: .* write Float\(low, high, log=True\)"

        with pytest.raises(SpaceTypeError, match=message):
            read_space(SVC(C=loguniform(1, 10)), None)

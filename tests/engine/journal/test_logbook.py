"""Tests of what is taken up from a journal, and what is written to it."""

import json
from contextlib import contextmanager

import pytest

from sksearch import Float
from sksearch.engine import Journal, Logbook, read_saved
from sksearch.engine.journal._lines import Sum
from sksearch.exceptions import JournalError, SpaceExhausted
from sksearch.samplers import RandomSampler
from sksearch.space import as_space, axes_of
from sksearch.trials import Candidate, FoldScore

SPACE = as_space({"level": Float(0.0, 1.0), "kind": ["a", "b"]})


@contextmanager
def logbook(path, window=1, **words):
    with Journal(path, words.pop("resume", "auto")) as journal:
        if journal.is_new:
            journal.kept.update(axes=axes_of(SPACE), n_splits=2)
        journal.begin({"space": "one"}, **words)
        book = Logbook(journal)
        book.window = window
        yield book


def sampler(seed=0, space=SPACE):
    return RandomSampler(space, random_state=seed)


def entered(book, trial, number, asked, **place):
    """Return a candidate of two folds, and the window that it was begun in."""
    made = Candidate(trial, 2, number=number, **place)
    return made, book.enter(made, asked)


def sampled(book, asked, number, **place):
    trial = book.ask(number, asked, place.get("resource", 1))
    return entered(book, trial, number, asked, **place)[0]


def scores(number, *folds):
    return [
        FoldScore(number, i, {"score": number + i / 10}, None, 1.0, 0.5) for i in folds
    ]


def write(path, n=3, seed=0):
    """Write candidates on the first rung; return what they were tried with."""
    asked = sampler(seed)
    with logbook(path) as book:
        for number in range(n):
            sampled(book, asked, number)
            book.finished(scores(number, 0, 1), 10.0 + number)
    return [trial.configuration for trial in asked.history], asked


def edit(path, change):
    """Write a journal anew, with ``change(records)`` in the place of its records."""
    records = [json.loads(line) for line in path.read_text().splitlines()]
    for record in records:
        del record["crc32"]
    change(records)
    path.write_bytes(b"".join(map(Sum().write, records)))


def test_without_a_journal_nothing_is_known_and_nothing_kept():
    asked, book = sampler(), Logbook(None)
    book.window = 7
    trial = book.ask(5, asked, 1)  # whatever the number
    made, window = entered(book, trial, 5, asked)
    book.finished(scores(5, 0), 1.0)

    assert trial is asked.history[0]

    assert (window, made.folds, made.undispatched) == (7, {}, [0, 1])

    assert (book.remembers, book.elapsed) == (False, 0.0)


class TestTakenUp:
    def test_all_that_was_finished(self, path):
        configurations, first = write(path)
        again = sampler(seed=99)
        with logbook(path) as book:
            assert book.elapsed == 12.0

            for number in range(3):
                assert book.remembers

                made = sampled(book, again, number)

                assert made.params == configurations[number]

                assert list(made.folds.values()) == scores(number, 0, 1)

                assert made.undispatched == []

            assert not book.remembers

            # The sampler goes on as the first one would have.
            assert book.ask(3, again, 1).configuration == first.ask().configuration

    def test_nothing_is_written_meanwhile(self, path):
        write(path)
        before = path.read_bytes()
        again = sampler()
        with logbook(path) as book:
            for number in range(3):
                sampled(book, again, number)

        assert path.read_bytes() == before

    def test_a_fold_that_was_not_finished_is_still_to_do(self, path):
        write(path)
        edit(path, lambda records: records.pop(3))  # fold 1 of candidate 0
        with logbook(path) as book:
            made = sampled(book, sampler(), 0)

        assert list(made.folds.values()) == scores(0, 0)

        assert made.undispatched == [1]

    def test_what_comes_after_is_added(self, path):
        configurations, _ = write(path, n=1)
        again = sampler()
        with logbook(path) as book:
            sampled(book, again, 0)
            new = sampled(book, again, 1)
            book.finished(scores(1, 0, 1), 20.0)
        saved = read_saved(path).candidates

        assert [c.params for c in saved] == [*configurations, new.params]

        assert list(saved[1].folds.values()) == scores(1, 0, 1)

    def test_the_window_is_that_of_its_run(self, path):
        asked = sampler()
        with logbook(path, window=4) as book:
            assert entered(book, book.ask(0, asked, 1), 0, asked)[1] == 4

        again = sampler()
        with logbook(path, window=2) as book:
            assert entered(book, book.ask(0, again, 1), 0, again)[1] == 4

            assert entered(book, book.ask(1, again, 1), 1, again)[1] == 2

    @pytest.mark.parametrize(
        ("change", "n_known"),
        [({}, 2), ({"rung": 0}, 2), ({"resource": 1}, 0), ({"bracket": 0}, 2)],
    )
    def test_with_another_place_on_the_ladder_it_is_another_one(
        self, path, change, n_known
    ):
        place = {"rung": 1, "resource": 3, "bracket": 2}
        with logbook(path) as book:
            sampled(book, sampler(), 0, **place)
            book.finished(scores(0, 0, 1), 1.0)
        before = path.read_bytes()
        with logbook(path) as book:
            made = sampled(book, sampler(), 0, **{**place, **change})

        # It is written down again, with the folds that count for it, too.
        assert (path.read_bytes() == before) is (not change)

        assert list(made.folds.values()) == scores(0, 0, 1)[:n_known]

    def test_another_number_is_refused(self, path):
        write(path)
        with (
            logbook(path) as book,
            pytest.raises(JournalError, match=r"candidate 0 where candidate 2 belongs"),
        ):
            book.ask(2, sampler(), 1)


class TestCompared:
    """What a row stands for today must be what was written beside it."""

    def edited(self, path, **params):
        write(path, n=1)

        def change(records):
            old = records[1]["params"]
            new = {k: v(old.get(k)) if callable(v) else v for k, v in params.items()}
            records[1]["params"] = {**old, **new}

        edit(path, change)
        with logbook(path) as book:
            return sampled(book, sampler(), 0)

    def test_the_same_on_another_machine(self, path):
        made = self.edited(path, level=lambda x: x * (1 + 1e-12))

        assert made.undispatched == []

    @pytest.mark.parametrize(
        ("params", "message"),
        [
            ({"level": lambda x: x + 1e-6}, r"candidate 0 with level=0\.\d+, but "),
            ({"level": 0.9}, r"with level=0\.9, but .* gives level=0\.\d+"),
            ({"kind": "c"}, r"with kind='c', but .* gives kind='[ab]'"),
            ({"level": "0.5"}, r"with level='0\.5', but .* gives level=0\.\d+"),
            ({"kind": None}, r"with kind=None, but .* gives kind='[ab]'"),
            ({"gamma": 1}, r"with gamma=1, but .* gives gamma='nothing'"),
        ],
    )
    def test_another_value_is_refused(self, path, params, message):
        with pytest.raises(JournalError, match=message):
            self.edited(path, **params)

    def test_a_parameter_that_is_new_is_refused(self, path):
        write(path, n=1)
        edit(path, lambda records: records[1]["params"].pop("kind"))
        with (
            logbook(path) as book,
            pytest.raises(JournalError, match=r"with kind='nothing', but .*kind='"),
        ):
            sampled(book, sampler(), 0)

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            (1, 1, True),
            (1, True, False),
            (1, 1.0, False),
            ([1, 0.5], [1, 0.5 + 1e-12], True),
            ([1, 0.5], [1, 0.6], False),
            ([1], [1, 2], False),
            (0.0, 1e-30, True),
            (0.0, 1e-6, False),
            ("a", "a", True),
            ("a", "b", False),
            (None, None, True),
        ],
    )
    def test_plain_values(self, path, one, other, same):
        values = [one, other] if one != other or type(one) is not type(other) else [one]
        space = as_space({"x": [other]})
        asked = RandomSampler(space, random_state=0)
        with Journal(path, "auto") as journal:
            journal.kept.update(axes=axes_of(space))
            journal.begin({})
            sampled(Logbook(journal), asked, 0)
        edit(path, lambda records: records[1]["params"].update(x=one))
        with Journal(path, "auto") as journal:
            journal.begin({})
            book, again = Logbook(journal), RandomSampler(space, random_state=0)
            if same:
                assert sampled(book, again, 0).params == {"x": values[-1]}
            else:
                with pytest.raises(JournalError, match="has tried candidate 0 with x="):
                    sampled(book, again, 0)


class TestAnotherCourse:
    """What is decided today is not what was decided then."""

    @pytest.fixture
    def promoted(self, path):
        """A journal in which trial 0 was promoted after two samples."""
        asked = sampler()
        with logbook(path) as book:
            for number in range(2):
                sampled(book, asked, number)
                book.finished(scores(number, 0, 1), 1.0)
            place = {"rung": 1, "resource": 3}
            entered(book, asked.history[0], 2, asked, **place)
            book.finished(scores(2, 0), 2.0)
        return [trial.configuration for trial in asked.history]

    def test_a_score_counts_for_the_same_configuration_with_the_same_resource(
        self, path, promoted
    ):
        again = sampler()
        place = {"rung": 1, "resource": 3}
        with logbook(path) as book:
            for number in range(2):
                sampled(book, again, number)
            other, _ = entered(book, again.history[1], 2, again, **place)

            assert not book.remembers

            assert (other.folds, other.undispatched) == ({}, [0, 1])

            higher, _ = entered(book, again.history[0], 3, again, rung=2, resource=9)

            assert higher.folds == {}

            known, _ = entered(book, again.history[0], 4, again, **place)

        [score] = known.folds.values()

        assert (score.candidate, score.fold, score.test) == (4, 0, {"score": 2.0})

        assert known.undispatched == [1]

        # And so it is in the next run.
        with Journal(path, "auto") as journal:
            assert [entry.trial for entry in journal.entries] == [0, 1, 1, 0, 0]

            assert journal.folds[4] == {0: score}

    def test_configurations_that_are_known_are_proposed_again(self, path):
        configurations, _ = write(path)
        again = sampler(seed=5)
        with logbook(path) as book:
            # The first one gets more today: no line of the journal is of it.
            sampled(book, again, 0, resource=3)
            made = [sampled(book, again, number) for number in (1, 2, 3)]

        assert [again.history[0].configuration] == configurations[:1]

        assert [c.params for c in made[:2]] == configurations[1:]

        assert [c.undispatched for c in made] == [[], [], [0, 1]]

        assert [f.candidate for c in made for f in c.folds.values()] == [1, 1, 2, 2]

        assert made[2].params not in configurations

    def test_a_sample_where_one_was_promoted(self, path, promoted):
        again = sampler(seed=5)
        with logbook(path) as book:
            made = [sampled(book, again, number) for number in range(3)]

        assert [c.params for c in made[:2]] == promoted

        assert made[2].params not in promoted

        assert made[2].undispatched == [0, 1]


def test_a_space_that_is_used_up_says_so(path):
    space = as_space({"kind": ["a", "b"]})
    asked = RandomSampler(space, random_state=0)
    with Journal(path, "auto") as journal:
        journal.kept.update(axes=axes_of(space))
        journal.begin({})
        book = Logbook(journal)
        for number in range(2):
            sampled(book, asked, number)
        with pytest.raises(SpaceExhausted):
            book.ask(2, asked, 1)


def test_a_trial_whose_space_has_raised_is_a_proposal_too(path):
    def function(trial):
        level = trial.suggest_float("level", 0, 1)
        if level > 0.5:
            msg = f"no level {level:.1f}"
            raise LookupError(msg)
        return {"level": level}

    def trials(book):
        asked = RandomSampler(function, random_state=0)
        return [sampled(book, asked, number).trial for number in range(6)]

    plain = trials(Logbook(None))
    with logbook(path) as book:
        written = trials(book)
    with logbook(path) as book:
        taken_up = trials(book)

    assert {type(trial.error) for trial in plain} == {LookupError, type(None)}

    for found in (written, taken_up):
        assert [str(t.error) for t in found] == [str(t.error) for t in plain]

        assert [t.configuration for t in found] == [t.configuration for t in plain]

import os

import numpy as np
import pytest
from stand_ins import Knob, Sturdy, data

from sksearch import Choice, Float, HalvingSearchCV, TPESearchCV
from sksearch.engine import Follower
from sksearch.progress import watch
from sksearch.progress._watch import JournalClock, standing_of
from sksearch.progress._words import line

X, Y = data()


class Recorder:
    """A display that keeps what it is shown."""

    every = 0.0

    def __init__(self):
        self.said = []
        self.is_open = False

    def open(self):
        self.is_open = True

    def show(self, standing):
        self.said.append(line(standing))

    def close(self):
        self.is_open = False

    def end(self, text):
        self.said.append(text)


def search(path, estimator=None, space=None, **words):
    words = {"n_iter": 4, "cv": 2, "random_state": 0, "storage": path, **words}
    space = {"level": Float(0.0, 1.0)} if space is None else space
    return TPESearchCV(estimator or Knob(), space, **words)


def cut_before(path, text):
    """Leave what was in a file before a text."""
    lines = path.read_bytes().splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if text in line)
    path.write_bytes(b"".join(lines[:first]))


def standing_in(path):
    follower = Follower(path)
    follower.read()
    return standing_of(follower, JournalClock(1))


class TestStandingOf:
    def test_it_is_that_of_the_search(self, path):
        seen = []
        choice = Choice({"low": Knob(0.1), "high": Knob(0.9)})
        search(path, choice, {}, n_iter=2, callbacks=seen.append).fit(X, Y)
        standing = standing_in(path)

        best = standing.best
        assert (best.score, best.label) == (0.9, "high")

        assert best.candidate.number == seen[-1].best_number

        assert 0 < best.found <= standing.budget.elapsed < 60

        assert (standing.n_finished, standing.n_total) == (2, 2)

    @pytest.mark.filterwarnings("ignore")
    def test_failures(self, path):
        space = {"mood": ["good", "fit fails", "nan"]}
        search(path, Sturdy(), space, n_iter=3).fit(X, Y)

        assert standing_in(path).n_failed == 2

    def test_in_the_middle(self, path):
        search(path).fit(X, Y)
        cut_before(path, b'"fold": [2, 1]')
        standing = standing_in(path)

        assert (standing.n_finished, standing.n_total) == (2, 4)

        assert standing.seconds_to_go > 0

    def test_rungs(self, path):
        words = {"n_candidates": 4, "factor": 2, "min_resources": 10, "cv": 2}
        found = HalvingSearchCV(Knob(), {"level": Float(0, 1)}, storage=path, **words)
        found.fit(X, Y)
        standing = standing_in(path)

        assert standing.n_closed == {0: 4, 1: 2, 2: 1}

        assert standing.best.score == found.best_score_

    @pytest.mark.parametrize("refit", ["half", "one"])
    def test_the_metric_that_drives_the_search(self, path, refit):
        scores = {"one": lambda *_: 1.0, "half": lambda *_: 0.5}
        search(path, scoring=scores, refit=refit, n_iter=1).fit(X, Y)

        assert standing_in(path).best.score == scores[refit]()

    def test_pruned_candidates(self, path):
        rng = np.random.default_rng(0)
        X, y = rng.normal(size=(60, 3)), np.arange(60) % 2
        levels = [{"level": level} for level in (0.9, 0.8, 0.1, 0.1)]
        words = {"cv": 10, "prune_folds": True, "initial_points": levels}
        search(path, **words).fit(X, y)
        standing = standing_in(path)

        assert standing.n_pruned > 0

        assert standing.best.score == 0.9

    def test_confirmations(self, path):
        class Seeded(Knob):
            def __init__(self, level=0.5, random_state=None):
                super().__init__(level)
                self.random_state = random_state

        found = search(path, Seeded(), confirm=2, cv=2, n_iter=6).fit(X, Y)
        n = int(found.cv_results_["n_confirmations"].sum())

        assert standing_in(path).n_confirmed == n > 0

    def test_a_journal_that_does_not_say_what_is_planned(self, path):
        search(path).fit(X, Y)
        follower = Follower(path)
        follower.read()
        follower.course.planned = None

        assert standing_of(follower, JournalClock(1)).n_total == 4


class TestWatch:
    def test_a_search_that_has_ended(self, path):
        found = search(path).fit(X, Y)
        seen = Recorder()
        watch(path, seen, every=0.0)

        [last] = seen.said
        assert last.startswith(f"Search ended ({found.end_reason_}): 4 of 4 candidates")

        assert not seen.is_open

    def test_a_search_that_was_killed(self, path):
        search(path).fit(X, Y)
        cut_before(path, b'"fold": [2, 1]')
        seen = Recorder()
        watch(path, seen, every=0.0)

        assert seen.said[-1] == (
            "No search is writing to the file, but it has not ended: 2 of 4 candidates "
            "are finished"
        )

    def test_a_search_that_runs(self, path):
        seen = []

        def look(record):
            """Watch for as long as it takes to look twice."""

            class Twice(Recorder):
                def show(self, standing):
                    super().show(standing)
                    if len(self.said) == 2:
                        raise KeyboardInterrupt

            recorder = Twice()
            with pytest.raises(KeyboardInterrupt):
                watch(path, recorder, every=0.0)
            seen.extend(said.partition(",")[0] for said in recorder.said)
            assert not recorder.is_open

        search(path, n_iter=2, callbacks=look).fit(X, Y)

        assert seen == ["1/2 candidates"] * 2 + ["2/2 candidates"] * 2

    def test_time_goes_on_while_nothing_is_written(self, path):
        seen = []

        def look(record):
            class Once(Recorder):
                def show(self, standing):
                    seen.append(standing.budget.elapsed)
                    raise KeyboardInterrupt

            long_ago = path.stat().st_mtime - 100
            os.utime(path, (long_ago, long_ago))
            with pytest.raises(KeyboardInterrupt):
                watch(path, Once(), every=0.0)

        search(path, n_iter=1, callbacks=look).fit(X, Y)

        assert 100 <= seen[0] < 160

    def test_an_empty_file_that_nobody_writes(self, path):
        path.touch()
        seen = Recorder()
        watch(path, seen, every=0.0)

        assert seen.said == ["The search has not begun."]

    def test_the_file_stays_as_it_is(self, path):
        search(path).fit(X, Y)
        before = path.read_bytes()
        watch(path, Recorder(), every=0.0)

        assert path.read_bytes() == before

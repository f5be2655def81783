"""Fitted steps in a folder."""

import os
import pickle
import threading
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sklearn
from scipy.sparse import csr_array

from sksearch.evaluation import SharedSteps, StepStore, open_steps
from sksearch.evaluation.shared_steps import _step_store
from sksearch.evaluation.shared_steps._step_store import RecentBlobs

KEY, OTHER = "a" * 40, "b" * 40


@pytest.fixture(autouse=True)
def forgetful():
    """Memory that holds nothing of other tests."""
    _step_store._recent.clear()
    _step_store._unseen.clear()


@pytest.fixture
def store(tmp_path):
    return StepStore(str(tmp_path / "steps"), "data", 100_000, stays=True)


def files(store):
    return sorted(path.name for path in Path(store.folder).iterdir())


def test_what_is_not_there_is_none(store):
    assert store.load(KEY) is None


@pytest.mark.parametrize(
    "X",
    [
        np.eye(3)[:, :2],
        csr_array(np.eye(3)),
        pd.DataFrame({"a": [1, 2], "b": ["x", None]}, index=[5, 6]),
        [["a"], ["b"]],
    ],
    ids=["array", "sparse", "frame", "list"],
)
def test_each_load_is_a_copy_of_its_own(store, X):
    store.save(KEY, (X, {"mean": 3}))

    one, other = store.load(KEY), store.load(KEY)

    for found in (one, other):
        assert type(found[0]) is type(X)

        assert pickle.dumps(np.asarray(_dense(found[0]))) == pickle.dumps(
            np.asarray(_dense(X))
        )

    assert one[0] is not other[0]

    assert one[1] is not other[1]


def _dense(X):
    return X.toarray() if hasattr(X, "toarray") else X


def test_a_hit_reads_no_file_again(store):
    store.save(KEY, (1, "step"))
    Path(store.folder, KEY + ".step").write_bytes(b"something else")

    assert store.load(KEY) == (1, "step")


def test_another_process_finds_the_file(store):
    store.save(KEY, (1, "step"))
    _step_store._recent.clear()

    assert pickle.loads(pickle.dumps(store)).load(KEY) == (1, "step")


def test_a_damaged_file_is_as_good_as_none(store):
    store.save(KEY, (1, "step"))
    _step_store._recent.clear()
    path = Path(store.folder, KEY + ".step")
    path.write_bytes(path.read_bytes()[:-3])

    assert store.load(KEY) is None


def test_what_cannot_be_pickled_is_not_kept(store):
    store.save(KEY, (1, threading.Lock()))

    assert store.load(KEY) is None


def test_a_full_disk_is_no_failure(store, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    store.save(KEY, (1, "step"))

    assert files(store) == []


def test_an_interrupt_leaves_no_draft(store, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.save(KEY, (1, "step"))

    assert files(store) == []


def test_the_folder_stays_within_its_size(store):
    """What was not used for the longest time goes first."""
    names = [f"{n:040d}" for n in range(5)]
    for n, name in enumerate(names):
        store.save(name, (np.zeros(3000), "step"))  # 24 kB
        for i, earlier in enumerate(names[: n + 1]):
            path = Path(store.folder, earlier + ".step")
            if path.exists() and earlier != names[0]:
                os.utime(path, (i, i))
        assert sum(p.stat().st_size for p in Path(store.folder).iterdir()) <= 100_000

    assert files(store) == [f"{n:040d}.step" for n in (0, 2, 3, 4)]


def test_a_hit_counts_as_use(store):
    for n, name in enumerate("abcd"):
        store.save(name, (np.zeros(3000), "step"))
        os.utime(Path(store.folder, name + ".step"), (n, n))
    store.load("a")
    store.save("e", (np.zeros(3000), "step"))

    assert files(store) == ["a.step", "c.step", "d.step", "e.step"]


def test_what_is_larger_than_the_folder_may_be_is_not_kept(store):
    store.save(KEY, (np.zeros(20_000), "step"))

    assert store.load(KEY) is None


def test_files_of_others_are_left_alone(store):
    Path(store.folder).mkdir()
    mine = Path(store.folder, "mine.csv")
    mine.write_bytes(bytes(99_000))
    os.utime(mine, (0, 0))
    for n in range(6):
        store.save(f"{n:040d}", (np.zeros(3000), "step"))

    assert mine.exists()

    assert len(files(store)) == 5


def test_a_temporary_folder_that_is_gone_is_not_made_again(tmp_path):
    """On another machine, or when the search is over, memory has to do."""
    store = StepStore(str(tmp_path / "gone"), "data", 1000, stays=False)

    store.save(KEY, (1, "step"))

    assert not (tmp_path / "gone").exists()

    assert store.load(KEY) == (1, "step")


def test_threads_write_the_same_key_at_once(store):
    value = (np.arange(1000.0), "step")
    failed = []

    def work():
        for _ in range(20):
            store.save(KEY, value)
            _step_store._recent.clear()
            found = store.load(KEY)
            if found is None or not (found[0] == value[0]).all():
                failed.append(found)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []

    assert files(store) == [KEY + ".step"]


class TestRecentBlobs:
    def test_the_oldest_goes(self):
        recent = RecentBlobs(10)
        recent.put("a", b"1234")
        recent.put("b", b"1234")
        recent.get("a")
        recent.put("c", b"1234")

        assert [recent.get(key) for key in "abc"] == [b"1234", None, b"1234"]

        assert recent.n_bytes == 8

    def test_a_second_value_takes_the_place_of_the_first(self):
        recent = RecentBlobs(10)
        recent.put("a", b"12345678")
        recent.put("a", b"1234")

        assert recent.get("a") == b"1234"

        assert recent.n_bytes == 4

    def test_too_large(self):
        recent = RecentBlobs(3)
        recent.put("a", b"1234")

        assert recent.get("a") is None

    def test_clear(self):
        recent = RecentBlobs(10)
        recent.put("a", b"1234")
        recent.clear()

        assert (recent.get("a"), recent.n_bytes) == (None, 0)


class TestOpenSteps:
    X = np.arange(6.0).reshape(3, 2)
    y = np.array([0, 1, 0])

    def test_none(self):
        with open_steps(None, self.X, self.y) as store:
            assert store is None

    def test_a_temporary_folder_goes(self):
        with open_steps(SharedSteps(), self.X, self.y) as store:
            store.save(KEY, (1, "step"))
            assert files(store) == [KEY + ".step"]

        assert not Path(store.folder).exists()

        assert store.load(KEY) is None

    def test_also_after_an_interrupt(self):
        with (
            pytest.raises(KeyboardInterrupt),
            open_steps(SharedSteps(), self.X, self.y) as store,
        ):
            raise KeyboardInterrupt

        assert not Path(store.folder).exists()

    def test_a_folder_that_stays(self, tmp_path):
        folder = tmp_path / "a" / "b"
        with open_steps(SharedSteps(folder, 777), self.X, self.y) as store:
            store.save(KEY, (1, "step"))

        assert files(store) == [KEY + ".step"]

        assert (store.folder, store.max_bytes) == (str(folder), 777)

    def told(self, folder, X, y):
        with open_steps(SharedSteps(folder), X, y) as store:
            return store.data

    def test_equal_data_are_the_same(self, tmp_path):
        one = self.told(tmp_path, self.X, self.y)

        assert self.told(tmp_path, self.X.copy(), self.y.copy()) == one

    @pytest.mark.parametrize(
        "change",
        [
            lambda X, y: (X + 1, y),
            lambda X, y: (X, 1 - y),
            lambda X, y: (X.astype("f4"), y),
            lambda X, y: (pd.DataFrame(X), y),
            lambda X, y: (X.tolist(), y),
            lambda X, y: (X, None),
        ],
        ids=count(),
    )
    def test_other_data_are_others(self, tmp_path, change):
        one = self.told(tmp_path, self.X, self.y)

        assert self.told(tmp_path, *change(self.X, self.y)) != one

    def test_settings_of_scikit_learn_count(self, tmp_path):
        one = self.told(tmp_path, self.X, self.y)
        with sklearn.config_context(transform_output="pandas"):
            assert self.told(tmp_path, self.X, self.y) != one

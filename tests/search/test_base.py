"""What all faces share, seen with a face whose proposals depend on every result."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path
from types import SimpleNamespace

import joblib
import pytest
import sklearn
import stand_ins
from joblib import cpu_count
from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: F401 - OpenMP
from sklearn.model_selection import KFold
from stand_ins import (
    Erratic,
    Interrupting,
    Knob,
    LearningSearchCV,
    Logging,
    Probe,
    Slow,
    data,
    n_threads,
)

from sksearch import Choice, Float, HalvingSearchCV, TPESearchCV

# Forks of a process with threads are deprecated; that is the user's choice here.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

X, Y = data()
LEVEL = {"level": Float(0.0, 1.0)}
TESTS = Path(stand_ins.__file__).parent


def make(estimator, space=None, **words):
    return LearningSearchCV(
        estimator,
        space or LEVEL,
        **{"n_iter": 8, "cv": 3, "random_state": 0, **words},
    )


def levels(search):
    return [params["level"] for params in search.cv_results_["params"]]


def scores(search):
    return search.cv_results_["mean_test_score"].tolist()


# ------------------------------------------------------------------ the same search


def found_with(backend, n_jobs=2, n_iter=12):
    with joblib.parallel_config(backend):
        return levels(make(Erratic(), n_jobs=n_jobs, cv=5, n_iter=n_iter).fit(X, Y))


@pytest.fixture(scope="module")
def with_two_threads():
    return found_with("threading", 2)


def test_the_stand_in_depends_on_what_it_was_told():
    """Otherwise the tests below could not fail."""

    class Other(Knob):
        def score(self, X, y=None):
            return self.level + 1e-9

    one, other = (levels(make(est).fit(X, Y)) for est in (Knob(), Other()))

    assert one[0] == other[0]

    assert one[1:] != other[1:]

    assert found_with("threading", n_jobs=1) != found_with("threading", n_jobs=2)


@pytest.mark.parametrize(
    ("backend", "n_jobs"),
    [
        ("threading", 2),
        ("threading", 5),
        ("multiprocessing", 3),
        ("loky", 2),
        pytest.param("loky", 5, marks=pytest.mark.slow),
    ],
)
def test_neither_backend_nor_timing_nor_jobs_change_the_search(
    backend, n_jobs, with_two_threads
):
    assert found_with(backend, n_jobs) == with_two_threads


@pytest.mark.backends
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("cluster", ["dask_cluster", "ray_cluster"])
def test_clusters(cluster, request):
    """One start of a cluster for all that must hold there."""
    backend = request.getfixturevalue(cluster)
    expected = found_with("threading")

    assert found_with(backend) == expected

    assert found_with(backend) == expected

    with joblib.parallel_config(backend):
        processes = set(scores(make(Probe(what="process"), n_jobs=2).fit(X, Y)))
        with sklearn.config_context(working_memory=123):
            config = scores(make(Probe(what="config"), n_jobs=2, cv=2).fit(X, Y))
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            errors = scores(make(Probe(what="warning"), n_jobs=2, cv=2).fit(X, Y))
        with pytest.raises(RuntimeError, match="no fit in this mood"):
            make(stand_ins.Sturdy(mood="fit fails"), n_jobs=2, error_score="raise").fit(
                X, Y
            )

    assert os.getpid() not in processes

    assert config == [123] * 8

    assert errors == [1.0] * 8


# -------------------------------------------------------------------- what workers see


@pytest.mark.parametrize(
    ("backend", "action"),
    [("loky", "error"), ("threading", "ignore"), ("multiprocessing", "error")],
)
@pytest.mark.usefixtures("many_blas_threads")
def test_settings_and_limits_reach_the_workers(backend, action):
    environment = dict(os.environ)
    before = {user_api: n_threads(user_api) for user_api in ("openmp", "blas")}
    space = {"what": ["config", "warning", *before]}
    with (
        joblib.parallel_config(backend),
        sklearn.config_context(working_memory=123),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter(action, UserWarning)
        search = make(Probe(), space, n_iter=4, n_jobs=2, refit=False).fit(X, Y)
    seen = dict(zip(search.cv_results_["param_what"], scores(search), strict=True))

    assert seen["config"] == 123

    assert seen["warning"] == float(action == "error")

    for user_api, number in before.items():
        assert seen[user_api] <= max(cpu_count() // 2, 1)

        assert n_threads(user_api) == number

    assert dict(os.environ) == environment


@pytest.mark.usefixtures("many_blas_threads")
def test_threads_are_not_limited_without_workers():
    search = make(Probe(what="blas"), n_jobs=1, n_iter=1, refit=False).fit(X, Y)

    assert scores(search) == [n_threads("blas")]


# ------------------------------------------------------------------------- timeouts


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_timeout_stops_and_refits(n_jobs):
    start = time.monotonic()
    with joblib.parallel_config("threading"):
        search = make(Slow(seconds=0.01), n_iter=1000, timeout=0.4, n_jobs=n_jobs).fit(
            X, Y
        )

    assert time.monotonic() - start < 10

    assert search.end_reason_ == "timeout"

    assert len(levels(search)) < 500

    assert search.best_score_ == pytest.approx(max(levels(search)))

    assert search.best_estimator_.level == max(levels(search))


@pytest.mark.timeout(20)
def test_a_timeout_in_the_place_of_n_iter():
    """A number of candidates that nobody reaches costs nothing."""
    start = time.monotonic()
    search = make(Knob(), n_iter=10**6, timeout=0.1).fit(X, Y)

    assert time.monotonic() - start < 10

    assert len(levels(search)) >= 1


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_timeout_shorter_than_a_fit(n_jobs):
    with joblib.parallel_config("threading"):
        search = make(Slow(seconds=0.05), timeout=0.001, n_jobs=n_jobs).fit(X, Y)

    assert 1 <= len(levels(search)) <= 2

    assert hasattr(search, "best_estimator_")


@pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
def test_what_comes_before_the_first_fit_is_time_too(face, monkeypatch):
    now = [0.0]
    clock = SimpleNamespace(monotonic=lambda: now[0])
    monkeypatch.setattr("sksearch.engine.ending._budget.time", clock)
    monkeypatch.setattr("sksearch.search._base.time", clock)

    class Slowly(KFold):
        def split(self, *args, **params):
            now[0] += 2.0
            yield from super().split(*args, **params)

    search = face(Knob(), {"level": Float(0, 1)}, cv=Slowly(3), timeout=1.5).fit(X, Y)

    # One is always finished.
    assert len(search.cv_results_["params"]) == 1


@pytest.mark.slow
def test_timeout_does_not_wait_for_fits_in_processes():
    start = time.monotonic()
    with joblib.parallel_config("loky"):
        search = make(
            Slow(level=0.9, seconds=0.0),
            {"seconds": [0.001, 30.0, 30.5]},
            initial_points=[{"seconds": 0.001}, {"seconds": 30.0}],
            timeout=4,
            n_iter=3,
            n_jobs=2,
            refit=False,
        ).fit(X, Y)

    assert time.monotonic() - start < 20

    assert search.cv_results_["params"] == [{"seconds": 0.001}]


# ----------------------------------------------------------------------- callbacks


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_records_are_the_rows_of_the_results(n_jobs):
    records = []
    with joblib.parallel_config("threading"):
        search = make(Erratic(), callbacks=[records.append], n_jobs=n_jobs).fit(X, Y)

    assert [r.number for r in records] == list(range(8))

    assert [r.params for r in records] == search.cv_results_["params"]

    assert [r.score for r in records] == pytest.approx(scores(search))

    assert records[-1].best_number == search.best_index_

    assert records[-1].best_score == search.best_score_


def test_a_callback_stops_the_search():
    search = make(Knob(), callbacks=[lambda record: record.number == 2]).fit(X, Y)

    assert len(levels(search)) == 3

    assert search.best_score_ == pytest.approx(max(levels(search)))


def test_what_is_there_after_a_stop_never_depends_on_timing():
    found = []
    for _ in range(3):
        with joblib.parallel_config("threading"):
            search = make(
                Erratic(), n_iter=50, n_jobs=2, callbacks=lambda r: r.number == 3
            )
            found.append(levels(search.fit(X, Y)))

    assert found[0] == found[1] == found[2]

    assert len(found[0]) == 5


def test_callbacks_run_in_the_thread_of_the_search():
    threads = set()
    with joblib.parallel_config("threading"):
        make(
            Knob(),
            n_jobs=2,
            callbacks=[lambda r: threads.add(threading.current_thread())],
        ).fit(X, Y)

    assert threads == {threading.current_thread()}


# ------------------------------------------------- callbacks of scikit-learn >= 1.9


class Recorder:
    """Counts its hooks by the name of the task, by files: fits may be elsewhere."""

    def __init__(self, folder):
        self.folder = str(folder)

    def write(self, hook, context, estimator):
        name = f"{hook} {context.task_name} {type(estimator).__name__}"
        Path(self.folder, f"{name}.{time.monotonic_ns()}.{os.getpid()}").touch()

    def setup(self, estimator, context):
        self.write("setup", context, estimator)

    def teardown(self, estimator, context):
        self.write("teardown", context, estimator)

    def on_fit_task_begin(self, estimator, context):
        self.write("begin", context, estimator)

    def on_fit_task_end(self, estimator, context):
        self.write("end", context, estimator)

    def count(self, hook, task):
        return len(list(Path(self.folder).glob(f"{hook} {task} LearningSearchCV.*")))


@pytest.mark.parametrize("n_jobs", [1, 2])
@pytest.mark.parametrize("refit", [True, False])
def test_hooks_of_scikit_learns_callbacks(tmp_path, n_jobs, refit):
    pytest.importorskip("sklearn.callback", reason="new in scikit-learn 1.9")
    recorder = Recorder(tmp_path)
    search = make(Knob(), n_jobs=n_jobs, refit=refit).set_callbacks(recorder)
    with joblib.parallel_config("threading"):
        search.fit(X, Y)

    for hook in ("begin", "end"):
        assert recorder.count(hook, "search") == 1

        assert recorder.count(hook, "candidate-split-evaluation") == 24

        assert recorder.count(hook, "refit-with-best-params") == int(refit)

        assert recorder.count(hook, "*") == 26 + int(refit)

    assert recorder.count("setup", "*") == recorder.count("teardown", "*") == 1


def test_hooks_of_scikit_learns_callbacks_of_fits_that_fail(tmp_path):
    pytest.importorskip("sklearn.callback", reason="new in scikit-learn 1.9")
    recorder = Recorder(tmp_path)
    search = make(
        stand_ins.Sturdy(), {"mood": ["good", "fit fails"]}, n_iter=2, error_score=0.0
    ).set_callbacks(recorder)
    with pytest.warns(sklearn.exceptions.FitFailedWarning):
        search.fit(X, Y)

    assert recorder.count("begin", "candidate-split-evaluation") == 6

    assert recorder.count("end", "candidate-split-evaluation") == 6


# -------------------------------------------------------------------------- Ctrl-C


@pytest.fixture
def default_handler():
    """Handle SIGINT as Python does when it is started from a terminal."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, previous)


def press():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.01)


@pytest.mark.usefixtures("default_handler")
class TestInterruptHere:
    def test_in_a_fit(self):
        points = [{"level": 0.2}, {"level": 0.4}, {"level": 0.95}]
        search = make(Interrupting(at=0.9), initial_points=points)

        with pytest.warns(UserWarning, match="Interrupted: 2 candidates? finished"):
            search.fit(X, Y)

        assert levels(search) == [0.2, 0.4]

        assert search.best_estimator_.level == 0.4

        assert search.best_index_ == 1

    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_in_a_callback(self, n_jobs):
        search = make(
            Knob(),
            n_iter=50,
            n_jobs=n_jobs,
            callbacks=[lambda record: press() if record.number == 3 else None],
        )
        with (
            joblib.parallel_config("threading"),
            pytest.warns(UserWarning, match="Interrupted"),
        ):
            search.fit(X, Y)

        assert 4 <= len(levels(search)) <= 6

        assert search.best_score_ == pytest.approx(max(levels(search)))

    def test_in_the_last_callback(self):
        search = make(
            Knob(), n_iter=3, callbacks=[lambda r: press() if r.number == 2 else None]
        ).fit(X, Y)

        assert len(levels(search)) == 3

    def test_before_the_first_candidate_is_complete(self):
        search = make(Interrupting(at=0.0))

        with pytest.raises(KeyboardInterrupt):
            search.fit(X, Y)

        assert not hasattr(search, "cv_results_")

    def test_twice_in_a_callback(self):
        def twice(record):
            press()
            press()

        with pytest.warns(UserWarning, match="Interrupted"):
            search = make(Knob(), callbacks=[twice]).fit(X, Y)

        assert len(levels(search)) == 1

    def test_during_the_refit(self):
        class Refit(Knob):
            def fit(self, X, y=None):
                if len(X) == len(Y):
                    press()
                return super().fit(X, y)

        search = make(Refit())

        with pytest.raises(KeyboardInterrupt):
            search.fit(X, Y)

        assert len(levels(search)) == 8  # what was found is there

    def test_a_second_time_during_the_refit(self):
        class Refit(Interrupting):
            def fit(self, X, y=None):
                if len(X) == len(Y):
                    press()
                return super().fit(X, y)

        points = [{"level": 0.2}, {"level": 0.95}]
        search = make(Refit(at=0.9), initial_points=points)

        with (
            pytest.warns(UserWarning, match="Interrupted: 1 candidate finished"),
            pytest.raises(KeyboardInterrupt),
        ):
            search.fit(X, Y)

        assert levels(search) == [0.2]

    def test_the_handler_is_put_back(self):
        make(Knob(), n_iter=2).fit(X, Y)

        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def test_a_search_in_another_thread_runs_without_a_handler(self):
        found = []
        thread = threading.Thread(
            target=lambda: found.append(make(Knob(), n_iter=2).fit(X, Y))
        )
        thread.start()
        thread.join()

        assert len(levels(found[0])) == 2


SCRIPT = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from sksearch import Float, TPESearchCV
from stand_ins import Slow, data

class Refitted(Slow):
    def fit(self, X, y=None):
        if len(X) == 40:
            print("refit", flush=True)
            time.sleep({refit_seconds})
        return super().fit(X, y)

def tell(record):
    print("done", record.number, flush=True)

X, y = data()
search = TPESearchCV(
    Slow(seconds={seconds}) if {n_jobs} > 1 and not {refit_seconds}
    else Refitted(seconds={seconds}),
    {{"level": Float(0, 1)}}, n_iter=2000, cv=2, n_jobs={n_jobs}, callbacks=[tell],
)
print("begin", flush=True)
search.fit(X, y)
n = len(search.cv_results_["params"])
best = search.best_estimator_.level == search.best_score_
print("fitted", n, best, search.predict(X).shape, flush=True)
"""


class Script:
    """A search in a process of its own, which is also the head of a process group."""

    def __init__(self, **words):
        code = SCRIPT.format(**{"seconds": 0.02, "refit_seconds": 0.0, **words})
        path = os.pathsep.join([str(TESTS), *filter(None, sys.path)])
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": "default"},
            start_new_session=True,
        )
        self.lines = []

    def wait_for(self, text):
        for line in self.process.stdout:
            self.lines.append(line.strip())
            if line.startswith(text):
                return
        pytest.fail(f"no line {text!r}: {self.lines}\n{self.process.stderr.read()}")

    def end(self):
        """Return the exit status, the last line and what stood on stderr."""
        out, err = self.process.communicate(timeout=30)
        self.lines += out.splitlines()
        return self.process.returncode, self.lines[-1], err

    def others(self):
        """Return the processes of the group that are alive."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            if int(fields[2]) == self.process.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found

    def orphans(self, seconds=5.0):
        """Return the processes of the group that are alive after some seconds."""
        end = time.monotonic() + seconds
        while (found := self.others()) and time.monotonic() < end:
            time.sleep(0.1)
        return found


@pytest.fixture
def script():
    started = []

    def start(**words):
        started.append(Script(**words))
        return started[-1]

    yield start
    for one in started:
        for pid in one.others():
            os.kill(pid, signal.SIGKILL)
        one.process.communicate()


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="looks for processes in /proc"
)


@needs_proc
class TestInterruptElsewhere:
    @pytest.mark.parametrize(
        ("n_jobs", "group"),
        [
            pytest.param(1, True, marks=pytest.mark.slow),
            pytest.param(2, True, marks=pytest.mark.slow),
            pytest.param(2, False, marks=pytest.mark.slow),
        ],
        ids=["1", "2-terminal", "2-process"],
    )
    def test_what_was_done_is_kept(self, script, n_jobs, group):
        run = script(n_jobs=n_jobs)
        run.wait_for("done 3")
        (os.killpg if group else os.kill)(run.process.pid, signal.SIGINT)
        status, last, err = run.end()

        assert status == 0, err

        word, n, best, shape = last.split(maxsplit=3)

        assert (word, best, shape) == ("fitted", "True", "(40,)")

        assert 4 <= int(n) < 1000

        assert "Interrupted: " in err

        # Ctrl-C in a terminal reaches the workers, too: one that has just started, or
        # has nothing to do, says so. The search itself does not.
        assert err.count("Traceback") == err.count("Process LokyProcess")

        assert run.orphans() == []

    @pytest.mark.slow
    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_before_the_first_candidate_is_complete(self, script, n_jobs):
        run = script(n_jobs=n_jobs, seconds=30)
        run.wait_for("begin")
        time.sleep(1)
        os.kill(run.process.pid, signal.SIGINT)
        status, last, err = run.end()

        assert status != 0

        assert last == "begin"

        assert "KeyboardInterrupt" in err

        assert run.orphans() == []

    @pytest.mark.slow
    def test_the_second_one_stops_the_refit_at_once(self, script):
        run = script(n_jobs=1, refit_seconds=60)
        run.wait_for("done 1")
        os.kill(run.process.pid, signal.SIGINT)
        run.wait_for("refit")
        start = time.monotonic()
        os.kill(run.process.pid, signal.SIGINT)
        status, last, err = run.end()

        assert time.monotonic() - start < 20

        assert status != 0

        assert last == "refit"

        assert "KeyboardInterrupt" in err


# ------------------------------------------------------------------ a fitted search


@pytest.mark.slow
def test_a_fit_that_fails_leaves_the_workers_alone(tmp_path):
    with (
        joblib.parallel_config("loky"),
        pytest.raises(RuntimeError, match="no fit in this mood"),
    ):
        make(stand_ins.Sturdy(mood="fit fails"), n_jobs=2, error_score="raise").fit(
            X, Y
        )

    with joblib.parallel_config("loky"):
        search = make(Logging(folder=str(tmp_path)), n_jobs=2, n_iter=4).fit(X, Y)

    assert len(levels(search)) == 4

    assert len(list(tmp_path.iterdir())) == 4 * 3 + 1


def test_each_fold_is_fitted_once(tmp_path):
    with joblib.parallel_config("loky"):
        make(Logging(folder=str(tmp_path)), n_jobs=2, n_iter=10, cv=4, refit=False).fit(
            X, Y
        )

    assert len(list(tmp_path.iterdir())) == 40


def test_a_fitted_search_holds_nothing_of_its_run():
    search = make(Knob()).fit(X, Y)

    assert len(pickle.dumps(search)) < 20_000

    assert {name for name in vars(search) if name.endswith("_")} == {
        "best_estimator_",
        "best_index_",
        "best_params_",
        "best_score_",
        "cv_results_",
        "end_counts_",
        "timeline_",
        "end_reason_",
        "failures_",
        "space_",
        "suggestions_",
        "multimetric_",
        "n_splits_",
        "refit_time_",
        "scorer_",
    }


def test_a_choice_as_the_estimator_is_not_changed():
    choice = Choice({"a": Knob(0.1), "b": Knob(0.9)})
    before = repr(choice)
    search = make(choice, {"estimator__level": Float(0, 1)}, n_iter=6).fit(X, Y)

    assert search.estimator is choice

    assert repr(choice) == before

    assert not any(hasattr(value, "classes_") for value in choice.values)

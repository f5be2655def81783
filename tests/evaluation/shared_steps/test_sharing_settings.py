"""What `cache` may be."""

import pickle
from itertools import count
from pathlib import Path

import pytest
from sklearn.base import clone

from sksearch import SharedSteps
from sksearch.evaluation import as_shared_steps


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (None, None),
        (False, None),
        (True, SharedSteps()),
        ("folder", SharedSteps("folder")),
        (Path("folder"), SharedSteps(Path("folder"))),
        (SharedSteps(max_bytes=7), SharedSteps(None, 7)),
        ("2024", SharedSteps("2024")),
    ],
    ids=count(),
)
def test_values_of_cache(given, wanted):
    assert as_shared_steps(given) == wanted


@pytest.mark.parametrize("size", ["2 GB", "500MB", "1.5 GiB", "2gb", "3G"])
def test_a_size_is_not_taken_for_a_folder(size):
    with pytest.raises(ValueError, match=r"a size: write SharedSteps\(max_bytes=") as e:
        as_shared_steps(size)

    assert str(e.value).startswith("The 'cache' parameter must be True")


def test_a_file_is_not_a_folder(tmp_path):
    path = tmp_path / "file"
    path.write_text("mine")

    with pytest.raises(ValueError, match="is a file"):
        as_shared_steps(path)


@pytest.mark.parametrize(
    ("fields", "error", "text"),
    [
        ({"folder": 3}, TypeError, "folder must be a path or None, got 3"),
        ({"folder": " "}, ValueError, "got an empty text"),
        ({"max_bytes": 0}, ValueError, "max_bytes must be at least 1, got 0"),
        ({"max_bytes": 2e9}, TypeError, "max_bytes must be an int, got 2000000000.0"),
        ({"max_bytes": True}, TypeError, "max_bytes must be an int, got True"),
    ],
)
def test_bad_fields(fields, error, text):
    with pytest.raises(error, match=text):
        SharedSteps(**fields)


def test_it_is_a_plain_value():
    settings = SharedSteps("folder", 5)

    assert clone(settings, safe=False) == settings

    assert pickle.loads(pickle.dumps(settings)) == settings

    assert hash(settings) == hash(SharedSteps("folder", 5))

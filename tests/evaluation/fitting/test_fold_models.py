import pickle
import threading

import pytest
from sklearn.naive_bayes import GaussianNB

from sksearch.evaluation import Checkpoint, FoldModels


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def models(tmp_path):
    return FoldModels(str(tmp_path), 4)


def test_what_is_saved_is_found(models):
    models.save(2, Checkpoint(GaussianNB(var_smoothing=0.5), 7))
    found = pickle.loads(pickle.dumps(models)).load(2)

    assert (found.amount, found.finished) == (7, False)

    assert found.model.var_smoothing == 0.5


def test_the_last_one_counts(models, tmp_path):
    for amount in (1, 3):
        models.save(0, Checkpoint(GaussianNB(), amount))

    assert models.load(0).amount == 3

    assert len(names(tmp_path)) == 1


def test_what_was_defined_in_a_script(models):
    class Local(GaussianNB):
        pass

    models.save(0, Checkpoint(Local(), 1))

    assert type(models.load(0).model).__name__ == "Local"


def test_there_may_be_none(models, tmp_path):
    assert models.load(0) is None

    models.save(0, None)
    FoldModels(str(tmp_path), 4, keep=False).save(0, Checkpoint(GaussianNB(), 1))

    assert names(tmp_path) == []


def test_what_cannot_be_pickled_leaves_what_was_there(models, tmp_path):
    models.save(0, Checkpoint(GaussianNB(), 1))
    models.save(0, Checkpoint(threading.Lock(), 3))

    assert models.load(0).amount == 1

    assert len(names(tmp_path)) == 1


def test_a_folder_that_is_not_here(tmp_path):
    models = FoldModels(str(tmp_path / "elsewhere"), 0)
    models.save(0, Checkpoint(GaussianNB(), 1))
    models.drop()

    assert models.load(0) is None

    assert names(tmp_path) == []


def test_a_broken_file(models, tmp_path):
    models.save(0, Checkpoint(GaussianNB(), 1))
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:20])

    assert models.load(0) is None


def test_only_its_own_are_dropped(models, tmp_path):
    other = FoldModels(str(tmp_path), 44)
    for fold in (0, 1):
        for each in (models, other):
            each.save(fold, Checkpoint(GaussianNB(), 1))
    models.drop()

    assert models.load(0) is models.load(1) is None

    assert other.load(0).amount == other.load(1).amount == 1

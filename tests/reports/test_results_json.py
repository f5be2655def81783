import json

import numpy as np
import pytest
from report_tables import facts_of, table_of
from sklearn.svm import SVC

from sksearch.reports._results_json import read_results, write_results


def there_and_back(table, facts, settings=None, objects=None):
    text = write_results(table, facts, settings or {})
    json.loads(text, parse_constant=pytest.fail)  # no NaN, which JSON does not have
    return read_results(text, "file.json", objects or {})


def test_columns_come_back():
    params = [{"C": 1}, {"C": None}, {"size": (3, 4)}]
    column = np.ma.MaskedArray([1, None, 0], mask=[0, 0, 1], dtype=object)
    table = table_of(params, [0.1, float("nan"), float("inf")], param_C=column)

    found, facts, _ = there_and_back(table, facts_of(params))

    assert list(found) == [*(n for n in table if n != "params"), "params"]

    assert found["params"] == params

    assert found["param_C"].mask.tolist() == [False, False, True]

    assert found["param_C"].tolist() == [1, None, None]

    np.testing.assert_array_equal(found["mean_test_score"], table["mean_test_score"])

    assert found["rank_test_score"].dtype == table["rank_test_score"].dtype

    assert facts == facts_of(params)


def test_objects_are_written_for_people_and_read_as_labels():
    params = [{"clf": SVC(C=3), "f": len}]
    facts = facts_of(params, labels=[{"clf": "svm"}])
    table = table_of(params, [0.1])

    record = json.loads(write_results(table, facts, {}))
    clf, f = record["params"][0].values()

    assert clf["label"] == "svm"

    written = record["objects"][clf["object"]]
    assert written["class"] == "sklearn.svm._classes.SVC"

    assert written["params"]["C"] == 3

    assert record["objects"][f["object"]] == {"text": "<built-in function len>"}

    assert there_and_back(table, facts)[0]["params"] == [{"clf": "svm", "f": "len"}]


def test_an_object_is_described_once():
    own = SVC()
    params = [{"clf": own}, {"clf": own}, {"clf": SVC()}]

    record = json.loads(
        write_results(table_of(params, [0.1, 0.2, 0.3]), facts_of(params), {})
    )

    assert [p["clf"]["object"] for p in record["params"]] == [0, 0, 1]

    assert len(record["objects"]) == 2


def test_objects_can_be_given_for_labels():
    params = [{"clf": SVC()}]
    own = SVC()

    found, _, _ = there_and_back(
        table_of(params, [0.1]), facts_of(params), objects={"SVC": own}
    )

    assert found["params"][0]["clf"] is own


def test_settings_are_plain_or_texts():
    settings = {
        "n_iter": np.int64(5),
        "error_score": float("nan"),
        "scoring": ["a", "b"],
        "param_distributions": {"clf": [SVC(C=2)]},
        "sampler_params": {"n": 1},
    }

    _, _, found = there_and_back({"params": []}, None, settings)

    assert np.isnan(found.pop("error_score"))

    assert found == {
        "n_iter": 5,
        "scoring": ["a", "b"],
        "param_distributions": "{'clf': [SVC(C=2)]}",
        "sampler_params": {"n": 1},
    }


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"a": 1}', "hello"])
def test_what_is_something_else(text):
    with pytest.raises(ValueError, match=r"'file.json' does not hold results of sks"):
        read_results(text, "file.json", {})


def test_another_format():
    with pytest.raises(ValueError, match=r"has format 2, this version .* reads 1"):
        read_results('{"sksearch_results": 2}', "file.json", {})

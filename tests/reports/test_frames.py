import sys

import numpy as np
import pytest

from sksearch.reports._frames import frame_of, kind_of_values
from sksearch.reports._table_columns import INACTIVE

COLUMNS = {
    "score": np.array([0.5, 0.25]),
    "whole": [1, 2],
    "some": [1, INACTIVE],
    "real": [INACTIVE, 0.5],
    "flag": [True, INACTIVE],
    "text": ["a", INACTIVE],
    "words": ["a", "b"],
    "none": [None, INACTIVE],
    "either": [None, 3],
    "tuple": [(1, 2), INACTIVE],
    "numbers": [1, 2.5],
    "huge": [2**70, 1],
    "nan": [float("nan"), INACTIVE],
}


def test_pandas():
    pandas = pytest.importorskip("pandas")

    frame = frame_of(COLUMNS, "pandas")

    assert isinstance(frame, pandas.DataFrame)

    types = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    words = types.pop("words")
    assert words in {"str", "object"}  # before pandas 3
    assert types == {
        "score": "float64",
        "whole": "int64",
        "some": "Int64",
        "real": "Float64",
        "flag": "boolean",
        "text": "string",
        "none": "object",
        "either": "object",
        "tuple": "object",
        "numbers": "float64",
        "huge": "object",
        "nan": "object",
    }

    assert frame["none"].tolist() == [None, pandas.NA]

    assert frame["either"].tolist() == [None, 3]

    assert frame["tuple"][0] == (1, 2)

    assert np.isnan(frame["nan"][0])


def test_polars():
    polars = pytest.importorskip("polars")

    frame = frame_of(COLUMNS, "polars")

    assert isinstance(frame, polars.DataFrame)

    assert frame["some"].to_list() == [1, None]

    assert frame["some"].dtype == polars.Int64

    assert frame["flag"].dtype == polars.Boolean

    assert frame["none"].to_list() == ["None", None]

    assert frame["either"].to_list() == ["None", "3"]

    assert frame["tuple"].to_list() == ["(1, 2)", None]

    assert frame["words"].to_list() == ["a", "b"]


def test_arrays():
    frame = frame_of(COLUMNS, "dict")

    assert frame["whole"].dtype.kind == "i"

    assert frame["some"].dtype.kind == "i"

    assert frame["some"].mask.tolist() == [False, True]

    assert frame["none"].mask.tolist() == [False, True]

    assert frame["none"][0] is None

    assert frame["either"].tolist() == [None, 3]

    assert frame["tuple"][0] == (1, 2)


def test_without_a_name_the_first_that_is_installed(monkeypatch):
    for name, expected in [
        (None, "pandas.DataFrame"),
        ("pandas", "polars.DataFrame"),
        ("polars", "builtins.dict"),
    ]:
        if name:
            monkeypatch.setitem(sys.modules, name, None)
        kind = type(frame_of({"a": [1]}))

        assert f"{kind.__module__.split('.')[0]}.{kind.__name__}" == expected


def test_a_library_that_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install pandas\. library='dict' needs"):
        frame_of({"a": [1]}, "pandas")


@pytest.mark.parametrize("library", ["panda", 3, [], ""])
def test_no_such_library(library):
    with pytest.raises(ValueError, match="library must be one of 'pandas', 'polars'"):
        frame_of({"a": [1]}, library)

    if library == "panda":
        with pytest.raises(ValueError, match="Did you mean 'pandas'"):
            frame_of({"a": [1]}, library)


def test_numbers_and_booleans_have_no_common_type():
    assert kind_of_values([True, 1]) is None

"""The recipes for streams and for one machine do what docs/en/guides/many-machines.md says."""

import pandas as pd
import polars as pl
import pyarrow.parquet
import pytest

from recipes import TOTALS, leads, recipes, run


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    leads(tmp_path)


def scored():
    return pyarrow.parquet.read_table("scored.parquet")["Fit"].to_pylist()


def test_duckdb():
    relation, stream = recipes("DuckDB")
    assert run(relation)["stars"] == [(1, 100), (2, 100), (3, 100)]
    run(stream)
    assert scored() == TOTALS * 100


def test_polars():
    [recipe] = recipes("polars, lazily")
    run(recipe)
    assert pl.read_parquet("scored.parquet")["Fit"].to_list() == [42, 35] * 100


def test_pandas():
    [recipe] = recipes("pandas, in chunks")
    run(recipe.replace("100_000", "70"))
    assert pd.read_csv("scored.csv")["Fit"].tolist() == TOTALS * 100


def test_pyarrow():
    [recipe] = recipes("pyarrow, file by file")
    run(recipe)
    assert scored() == TOTALS * 100

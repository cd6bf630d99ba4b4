"""The recipes for PySpark and Ray in docs/en/guides/many-machines.md, run for real on this machine.

They want the extra `cluster` and, for Spark, Java 17 or later; nothing is skipped without.
"""

import os
import shutil
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet
import pytest

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from recipes import TOTALS, leads, recipes, run


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    leads(tmp_path)


@pytest.fixture
def spark(tmp_path, monkeypatch):
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.fail("Spark needs Java: install a JDK or JRE of version 17 or later, or set JAVA_HOME")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.files.maxPartitionBytes": "4k",  # several tasks, also for a small file
        "spark.sql.files.openCostInBytes": "0",
        "spark.sql.warehouse.dir": str(tmp_path / "warehouse"),
    }
    builder = SparkSession.builder.master("local[2]").appName("jalon")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def counted():
    table = pyarrow.parquet.read_table("scored.parquet")
    assert table.column_names[:5] == ["Email", "Country", "Seen", "Fit", "Fit_stars"]
    return Counter(table["Fit"].to_pylist())


def test_spark(spark):
    [recipe] = recipes("PySpark")
    run(recipe, spark=spark)
    assert counted() == {total: 100 for total in TOTALS}


def test_ray():
    import ray

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=100 << 20)
    try:
        [recipe] = recipes("Ray Data")
        run(recipe)
    finally:
        ray.shutdown()
    assert counted() == {total: 100 for total in TOTALS}

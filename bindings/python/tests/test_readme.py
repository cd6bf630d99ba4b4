"""The README says what the package does."""

import doctest
from pathlib import Path


def test_readme():
    failed, tried = doctest.testfile(
        str(Path(__file__).parents[1] / "README.md"), module_relative=False
    )
    assert tried and not failed

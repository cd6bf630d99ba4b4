"""The stubs say what the compiled module does, and the package type-checks."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["mypy.stubtest", "jalon._native", "--mypy-config-file", "pyproject.toml"],
        ["mypy", "--config-file", "pyproject.toml"],
        ["mypy", "--config-file", "pyproject.toml", "tests/typed_use.py"],
    ],
    ids=["stubs", "package", "use"],
)
def test_types(arguments):
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr

"""The recipes of docs/en/guides/many-machines.md, to be run as they stand there."""

import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

_PAGE = Path(__file__).parents[3] / "docs/en/guides/many-machines.md"

#: By country and date: 35 + 7, 0, 35; over and over.
TOTALS = [42, 0, 35]


def recipes(heading: str) -> list[str]:
    """The Python texts under a heading."""
    [section] = re.findall(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", _PAGE.read_text("utf-8"), re.M | re.S
    )
    return re.findall(r"```python\n(.*?)```", section, re.S)


def leads(folder: Path, times: int = 100) -> None:
    """Writes the program and the leads that the recipes read."""
    [program] = re.findall(r"```jalon\n(.*?)```", _PAGE.read_text("utf-8"), re.S)
    (folder / "leads.jalon").write_text(program, "utf-8")
    table = pa.table({
        "Email": ["a@exemple.fr", None, "c@exemple.fr"] * times,
        "Country": ["MONACO", "Spain", "France"] * times,
        "Seen": [date(2026, 6, 20), date(2026, 1, 1), None] * times,
    })
    pyarrow.parquet.write_table(table, folder / "leads.parquet", row_group_size=2 * times)
    pyarrow.csv.write_csv(table, folder / "leads.csv")


def run(recipe: str, **names: object) -> dict[str, object]:
    """Runs a recipe as a program of its own; what it named."""
    # functions of a main program travel to other processes by value
    names["__name__"] = "__main__"
    exec(recipe, names)
    return names

"""The notebook of the examples: run from the top, it shows what it keeps.

``python tests/test_notebook.py`` runs it and keeps what it shows now.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[3] / "examples" / "notebook" / "leads.ipynb"


def executed():
    """The notebook with what its cells show now."""
    notebook = nbformat.read(NOTEBOOK, 4)
    folder = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=folder).execute()
    return notebook


class Cells(HTMLParser):
    """The texts of a table, without its looks."""

    def __init__(self):
        super().__init__()
        self.texts, self.style = [], False

    def handle_starttag(self, tag, attrs):
        self.style = tag == "style"

    def handle_endtag(self, tag):
        self.style = False

    def handle_data(self, data):
        if data.strip() and not self.style:
            self.texts.append(data.strip())


def shown(cell):
    """What a cell shows, that is to be the same: all but pixels and the looks of other libraries' tables."""
    told = []
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            # what is printed arrives in one piece or in several, as time has it
            before = told.pop()[1] if told and told[-1][0] == output.name else ""
            told.append((output.name, before + output.text))
            continue
        data = dict(output.data)
        image = data.pop("image/png", None)
        if image is not None:
            told.append(("image/png", "a picture"))
        if 'class="dataframe"' in data.get("text/html", ""):
            # how a frame is drawn with lines differs between versions and encodings of a terminal
            data.pop("text/plain")
            table = Cells()
            table.feed(data["text/html"])
            data["text/html"] = "\n".join(table.texts)
        told += sorted(data.items())
    return told


@pytest.fixture(scope="module")
def run():
    return executed()


def kept_and_now(run):
    return list(zip(nbformat.read(NOTEBOOK, 4).cells, run.cells, strict=True))


def test_every_cell_shows_what_is_kept(run):
    for kept, now in kept_and_now(run):
        assert shown(now) == shown(kept), (
            f"cell `{kept.id}` shows something else than what is kept; if that is right,"
            " `python tests/test_notebook.py` keeps it"
        )


def test_it_was_run_from_the_top_and_is_whole(run):
    code = [cell for cell in nbformat.read(NOTEBOOK, 4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    shapes = {kind for output in outputs for kind in output.get("data", ())}
    assert {"text/plain", "text/html", "image/png", "image/svg+xml"} <= shapes
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not re.search(r"/(home|root|work|tmp|Users)/", text), "a path of somebody's machine"


def test_its_links_lead_somewhere():
    for cell in nbformat.read(NOTEBOOK, 4).cells:
        if cell.cell_type == "markdown":
            for link in re.findall(r"\]\(([^)#]+)", cell.source):
                assert (NOTEBOOK.parent / link).exists(), f"cell `{cell.id}`: {link}"


if __name__ == "__main__":
    fresh = executed()
    for cell in fresh.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop("needs_background", None)
    fresh.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(fresh, NOTEBOOK)

"""The README says what the package does."""

import doctest
import re
from pathlib import Path

import jalon


def test_readme():
    failed, tried = doctest.testfile(
        str(Path(__file__).parents[1] / "README.md"), module_relative=False
    )
    assert tried and not failed


def test_example_of_the_project(capsys, monkeypatch):
    root = Path(__file__).parents[3]
    blueprint, scores, rules = re.findall(
        r"```python\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL
    )
    monkeypatch.chdir(root)
    names = {}
    exec(blueprint, names)
    assert capsys.readouterr().out.splitlines() == [
        "Examen juridique False Bruno n'est pas propriétaire de cette transition ; le sont : groupe"
        " Équipe juridique, propriétaire de la fiche",
        "Perdre True",
        "reste à cocher : Conditions générales, Pouvoirs du signataire",
        "Date de clôture est obligatoire",
        "le montant doit atteindre 1 000 €",
        "Examen juridique 4000 ['keep', 'task']",
    ]
    exec(scores, names)
    assert capsys.readouterr().out.startswith("65 chaud\nAppétence: 65 points")
    assert names["scored"].height == 45_211
    assert names["scored"]["Appétence"].max() == 90
    exec(rules, names)
    printed = capsys.readouterr().out
    assert printed.startswith("Monaco 2026-07-01\n{'e1/Monaco/prospects/42/1': 7}\nPays: ")

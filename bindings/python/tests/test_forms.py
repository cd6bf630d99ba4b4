"""Criteria and rules in other people's forms."""

import pickle

import jalon
import pytest

PROGRAM = """\
module Prospects (Leads)
  Ville (City) : texte
  Montant : devise
  Budget : nombre
"""
QUERY = {
    "combinator": "and",
    "rules": [{"field": "City", "operator": "in", "value": ["Nice", "Monaco"]}],
}
COMPARED = {
    "combinator": "and",
    "rules": [
        {"field": "Montant", "operator": ">", "value": "Budget", "valueSource": "field"},
    ],
}


def test_criteria_come_from_other_forms() -> None:
    assert jalon.import_criterion("querybuilder", QUERY) == "City IS Nice, Monaco"
    assert jalon.import_criterion("querybuilder", QUERY, lang="fr") == "City EST Nice, Monaco"
    program = jalon.parse(PROGRAM)
    text = jalon.import_criterion("querybuilder", COMPARED, program=program)
    assert text == "Montant > Prospects.Budget"
    with pytest.raises(jalon.LeftOutError) as caught:
        jalon.import_criterion("querybuilder", COMPARED)
    assert [part.at for part in caught.value.left_out] == ["/rules/0/value"]
    assert pickle.loads(pickle.dumps(caught.value)).left_out == caught.value.left_out
    with pytest.raises(ValueError, match="excel"):
        jalon.import_criterion("excel", QUERY)
    with pytest.raises(jalon.UnknownNameError):
        jalon.import_criterion("zoho", QUERY, program=program, module="Comptes")


@pytest.mark.parametrize("form", ["querybuilder", "zoho", "pattern"])
def test_criteria_go_to_other_forms_and_come_back(form: str) -> None:
    program = jalon.parse(PROGRAM)
    theirs = program.criterion("Ville EST Nice ET Montant ENTRE 1 ET 2").export(form)
    back = jalon.import_criterion(form, theirs, program=program)
    assert back == "City EST Nice ET Montant ENTRE 1 ET 2"


def test_what_a_form_does_not_have_is_told() -> None:
    criterion = jalon.criterion("Nom NE COMMENCE PAS PAR a")
    with pytest.raises(jalon.LeftOutError, match="Zoho"):
        criterion.export("zoho")
    with pytest.raises(ValueError, match="names="):
        criterion.export("querybuilder", names="id")


def test_rules_come_with_what_is_not_in_them() -> None:
    xml = "<Workflow><rules><fullName>R</fullName><active>false</active></rules></Workflow>"
    rules = jalon.import_rules("salesforce", xml)
    assert rules.text == ""
    assert "désactivée" in rules.left_out[0].fr

"""What programs say, and what changes from one to another."""

import copy
import pickle

import jalon
import pytest

OLD = """
module Prospects
  Nom     : texte
  Pays    : liste France, Monaco
  Montant : nombre

règle Relance sur Prospects
  quand créé
  si Pays EST France ET Montant > 1000
  alors
    Nom : vide

score Intérêt sur Prospects
  +10 si Nom N'EST PAS VIDE

parcours Vente sur Prospects, champ Pays
  états France
  gagné Monaco
  transition "Partir" de France vers Monaco
"""


def test_a_criterion_is_a_sentence() -> None:
    criterion = jalon.criterion("Country IS France, Monaco AND Amount > 1000")
    assert criterion.sentence() == "Country is France or Monaco, and Amount is greater than 1000"
    assert criterion.sentence("fr") == "Country est France ou Monaco, et Amount dépasse 1000"
    with pytest.raises(ValueError, match="de"):
        criterion.sentence("de")


def test_a_program_says_its_rules_scores_and_blueprints() -> None:
    program = jalon.parse(OLD)
    told = program.say("en")
    assert [(one["kind"], one["name"]) for one in told] == [
        ("rule", "Relance"),
        ("score", "Intérêt"),
        ("blueprint", "Vente"),
    ]
    assert told[0]["text"] == program.say_rule("relance", "en")
    assert program.say_rule("Relance").startswith("Quand une fiche de Prospects est créée, si ")
    assert program.say_score() == program.say_score("Intérêt", "fr") == program.say()[1]["text"]
    assert "from France to Monaco" in program.say_blueprint("Vente", "en")
    with pytest.raises(jalon.UnknownNameError, match="Relance"):
        program.say_rule("Relanse")


def test_what_changes_is_typed_and_reported() -> None:
    old = jalon.parse(OLD)
    new = jalon.parse(OLD.replace("Montant > 1000", "Montant > 2000").replace("+10", "+20"))
    found = jalon.diff(old, new)
    assert found
    assert len(found) == 2
    rule, score = found
    assert (rule.of, rule.change, rule.name, rule.module) == (
        "rule",
        "changed",
        "Relance",
        "Prospects",
    )
    [criterion] = rule.changes
    [condition] = criterion.changes
    assert condition.before == {"fr": "Montant dépasse 1000", "en": "Montant is greater than 1000"}
    assert condition.after is not None
    assert condition.after["en"] == "Montant is greater than 2000"
    [line] = score.changes
    assert [part.of for part in line.changes] == ["points"]
    assert "− ajouter 10 points" in found.report()
    assert "− add 10 points" in found.report("en")
    assert found.summary("en") == "2 changed"
    assert str(found) == found.report()
    assert repr(found) == "<jalon.Diff 2 modifiés>"
    assert found.to_dict()["changes"][0]["of"] == "rule"
    for other in (copy.copy(found), pickle.loads(pickle.dumps(found))):
        assert other.changes == found.changes
    with pytest.raises(ValueError, match="lang="):
        found.report("de")


def test_spelling_is_no_change() -> None:
    found = jalon.diff(jalon.parse(OLD), jalon.parse("# comment\n" + OLD.replace("Pays EST", "Pays IS")))
    assert not found
    assert found.changes == ()
    assert found.report() == ""
    assert found.summary("en") == "no difference"


def test_blueprints_say_what_changes_in_their_steps() -> None:
    found = jalon.diff(jalon.parse(OLD), jalon.parse(OLD.replace("Partir", "Aller")))
    [change] = found
    assert change.of == "blueprint"
    assert [step["change"] for step in change.steps] == ["removed", "added"]

"""Programs as JSON, and the hashes of what they say."""

import json
import pickle

import pytest

import jalon

TEXT = """# Les voisins
score Intérêt sur Prospects
  +25 si Adresse e-mail N'EST PAS VIDE
  +10 si Pays EST France, "Monaco" ET Montant > 3
"""


def test_a_program_is_its_json():
    program = jalon.parse(TEXT)
    form = program.to_json()
    assert form["version"] == 1
    assert form["declarations"][0]["doc"] == ["Les voisins"]
    for given in (form, json.dumps(form)):
        again = jalon.Program.from_json(given, lang="fr")
        assert again.to_json() == form
        assert again.content == program.content
        assert pickle.loads(pickle.dumps(again)).content == program.content
    lead = {"Adresse e-mail": "a@exemple.fr", "Pays": "Monaco", "Montant": 4}
    assert again.score(None, lead).total == 35


def test_mistakes_are_told_with_their_place():
    form = {"version": 1, "declarations": [{"score": {"name": "S", "line": []}}]}
    with pytest.raises(jalon.FormError, match="unknown member") as caught:
        jalon.Program.from_json(form)
    assert caught.value.pointer == "/declarations/0/score/line"
    with pytest.raises(jalon.FormError, match="membre inconnu"):
        jalon.Program.from_json(form, lang="fr")
    assert pickle.loads(pickle.dumps(caught.value)).pointer == caught.value.pointer
    with pytest.raises(jalon.FormError, match="not JSON"):
        jalon.Program.from_json("{")


def test_layout_and_language_change_no_hash():
    program = jalon.parse(TEXT)
    english = jalon.parse(TEXT.replace("N'EST PAS VIDE", "IS NOT EMPTY").replace("#", "\n#"))
    assert english.content == program.content
    other = jalon.parse(TEXT.replace("+25", "+26"))
    assert other.content != program.content
    [declared] = program.contents
    assert (declared.kind, declared.name) == ("score", "Intérêt")


def test_results_say_what_they_were_made_with():
    program = jalon.parse(TEXT + "règle A sur Prospects\n  quand créé\n  alors\n    Pays : x\n")
    lead = {"id": 1, "Pays": "Monaco", "Montant": 4}
    score = program.score(None, lead)
    assert score.content == next(one.content for one in program.contents if one.kind == "score")
    decision = program.decide({"id": "e", "type": "created", "module": "Prospects", "record": lead})
    assert decision.content == program.content
    explained = jalon.criterion("Pays EST Monaco").explain(lead)
    assert len(explained.content) == 64
    assert explained.to_dict()["content"] == explained.content

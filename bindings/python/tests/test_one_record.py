"""One record at a time: what is prepared answers as what is not, whatever the record."""

import copy
import enum
import json
import pickle
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import make_dataclass
from datetime import date, datetime, timezone
from decimal import Decimal

import pydantic
import pytest

import jalon

PROGRAM = """
module Prospects
  Nom (Last_Name)      : texte
  Montant (Amount)     : devise
  Rejet                : case
  Créé le (Created)    : date
  Salons               : liste multiple Lyon, Nice
  Compte (Account)     : référence Comptes
  Factures             : fiches Factures
  Seuil                : nombre

module Comptes
  Type : texte

module Factures
  Montant : nombre

score S sur Prospects
  +1   si Nom CONTIENT directeur
  +2   si Montant > 1000
  +4   si Rejet EST sélectionné
  +8   si Créé le APRÈS 2026-01-01
  +16  si Salons CONTIENT Nice
  +32  si Compte.Type EST client
  +64  si AU MOINS UN Factures (Montant > Prospects.Seuil)
  +128 si Nom EST VIDE
"""

#: For each field its names: a declared one before other spellings, as they are looked for.
FIELDS = {
    "Nom": ["Nom", "Last_Name", "NOM", "last_name"],
    "Montant": ["Montant", "Amount", "montant", "AMOUNT"],
    "Rejet": ["Rejet", "REJET"],
    "Créé le": ["Créé le", "Created", "CRÉÉ LE"],
    "Salons": ["Salons", "salons"],
    "Compte": ["Compte", "Account", "compte"],
    "Compte.Type": ["Compte.Type", "COMPTE.TYPE"],
    "Factures": ["Factures", "FACTURES"],
    "Seuil": ["Seuil", "seuil"],
    "Autre": ["Autre", "Un champ", "x"],
}


class Kind(enum.Enum):
    CLIENT = "client"


class Text(str):
    """A text of another type."""


Account = make_dataclass("Account", ["Type"])


class Invoice(pydantic.BaseModel):
    Montant: float


def values(pick):
    """A value for any field, of the right kind or not."""
    return pick.choice(
        [
            lambda: None,
            lambda: "",
            lambda: "  ",
            lambda: float("nan"),
            lambda: pick.choice(["Directeur", "le DIRECTEUR général", "Éric", "client", "2026-06-12", "1 500,5"]),
            lambda: Text("Directeur"),
            lambda: "\ud800",
            lambda: pick.choice([0, 999, 1001, 10**30, -5, True]),
            lambda: pick.choice([0.5, 1000.25, float("inf"), 1e300]),
            lambda: pick.choice([Decimal("1000.5"), Decimal("Infinity")]),
            lambda: pick.choice([True, False]),
            lambda: pick.choice([date(2026, 6, 12), datetime(2025, 1, 1, tzinfo=timezone.utc)]),
            lambda: pick.choice([["Nice"], ("Lyon", "Nice"), {"Nice"}, [], ["Nice", None]]),
            lambda: pick.choice([{"Type": "client"}, {"TYPE": "CLIENT"}, Account("client"), Kind.CLIENT]),
            lambda: [{"Montant": pick.choice([1, 50, 5000])}, Invoice(Montant=70.5)],
            lambda: object(),
            lambda: {3: 4},
        ]
    )()


def record(pick):
    """A record of some of the fields, each under some of its names, in any order."""
    found = {}
    for names in FIELDS.values():
        for name in names:
            if pick.random() < 0.25:
                found[name] = values(pick)
    entries = list(found.items())
    pick.shuffle(entries)
    return dict(entries)


def canonical(found):
    """The same record with declared names only; nothing if a field contradicts itself."""
    fields = {}
    for label, names in FIELDS.items():
        folded = {name.casefold() for name in names}
        carried = [value for name, value in found.items() if name.casefold() in folded]
        if len(carried) > 1 and label != "Autre":
            return None
        if carried:
            fields[label] = carried[0]
    return fields


def outcome(work):
    """What comes of it, errors by their class and text."""
    try:
        return work()
    except Exception as error:
        return type(error), str(error)


def test_any_record_as_its_canonical_form():
    pick = random.Random(2026)
    known, strict = jalon.parse(PROGRAM), jalon.parse(PROGRAM, strict=True)
    criteria = ["Nom CONTIENT directeur", "Montant ENTRE 1 ET 2000", "Seuil = 0", "Compte.Type EST client"]
    prepared = [(p, p.scorer("S"), p.judge("S", criteria, module="Prospects"), [p.matcher(c, module="Prospects") for c in criteria]) for p in (known, strict)]
    for _ in range(1500):
        found = record(pick)
        plain = canonical(found)
        if plain is None:
            continue
        for program, scorer, judge, matchers in prepared:
            fresh = jalon.parse(PROGRAM, strict=program is strict)
            expected = outcome(lambda: fresh.score("S", plain, explain=True).to_dict())
            reasons = outcome(lambda: program.score("S", found, explain=True).to_dict())
            assert reasons == expected, found
            total = expected if isinstance(expected, tuple) else Decimal(expected["total"])
            assert outcome(lambda: scorer(found)) == total, found
            assert outcome(lambda: program.score("S", found).total) == total, found
            held = [outcome(lambda: fresh.matches(criterion, plain, module="Prospects")) for criterion in criteria]
            assert [outcome(lambda: program.matches(c, found, module="Prospects")) for c in criteria] == held, found
            assert [outcome(lambda: matcher(found)) for matcher in matchers] == held, found
            if not any(isinstance(answer, tuple) for answer in (total, *held)):
                assert judge(found) == (total, tuple(held)), found


def test_two_names_of_a_field():
    program = jalon.parse(PROGRAM)
    scorer = program.scorer("S")
    for one, other in [(1, 1.0), (Decimal("2.50"), 2.5), ("3", "3"), (None, float("nan"))]:
        score = program.score("S", {"Montant": one, "AMOUNT": other})
        assert not score.has_errors and not score.errors
    for one, other in [(1, 2), ("a", "A"), (None, ""), (1, "1"), (True, 1)]:
        found = {"Nom": "directeur", "Montant": one, "Amount": other}
        assert scorer(found) == 1, (one, other)
        assert program.score("S", found).errors[0].keys == ("Montant", "Amount")


def test_names_need_not_be_the_same_objects():
    program = jalon.parse(PROGRAM)
    scorer, matcher = program.scorer("S"), program.matcher("Montant > 1000", module="Prospects")
    text = json.dumps({"x": 1, "Nom": "directeur", "Montant": 2000, "Autre": [1, {"y": 2}]})
    for _ in range(3):
        assert scorer(json.loads(text)) == 3 and matcher(json.loads(text))
    assert scorer({"nom": "Directeur", "autre": 1}) == 1
    assert scorer({}) == 128
    for index in range(100):  # more spellings than are remembered
        assert scorer({f"champ {index}": 1, "AMOUNT": 1001 + index}) == 130


def test_what_is_not_read_is_not_looked_at():
    scorer = jalon.parse(PROGRAM).scorer("S")
    loop = {}
    loop["loop"] = loop
    assert scorer({"Nom": "directeur", "Autre": loop, "Une autre": {3: 4}}) == 1
    with pytest.raises(jalon.RecordError, match="names are texts"):
        scorer({"Nom": "directeur", 3: 4})


def test_prepared_for_a_clock():
    program = jalon.parse("score S\n  +7 si Créé DANS LES 7 DERNIERS jours\n")
    with pytest.raises(jalon.ClockError):
        program.scorer("S")
    scorer = program.scorer("S", now="2026-06-30", zone="Europe/Paris")
    assert scorer({"Créé": "2026-06-28"}) == 7 and scorer({"Créé": "2026-05-28"}) == 0
    assert scorer.score({"Créé": "2026-06-28"}).lines[0].holds
    assert program.scorer(now="2026-06-02")({"Créé": "2026-05-28"}) == 7
    matcher = program.matcher("Créé AVANT aujourd'hui", now=date(2026, 6, 30))
    assert matcher({"Créé": "2026-06-28"}) and not matcher({"Créé": "2026-07-28"})
    # one after the other under other clocks
    for day, total in [("2026-06-30", 7), ("2026-08-30", 0)] * 3:
        assert program.score("S", {"Créé": "2026-06-28"}, now=day).total == total


def test_prepared_is_shared_and_pickled():
    program = jalon.parse(PROGRAM)
    judge = program.judge(
        "S", ["Nom EST VIDE", program.criterion("Rejet EST sélectionné", "Prospects")], module="Prospects"
    )
    found = {"Nom": "directeur", "Rejet": True}
    for one in (judge, pickle.loads(pickle.dumps(judge)), copy.deepcopy(judge)):
        assert one(found) == (Decimal(5), (False, True))
    assert pickle.loads(pickle.dumps(program.scorer("S")))(found) == 5
    assert pickle.loads(pickle.dumps(program.score("S", found))).total == 5
    assert repr(program.scorer()) == "<jalon.Scorer S>"
    with ThreadPoolExecutor(8) as pool:
        each = pool.map(lambda index: judge({"Nom": "directeur" * (index % 2)}), range(2000))
        for index, (total, held) in enumerate(each):
            assert (total, held[0]) == ((1, False) if index % 2 else (128, True))


def test_a_record_may_ask_for_another_score():
    program = jalon.parse(PROGRAM)
    scorer = program.scorer("S")


    class Nested(dict):
        pass

    class Asking(str, enum.Enum):
        A = "a"

    class Model:
        model_fields = {"Nom": pydantic.fields.FieldInfo()}

        @property
        def Nom(self):
            return "directeur" if scorer({"Nom": ""}) == 128 else "?"

    assert scorer(Model()) == 1
    assert scorer(Nested(Nom=Asking.A)) == 0
    assert scorer({"Factures": [Model()], "Seuil": 1}) == 128


def test_a_criterion_of_another_program():
    program, other = jalon.parse(PROGRAM), jalon.criterion("Nom EST x")
    assert program.matcher(other)({"nom": "X"})
    with pytest.raises(ValueError, match="another program"):
        program.judge("S", [other])

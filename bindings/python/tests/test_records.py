"""Every kind of record and value."""

import enum
import uuid
from collections import ChainMap, OrderedDict, namedtuple
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from decimal import Decimal
from types import MappingProxyType

import pandas
import polars
import pytest

import jalon


class Status(enum.Enum):
    CLICKED = "Clic CRM"


class Level(enum.IntEnum):
    HIGH = 12


class Share(float, enum.Enum):
    HALF = 0.5


class Word(str, enum.Enum):
    CLICKED = "Clic CRM"


@dataclass
class Account:
    Type: str


@dataclass(slots=True)
class Lead:
    Email: str | None
    Effectif: int = 0
    Compte: Account | None = None
    tags: list[str] = field(default_factory=list)


Row = namedtuple("Row", ["Email", "Effectif"])


@pytest.mark.parametrize(
    "record",
    [
        {"Email": "a@b.fr", "Effectif": 12},
        OrderedDict(Email="a@b.fr", Effectif=12),
        MappingProxyType({"Email": "a@b.fr", "Effectif": 12}),
        ChainMap({"Email": "a@b.fr"}, {"Effectif": 12}),
        Lead("a@b.fr", 12),
        Row("a@b.fr", 12),
    ],
    ids=lambda record: type(record).__name__,
)
def test_records_of_every_kind(record):
    criterion = jalon.criterion("Email FINIT PAR b.fr ET Effectif = 12")
    assert criterion.matches(record)
    assert criterion.explain(record).holds


def test_pydantic_models_by_field_name_and_alias():
    import pydantic

    class Model(pydantic.BaseModel):
        model_config = pydantic.ConfigDict(populate_by_name=True, extra="allow")
        email: str = pydantic.Field(alias="Adresse e-mail")
        size: int = pydantic.Field(default=0, serialization_alias="Effectif")

        @pydantic.computed_field
        def domain(self) -> str:
            return self.email.partition("@")[2]

    model = Model(email="a@b.fr", size=12, Ville="Nice")
    for text in (
        "email CONTIENT b.fr",
        "Adresse e-mail CONTIENT b.fr",
        "size = 12",
        "Effectif = 12",
        "domain EST b.fr",
        "Ville EST nice",
    ):
        assert jalon.criterion(text).matches(model), text


def test_records_inside_records():
    account = jalon.criterion("Compte.Type EST client")
    assert account.matches({"Compte": {"Type": "Client"}})
    assert account.matches(Lead("a@b.fr", Compte=Account("client")))
    assert account.matches({"Compte.Type": "client", "Compte": {"Type": "other"}})
    contacts = jalon.criterion("AU MOINS UN Contacts (Statut EST actif)")
    assert contacts.matches({"Contacts": [{"Statut": "actif"}, {"Statut": "off"}]})
    assert not contacts.matches({"Contacts": ()})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("F EST Clic CRM", Status.CLICKED),
        ("F EST Clic CRM", Word.CLICKED),
        ("F EST 12", Level.HIGH),
        ("F EST 0,5", Share.HALF),
        ("F EST 12", 12),
        ("F EST 12", 12.0),
        ("F EST 12", Decimal("12.00")),
        ("F EST 0,1", 0.1),
        ("F EST 1000000000000000000000", 10**21),
        ("F EST 1000000000000000000000", 1e21),
        ("F EST oui", True),
        ("F EST non", False),
        ("F EST VIDE", None),
        ("F EST VIDE", ""),
        ("F EST VIDE", "  "),
        ("F EST VIDE", []),
        ("F EST VIDE", float("nan")),
        ("F EST VIDE", Decimal("nan")),
        ("F EST 2026-06-30", date(2026, 6, 30)),
        ("F APRÈS 2026-06-30", datetime(2026, 7, 1, 10)),
        ("F APRÈS 2026-06-30", datetime(2026, 7, 1, 10, tzinfo=timezone.utc)),
        ("F CONTIENT Vente", ["Achat", "Vente"]),
        ("F CONTIENT Vente", ("Achat", "Vente")),
        ("F EST Achat, Vente", {"Achat", "Vente"}),
        ("F CONTIENT Vente", frozenset({"Vente"})),
        ("F COMMENCE PAR 12345678", uuid.UUID("12345678" * 4)),
        ("F EST ★ étranger", "★ ÉTRANGER"),
    ],
    ids=repr,
)
def test_values_of_every_kind(text, value):
    assert jalon.criterion(text).matches({"F": value})


@pytest.mark.parametrize(
    "value",
    [float("inf"), -float("inf"), Decimal("Infinity"), 10**40, b"bytes", object(), "\ud800"],
    ids=["inf", "-inf", "Infinity", "10**40", "bytes", "object", "surrogate"],
)
def test_what_no_field_can_hold_is_of_the_wrong_type_where_it_is_read(value):
    criterion = jalon.criterion("F > 3")
    assert not criterion.matches({"F": value})
    assert criterion.explain({"F": value}).errors[0].field == "F"
    assert jalon.criterion("G EST 1").matches({"F": value, "G": 1}), "and harmless elsewhere"


def test_scalars_of_numpy_and_pandas():
    import numpy
    assert jalon.criterion("F EST 0,1").matches({"F": numpy.float64(0.1)})
    assert jalon.criterion("F EST 0,1").matches({"F": numpy.float32(0.1)})
    assert jalon.criterion("F EST 12").matches({"F": numpy.int32(12)})
    assert jalon.criterion("F EST oui").matches({"F": numpy.bool_(True)})
    assert jalon.criterion("F CONTIENT a").matches({"F": numpy.array(["a", "b"])})
    import pandas
    assert jalon.criterion("F EST VIDE").matches({"F": pandas.NaT})
    assert jalon.criterion("F EST VIDE").matches({"F": pandas.NA})
    assert jalon.criterion("F EST 2026-06-30").matches({"F": pandas.Timestamp("2026-06-30 10:00")})


def test_exact_beyond_floats():
    criterion = jalon.criterion("F EST 0,3")
    assert criterion.matches({"F": Decimal("0.1") + Decimal("0.2")})
    assert not criterion.matches({"F": 0.1 + 0.2}), "0.30000000000000004 is another number"
    assert not jalon.criterion("F EST 9007199254740993").matches({"F": 9007199254740992})


def test_two_names_of_one_field_that_differ_are_an_error(leads):
    record = {"Adresse e-mail": "a@b.fr", "Email": "c@d.fr"}
    score = leads.score("Scorex", record)
    assert score.has_errors and score.total == 0
    assert set(score.errors[0].keys) == {"Adresse e-mail", "Email"}
    record["Email"] = "a@b.fr"
    assert leads.score("Scorex", record).total == 25


def test_a_wrong_value_makes_its_line_zero_and_is_named(leads, lead):
    score = leads.score("Poids", {"Montant": "beaucoup", "Effectif": 10})
    assert score.has_errors and score.total == Decimal("2.5")
    problem = score.errors[0]
    assert (problem.module, problem.field, problem.value) == ("Prospects", "Montant", "beaucoup")
    assert problem.kind == "wrong_type" and problem.expected


@pytest.mark.parametrize("record", [None, 3, "text", ["a"], object(), Lead])
def test_what_is_no_record_is_refused(record):
    with pytest.raises(jalon.RecordError, match="a record is a dict"):
        jalon.criterion("F EST 1").matches(record)


def test_names_are_texts():
    with pytest.raises(jalon.RecordError, match="names are texts"):
        jalon.criterion("F EST 1").matches({3: 4})


def test_a_record_that_holds_itself_is_refused():
    record = {}
    record["F"] = record
    with pytest.raises(jalon.RecordError, match="64 deep"):
        jalon.criterion("F EST 1").matches(record)
    items = []
    items.append(items)
    with pytest.raises(jalon.RecordError, match="64 deep"):
        jalon.criterion("F EST 1").matches({"F": items})


def test_a_fields_own_exception_passes_through():
    class Broken(dict):
        pass

    class Odd:
        __dataclass_fields__ = Lead.__dataclass_fields__

        @property
        def Email(self):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        jalon.criterion("Email EST 1").matches(Odd())
    assert jalon.criterion("Email EST 1").matches(Broken(Email=1))


def test_a_row_of_pandas(leads):
    frame = pandas.DataFrame({"Email": ["a@exemple.fr", None], "Statut Membre": ["Clic CRM", "x"], "Effectif": [12, 3]})
    assert leads.score("Scorex", frame.iloc[0]).total == 50
    assert leads.score("Scorex", frame.loc[1]).total == 0, "an empty cell is empty"
    assert leads.score("Poids", frame.iloc[0]).total == Decimal("2.5")
    chosen = jalon.criterion("Compétences CONTIENT Vente").matches
    assert chosen({"Compétences": pandas.Series(["Vente", "Achat"])}), "one without names is a list"


def test_a_frame_is_no_record(leads):
    for frame in (polars.DataFrame({"Email": ["a@exemple.fr"]}), pandas.DataFrame({"Email": ["a@exemple.fr"]})):
        with pytest.raises(jalon.RecordError, match="not DataFrame; of many rows, `score_frame`"):
            leads.score("Scorex", frame)

"""Criteria as SQL: DuckDB and SQLite select the rows that the vectors expect.

PostgreSQL too, where ``JALON_TEST_POSTGRES`` says how to connect to one (with ``psycopg``).
"""

import json
import os
import random
import re
import sqlite3
import unicodedata
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

import jalon
import jalon.sql

VECTORS = Path(__file__).parents[3] / "tests" / "vectors" / "criteria"
POSTGRES = os.environ.get("JALON_TEST_POSTGRES")
DATABASES = ["duckdb", "postgres"] if POSTGRES else ["duckdb"]

#: How many spellings of criteria, each also negated, came out how. What is refused is named in
#: ``crates/jalon-interop/tests/sql``; here one more is said, since these numbers are exact.
AGREED, REFUSED, NO_ROW = 914, 310, 38

TYPES = {
    "case": "BOOLEAN",
    "entier": "BIGINT",
    "liste multiple": "TEXT[]",
    "date": "DATE",
    "date-heure": "TIMESTAMPTZ",
}
NUMBERS = ("nombre", "devise", "pourcentage")
REFERENCES = ("référence", "utilisateur")
NEITHER = ("fiches", "événements", "formule")


def connect(database):
    if database == "duckdb":
        connection = duckdb.connect()
    else:
        import psycopg

        connection = psycopg.connect(
            POSTGRES, autocommit=True, prepare_threshold=None, cursor_factory=psycopg.RawCursor
        )
    connection.execute("SET TimeZone = 'UTC'")
    jalon.sql.install(connection)
    return connection


@pytest.mark.parametrize("database", DATABASES)
def test_vectors(database):
    connection, tally, wrong = connect(database), Counter(), []
    for path in sorted(VECTORS.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in file["cases"]:
            if "holds" in case:
                run(connection, database, {**file, **case}, tally, wrong)
    assert not wrong, "\n".join(wrong)
    assert tally == {"agreed": AGREED, "refused": REFUSED, "no row": NO_ROW}


def run(connection, database, case, tally, wrong):
    program = jalon.parse("".join(line + "\n" for line in case.get("program", [])))
    fields = list(declared(case.get("program", []), case.get("module")))
    zone = case.get("zone") or "UTC"
    columns = {names[0]: places(names[0]) for names, kind in fields if kind in REFERENCES}
    stored = not case.get("error")
    if stored:
        store(connection, fields, case["record"], ZoneInfo(zone))
    spellings = case["criterion"]
    for spelling in [spellings] if isinstance(spellings, str) else spellings:
        for text, holds in [(spelling, case["holds"]), (f"NON ({spelling})", not case["holds"])]:
            criterion = program.criterion(text, case.get("module"))
            try:
                where, params = criterion.to_sql(
                    database, now=case.get("now"), zone=zone, columns=columns, names="label"
                )
            except jalon.LeftOutError as error:
                assert error.left_out
                tally["refused"] += 1
                continue
            if not stored:
                tally["no row"] += 1
                continue
            found = connection.execute(f"SELECT count(*) FROM t WHERE {where}", params).fetchone()
            if (found[0] == 1) == holds:
                tally["agreed"] += 1
            else:
                wrong.append(f"{text} {case['record']}: {where} {params}")


def declared(lines, module):
    """The names and the type of each field of a module."""
    inside = False
    for line in lines:
        if not line.startswith(" "):
            inside = re.match(rf"module {re.escape(module or '')}\b", line) is not None
        elif inside and (found := re.match(r"\s+(.+?)\s*(?:\((.*?)\))?\s*:\s*(.*)$", line)):
            label, others, kind = found.groups()
            names = [label, *(name.strip() for name in (others or "").split(",") if name)]
            known = [*TYPES, *NUMBERS, *REFERENCES, *NEITHER]
            kind = next((k for k in sorted(known, key=len)[::-1] if kind.startswith(k)), "texte")
            if kind not in NEITHER:
                yield names, kind


def places(name):
    return [quoted(name), quoted(f"{name} name")]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def store(connection, fields, record, zone):
    """The record as the only row of a table."""
    keys = {jalon.sql.fold(key): value for key, value in record.items()}
    columns, values = ["id INT"], [1]
    for names, kind in fields:
        known = [keys[jalon.sql.fold(name)] for name in names if jalon.sql.fold(name) in keys]
        value = known[0] if known else None
        if kind in REFERENCES:
            reference = value if isinstance(value, dict) else {"id": value}
            columns += [f"{place} TEXT" for place in places(names[0])]
            values += [text(reference.get("id")), text(reference.get("name"))]
            continue
        value = read(value, kind, zone)
        ty = TYPES.get(kind, "TEXT")
        if kind in NUMBERS:
            scale = max(0, -value.as_tuple().exponent) if value is not None else 2
            ty = f"DECIMAL(38, {scale})"
        columns.append(f"{quoted(names[0])} {ty}")
        values.append(value)
    marks = ", ".join(f"${i}" for i in range(1, len(values) + 1))
    connection.execute("DROP TABLE IF EXISTS t")
    connection.execute(f"CREATE TABLE t ({', '.join(columns)})")
    connection.execute(f"INSERT INTO t VALUES ({marks})", values)


def text(value):
    return None if value is None else str(value)


def read(value, kind, zone):
    if kind == "texte":
        return text(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if kind in NUMBERS or kind == "entier":
        return Decimal(str(value))
    if kind == "case":
        return value if isinstance(value, bool) else value.lower() in ("oui", "true")
    if kind == "liste multiple":
        return value if isinstance(value, list) else str(value).split(";")
    if day := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", value):
        return date(*map(int, reversed(day.groups())))
    moment = datetime.fromisoformat(value)
    if kind == "date":
        return (moment if moment.tzinfo is None else moment.astimezone(zone)).date()
    found = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(timezone.utc)
    if moment.tzinfo or found.astimezone(zone).replace(tzinfo=None) == moment:
        return found
    # The clocks skip it: the first instant after, where the offset is the later one.
    while (found - timedelta(minutes=1)).astimezone(zone).dst() == found.astimezone(zone).dst():
        found -= timedelta(minutes=1)
    return found


@pytest.mark.parametrize("database", DATABASES)
def test_texts_fold_as_in_the_engine(database):
    """Every character that folds, alone and between others; those newer than the database are not
    its to know."""
    codes = [*range(1, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x1F200)]
    characters = [c for c in map(chr, codes) if unicodedata.category(c) not in ("Cn", "Cs")]
    made = random.Random(6)
    texts = characters + ["".join(made.choices(characters, k=6)) for _ in range(20_000)]
    connection = connect(database)
    for name, options in [
        ("jalon_fold", {}),
        ("jalon_fold_case", {"case_sensitive": True}),
        ("jalon_fold_accents", {"ignoring_accents": True}),
        ("jalon_fold_case_accents", {"case_sensitive": True, "ignoring_accents": True}),
    ]:
        found = connection.execute(
            f"SELECT x, {name}(x) FROM (SELECT unnest(CAST($1 AS TEXT[])) AS x) AS t", [texts]
        ).fetchall()
        wrong = [(x, y) for x, y in found if y != jalon.sql.fold(x, **options)]
        assert not wrong, (name, len(wrong), wrong[:5])


def test_parameters_are_of_the_databases_types():
    program = jalon.parse("module P\n  Nom : texte\n  M : devise\n  Jour : date\n  Vu : date-heure\n")
    criterion = program.criterion("Nom EST É ET M > 0,5 ET Jour EST aujourd'hui ET Vu > 2026-06-30")
    when = {"now": "2026-06-30T10:30", "zone": "Europe/Paris"}
    _, params = criterion.to_sql("postgres", **when)
    seen = datetime(2026, 6, 30, 22, tzinfo=timezone.utc)
    assert params == ["é", Decimal("0.5"), date(2026, 6, 30), seen]
    _, params = criterion.to_sql("sqlite", **when)
    assert params == ["é", 0.5, "2026-06-30", "2026-06-30 22:00:00"]


def test_sqlite_with_the_functions_of_python():
    program = jalon.parse("module P\n  Nom : texte\n")
    connection = sqlite3.connect(":memory:")
    jalon.sql.install(connection)
    connection.execute("CREATE TABLE p (Nom TEXT)")
    connection.executemany("INSERT INTO p VALUES (?)", [("STRASSE",), ("straße",), (None,), ("x",)])
    for text, count in [("Nom EST Straße", 2), ("Nom N'EST PAS Straße", 2), ("Nom EST VIDE", 1)]:
        where, params = program.criterion(text).to_sql("sqlite")
        found = connection.execute(f"SELECT count(*) FROM p WHERE {where}", params).fetchone()
        assert found == (count,), text


def test_what_is_left_out_is_named():
    program = jalon.parse("module P\n  Nom : texte\n  M : devise\n")
    with pytest.raises(jalon.LeftOutError) as caught:
        program.criterion("Nom CORRESPOND À /a/ ET M > M * 2").to_sql("duckdb")
    assert [part.at for part in caught.value.left_out] == ["Nom CORRESPOND À /a/", "M > M * 2"]
    with pytest.raises(ValueError, match="sqlite, postgres, duckdb"):
        program.criterion("M > 2").to_sql("oracle")

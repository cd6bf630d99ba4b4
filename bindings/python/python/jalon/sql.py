"""Criteria in databases: the functions by which they compare texts.

>>> import sqlite3, jalon, jalon.sql
>>> program = jalon.parse("module Prospects\\n  Pays : texte\\n")
>>> where, params = program.criterion("Pays EST côte d'ivoire").to_sql("sqlite")
>>> connection = sqlite3.connect(":memory:")
>>> jalon.sql.install(connection)
>>> rows = connection.execute("CREATE TABLE leads (Pays TEXT)")
>>> rows = connection.execute("INSERT INTO leads VALUES ('CÔTE D’IVOIRE')")
>>> connection.execute(f"SELECT count(*) FROM leads WHERE {where}", params).fetchone()
(1,)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

from jalon import _native

__all__ = ["definitions", "fold", "install"]


def fold(text: str, *, case_sensitive: bool = False, ignoring_accents: bool = False) -> str:
    """A text as criteria compare it: without case, in one normal form, with one kind of space.

    >>> fold("L’ÉCOLE  Straße")
    "l'école  strasse"
    """
    return _native.fold_text(text, case_sensitive, ignoring_accents)


def definitions(dialect: str) -> list[str]:
    """The statements that create the functions in ``postgres`` or ``duckdb``, to be run once.

    None in ``sqlite``: there the program gives them, with :func:`install`.
    """
    return [statement for *_, statement in _native.sql_functions(dialect) if statement]


def install(connection: Any, dialect: str | None = None) -> None:
    """Gives a database the functions: a ``sqlite3`` connection, or one with ``execute``.

    ``dialect`` is that of the connection's package (``duckdb``, ``psycopg``) where none is said.
    """
    if isinstance(connection, sqlite3.Connection):
        for name, case_sensitive, ignoring_accents, _ in _native.sql_functions("sqlite"):
            folding = partial(
                fold, case_sensitive=case_sensitive, ignoring_accents=ignoring_accents
            )
            connection.create_function(name, 1, _or_none(folding), deterministic=True)
        return
    package = type(connection).__module__.split(".")[0].lstrip("_")
    for statement in definitions(dialect or ("duckdb" if package == "duckdb" else "postgres")):
        connection.execute(statement)


def _or_none(folding: Callable[[str], str]) -> Callable[[str | None], str | None]:
    return lambda text: None if text is None else folding(text)

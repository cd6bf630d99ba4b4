"""Values as they were read, and those that could not be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Read:
    """A value as it was read."""

    #: ``value``, ``empty``, ``absent`` (the record does not carry the field) or ``wrong_type``.
    state: str
    #: The value, printed; personal fields are masked.
    value: str | None = None

    def __str__(self) -> str:
        return self.value if self.value is not None else self.state


@dataclass(frozen=True, repr=False)
class Problem:
    """A value that could not be used; as a ``str`` what is wrong with it."""

    #: The declared module, if any.
    module: str | None
    field: str
    #: The value, printed and shortened; masked where personal.
    value: str
    #: ``wrong_type``, ``conflict``, ``absent`` (strict mode) or ``arithmetic``.
    kind: str
    #: The type that the field holds, for ``wrong_type``.
    expected: str | None = None
    #: The two names that carry different values, for ``conflict``.
    keys: tuple[str, str] | None = None

    _told: tuple[str, str, str] = field_of(default=("", "", "en"), compare=False, kw_only=True)

    def message(self, lang: str | None = None) -> str:
        """What is wrong, in ``"fr"`` or ``"en"``; in the program's language by default."""
        return said(self._told, lang)

    def __str__(self) -> str:
        return self.message()

    def __repr__(self) -> str:
        return f"<jalon.Problem {self.message()}>"

    @staticmethod
    def from_form(form: dict[str, Any], lang: str) -> Problem:
        problem, message = form["problem"], form["message"]
        keys = problem.get("keys")
        return Problem(
            module=form["module"],
            field=form["field"],
            value=form["value"],
            kind=problem["kind"],
            expected=problem.get("expected"),
            keys=(keys[0], keys[1]) if keys else None,
            _told=(message["fr"], message["en"], lang),
        )


def problems(text: str, lang: str) -> list[Problem]:
    """Problems as the native module hands them over."""
    return [Problem.from_form(form, lang) for form in json.loads(text)]


def said(told: tuple[str, str, str], lang: str | None) -> str:
    """What is told in French and in English, and the language that is spoken by default."""
    fr, en, own = told
    lang = own if lang is None else lang
    if lang not in ("fr", "en"):
        raise ValueError(f'lang= is "fr" or "en", not {lang!r}')
    return fr if lang == "fr" else en


@dataclass(frozen=True)
class EventPoints:
    """Points from events."""

    positive: Decimal
    #: At most 0.
    negative: Decimal


def instant(text: str | None) -> datetime | None:
    """An instant in ISO form, with or without a fraction, as an aware datetime."""
    if text is None:
        return None
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)


def moment(micros: int, aware: bool) -> datetime:
    """Microseconds since 1970 as a datetime: of UTC, or naive."""
    return datetime(1970, 1, 1, tzinfo=timezone.utc if aware else None) + timedelta(
        microseconds=micros
    )


@dataclass(frozen=True)
class Kept:
    """Reasons that were pickled; answers as the native ones do."""

    form: str
    sentences: dict[str, str]
    lang: str

    def json(self) -> str:
        return self.form

    def sentence(self, lang: str | None = None) -> str:
        return self.sentences[lang or self.lang]

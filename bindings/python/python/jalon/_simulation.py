"""Records or events through an old and a new program: what comes out otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from jalon import _native, _users
from jalon._reading import instant, said
from jalon._users import AnyUsers

if TYPE_CHECKING:
    from jalon._program import Program


@dataclass(frozen=True)
class SimulationCount:
    """How many records something concerns."""

    #: ``rule``, or the outcome: ``field``, ``effect``, ``timer``, ``score``, ``refusal``, ``error``.
    what: str
    #: Which: the name of the rule, the field or the score, the kind of the effect.
    name: str
    count: int


@dataclass(frozen=True)
class Listed:
    """A record, an event, or what was due, that comes out otherwise."""

    #: The place of the record or the event, from 1; ``None`` of what was due.
    row: int | None
    #: The event's id.
    event: str | None
    #: Of what was due: until when.
    until: datetime | None
    #: What, as plain data: ``record``, ``outcome``, what it was and is, ``rules`` and why.
    differences: tuple[Mapping[str, Any], ...]
    _told: tuple[str, str, str] = field(default=("", "", "en"), repr=False, compare=False)

    def report(self, lang: str | None = None) -> str:
        """What comes out otherwise and by which rule, in ``"fr"`` or ``"en"``."""
        return said(self._told, lang)

    def __str__(self) -> str:
        return self.report()


@dataclass(frozen=True)
class Simulation:
    """What comes out otherwise with a new program: true where something does."""

    #: How many records or events were compared.
    compared: int
    #: For how many of them something changes.
    changed: int
    #: How often what was due between events came out otherwise; ``None`` of records.
    due_changed: int | None
    #: The rules that make a difference, the one with the most records first.
    by_rule: tuple[SimulationCount, ...]
    #: The outcomes that change, the most frequent first.
    by_outcome: tuple[SimulationCount, ...]
    #: The first of those that come out otherwise.
    listed: tuple[Listed, ...]

    def report(self, lang: str | None = None) -> str:
        """Those that are listed, each with what changes and by which rule."""
        return "\n".join(one.report(lang) for one in self.listed)

    def __bool__(self) -> bool:
        return self.changed > 0 or bool(self.due_changed)

    def __str__(self) -> str:
        return self.report()

    def __repr__(self) -> str:
        return f"<jalon.Simulation compared={self.compared} changed={self.changed}>"


def simulated(
    old: Program,
    new: Program,
    given: Iterable[Any],
    events: bool,
    users: AnyUsers,
    when: tuple[date | str | None, str | tzinfo | None],
    how: tuple[str | None, bool, date | str | None, int],
) -> Simulation:
    """What comes out otherwise with a new program."""
    lang = new._native.lang
    who = _users.native(users, lang)
    form = _native.simulate(old._native, new._native, list(given), events, who, when, how)
    found = json.loads(form)
    return Simulation(
        found["compared"],
        found["changed"],
        found.get("due_changed"),
        tuple(SimulationCount(**one) for one in found["by_rule"]),
        tuple(SimulationCount(**one) for one in found["by_outcome"]),
        tuple(_listed(one, lang) for one in found["listed"]),
    )


def _listed(form: dict[str, Any], lang: str) -> Listed:
    told = (form["told"]["fr"], form["told"]["en"], lang)
    until = instant(form.get("until"))
    return Listed(form.get("row"), form.get("event"), until, tuple(form["differences"]), told)

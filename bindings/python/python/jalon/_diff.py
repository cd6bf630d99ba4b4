"""What changes from one program to another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, TypedDict

from jalon import _html_reports, _native

if TYPE_CHECKING:
    from jalon._simulation import Simulation
    from jalon._users import AnyUsers
    from jalon._program import Program


class Said(TypedDict):
    """A text in both languages."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changes."""

    #: What it is, such as ``"rule"``, ``"score"``, ``"field"``, ``"line"``, ``"condition"``.
    of: str
    #: ``"added"``, ``"removed"``, ``"renamed"``, ``"changed"`` or ``"reordered"``.
    change: str
    #: Its name, where it has one; in the old program where that has it.
    name: str | None = None
    #: Its name in the new program, where that is another.
    renamed: str | None = None
    #: The module it stands on.
    module: str | None = None
    #: What the old program says.
    before: Said | None = None
    #: What the new program says.
    after: Said | None = None
    #: What to beware of.
    warning: Said | None = None
    #: What changes inside it.
    changes: tuple[Change, ...] = ()
    #: Of a blueprint: what changes inside it, as plain data.
    steps: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def _from_form(cls, form: Mapping[str, Any]) -> Change:
        inside = tuple(map(cls._from_form, form.get("changes", ())))
        return cls(**{**form, "changes": inside, "steps": tuple(form.get("steps", ()))})


class Diff:
    """What changes from one program to another: true where something does.

    >>> import jalon
    >>> old = jalon.parse("score Fit\\n  +10 if Country IS France")
    >>> new = jalon.parse("score Fit\\n  +25 if Country IS France")
    >>> changes = jalon.diff(old, new)
    >>> print(changes.report())
    ~ score “Fit”
        ~ line
          − add 10 points if Country is France
          + add 25 points if Country is France
    <BLANKLINE>
    >>> changes.changes[0].changes[0].changes[0].of
    'points'
    """

    __slots__ = ("_form", "_programs", "_reports", "_summaries", "changes", "simulation")

    #: What changes: first what decides differently, then names and tests.
    changes: tuple[Change, ...]
    #: For which records something comes out otherwise, where ``data=`` was given.
    simulation: Simulation | None

    def __init__(self, old: Program, new: Program, simulation: Simulation | None = None) -> None:
        self.simulation = simulation
        form, reports, summaries = _native.compare(old._native, new._native)
        self._programs = (old, new)
        self._form: dict[str, Any] = json.loads(form)
        self._reports = dict(zip(("fr", "en"), reports, strict=True))
        self._summaries = dict(zip(("fr", "en"), summaries, strict=True))
        self.changes = tuple(map(Change._from_form, self._form["changes"]))

    def report(self, lang: str | None = None) -> str:
        """What changes, on lines; ``lang`` is that of the new program by default."""
        return self._in(self._reports, lang)

    def summary(self, lang: str | None = None) -> str:
        """How much changes, on one line."""
        return self._in(self._summaries, lang)

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        form: dict[str, Any] = json.loads(json.dumps(self._form))
        return form

    def _in(self, texts: dict[str, str], lang: str | None) -> str:
        lang = self._programs[1]._native.lang if lang is None else lang
        if lang not in texts:
            raise ValueError(f"lang= is 'fr' or 'en', not {lang!r}")
        return texts[lang]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __str__(self) -> str:
        return self.report()

    def __repr__(self) -> str:
        return f"<jalon.Diff {self.summary()}>"

    def _repr_html_(self) -> str:
        return _html_reports.diff(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Diff, (*self._programs, self.simulation)


def diff(
    old: Program,
    new: Program,
    *,
    data: Iterable[Any] | None = None,
    module: str | None = None,
    until: date | str | None = None,
    show: int = 20,
    now: date | str | None = None,
    zone: str | tzinfo | None = None,
    users: AnyUsers = None,
) -> Diff:
    """What changes from an old program to a new one.

    Programs are compared by what they mean: formatting, comments, the language of keywords and the
    order of what has none make no difference. Of ``data``, records, :attr:`Diff.simulation` says
    for which of them something comes out otherwise; the other arguments are those of
    :meth:`jalon.Program.simulate`.
    """
    if data is None:
        return Diff(old, new)
    found = old.simulate(
        new, data, module=module, until=until, show=show, now=now, zone=zone, users=users
    )
    return Diff(old, new, found)

"""Scores with their reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jalon import _html, _native
from jalon._criterion import Reason
from jalon._errors import RecordChangedError
from jalon._reading import EventPoints, Problem, Read, instant

if TYPE_CHECKING:
    from jalon._program import Program


@dataclass(frozen=True)
class EventCounts:
    """What became of the events of a line."""

    found: int
    counted: int
    #: Outside the window.
    expired: int
    #: After now.
    future: int
    #: That the criterion refused.
    refused: int
    #: Beyond the number a day.
    over_daily_limit: int
    #: Without a date: counted without window, daily limit or decay.
    undated: int


@dataclass(frozen=True)
class Line:
    """One line of a score."""

    #: As written.
    text: str
    group: str | None
    #: The points it gave, after its cap.
    points: Decimal
    #: What it would have given without its cap, where that is more.
    capped_from: Decimal | None
    #: Whether its criterion holds; for an event line, for at least one event.
    holds: bool
    #: Why: ``None`` for lines without a criterion and for event lines.
    reason: Reason | None
    #: The values its points were computed from, where they are an expression.
    values: dict[str, Read]
    #: For an event line, what became of the events.
    events: EventCounts | None

    @staticmethod
    def from_form(form: dict[str, Any]) -> Line:
        capped_from, reason, events = form["capped_from"], form["reason"], form["events"]
        return Line(
            text=form["text"],
            group=form["group"],
            points=Decimal(form["points"]),
            capped_from=None if capped_from is None else Decimal(capped_from),
            holds=form["holds"],
            reason=Reason.from_form(reason) if reason else None,
            values={name: Read(**read) for name, read in form["values"]},
            events=EventCounts(**events) if events else None,
        )


@dataclass(frozen=True)
class Group:
    """One group of a score."""

    name: str
    #: The sum of its lines, after their caps.
    before_limits: Decimal
    #: After its limits.
    points: Decimal


@dataclass(frozen=True)
class _Reasons:
    """All that is known of a score beyond its total."""

    native: _native.Reasons
    content: str
    total: Decimal
    positive: Decimal
    negative: Decimal
    touch_points: EventPoints
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    next_change: datetime | None
    errors: tuple[Problem, ...]

    @staticmethod
    def read(native: _native.Reasons) -> _Reasons:
        form = json.loads(native.json())
        return _Reasons(
            native=native,
            content=form["content"],
            total=Decimal(form["total"]),
            positive=Decimal(form["positive"]),
            negative=Decimal(form["negative"]),
            touch_points=EventPoints(
                Decimal(form["touch_points"]["positive"]), Decimal(form["touch_points"]["negative"])
            ),
            lines=tuple(map(Line.from_form, form["lines"])),
            groups=tuple(
                Group(group["name"], Decimal(group["before_limits"]), Decimal(group["points"]))
                for group in form["groups"]
            ),
            next_change=instant(form["next_change"]),
            errors=tuple(Problem.from_form(error, native.lang) for error in form["errors"]),
        )


class Score(_native.Scored):
    """The score of a record.

    The total is known at once; the reasons are worked out when they are first asked for, from the
    record itself. If the record has changed by then so that the total differs,
    :class:`jalon.RecordChangedError` is raised; ``explain=True`` fixes the reasons at once.
    """

    __slots__ = ("_reasons",)

    _reasons: _Reasons

    def _known(self) -> _Reasons:
        try:
            return self._reasons
        except AttributeError:
            pass  # then it is the first time
        reasons = _Reasons.read(self.evaluate())
        if reasons.total != self.total:
            raise RecordChangedError(
                f"the record changed since it was scored: {self.name} was {self.total}"
                f" and is now {reasons.total}; score it again, or pass explain=True"
                " to fix the reasons with the total"
            )
        self._reasons = reasons
        return reasons

    @property
    def content(self) -> str:
        """The hash of what the score says, by which its rules are found again."""
        return self._known().content

    @property
    def positive(self) -> Decimal:
        """Sum of the positive lines, after line caps, before group and score limits."""
        return self._known().positive

    @property
    def negative(self) -> Decimal:
        """Sum of the negative lines, likewise; at most 0."""
        return self._known().negative

    @property
    def touch_points(self) -> EventPoints:
        """The part of :attr:`positive` and :attr:`negative` that events gave."""
        return self._known().touch_points

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, those that give nothing included, in source order."""
        return self._known().lines

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group, in source order."""
        return self._known().groups

    @property
    def next_change(self) -> datetime | None:
        """The earliest instant at which the score can change by itself; ``None`` if it cannot."""
        return self._known().next_change

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Values of the wrong type; the lines that read them gave 0."""
        return self._known().errors

    @property
    def lang(self) -> str:
        """The language of the program: ``fr`` or ``en``."""
        return self._known().native.lang

    def explain(self, lang: str | None = None) -> str:
        """The reasons as text, in French (``fr``) or English (``en``)."""
        return self._known().native.sentence(lang)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, ready for JSON; decimals are texts."""
        form: dict[str, Any] = json.loads(self._known().native.json())
        return form

    def __repr__(self) -> str:
        parts = [f"{self.name} = {self.total}"]
        if self.stars is not None:
            parts.append("★" * self.stars)
        if self.label is not None:
            parts.append(self.label)
        if self.has_errors:
            parts.append("with errors")
        return f"<jalon.Score {', '.join(parts)}>"

    def __str__(self) -> str:
        return self.explain()

    def _repr_html_(self) -> str:
        return _html.score(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.name, *self.made_of(), getattr(self, "_reasons", None))


def _again(
    name: str,
    program: Program,
    record: Any,
    now: date | str | None,
    zone: str | tzinfo | None,
    reasons: _Reasons | None,
) -> Score:
    score = program.score(name, record, now=now, zone=zone)
    if reasons is not None:
        score._reasons = reasons
    return score

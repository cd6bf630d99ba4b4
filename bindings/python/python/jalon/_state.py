"""What is remembered between events, and what is due."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from jalon import _native
from jalon._reading import instant

if TYPE_CHECKING:
    from jalon._program import Program
    from jalon.workflow import Decision


@dataclass(frozen=True)
class RecordKey:
    """A record's module and id."""

    #: As declared.
    module: str
    #: As text.
    id: str


@dataclass(frozen=True)
class Timer:
    """Something to be done at a time."""

    #: The same for the same event, rule and record.
    id: str
    #: An aware datetime.
    due: datetime
    #: The rule's name.
    rule: str
    #: What it waits for: ``date`` (a field), ``later`` (``puis … après``), ``idle``, ``approval`` (a
    #: deadline of one) or ``process`` (a step of the record's blueprint).
    kind: str
    #: The date field, and its value when the timer was armed (``date``).
    field: str | None = None
    value: str | None = None
    #: When the rule fired (``later``), the record last changed (``idle``), the level was asked
    #: (``approval``), or the state began (``process``).
    since: datetime | None = None
    #: Of ``approval``: ``reminder`` or ``deadline``; of ``process``: ``transition``, ``reminder`` or
    #: ``escalation``.
    step: str | None = None
    #: The automatic transition (``process``).
    transition: str | None = None
    #: Which reminder, from 0.
    number: int | None = None
    #: Which level is asked, from 1 (``approval``), or which escalation, from 0 (``process``).
    level: int | None = None

    @staticmethod
    def from_form(form: dict[str, Any]) -> Timer:
        cause = form["cause"]
        step = cause.get("lapse", cause)
        due = instant(form["due"])
        assert due is not None
        return Timer(
            id=form["id"],
            due=due,
            rule=form["rule"],
            kind=cause["kind"],
            field=cause.get("field"),
            value=cause.get("value"),
            since=instant(cause.get("fired") or cause.get("since")),
            step=step.get("step"),
            transition=step.get("transition"),
            number=step.get("number"),
            level=cause.get("level"),
        )


@dataclass(frozen=True)
class Due:
    """Something whose time has come: a timer of a record, or a run of a schedule.

    A timer is sent as an event ``{"type": "due", "timer": due.timer.id, …}`` of its record; the
    records that :meth:`jalon.Program.select` takes for a schedule as events
    ``{"type": "scheduled", "schedule": due.schedule, …}``.
    """

    #: When, as an aware datetime.
    at: datetime
    #: Whose timer.
    record: RecordKey | None = None
    timer: Timer | None = None
    #: The schedule's name.
    schedule: str | None = None

    @staticmethod
    def from_form(form: dict[str, Any]) -> Due:
        if form["type"] == "schedule":
            at = instant(form["at"])
            assert at is not None
            return Due(at, schedule=form["name"])
        timer = Timer.from_form(form["timer"])
        return Due(timer.due, RecordKey(**form["record"]), timer)


class State:
    """What is remembered between events: of the records an event concerns, or of all.

    Rules that fired once, armed timers, what was sent, scores that rules wait for. The host keeps
    it: as text (:meth:`to_json`), or pickled. Threads may share it.
    """

    __slots__ = ("_native",)

    def __init__(self) -> None:
        """Nothing remembered."""
        self._native = _native.State()

    @classmethod
    def from_json(cls, text: str) -> State:
        """What :meth:`to_json` wrote. Raises :class:`jalon.StateError`."""
        return cls._of(_native.State(text))

    @classmethod
    def _of(cls, native: _native.State) -> State:
        state = cls.__new__(cls)
        state._native = native
        return state

    def to_json(self) -> str:
        """As JSON text, with a version; the same state gives the same text."""
        return self._native.json()

    def apply(self, decision: Decision | State) -> None:
        """Puts in what a decision changed, or another state."""
        changed = decision if isinstance(decision, State) else decision.state
        self._native.apply(changed._native)

    def due(
        self, program: Program, now: date | str, *, zone: str | tzinfo | None = None
    ) -> list[Due]:
        """What is due, the earliest first: timers, and runs of schedules since the last :meth:`tick`."""
        forms = json.loads(self._native.due(program._native, (now, zone)))
        return [Due.from_form(form) for form in forms]

    def next_due(self) -> datetime | None:
        """When the next timer is due."""
        return self._native.next_due()

    def tick(
        self, program: Program, now: date | str, *, zone: str | tzinfo | None = None
    ) -> None:
        """Says that what was due until ``now`` has been taken care of.

        The first time, that schedules count from there.
        """
        self._native.tick(program._native, (now, zone))

    def forget(self, module: str, id: str | int, rule: str | None = None) -> None:
        """Forgets that rules ``une seule fois`` have fired for a record: one rule, or all."""
        self._native.forget(module, str(id), rule)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return self.to_json() == other.to_json()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        form = json.loads(self.to_json())
        timers = sum(len(record.get("timers", ())) for record in form["records"])
        return f"<jalon.State records={len(form['records'])} timers={timers}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return State.from_json, (self.to_json(),)

    def __copy__(self) -> State:
        return State.from_json(self.to_json())

    def __deepcopy__(self, memo: dict[int, Any]) -> State:
        return self.__copy__()

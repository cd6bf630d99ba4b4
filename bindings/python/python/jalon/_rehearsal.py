"""Programs rehearsed on records in memory: dry runs and replays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jalon import _html, _native, _users
from jalon._state import RecordKey, State
from jalon._users import AnyUsers
from jalon.workflow import Decision

if TYPE_CHECKING:
    from jalon._program import Program


@dataclass(frozen=True)
class Fired:
    """What a timer or a schedule gave."""

    #: When it was due, as an aware datetime.
    at: datetime
    decision: Decision


class Rehearsal:
    """A host in memory: it keeps records and the state, and does to them what decisions say.

    Nothing leaves the process. In a notebook it shows its timeline.
    """

    __slots__ = ("_history", "_native")

    def __init__(
        self,
        program: Program,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        state: State | None = None,
        users: AnyUsers = None,
        records: Mapping[str, Iterable[Any]] | None = None,
        trace: bool = False,
    ) -> None:
        """A stage under a clock; ``records`` by module, each with an ``id``, may be on it already.

        ``users`` are as for :meth:`jalon.Program.decide`.
        """
        kept = None if state is None else state._native
        who = _users.native(users, program._native.lang)
        self._native = _native.Rehearsal(program._native, kept, who, (now, zone), trace)
        self._history: list[tuple[datetime | None, Decision]] = []
        for module, some in (records or {}).items():
            for record in some:
                self._native.put(module, record)

    def send(self, event: Any) -> Decision:
        """Decides an event, as :meth:`jalon.Program.decide` does, and does what is decided.

        If the event says when it happened, the clock is set to that; timers due before are left
        to :meth:`advance`.
        """
        decision = Decision._of(self._native.send(event))
        self._history.append((self.now, decision))
        return decision

    def advance(self, until: date | str) -> list[Fired]:
        """Lets the clock go on, and fires what is due on the way, in order."""
        fired = [Fired(at, Decision._of(decided)) for at, decided in self._native.advance(until)]
        self._history.extend((one.at, one.decision) for one in fired)
        return fired

    @property
    def now(self) -> datetime | None:
        """The present, as an aware datetime."""
        return self._native.now()

    @property
    def records(self) -> dict[RecordKey, dict[str, Any]]:
        """The records as they are now. Dates are ISO text, numbers ``int`` or ``Decimal``."""
        records = json.loads(self._native.records(), parse_float=Decimal)
        return {RecordKey(module, id): record for module, id, record in records}

    @property
    def state(self) -> State:
        """What is remembered: a copy."""
        return State._of(self._native.state())

    @property
    def history(self) -> list[tuple[datetime | None, Decision]]:
        """When each decision was made, and it, in order."""
        return list(self._history)

    def __repr__(self) -> str:
        return f"<jalon.Rehearsal records={len(self.records)} decisions={len(self._history)}>"

    def _repr_html_(self) -> str:
        return _html.timeline(
            (
                "" if at is None else f"{at:%Y-%m-%d %H:%M} UTC",
                decision.event,
                "" if decision.record is None else f"{decision.record.module} {decision.record.id}",
                decision.report(),
            )
            for at, decision in self._history
        )

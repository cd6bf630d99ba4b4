"""What the engine did and found, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jalon._criterion import Reason
from jalon._state import RecordKey


@dataclass(frozen=True)
class Step:
    """One thing that the engine did or found, in order."""

    #: ``pipeline``, ``stage``, ``wave``, ``rule``, ``write``, ``guarded``, ``process``, ``not_made`` or
    #: ``unknown``.
    kind: str
    rule: str | None
    record: RecordKey | None
    #: Of a rule: ``fired``, ``not_triggered``, ``not_held``, ``held`` (it did not act) or ``dropped``.
    outcome: str | None
    #: Why a rule that held did not act: ``fired_before``, ``held_before``, ``once_per_event``, ``depth``.
    because: str | None
    #: The conditions explained.
    why: tuple[Reason, ...]
    #: Everything that is known of the step, as plain data.
    data: dict[str, Any]

    @staticmethod
    def from_form(form: dict[str, Any]) -> Step:
        why, because = form.get("why") or [], form.get("because")
        return Step(
            kind=form["step"],
            rule=form.get("rule"),
            record=RecordKey(**form["record"]) if form.get("record") else None,
            outcome=form.get("outcome"),
            # Of a transition that is not made it is the obstacles, which are in `data`.
            because=because if isinstance(because, str) else None,
            why=tuple(map(Reason.from_form, why if isinstance(why, list) else [why])),
            data=form,
        )

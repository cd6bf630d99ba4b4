"""Requests for approval, as decisions tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from jalon._reading import instant
from jalon._state import RecordKey

#: What somebody answers.
Verdict = Literal["approve", "reject"]
#: Where a request stands.
Status = Literal["pending", "approved", "rejected", "recalled"]


@dataclass(frozen=True)
class Vote:
    """An answer."""

    #: Whose.
    by: str
    verdict: Verdict


@dataclass(frozen=True)
class Seat:
    """Somebody who is asked: a user, or any one of several."""

    #: ``user``, ``role``, ``group`` or ``profile``, and its name.
    kind: Literal["user", "role", "group", "profile"]
    who: str
    #: Whether the level was escalated to them.
    escalated: bool
    #: The answer, once there is one.
    vote: Vote | None


@dataclass(frozen=True)
class Delegation:
    """A vote handed to another."""

    #: By whom (``from`` in data).
    from_: str
    to: str
    #: For which seats, by their place.
    seats: tuple[int, ...]


@dataclass(frozen=True)
class ApprovalEntry:
    """Something that has happened to a request."""

    #: An aware datetime.
    at: datetime
    #: The level that was asked then; 0 is none.
    level: int
    #: By whom; ``None`` is by itself.
    by: str | None
    #: ``submitted``, ``skipped``, ``asked``, ``voted``, ``delegated``, ``reminded``, ``escalated``,
    #: ``lapsed`` or ``ended``.
    act: str
    #: Of ``voted`` and ``lapsed``.
    verdict: Verdict | None
    #: Of ``delegated``: to whom.
    to: str | None
    #: Of ``ended``: how.
    status: Status | None
    comment: str | None


@dataclass(frozen=True)
class ApprovalChange:
    """A request for approval that has changed, as it is from now on."""

    #: Whose.
    record: RecordKey
    #: The approval's name.
    approval: str
    status: Status
    #: The level that is asked, from 1; of one that has ended, the last that was; 0 is none.
    level: int
    #: Since when that level is asked, as an aware datetime.
    since: datetime
    #: Until when it may answer.
    due: datetime | None
    #: Who submitted the record; ``None`` is by itself.
    by: str | None
    #: When.
    submitted: datetime
    #: How many of the level must agree.
    quorum: Literal["one", "majority", "all"]
    #: Those who are asked on that level.
    seats: tuple[Seat, ...]
    delegations: tuple[Delegation, ...]
    #: Everything that has happened, in earlier requests of the record for the same approval too.
    history: tuple[ApprovalEntry, ...]

    @staticmethod
    def from_form(form: dict[str, Any]) -> ApprovalChange:
        return ApprovalChange(
            record=RecordKey(**form["record"]),
            approval=form["approval"],
            status=form["status"],
            level=form["level"],
            since=_at(form["since"]),
            due=instant(form.get("due")),
            by=form.get("by"),
            submitted=_at(form["submitted"]),
            quorum=form["quorum"],
            seats=tuple(map(_seat, form.get("seats", ()))),
            delegations=tuple(
                Delegation(one["from"], one["to"], tuple(one["seats"]))
                for one in form.get("delegations", ())
            ),
            history=tuple(map(_entry, form.get("history", ()))),
        )


def _at(text: str) -> datetime:
    at = instant(text)
    assert at is not None
    return at


def _seat(form: dict[str, Any]) -> Seat:
    [(kind, who)] = form["who"].items()
    vote = form.get("vote")
    return Seat(kind, who, form.get("escalated", False), Vote(**vote) if vote else None)


def _entry(form: dict[str, Any]) -> ApprovalEntry:
    about = {name: form.get(name) for name in ("by", "verdict", "to", "status", "comment")}
    return ApprovalEntry(at=_at(form["at"]), level=form["level"], act=form["act"], **about)

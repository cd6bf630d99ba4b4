"""Logs replayed through blueprints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from jalon import _native

if TYPE_CHECKING:
    from jalon._program import Program


@dataclass(frozen=True)
class StateReplay:
    """What a log says of a state."""

    state: str
    #: ``"open"``, ``"closed"``, ``"won"``, ``"lost"`` or ``"final"``.
    role: str
    #: Whether cases are to begin here.
    default: bool
    #: How often it was reached, and by how many cases.
    entries: int
    cases: int
    #: How many cases stand in it at the end of the log.
    last: int
    #: Of its cases, how many were won, lost or otherwise finished in the end.
    won: int
    lost: int
    finished: int
    #: How long cases stayed, as often as that is known.
    timed: int
    median: timedelta | None
    p90: timedelta | None


@dataclass(frozen=True)
class TransitionReplay:
    """What a log says of a transition."""

    transition: str
    #: How often it was made from each state that it leaves.
    origins: dict[str, int]
    to: str
    #: How many moves it accounts for, and for how many of these another one does as well.
    count: int
    shared: int
    #: How many moves were refused that are put down to it.
    refused: int
    #: How many came before it was due.
    early: int
    timed: int
    median: timedelta | None
    p90: timedelta | None
    #: The parallel transition of which it is a child.
    child_of: str | None = None


@dataclass(frozen=True)
class Refusal:
    """Moves that are refused for one reason."""

    source: str
    #: None where the log names only a transition.
    to: str | None
    transition: str | None
    #: ``"no_transition"``, ``"end_left"``, ``"unknown_state"``, …
    reason: str
    #: Why, in words.
    message: str
    count: int
    #: A case in which it happened.
    case: str


@dataclass(frozen=True)
class Replay:
    """What a blueprint makes of a log."""

    accepted: int
    refused: int
    blueprint: str
    #: ``"states"`` or ``"transitions"``: what the names in the log were taken for.
    reading: str
    events: int
    cases: int
    #: How many cases begin where they should and make no move that is refused.
    conforming: int
    #: How many cases stand in an end.
    finished: int
    #: How many different ways cases go.
    variants: int
    states: tuple[StateReplay, ...]
    transitions: tuple[TransitionReplay, ...]
    refusals: tuple[Refusal, ...]
    #: Everything, as the command line writes it.
    data: dict[str, Any] = field(repr=False)

    @staticmethod
    def _of(text: str) -> Replay:
        data = json.loads(text)
        names = "accepted refused blueprint reading events cases conforming finished variants"
        return Replay(
            **{name: data[name] for name in names.split()},
            states=tuple(_state(one) for one in data["states"]),
            transitions=tuple(_transition(one) for one in data["transitions"]),
            refusals=tuple(_refusal(one) for one in data["refusals"]),
            data=data,
        )

    def figures(self) -> dict[str, Any]:
        """What ``Picture.with_figures`` writes on the picture of the blueprint."""
        transitions: dict[str, dict[str, Any]] = {}
        for one in sorted(self.transitions, key=lambda one: one.count):
            known = transitions.setdefault(one.transition, {"count": 0, "refused": 0, "from": {}})
            known["count"] += one.count
            known["refused"] += one.refused
            if one.median is not None:
                known["median_seconds"] = _whole(one.median)
            for state, count in one.origins.items():
                known["from"][state] = known["from"].get(state, 0) + count
        states = {
            one.state: {"count": one.entries, "median_seconds": _whole(one.median)}
            for one in self.states
        }
        return {"states": states, "transitions": transitions}


def _whole(time: timedelta | None) -> int | None:
    return None if time is None else int(time.total_seconds())


def _times(data: Mapping[str, Any]) -> dict[str, Any]:
    def time(seconds: float | None) -> timedelta | None:
        return None if seconds is None else timedelta(seconds=seconds)

    return {
        "timed": data["timed"],
        "median": time(data["median_seconds"]),
        "p90": time(data["p90_seconds"]),
    }


def _state(data: Mapping[str, Any]) -> StateReplay:
    names = "state role default entries cases last won lost finished"
    return StateReplay(**{name: data[name] for name in names.split()}, **_times(data))


def _transition(data: Mapping[str, Any]) -> TransitionReplay:
    names = "transition to count shared refused early"
    return TransitionReplay(
        **{name: data[name] for name in names.split()},
        **_times(data),
        origins={origin["state"]: origin["count"] for origin in data["from"]},
        child_of=data.get("child_of"),
    )


def _refusal(data: Mapping[str, Any]) -> Refusal:
    return Refusal(
        source=data["from"],
        to=data.get("to"),
        transition=data.get("transition"),
        **{name: data[name] for name in ("reason", "message", "count", "case")},
    )


def _rows(log: Any) -> Iterable[Mapping[str, Any]]:
    """The rows of a log: of polars, pyarrow, pandas, or as they are."""
    if hasattr(log, "to_dicts"):
        return log.to_dicts()
    if hasattr(log, "to_pylist"):
        return log.to_pylist()
    if hasattr(log, "itertuples"):
        return [
            {name: None if value != value else value for name, value in row.items()}
            for row in log.to_dict("records")
        ]
    return log


def replayed(
    program: Program,
    blueprint: str | None,
    log: Any,
    columns: tuple[str, str, str | None, str | None, str | None],
    reading: str | None,
    zone: str | tzinfo | None,
    lang: str | None,
) -> Replay:
    """Replays the rows of a log."""
    case, what, transition, by, time = columns

    def text(row: Mapping[str, Any], column: str | None) -> str | None:
        value = None if column is None else row[column]
        return None if value is None else str(value)

    def event(row: Mapping[str, Any]) -> tuple[Any, ...]:
        at: date | str | None = None if time is None else row[time]
        return (
            text(row, case) or "",
            text(row, what) or "",
            text(row, transition),
            text(row, by),
            None if at == "" else at,
        )

    events = (event(row) for row in _rows(log))
    return Replay._of(
        _native.replay(program._native, blueprint, events, reading, (None, zone), lang)
    )

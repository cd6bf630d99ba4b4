"""Logs replayed through blueprints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from jalon import _html_reports, _native

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


@dataclass(frozen=True, repr=False)
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
    data: dict[str, Any]

    _figures: dict[str, Any] = field(compare=False)
    _lang: str = field(compare=False)

    @staticmethod
    def _of(text: str, figures: str, lang: str) -> Replay:
        data = json.loads(text)
        names = "accepted refused blueprint reading events cases conforming finished variants"
        return Replay(
            **{name: data[name] for name in names.split()},
            states=tuple(_state(one) for one in data["states"]),
            transitions=tuple(_transition(one) for one in data["transitions"]),
            refusals=tuple(_refusal(one) for one in data["refusals"]),
            data=data,
            _figures=json.loads(figures),
            _lang=lang,
        )

    def figures(self) -> dict[str, Any]:
        """What ``Picture.with_figures`` writes on the picture of the blueprint."""
        return deepcopy(self._figures)

    def __repr__(self) -> str:
        return (
            f"<jalon.Replay {self.blueprint!r}: cases={self.cases}"
            f" accepted={self.accepted} refused={self.refused}>"
        )

    def _repr_html_(self) -> str:
        return _html_reports.replay(self, self._lang)


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
    rows: Iterable[Mapping[str, Any]] = log
    if hasattr(log, "to_dicts"):
        rows = log.to_dicts()
    elif hasattr(log, "to_pylist"):
        rows = log.to_pylist()
    elif hasattr(log, "itertuples"):
        rows = [
            {name: None if value != value else value for name, value in row.items()}
            for row in log.to_dict("records")
        ]
    return rows


#: The columns of a log: case, state or activity, transition, who, when.
_Columns = tuple[str, str, "str | None", "str | None", "str | None"]


def _events(log: Any, columns: _Columns) -> Iterable[tuple[Any, ...]]:
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

    return (event(row) for row in _rows(log))


def replayed(
    program: Program,
    blueprint: str | None,
    log: Any,
    columns: _Columns,
    reading: str | None,
    zone: str | tzinfo | None,
    lang: str | None,
) -> Replay:
    """Replays the rows of a log."""
    events = _events(log, columns)
    text, figures = _native.replay(
        program._native, blueprint, events, reading, (None, zone), lang
    )
    return Replay._of(text, figures, lang or program._native.lang)


def discover(
    log: Any,
    *,
    case: str,
    state: str,
    time: str | None = None,
    name: str | None = None,
    module: str | None = None,
    field: str | None = None,
    min_count: int = 1,
    zone: str | tzinfo | None = None,
    lang: str | None = None,
) -> str:
    """The blueprint that a log implies, as text: one that accepts every move of it.

    ``log``, ``case``, ``state`` and ``time`` are as for :meth:`jalon.Program.replay`. Each value of
    ``state`` becomes a state, the one in which most cases begin the default, those never left ends;
    one transition leads to each state. How often is said in comments. It is English, or French with
    ``lang="fr"``. ``name`` is the blueprint's, ``module`` what it governs, ``field`` what holds the
    state (the name of the column by default); moves rarer than ``min_count`` are left out.

    Raises :class:`ValueError` for a log that implies none, and :class:`jalon.ProgramError` for a
    name that cannot be written.
    """
    events = _events(log, (case, state, None, None, time))
    # A dot in the name of a field leads to another module.
    held = state.replace(".", " ") if field is None else field
    when = (None, zone)
    return _native.discover(events, name, module, held, min_count, when, lang)

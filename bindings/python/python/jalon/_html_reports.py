"""Reports as small tables for notebooks: what changes, and what a log says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from jalon._html import _AMBER, _FAINT, _FRAME, _GREEN, _RED, _RULE, _TABLE, _cell

if TYPE_CHECKING:
    from jalon._diff import Diff
    from jalon._replay import Replay

_MARKS = {"+": _GREEN, "−": _RED, "~": _AMBER}

_ENGLISH = {
    "moves": "{} moves: {} accepted, {} refused",
    "cases": "{} cases, {} of them without a refusal, {} finished",
    "state": "state",
    "entries": "reached",
    "last": "stay there",
    "median": "median",
    "p90": "90th percentile",
    "won": "won in the end",
    "lost": "lost in the end",
    "transition": "transition",
    "count": "made",
    "refused": "refused",
    "early": "early",
    "why": "why refused",
    "times": "times",
    "case": "for example",
    "days": "{} d",
}
_FRENCH = {
    "moves": "{} passages : {} acceptés, {} refusés",
    "cases": "{} cas, dont {} sans refus, {} terminés",
    "state": "état",
    "entries": "atteint",
    "last": "y restent",
    "median": "médiane",
    "p90": "90e centile",
    "won": "gagnés à la fin",
    "lost": "perdus à la fin",
    "transition": "transition",
    "count": "faite",
    "refused": "refusée",
    "early": "en avance",
    "why": "pourquoi refusé",
    "times": "fois",
    "case": "par exemple",
    "days": "{} j",
}


def diff(changes: Diff) -> str:
    """What changes, with what goes in red and what comes in green."""
    lines = [_marked(line) for line in changes.report().splitlines() if line.strip()]
    told = "".join(lines) or f"<div>{escape(changes.summary())}</div>"
    return f'<div style="{_FRAME}">{told}</div>'


def _marked(line: str) -> str:
    """A line of the report: its depth as an indent, its mark in colour."""
    text = line.lstrip(" ")
    depth = (len(line) - len(text)) // 2
    mark, rest = text[:1], text[1:]
    if mark not in _MARKS or not rest.startswith(" "):
        mark, rest = "", text
    shown = f'<span style="color:{_MARKS[mark]};font-weight:bold">{mark}</span>' if mark else ""
    return f'<div style="padding-left:{depth}em;white-space:pre-wrap">{shown}{escape(rest)}</div>'


def replay(report: Replay, lang: str) -> str:
    """What a blueprint makes of a log: its states, its transitions, what it refuses."""
    words = _FRENCH if lang == "fr" else _ENGLISH
    moves = words["moves"].format(report.accepted + report.refused, report.accepted, report.refused)
    cases = words["cases"].format(report.cases, report.conforming, report.finished)
    states = [
        [one.state, one.entries, one.last, _time(one.median, words), _time(one.p90, words)]
        + [_share(one.won, one.cases), _share(one.lost, one.cases)]
        for one in report.states
    ]
    transitions = [
        [one.transition, one.count, one.refused or "", one.early or ""]
        + [_time(one.median, words), _time(one.p90, words)]
        for one in report.transitions
    ]
    refusals = [[one.message, one.count, one.case] for one in report.refusals]
    tables = (
        _table(words, ["state", "entries", "last", "median", "p90", "won", "lost"], states)
        + _table(
            words, ["transition", "count", "refused", "early", "median", "p90"], transitions
        )
        + _table(words, ["why", "times", "case"], refusals)
    )
    return (
        f'<div style="{_FRAME}"><div style="margin-bottom:8px">'
        f'<strong style="font-size:15px">{escape(report.blueprint)}</strong> &nbsp;{moves}'
        f'<br><span style="opacity:.7">{cases}</span></div>{tables}</div>'
    )


def _table(words: dict[str, str], names: list[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows under named columns, of which the first is text; nothing without rows."""
    sides = ["left"] + ["right"] * (len(names) - 1)
    head = "".join(
        _cell(words[name], side, f";{_FAINT}") for name, side in zip(names, sides, strict=True)
    )
    body = "".join(
        f'<tr style="background:none;{_RULE}">'
        + "".join(
            _cell(escape(str(value)), side) for value, side in zip(row, sides, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    if not body:
        return ""
    return (
        f'<table style="{_TABLE};margin-top:10px"><tbody><tr style="background:none">{head}</tr>'
        f"{body}</tbody></table>"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if part else ""


def _time(time: timedelta | None, words: dict[str, str]) -> str:
    """A duration by its two largest units."""
    if time is None:
        return ""
    minutes = round(time.total_seconds() / 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return words["days"].format(days) + (f" {hours} h" if hours else "")
    return (f"{hours} h " if hours else "") + f"{minutes % 60} min"

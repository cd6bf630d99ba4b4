"""Results as small tables for notebooks: no script, no style sheet, light and dark alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from jalon._criterion import Explanation, Reason
    from jalon._reading import Problem, Read
    from jalon._score import EventCounts, Line, Score

_GREEN = "#2e9e6b"
_RED = "#d0524a"
_AMBER = "#b7791f"
_FAINT = "opacity:.45"
_RULE = "border-top:1px solid rgba(128,128,128,.25)"
_FRAME = (
    "font:13px/1.45 system-ui,-apple-system,'Segoe UI',sans-serif;max-width:60em;"
    "border:1px solid rgba(128,128,128,.3);border-radius:8px;padding:12px 16px"
)
# notebooks fix the widths of columns and colour rows; `table-layout` and `background` undo it
_TABLE = (
    "border-collapse:collapse;table-layout:auto;width:100%;margin:0;font-size:13px;color:inherit"
)

#: A column as narrow as what stands in it.
_NARROW = ";width:1%"

_NEAR_MISSES = {"wrong_type", "case", "accents", "outer_spaces", "unlisted"}
_ENGLISH = {
    "empty": "empty",
    "absent": "not in the record",
    "wrong_type": "wrong type",
    "case": "only case differs",
    "accents": "only accents differ",
    "outer_spaces": "only outer spaces differ",
    "unlisted": "not a declared value",
    "all": "all of",
    "any": "any of",
    "not": "not",
    "events": "{} of {} events",
    "expired": "expired",
    "future": "after now",
    "refused": "refused",
    "over_daily_limit": "over the daily limit",
    "undated": "without a date",
    "conflict": "{} and {} differ",
    "arithmetic": "cannot be computed",
    "colon": ": ",
    "expected": "{}, {} was expected",
    "text": "a text",
    "number": "a number",
    "checkbox": "a checkbox state",
    "multi-picklist": "a list of values",
    "date": "a date",
    "datetime": "a date and time",
    "lookup": "a reference",
    "records": "a list of records",
    "next_change": "can change from {}",
}
_FRENCH = {
    "empty": "vide",
    "absent": "absent de la fiche",
    "wrong_type": "mauvais type",
    "case": "seule la casse diffère",
    "accents": "seuls les accents diffèrent",
    "outer_spaces": "seuls des espaces autour diffèrent",
    "unlisted": "valeur absente de la liste déclarée",
    "all": "tous",
    "any": "au moins un",
    "not": "non",
    "events": "événements comptés : {} sur {}",
    "expired": "hors fenêtre",
    "future": "après maintenant",
    "refused": "hors critère",
    "over_daily_limit": "hors limite du jour",
    "undated": "sans date",
    "conflict": "{} et {} diffèrent",
    "arithmetic": "ne se calcule pas",
    "colon": " : ",
    "expected": "{}, attendu : {}",
    "text": "un texte",
    "number": "un nombre",
    "checkbox": "une case cochée ou non",
    "multi-picklist": "une liste de valeurs",
    "date": "une date",
    "datetime": "une date-heure",
    "lookup": "une référence",
    "records": "une liste de fiches",
    "next_change": "peut changer dès le {}",
}
_LOST = ("expired", "future", "refused", "over_daily_limit", "undated")


def score(result: Score) -> str:
    """A score: total, stars and label above, a bar for each line below."""
    return _Page(result.lang).score(result)


def explanation(result: Explanation) -> str:
    """A criterion: each part with a tick or a cross, and the values read."""
    return _Page(result.lang).explanation(result)


class _Page:
    """Writes in one language."""

    def __init__(self, lang: str) -> None:
        self.words = _FRENCH if lang == "fr" else _ENGLISH

    def score(self, result: Score) -> str:
        lines = result.lines
        widest = max((abs(line.points) for line in lines), default=Decimal(0)) or Decimal(1)
        rows, group = [], None
        for line in lines:
            if line.group != group:
                group = line.group
                rows.append(_group_row(result, group))
            rows.append(self._line_row(line, widest))
        return (
            f'<div style="{_FRAME}">{_score_head(result)}<table style="{_TABLE}">'
            f"<tbody>{''.join(rows)}</tbody></table>"
            f"{self._problems(result.errors)}{self._next_change(result)}</div>"
        )

    def explanation(self, result: Explanation) -> str:
        return (
            f'<div style="{_FRAME}"><ul style="margin:0;padding:0;list-style:none">'
            f"{self._reason(result.root)}</ul>{self._problems(result.errors)}</div>"
        )

    def _line_row(self, line: Line, widest: Decimal) -> str:
        points = _signed(line.points)
        if line.capped_from is not None:
            points += f' <s style="{_FAINT}">{_signed(line.capped_from)}</s>'
        faint = "" if line.points else f";{_FAINT}"
        indent = ";padding-left:22px" if line.group is not None else ""
        return (
            f'<tr style="background:none;{_RULE}">{_cell(points, "right", f"{_NARROW}{faint}")}'
            f"{_cell(_bar(line.points, widest), more=_NARROW)}"
            f"{_cell(escape(line.text), more=indent + faint)}"
            f'{_cell(self._read_by(line), more=";opacity:.8")}</tr>'
        )

    def _read_by(self, line: Line) -> str:
        parts = [f"{escape(name)} = {self._read(read)}" for name, read in line.values.items()]
        if line.reason is not None:
            parts += [self._leaf_read(leaf) for leaf in line.reason.leaves()]
        if line.events is not None:
            parts.append(self._events(line.events))
        return "<br>".join(dict.fromkeys(parts))

    def _events(self, counts: EventCounts) -> str:
        lost = ((getattr(counts, why), self.words[why]) for why in _LOST)
        told = ", ".join(f"{count} {why}" for count, why in lost if count)
        head = self.words["events"].format(counts.counted, counts.found)
        return f"{head} ({told})" if told else head

    def _leaf_read(self, leaf: Reason) -> str:
        value = self._read(leaf.value) if leaf.value is not None else ""
        compared = "".join(f" / {self._read(read)}" for read in leaf.compared_with)
        interval = because = ""
        if leaf.interval is not None:
            start, end = (escape(bound) if bound else "…" for bound in leaf.interval)
            interval = f' <span style="opacity:.6">[{start}, {end})</span>'
        if leaf.because in _NEAR_MISSES:
            because = f' <strong style="color:{_AMBER}">{self.words[leaf.because]}</strong>'
        return f"{escape(leaf.field or '')} = {value}{compared}{interval}{because}"

    def _read(self, read: Read) -> str:
        if read.value is not None:
            return escape(read.value)
        return f"<em>{self.words.get(read.state, read.state)}</em>"

    def _reason(self, reason: Reason) -> str:
        mark, colour = ("✓", _GREEN) if reason.holds else ("✗", _RED)
        head = escape(reason.text) if reason.text is not None else self.words[reason.kind]
        if reason.kind == "leaf":
            head += f' <span style="opacity:.7">— {self._leaf_read(reason)}</span>'
        elif reason.kind == "related":
            head += f' <span style="opacity:.7">— {reason.matching} / {reason.count}</span>'
        parts = "".join(map(self._reason, reason.parts))
        if parts:
            parts = f'<ul style="margin:0;padding-left:22px;list-style:none">{parts}</ul>'
        return f'<li><span style="color:{colour}">{mark}</span> {head}{parts}</li>'

    def _problems(self, problems: Iterable[Problem]) -> str:
        told = [
            f"<li><strong>{escape(problem.field)}</strong> {escape(problem.value)}"
            f"{self.words['colon']}{self._problem(problem)}</li>"
            for problem in problems
        ]
        if not told:
            return ""
        return f'<ul style="color:{_RED};margin:8px 0 0;padding-left:18px">{"".join(told)}</ul>'

    def _problem(self, problem: Problem) -> str:
        word = self.words[problem.kind]
        if problem.keys is not None:
            return word.format(*map(escape, problem.keys))
        if not problem.expected:
            return word
        expected = self.words.get(problem.expected, problem.expected)
        return self.words["expected"].format(word, escape(expected))

    def _next_change(self, result: Score) -> str:
        if result.next_change is None:
            return ""
        when = self.words["next_change"].format(_local(result.next_change, result.made_of()[3]))
        return f'<div style="opacity:.6;margin-top:8px">{when}</div>'


def timeline(entries: Iterable[tuple[str, str, str, str]]) -> str:
    """Decisions: when, the event, the record, and the report."""
    rows = [
        f'<tr style="background:none;{_RULE}">{_cell(escape(at), more=";white-space:nowrap")}'
        f"{_cell(escape(event))}{_cell(escape(record))}"
        f'{_cell(escape(report), more=";white-space:pre-wrap")}</tr>'
        for at, event, record, report in entries
    ]
    return f'<div style="{_FRAME}"><table style="{_TABLE}"><tbody>{"".join(rows)}</tbody></table></div>'


def _local(instant: datetime, zone: str | tzinfo | None) -> str:
    """An instant in the zone of the evaluation, in UTC where none was given."""
    try:
        here = ZoneInfo(zone) if isinstance(zone, str) else zone
    except (ZoneInfoNotFoundError, ValueError):  # the machine has no such zone, Jalon has its own
        here = None
    if here is None:
        return f"{instant:%Y-%m-%d %H:%M} UTC"
    return f"{instant.astimezone(here):%Y-%m-%d %H:%M}"


def _score_head(result: Score) -> str:
    stars = ""
    if result.stars is not None:
        stars = f'<span style="color:{_AMBER};letter-spacing:.1em">{"★" * result.stars}</span>'
    label = ""
    if result.label is not None:
        label = (
            '<span style="border:1px solid rgba(128,128,128,.4);border-radius:99px;'
            f'padding:1px 10px">{escape(result.label)}</span>'
        )
    parts = (
        f'<span style="{_FAINT}">{_signed(result.positive)} &nbsp;{_signed(result.negative)}</span>'
    )
    return (
        '<div style="display:flex;align-items:baseline;gap:12px;margin-bottom:8px;flex-wrap:wrap">'
        f'<strong style="font-size:15px">{escape(result.name)}</strong>'
        f'<strong style="font-size:22px">{_plain(result.total)}</strong>{stars}{label}'
        f'<span style="flex:1"></span>{parts}</div>'
    )


def _group_row(result: Score, name: str | None) -> str:
    group = next((group for group in result.groups if group.name == name), None)
    if group is None:
        return ""
    before = ""
    if group.before_limits != group.points:
        before = f' <s style="{_FAINT}">{_signed(group.before_limits)}</s>'
    return (
        f'<tr style="background:none;{_RULE}">'
        f'{_cell(f"<strong>{_signed(group.points)}</strong>{before}", "right")}{_cell("")}'
        f'{_cell(f"<strong>{escape(group.name)}</strong>")}{_cell("")}</tr>'
    )


def _bar(points: Decimal, widest: Decimal) -> str:
    share = float(abs(points) / widest) * 50
    colour, side = (_GREEN, "left") if points >= 0 else (_RED, "right")
    fill = ""
    if points:
        fill = (
            f'<div style="position:absolute;{side}:50%;width:{share:.1f}%;min-width:2px;top:2px;'
            f'bottom:2px;background:{colour};border-radius:2px"></div>'
        )
    axis = (
        '<div style="position:absolute;left:50%;top:0;bottom:0;width:1px;'
        'background:rgba(128,128,128,.4)"></div>'
    )
    return f'<div style="position:relative;width:120px;height:16px">{fill}{axis}</div>'


def _cell(content: str, align: str = "left", more: str = "") -> str:
    style = f"padding:3px 8px;text-align:{align};vertical-align:top{more}"
    if align == "right":
        style += ";white-space:nowrap;font-variant-numeric:tabular-nums"
    return f'<td style="{style}">{content}</td>'


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def _signed(number: Decimal) -> str:
    return f"+{_plain(number)}" if number > 0 else _plain(number)

"""Results as small tables for notebooks: no script, no style sheet, light and dark alike."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

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
    "font:13px/1.45 system-ui,-apple-system,'Segoe UI',sans-serif;max-width:54em;"
    "border:1px solid rgba(128,128,128,.3);border-radius:8px;padding:12px 16px"
)

_BECAUSE = {
    "empty": "empty",
    "absent": "not in the record",
    "wrong_type": "wrong type",
    "case": "only case differs",
    "accents": "only accents differ",
    "outer_spaces": "only outer spaces differ",
}
_NEAR_MISSES = {"wrong_type", "case", "accents", "outer_spaces"}


def score(result: Score) -> str:
    """A score: total, stars and label above, a bar for each line below."""
    lines = result.lines
    widest = max((abs(line.points) for line in lines), default=Decimal(0)) or Decimal(1)
    rows, group = [], None
    for line in lines:
        if line.group != group:
            group = line.group
            rows.append(_group_row(result, group))
        rows.append(_line_row(line, widest))
    return (
        f'<div style="{_FRAME}">{_score_head(result)}'
        '<table style="border-collapse:collapse;width:100%;margin:0;font-size:13px">'
        f"<tbody>{''.join(rows)}</tbody></table>{_problems(result.errors)}{_next_change(result)}</div>"
    )


def explanation(result: Explanation) -> str:
    """A criterion: each part with a tick or a cross, and the values read."""
    return (
        f'<div style="{_FRAME}">'
        f'<ul style="margin:0;padding:0;list-style:none">{_reason(result.root)}</ul>'
        f"{_problems(result.errors)}</div>"
    )


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


def _line_row(line: Line, widest: Decimal) -> str:
    points = _signed(line.points)
    if line.capped_from is not None:
        points += f' <s style="{_FAINT}">{_signed(line.capped_from)}</s>'
    faint = "" if line.points else f";{_FAINT}"
    indent = ";padding-left:14px" if line.group is not None else ""
    return (
        f'<tr style="background:none;{_RULE}{faint}">{_cell(points, "right")}'
        f"{_cell(_bar(line.points, widest))}"
        f'{_cell(escape(line.text), more=indent)}{_cell(_read_by(line), more=";opacity:.8")}</tr>'
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


def _read_by(line: Line) -> str:
    parts = [f"{escape(name)} = {_read(read)}" for name, read in line.values.items()]
    if line.reason is not None:
        parts += [_leaf_read(leaf) for leaf in line.reason.leaves()]
    if line.events is not None:
        parts.append(_events(line.events))
    return "<br>".join(dict.fromkeys(parts))


def _events(counts: EventCounts) -> str:
    lost = {
        "expired": counts.expired,
        "after now": counts.future,
        "refused": counts.refused,
        "over the daily limit": counts.over_daily_limit,
        "without a date": counts.undated,
    }
    told = ", ".join(f"{count} {why}" for why, count in lost.items() if count)
    return f"{counts.counted} of {counts.found} events{f' ({told})' if told else ''}"


def _leaf_read(leaf: Reason) -> str:
    value = _read(leaf.value) if leaf.value is not None else ""
    compared = "".join(f" / {_read(read)}" for read in leaf.compared_with)
    interval = ""
    if leaf.interval is not None:
        start, end = (escape(bound) if bound else "…" for bound in leaf.interval)
        interval = f' <span style="{_FAINT}">[{start}, {end})</span>'
    because = ""
    if leaf.because in _NEAR_MISSES:
        because = f' <strong style="color:{_AMBER}">{_BECAUSE[leaf.because]}</strong>'
    return f"{escape(leaf.field or '')} = {value}{compared}{interval}{because}"


def _read(read: Read) -> str:
    if read.value is not None:
        return escape(read.value)
    return f"<em>{escape(_BECAUSE.get(read.state, read.state))}</em>"


def _reason(reason: Reason) -> str:
    mark, colour = ("✓", _GREEN) if reason.holds else ("✗", _RED)
    heads = {"all": "all of", "any": "any of", "not": "not"}
    head = heads.get(reason.kind) or escape(reason.text or "")
    if reason.kind == "leaf":
        head += f' <span style="opacity:.7">— {_leaf_read(reason)}</span>'
    elif reason.kind == "related":
        head += f' <span style="opacity:.7">— {reason.matching} / {reason.count}</span>'
    parts = "".join(map(_reason, reason.parts))
    if parts:
        parts = f'<ul style="margin:0;padding-left:22px;list-style:none">{parts}</ul>'
    return f'<li><span style="color:{colour}">{mark}</span> {head}{parts}</li>'


def _problems(problems: Iterable[Problem]) -> str:
    told = [
        f"<li><strong>{escape(problem.field)}</strong> {escape(problem.value)}: {_problem(problem)}</li>"
        for problem in problems
    ]
    if not told:
        return ""
    return f'<ul style="color:{_RED};margin:8px 0 0;padding-left:18px">{"".join(told)}</ul>'


def _problem(problem: Problem) -> str:
    if problem.kind == "wrong_type":
        return f"not a {escape(problem.expected or '')}"
    if problem.keys is not None:
        return f"{escape(problem.keys[0])} and {escape(problem.keys[1])} differ"
    return escape(problem.kind)


def _next_change(result: Score) -> str:
    if result.next_change is None:
        return ""
    when = result.next_change.strftime("%Y-%m-%d %H:%M UTC")
    return f'<div style="{_FAINT};margin-top:8px">can change from {when}</div>'


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

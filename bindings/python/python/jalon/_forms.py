"""Criteria and rules in other people's forms: react-querybuilder, Zoho, Salesforce."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jalon import _native
from jalon._errors import LeftOut, LeftOutError

if TYPE_CHECKING:
    from jalon._criterion import Criterion
    from jalon._program import Program


@dataclass(frozen=True)
class ImportedRules:
    """Rules from another form, as text, and what is not in them."""

    text: str
    left_out: list[LeftOut]


def import_criterion(
    form: str,
    value: Any,
    *,
    program: Program | None = None,
    module: str | None = None,
    lang: str | None = None,
) -> str:
    """A criterion of another form as text; ``value`` is its JSON, as data or as text.

    ``form`` is ``querybuilder``, ``zoho`` or ``pattern``. With a ``program``, names that it
    declares are told from texts, and comparisons with fields are carried. A criterion is carried
    whole or not at all. Raises :class:`jalon.LeftOutError`.

    >>> import jalon
    >>> jalon.import_criterion("zoho", {"field": "City", "comparator": "equal", "value": "Nice"})
    'City IS Nice'
    """
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    read, left_out = _import(form, text, program, module, lang, False)
    if left_out:
        raise LeftOutError.of(left_out, lang or (program._native.lang if program else "en"))
    return read.rstrip("\n")


def import_rules(
    form: str,
    text: str,
    *,
    program: Program | None = None,
    module: str | None = None,
    lang: str | None = None,
    inactive: bool = False,
) -> ImportedRules:
    """The rules of a text of another form; ``form`` is ``salesforce``: workflow rules as XML.

    A rule is carried when its trigger and its whole criterion are; actions that are not are noted
    above it. ``inactive`` also reads rules that are switched off.
    """
    return ImportedRules(*_import(form, text, program, module, lang, inactive))


def export_criterion(criterion: Criterion, form: str, names: str) -> Any:
    """See :meth:`jalon.Criterion.export`."""
    written, left_out, lang = _native.export_criterion(criterion._native, form, names)
    if written is None:
        raise LeftOutError.of(_listed(left_out), lang)
    return json.loads(written)


def _import(
    form: str,
    text: str,
    program: Program | None,
    module: str | None,
    lang: str | None,
    inactive: bool,
) -> tuple[str, list[LeftOut]]:
    native = program._native if program is not None else None
    read, left_out = _native.import_text(form, text, native, module, lang, inactive)
    return read, _listed(left_out)


def _listed(left_out: str) -> list[LeftOut]:
    return [LeftOut(**form) for form in json.loads(left_out)]

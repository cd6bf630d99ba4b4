"""Texts with fields, rendered."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from jalon import _diagnostics
from jalon._diagnostics import Diagnostic

if TYPE_CHECKING:
    from jalon._program import Program


class Template:
    """A text with fields, compiled. Immutable; threads may share it."""

    __slots__ = ("_made", "_native")

    def __init__(self, program: Program, text: str, format: str, module: str | None) -> None:
        self._made = (program, text, format, module)
        self._native = program._native.template(text, format, module)

    @property
    def text(self) -> str:
        """As written."""
        return self._made[1]

    @property
    def reads_clock(self) -> bool:
        """Whether it needs ``now=``."""
        return self._native.reads_clock

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Its warnings and notes."""
        return _diagnostics.from_json(self._native.diagnostics())

    def render(
        self, record: Any, *, now: date | str | None = None, zone: str | tzinfo | None = None
    ) -> str:
        """The text for a record.

        Each value is written as its place asks, so that none can break the format. Raises
        :class:`jalon.RecordError` where a value is of the wrong type.
        """
        return self._native.render(record, (now, zone))

    def __repr__(self) -> str:
        return f"<jalon.Template {self.text!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Template, self._made

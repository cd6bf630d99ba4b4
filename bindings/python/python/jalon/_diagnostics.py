"""Findings about a program, as data."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True)
class Edit:
    """Replace the characters ``start`` to ``end`` of a file with ``text``."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fix:
    """A way out: edits that mend the text."""

    title: str
    edits: tuple[Edit, ...]

    def apply(self, text: str, *, file: str | None = None) -> str:
        """The text of ``file`` with the edits made (of the only file, by default)."""
        edits = [edit for edit in self.edits if file is None or edit.file == file]
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text


@dataclass(frozen=True)
class Label:
    """A second place that matters, such as the first of two definitions."""

    file: str
    line: int
    column: int
    text: str


@dataclass(frozen=True, repr=False)
class Diagnostic:
    """One finding: an error, a warning or a note, with its place and the ways out.

    As a ``str`` it is one line: where, how serious, the code, the message.
    """

    #: Stable, such as ``E0203``.
    code: str
    #: ``error``, ``warning`` or ``note``.
    severity: str
    message: str
    file: str
    #: From 1.
    line: int
    #: In characters, from 1.
    column: int
    end_line: int
    end_column: int
    #: What stands under the underlined text.
    label: str | None = None
    help: str | None = None
    labels: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()
    #: All of it on one line.
    text: str = ""
    #: The characters of the file that are underlined, from 0.
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<jalon.Diagnostic {self.text}>"


def from_json(text: str) -> list[Diagnostic]:
    """Diagnostics as the native module hands them over."""
    return [_diagnostic(form) for form in json.loads(text)]


def _diagnostic(form: dict[str, Any]) -> Diagnostic:
    labels = tuple(_of(Label, label) for label in form["labels"])
    fixes = tuple(
        Fix(fix["title"], tuple(_of(Edit, edit) for edit in fix["edits"])) for fix in form["fixes"]
    )
    return _of(Diagnostic, {**form, "labels": labels, "fixes": fixes})


def _of(kind: type[_T], form: dict[str, Any]) -> _T:
    """What a class keeps of a form that says more."""
    return kind(**{field.name: form[field.name] for field in fields(kind)})  # type: ignore[arg-type]

"""Criteria, and why they hold or do not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any, TypeVar, overload

from jalon import _forms, _frames, _html, _native
from jalon._reading import Problem, Read

_F = TypeVar("_F")
_C = TypeVar("_C")


@dataclass(frozen=True)
class Reason:
    """One part of an explained criterion."""

    #: ``all``, ``any``, ``not``, ``related`` (a criterion on a list of records) or ``leaf``.
    kind: str
    holds: bool
    #: The parts of ``all``, ``any`` and ``not``; for ``related``, the record that decides.
    parts: tuple[Reason, ...] = ()
    #: As written (``related`` and ``leaf``).
    text: str | None = None
    #: The field or expression read.
    field: str | None = None
    #: The operator.
    op: str | None = None
    #: What was read.
    value: Read | None = None
    #: What the value was compared with, where that is not in the text.
    compared_with: tuple[Read, ...] = ()
    #: The interval that a date word stood for, ends as ISO text, ``None`` where unbounded.
    interval: tuple[str | None, str | None] | None = None
    #: ``empty``, ``absent``, ``wrong_type``, ``case``, ``accents``, ``outer_spaces`` or ``unlisted``.
    because: str | None = None
    #: ``any``, ``none`` or ``all`` (``related`` only).
    quantifier: str | None = None
    #: How many records there are (``related`` only).
    count: int | None = None
    #: How many of them satisfy the criterion (``related`` only).
    matching: int | None = None

    def leaves(self) -> Iterator[Reason]:
        """Every single test, in source order."""
        if self.kind == "leaf":
            yield self
        for part in self.parts:
            yield from part.leaves()

    @staticmethod
    def from_form(form: dict[str, Any]) -> Reason:
        kind = form["kind"]
        if kind in ("all", "any"):
            return Reason(kind, form["holds"], tuple(map(Reason.from_form, form["parts"])))
        if kind == "not":
            return Reason(kind, form["holds"], (Reason.from_form(form["part"]),))
        if kind == "related":
            decisive = form["decisive"]
            return Reason(
                kind,
                form["holds"],
                (Reason.from_form(decisive),) if decisive else (),
                text=form["text"],
                quantifier=form["quantifier"],
                count=form["count"],
                matching=form["matching"],
            )
        interval = form["interval"]
        return Reason(
            kind,
            form["holds"],
            text=form["text"],
            field=form["field"],
            op=form["op"],
            value=Read(**form["value"]),
            compared_with=tuple(Read(**read) for read in form["compared_with"]),
            interval=(interval[0], interval[1]) if interval else None,
            because=form["because"],
        )


@dataclass(frozen=True, repr=False)
class Explanation:
    """Why a criterion holds on a record, or does not. True when it holds."""

    holds: bool
    #: The parts, as the criterion is written.
    root: Reason
    #: Values of the wrong type; a criterion that reads one does not hold.
    errors: tuple[Problem, ...]
    #: The hash of what the criterion says.
    content: str
    _native: _native.Reasons = field(compare=False)

    def __bool__(self) -> bool:
        return self.holds

    def leaves(self) -> Iterator[Reason]:
        """Every single test, in source order."""
        return self.root.leaves()

    @property
    def lang(self) -> str:
        """The language of the criterion: ``fr`` or ``en``."""
        return self._native.lang

    def explain(self, lang: str | None = None) -> str:
        """The reasons as text, in French (``fr``) or English (``en``)."""
        return self._native.sentence(lang)

    def to_dict(self) -> dict[str, Any]:
        """The reasons as plain data, ready for JSON."""
        form: dict[str, Any] = json.loads(self._native.json())
        return form

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<jalon.Explanation holds={self.holds}>"

    def _repr_html_(self) -> str:
        return _html.explanation(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return _explanation, (self._native,)


def _explanation(native: _native.Reasons) -> Explanation:
    form = json.loads(native.json())
    return Explanation(
        form["holds"],
        Reason.from_form(form["root"]),
        tuple(Problem.from_form(error, native.lang) for error in form["errors"]),
        form["content"],
        native,
    )


class Criterion:
    """A compiled criterion. Immutable; threads may share it."""

    __slots__ = ("_made", "_native", "text")

    #: The criterion as written, or the name of its rule.
    text: str

    def __init__(self, text: str) -> None:
        """A criterion without a program: fields have no declared type."""
        self.text = text
        self._native = _native.Criterion(text)
        self._made: tuple[Any, ...] = (Criterion, (text,))

    @classmethod
    def _of(cls, native: _native.Criterion, text: str, made: tuple[Any, ...]) -> Criterion:
        criterion = cls.__new__(cls)
        criterion.text = text
        criterion._native = native
        criterion._made = made
        return criterion

    @property
    def reads_clock(self) -> bool:
        """Whether it needs ``now=``."""
        return self._native.reads_clock

    def sentence(self, lang: str | None = None) -> str:
        """What it says, as people would read it aloud.

        >>> criterion("Country IS France, Monaco AND Amount > 1000").sentence()
        'Country is France or Monaco, and Amount is greater than 1000'

        ``lang`` is ``"fr"`` or ``"en"``, that of the program by default.
        """
        return self._native.sentence(lang)

    def matches(
        self, record: Any, now: date | str | None = None, zone: str | tzinfo | None = None
    ) -> bool:
        """Whether it holds. It does not where a value it reads is of the wrong type."""
        return self._native.matches(record, (now, zone))

    def explain(
        self, record: Any, now: date | str | None = None, zone: str | tzinfo | None = None
    ) -> Explanation:
        """Why it holds or does not."""
        return _explanation(self._native.explain(record, (now, zone)))

    def to_sql(
        self,
        dialect: str,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        *,
        texts: str = "any",
        columns: Mapping[str, str | Sequence[str]] | None = None,
        numbered: bool | None = None,
        names: str = "api",
    ) -> tuple[str, list[Any]]:
        """What stands after ``WHERE`` in ``sqlite``, ``postgres`` or ``duckdb``, and its parameters.

        The query selects the rows on which the criterion holds, no more and no fewer. Raises
        :class:`jalon.LeftOutError` with what the database cannot say. Texts are compared by
        functions that :func:`jalon.sql.install` gives the database, unless ``texts`` is
        ``"ascii"`` or ``"folded"``, which is what the columns then hold. ``columns`` says where a
        field stands, as SQL (two columns for a reference by id and name); the others stand in the
        column of their first API name (``names="api"``) or their ``label``. ``numbered`` writes ``$1`` rather than ``?``, as PostgreSQL wants it.
        """
        places = [
            (name, [place] if isinstance(place, str) else list(place))
            for name, place in (columns or {}).items()
        ]
        return _forms.to_sql(self, dialect, (now, zone), texts, places, numbered, names)

    def export(self, form: str, names: str = "api") -> Any:
        """The criterion in another form, as the data of its JSON.

        ``form`` is ``querybuilder``, ``zoho``, ``pattern`` or ``jsonlogic``; ``names`` says whether fields go by
        their first API name (``api``) or by their ``label``. A criterion is carried whole or not
        at all. Raises :class:`jalon.LeftOutError`.

        >>> import jalon
        >>> jalon.criterion("City IS Nice").export("zoho")["comparator"]
        'equal'
        """
        return _forms.export_criterion(self, form, names)

    @overload
    def match_frame(
        self,
        frame: _frames.WithSeries[_C] | _frames.WithArrays[_C] | _frames.WithTypes[_C],
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> _C: ...
    @overload
    def match_frame(
        self,
        frame: _F,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> _F: ...
    def match_frame(
        self,
        frame: Any,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> Any:
        """Whether it holds on each row: a boolean column of the frame's own kind.

        See :meth:`jalon.Program.match_frame`.
        """
        return _frames.answer(frame, self._matching((now, zone), threads), "column")

    def filter_frame(
        self,
        frame: _F,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> _F:
        """The rows on which it holds, as a frame of the same kind.

        See :meth:`jalon.Program.filter_frame`.
        """
        return _frames.answer(frame, self._matching((now, zone), threads), "kept")

    def explain_frame(
        self,
        frame: _F,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        lang: str | None = None,
    ) -> _F:
        """The frame with the columns ``holds`` and ``reason``.

        See :meth:`jalon.Program.explain_frame`.
        """
        return _frames.answer(frame, _frames.explaining(self._native, (now, zone), lang), "whole")

    def _matching(self, when: _frames.When, threads: int | None) -> _frames.Job:
        return _frames.matching({"matches": self}, when, threads)

    def __repr__(self) -> str:
        return f"<jalon.Criterion {self.text!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return self._made

    def __copy__(self) -> Criterion:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Criterion:
        return self


def criterion(text: str) -> Criterion:
    """A criterion without a program: ``jalon.criterion("Pays EST VIDE").matches(record)``."""
    return Criterion(text)

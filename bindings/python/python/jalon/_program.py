"""Programs: what they declare, and what they say of a record or a frame."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, tzinfo
from typing import Any

from jalon import _diagnostics, _frames, _native
from jalon._criterion import Criterion, Explanation
from jalon._diagnostics import Diagnostic
from jalon._errors import UnknownNameError
from jalon._judge import Judge, Matcher, Scorer
from jalon._score import Score

#: How many criteria given as text a program keeps compiled.
_KEPT_CRITERIA = 256


class Program:
    """A compiled program. Immutable; threads may share it."""

    __slots__ = ("_criteria", "_made", "_native", "_scores")

    def __init__(
        self,
        sources: Iterable[tuple[str, str]],
        *,
        lang: str | None = None,
        strict: bool = False,
    ) -> None:
        """A program of named texts; see :func:`jalon.parse` and :func:`jalon.load`."""
        self._made = (list(sources), lang, strict)
        self._native = _native.Program(*self._made)
        self._criteria: dict[tuple[str, str | None], Criterion] = {}
        self._scores: dict[str | None, _native.Score] = {}

    @property
    def scores(self) -> list[str]:
        """The names of its scores."""
        return self._native.scores

    @property
    def modules(self) -> list[str]:
        """The names of its modules."""
        return self._native.modules

    @property
    def rules(self) -> list[str]:
        """The names of its rules."""
        return self._native.rules

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The name and the text of each of its files."""
        return list(self._made[0])

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Its warnings and notes; a program with errors does not load."""
        return _diagnostics.from_json(self._native.diagnostics())

    def score(
        self,
        name: str | None,
        record: Any,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        explain: bool = False,
    ) -> Score:
        """The score of a record: a dict, a mapping, a dataclass, a pydantic model.

        ``name`` may be ``None`` if there is only one score. ``now`` is the evaluation's clock, a
        datetime, a date or ISO text (local to ``zone`` without an offset); it may be left out if
        the score reads no clock. ``explain=True`` works the reasons out at once.
        """
        score = Score(self, self._scores.get(name) or self._score(name), record, now, zone)
        if explain:
            score._known()
        return score

    def scorer(
        self,
        name: str | None = None,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Scorer:
        """A score ready for many records, one at a time, under one clock.

        ``scorer(record)`` is the total, ``scorer.score(record)`` what :meth:`score` gives. For many
        records at once, :meth:`score_frame` is faster by far.
        """
        return Scorer(self, self._score(name), [], (now, zone))

    def matcher(
        self,
        criterion: str | Criterion,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Matcher:
        """A criterion ready for many records under one clock: ``matcher(record)`` is a bool."""
        return Matcher(self, None, [self._compiled(criterion, module)], (now, zone))

    def judge(
        self,
        score: str | None,
        criteria: Iterable[str | Criterion],
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Judge:
        """A score and criteria ready for many records under one clock.

        ``judge(record)`` is the total and a tuple that says which criteria hold. Each record is
        read once, and a test that several of them share is made once.
        """
        own = [self._compiled(criterion, module) for criterion in criteria]
        for criterion in own:
            if not criterion._native.is_of(self._native):
                raise ValueError(f"{criterion.text!r} is a criterion of another program")
        return Judge(self, self._score(score), own, (now, zone))

    def criterion(self, text: str, module: str | None = None) -> Criterion:
        """A criterion compiled against the program's modules and constants."""
        native = self._native.criterion(text, module)
        return Criterion._of(native, text, (self.criterion, (text, module)))

    def rule(self, name: str) -> Criterion:
        """The condition of a rule, by the rule's name."""
        return Criterion._of(self._native.rule(name), name, (self.rule, (name,)))

    def matches(
        self,
        criterion: str | Criterion,
        record: Any,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> bool:
        """Whether a criterion, as text or compiled, holds on a record."""
        return self._compiled(criterion, module).matches(record, now, zone)

    def explain(
        self,
        criterion_or_score: str | Criterion,
        record: Any,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Explanation | Score:
        """The reasons of a score, by its name, or of a criterion."""
        if isinstance(criterion_or_score, str):
            try:
                self._score(criterion_or_score)
            except UnknownNameError:
                pass  # then it is a criterion
            else:
                return self.score(criterion_or_score, record, now=now, zone=zone, explain=True)
        return self._compiled(criterion_or_score, module).explain(record, now, zone)

    def score_frame(
        self,
        name: str | None,
        frame: Any,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Any:
        """A frame of the same kind with the score of each row.

        ``frame`` is anything with ``__arrow_c_stream__``: polars, pandas, pyarrow, duckdb. Added
        are a column of the score's name, ``<score>_stars`` and ``<score>_label`` where the score
        declares them, and ``errors``, which names wrong values. ``now`` may name a column: then
        each row has its own clock. A ``RecordBatchReader`` is scored as it is read.
        """
        return _frames.score(self._score(name), frame, (now, zone))

    def match_frame(
        self,
        criterion: str | Criterion,
        frame: Any,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Any:
        """Whether a criterion holds on each row: a boolean column of the frame's own kind."""
        return self._compiled(criterion, module).match_frame(frame, now=now, zone=zone)

    def _score(self, name: str | None) -> _native.Score:
        known = self._scores.get(name)
        if known is None:
            known = self._scores[name] = self._native.score(name)
        return known

    def _compiled(self, criterion: str | Criterion, module: str | None) -> Criterion:
        if isinstance(criterion, Criterion):
            return criterion
        known = self._criteria.get((criterion, module))
        if known is None:
            known = self.criterion(criterion, module)
            if len(self._criteria) >= _KEPT_CRITERIA:
                self._criteria.clear()
            self._criteria[(criterion, module)] = known
        return known

    def __repr__(self) -> str:
        names = ", ".join(name for name, _ in self.sources)
        return (
            f"<jalon.Program {names}: scores={len(self.scores)}"
            f" rules={len(self.rules)} modules={len(self.modules)}>"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _program, self._made


def _program(sources: list[tuple[str, str]], lang: str | None, strict: bool) -> Program:
    return Program(sources, lang=lang, strict=strict)


def parse(text: str, *, name: str = "<text>", lang: str | None = None, strict: bool = False) -> Program:
    """A program of one text.

    ``name`` is what diagnostics call it; ``lang`` is the language of messages. In ``strict`` mode
    a value of the wrong type or an absent field raises :class:`jalon.RecordError`.

    Raises :class:`jalon.SyntaxError` or :class:`jalon.CheckError` with all the diagnostics.
    """
    return Program([(name, text)], lang=lang, strict=strict)


def load(
    path: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    lang: str | None = None,
    strict: bool = False,
) -> Program:
    """A program of a file, several files, or the ``.jalon`` files of a folder.

    Raises :class:`OSError` for a file that cannot be read; see :func:`parse` for the rest.
    """
    paths = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    return Program(_native.sources(paths), lang=lang, strict=strict)

"""What a program says of a whole frame."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Any, TypeVar, overload

from jalon import _frames
from jalon._compiled import Compiled
from jalon._criterion import Criterion

_F = TypeVar("_F")
_C = TypeVar("_C")


class Framed(Compiled):
    """The methods of a program that take frames."""

    __slots__ = ()

    def score_frame(
        self,
        name: str | None,
        frame: _F,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        contributions: bool = False,
        threads: int | None = None,
    ) -> _F:
        """The frame with the score of each row, as a frame of the same kind.

        ``frame`` is a polars or pandas ``DataFrame``, a pyarrow ``Table`` or ``RecordBatch``, a
        duckdb relation (the answer is one of the same connection), or a stream: a
        ``RecordBatchReader`` gives a ``RecordBatchReader``, anything else with
        ``__arrow_c_stream__`` an object with that method, an iterator of frames an iterator of
        frames. A stream is scored batch by batch as it is read, so it may be larger than memory.

        Added are, in this order, a column of the score's name (Int64 if all its points are whole,
        else Decimal128(28, 4)), ``<score>_stars`` (Int64) and ``<score>_label`` (text) where the
        score declares them, and ``errors`` (text), which names the values of the wrong type and
        is null in a row without any. Columns of these names give way.

        ``contributions=True`` adds, before ``errors``, the points of each line as columns
        ``<score>_line_1`` and so on, of the type of the score; :meth:`line_columns` says which
        line each of them is.

        ``name`` may be ``None`` if there is only one score. ``now`` may name a column: then each
        row has its own clock, and one without a readable clock has a null score and says so in
        ``errors``. A column that the frame lacks is an absent field: :meth:`missing_columns` tells
        which. A frame without rows or
        batches gives the same columns, empty.

        ``threads`` threads share the rows, all processors by default (inside Spark or Ray, which
        run one task on each, give 1). Ctrl-C is heard between slices of rows. Raises :class:`jalon.UnknownNameError`,
        :class:`jalon.ClockError`, and :class:`TypeError` for what is no frame.
        """
        job = _frames.scoring(self._score(name), (now, zone), threads, contributions)
        return _frames.answer(frame, job, "whole")

    def line_columns(self, name: str | None = None) -> dict[str, str]:
        """The columns that ``contributions=True`` adds, and the line that each stands for.

        ``name`` may be left out if there is only one score.

        >>> import jalon
        >>> jalon.parse("score Fit\\n  +10 if Country IS France\\n  +5 if Age > 60").line_columns()
        {'Fit_line_1': '+10 if Country IS France', 'Fit_line_2': '+5 if Age > 60'}
        """
        score = self._score(name)
        return {f"{score.name}_line_{at}": line for at, line in enumerate(score.lines(), 1)}

    def missing_columns(
        self, criterion_or_score: str | Criterion, frame: Any, *, module: str | None = None
    ) -> list[str]:
        """The fields that a score, by its name, or a criterion reads and a frame does not have.

        They count as absent in every row, which is right for what is optional and a silent zero
        for a column of another name. ``frame`` is a frame, or the names of its columns.

        >>> import jalon
        >>> program = jalon.parse("score Fit\\n  +10 if Country IS France\\n  +5 if Age > 60")
        >>> program.missing_columns("Fit", ["country", "years"])
        ['Age']
        """
        names = _frames.names(frame)
        score = self._known_score(criterion_or_score)
        if score is not None:
            return score.missing(names)
        return self._compiled(criterion_or_score, module)._native.missing(names)

    @overload
    def match_frame(
        self,
        criterion: Mapping[str, str | Criterion],
        frame: _F,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> _F: ...
    @overload
    def match_frame(
        self,
        criterion: str | Criterion,
        frame: _frames.WithSeries[_C] | _frames.WithArrays[_C] | _frames.WithTypes[_C],
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> _C: ...
    @overload
    def match_frame(
        self,
        criterion: str | Criterion,
        frame: _F,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> _F: ...
    def match_frame(
        self,
        criterion: str | Criterion | Mapping[str, str | Criterion],
        frame: Any,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> Any:
        """Whether a criterion holds on each row: a boolean column of the frame's own kind.

        That is a polars or pandas ``Series`` (with the frame's index), a pyarrow ``ChunkedArray``
        or ``BooleanArray``: what the frame's own filter takes. Of several criteria by name it is
        a frame of the same kind, with one boolean column for each and none of its own. A stream
        or a duckdb relation gives such a frame in both cases; the column of one criterion is
        called ``matches``.

        There are no nulls: a criterion does not hold where a value is of the wrong type, or where
        the row has no readable clock. ``frame``, ``now``, ``threads`` and errors are as for
        :meth:`score_frame`; a criterion with errors raises :class:`jalon.ProgramError`.
        """
        if not isinstance(criterion, Mapping):
            one = self._compiled(criterion, module)
            return one.match_frame(frame, now=now, zone=zone, threads=threads)
        if not criterion:
            raise ValueError("there is no criterion to match")
        criteria = {name: self._compiled(one, module) for name, one in criterion.items()}
        return _frames.answer(frame, _frames.matching(criteria, (now, zone), threads), "table")

    def filter_frame(
        self,
        criterion: str | Criterion,
        frame: _F,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        threads: int | None = None,
    ) -> _F:
        """The rows on which a criterion holds, as a frame of the same kind.

        ``frame``, ``now``, ``threads`` and errors are as for :meth:`score_frame`.
        """
        one = self._compiled(criterion, module)
        return one.filter_frame(frame, now=now, zone=zone, threads=threads)

    def explain_frame(
        self,
        criterion_or_score: str | Criterion,
        frame: _F,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        lang: str | None = None,
    ) -> _F:
        """The frame with the reasons of each row, as a frame of the same kind.

        Of a score, by its name: the columns of :meth:`score_frame`, and ``<score>_lines``, for
        each row the list of the score's lines in source order, those that give nothing included.
        A line is a struct of ``line`` (as written), ``points`` (Decimal128(28, 4)), ``holds`` and
        ``reason`` (text; null for a line without a criterion). The list is null where the row has
        no readable clock, and in strict mode where a value is of the wrong type.

        Of a criterion: ``holds`` (boolean) and ``reason`` (text).

        ``lang`` is the language of the reasons, that of the program by default. Explaining takes
        much longer than scoring: filter first. ``frame``, ``now`` and errors are as for
        :meth:`score_frame`.
        """
        score = self._known_score(criterion_or_score)
        if score is None:
            compiled = self._compiled(criterion_or_score, module)
            return compiled.explain_frame(frame, now=now, zone=zone, lang=lang)
        return _frames.answer(frame, _frames.explaining(score, (now, zone), lang), "whole")

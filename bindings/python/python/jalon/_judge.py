"""Scores and criteria prepared for many records, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jalon import _native
from jalon._criterion import Criterion
from jalon._score import Score

if TYPE_CHECKING:
    from typing_extensions import Self

    from jalon._program import Program

#: `now` and `zone`
_When = tuple["date | str | None", "str | tzinfo | None"]


class _Prepared(_native.Judge):
    """What the kinds below share. Immutable; threads may share it."""

    __slots__ = ("_made",)

    _single = True

    _made: tuple[Program, str | None, Sequence[Criterion], _When]

    def __new__(
        cls,
        program: Program,
        score: _native.Score | None,
        criteria: Sequence[Criterion],
        when: _When,
    ) -> Self:
        natives = [criterion._native for criterion in criteria]
        new = super().__new__(cls, program._native, score, natives, when, cls._single)
        new._made = (program, score and score.name, criteria, when)
        return new

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: Any) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), *self._made)

    def __repr__(self) -> str:
        _, score, criteria, _ = self._made
        parts = [score] if score else []
        parts += [repr(criterion.text) for criterion in criteria]
        return f"<jalon.{type(self).__name__} {', '.join(parts)}>"


class Scorer(_Prepared):
    """A score ready for many records under one clock: ``scorer(record)`` is the total."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __call__(self, record: Any) -> Decimal: ...

    def score(self, record: Any) -> Score:
        """The score of a record, with its reasons on demand."""
        program, name, _, (now, zone) = self._made
        return program.score(name, record, now=now, zone=zone)


class Matcher(_Prepared):
    """A criterion ready for many records under one clock: ``matcher(record)`` is a bool."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __call__(self, record: Any) -> bool: ...


class Judge(_Prepared):
    """A score and criteria ready for many records under one clock.

    ``judge(record)`` is the total, and a tuple that says which criteria hold.
    """

    __slots__ = ()

    _single = False

    if TYPE_CHECKING:

        def __call__(self, record: Any) -> tuple[Decimal, tuple[bool, ...]]: ...


def _again(
    kind: type[_Prepared],
    program: Program,
    score: str | None,
    criteria: Sequence[Criterion],
    when: _When,
) -> _Prepared:
    return kind(program, None if score is None else program._score(score), criteria, when)

"""What every part of a program shares: its compiled form, and what it keeps ready."""

from __future__ import annotations

from collections.abc import Iterable

from jalon import _native
from jalon._criterion import Criterion
from jalon._errors import UnknownNameError
from jalon.blueprint import Blueprint

#: How many criteria given as text a program keeps compiled.
_KEPT_CRITERIA = 256


class Compiled:
    """The texts of a program, compiled, and the criteria and scores found in it so far."""

    __slots__ = ("_criteria", "_here", "_made", "_native", "_scores")

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
        self._here: Blueprint | None = None

    def criterion(self, text: str, module: str | None = None) -> Criterion:
        """A criterion compiled against the program's modules and constants."""
        native = self._native.criterion(text, module)
        return Criterion._of(native, text, (self.criterion, (text, module)))

    def rule(self, name: str) -> Criterion:
        """The condition of a rule, by the rule's name."""
        return Criterion._of(self._native.rule(name), name, (self.rule, (name,)))

    def _score(self, name: str | None) -> _native.Score:
        known = self._scores.get(name)
        if known is None:
            known = self._scores[name] = self._native.score(name)
        return known

    def _known_score(self, criterion_or_score: str | Criterion) -> _native.Score | None:
        """The score of that name, if it is one and no criterion."""
        if isinstance(criterion_or_score, Criterion):
            return None
        try:
            return self._score(criterion_or_score)
        except UnknownNameError:
            return None

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

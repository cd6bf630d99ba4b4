"""The compiled core: conversions and calls. `jalon` is the API."""

from collections.abc import Sequence
from datetime import date, tzinfo
from decimal import Decimal
from os import PathLike
from typing import Any, Literal, final

__all__ = ["Criterion", "Program", "Reasons", "Score", "__version__", "match_frame", "sources"]

__version__: str

# `now` and `zone`
_When = tuple[date | str | None, str | tzinfo | None]

# what comes out of a frame: the columns worked out, the frame with them, or the rows on which the
# first of them is true; and whether batch by batch, as it is read
_How = tuple[Literal["added", "whole", "kept"], bool]

@final
class Program:
    """A compiled program."""

    def __new__(
        cls, sources: Sequence[tuple[str, str]], lang: str | None = None, strict: bool = False
    ) -> Program: ...
    @property
    def scores(self) -> list[str]: ...
    @property
    def modules(self) -> list[str]: ...
    @property
    def rules(self) -> list[str]: ...
    def diagnostics(self) -> str:
        """Warnings and notes, as JSON."""
    def score(self, name: str | None) -> Score:
        """A score by name; the only one by default."""
    def criterion(self, text: str, module: str | None) -> Criterion:
        """A criterion compiled against the program."""
    def rule(self, name: str) -> Criterion:
        """The condition of a rule."""
    def matching(self, record: Any, module: str | None, when: _When) -> list[str]:
        """The names of the rules that hold of a record."""

@final
class Criterion:
    """A compiled criterion."""

    def __new__(cls, text: str) -> Criterion: ...
    @property
    def reads_clock(self) -> bool: ...
    def matches(self, record: Any, when: _When) -> bool:
        """Whether it holds."""
    def explain(self, record: Any, when: _When) -> Reasons:
        """Why it holds or does not."""
    def places(self, names: list[str], when: _When) -> list[int]:
        """The columns that a frame is read from, by place."""
    def explain_frame(self, frame: Any, when: _When, lang: str | None, how: _How) -> Any:
        """A frame with the verdicts and the reasons."""

@final
class Score:
    """A compiled score."""

    @property
    def name(self) -> str: ...
    def total(self, record: Any, when: _When) -> tuple[Decimal, int | None, str | None, bool]:
        """Total, stars, label, and whether a wrong value was met."""
    def evaluate(self, record: Any, when: _When) -> Reasons:
        """The total with its reasons."""
    def places(self, names: list[str], when: _When) -> list[int]:
        """The columns that a frame is read from, by place."""
    def frame(
        self, frame: Any, when: _When, threads: int | None, contributions: bool, how: _How
    ) -> Any:
        """A frame with its score."""
    def explain_frame(self, frame: Any, when: _When, lang: str | None, how: _How) -> Any:
        """A frame with its score and the reasons."""

@final
class Reasons:
    """The reasons of a criterion or of a score."""

    @property
    def lang(self) -> str: ...
    def json(self) -> str:
        """As JSON."""
    def sentence(self, lang: str | None = None) -> str:
        """As text."""
    def __reduce__(self) -> tuple[Any, ...]: ...

def match_frame(
    criteria: Sequence[tuple[str, Criterion]],
    frame: Any,
    when: _When,
    threads: int | None,
    how: _How,
) -> Any:
    """A frame with whether each of some named criteria holds."""

def sources(paths: Sequence[str | PathLike[str]]) -> list[tuple[str, str]]:
    """The names and texts of the program files among files and folders."""

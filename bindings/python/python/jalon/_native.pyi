"""The compiled core: conversions and calls. `jalon` is the API."""

from collections.abc import Sequence
from datetime import date, tzinfo
from decimal import Decimal
from os import PathLike
from typing import Any, Literal, final

from typing_extensions import Self, disjoint_base

__all__ = [
    "Criterion",
    "Judge",
    "Program",
    "Reasons",
    "Score",
    "Scored",
    "__version__",
    "match_frame",
    "sources",
]

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
    def is_of(self, program: Program) -> bool:
        """Whether it was compiled against this program."""
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
    def places(self, names: list[str], when: _When) -> list[int]:
        """The columns that a frame is read from, by place."""
    def frame(
        self, frame: Any, when: _When, threads: int | None, contributions: bool, how: _How
    ) -> Any:
        """A frame with its score."""
    def explain_frame(self, frame: Any, when: _When, lang: str | None, how: _How) -> Any:
        """A frame with its score and the reasons."""

@disjoint_base
class Scored:
    """The score of a record, its reasons not worked out."""

    def __new__(
        cls,
        program: Any,
        score: Score,
        record: Any,
        now: date | str | None,
        zone: str | tzinfo | None,
    ) -> Self: ...
    @property
    def name(self) -> str:
        """The score's name, as declared."""
    @property
    def total(self) -> Decimal:
        """After line caps, group limits and score limits."""
    @property
    def stars(self) -> int | None:
        """Stars, if the score declares them and the total reaches the first threshold."""
    @property
    def label(self) -> str | None:
        """Label, likewise."""
    @property
    def has_errors(self) -> bool:
        """Whether a value of the wrong type was met; `errors` names it."""
    def made_of(self) -> tuple[Any, Any, date | str | None, str | tzinfo | None]:
        """What it was made of: the program, the record, `now` and `zone`."""
    def evaluate(self) -> Reasons:
        """The total with its reasons, from the record as it is now."""

@disjoint_base
class Judge:
    """A score, a criterion or several, ready to judge records under one clock."""

    def __new__(
        cls,
        program: Program,
        score: Score | None,
        criteria: Sequence[Criterion],
        when: _When,
        single: bool,
    ) -> Self: ...
    def __call__(self, record: Any) -> Any:
        """Judges a record."""

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

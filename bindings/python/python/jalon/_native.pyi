"""The compiled core: conversions and calls. `jalon` is the API."""

from collections.abc import Sequence
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any, final

__all__ = ["Criterion", "Program", "Reasons", "__version__", "load"]

__version__: str

_Now = date | str | None
_Zone = str | tzinfo | None

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
    @property
    def sources(self) -> list[tuple[str, str]]: ...
    def diagnostics(self) -> str:
        """Warnings and notes, as JSON."""
    def has_score(self, name: str) -> bool:
        """Whether it declares a score of that name."""
    def total(
        self, name: str | None, record: Any, now: _Now, zone: _Zone
    ) -> tuple[str, Decimal, int | None, str | None, bool]:
        """Name, total, stars, label, and whether a wrong value was met."""
    def evaluate(self, name: str | None, record: Any, now: _Now, zone: _Zone) -> Reasons:
        """A score with its reasons."""
    def criterion(self, text: str, module: str | None = None) -> Criterion:
        """A criterion compiled against the program."""
    def rule(self, name: str) -> Criterion:
        """The condition of a rule."""
    def score_stream(
        self, name: str | None, frame: Any, now: _Now, zone: _Zone, whole: bool
    ) -> Any:
        """A stream of the columns added, or of the whole frame with them, batch by batch."""
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Criterion:
    """A compiled criterion."""

    def __new__(cls, text: str) -> Criterion: ...
    @property
    def text(self) -> str: ...
    @property
    def is_rule(self) -> bool: ...
    @property
    def reads_clock(self) -> bool: ...
    def matches(self, record: Any, now: _Now, zone: _Zone) -> bool:
        """Whether it holds."""
    def explain(self, record: Any, now: _Now, zone: _Zone) -> Reasons:
        """Why it holds or does not."""
    def match_stream(self, frame: Any, now: _Now, zone: _Zone, lazy: bool) -> Any:
        """A stream of one boolean column."""

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

def load(paths: Sequence[str], lang: str | None = None, strict: bool = False) -> Program:
    """A program of files and folders."""

"""What can go wrong, as one tree of exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jalon.blueprint import Obstacle, Refusal
    from jalon._diagnostics import Diagnostic
    from jalon._reading import Problem


class JalonError(Exception):
    """Anything that Jalon refuses."""


class ProgramError(JalonError, ValueError):
    """A text has errors; all of them are in :attr:`diagnostics`.

    The message shows each with its place, the underlined text and the ways out.
    """

    #: Every finding, in source order.
    diagnostics: list[Diagnostic]

    def __init__(self, message: str, diagnostics: list[Diagnostic] | None = None) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics or []

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.diagnostics)


class SyntaxError(ProgramError):  # noqa: A001 (always written `jalon.SyntaxError`)
    """A text cannot be read."""


class CheckError(ProgramError):
    """A text reads well and means nothing: an unknown field, an operator that a type does not have."""


class UnknownNameError(JalonError, LookupError):
    """No score, rule, module or column of that name, or several to choose from."""


class ClockError(JalonError, ValueError):
    """The program reads the clock and ``now=`` was left out, or a clock that cannot be read."""


class RecordError(JalonError, ValueError):
    """A record that cannot be read; in strict mode, a wrong or missing value."""

    #: The values that could not be used (strict mode).
    problems: list[Problem]

    def __init__(self, message: str, problems: list[Problem] | None = None) -> None:
        super().__init__(message)
        self.problems = problems or []

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.problems)


class EventError(JalonError, ValueError):
    """An event that cannot be read: a key is missing or unknown."""


class Refused(JalonError):
    """What is asked of a record's process cannot be; all that stands in the way is told at once."""

    #: Why: a ``jalon.blueprint.Refusal``, or after pickling what it told.
    _refusal: Refusal | _Told

    def __init__(self, refusal: Refusal | _Told) -> None:
        self._refusal = refusal

    @property
    def obstacles(self) -> list[Obstacle]:
        """Every reason, each with a ``code`` and a ``message()``."""
        return self._refusal.obstacles

    def __str__(self) -> str:
        return self._refusal.message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (_Told(str(self), self.obstacles),)


@dataclass(frozen=True)
class _Told:
    message: str
    obstacles: list[Obstacle]


class StateError(JalonError, ValueError):
    """A text that is no state or no instance, or one of a newer version."""


class UsersError(JalonError, ValueError):
    """Users that cannot be read: a key is unknown, a name missing or there twice."""


class MigrationError(JalonError, ValueError):
    """A map of states that names what is not there, or an instance that cannot be migrated."""


@dataclass(frozen=True)
class LeftOut:
    """One thing that could not be carried from one form to another."""

    #: Where: a JSON pointer, a path of XML elements, or the words of the criterion.
    at: str
    #: Why, in French and in English.
    fr: str
    en: str


class LeftOutError(JalonError, ValueError):
    """A criterion that another form cannot hold, or that Jalon cannot: all reasons at once."""

    #: Everything that could not be carried.
    left_out: list[LeftOut]

    def __init__(self, message: str, left_out: list[LeftOut] | None = None) -> None:
        super().__init__(message)
        self.left_out = left_out or []

    @classmethod
    def of(cls, left_out: list[LeftOut], lang: str) -> LeftOutError:
        lines = (f"{part.at or '/'}: {part.fr if lang == 'fr' else part.en}" for part in left_out)
        return cls("\n".join(lines), left_out)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.left_out)


class RecordChangedError(JalonError):
    """The record is no longer the one that was scored, so its reasons are lost.

    Pass ``explain=True`` to fix the reasons with the total.
    """

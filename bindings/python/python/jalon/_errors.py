"""What can go wrong, as one tree of exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jalon.blueprint import Obstacle
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

    #: Every reason, each with a ``code`` and a ``message()``.
    obstacles: list[Obstacle]

    def __init__(self, message: str, obstacles: list[Obstacle] | None = None) -> None:
        super().__init__(message)
        self.obstacles = obstacles or []

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.obstacles)


class StateError(JalonError, ValueError):
    """A text that is no state or no instance, or one of a newer version."""


class UsersError(JalonError, ValueError):
    """Users that cannot be read: a key is unknown, a name missing or there twice."""


class MigrationError(JalonError, ValueError):
    """A map of states that names what is not there, or an instance that cannot be migrated."""


class ExportError(JalonError, ValueError):
    """What another form cannot say in the same meaning; nothing is approximated."""

    #: Everything left out: the part of the criterion as written, and why.
    left_out: list[tuple[str, str]]

    def __init__(self, left_out: list[tuple[str, str]]) -> None:
        super().__init__("\n".join(f"{at}: {reason}" for at, reason in left_out))
        self.left_out = left_out

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.left_out,)


class RecordChangedError(JalonError):
    """The record is no longer the one that was scored, so its reasons are lost.

    Pass ``explain=True`` to fix the reasons with the total.
    """

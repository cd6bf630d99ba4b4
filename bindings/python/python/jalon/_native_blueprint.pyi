"""What `_native` has of blueprints. For type checkers only: at run time there is one module."""

from datetime import datetime
from typing import Any, Literal, final

from jalon._native import Program, Users, _When
from jalon.blueprint import Draft, Given, Move, Obstacle
from jalon.workflow import Decision, Effect, FieldChange, TimerChange
from typing_extensions import Self, disjoint_base

@final
class Instance:
    """A record's way through a blueprint. Immutable, and small: names are shared."""

    @staticmethod
    def from_json(written: str | dict[str, Any]) -> Instance:
        """What :meth:`to_json` wrote, as text or as data. Raises :class:`jalon.StateError`."""
    def to_json(self) -> str:
        """As JSON text: the same instance gives the same text."""
    def to_dict(self) -> dict[str, Any]:
        """As plain data: what :meth:`to_json` writes."""
    @property
    def blueprint(self) -> str:
        """The blueprint's name."""
    @property
    def content(self) -> str:
        """The content of the blueprint under which it runs: under another it does not run."""
    @property
    def state(self) -> str:
        """The state it is in."""
    @property
    def since(self) -> datetime:
        """Since when, as an aware datetime."""
    @property
    def told(self) -> list[dict[str, Any]]:
        """Which steps of its state have been taken care of."""
    @property
    def left(self) -> datetime | None:
        """When it was taken out of the blueprint, if it was."""
    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What was given for transitions that were not made yet."""
    @property
    def progress(self) -> dict[str, tuple[str, ...]]:
        """Which children of parallel transitions are done, by the transition."""
    @property
    def history(self) -> tuple[Move, ...]:
        """How it came where it is, from its entry on."""
    def __eq__(self, other: object, /) -> bool: ...
    def __copy__(self) -> Instance: ...
    def __deepcopy__(self, _memo: Any) -> Instance: ...

@final
class Offer:
    """A transition that leaves the state of a record."""

    def __new__(
        cls,
        transition: str,
        parent: str | None,
        to: str,
        made: tuple[bool, bool],
        why_not: list[Obstacle],
    ) -> Self: ...
    @property
    def transition(self) -> str:
        """Its name."""
    @property
    def parent(self) -> str | None:
        """Of a child, the parallel transition it belongs to."""
    @property
    def to(self) -> str:
        """The state it leads to."""
    @property
    def offered(self) -> bool:
        """Whether it may be made now, by this actor."""
    @property
    def draft(self) -> bool:
        """Whether something was saved for it."""
    @property
    def why_not(self) -> list[Obstacle]:
        """Why it may not be made; filled only where reasons are asked for."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Fired:
    """A transition that was made; nothing has been done yet."""

    @property
    def instance(self) -> Instance:
        """Where the record stands from now on."""
    @property
    def fields(self) -> dict[str, Any]:
        """The new values of the record's own fields, by name."""
    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The new values, those of other records too."""
    @property
    def effects(self) -> tuple[Effect, ...]:
        """What else is to be done, in order."""
    @property
    def timers(self) -> tuple[TimerChange, ...]:
        """What happens to timers."""
    @property
    def next(self) -> tuple[Offer, ...] | None:
        """Of a process that is ``continu``, what is offered from here; ``None`` of another."""
    @property
    def decision(self) -> Decision:
        """All of it as a decision."""
    @property
    def made(self) -> Literal[True]:
        """Whether it was made: of what ``try_fire`` gives, a refusal says the contrary."""

@final
class Refusal:
    """A transition that was not made, and all that stands in its way.

    What is said of it is made when it is asked for.
    """

    @property
    def made(self) -> Literal[False]:
        """Whether it was made: it was not."""
    @property
    def obstacles(self) -> list[Obstacle]:
        """Every reason, each with a ``code`` and a ``message()``."""
    @property
    def message(self) -> str:
        """All of it in words."""

@disjoint_base
class Blueprint:
    """A blueprint, or all of a program, under one clock."""

    def __new__(
        cls, program: Program, name: str | None, users: Users | None, when: _When
    ) -> Self: ...
    @property
    def name(self) -> str | None:
        """Its name; nothing where all of a program are meant."""
    def enter(self, record: Any, module: str | None = None) -> Instance | None:
        """Lets a record into the blueprint that takes it."""
    def offered(self, instance: Instance, record: Any, by: Any = None) -> tuple[str, ...]:
        """The names of the transitions that may be made now."""
    def available(
        self, instance: Instance, record: Any, by: Any = None, why: bool = False
    ) -> list[Offer]:
        """The transitions that leave the state of a record."""
    def fire(
        self,
        instance: Instance,
        transition: str,
        given: Any,
        record: Any,
        by: Any = None,
        *,
        id: str | None = None,
        record_id: str | None = None,
        state: Any = None,
        related: Any = None,
        trace: bool = False,
    ) -> Fired:
        """Makes a transition."""
    def try_fire(
        self,
        instance: Instance,
        transition: str,
        given: Any,
        record: Any,
        by: Any = None,
        *,
        id: str | None = None,
        record_id: str | None = None,
        state: Any = None,
        related: Any = None,
        trace: bool = False,
    ) -> Fired | Refusal:
        """Makes a transition, or tells why not."""
    def save_draft(
        self, instance: Instance, transition: str, given: Any, by: Any = None
    ) -> Instance:
        """Keeps what is given so far for a transition."""
    def exit(self, instance: Instance) -> Instance:
        """Takes a record out of its process."""
    def _form(
        self, instance: Instance, transition: str, record: Any
    ) -> tuple[str, Given | None]:
        """What a transition tells and asks for, as JSON, and the draft of it."""
    def _steps(self, instance: Instance) -> str:
        """What happens to an instance by itself, as JSON."""
    def _take_step(
        self,
        instance: Instance,
        due: str,
        record: Any,
        *,
        id: str | None = None,
        record_id: str | None = None,
        state: Any = None,
        related: Any = None,
        trace: bool = False,
    ) -> Fired:
        """Does what has become due, given as JSON."""

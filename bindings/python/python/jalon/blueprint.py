"""Records in their blueprints, asked one at a time: what is offered, made, saved.

:meth:`jalon.Program.enter`, :meth:`~jalon.Program.available` and :meth:`~jalon.Program.fire` work
on an :class:`Instance` that the host keeps. :meth:`jalon.Program.blueprint` gives the same under
one clock, for many calls.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar

from jalon import _native, _users
from jalon._criterion import Reason
from jalon._native import Fired, Instance, Offer, Refusal
from jalon._reading import instant, said

if TYPE_CHECKING:
    from typing_extensions import Self

    from jalon._compiled import Compiled
    from jalon._state import State

__all__ = [
    "AskedExtra",
    "AskedField",
    "Automatic",
    "Blueprint",
    "ByChildren",
    "Done",
    "Draft",
    "DueStep",
    "Fired",
    "Form",
    "Given",
    "Instance",
    "Invalid",
    "Missing",
    "MissingAttachment",
    "MissingNote",
    "MissingRecord",
    "Move",
    "NotAllowed",
    "NotAsked",
    "NotHeld",
    "NotInside",
    "Obstacle",
    "Offer",
    "OtherVersion",
    "Refusal",
    "Unknown",
    "Unticked",
    "WrongState",
]


@dataclass(frozen=True)
class Given:
    """What is given for a transition, where that is more than fields."""

    #: Values of fields by name.
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None
    #: As the host names them.
    attachments: Sequence[str] = ()
    #: The items that were ticked.
    ticked: Sequence[str] = ()
    #: The ids of records to associate, by module.
    records: Mapping[str, Sequence[str | int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A transition half filled in."""

    #: Which transition, or child of a parallel one.
    transition: str
    given: Given
    #: When it was saved last, as an aware datetime.
    saved: datetime
    by: str | None


@dataclass(frozen=True)
class Move:
    """One step of a process."""

    #: ``None`` is the entry, a forced write, or a migration.
    transition: str | None
    #: From which state (``from`` in data); ``None`` at the entry.
    from_: str | None
    #: The same for a child of a parallel transition while others are to be done.
    to: str
    #: An aware datetime.
    at: datetime
    #: ``None`` is by itself.
    by: str | None


@dataclass(frozen=True)
class DueStep:
    """Something that happens to an instance by itself."""

    #: When, as an aware datetime.
    at: datetime
    #: ``transition``, ``reminder`` or ``escalation``.
    step: str
    #: The automatic transition that is made, if its criterion holds.
    transition: str | None = None
    #: Which of the deadline's reminders, from 0.
    number: int | None = None
    #: Which of the deadline's escalations, from 0.
    level: int | None = None


@dataclass(frozen=True)
class AskedField:
    """A field that a transition asks for."""

    #: As declared.
    field: str
    required: bool


@dataclass(frozen=True)
class AskedExtra:
    """Something else that a transition asks for."""

    #: ``note``, ``attachment``, ``checklist`` or ``record``.
    kind: str
    #: The items to tick; of a record, its module.
    of: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class Form:
    """What to show to somebody who is about to make a transition."""

    transition: str
    #: What is to be read first.
    messages: tuple[str, ...]
    #: In the order in which they are asked for.
    fields: tuple[AskedField, ...]
    extras: tuple[AskedExtra, ...]
    #: What was given so far.
    draft: Given | None


@dataclass(frozen=True)
class Obstacle:
    """One reason why a transition cannot be made; one of the classes below."""

    #: As in data: ``wrong_state``, ``not_allowed`` and so on.
    code: ClassVar[str]

    _told: tuple[str, str, str] = field(default=("", "", "en"), repr=False, compare=False, kw_only=True)

    def message(self, lang: str | None = None) -> str:
        """What is said of it, in ``"fr"`` or ``"en"``; that of the program by default."""
        return said(self._told, lang)

    def __str__(self) -> str:
        return self.message()


@dataclass(frozen=True)
class WrongState(Obstacle):
    """The record stands elsewhere."""

    code: ClassVar[str] = "wrong_state"

    #: Where it is.
    state: str
    #: From where the transition leads (``from`` in data).
    from_: tuple[str, ...]


@dataclass(frozen=True)
class NotAllowed(Obstacle):
    """The actor is none of its owners."""

    code: ClassVar[str] = "not_allowed"

    #: Who is asking; ``None`` where nobody is named.
    by: str | None
    #: Who may, as the blueprint says.
    owners: tuple[str, ...]


@dataclass(frozen=True)
class NotHeld(Obstacle):
    """Its criterion does not hold."""

    code: ClassVar[str] = "not_held"

    #: Why not, leaf by leaf, where reasons are asked for.
    why: Reason | None = None


@dataclass(frozen=True)
class Automatic(Obstacle):
    """It is made by itself, after a delay."""

    code: ClassVar[str] = "automatic"


@dataclass(frozen=True)
class ByChildren(Obstacle):
    """It is done when its children are."""

    code: ClassVar[str] = "by_children"

    #: Those that are to be done.
    left: tuple[str, ...]


@dataclass(frozen=True)
class Done(Obstacle):
    """This child is done already."""

    code: ClassVar[str] = "done"


@dataclass(frozen=True)
class Missing(Obstacle):
    """A field must be given."""

    code: ClassVar[str] = "missing"

    field: str


@dataclass(frozen=True)
class MissingNote(Obstacle):
    """A note must be given."""

    code: ClassVar[str] = "missing_note"


@dataclass(frozen=True)
class MissingAttachment(Obstacle):
    """An attachment must be given."""

    code: ClassVar[str] = "missing_attachment"


@dataclass(frozen=True)
class Unticked(Obstacle):
    """Items must be ticked."""

    code: ClassVar[str] = "unticked"

    items: tuple[str, ...]


@dataclass(frozen=True)
class MissingRecord(Obstacle):
    """A record must be associated."""

    code: ClassVar[str] = "missing_record"

    #: Of which module.
    module: str


@dataclass(frozen=True)
class NotAsked(Obstacle):
    """Something is given that the transition does not ask for."""

    code: ClassVar[str] = "not_asked"

    name: str
    #: The fields that it asks for.
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Invalid(Obstacle):
    """What is given cannot be, or breaks a validation."""

    code: ClassVar[str] = "invalid"

    #: The field at fault, if there is one.
    field: str | None
    #: What is said (``message`` in data).
    text: str
    #: What must hold, as written; ``None`` for a property of the field.
    rule: str | None = None


@dataclass(frozen=True)
class OtherVersion(Obstacle):
    """The instance was started under another version of the blueprint: it is to be migrated."""

    code: ClassVar[str] = "other_version"

    blueprint: str


@dataclass(frozen=True)
class NotInside(Obstacle):
    """The record is in no process."""

    code: ClassVar[str] = "not_inside"


@dataclass(frozen=True)
class Unknown(Obstacle):
    """The blueprint has no transition of that name."""

    code: ClassVar[str] = "unknown"

    transition: str
    #: Those there are.
    known: tuple[str, ...]


#: Keys of data that are called otherwise here.
_RENAMED = {"from": "from_", "message": "text"}

#: Of each code its class, and what that holds.
_KINDS: dict[str, tuple[type[Obstacle], frozenset[str]]] = {
    kind.code: (kind, frozenset(one.name for one in fields(kind)))
    for kind in Obstacle.__subclasses__()
}

#: The native module's texts have no white space around them: a refusal is read without looking.
_decode = json.JSONDecoder().raw_decode


def _obstacle(form: dict[str, Any], lang: str) -> Obstacle:
    kind, known = _KINDS[form.pop("code")]
    told = form.pop("told")
    if form.get("why") is not None:
        form["why"] = Reason.from_form(form["why"])
    values = {
        _RENAMED.get(key, key): tuple(value) if isinstance(value, list) else value
        for key, value in form.items()
    }
    own = {key: value for key, value in values.items() if key in known}
    return kind(**own, _told=(told["fr"], told["en"], lang))


def _obstacles(text: str, lang: str) -> list[Obstacle]:
    """Obstacles as the native module hands them over, and the language they speak by default."""
    return [_obstacle(form, lang) for form in _decode(text)[0]]


class Blueprint(_native.Blueprint):
    """A blueprint under one clock, ready for many calls. Immutable; threads may share it."""

    __slots__ = ("_made",)

    _made: tuple[Any, ...]

    def __new__(
        cls,
        program: Compiled,
        name: str | None,
        now: date | str | None,
        zone: str | tzinfo | None,
        users: _users.AnyUsers,
    ) -> Self:
        native = program._native
        new = super().__new__(cls, native, name, _users.native(users, native.lang), (now, zone))
        new._made = (program, name, now, zone, users)
        return new

    def form(self, instance: Instance, transition: str, record: Any) -> Form:
        """What a transition tells and asks for, to be shown before it is made.

        Raises :class:`jalon.Refused` where it does not leave the record's state.
        """
        text, draft = self._form(instance, transition, record)
        form = json.loads(text)
        return Form(
            transition=form["transition"],
            messages=tuple(form.get("messages", ())),
            fields=tuple(AskedField(**asked) for asked in form.get("fields", ())),
            extras=tuple(
                AskedExtra(asked["kind"], tuple(asked.get("of", ())), asked["required"])
                for asked in form.get("extras", ())
            ),
            draft=draft,
        )

    def steps(self, instance: Instance) -> list[DueStep]:
        """What happens to an instance by itself, the earliest first.

        What is not after ``now`` is due: :meth:`take_step` does it.
        """
        return [_step(form) for form in json.loads(self._steps(instance))]

    def take_step(
        self,
        instance: Instance,
        step: DueStep,
        record: Any,
        *,
        id: str | None = None,
        record_id: str | None = None,
        state: State | None = None,
        related: Mapping[str, Iterable[Any]] | None = None,
        trace: bool = False,
    ) -> Fired:
        """Does what has become due: makes an automatic transition, if its criterion holds, or
        tells somebody of a deadline. Either way the step has been taken care of.

        Further arguments are as for :meth:`fire`.
        """
        about: dict[str, Any] = {"step": step.step, "transition": step.transition}
        about |= {"number": step.number, "level": step.level}
        written = {key: value for key, value in about.items() if value is not None}
        due = json.dumps({"at": step.at.isoformat(), "step": written})
        return self._take_step(
            instance, due, record,
            id=id, record_id=record_id, state=state, related=related, trace=trace,
        )  # fmt: skip

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: Any) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._made

    def __repr__(self) -> str:
        return f"<jalon.Blueprint {self.name or '(all)'}>"


def _step(form: dict[str, Any]) -> DueStep:
    at, step = instant(form["at"]), form["step"]
    assert at is not None
    about = (step.get("transition"), step.get("number"), step.get("level"))
    return DueStep(at, step["step"], *about)

"""What events ask for, as data: decisions, new values, effects, timers.

:meth:`jalon.Program.decide` gives a :class:`Decision`. Nothing of it has been done yet: the host
saves the changes, carries the effects out, and keeps the state.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal as _Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from jalon import _native
from jalon._approval import ApprovalChange, ApprovalEntry, Delegation, Seat, Vote
from jalon._native import Instance, Offer
from jalon._reading import Problem
from jalon._state import RecordKey, State, Timer
from jalon._trace import Step

if TYPE_CHECKING:
    from jalon._native import _Decided

__all__ = [
    "ActionError",
    "Alert",
    "ApprovalChange",
    "ApprovalEntry",
    "Assign",
    "Convert",
    "Create",
    "Decision",
    "Delegation",
    "Delete",
    "Effect",
    "Email",
    "FieldChange",
    "Function",
    "Keep",
    "Meeting",
    "RecordKey",
    "Refusal",
    "ScoreChange",
    "Seat",
    "State",
    "Step",
    "Tag",
    "Task",
    "Timer",
    "TimerChange",
    "Untag",
    "Vote",
    "Webhook",
]


@dataclass(frozen=True)
class Refusal:
    """Why a change must not be saved."""

    #: The field at fault, if there is one.
    field: str | None
    #: What is said.
    message: str
    #: What must hold, as written; ``None`` for a property of the field.
    rule: str | None
    #: What stands in the way of a transition, where that is refused, as plain data.
    obstacle: dict[str, Any] | None = None


@dataclass(frozen=True)
class FieldChange:
    """A field's new value.

    Values are ``None``, ``bool``, ``Decimal``, ``str``, ``date``, ``datetime`` (aware for an
    instant, naive for local time), ``list`` or ``dict``.
    """

    #: Whose field.
    record: RecordKey
    field: str
    #: The value it is expected to have still.
    old: Any
    new: Any
    #: The rule, approval or transition that wrote it last, the blueprint where the record
    #: entered it; empty where a dependent field was filled in.
    rule: str


@dataclass(frozen=True)
class Effect:
    """Something to be done; one of the classes below."""

    #: As in data: ``task``, ``email`` and so on.
    type: ClassVar[str]

    #: The same for the same event, rule and record: doing it twice can be noticed.
    id: str
    #: The rule that asks for it.
    rule: str
    #: For which record.
    record: RecordKey


@dataclass(frozen=True)
class Task(Effect):
    """``tâche``"""

    type: ClassVar[str] = "task"

    subject: str
    #: A date, an aware datetime, or ``None``.
    due: date | datetime | None
    #: ``low``, ``normal`` or ``high``.
    priority: str | None
    #: Whose it is.
    to: str | None
    #: Made as done already.
    done: bool
    #: Further fields.
    fields: dict[str, str]


@dataclass(frozen=True)
class Email(Effect):
    """``e-mail``"""

    type: ClassVar[str] = "email"

    #: The template's name.
    template: str
    to: tuple[str, ...]
    #: ``objet``, ``texte``, ``html``, ``copie``.
    fields: dict[str, str]


@dataclass(frozen=True)
class Alert(Effect):
    """``alerte``"""

    type: ClassVar[str] = "alert"

    text: str
    to: tuple[str, ...]
    #: Further fields.
    fields: dict[str, str]


@dataclass(frozen=True)
class Webhook(Effect):
    """``webhook``: a request, its values written as their places ask."""

    type: ClassVar[str] = "webhook"

    name: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]
    body: str | None


@dataclass(frozen=True)
class Function(Effect):
    """``fonction N(…)``: a function of the host; :meth:`Decision.perform` calls it."""

    type: ClassVar[str] = "function"

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Convert(Effect):
    """``convertir``"""

    type: ClassVar[str] = "convert"

    #: Into which modules; none is as the host does.
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Create(Effect):
    """``créer M``"""

    type: ClassVar[str] = "create"

    #: Of which module.
    into: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Tag(Effect):
    """``étiqueter``"""

    type: ClassVar[str] = "tag"

    tags: tuple[str, ...]


@dataclass(frozen=True)
class Untag(Effect):
    """``retirer l'étiquette``"""

    type: ClassVar[str] = "untag"

    tags: tuple[str, ...]


@dataclass(frozen=True)
class Assign(Effect):
    """``affecter à``"""

    type: ClassVar[str] = "assign"

    to: str


@dataclass(frozen=True)
class Meeting(Effect):
    """``rendez-vous``"""

    type: ClassVar[str] = "meeting"

    title: str
    #: A date, an aware datetime, or ``None``.
    start: date | datetime | None
    minutes: int | None
    #: With whom (``with`` in data).
    attendees: tuple[str, ...]
    #: Further fields.
    fields: dict[str, str]


@dataclass(frozen=True)
class Delete(Effect):
    """``supprimer``"""

    type: ClassVar[str] = "delete"


@dataclass(frozen=True)
class Keep(Effect):
    """What was given with a transition, to be kept with the record."""

    type: ClassVar[str] = "keep"

    note: str | None
    #: As the host names them.
    attachments: tuple[str, ...]
    #: The items that were ticked.
    ticked: tuple[str, ...]
    #: Records to associate: module and id.
    records: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TimerChange:
    """What happens to a timer."""

    #: Whose.
    record: RecordKey
    #: ``arm``, ``move``, ``cancel``, ``done``, or ``past`` for one that would have been due already.
    change: str
    #: As it is from now on; as it was, where it is cancelled or done.
    timer: Timer


@dataclass(frozen=True)
class ScoreChange:
    """A score that was computed."""

    #: Whose.
    record: RecordKey
    score: str
    #: As it was known before, if it was.
    old: _Decimal | None
    new: _Decimal


@dataclass(frozen=True)
class ActionError:
    """An action that could not be done; the others were."""

    rule: str
    #: As written.
    action: str
    #: ``wrong_type``, ``arithmetic``, ``not_whole`` or ``no_record``.
    reason: str
    #: The values at fault.
    values: tuple[Problem, ...]


@dataclass(frozen=True)
class Decision:
    """What an event asks for."""

    #: The event's id.
    event: str
    #: The hash of what the program says that decides.
    content: str
    #: The event's record; ``None`` where it has no id.
    record: RecordKey | None
    #: Why the change must not be saved; then there is nothing else to do.
    refusals: tuple[Refusal, ...]
    #: New values, net of the whole cascade, in the order they were first written.
    changes: tuple[FieldChange, ...]
    #: What else is to be done, in order.
    effects: tuple[Effect, ...]
    #: What happens to timers; the state says the same.
    timers: tuple[TimerChange, ...]
    #: The scores that rules wait for or asked for.
    scores: tuple[ScoreChange, ...]
    #: Actions that could not be done.
    errors: tuple[ActionError, ...]
    #: The rules that fired, in the order they did.
    fired: tuple[str, ...]
    #: Requests for approval as they are from now on, where they have changed.
    approvals: tuple[ApprovalChange, ...]
    #: What changes of the state; :meth:`State.apply` puts it in.
    state: State
    #: Where the record stands in its blueprint from now on, where that has changed.
    process: Instance | None
    #: Where that process is ``continu``, the transitions that leave its state now, each offered to
    #: who acts or not, and why not; empty at an end, ``None`` of another process.
    next: tuple[Offer, ...] | None
    #: Why each rule fired or did not, where it was asked for with ``trace=True``.
    trace: tuple[Step, ...] | None
    _native: _native.Reasons = field(repr=False, compare=False)

    @property
    def refused(self) -> bool:
        """Whether the change must not be saved."""
        return bool(self.refusals)

    def report(self, lang: str | None = None) -> str:
        """What is to be done, and why where that was asked for, in French or English.

        Instants are local times of the zone of the evaluation.
        """
        return self._native.sentence(lang)

    def to_json(self) -> str:
        """As JSON text: the same input gives the same text."""
        return self._native.json()

    def perform(self, functions: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
        """Calls the host's functions for the effects ``fonction``, in order.

        ``functions`` are callables by the names that rules use; each is called with the effect's
        arguments. Returns what each returned, by the effect's id. A name that is missing raises
        :class:`jalon.UnknownNameError` before anything is called.
        """
        results: dict[str, Any] = {}
        for effect, function in self._calls(functions):
            result = function(*effect.arguments)
            if inspect.isawaitable(result):
                if inspect.iscoroutine(result):
                    result.close()
                raise TypeError(f"{effect.name} is async: use `await decision.perform_async(…)`")
            results[effect.id] = result
        return results

    async def perform_async(self, functions: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
        """As :meth:`perform`, with functions that may be async; one after the other, in order."""
        results: dict[str, Any] = {}
        for effect, function in self._calls(functions):
            result = function(*effect.arguments)
            results[effect.id] = await result if inspect.isawaitable(result) else result
        return results

    def _calls(
        self, functions: Mapping[str, Callable[..., Any]]
    ) -> list[tuple[Function, Callable[..., Any]]]:
        calls = [effect for effect in self.effects if isinstance(effect, Function)]
        for effect in calls:
            if effect.name not in functions:
                raise _native.unknown_function(effect.name, list(functions), self._native.lang)
        return [(effect, functions[effect.name]) for effect in calls]

    def __str__(self) -> str:
        return self.report()

    @staticmethod
    def _of(decided: _Decided) -> Decision:
        native, values, state, process, following = decided
        form = json.loads(native.json())
        typed = iter(values)
        record = form["record"]
        trace = form.get("trace")
        return Decision(
            event=form["event"],
            content=form["content"],
            record=RecordKey(**record) if record else None,
            refusals=tuple(Refusal(**refusal) for refusal in form.get("refusals", ())),
            changes=tuple(_change(change, typed) for change in form["changes"]),
            effects=tuple(_effect(effect, typed) for effect in form["effects"]),
            timers=tuple(
                TimerChange(_key(change), change["change"], Timer.from_form(change["timer"]))
                for change in form.get("timers", ())
            ),
            scores=tuple(_score(score) for score in form.get("scores", ())),
            errors=tuple(_error(error, native.lang) for error in form.get("errors", ())),
            fired=tuple(form["fired"]),
            approvals=tuple(map(ApprovalChange.from_form, form.get("approvals", ()))),
            state=State._of(state),
            process=process,
            next=None if following is None else tuple(following),
            trace=None if trace is None else tuple(map(Step.from_form, trace)),
            _native=native,
        )


def _key(form: dict[str, Any]) -> RecordKey:
    return RecordKey(**form["record"])


def _change(form: dict[str, Any], values: Iterator[Any]) -> FieldChange:
    old, new = next(values), next(values)
    return FieldChange(_key(form), form["field"], old, new, form["rule"])


def _score(form: dict[str, Any]) -> ScoreChange:
    old = form["old"]
    old = None if old is None else _Decimal(old)
    return ScoreChange(_key(form), form["score"], old, _Decimal(form["new"]))


def _error(form: dict[str, Any], lang: str) -> ActionError:
    values = tuple(Problem.from_form(value, lang) for value in form.get("values", ()))
    return ActionError(form["rule"], form["action"], form["reason"], values)


def _pairs(form: dict[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in form.get(key, ()))


def _effect(form: dict[str, Any], values: Iterator[Any]) -> Effect:
    """An effect; of those that hold values of fields, ``values`` gives them as they are."""
    base = (form["id"], form["rule"], _key(form))
    fields = dict(_pairs(form, "fields")) if form["type"] != "create" else {}
    match form["type"]:
        case "task":
            subject, due = form["subject"], next(values)
            return Task(
                *base, subject, due, form.get("priority"), form.get("to"), form["done"], fields
            )
        case "email":
            return Email(*base, form["template"], tuple(form["to"]), fields)
        case "alert":
            return Alert(*base, form["text"], tuple(form["to"]), fields)
        case "webhook":
            pairs = (_pairs(form, "headers"), _pairs(form, "parameters"))
            return Webhook(*base, form["name"], form["method"], form["url"], *pairs, form.get("body"))
        case "function":
            return Function(*base, form["name"], tuple(next(values) for _ in form["arguments"]))
        case "convert":
            return Convert(*base, tuple(form["modules"]))
        case "create":
            return Create(*base, form["into"], {name: next(values) for name, _ in form["fields"]})
        case "tag":
            return Tag(*base, tuple(form["tags"]))
        case "untag":
            return Untag(*base, tuple(form["tags"]))
        case "assign":
            return Assign(*base, form["to"])
        case "meeting":
            title, start = form["title"], next(values)
            return Meeting(
                *base, title, start, form.get("minutes"), tuple(form["with"]), fields
            )
        case "keep":
            attachments, ticked = (tuple(form.get(key, ())) for key in ("attachments", "ticked"))
            return Keep(*base, form.get("note"), attachments, ticked, _pairs(form, "records"))
        case _:
            return Delete(*base)

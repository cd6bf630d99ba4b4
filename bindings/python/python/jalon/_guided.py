"""What a program says of records in its blueprints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from typing import Any

from jalon._compiled import Compiled
from jalon._state import State
from jalon._users import AnyUsers, Users
from jalon.blueprint import Blueprint, DueStep, Fired, Form, Instance, Offer, Refusal


class Guided(Compiled):
    """The methods of a program that run its blueprints, each with a clock of its own."""

    __slots__ = ()

    @property
    def blueprints(self) -> list[str]:
        """The names of its blueprints, those that are inactive too."""
        return self._native.blueprints

    def blueprint(
        self,
        name: str | None = None,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
    ) -> Blueprint:
        """A blueprint under one clock and with one list of users, ready for many calls.

        Without a name, all of them. It has the methods below, which read ``now``, ``zone`` and
        ``users`` anew with each call, and is the faster way where those stay.
        """
        return Blueprint(self, name, now, zone, users)

    def enter(
        self,
        record: Any,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Instance | None:
        """Lets a record into the blueprint that takes it, if there is one.

        That is the first active one of its module whose entry holds and that has the record's
        state, unless that is an end. A record without a state begins in the default one: the host
        writes it. ``module`` may be left out where there is only one.
        """
        return self._at(now, zone, None).enter(record, module)

    def available(
        self,
        instance: Instance,
        record: Any,
        *,
        by: Any = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
        why: bool = False,
    ) -> list[Offer]:
        """The transitions that leave the state of a record, offered to ``by`` or not.

        ``by`` is the name of a user, a :class:`jalon.User`, or a dict like one; where ``users``
        know the name, their roles and groups count. ``why=True`` fills :attr:`Offer.why_not`.
        Automatic transitions are not among them: :meth:`steps` tells those.

        Raises :class:`jalon.Refused` for an instance that has left its blueprint or runs under
        another version of it.
        """
        return self._at(now, zone, users).available(instance, record, by, why)

    def offered(
        self,
        instance: Instance,
        record: Any,
        *,
        by: Any = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
    ) -> tuple[str, ...]:
        """The names of the transitions that ``by`` may make now: :meth:`available`, in short."""
        return self._at(now, zone, users).offered(instance, record, by)

    def fire(
        self,
        instance: Instance,
        transition: str,
        given: Any,
        record: Any,
        *,
        by: Any = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
        id: str | None = None,
        record_id: str | None = None,
        state: State | None = None,
        related: Mapping[str, Iterable[Any]] | None = None,
        trace: bool = False,
    ) -> Fired:
        """Makes a transition; nothing of it is done yet.

        ``given`` are fields by name, or a :class:`jalon.Given` with a note and the like; a draft
        stands behind it. The host saves :attr:`Fired.instance` and :attr:`Fired.fields`, and does
        what :attr:`Fired.decision` asks for besides, with the rules that see the change.
        ``state``, ``related`` and ``trace`` are as for :meth:`decide`, and so is ``id``, which
        effects carry; left out, one is made of the transition and of when its state began.

        Raises :class:`jalon.Refused` with all that stands in the way at once.
        """
        return self._at(now, zone, users).fire(
            instance, transition, given, record, by,
            id=id, record_id=record_id, state=state, related=related, trace=trace,
        )  # fmt: skip

    def try_fire(
        self,
        instance: Instance,
        transition: str,
        given: Any,
        record: Any,
        *,
        by: Any = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
        id: str | None = None,
        record_id: str | None = None,
        state: State | None = None,
        related: Mapping[str, Iterable[Any]] | None = None,
        trace: bool = False,
    ) -> Fired | Refusal:
        """The same as :meth:`fire` where being refused is nothing out of the ordinary.

        What comes back has ``made``: ``True`` for a :class:`~jalon.blueprint.Fired`, ``False`` for a
        :class:`~jalon.blueprint.Refusal` with all that stands in the way. Several times faster than
        an exception.
        """
        return self._at(now, zone, users).try_fire(
            instance, transition, given, record, by,
            id=id, record_id=record_id, state=state, related=related, trace=trace,
        )  # fmt: skip

    def form(
        self,
        instance: Instance,
        transition: str,
        record: Any,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Form:
        """What a transition tells and asks for, to be shown before it is made."""
        return self._at(now, zone, None).form(instance, transition, record)

    def save_draft(
        self,
        instance: Instance,
        transition: str,
        given: Any,
        *,
        by: Any = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Instance:
        """Keeps what is given so far for a transition; nothing at all drops the draft."""
        return self._at(now, zone, None).save_draft(instance, transition, given, by)

    def steps(
        self,
        instance: Instance,
        now: date | str | None = None,
        *,
        zone: str | tzinfo | None = None,
    ) -> list[DueStep]:
        """What happens to an instance by itself, the earliest first: what is not after ``now`` is due."""
        return self._at(now, zone, None).steps(instance)

    def take_step(
        self,
        instance: Instance,
        step: DueStep,
        record: Any,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
        id: str | None = None,
        record_id: str | None = None,
        state: State | None = None,
        related: Mapping[str, Iterable[Any]] | None = None,
        trace: bool = False,
    ) -> Fired:
        """Does what has become due: makes an automatic transition, or tells somebody of a deadline."""
        return self._at(now, zone, users).take_step(
            instance, step, record,
            id=id, record_id=record_id, state=state, related=related, trace=trace,
        )  # fmt: skip

    def exit(
        self,
        instance: Instance,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Instance:
        """Takes a record out of its process: the instance is history from then on."""
        return self._at(now, zone, None).exit(instance)

    def _at(
        self, now: date | str | None, zone: str | tzinfo | None, users: AnyUsers
    ) -> Blueprint:
        """All blueprints under a clock: those of the last call, if that was the same."""
        here = self._here
        if here is None or here._made[2:4] != (now, zone) or here._made[4] is not users:
            here = Blueprint(self, None, now, zone, users)
            # A list could be another the next time.
            if users is None or isinstance(users, Users):
                self._here = here
        return here

"""Programs: what they declare, and what they say of a record or a frame."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple, TypeVar

from jalon import _diagnostics, _native, _users, _writing
from jalon._criterion import Criterion, Explanation
from jalon._diagnostics import Diagnostic
from jalon._framed import Framed
from jalon._guided import Guided
from jalon._judge import Judge, Matcher, Scorer
from jalon._picture import Picture
from jalon._replay import Replay, replayed
from jalon._score import Score
from jalon._simulation import Simulation, simulated
from jalon._state import Due, State
from jalon._template import Template
from jalon._testing import TestReport
from jalon._users import AnyUsers
from jalon.workflow import Decision, FieldChange

_T = TypeVar("_T")


class Declared(NamedTuple):
    """A declaration of a program and the hash of what it says."""

    #: ``module``, ``score``, ``rule``, ``blueprint`` …
    kind: str
    #: Its name; of a declaration without one what it is about.
    name: str
    #: 64 hexadecimal digits.
    content: str


class Program(Framed, Guided):
    """A compiled program. Immutable; threads may share it."""

    __slots__ = ()

    @property
    def scores(self) -> list[str]:
        """The names of its scores."""
        return self._native.scores

    @property
    def modules(self) -> list[str]:
        """The names of its modules."""
        return self._native.modules

    @property
    def rules(self) -> list[str]:
        """The names of its rules."""
        return self._native.rules

    @classmethod
    def from_json(
        cls,
        form: str | Mapping[str, Any],
        *,
        name: str = "<json>",
        lang: str | None = None,
        strict: bool = False,
    ) -> Program:
        """A program of its JSON, as text or as the dict that :meth:`to_json` gives.

        It is printed as text, into which diagnostics point. JSON that is none of a program raises
        :class:`jalon.FormError`, which says where.

        >>> import jalon
        >>> program = jalon.parse("constante Junk : Casino")
        >>> form = program.to_json()
        >>> form["declarations"]
        [{'constant': {'items': ['Casino'], 'name': 'Junk'}}]
        >>> jalon.Program.from_json(form).content == program.content
        True
        """
        given = form if isinstance(form, str) else json.dumps(form)
        text = _native.text_of_json(given, lang)
        return cls([(name, text)], lang=lang, strict=strict)

    def to_json(self) -> dict[str, Any]:
        """What its texts say, as data: everything but their layout."""
        form: dict[str, Any] = json.loads(self._native.to_json())
        return form

    @property
    def content(self) -> str:
        """The hash of all it says: the same for every layout and in either language."""
        content: str = json.loads(self._native.contents())["program"]
        return content

    @property
    def contents(self) -> list[Declared]:
        """The hash of what each of its declarations says."""
        declarations = json.loads(self._native.contents())["declarations"]
        return [Declared(**one) for one in declarations]

    def blueprint_content(self, name: str) -> str:
        """The content of a blueprint, by which its instances know it again."""
        return _native.blueprint_content(self._native, name)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The name and the text of each of its files."""
        return list(self._made[0])

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Its warnings and notes; a program with errors does not load."""
        return _diagnostics.from_json(self._native.diagnostics())

    def check(self, *, users: AnyUsers = None) -> list[Diagnostic]:
        """Its diagnostics, and doubts about what is right but hardly meant.

        Those are criteria that never hold, rules that are never reached, values that nothing uses;
        with ``users``, as for :meth:`decide`, also names of users, roles, groups and profiles that
        none of them has. Looking for them takes a while on large programs, so loading does not.

        >>> import jalon
        >>> text = "rule R on Leads\\n  when created\\n  then\\n    assign to user Alise"
        >>> program = jalon.parse(text)
        >>> str(program.check(users=[{"name": "Alice"}])[-1])
        '<text>:4:20: warning[W0870]: `Alise` is none of the users'
        """
        who = _users.native(users, self._native.lang)
        return _diagnostics.from_json(self._native.check(who))

    def score(
        self,
        name: str | None,
        record: Any,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        explain: bool = False,
    ) -> Score:
        """The score of a record: a dict, a mapping, a dataclass, a pydantic model.

        ``name`` may be ``None`` if there is only one score. ``now`` is the evaluation's clock, a
        datetime, a date or ISO text (local to ``zone`` without an offset); it may be left out if
        the score reads no clock. ``explain=True`` works the reasons out at once.
        """
        score = Score(self, self._scores.get(name) or self._score(name), record, now, zone)
        if explain:
            score._known()
        return score

    def scorer(
        self,
        name: str | None = None,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Scorer:
        """A score ready for many records, one at a time, under one clock.

        ``scorer(record)`` is the total, ``scorer.score(record)`` what :meth:`score` gives. For many
        records at once, :meth:`score_frame` is faster by far.
        """
        return Scorer(self, self._score(name), [], (now, zone))

    def matcher(
        self,
        criterion: str | Criterion,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Matcher:
        """A criterion ready for many records under one clock: ``matcher(record)`` is a bool."""
        return Matcher(self, None, [self._compiled(criterion, module)], (now, zone))

    def judge(
        self,
        score: str | None,
        criteria: Iterable[str | Criterion],
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Judge:
        """A score and criteria ready for many records under one clock.

        ``judge(record)`` is the total and a tuple that says which criteria hold. Each record is
        read once, and a test that several of them share is made once.
        """
        own = [self._compiled(criterion, module) for criterion in criteria]
        for criterion in own:
            if not criterion._native.is_of(self._native):
                raise ValueError(f"{criterion.text!r} is a criterion of another program")
        return Judge(self, self._score(score), own, (now, zone))

    def say(self, lang: str | None = None) -> list[dict[str, str]]:
        """What its rules, scores and blueprints say, as people would read it aloud.

        Each is a dict of ``kind`` (``"rule"``, ``"score"`` or ``"blueprint"``), ``name`` and
        ``text``. ``lang`` is ``"fr"`` or ``"en"``, that of the program by default.
        """
        told: list[dict[str, str]] = json.loads(self._native.say(lang))
        return told

    def say_rule(self, name: str, lang: str | None = None) -> str:
        """What a rule says: when, if, then do what."""
        return self._native.say_rule(name, lang)

    def say_score(self, name: str | None = None, lang: str | None = None) -> str:
        """What a score says; ``name`` may be left out if there is only one."""
        return self._native.say_score(name, lang)

    def say_blueprint(self, name: str, lang: str | None = None) -> str:
        """What a blueprint says: its states, and who goes from one to another and how."""
        return self._native.say_blueprint(name, lang)

    def matches(
        self,
        criterion: str | Criterion,
        record: Any,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> bool:
        """Whether a criterion, as text or compiled, holds on a record."""
        return self._compiled(criterion, module).matches(record, now, zone)

    def matching(
        self,
        record: Any,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> list[str]:
        """The names of the rules whose condition holds on a record, in declaration order.

        All rules are asked at once, so their number costs little. Where rules are of several
        modules, ``module`` says which. A rule that reads a value of the wrong type does not hold.
        """
        return self._native.matching(record, module, (now, zone))

    def explain(
        self,
        criterion_or_score: str | Criterion,
        record: Any,
        *,
        module: str | None = None,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
    ) -> Explanation | Score:
        """The reasons of a score, by its name, or of a criterion."""
        score = self._known_score(criterion_or_score)
        if score is not None:
            return self.score(score.name, record, now=now, zone=zone, explain=True)
        return self._compiled(criterion_or_score, module).explain(record, now, zone)

    def decide(
        self,
        event: Any,
        state: State | None = None,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
        trace: bool = False,
    ) -> Decision:
        """What an event asks for; nothing of it is done.

        ``event`` is a dict, or anything with named values: ``id`` (the host's; effects carry it),
        ``type`` (``created``, ``updated``, ``deleted``, ``activity``, ``manual``, ``due``,
        ``scheduled``, ``arm``, ``tick``, and those of blueprints and approvals, below), ``module``, and ``record`` (of a tick none); of an update
        ``before`` and ``after`` (or ``record`` and ``changes``), of which ``after`` may hold only
        what changes. Further
        ``activity`` (its type), ``rule`` (of a button), ``timer`` (the id of a due one),
        ``schedule`` (its name), ``record_id`` (else the record's ``id``), ``related`` (records by
        module, each with an ``id``), and ``now``, which counts where ``now=`` is left out.

        Of blueprints: ``transition`` and ``draft`` (with ``transition``, its name, and ``given``:
        ``fields``, ``note``, ``attachments``, ``ticked``, ``records``), ``enter``, ``exit``. Of
        approvals, with ``approval``, its name: ``submit``, ``vote`` (``verdict``: ``approve`` or
        ``reject``), ``delegate`` (``to``), ``recall``, and a ``comment``. ``by`` is who acts: a
        name, or a dict as one of ``users``.

        ``state`` is what was remembered of the records that the event concerns, or of all; the
        decision says what changes of it. ``users`` are dicts, dataclasses or :class:`jalon.User`:
        then effects name the users in a role or a group; :class:`jalon.Users` reads them once for
        many decisions. ``trace=True`` tells why each rule fired or did not.
        Raises :class:`jalon.EventError`, :class:`jalon.UsersError`,
        :class:`jalon.UnknownNameError`, :class:`jalon.ClockError`.
        """
        kept = None if state is None else state._native
        who = _users.native(users, self._native.lang)
        return Decision._of(_native.decide(self._native, event, kept, who, (now, zone), trace))

    def write(self, decided: Decision | FieldChange, record: _T) -> _T:
        """Writes what was decided into a record, which is changed and returned.

        Each new value goes under the name by which the record carries the field: its label or any
        other name that is declared of it, in any case. A mapping that does not carry it gets it
        under its label; an object without an attribute for it raises :class:`jalon.RecordError`.
        Of a decision it is the changes of its own record; for those of other records give each
        change with its record.

        >>> import jalon
        >>> program = jalon.parse('''
        ... module Leads
        ...   Opted out (opt_out) : checkbox
        ... rule "Opt-out" on Leads
        ...   when created
        ...   then
        ...     Opted out : selected
        ... ''')
        >>> lead = {"id": 1, "opt_out": False}
        >>> decision = program.decide({"id": "e1", "type": "created", "record": lead})
        >>> program.write(decision, lead)
        {'id': 1, 'opt_out': True}
        """
        for change in _writing.changes(decided):
            self.set(change.record.module, record, change.field, change.new)
        return record

    def set(self, module: str, record: _T, field: str, value: Any) -> _T:
        """Sets a field of a record, as :meth:`write` does: for what a host is told itself."""
        _writing.put(record, field, value, lambda names: self._native.name_in(module, names, field))
        return record

    def due(
        self, state: State, now: date | str, *, zone: str | tzinfo | None = None
    ) -> list[Due]:
        """What is due, the earliest first: timers, and runs of schedules since the last tick."""
        return state.due(self, now, zone=zone)

    @property
    def schedules(self) -> list[str]:
        """The names of its schedules."""
        return self._native.schedules

    def next_run(
        self, schedule: str, now: date | str, *, zone: str | tzinfo | None = None
    ) -> datetime | None:
        """When a schedule runs next after ``now``, as an aware datetime; ``None`` when never again."""
        return _native.next_run(self._native, schedule, (now, zone))

    def select(
        self,
        schedule: str,
        records: Iterable[_T],
        now: date | str,
        *,
        zone: str | tzinfo | None = None,
    ) -> list[_T]:
        """Those of some records that a schedule takes now, in the order it takes them."""
        given = list(records)
        return [given[i] for i in _native.select(self._native, schedule, given, (now, zone))]

    def test(
        self,
        *,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
    ) -> TestReport:
        """Runs the tests beside the rules; ``now`` is the present of those that set none.

        ``users`` are as for :meth:`decide`.
        """
        lang = self._native.lang
        report = _native.test_rules(self._native, _users.native(users, lang), (now, zone))
        return TestReport._of(report, lang)

    def simulate(
        self,
        new: Program,
        records: Iterable[Any] | None = None,
        *,
        events: Iterable[Any] | None = None,
        module: str | None = None,
        updated: bool = False,
        until: date | str | None = None,
        show: int = 20,
        now: date | str | None = None,
        zone: str | tzinfo | None = None,
        users: AnyUsers = None,
    ) -> Simulation:
        """What would come out otherwise with a new program; nothing is done.

        Each of ``records`` is created on its own with both programs, or with ``updated=True``
        saved again without a change; ``until`` lets the clock go on for each, so that what its
        timers do is compared too. ``events`` instead of records are decided in their order, as
        :meth:`decide` takes them, and both programs remember their records. All are counted, the
        first ``show`` that change are listed with the rule or the line of the score that makes the
        difference. ``users`` are as for :meth:`decide`.

        >>> import jalon
        >>> old = jalon.parse("score Fit\\n  +10 if Country IS France")
        >>> new = jalon.parse("score Fit\\n  +25 if Country IS France")
        >>> found = old.simulate(new, [{"id": 1, "Country": "France"}, {"id": 2}])
        >>> found.compared, found.changed, found.listed[0].row
        (2, 1, 1)
        """
        if (records is None) == (events is None):
            raise TypeError("simulate() takes either records or events=")
        given = events if records is None else records
        how = (module, updated, until, show)
        return simulated(self, new, given or (), events is not None, users, (now, zone), how)

    def picture(self, name: str | None = None) -> Picture:
        """The picture of a blueprint; ``name`` may be left out if there is only one.

        Raises :class:`jalon.UnknownNameError`.
        """
        return Picture(self, name)

    def replay(
        self,
        log: Any,
        blueprint: str | None = None,
        *,
        case: str,
        state: str,
        time: str | None = None,
        transition: str | None = None,
        by: str | None = None,
        reading: str | None = None,
        zone: str | tzinfo | None = None,
        lang: str | None = None,
    ) -> Replay:
        """Replays a log through a blueprint: which moves it accepts, which it refuses and why.

        ``log`` is a frame of polars, pandas or pyarrow, or mappings, one for each state that a
        case reached; ``case``, ``state``, ``time``, ``transition`` and ``by`` name its columns.
        The states may be activities that are states or transitions of the blueprint, as
        ``reading`` says; without it the names tell. Within a case rows are put in the order of
        their times. A row without a case or a state raises :class:`ValueError`.
        """
        columns = (case, state, transition, by, time)
        return replayed(self, blueprint, log, columns, reading, zone, lang)

    def template(
        self, text: str, format: str = "text", module: str | None = None
    ) -> Template:
        """A text with fields such as ``${Nom ou "cher client"}``, compiled.

        ``format`` is ``text``, ``html``, ``xml``, ``json`` or ``url``: each value is written as
        its place in such a text asks. Raises :class:`jalon.ProgramError`.
        """
        return Template(self, text, format, module)

    def __repr__(self) -> str:
        names = ", ".join(name for name, _ in self.sources)
        return (
            f"<jalon.Program {names}: scores={len(self.scores)}"
            f" rules={len(self.rules)} modules={len(self.modules)}>"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _program, self._made

    def __copy__(self) -> Program:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Program:
        return self


def _program(sources: list[tuple[str, str]], lang: str | None, strict: bool) -> Program:
    return Program(sources, lang=lang, strict=strict)


def parse(text: str, *, name: str = "<text>", lang: str | None = None, strict: bool = False) -> Program:
    """A program of one text.

    ``name`` is what diagnostics call it; ``lang`` is the language of messages. In ``strict`` mode
    a value of the wrong type or an absent field raises :class:`jalon.RecordError`.

    Raises :class:`jalon.SyntaxError` or :class:`jalon.CheckError` with all the diagnostics.
    """
    return Program([(name, text)], lang=lang, strict=strict)


def load(
    path: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    lang: str | None = None,
    strict: bool = False,
) -> Program:
    """A program of a file, several files, or the ``.jalon`` files of a folder.

    Raises :class:`OSError` for a file that cannot be read; see :func:`parse` for the rest.
    """
    paths = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    return Program(_native.sources(paths), lang=lang, strict=strict)

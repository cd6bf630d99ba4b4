"""The compiled core: conversions and calls. `jalon` is the API."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from os import PathLike
from typing import Any, Literal, Optional, Protocol, final

from jalon._native_blueprint import Blueprint as Blueprint
from jalon._native_blueprint import Fired as Fired
from jalon._native_blueprint import Instance as Instance
from jalon._native_blueprint import Offer as Offer
from jalon._native_blueprint import Refusal as Refusal
from typing_extensions import Self, disjoint_base

__all__ = [
    "Blueprint",
    "Criterion",
    "Fired",
    "Instance",
    "Judge",
    "Migration",
    "Offer",
    "Picture",
    "Program",
    "Reasons",
    "Refusal",
    "Rehearsal",
    "Score",
    "Scored",
    "State",
    "Template",
    "Users",
    "__version__",
    "blueprint_content",
    "coded",
    "compare",
    "decide",
    "discover",
    "export_criterion",
    "fold_text",
    "format",
    "format_criterion",
    "import_text",
    "match_frame",
    "next_run",
    "replay",
    "select",
    "simulate",
    "sources",
    "sql_functions",
    "test_rules",
    "text_of_json",
    "to_sql",
    "unknown_function",
]

__version__: str

# `now` and `zone`
_When = tuple[date | str | None, str | tzinfo | None]

# what comes out of a frame: the columns worked out, the frame with them, or the rows on which the
# first of them is true; and whether batch by batch, as it is read
_How = tuple[Literal["added", "whole", "kept"], bool]

class _ArrowStream(Protocol):
    """What a frame is read from, and what comes out of it."""

    def __arrow_c_stream__(self, requested_schema: Any = None, /) -> Any: ...

# a decision: its data and report, its values in order, what changes of the state, where the record
# stands in its blueprint, what is offered there of one that is ``continu``
_Decided = tuple[
    "Reasons", list[Any], "State", Optional[Instance], Optional[list[Offer]]
]

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
    def schedules(self) -> list[str]: ...
    @property
    def blueprints(self) -> list[str]: ...
    @property
    def lang(self) -> str: ...
    def picture(self, name: str | None) -> Picture:
        """The picture of a blueprint; of the only one by default."""
    def template(self, text: str, format: str, module: str | None) -> Template:
        """A text with fields, compiled."""
    def to_json(self) -> str:
        """What its texts say, as JSON."""
    def contents(self) -> str:
        """The hashes of the program and of its declarations, as JSON."""
    def diagnostics(self) -> str:
        """Warnings and notes, as JSON."""
    def check(self, users: Users | None) -> str:
        """Warnings, notes and doubts, as JSON."""
    def score(self, name: str | None) -> Score:
        """A score by name; the only one by default."""
    def criterion(self, text: str, module: str | None) -> Criterion:
        """A criterion compiled against the program."""
    def rule(self, name: str) -> Criterion:
        """The condition of a rule."""
    def say(self, lang: str | None) -> str:
        """What rules, scores and blueprints say, as JSON."""
    def say_rule(self, name: str, lang: str | None) -> str:
        """What a rule says."""
    def say_blueprint(self, name: str, lang: str | None) -> str:
        """What a blueprint says."""
    def say_score(self, name: str | None, lang: str | None) -> str:
        """What a score says; the only one by default."""
    def name_in(self, module: str, names: Sequence[str], field: str) -> str: ...
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
    def sentence(self, lang: str | None) -> str:
        """What it says."""
    def matches(self, record: Any, when: _When) -> bool:
        """Whether it holds."""
    def explain(self, record: Any, when: _When) -> Reasons:
        """Why it holds or does not."""
    def missing(self, names: list[str]) -> list[str]:
        """The fields that a frame with these columns has none for."""
    def places(self, names: list[str], when: _When) -> list[int]:
        """The columns that a frame is read from, by place."""
    def explain_frame(
        self, frame: _ArrowStream, when: _When, lang: str | None, how: _How
    ) -> _ArrowStream:
        """A frame with the verdicts and the reasons."""

@final
class Score:
    """A compiled score."""

    @property
    def name(self) -> str: ...
    def lines(self) -> list[str]:
        """Its lines as written, in their order."""
    def missing(self, names: list[str]) -> list[str]:
        """The fields that a frame with these columns has none for."""
    def places(self, names: list[str], when: _When) -> list[int]:
        """The columns that a frame is read from, by place."""
    def frame(
        self,
        frame: _ArrowStream,
        when: _When,
        threads: int | None,
        contributions: bool,
        how: _How,
    ) -> _ArrowStream:
        """A frame with its score."""
    def explain_frame(
        self, frame: _ArrowStream, when: _When, lang: str | None, how: _How
    ) -> _ArrowStream:
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
    """The reasons of a criterion or of a score, or a decision."""

    @property
    def lang(self) -> str: ...
    def json(self) -> str:
        """As JSON."""
    def sentence(self, lang: str | None = None) -> str:
        """As text."""
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class State:
    """What is remembered; threads may share it."""

    def __new__(cls, text: str | None = None) -> State: ...
    def json(self) -> str:
        """As JSON."""
    def apply(self, changed: State) -> None:
        """Puts in what a decision changed."""
    def forget(self, module: str, id: str, rule: str | None) -> None:
        """Forgets that rules have fired once for a record."""
    def next_due(self) -> datetime | None:
        """When the next timer is due."""
    def due(self, program: Program, when: _When) -> str:
        """What is due, as JSON."""
    def tick(self, program: Program, when: _When) -> None:
        """Says that what was due until now has been taken care of."""

@final
class Rehearsal:
    """A host in memory."""

    def __new__(
        cls, program: Program, state: State | None, users: Users | None, when: _When, trace: bool
    ) -> Rehearsal: ...
    def put(self, module: str, record: Any) -> None:
        """Puts a record on the stage, without an event."""
    def send(self, event: Any) -> _Decided:
        """Sends an event."""
    def advance(self, until: date | str) -> list[tuple[datetime, _Decided]]:
        """Lets the clock go on, and fires what is due on the way."""
    def now(self) -> datetime | None:
        """The present."""
    def records(self) -> str:
        """The records: module, id and fields, as JSON."""
    def state(self) -> State:
        """What is remembered."""

@final
class Picture:
    """A blueprint to be drawn."""

    @property
    def name(self) -> str: ...
    def svg(self, lang: str | None) -> str:
        """As SVG."""
    def mermaid(self, lang: str | None) -> str:
        """As a Mermaid state diagram."""
    def dot(self, lang: str | None) -> str:
        """As DOT."""
    def with_figures(self, figures: str) -> Picture:
        """With figures on it, given as JSON."""

@final
class Template:
    """A compiled text with fields."""

    @property
    def reads_clock(self) -> bool: ...
    def diagnostics(self) -> str:
        """Warnings and notes, as JSON."""
    def render(self, record: Any, when: _When) -> str:
        """The text for a record."""

@final
class Users:
    """Users, read once."""

    def __new__(cls, users: Any, lang: str | None) -> Users: ...

def compare(old: Program, new: Program) -> tuple[str, list[str], list[str]]:
    """What changes as JSON; its report and its summary, each in French and in English."""

def decide(
    program: Program,
    event: Any,
    state: State | None,
    users: Users | None,
    when: _When,
    trace: bool,
) -> _Decided:
    """Decides an event."""

def replay(
    program: Program,
    blueprint: str | None,
    rows: Any,
    reading: str | None,
    when: _When,
    lang: str | None,
) -> tuple[str, str]:
    """Replays the rows of a log; what was found, and what is to be written on a picture, as JSON."""

def import_text(
    form: str,
    text: str,
    program: Program | None,
    module: str | None,
    lang: str | None,
    inactive: bool,
) -> tuple[str, str]:
    """Reads a text of another form: text of Jalon, and what was left out as JSON."""

def export_criterion(criterion: Criterion, form: str, names: str) -> tuple[str | None, str, str]:
    """Writes a criterion in another form as JSON; or nothing, and what was left out as JSON.

    Last stands the language of messages.
    """

def discover(
    rows: Any,
    name: str | None,
    module: str | None,
    field: str,
    min_count: int,
    when: _When,
    lang: str | None,
) -> str:
    """The text of the blueprint that a log implies."""

def next_run(program: Program, schedule: str, when: _When) -> datetime | None:
    """When a schedule runs next."""

def simulate(
    old: Program,
    new: Program,
    given: Sequence[Any],
    events: bool,
    users: Users | None,
    when: _When,
    how: tuple[str | None, bool, date | str | None, int],
) -> str: ...
def select(program: Program, schedule: str, records: Sequence[Any], when: _When) -> list[int]:
    """Which of some records a schedule takes, by their place."""

def test_rules(program: Program, users: Users | None, when: _When) -> str:
    """Runs the tests beside the rules; the report as JSON."""

def unknown_function(name: str, known: Sequence[str], lang: str) -> Exception:
    """The error that no function has this name."""

def coded(
    frame: _ArrowStream, values: Sequence[tuple[int, _ArrowStream]]
) -> _ArrowStream:
    """The stream of a frame of which some columns, by place, are codes, with what they stand for."""

def match_frame(
    criteria: Sequence[tuple[str, Criterion]],
    frame: _ArrowStream,
    when: _When,
    threads: int | None,
    how: _How,
) -> _ArrowStream:
    """A frame with whether each of some named criteria holds."""

def text_of_json(json: str, lang: str | None) -> str:
    """The text that a program's JSON says."""
def format(
    sources: Sequence[tuple[str, str]], lang: str | None = None
) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """Texts in their canonical layout, and the places kept as written."""

def format_criterion(text: str, lang: str | None = None) -> str:
    """A criterion in its canonical spelling."""

def sources(paths: Sequence[str | PathLike[str]]) -> list[tuple[str, str]]:
    """The names and texts of the program files among files and folders."""

@final
class Migration:
    """What becomes of instances under a new program."""

    def __new__(
        cls, old: Program | None, new: Program, map: str, renamed: Sequence[tuple[str, str]]
    ) -> Migration: ...
    def plan(self, instances: Any) -> tuple[str, str, str]:
        """The plan as JSON, and its reports in French and in English."""
    def step(self, instance: Any) -> str:
        """What becomes of an instance, as JSON."""
    def apply(self, instance: Any, when: _When, by: str | None) -> Instance | None:
        """The instance under the new program; nothing where it leaves its process."""
    @property
    def lang(self) -> str: ...

def blueprint_content(program: Program, name: str) -> str:
    """The content of a blueprint."""

def to_sql(
    criterion: Criterion,
    dialect: str,
    when: _When,
    texts: str,
    columns: list[tuple[str, list[str]]],
    numbered: bool | None,
    names: str,
) -> tuple[str | None, list[Any], str, str]:
    """The clause of a criterion and its parameters; or what was left out, and the language."""

def sql_functions(dialect: str) -> list[tuple[str, bool, bool, str | None]]:
    """The functions of a dialect."""

def fold_text(text: str, case_sensitive: bool, ignoring_accents: bool) -> str:
    """A text as it compares."""

"""Criteria, scores and rules in the words of a sales team, run exactly.

>>> import jalon
>>> jalon.criterion("Pays CONTIENT France").matches({"Pays": "FRANCE"})
True

A program is a text, a file, several files or a folder; see :func:`parse` and :func:`load`.
What rules ask for is in :mod:`jalon.workflow`, the guided way of a record in :mod:`jalon.blueprint`.
"""

from jalon._criterion import Criterion, Explanation, Reason, criterion
from jalon._diagnostics import Diagnostic, Edit, Fix, Label
from jalon._diff import Change, Diff, diff
from jalon._errors import (
    CheckError,
    ClockError,
    EventError,
    FormError,
    JalonError,
    LeftOut,
    LeftOutError,
    MigrationError,
    ProgramError,
    RecordChangedError,
    RecordError,
    Refused,
    StateError,
    SyntaxError,
    UnknownNameError,
    UsersError,
)
from jalon._forms import ImportedRules, import_criterion, import_rules
from jalon._format import Formatted, format, format_criterion, format_files, format_texts
from jalon._judge import Judge, Matcher, Scorer
from jalon._migration import MigrationGroup, MigrationPlan, migration_plan
from jalon._native import __version__
from jalon._picture import Picture
from jalon._program import Declared, Program, load, parse
from jalon._reading import EventPoints, Problem, Read
from jalon._rehearsal import Fired, Rehearsal
from jalon._replay import Refusal, Replay, StateReplay, TransitionReplay, discover
from jalon._score import EventCounts, Group, Line, Score
from jalon._simulation import Listed, Simulation, SimulationCount
from jalon._state import Due, RecordKey, State, Timer
from jalon._template import Template
from jalon._testing import Covered, TestFailure, TestReport, TestResult
from jalon._users import User, Users
from jalon.blueprint import Blueprint, Given, Instance, Obstacle, Offer
from jalon.workflow import Decision

__all__ = [
    "Blueprint",
    "Change",
    "CheckError",
    "ClockError",
    "Covered",
    "Criterion",
    "Decision",
    "Declared",
    "Diagnostic",
    "Diff",
    "Due",
    "Edit",
    "EventCounts",
    "EventError",
    "EventPoints",
    "Explanation",
    "Fired",
    "Fix",
    "FormError",
    "Formatted",
    "Given",
    "Group",
    "ImportedRules",
    "Instance",
    "JalonError",
    "Judge",
    "Label",
    "LeftOut",
    "LeftOutError",
    "Line",
    "Listed",
    "Matcher",
    "MigrationError",
    "MigrationGroup",
    "MigrationPlan",
    "Obstacle",
    "Offer",
    "Picture",
    "Problem",
    "Program",
    "ProgramError",
    "Read",
    "Reason",
    "RecordChangedError",
    "RecordError",
    "RecordKey",
    "Refusal",
    "Refused",
    "Rehearsal",
    "Replay",
    "Score",
    "Scorer",
    "Simulation",
    "SimulationCount",
    "State",
    "StateError",
    "StateReplay",
    "SyntaxError",
    "Template",
    "TestFailure",
    "TestReport",
    "TestResult",
    "Timer",
    "TransitionReplay",
    "UnknownNameError",
    "User",
    "Users",
    "UsersError",
    "__version__",
    "criterion",
    "diff",
    "discover",
    "format",
    "format_criterion",
    "format_files",
    "format_texts",
    "import_criterion",
    "import_rules",
    "load",
    "migration_plan",
    "parse",
]

"""Criteria and scores in the words of a sales team, run exactly.

>>> import jalon
>>> jalon.criterion("Pays CONTIENT France").matches({"Pays": "FRANCE"})
True

A program is a text, a file, several files or a folder; see :func:`parse` and :func:`load`.
"""

from jalon._criterion import Criterion, Explanation, Reason, criterion
from jalon._diagnostics import Diagnostic, Edit, Fix, Label
from jalon._errors import (
    CheckError,
    ClockError,
    JalonError,
    ProgramError,
    RecordChangedError,
    RecordError,
    SyntaxError,
    UnknownNameError,
)
from jalon._judge import Judge, Matcher, Scorer
from jalon._native import __version__
from jalon._program import Program, load, parse
from jalon._reading import EventPoints, Problem, Read
from jalon._score import EventCounts, Group, Line, Score

__all__ = [
    "CheckError",
    "ClockError",
    "Criterion",
    "Diagnostic",
    "Edit",
    "EventCounts",
    "EventPoints",
    "Explanation",
    "Fix",
    "Group",
    "JalonError",
    "Judge",
    "Label",
    "Line",
    "Matcher",
    "Problem",
    "Program",
    "ProgramError",
    "Read",
    "Reason",
    "RecordChangedError",
    "RecordError",
    "Score",
    "Scorer",
    "SyntaxError",
    "UnknownNameError",
    "__version__",
    "criterion",
    "load",
    "parse",
]

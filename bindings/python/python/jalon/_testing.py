"""The tests beside the rules, and what they gave."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class TestFailure:
    """Something that is not as expected."""

    __test__ = False

    #: As written.
    expected: str
    #: What there was instead, in the language of the program.
    found: str
    file: str
    #: From 1.
    line: int


@dataclass(frozen=True)
class TestResult:
    """What one test gave."""

    __test__ = False

    name: str
    #: As declared.
    module: str | None
    file: str
    #: From 1.
    line: int
    #: How many expectations it has.
    expectations: int
    failures: tuple[TestFailure, ...]

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.failures


@dataclass(frozen=True)
class Covered:
    """A criterion of a rule or a score, and what the tests saw of it."""

    #: The rule or the score.
    of: str
    #: Which of its conditions or lines, from 1.
    number: int
    #: As written.
    text: str
    file: str
    #: From 1.
    line: int
    #: Whether it held in some test.
    seen_true: bool
    #: Whether it did not in some test.
    seen_false: bool


@dataclass(frozen=True)
class TestReport:
    """What running the tests of a program gave. True when every test passed."""

    __test__ = False

    #: In source order.
    tests: tuple[TestResult, ...]
    coverage: tuple[Covered, ...]
    _text: str = field(repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Whether every test passed."""
        return all(test.passed for test in self.tests)

    def __bool__(self) -> bool:
        return self.passed

    def to_json(self) -> str:
        """As JSON text, with what was found in both languages."""
        return self._text

    def __str__(self) -> str:
        lines = []
        for test in self.tests:
            lines.append(f"{'✓' if test.passed else '✗'} {test.name}")
            for failure in test.failures:
                lines.append(f"    {failure.file}:{failure.line}: {failure.expected}")
                lines.extend(f"        {line}" for line in failure.found.splitlines())
        return "\n".join(lines)

    @staticmethod
    def _of(text: str, lang: str) -> TestReport:
        form = json.loads(text)
        return TestReport(
            tests=tuple(_result(test, lang) for test in form["tests"]),
            coverage=tuple(Covered(**one) for one in form["coverage"]),
            _text=text,
        )


def _result(form: dict[str, Any], lang: str) -> TestResult:
    failures = tuple(
        TestFailure(one["expected"], one["found"][lang], one["file"], one["line"])
        for one in form["failures"]
    )
    place = (form["name"], form["module"], form["file"], form["line"])
    return TestResult(*place, form["expectations"], failures)

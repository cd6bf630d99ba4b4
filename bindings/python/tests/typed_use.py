"""Read by mypy only: what a type checker sees of the API."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from typing_extensions import assert_type

import jalon

program = jalon.parse("score S\n  +1 si A EST 1\n")
score = program.score("S", {"A": 1}, now=datetime(2026, 6, 30), zone="Europe/Paris")
assert_type(score.total, Decimal)
assert_type(score.stars, int | None)
assert_type(score.lines[0].points, Decimal)
assert_type(score.next_change, datetime | None)
assert_type(program.matches("A EST 1", {}), bool)
assert_type(program.score_frame("S", {}, now="seen", threads=1, contributions=True), Any)
assert_type(program.match_frame({"a": "A EST 1"}, {}, module=None, threads=None), Any)
assert_type(program.filter_frame(jalon.criterion("A EST 1"), {}), Any)
assert_type(program.explain_frame("S", {}, lang="fr"), Any)
assert_type(jalon.criterion("A EST 1").explain({}).holds, bool)
assert_type(program.diagnostics, list[jalon.Diagnostic])
scorer = program.scorer("S", now="2026-06-30")
assert_type(scorer({"A": 1}), Decimal)
assert_type(scorer.score({"A": 1}), jalon.Score)
assert_type(program.matcher("A EST 1")({}), bool)
assert_type(program.judge("S", ["A EST 1"])({}), tuple[Decimal, tuple[bool, ...]])

"""Read by mypy only: what a type checker sees of the API."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from typing_extensions import assert_type

import jalon


class Frame:
    """What comes out is of the kind that came in."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class Column:
    """Of a frame's own kind, as a ``Series``."""


class OfPolars:
    """A frame that says of what kind its columns are, as polars does."""

    def to_series(self, index: int = 0) -> Column:
        return Column()


class OfPandas:
    """The same as pandas does."""

    @property
    def dtypes(self) -> Column:
        return Column()


class OfArrow:
    """The same as pyarrow does."""

    def column(self, i: int | str) -> Column:
        return Column()


program = jalon.parse("score S\n  +1 si A EST 1\n")
score = program.score("S", {"A": 1}, now=datetime(2026, 6, 30), zone="Europe/Paris")
assert_type(score.total, Decimal)
assert_type(score.stars, int | None)
assert_type(score.lines[0].points, Decimal)
assert_type(score.next_change, datetime | None)
assert_type(program.matches("A EST 1", {}), bool)
frame = Frame()
assert_type(program.score_frame("S", frame, now="seen", threads=1, contributions=True), Frame)
assert_type(program.line_columns("S"), dict[str, str])
assert_type(program.missing_columns("S", ["A"]), list[str])
assert_type(program.match_frame({"a": "A EST 1"}, frame, module=None, threads=None), Frame)
assert_type(program.match_frame("A EST 1", frame), Frame)
assert_type(program.match_frame("A EST 1", OfPolars()), Column)
assert_type(jalon.criterion("A EST 1").match_frame(OfPandas(), threads=1), Column)
assert_type(program.match_frame(jalon.criterion("A EST 1"), OfArrow(), now="seen"), Column)
assert_type(program.match_frame({"a": "A EST 1"}, OfPolars()), OfPolars)
assert_type(program.check(users=[jalon.User("Alice")]), list[jalon.Diagnostic])
assert_type(program.filter_frame(jalon.criterion("A EST 1"), frame), Frame)
assert_type(program.explain_frame("S", frame, lang="fr"), Frame)
assert_type(jalon.criterion("A EST 1").filter_frame(frame), Frame)
assert_type(jalon.criterion("A EST 1").explain({}).holds, bool)
assert_type(program.diagnostics, list[jalon.Diagnostic])
scorer = program.scorer("S", now="2026-06-30")
assert_type(scorer({"A": 1}), Decimal)
assert_type(scorer.score({"A": 1}), jalon.Score)
assert_type(program.matcher("A EST 1")({}), bool)
assert_type(program.judge("S", ["A EST 1"])({}), tuple[Decimal, tuple[bool, ...]])
decision = program.decide({"id": 1, "type": "created", "record": {}}, jalon.State(), trace=True)
for effect in decision.effects:
    if isinstance(effect, jalon.workflow.Task):
        assert_type(effect.subject, str)
    elif isinstance(effect, jalon.workflow.Webhook):
        assert_type(effect.parameters, tuple[tuple[str, str], ...])
assert_type(decision.record, jalon.RecordKey | None)
assert_type(decision.perform({"f": print}), dict[str, Any])
assert_type(program.due(decision.state, "2026-07-01"), list[jalon.Due])
assert_type(program.select("Appels", [{"id": 1}], "2026-07-01"), list[dict[str, int]])
assert_type(program.test().passed, bool)
who = jalon.Users([jalon.User("Alice", roles=["Directrice"]), {"name": "Bruno"}])
assert_type(program.decide({"id": 1}, users=who), jalon.Decision)
assert_type(program.test(users=[{"name": "Alice"}]).passed, bool)
assert_type(program.template("x").render({}), str)
assert_type(jalon.Rehearsal(program).advance("2026-07-01"), list[jalon.Fired])
assert_type(program.picture("P").with_figures({"states": {}}).svg("fr"), str)
assert_type(program.blueprints, list[str])
assert_type(program.replay([], case="id", state="statut"), jalon.Replay)
assert_type(jalon.discover([], case="id", state="statut", min_count=2), str)
plan = jalon.migration_plan(None, program, [], map={"A": None, "P": {"B": "C"}})
assert_type(plan.apply({}, now="2026-07-01"), jalon.Instance | None)
assert_type(plan.groups[0].fate, Literal["kept", "moved", "out", "refused"])
assert_type(decision.approvals, tuple[jalon.workflow.ApprovalChange, ...])
assert_type(decision.process, jalon.Instance | None)

vente = program.blueprint("Vente", now="2026-06-30T10:30", users=[jalon.User("Alice")])
instance: jalon.Instance | None = vente.enter({"id": 7})
if instance is not None:
    offers: list[jalon.Offer] = vente.available(instance, {}, by="Alice", why=True)
    obstacles: list[jalon.Obstacle] = offers[0].why_not
    fired = program.fire(instance, "Proposer", jalon.Given({"Montant": 1}), {}, now="2026-06-30")
    after: jalon.Instance = fired.instance
    tried = vente.try_fire(instance, "Proposer", None, {})
    at: jalon.Instance | None = tried.instance if tried.made else None
    hindered: list[jalon.Obstacle] = [] if tried.made else tried.obstacles
    written: dict[str, object] = fired.fields
    task_ids: list[str] = [effect.id for effect in fired.effects]

"""Instances of blueprints taken over from an older program."""

import json
from pathlib import Path

import pytest

import jalon

VECTORS = json.loads(
    (Path(__file__).parents[3] / "tests/vectors/migrations/states.json").read_text("utf-8")
)


def programs(case):
    texts = ("\n".join(case.get(key, VECTORS[key])) + "\n" for key in ("old", "new"))
    return [jalon.parse(text) for text in texts]


def with_content(instance, old, new):
    if not instance or instance["content"] not in ("old", "new"):
        return instance
    of = {"old": old, "new": new}[instance["content"]]
    name = "Ventes" if "Ventes" in of.sources[0][1] else "Vente"
    if "parcours Autre" in of.sources[0][1]:
        name = "Autre"
    return {**instance, "content": of.blueprint_content(name)}


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_vectors(case):
    old, new = programs(case)
    given = None if case.get("without_old") else old
    instance = with_content(case.get("instance"), old, new)
    instances = [instance] if instance else []

    def plan():
        return jalon.migration_plan(
            given, new, instances, map=case.get("map"), renamed=case.get("renamed")
        )

    if "error" in case:
        with pytest.raises(jalon.MigrationError):
            plan()
        return
    made = plan()
    assert made.step(instance) == case["step"]
    [group] = made.groups
    assert (group.fate, group.count) == (case["step"]["fate"], 1)
    assert sum((made.kept, made.moved, made.out, made.refused)) == made.instances == 1
    if group.fate == "refused":
        with pytest.raises(jalon.MigrationError):
            made.apply(instance, now=VECTORS["now"])
    elif "applied" in case:
        applied = made.apply(instance, now=VECTORS["now"])
        data = None if applied is None else applied.to_dict()
        assert data == with_content(case["applied"], old, new)


def test_instances_are_taken_over_as_such():
    old, new = programs({})
    instance = old.enter({"Étape": "Relecture"}, now="2026-06-30T08:00")
    plan = jalon.migration_plan(old, new, [instance], map={"Relecture": "Revue"})
    assert (plan.moved, plan.step(instance)["to"]) == (1, "Revue")
    moved = plan.apply(instance, now="2026-07-01T08:00", by="Alice")
    assert isinstance(moved, jalon.Instance) and moved.state == "Revue"
    assert [(move.from_, move.to, move.by) for move in moved.history][-1] == ("Relecture", "Revue", "Alice")
    assert new.blueprint_content("Vente") == moved.content
    assert new.offered(moved, {"Étape": "Revue"}, now="2026-07-01T08:00")


def test_a_plan_is_read_and_is_data():
    old, new = programs({})
    content = old.blueprint_content("Vente")
    instances = (
        {"blueprint": "Vente", "content": content, "state": state, "since": "2026-06-01T08:00Z"}
        for state in ("Devis", "Relecture", "Relecture")
    )
    plan = jalon.migration_plan(old, new, instances, map={"Relecture": None})
    assert repr(plan) == "MigrationPlan(kept=1, moved=0, out=2, refused=0)"
    assert "3 fiches : 1 gardée" in str(plan)
    assert "3 records: 1 kept" in plan.report("en")
    assert plan.changes[0]["blueprint"] == "Vente"
    assert plan.to_dict()["groups"][1]["because"] == "mapped"
    with pytest.raises(jalon.StateError, match="instance"):
        plan.step({"state": "Devis"})

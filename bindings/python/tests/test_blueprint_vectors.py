"""The language-neutral cases of ``tests/vectors/blueprints``."""

import json
import pickle
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import jalon

VECTORS = Path(__file__).parents[3] / "tests" / "vectors" / "blueprints"


def cases():
    for path in sorted(VECTORS.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in file["cases"]:
            if "calls" not in case:  # test_migration.py
                continue
            yield pytest.param({**file, **case}, id=f"{path.stem}-{case['name']}")


@pytest.mark.parametrize("case", list(cases()))
def test_calls(case):
    way = Way(case)
    for number, call in enumerate(case["calls"], 1):
        way.record.update(call.get("record", {}))
        try:
            found = way.ask(call)
        except jalon.Refused as refused:
            check(refused.obstacles, call.get("refused", ()), number)
            assert str(refused) == "\n".join(one.message() for one in refused.obstacles)
            continue
        assert "refused" not in call, number
        for key, value in found.items():
            assert value == call.get(key, value), (number, key)
        if way.instance is not None:
            way.stands(call, number)


class Way:
    """A record on its way."""

    def __init__(self, case):
        self.case = case
        self.program = jalon.parse("\n".join(case["program"]))
        self.record = dict(case["record"])
        given = case.get("instance")
        self.instance = None if given is None else jalon.Instance.from_json(given)

    def ask(self, call):
        clock = {"now": call.get("now", self.case["now"]), "zone": self.case["zone"]}
        who = {"by": call.get("by"), "users": self.case.get("users"), **clock}
        given = jalon.Given(**call.get("given", {}))
        program, instance, record = self.program, self.instance, self.record
        if "enter" in call:
            self.instance = program.enter(record, module=self.case["module"], **clock)
            return {"enter": self.instance and self.instance.state}
        if "fire" in call:
            tried = program.try_fire(instance, call["fire"], given, record, **who)
            assert tried.made == ("refused" not in call)
            if not tried.made:
                check(tried.obstacles, call["refused"], "tried")
                assert tried.message == "\n".join(one.message() for one in tried.obstacles)
            fired = program.fire(instance, call["fire"], given, record, **who)
            assert (tried.instance, tried.fields) == (fired.instance, fired.fields)
            if isinstance(call.get("given"), dict) and set(call["given"]) == {"fields"}:
                alike = program.fire(instance, call["fire"], call["given"]["fields"], record, **who)
                assert (alike.instance, alike.fields) == (fired.instance, fired.fields)
            return self.done(fired)
        if "take" in call:
            step = program.steps(instance, **clock)[call["take"]]
            return self.done(program.take_step(instance, step, record, **clock))
        if "draft" in call:
            by = {"by": call.get("by"), **clock}
            self.instance = program.save_draft(instance, call["draft"], given, **by)
            return {}
        if "form" in call:
            return {"is": form(program.form(instance, call["form"], record, **clock), call["is"])}
        if "steps" in call:
            return {"steps": [[utc(one.at), one.step] for one in program.steps(instance, **clock)]}
        if "exit" in call:
            self.instance = program.exit(instance, **clock)
            return {}
        offers = program.available(instance, record, why=True, **who)
        offered = program.offered(instance, record, **who)
        assert [offer.transition for offer in offers if offer.offered] == list(offered)
        assert [offer.offered for offer in offers] == [not offer.why_not for offer in offers]
        return {
            "available": {one.transition: [why.code for why in one.why_not] for one in offers},
            "parents": {one.transition: one.parent for one in offers if one.parent},
            "drafted": [one.transition for one in offers if one.draft],
            "offered": list(offered),
        }

    def done(self, fired):
        self.instance = fired.instance
        self.record.update(fired.fields)
        assert fired.fields == {change.field: change.new for change in fired.changes}
        assert fired.decision.process == fired.instance
        following = fired.next
        assert pickle.loads(pickle.dumps(following)) == following
        return {
            "next": None
            if following is None
            else {one.transition: [why.code for why in one.why_not] for one in following},
            "fields": {name: spelled(value) for name, value in fired.fields.items()},
            "effects": [effect.type for effect in fired.effects],
            "fired": list(fired.decision.fired),
        }

    def stands(self, call, number):
        instance = self.instance
        for again in (
            jalon.Instance.from_json(instance.to_json()),
            jalon.Instance.from_json(instance.to_dict()),
            pickle.loads(pickle.dumps(instance)),
        ):
            assert again == instance
        found = {
            "state": instance.state,
            "drafts": [draft.transition for draft in instance.drafts],
            "progress": {name: list(done) for name, done in instance.progress.items()},
            "history": [
                [one.transition, one.from_, one.to, utc(one.at), one.by] for one in instance.history
            ],
        }
        for key, value in found.items():
            assert value == call.get(key, value), (number, key)


def form(found, expected):
    told = {
        "transition": found.transition,
        "messages": list(found.messages),
        "fields": [{"field": one.field, "required": one.required} for one in found.fields],
        "extras": [
            {"kind": one.kind, "of": list(one.of), "required": one.required} for one in found.extras
        ],
        "draft": None if found.draft is None else {"fields": found.draft.fields},
    }
    return {key: told[key] for key in expected}


def check(found, expected, number):
    assert [one.code for one in found] == [one["code"] for one in expected], number
    for obstacle, wanted in zip(found, expected):
        for key, value in wanted.items():
            if key in ("fr", "en"):
                assert obstacle.message(key) == value, number
                continue
            own = getattr(obstacle, "from_" if key == "from" else key)
            assert (list(own) if isinstance(own, tuple) else own) == value, number


def spelled(value):
    """A value as the cases write it."""
    if isinstance(value, datetime):
        return utc(value)
    return value.isoformat() if isinstance(value, date) else value


def utc(at: datetime):
    return at.isoformat().replace(":00+00:00", "Z")

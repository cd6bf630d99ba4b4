"""The language-neutral cases of ``tests/vectors/workflow`` and ``tests/vectors/templates``."""

import json
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest

import jalon

VECTORS = Path(__file__).parents[3] / "tests" / "vectors"


def cases(folder):
    for path in sorted((VECTORS / folder).glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for index, case in enumerate(file["cases"]):
            yield pytest.param({**file, **case}, id=f"{path.stem}-{case.get('name', index)}")


def program(case):
    return jalon.parse("".join(f"{line}\n" for line in case["program"] + case.get("rules", [])))


@pytest.mark.parametrize("case", list(cases("workflow")))
def test_workflow(case):
    rules, state = program(case), jalon.State()
    if "state" in case:
        state = jalon.State.from_json(json.dumps(case["state"]))
    users = case.get("users")
    for number, step in enumerate(case["steps"], 1):
        clock = {"now": step.get("now", case["now"]), "zone": case["zone"]}
        if "select" in step:
            chosen = rules.select(step["select"], step["records"], **clock)
            assert [record["id"] for record in chosen] == step["chosen"], number
            assert rules.next_run(step["select"], **clock) == told(step["next"]), number
            continue
        if "due" in step:
            clock["now"] = step["due"]
            due = rules.due(state, **clock)
            assert bool(due) is not step.get("nothing", False), number
            if not due:
                continue
            key, timer = due[0].record, due[0].timer
            event = {"id": timer.id, "type": "due", "timer": timer.id, "record": step["record"]}
            event |= {"module": key.module, "record_id": key.id}
        else:
            event = {"id": f"e{number}", "module": case["module"], **step["event"]}
        decision = rules.decide(event, state, users=users, trace=True, **clock)
        again = jalon.State.from_json(state.to_json())
        again = rules.decide(event, again, users=users, trace=True, **clock)
        assert again.to_json() == decision.to_json(), number
        check(step, decision, number)
        state.apply(decision)


def check(step, decision, number):
    expected = {
        "changes": {}, "effects": [], "timers": [], "refusals": [], "errors": [], "guarded": [],
        **step,
    }  # fmt: skip
    trace = decision.trace or ()
    found = {
        "fired": list(decision.fired),
        "changes": {name(change, decision): data(change.new) for change in decision.changes},
        "timers": [[one.change, one.timer.rule, one.timer.due] for one in decision.timers],
        "refusals": [refusal.message for refusal in decision.refusals],
        "errors": [error.reason for error in decision.errors],
        "scores": {score.score: str(score.new) for score in decision.scores},
        "guarded": [one.rule for one in trace if one.kind == "guarded"],
    }
    told_timers = expected["timers"]
    if told_timers != "any":
        told_timers = [[change, rule, told(due)] for change, rule, due in told_timers]
    expected["timers"] = told_timers
    for key, value in found.items():
        if expected.get(key, "any") == "any":
            assert key not in expected or value, (number, key)
            continue
        assert value == expected[key], (number, key, decision.report("en"))
    assert len(decision.effects) == len(expected["effects"]), (number, decision.effects)
    for effect, wanted in zip(decision.effects, expected["effects"]):
        for key, value in wanted.items():
            key = "attendees" if key == "with" else key
            assert data(getattr(effect, key)) == value, (number, effect)
    outcomes = {one.rule: outcome(one) for one in trace if one.kind == "rule"}
    for rule, wanted in expected.get("outcomes", {}).items():
        assert outcomes[rule] == wanted, (number, rule)


def outcome(step):
    return step.outcome if step.because is None else f"{step.outcome}: {step.because}"


def name(change, decision):
    if change.record == decision.record:
        return change.field
    return f"{change.record.module}/{change.record.id}/{change.field}"


def told(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def data(value):
    """A value as the vectors write it."""
    if isinstance(value, (list, tuple)):
        return [data(item) for item in value]
    if isinstance(value, dict):
        return {key: data(item) for key, item in value.items()}
    if isinstance(value, datetime):
        assert value.tzinfo in (None, timezone.utc)
        return value.isoformat().replace("+00:00", "Z").replace(":00Z", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value


@pytest.mark.parametrize("case", list(cases("templates")))
def test_template(case):
    text = (case["template"], case.get("format", "text"), case.get("module"))
    codes = case.get("diagnostics", [])
    try:
        template = program(case).template(*text)
    except jalon.ProgramError as error:
        assert [one.code for one in error.diagnostics if one.severity != "note"] == codes
        return
    assert [one.code for one in template.diagnostics if one.severity != "note"] == codes
    clock = {"now": case.get("now"), "zone": case.get("zone")}
    if case.get("error"):
        with pytest.raises(jalon.RecordError):
            template.render(case["record"], **clock)
    else:
        assert template.render(case["record"], **clock) == case["text"]

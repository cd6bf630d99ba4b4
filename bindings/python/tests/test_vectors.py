"""The language-neutral cases of ``tests/vectors``: the same ones as in Rust and Node."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

import jalon

VECTORS = Path(__file__).parents[3] / "tests" / "vectors"


def cases():
    for path in sorted(VECTORS.rglob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        name = path.relative_to(VECTORS).with_suffix("")
        if name.parts[0] in ("blueprints", "migrations", "templates", "workflow"):  # they have tests of their own
            continue
        for index, case in enumerate(file["cases"]):
            yield pytest.param({**file, **case}, id=f"{name}-{case.get('name', index)}")


@pytest.mark.parametrize("case", list(cases()))
def test_vector(case):
    if "score" in case:
        scored(case)
    elif "fix" in case:
        error = refused(case, case["criterion"])
        assert error.diagnostics[0].fixes[0].apply(case["criterion"]) == case["fix"]
    elif "diagnostics" in case:
        for text in spellings(case):
            assert findings(case, text) == case["diagnostics"], text
    else:
        for text in spellings(case):
            matched(case, text)


def spellings(case):
    criterion = case.get("criterion")
    return criterion if isinstance(criterion, list) else [criterion]


def parse(case):
    return jalon.parse("".join(line + "\n" for line in case.get("program", [])))


def clock(case):
    return {"now": case.get("now"), "zone": case.get("zone")}


def refused(case, text):
    with pytest.raises(jalon.ProgramError) as caught:
        parse(case).criterion(text, case.get("module"))
    return caught.value


def findings(case, text):
    """Errors, warnings and doubts; notes say what could not be verified."""
    try:
        program = parse(case)
        if text is None:
            found = program.check(users=case.get("users"))
        else:
            program.criterion(text, case.get("module"))
            found = []
    except jalon.ProgramError as error:
        found = error.diagnostics
    return [diagnostic.code for diagnostic in found if diagnostic.severity != "note"]


def matched(case, text):
    program, record = parse(case), case["record"]
    criterion = program.criterion(text, case.get("module"))
    why = criterion.explain(record, **clock(case))
    assert criterion.matches(record, **clock(case)) is case["holds"], text
    assert why.holds is case["holds"], text
    assert bool(why.errors) is case.get("error", False), text
    if case.get("because") is not None:
        assert why.root.because == case["because"], text
    if "interval" in case:
        assert list(why.root.interval) == case["interval"], text
    if case.get("complement") and "error" not in case:
        negation = program.criterion(f"NON ({text})", case.get("module"))
        assert negation.matches(record, **clock(case)) is not case["holds"], text


def scored(case):
    score = parse(case).score(case["score"], case["record"], **clock(case))
    found = {**score.to_dict(), "touch": list(score.to_dict()["touch_points"].values())}
    assert score.total == Decimal(case["total"])
    for key in ("stars", "label", "next_change"):
        if key in case:
            assert found[key] == case[key], key
    for key in ("positive", "negative"):
        if key in case:
            assert getattr(score, key) == Decimal(case[key]), key
    if "touch" in case:
        assert list(map(Decimal, found["touch"])) == list(map(Decimal, case["touch"]))
    assert len(score.errors) == case.get("errors", 0)
    assert score.has_errors is bool(case.get("errors", 0))
    points = {line.text: line.points for line in score.lines}
    for text, expected in case.get("lines", {}).items():
        assert points[text] == Decimal(expected), text
    groups = {group.name: group.points for group in score.groups}
    for name, expected in case.get("groups", {}).items():
        assert groups[name] == Decimal(expected), name


@pytest.mark.parametrize("case", [case for case in cases() if "record" in case.values[0]])
def test_vector_as_a_frame(case):
    """The same records as a row of a frame."""
    pyarrow = pytest.importorskip("pyarrow")
    record = framed(case)
    try:
        frame = pyarrow.Table.from_pylist([record] * 3)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError):
        assert case in UNFRAMED
        return
    if not record:  # pyarrow has no rows without columns
        frame = pyarrow.table({"-": [0, 0, 0]})
    program = parse(case)
    if "score" in case:
        scored = program.score_frame(case["score"], frame, **clock(case))
        row = {name.casefold(): value for name, value in scored.to_pylist()[1].items()}
        score = case["score"].casefold()
        assert row[score] == round(Decimal(case["total"]), 4)
        assert (row["errors"] is not None) is bool(case.get("errors", 0))
        for key in ("stars", "label"):
            if key in case:
                assert row.get(f"{score}_{key}") == case[key], key
        return
    for text in spellings(case):
        held = program.match_frame(text, frame, module=case.get("module"), **clock(case))
        assert held.to_pylist() == [case["holds"]] * 3, text


def mixed(value):
    """Whether a list in a record has items of different types, which no column holds."""
    if isinstance(value, dict):
        return any(map(mixed, value.values()))
    if not isinstance(value, list):
        return False
    items = [item for item in value if item is not None]
    if not all(isinstance(item, dict) for item in items):
        return len({type(item) for item in items}) > 1
    fields = {name for item in items for name in item}
    return any(mixed([item.get(name) for item in items]) for name in fields)


def framed(case):
    """The record, with no column named as the score."""
    score = case.get("score")
    return {name.upper() if name == score else name: v for name, v in case["record"].items()}


#: The only record that no frame holds.
UNFRAMED = [case for case in (param.values[0] for param in cases()) if mixed(case.get("record"))]
assert len(UNFRAMED) == 1

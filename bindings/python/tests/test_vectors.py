"""The language-neutral cases: the same ones as in Rust and Node."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

import jalon

VECTORS = Path(__file__).parents[3] / "tests" / "vectors"


def cases():
    for path in sorted(VECTORS.rglob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for index, case in enumerate(file["cases"]):
            name = case.get("name", index)
            yield pytest.param(file, case, id=f"{path.relative_to(VECTORS).with_suffix('')}-{name}")


def clock(file, case):
    return {key: case.get(key, file.get(key)) for key in ("now", "zone")}


def program(file, case):
    lines = case.get("program", file.get("program"))
    return jalon.parse("\n".join(lines) + "\n") if lines is not None else None


@pytest.mark.parametrize(("file", "case"), cases())
def test_vector(file, case):
    if "diagnostics" in case:
        found(file, case)
    elif "score" in case:
        scored(file, case)
    else:
        matched(file, case)


def found(file, case):
    try:
        compiled = program(file, case)
        if "criterion" in case:
            texts = spellings(case)
            for text in texts:
                compile_criterion(compiled, file, case, text)
        diagnostics = compiled.diagnostics if compiled and "criterion" not in case else []
    except jalon.ProgramError as error:
        diagnostics = error.diagnostics
    codes = [diagnostic.code for diagnostic in diagnostics]
    # notes say what could not be verified; they are no findings
    assert [c for c in codes if c[0] != "N"] == [c for c in case["diagnostics"] if c[0] != "N"]


def spellings(case):
    text = case["criterion"]
    return [text] if isinstance(text, str) else text


def compile_criterion(compiled, file, case, text):
    if compiled is None:
        return jalon.criterion(text)
    return compiled.criterion(text, case.get("module", file.get("module")))


def matched(file, case):
    compiled = program(file, case)
    for text in spellings(case):
        criterion = compile_criterion(compiled, file, case, text)
        why = criterion.explain(case["record"], **clock(file, case))
        assert criterion.matches(case["record"], **clock(file, case)) is case["holds"], text
        assert why.holds is case["holds"], text
        assert bool(why.errors) is case.get("error", False), text
        because = {leaf.field: leaf.because for leaf in why.leaves() if leaf.because}
        for leaf, reason in case.get("because", {}).items():
            assert because.get(leaf) == reason, text


def scored(file, case):
    score = program(file, case).score(case["score"], case["record"], **clock(file, case))
    assert score.total == Decimal(case["total"])
    for key in ("stars", "label"):
        if key in case:
            assert getattr(score, key) == case[key]
    points = {line.text: line.points for line in score.lines}
    for text, expected in case.get("lines", {}).items():
        assert points[text] == Decimal(expected), text

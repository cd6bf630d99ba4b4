"""What was decided, written into the records of a host."""

import dataclasses
import datetime

import pytest
from pydantic import BaseModel, Field

import jalon

PROGRAM = jalon.parse("""
module Leads
  Opted out (opt_out)   : checkbox
  Next call (next_call) : date
  Status                : text
rule "Opt-out" on Leads
  when Opted out changed
  then
    Next call : 2026-08-01
    Status : closed
""")


def decide(record, **after):
    event = {"id": "e1", "type": "updated", "before": record, "after": after}
    return PROGRAM.decide(event, now="2026-07-01T09:00")


@pytest.mark.parametrize("id", [{"id": 1}, {}])
def test_a_dict_keeps_the_names_by_which_it_carries_fields(id):
    lead = {**id, "opt_out": False, "NEXT_CALL": None}
    decision = decide(lead, opt_out=True)
    assert PROGRAM.set("Leads", lead, "Opted out", True) is lead
    assert PROGRAM.write(decision, lead) is lead
    day = datetime.date(2026, 8, 1)
    assert lead == {**id, "opt_out": True, "NEXT_CALL": day, "Status": "closed"}


def test_a_single_change_is_written():
    lead = {"id": 1, "opt_out": False}
    for change in decide(lead, opt_out=True).changes:
        if change.field == "Status":
            PROGRAM.write(change, lead)
    assert lead == {"id": 1, "opt_out": False, "Status": "closed"}


@dataclasses.dataclass
class Lead:
    id: int
    opt_out: bool
    next_call: datetime.date | None
    status: str | None = None


class Model(BaseModel):
    id: int
    opt_out: bool = False
    call: datetime.date | None = Field(default=None, alias="next_call")
    status: str | None = None


@pytest.mark.parametrize(("lead", "call"), [(Lead(1, False, None), "next_call"), (Model(id=1), "call")])
def test_objects_get_attributes(lead, call):
    PROGRAM.write(decide({"id": 1, "opt_out": False}, opt_out=True), lead)
    assert (getattr(lead, call), lead.status) == (datetime.date(2026, 8, 1), "closed")
    with pytest.raises(jalon.RecordError, match="has no attribute for `Points`"):
        PROGRAM.set("Leads", lead, "Points", 3)


def test_problems_say_what_is_wrong():
    program = jalon.parse("module M\n  Montant : nombre\nscore S sur M\n  +1 si Montant > 3\n")
    score = program.score("S", {"Montant": "cher"})
    (problem,) = score.errors
    assert str(problem) == problem.message() == "`M.Montant` : `cher` n'est pas un nombre"
    assert problem.message("en") == "`M.Montant`: `cher` is not a number"
    assert repr(problem) == "<jalon.Problem `M.Montant` : `cher` n'est pas un nombre>"
    with pytest.raises(ValueError, match="de"):
        problem.message("de")
    strict = jalon.parse(program.sources[0][1], strict=True)
    with pytest.raises(jalon.RecordError) as caught:
        strict.score("S", {"Montant": "cher"}).explain()
    assert str(caught.value.problems[0]) == str(caught.value)


def test_diagnostics_are_one_line_in_their_language():
    program = jalon.parse("# 🎉\nscore S\n  +0 si Nom EST VIDE\n", name="s.jalon")
    found = next(one for one in program.check() if one.code == "W0840")
    assert str(found).startswith("s.jalon:3:4: avertissement[W0840]: ")
    assert repr(found) == f"<jalon.Diagnostic {found}>"
    assert program.sources[0][1][found.start : found.end].startswith("0")

"""Records and events through an old and a new program."""

import datetime
import pickle

import pytest

import jalon

RECORDS = [{"id": 1, "Country": "France"}, {"id": 2, "Country": "Monaco"}, {"Country": "France"}]
AT = {"now": "2026-06-30T09:00", "zone": "UTC"}


def program(points, days=2):
    return jalon.parse(f"""
module Leads
  Country : text
  Status  : text
score Fit on Leads
  {points} if Country IS France
rule Welcome on Leads
  when created
  then
    Status : new
  then after {days} days
    Status : to call
""")


def test_records_through_two_programs():
    found = program("+10").simulate(program("+25"), RECORDS, **AT)
    assert (found.compared, found.changed, found.due_changed) == (3, 2, None)
    assert found and found.by_outcome == (jalon.SimulationCount("score", "Fit", 2),)
    assert [one.row for one in found.listed] == [1, 3]
    assert found.listed[0].differences[0]["old"] == "10"
    assert str(found).startswith("row 1 · Leads 1\n")
    assert found.listed[0].report("fr").startswith("ligne 1 · Leads 1\n")
    assert pickle.loads(pickle.dumps(found)) == found
    same = program("+10").simulate(program("+10"), RECORDS, **AT)
    assert not same and not same.listed
    assert len(program("+10").simulate(program("+25"), RECORDS, show=1, **AT).listed) == 1


def test_timers_events_and_what_a_diff_says_of_records():
    old, new = program("+10"), program("+10", days=3)
    until = datetime.datetime(2026, 7, 2, 10)
    assert old.simulate(new, RECORDS, until=until, **AT).changed == 3
    events = [{"id": f"e{i}", "type": "created", "record": one} for i, one in enumerate(RECORDS[:2])]
    sent = old.simulate(new, events=events, until=until, **AT)
    assert (sent.compared, sent.changed, sent.due_changed) == (2, 2, 1)
    assert sent.listed[0].event == "e0"
    assert sent.listed[-1].until == until.replace(tzinfo=datetime.timezone.utc)
    changes = jalon.diff(old, new, data=RECORDS, **AT)
    assert changes.simulation.compared == 3
    assert pickle.loads(pickle.dumps(changes)).simulation == changes.simulation
    assert jalon.diff(old, new).simulation is None


def test_what_cannot_be_simulated_says_why():
    one = program("+10")
    with pytest.raises(TypeError, match="either"):
        one.simulate(one)
    with pytest.raises(jalon.RecordError):
        one.simulate(one, [3], **AT)
    with pytest.raises(jalon.EventError):
        one.simulate(one, events=[{"type": "created"}], **AT)

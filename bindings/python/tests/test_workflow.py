"""Events decided, state kept, functions called, programs rehearsed."""

import asyncio
import copy
import json
import pickle
import threading
from dataclasses import FrozenInstanceError, dataclass
from datetime import date, datetime, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

import jalon
from jalon import workflow

RULES = """\
module Prospects
  Nom      : texte
  Pays     : texte
  Montant  : devise
  Vu le    : date
  Relance  : date

règle "Score" sur Prospects
  quand créé
  si Pays EST France
  une seule fois
  alors
    Montant : Montant * 2
    Vu le : aujourd'hui
    fonction C15_Lead_Calcul_Scorex(Nom, Montant, Vu le)
    fonction Notifier("fini")
  puis 3 jours après
    tâche "Relancer ${Nom}", échéance dans 1 jour ouvré

test "un Français" sur Prospects
  avec
    Pays : France
    Montant : 2
  attendu règle "Score" se déclenche
  attendu Montant = 4

test "raté" sur Prospects
  avec
    Pays : Italie
  attendu règle "Score" se déclenche
"""

NOW = {"now": "2026-06-30T10:30", "zone": "Europe/Paris"}


@pytest.fixture(scope="module")
def program():
    return jalon.parse(RULES, name="rules.jalon")


def created(**record):
    record = {"id": 1, "Nom": "Ferrand", "Pays": "France", "Montant": Decimal("0.10"), **record}
    return {"id": "e1", "type": "created", "module": "Prospects", "record": record}


@pytest.fixture
def decision(program):
    return program.decide(created(), trace=True, **NOW)


def test_values_are_python_values(decision):
    changes = {change.field: change for change in decision.changes}
    assert changes["Montant"].old == Decimal("0.10")
    assert changes["Montant"].new == Decimal("0.20")
    assert changes["Vu le"].old is None
    assert changes["Vu le"].new == date(2026, 6, 30)
    assert decision.record == workflow.RecordKey("Prospects", "1")
    assert decision.fired == ("Score",) and not decision.refused
    [first, second] = decision.effects
    assert isinstance(first, workflow.Function) and first.type == "function"
    assert first.arguments == ("Ferrand", Decimal("0.20"), date(2026, 6, 30))
    assert first.id != second.id
    [armed] = decision.timers
    assert armed.change == "arm" and armed.timer.kind == "later"
    assert armed.timer.due == datetime(2026, 7, 3, 8, 30, tzinfo=timezone.utc)
    with pytest.raises(FrozenInstanceError):
        decision.event = "x"


def test_decimals_and_dates_go_in_exactly(program):
    big = Decimal("1234567890123456789.01")
    seen = datetime(2026, 1, 31, 10, 30, tzinfo=ZoneInfo("Europe/Paris"))
    event = created(Montant=big, Relance=date(2026, 7, 1)) | {"now": seen}
    decision = program.decide(event, zone="Europe/Paris")
    changes = {change.field: change.new for change in decision.changes}
    assert changes == {"Montant": 2 * big, "Vu le": date(2026, 1, 31)}


def test_events_may_be_any_named_values(program):
    @dataclass
    class Created:
        id: str
        type: str
        module: str
        record: dict

    event = Created("e1", "created", "Prospects", {"id": 1, "Pays": "France", "Montant": 1})
    assert program.decide(event, **NOW).fired == ("Score",)


def test_the_trace_and_the_report(decision, program):
    rules = [step for step in decision.trace if step.kind == "rule"]
    assert rules[0].outcome == "fired" and rules[0].why[0].leaves()
    assert "Ferrand" in decision.report("fr") and "arm" in decision.report("en")
    assert "2026-07-03T10:30" in decision.report("en")  # in Paris
    assert str(decision) == decision.report("fr")
    assert program.decide(created(), **NOW).trace is None
    assert "Montant: 0.1 → 0.2" in decision.report("en")
    form = json.loads(decision.to_json())
    assert form["fired"] == ["Score"]


def test_state_is_kept_in_any_way(program, decision):
    state = jalon.State()
    state.apply(decision)
    assert state != jalon.State() and state.next_due() == decision.timers[0].timer.due
    for kept in (
        jalon.State.from_json(state.to_json()),
        pickle.loads(pickle.dumps(state)),
        copy.deepcopy(state),
    ):
        assert kept == state
        assert program.decide(created(), kept, **NOW).fired == ()
    state.forget("Prospects", 1, "Autre")
    assert program.decide(created(), state, **NOW).fired == ()
    state.forget("Prospects", 1)
    assert program.decide(created(), state, **NOW).fired == ("Score",)
    with pytest.raises(jalon.StateError, match="newer"):
        jalon.State.from_json('{"version": 99}')
    with pytest.raises(jalon.StateError, match="no state"):
        jalon.State.from_json("[")


def test_what_is_due(program, decision):
    state = jalon.State()
    state.apply(decision)
    assert program.due(state, "2026-07-03T10:29", zone="Europe/Paris") == []
    [due] = program.due(state, datetime(2026, 7, 3, 10, 30), zone="Europe/Paris")
    assert due == state.due(program, "2026-07-04")[0]
    assert due.record.id == "1" and due.schedule is None and due.at == due.timer.due
    event = {"id": due.timer.id, "type": "due", "timer": due.timer.id, "module": "Prospects"}
    record = {"id": 1, "Nom": "Ferrand", "Pays": "France"}
    decision = program.decide(event | {"record": record}, state, now=due.at, zone="Europe/Paris")
    [task] = decision.effects
    assert isinstance(task, workflow.Task)
    assert (task.subject, task.due, task.done) == ("Relancer Ferrand", date(2026, 7, 6), False)
    state.apply(decision)
    assert program.due(state, "2027-01-01") == []


def test_a_decision_is_pickled(decision):
    kept = pickle.loads(pickle.dumps(decision))
    assert kept == decision and kept.to_json() == decision.to_json()
    assert kept.report("fr") == decision.report("fr")
    with pytest.raises(jalon.UnknownNameError):
        kept.perform({})


def test_functions_of_the_host(decision):
    calls = []
    functions = {
        "C15_Lead_Calcul_Scorex": lambda *given: calls.append(given) or 12,
        "Notifier": lambda text: calls.append(text),
    }
    results = decision.perform(functions)
    assert list(results) == [effect.id for effect in decision.effects]
    assert list(results.values()) == [12, None]
    assert calls == [("Ferrand", Decimal("0.20"), date(2026, 6, 30)), "fini"]


def test_async_functions(decision):
    order = []

    async def slow(*given):
        await asyncio.sleep(0)
        order.append(given)
        return "slow"

    functions = {"C15_Lead_Calcul_Scorex": slow, "Notifier": order.append}
    results = asyncio.run(decision.perform_async(functions))
    assert list(results.values()) == ["slow", None] and order[1] == "fini"
    with pytest.raises(TypeError, match="perform_async"):
        decision.perform(functions)


def test_a_function_that_is_missing(decision):
    calls = []
    with pytest.raises(jalon.UnknownNameError) as caught:
        decision.perform({"C15_Lead_Calcul_Scorex": calls.append, "Notifer": calls.append})
    assert str(caught.value) == "fonction inconnue `Notifier` ; vouliez-vous dire `Notifer` ?"
    assert calls == []


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({"type": "created", "record": {}}, "`id`"),
        ({"id": 1, "type": "craeted", "record": {}}, "vouliez-vous dire `created`"),
        ({"id": 1, "type": "created", "recrd": {}}, "vouliez-vous dire `record`"),
        ({"id": 1, "type": "created", "record": 3}, "`record`"),
        ({"id": 1, "type": "created", "record": {}, "now": "hier"}, "hier"),
    ],
)
def test_an_event_that_cannot_be_read(program, event, message):
    with pytest.raises(jalon.EventError, match=message):
        program.decide(event, **NOW)


def test_what_is_wrong_with_a_call(program):
    with pytest.raises(jalon.RecordError):
        program.decide(3, **NOW)
    with pytest.raises(jalon.ClockError):
        program.decide(created())
    with pytest.raises(jalon.UnknownNameError, match="Prospects"):
        program.decide(created() | {"module": "Prospect"}, **NOW)
    event = {"id": 1, "type": "manual", "rule": "Scor", "module": "Prospects", "record": {"id": 1}}
    with pytest.raises(jalon.UnknownNameError, match="Score"):
        program.decide(event, **NOW)
    with pytest.raises(jalon.UnknownNameError):
        program.select("Appels", [], "2026-06-30")


def test_tests_beside_the_rules(program):
    report = program.test(**NOW)
    assert not report and not report.passed
    [passed, failed] = report.tests
    assert passed.passed and passed.expectations == 2 and passed.file == "rules.jalon"
    [failure] = failed.failures
    assert failure.line == RULES.splitlines().index('test "raté" sur Prospects') + 4
    assert "Italie" in failure.found and "Italie" in str(report)
    [covered] = report.coverage
    assert covered.of == "Score" and covered.seen_true and covered.seen_false
    assert json.loads(report.to_json())["tests"][0]["name"] == "un Français"


def test_templates(program):
    template = program.template('<b>${Nom ou "client"}</b> ${Montant}', "html")
    assert template.render({"Nom": "R&D", "Montant": Decimal("1.50")}) == "<b>R&amp;D</b> 1.5"
    assert template.text.startswith("<b>") and not template.reads_clock
    assert pickle.loads(pickle.dumps(template)).render({}) == "<b>client</b> "
    with pytest.raises(jalon.CheckError, match="Nom"):
        program.template("${Nm}")
    with pytest.raises(ValueError, match="text, html"):
        program.template("x", "pdf")
    with pytest.raises(jalon.RecordError):
        template.render({"Montant": "beaucoup"})


def test_a_rehearsal(program):
    stage = jalon.Rehearsal(
        program, records={"Prospects": [{"id": 7, "Nom": "Blanc", "Vu le": date(2026, 1, 1)}]}, **NOW
    )
    assert stage.send(created()).fired == ("Score",)
    [fired] = stage.advance("2026-07-10")
    assert fired.at == datetime(2026, 7, 3, 8, 30, tzinfo=timezone.utc)
    assert fired.decision.effects[0].subject == "Relancer Ferrand"
    assert stage.now == datetime(2026, 7, 9, 22, 0, tzinfo=timezone.utc)
    records = stage.records
    assert records[workflow.RecordKey("Prospects", "1")]["Montant"] == Decimal("0.2")
    assert records[workflow.RecordKey("Prospects", "7")]["Vu le"] == "2026-01-01"
    assert len(stage.history) == 2
    again = jalon.Rehearsal(program, state=stage.state, **NOW)
    assert again.send(created()).fired == ()
    page = stage._repr_html_()
    assert "2026-07-03 08:30 UTC" in page and "Relancer Ferrand" in page
    with pytest.raises(jalon.RecordError, match="id"):
        jalon.Rehearsal(program, records={"Prospects": [{}]})


ROLES = """\
règle "Accueil" sur Prospects
  quand créé
  alors
    e-mail "Bonjour" à rôle Commercial, champ Propriétaire
    affecter à rôle Directrice

test "la directrice est chargée" sur Prospects
  avec
    Nom : Ferrand
  attendu affecter "Alice"
"""

ALICE = {"name": "Alice", "id": 7, "email": "alice@exemple.fr", "roles": ("Directrice",)}


@dataclass
class Seller:
    name: str
    roles: set


@pytest.mark.parametrize(
    "users",
    [
        [ALICE, {"name": "Bruno", "roles": ["Commercial"]}],
        (one for one in [jalon.User(**ALICE), Seller("Bruno", {"Commercial"})]),
        jalon.Users([jalon.User(**ALICE), jalon.User("Bruno", roles=["Commercial"])]),
        pickle.loads(pickle.dumps(jalon.Users([ALICE, Seller("Bruno", {"Commercial"})]))),
    ],
)
def test_effects_name_users(users):
    program, users = jalon.parse(ROLES), users if isinstance(users, jalon.Users) else list(users)
    event = created(Propriétaire=7)
    for decision in (program.decide(event, users=users), jalon.Rehearsal(program, users=users).send(event)):
        mail, owner = decision.effects
        assert list(mail.to) == ["Bruno", "alice@exemple.fr"] and owner.to == "Alice"
    assert program.test(users=users) and not program.test()
    assert program.decide(event).effects[1].to == "role:Directrice"
    assert program.decide(event, users=iter(users)).effects[1].to == "Alice"
    assert program.decide(event, users=[jalon.User("Zoé")]).errors[0].reason == "no_recipient"


@pytest.mark.parametrize(
    ("users", "message"),
    [
        ([{"name": "Alice", "role": []}], "utilisateur 1 `Alice` : clé inconnue `role` ; vouliez-vous"),
        ([ALICE, jalon.User("ALICE")], "utilisateur 2 `ALICE` : l'utilisateur 1"),
        ([3], "utilisateur 1 : un utilisateur est un objet"),
        ({"name": "Alice"}, "les utilisateurs sont une liste"),
        ("Alice", "les utilisateurs sont une liste"),
    ],
)
def test_users_that_cannot_be_read(program, users, message):
    for call in (
        lambda: program.decide(created(), users=users, **NOW),
        lambda: program.test(users=users),
        lambda: jalon.Rehearsal(program, users=users),
    ):
        with pytest.raises(jalon.UsersError, match=message):
            call()
    with pytest.raises(jalon.UsersError, match="user"):
        jalon.Users(users)
    with pytest.raises(TypeError):
        program.decide(created(), users=3)


SCHEDULE = """\
module Prospects
  Nom : texte
calendrier Siège, fuseau Pacific/Noumea
  lundi à vendredi 09:00-19:00
planification Appels chaque jour à 19:00
  au plus 1 Prospects, triés par Nom
  alors
    Nom : vu
"""


def test_schedules_and_the_zone_of_the_calendar():
    program = jalon.parse(SCHEDULE)
    assert program.schedules == ["Appels"]
    evening = datetime(2026, 6, 30, 8, 0, tzinfo=timezone.utc)  # 19:00 in Nouméa
    assert program.next_run("Appels", "2026-06-30T10:00") == evening
    state = jalon.State()
    state.tick(program, "2026-06-30T10:00")
    [due] = program.due(state, "2026-06-30T20:00")
    assert (due.schedule, due.at, due.timer) == ("Appels", evening, None)
    records = [{"id": 1, "Nom": "B"}, {"id": 2, "Nom": "A"}]
    assert program.select("Appels", records, due.at) == [records[1]]


def test_every_evaluation_has_the_calendar_of_the_program():
    text = SCHEDULE.replace("  Nom : texte\n", "  Nom : texte\n  Jour : date\n")
    program = jalon.parse(text + "score S sur Prospects\n  +1 si Jour EST AUJOURD'HUI\n")
    when = "2026-06-30T20:00Z"  # the first of July in Nouméa
    lead = {"Jour": date(2026, 7, 1)}
    assert program.score("S", lead, now=when).total == 1
    assert program.score("S", lead, now=when, zone="Europe/Paris").total == 0
    assert program.matches("Jour EST AUJOURD'HUI", lead, now=when)
    assert program.scorer("S", now=when)(lead) == 1
    pyarrow = pytest.importorskip("pyarrow")
    frame = pyarrow.table({"Jour": [date(2026, 7, 1)], "quand": [when]})
    for now in (when, "quand"):
        assert program.score_frame("S", frame, now=now)["S"].to_pylist() == [1]
        assert program.match_frame("Jour EST AUJOURD'HUI", frame, now=now).to_pylist() == [True]


def test_threads_share_a_state(program):
    state, failures = jalon.State(), []

    def work(number):
        try:
            for turn in range(50):
                record = created(id=f"{number}-{turn}")
                state.apply(program.decide(record, state, **NOW))
                program.due(state, "2026-07-01")
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures and not any(thread.is_alive() for thread in threads)
    assert len(json.loads(state.to_json())["records"]) == 200


APPROVAL = jalon.parse("""
module Devis
  Remise : nombre
  Statut : texte
approbation Remise sur Devis
  quand créé
  niveau rôle Directeur, Victor, unanimité, délai 2 jours
  approuvé
    Statut : oui
""")


def test_requests_for_approval_are_typed():
    users = jalon.Users([{"name": "Alice", "roles": ["Directeur"]}, {"name": "Bruno"}, {"name": "Victor"}])
    state = jalon.State()

    def decide(event):
        decision = APPROVAL.decide(
            {"id": "e", "module": "Devis", "record": {"id": 1, "Remise": 30}, **event},
            state, now="2026-07-13T10:30", zone="Europe/Paris", users=users,
        )  # fmt: skip
        state.apply(decision)
        return decision

    submitted = decide({"type": "created", "by": "Victor"})
    [request] = submitted.approvals
    assert (request.approval, request.status, request.level) == ("Remise", "pending", 1)
    assert (request.record, request.quorum) == (jalon.RecordKey("Devis", "1"), "all")
    assert request.due == datetime(2026, 7, 15, 8, 30, tzinfo=timezone.utc)
    assert request.seats == (
        workflow.Seat("user", "Alice", False, None),
        workflow.Seat("user", "Victor", False, None),
    )
    [armed] = submitted.timers
    assert (armed.timer.kind, armed.timer.step, armed.timer.level) == ("approval", "deadline", 1)
    vote = {"type": "vote", "approval": "Remise", "verdict": "approve"}
    assert decide({**vote, "by": "Bruno"}).refused
    [request] = decide({**vote, "by": "Alice", "comment": "vu"}).approvals
    assert (request.status, request.seats[0].vote) == ("pending", workflow.Vote("Alice", "approve"))
    voted = decide({**vote, "by": "Victor"})
    [request] = voted.approvals
    assert (request.status, voted.changes[0].new) == ("approved", "oui")
    assert [entry.act for entry in request.history] == ["submitted", "asked", "voted", "voted", "ended"]
    assert (request.history[2].by, request.history[2].comment) == ("Alice", "vu")


def test_timers_of_a_process_say_their_step():
    program = jalon.parse("""
parcours Vente sur Affaires, champ Étape
  états Devis
  perdu Perdue
  transition automatique "Abandonner" de Devis vers Perdue, après 30 jours
""")
    event = {"id": "e", "type": "created", "module": "Affaires", "record": {"id": 1, "Étape": "Devis"}}
    decision = program.decide(event, now="2026-07-01T10:00", trace=True)
    [armed] = decision.timers
    assert (armed.timer.kind, armed.timer.step) == ("process", "transition")
    assert (armed.timer.transition, armed.timer.since) == ("Abandonner", decision.process.since)
    assert "process" in [step.kind for step in decision.trace]
    refused = program.decide(
        {**event, "type": "transition", "transition": "Abandonner", "by": "Alice"},
        decision.state, now="2026-07-02",
    )  # fmt: skip
    assert refused.refusals[0].obstacle["code"] == "automatic"

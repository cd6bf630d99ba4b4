"""Records in their blueprints: what the shared vectors do not say."""

import copy
import pickle
import sys
from collections import OrderedDict
from datetime import datetime, timezone
from decimal import Decimal

import pytest

import jalon
from jalon.blueprint import Missing, NotHeld

TEXT = """
parcours Vente sur Affaires, champ Étape
  états Qualification, Proposition
  gagné Gagnée
  transition Proposer de Qualification vers Proposition
    avant
      propriétaires Alice, groupe Juristes
      si Montant >= 1000
    pendant
      obligatoire Échéance
  transition Conclure de Proposition vers Gagnée
    après
      tâche "Facturer"
"""
CLOCK = {"now": "2026-06-30T10:30", "zone": "Europe/Paris"}
ALICE = jalon.User("Alice")
DEAL = {"id": 7, "Étape": "Qualification", "Montant": 1000}


@pytest.fixture
def program():
    return jalon.parse(TEXT)


def entered(program, deal=None):
    instance = program.enter(deal or DEAL, **CLOCK)
    assert instance is not None
    return instance


def test_a_way_through(program):
    instance = entered(program)
    assert program.blueprints == ["Vente"]
    assert (instance.blueprint, instance.state, instance.left) == ("Vente", "Qualification", None)
    assert instance.since == datetime(2026, 6, 30, 8, 30, tzinfo=timezone.utc)
    given = {"Échéance": "2026-09-30"}
    fired = program.fire(instance, "Proposer", given, DEAL, by=ALICE, **CLOCK)
    assert fired.fields == {"Échéance": "2026-09-30", "Étape": "Proposition"}
    assert [(one.field, one.old) for one in fired.changes] == [
        ("Échéance", None), ("Étape", "Qualification"),
    ]  # fmt: skip
    assert fired.changes[0].record == jalon.RecordKey("affaires", "7")
    assert (fired.effects, fired.timers) == ((), ())
    assert repr(fired) == "<jalon.blueprint.Fired Vente: Proposition changes=2 effects=0>"
    deal = DEAL | fired.fields
    last = program.fire(fired.instance, "Conclure", None, deal, **CLOCK)
    again = program.fire(fired.instance, "Conclure", None, deal, **CLOCK)
    assert [effect.subject for effect in last.effects] == ["Facturer"]
    assert last.effects[0].id == again.effects[0].id
    assert last.decision.event and last.decision.process == last.instance


def test_obstacles_are_data_with_words(program):
    deal = DEAL | {"Montant": 1}
    with pytest.raises(jalon.Refused) as refused:
        program.fire(entered(program, deal), "Proposer", {}, deal, by="Alice", trace=True, **CLOCK)
    held, missing = refused.value.obstacles
    assert isinstance(held, NotHeld) and held.why is not None and "1" in str(held.why)
    assert missing == Missing("Échéance") and missing.code == "missing"
    assert missing.message("fr") == str(missing) == "Échéance est obligatoire"
    assert missing.message("en") == "Échéance is required"
    with pytest.raises(ValueError, match="lang="):
        missing.message("de")
    tried = program.try_fire(entered(program, deal), "Proposer", {}, deal, by="Alice", **CLOCK)
    assert not tried.made and tried.obstacles == [NotHeld(), missing]
    assert str(tried) == tried.message and "Échéance est obligatoire" in repr(tried)
    again = pickle.loads(pickle.dumps(refused.value))
    assert again.obstacles == refused.value.obstacles and str(again) == str(refused.value)


def test_who_acts(program):
    instance = entered(program)
    for by in ("alice", ALICE, {"name": "Bob", "groups": ["Juristes"]}):
        assert program.offered(instance, DEAL, by=by, **CLOCK) == ("Proposer",)
    users = [{"name": "Bob", "groups": ["Juristes"]}]
    assert program.offered(instance, DEAL, by="Bob", **CLOCK) == ()
    assert program.offered(instance, DEAL, by="Bob", users=users, **CLOCK) == ("Proposer",)
    assert program.offered(instance, DEAL, by="Bob", users=jalon.Users(users), **CLOCK)
    with pytest.raises(jalon.UsersError):
        program.offered(instance, DEAL, by={"nom": "Bob"}, **CLOCK)
    offer = program.available(instance, DEAL, by="Bob", why=True, **CLOCK)[0]
    assert (offer.transition, offer.parent, offer.to) == ("Proposer", None, "Proposition")
    assert repr(offer) == "<jalon.Offer Proposer → Proposition: not offered>"
    assert [one.code for one in offer.why_not] == ["not_allowed"]
    assert program.available(instance, DEAL, by="Bob", **CLOCK)[0].why_not == []


def test_instances_are_small_and_travel(program):
    instance = entered(program)
    assert sys.getsizeof(instance) <= 256
    for again in (
        jalon.Instance.from_json(instance.to_json()),
        pickle.loads(pickle.dumps(instance)),
        copy.copy(instance),
        copy.deepcopy(instance),
    ):
        assert again == instance
        assert program.offered(again, DEAL, by="Alice", **CLOCK) == ("Proposer",)
    assert instance.to_dict()["history"] == [{"to": "Qualification", "at": "2026-06-30T08:30Z"}]
    assert repr(instance) == "<jalon.Instance Vente: Qualification since 2026-06-30T08:30Z>"
    later = program.exit(instance, now="2026-07-01")
    assert later != instance and later.left is not None
    for wrong in ("{}", "no", {"state": 1}):
        with pytest.raises(jalon.StateError, match="no instance"):
            jalon.Instance.from_json(wrong)


def test_drafts_keep_all_that_is_given(program):
    instance = entered(program)
    given = {"Échéance": Decimal("1.10")}
    saved = program.save_draft(instance, "Proposer", given, by="Alice", **CLOCK)
    draft = saved.drafts[0]
    assert (draft.transition, draft.given.fields, draft.by) == ("Proposer", given, "Alice")
    assert program.form(saved, "Proposer", DEAL, **CLOCK).draft == draft.given
    assert program.available(saved, DEAL, **CLOCK)[0].draft
    fired = program.fire(saved, "Proposer", {}, DEAL, by="Alice", **CLOCK)
    assert fired.fields["Échéance"] == Decimal("1.10")
    assert program.save_draft(saved, "Proposer", None, **CLOCK).drafts == ()


def test_a_handle_has_one_clock(program):
    blueprint = program.blueprint("vente", users=[ALICE], **CLOCK)
    assert blueprint.name == "Vente"
    for handle in (blueprint, pickle.loads(pickle.dumps(blueprint)), copy.copy(blueprint)):
        instance = handle.enter(DEAL)
        assert handle.offered(instance, DEAL, by="Alice") == ("Proposer",)
    with pytest.raises(jalon.UnknownNameError, match="Vente"):
        program.blueprint("Vemte")
    with pytest.raises(jalon.ClockError):
        program.enter(DEAL)
    two = jalon.parse(TEXT + TEXT.replace("Vente", "Achat").replace("Affaires", "Achats"))
    bought = two.blueprint("Achat", **CLOCK).enter(DEAL)
    assert bought.blueprint == "Achat"
    with pytest.raises(ValueError, match="Achat"):
        two.blueprint("Vente", **CLOCK).offered(bought, DEAL)


def test_records_of_any_kind(program):
    blueprint = program.blueprint("Vente", **CLOCK)
    instance = entered(program)
    for deal in (OrderedDict(DEAL), DEAL | {"Montant": Decimal(1000)}, DEAL | {"more": [1]}):
        assert blueprint.offered(instance, deal, "Alice") == ("Proposer",)
    with pytest.raises(jalon.RecordError):
        blueprint.offered(instance, 7, "Alice")
    with pytest.raises(TypeError, match="state="):
        blueprint.fire(instance, "Proposer", {}, DEAL, state={})


STATES = """
parcours Vente sur Affaires, champ Étape
  états Qualification, Proposition
  gagné Gagnée
  perdu Perdue
  transition Proposer de Qualification vers Proposition
    avant
      si Montant >= 1000
  transition Relancer de Qualification vers Qualification
    avant
      propriétaires utilisateur du champ Vendeur
  transition Conclure de Proposition vers Gagnée
  transition commune Perdre vers Perdue
"""


def test_offered_is_what_is_available():
    program = jalon.parse(STATES)
    blueprint = program.blueprint("Vente", **CLOCK)
    fired = blueprint.fire(entered(program), "Proposer", {}, DEAL)
    deals = [
        DEAL | {"Montant": amount, "Vendeur": owner}
        for amount in (1, 1000, "1 000", Decimal(1000), 1000.0, None, [1])
        for owner in ("Alice", "Bob", None)
    ] + [{"MONTANT": 5000}, {"Montant": 1, "montant": 2000}, {}]
    for instance in (entered(program), fired.instance):
        for deal in deals:
            for by in (None, "Alice", {"name": "Bob"}):
                offers = blueprint.available(instance, deal, by)
                names = tuple(offer.transition for offer in offers if offer.offered)
                assert blueprint.offered(instance, deal, by) == names
                assert blueprint.offered(instance, OrderedDict(deal), by) == names


def test_what_is_offered_again_is_the_same_tuple():
    program = jalon.parse(STATES)
    blueprint = program.blueprint("Vente", **CLOCK)
    instance = entered(program)
    assert blueprint.offered(instance, DEAL) is blueprint.offered(instance, DEAL | {"Montant": 2000})
    assert blueprint.offered(instance, DEAL) == ("Proposer", "Perdre")
    assert blueprint.offered(instance, DEAL | {"Montant": 1}) == ("Perdre",)
    left = blueprint.exit(instance)
    with pytest.raises(jalon.Refused):
        blueprint.offered(left, DEAL)


def test_a_record_may_ask_while_it_is_asked():
    program = jalon.parse(STATES)
    blueprint = program.blueprint("Vente", **CLOCK)
    instance = entered(program)

    class Amount(Decimal):
        def __str__(self):
            assert blueprint.offered(instance, DEAL) == ("Proposer", "Perdre")
            return super().__str__()

    for _ in range(2):
        assert blueprint.offered(instance, DEAL | {"Montant": Amount(1)}) == ("Perdre",)


def test_rules_see_the_change_with_what_is_remembered():
    rules = jalon.parse(
        TEXT
        + """
règle Vue sur Affaires
  quand Étape DEVIENT Proposition
  une seule fois
  alors
    alerte "vue" à Alice
"""
    )
    state, instance, given = jalon.State(), entered(rules), {"Échéance": "2026-09-30"}
    options = {"by": "Alice", "state": state, "trace": True, **CLOCK}
    fired = rules.fire(instance, "Proposer", given, DEAL, id="e1", **options)
    assert fired.decision.fired == ("Vue",) and fired.decision.event == "e1"
    assert fired.decision.trace and fired.effects[0].id.startswith("e1/")
    state.apply(fired.decision)
    again = rules.fire(instance, "Proposer", given, DEAL, **options)
    assert again.decision.fired == ()

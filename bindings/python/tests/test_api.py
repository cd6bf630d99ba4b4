"""What a program, a criterion and a score give."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

import jalon


def test_a_criterion_stands_alone():
    criterion = jalon.criterion("Pays CONTIENT France OU Ville EST Monaco")
    assert criterion.matches({"Pays": "FRANCE métropolitaine"}) is True
    assert criterion.matches({"Pays": "Italie"}) is False
    assert criterion.text == "Pays CONTIENT France OU Ville EST Monaco"
    assert not criterion.reads_clock
    assert repr(criterion) == "<jalon.Criterion 'Pays CONTIENT France OU Ville EST Monaco'>"


def test_a_criterion_says_why():
    why = jalon.criterion("Country IS France AND City ISN'T EMPTY").explain({"Country": "france"})
    assert not why and why.holds is False
    country, city = why.leaves()
    assert country.holds and country.value == jalon.Read("value", "france")
    assert not city.holds and city.because == "absent" and city.value.state == "absent"
    assert why.root.kind == "all" and why.errors == ()
    assert "City" in why.explain("en") and why.explain("fr") != why.explain("en")
    assert why.to_dict()["root"]["kind"] == "all"
    assert str(why) == why.explain()


def test_a_program_names_what_it_declares(leads):
    assert leads.scores == ["Scorex", "Poids", "Relance"]
    assert leads.modules == ["Prospects"]
    assert leads.rules == ["CM2 : VISITEUR URL"]
    assert leads.sources[0][0] == "leads.jalon"
    assert repr(leads) == "<jalon.Program leads.jalon: scores=3 rules=1 modules=1>"
    assert all(isinstance(found, jalon.Diagnostic) for found in leads.diagnostics)
    assert all(found.severity != "error" for found in leads.diagnostics)


def test_a_score_has_its_total_at_once_and_its_reasons_on_demand(leads, lead):
    score = leads.score("Scorex", lead)
    assert score.name == "Scorex"
    assert score.total == Decimal(50) and isinstance(score.total, Decimal)
    assert (score.stars, score.label, score.has_errors) == (3, "tiède", False)
    assert (score.positive, score.negative) == (Decimal(50), Decimal(0))
    assert [(line.points, line.holds) for line in score.lines] == [
        (Decimal(25), True),
        (Decimal(0), False),
        (Decimal(25), True),
        (Decimal(0), False),
    ]
    page = score.lines[1]
    assert "exemple.fr" in page.text and page.reason.because == "absent"
    assert score.groups == () and score.errors == () and score.next_change is None
    assert score.to_dict()["total"] == "50"
    for lang in ("fr", "en"):
        assert "+25" in score.explain(lang) and "exemple.fr" in score.explain(lang)
    assert score.explain("fr") == str(score) != score.explain("en")
    assert repr(score) == "<jalon.Score Scorex = 50, ★★★, tiède>"


def test_names_compare_as_text_does(leads, lead):
    assert leads.score("SCOREX", lead).name == "Scorex"
    assert leads.rule("cm2 : visiteur url").matches({"First Visited URL": "http://Boutique.fr"})



def test_all_rules_are_asked_at_once(leads):
    assert leads.matching({"First Visited URL": "http://Boutique.fr"}) == ["CM2 : VISITEUR URL"]
    assert leads.matching({"First Visited URL": "autre.fr"}, now="2026-06-30") == []
    with pytest.raises(jalon.UnknownNameError):
        leads.matching({}, module="Affaires")


def test_the_only_score_needs_no_name(events):
    assert events.score(None, {}, now="2026-06-30").name == "Activité"


def test_limits_stars_and_labels(leads):
    score = leads.score("Scorex", {"Secteur": "casino"})
    assert (score.total, score.stars, score.label) == (Decimal(-100), None, "froid")
    assert score.negative == Decimal(-1000)


def test_decimals_are_exact(leads):
    score = leads.score("Poids", {"Montant": Decimal("1234.56"), "Effectif": 10})
    assert score.total == Decimal("3.73456")
    assert "1234.56" in [str(read) for read in score.lines[0].values.values()]


def test_explain_takes_a_score_or_a_criterion(leads, lead):
    score = leads.explain("Scorex", lead)
    assert isinstance(score, jalon.Score) and score.total == 50
    why = leads.explain("Statut Membre EST Clic CRM", lead)
    assert isinstance(why, jalon.Explanation) and why.holds
    compiled = leads.criterion("Effectif > 3")
    assert leads.explain(compiled, {"Effectif": 4}).holds


def test_matches_takes_text_or_a_compiled_criterion(leads, lead):
    assert leads.matches("Statut Membre EST Clic CRM", lead)
    assert leads.matches("Email EST VIDE", {}, module="Prospects")
    assert leads.matches(leads.criterion("Effectif ENTRE 1 ET 3", "Leads"), {"Effectif": 3})


@pytest.mark.parametrize(
    "now",
    [
        date(2026, 7, 3),
        "2026-07-03",
        "2026-07-03T09:00",
        "2026-07-03T09:00:00+02:00",
        datetime(2026, 7, 3, 9),
        datetime(2026, 7, 3, 9, tzinfo=timezone.utc),
        datetime(2026, 7, 3, 9, tzinfo=timezone(timedelta(hours=2))),
        datetime(2026, 7, 3, 9, tzinfo=ZoneInfo("Europe/Paris")),
    ],
)
def test_now_has_many_forms(leads, now):
    assert leads.score("Relance", {"Date Prochain Push": date(2026, 6, 26)}, now=now).total == 7
    assert leads.score("Relance", {"Date Prochain Push": date(2026, 6, 25)}, now=now).total == 0


def test_the_zone_decides_what_day_it_is(leads):
    criterion = leads.criterion("Date Prochain Push EST aujourd'hui")
    late = datetime(2026, 7, 3, 22, 30, tzinfo=timezone.utc)
    paris = ZoneInfo("Europe/Paris")
    fourth = {"Date Prochain Push": "2026-07-04"}
    assert criterion.reads_clock
    assert not criterion.matches(fourth, now=late)
    assert criterion.matches(fourth, now=late, zone="Europe/Paris")
    assert criterion.matches(fourth, late, paris)
    assert criterion.matches(fourth, late.astimezone(paris)), "an aware clock brings its zone"


def test_next_change_is_an_aware_instant(leads):
    score = leads.score("Relance", {"Date Prochain Push": date(2026, 6, 26)}, now="2026-07-03")
    assert score.next_change == datetime(2026, 7, 4, tzinfo=timezone.utc)


def test_events_are_counted(events):
    record = {
        "E-mails": [
            {"type": "email_opened", "at": datetime(2026, 6, 1, tzinfo=timezone.utc)},
            {"type": "e-mail ouvert", "at": "2026-06-02T10:00:00Z"},
            {"type": "email_opened", "at": "2026-01-02T10:00:00Z"},
            {"type": "email_opened", "at": "2027-01-02T10:00:00Z"},
        ],
        "Visites": ({"type": "visit", "at": date(2026, 6, 3), "Page": "/tarifs"},),
    }
    score = events.score("Activité", record, now="2026-06-30")
    assert score.total == 40
    opened, visited = score.lines
    assert (opened.events.found, opened.events.counted) == (4, 2)
    assert (opened.events.expired, opened.events.future) == (1, 1)
    assert visited.events.counted == 1 and opened.group == "Comportement"
    assert [(group.name, group.points) for group in score.groups] == [("Comportement", Decimal(40))]
    assert score.touch_points == jalon.EventPoints(Decimal(40), Decimal(0))
    assert score.next_change is not None


def test_reasons_are_read_from_the_record_as_it_is(leads, lead):
    score = leads.score("Scorex", lead)
    fixed = leads.score("Scorex", lead, explain=True)
    lead["Nom"] = "someone else"
    assert score.lines[0].holds, "a change that moves no point is no change"
    score = leads.score("Scorex", lead)
    del lead["Email"]
    with pytest.raises(jalon.RecordChangedError, match="explain=True"):
        _ = score.lines
    with pytest.raises(jalon.RecordChangedError):
        score.explain()
    assert score.total == 50
    assert fixed.lines[0].holds


def test_programs_load_from_files_and_folders(tmp_path):
    folder = tmp_path / "règles"
    folder.mkdir()
    (folder / "a.jalon").write_text("module M\n  Pays : texte\n", encoding="utf-8")
    (folder / "b.jalon").write_text("score S sur M\n  +5 si Pays EST Monaco\n", encoding="utf-8")
    for paths in (folder, str(folder), [folder / "a.jalon", folder / "b.jalon"]):
        assert jalon.load(paths).score("S", {"Pays": "monaco"}).total == 5
    with pytest.raises(OSError):
        jalon.load(tmp_path / "missing.jalon")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="no `.jalon` file in this folder"):
        jalon.load(tmp_path / "empty")


def test_english_says_the_same():
    program = jalon.parse(
        "module Leads\n  Country : text\n\nscore Fit on Leads\n  +5 if Country IS Monaco\n"
        "  stars 1 from 0\n"
    )
    score = program.score("Fit", {"Country": "MONACO"})
    assert (score.total, score.stars) == (5, 1)

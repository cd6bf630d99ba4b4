"""Logs replayed through blueprints."""

from datetime import datetime, timedelta, timezone

import pytest

import jalon

PROGRAM = jalon.parse("""
parcours "Support" sur Demandes, champ Statut
  états Ouverte, En cours
  gagné Résolue
  transition "Prendre" de Ouverte vers En cours
  transition "Résoudre" de En cours vers Résolue
""")


def at(hour):
    return datetime(2026, 6, 30, hour, tzinfo=timezone.utc)


ROWS = [
    {"id": 1, "statut": "Ouverte", "le": at(9)},
    {"id": 1, "statut": "en cours", "le": at(10)},
    {"id": 1, "statut": "Résolue", "le": at(12)},
    {"id": 2, "statut": "Résolue", "le": at(11)},
    {"id": 2, "statut": "Ouverte", "le": at(8)},
]


def test_a_log_is_replayed_and_refusals_are_explained():
    report = PROGRAM.replay(ROWS, case="id", state="statut", time="le")
    assert (report.accepted, report.refused, report.cases, report.events) == (2, 1, 2, 5)
    assert (report.blueprint, report.reading) == ("Support", "states")
    [refusal] = report.refusals
    assert (refusal.source, refusal.to, refusal.reason) == ("Ouverte", "Résolue", "no_transition")
    assert refusal.message == "aucune transition ne va de `Ouverte` à `Résolue`"
    assert (refusal.count, refusal.case) == (1, "2")
    opened = report.states[0]
    assert (opened.state, opened.default, opened.cases, opened.won) == ("Ouverte", True, 2, 2)
    assert (opened.median, opened.p90) == (timedelta(hours=1), timedelta(hours=3))
    assert report.transitions[0].origins == {"Ouverte": 1}
    assert report.data["reordered"] == 1
    english = PROGRAM.replay(ROWS, "support", case="id", state="statut", time="le", lang="en")
    assert english.refusals[0].message.startswith("no transition leads from ")


def test_the_figures_are_drawn_on_the_picture():
    report = PROGRAM.replay(ROWS, case="id", state="statut", time="le")
    assert report.figures()["transitions"]["Prendre"]["count"] == 1
    assert PROGRAM.picture().with_figures(report.figures()).svg() != PROGRAM.picture().svg()


def test_a_notebook_shows_the_picture_of_a_replay():
    report = PROGRAM.replay(ROWS, case="id", state="statut", time="le")
    shown = PROGRAM.picture().with_figures(report.figures())._repr_svg_()
    assert shown.startswith("<svg ") and "2 · 1\u202fh" in shown.replace("\u00a0", "\u202f")


def test_a_blueprint_is_discovered_and_accepts_its_log():
    names = {"name": "Support", "module": "Demandes"}
    text = jalon.discover(ROWS, case="id", state="statut", time="le", lang="fr", **names)
    assert 'parcours "Support" sur Demandes, champ statut' in text
    assert "# 2 vers Résolue : Ouverte 1, en cours 1" in text
    program = jalon.parse(text)
    assert program.blueprints == ["Support"]
    report = program.replay(ROWS, case="id", state="statut", time="le")
    assert (report.accepted, report.refused) == (3, 0)
    english = jalon.discover(ROWS, case="id", state="statut", field="Status")
    assert 'blueprint "Discovered blueprint", field Status' in english
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(ROWS)
    assert jalon.discover(frame, case="id", state="statut", time="le", lang="fr", **names) == text


def test_what_implies_no_blueprint_says_so():
    with pytest.raises(ValueError, match="no event in this log"):
        jalon.discover([], case="id", state="statut")
    many = [{"id": n // 2, "statut": "ouverte" if n % 2 == 0 else f"état {max(n, 301)}"} for n in range(800)]
    with pytest.raises(ValueError, match=r"251 états différents.*\(min_count=2\)"):
        jalon.discover(many, case="id", state="statut", lang="fr")
    with pytest.raises(ValueError, match="row 1: the state"):
        jalon.discover([{"id": 1, "statut": ""}], case="id", state="statut")
    with pytest.raises(jalon.ClockError, match="Europe/Pari"):
        jalon.discover(ROWS, case="id", state="statut", zone="Europe/Pari")


def test_activities_may_be_transitions():
    rows = [{"case": "a", "what": name} for name in ("Prendre", "Résoudre", "Prendre")]
    report = PROGRAM.replay(rows, case="case", state="what")
    assert (report.accepted, report.refused, report.reading) == (2, 1, "transitions")
    assert report.refusals[0].reason == "end_left"
    as_states = PROGRAM.replay(rows, case="case", state="what", reading="states")
    assert (as_states.accepted, as_states.refused) == (0, 2)


def test_frames_are_logs_too():
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    for frame in (polars.DataFrame(ROWS), pandas.DataFrame(ROWS), polars.DataFrame(ROWS).to_arrow()):
        report = PROGRAM.replay(frame, case="id", state="statut", time="le")
        assert (report.accepted, report.refused) == (2, 1)


def test_what_is_wrong_is_said():
    with pytest.raises(ValueError, match="ligne 2 : il manque le cas"):
        PROGRAM.replay([ROWS[0], {**ROWS[0], "id": None}], case="id", state="statut")
    with pytest.raises(jalon.UnknownNameError, match="Support"):
        PROGRAM.replay(ROWS, "Suport", case="id", state="statut")
    with pytest.raises(ValueError, match="reading="):
        PROGRAM.replay(ROWS, case="id", state="statut", reading="events")
    with pytest.raises(KeyError):
        PROGRAM.replay(ROWS, case="dossier", state="statut")
    with pytest.raises(jalon.ClockError):
        PROGRAM.replay([{**ROWS[0], "le": "hier"}], case="id", state="statut", time="le")

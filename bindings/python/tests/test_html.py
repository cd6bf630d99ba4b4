"""Results in a notebook: well-formed, escaped, self-contained."""

from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import jalon

VOID = {"br", "hr", "img"}


class WellFormed(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "link", "img")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def read(html):
    parser = WellFormed()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.text


def test_a_score(leads, lead):
    text = read(leads.score("Scorex", lead)._repr_html_())
    for part in ("Scorex", "50", "★★★", "tiède", "+25", "Clic CRM", "a@exemple.fr"):
        assert part in text


def test_a_score_with_events_limits_and_errors(events, leads):
    visits = [{"type": "visit", "at": f"2026-06-{day:02}", "Page": "tarif"} for day in range(1, 9)]
    text = read(events.score("Activité", {"Visites": visits}, now="2026-06-30")._repr_html_())
    assert "Comportement" in text and "+60" in text and "+160" in text and "8 sur 8" in text
    text = read(leads.score("Poids", {"Montant": "<b>lots</b>"})._repr_html_())
    assert "<b>lots</b>" in text, "values are escaped"
    assert "<b>lots</b> : mauvais type, attendu : un nombre" in text


def test_when_a_score_can_change_is_told_in_the_zone_that_was_given(events):
    visit = {"type": "visit", "at": "2026-06-29T10:00", "Page": "tarif"}
    opened = {"type": "email_opened", "at": "2026-06-29T10:00"}
    record = {"Visites": [visit], "E-mails": [opened]}
    for zone, told in [("Europe/Paris", "00:00"), (ZoneInfo("Europe/Paris"), "00:00"), (None, "00:00 UTC")]:
        score = events.score("Activité", record, now="2026-06-30", zone=zone)
        text = read(score._repr_html_())
        assert text.endswith(told), text


def test_what_changes():
    old = jalon.parse("score Fit\n  +10 if Country IS <b>\n")
    new = jalon.parse("score Fit\n  +25 if Country IS <b>\n")
    html = jalon.diff(old, new)._repr_html_()
    text = read(html)
    assert "add 10 points if Country is <b>" in text and "add 25 points" in text
    assert "−" in text and "+" in text and "&lt;b&gt;" in html
    assert read(jalon.diff(old, old)._repr_html_()) == "no difference"


def test_a_replayed_log():
    program = jalon.parse("""
blueprint Sale on Deals, field Stage
  states Tasting, Offer
  won Signed
  transition "Send the offer" from Tasting to Offer
  transition Sign from Offer to Signed
""")
    rows = [
        {"deal": 1, "Stage": "Tasting", "at": "2026-06-01T09:00"},
        {"deal": 1, "Stage": "Offer", "at": "2026-06-03T10:00"},
        {"deal": 1, "Stage": "Signed", "at": "2026-06-03T10:20"},
        {"deal": 2, "Stage": "Tasting", "at": "2026-06-01T09:00"},
        {"deal": 2, "Stage": "Signed", "at": "2026-06-02T09:00"},
    ]
    given = {"case": "deal", "state": "Stage", "time": "at"}
    report = program.replay(rows, **given)
    assert repr(report) == "<jalon.Replay 'Sale': cases=2 accepted=2 refused=1>"
    text = read(report._repr_html_())
    for part in ("3 moves: 2 accepted, 1 refused", "Send the offer", "2 d 1 h", "20 min", "for example"):
        assert part in text, part
    assert "no transition leads from `Tasting` to `Signed`" in text
    french = read(program.replay(rows, lang="fr", **given)._repr_html_())
    assert "3 passages : 2 acceptés, 1 refusés" in french and "2 j 1 h" in french
    quiet = read(program.replay(rows[:3], **given)._repr_html_())
    assert "why refused" not in quiet, "no table without rows"


def test_an_explanation():
    why = jalon.criterion("Pays EST France ET (Ville EST Nice OU NON (A EST <1>))").explain(
        {"Pays": "france", "Ville": "NICE "}
    )
    text = read(why._repr_html_())
    assert "✓" in text and "Pays" in text and "NICE" in text
    assert repr(why) == "<jalon.Explanation holds=True>"

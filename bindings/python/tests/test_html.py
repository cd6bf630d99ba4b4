"""Results in a notebook: well-formed, escaped, self-contained."""

from html.parser import HTMLParser

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


def test_an_explanation():
    why = jalon.criterion("Pays EST France ET (Ville EST Nice OU NON (A EST <1>))").explain(
        {"Pays": "france", "Ville": "NICE "}
    )
    text = read(why._repr_html_())
    assert "✓" in text and "Pays" in text and "NICE" in text

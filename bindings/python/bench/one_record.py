"""One dict at a time: a score of 14 lines and six criteria, beside the same function by hand.

    python bench/one_record.py

The sides take turns, their answers are checked equal, and the best of many passes counts.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import jalon

PROGRAM = """
module Prospects
  Nom                    : texte
  Civilité               : texte
  Email                  : e-mail
  Téléphone              : téléphone
  Titre                  : texte
  Secteur                : texte
  Statut Membre          : texte
  Première page visitée  : url
  Email Opt Out          : case
  Pays                   : texte
  Montant                : devise
  Créé le                : date

score Scorex sur Prospects
  +25   si Email N'EST PAS VIDE
  +10   si Téléphone N'EST PAS VIDE
  +20   si Titre N'EST PAS VIDE
  +10   si Secteur N'EST PAS VIDE
  +10   si (Nom EST VIDE OU Nom NE CONTIENT PAS Directeur) ET Civilité N'EST PAS VIDE
  +10   si Première page visitée CONTIENT googleto
  +10   si Première page visitée CONTIENT lamoulie.com
  -100  si Première page visitée CONTIENT desabonnement
  +25   si Statut Membre CONTIENT Clic
  +5    si Statut Membre CONTIENT Open
  -100  si Statut Membre EST Opted Out, Désabonné, Plainte
  -1000 si Secteur EST Etudiant, Recherche d emploi, Spam
  -100  si Email Opt Out EST sélectionné
  +15   si Montant >= 10000 ET Créé le ENTRE 2026-05-31 ET 2026-06-30
"""

CRITERIA = [
    "Pays EST France, Monaco ET Email N'EST PAS VIDE",
    "Secteur EST Casino, Voyance",
    "Titre CONTIENT directeur",
    "Statut Membre CONTIENT Clic ET Email Opt Out N'EST PAS sélectionné",
    "Montant ENTRE 5000 ET 20000",
    "Créé le APRÈS 2026-06-01 ET Téléphone EST VIDE",
]


def by_hand(lead: dict[str, Any]) -> tuple[int, tuple[bool, ...]]:
    """The program above, as one would write it."""
    name, title = lead["Nom"], (lead["Civilité"] or "")
    email, phone, job = lead["Email"], lead["Téléphone"], lead["Titre"]
    sector, status = (lead["Secteur"] or "").casefold(), (lead["Statut Membre"] or "").casefold()
    page, opted_out = (lead["Première page visitée"] or "").casefold(), lead["Email Opt Out"]
    amount, created = lead["Montant"], lead["Créé le"]
    clicked = "clic" in status
    total = 0
    if email:
        total += 25
    if phone:
        total += 10
    if job:
        total += 20
    if sector:
        total += 10
    if (not name or "directeur" not in name.casefold()) and title:
        total += 10
    if "googleto" in page:
        total += 10
    if "lamoulie.com" in page:
        total += 10
    if "desabonnement" in page:
        total -= 100
    if clicked:
        total += 25
    if "open" in status:
        total += 5
    if status in ("opted out", "désabonné", "plainte"):
        total -= 100
    if sector in ("etudiant", "recherche d emploi", "spam"):
        total -= 1000
    if opted_out:
        total -= 100
    if amount is not None and amount >= 10000 and created and "2026-05-31" <= created <= "2026-06-30":
        total += 15
    return total, (
        bool(email) and (lead["Pays"] or "").casefold() in ("france", "monaco"),
        sector in ("casino", "voyance"),
        "directeur" in (job or "").casefold(),
        clicked and not opted_out,
        amount is not None and 5000 <= amount <= 20000,
        bool(created) and created > "2026-06-01" and not phone,
    )


def leads(count: int) -> list[dict[str, Any]]:
    """Leads whose values are empty about one time in five."""
    pick = random.Random(7)

    def one(*values: Any) -> Any:
        return None if pick.random() < 0.2 else pick.choice(values)

    def lead(index: int) -> dict[str, Any]:
        return {
            "Nom": one(f"Ferrand {index}", "Le Directeur", "Durand"),
            "Civilité": one("M.", "Mme"),
            "Email": one(f"client{index}@exemple.fr"),
            "Téléphone": one(f"04 93 {index % 90 + 10} 02 03"),
            "Titre": one("Directeur général", "Gérante", "Acheteur"),
            "Secteur": one("Banque", "Etudiant", "Casino", "Hôtellerie", "Spam"),
            "Statut Membre": one("Clic CRM", "Open ZC", "Opted Out", "Désabonné", "Envoyé"),
            "Première page visitée": one(
                f"https://www.exemple.fr/offres/{index}",
                f"https://www.lamoulie.com/?utm=googleto&n={index}",
                "https://www.exemple.fr/desabonnement",
            ),
            "Email Opt Out": pick.random() < 0.1,
            "Pays": one("France", "MONACO", "Italie", "belgique"),
            "Montant": one(250, 5000, 12000.5, 90000),
            "Créé le": one("2026-06-12", "2026-01-31", "2025-11-02"),
        }

    return [lead(index) for index in range(count)]


def race(sides: dict[str, Callable[[Any], Any]], records: list[Any], passes: int = 60) -> None:
    """Runs the sides in turns and prints each against the first."""
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(passes):
        for name, side in sides.items():
            start = time.perf_counter()
            for record in records:
                side(record)
            best[name] = min(best[name], (time.perf_counter() - start) / len(records))
    first = next(iter(best.values()))
    for name, seconds in best.items():
        print(f"{name:42} {seconds * 1e9:7.0f} ns  {seconds / first:5.2f}")


def main() -> None:
    program = jalon.parse(PROGRAM)
    records = leads(2000)
    judge = program.judge("Scorex", CRITERIA)
    scorer = program.scorer("Scorex")
    matcher = program.matcher(CRITERIA[0])
    for record in records:
        total, held = by_hand(record)
        assert judge(record) == (total, held), (record, judge(record), (total, held))
        assert scorer(record) == program.score("Scorex", record).total == total
        assert matcher(record) == program.matches(CRITERIA[0], record) == held[0]
    race(
        {
            "by hand: score and six criteria": by_hand,
            "judge(record): score and six criteria": judge,
            "scorer(record): score": scorer,
            "matcher(record): one criterion": matcher,
            "program.score(name, record)": lambda record: program.score("Scorex", record),
            "program.matches(criterion, record)": lambda r: program.matches(CRITERIA[0], r),
        },
        records,
    )


if __name__ == "__main__":
    main()

"""Programs that many tests share."""

import pytest

import jalon

LEADS = """\
module Prospects (Leads)
  Nom (Last_Name)                           : texte
  Adresse e-mail (Email)                    : e-mail
  Première page visitée (First Visited URL) : url
  Statut Membre                             : liste Clic CRM, Clic ZC, Open CRM, Open ZC
  Secteur                                   : texte
  Montant                                   : devise
  Effectif                                  : entier
  Rejet des mails                           : case
  Date Prochain Push                        : date
  Créé le                                   : date-heure
  Compétences                               : liste multiple Vente, Achat, Droit

score Scorex sur Prospects
  +25   si Adresse e-mail N'EST PAS VIDE
  +10   si Première page visitée CONTIENT exemple.fr
  +25   si Statut Membre EST Clic CRM, Clic ZC
  -1000 si Secteur EST Casino, Voyance
  entre -100 et 100
  étoiles 1 dès 0, 2 dès 20, 3 dès 40
  mentions froid dès -100, tiède dès 30, chaud dès 60

score Poids sur Prospects
  + Montant / 1000 si Montant > 0
  +2,5 si Effectif >= 10

score Relance sur Prospects
  +7 si Date Prochain Push DANS LES 7 DERNIERS jours

règle "CM2 : VISITEUR URL" sur Prospects
  quand créé ou modifié
  si Première page visitée CONTIENT exemple.fr, boutique.fr
"""

EVENTS = """\
module Prospects
  Nom     : texte
  E-mails : événements (Objet : texte)
  Visites : événements (Page : url)

score Activité sur Prospects
  groupe Comportement, entre 0 et 60
    +10 par e-mail ouvert, au plus 50, sur 90 jours
    +20 par visite, au plus 1 par jour, si Page CONTIENT tarif
"""


@pytest.fixture(scope="session")
def leads() -> jalon.Program:
    return jalon.parse(LEADS, name="leads.jalon")


@pytest.fixture(scope="session")
def events() -> jalon.Program:
    return jalon.parse(EVENTS)


@pytest.fixture
def lead() -> dict[str, object]:
    return {"Nom": "Ferrand", "Email": "a@exemple.fr", "Statut Membre": "Clic CRM"}

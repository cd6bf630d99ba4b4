"""Pictures of blueprints."""

import pickle
from xml.etree import ElementTree

import pytest

import jalon

PROGRAM = jalon.parse("""
parcours "Vente" sur Affaires, champ Étape
  états Qualification, Proposition
  gagné Gagnée
  transition "Proposer" de Qualification vers Proposition
    avant
      propriétaires rôle "R & D <Sud>"
  transition "Conclure" de Proposition vers Gagnée
""")


def test_a_blueprint_is_drawn_in_three_formats():
    assert PROGRAM.blueprints == ["Vente"]
    picture = PROGRAM.picture()
    assert (picture.name, repr(picture)) == ("Vente", "<jalon.Picture 'Vente'>")
    root = ElementTree.fromstring(picture.svg("en"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "role R & D <Sud>" in " ".join(root.itertext())
    assert "stateDiagram-v2" in picture.mermaid()
    assert picture.dot().startswith('digraph "Vente"')


def test_notebooks_show_it_and_pickles_keep_it():
    picture = PROGRAM.picture("vente")
    assert picture._repr_svg_() == picture.svg() == PROGRAM.picture().svg("fr")
    assert pickle.loads(pickle.dumps(picture)).svg() == picture.svg()


def test_figures_are_written_on_it():
    figures = {
        "states": {"Qualification": {"count": 1234, "median_seconds": 7200}},
        "transitions": {"Proposer": {"count": 1200, "refused": 3}},
    }
    picture = PROGRAM.picture().with_figures(figures)
    assert "1,234 · 2\u00a0h" in picture.svg("en") and "3 refusés" in picture.svg()
    assert pickle.loads(pickle.dumps(picture)).dot() == picture.dot()
    assert "1,234" not in PROGRAM.picture().svg("en")
    with pytest.raises(ValueError, match="no figures"):
        PROGRAM.picture().with_figures({"states": {"Qualification": {"count": -1}}})


def test_what_cannot_be_drawn_says_so():
    with pytest.raises(jalon.UnknownNameError, match="vouliez-vous dire `Vente`"):
        PROGRAM.picture("Ventes")
    with pytest.raises(jalon.UnknownNameError):
        jalon.parse("score S\n  +1 si A EST 1\n").picture()
    with pytest.raises(ValueError, match="lang="):
        PROGRAM.picture().svg("de")

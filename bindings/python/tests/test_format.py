"""Programs in their canonical layout."""

import pytest

import jalon


def test_a_text() -> None:
    text = "score  S\n +5 si Pays EST France # note\n"
    once = jalon.format(text)
    assert once == "score S\n  +5 si Pays EST France  # note\n"
    assert jalon.format(once) == once
    english = jalon.format(text, lang="en")
    assert english == "score S\n  +5 if Pays IS France  # note\n"
    assert jalon.format(english, lang="fr") == once


def test_the_types_of_one_text_decide_about_another() -> None:
    found = jalon.format_texts(
        {
            "modules.jalon": "module Leads\n  VIP : checkbox\n",
            "scores.jalon": "score S on Leads\n  +5 if VIP IS yes\n",
        }
    )
    assert [one.changed for one in found] == [False, True]
    assert found[1].text.endswith("VIP IS selected\n")


def test_files(tmp_path) -> None:
    path = tmp_path / "a.jalon"
    path.write_text("score  S\n")
    (found,) = jalon.format_files(tmp_path)
    assert (found.name, found.text, found.changed) == (str(path), "score S\n", True)
    assert path.read_text() == "score  S\n"


def test_what_is_kept_is_told() -> None:
    (found,) = jalon.format_texts({"a": "affectation \"A\" sur P\n  Alice\n"}, lang="en")
    assert found.kept == [(1, 1)]


def test_a_criterion() -> None:
    assert jalon.format_criterion("Pays est  Monaco", lang="en") == "Pays IS Monaco"
    with pytest.raises(jalon.SyntaxError):
        jalon.format_criterion("Pays EST")


def test_errors() -> None:
    with pytest.raises(jalon.SyntaxError) as caught:
        jalon.format("score S\n  +1 si (A EST b\n")
    assert caught.value.diagnostics[0].line == 2
    with pytest.raises(ValueError):
        jalon.format("score S\n", lang="de")  # type: ignore[arg-type]

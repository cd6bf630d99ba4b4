"""Errors as exceptions with diagnostics, never a panic."""

import pickle

import pytest

import jalon

MISSPELLED = "module M\n  Pays : texte\n\nscore S sur M\n  +5 si Pais EST Monaco\n  +6 si Paus EST Nice\n"


def test_the_tree():
    for name in ("ProgramError", "ClockError", "RecordError", "RecordChangedError"):
        assert issubclass(getattr(jalon, name), jalon.JalonError)
    assert issubclass(jalon.SyntaxError, jalon.ProgramError)
    assert issubclass(jalon.CheckError, jalon.ProgramError)
    assert issubclass(jalon.UnknownNameError, LookupError)


def test_a_check_error_carries_every_diagnostic():
    with pytest.raises(jalon.CheckError) as caught:
        jalon.parse(MISSPELLED, name="m.jalon", lang="en")
    first, second = [d for d in caught.value.diagnostics if d.severity == "error"]
    assert (first.code, first.file, first.line, first.column) == ("E0203", "m.jalon", 5, 9)
    assert (first.end_line, first.end_column) == (5, 13)
    assert second.line == 6
    assert "Pais" in first.message and "Pays" in first.label
    assert str(first).startswith("m.jalon:5:9: error[E0203]: ")
    text = str(caught.value)
    assert "m.jalon:5:9" in text and "E0203" in text and "^^^^" in text


def test_fixes_are_edits_in_characters():
    with pytest.raises(jalon.CheckError) as caught:
        jalon.parse("# é è à\n" + MISSPELLED)
    text = "# é è à\n" + MISSPELLED
    fix = caught.value.diagnostics[0].fixes[0]
    assert "+5 si Pays EST Monaco" in fix.apply(text)
    assert fix.edits[0].text == "Pays"


def test_messages_in_both_languages():
    texts = set()
    for lang in ("fr", "en"):
        with pytest.raises(jalon.CheckError) as caught:
            jalon.parse(MISSPELLED, lang=lang)
        texts.add(caught.value.diagnostics[0].message)
    assert len(texts) == 2
    with pytest.raises(ValueError, match="fr.*en"):
        jalon.parse(MISSPELLED, lang="de")


@pytest.mark.parametrize("text", ["Pays EST", "EST", "(Pays EST a", "A EST 1 ET B EST 2 OU C EST 3"])
def test_a_text_that_cannot_be_read_is_a_syntax_error(text):
    with pytest.raises(jalon.SyntaxError) as caught:
        jalon.criterion(text)
    assert caught.value.diagnostics[0].code.startswith("E01")


def test_mixed_connectives_offer_both_readings():
    text = "A EST 1 ET B EST 2 OU C EST 3"
    with pytest.raises(jalon.SyntaxError) as caught:
        jalon.criterion(text)
    fixes = caught.value.diagnostics[0].fixes
    assert len({fix.apply(text) for fix in fixes}) == 2
    for fix in fixes:
        jalon.criterion(fix.apply(text))


def test_unknown_names(leads, lead):
    with pytest.raises(jalon.UnknownNameError, match="Scorex"):
        leads.score("Scorexx", lead)
    with pytest.raises(jalon.UnknownNameError):
        leads.score(None, lead)
    with pytest.raises(LookupError):
        leads.rule("CM99")
    with pytest.raises(jalon.UnknownNameError):
        leads.criterion("Pays EST a", "Comptes")


def test_a_program_that_reads_the_clock_wants_now(leads):
    with pytest.raises(jalon.ClockError, match="now="):
        leads.score("Relance", {})
    with pytest.raises(jalon.ClockError, match="now="):
        jalon.criterion("D EST aujourd'hui").matches({"D": "2026-06-30"})
    with pytest.raises(jalon.ClockError, match="yesterday"):
        leads.score("Relance", {}, now="yesterday")
    with pytest.raises(jalon.ClockError, match="Europe/Nowhere"):
        leads.score("Relance", {}, now="2026-06-30", zone="Europe/Nowhere")
    with pytest.raises(TypeError):
        leads.score("Relance", {}, now=3)


def test_strict_mode_refuses_absent_and_wrong_values():
    program = jalon.parse("module M\n  N : nombre\n\nscore S\n  +1 si N > 3\n", strict=True)
    assert program.score("S", {"N": 4}).total == 1
    with pytest.raises(jalon.RecordError, match="N") as caught:
        program.score("S", {})
    assert caught.value.problems[0].kind == "absent"
    with pytest.raises(jalon.RecordError) as caught:
        program.score("S", {"N": "many"})
    assert caught.value.problems[0].value == "many"


def test_exceptions_pickle():
    with pytest.raises(jalon.CheckError) as caught:
        jalon.parse(MISSPELLED)
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is jalon.CheckError and str(again) == str(caught.value)
    assert again.diagnostics == caught.value.diagnostics


@pytest.mark.parametrize(
    "text",
    ["", "\0", "\ufeff", "score", "module M\n  : :\n", "(" * 100_000, '"', "règle\n\n\n", "é" * 9999],
    ids=range(9),
)
def test_any_text_gives_a_program_or_an_error(text):
    for read in (jalon.parse, jalon.criterion):
        try:
            read(text)
        except jalon.JalonError as error:
            assert str(error)

"""Programs and criteria pickle, and threads share them."""

import copy
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import jalon


def again(value):
    return pickle.loads(pickle.dumps(value))


def test_programs_pickle(leads, lead):
    program = again(leads)
    assert program.sources == leads.sources
    assert program.score("Scorex", lead).total == leads.score("Scorex", lead).total
    assert copy.deepcopy(leads).scores == leads.scores


def test_strictness_and_language_survive():
    program = again(jalon.parse("module M\n  N : nombre\n\nscore S\n  +1 si N > 3\n", strict=True))
    with pytest.raises(jalon.RecordError):
        program.score("S", {})


def test_criteria_pickle(leads, lead):
    assert again(jalon.criterion("Pays EST VIDE")).matches({})
    assert again(leads.criterion("Statut Membre EST Clic CRM")).matches(lead)
    rule = again(leads.rule("CM2 : VISITEUR URL"))
    assert rule.matches({"First Visited URL": "boutique.fr"})


def test_scores_and_explanations_pickle(leads, lead):
    score = again(leads.score("Scorex", lead, explain=True))
    assert score.total == 50 and score.lines[0].points == 25 and "50" in score.explain()
    assert again(leads.explain("Email EST VIDE", lead)).holds is False


def test_threads_share_a_program(leads):
    def work(index):
        record = {"Email": "a@b.fr" if index % 2 else None}
        totals = {leads.score("Scorex", record).total for _ in range(200)}
        held = {leads.matches("Email EST VIDE", record) for _ in range(200)}
        return totals == {25 if index % 2 else 0} and held == {not index % 2}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(16)))


def test_a_frame_is_scored_without_the_interpreter(leads):
    import pyarrow
    rows = 200_000
    frame = pyarrow.table({"Email": ["a@b.fr"] * rows, "Statut Membre": ["Clic CRM"] * rows})
    done, ticks = threading.Event(), []

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    leads.score_frame("Scorex", frame)
    end = time.perf_counter()
    done.set()
    thread.join()
    during = [t for t in ticks if start < t < end]
    assert len(during) > (end - start) / 0.02, "another thread runs while a frame is scored"

"""Deals through five states: `available` and `fire`, beside transitions and python-statemachine.

    pip install transitions python-statemachine
    python bench/blueprint.py

A guard, a field that must be given, and a transition common to all states. Every side is asked
which transitions are open, then makes one, event by event; the states and what is open are checked
equal. The sides take turns, and medians of the rounds count.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import jalon

PROGRAM = """
parcours Vente sur Affaires, champ Étape
  états Qualification, Analyse, Proposition
  gagné Gagnée
  perdu Perdue
  transition analyser de Qualification vers Analyse
  transition proposer de Analyse vers Proposition
    avant
      si Montant >= 1000
    pendant
      obligatoire Échéance
  transition conclure de Proposition vers Gagnée
  transition commune perdre vers Perdue
"""

#: What happens to a deal, one after the other, and what is given.
WON: list[tuple[str, dict[str, Any]]] = [
    ("analyser", {}),
    ("proposer", {"Échéance": "2026-09-30"}),
    ("conclure", {}),
]
LOST: list[tuple[str, dict[str, Any]]] = [("analyser", {}), ("perdre", {})]
DEALS = [(amount, WON if amount >= 1000 else LOST) for amount in range(500, 1500, 10)]
EVENTS = sum(len(events) for _, events in DEALS)

Trail = list[tuple[tuple[str, ...], str]]


def with_jalon() -> Callable[[], Trail]:
    blueprint = jalon.parse(PROGRAM).blueprint("Vente", now="2026-06-30T10:30", zone="Europe/Paris")

    def run() -> Trail:
        trail: Trail = []
        for amount, events in DEALS:
            deal = {"id": 7, "Étape": "Qualification", "Montant": amount}
            instance = blueprint.enter(deal)
            assert instance is not None
            for event, given in events:
                offered = blueprint.offered(instance, deal)
                instance = blueprint.fire(instance, event, given, deal).instance
                state = instance.state
                deal["Étape"] = state
                trail.append((offered, state))
        return trail

    return run


def with_transitions() -> Callable[[], Trail]:
    from transitions import Machine

    class Deal:
        state: str

        def __init__(self, amount: int) -> None:
            self.amount = amount
            self.due: str | None = None

        def is_large(self, **_given: Any) -> bool:
            return self.amount >= 1000

        def is_dated(self, due: str | None = None) -> bool:
            return bool(due or self.due)

        def keep(self, due: str | None = None) -> None:
            self.due = due

    states = ["Qualification", "Analyse", "Proposition", "Gagnée", "Perdue"]
    machine = Machine(None, states=states, initial="Qualification", auto_transitions=False)
    machine.add_transition("analyser", "Qualification", "Analyse")
    machine.add_transition(
        "proposer", "Analyse", "Proposition", ["is_large", "is_dated"], after="keep"
    )
    machine.add_transition("conclure", "Proposition", "Gagnée")
    machine.add_transition("perdre", ["Qualification", "Analyse", "Proposition"], "Perdue")
    # What is open apart from what must be given.
    guards: dict[str, Callable[[Deal], bool]] = {"proposer": Deal.is_large}

    def run() -> Trail:
        trail: Trail = []
        for amount, events in DEALS:
            deal = Deal(amount)
            machine.add_model(deal)
            for event, given in events:
                names = machine.get_triggers(deal.state)
                offered = tuple(n for n in names if n not in guards or guards[n](deal))
                deal.trigger(event, **({"due": given["Échéance"]} if given else {}))  # type: ignore[attr-defined]
                trail.append((offered, deal.state))
            machine.remove_model(deal)
        return trail

    return run


def with_statemachine() -> Callable[[], Trail]:
    from statemachine import State, StateMachine

    class Machine(StateMachine):
        qualification = State("Qualification", initial=True)
        analyse = State("Analyse")
        proposition = State("Proposition")
        gagnee = State("Gagnée", final=True)
        perdue = State("Perdue", final=True)
        analyser = qualification.to(analyse)
        proposer = analyse.to(proposition, cond="is_large", validators="is_dated")
        conclure = proposition.to(gagnee)
        perdre = qualification.to(perdue) | analyse.to(perdue) | proposition.to(perdue)

        def __init__(self, amount: int) -> None:
            self.amount = amount
            super().__init__()

        def is_large(self) -> bool:
            return self.amount >= 1000

        def is_dated(self, due: str | None = None) -> None:
            if not due:
                raise ValueError("due is required")

    def run() -> Trail:
        trail: Trail = []
        for amount, events in DEALS:
            machine = Machine(amount)
            for event, given in events:
                offered = tuple(one.id for one in machine.enabled_events())
                machine.send(event, **({"due": given["Échéance"]} if given else {}))
                state = next(iter(machine.configuration)).name
                trail.append((offered, state))
        return trail

    return run


def measured(run: Callable[[], Trail], seconds: float) -> Iterator[float]:
    """Microseconds an event, of one pass after the other."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        run()
        yield (time.perf_counter() - start) / EVENTS * 1e6


def main() -> None:
    sides = {
        "jalon": with_jalon(),
        "transitions": with_transitions(),
        "python-statemachine": with_statemachine(),
    }
    told = {name: [(set(offered), state) for offered, state in run()] for name, run in sides.items()}
    assert all(answers == told["jalon"] for answers in told.values()), "the answers differ"
    rounds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(15):
        for name, run in sides.items():
            rounds[name].append(min(measured(run, 0.15)))
    own = statistics.median(rounds["jalon"])
    for name, times in rounds.items():
        median = statistics.median(times)
        print(f"{name:20} {median:9.2f} µs an event  {median / own:6.1f}x")


if __name__ == "__main__":
    main()

"""The pipeline: deals taken through five states, in the spellings of each engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from worker import Contender, by_stream

ENOUGH = 100


class Stream:
    """The deals and their events, as the race wrote them.

    An event is a deal, the name of a transition, and whether a quote is given.
    """

    def __init__(self, data: str) -> None:
        stream = json.loads(Path(data, "pipeline.json").read_text(encoding="utf-8"))
        self.states: list[str] = stream["states"]
        self.transitions: list[str] = stream["transitions"]
        self.quote: str = stream["quote"]
        self.amounts: list[int] = stream["amounts"]
        self.events = [(deal, self.transitions[which], bool(quoted)) for deal, which, quoted in stream["events"]]
        self.bits = {name: 1 << bit for bit, name in enumerate(self.transitions)}
        self.places = {name: place for place, name in enumerate(self.states)}


def groups(data: str, job: str) -> dict[str, Callable[[], list[Contender]]]:
    stream = Stream(data)
    return {
        "hand-written Python": lambda: by_stream("hand-written Python", "", "object", stream, Hand(stream)),
        "Jalon": lambda: by_stream("Jalon", version("jalon"), "dict", stream, Jalon(stream, job)),
        "transitions": lambda: [
            *by_stream("transitions", version("transitions"), "object", stream, Transitions(stream)),
            *by_stream(
                "transitions, guards asked by the host",
                version("transitions"),
                "object",
                stream,
                TransitionsWithGuards(stream),
            ),
        ],
        "python-statemachine": lambda: by_stream(
            "python-statemachine", version("python-statemachine"), "object", stream, StateMachines(stream)
        ),
    }


class Deal:
    __slots__ = ("amount", "state")

    def __init__(self, amount: int) -> None:
        self.amount = amount
        self.state = "New"


class Hand:
    """A function with an if for each state."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    def reset(self) -> None:
        self.deals = [Deal(amount) for amount in self.stream.amounts]

    def available(self, event: tuple[int, str, bool]) -> list[str]:
        deal = self.deals[event[0]]
        state = deal.state
        if state == "New":
            return ["Qualify", "Lose"] if deal.amount > ENOUGH else ["Lose"]
        if state == "Qualified":
            return ["Propose", "Lose"]
        if state == "Proposal":
            return ["Win", "Lose"]
        return []

    def fire(self, event: tuple[int, str, bool]) -> bool:
        number, transition, quoted = event
        deal = self.deals[number]
        state = deal.state
        if transition == "Lose" and state in ("New", "Qualified", "Proposal"):
            deal.state = "Lost"
        elif transition == "Qualify" and state == "New" and deal.amount > ENOUGH:
            deal.state = "Qualified"
        elif transition == "Propose" and state == "Qualified" and quoted:
            deal.state = "Proposal"
        elif transition == "Win" and state == "Proposal":
            deal.state = "Won"
        else:
            return False
        return True

    def state(self, deal: int) -> str:
        return self.deals[deal].state


class Jalon:
    """Instances kept by the host, deals as dicts."""

    def __init__(self, stream: Stream, job: str) -> None:
        import jalon

        program = jalon.parse(Path(job, "pipeline.jalon").read_text(encoding="utf-8"))
        self.blueprint = program.blueprint("Sale", now="2026-06-30T10:30", zone="Europe/Paris")
        self.deals = [{"id": 7, "Stage": "New", "Amount": amount} for amount in stream.amounts]
        self.entered = [self.blueprint.enter(deal) for deal in self.deals]
        self.quote = {"Quote": stream.quote}
        self.nothing: dict[str, Any] = {}

    def reset(self) -> None:
        self.instances = list(self.entered)

    def available(self, event: tuple[int, str, bool]) -> Any:
        deal = event[0]
        return self.blueprint.offered(self.instances[deal], self.deals[deal])

    def fire(self, event: tuple[int, str, bool]) -> bool:
        deal, transition, quoted = event
        given = self.quote if quoted else self.nothing
        tried = self.blueprint.try_fire(self.instances[deal], transition, given, self.deals[deal])
        if tried.made:
            self.instances[deal] = tried.instance
        return tried.made

    def state(self, deal: int) -> str:
        return self.instances[deal].state


class Transitions:
    """One machine, a model a deal; what cannot be made is ignored, which is faster than its exception."""

    def __init__(self, stream: Stream) -> None:
        from transitions import Machine

        class Model:
            state: str

            def __init__(self, amount: int) -> None:
                self.amount = amount

            def is_enough(self) -> bool:
                return self.amount > ENOUGH

            def is_quoted(self, quoted: bool = False) -> bool:
                return quoted

        self.machine = Machine(
            None, states=stream.states, initial="New", auto_transitions=False, ignore_invalid_triggers=True
        )
        self.machine.add_transition("Qualify", "New", "Qualified", "is_enough")
        self.machine.add_transition("Propose", "Qualified", "Proposal", "is_quoted")
        self.machine.add_transition("Win", "Proposal", "Won")
        self.machine.add_transition("Lose", ["New", "Qualified", "Proposal"], "Lost")
        self.models: list[Any] = [Model(amount) for amount in stream.amounts]
        self.machine.add_model(self.models)

    def reset(self) -> None:
        for model in self.models:
            model.state = "New"

    def available(self, event: tuple[int, str, bool]) -> list[str]:
        model = self.models[event[0]]
        # what must be given is not asked yet
        return [
            name
            for name in self.machine.get_triggers(model.state)
            if (model.may_Propose(quoted=True) if name == "Propose" else getattr(model, f"may_{name}")())
        ]

    def fire(self, event: tuple[int, str, bool]) -> bool:
        deal, transition, quoted = event
        if quoted:
            return self.models[deal].Propose(quoted=True)
        return getattr(self.models[deal], transition)()

    def state(self, deal: int) -> str:
        return self.models[deal].state


class TransitionsWithGuards(Transitions):
    """The host knows which transition has which guard."""

    def available(self, event: tuple[int, str, bool]) -> list[str]:
        model = self.models[event[0]]
        return [name for name in self.machine.get_triggers(model.state) if name != "Qualify" or model.is_enough()]


class StateMachines:
    """A machine a deal; what cannot be made is ignored, which is faster than its exception."""

    def __init__(self, stream: Stream) -> None:
        from statemachine import State, StateMachine

        class Sale(StateMachine):
            allow_event_without_transition = True
            New = State(initial=True)
            Qualified = State()
            Proposal = State()
            Won = State(final=True)
            Lost = State(final=True)
            Qualify = New.to(Qualified, cond="is_enough")
            Propose = Qualified.to(Proposal, cond="is_quoted")
            Win = Proposal.to(Won)
            Lose = New.to(Lost) | Qualified.to(Lost) | Proposal.to(Lost)

            def __init__(self, amount: int) -> None:
                self.amount = amount
                super().__init__()

            def is_enough(self) -> bool:
                return self.amount > ENOUGH

            def is_quoted(self, quoted: bool = False) -> bool:
                return quoted

        self.amounts = stream.amounts
        self.sale = Sale

    def reset(self) -> None:
        self.machines = [self.sale(amount) for amount in self.amounts]

    def available(self, event: tuple[int, str, bool]) -> list[str]:
        # what must be given is not asked yet
        return [one.id for one in self.machines[event[0]].enabled_events(quoted=True)]

    def fire(self, event: tuple[int, str, bool]) -> bool:
        deal, transition, quoted = event
        machine = self.machines[deal]
        before = machine.current_state_value
        if quoted:
            machine.send(transition, quoted=True)
        else:
            machine.send(transition)
        return machine.current_state_value != before

    def state(self, deal: int) -> str:
        return self.machines[deal].current_state_value

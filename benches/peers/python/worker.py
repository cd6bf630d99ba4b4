"""The Python workers of the race: `worker.py record|batch|pipeline DATA THREADS JOB`.

Prints which contenders there are, then checks or times the one that the race asks for.
A contender that cannot be set up is listed with its error.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

PASS_NS = 60e6
"""One turn takes about so long: a slow contender is handed fewer leads, a fast one all of them several times."""


@dataclass
class Contender:
    name: str
    version: str
    question: str
    input: str
    check: Callable[[], int]
    time: Callable[[], float]
    note: str = ""

    def shown(self) -> dict[str, str]:
        fields = ("name", "version", "question", "input", "note")
        return {field: getattr(self, field) for field in fields}


def weighted(answers: Iterator[int]) -> int:
    """A checksum in which an answer's place counts."""
    return sum(answer * (i % 9973 + 1) for i, answer in enumerate(answers))


def by_lead(
    name: str,
    version: str,
    question: str,
    given: str,
    leads: list[Any],
    answer: Callable[[Any], Any],
    number: Callable[[Any], int] = int,
) -> Contender:
    """A contender that answers lead by lead; `number` makes of its answer what all are compared by."""
    size = len(leads)

    def check() -> int:
        nonlocal size
        start = time.perf_counter_ns()
        answers = [answer(lead) for lead in leads]
        each = (time.perf_counter_ns() - start) / len(leads)
        size = min(len(leads), max(50, int(PASS_NS / each)))
        return weighted(map(number, answers))

    def timed() -> float:
        part = leads[:size]
        start, passes = time.perf_counter_ns(), 0
        while True:
            for lead in part:
                answer(lead)
            passes += 1
            taken = time.perf_counter_ns() - start
            if taken + taken / passes > PASS_NS:
                return taken / passes / len(part)

    return Contender(name, version, question, given, check, timed)


def by_batch(
    name: str,
    version: str,
    question: str,
    given: str,
    leads: int,
    answer: Callable[[], Any],
    scores: Callable[[Any], Any],
    note: str = "",
) -> Contender:
    """A contender that answers all leads in one call; `scores` makes its answer a numpy array."""
    import numpy as np

    weights = np.arange(leads, dtype=np.int64) % 9973 + 1

    def check() -> int:
        return int((np.asarray(scores(answer())).astype(np.int64) * weights).sum())

    def timed() -> float:
        start = time.perf_counter_ns()
        answered = answer()
        taken = (time.perf_counter_ns() - start) / leads
        del answered
        return taken

    return Contender(name, version, question, given, check, timed, note)


def by_stream(name: str, version: str, given: str, stream: Any, deals: Any) -> list[Contender]:
    """A contender that takes deals through the pipeline, asked in three ways; each pass begins with all deals anew,
    outside the clock."""

    def contender(question: str, offers: bool, fires: bool) -> Contender:
        def begin() -> list[Any]:
            deals.reset()
            if fires:
                return stream.events
            half = len(stream.events) // 2
            for event in stream.events[:half]:
                deals.fire(event)
            return stream.events[half:]

        def answer(event: Any) -> int:
            offered = sum(stream.bits[name] for name in deals.available(event)) if offers else 0
            if not fires:
                return offered
            refused = not deals.fire(event)
            return offered * 16 + refused * 8 + stream.places[deals.state(event[0])]

        def timed() -> float:
            available, fire = deals.available, deals.fire
            taken, passes = 0, 0
            while True:
                events = begin()
                start = time.perf_counter_ns()
                if not fires:
                    for event in events:
                        available(event)
                elif not offers:
                    for event in events:
                        fire(event)
                else:
                    for event in events:
                        available(event)
                        fire(event)
                taken += time.perf_counter_ns() - start
                passes += 1
                if taken + taken / passes > PASS_NS:
                    return taken / passes / len(events)

        return Contender(name, version, question, given, lambda: weighted(map(answer, begin())), timed)

    return [
        contender("what is offered", True, False),
        contender("an event", False, True),
        contender("what is offered, then an event", True, True),
    ]


def serve(contenders: list[Contender], failed: list[dict[str, str]]) -> None:
    say({"contenders": [c.shown() for c in contenders] + failed})
    for line in sys.stdin:
        command, index = line.split()
        contender = contenders[int(index)]
        try:
            if command == "check":
                say({"checksum": contender.check()})
            else:
                say({"ns": contender.time()})
        except Exception as error:  # noqa: BLE001 - whatever a contender raises is reported
            say({"error": f"{type(error).__name__}: {error}"[:500]})


def say(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)


def gather(groups: dict[str, Callable[[], list[Contender]]]) -> None:
    """Serves all groups; one that cannot be set up is reported."""
    contenders: list[Contender] = []
    failed: list[dict[str, str]] = []
    for name, group in groups.items():
        try:
            contenders.extend(group())
        except Exception as error:  # noqa: BLE001
            failed.append({"name": name, "error": f"{type(error).__name__}: {error}"[:500]})
    serve(contenders, failed)


def main() -> None:
    job, data, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    # read by polars when it is imported
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    if job == "record":
        import record

        gather(record.groups(data))
    elif job == "pipeline":
        import pipeline

        gather(pipeline.groups(data, sys.argv[4]))
    else:
        import batch

        gather(batch.groups(data, threads))


if __name__ == "__main__":
    main()

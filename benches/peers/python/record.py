"""One Python dict at a time: score and fired rules, `score * 64 + bits of the rules`."""

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from worker import Contender, by_lead

JOB = Path(__file__).parent.parent / "job"
STRICT, FOLDED = "case-sensitive", "case-folding"
POINTS: list[int] = json.loads((JOB / "points.json").read_text())
"""What a condition that holds adds to the answer: points of a line, the bit of a rule."""
WORTH = [points * 64 for points in POINTS] + [1 << bit for bit in range(6)]

RULES = ("hot", "Monaco", "may be called", "overdue", "decides", "shopper")

Lead = dict[str, Any]


def groups(data: str) -> dict[str, Callable[[], list[Contender]]]:
    with open(Path(data) / "leads.ndjson", encoding="utf-8") as lines:
        leads = [json.loads(line) for line in lines]
    made = (by_hand, jalon, datalogic, zen, rule_engine)
    return {group.__name__: partial(group, leads) for group in made}


def by_hand(leads: list[Lead]) -> list[Contender]:
    python = sys.version.split()[0]
    return [
        by_lead("hand-written Python", python, STRICT, "dict", leads, strict),
        by_lead("hand-written Python", python, FOLDED, "dict", leads, folding),
    ]


def strict(lead: Lead) -> int:
    score = fired = 0
    email, page, status = lead["email"], lead["first_page"], lead["status"]
    industry, title, opt_out = lead["industry"], lead["title"], lead["opt_out"]
    postcode, created, amount = lead["postcode"], lead["created"], lead["amount"]
    country = lead["country"]
    called = lead["phone"] is not None or lead["mobile"] is not None
    if email is not None:
        score += 25
        if (push := lead["next_push"]) is not None and push < "2026-01-01":
            fired += 8
    if page is not None:
        if "pricing" in page or "demo" in page or "contact" in page:
            score += 15
        if "unsubscribe" in page:
            score -= 40
        if page.startswith("https://shop."):
            score += 10
            if lead["last_name"] is not None and created is not None and created >= "2026-03-01":
                fired += 32
    if status is not None:
        if "Click" in status:
            score += 30
            if amount is not None and amount > 5000:
                fired += 1
        if "Open" in status:
            score += 12
        if status in ("Opted out", "Unsubscribed", "Complaint"):
            score -= 200
    if industry is not None:
        score += 8
        if industry in ("Student", "Research", "Spam"):
            score -= 100
    if title is not None:
        director = "Director" in title
        if director or "Manager" in title or "Gérant" in title:
            score += 20
        if (director or "Chief" in title) and industry not in ("Student", "Spam"):
            fired += 16
    if opt_out:
        score -= 500
    if called:
        score += 5
        if not opt_out and status != "Complaint":
            fired += 4
    if (
        amount is not None
        and amount >= 10000
        and created is not None
        and "2026-04-01" <= created <= "2026-06-30"
    ):
        score += 35
    if postcode is not None:
        if country in ("France", "Monaco", "Belgium") and postcode.startswith(("06", "83", "98")):
            score += 9
        if country == "Monaco" or postcode.startswith("98"):
            fired += 2
    elif country == "Monaco":
        fired += 2
    return score * 64 + fired


def folding(lead: Lead) -> int:
    score = fired = 0
    email, page, status = lead["email"], lead["first_page"], lead["status"]
    industry, title, opt_out = lead["industry"], lead["title"], lead["opt_out"]
    postcode, created, amount = lead["postcode"], lead["created"], lead["amount"]
    country = lead["country"]
    called = lead["phone"] is not None or lead["mobile"] is not None
    if country is not None:
        country = country.casefold()
    if email is not None:
        score += 25
        if (push := lead["next_push"]) is not None and push < "2026-01-01":
            fired += 8
    if page is not None:
        page = page.casefold()
        if "pricing" in page or "demo" in page or "contact" in page:
            score += 15
        if "unsubscribe" in page:
            score -= 40
        if page.startswith("https://shop."):
            score += 10
            if lead["last_name"] is not None and created is not None and created >= "2026-03-01":
                fired += 32
    if status is not None:
        status = status.casefold()
        if "click" in status:
            score += 30
            if amount is not None and amount > 5000:
                fired += 1
        if "open" in status:
            score += 12
        if status in ("opted out", "unsubscribed", "complaint"):
            score -= 200
    if industry is not None:
        industry = industry.casefold()
        score += 8
        if industry in ("student", "research", "spam"):
            score -= 100
    if title is not None:
        title = title.casefold()
        director = "director" in title
        if director or "manager" in title or "gérant" in title:
            score += 20
        if (director or "chief" in title) and industry not in ("student", "spam"):
            fired += 16
    if opt_out:
        score -= 500
    if called:
        score += 5
        if not opt_out and status != "complaint":
            fired += 4
    if (
        amount is not None
        and amount >= 10000
        and created is not None
        and "2026-04-01" <= created <= "2026-06-30"
    ):
        score += 35
    if postcode is not None:
        if country in ("france", "monaco", "belgium") and postcode.startswith(("06", "83", "98")):
            score += 9
        if country == "monaco" or postcode.startswith("98"):
            fired += 2
    elif country == "monaco":
        fired += 2
    return score * 64 + fired


def jalon(leads: list[Lead]) -> list[Contender]:
    import jalon

    made = []
    for question, file in ((STRICT, "leads-strict.jalon"), (FOLDED, "leads.jalon")):
        program = jalon.load(JOB / file)
        rules = [(program.rule(name).matches, 1 << bit) for bit, name in enumerate(RULES)]

        def answer(lead: Lead, score: Any = program.score, rules: Any = rules) -> int:
            fired = sum(bit for matches, bit in rules if matches(lead))
            return int(score("Fit", lead).total) * 64 + fired

        made.append(by_lead("Jalon", jalon.__version__, question, "dict", leads, answer))
        by_rules = by_index(program)
        made.append(by_lead("Jalon, matching", jalon.__version__, question, "dict", leads, by_rules))
        judge = program.judge("Fit", [program.rule(name) for name in RULES])
        made.append(by_lead("Jalon, judge", jalon.__version__, question, "dict", leads, judge, judged))
    return made


def by_index(program: Any) -> Callable[[Lead], int]:
    bits = {name: 1 << bit for bit, name in enumerate(RULES)}
    score, matching = program.score, program.matching

    def answer(lead: Lead) -> int:
        return int(score("Fit", lead).total) * 64 + sum(bits[name] for name in matching(lead))

    return answer


def judged(answer: tuple[Decimal, tuple[bool, ...]]) -> int:
    total, held = answer
    return int(total) * 64 + sum(1 << bit for bit, holds in enumerate(held) if holds)


def datalogic(leads: list[Lead]) -> list[Contender]:
    from datalogic_py import DataHandle, Engine

    engine = Engine()
    session = engine.session()
    conditions = json.loads((JOB / "jsonlogic.json").read_text())
    rules = [engine.compile(condition) for condition in conditions]
    # one rule that adds: one crossing
    parts = zip(conditions, WORTH, strict=True)
    added = engine.compile({"+": [{"if": [condition, worth, 0]} for condition, worth in parts]})
    handles = [DataHandle(lead) for lead in leads]

    def many(lead: Lead) -> list[str]:
        return session.evaluate_many(rules, DataHandle(lead))

    def worth(held: list[str]) -> int:
        return sum(worth for h, worth in zip(held, WORTH, strict=True) if h == "true")

    number = version("datalogic-py")
    return [
        by_lead("datalogic-py, one sum", number, STRICT, "prepared", handles, partial(session.evaluate_int, added)),
        by_lead(
            "datalogic-py, one sum",
            number,
            STRICT,
            "dict",
            leads,
            lambda lead: session.evaluate_int(added, DataHandle(lead)),
        ),
        by_lead("datalogic-py, evaluate_many", number, STRICT, "dict", leads, many, worth),
    ]


def zen(leads: list[Lead]) -> list[Contender]:
    import zen

    conditions = (JOB / "zen.txt").read_text().splitlines()
    rows = [
        {"_id": f"r{i}", "when": condition, "then": str(worth)}
        for i, (condition, worth) in enumerate(zip(conditions, WORTH, strict=True))
    ]
    table = {
        "nodes": [
            {"id": "in", "name": "request", "type": "inputNode", "content": {}},
            {
                "id": "table",
                "name": "table",
                "type": "decisionTableNode",
                "content": {
                    "hitPolicy": "collect",
                    "inputs": [{"id": "when", "name": "when"}],
                    "outputs": [{"id": "then", "name": "then", "field": "v"}],
                    "rules": rows,
                },
            },
            {"id": "out", "name": "response", "type": "outputNode", "content": {}},
        ],
        "edges": [
            {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "e2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }
    content = zen.ZenDecisionContent(json.dumps(table))
    engine = zen.ZenEngine({"loader": lambda _key: content})

    def answer(lead: Lead) -> Any:
        return engine.evaluate("job", lead)

    def collected(answer: Any) -> int:
        return sum(row["v"] for row in answer["result"])

    compiled = [
        (zen.compile_expression(condition), worth)
        for condition, worth in zip(conditions, WORTH, strict=True)
    ]

    def by_expression(lead: Lead) -> int:
        return sum(worth for expression, worth in compiled if expression.evaluate(lead))

    parts = (f"(({condition}) ? {worth} : 0)" for condition, worth in zip(conditions, WORTH, strict=True))
    added = zen.compile_expression(" + ".join(parts))
    number = version("zen-engine")
    return [
        by_lead("zen-engine, table", number, STRICT, "dict", leads, answer, collected),
        by_lead("zen-engine, expressions", number, STRICT, "dict", leads, by_expression),
        by_lead("zen-engine, one sum", number, STRICT, "dict", leads, added.evaluate),
    ]


def rule_engine(leads: list[Lead]) -> list[Contender]:
    from rule_engine import Rule

    conditions = (JOB / "rule-engine.txt").read_text().splitlines()
    rules = [(Rule(condition).matches, worth) for condition, worth in zip(conditions, WORTH, strict=True)]

    def answer(lead: Lead) -> int:
        return sum(worth for matches, worth in rules if matches(lead))

    return [by_lead("rule-engine", version("rule-engine"), STRICT, "dict", leads, answer)]

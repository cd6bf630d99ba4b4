"""`cargo xtask mutants MODULE…`: which mistakes in the core no test notices.

cargo-mutants says where a mistake can be put in; `weave.py` compiles all of them into one build,
each switched on by `JALON_MUTANT`. Each test runs once to learn which mutants it comes to, and what
it takes; then each mutant is tried with the tests that come to it, until one fails. `REASONS.md`
says why some need not be noticed. Needs cargo-mutants, and `pip install tree-sitter tree-sitter-rust`.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import re
import subprocess
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import suite
import weave

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "target" / "mutants"
TREE = HERE / "tree"
#: What was built, and what has been tried with it.
PLAN = HERE / "plan.pickle"
TRIED = HERE / "tried.ndjson"
RESULTS = ROOT / "mutants" / "RESULTS.md"
REASONS = ROOT / "mutants" / "REASONS.md"
CORE = "crates/jalon/src/"


def tree() -> None:
    """The commit that is checked out, in a folder of its own."""
    subprocess.run(["rm", "-rf", str(TREE)], check=True)
    TREE.mkdir(parents=True)
    archive = subprocess.Popen(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "x"], cwd=TREE, stdin=archive.stdout, check=True)


def module(mutant: weave.Mutant) -> str:
    return Path(mutant.file.removeprefix(CORE)).parts[0].removesuffix(".rs")


def key(name: str) -> str:
    """A mutant's name without the place, which moves."""
    return re.sub(r":\d+:\d+:", ":", name.removeprefix(CORE))


def woven(modules: list[str], env: dict[str, str]) -> tuple[list[weave.Mutant], dict[str, dict[str, int]]]:
    """Weaves the mutants of modules in; those that can be switched, and how many others there are of each."""
    sources = [f"{CORE}{name}{end}" for name in modules for end in (".rs", "/**")]
    raw = [one for one in weave.listed(TREE, sources) if "tests" not in Path(one["file"]).parts]
    raw = [one for one in raw if Path(one["file"]).stem != "tests"]
    files = {name: weave.File(name, (TREE / name).read_bytes()) for name in sorted({one["file"] for one in raw})}
    mutants = weave.mutants_of(raw, files)
    lib = TREE / CORE / "lib.rs"
    lib.write_text(lib.read_text() + "\nmod mutant;\n")
    (TREE / CORE / "mutant.rs").write_text(weave.SWITCH)
    unviable: set[int] = set()
    while True:
        tried = [mutant for mutant in mutants if mutant.number not in unviable]
        left_out = {mutant.number for mutant in weave.weave(TREE, tried, files)}
        found = weave.faulty(TREE, files, env)
        if not found:
            break
        unviable |= found
        print(f"{len(unviable)} of {len(mutants)} do not compile", flush=True)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"listed": 0, "do not compile": 0, "cannot be switched": 0})
    for mutant in mutants:
        of = counts[module(mutant)]
        of["listed"] += 1
        of["do not compile"] += mutant.number in unviable
        of["cannot be switched"] += mutant.number in left_out
    return [mutant for mutant in tried if mutant.number not in left_out], counts


def reasons() -> dict[str, str]:
    """Why a mutant need not be noticed, by its name without the place."""
    text = REASONS.read_text() if REASONS.exists() else ""
    return dict(re.findall(r"^- `(.+?)`: (.+)$", text, flags=re.M))


def report(of: str, tried: dict[weave.Mutant, str | None], unreached: set[int], counts: dict[str, int]) -> None:
    """Puts a module's part into the page, in place of what it said of it before."""
    describe = ["git", "rev-parse", "--short=7", "HEAD"]
    commit = subprocess.run(describe, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    known = reasons()
    missed = [mutant for mutant, by in tried.items() if by is None]
    excused = [mutant for mutant in missed if key(mutant.name) in known]
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    lines = [f"## {of}", "", f"{commit}: {len(tried) - len(missed)} of {len(tried)} noticed, {len(excused)} need not be ({told})."]
    if len(missed) > len(excused):
        lines.append("")
    for mutant in missed:
        if mutant not in excused:
            lines.append(f"- `{mutant.name.removeprefix(CORE)}`{' (no test comes to it)' if mutant.number in unreached else ''}")
    page = re.sub(rf"\n## {of}\n.*?(?=\n## |\Z)", "", RESULTS.read_text(), flags=re.S).rstrip() + "\n"
    RESULTS.write_text(page + "\n" + "\n".join(lines) + "\n")


def begun(modules: list[str], env: dict[str, str], jobs: int) -> tuple:
    """Builds it all, and keeps what it came to for `--resume`."""
    tree()
    mutants, counts = woven(modules, env)
    print(len(mutants), "can be switched", flush=True)
    tests = suite.traced(suite.built(TREE, env), env, jobs, HERE / "traces")
    print(f"{len(tests)} tests, {sum(test.seconds for test in tests):.0f} s", flush=True)
    plan = mutants, dict(counts), tests
    PLAN.write_bytes(pickle.dumps(plan))
    TRIED.write_text("")
    return plan


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 1)))
    parser.add_argument("--minutes", type=float, default=60, help="for all; what is not tried by then is told")
    parser.add_argument("--budget", type=float, default=15, help="the seconds for one mutant")
    parser.add_argument("--again", action="store_true", help="only those that the page lists as not noticed")
    parser.add_argument("--resume", action="store_true", help="go on with what was built the last time")
    options = parser.parse_args()
    env = suite.environment(HERE / "build")
    mutants, counts, tests = pickle.loads(PLAN.read_bytes()) if options.resume else begun(options.modules, env, options.jobs)
    results: dict[int, str | None] = dict(json.loads(line) for line in TRIED.read_text().splitlines())
    held = suite.Suite(tests, env)
    todo = [mutant for mutant in mutants if mutant.number not in results]
    if options.again:
        listed = {key(name) for name in re.findall(r"^- `(.+?)`", RESULTS.read_text(), flags=re.M)}
        todo = [mutant for mutant in todo if key(mutant.name) in listed]
    # At random, so that what is tried when time is up stands for the rest.
    random.Random(1).shuffle(todo)
    end = time.monotonic() + 60 * options.minutes

    def tried(mutant: weave.Mutant) -> None:
        if time.monotonic() > end:
            return
        results[mutant.number] = by = held.notices(mutant.number, mutant.file, options.budget)
        with TRIED.open("a") as lines:
            lines.write(json.dumps([mutant.number, by]) + "\n")
        print(f"{mutant.name}: {by or 'NOT NOTICED'}", flush=True)

    with ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(tried, todo))
    reached = set().union(*(test.reaches for test in tests))
    for of in counts:
        own = [mutant for mutant in mutants if module(mutant) == of]
        done = {mutant: results[mutant.number] for mutant in own if mutant.number in results}
        counts[of]["not tried"] = len(own) - len(done)
        report(of, done, {mutant.number for mutant in done} - reached, counts[of])


if __name__ == "__main__":
    main()

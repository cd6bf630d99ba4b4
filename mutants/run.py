"""`cargo xtask mutants MODULE…`: which mistakes in a module of the core no test notices.

cargo-mutants says where a mistake can be put in; `weave.py` compiles all of a module's into one
build, each switched on by `JALON_MUTANT`. The tests then run once for each, the quickest first,
until one fails. Needs cargo-mutants, and `pip install tree-sitter tree-sitter-rust`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import weave

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "target" / "mutants"
TREE = HERE / "tree"
RESULTS = ROOT / "mutants" / "RESULTS.md"
#: Few random cases: a mistake that takes thousands to be noticed is not noticed.
CASES = "24"
ENV = os.environ | {
    "CARGO_TARGET_DIR": str(HERE / "build"),
    "CARGO_PROFILE_DEV_DEBUG": "0",
    "CARGO_INCREMENTAL": "1",
    "PROPTEST_CASES": CASES,
    "PROPTEST_DISABLE_FAILURE_PERSISTENCE": "true",
    "INSTA_UPDATE": "no",
}


@dataclass
class Tests:
    """A binary of tests, or those of it whose names hold a word."""

    name: str
    binary: str
    arguments: list[str]
    seconds: float = 0.0

    def run(self, mutant: int | None, seconds: float) -> bool:
        """Whether all of them pass."""
        env = ENV if mutant is None else ENV | {"JALON_MUTANT": str(mutant)}
        command = [self.binary, "--test-threads", "1", "--quiet", *self.arguments]
        process = subprocess.Popen(
            command,
            cwd=TREE / "crates" / "jalon",
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            return False


def tree() -> None:
    """The commit that is checked out, in a folder of its own."""
    subprocess.run(["rm", "-rf", str(TREE)], check=True)
    TREE.mkdir(parents=True)
    archive = subprocess.Popen(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "x"], cwd=TREE, stdin=archive.stdout, check=True)


def woven(module: str) -> tuple[list[weave.Mutant], dict[str, int]]:
    """Weaves a module's mutants in; those that can be switched, and how many others there are."""
    sources = [f"crates/jalon/src/{module}.rs", f"crates/jalon/src/{module}/**"]
    raw = [one for one in weave.listed(TREE, sources) if "tests" not in Path(one["file"]).parts]
    raw = [one for one in raw if Path(one["file"]).stem != "tests"]
    files = {name: weave.File(name, (TREE / name).read_bytes()) for name in sorted({one["file"] for one in raw})}
    mutants = weave.mutants_of(raw, files)
    lib = TREE / "crates/jalon/src/lib.rs"
    lib.write_text(lib.read_text() + "\nmod mutant;\n")
    (TREE / "crates/jalon/src/mutant.rs").write_text(weave.SWITCH)
    unviable: set[int] = set()
    while True:
        tried = [mutant for mutant in mutants if mutant.number not in unviable]
        left_out = {mutant.number for mutant in weave.weave(TREE, tried, files)}
        found = weave.faulty(TREE, files, ENV)
        if not found:
            break
        unviable |= found
    switched = [mutant for mutant in tried if mutant.number not in left_out]
    return switched, {"listed": len(mutants), "do not compile": len(unviable), "left out": len(left_out)}


def built(module: str) -> list[Tests]:
    """The binaries of tests, the quickest first; those that fail without a mutant are told."""
    command = ["cargo", "test", "-p", "jalon", "--lib", "--tests", "--no-run", "--message-format=json"]
    run = subprocess.run(command, cwd=TREE, env=ENV, stdout=subprocess.PIPE, text=True, check=True)
    all_tests = []
    for line in run.stdout.splitlines():
        message = json.loads(line)
        binary = message.get("executable")
        if not binary or not message["profile"]["test"]:
            continue
        name = message["target"]["name"]
        if name == "jalon":
            own = f"{module}::"
            all_tests += [Tests(f"unit tests of {module}", binary, [own]), Tests("unit tests", binary, ["--skip", own])]
        else:
            all_tests.append(Tests(name, binary, []))
    sound = []
    for tests in all_tests:
        start = time.monotonic()
        passes = tests.run(None, 900)
        tests.seconds = time.monotonic() - start
        print(f"{tests.seconds:6.1f} s  {tests.name}{'' if passes else ': fails without a mutant, left out'}", flush=True)
        if passes:
            sound.append(tests)
    return sorted(sound, key=lambda tests: tests.seconds)


def caught(mutant: weave.Mutant, tests: list[Tests]) -> str | None:
    """Which tests notice it."""
    for one in tests:
        if not one.run(mutant.number, 30 + 8 * one.seconds):
            return one.name
    return None


def report(module: str, mutants: list[weave.Mutant], counts: dict[str, int], survivors: list[weave.Mutant]) -> None:
    """Puts a module's part into the page, in place of what it said of it before."""
    commit = subprocess.run(["git", "rev-parse", "--short=7", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    noticed = len(mutants) - len(survivors)
    lines = [f"## {module}", "", f"{commit.stdout.strip()}: {noticed} of {len(mutants)} noticed ({told})."]
    if survivors:
        lines += ["", *(f"- `{survivor.name.removeprefix('crates/jalon/src/')}`" for survivor in survivors)]
    page = RESULTS.read_text()
    page = re.sub(rf"\n## {module}\n.*?(?=\n## |\Z)", "", page, flags=re.S).rstrip() + "\n"
    RESULTS.write_text(page + "\n" + "\n".join(lines) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+", metavar="MODULE")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 1)))
    parser.add_argument("--minutes", type=float, default=60, help="for each module; what is not tried by then is told")
    parser.add_argument("--every", type=int, default=1, help="only each N-th mutant")
    options = parser.parse_args()
    for module in options.modules:
        tree()
        mutants, counts = woven(module)
        print(module, len(mutants), counts, flush=True)
        tests = built(module)
        end = time.monotonic() + 60 * options.minutes
        chosen = mutants[:: options.every]

        def tried(mutant: weave.Mutant) -> str | bool | None:
            if time.monotonic() > end:
                return False
            by = caught(mutant, tests)
            print(f"{mutant.name}: {by or 'NOT NOTICED'}", flush=True)
            return by

        with ThreadPoolExecutor(options.jobs) as pool:
            results = list(zip(chosen, pool.map(tried, chosen), strict=True))
        done = [mutant for mutant, by in results if by is not False]
        counts["not tried"] = len(mutants) - len(done)
        report(module, done, counts, [mutant for mutant, by in results if by is None])


if __name__ == "__main__":
    main()

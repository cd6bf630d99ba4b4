"""The tests that mutants are held to: what each takes, and which mutants it comes to."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

#: The crates whose tests count: the core, and those that run its reports and its columns.
CRATES = ["jalon", "jalon-arrow", "jalon-cli"]
#: Few random cases: a mistake that takes thousands to be noticed is not noticed.
CASES = "24"
MEMORY = 6 << 30


@dataclass
class Test:
    """One test, in a process of its own."""

    name: str
    binary: str
    folder: Path
    seconds: float = 0.0
    passes: bool = True
    #: The mutants that it comes to.
    reaches: set[int] = field(default_factory=set)

    def run(self, env: dict[str, str], seconds: float) -> bool:
        """Whether it passes within so much processor time; time that others take does not count."""

        def limit() -> None:
            most = max(1, round(seconds))
            resource.setrlimit(resource.RLIMIT_CPU, (most, most))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        process = subprocess.Popen(
            [self.binary, "--exact", self.name, "--test-threads", "1", "--quiet"],
            cwd=self.folder,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=limit,
        )
        try:
            return process.wait(60 + 10 * seconds) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            return False

    def traced(self, env: dict[str, str], trace: Path) -> Test:
        """Learns what it takes, and what it comes to."""
        trace.unlink(missing_ok=True)
        start = time.monotonic()
        self.passes = self.run(env | {"JALON_MUTANTS_REACHED": str(trace)}, 900)
        self.seconds = time.monotonic() - start
        if trace.exists():
            self.reaches = {int(line) for line in trace.read_text().split()}
            trace.unlink()
        return self


def environment(build: Path) -> dict[str, str]:
    """How everything is built and run."""
    return os.environ | {
        "CARGO_TARGET_DIR": str(build),
        "CARGO_PROFILE_DEV_DEBUG": "0",
        "CARGO_INCREMENTAL": "0",
        "PROPTEST_CASES": CASES,
        "PROPTEST_DISABLE_FAILURE_PERSISTENCE": "true",
        "INSTA_UPDATE": "no",
        "RUST_BACKTRACE": "0",
    }


def built(tree: Path, env: dict[str, str]) -> list[Test]:
    """All tests of the crates, not yet run."""
    packages = [word for crate in CRATES for word in ("-p", crate)]
    command = ["cargo", "test", *packages, "--lib", "--bins", "--tests", "--no-run", "--message-format=json"]
    run = subprocess.run(command, cwd=tree, env=env, stdout=subprocess.PIPE, text=True, check=True)
    tests = []
    for line in run.stdout.splitlines():
        message = json.loads(line)
        binary = message.get("executable")
        if not binary or not message["profile"]["test"]:
            continue
        folder = Path(message["manifest_path"]).parent
        listed = subprocess.run([binary, "--list", "--format", "terse"], cwd=folder, env=env, stdout=subprocess.PIPE, text=True, check=True)
        tests += [Test(name, binary, folder) for name in re.findall(r"^(.*): test$", listed.stdout, flags=re.M)]
    return tests


def traced(tests: list[Test], env: dict[str, str], jobs: int, traces: Path) -> list[Test]:
    """Runs each once without a mutant; those that fail so are told and left out."""
    traces.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(jobs) as pool:
        done = list(pool.map(lambda pair: pair[1].traced(env, traces / str(pair[0])), enumerate(tests)))
    for test in done:
        if not test.passes:
            print(f"fails without a mutant, left out: {test.name}", flush=True)
    return [test for test in done if test.passes]


class Suite:
    """The tests in the order in which they are likely to notice a mutant soonest."""

    def __init__(self, tests: list[Test], env: dict[str, str]):
        self.env = env
        # A test that comes to few places is likelier to look at them.
        self.tests = sorted(tests, key=lambda test: test.seconds * len(test.reaches))
        self.lately: dict[str, list[Test]] = {}

    def notices(self, number: int, file: str, budget: float) -> str | None:
        """The test that notices a mutant; which none does within the budget, in seconds, is nothing."""
        lately = self.lately.setdefault(file, [])
        first = [test for test in lately if number in test.reaches]
        rest = [test for test in self.tests if number in test.reaches and test not in first]
        end = time.monotonic() + budget
        for test in first + rest:
            if time.monotonic() > end:
                break
            if not test.run(self.env | {"JALON_MUTANT": str(number)}, 5 + 8 * test.seconds):
                if test in lately:
                    lately.remove(test)
                lately.insert(0, test)
                del lately[4:]
                return test.name
        return None

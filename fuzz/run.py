"""Runs fuzz targets for a time, keeps what they learnt, and adds it up in LOG.md.

    python3 fuzz/run.py [--minutes M] [TARGET…]        (or `cargo xtask fuzz …`)

Each target begins with its kept corpus (`kept/TARGET.tar.gz`) and with seeds made of the examples and
of the vectors, runs for M minutes (5 unless told), and leaves its corpus minimised. A finding stops its
target, is written to `artifacts/TARGET`, and makes the exit code 1."""

import argparse
import gzip
import re
import resource
import shutil
import subprocess
import sys
import tarfile
from datetime import date
from pathlib import Path

import seeds

HERE = Path(__file__).resolve().parent
LOG = HERE / "LOG.md"
# What one input may take before it counts as a hang, in seconds, under the address sanitizer.
TIMEOUT = 25
# The longest input that is made, in bytes.
LONGEST = {"executors": 3000, "kernels": 600, "criterion": 1500, "blueprint": 4000}
KEPT_BYTES = 2_000_000

HEAD = """# What the fuzz targets ran

Added up by `cargo xtask fuzz`: processor time of the targets themselves, under the address sanitizer; edges and corpus as they stood after the run.
What was found is mended, and kept as a vector or a test.

| date | commit | target | minutes | executions | edges | corpus | found |
|---|---|---|---:|---:|---:|---:|---|
"""


def unpack(target: str, corpus: Path) -> None:
    kept = HERE / "kept" / f"{target}.tar.gz"
    if kept.exists():
        with tarfile.open(kept) as archive:
            archive.extractall(corpus, filter="data")
    print(f"{target}: {seeds.write(target, corpus)} inputs to begin with", flush=True)


def pack(target: str, corpus: Path) -> int:
    """Keeps the smallest inputs that reach everything reached; how many there are."""
    small = HERE / "target/kept" / target
    shutil.rmtree(small, ignore_errors=True)
    small.mkdir(parents=True)
    binary = HERE / f"target/x86_64-unknown-linux-gnu/release/{target}"
    limits = [f"-timeout={TIMEOUT}", "-rss_limit_mb=4096"]
    subprocess.run([binary, "-merge=1", *limits, small, corpus], stderr=subprocess.DEVNULL, check=False)
    (HERE / "kept").mkdir(exist_ok=True)
    size = 0
    # The same corpus is the same file: nothing in it tells when it was written.
    with (
        gzip.GzipFile(HERE / "kept" / f"{target}.tar.gz", "w", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as archive,
    ):
        for path in sorted(small.iterdir(), key=lambda path: (path.stat().st_size, path.name)):
            size += path.stat().st_size
            if size > KEPT_BYTES:
                break
            info = tarfile.TarInfo(path.name)
            info.size = path.stat().st_size
            with path.open("rb") as file:
                archive.addfile(info, file)
    return len(list(small.iterdir()))


def run(target: str, minutes: float, commit: str) -> bool:
    """Runs a target and writes its line; whether nothing was found."""
    corpus, artifacts = HERE / "corpus" / target, HERE / "artifacts" / target
    artifacts.mkdir(parents=True, exist_ok=True)
    unpack(target, corpus)
    before = {path.name for path in artifacts.iterdir()}
    dictionary = HERE / "target/jalon.dict"
    options = [
        f"-max_total_time={round(minutes * 60)}", f"-timeout={TIMEOUT}", "-rss_limit_mb=4096",
        f"-max_len={LONGEST.get(target, seeds.MOST_BYTES)}", "-print_final_stats=1", f"-artifact_prefix={artifacts}/",
    ]
    if target not in {"executors", "kernels"}:
        seeds.dictionary(dictionary)
        options.append(f"-dict={dictionary}")
    binary = HERE / f"target/x86_64-unknown-linux-gnu/release/{target}"
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    ran = subprocess.run([binary, *options, corpus], capture_output=True, text=True, errors="replace", check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - used
    found = sorted({path.name for path in artifacts.iterdir()} - before)
    (HERE / "target" / f"{target}.log").write_text(ran.stderr)
    executions = re.search(r"number_of_executed_units: *(\d+)", ran.stderr)
    edges = re.findall(r" cov: (\d+)", ran.stderr)
    line = (
        date.today().isoformat(), commit, target, f"{used / 60:.1f}", executions[1] if executions else "?",
        edges[-1] if edges else "?", pack(target, corpus), "; ".join(found) or "nothing",
    )
    if not LOG.exists():
        LOG.write_text(HEAD)
    with LOG.open("a") as log:
        log.write("| " + " | ".join(map(str, line)) + " |\n")
    print("  ".join(map(str, line)), flush=True)
    return not found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(seeds.SEEDS):
        parser.error(f"no such target: {', '.join(sorted(unknown))} (there are {', '.join(seeds.SEEDS)})")
    targets = asked.targets or list(seeds.SEEDS)
    if subprocess.run(["cargo", "+nightly", "fuzz", "build"], cwd=HERE, check=False).returncode != 0:
        sys.exit("the fuzz targets need nightly Rust and cargo-fuzz: cargo install cargo-fuzz")
    described = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    commit = subprocess.run(described, cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()
    return 0 if all([run(target, asked.minutes, commit) for target in targets]) else 1


if __name__ == "__main__":
    sys.exit(main())

"""What the fuzz targets begin with: programs, criteria, records and events of the examples and of
the shared vectors, each in the shape that its target reads, and a dictionary of the language's words."""

import json
import random
import re
import subprocess
from hashlib import sha1
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 20_000


def files(pattern: str) -> list[Path]:
    """The files of the project that git knows, by a pattern of their paths."""
    listed = subprocess.run(["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines()]


def lines(text: "str | list[str] | None") -> str:
    """A program of a vector: its lines, or one text."""
    return "\n".join(text) if isinstance(text, list) else text or ""


def vectors(folder: str) -> "list[tuple[dict, dict]]":
    """Each case of a folder of vectors, with what its file says of all of them."""
    found = []
    for path in sorted((ROOT / "tests/vectors" / folder).glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        found += [(content, case) for case in content["cases"]]
    return found


def text_of(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def programs() -> list[str]:
    """Whole programs, and the declarations of each alone."""
    texts = [path.read_text("utf-8", errors="replace") for path in files("*.jalon")]
    for folder in ["diagnostics", "scores", "workflow", "criteria", "blueprints", "templates"]:
        for content, case in vectors(folder):
            shared = lines(content.get("program"))
            own = [lines(case.get(key)) for key in ("program", "rules")]
            texts.append("\n".join(part for part in [shared, *own] if part))
    declarations = [part for text in texts for part in re.split(r"\n(?=\S)", text)]
    return texts + declarations


def criteria() -> list[str]:
    found = []
    for folder in ["criteria", "diagnostics"]:
        for _, case in vectors(folder):
            criterion = case.get("criterion", [])
            found += criterion if isinstance(criterion, list) else [criterion]
    return found


def scored() -> list[str]:
    return [
        lines(content.get("program")) + "\0" + text_of(case.get("record", {}))
        for content, case in vectors("scores")
    ]


def decided() -> list[str]:
    found = []
    for content, case in vectors("workflow"):
        own = [lines(case.get(key)) for key in ("program", "rules")]
        program = "\n".join([lines(content.get("program")), *own])
        events = []
        for step in case.get("steps", []):
            event = dict(step.get("event", {}))
            event.setdefault("module", case.get("module", content.get("module")))
            event.setdefault("now", step.get("now", content.get("now")))
            events.append(text_of(event))
        found.append("\0".join([program, *events]))
    return found


def guided() -> list[bytes]:
    """Programs with blueprints, and bytes as calls of them."""
    chance = random.Random(7)
    texts = {lines(content.get("program")) for content, _ in vectors("blueprints")}
    texts |= {path.read_text("utf-8") for path in files("examples/blueprints/*.jalon")}
    texts.add("parcours P sur Affaires, champ Étape\n  états A, B, C, D\n  transition T de A vers B\n")
    return [
        text.encode() + b"\0" + bytes(chance.randrange(256) for _ in range(60)) for text in texts for _ in range(3)
    ]


def edited() -> list[bytes]:
    """Programs, and places in them at which an editor asks."""
    chance = random.Random(5)
    return [text.encode() + b"\0" + bytes(chance.randrange(256) for _ in range(16)) for text in programs()]


def forms() -> list[str]:
    """Programs as JSON, as the command line exports them."""
    build = ["cargo", "build", "--quiet", "--package", "jalon-cli"]
    subprocess.run(build, cwd=ROOT, check=True)
    meta = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1"], cwd=ROOT, capture_output=True, check=True
    )
    jalon = Path(json.loads(meta.stdout)["target_directory"]) / "debug/jalon"
    found = []
    for path in files("examples/*.jalon"):
        made = subprocess.run([jalon, "export", path, "--to", "json"], capture_output=True, text=True)
        if made.stdout.startswith("{"):
            whole = json.loads(made.stdout)
            found.append(text_of(whole))
            for one in whole.get("declarations", []):
                found.append(text_of({**whole, "declarations": [one]}))
    return found


def others() -> list[str]:
    """Other people's forms: the files of the importers' tests, and the JSON of the documentation."""
    found = criteria()[::5]
    for path in files("crates/jalon-interop/tests/data/*"):
        if path.suffix in {".json", ".xml", ".workflow"}:
            text = path.read_text("utf-8", errors="replace")
            found.append(text)
            if "jsonlogic" in str(path) and isinstance(cases := json.loads(text), list):
                found += [text_of(case["rule"]) for case in cases if isinstance(case, dict) and "rule" in case]
    for path in files("docs/en/guides/interop.md"):
        found += re.findall(r"```(?:json|xml)\n(.*?)```", path.read_text("utf-8"), re.S)
    return found


def templates() -> list[str]:
    found = []
    for _, case in vectors("templates"):
        for template in [case.get("template", "")]:
            found += [lines(template), lines(template) + "\0" + text_of(case.get("record", ""))]
    return found


def noise(count: int, longest: int) -> list[bytes]:
    chance = random.Random(11)
    return [bytes(chance.randrange(256) for _ in range(chance.randrange(longest // 5, longest))) for _ in range(count)]


SEEDS = {
    "parse": programs,
    "fmt": programs,
    "program": programs,
    "lsp": edited,
    "criterion": criteria,
    "score": scored,
    "decide": decided,
    "blueprint": guided,
    "form": forms,
    "interop": others,
    "template": templates,
    "executors": lambda: noise(40, 2500),
    "kernels": lambda: noise(20, 600),
}


def write(target: str, folder: Path) -> int:
    """Writes the seeds of a target, each named by its content; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS[target]():
        data = seed if isinstance(seed, bytes) else seed.encode()
        if len(data) <= MOST_BYTES:
            (folder / sha1(data).hexdigest()).write_bytes(data)
    return len(list(folder.iterdir()))


def dictionary(path: Path) -> None:
    """The words of the examples: keywords, operators, units and signs among them."""
    words: set[str] = set()
    for text in [p.read_text("utf-8", errors="replace") for p in files("*.jalon")] + criteria():
        words |= {word for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]+", text) if len(word.encode()) <= 24}
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in sorted(words))
    path.write_text("".join(f'"{word}"\n' for word in escaped))

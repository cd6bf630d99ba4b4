"""Weaves mutants into one build: each is switched on by a variable of the environment.

cargo-mutants says which mutants there are and what each replaces; building one by one would take a
minute each. Here all of a module's are compiled at once, and only the tests run for each.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import tree_sitter_rust
from tree_sitter import Language, Node, Parser

PARSER = Parser(Language(tree_sitter_rust.language()))
#: Where nothing may be asked when the program runs.
CONSTANT = {"const_item", "static_item", "enum_variant", "array_type", "const_block"}
SWITCH = """
//! Which mutant is on, and which are come to.
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};

static ON: LazyLock<u32> = LazyLock::new(|| {
    std::env::var("JALON_MUTANT").ok().and_then(|on| on.parse().ok()).unwrap_or(u32::MAX)
});
static TRACE: LazyLock<Option<Mutex<std::fs::File>>> = LazyLock::new(|| {
    let path = std::env::var_os("JALON_MUTANTS_REACHED")?;
    std::fs::File::options().create(true).append(true).open(path).ok().map(Mutex::new)
});
static REACHED: [AtomicU64; 1024] = [const { AtomicU64::new(0) }; 1024];

#[inline(never)]
pub fn is(number: u32) -> bool {
    if let Some(trace) = &*TRACE {
        let bit = 1 << (number % 64);
        if REACHED[number as usize / 64].fetch_or(bit, Ordering::Relaxed) & bit == 0 {
            let line = format!("{number}\\n");
            trace.lock().unwrap().write_all(line.as_bytes()).unwrap();
        }
    }
    *ON == number
}
"""


@dataclass(frozen=True)
class Mutant:
    number: int
    name: str
    file: str
    genre: str
    start: int
    end: int
    replacement: str


@dataclass
class Site:
    """A piece of source in which mutants replace something."""

    node: Node
    kind: str
    mutants: list[Mutant] = field(default_factory=list)


def listed(repo: Path, files: list[str]) -> list[dict]:
    command = ["cargo", "mutants", "--list", "--json", "-p", "jalon"]
    for file in files:
        command += ["-f", file]
    return json.loads(subprocess.run(command, cwd=repo, capture_output=True, check=True).stdout)


class File:
    def __init__(self, path: str, source: bytes):
        self.path = path
        self.source = source
        self.tree = PARSER.parse(source)
        self.starts = [0]
        for line in source.split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def offset(self, place: dict) -> int:
        start = self.starts[place["line"] - 1]
        line = self.source[start : self.starts[place["line"]]].decode()
        return start + len(line[: place["column"] - 1].encode())

    def text(self, start: int, end: int) -> str:
        return self.source[start:end].decode()

    def site(self, mutant: Mutant) -> Site | None:
        """Where a mutant belongs; nothing if it cannot be switched."""
        node = self.tree.root_node.descendant_for_byte_range(mutant.start, mutant.end)
        while node is not None:
            found = kind_of(node, mutant)
            if found:
                break
            node = node.parent
        if node is None or is_constant(node):
            return None
        return Site(node, found)


def kind_of(node: Node, mutant: Mutant) -> str | None:
    def at(child: Node | None) -> bool:
        return child is not None and child.start_byte == mutant.start

    genre, kind = mutant.genre, node.type
    if genre == "FnValue" and kind == "function_item":
        return "body"
    if genre == "BinaryOperator" and kind in ("binary_expression", "compound_assignment_expr"):
        return kind if at(node.child_by_field_name("operator")) else None
    if genre == "UnaryOperator" and kind == "unary_expression" and node.start_byte == mutant.start:
        return kind
    if genre in ("MatchArm", "MatchArmGuard") and kind == "match_arm":
        return kind
    return None


def is_constant(node: Node) -> bool:
    while node is not None:
        if node.type in CONSTANT:
            return True
        if node.type == "function_item":
            return any(c.type == "function_modifiers" and b"const" in c.text for c in node.children)
        node = node.parent
    return False


def has_let(node: Node | None) -> bool:
    return node is not None and (node.type in ("let_condition", "let_chain") or any(map(has_let, node.children)))


class Weaver:
    """A file with its mutants in it."""

    def __init__(self, file: File, mutants: list[Mutant]):
        self.file = file
        self.left_out: list[Mutant] = []
        self.sites: dict[tuple[int, int, str], Site] = {}
        for mutant in mutants:
            site = file.site(mutant)
            if site is None:
                self.left_out.append(mutant)
                continue
            key = (site.node.start_byte, site.node.end_byte, site.kind)
            self.sites.setdefault(key, site).mutants.append(mutant)
        self.order = sorted(self.sites.values(), key=lambda s: (s.node.start_byte, -s.node.end_byte))

    def woven(self) -> str:
        return self.range(0, len(self.file.source))

    def range(self, start: int, end: int, without: Site | None = None) -> str:
        out, at = [], start
        for site in self.order:
            a, b = site.node.start_byte, site.node.end_byte
            if a < at or b > end or site is without:
                continue
            out += [self.file.text(at, a), self.site(site)]
            at = b
        return "".join(out) + self.file.text(at, end)

    def inside(self, site: Site, node: Node) -> str:
        return self.range(node.start_byte, node.end_byte, site)

    def site(self, site: Site) -> str:
        number = site.mutants[0].number
        return f"/*<{number}*/{getattr(self, site.kind)(site)}/*>{number}*/"

    def body(self, site: Site) -> str:
        block = site.node.child_by_field_name("body")
        head = self.range(site.node.start_byte, block.start_byte, site)
        ifs = "".join(f"if {on(m)} {{ return {m.replacement}; }} " for m in site.mutants)
        inner = self.range(block.start_byte + 1, block.end_byte, site)
        return f"{head}{{ {ifs}{inner}"

    def binary_expression(self, site: Site) -> str:
        node = site.node
        left, right = (self.inside(site, node.child_by_field_name(f)) for f in ("left", "right"))
        operator = node.child_by_field_name("operator").text.decode()
        if operator in ("&&", "||"):
            cases = "".join(f"if {on(m)} {{ mutant_first {m.replacement} ({right}) }} else " for m in site.mutants)
            return f"({{ let mutant_first: bool = {left}; {cases}{{ mutant_first {operator} ({right}) }} }})"
        cases = "".join(f"if {on(m)} {{ {left} {m.replacement} {right} }} else " for m in site.mutants)
        return f"({cases}{{ {left} {operator} {right} }})"

    def compound_assignment_expr(self, site: Site) -> str:
        node = site.node
        left, right = (self.inside(site, node.child_by_field_name(f)) for f in ("left", "right"))
        operator = node.child_by_field_name("operator").text.decode()
        cases = "".join(f"if {on(m)} {{ {left} {m.replacement} {right} }} else " for m in site.mutants)
        return f"{{ {cases}{{ {left} {operator} {right} }} }}"

    def unary_expression(self, site: Site) -> str:
        node = site.node
        operand = self.range(node.start_byte + 1, node.end_byte, site)
        operator = self.file.text(node.start_byte, node.start_byte + 1)
        cases = "".join(f"if {on(m)} {{ {operand} }} else " for m in site.mutants)
        return f"({cases}{{ {operator}{operand} }})"

    def match_arm(self, site: Site) -> str:
        node = site.node
        pattern = node.child_by_field_name("pattern")
        guard = pattern.child_by_field_name("condition")
        rest = self.range(pattern.end_byte, node.end_byte, site)
        if has_let(guard):
            self.left_out += site.mutants
            return self.file.text(node.start_byte, pattern.end_byte) + rest
        condition = f"({self.inside(site, guard)})" if guard is not None else None
        ends = guard.start_byte if guard is not None else pattern.end_byte
        shown = self.file.text(node.start_byte, ends).rstrip()
        shown = shown.removesuffix("if").rstrip() if guard is not None else shown
        for mutant in site.mutants:
            if mutant.genre == "MatchArmGuard":
                true = mutant.replacement.strip() == "true"
                condition = f"({on(mutant)} || {condition})" if true else f"(!{on(mutant)} && {condition})"
        for mutant in site.mutants:
            if mutant.genre == "MatchArm":
                condition = f"!{on(mutant)} && {condition}" if condition else f"!{on(mutant)}"
        return f"{shown} if {condition}{rest}"


def on(mutant: Mutant) -> str:
    return f"crate::mutant::is({mutant.number})"


def replaced(raw: dict) -> str:
    text = raw.get("replacement", "")
    return re.sub(r"/\* ~ changed by cargo-mutants ~ \*/", "", text).strip()


def mutants_of(raw: list[dict], files: dict[str, File]) -> list[Mutant]:
    made = []
    for number, one in enumerate(raw):
        file = files[one["file"]]
        span = one["span"]
        made.append(
            Mutant(number, one["name"], one["file"], one["genre"], file.offset(span["start"]), file.offset(span["end"]), replaced(one))
        )
    return made


def weave(repo: Path, mutants: list[Mutant], files: dict[str, File]) -> list[Mutant]:
    """Writes the woven files; those that could not be woven."""
    by_file = defaultdict(list)
    for mutant in mutants:
        by_file[mutant.file].append(mutant)
    left_out = []
    for path, file in files.items():
        weaver = Weaver(file, by_file[path])
        (repo / path).write_text(weaver.woven())
        left_out += weaver.left_out
    return left_out


def faulty(repo: Path, files: dict[str, File], env: dict[str, str]) -> set[int]:
    """The mutants at which the compiler stops."""
    run = subprocess.run(
        ["cargo", "check", "-p", "jalon", "--lib", "--message-format=json", "--keep-going"],
        cwd=repo,
        env=env,
        capture_output=True,
        text=True,
    )
    found: set[int] = set()
    unplaced = []
    for line in run.stdout.splitlines():
        message = json.loads(line).get("message")
        if not isinstance(message, dict) or message.get("level") != "error":
            continue
        numbers = set()
        code = (message.get("code") or {}).get("code")
        for span in message.get("spans", []):
            if span["file_name"] in files and code == "E0004":
                numbers |= arms((repo / span["file_name"]).read_bytes(), span["byte_start"], span["byte_end"])
            if span["file_name"] in files and not numbers:
                numbers |= around((repo / span["file_name"]).read_bytes(), span["byte_start"], span["byte_end"])
                if numbers and span["is_primary"]:
                    break
        if numbers:
            found |= numbers
        elif message.get("spans"):
            unplaced.append(message["rendered"])
    if run.returncode and not found:
        raise SystemExit("".join(unplaced[:5]) or run.stderr[-3000:])
    return found


def arms(source: bytes, start: int, end: int) -> set[int]:
    """The mutants in the guards of a match that no longer says everything."""
    node = PARSER.parse(source).root_node.descendant_for_byte_range(start, end)
    while node is not None and node.type != "match_expression":
        node = node.parent
    if node is None:
        return set()
    found = set()
    for arm in node.child_by_field_name("body").children:
        pattern = arm.child_by_field_name("pattern") if arm.type == "match_arm" else None
        if pattern is not None:
            found |= {int(n) for n in re.findall(rb"mutant::is\((\d+)\)", pattern.text)}
    return found


def around(source: bytes, start: int, end: int) -> set[int]:
    """The innermost site around a place, by the marks in the text; all of its mutants."""
    stack: list[tuple[int, int]] = []
    best = None
    for mark in re.finditer(rb"/\*([<>])(\d+)\*/", source):
        if mark[1] == b"<":
            stack.append((int(mark[2]), mark.start()))
            continue
        number, began = stack.pop()
        if began <= start and end <= mark.end():
            best = source[began : mark.end()]
            break
    if best is None:
        return set()
    # Those of the site itself, not of what is inside it.
    depth, own, at = 0, b"", 0
    for mark in re.finditer(rb"/\*([<>])\d+\*/", best):
        if depth == 1:
            own += best[at : mark.start()]
        depth += 1 if mark[1] == b"<" else -1
        at = mark.end()
    return {int(n) for n in re.findall(rb"mutant::is\((\d+)\)", own)}

//! `# jalon: ignorer W0801`: warnings and notes that an author has seen and wants no more.
//!
//! At the head of a file a comment holds for the file, directly above a declaration for the
//! declaration, at the end of a line or directly above it for that line. Errors stay.

mod read;

use rustc_hash::FxHashMap;

use self::read::{Ignored, Instruction, instructions};
use crate::diagnostic::catalogue::{
    self, ERROR_IGNORED, IGNORES_NOTHING, NO_CODE_IGNORED, REMOVE_CODE, REMOVE_COMMENT, Severity,
    UNKNOWN_CODE_IGNORED, UNKNOWN_INSTRUCTION,
};
use crate::diagnostic::{Diagnostic, Edit, Fix, did_you_mean};
use crate::source::{SourceId, Sources, Span};
use crate::syntax::ast::Document;

/// Takes out the warnings and notes that comments ask to ignore.
pub fn heed(documents: &[Document], sources: &Sources, list: &mut Vec<Diagnostic>) {
    take_out(&mut held(documents, sources), list);
}

/// Takes out the warnings and notes that comments ask to ignore, and adds what is wrong with these
/// comments; of a list in which nothing is left to be found but the codes `unsought`, also those
/// that ignore nothing.
pub fn apply(
    documents: &[Document],
    sources: &Sources,
    unsought: Option<&[&str]>,
    list: &mut Vec<Diagnostic>,
) {
    let mut held = held(documents, sources);
    if held.is_empty() {
        return;
    }
    take_out(&mut held, list);
    let mut wrong = Vec::new();
    for instruction in held.values().flatten() {
        misread(instruction, &mut wrong);
    }
    if let Some(unsought) = unsought {
        // What is said of these comments can be ignored like everything else.
        let own = |ignored: &Ignored| ignored.code == IGNORES_NOTHING.id;
        let other = |ignored: &Ignored| !own(ignored) && !unsought.contains(&&*ignored.code);
        unused(&held, sources, &other, &mut wrong);
        take_out(&mut held, &mut wrong);
        unused(&held, sources, &own, &mut wrong);
    } else {
        take_out(&mut held, &mut wrong);
    }
    list.append(&mut wrong);
}

/// What comments ask for, by file.
fn held(documents: &[Document], sources: &Sources) -> FxHashMap<SourceId, Vec<Instruction>> {
    let mut held: FxHashMap<SourceId, Vec<Instruction>> = FxHashMap::default();
    for document in documents {
        if let Some(source) = sources.get(document.source)
            && source.text.contains("jalon")
        {
            let found = instructions(document, &source.text);
            if !found.is_empty() {
                held.insert(document.source, found);
            }
        }
    }
    held
}

/// Takes out what is to be ignored, and notes which codes have done so.
fn take_out(held: &mut FxHashMap<SourceId, Vec<Instruction>>, list: &mut Vec<Diagnostic>) {
    list.retain(|diagnostic| {
        if diagnostic.severity() == Severity::Error {
            return true;
        }
        let mut kept = true;
        for instruction in held.get_mut(&diagnostic.span.source).into_iter().flatten() {
            if !instruction.holds.contains(&diagnostic.span.start) {
                continue;
            }
            for ignored in instruction.codes.iter_mut().filter(|c| c.code == diagnostic.code.id) {
                ignored.used = true;
                kept = false;
            }
        }
        kept
    });
}

/// What cannot be read of a comment, and codes that cannot be ignored.
fn misread(instruction: &Instruction, out: &mut Vec<Diagnostic>) {
    if let Some((word, span)) = &instruction.verb_meant {
        let d = Diagnostic::new(&UNKNOWN_INSTRUCTION, *span).arg("name", word);
        out.push(d.suggest(did_you_mean(word, read::VERBS)));
        return;
    }
    if instruction.codes.is_empty() {
        let d = Diagnostic::new(&NO_CODE_IGNORED, instruction.comment);
        out.push(d.fix(whole(instruction)));
    }
    let all = catalogue::all();
    for (index, ignored) in instruction.codes.iter().enumerate() {
        let code = all.iter().find(|code| code.id == ignored.code);
        match code.map(|code| code.severity) {
            Some(Severity::Warning | Severity::Note) => {}
            Some(Severity::Error) => {
                let d = Diagnostic::new(&ERROR_IGNORED, ignored.span).arg("code", &ignored.code);
                out.push(d.fix(removal(instruction, index)));
            }
            None => {
                let ignorable = all.iter().filter(|code| code.severity != Severity::Error);
                let meant = did_you_mean(&ignored.code, ignorable.map(|code| code.id));
                let d = Diagnostic::new(&UNKNOWN_CODE_IGNORED, ignored.span)
                    .arg("code", &ignored.code)
                    .suggest(meant);
                out.push(d.fix(removal(instruction, index)));
            }
        }
    }
}

/// Codes that have ignored nothing.
fn unused(
    held: &FxHashMap<SourceId, Vec<Instruction>>,
    sources: &Sources,
    which: &dyn Fn(&Ignored) -> bool,
    out: &mut Vec<Diagnostic>,
) {
    let all = catalogue::all();
    let can_be =
        |id: &str| all.iter().any(|code| code.id == id && code.severity != Severity::Error);
    for (source, _) in sources.iter() {
        for instruction in held.get(&source).into_iter().flatten() {
            for (index, ignored) in instruction.codes.iter().enumerate() {
                if !ignored.used && which(ignored) && can_be(&ignored.code) {
                    let d = Diagnostic::new(&IGNORES_NOTHING, ignored.span);
                    let d = d.arg("code", &ignored.code);
                    out.push(d.fix(removal(instruction, index)));
                }
            }
        }
    }
}

/// Takes a code out of a comment, or the comment where it is the only one.
fn removal(instruction: &Instruction, index: usize) -> Fix {
    let codes = &instruction.codes;
    if codes.len() == 1 {
        return whole(instruction);
    }
    let span = codes[index].span;
    let span = match codes.get(index + 1) {
        Some(next) => Span { end: next.span.start, ..span },
        None => Span { start: codes[index - 1].span.end, ..span },
    };
    let edits = vec![Edit { span, text: String::new() }];
    Fix {
        title: &REMOVE_CODE,
        args: std::iter::once(("new", codes[index].code.clone())).collect(),
        edits,
    }
}

/// Takes a comment out.
fn whole(instruction: &Instruction) -> Fix {
    let edits = vec![Edit { span: instruction.whole, text: String::new() }];
    Fix { title: &REMOVE_COMMENT, args: std::collections::BTreeMap::new(), edits }
}

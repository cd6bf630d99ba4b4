//! Values of lists that nothing names, and values that are almost the same.

mod twins;

use rustc_hash::{FxHashMap, FxHashSet};

use self::twins::{Likeness, same_but_for_signs, twins};
use super::uses::{Named, Slot, Uses, slot};
use crate::checked::CheckedProgram;
use crate::diagnostic::catalogue::{
    ALMOST_SAME_VALUE, LIKE_THIS, REPLACE_WITH, SAME_BUT_FOR_SIGNS, SPELLED_OTHERWISE, UNUSED_VALUE,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::schema::{Field, FieldType, TextMode};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, DeclarationKind, Document, Name, Type};
use crate::value::fold::fold;

pub(super) fn lint(
    program: &CheckedProgram,
    documents: &[Document],
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) {
    let uses = Uses::of(program);
    let fields = program.schema.modules.iter().flat_map(|module| &module.fields);
    let by_place: FxHashMap<Span, &Field> =
        fields.clone().filter_map(|field| Some((field.span?, field))).collect();
    let mut listed: FxHashSet<Slot> = FxHashSet::default();
    let declarations = documents.iter().flat_map(|document| &document.declarations);
    for declaration in declarations {
        let DeclarationKind::Module(module) = &declaration.kind else { continue };
        for written in &module.fields {
            let (Type::Picklist(values) | Type::MultiPicklist(values)) = &written.ty else {
                continue;
            };
            let field = by_place.get(&written.name.span).or_else(|| by_place.get(&written.span));
            let Some(field) = field else { continue };
            listed.extend(slot(&field.key));
            declared_twins(values, field.mode, out);
            let named = slot(&field.key).and_then(|slot| uses.fields.get(&slot));
            if let Some(named) = named {
                unused(written, field, values, named, out);
            }
        }
    }
    let modes: FxHashMap<Slot, TextMode> =
        fields.filter_map(|field| Some((slot(&field.key)?, field.mode))).collect();
    let mut others: Vec<_> =
        uses.fields.iter().filter(|(slot, _)| !listed.contains(slot)).collect();
    others.sort_by_key(|(slot, _)| **slot);
    for (slot, named) in others {
        let mode = modes.get(slot).copied().unwrap_or_default();
        spelled_otherwise(named, mode, sources, out);
    }
}

/// Values of one list that are almost the same.
fn declared_twins(values: &[Name], mode: TextMode, out: &mut Vec<Diagnostic>) {
    let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
    for (first, second, likeness) in twins(&texts, mode) {
        let code = match likeness {
            Likeness::Signs => &SAME_BUT_FOR_SIGNS,
            Likeness::Letter => &ALMOST_SAME_VALUE,
        };
        let d = Diagnostic::new(code, values[second].span).arg("value", texts[second]);
        out.push(d.arg("other", texts[first]).label(values[first].span, LIKE_THIS));
    }
}

/// Values that nothing names, of a list of which almost all are named.
fn unused(
    written: &ast::Field,
    field: &Field,
    values: &[Name],
    named: &Named,
    out: &mut Vec<Diagnostic>,
) {
    if named.any || matches!(field.ty, FieldType::Formula(_)) {
        return;
    }
    let folded = |text: &str| fold(text, field.mode).into_owned();
    let whole: FxHashSet<String> = named.whole.iter().map(|(text, _)| folded(text)).collect();
    let parts: FxHashSet<String> = named.parts.iter().map(|text| folded(text)).collect();
    let is_used = |value: &&Name| {
        let value = folded(&value.text);
        whole.contains(&value) || parts.iter().any(|part| value.contains(part.as_str()))
    };
    let rest: Vec<&Name> = values.iter().filter(|value| !is_used(value)).collect();
    let used = values.len() - rest.len();
    // People choose values too: only the exception is worth a word.
    if used < 4 || used < rest.len() * 3 {
        return;
    }
    let mentioned: FxHashSet<String> = named.mentioned.iter().map(|text| folded(text)).collect();
    for value in rest.into_iter().filter(|value| !mentioned.contains(&folded(&value.text))) {
        let d = Diagnostic::new(&UNUSED_VALUE, value.span).arg("value", &value.text);
        out.push(d.arg("name", &written.name.text).arg("used", used).arg("all", values.len()));
    }
}

/// Values of a field without a list that are written in two ways.
fn spelled_otherwise(named: &Named, mode: TextMode, sources: &Sources, out: &mut Vec<Diagnostic>) {
    let mut counts: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    let mut texts: Vec<&str> = Vec::new();
    for (text, span) in &named.whole {
        if span.is_none() {
            continue;
        }
        let next = texts.len();
        let count = counts.entry(fold(text, mode).into_owned()).or_insert((next, 0));
        count.1 += 1;
        if count.0 == next {
            texts.push(text);
        }
    }
    for (first, second, _) in same_but_for_signs(&texts, mode) {
        let count = |index: usize| counts.get(&*fold(texts[index], mode)).map_or(0, |c| c.1);
        // The rarer one is taken for the mistake; of two as rare the later one.
        let (right, wrong) =
            if count(first) < count(second) { (second, first) } else { (first, second) };
        let place = |index: usize| {
            named.whole.iter().find_map(|(text, span)| span.filter(|_| text == texts[index]))
        };
        let (Some(here), Some(there)) = (place(wrong), place(right)) else { continue };
        let d = Diagnostic::new(&SPELLED_OTHERWISE, here).arg("value", texts[wrong]);
        let mut d = d.arg("other", texts[right]).label(there, LIKE_THIS);
        let line = sources.slice(here);
        if let (Some(at), 1) = (line.find(texts[wrong]), line.matches(texts[wrong]).count()) {
            let start = here.start + at as u32;
            let place = Span { start, end: start + texts[wrong].len() as u32, ..here };
            d = d.fix(Fix::replace(&REPLACE_WITH, place, texts[right]));
        }
        out.push(d);
    }
}

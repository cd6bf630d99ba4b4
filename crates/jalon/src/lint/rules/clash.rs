//! Two rules that write different values to one field of a record, on one event.

use rustc_hash::FxHashMap;

use super::keys::{Filed, Grid, Keys, keys};
use super::pairs::Pairs;
use super::reads::{Numbers, Reads, related};
use crate::checked::workflow::{ActionKind, Change, Rule, Target, Update};
use crate::checked::{ExprKind, FieldRef, Operand};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{Text, WRITES_CLASH, WRITES_MEET};
use crate::lint::criterion::Lints;
use crate::lint::criterion::sites::Sites;
use crate::lint::criterion::solve::Witness;
use crate::lint::criterion::space::Space;
use crate::plan::logic::Tree;
use crate::plan::pool::SourceId;
use crate::schema::TextMode;
use crate::source::Span;
use crate::value::Value;
use crate::value::fold::fold;

/// With so many earlier writes of its field a write is compared.
const MOST_COMPARED: usize = 32;

/// So many rules are named beside one.
const MOST_NAMED: usize = 5;

const OTHER_VALUE: Text = Text { fr: "l'autre valeur", en: "the other value" };
const ALSO: Text = Text { fr: "de même avec cette règle", en: "likewise with this rule" };

/// One update of a field of the rule's own record, to a constant.
struct Write<'p> {
    rule: usize,
    branch: usize,
    span: Span,
    field: &'p FieldRef,
    value: String,
    keys: Keys,
    reads: Reads,
}

/// What one rule writes otherwise than earlier ones.
struct Clash<'p> {
    other: usize,
    span: Span,
    there: Span,
    fields: Vec<&'p str>,
    /// Whether the criteria of both ask about one thing.
    related: bool,
    witness: Witness,
}

pub(super) fn lint<'p>(sites: &Sites<'_>, lints: &mut Lints<'p>) {
    let rules: &'p [Rule] = &lints.space.program.rules;
    let mut pairs = Pairs::new(rules);
    let mut clashes: FxHashMap<usize, Vec<Clash<'_>>> = FxHashMap::default();
    for writes in by_field(rules, sites, lints.space) {
        compare(&writes, &mut pairs, sites, lints, &mut clashes);
    }
    let mut clashes: Vec<(usize, Vec<Clash<'_>>)> = clashes.into_iter().collect();
    clashes.sort_unstable_by_key(|(rule, _)| *rule);
    for (rule, mut clashes) in clashes {
        clashes.sort_by_key(|clash| clash.other);
        for related in [true, false] {
            let of: Vec<_> = clashes.iter().filter(|clash| clash.related == related).collect();
            report(&rules[rule], &of, rules, lints);
        }
    }
}

/// The constant writes of each field, in source order.
fn by_field<'p>(rules: &'p [Rule], sites: &Sites<'_>, space: &Space<'_>) -> Vec<Vec<Write<'p>>> {
    let mut places: FxHashMap<_, usize> = FxHashMap::default();
    let mut all: Vec<Vec<Write<'p>>> = Vec::new();
    let mut numbers = Numbers::default();
    for (number, rule) in rules.iter().enumerate() {
        let reads = numbers.of(rule);
        for (branch, of) in rule.branches.iter().enumerate() {
            let mut last: FxHashMap<_, usize> = FxHashMap::default();
            let own = of.actions.iter().enumerate().filter_map(|(at, action)| {
                let (update, field) = own_update(&action.kind)?;
                let name = field.key.folded.first().map_or("", String::as_str);
                Some((at, action.span, update, field, (field.key.shape, field.key.slot, name)))
            });
            own.clone().for_each(|(at, .., key)| {
                last.insert(key, at);
            });
            // The last write of a field stays.
            for (at, span, update, field, key) in own {
                if last.get(&key) != Some(&at) {
                    continue;
                }
                let Some(value) = constant(update) else { continue };
                let at = *places
                    .entry((rule.module, rule.open_module.as_deref(), key))
                    .or_insert_with(|| {
                        all.push(Vec::new());
                        all.len() - 1
                    });
                let trees: Vec<&Tree> =
                    of.condition.iter().filter_map(|condition| sites.tree(condition)).collect();
                let keys = keys(&trees, space);
                let reads = reads[branch].clone();
                all[at].push(Write { rule: number, branch, span, field, value, keys, reads });
            }
        }
    }
    all
}

fn own_update(kind: &ActionKind) -> Option<(&Update, &FieldRef)> {
    let ActionKind::Update(update) = kind else { return None };
    match &update.target {
        Target::Own(field) => Some((update, field)),
        Target::Through { .. } | Target::Each { .. } => None,
    }
}

/// What an update writes, in a form in which equal values are equal; `None` of what is computed.
fn constant(update: &Update) -> Option<String> {
    if update.change != Change::Set {
        return None;
    }
    let text = |value: &Value| match value {
        Value::Text(text) => fold(text, TextMode::default()).into_owned(),
        Value::Number(number) => number.normalize().to_string(),
        other => format!("{other:?}"),
    };
    let values = update.values.iter().map(|expr| match &expr.kind {
        ExprKind::Const(value) => Some(text(value)),
        _ => None,
    });
    let mut values = values.collect::<Option<Vec<String>>>()?;
    values.sort_unstable();
    Some(values.join("\n"))
}

/// Compares the writes of one field.
fn compare<'p>(
    writes: &[Write<'p>],
    pairs: &mut Pairs<'p>,
    sites: &Sites<'_>,
    lints: &mut Lints<'p>,
    clashes: &mut FxHashMap<usize, Vec<Clash<'p>>>,
) {
    let key = most_used(writes);
    // Where some ask for a range of it, all are filed by stretches.
    let ranges = || writes.iter().filter_map(|write| write.keys.ranges.get(&key?));
    let by_value = |write: &Write<'_>| key.is_some_and(|key| write.keys.values.contains_key(&key));
    let as_ranges = writes
        .iter()
        .any(|w| !by_value(w) && key.is_some_and(|key| w.keys.ranges.contains_key(&key)));
    let grid = as_ranges.then(|| Grid::of(ranges()));
    let values = |write: &Write<'_>| match &grid {
        Some(grid) => grid.stretches(write.keys.ranges.get(&key?)?),
        None => write.keys.values.get(&key?).cloned(),
    };
    let mut filed = Filed::default();
    for (number, write) in writes.iter().enumerate() {
        let of = values(write);
        let counts =
            |other: usize| writes[other].rule != write.rule && writes[other].value != write.value;
        let (beside, more) = filed.beside(of.as_ref(), MOST_COMPARED, counts);
        lints.solver.allow(lints.steps);
        let place = (write.rule, write.branch);
        for other in beside.into_iter().map(|other| &writes[other]) {
            let related = related(&write.reads, &other.reads);
            let known = clashes.get(&write.rule).map_or(&[][..], Vec::as_slice);
            let alike = || known.iter().enumerate().filter(|(_, clash)| clash.related == related);
            let same = alike().find(|(_, clash)| clash.other == other.rule).map(|(at, _)| at);
            if same.is_none() && alike().count() >= MOST_NAMED {
                continue;
            }
            let name = write.field.key.names.first().map_or("", String::as_str);
            if let Some(clash) = same.and_then(|at| clashes.get_mut(&write.rule)?.get_mut(at)) {
                if clash.fields.contains(&name) {
                    continue;
                }
                if pairs.witness(place, (other.rule, other.branch), sites, lints).is_some() {
                    clash.fields.push(name);
                }
                continue;
            }
            if let Some(witness) = pairs.witness(place, (other.rule, other.branch), sites, lints) {
                clashes.entry(write.rule).or_default().push(Clash {
                    other: other.rule,
                    span: write.span,
                    there: other.span,
                    fields: vec![name],
                    related,
                    witness,
                });
            }
        }
        // Where as many as are named have been found, others would not be named.
        let told = clashes.get(&write.rule).is_some_and(|told| told.len() >= MOST_NAMED);
        lints.analysis.undecided += usize::from(more && !told);
        filed.add(number, of.as_ref());
    }
}

/// The field that most writes are keyed by.
fn most_used(writes: &[Write<'_>]) -> Option<SourceId> {
    let mut counts: FxHashMap<SourceId, usize> = FxHashMap::default();
    for write in writes {
        let ranges = write.keys.ranges.keys().filter(|key| !write.keys.values.contains_key(key));
        for source in write.keys.values.keys().chain(ranges) {
            *counts.entry(*source).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(source, count)| (*count, std::cmp::Reverse(*source)))
        .map(|(source, _)| source)
}

fn report(rule: &Rule, clashes: &[&Clash<'_>], rules: &[Rule], lints: &mut Lints<'_>) {
    let Some(first) = clashes.first() else { return };
    let fields: Vec<String> = first.fields.iter().map(|field| format!("`{field}`")).collect();
    let code = if first.related { &WRITES_CLASH } else { &WRITES_MEET };
    let mut found = Diagnostic::new(code, first.span)
        .arg("name", &rule.name)
        .arg("other", &rules[first.other].name)
        .arg("fields", fields.join(", "))
        .arg("witness", shown(&first.witness, lints.space))
        .label(first.there, OTHER_VALUE);
    for clash in &clashes[1..] {
        found = found.label(rules[clash.other].span, ALSO);
    }
    lints.report(found);
}

/// A record as text: `Pays = france monaco`; what is empty is left out.
fn shown(witness: &Witness, space: &Space<'_>) -> String {
    let shown = witness.iter().filter_map(|(source, value)| {
        let Operand::Field(field) = space.source(*source) else { return None };
        if field.depth > 0 {
            return None;
        }
        let value = match value {
            Value::Bool(true) => "✓".to_owned(),
            Value::Text(text) => text.clone(),
            Value::List(items) => items.iter().filter_map(text_of).collect::<Vec<_>>().join(" + "),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::DateTime(local) => local.to_string(),
            Value::Instant(instant) => instant.to_string(),
            Value::Empty | Value::Bool(false) | Value::Record(_) | Value::Invalid(_) => {
                return None;
            }
        };
        Some(format!("`{}` = `{value}`", field.key.names.first().map_or("", String::as_str)))
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() { "∅".to_owned() } else { shown.join(", ") }
}

fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

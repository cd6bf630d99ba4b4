//! Prints rules: two spaces a level, `alors` on its own line.

use super::criterion::lapse;
use super::{head, label, labels, print_action, print_criterion};
use crate::lang::Lang;
use crate::lexicon::Unit;
use crate::syntax::ast::{Branch, DateTrigger, Later, Rule, TriggerKind};
use crate::syntax::keyword::{self, Kind, printed};
use crate::syntax::rule::branch::UNCHECKED;
use crate::syntax::rule::lapse::AT;
use crate::syntax::rule::trigger::{
    AFTER, BEFORE, EVERY, FALLS, IDLE, RISES, SCORE, TRIGGERS, TriggerWord,
};
use crate::syntax::rule::{CLAUSES, Clause};

/// The lines of a rule.
pub(super) fn print(out: &mut Vec<String>, rule: &Rule, lang: Lang) {
    let word = |clause| keyword::spelling(CLAUSES, &clause, lang);
    out.push(head(Kind::Rule, &rule.name, rule.module.as_ref(), lang));
    for trigger in &rule.triggers {
        out.push(format!("  {} {}", word(Clause::When), print_trigger(&trigger.kind, lang)));
    }
    for (index, branch) in rule.branches.iter().enumerate() {
        let opening = match (index, branch.criterion.is_some()) {
            (0, true) => Some(Clause::If),
            (0, false) => None,
            (_, true) => Some(Clause::ElseIf),
            (_, false) => Some(Clause::Else),
        };
        let criterion = branch.criterion.as_ref().map(|c| print_criterion(c, lang));
        if let Some(opening) = opening {
            let criterion = criterion.map_or_else(String::new, |c| format!(" {c}"));
            out.push(format!("  {}{criterion}", word(opening)));
        }
        if let Some((_, repetition)) = rule.repetition.filter(|_| index == 0) {
            out.push(format!("  {}", word(Clause::Repeat(repetition))));
        }
        if opening != Some(Clause::Else) && !(branch.actions.is_empty() && branch.later.is_empty())
        {
            out.push(format!("  {}", word(Clause::Then)));
        }
        actions(out, branch, lang);
    }
}

fn actions(out: &mut Vec<String>, branch: &Branch, lang: Lang) {
    out.extend(branch.actions.iter().map(|action| format!("    {}", print_action(action, lang))));
    for later in &branch.later {
        out.push(format!("  {}", print_later(later, lang)));
        out.extend(
            later.actions.iter().map(|action| format!("    {}", print_action(action, lang))),
        );
    }
}

/// `puis 3 jours après à 10h30, sans revérifier`
fn print_later(later: &Later, lang: Lang) -> String {
    let then = keyword::spelling(CLAUSES, &Clause::Later, lang);
    let after = lapse(later.after, lang);
    let mut words = vec![then.to_owned(), after];
    if lang == Lang::Fr {
        words.push(printed(AFTER, lang).to_owned());
    }
    words.extend(later.at.as_ref().map(|at| format!("{} {}", printed(AT, lang), at.text)));
    let unchecked =
        if later.unchecked { [", ", printed(UNCHECKED, lang)].concat() } else { String::new() };
    words.join(" ") + &unchecked
}

pub(super) fn print_trigger(trigger: &TriggerKind, lang: Lang) -> String {
    let word = |trigger| keyword::spelling(TRIGGERS, &trigger, lang).to_owned();
    match trigger {
        TriggerKind::Created => word(TriggerWord::Created),
        TriggerKind::Updated => word(TriggerWord::Updated),
        TriggerKind::CreatedOrUpdated => word(TriggerWord::CreatedOrUpdated),
        TriggerKind::Deleted => word(TriggerWord::Deleted),
        TriggerKind::Manual => word(TriggerWord::Manual),
        TriggerKind::Changed(fields) => {
            let changed = if fields.len() > 1 { "modifiés" } else { "modifié" };
            format!("{} {}", labels(fields), lang.pick(changed, "changed"))
        }
        TriggerKind::Criterion(criterion) => print_criterion(criterion, lang),
        TriggerKind::Date(date) => print_date(date, lang),
        TriggerKind::Score { score, rising, threshold } => {
            let verb = printed(if *rising { RISES } else { FALLS }, lang);
            format!("{} {} {verb} {}", printed(SCORE, lang), label(score), threshold.text)
        }
        TriggerKind::Event(event) => label(event),
        TriggerKind::Idle(length) => format!("{} {}", printed(IDLE, lang), lapse(*length, lang)),
    }
}

/// `3 jours avant Date Prochain Push à 10h30, chaque année`
fn print_date(date: &DateTrigger, lang: Lang) -> String {
    let mut words = Vec::new();
    words.extend(date.offset.map(|offset| {
        let way = printed(if offset.after { AFTER } else { BEFORE }, lang);
        format!("{} {way}", lapse(offset.lapse, lang))
    }));
    words.push(label(&date.field));
    words.extend(date.at.as_ref().map(|at| format!("{} {}", printed(AT, lang), at.text)));
    let every =
        date.every.map(|every| format!(", {} {}", printed(EVERY, lang), single(every, lang)));
    words.join(" ") + &every.unwrap_or_default()
}

/// The unit behind `chaque`.
fn single(unit: Unit, lang: Lang) -> &'static str {
    super::criterion::unit_word(unit, 1, lang)
}

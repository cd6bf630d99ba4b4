//! Approvals: which records, who is asked level by level, and what is done then.

use rustc_hash::FxHashMap;

use super::Checker;
use super::calendars::Calendars;
use super::modules::duplicate;
use super::scope::Scope;
use crate::checked::approval::{Approval, Deadline, Lapsed, Level, Quorum};
use crate::checked::blueprint::Owner;
use crate::checked::names::fold;
use crate::checked::workflow::{Action, Trigger, TriggerKind};
use crate::checked::{CheckedProgram, FieldRef};
use crate::diagnostic::catalogue::{
    APPROVAL_TWICE, APPROVER_TWICE, ESCALATES_TO_SAME, EVERYONE_APPROVES, INSERT, NEEDLESS_QUORUM,
    NEVER_SUBMITTED, NOT_SUBMITTED_BY, REMINDER_TOO_EARLY,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::lang::Lang;
use crate::source::Span;
use crate::syntax::ast::{self, DeclarationKind, Lapse};

/// Where each name stands first, by module.
type FirstNames = FxHashMap<(Option<String>, String), Span>;

impl Checker<'_> {
    /// Checks all approvals, after the calendars that they name.
    pub(super) fn all_approvals(
        &mut self,
        documents: &[ast::Document],
        program: &mut CheckedProgram,
    ) {
        let calendars = Calendars::new(self.sources, program);
        let mut names = FirstNames::default();
        for document in documents {
            self.lang = document.lang;
            for declaration in &document.declarations {
                let DeclarationKind::Approval(approval) = &declaration.kind else { continue };
                let english = self.sources.slice(declaration.span).starts_with("approval");
                self.last_lang = Some(if english { Lang::En } else { Lang::Fr });
                let checked = self.approval(approval, &calendars, &mut names);
                program.approvals.push(checked);
            }
        }
    }

    fn approval(
        &mut self,
        approval: &ast::Approval,
        calendars: &Calendars,
        names: &mut FirstNames,
    ) -> Approval {
        let name = &approval.name;
        let scope = self.scope_on(approval.module.as_ref(), name);
        let first = *names.entry((scope.module_key(), fold(&name.text))).or_insert(name.span);
        if first != name.span {
            duplicate(&mut self.found, &APPROVAL_TWICE, name, "", first);
        }
        let (triggers, condition) = self.submission(&scope, approval);
        let lock = approval.lock.as_ref().map(|lock| self.unlocked(&scope, &lock.except));
        let mut levels = Vec::with_capacity(approval.levels.len());
        for level in &approval.levels {
            levels.push(self.level(&scope, level, calendars));
        }
        let actions: [Vec<Action>; 4] =
            [&approval.submitted, &approval.approved, &approval.rejected, &approval.recalled]
                .map(|actions| self.actions(&scope, actions));
        let [submitted, approved, rejected, recalled] = actions;
        if condition.is_none() {
            for actions in [&submitted, &approved, &rejected, &recalled] {
                self.guard_deletes(actions);
            }
        }
        Approval {
            name: name.text.clone(),
            span: name.span,
            module: scope.module(),
            open_module: scope.open_module().map(str::to_owned),
            inactive: approval.inactive,
            triggers,
            condition,
            lock,
            delegation: !approval.no_delegation,
            owner: self.owner(&scope).map(|found| found.field),
            levels,
            submitted,
            approved,
            rejected,
            recalled,
        }
    }

    /// When records are submitted, and which.
    fn submission(
        &mut self,
        scope: &Scope,
        approval: &ast::Approval,
    ) -> (Vec<Trigger>, Option<crate::checked::Condition>) {
        self.changes = true;
        let mut triggers = Vec::with_capacity(approval.triggers.len());
        for written in &approval.triggers {
            let Some(trigger) = self.trigger(scope, written) else { continue };
            if submits(&trigger.kind) {
                triggers.push(trigger);
            } else {
                let error = Diagnostic::new(&NOT_SUBMITTED_BY, written.span);
                self.report(error.arg("name", &trigger.source));
            }
        }
        let condition = approval.criterion.as_ref().map(|c| self.criterion(scope, c));
        self.changes = false;
        if approval.triggers.is_empty() && !approval.inactive {
            let name = &approval.name;
            let head = approval.module.as_ref().map_or(name.span, |module| module.span);
            let at = Span { start: head.end, ..head };
            let lang = self.last_lang.unwrap_or_default();
            let line = lang.pick("\n  quand créé ou modifié", "\n  when created or updated");
            let warning = Diagnostic::new(&NEVER_SUBMITTED, name.span).arg("name", &name.text);
            let mut fix = Fix::replace(&INSERT, at, line);
            fix.args.insert("new", line.trim().to_owned());
            self.report(warning.fix(fix));
        }
        (triggers, condition)
    }

    /// The fields that a lock leaves open.
    fn unlocked(&mut self, scope: &Scope, names: &[ast::Name]) -> Vec<FieldRef> {
        let mut fields = Vec::with_capacity(names.len());
        for name in names {
            match self.field(scope, name) {
                None => self.unknown_field(scope, name),
                Some(found) if found.is_far() && scope.module().is_some() => {
                    self.of_another_record(name);
                }
                Some(found) => fields.push(found.field),
            }
        }
        fields
    }

    fn level(&mut self, scope: &Scope, level: &ast::Level, calendars: &Calendars) -> Level {
        let approvers = self.approvers(scope, &level.approvers);
        if let [only] = approvers.as_slice()
            && matches!(only, Owner::User(_) | Owner::OfField(_) | Owner::RecordOwner(_))
            && matches!(level.quorum, Some(Quorum::All | Quorum::Majority))
        {
            self.error(&NEEDLESS_QUORUM, level.span);
        }
        let deadline = level.deadline.as_ref();
        let deadline =
            deadline.map(|written| self.level_deadline(scope, written, &approvers, calendars));
        let condition = level.criterion.as_ref().map(|c| self.criterion(scope, c));
        Level {
            span: level.span,
            source: self.text(level.span),
            approvers,
            quorum: level.quorum.unwrap_or(Quorum::One),
            deadline,
            condition,
        }
    }

    /// Those who are asked; the second of the same is reported.
    fn approvers(&mut self, scope: &Scope, written: &[ast::Owner]) -> Vec<Owner> {
        let mut all: Vec<Owner> = Vec::with_capacity(written.len());
        for owner in written {
            match self.approver(scope, owner) {
                Some(approver) if all.iter().any(|known| same(known, &approver)) => {
                    let warning = Diagnostic::new(&APPROVER_TWICE, owner.span);
                    let name = self.text(owner.span);
                    self.report(warning.arg("name", name));
                }
                found => all.extend(found),
            }
        }
        all
    }

    fn approver(&mut self, scope: &Scope, owner: &ast::Owner) -> Option<Owner> {
        let approver = self.somebody(scope, owner)?;
        if approver == Owner::Everyone {
            self.error(&EVERYONE_APPROVES, owner.span);
            return None;
        }
        Some(approver)
    }

    fn level_deadline(
        &mut self,
        scope: &Scope,
        written: &ast::LevelDeadline,
        approvers: &[Owner],
        calendars: &Calendars,
    ) -> Deadline {
        let lapses: Vec<Lapse> =
            std::iter::once(&written.after).chain(&written.reminders).copied().collect();
        self.lengths(&lapses, written.calendar.as_ref(), calendars);
        for before in &written.reminders {
            if before.unit == written.after.unit && before.count > written.after.count {
                self.error(&REMINDER_TOO_EARLY, before.span);
            }
        }
        let calendar = written.calendar.as_ref();
        let calendar = calendar.and_then(|name| self.calendar_named(name, calendars));
        let then = match &written.then {
            None | Some(ast::Lapsed::Remind) => Lapsed::Remind,
            Some(ast::Lapsed::Approve) => Lapsed::Approve,
            Some(ast::Lapsed::Reject) => Lapsed::Reject,
            Some(ast::Lapsed::Escalate(people)) => {
                Lapsed::Escalate(self.escalation(scope, people, approvers))
            }
        };
        let of = |lapse: &Lapse| (lapse.count, lapse.unit);
        let reminders = written.reminders.iter().map(of).collect();
        Deadline { after: of(&written.after), calendar, reminders, then }
    }

    /// To whom a level is escalated; those who are asked already are reported.
    fn escalation(
        &mut self,
        scope: &Scope,
        people: &[ast::Owner],
        approvers: &[Owner],
    ) -> Vec<Owner> {
        let mut all = Vec::with_capacity(people.len());
        for owner in people {
            let Some(found) = self.approver(scope, owner) else { continue };
            if approvers.iter().any(|known| same(known, &found)) {
                let warning = Diagnostic::new(&ESCALATES_TO_SAME, owner.span);
                let name = self.text(owner.span);
                self.report(warning.arg("name", name));
            }
            all.push(found);
        }
        all
    }
}

/// Whether two are the same somebody: names compare as text does.
fn same(a: &Owner, b: &Owner) -> bool {
    match (a, b) {
        (Owner::User(a), Owner::User(b))
        | (Owner::Role(a), Owner::Role(b))
        | (Owner::Group(a), Owner::Group(b))
        | (Owner::Profile(a), Owner::Profile(b)) => fold(a) == fold(b),
        (Owner::RecordOwner(a) | Owner::OfField(a), Owner::RecordOwner(b) | Owner::OfField(b)) => {
            a.key == b.key
        }
        _ => false,
    }
}

/// Whether a trigger is a save of the record, or somebody's wish.
fn submits(trigger: &TriggerKind) -> bool {
    match trigger {
        TriggerKind::Created
        | TriggerKind::Updated
        | TriggerKind::CreatedOrUpdated
        | TriggerKind::Changed(_)
        | TriggerKind::Criterion(_)
        | TriggerKind::Manual => true,
        TriggerKind::Deleted
        | TriggerKind::Date(_)
        | TriggerKind::Score { .. }
        | TriggerKind::Event(_)
        | TriggerKind::Idle(..) => false,
    }
}

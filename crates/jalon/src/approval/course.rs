//! The course of a request: levels asked one after the other, votes counted, deadlines passed.

use std::sync::Arc;

use super::obstacle::Obstacle;
use super::request::{
    Act, Approval, Approver, Cast, Delegation, Entry, Lapse, Seat, Status, Verdict, Waiting,
};
use crate::checked::CheckedProgram;
use crate::checked::approval::{self as checked, Lapsed, Level, Quorum};
use crate::checked::blueprint::Owner;
use crate::lang::Lang;
use crate::lexicon::Unit;
use crate::users::{User, Users};
use crate::value::typed::{self, Typed};
use crate::value::{Clock, FieldKey, Instant, Record, ValueRef};

/// What a request goes on with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'g> {
    pub(crate) program: &'g CheckedProgram,
    pub(crate) declared: &'g checked::Approval,
    /// The content of its levels now.
    pub(crate) content: &'g str,
    /// Of each level, whether its condition holds of the record now.
    pub(crate) holds: &'g [bool],
    /// The record now.
    pub(crate) record: &'g dyn Record,
    pub(crate) users: &'g Users,
    pub(crate) clock: &'g Clock,
    pub(crate) now: Instant,
    pub(crate) lang: Lang,
}

/// Somebody is to be told of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) kind: NoticeKind,
    /// As effects name them.
    pub(crate) to: Vec<String>,
}

/// Of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoticeKind {
    Asked,
    Reminded,
    Escalated,
}

impl Ground<'_> {
    /// A new request; no level is asked yet. It goes on with the history of the one before.
    pub(crate) fn submit(&self, by: Option<&User>, before: Option<&Approval>) -> Approval {
        let mut request = Approval {
            approval: self.declared.name.as_str().into(),
            content: self.content.into(),
            status: Status::Pending,
            level: 0,
            since: self.now,
            due: None,
            by: by.map(|user| user.name.clone()),
            submitted: self.now,
            quorum: Quorum::One,
            seats: Vec::new(),
            delegations: Vec::new(),
            history: before.map(|before| before.history.clone()).unwrap_or_default(),
        };
        self.note(&mut request, by, Act::Submitted, None);
        request
    }

    /// Asks the next level whose condition holds; without one the request is approved.
    pub(crate) fn next_level(&self, request: &mut Approval) -> Option<Notice> {
        request.seats.clear();
        request.delegations.clear();
        request.due = None;
        let asked = request.level as usize;
        for (index, level) in self.declared.levels.iter().enumerate().skip(asked) {
            request.level = index as u32 + 1;
            if !self.holds.get(index).copied().unwrap_or(true) {
                self.note(request, None, Act::Skipped, None);
                continue;
            }
            request.since = self.now;
            request.quorum = level.quorum;
            request.seats = self.seats(&level.approvers, level.quorum);
            request.due = self.end(level, self.now);
            self.note(request, None, Act::Asked, None);
            return Some(Notice { kind: NoticeKind::Asked, to: request.awaited() });
        }
        self.end_with(request, None, Status::Approved, None);
        None
    }

    /// What stands in the way of a user's vote on the level at hand.
    pub(crate) fn may_vote(&self, request: &Approval, by: Option<&User>) -> Vec<Obstacle> {
        let mut obstacles = self.standing(request);
        match by {
            None => obstacles.push(Obstacle::NoActor),
            Some(by) if request.is_pending() => obstacles.extend(self.not_theirs(request, by)),
            Some(_) => {}
        }
        obstacles
    }

    /// What stands in the way of anything at all.
    fn standing(&self, request: &Approval) -> Vec<Obstacle> {
        if !request.is_pending() {
            return vec![Obstacle::NotPending { status: Some(request.status) }];
        }
        if *request.content != *self.content {
            return vec![Obstacle::Changed];
        }
        Vec::new()
    }

    /// Why no open seat is a user's.
    fn not_theirs(&self, request: &Approval, by: &User) -> Option<Obstacle> {
        if !request.seats_of(by).is_empty() {
            return None;
        }
        let name = by.name.to_string();
        let voted = |seat: &Seat| seat.vote.as_ref().is_some_and(|vote| by.is(&vote.by));
        if request.seats.iter().any(voted) {
            return Some(Obstacle::Answered { by: name });
        }
        let given = request.delegations.iter().rev().find(|delegation| by.is(&delegation.from));
        if let Some(given) = given {
            return Some(Obstacle::HandedOver { by: name, to: given.to.to_string() });
        }
        let open = request.seats.iter().filter(|seat| seat.vote.is_none());
        let asked = open.map(|seat| seat.who.shown(self.lang)).collect();
        Some(Obstacle::NotAsked { by: name, asked })
    }

    /// A user answers, for every open seat that is theirs; somebody may be asked then.
    pub(crate) fn vote(
        &self,
        request: &mut Approval,
        by: Option<&User>,
        verdict: Verdict,
        comment: Option<&str>,
    ) -> Result<Option<Notice>, Vec<Obstacle>> {
        let obstacles = self.may_vote(request, by);
        let Some(user) = by.filter(|_| obstacles.is_empty()) else { return Err(obstacles) };
        for index in request.seats_of(user) {
            if let Some(seat) = request.seats.get_mut(index) {
                seat.vote = Some(Cast { by: user.name.clone(), verdict });
            }
        }
        self.note(request, by, Act::Voted { verdict }, comment);
        Ok(match outcome(request) {
            Some(verdict) => self.decided(request, by, verdict),
            None => None,
        })
    }

    /// A user hands the open seats that are theirs to another, who is told of those that were not
    /// theirs too.
    pub(crate) fn delegate(
        &self,
        request: &mut Approval,
        by: Option<&User>,
        to: &str,
        comment: Option<&str>,
    ) -> Result<Option<Notice>, Vec<Obstacle>> {
        let mut obstacles = self.may_vote(request, by);
        if !self.declared.delegation {
            obstacles.push(Obstacle::NoDelegation);
        }
        let known = self.users.named(to);
        if (known.is_none() && !self.users.is_empty()) || to.trim().is_empty() {
            obstacles.push(Obstacle::UnknownUser { name: to.to_owned() });
        }
        if by.is_some_and(|by| by.is(to)) {
            obstacles.push(Obstacle::ToOneself);
        }
        let Some(user) = by.filter(|_| obstacles.is_empty()) else { return Err(obstacles) };
        let other = known.cloned().unwrap_or_else(|| User::named(to));
        let (seats, own) = (request.seats_of(user), request.seats_of(&other));
        let is_asked = seats.iter().all(|seat| own.contains(seat));
        let seats = seats.into_iter().map(|index| index as u32).collect();
        let to = other.name.clone();
        request.delegations.push(Delegation { from: user.name.clone(), to: to.clone(), seats });
        self.note(request, by, Act::Delegated { to: to.clone() }, comment);
        Ok((!is_asked).then(|| Notice { kind: NoticeKind::Asked, to: vec![to.to_string()] }))
    }

    /// The request is taken back: by whoever submitted, by one of the record's owners, or by the
    /// host itself.
    pub(crate) fn recall(
        &self,
        request: &mut Approval,
        by: Option<&User>,
        comment: Option<&str>,
    ) -> Result<(), Vec<Obstacle>> {
        if !request.is_pending() {
            return Err(vec![Obstacle::NotPending { status: Some(request.status) }]);
        }
        if let Some(user) = by {
            let owner = self.declared.owner.as_ref();
            let mut of: Vec<Arc<str>> = request.by.iter().cloned().collect();
            of.extend(owner.into_iter().flat_map(|field| self.people(&field.key)));
            if !of.is_empty() && !of.iter().any(|name| user.is(name)) {
                let of = of.iter().map(ToString::to_string).collect();
                return Err(vec![Obstacle::NotTheirs { by: user.name.to_string(), of }]);
            }
        }
        self.end_with(request, by, Status::Recalled, comment);
        Ok(())
    }

    /// Something that the level waited for is due; somebody may be told then. Nothing comes of it
    /// where the request has ended or its levels have changed.
    pub(crate) fn lapse(&self, request: &mut Approval, lapse: Lapse) -> Option<Notice> {
        if !self.standing(request).is_empty() {
            return None;
        }
        let index = (request.level as usize).checked_sub(1)?;
        let deadline = self.declared.levels.get(index)?.deadline.as_ref()?;
        let then = match lapse {
            Lapse::Reminder { .. } => &Lapsed::Remind,
            Lapse::Deadline => &deadline.then,
        };
        let verdict = match then {
            Lapsed::Remind => {
                self.note(request, None, Act::Reminded, None);
                return Some(Notice { kind: NoticeKind::Reminded, to: request.awaited() });
            }
            Lapsed::Escalate(people) => {
                self.note(request, None, Act::Escalated, None);
                let mut seats = self.seats(people, Quorum::One);
                for seat in &mut seats {
                    seat.escalated = true;
                }
                let to = seats.iter().map(|seat| seat.who.named()).collect();
                request.seats.extend(seats);
                return Some(Notice { kind: NoticeKind::Escalated, to });
            }
            Lapsed::Approve => Verdict::Approve,
            Lapsed::Reject => Verdict::Reject,
        };
        self.note(request, None, Act::Lapsed { verdict }, None);
        self.decided(request, None, verdict)
    }

    /// What the level at hand waits for, the earliest first.
    pub(crate) fn waiting(&self, request: &Approval) -> Vec<Waiting> {
        let index = (request.level as usize).checked_sub(1);
        let level = index.and_then(|index| self.declared.levels.get(index));
        let Some((level, due)) = level.zip(request.due).filter(|_| request.is_pending()) else {
            return Vec::new();
        };
        let Some(deadline) = &level.deadline else { return Vec::new() };
        let clock = self.clock_of(deadline);
        let mut waiting = vec![Waiting { at: due, lapse: Lapse::Deadline }];
        for (number, (count, unit)) in (0..).zip(&deadline.reminders) {
            let at = clock.shift_instant(due, -i64::from(*count), *unit);
            waiting.push(Waiting { at, lapse: Lapse::Reminder { number } });
        }
        waiting.retain(|one| one.lapse == Lapse::Deadline || one.at > request.since);
        waiting.sort_by_key(|one| (one.at, one.lapse));
        waiting
    }

    /// The level has answered.
    fn decided(
        &self,
        request: &mut Approval,
        by: Option<&User>,
        verdict: Verdict,
    ) -> Option<Notice> {
        match verdict {
            Verdict::Approve => self.next_level(request),
            Verdict::Reject => {
                self.end_with(request, by, Status::Rejected, None);
                None
            }
        }
    }

    fn end_with(
        &self,
        request: &mut Approval,
        by: Option<&User>,
        status: Status,
        comment: Option<&str>,
    ) {
        request.status = status;
        request.due = None;
        self.note(request, by, Act::Ended { status }, comment);
    }

    fn note(&self, request: &mut Approval, by: Option<&User>, act: Act, comment: Option<&str>) {
        let comment = comment.map(str::trim).filter(|comment| !comment.is_empty());
        request.history.push(Entry {
            at: self.now,
            level: request.level,
            by: by.map(|user| user.name.clone()),
            act,
            comment: comment.map(str::to_owned),
        });
    }

    /// A seat for each who is asked; where votes are counted, for each member that is known.
    fn seats(&self, approvers: &[Owner], quorum: Quorum) -> Vec<Seat> {
        let mut seats: Vec<Seat> = Vec::new();
        let mut add = |who: Approver| {
            let user = |seat: &Seat| match (&seat.who, &who) {
                (Approver::User(known), Approver::User(new)) => {
                    User::named(known).is(new) || self.canonical(known) == self.canonical(new)
                }
                (known, new) => known == new,
            };
            if !seats.iter().any(user) {
                seats.push(Seat { who, escalated: false, vote: None });
            }
        };
        for owner in approvers {
            let any = match owner {
                Owner::Everyone => continue,
                Owner::User(name) => {
                    add(Approver::User(self.canonical(name)));
                    continue;
                }
                Owner::RecordOwner(field) | Owner::OfField(field) => {
                    self.people(&field.key).into_iter().for_each(|name| add(Approver::User(name)));
                    continue;
                }
                Owner::Role(role) => Approver::Role(role.as_str().into()),
                Owner::Group(group) => Approver::Group(group.as_str().into()),
                Owner::Profile(profile) => Approver::Profile(profile.as_str().into()),
            };
            let mut members = self.users.iter().filter(|user| any.includes(user)).peekable();
            if quorum == Quorum::One || members.peek().is_none() {
                add(any.clone());
            } else {
                members.for_each(|user| add(Approver::User(user.name.clone())));
            }
        }
        seats
    }

    /// The name by which a user is known.
    fn canonical(&self, name: &str) -> Arc<str> {
        self.users.named(name).map_or_else(|| name.into(), |user| user.name.clone())
    }

    /// The users that a field of the record names.
    fn people(&self, key: &FieldKey) -> Vec<Arc<str>> {
        let value = self.record.get(key);
        let mut names: Vec<Arc<str>> = Vec::new();
        match value {
            ValueRef::List(list) => {
                (0..list.len()).for_each(|index| names.extend(self.person(list.at(index))));
            }
            ValueRef::Record(_) => names.extend(self.person(value)),
            _ => {
                if let Typed::Value(items) = typed::set(value) {
                    items.for_each(|name| names.push(self.canonical(name)));
                }
            }
        }
        names
    }

    /// The user that a value names: by name where it has one, else by id.
    fn person(&self, value: ValueRef<'_>) -> Option<Arc<str>> {
        let Typed::Value(reference) = typed::reference(value) else { return None };
        let (mut known, mut last) = (None, None);
        reference.any(|text| {
            known = self.users.named(text).map(|user| user.name.clone());
            last = Some(Arc::from(text));
            known.is_some()
        });
        known.or(last)
    }

    /// Until when a level that begins then may answer.
    fn end(&self, level: &Level, from: Instant) -> Option<Instant> {
        let deadline = level.deadline.as_ref()?;
        let (count, unit): (u32, Unit) = deadline.after;
        Some(self.clock_of(deadline).shift_instant(from, i64::from(count), unit))
    }

    /// The clock with the calendar of a deadline.
    fn clock_of(&self, deadline: &checked::Deadline) -> Clock {
        let named = deadline.calendar.and_then(|index| self.program.calendars.get(index as usize));
        let clock = self.clock.clone();
        match named {
            Some(named) => clock.with_calendar(named.calendar.clone()),
            None => clock,
        }
    }
}

/// What the level at hand has decided, if it has.
fn outcome(request: &Approval) -> Option<Verdict> {
    let mut escalated = request.seats.iter().filter(|seat| seat.escalated);
    if let Some(vote) = escalated.find_map(|seat| seat.vote.as_ref()) {
        return Some(vote.verdict);
    }
    let ordinary = || request.seats.iter().filter(|seat| !seat.escalated);
    let count = |verdict: Verdict| {
        ordinary().filter(|seat| seat.vote.as_ref().is_some_and(|v| v.verdict == verdict)).count()
    };
    let (all, yes, no) = (ordinary().count(), count(Verdict::Approve), count(Verdict::Reject));
    let (agreed, refused) = match request.quorum {
        Quorum::One => (yes > 0, no > 0),
        Quorum::Majority => (yes * 2 > all, (all - no) * 2 <= all),
        Quorum::All => (yes == all, no > 0),
    };
    match (agreed && all > 0, refused && all > 0) {
        (_, true) => Some(Verdict::Reject),
        (true, _) => Some(Verdict::Approve),
        _ => None,
    }
}

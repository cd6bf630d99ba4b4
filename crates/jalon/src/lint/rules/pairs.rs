//! Whether two branches of different rules can act on one event: a record on which the executor
//! says so.

use rustc_hash::FxHashMap;

use super::coincide::ways;
use crate::checked::Condition;
use crate::checked::workflow::{Rule, TriggerKind};
use crate::lint::criterion::sites::Sites;
use crate::lint::criterion::solve::{Side, Verdict, Witness};
use crate::lint::criterion::{Judge, Lints, Shown};
use crate::plan::pool::SourceId;

/// Twice so many branches are kept ready to be asked.
const MOST_READY: usize = 128;

/// So many records of earlier pairs of a branch are tried with the next one.
const MOST_TRIED: usize = 3;

/// A branch of a rule, by their numbers.
pub(super) type Place = (usize, usize);

/// A record of an earlier pair, with which criteria of the later branch hold of it.
type Tried<'p> = (Shown, Vec<&'p Condition>);

/// Answers about pairs of branches.
#[derive(Debug)]
pub(super) struct Pairs<'p> {
    rules: &'p [Rule],
    ready: FxHashMap<Place, Judge<'p>>,
    /// Those that were ready before these.
    before: FxHashMap<Place, Judge<'p>>,
    /// Records on which a branch and another both acted.
    tried: Vec<Tried<'p>>,
    of: Option<Place>,
}

/// What makes a branch act, its triggers apart.
#[derive(Debug, Default)]
struct Needs<'p> {
    hold: Vec<&'p Condition>,
    fail: Vec<&'p Condition>,
}

impl<'p> Needs<'p> {
    fn of(rule: &'p Rule, branch: usize) -> Needs<'p> {
        let before = rule.branches.iter().take(branch);
        Needs {
            hold: rule.branches[branch].condition.iter().collect(),
            fail: before.filter_map(|branch| branch.condition.as_ref()).collect(),
        }
    }

    fn met(&self, held: &[&Condition]) -> bool {
        let holds =
            |condition: &&Condition| held.iter().any(|held| std::ptr::eq(*held, *condition));
        self.hold.iter().all(holds) && !self.fail.iter().any(holds)
    }
}

impl<'p> Pairs<'p> {
    pub(super) fn new(rules: &'p [Rule]) -> Pairs<'p> {
        let (ready, before) = (FxHashMap::default(), FxHashMap::default());
        Pairs { rules, ready, before, tried: Vec::new(), of: None }
    }

    /// A record on which both act, confirmed by the executor.
    pub(super) fn witness(
        &mut self,
        place: Place,
        other: Place,
        sites: &Sites<'_>,
        lints: &mut Lints<'p>,
    ) -> Option<Witness> {
        if self.of.replace(place) != Some(place) {
            self.tried.clear();
        }
        let ways = ways(&self.rules[other.0], &self.rules[place.0]);
        if let Some(known) = self.known(place, other, &ways, sites, lints) {
            return Some(known);
        }
        let [own, others] =
            [place, other].map(|(rule, branch)| Needs::of(&self.rules[rule], branch));
        for criteria in &ways {
            let mut sides: Vec<Side<'_>> = Vec::new();
            for condition in others.hold.iter().chain(&own.hold).chain(criteria) {
                sides.push((sites.tree(condition)?, false));
            }
            for condition in others.fail.iter().chain(&own.fail) {
                sides.push((sites.tree(condition)?, true));
            }
            match lints.solver.solve(&sides) {
                Verdict::Yes(witness) => {
                    let shown = Shown::new(witness, lints.space);
                    let confirmed = shown.and_then(|shown| {
                        let held = self.judge(place, sites, lints).held(&shown)?;
                        let acts = self.acts(
                            other,
                            (&shown, &held),
                            std::slice::from_ref(criteria),
                            sites,
                            lints,
                        );
                        (acts && own.met(&held)).then_some((shown, held))
                    });
                    let Some((shown, held)) = confirmed else {
                        lints.analysis.undecided += 1;
                        continue;
                    };
                    let witness = shown.witness.clone();
                    if self.tried.len() == MOST_TRIED {
                        self.tried.remove(0);
                    }
                    self.tried.push((shown, held));
                    return Some(witness);
                }
                Verdict::No => {}
                Verdict::Perhaps => lints.analysis.undecided += 1,
            }
        }
        None
    }

    /// A record of an earlier pair on which these act too, without the fields that they do not
    /// read.
    fn known(
        &mut self,
        place: Place,
        other: Place,
        ways: &[Vec<&'p Condition>],
        sites: &Sites<'_>,
        lints: &Lints<'p>,
    ) -> Option<Witness> {
        let tried = std::mem::take(&mut self.tried);
        let mut each = tried.iter();
        let found = each.find(|(shown, held)| self.acts(other, (shown, held), ways, sites, lints));
        let witness = found.map(|(shown, _)| {
            let mut reads: Vec<SourceId> = Vec::new();
            for condition in [place, other].iter().flat_map(|place| criteria(self.rules, *place)) {
                if let Some(tree) = sites.tree(condition) {
                    tree.each_bit(&mut |atom| reads.extend(lints.space.reads(atom)));
                }
            }
            let witness = shown.witness.iter();
            witness.filter(|(source, _)| reads.contains(source)).cloned().collect()
        });
        self.tried = tried;
        witness
    }

    /// Whether a branch acts on a record on which another one does, of which these criteria hold,
    /// in one of the ways.
    fn acts(
        &mut self,
        other: Place,
        (shown, held): (&Shown, &[&Condition]),
        ways: &[Vec<&'p Condition>],
        sites: &Sites<'_>,
        lints: &Lints<'p>,
    ) -> bool {
        let needs = Needs::of(&self.rules[other.0], other.1);
        let Some(there) = self.judge(other, sites, lints).held(shown) else { return false };
        let holds = |condition: &&Condition| {
            there.iter().chain(held).any(|held| std::ptr::eq(*held, *condition))
        };
        needs.met(&there) && ways.iter().any(|criteria| criteria.iter().all(holds))
    }

    /// The executor of a branch's criteria; those asked last stay ready.
    fn judge(&mut self, place: Place, sites: &Sites<'_>, lints: &Lints<'p>) -> &mut Judge<'p> {
        if self.ready.len() >= MOST_READY && !self.ready.contains_key(&place) {
            self.before = std::mem::take(&mut self.ready);
        }
        let Pairs { rules, ready, before, .. } = self;
        ready.entry(place).or_insert_with(|| {
            before.remove(&place).unwrap_or_else(|| {
                let criteria = criteria(rules, place).into_iter();
                let lowered: Vec<_> = criteria.filter_map(|c| Some((c, sites.tree(c)?))).collect();
                Judge::new(&lowered, lints.space)
            })
        })
    }
}

/// All criteria that decide whether a branch acts.
fn criteria(rules: &[Rule], (rule, branch): Place) -> Vec<&Condition> {
    let rule = &rules[rule];
    let needs = Needs::of(rule, branch);
    let triggers = rule.triggers.iter().filter_map(|trigger| match &trigger.kind {
        TriggerKind::Criterion(condition) => Some(condition),
        _ => None,
    });
    needs.hold.into_iter().chain(needs.fail).chain(triggers).collect()
}

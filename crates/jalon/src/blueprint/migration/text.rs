//! Plans as people read them.

use super::carry::GivenKind;
use super::{Counts, DraftLoss, Fate, Group, Leaving, Lost, Plan, ProgressLoss, Refusal};
use crate::blueprint::words::count;
use crate::eval::explain::sentence::{colon, quoted};
use crate::lang::Lang;

impl Plan {
    /// What changes of the blueprints, then how many instances go where, and what they lose.
    pub fn report(&self, lang: Lang) -> String {
        let mut lines: Vec<String> = Vec::new();
        for changes in self.changes.iter().filter(|changes| !changes.is_empty()) {
            lines.push(changes.report(lang));
            lines.push(String::new());
        }
        lines.push(self.counts.sentence(self.instances, lang));
        let counts: Vec<String> =
            self.groups.iter().map(|group| count(group.count, lang)).collect();
        let width = counts.iter().map(|count| count.chars().count()).max().unwrap_or_default();
        for (group, count) in self.groups.iter().zip(counts) {
            lines.push(format!("  {count:>width$}  {}", group.sentence(lang)));
            let indent = width + 6;
            lines.extend(
                group
                    .lost
                    .iter()
                    .map(|one| format!("{:indent$}{}", "", one.lost.sentence(one.count, lang))),
            );
        }
        if !self.unused.is_empty() {
            let unused = self.unused.iter().map(|(from, to)| match to {
                Some(to) => format!("{from} → {to}"),
                None => format!("{from} → {}", lang.pick("dehors", "out")),
            });
            let unused = unused.collect::<Vec<_>>().join(", ");
            lines.push(lang.pick(
                format!("Ne concerne aucune fiche : {unused}"),
                format!("Concerns no record: {unused}"),
            ));
        }
        lines.join("\n")
    }
}

impl Counts {
    /// `120 fiches : 100 gardées (dont 90 sans changement), 15 déplacées, 3 sorties, 2 refusées`
    fn sentence(self, instances: u64, lang: Lang) -> String {
        let some = |n: u64, (one, many): (&str, &str)| {
            let single = if lang == Lang::Fr { n < 2 } else { n == 1 };
            format!("{} {}", count(n, lang), if single { one } else { many })
        };
        let same = |word| (word, word);
        let mut kept = some(self.kept, lang.pick(("gardée", "gardées"), same("kept")));
        if self.unchanged > 0 {
            let unchanged = count(self.unchanged, lang);
            kept += &lang.pick(
                format!(" (dont {unchanged} sans changement)"),
                format!(" ({unchanged} of them unchanged)"),
            );
        }
        format!(
            "{}{}{kept}, {}, {}, {}",
            some(instances, lang.pick(("fiche", "fiches"), ("record", "records"))),
            colon(lang),
            some(self.moved, lang.pick(("déplacée", "déplacées"), same("moved"))),
            some(self.out, lang.pick(("sortie", "sorties"), same("out"))),
            some(self.refused, lang.pick(("refusée", "refusées"), same("refused"))),
        )
    }
}

impl Group {
    /// `Parcours Affaire · Examen juridique → Revue`
    fn sentence(&self, lang: Lang) -> String {
        let (colon, place) = (colon(lang), format!("{} · {}", self.blueprint, self.state));
        let went = |(one, many), en| lang.pick(if self.count < 2 { one } else { many }, en);
        let renamed = |name: &Option<std::sync::Arc<str>>| match name {
            Some(name) => format!(" ({})", quoted(name, lang)),
            None => String::new(),
        };
        match &self.fate {
            Fate::Kept { unchanged: true, .. } => {
                format!("{place}{colon}{}", lang.pick("rien n'a changé", "nothing has changed"))
            }
            Fate::Kept { renamed: name, .. } => {
                format!("{place}{colon}{}{}", went(("gardée", "gardées"), "kept"), renamed(name))
            }
            Fate::Moved { to, renamed: name, .. } => format!("{place} → {to}{}", renamed(name)),
            Fate::Out { because } => {
                let out = went(("sortie", "sorties"), "out");
                format!("{place}{colon}{out}, {}", because.sentence(lang))
            }
            Fate::Refused { because } => {
                let refused = went(("refusée", "refusées"), "refused");
                format!("{place}{colon}{refused}, {}", because.sentence(lang))
            }
        }
    }
}

impl Leaving {
    /// Why, as part of a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Leaving::BlueprintGone { near: None } => {
                lang.pick("le parcours n'existe plus", "the blueprint is no more").to_owned()
            }
            Leaving::BlueprintGone { near: Some(near) } => {
                let near = quoted(near, lang);
                lang.pick(
                    format!("le parcours n'existe plus ; est-il devenu {near} ?"),
                    format!("the blueprint is no more; has it become {near}?"),
                )
            }
            Leaving::Inactive => {
                lang.pick("le parcours est inactif", "the blueprint is inactive").to_owned()
            }
            Leaving::Mapped => lang.pick("comme demandé", "as asked").to_owned(),
        }
    }
}

impl Refusal {
    /// Why, as part of a sentence, with the way out.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Refusal::StateGone { near: None } => lang
                .pick(
                    "cet état n'existe plus ; dites où vont ses fiches",
                    "this state is no more; say where its records go",
                )
                .to_owned(),
            Refusal::StateGone { near: Some(near) } => {
                let near = quoted(near, lang);
                lang.pick(
                    format!("cet état n'existe plus ; ses fiches vont-elles dans {near} ?"),
                    format!("this state is no more; do its records go to {near}?"),
                )
            }
            Refusal::OtherContent => lang
                .pick(
                    "le parcours suivi n'est ni l'ancien ni le nouveau ; donnez le programme en \
                     vigueur à l'entrée",
                    "they run under a blueprint that is neither the old nor the new one; give the \
                     program under which they entered",
                )
                .to_owned(),
            Refusal::SeveralOfThisName => lang
                .pick(
                    "plusieurs modules ont un parcours de ce nom ; donnez l'ancien programme",
                    "several modules have a blueprint of this name; give the old program",
                )
                .to_owned(),
        }
    }
}

impl Lost {
    /// What so many instances lose, and why.
    pub fn sentence(&self, n: u64, lang: Lang) -> String {
        let times = count(n, lang);
        let some = |(one, many): (&str, &str)| {
            let single = if lang == Lang::Fr { n < 2 } else { n == 1 };
            format!("{times} {}", if single { one } else { many })
        };
        match self {
            Lost::Draft { transition, because } => {
                let of = quoted(transition, lang);
                let why = because.words(lang);
                let drafts =
                    some(lang.pick(
                        ("brouillon perdu", "brouillons perdus"),
                        ("draft lost", "drafts lost"),
                    ));
                lang.pick(format!("{drafts}, de {of} : {why}"), format!("{drafts}, of {of}: {why}"))
            }
            Lost::Given { transition, name, kind } => {
                let drafts = some(lang.pick(("brouillon", "brouillons"), ("draft", "drafts")));
                let (of, what) = (quoted(transition, lang), kind.words(name.as_deref(), lang));
                lang.pick(
                    format!("{drafts} de {of} sans {what} : ce n'est plus demandé"),
                    format!("{drafts} of {of} without {what}: not asked for any more"),
                )
            }
            Lost::Progress { transition, because } => {
                let (of, why) = (quoted(transition, lang), because.words(lang));
                lang.pick(
                    format!("{times} fois, ce qui était fait de {of} est perdu : {why}"),
                    format!("{times} times, what was done of {of} is lost: {why}"),
                )
            }
            Lost::Child { transition, child, again } => {
                let (of, child) = (quoted(transition, lang), quoted(child, lang));
                let why = if *again {
                    lang.pick(
                        "à refaire, car tout le reste est fait",
                        "to be done again, as all the rest is done",
                    )
                } else {
                    lang.pick("cet enfant n'existe plus", "this child is no more")
                };
                lang.pick(
                    format!("{times} fois, {child} de {of} est perdu : {why}"),
                    format!("{times} times, {child} of {of} is lost: {why}"),
                )
            }
        }
    }
}

impl DraftLoss {
    fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            DraftLoss::TransitionGone => {
                ("cette transition n'existe plus", "this transition is no more")
            }
            DraftLoss::LeavesElsewhere => (
                "cette transition ne part pas de l'état où va la fiche",
                "this transition does not leave the state where the record goes on",
            ),
            DraftLoss::AsksNothing => (
                "cette transition se fait maintenant d'elle-même",
                "this transition is now made by itself",
            ),
        };
        lang.pick(fr, en)
    }
}

impl ProgressLoss {
    fn words(self, lang: Lang) -> &'static str {
        match self {
            ProgressLoss::TransitionGone => DraftLoss::TransitionGone.words(lang),
            ProgressLoss::LeavesElsewhere => DraftLoss::LeavesElsewhere.words(lang),
            ProgressLoss::NotParallel => lang.pick(
                "cette transition n'est plus parallèle",
                "this transition is not parallel any more",
            ),
        }
    }
}

impl GivenKind {
    fn words(self, name: Option<&str>, lang: Lang) -> String {
        let name = name.unwrap_or_default();
        match self {
            GivenKind::Field => name.to_owned(),
            GivenKind::Note => lang.pick("note", "a note").to_owned(),
            GivenKind::Attachment => lang.pick("pièce jointe", "attachments").to_owned(),
            GivenKind::Item => quoted(name, lang),
            GivenKind::Record => {
                lang.pick(format!("fiche de {name}"), format!("the record of {name}"))
            }
        }
    }
}

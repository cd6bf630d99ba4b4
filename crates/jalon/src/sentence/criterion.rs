//! Criteria: tests joined so that nobody has to guess which belong together.

use super::Speech;
use super::clause::Clause;
use super::words::{de, name, nested};
use crate::checked::{Condition, Related};
use crate::lang::Lang;
use crate::lexicon::Quantifier;

/// So many tests still make one sentence.
const MAX_TESTS: usize = 4;
/// And so many characters.
const MAX_LENGTH: usize = 200;

/// A criterion with what denies it taken down to where words can say it.
enum Part<'c> {
    /// All hold, or at least one does.
    Group { all: bool, parts: Vec<Part<'c>> },
    /// Not all hold, or none does.
    Denied { all: bool, parts: Vec<Part<'c>> },
    /// A test, or its contrary.
    Test(&'c crate::checked::Test, bool),
    /// Of related records, or its contrary.
    Related(&'c Related, bool),
}

impl Speech<'_> {
    /// What a criterion says.
    pub(super) fn condition(&self, condition: &Condition) -> Clause {
        let part = Part::of(condition, false);
        if part.fits(true, self.lang) && part.tests() > 0 {
            let text = self.inline(&part, true);
            if !matches!(part, Part::Group { .. }) || text.chars().count() <= MAX_LENGTH {
                return Clause::Inline(text);
            }
        }
        self.listed(&part)
    }

    /// How the parts of a criterion are joined, and what each says, with what it reads where it
    /// is a test.
    pub(crate) fn parts(&self, condition: &Condition) -> (Joined, Vec<(Option<String>, String)>) {
        let say = |part: &Part<'_>| {
            let subject = match part {
                Part::Test(test, _) => Some(self.subject(test)),
                Part::Related(related, _) => related.list.key.names.first().cloned(),
                Part::Group { .. } | Part::Denied { .. } => None,
            };
            (subject, self.nested_part(part).text())
        };
        match Part::of(condition, false) {
            Part::Group { all, parts } => {
                (if all { Joined::All } else { Joined::Any }, parts.iter().map(say).collect())
            }
            part => (Joined::Alone, vec![say(&part)]),
        }
    }

    fn inline(&self, part: &Part<'_>, outermost: bool) -> String {
        match part {
            Part::Group { all, parts } => {
                let said: Vec<String> = parts.iter().map(|part| self.inline(part, false)).collect();
                join(&said, *all, outermost, self.lang)
            }
            Part::Test(test, denied) => self.test(test, *denied),
            Part::Related(related, denied) => self.related(related, *denied).flat(),
            Part::Denied { .. } => self.listed(part).flat(),
        }
    }

    /// A heading that says how many must hold, and each part below it.
    fn listed(&self, part: &Part<'_>) -> Clause {
        let (head, parts) = match part {
            Part::Group { all, parts } if parts.is_empty() => {
                let text = if *all {
                    self.pick("toujours", "always")
                } else {
                    self.pick("jamais", "never")
                };
                return Clause::Inline(text);
            }
            Part::Group { all: true, parts } => (
                self.lang.pick(
                    "toutes ces conditions sont remplies :",
                    "all of these conditions are met:",
                ),
                parts,
            ),
            Part::Group { all: false, parts } => (
                self.lang.pick(
                    "au moins une de ces conditions est remplie :",
                    "at least one of these conditions is met:",
                ),
                parts,
            ),
            Part::Denied { all: true, parts } => (
                self.lang.pick(
                    "au moins une de ces conditions n'est pas remplie :",
                    "at least one of these conditions is not met:",
                ),
                parts,
            ),
            Part::Denied { all: false, parts } => (
                self.lang.pick(
                    "aucune de ces conditions n'est remplie :",
                    "none of these conditions is met:",
                ),
                parts,
            ),
            Part::Test(test, denied) => return Clause::Inline(self.test(test, *denied)),
            Part::Related(related, denied) => return self.related(related, *denied),
        };
        let parts = parts.iter().map(|part| self.nested_part(part)).collect();
        Clause::List(head.to_owned(), parts)
    }

    fn nested_part(&self, part: &Part<'_>) -> Clause {
        if part.fits(true, self.lang) && part.tests() > 0 {
            return Clause::Inline(self.inline(part, true));
        }
        self.listed(part)
    }

    /// `au moins une fiche de Contacts vérifie « Ville est Nice »`
    fn related(&self, related: &Related, denied: bool) -> Clause {
        use Quantifier::{All, Any, No};
        let lang = self.lang;
        let list = name(related.list.key.names.first().map_or("", String::as_str), lang);
        let of = de(&list);
        let head = match (related.quantifier, denied, lang) {
            (Any, false, Lang::Fr) | (No, true, Lang::Fr) => {
                format!("au moins un élément {of} vérifie")
            }
            (Any, true, Lang::Fr) | (No, false, Lang::Fr) => {
                format!("aucun élément {of} ne vérifie")
            }
            (All, false, Lang::Fr) => format!("chaque élément {of} vérifie"),
            (All, true, Lang::Fr) => format!("au moins un élément {of} ne vérifie pas"),
            (Any, false, Lang::En) | (No, true, Lang::En) => {
                format!("at least one of {list} satisfies")
            }
            (Any, true, Lang::En) | (No, false, Lang::En) => format!("none of {list} satisfies"),
            (All, false, Lang::En) => format!("each of {list} satisfies"),
            (All, true, Lang::En) => format!("at least one of {list} does not satisfy"),
        };
        match self.inside(&related.list).condition(&related.condition) {
            Clause::Inline(text) => Clause::Inline(format!("{head} {}", nested(&text, lang))),
            Clause::List(under, parts) => {
                let this = lang.pick("ceci", "this");
                let colon = crate::lang::colon(lang).trim_end();
                Clause::List(format!("{head} {this}{colon}"), vec![Clause::List(under, parts)])
            }
        }
    }
}

/// How the parts of a criterion are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    /// All must hold.
    All,
    /// One must.
    Any,
    /// There is only one.
    Alone,
}

/// `A, et B` · `A, ou B`; inside others `à la fois A et B`
/// (in French only) · `soit A, soit B`.
fn join(parts: &[String], all: bool, outermost: bool, lang: Lang) -> String {
    match (all, outermost, lang) {
        (true, true, Lang::Fr) => parts.join(", et "),
        (false, true, Lang::Fr) => parts.join(", ou "),
        (true, true, Lang::En) => parts.join(", and "),
        (false, true, Lang::En) => parts.join(", or "),
        (true, false, Lang::Fr) => format!("à la fois {}", parts.join(" et ")),
        (true, false, Lang::En) => parts.join(" and "),
        (false, false, Lang::Fr) => {
            parts.iter().map(|part| format!("soit {part}")).collect::<Vec<_>>().join(", ")
        }
        (false, false, Lang::En) => format!("either {}", parts.join(", or ")),
    }
}

impl<'c> Part<'c> {
    fn of(condition: &'c Condition, denied: bool) -> Part<'c> {
        match condition {
            Condition::Not(inner) => Part::of(inner, !denied),
            Condition::Test(test) => Part::Test(test, denied),
            Condition::Related(related) => Part::Related(related, denied),
            Condition::All(parts) | Condition::Any(parts) => {
                let all = matches!(condition, Condition::All(_));
                if let [only] = parts.as_slice() {
                    return Part::of(only, denied);
                }
                let mut inner = Vec::new();
                for part in parts {
                    match Part::of(part, false) {
                        Part::Group { all: same, parts } if same == all => inner.extend(parts),
                        part => inner.push(part),
                    }
                }
                if denied {
                    Part::Denied { all, parts: inner }
                } else {
                    Part::Group { all, parts: inner }
                }
            }
        }
    }

    /// Whether it can be said in one sentence that has one meaning: few tests, and groups no
    /// deeper than one in another. `soit …, soit …` has no end, so nothing may follow it.
    fn fits(&self, outermost: bool, lang: Lang) -> bool {
        match self {
            Part::Test(..) => true,
            Part::Related(related, _) => Part::of(&related.condition, false).fits(true, lang),
            Part::Denied { .. } => false,
            Part::Group { all, parts } if outermost => {
                let tests: usize = parts.iter().map(Part::tests).sum();
                let before_last = parts.iter().rev().skip(1);
                let inner = before_last.filter(|part| matches!(part, Part::Group { .. })).count();
                tests <= MAX_TESTS
                    && (!all || inner == 0)
                    && parts.iter().all(|part| part.fits(false, lang))
            }
            Part::Group { all, parts } => {
                let simple = parts.iter().all(|part| matches!(part, Part::Test(..)));
                // English has no words like `à la fois` before sentences.
                simple && if *all { lang == Lang::Fr && parts.len() == 2 } else { parts.len() <= 3 }
            }
        }
    }

    fn tests(&self) -> usize {
        match self {
            Part::Group { parts, .. } | Part::Denied { parts, .. } => {
                parts.iter().map(Part::tests).sum()
            }
            Part::Related(..) => 2,
            Part::Test(..) => 1,
        }
    }
}

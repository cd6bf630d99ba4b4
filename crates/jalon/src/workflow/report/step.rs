//! Steps of a trace as people read them: what happened, and why not.

use super::{name, value};
use crate::eval::Node;
use crate::eval::explain::sentence::{Style, colon, quoted};
use crate::lang::Lang;
use crate::value::Zone;
use crate::workflow::trace::{Held, Outcome, Step};

impl Step {
    /// Whether people want to know of it who do not ask why: something was wanted and held back,
    /// dropped, cut or written over.
    pub fn is_notable(&self) -> bool {
        match self {
            Step::Guarded { .. }
            | Step::Write { over: Some(_), .. }
            | Step::Process { .. }
            | Step::NotMade { .. } => true,
            Step::Rule { outcome, .. } => {
                let cut = matches!(outcome, Outcome::Held { would_change: true, .. });
                cut || matches!(outcome, Outcome::Dropped { .. })
            }
            _ => false,
        }
    }

    /// The step, as a sentence; several lines where a criterion is explained.
    pub fn sentence(&self, lang: Lang) -> String {
        self.sentence_in(lang, Zone::UTC)
    }

    /// As [`Step::sentence`], with instants as the local time of a zone.
    pub fn sentence_in(&self, lang: Lang, zone: Zone) -> String {
        match self {
            Step::Pipeline { stages } => {
                let stages: Vec<_> = stages.iter().map(|stage| stage.word(lang)).collect();
                format!("{} {}", lang.pick("ordre :", "order:"), stages.join(" → "))
            }
            Step::Stage { stage } => format!("— {}", stage.word(lang)),
            Step::Wave { number, records } => {
                let records = records.iter().map(name).collect::<Vec<_>>().join(", ");
                lang.pick(
                    format!("vague {number} : {records}"),
                    format!("wave {number}: {records}"),
                )
            }
            Step::Rule { rule, outcome, .. } => {
                let mut sentence = quoted(rule, lang);
                sentence.push(' ');
                sentence + &outcome.sentence(lang)
            }
            Step::Write { record, field, old, new, over, rule } => {
                let (old, new) = (value(old, lang, zone), value(new, lang, zone));
                let writes = lang.pick("écrit", "writes");
                let rule = quoted(rule, lang);
                let (record, colon) = (name(record), colon(lang));
                let mut line = format!("{rule} {writes} {record} · {field}{colon}{old} → {new}");
                if let Some(over) = over {
                    line += &lang.pick(
                        format!(", écrase ce que {} avait écrit", quoted(over, lang)),
                        format!(", over what {} had written", quoted(over, lang)),
                    );
                }
                line
            }
            Step::Guarded { rule, action, guard, sent, why } => {
                let mut lines = vec![lang.pick(
                    format!("{} : {action} retenu par « {guard} »", quoted(rule, lang)),
                    format!("{}: {action} held back by “{guard}”", quoted(rule, lang)),
                )];
                if let Some(sent) = sent {
                    lines.push(lang.pick(
                        format!("  déjà {sent} dans ce délai"),
                        format!("  {sent} already in that time"),
                    ));
                }
                explain(why.as_ref(), lang, &mut lines);
                lines.join("\n")
            }
            Step::Process { record, blueprint, transition, from, to } => {
                let way = match (from, to) {
                    (Some(from), Some(to)) => {
                        format!("{} → {}", quoted(from, lang), quoted(to, lang))
                    }
                    (None, Some(to)) => {
                        format!("{} {}", lang.pick("entre en", "enters in"), quoted(to, lang))
                    }
                    (_, None) => lang.pick("en sort", "leaves it").to_owned(),
                };
                let by = transition.as_ref().map(|name| format!(", {}", quoted(name, lang)));
                let record = name(record);
                format!(
                    "{record}, {}{}{way}{}",
                    quoted(blueprint, lang),
                    colon(lang),
                    by.unwrap_or_default()
                )
            }
            Step::NotMade { record, transition, because } => {
                let why = because.iter().map(|why| why.message(lang)).collect::<Vec<_>>();
                let (record, why) = (name(record), why.join(" ; "));
                lang.pick(
                    format!("{record} : {} n'est pas faite : {why}", quoted(transition, lang)),
                    format!("{record}: {} is not made: {why}", quoted(transition, lang)),
                )
            }
            Step::Approval { record, approval, entry } => {
                let entry = entry.sentence(lang);
                format!("{} · {}{}{entry}", name(record), quoted(approval, lang), colon(lang))
            }
            Step::Unknown { record } => {
                let record = name(record);
                lang.pick(
                    format!("{record} n'est pas donnée : ses règles ne sont pas examinées"),
                    format!("{record} is not given: its rules are not considered"),
                )
            }
        }
    }
}

impl Outcome {
    /// What came of the rule, as the end of a sentence that begins with its name.
    pub fn sentence(&self, lang: Lang) -> String {
        let mut lines = Vec::new();
        match self {
            Outcome::Fired { trigger, why, .. } => {
                lines.push(
                    lang.pick(format!("se déclenche ({trigger})"), format!("fires ({trigger})")),
                );
                explain(why.as_ref(), lang, &mut lines);
            }
            Outcome::NotTriggered => lines.push(
                lang.pick("n'attend pas cet événement", "does not wait for this event").to_owned(),
            ),
            Outcome::NotHeld { trigger, why } => {
                lines.push(lang.pick(
                    format!("ne se déclenche pas ({trigger}) : sa condition ne tient pas"),
                    format!("does not fire ({trigger}): its condition does not hold"),
                ));
                for why in why {
                    explain(Some(why), lang, &mut lines);
                }
            }
            Outcome::Held { because, would_change } => {
                let why = match (because, lang) {
                    (Held::FiredBefore, Lang::Fr) => {
                        "elle ne le fait qu'une seule fois, c'est fait"
                    }
                    (Held::FiredBefore, Lang::En) => "it does so only once, and has",
                    (Held::HeldBefore, Lang::Fr) => "sa condition tenait déjà avant",
                    (Held::HeldBefore, Lang::En) => "its condition held before too",
                    (Held::OncePerEvent, Lang::Fr) => {
                        "elle s'est déjà déclenchée pour cet événement"
                    }
                    (Held::OncePerEvent, Lang::En) => "it has fired for this event already",
                    (Held::Depth, Lang::Fr) => "l'enchaînement s'arrête là",
                    (Held::Depth, Lang::En) => "chaining ends here",
                };
                let cut = if *would_change {
                    lang.pick(" ; elle aurait changé une valeur", "; it would have changed a value")
                } else {
                    ""
                };
                lines.push(lang.pick(
                    format!("tient, mais n'agit pas : {why}{cut}"),
                    format!("holds, but does not act: {why}{cut}"),
                ));
            }
            Outcome::Dropped { why } => {
                lines.push(
                    lang.pick(
                        "est abandonnée : à l'échéance sa condition ne tient plus",
                        "is dropped: when due its condition no longer holds",
                    )
                    .to_owned(),
                );
                explain(why.as_ref(), lang, &mut lines);
            }
        }
        lines.join("\n")
    }
}

fn explain(why: Option<&Node>, lang: Lang, lines: &mut Vec<String>) {
    if let Some(why) = why {
        why.lines(Style { lang, iso: true }, 1, lines);
    }
}

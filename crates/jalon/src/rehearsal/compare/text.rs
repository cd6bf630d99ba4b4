//! Differences as people read them.

use super::{Because, Changed, Difference, Reason, ScoreLine, Side};
use crate::lang::{Lang, colon, quoted};
use crate::value::Zone;
use crate::workflow::{RecordKey, shown};

/// The differences of one event, each on a line with the rules that make it, then why these do;
/// instants as the local time of a zone.
pub fn report(
    differences: &[Difference],
    of: Option<&RecordKey>,
    lang: Lang,
    zone: Zone,
) -> String {
    let mut lines = Vec::new();
    let mut told: Vec<&Reason> = Vec::new();
    for difference in differences {
        let mut line = difference.what.line(lang, zone);
        if of != Some(&difference.record) {
            let record = &difference.record;
            line = format!("{} {} · {line}", record.module, record.id);
        }
        if !difference.rules.is_empty() {
            let names = difference.rules.iter().map(|reason| quoted(&reason.rule, lang));
            line = format!("{line} ({})", names.collect::<Vec<_>>().join(", "));
        }
        lines.push(line);
        if let Changed::Score { lines: of_score, .. } = &difference.what {
            lines.extend(of_score.iter().map(|line| format!("  {}", line.text(lang))));
        }
        for reason in &difference.rules {
            if !told.contains(&reason) {
                told.push(reason);
            }
        }
    }
    lines.extend(told.iter().map(|reason| reason.sentence(lang)));
    lines.join("\n")
}

impl Changed {
    fn line(&self, lang: Lang, zone: Zone) -> String {
        let mark = |with: Side| if with == Side::Old { '−' } else { '+' };
        let colon = colon(lang);
        match self {
            Changed::Refusal { old, new } => {
                let said = |messages: &[String]| match messages {
                    [] => lang.pick("accepté", "accepted").to_owned(),
                    messages => {
                        lang.pick("refusé", "refused").to_owned()
                            + colon
                            + &messages.join(lang.pick(" ; ", "; "))
                    }
                };
                format!("{} → {}", said(old), said(new))
            }
            Changed::Field { field, old, new, .. } => {
                let (old, new) = (shown(old, lang, zone), shown(new, lang, zone));
                format!("{field}{colon}{old} → {new}")
            }
            Changed::Effect { with, effect } => {
                format!("{} {}", mark(*with), effect.what(lang, zone))
            }
            Changed::Timer { with, timer } => {
                format!("{} {}", mark(*with), timer.what(lang, zone))
            }
            Changed::Score { score, old, new, lines } => {
                let total = |total: &Option<_>| match total {
                    Some(total) => format!("{total}"),
                    None => lang.pick("absent", "absent").to_owned(),
                };
                let limits = if lines.is_empty() {
                    lang.pick(" (par ses limites)", " (by its limits)")
                } else {
                    ""
                };
                format!("{score}{colon}{} → {}{limits}", total(old), total(new))
            }
            Changed::Error { with, error } => {
                format!("{} {}", mark(*with), error.sentence(lang))
            }
        }
    }
}

impl ScoreLine {
    /// `+25 si Pays EST France : 25 → 0`
    fn text(&self, lang: Lang) -> String {
        let text = &self.text;
        match (self.old, self.new) {
            (Some(_), None) => format!("− {text}"),
            (None, _) => format!("+ {text}"),
            (Some(old), Some(new)) => format!("{text}{}{old} → {new}", colon(lang)),
        }
    }
}

impl Reason {
    /// Why the rule makes a difference; several lines where a criterion is explained.
    pub fn sentence(&self, lang: Lang) -> String {
        let rule = quoted(&self.rule, lang);
        let other = |with: &str, outcome: &crate::workflow::Outcome| {
            format!("{with} {rule} {}", outcome.sentence(lang))
        };
        match &self.because {
            Because::Removed => lang.pick(
                format!("{rule} n'est plus dans le programme"),
                format!("{rule} is no longer in the program"),
            ),
            Because::Added => lang.pick(format!("{rule} est nouvelle"), format!("{rule} is new")),
            Because::ActsOtherwise => {
                lang.pick(format!("{rule} agit autrement"), format!("{rule} acts otherwise"))
            }
            Because::FiresNoMore { outcome: Some(outcome) } => {
                other(lang.pick("avec le nouveau programme", "with the new program"), outcome)
            }
            Because::FiresNow { outcome: Some(outcome) } => {
                other(lang.pick("avec l'ancien programme", "with the old program"), outcome)
            }
            Because::FiresNoMore { outcome: None } => {
                lang.pick(format!("{rule} ne se déclenche plus"), format!("{rule} no longer fires"))
            }
            Because::FiresNow { outcome: None } => {
                lang.pick(format!("{rule} se déclenche maintenant"), format!("{rule} fires now"))
            }
        }
    }
}

//! Requests as people read them.

use super::request::{Act, Approval, Entry, Verdict};
use crate::lang::Lang;

impl Approval {
    /// Where it stands, in a sentence: « Remise : en attente, niveau 1 (rôle Directeur) ».
    pub fn sentence(&self, lang: Lang) -> String {
        let colon = lang.pick(" : ", ": ");
        let mut line = format!("{}{colon}{}", self.approval, self.status.word(lang));
        if self.is_pending() {
            let open = self.seats.iter().filter(|seat| seat.vote.is_none());
            let mut who: Vec<String> = open.map(|seat| seat.who.shown(lang)).collect();
            who.extend(self.delegations.iter().map(|d| format!("{} → {}", d.from, d.to)));
            let who = who.join(", ");
            line += &lang.pick(
                format!(", niveau {} ({who})", self.level),
                format!(", level {} ({who})", self.level),
            );
        }
        line
    }
}

impl Entry {
    /// What happened, in a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        let (by, level) = (self.by.as_deref(), self.level);
        let somebody = |fr: &str, en: &str, alone: (&str, &str)| match by {
            Some(by) => lang.pick(format!("{fr} par {by}"), format!("{en} by {by}")),
            None => lang.pick(alone.0, alone.1).to_owned(),
        };
        let mut line = match &self.act {
            Act::Submitted => somebody("soumise", "submitted", ("soumise", "submitted")),
            Act::Skipped => lang.pick(
                format!("niveau {level} passé, sa condition n'est pas remplie"),
                format!("level {level} skipped, its condition does not hold"),
            ),
            Act::Asked => {
                lang.pick(format!("niveau {level} consulté"), format!("level {level} asked"))
            }
            Act::Voted { verdict } => {
                let by = by.unwrap_or_default();
                match verdict {
                    Verdict::Approve => {
                        lang.pick(format!("{by} approuve"), format!("{by} approves"))
                    }
                    Verdict::Reject => lang.pick(format!("{by} refuse"), format!("{by} rejects")),
                }
            }
            Act::Delegated { to } => {
                let by = by.unwrap_or_default();
                lang.pick(
                    format!("{by} délègue sa voix à {to}"),
                    format!("{by} hands the vote to {to}"),
                )
            }
            Act::Reminded => lang.pick("rappel envoyé", "reminder sent").to_owned(),
            Act::Escalated => {
                lang.pick("délai passé, escalade", "deadline passed, escalated").to_owned()
            }
            Act::Lapsed { verdict } => {
                let verdict = verdict.status().word(lang);
                lang.pick(format!("délai passé, {verdict}"), format!("deadline passed, {verdict}"))
            }
            Act::Ended { status } => {
                let word = status.word(lang);
                somebody(word, word, (word, word))
            }
        };
        if let Some(comment) = &self.comment {
            line += &lang.pick(format!(" : « {comment} »"), format!(": “{comment}”"));
        }
        line
    }
}

//! Changes as people read them.

use super::{Change, Changes, Of, Part, What};
use crate::lang::{Lang, colon, quoted};

impl Changes {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.old == self.new && self.renamed.is_none()
    }

    /// What changes: the blueprint on a line, then each change.
    pub fn report(&self, lang: Lang) -> String {
        let mut head =
            lang.pick("Parcours ", "Blueprint ").to_owned() + &quoted(&self.blueprint, lang);
        if let Some(renamed) = &self.renamed {
            head = format!("{head} → {}", quoted(renamed, lang));
        }
        let state = match (&self.old, &self.new) {
            (None, _) => lang.pick("nouveau", "new"),
            (_, None) => lang.pick("n'existe plus", "is no more"),
            (old, new) if old == new => lang.pick("rien n'a changé", "nothing has changed"),
            _ => lang.pick("a changé", "has changed"),
        };
        let mut lines = vec![format!("{head}{}{state}", colon(lang))];
        lines.extend(self.changes.iter().map(|change| format!("  {}", change.sentence(lang))));
        lines.join("\n")
    }
}

impl Change {
    /// `~ transition « Conclure », obligatoires : Montant → Montant, Date`
    pub fn sentence(&self, lang: Lang) -> String {
        let of = self.of.words(lang);
        match &self.what {
            What::Added => format!("+ {of}"),
            What::Removed => format!("− {of}"),
            What::Became { to } => format!("~ {of} → {}", quoted(to, lang)),
            What::Reordered => {
                format!("~ {of}{}{}", colon(lang), lang.pick("autre ordre", "another order"))
            }
            What::Changed { part, before, after } => {
                let (part, colon) = (part.words(lang), colon(lang));
                let said = |text: &str| match text {
                    "" => lang.pick("rien", "nothing").to_owned(),
                    text => text.to_owned(),
                };
                let (before, after) = (before.text(lang), after.text(lang));
                if before == after {
                    let named =
                        lang.pick("ce qui y est nommé a changé", "what it names has changed");
                    return format!("~ {of}, {part}{colon}{named} ({})", said(after));
                }
                format!("~ {of}, {part}{colon}{} → {}", said(before), said(after))
            }
        }
    }
}

impl Of {
    fn words(&self, lang: Lang) -> String {
        match self {
            Of::Blueprint => lang.pick("le parcours", "the blueprint").to_owned(),
            Of::States => lang.pick("les états", "the states").to_owned(),
            Of::Transitions => lang.pick("les transitions", "the transitions").to_owned(),
            Of::State { state } => {
                format!("{} {}", lang.pick("état", "state"), quoted(state, lang))
            }
            Of::Transition { transition, child } => {
                let transition = format!("transition {}", quoted(transition, lang));
                match child {
                    Some(child) => {
                        let word = lang.pick("enfant", "child");
                        format!("{transition}, {word} {}", quoted(child, lang))
                    }
                    None => transition,
                }
            }
        }
    }
}

impl Part {
    fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Part::Module => ("module", "module"),
            Part::Field => ("champ", "field"),
            Part::Active => ("actif", "active"),
            Part::Continuous => ("continu", "continuous"),
            Part::Entry => ("entrée", "entry"),
            Part::Name => ("nom", "name"),
            Part::Role => ("rôle", "role"),
            Part::Default => ("état par défaut", "default state"),
            Part::Probability => ("probabilité", "probability"),
            Part::Labels => ("libellés", "labels"),
            Part::Deadline => ("délai", "deadline"),
            Part::Kind => ("genre", "kind"),
            Part::Route => ("chemin", "way"),
            Part::Owners => ("propriétaires", "owners"),
            Part::Condition => ("critère", "criterion"),
            Part::Messages => ("messages", "messages"),
            Part::Required => ("obligatoires", "required"),
            Part::Optional => ("facultatifs", "optional"),
            Part::Validations => ("validations", "validations"),
            Part::Extras => ("demandes", "asks for"),
            Part::After => ("après", "after"),
        };
        lang.pick(fr, en)
    }
}

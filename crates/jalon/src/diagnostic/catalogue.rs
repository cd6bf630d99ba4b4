//! The texts of all diagnostics, French and English side by side.
//!
//! Wording: lower case, no final period, the user's text in backticks, what is wrong and then the
//! way out. `{name}` is filled from the diagnostic's args.

mod approval;
mod automation;
mod blueprint;
mod check;
mod layout;
mod lint;
mod lint_program;
mod rules;
mod syntax;
mod template;
mod test;
mod workflow;

pub use approval::*;
pub use automation::*;
pub use blueprint::*;
pub use check::*;
pub use layout::*;
pub use lint::*;
pub use lint_program::*;
pub use rules::*;
pub use syntax::*;
pub use template::*;
pub use test::*;
pub use workflow::*;

use std::collections::BTreeMap;

use serde::Serialize;

pub use crate::lang::Text;

use crate::lang::Lang;

/// How serious a diagnostic is. Errors and warnings are findings; notes are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The program does not run.
    Error,
    /// It runs, and probably not as meant.
    Warning,
    /// Something to know, such as what could not be verified.
    Note,
}

impl Severity {
    /// What it is called in a language: `error`, `erreur`…
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Severity::Error => lang.pick("erreur", "error"),
            Severity::Warning => lang.pick("avertissement", "warning"),
            Severity::Note => lang.pick("remarque", "note"),
        }
    }
}

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable: `E0203`, `W0301`, `N0401`.
    pub id: &'static str,
    /// How serious.
    pub severity: Severity,
    /// What is wrong.
    pub message: Text,
    /// What stands under the underlined text.
    pub label: Option<Text>,
    /// The way out, in words.
    pub help: Option<Text>,
}

/// How many characters of an argument a message shows.
const MOST_SHOWN: usize = 1000;

/// What a fix does.
#[derive(Debug, PartialEq, Eq)]
pub struct FixTitle(pub Text);

impl Text {
    /// Fills `{name}` from the args; of a user's text that has no end, the beginning is enough.
    pub fn fill(&self, lang: Lang, args: &BTreeMap<&'static str, String>) -> String {
        let template = self.pick(lang);
        let mut filled = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            let value = args.get(name).map_or("…", String::as_str);
            match value.char_indices().nth(MOST_SHOWN) {
                Some((cut, _)) => filled.extend([value.split_at(cut).0, "…"]),
                None => filled.push_str(value),
            }
            rest = after;
        }
        filled + rest
    }
}

/// Declares diagnostics: a static for each, and the list of all of them in the file.
macro_rules! codes {
    ($list:ident; $($(#[$doc:meta])* $name:ident = $id:literal $severity:ident {
        fr: $fr:literal, en: $en:literal
        $(, label: $lfr:literal, $len:literal)?
        $(, help: $hfr:literal, $hen:literal)? $(,)?
    })*) => {
        $($(#[$doc])* pub static $name: Code = Code {
            id: $id,
            severity: Severity::$severity,
            message: Text { fr: $fr, en: $en },
            label: codes!(@optional $($lfr, $len)?),
            help: codes!(@optional $($hfr, $hen)?),
        };)*
        pub(super) static $list: &[&Code] = &[$(&$name),*];
    };
    (@optional) => { None };
    (@optional $fr:literal, $en:literal) => { Some(Text { fr: $fr, en: $en }) };
}
pub(crate) use codes;

/// `replace with X`: the title of the fix that [`super::Diagnostic::suggest`] adds.
pub static REPLACE_WITH: FixTitle =
    FixTitle(Text { fr: "remplacer par `{new}`", en: "replace with `{new}`" });

/// Every diagnostic there is, in the order of their codes.
pub fn all() -> Vec<&'static Code> {
    let mut all: Vec<&'static Code> = [
        layout::LAYOUT,
        lint::LINT,
        syntax::SYNTAX,
        rules::RULES,
        check::CHECK,
        workflow::WORKFLOW,
        automation::AUTOMATION,
        test::TEST,
        blueprint::BLUEPRINT,
        approval::APPROVAL,
        template::TEMPLATE,
        lint_program::LINT_PROGRAM,
    ]
    .concat();
    all.sort_by_key(|code| code.id);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_say_their_severity() {
        let all = all();
        for pair in all.windows(2) {
            assert_ne!(pair[0].id, pair[1].id);
        }
        for code in all {
            let letter = match code.severity {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Note => 'N',
            };
            assert!(code.id.starts_with(letter), "{}", code.id);
            assert_eq!(code.id.len(), 5, "{}", code.id);
        }
    }

    #[test]
    fn both_languages_name_the_same_things() {
        fn names(template: &str) -> Vec<&str> {
            // What another module says in its own words comes in both languages.
            fn own(name: &str) -> &str {
                name.trim_end_matches("_fr").trim_end_matches("_en")
            }
            let mut names: Vec<_> =
                template.split('{').skip(1).filter_map(|t| t.split('}').next().map(own)).collect();
            names.sort_unstable();
            names
        }
        for code in all() {
            for text in [Some(code.message), code.label, code.help].into_iter().flatten() {
                assert_eq!(names(text.fr), names(text.en), "{}", code.id);
                assert!(!text.fr.ends_with('.') && !text.en.ends_with('.'), "{}", code.id);
            }
        }
    }
}

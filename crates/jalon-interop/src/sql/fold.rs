//! The functions that fold a text in a database as the engine folds it.
//!
//! PostgreSQL and DuckDB can say the folding exactly: unify spaces and apostrophes, normalise,
//! replace each character by what it folds to, normalise again. The replacements are those of
//! [`jalon::value::fold::fold`] itself, character by character. SQLite cannot normalise: there the
//! host gives the function.

use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use jalon::schema::TextMode;
use jalon::value::fold::fold;
use serde::Serialize;

use super::Dialect;

/// A function that a clause calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Whether case counts: `casse stricte`.
    pub case_sensitive: bool,
    /// Whether accents do not count: `sans accents`.
    pub ignoring_accents: bool,
    /// The statement that creates it; `None` in SQLite, where the host gives it: one argument, a
    /// text, and its [`fold`].
    pub definition: Option<Arc<str>>,
}

const MODES: [(&str, TextMode); 4] = [
    ("jalon_fold", TextMode { case_sensitive: false, ignoring_accents: false }),
    ("jalon_fold_case", TextMode { case_sensitive: true, ignoring_accents: false }),
    ("jalon_fold_accents", TextMode { case_sensitive: false, ignoring_accents: true }),
    ("jalon_fold_case_accents", TextMode { case_sensitive: true, ignoring_accents: true }),
];

/// The functions that fold texts in a database, each with the statement that creates it.
///
/// ```
/// use jalon_interop::sql::{self, Dialect};
/// let names: Vec<_> = sql::functions(Dialect::DuckDb).iter().map(|f| f.name).collect();
/// assert_eq!(names, ["jalon_fold", "jalon_fold_case", "jalon_fold_accents", "jalon_fold_case_accents"]);
/// ```
pub fn functions(dialect: Dialect) -> Vec<Function> {
    MODES.iter().map(|(_, mode)| function(dialect, *mode)).collect()
}

/// The function that folds in a mode.
pub(super) fn function(dialect: Dialect, mode: TextMode) -> Function {
    static POSTGRES: [OnceLock<Arc<str>>; 4] = [const { OnceLock::new() }; 4];
    static DUCKDB: [OnceLock<Arc<str>>; 4] = [const { OnceLock::new() }; 4];
    let index = MODES.iter().position(|(_, of)| *of == mode).unwrap_or_default();
    let name = MODES[index].0;
    let definition = match dialect {
        Dialect::Sqlite => None,
        Dialect::Postgres => Some(POSTGRES[index].get_or_init(|| {
            let body = folding(mode, |text| format!("normalize({text}, NFC)"));
            format!(
                "CREATE OR REPLACE FUNCTION {name}(x text) RETURNS text LANGUAGE sql IMMUTABLE \
                 STRICT PARALLEL SAFE AS $jalon$ SELECT {body} $jalon$"
            )
            .into()
        })),
        Dialect::DuckDb => Some(DUCKDB[index].get_or_init(|| {
            let body = folding(mode, |text| format!("nfc_normalize({text})"));
            format!("CREATE OR REPLACE MACRO {name}(x) AS {body}").into()
        })),
    };
    let TextMode { case_sensitive, ignoring_accents } = mode;
    Function { name, case_sensitive, ignoring_accents, definition: definition.cloned() }
}

/// What the characters of a text in normal form fold to: those that become one character, those
/// that go, and those that become several.
#[derive(Default)]
struct Replacements {
    from: String,
    to: String,
    dropped: String,
    several: Vec<(char, String)>,
}

fn replacements(mode: TextMode) -> &'static Replacements {
    static FOUND: [OnceLock<Replacements>; 4] = [const { OnceLock::new() }; 4];
    let index = MODES.iter().position(|(_, of)| *of == mode).unwrap_or_default();
    FOUND[index].get_or_init(|| find_replacements(mode))
}

fn find_replacements(mode: TextMode) -> Replacements {
    let mut found = Replacements::default();
    for c in FOLDING.into_iter().flatten().filter(|c| !unified(*c)) {
        let text = c.to_string();
        // What is not in normal form is not met.
        if fold(&text, TextMode { case_sensitive: true, ..TextMode::default() }) != text {
            continue;
        }
        let folded = fold(&text, mode);
        let mut chars = folded.chars();
        match (chars.next(), chars.next()) {
            (None, _) => found.dropped.push(c),
            (Some(one), None) if one == c => {}
            (Some(one), None) => {
                found.from.push(c);
                found.to.push(one);
            }
            _ => found.several.push((c, folded.clone().into_owned())),
        }
    }
    found
}

/// Where characters stand that fold to something else: all of Unicode but the ideographs, Hangul,
/// private use and what is not assigned.
const FOLDING: [RangeInclusive<char>; 4] = [
    '\0'..='\u{33FF}',
    '\u{A000}'..='\u{ABFF}',
    '\u{F900}'..='\u{1F1FF}',
    '\u{E0100}'..='\u{E01EF}',
];

/// Whether a character is replaced before normalising: spaces and the typographic apostrophe.
fn unified(c: char) -> bool {
    c == '’' || c.is_whitespace() && c != ' '
}

/// The folding of `x` as an expression.
fn folding(mode: TextMode, normalize: impl Fn(String) -> String) -> String {
    let spaces: String = ('\0'..=char::MAX).filter(|c| c.is_whitespace() && *c != ' ').collect();
    let plain: String = spaces.chars().map(|_| ' ').collect();
    let unify = format!("translate(x, '’{spaces}', '''{plain}')");
    let found = replacements(mode);
    if found.several.is_empty() && found.from.is_empty() {
        return normalize(unify);
    }
    // First what becomes several characters: nothing of that becomes another one.
    let mut folded = "replace(".repeat(found.several.len()) + &normalize(unify);
    for (c, several) in &found.several {
        let _ = write!(folded, ", '{c}', '{}')", quoted(several));
    }
    let from = quoted(&found.from) + &quoted(&found.dropped);
    normalize(format!("translate({folded}, '{from}', '{}')", quoted(&found.to)))
}

fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_looked_at_folds_to_itself() {
        let mode = TextMode { case_sensitive: false, ignoring_accents: true };
        let mut text = String::new();
        let looked_at = |c: &char| FOLDING.iter().any(|range| range.contains(c));
        let assigned = ('\0'..='\u{323AF}').chain('\u{E0000}'..='\u{E0FFF}');
        for c in assigned.filter(|c| !looked_at(c)) {
            text.clear();
            text.push(c);
            let normal = fold(&text, TextMode { case_sensitive: true, ..TextMode::default() });
            assert!(normal != text || fold(&text, mode) == text, "{c:?}");
        }
    }

    #[test]
    fn a_definition_for_each_mode_but_in_sqlite() {
        assert!(functions(Dialect::Sqlite).iter().all(|function| function.definition.is_none()));
        for dialect in [Dialect::Postgres, Dialect::DuckDb] {
            for function in functions(dialect) {
                assert!(function.definition.unwrap().contains(function.name));
            }
        }
    }
}

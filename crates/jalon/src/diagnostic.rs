//! Everything that can be wrong with a program, as data: a stable code, a place, the names that
//! fill its message, and fixes. The texts are in the [`catalogue`], in French and English.

pub mod catalogue;
mod form;
mod page;
mod render;

use std::collections::BTreeMap;

use serde::Serialize;

pub use catalogue::{Code, FixTitle, Severity, Text};
pub use form::Units;
pub(crate) use form::form;
pub use page::{page, section};
pub use render::render;

use crate::lang::Lang;
use crate::source::Span;

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What is wrong.
    pub code: &'static Code,
    /// Where: the underlined text.
    pub span: Span,
    /// The names that fill the code's texts, by placeholder.
    pub args: BTreeMap<&'static str, String>,
    /// Other places that matter, such as the first of two definitions.
    pub labels: Vec<Label>,
    /// A name that may have been meant.
    pub suggestion: Option<String>,
    /// Ways out, as edits.
    pub fixes: Vec<Fix>,
    /// The language its text is given in when none is asked for.
    pub lang: Lang,
}

/// A second place of a diagnostic.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: Text,
}

/// A way out: edits that mend the text.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, with the diagnostic's args and its own.
    pub title: &'static FixTitle,
    /// The names that fill the title.
    pub args: BTreeMap<&'static str, String>,
    /// The edits, none overlapping.
    pub edits: Vec<Edit>,
}

/// Replace the text of a span (insert where it is empty).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// With what.
    pub text: String,
}

/// A text with edits made in it, such as those of a [`Fix`] in a program of one text. An edit that does
/// not lie in the text is left out.
///
/// ```
/// use jalon::diagnostic::apply;
/// use jalon::program::Loader;
///
/// let text = "module Leads\n  Country : text\nscore S on Leads\n  +1 if Contry IS France\n";
/// let found = Loader::default().source("leads.jalon", text).check().list;
/// let mended = apply(text, &found[0].fixes[0].edits);
/// assert!(mended.ends_with("+1 if Country IS France\n"));
/// ```
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    // From the end, so that the places of the others stay.
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut text = text.to_owned();
    for edit in edits {
        let place = edit.span.start as usize..edit.span.end as usize;
        if text.get(place.clone()).is_some() {
            text.replace_range(place, &edit.text);
        }
    }
    text
}

impl Diagnostic {
    /// A finding of a kind at a place.
    pub fn new(code: &'static Code, span: Span) -> Diagnostic {
        Diagnostic {
            code,
            span,
            args: BTreeMap::new(),
            labels: Vec::new(),
            suggestion: None,
            fixes: Vec::new(),
            lang: Lang::default(),
        }
    }

    /// Fills a placeholder of its texts.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "callers pass temporaries")]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Diagnostic {
        self.args.insert(name, value.to_string());
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: Text) -> Diagnostic {
        self.labels.push(Label { span, text });
        self
    }

    /// Offers a name that may have been meant, with the fix that puts it in.
    #[must_use]
    pub fn suggest(mut self, name: Option<String>) -> Diagnostic {
        if let Some(name) = name {
            self.fixes.push(Fix::replace(&catalogue::REPLACE_WITH, self.span, &name));
            self.suggestion = Some(name);
        }
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Diagnostic {
        self.fixes.push(fix);
        self
    }

    /// How serious it is.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }

    /// Whether it is an error of a text that cannot be read; others are about what it means.
    pub fn is_of_syntax(&self) -> bool {
        self.code.id.starts_with("E01")
    }

    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        self.code.message.fill(lang, &self.args)
    }

    /// What stands under the underline: the code's label, and the name that may have been meant.
    pub fn underline(&self, lang: Lang) -> Option<String> {
        let label = self.code.label.map(|text| text.fill(lang, &self.args));
        let Some(name) = &self.suggestion else { return label };
        let meant =
            lang.pick(format!("vouliez-vous dire `{name}` ?"), format!("did you mean `{name}`?"));
        Some(match label {
            Some(label) => format!("{label}{} {meant}", lang.pick(" ;", ";")),
            None => meant,
        })
    }

    /// The help line, if the code has one.
    pub fn help(&self, lang: Lang) -> Option<String> {
        self.code.help.map(|text| text.fill(lang, &self.args))
    }
}

impl Fix {
    /// One edit at a place; the title's `{new}` is the new text.
    pub fn replace(title: &'static FixTitle, span: Span, text: &str) -> Fix {
        Fix {
            title,
            args: BTreeMap::from([("new", text.to_owned())]),
            edits: vec![Edit { span, text: text.to_owned() }],
        }
    }

    /// The title in a language.
    pub fn title(&self, lang: Lang) -> String {
        self.title.0.fill(lang, &self.args)
    }
}

/// The declared name nearest to a misspelled one, when it is near enough to be meant: at most a
/// third of its letters differ (by edit distance on folded text).
pub fn did_you_mean<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wrong: Vec<char> = wrong.to_lowercase().chars().take(80).collect();
    names
        .into_iter()
        .map(|name| {
            let right: Vec<char> = name.to_lowercase().chars().take(80).collect();
            let longest = right.len().max(wrong.len());
            let far = right.len().abs_diff(wrong.len()) * 3 > longest;
            (if far { longest } else { distance(&wrong, &right) }, longest, name)
        })
        .filter(|(distance, longest, _)| distance * 3 <= *longest)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., name)| name.to_owned())
}

/// Edit distance with swaps of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

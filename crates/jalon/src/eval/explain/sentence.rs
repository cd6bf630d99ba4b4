//! Explanations as people read them, in French and in English.

use super::{Because, Explanation, LeafReason, Node, Read};
use crate::lang::{Lang, colon, quoted};
use crate::lexicon::Quantifier;
use crate::value::{Date, LocalDateTime};

/// How sentences are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// In which language.
    pub(crate) lang: Lang,
    /// Dates as `2026-06-30`, whatever the language: in reports of rules, which tools compare.
    pub(crate) iso: bool,
}

impl From<Lang> for Style {
    fn from(lang: Lang) -> Style {
        Style { lang, iso: false }
    }
}

impl Explanation {
    /// Why the criterion holds or does not, on several lines: the verdict, then each part with
    /// the values read.
    ///
    /// ```
    /// use jalon::{Clock, Criterion, lang::Lang};
    /// use serde_json::json;
    ///
    /// let criterion = Criterion::parse("Pays EST France")?;
    /// let why = criterion.explain(&json!({"Pays": "Monaco"}), &Clock::default())?;
    /// assert_eq!(
    ///     why.sentence(Lang::Fr),
    ///     "Le critère ne tient pas.\n✗ « Pays EST France » ne tient pas : Pays vaut « Monaco »",
    /// );
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    pub fn sentence(&self, lang: Lang) -> String {
        let mut lines = vec![match (self.holds, lang) {
            (true, Lang::Fr) => "Le critère tient.".to_owned(),
            (false, Lang::Fr) => "Le critère ne tient pas.".to_owned(),
            (true, Lang::En) => "The criterion holds.".to_owned(),
            (false, Lang::En) => "The criterion does not hold.".to_owned(),
        }];
        self.root.lines(lang, 0, &mut lines);
        errors(&self.errors, lang, &mut lines);
        lines.join("\n")
    }
}

/// The lines about values that could not be used.
pub(crate) fn errors(errors: &[super::RecordError], lang: Lang, lines: &mut Vec<String>) {
    lines.extend(errors.iter().map(|error| format!("⚠ {}", error.message(lang))));
}

impl Node {
    /// Whether this part holds.
    pub fn holds(&self) -> bool {
        match self {
            Node::All { holds, .. }
            | Node::Any { holds, .. }
            | Node::Not { holds, .. }
            | Node::Related { holds, .. } => *holds,
            Node::Leaf(leaf) => leaf.holds,
        }
    }

    /// Adds the lines of this part, indented by its depth.
    pub(crate) fn lines(&self, style: impl Into<Style>, depth: usize, lines: &mut Vec<String>) {
        let style = style.into();
        let lang = style.lang;
        let head = format!("{}{} ", "  ".repeat(depth), if self.holds() { '✓' } else { '✗' });
        match self {
            Node::All { holds, parts } => {
                lines.push(head + connective(true, *holds, parts, lang));
                for part in parts {
                    part.lines(style, depth + 1, lines);
                }
            }
            Node::Any { holds, parts } => {
                lines.push(head + connective(false, *holds, parts, lang));
                for part in parts {
                    part.lines(style, depth + 1, lines);
                }
            }
            Node::Not { part, .. } => {
                lines.push(head + lang.pick("le contraire de :", "the opposite of:"));
                part.lines(style, depth + 1, lines);
            }
            Node::Related { text, quantifier, count, matching, decisive, holds } => {
                lines.push(head + &related(text, *holds, *quantifier, *count, *matching, lang));
                if let Some(decisive) = decisive {
                    lines.push(format!(
                        "{}{}",
                        "  ".repeat(depth + 1),
                        lang.pick("la première qui décide :", "the first that decides:")
                    ));
                    decisive.lines(style, depth + 2, lines);
                }
            }
            Node::Leaf(leaf) => lines.push(head + &leaf.styled(style)),
        }
    }
}

/// What joins the parts, with how many of them hold.
fn connective(all: bool, holds: bool, parts: &[Node], lang: Lang) -> &'static str {
    let one_holds = parts.iter().any(Node::holds);
    match (all, holds, lang) {
        (true, true, Lang::Fr) => "toutes ces conditions tiennent :",
        (true, true, Lang::En) => "all of these hold:",
        (true, false, Lang::Fr) => "ces conditions ne tiennent pas toutes :",
        (true, false, Lang::En) => "not all of these hold:",
        (false, true, Lang::Fr) => "une de ces conditions tient :",
        (false, true, Lang::En) => "one of these holds:",
        (false, false, Lang::Fr) if one_holds => "aucune ne compte, une valeur est inutilisable :",
        (false, false, Lang::En) if one_holds => "none counts, a value is unusable:",
        (false, false, Lang::Fr) => "aucune de ces conditions ne tient :",
        (false, false, Lang::En) => "none of these holds:",
    }
}

fn related(
    text: &str,
    holds: bool,
    quantifier: Quantifier,
    count: usize,
    matching: usize,
    lang: Lang,
) -> String {
    let verdict = verdict(holds, lang);
    let counted = match (lang, count) {
        (Lang::Fr, 0) => "il n'y en a pas".to_owned(),
        (Lang::En, 0) => "there are none".to_owned(),
        (Lang::Fr, _) => format!("{matching} sur {count} y répond{}", plural(matching, "ent")),
        (Lang::En, _) => {
            format!("{matching} of {count} match{}", if matching == 1 { "es" } else { "" })
        }
    };
    let needed = match (quantifier, lang) {
        (Quantifier::Any, Lang::Fr) => "il en faut au moins une",
        (Quantifier::Any, Lang::En) => "at least one must",
        (Quantifier::No, Lang::Fr) => "il n'en faut aucune",
        (Quantifier::No, Lang::En) => "none may",
        (Quantifier::All, Lang::Fr) => "il les faut toutes",
        (Quantifier::All, Lang::En) => "all must",
    };
    format!("{} {verdict}{}{counted} ; {needed}", quoted(text, lang), colon(lang))
        .replace(" ; ", lang.pick(" ; ", "; "))
}

fn plural(count: usize, ending: &str) -> &str {
    if count > 1 { ending } else { "" }
}

fn verdict(holds: bool, lang: Lang) -> &'static str {
    match (holds, lang) {
        (true, Lang::Fr) => "tient",
        (false, Lang::Fr) => "ne tient pas",
        (true, Lang::En) => "holds",
        (false, Lang::En) => "does not hold",
    }
}

impl LeafReason {
    /// `« Pays EST France » ne tient pas : Pays vaut « Monaco »`.
    pub fn sentence(&self, lang: Lang) -> String {
        self.styled(lang.into())
    }

    fn styled(&self, style: Style) -> String {
        let lang = style.lang;
        let text = quoted(&self.text, lang);
        let verdict = verdict(self.holds, lang);
        let read = self.read(style);
        let mut sentence = match self.because {
            Some(Because::Empty | Because::Absent) => lang.pick(
                format!("{text} {verdict} parce que {read}"),
                format!("{text} {verdict} because {read}"),
            ),
            Some(Because::WrongType) => lang.pick(
                format!("{text} ne peut pas être jugé : {read}"),
                format!("{text} cannot be judged: {read}"),
            ),
            _ => format!("{text} {verdict}{}{read}", colon(lang)),
        };
        if let Some(silent) = self.because.and_then(|because| silent(because, lang)) {
            sentence.extend([" (", silent, ")"]);
        }
        if !self.compared_with.is_empty() {
            let others: Vec<String> =
                self.compared_with.iter().map(|read| value(read, style)).collect();
            let others = others.join(", ");
            sentence +=
                &lang.pick(format!(", comparé à {others}"), format!(", compared with {others}"));
        }
        if let Some((from, to)) = self.interval.as_ref() {
            let interval = interval(from.as_deref(), to.as_deref(), style);
            sentence.extend([" (", interval.as_str(), ")"]);
        }
        sentence
    }

    /// The interval as people say it: `du 01/06/2026 au 30/06/2026`, the last day inside.
    pub fn interval_text(&self, lang: Lang) -> Option<String> {
        let (from, to) = self.interval.as_ref()?;
        Some(interval(from.as_deref(), to.as_deref(), lang.into()))
    }

    /// `Pays vaut « Monaco »`, `Pays est vide`.
    fn read(&self, style: Style) -> String {
        let (lang, field) = (style.lang, &self.field);
        match &self.value {
            Read::Value(_) => {
                let value = value(&self.value, style);
                lang.pick(format!("{field} vaut {value}"), format!("{field} is {value}"))
            }
            Read::Empty => lang.pick(format!("{field} est vide"), format!("{field} is empty")),
            Read::Absent => lang.pick(
                format!("la fiche ne porte pas {field}, lu comme vide"),
                format!("the record does not carry {field}, which reads as empty"),
            ),
            Read::WrongType(_) => {
                let value = value(&self.value, style);
                lang.pick(format!("{field} porte {value}"), format!("{field} carries {value}"))
            }
        }
    }
}

/// A value as it is shown: numbers, dates and masks as they are, ticks in words, texts in quotes.
pub(crate) fn value(read: &Read, style: impl Into<Style>) -> String {
    let style = style.into();
    let lang = style.lang;
    match read {
        Read::Value(text) if text == "true" => lang.pick("sélectionné", "selected").to_owned(),
        Read::Value(text) if text == "false" => {
            lang.pick("non sélectionné", "not selected").to_owned()
        }
        Read::Value(text) if text == super::leaf::MASK => text.clone(),
        Read::Value(text) => moment(text, style).unwrap_or_else(|| {
            if text.parse::<rust_decimal::Decimal>().is_ok() {
                text.clone()
            } else {
                quoted(text, lang)
            }
        }),
        Read::Empty => lang.pick("vide", "empty").to_owned(),
        Read::Absent => lang.pick("absent", "absent").to_owned(),
        Read::WrongType(text) => {
            quoted(text, lang) + lang.pick(", une valeur inutilisable", ", an unusable value")
        }
    }
}

/// What a comparison fails by.
fn silent(because: Because, lang: Lang) -> Option<&'static str> {
    let (fr, en) = match because {
        Because::Case => ("seule la casse diffère", "only the case differs"),
        Because::Accents => ("seuls les accents diffèrent", "only the accents differ"),
        Because::OuterSpaces => {
            ("seuls des espaces autour diffèrent", "only the spaces around it differ")
        }
        Because::Unlisted => ("valeur absente de la liste déclarée", "not a declared value"),
        Because::Empty | Because::Absent | Because::WrongType => return None,
    };
    Some(lang.pick(fr, en))
}

/// `du 23/06/2026 au 30/06/2026`: of days the last one inside, of times the first one after.
fn interval(from: Option<&str>, to: Option<&str>, style: Style) -> String {
    let lang = style.lang;
    let last = |to: &str| Date::parse(to).and_then(|date| date.plus_days(-1));
    let shown = |text: &str| moment(text, style).unwrap_or_else(|| text.to_owned());
    let from = from.map(shown);
    // An interval that holds the present ends a microsecond after it; people count seconds.
    let to = to.map(|to| match (last(to), to.split_once('.')) {
        (Some(date), _) => shown(&date.to_string()),
        (None, Some((present, _))) => shown(present),
        (None, None) => {
            lang.pick(format!("{} exclu", shown(to)), format!("{} excluded", shown(to)))
        }
    });
    match (from, to, lang) {
        (Some(from), Some(to), _) if from == to => from,
        (Some(from), Some(to), Lang::Fr) => format!("du {from} au {to}"),
        (Some(from), Some(to), Lang::En) => format!("from {from} to {to}"),
        (Some(from), None, Lang::Fr) => format!("à partir du {from}"),
        (Some(from), None, Lang::En) => format!("from {from}"),
        (None, Some(to), Lang::Fr) => format!("jusqu'au {to}"),
        (None, Some(to), Lang::En) => format!("until {to}"),
        (None, None, Lang::Fr) => "toujours".to_owned(),
        (None, None, Lang::En) => "always".to_owned(),
    }
}

/// A date or a time in the way of a language; `None` of other texts.
pub(crate) fn moment(text: &str, style: impl Into<Style>) -> Option<String> {
    let Style { lang, iso } = style.into();
    if let Some(date) = Date::parse(text) {
        return Some(if iso { date.to_string() } else { day(date, lang) });
    }
    let local = LocalDateTime::parse(text)?;
    if iso {
        return Some(local.to_string());
    }
    let (date, time) = (day(local.date(), lang), local.time());
    Some(lang.pick(format!("{date} à {time}"), format!("{date} at {time}")))
}

fn day(date: Date, lang: Lang) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    lang.pick(format!("{day:02}/{month:02}/{year:04}"), format!("{year:04}-{month:02}-{day:02}"))
}

//! `jalon reference`: what the words of the language mean, from the tables that the book and the
//! editors read.

use clap::Args;
use jalon::diagnostic::did_you_mean;
use jalon::lang::{Lang, Text};
use jalon::lexicon::reference::{self as table, Called, Example, OnEmpty};
use jalon::lexicon::{Aggregate, EVENT_TYPES, Function, OPERATORS, Quantifier, Unit};
use jalon::syntax::vocabulary::{Place, begins};

use crate::failure::Failure;
use crate::whole;

/// `jalon reference`
#[derive(Debug, Args)]
#[command(after_help = "\
An operator, a function, a unit, an event type, a field type, a property, or a word of a declaration or of its
lines, in French or in English, in any case, with its accents or without. It is told in the language of the
word, unless --lang says which. Without a word, all of them.

Examples:
  jalon reference contains
  jalon reference EST VIDE
  jalon reference quand --lang en
  jalon reference

Exit codes: 0 fine, 2 a word that the language does not have.")]
#[command(override_usage = "jalon reference [OPTIONS] [WORD]...")]
pub struct ReferenceArgs {
    /// The word, or several that stand together
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,
}

/// Tells what a word means, or lists all words.
pub fn run(args: &ReferenceArgs, asked: Option<Lang>) -> Result<(), Failure> {
    let entries = entries();
    let wanted = args.words.join(" ");
    let (text, lang) = if wanted.trim().is_empty() {
        let lang = asked.unwrap_or_default();
        (list(&entries, lang), lang)
    } else {
        let found: Vec<&Entry> = entries.iter().filter(|entry| entry.is(&wanted)).collect();
        if found.is_empty() {
            return Err(unknown(&entries, &wanted, asked.unwrap_or_default()));
        }
        let lang = asked.unwrap_or_else(|| spoken(&found, &wanted));
        let told: Vec<String> = found.iter().map(|entry| entry.told(lang)).collect();
        (told.join("\n"), lang)
    };
    whole::print(&text, lang)
}

/// A word of the language and what is known of it.
struct Entry {
    /// What kind of word it is, or where it stands.
    kind: Text,
    /// Whether it is written in capitals.
    capitals: bool,
    fr: Vec<&'static str>,
    en: Vec<&'static str>,
    what: Text,
    /// Further lines: what is told, and of what.
    more: Vec<(Text, Text)>,
}

const fn text(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// Every word, in the order of the reference.
fn entries() -> Vec<Entry> {
    let mut entries = operators();
    let functions = text("fonction", "function");
    entries.extend(called(Function::WORDS, table::FUNCTIONS, functions, false));
    let over = text("sur les fiches liées", "over related records");
    entries.extend(called(Aggregate::WORDS, table::AGGREGATES, over, true));
    let how_many = text("combien satisfont un critère", "how many satisfy a criterion");
    entries.extend(called(Quantifier::WORDS, table::QUANTIFIERS, how_many, true));
    for (unit, what, example) in table::UNITS {
        let words = Unit::WORDS.iter().find(|(of, ..)| of == unit);
        let (fr, en) = words.map_or((vec![], vec![]), |(_, fr, en)| (fr.to_vec(), en.to_vec()));
        let kind = text("unité de temps", "unit of time");
        entries.push(Entry {
            kind,
            capitals: false,
            fr,
            en,
            what: *what,
            more: vec![shown(example)],
        });
    }
    for event in EVENT_TYPES {
        let Some(what) = table::events(event.id) else { continue };
        let (fr, en) = (event.fr.to_vec(), [event.en, &[event.id]].concat());
        let kind = text("type d'événement", "event type");
        entries.push(Entry { kind, capitals: false, fr, en, what, more: Vec::new() });
    }
    for place in Place::ALL {
        for phrase in place.words() {
            let meaning = phrase.fr.first().and_then(|word| place.meaning(word));
            let Some(what) = meaning else { continue };
            let (fr, en) = (phrase.fr.to_vec(), phrase.en.to_vec());
            entries.push(Entry {
                kind: place.title(),
                capitals: false,
                fr,
                en,
                what,
                more: Vec::new(),
            });
        }
    }
    entries
}

fn operators() -> Vec<Entry> {
    let entry = |row: &table::Operator| {
        let forms = || OPERATORS.iter().filter(|words| words.op == row.op);
        let on_empty = match row.on_empty {
            OnEmpty::Fails => text("faux", "false"),
            OnEmpty::Holds => text("vrai", "true"),
            OnEmpty::AsValue => text("comme une valeur", "as a value is"),
        };
        Entry {
            kind: text("opérateur", "operator"),
            capitals: true,
            fr: forms().flat_map(|words| words.fr).copied().collect(),
            en: forms().flat_map(|words| words.en).copied().collect(),
            what: row.what,
            more: vec![
                (text("sur", "on"), row.on),
                (text("d'un champ vide", "of an empty field"), on_empty),
                shown(&row.example),
            ],
        }
    };
    table::OPERATORS.iter().map(entry).collect()
}

fn called<T: PartialEq>(
    words: &[(T, &'static [&'static str], &'static [&'static str])],
    rows: &[Called<T>],
    kind: Text,
    capitals: bool,
) -> Vec<Entry> {
    let entry = |row: &Called<T>| {
        let (_, fr, en) = words.iter().find(|(of, ..)| *of == row.of)?;
        let of_nothing = (text("de rien", "of nothing"), row.on_empty);
        let more = vec![of_nothing, shown(&row.example)];
        Some(Entry { kind, capitals, fr: fr.to_vec(), en: en.to_vec(), what: row.what, more })
    };
    rows.iter().filter_map(entry).collect()
}

fn shown(example: &Example) -> (Text, Text) {
    (text("exemple", "example"), Text { fr: example.fr, en: example.en })
}

impl Entry {
    fn is(&self, wanted: &str) -> bool {
        self.fr.iter().chain(&self.en).any(|word| is_word(wanted, word))
    }

    fn written(&self, word: &str) -> String {
        if self.capitals { word.to_uppercase() } else { word.to_owned() }
    }

    /// The entry on lines: the word and how else it is written, what kind it is, what it means.
    fn told(&self, lang: Lang) -> String {
        let (ours, theirs) = lang.pick((&self.fr, &self.en), (&self.en, &self.fr));
        let colon = lang.pick(" :", ":");
        let written = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| self.written(word)).collect();
            words.join(", ")
        };
        let mut out = format!("{}\n  {}\n", written(ours), written(theirs));
        out.extend(["  ", self.kind.pick(lang), "\n\n  ", self.what.pick(lang), "\n"]);
        for (of, told) in &self.more {
            out.extend(["  ", of.pick(lang), colon, " ", told.pick(lang), "\n"]);
        }
        out
    }
}

/// Whether what is asked for is a word, whatever its case and its accents.
fn is_word(wanted: &str, word: &str) -> bool {
    let wanted = wanted.trim();
    begins(wanted, word) == Some(wanted.len())
}

/// The language of a word: English where it has the word, French otherwise.
fn spoken(found: &[&Entry], wanted: &str) -> Lang {
    let has = |words: &[&str]| words.iter().any(|word| is_word(wanted, word));
    if found.iter().any(|entry| has(&entry.en)) { Lang::En } else { Lang::Fr }
}

/// All words by their kind; one that stands for several of the other language is listed once.
fn list(entries: &[Entry], lang: Lang) -> String {
    let mut out = String::new();
    let mut kind = "";
    let mut listed = Vec::new();
    for entry in entries {
        let words = lang.pick(&entry.fr, &entry.en);
        let Some(word) = words.first().map(|word| entry.written(word)) else { continue };
        if entry.kind.pick(lang) == kind {
            if !listed.contains(&word) {
                out.extend([", ", word.as_str()]);
                listed.push(word);
            }
            continue;
        }
        kind = entry.kind.pick(lang);
        listed = vec![word.clone()];
        let before = if out.is_empty() { "" } else { "\n\n" };
        out.extend([before, kind, lang.pick(" :", ":"), "\n  ", word.as_str()]);
    }
    out + "\n"
}

fn unknown(entries: &[Entry], wanted: &str, lang: Lang) -> Failure {
    let words = entries.iter().flat_map(|entry| entry.fr.iter().chain(&entry.en)).copied();
    let meant = did_you_mean(wanted, words).map(|word| {
        lang.pick(format!(" ; vouliez-vous dire `{word}` ?"), format!("; did you mean `{word}`?"))
    });
    let message = lang.pick(
        format!("`{wanted}` n'est pas un mot du langage"),
        format!("`{wanted}` is no word of the language"),
    );
    Failure::usage(lang, &(message + &meant.unwrap_or_default()))
}

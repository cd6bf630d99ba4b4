//! What is offered at the end of a text, broken as it is while one types.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Asked, completion};
use crate::analysis::{Analysis, SourceFile};
use crate::text::{Encoding, Text};

const PROGRAM: &str = "\
module Deals (Potentials)
  # What it is worth
  Amount (Deal_Amount) : money
  Stage : picklist New, \"Won, at last\", Lost
  VIP : checkbox
  Closing Date : date
  Contacts : records People
  E-mails : events (Subject : text, Opened : checkbox)
module People
  Name (First) : text
  City : text
constant Big : 1000
score Fit on Deals
  +1 if Amount > 5
rule \"Hot\" on Deals
  when created
  if VIP IS yes
blueprint \"Way\" on Deals, field Stage
  states New, \"Won, at last\"
  transition \"Win\" from New to \"Won, at last\"
";

fn analysis(text: &str) -> Analysis {
    let uri: lsp_types::Uri = "file:///a.jalon".parse().unwrap();
    let text = Arc::new(Text::new(text));
    Analysis::new(vec![SourceFile { uri, name: "a".into(), text }], None, Encoding::Utf16)
}

/// Labels and what is written for each, where the program was checked without the last lines.
fn offered(lines: &str) -> Vec<(String, String)> {
    let analysis = analysis(PROGRAM);
    let text = Text::new(format!("{PROGRAM}{lines}"));
    let asked = Asked {
        text: &text,
        offset: text.as_str().len(),
        source: analysis.source(&"file:///a.jalon".parse().unwrap()),
        snippets: false,
        encoding: Encoding::Utf16,
    };
    let items = completion(&analysis, &asked).items.into_iter();
    items
        .map(|item| match item.text_edit {
            Some(lsp_types::CompletionTextEdit::Edit(edit)) => (item.label, edit.new_text),
            _ => (item.label, String::new()),
        })
        .collect()
}

fn has(lines: &str, wanted: &[&str]) {
    let offered = offered(lines);
    for label in wanted {
        assert!(offered.iter().any(|(known, _)| known == label), "{label} in {offered:?}");
    }
}

fn has_not(lines: &str, unwanted: &[&str]) {
    let offered = offered(lines);
    for label in unwanted {
        assert!(!offered.iter().any(|(known, _)| known == label), "{label} in {offered:?}");
    }
}

#[test]
fn operators_are_those_of_the_type_in_the_language_of_the_file() {
    let rule = "rule R on Deals\n  if ";
    has(&format!("{rule}Amount "), &["IS", "<", "<=", "BETWEEN", "IS EMPTY", "BECOMES"]);
    has_not(&format!("{rule}Amount "), &["CONTAINS", "EST", "BEFORE"]);
    has(&format!("{rule}VIP "), &["IS", "ISN'T"]);
    has_not(&format!("{rule}VIP "), &["IS EMPTY", "<"]);
    has(&format!("{rule}Closing Date IS"), &["IS", "IS EMPTY"]);
    has_not("score S on Deals\n  +1 if Amount ", &["BECOMES"]);
    has("rule \"On time on People\" on Deals\n  if ", &["Amount"]);
}

#[test]
fn values_are_quoted_where_they_must_be() {
    let offered = offered("rule R on Deals\n  if Stage IS ");
    let won = offered.iter().find(|(label, _)| label == "Won, at last").unwrap();
    assert_eq!(won.1, "\"Won, at last\"");
    has("rule R on Deals\n  if Stage IS \"Wo", &["Won, at last"]);
    has("rule R on Deals\n  if Amount BETWEEN 1 AND ", &["Big"]);
    has("rule R on Deals\n  if Amount BETWEEN 1 AND 5 AND ", &["Stage"]);
    has("rule R on Deals\n  if VIP IS yes\n    AND Stage IS New,\n    ", &["Lost"]);
}

#[test]
fn the_records_inside_a_bracket_are_those_of_the_list() {
    has("rule R on Deals\n  if ANY Contacts (", &["Name", "City"]);
    has_not("rule R on Deals\n  if ANY Contacts (", &["Amount"]);
    has("rule R on Deals\n  if ANY Contacts (City IS Nice) AND ", &["Amount"]);
    has("rule R on Deals\n  if NOT (VIP IS yes OR ", &["Amount"]);
    has("score S on Deals\n  +1 per email opened, if ", &["Subject", "Opened"]);
    has("score S on Deals\n  +1 per ", &["email opened"]);
}

#[test]
fn every_kind_of_line_has_its_words() {
    has("module M\n  A : ", &["text", "picklist", "lookup"]);
    has("module M\n  A : lookup ", &["Deals", "People"]);
    has("module M\n  A : text, ", &["required", "unique"]);
    has("rule R on Deals\n  then\n    Stage : ", &["New", "empty"]);
    has("rule R on Deals\n  then\n    task \"x\", ", &["due", "priority"]);
    has("rule R on Deals\n  then\n    score ", &["Fit"]);
    has("blueprint B on Deals, field ", &["Stage"]);
    has("blueprint B on Deals, field Stage\n  transition \"x\" from ", &["New", "Lost"]);
    has("blueprint B on Deals, field Stage\n  transition \"x\" from New to ", &["Lost"]);
    has(
        "blueprint B on Deals, field Stage\n  transition \"x\" from New to Lost\n    required ",
        &["Amount"],
    );
    has("approval A on Deals\n  ", &["level", "when", "approved"]);
    has("test T on Deals\n  expect rule \"", &["Hot"]);
    has("test T on Deals\n  expect state ", &["New"]);
    has("test T on Deals\n  transition \"", &["Win"]);
    has("test T on Deals\n  given\n    Stage : ", &["Lost"]);
    has("rule R on Deals\n  then\n    task \"Call ${", &["Amount", "Deals"]);
    has("rule R on Deals\n  then\n    task \"Call ${Deals.", &["Amount"]);
    has("ru", &["rule", "blueprint"]);
    assert!(offered("rule R on Deals\n  # if ").is_empty(), "a comment");
}

#[test]
fn a_field_shows_its_type_and_its_comment() {
    let analysis = analysis(PROGRAM);
    let text = Text::new(format!("{PROGRAM}rule R on Deals\n  if "));
    let asked = Asked {
        text: &text,
        offset: text.as_str().len(),
        source: None,
        snippets: false,
        encoding: Encoding::Utf16,
    };
    let items = completion(&analysis, &asked).items;
    let amount = items.iter().find(|item| item.label == "Amount").unwrap();
    assert_eq!(amount.detail.as_deref(), Some("money"));
    let doc = format!("{:?}", amount.documentation);
    assert!(doc.contains("Deal_Amount") && doc.contains("What it is worth"), "{doc}");
}

/// Of thousands of values those that fit best are sent, and that there are more.
#[test]
fn of_very_much_the_best_matches_are_offered() {
    let cities: Vec<String> = (0..5000).map(|n| format!("Ville-{n}")).collect();
    let program = format!(
        "module M\n  Ville : liste {}, Évry, \"Saint Évremond\"\n  Code : texte\nscore S sur M\n  +1 si Code EST a\n",
        cities.join(", ")
    );
    let analysis = analysis(&program);
    let asked = |typed: &str| {
        let text = Text::new(format!("{program}score T sur M\n  +1 si Ville EST {typed}"));
        let asked = Asked {
            text: &text,
            offset: text.as_str().len(),
            source: Some(jalon::source::SourceId(0)),
            snippets: false,
            encoding: Encoding::Utf16,
        };
        let offered = completion(&analysis, &asked);
        let labels: Vec<String> = offered.items.iter().map(|item| item.label.clone()).collect();
        let order: Vec<_> = offered.items.iter().map(|item| item.sort_text.clone()).collect();
        assert!(order.is_sorted(), "{order:?}");
        (labels, offered.is_incomplete)
    };
    let (all, incomplete) = asked("");
    assert_eq!((all.len(), incomplete), (200, true));
    assert_eq!(all[..2], ["Ville-0", "Ville-1"]);
    let (some, incomplete) = asked("evr");
    assert_eq!(
        (&some[..2], incomplete),
        (&["Évry".to_owned(), "Saint Évremond".to_owned()][..], true)
    );
    let (some, _) = asked("ville-4999");
    assert_eq!(some, ["Ville-4999"]);
    let (some, _) = asked("\"ville-499");
    assert_eq!(some[..2], ["Ville-499", "Ville-4990"]);
}

proptest! {
    /// Wherever the cursor is in whatever text, something or nothing is offered.
    #[test]
    fn no_text_is_too_odd(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "rule R on Deals", "\n", "  ", "if ", "Amount", " IS ", " ENTRE ", "(", ")", "\"", "« ", "${",
            ", ", " : ", "œ", "😀", "module M", "blueprint B on Deals, field Stage", "transition ",
            " from ", "expect rule ", "#", " # ", ".", "Contacts", "ANY ", "score ", "+1 per visit",
        ]), 0..24),
        cut in 0..64usize,
    ) {
        let analysis = analysis(PROGRAM);
        let text = Text::new(pieces.concat());
        let mut offset = cut.min(text.as_str().len());
        while !text.as_str().is_char_boundary(offset) {
            offset -= 1;
        }
        let asked =
            Asked { text: &text, offset, source: None, snippets: true, encoding: Encoding::Utf16 };
        completion(&analysis, &asked);
    }
}

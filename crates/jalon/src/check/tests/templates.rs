//! Texts with fields: which code, on which words.

use super::*;
use crate::diagnostic::catalogue::{Severity as Level, all};
use crate::syntax::whole_text;
use crate::template::Format;

/// What comes of checking a text of a format on prospects.
fn template(text: &str, format: Format) -> Checked {
    let program = checked(SCHEMA).program;
    let mut sources = Sources::default();
    let id = sources.add("mail", text);
    let whole = whole_text(id, text).expect("a small text");
    let context = Context { sources: &sources, changes: false, lang: None };
    let module = program.names.module("prospects");
    let (expr, diagnostics) = super::super::template(&program, &whole, format, module, context);
    let errors = diagnostics.iter().any(|d| d.severity() == Level::Error);
    assert_eq!(expr.is_none(), errors, "{text}");
    Checked { sources, program, diagnostics }
}

#[track_caller]
fn says(text: &str, format: Format, findings: &[(&str, &str)]) -> Checked {
    let checked = template(text, format);
    assert_eq!(checked.findings(), findings, "{}", checked.rendered(Lang::En));
    checked
}

#[test]
fn every_place_that_is_refused_is_shown() {
    use Format::{Html, Json, Plain, Url};
    for (text, format, code) in [
        ("<b ${Nom}>", Html, "E0281"),
        ("<b class=${Nom}>", Html, "E0282"),
        ("<!-- ${Nom} -->", Html, "E0283"),
        ("<script>x('${Nom}')</script>", Html, "E0284"),
        ("&${Nom};", Html, "E0285"),
        ("{${Nom}: 1}", Json, "E0286"),
        ("https://${Nom}/", Url, "E0287"),
        ("javascript:${Nom}", Url, "E0288"),
    ] {
        says(text, format, &[(code, "${Nom}")]);
    }
    says("Bonjour ${Nom\n", Plain, &[("E0280", "${")]);
    says("Bonjour ${}", Plain, &[("E0254", "${")]);
}

#[test]
fn what_is_malformed_is_shown() {
    use Format::{Json, Xml};
    says("<a b", Xml, &[("W0281", "b")]);
    says("<a>${Nom}", Xml, &[("W0282", "<a>")]);
    says("<a><b></a>", Xml, &[("W0283", "</a>")]);
    says("</a>", Xml, &[("W0284", "</a>")]);
    let bare = says("<a>R&D</a>", Xml, &[("W0285", "&")]);
    assert_eq!(bare.fixed(0), "<a>R&amp;D</a>");
    says("<a b=1 />", Xml, &[("W0286", "1")]);
    says("<a>\u{1}</a>", Xml, &[("W0287", "\u{1}")]);
    says("<a/>${Nom}", Xml, &[("W0288", "${Nom}")]);
    says("{'a': ${Nom}}", Json, &[("W0289", "'")]);
}

#[test]
fn old_forms_are_mended() {
    let old = says(
        "Bonjour $(Prospects.Nom), {Leads.Ville} {b.x}",
        Format::Plain,
        &[("W0280", "$(Prospects.Nom)"), ("W0280", "{Leads.Ville}")],
    );
    assert_eq!(old.fixed(0), "Bonjour ${Prospects.Nom}, {Leads.Ville} {b.x}");
    finds("Ville EST \"né \\\"{Prospects.Ville}\"", "W0280", "{Prospects.Ville}");
}

#[test]
fn fields_are_known() {
    says(
        "${Nome} {Prospects.Vill}",
        Format::Plain,
        &[("E0203", "Nome"), ("W0280", "{Prospects.Vill}"), ("E0203", "Prospects.Vill")],
    );
    says("${Prospect.Nom}", Format::Plain, &[("E0203", "Prospect.Nom")]);
    says("${Compte.Nom}, ${Socie\u{301}te\u{301} ou \"-\"}", Format::Plain, &[]);
    finds("Ville EST \"a\\\\ \\\"e\u{301} ${Vile}\"", "E0203", "Vile");
    finds("Ville EST « a ${Vile} »", "E0203", "Vile");
}

#[test]
fn a_backslash_makes_a_field_a_text() {
    use crate::checked::{Predicate, TextTest};
    let text = |criterion: &str| match &with_schema(criterion).test().predicate {
        Predicate::Text(TextTest::Equal, terms) => format!("{terms:?}"),
        other => panic!("{other:?}"),
    };
    assert_eq!(text(r#"Ville EST "a \${Nom}""#), r#"[Const(Text("a ${Nom}"))]"#);
    assert_eq!(text(r#"Ville EST "prix \${ht""#), r#"[Const(Text("prix ${ht"))]"#);
    assert_eq!(text(r#"Ville EST "{Nom} $x \\""#), r#"[Const(Text("{Nom} $x \\"))]"#);
}

#[test]
fn every_text_is_said_in_both_languages() {
    for code in all().iter().filter(|code| code.id[1..].starts_with("028")) {
        assert!(code.label.is_some() || code.help.is_some(), "{}", code.id);
        assert_ne!(code.message.fr, code.message.en, "{}", code.id);
    }
}

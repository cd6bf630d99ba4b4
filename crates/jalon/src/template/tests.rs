//! Cutting and escaping, by text.

use super::*;

/// The escapes of a template's fields, and its findings with the text they point at.
fn read(text: &str, format: Format) -> (Vec<Escape>, Vec<(Problem, &str)>) {
    let is_module = |name: &str| name == "Contacts";
    let (pieces, findings) = cut(text, format, &is_module);
    let escapes = pieces.iter().filter_map(Piece::slot).map(|slot| slot.escape).collect();
    let found = findings.into_iter().map(|f| (f.problem, &text[f.range])).collect();
    (escapes, found)
}

#[track_caller]
fn escapes(text: &str, format: Format, expected: &[Escape]) {
    assert_eq!(read(text, format), (expected.to_vec(), vec![]), "{text}");
}

#[track_caller]
fn finds(text: &str, format: Format, problem: Problem, at: &str) {
    let (_, found) = read(text, format);
    assert_eq!(found, [(problem, at)], "{text}");
}

#[test]
fn a_field_is_written_as_its_place_in_markup_asks() {
    use Escape::{Attribute, AttributeUrl, Text, UrlPart, UrlPath};
    for format in [Format::Xml, Format::Html] {
        escapes(
            "<m to=\"${A}\" b='x ${B}'>${C} ${D}</m>",
            format,
            &[Attribute, Attribute, Text, Text],
        );
        escapes("${A}", format, &[Text]);
        escapes("<m><!-- <b --><a/>${A}</m>", format, &[Text]);
        escapes("<m>&amp;${A}&#39;</m>", format, &[Text]);
    }
    escapes(
        "<?xml version='1.0'?><!DOCTYPE m [<!ENTITY a 'b'>]><m><![CDATA[<]]>${A}</m>",
        Format::Xml,
        &[Text],
    );
    escapes(
        "<a href='${A}'>1 < 2 & ${B}</a><br><p hidden title=x>${C}",
        Format::Html,
        &[AttributeUrl, Text, Text],
    );
    escapes(
        "<img src='https://x.fr/${A}/i?b=${B}&c=${C}#${D}'>",
        Format::Html,
        &[UrlPath, UrlPart, UrlPart, UrlPart],
    );
    escapes("<A HREF=' mailto:${A}?subject=${B}'>", Format::Html, &[Escape::UrlAddress, UrlPart]);
    escapes(
        "<title>a <b ${A}</title><textarea>${B}</textarea>${C}",
        Format::Html,
        &[Text, Text, Text],
    );
    escapes("<script>if (a < b) '</scrip>'</script >${A}", Format::Html, &[Text]);
    escapes("<a href='${A}'/>", Format::Xml, &[Attribute]);
}

#[test]
fn a_field_where_no_way_of_writing_is_right_is_refused() {
    use Problem::{InCode, InComment, InReference, InTag, Unquoted, UrlHost, UrlScheme};
    for (text, problem) in [
        ("<b ${A}>", InTag),
        ("<b${A}>x</b>", InTag),
        ("<${A}>", InTag),
        ("<b x${A}='1'>", InTag),
        ("<b x ${A}>", InTag),
        ("</${A}>", InTag),
        ("<b x=${A}>", Unquoted),
        ("<b x=a${A}>", Unquoted),
        ("<!-- ${A} -->", InComment),
        ("<![CDATA[${A}]]>", InComment),
        ("<!DOCTYPE ${A}>", InComment),
        ("<script>${A}</script>", InCode),
        ("<STYLE>b { ${A} }</STYLE>", InCode),
        ("<b onclick='f(\"${A}\")'>", InCode),
        ("<b style='color: ${A}'>", InCode),
        ("<b>&${A}</b>", InReference),
        ("<b title='&l${A}'>", InReference),
        ("<a href='javascript:${A}'>", UrlScheme),
        ("<a href=' java\nscript:${A}'>", UrlScheme),
        ("<a href='https://${A}'>", UrlHost),
        ("<a href='//x${A}/'>", UrlHost),
        ("<a href='https://x.fr${A}'>", UrlHost),
    ] {
        finds(text, Format::Html, problem, "${A}");
    }
    finds("<a href='a${A}:b'>", Format::Html, UrlScheme, ":");
    finds("${A}${B}", Format::Url, UrlHost, "${B}");
}

#[test]
fn urls_have_parts() {
    use Escape::{UrlAddress, UrlPart, UrlPath, UrlWhole};
    escapes("${A}/x/${B}?c=${C}", Format::Url, &[UrlWhole, UrlPath, UrlPart]);
    escapes("https://x.fr?a=${A}&b=:${B}", Format::Url, &[UrlPart, UrlPart]);
    escapes("/${A}/a-${B}", Format::Url, &[UrlPath, UrlPath]);
    escapes("a-${A}/${B}", Format::Url, &[UrlPath, UrlPath]);
    escapes("tel:${A}", Format::Url, &[UrlAddress]);
}

#[test]
fn json_has_values_and_texts() {
    use Escape::{JsonString, JsonValue};
    escapes(
        r#"{"a": ${A}, "b ${B}": [${C}, "\"${D} \u00e9"], "c": "${E}${F}"}"#,
        Format::Json,
        &[JsonValue, JsonString, JsonValue, JsonString, JsonString, JsonString],
    );
    escapes("${A}", Format::Json, &[JsonValue]);
    finds("{${A}: 1}", Format::Json, Problem::JsonPlace, "${A}");
    finds(r#"{"a": 1${A}}"#, Format::Json, Problem::JsonPlace, "${A}");
    finds(r#"{"a": "\u00${A}"}"#, Format::Json, Problem::JsonPlace, "${A}");
    finds("[${A}${B}]", Format::Json, Problem::JsonPlace, "${B}");
    finds("{\"é\": ${A},\n \"b\" 1}", Format::Json, Problem::BadJson, "1");
    finds("{\"a\": ${Apple}", Format::Json, Problem::BadJson, "}");
}

#[test]
fn xml_around_the_fields_is_looked_at() {
    let closed = |name: &str| Problem::NotClosed(name.to_owned());
    finds("<message to='${A}'>${B}", Format::Xml, closed("message"), "<message to='${A}'>");
    finds("<a><b></a>", Format::Xml, Problem::WrongEnd(Some("b".to_owned())), "</a>");
    finds("</a>", Format::Xml, Problem::WrongEnd(None), "</a>");
    finds("<a>R&D ${A}</a>", Format::Xml, Problem::BareSign("&amp;"), "&");
    finds("<a>&nbsp;</a>", Format::Xml, Problem::BareSign("&amp;"), "&");
    finds("<a>1 < 2</a>", Format::Xml, Problem::BareSign("&lt;"), "<");
    finds("<a b=1></a>", Format::Xml, Problem::BadTag, "1");
    finds("<a b></a>", Format::Xml, Problem::BadTag, "b");
    finds("<a b='1'c='2'/>", Format::Xml, Problem::BadTag, "c");
    finds("<a b='1' b='2'/>", Format::Xml, Problem::BadTag, "b");
    finds("<a/>${A}", Format::Xml, Problem::SecondRoot, "${A}");
    finds("<a/><b/>", Format::Xml, Problem::SecondRoot, "<b/>");
    finds("<!-- x", Format::Xml, Problem::Unfinished, "x");
    escapes("Bonjour ${A} &lt;${B}", Format::Xml, &[Escape::Text; 2]);
}

#[test]
fn old_forms_are_fields_and_other_braces_are_themselves() {
    let text = "$(Contacts.Nom) {Contacts.Portable} {Autre.Nom} {a: 1} $(x) $5 {";
    let (pieces, findings) = cut(text, Format::Plain, &|name| name == "Contacts");
    let slots: Vec<_> = pieces.iter().filter_map(Piece::slot).collect();
    assert_eq!(
        slots.iter().map(|s| s.path).collect::<Vec<_>>(),
        ["Contacts.Nom", "Contacts.Portable"]
    );
    assert_eq!(slots[1].modern(), "${Contacts.Portable}");
    assert!(findings.iter().all(|f| f.problem == Problem::OldForm) && findings.len() == 2);
    assert_eq!(pieces.last(), Some(&Piece::Text(" {Autre.Nom} {a: 1} $(x) $5 {")));
}

#[test]
fn a_backslash_takes_the_field() {
    let shown = |text| {
        let (pieces, _) = cut(text, Format::Plain, &|_| false);
        let shown = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Slot(slot) => format!("[{}|{}]", slot.path, slot.default.unwrap_or("-")),
        };
        pieces.iter().map(shown).collect::<String>()
    };
    assert_eq!(shown(r"a\${b} ${c}"), "a${b} [c|-]");
    assert_eq!(shown(r"a\\${b}\"), r"a\[b|-]\");
    assert_eq!(shown(r"a\\\${b} \n \\"), r"a\${b} \n \\");
    assert_eq!(shown("${ Nom ou \"cher client\" }"), "[Nom|cher client]");
    assert_eq!(shown("${A ou B or \"\"}"), "[A ou B|]");
    assert_eq!(shown("${A ou b}"), "[A ou b|-]");
    finds("x ${Nom\n}", Format::Plain, Problem::Unclosed, "${");
    finds("x ${ } ${A}", Format::Plain, Problem::Nameless, "${");
}

#[test]
fn values_are_written_as_their_place_asks() {
    #[track_caller]
    fn writes(place: Escape, value: &str, expected: &str) {
        let mut out = String::new();
        escape(value, place, &mut out);
        assert_eq!(out, expected);
    }
    writes(
        Escape::Text,
        "Dupont & Fils <SARL> ]]>\t\n\r\0",
        "Dupont &amp; Fils &lt;SARL&gt; ]]&gt;\t\n&#13;\u{fffd}",
    );
    writes(Escape::Attribute, "\"l'\t\n\u{ffff}é", "&quot;l&#39;&#9;&#10;\u{fffd}é");
    writes(Escape::JsonString, "\"\\/\n\u{1}\u{2028}é", "\\\"\\\\/\\n\\u0001\\u2028é");
    writes(Escape::JsonValue, "a\"b", "\"a\\\"b\"");
    writes(Escape::UrlPart, "Côte d'Azur & +~", "C%C3%B4te%20d%27Azur%20%26%20%2B~");
    writes(Escape::UrlPath, "..", "");
    writes(Escape::UrlPath, "../a", "..%2Fa");
    writes(Escape::UrlAddress, "+33 4@x", "+33%204@x");
    writes(
        Escape::UrlWhole,
        " https://x.fr/a b?é=%20%&'c'",
        "https://x.fr/a%20b?%C3%A9=%20%25&%27c%27",
    );
    writes(Escape::AttributeUrl, "HTTP://x.fr?a&b", "HTTP://x.fr?a&amp;b");
    for refused in ["javascript:alert(1)", "//x.fr", "https://", "http://a b", "data:,x", "http:é"]
    {
        writes(Escape::UrlWhole, refused, "");
    }
    writes(Escape::Header, "a\r\nBcc: b\u{85}", "a Bcc: b");
}

//! Whatever a field holds, what a template makes is well-formed, and the value reads back as
//! itself: held to real parsers of XML, HTML, JSON and URLs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::sync::LazyLock;

use html5gum::{DefaultEmitter, Token, Tokenizer};
use jalon::template::{Format, Problem, cut};
use jalon::{Clock, Program, Template};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use url::{Url, form_urlencoded};

static PROGRAM: LazyLock<Program> =
    LazyLock::new(|| Program::parse("module Contacts\n  Nom : texte\n  Site : url\n").unwrap());

/// Many: of texts made at random few are accepted.
const CASES: u32 = 4000;

/// Stands in a text for the value of a field, and in no template.
const MARK: &str = "MARK";

/// Any text, with much of what is special somewhere.
fn value() -> impl Strategy<Value = String> {
    let special = "&<>\"'/\\\r\n\t \0\u{1}\u{b}\u{7f}\u{85}\u{2028}\u{2029}\u{feff}\u{fffe}\u{ffff}%#?+;=:.-]![{}$`é𝄞";
    let special: Vec<char> = special.chars().collect();
    let words = [
        "]]>",
        "-->",
        "</script>",
        "<!--",
        "&amp;",
        "&lt",
        "javascript:",
        "http://",
        "${Nom}",
        "..",
    ];
    let part = prop_oneof![
        4 => prop::sample::select(special).prop_map(String::from),
        2 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        2 => "[a-z]{1,3}",
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

/// Fragments of texts and fields, in any order.
fn soup(fragments: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(fragments), 0..10).prop_map(|parts| parts.concat())
}

fn compile(text: &str, format: Format) -> Template {
    PROGRAM.template(text, format, None).unwrap_or_else(|error| panic!("{error}"))
}

fn render(template: &Template, value: &str) -> String {
    template.render(&json!({"Nom": value, "Site": value}), &Clock::default()).unwrap()
}

fn made(text: &str, format: Format, value: &str) -> String {
    render(&compile(text, format), value)
}

/// What is printed of a value: nothing of white space only.
fn printed(value: &str) -> String {
    made("${Nom}", Format::Plain, value)
}

/// With what XML forbids replaced.
fn allowed(value: &str) -> String {
    let forbidden = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    value.chars().map(|c| if forbidden(c) { '\u{fffd}' } else { c }).collect()
}

/// Templates that are accepted without a finding.
fn accepted(text: &str, format: Format) -> Option<Template> {
    let template = PROGRAM.template(text, format, None).ok()?;
    template.diagnostics().list.is_empty().then_some(template)
}

/// The elements, attributes and texts of an XML document.
fn xml(text: &str) -> Vec<String> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options)
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut seen = Vec::new();
    for node in document.descendants() {
        if node.is_element() {
            seen.push(format!("<{}", node.tag_name().name()));
            seen.extend(node.attributes().map(|a| format!("{}={}", a.name(), a.value())));
        } else if let (true, Some(text)) = (node.is_text(), node.text()) {
            seen.push(text.to_owned());
        }
    }
    seen
}

/// The tags, attributes and texts of an HTML document, as browsers read it.
fn html(text: &str) -> Vec<String> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let lossy = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
    let mut seen: Vec<String> = Vec::new();
    let mut after_text = false;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        let is_text = matches!(token, Token::String(_));
        match token {
            Token::StartTag(tag) => {
                seen.push(format!("<{}", lossy(&tag.name)));
                let attributes = tag.attributes.iter();
                seen.extend(
                    attributes
                        .map(|(name, value)| format!("{}={}", lossy(name), lossy(value.as_ref()))),
                );
            }
            Token::EndTag(tag) => seen.push(format!("</{}", lossy(&tag.name))),
            Token::String(text) if after_text => {
                seen.last_mut().unwrap().push_str(&lossy(text.as_ref()));
            }
            Token::String(text) => seen.push(lossy(text.as_ref())),
            Token::Comment(text) => seen.push(format!("<!--{}", lossy(text.as_ref()))),
            Token::Doctype(_) => seen.push("<!".to_owned()),
            Token::Error(_) => continue,
        }
        after_text = is_text;
    }
    seen
}

/// The same with the value where the mark stands; what is empty then is not seen.
fn with_value(seen: Vec<String>, value: &str) -> Vec<String> {
    seen.into_iter().map(|text| text.replace(MARK, value)).filter(|text| !text.is_empty()).collect()
}

fn json_with_value(json: Json, value: &str) -> Json {
    let replaced = |text: &str| text.replace(MARK, value);
    match json {
        Json::String(text) => Json::String(replaced(&text)),
        Json::Array(items) => items.into_iter().map(|item| json_with_value(item, value)).collect(),
        Json::Object(members) => members
            .into_iter()
            .map(|(name, item)| (replaced(&name), json_with_value(item, value)))
            .collect(),
        other => other,
    }
}

/// What stands between percent signs.
fn decoded(text: &str) -> String {
    let text = format!("x={text}");
    form_urlencoded::parse(text.as_bytes()).next().unwrap().1.into_owned()
}

/// What a path holds of a value.
fn step(value: &str) -> &str {
    if matches!(value, "." | "..") { "" } else { value }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..Default::default() })]

    #[test]
    fn xml_holds_any_value(value in value()) {
        let text = "<m to=\"${Nom}!\" b='${Nom}'>[${Nom}]<c>${Nom}</c></m>";
        let printed = printed(&value);
        let expected = with_value(xml(&text.replace("${Nom}", MARK)), &allowed(&printed));
        prop_assert_eq!(xml(&made(text, Format::Xml, &value)), expected);
    }

    #[test]
    fn what_is_accepted_as_xml_is_xml(
        text in soup(&[
            "<a>", "</a>", "<b c='", "'", "\"", ">", "/>", "<d e=\"", " f='1'", "${Nom}", "&amp;",
            "&", ";", "<!--", "-->", "x", " ", "<", "=", "</b>", "</d>", "<![CDATA[", "]]>", "<?p q?>",
            "<b", "<d", "<a>${Nom}</a>", "<b c='${Nom}'/>", "<d e=\"x${Nom}\">", "<a>", "</a>", "</d>",
        ]),
        inside in any::<bool>(),
        value in value(),
    ) {
        let text = if inside { format!("<r>{text}</r>") } else { text };
        let Some(template) = accepted(&text, Format::Xml) else { return Ok(()) };
        // A text without elements is a part of a document, else it is a whole one.
        let within = format!("<r>{}</r>", render(&template, MARK));
        let document = roxmltree::Document::parse(&within)
            .map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        let rooted = document.root_element().children().any(|node| node.is_element());
        let whole = |text: String| if rooted { text } else { format!("<r>{text}</r>") };
        let expected = with_value(xml(&whole(render(&template, MARK))), &allowed(&printed(&value)));
        let made = with_value(xml(&whole(render(&template, &value))), "");
        prop_assert_eq!(made, expected, "{}", text);
    }

    #[test]
    fn html_holds_any_value(value in value()) {
        let text = "<p title=\"${Nom}\" id='x${Nom}y'>${Nom}<br>é ${Nom} &lt;${Nom}</p><title>${Nom}</title>";
        let printed = printed(&value);
        let expected = with_value(html(&text.replace("${Nom}", MARK)), &allowed(&printed));
        prop_assert_eq!(html(&made(text, Format::Html, &value)), expected);
    }

    #[test]
    fn what_is_accepted_as_html_reads_the_same_with_any_value(
        text in soup(&[
            "<a>", "</a>", "<b c='", "'", "\"", ">", "/>", "<d e=\"", " f=1", " g", "${Nom}", "&amp;",
            "&", ";", "&l", "<!--", "-->", "x", " ", "<", "=", "/", "</b>", "<![CDATA[", "]]>", "<?p q>",
            "<script>", "</script>", "<textarea>", "</textarea>", "<TITLE>", "</title ", "<!", "!", "-",
            "<style>", "</style>", "--!>", "<!-->", "<!--->", "<![CDATA[>", "[", "</script", "<script", "${Nom}", "</script><br>${Nom}", "<p title='${Nom}'>", "<p id=\"${Nom}", "\">",
        ]),
        value in value(),
    ) {
        let Some(template) = accepted(&text, Format::Html) else { return Ok(()) };
        let expected = with_value(html(&render(&template, MARK)), &allowed(&printed(&value)));
        prop_assert_eq!(with_value(html(&render(&template, &value)), ""), expected, "{}", text);
    }

    #[test]
    fn json_holds_any_value(value in value()) {
        let text = r#"{"a": ${Nom}, "b": ["x${Nom}y"], "${Nom}!": 1}"#;
        let printed = printed(&value);
        let read: Json = serde_json::from_str(&made(text, Format::Json, &value)).unwrap();
        let whole = if printed.is_empty() { Json::Null } else { json!(printed) };
        let name = format!("{printed}!");
        prop_assert_eq!(read, json!({"a": whole, "b": [format!("x{printed}y")], name: 1}));
    }

    #[test]
    fn what_is_accepted_as_json_is_json(
        text in soup(&[
            "{", "}", "[", "]", "\"", "\"a\"", ":", ",", "1", "true", "${Nom}", "\\\\", "\\u00", "41",
            " ", "\"k\": ", "x", "\"b ", "\\", "[${Nom}", ",${Nom}", "{\"${Nom}\":", "\"${Nom}\"", "]", "}",
        ]),
        value in value(),
    ) {
        let Some(template) = accepted(&text, Format::Json) else { return Ok(()) };
        let printed = printed(&value);
        let read = |text: &str| serde_json::from_str::<Json>(text);
        let made = read(&render(&template, &value))
            .map_err(|e| TestCaseError::fail(format!("{e}: {text}")))?;
        if !printed.is_empty() && !matches!(printed.as_str(), "a" | "k") {
            let expected = json_with_value(read(&render(&template, MARK)).unwrap(), &printed);
            prop_assert_eq!(made, expected, "{}", text);
        }
    }

    #[test]
    fn urls_hold_any_value(value in value()) {
        let text = "https://exemple.fr/a/${Nom}/b?q=${Nom}&r=1#${Nom}";
        let printed = printed(&value);
        for format in [Format::Url, Format::Html] {
            let url = match format {
                Format::Html => {
                    let tokens = html(&made(&format!("<a href='{text}'>"), format, &value));
                    tokens[1].strip_prefix("href=").unwrap().to_owned()
                }
                _ => made(text, format, &value),
            };
            let url = Url::parse(&url).unwrap();
            prop_assert_eq!(url.host_str(), Some("exemple.fr"));
            let steps: Vec<String> = url.path_segments().unwrap().map(decoded).collect();
            prop_assert_eq!(steps, ["a", step(&printed), "b"]);
            let query: Vec<_> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
            prop_assert_eq!(query, [printed.as_str(), "1"]);
            prop_assert_eq!(decoded(url.fragment().unwrap_or_default()), printed.as_str());
        }
    }

    #[test]
    fn a_whole_url_is_one_of_http_or_nothing(
        value in prop_oneof![value(), value().prop_map(|rest| format!("https://exemple.fr/{rest}"))],
    ) {
        let url = made("${Site}", Format::Url, &value);
        let quoted = html(&made("<a href=\"${Site}\">", Format::Html, &value));
        prop_assert_eq!(&quoted[1..], [format!("href={url}")]);
        if let Ok(read) = Url::parse(&url) {
            prop_assert!(matches!(read.scheme(), "http" | "https"), "{}", url);
        }
        let plain = |c: char| c.is_alphanumeric() || "-._~/?#=&:".contains(c);
        if value.starts_with("https://exemple.fr/") && value.chars().all(plain) {
            prop_assert_eq!(Url::parse(&url).unwrap(), Url::parse(&value).unwrap());
        }
    }

    #[test]
    fn a_header_stays_on_its_line(value in value()) {
        let mut line = String::new();
        jalon::template::escape(&value, jalon::template::Escape::Header, &mut line);
        prop_assert!(!line.contains(char::is_control));
        let words = |text: &str| text.split(char::is_control).collect::<String>().replace(' ', "");
        prop_assert_eq!(words(&line), words(&value));
    }

    #[test]
    fn plain_text_is_the_value(value in value()) {
        let printed = printed(&value);
        prop_assert!(printed == value || (printed.is_empty() && value.trim().is_empty()));
    }

    #[test]
    fn any_text_can_be_cut(text in value(), slots in soup(&["${Nom}", "<", "\\", "{A.b}", "$(A.b)", "\"", "${"])) {
        let text = text + &slots;
        for format in [Format::Html, Format::Xml, Format::Json, Format::Url, Format::Plain] {
            let (pieces, findings) = cut(&text, format, &|_| true);
            for finding in findings {
                prop_assert!(text.get(finding.range).is_some());
            }
            for slot in pieces.iter().filter_map(jalon::template::Piece::slot) {
                prop_assert_eq!(&text[slot.range()], slot.whole);
            }
            let _ = PROGRAM.template(&text, format, None).map_err(|error| error.to_string());
        }
    }
}

/// Long texts that go back and forth take no more than linear time.
#[test]
fn long_texts_take_linear_time() {
    let n = 30_000;
    for text in [
        "${".repeat(n),
        "\\${".repeat(n) + "}",
        "\\".repeat(n) + "${Nom}",
        "{A.".repeat(n),
        "$(A.b".repeat(n),
        "${Nom ou \"".repeat(n) + "\"}",
        "<".repeat(n),
        "<a ".repeat(n),
        "<a>".repeat(n),
        "&".repeat(n) + &"a".repeat(n),
        (0..n / 10).fold("<a ".to_owned(), |text, i| text + &format!(" a{i}=''")),
        "<script>".to_owned() + &"</script".repeat(n),
        "[".repeat(n),
        "\"\\u".repeat(n),
        "<!".repeat(n),
    ] {
        for format in [Format::Html, Format::Xml, Format::Json, Format::Url, Format::Plain] {
            let (_, findings) = cut(&text, format, &|_| true);
            assert!(findings.iter().all(|f| f.problem != Problem::Nameless));
        }
    }
}

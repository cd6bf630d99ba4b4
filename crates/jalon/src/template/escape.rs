//! How a value is written, by where it stands.

use serde::Serialize;

/// How a value is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Escape {
    /// As it is.
    #[default]
    Plain,
    /// In the text of HTML or XML: `&`, `<`, `>`, both quotes and carriage returns as references.
    Text,
    /// In an attribute in quotes: tabs and line ends too, which would else be read as spaces.
    Attribute,
    /// Inside a JSON text.
    JsonString,
    /// As a JSON value: numbers and ticks as they are, nothing as `null`, a list as an array,
    /// all else as a text with its quotes.
    JsonValue,
    /// One part of a URL: everything but letters, digits and `-._~` is percent-encoded.
    UrlPart,
    /// The same in the path, where `.` and `..` would lead elsewhere and print nothing.
    UrlPath,
    /// After `mailto:`, `tel:` and the like, where `@` and `+` may stand.
    UrlAddress,
    /// A whole URL, kept as it is where it is one of `http` or `https`, else nothing.
    UrlWhole,
    /// The same in an attribute of HTML.
    AttributeUrl,
    /// On one line: line ends and other controls are one space each run.
    Header,
}

/// Writes a text so that it reads back as itself where it stands. Values that are no text are
/// printed first; a [`Escape::JsonValue`] is then a JSON text.
///
/// What no reader would give back is replaced: the characters that XML forbids (controls, and
/// U+FFFE and U+FFFF) by U+FFFD, in HTML too.
pub fn escape(value: &str, escape: Escape, out: &mut String) {
    match escape {
        Escape::Plain => out.push_str(value),
        Escape::Text => replace(value, out, text_reference),
        Escape::Attribute => replace(value, out, attribute_reference),
        Escape::JsonString => json_string(value, out),
        Escape::JsonValue => {
            out.push('"');
            json_string(value, out);
            out.push('"');
        }
        Escape::UrlPath if matches!(value, "." | "..") => {}
        Escape::UrlPart | Escape::UrlPath => percent(value, "", out),
        Escape::UrlAddress => percent(value, "@+", out),
        Escape::UrlWhole => whole_url(value, "&", out),
        Escape::AttributeUrl => whole_url(value, "&amp;", out),
        Escape::Header => header(value, out),
    }
}

/// Copies a text, with what stands for some of its characters.
fn replace(value: &str, out: &mut String, stands_for: impl Fn(char) -> Option<&'static str>) {
    let mut copied = 0;
    for (at, c) in value.char_indices() {
        if let Some(other) = stands_for(c) {
            out.push_str(&value[copied..at]);
            out.push_str(other);
            copied = at + c.len_utf8();
        }
    }
    out.push_str(&value[copied..]);
}

fn text_reference(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\r' => "&#13;",
        '\t' | '\n' => return None,
        '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
        _ => return None,
    })
}

fn attribute_reference(c: char) -> Option<&'static str> {
    match c {
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        _ => text_reference(c),
    }
}

fn json_string(value: &str, out: &mut String) {
    let mut copied = 0;
    for (at, c) in value.char_indices() {
        let short = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            // Ends of lines where JSON is read as JavaScript.
            '\u{2028}' => "\\u2028",
            '\u{2029}' => "\\u2029",
            '\0'..'\u{20}' => "",
            _ => continue,
        };
        out.push_str(&value[copied..at]);
        copied = at + c.len_utf8();
        if short.is_empty() {
            out.push_str("\\u00");
            hex(c as u8, out);
        } else {
            out.push_str(short);
        }
    }
    out.push_str(&value[copied..]);
}

/// Percent-encodes what is no unreserved character and not in `kept`.
fn percent(value: &str, kept: &str, out: &mut String) {
    for byte in value.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || (c.is_ascii() && kept.contains(c)) {
            out.push(c);
        } else {
            out.push('%');
            hex(byte, out);
        }
    }
}

/// A whole URL of `http` or `https`; `ampersand` stands for its `&`.
fn whole_url(value: &str, ampersand: &str, out: &mut String) {
    let value = value.trim();
    let Some(host) = after_http(value) else { return };
    let end = host.find(['/', '?', '#', '\\']).unwrap_or(host.len());
    let is_host = |c: char| c.is_alphanumeric() || "-._:[]@%".contains(c);
    if end == 0 || !host[..end].chars().all(is_host) {
        return;
    }
    let bytes = value.as_bytes();
    for (at, byte) in value.bytes().enumerate() {
        let c = char::from(byte);
        let coded = |from: usize| bytes.get(from).is_some_and(u8::is_ascii_hexdigit);
        if c == '&' {
            out.push_str(ampersand);
        } else if c.is_ascii_alphanumeric()
            || (c.is_ascii() && "-._~:/?#[]@!$()*+,;=".contains(c))
            || (c == '%' && coded(at + 1) && coded(at + 2))
        {
            out.push(c);
        } else {
            out.push('%');
            hex(byte, out);
        }
    }
}

/// What follows `http://` or `https://`, in any case.
fn after_http(value: &str) -> Option<&str> {
    ["http://", "https://"].iter().find_map(|scheme| {
        let start = value.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &value[scheme.len()..])
    })
}

fn header(value: &str, out: &mut String) {
    for (index, part) in value.split(char::is_control).filter(|part| !part.is_empty()).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(part);
    }
}

/// Two hexadecimal digits, in capitals.
fn hex(byte: u8, out: &mut String) {
    for digit in [byte >> 4, byte & 15] {
        out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
    }
}

//! Where a field stands in HTML or XML.

use std::ops::Range;

use super::raw::{Raw, keep};
use super::url::Url;
use super::xml::{self, WellFormed};
use super::{Escape, Finding, Problem};

/// Elements of HTML whose text is no text to read: scripts, styles, and what browsers take as is.
const RAW: [&str; 8] =
    ["script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];
/// Elements of HTML in whose text tags do not count.
const TEXT_ONLY: [&str; 2] = ["textarea", "title"];
/// Attributes of HTML that hold a URL.
const URLS: [&str; 11] = [
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "cite",
    "background",
    "data",
    "xlink:href",
    "longdesc",
    "manifest",
];
/// Attributes of HTML that hold code, or several URLs; those that begin with `on` do too.
const CODES: [&str; 5] = ["style", "srcdoc", "srcset", "imagesrcset", "ping"];

/// The reading of HTML or XML.
#[derive(Debug)]
pub(super) struct Markup {
    state: State,
    /// What XML asks beyond; HTML has no such rules.
    xml: Option<WellFormed>,
    /// The name of the tag at hand, in HTML in lower case, and where it begins.
    tag: String,
    tag_at: usize,
    closing: bool,
    /// Whether the last sign of the tag is `/`.
    slash: bool,
    /// Whether white space stands before what comes in the tag.
    spaced: bool,
    /// The name of the attribute at hand, likewise.
    attribute: String,
    /// The URL in the attribute at hand.
    url: Option<Url>,
    /// What follows an `&`, and its place.
    reference: Option<(usize, String)>,
    /// The last signs of what ends by several: `--`, `]]`, `?`.
    last: String,
    raw: Raw,
    /// Up to where the text is read.
    at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Text,
    /// The text of an element that only its end tag ends; the name is in `tag`.
    Raw,
    /// After `<`.
    Less,
    /// In the name of a tag.
    Tag,
    /// In a tag, between attributes.
    Inside,
    Name,
    AfterName,
    BeforeValue,
    /// In quotes, by their sign.
    Value(char),
    Unquoted,
    /// After `<!`, before it is known what it opens.
    Bang,
    Comment,
    Cdata,
    /// `<?…?>`
    Instruction,
    /// `<!DOCTYPE …>`, inside so many square brackets.
    Declaration(u32),
}

impl Markup {
    pub(super) fn html() -> Markup {
        Markup {
            state: State::Text,
            xml: None,
            tag: String::new(),
            tag_at: 0,
            closing: false,
            slash: false,
            spaced: false,
            attribute: String::new(),
            url: None,
            reference: None,
            last: String::new(),
            raw: Raw::default(),
            at: 0,
        }
    }

    pub(super) fn xml() -> Markup {
        Markup { xml: Some(WellFormed::default()), ..Markup::html() }
    }

    pub(super) fn text(&mut self, at: usize, text: &str, findings: &mut Vec<Finding>) {
        for (offset, c) in text.char_indices() {
            self.at = at + offset;
            if self.xml.is_some() && !xml::is_allowed(c) {
                let range = self.at..self.at + c.len_utf8();
                findings.push(Finding { problem: Problem::BadCharacter, range });
            }
            self.sign(c, findings);
        }
        self.at = at + text.len();
    }

    fn sign(&mut self, c: char, findings: &mut Vec<Finding>) {
        match self.state {
            State::Text => self.content(c, findings),
            State::Raw => self.raw(c, findings),
            State::Less => self.less(c, findings),
            // Of no name: a comment to HTML.
            State::Tag if self.bogus(c) => self.state = State::Declaration(0),
            State::Tag => match c {
                '/' | '>' => self.inside(c, findings),
                c if c.is_ascii_whitespace() => self.inside(c, findings),
                c => push(&mut self.tag, c, self.xml.is_none()),
            },
            State::Inside => self.inside(c, findings),
            State::Name => match c {
                '=' => {
                    self.name_ends(findings);
                    self.state = State::BeforeValue;
                }
                '/' | '>' => {
                    self.name_ends(findings);
                    self.without_value(findings);
                    self.inside(c, findings);
                }
                c if c.is_ascii_whitespace() => {
                    self.name_ends(findings);
                    self.state = State::AfterName;
                }
                c => push(&mut self.attribute, c, self.xml.is_none()),
            },
            State::AfterName => match c {
                '=' => self.state = State::BeforeValue,
                c if c.is_ascii_whitespace() => {}
                c => {
                    self.without_value(findings);
                    self.spaced = true;
                    self.inside(c, findings);
                }
            },
            State::BeforeValue => self.before_value(c, findings),
            State::Value(quote) => self.value(c, quote, findings),
            State::Unquoted => match c {
                '>' => self.inside(c, findings),
                c if c.is_ascii_whitespace() => self.inside(c, findings),
                _ => {}
            },
            State::Bang => self.bang(c),
            State::Comment => self.comment(c, findings),
            State::Cdata => self.until(c, "]]>"),
            State::Instruction => self.until(c, if self.xml.is_some() { "?>" } else { ">" }),
            State::Declaration(depth) => self.declaration(c, depth),
        }
    }

    fn content(&mut self, c: char, findings: &mut Vec<Finding>) {
        self.refer(c, findings);
        if c == '<' {
            self.state = State::Less;
            self.tag_at = self.at;
        } else if let Some(xml) = &mut self.xml
            && !c.is_ascii_whitespace()
        {
            xml.content(self.at..self.at + c.len_utf8());
            match c {
                ']' => self.last.push(c),
                '>' if self.last.ends_with("]]") => {
                    xml::sign("&gt;", self.at..self.at + 1, findings);
                    self.last.clear();
                }
                _ => self.last.clear(),
            }
        }
    }

    /// After `<`: what it opens.
    fn less(&mut self, c: char, findings: &mut Vec<Finding>) {
        self.tag.clear();
        self.closing = c == '/';
        let opens = match self.xml {
            Some(_) => xml::is_name(c.encode_utf8(&mut [0; 4])),
            None => c.is_ascii_alphabetic(),
        };
        match c {
            '/' => self.state = State::Tag,
            '!' => {
                self.last.clear();
                self.state = State::Bang;
            }
            '?' => {
                self.last.clear();
                self.state = State::Instruction;
            }
            c if opens => {
                push(&mut self.tag, c, self.xml.is_none());
                self.state = State::Tag;
            }
            c => {
                if self.xml.is_some() {
                    xml::sign("&lt;", self.tag_at..self.tag_at + 1, findings);
                }
                self.state = State::Text;
                self.content(c, findings);
            }
        }
    }

    /// Whether an end tag of HTML begins with no letter; `</>` is nothing.
    fn bogus(&self, c: char) -> bool {
        let begins = self.closing && self.tag.is_empty() && self.xml.is_none();
        begins && c != '>' && !c.is_ascii_alphabetic()
    }

    /// Between attributes.
    fn inside(&mut self, c: char, findings: &mut Vec<Finding>) {
        self.state = State::Inside;
        match c {
            '>' => return self.tag_ends(findings),
            '/' => self.slash = true,
            c if c.is_ascii_whitespace() => {}
            c => {
                if let (Some(xml), true) = (&mut self.xml, !self.spaced || self.slash) {
                    xml.bad_tag(self.at..self.at + c.len_utf8(), findings);
                }
                self.slash = false;
                self.attribute.clear();
                push(&mut self.attribute, c, self.xml.is_none());
                self.state = State::Name;
            }
        }
        self.spaced = c.is_ascii_whitespace();
    }

    fn name_ends(&mut self, findings: &mut Vec<Finding>) {
        if let Some(xml) = &mut self.xml {
            xml.attribute(&self.attribute, self.at, findings);
        }
    }

    /// XML has no attribute without a value.
    fn without_value(&mut self, findings: &mut Vec<Finding>) {
        if let Some(xml) = &mut self.xml {
            xml.bad_tag(self.at.saturating_sub(self.attribute.len())..self.at, findings);
        }
    }

    fn before_value(&mut self, c: char, findings: &mut Vec<Finding>) {
        match c {
            '"' | '\'' => {
                let is_url = self.xml.is_none() && URLS.contains(&self.attribute.as_str());
                self.url = is_url.then(Url::default);
                self.state = State::Value(c);
            }
            c if c.is_ascii_whitespace() => {}
            c => {
                if let Some(xml) = &mut self.xml {
                    xml.bad_tag(self.at..self.at + c.len_utf8(), findings);
                }
                self.state = State::Unquoted;
                if c == '>' {
                    self.inside(c, findings);
                }
            }
        }
    }

    fn value(&mut self, c: char, quote: char, findings: &mut Vec<Finding>) {
        self.refer(c, findings);
        if c == quote {
            self.state = State::Inside;
            self.spaced = false;
            return;
        }
        if c == '<' && self.xml.is_some() {
            xml::sign("&lt;", self.at..self.at + 1, findings);
        }
        if let Some(url) = &mut self.url {
            url.text(self.at, c.encode_utf8(&mut [0; 4]), findings);
        }
    }

    /// Follows what an `&` begins.
    fn refer(&mut self, c: char, findings: &mut Vec<Finding>) {
        if let Some((at, name)) = &mut self.reference {
            if c.is_ascii_alphanumeric() || c == '#' {
                name.push(c);
                return;
            }
            if self.xml.is_some() && !(c == ';' && xml::is_reference(name)) {
                xml::sign("&amp;", *at..*at + 1, findings);
            }
            self.reference = None;
        }
        if c == '&' {
            self.reference = Some((self.at, String::new()));
        }
    }

    fn bang(&mut self, c: char) {
        self.last.push(c);
        let cdata = self.xml.is_some() && "[CDATA[".starts_with(&self.last);
        if "--".starts_with(&self.last) || cdata {
            let state = match self.last.as_str() {
                "--" => State::Comment,
                "[CDATA[" => {
                    if let Some(xml) = &mut self.xml {
                        xml.content(self.tag_at..self.at + 1);
                    }
                    State::Cdata
                }
                _ => return,
            };
            self.last.clear();
            self.state = state;
            return;
        }
        self.state = State::Declaration(0);
        for c in std::mem::take(&mut self.last).chars() {
            if let State::Declaration(depth) = self.state {
                self.declaration(c, depth);
            }
        }
    }

    fn declaration(&mut self, c: char, depth: u32) {
        self.state = match c {
            '[' if self.xml.is_some() => State::Declaration(depth.saturating_add(1)),
            ']' => State::Declaration(depth.saturating_sub(1)),
            '>' if depth == 0 => State::Text,
            _ => State::Declaration(depth),
        };
    }

    /// Back to the text behind these signs.
    fn until(&mut self, c: char, end: &str) {
        self.last.push(c);
        if self.last.ends_with(end) {
            self.state = State::Text;
            self.last.clear();
        }
        keep(&mut self.last, end.len());
    }

    /// In a comment, which HTML ends in more ways than XML.
    fn comment(&mut self, c: char, findings: &mut Vec<Finding>) {
        if self.xml.is_some() {
            if c != '>' && self.last.ends_with("--") {
                xml::sign("- -", self.at - 2..self.at, findings);
            }
            return self.until(c, "-->");
        }
        // What is kept of a long comment begins with a sign that stands for the rest.
        let short = matches!(self.last.as_str(), "" | "-");
        if c == '>' && (short || self.last.ends_with("--") || self.last.ends_with("--!")) {
            self.state = State::Text;
            return self.last.clear();
        }
        self.last.push(c);
        keep(&mut self.last, 4);
    }

    /// In the text of an element that only its end tag ends.
    fn raw(&mut self, c: char, findings: &mut Vec<Finding>) {
        if self.raw.ends(c, &self.tag) {
            self.closing = true;
            self.inside(c, findings);
        } else if c == '<' {
            self.tag_at = self.at;
        }
    }

    fn tag_ends(&mut self, findings: &mut Vec<Finding>) {
        self.state = State::Text;
        self.spaced = false;
        let empty = std::mem::take(&mut self.slash);
        let range = self.tag_at..self.at + 1;
        if let Some(xml) = &mut self.xml {
            return xml.tag(&self.tag, range, self.closing, empty, findings);
        }
        let tag = self.tag.as_str();
        if !self.closing && (RAW.contains(&tag) || TEXT_ONLY.contains(&tag)) {
            self.raw = Raw::default();
            self.state = State::Raw;
        }
    }

    /// How a field is written here.
    pub(super) fn slot(&mut self, range: Range<usize>) -> Result<Escape, Problem> {
        self.at = range.end;
        if self.reference.take().is_some() {
            return Err(Problem::InReference);
        }
        match self.state {
            State::Text => {
                self.last.clear();
                if let Some(xml) = &mut self.xml {
                    xml.content(range);
                }
                Ok(Escape::Text)
            }
            State::Raw if TEXT_ONLY.contains(&self.tag.as_str()) => {
                self.raw.slot();
                Ok(Escape::Text)
            }
            State::Raw => Err(Problem::InCode),
            State::Less | State::Tag | State::Inside | State::Name | State::AfterName => {
                Err(Problem::InTag)
            }
            State::BeforeValue | State::Unquoted => {
                self.state = State::Unquoted;
                Err(Problem::Unquoted)
            }
            State::Value(_) => self.attribute_slot(),
            State::Bang
            | State::Comment
            | State::Cdata
            | State::Instruction
            | State::Declaration(_) => Err(Problem::InComment),
        }
    }

    fn attribute_slot(&mut self) -> Result<Escape, Problem> {
        let name = self.attribute.as_str();
        if self.xml.is_none() && (name.starts_with("on") || CODES.contains(&name)) {
            return Err(Problem::InCode);
        }
        match &mut self.url {
            None => Ok(Escape::Attribute),
            Some(url) => Ok(match url.slot()? {
                Escape::UrlWhole => Escape::AttributeUrl,
                escape => escape,
            }),
        }
    }

    pub(super) fn end(mut self, text: &str, findings: &mut Vec<Finding>) {
        self.at = text.len();
        if self.state == State::Text || self.state == State::Raw {
            self.refer(' ', findings);
        } else {
            let last = text.chars().next_back().map_or(0, char::len_utf8);
            let range = text.len() - last..text.len();
            findings.push(Finding { problem: Problem::Unfinished, range });
        }
        if let Some(xml) = self.xml {
            xml.end(findings);
        }
    }
}

/// Adds a sign to a name.
fn push(name: &mut String, c: char, fold: bool) {
    name.push(if fold { c.to_ascii_lowercase() } else { c });
}

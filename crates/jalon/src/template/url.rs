//! Where a field stands in a URL.

use super::{Escape, Finding, Problem};

/// The schemes whose text runs or is a document.
const CODE: [&str; 3] = ["javascript", "vbscript", "data"];
/// The schemes that a host follows.
const WITH_HOST: [&str; 6] = ["http", "https", "ws", "wss", "ftp", "file"];

/// The reading of a URL.
#[derive(Debug, Default)]
pub(super) struct Url {
    part: Part,
    /// The letters of the scheme so far.
    scheme: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// Nothing yet.
    #[default]
    Start,
    /// In what may be the scheme or the first step of a path.
    Scheme,
    /// After `:` or at the start, with so many slashes.
    Slashes {
        count: u8,
        with_host: bool,
    },
    /// The host, its port and user.
    Host,
    /// Behind a field that holds the whole of a URL so far: its host, or its path.
    Whole,
    /// The first step of a path that begins with a field.
    FirstStep,
    Path,
    /// After `mailto:`, `tel:`.
    Address,
    /// The query or the fragment.
    Query,
    /// After `javascript:`.
    Code,
}

impl Url {
    pub(super) fn text(&mut self, at: usize, text: &str, findings: &mut Vec<Finding>) {
        for (offset, c) in text.char_indices() {
            if c == ':' && self.part == Part::FirstStep {
                let range = at + offset..at + offset + 1;
                findings.push(Finding { problem: Problem::UrlScheme, range });
            }
            self.sign(c);
        }
    }

    fn sign(&mut self, c: char) {
        // A browser takes no notice of these.
        if matches!(c, '\t' | '\r' | '\n') || (c <= ' ' && self.part == Part::Start) {
            return;
        }
        let is_slash = matches!(c, '/' | '\\');
        self.part = match (self.part, c) {
            (Part::Code, _) => Part::Code,
            (Part::Query, _) | (_, '?' | '#') => Part::Query,
            (Part::Start, _) if is_slash => Part::Slashes { count: 1, with_host: false },
            (Part::Slashes { count, with_host }, _) if is_slash => {
                Part::Slashes { count: count.saturating_add(1), with_host }
            }
            (Part::Slashes { count, with_host }, _) if with_host || count > 1 => Part::Host,
            (Part::Slashes { count: 1, .. }, _) => Part::Path,
            (Part::Slashes { .. }, _) => Part::Address,
            (Part::Scheme, ':') => self.known_scheme(),
            (Part::Start | Part::Scheme, _) if c.is_ascii_alphanumeric() || "+-.".contains(c) => {
                self.scheme.push(c.to_ascii_lowercase());
                Part::Scheme
            }
            (Part::Start | Part::Scheme | Part::Host | Part::Whole | Part::FirstStep, _)
                if is_slash =>
            {
                Part::Path
            }
            (Part::Start | Part::Scheme, _) => Part::Path,
            (part, _) => part,
        };
    }

    fn known_scheme(&self) -> Part {
        let scheme = self.scheme.as_str();
        if CODE.contains(&scheme) {
            Part::Code
        } else {
            Part::Slashes { count: 0, with_host: WITH_HOST.contains(&scheme) }
        }
    }

    pub(super) fn slot(&mut self) -> Result<Escape, Problem> {
        match self.part {
            Part::Start => {
                self.part = Part::Whole;
                Ok(Escape::UrlWhole)
            }
            Part::Scheme => {
                self.part = Part::FirstStep;
                Ok(Escape::UrlPath)
            }
            Part::Slashes { count: 1, with_host: false } => {
                self.part = Part::Path;
                Ok(Escape::UrlPath)
            }
            Part::Slashes { count: 0, with_host: false } => {
                self.part = Part::Address;
                Ok(Escape::UrlAddress)
            }
            Part::Slashes { .. } | Part::Host | Part::Whole => Err(Problem::UrlHost),
            Part::FirstStep | Part::Path => Ok(Escape::UrlPath),
            Part::Address => Ok(Escape::UrlAddress),
            Part::Query => Ok(Escape::UrlPart),
            Part::Code => Err(Problem::UrlScheme),
        }
    }
}

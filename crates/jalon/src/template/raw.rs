//! The text of an element of HTML that only its own end tag ends.

/// The reading of such a text.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// The last signs, as far as they may be `</script` or `<script`.
    tag: String,
    /// The last signs of a script that may hide its end.
    dashes: String,
    script: Script,
}

/// How a script ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Script {
    /// By its end tag.
    #[default]
    Plain,
    /// Likewise: after `<!--`.
    Hidden,
    /// Not by the next end tag: after `<script` behind `<!--`.
    Twice,
}

impl Raw {
    /// Reads on in an element; whether its end tag ends here.
    pub(super) fn ends(&mut self, c: char, element: &str) -> bool {
        if c.is_ascii_whitespace() || c == '/' || c == '>' {
            let ends = self.tag.strip_prefix("</").is_some_and(|name| name == element);
            if ends && self.script < Script::Twice && element != "plaintext" {
                return true;
            }
            self.script = match self.script {
                Script::Twice if ends => Script::Hidden,
                Script::Hidden if self.tag == "<script" => Script::Twice,
                script => script,
            };
        }
        if c == '<' {
            self.tag.clear();
        }
        if c == '<' || !self.tag.is_empty() {
            self.tag.push(c.to_ascii_lowercase());
            let name = self.tag.strip_prefix("</").or(self.tag.strip_prefix('<'));
            if !name.is_some_and(|name| element.starts_with(name)) {
                self.tag.clear();
            }
        }
        if element == "script" {
            self.hide(c);
        }
        false
    }

    /// Between `<!--` and `-->` a script may hold scripts.
    fn hide(&mut self, c: char) {
        self.dashes.push(c);
        if self.dashes.ends_with("-->") {
            self.script = Script::Plain;
        } else if self.dashes.ends_with("<!--") {
            self.script = self.script.max(Script::Hidden);
        }
        keep(&mut self.dashes, 4);
    }

    /// A field stands here.
    pub(super) fn slot(&mut self) {
        *self = Raw::default();
    }
}

/// Keeps the last signs of a text.
pub(super) fn keep(text: &mut String, most: usize) {
    while text.len() > most {
        text.remove(0);
    }
}

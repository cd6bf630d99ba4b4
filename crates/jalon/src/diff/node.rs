//! What a program says, as a tree of which each part can be told from its neighbours.

use std::sync::Arc;

use super::{Part, Said};
use crate::checked::CheckedProgram;
use crate::lang::Lang;
use crate::sentence::{Renamed, Speech};

/// A part of a program.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) part: Part,
    /// Its name, where it is known by one.
    pub(super) name: Option<String>,
    /// The module it stands on.
    pub(super) module: Option<String>,
    /// By what it is known again when its name or its content has changed, the surest first.
    pub(super) keys: Vec<String>,
    /// What it says without its name and without its children: equal texts say the same.
    pub(super) content: String,
    /// What it says, children and all.
    pub(super) said: Said,
    /// What it is made of.
    pub(super) children: Vec<Node>,
    /// How its children are joined; children joined differently are not compared one by one.
    pub(super) joined: Option<bool>,
    /// To be said when its name changes.
    pub(super) if_renamed: Option<Said>,
}

impl Node {
    /// A part that is known by what it says.
    pub(super) fn new(part: Part, said: Said) -> Node {
        Node {
            part,
            name: None,
            module: None,
            keys: Vec::new(),
            content: said.fr.clone(),
            said,
            children: Vec::new(),
            joined: None,
            if_renamed: None,
        }
    }

    /// A part that is known by its name, and says what its children say.
    pub(super) fn named(part: Part, name: &str, said: Said, children: Vec<Node>) -> Node {
        let content = String::new();
        Node { name: Some(name.to_owned()), content, children, ..Node::new(part, said) }
    }

    pub(super) fn keys(self, keys: Vec<String>) -> Node {
        Node { keys, ..self }
    }

    /// All that it says, its name apart; the order of children that have none is no difference.
    pub(super) fn full(&self) -> String {
        let mut children: Vec<String> = self
            .children
            .iter()
            .map(|child| {
                let name = child.name.as_deref().unwrap_or_default();
                format!("{:?}\u{1}{name}\u{1}{}", child.part, child.full())
            })
            .collect();
        if self.children.iter().any(|child| !child.part.is_ordered()) {
            // Ordered ones keep their order among themselves.
            let place = |part: Part| usize::from(part.is_ordered());
            let mut paired: Vec<(usize, String)> = self
                .children
                .iter()
                .zip(children)
                .map(|(child, text)| (place(child.part), text))
                .collect();
            paired.sort_by(|a, b| {
                a.0.cmp(&b.0)
                    .then_with(|| if a.0 == 0 { a.1.cmp(&b.1) } else { std::cmp::Ordering::Equal })
            });
            children = paired.into_iter().map(|(_, text)| text).collect();
        }
        format!("{}\u{2}{:?}{{{}}}", self.content, self.joined, children.join("\u{3}"))
    }
}

impl Part {
    /// Whether it matters in which order several stand.
    pub(super) fn is_ordered(self) -> bool {
        matches!(self, Part::Action | Part::Branch | Part::Text)
    }

    /// Whether one that is gone and one that is new and says the same are one with another name.
    pub(super) fn is_renamed(self) -> bool {
        self <= Part::Test
    }
}

/// Speaks of a program, in the names that the new one has for its fields.
#[derive(Clone, Debug)]
pub(super) struct Voice<'p> {
    pub(super) program: &'p CheckedProgram,
    renamed: Arc<Renamed>,
}

impl<'p> Voice<'p> {
    pub(super) fn new(program: &'p CheckedProgram, renamed: Renamed) -> Voice<'p> {
        Voice { program, renamed: Arc::new(renamed) }
    }

    pub(super) fn speech(&self, lang: Lang) -> Speech<'p> {
        Speech::new(self.program, lang).renaming(&self.renamed)
    }
}

/// A text in both languages.
pub(super) fn said(text: impl Fn(Lang) -> String) -> Said {
    Said { fr: text(Lang::Fr), en: text(Lang::En) }
}

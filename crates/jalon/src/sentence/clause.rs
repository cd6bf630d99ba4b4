//! A sentence, or a heading with what is listed under it.

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    /// In one go.
    Inline(String),
    /// A heading, which ends in a colon, and what stands under it.
    List(String, Vec<Clause>),
}

impl Clause {
    /// On one or several lines, each of a list indented below its heading.
    pub(super) fn text(&self) -> String {
        let mut lines = Vec::new();
        self.lines("", 0, &mut lines);
        lines.join("\n")
    }

    /// Adds its lines, `before` in front of the first.
    pub(super) fn lines(&self, before: &str, depth: usize, lines: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        match self {
            Clause::Inline(text) => lines.push(format!("{indent}{before}{text}")),
            Clause::List(head, parts) => {
                lines.push(format!("{indent}{before}{head}"));
                for part in parts {
                    part.lines("– ", depth + 1, lines);
                }
            }
        }
    }

    /// With words before it and, where it is no list, after it.
    pub(super) fn around(self, before: &str, after: &str) -> Clause {
        match self {
            Clause::Inline(text) => Clause::Inline(format!("{before}{text}{after}")),
            Clause::List(head, parts) => Clause::List(format!("{before}{head}"), parts),
        }
    }
}

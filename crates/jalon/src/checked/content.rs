//! What a program and its declarations say, whatever their layout, their language and their
//! place: as JSON, and as a hash by which results tell the rules they were made with.
//!
//! The JSON is that of the checked program: splits are chosen, constants are values, fields go by
//! their declared names. Comments, places, texts as written and what only explains (labels of
//! operators, masking) are no part of it, nor is a declaration's own name. What a declaration
//! names counts by what that says: scores, webhooks, calendars, also the program's own calendar
//! where worked time, weeks or fiscal years are counted.

pub(crate) mod blueprint;
mod canonical;
mod resolve;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use super::approval::Approval;
use super::workflow::Rule;
use super::{CheckedProgram, Condition, Score};
use crate::schema::ModuleId;

pub(crate) use resolve::Names;

/// The hash of what something says: SHA-256 of its canonical JSON, in 64 hexadecimal digits.
///
/// ```
/// use jalon::Program;
///
/// let french = Program::parse("score Intérêt\n  +25 si Pays EST France, Monaco\n")?;
/// let english = Program::parse("# noted\nscore Intérêt\n  +25,0 if   Pays IS France, Monaco\n")?;
/// assert_eq!(french.content(), english.content());
/// assert_eq!(french.content().to_string().len(), 64);
/// # Ok::<(), jalon::program::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Content([u8; 32]);

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::str::FromStr for Content {
    type Err = NoContent;

    fn from_str(digits: &str) -> Result<Content, NoContent> {
        let mut bytes = [0; 32];
        if digits.len() != 64 || !digits.is_ascii() {
            return Err(NoContent);
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).map_err(|_| NoContent)?;
        }
        Ok(Content(bytes))
    }
}

/// A text that is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoContent;

impl fmt::Display for NoContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("64 hexadecimal digits are needed")
    }
}

impl std::error::Error for NoContent {}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Content, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// One declaration and its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Declared {
    /// `module`, `constant`, `score`, `rule`, `validation`, `dependency`, `calendar`, `webhook`,
    /// `guard`, `schedule`, `blueprint` or `approval`.
    pub kind: &'static str,
    /// Its name; of a declaration without one what it is about.
    pub name: String,
    /// The hash of what it says.
    pub content: Content,
}

/// The contents of a program and of each of its declarations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// Of all of it.
    pub program: Content,
    /// Of each, kind by kind, in the order of the program.
    pub declarations: Vec<Declared>,
}

/// What a value says, its names resolved; nothing where it cannot be data, which none is.
fn data(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

impl Names<'_> {
    /// The content of a rule.
    pub(crate) fn of_rule(&mut self, rule: &Rule) -> Content {
        self.content(data(rule), rule.on.module())
    }

    /// What the levels of an approval say: who is asked, how many must agree, and in what time.
    /// Under other levels a request does not go on.
    pub(crate) fn of_levels(&mut self, approval: &Approval) -> Content {
        let levels = json!({"levels": approval.levels, "delegation": approval.delegation});
        self.content(levels, approval.on.module())
    }

    /// The content of a score.
    pub(crate) fn of_score(&mut self, score: &Score) -> Content {
        self.content(data(score), score.module)
    }

    /// The content of a criterion on records of a module.
    pub(crate) fn of_condition(
        &mut self,
        condition: &Condition,
        module: Option<ModuleId>,
    ) -> Content {
        self.content(data(condition), module)
    }

    /// The contents of a whole program. Tests are no part of it.
    pub(crate) fn all(mut self) -> Contents {
        let declarations = self.declarations();
        let program = self.program();
        // What stands in no order, by name; rules and what else acts in turn, in their order.
        let mut parts: Vec<(&Declared, usize)> =
            declarations.iter().enumerate().map(|(at, one)| (one, at)).collect();
        parts.sort_by_key(|(one, at)| {
            let ordered = matches!(
                one.kind,
                "rule" | "validation" | "guard" | "schedule" | "blueprint" | "approval"
            );
            if ordered {
                (one.kind, "", *at, one.content)
            } else {
                (one.kind, &*one.name, 0, one.content)
            }
        });
        let parts: Vec<&Declared> = parts.into_iter().map(|(one, _)| one).collect();
        let program = self.content(json!({"program": program, "declarations": parts}), None);
        Contents { program, declarations }
    }
}

impl CheckedProgram {
    /// The checked program as canonical JSON: what the [contents](Contents) are the hashes of.
    pub fn json(&self) -> Value {
        Names::new(self).json()
    }
}

/// The content of a condition as a key: equal conditions of one program have equal keys.
pub(crate) fn key_of(condition: &Condition) -> String {
    canonical::text(&data(condition))
}

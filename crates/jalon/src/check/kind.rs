//! Which operators a type has, and what types are called.

use super::list;
use crate::checked::{Domain, FieldRef};
use crate::lang::Lang;
use crate::lexicon::{Form, OPERATORS, Op};
use crate::schema::{Field, FieldType};

/// What the left side of a test is: how its values are read, and what to call it.
#[derive(Clone, Debug)]
pub(super) struct Target<'a> {
    /// Its name in messages.
    pub(super) name: String,
    pub(super) domain: Domain,
    /// Its declaration, if it is a declared field.
    pub(super) field: Option<&'a Field>,
    /// The language of the criterion, in which keywords are cited.
    pub(super) lang: Lang,
}

/// The types as operators know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    List,
    Set,
    Number,
    Checkbox,
    Date,
    DateTime,
    Reference,
    Records,
    Dynamic,
}

impl Target<'_> {
    pub(super) fn kind(&self) -> Kind {
        match self.domain {
            Domain::Text(_) if self.values().is_some() => Kind::List,
            Domain::Text(_) => Kind::Text,
            Domain::Number => Kind::Number,
            Domain::Checkbox => Kind::Checkbox,
            Domain::Set(_) => Kind::Set,
            Domain::Date => Kind::Date,
            Domain::DateTime => Kind::DateTime,
            Domain::Reference(_) => Kind::Reference,
            Domain::Records => Kind::Records,
            Domain::Dynamic => Kind::Dynamic,
        }
    }

    /// The declared values of a list.
    pub(super) fn values(&self) -> Option<&[String]> {
        match &self.field?.ty {
            FieldType::Picklist(values) | FieldType::MultiPicklist(values) => Some(values),
            _ => None,
        }
    }

    /// The keyword of its type.
    pub(super) fn keyword(&self) -> &'static str {
        match self.field {
            Some(field) if !matches!(field.ty, FieldType::Formula(_)) => {
                field.ty.keyword(self.lang)
            }
            _ => keyword(self.domain, self.lang),
        }
    }
}

/// The keyword of what an expression gives.
pub(super) fn keyword(domain: Domain, lang: Lang) -> &'static str {
    let (fr, en) = match domain {
        Domain::Text(_) => ("texte", "text"),
        Domain::Number => ("nombre", "number"),
        Domain::Checkbox => ("case", "checkbox"),
        Domain::Set(_) => ("liste multiple", "multi-picklist"),
        Domain::Date => ("date", "date"),
        Domain::DateTime => ("date-heure", "datetime"),
        Domain::Reference(_) => ("référence", "lookup"),
        Domain::Records => ("fiches", "records"),
        Domain::Dynamic => ("inconnu", "unknown"),
    };
    lang.pick(fr, en)
}

impl Kind {
    /// Whether the type has the operator (language reference, §3).
    pub(super) fn has(self, op: Op) -> bool {
        use Kind::{Checkbox, Date, DateTime, Dynamic, List, Number, Records, Set, Text};
        match op {
            _ if self == Dynamic => true,
            Op::IsEmpty | Op::IsNotEmpty => self != Checkbox,
            Op::Is | Op::IsNot | Op::Changes | Op::Becomes | Op::ChangesFrom => self != Records,
            Op::Contains | Op::DoesNotContain | Op::ContainsAll => {
                matches!(self, Text | List | Set)
            }
            Op::StartsWith | Op::DoesNotStartWith | Op::EndsWith | Op::DoesNotEndWith => {
                matches!(self, Text | List)
            }
            Op::Matches | Op::FollowsFormat => self == Text,
            Op::Less
            | Op::LessOrEqual
            | Op::Greater
            | Op::GreaterOrEqual
            | Op::Between
            | Op::NotBetween => matches!(self, Number | Date | DateTime),
            Op::Before | Op::After | Op::InLast | Op::InNext | Op::MoreThanAgo | Op::InMoreThan => {
                matches!(self, Date | DateTime)
            }
        }
    }

    /// The operators of the type, the positive ones in their printed spelling.
    pub(super) fn operators(self, lang: Lang) -> String {
        const SHOWN: &[Op] = &[
            Op::Is,
            Op::Less,
            Op::Greater,
            Op::Between,
            Op::Contains,
            Op::StartsWith,
            Op::EndsWith,
            Op::Before,
            Op::After,
            Op::IsNot,
            Op::IsEmpty,
        ];
        let shown = SHOWN.iter().filter(|op| self.has(**op));
        let spelled: Vec<String> = shown
            .map(|op| {
                let sign = matches!(op, Op::Less | Op::Greater);
                op.spelling(if sign { Form::Sign } else { Form::Word }, lang)
            })
            .collect();
        list(spelled.iter().map(String::as_str))
    }
}

/// Whether a value of the one can be compared with a value of the other.
pub(super) fn comparable(left: Domain, right: Domain) -> bool {
    use Domain::{Checkbox, Date, DateTime, Dynamic, Number, Records, Reference, Set, Text};
    match (left, right) {
        (Records, _) | (_, Records) => false,
        (Dynamic, _)
        | (_, Dynamic)
        | (Number, Number)
        | (Checkbox, Checkbox)
        | (Set(_), Set(_) | Text(_))
        | (Date | DateTime, Date | DateTime)
        | (Text(_) | Reference(_), Text(_) | Reference(_)) => true,
        _ => false,
    }
}

/// The language in which an operator is spelled; `None` for a sign.
pub(super) fn language(operator: &str, op: Op) -> Option<Lang> {
    let words: String = operator.to_lowercase().replace(['’'], "'");
    let head = words.split_whitespace().next()?;
    let rows = OPERATORS.iter().filter(|row| row.op == op && row.form == Form::Word);
    let starts = |words: &&[&str]| {
        words.iter().any(|w| {
            let first = w.split_whitespace().next().unwrap_or("");
            first == head || plain(first) == plain(head)
        })
    };
    for row in rows {
        match (starts(&row.fr), starts(&row.en)) {
            (true, false) => return Some(Lang::Fr),
            (false, true) => return Some(Lang::En),
            _ => {}
        }
    }
    None
}

fn plain(word: &str) -> String {
    word.replace(['è', 'é'], "e").replace('à', "a")
}

/// What a field is called in messages: its label.
pub(super) fn label(field: &FieldRef) -> &str {
    field.key.names.first().map_or("", String::as_str)
}

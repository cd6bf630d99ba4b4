//! Criteria as Zoho CRM's interfaces have them: `group_operator` and `group`, or `comparator`,
//! `field` and `value`; emptiness is a value (`${EMPTY}`).

pub(crate) mod leaf;
mod writer;

use jalon::lexicon::Op;
use serde_json::{Map, Value as Json};

use crate::build::Setting;
use crate::json::{MAX_DEPTH, array, object, text_of};
use crate::left_out::{LeftOut, Place, reasons};
use crate::tree::Tree;

pub(crate) use writer::Writer;
pub use writer::write;

/// The comparators: those of one value first. Behind them what other interfaces of the same
/// products call them; the first spelling is the one that is written.
pub(crate) const COMPARATORS: &[(&str, Op)] = &[
    ("equal", Op::Is),
    ("not_equal", Op::IsNot),
    ("in", Op::Is),
    ("not_in", Op::IsNot),
    ("less_than", Op::Less),
    ("less_equal", Op::LessOrEqual),
    ("greater_than", Op::Greater),
    ("greater_equal", Op::GreaterOrEqual),
    ("contains", Op::Contains),
    ("not_contains", Op::DoesNotContain),
    ("starts_with", Op::StartsWith),
    ("ends_with", Op::EndsWith),
    ("between", Op::Between),
    ("not_between", Op::NotBetween),
    ("equals", Op::Is),
    ("is", Op::Is),
    ("isn't", Op::IsNot),
    ("doesn't contain", Op::DoesNotContain),
    ("starts with", Op::StartsWith),
    ("ends with", Op::EndsWith),
    ("is empty", Op::IsEmpty),
    ("is not empty", Op::IsNotEmpty),
];

/// The value that stands for nothing.
pub(crate) const EMPTY: &str = "${EMPTY}";
/// The value that stands for anything.
pub(crate) const NOT_EMPTY: &str = "${NOTEMPTY}";

/// Reads a criterion.
///
/// # Errors
/// Everything that cannot be carried, with its place.
pub fn read(value: &Json, setting: &Setting<'_>) -> Result<Tree, Vec<LeftOut>> {
    let mut left_out = Vec::new();
    let tree = member(value, &Place::Root, setting, &mut left_out);
    match tree.filter(|_| left_out.is_empty()) {
        Some(tree) => Ok(tree),
        None => Err(left_out),
    }
}

/// A group or a comparison; what cannot be carried is listed.
pub(crate) fn member(
    value: &Json,
    at: &Place<'_>,
    setting: &Setting<'_>,
    out: &mut Vec<LeftOut>,
) -> Option<Tree> {
    let read = match object(value, at) {
        _ if at.depth() > MAX_DEPTH => {
            Err(at.left_out(&reasons::TOO_DEEP).arg("limit", MAX_DEPTH / 2))
        }
        Ok(given) => match given.get("group").filter(|group| !group.is_null()) {
            Some(members) => return group(given, members, at, setting, out),
            None => leaf::read(given, at, setting),
        },
        Err(wrong) => Err(wrong),
    };
    read.map_err(|left_out| out.push(left_out)).ok()
}

fn group(
    given: &Map<String, Json>,
    members: &Json,
    at: &Place<'_>,
    setting: &Setting<'_>,
    out: &mut Vec<LeftOut>,
) -> Option<Tree> {
    let place = at.key("group");
    let members = array(members, &place).map_err(|left_out| out.push(left_out)).ok()?;
    let parts: Vec<_> = members
        .iter()
        .enumerate()
        .map(|(i, part)| member(part, &place.index(i), setting, out))
        .collect();
    let all = connective(given, members.len(), at).map_err(|left_out| out.push(left_out)).ok()?;
    let parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
    if parts.is_empty() {
        out.push(at.left_out(&reasons::EMPTY_GROUP));
        return None;
    }
    Some(if all { Tree::all(parts) } else { Tree::any(parts) })
}

/// Whether the members of a group are joined by `and`; a single one is joined by nothing.
fn connective(given: &Map<String, Json>, members: usize, at: &Place<'_>) -> Result<bool, LeftOut> {
    let place = at.key("group_operator");
    match given.get("group_operator") {
        None | Some(Json::Null) if members < 2 => Ok(true),
        None | Some(Json::Null) => Err(at.left_out(&reasons::MISSING).arg("key", "group_operator")),
        Some(word) => match text_of(word, &place)? {
            word if word.eq_ignore_ascii_case("and") => Ok(true),
            word if word.eq_ignore_ascii_case("or") => Ok(false),
            word => Err(place.left_out(&reasons::UNKNOWN_CONNECTIVE).arg("connective", word)),
        },
    }
}

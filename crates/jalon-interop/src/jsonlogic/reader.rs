//! From JSONLogic.

use jalon::checked::Domain;
use jalon::lexicon::{Op, Quantifier};
use jalon::value::fold::is_blank;
use jalon::value::read;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::writer::FOLD;
use crate::build::Setting;
use crate::json::{MAX_DEPTH, scalar, text_of};
use crate::left_out::{LeftOut, List, Place, reasons};
use crate::tree::{HowMany, Leaf, Operand, Related, Tree};

/// The operators that a criterion has.
const KNOWN: &str = "==, ===, !=, !==, <, <=, >, >=, in, and, or, !, !!, if, ?:, missing, some, all, none, var, val, jalon_fold, substr";

/// Reads a rule.
///
/// # Errors
/// Everything that is no criterion, with its place.
pub fn read(value: &Json, setting: &Setting<'_>) -> Result<Tree, Vec<LeftOut>> {
    let mut reader = Reader { setting: *setting, left_out: List::default() };
    let tree = reader.condition(value, &Place::Root);
    reader.left_out.finish(tree)
}

struct Reader<'s> {
    setting: Setting<'s>,
    left_out: List,
}

/// One side of a comparison.
enum Side<'v> {
    /// A field.
    Field(String),
    /// A field of which it can only be asked whether it is blank.
    Filled(String),
    /// So many characters at the start of a text, or at its end.
    Part(String, Op, usize),
    /// Anything that is not an operation.
    Constant(&'v Json),
}

/// An operation: its operator and its arguments.
fn operation(value: &Json) -> Option<(&str, &Json)> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    object.iter().next().map(|(operator, arguments)| (operator.as_str(), arguments))
}

/// The arguments of an operation; one may stand without its brackets.
fn arguments(value: &Json) -> &[Json] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

impl Reader<'_> {
    /// A rule of which only the truth counts.
    fn condition(&mut self, value: &Json, at: &Place<'_>) -> Option<Tree> {
        if at.depth() > MAX_DEPTH {
            return self.left_out.add(at.left_out(&reasons::TOO_DEEP).arg("limit", MAX_DEPTH / 2));
        }
        let Some((operator, given)) = operation(value) else {
            return self.left_out.add(at.left_out(&reasons::NO_TEST));
        };
        let (all, place) = (arguments(given), at.key(operator));
        match operator {
            "and" | "or" => {
                if all.is_empty() || !given.is_array() {
                    return self.left_out.add(place.left_out(&reasons::EMPTY_GROUP));
                }
                let parts = all.iter().enumerate();
                let parts: Vec<_> =
                    parts.map(|(i, part)| self.condition(part, &place.index(i))).collect();
                let parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
                Some(if operator == "and" { Tree::all(unguarded(parts)) } else { Tree::any(parts) })
            }
            "!" | "!!" => {
                let [one] = all else {
                    return self.left_out.add(place.left_out(&reasons::ONE_ARGUMENT));
                };
                let tree = self.condition(one, &place)?;
                Some(if operator == "!" { Tree::Not(Box::new(tree)) } else { tree })
            }
            // Null of a blank text, and a text of any other.
            FOLD => match self.folded(all, &place)? {
                Side::Field(field) | Side::Filled(field) => {
                    self.leaf(&field, Op::IsNotEmpty, Vec::new(), &place)
                }
                _ => None,
            },
            "var" | "val" => {
                let field = self.field(operator, given, &place)?;
                self.truth(field, &place)
            }
            "==" | "===" => self.pairs(Op::Is, all, &place),
            "!=" | "!==" => self.pairs(Op::IsNot, all, &place),
            "<" => self.pairs(Op::Less, all, &place),
            "<=" => self.pairs(Op::LessOrEqual, all, &place),
            ">" => self.pairs(Op::Greater, all, &place),
            ">=" => self.pairs(Op::GreaterOrEqual, all, &place),
            "in" => self.within(all, &place),
            "missing" => self.missing(all, &place),
            "if" | "?:" => self.branches(all, &place),
            "some" | "all" | "none" => self.related(operator, all, &place),
            _ => {
                let unknown = place.left_out(&reasons::UNKNOWN_OPERATOR).arg("operator", operator);
                self.left_out.add(unknown.arg("known", KNOWN))
            }
        }
    }

    /// The name that `var` or `val` reads: a path with dots, or one of steps.
    fn field(&mut self, operator: &str, given: &Json, at: &Place<'_>) -> Option<String> {
        let steps = arguments(given);
        let whole = match steps {
            [Json::String(name)] => name.clone(),
            [Json::String(_), ..] if operator == "val" => {
                let steps: Option<Vec<&str>> = steps.iter().map(Json::as_str).collect();
                match steps {
                    Some(steps) => steps.join("."),
                    None => return self.left_out.add(at.left_out(&reasons::NO_NAME)),
                }
            }
            [Json::String(_), _] => return self.left_out.add(at.left_out(&reasons::HAS_DEFAULT)),
            _ => return self.left_out.add(at.left_out(&reasons::NO_NAME)),
        };
        let is_name = |step: &str| !step.trim().is_empty() && step.parse::<u64>().is_err();
        if whole.split('.').all(is_name) {
            return Some(whole);
        }
        self.left_out.add(at.left_out(&reasons::NO_NAME))
    }

    fn side<'v>(&mut self, value: &'v Json, at: &Place<'_>) -> Option<Side<'v>> {
        match operation(value) {
            Some((operator @ ("var" | "val"), given)) => {
                self.field(operator, given, &at.key(operator)).map(Side::Field)
            }
            Some((FOLD, given)) => self.folded(arguments(given), &at.key(FOLD)),
            Some(("substr", given)) => self.part(arguments(given), &at.key("substr")),
            None if !value.is_object() => Some(Side::Constant(value)),
            _ => {
                let operator = operation(value).map_or("{…}", |(operator, _)| operator);
                let reason = at.left_out(&reasons::ONLY_FIELDS).arg("operator", operator);
                self.left_out.add(reason)
            }
        }
    }

    /// The field whose text is folded, as its own tests fold it.
    fn folded<'v>(&mut self, all: &'v [Json], at: &Place<'_>) -> Option<Side<'v>> {
        let [value, flags @ ..] = all else {
            return self.left_out.add(at.left_out(&reasons::ONE_ARGUMENT));
        };
        let Side::Field(field) = self.side(value, &at.index(0))? else {
            return self.left_out.add(at.left_out(&reasons::NO_NAME));
        };
        let mode = self.setting.field(&field).map(|of| of.mode).unwrap_or_default();
        let has = |flag: &str| flags.iter().any(|one| one.as_str() == Some(flag));
        match (has("case") == mode.case_sensitive, has("accents"), mode.ignoring_accents) {
            (true, told, ignored) if told == ignored => Some(Side::Field(field)),
            (true, false, true) => Some(Side::Filled(field)),
            _ => self.left_out.add(at.left_out(&reasons::OTHER_FOLDING).arg("field", field)),
        }
    }

    /// The first characters of a text, or the last.
    fn part<'v>(&mut self, all: &'v [Json], at: &Place<'_>) -> Option<Side<'v>> {
        let no_part = || at.left_out(&reasons::ONLY_FIELDS).arg("operator", "substr");
        let (value, op, size) = match all {
            [value, start, size] if start.as_u64() == Some(0) => {
                (value, Op::StartsWith, size.as_u64())
            }
            [value, end] => {
                let size = end.as_i64().and_then(i64::checked_neg);
                (value, Op::EndsWith, size.and_then(|size| u64::try_from(size).ok()))
            }
            _ => return self.left_out.add(no_part()),
        };
        match (self.side(value, &at.index(0))?, size.and_then(|size| usize::try_from(size).ok())) {
            (Side::Field(field), Some(size)) if size > 0 => Some(Side::Part(field, op, size)),
            _ => self.left_out.add(no_part()),
        }
    }

    /// A comparison of two or of several, each with the next.
    fn pairs(&mut self, op: Op, all: &[Json], at: &Place<'_>) -> Option<Tree> {
        if all.len() < 2 {
            return self.left_out.add(at.left_out(&reasons::TWO_ARGUMENTS));
        }
        let mut sides = Vec::new();
        for (i, value) in all.iter().enumerate() {
            sides.push(self.side(value, &at.index(i))?);
        }
        let pairs = sides.windows(2).enumerate();
        let parts: Vec<_> = pairs
            .map(|(i, pair)| match pair {
                [a, b] => self.compare(op, a, b, &at.index(i)),
                _ => None,
            })
            .collect();
        parts.into_iter().collect::<Option<Vec<_>>>().map(Tree::all)
    }

    fn compare(&mut self, op: Op, a: &Side<'_>, b: &Side<'_>, at: &Place<'_>) -> Option<Tree> {
        match (a, b) {
            (Side::Constant(_), Side::Constant(_)) => {
                self.left_out.add(at.left_out(&reasons::NO_TEST))
            }
            (Side::Field(field), Side::Field(other)) => {
                self.leaf(field, op, vec![Operand::Field(other.clone())], at)
            }
            (Side::Field(field), Side::Constant(value)) => self.test(field, op, value, at),
            (Side::Filled(field), Side::Constant(Json::Null))
            | (Side::Constant(Json::Null), Side::Filled(field)) => {
                self.test(field, op, &Json::Null, at)
            }
            (Side::Filled(field), _) | (_, Side::Filled(field)) => {
                self.left_out.add(at.left_out(&reasons::OTHER_FOLDING).arg("field", field))
            }
            // Equal to a text of just that length, it begins or ends with it.
            (Side::Part(field, part, size), Side::Constant(Json::String(text)))
            | (Side::Constant(Json::String(text)), Side::Part(field, part, size))
                if matches!(op, Op::Is | Op::IsNot) && is_long(text, *size) =>
            {
                let test = self.leaf(field, *part, vec![Operand::Text(text.clone())], at)?;
                Some(if op == Op::IsNot { Tree::Not(Box::new(test)) } else { test })
            }
            (Side::Part(..), _) | (_, Side::Part(..)) => {
                let reason = at.left_out(&reasons::ONLY_FIELDS).arg("operator", "substr");
                self.left_out.add(reason)
            }
            (Side::Constant(value), Side::Field(field)) => {
                let turned = match op {
                    Op::Less => Op::Greater,
                    Op::LessOrEqual => Op::GreaterOrEqual,
                    Op::Greater => Op::Less,
                    Op::GreaterOrEqual => Op::LessOrEqual,
                    same => same,
                };
                self.test(field, turned, value, at)
            }
        }
    }

    /// A field against a constant.
    fn test(&mut self, field: &str, op: Op, value: &Json, at: &Place<'_>) -> Option<Tree> {
        let empty = value.is_null() || value.as_str().is_some_and(is_blank);
        match op {
            Op::Is if empty => return self.leaf(field, Op::IsEmpty, Vec::new(), at),
            Op::IsNot if empty => return self.leaf(field, Op::IsNotEmpty, Vec::new(), at),
            _ => {}
        }
        let operand = self.left_out.read(scalar(value, at))?;
        if matches!(op, Op::Is | Op::IsNot) {
            return self.leaf(field, op, vec![operand], at);
        }
        // A number as text and a date order as such; other texts have no order in Jalon.
        let number = match &operand {
            Operand::Number(number) => Some(*number),
            Operand::Text(text) if read::iso(text).is_some() => None,
            Operand::Text(text) => match read::number(text) {
                Some(number) => Some(number),
                None => return self.left_out.add(at.left_out(&reasons::NO_TEXT_ORDER)),
            },
            _ => return self.left_out.add(at.left_out(&reasons::NO_TEXT_ORDER)),
        };
        let test = self.leaf(field, op, vec![operand], at)?;
        // There, nothing is 0.
        let holds_of_nothing = number.is_some_and(|number| match op {
            Op::Less => Decimal::ZERO < number,
            Op::LessOrEqual => Decimal::ZERO <= number,
            Op::Greater => Decimal::ZERO > number,
            _ => Decimal::ZERO >= number,
        });
        if !holds_of_nothing {
            return Some(test);
        }
        Some(Tree::Any(vec![test, self.leaf(field, Op::IsEmpty, Vec::new(), at)?]))
    }

    fn leaf(&mut self, field: &str, op: Op, values: Vec<Operand>, at: &Place<'_>) -> Option<Tree> {
        let leaf = Leaf { field: field.to_owned(), op, values };
        self.left_out.read(self.setting.leaf(&leaf, at))?;
        Some(Tree::Leaf(leaf))
    }

    /// A field as a condition: whether it is filled, ticked, not zero, by its type.
    fn truth(&mut self, field: String, at: &Place<'_>) -> Option<Tree> {
        let domain = self.setting.field(&field).and_then(|of| of.ty.domain(of.mode));
        match domain {
            Some(Domain::Checkbox) => self.leaf(&field, Op::Is, vec![Operand::Tick(true)], at),
            Some(Domain::Number) => {
                let filled = self.leaf(&field, Op::IsNotEmpty, Vec::new(), at)?;
                let zero = vec![Operand::Number(Decimal::ZERO)];
                Some(Tree::All(vec![filled, self.leaf(&field, Op::IsNot, zero, at)?]))
            }
            Some(Domain::Dynamic) | None => {
                self.left_out.add(at.left_out(&reasons::UNTYPED_TRUTH).arg("field", field))
            }
            Some(_) => self.leaf(&field, Op::IsNotEmpty, Vec::new(), at),
        }
    }

    /// A text in a field, or a field among values.
    fn within(&mut self, all: &[Json], at: &Place<'_>) -> Option<Tree> {
        let [what, whole] = all else {
            return self.left_out.add(at.left_out(&reasons::TWO_ARGUMENTS));
        };
        let (first, second) = (at.index(0), at.index(1));
        match (self.side(what, &first)?, self.side(whole, &second)?) {
            (Side::Field(field), Side::Constant(Json::Array(items))) => {
                let mut values = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    values.push(self.left_out.read(scalar(item, &second.index(i)))?);
                }
                self.leaf(&field, Op::Is, values, &second)
            }
            (Side::Constant(value), Side::Field(field)) => {
                let value = self.left_out.read(scalar(value, &first))?;
                self.leaf(&field, Op::Contains, vec![value], at)
            }
            (Side::Field(field), Side::Field(whole)) => {
                self.leaf(&whole, Op::Contains, vec![Operand::Field(field)], at)
            }
            (Side::Field(_), Side::Constant(_)) => {
                self.left_out.add(second.left_out(&reasons::FIELD_IN_TEXT))
            }
            (Side::Constant(_), Side::Constant(_)) => {
                self.left_out.add(at.left_out(&reasons::NO_TEST))
            }
            (Side::Part(..), _) | (_, Side::Part(..)) => {
                self.left_out.add(at.left_out(&reasons::ONLY_FIELDS).arg("operator", "substr"))
            }
            (Side::Filled(field), _) | (_, Side::Filled(field)) => {
                self.left_out.add(at.left_out(&reasons::OTHER_FOLDING).arg("field", field))
            }
        }
    }

    /// Whether any of some fields is empty.
    fn missing(&mut self, all: &[Json], at: &Place<'_>) -> Option<Tree> {
        let mut parts = Vec::new();
        for (i, name) in all.iter().enumerate() {
            let place = at.index(i);
            let name = self.left_out.read(text_of(name, &place))?;
            parts.push(self.leaf(name, Op::IsEmpty, Vec::new(), &place)?);
        }
        if parts.is_empty() {
            return self.left_out.add(at.left_out(&reasons::EMPTY_GROUP));
        }
        Some(Tree::any(parts))
    }

    /// `if a then b else …`, of which only the truth counts.
    fn branches(&mut self, all: &[Json], at: &Place<'_>) -> Option<Tree> {
        let [first, then, rest @ ..] = all else {
            return self.left_out.add(at.left_out(&reasons::TWO_ARGUMENTS));
        };
        let condition = self.condition(first, &at.index(0))?;
        let then = self.answer(then, &at.index(1))?;
        let otherwise = match rest {
            [] => Answer::Never,
            [one] => self.answer(one, &at.index(2))?,
            several => Answer::Tree(self.branches(several, at)?),
        };
        let not = |tree: Tree| Tree::Not(Box::new(tree));
        Some(match (then, otherwise) {
            (Answer::Always, Answer::Never) => condition,
            (Answer::Never, Answer::Always) => not(condition),
            (Answer::Tree(then), Answer::Never) => Tree::All(vec![condition, then]),
            (Answer::Always, Answer::Tree(otherwise)) => Tree::Any(vec![condition, otherwise]),
            (Answer::Never, Answer::Tree(otherwise)) => Tree::All(vec![not(condition), otherwise]),
            (Answer::Tree(then), Answer::Always) => Tree::Any(vec![not(condition), then]),
            (Answer::Tree(then), Answer::Tree(otherwise)) => Tree::Any(vec![
                Tree::All(vec![condition.clone(), then]),
                Tree::All(vec![not(condition), otherwise]),
            ]),
            _ => return self.left_out.add(at.left_out(&reasons::NO_TEST)),
        })
    }

    fn answer(&mut self, value: &Json, at: &Place<'_>) -> Option<Answer> {
        match value {
            Json::Bool(true) => Some(Answer::Always),
            Json::Bool(false) | Json::Null => Some(Answer::Never),
            _ => self.condition(value, at).map(Answer::Tree),
        }
    }

    /// A criterion on related records.
    fn related(&mut self, operator: &str, all: &[Json], at: &Place<'_>) -> Option<Tree> {
        let [list, part] = all else {
            return self.left_out.add(at.left_out(&reasons::TWO_ARGUMENTS));
        };
        let list = match self.side(list, &at.index(0))? {
            Side::Field(field) => field,
            Side::Constant(_) | Side::Part(..) | Side::Filled(_) => {
                return self.left_out.add(at.index(0).left_out(&reasons::NO_TEST));
            }
        };
        let outer = self.setting;
        self.setting = outer.inside(&list);
        let part = self.condition(part, &at.index(1));
        self.setting = outer;
        let quantifier = match operator {
            "some" => Quantifier::Any,
            "all" => Quantifier::All,
            _ => Quantifier::No,
        };
        let how_many = HowMany::Quantified(quantifier);
        let related = Related { list: list.clone(), how_many, part: part? };
        let related = Tree::Related(Box::new(related));
        if operator != "all" {
            return Some(related);
        }
        // There, `all` does not hold of none.
        let filled = self.leaf(&list, Op::IsNotEmpty, Vec::new(), at)?;
        Some(Tree::All(vec![related, filled]))
    }
}

/// Without what is said of empty fields that the tests beside say anyway: a test of JSONLogic is
/// guarded against null, one of Jalon holds of nothing.
fn unguarded(parts: Vec<Tree>) -> Vec<Tree> {
    let filled = |part: &Tree| match part {
        Tree::Leaf(Leaf { field, op: Op::IsNotEmpty, .. }) => Some(field.clone()),
        _ => None,
    };
    let guards: Vec<String> = parts.iter().filter_map(filled).collect();
    let bare = |part: Tree| match part {
        Tree::Any(sides) => match <[Tree; 2]>::try_from(sides) {
            Ok([Tree::Leaf(test), Tree::Leaf(Leaf { field, op: Op::IsEmpty, .. })])
                if field == test.field && guards.contains(&field) =>
            {
                Tree::Leaf(test)
            }
            Ok(sides) => Tree::Any(sides.into()),
            Err(sides) => Tree::Any(sides),
        },
        other => other,
    };
    let parts: Vec<Tree> = parts.into_iter().map(bare).collect();
    let tested: Vec<String> = parts.iter().flat_map(fields_tested).collect();
    parts
        .into_iter()
        .filter(|part| filled(part).is_none_or(|field| !tested.contains(&field)))
        .collect()
}

/// The fields that a part holds only of where they are filled.
fn fields_tested(part: &Tree) -> Vec<String> {
    match part {
        Tree::Leaf(Leaf { op: Op::IsEmpty | Op::IsNotEmpty, .. }) => Vec::new(),
        Tree::Leaf(leaf) if leaf.op.complement_of().is_none() => {
            let others = leaf.values.iter().filter_map(|value| match value {
                Operand::Field(other) => Some(other.clone()),
                _ => None,
            });
            std::iter::once(leaf.field.clone()).chain(others).collect()
        }
        Tree::All(parts) => parts.iter().flat_map(fields_tested).collect(),
        Tree::Any(parts) => {
            let mut each = parts.iter().map(fields_tested);
            let first = each.next().unwrap_or_default();
            each.fold(first, |kept, one| kept.into_iter().filter(|f| one.contains(f)).collect())
        }
        _ => Vec::new(),
    }
}

/// Whether a text has so many characters, each of one code unit: what `substr` counts.
fn is_long(text: &str, size: usize) -> bool {
    text.chars().count() == size && text.encode_utf16().count() == size
}

/// What a branch gives.
enum Answer {
    Always,
    Never,
    Tree(Tree),
}

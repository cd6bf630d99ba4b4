//! From react-querybuilder.

use jalon::lexicon::{Op, Quantifier};
use serde_json::{Map, Value as Json};

use super::OPERATORS;
use crate::build::Setting;
use crate::json::{MAX_DEPTH, array, object, scalar, text_of};
use crate::left_out::{LeftOut, List, Place, reasons};
use crate::tree::{HowMany, Leaf, Operand, Related, Tree};

/// Reads a query.
///
/// # Errors
/// Everything that cannot be carried, with its place.
pub fn read(value: &Json, setting: &Setting<'_>) -> Result<Tree, Vec<LeftOut>> {
    let mut reader = Reader { setting: *setting, left_out: List::default() };
    let tree = reader.member(value, &Place::Root);
    reader.left_out.finish(tree)
}

struct Reader<'s> {
    setting: Setting<'s>,
    left_out: List,
}

impl Reader<'_> {
    /// A group or a rule.
    fn member(&mut self, value: &Json, at: &Place<'_>) -> Option<Tree> {
        if at.depth() > MAX_DEPTH {
            return self.left_out.add(at.left_out(&reasons::TOO_DEEP).arg("limit", MAX_DEPTH / 2));
        }
        let member = self.left_out.read(object(value, at))?;
        if member.get("muted") == Some(&Json::Bool(true)) {
            return self.left_out.add(at.left_out(&reasons::MUTED));
        }
        match member.get("rules") {
            Some(rules) => self.group(member, rules, at),
            None => self.rule(member, at),
        }
    }

    fn group(&mut self, group: &Map<String, Json>, rules: &Json, at: &Place<'_>) -> Option<Tree> {
        let place = at.key("rules");
        let rules = self.left_out.read(array(rules, &place))?;
        let tree = match group.get("combinator") {
            Some(combinator) => {
                let parts: Vec<_> = rules
                    .iter()
                    .enumerate()
                    .map(|(i, rule)| self.member(rule, &place.index(i)))
                    .collect();
                let all = self.combinator(combinator, &at.key("combinator"))?;
                let parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
                if parts.is_empty() {
                    return self.left_out.add(at.left_out(&reasons::EMPTY_GROUP));
                }
                if all { Tree::all(parts) } else { Tree::any(parts) }
            }
            None => self.independent(rules, &place)?,
        };
        match group.get("not") {
            None | Some(Json::Null | Json::Bool(false)) => Some(tree),
            Some(Json::Bool(true)) => Some(Tree::Not(Box::new(tree))),
            Some(_) => {
                let place = at.key("not");
                self.left_out
                    .add(place.left_out(&reasons::WRONG_SHAPE).arg("wanted", "true, false"))
            }
        }
    }

    /// Whether parts are joined by `and`.
    fn combinator(&mut self, value: &Json, at: &Place<'_>) -> Option<bool> {
        let word = self.left_out.read(text_of(value, at))?;
        match word {
            word if word.eq_ignore_ascii_case("and") => Some(true),
            word if word.eq_ignore_ascii_case("or") => Some(false),
            word => {
                let unknown = at.left_out(&reasons::UNKNOWN_CONNECTIVE);
                self.left_out.add(unknown.arg("connective", word))
            }
        }
    }

    /// Rules with combinators between them; `and` binds tighter, as in the SQL that
    /// react-querybuilder makes of them.
    fn independent(&mut self, rules: &[Json], at: &Place<'_>) -> Option<Tree> {
        let mut any = vec![Vec::new()];
        let mut good = true;
        for (i, value) in rules.iter().enumerate() {
            let place = at.index(i);
            if i % 2 == 0 {
                match (self.member(value, &place), any.last_mut()) {
                    (Some(tree), Some(all)) => all.push(tree),
                    _ => good = false,
                }
            } else {
                match self.combinator(value, &place) {
                    Some(false) => any.push(Vec::new()),
                    Some(true) => {}
                    None => good = false,
                }
            }
        }
        if rules.is_empty() {
            return self.left_out.add(at.left_out(&reasons::EMPTY_GROUP));
        }
        if rules.len().is_multiple_of(2) {
            return self.left_out.add(at.left_out(&reasons::MISSING).arg("key", rules.len()));
        }
        good.then(|| Tree::any(any.into_iter().map(Tree::all).collect()))
    }

    fn rule(&mut self, rule: &Map<String, Json>, at: &Place<'_>) -> Option<Tree> {
        let place = at.key("field");
        let field = match rule.get("field") {
            Some(field) => self.left_out.read(text_of(field, &place))?,
            None => return self.left_out.add(at.left_out(&reasons::MISSING).arg("key", "field")),
        };
        // `~` is the placeholder for a choice not made yet.
        if field.trim().is_empty() || field == "~" {
            return self.left_out.add(place.left_out(&reasons::NO_FIELD));
        }
        if let Some(wanted) = rule.get("match").filter(|wanted| !wanted.is_null()) {
            return self.related(field, wanted, rule, at);
        }
        let op = self.operator(rule, at)?;
        let values = self.values(rule, op, at)?;
        let leaf = Leaf { field: field.to_owned(), op: op.1, values };
        self.left_out.read(self.setting.leaf(&leaf, &at.key("value")))?;
        Some(Tree::Leaf(leaf))
    }

    fn operator(&mut self, rule: &Map<String, Json>, at: &Place<'_>) -> Option<(&'static str, Op)> {
        let place = at.key("operator");
        let Some(operator) = rule.get("operator") else {
            return self.left_out.add(at.left_out(&reasons::MISSING).arg("key", "operator"));
        };
        let name = self.left_out.read(text_of(operator, &place))?;
        let known = OPERATORS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim()));
        if known.is_none() {
            let known: Vec<&str> = OPERATORS.iter().map(|(name, _)| *name).collect();
            let unknown = place.left_out(&reasons::UNKNOWN_OPERATOR).arg("operator", name);
            return self.left_out.add(unknown.arg("known", known.join(", ")));
        }
        known.copied()
    }

    fn values(
        &mut self,
        rule: &Map<String, Json>,
        (name, op): (&str, Op),
        at: &Place<'_>,
    ) -> Option<Vec<Operand>> {
        if matches!(op, Op::IsEmpty | Op::IsNotEmpty) {
            return Some(Vec::new());
        }
        let place = at.key("value");
        let value = rule.get("value").unwrap_or(&Json::Null);
        let many = matches!(name, "in" | "notIn" | "between" | "notBetween");
        let values: Vec<Operand> = match value {
            Json::Array(items) if many => {
                let read: Vec<_> = items
                    .iter()
                    .enumerate()
                    .map(|(i, item)| self.left_out.read(scalar(item, &place.index(i))))
                    .collect();
                read.into_iter().collect::<Option<_>>()?
            }
            Json::Array(_) => return self.left_out.add(place.left_out(&reasons::ONE_VALUE)),
            Json::String(text) if many => parts(text).into_iter().map(Operand::Text).collect(),
            value => vec![self.left_out.read(scalar(value, &place))?],
        };
        match rule.get("valueSource") {
            None | Some(Json::Null) => Some(values),
            Some(Json::String(source)) if source == "value" => Some(values),
            Some(Json::String(source)) if source == "field" => {
                let fields = values.into_iter().map(|value| match value {
                    Operand::Text(field) => Some(Operand::Field(field)),
                    _ => None,
                });
                match fields.collect() {
                    Some(fields) => Some(fields),
                    None => self.left_out.add(place.left_out(&reasons::NO_FIELD)),
                }
            }
            Some(_) => {
                let place = at.key("valueSource");
                let shape = place.left_out(&reasons::WRONG_SHAPE);
                self.left_out.add(shape.arg("wanted", "\"value\", \"field\""))
            }
        }
    }

    /// `match` and a group as the value: how many of a field's records satisfy it.
    fn related(
        &mut self,
        list: &str,
        wanted: &Json,
        rule: &Map<String, Json>,
        at: &Place<'_>,
    ) -> Option<Tree> {
        let place = at.key("match");
        let how_many = self.how_many(wanted, &place);
        let place = at.key("value");
        let Some(value) = rule.get("value") else {
            return self.left_out.add(at.left_out(&reasons::MISSING).arg("key", "value"));
        };
        let outer = std::mem::take(&mut self.setting);
        self.setting = outer.inside(list);
        let part = self.member(value, &place);
        self.setting = outer;
        let list = list.to_owned();
        Some(Tree::Related(Box::new(Related { list, how_many: how_many?, part: part? })))
    }

    fn how_many(&mut self, wanted: &Json, at: &Place<'_>) -> Option<HowMany> {
        let wanted = self.left_out.read(object(wanted, at))?;
        let place = at.key("mode");
        let mode = match wanted.get("mode") {
            Some(mode) => self.left_out.read(text_of(mode, &place))?,
            None => return self.left_out.add(at.left_out(&reasons::MISSING).arg("key", "mode")),
        };
        let op = match mode.to_ascii_lowercase().as_str() {
            "all" => return Some(HowMany::Quantified(Quantifier::All)),
            "some" => return Some(HowMany::Quantified(Quantifier::Any)),
            "none" => return Some(HowMany::Quantified(Quantifier::No)),
            "atleast" => Op::GreaterOrEqual,
            "atmost" => Op::LessOrEqual,
            "exactly" => Op::Is,
            _ => {
                let unknown = place.left_out(&reasons::UNKNOWN_OPERATOR).arg("operator", mode);
                let known = "all, some, none, atLeast, atMost, exactly";
                return self.left_out.add(unknown.arg("known", known));
            }
        };
        let threshold = wanted.get("threshold").and_then(Json::as_u64);
        match threshold.and_then(|count| u32::try_from(count).ok()) {
            Some(count) => Some(HowMany::Counted(op, count)),
            None => self.left_out.add(at.key("threshold").left_out(&reasons::THRESHOLD)),
        }
    }
}

/// The values of a list in one text: parted at commas, of which `\,` is none; empty ones drop.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, parts.last_mut()) {
            ('\\', Some(part)) if chars.peek() == Some(&',') => part.extend(chars.next()),
            (',', _) => parts.push(String::new()),
            (c, Some(part)) => part.push(c),
            (_, None) => {}
        }
    }
    let trimmed = parts.into_iter().map(|part| part.trim().to_owned());
    trimmed.filter(|part| !part.is_empty()).collect()
}

//! To JSONLogic, with what an empty value means said in every test.

use jalon::checked::{
    Condition, Domain, Expr, ExprKind, FieldRef, Operand as Read, OrderTest, Predicate, Related,
    SetTest, Term, Test, TextTest,
};
use jalon::lang::Lang;
use jalon::lexicon::{Form as Written, Quantifier};
use jalon::schema::TextMode;
use jalon::value::fold::fold;
use jalon::value::{TimeSpec, Value};
use serde_json::{Value as Json, json};

use crate::carry::FieldNames;
use crate::json::number;
use crate::left_out::{LeftOut, reasons};

/// The operation that folds a text, and gives null of one that is blank.
pub const FOLD: &str = "jalon_fold";

const FORM: &str = "JSONLogic";

/// Writes a rule. Texts are folded by the operation [`FOLD`], which the host adds: its first
/// argument is the value; `"case"` and `"accents"` after it say that case counts, or that accents
/// do not.
///
/// # Errors
/// Everything that JSONLogic cannot say in the same meaning.
pub fn write(condition: &Condition, names: FieldNames) -> Result<Json, Vec<LeftOut>> {
    let mut writer = Writer { names, left_out: Vec::new() };
    let rule = writer.condition(condition);
    if writer.left_out.is_empty() { Ok(rule) } else { Err(writer.left_out) }
}

struct Writer {
    names: FieldNames,
    left_out: Vec<LeftOut>,
}

type Rule = Result<Json, LeftOut>;

/// Why a test is not written; where it stands is filled in later.
fn no(reason: &'static jalon::diagnostic::Text) -> LeftOut {
    LeftOut::new(String::new(), reason).arg("form", FORM)
}

impl Writer {
    fn condition(&mut self, condition: &Condition) -> Json {
        match condition {
            Condition::All(parts) => json!({"and": self.parts(parts)}),
            Condition::Any(parts) => json!({"or": self.parts(parts)}),
            Condition::Not(part) => json!({"!": [self.condition(part)]}),
            Condition::Related(related) => self.related(related),
            Condition::Test(test) => {
                let rule = self.test(test);
                let rule = self.or_left_out(&test.source, rule);
                if test.negated { json!({"!": [rule]}) } else { rule }
            }
        }
    }

    fn parts(&mut self, parts: &[Condition]) -> Vec<Json> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn or_left_out(&mut self, at: &str, rule: Rule) -> Json {
        rule.unwrap_or_else(|left_out| {
            self.left_out.push(LeftOut { at: at.trim().to_owned(), ..left_out });
            Json::Null
        })
    }

    /// A field as `var` reads it.
    fn var(&self, field: &FieldRef) -> Rule {
        let name = self.names.of(&field.key);
        if field.depth > 0 {
            return Err(no(&reasons::OUTER_FIELD).arg("field", name));
        }
        // A dot in a name would be read as a step.
        if field.key.path.is_none() && name.contains('.') {
            return Err(no(&reasons::UNWRITABLE_NAME).arg("field", name));
        }
        Ok(json!({"var": name}))
    }

    fn related(&mut self, related: &Related) -> Json {
        let part = self.condition(&related.condition);
        let list = self.var(&related.list);
        let list = self.or_left_out(&related.source, list);
        match related.quantifier {
            Quantifier::Any => json!({"some": [list, part]}),
            Quantifier::No => json!({"none": [list, part]}),
            // There, `all` does not hold of none.
            Quantifier::All => json!({"none": [list, {"!": [part]}]}),
        }
    }

    fn test(&mut self, test: &Test) -> Rule {
        let field = match &test.left {
            Read::Field(field) | Read::Expr(Expr { kind: ExprKind::Field(field), .. }) => field,
            Read::Expr(expr) => {
                return Err(no(&reasons::COMPUTED_LEFT).arg("value", &expr.source));
            }
        };
        let var = self.var(field)?;
        match (&test.predicate, field.domain) {
            (Predicate::Empty, Domain::Text(mode)) => {
                let filled = folded(&var, TextMode { ignoring_accents: false, ..mode });
                Ok(json!({"==": [filled, null]}))
            }
            (Predicate::Empty, Domain::Number | Domain::Date) => Ok(json!({"==": [var, null]})),
            (Predicate::Empty, Domain::Records) => Ok(json!({"!": [{"!!": [var]}]})),
            (Predicate::Ticked(ticked), _) => {
                let is = json!({"===": [var, true]});
                Ok(if *ticked { is } else { json!({"!": [is]}) })
            }
            (Predicate::Text(kind, terms), Domain::Text(mode)) => {
                self.text(*kind, terms, &var, mode)
            }
            (Predicate::Number(order, terms), _) => self.order(*order, terms, &var, field.domain),
            (Predicate::Time(order, terms), Domain::Date) => {
                self.order(*order, terms, &var, field.domain)
            }
            (Predicate::Set(set, terms), Domain::Set(mode)) => set_test(*set, terms, &var, mode),
            (Predicate::Dynamic(..), _) | (_, Domain::Dynamic) => {
                Err(no(&reasons::UNDECLARED).arg("field", self.names.of(&field.key)))
            }
            (Predicate::Change(_), _) => Err(no(&reasons::CHANGE)),
            _ => {
                let operator = test.op.spelling(Written::Word, Lang::Fr);
                Err(no(&reasons::NO_OPERATOR).arg("operator", operator))
            }
        }
    }

    fn text(&self, kind: TextTest, terms: &[Term], var: &Json, mode: TextMode) -> Rule {
        let value = folded(var, mode);
        let mut parts = Vec::new();
        for term in terms {
            let with = match term {
                Term::Const(Value::Text(text)) => Json::from(fold(text, mode)),
                Term::Expr(Expr {
                    kind: ExprKind::Field(other), domain: Domain::Text(_), ..
                }) => folded(&self.var(other)?, mode),
                _ => return Err(no(&reasons::NO_RIGHT_SIDE).arg("value", shown(term))),
            };
            let constant = with.as_str().map(str::to_owned);
            let units = constant.as_deref().map(|text| text.encode_utf16().count());
            let test = match (kind, units) {
                (TextTest::Equal, _) => json!({"===": [value, with]}),
                (TextTest::Contains | TextTest::ContainsAll, _) => json!({"in": [with, value]}),
                // What `substr` counts differs where a character has two units.
                (_, Some(units))
                    if constant.as_ref().is_some_and(|c| c.chars().count() != units) =>
                {
                    return Err(no(&reasons::NO_RIGHT_SIDE).arg("value", shown(term)));
                }
                (TextTest::StartsWith, Some(units)) => {
                    json!({"===": [{"substr": [value, 0, units]}, with]})
                }
                (TextTest::EndsWith, Some(units)) => {
                    json!({"===": [{"substr": [value, -(units as i64)]}, with]})
                }
                (_, None) => return Err(no(&reasons::NO_RIGHT_SIDE).arg("value", shown(term))),
            };
            let mut guarded = vec![json!({"!!": [value]})];
            if constant.is_none() {
                guarded.push(json!({"!!": [with]}));
            }
            guarded.push(test);
            parts.push(json!({"and": guarded}));
        }
        let all = kind == TextTest::ContainsAll;
        Ok(joined(parts, if all { "and" } else { "or" }))
    }

    fn order(&self, order: OrderTest, terms: &[Term], var: &Json, domain: Domain) -> Rule {
        let mut guards = vec![json!({"!=": [var, null]})];
        let mut sides = Vec::new();
        for term in terms {
            sides.push(match term {
                Term::Const(Value::Number(value)) => match number(*value) {
                    Json::Number(value) => Json::Number(value),
                    _ => return Err(no(&reasons::NUMBER_TOO_WIDE).arg("number", value)),
                },
                Term::Time(TimeSpec::Day(date)) => Json::from(date.to_string()),
                Term::Time(_) => return Err(no(&reasons::RELATIVE_DATE).arg("value", shown(term))),
                Term::Expr(expr) => match &expr.kind {
                    ExprKind::Field(other) if other.domain == domain => {
                        let other = self.var(other)?;
                        guards.push(json!({"!=": [other, null]}));
                        other
                    }
                    _ => return Err(no(&reasons::NO_RIGHT_SIDE).arg("value", shown(term))),
                },
                _ => return Err(no(&reasons::NO_RIGHT_SIDE).arg("value", shown(term))),
            });
        }
        let sign = match order {
            OrderTest::Equal => "===",
            OrderTest::Less => "<",
            OrderTest::LessOrEqual | OrderTest::Between => "<=",
            OrderTest::Greater => ">",
            OrderTest::GreaterOrEqual => ">=",
        };
        let test = match sides.as_slice() {
            [low, high] if order == OrderTest::Between => json!({"<=": [low, var, high]}),
            _ => joined(sides.iter().map(|side| json!({sign: [var, side]})).collect(), "or"),
        };
        guards.push(test);
        Ok(json!({"and": guards}))
    }
}

fn set_test(set: SetTest, terms: &[Term], var: &Json, mode: TextMode) -> Rule {
    let item = folded(&json!({"var": ""}), mode);
    let mut items = Vec::new();
    for term in terms {
        match term {
            Term::Const(Value::Text(text)) => items.push(fold(text, mode).into_owned()),
            _ => return Err(no(&reasons::NO_RIGHT_SIDE).arg("value", shown(term))),
        }
    }
    let has = |items: &[String]| json!({"some": [var, {"in": [item, items]}]});
    if set == SetTest::ContainsAny {
        return Ok(has(&items));
    }
    let mut parts: Vec<Json> = items.iter().map(|one| has(std::slice::from_ref(one))).collect();
    if set == SetTest::Equal {
        let other = json!({"and": [{"!!": [item]}, {"!": [{"in": [item, items]}]}]});
        parts.push(json!({"none": [var, other]}));
    }
    Ok(joined(parts, "and"))
}

/// A text as it compares.
fn folded(value: &Json, mode: TextMode) -> Json {
    let mut arguments = vec![value.clone()];
    arguments.extend(mode.case_sensitive.then(|| json!("case")));
    arguments.extend(mode.ignoring_accents.then(|| json!("accents")));
    json!({FOLD: arguments})
}

fn joined(mut parts: Vec<Json>, with: &str) -> Json {
    if parts.len() == 1 { parts.remove(0) } else { json!({with: parts}) }
}

fn shown(term: &Term) -> String {
    match term {
        Term::Const(value) => value.to_json().to_string(),
        Term::Expr(expr) => expr.source.clone(),
        Term::Untyped(text) => text.clone(),
        Term::Time(_) => "…".to_owned(),
    }
}

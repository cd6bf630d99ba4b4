//! From a checked criterion to the text of a clause.

use jalon::Clock;
use jalon::checked::{
    Condition, Domain, Expr, ExprKind, FieldRef, Operand, OrderTest, Predicate, SetTest, Term, Test,
};
use jalon::diagnostic::Text;
use jalon::schema::TextMode;
use jalon::value::fold::fold;
use jalon::value::read::decimal_of_float;
use jalon::value::{Date, Instant, Interval, TimeSpec, Value};
use rust_decimal::Decimal;

use super::fold::function;
use super::{Dialect, Function, Options, Param, Placeholders, Texts, Where};
use crate::left_out::{LeftOut, reasons};

/// What is written, or why it is not.
pub(super) type Written<T = String> = Result<T, LeftOut>;

/// Why a test is not written; where it stands is filled in later.
pub(super) fn no(reason: &'static Text) -> LeftOut {
    LeftOut::new(String::new(), reason)
}

/// Whole numbers up to here are told apart by a double.
const EXACT: i64 = 1 << 53;

pub(super) struct Writer<'w> {
    options: &'w Options,
    clock: &'w Clock,
    params: Vec<Param>,
    functions: Vec<Function>,
    left_out: Vec<LeftOut>,
}

/// How a text is joined with others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// It stands anywhere.
    Alone,
    And,
    Or,
}

/// A part of the clause. It is never `NULL`.
pub(super) struct Part {
    sql: String,
    join: Join,
}

impl Part {
    /// Texts that must hold together, none of which is joined by `OR` itself.
    pub(super) fn all(texts: impl IntoIterator<Item = String>) -> Part {
        Part::of(texts.into_iter().map(leaf).collect(), Join::And)
    }

    /// Parts of which one must hold.
    pub(super) fn any(parts: Vec<Part>) -> Part {
        Part::of(parts, Join::Or)
    }

    fn within(self, join: Join) -> String {
        if self.join == Join::Alone || self.join == join {
            self.sql
        } else {
            format!("({})", self.sql)
        }
    }

    fn of(parts: Vec<Part>, join: Join) -> Part {
        let (word, none) = if join == Join::Or { (" OR ", "FALSE") } else { (" AND ", "TRUE") };
        let mut parts = parts;
        match parts.len() {
            0 => Part { sql: none.to_owned(), join: Join::Alone },
            1 => parts.remove(0),
            _ => {
                let texts: Vec<String> = parts.into_iter().map(|part| part.within(join)).collect();
                Part { sql: texts.join(word), join }
            }
        }
    }

    fn not(self) -> Part {
        leaf(format!("NOT ({})", self.sql))
    }
}

/// A field as the query reads it: its columns (two for a reference by id and name), each with the
/// texts that stand there.
pub(super) struct Column {
    pub(super) sql: Vec<String>,
    pub(super) texts: Texts,
    pub(super) domain: Domain,
}

impl<'w> Writer<'w> {
    pub(super) fn new(options: &'w Options, clock: &'w Clock) -> Writer<'w> {
        let (params, functions, left_out) = Default::default();
        Writer { options, clock, params, functions, left_out }
    }

    pub(super) fn write(mut self, condition: Option<&Condition>) -> Result<Where, Vec<LeftOut>> {
        let nothing = Condition::All(Vec::new());
        let part = self.condition(condition.unwrap_or(&nothing));
        if self.left_out.is_empty() {
            Ok(Where { sql: part.sql, params: self.params, functions: self.functions })
        } else {
            Err(self.left_out)
        }
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.options.dialect
    }

    fn condition(&mut self, condition: &Condition) -> Part {
        match condition {
            Condition::All(parts) => {
                Part::of(parts.iter().map(|part| self.condition(part)).collect(), Join::And)
            }
            Condition::Any(parts) => {
                Part::of(parts.iter().map(|part| self.condition(part)).collect(), Join::Or)
            }
            Condition::Not(part) => self.condition(part).not(),
            Condition::Related(related) => self.refuse(&related.source, no(&reasons::OTHER_TABLE)),
            Condition::Test(test) => match self.test(test) {
                Ok(part) if test.negated => part.not(),
                Ok(part) => part,
                Err(reason) => self.refuse(&test.source, reason),
            },
        }
    }

    fn refuse(&mut self, at: &str, left_out: LeftOut) -> Part {
        let left_out = LeftOut { at: at.trim().to_owned(), ..left_out };
        if !self.left_out.contains(&left_out) {
            self.left_out.push(left_out);
        }
        Part::of(Vec::new(), Join::And)
    }

    fn test(&mut self, test: &Test) -> Written<Part> {
        let field = match &test.left {
            Operand::Field(field) | Operand::Expr(Expr { kind: ExprKind::Field(field), .. }) => {
                field
            }
            Operand::Expr(_) => return Err(no(&reasons::COMPUTED)),
        };
        let column = self.column(field)?;
        match &test.predicate {
            Predicate::Empty => Ok(self.filled(&column).not()),
            Predicate::Ticked(ticked) => {
                let is = if *ticked { "IS TRUE" } else { "IS NOT TRUE" };
                Ok(leaf(format!("{} {is}", column.first())))
            }
            Predicate::Text(text, terms) => {
                let parts = self.texts(*text, terms, &column)?;
                let all = *text == jalon::checked::TextTest::ContainsAll;
                Ok(Part::of(parts, if all { Join::And } else { Join::Or }))
            }
            Predicate::Regex { .. } => Err(no(&reasons::REGEX)),
            Predicate::Mask(mask) => self.mask(mask, &column),
            Predicate::Number(order, terms) | Predicate::Time(order, terms) => {
                self.order(*order, terms, &column)
            }
            Predicate::Set(set, terms) => self.set(*set, terms, &column),
            Predicate::Dynamic(..) => Err(no(&reasons::UNDECLARED)),
            Predicate::Change(_) => Err(no(&reasons::CHANGE)),
        }
    }

    /// Where a field stands.
    pub(super) fn column(&self, field: &FieldRef) -> Written<Column> {
        match field.domain {
            Domain::Dynamic => {
                let field = field.key.names.first().cloned().unwrap_or_default();
                return Err(no(&reasons::UNDECLARED).arg("field", field));
            }
            Domain::Records => return Err(no(&reasons::OTHER_TABLE)),
            _ => {}
        }
        let said = self.options.fields.iter().filter(|said| {
            let name = fold(&said.name, TextMode::default());
            field.key.folded.iter().any(|folded| *folded == name)
        });
        let (mut sql, mut texts) = (Vec::new(), self.options.texts);
        for said in said {
            sql.extend(said.columns.iter().cloned());
            texts = said.texts.unwrap_or(texts);
        }
        if sql.is_empty() {
            let name = self.options.names.of(&field.key);
            if field.key.path.is_some() {
                return Err(no(&reasons::NO_COLUMN).arg("field", name));
            }
            sql.push(format!("\"{}\"", name.replace('"', "\"\"")));
        }
        Ok(Column { sql, texts, domain: field.domain })
    }

    /// That a field is not empty.
    fn filled(&mut self, column: &Column) -> Part {
        let parts = match column.domain {
            Domain::Text(mode) | Domain::Reference(mode) => {
                let each = column.sql.clone();
                let filled = each.iter().map(|sql| {
                    let filled = self.not_blank(sql, column.texts, mode);
                    Part::all([format!("{sql} IS NOT NULL"), filled])
                });
                filled.collect()
            }
            Domain::Set(mode) => {
                let filled = self.not_blank("item.value", column.texts, mode);
                vec![leaf(self.exists(column.first(), &filled))]
            }
            _ => vec![Part::all(self.guards(column, true))],
        };
        Part::of(parts, Join::Or)
    }

    /// What must hold for a number, a date or an instant to be one; `open` where it is not below
    /// anything finite by the test itself.
    pub(super) fn guards(&self, column: &Column, open: bool) -> Vec<String> {
        let sql = column.first();
        let number = column.domain == Domain::Number;
        match self.dialect() {
            Dialect::Sqlite if number => vec![format!("typeof({sql}) IN ('integer', 'real')")],
            // What is not empty begins with the digits of the year.
            Dialect::Sqlite => vec![format!("{sql} IS NOT NULL"), format!("{sql} GLOB '[0-9]*'")],
            Dialect::Postgres if number && open => vec![
                format!("{sql} IS NOT NULL"),
                format!("CAST({sql} AS double precision) < 'Infinity'"),
            ],
            Dialect::DuckDb if number && open => {
                vec![format!("{sql} IS NOT NULL"), format!("isfinite(CAST({sql} AS DOUBLE))")]
            }
            Dialect::Postgres | Dialect::DuckDb => vec![format!("{sql} IS NOT NULL")],
        }
    }

    /// A test by order, of numbers or of dates.
    fn order(&mut self, order: OrderTest, terms: &[Term], column: &Column) -> Written<Part> {
        let above = matches!(order, OrderTest::Greater | OrderTest::GreaterOrEqual);
        let other = terms.iter().find_map(|term| match term {
            Term::Expr(expr) => Some(expr),
            _ => None,
        });
        let mut parts = self.guards(column, above || other.is_some());
        let mut tests = Vec::new();
        match (order, terms) {
            (OrderTest::Between, [low, high]) => {
                let low = self.bound(OrderTest::GreaterOrEqual, low, column)?;
                parts.extend(low);
                parts.extend(self.bound(OrderTest::LessOrEqual, high, column)?);
            }
            (OrderTest::Equal, terms) => {
                for term in terms {
                    tests.push(Part::all(self.bound(order, term, column)?));
                }
                parts.push(Part::of(tests, Join::Or).within(Join::And));
            }
            (order, terms) => match terms.first() {
                Some(term) => parts.extend(self.bound(order, term, column)?),
                None => parts.push("FALSE".to_owned()),
            },
        }
        Ok(Part::all(parts))
    }

    /// A column against one term: what must hold together.
    fn bound(&mut self, order: OrderTest, term: &Term, column: &Column) -> Written<Vec<String>> {
        let sign = match order {
            OrderTest::Equal | OrderTest::Between => "=",
            OrderTest::Less => "<",
            OrderTest::LessOrEqual => "<=",
            OrderTest::Greater => ">",
            OrderTest::GreaterOrEqual => ">=",
        };
        let sql = column.first();
        match term {
            Term::Const(Value::Number(number)) => {
                let number = self.number(*number)?;
                Ok(vec![format!("{sql} {sign} {number}")])
            }
            Term::Expr(expr) => {
                let other = self.other(expr)?;
                if other.domain != column.domain {
                    return Err(no(&reasons::OTHER_FIELD));
                }
                let mut parts = self.guards(&other, true);
                parts.push(format!("{sql} {sign} {}", other.first()));
                Ok(parts)
            }
            Term::Time(spec) => self.place(order, spec, column),
            Term::Const(_) | Term::Untyped(_) => Err(no(&reasons::COMPUTED)),
        }
    }

    /// Another field.
    pub(super) fn other(&self, expr: &Expr) -> Written<Column> {
        match &expr.kind {
            ExprKind::Field(field) => self.column(field),
            _ => Err(no(&reasons::COMPUTED)),
        }
    }

    /// A date or an instant against what a date word stands for.
    fn place(
        &mut self,
        order: OrderTest,
        spec: &TimeSpec,
        column: &Column,
    ) -> Written<Vec<String>> {
        let days = column.domain == Domain::Date;
        let interval =
            if days { spec.date_interval(self.clock) } else { spec.instant_interval(self.clock) };
        let Interval { from, to } = interval.map_err(|_| no(&reasons::NO_CLOCK))?;
        let sql = column.first();
        if order == OrderTest::Equal
            && let (Some(from), Some(to)) = (from, to)
            && from + 1 == to
            && let Some(place) = self.moment(days, from)
        {
            return Ok(vec![format!("{sql} = {place}")]);
        }
        // Beyond the last day nothing is, and everything is before it.
        let mut compare = |sign: &str, end: Option<i64>, without: &str| {
            let place = end.and_then(|end| self.moment(days, end));
            place.map_or_else(|| without.to_owned(), |place| format!("{sql} {sign} {place}"))
        };
        let beyond = if from.is_some() { "FALSE" } else { "TRUE" };
        let before = if from.is_some() { "TRUE" } else { "FALSE" };
        Ok(match order {
            OrderTest::Less => vec![compare("<", from, before)],
            OrderTest::GreaterOrEqual => vec![compare(">=", from, beyond)],
            OrderTest::LessOrEqual => vec![compare("<", to, "TRUE")],
            OrderTest::Greater => vec![compare(">=", to, "FALSE")],
            OrderTest::Equal | OrderTest::Between => {
                let ends = [compare(">=", from, beyond), compare("<", to, "TRUE")];
                ends.into_iter().filter(|end| end != "TRUE").collect()
            }
        })
    }

    /// A day or a microsecond as a parameter; `None` outside the years 1 to 9999.
    fn moment(&mut self, days: bool, at: i64) -> Option<String> {
        let sqlite = self.dialect() == Dialect::Sqlite;
        if days {
            let date = Date::checked_from_days(at)?;
            return Some(if sqlite {
                self.param(Param::Text(date.to_string()))
            } else {
                self.cast(Param::Date(date), "date")
            });
        }
        let instant = Instant::checked_from_micros(at)?;
        Some(if sqlite {
            self.param(Param::Text(sqlite_instant(instant)))
        } else {
            self.cast(Param::Instant(instant), "timestamptz")
        })
    }

    fn number(&mut self, number: Decimal) -> Written {
        if self.dialect() != Dialect::Sqlite {
            let number = number.normalize();
            let name = if self.dialect() == Dialect::Postgres {
                "numeric".to_owned()
            } else {
                let digits = number.mantissa().unsigned_abs().to_string().len() as u32;
                format!("DECIMAL({}, {})", digits.max(number.scale()).max(1), number.scale())
            };
            return Ok(self.cast(Param::Decimal(number), &name));
        }
        let whole = i64::try_from(number).ok().filter(|whole| Decimal::from(*whole) == number);
        if let Some(whole) = whole.filter(|whole| (-EXACT..=EXACT).contains(whole)) {
            return Ok(self.param(Param::Integer(whole)));
        }
        let real: Option<f64> = number.to_string().parse().ok();
        match real.filter(|real| decimal_of_float(*real) == Some(number)) {
            Some(real) => Ok(self.param(Param::Real(real))),
            None => Err(no(&reasons::TOO_MANY_DIGITS).arg("number", number)),
        }
    }

    /// The items of a list against terms.
    fn set(&mut self, set: SetTest, terms: &[Term], column: &Column) -> Written<Part> {
        let Domain::Set(mode) = column.domain else { return Err(no(&reasons::OTHER_FIELD)) };
        let mut items = Vec::new();
        for term in terms {
            match term {
                Term::Const(Value::Text(text)) => items.push(fold(text, mode).into_owned()),
                _ => return Err(no(&reasons::OTHER_FIELD)),
            }
        }
        let item = self.folded("item.value", column.texts, mode);
        let list = column.first().to_owned();
        let has = |writer: &mut Writer<'w>, items: &[String]| {
            let among = writer.among(&item, items);
            leaf(writer.exists(&list, &among))
        };
        Ok(match set {
            SetTest::ContainsAny => has(self, &items),
            SetTest::ContainsAll | SetTest::Equal => {
                let mut parts: Vec<Part> =
                    items.iter().map(|one| has(self, std::slice::from_ref(one))).collect();
                if set == SetTest::Equal {
                    let filled = self.not_blank("item.value", column.texts, mode);
                    let other = format!("{filled} AND NOT ({})", self.among(&item, &items));
                    parts.push(leaf(self.exists(&list, &other)).not());
                }
                Part::of(parts, Join::And)
            }
        })
    }

    /// That one of the items of a list passes a test of `item.value`.
    fn exists(&self, list: &str, test: &str) -> String {
        let items = match self.dialect() {
            Dialect::Sqlite => format!("json_each(NULLIF(trim({list}), '')) AS item"),
            Dialect::Postgres => format!("unnest({list}) AS item(value)"),
            Dialect::DuckDb => format!("(SELECT unnest({list}) AS value) AS item"),
        };
        format!("EXISTS (SELECT 1 FROM {items} WHERE {test})")
    }

    /// That a text is one of some.
    pub(super) fn among(&mut self, text: &str, items: &[String]) -> String {
        let params: Vec<String> =
            items.iter().map(|item| self.param(Param::Text(item.clone()))).collect();
        match params.as_slice() {
            [one] => format!("{text} = {one}"),
            _ => format!("{text} IN ({})", params.join(", ")),
        }
    }

    /// A column's text as it compares.
    pub(super) fn folded(&mut self, sql: &str, texts: Texts, mode: TextMode) -> String {
        match texts {
            Texts::Folded if self.dialect() == Dialect::Sqlite => {
                format!("{sql} COLLATE BINARY")
            }
            Texts::Folded => sql.to_owned(),
            Texts::Ascii if mode.case_sensitive => sql.to_owned(),
            Texts::Ascii if self.dialect() == Dialect::Postgres => {
                format!("lower({sql} COLLATE \"C\")")
            }
            Texts::Ascii => format!("lower({sql})"),
            Texts::Any => {
                let function = function(self.dialect(), mode);
                let call = format!("{}({sql})", function.name);
                if !self.functions.contains(&function) {
                    self.functions.push(function);
                }
                call
            }
        }
    }

    /// A parameter, of which the database is told the type.
    fn cast(&mut self, param: Param, name: &str) -> String {
        format!("CAST({} AS {name})", self.param(param))
    }

    /// A parameter. Where they are numbered one value has one number.
    pub(super) fn param(&mut self, param: Param) -> String {
        let sign = if self.dialect() == Dialect::Sqlite { '?' } else { '$' };
        if self.options.placeholders == Placeholders::Question {
            self.params.push(param);
            return "?".to_owned();
        }
        let known = self.params.iter().position(|known| *known == param);
        let index = known.unwrap_or_else(|| {
            self.params.push(param);
            self.params.len() - 1
        });
        format!("{sign}{}", index + 1)
    }
}

impl Column {
    /// The only column, or that of the id.
    pub(super) fn first(&self) -> &str {
        self.sql.first().map_or("", String::as_str)
    }
}

pub(super) fn leaf(sql: String) -> Part {
    Part { sql, join: Join::Alone }
}

/// `2026-06-30 08:30:00`, with the fraction of a second only where there is one: texts in UTC of
/// this form stand in order of time, whatever the number of their decimals.
fn sqlite_instant(instant: Instant) -> String {
    let text = instant.to_string();
    let text = text.trim_end_matches('Z').replacen('T', " ", 1);
    if text.len() == "2026-06-30 08:30".len() { text + ":00" } else { text }
}

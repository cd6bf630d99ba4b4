//! From a [`Tree`] to a criterion as Jalon's parser would give it, so that its printer writes it
//! and the text reads back the same.

use jalon::Program;
use jalon::checked::{CheckedProgram, Domain};
use jalon::lang::Lang;
use jalon::lexicon::{Aggregate, Form as Written, Op, TICKED, UNTICKED};
use jalon::schema::{Field, FieldType, ModuleId};
use jalon::source::{SourceId, Span};
use jalon::syntax::ast::{self, Criterion, Item, Left, Name, Right, Split};
use jalon::syntax::{parse_criterion, print_criterion};
use jalon::template::{Format, Piece, cut};
use jalon::value::fold::{TextMode, eq_folded, same_name};
use jalon::value::read;

use crate::left_out::{LeftOut, Place, reasons};
use crate::tree::{HowMany, Leaf, Operand, Related, Tree};

/// What an import knows of the program that the criterion is for. Without a program texts stand
/// as they come, and a comparison with another field is left out: only a declared module tells a
/// field from a text.
///
/// ```
/// use jalon::{Lang, Program};
/// use jalon_interop::Setting;
///
/// let program = Program::parse("module Leads\n  Country : text\n")?;
/// let setting = Setting::of(program.checked(), Some("Leads")).lang(Lang::En);
/// # let _ = setting;
/// # Ok::<(), jalon::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting<'p> {
    pub(crate) lang: Lang,
    program: Option<&'p CheckedProgram>,
    /// Whose fields are meant, where that is declared.
    module: Option<ModuleId>,
}

impl<'p> Setting<'p> {
    /// For a module of a program; `None` is the only one. Where it has none, or none of that
    /// name, only its constants and the names of its modules are known.
    pub fn of(program: &'p CheckedProgram, module: Option<&str>) -> Setting<'p> {
        let module = match module {
            Some(name) => program.names.module(name),
            None => program.schema.only_module(),
        };
        Setting { lang: Lang::default(), program: Some(program), module }
    }

    /// For another module of the same program.
    #[must_use]
    pub(crate) fn for_module(self, name: &str) -> Setting<'p> {
        Setting { module: self.program.and_then(|program| program.names.module(name)), ..self }
    }

    /// For a module of a compiled program; `None` is the only one.
    ///
    /// # Errors
    /// A module that the program does not have, or that must be named.
    pub fn for_program(
        program: &'p Program,
        module: Option<&str>,
    ) -> Result<Setting<'p>, jalon::Error> {
        // Which module is meant is decided in one place.
        program.row(module)?;
        Ok(Setting::of(program.checked(), module))
    }

    /// The language of the words for ticks and dates.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Setting<'p> {
        self.lang = lang;
        self
    }

    /// The setting of the related records that a field holds.
    #[must_use]
    pub fn inside(self, list: &str) -> Setting<'p> {
        let module = match self.field(list).map(|field| &field.ty) {
            Some(FieldType::Records(module)) => Some(*module),
            _ => None,
        };
        Setting { module, ..self }
    }

    /// A declared field, also at the end of a path through references.
    pub fn field(&self, name: &str) -> Option<&'p Field> {
        let (program, mut module) = (self.program?, self.module?);
        let mut rest = name;
        // An undeclared or longer path is of no known type.
        for _ in 0..4 {
            if let Some(field) = program.names.field(&program.schema, module, rest) {
                return Some(field);
            }
            let (reference, after) = rest.split_once('.')?;
            let reference = program.names.field(&program.schema, module, reference)?;
            let FieldType::Reference(target) = reference.ty else { return None };
            (module, rest) = (target, after);
        }
        None
    }

    /// Whether a field is declared to hold several of a list's values.
    pub fn is_set(&self, name: &str) -> bool {
        matches!(self.field(name).map(|field| &field.ty), Some(FieldType::MultiPicklist(_)))
    }

    /// The criterion of a tree; what it cannot be made of is at the place given.
    ///
    /// # Errors
    /// Everything that cannot be carried.
    pub fn criterion(&self, tree: &Tree, at: &Place<'_>) -> Result<Criterion, Vec<LeftOut>> {
        let mut left_out = Vec::new();
        let criterion = self.composed(tree, at, &mut left_out);
        match criterion.filter(|_| left_out.is_empty()) {
            // Depth and number of leaves are bounded as in a text.
            Some(criterion) if reads_back(&criterion, self.lang) => Ok(criterion),
            Some(criterion) => {
                let text = print_criterion(&criterion, self.lang);
                Err(vec![at.left_out(&reasons::UNWRITABLE).arg("text", text)])
            }
            None => Err(left_out),
        }
    }

    fn composed(&self, tree: &Tree, at: &Place<'_>, out: &mut Vec<LeftOut>) -> Option<Criterion> {
        Some(match tree {
            Tree::All(parts) => Criterion::All(self.parts(parts, at, out)?),
            Tree::Any(parts) => Criterion::Any(self.parts(parts, at, out)?),
            Tree::Not(part) => {
                let criterion = self.composed(part, at, out)?;
                Criterion::Not(Box::new(ast::Not { span: Span::default(), criterion }))
            }
            Tree::Related(related) => self.related(related, at, out)?,
            Tree::Leaf(leaf) => match self.leaf(leaf, at) {
                Ok(criterion) => criterion,
                Err(reason) => {
                    out.push(reason);
                    return None;
                }
            },
        })
    }

    fn parts(
        &self,
        parts: &[Tree],
        at: &Place<'_>,
        out: &mut Vec<LeftOut>,
    ) -> Option<Vec<Criterion>> {
        let made: Vec<_> = parts.iter().map(|part| self.composed(part, at, out)).collect();
        made.into_iter().collect()
    }

    fn related(
        &self,
        related: &Related,
        at: &Place<'_>,
        out: &mut Vec<LeftOut>,
    ) -> Option<Criterion> {
        let inside = self.inside(&related.list);
        let criterion = inside.composed(&related.part, at, out)?;
        let of = plain(&related.list);
        Some(match related.how_many {
            HowMany::Quantified(quantifier) => Criterion::Related(Box::new(ast::Related {
                span: Span::default(),
                quantifier,
                of,
                criterion,
            })),
            HowMany::Counted(op, count) => {
                let aggregate = ast::ExprKind::Aggregate {
                    aggregate: Aggregate::Count,
                    path: of,
                    filter: Some(Box::new(criterion)),
                };
                let left = Left::Expr(ast::Expr { span: Span::default(), kind: aggregate });
                let count = Item { name: plain(&count.to_string()), expr: None };
                leaf(left, op, Right::Items(vec![count]))
            }
        })
    }

    /// A leaf of a field, an operator and values.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn leaf(&self, given: &Leaf, at: &Place<'_>) -> Result<Criterion, LeftOut> {
        if given.field.trim().is_empty() {
            return Err(at.left_out(&reasons::NO_FIELD));
        }
        let left = || Left::Field(plain(&given.field));
        let wanted = given.values.len();
        let right = match given.op {
            Op::IsEmpty | Op::IsNotEmpty => Right::Nothing,
            Op::Between | Op::NotBetween => {
                let [low, high] = given.values.as_slice() else {
                    return Err(at.left_out(&reasons::TWO_BOUNDS));
                };
                in_order(low, high, at)?;
                let item = |value| self.item(given, value, at).map(Box::new);
                Right::Range(item(low)?, item(high)?)
            }
            _ if wanted == 0 => return Err(at.left_out(&reasons::NO_VALUE)),
            Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual if wanted > 1 => {
                return Err(at.left_out(&reasons::ONE_VALUE));
            }
            Op::Is | Op::IsNot if self.is_set(&given.field) => {
                return Err(at.left_out(&reasons::SET_EQUALITY));
            }
            _ => {
                let items = given.values.iter().map(|value| self.item(given, value, at));
                Right::Items(items.collect::<Result<_, _>>()?)
            }
        };
        let made = leaf(left(), given.op, right);
        if reads_back(&made, self.lang) {
            return Ok(made);
        }
        let text = print_criterion(&made, self.lang);
        Err(at.left_out(&reasons::UNWRITABLE).arg("text", text))
    }

    /// One value on the right.
    pub(crate) fn item(
        &self,
        given: &Leaf,
        value: &Operand,
        at: &Place<'_>,
    ) -> Result<Item, LeftOut> {
        let bare = |text: &str| Ok(Item { name: plain(text), expr: None });
        match value {
            Operand::Number(number) => bare(&number.to_string()),
            Operand::Tick(ticked) => {
                let words = if *ticked { TICKED } else { UNTICKED };
                bare(self.lang.pick(words[0], words[1]))
            }
            Operand::Relative(relative) => bare(relative.word(self.lang)),
            Operand::Now => bare(self.lang.pick("maintenant", "now")),
            Operand::Field(field) => self.other_field(field, at),
            Operand::Text(text) if text.trim().is_empty() => {
                Err(at.left_out(&reasons::EMPTY_VALUE))
            }
            Operand::Text(text) => self.text(given, text, at),
        }
    }

    fn other_field(&self, field: &str, at: &Place<'_>) -> Result<Item, LeftOut> {
        let (Some(program), Some(module)) = (self.program, self.module) else {
            return Err(at.left_out(&reasons::FIELD_NEEDS_MODULE).arg("field", field));
        };
        let module = program.schema.module(module).map_or("", |module| module.name.as_str());
        if self.field(field).is_none() {
            let unknown = at.left_out(&reasons::UNKNOWN_FIELD).arg("field", field);
            return Err(unknown.arg("module", module));
        }
        let name = plain(&format!("{module}.{field}"));
        if stands_bare(&name.text) {
            return Ok(Item { name, expr: None });
        }
        // Where the name would need quotes its declared label may not.
        Err(at.left_out(&reasons::UNWRITABLE).arg("text", name.text))
    }

    /// A text: bare where that reads back as the same, else in quotes.
    fn text(&self, given: &Leaf, text: &str, at: &Place<'_>) -> Result<Item, LeftOut> {
        if !self.means_more(given, text) && stands_bare(text) {
            return Ok(Item { name: plain(text), expr: None });
        }
        let unwritable = || at.left_out(&reasons::UNWRITABLE).arg("text", text);
        let text = literal(text).ok_or_else(unwritable)?;
        let name = Name { span: Span::default(), text, quoted: true };
        Ok(Item { name, expr: None })
    }

    /// Whether a bare text would be more than a text to the program: a named constant, a field,
    /// two values parted by a comma without a space.
    fn means_more(&self, given: &Leaf, text: &str) -> bool {
        let Some(program) = self.program else { return false };
        let declared = |name: &str| {
            let field = self.module.and_then(|id| program.names.field(&program.schema, id, name));
            field.is_some()
        };
        let domain = self.field(&given.field).and_then(|field| field.ty.domain(field.mode));
        let is_text = self.module.is_some() && domain != Some(Domain::Number);
        program.constants.iter().any(|constant| same_name(&constant.name, text))
            || (declared(text) && !same_name(text, &given.field))
            || text.split_once('.').is_some_and(|(first, _)| {
                program.names.module(first.trim()).is_some() || declared(first)
            })
            || (is_text && text.contains(',') && read::number(text).is_some())
    }
}

/// Two numbers must not be the wrong way round: no order of Jalon's would mean that.
fn in_order(low: &Operand, high: &Operand, at: &Place<'_>) -> Result<(), LeftOut> {
    let number = |value: &Operand| match value {
        Operand::Number(number) => Some(*number),
        Operand::Text(text) => read::number(text),
        _ => None,
    };
    match (number(low), number(high)) {
        (Some(low), Some(high)) if low > high => {
            Err(at.left_out(&reasons::BOUNDS_ORDER).arg("low", low).arg("high", high))
        }
        _ => Ok(()),
    }
}

fn plain(text: &str) -> Name {
    Name { span: Span::default(), text: text.trim().to_owned(), quoted: false }
}

fn leaf(left: Left, op: Op, right: Right) -> Criterion {
    let form = match op {
        Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => Written::Ascii,
        _ => Written::Word,
    };
    let op = ast::Operator { span: Span::default(), op, form };
    let split = Split { left, op, right };
    Criterion::Leaf(Box::new(ast::Leaf {
        span: Span::default(),
        text: String::new(),
        split,
        others: Vec::new(),
    }))
}

/// Whether a text stands on the right as one bare value and no expression.
fn stands_bare(text: &str) -> bool {
    if text.trim() != text || text.contains(['$', '{', '\\']) {
        return false;
    }
    let made = leaf(
        Left::Field(plain("x")),
        Op::Is,
        Right::Items(vec![Item { name: plain(text), expr: None }]),
    );
    let printed = print_criterion(&made, Lang::Fr);
    match parse_criterion(SourceId(0), &printed) {
        Ok(Criterion::Leaf(leaf)) => match &leaf.split.right {
            Right::Items(items) => match items.as_slice() {
                [Item { name, expr: None }] => !name.quoted && same_text(&name.text, text),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// A text as it must stand in quotes to hold no field.
fn literal(text: &str) -> Option<String> {
    let holds_none = |written: &str| {
        let (pieces, _) = cut(written, Format::Plain, &|_| false);
        let texts: Option<String> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Some(*text),
                Piece::Slot(_) => None,
            })
            .collect();
        texts.is_some_and(|texts| texts == text)
    };
    if holds_none(text) {
        return Some(text.to_owned());
    }
    let escaped = text.replace("${", "\\${");
    holds_none(&escaped).then_some(escaped)
}

fn same_text(a: &str, b: &str) -> bool {
    eq_folded(a, b, TextMode { case_sensitive: true, ignoring_accents: false })
}

/// Whether the printed text is read as the same criterion.
fn reads_back(criterion: &Criterion, lang: Lang) -> bool {
    let text = print_criterion(criterion, lang);
    match parse_criterion(SourceId(0), &text) {
        Ok(read) => same(criterion, &read),
        Err(_) => false,
    }
}

fn same(a: &Criterion, b: &Criterion) -> bool {
    match (a, b) {
        (Criterion::All(a), Criterion::All(b)) | (Criterion::Any(a), Criterion::Any(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Criterion::Not(a), Criterion::Not(b)) => same(&a.criterion, &b.criterion),
        (Criterion::Related(a), Criterion::Related(b)) => {
            a.quantifier == b.quantifier
                && same_text(&a.of.text, &b.of.text)
                && same(&a.criterion, &b.criterion)
        }
        (Criterion::Leaf(a), Criterion::Leaf(b)) => same_split(&a.split, &b.split),
        _ => false,
    }
}

fn same_split(a: &Split, b: &Split) -> bool {
    let left = match (&a.left, &b.left) {
        (Left::Field(a), Left::Field(b)) => same_text(&a.text, &b.text),
        (Left::Expr(a), Left::Expr(b)) => same_expr(&a.kind, &b.kind),
        _ => false,
    };
    let item = |a: &Item, b: &Item| same_text(&a.name.text, &b.name.text);
    left && a.op.op == b.op.op
        && match (&a.right, &b.right) {
            (Right::Nothing, Right::Nothing) => true,
            (Right::Items(a), Right::Items(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| item(a, b))
            }
            (Right::Range(low, high), Right::Range(l, h)) => item(low, l) && item(high, h),
            _ => false,
        }
}

fn same_expr(a: &ast::ExprKind, b: &ast::ExprKind) -> bool {
    use ast::ExprKind::Aggregate;
    match (a, b) {
        (
            Aggregate { aggregate, path, filter: Some(filter) },
            Aggregate { aggregate: other, path: to, filter: Some(by) },
        ) => aggregate == other && same_text(&path.text, &to.text) && same(filter, by),
        _ => false,
    }
}

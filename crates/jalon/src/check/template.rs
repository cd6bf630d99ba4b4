//! Texts with fields: `${Nom}`, `${Nom ou "client"}`.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::Checker;
use super::scope::Scope;
use crate::checked::{Condition, Domain, Expr, ExprKind, Operand, Predicate, Test};
use crate::diagnostic::catalogue as codes;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::lexicon::Op;
use crate::schema::TextMode;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::template::{Escape, Finding, Format, Piece, Problem, Slot, cut};
use crate::value::{Value, read};

impl Checker<'_> {
    /// Checks a quoted text as an expression; `None` where it has an error.
    pub(super) fn template(&mut self, scope: &Scope, name: &Name) -> Option<Expr> {
        self.template_in(scope, name, Format::Plain)
    }

    /// A quoted text that holds no field, as it is printed.
    pub(super) fn without_fields<'n>(&self, name: &'n Name) -> Option<Cow<'n, Name>> {
        if !name.text.contains(['$', '{']) {
            return Some(Cow::Borrowed(name));
        }
        let (pieces, findings) = self.cut(name, Format::Plain);
        if findings.iter().any(|finding| finding.problem != Problem::Unclosed) {
            return None;
        }
        let mut text = String::new();
        for piece in &pieces {
            let Piece::Text(literal) = piece else { return None };
            text.push_str(literal);
        }
        Some(Cow::Owned(Name { text, ..name.clone() }))
    }

    fn cut<'n>(&self, name: &'n Name, format: Format) -> (Vec<Piece<'n>>, Vec<Finding>) {
        cut(&name.text, format, &|module| self.names.module(module).is_some())
    }

    /// Checks a template of a format; `None` where it has an error. The text stands in quotes,
    /// or is the whole of its source.
    pub(super) fn template_in(
        &mut self,
        scope: &Scope,
        name: &Name,
        format: Format,
    ) -> Option<Expr> {
        let (pieces, findings) = self.cut(name, format);
        let mut good = true;
        let mut places = Places::new(name, self.sources.slice(name.span));
        for finding in &findings {
            // A quote would not close behind `${`: it was written `\${`.
            if name.quoted && finding.problem == Problem::Unclosed {
                continue;
            }
            good &= !finding.problem.is_error();
            let span = places.span(finding.range.clone());
            self.report(diagnostic(finding, &pieces, span, name.span));
        }
        let mut places = Places::new(name, self.sources.slice(name.span));
        let mut parts = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            match piece {
                Piece::Text(literal) => parts.push(text(literal, name.span)),
                Piece::Slot(slot) => {
                    let start = slot.at + slot.whole.find(slot.path).unwrap_or(0);
                    let span = places.span(start..start + slot.path.len()).unwrap_or(name.span);
                    match self.slot(scope, slot, span) {
                        Some(part) => parts.push(part),
                        None => good = false,
                    }
                }
            }
        }
        let kind = match self.without_fields(name) {
            Some(name) => ExprKind::Const(Value::Text(name.into_owned().text)),
            None => ExprKind::Template(parts),
        };
        let domain = Domain::Text(TextMode::default());
        good.then(|| Expr { span: name.span, source: name.text.clone(), domain, kind })
    }

    fn slot(&mut self, scope: &Scope, slot: &Slot<'_>, span: Span) -> Option<Expr> {
        let Some(found) = self.resolve(scope, slot.path) else {
            let field = Name { span, text: slot.path.to_owned(), quoted: false };
            self.unknown_field(scope, &field);
            return None;
        };
        self.note_field(span, &found);
        let mut value = self.field_expr(found, span);
        if let Some(default) = slot.default {
            value = or_default(value, default, slot.escape, span);
        }
        Some(escaped(value, slot.escape))
    }
}

/// A value by itself in a text of a format: as `"${…}"`.
pub(super) fn whole(value: Expr, format: Format) -> Expr {
    let (pieces, _) = cut("${x}", format, &|_| true);
    let escape = pieces.iter().find_map(Piece::slot).map_or(Escape::Plain, |slot| slot.escape);
    escaped(value, escape)
}

fn escaped(value: Expr, escape: Escape) -> Expr {
    if escape == Escape::Plain {
        return value;
    }
    let (span, source) = (value.span, value.source.clone());
    let domain = Domain::Text(TextMode::default());
    Expr { span, source, domain, kind: ExprKind::Escaped(Box::new(value), escape) }
}

/// What a finding says; `span` is its place, if that is known, in the text at `whole`.
fn diagnostic(
    finding: &Finding,
    pieces: &[Piece<'_>],
    span: Option<Span>,
    whole: Span,
) -> Diagnostic {
    let place = span.unwrap_or(whole);
    let rewrite = |diagnostic: Diagnostic, new: &str| {
        let diagnostic = diagnostic.arg("new", new);
        match span {
            Some(span) => diagnostic.fix(Fix::replace(&codes::WRITE, span, new)),
            None => diagnostic,
        }
    };
    let code: &'static Code = match &finding.problem {
        Problem::OldForm => {
            let mut slots = pieces.iter().filter_map(Piece::slot);
            let slot = slots.find(|slot| slot.range() == finding.range);
            let (old, new) = slot.map_or_else(Default::default, |slot| (slot.whole, slot.modern()));
            let warning = Diagnostic::new(&codes::TEMPLATE_OLD_FORM, place).arg("old", old);
            return rewrite(warning, &new);
        }
        Problem::BareSign(new) => {
            return rewrite(Diagnostic::new(&codes::TEMPLATE_BARE_SIGN, place), new);
        }
        Problem::Unclosed => {
            return Diagnostic::new(&codes::TEMPLATE_UNCLOSED, place).arg("sign", "${");
        }
        Problem::NotClosed(name) => {
            return Diagnostic::new(&codes::TEMPLATE_NOT_CLOSED, place).arg("name", name);
        }
        Problem::WrongEnd(Some(name)) => {
            return Diagnostic::new(&codes::TEMPLATE_WRONG_END, place).arg("name", name);
        }
        Problem::WrongEnd(None) => &codes::TEMPLATE_NOTHING_OPEN,
        Problem::Nameless => &codes::BAD_TEMPLATE,
        Problem::InTag => &codes::TEMPLATE_IN_TAG,
        Problem::Unquoted => &codes::TEMPLATE_UNQUOTED,
        Problem::InComment => &codes::TEMPLATE_IN_COMMENT,
        Problem::InCode => &codes::TEMPLATE_IN_CODE,
        Problem::InReference => &codes::TEMPLATE_IN_REFERENCE,
        Problem::JsonPlace => &codes::TEMPLATE_JSON_PLACE,
        Problem::UrlHost => &codes::TEMPLATE_URL_HOST,
        Problem::UrlScheme => &codes::TEMPLATE_URL_SCHEME,
        Problem::Unfinished => &codes::TEMPLATE_UNFINISHED,
        Problem::BadTag => &codes::TEMPLATE_BAD_TAG,
        Problem::BadCharacter => &codes::TEMPLATE_BAD_CHARACTER,
        Problem::SecondRoot => &codes::TEMPLATE_SECOND_ROOT,
        Problem::BadJson => &codes::TEMPLATE_BAD_JSON,
    };
    Diagnostic::new(code, place)
}

/// Finds places of a text in its source, in rising order. The source has quotes, escapes and
/// unnormalised characters that the text has not.
#[derive(Clone)]
struct Places<'t> {
    text: &'t str,
    source: &'t str,
    span: Span,
    /// Up to where both are read.
    at: usize,
    source_at: usize,
}

impl<'t> Places<'t> {
    fn new(name: &'t Name, source: &'t str) -> Places<'t> {
        let quote = if name.quoted { source.chars().next().map_or(0, char::len_utf8) } else { 0 };
        let space = name.quoted && source.starts_with('«') && source[quote..].starts_with(' ');
        let source_at = quote + usize::from(space);
        Places { text: &name.text, source, span: name.span, at: 0, source_at }
    }

    /// The place in the source; `None` where the two cannot be laid side by side.
    fn span(&mut self, range: Range<usize>) -> Option<Span> {
        self.advance(range.start);
        let mut end = self.clone();
        end.advance(range.end);
        let same = self.rest() == end.rest() || {
            let begins = self.rest().chars().next();
            begins == Some('\\') || begins == self.text[self.at..].chars().next()
        };
        let place = |at: usize| self.span.start + at.min(self.source.len()) as u32;
        let (start, end) = (place(self.source_at), place(end.source_at));
        same.then_some(Span { start, end, ..self.span })
    }

    fn rest(&self) -> &'t str {
        self.source.get(self.source_at..).unwrap_or_default()
    }

    fn advance(&mut self, to: usize) {
        while self.at < to {
            let Some(c) = self.text[self.at..].chars().next() else { return };
            let escaped = match c {
                '\\' => self.rest().starts_with("\\\\") && !self.before_field(),
                _ => self.rest().starts_with('\\'),
            };
            self.source_at += usize::from(escaped);
            self.at += c.len_utf8();
            self.source_at += self.rest().chars().next().map_or(0, char::len_utf8);
            // Accents that NFC joined to their letters.
            let next = self.text[self.at..].chars().next();
            while let Some(mark) = self.rest().chars().next()
                && Some(mark) != next
                && is_combining_mark(mark)
            {
                self.source_at += mark.len_utf8();
            }
        }
    }

    /// Whether the backslashes here stand before a field, where the text keeps them all.
    fn before_field(&self) -> bool {
        self.text[self.at..].trim_start_matches('\\').starts_with("${")
    }
}

fn text(text: &str, span: Span) -> Expr {
    Expr {
        span,
        source: text.to_owned(),
        domain: Domain::Text(TextMode::default()),
        kind: ExprKind::Const(Value::Text(text.to_owned())),
    }
}

/// The value, or its default where it is empty; as JSON, a number's default is a number.
fn or_default(value: Expr, default: &str, escape: Escape, span: Span) -> Expr {
    let mut instead = text(default, span);
    if escape == Escape::JsonValue
        && value.domain == Domain::Number
        && let Ok(reading) = read::read_number(default)
    {
        instead.kind = ExprKind::Const(Value::Number(reading.value));
    }
    let left = match &value.kind {
        ExprKind::Field(field) => Operand::Field(field.clone()),
        _ => Operand::Expr(value.clone()),
    };
    let empty = Condition::Test(Box::new(Test {
        span,
        source: value.source.clone(),
        op: Op::IsEmpty,
        negated: false,
        left,
        predicate: Predicate::Empty,
    }));
    Expr {
        span,
        source: value.source.clone(),
        domain: Domain::Text(TextMode::default()),
        kind: ExprKind::If(Box::new(empty), Box::new(instead), Box::new(value)),
    }
}

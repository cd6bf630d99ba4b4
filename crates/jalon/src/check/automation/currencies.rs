//! Currencies: codes and rates.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::check::Checker;
use crate::check::constant::three_decimals;
use crate::check::modules::FIRST;
use crate::check::scope::Scope;
use crate::checked::{Domain, Expr, ExprKind};
use crate::currency::{Currencies, Currency, CurrencyError};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    CURRENCY_TWICE, MAIN_HAS_NO_RATE, NO_CURRENCIES, NOT_A_CURRENCY, RATE_NOT_POSITIVE,
    UNKNOWN_CURRENCY,
};
use crate::schema::TextMode;
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::value::Value;
use crate::value::read::read_number;

impl Checker<'_> {
    /// Reads the currencies that expressions convert with, before any is checked; what is wrong
    /// with them is reported later, in its place.
    pub(in crate::check) fn currencies_first(&mut self, documents: &[ast::Document]) {
        let reported = self.found.list.len();
        let mut declared = documents.iter().flat_map(|document| &document.declarations);
        self.money = declared.find_map(|declaration| match &declaration.kind {
            ast::DeclarationKind::Currencies(currencies) => self.currencies(currencies),
            _ => None,
        });
        self.found.list.truncate(reported);
    }

    /// The arguments of `en devise(montant, de, vers)`: the amount, its currency and the one it is
    /// wanted in, then each code and its rate. Of two arguments the amount is of the main currency.
    pub(in crate::check) fn in_currency(
        &mut self,
        scope: &Scope,
        written: &[ast::Expr],
        span: Span,
    ) -> Option<Vec<Expr>> {
        let [amount, codes @ ..] = written else { return None };
        let Some(money) = self.money.clone() else {
            let error = Diagnostic::new(&NO_CURRENCIES, span);
            let name = self.text(span);
            self.report(error.arg("name", name));
            return None;
        };
        let constant = |value: Value, domain| {
            let (source, kind) = (String::new(), ExprKind::Const(value));
            Expr { span, source, domain, kind }
        };
        let text = |code: &str| constant(Value::from(code), Domain::Text(TextMode::default()));
        let mut arguments = vec![self.number(scope, amount)?];
        if codes.len() == 1 {
            arguments.push(text(money.main().code()));
        }
        for code in codes {
            arguments.push(self.currency_code(scope, code, &money)?);
        }
        for (currency, rate) in money.rates() {
            arguments.push(text(currency.code()));
            arguments.push(constant(Value::Number(rate), Domain::Number));
        }
        Some(arguments)
    }

    /// A code, or a text that gives one.
    fn currency_code(
        &mut self,
        scope: &Scope,
        written: &ast::Expr,
        money: &Currencies,
    ) -> Option<Expr> {
        let ast::ExprKind::Name(name) = &written.kind else {
            return self.text_expr(scope, written);
        };
        if let Ok(currency) = money.find(&name.text) {
            let kind = ExprKind::Const(Value::from(currency.code()));
            let domain = Domain::Text(TextMode::default());
            return Some(Expr { span: name.span, source: name.text.clone(), domain, kind });
        }
        if !name.quoted && self.resolve(scope, &name.text).is_some() {
            return self.text_expr(scope, written);
        }
        self.unknown_currency(name, money);
        None
    }

    fn unknown_currency(&mut self, name: &Name, money: &Currencies) {
        let known: Vec<String> =
            money.rates().map(|(currency, _)| currency.code().to_owned()).collect();
        let near = match money.find(&name.text) {
            Err(CurrencyError::Unknown { candidates, .. }) => {
                candidates.first().map(|currency| currency.code().to_owned())
            }
            _ => None,
        };
        let error = Diagnostic::new(&UNKNOWN_CURRENCY, name.span).arg("name", &name.text);
        self.report(error.arg("known", known.join(", ")).suggest(near));
    }

    /// An amount such as `1 000 USD` or `1 000 €` in the main currency; `None` where a text is
    /// none.
    pub(in crate::check) fn amount(&self, text: &str) -> Option<Decimal> {
        let money = self.money.as_ref()?;
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = text.get(digits.len()..)?.trim();
        let from = match Currency::of_sign(unit) {
            Some(currency) => money.find(currency.code()).ok()?,
            None => money.find(unit).ok()?,
        };
        let number = read_number(digits).ok()?.value;
        money.convert(number, from.code(), money.main().code()).ok()
    }

    /// Checks currencies; `None` where something is wrong with them, which is reported.
    pub(super) fn currencies(&mut self, currencies: &ast::Currencies) -> Option<Currencies> {
        let before = self.found.list.len();
        let main = self.currency(&currencies.main);
        let mut rates: Vec<(Currency, Decimal)> = Vec::with_capacity(currencies.rates.len());
        let mut places: FxHashMap<Currency, Span> = FxHashMap::default();
        for rate in &currencies.rates {
            let value = self.rate(&rate.rate);
            let Some(currency) = self.currency(&rate.currency) else { continue };
            let place = rate.currency.span;
            if Some(currency) == main {
                let error = Diagnostic::new(&MAIN_HAS_NO_RATE, place);
                self.report(error.arg("name", &rate.currency.text));
            } else if let Some(first) = places.get(&currency) {
                let error = Diagnostic::new(&CURRENCY_TWICE, place).label(*first, FIRST);
                self.report(error.arg("name", &rate.currency.text));
            }
            places.entry(currency).or_insert(place);
            rates.extend(value.map(|value| (currency, value)));
        }
        if !self.no_errors_since(before) {
            return None;
        }
        Currencies::new(main?, rates).ok()
    }

    fn currency(&mut self, name: &Name) -> Option<Currency> {
        let currency = Currency::parse(&name.text).ok();
        if currency.is_none() {
            let error = Diagnostic::new(&NOT_A_CURRENCY, name.span);
            self.report(error.arg("name", &name.text));
        }
        currency
    }

    /// A rate above zero.
    fn rate(&mut self, name: &Name) -> Option<Decimal> {
        let rate = read_number(&name.text).ok().filter(|rate| rate.value > Decimal::ZERO);
        let Some(rate) = rate else {
            let error = Diagnostic::new(&RATE_NOT_POSITIVE, name.span);
            self.report(error.arg("value", &name.text));
            return None;
        };
        if let Some(warning) = three_decimals(name, &rate) {
            self.report(warning);
        }
        Some(rate.value)
    }
}

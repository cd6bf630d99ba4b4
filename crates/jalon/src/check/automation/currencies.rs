//! Currencies: codes and rates.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::check::Checker;
use crate::check::constant::three_decimals;
use crate::check::modules::FIRST;
use crate::currency::{Currencies, Currency};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    CURRENCY_TWICE, MAIN_HAS_NO_RATE, NOT_A_CURRENCY, RATE_NOT_POSITIVE,
};
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::value::read::read_number;

impl Checker<'_> {
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

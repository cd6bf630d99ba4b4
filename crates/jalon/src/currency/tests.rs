#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::value::read;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn known() -> Currencies {
    let rates = [("USD", "1.17"), ("JPY", "160"), ("GBP", "0.87239")];
    let rates = rates.map(|(code, rate)| (currency(code), number(rate)));
    Currencies::new(currency("EUR"), rates).unwrap()
}

#[test]
fn amounts_go_through_the_main_currency_and_are_rounded_once() {
    let convert = |amount, from, to| {
        known().convert(number(amount), from, to).map(|amount| amount.to_string())
    };
    assert_eq!(convert("100", "EUR", "USD").unwrap(), "117");
    assert_eq!(convert("1", "USD", "EUR").unwrap(), "0.854700854701");
    assert_eq!(convert("1", "USD", "GBP").unwrap(), "0.745632478632");
    assert_eq!(convert("-1.17", " usd ", "eur").unwrap(), "-1");
    assert_eq!(convert("12.3456789012345", "USD", "USD").unwrap(), "12.3456789012345");
    // A product of more than twelve decimals is rounded too, half to even.
    assert_eq!(convert("0.0000000000005", "EUR", "JPY").unwrap(), "0.00000000008");
    let half = Currencies::new(currency("EUR"), [(currency("CHF"), number("0.5"))]).unwrap();
    assert_eq!(
        half.convert(number("0.000000000001"), "EUR", "CHF").unwrap(),
        number("0.000000000000")
    );
    assert_eq!(
        half.convert(number("0.000000000003"), "EUR", "CHF").unwrap(),
        number("0.000000000002")
    );
    let huge = convert("9999999999999999999999999999", "EUR", "JPY");
    assert_eq!(huge, Err(CurrencyError::TooLarge));
}

#[test]
fn unknown_currencies_are_suggested() {
    let message = |code| known().convert(Decimal::ONE, code, "EUR").unwrap_err().message(Lang::Fr);
    assert_eq!(message("UDS"), "devise inconnue `UDS` ; ajoutez son taux aux `devises`");
    assert_eq!(message("USB"), "devise inconnue `USB` ; vouliez-vous dire USD ?");
    assert_eq!(message("£"), "devise inconnue `£` ; vouliez-vous dire GBP ?");
    assert_eq!(message("Euros"), "devise inconnue `Euros` ; vouliez-vous dire EUR ?");
    assert_eq!(message(""), "devise inconnue `` ; ajoutez son taux aux `devises`");
    for text in ["", "EURO", "€", "E1R", "EÜ"] {
        assert_eq!(Currency::parse(text), Err(CurrencyError::Code(text.to_owned())));
    }
}

#[test]
fn rates_are_positive_and_said_once() {
    let (eur, usd) = (currency("EUR"), currency("usd"));
    let new = |rates: &[(Currency, &str)]| {
        Currencies::new(eur, rates.iter().map(|(currency, rate)| (*currency, number(rate))))
    };
    assert_eq!(new(&[(usd, "0")]), Err(CurrencyError::NotPositive(usd)));
    assert_eq!(new(&[(usd, "-1")]), Err(CurrencyError::NotPositive(usd)));
    assert_eq!(new(&[(usd, "1.1"), (usd, "1.2")]), Err(CurrencyError::Twice(usd)));
    assert_eq!(new(&[(eur, "1")]), Err(CurrencyError::Main(eur)));
    assert_eq!(
        serde_json::to_value(new(&[(usd, "1.10")]).unwrap()).unwrap(),
        serde_json::json!({"main": "EUR", "rates": [["USD", "1.1"]]})
    );
}

#[test]
fn amounts_are_written_as_each_language_does() {
    let format =
        |code, amount, lang| currency(code).format(number(amount), lang).replace('\u{a0}', " ");
    assert_eq!(format("EUR", "1234567.89", Lang::Fr), "EUR 1 234 567,89");
    assert_eq!(format("EUR", "1234567.89", Lang::En), "EUR 1,234,567.89");
    assert_eq!(format("USD", "999.5", Lang::En), "USD 999.50");
    assert_eq!(format("USD", "-1000", Lang::Fr), "USD -1 000,00");
    assert_eq!(format("USD", "-0.001", Lang::Fr), "USD 0,00");
    assert_eq!(format("EUR", "0.125", Lang::Fr), "EUR 0,12");
    assert_eq!(format("EUR", "0.135", Lang::Fr), "EUR 0,14");
    assert_eq!(format("JPY", "1234.5", Lang::Fr), "JPY 1 234");
    assert_eq!(format("TND", "1.5", Lang::En), "TND 1.500");
}

proptest! {
    #[test]
    fn there_and_back_differs_by_less_than_a_billionth(cents in -10_000_000_000_i64..10_000_000_000) {
        let amount = Decimal::new(cents, 2);
        let there = known().convert(amount, "GBP", "USD").unwrap();
        let back = known().convert(there, "USD", "GBP").unwrap();
        prop_assert!((back - amount).abs() < Decimal::new(1, 9));
    }

    #[test]
    fn a_written_amount_is_read_back(cents in any::<i64>()) {
        let amount = Decimal::new(cents, 2);
        let text = currency("EUR").format(amount, Lang::Fr);
        prop_assert_eq!(read::number(&text[3..]), Some(amount.normalize()));
    }
}

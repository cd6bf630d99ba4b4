//! Currencies: a main one, and the rates of the others.
//!
//! ```
//! use jalon::{Lang, currency::{Currencies, Currency}};
//!
//! let [eur, usd, gbp] = ["EUR", "USD", "GBP"].map(|code| Currency::parse(code).unwrap());
//! // 1 EUR = 1,17 USD
//! let rates = [(usd, "1.17".parse()?), (gbp, "0.87239".parse()?)];
//! let currencies = Currencies::new(eur, rates)?;
//! assert_eq!(currencies.convert("117".parse()?, "USD", "EUR")?, "100".parse()?);
//! assert_eq!(currencies.convert("100".parse()?, "EUR", "gbp")?, "87.239".parse()?);
//! assert_eq!(eur.format("1234567.89".parse()?, Lang::En), "EUR\u{a0}1,234,567.89");
//!
//! let error = currencies.convert("1".parse()?, "USB", "EUR").unwrap_err();
//! assert_eq!(error.to_string(), "unknown currency `USB`; did you mean USD?");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};

use crate::lang::Lang;
use crate::lexicon::Arithmetic;
use crate::value::arithmetic;
use crate::value::near::nearest;

/// A currency by its three-letter code: `EUR`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// The main currency and how many of each other one of it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Currencies {
    main: Currency,
    /// In order of their codes, without the main currency.
    rates: Vec<(Currency, Decimal)>,
}

/// What is wrong with a currency, a rate or a conversion.
#[derive(Clone, PartialEq, Eq)]
pub enum CurrencyError {
    /// A text that is no code of three letters.
    Code(String),
    /// A code for which there is no rate, and the known ones that may have been meant.
    Unknown {
        /// The code.
        code: String,
        /// At most five of those that have a rate.
        candidates: Vec<Currency>,
    },
    /// A currency with two rates.
    Twice(Currency),
    /// A rate of the main currency itself.
    Main(Currency),
    /// A rate that is zero or negative.
    NotPositive(Currency),
    /// A result of more than 28 digits.
    TooLarge,
}

impl Currency {
    /// Reads a code of three letters, in any case.
    pub fn parse(code: &str) -> Result<Currency, CurrencyError> {
        match *code.trim().as_bytes() {
            [a, b, c] if [a, b, c].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Currency([a, b, c].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(CurrencyError::Code(code.trim().to_owned())),
        }
    }

    /// The currency that a sign stands for: `€`, `$`, `£`, `¥`.
    pub fn of_sign(sign: &str) -> Option<Currency> {
        match sign.trim() {
            "€" => Some(Currency(*b"EUR")),
            "$" => Some(Currency(*b"USD")),
            "£" => Some(Currency(*b"GBP")),
            "¥" => Some(Currency(*b"JPY")),
            _ => None,
        }
    }

    /// Its code, in capitals.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The decimals of its amounts: 2 of most, 0 of the yen, 3 of the dinar.
    pub fn decimals(self) -> u32 {
        const NONE: &[&str] = &[
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
            "VUV", "XAF", "XOF", "XPF",
        ];
        const THREE: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
        match self.code() {
            code if NONE.contains(&code) => 0,
            code if THREE.contains(&code) => 3,
            _ => 2,
        }
    }

    /// An amount for people, rounded half to even at the currency's decimals: `EUR 1 234 567,89`
    /// in French, `EUR 1,234,567.89` in English. The spaces do not break.
    pub fn format(self, amount: Decimal, lang: Lang) -> String {
        let decimals = self.decimals();
        let even = RoundingStrategy::MidpointNearestEven;
        let rounded = amount.round_dp_with_strategy(decimals, even);
        let digits = format!("{:.*}", decimals as usize, rounded.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = format!("{}\u{a0}", self.code());
        if rounded.is_sign_negative() && !rounded.is_zero() {
            text.push('-');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                text.push(lang.pick('\u{a0}', ','));
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(lang.pick(',', '.'));
            text.push_str(fraction);
        }
        text
    }
}

impl Currencies {
    /// The main currency, and of each other how many one of the main is worth.
    pub fn new(
        main: Currency,
        rates: impl IntoIterator<Item = (Currency, Decimal)>,
    ) -> Result<Currencies, CurrencyError> {
        let mut rates: Vec<(Currency, Decimal)> =
            rates.into_iter().map(|(currency, rate)| (currency, rate.normalize())).collect();
        rates.sort_by_key(|(currency, _)| *currency);
        if let Some(pair) = rates.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(CurrencyError::Twice(pair[0].0));
        }
        for (currency, rate) in &rates {
            if *currency == main {
                return Err(CurrencyError::Main(main));
            }
            if *rate <= Decimal::ZERO {
                return Err(CurrencyError::NotPositive(*currency));
            }
        }
        Ok(Currencies { main, rates })
    }

    /// The main currency.
    pub fn main(&self) -> Currency {
        self.main
    }

    /// Every currency, the main one first, with how many of it one of the main is worth.
    pub fn rates(&self) -> impl Iterator<Item = (Currency, Decimal)> + '_ {
        std::iter::once((self.main, Decimal::ONE)).chain(self.rates.iter().copied())
    }

    /// A known currency by its code, in any case.
    pub fn find(&self, code: &str) -> Result<Currency, CurrencyError> {
        let known = |currency: Currency| self.rates().any(|(known, _)| known == currency);
        match Currency::parse(code) {
            Ok(currency) if known(currency) => Ok(currency),
            _ => Err(self.unknown(code)),
        }
    }

    /// An amount of a currency in another, exact but for one rounding, half to even at twelve
    /// decimals.
    pub fn convert(&self, amount: Decimal, from: &str, to: &str) -> Result<Decimal, CurrencyError> {
        let (from, to) = (self.find(from)?, self.find(to)?);
        if from == to {
            return Ok(amount);
        }
        arithmetic::apply(amount, Arithmetic::Multiply, self.rate(to))
            .and_then(|product| arithmetic::divide(product, self.rate(from)))
            .ok_or(CurrencyError::TooLarge)
    }

    /// The rate of a known currency.
    fn rate(&self, currency: Currency) -> Decimal {
        let found = self.rates.binary_search_by_key(&currency, |(known, _)| *known);
        found.map_or(Decimal::ONE, |at| self.rates[at].1)
    }

    fn unknown(&self, code: &str) -> CurrencyError {
        const SIGNS: &[(&str, &str)] = &[
            ("€", "EUR"),
            ("euro", "EUR"),
            ("euros", "EUR"),
            ("$", "USD"),
            ("dollar", "USD"),
            ("dollars", "USD"),
            ("£", "GBP"),
            ("¥", "JPY"),
        ];
        let code = code.trim();
        let known: Vec<Currency> = self.rates().map(|(currency, _)| currency).collect();
        let sign = SIGNS.iter().find(|(sign, _)| code.eq_ignore_ascii_case(sign));
        let meant = sign.and_then(|(_, code)| Currency::parse(code).ok());
        let candidates = match meant.filter(|currency| known.contains(currency)) {
            Some(currency) => vec![currency],
            None => nearest(code, known.iter().map(|currency| (currency.code(), *currency))),
        };
        CurrencyError::Unknown { code: code.to_owned(), candidates }
    }
}

impl CurrencyError {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            CurrencyError::Code(code) => lang.pick(
                format!(
                    "`{code}` n'est pas un code de devise ; écrivez trois lettres, par exemple EUR"
                ),
                format!("`{code}` is no code of a currency; write three letters, for example EUR"),
            ),
            CurrencyError::Unknown { code, candidates } if candidates.is_empty() => lang.pick(
                format!("devise inconnue `{code}` ; ajoutez son taux aux `devises`"),
                format!("unknown currency `{code}`; add its rate to the `currencies`"),
            ),
            CurrencyError::Unknown { code, candidates } => {
                let names: Vec<&str> = candidates.iter().map(Currency::code).collect();
                let names = names.join(", ");
                lang.pick(
                    format!("devise inconnue `{code}` ; vouliez-vous dire {names} ?"),
                    format!("unknown currency `{code}`; did you mean {names}?"),
                )
            }
            CurrencyError::Twice(currency) => lang.pick(
                format!("{currency} a deux taux ; gardez-en un"),
                format!("{currency} has two rates; keep one"),
            ),
            CurrencyError::Main(currency) => lang.pick(
                format!(
                    "{currency} est la devise principale et n'a pas de taux ; retirez cette ligne"
                ),
                format!("{currency} is the main currency and has no rate; remove this line"),
            ),
            CurrencyError::NotPositive(currency) => lang.pick(
                format!("le taux de {currency} doit être plus grand que zéro"),
                format!("the rate of {currency} must be greater than zero"),
            ),
            CurrencyError::TooLarge => lang.pick(
                "le montant converti a plus de 28 chiffres".to_owned(),
                "the converted amount has more than 28 digits".to_owned(),
            ),
        }
    }
}

impl fmt::Display for CurrencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for CurrencyError {}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests;

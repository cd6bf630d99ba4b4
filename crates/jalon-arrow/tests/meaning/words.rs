//! Texts, numbers and dates that records hold and criteria ask for: the same pools on both sides,
//! so that tests hold and nearly hold.

use super::choices::Choices;

pub const TEXTS: &[&str] = &[
    "a",
    "Nice",
    "Été",
    "ete",
    "ÉTÉ",
    "é",
    "France",
    "Monaco",
    "Lyon",
    "Paris",
    "client",
    "Acme",
    "exemple.fr",
    "tarif",
    "Straße",
    "STRASSE",
    "ﬁn",
    "fin",
    "İstanbul",
    "istanbul",
    "i̇stanbul",
    "\u{212A}elvin",
    "kelvin",
    "œuvre",
    "oeuvre",
    "Æsir",
    "L’été",
    "l'ete",
    "Clic CRM",
    "clic\u{a0}crm",
    "Σίσυφος",
    "ΣΊΣΥΦΟΣ",
    "😀",
    "😀 oui",
    "06",
    "6",
    "06000",
    "1,5",
    "1.50",
    "oui",
    "non",
    "Sélectionné",
    "aujourd'hui",
    "2026-06-30",
    "04 93 00 00 00",
    "ab12",
    "https://www.exemple.fr/tarifs?utm_source=lettre&page=2",
    "Recherche et développement durable des territoires de montagne",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "ｆｕｌｌ",
    "ǅ",
    "ß",
    "ẞ",
    "ŉ",
    "À",
    "Å",
    "x;y",
    "Lyon;Nice",
];

pub const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2.5",
    "10",
    "0.1",
    "100",
    "-5",
    "1000",
    "0.3",
    "12.25",
    "-2.5",
    "255",
    "127",
    "-128",
    "65535",
    "4294967296",
    "9007199254740993",
    "1000000000000000",
    "999999999999999.9",
    "9223372036854775807",
    "-9223372036854775808",
    "0.000000001",
    "0.0000000001",
    "1.005",
    "99999999999999999999999999.99",
    "18446744073709551615",
];

/// Texts in place of numbers.
pub const NUMBER_TEXTS: &[&str] = &[
    "10",
    "1",
    "0",
    "2,5",
    "12.25",
    " 1 000 ",
    "+5",
    "-5",
    "-0",
    "00012",
    "1e3",
    "abc",
    "1,5 €",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999999",
    "",
    "  ",
    "0,1",
    "1000000000000000",
    "NaN",
    "10\u{a0}000",
];

/// Texts in place of dates.
pub const DATE_TEXTS: &[&str] = &[
    "2026-06-30",
    "2026-06-29",
    "2026-03-29",
    "30/06/2026",
    "2026-06-30T10:30",
    "2026-06-30T22:00Z",
    "2026-03-29T02:30",
    "2026-10-25T02:30:00",
    "2026-02-30",
    "2024-02-29",
    " 2026-06-30",
    "",
    " ",
    "2026-06-3",
    "hier",
    "9999-12-31",
    "0001-01-01",
    "0000-01-01",
    "2026-06-30T25:00",
    "10000-01-01",
    "2026-10-25T01:30:00+01:00",
    "2026-06-30 09:00:00.123456789",
];

pub const TICK_TEXTS: &[&str] =
    &["oui", "non", "✓", "TRUE", "non sélectionné", "Coché", "peut-être", "", " ", "1"];

pub const EVENT_TYPES: &[&str] = &[
    "email_opened",
    "visit",
    "E-mail ouvert",
    "email clicked",
    "visite",
    "email_clicked",
    "webinaire",
    "",
    "email_bounced",
    "EMAIL_OPENED",
];

/// Days from 1970-01-01 around which dates stand: 30 June 2026 and both changes of the hour.
pub const DAYS: &[i64] = &[20_634, 20_541, 20_751, 20_453, 19_782];

/// A text of the pool, perhaps bent.
pub fn text(choices: &mut Choices<'_>) -> String {
    let word = choices.pick(TEXTS);
    match choices.below(24) {
        1 => word.to_uppercase(),
        2 => word.to_lowercase(),
        3 => word.replace('é', "e\u{301}").replace('É', "E\u{301}").replace('à', "a\u{300}"),
        4 => format!(" {word}"),
        5 => format!("{word} "),
        6 => format!("{word}\t"),
        7 => word.replace(' ', "\u{a0}").replace('\'', "’"),
        8 => format!("{word}{}", choices.pick(TEXTS)),
        9 => format!("le {word} du {}", choices.pick(TEXTS)),
        10 => format!("{}{word}", "bla ".repeat(choices.below(12))),
        11 => format!("{word}{}", "éa".repeat(choices.below(40))),
        12 => format!("\u{1}{word}\n\u{0}"),
        13 => word.chars().rev().collect(),
        14 => word.chars().skip(1).collect(),
        15 => word.chars().take(choices.below(14)).collect(),
        16 => String::new(),
        17 => choices.pick(&[" ", "\u{a0}", "\t\n", "\u{2003} ", "\u{200b}", "\0"]).to_owned(),
        18 => format!("{word}\u{301}"),
        19 => format!("{word};{}", choices.pick(TEXTS)),
        _ => word.to_owned(),
    }
}

/// A text as a quoted constant.
pub fn quoted(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", kept.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$ {"))
}

/// A number as a constant.
pub fn number(choices: &mut Choices<'_>) -> String {
    match choices.below(5) {
        1 => (choices.below(101) as i64 - 50).to_string(),
        2 => format!("{}.{}", choices.below(30), choices.below(10)),
        3 => format!("-{}.{:02}", choices.below(30), choices.below(100)),
        _ => choices.pick(NUMBERS).to_owned(),
    }
}

/// A day as a constant.
pub fn day(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(&[
        "2026-06-30",
        "2026-06-29",
        "2026-07-01",
        "2026-03-29",
        "2026-10-25",
        "2025-12-31",
        "2024-02-29",
        "1970-01-01",
        "9999-12-31",
    ])
}

//! What functions, aggregates and quantifiers give.

use super::Example;
use crate::lang::Text;
use crate::lexicon::{Aggregate, Function, Quantifier};

/// A row of the reference: something that is called on values.
#[derive(Clone, Copy, Debug)]
pub struct Called<T> {
    /// Which.
    pub of: T,
    /// What it gives.
    pub what: Text,
    /// What it gives of nothing.
    pub on_empty: Text,
    /// A criterion with it.
    pub example: Example,
    /// A criterion in French that tells what it gives of nothing.
    pub empty: &'static str,
}

const EMPTY: Text = Text::new("vide", "empty");

/// Every function.
pub const FUNCTIONS: &[Called<Function>] = &[
    Called {
        of: Function::Round,
        what: Text::new(
            "le nombre arrondi à n décimales, au pair le plus proche",
            "the number rounded to n decimals, half to even",
        ),
        on_empty: EMPTY,
        example: Example {
            fr: "arrondi(Montant, 1) EST 12,4",
            en: "round(Amount, 1) IS 12.4",
            field: "Amount",
            holds: &["12.35", "12.45"],
            fails: &["12.46"],
        },
        empty: "arrondi(Montant, 1) EST VIDE",
    },
    Called {
        of: Function::Lower,
        what: Text::new("le texte en minuscules", "the text in lower case"),
        on_empty: EMPTY,
        example: Example {
            fr: "minuscules(Nom) CORRESPOND À /^de /",
            en: "lower(Name) MATCHES /^de /",
            field: "Name",
            holds: &["DE Gaulle"],
            fails: &["Degas"],
        },
        empty: "minuscules(Nom) EST VIDE",
    },
    Called {
        of: Function::Upper,
        what: Text::new("le texte en majuscules", "the text in upper case"),
        on_empty: EMPTY,
        example: Example {
            fr: "majuscules(Nom) CORRESPOND À /^DE /",
            en: "upper(Name) MATCHES /^DE /",
            field: "Name",
            holds: &["de Gaulle"],
            fails: &["Degas"],
        },
        empty: "majuscules(Nom) EST VIDE",
    },
    Called {
        of: Function::Capitalize,
        what: Text::new(
            "le texte, la première lettre de chaque mot en capitale",
            "the text with the first letter of each word in capitals",
        ),
        on_empty: EMPTY,
        example: Example {
            fr: "capitales(Nom) CORRESPOND À /^Ada Lovelace$/",
            en: "capitalize(Name) MATCHES /^Ada Lovelace$/",
            field: "Name",
            holds: &["ada lovelace"],
            fails: &["ada  lovelace"],
        },
        empty: "capitales(Nom) EST VIDE",
    },
    Called {
        of: Function::WithoutSpaces,
        what: Text::new("le texte sans aucun blanc", "the text without any white space"),
        on_empty: EMPTY,
        example: Example {
            fr: "sans espaces(Téléphone) EST \"0612345678\"",
            en: "without spaces(Phone) IS \"0612345678\"",
            field: "Phone",
            holds: &["06 12 34 56 78"],
            fails: &["06.12.34.56.78"],
        },
        empty: "sans espaces(Téléphone) EST VIDE",
    },
    Called {
        of: Function::Length,
        what: Text::new("le nombre de caractères du texte", "the number of characters of the text"),
        on_empty: EMPTY,
        example: Example {
            fr: "longueur(Nom) >= 5",
            en: "length(Name) >= 5",
            field: "Name",
            holds: &["Élise"],
            fails: &["Ada"],
        },
        empty: "longueur(Nom) EST VIDE",
    },
    Called {
        of: Function::Left,
        what: Text::new("les n premiers caractères du texte", "the first n characters of the text"),
        on_empty: EMPTY,
        example: Example {
            fr: "gauche(Téléphone, 2) EST \"06\", \"07\"",
            en: "left(Phone, 2) IS \"06\", \"07\"",
            field: "Phone",
            holds: &["06 12 34 56 78"],
            fails: &["+33 6 12 34 56 78"],
        },
        empty: "gauche(Téléphone, 2) EST VIDE",
    },
    Called {
        of: Function::Domain,
        what: Text::new(
            "ce qui suit le dernier `@` de l'adresse",
            "what follows the last `@` of the address",
        ),
        on_empty: EMPTY,
        example: Example {
            fr: "domaine(E-mail) EST exemple.fr",
            en: "domain(Email) IS exemple.fr",
            field: "Email",
            holds: &["ada@exemple.fr"],
            fails: &["ada@exemple.org"],
        },
        empty: "domaine(E-mail) EST VIDE",
    },
    Called {
        of: Function::DaysBetween,
        what: Text::new(
            "les jours civils de la première date à la seconde, négatifs si elle est avant",
            "the civil days from the first date to the second, negative if that is before",
        ),
        on_empty: EMPTY,
        example: Example {
            fr: "jours entre(aujourd'hui, Échéance) <= 10",
            en: "days between(today, Due) <= 10",
            field: "Due",
            holds: &["2026-07-10", "2026-06-01"],
            fails: &["2026-07-11"],
        },
        empty: "jours entre(aujourd'hui, Échéance) EST VIDE",
    },
    Called {
        of: Function::InCurrency,
        what: Text::new(
            "le montant converti depuis la devise principale, ou depuis celle du milieu : `en devise(Montant, Devise, EUR)`",
            "the amount converted from the main currency, or from the one in the middle: `in currency(Amount, Currency, EUR)`",
        ),
        on_empty: EMPTY,
        example: Example {
            fr: "en devise(Montant, USD) >= 125",
            en: "in currency(Amount, USD) >= 125",
            field: "Amount",
            holds: &["100"],
            fails: &["99.99"],
        },
        empty: "en devise(Montant, USD) EST VIDE",
    },
];

/// Every aggregate. Values of an example are amounts of related records, with ` + ` between them.
pub const AGGREGATES: &[Called<Aggregate>] = &[
    Called {
        of: Aggregate::Count,
        what: Text::new(
            "combien de fiches, celles de la parenthèse s'il y en a une",
            "how many records, those of the brackets if there are some",
        ),
        on_empty: Text::new("0", "0"),
        example: Example::of(
            "People",
            "NOMBRE DE Contacts (Montant > 100) >= 2",
            "COUNT OF People (Amount > 100) >= 2",
            &["150 + 50 + 300"],
            &["150 + 50"],
        ),
        empty: "NOMBRE DE Contacts EST 0",
    },
    Called {
        of: Aggregate::Sum,
        what: Text::new("leur somme", "their sum"),
        on_empty: Text::new("0", "0"),
        example: Example::of(
            "People",
            "SOMME DE Contacts.Montant >= 500",
            "SUM OF People.Amount >= 500",
            &["200 + 300"],
            &["200 + 299.99"],
        ),
        empty: "SOMME DE Contacts.Montant EST 0",
    },
    Called {
        of: Aggregate::Average,
        what: Text::new("leur moyenne", "their mean"),
        on_empty: EMPTY,
        example: Example::of(
            "People",
            "MOYENNE DE Contacts.Montant >= 250",
            "AVERAGE OF People.Amount >= 250",
            &["200 + 300"],
            &["200 + 200"],
        ),
        empty: "MOYENNE DE Contacts.Montant EST VIDE",
    },
    Called {
        of: Aggregate::Min,
        what: Text::new("le plus petit", "the least"),
        on_empty: EMPTY,
        example: Example::of(
            "People",
            "MIN DE Contacts.Montant >= 200",
            "MIN OF People.Amount >= 200",
            &["200 + 300"],
            &["199 + 300"],
        ),
        empty: "MIN DE Contacts.Montant EST VIDE",
    },
    Called {
        of: Aggregate::Max,
        what: Text::new("le plus grand", "the greatest"),
        on_empty: EMPTY,
        example: Example::of(
            "People",
            "MAX DE Contacts.Montant >= 300",
            "MAX OF People.Amount >= 300",
            &["200 + 300"],
            &["200 + 299"],
        ),
        empty: "MAX DE Contacts.Montant EST VIDE",
    },
];

/// Every quantifier, with values as of aggregates.
pub const QUANTIFIERS: &[Called<Quantifier>] = &[
    Called {
        of: Quantifier::Any,
        what: Text::new(
            "l'une au moins satisfait le critère",
            "at least one satisfies the criterion",
        ),
        on_empty: Text::new("faux", "false"),
        example: Example::of(
            "People",
            "AU MOINS UN Contacts (Montant > 100)",
            "ANY People (Amount > 100)",
            &["50 + 150"],
            &["50 + 100"],
        ),
        empty: "NON (AU MOINS UN Contacts (Montant > 100))",
    },
    Called {
        of: Quantifier::No,
        what: Text::new("aucune ne satisfait le critère", "none satisfies the criterion"),
        on_empty: Text::new("vrai", "true"),
        example: Example::of(
            "People",
            "AUCUN Contacts (Montant > 100)",
            "NO People (Amount > 100)",
            &["50 + 100"],
            &["50 + 150"],
        ),
        empty: "AUCUN Contacts (Montant > 100)",
    },
    Called {
        of: Quantifier::All,
        what: Text::new("toutes satisfont le critère", "every one satisfies the criterion"),
        on_empty: Text::new("vrai", "true"),
        example: Example::of(
            "People",
            "TOUS LES Contacts (Montant > 100)",
            "ALL People (Amount > 100)",
            &["150 + 101"],
            &["50 + 150"],
        ),
        empty: "TOUS LES Contacts (Montant > 100)",
    },
];

/// The row of a function.
///
/// ```
/// use jalon::lexicon::{Function, reference};
///
/// let row = reference::function(Function::Left).unwrap();
/// assert_eq!(row.what.en, "the first n characters of the text");
/// ```
pub fn function(function: Function) -> Option<&'static Called<Function>> {
    FUNCTIONS.iter().find(|row| row.of == function)
}

/// The row of an aggregate.
pub fn aggregate(aggregate: Aggregate) -> Option<&'static Called<Aggregate>> {
    AGGREGATES.iter().find(|row| row.of == aggregate)
}

/// The row of a quantifier.
pub fn quantifier(quantifier: Quantifier) -> Option<&'static Called<Quantifier>> {
    QUANTIFIERS.iter().find(|row| row.of == quantifier)
}

//! What each operator does.

use super::Example;
use crate::lang::Text;
use crate::lexicon::Op;

/// What an operator says of an empty field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnEmpty {
    /// It does not hold.
    Fails,
    /// It holds.
    Holds,
    /// Nothing is a value like another: what matters is what it was before.
    AsValue,
}

/// A row of the reference: an operator.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    /// Which.
    pub op: Op,
    /// When it holds.
    pub what: Text,
    /// The types of the fields that it tests.
    pub on: Text,
    /// What it says of an empty field.
    pub on_empty: OnEmpty,
    /// A criterion with it.
    pub example: Example,
}

const ALL: Text = Text::new("tous les types", "all types");
const TEXTS: Text = Text::new("textes, listes", "texts, picklists");
const ITEMS: Text =
    Text::new("textes, listes, listes multiples", "texts, picklists, multi-picklists");
const ORDERED: Text = Text::new("nombres, dates", "numbers, dates");
const DATES: Text = Text::new("dates", "dates");
const EVENTS: Text = Text::new("tous les types, dans un événement", "all types, in an event");

/// Every operator, in the order of the reference.
pub const OPERATORS: &[Operator] = &[
    Operator {
        op: Op::Is,
        what: Text::new(
            "égal à l'une des valeurs ; d'une liste multiple : exactement ces valeurs",
            "equal to one of the values; of a multi-picklist: exactly these values",
        ),
        on: ALL,
        on_empty: OnEmpty::Fails,
        example: Example {
            fr: "Ville EST Nice, Monaco",
            en: "City IS Nice, Monaco",
            field: "City",
            holds: &["Monaco", "NICE"],
            fails: &["Paris", "Nice Ouest"],
        },
    },
    Operator {
        op: Op::IsNot,
        what: Text::new("égal à aucune des valeurs", "equal to none of the values"),
        on: ALL,
        on_empty: OnEmpty::Holds,
        example: Example {
            fr: "Ville N'EST PAS Nice, Monaco",
            en: "City ISN'T Nice, Monaco",
            field: "City",
            holds: &["Paris"],
            fails: &["Monaco"],
        },
    },
    Operator {
        op: Op::IsEmpty,
        what: Text::new(
            "rien, des blancs seulement, une liste vide ; une case est sélectionnée ou non, jamais vide",
            "nothing, only white space, an empty list; a checkbox is selected or not, never empty",
        ),
        on: ALL,
        on_empty: OnEmpty::Holds,
        example: Example {
            fr: "Ville EST VIDE",
            en: "City IS EMPTY",
            field: "City",
            holds: &["  "],
            fails: &["Nice"],
        },
    },
    Operator {
        op: Op::IsNotEmpty,
        what: Text::new("quelque chose", "something"),
        on: ALL,
        on_empty: OnEmpty::Fails,
        example: Example {
            fr: "Ville N'EST PAS VIDE",
            en: "City ISN'T EMPTY",
            field: "City",
            holds: &["Nice"],
            fails: &["  "],
        },
    },
    Operator {
        op: Op::Contains,
        what: Text::new(
            "contient l'un des textes ; d'une liste multiple : l'une des valeurs entières",
            "contains one of the texts; of a multi-picklist: one of the whole values",
        ),
        on: ITEMS,
        on_empty: OnEmpty::Fails,
        example: Example {
            fr: "Étiquettes CONTIENT Salon, Presse",
            en: "Tags CONTAINS Salon, Presse",
            field: "Tags",
            holds: &["Salon", "Presse + Web"],
            fails: &["Web"],
        },
    },
    Operator {
        op: Op::DoesNotContain,
        what: Text::new("ne contient aucun des textes", "contains none of the texts"),
        on: ITEMS,
        on_empty: OnEmpty::Holds,
        example: Example {
            fr: "Ville NE CONTIENT PAS monaco",
            en: "City DOESN'T CONTAIN monaco",
            field: "City",
            holds: &["Nice"],
            fails: &["98000 MONACO"],
        },
    },
    Operator {
        op: Op::ContainsAll,
        what: Text::new("contient chacun des textes", "contains each of the texts"),
        on: ITEMS,
        on_empty: OnEmpty::Fails,
        example: Example {
            fr: "Étiquettes CONTIENT TOUT Salon, Web",
            en: "Tags CONTAINS ALL Salon, Web",
            field: "Tags",
            holds: &["Web + Salon + Presse"],
            fails: &["Salon"],
        },
    },
    Operator {
        op: Op::StartsWith,
        what: Text::new("commence par l'un des textes", "starts with one of the texts"),
        on: TEXTS,
        on_empty: OnEmpty::Fails,
        example: Example {
            fr: "Téléphone COMMENCE PAR 06, 07",
            en: "Phone STARTS WITH 06, 07",
            field: "Phone",
            holds: &["06 12 34 56 78"],
            fails: &["04 93 00 00 00"],
        },
    },
    Operator {
        op: Op::DoesNotStartWith,
        what: Text::new("ne commence par aucun des textes", "starts with none of the texts"),
        on: TEXTS,
        on_empty: OnEmpty::Holds,
        example: Example {
            fr: "Téléphone NE COMMENCE PAS PAR 06, 07",
            en: "Phone DOESN'T START WITH 06, 07",
            field: "Phone",
            holds: &["04 93 00 00 00"],
            fails: &["06 12 34 56 78"],
        },
    },
    Operator {
        op: Op::EndsWith,
        what: Text::new("finit par l'un des textes", "ends with one of the texts"),
        on: TEXTS,
        on_empty: OnEmpty::Fails,
        example: Example {
            fr: "E-mail FINIT PAR @exemple.fr",
            en: "Email ENDS WITH @exemple.fr",
            field: "Email",
            holds: &["Ada@Exemple.fr"],
            fails: &["ada@exemple.org"],
        },
    },
    Operator {
        op: Op::DoesNotEndWith,
        what: Text::new("ne finit par aucun des textes", "ends with none of the texts"),
        on: TEXTS,
        on_empty: OnEmpty::Holds,
        example: Example {
            fr: "E-mail NE FINIT PAS PAR @exemple.fr",
            en: "Email DOESN'T END WITH @exemple.fr",
            field: "Email",
            holds: &["ada@exemple.org"],
            fails: &["Ada@Exemple.fr"],
        },
    },
    Operator {
        op: Op::Matches,
        what: Text::new(
            "contient ce que l'expression rationnelle décrit ; `/…/i` ignore la casse",
            "contains what the regular expression describes; `/…/i` ignores case",
        ),
        on: Text::new("textes", "texts"),
        on_empty: OnEmpty::Fails,
        example: Example {
            fr: "Nom CORRESPOND À /^M(me|\\.) /",
            en: "Name MATCHES /^M(me|\\.) /",
            field: "Name",
            holds: &["Mme Ferrand"],
            fails: &["mme Ferrand", "Ferrand"],
        },
    },
    Operator {
        op: Op::FollowsFormat,
        what: Text::new(
            "toute la valeur suit le masque : `9` un chiffre, `A` une lettre, `*` n'importe quoi",
            "the whole value follows the mask: `9` a digit, `A` a letter, `*` anything",
        ),
        on: Text::new("textes", "texts"),
        on_empty: OnEmpty::Fails,
        example: Example {
            fr: "Téléphone SUIT LE FORMAT \"99 99 99 99 99\"",
            en: "Phone FOLLOWS FORMAT \"99 99 99 99 99\"",
            field: "Phone",
            holds: &["06 12 34 56 78"],
            fails: &["0612345678"],
        },
    },
    Operator {
        op: Op::Less,
        what: Text::new("plus petit, ou avant", "less, or before"),
        on: ORDERED,
        on_empty: OnEmpty::Fails,
        example: Example::of("Amount", "Montant < 1000", "Amount < 1000", &["999.99"], &["1000"]),
    },
    Operator {
        op: Op::LessOrEqual,
        what: Text::new("au plus", "at most"),
        on: ORDERED,
        on_empty: OnEmpty::Fails,
        example: Example::of(
            "Amount",
            "Montant <= 1000",
            "Amount <= 1000",
            &["1000"],
            &["1000.01"],
        ),
    },
    Operator {
        op: Op::Greater,
        what: Text::new("plus grand, ou après", "greater, or after"),
        on: ORDERED,
        on_empty: OnEmpty::Fails,
        example: Example::of("Amount", "Montant > 1000", "Amount > 1000", &["1000.01"], &["1000"]),
    },
    Operator {
        op: Op::GreaterOrEqual,
        what: Text::new("au moins", "at least"),
        on: ORDERED,
        on_empty: OnEmpty::Fails,
        example: Example::of("Amount", "Montant >= 1000", "Amount >= 1000", &["1000"], &["999.99"]),
    },
    Operator {
        op: Op::Between,
        what: Text::new("entre les deux, bornes comprises", "between the two, both included"),
        on: ORDERED,
        on_empty: OnEmpty::Fails,
        example: Example::of(
            "Amount",
            "Montant ENTRE 10 ET 20",
            "Amount BETWEEN 10 AND 20",
            &["10", "20"],
            &["20.01"],
        ),
    },
    Operator {
        op: Op::NotBetween,
        what: Text::new("hors des deux bornes", "outside the two bounds"),
        on: ORDERED,
        on_empty: OnEmpty::Holds,
        example: Example::of(
            "Amount",
            "Montant N'EST PAS ENTRE 10 ET 20",
            "Amount NOT BETWEEN 10 AND 20",
            &["20.01"],
            &["10", "20"],
        ),
    },
    Operator {
        op: Op::Before,
        what: Text::new("strictement avant", "strictly before"),
        on: DATES,
        on_empty: OnEmpty::Fails,
        example: Example::of(
            "Due",
            "Échéance AVANT 2026-07-01",
            "Due BEFORE 2026-07-01",
            &["2026-06-30"],
            &["2026-07-01"],
        ),
    },
    Operator {
        op: Op::After,
        what: Text::new("strictement après", "strictly after"),
        on: DATES,
        on_empty: OnEmpty::Fails,
        example: Example::of(
            "Due",
            "Échéance APRÈS aujourd'hui",
            "Due AFTER today",
            &["2026-07-01"],
            &["2026-06-30"],
        ),
    },
    Operator {
        op: Op::InLast,
        what: Text::new(
            "dans le passé proche, aujourd'hui compris",
            "in the near past, today included",
        ),
        on: DATES,
        on_empty: OnEmpty::Fails,
        example: Example::of(
            "Due",
            "Échéance DANS LES 7 DERNIERS jours",
            "Due IN THE LAST 7 days",
            &["2026-06-23", "2026-06-30"],
            &["2026-06-22", "2026-07-01"],
        ),
    },
    Operator {
        op: Op::InNext,
        what: Text::new(
            "dans l'avenir proche, aujourd'hui compris",
            "in the near future, today included",
        ),
        on: DATES,
        on_empty: OnEmpty::Fails,
        example: Example::of(
            "Due",
            "Échéance DANS LES 7 PROCHAINS jours",
            "Due IN THE NEXT 7 days",
            &["2026-06-30", "2026-07-07"],
            &["2026-06-29", "2026-07-08"],
        ),
    },
    Operator {
        op: Op::MoreThanAgo,
        what: Text::new("plus loin dans le passé", "further in the past"),
        on: DATES,
        on_empty: OnEmpty::Fails,
        example: Example::of(
            "Due",
            "Échéance IL Y A PLUS DE 7 jours",
            "Due MORE THAN 7 days AGO",
            &["2026-06-22"],
            &["2026-06-23"],
        ),
    },
    Operator {
        op: Op::InMoreThan,
        what: Text::new("plus loin dans l'avenir", "further in the future"),
        on: DATES,
        on_empty: OnEmpty::Fails,
        example: Example::of(
            "Due",
            "Échéance DANS PLUS DE 7 jours",
            "Due IN MORE THAN 7 days",
            &["2026-07-08"],
            &["2026-07-07"],
        ),
    },
    Operator {
        op: Op::Changes,
        what: Text::new("la valeur change dans l'événement", "the value changes in the event"),
        on: EVENTS,
        on_empty: OnEmpty::AsValue,
        example: Example::of(
            "City",
            "Ville CHANGE",
            "City CHANGES",
            &["Nice → Paris", "Nice → "],
            &["Nice → Nice"],
        ),
    },
    Operator {
        op: Op::Becomes,
        what: Text::new("la valeur devient l'une de celles-ci", "the value becomes one of these"),
        on: EVENTS,
        on_empty: OnEmpty::AsValue,
        example: Example::of(
            "City",
            "Ville DEVIENT Paris",
            "City BECOMES Paris",
            &["Nice → Paris", " → Paris"],
            &["Paris → Paris", "Nice → "],
        ),
    },
    Operator {
        op: Op::ChangesFrom,
        what: Text::new(
            "la valeur passe de l'une à l'autre",
            "the value goes from one to the other",
        ),
        on: EVENTS,
        on_empty: OnEmpty::AsValue,
        example: Example::of(
            "City",
            "Ville PASSE DE vide À Paris",
            "City CHANGES FROM empty TO Paris",
            &[" → Paris"],
            &["Nice → Paris", "Paris → "],
        ),
    },
];

/// The row of an operator.
///
/// ```
/// use jalon::lexicon::{Op, reference};
///
/// let row = reference::operator(Op::DoesNotContain).unwrap();
/// assert_eq!(row.what.en, "contains none of the texts");
/// assert_eq!(row.on_empty, reference::OnEmpty::Holds);
/// ```
pub fn operator(op: Op) -> Option<&'static Operator> {
    OPERATORS.iter().find(|row| row.op == op)
}

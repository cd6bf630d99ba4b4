//! Criteria over every type and operator, in both languages.

use super::choices::Choices;
use super::words::{day, number, quoted, text};

/// How the values of a field are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Picklist,
    Set,
    Checkbox,
    Number,
    Date,
    DateTime,
    Reference,
    Records,
    Events,
}

/// A field of the module: its names and its kind.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub names: &'static [&'static str],
    pub kind: Kind,
}

const fn field(names: &'static [&'static str], kind: Kind) -> Field {
    Field { names, kind }
}

pub const MODULE: &str = "\
module Prospects (Leads)
  Nom (Last_Name, Name) : texte
  Ville : texte, sans accents
  Code : texte, casse stricte
  Page (First URL) : url
  Pays : liste France, Été, Monaco, Clic CRM
  Salons (Fairs) : liste multiple Lyon, Paris, Nice, Été
  Rejet (Email Opt Out) : case
  Montant (Amount) : devise
  Budget : nombre
  Effectif : entier
  Créé (Created) : date
  Vu : date-heure
  Compte (Account_Name) : référence Comptes
  Responsable : utilisateur
  Contacts : fiches Contacts
  E-mails : événements (Objet : texte)
  Visites : événements (Page : url, Durée : entier)

module Comptes
  Nom : texte
  Type : texte
  Taille : entier

module Contacts
  Nom : texte
  Âge : entier
  Ville : texte
  Né : date

";

pub const FIELDS: &[Field] = &[
    field(&["Nom", "Last_Name", "Name"], Kind::Text),
    field(&["Ville"], Kind::Text),
    field(&["Code"], Kind::Text),
    field(&["Montant", "Amount"], Kind::Number),
    field(&["Créé", "Created"], Kind::Date),
    field(&["Pays"], Kind::Picklist),
    field(&["Rejet", "Email Opt Out"], Kind::Checkbox),
    field(&["Vu"], Kind::DateTime),
    field(&["Salons", "Fairs"], Kind::Set),
    field(&["Budget"], Kind::Number),
    field(&["Effectif"], Kind::Number),
    field(&["Page", "First URL"], Kind::Text),
    field(&["Compte", "Account_Name"], Kind::Reference),
    field(&["Responsable"], Kind::Reference),
    field(&["Contacts"], Kind::Records),
    field(&["Visites"], Kind::Events),
    field(&["E-mails"], Kind::Events),
];

/// A criterion: a test, or tests joined.
pub fn criterion(choices: &mut Choices<'_>, fields: &[Field], depth: usize) -> String {
    let several = |choices: &mut Choices<'_>, word: &str| {
        let count = if choices.one_in(24) { 30 } else { 2 + choices.below(3) };
        let parts: Vec<_> = (0..count)
            .map(|_| format!("({})", criterion(choices, fields, depth.saturating_sub(1))))
            .collect();
        parts.join(word)
    };
    match choices.below(10) {
        6 if depth > 0 => several(choices, choices_word(depth, [" ET ", " AND "])),
        7 if depth > 0 => several(choices, choices_word(depth, [" OR ", " OU "])),
        8 if depth > 0 => format!("NON ({})", criterion(choices, fields, depth - 1)),
        9 if depth > 0 => format!("NOT ({})", criterion(choices, fields, depth - 1)),
        _ => leaf(choices, fields),
    }
}

fn choices_word(depth: usize, words: [&str; 2]) -> &str {
    words[depth % 2]
}

fn leaf(choices: &mut Choices<'_>, fields: &[Field]) -> String {
    let field = choices.pick(fields);
    let name = choices.pick(field.names);
    if choices.one_in(8) && field.kind != Kind::Checkbox {
        let empty = ["EST VIDE", "IS EMPTY", "N'EST PAS VIDE", "ISN'T EMPTY"];
        return format!("{name} {}", choices.pick(&empty));
    }
    match field.kind {
        Kind::Text => texts(choices, name, true),
        Kind::Picklist => texts(choices, name, false),
        Kind::Set => set(choices, name),
        Kind::Checkbox => {
            let tick = choices.pick(&["✓", "oui", "non", "sélectionné", "unchecked", "true"]);
            format!("{name} {} {tick}", choices.pick(&["EST", "IS", "N'EST PAS", "ISN'T"]))
        }
        Kind::Number => numbers(choices, name),
        Kind::Date => dates(choices, name, false),
        Kind::DateTime => dates(choices, name, true),
        Kind::Reference => reference(choices, name),
        Kind::Records => related(choices, name),
        Kind::Events => format!(
            "AU MOINS UN {name} ({} CONTIENT {})",
            if name == "Visites" { "Page" } else { "Objet" },
            quoted(&text(choices))
        ),
    }
}

/// Items of a list, sometimes more than a word of bits has.
fn items(choices: &mut Choices<'_>, mut item: impl FnMut(&mut Choices<'_>) -> String) -> String {
    let count = match choices.below(40) {
        39 => 70,
        n => 1 + n % 4,
    };
    let items: Vec<_> = (0..count).map(|_| item(choices)).collect();
    items.join(", ")
}

fn texts(choices: &mut Choices<'_>, name: &str, whole: bool) -> String {
    const OPERATORS: &[&str] = &[
        "EST",
        "CONTIENT",
        "COMMENCE PAR",
        "FINIT PAR",
        "N'EST PAS",
        "NE CONTIENT PAS",
        "NE COMMENCE PAS PAR",
        "NE FINIT PAS PAR",
        "CONTIENT TOUT",
        "IS",
        "CONTAINS",
        "STARTS WITH",
        "ENDS WITH",
        "ISN'T",
        "DOESN'T CONTAIN",
        "DOESN'T START WITH",
        "DOESN'T END WITH",
        "CONTAINS ALL",
        "=",
        "≠",
    ];
    match choices.below(if whole { 30 } else { 20 }) {
        20 => format!("{name} CORRESPOND À /{}/", choices.pick(&["^a", "é$", "[0-9]{2}", "n.ce"])),
        21 => format!("{name} MATCHES /{}/i", choices.pick(&["nice", "^É", "strasse", "\\s$"])),
        22 => format!("{name} SUIT LE FORMAT {}", choices.pick(&["\"99\"", "\"A***\"", "\"*\""])),
        23 => format!("{name} EST {}", choices.pick(&["Prospects.Ville", "Prospects.Code"])),
        24 => format!("{name} N'EST PAS Prospects.Nom"),
        25 => format!("{name} CONTIENT minuscules(Pays)"),
        26 => format!("longueur({name}) > {}", choices.below(12)),
        27 => format!("gauche({name}, {}) EST {}", choices.below(5), quoted(&text(choices))),
        28 => format!("minuscules({name}) EST {}", quoted(&text(choices))),
        29 => format!("sans espaces({name}) COMMENCE PAR {}", quoted(&text(choices))),
        _ => {
            let operator = choices.pick(OPERATORS);
            let equal = ["EST", "IS", "N'EST PAS", "ISN'T", "=", "≠"].contains(&operator);
            let item = |choices: &mut Choices<'_>| match whole || !equal {
                true => quoted(&text(choices)),
                false => choices.pick(&["France", "Été", "Monaco", "Clic CRM", "FRANCE"]).into(),
            };
            format!("{name} {operator} {}", items(choices, item))
        }
    }
}

fn set(choices: &mut Choices<'_>, name: &str) -> String {
    const OPERATORS: &[&str] =
        &["CONTIENT", "EST", "CONTIENT TOUT", "N'EST PAS", "NE CONTIENT PAS", "CONTAINS ALL", "IS"];
    let item = |choices: &mut Choices<'_>| {
        choices.pick(&["Lyon", "Nice", "Paris", "été", "LYON", "\"Été\""]).to_owned()
    };
    format!("{name} {} {}", choices.pick(OPERATORS), items(choices, item))
}

fn numbers(choices: &mut Choices<'_>, name: &str) -> String {
    const ORDERS: &[&str] = &["<", "<=", ">", ">=", "≤", "≥"];
    let order = choices.pick(ORDERS);
    match choices.below(14) {
        0..=3 => format!("{name} {order} {}", number(choices)),
        4 => format!("{name} = {}", items(choices, number)),
        5 => format!("{name} N'EST PAS {}", items(choices, number)),
        6 => format!("{name} {order} Budget * 1"),
        7 => format!("{name} {order} Budget * 2 + 1"),
        8 => format!("{name} = Effectif / 4"),
        9 => format!("arrondi({name}, 1) {order} {}", number(choices)),
        10 => format!("arrondi({name} / 3, 2) {order} {}", number(choices)),
        n => {
            let (a, b) = (number(choices), number(choices));
            let ascending = a.parse::<f64>().ok() <= b.parse::<f64>().ok();
            let (low, high) = if ascending { (a, b) } else { (b, a) };
            let between = ["ENTRE", "N'EST PAS ENTRE", "BETWEEN"][n % 3];
            format!("{name} {between} {low} {} {high}", if n % 3 == 2 { "AND" } else { "ET" })
        }
    }
}

fn dates(choices: &mut Choices<'_>, name: &str, instants: bool) -> String {
    const WORDS: &[&str] = &[
        "aujourd'hui",
        "hier",
        "demain",
        "cette semaine",
        "la semaine dernière",
        "ce mois",
        "le mois prochain",
        "ce trimestre",
        "cette année",
        "today",
        "this week",
        "last month",
        "next fiscal year",
        "l'année dernière",
    ];
    let count = choices.pick(&[1, 7, 30, 90, 2, 365]);
    let unit = choices.pick(&["jours", "semaines", "mois", "années", "jours ouvrés"]);
    let unit = if instants && choices.one_in(3) { "heures" } else { unit };
    match choices.below(14) {
        0 => format!("{name} EST {}", choices.pick(WORDS)),
        1 => format!("{name} N'EST PAS {}, {}", choices.pick(WORDS), day(choices)),
        2 => format!("{name} EST {}", items(choices, |choices| day(choices).to_owned())),
        3 => format!("{name} AVANT {}", day(choices)),
        4 => format!("{name} IS AFTER {}", day(choices)),
        5 => format!("{name} {} {}", choices.pick(&["<", "<=", ">", ">="]), day(choices)),
        6 => format!("{name} ENTRE 2026-03-29 ET {}", choices.pick(&["2026-06-30", "2026-10-25"])),
        7 => format!("{name} N'EST PAS ENTRE hier ET demain"),
        8 => format!("{name} DANS LES {count} DERNIERS {unit}"),
        9 => format!("{name} DANS LES {count} PROCHAINS {unit}"),
        10 => format!("{name} IL Y A PLUS DE {count} {unit}"),
        11 => format!("{name} DANS PLUS DE {count} {unit}"),
        12 => format!("{name} > {} plus {count} jours", choices.pick(&["aujourd'hui", "Créé"])),
        _ => format!("{name} {} {}", choices.pick(&["AVANT", "APRÈS"]), choices.pick(WORDS)),
    }
}

fn reference(choices: &mut Choices<'_>, name: &str) -> String {
    let operator = choices.pick(&["EST", "N'EST PAS", "IS", "ISN'T"]);
    match choices.below(4) {
        3 if name != "Responsable" => texts(choices, &format!("{name}.Type"), true),
        2 if name != "Responsable" => numbers(choices, &format!("{name}.Taille")),
        _ => {
            let item = |choices: &mut Choices<'_>| match choices.below(3) {
                0 => choices.below(12).to_string(),
                _ => quoted(&text(choices)),
            };
            format!("{name} {operator} {}", items(choices, item))
        }
    }
}

fn related(choices: &mut Choices<'_>, name: &str) -> String {
    const CONTACT: &[Field] =
        &[field(&["Nom"], Kind::Text), field(&["Âge"], Kind::Number), field(&["Né"], Kind::Date)];
    let inner = leaf(choices, CONTACT);
    let order = choices.pick(&["<", ">", ">="]);
    match choices.below(9) {
        0 => format!("AU MOINS UN {name} ({inner})"),
        1 => format!("AUCUN {name} ({inner})"),
        2 => format!("TOUS LES {name} ({inner})"),
        3 => format!("ANY {name} (Ville IS Prospects.Ville OR {inner})"),
        4 => format!("NOMBRE DE {name} ({inner}) {order} {}", choices.below(3)),
        5 => format!("SOMME DE {name}.Âge {order} {}", number(choices)),
        6 => format!("MOYENNE DE {name}.Âge ({inner}) {order} {}", number(choices)),
        7 => format!("MAX DE {name}.Âge {order} {}", number(choices)),
        _ => format!("NO {name} (NON ({inner}))"),
    }
}

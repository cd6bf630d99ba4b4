//! What a database cannot say as the record executor means it.

use jalon::Lang;

/// A part of a criterion that is not exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The part, as written.
    pub at: String,
    /// Why.
    pub reason: Reason,
}

/// Why a part of a criterion is not exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The field has no declared type.
    Undeclared,
    /// Related records or events.
    Related,
    /// A function, arithmetic, an aggregate or a formula.
    Computed,
    /// Another field of another type, or a list.
    OtherField,
    /// A path of which no column is given.
    Path,
    /// A regular expression.
    Regex,
    /// A mask with a place for any letter.
    MaskLetter,
    /// A mask on a column of folded texts.
    MaskFolded,
    /// A number of more digits than a double tells apart.
    Digits,
    /// A change of a value.
    Change,
    /// The clock is read and none was given.
    NoClock,
    /// Two columns of folded texts that are not folded alike.
    FoldedApart,
}

impl Reason {
    /// The reason in a language, with what may be done.
    pub fn message(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Reason::Undeclared => (
                "le champ n'a pas de type déclaré : c'est la valeur de chaque fiche qui dirait comment comparer ; déclarez-le dans un module",
                "the field has no declared type: the value of each record would say how to compare; declare it in a module",
            ),
            Reason::Related => (
                "des fiches liées ou des événements sont dans une autre table, que le critère ne connaît pas ; joignez-la vous-même",
                "related records and events are in another table, which the criterion does not know; join it yourself",
            ),
            Reason::Computed => (
                "un calcul n'arrondit pas et ne déborde pas de la même façon dans une base ; calculez-le dans une colonne et déclarez-la comme champ",
                "a database does not round and overflow in the same way; compute it into a column and declare that as a field",
            ),
            Reason::OtherField => (
                "les deux champs ne sont pas du même type, ou l'un est une liste multiple ou une case ; comparez à une constante",
                "the two fields are not of one type, or one is a multi-picklist or a checkbox; compare with a constant",
            ),
            Reason::Path => (
                "le champ se lit à travers une référence ; donnez sa colonne dans la table jointe",
                "the field is read through a reference; give its column in the joined table",
            ),
            Reason::Regex => (
                "les expressions régulières des bases n'ont pas le même sens (lettres accentuées, mots, casse) ; utilisez CONTIENT, COMMENCE PAR, FINIT PAR ou SUIT LE FORMAT",
                "the regular expressions of databases do not mean the same (accented letters, words, case); use CONTAINS, STARTS WITH, ENDS WITH or FOLLOWS FORMAT",
            ),
            Reason::MaskLetter => (
                "`A` accepte toute lettre de toute écriture, ce que la base ne sait pas dire ; déclarez la colonne en ASCII si elle l'est",
                "`A` takes any letter of any script, which the database cannot say; declare the column ASCII if it is",
            ),
            Reason::MaskFolded => (
                "un masque se lit dans le texte tel qu'il est écrit, et la colonne contient un texte replié",
                "a mask is read in the text as written, and the column holds a folded one",
            ),
            Reason::Digits => (
                "SQLite compare des nombres à virgule flottante : plus de 15 chiffres ne s'y distinguent pas",
                "SQLite compares floating point numbers: more than 15 digits are not told apart there",
            ),
            Reason::Change => (
                "une ligne ne connaît pas la fiche d'avant",
                "a row does not know the record before",
            ),
            Reason::NoClock => (
                "le critère lit l'heure ; donnez l'instant présent (now)",
                "the criterion reads the clock; give the present instant (now)",
            ),
            Reason::FoldedApart => (
                "une colonne repliée ne se compare qu'à une colonne repliée de la même façon",
                "a folded column is compared only with a column folded in the same way",
            ),
        };
        lang.pick(fr, en)
    }
}

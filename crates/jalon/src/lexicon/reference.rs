//! What each word means, beside the words: the one table behind the language reference of the
//! books, the hovers of editors and their completions.
//!
//! Each row has an example; the tests of `jalon-docs` run it on the values that it names, and on
//! nothing.

mod dates;
mod events;
mod functions;
mod operators;

pub use dates::{UNITS, unit};
pub use events::events;
pub use functions::{AGGREGATES, Called, FUNCTIONS, QUANTIFIERS, aggregate, function, quantifier};
pub use operators::{OPERATORS, OnEmpty, Operator, operator};

use crate::lang::Lang;

/// The modules that the examples of a language read; the records of both have English names.
///
/// ```
/// use jalon::lang::Lang;
/// use jalon::{Program, lexicon::reference};
///
/// let program = Program::parse(reference::example_modules(Lang::En))?;
/// assert_eq!(program.module_names().collect::<Vec<_>>(), ["Leads", "People"]);
/// # Ok::<(), jalon::Error>(())
/// ```
pub fn example_modules(lang: Lang) -> &'static str {
    lang.pick(MODULES_FR, MODULES_EN)
}

const MODULES_EN: &str = "\
module Leads
  Name   : text
  City   : text
  Email  : email
  Phone  : phone
  Status : picklist New, Followed, Lost
  Tags   : multi-picklist Salon, Presse, Web
  Amount : money
  OptOut : checkbox
  Due    : date
  Called : datetime
  People : records People

module People
  City   : text
  Amount : money

currencies EUR
  USD 1.25
";

const MODULES_FR: &str = "\
module Prospects (Leads)
  Nom (Name)         : texte
  Ville (City)       : texte
  E-mail (Email)     : e-mail
  Téléphone (Phone)  : téléphone
  Statut (Status)    : liste Nouveau, Suivi, Perdu
  Étiquettes (Tags)  : liste multiple Salon, Presse, Web
  Montant (Amount)   : devise
  Désabonné (OptOut) : case
  Échéance (Due)     : date
  Appel (Called)     : date-heure
  Contacts (People)  : fiches Contacts

module Contacts (People)
  Ville (City)       : texte
  Montant (Amount)   : devise

devises EUR
  USD 1,25
";

/// The present of the examples: a Tuesday, in Paris.
pub const EXAMPLE_NOW: &str = "2026-06-30T10:30";

/// A criterion, and values of the field it reads.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The criterion with French words.
    pub fr: &'static str,
    /// The same with English ones.
    pub en: &'static str,
    /// The field that it reads, by its English name.
    pub field: &'static str,
    /// Values with which it holds; of a change `before → after`; several items with ` + `.
    pub holds: &'static [&'static str],
    /// Values with which it does not.
    pub fails: &'static [&'static str],
}

impl Example {
    const fn of(
        field: &'static str,
        fr: &'static str,
        en: &'static str,
        holds: &'static [&'static str],
        fails: &'static [&'static str],
    ) -> Example {
        Example { fr, en, field, holds, fails }
    }

    /// The criterion in a language.
    pub fn criterion(&self, lang: Lang) -> &'static str {
        lang.pick(self.fr, self.en)
    }
}

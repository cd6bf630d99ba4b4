//! What is declared, as sentences.

use super::{Criterion, Error, Program, Score, find};
use crate::lang::Lang;
use crate::sentence::{Speech, Told};

impl Program {
    /// What its rules, scores and blueprints say, as people would read it aloud.
    ///
    /// ```
    /// use jalon::{Lang, Program};
    ///
    /// let program = Program::parse("score Intérêt\n  +10 si Pays EST France, Monaco\n")?;
    /// let told = program.say(Lang::En);
    /// assert_eq!(told[0].name, "Intérêt");
    /// assert_eq!(
    ///     told[0].text,
    ///     "The score Intérêt is the sum of these points:\n  – add 10 points if Pays is France or Monaco",
    /// );
    /// # Ok::<(), jalon::Error>(())
    /// ```
    pub fn say(&self, lang: Lang) -> Vec<Told> {
        Speech::new(&self.0.checked, lang).everything()
    }

    /// What a rule says: when, if, then do what.
    ///
    /// ```
    /// use jalon::{Lang, Program};
    ///
    /// let program = Program::parse("
    /// module Prospects
    ///   Pays : texte
    ///   Montant : devise
    ///   Statut : texte
    /// règle Relance sur Prospects
    ///   quand créé
    ///   si Pays EST France, Monaco ET Montant > 1000
    ///   une seule fois
    ///   alors
    ///     Statut : à appeler
    /// ")?;
    /// assert_eq!(
    ///     program.say_rule("Relance", Lang::Fr)?,
    ///     "Quand une fiche de Prospects est créée, si Pays est France ou Monaco, et Montant dépasse \
    ///      1000, alors, une seule fois par fiche :\n  – Statut devient à appeler",
    /// );
    /// # Ok::<(), jalon::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name.
    pub fn say_rule(&self, name: &str, lang: Lang) -> Result<String, Error> {
        let index = find("rule", name, || self.rules())?;
        let rule = self.0.checked.rules.get(index);
        Ok(rule.map_or_else(String::new, |rule| Speech::new(&self.0.checked, lang).rule(rule)))
    }

    /// What a blueprint says: its states, and who goes from one to another and how.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name.
    pub fn say_blueprint(&self, name: &str, lang: Lang) -> Result<String, Error> {
        let all = &self.0.checked.blueprints;
        let index = find("blueprint", name, || all.iter().map(|one| one.name.as_str()))?;
        let speech = Speech::new(&self.0.checked, lang);
        Ok(all.get(index).map_or_else(String::new, |one| speech.blueprint(one)))
    }
}

impl Criterion {
    /// What it says, as people would read it aloud; on several lines where one sentence would be
    /// long or could be misunderstood.
    ///
    /// ```
    /// use jalon::{Criterion, Lang};
    ///
    /// let criterion = Criterion::parse("Country IS France, Monaco AND Amount > 1000")?;
    /// assert_eq!(
    ///     criterion.sentence(Lang::En),
    ///     "Country is France or Monaco, and Amount is greater than 1000",
    /// );
    /// assert_eq!(
    ///     criterion.sentence(Lang::Fr),
    ///     "Country est France ou Monaco, et Amount dépasse 1000",
    /// );
    /// # Ok::<(), jalon::Error>(())
    /// ```
    pub fn sentence(&self, lang: Lang) -> String {
        Speech::new(&self.program.0.checked, lang).criterion(self.condition.as_deref())
    }
}

impl Score {
    /// What it says: each line with what it adds, limits, stars and labels.
    ///
    /// ```
    /// use jalon::{Lang, Program};
    ///
    /// let program = Program::parse("score Fit\n  -10 per email bounced, at most 50\n")?;
    /// assert_eq!(
    ///     program.score(None)?.sentence(Lang::En),
    ///     "The score Fit is the sum of these points:\n  – subtract 10 points for each email bounced, \
    ///      50 points at most",
    /// );
    /// # Ok::<(), jalon::Error>(())
    /// ```
    pub fn sentence(&self, lang: Lang) -> String {
        let checked = &self.program.0.checked;
        let score = checked.scores.get(self.id.0 as usize);
        score.map_or_else(String::new, |score| Speech::new(checked, lang).score(score))
    }
}

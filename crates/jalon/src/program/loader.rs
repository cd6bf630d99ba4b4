//! From texts to a program.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::{Criterion, Diagnostics, Error, Inner, Loader, Program};
use crate::check;
use crate::checked::CheckedProgram;
use crate::checked::readings::Readings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::lint;
use crate::plan::logic::Tree;
use crate::plan::mention;
use crate::plan::pool::Pool;
use crate::source::{SourceId, Sources};
use crate::syntax::ast::Document;
use crate::syntax::{self, Limits};
use crate::users::Users;
use crate::value::{FieldKey, Shape};

/// What `check` itself says of criteria, and of what they decide.
const OF_CRITERIA: &[&str] = &["W0206", "W0207", "W0401", "W0642", "W0643", "W0652"];

/// What texts say, before anything is compiled; see [`Loader::draft`].
#[derive(Clone, Debug)]
pub struct Draft {
    /// The texts.
    pub sources: Sources,
    /// What was written, one document for each text.
    pub documents: Vec<Document>,
    /// What was understood; where there are errors it has stand-ins and is not run.
    pub checked: CheckedProgram,
    /// What each name and value was taken for.
    pub readings: Readings,
    /// The findings, in source order.
    pub diagnostics: Vec<Diagnostic>,
    /// The language of messages.
    pub lang: Lang,
}

impl Draft {
    /// The language of the keywords of one text: its `langue` line, else that of most of its
    /// words, else the program's.
    pub fn lang_of(&self, source: SourceId) -> Lang {
        let document = self.documents.iter().find(|document| document.source == source);
        let written = document.and_then(|document| document.lang);
        let text = self.sources.get(source).map_or("", |source| &source.text);
        written.or_else(|| Lang::of_text(text)).unwrap_or(self.lang)
    }
}

impl Loader {
    /// A criterion on its own, on records of the only module of the texts; where there are none,
    /// its own words tell the language of its messages.
    ///
    /// # Errors
    /// Everything that is wrong with it or with the texts, as [`Error::Diagnostics`].
    pub fn criterion(mut self, text: &str) -> Result<Criterion, Error> {
        if self.sources.texts().next().is_none() {
            self.lang = self.lang.or_else(|| Lang::of_text(text));
        }
        self.load()?.criterion(text, None)
    }

    /// Checks and compiles; all errors of all texts in one go.
    pub fn load(self) -> Result<Program, Error> {
        let Draft { sources, documents, checked, diagnostics: mut list, lang, .. } =
            self.checked(check::check);
        lint::ignore::apply(&documents, &sources, None, &mut list);
        finish(&mut list, lang);
        if list.iter().any(|d| d.severity() == Severity::Error) {
            // What could not be verified is no reason to refuse a program.
            list.retain(|d| d.severity() != Severity::Note);
            return Err(Error::Diagnostics(Diagnostics { sources, list, lang }));
        }
        let mut pool = Pool::default();
        let lower = |rule: &crate::checked::Rule| match rule.condition() {
            Some(condition) => pool.lower(condition),
            None => Tree::All(Vec::new()),
        };
        let rules = checked.rules.iter().map(lower).collect();
        let scores = checked.scores.iter().map(|_| OnceLock::new()).collect();
        let score_contents = checked.scores.iter().map(|_| OnceLock::new()).collect();
        let shapes = shapes(&checked);
        let indexes = (0..=checked.schema.modules.len()).map(|_| OnceLock::new()).collect();
        let strict = self.strict;
        let diagnostics = list;
        let inner = Inner {
            sources,
            checked,
            diagnostics,
            lang,
            strict,
            pool,
            rules,
            scores,
            score_contents,
            contents: OnceLock::new(),
            indexes,
            automation: OnceLock::new(),
            shapes,
        };
        Ok(Program(Arc::new(inner)))
    }

    /// Parses and checks without compiling: every diagnostic, notes included, and the doubts of
    /// [`lint`](mod@crate::lint) about a program without errors.
    pub fn check(self) -> Diagnostics {
        let Draft { sources, diagnostics: list, lang, .. } = self.doubted(check::check);
        Diagnostics { sources, list, lang }
    }

    /// With the users of the host: [`Loader::check`] then says which of those that the texts name
    /// are none of them.
    ///
    /// ```
    /// use jalon::Loader;
    /// use jalon::users::{User, Users};
    ///
    /// let text = "rule \"Hand over\" on Leads\n  when created\n  then\n    assign to user Alise\n";
    /// let users = Users::new(vec![User::named("Alice")]);
    /// let found = Loader::default().source("leads.jalon", text).users(users).check();
    /// let stranger = found.list.iter().find(|found| found.code.id == "W0870").unwrap();
    /// assert_eq!(stranger.suggestion.as_deref(), Some("Alice"));
    /// ```
    #[must_use]
    pub fn users(mut self, users: Users) -> Loader {
        self.users = users;
        self
    }

    /// The same as [`Loader::check`], with the documents and what each of their names and values
    /// was taken for: what an editor or a formatter works on, also where there are errors.
    ///
    /// ```
    /// use jalon::Loader;
    /// use jalon::checked::readings::Meaning;
    ///
    /// let text = "module Leads\n  VIP : checkbox\nscore S on Leads\n  +10 if VIP IS oui\n";
    /// let draft = Loader::default().source("leads.jalon", text).draft();
    /// let at = text.find("oui").unwrap() as u32;
    /// let reading = draft.readings.at(draft.documents[0].source, at).unwrap();
    /// assert_eq!(reading.meaning, Meaning::Tick(true));
    /// ```
    pub fn draft(self) -> Draft {
        let mut readings = Readings::default();
        let mut draft = self.doubted(|documents, sources| {
            let (program, found, read) = check::check_with_readings(documents, sources);
            readings = read;
            (program, found)
        });
        draft.readings = readings;
        draft
    }

    fn doubted(&self, check: impl FnOnce(&[Document], &Sources) -> Found) -> Draft {
        let mut draft = self.checked(check);
        let Draft { sources, documents, checked, diagnostics, .. } = &mut draft;
        let is_right = !diagnostics.iter().any(|d| d.severity() == Severity::Error);
        if is_right {
            add_doubts(diagnostics, lint::lint(checked, documents, sources));
            add_doubts(diagnostics, lint::people(checked, sources, &self.users));
        }
        let unsought = if self.users.is_empty() { lint::OF_PEOPLE } else { &[] };
        lint::ignore::apply(documents, sources, is_right.then_some(unsought), diagnostics);
        finish(&mut draft.diagnostics, draft.lang);
        draft
    }

    fn checked(&self, check: impl FnOnce(&[Document], &Sources) -> Found) -> Draft {
        let mut read = self.read();
        let (checked, found) = check(&read.documents, &read.sources);
        read.diagnostics.extend(found);
        let diagnostics = read.finish();
        let Read { sources, documents, lang, .. } = read;
        Draft { sources, documents, checked, readings: Readings::default(), diagnostics, lang }
    }

    /// The texts, parsed.
    pub(super) fn read(&self) -> Read {
        let sources = self.sources.clone();
        let limits = Limits::default();
        let mut diagnostics = Vec::new();
        let mut documents: Vec<Document> = Vec::new();
        for (id, source) in sources.iter() {
            let (document, found) = syntax::parse(id, &source.text, &limits);
            documents.push(document);
            diagnostics.extend(found);
        }
        let declared = documents.iter().find_map(|document| document.lang);
        let lang = self.lang.or(declared).unwrap_or_else(|| Lang::of_texts(sources.texts()));
        Read { sources, documents, diagnostics, lang }
    }

    /// The language of messages where no `langue` line says it.
    pub(super) fn language(&self) -> Lang {
        self.lang.unwrap_or_else(|| Lang::of_texts(self.sources.texts()))
    }
}

impl Program {
    /// All that its texts give rise to, notes included, and the doubts about them, which loading
    /// does not look for; where the users of the host are given also those about whom it names.
    ///
    /// ```
    /// use jalon::Program;
    /// use jalon::program::Diagnostics;
    /// use jalon::users::Users;
    ///
    /// let program = Program::parse("score Fit\n  +0 if Country IS France\n")?;
    /// let changes_nothing = |found: &Diagnostics| found.list.iter().any(|d| d.code.id == "W0840");
    /// assert!(!changes_nothing(&program.diagnostics()));
    /// assert!(changes_nothing(&program.check(Users::NONE)));
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    pub fn check(&self, users: &Users) -> Diagnostics {
        let Inner { sources, lang, strict, .. } = &*self.0;
        let (sources, users) = (sources.clone(), users.clone());
        Loader { sources, users, lang: Some(*lang), strict: *strict }.check()
    }

    /// The names of users, roles, groups and profiles in it that none of the users has: a part of
    /// what [`Program::check`] finds, for hosts that are about to run it.
    pub fn strangers(&self, users: &Users) -> Diagnostics {
        let Inner { sources, checked, lang, .. } = &*self.0;
        let mut list = lint::people(checked, sources, users);
        if !list.is_empty() {
            let loader = Loader { sources: sources.clone(), ..Loader::default() };
            lint::ignore::heed(&loader.read().documents, sources, &mut list);
        }
        finish(&mut list, *lang);
        Diagnostics { sources: sources.clone(), list, lang: *lang }
    }
}

/// Texts that are parsed, not yet checked.
pub(super) struct Read {
    pub(super) sources: Sources,
    pub(super) documents: Vec<Document>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) lang: Lang,
}

impl Read {
    /// Its findings in the order of the texts, in the language of the program.
    pub(super) fn finish(&mut self) -> Vec<Diagnostic> {
        let mut list = std::mem::take(&mut self.diagnostics);
        finish(&mut list, self.lang);
        list
    }
}

/// What comes of checking.
type Found = (CheckedProgram, Vec<Diagnostic>);

/// Adds doubts; what is said of a place already is not said again, and gets the ways out.
fn add_doubts(list: &mut Vec<Diagnostic>, doubts: Vec<Diagnostic>) {
    let said =
        |d: &Diagnostic| d.severity() == Severity::Warning && OF_CRITERIA.contains(&d.code.id);
    let known: FxHashMap<_, usize> =
        list.iter().enumerate().filter(|(_, d)| said(d)).map(|(at, d)| (d.span, at)).collect();
    for doubt in doubts {
        match known.get(&doubt.span).and_then(|at| list.get_mut(*at)) {
            Some(known) if known.fixes.is_empty() => known.fixes = doubt.fixes,
            Some(_) => {}
            None => list.push(doubt),
        }
    }
}

/// Findings in the order of the texts, in the language of the program.
fn finish(list: &mut [Diagnostic], lang: Lang) {
    list.sort_by_key(|d| (d.span.source, d.span.start, d.span.end));
    for diagnostic in list {
        diagnostic.lang = lang;
    }
}

/// The shapes of rows: one for each declared module, and one for each set of undeclared fields.
fn shapes(checked: &CheckedProgram) -> FxHashMap<u32, Arc<Shape>> {
    let mut keys: FxHashMap<u32, Vec<FieldKey>> = FxHashMap::default();
    for field in checked.schema.modules.iter().flat_map(|module| &module.fields) {
        keys.entry(field.key.shape).or_default().push(field.key.clone());
    }
    let mut read = Vec::new();
    mention::of_workflow(checked, &mut read);
    for line in checked.scores.iter().flat_map(|score| &score.lines) {
        let level = u8::from(line.events.is_some());
        line.condition.iter().for_each(|c| mention::of_condition(c, level, &mut read));
        mention::of_expr(&line.points, level, &mut read);
        for list in line.events.iter().flat_map(|events| &events.lists) {
            keys.entry(list.shape).or_default().push(list.clone());
        }
    }
    for field in read.into_iter().filter(|field| field.depth == 0) {
        keys.entry(field.key.shape).or_default().push(field.key);
    }
    keys.remove(&FieldKey::NO_SHAPE);
    keys.into_iter().map(|(id, keys)| (id, Arc::new(Shape::new(id, &keys)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_rule_reads_or_writes_anywhere_has_a_slot() {
        let text = "règle R sur P\n  quand Aa modifié\n  quand Ab à 10h30\n  quand Ac DEVIENT \
                    \"${Ad}\"\n  si Ba EST 1\n  alors\n    Bb : \"${Bc}\"\n  sinon si Ca EST 1\n  \
                    alors\n    tâche \"${Cb}\", échéance Cc plus 2 jours, pour champ Cd, \
                    description \"${Ce}\"\n    e-mail \"${Cf}\" à champ Cg, objet \"${Ch}\"\n    \
                    fonction F(Ci)\n    créer X avec Nom = \"${Cj}\"\n  puis 2 jours après\n    \
                    rendez-vous \"${Da}\", dans 2 jours, avec champ Db\n    affecter à champ Dc\n";
        let loader = Loader::default().source("test.jalon", text);
        let Draft { checked, diagnostics: found, .. } = loader.checked(check::check);
        assert!(found.iter().all(|d| d.severity() == Severity::Note), "{found:?}");
        let shapes = shapes(&checked);
        let fields = "Aa Ab Ac Ad Ba Bb Bc Ca Cb Cc Cd Ce Cf Cg Ch Ci Cj Da Db Dc";
        for field in fields.split(' ') {
            assert!(shapes.values().any(|shape| shape.slot(field).is_some()), "{field}");
        }
    }
}

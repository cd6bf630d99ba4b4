//! All rules of a program at once.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Criterion, Error, Program, ambiguous};
use crate::eval::RecordError;
use crate::index::build::{Batch, Builder};
use crate::index::{IndexMatcher, LoweredRules, RuleIndex, RuleNumber};
use crate::plan::entry::Plan;
use crate::schema::ModuleId;
use crate::score::runner::Runner;
use crate::value::{Clock, Lent, NoClock, Record};

/// Gathers criteria into a [`RuleIndex`]; see there for an example.
#[derive(Debug)]
pub struct RuleIndexBuilder {
    strict: bool,
    builder: Builder,
}

/// The index of a module's rules, and what asking it left to be used again.
#[derive(Debug)]
pub(super) struct Indexed {
    index: RuleIndex,
    /// For each rule of the index its place among the program's.
    rules: Vec<u32>,
    idle: Mutex<Vec<IndexMatcher>>,
}

/// Room for the indexes of a program: that of all rules, then those of its modules.
pub(super) type Indexes = Vec<OnceLock<Arc<Indexed>>>;

impl Program {
    /// The index of the rules of a module; `None` means the only module that has rules. It is
    /// built when it is first asked for. Its [`RuleNumber`]s follow the order of declaration;
    /// [`Program::rule_name`] gives their names.
    ///
    /// ```
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("
    /// module Prospects
    ///   Pays    : texte
    ///   Montant : nombre
    /// règle \"Riviera\" sur Prospects
    ///   quand créé
    ///   si Pays EST Monaco
    ///   alors
    ///     Pays : Monaco
    /// règle \"Grand compte\" sur Prospects
    ///   quand créé
    ///   si Montant > 10 000 ET NON (Pays EST VIDE)
    ///   alors
    ///     Pays : Monaco
    /// ")?;
    /// let mut matcher = program.index(None)?.matcher(&Clock::default())?;
    /// let found = matcher.matches(&json!({"Pays": "Nice", "Montant": 12_000}));
    /// assert_eq!(program.rule_name(found[0], None)?, Some("Grand compte"));
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// A module that is unknown or must be named.
    pub fn index(&self, module: Option<&str>) -> Result<RuleIndex, Error> {
        Ok(self.indexed(module)?.index.clone())
    }

    /// The name of a rule of [`Program::index`].
    ///
    /// # Errors
    /// A module that is unknown or must be named.
    pub fn rule_name(&self, rule: RuleNumber, module: Option<&str>) -> Result<Option<&str>, Error> {
        let indexed = self.indexed(module)?;
        Ok(indexed.rules.get(rule.0 as usize).and_then(|rule| self.name_of(*rule)))
    }

    /// The names of the rules whose condition holds of a record, in the order of declaration. A
    /// rule that mentions a value of the wrong type does not hold.
    ///
    /// The rules are those of a module; `None` means the only module that has any. For many
    /// records, [`RuleIndex::matcher`] of [`Program::index`] gives numbers, without allocation.
    ///
    /// ```
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("
    /// règle \"Accueil\"
    ///   quand créé
    ///   alors
    ///     Nom : x
    /// règle \"Riviera\"
    ///   quand créé
    ///   si Pays EST Monaco OU Code postal COMMENCE PAR 06
    ///   alors
    ///     Nom : x
    /// ")?;
    /// let clock = Clock::default();
    /// assert_eq!(program.matching(&json!({"Pays": "MONACO"}), &clock, None)?, ["Accueil", "Riviera"]);
    /// assert_eq!(program.matching(&json!({"Pays": "France"}), &clock, None)?, ["Accueil"]);
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// A module that is unknown or must be named, [`Error::ClockNeeded`]; in strict mode
    /// [`Error::Record`].
    pub fn matching<R: Record + ?Sized>(
        &self,
        record: &R,
        clock: &Clock,
        module: Option<&str>,
    ) -> Result<Vec<&str>, Error> {
        let indexed = self.indexed(module)?;
        let mut matcher = indexed.matcher(clock)?;
        if self.0.strict {
            let affected = matcher.affected(record).to_vec();
            if !affected.is_empty() {
                indexed.give_back(matcher);
                return Err(Error::Record(self.errors_of(&indexed, &affected, record, clock)?));
            }
        }
        let rule = |number: &RuleNumber| indexed.rules.get(number.0 as usize);
        let found = matcher.matches(record).iter().filter_map(rule);
        let names = found.filter_map(|rule| self.name_of(*rule)).collect();
        indexed.give_back(matcher);
        Ok(names)
    }

    /// A builder of an index of criteria compiled against the program.
    pub fn index_builder(&self) -> RuleIndexBuilder {
        RuleIndexBuilder { strict: self.0.strict, builder: Builder::default() }
    }

    fn name_of(&self, rule: u32) -> Option<&str> {
        self.0.checked.rules.get(rule as usize).map(|rule| rule.name.as_str())
    }

    fn indexed(&self, module: Option<&str>) -> Result<Arc<Indexed>, Error> {
        let module = self.module_of_rules(module)?;
        let place = module.map_or(0, |id| id.0 as usize + 1);
        let build = || Arc::new(self.build_index(module));
        Ok(match self.0.indexes.get(place) {
            Some(indexed) => indexed.get_or_init(build).clone(),
            None => build(),
        })
    }

    /// The module whose rules are meant; `None` for all rules.
    fn module_of_rules(&self, name: Option<&str>) -> Result<Option<ModuleId>, Error> {
        if name.is_some() {
            return self.module(name);
        }
        let checked = &self.0.checked;
        let mut modules: Vec<ModuleId> =
            checked.rules.iter().filter_map(|rule| rule.on.module()).collect();
        modules.sort_unstable();
        modules.dedup();
        if modules.len() > 1 {
            let names = modules.iter().filter_map(|id| checked.schema.module(*id));
            return Err(ambiguous("module", names.map(|module| module.name.as_str())));
        }
        Ok(None)
    }

    fn build_index(&self, module: Option<ModuleId>) -> Indexed {
        let (checked, pool) = (&self.0.checked, &self.0.pool);
        let (mut builder, mut batch) = (Builder::default(), Batch::default());
        let mut rules = Vec::new();
        for (place, (rule, tree)) in (0..).zip(checked.rules.iter().zip(&self.0.rules)) {
            let of = rule.on.module();
            if module.is_none() || of.is_none() || of == module {
                builder.add(tree, pool, &mut batch);
                rules.push(place);
            }
        }
        let index = RuleIndex::new(builder.finish(self.0.strict));
        Indexed { index, rules, idle: Mutex::default() }
    }

    /// The values of a record that some rules could not use, named: rules that mention the same
    /// are asked once.
    fn errors_of<R: Record + ?Sized>(
        &self,
        indexed: &Indexed,
        affected: &[RuleNumber],
        record: &R,
        clock: &Clock,
    ) -> Result<Vec<RecordError>, Error> {
        let mut errors: Vec<RecordError> = Vec::new();
        for number in indexed.index.one_of_each(affected) {
            let Some(rule) = indexed.rules.get(number.0 as usize).map(|rule| *rule as usize) else {
                continue;
            };
            let (Some(tree), Some(declared)) =
                (self.0.rules.get(rule), self.0.checked.rules.get(rule))
            else {
                continue;
            };
            let condition = declared.condition();
            let plan = Plan::of_tree(tree, &self.0.pool, condition, &self.0.checked);
            let mut runner = Runner::new(Arc::new(plan), clock, self.0.strict)?;
            runner.run(&Lent(record));
            for error in self.errors(&runner, &Lent(record)) {
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }
        }
        Ok(errors)
    }
}

impl Indexed {
    /// Matchers that wait to be used again.
    const IDLE: usize = 16;

    fn matcher(&self, clock: &Clock) -> Result<IndexMatcher, NoClock> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(matcher) if matcher.clock() == clock => Ok(matcher),
            Some(mut matcher) => matcher.set_clock(clock).map(|()| matcher),
            None => self.index.matcher(clock),
        }
    }

    fn give_back(&self, matcher: IndexMatcher) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < Indexed::IDLE {
            idle.push(matcher);
        }
    }
}

impl RuleIndexBuilder {
    /// Adds a criterion; its number is how many were added before.
    pub fn add(&mut self, criterion: &Criterion) -> RuleNumber {
        let number = RuleNumber(self.builder.len());
        self.add_lowered(&LoweredRules::new([criterion.condition.as_deref()]));
        number
    }

    /// Adds conditions that were taken apart together, in their order; for rules by the hundred
    /// thousand this costs less than one criterion at a time.
    pub fn add_lowered(&mut self, rules: &LoweredRules) {
        self.builder.add_lowered(rules);
    }

    /// The index of the criteria so far.
    pub fn finish(self) -> RuleIndex {
        RuleIndex::new(self.builder.finish(self.strict))
    }
}

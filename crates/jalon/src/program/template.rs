//! Texts with fields, rendered: the bodies of e-mails and of requests.

use std::sync::Arc;

use super::{Diagnostics, Error, Program, Renderer, Template};
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::eval::RecordError;
use crate::eval::explain::errors::Errors;
use crate::eval::expr::Machine;
use crate::eval::functions::print;
use crate::eval::run::{Context, State, fill_from};
use crate::eval::value::{Buffers, Frame};
use crate::plan::mention;
use crate::plan::value::ValuePlan;
use crate::source::Sources;
use crate::syntax;
use crate::template::Format;
use crate::value::{Clock, FieldKey, Lent, NoClock, Record};

impl Program {
    /// Compiles a text with fields, such as the body of an e-mail or of a request, against the
    /// program's modules; `module` `None` means the only one declared, or none.
    ///
    /// Each value is written as its place in the text asks, so that no value can break the
    /// format or say more than itself; what is missing prints nothing, or the default that the
    /// text gives. How a field is written, and where it cannot stand, is told in
    /// [`crate::template`].
    ///
    /// ```
    /// use jalon::template::Format;
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("module Contacts\n  Nom : texte\n  Portable : téléphone\n")?;
    /// let text = "<sms to='${Contacts.Portable}'>Bonjour ${Nom ou \"cher client\"}</sms>";
    /// let sms = program.template(text, Format::Xml, None)?;
    /// let contact = json!({"Nom": "Dupont & Fils <SARL>", "Portable": "06 12"});
    /// assert_eq!(
    ///     sms.render(&contact, &Clock::default())?,
    ///     "<sms to='06 12'>Bonjour Dupont &amp; Fils &lt;SARL&gt;</sms>",
    /// );
    /// assert!(program.template("${Prénom}", Format::Plain, None).is_err());
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the text, or a module that is unknown or must be named.
    pub fn template(
        &self,
        text: &str,
        format: Format,
        module: Option<&str>,
    ) -> Result<Template, Error> {
        let module = self.module(module)?;
        let mut sources = Sources::default();
        let source = sources.add("<template>", text);
        let (expr, list) = match syntax::whole_text(source, text) {
            Ok(whole) => {
                let context = check::Context { sources: &sources, changes: false, lang: None };
                check::template(&self.0.checked, &whole, format, module, context)
            }
            Err(too_large) => (None, vec![*too_large]),
        };
        let diagnostics = self.found(&sources, list);
        let Some(expr) = expr else { return Err(Error::Diagnostics(diagnostics)) };
        let mut fields = Vec::new();
        mention::of_expr(&expr, 0, &mut fields);
        let mut keys: Vec<FieldKey> = Vec::new();
        for field in fields.into_iter().filter(|field| field.depth == 0) {
            if !keys.contains(&field.key) {
                keys.push(field.key);
            }
        }
        Ok(Template {
            program: self.clone(),
            plan: Arc::new(ValuePlan::new(&expr)),
            fields: keys.into(),
            diagnostics: Arc::new(diagnostics),
        })
    }

    fn found(&self, sources: &Sources, mut list: Vec<Diagnostic>) -> Diagnostics {
        let lang = self.0.lang;
        for diagnostic in &mut list {
            diagnostic.lang = lang;
        }
        Diagnostics { sources: sources.clone(), list, lang }
    }
}

impl Template {
    /// The text for a record.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`]; [`Error::Record`] where a value is of the wrong type, two names of
    /// a field contradict each other, or a calculation fails.
    pub fn render<R: Record + ?Sized>(&self, record: &R, clock: &Clock) -> Result<String, Error> {
        let mut text = String::new();
        self.renderer(clock)?.render(record, &mut text)?;
        Ok(text)
    }

    /// For many records under one clock.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn renderer(&self, clock: &Clock) -> Result<Renderer, Error> {
        if clock.now.is_none() && self.plan.reads_clock() {
            return Err(NoClock.into());
        }
        let mut times = Vec::new();
        self.plan.times.resolve(clock, &mut times)?;
        let state = State::new(&self.plan.block);
        let (template, clock) = (self.clone(), clock.clone());
        Ok(Renderer { template, clock, times, state, buffers: Buffers::default() })
    }

    /// The fields of the record that it reads, each once.
    pub fn fields(&self) -> &[FieldKey] {
        &self.fields
    }

    /// Whether it reads the clock.
    pub fn reads_clock(&self) -> bool {
        self.plan.reads_clock()
    }

    /// The warnings and notes it was compiled with.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The program that it belongs to.
    pub fn program(&self) -> &Program {
        &self.program
    }
}

impl Renderer {
    /// Adds the text for a record to `out`, which stays as it was where there is an error.
    ///
    /// # Errors
    /// [`Error::Record`] as in [`Template::render`].
    pub fn render<R: Record + ?Sized>(
        &mut self,
        record: &R,
        out: &mut String,
    ) -> Result<(), Error> {
        let Renderer { template, clock, times, state, buffers } = self;
        let (plan, strict) = (&template.plan, template.program.0.strict);
        let context = Context { clock, times, totals: &[], strict, moment: None };
        let lent = Lent(record);
        let frame = Frame::new(&lent);
        buffers.arena.clear();
        fill_from(&plan.block, state, record, &frame, &context, buffers);
        let usable = plan.block.roots.iter().all(|root| !root.fails(&state.bits));
        let nested = &mut state.nested;
        let mut machine = Machine { block: &plan.block, nested, context: &context, buffers };
        let value = if usable { machine.eval(&plan.code, &frame).ok() } else { None };
        match value {
            Some(value) => {
                print(value.lend(&buffers.arena), out);
                Ok(())
            }
            None => Err(Error::Record(template.errors(context, &frame))),
        }
    }
}

impl Template {
    fn errors(&self, context: Context<'_>, frame: &Frame<'_>) -> Vec<RecordError> {
        let mut errors = Errors::new(&self.program.0.checked.schema, context);
        errors.block(&self.plan.block, frame);
        errors.code(&self.plan.block, &self.plan.code, "${…}", frame);
        errors.into_list()
    }
}

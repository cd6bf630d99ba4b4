//! `jalon blueprint show`: which transitions a record is offered, and why not the others.

use std::path::PathBuf;

use clap::Args;
use jalon::Program;
use jalon::blueprint::{AskedExtra, Due, DueStep, Form as Asked, Instance, Offer};
use jalon::lang::Lang;
use jalon::program::Error;
use jalon::users::{User, Users};
use jalon::value::Zone;
use jalon::workflow::{Context, RecordKey, State};
use serde::Serialize;
use serde_json::Value as Json;

use crate::args::{FixedClockArgs, Form, UsersArgs};
use crate::failure::Failure;
use crate::run::store;
use crate::{clock, explain, program, users, whole};

/// `jalon blueprint show`
#[derive(Debug, Args)]
#[command(after_help = "\
The record, a JSON object, enters the blueprint that takes it, in the state that it carries. With
--state, as `jalon run` wrote it, it is where it was left, with its drafts; what the record given
carries counts before what is remembered of it. Nothing is done and nothing is written.

Examples:
  jalon blueprint show rules/ deal.json --by Alice --users users.json
  jalon blueprint show rules/ deal.json --state state.json --now 2026-06-30T10:30 --lang fr
  echo '{\"id\": 7, \"Stage\": \"Demo\"}' | jalon blueprint show rules/ - --now now

Exit codes: 0 fine, whatever is offered, 1 findings in the program or a record that is in no
blueprint, 2 usage or files.")]
#[command(override_usage = "jalon blueprint show [OPTIONS] FILES... RECORD.json")]
pub struct ShowArgs {
    /// Programs (`.jalon` files or folders), then the record; `-` reads it from standard input
    #[arg(required = true, num_args = 2.., value_names = ["FILES", "RECORD"])]
    paths: Vec<PathBuf>,
    /// Who asks: a user of --users, or a name of which nothing more is known
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The module of the record, where there are several
    #[arg(long, value_name = "M")]
    module: Option<String>,
    /// What `jalon run` remembers
    #[arg(long, value_name = "STATE.json")]
    state: Option<PathBuf>,
    #[command(flatten)]
    clock: FixedClockArgs,
    #[command(flatten)]
    users: UsersArgs,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

/// What is shown.
#[derive(Serialize)]
struct Shown<'p> {
    #[serde(flatten)]
    instance: &'p Instance,
    offers: Vec<Offer<&'p str>>,
    /// What those that are offered ask for.
    forms: Vec<Asked<'p>>,
    /// What happens by itself.
    steps: Vec<Due>,
}

/// Shows where a record stands.
pub fn run(args: &ShowArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let (files, path) = program::split(&args.paths);
    program::refuse_as_data(path, lang)?;
    let (program, lang) = program::load(files, lang, false)?;
    let failed = |error| Failure::program(error, Some(lang));
    let clock = clock::fixed(&args.clock, &program, lang)?;
    let users = users::of(&args.users, &program, lang)?;
    let by = args.by.as_deref().map(|by| actor(by, &users));
    let mut record = explain::record(path, lang)?;
    let stored = match &args.state {
        Some(path) => store::read(path, lang)?,
        None => None,
    };
    let (mut known, mut state) = (None, State::new());
    if let Some(stored) = stored {
        let key = key(&program, &record, args.module.as_deref()).map_err(failed)?;
        known = stored.state().of(&key).and_then(|state| state.process);
        record = stored.whole(&key, record);
        state = stored.state().clone();
    }
    let context = Context::new(&clock, &state).users(&users).trace(true);
    let instance = if let Some(instance) = known {
        instance
    } else {
        let module = args.module.as_deref();
        let entered = program.enter(module, &record, &context).map_err(failed)?;
        entered.ok_or_else(|| Failure::finding(outside(lang)))?
    };
    let offers = program.available(&instance, &record, by.as_ref(), &context).map_err(failed)?;
    let open = offers.iter().filter(|offer| offer.offered);
    let forms = open.map(|offer| program.form(&instance, offer.transition, &record, &clock));
    let forms = forms.collect::<Result<Vec<_>, Error>>().map_err(failed)?;
    let steps = program.steps(&instance, &clock);
    let shown = Shown { instance: &instance, offers, forms, steps };
    let text = match args.format {
        Form::Json => serde_json::to_string_pretty(&shown).unwrap_or_default() + "\n",
        Form::Text => text(&shown, lang, clock.zone),
    };
    whole::print(&text, lang)
}

/// Who asks.
fn actor(name: &str, users: &Users) -> User {
    users.named(name).cloned().unwrap_or_else(|| User::named(name))
}

/// The key under which a record is remembered.
fn key(program: &Program, record: &Json, module: Option<&str>) -> Result<RecordKey, Error> {
    let checked = program.checked();
    let modules = checked.blueprints.iter().map(|blueprint| blueprint.on.key(&checked.schema));
    let mut modules = modules.filter(|module| !module.is_empty()).map(str::to_owned);
    let only = modules.next().filter(|first| modules.all(|other| other == *first));
    let named = module.map(|name| {
        let id = program.checked().names.module(name);
        let declared = id.and_then(|id| program.checked().schema.module(id));
        declared.map_or_else(|| name.to_owned(), |module| module.name.clone())
    });
    let Some(module) = named.or(only) else {
        let schema = program.checked().schema.declared();
        let names = schema.map(|(_, module)| module.name.clone()).collect();
        return Err(Error::Ambiguous { what: "module", names });
    };
    Ok(RecordKey::of(&module, record).unwrap_or(RecordKey { module, id: String::new() }))
}

fn outside(lang: Lang) -> String {
    lang.pick(
        "erreur : aucun parcours ne prend cette fiche : aucun n'a son état, ou son entrée n'est pas \
         remplie\n",
        "error: no blueprint takes this record: none has its state, or its entry does not hold\n",
    )
    .to_owned()
}

/// As people read it.
fn text(shown: &Shown<'_>, lang: Lang, zone: Zone) -> String {
    let instance = shown.instance;
    let (state, since) = (&instance.state, zone.local(instance.since));
    let mut lines = vec![
        instance.blueprint.to_string(),
        lang.pick(
            format!("état {state}, depuis le {since}"),
            format!("state {state}, since {since}"),
        ),
    ];
    for offer in &shown.offers {
        lines.push(offer.sentence());
        let form = shown.forms.iter().find(|form| form.transition == offer.transition);
        let asked = form.filter(|_| offer.offered).map(|form| asked(form, lang));
        lines.extend(asked.into_iter().flatten().map(|line| format!("    {line}")));
        if offer.draft {
            lines.push(lang.pick("    un brouillon est gardé", "    a draft is kept").to_owned());
        }
        let why = offer.why_not.iter().flat_map(|why| why.lines(lang));
        lines.extend(why.map(|line| format!("    {line}")));
    }
    lines.extend(shown.steps.iter().map(|due| step(due, lang, zone)));
    lines.join("\n") + "\n"
}

/// What an offered transition tells and asks for.
fn asked(form: &Asked<'_>, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = form.messages.clone();
    for (required, word) in
        [(true, lang.pick("obligatoire", "required")), (false, lang.pick("facultatif", "optional"))]
    {
        let fields = form.fields.iter().filter(|field| field.required == required);
        let mut all: Vec<String> = fields.map(|field| field.field.to_owned()).collect();
        let extras = form.extras.iter().filter(|extra| extra.required == required);
        all.extend(extras.map(|one| extra(one, lang)));
        if !all.is_empty() {
            let all = all.join(", ");
            lines.push(lang.pick(format!("{word} : {all}"), format!("{word}: {all}")));
        }
    }
    lines
}

fn extra(extra: &AskedExtra<'_>, lang: Lang) -> String {
    let of = extra.of.join(", ");
    match extra.kind {
        "note" => lang.pick("une note", "a note").to_owned(),
        "attachment" => lang.pick("une pièce jointe", "an attachment").to_owned(),
        "checklist" => lang.pick(format!("cocher {of}"), format!("ticking {of}")),
        _ => lang.pick(format!("une fiche de {of}"), format!("a record of {of}")),
    }
}

/// What happens by itself, and when.
fn step(due: &Due, lang: Lang, zone: Zone) -> String {
    let at = zone.local(due.at);
    let what = match &due.step {
        DueStep::Reminder { .. } => {
            lang.pick("rappel du délai", "reminder of the deadline").to_owned()
        }
        DueStep::Escalation { .. } => lang.pick("délai dépassé", "deadline passed").to_owned(),
        DueStep::Transition { transition } => {
            lang.pick(format!("« {transition} » d'elle-même"), format!("“{transition}” by itself"))
        }
    };
    lang.pick(format!("… {at} : {what}"), format!("… {at}: {what}"))
}

//! `jalon say`: rules, scores, blueprints and criteria as sentences.

use std::path::PathBuf;

use clap::Args;
use jalon::lang::Lang;
use jalon::program::{Error, Program};
use jalon::sentence::{Kind, Told};
use serde::Serialize;

use crate::args::Form;
use crate::failure::Failure;
use crate::{program, whole};

/// `jalon say`
#[derive(Debug, Args)]
#[command(after_help = "\
Says what a program asks for and does, as people would read it aloud, in the language asked for;
names and values stay as they are declared. Without --rule, --score, --blueprint and --criterion it
says every rule, score and blueprint. A criterion needs no program.

Examples:
  jalon say rules/
  jalon say rules/ --rule 'CM5 : PROSPECT MONACO' --lang en
  jalon say --criterion 'Country IS France, Monaco AND Amount > 1000'
  jalon say rules/ --format json

Exit codes: 0 fine, 1 findings in the program or in the criterion, 2 usage or files.")]
#[command(override_usage = "jalon say [OPTIONS] [FILES]...")]
pub struct SayArgs {
    /// Programs: `.jalon` files, or folders of them; `-` reads one from standard input
    #[arg(value_name = "FILES", required_unless_present = "criterion")]
    pub files: Vec<PathBuf>,
    /// Only this rule
    #[arg(long, value_name = "NAME", group = "what")]
    pub rule: Option<String>,
    /// Only this score
    #[arg(long, value_name = "NAME", group = "what")]
    pub score: Option<String>,
    /// Only this blueprint
    #[arg(long, value_name = "NAME", group = "what")]
    pub blueprint: Option<String>,
    /// A criterion, such as `Ville CONTIENT monaco`
    #[arg(long, value_name = "TEXT", group = "what")]
    pub criterion: Option<String>,
    /// The module of the criterion, where there are several
    #[arg(long, value_name = "M", requires = "criterion")]
    pub module: Option<String>,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

/// Says what is asked for.
pub fn run(args: &SayArgs, asked: Option<Lang>) -> Result<(), Failure> {
    let (program, lang) = program::load(&args.files, asked, false)?;
    let failed = |error| Failure::program(error, asked);
    let text = if let Some(criterion) = &args.criterion {
        let criterion = program.criterion(criterion, args.module.as_deref()).map_err(failed)?;
        // A criterion alone speaks its own language.
        let own = if args.files.is_empty() { criterion.diagnostics().lang } else { lang };
        let text = criterion.sentence(asked.unwrap_or(own));
        match args.format {
            Form::Text => text,
            Form::Json => json(&Said { text: &text }),
        }
    } else {
        let told = told(&program, args, lang).map_err(failed)?;
        match args.format {
            Form::Text => paragraphs(&told, lang),
            Form::Json => json(&told),
        }
    };
    whole::print(&(text.trim_end().to_owned() + "\n"), lang)
}

/// A criterion as JSON.
#[derive(Serialize)]
struct Said<'t> {
    text: &'t str,
}

/// What one declaration says, or what all do.
fn told(program: &Program, args: &SayArgs, lang: Lang) -> Result<Vec<Told>, Error> {
    let one = |kind, name: &str, text| vec![Told { kind, name: name.to_owned(), text }];
    Ok(match (&args.rule, &args.score, &args.blueprint) {
        (Some(rule), ..) => one(Kind::Rule, rule, program.say_rule(rule, lang)?),
        (_, Some(score), _) => one(Kind::Score, score, program.score(Some(score))?.sentence(lang)),
        (.., Some(blueprint)) => {
            one(Kind::Blueprint, blueprint, program.say_blueprint(blueprint, lang)?)
        }
        _ => program.say(lang),
    })
}

/// Each under its heading; one alone needs none.
fn paragraphs(told: &[Told], lang: Lang) -> String {
    if let [only] = told {
        return only.text.clone();
    }
    if told.is_empty() {
        return lang
            .pick("ni règle, ni score, ni parcours", "no rule, no score, no blueprint")
            .to_owned();
    }
    let paragraph = |told: &Told| {
        let kind = match told.kind {
            Kind::Rule => lang.pick("Règle", "Rule"),
            Kind::Score => lang.pick("Score", "Score"),
            Kind::Blueprint => lang.pick("Parcours", "Blueprint"),
        };
        let name = lang.pick(format!("« {} »", told.name), format!("“{}”", told.name));
        format!("{}\n{}\n", console::style(format!("{kind} {name}")).bold(), told.text)
    };
    told.iter().map(paragraph).collect::<Vec<_>>().join("\n")
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

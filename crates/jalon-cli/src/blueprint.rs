//! `jalon blueprint`: what is done with blueprints themselves.

mod discover;
mod draw;
mod log;
mod migrate;
mod replay;
mod show;

use clap::{Args, Subcommand};
use jalon::checked::On;
use jalon::checked::blueprint::Blueprint;
use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;
use jalon::program::{Error, Program};
use jalon::value::fold::same_name;

use crate::failure::Failure;

/// `jalon blueprint`
#[derive(Debug, Args)]
pub struct BlueprintArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: BlueprintCommand,
}

/// Its subcommands.
#[derive(Debug, Subcommand)]
pub enum BlueprintCommand {
    /// Draw a blueprint: SVG, Mermaid or DOT
    Draw(draw::DrawArgs),
    /// Show where a record stands: which transitions it is offered, and why not the others
    Show(show::ShowArgs),
    /// Replay a log through a blueprint: which moves it accepts, which it refuses and why
    Replay(replay::ReplayArgs),
    /// Write the blueprint that a log implies
    Discover(discover::DiscoverArgs),
    /// Migrate the records inside an edited blueprint: kept, moved, out, refused
    Migrate(migrate::MigrateArgs),
}

/// Does what is asked.
pub fn run(args: &BlueprintArgs, lang: Option<Lang>) -> Result<(), Failure> {
    match &args.command {
        BlueprintCommand::Draw(args) => draw::run(args, lang),
        BlueprintCommand::Show(args) => show::run(args, lang),
        BlueprintCommand::Replay(args) => replay::run(args, lang),
        BlueprintCommand::Discover(args) => discover::run(args, lang),
        BlueprintCommand::Migrate(args) => migrate::run(args, lang),
    }
}

/// The blueprint asked for: by name, by module, or the only one.
fn chosen<'p>(
    program: &'p Program,
    name: Option<&str>,
    module: Option<&str>,
    lang: Lang,
) -> Result<&'p Blueprint, Failure> {
    let checked = program.checked();
    let of_module = |blueprint: &&Blueprint| {
        let Some(module) = module else { return true };
        match blueprint.on.declared(&checked.schema) {
            Some(known) => {
                let mut names = std::iter::once(&known.name).chain(&known.aliases);
                names.any(|known| same_name(known, module))
            }
            None => blueprint.on == On::named(module),
        }
    };
    let named = |blueprint: &&Blueprint| name.is_none_or(|name| same_name(name, &blueprint.name));
    let all: Vec<&Blueprint> = checked.blueprints.iter().filter(of_module).collect();
    let mut found = all.iter().copied().filter(named);
    let names = || all.iter().map(|blueprint| blueprint.name.as_str());
    match (found.next(), found.next(), name) {
        (Some(only), None, _) => Ok(only),
        (None, _, Some(name)) => Err(Failure::program(
            Error::Unknown {
                what: "blueprint",
                name: name.to_owned(),
                suggestion: did_you_mean(name, names()),
            },
            Some(lang),
        )),
        (Some(_), Some(_), Some(name)) => Err(Failure::usage(
            lang,
            &lang.pick(
                format!("plusieurs modules ont un parcours `{name}` ; dites lequel avec --module"),
                format!("several modules have a blueprint `{name}`; say which with --module"),
            ),
        )),
        _ => {
            let names = names().map(str::to_owned).collect();
            Err(Failure::program(Error::Ambiguous { what: "blueprint", names }, Some(lang)))
        }
    }
}

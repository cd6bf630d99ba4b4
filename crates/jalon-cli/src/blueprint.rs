//! `jalon blueprint`: what is done with blueprints themselves.

mod migrate;

use clap::{Args, Subcommand};
use jalon::lang::Lang;

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
    /// Migrate the records inside an edited blueprint: kept, moved, out, refused
    Migrate(migrate::MigrateArgs),
}

/// Does what is asked.
pub fn run(args: &BlueprintArgs, lang: Option<Lang>) -> Result<(), Failure> {
    match &args.command {
        BlueprintCommand::Migrate(args) => migrate::run(args, lang),
    }
}

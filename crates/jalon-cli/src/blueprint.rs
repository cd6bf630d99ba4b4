//! `jalon blueprint`: what is done with blueprints themselves.

mod draw;

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
    /// Draw a blueprint: SVG, Mermaid or DOT
    Draw(draw::DrawArgs),
}

/// Does what is asked.
pub fn run(args: &BlueprintArgs, lang: Option<Lang>) -> Result<(), Failure> {
    match &args.command {
        BlueprintCommand::Draw(args) => draw::run(args, lang),
    }
}

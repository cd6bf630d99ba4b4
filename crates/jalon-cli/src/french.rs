//! The command line's own texts in French: help and usage errors. The English ones stand beside
//! the options in [`crate::args`].

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

mod arguments;
mod commands;
mod values;

use arguments::ARGUMENTS;
use commands::COMMANDS;

const ABOUT: &str = "Exécute ce qu'une équipe commerciale automatise : critères et scores, écrits \
                     comme les gens du métier les écrivent";
const AFTER: &str = "\
Exemples :
  jalon check regles/
  jalon fmt regles/
  jalon test regles/
  jalon say regles/
  jalon reference contient
  jalon score regles/ prospects.csv -o notes.csv
  jalon match prospects.csv --criterion 'Pays EST France' --count
  jalon explain regles/ fiche.json
  jalon run regles/ evenements.ndjson --state etat.json
  jalon blueprint draw regles/ -o affaires.svg
  jalon blueprint replay regles/ journal.csv
  jalon blueprint migrate regles/ --old avant/ --instances dedans.ndjson
  jalon diff avant/ regles/
  jalon simulate --old avant/ --new regles/ prospects.csv
  jalon import requete.json --from querybuilder
  jalon export regles/ --to json

Codes de sortie : 0 tout va bien, 1 un programme ou des données à revoir, 2 l'usage ou les fichiers.
`jalon COMMANDE --help` en dit plus de chacune.";
const ROOT: &str = "\
{about-with-newline}
Usage : {usage}

Commandes :
{subcommands}

Options :
{options}{after-help}";
const SUBCOMMAND: &str = "\
{about-with-newline}
Usage : {usage}

Arguments :
{positionals}

Options :
{options}{after-help}";

/// The command line with its help in French.
pub fn translate(command: Command) -> Command {
    let command = with_help(command.about(ABOUT).after_help(AFTER).help_template(ROOT))
        .override_usage("jalon [OPTIONS] COMMANDE")
        .disable_help_subcommand(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = command.disable_version_flag(true).arg(version.help("Afficher la version"));
    let command = command.mut_args(|argument| translate_argument("", argument));
    COMMANDS.iter().fold(command, |command, (path, about, after)| {
        at_path(command, path, &|sub| {
            let template = if sub.has_subcommands() { ROOT } else { SUBCOMMAND };
            let sub = with_usage(sub).subcommand_value_name("COMMANDE");
            let sub = sub.about(*about).after_help(*after).help_template(template);
            let sub = sub.disable_help_subcommand(true);
            with_help(sub.mut_args(|argument| translate_argument(path, argument)))
        })
    })
}

/// Changes the command at a path such as `blueprint replay`.
fn at_path(command: Command, path: &str, change: &dyn Fn(Command) -> Command) -> Command {
    match path.split_once(' ') {
        Some((first, rest)) => command.mut_subcommand(first, |sub| at_path(sub, rest, change)),
        None => command.mut_subcommand(path, change),
    }
}

/// A command with its own usage line in French, where it has one.
fn with_usage(command: Command) -> Command {
    let usage = command.clone().render_usage().to_string();
    match usage.strip_prefix("Usage: ").filter(|usage| usage.starts_with("jalon ")) {
        Some(usage) => command.override_usage(values::usage(usage)),
        None => command,
    }
}

fn translate_argument(command: &str, argument: Arg) -> Arg {
    let names: Option<Vec<_>> =
        argument.get_value_names().map(|names| names.iter().map(values::name).collect());
    let argument = match names {
        Some(names) => argument.value_names(names),
        None => argument,
    };
    let id = argument.get_id().as_str();
    let known = |of: &str| ARGUMENTS.iter().find(|(sub, name, _)| *sub == of && *name == id);
    let group = command.split(' ').next().unwrap_or(command);
    match known(command).or_else(|| known(group)).or_else(|| known("")) {
        Some((.., help)) => {
            let values = argument.get_action().takes_values();
            argument.help(*help).hide_default_value(values).hide_possible_values(values)
        }
        None => argument,
    }
}

fn with_help(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command.disable_help_flag(true).arg(help.help("Afficher l'aide"))
}

/// A usage error in French, on one line.
pub fn usage_error(error: &Error) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let mut message = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::UnknownArgument => format!("option inconnue `{argument}`"),
        ErrorKind::InvalidSubcommand => {
            format!("commande inconnue `{}`", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::ArgumentConflict => {
            format!("`{argument}` ne va pas avec `{}`", context(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            format!("`{argument}` demande une valeur")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{}` n'est pas une valeur de `{argument}`", context(ContextKind::InvalidValue))
        }
        ErrorKind::TooFewValues => format!("il manque des valeurs à {argument}"),
        _ => return error.to_string(),
    };
    let suggestion = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand]
        .into_iter()
        .map(context)
        .find(|suggestion| !suggestion.is_empty());
    if let Some(suggestion) = suggestion {
        message = format!("{message} ; vouliez-vous dire `{suggestion}` ?");
    }
    format!("erreur : {message}\n\nVoyez `jalon --help --lang fr`.\n")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    #[test]
    fn every_option_has_its_french_text() {
        let command = translate(Cli::command());
        command.clone().debug_assert();
        Cli::command().debug_assert();
        compare(&command, &Cli::command());
    }

    /// Every text of a command and of those below it is another than in English.
    fn compare(french: &Command, english: &Command) {
        for sub in french.get_subcommands() {
            let name = sub.get_name();
            let known = english.find_subcommand(name).unwrap();
            let about = |command: &Command| command.get_about().map(ToString::to_string);
            assert_ne!(about(sub), about(known), "{name}");
            let usage = sub.clone().render_usage().to_string();
            assert_eq!(values::usage(&usage), usage, "{name}: a value is not in French");
            for argument in sub.get_arguments() {
                for value in argument.get_value_names().unwrap_or_default() {
                    assert_eq!(values::name(value), *value, "{name}: not in French");
                }
                let (id, help) = (argument.get_id(), argument.get_help().map(ToString::to_string));
                let english = known.get_arguments().find(|known| known.get_id() == id);
                let english = english.and_then(|known| known.get_help().map(ToString::to_string));
                assert_ne!(help, english, "{name} {id}");
            }
            compare(sub, known);
        }
    }

    #[test]
    fn usage_errors_are_french() {
        let error = |args: &[&str]| {
            let args = [&["jalon"], args].concat();
            usage_error(&translate(Cli::command()).try_get_matches_from(args).unwrap_err())
        };
        let errors = [
            error(&["scor"]),
            error(&["score"]),
            error(&["score", "a", "b", "--bidule"]),
            error(&["match", "a", "--criterion", "x", "--rule", "y"]),
            error(&["check", "a", "--format", "xml"]),
            error(&["score", "a", "b", "--score"]),
        ];
        insta::assert_snapshot!(errors.concat());
    }
}

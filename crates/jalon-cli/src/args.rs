//! What can be asked on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jalon::lang::Lang;

use crate::blueprint::BlueprintArgs;
use crate::diff::DiffArgs;
use crate::fmt::FmtArgs;
use crate::forms::{ExportArgs, ImportArgs};
use crate::hash::HashArgs;
use crate::lsp::LspArgs;
use crate::reference::ReferenceArgs;
use crate::say::SayArgs;

/// Runs what a sales team automates: criteria and scores, as business people write them.
#[derive(Debug, Parser)]
#[command(name = "jalon", bin_name = "jalon", version, max_term_width = 100)]
#[command(after_help = "\
Examples:
  jalon check rules/
  jalon fmt rules/
  jalon test rules/
  jalon say rules/
  jalon reference contains
  jalon score rules/ leads.csv -o scored.csv
  jalon match leads.csv --criterion 'Country IS France' --count
  jalon explain rules/ lead.json
  jalon run rules/ events.ndjson --state state.json
  jalon blueprint draw rules/ -o deals.svg
  jalon blueprint replay rules/ log.csv
  jalon blueprint migrate rules/ --old old/ --instances inside.ndjson
  jalon diff old/ rules/
  jalon simulate --old old/ --new rules/ leads.csv
  jalon import query.json --from querybuilder
  jalon export rules/ --to json

Exit codes: 0 fine, 1 findings in a program or in data, 2 usage or files.
`jalon COMMAND --help` says more of each.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Language of messages; without it that of the program, else English
    #[arg(long, global = true, value_name = "fr|en", value_parser = parse_lang, display_order = 900)]
    pub lang: Option<Lang>,
    /// Print results and findings only: no progress, no times, no summaries on standard error
    #[arg(long, short = 'q', global = true, display_order = 901)]
    pub quiet: bool,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    // To write: check, format, try, read.
    /// Check programs: everything that is wrong or doubtful, with its place and a way out
    Check(CheckArgs),
    /// Format programs, or translate their keywords
    Fmt(FmtArgs),
    /// Run the tests beside the rules
    Test(TestArgs),
    /// Say rules, scores, blueprints or a criterion as sentences
    Say(SayArgs),
    /// Tell what a word of the language means
    Reference(ReferenceArgs),
    // To run, on records and on events.
    /// Score a file of records: CSV, NDJSON, JSON array or Parquet
    Score(ScoreArgs),
    /// Keep or count the records that satisfy a criterion
    Match(MatchArgs),
    /// Explain the score or the criterion of one record
    Explain(ExplainArgs),
    /// Run rules on events: what each asks for, and why
    Run(RunArgs),
    /// What is done with blueprints: draw, show where a record stands, replay a log, discover, migrate
    Blueprint(BlueprintArgs),
    // To change.
    /// What changes from an old program to a new one, and for which records
    Diff(DiffArgs),
    /// Replay records through an old and a new program: which outcomes change, by which rule
    Simulate(SimulateArgs),
    /// Print what a program and its declarations say, as hashes
    Hash(HashArgs),
    // To exchange with others, and with editors.
    /// Read a criterion, rules or a program from another form: Zoho, Salesforce, JSON, …
    Import(ImportArgs),
    /// Write a criterion or a program in another form: SQL, JSON, Zoho, …
    Export(ExportArgs),
    /// Serve an editor: the language server, over standard input and output
    Lsp(LspArgs),
}

/// `jalon check`
#[derive(Debug, Args)]
#[command(after_help = "\
Files and folders given together are one program.

Examples:
  jalon check rules/
  jalon check modules.jalon scores.jalon --lang fr
  jalon check rules/ --users users.json
  jalon check rules/ --format json
  jalon check --explain W0833

A warning or a note that is meant so is ignored by a comment, `# jalon: ignore W0833`: at the head
of a file, above a declaration, or at the end of a line.

Exit codes: 0 fine (notes are no findings), 1 errors or warnings, 2 usage or files.")]
#[command(override_usage = "jalon check [OPTIONS] FILES...\n       jalon check --explain CODE")]
pub struct CheckArgs {
    /// Programs: `.jalon` files, or folders of them; `-` reads one from standard input
    #[arg(required_unless_present = "explain", value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Tell what a code means, with an example, and check nothing
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "users", "format"])]
    pub explain: Option<String>,
    /// Users, to find names that are of none of them: a JSON array of objects with name, and id,
    /// email, roles, groups, profiles where they are known
    #[arg(long, value_name = "USERS.json")]
    pub users: Option<PathBuf>,
    /// Text for people, or a JSON array of diagnostics
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

/// `jalon score`
#[derive(Debug, Args)]
#[command(after_help = "\
Adds a column named as the score (in lower case), and <score>_stars and <score>_label where the
score declares them. Columns of the data are found by label or by API name. A bad value is named
on standard error and stops nothing, unless --strict. Without -o, rows go to standard output (on
a terminal, the first ones as a table) and the summary to standard error.

Examples:
  jalon score rules/ leads.csv -o scored.csv
  jalon score scores.jalon leads.parquet --score Scorex --explain -o scored.ndjson
  jalon score scores.jalon history.csv --now-column 'Called on' --zone Europe/Paris
  cat leads.ndjson | jalon score rules/ - --now 2026-06-30T09:00

Exit codes: 0 fine, 1 findings in the program or, with --strict, in data, 2 usage or files.")]
#[command(override_usage = "jalon score [OPTIONS] FILES... DATA")]
pub struct ScoreArgs {
    /// Programs (`.jalon` files or folders), then the data; `-` reads the data from standard input
    #[arg(required = true, num_args = 2.., value_names = ["FILES", "DATA"])]
    pub paths: Vec<PathBuf>,
    /// The score, where there are several
    #[arg(long, value_name = "NAME")]
    pub score: Option<String>,
    /// The module of the score, where there are several
    #[arg(long, value_name = "M")]
    pub module: Option<String>,
    #[command(flatten)]
    pub clock: ClockArgs,
    /// Add the reasons of each row: a sentence in a column, the whole result in JSON
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub data: DataArgs,
}

/// `jalon match`
#[derive(Debug, Args)]
#[command(after_help = "\
Without program files, `jalon match DATA --criterion TEXT` reads fields as the data has them.

Examples:
  jalon match leads.csv --criterion 'Country IS France AND Amount > 1000' --count
  jalon match rules/ leads.csv --rule 'CM5 : PROSPECT MONACO' -o kept.csv
  jalon match leads.csv --criterion 'Created IN THE LAST 30 DAYS' --now now

Exit codes: 0 fine, even when nothing matches, 1 findings in the criterion, the program or,
with --strict, in data, 2 usage or files.")]
#[command(
    override_usage = "jalon match [OPTIONS] [FILES...] DATA (--criterion TEXT | --rule NAME)"
)]
pub struct MatchArgs {
    /// Programs (`.jalon` files or folders) if any, then the data; `-` reads standard input
    #[arg(required = true, value_names = ["FILES"])]
    pub paths: Vec<PathBuf>,
    /// The criterion, such as `Ville CONTIENT monaco`
    #[arg(long, value_name = "TEXT", required_unless_present = "rule", conflicts_with = "rule")]
    pub criterion: Option<String>,
    /// The rule whose condition is the criterion
    #[arg(long, value_name = "NAME")]
    pub rule: Option<String>,
    /// The module of the records, where there are several
    #[arg(long, value_name = "M")]
    pub module: Option<String>,
    #[command(flatten)]
    pub clock: ClockArgs,
    /// Print how many records satisfy it, and nothing else
    #[arg(long, conflicts_with = "out")]
    pub count: bool,
    #[command(flatten)]
    pub data: DataArgs,
}

/// `jalon explain`
#[derive(Debug, Args)]
#[command(after_help = "\
Without --score and --criterion, explains every score of the program.

Examples:
  jalon explain rules/ lead.json
  jalon explain rules/ lead.json --score Scorex --format json
  echo '{\"Country\": \"Monaco\"}' | jalon explain - --criterion 'Country IS France'

Exit codes: 0 fine, whether the criterion holds or not, 1 findings in the program or, with
--strict, in the record, 2 usage or files.")]
#[command(override_usage = "jalon explain [OPTIONS] [FILES...] RECORD.json")]
pub struct ExplainArgs {
    /// Programs (`.jalon` files or folders) if any, then the record, a JSON object; `-` reads it
    /// from standard input
    #[arg(required = true, value_names = ["FILES"])]
    pub paths: Vec<PathBuf>,
    /// The score, where there are several
    #[arg(long, value_name = "NAME", conflicts_with = "criterion")]
    pub score: Option<String>,
    /// The criterion, such as `Ville CONTIENT monaco`
    #[arg(long, value_name = "TEXT")]
    pub criterion: Option<String>,
    /// The module of the record, where there are several
    #[arg(long, value_name = "M")]
    pub module: Option<String>,
    #[command(flatten)]
    pub clock: FixedClockArgs,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
    /// Refuse values of the wrong type and absent fields
    #[arg(long)]
    pub strict: bool,
}

/// `jalon run`
#[derive(Debug, Args)]
#[command(after_help = "\
Each event is a JSON object on a line: id, type (created, updated, deleted, activity, manual, due),
module, now, and record, or before and after. What the rules decide is done to records in memory,
nothing else: effects are only told. Timers that are due before the next event fire first.

With --state, what is remembered is read before and written at the end, when all decisions are
out: rules that fire only once, timers, and the records themselves. Gone on with, it gives what one
go would have given; what has become due since fires first. Prints one decision a line as JSON, or
on a terminal a timeline for people. An event that cannot be read or settled is named with its line
and stops nothing, unless --strict.

Examples:
  jalon run rules/ events.ndjson --zone Europe/Paris
  jalon run rules/ events.ndjson --state state.json --until 2026-12-31 --explain
  jalon run rules/ events.ndjson --users users.json
  echo '{\"id\": \"e1\", \"type\": \"created\", \"record\": {\"id\": 1}}' | jalon run rules/ - --now now

Exit codes: 0 fine, 1 findings in the program or in an event, 2 usage or files.")]
#[command(override_usage = "jalon run [OPTIONS] FILES... EVENTS.ndjson")]
pub struct RunArgs {
    /// Programs (`.jalon` files or folders), then the events; `-` reads them from standard input
    #[arg(required = true, num_args = 2.., value_names = ["FILES", "EVENTS"])]
    pub paths: Vec<PathBuf>,
    /// What is remembered: read if it is there, written at the end
    #[arg(long, value_name = "STATE.json")]
    pub state: Option<PathBuf>,
    #[command(flatten)]
    pub clock: FixedClockArgs,
    #[command(flatten)]
    pub users: UsersArgs,
    /// Let the clock go on until then (of a date its midnight), and fire what is due on the way
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Say why each rule fired or did not
    #[arg(long)]
    pub explain: bool,
    /// A timeline for people, or one decision a line as JSON; text on a terminal, else json
    #[arg(long, value_enum)]
    pub format: Option<Form>,
    /// Write decisions here
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    pub out: Option<PathBuf>,
    /// Stop at the first event that cannot be settled, and refuse bad values and absent fields
    #[arg(long)]
    pub strict: bool,
}

/// `jalon test`
#[derive(Debug, Args)]
#[command(after_help = "\
Runs every `test` declaration on records of its own and says what was not as expected, then which
criteria no test has seen hold, or not hold.

Examples:
  jalon test rules/
  jalon test rules/ --only cliqueur
  jalon test rules/ --format json

Exit codes: 0 fine, 1 errors in the program or an expectation that failed (never coverage or
warnings), 2 usage or files.")]
#[command(override_usage = "jalon test [OPTIONS] FILES...")]
pub struct TestArgs {
    /// Programs: `.jalon` files, or folders of them; `-` reads one from standard input
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Only the tests whose name contains this
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    #[command(flatten)]
    pub clock: FixedClockArgs,
    #[command(flatten)]
    pub users: UsersArgs,
    /// Text for people, or a JSON report
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

/// `jalon simulate`
#[derive(Debug, Args)]
#[command(after_help = "\
Each record of the data is created anew with both programs, on its own, and what comes out
otherwise is listed: refusals, values of fields, effects, timers, scores, each with the rule or the
line of the score that makes the difference. Nothing is done and nothing is written. A record
without a field `id` takes the number of its row.

With --events the data holds events, as for `jalon run`: they are settled in their order, and both
programs remember their records.

Examples:
  jalon simulate --old old/ --new rules/ leads.csv --now 2026-06-30T10:30 --zone Europe/Paris
  jalon simulate --old modules.jalon --old v1.jalon --new modules.jalon --new v2.jalon leads.csv
  jalon simulate --old old/ --new rules/ leads.parquet --until 2026-12-31 --format json
  jalon simulate --old old/ --new rules/ events.ndjson --events

Exit codes: 0 fine, whether outcomes change or not, 1 findings in a program or in an event, or
changes with --fail-on-change, 2 usage or files.")]
#[command(override_usage = "jalon simulate [OPTIONS] --old FILES --new FILES DATA")]
pub struct SimulateArgs {
    /// The records: CSV, NDJSON, JSON array or Parquet; `-` reads them from standard input
    #[arg(required = true, value_name = "DATA")]
    pub data: PathBuf,
    /// The old program: a `.jalon` file or a folder; as often as there are several
    #[arg(long, required = true, value_name = "FILES")]
    pub old: Vec<PathBuf>,
    /// The new program, likewise
    #[arg(long, required = true, value_name = "FILES")]
    pub new: Vec<PathBuf>,
    /// The data holds events, one JSON object a line
    #[arg(long, conflicts_with_all = ["as_", "module", "threads"])]
    pub events: bool,
    /// Records are created, or saved again without a change
    #[arg(long = "as", value_enum, default_value_t = As::Created)]
    pub as_: As,
    /// The module of the records, where there are several
    #[arg(long, value_name = "M")]
    pub module: Option<String>,
    #[command(flatten)]
    pub clock: FixedClockArgs,
    #[command(flatten)]
    pub users: UsersArgs,
    /// Let the clock go on until then for each record, and compare what its timers do
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// List so many that change; all are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub show: usize,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
    /// Exit with 1 where any outcome changes
    #[arg(long)]
    pub fail_on_change: bool,
    /// How many threads share the work; as many as there are processors without it
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// What happens to the records that are replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// They are created.
    Created,
    /// They are saved again; the record before is the same.
    Updated,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    Text,
    /// For programs.
    Json,
}

fn parse_lang(code: &str) -> Result<Lang, String> {
    code.parse().map_err(|()| "write fr or en".to_owned())
}

/// The present, for all records.
#[derive(Clone, Debug, Args)]
pub struct FixedClockArgs {
    /// The present: `2026-06-30T09:00`, or `now` for the system's clock
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// Time zone of civil days and local times, such as Europe/Paris; UTC without it
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
}

/// Who is who.
#[derive(Clone, Debug, Args)]
pub struct UsersArgs {
    /// Users, so that effects name those of a role or a group: a JSON array of objects with name,
    /// and id, email, roles, groups, profiles where they are known
    #[arg(long, value_name = "USERS.json")]
    pub users: Option<PathBuf>,
}

/// The present, for all records or for each.
#[derive(Debug, Args)]
pub struct ClockArgs {
    #[command(flatten)]
    pub fixed: FixedClockArgs,
    /// A column that holds the present of each record, for back-tests
    #[arg(long, value_name = "NAME", conflicts_with = "now")]
    pub now_column: Option<String>,
}

/// How data is read and written.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// Stop at the first bad value, bad row or absent field
    #[arg(long)]
    pub strict: bool,
    /// Write here; the extension tells the format: csv, ndjson, jsonl, json, parquet
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    pub out: Option<PathBuf>,
    /// How many threads share the work; as many as there are processors without it
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

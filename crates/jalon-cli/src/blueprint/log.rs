//! Files of events, read into a log.

use std::path::Path;

use clap::Args;
use jalon::blueprint::log::{Event, Log, LogBuilder, LogColumn, Missing};
use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;
use jalon::value::fold::same_name;
use jalon::value::read::NumberText;
use jalon::value::typed::{self, Typed};
use jalon::value::{FieldKey, Instant, Record, Zone};
use jalon_files::data::{Batch, Content, Cursor, DataReader};

use crate::bad_values::{BadValues, Found};
use crate::clock;
use crate::failure::Failure;
use crate::progress::Bar;

/// Which columns of a log hold what.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// The column of cases; without it found by its name, such as case, case_id, dossier
    #[arg(long, value_name = "COLUMN")]
    pub case: Option<String>,
    /// The column of states or activities; without it found by its name
    #[arg(long, visible_alias = "activity", value_name = "COLUMN")]
    pub state: Option<String>,
    /// The column of times; without it found by its name, such as timestamp, date
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Time zone of times without an offset, such as Europe/Paris; UTC without it
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Stop at the first row that is no event, or whose time cannot be read
    #[arg(long)]
    pub strict: bool,
}

impl LogArgs {
    /// The zone asked for.
    pub fn zone(&self, lang: Lang) -> Result<Option<Zone>, Failure> {
        self.zone.as_deref().map(|name| clock::zone(name, lang)).transpose()
    }
}

/// What else a log may say.
#[derive(Debug, Default)]
pub struct More<'a> {
    /// Names of columns that may hold states, before the usual ones.
    pub fields: &'a [String],
    /// The column of transitions.
    pub transition: Option<&'a str>,
    /// The column of who did it.
    pub by: Option<&'a str>,
}

/// A log that was read.
#[derive(Debug)]
pub struct Read {
    /// The log.
    pub log: Log,
    /// The column of its states or activities.
    pub what: String,
}

/// Reads a log; rows that are no events are named on standard error and left out.
pub fn read(
    data: &Path,
    args: &LogArgs,
    more: &More<'_>,
    zone: Zone,
    lang: Lang,
) -> Result<Read, Failure> {
    let file = |error| Failure::file(&error, lang);
    let mut reader = DataReader::open(data).map_err(file)?;
    let mut bar = Bar::of_log(reader.progress(), lang);
    let mut bad = BadValues::new(lang, args.strict);
    let mut found = Found::new(lang);
    let mut log = LogBuilder::default();
    let header: Option<Vec<String>> =
        reader.header().names().map(|names| names.into_iter().map(str::to_owned).collect());
    let mut columns = match &header {
        Some(names) => Some(Columns::choose(data, args, more, names, lang)?),
        None => None,
    };
    let mut rows = 0;
    while let Some(batch) = reader.next_batch().map_err(file)? {
        if columns.is_none()
            && let Content::Json(objects) = batch.content()
            && !batch.is_empty()
        {
            columns = Some(Columns::choose(data, args, more, objects.names().names(), lang)?);
        }
        found.clear();
        if let Some(columns) = &columns {
            columns.read(batch, zone, &mut log, &mut found, lang);
        }
        if !batch.issues().is_empty() || found.any() {
            bar.clear();
        }
        bad.name_all(batch.issues(), &found)?;
        rows += batch.len() as u64;
        bar.tick(rows);
    }
    bar.clear();
    bad.close();
    let what = columns.map(|columns| columns.what.name().to_owned()).unwrap_or_default();
    Ok(Read { log: log.build(), what })
}

/// A column that is read.
#[derive(Debug)]
struct Column(FieldKey);

impl Column {
    fn new(name: &str) -> Column {
        Column(FieldKey::named([name.trim()]))
    }

    fn name(&self) -> &str {
        self.0.names.first().map_or("", String::as_str)
    }

    /// The text of a cell; `None` where it is empty. What is no text is an error.
    fn text<'c>(
        &self,
        row: &'c Cursor<'_>,
        digits: &'c mut NumberText,
    ) -> Result<Option<&'c str>, ()> {
        match typed::text(row.get(&self.0), digits) {
            Typed::Value(text) => Ok(Some(text)),
            Typed::Wrong => Err(()),
            _ => Ok(None),
        }
    }
}

/// The columns of a log.
#[derive(Debug)]
struct Columns {
    case: Column,
    what: Column,
    transition: Option<Column>,
    by: Option<Column>,
    time: Option<Column>,
}

impl Columns {
    /// Those that are named, and those that their names tell.
    fn choose(
        data: &Path,
        args: &LogArgs,
        more: &More<'_>,
        names: &[String],
        lang: Lang,
    ) -> Result<Columns, Failure> {
        let names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
        let named = |option: &str, name: &str| {
            if names.iter().any(|known| same_name(known, name)) {
                return Ok(Column::new(name));
            }
            Err(no_column(data, option, name, &names, lang))
        };
        let optional =
            |option: &str, name: Option<&str>| name.map(|name| named(option, name)).transpose();
        let wanted = |option: &str, name: Option<&str>, kind: LogColumn, first: &[String]| {
            if let Some(name) = name {
                return named(option, name).map(Some);
            }
            Ok(kind.find(first, names.iter().copied()).map(Column::new))
        };
        let must = |option: &str, found: Option<Column>| {
            found.ok_or_else(|| which_column(data, option, &names, lang))
        };
        let case = wanted("--case", args.case.as_deref(), LogColumn::Case, &[])?;
        let what = wanted("--state", args.state.as_deref(), LogColumn::What, more.fields)?;
        Ok(Columns {
            case: must("--case", case)?,
            what: must("--state", what)?,
            transition: optional("--transition", more.transition)?,
            by: optional("--by", more.by)?,
            time: wanted("--time", args.time.as_deref(), LogColumn::Time, &[])?,
        })
    }

    fn read(&self, batch: &Batch, zone: Zone, log: &mut LogBuilder, found: &mut Found, lang: Lang) {
        let more = self.transition.iter().chain(&self.by).chain(&self.time);
        let keys = [&self.case, &self.what].into_iter().chain(more).map(|column| &column.0);
        let mut row = batch.cursor().bound(keys);
        let mut digits: [NumberText; 4] = Default::default();
        let [case, what, transition, by] = &mut digits;
        for index in 0..batch.len() {
            row.move_to(index);
            let number = batch.row_number(index);
            let at = self.time(&row, zone, number, found, lang);
            let texts = (self.case.text(&row, case), self.what.text(&row, what));
            let (case, what) = match texts {
                (Ok(case), Ok(what)) => (case.unwrap_or(""), what.unwrap_or("")),
                (case, _) => {
                    let column = if case.is_err() { &self.case } else { &self.what };
                    found.row(number, || no_text(column.name(), lang));
                    continue;
                }
            };
            let transition = self
                .transition
                .as_ref()
                .and_then(|column| column.text(&row, transition).ok().flatten());
            let by = self.by.as_ref().and_then(|column| column.text(&row, by).ok().flatten());
            if let Err(missing) = log.push(&Event { case, what, transition, by, at }) {
                let column = match missing {
                    Missing::Case => &self.case,
                    Missing::What => &self.what,
                };
                found.row(number, || empty(column.name(), lang));
            }
        }
    }

    /// The time of a row; one that cannot be read is named.
    fn time(
        &self,
        row: &Cursor<'_>,
        zone: Zone,
        number: u64,
        found: &mut Found,
        lang: Lang,
    ) -> Option<Instant> {
        let column = self.time.as_ref()?;
        let value = row.get(&column.0);
        let time = typed::date_time(value, zone);
        if let Typed::Wrong = time {
            let mut digits = NumberText::default();
            let shown = typed::text(value, &mut digits).value();
            found.row(number, || unreadable_time(column.name(), shown, lang));
        }
        time.value()
    }
}

fn unreadable_time(column: &str, shown: Option<&str>, lang: Lang) -> String {
    let value = shown.map(|text| format!("`{text}` ")).unwrap_or_default();
    lang.pick(
        format!("`{column}` : {value}n'est ni une date ni une heure ; lue sans temps"),
        format!("`{column}`: {value}is no date or time; read without a time"),
    )
}

fn empty(column: &str, lang: Lang) -> String {
    lang.pick(
        format!("`{column}` est vide ; laissée de côté"),
        format!("`{column}` is empty; left out"),
    )
}

fn no_text(column: &str, lang: Lang) -> String {
    lang.pick(
        format!("`{column}` n'est pas un texte ; laissée de côté"),
        format!("`{column}` is no text; left out"),
    )
}

/// A column that is named and not there.
fn no_column(data: &Path, option: &str, name: &str, names: &[&str], lang: Lang) -> Failure {
    let data = data.display();
    let mut message = lang.pick(
        format!("{option} : `{data}` n'a pas de colonne `{name}`"),
        format!("{option}: `{data}` has no column `{name}`"),
    );
    if let Some(near) = did_you_mean(name, names.iter().copied()) {
        message += &lang
            .pick(format!(" ; vouliez-vous dire `{near}` ?"), format!("; did you mean `{near}`?"));
    }
    Failure::usage(lang, &message)
}

/// A column that no name tells.
fn which_column(data: &Path, option: &str, names: &[&str], lang: Lang) -> Failure {
    /// So many columns are listed.
    const MOST: usize = 12;
    let what = match option {
        "--case" => lang.pick("le cas", "the case"),
        _ => lang.pick("l'état ou l'activité", "the state or the activity"),
    };
    let known = names.iter().filter(|name| !name.is_empty());
    let mut known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    if known.len() > MOST {
        known.truncate(MOST);
        known.push("…".to_owned());
    }
    let (data, known) = (data.display(), known.join(", "));
    Failure::usage(
        lang,
        &lang.pick(
            format!("`{data}` : quelle colonne donne {what} ? Dites-le avec {option} : {known}"),
            format!("`{data}`: which column holds {what}? Say so with {option}: {known}"),
        ),
    )
}

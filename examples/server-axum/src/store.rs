//! What is kept, in SQLite: records with what is remembered of each, decisions, and effects to be
//! carried out.

use std::path::Path;

use jalon::value::Instant;
use jalon::workflow::{Decision, RecordKey, State};
use rusqlite::{Connection, OptionalExtension, Result, Transaction, TransactionBehavior, params};
use serde_json::{Value as Json, json};

/// The state is a row for each record: a decision reads and writes no other.
const TABLES: &str = "
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS numbers (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS records (
  module TEXT NOT NULL, id TEXT NOT NULL,
  fields TEXT NOT NULL,     -- as JSON
  remembered TEXT NOT NULL, -- its slice of the state: timers, where it stands in its blueprint
  due INTEGER,              -- when its next timer is due, in microseconds of UTC
  PRIMARY KEY (module, id)
) STRICT;
CREATE INDEX IF NOT EXISTS records_due ON records (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS decisions (
  event TEXT PRIMARY KEY, module TEXT NOT NULL, id TEXT NOT NULL, decision TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS decisions_record ON decisions (module, id);
CREATE TABLE IF NOT EXISTS effects (
  id TEXT PRIMARY KEY, effect TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0
) STRICT;
";

/// The database.
#[derive(Debug)]
pub struct Store(Connection);

/// A transaction; nothing of it is written before [`Desk::commit`].
#[derive(Debug)]
pub struct Desk<'s>(Transaction<'s>);

/// A record, and what is remembered of it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its fields, its id among them.
    pub fields: Json,
    /// The state of this one record.
    pub remembered: State,
}

impl Store {
    /// Opens the database; makes it where there is none.
    pub fn open(path: &Path) -> Result<Store> {
        let connection = Connection::open(path)?;
        connection.execute_batch(TABLES)?;
        Ok(Store(connection))
    }

    /// Begins a transaction that will write.
    pub fn begin(&mut self) -> Result<Desk<'_>> {
        Ok(Desk(self.0.transaction_with_behavior(TransactionBehavior::Immediate)?))
    }
}

impl Desk<'_> {
    /// Writes everything.
    pub fn commit(self) -> Result<()> {
        self.0.commit()
    }

    /// The next number of a sequence, from 1.
    pub fn number(&self, name: &str) -> Result<i64> {
        self.0
            .prepare_cached(
                "INSERT INTO numbers VALUES (?1, 1)
                 ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
            )?
            .query_row([name], |row| row.get(0))
    }

    /// A record, if there is one.
    pub fn record(&self, key: &RecordKey) -> Result<Option<Kept>> {
        self.0
            .prepare_cached("SELECT fields, remembered FROM records WHERE module = ?1 AND id = ?2")?
            .query_row([&key.module, &key.id], kept_at(0))
            .optional()
    }

    /// Writes a record.
    pub fn save(&self, key: &RecordKey, kept: &Kept) -> Result<()> {
        self.0
            .prepare_cached("INSERT OR REPLACE INTO records VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![
                key.module,
                key.id,
                kept.fields,
                kept.remembered.write(),
                kept.remembered.next_due().map(Instant::micros),
            ])?;
        Ok(())
    }

    /// The records of which a timer is due, the earliest first.
    pub fn due(&self, now: Instant) -> Result<Vec<RecordKey>> {
        self.0
            .prepare_cached("SELECT module, id FROM records WHERE due <= ?1 ORDER BY due")?
            .query_map([now.micros()], key_of)?
            .collect()
    }

    /// The records of which something is remembered.
    pub fn remembered(&self) -> Result<Vec<(RecordKey, Kept)>> {
        self.0
            .prepare_cached("SELECT module, id, fields, remembered FROM records")?
            .query_map([], |row| Ok((key_of(row)?, kept_at(2)(row)?)))?
            .filter(|row| row.as_ref().map_or(true, |(_, kept)| !kept.remembered.is_empty()))
            .collect()
    }

    /// Keeps a decision and its effects. An effect that is there already is the same one.
    pub fn decided(&self, key: &RecordKey, decision: &Decision) -> Result<()> {
        self.0
            .prepare_cached("INSERT OR REPLACE INTO decisions VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![decision.event, key.module, key.id, json!(decision)])?;
        for effect in &decision.effects {
            self.0
                .prepare_cached("INSERT OR IGNORE INTO effects (id, effect) VALUES (?1, ?2)")?
                .execute(params![effect.id, json!(effect)])?;
        }
        Ok(())
    }

    /// The decision of an event, and of which record.
    pub fn decision(&self, event: &str) -> Result<Option<(RecordKey, Json)>> {
        self.0
            .prepare_cached("SELECT module, id, decision FROM decisions WHERE event = ?1")?
            .query_row([event], |row| Ok((key_of(row)?, row.get(2)?)))
            .optional()
    }

    /// The decisions of a record, in their order.
    pub fn decisions(&self, key: &RecordKey) -> Result<Vec<Json>> {
        self.0
            .prepare_cached(
                "SELECT decision FROM decisions WHERE module = ?1 AND id = ?2 ORDER BY rowid",
            )?
            .query_map([&key.module, &key.id], |row| row.get(0))?
            .collect()
    }

    /// The effects that nobody has carried out.
    pub fn open_effects(&self) -> Result<Vec<Json>> {
        self.0
            .prepare_cached("SELECT effect FROM effects WHERE done = 0 ORDER BY rowid")?
            .query_map([], |row| row.get(0))?
            .collect()
    }

    /// Says that an effect has been carried out; whether there is such an effect.
    pub fn effect_done(&self, id: &str) -> Result<bool> {
        let done = self.0.execute("UPDATE effects SET done = 1 WHERE id = ?1", [id])?;
        Ok(done == 1)
    }
}

fn key_of(row: &rusqlite::Row<'_>) -> Result<RecordKey> {
    Ok(RecordKey { module: row.get(0)?, id: row.get(1)? })
}

/// Reads a record whose fields are in this column, and the state in the next.
fn kept_at(column: usize) -> impl Fn(&rusqlite::Row<'_>) -> Result<Kept> {
    move |row| {
        let text: String = row.get(column + 1)?;
        let remembered = State::read(&text).map_err(|unreadable| {
            let kind = rusqlite::types::Type::Text;
            rusqlite::Error::FromSqlConversionFailure(column + 1, kind, Box::new(unreadable))
        })?;
        Ok(Kept { fields: row.get(column)?, remembered })
    }
}

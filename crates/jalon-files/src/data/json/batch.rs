//! Objects that share the list of their names.

use std::ops::Range;
use std::path::PathBuf;

use jalon::value::json::value_ref;
use jalon::value::{Conflict, FieldKey, Record, ValueRef};
use jalon_arrow::{Bound, ColumnNames, Found};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::data::{Issue, IssueKind};
use crate::error::{Broken, FileError, FileProblem};

/// Objects, one a row; the names that they bear are kept once.
#[derive(Debug)]
pub struct JsonBatch {
    /// The objects of an array come from this file: one that is broken ends it.
    array: Option<PathBuf>,
    /// Texts not read yet, with the number and the end of each.
    waiting: Vec<(u64, usize)>,
    bytes: Vec<u8>,
    names: ColumnNames,
    text: String,
    rows: Vec<Object>,
    /// The fields of all objects: of each by the number of the name, rising.
    fields: Vec<(u32, Cell)>,
}

/// One object, as written and as read.
#[derive(Debug)]
struct Object {
    number: u64,
    /// Where it is in [`JsonBatch::text`].
    raw: Range<usize>,
    /// Where they are in [`JsonBatch::fields`].
    fields: Range<usize>,
}

/// A value of an object, as it is kept.
#[derive(Debug)]
enum Cell {
    /// A text without escapes, where it is in [`JsonBatch::text`].
    Text(Range<u32>),
    Other(Value),
}

/// A value of an object.
#[derive(Clone, Copy, Debug)]
pub enum JsonCell<'b> {
    /// A text.
    Text(&'b str),
    /// Anything: some texts too.
    Value(&'b Value),
}

/// One object of a batch, as a record.
#[derive(Clone, Debug)]
pub struct JsonRow<'b> {
    batch: &'b JsonBatch,
    index: usize,
    bound: Bound<'b>,
}

impl Default for JsonBatch {
    fn default() -> JsonBatch {
        JsonBatch::new(None)
    }
}

impl JsonBatch {
    /// Without rows; `array` is the file of which objects come in an array.
    pub(super) fn new(array: Option<PathBuf>) -> JsonBatch {
        let names = ColumnNames::new(Vec::<String>::new());
        let (waiting, bytes) = (Vec::new(), Vec::new());
        let (text, rows, fields) = (String::new(), Vec::new(), Vec::new());
        JsonBatch { array, waiting, bytes, names, text, rows, fields }
    }

    /// How many objects it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names that its objects bear, in the order they were met.
    pub fn names(&self) -> &ColumnNames {
        &self.names
    }

    /// A cursor that stands on an object.
    pub fn row(&self, index: usize) -> JsonRow<'_> {
        JsonRow { batch: self, index, bound: Bound::default() }
    }

    /// Forgets the rows and their names: what a batch says is told by its own rows.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.fields.clear();
        self.text.clear();
        self.waiting.clear();
        self.bytes.clear();
        self.names = ColumnNames::new(Vec::<String>::new());
    }

    /// Adds the text of an object, to be read later.
    pub(super) fn add(&mut self, bytes: &[u8], number: u64) {
        self.bytes.extend_from_slice(bytes);
        self.waiting.push((number, self.bytes.len()));
    }

    /// How many texts are not read yet.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Reads the objects from their texts. A line that is none is an issue, in an array an error.
    pub(in crate::data) fn parse(&mut self, issues: &mut Vec<Issue>) -> Result<(), FileError> {
        let bytes = std::mem::take(&mut self.bytes);
        let mut start = 0;
        for (number, end) in std::mem::take(&mut self.waiting) {
            match (self.push(&bytes[start..end], number), &self.array) {
                (Ok(()), _) => {}
                (Err(problem), Some(path)) => {
                    return Err(FileError::new(path, FileProblem::Data { row: number, problem }));
                }
                (Err(why), None) => {
                    issues.push(Issue { row: number, kind: IssueKind::NotJson(why) });
                }
            }
            start = end;
        }
        self.bytes = bytes;
        Ok(())
    }

    /// Adds an object, or says why the text is none.
    fn push(&mut self, bytes: &[u8], number: u64) -> Result<(), Broken> {
        let raw = std::str::from_utf8(bytes).map_err(|_| Broken::NotUtf8)?.trim();
        let (start, first) = (self.text.len(), self.fields.len());
        let place = Place { raw, start: start as u32 };
        let fields = Fields { names: &mut self.names, into: &mut self.fields, place };
        let mut json = serde_json::Deserializer::from_str(raw);
        let read = fields.deserialize(&mut json);
        if let Err(error) = read.and_then(|()| json.end()) {
            self.fields.truncate(first);
            return Err(match error.classify() {
                Category::Data => Broken::NotAnObject,
                Category::Eof => Broken::Unended,
                _ => Broken::Json { line: error.line(), column: error.column() },
            });
        }
        sort(&mut self.fields, first);
        self.text.push_str(raw);
        let (raw, fields) = (start..self.text.len(), first..self.fields.len());
        self.rows.push(Object { number, raw, fields });
        Ok(())
    }
}

/// Puts the fields from `first` on in order; of a name given twice the last value stays.
fn sort(fields: &mut Vec<(u32, Cell)>, first: usize) {
    if fields[first..].windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return;
    }
    let mut own = fields.split_off(first);
    // Stable, and from the last.
    own.reverse();
    own.sort_by_key(|(name, _)| *name);
    own.dedup_by_key(|(name, _)| *name);
    fields.append(&mut own);
}

/// An object's text, and where it will be among all texts.
#[derive(Clone, Copy)]
struct Place<'r> {
    raw: &'r str,
    start: u32,
}

/// Reads an object into fields, its names into numbers.
struct Fields<'n, 'r> {
    names: &'n mut ColumnNames,
    into: &'n mut Vec<(u32, Cell)>,
    place: Place<'r>,
}

impl<'de> DeserializeSeed<'de> for Fields<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Fields { names, into: fields, place } = self;
        let first = fields.len();
        while let Some(name) = map.next_key_seed(Name { names, place: fields.len() - first })? {
            fields.push((name, map.next_value_seed(place)?));
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &self))
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Cell;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Cell, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Cell;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cell, E> {
        let at = (text.as_ptr() as usize).wrapping_sub(self.raw.as_ptr() as usize);
        if self.raw.get(at..).is_some_and(|raw| raw.starts_with(text)) {
            let start = self.start + at as u32;
            return Ok(Cell::Text(start..start + text.len() as u32));
        }
        self.visit_str(text)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::Other(Value::from(text)))
    }

    fn visit_bool<E: Error>(self, ticked: bool) -> Result<Cell, E> {
        Ok(Cell::Other(Value::Bool(ticked)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Other(Value::from(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell::Other(Value::from(number)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::Other(Value::from(number)))
    }

    fn visit_unit<E: Error>(self) -> Result<Cell, E> {
        Ok(Cell::Other(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Cell, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(Cell::Other)
    }

    /// Objects, and numbers of any precision, which come as such.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cell, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(map)).map(Cell::Other)
    }
}

/// Reads a name into its number; rows mostly bear the same names in the same order.
struct Name<'n> {
    names: &'n mut ColumnNames,
    place: usize,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = u32;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<u32, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = u32;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<u32, E> {
        let number = match self.names.names().get(self.place) {
            Some(same) if same == name => self.place,
            _ => self.names.intern(name),
        };
        Ok(number as u32)
    }
}

impl JsonCell<'_> {
    fn to_value(self) -> Value {
        match self {
            JsonCell::Text(text) => Value::from(text),
            JsonCell::Value(value) => value.clone(),
        }
    }
}

impl<'b> JsonRow<'b> {
    /// The same row, with fields looked up beforehand.
    #[must_use]
    pub fn bound(self, fields: impl IntoIterator<Item = &'b FieldKey>) -> JsonRow<'b> {
        JsonRow { bound: self.batch.names.bind(fields), ..self }
    }

    /// Moves to another object of the batch.
    pub fn move_to(&mut self, index: usize) {
        self.index = index;
    }

    /// Its line, or its place in the array, from 1.
    pub fn number(&self) -> u64 {
        self.object().map_or(0, |object| object.number)
    }

    /// As written, without what stands around it.
    pub fn raw(&self) -> &'b str {
        let raw = self.object().and_then(|object| self.batch.text.get(object.raw.clone()));
        raw.unwrap_or("{}")
    }

    /// The value under a name, by the name's number in [`JsonBatch::names`].
    pub fn cell(&self, name: usize) -> Option<JsonCell<'b>> {
        let fields = self.batch.fields.get(self.object()?.fields.clone())?;
        let place = match fields.get(name) {
            Some((number, _)) if *number as usize == name => name,
            _ => fields.binary_search_by_key(&(name as u32), |(number, _)| *number).ok()?,
        };
        Some(match &fields[place].1 {
            Cell::Text(at) => {
                JsonCell::Text(self.batch.text.get(at.start as usize..at.end as usize)?)
            }
            Cell::Other(value) => JsonCell::Value(value),
        })
    }

    fn object(&self) -> Option<&'b Object> {
        self.batch.rows.get(self.index)
    }

    fn find(&self, key: &FieldKey) -> Found {
        self.bound.find(key).unwrap_or_else(|| self.batch.names.find(key))
    }

    /// The fields of this object that bear one of the key's names, where the batch has several.
    fn carried(&self, key: &FieldKey) -> Vec<(usize, JsonCell<'b>)> {
        let names = self.batch.names.all(key).into_iter();
        names.filter_map(|name| Some((name, self.cell(name)?))).collect()
    }
}

impl Record for JsonRow<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        let cell = match self.find(key) {
            Found::Nowhere => None,
            Found::In(name) => self.cell(name),
            Found::Several(_) => self.carried(key).first().map(|(_, cell)| *cell),
        };
        match cell {
            Some(JsonCell::Text(text)) => ValueRef::Text(text),
            Some(JsonCell::Value(value)) => value_ref(value),
            None => key.through(|reference| self.get(reference)),
        }
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        let Found::Several(_) = self.find(key) else {
            return None;
        };
        // What makes two values differ is said in one place: by JSON objects.
        let name = |number: usize| self.batch.names.names()[number].clone();
        let carried = self.carried(key).into_iter();
        let object: Map<String, Value> =
            carried.map(|(number, cell)| (name(number), cell.to_value())).collect();
        object.conflict(key)
    }
}

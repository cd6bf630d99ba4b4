use jalon::columnar::Totals;
use jalon::lang::Lang;
use jalon::program::Loader;
use jalon::value::Clock;
use proptest::prelude::*;

use crate::data::DataReader;
use crate::write::{AddedRows, DataWriter, Layout, Output};

const PROGRAM: &str = "
module Leads
  Name    : text
  Country : picklist France, Monaco
  Amount  : money
  Called  : date

score Fit on Leads
  +1  if Name CONTAINS an, é
  +2  if Country IS France
  +4  if Amount >= 1000
  +8  if Called > 2026-01-01
  +16 if Name IS EMPTY
";

fn cell() -> impl Strategy<Value = String> {
    let known =
        ["", "France", "monaco", "1000", "1 500,50", "2026-06-30", "much", "Léa", "Dan", " "];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "[ab,\"\n;é]{0,4}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\""))),
    ]
}

fn table() -> impl Strategy<Value = String> {
    let row = prop::collection::vec(cell(), 1..6).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..40).prop_map(|rows| rows.join("\n"))
}

proptest! {
    #[test]
    fn columns_say_what_rows_say(table in table(), latin in any::<bool>()) {
        let text = format!("Name,Country,Amount,Called\n{table}");
        let bytes = if latin {
            text.chars().map(|c| u8::try_from(c).unwrap()).collect()
        } else {
            text.into_bytes()
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("leads.csv");
        std::fs::write(&path, bytes).unwrap();
        let loader = Loader::default().lang(Lang::En).source("fit.jalon", PROGRAM);
        let score = loader.load().unwrap().score(None).unwrap();
        let clock = Clock::default();
        let mut by_row = score.scorer(&clock).unwrap();
        let mut by_column = score.columnar(&clock).unwrap();
        let mut reader = DataReader::open(&path).unwrap();
        while let Some(batch) = reader.next_batch().unwrap() {
            let mut row = batch.cursor();
            by_column.run(batch, 0..batch.len(), &mut |scored| {
                let Totals::Scaled { scale: 0, values } = scored.totals else { panic!("whole") };
                for (place, total) in values.iter().enumerate() {
                    row.move_to(scored.rows.start + place);
                    let expected = by_row.total(&row);
                    assert_eq!(expected.total, (*total).into(), "{row:?}");
                    assert_eq!(expected.has_errors, scored.is_wrong(place), "{row:?}");
                }
            });
        }
    }

    #[test]
    fn what_is_written_is_what_was_read(table in table()) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.csv"), format!("Name,Country,\"Amount\"\n{table}")).unwrap();
        let mut reader = DataReader::open(&at("a.csv")).unwrap();
        let format = crate::data::Format::Csv;
        let output = Output { path: Some(at("b.csv")), layout: Layout::Data(format) };
        let mut writer = DataWriter::create(&output, reader.header(), Vec::new()).unwrap();
        while let Some(batch) = reader.next_batch().unwrap() {
            writer.write(batch, None, &AddedRows::default()).unwrap();
        }
        writer.finish().unwrap();
        let rows = |name: &str| -> Vec<Vec<String>> {
            let mut options = csv::ReaderBuilder::new();
            let reader = options.has_headers(false).flexible(true).from_path(at(name));
            let row = |row: csv::StringRecord| {
                let cells = row.iter().map(str::to_owned);
                cells.chain(std::iter::repeat_with(String::new)).take(3).collect()
            };
            reader.unwrap().records().map(|record| row(record.unwrap())).collect()
        };
        prop_assert_eq!(rows("a.csv"), rows("b.csv"));
    }
}

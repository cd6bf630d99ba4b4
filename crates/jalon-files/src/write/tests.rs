use std::fs;
use std::path::Path;

use jalon::value::{FieldKey, Record};
use rust_decimal::Decimal;

use super::*;
use crate::data::DataReader;

fn columns() -> Vec<AddedColumn> {
    vec![
        AddedColumn { name: "scorex".into(), kind: AddedKind::Whole },
        AddedColumn { name: "scorex_label".into(), kind: AddedKind::Text },
    ]
}

/// Copies a file with two columns added: the row's place, and a text on every second row.
fn copy(from: &Path, to: &Path, keep: Option<fn(usize) -> bool>) -> Result<u64, FileError> {
    let mut reader = DataReader::open(from)?;
    let format = Format::of_extension(to).unwrap();
    let output = Output { path: Some(to.to_owned()), layout: Layout::Data(format) };
    let mut writer = DataWriter::create(&output, reader.header(), columns())?;
    while let Some(batch) = reader.next_batch()? {
        let rows = 0..batch.len();
        let kept: Option<Vec<bool>> = keep.map(|keep| rows.clone().map(keep).collect());
        let mut added = AddedRows::default();
        for row in rows {
            let label = if row % 2 == 0 { Added::Empty } else { Added::Text("é\"".into()) };
            let number = added.keep(vec![Added::Number(Decimal::from(row)), label]);
            added.push(number);
        }
        writer.write(batch, kept.as_deref(), &added)?;
    }
    Ok(writer.finish()?.rows)
}

/// The bytes of `from` copied into each format in turn.
fn through(name: &str, bytes: impl AsRef<[u8]>, to: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join(name), folder.path().join(to));
    fs::write(&from, bytes).unwrap();
    copy(&from, &to, None).unwrap();
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "no part is left behind");
    String::from_utf8(fs::read(to).unwrap()).unwrap()
}

#[test]
fn csv_keeps_its_delimiter_its_mark_and_its_names() {
    let written = through("a.csv", "\u{feff}Nom ;Ville\n\"a;b\";\n\"c\"\"\";d\n", "b.csv");
    let expected = "\u{feff}Nom ;Ville;scorex;scorex_label\n\"a;b\";;0;\n\"c\"\"\";d;1;\"é\"\"\"\n";
    assert_eq!(written, expected);
}

#[test]
fn objects_keep_their_text() {
    let json = "{\"z\": 1.50, \"a\": {\"b\":[1,  2]}}\n{}\n";
    let expected = "{\"z\": 1.50, \"a\": {\"b\":[1,  2]},\"scorex\":0,\"scorex_label\":null}\n\
        {\"scorex\":1,\"scorex_label\":\"é\\\"\"}\n";
    assert_eq!(through("a.ndjson", json, "b.jsonl"), expected);
}

#[test]
fn arrays_become_arrays_and_lines() {
    let json = "[\n  {\n    \"a b\": \" x\"\n  }\n]";
    let object = "{\"a b\":\" x\",\"scorex\":0,\"scorex_label\":null}";
    assert_eq!(through("a.json", json, "b.json"), format!("[\n{object}\n]\n"));
    assert_eq!(through("a.json", json, "b.ndjson"), format!("{object}\n"));
    assert_eq!(through("a.json", "[]", "b.json"), "[]\n");
}

#[test]
fn csv_becomes_json_and_json_csv() {
    let written = through("a.csv", "n,t\n007,\n", "b.ndjson");
    assert_eq!(written, "{\"n\":\"007\",\"t\":null,\"scorex\":0,\"scorex_label\":null}\n");
    let json = "{\"z\":1.50,\"a\":\"x\"}\n{\"a\":true,\"l\":[\"u\",2]}\n";
    let expected = "z,a,l,scorex,scorex_label\n1.50,x,,0,\n,true,\"[\"\"u\"\",2]\",1,\"é\"\"\"\n";
    assert_eq!(through("a.ndjson", json, "b.csv"), expected);
}

#[test]
fn parquet_goes_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.csv"), "n,t\n1,x\n2,\n3,z\n").unwrap();
    assert_eq!(copy(&at("a.csv"), &at("b.parquet"), Some(|row| row != 1)).unwrap(), 2);
    let mut reader = DataReader::open(&at("b.parquet")).unwrap();
    assert_eq!(reader.header().names().unwrap(), ["n", "t", "scorex", "scorex_label"]);
    assert_eq!(reader.next_batch().unwrap().unwrap().len(), 2);
    let error = copy(&at("b.parquet"), &at("c.csv"), None).unwrap_err();
    assert!(matches!(error.problem(), FileProblem::ColumnExists(name) if name == "scorex"));
}

#[test]
fn of_parquet_only_the_columns_asked_for_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.csv"), "n,t,u\n1,x,\n2,,\n3,z,\n").unwrap();
    copy(&at("a.csv"), &at("b.parquet"), None).unwrap();
    let mut through = FieldKey::named(["t.v"]);
    through.path = Some(Box::new((FieldKey::named(["T"]), FieldKey::named(["v"]))));
    let number = FieldKey::named(["Number", "N"]);
    for (fields, expected) in [(vec![&number, &through], 2), (vec![], 0)] {
        let mut reader = DataReader::open(&at("b.parquet")).unwrap();
        reader.keep_only(&fields).unwrap();
        assert_eq!(reader.header().names().unwrap().len(), 5);
        let batch = reader.next_batch().unwrap().unwrap();
        let Content::Arrow(columns, _) = batch.content() else { panic!("columns") };
        assert_eq!((batch.len(), columns.num_columns()), (3, expected));
        let mut row = batch.cursor();
        row.move_to(2);
        let value = format!("{:?}", row.get(&number));
        assert_eq!(value, if fields.is_empty() { "Absent" } else { "Text(\"3\")" });
    }
}

#[test]
fn a_file_may_be_written_over_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    fs::write(&path, "n\n1\n").unwrap();
    copy(&path, &path, None).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "n,scorex,scorex_label\n1,0,\n");
}

#[test]
fn a_name_that_is_there_already_is_refused_and_leaves_the_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.csv"), "SCOREX\n1\n").unwrap();
    fs::write(at("b.ndjson"), "{\"scorex\": 1}\n").unwrap();
    fs::write(at("out.csv"), "before").unwrap();
    for from in ["a.csv", "b.ndjson"] {
        let error = copy(&at(from), &at("out.csv"), None).unwrap_err();
        assert!(matches!(error.problem(), FileProblem::ColumnExists(_)), "{error}");
    }
    assert_eq!(fs::read_to_string(at("out.csv")).unwrap(), "before");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn data_without_rows_gives_a_header_without_rows() {
    assert_eq!(through("a.csv", "n,t\n", "b.csv"), "n,t,scorex,scorex_label\n");
    assert_eq!(through("a.csv", "n,t\n", "b.ndjson"), "");
}

#[test]
fn names_that_come_too_late_for_a_column_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let first = "{\"a\":1}\n".repeat(5000);
    fs::write(at("a.ndjson"), format!("{first}{{\"b\":2,\"a\":3}}\n")).unwrap();
    for (to, late) in [("b.csv", vec!["b".to_owned()]), ("b.ndjson", vec![])] {
        let mut reader = DataReader::open(&at("a.ndjson")).unwrap();
        let layout = Layout::Data(Format::of_extension(&at(to)).unwrap());
        let output = Output { path: Some(at(to)), layout };
        let mut writer = DataWriter::create(&output, reader.header(), Vec::new()).unwrap();
        while let Some(batch) = reader.next_batch().unwrap() {
            writer.write(batch, None, &AddedRows::default()).unwrap();
        }
        let written = writer.finish().unwrap();
        assert_eq!((written.rows, written.late), (5001, late));
    }
    assert!(fs::read_to_string(at("b.csv")).unwrap().ends_with("1\n3\n"));
}

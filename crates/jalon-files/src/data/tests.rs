use std::fs;
use std::path::PathBuf;

use jalon::lang::Lang;

use super::*;
use crate::error::FileProblem;

fn file(name: &str, bytes: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// Every value of a field, row by row, with its row number, and the issues.
fn read(bytes: impl AsRef<[u8]>, field: &[&str]) -> (Vec<(u64, String)>, Vec<Issue>) {
    let (_folder, path) = file("data", bytes);
    let mut reader = DataReader::open(&path).unwrap();
    let key = FieldKey::named(field.iter().copied());
    let (mut values, mut issues) = (Vec::new(), Vec::new());
    while let Some(batch) = reader.next_batch().unwrap() {
        issues.extend_from_slice(batch.issues());
        let mut row = batch.cursor();
        for index in 0..batch.len() {
            row.move_to(index);
            let value = match row.get(&key) {
                ValueRef::Text(text) => text.to_owned(),
                other => format!("{other:?}"),
            };
            values.push((batch.row_number(index), value));
        }
    }
    (values, issues)
}

fn texts(bytes: impl AsRef<[u8]>, field: &[&str]) -> Vec<String> {
    read(bytes, field).0.into_iter().map(|(_, value)| value).collect()
}

#[test]
fn columns_are_found_by_label_or_api_name() {
    let csv = "id;E-Mail\n1;a@x.fr\n2;\n";
    assert_eq!(texts(csv, &["Adresse e-mail", "e-mail"]), ["a@x.fr", "Empty"]);
    assert_eq!(texts(csv, &["Ville"]), ["Absent", "Absent"]);
}

#[test]
fn quotes_protect_delimiters_quotes_and_line_ends() {
    let csv = "a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n";
    assert_eq!(read(csv, &["a"]).0, [(2, "x, \"y\"\nz".to_owned())]);
    assert_eq!(texts(csv, &["b"]), ["2"]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_name() {
    assert_eq!(texts(b"\xef\xbb\xbfNom\tVille\nL\xc3\xa9a\tNice\n", &["Nom"]), ["Léa"]);
}

#[test]
fn latin1_is_told_at_the_first_byte_that_is_not_ascii() {
    let (values, issues) = read(b"Nom,Ville\nBob,Nice\nL\xe9a,Br\x9cuf \x80\n", &["Nom"]);
    assert_eq!(values[1].1, "Léa");
    assert_eq!(issues, []);
    assert_eq!(texts(b"Soci\xe9t\xe9\nx\n", &["Société"]), ["x"]);
    assert_eq!(texts(b"a,b\nx,\x80\n", &["b"]), ["€"]);
}

#[test]
fn a_broken_row_of_a_utf8_file_is_named() {
    let (values, issues) = read(b"a\n\xc3\xa9\n\xe9\n\xc3\xa8\n", &["a"]);
    assert_eq!(values.iter().map(|v| v.1.as_str()).collect::<Vec<_>>(), ["é", "é", "è"]);
    assert_eq!(issues, [Issue { row: 3, kind: IssueKind::Encoding }]);
}

#[test]
fn a_character_never_spans_two_cells() {
    let (values, _) = read(b"a,b\n\xc3,\xa9\n", &["a"]);
    assert_eq!(values[0].1, "Ã");
}

#[test]
fn ragged_rows_are_named_and_kept() {
    let (values, issues) = read("a,b\n1\n1,2,3\n4,5\n", &["b"]);
    let ragged = |row, cells| Issue { row, kind: IssueKind::Ragged { cells, header: 2 } };
    assert_eq!(issues, [ragged(2, 1), ragged(3, 3)]);
    let values: Vec<&str> = values.iter().map(|value| value.1.as_str()).collect();
    assert_eq!(values, ["Empty", "2", "5"]);
    assert_eq!(issues[0].message(Lang::Fr), "1 cellule au lieu de 2");
}

#[test]
fn many_rows_come_in_batches_numbered_through() {
    let rows: Vec<String> = (0..10_000).map(|n| format!("{n},x\n")).collect();
    let (values, _) = read(format!("n,t\n{}", rows.concat()), &["n"]);
    assert_eq!(values.len(), 10_000);
    assert_eq!(values[9_999], (10_001, "9999".to_owned()));
}

#[test]
fn rows_go_on_from_one_batch_to_the_next() {
    let long = format!("\"{}\"", "é, \"\"\n".repeat(120_000));
    let rows: Vec<String> = (0..60_000)
        .map(|n| match n % 20_000 {
            7 => format!("{n},{long}\r\n"),
            8 => format!("{n},\"x{n}\"\"\"\r"),
            _ => format!("{n},x{n}\r\n\n"),
        })
        .collect();
    let text = format!("n,t\r\n{}", rows.concat());
    let mut expected = ::csv::Reader::from_reader(text.as_bytes());
    let cells = |row: ::csv::StringRecord| row.get(1).unwrap().to_owned();
    let expected: Vec<String> = expected.records().map(|row| cells(row.unwrap())).collect();
    assert_eq!(expected.len(), 60_000);
    assert!(texts(text, &["t"]) == expected);
}

#[test]
fn a_quote_that_never_closes_stops_with_its_row() {
    let text = format!("a,b\n1,\"{}", "x".repeat((MOST_ROW_BYTES as usize) * 2));
    let (_folder, path) = file("long.csv", text);
    let mut reader = DataReader::open(&path).unwrap();
    let error = reader.next_batch().unwrap_err();
    assert!(matches!(error.problem(), FileProblem::Data { row: 2, .. }), "{error:?}");
}

#[test]
fn objects_come_one_a_line_and_bad_lines_are_named() {
    let json = "{\"n\": \"a\"}\n\n{broken\n[1]\n{\"N\": \"b\"}";
    let (values, issues) = read(json, &["n"]);
    assert_eq!(values, [(1, "a".to_owned()), (5, "b".to_owned())]);
    assert_eq!(issues.iter().map(|issue| issue.row).collect::<Vec<_>>(), [3, 4]);
    let why = |issue: usize, lang| issues[issue].message(lang);
    assert_eq!(why(0, Lang::En), "not JSON at column 2; left out");
    assert_eq!(why(0, Lang::Fr), "pas du JSON à la colonne 2 ; laissée de côté");
    assert_eq!(why(1, Lang::Fr), "pas un objet JSON ; laissée de côté");
}

#[test]
fn an_array_of_objects_is_read_too() {
    let json = "[\n  {\"n\": \"a\"},\n  {\"n\": \"b\"}\n]\n";
    assert_eq!(read(json, &["n"]).0, [(1, "a".to_owned()), (2, "b".to_owned())]);
    let (_folder, path) = file("bad.json", "[{\"n\": 1}, 7]");
    let mut reader = DataReader::open(&path).unwrap();
    let error = reader.next_batch().unwrap_err();
    assert!(error.message(Lang::En).ends_with("row 2: a JSON object was expected"), "{error}");
}

#[test]
fn what_is_not_data_is_refused() {
    for (bytes, why) in [
        (b"".as_slice(), "the file is empty"),
        (b"\xff\xfea\0", "UTF-16"),
        (b"\x7fELF\0\0", "binary"),
        (b"PAR1 but no more", "Parquet"),
    ] {
        let (_folder, path) = file("data", bytes);
        let error = DataReader::open(&path).unwrap_err().message(Lang::En);
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn a_header_alone_has_no_rows_and_progress_ends_at_the_end() {
    let (_folder, path) = file("data.csv", "a,b\n");
    let mut reader = DataReader::open(&path).unwrap();
    assert!(reader.next_batch().unwrap().is_none());
    assert_eq!(reader.header().names(), Some(vec!["a", "b"]));
    assert_eq!((reader.progress().done(), reader.progress().total()), (4, Some(4)));
}

#[test]
fn objects_are_records_as_json_values_are() {
    let objects = [
        r#"{"Email": "a", "n": 1}"#,
        r#"{"n": 1, "Email": "a", "email": "a"}"#,
        r#"{"Mail": "b", "Email": null}"#,
        r#"{"n": 1, "n": 2, "Email": ["x", {"y": 1}], "Mail": "c"}"#,
        r#"{"e": {"Email": "through"}}"#,
        "{}",
    ];
    let mut through = FieldKey::named(["e.Email"]);
    through.path = Some(Box::new((FieldKey::named(["e"]), FieldKey::named(["Email"]))));
    let keys = [FieldKey::named(["Email", "Mail"]), FieldKey::named(["N"]), through];
    let (_folder, path) = file("data", objects.join("\n"));
    let mut reader = DataReader::open(&path).unwrap();
    let batch = reader.next_batch().unwrap().unwrap();
    for mut row in [batch.cursor(), batch.cursor().bound(&keys)] {
        for (index, object) in objects.iter().enumerate() {
            row.move_to(index);
            let value: serde_json::Value = serde_json::from_str(object).unwrap();
            for key in &keys {
                let expected = Record::get(&value, key);
                assert_eq!(format!("{:?}", row.get(key)), format!("{expected:?}"), "{object}");
                let (ours, theirs) = (row.conflict(key), value.conflict(key));
                assert_eq!(ours.is_some(), theirs.is_some(), "{object}");
            }
        }
    }
}

#[test]
fn names_that_never_repeat_do_not_fill_memory() {
    let rows: Vec<String> = (0..20_000).map(|n| format!("{{\"k{n}\": {n}}}\n")).collect();
    let (_folder, path) = file("data", rows.concat());
    let mut reader = DataReader::open(&path).unwrap();
    let mut seen = 0;
    while let Some(batch) = reader.next_batch().unwrap() {
        let Content::Json(objects) = batch.content() else { panic!("objects") };
        assert!(objects.names().names().len() <= 3 * BATCH_ROWS);
        seen += batch.len();
    }
    assert_eq!(seen, 20_000);
}

#[test]
fn what_is_wrong_is_said_in_french_too() {
    let said = |name: &str, bytes: &[u8]| {
        let (_folder, path) = file(name, bytes);
        let message = |error: FileError| error.message(Lang::Fr);
        let read = DataReader::open(&path).and_then(|mut reader| reader.next_batch().map(|_| ()));
        let said = read.map_err(message).unwrap_err();
        said.split_once(" : ").unwrap().1.to_owned()
    };
    assert_eq!(said("a.json", b"[{\"n\": 1"), "ligne 1 : l'objet ne se termine pas");
    for cut in [b"[{}, ".as_slice(), b"[{}", b"["] {
        assert!(said("cut.json", cut).ends_with("le tableau JSON ne se termine pas"));
    }
    assert_eq!(said("nested.json", b"[[{}]]"), "ligne 1 : un objet JSON est attendu");
    assert_eq!(said("b.json", b"[{}, 7]"), "ligne 2 : un objet JSON est attendu");
    assert_eq!(
        said("c.json", b"[{\"n\":\n 1,}]"),
        "ligne 1 : pas du JSON à la ligne 2 de l'objet, colonne 4"
    );
    let binary = "du binaire ; les données se lisent en CSV, NDJSON ou Parquet";
    assert_eq!(said("d.csv", b"a,b\n\0"), binary);
    assert_eq!(said("e.csv", b"\xff\xfea\0"), "de l'UTF-16 ; enregistrez-le en UTF-8");
}

#[test]
fn cells_are_counted_in_good_language() {
    let (_, issues) = read("a,b\n1\n1,2,3\n", &["a"]);
    let said = |issue: usize, lang| issues[issue].message(lang);
    assert_eq!(said(0, Lang::Fr), "1 cellule au lieu de 2");
    assert_eq!(said(1, Lang::Fr), "3 cellules au lieu de 2");
    assert_eq!(said(0, Lang::En), "1 cell instead of 2");
}

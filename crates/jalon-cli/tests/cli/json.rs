//! Programs as JSON and back, and `jalon hash`, run as a process.

use crate::folder::Folder;

const TEXT: &str = "langue fr\n\n# Les voisins\nscore S sur P\n  +25 si Pays EST \"Monaco\"\n";

#[test]
fn a_program_goes_to_json_and_back() {
    let folder = Folder::new();
    folder.write("s.jalon", TEXT);
    let ran = folder.run(&["export", "s.jalon", "--to", "json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["declarations"][0]["doc"][0], "Les voisins");
    folder.write("s.json", &ran.out);
    let ran = folder.run(&["import", "s.json", "--from", "json"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, TEXT), "{ran:?}");
    let ran = folder.run(&["import", "s.json", "--from", "json", "--lang", "en"]);
    assert!(
        ran.out.starts_with("langue en\n") && ran.out.contains(" if Pays IS \"Monaco\""),
        "{ran:?}"
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let folder = Folder::new();
    folder.write("bad.json", r#"{"version": 1, "declarations": [{"score": {"nom": "S"}}]}"#);
    let ran = folder.run(&["import", "bad.json", "--from", "json", "--lang", "fr"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("/declarations/0/score/nom : membre inconnu"), "{ran:?}");
    folder.write("bad.jalon", "score S\n  +x y z( si\n");
    let ran = folder.run(&["export", "bad.jalon", "--to", "json", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("bad.jalon:2"), "{ran:?}");
    let ran = folder.run(&["import", "bad.jalon", "bad.json", "--from", "json", "--lang", "fr"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    for args in [
        ["export", "bad.jalon", "--to", "json", "--rule", "R"].as_slice(),
        &["export", "--to", "json"],
        &["export", "bad.jalon", "--to", "zoho"],
    ] {
        let ran = folder.run(args);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains("--criterion"), "{ran:?}");
    }
}

#[test]
fn hashes_are_of_what_is_said() {
    let folder = Folder::new();
    folder.write("s.jalon", TEXT);
    folder.write("t.jalon", "score S on P\n\n  +25,0 if Pays IS \"Monaco\"\n");
    let (one, two) =
        (folder.run(&["hash", "s.jalon"]), folder.run(&["hash", "t.jalon", "--lang", "fr"]));
    assert_eq!((one.code, &one.out), (0, &two.out), "{one:?}");
    let lines: Vec<&str> = one.out.lines().collect();
    assert!(lines[0].ends_with("  programme") && lines[1].ends_with("  score S"), "{one:?}");
    let json = folder.run(&["hash", "s.jalon", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(lines[0].starts_with(json["program"].as_str().unwrap()), "{json}");
}

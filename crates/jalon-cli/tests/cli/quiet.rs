//! Programs on standard input, and what `--quiet` leaves out.

use crate::folder::{Folder, PROGRAM};

#[test]
fn a_program_may_come_from_standard_input() {
    let folder = Folder::new();
    let broken = PROGRAM.replace("si Montant", "si Montent");
    let ran = folder.run_with(&["check", "-"], &broken);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("-:13:12") && ran.out.contains("`Montent`"), "{}", ran.out);
    let named = folder.run(&["score", "leads.jalon", "leads.csv", "-o", "a.csv"]);
    let piped = folder.run_with(&["score", "-", "leads.csv", "-o", "b.csv"], PROGRAM);
    assert_eq!((named.code, piped.code), (0, 0), "{piped:?}");
    assert_eq!(folder.read("a.csv"), folder.read("b.csv"));
    folder.write(
        "events.ndjson",
        r#"{"id": "e1", "type": "created", "record": {"id": 1, "Ville": "monaco"}}"#,
    );
    let ran = folder.run_with(&["run", "-", "events.ndjson"], PROGRAM);
    assert!(ran.code == 0 && ran.out.contains("\"new\":\"Monaco\""), "{ran:?}");
    let said = folder.run_with(&["say", "-"], PROGRAM);
    assert_eq!(said.out, folder.run(&["say", "leads.jalon"]).out);
    let exported = folder.run_with(&["export", "-", "--to", "json"], PROGRAM);
    assert_eq!(exported.out, folder.run(&["export", "leads.jalon", "--to", "json"]).out);
}

#[test]
fn standard_input_is_read_once() {
    let folder = Folder::new();
    for args in [["score", "-", "-"].as_slice(), &["check", "-", "-"], &["diff", "-", "-"]] {
        let ran = folder.run_with(&[args, &["--lang", "fr"]].concat(), PROGRAM);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains("`-` ne se donne qu'une fois"), "{}", ran.err);
    }
}

#[test]
fn times_are_for_those_who_watch_and_quiet_leaves_out_summaries() {
    let folder = Folder::new();
    let commands = [
        ["score", "leads.jalon", "leads.csv"].as_slice(),
        &["match", "leads.csv", "--criterion", "Ville CONTIENT monaco"],
        &["simulate", "--old", "leads.jalon", "--new", "leads.jalon", "leads.csv"],
    ];
    for command in commands {
        let loud = folder.run(command);
        assert!(!loud.err.contains(" s\n") && !loud.err.contains("lignes/s"), "{}", loud.err);
        let quiet = folder.run(&[command, &["--quiet"]].concat());
        assert_eq!((quiet.code, quiet.err.as_str()), (0, ""), "{quiet:?}");
        assert_eq!(quiet.out, loud.out);
    }
    let ran = folder.run(&["score", "leads.jalon", "none.csv", "-q"]);
    assert!(ran.code == 2 && ran.err.contains("none.csv"), "findings stay: {ran:?}");
}

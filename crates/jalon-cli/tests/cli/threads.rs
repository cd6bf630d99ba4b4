//! What several threads must not change.

use std::fmt::Write;
use std::process::{Command, Stdio};

use crate::folder::{Folder, Ran, timeless};

/// Rows enough for many batches, with quotes, bad values, and rows too long and too short.
fn many_rows() -> String {
    let mut text = "Nom,Email,Statut Membre,Montant,Vu\n".to_owned();
    for n in 0..60_000 {
        let _ = match n % 1000 {
            13 => writeln!(text, "\"Durand, \"\"fils\"\" {n}\",,Clic CRM,\"1 500,50\","),
            14 => writeln!(text, "court {n}"),
            15 => writeln!(text, "n{n},a@x.fr,Clic ZC,beaucoup,hier"),
            _ => {
                writeln!(text, "Martin {n},a{n}@x.fr,Open CRM,{},2026-06-{}", n % 3000, n % 30 + 1)
            }
        };
    }
    text
}

fn run(folder: &Folder, args: &[&str], threads: &str) -> Ran {
    folder.run(&[args, &["--lang", "en", "--threads", threads]].concat())
}

#[test]
fn the_same_rows_come_out_in_the_same_order() {
    let folder = Folder::new();
    folder.write("many.csv", many_rows());
    let ran = folder.run(&["score", "leads.jalon", "many.csv", "-o", "many.ndjson"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder.write("wide.ndjson", folder.read("many.ndjson").replace("\"scorex\":", "\"before\":"));
    let clock = "score Frais\n  +5 si Vu DANS LES 7 DERNIERS jours\n";
    folder.write("clock.jalon", clock);
    for (args, out) in [
        (&["score", "leads.jalon", "many.csv", "-o", "out.csv"][..], "out.csv"),
        (&["score", "clock.jalon", "many.csv", "--now-column", "Vu", "-o", "out.csv"], "out.csv"),
        (&["match", "leads.jalon", "many.csv", "--criterion", "Montant > 1000"], ""),
        (&["match", "wide.ndjson", "--criterion", "Montant > 1000", "-o", "out.csv"], "out.csv"),
    ] {
        let [one, several] = ["1", "5"].map(|threads| {
            let ran = run(&folder, args, threads);
            assert_eq!(ran.code, 0, "{}", ran.err);
            let rows = if out.is_empty() { ran.out } else { folder.read(out) };
            (rows, timeless(&ran.err))
        });
        assert!(one.0.len() > 100_000, "{args:?}");
        assert!(one.0 == several.0, "{args:?}: other rows");
        assert_eq!(one.1, several.1, "{args:?}");
        // A hundred and twenty rows have no address.
        assert!(args[..2] != ["score", "leads.jalon"] || one.1.contains("59,880"), "{}", one.1);
    }
}

#[test]
fn the_first_problem_of_the_file_ends_the_work() {
    let folder = Folder::new();
    let header = "Nom,Email,Ville,Statut Membre,Email Opt Out,Montant,Dernier contact\n";
    let rows = |n| ",,,,,1,\n".repeat(n);
    let bad = ",,,,,beaucoup,\n";
    folder.write("bad.csv", format!("{header}{}{bad}{bad}{}", rows(150_000), rows(150_000)));
    let objects = "{\"Email\": \"a\"},".repeat(20_000);
    folder.write("cut.json", format!("[{objects}7,{objects}{{}}]"));
    for threads in ["1", "4"] {
        let args = ["score", "leads.jalon", "bad.csv", "--strict", "-o", "out.csv"];
        let ran = run(&folder, &args, threads);
        assert_eq!(ran.code, 1, "{}", ran.err);
        let said = "error: row 150002: `Prospects.Montant`: `beaucoup` is not a number\n";
        assert_eq!(ran.err, said);
        assert!(!folder.path("out.csv").exists());
        let ran = run(&folder, &["match", "cut.json", "--criterion", "Email IS b"], threads);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains("`cut.json`: row 20001: a JSON object was"), "{}", ran.err);
    }
}

#[test]
fn a_number_of_threads_is_at_least_one() {
    let folder = Folder::new();
    let ran = run(&folder, &["score", "leads.jalon", "leads.csv"], "0");
    assert_eq!(ran.code, 2, "{ran:?}");
}

/// The most memory that a run takes while it is fed so many rows.
#[cfg(target_os = "linux")]
fn peak_kilobytes(folder: &Folder, rows: usize) -> u64 {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .args(["score", "leads.jalon", "-", "-o", "out.csv", "--threads", "2"])
        .current_dir(folder.path("."))
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"Nom,Email,Montant\n").unwrap();
    let block = "Martin,\"a \"\"b\"\"@x.fr\",1200\nDurand,,5\n".repeat(1000);
    for _ in 0..rows / 2000 {
        input.write_all(block.as_bytes()).unwrap();
    }
    // Nearly all is read by now, and the process is still there to be asked.
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(input);
    assert!(child.wait().unwrap().success());
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_file() {
    let folder = Folder::new();
    let (small, large) = (peak_kilobytes(&folder, 200_000), peak_kilobytes(&folder, 1_000_000));
    assert!(large < small + 4096, "{small} kB, then {large} kB");
}

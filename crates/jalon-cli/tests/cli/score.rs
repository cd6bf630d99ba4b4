//! `jalon score`, run as a process.

use crate::folder::{Folder, timeless};

#[test]
fn a_csv_gets_its_score_stars_and_label() {
    let folder = Folder::new();
    let ran = folder.run(&["score", "leads.jalon", "leads.csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("csv", ran.out);
    insta::assert_snapshot!("summary", timeless(&ran.err));
}

#[test]
fn the_summary_speaks_the_language_asked_for() {
    let folder = Folder::new();
    let ran = folder.run(&["score", "leads.jalon", "leads.csv", "--lang", "en"]);
    insta::assert_snapshot!(timeless(&ran.err));
    assert!(!ran.err.contains("rows/s"), "times are for a terminal: {}", ran.err);
}

#[test]
fn output_goes_where_and_how_it_is_asked() {
    let folder = Folder::new();
    for (name, expected) in [
        (
            "out.csv",
            "id;Nom;Email;Ville;Statut Membre;Email Opt Out;Montant;Dernier contact;scorex",
        ),
        ("out.ndjson", "{\"id\":\"1\",\"Nom\":\"Ferrand\""),
        ("out.json", "[\n{\"id\":\"1\""),
        ("out.parquet", ""),
    ] {
        let ran = folder.run(&["score", "leads.jalon", "leads.csv", "-o", name]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
        if name != "out.parquet" {
            assert!(folder.read(name).starts_with(expected), "{}", folder.read(name));
        }
    }
    let again = folder.run(&["match", "out.parquet", "--criterion", "scorex >= 50"]);
    assert!(again.out.starts_with("id,Nom,Email,"), "{again:?}");
    assert_eq!(again.out.lines().count(), 3, "{again:?}");
    let ran = folder.run(&["score", "leads.jalon", "leads.csv", "-o", "out.xlsx"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("extension inconnue"), "{}", ran.err);
}

#[test]
fn ndjson_stays_ndjson_and_its_numbers_stay_exact() {
    let folder = Folder::new();
    folder.write(
        "leads.ndjson",
        "{\"Email\": \"a@x.fr\", \"Montant\": 1000.0000000000000000001}\n\n{\"Email\":null}\n",
    );
    let ran = folder.run(&["score", "leads.jalon", "leads.ndjson"]);
    assert_eq!(
        ran.out,
        "{\"Email\": \"a@x.fr\", \"Montant\": 1000.0000000000000000001,\
         \"scorex\":35,\"scorex_stars\":2,\"scorex_label\":\"tiède\"}\n\
         {\"Email\":null,\"scorex\":0,\"scorex_stars\":1,\"scorex_label\":\"froid\"}\n"
    );
}

#[test]
fn data_may_come_from_standard_input() {
    let folder = Folder::new();
    let ran = folder.run_with(&["score", "leads.jalon", "-"], "Email\na@x.fr\n");
    assert_eq!(ran.out, "Email,scorex,scorex_stars,scorex_label\na@x.fr,25,2,tiède\n");
}

#[test]
fn a_bad_cell_is_named_and_stops_nothing() {
    let folder = Folder::new();
    folder.write("bad.csv", "Email,Montant\na@x.fr,beaucoup\nb@x.fr,2000\n");
    let ran = folder.run(&["score", "leads.jalon", "bad.csv"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.ends_with("a@x.fr,beaucoup,25,2,tiède\nb@x.fr,2000,35,2,tiède\n"),
        "{}",
        ran.out
    );
    insta::assert_snapshot!(timeless(&ran.err));
}

#[test]
fn a_bad_cell_that_another_score_reads_is_named_too() {
    let folder = Folder::new();
    let uses = "score Double sur Prospects\n  + score Scorex * 2\n";
    folder.write("uses.jalon", format!("{}\n{uses}", crate::folder::PROGRAM));
    folder.write("bad.csv", "Email,Montant\na@x.fr,beaucoup\nb@x.fr,2000\n");
    let ran = folder.run(&["score", "uses.jalon", "bad.csv", "--score", "Double"]);
    assert_eq!(ran.out, "Email,Montant,double\na@x.fr,beaucoup,50\nb@x.fr,2000,70\n", "{ran:?}");
    assert!(ran.err.contains("ligne 2") && ran.err.contains("`beaucoup`"), "{}", ran.err);
}

#[test]
fn strict_stops_at_the_first_bad_cell() {
    let folder = Folder::new();
    let header = "Nom,Email,Ville,Statut Membre,Email Opt Out,Montant,Dernier contact";
    folder.write("bad.csv", format!("{header}\n,,,,,1,\n,,,,,beaucoup,\n"));
    let ran = folder.run(&["score", "leads.jalon", "bad.csv", "--strict", "-o", "out.csv"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("ligne 3") && ran.err.contains("`beaucoup`"), "{}", ran.err);
    assert!(!folder.path("out.csv").exists());
    folder.write("ragged.csv", format!("{header}\n,,,,,1,\n,,\n"));
    let ran = folder.run(&["score", "leads.jalon", "ragged.csv", "--strict", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("row 3: 3 cells instead of 7"), "{}", ran.err);
}

#[test]
fn bad_cells_are_named_up_to_a_number() {
    let folder = Folder::new();
    let rows = "x\n".repeat(500);
    folder.write("bad.csv", format!("Montant\n{rows}"));
    let ran = folder.run(&["score", "leads.jalon", "bad.csv", "--lang", "en"]);
    assert!(ran.err.contains("… and 490 more rows to look at"), "{}", ran.err);
    assert!(ran.err.lines().count() < 30, "{}", ran.err);
}

#[test]
fn a_column_that_is_there_already_is_refused() {
    let folder = Folder::new();
    folder.write("twice.csv", "Email,scorex\na,1\n");
    let ran = folder.run(&["score", "leads.jalon", "twice.csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("déjà une colonne `scorex`"), "{}", ran.err);
    let ran = folder.run(&["score", "leads.jalon", "leads.csv", "-o", "no/where.csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err, "erreur : `no/where.csv` : ce dossier n'existe pas\n");
}

#[test]
fn reasons_are_a_sentence_in_a_column_and_an_object_in_json() {
    let folder = Folder::new();
    let ran = folder.run(&["score", "leads.jalon", "leads.csv", "--explain"]);
    insta::assert_snapshot!(ran.out);
    folder.write("one.ndjson", "{\"Email\": \"a@x.fr\"}\n");
    let ran = folder.run(&["score", "leads.jalon", "one.ndjson", "--explain"]);
    let row: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(row["scorex_reasons"]["lines"][0]["holds"], true, "{row}");
}

const CLOCK: &str = "\
score Frais
  +5 si Vu DANS LES 7 DERNIERS jours
score Autre
  +1 si Vu N'EST PAS VIDE
";

#[test]
fn the_clock_is_asked_for_and_never_guessed() {
    let folder = Folder::new();
    folder.write("clock.jalon", CLOCK);
    folder.write("seen.csv", "Vu,Le\n2026-06-28,2026-06-30\n2026-06-28,2026-08-01\n2026-06-28,?\n");
    let ran = folder.run(&["score", "clock.jalon", "seen.csv", "--score", "frais"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--now 2026-06-30T09:00"), "{}", ran.err);
    let fixed = ["--score", "Frais", "--now", "2026-06-30T09:00", "--zone", "Europe/Paris"];
    let ran = folder.run(&[&["score", "clock.jalon", "seen.csv"], &fixed[..]].concat());
    assert_eq!(ran.out.lines().nth(2), Some("2026-06-28,2026-08-01,5"), "{ran:?}");
    let column = ["--score", "Frais", "--now-column", "le"];
    let ran = folder.run(&[&["score", "clock.jalon", "seen.csv"], &column[..]].concat());
    let expected = "Vu,Le,frais\n2026-06-28,2026-06-30,5\n2026-06-28,2026-08-01,0\n2026-06-28,?,\n";
    assert_eq!(ran.out, expected);
    assert!(ran.err.contains("ligne 4 : `le`"), "{}", ran.err);
    let closing = "1 ligne sans score : l'heure présente y est illisible";
    assert!(ran.err.contains(closing) && !ran.err.contains("compte 0"), "{}", ran.err);
    let ran = folder.run(&["score", "clock.jalon", "seen.csv", "--score", "Frais", "--now", "now"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let bad = [["--now", "hier soir"], ["--zone", "Europe/Pari"], ["--now-column", "L"]];
    for option in bad {
        let args =
            [&["score", "clock.jalon", "seen.csv", "--score", "Frais"], &option[..]].concat();
        let ran = folder.run(&args);
        assert_eq!(ran.code, 2, "{option:?} {ran:?}");
        assert!(ran.err.contains(option[0]), "{}", ran.err);
    }
}

#[test]
fn several_scores_are_chosen_by_name_or_by_module() {
    let folder = Folder::new();
    folder.write("clock.jalon", CLOCK);
    let ran = folder.run(&["score", "clock.jalon", "leads.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`Frais`") && ran.err.contains("--score"), "{}", ran.err);
    let ran = folder.run(&["score", "clock.jalon", "leads.csv", "--score", "Frai"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("vouliez-vous dire `Frais` ?"), "{}", ran.err);
    folder.write(
        "all/a.jalon",
        format!("{}\nmodule Contacts\n  Nom : texte\n", crate::folder::PROGRAM),
    );
    folder.write("all/b.jalon", "score B sur Contacts\n  +1 si Nom N'EST PAS VIDE\n");
    let ran = folder.run(&["score", "all", "leads.csv", "--module", "contacts"]);
    assert!(ran.out.lines().next().unwrap().ends_with(";b"), "{ran:?}");
    let ran = folder.run(&["score", "all", "leads.csv", "--module", "Leads"]);
    assert!(ran.out.contains(";scorex;"), "{ran:?}");
    let ran = folder.run(&["score", "all", "leads.csv", "--module", "Contact"]);
    assert!(ran.err.contains("`Contacts`"), "{ran:?}");
}

#[test]
fn a_program_with_errors_is_rendered_and_exits_1() {
    let folder = Folder::new();
    folder.write(
        "bad.jalon",
        "score S\n  +10 si Ville EST Nice ET Pays EST Monaco OU Pays EST Italie\n",
    );
    let ran = folder.run(&["score", "bad.jalon", "leads.csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("bad.jalon:2:"), "{}", ran.err);
}

#[test]
fn missing_files_exit_2() {
    let folder = Folder::new();
    let ran = folder.run(&["score", "leads.jalon", "no.csv", "--lang", "fr"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "erreur : `no.csv` : introuvable\n"));
    let ran = folder.run(&["score", "no.jalon", "leads.csv", "--lang", "en"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: `no.jalon`: not found\n"));
    let ran = folder.run(&["score", "leads.csv"]);
    assert_eq!(ran.code, 2);
    let ran = folder.run(&["score", "leads.jalon", "leads.csv", "--lang", "de"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn columns_that_the_score_reads_and_the_data_lacks_are_named() {
    let folder = Folder::new();
    folder.write("few.csv", "Email\na@x.fr\n");
    let ran = folder.run(&["score", "leads.jalon", "few.csv"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("`Montant`") && ran.err.contains("`Statut Membre`"), "{}", ran.err);
    assert!(!ran.err.contains("`Adresse e-mail`"), "{}", ran.err);
}

#[test]
fn an_early_closed_output_is_quiet() {
    use std::process::{Command, Stdio};
    let folder = Folder::new();
    let rows = "a@x.fr\n".repeat(200_000);
    folder.write("long.csv", format!("Email\n{rows}"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .args(["score", "leads.jalon", "long.csv"])
        .current_dir(folder.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!err.contains("pipe") && !err.contains("panicked"), "{err}");
}

#[test]
fn a_tsv_has_tabs_whatever_the_input_has() {
    let folder = Folder::new();
    let ran = folder.run(&["score", "leads.jalon", "leads.csv", "-o", "scored.tsv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let written = folder.read("scored.tsv");
    assert!(written.starts_with("id\tNom\tEmail\tVille\t"), "{written}");
    assert!(written.contains("\tDurand; fils\t"), "{written}");
}

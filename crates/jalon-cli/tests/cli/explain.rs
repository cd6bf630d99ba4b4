//! `jalon explain`, run as a process.

use crate::folder::Folder;

const LEAD: &str = "{\"Nom\": \"Ferrand\", \"Email\": \"f@exemple.fr\", \"Ville\": \" monaco\", \
    \"Statut Membre\": \"Open CRM\", \"Montant\": 1500.5}";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("lead.json", LEAD);
    folder
}

#[test]
fn a_score_is_explained_line_by_line() {
    let folder = folder();
    let ran = folder.run(&["explain", "leads.jalon", "lead.json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("french", ran.out);
    let ran =
        folder.run(&["explain", "leads.jalon", "lead.json", "--score", "scorex", "--lang", "en"]);
    insta::assert_snapshot!("english", ran.out);
}

#[test]
fn a_criterion_is_explained_leaf_by_leaf() {
    let folder = folder();
    let criterion = "(Ville EST Monaco OU Code postal COMMENCE PAR 98) ET Montant > 1000";
    let ran = folder.run(&["explain", "lead.json", "--criterion", criterion]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("dynamic", ran.out);
    let asked = folder.run(&["explain", "lead.json", "--criterion", criterion, "--lang", "fr"]);
    assert_eq!(asked.out, ran.out, "its own words are French");
    let criterion = "Ville EST Monaco ET Nom N'EST PAS VIDE";
    let ran = folder.run(&["explain", "leads.jalon", "lead.json", "--criterion", criterion]);
    insta::assert_snapshot!("declared", ran.out);
}

#[test]
fn json_is_the_whole_result() {
    let folder = folder();
    let ran = folder.run(&["explain", "leads.jalon", "lead.json", "--format", "json"]);
    let result: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(result["name"], "Scorex", "{result}");
    let criterion = ["--criterion", "Ville EST Monaco", "--format", "json"];
    let ran = folder.run_with(&[&["explain", "-"], &criterion[..]].concat(), LEAD);
    let result: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(result["holds"], false, "{result}");
}

#[test]
fn a_record_that_is_none_exits_2_with_its_place() {
    let folder = folder();
    folder.write("bad.json", "{\"a\": }");
    folder.write("list.json", "[1]");
    let ran = folder.run(&["explain", "leads.jalon", "bad.json", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("not a JSON object at line 1, column 7"), "{}", ran.err);
    let ran = folder.run(&["explain", "leads.jalon", "list.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("ce n'est pas un objet JSON"), "{}", ran.err);
    let ran = folder.run(&["explain", "leads.jalon", "lead.json", "--score", "Autre"]);
    assert_eq!(ran.code, 2);
    let ran = folder.run(&["explain", "lead.json"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("give programs before the record, or --criterion"), "{}", ran.err);
}

#[test]
fn events_say_what_became_of_them() {
    let folder = folder();
    folder.write(
        "events.jalon",
        "score Chaleur\n  groupe Comportement, entre 0 et 25\n    \
         +10 par e-mail ouvert, au plus 50, sur 90 jours\n    \
         +20 par visite, au plus 1 par jour, si Page CONTIENT tarif\n",
    );
    folder.write(
        "events.json",
        r#"{"événements": [
            {"type": "email_opened", "at": "2026-06-01"},
            {"type": "e-mail ouvert", "at": "2025-06-01"},
            {"type": "visite", "at": "2026-06-20T08:00", "Page": "/tarif"},
            {"type": "visite", "at": "2026-06-20T09:00", "Page": "/tarifs"},
            {"type": "visite", "at": "2026-07-20", "Page": "/tarif"},
            {"type": "visite", "at": "2026-06-19", "Page": "/contact"}]}"#,
    );
    let ran = folder.run(&["explain", "events.jalon", "events.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--now 2026-06-30T09:00"), "{}", ran.err);
    let ran = folder.run(&["explain", "events.jalon", "events.json", "--now", "2026-06-30"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!(ran.out);
}

#[test]
fn an_interval_is_said_as_people_do() {
    let folder = folder();
    folder.write("seen.json", "{\"Vu\": \"2026-06-01\"}");
    let said = |lang: &str| {
        let criterion =
            ["--criterion", "Vu DANS LES 7 DERNIERS jours", "--now", "2026-06-30T09:00"];
        folder.run(&[&["explain", "seen.json"], &criterion[..], &["--lang", lang]].concat()).out
    };
    let (fr, en) = (said("fr"), said("en"));
    assert!(fr.contains("Vu vaut 01/06/2026 (du 23/06/2026 au 30/06/2026)"), "{fr}");
    assert!(en.contains("Vu is 2026-06-01 (from 2026-06-23 to 2026-06-30)"), "{en}");
    assert!(!said("fr").contains("000001") && !said("fr").contains("exclu"), "{}", said("fr"));
}

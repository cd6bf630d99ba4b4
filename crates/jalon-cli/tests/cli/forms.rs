//! `jalon import` and `jalon export`, run as processes.

use serde_json::{Value, json};

use crate::folder::Folder;

const QUERY: &str = r#"{"combinator": "and", "rules": [
    {"field": "City", "operator": "contains", "value": "monaco"},
    {"field": "Montant", "operator": ">", "value": 1000}
]}"#;
const WORKFLOW: &str = "<Workflow><rules><fullName>Nice</fullName><active>true</active>\
    <criteriaItems><field>Lead.City</field><operation>equals</operation><value>Nice</value>\
    </criteriaItems><triggerType>onCreateOnly</triggerType>\
    <actions><name>A</name><type>FieldUpdate</type></actions>\
    <actions><name>T</name><type>Task</type></actions></rules>\
    <fieldUpdates><fullName>A</fullName><field>Zone</field><operation>Literal</operation>\
    <literalValue>06</literalValue></fieldUpdates></Workflow>";

#[test]
fn a_query_becomes_text_in_the_language_asked_for() {
    let folder = Folder::new();
    folder.write("query.json", QUERY);
    let ran = folder.run(&["import", "query.json", "--from", "querybuilder"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "City CONTAINS monaco AND Montant > 1000\n"));
    let french = ["import", "leads.jalon", "-", "--from", "querybuilder", "--lang", "fr"];
    let ran = folder.run_with(&french, QUERY);
    assert_eq!((ran.code, ran.out.as_str()), (0, "City CONTIENT monaco ET Montant > 1000\n"));
    let ran = folder.run_with(&["import", "-", "--from", "querybuilder", "-o", "out.txt"], QUERY);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(folder.read("out.txt").starts_with("City CONTAINS"));
}

#[test]
fn what_is_left_out_is_listed_and_nothing_is_written() {
    let folder = Folder::new();
    folder.write("query.json", QUERY.replace("contains", "soundsLike").replace("1000", "null"));
    let ran = folder.run(&["import", "query.json", "--from", "querybuilder", "--lang", "fr"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    insta::assert_snapshot!("left_out_french", ran.err);
    let ran = folder.run(&["import", "query.json", "--from", "querybuilder", "--lang", "en"]);
    insta::assert_snapshot!("left_out_english", ran.err);
    folder.write("bad.json", "{\"rules\": ");
    let ran = folder.run(&["import", "bad.json", "--from", "zoho"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no JSON at line 1"), "{}", ran.err);
    let ran = folder.run(&["import", "query.json", "--from", "excel"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn rules_are_carried_without_what_they_cannot_do() {
    let folder = Folder::new();
    folder.write("lead.xml", WORKFLOW);
    let ran = folder.run(&["import", "lead.xml", "--from", "salesforce", "--lang", "fr"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("rules", format!("{}---\n{}", ran.out, ran.err));
    folder.write("lead.jalon", ran.out);
    let ran = folder.run(&["check", "lead.jalon"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn criteria_rules_and_scores_are_exported() {
    let folder = Folder::new();
    let export = |args: &[&str]| {
        let ran = folder.run(&[&["export", "leads.jalon"], args].concat());
        let value: Value = serde_json::from_str(&ran.out).unwrap_or(Value::Null);
        (ran.code, value, ran.err)
    };
    let criterion = ["--criterion", "Rejet des mails EST ✓", "--to", "querybuilder"];
    let (code, theirs, _) = export(&criterion);
    assert_eq!(code, 0);
    assert_eq!(
        theirs["rules"][0],
        json!({"field": "Email Opt Out", "operator": "=", "value": true})
    );
    let (_, theirs, _) =
        export(&["--rule", "cm5 : prospect monaco", "--to", "zoho", "--names", "label"]);
    assert_eq!(
        theirs,
        json!({"comparator": "contains", "field": {"api_name": "Ville"}, "value": "monaco"})
    );
    let (code, theirs, _) = export(&["--score", "Scorex", "--to", "pattern"]);
    assert_eq!((code, theirs.as_array().map(Vec::len)), (0, Some(4)));
    assert_eq!(theirs[1]["criterion"]["conditions"][0]["value"], json!(["Clic CRM", "Clic ZC"]));
    let dates = ["--criterion", "Dernier contact DANS LES 7 DERNIERS jours", "--to", "zoho"];
    let (code, theirs, err) = export(&dates);
    assert_eq!((code, theirs), (1, Value::Null));
    insta::assert_snapshot!("refused", err);
    let alone = ["export", "--criterion", "Country IS France", "--to", "zoho"];
    assert_eq!(folder.run(&alone).code, 0);
    assert_eq!(folder.run(&["export", "--rule", "R", "--to", "zoho"]).code, 2);
    assert_eq!(folder.run(&["export", "leads.jalon", "--to", "zoho"]).code, 2);
    assert_eq!(folder.run(&["export", "--rule", "R", "--to", "salesforce"]).code, 2);
}

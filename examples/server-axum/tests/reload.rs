//! New rules while the server runs: what is broken replaces nothing.

mod support;

use serde_json::json;
use support::{Server, sales};

#[test]
fn new_rules_are_taken_and_what_they_change_is_told() {
    let server = Server::start();
    let (_, before) = server.post("/leads", &sales::ada());
    server.edit("leads.jalon", "+20  if Employees >= 20", "+20  if Employees >= 50");
    server.edit("tests/leads.jalon", "score Fit = 45", "score Fit = 25");
    let (status, told) = server.post("/rules/reload", &json!({}));
    assert_eq!(status, 200, "{told}");
    assert!(told["changes"].as_str().unwrap().contains("add 20 points if Employees"), "{told}");
    let (_, after) = server.post("/leads", &sales::ada());
    assert_eq!((&before["score"]["total"], &after["score"]["total"]), (&json!("60"), &json!("40")));
    assert_eq!(after["decision"]["content"], told["content"]);
}

#[test]
fn a_broken_edit_is_refused_with_its_diagnostics_and_the_old_rules_go_on() {
    let server = Server::start();
    server.edit("leads.jalon", "if City IS Lyon", "if Citty IS Lyon");
    let (status, told) = server.post("/rules/reload", &json!({}));
    assert_eq!(status, 422);
    let found = &told["diagnostics"][0];
    assert_eq!((&found["code"], &found["line"]), (&json!("E0203"), &json!(17)), "{told}");
    assert!(found["file"].as_str().unwrap().ends_with("leads.jalon"));
    assert_eq!(found["fixes"][0]["title"], "replace with `City`");
    let (_, told) = server.in_french().post("/rules/reload", &json!({}));
    assert_eq!(told["diagnostics"][0]["message"], "champ inconnu `Citty`");
    assert_eq!(server.post("/leads", &sales::ada()).1["score"]["total"], "60");

    server.edit("leads.jalon", "if Citty IS Lyon", "if City IS Lyon");
    assert_eq!(server.post("/rules/reload", &json!({})).0, 200);
}

#[test]
fn rules_whose_tests_fail_are_refused() {
    let server = Server::start();
    server.edit("leads.jalon", "+25  if Email ISN'T EMPTY", "+30  if Email ISN'T EMPTY");
    let (status, told) = server.post("/rules/reload", &json!({}));
    assert_eq!(status, 422);
    assert_eq!(told["failures"][0]["test"], "a lead from the website is welcomed", "{told}");
    assert_eq!(server.post("/leads", &sales::ada()).1["score"]["total"], "60");
}

#[test]
fn a_blueprint_takes_its_deals_along_or_is_refused() {
    let server = Server::start();
    server.post("/deals", &json!({"Name": "Atelier Martin", "Owner": "Anna"}));
    let send = "/deals/1/transitions/Send%20the%20offer";
    let given = json!({"fields": {"Machines": 1, "Monthly rent": 180}});

    // the state in which the deal stands is gone: nobody has said where it goes
    for file in ["deals.jalon", "tests/deals.jalon"] {
        server.edit(file, "Tasting", "First visit");
    }
    let (status, told) = server.post("/rules/reload", &json!({}));
    assert_eq!(status, 409, "{told}");
    assert!(told["error"].as_str().unwrap().contains("Tasting"), "{told}");

    // another validation: the deal is taken along, and the new one counts
    for file in ["deals.jalon", "tests/deals.jalon"] {
        server.edit(file, "First visit", "Tasting");
    }
    server.edit(
        "deals.jalon",
        "Machines >= 1, message \"at least one machine\"",
        "Machines >= 2, message \"at least two machines\"",
    );
    let (status, told) = server.post("/rules/reload", &json!({}));
    assert_eq!(status, 200, "{told}");
    let (status, refused) = server.by("Anna").post(send, &given);
    assert_eq!((status, &refused["error"]), (422, &json!("at least two machines")));
}

#[test]
fn rules_that_changed_while_the_server_was_down_take_its_deals_along() {
    let mut server = Server::start();
    server.post("/deals", &json!({"Name": "Atelier Martin", "Owner": "Anna"}));
    let (old, new) = ("required Machines, Monthly", "required Machines\n      optional Monthly");
    server.edit("deals.jalon", old, new);
    server.restart();
    let given = json!({"fields": {"Machines": 1}});
    let (status, made) = server.by("Anna").post("/deals/1/transitions/Send%20the%20offer", &given);
    assert_eq!((status, &made["record"]["Stage"]), (200, &json!("Offer")), "{made}");
}

//! The server as its clients see it: real requests, on a database in a folder of their own.

mod support;

use serde_json::json;
use support::{Server, sales};

#[test]
fn a_lead_is_scored_matched_and_welcomed() {
    let server = Server::start();
    let (status, made) = server.post("/leads", &sales::ada());
    assert_eq!(status, 201, "{made}");
    assert_eq!(made["score"], json!({"total": "60", "label": "hot", "errors": []}));
    assert_eq!(made["matching"], json!(["Welcome"]));
    assert_eq!(made["record"]["Status"], "to call");
    let task = &made["decision"]["effects"][0];
    assert_eq!(task["subject"], "Call Ada Martin (Atelier Martin)");
    assert_eq!((&task["due"], &task["to"]), (&json!("2026-07-06"), &json!("Anna")));
    assert_eq!(made["decision"]["timers"][0]["change"], "arm");

    let (_, effects) = server.get("/effects");
    assert_eq!(effects.as_array().map(Vec::len), Some(1));
    let (status, _) = server.post("/effects/e1%2FWelcome%2FLeads%2F1%2F0/done", &json!({}));
    assert_eq!(status, 200);
    assert_eq!(server.get("/effects").1, json!([]));
}

#[test]
fn why_a_lead_has_its_points_is_told_in_both_languages() {
    let server = Server::start();
    server.post("/leads", &json!({"Name": "Di Rossi", "City": "Lyon ", "Employees": "a dozen"}));
    let (status, why) = server.get("/leads/1/why");
    assert_eq!(status, 200);
    let text = why["text"].as_str().unwrap();
    assert!(text.contains("only the spaces around it differ"), "{text}");
    assert_eq!(why["score"]["errors"][0]["value"], "a dozen");
    assert!(why["decisions"][0]["trace"].to_string().contains("Welcome"));

    let (_, why) = server.in_french().get("/leads/1/why");
    assert!(why["text"].as_str().unwrap().contains("espaces"), "{why}");
    assert_eq!(server.get("/leads/7/why").0, 404);
}

#[test]
fn timers_fire_when_they_are_due_and_the_guard_holds_mails_back() {
    let server = Server::start();
    server.post("/leads", &sales::ada());
    server.post("/leads", &sales::ada());
    let (status, changed) = server.patch("/leads/2", &json!({"opt_out": true}));
    assert_eq!((status, &changed["score"]["total"]), (200, &json!("-40")));

    server.at("2026-07-06T15:29Z");
    assert_eq!(server.host().tick().unwrap(), 0);
    server.at("2026-07-08T09:00Z");
    assert_eq!(server.host().tick().unwrap(), 2);
    assert_eq!(server.host().tick().unwrap(), 0, "each only once");
    let (_, effects) = server.get("/effects");
    let mails: Vec<_> =
        effects.as_array().unwrap().iter().filter(|effect| effect["type"] == "email").collect();
    assert_eq!(mails.len(), 1, "the second lead has opted out");
    assert_eq!(mails[0]["to"], json!(["ada@atelier.example"]));
}

#[test]
fn a_transition_is_refused_with_everything_that_stands_in_the_way() {
    let server = Server::start();
    server.post("/deals", &json!({"Name": "Atelier Martin", "Owner": "Anna"}));
    let send = "/deals/1/transitions/Send%20the%20offer";

    let (status, refused) = server.by("Ben").post(send, &json!({"fields": {"Machines": 0}}));
    assert_eq!(status, 422);
    let reasons: Vec<&str> = refused["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| reason["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        reasons,
        [
            "Ben does not own this transition; its owners: record owner",
            "Monthly rent is required",
            "at least one machine",
        ]
    );
    assert_eq!(refused["reasons"][1]["obstacle"]["code"], "missing");

    let given = json!({"fields": {"Machines": 2, "Monthly rent": 180}});
    let (status, made) = server.by("Anna").post(send, &given);
    assert_eq!((status, &made["record"]["Stage"]), (200, &json!("Offer")), "{made}");
    assert_eq!(made["record"]["Machines"], 2);

    let (_, offers) = server.by("Anna").get("/deals/1/transitions");
    assert_eq!(
        offers,
        json!([
            {"transition": "Install", "to": "Installed", "offered": false,
             "why_not": ["Anna does not own this transition; its owners: role Manager"]},
            {"transition": "Lose", "to": "Lost", "offered": true, "why_not": []},
        ])
    );
}

#[test]
fn what_is_no_request_is_told() {
    let server = Server::start();
    server.post("/deals", &json!({"Name": "Atelier Martin", "Owner": "Anna"}));
    assert_eq!(server.post("/leads", &json!(["Ada"])).0, 400);
    assert_eq!(server.post_text("/leads", "{").0, 400);
    assert_eq!(server.patch("/leads/9", &json!({})).0, 404);
    assert_eq!(server.post("/deals/9/transitions/Lose", &json!({})).0, 404);
    assert_eq!(server.post("/effects/none/done", &json!({})).0, 404);

    let (status, answer) = server.post("/deals/1/transitions/Loose", &json!({}));
    assert_eq!(status, 422, "{answer}");
    let (status, answer) = server.post("/deals/1/transitions/Lose", &json!({"field": 1}));
    assert_eq!(status, 400, "{answer}");
}

#[test]
fn a_request_that_is_sent_again_does_nothing_again() {
    let server = Server::start();
    let once = server.named("form-17").post("/leads", &sales::ada());
    let again = server.named("form-17").post("/leads", &sales::ada());
    assert_eq!(once, again);
    assert_eq!(server.get("/effects").1.as_array().map(Vec::len), Some(1));
    assert_eq!(server.get("/leads/2/why").0, 404);
}

#[test]
fn everything_is_there_after_a_restart() {
    let mut server = Server::start();
    server.post("/leads", &sales::ada());
    server.post("/deals", &json!({"Name": "Atelier Martin", "Owner": "Anna"}));
    let before = server.get("/leads/1/why");
    server.restart();
    assert_eq!(server.get("/leads/1/why"), before);
    server.at("2026-07-08T09:00Z");
    assert_eq!(server.host().tick().unwrap(), 1, "the timer is still armed");
    let given = json!({"fields": {"Machines": 2, "Monthly rent": 180}});
    let (status, made) = server.by("Anna").post("/deals/1/transitions/Send%20the%20offer", &given);
    assert_eq!((status, &made["record"]["Stage"]), (200, &json!("Offer")));
}

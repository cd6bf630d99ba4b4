//! The language server, as an editor talks to it.

mod client;

use serde_json::{Value, json};

use client::{Client, place};

const MODULES: &str = "\
module Prospects (Leads)
  # Le nom de famille, « œ » compris.
  Nom (Last_Name) : texte, obligatoire
  Pays : texte
  Statut Membre : liste Clic CRM, Désabonné, Plainte
  Rejet des mails (Email Opt Out) : case
  Date Prochain Push : date
  Compte : référence Comptes

module Comptes
  Type : liste Client, Prospect
";

const RULES: &str = "\
constante Chauds : Clic CRM
score Scorex sur Prospects
  +25 si Statut Membre EST Chauds
règle \"MAJ 😀 œ\" sur Prospects
  quand créé ou modifié
  si Pays EST France ET Nom N'EST PAS VIDE
  alors
    Pays : Monaco
test \"un\" sur Prospects
  avec
    Pays : France
  attendu règle \"MAJ 😀 œ\" ne se déclenche pas
";

/// A server on a folder with two files, the second one open.
struct Desk {
    folder: tempfile::TempDir,
    client: Client,
}

impl Desk {
    fn new(options: &Value) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("modules.jalon"), MODULES).unwrap();
        std::fs::write(folder.path().join("regles.jalon"), RULES).unwrap();
        let mut client = Client::on(folder.path(), options);
        let uri = format!("file://{}/regles.jalon", folder.path().display());
        client.open(&uri, RULES);
        Desk { folder, client }
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}.jalon", self.folder.path().display())
    }

    /// A question about a place of the rules.
    fn at(&mut self, method: &str, needle: &str, back: usize, more: &Value) -> Value {
        let params = self.params(needle, back, more);
        self.client.ask(method, params)
    }

    fn params(&self, needle: &str, back: usize, more: &Value) -> Value {
        let document = json!({"uri": self.uri("regles")});
        let mut params = json!({"textDocument": document, "position": place(RULES, needle, back)});
        if let (Value::Object(params), Value::Object(more)) = (&mut params, more) {
            params.extend(more.clone());
        }
        params
    }
}

#[test]
fn findings_come_as_one_types_and_go_when_mended() {
    let mut desk = Desk::new(&json!({}));
    let uri = desk.uri("regles");
    assert_eq!(desk.client.findings(&uri), Vec::<Value>::new());
    let wrong = RULES.replace("si Pays EST", "si Pyas EST");
    desk.client.replace(&uri, 2, &wrong);
    let found = desk.client.findings(&uri);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["severity"], 1);
    assert_eq!(found[0]["range"]["start"], place(&wrong, "Pyas", 0));
    assert!(found[0]["message"].as_str().unwrap().contains("vouliez-vous dire `Pays` ?"));
    let range = found[0]["range"].clone();
    let params =
        json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let actions = desk.client.ask("textDocument/codeAction", params);
    assert_eq!(actions[0]["title"], "remplacer par `Pays`");
    assert_eq!(actions[0]["edit"]["changes"][&uri][0]["newText"], "Pays");
    desk.client.replace(&uri, 3, RULES);
    assert_eq!(desk.client.findings(&uri), Vec::<Value>::new());
    assert_eq!(desk.client.leave(), 0);
}

#[test]
fn a_warning_can_be_ignored_in_its_place() {
    let mut desk = Desk::new(&json!({}));
    let uri = desk.uri("regles");
    desk.client.findings(&uri);
    let doubtful = RULES.replace("si Pays EST France ET", "si Pays EST Monaco,Nice ET");
    desk.client.replace(&uri, 2, &doubtful);
    let found = desk.client.findings(&uri);
    assert_eq!(found[0]["severity"], 2, "{found:?}");
    let range = found[0]["range"].clone();
    let params =
        json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let actions = desk.client.ask("textDocument/codeAction", params);
    let all = actions.as_array().unwrap();
    let ignore = all.iter().find(|action| action["title"] == "ignorer W0110 ici").unwrap();
    let text = ignore["edit"]["changes"][&uri][0]["newText"].as_str().unwrap();
    assert_eq!(text, "  # jalon: ignorer W0110");
    let line = "N'EST PAS VIDE\n  alors";
    let ignored = doubtful.replace(line, &format!("N'EST PAS VIDE{text}\n  alors"));
    desk.client.replace(&uri, 3, &ignored);
    let left = desk.client.findings(&uri);
    assert!(left.iter().all(|finding| finding["code"] != "W0110"), "{left:?}");
}

#[test]
fn messages_are_in_the_language_asked_for() {
    let mut desk = Desk::new(&json!({"lang": "en"}));
    let uri = desk.uri("regles");
    desk.client.findings(&uri);
    desk.client.replace(&uri, 2, &RULES.replace("si Pays EST", "si Pyas EST"));
    let found = desk.client.findings(&uri);
    assert!(found[0]["message"].as_str().unwrap().contains("did you mean `Pays`?"), "{found:?}");
}

#[test]
fn what_stands_under_the_cursor_is_said() {
    let mut desk = Desk::new(&json!({}));
    let text = |hover: &Value| hover["contents"]["value"].as_str().unwrap().to_owned();
    let nothing = json!({});
    let field = text(&desk.at("textDocument/hover", "Nom N'EST", 1, &nothing));
    for part in ["**Nom** (`Last_Name`)", "texte, obligatoire", "« œ » compris"] {
        assert!(field.contains(part), "{part}: {field}");
    }
    let operator = text(&desk.at("textDocument/hover", "N'EST PAS VIDE", 2, &nothing));
    assert!(operator.contains("Sur un champ vide : faux"), "{operator}");
    let constant = text(&desk.at("textDocument/hover", "Chauds\n", 1, &nothing));
    assert!(constant.contains("constante Chauds : Clic CRM"), "{constant}");
    let word = text(&desk.at("textDocument/hover", "quand créé", 0, &nothing));
    assert!(word.starts_with("**quand** (`when`)") && word.contains("réagit"), "{word}");
    let declaration = text(&desk.at("textDocument/hover", "score Scorex", 0, &nothing));
    assert!(declaration.contains("des points, pour et contre"), "{declaration}");
}

/// Of thousands of values those that fit are sent; the client asks again as one types.
#[test]
fn of_very_long_lists_the_best_matches_come() {
    let mut desk = Desk::new(&json!({}));
    let uri = desk.uri("regles");
    desk.client.findings(&uri);
    let cities: Vec<String> = (0..3000).map(|n| format!("Ville {n}")).collect();
    let list = format!("module Lieux\n  Ville : liste {}\n", cities.join(", "));
    let modules = desk.uri("modules");
    desk.client.open(&modules, &format!("{MODULES}\n{list}"));
    // What waits for the program as it stands now.
    desk.at("textDocument/hover", "Pays EST", 1, &json!({}));
    for (version, typed, count, first) in
        [(2, "", 200, "Ville 0"), (3, "Ville 2999", 1, "Ville 2999")]
    {
        let rules = format!("{RULES}score S sur Lieux\n  +1 si Ville EST {typed}");
        desk.client.replace(&uri, version, &rules);
        let at = place(&rules, &rules, rules.len());
        let params = json!({"textDocument": {"uri": uri}, "position": at});
        let list = desk.client.ask("textDocument/completion", params);
        assert_eq!(list["isIncomplete"], true);
        let items = list["items"].as_array().unwrap();
        assert_eq!((items.len(), &items[0]["label"]), (count, &json!(first)));
    }
}

#[test]
fn names_lead_to_their_declarations_and_uses() {
    let mut desk = Desk::new(&json!({}));
    let nothing = json!({});
    let found = desk.at("textDocument/definition", "Pays EST", 1, &nothing);
    assert_eq!(found["uri"], desk.uri("modules"));
    assert_eq!(found["range"]["start"], place(MODULES, "Pays :", 0));
    let rule = desk.at("textDocument/definition", "MAJ 😀 œ\" ne", 3, &nothing);
    assert_eq!(rule["range"]["start"], place(RULES, "\"MAJ 😀 œ\" sur", 0));
    let all = json!({"context": {"includeDeclaration": true}});
    let places = desk.at("textDocument/references", "Pays EST", 1, &all);
    assert_eq!(places.as_array().unwrap().len(), 4, "{places}");
    let here = desk.at("textDocument/documentHighlight", "Pays EST", 1, &nothing);
    assert_eq!(here.as_array().unwrap().len(), 3, "{here}");
}

#[test]
fn a_name_is_changed_in_all_files_and_quoted_where_it_must_be() {
    let mut desk = Desk::new(&json!({}));
    let new = json!({"newName": "Pays (siège)"});
    let edit = desk.at("textDocument/rename", "Pays EST", 1, &new);
    let texts = |uri: &str| -> Vec<String> {
        let edits = edit["changes"][uri].as_array().unwrap();
        edits.iter().map(|edit| edit["newText"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts(&desk.uri("modules")), ["\"Pays (siège)\""]);
    assert_eq!(texts(&desk.uri("regles")), vec!["\"Pays (siège)\""; 3]);
    let refuse = |desk: &mut Desk, needle: &str, back: usize, new: &str| {
        let params = desk.params(needle, back, &json!({"newName": new}));
        let error = desk.client.refused("textDocument/rename", params);
        error["message"].as_str().unwrap().to_owned()
    };
    assert!(refuse(&mut desk, "Pays EST", 1, "Nom").contains("`Nom` existe déjà"));
    assert!(refuse(&mut desk, "Pays EST", 1, "  ").contains("une ligne"));
    assert!(refuse(&mut desk, "Clic CRM", 1, "Chaud").contains("rien ici"));
}

#[test]
fn fields_operators_and_values_are_offered_in_broken_lines() {
    let mut desk = Desk::new(&json!({}));
    let uri = desk.uri("regles");
    let mut version = 1;
    let mut offered = |line: &str| -> Vec<String> {
        version += 1;
        let text = format!("{RULES}règle \"N\" sur Prospects\n  quand créé\n{line}");
        desk.client.replace(&uri, version, &text);
        let position = place(&text, &text, text.len());
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        let list = desk.client.ask("textDocument/completion", params);
        let items = list["items"].as_array().unwrap();
        items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    };
    let has = |list: &[String], wanted: &[&str]| {
        for label in wanted {
            assert!(list.iter().any(|known| known == label), "{label} in {list:?}");
        }
    };
    has(&offered("  si "), &["Nom", "Statut Membre", "AU MOINS UN"]);
    has(&offered("  si Statut Membre "), &["EST", "CONTIENT", "EST VIDE", "DEVIENT"]);
    has(&offered("  si Statut Membre EST "), &["Clic CRM", "Désabonné", "Chauds", "VIDE"]);
    has(&offered("  si Statut Membre EST Clic CRM, "), &["Désabonné"]);
    has(&offered("  si Rejet des mails EST "), &["sélectionné", "non sélectionné"]);
    has(&offered("  si Date Prochain Push EST "), &["demain", "cette semaine"]);
    has(&offered("  si Date Prochain Push "), &["AVANT", "DANS LES 7 DERNIERS jours"]);
    has(&offered("  si Compte."), &["Type"]);
    has(&offered("  si Compte.Type EST "), &["Client", "Prospect"]);
    has(&offered("  si Pays EST France ET ("), &["Nom"]);
    has(&offered("  alors\n    Statut Membre : "), &["Plainte"]);
    has(&offered("  alors\n    tâche \"Relancer ${"), &["Nom", "Prospects"]);
    has(&offered("  "), &["quand", "sinon si", "tâche", "Pays"]);
    has(&offered("  quand "), &["créé ou modifié", "Pays"]);
    has(&offered("règle \"Z\" sur "), &["Prospects", "Comptes"]);
    has(&offered("test \"t\" sur Prospects\n  attendu règle \""), &["MAJ 😀 œ"]);
    has(&offered("pa"), &["parcours"]);
    let number = offered("  si Nom EST x");
    assert!(!number.iter().any(|label| label == "demain"), "{number:?}");
}

#[test]
fn the_outline_and_the_layout_of_a_file() {
    let mut desk = Desk::new(&json!({}));
    let uri = desk.uri("regles");
    let document = json!({"textDocument": {"uri": uri}});
    let symbols = desk.client.ask("textDocument/documentSymbol", document.clone());
    let names: Vec<_> = symbols.as_array().unwrap().iter().map(|s| s["name"].clone()).collect();
    assert_eq!(names, ["Chauds", "Scorex", "MAJ 😀 œ", "un"]);
    let folds = desk.client.ask("textDocument/foldingRange", document.clone());
    assert_eq!(folds.as_array().unwrap().len(), 3);
    let tokens = desk.client.ask("textDocument/semanticTokens/full", document);
    assert_eq!(tokens["data"].as_array().unwrap().len() % 5, 0);
    desk.client.replace(&uri, 2, "score S sur Prospects\n   +1   si   Pays EST   France\n");
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let params = json!({"textDocument": {"uri": uri}, "options": options});
    let edits = desk.client.ask("textDocument/formatting", params);
    assert_eq!(edits[0]["newText"], "  +1 si Pays EST France\n", "{edits}");
    let found = desk.client.ask("workspace/symbol", json!({"query": "scorex"}));
    assert!(found.as_array().unwrap().len() <= 1);
}

#[test]
fn files_on_disk_count_as_they_change() {
    let mut desk = Desk::new(&json!({}));
    let uri = desk.uri("regles");
    assert_eq!(desk.client.findings(&uri), Vec::<Value>::new());
    let modules = desk.uri("modules");
    let without = MODULES.replace("  Pays : texte\n", "");
    std::fs::write(desk.folder.path().join("modules.jalon"), without).unwrap();
    let change = json!({"changes": [{"uri": modules, "type": 2}]});
    desk.client.tell("workspace/didChangeWatchedFiles", change);
    assert!(!desk.client.findings(&uri).is_empty());
    std::fs::remove_file(desk.folder.path().join("modules.jalon")).unwrap();
    let gone = json!({"changes": [{"uri": modules, "type": 3}]});
    desk.client.tell("workspace/didChangeWatchedFiles", gone);
    desk.client.findings(&uri);
}

#[test]
fn what_is_no_request_is_answered_all_the_same() {
    let mut client = Client::start();
    let early = client.refused("textDocument/hover", json!({}));
    assert_eq!(early["code"], -32002);
    client.send_raw("Content-Length: 9\r\n\r\n{\"broken\"");
    assert_eq!(client.answer(&Value::Null)["error"]["code"], -32700);
    client.ask("initialize", json!({"processId": null, "rootUri": null, "capabilities": {}}));
    client.tell("initialized", json!({}));
    assert_eq!(client.refused("no/method", json!({}))["code"], -32601);
    assert_eq!(client.refused("textDocument/hover", json!({"x": 1}))["code"], -32602);
    client.open("untitled:a", "score S\n  +1 si Pays EST France\n");
    let wrong = json!({"textDocument": {"uri": "untitled:a"}, "position": "here"});
    assert_eq!(client.refused("textDocument/hover", wrong)["code"], -32602);
    let far = json!({"textDocument": {"uri": "untitled:a"}, "position": {"line": 9e8 as u32, "character": 7}});
    assert_eq!(client.ask("textDocument/hover", far), Value::Null);
    let elsewhere = json!({"textDocument": {"uri": "file:///no.jalon"}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.ask("textDocument/definition", elsewhere), Value::Null);
    client.tell("textDocument/didChange", json!({"rubbish": true}));
    assert_eq!(client.leave(), 0);
}

#[test]
fn a_request_can_be_taken_back_and_a_silent_leave_is_noticed() {
    let mut desk = Desk::new(&json!({}));
    let uri = desk.uri("regles");
    // The program is being checked: the question waits, and is taken back.
    desk.client.replace(&uri, 2, &RULES.repeat(50));
    let params = desk.params("Pays EST", 1, &json!({}));
    let id = desk.client.request("textDocument/hover", params);
    desk.client.tell("$/cancelRequest", json!({"id": id}));
    let answer = desk.client.answer(&json!(id));
    let cancelled = answer["error"]["code"] == -32800;
    assert!(cancelled || answer.get("result").is_some(), "{answer}");
    assert_eq!(desk.client.ended(), 1);
}

use serde_json::{Value as Json, json};

use super::{User, Users};
use crate::lang::Lang;

fn wrong(json: &Json) -> [String; 2] {
    let error = Users::read(json).unwrap_err();
    [error.message(Lang::Fr), error.message(Lang::En)]
}

#[test]
fn what_is_read_is_what_is_written() {
    let users = Users::new(vec![
        User::named("Alice").id("7").email("alice@exemple.fr").role("Directrice").group("Juristes"),
        User::named("Bruno").profile("Standard"),
    ]);
    assert_eq!(Users::read(&json!(users)).unwrap(), users);
    let given = json!([{"name": " Alice ", "id": 7, "email": "", "roles": null, "groups": []}]);
    assert_eq!(Users::read(&given).unwrap(), Users::new(vec![User::named("Alice").id("7")]));
    assert_eq!(Users::read(&json!([])).unwrap(), *Users::NONE);
}

#[test]
fn a_user_is_found_by_name_first_then_by_address_and_id() {
    let users = Users::new(vec![
        User::named("Alice").id("Bruno").email("alice@exemple.fr"),
        User::named("Bruno").role("Commercial"),
        User::named("Chloé").role("commercial"),
    ]);
    let named = |name: &str| users.named(name).map(|user| user.name.to_string());
    assert_eq!(named("bruno").unwrap(), "Bruno");
    assert_eq!(named("ALICE@exemple.fr").unwrap(), "Alice");
    assert_eq!(named("Durand"), None);
    let role: Vec<_> = users.with_role("COMMERCIAL").map(|user| user.name.as_ref()).collect();
    assert_eq!(role, ["Bruno", "Chloé"]);
    assert_eq!(
        (users.named("Alice").unwrap().address(), users.named("Chloé").unwrap().address()),
        ("alice@exemple.fr", "Chloé")
    );
}

#[test]
fn errors_say_which_user_and_the_way_out() {
    assert_eq!(
        wrong(&json!({"name": "Alice"})),
        [
            r#"les utilisateurs sont une liste, telle que [{"name": "Alice", "email": "alice@exemple.fr", "roles": ["Directrice"]}]"#,
            r#"users are a list, such as [{"name": "Alice", "email": "alice@exemple.fr", "roles": ["Directrice"]}]"#,
        ]
    );
    let alice = || json!({"name": "Alice"});
    for (user, fr, en) in [
        (
            json!("Bruno"),
            r#"utilisateur 2 : un utilisateur est un objet, tel que {"name": "Alice"}"#,
            r#"user 2: a user is an object, such as {"name": "Alice"}"#,
        ),
        (
            json!({"name": " "}),
            "utilisateur 2 : il manque `name`, le nom sous lequel les règles et les fiches le connaissent",
            "user 2: `name` is missing, the name by which rules and records know the user",
        ),
        (
            json!({"name": "Bruno", "roles": "Commercial"}),
            "utilisateur 2 `Bruno` : `roles` doit être une liste de textes, telle que [\"Directrice\"]",
            "user 2 `Bruno`: `roles` must be a list of texts, such as [\"Directrice\"]",
        ),
        (
            json!({"name": "Bruno", "groups": [1]}),
            "utilisateur 2 `Bruno` : `groups` doit être une liste de textes, telle que [\"Juristes\"]",
            "user 2 `Bruno`: `groups` must be a list of texts, such as [\"Juristes\"]",
        ),
        (
            json!({"name": "Bruno", "role": ["Commercial"]}),
            "utilisateur 2 `Bruno` : clé inconnue `role` ; vouliez-vous dire `roles` ? (il y a : name, id, email, roles, groups, profiles)",
            "user 2 `Bruno`: unknown key `role`; did you mean `roles`? (there are: name, id, email, roles, groups, profiles)",
        ),
        (
            json!({"name": "Bruno", "email": "bruno"}),
            "utilisateur 2 `Bruno` : `email` : `bruno` n'est pas une adresse, il n'y a pas de `@`",
            "user 2 `Bruno`: `email`: `bruno` is no address, there is no `@`",
        ),
        (
            json!({"name": 7}),
            "utilisateur 2 : `name` doit être un texte",
            "user 2: `name` must be a text",
        ),
        (
            json!({"name": "ALICE"}),
            "utilisateur 2 `ALICE` : l'utilisateur 1 s'appelle déjà ainsi ; distinguez-les",
            "user 2 `ALICE`: user 1 bears that name already; tell them apart",
        ),
    ] {
        assert_eq!(wrong(&json!([alice(), user])), [fr, en]);
    }
}

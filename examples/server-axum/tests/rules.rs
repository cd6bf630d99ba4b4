//! What CI holds an edit of the rules to: their layout, no findings, tests that pass and see every
//! criterion hold and not hold.

use jalon::rehearsal::{Rehearsal, test};
use jalon::users::Users;
use jalon::{Lang, Loader};

fn rules() -> Loader {
    jalon_files::with_sources(Loader::default(), ["rules"]).unwrap()
}

#[test]
fn the_rules_are_laid_out_and_without_findings() {
    for file in rules().format(None).files {
        assert!(!file.changed, "run `jalon fmt {}`", file.name);
    }
    let found = rules().check();
    assert!(!found.has_findings(), "{}", found.render(false));
}

#[test]
fn the_tests_beside_the_rules_pass_and_see_every_criterion() {
    let users = std::fs::read_to_string("users.json").unwrap();
    let users = Users::read(&serde_json::from_str(&users).unwrap()).unwrap();
    let program = rules().load().unwrap();
    let stage = Rehearsal::new(&program, program.clock(None, None)).with_users(users);
    let report = test::run_on(&stage);
    let failures = report.tests.iter().flat_map(|test| &test.failures);
    let said: Vec<String> = failures.map(|one| one.message(Lang::En)).collect();
    assert!(report.passed(), "{}", said.join("\n"));
    for seen in &report.coverage {
        assert!(seen.seen_true && seen.seen_false, "no test sees both of `{}`", seen.text);
    }
}

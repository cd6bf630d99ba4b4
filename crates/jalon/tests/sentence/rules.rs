//! Rules, scores and blueprints.

use jalon::{Lang, Program};

const RULES: &str = include_str!("rules.jalon");

#[test]
fn every_trigger_and_action_is_told() {
    let program = Program::parse(RULES).unwrap_or_else(|error| panic!("{error}"));
    for lang in [Lang::Fr, Lang::En] {
        let told = program.say(lang);
        let text: Vec<String> =
            told.iter().map(|told| format!("{}\n{}", told.name, told.text)).collect();
        insta::assert_snapshot!(format!("rules_{}", lang.code()), text.join("\n\n"));
    }
}

#[test]
fn a_name_that_is_not_there_is_refused_with_the_nearest() {
    let program = Program::parse(RULES).unwrap();
    let error = program.say_rule("Relanse", Lang::Fr).unwrap_err();
    assert!(error.to_string().contains("Relance"), "{error}");
    assert!(program.say_blueprint("Afaires", Lang::Fr).is_err());
    assert_eq!(
        program.say_rule("relance", Lang::En).unwrap(),
        program.say_rule("Relance", Lang::En).unwrap()
    );
}

#[test]
fn a_module_that_is_not_declared_is_told_as_written() {
    let text =
        "parcours Vente sur Grandes Affaires, champ Étape\n  états Ouverte\n  gagné Gagnée\n";
    let program = Program::parse(text).unwrap();
    let said = program.say_blueprint("Vente", Lang::Fr).unwrap();
    assert!(said.contains("Grandes Affaires"), "{said}");
    assert_eq!(program.blueprint("Vente").unwrap(), ("Vente", "Grandes Affaires"));
}

//! Tests of one leaf: fields, operators, types, values.

use super::{SCHEMA, checked, clean, finds, fixed, with_schema};
use crate::checked::{Operand, OrderTest, Predicate, Term, TextTest};
use crate::value::Value;

#[test]
fn fields_are_found_by_label_api_name_path_and_qualified() {
    for field in
        ["Nom", "last_name", "NOM", "Compte.Nom", "Account_Name.Nom", "Prospects.Nom", "Leads.Nom"]
    {
        clean(&format!("{field} EST Ferrand"));
    }
}

#[test]
fn unknown_fields_are_reported_with_the_nearest() {
    let found = finds("Soci EST Lamoulie", "E0203", "Soci");
    assert_eq!(found.diagnostics.iter().filter(|d| d.suggestion.is_some()).count(), 0);
    assert_eq!(fixed("Socité EST Lamoulie", 0), "Société EST Lamoulie");
    finds("Compte.Tipe EST prospect", "E0203", "Compte.Tipe");
    assert_eq!(fixed("Compte.Tipe EST prospect", 0), "Compte.Type EST prospect");
}

#[test]
fn the_split_is_chosen_by_the_declared_names() {
    let schema = "module M\n  Région Est : texte\n  Région : texte\n  Est clos est : texte\n";
    let rule = |criterion: &str| checked(&format!("{schema}règle R sur M\n  si {criterion}\n"));
    let Operand::Field(field) = rule("Région Est EST Monaco").test().left.clone() else {
        panic!()
    };
    assert_eq!(field.key.names[0], "Région Est");
    let ambiguous = rule("Région EST Est EST Monaco");
    assert_eq!(ambiguous.findings(), []);
}

#[test]
fn several_splits_are_an_error() {
    let text = "module M\n  A : texte\n  A est B : texte\nrègle R sur M\n  si A est B est C\n";
    assert_eq!(checked(text).findings(), [("E0209", "A est B est C")]);
    // An operator in capitals wins.
    let capitals = text.replace("B est C", "B EST C");
    let Operand::Field(field) = checked(&capitals).test().left.clone() else { panic!() };
    assert_eq!(field.key.names[0], "A est B");
}

#[test]
fn operators_that_the_type_does_not_have() {
    finds("Nom > 3", "E0211", ">");
    finds("Rejet des mails COMMENCE PAR o", "E0211", "COMMENCE PAR");
    finds("Montant CONTIENT 3", "E0211", "CONTIENT");
    finds("Compte CONTIENT 3", "E0211", "CONTIENT");
    finds("Contacts liés EST Paul", "E0211", "EST");
    finds("Statut Membre CORRESPOND À /a/", "E0211", "CORRESPOND À");
    finds("Nom DANS LES 7 DERNIERS jours", "E0211", "DANS LES 7 DERNIERS jours");
}

#[test]
fn contains_true_on_a_checkbox_is_mended() {
    finds("Email Opt Out contains true", "E0211", "contains");
    assert_eq!(fixed("Email Opt Out contains true", 0), "Email Opt Out is true");
    assert_eq!(fixed("Rejet Mail CONTIENT ✓", 0), "Rejet Mail EST ✓");
    assert_eq!(fixed("Rejet Mail NE CONTIENT PAS oui", 0), "Rejet Mail N'EST PAS oui");
}

#[test]
fn a_checkbox_is_never_empty() {
    finds("No-Com EST VIDE", "E0212", "EST VIDE");
    assert_eq!(fixed("No-Com EST VIDE", 0), "No-Com EST non sélectionné");
    assert_eq!(fixed("No-Com EST NON VIDE", 0), "No-Com EST sélectionné");
    assert_eq!(fixed("No-Com is not empty", 0), "No-Com is selected");
}

#[test]
fn constants_of_the_wrong_type() {
    finds("Montant > beaucoup", "E0214", "beaucoup");
    finds("Date Prochain Push EST bientôt", "E0215", "bientôt");
    finds("Créé le APRÈS bientôt", "E0216", "bientôt");
    finds("No-Com EST peut-être", "E0217", "peut-être");
    finds("No-Com EST \"oui\"", "E0217", "\"oui\"");
    finds("Statut Membre EST Clic CMR", "E0218", "Clic CMR");
    assert_eq!(fixed("Statut Membre EST Clic CMR", 0), "Statut Membre EST Clic CRM");
    finds("Centres d'intérêt CONTIENT Tennis", "E0218", "Tennis");
}

#[test]
fn times_on_dates() {
    finds("Date Prochain Push EST 2026-06-30 10h30", "E0219", "2026-06-30 10h30");
    finds("Date Prochain Push EST maintenant", "E0219", "maintenant");
    finds("Date Prochain Push DANS LES 3 DERNIÈRES heures", "E0220", "3 DERNIÈRES heures");
    finds("Date Prochain Push < aujourd'hui plus 3 heures", "E0220", "aujourd'hui plus 3 heures");
    clean("Créé le DANS LES 3 DERNIÈRES heures");
    clean("Créé le < maintenant moins 3 heures");
    clean("Créé le EST 2026-06-30");
}

#[test]
fn a_decimal_comma_in_text() {
    finds("Code postal COMMENCE PAR 06,83", "E0221", "06,83");
    assert_eq!(fixed("Code postal COMMENCE PAR 06,83", 0), "Code postal COMMENCE PAR 06, 83");
    assert_eq!(fixed("Code postal COMMENCE PAR 06,83", 1), "Code postal COMMENCE PAR \"06,83\"");
    clean("Code postal COMMENCE PAR 06, 83");
    clean("Montant > 06,83");
}

#[test]
fn ranges_rise() {
    finds("Montant ENTRE 10 ET 2", "E0222", "10 ET 2");
    assert_eq!(fixed("Montant ENTRE 10 ET 2", 0), "Montant ENTRE 2 ET 10");
    finds("Créé le ENTRE 2026-06-30 ET 2026-01-01", "E0222", "2026-06-30 ET 2026-01-01");
    clean("Montant ENTRE 2 ET 2");
}

#[test]
fn patterns() {
    finds("Nom CORRESPOND À /(a/", "E0223", "/(a/");
    finds("Nom CORRESPOND À /((a{1,100}){1,100}){1,100}/", "E0224", "/((a{1,100}){1,100}){1,100}/");
    finds("Nom SUIT LE FORMAT \"\"", "E0225", "\"\"");
    clean("Nom CORRESPOND À /^a+$/i");
    clean("Nom SUIT LE FORMAT \"99 99\"");
}

#[test]
fn related_records_need_records() {
    finds("AU MOINS UN Nom (Âge > 3)", "E0226", "Nom");
    clean("AU MOINS UN Contacts liés (Âge > 3 ET Nom EST Paul)");
    clean("AUCUN Contacts (Âge > 3)");
    clean("TOUS LES Visites (Page CONTIENT tarif ET Prospects.Pays EST France)");
    finds("AU MOINS UN Visites (Pages CONTIENT tarif)", "E0203", "Pages");
    finds("AU MOINS UN Contacts (Pays EST France)", "E0203", "Pays");
}

#[test]
fn fields_on_the_right() {
    clean("Montant > Budget");
    clean("Pays EST Prospects.Ville");
    finds("Montant > Prospects.Nom", "E0227", "Prospects.Nom");
    finds("Pays EST Ville", "E0210", "Ville");
    assert_eq!(fixed("Pays EST Ville", 0), "Pays EST \"Ville\"");
    assert_eq!(fixed("Pays EST Ville", 1), "Pays EST Prospects.Ville");
    clean("Pays EST \"Ville\"");
    clean("No-Com EST Rejet des mails");
    let checked = with_schema("Montant > Budget * 2");
    assert!(matches!(
        &checked.test().predicate,
        Predicate::Number(OrderTest::Greater, terms) if matches!(terms[0], Term::Expr(_))
    ));
}

#[test]
fn one_value_where_one_is_needed() {
    let text =
        format!("{SCHEMA}constante Deux : 3, 4\nrègle R sur Prospects\n  si Montant > Deux\n");
    assert_eq!(checked(&text).findings(), [("E0229", "Deux")]);
}

#[test]
fn changes_need_a_before() {
    clean("Statut Membre DEVIENT Opted Out");
    clean("Statut Membre PASSE DE vide À Opted Out");
    let score = format!("{SCHEMA}score S sur Prospects\n  +1 si Nom CHANGE\n");
    assert_eq!(checked(&score).findings(), [("E0213", "CHANGE")]);
}

#[test]
fn ticks_are_one_way_or_the_other() {
    finds("No-Com EST oui, non", "E0251", "oui, non");
    assert_eq!(with_schema("No-Com EST coché").test().predicate, Predicate::Ticked(true));
    let negated = with_schema("No-Com N'EST PAS coché");
    assert!(negated.test().negated);
}

#[test]
fn ticks_and_date_words_are_text_on_text() {
    let term = |criterion: &str| match &with_schema(criterion).test().predicate {
        Predicate::Text(TextTest::Equal, terms) => terms[0].clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(term("Nom EST non"), Term::Const(Value::Text("non".into())));
    assert_eq!(term("Nom EST aujourd'hui"), Term::Const(Value::Text("aujourd'hui".into())));
    assert_eq!(term("Nom EST Rock + Roll"), Term::Const(Value::Text("Rock + Roll".into())));
}

#[test]
fn three_decimals_may_be_thousands() {
    let found = finds("Montant > 1,234", "W0202", "1,234");
    assert_eq!(found.diagnostics.last().map(|d| d.args["other"].as_str()), Some("1234"));
    clean("Montant > 1,23");
}

#[test]
fn slash_dates_in_english() {
    let text = "langue en\nmodule M\n  D : date\nrule R on M\n  if D IS 05/06/2026\n";
    assert_eq!(checked(text).findings(), [("W0203", "05/06/2026")]);
    clean("Date Prochain Push EST 05/06/2026");
}

#[test]
fn texts_that_fit_no_value() {
    finds("Statut Membre CONTIENT Clik", "W0204", "Clik");
    clean("Statut Membre CONTIENT Clic");
    clean("Statut Membre COMMENCE PAR clic");
}

#[test]
fn tests_beside_empty() {
    finds(
        "Nom EST VIDE ET Nom NE CONTIENT PAS Directeur",
        "W0206",
        "Nom NE CONTIENT PAS Directeur",
    );
    finds("Nom EST VIDE ET Nom EST Paul", "W0207", "Nom EST Paul");
    clean("Nom EST VIDE OU Nom NE CONTIENT PAS Directeur");
}

#[test]
fn named_constants_stand_for_their_values() {
    let text = format!(
        "{SCHEMA}constante Junk : Casino, Voyance\nrègle R sur Prospects\n  si Société EST Junk, Loto\n"
    );
    let checked = checked(&text);
    let Predicate::Text(_, terms) = &checked.test().predicate else { panic!() };
    assert_eq!(terms.len(), 3);
}

#[test]
fn a_constant_that_the_type_cannot_read_is_shown() {
    let text =
        format!("{SCHEMA}constante Junk : Casino\nrègle R sur Prospects\n  si Montant EST Junk\n");
    let checked = checked(&text);
    assert_eq!(checked.findings(), [("E0214", "Junk")]);
    assert_eq!(checked.diagnostics.last().map(|d| d.labels.len()), Some(1));
}

#[test]
fn the_readings_of_an_ambiguous_leaf_are_shown() {
    let text = "module M\n  A : texte\n  A est B : texte\nrègle R sur M\n  si A est B est C\n";
    let shown = checked(text).rendered(crate::lang::Lang::Fr);
    let readings = "lectures possibles : `\"A\" est B est C`, `\"A est B\" est C`";
    assert!(shown.contains(readings), "{shown}");
}

#[test]
fn hours_are_not_offered_to_a_date() {
    let fixes = |criterion: &str| {
        let found = with_schema(criterion);
        found.diagnostics.iter().map(|found| found.fixes.len()).sum::<usize>()
    };
    assert_eq!(fixes("Date Prochain Push EST dans 3 heures"), 0);
    assert_eq!(fixes("Créé le EST dans 3 heures"), 1);
}

#[test]
fn a_time_gives_way_to_a_day_in_its_own_language() {
    let fixed = |value: &str| fixed(&format!("Date Prochain Push > {value}"), 0);
    assert_eq!(fixed("maintenant"), "Date Prochain Push > aujourd'hui");
    assert_eq!(fixed("now"), "Date Prochain Push > today");
}

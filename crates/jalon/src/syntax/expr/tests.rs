//! Expressions: how they nest, and that they print back.

use super::super::criterion::tests::expr_shape;
use super::super::printer::print_expr;
use super::*;
use crate::lang::Lang;
use crate::source::SourceId;

fn read(text: &str) -> Result<Expr, Vec<&'static str>> {
    let normal = Normal::new(SourceId(0), text);
    let mut found = Vec::new();
    parse(&normal, 0..normal.text.len(), &Limits::default(), &mut found)
        .ok_or_else(|| found.iter().map(|d| d.code.id).collect())
}

fn shape(text: &str) -> String {
    let expr = read(text).unwrap_or_else(|found| panic!("{text}: {found:?}"));
    let shape = expr_shape(&expr);
    for lang in [Lang::Fr, Lang::En] {
        let printed = print_expr(&expr, lang);
        let again = read(&printed).unwrap_or_else(|found| panic!("{printed}: {found:?}"));
        assert_eq!(expr_shape(&again), shape, "printed as: {printed}");
    }
    shape
}

#[test]
fn arithmetic_binds_as_usual() {
    assert_eq!(shape("+ Montant / 1000"), "([Montant] / [1000])");
    assert_eq!(shape("a + b * c - d"), "(([a] + ([b] * [c])) - [d])");
    assert_eq!(shape("a - (b - c)"), "([a] - ([b] - [c]))");
    assert_eq!(shape("(a + b) * 2,5"), "(([a] + [b]) * [2,5])");
    assert_eq!(shape("- (a + b)"), "(neg ([a] + [b]))");
    assert_eq!(shape("a * - b"), "([a] * (neg [b]))");
    assert_eq!(shape("Chiffre d'affaires - 1 234,5"), "([Chiffre d'affaires] - [1 234,5])");
    assert_eq!(shape("sous-traitant"), "[sous-traitant]");
    assert_eq!(shape("-100"), "[-100]");
    assert_eq!(shape("+25"), "[+25]");
    assert_eq!(shape("\"a + b\" + \" \""), "(\"a + b\" + \" \")");
}

#[test]
fn dates_with_offsets() {
    assert_eq!(shape("aujourd'hui plus 100 jours"), "([aujourd'hui] + 100 Day)");
    assert_eq!(shape("Date Auto moins 2 jours ouvrés"), "([Date Auto] - 2 BusinessDay)");
    assert_eq!(shape("now plus 1 week minus 2 hours"), "(([now] + 1 Week) - 2 Hour)");
    assert_eq!(shape("Date moins 1 mois"), "([Date] - 1 Month)");
    assert_eq!(shape("un de plus"), "[un de plus]");
    assert_eq!(shape("(a + b) plus 3 jours"), "(([a] + [b]) + 3 Day)");
}

#[test]
fn functions_aggregates_and_conditions() {
    assert_eq!(shape("arrondi(Montant / 3, 2)"), "(Round ([Montant] / [3]) [2])");
    assert_eq!(shape("jours entre (Créé le, maintenant)"), "(DaysBetween [Créé le] [maintenant])");
    assert_eq!(shape("Days Between(a, today plus 3 days)"), "(DaysBetween [a] ([today] + 3 Day))");
    assert_eq!(
        shape("SOMME DE Factures.Montant (Statut EST Payée) * 2"),
        "((Sum [Factures.Montant] {[Statut] Is:Word [Payée]}) * [2])"
    );
    assert_eq!(shape("NOMBRE D'E-mails ()"), "(Count [E-mails] )");
    assert_eq!(shape("max de \"Mes (x)\" (A = 1)"), "(Max [Mes (x)] {[A] Is:Sign [1]})");
    assert_eq!(shape("si (A EST b) alors 1 sinon 2"), "(if {[A] Is:Word [b]} [1] [2])");
    assert_eq!(
        shape("if (A = 1 OR B = 2) then if (C = 3) then 1 else 2 else a + 3"),
        "(if (any {[A] Is:Sign [1]} {[B] Is:Sign [2]}) (if {[C] Is:Sign [3]} [1] [2]) ([a] + [3]))"
    );
    assert_eq!(shape("1 + (si (A = 1) alors 1 sinon 2)"), "([1] + (if {[A] Is:Sign [1]} [1] [2]))");
    assert_eq!(shape("score Profil + 3"), "((score [Profil]) + [3])");
    assert_eq!(shape("score \"Mon (score)\""), "(score [Mon (score)])");
    assert_eq!(shape("minuscules(\"${Nom}, x\")"), "(Lower \"${Nom}, x\")");
}

#[test]
fn leaves_hold_expressions() {
    let leaf = |text: &str| {
        let criterion = crate::syntax::parse_criterion(SourceId(0), text);
        let criterion = criterion.unwrap_or_else(|found| panic!("{text}: {found:?}"));
        super::super::criterion::tests::round_trip(&criterion);
        super::super::criterion::tests::shape(&criterion)
    };
    assert_eq!(
        leaf("jours entre(Créé le, maintenant) <= 20"),
        "{(DaysBetween [Créé le] [maintenant]) LessOrEqual:Ascii [20]}"
    );
    assert_eq!(
        leaf("NOMBRE DE Contacts (Ville EST Nice) > 3"),
        "{(Count [Contacts] {[Ville] Is:Word [Nice]}) Greater:Sign [3]}"
    );
    assert_eq!(leaf("A > Budget * 2"), "{[A] Greater:Sign ([Budget] * [2])}");
    assert_eq!(leaf("A = (B + 1) * 2, C"), "{[A] Is:Sign (([B] + [1]) * [2]) [C]}");
    assert_eq!(
        leaf("D ENTRE aujourd'hui moins 3 jours ET (B) ET A = 1"),
        "(all {[D] Between:Word ([aujourd'hui] - 3 Day)..[B]} {[A] Is:Sign [1]})"
    );
    assert_eq!(leaf("Langage EST C + +"), "{[Langage] Is:Word [C + +]}");
    assert_eq!(leaf("Nombre de salariés > 10"), "{[Nombre de salariés] Greater:Sign [10]}");
    assert_eq!(
        leaf("A > SOMME DE F.M (NOMBRE DE C (x = 1 ET y = 2) > 1)"),
        "{[A] Greater:Sign (Sum [F.M] {(Count [C] (all {[x] Is:Sign [1]} {[y] Is:Sign [2]})) Greater:Sign [1]})}"
    );
}

#[test]
fn what_is_incomplete_is_said() {
    for (text, code) in [
        ("", "E0136"),
        ("a +", "E0136"),
        ("a + * b", "E0136"),
        ("a, b", "E0136"),
        ("()", "E0136"),
        ("foo(1)", "E0130"),
        ("arondi(1)", "E0137"),
        ("si (A = 1) alors 2", "E0138"),
        ("si (A = 1) 2", "E0138"),
        ("si (A) alors 1 sinon 2", "E0111"),
        ("\"a\" b", "E0136"),
        ("b \"a\"", "E0129"),
        ("arrondi(a ET b, 2)", "E0136"),
    ] {
        assert_eq!(read(text).map(|e| expr_shape(&e)), Err(vec![code]), "{text}");
    }
    let chained = format!("{}1", "si (A = 1) alors 1 sinon ".repeat(70));
    assert_eq!(read(&chained).map(|e| expr_shape(&e)), Err(vec!["E0118"]));
}

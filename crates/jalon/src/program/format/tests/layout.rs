//! The layout, by example.

use crate::lang::Lang;
use crate::program::format;

/// The text formatted, after checking that formatting it again changes nothing.
pub(super) fn formatted(text: &str, lang: Option<Lang>) -> String {
    let once = format::text(text, lang).unwrap_or_else(|error| panic!("{error:?}"));
    let twice = format::text(&once, lang).unwrap_or_else(|error| panic!("{error:?}\n{once}"));
    assert_eq!(twice, once, "formatted twice");
    once
}

#[track_caller]
fn assert_formats(text: &str, expected: &str) {
    let found = formatted(text, None);
    assert!(found == expected, "found:\n{found}\nexpected:\n{expected}");
}

#[track_caller]
fn assert_translates(text: &str, lang: Lang, expected: &str) {
    let found = formatted(text, Some(lang));
    assert!(found == expected, "found:\n{found}\nexpected:\n{expected}");
}

#[test]
fn comments_stay_where_they_are() {
    assert_formats(
        "\
#entête


# doc de A
score A sur P   # la note
# avant
 +25  si  Pays EST France  # jalon: ignorer W0801


     # groupe deux
 +1 si (Ville EST Nice # sud
   # ou
   OU Ville EST Cannes )
    #####
   # fin
# libre

constante B : x, # premier
   y
",
        "\
# entête

# doc de A
score A sur P  # la note
  # avant
  +25 si Pays EST France  # jalon: ignorer W0801

  # groupe deux
  +1  si Ville EST Nice  # sud
    # ou
    OU Ville EST Cannes
  #####
  # fin

# libre

constante B : x,  # premier
  y
",
    );
}

#[test]
fn lines_stay_in_their_order_and_groups_apart() {
    assert_formats(
        "\
règle R sur P
  # au plus une fois
  une seule fois

  quand créé  # ou presque
  si A EST b alors

    # d'abord
    X : 1


    Y : 2  # ensuite
    # enfin
  puis 3 jours après
    supprimer
constante A : x
constante B : y

constante C : z
",
        "\
règle R sur P
  # au plus une fois
  une seule fois

  quand créé  # ou presque
  si A EST b
  alors

    # d'abord
    X : 1

    Y : 2  # ensuite
  # enfin
  puis 3 jours après
    supprimer

constante A : x
constante B : y

constante C : z
",
    );
}

#[test]
fn each_keyword_stays_in_its_language() {
    assert_formats(
        "rule R sur P\n when créé\n si A est vide AND B IS EMPTY ET C EST x\n then\n  tâche \"T\", due in 2 jours\n",
        "\
rule R sur P
  when créé
  si A EST VIDE AND B IS EMPTY ET C EST x
  then
    tâche \"T\", due in 2 jours
",
    );
    assert_formats(
        "langue en\nscore S sur P\n  +5 si A EST b\n",
        "langue en\n\nscore S on P\n  +5 if A IS b\n",
    );
}

#[test]
fn translating_changes_keywords_ticks_and_date_words_and_nothing_else() {
    let text = "\
langue fr

module P
  Rejet : case
  Nom   : texte
  Date  : date

règle \"si\" sur P
  quand 3 jours avant Date à 10h30
  si Rejet EST oui ET Nom EST oui, aujourd'hui ET Date EST aujourd'hui ET Rejet EST ✓
  alors
    Date plus 100 jours
    Rejet : décoché
    Nom : non
    tâche \"oui\", échéance demain, priorité haute

planification X chaque jour à 19:00 sauf samedi
  au plus 4 P
  alors
    Nom : 1 234,5
";
    assert_translates(
        text,
        Lang::En,
        "\
langue en

module P
  Rejet : checkbox
  Nom   : text
  Date  : date

rule \"si\" on P
  when 3 days before Date at 10h30
  if Rejet IS selected AND Nom IS oui, aujourd'hui AND Date IS today AND Rejet IS ✓
  then
    Date : today plus 100 days
    Rejet : not selected
    Nom : non
    task \"oui\", due tomorrow, priority high

schedule X every day at 19:00 except Saturday
  at most 4 P
  then
    Nom : 1 234,5
",
    );
}

#[test]
fn the_split_that_check_took_is_printed_with_the_quotes_it_needs() {
    assert_formats(
        "module P\n  Nom EST bien : texte\nscore S sur P\n  +1 si Nom EST bien est Dupont\n",
        "module P\n  Nom EST bien : texte\n\nscore S sur P\n  +1 si \"Nom EST bien\" EST Dupont\n",
    );
    assert_formats(
        "module P\n  Nom : texte\nscore S sur P\n  +1 si Nom est bien EST Dupont\n",
        "module P\n  Nom : texte\n\nscore S sur P\n  +1 si Nom EST bien EST Dupont\n",
    );
}

#[test]
fn long_lines_break_before_connectives_and_behind_commas() {
    assert_formats(
        "score S sur P\n  +10 si Adresse e-mail N'EST PAS VIDE ET (Pays EST France, Monaco, Belgique, Luxembourg, Suisse, Allemagne, Italie, Espagne OU Ville EST Nice) ET Montant > 1000\n",
        "\
score S sur P
  +10 si Adresse e-mail N'EST PAS VIDE
    ET (Pays EST France, Monaco, Belgique, Luxembourg, Suisse, Allemagne, Italie, Espagne
      OU Ville EST Nice)
    ET Montant > 1000
",
    );
    assert_formats(
        "module P\n  Type : liste client actif, client dormant, new client, prospect, sous-traitant, suspect, compte-test\n",
        "\
module P
  Type : liste client actif, client dormant, new client, prospect, sous-traitant, suspect,
    compte-test
",
    );
}

#[test]
fn a_text_with_a_syntax_error_is_left_and_its_errors_are_told() {
    let text = "score  S\n  +1 si (A EST b\n";
    let formatting =
        crate::Loader::default().source("a", text).source("b", "score  T\n").format(None);
    let [a, b] = formatting.files.as_slice() else { panic!("two texts") };
    assert!(a.broken && !a.changed && a.text == text);
    assert!(!b.broken && b.changed && b.text == "score T\n");
    assert_eq!(formatting.diagnostics.list.len(), 1);
    assert!(format::text(text, None).is_err());
}

#[test]
fn a_program_with_errors_of_meaning_is_formatted() {
    assert_formats(
        "module P\n  A : texte\nscore  S sur P\n  +1 si B EST c\n",
        "module P\n  A : texte\n\nscore S sur P\n  +1 si B EST c\n",
    );
}

#[test]
fn what_has_no_form_in_another_language_is_kept_and_told() {
    let text = "affectation \"A\" sur P\n   à tour de rôle Alice,  Bruno  # tels quels\n";
    let formatting = crate::Loader::default().source("a", text).format(Some(Lang::En));
    assert_eq!(formatting.files[0].text, text);
    assert_eq!(formatting.files[0].kept.len(), 1);
}

#[test]
fn line_ends_and_odd_texts_stay() {
    assert_formats("score  S\r\n  +1 si A EST b\r\n", "score S\r\n  +1 si A EST b\r\n");
    for text in ["", "# seul\n", "langue fr\n"] {
        assert_formats(text, text);
    }
    assert_formats("\n\n  # seul", "# seul\n");
    assert_formats("# a\n# b\nlangue fr\n# c\nscore S\n", "# a\n# b\nlangue fr\n\n# c\nscore S\n");
}

#[test]
fn a_criterion_alone() {
    let text = "Pays est  Monaco OR (Ville CONTIENT nice)";
    assert_eq!(format::criterion(text, None).unwrap(), "Pays EST Monaco OR Ville CONTIENT nice");
    assert_eq!(
        format::criterion(text, Some(Lang::En)).unwrap(),
        "Pays IS Monaco OR Ville CONTAINS nice"
    );
    assert!(format::criterion("Pays EST", None).is_err());
}

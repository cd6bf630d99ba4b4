//! What is said of wrong rules, in both languages.

use super::errors::said;
use super::*;
use crate::diagnostic::apply;

/// One text for each code, French then English; a head goes before, the rest of a rule after.
const WRONG: &[(&str, &str, &str)] = &[
    ("E0301", "  qand créé\n", "  whenever created\n"),
    ("E0301", "  une fois sur deux\n", "  on enterin\n"),
    (
        "E0302",
        "  quand créé\n  Statut : off\n  alors\n    Pays : x\n",
        "  when created\n  task \"x\"\n",
    ),
    ("E0302", "  puis 3 jours après\n    Statut : off\n", "  then after 3 days\n    webhook SMS\n"),
    ("E0303", "  alors\n    A : 1\n  quand créé\n", "  then\n    A : 1\n  only once\n"),
    ("E0303", "  alors\n    A : 1\n  si B EST 1\n", "  then\n    A : 1\n  if B IS 1\n"),
    ("E0304", "  si A EST 1\n  si B EST 1\n", "  if A IS 1\n  if B IS 1\n"),
    (
        "E0305",
        "  si A EST 1 alors\n    B : 1\n  sinon\n    B : 2\n  sinon si A EST 3\n  alors\n    B : 3\n",
        "  if A IS 1 then\n    B : 1\n  else\n    B : 2\n  else\n    B : 3\n",
    ),
    ("E0306", "  alors\n    B : 1\n  sinon\n    B : 2\n", "  else if A IS 1\n  then\n    B : 2\n"),
    ("E0307", "  si A EST 1\n  alors\n", "  then\n    B : 1\n  then after 3 days\n"),
    ("E0307", "  si A EST 1 alors\n    B : 1\n  sinon\n", "  if A IS 1 then\n  else\n    B : 1\n"),
    ("E0308", "  alors Statut : off\n", "  if A IS 1 then\n    B : 1\n  else delete\n"),
    ("E0309", "  si Nom EST CM2 : x\n", "  when Name : x\n"),
    ("E0310", "  alors\n    tache \"x\"\n    webhok SMS\n", "  then\n    send an email\n"),
    ("E0310", "  alors\n    Statut = off\n    Pays:Monaco\n", "  then\n    Status = off\n"),
    ("E0311", "  alors\n    tâche\n    webhook\n", "  then\n    assign to\n    email to Alice\n"),
    (
        "E0312",
        "  alors\n    tâche \"x\", échéance\n    e-mail \"x\" à\n",
        "  then\n    create Deals with\n    task \"x\", priority, done\n",
    ),
    (
        "E0313",
        "  alors\n    tâche \"x\", echeances demain\n    puis\n",
        "  then\n    task \"a\", b\n    meeting \"x\", tomorrow, length 1 hour, wiht Bob\n",
    ),
    (
        "E0313",
        "  alors\n    A : 1\n  puis 3 jours après, sans verifier\n    A : 2\n",
        "  then\n    email \"x\" to Bob, subject \"x\", urgent\n",
    ),
    (
        "E0314",
        "  alors\n    affecter Alice\n    convertir Contacts\n",
        "  then\n    assign Alice\n",
    ),
    (
        "E0315",
        "  une seule fois par jour\n  alors\n    supprimer tout\n",
        "  then\n    task \"x\", done tomorrow\n",
    ),
    ("E0316", "  alors\n    fonction Calcul(A) B\n", "  then\n    function (A)\n"),
    (
        "E0317",
        "  alors\n    créer Affaires avec Nom, Montant = 1000\n",
        "  then\n    create Deals with Name=x\n",
    ),
    (
        "E0318",
        "  alors\n    e-mail Réponse à un client à Adresse e-mail\n",
        "  then\n    alert Go to market to Alice\n",
    ),
    ("E0319", "  alors\n    rendez-vous \"Démo\", avec Alice\n", "  then\n    meeting \"Demo\"\n"),
    ("E0321", "  alors\n    Statut :\n", "  then\n    Tags +=\n"),
    (
        "E0322",
        "  quand sans modification depuis longtemps\n  alors\n    tâche \"x\", échéance dans 2 lunes\n",
        "  when not updated for ages\n  then\n    meeting \"x\", tomorrow, length soon\n",
    ),
    (
        "E0323",
        "  quand Date Prochain Push à 25h00\n",
        "  then\n    A : 1\n  then after 3 days at 10:75\n    A : 2\n",
    ),
    (
        "E0324",
        "  alors\n    A : 1\n  puis plus tard\n    A : 2\n",
        "  then\n    A : 1\n  then after\n",
    ),
    ("E0325", "  quand Anniversaire, chaque jour\n", "  when Birthday, every other Monday\n"),
    (
        "E0326",
        "  quand Statut devient modifié\n  quand Heure passe de 9h à 10h30\n",
        "  when 3 days before Push changed\n",
    ),
    ("E0327", "  quand 3 jours avant\n  quand score atteint 50\n", "  when score Scorex reaches\n"),
    ("E0328", "  quand Pays EST France\n", "  when Amount > 1000\n"),
    (
        "E0332",
        "  alors\n    tâche \"x\", priorité : haute\n",
        "  then\n    task \"x\", priority : high\n",
    ),
    ("E0329", "  alors\n    tâche ${Prospect.Nom} : Visiteur URL\n", "  then\n    ${Name} : x\n"),
    ("E0114", "  si\n  alors\n    A : 1\n", "  if then\n    A : 1\n"),
    ("E0158", "  alors\n    : off\n", "  then\n    += VIP\n"),
    (
        "E0165",
        "  à chaque fois\n  au passage\n",
        "  then\n    task \"x\", due today, due tomorrow\n  then\n",
    ),
    ("E0167", "  quand score Scorex atteint beaucoup\n", "  when score Scorex falls below zero\n"),
    ("E0181", "  quand\n", "  when\n  when created\n"),
];

#[test]
fn every_error_of_a_rule_has_its_words_in_both_languages() {
    let mut all = String::new();
    for (code, fr, en) in WRONG {
        for (text, lang) in [(fr, Lang::Fr), (en, Lang::En)] {
            let head = lang.pick("règle \"R\" sur M\n", "rule \"R\" on M\n");
            let said = said(&format!("{head}{text}"), lang);
            assert!(said.contains(code), "{code}: {text}\n{said}");
            all.push_str(&said);
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn each_code_of_rules_is_tested() {
    let tested: Vec<_> = WRONG.iter().map(|(code, ..)| *code).collect();
    for code in crate::diagnostic::catalogue::all() {
        let ours = ("E0300".."E0399").contains(&code.id);
        assert!(!ours || tested.contains(&code.id), "{} has no example", code.id);
    }
}

#[test]
fn all_errors_of_a_rule_come_in_one_go() {
    let text = "langue fr\nrègle \"R\" sur M\n  quand cree\n  quand Pays EST France\n  si Nom\n  alors\n    \
                tache\n    Statut = off\n    tâche \"x\", demain\n  puis bientôt\n    webhok SMS\n  \
                quand créé\n";
    let (document, diagnostics) = parse(SourceId(0), text, &Limits::default());
    assert!(document.declarations.is_empty());
    let found: Vec<_> = diagnostics.iter().map(|d| d.code.id).collect();
    assert_eq!(found, ["E0328", "E0111", "E0311", "E0310", "E0313", "E0324", "E0310", "E0303"]);
}

#[test]
fn one_mistake_is_one_error() {
    for (code, text) in [
        ("E0302", "  quand créé\n  Statut : off\n  Pays : x\n  alors\n    Ville : y\n"),
        ("E0303", "  alors\n    A : 1\n  si B EST 1\n  alors\n    A : 2\n"),
        ("E0306", "  alors\n    A : 1\n  sinon\n    A : 2\n"),
        ("E0324", "  alors\n    A : 1\n  puis bientôt\n    A : 2\n    A : 3\n"),
        ("E0115", "  alors\n    tâche \"x\n"),
        ("E0308", "  si A EST 1\n  alors Statut : off\n"),
    ] {
        let text = format!("règle R sur M\n{text}");
        let (_, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        let found: Vec<_> = diagnostics.iter().map(|d| d.code.id).collect();
        assert_eq!(found, [code], "{text}");
    }
}

#[test]
fn a_fix_mends_a_rule() {
    for (wrong, mended) in [
        ("  quand créé\n  Statut : off\n", "  quand créé\n  alors\n    Statut : off\n"),
        ("  puis 3 jours après\n    A : 1\n", "  alors\n  puis 3 jours après\n    A : 1\n"),
        ("  alors\n    Statut = off\n", "  alors\n    Statut : off\n"),
        ("  alors\n    Montant +5\n", "  alors\n    Montant += 5\n"),
        ("  alors\n    Montant HT - 1 000,5\n", "  alors\n    Montant HT -= 1 000,5\n"),
        ("  alors\n    Montant plus 5\n", "  alors\n    Montant += 5\n"),
        ("  then\n    Amount minus 5\n", "  then\n    Amount -= 5\n"),
        ("  alors\n    Pays:Monaco\n", "  alors\n    Pays : Monaco\n"),
        ("  alors Statut : off\n", "  alors\n    Statut : off\n"),
        ("  alors\n    affecter Alice\n", "  alors\n    affecter à Alice\n"),
        ("  alors\n    Statut :\n", "  alors\n    Statut : vide\n"),
        ("  quand Pays EST France\n", "  si Pays EST France\n"),
        (
            "  si A EST 1 alors\n    B : 1\n  si A EST 2 alors\n    B : 2\n",
            "  si A EST 1 alors\n    B : 1\n  sinon si A EST 2 alors\n    B : 2\n",
        ),
        ("  quand Statut devient modifié\n", "  quand Statut DEVIENT modifié\n"),
        (
            "  alors\n    e-mail Réponse à un client à Bob\n",
            "  alors\n    e-mail \"Réponse\" à un client à Bob\n",
        ),
        (
            "  alors\n    tâche ${Prospect.Nom} : Visiteur URL\n",
            "  alors\n    tâche \"${Prospect.Nom} : Visiteur URL\"\n",
        ),
        ("  quand crée\n  qand modifié\n", "  quand crée\n  quand modifié\n"),
    ] {
        let text = format!("règle R sur M\n{wrong}");
        let (_, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        let fixes = diagnostics.iter().filter_map(|d| d.fixes.first());
        let text = apply(&text, fixes.flat_map(|fix| &fix.edits));
        assert_eq!(text, format!("règle R sur M\n{mended}"));
        document(&text);
    }
}

#[test]
fn a_clause_is_named_as_it_is_written() {
    for (lines, clause) in [
        ("  alors\n    étiqueter A\n  puis 3 jours après, sans rien\n    étiqueter B\n", "puis"),
        ("  then\n    tag A\n  then after 3 days, without care\n    tag B\n", "then"),
        ("  then\n    tag A\n  then 3 days after, without care\n    tag B\n", "then"),
    ] {
        let text = format!("règle R sur M\n  quand créé\n{lines}");
        let (_, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        assert_eq!(diagnostics.len(), 1, "{}", rendered(&text, &diagnostics));
        let message = diagnostics[0].message(Lang::En);
        assert!(message.ends_with(&format!("is not an option of `{clause}`")), "{message}");
    }
}

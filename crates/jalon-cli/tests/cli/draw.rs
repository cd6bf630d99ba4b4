//! `jalon blueprint draw`, run as a process.

use crate::folder::Folder;

const RULES: &str = "
parcours \"Vente\" sur Affaires, champ Étape
  états Qualification, Proposition
  gagné Gagnée
  transition \"Proposer\" de Qualification vers Proposition
  transition \"Conclure\" de Proposition vers Gagnée
";

fn folder(more: &str) -> Folder {
    let folder = Folder::new();
    folder.write("vente.jalon", format!("{RULES}{more}"));
    folder
}

#[test]
fn the_picture_goes_where_it_is_asked_for() {
    let folder = folder("");
    let drawn = folder.run(&["blueprint", "draw", "vente.jalon"]);
    assert_eq!((drawn.code, drawn.err.as_str()), (0, ""), "{drawn:?}");
    assert!(drawn.out.starts_with("<svg ") && drawn.out.ends_with("</svg>\n"));
    for (out, begin) in
        [("a.svg", "<svg "), ("a.mmd", "---\ntitle: \"Vente\""), ("a.gv", "digraph")]
    {
        let ran = folder.run(&["blueprint", "draw", "vente.jalon", "-o", out]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
        assert!(folder.read(out).starts_with(begin), "{out}");
    }
    let english =
        ["blueprint", "draw", "vente.jalon", "--format", "dot", "--name", "vente", "--lang", "en"];
    assert!(folder.run(&english).out.contains("Qualification (default)"));
}

#[test]
fn what_cannot_be_drawn_says_so() {
    let folder = folder(&RULES.replace("Vente", "Achat"));
    let failed = |args: &[&str]| {
        let ran = folder.run(&[&["blueprint", "draw", "vente.jalon"], args].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        ran.err
    };
    assert_eq!(
        failed(&[]),
        "erreur : il y a plusieurs parcours ; dites lequel : `Vente`, `Achat` (avec --blueprint)\n"
    );
    assert_eq!(
        failed(&["--name", "Achats"]),
        "erreur : parcours inconnu `Achats` ; vouliez-vous dire `Achat` ?\n"
    );
    let unknown = failed(&["--name", "Achat", "-o", "a.png"]);
    assert_eq!(
        unknown,
        "erreur : `a.png` : extension inconnue ; svg, mmd ou dot, ou dites --format\n"
    );
    assert!(failed(&["--name", "Achat", "-o", "la/a.svg"]).starts_with("erreur : `la/a.svg`"));
    let none = folder.run(&["blueprint", "draw", "leads.jalon"]);
    assert_eq!((none.code, none.err.as_str()), (2, "erreur : le programme n'a pas de parcours\n"));
}

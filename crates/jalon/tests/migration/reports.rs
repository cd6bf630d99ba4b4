//! Plans and changes, as people and as programs read them.

use jalon::blueprint::migration::{Mapping, MappingError, Plan};
use jalon::lang::Lang;
use serde_json::json;

use super::{from, instance, program};

const OLD: &str = "\
module Affaires
  Étape : liste Devis, Relecture, Vieux, Signature, Gagnée
  Montant : devise
  Chef : utilisateur
score Chaleur sur Affaires
  +5 si Montant > 10
parcours Vente sur Affaires, champ Étape
  entrée si Montant > 0
  états Devis, Relecture, Vieux, Signature
  gagné Gagnée
  état Devis, probabilité 10 %
  délai Devis, 3 jours, escalade rôle \"Direction\"
  transition Relire de Devis vers Relecture
    avant
      propriétaires groupe \"Juristes\"
    pendant
      obligatoire Montant
    après
      score Chaleur
  transition Vieillir de Devis vers Vieux
  transition Avancer de Relecture, Vieux vers Signature
  transition parallèle Signer de Signature vers Gagnée
    enfant Juridique
    enfant Finance
";

const NEW: &str = "\
module Affaires
  Étape : liste Devis, Revue, Signature, Gagnée, Perdue
  Montant : devise
  Chef : utilisateur
score Chaleur sur Affaires
  +6 si Montant > 10
parcours Vente sur Affaires, champ Étape
  entrée si Montant > 0 ET Chef N'EST PAS VIDE
  états Devis, Revue, Signature
  gagné Gagnée
  perdu Perdue
  état Devis, probabilité 12,5 %
  délai Devis, 2 jours, escalade rôle \"Direction\"
  transition Relire de Devis vers Revue
    avant
      propriétaires champ Chef, rôle \"Direction\"
    pendant
      obligatoire Montant, Chef
    après
      score Chaleur
  transition Avancer de Revue vers Signature
  transition parallèle Signer de Signature vers Gagnée
    enfant Juridique
      avant
        propriétaires rôle \"Juriste\"
    enfant Compta
  transition commune Perdre vers Perdue
parcours Neuf sur Affaires, champ Étape
  entrée si Montant < 0
  états Devis
";

fn plan() -> Plan {
    let (old, new) = (program(OLD), program(NEW));
    let mapping = Mapping::default().moved("Relecture", "Revue").out("Gagnée");
    let migration = new.migration(Some(&old), mapping).unwrap();
    let mut draft = instance(&old, "Devis");
    let drafts = json!([{"transition": "Vieillir", "given": {}, "saved": "2026-06-02T08:00Z"}]);
    draft.drafts = serde_json::from_value(drafts).unwrap();
    let mut instances = vec![draft.clone(), draft, instance(&new, "Revue")];
    instances.extend(["Devis", "Relecture", "Vieux", "Vieux"].map(|state| instance(&old, state)));
    let mut other = instance(&old, "Devis");
    other.content = "0123456789abcdef".into();
    instances.push(other);
    migration.plan(&instances)
}

#[test]
fn a_plan_is_read_in_both_languages() {
    let plan = plan();
    insta::assert_snapshot!("plan_fr", plan.report(Lang::Fr));
    insta::assert_snapshot!("plan_en", plan.report(Lang::En));
}

#[test]
fn a_plan_is_data() {
    let plan = plan();
    let counts = plan.counts;
    assert_eq!(counts.kept + counts.moved + counts.out + counts.refused, plan.instances);
    let json = serde_json::to_value(&plan).unwrap();
    assert_eq!((&json["kept"], &json["refused"]), (&json!(4), &json!(3)));
    assert_eq!(serde_json::from_value::<Plan>(json).unwrap(), plan);
}

#[test]
fn a_renamed_blueprint_is_told_by_both_names() {
    let (old, new) = (program(OLD), program(&OLD.replace("parcours Vente", "parcours Ventes")));
    let mapping = Mapping::default().renamed("Vente", "Ventes");
    let migration = new.migration(Some(&old), mapping).unwrap();
    let plan = migration.plan([&instance(&old, "Devis")]);
    let json = serde_json::to_value(&plan).unwrap();
    let group = &json["groups"][0];
    assert_eq!((&group["blueprint"], &group["renamed"]), (&json!("Vente"), &json!("Ventes")));
    assert_eq!(serde_json::from_value::<Plan>(json).unwrap(), plan);
    assert!(
        plan.report(Lang::En).starts_with("Blueprint “Vente” → “Ventes”: nothing has changed\n")
    );
}

#[test]
fn what_is_missing_is_told_with_what_may_be_meant() {
    let (old, new) = (program(OLD), program(NEW));
    let error = |mapping: Mapping| match new.migration(Some(&old), mapping) {
        Ok(_) => panic!("no error"),
        Err(error) => [Lang::Fr, Lang::En].map(|lang| error.message(lang)),
    };
    let all = [
        error(Mapping::default().moved("Relecture", "Revues")),
        error(Mapping::default().out("Relectures")),
        error(Mapping::default().renamed("Vente", "Neufs")),
        error(Mapping::default().moved("Relecture", "Revue").out("relecture")),
    ];
    insta::assert_snapshot!(all.concat().join("\n"));
    let none = Mapping::default().read(&json!(["Relecture"]));
    assert_eq!(none, Err(MappingError::NotAMap));
    assert_eq!(Mapping::default().read(&json!({"A": 3})), Err(MappingError::NotAMap));
}

#[test]
fn two_blueprints_of_one_name_are_told_apart_by_the_old_program() {
    let both = |more: &str| {
        format!(
            "module A\n  E : liste X, Y\nmodule B\n  E : liste X, Y\nparcours P sur A, champ E\n  \
             états X\n  final Y\n  transition T de X vers Y\n{more}parcours P sur B, champ E\n  états X\n  \
             final Y\n  transition U de X vers Y\n{more}"
        )
    };
    let old = program(&both(""));
    let new = program(&both("    pendant\n      note obligatoire\n"));
    let of = instance(&old, "X");
    let step = |old| new.migration(old, Mapping::default()).unwrap().step(&of);
    assert_eq!(serde_json::to_value(step(Some(&old))).unwrap()["fate"], "kept");
    assert_eq!(
        serde_json::to_value(step(None)).unwrap(),
        json!({"fate": "refused", "because": "several_of_this_name"})
    );
}

#[test]
fn an_instance_says_itself_where_it_is() {
    let new = program(NEW);
    let migration = new.migration(None, Mapping::default()).unwrap();
    let broken =
        from(&json!({"blueprint": "", "content": "", "state": "", "since": "2026-06-01T08:00Z"}));
    let plan = migration.plan([&broken]);
    assert_eq!((plan.counts.out, plan.changes.len()), (1, 0));
}

#[test]
fn what_a_draft_loses_is_told_in_words() {
    let text = |during: &str, kind: &str| {
        program(&format!(
            "module Devis\n  Nom : texte\nmodule A\n  E : liste X, Y\n  N : nombre\nparcours P sur A, \
             champ E\n  états X\n  final Y\n  transition T de X vers Y\n    pendant\n      facultatif \
             N\n{during}  transition {kind}\n"
        ))
    };
    let all = "      note\n      pièce jointe\n      cocher Vu\n      fiche Devis\n";
    let old = text(all, "parallèle U de X vers Y\n    enfant V\n    enfant W");
    let new = text("", "U de X vers Y");
    let mut of = instance(&old, "X");
    let given = json!({"fields": [["N", 1]], "note": "n", "attachments": ["a.pdf"], "ticked": ["Vu"],
        "records": [["Devis", "1"]]});
    let drafts = json!([{"transition": "T", "given": given, "saved": "2026-06-02T08:00Z"}]);
    of.drafts = serde_json::from_value(drafts).unwrap();
    of.progress = serde_json::from_value(json!([{"transition": "U", "done": ["V"]}])).unwrap();
    let plan = new.migration(Some(&old), Mapping::default()).unwrap().plan([&of]);
    let (fr, en) = (plan.report(Lang::Fr), plan.report(Lang::En));
    for word in ["note", "pièce jointe", "« Vu »", "fiche de Devis", "n'est plus parallèle"] {
        assert!(fr.contains(word), "{word}: {fr}");
    }
    for word in ["a note", "attachments", "“Vu”", "the record of Devis", "not parallel any more"]
    {
        assert!(en.contains(word), "{word}: {en}");
    }
}

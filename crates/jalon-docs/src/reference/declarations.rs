//! The pages of types and of declarations: every word where it may stand.

use jalon::lang::Lang;
use jalon::lexicon::{TICKED, UNTICKED};
use jalon::syntax::vocabulary::{Phrase, Place};

use super::{codes, head, row};

/// Field types, their properties, ticks.
pub(super) fn types(lang: Lang) -> String {
    let mut text = head(lang.pick("Types de champ", "Field types"));
    text += lang.pick(
        "Un module déclare ses champs : `Montant (Amount) : devise, obligatoire`. Les noms entre parenthèses sont ceux des données et des synonymes.\n",
        "A module declares its fields: `Amount (Montant) : money, required`. The names in brackets are those of the data, and synonyms.\n",
    );
    text += &place(Place::Type, lang);
    text += &place(Place::Property, lang);
    text += lang.pick("\n## Cases\n\n", "\n## Checkboxes\n\n");
    text += lang.pick(
        "Ces mots disent d'une case si elle est sélectionnée, dans toutes les casses ; sur un texte ou une liste ce sont des textes.\n\n| | |\n|---|---|\n",
        "These words say of a checkbox whether it is selected, in any case; on a text or a picklist they are texts.\n\n| | |\n|---|---|\n",
    );
    let (ticked, unticked) =
        lang.pick(("sélectionnée", "non sélectionnée"), ("selected", "not selected"));
    text += &row([ticked, &codes(TICKED.iter().copied())]);
    text += &row([unticked, &codes(UNTICKED.iter().copied())]);
    text
}

/// Declarations and their lines.
pub(super) fn page(lang: Lang) -> String {
    let mut text = head(lang.pick("Déclarations et lignes", "Declarations and lines"));
    text += lang.pick(
        "Le mot d'une déclaration commence à la première colonne ; ses autres lignes sont en retrait. Les mots français et anglais se mêlent librement, les accents peuvent manquer.\n",
        "The word of a declaration stands in the first column; its other lines are indented. French and English words mix freely, accents may be missing.\n",
    );
    // Types have a page of their own; words that join others stand in the lines of all.
    let elsewhere = [Place::Type, Place::Property, Place::Inside];
    for of in Place::ALL.iter().filter(|of| !elsewhere.contains(of)) {
        text += &place(*of, lang);
    }
    text
}

fn place(place: Place, lang: Lang) -> String {
    let mut text = format!("\n## {}\n\n", place.title().pick(lang));
    text += lang.pick(
        "| En français | En anglais | |\n|---|---|---|\n",
        "| In English | In French | |\n|---|---|---|\n",
    );
    for Phrase { fr, en } in place.words() {
        let (ours, theirs) = lang.pick((fr, en), (en, fr));
        let meaning = place.meaning(fr[0]).map_or("", |meaning| meaning.pick(lang));
        let (ours, theirs) = (codes(ours.iter().copied()), codes(theirs.iter().copied()));
        text += &row([&ours, &theirs, meaning]);
    }
    text
}

//! The pages of functions and of event types.

use jalon::lang::Lang;
use jalon::lang::Text;
use jalon::lexicon::reference::{self, Called};
use jalon::lexicon::{Aggregate, EVENT_TYPES, Function, Quantifier};

use super::{code, codes, head, modules, row, shown};

type Words<T> = [(T, &'static [&'static str], &'static [&'static str])];

/// Functions, aggregates, quantifiers.
pub(super) fn functions(lang: Lang) -> String {
    let mut text = head(lang.pick("Fonctions", "Functions"));
    text += lang.pick(
        "Une fonction s'écrit avec des parenthèses, à gauche d'un opérateur ou dans une expression (`Montant : arrondi(Montant * 1,2, 2)`). Ce qu'elle donne de rien est rien, sauf mention contraire.\n\n",
        "A function is written with brackets, on the left of an operator or in an expression (`Amount : round(Amount * 1.2, 2)`). Of nothing it gives nothing, unless said otherwise.\n\n",
    );
    text += &modules(lang);
    text += lang.pick("\n## Fonctions de valeurs\n\n", "\n## Functions of values\n\n");
    text += &table(Function::WORDS, reference::FUNCTIONS, lang, false);
    text += lang.pick("\n## Sur les fiches liées\n\n", "\n## Over related records\n\n");
    text += lang.pick(
        "Une parenthèse choisit des fiches : `SOMME DE Contacts.Montant (Ville EST Nice)`. Les valeurs des exemples sont les montants des contacts.\n\n",
        "Brackets choose records: `SUM OF People.Amount (City IS Nice)`. The values of the examples are the amounts of the people.\n\n",
    );
    text += &table(Aggregate::WORDS, reference::AGGREGATES, lang, true);
    text +=
        lang.pick("\n## Combien satisfont un critère\n\n", "\n## How many satisfy a criterion\n\n");
    text += &table(Quantifier::WORDS, reference::QUANTIFIERS, lang, true);
    text
}

fn table<T: Copy + PartialEq>(
    words: &Words<T>,
    rows: &[Called<T>],
    lang: Lang,
    capitals: bool,
) -> String {
    let mut text = lang
        .pick(
            "| En français | En anglais | Donne | De rien | Exemple |\n|---|---|---|---|---|\n",
            "| In English | In French | Gives | Of nothing | Example |\n|---|---|---|---|---|\n",
        )
        .to_owned();
    for called in rows {
        let Some((_, fr, en)) = words.iter().find(|(of, ..)| *of == called.of) else { continue };
        let spelled = |list: &[&str]| {
            let words = list
                .iter()
                .map(|word| if capitals { word.to_uppercase() } else { format!("{word}(…)") });
            words.map(|word| code(&word)).collect::<Vec<_>>().join(", ")
        };
        let (ours, theirs) = lang.pick((fr, en), (en, fr));
        text += &row([
            &spelled(ours),
            &spelled(theirs),
            called.what.pick(lang),
            called.on_empty.pick(lang),
            &shown(&called.example, lang),
        ]);
    }
    text
}

/// Event types.
pub(super) fn events(lang: Lang) -> String {
    let mut text = head(lang.pick("Types d'événement", "Event types"));
    text += lang.pick(
        "Un score compte ce que quelqu'un a fait, `+10 par e-mail ouvert` ; une règle y réagit, `quand e-mail ouvert`. Dans les données un événement porte l'identifiant ou l'un des libellés. Tout autre type
se nomme entre guillemets : `+5 par \"téléchargement\"`.\n\n| Identifiant | En français | En anglais | Ce qui s'est passé |\n|---|---|---|---|\n",
        "A score counts what somebody did, `+10 per email opened`; a rule reacts to it, `when email opened`. In data an event carries the id or one of the labels. Any other type
is named in quotes: `+5 per \"download\"`.\n\n| Id | In English | In French | What happened |\n|---|---|---|---|\n",
    );
    for event in EVENT_TYPES {
        let (ours, theirs) = lang.pick((event.fr, event.en), (event.en, event.fr));
        let what = reference::events(event.id).map_or("", |what: Text| what.pick(lang));
        let (ours, theirs) = (codes(ours.iter().copied()), codes(theirs.iter().copied()));
        text += &row([&code(event.id), &ours, &theirs, what]);
    }
    text
}

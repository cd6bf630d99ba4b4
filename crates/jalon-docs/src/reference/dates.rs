//! The page of dates: units, date words, what each means on one day.

use jalon::lang::Lang;
use jalon::lexicon::{Month, NOW, RELATIVES, Unit, Weekday, reference};
use jalon::{Clock, Program};
use serde_json::json;

use super::{code, codes, head, modules, row, shown, stage};

/// Units, date words, weekdays and months.
pub(super) fn page(lang: Lang) -> Result<String, String> {
    let (program, clock) = stage(lang)?;
    let mut text = head(lang.pick("Dates et durées", "Dates and durations"));
    text += lang.pick(INTRODUCTION.0, INTRODUCTION.1);
    text.push('\n');
    text += &modules(lang);
    text += lang.pick("\n## Unités\n\n", "\n## Units\n\n");
    text += lang.pick(
        "| En français | En anglais | Compte | Exemple |\n|---|---|---|---|\n",
        "| In English | In French | Counts | Example |\n|---|---|---|---|\n",
    );
    for (unit, what, example) in reference::UNITS {
        let words = Unit::WORDS.iter().find(|(of, ..)| of == unit);
        let Some((_, fr, en)) = words else { continue };
        let (ours, theirs) = lang.pick((fr, en), (en, fr));
        let (ours, theirs) = (codes(ours.iter().copied()), codes(theirs.iter().copied()));
        text += &row([&ours, &theirs, what.pick(lang), &shown(example, lang)]);
    }
    text += lang.pick("\n## Mots de date\n\n", "\n## Date words\n\n");
    text += lang.pick(
        "| En français | En anglais | Le 30 juin 2026 |\n|---|---|---|\n",
        "| In English | In French | On 30 June 2026 |\n|---|---|---|\n",
    );
    for (relative, fr, en) in RELATIVES {
        let (ours, theirs) = lang.pick((fr, en), (en, fr));
        let (ours, theirs) = (codes(ours.iter().copied()), codes(theirs.iter().copied()));
        let days = days(&program, &clock, relative.word(lang), lang)?;
        text += &row([&ours, &theirs, &days]);
    }
    let (ours, theirs) = lang.pick((NOW[0], NOW[1]), (NOW[1], NOW[0]));
    let now = lang.pick("l'instant de l'évaluation", "the instant of the evaluation");
    text += &row([&code(ours), &code(theirs), now]);
    text += lang.pick("\n## Jours et mois\n\n", "\n## Days and months\n\n");
    text += lang.pick(
        "| En français | En anglais |\n|---|---|\n",
        "| In English | In French |\n|---|---|\n",
    );
    let weekdays = Weekday::WORDS.iter().map(|(_, fr, en)| (*fr, *en));
    for (fr, en) in weekdays.chain(Month::WORDS.iter().map(|(_, fr, en)| (*fr, *en))) {
        let (ours, theirs) = lang.pick((fr, en), (en, fr));
        text += &row([&codes(ours.iter().copied()), &codes(theirs.iter().copied())]);
    }
    Ok(text)
}

const INTRODUCTION: (&str, &str) = (
    "Une date s'écrit `2026-06-30` ou `30/06/2026`, une heure `10h30` ou `10:30`. Ce qui dépend du présent est un intervalle, calculé de l'horloge et du fuseau que l'hôte donne ; rien ne lit l'horloge du système.
Une semaine commence le lundi et un exercice en janvier, sauf si le `calendrier` du programme le dit autrement.
",
    "A date is written `2026-06-30` or `30/06/2026`, a time `10h30` or `10:30`. What depends on the present is an interval, worked out from the clock and the zone that the host gives; nothing reads the system's clock.
A week starts on Monday and a fiscal year in January, unless the program's `calendar` says otherwise.
",
);

/// The first and the last day on which `Échéance EST word` holds.
fn days(program: &Program, clock: &Clock, word: &str, lang: Lang) -> Result<String, String> {
    let text = lang.pick(format!("Échéance EST {word}"), format!("Due IS {word}"));
    let criterion = program
        .criterion(&text, Some(lang.pick("Prospects", "Leads")))
        .map_err(|e| e.to_string())?;
    let mut found: Vec<String> = Vec::new();
    for year in 2024..=2028 {
        for month in 1..=12 {
            for day in 1..=31 {
                let date = format!("{year}-{month:02}-{day:02}");
                // No such day, such as 31 June: no date, and it does not hold.
                if criterion.matches(&json!({"Due": date}), clock).unwrap_or(false) {
                    found.push(date);
                }
            }
        }
    }
    Ok(match found.as_slice() {
        [] => String::new(),
        [day] => day.clone(),
        [first, .., last] => {
            lang.pick(format!("du {first} au {last}"), format!("{first} to {last}"))
        }
    })
}

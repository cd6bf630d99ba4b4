//! Scores: constant and computed points, groups, limits, events, a score that uses another.

use super::choices::Choices;
use super::words::quoted;

/// The lines of a program's scores `Base` and `Total`; conditions come from `conditions`, of
/// which `Base` uses each where they are `many`.
pub fn scores(
    choices: &mut Choices<'_>,
    conditions: &[String],
    module: bool,
    many: bool,
) -> String {
    let on = if module { " sur Prospects" } else { "" };
    let mut text = format!("score Base{on}\n");
    let constant = choices.below(2) == 0;
    if many {
        text.extend((1..).zip(conditions).map(|(points, c)| format!("  +{points} si {c}\n")));
    }
    lines(choices, conditions, constant, &mut text);
    text.push_str(&format!("score Total{on}\n"));
    let uses = choices.one_in(3);
    if uses {
        text.push_str("  + score Base\n");
    }
    let constant = choices.below(3) != 0;
    lines(choices, conditions, constant, &mut text);
    text
}

fn lines(choices: &mut Choices<'_>, conditions: &[String], constant: bool, text: &mut String) {
    let count = match choices.below(16) {
        15 => 80,
        n => 1 + n,
    };
    text.push_str(&line(choices, conditions, constant));
    for index in 1..count {
        if choices.one_in(6) {
            text.push_str(&format!("  groupe G{index}"));
            let limits = ["", ", entre -5 et 20", ", entre 0 et 2,5", ", entre -1000 et 3"];
            text.push_str(choices.pick(&limits));
            text.push('\n');
        }
        text.push_str(&line(choices, conditions, constant));
    }
    let ends: [&[&str]; 3] = [
        &["", "  entre -100 et 100\n", "  entre 0 et 7,25\n", "  entre -3 et 1000000\n"],
        &["", "  étoiles 1 dès 0, 2 dès 2,5, 3 dès 20\n", "  étoiles 1 dès -5, 5 dès 0,0001\n"],
        &["", "  mentions froid dès -100, tiède dès 0, chaud dès 10\n"],
    ];
    ends.iter().for_each(|end| text.push_str(choices.pick(end)));
}

fn line(choices: &mut Choices<'_>, conditions: &[String], constant: bool) -> String {
    let sign = choices.pick(&["+", "-"]);
    let condition = choices.below(conditions.len() + 1);
    let condition = conditions.get(condition).map_or(String::new(), |c| format!(" si {c}"));
    let after = if condition.is_empty() { String::new() } else { format!(",{condition}") };
    match choices.below(if constant { 8 } else { 20 }) {
        0..=4 => format!("  {sign}{}{condition}\n", choices.below(40)),
        5 => format!("  {sign}{},5{condition}\n", choices.below(40)),
        6 => format!("  {sign}0,{:04}{condition}\n", 1 + choices.below(999)),
        7 => format!("  {sign}{}{condition}\n", choices.pick(&["1000", "1000000", "0,00001"])),
        8 => format!("  + Montant / 10{condition}\n"),
        9 => format!("  + Montant / 8, au plus 50{after}\n"),
        10 => format!("  + longueur(Nom) * 0,5{condition}\n"),
        11 => format!("  - NOMBRE DE Contacts (Âge > 20){condition}\n"),
        12 => format!("  + Effectif * Budget{condition}\n"),
        _ => format!("  {sign}{}{}\n", 1 + choices.below(30), event(choices)),
    }
}

fn event(choices: &mut Choices<'_>) -> String {
    let mut event = choices
        .pick(&[" par e-mail ouvert", " par visite", " par e-mail cliqué", " par \"webinaire\""])
        .to_owned();
    let visit = event == " par visite";
    event.push_str(choices.pick(&["", ", au plus 1 par jour", ", au plus 2 par jour"]));
    event.push_str(choices.pick(&["", ", sur 90 jours", ", sur 1 jour", ", sur 400 jours"]));
    event.push_str(choices.pick(&["", ", demi-vie 30 jours", ", demi-vie 7 jours"]));
    event.push_str(choices.pick(&["", ", au plus 15"]));
    if visit && choices.below(2) == 1 {
        let asked = quoted(&super::words::text(choices));
        event.push_str(&format!(", si Page CONTIENT {asked} OU Durée > {}", choices.below(9)));
    }
    event
}

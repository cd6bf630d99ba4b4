//! A replay as people read it.

use std::time::Duration;

use jalon::blueprint::replay::{Replay, StateReplay};
use jalon::checked::blueprint::StateRole;
use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;

use super::table::Table;
use crate::number;

/// The totals, the states, the transitions and what was refused.
pub fn text(report: &Replay, known: &[&str], show: usize, lang: Lang) -> String {
    let mut text = totals(report, lang);
    section(&mut text, lang.pick("États", "States"), &states(report, lang));
    section(&mut text, lang.pick("Transitions", "Transitions"), &transitions(report, lang));
    if !report.refusals.is_empty() {
        section(&mut text, lang.pick("Refus", "Refused"), &refusals(report, show, lang));
    }
    if !report.unknown.is_empty() {
        let head = lang.pick("Inconnus du parcours", "Unknown to the blueprint");
        section(&mut text, head, &strangers(report, known, show, lang));
    }
    text
}

fn section(text: &mut String, head: &str, lines: &str) {
    text.extend(["\n", head, "\n", lines]);
}

fn totals(report: &Replay, lang: Lang) -> String {
    let counted = |n: u64, fr: (&str, &str), en: (&str, &str)| {
        let (one, many) = lang.pick(fr, en);
        number::counted(n, one, many, lang)
    };
    let share = |part: u64, whole: u64| number::percent(part, whole, lang);
    let moves = report.accepted + report.refused;
    let mut head = lang.pick(format!("{} : ", report.blueprint), format!("{}: ", report.blueprint));
    head += &counted(moves, ("passage", "passages"), ("move", "moves"));
    if moves > 0 {
        let accepted = counted(report.accepted, ("accepté", "acceptés"), ("accepted", "accepted"));
        let refused = counted(report.refused, ("refusé", "refusés"), ("refused", "refused"));
        let accepted = format!("{accepted} ({})", share(report.accepted, moves));
        head = [head, accepted, refused].join(" · ");
    }
    let mut cases = vec![
        counted(report.cases, ("cas", "cas"), ("case", "cases")),
        counted(report.events, ("événement", "événements"), ("event", "events")),
    ];
    if report.cases > 0 {
        cases.push(format!(
            "{} ({})",
            counted(report.conforming, ("conforme", "conformes"), ("conforming", "conforming")),
            share(report.conforming, report.cases),
        ));
        cases.push(counted(report.finished, ("terminé", "terminés"), ("at an end", "at an end")));
        cases.push(counted(
            report.variants,
            ("chemin différent", "chemins différents"),
            ("different way", "different ways"),
        ));
    }
    let mut lines = vec![head, cases.join(" · ")];
    lines.extend(begins(report, lang));
    if report.reordered > 0 {
        lines.push(
            lang.pick("Remis dans l'ordre du temps : ", "Put in order of time: ").to_owned()
                + &counted(report.reordered, ("cas", "cas"), ("case", "cases")),
        );
    }
    if report.early > 0 {
        lines.push(
            lang.pick("Automatiques avant l'heure : ", "Automatic before their time: ").to_owned()
                + &counted(report.early, ("passage", "passages"), ("move", "moves")),
        );
    }
    lines.join("\n") + "\n"
}

/// Where cases begin, if not all where they are to.
fn begins(report: &Replay, lang: Lang) -> Option<String> {
    if report.begins.iter().all(|begin| begin.default) {
        return None;
    }
    let begins: Vec<String> = report
        .begins
        .iter()
        .map(|begin| {
            let state = begin.state.as_deref();
            let state = state.unwrap_or(lang.pick("un état inconnu", "an unknown state"));
            let default =
                if begin.default { lang.pick(" (par défaut)", " (default)") } else { "" };
            format!("{state}{default} {}", number::count(begin.cases, lang))
        })
        .collect();
    Some(lang.pick("Débuts : ", "Beginnings: ").to_owned() + &begins.join(", "))
}

fn states(report: &Replay, lang: Lang) -> String {
    let mut table = Table::new(
        2,
        &lang.pick(
            [
                "état",
                "",
                "entrées",
                "cas",
                "part",
                "y restent",
                "médiane",
                "90e centile",
                "gagnés",
                "perdus",
                "terminés",
            ],
            [
                "state",
                "",
                "entries",
                "cases",
                "share",
                "still there",
                "median",
                "90th percentile",
                "won",
                "lost",
                "finished",
            ],
        ),
    );
    let has = |role| report.states.iter().any(|state| state.role == role);
    let (won, lost, finished) = (has(StateRole::Won), has(StateRole::Lost), has(StateRole::Final));
    for state in &report.states {
        let of = |has: bool, part: u64| match state.cases {
            0 if has => "–".to_owned(),
            cases if has => number::percent(part, cases, lang),
            _ => String::new(),
        };
        table.row([
            state.state.clone(),
            role(state, lang).to_owned(),
            number::count(state.entries, lang),
            number::count(state.cases, lang),
            number::percent(state.cases, report.cases, lang),
            number::count(state.last, lang),
            lasted(state.times.median, lang),
            lasted(state.times.p90, lang),
            of(won, state.won),
            of(lost, state.lost),
            of(finished, state.finished),
        ]);
    }
    table.text()
}

fn role(state: &StateReplay, lang: Lang) -> &'static str {
    match state.role {
        _ if state.default => lang.pick("défaut", "default"),
        StateRole::Won => lang.pick("gagné", "won"),
        StateRole::Lost => lang.pick("perdu", "lost"),
        StateRole::Final => "final",
        StateRole::Closed => lang.pick("fermé", "closed"),
        StateRole::Open | StateRole::Default => "",
    }
}

fn transitions(report: &Replay, lang: Lang) -> String {
    let mut table = Table::new(
        1,
        &lang.pick(
            ["transition", "passages", "partagés", "trop tôt", "médiane", "90e centile"],
            ["transition", "moves", "shared", "too early", "median", "90th percentile"],
        ),
    );
    let some = |count: u64, any: bool| {
        if any { number::count(count, lang) } else { String::new() }
    };
    let shared = report.transitions.iter().any(|one| one.shared > 0);
    let early = report.transitions.iter().any(|one| one.early > 0);
    for one in &report.transitions {
        let indentation = if one.child_of.is_some() { "  " } else { "" };
        table.row([
            format!("{indentation}{}", one.transition),
            number::count(one.count, lang),
            some(one.shared, shared),
            some(one.early, early),
            lasted(one.times.median, lang),
            lasted(one.times.p90, lang),
        ]);
    }
    table.text()
}

fn refusals(report: &Replay, show: usize, lang: Lang) -> String {
    let mut lines = String::new();
    let shown = report.refusals.iter().take(show);
    let counts: Vec<String> =
        shown.clone().map(|refusal| number::count(refusal.count, lang)).collect();
    let width = counts.iter().map(|count| count.chars().count()).max().unwrap_or(0);
    for (refusal, count) in shown.zip(&counts) {
        let message = refusal.message(lang);
        let example = lang.pick("par exemple", "for example");
        let case = &refusal.case;
        lines.extend([format!("  {count:>width$}  {message} ({example} {case})\n")]);
    }
    let more: u64 = report.refusals.iter().skip(show).map(|refusal| refusal.count).sum();
    if more > 0 {
        let more = number::count(more, lang);
        lines += &lang.pick(
            format!("  … et {more} autres ; --show N en nomme davantage\n"),
            format!("  … and {more} others; --show N lists more of them\n"),
        );
    }
    lines
}

/// Names that are none of the blueprint, with what may have been meant.
fn strangers(report: &Replay, known: &[&str], show: usize, lang: Lang) -> String {
    let lines = report.unknown.iter().take(show).map(|name| {
        let near = did_you_mean(&name.name, known.iter().copied());
        let near = near.map(|near| {
            lang.pick(
                format!(" ; vouliez-vous dire `{near}` ?"),
                format!("; did you mean `{near}`?"),
            )
        });
        let count = number::count(name.events, lang);
        format!("  {count}  `{}`{}\n", name.name, near.unwrap_or_default())
    });
    lines.collect()
}

/// A time in its two largest units.
fn lasted(time: Option<Duration>, lang: Lang) -> String {
    let Some(time) = time else { return "–".to_owned() };
    let seconds = time.as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    let day = lang.pick("j", "d");
    let two = |first: u64, unit: &str, second: u64, smaller: &str| {
        let second = if second > 0 { format!(" {second} {smaller}") } else { String::new() };
        format!("{} {unit}{second}", number::count(first, lang))
    };
    match (days, hours, minutes) {
        (1.., ..) => two(days, day, hours, "h"),
        (0, 1.., _) => two(hours, "h", minutes, "min"),
        (0, 0, 1..) => two(minutes, "min", seconds % 60, "s"),
        _ if time.subsec_millis() == 0 => format!("{seconds} s"),
        _ => {
            let text = format!("{:.1} s", time.as_secs_f64());
            lang.pick(text.replace('.', ","), text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_their_two_largest_units() {
        let said = |micros: u64| lasted(Some(Duration::from_micros(micros)), Lang::Fr);
        assert_eq!(said(0), "0 s");
        assert_eq!(said(1_500_000), "1,5 s");
        assert_eq!(said(59_000_000), "59 s");
        assert_eq!(said(90_000_000), "1 min 30 s");
        assert_eq!(said(7_260_000_000), "2 h 1 min");
        assert_eq!(said(86_400_000_000 * 3 + 3_600_000_000), "3 j 1 h");
        assert_eq!(said(86_400_000_000 * 1200), "1\u{a0}200 j");
        assert_eq!(lasted(None, Lang::En), "–");
    }
}

//! What is said at the end: how many rows, the distribution, how often each line held, where
//! the time went.

use std::fmt::Write;
use std::time::Duration;

use jalon::lang::Lang;

use crate::distribution::Distribution;
use crate::number;
use crate::threads::Times;

/// How many lines of the score are shown.
const MOST_LINES: usize = 40;
/// How wide a line of the score is shown.
const MOST_LINE: usize = 72;

/// What happened.
#[derive(Debug)]
pub(super) struct Summary<'s> {
    pub(super) name: &'s str,
    pub(super) distribution: &'s Distribution,
    pub(super) lines: &'s [&'s str],
    pub(super) held: &'s [u64],
    pub(super) bad_rows: u64,
    pub(super) clocks: u64,
    pub(super) issues: u64,
    /// What time went into, and how long it took; for somebody who watches.
    pub(super) times: Option<(Times, Duration)>,
}

impl Summary<'_> {
    pub(super) fn text(&self, lang: Lang) -> String {
        let mut text = String::from("\n");
        self.figures(lang, &mut text);
        self.lines(lang, &mut text);
        self.errors(lang, &mut text);
        self.time(lang, &mut text);
        text
    }

    fn figures(&self, lang: Lang, text: &mut String) {
        let rows = number::rows(self.distribution.rows(), lang);
        let name = self.name;
        let Some(figures) = self.distribution.figures() else {
            push(text, lang.pick(format!("{name} : aucune ligne"), format!("{name}: no rows")));
            return;
        };
        let figure = |n| number::decimal(n, 2, lang);
        let (least, median) = (figure(figures.least), figure(figures.median));
        let (mean, most) = (figure(figures.mean), figure(figures.most));
        push(
            text,
            lang.pick(
                format!(
                    "{name} : {rows} · min {least} · médiane {median} · moyenne {mean} · max {most}"
                ),
                format!(
                    "{name}: {rows} · min {least} · median {median} · mean {mean} · max {most}"
                ),
            ),
        );
        text.push_str(&self.distribution.histogram(lang));
    }

    fn lines(&self, lang: Lang, text: &mut String) {
        let rows = self.distribution.rows();
        if rows == 0 || self.lines.is_empty() {
            return;
        }
        text.push('\n');
        push(
            text,
            lang.pick(
                "Les lignes, et combien de fois chacune a compté",
                "The lines, and how often each held",
            ),
        );
        let counts: Vec<String> = self.held.iter().map(|n| number::count(*n, lang)).collect();
        let widest = counts.iter().map(|count| count.chars().count()).max().unwrap_or(0);
        for ((line, held), count) in self.lines.iter().zip(self.held).zip(&counts).take(MOST_LINES)
        {
            let share = number::percent(*held, rows, lang);
            let line = shorten(line);
            push(text, format!("  {share:>7}  {count:>widest$}  {line}"));
        }
        if let Some(more) = self.lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
            let (one, many) = lang.pick(("autre", "autres"), ("more", "more"));
            let more = number::counted(more as u64, one, many, lang);
            push(text, lang.pick(format!("  … et {more}"), format!("  … and {more}")));
        }
    }

    fn errors(&self, lang: Lang, text: &mut String) {
        if self.bad_rows + self.clocks + self.issues == 0 {
            return;
        }
        text.push('\n');
        if self.bad_rows > 0 {
            let rows = number::rows(self.bad_rows, lang);
            push(
                text,
                lang.pick(
                    format!("{rows} avec une valeur illisible : ce qui la lit compte 0"),
                    format!("{rows} with an unreadable value: what reads it counts 0"),
                ),
            );
        }
        if self.clocks > 0 {
            let rows = number::rows(self.clocks, lang);
            push(
                text,
                lang.pick(
                    format!("{rows} sans score : l'heure présente y est illisible"),
                    format!("{rows} without a score: the present time is unreadable there"),
                ),
            );
        }
        if self.issues > 0 {
            let (one, many) = lang.pick(
                ("ligne mal formée", "lignes mal formées"),
                ("malformed row", "malformed rows"),
            );
            push(text, number::counted(self.issues, one, many, lang));
        }
    }

    fn time(&self, lang: Lang, text: &mut String) {
        let Some((times, all_time)) = self.times else { return };
        let seconds = all_time.as_secs_f64().max(1e-9);
        let speed = number::count((self.distribution.rows() as f64 / seconds) as u64, lang);
        let all = (times.reading + times.rules + times.writing).as_nanos().max(1) as u64;
        let share = |time: Duration| {
            let percent = (time.as_nanos() as f64 * 100.0 / all as f64).round();
            lang.pick(format!("{percent} %"), format!("{percent}%"))
        };
        let (reading, rules) = (share(times.reading), share(times.rules));
        let (writing, all) = (share(times.writing), number::time(all_time, lang));
        text.push('\n');
        push(
            text,
            lang.pick(
                format!("{all} · {speed} lignes/s · lecture {reading} · règles {rules} · écriture {writing}"),
                format!("{all} · {speed} rows/s · reading {reading} · rules {rules} · writing {writing}"),
            ),
        );
    }
}

fn push(text: &mut String, line: impl AsRef<str>) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{}", line.as_ref());
}

/// A line of a score on one line of the terminal.
fn shorten(line: &str) -> String {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST_LINE {
        return line;
    }
    line.chars().take(MOST_LINE - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(lang: Lang) -> String {
        let mut distribution = Distribution::default();
        (0..1200_i64).for_each(|n| distribution.add((n % 7 * 25 - 50).into(), 1));
        let millis = Duration::from_millis;
        let times = Times { reading: millis(50), rules: millis(20), writing: millis(30) };
        Summary {
            name: "Scorex",
            distribution: &distribution,
            lines: &["+25   si Adresse e-mail N'EST PAS VIDE", "-50 par e-mail non remis"],
            held: &[1100, 3],
            bad_rows: 2,
            clocks: 1,
            issues: 1,
            times: Some((times, millis(105))),
        }
        .text(lang)
    }

    #[test]
    fn a_summary_says_what_happened() {
        insta::assert_snapshot!("french", summary(Lang::Fr));
        insta::assert_snapshot!("english", summary(Lang::En));
    }
}

//! What a page says is printed, held against what was.

use similar::TextDiff;

/// A line that stands for any others.
const LEFT_OUT: &str = "…";

/// How the two differ, for people; `None` where they are alike. Spaces at the end of lines and
/// empty lines at both ends do not count, a line `…` stands for any lines, and durations are
/// alike.
pub fn difference(expected: &str, got: &str) -> Option<String> {
    let (expected, got) = (lines(expected), lines(got));
    let alike = |(a, b): (&String, &String)| timeless(a) == timeless(b);
    if fits(&expected, &got, &alike) {
        return None;
    }
    let (expected, got) = (expected.join("\n"), got.join("\n"));
    let diff = TextDiff::from_lines(&expected, &got);
    let shown = diff.unified_diff().context_radius(3).header("the page", "printed").to_string();
    Some(shown.replace("\\ No newline at end of file\n", ""))
}

fn lines(text: &str) -> Vec<String> {
    let lines: Vec<String> = text.lines().map(|line| line.trim_end().to_owned()).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines[first..last].to_vec()
}

fn fits(expected: &[String], got: &[String], alike: &impl Fn((&String, &String)) -> bool) -> bool {
    match expected.split_first() {
        None => got.is_empty(),
        Some((gap, rest)) if gap.trim() == LEFT_OUT => {
            (0..=got.len()).any(|skipped| fits(rest, &got[skipped..], alike))
        }
        Some((line, rest)) => match got.split_first() {
            Some((other, more)) => alike((line, other)) && fits(rest, more, alike),
            None => false,
        },
    }
}

/// A line without what depends on the clock: `0.42 s` that ends it, and all of the line behind it
/// where it begins with one.
fn timeless(line: &str) -> String {
    let parts: Vec<&str> = line.split(" · ").collect();
    let is_time = |part: &str| part.strip_suffix(" s").is_some_and(is_number);
    match parts.as_slice() {
        [first, ..] if is_time(first) => "time".into(),
        [before @ .., last] if is_time(last) => format!("{} · time", before.join(" · ")),
        _ => line.into(),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.rsplit(" min ").all(|part| part.replace(',', ".").parse::<f64>().is_ok());
    digits && !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_and_what_is_left_out_may_differ() {
        assert_eq!(difference("a  \nb\n", "\na\nb"), None);
        assert_eq!(difference("a\n…\nd\n", "a\nb\nc\nd\n"), None);
        assert_eq!(difference("3 rows · 0.01 s", "3 rows · 12.50 s"), None);
        assert_eq!(difference("0,01 s · 12 lignes/s", "1 min 02 s · 9 lignes/s"), None);
        assert!(difference("3 rows · 0.01 s", "4 rows · 0.01 s").is_some());
        assert!(difference("a\nb", "a").unwrap().contains("\n-b"));
        assert!(difference("a\n…", "b\nc").unwrap().contains("+c"));
    }
}

//! `jalon test`: the tests beside the rules, and what they have seen of the criteria.

use jalon::lang::Lang;
use jalon::rehearsal::Rehearsal;
use jalon::rehearsal::test::{self, CoveredCriterion, Report, TestResult};
use jalon::source::{Sources, Span};
use jalon::value::fold::{TextMode, fold};
use serde::Serialize;

use crate::args::{Form, TestArgs};
use crate::failure::Failure;
use crate::{clock, number, program, users, whole};

/// Runs the tests of programs.
pub fn run(args: &TestArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let (program, lang) = program::load(&args.files, lang, false)?;
    let clock = clock::fixed(&args.clock, &program, lang)?;
    let stage = Rehearsal::new(&program, clock).with_users(users::of(&args.users, &program, lang)?);
    let mut report = test::run_on(&stage);
    if let Some(only) = &args.only {
        select(&mut report, only, lang)?;
    }
    let sources = program.diagnostics().sources;
    let text = match args.format {
        Form::Json => json(&sources, &report),
        Form::Text => text(&sources, &report, lang),
    };
    whole::print(&text, lang)?;
    if report.passed() { Ok(()) } else { Err(Failure::silent_finding()) }
}

/// Keeps the tests whose name contains a text; what they do not see is no finding.
fn select(report: &mut Report, only: &str, lang: Lang) -> Result<(), Failure> {
    let folded = |text: &str| fold(text, TextMode::default()).into_owned();
    let all = report.tests.len() as u64;
    report.tests.retain(|test| folded(&test.name).contains(&folded(only)));
    report.coverage.clear();
    if !report.tests.is_empty() {
        return Ok(());
    }
    let there = number::counted(all, "test", "tests", lang);
    Err(Failure::usage(
        lang,
        &lang.pick(
            format!("--only : aucun test n'a `{only}` dans son nom (le programme a {there})"),
            format!("--only: no test has `{only}` in its name (the program has {there})"),
        ),
    ))
}

/// The report as JSON, with the counts at the top.
fn json(sources: &Sources, report: &Report) -> String {
    let failed = report.tests.iter().filter(|test| !test.passed()).count();
    let seen = |seen: fn(&&CoveredCriterion) -> bool| report.coverage.iter().filter(seen).count();
    let whole = Whole {
        total: report.tests.len(),
        passed: report.tests.len() - failed,
        failed,
        expectations: report.tests.iter().map(|test| test.expectations).sum(),
        criteria: report.coverage.len(),
        never_true: seen(|criterion| !criterion.seen_true),
        never_false: seen(|criterion| !criterion.seen_false),
        tests: report.tests.iter().map(|test| OneTest::of(test, sources)).collect(),
        coverage: report
            .coverage
            .iter()
            .map(|criterion| Placed { at: place(sources, criterion.span), what: criterion })
            .collect(),
    };
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

/// The whole, counts first.
#[derive(Serialize)]
struct Whole<'r> {
    total: usize,
    passed: usize,
    failed: usize,
    expectations: u32,
    criteria: usize,
    never_true: usize,
    never_false: usize,
    tests: Vec<OneTest<'r>>,
    coverage: Vec<Placed<'r, CoveredCriterion>>,
}

/// A test with its place.
#[derive(Serialize)]
struct OneTest<'r> {
    name: &'r str,
    module: Option<&'r str>,
    at: String,
    passed: bool,
    expectations: u32,
    failures: Vec<Placed<'r, test::Failure>>,
}

/// Something with its place, such as `rules.jalon:12`.
#[derive(Serialize)]
struct Placed<'r, T> {
    at: String,
    #[serde(flatten)]
    what: &'r T,
}

impl<'r> OneTest<'r> {
    fn of(test: &'r TestResult, sources: &Sources) -> OneTest<'r> {
        let failures = test.failures.iter();
        OneTest {
            name: &test.name,
            module: test.module.as_deref(),
            at: place(sources, test.span),
            passed: test.passed(),
            expectations: test.expectations,
            failures: failures
                .map(|failure| Placed { at: place(sources, failure.span), what: failure })
                .collect(),
        }
    }
}

/// The report as people read it.
fn text(sources: &Sources, report: &Report, lang: Lang) -> String {
    let mut text = String::new();
    for test in &report.tests {
        one(&mut text, test, sources, lang);
    }
    if !report.tests.is_empty() {
        coverage(&mut text, &report.coverage, sources, lang);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text + &closing(report, lang) + "\n"
}

fn one(text: &mut String, test: &TestResult, sources: &Sources, lang: Lang) {
    let mark = if test.passed() { '✓' } else { '✗' };
    text.extend([format!("{mark} {}\n", test.name)]);
    for failure in &test.failures {
        let (expected, found) =
            lang.pick(("attendu : ", "trouvé  : "), ("expected: ", "found:    "));
        let message = failure.message(lang);
        text.extend([format!("    {}\n", place(sources, failure.span))]);
        text.extend([format!("      {expected}{}\n", wanted(&failure.expected))]);
        for (index, line) in message.lines().enumerate() {
            text.extend([format!(
                "      {}{line}\n",
                if index == 0 { found } else { "          " }
            )]);
        }
    }
}

/// What is expected, without the word that says so.
fn wanted(source: &str) -> &str {
    let source = source.trim();
    let words = ["attendu ", "expect "];
    words.iter().find_map(|word| source.strip_prefix(word)).unwrap_or(source)
}

/// Where something stands, such as `rules.jalon:12`.
fn place(sources: &Sources, span: Span) -> String {
    let name = sources.get(span.source).map_or("", |source| source.name.as_str());
    format!("{name}:{}", sources.position(span).line)
}

/// The criteria that no test has seen hold, or not hold.
fn coverage(text: &mut String, coverage: &[CoveredCriterion], sources: &Sources, lang: Lang) {
    let missed = |criterion: &&CoveredCriterion| !(criterion.seen_true && criterion.seen_false);
    let mut missed = coverage.iter().filter(missed).peekable();
    if missed.peek().is_some() {
        *text += lang.pick("\nCouverture :\n", "\nCoverage:\n");
    }
    for criterion in missed {
        let what = match (criterion.seen_true, criterion.seen_false, lang) {
            (false, false, Lang::Fr) => "jamais examiné",
            (false, false, Lang::En) => "never considered",
            (false, _, Lang::Fr) => "jamais vrai",
            (false, _, Lang::En) => "never true",
            (_, _, Lang::Fr) => "jamais faux",
            (_, _, Lang::En) => "never false",
        };
        let place = place(sources, criterion.span);
        let (of, source) = (&criterion.of, &criterion.text);
        *text += &lang.pick(
            format!("  {what} : {of} : {source} ({place})\n"),
            format!("  {what}: {of}: {source} ({place})\n"),
        );
    }
}

/// How many tests passed.
fn closing(report: &Report, lang: Lang) -> String {
    let coverage = &report.coverage;
    let both = coverage.iter().filter(|c| c.seen_true && c.seen_false).count() as u64;
    let all = coverage.len() as u64;
    let mut line = passed(report, lang);
    if all > 0 && !report.tests.is_empty() {
        let share = number::percent(both, all, lang);
        let (one, many) = lang.pick(("critère", "critères"), ("criterion", "criteria"));
        let all = number::counted(all, one, many, lang);
        let seen = match (both, lang) {
            (_, Lang::En) => format!("; {both} of {all} seen true and false ({share})"),
            (0, Lang::Fr) => format!(" ; sur {all}, aucun n'a été vu vrai et faux"),
            (1, Lang::Fr) => format!(" ; sur {all}, 1 a été vu vrai et faux ({share})"),
            (_, Lang::Fr) => format!(" ; sur {all}, {both} ont été vus vrais et faux ({share})"),
        };
        line += &seen;
    }
    line
}

fn passed(report: &Report, lang: Lang) -> String {
    if report.tests.is_empty() {
        return lang.pick("le programme n'a aucun test", "the program has no tests").to_owned();
    }
    let failed = report.tests.iter().filter(|test| !test.passed()).count() as u64;
    let tests = number::counted(report.tests.len() as u64, "test", "tests", lang);
    let failures = match (failed, lang) {
        (0, Lang::Fr) => "aucun échec".to_owned(),
        (0, Lang::En) => "no failure".to_owned(),
        (_, Lang::Fr) => number::counted(failed, "échec", "échecs", lang),
        (_, Lang::En) => number::counted(failed, "failure", "failures", lang),
    };
    lang.pick(format!("{tests} : {failures}"), format!("{tests}: {failures}"))
}

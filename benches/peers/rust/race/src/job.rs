//! The job's texts, shared with the other languages.

use serde_json::Value as Json;

pub const LEADS: &str = include_str!("../../../job/leads.jalon");
pub const LEADS_STRICT: &str = include_str!("../../../job/leads-strict.jalon");
pub const CEL: &str = include_str!("../../../job/cel.txt");
pub const ZEN: &str = include_str!("../../../job/zen.txt");
pub const RHAI: &str = include_str!("../../../job/lead.rhai");
pub const JSON_LOGIC: &str = include_str!("../../../job/jsonlogic.json");
const POINTS: &str = include_str!("../../../job/points.json");

/// The questions: contenders of one question agree.
pub const STRICT: &str = "case-sensitive";
pub const FOLDED: &str = "case-folding";
pub const RULES_ONLY: &str = "six rules only, case-sensitive";
/// Scores of eight lines that compare whole texts, numbers and dates only.
pub const PLAIN_STRICT: &str = "whole texts and numbers only, case-sensitive";
pub const PLAIN_FOLDED: &str = "whole texts and numbers only, case-folding";
pub const PLAIN_UNLIKE: &str = "whole texts and numbers only, case-folding, texts that differ";

/// The input of records whose texts bear numbers of their own.
pub const INTERNED: &str = "interned";

/// The version of a package in the lock file.
pub fn version(package: &str) -> String {
    let lock = include_str!("../../Cargo.lock");
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = "));
    version.unwrap_or_default().trim_matches('"').to_owned()
}

/// How many of the conditions are lines of the score; the others are rules.
pub const LINES: usize = 14;

/// The rules of the job, as named in the program.
pub const RULES: [&str; 6] = ["hot", "Monaco", "may be called", "overdue", "decides", "shopper"];

/// The fields that the job reads.
pub const FIELDS: [&str; 14] = [
    "email",
    "first_page",
    "status",
    "industry",
    "title",
    "opt_out",
    "last_name",
    "phone",
    "mobile",
    "country",
    "postcode",
    "created",
    "next_push",
    "amount",
];

/// The points of the lines.
#[allow(clippy::unwrap_used, reason = "a text of this project")]
pub fn points() -> [i64; LINES] {
    serde_json::from_str::<Vec<i64>>(POINTS).unwrap().try_into().unwrap()
}

/// What each condition that holds adds to the answer: the points of a line, the bit of a rule.
pub fn worth() -> impl Iterator<Item = i64> {
    points().into_iter().map(|points| points * 64).chain((0..RULES.len()).map(|bit| 1 << bit))
}

/// The answer of a host that is told condition by condition what holds.
pub fn answer(points: &[i64; LINES], mut holds: impl FnMut(usize) -> bool) -> i64 {
    let score: i64 = (0..LINES).filter(|line| holds(*line)).map(|line| points[line]).sum();
    let fired: i64 = (0..RULES.len()).map(|rule| i64::from(holds(LINES + rule)) << rule).sum();
    score * 64 + fired
}

/// The conditions of the job as JsonLogic.
#[allow(clippy::unwrap_used, reason = "a text of this project")]
pub fn json_logic() -> Vec<Json> {
    serde_json::from_str(JSON_LOGIC).unwrap()
}

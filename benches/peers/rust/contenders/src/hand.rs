//! The job written by hand, case-sensitive and folding, over any way to hold a lead.

use race::leads::Lead;
use serde_json::Value as Json;

/// A lead as the function reads it; `D` is a day.
#[derive(Clone, Copy)]
pub struct View<'a, D> {
    pub email: Option<&'a str>,
    pub first_page: Option<&'a str>,
    pub status: Option<&'a str>,
    pub industry: Option<&'a str>,
    pub title: Option<&'a str>,
    pub opt_out: Option<bool>,
    pub last_name: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub mobile: Option<&'a str>,
    pub country: Option<&'a str>,
    pub postcode: Option<&'a str>,
    pub created: Option<D>,
    pub next_push: Option<D>,
    pub amount: Option<f64>,
}

/// The days that the job names.
#[derive(Clone, Copy)]
pub struct Days<D> {
    january: D,
    march: D,
    april: D,
    june_end: D,
}

/// As days from 1970-01-01.
pub const NUMBERED: Days<i32> =
    Days { january: 20_454, march: 20_513, april: 20_544, june_end: 20_634 };

/// As ISO text.
pub const WRITTEN: Days<&str> = Days {
    january: "2026-01-01",
    march: "2026-03-01",
    april: "2026-04-01",
    june_end: "2026-06-30",
};

/// A literal as the meaning needs it: folded or as written.
macro_rules! text {
    ($fold:ident, $written:literal, $folded:literal) => {
        if $fold { $folded } else { $written }
    };
}

#[inline(always)]
fn any(text: Option<&str>, test: impl Fn(&str) -> bool) -> bool {
    text.is_some_and(test)
}

/// The fourteen lines. With `FOLD` the texts of the view are folded already.
#[inline(always)]
pub fn score<const FOLD: bool, D: PartialOrd + Copy>(lead: &View<D>, days: &Days<D>) -> i64 {
    let mut score = 0;
    if lead.email.is_some() {
        score += 25;
    }
    if let Some(page) = lead.first_page {
        if page.contains("pricing") || page.contains("demo") || page.contains("contact") {
            score += 15;
        }
        if page.contains("unsubscribe") {
            score -= 40;
        }
        if page.starts_with("https://shop.") {
            score += 10;
        }
    }
    if let Some(status) = lead.status {
        if status.contains(text!(FOLD, "Click", "click")) {
            score += 30;
        }
        if status.contains(text!(FOLD, "Open", "open")) {
            score += 12;
        }
        if status == text!(FOLD, "Opted out", "opted out")
            || status == text!(FOLD, "Unsubscribed", "unsubscribed")
            || status == text!(FOLD, "Complaint", "complaint")
        {
            score -= 200;
        }
    }
    if let Some(industry) = lead.industry {
        if industry == text!(FOLD, "Student", "student")
            || industry == text!(FOLD, "Research", "research")
            || industry == text!(FOLD, "Spam", "spam")
        {
            score -= 100;
        }
        score += 8;
    }
    if any(lead.title, |title| {
        title.contains(text!(FOLD, "Director", "director"))
            || title.contains(text!(FOLD, "Manager", "manager"))
            || title.contains(text!(FOLD, "Gérant", "gérant"))
    }) {
        score += 20;
    }
    if lead.opt_out == Some(true) {
        score -= 500;
    }
    if lead.phone.is_some() || lead.mobile.is_some() {
        score += 5;
    }
    if lead.amount.is_some_and(|amount| amount >= 10_000.0)
        && lead.created.is_some_and(|day| day >= days.april && day <= days.june_end)
    {
        score += 35;
    }
    if any(lead.country, |country| {
        country == text!(FOLD, "France", "france")
            || country == text!(FOLD, "Monaco", "monaco")
            || country == text!(FOLD, "Belgium", "belgium")
    }) && any(lead.postcode, |code| {
        code.starts_with("06") || code.starts_with("83") || code.starts_with("98")
    }) {
        score += 9;
    }
    score
}

/// The six rules, a bit each.
#[inline(always)]
pub fn fired<const FOLD: bool, D: PartialOrd + Copy>(lead: &View<D>, days: &Days<D>) -> i64 {
    let called = lead.phone.is_some() || lead.mobile.is_some();
    let rules = [
        any(lead.status, |status| status.contains(text!(FOLD, "Click", "click")))
            && lead.amount.is_some_and(|amount| amount > 5_000.0),
        lead.country == Some(text!(FOLD, "Monaco", "monaco"))
            || any(lead.postcode, |code| code.starts_with("98")),
        called
            && lead.opt_out != Some(true)
            && lead.status != Some(text!(FOLD, "Complaint", "complaint")),
        lead.next_push.is_some_and(|day| day < days.january) && lead.email.is_some(),
        any(lead.title, |title| {
            title.contains(text!(FOLD, "Chief", "chief"))
                || title.contains(text!(FOLD, "Director", "director"))
        }) && lead.industry != Some(text!(FOLD, "Student", "student"))
            && lead.industry != Some(text!(FOLD, "Spam", "spam")),
        any(lead.first_page, |page| page.starts_with("https://shop."))
            && lead.last_name.is_some()
            && lead.created.is_some_and(|day| day >= days.march),
    ];
    rules.iter().enumerate().map(|(bit, holds)| i64::from(*holds) << bit).sum()
}

/// Score and rules in one number.
#[inline(always)]
pub fn answer<const FOLD: bool, D: PartialOrd + Copy>(lead: &View<D>, days: &Days<D>) -> i64 {
    score::<FOLD, D>(lead, days) * 64 + fired::<FOLD, D>(lead, days)
}

/// Buffers in which texts are folded: small letters, ASCII ones the short way.
#[derive(Default)]
pub struct Folding {
    first_page: String,
    status: String,
    industry: String,
    title: String,
    country: String,
}

impl Folding {
    /// The same view with its texts folded.
    #[inline(always)]
    pub fn fold<'a, D: Copy>(&'a mut self, lead: &View<'a, D>) -> View<'a, D> {
        View {
            first_page: folded(lead.first_page, &mut self.first_page),
            status: folded(lead.status, &mut self.status),
            industry: folded(lead.industry, &mut self.industry),
            title: folded(lead.title, &mut self.title),
            country: folded(lead.country, &mut self.country),
            ..*lead
        }
    }
}

fn folded<'a>(text: Option<&str>, buffer: &'a mut String) -> Option<&'a str> {
    let text = text?;
    buffer.clear();
    if text.is_ascii() {
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
    } else {
        buffer.extend(text.chars().flat_map(char::to_lowercase));
    }
    Some(buffer)
}

/// A lead held in a struct.
pub fn of_struct(lead: &Lead) -> View<'_, i32> {
    View {
        email: lead.email.as_deref(),
        first_page: lead.first_page.as_deref(),
        status: lead.status.as_deref(),
        industry: lead.industry.as_deref(),
        title: lead.title.as_deref(),
        opt_out: lead.opt_out,
        last_name: lead.last_name.as_deref(),
        phone: lead.phone.as_deref(),
        mobile: lead.mobile.as_deref(),
        country: lead.country.as_deref(),
        postcode: lead.postcode.as_deref(),
        created: lead.created,
        next_push: lead.next_push,
        amount: lead.amount,
    }
}

/// A lead held as JSON.
pub fn of_json(lead: &Json) -> View<'_, &str> {
    let text = |name: &str| lead.get(name).and_then(Json::as_str);
    View {
        email: text("email"),
        first_page: text("first_page"),
        status: text("status"),
        industry: text("industry"),
        title: text("title"),
        opt_out: lead.get("opt_out").and_then(Json::as_bool),
        last_name: text("last_name"),
        phone: text("phone"),
        mobile: text("mobile"),
        country: text("country"),
        postcode: text("postcode"),
        created: text("created"),
        next_push: text("next_push"),
        amount: lead.get("amount").and_then(Json::as_f64),
    }
}

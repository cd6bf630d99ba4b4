//! The leads: the same on every machine and for every language.

use serde_json::{Value as Json, json};

/// One lead as an application holds it; about a fifth of its values are empty.
#[derive(Clone, Debug)]
pub struct Lead {
    pub email: Option<String>,
    pub first_page: Option<String>,
    pub status: Option<String>,
    pub industry: Option<String>,
    pub title: Option<String>,
    pub opt_out: Option<bool>,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub country: Option<String>,
    pub postcode: Option<String>,
    pub town: Option<String>,
    /// Days from 1970-01-01.
    pub created: Option<i32>,
    /// Days from 1970-01-01.
    pub next_push: Option<i32>,
    pub amount: Option<f64>,
}

const STATUSES: &[&str] = &[
    "Click CRM",
    "Click Ads",
    "Open CRM",
    "Open Ads",
    "Replied",
    "New",
    "Called twice",
    "Opted out",
    "Unsubscribed",
    "Complaint",
];
const INDUSTRIES: &[&str] = &[
    "Banking",
    "Insurance",
    "Real estate",
    "Hotels and restaurants",
    "Shipbuilding",
    "Healthcare",
    "Retail",
    "Software",
    "Public sector",
    "Student",
    "Research",
    "Spam",
];
const TITLES: &[&str] = &[
    "Sales Director",
    "Managing Director",
    "Account Manager",
    "Gérant",
    "Chief Executive Officer",
    "Chief Technology Officer",
    "Software engineer",
    "Consultant",
    "Chargée de clientèle",
    "Buyer",
    "Assistant to the Director",
    "Médecin",
    "Architect",
    "Owner",
    "Office Manager",
];
const COUNTRIES: &[&str] =
    &["France", "Monaco", "Belgium", "Italy", "Germany", "Switzerland", "Côte d'Ivoire", "Spain"];
const TOWNS: &[(&str, &str)] = &[
    ("06000", "Nice"),
    ("06400", "Cannes"),
    ("06360", "Èze"),
    ("83000", "Toulon"),
    ("83990", "Saint-Tropez"),
    ("98000", "Monaco"),
    ("75011", "Paris"),
    ("69003", "Lyon"),
    ("13001", "Marseille"),
    ("1000", "Bruxelles"),
    ("20121", "Milano"),
    ("42000", "Saint-Étienne"),
];
const NAMES: &[&str] = &[
    "Lefèvre",
    "Martin",
    "Bernard",
    "Rossi",
    "Dubois",
    "Müller",
    "Garcia",
    "Petit",
    "Moreau",
    "Laurent",
    "Simon",
    "Michel",
    "Nguyen",
    "Schmidt",
    "Fontaine",
    "Chevalier",
    "Robin",
];
const FIRST_NAMES: &[&str] =
    &["ada", "marie", "jean", "luca", "anna", "paul", "sofia", "hugo", "emma", "louis"];
const HOSTS: &[&str] = &[
    "https://www.example.com/",
    "https://shop.example.com/",
    "https://blog.example.org/",
    "https://shop.example.fr/",
    "https://partners.example.net/crm/",
];
const PAGES: &[&str] = &[
    "pricing",
    "articles/how-to-sort-leads",
    "demo/book",
    "contact",
    "unsubscribe?u=",
    "products/yachts/",
    "products/houses/",
    "team",
    "press/2026/",
    "search?q=offers+",
];
const DOMAINS: &[&str] =
    &["example.com", "example.fr", "mail.example", "harbour.example", "studio.example"];

/// A small generator of numbers: a linear congruence, its high bits.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound as u64) as usize
    }

    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// A value that is there four times in five.
    fn maybe<T>(&mut self, make: impl FnOnce(&mut Random) -> T) -> Option<T> {
        (self.below(5) > 0).then(|| make(self))
    }

    /// A text of which one in eight is in capitals and one in eight in small letters.
    fn cased(&mut self, text: &str) -> String {
        match self.below(8) {
            0 => text.to_uppercase(),
            1 => text.to_lowercase(),
            _ => text.to_owned(),
        }
    }

    fn number(&mut self) -> String {
        format!("+33 {} {:02} {:02}", 1 + self.below(9), self.below(100), self.below(10_000))
    }
}

/// So many leads.
pub fn leads(count: usize) -> Vec<Lead> {
    let mut random = Random(2026);
    (0..count).map(|number| lead(number, &mut random)).collect()
}

fn lead(number: usize, random: &mut Random) -> Lead {
    let (postcode, town) = random.pick(TOWNS);
    Lead {
        email: random.maybe(|r| format!("{}.{number}@{}", r.pick(FIRST_NAMES), r.pick(DOMAINS))),
        first_page: random.maybe(|r| {
            let (page, id) = (r.pick(PAGES), r.below(1_000_000));
            let url = format!("{}{page}?id={id}", r.pick(HOSTS));
            r.cased(&url)
        }),
        status: random.maybe(|r| {
            let status = r.pick(STATUSES);
            r.cased(status)
        }),
        industry: random.maybe(|r| {
            let industry = r.pick(INDUSTRIES);
            r.cased(industry)
        }),
        title: random.maybe(|r| {
            let title = r.pick(TITLES);
            r.cased(title)
        }),
        opt_out: random.maybe(|r| r.below(12) == 0),
        last_name: random.maybe(|r| r.pick(NAMES).to_owned()),
        phone: random.maybe(Random::number),
        mobile: random.maybe(Random::number),
        country: random.maybe(|r| {
            let country = r.pick(COUNTRIES);
            r.cased(country)
        }),
        postcode: random.maybe(|_| postcode.to_owned()),
        town: random.maybe(|_| town.to_owned()),
        created: random.maybe(|r| FIRST_DAY + r.below(700) as i32),
        next_push: random.maybe(|r| FIRST_DAY + r.below(900) as i32),
        amount: random.maybe(|r| r.below(3_000_000) as f64 / 100.0),
    }
}

/// 2025-01-01.
const FIRST_DAY: i32 = 20_089;

/// A day as `YYYY-MM-DD`.
pub fn iso(days: i32) -> String {
    // days to civil date, on the calendar whose year begins in March
    let shifted = i64::from(days) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

impl Lead {
    /// As a JSON object; what is empty is null, a date is its ISO text.
    pub fn json(&self) -> Json {
        json!({
            "email": self.email, "first_page": self.first_page, "status": self.status,
            "industry": self.industry, "title": self.title, "opt_out": self.opt_out,
            "last_name": self.last_name, "phone": self.phone, "mobile": self.mobile,
            "country": self.country, "postcode": self.postcode, "town": self.town,
            "created": self.created.map(iso), "next_push": self.next_push.map(iso),
            "amount": self.amount,
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_print_as_dates() {
        assert_eq!(super::iso(0), "1970-01-01");
        assert_eq!(super::iso(super::FIRST_DAY), "2025-01-01");
        assert_eq!(super::iso(20_512), "2026-02-28");
    }
}

//! Generated leads of eleven fields, a score of fourteen text-heavy lines on them, and the same
//! score written by hand.

use jalon::schema::TextMode;
use jalon::value::{Date, Interned, Interner, Value, fold::fold_into};
use jalon::{Program, Row};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

/// Any-of contains on title, mail and notes; any-of on country, industry, stage; ranges on an
/// integer and a decimal; a date; empty; starts-with; an AND-NOT; an OR of ANDs.
pub const PROGRAM: &str = "
module Prospects
  Fonction (Title)      : texte
  Adresse e-mail (Email): e-mail
  Notes                 : texte long
  Pays (Country)        : texte
  Secteur (Industry)    : texte
  Étape (Stage)         : texte
  Source                : texte
  Société (Company)     : texte
  Effectif (Employees)  : entier
  Budget                : nombre
  Créé                  : date

score Scorex sur Prospects
  +25 si Fonction CONTIENT directeur, président, gérant, CEO, founder, VP
  +10 si Fonction CONTIENT responsable, manager
  -30 si Adresse e-mail CONTIENT gmail., yahoo., hotmail., outlook.
  +15 si Adresse e-mail N'EST PAS VIDE
  +20 si Notes CONTIENT démo, rendez-vous, urgent, budget validé
  -15 si Notes CONTIENT concurrent, étudiant
  +10 si Pays EST France, Belgique, Suisse, Luxembourg, Monaco, Canada
  +12 si Secteur EST Banque, Assurance
  +8  si Étape EST Qualification, Proposition, Négociation
  +9  si Effectif ENTRE 50 ET 500
  +11 si Budget >= 10000,50
  +5  si Créé > 2026-01-01
  -20 si Société COMMENCE PAR test ET Source N'EST PAS Salon
  +7  si (Pays EST France ET Effectif > 1000) OU (Secteur EST Industrie ET Budget > 50000)
";

/// Of the same module a score of eight lines that compare whole texts, numbers and dates only.
pub const PLAIN: &str = "
score Scorex sur Prospects
  +10 si Pays EST France, Belgique, Suisse, Luxembourg, Monaco, Canada
  +12 si Secteur EST Banque, Assurance
  +8  si Étape EST Qualification, Proposition, Négociation
  +9  si Effectif ENTRE 50 ET 500
  +11 si Budget >= 10000,50
  +5  si Créé > 2026-01-01
  -20 si Source EST Salon ET Effectif < 10
  +7  si (Pays EST France ET Effectif > 1000) OU (Secteur EST Industrie ET Budget > 50000)
";

/// A lead as an application holds it.
#[derive(Clone, Debug, jalon::Record)]
pub struct Lead {
    title: String,
    email: String,
    notes: String,
    country: String,
    industry: String,
    stage: String,
    source: String,
    company: String,
    employees: i64,
    budget: Decimal,
    #[jalon(name = "Créé")]
    created: Date,
}

/// What [`PLAIN`] reads of a lead, its texts interned.
#[derive(Clone, Debug, jalon::Record)]
pub struct InternedLead {
    country: Interned,
    industry: Interned,
    stage: Interned,
    source: Interned,
    employees: i64,
    budget: Decimal,
    #[jalon(name = "Créé")]
    created: Date,
}

/// A small generator: the same leads on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize]
    }
}

/// So many leads.
pub fn leads(count: usize) -> Vec<Lead> {
    const TITLES: &[&str] = &[
        "Directeur commercial",
        "Chief Executive Officer",
        "VP of Sales",
        "Responsable marketing",
        "Software engineer",
        "Gérante",
        "Account Manager",
        "Assistante de direction",
        "Founder & CEO",
        "Ingénieur études",
        "Acheteur",
        "Consultant",
    ];
    const WORDS: &[&str] = &[
        "client",
        "a",
        "demandé",
        "une",
        "démo",
        "pour",
        "le",
        "mois",
        "prochain",
        "rappeler",
        "avant",
        "la",
        "fin",
        "du",
        "trimestre",
        "urgent",
        "budget",
        "validé",
        "concurrent",
        "en",
        "place",
        "depuis",
        "deux",
        "ans",
        "rendez-vous",
        "équipe",
        "intéressée",
        "par",
        "offre",
    ];
    const COUNTRIES: &[&str] =
        &["France", "FRANCE", "Belgique", "Suisse", "Monaco", "Germany", "Italie", "España", ""];
    const INDUSTRIES: &[&str] =
        &["Banque", "assurance", "Industrie", "Santé", "Services", "Commerce", ""];
    const STAGES: &[&str] =
        &["Qualification", "Proposition", "négociation", "Perdu", "Nouveau", "Gagné"];
    const SOURCES: &[&str] = &["Salon", "Web", "Parrainage", "Publicité", ""];
    const DOMAINS: &[&str] =
        &["gmail.com", "exemple.fr", "acme-industries.com", "yahoo.fr", "societe.eu"];
    let mut random = Random(42);
    let mut leads = Vec::with_capacity(count);
    for i in 0..count {
        let words = 3 + random.below(12);
        let notes: Vec<&str> = (0..words).map(|_| random.pick(WORDS)).collect();
        let company = random.pick(&["Test ", "Acme ", "Société ", "Groupe "]);
        leads.push(Lead {
            title: random.pick(TITLES).to_owned(),
            email: match random.below(8) {
                0 => String::new(),
                _ => format!("Prenom.Nom{i}@{}", random.pick(DOMAINS)),
            },
            notes: notes.join(" "),
            country: random.pick(COUNTRIES).to_owned(),
            industry: random.pick(INDUSTRIES).to_owned(),
            stage: random.pick(STAGES).to_owned(),
            source: random.pick(SOURCES).to_owned(),
            company: format!("{company}{i}"),
            employees: random.below(2_000) as i64,
            budget: Decimal::new(random.below(10_000_000) as i64, 2),
            created: Date::from_days(20_089 + random.below(600) as i32),
        });
    }
    leads
}

/// The same leads with letters large and small by chance: most texts differ from all others.
pub fn unlike(leads: &[Lead]) -> Vec<Lead> {
    let mut random = Random(7);
    let mut unlike = leads.to_vec();
    for lead in &mut unlike {
        let Lead { title, email, notes, country, industry, stage, source, company, .. } = lead;
        for text in [title, email, notes, country, industry, stage, source, company] {
            let mut change = |c: char| match random.below(2) {
                0 => c.to_ascii_uppercase(),
                _ => c,
            };
            *text = text.chars().map(&mut change).collect();
        }
    }
    unlike
}

impl Lead {
    /// As a native row.
    pub fn row(&self, program: &Program) -> Row {
        let mut row = program.row(None).unwrap_or_default();
        row.set("Fonction", self.title.as_str());
        row.set("Adresse e-mail", self.email.as_str());
        row.set("Notes", self.notes.as_str());
        row.set("Pays", self.country.as_str());
        row.set("Secteur", self.industry.as_str());
        row.set("Étape", self.stage.as_str());
        row.set("Source", self.source.as_str());
        row.set("Société", self.company.as_str());
        row.set("Effectif", self.employees);
        row.set("Budget", Value::Number(self.budget));
        row.set("Créé", self.created);
        row
    }

    /// With interned texts.
    pub fn interned(&self, texts: &mut Interner) -> InternedLead {
        InternedLead {
            country: texts.intern(&self.country),
            industry: texts.intern(&self.industry),
            stage: texts.intern(&self.stage),
            source: texts.intern(&self.source),
            employees: self.employees,
            budget: self.budget,
            created: self.created,
        }
    }

    /// As a JSON object.
    pub fn json(&self) -> Json {
        json!({
            "Fonction": self.title, "Adresse e-mail": self.email, "Notes": self.notes,
            "Pays": self.country, "Secteur": self.industry, "Étape": self.stage,
            "Source": self.source, "Société": self.company, "Effectif": self.employees,
            "Budget": self.budget.to_string(), "Créé": self.created.to_string(),
        })
    }
}

/// The score by hand, with buffers for folding.
#[derive(Debug)]
pub struct Hand {
    fold: fn(&str, &mut String),
    title: String,
    email: String,
    notes: String,
    country: String,
    industry: String,
    stage: String,
    source: String,
    company: String,
}

impl Hand {
    /// Folding as the engine does: by its own function.
    pub fn new() -> Hand {
        Hand::folding(|text, folded| fold_into(text, TextMode::default(), folded))
    }

    /// Folding as the standard library can; on these texts it comes to the same.
    pub fn plain_rust() -> Hand {
        Hand::folding(|text, folded| *folded = text.to_lowercase())
    }

    fn folding(fold: fn(&str, &mut String)) -> Hand {
        let [title, email, notes, country, industry, stage, source, company] =
            [const { String::new() }; 8];
        Hand { fold, title, email, notes, country, industry, stage, source, company }
    }

    /// The fourteen lines, as a careful programmer would write them.
    pub fn score(&mut self, lead: &Lead) -> i32 {
        let fold = self.fold;
        fold(&lead.title, &mut self.title);
        fold(&lead.email, &mut self.email);
        fold(&lead.notes, &mut self.notes);
        fold(&lead.country, &mut self.country);
        fold(&lead.industry, &mut self.industry);
        fold(&lead.stage, &mut self.stage);
        fold(&lead.source, &mut self.source);
        fold(&lead.company, &mut self.company);
        let (title, email, notes) = (&self.title, &self.email, &self.notes);
        let any = |text: &str, parts: &[&str]| parts.iter().any(|part| text.contains(part));
        let mut score = 0;
        if any(title, &["directeur", "président", "gérant", "ceo", "founder", "vp"]) {
            score += 25;
        }
        if any(title, &["responsable", "manager"]) {
            score += 10;
        }
        if any(email, &["gmail.", "yahoo.", "hotmail.", "outlook."]) {
            score -= 30;
        }
        if !email.trim().is_empty() {
            score += 15;
        }
        if any(notes, &["démo", "rendez-vous", "urgent", "budget validé"]) {
            score += 20;
        }
        if any(notes, &["concurrent", "étudiant"]) {
            score -= 15;
        }
        let country = self.country.as_str();
        if matches!(country, "france" | "belgique" | "suisse" | "luxembourg" | "monaco" | "canada")
        {
            score += 10;
        }
        if matches!(self.industry.as_str(), "banque" | "assurance") {
            score += 12;
        }
        if matches!(self.stage.as_str(), "qualification" | "proposition" | "négociation") {
            score += 8;
        }
        if (50..=500).contains(&lead.employees) {
            score += 9;
        }
        if lead.budget >= Decimal::new(1_000_050, 2) {
            score += 11;
        }
        // 1 January 2026.
        if lead.created > Date::from_days(20_454) {
            score += 5;
        }
        if self.company.starts_with("test") && self.source != "salon" {
            score -= 20;
        }
        if (country == "france" && lead.employees > 1000)
            || (self.industry == "industrie" && lead.budget > Decimal::from(50_000))
        {
            score += 7;
        }
        score
    }
    /// The eight lines of [`PLAIN`], on texts that are folded first.
    pub fn plain(&mut self, lead: &Lead) -> i32 {
        let fold = self.fold;
        fold(&lead.country, &mut self.country);
        fold(&lead.industry, &mut self.industry);
        fold(&lead.stage, &mut self.stage);
        fold(&lead.source, &mut self.source);
        let country = self.country.as_str();
        let mut score = 0;
        if matches!(country, "france" | "belgique" | "suisse" | "luxembourg" | "monaco" | "canada")
        {
            score += 10;
        }
        if matches!(self.industry.as_str(), "banque" | "assurance") {
            score += 12;
        }
        if matches!(self.stage.as_str(), "qualification" | "proposition" | "négociation") {
            score += 8;
        }
        score
            + numbers(
                lead,
                &self.source == "salon",
                country == "france",
                self.industry == "industrie",
            )
    }
}

/// The eight lines of [`PLAIN`] on texts as they are.
pub fn plain_exact(lead: &Lead) -> i32 {
    let country = lead.country.as_str();
    let mut score = 0;
    if matches!(country, "France" | "Belgique" | "Suisse" | "Luxembourg" | "Monaco" | "Canada") {
        score += 10;
    }
    if matches!(lead.industry.as_str(), "Banque" | "Assurance") {
        score += 12;
    }
    if matches!(lead.stage.as_str(), "Qualification" | "Proposition" | "Négociation") {
        score += 8;
    }
    score + numbers(lead, lead.source == "Salon", country == "France", lead.industry == "Industrie")
}

/// The lines on numbers and dates, and those that read a text beside.
#[inline]
fn numbers(lead: &Lead, fair: bool, french: bool, factory: bool) -> i32 {
    let mut score = 0;
    if (50..=500).contains(&lead.employees) {
        score += 9;
    }
    if lead.budget >= Decimal::new(1_000_050, 2) {
        score += 11;
    }
    // 1 January 2026.
    if lead.created > Date::from_days(20_454) {
        score += 5;
    }
    if fair && lead.employees < 10 {
        score -= 20;
    }
    if (french && lead.employees > 1000) || (factory && lead.budget > Decimal::from(50_000)) {
        score += 7;
    }
    score
}

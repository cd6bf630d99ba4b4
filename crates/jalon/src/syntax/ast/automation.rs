//! What stands around rules: validation, dependent fields, calendars, currencies, schedules,
//! webhooks, the consent guard, chaining and the pipeline.

use serde::Serialize;

use super::{Action, Criterion, Item, Lapse, Name};
use crate::lexicon::{Month, Weekday};
use crate::source::Span;

/// `validation sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Validation {
    /// Its name, if it has one.
    pub name: Option<Name>,
    /// The module it guards.
    pub module: Option<Name>,
    /// What must hold, in source order.
    pub lines: Vec<Must>,
}

/// `Téléphone SUIT LE FORMAT "99 99", message "…"`.
#[derive(Clone, Debug, Serialize)]
pub struct Must {
    /// The whole line.
    pub span: Span,
    /// What must hold.
    pub criterion: Criterion,
    /// What is said where it does not: a template.
    pub message: Option<Item>,
}

/// `dépendance Région selon Département sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Dependency {
    /// The field that depends.
    pub child: Name,
    /// The field it depends on.
    pub parent: Name,
    /// Their module.
    pub module: Option<Name>,
    /// Which values of the parent allow which of the child.
    pub lines: Vec<DependencyLine>,
}

/// `06, 83, 13 : Côte-Azur`.
#[derive(Clone, Debug, Serialize)]
pub struct DependencyLine {
    /// The whole line.
    pub span: Span,
    /// Values of the parent.
    pub when: Vec<Name>,
    /// The values that the child may have then.
    pub allowed: Vec<Name>,
}

/// `calendrier Siège, fuseau Europe/Paris` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Calendar {
    /// Its name.
    pub name: Name,
    /// `fuseau Europe/Paris`
    pub zone: Option<Name>,
    /// Its lines, in source order.
    pub lines: Vec<CalendarLine>,
}

/// One line of a calendar.
#[derive(Clone, Debug, Serialize)]
pub enum CalendarLine {
    /// `lundi à vendredi 09:00-12:00, 14:00-19:00`
    Open(Opening),
    /// `fériés France, 2026-12-24`: names of tables and single dates, as written.
    Holidays(Vec<Name>),
    /// `semaine commence lundi`
    WeekStarts(Weekday),
    /// `exercice commence avril`
    FiscalYearStarts(Month),
}

/// `samedi 09:00-12:00`.
#[derive(Clone, Debug, Serialize)]
pub struct Opening {
    /// The whole line.
    pub span: Span,
    /// Which days.
    pub days: Days,
    /// From and to, as written; none is closed (`dimanche fermé`).
    pub hours: Vec<(Name, Name)>,
}

/// Days of the week, or one date.
#[derive(Clone, Debug, Serialize)]
pub enum Days {
    /// `lundi à vendredi`, `lundi, mercredi`: every day that is meant.
    Week(Vec<Weekday>),
    /// `2026-12-24 09:00-12:00`, as written.
    Date(Name),
}

/// `devises EUR` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Currencies {
    /// The main currency.
    pub main: Name,
    /// The others.
    pub rates: Vec<Rate>,
}

/// `USD 1,17`: one unit of the main currency is so many of this one.
#[derive(Clone, Debug, Serialize)]
pub struct Rate {
    /// The currency.
    pub currency: Name,
    /// The rate as written.
    pub rate: Name,
}

/// `planification "E-mails automatiques" chaque jour à 19:00 sauf samedi, dimanche`.
#[derive(Clone, Debug, Serialize)]
pub struct Schedule {
    /// Its name.
    pub name: Name,
    /// When it runs: a recurrence as written.
    pub when: Name,
    /// `au plus 400 Prospects`: how many records at most.
    pub at_most: Option<u32>,
    /// The module whose records it takes.
    pub module: Option<Name>,
    /// `triés par Créé le`
    pub sort: Vec<SortKey>,
    /// `si …`
    pub criterion: Option<Criterion>,
    /// What is done to each.
    pub actions: Vec<Action>,
}

/// `triés par Créé le décroissant`.
#[derive(Clone, Debug, Serialize)]
pub struct SortKey {
    /// The field.
    pub field: Name,
    /// Greatest first.
    pub descending: bool,
}

/// `webhook SMS` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Webhook {
    /// Its name.
    pub name: Name,
    /// The module of its fields, if it is said.
    pub module: Option<Name>,
    /// `POST`
    pub method: HttpMethod,
    /// The address: a template.
    pub url: Name,
    /// `en-tête Authorization, "Bearer …"`
    pub headers: Vec<(Name, Item)>,
    /// `paramètre XmlMsg, xml "<…>"`
    pub parameters: Vec<Parameter>,
    /// `corps json "…"`
    pub body: Option<(Format, Item)>,
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum HttpMethod {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl HttpMethod {
    /// `POST`
    pub fn as_str(self) -> &'static str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Post => "POST",
            HttpMethod::Put => "PUT",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Delete => "DELETE",
        }
    }
}

/// A parameter of a webhook.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// What kind of text it is.
    pub format: Format,
    /// Its value: a template.
    pub value: Item,
}

/// What kind of text a template is: it decides how values are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Format {
    /// `texte`
    Text,
    /// `html`
    Html,
    /// `xml`
    Xml,
    /// `json`
    Json,
    /// `url`
    Url,
}

/// `garde e-mail sur Prospects, au plus 2 par 7 jours, si …`.
#[derive(Clone, Debug, Serialize)]
pub struct Guard {
    /// Where its channel stands.
    pub span: Span,
    /// What it guards.
    pub channel: Channel,
    /// The module whose records it guards.
    pub module: Option<Name>,
    /// `au plus 2 par 7 jours`
    pub at_most: Option<(u32, Lapse)>,
    /// What must hold.
    pub criterion: Option<Criterion>,
}

/// A way to reach somebody.
#[derive(Clone, Debug, Serialize)]
pub enum Channel {
    /// `e-mail`
    Email,
    /// `alerte`
    Alert,
    /// `webhook SMS`
    Webhook(Name),
}

/// `enchaînement une fois`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Chaining {
    /// `une fois`: each rule once per record and event.
    Once,
    /// `aucun`: the first wave only.
    None,
    /// `profondeur 5`: at most so many further waves.
    Depth(u32),
}

/// `pipeline validation, affectation, workflow, score, approbation, parcours`.
#[derive(Clone, Debug, Serialize)]
pub struct Pipeline {
    /// The stages, in the order they run.
    pub stages: Vec<(Span, Stage)>,
}

/// A stage of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// `validation`
    Validation,
    /// `affectation`
    Assignment,
    /// `workflow`
    Workflow,
    /// `score`
    Score,
    /// `approbation`
    Approval,
    /// `parcours`
    Blueprint,
}

impl Stage {
    /// Every stage, in the order they run where none is declared.
    pub const ALL: [Stage; 6] = [
        Stage::Validation,
        Stage::Assignment,
        Stage::Workflow,
        Stage::Score,
        Stage::Approval,
        Stage::Blueprint,
    ];

    /// Its word in the pipeline.
    pub fn word(self, lang: crate::lang::Lang) -> &'static str {
        crate::syntax::stage_word(self, lang)
    }
}

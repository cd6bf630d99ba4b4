//! What stands around rules: validation, dependent fields, calendars, currencies, schedules,
//! webhooks, the consent guard, chaining and the pipeline.

use serde::{Deserialize, Serialize};

use super::{Action, Criterion, Item, Lapse, Name};
use crate::lexicon::{Month, Weekday};
use crate::source::Span;

/// `validation sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Validation {
    /// Its name, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The module it guards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// What must hold, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Must>,
}

/// `Téléphone SUIT LE FORMAT "99 99", message "…"`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Must {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// What must hold.
    pub criterion: Criterion,
    /// What is said where it does not: a template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Item>,
}

/// `dépendance Région selon Département sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Dependency {
    /// The field that depends.
    pub child: Name,
    /// The field it depends on.
    pub parent: Name,
    /// Their module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// Which values of the parent allow which of the child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<DependencyLine>,
}

/// `06, 83, 13 : Côte-Azur`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DependencyLine {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// Values of the parent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Name>,
    /// The values that the child may have then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Name>,
}

/// `calendrier Siège, fuseau Europe/Paris` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Its name.
    pub name: Name,
    /// `fuseau Europe/Paris`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Name>,
    /// Its lines, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<CalendarLine>,
}

/// One line of a calendar.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// Which days.
    pub days: Days,
    /// From and to, as written; none is closed (`dimanche fermé`).
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::form::hours")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::form::hours::Shape>"))]
    pub hours: Vec<(Name, Name)>,
}

/// Days of the week, or one date.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Days {
    /// `lundi à vendredi`, `lundi, mercredi`: every day that is meant.
    Week(Vec<Weekday>),
    /// `2026-12-24 09:00-12:00`, as written.
    Date(Name),
}

/// `devises EUR` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Currencies {
    /// The main currency.
    pub main: Name,
    /// The others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<Rate>,
}

/// `USD 1,17`: one unit of the main currency is so many of this one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The currency.
    pub currency: Name,
    /// The rate as written.
    pub rate: Name,
}

/// `planification "E-mails automatiques" chaque jour à 19:00 sauf samedi, dimanche`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Its name.
    pub name: Name,
    /// When it runs: a recurrence as written.
    pub when: Name,
    /// `au plus 400 Prospects`: how many records at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// The module whose records it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// `triés par Créé le`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<SortKey>,
    /// `si …`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Criterion>,
    /// What is done to each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

/// `triés par Créé le décroissant`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SortKey {
    /// The field.
    pub field: Name,
    /// Greatest first.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub descending: bool,
}

/// `webhook SMS` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Its name.
    pub name: Name,
    /// The module of its fields, if it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// `POST`
    pub method: HttpMethod,
    /// The address: a template.
    pub url: Name,
    /// `en-tête Authorization, "Bearer …"`
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::form::headers")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::form::headers::Shape>"))]
    pub headers: Vec<(Name, Item)>,
    /// `paramètre XmlMsg, xml "<…>"`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// `corps json "…"`
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::form::body")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::form::body::Shape>"))]
    pub body: Option<(Format, Item)>,
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// What kind of text it is.
    pub format: Format,
    /// Its value: a template.
    pub value: Item,
}

/// What kind of text a template is: it decides how values are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Guard {
    /// Where its channel stands.
    #[serde(skip)]
    pub span: Span,
    /// What it guards.
    pub channel: Channel,
    /// The module whose records it guards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// `au plus 2 par 7 jours`
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::form::at_most")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::form::at_most::Shape>"))]
    pub at_most: Option<(u32, Lapse)>,
    /// What must hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Criterion>,
}

/// A way to reach somebody.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Channel {
    /// `e-mail`
    Email,
    /// `alerte`
    Alert,
    /// `webhook SMS`
    Webhook(Name),
}

/// `enchaînement une fois`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Chaining {
    /// `une fois`: each rule once per record and event.
    Once,
    /// `aucun`: the first wave only.
    None,
    /// `profondeur 5`: at most so many further waves.
    Depth(u32),
}

/// `pipeline validation, affectation, workflow, score, approbation, parcours`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// The stages, in the order they run.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::form::stages")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Stage>"))]
    pub stages: Vec<(Span, Stage)>,
}

/// A stage of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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

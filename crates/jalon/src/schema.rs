//! Modules, fields and types, resolved: what names mean and what their values may be.

use serde::Serialize;

use crate::lang::Lang;
use crate::source::Span;
pub use crate::value::fold::TextMode;
use crate::value::{FieldKey, Value};

/// The modules of a program.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// In declaration order.
    pub modules: Vec<Module>,
}

/// Index of a module in [`Schema::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub u32);

/// A kind of record.
#[derive(Clone, Debug, Serialize)]
pub struct Module {
    /// Its label.
    pub name: String,
    /// API names and synonyms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Where it is declared; `None` when the host gave it.
    #[serde(skip)]
    pub span: Option<Span>,
    /// Its fields, in declaration order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Whether it is only named (`référence Comptes`) and not declared: it has no fields here
    /// and any name is taken for one.
    pub open: bool,
}

impl Schema {
    /// A module by id.
    pub fn module(&self, id: ModuleId) -> Option<&Module> {
        self.modules.get(id.0 as usize)
    }

    /// The declared modules, without those that are only named.
    pub fn declared(&self) -> impl Iterator<Item = (ModuleId, &Module)> {
        let modules = self.modules.iter().enumerate();
        modules.filter(|(_, m)| !m.open).map(|(i, m)| (ModuleId(i as u32), m))
    }

    /// The declared module, if there is exactly one.
    pub fn only_module(&self) -> Option<ModuleId> {
        let mut declared = self.declared();
        let (id, _) = declared.next()?;
        declared.next().is_none().then_some(id)
    }
}

/// A field of a module or an attribute of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// How records carry it: names and slot.
    pub key: FieldKey,
    /// Where it is declared; `None` when the host gave it.
    pub span: Option<Span>,
    /// What it holds.
    pub ty: FieldType,
    /// How its text compares.
    pub mode: TextMode,
    /// `obligatoire`
    pub required: bool,
    /// `unique`
    pub unique: bool,
    /// `au plus N caractères`
    pub max_length: Option<u32>,
    /// `personnel`: its values are masked in explanations.
    pub personal: bool,
    /// `par défaut V`
    pub default: Option<Value>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// Text, also `e-mail`, `téléphone` and `url`, which are text as values.
    Text(TextKind),
    /// An exact number, also whole numbers, percentages and money.
    Number(NumberKind),
    /// A checkbox: never empty, nothing means not ticked.
    Checkbox,
    /// One of the declared values.
    Picklist(Vec<String>),
    /// A set of the declared values.
    MultiPicklist(Vec<String>),
    /// A civil date.
    Date,
    /// A point in time.
    DateTime,
    /// A record of another module, by id or name.
    Reference(ModuleId),
    /// A user, by id or name.
    User,
    /// Related records.
    Records(ModuleId),
    /// Events, with their declared attributes.
    Events(Vec<Field>),
    /// Computed; the number is that of its expression among those of the program.
    Formula(u32),
}

impl Field {
    /// Its label.
    pub fn name(&self) -> &str {
        self.key.names.first().map_or("", String::as_str)
    }
}

/// How a value is read before it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Text, also lists of one value.
    Text(TextMode),
    /// Exact number. Text that spells a number is read as one.
    Number,
    /// Ticked or not; nothing is not ticked.
    Checkbox,
    /// Set of texts.
    Set(TextMode),
    /// Civil date. ISO text is read as one; an instant gives its civil date in the zone.
    Date,
    /// Instant. ISO text is read as one; without an offset it is local time.
    DateTime,
    /// Reference or user: `{id, name}` or a text, compared by either.
    Reference(TextMode),
    /// Related records or events.
    Records,
    /// No declared type: the value's type leads.
    Dynamic,
}

impl FieldType {
    /// How its values are read; `None` for a formula, which only its expression tells.
    pub fn domain(&self, mode: TextMode) -> Option<Domain> {
        Some(match self {
            FieldType::Text(_) | FieldType::Picklist(_) => Domain::Text(mode),
            FieldType::Number(_) => Domain::Number,
            FieldType::Checkbox => Domain::Checkbox,
            FieldType::MultiPicklist(_) => Domain::Set(mode),
            FieldType::Date => Domain::Date,
            FieldType::DateTime => Domain::DateTime,
            FieldType::Reference(_) | FieldType::User => Domain::Reference(mode),
            FieldType::Records(_) | FieldType::Events(_) => Domain::Records,
            FieldType::Formula(_) => return None,
        })
    }

    /// Its keyword, such as `liste` or `picklist`.
    pub fn keyword(&self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            FieldType::Text(TextKind::Plain) => ("texte", "text"),
            FieldType::Text(TextKind::Long) => ("texte long", "long text"),
            FieldType::Text(TextKind::Email) => ("e-mail", "e-mail"),
            FieldType::Text(TextKind::Phone) => ("téléphone", "phone"),
            FieldType::Text(TextKind::Url) => ("url", "url"),
            FieldType::Number(NumberKind::Integer) => ("entier", "integer"),
            FieldType::Number(NumberKind::Decimal) => ("nombre", "number"),
            FieldType::Number(NumberKind::Percent) => ("pourcentage", "percent"),
            FieldType::Number(NumberKind::Money) => ("devise", "money"),
            FieldType::Checkbox => ("case", "checkbox"),
            FieldType::Picklist(_) => ("liste", "picklist"),
            FieldType::MultiPicklist(_) => ("liste multiple", "multi-picklist"),
            FieldType::Date => ("date", "date"),
            FieldType::DateTime => ("date-heure", "datetime"),
            FieldType::Reference(_) => ("référence", "lookup"),
            FieldType::User => ("utilisateur", "user"),
            FieldType::Records(_) => ("fiches", "records"),
            FieldType::Events(_) => ("événements", "events"),
            FieldType::Formula(_) => ("formule", "formula"),
        };
        lang.pick(fr, en)
    }
}

/// The kinds of text; only validation tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    /// `texte`
    Plain,
    /// `texte long`
    Long,
    /// `e-mail`
    Email,
    /// `téléphone`
    Phone,
    /// `url`
    Url,
}

/// The kinds of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// `entier`
    Integer,
    /// `nombre`
    Decimal,
    /// `pourcentage`
    Percent,
    /// `devise`
    Money,
}

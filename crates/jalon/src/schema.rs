//! Modules, fields and types, resolved: what names mean and what their values may be.

use crate::source::Span;
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
#[derive(Clone, Debug)]
pub struct Module {
    /// Its label.
    pub name: String,
    /// API names and synonyms.
    pub aliases: Vec<String>,
    /// Where it is declared; `None` when the host gave it.
    pub span: Option<Span>,
    /// Its fields, in declaration order.
    pub fields: Vec<Field>,
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
    /// Computed; the number indexes [`crate::checked::CheckedProgram::formulas`].
    Formula(u32),
}

/// The kinds of text; only validation tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// How a field's text compares. The default folds case and keeps accents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextMode {
    /// `casse stricte`
    pub case_sensitive: bool,
    /// `sans accents`
    pub ignoring_accents: bool,
}

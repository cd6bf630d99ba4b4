//! Modules as written.

use serde::{Deserialize, Serialize};

use super::{Expr, Name};
use crate::source::Span;

/// A module: a kind of record and its fields.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Its label.
    pub name: Name,
    /// API names and synonyms, in brackets in the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// Its fields, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// A field of a module, or an attribute of its events.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// Its label.
    pub name: Name,
    /// API names and synonyms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Where the type stands.
    #[serde(skip)]
    pub ty_span: Span,
    /// What follows the type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Property>,
}

/// A field's type as written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Type {
    /// `texte`
    Text,
    /// `texte long`
    LongText,
    /// `e-mail`
    Email,
    /// `téléphone`
    Phone,
    /// `url`
    Url,
    /// `entier`
    Integer,
    /// `nombre`
    Number,
    /// `pourcentage`
    Percent,
    /// `devise`
    Money,
    /// `case`
    Checkbox,
    /// `liste M., Mme`
    Picklist(Vec<Name>),
    /// `liste multiple Salon, Web`
    MultiPicklist(Vec<Name>),
    /// `date`
    Date,
    /// `date-heure`
    DateTime,
    /// `référence Comptes`
    Reference(Name),
    /// `utilisateur`
    User,
    /// `fiches Contacts`
    Records(Name),
    /// `événements (Page : url)`
    Events(Vec<Field>),
    /// `formule Montant * 2`
    Formula(Expr),
}

/// A property of a field, with its place.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Property {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// Which one.
    pub kind: PropertyKind,
}

/// The properties a field may have.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PropertyKind {
    /// `obligatoire`
    Required,
    /// `unique`
    Unique,
    /// `au plus 255 caractères`
    MaxLength(u32),
    /// `personnel`: masked in traces.
    Personal,
    /// `par défaut V`
    Default(Name),
    /// `sans accents`
    IgnoringAccents,
    /// `casse stricte`
    CaseSensitive,
}

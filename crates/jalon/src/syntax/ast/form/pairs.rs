//! Pairs as objects of two named members, and what stands beside a place without it.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::super::{
    Actor, Block, Criterion, Expr, Format, Handed, Item, Lapse, Name, Owner, Repetition, Stage,
    StateRole, Update,
};
use crate::lang::Lang;
use crate::lexicon::{Arithmetic, Function};
use crate::source::Span;

/// Two bounds.
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in super::super) struct Bounds<T> {
    /// The first.
    pub(super) from: T,
    /// The second.
    pub(super) to: T,
}

/// The shape of a pair: as it is lent to be written, and as it is read.
macro_rules! shape {
    ($title:literal, $doc:literal, $a:ident: $A:ty, $b:ident: $B:ty) => {
        #[doc = $doc]
        #[derive(serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(rename = $title))]
        #[serde(deny_unknown_fields)]
        pub(in super::super::super) struct Shape {
            $a: $A,
            $b: $B,
        }

        #[derive(serde::Serialize)]
        struct Lent<'a> {
            $a: &'a $A,
            $b: &'a $B,
        }
    };
}

/// A list of pairs.
macro_rules! pairs {
    ($($module:ident: $title:literal, $doc:literal { $a:ident: $A:ty, $b:ident: $B:ty })+) => {$(
        #[doc = $doc]
        pub(in super::super) mod $module {
            use super::*;

            shape!($title, $doc, $a: $A, $b: $B);

            pub(in super::super::super) fn serialize<S: Serializer>(
                pairs: &[($A, $B)],
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(pairs.iter().map(|($a, $b)| Lent { $a, $b }))
            }

            pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Vec<($A, $B)>, D::Error> {
                let shapes = Vec::<Shape>::deserialize(deserializer)?;
                Ok(shapes.into_iter().map(|one| (one.$a, one.$b)).collect())
            }
        }
    )+};
}

/// A pair that may be missing.
macro_rules! pair {
    ($($module:ident: $title:literal, $doc:literal { $a:ident: $A:ty, $b:ident: $B:ty })+) => {$(
        #[doc = $doc]
        pub(in super::super) mod $module {
            use super::*;

            shape!($title, $doc, $a: $A, $b: $B);

            #[expect(clippy::ref_option, reason = "serde asks so")]
            pub(in super::super::super) fn serialize<S: Serializer>(
                pair: &Option<($A, $B)>,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                pair.as_ref().map(|($a, $b)| Lent { $a, $b }).serialize(serializer)
            }

            pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<($A, $B)>, D::Error> {
                Ok(Option::<Shape>::deserialize(deserializer)?.map(|one| (one.$a, one.$b)))
            }
        }
    )+};
}

/// A variant that holds a pair.
macro_rules! variant {
    ($($module:ident: $title:literal, $doc:literal { $a:ident: $A:ty, $b:ident: $B:ty })+) => {$(
        #[doc = $doc]
        pub(in super::super) mod $module {
            use super::*;

            shape!($title, $doc, $a: $A, $b: $B);

            #[allow(clippy::ptr_arg, clippy::trivially_copy_pass_by_ref, reason = "as serde lends it")]
            pub(in super::super::super) fn serialize<S: Serializer>(
                $a: &$A,
                $b: &$B,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                Lent { $a, $b }.serialize(serializer)
            }

            pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<($A, $B), D::Error> {
                let one = Shape::deserialize(deserializer)?;
                Ok((one.$a, one.$b))
            }
        }
    )+};
}

/// A variant that holds three things.
macro_rules! triple {
    ($($module:ident: $title:literal, $doc:literal {
        $a:ident: $A:ty, $b:ident: $B:ty, $c:ident: $C:ty, $c_name:literal
    })+) => {$(
        #[doc = $doc]
        pub(in super::super) mod $module {
            use super::*;

            #[doc = $doc]
            #[derive(serde::Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[cfg_attr(feature = "schema", schemars(rename = $title))]
            #[serde(deny_unknown_fields)]
            pub(in super::super::super) struct Shape {
                $a: $A,
                $b: $B,
                #[serde(rename = $c_name)]
                $c: $C,
            }

            #[derive(serde::Serialize)]
            struct Lent<'a> {
                $a: &'a $A,
                $b: &'a $B,
                #[serde(rename = $c_name)]
                $c: &'a $C,
            }

            #[allow(clippy::borrowed_box, clippy::trivially_copy_pass_by_ref, reason = "as serde lends it")]
            pub(in super::super::super) fn serialize<S: Serializer>(
                $a: &$A,
                $b: &$B,
                $c: &$C,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                Lent { $a, $b, $c }.serialize(serializer)
            }

            pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<($A, $B, $C), D::Error> {
                let one = Shape::deserialize(deserializer)?;
                Ok((one.$a, one.$b, one.$c))
            }
        }
    )+};
}

pairs! {
    set_fields: "SetField", "A field of a new record and its value." { field: Name, value: Item }
    labels: "StateLabel", "A label of a state, and its language if one is said." {
        language: Option<Lang>, text: Name
    }
    reminders: "Reminder", "How long before a deadline, and who is reminded." {
        before: Lapse, to: Vec<Actor>
    }
    escalations: "Escalation", "How long after a deadline (null is at it), and who is told." {
        after: Option<Lapse>, to: Vec<Actor>
    }
    hours: "Hours", "From and to, as written." { from: Name, to: Name }
    headers: "Header", "A header of a request and its value." { name: Name, value: Item }
}

pair! {
    body: "RequestBody", "The body of a request and what kind of text it is." {
        format: Format, value: Item
    }
    at_most: "AtMost", "So many in so long." { count: u32, within: Lapse }
}

variant! {
    call: "FunctionCall", "A function and its arguments." {
        function: Function, arguments: Vec<Expr>
    }
    acting: "Acting", "Who acts, and their roles, groups and profiles." {
        user: Name, of: Vec<Owner>
    }
    related: "RelatedRecord", "A record that the record at hand refers to or lists." {
        field: Name, fields: Block
    }
    happening: "Happening", "An event and its attributes." { event: Name, attributes: Block }
    handed: "TransitionMade", "A transition and what is given for it." {
        name: Name, given: Handed
    }
}

triple! {
    binary: "Binary", "Two operands and the sign between them." {
        left: Box<Expr>, sign: Arithmetic, right: Box<Expr>, "right"
    }
    choice: "Choice", "One of two values, by a criterion." {
        criterion: Box<Criterion>, then: Box<Expr>, otherwise: Box<Expr>, "else"
    }
}

/// Values that stand beside a place.
macro_rules! placed {
    ($($module:ident: $T:ty;)+) => {$(
        pub(in super::super) mod $module {
            use super::*;

            pub(in super::super::super) fn serialize<S: Serializer>(
                placed: &[(Span, $T)],
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(placed.iter().map(|(_, value)| value))
            }

            pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Vec<(Span, $T)>, D::Error> {
                let values = Vec::<$T>::deserialize(deserializer)?;
                Ok(values.into_iter().map(|value| (Span::default(), value)).collect())
            }
        }
    )+};
}

placed! {
    roles: StateRole;
    stages: Stage;
    updates: Update;
}

/// How often a rule fires.
pub(in super::super) mod repetition {
    use super::{Deserialize, Deserializer, Repetition, Serialize, Serializer, Span};

    #[expect(clippy::ref_option, reason = "serde asks so")]
    pub(in super::super::super) fn serialize<S: Serializer>(
        placed: &Option<(Span, Repetition)>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        placed.map(|(_, repetition)| repetition).serialize(serializer)
    }

    pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<(Span, Repetition)>, D::Error> {
        let read = Option::<Repetition>::deserialize(deserializer)?;
        Ok(read.map(|repetition| (Span::default(), repetition)))
    }
}

/// Keywords that the document keeps in French, by their ids.
macro_rules! keywords {
    ($($module:ident: [$($french:literal = $id:literal),+];)+) => {$(
        pub(in super::super) mod $module {
            use super::{Deserialize, Deserializer, Error, Serializer};

            const FRENCH: &[&str] = &[$($french),+];
            const IDS: &[&str] = &[$($id),+];

            pub(in super::super::super) fn serialize<S: Serializer>(
                keyword: &str,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let known = FRENCH.iter().position(|french| *french == keyword);
                serializer.serialize_str(known.map_or(keyword, |at| IDS[at]))
            }

            pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<String, D::Error> {
                let id = String::deserialize(deserializer)?;
                let known = IDS.iter().position(|known| *known == id);
                let known = known.ok_or_else(|| D::Error::unknown_variant(&id, IDS))?;
                Ok(FRENCH[known].to_owned())
            }
        }
    )+};
}

keywords! {
    setting: [
        "objet" = "subject", "texte" = "text", "html" = "html", "copie" = "copy",
        "lieu" = "place", "description" = "description"
    ];
    effect: [
        "tâche" = "task", "e-mail" = "email", "alerte" = "alert", "webhook" = "webhook",
        "fonction" = "function", "créer" = "create", "étiqueter" = "tag", "affecter" = "assign",
        "convertir" = "convert", "rendez-vous" = "meeting", "supprimer" = "delete"
    ];
    kept: [
        "affectation" = "assignment", "conversion" = "conversion", "doublons" = "duplicates",
        "trophée" = "trophy", "rappel" = "reminder"
    ];
}

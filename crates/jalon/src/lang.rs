//! The two languages in which people write rules and read messages.

use serde::{Deserialize, Serialize};

/// French or English: the language of keywords when printing, and of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French, the language of the first rule tables.
    Fr,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// Picks the text of this language.
    pub fn pick<T>(self, fr: T, en: T) -> T {
        match self {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// `fr` or `en`, as written after `langue` and `--lang`.
    pub fn code(self) -> &'static str {
        self.pick("fr", "en")
    }
}

impl std::str::FromStr for Lang {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        match code {
            "fr" => Ok(Lang::Fr),
            "en" => Ok(Lang::En),
            _ => Err(()),
        }
    }
}

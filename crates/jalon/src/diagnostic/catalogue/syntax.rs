//! What the parser finds: `E01xx`, `W01xx`.

use super::{Code, FixTitle, Severity, Text, codes};

codes! { SYNTAX;
    /// A mix of `ET` and `OU` without brackets.
    MIXED_CONNECTIVES = "E0110" Error {
        fr: "`ET` et `OU` se mélangent sans parenthèses",
        en: "`AND` and `OR` are mixed without brackets",
        label: "deux lectures sont possibles", "two readings are possible",
        help: "mettez des parenthèses : les produits ne s'accordent pas sur la lecture",
              "add brackets: products disagree on which reading is meant",
    }
}

/// The fix that puts a name or a value in quotes.
pub static QUOTE: FixTitle =
    FixTitle(Text { fr: "mettre entre guillemets : {new}", en: "quote it: {new}" });

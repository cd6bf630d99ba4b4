//! What `check` finds: `E02xx` errors, `W02xx` warnings, `N02xx` what could not be verified.

use super::{Code, Severity, Text, codes};

codes! { CHECK;
    /// A name that is no field of the module.
    UNKNOWN_FIELD = "E0203" Error {
        fr: "champ inconnu `{name}`",
        en: "unknown field `{name}`",
        label: "n'est pas un champ de `{module}`", "not a field of `{module}`",
    }
}

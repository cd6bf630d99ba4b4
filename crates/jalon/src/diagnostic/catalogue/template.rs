//! What is wrong with texts that hold fields: `E028x`, `W028x`.

use super::{Code, FixTitle, Severity, Text, codes};

codes! { TEMPLATE;
    /// A `${` that never closes on its line.
    TEMPLATE_UNCLOSED = "E0280" Error {
        fr: "`{sign}` ne se ferme pas",
        en: "`{sign}` does not close",
        label: "attendu sur la même ligne : le nom d'un champ, puis une accolade fermante",
               "expected on the same line: a field's name, then a closing brace",
        help: "pour écrire ce signe lui-même : `\\{sign}`", "to write the sign itself: `\\{sign}`",
    }
    /// A field in a tag or in the name of an attribute.
    TEMPLATE_IN_TAG = "E0281" Error {
        fr: "un champ ne peut pas faire partie d'une balise",
        en: "a field cannot be a part of a tag",
        label: "ici commence ou continue une balise", "a tag begins or goes on here",
        help: "mettez le champ dans le texte, ou dans la valeur d'un attribut entre guillemets ; un `<` qui n'ouvre pas de balise s'écrit `&lt;`",
              "put the field in the text, or in the value of an attribute in quotes; a `<` that opens no tag is written `&lt;`",
    }
    /// A field as the value of an attribute without quotes.
    TEMPLATE_UNQUOTED = "E0282" Error {
        fr: "un champ dans un attribut doit être entre guillemets",
        en: "a field in an attribute must stand in quotes",
        label: "un espace dans la valeur terminerait l'attribut",
               "a space in the value would end the attribute",
        help: "mettez toute la valeur de l'attribut entre guillemets",
              "put the whole value of the attribute in quotes",
    }
    /// A field in a comment, a CDATA section or a declaration.
    TEMPLATE_IN_COMMENT = "E0283" Error {
        fr: "un champ ne peut pas se trouver dans un commentaire, une section CDATA ou une déclaration",
        en: "a field cannot stand in a comment, a CDATA section or a declaration",
        label: "rien n'y protège les signes de la valeur",
               "nothing there protects the signs of the value",
        help: "mettez-le dans le texte", "put it in the text",
    }
    /// A field in a script or a style.
    TEMPLATE_IN_CODE = "E0284" Error {
        fr: "un champ ne peut pas se trouver dans un script, un style ou un attribut qui en contient",
        en: "a field cannot stand in a script, a style or an attribute that holds one",
        label: "la valeur serait exécutée", "the value would be run",
        help: "mettez-le dans le texte ou dans un attribut `data-…`, que le script lira",
              "put it in the text or in a `data-…` attribute for the script to read",
    }
    /// A field right after an `&`.
    TEMPLATE_IN_REFERENCE = "E0285" Error {
        fr: "un champ ne peut pas suivre un `&`",
        en: "a field cannot follow an `&`",
        label: "`&` et la valeur se liraient ensemble", "`&` and the value would be read together",
        help: "le signe lui-même s'écrit `&amp;`", "the sign itself is written `&amp;`",
    }
    /// A field where JSON has neither a value nor a text.
    TEMPLATE_JSON_PLACE = "E0286" Error {
        fr: "en JSON, un champ tient lieu d'une valeur ou se trouve entre guillemets",
        en: "in JSON a field stands for a value or stands in quotes",
        label: "ni l'un ni l'autre ici", "neither of them here",
        help: "un nom ou plusieurs champs de suite vont entre guillemets",
              "a name, or several fields in a row, go in quotes",
    }
    /// A field in the host of a URL.
    TEMPLATE_URL_HOST = "E0287" Error {
        fr: "un champ ne peut pas faire partie du nom d'hôte d'une URL",
        en: "a field cannot be a part of the host of a URL",
        label: "la valeur enverrait à une autre adresse", "the value would lead to another address",
        help: "commencez l'URL par un champ qui contient toute l'adresse, ou écrivez `/`, `?` ou `#` avant ce champ",
              "begin the URL with a field that holds the whole address, or write `/`, `?` or `#` before this field",
    }
    /// A field in the scheme of a URL, or in one that runs code.
    TEMPLATE_URL_SCHEME = "E0288" Error {
        fr: "un champ ne peut ni précéder le `:` d'une URL ni se trouver dans une URL de script",
        en: "a field can neither precede the `:` of a URL nor stand in a script's URL",
        label: "la valeur serait exécutée", "the value would be run",
        help: "écrivez `https://` ou `mailto:` en toutes lettres",
              "write `https://` or `mailto:` out",
    }
    /// `$(Contacts.Nom)` or `{Contacts.Nom}`.
    TEMPLATE_OLD_FORM = "W0280" Warning {
        fr: "ancienne écriture d'un champ : `{old}`",
        en: "old way of writing a field: `{old}`",
        label: "lu comme `{new}`", "read as `{new}`",
    }
    /// A text that ends inside a tag, a comment or a quote.
    TEMPLATE_UNFINISHED = "W0281" Warning {
        fr: "le texte se termine dans une balise ou un commentaire",
        en: "the text ends inside a tag or a comment",
        label: "rien ne les ferme", "nothing closes them",
    }
    /// An XML element that never closes.
    TEMPLATE_NOT_CLOSED = "W0282" Warning {
        fr: "XML mal formé : `<{name}>` ne se ferme pas",
        en: "malformed XML: `<{name}>` never closes",
        label: "attendu plus loin : `</{name}>`", "expected further on: `</{name}>`",
    }
    /// An end tag where another element is open.
    TEMPLATE_WRONG_END = "W0283" Warning {
        fr: "XML mal formé : `<{name}>` est à fermer d'abord",
        en: "malformed XML: `<{name}>` is to be closed first",
        label: "attendu : `</{name}>`", "expected: `</{name}>`",
    }
    /// An end tag where no element is open.
    TEMPLATE_NOTHING_OPEN = "W0284" Warning {
        fr: "XML mal formé : rien n'est à fermer ici",
        en: "malformed XML: there is nothing to close here",
        label: "aucun élément n'est ouvert", "no element is open",
    }
    /// An `&`, a `<` or another sign that XML wants written otherwise.
    TEMPLATE_BARE_SIGN = "W0285" Warning {
        fr: "XML mal formé : ce signe s'écrit `{new}`",
        en: "malformed XML: this sign is written `{new}`",
        label: "XML ne connaît que `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` et `&#…;`",
               "XML knows only `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` and `&#…;`",
    }
    /// A tag that XML does not allow.
    TEMPLATE_BAD_TAG = "W0286" Warning {
        fr: "XML mal formé : balise incorrecte",
        en: "malformed XML: incorrect tag",
        label: "un attribut s'écrit une fois, `nom=\"valeur\"`, après un espace",
               "an attribute is written once, `name=\"value\"`, after a space",
    }
    /// A character that XML does not allow.
    TEMPLATE_BAD_CHARACTER = "W0287" Warning {
        fr: "XML mal formé : caractère interdit",
        en: "malformed XML: forbidden character",
        label: "aucun caractère de contrôle n'est permis", "no control character is allowed",
    }
    /// A second outermost element, or a text beside it.
    TEMPLATE_SECOND_ROOT = "W0288" Warning {
        fr: "XML mal formé : un seul élément enveloppe tout le document",
        en: "malformed XML: one element holds the whole document",
        label: "ceci est à côté", "this stands beside it",
    }
    /// A text that is no JSON.
    TEMPLATE_BAD_JSON = "W0289" Warning {
        fr: "JSON mal formé",
        en: "malformed JSON",
        label: "à partir d'ici, ce n'est plus du JSON", "from here on it is no JSON",
    }
}

/// The fix that writes a field or a sign as it should be.
pub static WRITE: FixTitle = FixTitle(Text { fr: "écrire `{new}`", en: "write `{new}`" });

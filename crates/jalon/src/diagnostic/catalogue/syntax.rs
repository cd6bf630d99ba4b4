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
    /// A leaf without an operator.
    MISSING_OPERATOR = "E0111" Error {
        fr: "il manque un opérateur dans `{text}`",
        en: "`{text}` has no operator",
        label: "ni `EST`, ni `CONTIENT`, ni `>`…", "no `IS`, no `CONTAINS`, no `>`…",
        help: "écrivez un champ, un opérateur et une valeur : `Pays EST France`",
              "write a field, an operator and a value: `Country IS France`",
    }
    /// An operator without the value it needs.
    MISSING_VALUE = "E0112" Error {
        fr: "il manque une valeur après `{operator}`",
        en: "`{operator}` needs a value after it",
        label: "à compléter", "to be completed",
        help: "pour un champ sans valeur, écrivez `EST VIDE`",
              "for a field that holds nothing, write `IS EMPTY`",
    }
    /// An operator without a field before it.
    MISSING_FIELD = "E0113" Error {
        fr: "il manque un champ avant `{operator}`",
        en: "`{operator}` needs a field before it",
        label: "que faut-il comparer ?", "compare what?",
        help: "répétez le champ, ou comparez à une liste : `Pays EST France, Monaco`",
              "repeat the field, or compare with a list: `Country IS France, Monaco`",
    }
    /// Nothing where a criterion is expected.
    MISSING_CRITERION = "E0114" Error {
        fr: "il manque un critère",
        en: "a criterion is missing",
        label: "un critère est attendu ici", "a criterion is expected here",
        help: "un critère s'écrit `Pays EST France` ; dans une valeur, mettez `ET` et `OU` entre guillemets",
              "a criterion is written `Country IS France`; in a value, put `AND` and `OR` in quotes",
    }
    /// A quote that does not close on its line.
    UNCLOSED_QUOTE = "E0115" Error {
        fr: "guillemet jamais fermé",
        en: "quote never closed",
        label: "ouvert ici", "opened here",
        help: "un guillemet se ferme sur sa ligne ; à l'intérieur, il s'écrit `\\\"`",
              "a quote closes on its line; inside, it is written `\\\"`",
    }
    /// An opening bracket without a closing one.
    UNCLOSED_BRACKET = "E0116" Error {
        fr: "parenthèse jamais fermée",
        en: "bracket never closed",
        label: "ouverte ici", "opened here",
    }
    /// A closing bracket without an opening one.
    EXTRA_BRACKET = "E0117" Error {
        fr: "parenthèse fermante en trop",
        en: "closing bracket without an opening one",
        label: "rien à fermer ici", "nothing to close here",
    }
    /// Brackets, or conditions within conditions, beyond the limit.
    TOO_DEEP = "E0118" Error {
        fr: "plus de {limit} niveaux imbriqués",
        en: "nested more than {limit} levels deep",
        help: "découpez en plusieurs règles, ou passez par un champ formule",
              "split it into several rules, or go through a formula field",
    }
    /// More leaves in one criterion than the limit.
    TOO_MANY_LEAVES = "E0119" Error {
        fr: "plus de {limit} comparaisons dans un critère",
        en: "more than {limit} comparisons in one criterion",
        help: "comparez un champ à une liste : `Pays EST France, Monaco`",
              "compare a field with a list: `Country IS France, Monaco`",
    }
    /// More operators in one leaf than can be tried.
    TOO_MANY_OPERATORS = "E0120" Error {
        fr: "trop d'opérateurs dans une seule comparaison",
        en: "too many operators in one comparison",
        help: "mettez le champ ou la valeur entre guillemets, ou séparez par `ET` ou `OU`",
              "put the field or the value in quotes, or separate with `AND` or `OR`",
    }
    /// `/…` without its closing slash, or with other letters than `i` after it.
    BAD_REGEX = "E0121" Error {
        fr: "l'expression régulière ne s'écrit pas `/…/` ou `/…/i`",
        en: "the regular expression is not written `/…/` or `/…/i`",
        label: "elle commence ici", "it begins here",
        help: "entre les barres se place un motif ; une barre du motif s'écrit `\\/`",
              "between the slashes stands a pattern; a slash in it is written `\\/`",
    }
    /// `CORRESPOND À` with something else than `/…/`.
    REGEX_EXPECTED = "E0122" Error {
        fr: "`{operator}` attend une expression entre barres : `/…/`",
        en: "`{operator}` expects an expression between slashes: `/…/`",
        help: "pour un texte simple, écrivez `CONTIENT`", "for plain text, write `CONTAINS`",
    }
    /// A window without its whole number.
    NUMBER_EXPECTED = "E0123" Error {
        fr: "`{operator}` attend un nombre entier",
        en: "`{operator}` expects a whole number",
        label: "un nombre est attendu ici", "a number is expected here",
        help: "écrivez par exemple `DANS LES 7 DERNIERS jours`",
              "write for example `IN THE LAST 7 days`",
    }
    /// A window whose unit is none.
    UNKNOWN_UNIT = "E0124" Error {
        fr: "unité de temps inconnue `{name}`",
        en: "unknown unit of time `{name}`",
        help: "jours, jours ouvrés, semaines, mois, années, heures ou minutes",
              "days, business days, weeks, months, years, hours or minutes",
    }
    /// Text after an operator that takes none.
    OPERATOR_NOT_LAST = "E0125" Error {
        fr: "rien ne peut suivre `{operator}`",
        en: "nothing can follow `{operator}`",
        label: "en trop", "unexpected",
        help: "séparez deux critères par `ET` ou `OU` ; une valeur qui contient ces mots se met entre guillemets",
              "separate two criteria with `AND` or `OR`; put a value that holds these words in quotes",
    }
    /// `EST Vide, Nul`.
    EMPTY_IN_LIST = "E0126" Error {
        fr: "`{name}` ne peut pas être l'une des valeurs d'une liste",
        en: "`{name}` cannot be one of the values of a list",
        label: "veut dire : sans valeur", "means: holds nothing",
        help: "écrivez `… EST VIDE OU … EST …`, ou `\"{name}\"` pour le mot lui-même",
              "write `… IS EMPTY OR … IS …`, or `\"{name}\"` for the word itself",
    }
    /// `ENTRE a` without `ET b`.
    MISSING_AND = "E0127" Error {
        fr: "`{operator}` attend deux bornes : `ENTRE 10 ET 20`",
        en: "`{operator}` expects two bounds: `BETWEEN 10 AND 20`",
        label: "il manque une borne", "a bound is missing",
        help: "l'opérateur et son `ET` sont tous deux en capitales, ou tous deux en minuscules",
              "the operator and its `AND` are both in capitals, or both in lower case",
    }
    /// `PASSE DE a` without `À b`.
    MISSING_TO = "E0128" Error {
        fr: "`{operator}` attend deux valeurs : `PASSE DE prospect À client`",
        en: "`{operator}` expects two values: `CHANGES FROM lead TO customer`",
        label: "il manque une valeur", "a value is missing",
    }
    /// A quote beside bare words.
    PARTLY_QUOTED = "E0129" Error {
        fr: "les guillemets n'entourent qu'une partie de `{text}`",
        en: "the quotes enclose only a part of `{text}`",
        help: "entourez le tout, ou séparez deux valeurs par une virgule",
              "enclose all of it, or separate two values with a comma",
    }
    /// A bracket in a bare name or value.
    BRACKET_IN_NAME = "E0130" Error {
        fr: "parenthèse dans `{text}`, qui n'est pas entre guillemets",
        en: "bracket in `{text}`, which is not in quotes",
        help: "un nom ou une valeur qui contient une parenthèse se met entre guillemets",
              "a name or a value that holds a bracket goes in quotes",
    }
    /// Text directly after a closing bracket.
    AFTER_BRACKET = "E0131" Error {
        fr: "texte inattendu après la parenthèse fermante",
        en: "unexpected text after the closing bracket",
        label: "`ET` ou `OU` est attendu ici", "`AND` or `OR` is expected here",
        help: "une parenthèse en tête ouvre un critère, jamais un calcul ni un nom",
              "a bracket at the start opens a criterion, never a computation or a name",
    }
    /// `Montant>1000`.
    SIGN_WITHOUT_SPACES = "E0132" Error {
        fr: "le signe `{sign}` n'est pas entouré d'espaces",
        en: "the sign `{sign}` has no spaces around it",
        label: "lu comme un seul mot", "read as one word",
    }
    /// A comparison sign in a bare value.
    SIGN_IN_VALUE = "E0133" Error {
        fr: "second signe `{sign}` dans une seule comparaison",
        en: "second sign `{sign}` in one comparison",
        label: "en trop", "unexpected",
        help: "séparez deux critères par `ET` ou `OU` ; une valeur qui contient un signe se met entre guillemets",
              "separate two criteria with `AND` or `OR`; put a value that holds a sign in quotes",
    }
    /// A comma in a bare name.
    COMMA_IN_NAME = "E0134" Error {
        fr: "virgule dans le nom `{text}`, qui n'est pas entre guillemets",
        en: "comma in the name `{text}`, which is not in quotes",
        help: "on compare un seul champ à la fois ; un nom qui contient une virgule se met entre guillemets",
              "one field is compared at a time; a name that holds a comma goes in quotes",
    }
    /// `Montant > 3, 4`.
    ONE_VALUE = "E0135" Error {
        fr: "`{operator}` n'attend qu'une valeur",
        en: "`{operator}` takes only one value",
        label: "en trop", "unexpected",
        help: "pour plusieurs valeurs, joignez des critères par `OU` ; un nombre décimal s'écrit sans espace après sa virgule",
              "for several values join criteria with `OR`; a decimal number has no space after its comma",
    }
    /// Something in an expression that cannot be read.
    BAD_EXPRESSION = "E0136" Error {
        fr: "calcul incomplet",
        en: "incomplete expression",
        label: "un champ, un nombre ou une fonction est attendu ici",
               "a field, a number or a function is expected here",
    }
    /// A function that is none.
    UNKNOWN_FUNCTION = "E0137" Error {
        fr: "fonction inconnue `{name}`",
        en: "unknown function `{name}`",
        help: "un texte qui contient une parenthèse se met entre guillemets",
              "a text that holds a bracket goes in quotes",
    }
    /// `si (…)` without `alors` or `sinon`.
    INCOMPLETE_CONDITION = "E0138" Error {
        fr: "`{word_fr}` est attendu dans cette condition",
        en: "`{word_en}` is expected in this condition",
        help: "écrivez `si (critère) alors … sinon …`", "write `if (criterion) then … else …`",
    }
    /// An expression with more operations than the limit.
    TOO_LONG = "E0139" Error {
        fr: "plus de {limit} opérations dans un calcul",
        en: "more than {limit} operations in one expression",
        help: "passez par un champ formule", "go through a formula field",
    }
    /// `»` without `«`.
    EXTRA_QUOTE = "E0141" Error {
        fr: "guillemet fermant en trop",
        en: "closing quote without an opening one",
        label: "rien à fermer ici", "nothing to close here",
    }
    /// `EST , France`.
    LEADING_COMMA = "E0142" Error {
        fr: "il manque une valeur devant la virgule",
        en: "a value is missing before the comma",
        label: "rien ne la précède", "nothing stands before it",
        help: "supprimez la virgule, ou écrivez la valeur qui manque",
              "remove the comma, or write the value that is missing",
    }
    /// A comma without a space after it.
    COMMA_WITHOUT_SPACE = "W0110" Warning {
        fr: "virgule sans espace : lue comme deux valeurs",
        en: "comma without a space: read as two values",
        label: "sépare deux valeurs", "separates two values",
        help: "mettez un espace après la virgule, ou le tout entre guillemets",
              "put a space after the comma, or all of it in quotes",
    }
}

/// The fix that puts a name or a value in quotes.
pub static QUOTE: FixTitle =
    FixTitle(Text { fr: "mettre entre guillemets : {new}", en: "quote it: {new}" });

/// The fix that shows a reading with its brackets.
pub static READ_AS: FixTitle = FixTitle(Text { fr: "lire : {new}", en: "read as: {new}" });

/// The fix that inserts a text.
pub static INSERT: FixTitle = FixTitle(Text { fr: "ajouter `{new}`", en: "insert `{new}`" });

/// The fix that removes the underlined text.
pub static REMOVE: FixTitle = FixTitle(Text { fr: "supprimer `{old}`", en: "remove `{old}`" });

/// Beside a lower-case `et` or `ou` in a criterion that cannot be read.
pub(crate) const LOWER_CASE_CONNECTIVE: Text = Text {
    fr: "en minuscules, un mot de la valeur ; `ET`, `OU` en capitales joignent deux critères",
    en: "in lower case, a word of the value; `AND`, `OR` in capitals join two criteria",
};

/// Beside the first connective where two kinds are mixed.
pub(crate) const FIRST_CONNECTIVE: Text =
    Text { fr: "le premier connecteur", en: "the first connective" };

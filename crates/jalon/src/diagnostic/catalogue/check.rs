//! What `check` finds: `E02xx` errors, `W02xx` warnings, `N02xx` what could not be verified.

use super::{Code, FixTitle, Severity, Text, codes};

codes! { CHECK;
    /// A module that is not declared while others are.
    UNKNOWN_MODULE = "E0201" Error {
        fr: "module inconnu `{name}`",
        en: "unknown module `{name}`",
        label: "aucun module déclaré ne porte ce nom", "no declared module has this name",
        help: "modules déclarés : {known}", "declared modules: {known}",
    }
    /// A score or a rule without `sur` where several modules are declared.
    MODULE_NEEDED = "E0202" Error {
        fr: "`{name}` ne dit pas sur quel module",
        en: "`{name}` does not say on which module",
        label: "ajoutez `sur` et un module", "add `on` and a module",
        help: "modules déclarés : {known}", "declared modules: {known}",
    }
    /// A name that is no field of the module.
    UNKNOWN_FIELD = "E0203" Error {
        fr: "champ inconnu `{name}`",
        en: "unknown field `{name}`",
        label: "n'est pas un champ de `{module}`", "not a field of `{module}`",
    }
    /// Two modules with one name.
    DUPLICATE_MODULE = "E0204" Error {
        fr: "le module `{name}` est déclaré deux fois",
        en: "the module `{name}` is declared twice",
        label: "ce nom est déjà pris", "this name is already taken",
    }
    /// Two fields of a module with one name.
    DUPLICATE_FIELD = "E0205" Error {
        fr: "le nom `{name}` désigne deux champs de `{module}`",
        en: "the name `{name}` stands for two fields of `{module}`",
        label: "ce nom est déjà pris", "this name is already taken",
    }
    /// Two constants with one name.
    DUPLICATE_CONSTANT = "E0206" Error {
        fr: "la constante `{name}` est déclarée deux fois",
        en: "the constant `{name}` is declared twice",
        label: "ce nom est déjà pris", "this name is already taken",
    }
    /// Two scores with one name.
    DUPLICATE_SCORE = "E0207" Error {
        fr: "le score `{name}` est déclaré deux fois",
        en: "the score `{name}` is declared twice",
        label: "ce nom est déjà pris", "this name is already taken",
    }
    /// Two rules of a module with one name.
    DUPLICATE_RULE = "E0208" Error {
        fr: "la règle `{name}` est déclarée deux fois sur le même module",
        en: "the rule `{name}` is declared twice on one module",
        label: "ce nom est déjà pris", "this name is already taken",
    }
    /// A leaf that the declared names split in several ways.
    AMBIGUOUS_SPLIT = "E0209" Error {
        fr: "ce critère peut se lire de plusieurs façons",
        en: "this criterion can be read in several ways",
        label: "lectures possibles : {readings}", "possible readings: {readings}",
        help: "mettez l'opérateur en capitales, ou le nom du champ ou la valeur entre guillemets",
              "put the operator in capitals, or the field's name or the value in quotes",
    }
    /// A bare name that is both a value of the type and a field.
    AMBIGUOUS_NAME = "E0210" Error {
        fr: "`{name}` est à la fois une valeur possible et un champ",
        en: "`{name}` is both a possible value and a field",
        label: "valeur ou champ ?", "value or field?",
    }
    /// An operator that the type does not have.
    OPERATOR_NOT_FOR_TYPE = "E0211" Error {
        fr: "`{operator}` ne s'applique pas à `{name}`",
        en: "`{operator}` does not apply to `{name}`",
        label: "`{name}` est de type `{type}`", "`{name}` is of type `{type}`",
        help: "opérateurs possibles : {operators}", "it takes: {operators}",
    }
    /// `VIDE` on a checkbox.
    CHECKBOX_NEVER_EMPTY = "E0212" Error {
        fr: "la case `{name}` n'est jamais vide",
        en: "the checkbox `{name}` is never empty",
        label: "une case est sélectionnée ou non", "a checkbox is selected or not",
    }
    /// An operator on changes where there is no record before.
    CHANGE_WITHOUT_BEFORE = "E0213" Error {
        fr: "`{operator}` n'a pas de sens ici",
        en: "`{operator}` makes no sense here",
        label: "il n'y a pas d'état avant modification", "there is no state before a change",
        help: "les changements se lisent dans les règles, à la ligne `quand` ou `si`",
              "changes are read in rules, on a `when` or `if` line",
    }
    /// A constant that is no number.
    NOT_A_NUMBER = "E0214" Error {
        fr: "`{value}` n'est pas un nombre",
        en: "`{value}` is not a number",
        label: "`{name}` attend un nombre, comme `1234.5` ou `1 234,5`",
               "`{name}` expects a number, such as `1234.5`",
    }
    /// A constant that is no date.
    NOT_A_DATE = "E0215" Error {
        fr: "`{value}` n'est pas une date",
        en: "`{value}` is not a date",
        label: "`{name}` attend une date, comme `2026-06-30`, `30/06/2026` ou `aujourd'hui`",
               "`{name}` expects a date, such as `2026-06-30` or `today`",
    }
    /// A constant that is no date-time.
    NOT_A_DATE_TIME = "E0216" Error {
        fr: "`{value}` n'est ni une date ni une date avec une heure",
        en: "`{value}` is neither a date nor a date with a time",
        label: "`{name}` attend une date, comme `2026-06-30 10:30` ou `aujourd'hui`",
               "`{name}` expects a date, such as `2026-06-30 10:30` or `today`",
    }
    /// A constant that is no tick word.
    NOT_A_TICK = "E0217" Error {
        fr: "`{value}` ne dit pas si la case est sélectionnée",
        en: "`{value}` does not say whether the box is selected",
        label: "`{name}` attend `✓`, `sélectionné` ou `non sélectionné`",
               "`{name}` expects `✓`, `selected` or `not selected`",
    }
    /// A value that a list does not declare.
    UNKNOWN_LIST_VALUE = "E0218" Error {
        fr: "`{value}` n'est pas une valeur de `{name}`",
        en: "`{value}` is not a value of `{name}`",
        label: "absent de la liste déclarée", "not in the declared list",
        help: "valeurs déclarées : {known}", "declared values: {known}",
    }
    /// A time of day on a date field.
    TIME_ON_DATE = "E0219" Error {
        fr: "`{name}` est une date, sans heure",
        en: "`{name}` is a date, without a time",
        label: "une heure n'y a pas sa place", "a time has no place in it",
        help: "ôtez l'heure, ou déclarez le champ `date-heure`",
              "drop the time, or declare the field as `datetime`",
    }
    /// Hours or minutes on a date.
    HOURS_ON_DATE = "E0220" Error {
        fr: "`{name}` est une date : elle ne se compte pas en `{unit}`",
        en: "`{name}` is a date: it does not count in `{unit}`",
        label: "comptez en jours, semaines, mois ou années",
               "count in days, weeks, months or years",
        help: "ou déclarez le champ `date-heure`", "or declare the field as `datetime`",
    }
    /// `06,83` where the type is text.
    COMMA_IN_TEXT = "E0221" Error {
        fr: "`{value}` : une valeur ou deux ?",
        en: "`{value}`: one value or two?",
        label: "entre deux chiffres, une virgule sans espace est une virgule décimale",
               "between two digits a comma without a space is a decimal comma",
    }
    /// A range that ends before it begins.
    RANGE_REVERSED = "E0222" Error {
        fr: "l'intervalle commence après sa fin : `{low}` dépasse `{high}`",
        en: "the range begins after its end: `{low}` is above `{high}`",
        label: "aucune valeur ne peut y être", "no value can be inside",
    }
    /// A regular expression that does not compile.
    INVALID_REGEX = "E0223" Error {
        fr: "expression régulière invalide",
        en: "invalid regular expression",
        label: "{reason_fr}", "{reason_en}",
    }
    /// A regular expression beyond the size bound.
    REGEX_TOO_LARGE = "E0224" Error {
        fr: "expression régulière trop grande",
        en: "regular expression too large",
        label: "au plus {bytes} octets écrits, et {limit} Kio une fois ses répétitions développées",
               "at most {bytes} bytes written, and {limit} KiB once its repetitions are expanded",
        help: "découpez-la en plusieurs critères", "split it into several criteria",
    }
    /// A mask that cannot be one.
    BAD_MASK = "E0225" Error {
        fr: "format invalide",
        en: "invalid format",
        label: "un format tient en 1 à 255 signes : `9` chiffre, `A` lettre, `*` tout signe",
               "a format has 1 to 255 characters: `9` digit, `A` letter, `*` any",
    }
    /// A quantifier on something that holds no records.
    NOT_RECORDS = "E0226" Error {
        fr: "`{name}` ne contient pas de fiches",
        en: "`{name}` holds no records",
        label: "attendu : un champ de type `fiches` ou `événements`",
               "expected a field of type `records` or `events`",
    }
    /// A field, a function or a formula of another type than the left side.
    NOT_COMPARABLE = "E0227" Error {
        fr: "`{name}` et `{other}` ne se comparent pas",
        en: "`{name}` and `{other}` cannot be compared",
        label: "`{other}` est de type `{found}`, `{name}` de type `{type}`",
               "`{other}` is of type `{found}`, `{name}` of type `{type}`",
    }
    /// Several values where one is needed.
    ONE_VALUE_NEEDED = "E0229" Error {
        fr: "`{operator}` attend une seule valeur",
        en: "`{operator}` takes one value",
        label: "{count} valeurs ici", "{count} values here",
    }
    /// A score that is not declared.
    UNKNOWN_SCORE = "E0230" Error {
        fr: "score inconnu `{name}`",
        en: "unknown score `{name}`",
        label: "aucun score déclaré ne porte ce nom", "no declared score has this name",
    }
    /// Scores that use each other in a circle.
    SCORE_CYCLE = "E0231" Error {
        fr: "le score `{name}` dépend de lui-même : {path}",
        en: "the score `{name}` depends on itself: {path}",
        label: "ferme le cercle", "closes the circle",
    }
    /// A score of another module.
    SCORE_OF_OTHER_MODULE = "E0232" Error {
        fr: "le score `{name}` porte sur un autre module",
        en: "the score `{name}` is on another module",
        label: "`{name}` est sur `{module}`", "`{name}` is on `{module}`",
    }
    /// A score where scores are not computed.
    SCORE_NOT_HERE = "E0233" Error {
        fr: "`score {name}` ne peut pas être lu ici",
        en: "`score {name}` cannot be read here",
        label: "un score se lit dans les points d'un autre score",
               "a score is read in the points of another score",
    }
    /// A bare event name that is no known type.
    UNKNOWN_EVENT = "E0234" Error {
        fr: "type d'événement inconnu `{name}`",
        en: "unknown event type `{name}`",
        label: "entre guillemets, tout nom est permis", "in quotes any name is allowed",
        help: "types connus : {known_fr}", "known types: {known_en}",
    }
    /// A window that does not count in days or longer.
    WINDOW_UNIT = "E0235" Error {
        fr: "une fenêtre se compte en jours, semaines, mois ou années",
        en: "a window counts in days, weeks, months or years",
        label: "pas en `{unit}`", "not in `{unit}`",
    }
    /// A half-life that does not count in days or weeks.
    HALF_LIFE_UNIT = "E0236" Error {
        fr: "une demi-vie se compte en jours ou en semaines",
        en: "a half-life counts in days or weeks",
        label: "pas en `{unit}`", "not in `{unit}`",
    }
    /// Nothing where at least one is needed.
    AT_LEAST_ONE = "E0237" Error {
        fr: "il en faut au moins un",
        en: "at least one is needed",
        label: "zéro ne compterait jamais rien", "zero would never count anything",
    }
    /// Limits whose lower bound is above the upper.
    LIMITS_REVERSED = "E0238" Error {
        fr: "les bornes sont inversées : `{low}` dépasse `{high}`",
        en: "the limits are reversed: `{low}` is above `{high}`",
        label: "écrivez la plus petite d'abord", "write the lower one first",
    }
    /// A threshold that is not above the one before.
    THRESHOLD_NOT_RISING = "E0239" Error {
        fr: "les seuils doivent croître : `{value}` ne dépasse pas `{before}`",
        en: "thresholds must rise: `{value}` is not above `{before}`",
        label: "seuil trop bas", "threshold too low",
    }
    /// A cap below zero.
    NEGATIVE_CAP = "E0242" Error {
        fr: "un plafond de points ne peut pas être négatif",
        en: "a cap on points cannot be negative",
        label: "il borne la valeur absolue", "it bounds the absolute value",
    }
    /// An expression that gives no number where one is needed.
    EXPECTED_NUMBER = "E0243" Error {
        fr: "`{value}` ne donne pas un nombre",
        en: "`{value}` does not give a number",
        label: "est de type `{found}`", "is of type `{found}`",
    }
    /// `Rappel + 3 jours`
    DURATION_ADDED = "E0289" Error {
        fr: "une durée s'ajoute avec `plus` ou se retire avec `moins`",
        en: "a length of time is added with `plus` or taken off with `minus`",
        label: "une durée, et non un nombre", "a length of time, not a number",
    }
    /// A connective in lower case inside a value.
    LOWER_CONNECTIVE = "W0208" Warning {
        fr: "`{word}` en minuscules fait partie de la valeur `{value}`",
        en: "`{word}` in lower case is a part of the value `{value}`",
        label: "ce qui suit ressemble à un critère", "what follows looks like a criterion",
    }
    /// An expression that gives no text where one is needed.
    EXPECTED_TEXT = "E0244" Error {
        fr: "`{value}` ne donne pas un texte",
        en: "`{value}` does not give a text",
        label: "est de type `{found}`", "is of type `{found}`",
    }
    /// An expression that gives no date where one is needed.
    EXPECTED_DATE = "E0245" Error {
        fr: "`{value}` ne donne pas une date",
        en: "`{value}` does not give a date",
        label: "est de type `{found}`", "is of type `{found}`",
    }
    /// A function with too many or too few arguments.
    ARGUMENT_COUNT = "E0246" Error {
        fr: "nombre d'arguments de `{function}` : {expected}, et non {count}",
        en: "number of arguments of `{function}`: {expected}, not {count}",
        label: "un argument manque ou est de trop", "an argument is missing, or one too many",
    }
    /// Formulas that use each other in a circle.
    FORMULA_CYCLE = "E0247" Error {
        fr: "la formule `{name}` dépend d'elle-même : {path}",
        en: "the formula `{name}` depends on itself: {path}",
        label: "ferme le cercle", "closes the circle",
    }
    /// An expression beyond the size bound.
    EXPRESSION_TOO_LARGE = "E0248" Error {
        fr: "expression trop grande",
        en: "expression too large",
        label: "au plus {limit} opérations, celles des formules comprises",
               "at most {limit} operations, those of formulas included",
    }
    /// An aggregate that does not say which field it reads.
    AGGREGATE_FIELD_NEEDED = "E0249" Error {
        fr: "`{name}` ne dit pas quel champ additionner ou comparer",
        en: "`{name}` does not say which field to add up or compare",
        label: "écrivez `{name}.Champ`", "write `{name}.Field`",
    }
    /// A name in an expression that is nothing known.
    UNKNOWN_NAME = "E0250" Error {
        fr: "nom inconnu `{name}`",
        en: "unknown name `{name}`",
        label: "ni un nombre, ni une date, ni un champ de `{module}`",
               "neither a number, nor a date, nor a field of `{module}`",
    }
    /// A list of ticks that is always or never true.
    BOTH_TICKS = "E0251" Error {
        fr: "une case est toujours sélectionnée ou non : ce critère ne dit rien",
        en: "a checkbox is always selected or not: this criterion says nothing",
        label: "gardez une des deux valeurs", "keep one of the two values",
    }
    /// The branches of a conditional expression that differ in type.
    BRANCH_TYPES = "E0252" Error {
        fr: "les deux branches n'ont pas le même type",
        en: "the two branches are not of one type",
        label: "`{found}` ici, `{type}` après `alors`", "`{found}` here, `{type}` after `then`",
    }
    /// A default that the field's type cannot hold.
    BAD_DEFAULT = "E0253" Error {
        fr: "`{value}` ne peut pas être la valeur par défaut de `{name}`",
        en: "`{value}` cannot be the default of `{name}`",
        label: "`{name}` est de type `{type}`", "`{name}` is of type `{type}`",
    }
    /// A bracket of a template that never closes, or an empty one.
    BAD_TEMPLATE = "E0254" Error {
        fr: "texte à champs mal formé",
        en: "malformed template",
        label: "attendu après `$` : un nom de champ entre accolades",
               "expected after `$`: a field's name in braces",
    }
    /// A value that a list names twice.
    DUPLICATE_LIST_VALUE = "W0201" Warning {
        fr: "la valeur `{value}` est déclarée deux fois",
        en: "the value `{value}` is declared twice",
        label: "en double", "duplicate",
    }
    /// `1,234`: a decimal comma, or thousands.
    THREE_DECIMALS = "W0202" Warning {
        fr: "`{value}` est lu `{read}` : la virgule est décimale",
        en: "`{value}` is read as `{read}`: the comma is a decimal comma",
        label: "`{read}`, ou `{other}` ?", "`{read}`, or `{other}`?",
    }
    /// `05/06/2026` in an English program.
    SLASH_DATE = "W0203" Warning {
        fr: "`{value}` est lu `{read}` : le jour d'abord",
        en: "`{value}` is read as `{read}`: the day comes first",
        label: "`{read}`, ou `{other}` ?", "`{read}`, or `{other}`?",
    }
    /// A text that is in no declared value.
    TEXT_FITS_NO_VALUE = "W0204" Warning {
        fr: "aucune valeur de `{name}` ne correspond à `{value}`",
        en: "no value of `{name}` fits `{value}`",
        label: "ne tient dans aucune valeur déclarée", "fits no declared value",
        help: "valeurs déclarées : {known}", "declared values: {known}",
    }
    /// A property that the type ignores.
    PROPERTY_WITHOUT_EFFECT = "W0205" Warning {
        fr: "cette propriété est sans effet sur le type `{type}`",
        en: "this property has no effect on the type `{type}`",
        label: "ne concerne que les textes", "concerns texts only",
    }
    /// A negative test beside `VIDE` on the same field: always true.
    ALWAYS_TRUE_WHEN_EMPTY = "W0206" Warning {
        fr: "toujours vrai : `{name}` est vide",
        en: "always true: `{name}` is empty",
        label: "sur un champ vide, une négation est vraie", "on an empty field a negation is true",
    }
    /// A positive test beside `VIDE` on the same field: never true.
    NEVER_TRUE_WHEN_EMPTY = "W0207" Warning {
        fr: "jamais vrai : `{name}` est vide",
        en: "never true: `{name}` is empty",
        label: "ne peut pas tenir avec `VIDE`", "cannot hold together with `EMPTY`",
        help: "joignez les deux par `OU`, ou gardez l'un des deux",
              "join the two with `OR`, or keep one of them",
    }
    /// A module that is used and not declared.
    UNVERIFIED_MODULE = "N0201" Note {
        fr: "les champs de `{name}` n'ont pas pu être vérifiés",
        en: "the fields of `{name}` could not be verified",
        label: "aucun module n'est déclaré", "no module is declared",
        help: "déclarez `module {name}` pour vérifier noms, types et valeurs",
              "declare `module {name}` to verify names, types and values",
    }
    /// A declaration without a module.
    UNVERIFIED_FIELDS = "N0202" Note {
        fr: "les champs n'ont pas pu être vérifiés",
        en: "the fields could not be verified",
        label: "aucun module n'est déclaré", "no module is declared",
    }
    /// A reference to a module that is not declared.
    UNVERIFIED_REFERENCE = "N0203" Note {
        fr: "le module `{name}` n'est pas déclaré",
        en: "the module `{name}` is not declared",
        label: "ce qui est lu à travers lui n'est pas vérifié", "what is read through it is not verified",
    }
    /// A declaration that this version does not run.
    KEPT_VERBATIM = "N0204" Note {
        fr: "`{keyword}` est conservé tel quel ; cette version ne l'exécute pas",
        en: "`{keyword}` is kept as written; this version does not run it",
    }
    /// Events of a module that declares no field for them.
    NO_EVENT_FIELD = "N0205" Note {
        fr: "`{name}` ne déclare aucun champ `événements`",
        en: "`{name}` declares no field of type `events`",
        label: "les événements seront lus sous la clé `événements` ou `events`",
               "events will be read under the key `événements` or `events`",
    }
}

/// The fix that names the module of a field: `Prospects.Pays`.
pub static QUALIFY: FixTitle =
    FixTitle(Text { fr: "désigner le champ : {new}", en: "name the field: {new}" });

/// The fix that separates two values.
pub static SEPARATE: FixTitle =
    FixTitle(Text { fr: "séparer les valeurs : {new}", en: "separate the values: {new}" });

/// The fix that swaps two bounds.
pub static SWAP: FixTitle =
    FixTitle(Text { fr: "échanger les bornes : {new}", en: "swap the bounds: {new}" });

//! Why something is left out, French and English side by side.

use jalon::diagnostic::Text;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident { $fr:literal, $en:literal })*) => {
        $($(#[$doc])* pub static $name: Text = Text { fr: $fr, en: $en };)*
    };
}

reasons! {
    /// Another kind of JSON value is needed.
    WRONG_SHAPE { "ici on attend {wanted}", "{wanted} is expected here" }
    /// A key is missing.
    MISSING { "`{key}` manque", "`{key}` is missing" }
    /// No such operator.
    UNKNOWN_OPERATOR {
        "l'opérateur `{operator}` n'est pas connu ; connus : {known}",
        "the operator `{operator}` is not known; known: {known}"
    }
    /// No such way of joining.
    UNKNOWN_CONNECTIVE {
        "`{connective}` n'est ni `and` ni `or`",
        "`{connective}` is neither `and` nor `or`"
    }
    /// A group of nothing.
    EMPTY_GROUP {
        "un groupe vide ne dit pas s'il tient toujours ou jamais",
        "an empty group does not say whether it always holds or never"
    }
    /// Too many groups in groups.
    TOO_DEEP { "plus de {limit} niveaux de groupes", "more than {limit} levels of groups" }
    /// A field without a name.
    NO_FIELD { "aucun champ n'est choisi", "no field is chosen" }
    /// A list of nothing.
    NO_VALUE { "il faut au moins une valeur", "at least one value is needed" }
    /// More than one value where one is needed.
    ONE_VALUE { "l'opérateur ne prend qu'une valeur", "the operator takes one value only" }
    /// `between` needs two.
    TWO_BOUNDS { "il faut exactement deux bornes", "exactly two bounds are needed" }
    /// `between` needs the lower bound first.
    BOUNDS_ORDER {
        "la première borne {low} dépasse la seconde {high}",
        "the first bound {low} is above the second {high}"
    }
    /// A text of nothing.
    EMPTY_VALUE {
        "une valeur vide n'est pas une comparaison ; dites plutôt que le champ est vide",
        "an empty value is no comparison; say that the field is empty instead"
    }
    /// An object, or a list in a list.
    NOT_A_VALUE { "ce n'est ni un texte, ni un nombre, ni un booléen", "this is no text, number or boolean" }
    /// More than 28 digits.
    NUMBER_TOO_WIDE {
        "le nombre {number} a plus de 28 chiffres",
        "the number {number} has more than 28 digits"
    }
    /// A comparison with a field, and no module.
    FIELD_NEEDS_MODULE {
        "lire le champ `{field}` à droite demande un programme qui déclare le module",
        "to read the field `{field}` on the right a program must declare the module"
    }
    /// A comparison with a field that the module does not have.
    UNKNOWN_FIELD {
        "le module `{module}` n'a pas de champ `{field}`",
        "the module `{module}` has no field `{field}`"
    }
    /// A text that the language cannot write.
    UNWRITABLE { "`{text}` ne peut s'écrire en Jalon", "`{text}` cannot be written in Jalon" }
    /// Several values on a field that holds several.
    SET_EQUALITY {
        "sur une liste multiple l'égalité n'a pas le même sens partout ; dites `contient`",
        "on a multi-picklist equality has not the same meaning everywhere; say `contains`"
    }
    /// The form has no such operator.
    NO_OPERATOR {
        "{form} n'a pas d'opérateur pour `{operator}`",
        "{form} has no operator for `{operator}`"
    }
    /// The form has no negation, and the operator has no complement in it.
    NO_NEGATION {
        "{form} n'a ni NON ni le contraire de `{operator}`",
        "{form} has neither NOT nor the opposite of `{operator}`"
    }
    /// The form has no relative dates.
    RELATIVE_DATE {
        "{form} n'a pas de date relative comme `{value}`",
        "{form} has no relative date such as `{value}`"
    }
    /// The form has no such value.
    NO_RIGHT_SIDE {
        "{form} ne compare pas avec `{value}`",
        "{form} does not compare with `{value}`"
    }
    /// The form has no such left side.
    COMPUTED_LEFT {
        "{form} ne compare que des champs, pas `{value}`",
        "{form} compares fields only, not `{value}`"
    }
    /// A text in quotes on an undeclared field.
    QUOTED_TEXT {
        "sur un champ sans type, le texte entre guillemets \"{value}\" se relirait autrement",
        "on a field without a type the quoted text \"{value}\" would be read as something else"
    }
    /// A field of the record around.
    OUTER_FIELD {
        "`{field}` est un champ de la fiche englobante, que {form} n'atteint pas",
        "`{field}` is a field of the record around it, which {form} does not reach"
    }
    /// Criteria on related records.
    RELATED {
        "{form} n'a pas de critère sur des fiches liées",
        "{form} has no criterion on related records"
    }
    /// A change of a value.
    CHANGE {
        "{form} ne compare pas une fiche avec ce qu'elle était",
        "{form} does not compare a record with what it was"
    }
    /// A rule or group that is switched off.
    MUTED {
        "cette règle est mise en sourdine ; rétablissez-la ou supprimez-la d'abord",
        "this rule is muted; unmute or delete it first"
    }
    /// A number of records that must match.
    THRESHOLD {
        "le seuil doit être un nombre entier de fiches",
        "the threshold must be a whole number of records"
    }
    /// A value of another kind than a plain one.
    VALUE_TYPE {
        "une valeur de type {type} n'est pas reprise, seulement `value`",
        "a value of type {type} is not carried, only `value`"
    }
    /// `${…}` of unknown meaning.
    PLACEHOLDER {
        "le sens de `{value}` n'est pas établi",
        "the meaning of `{value}` is not established"
    }
    /// Day first, or month first.
    UNORDERED_DATE {
        "`{value}` : jour ou mois d'abord ? écrivez la date comme 2026-06-30",
        "`{value}`: day or month first? write the date as 2026-06-30"
    }
    /// A pattern that is none.
    BAD_PATTERN {
        "le motif ne se lit pas à partir de `{word}` ; écrivez par exemple `1 and (2 or 3)`",
        "the pattern cannot be read from `{word}` on; write for example `1 and (2 or 3)`"
    }
    /// `1 and 2 or 3`
    MIXED_PATTERN {
        "`and` et `or` sont mêlés sans parenthèses",
        "`and` and `or` are mixed without brackets"
    }
    /// A number without a condition.
    UNKNOWN_NUMBER {
        "le motif nomme la condition {number}, il y en a {count}",
        "the pattern names condition {number}, there are {count}"
    }
    /// A condition that the pattern does not name.
    UNUSED_NUMBER {
        "le motif ne nomme pas la condition {number}",
        "the pattern does not name condition {number}"
    }
    /// Too much of everything.
    TOO_LARGE { "le motif répète trop de valeurs", "the pattern repeats too many values" }
    /// A text that is no JSON.
    NOT_JSON {
        "ce n'est pas du JSON à la ligne {line}, colonne {column}",
        "this is no JSON at line {line}, column {column}"
    }
    /// A form that there is not.
    UNKNOWN_FORM {
        "la forme `{form}` n'est pas connue ; connues : {known}",
        "the form `{form}` is not known; known: {known}"
    }
    /// A text that is no XML.
    NO_XML { "ce n'est pas du XML : {error}", "this is no XML: {error}" }
    /// A rule that is switched off.
    INACTIVE { "la règle `{rule}` est désactivée", "the rule `{rule}` is switched off" }
    /// A trigger that Jalon does not have.
    TRIGGER {
        "le déclencheur `{trigger}` n'est pas connu",
        "the trigger `{trigger}` is not known"
    }
    /// A formula.
    FORMULA {
        "une formule est à récrire à la main",
        "a formula is to be rewritten by hand"
    }
    /// A field that is not of the record.
    NOT_OF_RECORD {
        "`{field}` n'est pas un champ de la fiche",
        "`{field}` is no field of the record"
    }
    /// Actions some time later.
    TIMED {
        "les actions différées sont à récrire avec `puis`",
        "actions that come later are to be rewritten with `then`"
    }
    /// A rule without actions.
    NO_ACTION {
        "il ne reste aucune action à la règle `{rule}`",
        "no action is left of the rule `{rule}`"
    }
    /// An action that is not carried.
    ACTION {
        "l'action `{name}` ({kind}) est à récrire à la main",
        "the action `{name}` ({kind}) is to be rewritten by hand"
    }
    /// An action that is not there.
    NO_SUCH_ACTION {
        "l'action `{name}` n'est pas dans le fichier",
        "the action `{name}` is not in the file"
    }
    /// A field of another record is written.
    OTHER_RECORD {
        "une mise à jour d'une autre fiche est à récrire avec son chemin",
        "an update of another record is to be rewritten with its path"
    }
    /// A recipient that Jalon does not have.
    RECIPIENT {
        "un destinataire de type `{kind}` est à récrire à la main",
        "a recipient of type `{kind}` is to be rewritten by hand"
    }
    /// This form has no criteria to read.
    NOT_READ { "la forme {form} ne se lit pas ici", "the form {form} is not read here" }
    /// This form cannot be written.
    NOT_WRITTEN { "la forme {form} ne s'écrit pas", "the form {form} is not written" }
}

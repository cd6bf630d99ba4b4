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
    /// A field whose type only its values tell.
    UNDECLARED {
        "le champ `{field}` n'a pas de type déclaré : la valeur de chaque fiche dirait comment comparer ; déclarez-le dans un module",
        "the field `{field}` has no declared type: the value of each record would say how to compare; declare it in a module"
    }
    /// Records of another table.
    OTHER_TABLE {
        "les fiches liées et les événements sont dans une autre table, que le critère ne connaît pas ; joignez-la vous-même",
        "related records and events are in another table, which the criterion does not know; join it yourself"
    }
    /// A calculation in a database.
    COMPUTED {
        "une base ne calcule, n'arrondit et ne déborde pas de la même façon ; calculez-le dans une colonne, déclarée comme champ",
        "a database does not compute, round and overflow in the same way; compute it into a column, declared as a field"
    }
    /// Two fields that are not compared in a database.
    OTHER_FIELD {
        "les deux champs ne sont pas du même type, ou l'un est une liste multiple ou une case ; comparez à une constante",
        "the two fields are not of one type, or one is a multi-picklist or a checkbox; compare with a constant"
    }
    /// A path of which no column is given.
    NO_COLUMN {
        "`{field}` se lit à travers une référence ; donnez sa colonne dans la table jointe",
        "`{field}` is read through a reference; give its column in the joined table"
    }
    /// A regular expression in a database.
    REGEX {
        "les expressions régulières des bases n'ont pas le même sens (accents, mots, casse) ; utilisez CONTIENT, COMMENCE PAR, FINIT PAR ou SUIT LE FORMAT",
        "the regular expressions of databases do not mean the same (accents, words, case); use CONTAINS, STARTS WITH, ENDS WITH or FOLLOWS FORMAT"
    }
    /// A mask with a place for any letter.
    MASK_LETTER {
        "`A` accepte toute lettre de toute écriture, ce que la base ne sait pas dire ; déclarez la colonne ASCII si elle l'est",
        "`A` takes any letter of any script, which the database cannot say; declare the column ASCII if it is"
    }
    /// A mask on a column of folded texts.
    MASK_FOLDED {
        "un masque se lit dans le texte tel qu'il est écrit, et la colonne contient un texte replié",
        "a mask is read in the text as written, and the column holds a folded one"
    }
    /// More digits than a double tells apart.
    TOO_MANY_DIGITS {
        "SQLite compare des nombres à virgule flottante, où `{number}` a trop de chiffres pour être distingué de ses voisins",
        "SQLite compares floating point numbers, where `{number}` has too many digits to be told from its neighbours"
    }
    /// The clock is read, and there is none.
    NO_CLOCK {
        "le critère lit l'heure ; donnez l'instant présent (now)",
        "the criterion reads the clock; give the present instant (now)"
    }
    /// Two columns of folded texts that are not folded alike.
    FOLDED_APART {
        "une colonne repliée ne se compare qu'à une colonne repliée de la même façon",
        "a folded column is compared only with a column folded in the same way"
    }
    /// Nothing of the record is tested.
    NO_TEST {
        "ceci ne teste aucun champ : ce n'est pas un critère",
        "this tests no field: it is no criterion"
    }
    /// One argument is needed.
    ONE_ARGUMENT { "il faut exactement un argument", "exactly one argument is needed" }
    /// At least two arguments are needed.
    TWO_ARGUMENTS { "il faut au moins deux arguments", "at least two arguments are needed" }
    /// No name of a field.
    NO_NAME {
        "ce n'est pas le nom d'un champ (un rang, une fiche entière ou une portée englobante)",
        "this is no name of a field (an index, a whole record or an outer scope)"
    }
    /// A default for a field.
    HAS_DEFAULT {
        "un champ n'a pas de valeur de remplacement ; testez aussi qu'il est vide",
        "a field has no value instead of itself; test that it is empty as well"
    }
    /// Something computed is compared.
    ONLY_FIELDS {
        "on compare des champs et des constantes, pas le résultat de `{operator}`",
        "fields and constants are compared, not the result of `{operator}`"
    }
    /// A text folded otherwise than the field's own tests fold it.
    OTHER_FOLDING {
        "les critères sur `{field}` ne replient pas les textes ainsi",
        "criteria on `{field}` do not fold texts like this"
    }
    /// Texts in alphabetical order.
    NO_TEXT_ORDER {
        "seuls les nombres et les dates ont un ordre",
        "only numbers and dates have an order"
    }
    /// The truth of a field without a type.
    UNTYPED_TRUTH {
        "sans type déclaré on ne sait pas si `{field}` doit être coché, rempli ou différent de zéro",
        "without a declared type it is unknown whether `{field}` is to be ticked, filled or not zero"
    }
    /// A field in a constant text.
    FIELD_IN_TEXT {
        "un champ ne se cherche pas dans un texte constant ; donnez la liste des valeurs",
        "a field is not looked for in a constant text; give the list of values"
    }
    /// A name that would be read as a path.
    UNWRITABLE_NAME {
        "le point de `{field}` se lirait comme un pas dans un objet ; donnez un autre nom au champ",
        "the dot of `{field}` would be read as a step into an object; give the field another name"
    }
}

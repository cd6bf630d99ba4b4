//! What the parser finds in layout and declarations: `E0101` to `E0109`, `E0150` to `E0199`.

use super::{Code, FixTitle, Severity, Text, codes};

codes! { LAYOUT;
    /// More bytes than the limit.
    TEXT_TOO_LARGE = "E0101" Error {
        fr: "le texte fait {size} octets, la limite est de {limit}",
        en: "the text has {size} bytes, the limit is {limit}",
        help: "répartissez les déclarations sur plusieurs fichiers",
              "spread the declarations over several files",
    }
    /// A line in the first column that begins with something like a keyword.
    UNKNOWN_DECLARATION = "E0102" Error {
        fr: "aucune déclaration ne s'appelle `{name}`",
        en: "there is no declaration called `{name}`",
    }
    /// A line in the first column that begins with no keyword.
    UNINDENTED_LINE = "E0103" Error {
        fr: "`{name}` ne commence pas une déclaration",
        en: "`{name}` does not begin a declaration",
        label: "cette ligne est en première colonne", "this line stands in the first column",
        help: "les lignes d'une déclaration sont en retrait d'au moins une espace",
              "the lines of a declaration are indented by at least one space",
    }
    /// A line before any declaration.
    NO_DECLARATION = "E0104" Error {
        fr: "cette ligne n'appartient à aucune déclaration",
        en: "this line belongs to no declaration",
        label: "rien n'est déclaré avant `{name}`", "nothing is declared before `{name}`",
        help: "commencez par une déclaration en première colonne, comme `module Prospects` ou `score Scorex sur Prospects`",
              "begin with a declaration in the first column, such as `module Leads` or `score Scorex on Leads`",
    }
    /// A declaration that is not in the first column.
    INDENTED_DECLARATION = "E0105" Error {
        fr: "la déclaration `{name}` n'est pas en première colonne",
        en: "the declaration `{name}` is not in the first column",
        label: "une déclaration se place en première colonne", "a declaration stands in the first column",
    }
    /// `langue` with something else than `fr` or `en`.
    UNKNOWN_LANGUAGE = "E0109" Error {
        fr: "langue inconnue `{name}`",
        en: "unknown language `{name}`",
        label: "`fr` ou `en` attendu", "`fr` or `en` expected",
    }
    /// `langue` after a declaration.
    LATE_LANGUAGE = "E0150" Error {
        fr: "la ligne `{name}` vient trop tard",
        en: "the `{name}` line comes too late",
        label: "elle se place en tête du fichier, une seule fois", "it stands at the head of the file, once",
    }
    /// A declaration or a group without a name.
    MISSING_NAME = "E0151" Error {
        fr: "il manque un nom après `{name}`",
        en: "a name is missing after `{name}`",
        label: "le nom se place ici, sur cette ligne", "the name stands here, on this line",
    }
    /// Several names where one stands.
    ONE_NAME = "E0152" Error {
        fr: "un seul nom est attendu ici",
        en: "one name is expected here",
        label: "`{name}` n'est pas un seul nom", "`{name}` is not one name",
        help: "un nom qui contient une virgule se met entre guillemets",
              "a name that holds a comma stands in quotes",
    }
    /// `sur` without a module.
    MISSING_MODULE = "E0153" Error {
        fr: "il manque le module après `{name}`",
        en: "the module is missing after `{name}`",
        label: "sur quel module ?", "on which module?",
    }
    /// Brackets that are not at the end of a name.
    MISPLACED_BRACKETS = "E0154" Error {
        fr: "les parenthèses suivent le nom et le terminent : `Nom (Last_Name, Alias)`",
        en: "brackets follow the name and end it: `Name (Last_Name, Alias)`",
        label: "elles sont mal placées ici", "they are misplaced here",
        help: "un nom qui contient une parenthèse se met entre guillemets",
              "a name that holds a bracket stands in quotes",
    }
    /// A constant without a colon or without values.
    MISSING_VALUES = "E0155" Error {
        fr: "une constante a un nom, deux-points et des valeurs",
        en: "a constant has a name, a colon and values",
        label: "incomplet", "incomplete",
        help: "écrivez `constante Junk : Casino, Voyance`",
              "write `constant Junk : Casino, Fortune-telling`",
    }
    /// A line after a declaration of one line.
    NO_LINES_HERE = "E0156" Error {
        fr: "cette déclaration tient sur une ligne",
        en: "this declaration has one line",
        label: "cette ligne ne lui appartient pas", "this line does not belong to it",
        help: "une ligne continue après une virgule", "a line goes on after a comma",
    }
    /// A field line without a colon, or without a type after it.
    MISSING_TYPE = "E0157" Error {
        fr: "il manque le type du champ",
        en: "the type of the field is missing",
        label: "deux-points et un type sont attendus", "a colon and a type are expected",
        help: "écrivez `Nom : texte`, avec une espace autour des deux-points",
              "write `Name : text`, with a space around the colon",
    }
    /// A field line that begins with its colon.
    MISSING_FIELD_NAME = "E0158" Error {
        fr: "il manque le nom du champ",
        en: "the name of the field is missing",
        label: "le nom se place avant les deux-points", "the name stands before the colon",
    }
    /// A type that there is not.
    UNKNOWN_TYPE = "E0159" Error {
        fr: "type inconnu `{name}`",
        en: "unknown type `{name}`",
        label: "n'est pas un type", "not a type",
        help: "les types sont texte, texte long, e-mail, téléphone, url, entier, nombre, pourcentage, devise, case, liste, liste multiple, date, date-heure, référence, utilisateur, fiches, événements, formule",
              "the types are text, long text, email, phone, url, integer, number, percent, money, checkbox, picklist, multi-picklist, date, datetime, lookup, user, records, events, formula",
    }
    /// Something behind a type that takes nothing.
    AFTER_TYPE = "E0182" Error {
        fr: "rien ne suit le type `{name}`",
        en: "nothing follows the type `{name}`",
        label: "de trop", "too much",
        help: "une propriété vient après une virgule ; la devise d'un montant est celle de la ligne `devises`",
              "a property comes after a comma; the currency of an amount is that of the line `currencies`",
    }
    /// A property that there is not.
    UNKNOWN_PROPERTY = "E0160" Error {
        fr: "propriété inconnue `{name}`",
        en: "unknown property `{name}`",
        label: "n'est pas une propriété", "not a property",
        help: "les propriétés sont obligatoire, unique, au plus N caractères, personnel, par défaut V, sans accents, casse stricte ; les valeurs d'une liste viennent avant",
              "the properties are required, unique, at most N characters, personal, default V, ignoring accents, case-sensitive; the values of a list come before",
    }
    /// A list without values, a reference without a module.
    MISSING_ARGUMENT = "E0161" Error {
        fr: "`{name}` ne dit pas de quoi",
        en: "`{name}` does not say of what",
        label: "la suite manque", "the rest is missing",
        help: "écrivez `liste M., Mme`, `référence Comptes`, `fiches Contacts` ou `formule Montant * 2`",
              "write `picklist Mr, Ms`, `lookup Accounts`, `records Contacts` or `formula Amount * 2`",
    }
    /// Event attributes without brackets.
    ATTRIBUTES_NEED_BRACKETS = "E0162" Error {
        fr: "les attributs d'un événement se mettent entre parenthèses",
        en: "the attributes of an event stand in brackets",
        help: "écrivez `événements (Page : url, Objet : texte)`",
              "write `events (Page : url, Subject : text)`",
    }
    /// Records or events inside an event.
    NESTED_EVENTS = "E0163" Error {
        fr: "un attribut d'événement ne peut pas être de type `{name}`",
        en: "an attribute of an event cannot be of type `{name}`",
        label: "un attribut porte une seule valeur", "an attribute holds one value",
    }
    /// `par défaut` without a value.
    MISSING_DEFAULT = "E0164" Error {
        fr: "il manque la valeur après `{name}`",
        en: "the value is missing after `{name}`",
        label: "quelle valeur ?", "which value?",
    }
    /// Something said twice that is said once.
    TWICE = "E0165" Error {
        fr: "ceci est dit deux fois",
        en: "this is said twice",
        label: "encore ici", "again here",
    }
    /// A number of things that is none.
    UNREADABLE_COUNT = "E0166" Error {
        fr: "`{name}` n'est pas un nombre entier",
        en: "`{name}` is not a whole number",
        label: "un nombre comme `50` est attendu", "a number such as `50` is expected",
    }
    /// A number that is none.
    UNREADABLE_NUMBER = "E0167" Error {
        fr: "`{name}` n'est pas un nombre",
        en: "`{name}` is not a number",
        label: "un nombre comme `50` ou `-2,5` est attendu", "a number such as `50` or `-2.5` is expected",
    }
    /// A line of a score that is none.
    NO_SCORE_LINE = "E0170" Error {
        fr: "`{name}` ne commence pas une ligne de score",
        en: "`{name}` does not begin a line of a score",
        label: "des points sont attendus", "points are expected",
        help: "une ligne commence par des points (`+25 si …`, `-10 par e-mail non remis`, `Ajouter 10 points si …`) ou par `groupe`, `entre`, `étoiles`, `mentions`",
              "a line begins with points (`+25 if …`, `-10 per email bounced`, `add 10 points if …`) or with `group`, `between`, `stars`, `labels`",
    }
    /// A sign or a verb without points.
    MISSING_POINTS = "E0171" Error {
        fr: "il manque les points après `{name}`",
        en: "the points are missing after `{name}`",
        label: "combien ?", "how many?",
        help: "écrivez `+25 si …` ou `+ Montant / 1000 si …`",
              "write `+25 if …` or `+ Amount / 1000 if …`",
    }
    /// A clause that there is not.
    UNKNOWN_CLAUSE = "E0172" Error {
        fr: "`{name}` n'est pas une clause de score",
        en: "`{name}` is not a clause of a score",
        label: "clause inconnue", "unknown clause",
        help: "les clauses sont `par e-mail ouvert`, `au plus 50`, `au plus 1 par jour`, `sur 90 jours`, `demi-vie 30 jours`, puis `si …` en dernier",
              "the clauses are `per email opened`, `at most 50`, `at most 1 per day`, `within 90 days`, `half-life 30 days`, then `if …` last",
    }
    /// A clause after `si`.
    CLAUSE_AFTER_IF = "E0173" Error {
        fr: "`{name}` vient après `si`",
        en: "`{name}` comes after `if`",
        label: "lu comme une valeur du critère", "read as a value of the criterion",
        help: "le critère va jusqu'à la fin de la ligne : placez la clause avant, ou mettez la valeur entre guillemets",
              "the criterion runs to the end of the line: move the clause before it, or quote the value",
    }
    /// A window, a daily limit or a half-life on a line that counts no events.
    CLAUSE_NEEDS_EVENT = "E0174" Error {
        fr: "cette clause compte des événements, et la ligne n'en nomme pas",
        en: "this clause counts events, and the line names none",
        label: "de quels événements ?", "of which events?",
        help: "ajoutez `par e-mail ouvert`, par exemple", "add `per email opened`, for example",
    }
    /// `par` without an event.
    MISSING_EVENT = "E0175" Error {
        fr: "il manque l'événement après `{name}`",
        en: "the event is missing after `{name}`",
        label: "quel événement ?", "which event?",
        help: "écrivez `par e-mail ouvert`, ou un autre type d'événement entre guillemets",
              "write `per email opened`, or another event type in quotes",
    }
    /// A length of time that is none.
    UNREADABLE_LAPSE = "E0176" Error {
        fr: "`{name}` ne donne pas une durée",
        en: "`{name}` gives no length of time",
        label: "un nombre et une unité sont attendus", "a number and a unit are expected",
        help: "écrivez `sur 90 jours` ou `demi-vie 2 semaines`",
              "write `within 90 days` or `half-life 2 weeks`",
    }
    /// Limits that cannot be read.
    UNREADABLE_LIMITS = "E0177" Error {
        fr: "ces limites ne se lisent pas",
        en: "these limits cannot be read",
        label: "`entre a et b` est attendu", "`between a and b` is expected",
        help: "écrivez `entre -100 et 100`, ou `groupe Comportement, entre 0 et 60`",
              "write `between -100 and 100`, or `group Behaviour, between 0 and 60`",
    }
    /// A threshold that cannot be read.
    UNREADABLE_THRESHOLD = "E0178" Error {
        fr: "ce seuil ne se lit pas",
        en: "this threshold cannot be read",
        label: "`… dès N` est attendu", "`… from N` is expected",
        help: "écrivez `étoiles 1 dès 0, 2 dès 20` ou `mentions froid dès -100, chaud dès 60`",
              "write `stars 1 from 0, 2 from 20` or `labels cold from -100, hot from 60`",
    }
    /// `quand` without a trigger.
    MISSING_TRIGGER = "E0181" Error {
        fr: "il manque le déclencheur après `{name}`",
        en: "the trigger is missing after `{name}`",
        label: "quand quoi ?", "when what?",
        help: "écrivez par exemple `quand créé ou modifié`", "write for example `when created or updated`",
    }
}

/// Beside [`TWICE`]: the first of the two.
pub static FIRST_HERE: Text = Text { fr: "une première fois ici", en: "first here" };
/// Beside [`CLAUSE_AFTER_IF`]: where the criterion begins.
pub static CRITERION_BEGINS: Text =
    Text { fr: "le critère commence ici", en: "the criterion begins here" };

/// The fix that indents a line.
pub static INDENT: FixTitle =
    FixTitle(Text { fr: "mettre cette ligne en retrait", en: "indent this line" });
/// The fix that moves a declaration to the first column.
pub static UNINDENT: FixTitle =
    FixTitle(Text { fr: "retirer le retrait", en: "remove the indentation" });
/// The fix that moves a clause to where it belongs.
pub static MOVE_BEFORE_IF: FixTitle =
    FixTitle(Text { fr: "placer `{new}` avant `si`", en: "move `{new}` before `if`" });

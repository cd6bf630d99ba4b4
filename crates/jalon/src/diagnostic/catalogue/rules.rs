//! What the parser finds in rules and their actions: `E03xx`.

use super::{Code, FixTitle, Severity, Text, codes};

codes! { RULES;
    /// A line of a rule that is none.
    NO_RULE_LINE = "E0301" Error {
        fr: "`{name}` ne commence pas une ligne de règle",
        en: "`{name}` does not begin a line of a rule",
        label: "ligne inconnue", "unknown line",
        help: "avant `alors`, une ligne commence par `quand`, `si`, `à chaque fois`, `au passage` ou `une seule fois` ; les actions suivent `alors`",
              "before `then`, a line begins with `when`, `if`, `every time`, `on entering` or `only once`; the actions follow `then`",
    }
    /// An action before `alors`.
    ACTION_BEFORE_THEN = "E0302" Error {
        fr: "une action vient avant `alors`",
        en: "an action comes before `then`",
        label: "`alors` manque au-dessus", "`then` is missing above",
    }
    /// A trigger or a repetition after `alors`, `si` after an action.
    TOO_LATE = "E0303" Error {
        fr: "`{name}` vient trop tard",
        en: "`{name}` comes too late",
        label: "se place avant `alors`", "stands before `then`",
        help: "`quand`, `si` et la répétition précèdent les actions ; une seconde condition s'écrit `sinon si`",
              "`when`, `if` and the repetition come before the actions; a second condition is written `else if`",
    }
    /// Two `si` in one branch.
    SECOND_IF = "E0304" Error {
        fr: "une seconde condition",
        en: "a second condition",
        label: "encore `si`", "`if` again",
        help: "joignez les deux critères par `ET` ou `OU` ; une autre condition, avec ses actions, s'écrit `sinon si`",
              "join the two criteria with `AND` or `OR`; another condition, with its own actions, is written `else if`",
    }
    /// `sinon` after the last `sinon`.
    AFTER_ELSE = "E0305" Error {
        fr: "`{name}` suit un `sinon` sans condition",
        en: "`{name}` follows an `else` without a condition",
        label: "jamais atteint", "never reached",
        help: "le `sinon` sans condition vient en dernier", "the `else` without a condition comes last",
    }
    /// `sinon` in a rule without `si`.
    ELSE_WITHOUT_IF = "E0306" Error {
        fr: "`{name}` sans `si`",
        en: "`{name}` without `if`",
        label: "jamais atteint", "never reached",
        help: "sans `si`, la règle agit sur chaque fiche", "without `if`, the rule acts on every record",
    }
    /// `alors`, `sinon` or `puis` with no action below.
    NOTHING_DONE = "E0307" Error {
        fr: "aucune action après `{name}`",
        en: "no action after `{name}`",
        label: "que faut-il faire ?", "what is to be done?",
        help: "écrivez les actions dessous, une par ligne : `Statut Lead : off`, `tâche \"Relancer\"`",
              "write the actions below, one a line: `Lead Status : off`, `task \"Call back\"`",
    }
    /// An action on the line of `alors` or `sinon`.
    ACTION_ON_LINE = "E0308" Error {
        fr: "une action se place sur sa propre ligne",
        en: "an action stands on a line of its own",
        label: "à la ligne suivante", "on the next line",
    }
    /// A colon outside quotes in a clause.
    COLON_IN_CLAUSE = "E0309" Error {
        fr: "deux-points hors guillemets",
        en: "a colon outside quotes",
        label: "lu comme une mise à jour de champ", "read as a field update",
        help: "dans `{clause}`, une valeur qui contient deux-points se met entre guillemets ; une mise à jour vient après `alors`",
              "in `{clause}`, a value that holds a colon stands in quotes; an update comes after `then`",
    }
    /// An action that there is not.
    NO_ACTION = "E0310" Error {
        fr: "`{name}` n'est pas une action",
        en: "`{name}` is not an action",
        label: "action inconnue", "unknown action",
        help: "une mise à jour s'écrit `Champ : valeur` ; les autres actions commencent par tâche, e-mail, alerte, webhook, fonction, score, convertir, créer, étiqueter, retirer l'étiquette, affecter à, rendez-vous ou supprimer",
              "an update is written `Field : value`; the other actions begin with task, email, alert, webhook, function, score, convert, create, tag, untag, assign to, meeting or delete",
    }
    /// An action without what it acts with.
    INCOMPLETE_ACTION = "E0311" Error {
        fr: "`{name}` est incomplet",
        en: "`{name}` is incomplete",
        label: "la suite manque", "the rest is missing",
        help: "écrivez par exemple `tâche \"Relancer\"`, `e-mail \"Bienvenue\" à Adresse e-mail`, `webhook SMS`, `affecter à Alice` ou `étiqueter VIP`",
              "write for example `task \"Call back\"`, `email \"Welcome\" to Email`, `webhook SMS`, `assign to Alice` or `tag VIP`",
    }
    /// An option without its value.
    MISSING_PART = "E0312" Error {
        fr: "il manque la suite de `{name}`",
        en: "`{name}` lacks what follows it",
        label: "à compléter", "to be completed",
    }
    /// An option that the action does not have.
    UNKNOWN_OPTION = "E0313" Error {
        fr: "`{name}` n'est pas une option de `{action}`",
        en: "`{name}` is not an option of `{action}`",
        label: "option inconnue", "unknown option",
        help: "les options sont {options_fr} ; un texte qui contient une virgule se met entre guillemets",
              "the options are {options_en}; a text that holds a comma stands in quotes",
    }
    /// `affecter Alice`, `convertir Contacts`.
    MISSING_WORD = "E0314" Error {
        fr: "`{word_fr}` manque après `{name}`",
        en: "`{word_en}` is missing after `{name}`",
    }
    /// Something after what stands alone.
    NOTHING_FOLLOWS = "E0315" Error {
        fr: "rien n'est attendu ici",
        en: "nothing is expected here",
        label: "en trop", "unexpected",
    }
    /// Brackets of a function that are not at its end.
    BAD_CALL = "E0316" Error {
        fr: "les arguments suivent le nom de la fonction et terminent la ligne",
        en: "the arguments follow the function's name and end the line",
        label: "ne se lit pas", "cannot be read",
        help: "écrivez `fonction Calcul(Montant, 2)`", "write `function Compute(Amount, 2)`",
    }
    /// A field of `créer` without `=`.
    NO_FIELD_VALUE = "E0317" Error {
        fr: "un champ, `=` et une valeur sont attendus",
        en: "a field, `=` and a value are expected",
        label: "ne se lit pas", "cannot be read",
        help: "écrivez `créer Affaires avec Nom = Société, Montant = 1000`, avec des espaces autour de `=`",
              "write `create Deals with Name = Company, Amount = 1000`, with spaces around `=`",
    }
    /// Two ways to find the recipients of an e-mail.
    WHICH_TO = "E0318" Error {
        fr: "plusieurs `à` : où finit le modèle ?",
        en: "several `to`: where does the template end?",
        label: "se lit de plusieurs façons", "reads in several ways",
        help: "mettez le modèle entre guillemets", "put the template in quotes",
    }
    /// A meeting that does not say when.
    MISSING_START = "E0319" Error {
        fr: "le rendez-vous ne dit pas quand",
        en: "the meeting does not say when",
        label: "quand ?", "when?",
        help: "écrivez `rendez-vous \"Démo\", dans 2 jours ouvrés` ou `rendez-vous \"Démo\", 2026-07-01 à 10h30`",
              "write `meeting \"Demo\", in 2 business days` or `meeting \"Demo\", 2026-07-01 at 10:30`",
    }
    /// A field update without a value.
    MISSING_NEW_VALUE = "E0321" Error {
        fr: "il manque la valeur après `{name}`",
        en: "the value is missing after `{name}`",
        label: "quelle valeur ?", "which value?",
        help: "pour vider le champ, écrivez `Champ : vide`", "to empty the field, write `Field : empty`",
    }
    /// A length of time that is none.
    UNREADABLE_DELAY = "E0322" Error {
        fr: "`{name}` ne donne pas une durée",
        en: "`{name}` gives no length of time",
        label: "un nombre et une unité sont attendus", "a number and a unit are expected",
        help: "écrivez par exemple `3 jours`, `1 jour ouvré`, `2 heures` ou `30 minutes`",
              "write for example `3 days`, `1 business day`, `2 hours` or `30 minutes`",
    }
    /// A time of day that is none.
    UNREADABLE_TIME = "E0323" Error {
        fr: "`{name}` n'est pas une heure",
        en: "`{name}` is not a time of day",
        label: "une heure comme `10h30` est attendue", "a time such as `10:30` is expected",
    }
    /// `puis` without a delay.
    UNREADABLE_LATER = "E0324" Error {
        fr: "`{name}` ne dit pas combien de temps après",
        en: "`{name}` does not say how long after",
        label: "une durée et `après` sont attendus", "a length of time is expected",
        help: "écrivez `puis 3 jours après`, `puis 2 heures ouvrées après` ou `puis 1 jour après à 10h30, sans revérifier`",
              "write `then after 3 days`, `then after 2 business hours` or `then after 1 day at 10:30, without rechecking`",
    }
    /// `chaque` with something else than a month or a year.
    UNREADABLE_EVERY = "E0325" Error {
        fr: "une date revient `chaque mois` ou `chaque année`",
        en: "a date comes back `every month` or `every year`",
        label: "`{name}` n'est ni l'un ni l'autre", "`{name}` is neither",
        help: "pour d'autres rythmes, déclarez une planification", "for other rhythms, declare a schedule",
    }
    /// A trigger that can be read in two ways.
    WHICH_TRIGGER = "E0326" Error {
        fr: "ce déclencheur se lit de deux façons",
        en: "this trigger reads in two ways",
        label: "laquelle ?", "which one?",
        help: "mettez le nom du champ entre guillemets, ou l'opérateur en capitales",
              "put the field's name in quotes, or the operator in capitals",
    }
    /// A trigger that lacks its field, score or threshold.
    INCOMPLETE_TRIGGER = "E0327" Error {
        fr: "ce déclencheur est incomplet",
        en: "this trigger is incomplete",
        label: "une partie manque", "a part is missing",
        help: "écrivez `3 jours avant Date Prochain Push à 10h30` ou `score Scorex atteint 50` ; à heure fixe agit une `planification`",
              "write `3 days before Next Push at 10:30` or `score Scorex reaches 50`; a `schedule` acts at a fixed time",
    }
    /// `quand Pays EST France`.
    CONDITION_AS_TRIGGER = "E0328" Error {
        fr: "`{name}` est une condition, pas un déclencheur",
        en: "`{name}` is a condition, not a trigger",
        label: "se place après `si`", "stands after `if`",
        help: "écrivez `quand créé ou modifié` et `si {name}`, ou `DEVIENT` pour un changement de valeur",
              "write `when created or updated` and `if {name}`, or `BECOMES` for a change of value",
    }
    /// `tâche ${Prospect.Nom} : Visiteur URL`.
    TEMPLATE_AS_FIELD = "E0329" Error {
        fr: "un texte à compléter se met entre guillemets",
        en: "a text to be filled in stands in quotes",
        label: "lu comme le nom d'un champ", "read as the name of a field",
        help: "hors guillemets, ce qui précède deux-points est le champ à mettre à jour",
              "outside quotes, what stands before a colon is the field to update",
    }
    /// `tâche "Appeler", priorité : haute`
    COLON_IN_OPTION = "E0332" Error {
        fr: "une option s'écrit sans deux-points",
        en: "an option is written without a colon",
        label: "lu comme la mise à jour d'un champ", "read as the update of a field",
    }
}

/// Beside [`COLON_IN_CLAUSE`]: where the clause begins.
pub static CLAUSE_BEGINS: Text =
    Text { fr: "cette ligne n'est pas une action", en: "this line is no action" };

/// The fix that puts `alors` on a line above.
pub static INSERT_LINE: FixTitle =
    FixTitle(Text { fr: "mettre `alors` au-dessus", en: "put `then` above" });
/// The fix that moves an action to its own line.
pub static NEW_LINE: FixTitle = FixTitle(Text { fr: "aller à la ligne", en: "begin a new line" });

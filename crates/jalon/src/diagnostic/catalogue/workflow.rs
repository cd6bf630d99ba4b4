//! What `check` finds in rules: `E04xx` errors, `W04xx` warnings, `N04xx` notes.

use super::{Code, FixTitle, Severity, Text, codes};

codes! { WORKFLOW;
    /// A webhook that is not declared.
    UNKNOWN_WEBHOOK = "E0401" Error {
        fr: "webhook inconnu `{name}`",
        en: "unknown webhook `{name}`",
        label: "aucun webhook déclaré ne porte ce nom", "no declared webhook has this name",
    }
    /// Two webhooks with one name.
    DUPLICATE_WEBHOOK = "E0402" Error {
        fr: "le webhook `{name}` est déclaré deux fois",
        en: "the webhook `{name}` is declared twice",
        label: "ce nom est déjà pris", "this name is already taken",
    }
    /// A trigger that is both a field and an event type.
    AMBIGUOUS_TRIGGER = "E0403" Error {
        fr: "`{name}` est à la fois un champ et un type d'événement",
        en: "`{name}` is both a field and an event type",
        label: "la date du champ, ou l'événement ?", "the field's date, or the event?",
        help: "entre guillemets c'est l'événement, après le nom du module c'est le champ",
              "in quotes it is the event, after the module's name it is the field",
    }
    /// A trigger that is nothing known.
    UNKNOWN_TRIGGER = "E0404" Error {
        fr: "déclencheur inconnu `{name}`",
        en: "unknown trigger `{name}`",
        label: "ni un champ de `{module}`, ni un type d'événement",
               "neither a field of `{module}` nor an event type",
        help: "un déclencheur est `créé`, `modifié`, `supprimé`, `manuel`, `Champ modifié`, une date ou un événement",
              "a trigger is `created`, `updated`, `deleted`, `manual`, `Field changed`, a date or an event",
    }
    /// `quand tous les jours à 9h`.
    SCHEDULE_AS_TRIGGER = "E0424" Error {
        fr: "`{name}` ne concerne aucune fiche",
        en: "`{name}` concerns no record",
        label: "une heure fixe, pas un déclencheur", "a fixed time, no trigger",
        help: "une règle attend ce qui arrive à une fiche ; à heure fixe agit une planification : `planification Matin {name}`, puis `sur Prospects`, `si …`, `alors` et les actions",
              "a rule waits for what happens to a record; a schedule acts at a fixed time: `schedule Morning {name}`, then `on Leads`, `if …`, `then` and the actions",
    }
    /// A trigger on a formula.
    FORMULA_TRIGGER = "E0405" Error {
        fr: "`{name}` est une formule : elle se calcule et ne déclenche rien",
        en: "`{name}` is a formula: it is computed and sets nothing off",
        label: "écoutez plutôt les champs dont elle dépend",
               "listen to the fields it depends on instead",
    }
    /// A trigger on records or events.
    LIST_TRIGGER = "E0406" Error {
        fr: "`{name}` contient d'autres fiches ou des événements : ce n'est pas un déclencheur",
        en: "`{name}` holds other records or events: it is no trigger",
        label: "est de type `{type}`", "is of type `{type}`",
        help: "écrivez la règle sur leur module, ou nommez un type d'événement comme `e-mail ouvert`",
              "write the rule on their module, or name an event type such as `email opened`",
    }
    /// A trigger on a field of another record.
    OTHER_RECORD_TRIGGER = "E0407" Error {
        fr: "`{name}` est le champ d'une autre fiche",
        en: "`{name}` is a field of another record",
        label: "une règle n'écoute que sa propre fiche", "a rule listens to its own record only",
        help: "écrivez la règle sur le module de cette fiche",
              "write the rule on the module of that record",
    }
    /// A date trigger on a field that is no date.
    NOT_A_DATE_FIELD = "E0408" Error {
        fr: "`{name}` n'est pas une date",
        en: "`{name}` is not a date",
        label: "est de type `{type}`", "is of type `{type}`",
        help: "un champ seul est une date que la règle attend ; pour écouter ses changements, écrivez `{name} modifié`",
              "a field alone is a date that the rule waits for; to listen to its changes, write `{name} changed`",
    }
    /// An update of what is computed or kept elsewhere.
    READ_ONLY_FIELD = "E0410" Error {
        fr: "`{name}` ne peut pas être écrit",
        en: "`{name}` cannot be written",
        label: "est de type `{type}`", "is of type `{type}`",
        help: "une formule se calcule et les événements viennent de l'application ; les fiches liées s'écrivent une à une, comme `chaque Contacts.Ville : …`",
              "a formula is computed and events come from the application; related records are written one by one, such as `each Contacts.City : …`",
    }
    /// A value of another type than the field it is written into.
    CANNOT_HOLD = "E0411" Error {
        fr: "`{other}` ne peut pas être écrit dans `{name}`",
        en: "`{other}` cannot be written into `{name}`",
        label: "`{other}` est de type `{found}`, `{name}` de type `{type}`",
               "`{other}` is of type `{found}`, `{name}` of type `{type}`",
    }
    /// Several values for a field that holds one.
    ONE_VALUE_HELD = "E0412" Error {
        fr: "`{name}` ne contient qu'une valeur",
        en: "`{name}` holds one value",
        label: "{count} valeurs ici", "{count} values here",
        help: "si c'est une seule valeur, mettez-la entre guillemets",
              "if it is a single value, put it in quotes",
    }
    /// `+=` or `-=` on a field that cannot be added to.
    CANNOT_ADD = "E0413" Error {
        fr: "`{sign}` ne s'applique pas à `{name}`",
        en: "`{sign}` does not apply to `{name}`",
        label: "`{name}` est de type `{type}`", "`{name}` is of type `{type}`",
        help: "`+=` et `-=` vont avec un nombre ou une liste multiple ; ailleurs écrivez `:`",
              "`+=` and `-=` go with a number or a multi-picklist; elsewhere write `:`",
    }
    /// `vide` on a field that must be filled.
    EMPTIES_REQUIRED = "E0414" Error {
        fr: "`{name}` est obligatoire : il ne peut pas être vidé",
        en: "`{name}` is required: it cannot be emptied",
        label: "écrivez une valeur", "write a value",
    }
    /// A constant longer than its field allows.
    TEXT_TOO_LONG = "E0415" Error {
        fr: "ce texte ne tient pas dans `{name}`",
        en: "this text does not fit into `{name}`",
        label: "{count} caractères, au plus {limit}", "{count} characters, at most {limit}",
    }
    /// A number with decimals in a whole number.
    NOT_WHOLE = "E0416" Error {
        fr: "`{value}` n'est pas un entier",
        en: "`{value}` is not a whole number",
        label: "`{name}` est de type `{type}`", "`{name}` is of type `{type}`",
    }
    /// Something done to a record that is gone.
    GONE_RECORD = "E0417" Error {
        fr: "cette règle ne se déclenche qu'à la suppression : sa fiche n'existe plus",
        en: "this rule fires on deletion only: its record is gone",
        label: "ne peut pas être fait sur une fiche supprimée", "cannot be done to a deleted record",
        help: "écrivez sur une fiche liée, créez une tâche, ou écoutez un autre déclencheur",
              "write to a related record, make a task, or listen to another trigger",
    }
    /// `supprimer` without a criterion.
    UNGUARDED_DELETE = "E0418" Error {
        fr: "`supprimer` sans critère effacerait toutes les fiches",
        en: "`delete` without a criterion would erase every record",
        label: "dites lesquelles par une ligne `si`", "say which by an `if` line",
    }
    /// A priority that is none.
    UNKNOWN_PRIORITY = "E0419" Error {
        fr: "priorité inconnue `{name}`",
        en: "unknown priority `{name}`",
        label: "attendu : `basse`, `normale` ou `haute`", "expected: `low`, `normal` or `high`",
    }
    /// A field that names nobody.
    NOT_SOMEBODY = "E0420" Error {
        fr: "`{name}` ne désigne personne",
        en: "`{name}` names nobody",
        label: "est de type `{type}`", "is of type `{type}`",
        help: "attendu : un champ `utilisateur`, `e-mail` ou `texte`, un utilisateur, `rôle …`, `groupe …` ou une adresse",
              "expected: a field of type `user`, `e-mail` or `text`, a user, `role …`, `group …` or an address",
    }
    /// A field too far away to be written.
    FAR_FIELD = "E0421" Error {
        fr: "`{name}` est trop loin pour être écrit d'ici",
        en: "`{name}` is too far away to be written from here",
        label: "une mise à jour suit une seule référence, vers un module",
               "an update follows one reference only, to a module",
        help: "écrivez une règle sur le module de la fiche à modifier",
              "write a rule on the module of the record to change",
    }
    /// A span of the calendar where one day is needed.
    NOT_ONE_DAY = "E0422" Error {
        fr: "`{value}` est un intervalle et non un jour",
        en: "`{value}` is an interval, not a day",
        label: "écrivez un jour, comme `demain` ou `aujourd'hui plus 7 jours`",
               "write a day, such as `tomorrow` or `today plus 7 days`",
    }
    /// A field of related records without `chaque`.
    EACH_NEEDED = "E0423" Error {
        fr: "`{name}` est un champ de plusieurs fiches",
        en: "`{name}` is a field of several records",
        label: "écrivez `chaque` devant pour modifier chacune", "write `each` before it to change every one",
    }
    /// A field of another record where only those of the record itself have a place.
    OTHER_RECORD_FIELD = "E0425" Error {
        fr: "`{name}` est un champ d'une autre fiche",
        en: "`{name}` is a field of another record",
        label: "un champ de la fiche elle-même est attendu", "a field of the record itself is expected",
    }
    /// A condition that changes never meet, since the triggers are no changes.
    NEVER_CHANGES = "W0401" Warning {
        fr: "jamais vrai : les déclencheurs de cette règle ne sont pas des modifications",
        en: "never true: the triggers of this rule are no changes",
        label: "à une date, un événement ou un clic, rien ne vient de changer",
               "on a date, an event or a click nothing has just changed",
        help: "écoutez le changement : `quand {name}`", "listen to the change: `when {name}`",
    }
    /// A rule that waits for nothing.
    NEVER_FIRES = "W0406" Warning {
        fr: "la règle `{name}` ne se déclenche jamais",
        en: "the rule `{name}` never fires",
        label: "une ligne `quand` manque", "a line `when` is missing",
    }
    /// `au passage` that is never met.
    NEVER_ENTERS = "W0402" Warning {
        fr: "cette règle ne se déclenchera jamais `au passage`",
        en: "this rule will never fire `on entering`",
        label: "il faut un critère, et un déclencheur qui modifie la fiche",
               "it needs a criterion, and a trigger that changes the record",
    }
    /// Two updates of one field in one branch.
    WRITTEN_TWICE = "W0403" Warning {
        fr: "`{name}` est écrit deux fois : seule la dernière valeur reste",
        en: "`{name}` is written twice: only the last value stays",
        label: "remplace la première", "replaces the first",
    }
    /// A user whose name is nearly that of a field.
    USER_OR_FIELD = "W0404" Warning {
        fr: "`{name}` est pris pour un utilisateur",
        en: "`{name}` is taken for a user",
        label: "aucun champ ne porte exactement ce nom", "no field has exactly this name",
        help: "si c'est bien un utilisateur, écrivez `utilisateur {name}`",
              "if it is a user, write `user {name}`",
    }
    /// A new record without a field that it must have.
    REQUIRED_NOT_GIVEN = "W0405" Warning {
        fr: "une fiche de `{module}` ne peut pas exister sans `{name}`",
        en: "a record of `{module}` cannot exist without `{name}`",
        label: "ajoutez `{name} = …`", "add `{name} = …`",
    }
    /// A bare name in a program without modules.
    TAKEN_FOR_USER = "N0401" Note {
        fr: "`{name}` est pris pour un utilisateur",
        en: "`{name}` is taken for a user",
        label: "les champs de ce module ne sont pas déclarés", "the fields of this module are not declared",
        help: "si c'est un champ, écrivez `champ {name}`", "if it is a field, write `field {name}`",
    }
}

/// The fix that listens to the changes of a field.
pub static LISTEN: FixTitle =
    FixTitle(Text { fr: "écouter ses changements : {new}", en: "listen to its changes: {new}" });

/// The fix that says that a name is a user's.
pub static NAME_USER: FixTitle =
    FixTitle(Text { fr: "désigner l'utilisateur : {new}", en: "name the user: {new}" });

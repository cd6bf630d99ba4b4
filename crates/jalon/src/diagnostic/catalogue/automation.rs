//! What stands around rules: `E03xx`, `W03xx`; up to 39 from the parser, from 40 from `check`.

use super::{Code, Severity, Text, codes};

codes! { AUTOMATION;
    /// A dependency that names one field only.
    MISSING_PARENT = "E0301" Error {
        fr: "`{name}` ne dit pas de quel champ il dépend",
        en: "`{name}` does not say which field it depends on",
        label: "`X selon Y` est attendu", "`X by Y` is expected",
        help: "écrivez `dépendance Région selon Département sur Prospects`",
              "write `dependency Region by Department on Leads`",
    }
    /// A line of a dependency that is none.
    NO_DEPENDENCY_LINE = "E0302" Error {
        fr: "cette ligne ne dit pas quelles valeurs vont ensemble",
        en: "this line does not say which values go together",
        label: "un deux-points et des valeurs de chaque côté sont attendus",
               "a colon with values on both sides is expected",
        help: "écrivez `06, 83, 13 : Côte-Azur` : des valeurs de l'un, puis celles que l'autre peut alors prendre",
              "write `06, 83, 13 : South`: values of the one, then those that the other may have",
    }
    /// A line of a calendar that is none.
    UNKNOWN_CALENDAR_LINE = "E0303" Error {
        fr: "`{name}` n'est pas une ligne de calendrier",
        en: "`{name}` is not a line of a calendar",
        label: "des jours et des heures sont attendus", "days and hours are expected",
        help: "écrivez `lundi à vendredi 09:00-19:00`, `dimanche fermé`, `2026-12-24 09:00-12:00`, `fériés France`, `semaine commence lundi` ou `exercice commence avril`",
              "write `Monday to Friday 09:00-19:00`, `Sunday closed`, `2026-12-24 09:00-12:00`, `holidays France`, `week starts Monday` or `fiscal year starts April`",
    }
    /// Hours that cannot be read.
    UNREADABLE_HOURS = "E0304" Error {
        fr: "ces heures ne se lisent pas : `{name}`",
        en: "these hours cannot be read: `{name}`",
        label: "deux heures séparées par un tiret sont attendues", "two times with a dash between are expected",
        help: "écrivez `09:00-12:00, 14:00-19:00`, ou `fermé`", "write `09:00-12:00, 14:00-19:00`, or `closed`",
    }
    /// A day of the week that is none.
    UNKNOWN_WEEKDAY = "E0305" Error {
        fr: "`{name}` n'est pas un jour de la semaine",
        en: "`{name}` is not a day of the week",
        label: "un jour comme `lundi` est attendu", "a day such as `Monday` is expected",
    }
    /// A month that is none.
    UNKNOWN_MONTH = "E0306" Error {
        fr: "`{name}` n'est pas un mois",
        en: "`{name}` is not a month",
        label: "un mois comme `avril` est attendu", "a month such as `April` is expected",
    }
    /// A rate that cannot be read.
    UNREADABLE_RATE = "E0307" Error {
        fr: "`{name}` ne donne pas un taux",
        en: "`{name}` gives no rate",
        label: "une devise et un nombre sont attendus", "a currency and a number are expected",
        help: "sous `devises EUR`, `USD 1,17` veut dire que 1 EUR vaut 1,17 USD",
              "under `currencies EUR`, `USD 1.17` means that 1 EUR is 1.17 USD",
    }
    /// A schedule that does not say when.
    MISSING_RECURRENCE = "E0308" Error {
        fr: "`{name}` ne dit pas quand",
        en: "`{name}` does not say when",
        label: "la suite manque", "the rest is missing",
        help: "écrivez `planification \"E-mails\" chaque jour à 19:00 sauf samedi, dimanche`",
              "write `schedule \"Emails\" every day at 19:00 except Saturday, Sunday`",
    }
    /// A line of a schedule that is none.
    NO_SCHEDULE_LINE = "E0309" Error {
        fr: "`{name}` n'est pas une clause de planification",
        en: "`{name}` is not a clause of a schedule",
        label: "clause inconnue", "unknown clause",
        help: "les clauses sont `au plus 400 Prospects`, `triés par Créé le`, puis `si …` ; les actions viennent après `alors`",
              "the clauses are `at most 400 Leads`, `sorted by Created at`, then `if …`; the actions come after `then`",
    }
    /// A line of a webhook that is none.
    NO_WEBHOOK_LINE = "E0310" Error {
        fr: "`{name}` ne commence pas une ligne de webhook",
        en: "`{name}` does not begin a line of a webhook",
        label: "ligne inconnue", "unknown line",
        help: "les lignes sont `POST https://…`, `en-tête Authorization, \"…\"`, `paramètre X, xml \"…\"` et `corps json \"…\"`",
              "the lines are `POST https://…`, `header Authorization, \"…\"`, `parameter X, xml \"…\"` and `body json \"…\"`",
    }
    /// A webhook without an address.
    MISSING_REQUEST = "E0311" Error {
        fr: "`{name}` ne dit pas à quelle adresse",
        en: "`{name}` does not say at which address",
        label: "une adresse est attendue", "an address is expected",
        help: "ajoutez une ligne `POST https://exemple.fr/envoi`", "add a line `POST https://example.com/send`",
    }
    /// A header or a parameter that is not a name and one value.
    NAME_AND_VALUE = "E0312" Error {
        fr: "un nom, une virgule et une seule valeur sont attendus",
        en: "a name, a comma and one value are expected",
        label: "ici", "here",
        help: "écrivez `paramètre XmlMsg, xml \"…\"` ; une valeur qui contient une virgule se met entre guillemets",
              "write `parameter XmlMsg, xml \"…\"`; a value that holds a comma goes in quotes",
    }
    /// A channel that there is not.
    UNKNOWN_CHANNEL = "E0313" Error {
        fr: "`{name}` n'est pas un canal",
        en: "`{name}` is not a channel",
        label: "`e-mail`, `alerte` ou `webhook` et un nom sont attendus",
               "`email`, `alert` or `webhook` and a name are expected",
    }
    /// A limit of a guard that cannot be read.
    UNREADABLE_QUOTA = "E0314" Error {
        fr: "`{name}` n'est pas une clause de garde",
        en: "`{name}` is not a clause of a guard",
        label: "`au plus 2 par 7 jours` est attendu", "`at most 2 per 7 days` is expected",
        help: "écrivez `garde e-mail sur Prospects, au plus 2 par 7 jours, si …`",
              "write `guard email on Leads, at most 2 per 7 days, if …`",
    }
    /// A way of chaining that there is not.
    UNKNOWN_CHAINING = "E0315" Error {
        fr: "`{name}` ne dit pas comment les règles s'enchaînent",
        en: "`{name}` does not say how rules set each other off",
        label: "`une fois`, `aucun` ou `profondeur 5` est attendu", "`once`, `none` or `depth 5` is expected",
    }
    /// A stage that there is not.
    UNKNOWN_STAGE = "E0316" Error {
        fr: "`{name}` n'est pas une étape",
        en: "`{name}` is not a stage",
        label: "étape inconnue", "unknown stage",
        help: "les étapes sont validation, affectation, workflow, score, approbation et parcours",
              "the stages are validation, assignment, workflow, score, approval and blueprint",
    }
    /// Something after the message of a validation.
    TEXT_AFTER_MESSAGE = "E0317" Error {
        fr: "texte inattendu après le message",
        en: "unexpected text after the message",
        label: "le message vient en dernier", "the message comes last",
    }
    /// What follows the name of a calendar and is no zone.
    EXPECTED_ZONE = "E0318" Error {
        fr: "`{name}` n'est pas un fuseau",
        en: "`{name}` is not a zone",
        label: "`fuseau Europe/Paris` est attendu", "`zone Europe/Paris` is expected",
    }
    /// A line of a test that is none.
    NO_TEST_STEP = "E0319" Error {
        fr: "`{name}` n'est pas une étape de test",
        en: "`{name}` is not a step of a test",
        label: "étape inconnue", "unknown step",
        help: "les étapes sont `le 2026-06-30 à 10h30`, `avec`, `avant`, `après`, `fiche Contacts`, `événement e-mail ouvert`, `supprimé`, `manuel \"R\"`, `puis le 2026-07-03`, `en tant que Alice` et `attendu …` ; un champ s'écrit `Pays : France`",
              "the steps are `on 2026-06-30 at 10:30`, `given`, `before`, `after`, `record Contacts`, `event email opened`, `deleted`, `manual \"R\"`, `then on 2026-07-03`, `as Alice` and `expect …`; a field is written `Country : France`",
    }
    /// A field where no step has any.
    FIELD_OUTSIDE_STEP = "E0320" Error {
        fr: "`{name}` n'appartient à aucune fiche",
        en: "`{name}` belongs to no record",
        label: "avant ou après quoi ?", "before or after what?",
        help: "les champs suivent une ligne `avec`, `avant`, `après`, `fiche M` ou `événement T`",
              "fields follow a line `given`, `before`, `after`, `record M` or `event T`",
    }
    /// A step of a test without what it needs.
    INCOMPLETE_STEP = "E0321" Error {
        fr: "il manque la suite de `{name}`",
        en: "the rest of `{name}` is missing",
        label: "à compléter", "to be completed",
    }
    /// `attendu Statut : x`.
    EXPECTED_SIGN = "E0322" Error {
        fr: "une attente compare : elle s'écrit avec `=` ou un opérateur",
        en: "an expectation compares: it is written with `=` or an operator",
        label: "`=` plutôt que `:`", "`=` rather than `:`",
    }
    /// `attendu règle "R"` without a verb.
    FIRES_OR_NOT = "E0323" Error {
        fr: "la règle {name} doit-elle se déclencher ?",
        en: "must the rule {name} fire?",
        label: "ajoutez `se déclenche` ou `ne se déclenche pas`", "add `fires` or `does not fire`",
    }
    /// An effect that there is not.
    UNKNOWN_EFFECT = "E0324" Error {
        fr: "`{name}` n'est pas un effet",
        en: "`{name}` is not an effect",
        label: "effet inconnu", "unknown effect",
        help: "écrivez par exemple `attendu aucune tâche \"Relancer\"`, `attendu aucun e-mail`, `attendu aucune minuterie` ou `attendu aucun effet`",
              "write for example `expect no task \"Call\"`, `expect no email`, `expect no timer` or `expect no effect`",
    }
}

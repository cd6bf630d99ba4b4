//! Tests beside the rules: among `E05xx` and `W05xx`, like all that stands around rules.

use super::{Code, Severity, Text, codes};

codes! { TEST;
    /// A line of a test that is none.
    NO_TEST_STEP = "E0519" Error {
        fr: "`{name}` n'est pas une étape de test",
        en: "`{name}` is not a step of a test",
        label: "étape inconnue", "unknown step",
        help: "les étapes sont `le 2026-06-30 à 10h30`, `avec`, `avant`, `après`, `fiche Contacts`, `événement e-mail ouvert`, `supprimé`, `manuel \"R\"`, `transition \"T\"`, `brouillon \"T\"`, `sortie du parcours`, `puis le 2026-07-03`, `en tant que Alice` et `attendu …` ; un champ s'écrit `Pays : France`",
              "the steps are `on 2026-06-30 at 10:30`, `given`, `before`, `after`, `record Contacts`, `event email opened`, `deleted`, `manual \"R\"`, `transition \"T\"`, `draft \"T\"`, `exit from the blueprint`, `then on 2026-07-03`, `as Alice` and `expect …`; a field is written `Country : France`",
    }
    /// A field where no step has any.
    FIELD_OUTSIDE_STEP = "E0520" Error {
        fr: "`{name}` n'appartient à aucune fiche",
        en: "`{name}` belongs to no record",
        label: "avant ou après quoi ?", "before or after what?",
        help: "les champs suivent une ligne `avec`, `avant`, `après`, `fiche M`, `événement T`, `transition T` ou `brouillon T`",
              "fields follow a line `given`, `before`, `after`, `record M`, `event T`, `transition T` or `draft T`",
    }
    /// A step of a test without what it needs.
    INCOMPLETE_STEP = "E0521" Error {
        fr: "il manque la suite de `{name}`",
        en: "the rest of `{name}` is missing",
        label: "à compléter", "to be completed",
    }
    /// `attendu Statut : x`.
    EXPECTED_SIGN = "E0522" Error {
        fr: "une attente compare : elle s'écrit avec `=` ou un opérateur",
        en: "an expectation compares: it is written with `=` or an operator",
        label: "`=` plutôt que `:`", "`=` rather than `:`",
    }
    /// `attendu règle "R"` without a verb.
    FIRES_OR_NOT = "E0523" Error {
        fr: "la règle doit-elle se déclencher ?",
        en: "must the rule fire?",
        label: "ajoutez `se déclenche` ou `ne se déclenche pas`", "add `fires` or `does not fire`",
    }
    /// `transition "Perdre"` without `offerte`.
    OFFERED_OR_NOT = "E0525" Error {
        fr: "la transition doit-elle être offerte ?",
        en: "must the transition be offered?",
        label: "ajoutez `offerte` ou `refusée`", "add `offered` or `refused`",
    }
    /// Something behind the name of who acts that is no role, group or profile.
    NO_BELONGING = "E0526" Error {
        fr: "`{name}` ne dit pas à quoi appartient qui agit",
        en: "`{name}` does not say what who acts belongs to",
        label: "`rôle`, `groupe` ou `profil` est attendu", "`role`, `group` or `profile` is expected",
        help: "écrivez `en tant que Alice, groupe \"Juristes\"`", "write `as Alice, group \"Lawyers\"`",
    }
    /// An effect that there is not.
    UNKNOWN_EFFECT = "E0524" Error {
        fr: "`{name}` n'est pas un effet",
        en: "`{name}` is not an effect",
        label: "effet inconnu", "unknown effect",
        help: "écrivez par exemple `attendu aucune tâche \"Relancer\"`, `attendu aucun e-mail`, `attendu aucune minuterie` ou `attendu aucun effet`",
              "write for example `expect no task \"Call\"`, `expect no email`, `expect no timer` or `expect no effect`",
    }
    /// The clock of a test set after something happened.
    CLOCK_SET_LATE = "E0561" Error {
        fr: "l'heure du début se donne avant que rien n'arrive",
        en: "the clock at the beginning is given before anything happens",
        label: "trop tard", "too late",
        help: "pour faire avancer l'heure, écrivez `puis le 2026-07-03 à 10h30`",
              "to move the clock on, write `then on 2026-07-03 at 10:30`",
    }
    /// A later step at an earlier time.
    CLOCK_GOES_BACK = "E0562" Error {
        fr: "l'heure ne recule pas",
        en: "the clock does not go back",
        label: "plus tôt que la date précédente", "earlier than the date before",
    }
    /// A second record in a test.
    RECORD_TWICE = "E0563" Error {
        fr: "la fiche de ce test est déjà décrite",
        en: "the record of this test is described already",
        label: "une seconde fois", "a second time",
        help: "`avec` crée une fiche ; `avant` puis `après` décrivent une modification ; une fiche liée s'écrit `fiche M`",
              "`given` creates a record; `before` then `after` describe an update; a related record is written `record M`",
    }
    /// A change of a record that was not described.
    NO_RECORD_YET = "E0564" Error {
        fr: "`{name}` : de quelle fiche ?",
        en: "`{name}`: of which record?",
        label: "aucune fiche n'est encore décrite", "no record is described yet",
        help: "décrivez-la d'abord par `avant` et ses champs", "describe it first with `before` and its fields",
    }
    /// An expectation before anything happened.
    NOTHING_HAPPENED = "E0565" Error {
        fr: "rien n'est encore arrivé",
        en: "nothing has happened yet",
        label: "attendu de quoi ?", "expected of what?",
        help: "une attente vient après `avec`, `après`, `événement`, `supprimé`, `manuel`, `transition`, `brouillon`, `sortie du parcours` ou `puis le`",
              "an expectation comes after `given`, `after`, `event`, `deleted`, `manual`, `transition`, `draft`, `exit from the blueprint` or `then on`",
    }
    /// A rule that is not declared.
    UNKNOWN_RULE = "E0566" Error {
        fr: "règle inconnue `{name}`",
        en: "unknown rule `{name}`",
        label: "aucune règle déclarée ne porte ce nom", "no declared rule has this name",
    }
    /// A transition that no blueprint of the module has.
    NO_SUCH_TRANSITION = "E0578" Error {
        fr: "transition inconnue `{name}`",
        en: "unknown transition `{name}`",
        label: "il y a : {known}", "there are: {known}",
    }
    /// A state that no blueprint of the module has.
    NO_SUCH_STATE = "E0579" Error {
        fr: "état inconnu `{name}`",
        en: "unknown state `{name}`",
        label: "il y a : {known}", "there are: {known}",
    }
    /// A test of a blueprint where none governs the module.
    NO_BLUEPRINT = "E0580" Error {
        fr: "aucun parcours ne gouverne ces fiches",
        en: "no blueprint governs these records",
        label: "de quel parcours ?", "of which blueprint?",
        help: "déclarez un `parcours` sur ce module", "declare a `blueprint` on this module",
    }
    /// A button of a rule that has none.
    NOT_MANUAL = "E0567" Error {
        fr: "la règle `{name}` n'a pas de bouton",
        en: "the rule `{name}` has no button",
        label: "elle n'attend pas `manuel`", "it does not wait for `manual`",
        help: "ajoutez-lui la ligne `quand manuel`", "add the line `when manual` to it",
    }
    /// `+=` in a record of a test.
    ONLY_SET = "E0568" Error {
        fr: "un test donne des valeurs, il n'ajoute ni n'ôte",
        en: "a test gives values, it does not add or take away",
        label: "`:` est attendu", "`:` is expected",
    }
    /// A field of another record in that of a test.
    FIELD_OF_OTHER = "E0569" Error {
        fr: "`{name}` est un champ d'une autre fiche",
        en: "`{name}` is a field of another record",
        label: "pas de celle-ci", "not of this one",
        help: "décrivez l'autre fiche par une ligne `fiche M` et ses champs", "describe the other record with a line `record M` and its fields",
    }
    /// A computed value in a record of a test.
    NOT_CONSTANT = "E0570" Error {
        fr: "`{value}` n'est pas une valeur fixe",
        en: "`{value}` is not a fixed value",
        label: "une constante ou une date est attendue", "a constant or a date is expected",
    }
    /// `fiche X` where X leads to no record.
    NOT_RELATED = "E0571" Error {
        fr: "`{name}` ne mène à aucune fiche",
        en: "`{name}` leads to no record",
        label: "de type `{type}`", "of type `{type}`",
        help: "nommez un champ de type `référence` ou `fiches`", "name a field of type `lookup` or `records`",
    }
    /// A second test of a name.
    TEST_TWICE = "W0544" Warning {
        fr: "un autre test s'appelle `{name}`",
        en: "another test is called `{name}`",
        label: "même nom", "same name",
    }
    /// A test without an expectation.
    NOTHING_EXPECTED = "W0545" Warning {
        fr: "le test `{name}` n'attend rien",
        en: "the test `{name}` expects nothing",
        label: "il réussit toujours", "it always passes",
        help: "ajoutez une ligne `attendu …`", "add a line `expect …`",
    }
}

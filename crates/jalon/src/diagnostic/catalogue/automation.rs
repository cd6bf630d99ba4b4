//! What stands around rules: `E05xx`, `W05xx`, `N05xx`; up to 39 from the parser, from 40 from `check`.

use super::{Code, Severity, Text, codes};

codes! { AUTOMATION;
    /// A dependency that names one field only.
    MISSING_PARENT = "E0501" Error {
        fr: "`{name}` ne dit pas de quel champ il dépend",
        en: "`{name}` does not say which field it depends on",
        label: "`X selon Y` est attendu", "`X by Y` is expected",
        help: "écrivez `dépendance Région selon Département sur Prospects`",
              "write `dependency Region by Department on Leads`",
    }
    /// A line of a dependency that is none.
    NO_DEPENDENCY_LINE = "E0502" Error {
        fr: "cette ligne ne dit pas quelles valeurs vont ensemble",
        en: "this line does not say which values go together",
        label: "un deux-points et des valeurs de chaque côté sont attendus",
               "a colon with values on both sides is expected",
        help: "écrivez `06, 83, 13 : Côte-Azur` : des valeurs de l'un, puis celles que l'autre peut alors prendre",
              "write `06, 83, 13 : South`: values of the one, then those that the other may have",
    }
    /// A line of a calendar that is none.
    UNKNOWN_CALENDAR_LINE = "E0503" Error {
        fr: "`{name}` n'est pas une ligne de calendrier",
        en: "`{name}` is not a line of a calendar",
        label: "des jours et des heures sont attendus", "days and hours are expected",
        help: "écrivez `lundi à vendredi 09:00-19:00`, `dimanche fermé`, `2026-12-24 09:00-12:00`, `fériés France`, `semaine commence lundi` ou `exercice commence avril`",
              "write `Monday to Friday 09:00-19:00`, `Sunday closed`, `2026-12-24 09:00-12:00`, `holidays France`, `week starts Monday` or `fiscal year starts April`",
    }
    /// Hours that cannot be read.
    UNREADABLE_HOURS = "E0504" Error {
        fr: "ces heures ne se lisent pas : `{name}`",
        en: "these hours cannot be read: `{name}`",
        label: "deux heures séparées par un tiret sont attendues", "two times with a dash between are expected",
        help: "écrivez `09:00-12:00, 14:00-19:00`, ou `fermé`", "write `09:00-12:00, 14:00-19:00`, or `closed`",
    }
    /// A day of the week that is none.
    UNKNOWN_WEEKDAY = "E0505" Error {
        fr: "`{name}` n'est pas un jour de la semaine",
        en: "`{name}` is not a day of the week",
        label: "un jour comme `lundi` est attendu", "a day such as `Monday` is expected",
    }
    /// A month that is none.
    UNKNOWN_MONTH = "E0506" Error {
        fr: "`{name}` n'est pas un mois",
        en: "`{name}` is not a month",
        label: "un mois comme `avril` est attendu", "a month such as `April` is expected",
    }
    /// A rate that cannot be read.
    UNREADABLE_RATE = "E0507" Error {
        fr: "`{name}` ne donne pas un taux",
        en: "`{name}` gives no rate",
        label: "une devise et un nombre sont attendus", "a currency and a number are expected",
        help: "sous `devises EUR`, `USD 1,17` veut dire que 1 EUR vaut 1,17 USD",
              "under `currencies EUR`, `USD 1.17` means that 1 EUR is 1.17 USD",
    }
    /// A schedule that does not say when.
    MISSING_RECURRENCE = "E0508" Error {
        fr: "`{name}` ne dit pas quand",
        en: "`{name}` does not say when",
        label: "la suite manque", "the rest is missing",
        help: "écrivez `planification \"E-mails\" chaque jour à 19:00 sauf samedi, dimanche`",
              "write `schedule \"Emails\" every day at 19:00 except Saturday, Sunday`",
    }
    /// A line of a schedule that is none.
    NO_SCHEDULE_LINE = "E0509" Error {
        fr: "`{name}` n'est pas une clause de planification",
        en: "`{name}` is not a clause of a schedule",
        label: "clause inconnue", "unknown clause",
        help: "les clauses sont `au plus 400 Prospects`, `triés par Créé le`, puis `si …` ; les actions viennent après `alors`",
              "the clauses are `at most 400 Leads`, `sorted by Created at`, then `if …`; the actions come after `then`",
    }
    /// A line of a webhook that is none.
    NO_WEBHOOK_LINE = "E0510" Error {
        fr: "`{name}` ne commence pas une ligne de webhook",
        en: "`{name}` does not begin a line of a webhook",
        label: "ligne inconnue", "unknown line",
        help: "les lignes sont `POST https://…`, `en-tête Authorization, \"…\"`, `paramètre X, xml \"…\"` et `corps json \"…\"`",
              "the lines are `POST https://…`, `header Authorization, \"…\"`, `parameter X, xml \"…\"` and `body json \"…\"`",
    }
    /// A webhook without an address.
    MISSING_REQUEST = "E0511" Error {
        fr: "`{name}` ne dit pas à quelle adresse",
        en: "`{name}` does not say at which address",
        label: "une adresse est attendue", "an address is expected",
        help: "ajoutez une ligne `POST https://exemple.fr/envoi`", "add a line `POST https://example.com/send`",
    }
    /// A header or a parameter that is not a name and one value.
    NAME_AND_VALUE = "E0512" Error {
        fr: "un nom, une virgule et une seule valeur sont attendus",
        en: "a name, a comma and one value are expected",
        label: "ici", "here",
        help: "écrivez `paramètre XmlMsg, xml \"…\"` ; une valeur qui contient une virgule se met entre guillemets",
              "write `parameter XmlMsg, xml \"…\"`; a value that holds a comma goes in quotes",
    }
    /// A channel that there is not.
    UNKNOWN_CHANNEL = "E0513" Error {
        fr: "`{name}` n'est pas un canal",
        en: "`{name}` is not a channel",
        label: "`e-mail`, `alerte` ou `webhook` et un nom sont attendus",
               "`email`, `alert` or `webhook` and a name are expected",
    }
    /// A limit of a guard that cannot be read.
    UNREADABLE_QUOTA = "E0514" Error {
        fr: "`{name}` n'est pas une clause de garde",
        en: "`{name}` is not a clause of a guard",
        label: "`au plus 2 par 7 jours` est attendu", "`at most 2 per 7 days` is expected",
        help: "écrivez `garde e-mail sur Prospects, au plus 2 par 7 jours, si …`",
              "write `guard email on Leads, at most 2 per 7 days, if …`",
    }
    /// A way of chaining that there is not.
    UNKNOWN_CHAINING = "E0515" Error {
        fr: "`{name}` ne dit pas comment les règles s'enchaînent",
        en: "`{name}` does not say how rules set each other off",
        label: "`une fois`, `aucun` ou `profondeur 5` est attendu", "`once`, `none` or `depth 5` is expected",
    }
    /// A stage that there is not.
    UNKNOWN_STAGE = "E0516" Error {
        fr: "`{name}` n'est pas une étape",
        en: "`{name}` is not a stage",
        label: "étape inconnue", "unknown stage",
        help: "les étapes sont validation, affectation, workflow, score, approbation et parcours",
              "the stages are validation, assignment, workflow, score, approval and blueprint",
    }
    /// Something after the message of a validation.
    TEXT_AFTER_MESSAGE = "E0517" Error {
        fr: "texte inattendu après le message",
        en: "unexpected text after the message",
        label: "le message vient en dernier", "the message comes last",
    }
    /// What follows the name of a calendar and is no zone.
    EXPECTED_ZONE = "E0518" Error {
        fr: "`{name}` n'est pas une clause de calendrier",
        en: "`{name}` is not a clause of a calendar",
        label: "`fuseau Europe/Paris` est attendu", "`zone Europe/Paris` is expected",
    }
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
    /// What may be declared once.
    DECLARED_TWICE = "E0540" Error {
        fr: "`{name}` : ceci se déclare une seule fois",
        en: "`{name}`: this is declared once only",
        label: "encore ici", "again here",
    }
    /// A field of a dependency that is no list.
    NOT_A_LIST = "E0541" Error {
        fr: "`{name}` n'est pas une liste",
        en: "`{name}` is not a picklist",
        label: "de type `{type}`", "of type `{type}`",
        help: "une dépendance relie deux champs de type `liste`", "a dependency joins two fields of type `picklist`",
    }
    /// A dependent field of another record.
    OTHER_RECORD_CHILD = "E0542" Error {
        fr: "`{name}` est un champ d'une autre fiche",
        en: "`{name}` is a field of another record",
        label: "le champ qui dépend est de la fiche elle-même", "the field that depends is one of the record itself",
    }
    /// A field that depends on itself.
    DEPENDS_ON_ITSELF = "E0543" Error {
        fr: "`{name}` dépend de lui-même",
        en: "`{name}` depends on itself",
        label: "un autre champ est attendu", "another field is expected",
    }
    /// A value of the parent on two lines.
    PARENT_VALUE_TWICE = "E0544" Error {
        fr: "`{value}` est dit deux fois",
        en: "`{value}` is said twice",
        label: "quelles valeurs vont avec ?", "which values go with it?",
        help: "réunissez les deux lignes", "make one of the two lines",
    }
    /// A second calendar of a name.
    CALENDAR_TWICE = "E0545" Error {
        fr: "le calendrier `{name}` est déclaré deux fois",
        en: "the calendar `{name}` is declared twice",
        label: "ce nom est déjà pris", "this name is already taken",
    }
    /// A zone that is none.
    UNKNOWN_ZONE = "E0546" Error {
        fr: "fuseau horaire inconnu `{name}`",
        en: "unknown time zone `{name}`",
        label: "un nom comme `Europe/Paris` est attendu", "a name such as `Europe/Paris` is expected",
    }
    /// A list of holidays that is none.
    UNKNOWN_HOLIDAYS = "E0547" Error {
        fr: "jours fériés inconnus : `{name}`",
        en: "unknown holidays: `{name}`",
        label: "ni une date, ni une liste connue", "neither a date nor a known list",
        help: "listes connues : {known} ; une date s'écrit `2026-12-24`",
              "known lists: {known}; a date is written `2026-12-24`",
    }
    /// Hours that are none.
    NOT_HOURS = "E0548" Error {
        fr: "`{from}-{to}` ne donne pas deux heures",
        en: "`{from}-{to}` is not two times of day",
        label: "des heures comme `09:00-12:30` sont attendues", "times such as `09:00-12:30` are expected",
    }
    /// Hours that end before they begin.
    HOURS_REVERSED = "E0549" Error {
        fr: "ces heures finissent avant de commencer : `{from}-{to}`",
        en: "these hours end before they begin: `{from}-{to}`",
        label: "la fin vient après le début", "the end comes after the beginning",
        help: "au-delà de minuit, écrivez deux plages : `22:00-24:00` un jour et `00:00-06:00` le suivant",
              "past midnight, write two spans: `22:00-24:00` on one day and `00:00-06:00` on the next",
    }
    /// Hours that overlap.
    HOURS_OVERLAP = "E0550" Error {
        fr: "ces heures en recouvrent d'autres du même jour",
        en: "these hours overlap others of the same day",
        label: "déjà dit", "already said",
    }
    /// A calendar without an open day.
    NEVER_OPEN = "E0551" Error {
        fr: "ce calendrier n'ouvre jamais",
        en: "this calendar is never open",
        label: "donnez les heures d'un jour au moins", "give the hours of at least one day",
    }
    /// A currency code that is none.
    NOT_A_CURRENCY = "E0552" Error {
        fr: "`{name}` n'est pas un code de devise",
        en: "`{name}` is not a currency code",
        label: "trois lettres sont attendues, comme `EUR`", "three letters are expected, such as `EUR`",
    }
    /// A rate that is not positive.
    RATE_NOT_POSITIVE = "E0553" Error {
        fr: "`{value}` n'est pas un taux",
        en: "`{value}` is not a rate",
        label: "un taux est un nombre supérieur à zéro", "a rate is a number above zero",
    }
    /// A currency with two rates.
    CURRENCY_TWICE = "E0554" Error {
        fr: "la devise `{name}` a déjà un taux",
        en: "the currency `{name}` has a rate already",
        label: "encore ici", "again here",
    }
    /// A conversion where no currency is declared.
    NO_CURRENCIES = "E0576" Error {
        fr: "aucune devise n'est déclarée pour `{name}`",
        en: "no currency is declared for `{name}`",
        label: "les taux manquent", "the rates are missing",
        help: "déclarez-les : une ligne `devises EUR`, puis un taux par ligne, comme `USD 1,17`",
              "declare them: a line `currencies EUR`, then a rate a line, such as `USD 1.17`",
    }
    /// A currency without a rate.
    UNKNOWN_CURRENCY = "E0577" Error {
        fr: "devise inconnue `{name}`",
        en: "unknown currency `{name}`",
        label: "ni une devise déclarée, ni un champ", "neither a declared currency nor a field",
        help: "devises déclarées : {known}", "declared currencies: {known}",
    }
    /// A second schedule of a name.
    SCHEDULE_TWICE = "E0555" Error {
        fr: "la planification `{name}` est déclarée deux fois",
        en: "the schedule `{name}` is declared twice",
        label: "ce nom est déjà pris", "this name is already taken",
    }
    /// A recurrence that cannot be read.
    BAD_RECURRENCE = "E0556" Error {
        fr: "{why_fr}",
        en: "{why_en}",
        label: "cette récurrence ne se lit pas", "this recurrence cannot be read",
        help: "écrivez par exemple `chaque jour à 19:00 sauf samedi, dimanche` ou `chaque semaine le lundi à 9h`",
              "write for example `every day at 19:00 except Saturday, Sunday` or `every week on Monday at 9:00`",
    }
    /// A field that records cannot be sorted by.
    NOT_SORTABLE = "E0557" Error {
        fr: "on ne trie pas par `{name}`",
        en: "records are not sorted by `{name}`",
        label: "de type `{type}`", "of type `{type}`",
        help: "triez par un texte, une liste, un nombre, une case ou une date", "sort by a text, a picklist, a number, a checkbox or a date",
    }
    /// An address that is none.
    NOT_AN_ADDRESS = "E0558" Error {
        fr: "`{name}` n'est pas une adresse",
        en: "`{name}` is not an address",
        label: "`https://`, un hôte et aucun espace sont attendus", "`https://`, a host and no space are expected",
    }
    /// A header name that is none.
    BAD_HEADER = "E0559" Error {
        fr: "`{name}` n'est pas un nom d'en-tête",
        en: "`{name}` is not the name of a header",
        label: "des lettres, des chiffres et des tirets, sans espace ni accent", "letters, digits and dashes, no space and no accent",
    }
    /// A header that is given twice.
    HEADER_TWICE = "E0560" Error {
        fr: "l'en-tête `{name}` est donné deux fois",
        en: "the header `{name}` is given twice",
        label: "encore ici", "again here",
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
    /// A rate of the main currency.
    MAIN_HAS_NO_RATE = "E0572" Error {
        fr: "`{name}` est la devise principale",
        en: "`{name}` is the main currency",
        label: "elle n'a pas de taux", "it has no rate",
    }
    /// A date of a test that is none.
    NOT_A_FIXED_DATE = "E0573" Error {
        fr: "`{value}` n'est pas une date",
        en: "`{value}` is not a date",
        label: "une date comme `2026-06-30` ou `2026-06-30 à 10h30` est attendue",
               "a date such as `2026-06-30` or `2026-06-30 at 10:30` is expected",
    }
    /// A webhook of one module that rules of another call.
    CALLED_ELSEWHERE = "E0574" Error {
        fr: "des règles d'autres modules appellent ce webhook de `{name}` : {known}",
        en: "rules of other modules call this webhook of `{name}`: {known}",
        label: "ses champs sont ceux de ce module", "its fields are those of this module",
        help: "ôtez le module pour que ses textes se lisent sur la fiche de chaque règle, ou écrivez un webhook par module",
              "drop the module so that its texts are read on the record of each rule, or write one webhook for each module",
    }
    /// A declaration without lines.
    NOTHING_SAID = "W0540" Warning {
        fr: "cette déclaration ne dit rien",
        en: "this declaration says nothing",
        label: "ses lignes manquent", "its lines are missing",
    }
    /// A value that no line allows.
    NEVER_ALLOWED = "W0541" Warning {
        fr: "aucune ligne ne permet ces valeurs de `{name}` : {values}",
        en: "no line allows these values of `{name}`: {values}",
        label: "possibles seulement là où aucune ligne ne nomme la valeur de `{parent}`",
               "possible only where no line names the value of `{parent}`",
    }
    /// A stage that the pipeline leaves out.
    MISSING_STAGE = "W0542" Warning {
        fr: "ces étapes manquent et n'auront pas lieu : {known_fr}",
        en: "these stages are missing and will not take place: {known_en}",
        label: "étapes à ajouter", "stages to add",
    }
    /// A body that `GET` does not send.
    BODY_NOT_SENT = "W0543" Warning {
        fr: "une requête `GET` n'envoie pas de corps",
        en: "a `GET` request sends no body",
        label: "ce texte sera ignoré par la plupart des serveurs", "most servers will ignore this text",
        help: "utilisez `POST`, ou des lignes `paramètre`", "use `POST`, or lines `parameter`",
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
    /// A webhook that no rule calls.
    UNCALLED_WEBHOOK = "N0540" Note {
        fr: "aucune règle n'appelle le webhook `{name}` : ses textes n'ont pas pu être vérifiés",
        en: "no rule calls the webhook `{name}`: its texts could not be verified",
        help: "écrivez `webhook {name} sur` et un module pour les vérifier", "write `webhook {name} on` and a module to verify them",
    }
}

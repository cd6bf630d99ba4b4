//! Blueprints: `E06xx`, `W06xx`, `N06xx`; up to 39 from the parser, from 40 from `check`.

use super::{Code, FixTitle, Severity, Text, codes};

/// The fix that adds a value to the declaration of a list.
pub static ADD_VALUE: FixTitle = FixTitle(Text {
    fr: "ajouter `{new}` à la liste `{field}`",
    en: "add `{new}` to the list `{field}`",
});
/// The fix that adds a state to a blueprint.
pub static ADD_STATE: FixTitle =
    FixTitle(Text { fr: "ajouter `{new}` aux états", en: "add `{new}` to the states" });
/// The fix that opens a part of a transition.
pub static PUT_ABOVE: FixTitle =
    FixTitle(Text { fr: "mettre `{new}` au-dessus", en: "put `{new}` above" });
/// The fix that ends a blueprint in a state.
pub static MAKE_END: FixTitle =
    FixTitle(Text { fr: "en faire une fin : `{new}`", en: "make it an end: `{new}`" });

codes! { BLUEPRINT;
    /// A line of a blueprint that is none.
    UNKNOWN_BLUEPRINT_LINE = "E0601" Error {
        fr: "`{name}` ne commence pas une ligne de parcours",
        en: "`{name}` does not begin a line of a blueprint",
        label: "ligne inconnue", "unknown line",
        help: "un parcours s'écrit avec `entrée si`, `états`, `gagné`, `perdu`, `final`, `état`, `défaut`, `délai`, `transition` et, sous une transition, `avant`, `pendant`, `après`",
              "a blueprint is written with `entry if`, `states`, `won`, `lost`, `final`, `state`, `default`, `deadline`, `transition` and, under a transition, `before`, `during`, `after`",
    }
    /// A blueprint without the field that holds the state.
    MISSING_STATE_FIELD = "E0602" Error {
        fr: "`{name}` ne dit pas quel champ porte l'état",
        en: "`{name}` does not say which field holds the state",
        label: "`, champ …` manque", "`, field …` is missing",
        help: "écrivez `parcours \"Ventes\" sur Affaires, champ Étape`", "write `blueprint \"Sales\" on Deals, field Stage`",
    }
    /// An option in the head of a blueprint that is none.
    UNKNOWN_BLUEPRINT_OPTION = "E0603" Error {
        fr: "`{name}` n'est pas une option de parcours",
        en: "`{name}` is not an option of a blueprint",
        label: "`champ …`, `inactif` ou `continu` est attendu", "`field …`, `inactive` or `continuous` is expected",
    }
    /// `avant` where there is no transition.
    OUTSIDE_TRANSITION = "E0604" Error {
        fr: "`{name}` doit être sous une transition",
        en: "`{name}` belongs under a transition",
        label: "aucune transition au-dessus", "no transition above",
    }
    /// A line of a part of a transition somewhere else.
    OUTSIDE_SECTION = "E0605" Error {
        fr: "`{name}` doit être sous `{section}`",
        en: "`{name}` belongs under `{section}`",
        label: "pas ici", "not here",
        help: "une transition a trois parties, chacune sous son mot : `avant`, `pendant`, `après`",
              "a transition has three parts, each under its word: `before`, `during`, `after`",
    }
    /// An action that is not under `après`.
    ACTION_OUTSIDE_AFTER = "E0606" Error {
        fr: "une action doit être sous `{section}`",
        en: "an action belongs under `{section}`",
        label: "`{section}` manque au-dessus de `{name}`", "`{section}` is missing above `{name}`",
    }
    /// A transition that does not say where it leads.
    NO_ROUTE = "E0607" Error {
        fr: "`{name}` ne dit pas où elle mène",
        en: "`{name}` does not say where it leads",
        label: "`de A vers B` est attendu", "`from A to B` is expected",
        help: "écrivez `transition \"Relire\" de Devis vers Relecture`, ou `transition commune \"Perdre\" vers Perdu`",
              "write `transition \"Review\" from Quote to Review`, or `common transition \"Lose\" to Lost`",
    }
    /// A route that cannot be read.
    UNREADABLE_ROUTE = "E0608" Error {
        fr: "ce chemin ne se lit pas : `{name}`",
        en: "this route cannot be read: `{name}`",
        label: "`de A vers B` est attendu", "`from A to B` is expected",
        help: "écrivez `de A, B vers C` ; d'une transition commune `vers C`, `vers C, depuis A, B` ou `vers C, sauf depuis D`",
              "write `from A, B to C`; of a common transition `to C`, `to C, from A, B` or `to C, except from D`",
    }
    /// `vers C` without `de` in a transition that is not common.
    NO_ORIGIN = "E0609" Error {
        fr: "`{name}` ne dit pas d'où part la transition",
        en: "`{name}` does not say where the transition begins",
        label: "`de A` manque", "`from A` is missing",
        help: "écrivez `de A vers C`, ou `transition commune` si elle part de tous les états",
              "write `from A to C`, or `common transition` if it leaves every state",
    }
    /// `de A vers C` in a common transition.
    COMMON_FROM = "E0610" Error {
        fr: "une transition commune commence par sa cible",
        en: "a common transition begins with its target",
        label: "`vers …` est attendu", "`to …` is expected",
        help: "écrivez `vers C, depuis A, B` ou `vers C, sauf depuis D`", "write `to C, from A, B` or `to C, except from D`",
    }
    /// Too many readings of a route.
    TOO_MANY_ROUTES = "E0611" Error {
        fr: "ce chemin se lit de trop de façons",
        en: "this route can be read in too many ways",
        label: "mettez les noms entre guillemets", "put the names in quotes",
    }
    /// An automatic transition without its delay.
    MISSING_DELAY = "E0612" Error {
        fr: "`{name}` ne dit pas après combien de temps",
        en: "`{name}` does not say after how long",
        label: "`après 2 jours` manque à la fin", "`after 2 days` is missing at the end",
        help: "écrivez `transition automatique \"Relance\" de Devis vers Perdu après 2 jours`",
              "write `automatic transition \"Give up\" from Quote to Lost after 2 days`",
    }
    /// A deadline that does not say how long.
    UNREADABLE_DEADLINE = "E0613" Error {
        fr: "ce délai ne dit pas combien de temps",
        en: "this deadline does not say how long",
        label: "une durée manque", "a length of time is missing",
        help: "écrivez `délai Relecture, 3 jours ouvrés, rappel 1 jour avant, escalade rôle \"Directeur\"`",
              "write `deadline Review, 3 business days, reminder 1 day before, escalation role \"Director\"`",
    }
    /// A part of a deadline that is none.
    UNKNOWN_DEADLINE_PART = "E0614" Error {
        fr: "`{name}` n'est pas une partie d'un délai",
        en: "`{name}` is not a part of a deadline",
        label: "une durée, `calendrier`, `rappel` ou `escalade` est attendu", "a length of time, `calendar`, `reminder` or `escalation` is expected",
    }
    /// A reminder without its time.
    UNREADABLE_REMINDER = "E0615" Error {
        fr: "`{name}` ne dit pas combien de temps avant",
        en: "`{name}` does not say how long before",
        label: "`rappel 1 jour avant` est attendu", "`reminder 1 day before` is expected",
    }
    /// An escalation that tells nobody.
    NOBODY_TOLD = "E0616" Error {
        fr: "`{name}` ne prévient personne",
        en: "`{name}` tells nobody",
        label: "qui faut-il prévenir ?", "who is to be told?",
        help: "écrivez `escalade rôle \"Directeur\"` ou `escalade 2 jours après utilisateur Alice`",
              "write `escalation role \"Director\"` or `escalation 2 days after user Alice`",
    }
    /// An option of a state that is none.
    UNKNOWN_STATE_OPTION = "E0617" Error {
        fr: "`{name}` n'est pas une option d'état",
        en: "`{name}` is not an option of a state",
        label: "`ouvert`, `fermé`, `gagné`, `perdu`, `final`, `défaut`, `probabilité 20 %` ou `libellé en \"…\"` est attendu",
               "`open`, `closed`, `won`, `lost`, `final`, `default`, `probability 20%` or `label en \"…\"` is expected",
        help: "plusieurs états s'écrivent `états A, B`", "several states are written `states A, B`",
    }
    /// A child that belongs to no parallel transition.
    CHILD_WITHOUT_PARENT = "E0618" Error {
        fr: "`{name}` doit être sous une transition parallèle",
        en: "`{name}` belongs under a parallel transition",
        label: "aucune au-dessus", "none above",
    }
    /// A parallel transition without children.
    NO_CHILDREN = "E0619" Error {
        fr: "il faut des enfants à une transition parallèle",
        en: "a parallel transition needs children",
        label: "aucun dessous", "none below",
        help: "écrivez dessous `enfant \"Juridique\"`, `enfant \"Finance\"` : elle est faite quand tous le sont",
              "write below `child \"Legal\"`, `child \"Finance\"`: it is done when all of them are",
    }
    /// Something behind `avant`, `pendant` or `après`, or behind an answer of an approval.
    SECTION_ALONE = "E0620" Error {
        fr: "`{name}` doit être sur sa propre ligne",
        en: "`{name}` belongs on a line of its own",
        label: "à écrire dessous", "to be written below",
    }
    /// A word with nothing behind it.
    NOTHING_GIVEN = "E0621" Error {
        fr: "rien ne suit `{name}`",
        en: "nothing follows `{name}`",
        label: "incomplet", "incomplete",
    }
    /// Two criteria of one transition or approval.
    SECOND_CRITERION = "E0622" Error {
        fr: "il y a déjà une condition",
        en: "there is a condition already",
        label: "encore `si`", "`if` again",
        help: "joignez les deux critères par `ET` ou `OU`", "join the two criteria with `AND` or `OR`",
    }
    /// Something behind `note` or `pièce jointe`.
    REQUIRED_OR_OPTIONAL = "E0623" Error {
        fr: "`{name}` ne dit pas si c'est obligatoire",
        en: "`{name}` does not say whether it is required",
        label: "`obligatoire` ou `facultatif` est attendu", "`required` or `optional` is expected",
    }
    /// A state field that is no list.
    STATE_FIELD_NO_LIST = "E0640" Error {
        fr: "`{name}` ne peut pas porter l'état d'un parcours",
        en: "`{name}` cannot hold the state of a blueprint",
        label: "de type `{type}` ; un champ de type `liste` est attendu", "of type `{type}`; a field of type `picklist` is expected",
    }
    /// A state that the list does not have.
    UNDECLARED_STATE = "E0641" Error {
        fr: "`{name}` n'est pas une valeur de `{field}`",
        en: "`{name}` is not a value of `{field}`",
        label: "valeurs : {known}", "values: {known}",
    }
    /// A name that is no state of the blueprint.
    UNKNOWN_STATE = "E0642" Error {
        fr: "`{name}` n'est pas un état de ce parcours",
        en: "`{name}` is not a state of this blueprint",
        label: "états : {known}", "states: {known}",
    }
    /// A route that the states part in two ways.
    TWO_ROUTES = "E0643" Error {
        fr: "ce chemin se lit de plusieurs façons : {known}",
        en: "this route can be read in several ways: {known}",
        label: "les états permettent chacune", "the states allow each of them",
        help: "mettez les noms entre guillemets", "put the names in quotes",
    }
    /// Two roles that one state cannot have together.
    ROLES_CLASH = "E0644" Error {
        fr: "`{name}` ne peut pas avoir ces deux rôles",
        en: "`{name}` cannot have both roles",
        label: "`{role}` contredit ce qui précède", "`{role}` contradicts what came before",
    }
    /// Two default states.
    TWO_DEFAULTS = "E0645" Error {
        fr: "deux états par défaut",
        en: "two default states",
        label: "encore un", "another one",
    }
    /// A probability that is none.
    BAD_PROBABILITY = "E0646" Error {
        fr: "`{value}` n'est pas une probabilité",
        en: "`{value}` is not a probability",
        label: "un nombre de 0 à 100 est attendu", "a number from 0 to 100 is expected",
    }
    /// A blueprint without states.
    NO_STATES = "E0647" Error {
        fr: "le parcours `{name}` n'a pas d'état",
        en: "the blueprint `{name}` has no state",
        label: "`états A, B` manque", "`states A, B` is missing",
    }
    /// Two deadlines of one state.
    DEADLINE_TWICE = "E0648" Error {
        fr: "`{name}` a deux délais",
        en: "`{name}` has two deadlines",
        label: "encore un", "another one",
    }
    /// A calendar that is not declared.
    UNKNOWN_CALENDAR = "E0649" Error {
        fr: "le calendrier `{name}` n'est pas déclaré",
        en: "the calendar `{name}` is not declared",
        label: "calendrier inconnu", "unknown calendar",
    }
    /// A transition that leaves an end.
    END_LEFT = "E0650" Error {
        fr: "`{name}` est une fin : rien n'en part",
        en: "`{name}` is an end: nothing leaves it",
        label: "une fin", "an end",
        help: "ôtez-la d'ici, ou faites-en un état ordinaire", "take it away here, or make it an ordinary state",
    }
    /// Two transitions of one name from one state.
    TRANSITION_TWICE = "E0651" Error {
        fr: "deux transitions `{name}` partent de `{state}`",
        en: "two transitions `{name}` leave `{state}`",
        label: "même nom", "same name",
    }
    /// No field says who owns a record.
    NO_OWNER_FIELD = "E0652" Error {
        fr: "aucun champ de `{module}` ne dit à qui est une fiche",
        en: "no field of `{module}` says whose a record is",
        label: "le propriétaire est le seul champ de type `utilisateur`", "the owner is the only field of type `user`",
    }
    /// Several fields may say who owns a record.
    SEVERAL_OWNER_FIELDS = "E0653" Error {
        fr: "plusieurs champs de `{module}` sont des utilisateurs : {known}",
        en: "several fields of `{module}` are users: {known}",
        label: "lequel est propriétaire ?", "which of them is the owner?",
    }
    /// The state field among those to be given.
    STATE_ASKED = "E0654" Error {
        fr: "`{name}` porte l'état : la transition le change elle-même",
        en: "`{name}` holds the state: the transition changes it itself",
        label: "à ne pas demander", "not to be asked for",
    }
    /// An action of a transition that writes the state.
    STATE_WRITTEN = "E0655" Error {
        fr: "`{name}` porte l'état du parcours `{blueprint}` : cette écriture serait refusée",
        en: "`{name}` holds the state of the blueprint `{blueprint}`: this write would be refused",
        label: "la transition vient de le fixer", "the transition has just set it",
    }
    /// A second blueprint of a name.
    BLUEPRINT_TWICE = "E0656" Error {
        fr: "un autre parcours s'appelle `{name}`",
        en: "another blueprint is called `{name}`",
        label: "même nom", "same name",
    }
    /// An automatic transition that asks somebody for something.
    AUTOMATIC_ASKS = "E0657" Error {
        fr: "la transition automatique `{name}` ne peut rien demander à personne",
        en: "the automatic transition `{name}` can ask nobody for anything",
        label: "ni propriétaires, ni champs, ni messages", "no owners, no fields, no messages",
        help: "gardez `si`, `valider` et `après`", "keep `if`, `validate` and `after`",
    }
    /// A blueprint beyond all measure.
    BLUEPRINT_TOO_LARGE = "E0658" Error {
        fr: "ce parcours est trop grand",
        en: "this blueprint is too large",
        label: "au plus 200 états et 1 000 transitions", "at most 200 states and 1,000 transitions",
    }
    /// A state that no transition leads to.
    UNREACHABLE_STATE = "W0640" Warning {
        fr: "aucune transition ne mène à `{name}`",
        en: "no transition leads to `{name}`",
        label: "jamais atteint depuis `{state}`", "never reached from `{state}`",
    }
    /// A state without a way out that is no end.
    DEAD_END = "W0641" Warning {
        fr: "aucune transition ne part de `{name}`, qui n'est pas une fin",
        en: "no transition leaves `{name}`, which is no end",
        label: "les fiches y restent", "records stay here",
    }
    /// A transition that can never be offered.
    NEVER_OFFERED = "W0642" Warning {
        fr: "la transition `{name}` n'est jamais offerte",
        en: "the transition `{name}` is never offered",
        label: "contredit les états d'où elle part : {known}", "contradicts the states that it leaves: {known}",
    }
    /// A common transition whose exceptions leave it no state.
    LEAVES_NOTHING = "W0653" Warning {
        fr: "la transition `{name}` ne part d'aucun état",
        en: "the transition `{name}` leaves no state",
        label: "tous les autres états sont des fins ou exclus", "all other states are ends or excepted",
    }
    /// A transition whose criterion contradicts itself.
    CONTRARY_CRITERIA = "W0652" Warning {
        fr: "la transition `{name}` n'est jamais offerte",
        en: "the transition `{name}` is never offered",
        label: "ne peut pas tenir avec `{other}`", "cannot hold together with `{other}`",
        help: "si l'un ou l'autre suffit, joignez-les par `OU`", "if either is enough, join them with `OR`",
    }
    /// Two blueprints that take the same records.
    BLUEPRINTS_OVERLAP = "W0643" Warning {
        fr: "le parcours `{other}` prend les mêmes fiches et vient d'abord : `{name}` ne gouverne rien",
        en: "the blueprint `{other}` takes the same records and comes first: `{name}` governs nothing",
        label: "vient trop tard", "comes too late",
        help: "changez leur ordre, leur `entrée si`, ou rendez l'un `inactif`",
              "change their order, their `entry if`, or make one `inactive`",
    }
    /// Business time without a calendar.
    NO_CALENDAR = "W0644" Warning {
        fr: "ce délai compte en temps ouvré, et aucun calendrier n'est déclaré",
        en: "this deadline counts business time, and no calendar is declared",
        label: "du lundi au vendredi, sans jours fériés", "Monday to Friday, without holidays",
        help: "déclarez `calendrier Siège` et ses heures", "declare `calendar Office` and its hours",
    }
    /// A field that is asked for and then overwritten.
    GIVEN_OVERWRITTEN = "W0645" Warning {
        fr: "`{name}` est demandé puis remplacé",
        en: "`{name}` is asked for and then replaced",
        label: "ce qui a été saisi est perdu", "what was given is lost",
    }
    /// A state that is declared twice.
    STATE_TWICE = "W0646" Warning {
        fr: "l'état `{name}` est déclaré deux fois",
        en: "the state `{name}` is declared twice",
        label: "encore", "again",
    }
    /// A deadline of an end.
    DEADLINE_AT_END = "W0647" Warning {
        fr: "`{name}` est une fin : son délai ne sert à rien",
        en: "`{name}` is an end: its deadline serves nothing",
        label: "une fin", "an end",
    }
    /// A field that is asked for twice.
    ASKED_TWICE = "W0648" Warning {
        fr: "`{name}` est demandé deux fois",
        en: "`{name}` is asked for twice",
        label: "encore", "again",
    }
    /// A rule that writes the state of a blueprint.
    PLAIN_STATE_WRITE = "W0649" Warning {
        fr: "`{name}` porte l'état du parcours `{blueprint}` : cette écriture sera refusée tant que la fiche y est",
        en: "`{name}` holds the state of the blueprint `{blueprint}`: this write will be refused while the record is in it",
        label: "écriture simple", "plain write",
        help: "ajoutez `forcer`, ou laissez une transition le changer", "add `force`, or let a transition change it",
    }
    /// A reminder before the state is entered.
    REMINDER_TOO_EARLY = "W0650" Warning {
        fr: "ce rappel vient avant le début du délai",
        en: "this reminder comes before the deadline begins",
        label: "plus long que le délai", "longer than the deadline",
    }
    /// An automatic transition in a process that is run through in one go.
    PAUSE_OF_TRANSITION = "W0654" Warning {
        fr: "le parcours `{blueprint}` est `continu`, et la transition automatique `{name}` attend",
        en: "the blueprint `{blueprint}` is `continuous`, and the automatic transition `{name}` waits",
        label: "une pause", "a pause",
        help: "celui qui est guidé n'est plus là : offrez-la-lui, ou ôtez `continu`",
              "who is led on is gone by then: offer it to them, or remove `continuous`",
    }
    /// A deadline of days in a process that is run through in one go.
    PAUSE_OF_STATE = "W0655" Warning {
        fr: "le parcours `{blueprint}` est `continu`, et l'on peut rester des jours dans `{name}`",
        en: "the blueprint `{blueprint}` is `continuous`, and one may stay in `{name}` for days",
        label: "une pause", "a pause",
        help: "comptez en minutes ou en heures, ou ôtez `continu`",
              "count minutes or hours, or remove `continuous`",
    }
    /// A blueprint without transitions.
    NO_TRANSITIONS = "W0651" Warning {
        fr: "le parcours `{name}` n'a pas de transition",
        en: "the blueprint `{name}` has no transition",
        label: "les fiches y restent où elles sont", "records stay where they are",
    }
}

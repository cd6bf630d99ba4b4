//! Blueprints: `E06xx`, `W06xx`, `N06xx`; up to 39 from the parser, from 40 from `check`.

use super::{Code, FixTitle, Severity, Text, codes};

/// `add to …`
pub static ADD_VALUE: FixTitle =
    FixTitle(Text { fr: "ajouter `{name}` à la liste", en: "add `{name}` to the list" });

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
        fr: "`{name}` se place sous une transition",
        en: "`{name}` stands under a transition",
        label: "aucune transition au-dessus", "no transition above",
    }
    /// A line of a part of a transition somewhere else.
    OUTSIDE_SECTION = "E0605" Error {
        fr: "`{name}` se place sous `{section}`",
        en: "`{name}` stands under `{section}`",
        label: "pas ici", "not here",
        help: "une transition a trois parties, chacune sous son mot : `avant`, `pendant`, `après`",
              "a transition has three parts, each under its word: `before`, `during`, `after`",
    }
    /// An action that is not under `après`.
    ACTION_OUTSIDE_AFTER = "E0606" Error {
        fr: "une action se place sous `{section}`",
        en: "an action stands under `{section}`",
        label: "`{section}` manque au-dessus de `{name}`", "`{section}` is missing above `{name}`",
    }
    /// A transition that does not say where it leads.
    NO_ROUTE = "E0607" Error {
        fr: "{name} ne dit pas où elle mène",
        en: "{name} does not say where it leads",
        label: "`de A vers B` est attendu", "`from A to B` is expected",
        help: "écrivez `transition \"Relire\" de Devis vers Relecture`, ou `transition commune \"Perdre\" vers Perdu`",
              "write `transition \"Review\" from Quote to Review`, or `common transition \"Lose\" to Lost`",
    }
    /// A route that cannot be read.
    UNREADABLE_ROUTE = "E0608" Error {
        fr: "ce chemin ne se lit pas : `{name}`",
        en: "this way cannot be read: `{name}`",
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
        en: "this way can be read in too many ways",
        label: "mettez les noms entre guillemets", "put the names in quotes",
    }
    /// An automatic transition without its delay.
    MISSING_DELAY = "E0612" Error {
        fr: "{name} ne dit pas après combien de temps",
        en: "{name} does not say after how long",
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
        fr: "`{name}` se place sous une transition parallèle",
        en: "`{name}` stands under a parallel transition",
        label: "aucune au-dessus", "none above",
    }
    /// A parallel transition without children.
    NO_CHILDREN = "E0619" Error {
        fr: "une transition parallèle a des enfants",
        en: "a parallel transition has children",
        label: "aucun dessous", "none below",
        help: "écrivez dessous `enfant \"Juridique\"`, `enfant \"Finance\"` : elle est faite quand tous le sont",
              "write below `child \"Legal\"`, `child \"Finance\"`: it is done when all of them are",
    }
    /// Something behind `avant`, `pendant` or `après`.
    SECTION_ALONE = "E0620" Error {
        fr: "`{name}` se place sur sa propre ligne",
        en: "`{name}` stands on its own line",
        label: "à écrire dessous", "to be written below",
    }
    /// A word with nothing behind it.
    NOTHING_GIVEN = "E0621" Error {
        fr: "rien ne suit `{name}`",
        en: "nothing follows `{name}`",
        label: "incomplet", "incomplete",
    }
    /// Two criteria of one transition.
    SECOND_CRITERION = "E0622" Error {
        fr: "une seconde condition",
        en: "a second condition",
        label: "encore `si`", "`if` again",
        help: "joignez les deux critères par `ET` ou `OU`", "join the two criteria with `AND` or `OR`",
    }
    /// Something behind `note` or `pièce jointe`.
    REQUIRED_OR_OPTIONAL = "E0623" Error {
        fr: "`{name}` ne dit pas si c'est obligatoire",
        en: "`{name}` does not say whether it is required",
        label: "`obligatoire` ou `facultatif` est attendu", "`required` or `optional` is expected",
    }
}

//! Doubts about a program as a whole, and what comments ask to ignore.

use super::{Code, FixTitle, Severity, Text, codes};

/// `remove W0801`
pub static REMOVE_CODE: FixTitle = FixTitle(Text { fr: "ôter `{new}`", en: "remove `{new}`" });

/// `remove the comment`
pub static REMOVE_COMMENT: FixTitle =
    FixTitle(Text { fr: "ôter le commentaire", en: "remove the comment" });

/// The rule at hand sets off another of the loop.
pub const STEP_OF_CYCLE: Text =
    Text { fr: "écrit ce que la suivante écoute", en: "writes what the next one listens to" };

/// A rule outside a loop that sets it off.
pub const ENTERS_CYCLE: Text = Text { fr: "entre dans la boucle", en: "enters the loop" };

/// The other of two values.
pub const LIKE_THIS: Text = Text { fr: "presque celle-ci", en: "almost this one" };

/// What a value is excluded by.
pub const GOES_WITH: Text =
    Text { fr: "la dépendance qui l'exclut", en: "the dependency that excludes it" };

codes! { LINT_PROGRAM;
    /// Rules that set each other off with values that stay.
    CYCLE_SETTLES = "N0830" Note {
        fr: "boucle de règles : {path} ; elle s'arrête d'elle-même",
        en: "loop of rules: {path}; it ends by itself",
        label: "la deuxième écriture ne change rien", "the second writing changes nothing",
    }
    /// Rules that set each other off, once for a record and an event.
    CYCLE_CUT = "N0831" Note {
        fr: "boucle de règles : {path} ; elle s'arrête",
        en: "loop of rules: {path}; it ends",
        label: "chaque règle agit une fois par fiche et par événement", "each rule acts once per record and event",
    }
    /// Rules that set each other off through one that acts once.
    CYCLE_ONLY_ONCE = "N0835" Note {
        fr: "boucle de règles : {path} ; elle s'arrête",
        en: "loop of rules: {path}; it ends",
        label: "une règle `une seule fois` en fait partie", "a rule `only once` is part of it",
    }
    /// Rules that set each other off until the depth of chaining is used up.
    CYCLE_TO_DEPTH = "W0832" Warning {
        fr: "boucle de règles : {path} ; elle peut tourner jusqu'à la limite",
        en: "loop of rules: {path}; it may go round until the limit",
        label: "arrêtée seulement par `enchaînement profondeur {depth}`", "stopped only by `chaining depth {depth}`",
        help: "écrivez `enchaînement une fois`, ou un critère que la boucle rend faux", "write `chaining once`, or a criterion that the loop makes false",
    }
    /// So many rules listen to what so many write that loops are not looked for.
    CYCLES_UNDECIDED = "N0836" Note {
        fr: "les boucles de règles n'ont pas été cherchées : trop de règles écoutent ce que d'autres écrivent",
        en: "loops of rules were not looked for: too many rules listen to what others write",
        label: "une écriture dans ce champ peut en déclencher {count}", "a write to this field may set off {count}",
        help: "faites écouter à chaque règle le champ dont elle dépend vraiment, ou partagez le champ", "let each rule listen to the field it really depends on, or part the field",
    }
    /// Rules that make records without end.
    CYCLE_CREATES = "W0833" Warning {
        fr: "boucle de règles : {path} ; elle peut ne jamais s'arrêter",
        en: "loop of rules: {path}; it may never end",
        label: "chaque tour crée une fiche, donc un nouvel événement", "each turn creates a record, hence a new event",
        help: "ajoutez un critère que la fiche créée ne satisfait pas", "add a criterion that the created record does not satisfy",
    }
    /// Rules that set each other off by timers.
    CYCLE_IN_TIME = "N0834" Note {
        fr: "boucle de règles : {path} ; elle reprend à chaque échéance",
        en: "loop of rules: {path}; it goes on each time a timer is due",
        label: "un tour par minuterie, tant que le critère tient", "one turn for each timer, as long as the criterion holds",
    }
    /// `+0 si …`
    NO_POINTS = "W0840" Warning {
        fr: "cette ligne donne zéro point",
        en: "this line gives zero points",
        label: "ne change jamais le total", "never changes the total",
    }
    /// `+10 si …, au plus 0`
    CAP_OF_NOTHING = "W0841" Warning {
        fr: "cette ligne est plafonnée à zéro",
        en: "this line is capped at zero",
        label: "ne change jamais le total", "never changes the total",
    }
    /// `groupe G, entre 0 et 0`
    GROUP_PINNED = "W0842" Warning {
        fr: "le groupe `{name}` vaut toujours {value}",
        en: "the group `{name}` is always {value}",
        label: "ses lignes ne changent rien", "its lines change nothing",
    }
    /// A score with limits that are one number.
    SCORE_PINNED = "W0843" Warning {
        fr: "le score `{name}` vaut toujours {value}",
        en: "the score `{name}` is always {value}",
        label: "ses lignes ne changent rien", "its lines change nothing",
    }
    /// Stars or a label beyond what a score can come to.
    NEVER_REACHED = "W0844" Warning {
        fr: "`{name}` est hors d'atteinte : il faut {value}, et le total ne dépasse jamais {most}",
        en: "`{name}` is out of reach: it takes {value}, and the total is never more than {most}",
        label: "au plus {most}", "at most {most}",
        help: "baissez ce seuil, ou relevez les points, les plafonds ou les limites", "lower this threshold, or raise points, caps or limits",
    }
    /// Stars or a label that every total is beyond.
    LEVEL_NEVER_SHOWN = "W0845" Warning {
        fr: "`{name}` n'est jamais donné : `{score}` vaut toujours au moins {least}, donc `{other}`",
        en: "`{name}` is never given: `{score}` is always at least {least}, hence `{other}`",
        label: "toujours dépassé", "always exceeded",
    }
    /// A rule that waits for a score to reach what it cannot.
    NEVER_CROSSED = "W0846" Warning {
        fr: "ce seuil n'est jamais franchi : `{name}` {how_fr} {value}",
        en: "this threshold is never crossed: `{name}` {how_en} {value}",
        label: "la règle n'agit jamais par là", "the rule never acts by this",
    }
    /// A criterion on a value that a dependency excludes.
    EXCLUDED_TESTED = "W0850" Warning {
        fr: "`{child}` n'est jamais {values} quand `{parent}` est {given}",
        en: "`{child}` is never {values} when `{parent}` is {given}",
        label: "possible alors : {allowed}", "possible then: {allowed}",
    }
    /// A write of a value that a dependency excludes.
    EXCLUDED_WRITTEN = "W0851" Warning {
        fr: "{values} ne va pas dans `{child}` quand `{parent}` est {given}",
        en: "{values} does not go into `{child}` when `{parent}` is {given}",
        label: "possible alors : {allowed}", "possible then: {allowed}",
    }
    /// Values of a parent that no line names.
    PARENT_NOT_NAMED = "N0852" Note {
        fr: "aucune ligne ne nomme ces valeurs de `{parent}` : {values}",
        en: "no line names these values of `{parent}`: {values}",
        label: "toutes les valeurs de `{child}` sont alors permises", "every value of `{child}` is then allowed",
    }
    /// Values of a list that differ in accents, case or signs only.
    SAME_BUT_FOR_SIGNS = "W0855" Warning {
        fr: "`{value}` et `{other}` sont presque la même valeur",
        en: "`{value}` and `{other}` are almost the same value",
        label: "ne diffère que par les accents, la casse ou les signes", "differs in accents, case or signs only",
    }
    /// Values of a list that differ in one letter.
    ALMOST_SAME_VALUE = "N0856" Note {
        fr: "`{value}` et `{other}` ne diffèrent que d'une lettre",
        en: "`{value}` and `{other}` differ in one letter only",
        label: "une faute de frappe ?", "a misprint?",
    }
    /// Two spellings of a value of a field without a list.
    SPELLED_OTHERWISE = "W0857" Warning {
        fr: "`{value}` s'écrit ailleurs `{other}`",
        en: "`{value}` is written `{other}` elsewhere",
        label: "les deux ne sont pas égales", "the two are not equal",
        help: "un champ déclaré `liste` ne laisserait pas passer cela", "a field declared as `picklist` would not let this pass",
    }
    /// A value of a list that nothing names, where almost all others are.
    UNUSED_VALUE = "N0858" Note {
        fr: "rien n'emploie `{value}`, alors que {used} valeurs de `{name}` sur {all} servent",
        en: "nothing uses `{value}`, while {used} of {all} values of `{name}` are used",
        label: "ni règle, ni score, ni parcours, ni test", "no rule, score, blueprint or test",
    }
    /// `jalon: ignorer W9999`
    UNKNOWN_CODE_IGNORED = "W0860" Warning {
        fr: "`{code}` n'est le code d'aucun avertissement",
        en: "`{code}` is the code of no warning",
        label: "code inconnu", "unknown code",
    }
    /// A code that is ignored and does not occur.
    IGNORES_NOTHING = "N0861" Note {
        fr: "`{code}` n'est pas signalé ici : il n'y a rien à ignorer",
        en: "`{code}` is not reported here: there is nothing to ignore",
        label: "n'ignore rien", "ignores nothing",
    }
    /// An error that is to be ignored.
    ERROR_IGNORED = "W0862" Warning {
        fr: "`{code}` est une erreur : une erreur ne s'ignore pas",
        en: "`{code}` is an error: errors cannot be ignored",
        label: "sans effet", "without effect",
    }
    /// `jalon: ignorer` without codes.
    NO_CODE_IGNORED = "W0863" Warning {
        fr: "ce commentaire ne dit pas quoi ignorer",
        en: "this comment does not say what to ignore",
        label: "aucun code", "no code",
        help: "nommez les codes, comme `jalon: ignorer W0801, W0830`", "name the codes, as in `jalon: ignore W0801, W0830`",
    }
    /// `jalon: ignorez …`
    UNKNOWN_INSTRUCTION = "W0864" Warning {
        fr: "`{name}` n'est pas une instruction",
        en: "`{name}` is no instruction",
        label: "sans effet", "without effect",
        help: "écrivez `ignorer` ou `ignore`", "write `ignore` or `ignorer`",
    }
    /// A user whom the host does not know.
    UNKNOWN_USER = "W0870" Warning {
        fr: "`{name}` n'est aucun des utilisateurs",
        en: "`{name}` is none of the users",
        label: "ni un nom, ni une adresse, ni un identifiant d'utilisateur", "no name, address or id of a user",
        help: "si c'est un rôle, un groupe ou un champ, dites-le : `rôle {name}`, `groupe {name}`, `champ {name}`",
              "if it is a role, a group or a field, say so: `role {name}`, `group {name}`, `field {name}`",
    }
    /// A role that no user has.
    NOBODY_WITH = "W0871" Warning {
        fr: "aucun utilisateur n'a le rôle `{name}`",
        en: "no user has the role `{name}`",
        label: "personne n'est désigné", "nobody is meant",
    }
    /// A group that no user is in.
    NOBODY_IN = "W0872" Warning {
        fr: "aucun utilisateur n'est du groupe `{name}`",
        en: "no user is in the group `{name}`",
        label: "personne n'est désigné", "nobody is meant",
    }
    /// A profile that no user has.
    NOBODY_OF = "W0873" Warning {
        fr: "aucun utilisateur n'a le profil `{name}`",
        en: "no user has the profile `{name}`",
        label: "personne n'est désigné", "nobody is meant",
    }
}

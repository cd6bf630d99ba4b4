//! Approvals: `E07xx`, `W07xx`; up to 39 from the parser, from 40 from `check`.

use super::{Code, Severity, Text, codes};

codes! { APPROVAL;
    /// A line of an approval that is none.
    UNKNOWN_APPROVAL_LINE = "E0701" Error {
        fr: "`{name}` ne commence pas une ligne d'approbation",
        en: "`{name}` does not begin a line of an approval",
        label: "ligne inconnue", "unknown line",
        help: "une approbation s'écrit avec `quand`, `si`, `niveau`, `verrouillé`, `sans délégation`, `inactif` et, au-dessus d'actions, `soumis`, `approuvé`, `refusé`, `rappelé`",
              "an approval is written with `when`, `if`, `level`, `locked`, `no delegation`, `inactive` and, above actions, `submitted`, `approved`, `rejected`, `recalled`",
    }
    /// An approval without a level.
    NO_LEVELS = "E0702" Error {
        fr: "personne n'approuve `{name}`",
        en: "nobody approves `{name}`",
        label: "aucun niveau", "no level",
        help: "écrivez dessous `niveau rôle \"Directeur\"`, ou `niveau Alice, Bruno, unanimité`",
              "write below `level role \"Director\"`, or `level Alice, Bruno, unanimity`",
    }
    /// A level that asks nobody.
    NOBODY_ASKED = "E0703" Error {
        fr: "ce niveau ne dit pas qui approuve",
        en: "this level does not say who approves",
        label: "qui ?", "who?",
        help: "écrivez `niveau rôle \"Directeur\", délai 2 jours ouvrés`", "write `level role \"Director\", deadline 2 business days`",
    }
    /// A deadline of a level that does not say how long.
    UNREADABLE_LEVEL_DEADLINE = "E0704" Error {
        fr: "`{name}` ne dit pas combien de temps",
        en: "`{name}` does not say how long",
        label: "`délai 2 jours ouvrés` est attendu", "`deadline 2 business days` is expected",
    }
    /// A part of a deadline without the deadline.
    PART_WITHOUT_DEADLINE = "E0705" Error {
        fr: "`{name}` demande un délai",
        en: "`{name}` needs a deadline",
        label: "`délai …` manque à ce niveau", "`deadline …` is missing in this level",
        help: "écrivez `niveau rôle \"Directeur\", délai 2 jours ouvrés, rappel 1 jour avant, ensuite refusé`",
              "write `level role \"Director\", deadline 2 business days, reminder 1 day before, then rejected`",
    }
    /// What is unknown behind `ensuite`.
    UNKNOWN_LAPSED = "E0706" Error {
        fr: "`{name}` ne dit pas ce qui arrive au terme du délai",
        en: "`{name}` does not say what happens at the deadline",
        label: "`rappel`, `approuvé`, `refusé` ou `escalade …` est attendu", "`reminder`, `approved`, `rejected` or `escalation …` is expected",
    }
    /// An escalation to nobody.
    ESCALATES_TO_NOBODY = "E0707" Error {
        fr: "`{name}` ne dit pas à qui",
        en: "`{name}` does not say to whom",
        label: "qui décide alors ?", "who decides then?",
        help: "écrivez `ensuite escalade rôle \"Direction\"`", "write `then escalation role \"Management\"`",
    }
    /// An action that is under no answer.
    ACTION_OUTSIDE_ANSWER = "E0708" Error {
        fr: "une action doit être sous `soumis`, `approuvé`, `refusé` ou `rappelé`",
        en: "an action belongs under `submitted`, `approved`, `rejected` or `recalled`",
        label: "`{section}` manque au-dessus de `{name}`", "`{section}` is missing above `{name}`",
    }
    /// Something behind `verrouillé`.
    UNKNOWN_LOCK = "E0709" Error {
        fr: "`{name}` ne se lit pas après `verrouillé`",
        en: "`{name}` cannot be read behind `locked`",
        label: "`verrouillé` s'écrit seul, ou `verrouillé, sauf Champ, Autre champ`", "`locked` is written alone, or `locked, except Field, Other field`",
    }
    /// Two approvals of one name on one module.
    APPROVAL_TWICE = "E0740" Error {
        fr: "l'approbation `{name}` est déjà déclarée",
        en: "the approval `{name}` is declared already",
        label: "à nouveau", "again",
    }
    /// A trigger that is no save of the record.
    NOT_SUBMITTED_BY = "E0741" Error {
        fr: "`{name}` ne peut pas soumettre une fiche",
        en: "`{name}` cannot submit a record",
        label: "`créé`, `modifié`, `A, B modifiés`, `X DEVIENT Y` ou `manuel` est attendu", "`created`, `updated`, `A, B changed`, `X BECOMES Y` or `manual` is expected",
    }
    /// `tous` among those who approve.
    EVERYONE_APPROVES = "E0742" Error {
        fr: "si tous peuvent approuver, rien n'est approuvé",
        en: "if everyone may approve, nothing is approved",
        label: "un utilisateur, un rôle, un groupe, un profil ou un champ est attendu", "a user, a role, a group, a profile or a field is expected",
    }
    /// An approval that no record is submitted to.
    NEVER_SUBMITTED = "W0740" Warning {
        fr: "`{name}` n'est demandée que si quelqu'un soumet la fiche",
        en: "`{name}` is asked for only where somebody submits the record",
        label: "aucun `quand`", "no `when`",
        help: "écrivez `quand manuel` si c'est voulu", "write `when manual` if it is meant so",
    }
    /// The same approver twice on one level.
    APPROVER_TWICE = "W0741" Warning {
        fr: "`{name}` approuve déjà à ce niveau",
        en: "`{name}` approves on this level already",
        label: "à nouveau", "again",
    }
    /// `unanimité` of one person.
    NEEDLESS_QUORUM = "W0742" Warning {
        fr: "ce niveau ne demande qu'à une personne",
        en: "this level asks one person only",
        label: "combien doivent approuver ne change rien", "how many must approve changes nothing",
    }
    /// A level whose escalation leads to those who are asked already.
    ESCALATES_TO_SAME = "W0743" Warning {
        fr: "`{name}` est déjà consulté à ce niveau",
        en: "`{name}` is asked on this level already",
        label: "l'escalade ne change rien", "the escalation changes nothing",
    }
}

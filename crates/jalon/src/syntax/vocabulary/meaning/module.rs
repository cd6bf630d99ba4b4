//! Declarations, modules, scores and what stands around rules.

use super::Meanings;
use crate::syntax::vocabulary::Place;

/// What words mean, by the place where they stand and their printed French spelling.
pub(super) const MEANINGS: &Meanings = &[
    (
        Place::Declaration,
        &[
            ("module", "les champs d'un type de fiche", "the fields of a kind of record"),
            ("constante", "une liste de valeurs qui a un nom", "a list of values that has a name"),
            ("score", "des points, pour et contre", "points, for and against"),
            (
                "règle",
                "ce qui est fait quand quelque chose arrive à une fiche",
                "what is done when something happens to a record",
            ),
            (
                "parcours",
                "le chemin d'une fiche, d'étape en étape",
                "a record's way from state to state",
            ),
            (
                "validation",
                "ce qui doit tenir pour qu'une fiche soit enregistrée",
                "what must hold for a record to be saved",
            ),
            (
                "dépendance",
                "les valeurs d'une liste que permet une autre",
                "the values of a list that another one allows",
            ),
            (
                "calendrier",
                "les heures ouvrées, les jours fériés, les semaines, l'exercice",
                "working hours, holidays, weeks, the fiscal year",
            ),
            (
                "devises",
                "la devise principale et les cours des autres",
                "the main currency and the rates of the others",
            ),
            (
                "planification",
                "ce qui est fait de beaucoup de fiches, à des heures fixes",
                "what is done with many records, at fixed times",
            ),
            (
                "affectation",
                "à qui vont les nouvelles fiches ; gardée telle quelle par cette version",
                "to whom new records go; kept as written by this version",
            ),
            (
                "approbation",
                "qui doit être d'accord avant qu'une fiche avance",
                "who must agree before a record goes on",
            ),
            (
                "conversion",
                "quel champ devient lequel quand une fiche est convertie ; gardée telle quelle par cette version",
                "which field becomes which when a record is converted; kept as written by this version",
            ),
            (
                "doublons",
                "quelles fiches sont la même ; gardée telle quelle par cette version",
                "which records are the same; kept as written by this version",
            ),
            (
                "trophée",
                "des points pour les vendeurs ; gardée telle quelle par cette version",
                "points for salespeople; kept as written by this version",
            ),
            (
                "rappel",
                "un message avant une date ; gardé tel quel par cette version",
                "a message before a date; kept as written by this version",
            ),
            (
                "garde",
                "combien de messages une fiche peut recevoir, et à quelle condition",
                "how many messages a record may get, and on which condition",
            ),
            ("webhook", "une requête que l'hôte envoie", "a request that the host sends"),
            (
                "enchaînement",
                "si ce que font des règles déclenche des règles",
                "whether what rules do sets off rules",
            ),
            (
                "pipeline",
                "l'ordre dans lequel un événement est réglé",
                "the order in which an event is settled",
            ),
            (
                "test",
                "un exemple, avec ce qui en est attendu",
                "an example, with what is expected of it",
            ),
        ],
    ),
    (
        Place::Type,
        &[
            ("texte", "une ligne de texte", "a line of text"),
            ("texte long", "un texte de plusieurs lignes", "a text of several lines"),
            ("e-mail", "une adresse ; comme valeur, un texte", "an address; as a value, a text"),
            (
                "téléphone",
                "un numéro ; comme valeur, un texte",
                "a number to call; as a value, a text",
            ),
            (
                "url",
                "une adresse du web ; comme valeur, un texte",
                "an address of the web; as a value, a text",
            ),
            ("entier", "un nombre sans décimales", "a number without decimals"),
            ("nombre", "un nombre décimal exact", "an exact decimal number"),
            ("pourcentage", "un nombre, 20 pour 20 %", "a number, 20 for 20 %"),
            ("devise", "un montant exact", "an exact amount"),
            (
                "case",
                "sélectionnée ou non ; rien veut dire non sélectionnée",
                "selected or not; nothing means not selected",
            ),
            ("liste", "une des valeurs qui suivent", "one of the values that follow"),
            (
                "liste multiple",
                "aucune, une ou plusieurs des valeurs qui suivent",
                "none, one or several of the values that follow",
            ),
            ("date", "un jour", "a day"),
            ("date-heure", "un instant", "a point in time"),
            (
                "référence",
                "une fiche d'un autre module : `référence Comptes`",
                "a record of another module: `lookup Accounts`",
            ),
            ("utilisateur", "quelqu'un de l'équipe", "somebody of the team"),
            (
                "fiches",
                "les fiches liées d'un module : `fiches Contacts`",
                "the related records of a module: `records Contacts`",
            ),
            (
                "événements",
                "ce qui s'est passé, avec ses attributs : `événements (Page : url)`",
                "what happened, with its attributes: `events (Page : url)`",
            ),
            (
                "formule",
                "ce qu'une expression calcule des autres champs",
                "what an expression computes of the other fields",
            ),
        ],
    ),
    (
        Place::Property,
        &[
            ("obligatoire", "ne peut rester vide", "may not stay empty"),
            (
                "unique",
                "deux fiches n'ont pas la même valeur",
                "no two records have the same value",
            ),
            (
                "personnel",
                "masqué dans les explications et les traces",
                "masked in explanations and traces",
            ),
            (
                "par défaut",
                "la valeur d'une nouvelle fiche : `par défaut Nouveau`",
                "the value of a new record: `default New`",
            ),
            (
                "sans accents",
                "se compare sans égard aux accents",
                "compares without regard to accents",
            ),
            ("casse stricte", "les majuscules comptent", "capitals count"),
            (
                "au plus",
                "une longueur : `au plus 40 caractères`",
                "a length: `at most 40 characters`",
            ),
        ],
    ),
    (
        Place::Score,
        &[
            (
                "groupe",
                "les lignes qui suivent, avec leurs propres bornes",
                "the lines that follow, with limits of their own",
            ),
            ("entre", "les bornes de tout le score", "the limits of the whole score"),
            ("étoiles", "combien d'étoiles dès quel total", "how many stars from which total"),
            ("mentions", "quel mot dès quel total", "which word from which total"),
        ],
    ),
    (
        Place::Calendar,
        &[
            (
                "fériés",
                "les jours fériés d'un pays, ou des dates",
                "the holidays of a country, or dates",
            ),
            ("semaine commence", "le premier jour de la semaine", "the first day of the week"),
            (
                "exercice commence",
                "le premier mois de l'exercice",
                "the first month of the fiscal year",
            ),
        ],
    ),
    (
        Place::Webhook,
        &[
            ("en-tête", "un en-tête de la requête", "a header of the request"),
            ("paramètre", "un paramètre de la requête", "a parameter of the request"),
            ("corps", "ce qui est envoyé", "what is sent"),
        ],
    ),
    (
        Place::Method,
        &[
            ("GET", "lire", "read"),
            ("POST", "envoyer", "send"),
            ("PUT", "remplacer", "replace"),
            ("PATCH", "changer", "change"),
            ("DELETE", "supprimer", "delete"),
        ],
    ),
    (
        Place::Format,
        &[
            ("texte", "les champs sont écrits tels quels", "fields are written as they are"),
            ("html", "les champs sont écrits pour du HTML", "fields are written for HTML"),
            ("xml", "les champs sont écrits pour du XML", "fields are written for XML"),
            ("json", "les champs sont écrits pour du JSON", "fields are written for JSON"),
            ("url", "les champs sont écrits pour une adresse", "fields are written for an address"),
        ],
    ),
    (
        Place::Guard,
        &[
            ("e-mail", "les e-mails", "e-mails"),
            ("alerte", "les alertes", "alerts"),
            ("webhook", "les webhooks", "webhooks"),
        ],
    ),
    (
        Place::Chaining,
        &[
            (
                "une fois",
                "chaque règle une fois par fiche et par événement : sans déclaration, ainsi",
                "each rule once per record and event: so without a declaration",
            ),
            ("aucun", "ce que font les règles ne déclenche rien", "what rules do sets off nothing"),
            (
                "profondeur",
                "au plus tant de vagues de plus : `profondeur 3`",
                "at most so many further waves: `depth 3`",
            ),
        ],
    ),
    (
        Place::Pipeline,
        &[
            ("validation", "les validations", "the validations"),
            ("affectation", "les affectations", "the assignments"),
            ("workflow", "les règles", "the rules"),
            ("score", "les scores", "the scores"),
            ("approbation", "les approbations", "the approvals"),
            ("parcours", "les parcours", "the blueprints"),
        ],
    ),
];

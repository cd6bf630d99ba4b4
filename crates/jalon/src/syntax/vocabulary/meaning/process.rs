//! Blueprints and approvals.

use super::Meanings;
use crate::syntax::vocabulary::Place;

/// What words mean, by the place where they stand and their printed French spelling.
pub(super) const MEANINGS: &Meanings = &[
    (
        Place::Blueprint,
        &[
            (
                "champ",
                "la liste qui tient l'état : `parcours \"Vente\" sur Affaires, champ Étape`",
                "the picklist that holds the state: `blueprint \"Sale\" on Deals, field Stage`",
            ),
            ("inactif", "ne gouverne rien", "governs nothing"),
            (
                "continu",
                "se parcourt d'une traite : chaque réponse dit ce qui est offert ensuite",
                "is gone through in one go: each answer says what is offered next",
            ),
            ("entrée si", "quelles fiches y entrent", "which records enter it"),
            ("états", "les états, le premier par défaut", "the states, the first by default"),
            ("état", "un état, avec ses options", "a state, with its options"),
            ("défaut", "l'état où commence une fiche", "the state where a record begins"),
            ("gagné", "une fin heureuse", "a happy end"),
            ("perdu", "une fin malheureuse", "an unhappy end"),
            ("final", "une fin", "an end"),
            (
                "délai",
                "combien de temps une fiche reste dans un état",
                "how long a record may be in a state",
            ),
            (
                "transition",
                "le passage d'un état à un autre : `transition \"T\" de A vers B`",
                "the way from a state to another: `transition \"T\" from A to B`",
            ),
            (
                "transition commune",
                "depuis tous les états, sauf les fins",
                "from all states but the ends",
            ),
            (
                "transition automatique",
                "se fait d'elle-même après un délai",
                "makes itself after a delay",
            ),
            (
                "transition parallèle",
                "faite quand tous ses enfants le sont",
                "made when all its children are",
            ),
            ("enfant", "une part d'une transition parallèle", "a part of a parallel transition"),
            ("avant", "qui peut la faire, et quand", "who may make it, and when"),
            ("pendant", "ce qui est demandé pour la faire", "what is asked for to make it"),
            ("après", "ce qui est fait ensuite", "what is done afterwards"),
            (
                "propriétaires",
                "qui peut la faire ; sans cette ligne, tous",
                "who may make it; without this line, everybody",
            ),
            ("si", "quand elle est offerte", "when it is offered"),
            ("message", "ce qui est montré à qui la fait", "what is shown to who makes it"),
            ("obligatoire", "les champs à donner", "the fields that must be given"),
            ("facultatif", "les champs que l'on peut donner", "the fields that may be given"),
            ("valider", "ce qui doit tenir de ce qui est donné", "what must hold of what is given"),
            ("note", "une note à écrire", "a note to write"),
            ("pièce jointe", "un fichier à joindre", "a file to attach"),
            ("cocher", "des points à cocher", "items to tick"),
            ("fiche", "des fiches à associer", "records to associate"),
        ],
    ),
    (
        Place::State,
        &[
            ("défaut", "l'état où commence une fiche", "the state where a record begins"),
            ("ouvert", "la fiche est en cours", "the record is under way"),
            ("fermé", "la fiche n'est plus en cours", "the record is no longer under way"),
            ("gagné", "une fin heureuse", "a happy end"),
            ("perdu", "une fin malheureuse", "an unhappy end"),
            ("final", "une fin", "an end"),
            (
                "probabilité",
                "la chance d'aboutir : `probabilité 70 %`",
                "the chance of success: `probability 70 %`",
            ),
            (
                "libellé",
                "son nom dans une langue : `libellé en \"Review\"`",
                "its name in a language: `label en \"Review\"`",
            ),
        ],
    ),
    (
        Place::Owner,
        &[
            ("tous", "tout le monde", "everybody"),
            ("propriétaire de la fiche", "à qui est la fiche", "whose record it is"),
            (
                "utilisateur du champ",
                "qui est dans un champ de la fiche",
                "who is in a field of the record",
            ),
            ("profil", "tous ceux d'un profil", "all of a profile"),
        ],
    ),
    (
        Place::Deadline,
        &[
            (
                "calendrier",
                "le calendrier qui compte les heures",
                "the calendar that counts the hours",
            ),
            ("rappel", "un mot avant l'échéance", "a word before the deadline"),
            ("escalade", "qui est prévenu quand elle est passée", "who is told when it has passed"),
        ],
    ),
    (
        Place::Approval,
        &[
            ("inactif", "personne n'est consulté", "nobody is asked"),
            ("quand", "quel enregistrement la demande", "which save asks for it"),
            ("si", "quelles fiches en ont besoin", "which records need it"),
            (
                "verrouillé",
                "seules les règles changent la fiche entre-temps",
                "only rules change the record meanwhile",
            ),
            ("sans délégation", "personne ne passe sa voix", "nobody hands over a vote"),
            ("niveau", "qui est consulté, l'un après l'autre", "who is asked, one after the other"),
            ("soumis", "ce qui est fait à la demande", "what is done when it is asked for"),
            ("approuvé", "ce qui est fait si tous sont d'accord", "what is done if all agree"),
            ("refusé", "ce qui est fait sinon", "what is done if not"),
            (
                "rappelé",
                "ce qui est fait si la demande est retirée",
                "what is done if the request is taken back",
            ),
        ],
    ),
    (
        Place::Level,
        &[
            (
                "un seul",
                "le premier qui répond décide : sans option, ainsi",
                "the first who answers decides: so without an option",
            ),
            ("majorité", "plus de la moitié", "more than half"),
            ("unanimité", "tous", "all"),
            ("délai", "combien de temps le niveau peut prendre", "how long the level may take"),
            (
                "calendrier",
                "le calendrier qui compte les heures",
                "the calendar that counts the hours",
            ),
            (
                "rappel",
                "un mot à ceux qui n'ont pas répondu",
                "a word to those who have not answered",
            ),
            ("ensuite", "ce qui arrive à l'échéance", "what happens at the deadline"),
        ],
    ),
    (
        Place::Lapsed,
        &[
            (
                "rappel",
                "un mot de plus : sans cette part, ainsi",
                "a further word: so without this part",
            ),
            ("approuvé", "le niveau est d'accord", "the level agrees"),
            ("refusé", "la demande est refusée", "the request is refused"),
            ("escalade", "d'autres sont consultés", "others are asked"),
        ],
    ),
];

//! Rules, their actions, tests.

use super::Meanings;
use crate::syntax::vocabulary::Place;

/// What words mean, by the place where they stand and their printed French spelling.
pub(super) const MEANINGS: &Meanings = &[
    (
        Place::Rule,
        &[
            (
                "quand",
                "à quoi la règle réagit ; plusieurs lignes : à l'une d'elles",
                "what the rule reacts to; several lines: any of them",
            ),
            ("si", "à quelle condition", "on which condition"),
            ("alors", "ce qui est fait alors", "what is done then"),
            (
                "sinon si",
                "une autre condition, où les précédentes ne tiennent pas",
                "another condition, where those before do not hold",
            ),
            ("sinon", "ce qui est fait où aucune ne tient", "what is done where none holds"),
            (
                "puis",
                "ce qui est fait plus tard : `puis 3 jours après`",
                "what is done later: `then 3 days after`",
            ),
            (
                "à chaque fois",
                "à chaque enregistrement où le critère tient : sans cette ligne, ainsi",
                "at every save where the criterion holds: so without this line",
            ),
            (
                "au passage",
                "seulement quand le critère vient à tenir",
                "only when the criterion comes to hold",
            ),
            ("une seule fois", "une fois par fiche, à jamais", "once per record, ever"),
        ],
    ),
    (
        Place::Trigger,
        &[
            ("créé", "la fiche est créée", "the record is created"),
            ("modifié", "la fiche est modifiée", "the record is changed"),
            ("créé ou modifié", "l'un ou l'autre", "either"),
            ("supprimé", "la fiche est supprimée", "the record is deleted"),
            ("manuel", "quelqu'un appuie sur un bouton", "somebody presses a button"),
            (
                "score",
                "un score franchit un seuil : `score Scorex atteint 50`, `descend sous 20`",
                "a score crosses a threshold: `score Scorex reaches 50`, `falls below 20`",
            ),
            (
                "sans modification depuis",
                "rien n'a changé depuis : `sans modification depuis 2 jours`",
                "nothing has changed for: `not updated for 2 days`",
            ),
        ],
    ),
    (
        Place::Action,
        &[
            (
                "tâche",
                "une tâche pour quelqu'un : `tâche \"Appeler ${Nom}\", échéance dans 1 jour ouvré`",
                "a task for somebody: `task \"Call ${Name}\", due in 1 business day`",
            ),
            (
                "e-mail",
                "un e-mail d'un modèle : `e-mail \"Bienvenue\" à Adresse e-mail`",
                "an e-mail of a template: `email \"Welcome\" to Email`",
            ),
            ("alerte", "un mot à quelqu'un de l'équipe", "a word to somebody of the team"),
            ("webhook", "envoie un webhook déclaré", "sends a declared webhook"),
            (
                "fonction",
                "appelle une fonction de l'hôte : `fonction N(arguments)`",
                "calls a function of the host: `function N(arguments)`",
            ),
            (
                "score",
                "calcule un score et garde son total",
                "works out a score and keeps its total",
            ),
            ("convertir", "convertit la fiche", "converts the record"),
            ("créer", "crée une fiche : `créer Affaires`", "creates a record: `create Deals`"),
            ("étiqueter", "pose une étiquette", "adds a tag"),
            ("retirer l'étiquette", "retire une étiquette", "takes a tag off"),
            (
                "affecter",
                "donne la fiche à quelqu'un : `affecter à Alice`",
                "gives the record to somebody: `assign to Alice`",
            ),
            ("rendez-vous", "un rendez-vous dans un agenda", "a meeting in a calendar"),
            ("supprimer", "supprime la fiche", "deletes the record"),
            (
                "chaque",
                "écrit un champ de chaque fiche liée : `chaque Contacts.Ville : Ville`",
                "writes a field of each related record: `each Contacts.City : City`",
            ),
            (
                "forcer",
                "écrit un champ qu'un parcours gouverne",
                "writes a field that a blueprint governs",
            ),
        ],
    ),
    (
        Place::Task,
        &[
            ("échéance", "pour quand : `échéance dans 2 jours`", "by when: `due in 2 days`"),
            ("priorité", "`haute`, `normale` ou `basse`", "`high`, `normal` or `low`"),
            ("pour", "pour qui", "for whom"),
            ("terminée", "déjà faite", "done already"),
            ("description", "un texte de plus", "a further text"),
        ],
    ),
    (
        Place::Message,
        &[
            ("à", "à qui", "to whom"),
            ("objet", "l'objet", "the subject"),
            ("texte", "le texte", "the text"),
            ("html", "le texte en HTML", "the text as HTML"),
            ("copie", "qui en reçoit une copie", "who gets a copy"),
        ],
    ),
    (
        Place::Meeting,
        &[
            ("durée", "combien de temps", "how long"),
            ("avec", "avec qui", "with whom"),
            ("lieu", "où", "where"),
            ("description", "un texte de plus", "a further text"),
        ],
    ),
    (
        Place::Actor,
        &[
            ("utilisateur", "quelqu'un, par son nom", "somebody, by name"),
            ("rôle", "tous ceux qui ont un rôle", "all who have a role"),
            ("groupe", "tous ceux d'un groupe", "all of a group"),
            ("champ", "qui est dans un champ de la fiche", "who is in a field of the record"),
        ],
    ),
    (
        Place::Test,
        &[
            ("le", "le présent : `le 2026-06-30 à 10h30`", "the present: `on 2026-06-30 at 10:30`"),
            ("puis le", "le temps passe jusque-là", "time goes on until then"),
            ("en tant que", "qui agit à partir de là", "who acts from there on"),
            ("avec", "une fiche telle qu'elle est créée", "a record as it is created"),
            ("avant", "la fiche avant une modification", "the record before a change"),
            ("après", "ce que la modification change", "what the change changes"),
            ("fiche", "une autre fiche, liée", "another record, related"),
            (
                "événement",
                "quelqu'un a fait quelque chose : `événement e-mail ouvert`",
                "somebody did something: `event email opened`",
            ),
            ("supprimé", "la fiche est supprimée", "the record is deleted"),
            ("manuel", "le bouton d'une règle est pressé", "the button of a rule is pressed"),
            ("transition", "une transition est faite", "a transition is made"),
            (
                "brouillon",
                "une transition est enregistrée, à moitié remplie",
                "a transition is saved half filled in",
            ),
            ("sortie du parcours", "la fiche sort du parcours", "the record leaves the blueprint"),
            ("attendu", "ce qui doit en être", "what must be so"),
        ],
    ),
    (
        Place::Expectation,
        &[
            (
                "score",
                "le total d'un score : `attendu score Scorex = 50`",
                "the total of a score: `expect score Scorex = 50`",
            ),
            ("règle", "si une règle se déclenche", "whether a rule fires"),
            (
                "effet",
                "si quelque chose est demandé à l'hôte",
                "whether anything is asked of the host",
            ),
            ("minuterie", "si une minuterie est armée", "whether a timer is armed"),
            ("refus", "si l'enregistrement est refusé", "whether the save is refused"),
            (
                "état",
                "où en est la fiche dans son parcours",
                "where the record stands in its blueprint",
            ),
            ("transition", "si une transition est offerte", "whether a transition is offered"),
            ("aucun", "le contraire : `attendu aucun effet`", "the opposite: `expect no effect`"),
        ],
    ),
    (
        Place::Handed,
        &[
            ("note", "une note", "a note"),
            ("pièce jointe", "un fichier", "a file"),
            ("cocher", "les points cochés", "the items ticked"),
            ("fiche", "des fiches associées", "associated records"),
        ],
    ),
    (
        Place::Fires,
        &[
            ("se déclenche", "la règle agit", "the rule acts"),
            ("ne se déclenche pas", "elle n'agit pas", "it does not act"),
        ],
    ),
    (
        Place::Offered,
        &[
            ("offerte", "on peut la faire maintenant", "it can be made now"),
            ("refusée", "on ne le peut pas", "it cannot"),
        ],
    ),
];

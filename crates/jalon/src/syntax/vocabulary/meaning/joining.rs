//! Words that join others, wherever they stand.

use super::Meanings;
use crate::syntax::vocabulary::Place;

/// What words mean, by the place where they stand and their printed French spelling.
pub(super) const MEANINGS: &Meanings = &[(
    Place::Inside,
    &[
        (
            "sur",
            "le module ; dans un score, le temps qui compte",
            "the module; in a score, the time that counts",
        ),
        ("si", "à quelle condition", "on which condition"),
        ("alors", "ce qui vaut où la condition tient", "what goes where the condition holds"),
        (
            "au plus",
            "combien au plus : de points, de fois, de caractères",
            "how many at most: points, times, characters",
        ),
        (
            "langue",
            "la langue d'un fichier, à sa première ligne",
            "the language of a file, in its first line",
        ),
        ("et", "entre deux bornes", "between two bounds"),
        ("dès", "à partir de quel total", "from which total on"),
        ("par", "des points pour chacun de ces événements", "points for each of these events"),
        ("par jour", "combien d'événements d'un jour comptent", "how many events of a day count"),
        (
            "demi-vie",
            "au bout de quoi un événement compte pour moitié",
            "after how long an event counts half",
        ),
        (
            "atteint",
            "le total arrive à ce seuil ou au-dessus",
            "the total comes to this threshold or above",
        ),
        ("descend sous", "le total passe sous ce seuil", "the total falls below this threshold"),
        ("avant", "tant de temps avant une date", "so long before a date"),
        ("après", "au bout de tant de temps", "after so long"),
        ("chaque", "à quel rythme", "how often"),
        ("en", "ce que la fiche devient", "what the record becomes"),
        ("à", "pour qui ; à quelle heure", "for whom; at what time"),
        ("avec", "les champs de ce qui est créé", "the fields of what is created"),
        ("dans", "au bout de combien de temps", "in how long"),
        (
            "sans revérifier",
            "la condition n'est plus demandée à l'échéance",
            "the condition is not asked again when it is due",
        ),
        ("de", "l'état que la transition quitte", "the state that the transition leaves"),
        ("vers", "l'état où la transition mène", "the state that the transition leads to"),
        (
            "depuis",
            "les états d'où part une transition commune",
            "the states that a common transition leaves",
        ),
        ("sauf depuis", "les états d'où elle ne part pas", "the states that it does not leave"),
        ("obligatoire", "doit être donné", "must be given"),
        ("facultatif", "peut être donné", "may be given"),
        ("sauf", "ce qui en est excepté", "what is left out of it"),
        ("selon", "le champ dont l'autre dépend", "the field that the other depends on"),
        ("triés par", "dans l'ordre de quel champ", "in the order of which field"),
        ("décroissant", "le plus grand d'abord", "the greatest first"),
        ("fuseau", "le fuseau horaire", "the time zone"),
        ("fermé", "aucune heure ouvrée", "no opening hours"),
        ("message", "ce qui est dit à qui l'on refuse", "what is said to who is refused"),
    ],
)];

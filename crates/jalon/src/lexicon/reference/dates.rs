//! What units of time count.

use super::{Both, Example, both};
use crate::lexicon::Unit;

/// What each unit counts, with an example.
pub const UNITS: &[(Unit, Both, Example)] = &[
    (
        Unit::Minute,
        both("soixante secondes ; d'une date-heure", "sixty seconds; of a datetime"),
        called(
            "Appel DANS LES 30 DERNIÈRES minutes",
            "Called IN THE LAST 30 minutes",
            &["2026-06-30T10:00"],
            &["2026-06-30T09:59"],
        ),
    ),
    (
        Unit::Hour,
        both("soixante minutes exactes ; d'une date-heure", "sixty exact minutes; of a datetime"),
        called(
            "Appel DANS LES 2 DERNIÈRES heures",
            "Called IN THE LAST 2 hours",
            &["2026-06-30T08:30"],
            &["2026-06-30T08:29"],
        ),
    ),
    (
        Unit::Day,
        both("des jours civils, de minuit à minuit", "civil days, from midnight to midnight"),
        due(
            "Échéance DANS LES 3 PROCHAINS jours",
            "Due IN THE NEXT 3 days",
            &["2026-07-03"],
            &["2026-07-04"],
        ),
    ),
    (
        Unit::BusinessDay,
        both(
            "les jours où le calendrier du programme est ouvert ; du lundi au vendredi sans lui",
            "the days on which the program's calendar is open; Monday to Friday without one",
        ),
        due(
            "Échéance DANS LES 4 PROCHAINS jours ouvrés",
            "Due IN THE NEXT 4 business days",
            &["2026-07-06"],
            &["2026-07-07"],
        ),
    ),
    (
        Unit::BusinessHour,
        both(
            "les heures où le calendrier est ouvert ; de délais et de minuteries",
            "the hours during which the calendar is open; of delays and timers",
        ),
        called(
            "Appel IL Y A PLUS DE 2 heures ouvrées",
            "Called MORE THAN 2 business hours AGO",
            &["2026-06-26T12:00"],
            &["2026-06-30T10:00"],
        ),
    ),
    (
        Unit::Week,
        both("sept jours", "seven days"),
        due(
            "Échéance DANS LES 2 PROCHAINES semaines",
            "Due IN THE NEXT 2 weeks",
            &["2026-07-14"],
            &["2026-07-15"],
        ),
    ),
    (
        Unit::Month,
        both(
            "des mois du calendrier ; le 31 janvier plus un mois est le dernier jour de février",
            "calendar months; 31 January plus a month is the last day of February",
        ),
        due(
            "Échéance DANS LES 2 DERNIERS mois",
            "Due IN THE LAST 2 months",
            &["2026-04-30"],
            &["2026-04-29"],
        ),
    ),
    (
        Unit::Year,
        both("des années du calendrier", "calendar years"),
        due(
            "Échéance DANS LES 1 DERNIÈRES années",
            "Due IN THE LAST 1 years",
            &["2025-06-30"],
            &["2025-06-29"],
        ),
    ),
];

const fn due(
    fr: &'static str,
    en: &'static str,
    holds: &'static [&'static str],
    fails: &'static [&'static str],
) -> Example {
    Example { fr, en, field: "Due", holds, fails }
}

const fn called(
    fr: &'static str,
    en: &'static str,
    holds: &'static [&'static str],
    fails: &'static [&'static str],
) -> Example {
    Example { fr, en, field: "Called", holds, fails }
}

/// What a unit counts.
pub fn unit(unit: Unit) -> Option<Both> {
    UNITS.iter().find(|(of, ..)| *of == unit).map(|(_, what, _)| *what)
}

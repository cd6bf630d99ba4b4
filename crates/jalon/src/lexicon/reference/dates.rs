//! What units of time count.

use super::Example;
use crate::lang::Text;
use crate::lexicon::Unit;

/// What each unit counts, with an example.
pub const UNITS: &[(Unit, Text, Example)] = &[
    (
        Unit::Minute,
        Text::new("soixante secondes ; d'une date-heure", "sixty seconds; of a datetime"),
        Example::of(
            "Called",
            "Appel DANS LES 30 DERNIÈRES minutes",
            "Called IN THE LAST 30 minutes",
            &["2026-06-30T10:00"],
            &["2026-06-30T09:59"],
        ),
    ),
    (
        Unit::Hour,
        Text::new(
            "soixante minutes exactes ; d'une date-heure",
            "sixty exact minutes; of a datetime",
        ),
        Example::of(
            "Called",
            "Appel DANS LES 2 DERNIÈRES heures",
            "Called IN THE LAST 2 hours",
            &["2026-06-30T08:30"],
            &["2026-06-30T08:29"],
        ),
    ),
    (
        Unit::Day,
        Text::new("des jours civils, de minuit à minuit", "civil days, from midnight to midnight"),
        Example::of(
            "Due",
            "Échéance DANS LES 3 PROCHAINS jours",
            "Due IN THE NEXT 3 days",
            &["2026-07-03"],
            &["2026-07-04"],
        ),
    ),
    (
        Unit::BusinessDay,
        Text::new(
            "les jours où le calendrier du programme est ouvert ; du lundi au vendredi sans lui",
            "the days on which the program's calendar is open; Monday to Friday without one",
        ),
        Example::of(
            "Due",
            "Échéance DANS LES 4 PROCHAINS jours ouvrés",
            "Due IN THE NEXT 4 business days",
            &["2026-07-06"],
            &["2026-07-07"],
        ),
    ),
    (
        Unit::BusinessHour,
        Text::new(
            "les heures où le calendrier est ouvert ; de délais et de minuteries",
            "the hours during which the calendar is open; of delays and timers",
        ),
        Example::of(
            "Called",
            "Appel IL Y A PLUS DE 2 heures ouvrées",
            "Called MORE THAN 2 business hours AGO",
            &["2026-06-26T12:00"],
            &["2026-06-30T10:00"],
        ),
    ),
    (
        Unit::Week,
        Text::new("sept jours", "seven days"),
        Example::of(
            "Due",
            "Échéance DANS LES 2 PROCHAINES semaines",
            "Due IN THE NEXT 2 weeks",
            &["2026-07-14"],
            &["2026-07-15"],
        ),
    ),
    (
        Unit::Month,
        Text::new(
            "des mois du calendrier ; le 31 janvier plus un mois est le dernier jour de février",
            "calendar months; 31 January plus a month is the last day of February",
        ),
        Example::of(
            "Due",
            "Échéance DANS LES 2 DERNIERS mois",
            "Due IN THE LAST 2 months",
            &["2026-04-30"],
            &["2026-04-29"],
        ),
    ),
    (
        Unit::Year,
        Text::new("des années du calendrier", "calendar years"),
        Example::of(
            "Due",
            "Échéance DANS LES 1 DERNIÈRES années",
            "Due IN THE LAST 1 years",
            &["2025-06-30"],
            &["2025-06-29"],
        ),
    ),
];

/// What a unit counts.
pub fn unit(unit: Unit) -> Option<Text> {
    UNITS.iter().find(|(of, ..)| *of == unit).map(|(_, what, _)| *what)
}

//! Score results as people read them, in French and in English.

use rust_decimal::Decimal;

use super::{EventCounts, LineResult, ScoreResult};
use crate::eval::explain::sentence::{errors, moment, value};
use crate::lang::{Lang, colon, quoted};

impl ScoreResult {
    /// The total, stars and label in one line: `Scorex : 35 points, 2 étoiles, « tiède »`.
    pub fn sentence(&self, lang: Lang) -> String {
        let mut sentence = format!("{}{}{}", self.name, colon(lang), points(self.total, lang));
        if let Some(stars) = self.stars {
            let plural = if stars > 1 { "s" } else { "" };
            sentence +=
                &lang.pick(format!(", {stars} étoile{plural}"), format!(", {stars} star{plural}"));
        }
        if let Some(label) = &self.label {
            sentence.extend([", ", quoted(label, lang).as_str()]);
        }
        sentence
    }

    /// The whole report, on several lines: the total, each line with its points and reasons,
    /// caps, expiries, groups, and when the score changes by itself.
    pub fn explain(&self, lang: Lang) -> String {
        let mut lines = vec![self.sentence(lang)];
        let mut group: Option<&str> = None;
        for line in &self.lines {
            if line.group.as_deref() != group {
                group = line.group.as_deref();
                lines.extend(group.map(|name| self.group(name, lang)));
            }
            line.explain(lang, &mut lines);
        }
        // What the limits of groups take is said in their headings.
        let by_groups: Decimal = self.groups.iter().map(|one| one.points - one.before_limits).sum();
        if self.positive + self.negative + by_groups != self.total {
            let (plus, minus) = (signed(self.positive, lang), signed(self.negative, lang));
            lines.push(lang.pick(
                format!("Avant les bornes : {plus} et {minus}"),
                format!("Before limits: {plus} and {minus}"),
            ));
        }
        if let Some(next) = self.next_change {
            let local = self.zone.local(next).to_string();
            let at = moment(&local, lang).unwrap_or(local);
            lines.push(lang.pick(
                format!("Prochain changement sans rien faire : {at}"),
                format!("Next change by itself: {at}"),
            ));
        }
        errors(&self.errors, lang, &mut lines);
        lines.join("\n")
    }

    /// The heading of a group.
    fn group(&self, name: &str, lang: Lang) -> String {
        let word = lang.pick("Groupe", "Group");
        let Some(group) = self.groups.iter().find(|group| group.name == name) else {
            return format!("{word} {name}");
        };
        let mut heading = format!("{word} {name}{}{}", colon(lang), points(group.points, lang));
        if group.points != group.before_limits {
            let before = number(group.before_limits, lang);
            heading += &lang.pick(
                format!(" ({before} avant ses limites)"),
                format!(" ({before} before its limits)"),
            );
        }
        heading
    }
}

impl LineResult {
    /// Why it gave its points, each line of text apart: its criterion explained, the values its
    /// points were computed from, what became of its events. Empty for a line without any.
    pub fn reasons(&self, lang: Lang) -> Vec<String> {
        let mut reasons = Vec::new();
        if let Some(reason) = &self.reason {
            reason.lines(lang, 0, &mut reasons);
        }
        for (name, read) in &self.values {
            let value = value(read, lang);
            reasons.push(lang.pick(format!("{name} vaut {value}"), format!("{name} is {value}")));
        }
        reasons.extend(self.events.map(|counts| events(counts, lang)));
        reasons
    }

    fn explain(&self, lang: Lang, lines: &mut Vec<String>) {
        let mut head = format!("{:>7}  {}", signed(self.points, lang), quoted(&self.text, lang));
        if let Some(full) = self.capped_from {
            let full = signed(full, lang);
            head +=
                &lang.pick(format!(", plafonné ({full} sinon)"), format!(", capped (else {full})"));
        }
        lines.push(head);
        lines.extend(self.reasons(lang).into_iter().map(|reason| format!("           {reason}")));
    }
}

/// `3 événements : 2 comptés, 1 expiré`.
fn events(counts: EventCounts, lang: Lang) -> String {
    let plural = |count: u32| if count > 1 { "s" } else { "" };
    let found = counts.found;
    if found == 0 {
        return lang.pick("aucun événement", "no event").to_owned();
    }
    let kinds = [
        (counts.counted, "compté", "counted"),
        (counts.expired, "expiré", "expired"),
        (counts.future, "à venir", "to come"),
        (counts.refused, "écarté", "refused"),
        (counts.over_daily_limit, "au-delà de la limite du jour", "beyond the day's limit"),
        (counts.undated, "sans date", "undated"),
    ];
    let kinds: Vec<String> = kinds
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, fr, en)| {
            let ending = if fr.ends_with('é') { plural(*count) } else { "" };
            lang.pick(format!("{count} {fr}{ending}"), format!("{count} {en}"))
        })
        .collect();
    let kinds = kinds.join(", ");
    let s = plural(found);
    lang.pick(format!("{found} événement{s} : {kinds}"), format!("{found} event{s}: {kinds}"))
}

/// A number as the language writes it.
pub(crate) fn number(number: Decimal, lang: Lang) -> String {
    let text = number.normalize().to_string();
    lang.pick(text.replace('.', ","), text)
}

/// A number with its sign; zero has none.
fn signed(points: Decimal, lang: Lang) -> String {
    let text = number(points, lang);
    if points > Decimal::ZERO { format!("+{text}") } else { text }
}

pub(crate) fn points(total: Decimal, lang: Lang) -> String {
    let s = if total.abs() >= Decimal::TWO { "s" } else { "" };
    // In English only one point is singular.
    let s = if lang == Lang::En && total.abs() != Decimal::ONE { "s" } else { s };
    format!("{} point{s}", number(total, lang))
}

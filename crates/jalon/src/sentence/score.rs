//! Scores: what adds points and what takes them away.

use rust_decimal::Decimal;

use super::Speech;
use super::clause::Clause;
use super::words::{lapse, last, literal, name};
use crate::checked::{Events, ExprKind, Line, Score};
use crate::lang::{colon, quoted};
use crate::lexicon::{Unit, event_label};
use crate::score::sentence::points;
use crate::value::Value;

impl Speech<'_> {
    /// What a score says.
    pub(crate) fn score(&self, score: &Score) -> String {
        let lang = self.lang;
        let name_of = literal(&score.name, lang);
        let module = score.module.and_then(|id| self.program.schema.module(id));
        let module = module.map(|module| name(&module.name, lang));
        let mut head = lang.pick(format!("Le score {name_of}"), format!("The score {name_of}"));
        if let Some(module) = module {
            head += &lang.pick(
                format!(" d'une fiche {}", super::words::de(&module)),
                format!(" of a record of {module}"),
            );
        }
        head += lang.pick(" est la somme de ces points :", " is the sum of these points:");
        let mut lines = vec![head];
        let mut group = None;
        for line in &score.lines {
            if line.group != group {
                group = line.group;
                let of = group.and_then(|group| score.groups.get(group as usize));
                lines.extend(of.map(|of| format!("  – {}", self.group(&of.name, of.limits))));
            }
            let depth = if group.is_some() { 2 } else { 1 };
            self.line(line).lines("– ", depth, &mut lines);
        }
        lines.extend(score.limits.map(|limits| capital_limits(self, limits)));
        lines.extend(self.stars(score));
        lines.extend(self.labels(score));
        lines.join("\n")
    }

    /// `groupe Comportement, entre 0 et 60 points :`
    pub(crate) fn group(&self, of: &str, limits: Option<(Decimal, Decimal)>) -> String {
        let lang = self.lang;
        let mut head = format!("{} {}", lang.pick("groupe", "group"), name(of, lang));
        if let Some(limits) = limits {
            head.extend([", ", self.limits(limits).as_str()]);
        }
        head + colon(lang).trim_end()
    }

    /// `jamais moins de 0 point ni plus de 60`
    pub(crate) fn limits(&self, (least, most): (Decimal, Decimal)) -> String {
        let (least, most) = (points(least, self.lang), points(most, self.lang));
        self.lang.pick(
            format!("jamais moins de {least} ni plus de {most}"),
            format!("never less than {least} nor more than {most}"),
        )
    }

    /// `Étoiles : 1 dès 0 point, 2 dès 20 points.`
    pub(crate) fn stars(&self, score: &Score) -> Option<String> {
        let lang = self.lang;
        let each = score.stars.iter().map(|(at, stars)| {
            let at = points(*at, lang);
            lang.pick(format!("{stars} dès {at}"), format!("{stars} from {at}"))
        });
        let each: Vec<String> = each.collect();
        let word = lang.pick("Étoiles", "Stars");
        (!each.is_empty()).then(|| format!("{word}{}{}.", colon(lang), each.join(", ")))
    }

    /// `Mentions : « froid » dès -100 points, « chaud » dès 60 points.`
    pub(crate) fn labels(&self, score: &Score) -> Option<String> {
        let lang = self.lang;
        let each = score.labels.iter().map(|(at, label)| {
            let (label, at) = (quoted(label, lang), points(*at, lang));
            lang.pick(format!("{label} dès {at}"), format!("{label} from {at}"))
        });
        let each: Vec<String> = each.collect();
        let word = lang.pick("Mentions", "Labels");
        (!each.is_empty()).then(|| format!("{word}{}{}.", colon(lang), each.join(", ")))
    }

    /// What a line says, on one or several lines.
    pub(crate) fn line_text(&self, line: &Line) -> String {
        self.line(line).text()
    }

    /// Speaks of what the criterion and the points of a line are about: a record, or an event.
    pub(crate) fn of_line(&self, line: &Line) -> Self {
        match &line.events {
            Some(events) => self.within(event_label(&events.id, self.lang).to_owned()),
            None => self.clone(),
        }
    }

    /// `ajouter 10 points pour chaque visite des 90 derniers jours si …`
    pub(super) fn line(&self, line: &Line) -> Clause {
        let lang = self.lang;
        let mut head = self.line_points(line);
        let inside = self.of_line(line);
        if let Some(events) = &line.events {
            head += &self.events(events);
        }
        if let Some(cap) = line.cap {
            let cap = points(cap, lang);
            head += &lang.pick(format!(", {cap} au plus"), format!(", {cap} at most"));
        }
        match &line.condition {
            Some(condition) => {
                let si = if line.events.is_some() || line.cap.is_some() { ", si " } else { " si " };
                let word = lang.pick(si.to_owned(), si.replace("si", "if"));
                inside.condition(condition).around(&format!("{head}{word}"), "")
            }
            None => Clause::Inline(head),
        }
    }

    /// `ajouter 10 points`, `retirer autant de points que Montant divisé par 100`
    pub(crate) fn line_points(&self, line: &Line) -> String {
        let lang = self.lang;
        let (adds, takes) = lang.pick(("ajouter", "retirer"), ("add", "subtract"));
        let expr = &line.points;
        let constant = |kind: &ExprKind| match kind {
            ExprKind::Const(Value::Number(number)) => Some(*number),
            _ => None,
        };
        let (negative, inner) = match &expr.kind {
            ExprKind::Negate(inner) => (true, inner.as_ref()),
            _ => (false, expr),
        };
        if let Some(number) = constant(&inner.kind) {
            let verb = if negative ^ (number < Decimal::ZERO) { takes } else { adds };
            return format!("{verb} {}", points(number.abs(), lang));
        }
        let verb = if negative { takes } else { adds };
        let of = self.of_line(line).operand(inner);
        match inner.kind {
            ExprKind::Score(_) => format!("{verb} {of}"),
            _ => lang.pick(
                format!("{verb} autant de points que {of}"),
                format!("{verb} as many points as {of}"),
            ),
        }
    }

    pub(crate) fn events(&self, events: &Events) -> String {
        let lang = self.lang;
        let event = literal(event_label(&events.id, lang), lang);
        let mut text = lang.pick(format!(" pour chaque {event}"), format!(" for each {event}"));
        if let Some(window) = events.window {
            let last = last(window, lang);
            text += &lang.pick(format!(" {}", super::words::de(&last)), format!(" in {last}"));
        }
        if let Some(most) = events.per_day {
            text +=
                &lang.pick(format!(", au plus {most} par jour"), format!(", at most {most} a day"));
        }
        if let Some(days) = events.half_life_days {
            let length = lapse((days, Unit::Day), lang);
            let every = if days == 1 {
                self.pick("chaque jour", "every day")
            } else {
                lang.pick(format!("tous les {length}"), format!("every {length}"))
            };
            text += lang.pick(", avec des points divisés par deux ", ", with points that halve ");
            text += &every;
        }
        text
    }
}

/// `Le total n'est jamais en dessous de -100 points ni au-dessus de 100 points.`
fn capital_limits(speech: &Speech<'_>, limits: (Decimal, Decimal)) -> String {
    let said = speech.limits(limits);
    speech.lang.pick(format!("Au total, {said}."), format!("In total, {said}."))
}

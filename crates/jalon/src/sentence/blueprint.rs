//! Blueprints: states, and who goes from one to another and how.

use super::Speech;
use super::clause::Clause;
use super::words::{and, de, lapse, literal, name, or};
use crate::blueprint::words::percent;
use crate::checked::blueprint::{
    Blueprint, Deadline, Extra, ExtraKind, State, StateId, StateRole, Transition, TransitionKind,
};
use crate::checked::workflow::Must;
use crate::lang::{Lang, colon, quoted};

impl Speech<'_> {
    /// What a blueprint says.
    pub(crate) fn blueprint(&self, blueprint: &Blueprint) -> String {
        let lang = self.lang;
        let field = self.field(&blueprint.field);
        let module = blueprint.on.name(&self.program.schema);
        let of = module.map_or_else(String::new, |module| {
            let module = name(module, lang);
            lang.pick(format!(" d'une fiche {}", de(&module)), format!(" of a record of {module}"))
        });
        let title = quoted(&blueprint.name, lang);
        let mut head = lang.pick(
            format!("Le parcours {title} mène {field}{of} d'état en état"),
            format!("The blueprint {title} leads {field}{of} from state to state"),
        );
        if blueprint.continuous {
            head += lang.pick(", d'une seule traite", ", in one go");
        }
        if blueprint.inactive {
            head += lang.pick(" ; il est inactif", "; it is inactive");
        }
        let mut lines = vec![head + "."];
        if let Some(entry) = &blueprint.entry {
            let before = lang.pick("Une fiche y entre si ", "A record enters it if ");
            self.condition(entry).around(before, ".").lines("", 0, &mut lines);
        }
        lines.push(self.pick("États :", "States:"));
        for state in &blueprint.states {
            Clause::Inline(self.state(state)).lines("– ", 1, &mut lines);
        }
        if !blueprint.transitions.is_empty() {
            lines.push(self.pick("Transitions :", "Transitions:"));
        }
        for transition in &blueprint.transitions {
            self.transition(transition, blueprint, 1, &mut lines);
        }
        lines.join("\n")
    }

    fn state(&self, state: &State) -> String {
        let lang = self.lang;
        let mut text = name(&state.name, lang);
        if state.is_default {
            text += lang.pick(", au départ", ", at the start");
        }
        text += match state.role {
            StateRole::Default | StateRole::Open => "",
            StateRole::Closed => lang.pick(", fermé", ", closed"),
            StateRole::Won => lang.pick(", fin gagnée", ", an end that is won"),
            StateRole::Lost => lang.pick(", fin perdue", ", an end that is lost"),
            StateRole::Final => lang.pick(", fin", ", an end"),
        };
        if let Some(share) = state.probability {
            let share = percent(share, lang);
            text += &lang.pick(
                format!(", {share} de chances d'être gagné"),
                format!(", {share} likely to be won"),
            );
        }
        for (of, label) in &state.labels {
            let label = quoted(label, lang);
            let of = match of {
                Lang::Fr => lang.pick("en français", "in French"),
                Lang::En => lang.pick("en anglais", "in English"),
            };
            text.extend([", ", label.as_str(), " ", of]);
        }
        if let Some(deadline) = &state.deadline {
            text += &self.deadline(deadline);
        }
        text
    }

    fn deadline(&self, deadline: &Deadline) -> String {
        let lang = self.lang;
        let length = lapse(deadline.after, lang);
        let mut text = lang.pick(format!(", {length} au plus"), format!(", {length} at most"));
        let calendar = deadline.calendar.and_then(|at| self.program.calendars.get(at as usize));
        if let Some(calendar) = calendar {
            let calendar = literal(&calendar.name, lang);
            text += &lang.pick(
                format!(" selon le calendrier {calendar}"),
                format!(" by the calendar {calendar}"),
            );
        }
        let people = |people: &[crate::checked::workflow::Actor]| {
            let people: Vec<String> = people.iter().map(|actor| self.actor(actor)).collect();
            and(&people, lang)
        };
        for (before, told) in &deadline.reminders {
            let before = lapse(*before, lang);
            text += &lang
                .pick(format!(", rappel {before} avant"), format!(", a reminder {before} before"));
            if !told.is_empty() {
                text +=
                    &lang.pick(format!(" pour {}", people(told)), format!(" for {}", people(told)));
            }
        }
        for (after, told) in &deadline.escalations {
            let when = match after {
                Some(after) => {
                    let after = lapse(*after, lang);
                    lang.pick(format!("{after} après"), format!("{after} after it"))
                }
                None => self.pick("ensuite", "then"),
            };
            let told = people(told);
            text += &lang
                .pick(format!(", {when} on prévient {told}"), format!(", {when} {told} is told"));
        }
        text
    }

    fn transition(
        &self,
        transition: &Transition,
        of: &Blueprint,
        depth: usize,
        lines: &mut Vec<String>,
    ) {
        let indent = "  ".repeat(depth);
        let head = self.way(transition, of, depth > 1);
        lines.push(format!("{indent}– {head}"));
        let mut under: Vec<Clause> = Vec::new();
        self.before(transition, &mut under);
        self.during(transition, &mut under);
        for action in &transition.after {
            under.push(self.action(action).around(self.lang.pick("ensuite, ", "then, "), ""));
        }
        for clause in under {
            clause.lines("– ", depth + 1, lines);
        }
        for child in &transition.children {
            self.transition(child, of, depth + 1, lines);
        }
    }

    /// `« Conclure » : d'Examen juridique à Clôture gagnée`
    fn way(&self, transition: &Transition, of: &Blueprint, is_child: bool) -> String {
        let lang = self.lang;
        let state = |id: &StateId| {
            name(of.states.get(id.0 as usize).map_or("", |state| state.name.as_str()), lang)
        };
        let title = quoted(&transition.name, lang);
        if is_child {
            return title;
        }
        let from: Vec<String> = transition.from.iter().map(state).collect();
        let (from, into) = (or(&from, lang), state(&transition.to));
        let mut text = lang.pick(
            format!("{title} : {} à {into}", de(&from)),
            format!("{title}: from {from} to {into}"),
        );
        match transition.kind {
            TransitionKind::Automatic(count, unit) => {
                let after = lapse((count, unit), lang);
                text += &lang.pick(
                    format!(", d'elle-même après {after}"),
                    format!(", by itself after {after}"),
                );
            }
            TransitionKind::Parallel => {
                text += lang
                    .pick(", quand tout ce qui suit est fait", ", when all that follows is done");
            }
            TransitionKind::Single | TransitionKind::Common => {}
        }
        text
    }

    fn before(&self, transition: &Transition, under: &mut Vec<Clause>) {
        let lang = self.lang;
        if !transition.owners.is_empty() {
            let owners: Vec<String> =
                transition.owners.iter().map(|owner| self.owner(owner)).collect();
            let owners = or(&owners, lang);
            under.push(Clause::Inline(
                lang.pick(format!("offerte à : {owners}"), format!("offered to: {owners}")),
            ));
        }
        if let Some(condition) = &transition.condition {
            let before = match transition.kind {
                TransitionKind::Automatic(..) => lang.pick("faite si ", "made if "),
                _ => lang.pick("offerte si ", "offered if "),
            };
            under.push(self.condition(condition).around(before, ""));
        }
    }

    fn during(&self, transition: &Transition, under: &mut Vec<Clause>) {
        let lang = self.lang;
        for message in &transition.messages {
            let message = self.quoted(message);
            under.push(Clause::Inline(
                lang.pick(format!("à lire : {message}"), format!("to be read: {message}")),
            ));
        }
        let fields = |list: &[crate::checked::FieldRef]| {
            and(&list.iter().map(|field| self.field(field)).collect::<Vec<_>>(), lang)
        };
        if !transition.required.is_empty() {
            let fields = fields(&transition.required);
            under.push(Clause::Inline(
                lang.pick(format!("à donner : {fields}"), format!("to be given: {fields}")),
            ));
        }
        if !transition.optional.is_empty() {
            let fields = fields(&transition.optional);
            under.push(Clause::Inline(
                lang.pick(format!("au choix : {fields}"), format!("may be given: {fields}")),
            ));
        }
        under.extend(transition.musts.iter().map(|must| self.must(must)));
        for extra in &transition.extras {
            under.push(Clause::Inline(self.extra(extra)));
        }
    }

    fn extra(&self, extra: &Extra) -> String {
        let lang = self.lang;
        let (mut asked, mut may) =
            (lang.pick("à donner", "to be given"), lang.pick("au choix", "may be given"));
        let what = match &extra.kind {
            ExtraKind::Note => self.pick("une note", "a note"),
            ExtraKind::Attachment => self.pick("une pièce jointe", "an attachment"),
            ExtraKind::Checklist(items) => {
                asked = lang.pick("à cocher", "to be ticked");
                may = lang.pick("à cocher au choix", "may be ticked");
                let items = items.iter().map(|item| quoted(item, lang)).collect::<Vec<_>>();
                and(&items, lang)
            }
            ExtraKind::Record(module) => {
                let module = name(module, lang);
                lang.pick(format!("une fiche {}", de(&module)), format!("a record of {module}"))
            }
        };
        format!("{}{}{what}", if extra.required { asked } else { may }, colon(lang))
    }

    /// What must hold, and what is said where it does not.
    fn must(&self, must: &Must) -> Clause {
        let lang = self.lang;
        let mut text = self.condition(&must.condition);
        if let Some(message) = &must.message {
            let message = self.quoted(message);
            let message = lang
                .pick(format!(", sinon on dit {message}"), format!(", or else it says {message}"));
            text = match text {
                Clause::Inline(text) => Clause::Inline(text + &message),
                Clause::List(head, parts) => {
                    let mut parts = parts;
                    parts.push(Clause::Inline(message.trim_start_matches(", ").to_owned()));
                    Clause::List(head, parts)
                }
            };
        }
        text.around(lang.pick("à respecter : ", "must hold: "), "")
    }
}

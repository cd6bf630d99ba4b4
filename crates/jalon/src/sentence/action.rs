//! What is done: each action as a clause.

use super::Speech;
use super::clause::Clause;
use super::words::{and, lapse, literal, name, to};
use crate::checked::blueprint::Owner;
use crate::checked::workflow::{
    Action, ActionKind, Actor, Change, Due, Meeting, Message, Target, Task, Update,
};
use crate::checked::{Domain, Expr, ExprKind};
use crate::lang::{Lang, quoted};
use crate::lexicon::Priority;
use crate::value::{TimeSpec, Value};

impl Speech<'_> {
    /// One action.
    pub(super) fn action(&self, action: &Action) -> Clause {
        Clause::Inline(self.act(&action.kind))
    }

    /// One action, as a text.
    pub(crate) fn act(&self, action: &ActionKind) -> String {
        let lang = self.lang;
        match action {
            ActionKind::Update(update) => self.update(update),
            ActionKind::Task(task) => self.task(task),
            ActionKind::Email(message) => {
                let template = self.quoted(&message.template);
                let head = lang.pick(
                    format!("l'e-mail {template} est envoyé"),
                    format!("the email {template} is sent"),
                );
                self.message(head, message)
            }
            ActionKind::Alert(message) => {
                let text = self.quoted(&message.template);
                let head = lang.pick(
                    format!("l'alerte {text} est envoyée"),
                    format!("the alert {text} is sent"),
                );
                self.message(head, message)
            }
            ActionKind::Webhook(id) => {
                let webhook = self.program.webhooks.get(id.0 as usize);
                let name = literal(webhook.map_or("", |webhook| webhook.name.as_str()), lang);
                lang.pick(
                    format!("le webhook {name} est appelé"),
                    format!("the webhook {name} is called"),
                )
            }
            ActionKind::Function { name: of, arguments } => {
                let of = name(of, lang);
                let mut text = lang.pick(
                    format!("la fonction {of} est appelée"),
                    format!("the function {of} is called"),
                );
                if !arguments.is_empty() {
                    text += lang.pick(" avec ", " with ");
                    text += &self.values(arguments);
                }
                text
            }
            ActionKind::Score(id) => {
                let score = self.program.scores.get(id.0 as usize);
                let name = literal(score.map_or("", |score| score.name.as_str()), lang);
                lang.pick(
                    format!("le score {name} est calculé"),
                    format!("the score {name} is computed"),
                )
            }
            ActionKind::Convert(modules) => {
                let mut text = self.pick("la fiche est convertie", "the record is converted");
                if !modules.is_empty() {
                    let modules = self.named(modules);
                    text += &lang.pick(format!(" en {modules}"), format!(" to {modules}"));
                }
                text
            }
            ActionKind::Create { module, fields } => {
                let module = name(module, lang);
                let head = lang.pick(
                    format!("une fiche est créée dans {module}"),
                    format!("a record is created in {module}"),
                );
                head + &self.settings(fields)
            }
            ActionKind::Tag(tags) => self.tags(tags, ("posée", "is set", "are set")),
            ActionKind::Untag(tags) => self.tags(tags, ("retirée", "is removed", "are removed")),
            ActionKind::Assign(actor) => {
                let actor = self.actor(actor);
                lang.pick(
                    format!("la fiche est affectée {}", to(&actor)),
                    format!("the record is assigned to {actor}"),
                )
            }
            ActionKind::Meeting(meeting) => self.meeting(meeting),
            ActionKind::Delete => self.pick("la fiche est supprimée", "the record is deleted"),
        }
    }

    fn tags(&self, tags: &[String], (fr, one, many): (&str, &str, &str)) -> String {
        let named = self.named(tags);
        match (tags.len(), self.lang) {
            (0 | 1, Lang::Fr) => format!("l'étiquette {named} est {fr}"),
            (_, Lang::Fr) => format!("les étiquettes {named} sont {fr}s"),
            (0 | 1, Lang::En) => format!("the tag {named} {one}"),
            (_, Lang::En) => format!("the tags {named} {many}"),
        }
    }

    fn update(&self, update: &Update) -> String {
        let lang = self.lang;
        let (place, field) = match &update.target {
            Target::Own(field) => (String::new(), field),
            Target::Through { reference, field, .. } => {
                let by = self.field(reference);
                let place = lang.pick(
                    format!("dans la fiche que désigne {by}, "),
                    format!("in the record that {by} names, "),
                );
                (place, field)
            }
            Target::Each { list, field, .. } => {
                let of = self.field(list);
                let place = lang.pick(
                    format!("dans chaque fiche {}, ", super::words::de(&of)),
                    format!("in each record of {of}, "),
                );
                (place, field)
            }
        };
        let from = Speech { elsewhere: !place.is_empty(), ..self.clone() };
        let values: Vec<String> = update.values.iter().map(|value| from.written(value)).collect();
        let values = and(&values, lang);
        let name = self.field(field);
        let is_number = field.domain == Domain::Number
            || update.values.iter().any(|value| {
                value.domain == Domain::Number
                    || matches!(value.kind, ExprKind::Const(Value::Number(_)))
            });
        let said = match (update.change, is_number) {
            (Change::Set, _) if update.values.is_empty() => {
                lang.pick(format!("{name} devient vide"), format!("{name} becomes empty"))
            }
            (Change::Set, _) => {
                lang.pick(format!("{name} devient {values}"), format!("{name} becomes {values}"))
            }
            (Change::Add, true) => lang.pick(
                format!("{name} augmente {}", super::words::de(&values)),
                format!("{name} increases by {values}"),
            ),
            (Change::Remove, true) => lang.pick(
                format!("{name} diminue {}", super::words::de(&values)),
                format!("{name} decreases by {values}"),
            ),
            (Change::Add, false) => {
                lang.pick(format!("{name} gagne {values}"), format!("{name} gains {values}"))
            }
            (Change::Remove, false) => {
                lang.pick(format!("{name} perd {values}"), format!("{name} loses {values}"))
            }
        };
        let forced = if update.forced {
            lang.pick(", en forçant le parcours", ", forcing the blueprint")
        } else {
            ""
        };
        format!("{place}{said}{forced}")
    }

    /// The value that a field is given.
    fn written(&self, value: &Expr) -> String {
        let lang = self.lang;
        match &value.kind {
            ExprKind::Time(TimeSpec::Now) => {
                self.pick("la date et l'heure du moment", "the current date and time")
            }
            ExprKind::Time(TimeSpec::Relative(relative)) => {
                let word = relative.word(lang);
                lang.pick(format!("la date {}", super::words::de(word)), format!("{word}'s date"))
            }
            _ => self.expr(value),
        }
    }

    /// The values that a function is given.
    fn values(&self, values: &[Expr]) -> String {
        let values: Vec<String> = values.iter().map(|value| self.expr(value)).collect();
        and(&values, self.lang)
    }

    fn task(&self, task: &Task) -> String {
        let lang = self.lang;
        let subject = self.quoted(&task.subject);
        let mut text = lang.pick(
            format!("la tâche {subject} est créée"),
            format!("the task {subject} is created"),
        );
        match &task.due {
            Some(Due::In(count, unit)) => {
                let length = lapse((*count, *unit), lang);
                text +=
                    &lang.pick(format!(", à échéance dans {length}"), format!(", due in {length}"));
            }
            Some(Due::At(at)) => {
                let at = self.expr(at);
                text += &lang.pick(
                    format!(", dont l'échéance est {at}"),
                    format!(", whose due date is {at}"),
                );
            }
            None => {}
        }
        if let Some(priority) = task.priority {
            text += match priority {
                Priority::Low => lang.pick(", en priorité basse", ", with low priority"),
                Priority::Normal => lang.pick(", en priorité normale", ", with normal priority"),
                Priority::High => lang.pick(", en priorité haute", ", with high priority"),
            };
        }
        if let Some(whose) = &task.to {
            let whose = self.actor(whose);
            text += &lang.pick(format!(", pour {whose}"), format!(", for {whose}"));
        }
        if task.done {
            text += lang.pick(", déjà terminée", ", already completed");
        }
        text + &self.settings(&task.settings)
    }

    fn message(&self, mut text: String, message: &Message) -> String {
        if !message.to.is_empty() {
            let actors: Vec<String> = message
                .to
                .iter()
                .map(|actor| {
                    let actor = self.actor(actor);
                    self.lang.pick(to(&actor), format!("to {actor}"))
                })
                .collect();
            text.extend([" ", and(&actors, self.lang).as_str()]);
        }
        text + &self.settings(&message.settings)
    }

    fn meeting(&self, meeting: &Meeting) -> String {
        let lang = self.lang;
        let title = self.quoted(&meeting.title);
        let mut text = lang.pick(
            format!("le rendez-vous {title} est pris"),
            format!("the meeting {title} is set up"),
        );
        text += &match &meeting.start {
            Due::In(count, unit) => {
                let length = lapse((*count, *unit), lang);
                lang.pick(format!(" dans {length}"), format!(" in {length}"))
            }
            Due::At(at) => {
                let at = self.expr(at);
                lang.pick(format!(", dont le début est {at}"), format!(", whose start is {at}"))
            }
        };
        if let Some(length) = meeting.length {
            let length = lapse(length, lang);
            text += &lang.pick(format!(", pour une durée de {length}"), format!(", for {length}"));
        }
        if !meeting.with.is_empty() {
            let with: Vec<String> = meeting.with.iter().map(|actor| self.actor(actor)).collect();
            let with = and(&with, lang);
            text += &lang.pick(format!(", avec {with}"), format!(", with {with}"));
        }
        text + &self.settings(&meeting.settings)
    }

    /// Further fields and their values.
    fn settings(&self, settings: &[(String, Expr)]) -> String {
        let lang = self.lang;
        let mut text = String::new();
        for (key, value) in settings {
            let known = match key.as_str() {
                "objet" => Some(("objet", "subject")),
                "texte" => Some(("texte", "text")),
                "html" => Some(("texte en HTML", "text in HTML")),
                "copie" => Some(("copie à", "copy to")),
                "lieu" => Some(("lieu", "place")),
                "description" => Some(("description", "description")),
                _ => None,
            };
            let key = match known {
                Some((fr, en)) => lang.pick(fr, en).to_owned(),
                None => name(key, lang),
            };
            let value = match known {
                Some(_) => self.quoted(value),
                None => self.expr(value),
            };
            text.extend([", ", key.as_str(), " = ", value.as_str()]);
        }
        text
    }

    /// Somebody.
    pub(crate) fn actor(&self, actor: &Actor) -> String {
        let lang = self.lang;
        match actor {
            Actor::Field(field) => self.field(field),
            Actor::User(name) => self.somebody("l'utilisateur", "the user", name),
            Actor::Role(name) => self.somebody("le rôle", "the role", name),
            Actor::Group(name) => self.somebody("le groupe", "the group", name),
            Actor::Address(address) => {
                format!("{} {address}", lang.pick("l'adresse", "the address"))
            }
        }
    }

    /// Somebody who may make a transition or must agree.
    pub(crate) fn owner(&self, owner: &Owner) -> String {
        match owner {
            Owner::Everyone => self.pick("tout le monde", "everyone"),
            Owner::RecordOwner(_) => self.pick("le propriétaire de la fiche", "the record's owner"),
            Owner::OfField(field) => {
                let field = self.field(field);
                self.lang.pick(
                    format!("la personne que désigne {field}"),
                    format!("the person that {field} names"),
                )
            }
            Owner::User(name) => self.somebody("l'utilisateur", "the user", name),
            Owner::Role(name) => self.somebody("le rôle", "the role", name),
            Owner::Group(name) => self.somebody("le groupe", "the group", name),
            Owner::Profile(name) => self.somebody("le profil", "the profile", name),
        }
    }

    fn somebody(&self, fr: &str, en: &str, name: &str) -> String {
        format!("{} {}", self.lang.pick(fr, en), quoted(name, self.lang))
    }
}

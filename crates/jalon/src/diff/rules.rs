//! Rules: triggers, repetition, criteria, actions.

use rustc_hash::{FxHashMap, FxHashSet};

use super::canonical::Canonical;
use super::node::{Node, Voice, said};
use super::{Part, Said};
use crate::checked::content::Names;
use crate::checked::names::fold;
use crate::checked::workflow::{
    Action, ActionKind, Branch, Later, Repetition, Rule, Target, Trigger, TriggerKind,
};
use crate::checked::{CheckedProgram, Condition};
use crate::lang::Lang;
use crate::sentence::{Joined, Speech};

/// The name of a rule and its module, by which it is known again.
pub(super) fn key(rule: &Rule, program: &CheckedProgram) -> String {
    format!("{}\u{1}{:?}", fold(&rule.name), rule.on.name(&program.schema).map(fold))
}

/// The rules of both programs that say the same, by their places in each.
pub(super) fn unchanged(
    old: &CheckedProgram,
    new: &CheckedProgram,
) -> (FxHashSet<usize>, FxHashSet<usize>) {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for (place, rule) in new.rules.iter().enumerate() {
        known.entry(key(rule, new)).or_insert(place);
    }
    let (mut before, mut after) = (FxHashSet::default(), FxHashSet::default());
    let (mut then, mut now) = (Names::new(old), Names::new(new));
    for (place, rule) in old.rules.iter().enumerate() {
        let Some(other) = known.get(&key(rule, old)) else { continue };
        let twin = &new.rules[*other];
        if twin.name == rule.name
            && !after.contains(other)
            && then.of_rule(rule) == now.of_rule(twin)
        {
            before.insert(place);
            after.insert(*other);
        }
    }
    (before, after)
}

/// The rules of a program but some.
pub(super) fn rules(voice: &Voice<'_>, but: &FxHashSet<usize>) -> Vec<Node> {
    let rules = voice.program.rules.iter().enumerate().filter(|(place, _)| !but.contains(place));
    rules.map(|(_, rule)| node(rule, voice)).collect()
}

fn node(rule: &Rule, voice: &Voice<'_>) -> Node {
    let parts = Parts::new(voice);
    let module = rule.on.name(&voice.program.schema);
    let mut children: Vec<Node> =
        rule.triggers.iter().map(|trigger| parts.trigger(trigger, module)).collect();
    let repetition = said(|lang| voice.speech(lang).repetition(rule.repetition).to_owned());
    children.push(Node::new(Part::Repetition, repetition).keys(vec![String::new()]));
    children.extend(
        module.map(|name| Node::new(Part::Of, said(|_| name.to_owned())).keys(vec![String::new()])),
    );
    for (place, branch) in rule.branches.iter().enumerate() {
        let inside = parts.branch(branch);
        if place == 0 {
            children.extend(inside);
            continue;
        }
        let mut node = Node::new(Part::Branch, parts.otherwise(branch));
        node.content.clear();
        node.children = inside;
        let condition = branch.condition.as_ref().map(|of| parts.canonical.text(of));
        children.push(node.keys(vec![condition.unwrap_or_default(), place.to_string()]));
    }
    let text = said(|lang| voice.speech(lang).rule(rule));
    let mut node = Node::named(Part::Rule, &rule.name, text, children);
    node.module = module.map(str::to_owned);
    // What is remembered is remembered by name.
    node.if_renamed = (rule.repetition == Repetition::OnlyOnce).then(|| Said {
        fr: "elle ne se déclenche qu'une fois par fiche : sous un autre nom, elle repart de zéro"
            .to_owned(),
        en: "it fires only once for each record: under another name, it starts afresh".to_owned(),
    });
    node
}

/// The parts of rules of a program, also of what does as they do.
pub(super) struct Parts<'p> {
    french: Speech<'p>,
    english: Speech<'p>,
    canonical: Canonical<'p>,
}

impl<'p> Parts<'p> {
    fn new(voice: &Voice<'p>) -> Parts<'p> {
        Parts::speaking(voice.speech(Lang::Fr), voice.speech(Lang::En))
    }

    /// In the words of a frame, such as the event that a line of a score counts.
    pub(super) fn speaking(french: Speech<'p>, english: Speech<'p>) -> Parts<'p> {
        Parts { canonical: Canonical::new(french.clone()), french, english }
    }

    fn said(&self, text: impl Fn(&Speech<'_>) -> String) -> Said {
        Said { fr: text(&self.french), en: text(&self.english) }
    }

    fn trigger(&self, trigger: &Trigger, module: Option<&str>) -> Node {
        let text = self.said(|speech| speech.trigger(&trigger.kind, module));
        let mut node = Node::new(Part::Trigger, text);
        match &trigger.kind {
            TriggerKind::Criterion(criterion) => node.content = self.canonical.text(criterion),
            TriggerKind::Changed(fields) => {
                let mut names: Vec<String> =
                    fields.iter().map(|field| self.french.field(field)).collect();
                names.sort_unstable();
                node.content = format!("changed {}", names.join("\u{1}"));
            }
            _ => {}
        }
        let kind = std::mem::discriminant(&trigger.kind);
        node.keys(vec![format!("{kind:?}"), String::new()])
    }

    /// What must hold: its parts, where it asks for all of them or for one.
    pub(super) fn criterion(&self, condition: &Condition) -> Node {
        let text = self.said(|speech| speech.criterion(Some(condition)));
        let mut node = Node::new(Part::Criterion, text);
        node.content.clear();
        let mut sorted = condition.clone();
        self.canonical.condition(&mut sorted);
        let (joined, french) = self.french.parts(&sorted);
        let (_, english) = self.english.parts(&sorted);
        node.joined = match joined {
            Joined::All => Some(true),
            Joined::Any => Some(false),
            Joined::Alone => None,
        };
        for ((subject, fr), (_, en)) in french.into_iter().zip(english) {
            let part = Node::new(Part::Condition, Said { fr, en });
            node.children.push(part.keys(subject.into_iter().collect()));
        }
        node.keys(vec![String::new()])
    }

    /// The criterion, the actions and the timers of a branch.
    fn branch(&self, branch: &Branch) -> Vec<Node> {
        let mut parts: Vec<Node> =
            branch.condition.iter().map(|condition| self.criterion(condition)).collect();
        parts.extend(branch.actions.iter().map(|action| self.action(action)));
        parts.extend(branch.later.iter().map(|later| self.later(later)));
        parts
    }

    fn otherwise(&self, branch: &Branch) -> Said {
        self.said(|speech| match &branch.condition {
            Some(condition) => {
                let text = speech.criterion(Some(condition));
                speech.lang.pick(format!("sinon, si {text}"), format!("otherwise, if {text}"))
            }
            None => speech.lang.pick("sinon", "otherwise").to_owned(),
        })
    }

    fn action(&self, action: &Action) -> Node {
        let text = self.said(|speech| speech.act(&action.kind));
        let kind = format!("{:?}", std::mem::discriminant(&action.kind));
        let of = match &action.kind {
            ActionKind::Update(update) => match &update.target {
                Target::Own(field) => self.french.field(field),
                Target::Through { reference: of, field, .. }
                | Target::Each { list: of, field, .. } => {
                    format!("{}\u{1}{}", self.french.field(of), self.french.field(field))
                }
            },
            ActionKind::Task(task) => task.subject.source.clone(),
            ActionKind::Email(message) | ActionKind::Alert(message) => {
                message.template.source.clone()
            }
            ActionKind::Function { name, .. } => name.clone(),
            ActionKind::Create { module, .. } => module.clone(),
            _ => String::new(),
        };
        let mut node = Node::new(Part::Action, text);
        node.content = self.sorted_action(action);
        let mut keys = vec![format!("{kind}\u{1}{of}")];
        if !matches!(action.kind, ActionKind::Update(_)) {
            keys.push(kind);
        }
        node.keys(keys)
    }

    fn sorted_action(&self, action: &Action) -> String {
        let mut kind = action.kind.clone();
        match &mut kind {
            ActionKind::Update(update) => {
                update.values.iter_mut().for_each(|value| self.canonical.expr(value));
            }
            ActionKind::Tag(tags) | ActionKind::Untag(tags) => tags.sort(),
            _ => {}
        }
        self.french.act(&kind)
    }

    fn later(&self, later: &Later) -> Node {
        let head = self.said(|speech| speech.later_head(later));
        let mut node = Node::new(Part::Later, head);
        node.children = later.actions.iter().map(|action| self.action(action)).collect();
        node.keys(vec![format!("{:?}", later.after), String::new()])
    }
}

//! Blueprints as they are generated: what they say, and their text.

use std::fmt::Write as _;

use jalon::users::User;
use proptest::collection::vec;
use proptest::prelude::*;

/// A blueprint and the rules around it.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Whether records enter with an amount only.
    pub entry: bool,
    /// How many states are open; the ends come after them.
    pub open: usize,
    pub ends: usize,
    pub transitions: Vec<Transition>,
    /// Of each open state.
    pub deadlines: Vec<Option<Deadline>>,
    pub rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
pub struct Transition {
    pub kind: Kind,
    pub to: usize,
    pub asks: Asks,
}

#[derive(Clone, Debug)]
pub enum Kind {
    Single(Vec<usize>),
    Common,
    /// So many hours after the state was entered.
    Automatic(usize, i64),
    Parallel(usize, Vec<Asks>),
}

/// What a transition, or a child of one, takes and does.
#[derive(Clone, Debug)]
pub struct Asks {
    pub owner: Owner,
    pub criterion: Option<Criterion>,
    pub required: Vec<Field>,
    pub optional: Vec<Field>,
    pub note: bool,
    pub ticked: bool,
    /// At least so much.
    pub least: Option<i64>,
    pub after: After,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Owner {
    Unsaid,
    Everyone,
    Alice,
    Role,
    Group,
    OfField,
}

#[derive(Clone, Copy, Debug)]
pub enum Criterion {
    AtLeast(i64),
    Below(i64),
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Montant,
    Motif,
    Statut,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum After {
    Nothing,
    Task,
    /// Writes `Statut`.
    Mark,
}

/// In hours.
#[derive(Clone, Debug)]
pub struct Deadline {
    pub after: i64,
    pub reminder: Option<i64>,
    pub levels: Vec<i64>,
}

/// Writes the state: by a button, or when the record reaches a state.
#[derive(Clone, Debug)]
pub struct Rule {
    pub when: Option<usize>,
    pub to: usize,
    pub forced: bool,
}

impl Plan {
    pub fn states(&self) -> usize {
        self.open + self.ends
    }

    pub fn is_end(&self, state: usize) -> bool {
        state >= self.open
    }

    /// The states a transition leaves.
    pub fn leaves(&self, transition: &Transition, state: usize) -> bool {
        match &transition.kind {
            Kind::Single(from) => from.contains(&state),
            Kind::Common => !self.is_end(state) && state != transition.to,
            Kind::Automatic(from, _) | Kind::Parallel(from, _) => *from == state,
        }
    }

    pub fn text(&self) -> String {
        let all: Vec<String> = (0..self.states()).map(state).collect();
        let mut text = format!(
            "module Affaires\n  Étape : liste {}\n  Montant : nombre\n  Motif : texte\n  \
             Statut : texte\n  Chef : utilisateur\n\nparcours P sur Affaires, champ Étape\n",
            all.join(", ")
        );
        if self.entry {
            text.push_str("  entrée si Montant > 0\n");
        }
        writeln!(text, "  états {}", all[..self.open].join(", ")).unwrap();
        for (end, word) in all[self.open..].iter().zip(["gagné", "perdu", "final"]) {
            writeln!(text, "  {word} {end}").unwrap();
        }
        for (at, deadline) in self.deadlines.iter().enumerate() {
            let Some(deadline) = deadline else { continue };
            write!(text, "  délai {}, {} heures", state(at), deadline.after).unwrap();
            if let Some(before) = deadline.reminder {
                write!(text, ", rappel {before} heures avant Alice").unwrap();
            }
            for after in &deadline.levels {
                match after {
                    0 => write!(text, ", escalade Alice").unwrap(),
                    _ => write!(text, ", escalade {after} heures après Bruno").unwrap(),
                }
            }
            text.push('\n');
        }
        for (number, transition) in self.transitions.iter().enumerate() {
            transition.text(number, &mut text);
        }
        for (number, rule) in self.rules.iter().enumerate() {
            let when =
                rule.when.map_or("manuel".to_owned(), |to| format!("Étape DEVIENT {}", state(to)));
            let forced = if rule.forced { "forcer " } else { "" };
            writeln!(text, "\nrègle R{number} sur Affaires\n  quand {when}\n  alors").unwrap();
            writeln!(text, "    {forced}Étape : {}", state(rule.to)).unwrap();
        }
        text
    }
}

impl Transition {
    fn text(&self, number: usize, text: &mut String) {
        let (name, to) = (name(number), state(self.to));
        match &self.kind {
            Kind::Single(from) => {
                let from: Vec<String> = from.iter().map(|from| state(*from)).collect();
                writeln!(text, "  transition {name} de {} vers {to}", from.join(", ")).unwrap();
            }
            Kind::Common => writeln!(text, "  transition commune {name} vers {to}").unwrap(),
            Kind::Automatic(from, hours) => {
                let from = state(*from);
                writeln!(
                    text,
                    "  transition automatique {name} de {from} vers {to} après {hours} heures"
                )
                .unwrap();
            }
            Kind::Parallel(from, _) => {
                writeln!(text, "  transition parallèle {name} de {} vers {to}", state(*from))
                    .unwrap();
            }
        }
        self.asks.text(text);
        if let Kind::Parallel(_, children) = &self.kind {
            for (number, child) in children.iter().enumerate() {
                writeln!(text, "    enfant \"{name}-{number}\"").unwrap();
                child.text(text);
            }
        }
    }
}

impl Asks {
    pub fn asks(&self, field: Field) -> bool {
        self.required.contains(&field) || self.optional.contains(&field)
    }

    fn text(&self, text: &mut String) {
        let owner = match self.owner {
            Owner::Unsaid => "",
            Owner::Everyone => "tous",
            Owner::Alice => "Alice",
            Owner::Role => "rôle Direction",
            Owner::Group => "groupe Juridique",
            Owner::OfField => "utilisateur du champ Chef",
        };
        let criterion = match self.criterion {
            None => String::new(),
            Some(Criterion::AtLeast(amount)) => format!("      si Montant >= {amount}\n"),
            Some(Criterion::Below(amount)) => format!("      si Montant < {amount}\n"),
            Some(Criterion::Done) => "      si Statut EST fait\n".to_owned(),
        };
        if !owner.is_empty() || !criterion.is_empty() {
            text.push_str("    avant\n");
            if !owner.is_empty() {
                writeln!(text, "      propriétaires {owner}").unwrap();
            }
            text.push_str(&criterion);
        }
        let mut during = String::new();
        for (word, fields) in [("obligatoire", &self.required), ("facultatif", &self.optional)] {
            for field in fields {
                writeln!(during, "      {word} {field:?}").unwrap();
            }
        }
        if self.note {
            during.push_str("      note\n");
        }
        if self.ticked {
            during.push_str("      cocher \"Lu\"\n");
        }
        if let Some(least) = self.least {
            writeln!(during, "      valider Montant >= {least}").unwrap();
        }
        if !during.is_empty() {
            write!(text, "    pendant\n{during}").unwrap();
        }
        match self.after {
            After::Nothing => {}
            After::Task => text.push_str("    après\n      tâche \"Appeler\"\n"),
            After::Mark => text.push_str("    après\n      Statut : fait\n"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Nobody,
    Alice,
    /// Of the role.
    Bruno,
    /// Of the group.
    Claire,
}

impl Actor {
    pub fn user(self) -> Option<User> {
        match self {
            Actor::Nobody => None,
            Actor::Alice => Some(User::named("Alice")),
            Actor::Bruno => Some(User::named("Bruno").role("Direction")),
            Actor::Claire => Some(User::named("Claire").group("Juridique")),
        }
    }

    pub fn name(self) -> Option<&'static str> {
        match self {
            Actor::Nobody => None,
            Actor::Alice => Some("Alice"),
            Actor::Bruno => Some("Bruno"),
            Actor::Claire => Some("Claire"),
        }
    }
}

/// The children of a parallel transition.
pub fn children(transition: &Transition) -> &[Asks] {
    match &transition.kind {
        Kind::Parallel(_, children) => children,
        _ => &[],
    }
}

pub fn state(index: usize) -> String {
    format!("S{index}")
}

/// Against the order of the letters, so that the order of the text is seen to count.
pub fn name(number: usize) -> String {
    format!("T{}", 9 - number)
}

fn fields() -> impl Strategy<Value = Vec<Field>> {
    proptest::sample::subsequence(vec![Field::Montant, Field::Motif, Field::Statut], 0..=2)
}

fn criterion() -> impl Strategy<Value = Option<Criterion>> {
    let one = prop_oneof![
        (0..3i64).prop_map(|amount| Criterion::AtLeast(amount * 10)),
        (1..3i64).prop_map(|amount| Criterion::Below(amount * 10)),
        Just(Criterion::Done),
    ];
    proptest::option::weighted(0.3, one)
}

fn after() -> impl Strategy<Value = After> {
    prop_oneof![3 => Just(After::Nothing), 1 => Just(After::Task), 1 => Just(After::Mark)]
}

fn asks() -> impl Strategy<Value = Asks> {
    let owner = prop_oneof![
        4 => Just(Owner::Unsaid),
        1 => Just(Owner::Everyone),
        1 => Just(Owner::Alice),
        1 => Just(Owner::Role),
        1 => Just(Owner::Group),
        1 => Just(Owner::OfField),
    ];
    let extra = || proptest::bool::weighted(0.15);
    let least = proptest::option::weighted(0.25, (1..3i64).prop_map(|amount| amount * 10));
    (owner, criterion(), fields(), fields(), (extra(), extra()), least, after()).prop_map(
        |(owner, criterion, required, mut optional, (note, ticked), least, after)| {
            optional.retain(|field| !required.contains(field));
            Asks { owner, criterion, required, optional, note, ticked, least, after }
        },
    )
}

fn transition(open: usize, states: usize) -> impl Strategy<Value = Transition> {
    let all: Vec<usize> = (0..open).collect();
    let kind = prop_oneof![
        4 => proptest::sample::subsequence(all, 1..=open).prop_map(Kind::Single),
        1 => Just(Kind::Common),
        2 => (0..open, 1..4i64).prop_map(|(from, times)| Kind::Automatic(from, times * 6)),
        2 => (0..open, vec(asks(), 1..4)).prop_map(|(from, children)| Kind::Parallel(from, children)),
    ];
    (kind, 0..states, asks()).prop_map(move |(mut kind, to, mut asks)| {
        if matches!(kind, Kind::Common) && (0..open).all(|from| from == to) {
            kind = Kind::Single((0..open).collect());
        }
        if matches!(kind, Kind::Automatic(..)) {
            let (criterion, after) = (asks.criterion, asks.after);
            asks = Asks { criterion, after, ..Asks::nothing() };
        }
        Transition { kind, to, asks }
    })
}

impl Asks {
    fn nothing() -> Asks {
        Asks {
            owner: Owner::Unsaid,
            criterion: None,
            required: Vec::new(),
            optional: Vec::new(),
            note: false,
            ticked: false,
            least: None,
            after: After::Nothing,
        }
    }
}

fn deadline() -> impl Strategy<Value = Deadline> {
    let levels = proptest::sample::subsequence(vec![0, 6, 12], 1..=3);
    (2..4i64, proptest::option::of(Just(6)), levels)
        .prop_map(|(times, reminder, levels)| Deadline { after: times * 6, reminder, levels })
}

/// Any blueprint of a handful of states.
pub fn plan() -> impl Strategy<Value = Plan> {
    (1..4usize, 0..3usize, any::<bool>()).prop_flat_map(|(open, ends, entry)| {
        let states = open + ends;
        let rule = (proptest::option::of(0..states), 0..states, any::<bool>())
            .prop_map(|(when, to, forced)| Rule { when, to, forced });
        let deadlines = vec(proptest::option::weighted(0.4, deadline()), open);
        (vec(transition(open, states), 1..6), deadlines, vec(rule, 0..3)).prop_map(
            move |(transitions, deadlines, rules)| Plan {
                entry,
                open,
                ends,
                transitions,
                deadlines,
                rules,
            },
        )
    })
}

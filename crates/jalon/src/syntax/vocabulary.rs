//! The closed lists of words by the place where they may stand: what an editor offers there, and
//! what a highlighter colours. They are the tables that the parser reads.

mod meaning;
mod title;

use std::sync::LazyLock;

use super::approval::{self, level};
use super::automation::{
    calendar, dependency, guard, schedule, settling, test, validation, webhook,
};
use super::blueprint::{self, deadline, route, state, transition};
use super::keyword::{self, Case, DECLARATIONS, Table, Words};
use super::rule::{self, action, branch, lapse, options, trigger, update};
use super::{module, score};
use crate::lang::Lang;
use crate::lang::Text;

/// Where a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the first column.
    Declaration,
    /// Behind the colon of a field.
    Type,
    /// Behind the type of a field.
    Property,
    /// At the start of a line of a score.
    Score,
    /// At the start of a line of a rule, unless it is an action.
    Rule,
    /// At the start of an action.
    Action,
    /// Behind `quand`.
    Trigger,
    /// Behind a task's subject.
    Task,
    /// Behind an e-mail's or an alert's template.
    Message,
    /// Behind a meeting's title.
    Meeting,
    /// Before somebody's name.
    Actor,
    /// At the start of a line of a blueprint, unless it is an action.
    Blueprint,
    /// Behind a state.
    State,
    /// Behind `propriétaires`.
    Owner,
    /// Behind the length of a deadline.
    Deadline,
    /// At the start of a line of an approval, unless it is an action.
    Approval,
    /// Behind the approvers of a level.
    Level,
    /// Behind `ensuite` in a level.
    Lapsed,
    /// At the start of a line of a test.
    Test,
    /// Behind `attendu`.
    Expectation,
    /// Below a transition of a test.
    Handed,
    /// At the end of what is expected of a rule.
    Fires,
    /// At the end of what is expected of a transition.
    Offered,
    /// At the start of a line of a calendar.
    Calendar,
    /// At the start of a line of a webhook.
    Webhook,
    /// The methods of a webhook.
    Method,
    /// The formats of what a webhook sends.
    Format,
    /// Behind `garde`.
    Guard,
    /// Behind `enchaînement`.
    Chaining,
    /// Behind `pipeline`.
    Pipeline,
    /// Words that join others, inside a line.
    Inside,
}

/// A word of the language, or several that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// In French, the printed spelling first.
    pub fr: &'static [&'static str],
    /// In English, the printed spelling first.
    pub en: &'static [&'static str],
}

impl Phrase {
    /// The printed spelling.
    pub fn word(&self, lang: Lang) -> &'static str {
        lang.pick(self.fr, self.en).first().copied().unwrap_or("")
    }

    /// Every spelling.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        self.fr.iter().chain(self.en).copied()
    }
}

impl Place {
    /// Every place, in the order of the language reference.
    pub const ALL: &'static [Place] = &[
        Place::Declaration,
        Place::Type,
        Place::Property,
        Place::Score,
        Place::Rule,
        Place::Trigger,
        Place::Action,
        Place::Task,
        Place::Message,
        Place::Meeting,
        Place::Actor,
        Place::Blueprint,
        Place::State,
        Place::Owner,
        Place::Deadline,
        Place::Approval,
        Place::Level,
        Place::Lapsed,
        Place::Test,
        Place::Expectation,
        Place::Fires,
        Place::Offered,
        Place::Handed,
        Place::Calendar,
        Place::Webhook,
        Place::Method,
        Place::Format,
        Place::Guard,
        Place::Chaining,
        Place::Pipeline,
        Place::Inside,
    ];

    /// The words that may stand there.
    ///
    /// ```
    /// use jalon::lang::Lang;
    /// use jalon::syntax::vocabulary::Place;
    ///
    /// let words: Vec<_> = Place::Rule.words().iter().map(|phrase| phrase.word(Lang::Fr)).collect();
    /// assert_eq!(words[..3], ["quand", "si", "alors"]);
    /// ```
    pub fn words(self) -> Vec<Phrase> {
        match self {
            Place::Declaration => rows(DECLARATIONS),
            Place::Type => rows(module::TYPES),
            Place::Property => with(rows(module::PROPERTIES), &[keyword::AT_MOST]),
            Place::Score => rows(score::LINES),
            Place::Rule => rows(rule::CLAUSES),
            Place::Action => with(rows(action::ACTIONS), &[update::EACH, update::FORCE]),
            Place::Trigger => with(rows(trigger::TRIGGERS), &[trigger::SCORE, trigger::IDLE]),
            Place::Task => rows(options::TASK),
            Place::Message => rows(options::MESSAGE),
            Place::Meeting => rows(options::MEETING),
            Place::Actor => rows(options::ACTORS),
            Place::Blueprint => rows(blueprint::LINES),
            Place::State => rows(state::OPTIONS),
            Place::Owner => rows(transition::OWNERS),
            Place::Deadline => rows(deadline::PARTS),
            Place::Approval => rows(approval::LINES),
            Place::Level => rows(level::PARTS),
            Place::Lapsed => rows(level::LAPSED),
            Place::Test => rows(test::STEPS),
            Place::Expectation => with(rows(test::EXPECTATIONS), &[test::NONE]),
            Place::Handed => rows(test::HANDED),
            Place::Fires => rows(test::FIRES),
            Place::Offered => rows(test::OFFERED),
            Place::Calendar => rows(calendar::LINES),
            Place::Webhook => rows(webhook::LINES),
            Place::Method => rows(webhook::METHODS),
            Place::Format => rows(webhook::FORMATS),
            Place::Guard => rows(guard::CHANNELS),
            Place::Chaining => rows(settling::CHAINING),
            Place::Pipeline => rows(settling::STAGES),
            Place::Inside => INSIDE.iter().map(|[fr, en]| Phrase { fr, en }).collect(),
        }
    }

    /// What a word of this place means, by its printed French spelling.
    ///
    /// ```
    /// use jalon::syntax::vocabulary::Place;
    ///
    /// assert_eq!(Place::Rule.meaning("au passage").unwrap().en, "only when the criterion comes to hold");
    /// ```
    pub fn meaning(self, french: &str) -> Option<Text> {
        meaning::meaning(self, french)
    }

    /// What the place is called.
    ///
    /// ```
    /// use jalon::syntax::vocabulary::Place;
    ///
    /// assert_eq!(Place::Trigger.title().en, "Triggers, after `when`");
    /// ```
    pub fn title(self) -> Text {
        title::title(self)
    }

    /// The phrase of this place that a text begins with, the longest: its French spelling, and
    /// how many bytes it takes. Accents never matter, capitals only in the first column.
    ///
    /// ```
    /// use jalon::syntax::vocabulary::Place;
    ///
    /// assert_eq!(Place::Declaration.opens("regle \"CM2\" sur Prospects"), Some(("règle", 5)));
    /// assert_eq!(Place::Rule.opens("else if Country IS France"), Some(("sinon si", 7)));
    /// ```
    pub fn opens(self, text: &str) -> Option<(&'static str, usize)> {
        let strict = matches!(self, Place::Declaration | Place::Type | Place::Property);
        let case = if strict { Case::Strict } else { Case::Any };
        let words = self.words();
        let found = words.iter().flat_map(|phrase| {
            let lengths = phrase.spellings().filter_map(|word| keyword::starts(text, word, case));
            lengths.map(|length| (phrase.word(Lang::Fr), length))
        });
        found.max_by_key(|(_, length)| *length)
    }
}

/// How many bytes of a text a phrase takes if the text begins with it as whole words; neither
/// accents nor capitals matter.
pub fn begins(text: &str, phrase: &str) -> Option<usize> {
    keyword::starts(text, phrase, Case::Any)
}

/// The words inside lines.
const JOINING: &[&Words] = &[
    keyword::ON,
    keyword::IF,
    keyword::THEN,
    keyword::AT_MOST,
    keyword::LANGUAGE,
    score::AND,
    score::FROM,
    score::line::PER,
    score::line::PER_DAY,
    score::line::WITHIN,
    score::line::HALF_LIFE,
    trigger::RISES,
    trigger::FALLS,
    trigger::BEFORE,
    trigger::AFTER,
    trigger::EVERY,
    action::INTO,
    action::TO,
    action::WITH,
    options::IN,
    branch::UNCHECKED,
    lapse::AT,
    route::FROM,
    route::TO,
    route::SINCE,
    route::EXCEPT,
    transition::REQUIRED,
    transition::OPTIONAL,
    approval::EXCEPT,
    dependency::BY,
    schedule::SORTED_BY,
    schedule::DESCENDING,
    calendar::ZONE,
    calendar::CLOSED,
    validation::MESSAGE,
];

/// The spellings of those in French and in English: what is one word in French is one word here.
static INSIDE: LazyLock<Vec<[Vec<&str>; 2]>> = LazyLock::new(|| {
    let mut all: Vec<[Vec<&str>; 2]> = Vec::new();
    for words in JOINING {
        let (fr, en) = words.by_language();
        let known = all.iter_mut().find(|[known, _]| known.first() == fr.first());
        let Some([known_fr, known_en]) = known else {
            all.push([fr.to_vec(), en.to_vec()]);
            continue;
        };
        for (known, more) in [(known_fr, fr), (known_en, en)] {
            let new = |word: &&str| !known.contains(word);
            let new: Vec<&str> = more.iter().copied().filter(new).collect();
            known.extend(new);
        }
    }
    all
});

fn rows<T>(table: &'static Table<T>) -> Vec<Phrase> {
    table.iter().map(|(_, fr, en)| Phrase { fr, en }).collect()
}

/// Further words of a place.
fn with(mut rows: Vec<Phrase>, more: &[&Words]) -> Vec<Phrase> {
    rows.extend(more.iter().map(|words| {
        let (fr, en) = words.by_language();
        Phrase { fr, en }
    }));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_stands_once_in_its_own_language() {
        let phrases = Place::Inside.words();
        let of =
            |word| phrases.iter().filter(|phrase| phrase.fr.contains(&word)).collect::<Vec<_>>();
        assert_eq!(of("sur").len(), 1);
        assert_eq!(
            (of("sur les")[0].fr, of("sur")[0].en),
            (&["sur", "sur les"][..], &["on", "within"][..])
        );
        assert_eq!(of("pour chaque")[0].en, ["per", "for each"]);
        assert_eq!(of("obligatoires")[0].word(Lang::En), "required");
        let expected = Place::Expectation.words();
        assert!(expected.iter().any(|phrase| phrase.word(Lang::En) == "no"));
        let mut printed: Vec<_> = phrases.iter().map(|phrase| phrase.word(Lang::Fr)).collect();
        printed.sort_unstable();
        assert!(printed.windows(2).all(|two| two[0] != two[1]), "{printed:?}");
    }

    #[test]
    fn every_place_has_words_in_both_languages() {
        for place in Place::ALL {
            let words = place.words();
            assert!(!words.is_empty(), "{place:?}");
            for phrase in words {
                let (fr, en) = (phrase.word(Lang::Fr), phrase.word(Lang::En));
                assert!(!fr.is_empty() && !en.is_empty(), "{place:?} {phrase:?}");
                assert!(place.opens(fr).is_some_and(|(_, length)| length == fr.len()), "{fr}");
            }
        }
    }
}

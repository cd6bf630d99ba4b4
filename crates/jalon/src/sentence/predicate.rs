//! One test: what is read, a verb, and what it is compared with.

use super::Speech;
use super::words::{and, de, lapse, last, nested, next, nor, or, to, untyped};
use crate::checked::{
    ChangeTest, DynamicTest, Operand, OrderTest, Predicate, SetTest, Term, Test, TextTest,
};
use crate::lang::{Lang, quoted};
use crate::lexicon::Unit;
use crate::value::{TimeSpec, Value, Window};

/// A verb in both languages: said, denied, and before `ni … ni …`.
struct Verb {
    says: (&'static str, &'static str),
    denies: (&'static str, &'static str),
    neither: (&'static str, &'static str),
}

const fn verb(
    fr: (&'static str, &'static str, &'static str),
    en: (&'static str, &'static str, &'static str),
) -> Verb {
    Verb { says: (fr.0, en.0), denies: (fr.1, en.1), neither: (fr.2, en.2) }
}

const IS: Verb = verb(("est", "n'est pas", "n'est"), ("is", "is not", "is"));
const AMOUNTS: Verb = verb(("vaut", "ne vaut pas", "ne vaut"), ("is", "is not", "is"));
const CONTAINS: Verb = verb(
    ("contient", "ne contient pas", "ne contient"),
    ("contains", "does not contain", "contains"),
);
const STARTS: Verb = verb(
    ("commence", "ne commence pas", "ne commence"),
    ("starts with", "does not start with", "starts with"),
);
const ENDS: Verb =
    verb(("finit", "ne finit pas", "ne finit"), ("ends with", "does not end with", "ends with"));
const FALLS: Verb =
    verb(("tombe", "ne tombe pas", "ne tombe"), ("falls", "does not fall", "falls"));
const GOES_BACK: Verb = verb(("remonte", "ne remonte pas", "ne remonte"), ("is", "is not", "is"));
const EXCEEDS: Verb = verb(("dépasse", "ne dépasse pas", "ne dépasse"), ("is", "is not", "is"));
const MATCHES: Verb = verb(
    ("correspond", "ne correspond pas", "ne correspond"),
    ("matches", "does not match", "matches"),
);
const FOLLOWS: Verb =
    verb(("suit", "ne suit pas", "ne suit"), ("follows", "does not follow", "follows"));
const CHANGES: Verb =
    verb(("change", "ne change pas", "ne change"), ("changes", "does not change", "changes"));
const BECOMES: Verb =
    verb(("devient", "ne devient pas", "ne devient"), ("becomes", "does not become", "becomes"));
const PASSES: Verb =
    verb(("passe", "ne passe pas", "ne passe"), ("changes", "does not change", "changes"));

impl Verb {
    /// With what follows it.
    fn with(&self, lang: Lang, denied: bool, object: &str) -> String {
        let (fr, en) = if denied { self.denies } else { self.says };
        format!("{} {object}", lang.pick(fr, en)).trim_end().to_owned()
    }

    /// With one of several.
    fn with_any(&self, lang: Lang, denied: bool, objects: &[String]) -> String {
        if denied && objects.len() > 1 {
            let (fr, en) = self.neither;
            return format!("{} {}", lang.pick(fr, en), nor(objects, lang));
        }
        self.with(lang, denied, &or(objects, lang))
    }
}

impl Speech<'_> {
    /// `Pays est France ou Monaco`; `denied` says the contrary.
    pub(super) fn test(&self, test: &Test, denied: bool) -> String {
        let subject = self.subject(test);
        let denied = denied != test.negated;
        let said = self.predicate(&test.predicate, denied);
        format!("{subject} {said}")
    }

    /// What a test reads.
    pub(super) fn subject(&self, test: &Test) -> String {
        match &test.left {
            Operand::Field(field) => self.field(field),
            Operand::Expr(expr) => self.operand(expr),
        }
    }

    fn predicate(&self, predicate: &Predicate, denied: bool) -> String {
        let lang = self.lang;
        match predicate {
            Predicate::Empty => IS.with(lang, denied, lang.pick("vide", "empty")),
            Predicate::Ticked(ticked) => {
                IS.with(lang, denied == *ticked, lang.pick("sélectionné", "selected"))
            }
            Predicate::Text(test, terms) => self.text_test(*test, self.terms(terms), denied),
            Predicate::Set(test, terms) => self.set_test(*test, &self.terms(terms), denied),
            Predicate::Number(test, terms) => self.order_test(*test, &self.terms(terms), denied),
            Predicate::Time(test, terms) => {
                self.time_test(*test, terms, &self.terms(terms), denied)
            }
            Predicate::Dynamic(test, terms) => {
                let said = terms.iter().map(|term| self.dynamic(term)).collect::<Vec<_>>();
                let of_time = terms.iter().any(|term| matches!(term, Term::Time(_)));
                match test {
                    DynamicTest::Text(test) => self.text_test(*test, said, denied),
                    DynamicTest::Order(test) if of_time => {
                        self.time_test(*test, terms, &said, denied)
                    }
                    DynamicTest::Order(test) => self.order_test(*test, &said, denied),
                }
            }
            Predicate::Regex { pattern, ignore_case } => {
                let flag = if *ignore_case { "i" } else { "" };
                let object = lang.pick("à l'expression", "the pattern");
                MATCHES.with(lang, denied, &format!("{object} /{pattern}/{flag}"))
            }
            Predicate::Mask(mask) => {
                let object = lang.pick("le format", "the format");
                FOLLOWS.with(lang, denied, &format!("{object} {}", quoted(mask, lang)))
            }
            Predicate::Change(change) => self.change(change, denied),
        }
    }

    fn text_test(&self, test: TextTest, terms: Vec<String>, denied: bool) -> String {
        let lang = self.lang;
        let by = |terms: Vec<String>| match lang {
            Lang::Fr => terms.into_iter().map(|term| format!("par {term}")).collect(),
            Lang::En => terms,
        };
        match test {
            TextTest::Equal => IS.with_any(lang, denied, &terms),
            TextTest::Contains => CONTAINS.with_any(lang, denied, &terms),
            TextTest::ContainsAll => CONTAINS.with(lang, denied, &all_of(&terms, lang)),
            TextTest::StartsWith => STARTS.with_any(lang, denied, &by(terms)),
            TextTest::EndsWith => ENDS.with_any(lang, denied, &by(terms)),
        }
    }

    fn set_test(&self, test: SetTest, terms: &[String], denied: bool) -> String {
        let lang = self.lang;
        match test {
            SetTest::Equal => {
                let exactly = lang.pick("exactement", "exactly");
                IS.with(lang, denied, &format!("{exactly} {}", and(terms, lang)))
            }
            SetTest::ContainsAny => CONTAINS.with_any(lang, denied, terms),
            SetTest::ContainsAll => CONTAINS.with(lang, denied, &all_of(terms, lang)),
        }
    }

    fn order_test(&self, test: OrderTest, terms: &[String], denied: bool) -> String {
        let lang = self.lang;
        let one = or(terms, lang);
        match test {
            OrderTest::Equal => AMOUNTS.with_any(lang, denied, terms),
            OrderTest::Less => {
                let object =
                    lang.pick(format!("en dessous {}", de(&one)), format!("less than {one}"));
                IS.with(lang, denied, &object)
            }
            OrderTest::LessOrEqual => {
                let most = lang.pick("au plus", "at most");
                AMOUNTS.with(lang, denied, &format!("{most} {one}"))
            }
            OrderTest::Greater => {
                EXCEEDS.with(lang, denied, &lang.pick(one.clone(), format!("greater than {one}")))
            }
            OrderTest::GreaterOrEqual => {
                let least = lang.pick("au moins", "at least");
                AMOUNTS.with(lang, denied, &format!("{least} {one}"))
            }
            OrderTest::Between => self.between(terms, denied),
        }
    }

    fn between(&self, terms: &[String], denied: bool) -> String {
        let lang = self.lang;
        let (between, inclusive) = lang.pick(("entre", "inclus"), ("between", "inclusive"));
        IS.with(lang, denied, &format!("{between} {} {inclusive}", and(terms, lang)))
    }

    fn time_test(&self, test: OrderTest, terms: &[Term], said: &[String], denied: bool) -> String {
        let lang = self.lang;
        let words = match test {
            OrderTest::Equal => return self.among(terms, said, denied),
            OrderTest::Between => return self.between(said, denied),
            OrderTest::Less => lang.pick("avant", "before"),
            OrderTest::LessOrEqual => lang.pick("au plus tard", "no later than"),
            OrderTest::Greater => lang.pick("après", "after"),
            OrderTest::GreaterOrEqual => lang.pick("au plus tôt", "no earlier than"),
        };
        IS.with(lang, denied, &format!("{words} {}", or(said, lang)))
    }

    /// Inside one of some dates, periods or windows.
    fn among(&self, terms: &[Term], said: &[String], denied: bool) -> String {
        let lang = self.lang;
        if let [Term::Time(TimeSpec::Window(window, count, unit))] = terms {
            let length = lapse((*count, *unit), lang);
            match window {
                Window::MoreThanAgo => {
                    let object =
                        lang.pick(format!("à plus de {length}"), format!("more than {length} ago"));
                    return GOES_BACK.with(lang, denied, &object);
                }
                Window::InMoreThan => {
                    let object = lang
                        .pick(format!("dans plus de {length}"), format!("more than {length} away"));
                    return IS.with(lang, denied, &object);
                }
                Window::InLast | Window::InNext => {}
            }
        }
        let falls =
            |term: &Term| matches!(term, Term::Time(TimeSpec::Relative(_) | TimeSpec::Window(..)));
        let verb = if terms.iter().all(falls) { FALLS } else { IS };
        verb.with_any(lang, denied, said)
    }

    fn change(&self, change: &ChangeTest, denied: bool) -> String {
        let lang = self.lang;
        match change {
            ChangeTest::Changes => CHANGES.with(lang, denied, ""),
            ChangeTest::Becomes(terms) => {
                let terms = self.terms(terms);
                BECOMES.with_any(lang, denied, &terms)
            }
            ChangeTest::From(from, into) => {
                let from = or(&self.terms(from), lang);
                let into = or(&self.terms(into), lang);
                let object = lang
                    .pick(format!("{} {}", de(&from), to(&into)), format!("from {from} to {into}"));
                PASSES.with(lang, denied, &object)
            }
        }
    }

    fn terms(&self, terms: &[Term]) -> Vec<String> {
        terms.iter().map(|term| self.term(term)).collect()
    }

    /// Where no type is declared, only a text in quotes is text.
    fn dynamic(&self, term: &Term) -> String {
        match term {
            Term::Const(Value::Text(text)) => nested(text, self.lang),
            term => self.term(term),
        }
    }

    pub(crate) fn term(&self, term: &Term) -> String {
        match term {
            Term::Const(value) => self.value(value),
            Term::Untyped(text) => untyped(text, self.lang),
            Term::Time(spec) => self.time(spec),
            Term::Expr(expr) => self.expr(expr),
        }
    }
}

/// `à la fois a et b`, `both a and b`, `all of a, b and c`; of one itself.
fn all_of(terms: &[String], lang: Lang) -> String {
    let listed = and(terms, lang);
    match (terms.len(), lang) {
        (0 | 1, _) => listed,
        (_, Lang::Fr) => format!("à la fois {listed}"),
        (2, Lang::En) => format!("both {listed}"),
        (_, Lang::En) => format!("all of {listed}"),
    }
}

/// `dans les 7 derniers jours`
pub(super) fn window((window, lapse_of): (Window, (u32, Unit)), lang: Lang) -> String {
    match window {
        Window::InLast => format!("{} {}", lang.pick("dans", "in"), last(lapse_of, lang)),
        Window::InNext => {
            format!("{} {}", lang.pick("dans", "in"), next(lapse_of, lang))
        }
        Window::MoreThanAgo => {
            let length = lapse(lapse_of, lang);
            lang.pick(format!("il y a plus de {length}"), format!("more than {length} ago"))
        }
        Window::InMoreThan => {
            let length = lapse(lapse_of, lang);
            lang.pick(format!("dans plus de {length}"), format!("more than {length} away"))
        }
    }
}

//! A score of eight lines that compare whole texts, numbers and dates only: the data, the score
//! and the functions by hand of the engine's own benchmark.

#[allow(dead_code, reason = "the benchmark holds more than is raced")]
#[path = "../../../../../../crates/jalon/benches/leads.rs"]
mod bench;

use std::rc::Rc;

use bench::{Hand, InternedLead, Lead, PLAIN, PROGRAM, leads, plain_exact, unlike};
use jalon::value::Interner;
use jalon::{Clock, Program, Row};
use race::job::{INTERNED, PLAIN_FOLDED, PLAIN_STRICT, PLAIN_UNLIKE, version};
use race::worker::Contender;
use rust_decimal::prelude::ToPrimitive;

pub fn contenders(count: usize) -> Vec<Contender> {
    let repeating = Rc::new(leads(count));
    let differing = Rc::new(unlike(&repeating));
    let module = PROGRAM.split("score").next().unwrap_or_default();
    let folding = format!("{module}{PLAIN}");
    let strict = folding.replace(": texte\n", ": texte, casse stricte\n");

    let by_hand = |name: &str, question: &str, leads: &Rc<Vec<Lead>>, mut hand: Hand| {
        let leads = leads.clone();
        Contender::by_lead(name, "", question, "struct", leads.len(), move |i| {
            hand.plain(&leads[i]).into()
        })
    };
    let mut all = Vec::new();
    for (question, leads) in [(PLAIN_FOLDED, &repeating), (PLAIN_UNLIKE, &differing)] {
        all.push(by_hand("hand-written Rust, to_lowercase", question, leads, Hand::plain_rust()));
        all.push(by_hand("hand-written Rust, Jalon's folding", question, leads, Hand::new()));
        all.extend(jalon(question, &folding, leads));
    }
    let exact = repeating.clone();
    all.push(Contender::by_lead(
        "hand-written Rust",
        "",
        PLAIN_STRICT,
        "struct",
        count,
        move |i| plain_exact(&exact[i]).into(),
    ));
    all.extend(jalon(PLAIN_STRICT, &strict, &repeating));
    all
}

fn jalon(question: &str, text: &str, leads: &Rc<Vec<Lead>>) -> [Contender; 3] {
    let program = Program::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<Row> = leads.iter().map(|lead| lead.row(&program)).collect();
    let scorer = || program.score(None).unwrap().scorer(&Clock::default()).unwrap();
    let binding = program.bind::<Lead>(None).unwrap();
    let mut texts = Interner::new();
    let interned: Vec<InternedLead> = leads.iter().map(|lead| lead.interned(&mut texts)).collect();
    let of_interned = program.bind::<InternedLead>(None).unwrap();
    let (mut of_structs, mut of_rows, mut of_texts) = (scorer(), scorer(), scorer());
    let leads = leads.clone();
    let (version, count) = (version("jalon"), leads.len());
    let total = |total: jalon::Total| total.total.to_i64().unwrap_or(i64::MIN);
    [
        Contender::by_lead("Jalon", &version, question, "struct", count, move |i| {
            total(of_structs.total(&binding.record(&leads[i])))
        }),
        Contender::by_lead("Jalon", &version, question, "native row", count, move |i| {
            total(of_rows.total(&rows[i]))
        }),
        Contender::by_lead("Jalon", &version, question, INTERNED, count, move |i| {
            total(of_texts.total(&of_interned.record(&interned[i])))
        }),
    ]
}

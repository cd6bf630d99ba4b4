//! One lead at a time: score and fired rules.

mod atree;
mod cel;
mod datalogic;
mod jalon;
mod plain;
mod rhai;

use std::rc::Rc;

use race::job::{FOLDED, RULES_ONLY, STRICT};
use race::leads::{Lead, leads};
use race::worker::{Contender, group};
use serde_json::Value as Json;

use crate::hand::{self, Folding, NUMBERED, WRITTEN};

/// The leads in the forms that contenders are handed.
pub struct Given {
    pub leads: Rc<Vec<Lead>>,
    pub json: Rc<Vec<Json>>,
}

/// All that run on one lead.
pub fn contenders(count: usize) -> Vec<Contender> {
    let leads = leads(count);
    let json = leads.iter().map(Lead::json).collect();
    let given = Given { leads: Rc::new(leads), json: Rc::new(json) };
    let mut all = by_hand(&given);
    all.extend(group("Jalon", || jalon::contenders(&given)));
    all.extend(group("whole texts and numbers only", || plain::contenders(count)));
    all.extend(group("datalogic-rs", || datalogic::contenders(&given)));
    all.extend(group("cel", || cel::contenders(&given)));
    all.extend(group("rhai", || rhai::contenders(&given)));
    all.extend(group("a-tree", || atree::contenders(&given)));
    all
}

fn by_hand(given: &Given) -> Vec<Contender> {
    let count = given.leads.len();
    let hand = |question, input, answer: Box<dyn FnMut(usize) -> i64>| {
        Contender::by_lead("hand-written Rust", "", question, input, count, answer)
    };
    let (leads, folding_leads) = (given.leads.clone(), given.leads.clone());
    let (json, folding_json) = (given.json.clone(), given.json.clone());
    let rules = given.leads.clone();
    let (mut buffers, mut json_buffers) = (Folding::default(), Folding::default());
    vec![
        hand(
            STRICT,
            "struct",
            Box::new(move |i| hand::answer::<false, _>(&hand::of_struct(&leads[i]), &NUMBERED)),
        ),
        hand(
            FOLDED,
            "struct",
            Box::new(move |i| {
                let lead = hand::of_struct(&folding_leads[i]);
                hand::answer::<true, _>(&buffers.fold(&lead), &NUMBERED)
            }),
        ),
        hand(
            STRICT,
            "JSON",
            Box::new(move |i| hand::answer::<false, _>(&hand::of_json(&json[i]), &WRITTEN)),
        ),
        hand(
            FOLDED,
            "JSON",
            Box::new(move |i| {
                let lead = hand::of_json(&folding_json[i]);
                hand::answer::<true, _>(&json_buffers.fold(&lead), &WRITTEN)
            }),
        ),
        hand(
            RULES_ONLY,
            "struct",
            Box::new(move |i| hand::fired::<false, _>(&hand::of_struct(&rules[i]), &NUMBERED)),
        ),
    ]
}

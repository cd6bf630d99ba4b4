//! Programs of every construct, made at random, for the laws of others.

use proptest::prelude::*;

use super::{
    approval_round_trip as approval, automation_round_trip as automation,
    blueprint_round_trip as blueprint, round_trip, rule_round_trip as rule,
};
use crate::syntax::ast::Document;

/// A document as data, without what depends on places and on the language of its text.
pub(crate) fn data(document: &Document) -> serde_json::Value {
    round_trip::data(document)
}

/// A text without syntax errors, with every construct in either language.
pub(crate) fn programs() -> BoxedStrategy<String> {
    let sound = |text: BoxedStrategy<String>| {
        text.prop_filter_map("a text with errors", |text| blueprint::sound(&text)).boxed()
    };
    prop_oneof![
        sound(rule::generated_rule(&rule::plain())),
        sound(rule::generated_rule(&rule::tricky())),
        sound(blueprint::generated(&blueprint::plain())),
        sound(blueprint::generated(&blueprint::tricky())),
        sound(approval::generated(&blueprint::plain())),
        sound(approval::generated(&blueprint::tricky())),
        sound(automation::anything()),
        sound(round_trip::generated_score().boxed()),
        sound(round_trip::generated_module().boxed()),
        sound(super::super::criterion::tests::properties::anything()),
    ]
    .boxed()
}

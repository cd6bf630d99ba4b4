//! a-tree: the six rules in one tree. It has no test on parts of texts; the host makes those
//! tests ahead and hands them as boolean attributes.

use a_tree::{ATree, AttributeDefinition, Event};
use race::job::{RULES_ONLY, version};
use race::leads::Lead;
use race::worker::Contender;

use super::Given;

const RULES: [&str; 6] = [
    "status_click and amount > 5000.0",
    "country = 'Monaco' or postcode_98",
    "(phone or mobile) and opt_out <> 1 and (status is null or status <> 'Complaint')",
    "next_push < 20454 and email",
    "title_decides and (industry is null or industry not in ['Student', 'Spam'])",
    "page_shop and last_name and created >= 20513",
];

fn tree() -> ATree<u32> {
    let booleans = [
        "status_click",
        "postcode_98",
        "title_decides",
        "page_shop",
        "phone",
        "mobile",
        "email",
        "last_name",
    ];
    let mut attributes: Vec<_> = booleans.map(AttributeDefinition::boolean).into();
    attributes.extend(["status", "country", "industry"].map(AttributeDefinition::string));
    attributes.extend(["opt_out", "next_push", "created"].map(AttributeDefinition::integer));
    attributes.push(AttributeDefinition::float("amount"));
    let mut tree = ATree::new(&attributes).unwrap();
    for (bit, rule) in (0..).zip(RULES) {
        tree.insert(&bit, rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
    }
    tree
}

fn event(tree: &ATree<u32>, lead: &Lead) -> Event {
    let mut event = tree.make_event();
    let has =
        |text: &Option<String>, test: &dyn Fn(&str) -> bool| text.as_deref().is_some_and(test);
    event.with_boolean("status_click", has(&lead.status, &|s| s.contains("Click"))).unwrap();
    event.with_boolean("postcode_98", has(&lead.postcode, &|s| s.starts_with("98"))).unwrap();
    let decides = has(&lead.title, &|s| s.contains("Chief") || s.contains("Director"));
    event.with_boolean("title_decides", decides).unwrap();
    let shop = has(&lead.first_page, &|s| s.starts_with("https://shop."));
    event.with_boolean("page_shop", shop).unwrap();
    event.with_boolean("phone", lead.phone.is_some()).unwrap();
    event.with_boolean("mobile", lead.mobile.is_some()).unwrap();
    event.with_boolean("email", lead.email.is_some()).unwrap();
    event.with_boolean("last_name", lead.last_name.is_some()).unwrap();
    for (name, text) in
        [("status", &lead.status), ("country", &lead.country), ("industry", &lead.industry)]
    {
        match text {
            Some(text) => event.with_string(name, text).unwrap(),
            None => event.with_undefined(name).unwrap(),
        }
    }
    event.with_integer("opt_out", i64::from(lead.opt_out == Some(true))).unwrap();
    for (name, day) in [("next_push", lead.next_push), ("created", lead.created)] {
        match day {
            Some(day) => event.with_integer(name, day.into()).unwrap(),
            None => event.with_undefined(name).unwrap(),
        }
    }
    match lead.amount {
        Some(amount) => event.with_float("amount", (amount * 100.0).round() as i64, 2).unwrap(),
        None => event.with_undefined("amount").unwrap(),
    }
    event.build().unwrap()
}

fn fired(tree: &ATree<u32>, event: &Event) -> i64 {
    tree.search(event)
        .map_or(i64::MIN, |report| report.matches().iter().map(|bit| 1_i64 << **bit).sum())
}

pub fn contenders(given: &Given) -> Vec<Contender> {
    let count = given.leads.len();
    let version = version("a-tree");
    let (ready, building) = (tree(), tree());
    let events: Vec<Event> = given.leads.iter().map(|lead| event(&ready, lead)).collect();
    let leads = given.leads.clone();
    vec![
        Contender::by_lead("a-tree", &version, RULES_ONLY, "prepared", count, move |i| {
            fired(&ready, &events[i])
        }),
        Contender::by_lead("a-tree", &version, RULES_ONLY, "struct", count, move |i| {
            fired(&building, &event(&building, &leads[i]))
        })
        .note("parts of texts are tested by the host"),
    ]
}

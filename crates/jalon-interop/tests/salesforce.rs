//! Workflow rules of Salesforce: those of a public package, and what is special.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a test fails where it panics"
)]

use jalon::source::SourceId;
use jalon::syntax::{Limits, parse};
use jalon::{Lang, Program};
use jalon_interop::Setting;
use jalon_interop::salesforce::{ImportedRules, Wanted, read};
use proptest::prelude::*;

const CONTACT: &str = include_str!("data/salesforce/Contact.workflow.xml");
const OPPORTUNITY: &str = include_str!("data/salesforce/Opportunity.workflow-meta.xml");
const MODULES: &str = "\
module Contact
  Email : email
  Phone : phone
module Opportunity
  Amount : money
  Fair_Market_Value__c : money
";

fn shown(rules: &ImportedRules, lang: Lang) -> String {
    let list = rules.left_out.iter();
    let list: Vec<_> = list.map(|left| format!("{}: {}", left.at, left.message(lang))).collect();
    format!("{}---\n{}\n", rules.text(lang), list.join("\n"))
}

#[test]
fn rules_of_a_public_package() {
    insta::assert_snapshot!("contact", shown(&read(CONTACT, &Wanted::default()), Lang::Fr));
    let all = Wanted { inactive: true, ..Wanted::default() };
    insta::assert_snapshot!("opportunity", shown(&read(OPPORTUNITY, &all), Lang::En));
    let switched_off = read(OPPORTUNITY, &Wanted::default());
    assert!(switched_off.document.declarations.is_empty());
    assert_eq!(switched_off.left_out.len(), 2);
}

#[test]
fn a_program_tells_fields_from_texts() {
    let program = Program::parse(MODULES).unwrap();
    let setting = Setting::of(program.checked(), None);
    let wanted = Wanted { setting, inactive: true, module: None };
    let text = read(OPPORTUNITY, &wanted).text(Lang::En);
    assert!(text.contains("Amount : Opportunity.Fair_Market_Value__c"), "{text}");
    let whole = format!("{MODULES}{text}");
    let checked = Program::parse(&whole);
    assert!(checked.is_ok(), "{whole}\n{}", checked.unwrap_err());
}

/// The rules are a program that runs.
#[test]
fn what_is_imported_is_a_program() {
    for xml in [CONTACT, OPPORTUNITY] {
        let all = Wanted { inactive: true, ..Wanted::default() };
        for lang in [Lang::Fr, Lang::En] {
            let text = read(xml, &all).text(lang);
            let checked = Program::parse(&text);
            assert!(checked.is_ok(), "{text}\n{}", checked.unwrap_err());
        }
    }
}

fn one(criteria: &str) -> String {
    let xml = format!(
        "<Workflow><rules><fullName>R</fullName><active>true</active>{criteria}\
         <actions><name>U</name><type>FieldUpdate</type></actions>\
         <triggerType>onAllChanges</triggerType></rules>\
         <fieldUpdates><fullName>U</fullName><field>X</field><operation>Null</operation>\
         </fieldUpdates></Workflow>"
    );
    let rules = read(&xml, &Wanted::default());
    let text = rules.text(Lang::Fr);
    match text.lines().find_map(|line| line.strip_prefix("  si ")) {
        Some(criterion) => criterion.to_owned(),
        None => rules.left_out.iter().map(|left| left.at.clone()).collect::<Vec<_>>().join(" "),
    }
}

fn item(operation: &str, value: &str) -> String {
    format!(
        "<criteriaItems><field>Lead.City</field><operation>{operation}</operation>\
         <value>{value}</value></criteriaItems>"
    )
}

#[test]
fn items_and_filters() {
    let at = "/Workflow/rules/criteriaItems";
    for (operation, value, expected) in [
        ("equals", "Nice, Monaco", "City EST Nice, Monaco"),
        ("equals", "Nice,", "City EST Nice OU City EST VIDE"),
        ("equals", "&quot;a, b&quot;,c", "City EST \"a, b\", c"),
        ("notEqual", "Nice,", "City N'EST PAS Nice ET City N'EST PAS VIDE"),
        ("notContain", "a,b", "City NE CONTIENT PAS a, b"),
        ("includes", "a,b", "City CONTIENT a, b"),
        ("startsWith", "N", "City COMMENCE PAR N"),
        ("greaterOrEqual", "5", "City >= 5"),
        ("equals", "TODAY", "City EST TODAY"),
        ("equals", "LAST MONTH", "City EST LAST MONTH"),
        ("equals", "LAST 30 DAYS", &format!("{at}/value")),
        ("equals", "THIS WEEK", &format!("{at}/value")),
        ("lessThan", "1/2/2025", &format!("{at}/value")),
        ("contains", "", &format!("{at}/value")),
        ("lessThan", "1,000", &format!("{at}/value")),
        ("within", "5 km", &format!("{at}/operation")),
    ] {
        assert_eq!(one(&item(operation, value)), expected);
    }
    let two = item("equals", "a") + &item("equals", "b") + &item("equals", "c");
    let filter = |filter: &str| one(&format!("<booleanFilter>{filter}</booleanFilter>{two}"));
    assert_eq!(filter("1 AND (2 OR 3)"), "City EST a ET (City EST b OU City EST c)");
    assert_eq!(filter("1 AND 2 OR 3"), "/Workflow/rules/booleanFilter");
    assert_eq!(filter("1 AND 2"), "/Workflow/rules/booleanFilter");
    assert_eq!(one("<formula>ISNEW()</formula>"), "/Workflow/rules/formula");
}

#[test]
fn what_is_no_workflow_is_listed() {
    for xml in ["", "<a", "<a/>", "&lt;", "<Workflow><rules/></Workflow>"] {
        assert_eq!(read(xml, &Wanted::default()).left_out.len(), 1, "{xml}");
    }
    let bomb = "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;\">]><Workflow>&y;</Workflow>";
    assert_eq!(read(bomb, &Wanted::default()).left_out.len(), 1);
    let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
    assert_eq!(read(&deep, &Wanted::default()).left_out.len(), 1);
}

proptest! {
    /// Names and values may be anything: what is imported is a program that reads.
    #[test]
    fn any_names_and_values(
        name in odd(), field in odd(), value in odd(), target in odd(), literal in odd(), who in odd(),
    ) {
        let xml = format!(
            "<Workflow><rules><fullName>{name}</fullName><active>true</active><criteriaItems>\
             <field>Lead.{field}</field><operation>equals</operation><value>{value}</value>\
             </criteriaItems><actions><name>U</name><type>FieldUpdate</type></actions>\
             <actions><name>M</name><type>Alert</type></actions>\
             <triggerType>onAllChanges</triggerType></rules><fieldUpdates><fullName>U</fullName>\
             <field>{target}</field><operation>Literal</operation><literalValue>{literal}\
             </literalValue></fieldUpdates><alerts><fullName>M</fullName><recipients><type>user\
             </type><recipient>{who}</recipient></recipients><template>{name}</template></alerts>\
             </Workflow>"
        );
        let rules = read(&xml, &Wanted::default());
        let text = rules.text(Lang::Fr);
        let (document, _) = parse(SourceId(0), &text, &Limits::default());
        prop_assert_eq!(document.declarations.len(), rules.document.declarations.len());
        prop_assert!(!rules.left_out.is_empty() || document.declarations.len() == 1);
    }
}

/// Texts with the signs and words of the language.
fn odd() -> impl Strategy<Value = String> {
    let words = vec![
        "a", "b", "ET", "EST", "vide", ",", ":", "(", ")", "#", "${a}", "\n", " ", "12", "si",
        "%2E", "alors",
    ];
    prop::collection::vec(prop::sample::select(words), 1..5).prop_map(|words| words.concat())
}

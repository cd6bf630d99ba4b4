//! Whatever a field holds, what a decision hands to the host is well-formed, and the value reads
//! back as itself: held to real parsers.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use jalon::rehearsal::Rehearsal;
use jalon::workflow::EffectKind;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use url::Url;

use super::{create, stage};

const PROGRAM: &str = "
module Prospects
  Nom : texte

webhook Xml
  POST https://exemple.fr/a/${Nom}/b?q=${Nom}&r=1
  en-tête X-Nom, \"${Nom}\"
  en-tête X-Brut, Nom
  paramètre XmlMsg, xml \"<m to='${Nom}'>[${Nom}]</m>\"
  paramètre nom, \"${Nom}\"
  paramètre brut, json Nom
webhook Json
  POST https://exemple.fr
  corps json « {\"a\": ${Nom}, \"b\": [\"x${Nom}y\"]} »

règle \"R\" sur Prospects
  quand créé
  alors
    webhook Xml
    webhook Json
    e-mail \"Bonjour ${Nom}\" à Nom, html \"<p title='${Nom}'>[${Nom}]</p>\"
";

fn values() -> impl Strategy<Value = String> {
    let special = "&<>\"'/\\\r\n\t \0\u{1}\u{7f}\u{85}\u{2028}\u{fffe}%#?+;=:.-]![}{$`é𝄞a";
    let special: Vec<char> = special.chars().collect();
    let part = prop_oneof![
        4 => prop::sample::select(special).prop_map(String::from),
        2 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(vec!["]]>", "-->", "</script>", "&amp;", "${Nom}", "..", "\r\nX: 1"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..10).prop_map(|parts| parts.concat())
}

/// With what XML and HTML forbid replaced.
fn allowed(value: &str) -> String {
    let forbidden = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    value.chars().map(|c| if forbidden(c) { '\u{fffd}' } else { c }).collect()
}

/// The texts and attributes of an HTML text.
fn html(text: &str) -> Vec<String> {
    let lossy = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
    let mut seen = Vec::new();
    let mut emitter: DefaultEmitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                seen.push(lossy(&tag.name));
                seen.extend(tag.attributes.values().map(|value| lossy(value.as_ref())));
            }
            Token::String(text) => seen.push(lossy(text.as_ref())),
            Token::EndTag(tag) => seen.push(format!("/{}", lossy(&tag.name))),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_a_decision_renders_is_well_formed(value in values()) {
        let mut stage: Rehearsal = stage(PROGRAM);
        let decision = create(&mut stage, json!({"id": 1, "Nom": value}));
        prop_assert!(decision.errors.is_empty());
        let printed = if value.trim().is_empty() { "" } else { &value };
        let [first, second, mail] = &decision.effects[..] else { panic!("{decision:#?}") };
        let EffectKind::Webhook { url, headers, parameters, .. } = &first.kind else { panic!() };
        let url = Url::parse(url).unwrap();
        prop_assert_eq!(url.host_str(), Some("exemple.fr"));
        prop_assert_eq!(url.path_segments().unwrap().count(), 3);
        let query: Vec<_> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
        prop_assert_eq!(query, [printed, "1"]);
        prop_assert!(headers.iter().all(|(_, value)| !value.contains(['\r', '\n', '\0'])));
        let document = roxmltree::Document::parse(&parameters[0].1).unwrap();
        let root = document.root_element();
        let (shown, text) = (allowed(printed), format!("[{}]", allowed(printed)));
        prop_assert_eq!(root.attribute("to"), Some(shown.as_str()));
        prop_assert_eq!(root.text(), Some(text.as_str()));
        prop_assert_eq!(&parameters[1].1, printed);
        let whole = if printed.is_empty() { Json::Null } else { json!(printed) };
        prop_assert_eq!(&serde_json::from_str::<Json>(&parameters[2].1).unwrap(), &whole);

        let EffectKind::Webhook { body: Some(body), .. } = &second.kind else { panic!() };
        let expected = json!({"a": whole, "b": [format!("x{printed}y")]});
        prop_assert_eq!(serde_json::from_str::<Json>(body).unwrap(), expected);

        let EffectKind::Email { fields, .. } = &mail.kind else { panic!() };
        let html_field = fields.iter().find(|(name, _)| name == "html").unwrap();
        let expected = ["p".to_owned(), shown, text, "/p".to_owned()];
        prop_assert_eq!(html(&html_field.1), expected);
    }
}

//! The first column: what can be declared, and the rest of a declaration's first line.

use jalon::lang::Lang;
use jalon::syntax::vocabulary::Place;
use lsp_types::CompletionItemKind;

use super::body::{self, scope_of};
use super::items::{Items, KEYWORDS, Offer};
use super::line::{Line, find_words};

/// A line that begins in the first column.
pub(super) fn head(items: &mut Items<'_>, line: &Line<'_>) {
    let opened = Place::Declaration.opens(&line.masked);
    let Some((keyword, length)) = opened.filter(|(_, length)| *length < line.text.len()) else {
        return declarations(items);
    };
    let word = line.word();
    let rest = line.masked.get(length..).unwrap_or("");
    let start = |end: usize| {
        let tail = line.text.get(end..).unwrap_or("");
        end + (tail.len() - tail.trim_start().len())
    };
    let scope = scope_of(items.analysis, line.text);
    if let Some((_, end)) = find_words(rest, &["si", "if"]).filter(|_| keyword == "garde") {
        return super::criterion::criterion(
            items,
            line,
            length + end,
            &scope,
            super::criterion::Allowed::default(),
        );
    }
    if let Some((_, end)) = find_words(rest, &["champ", "field"]).filter(|_| keyword == "parcours")
    {
        return super::criterion::fields(items, line, start(length + end), &scope);
    }
    match find_words(rest, &["sur", "on"]) {
        Some((_, end)) if rest.get(end..).is_some_and(|rest| rest.starts_with(' ')) => {
            let at = start(length + end);
            items.modules(at);
            let named = line.text.get(at..).unwrap_or("");
            if keyword == "parcours" && named.contains([' ', ',']) {
                items.keyword(word, items.lang.pick("champ", "field"));
            }
            if keyword == "garde" && named.contains(',') {
                for text in items.lang.pick(["au plus", "par", "si"], ["at most", "per", "if"]) {
                    items.keyword(word, text);
                }
            }
        }
        _ => in_head(items, line, keyword, start(length), word),
    }
}

/// A first line before its `sur`.
fn in_head(items: &mut Items<'_>, line: &Line<'_>, keyword: &str, start: usize, word: usize) {
    let lang = items.lang;
    let named = line.text.get(start..).is_some_and(|name| {
        name.trim_end().contains(' ') || name.ends_with(' ') && !name.trim().is_empty()
    });
    match keyword {
        "garde" if !named => items.keywords(start, Place::Guard),
        "enchaînement" => items.keywords(start, Place::Chaining),
        "pipeline" => items.keywords(word, Place::Pipeline),
        "calendrier" if named => items.keyword(word, lang.pick("fuseau", "zone")),
        "dépendance" => {
            let scope = body::any_module(items.analysis);
            super::criterion::fields(items, line, start, &scope);
            if named {
                for text in lang.pick(["selon", "sur"], ["by", "on"]) {
                    items.keyword(word, text);
                }
            }
        }
        "conversion" => items.modules(word),
        "module" | "constante" | "webhook" | "devises" => {}
        "planification" if named => items.keyword(word, lang.pick("chaque", "every")),
        "validation" | "doublons" => items.keyword(start, lang.pick("sur", "on")),
        _ if named => items.keyword(word, lang.pick("sur", "on")),
        _ => {}
    }
}

/// What can be declared, with a template where the client fills in places.
fn declarations(items: &mut Items<'_>) {
    let lang = items.lang;
    for phrase in Place::Declaration.words() {
        let word = phrase.word(lang);
        let kind = CompletionItemKind::KEYWORD;
        let mut offer = Offer::new(word, format!("{word} "), kind, KEYWORDS + 1);
        offer.snippet = template(phrase.word(Lang::Fr), lang).map(str::to_owned);
        items.add(0, offer);
    }
    items.keyword(0, lang.pick("langue fr", "language en"));
}

/// A declaration to be filled in.
fn template(keyword: &str, lang: Lang) -> Option<&'static str> {
    let (fr, en) = match keyword {
        "module" => (
            "module ${1:Prospects} (${2:Leads})\n  ${3:Nom} : ${4:texte}, obligatoire\n  $0",
            "module ${1:Leads}\n  ${2:Name} : ${3:text}, required\n  $0",
        ),
        "constante" => ("constante ${1:Nom} : ${0:valeur}", "constant ${1:Name} : ${0:value}"),
        "score" => (
            "score ${1:Nom} sur ${2:Module}\n  +${3:10} si $0",
            "score ${1:Name} on ${2:Module}\n  +${3:10} if $0",
        ),
        "règle" => (
            "règle \"${1:Nom}\" sur ${2:Module}\n  quand ${3:créé ou modifié}\n  si $4\n  alors\n    $0",
            "rule \"${1:Name}\" on ${2:Module}\n  when ${3:created or updated}\n  if $4\n  then\n    $0",
        ),
        "parcours" => (
            "parcours \"${1:Nom}\" sur ${2:Module}, champ ${3:Étape}\n  états ${4:Nouveau, Gagné}\n\n  transition \"${5:Avancer}\" de ${6:Nouveau} vers ${7:Gagné}\n    $0",
            "blueprint \"${1:Name}\" on ${2:Module}, field ${3:Stage}\n  states ${4:New, Won}\n\n  transition \"${5:Go on}\" from ${6:New} to ${7:Won}\n    $0",
        ),
        "validation" => (
            "validation sur ${1:Module}\n  $2, message \"${0:ce qui doit être}\"",
            "validation on ${1:Module}\n  $2, message \"${0:what must be}\"",
        ),
        "approbation" => (
            "approbation \"${1:Nom}\" sur ${2:Module}\n  quand ${3:créé ou modifié}\n  si $4\n  niveau rôle \"${5:Directeur}\"\n  approuvé\n    $0",
            "approval \"${1:Name}\" on ${2:Module}\n  when ${3:created or updated}\n  if $4\n  level role \"${5:Director}\"\n  approved\n    $0",
        ),
        "test" => (
            "test \"${1:Nom}\" sur ${2:Module}\n  avec\n    $3\n  attendu $0",
            "test \"${1:Name}\" on ${2:Module}\n  given\n    $3\n  expect $0",
        ),
        _ => return None,
    };
    Some(lang.pick(fr, en))
}

//! The lines of a declaration.

use jalon::lexicon::EVENT_TYPES;
use jalon::schema::FieldType;
use jalon::syntax::vocabulary::{Place, begins};
use lsp_types::CompletionItemKind;

use super::criterion::{self, Allowed};
use super::items::Items;
use super::line::{Line, find_words, mask};
use super::scope::{Frame, Scope};
use super::values;
use crate::analysis::{Analysis, Kind};

/// The fields that a text with fields may name.
pub(super) fn template(items: &mut Items<'_>, line: &Line<'_>, from: usize) {
    let scope = scope_of(items.analysis, line.declaration.map_or("", |(_, head)| head));
    criterion::fields(items, line, from, &scope);
    items.modules(from);
}

/// The records that a declaration is about, by its first line.
pub(super) fn scope_of<'a>(analysis: &'a Analysis, head: &str) -> Scope<'a> {
    let program = &analysis.draft.checked;
    let (masked, ..) = mask(head);
    let named = find_words(&masked, &["sur", "on"]).and_then(|(_, end)| {
        let rest = head.get(end..)?.split([',', '(']).next()?.trim();
        // Behind the name there may be more: its longest beginning that is one counts.
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]);
        let mut ends: Vec<usize> = ends.collect();
        ends.reverse();
        let unquoted = |end: usize| rest[..end].trim_matches(['"', '«', '»', ' ']);
        ends.into_iter().find_map(|end| program.names.module(unquoted(end)))
    });
    match named.or_else(|| program.schema.only_module()) {
        Some(module) => Scope(vec![Frame::Module(module)]),
        None => Scope::default(),
    }
}

/// Any declared module: where none is named yet.
pub(super) fn any_module(analysis: &Analysis) -> Scope<'_> {
    let mut modules = analysis.draft.checked.schema.declared();
    Scope(modules.next().map(|(id, _)| Frame::Module(id)).into_iter().collect())
}

/// A line inside a declaration.
pub(super) fn body(items: &mut Items<'_>, line: &Line<'_>) {
    let Some((keyword, head)) = line.declaration else { return };
    let mut scope = scope_of(items.analysis, head);
    if keyword == "planification" {
        scope = scheduled(items.analysis, line).unwrap_or(scope);
    }
    let start = line.indent();
    let content = line.masked.get(start..).unwrap_or("");
    match keyword {
        "module" => return module(items, line, start),
        "constante" | "devises" => return,
        "calendrier" => return items.keywords(start, Place::Calendar),
        "webhook" => {
            items.keywords(start, Place::Webhook);
            items.keywords(start, Place::Method);
            return items.keywords(line.word(), Place::Format);
        }
        "score" if begins(content, "groupe").is_none() => {
            if let Some((at, _)) = find_words(content, &["par", "per", "pour chaque", "for each"]) {
                scope = event_scope(items.analysis, &scope, content, at);
            }
        }
        _ => {}
    }
    if let Some(at) = criterion_start(keyword, content) {
        let changes = !matches!(keyword, "score" | "trophée" | "garde");
        return criterion::criterion(items, line, start + at, &scope, Allowed { changes });
    }
    if keyword == "score" {
        return score(items, line, start);
    }
    if let Some(colon) = colon(content) {
        return update(items, line, start, start + colon, &scope);
    }
    if !beginning(items, line, keyword, start, &scope) {
        first_words(items, line, keyword, start, &scope);
    }
}

/// Where the criterion of a line begins.
fn criterion_start(keyword: &str, content: &str) -> Option<usize> {
    let opens = |phrases: &[&str]| {
        let found = phrases.iter().filter_map(|phrase| begins(content, phrase)).max()?;
        content.get(found..)?.starts_with([' ', '\n', '(']).then_some(found)
    };
    let clauses = ["si", "if", "sinon si", "else if", "entrée si", "entry if"];
    match keyword {
        "validation" => Some(0),
        "parcours" => opens(&["valider", "validate"]).or_else(|| opens(&clauses)),
        "score" | "trophée" | "garde" | "planification" | "affectation" => {
            find_words(content, &["si", "if"])
                .map(|(_, end)| end)
                .filter(|end| *end < content.len())
        }
        _ => opens(&clauses),
    }
}

/// The colon of an update: white space stands on one side of it.
fn colon(content: &str) -> Option<usize> {
    content.match_indices(':').map(|(at, _)| at).find(|at| {
        let before = content[..*at].chars().next_back();
        let after = content[at + 1..].chars().next();
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let digit = before.is_some_and(|c| c.is_ascii_digit());
        space(after) || (space(before) && !digit)
    })
}

/// `Pays : Monaco`
fn update<'a>(
    items: &mut Items<'a>,
    line: &Line<'_>,
    start: usize,
    colon: usize,
    scope: &Scope<'a>,
) {
    let program = &items.analysis.draft.checked;
    let left = line.text.get(start..colon).unwrap_or("").trim_end_matches(['+', '-', ' ']);
    let left = ["chaque ", "each ", "forcer ", "force "]
        .iter()
        .fold(left, |left, word| left.strip_prefix(word).unwrap_or(left));
    let tail = line.masked.get(colon + 1..).unwrap_or("");
    let item = tail.rfind(", ").map_or(0, |at| at + 1);
    let white = tail.get(item..).map_or(0, |t| t.len() - t.trim_start().len());
    let from = colon + 1 + item + white;
    let field = scope.field(program, left);
    values::values(items, from, scope, field, None);
    criterion::functions(items, from);
}

/// The type and the properties of a field.
fn module(items: &mut Items<'_>, line: &Line<'_>, start: usize) {
    let content = line.masked.get(start..).unwrap_or("");
    let Some(colon) = colon(content) else { return };
    let rest = content.get(colon + 1..).unwrap_or("");
    let ty = start + colon + 1 + (rest.len() - rest.trim_start().len());
    if let Some(comma) = rest.rfind(',') {
        let white = rest[comma + 1..].len() - rest[comma + 1..].trim_start().len();
        return items.keywords(start + colon + 2 + comma + white, Place::Property);
    }
    let named = ["référence", "lookup", "fiches", "records"];
    match find_words(rest, &named) {
        Some((_, end)) if rest.get(end..).is_some_and(|rest| rest.starts_with(' ')) => {
            let white = rest[end..].len() - rest[end..].trim_start().len();
            items.modules(start + colon + 1 + end + white);
        }
        _ => items.keywords(ty, Place::Type),
    }
}

/// A line of a score outside of its criterion.
fn score(items: &mut Items<'_>, line: &Line<'_>, start: usize) {
    let content = line.masked.get(start..).unwrap_or("");
    let lang = items.lang;
    let word = line.word();
    if let Some((_, end)) = find_words(content, &["score"]) {
        items.scores(start + end + 1);
    }
    let counted = find_words(content, &["par", "per", "pour chaque", "for each"]);
    if let Some((_, end)) = counted.filter(|(_, end)| *end < content.len()) {
        let rest = content.get(end..).unwrap_or("");
        if rest.contains(',') {
            for text in lang.pick(
                ["au plus", "sur", "demi-vie", "si"],
                ["at most", "within", "half-life", "if"],
            ) {
                items.keyword(word, text);
            }
        } else {
            let at = start + end + (rest.len() - rest.trim_start().len());
            for event in EVENT_TYPES {
                let label = lang.pick(event.fr, event.en).first();
                if let Some(label) = label {
                    items.word(at, label);
                }
            }
        }
        return;
    }
    if content.contains(' ') {
        for text in lang.pick(["si", "par", "score"], ["if", "per", "score"]) {
            items.keyword(word, text);
        }
    } else {
        items.keywords(start, Place::Score);
        items.keyword(start, lang.pick("+10 si", "+10 if"));
        items.keyword(start, lang.pick("+10 par", "+10 per"));
    }
}

/// The attributes of the events that a line counts, before the record's own fields.
fn event_scope<'a>(
    analysis: &'a Analysis,
    scope: &Scope<'a>,
    content: &str,
    counted: usize,
) -> Scope<'a> {
    let program = &analysis.draft.checked;
    let criterion = find_words(content, &["si", "if"]);
    if criterion.is_none_or(|(at, _)| at < counted) {
        return scope.clone();
    }
    let events = scope.fields(program).iter().find_map(|field| match &field.ty {
        FieldType::Events(attributes) if !attributes.is_empty() => Some(attributes.as_slice()),
        _ => None,
    });
    let mut inner = scope.clone();
    inner.0.extend(events.map(Frame::Events));
    inner
}

/// The module of a schedule, named in its lines: `au plus 400 Prospects`.
fn scheduled<'a>(analysis: &'a Analysis, line: &Line<'_>) -> Option<Scope<'a>> {
    let program = &analysis.draft.checked;
    let text = format!("{}{}", line.above, line.text);
    let mut words = text.split([' ', ',', '\n']).filter(|word| !word.is_empty());
    let module = words.find_map(|word| program.names.module(word))?;
    Some(Scope(vec![Frame::Module(module)]))
}

/// A line that begins with a word which says what follows; whether there was one.
fn beginning<'a>(
    items: &mut Items<'a>,
    line: &Line<'_>,
    keyword: &str,
    start: usize,
    scope: &Scope<'a>,
) -> bool {
    let content = line.masked.get(start..).unwrap_or("");
    let behind = |phrases: &[&str]| {
        let found = phrases.iter().filter_map(|phrase| begins(content, phrase)).max()?;
        let rest = content.get(found..)?;
        let white = rest.len() - rest.trim_start().len();
        (white > 0).then_some(start + found + white)
    };
    // Of a list between commas, the item at the cursor.
    let item = |from: usize| {
        let rest = line.masked.get(from..).unwrap_or("");
        let at = rest.rfind(',').map_or(0, |at| at + 1);
        from + at + rest[at..].len() - rest[at..].trim_start().len()
    };
    let analysis = items.analysis;
    if let Some(at) = behind(&["quand", "when"]) {
        items.keywords(at, Place::Trigger);
        if let Some(score) = behind(&["quand score", "when score"]) {
            items.scores(score);
        }
        criterion::leaf(items, line, at, scope, Allowed { changes: true });
        let word = line.word();
        if word > at {
            for text in items.lang.pick(["modifié", "à"], ["changed", "at"]) {
                items.keyword(word, text);
            }
        }
        return true;
    }
    if keyword == "test" {
        return in_test(items, line, start, scope);
    }
    if keyword == "parcours" {
        let states = [
            "états", "states", "état", "state", "gagné", "won", "perdu", "lost", "final", "défaut",
            "default", "délai", "deadline",
        ];
        if let Some(at) = behind(&states) {
            self::states(items, line, item(at));
            if begins(content, "délai").or(begins(content, "deadline")).is_some() {
                items.keywords(line.word(), Place::Deadline);
            }
            return true;
        }
        let transitions = [
            "transition",
            "transition commune",
            "common transition",
            "transition automatique",
            "automatic transition",
        ];
        if let Some(at) = behind(&transitions) {
            let rest = line.masked.get(at..).unwrap_or("");
            let words = ["de", "vers", "depuis", "from", "to", "sauf depuis", "except from"];
            let routes = super::line::words(rest);
            let last = routes.filter_map(|w| find_words(&rest[w..], &words).map(|(_, e)| w + e));
            if let Some(end) = last.filter(|end| *end < rest.len()).max() {
                self::states(items, line, item(at + end + 1));
            }
            let texts = items.lang.pick(["de", "vers", "depuis"], ["from", "to", "from"]);
            for text in texts {
                items.keyword(line.word(), text);
            }
            return true;
        }
        if let Some(at) =
            behind(&["obligatoire", "required", "mandatory", "facultatif", "optional"])
        {
            criterion::fields(items, line, item(at), scope);
            return true;
        }
        if let Some(at) = behind(&["propriétaires", "owners"]) {
            items.keywords(item(at), Place::Owner);
            items.keywords(item(at), Place::Actor);
            return true;
        }
    }
    if let Some(at) = behind(&["niveau", "level"]).filter(|_| keyword == "approbation") {
        let place = if line.masked[at..].contains(',') { Place::Level } else { Place::Actor };
        items.keywords(item(at), place);
        return true;
    }
    if let Some(at) = behind(&["webhook"]) {
        for webhook in &analysis.draft.checked.webhooks {
            items.name(at, &webhook.name, CompletionItemKind::FUNCTION);
        }
        return true;
    }
    if let Some(at) = behind(&["score"]) {
        items.scores(at);
        return true;
    }
    if let Some(at) = behind(&["créer", "create", "convertir en", "convert to"]) {
        items.modules(at);
        return true;
    }
    let kinds = [
        (&["tâche", "task"][..], Place::Task),
        (&["e-mail", "email", "alerte", "alert"], Place::Message),
        (&["rendez-vous", "meeting"], Place::Meeting),
    ];
    for (words, place) in kinds {
        let Some(at) = behind(words) else { continue };
        if line.masked[at..].contains(',') {
            items.keywords(item(at), place);
        } else if place == Place::Message {
            items.keyword(line.word(), items.lang.pick("à", "to"));
        }
        if let Some((_, end)) = find_words(&line.masked[at..], &["à", "to", "pour", "for"]) {
            let at = item(at + end);
            items.keywords(at, Place::Actor);
            criterion::fields(items, line, at, scope);
        }
        return true;
    }
    false
}

/// The states of the blueprint at hand: the values of its field.
fn states(items: &mut Items<'_>, line: &Line<'_>, from: usize) {
    let program = &items.analysis.draft.checked;
    let head = line.declaration.map_or("", |(_, head)| head);
    let scope = scope_of(items.analysis, head);
    let named = find_words(head, &["champ", "field"]).and_then(|(_, end)| head.get(end..));
    let field = named.and_then(|name| scope.field(program, name));
    if let Some(FieldType::Picklist(values)) = field.map(|field| &field.ty) {
        for value in values {
            items.value(from, value, CompletionItemKind::ENUM_MEMBER);
        }
    }
}

/// A line of a test behind its first word; whether there was one.
fn in_test<'a>(items: &mut Items<'a>, line: &Line<'_>, start: usize, scope: &Scope<'a>) -> bool {
    let content = line.masked.get(start..).unwrap_or("");
    let behind = |phrases: &[&str]| {
        let found = phrases.iter().filter_map(|phrase| begins(content, phrase)).max()?;
        let rest = content.get(found..)?;
        let white = rest.len() - rest.trim_start().len();
        (white > 0).then_some(start + found + white)
    };
    let lang = items.lang;
    if let Some(at) = behind(&[
        "attendu règle",
        "expect rule",
        "attendu minuterie",
        "expect timer",
        "manuel",
        "manual",
    ]) {
        items.rules(at);
        items.keywords(line.word(), Place::Fires);
    } else if let Some(at) = behind(&["attendu score", "expect score"]) {
        items.scores(at);
    } else if let Some(at) = behind(&["attendu état", "expect state"]) {
        let program = &items.analysis.draft.checked;
        let own = program.blueprints.iter().filter(|b| b.on.module() == scope.module());
        for state in own.flat_map(|blueprint| &blueprint.states) {
            items.value(at, &state.name, CompletionItemKind::ENUM_MEMBER);
        }
    } else if let Some(at) =
        behind(&["attendu transition", "expect transition", "transition", "brouillon", "draft"])
    {
        let all = items.analysis.index.definitions.iter();
        for definition in all.filter(|definition| definition.kind == Kind::Transition) {
            items.quoted(at, &definition.name, CompletionItemKind::METHOD);
        }
        items.keywords(line.word(), Place::Offered);
    } else if let Some(at) = behind(&["événement", "event"]) {
        for event in EVENT_TYPES {
            let label = lang.pick(event.fr, event.en).first();
            if let Some(label) = label {
                items.word(at, label);
            }
        }
    } else if let Some(at) = behind(&["attendu", "expect"]) {
        items.keywords(at, Place::Expectation);
        criterion::leaf(items, line, at, scope, Allowed::default());
    } else {
        return false;
    }
    true
}

/// What a line may begin with: keywords, and fields where they may be written.
fn first_words<'a>(
    items: &mut Items<'a>,
    line: &Line<'_>,
    keyword: &str,
    start: usize,
    scope: &Scope<'a>,
) {
    let places: &[Place] = match keyword {
        "règle" | "planification" | "affectation" => &[Place::Rule, Place::Action],
        "parcours" => &[Place::Blueprint, Place::Action],
        "approbation" => &[Place::Approval, Place::Action],
        "test" => &[Place::Test, Place::Handed],
        _ => &[],
    };
    for place in places {
        items.keywords(start, *place);
    }
    if keyword == "planification" {
        items.keyword(start, items.lang.pick("au plus", "at most"));
    }
    criterion::fields(items, line, start, scope);
}

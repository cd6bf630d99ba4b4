//! A name changed everywhere it stands.

#[cfg(test)]
mod tests;

use jalon::lang::Lang;
use jalon::source::SourceId;
use jalon::syntax::{written_name, written_value};
use jalon::value::fold::same_name;
use lsp_types::{PrepareRenameResponse, WorkspaceEdit};

use crate::analysis::{Analysis, Definition, Kind, Occurrence, Role, Target, plain};

/// Why a name is not changed, for people.
pub type Refusal = String;

/// Whether the name at a byte can be changed, where it stands, and what it is now.
pub fn prepare(
    analysis: &Analysis,
    source: SourceId,
    offset: u32,
) -> Result<PrepareRenameResponse, Refusal> {
    let (at, definition) = renamed(analysis, source, offset)?;
    let range = analysis.range(at.span);
    let placeholder = definition.name.clone();
    Ok(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// The edits that change a name where it is declared and wherever it is used by it. A use by an
/// API name or a synonym stays: it goes on meaning the same.
pub fn rename(
    analysis: &Analysis,
    source: SourceId,
    offset: u32,
    new: &str,
) -> Result<WorkspaceEdit, Refusal> {
    let lang = analysis.lang;
    let (_, definition) = renamed(analysis, source, offset)?;
    let new = new.trim();
    valid(analysis, definition, new)?;
    let written = match definition.kind {
        Kind::Rule | Kind::Blueprint | Kind::Transition | Kind::Test => None,
        Kind::Constant => Some(written_value(new)),
        _ => Some(written_name(new)),
    };
    let by_this_name = |o: &Occurrence| {
        o.role == Role::Declared
            || (o.role == Role::Used && same_name(&plain(analysis.slice(o.span)), &definition.name))
    };
    let places: Vec<Occurrence> =
        analysis.index.of(definition.target).filter(by_this_name).collect();
    let mut edits = Vec::with_capacity(places.len());
    for place in &places {
        let quoted = analysis.slice(place.span).starts_with(['"', '«']);
        let text = match (&written, around(analysis, place)) {
            (_, Around::Template) if new.contains(['}', '"', '\\']) => {
                return Err(unfit(new, lang));
            }
            (_, Around::Template) => new.to_owned(),
            (Some(text), Around::Path) if text.starts_with('"') => return Err(unfit(new, lang)),
            (Some(text), _) if !quoted || text.starts_with('"') => text.clone(),
            (None, _) if !quoted => written_value(new),
            _ => in_quotes(new),
        };
        edits.push((place.span, text));
    }
    Ok(analysis.edits(edits.iter().map(|(span, text)| (*span, text.as_str()))))
}

/// A name that cannot be written in one of the places where it would have to be.
fn unfit(new: &str, lang: Lang) -> Refusal {
    lang.pick(
        format!(
            "`{new}` demande des guillemets, que ne peut porter ni une partie de chemin \
             (`Compte.X`) ni un champ dans un texte (`${{X}}`) ; ce nom y sert"
        ),
        format!(
            "`{new}` needs quotes, which neither a part of a path (`Account.X`) nor a field in a \
             text (`${{X}}`) can have; the name is used there"
        ),
    )
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What a name stands in.
enum Around {
    /// Nothing: it is a name by itself.
    Nothing,
    /// A path, of which it is a part.
    Path,
    /// `${…}` in a text.
    Template,
}

fn around(analysis: &Analysis, occurrence: &Occurrence) -> Around {
    let span = occurrence.span;
    let text = analysis.file(span.source).map_or("", |file| file.text.as_str());
    let before = text.get(..span.start as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let inside = line.rfind("${").is_some_and(|at| !line[at..].contains('}'));
    if inside && occurrence.role == Role::Used {
        return Around::Template;
    }
    let after = text.get(span.end as usize..).unwrap_or("");
    let part = before.ends_with('.') || after.starts_with('.');
    if part && occurrence.role == Role::Used { Around::Path } else { Around::Nothing }
}

/// What is renamed at a place, and where it is declared.
fn renamed(
    analysis: &Analysis,
    source: SourceId,
    offset: u32,
) -> Result<(Occurrence, &Definition), Refusal> {
    let lang = analysis.lang;
    let refuse = |fr: &str, en: &str| Err(lang.pick(fr, en).to_owned());
    let Some(at) = analysis.index.at(source, offset) else {
        return refuse("rien ici ne porte un nom déclaré", "nothing here is a declared name");
    };
    if let Target::Value(_) = at.target {
        return refuse(
            "une valeur de liste est écrite dans les données : la renommer ici ne les change pas",
            "a value of a list stands in the data: renaming it here does not change them",
        );
    }
    let Some(definition) = analysis.index.definition(at.target) else {
        return refuse(
            "ce nom n'est déclaré dans aucun fichier ouvert du programme",
            "this name is declared in no file of the program",
        );
    };
    let text = plain(analysis.slice(at.span)).into_owned();
    if at.role == Role::Alias || !same_name(&text, &definition.name) {
        return Err(alias(&text, &definition.name, lang));
    }
    Ok((at, definition))
}

fn alias(text: &str, label: &str, lang: Lang) -> Refusal {
    lang.pick(
        format!(
            "`{text}` est un nom d'API ou un synonyme, que les données portent ; c'est le libellé \
             `{label}` qui se renomme"
        ),
        format!(
            "`{text}` is an API name or a synonym, which data carry; it is the label `{label}` \
             that can be renamed"
        ),
    )
}

/// Whether a new name can be written and is free.
fn valid(analysis: &Analysis, definition: &Definition, new: &str) -> Result<(), Refusal> {
    let lang = analysis.lang;
    if new.is_empty() || new.contains(['\n', '\r']) {
        let text = lang.pick(
            "un nom tient sur une ligne et n'est pas vide",
            "a name is one line, and not empty",
        );
        return Err(text.to_owned());
    }
    if definition.kind == Kind::Field && new.contains('.') {
        let text = lang.pick(
            "un champ renommé ne peut contenir de point, qui sépare les parties d'un chemin",
            "a renamed field cannot hold a dot, which separates the parts of a path",
        );
        return Err(text.to_owned());
    }
    if same_name(new, &definition.name) {
        return Ok(());
    }
    match taken(analysis, definition, new) {
        Some(name) => Err(lang.pick(
            format!("`{name}` existe déjà : choisissez un autre nom"),
            format!("`{name}` exists already: choose another name"),
        )),
        None => Ok(()),
    }
}

/// The declared name that a new one would collide with.
fn taken(analysis: &Analysis, definition: &Definition, new: &str) -> Option<String> {
    let checked = &analysis.draft.checked;
    if let Target::Field(id) = definition.target {
        let (module, own) = analysis.field(id)?;
        let others = module.fields.iter().filter(|field| field.key.slot != own.key.slot);
        let mut names = others.flat_map(|field| &field.key.names);
        return names.find(|name| same_name(name, new)).cloned();
    }
    if let Target::Module(id) = definition.target {
        let modules = checked.schema.modules.iter().enumerate();
        let others = modules.filter(|(at, _)| *at != id as usize);
        let mut names = others.flat_map(|(_, m)| std::iter::once(&m.name).chain(&m.aliases));
        return names.find(|name| same_name(name, new)).cloned();
    }
    // Rules of the same name, and constants named as fields, may be told apart or not: nothing
    // may come to mean something else.
    let clashes = |other: &&Definition| {
        other.target != definition.target
            && other.kind == definition.kind
            && same_name(&other.name, new)
    };
    analysis.index.definitions.iter().find(clashes).map(|other| other.name.clone())
}

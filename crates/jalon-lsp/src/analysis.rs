//! A program as an editor asks about it: what was checked, where each name stands, and the texts
//! with their places.

mod index;
mod names;

use std::sync::Arc;

use jalon::Loader;
use jalon::checked::readings::FieldId;
use jalon::lang::Lang;
use jalon::program::Draft;
use jalon::schema::{Field, Module};
use jalon::source::{SourceId, Span};
use lsp_types::{Location, Range, TextEdit, Uri, WorkspaceEdit};

pub use index::{Definition, Index, Kind, Occurrence, Role, Target};
pub use names::plain;

use crate::text::{Encoding, Text};

/// A file of a program: its address, what people call it, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As the client writes it.
    pub uri: Uri,
    /// For messages.
    pub name: String,
    /// As it stands in the editor, else on disk.
    pub text: Arc<Text>,
}

/// One program, checked.
#[derive(Debug)]
pub struct Analysis {
    /// What the core says of it.
    pub draft: Draft,
    /// The files, by [`SourceId`].
    pub files: Vec<SourceFile>,
    /// Where names are declared and used.
    pub index: Index,
    /// The language of messages.
    pub lang: Lang,
    encoding: Encoding,
}

impl Analysis {
    /// Checks some files together; messages are in the language given, else the program's.
    pub fn new(files: Vec<SourceFile>, lang: Option<Lang>, encoding: Encoding) -> Analysis {
        let mut loader = Loader::default();
        if let Some(lang) = lang {
            loader = loader.lang(lang);
        }
        for file in &files {
            loader = loader.source(file.name.clone(), file.text.as_str());
        }
        let draft = loader.draft();
        let index = Index::new(&draft, &files);
        let lang = lang.unwrap_or(draft.lang);
        Analysis { draft, files, index, lang, encoding }
    }

    /// The number of a file.
    pub fn source(&self, uri: &Uri) -> Option<SourceId> {
        let found = self.files.iter().position(|file| file.uri == *uri)?;
        Some(SourceId(found as u32))
    }

    /// A file by its number.
    pub fn file(&self, source: SourceId) -> Option<&SourceFile> {
        self.files.get(source.0 as usize)
    }

    /// The text of a place.
    pub fn slice(&self, span: Span) -> &str {
        self.draft.sources.slice(span)
    }

    /// A place as lines and columns.
    pub fn range(&self, span: Span) -> Range {
        self.file(span.source).map_or_else(Range::default, |file| {
            file.text.range(span.start as usize..span.end as usize, self.encoding)
        })
    }

    /// A place in its file.
    pub fn location(&self, span: Span) -> Option<Location> {
        let file = self.file(span.source)?;
        Some(Location { uri: file.uri.clone(), range: self.range(span) })
    }

    /// Edits of several files.
    #[expect(clippy::mutable_key_type, reason = "the protocol's own type; its hash never changes")]
    pub fn edits<'e>(&self, edits: impl IntoIterator<Item = (Span, &'e str)>) -> WorkspaceEdit {
        let mut changes = std::collections::HashMap::<Uri, Vec<TextEdit>>::new();
        for (span, text) in edits {
            if let Some(file) = self.file(span.source) {
                let edit = TextEdit { range: self.range(span), new_text: text.to_owned() };
                changes.entry(file.uri.clone()).or_default().push(edit);
            }
        }
        WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
    }

    /// A declared field and its module.
    pub fn field(&self, id: FieldId) -> Option<(&Module, &Field)> {
        let place = self.index.field_place(id)?;
        let module = self.draft.checked.schema.modules.get(place.module)?;
        let field = module.fields.get(place.field)?;
        match (place.attribute, &field.ty) {
            (None, _) => Some((module, field)),
            (Some(at), jalon::schema::FieldType::Events(fields)) => {
                fields.get(at).map(|field| (module, field))
            }
            _ => None,
        }
    }
}

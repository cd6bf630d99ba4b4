//! Requests and their answers.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{
    CodeActionParams, CompletionParams, DocumentFormattingParams, Position, ReferenceParams,
    RenameParams, SemanticTokens, TextDocumentPositionParams, Uri, WorkspaceSymbolParams,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Disk, Server};
use crate::analysis::Analysis;
use crate::{actions, completion, format, hover, navigation, outline, rename, tokens};
use jalon::source::SourceId;

/// What must be there before a request can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// The texts.
    Nothing,
    /// The program as it was checked last.
    Checked,
    /// The program, checked as it stands.
    Fresh,
}

/// What a method needs; none where it is unknown.
pub(super) fn needs(method: &str) -> Option<Needs> {
    Some(match method {
        "textDocument/formatting" | "workspace/symbol" => Needs::Nothing,
        "textDocument/completion" => Needs::Checked,
        "textDocument/hover"
        | "textDocument/definition"
        | "textDocument/references"
        | "textDocument/documentHighlight"
        | "textDocument/documentSymbol"
        | "textDocument/foldingRange"
        | "textDocument/codeAction"
        | "textDocument/prepareRename"
        | "textDocument/rename"
        | "textDocument/semanticTokens/full" => Needs::Fresh,
        _ => return None,
    })
}

/// The document that a request is about.
pub(super) fn document(request: &Request) -> Result<Uri, String> {
    let uri = request.params.pointer("/textDocument/uri").and_then(Value::as_str);
    let uri = uri.ok_or("`textDocument.uri` is missing")?;
    uri.parse().map_err(|_| format!("`{uri}` is not a URI"))
}

/// Why a request has no answer.
struct Failure(ErrorCode, String);

type Answer = Result<Value, Failure>;

fn params<T: DeserializeOwned>(request: &Request) -> Result<T, Failure> {
    serde_json::from_value(request.params.clone())
        .map_err(|error| Failure(ErrorCode::InvalidParams, error.to_string()))
}

impl<D: Disk> Server<D> {
    /// Answers a request; what it needs is there.
    pub(super) fn answer(&self, request: &Request, analysis: Option<&Analysis>) -> Response {
        let answered = catch_unwind(AssertUnwindSafe(|| match analysis {
            Some(analysis) => self.about(request, analysis),
            None => self.without(request),
        }));
        let failed = |_| {
            let why = format!("`{}` could not be answered; please report it", request.method);
            Err(Failure(ErrorCode::InternalError, why))
        };
        match answered.unwrap_or_else(failed) {
            Ok(value) => Response::new_ok(request.id.clone(), value),
            Err(Failure(code, why)) => Response::new_err(request.id.clone(), code as i32, why),
        }
    }

    /// What needs no program.
    fn without(&self, request: &Request) -> Answer {
        if request.method == "workspace/symbol" {
            let query = params::<WorkspaceSymbolParams>(request)?.query;
            let all = self.programs.all();
            let symbols = all.flat_map(|analysis| outline::workspace_symbols(analysis, &query));
            return Ok(json!(symbols.collect::<Vec<_>>()));
        }
        let uri = params::<DocumentFormattingParams>(request)?.text_document.uri;
        let Some(uri) = self.workspace.uri(&uri) else { return Ok(Value::Null) };
        let files = self.workspace.sources(&self.workspace.program_of(uri));
        Ok(json!(format::edits(&files, uri, self.encoding)))
    }

    /// What is asked about a program.
    fn about(&self, request: &Request, analysis: &Analysis) -> Answer {
        if request.method == "textDocument/completion" {
            return self.completion(request, analysis);
        }
        let uri = document(request).map_err(|why| Failure(ErrorCode::InvalidParams, why))?;
        let held = self.workspace.uri(&uri).unwrap_or(&uri);
        let Some(source) = analysis.source(held) else { return Ok(Value::Null) };
        let offset = |position| self.offset(analysis, source, position);
        Ok(match request.method.as_str() {
            "textDocument/hover" => {
                let at = params::<TextDocumentPositionParams>(request)?.position;
                json!(hover::hover(analysis, source, offset(at)))
            }
            "textDocument/definition" => {
                let at = params::<TextDocumentPositionParams>(request)?.position;
                json!(navigation::definition(analysis, source, offset(at)))
            }
            "textDocument/references" => {
                let p = params::<ReferenceParams>(request)?;
                let at = offset(p.text_document_position.position);
                let declaration = p.context.include_declaration;
                json!(navigation::references(analysis, source, at, declaration))
            }
            "textDocument/documentHighlight" => {
                let at = params::<TextDocumentPositionParams>(request)?.position;
                json!(navigation::highlights(analysis, source, offset(at)))
            }
            "textDocument/documentSymbol" => json!(outline::symbols(analysis, source)),
            "textDocument/foldingRange" => json!(outline::folds(analysis, source)),
            "textDocument/codeAction" => {
                let range = params::<CodeActionParams>(request)?.range;
                let bytes = offset(range.start)..offset(range.end);
                json!(actions::actions(analysis, source, bytes))
            }
            "textDocument/prepareRename" => {
                let at = params::<TextDocumentPositionParams>(request)?.position;
                json!(rename::prepare(analysis, source, offset(at)).map_err(refused)?)
            }
            "textDocument/rename" => {
                let p = params::<RenameParams>(request)?;
                let at = offset(p.text_document_position.position);
                json!(rename::rename(analysis, source, at, &p.new_name).map_err(refused)?)
            }
            _ => {
                let data = tokens::tokens(analysis, source);
                json!(SemanticTokens { result_id: None, data })
            }
        })
    }

    fn completion(&self, request: &Request, analysis: &Analysis) -> Answer {
        let at = params::<CompletionParams>(request)?.text_document_position;
        let uri = at.text_document.uri;
        let Some(text) = self.workspace.text(&uri) else { return Ok(Value::Null) };
        let source = analysis.source(self.workspace.uri(&uri).unwrap_or(&uri));
        let offset = text.offset(at.position, self.encoding);
        let asked = completion::Asked {
            text,
            offset,
            source,
            snippets: self.client.snippets,
            encoding: self.encoding,
        };
        let offered = completion::completion(analysis, &asked);
        Ok(json!({"isIncomplete": offered.is_incomplete, "items": offered.items}))
    }

    fn offset(&self, analysis: &Analysis, source: SourceId, position: Position) -> u32 {
        let text = analysis.file(source).map(|file| &file.text);
        text.map_or(0, |text| text.offset(position, self.encoding) as u32)
    }
}

/// A rename that is refused, with the reason for people.
fn refused(why: rename::Refusal) -> Failure {
    Failure(ErrorCode::RequestFailed, why)
}

//! The first words with a client: what it can, what the server can.

use jalon::lang::Lang;
use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, OneOf,
    RenameOptions, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use serde_json::{Value, json};

use super::{Disk, Phase, Server};
use crate::text::Encoding;
use crate::tokens;
use crate::workspace::{Workspace, path_of};

/// What the client can.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Client {
    /// Completions with places to fill in.
    pub(super) snippets: bool,
    /// Tells of files that change on disk, when asked to.
    watches: bool,
}

impl<D: Disk> Server<D> {
    pub(super) fn initialize(&mut self, request: Request) {
        let params: InitializeParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => {
                return self.fail(request.id, ErrorCode::InvalidParams, &error.to_string());
            }
        };
        let offered =
            params.capabilities.general.as_ref().and_then(|g| g.position_encodings.as_deref());
        self.encoding = Encoding::negotiated(offered);
        self.workspace = Workspace::new(self.encoding);
        self.client = client(&params);
        let options = params.initialization_options.clone().unwrap_or_default();
        let asked = options.get("lang").and_then(Value::as_str);
        let asked = asked.and_then(|lang| lang.parse::<Lang>().ok());
        self.lang = asked.or(self.lang);
        for folder in folders(&params, &options) {
            self.load(folder);
        }
        self.phase = Phase::Running;
        self.programs.touch_all(self.workspace.programs());
        let info = json!({"name": "jalon", "version": env!("CARGO_PKG_VERSION")});
        let result = json!({"capabilities": capabilities(self.encoding), "serverInfo": info});
        self.respond(Response::new_ok(request.id, result));
    }

    /// Asks to be told of files that change on disk.
    pub(super) fn watch(&self) {
        if !self.client.watches {
            return;
        }
        let options = json!({"watchers": [{"globPattern": "**/*.jalon"}]});
        let registration = json!({
            "id": "jalon-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": options,
        });
        let params = json!({"registrations": [registration]});
        let (id, method) = ("jalon-files", "client/registerCapability");
        self.write(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
    }
}

fn client(params: &InitializeParams) -> Client {
    let all = json!(params.capabilities);
    let can = |path: &str| all.pointer(path).and_then(Value::as_bool).unwrap_or(false);
    Client {
        snippets: can("/textDocument/completion/completionItem/snippetSupport"),
        watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
    }
}

/// The folders of the client, and those in them that the options name as programs of their own.
fn folders(params: &InitializeParams, options: &Value) -> Vec<std::path::PathBuf> {
    let listed = params.workspace_folders.iter().flatten().filter_map(|f| path_of(&f.uri));
    let mut folders: Vec<_> = listed.collect();
    if folders.is_empty() {
        #[expect(deprecated, reason = "older clients give nothing else")]
        folders.extend(params.root_uri.as_ref().and_then(path_of));
    }
    let named = options.get("programs").and_then(Value::as_array).into_iter().flatten();
    let inner: Vec<_> = named
        .filter_map(Value::as_str)
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .collect();
    folders.extend(inner);
    folders
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    let signs = [" ", ".", ",", "\"", "«", "{", "(", ":"];
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(signs.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: SemanticTokensLegend {
                    token_types: tokens::types(),
                    token_modifiers: tokens::modifiers(),
                },
                full: Some(SemanticTokensFullOptions::Bool(true)),
                ..SemanticTokensOptions::default()
            },
        )),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

//! Editors: what they ask about programs, answered, and the language server around it.
//!
//! [`Analysis`] is one program as an editor sees it: a pure value, made of texts. The functions of
//! the other modules answer questions about it: [`completion`], [`hover`], [`navigation`],
//! [`rename`], [`actions`], [`outline`]. A [`Workspace`] holds the texts that an editor has open
//! over those on disk. [`Server`] speaks the protocol over any pair of channels; it reads files
//! only through a [`Disk`] that it is given.
//!
//! ```
//! use std::sync::Arc;
//! use jalon::source::SourceId;
//! use jalon_lsp::{Analysis, Encoding, SourceFile, Text, diagnostics};
//!
//! let text = "module Leads\n  Country : text\nscore S on Leads\n  +1 if Contry IS x\n";
//! let uri = "file:///leads.jalon".parse().unwrap();
//! let text = Arc::new(Text::new(text));
//! let files = vec![SourceFile { uri, name: "leads.jalon".into(), text }];
//! let analysis = Analysis::new(files, None, Encoding::Utf16);
//! let found = diagnostics(&analysis, SourceId(0));
//! assert!(found[0].message.contains("did you mean `Country`?"));
//! ```
#![forbid(unsafe_code)]

pub mod actions;
mod analysis;
pub mod completion;
mod diagnostics;
pub mod format;
pub mod hover;
pub mod navigation;
pub mod outline;
pub mod rename;
mod server;
mod text;
pub mod tokens;
mod workspace;

pub use analysis::{Analysis, Definition, Index, Kind, Occurrence, Role, SourceFile, Target};
pub use diagnostics::diagnostics;
pub use server::{Disk, Incoming, Server, receive, send};
pub use text::{Encoding, Text};
pub use workspace::Workspace;

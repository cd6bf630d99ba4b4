//! Editors: what they ask about programs, answered, and the language server around it.
//!
//! [`Analysis`] is one program as an editor sees it: a pure value, made of texts. The functions of
//! the other modules answer questions about it: [`completion`], [`hover`], [`navigation`],
//! [`rename`], [`actions`], [`outline`]. A [`Workspace`] holds the texts that an editor has open
//! over those on disk. [`Server`] speaks the protocol over any pair of channels; it reads files
//! only through a [`Disk`] that it is given.
#![forbid(unsafe_code)]

pub mod actions;
mod analysis;
pub mod completion;
mod diagnostics;
mod format;
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

//! Any text in an editor, and places in it after a zero byte: every question is answered without a
//! panic, and every edit lies inside the text, on borders of characters.
#![no_main]

use std::sync::Arc;

use jalon::source::SourceId;
use jalon_lsp::completion::{Asked, completion};
use jalon_lsp::{Analysis, Encoding, SourceFile, Text};
use jalon_lsp::{actions, diagnostics, hover, navigation, outline, rename, tokens};
use libfuzzer_sys::fuzz_target;

const MOST_PLACES: usize = 8;
const URI: &str = "file:///a.jalon";

fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let text = Arc::new(Text::new(String::from_utf8_lossy(&data[..end])));
    let Ok(uri) = URI.parse() else { return };
    let files = vec![SourceFile { uri, name: "a.jalon".into(), text: Arc::clone(&text) }];
    let encoding = Encoding::Utf16;
    let analysis = Analysis::new(files, None, encoding);
    let source = SourceId(0);
    let _ = diagnostics(&analysis, source);
    let _ = tokens::tokens(&analysis, source);
    let _ = outline::symbols(&analysis, source);
    let _ = outline::folds(&analysis, source);
    for place in data[end..].get(1..).unwrap_or_default().chunks(2).take(MOST_PLACES) {
        let place = u16::from_le_bytes([place[0], place.get(1).copied().unwrap_or_default()]);
        let length = text.as_str().len();
        let mut offset = usize::from(place) % (length + 1);
        while !text.as_str().is_char_boundary(offset) {
            offset -= 1;
        }
        assert_eq!(text.offset(text.position(offset, encoding), encoding), offset);
        let asked = Asked { text: &text, offset, source: Some(source), snippets: true, encoding };
        let _ = completion(&analysis, &asked);
        let Ok(at) = u32::try_from(offset) else { return };
        let _ = hover::hover(&analysis, source, at);
        let _ = navigation::definition(&analysis, source, at);
        let _ = navigation::references(&analysis, source, at, true);
        let _ = actions::actions(&analysis, source, at..at);
        let _ = rename::rename(&analysis, source, at, "Nouveau nom");
    }
});

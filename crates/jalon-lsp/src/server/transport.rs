//! Messages over streams.

use std::io::{BufRead, ErrorKind, Write};

use crossbeam_channel::Sender;
use lsp_server::Message;
use serde_json::Value;

/// What comes from the client.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// A message.
    Message(Message),
    /// What is none, and why.
    Malformed(String),
}

/// Reads messages until the stream ends, or nobody listens any more.
pub fn receive(input: &mut impl BufRead, sender: &Sender<Incoming>) {
    let mut sound = true;
    loop {
        let message = match Message::read(input) {
            Ok(Some(message)) => Incoming::Message(message),
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                // Of a heap of rubbish only the first line is worth an answer.
                let first = std::mem::take(&mut sound);
                if !first {
                    continue;
                }
                Incoming::Malformed(error.to_string().chars().take(300).collect())
            }
            Ok(None) | Err(_) => return,
        };
        sound |= matches!(message, Incoming::Message(_));
        let last =
            matches!(&message, Incoming::Message(Message::Notification(n)) if n.method == "exit");
        if sender.send(message).is_err() || last {
            return;
        }
    }
}

/// Writes a message with its header.
pub fn send(output: &mut impl Write, message: &Value) -> std::io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

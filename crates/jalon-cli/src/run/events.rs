//! Events of a file, one a line, or a JSON array of them.

use std::path::Path;

use jalon::lang::Lang;
use jalon::workflow::Incoming;
use jalon_files::data::Progress;

use crate::failure::Failure;
use crate::objects::{self, EVENT, Objects, Place};

/// What was read.
#[derive(Debug)]
pub enum Read {
    /// An event, and where it stands.
    Event(Box<Incoming>, Place),
    /// No event: the message that says so.
    Bad(String),
}

/// The events of a file, in order.
pub struct Events {
    objects: Objects,
    lang: Lang,
}

impl Events {
    /// Opens a file; `-` is standard input.
    pub fn open(path: &Path, lang: Lang) -> Result<Events, Failure> {
        Ok(Events { objects: Objects::open(path, EVENT, lang)?, lang })
    }

    /// How far reading is.
    pub fn progress(&self) -> Progress {
        self.objects.progress()
    }
}

impl Iterator for Events {
    type Item = Result<Read, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.objects.next()?.map(|read| match read {
            objects::Read::Bad(message) => Read::Bad(message),
            objects::Read::Object(event, place) => match Incoming::read(&event) {
                Ok(event) => Read::Event(Box::new(event), place),
                Err(error) => Read::Bad(place.said(&error.message(self.lang), self.lang)),
            },
        }))
    }
}

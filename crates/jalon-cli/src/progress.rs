//! A progress bar, on long work only, and only on a terminal.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use jalon::lang::Lang;
use jalon_files::data::Progress;

use crate::number;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(800);

/// Shows how far reading is.
#[derive(Debug)]
pub struct Bar {
    progress: Progress,
    started: Instant,
    drawn: Option<ProgressBar>,
    lang: Lang,
    wanted: bool,
}

impl Bar {
    /// A bar that is not shown yet.
    pub fn new(progress: Progress, lang: Lang) -> Bar {
        let wanted = stderr().is_terminal();
        Bar { progress, started: Instant::now(), drawn: None, lang, wanted }
    }

    /// Some rows are done.
    pub fn tick(&mut self, rows: u64) {
        if !self.wanted || self.started.elapsed() < PATIENCE {
            return;
        }
        let progress = &self.progress;
        let bar = self.drawn.get_or_insert_with(|| match progress.total() {
            Some(total) => ProgressBar::new(total)
                .with_style(style("{bar:30.cyan/dim} {percent:>3} %  {msg}  {eta}")),
            None => ProgressBar::new_spinner().with_style(style("{spinner} {msg}")),
        });
        bar.set_position(progress.done());
        bar.set_message(number::rows(rows, self.lang));
    }

    /// Takes the bar away.
    pub fn clear(&mut self) {
        if let Some(bar) = self.drawn.take() {
            bar.finish_and_clear();
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

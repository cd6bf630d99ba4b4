//! A progress bar and times: on long work only, and only for somebody who watches a terminal.

use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use jalon::lang::Lang;
use jalon_files::data::Progress;

use crate::number;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(800);

/// Whether `--quiet` was given.
static QUIET: AtomicBool = AtomicBool::new(false);

/// From now on, shows no progress, no times and no summaries on standard error.
pub fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Whether nothing but results and findings is wanted.
pub fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Whether somebody watches: standard error is a terminal, and `--quiet` was not given.
pub fn is_watched() -> bool {
    !is_quiet() && stderr().is_terminal()
}

/// How long something took, for somebody who watches.
pub fn time(started: Instant, lang: Lang) -> Option<String> {
    is_watched().then(|| number::time(started.elapsed(), lang))
}

/// Shows how far reading is.
#[derive(Debug)]
pub struct Bar {
    progress: Progress,
    started: Instant,
    drawn: Option<ProgressBar>,
    lang: Lang,
    /// One of what is counted, and many.
    counted: (&'static str, &'static str),
    wanted: bool,
}

impl Bar {
    /// A bar that counts rows; it is not shown yet.
    pub fn new(progress: Progress, lang: Lang) -> Bar {
        Bar::counting(progress, lang.pick(("ligne", "lignes"), ("row", "rows")), lang)
    }

    /// A bar that counts decisions; it is not shown yet.
    pub fn of_events(progress: Progress, lang: Lang) -> Bar {
        let counted = lang.pick(("décision", "décisions"), ("decision", "decisions"));
        Bar::counting(progress, counted, lang)
    }

    /// A bar that counts events; it is not shown yet.
    pub fn of_log(progress: Progress, lang: Lang) -> Bar {
        let counted = lang.pick(("événement", "événements"), ("event", "events"));
        Bar::counting(progress, counted, lang)
    }

    /// A bar that counts instances; it is not shown yet.
    pub fn of_instances(progress: Progress, lang: Lang) -> Bar {
        Bar::counting(progress, ("instance", "instances"), lang)
    }

    fn counting(progress: Progress, counted: (&'static str, &'static str), lang: Lang) -> Bar {
        let wanted = is_watched();
        Bar { progress, started: Instant::now(), drawn: None, lang, counted, wanted }
    }

    /// So many are done.
    pub fn tick(&mut self, done: u64) {
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
        let (one, many) = self.counted;
        bar.set_message(number::counted(done, one, many, self.lang));
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

//! The programs of a workspace and their checking, aside from the talk with the client.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};
use jalon::lang::Lang;
use lsp_types::{Diagnostic, Uri};
use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, SourceFile};
use crate::diagnostics::diagnostics;
use crate::text::Encoding;
use crate::workspace::{ProgramKey, Workspace};

/// A program to check.
#[derive(Debug)]
pub(super) struct Job {
    program: ProgramKey,
    revision: u64,
    files: Vec<SourceFile>,
    lang: Option<Lang>,
    encoding: Encoding,
}

/// A program that was checked; none where that failed.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) program: ProgramKey,
    revision: u64,
    analysis: Result<Arc<Analysis>, String>,
}

/// Checks what comes until nobody asks any more.
pub(super) fn work(jobs: &Receiver<Job>, done: &Sender<Done>) {
    for job in jobs {
        let Job { program, revision, files, lang, encoding } = job;
        let checked = catch_unwind(AssertUnwindSafe(|| Analysis::new(files, lang, encoding)));
        let failed = |_| "jalon: this program could not be checked; please report it".to_owned();
        let analysis = checked.map(Arc::new).map_err(failed);
        if done.send(Done { program, revision, analysis }).is_err() {
            return;
        }
    }
}

/// Every program, and how far its checking is.
#[derive(Debug, Default)]
pub(super) struct Programs(FxHashMap<ProgramKey, State>);

#[derive(Debug, Default)]
struct State {
    /// Counts the changes of its texts.
    revision: u64,
    /// The revision that was checked last.
    checked: u64,
    analysis: Option<Arc<Analysis>>,
    running: bool,
    /// When it is to be checked, and since when it is not.
    due: Option<Instant>,
    changed: Option<Instant>,
    /// What the client was told.
    told: BTreeMap<String, (Uri, Vec<Diagnostic>)>,
}

/// Edits that never stop are checked all the same, after so long.
const PATIENCE: Duration = Duration::from_millis(500);

impl Programs {
    /// Its texts have changed; it is to be checked after a pause without more of that.
    pub(super) fn touch(&mut self, program: ProgramKey, pause: Duration) {
        let now = Instant::now();
        let state = self.0.entry(program).or_default();
        state.revision += 1;
        let since = *state.changed.get_or_insert(now);
        state.due = Some((now + pause).min(since + PATIENCE));
    }

    /// All have changed, and some that there are no more.
    pub(super) fn touch_all(&mut self, programs: Vec<ProgramKey>) {
        let known: Vec<_> = self.0.keys().cloned().chain(programs).collect();
        let all: std::collections::BTreeSet<_> = known.into_iter().collect();
        for program in all {
            self.touch(program, Duration::ZERO);
        }
    }

    /// Somebody waits for it.
    pub(super) fn hurry(&mut self, program: &ProgramKey) {
        let now = Instant::now();
        let state = self.0.entry(program.clone()).or_default();
        if state.revision == 0 {
            state.revision = 1;
        }
        if !(state.running && state.due.is_none()) {
            state.due = Some(now);
        }
    }

    /// When the next program is to be checked.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.0.values().filter(|state| !state.running).filter_map(|state| state.due).min()
    }

    /// Hands out what is to be checked by now.
    pub(super) fn start_due(
        &mut self,
        workspace: &Workspace,
        lang: Option<Lang>,
        encoding: Encoding,
        jobs: &Sender<Job>,
    ) {
        let now = Instant::now();
        for (program, state) in &mut self.0 {
            if state.running || state.due.is_none_or(|due| due > now) {
                continue;
            }
            let files = workspace.sources(program);
            let (program, revision) = (program.clone(), state.revision);
            state.running = jobs.send(Job { program, revision, files, lang, encoding }).is_ok();
            state.due = None;
            state.changed = None;
        }
    }

    /// Takes a result; says what is to be told where there is none.
    pub(super) fn finished(&mut self, done: Done) -> Option<String> {
        let state = self.0.entry(done.program).or_default();
        state.running = false;
        match done.analysis {
            Ok(analysis) => {
                state.checked = done.revision;
                state.analysis = Some(analysis);
                None
            }
            Err(why) => {
                // The last one that went well goes on answering.
                let empty = || Analysis::new(Vec::new(), None, Encoding::default());
                state.analysis.get_or_insert_with(|| Arc::new(empty()));
                state.checked = done.revision;
                Some(why)
            }
        }
    }

    /// A program as it was checked last; where it must be fresh only if it stands so.
    pub(super) fn analysis(&self, program: &ProgramKey, fresh: bool) -> Option<Arc<Analysis>> {
        let state = self.0.get(program)?;
        let fits = !fresh || state.checked == state.revision;
        state.analysis.clone().filter(|_| fits)
    }

    /// The last analysis of every program.
    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Analysis>> {
        self.0.values().filter_map(|state| state.analysis.as_ref())
    }

    /// The files whose findings are not those that the client was told, with them.
    pub(super) fn news(&mut self, program: &ProgramKey) -> Vec<(Uri, Vec<Diagnostic>)> {
        let Some(state) = self.0.get_mut(program) else { return Vec::new() };
        let Some(analysis) = &state.analysis else { return Vec::new() };
        let mut told = BTreeMap::new();
        let mut news = Vec::new();
        for (id, _) in analysis.draft.sources.iter() {
            let Some(file) = analysis.file(id) else { continue };
            let found = diagnostics(analysis, id);
            let key = file.uri.as_str().to_owned();
            let before = state.told.remove(&key);
            if before.is_none_or(|(_, before)| before != found) {
                news.push((file.uri.clone(), found.clone()));
            }
            told.insert(key, (file.uri.clone(), found));
        }
        let gone = std::mem::replace(&mut state.told, told);
        news.extend(gone.into_values().map(|(uri, _)| (uri, Vec::new())));
        news
    }
}

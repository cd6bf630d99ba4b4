//! What changes, as text while it is found, or as one JSON object in the end.

use std::io::Write;
use std::time::Instant as Started;

use jalon::diff::Diff;
use jalon::lang::Lang;
use jalon::rehearsal::compare::{Count, Difference, Listed, Simulation, Tally};
use jalon::value::{Instant, Zone};
use serde::Serialize;

use crate::args::{Form, SimulateArgs};
use crate::failure::Failure;
use crate::{number, progress, whole};

/// Where differences go.
#[derive(Debug)]
pub struct Output {
    form: Form,
    events: bool,
    zone: Zone,
    lang: Lang,
    /// How many are listed at most.
    show: usize,
    shown: usize,
    /// Those of a JSON report.
    kept: Vec<Listed>,
    tally: Tally,
    /// How often what was due came out otherwise.
    due: u64,
    /// What changes of the programs, for a JSON report.
    diff: Option<Diff>,
}

/// The whole as JSON, counts first.
#[derive(Serialize)]
struct Whole<'w> {
    #[serde(flatten)]
    diff: Option<&'w Diff>,
    #[serde(flatten)]
    simulation: Simulation,
}

impl Output {
    /// As the options ask for.
    pub fn new(args: &SimulateArgs, diff: Option<&Diff>, zone: Zone, lang: Lang) -> Output {
        Output {
            form: args.format,
            events: args.events,
            zone,
            lang,
            show: args.show,
            shown: 0,
            kept: Vec::new(),
            tally: Tally::default(),
            due: 0,
            diff: diff.cloned(),
        }
    }

    /// Adds what was counted.
    pub fn count(&mut self, tally: Tally) {
        self.tally.merge(tally);
    }

    /// An event that was sent to both programs.
    pub fn event(
        &mut self,
        row: u64,
        id: &str,
        differences: Vec<Difference>,
    ) -> Result<(), Failure> {
        self.tally.add(&differences);
        let (row, event) = (Some(row), Some(id.to_owned()));
        self.changed(Listed { row, event, until: None, differences })
    }

    /// What was due with either program.
    pub fn due(&mut self, until: Instant, differences: Vec<Difference>) -> Result<(), Failure> {
        self.due += u64::from(!differences.is_empty());
        self.tally.add_uncounted(&differences);
        self.changed(Listed { row: None, event: None, until: Some(until), differences })
    }

    /// Lists what comes out otherwise, as long as there is room.
    pub fn changed(&mut self, changed: Listed) -> Result<(), Failure> {
        if changed.differences.is_empty() || self.shown >= self.show {
            return Ok(());
        }
        self.shown += 1;
        match self.form {
            Form::Json => self.kept.push(changed),
            Form::Text => self.say(&(changed.report(self.lang, self.zone) + "\n"))?,
        }
        Ok(())
    }

    /// Ends the list with a summary; whether anything changes.
    pub fn close(self, started: Started) -> Result<bool, Failure> {
        let (lang, tally) = (self.lang, &self.tally);
        let changes = tally.changed + self.due;
        if self.form == Form::Json {
            let due = self.events.then_some(self.due);
            let simulation = Simulation::of(tally, due, self.kept.clone());
            let whole = Whole { diff: self.diff.as_ref(), simulation };
            let text = serde_json::to_string_pretty(&whole).unwrap_or_default();
            self.say(&(text + "\n"))?;
            return Ok(changes > 0);
        }
        let mut text = String::new();
        let more = changes.saturating_sub(self.shown as u64);
        if more > 0 && self.show > 0 {
            let more = number::count(more, lang);
            text += &lang.pick(
                format!("… et {more} de plus ; --show N en nomme davantage\n"),
                format!("… and {more} more; --show N lists more of them\n"),
            );
        }
        if self.shown > 0 {
            text.push('\n');
        }
        text += &self.summary();
        self.say(&text)?;
        if let Some(time) = progress::time(started, lang) {
            // Nothing better can be done when standard error is closed.
            let _ = writeln!(std::io::stderr(), "{time}");
        }
        Ok(changes > 0)
    }

    /// How many change, by rule and by outcome.
    fn summary(&self) -> String {
        let (lang, tally) = (self.lang, &self.tally);
        let (one, many) = match (self.events, lang) {
            (false, Lang::Fr) => ("fiche comparée", "fiches comparées"),
            (false, Lang::En) => ("record compared", "records compared"),
            (true, Lang::Fr) => ("événement comparé", "événements comparés"),
            (true, Lang::En) => ("event compared", "events compared"),
        };
        let compared = number::counted(tally.compared, one, many, lang);
        let changed = if tally.changed == 0 {
            lang.pick("rien ne change", "nothing changes").to_owned()
        } else {
            let share = number::percent(tally.changed, tally.compared, lang);
            let forms = lang.pick(("change", "changent"), ("changes", "change"));
            format!("{} ({share})", number::counted(tally.changed, forms.0, forms.1, lang))
        };
        let mut text =
            lang.pick(format!("{compared} : {changed}"), format!("{compared}: {changed}"));
        if self.due > 0 {
            let forms = lang.pick(
                ("fois ce qui était échu change", "fois ce qui était échu change"),
                ("time what was due changes", "times what was due changes"),
            );
            let due = number::counted(self.due, forms.0, forms.1, lang);
            text += &lang.pick(format!(" ; {due}"), format!("; {due}"));
        }
        text.push('\n');
        self.table(&mut text, lang.pick("Par règle", "By rule"), &tally.by_rule());
        self.table(&mut text, lang.pick("Par résultat", "By outcome"), &tally.by_outcome());
        text
    }

    fn table(&self, text: &mut String, head: &str, counts: &[Count]) {
        if counts.is_empty() {
            return;
        }
        text.extend([format!("\n{head}\n")]);
        let shown: Vec<String> =
            counts.iter().map(|count| number::count(count.count, self.lang)).collect();
        let width = shown.iter().map(|count| count.chars().count()).max().unwrap_or_default();
        for (count, shown) in counts.iter().zip(shown) {
            text.extend([format!("  {shown:>width$}  {}\n", self.named(count))]);
        }
    }

    /// What a count is of.
    fn named(&self, count: &Count) -> String {
        let (lang, name) = (self.lang, &count.name);
        let said = |fr: &str, en: &str| lang.pick(fr, en).to_owned();
        match (count.what, name.as_str()) {
            ("rule" | "field" | "score", name) => name.to_owned(),
            ("refusal", _) => said("refus", "refusal"),
            ("error", _) => said("action impossible", "action that cannot be done"),
            ("timer", "arm") => said("minuterie armée", "timer armed"),
            ("timer", "move") => said("minuterie déplacée", "timer moved"),
            ("timer", "cancel") => said("minuterie annulée", "timer cancelled"),
            ("timer", "done") => said("minuterie échue", "timer due"),
            ("timer", _) => said("minuterie non armée", "timer not armed"),
            (_, "task") => said("tâche", "task"),
            (_, "email") => said("e-mail", "email"),
            (_, "alert") => said("alerte", "alert"),
            (_, "function") => said("fonction", "function"),
            (_, "convert") => said("conversion", "conversion"),
            (_, "create") => said("fiche créée", "record created"),
            (_, "tag") => said("étiquette mise", "tag added"),
            (_, "untag") => said("étiquette retirée", "tag taken off"),
            (_, "assign") => said("affectation", "assignment"),
            (_, "meeting") => said("rendez-vous", "meeting"),
            (_, "delete") => said("suppression", "deletion"),
            (_, name) => name.to_owned(),
        }
    }

    fn say(&self, text: &str) -> Result<(), Failure> {
        whole::print(text, self.lang)
    }
}

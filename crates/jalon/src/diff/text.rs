//! Changes as people read them.

use super::{Change, Diff, How, Part, Said};
use crate::lang::{Lang, quoted};

impl Diff {
    /// What changes, on lines that begin with `+`, `−`, `~` (changed), `→` (renamed), `⇅`
    /// (reordered) and `⚠`; empty where nothing does.
    pub fn report(&self, lang: Lang) -> String {
        let mut lines = Vec::new();
        for change in &self.changes {
            change.lines(0, lang, &mut lines);
        }
        lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    /// How much changes: `2 ajouts, 1 retrait, 3 modifications`.
    pub fn summary(&self, lang: Lang) -> String {
        let count = |how: How| self.changes.iter().filter(|change| change.change == how).count();
        let kinds = [
            (How::Changed, "modifié", "modifiés", "changed"),
            (How::Added, "ajouté", "ajoutés", "added"),
            (How::Removed, "retiré", "retirés", "removed"),
            (How::Renamed, "renommé", "renommés", "renamed"),
            (How::Reordered, "réordonné", "réordonnés", "reordered"),
        ];
        let said = kinds.iter().map(|(how, one, many, en)| (count(*how), *one, *many, *en));
        let said: Vec<String> = said
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many, en)| {
                let fr = if count > 1 { many } else { one };
                lang.pick(format!("{count} {fr}"), format!("{count} {en}"))
            })
            .collect();
        if said.is_empty() {
            return lang.pick("aucune différence", "no difference").to_owned();
        }
        said.join(", ")
    }
}

impl Change {
    fn lines(&self, depth: usize, lang: Lang, lines: &mut Vec<String>) {
        let indent = "  ".repeat(if depth == 0 { 0 } else { depth + 1 });
        let what = self.of.words(lang);
        let mark = match self.change {
            How::Added => "+",
            How::Removed => "−",
            How::Changed => "~",
            How::Renamed => "→",
            How::Reordered => "⇅",
        };
        let mut head = format!("{indent}{mark} {what}");
        if let Some(name) = &self.name {
            head.extend([" ", quoted(name, lang).as_str()]);
        }
        if let Some(renamed) = &self.renamed {
            head.extend([" → ", quoted(renamed, lang).as_str()]);
        }
        if let Some(module) = &self.module {
            head += &lang.pick(format!(" sur {module}"), format!(" on {module}"));
        }
        let text = |said: &Option<Said>| said.as_ref().map(|said| said.text(lang).to_owned());
        let (before, after) = (text(&self.before), text(&self.after));
        let says_itself = self.name.is_none() && self.is_small();
        match self.change {
            How::Added | How::Removed if says_itself => {
                let said = after.or(before).unwrap_or_default();
                let mut said = said.lines();
                let first = said.next().unwrap_or_default();
                lines.push(format!("{indent}{mark} {}{first}", self.of.before_text(lang)));
                lines.extend(said.map(|line| format!("{indent}{mark}   {line}")));
            }
            How::Added => {
                lines.push(head);
                let said = after.unwrap_or_default();
                lines.extend(said.lines().map(|line| format!("{indent}    {line}")));
            }
            How::Removed | How::Renamed | How::Reordered => lines.push(head),
            How::Changed => {
                lines.push(head);
                self.inside(depth, lang, (before, after), lines);
            }
        }
        if let Some(warning) = &self.warning {
            lines.push(format!("{indent}    ⚠ {}", warning.text(lang)));
        }
    }

    /// What changes inside: part by part, or what it said and what it says.
    fn inside(
        &self,
        depth: usize,
        lang: Lang,
        (before, after): (Option<String>, Option<String>),
        lines: &mut Vec<String>,
    ) {
        let indent = "  ".repeat(depth + 2);
        lines.extend(self.steps.iter().map(|step| format!("{indent}{}", step.sentence(lang))));
        let whole = self.changes.is_empty() || self.of == Part::Line;
        if whole && self.steps.is_empty() {
            let marked = |mark: &str, text: Option<String>, lines: &mut Vec<String>| {
                for line in text.unwrap_or_default().lines() {
                    lines.push(format!("{indent}{mark} {line}"));
                }
            };
            marked("−", before, lines);
            marked("+", after, lines);
            return;
        }
        for change in &self.changes {
            change.lines(depth + 1, lang, lines);
        }
    }

    /// Whether its text says what it is.
    fn is_small(&self) -> bool {
        self.of > Part::Test
    }
}

impl Part {
    /// What stands before the text of one that is added or removed.
    fn before_text(self, lang: Lang) -> String {
        match self {
            Part::Trigger
            | Part::Condition
            | Part::Action
            | Part::Line
            | Part::Text
            | Part::Points
            | Part::Stars
            | Part::Labels
            | Part::Property => String::new(),
            Part::Criterion => lang.pick("si ", "if ").to_owned(),
            _ => format!("{} ", self.words(lang)),
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Part::Module | Part::Of => ("module", "module"),
            Part::Constant => ("constante", "constant"),
            Part::Rule => ("règle", "rule"),
            Part::Rules => ("l'ordre des règles", "the order of the rules"),
            Part::Score => ("score", "score"),
            Part::Blueprint => ("parcours", "blueprint"),
            Part::Blueprints => ("l'ordre des parcours", "the order of the blueprints"),
            Part::Approval => ("approbation", "approval"),
            Part::Validation => ("validation", "validation"),
            Part::Dependency => ("dépendance", "dependency"),
            Part::Guard => ("garde", "guard"),
            Part::Schedule => ("planification", "schedule"),
            Part::Webhook => ("webhook", "webhook"),
            Part::Calendar => ("calendrier", "calendar"),
            Part::Currencies => ("devises", "currencies"),
            Part::Chaining => ("enchaînement", "chaining"),
            Part::Pipeline => ("pipeline", "pipeline"),
            Part::Test => ("test", "test"),
            Part::Field => ("champ", "field"),
            Part::Type => ("type", "type"),
            Part::Value => ("valeur", "value"),
            Part::Synonym => ("synonyme", "synonym"),
            Part::Property => ("propriété", "property"),
            Part::Trigger => ("déclencheur", "trigger"),
            Part::Repetition => ("répétition", "repetition"),
            Part::Criterion => ("critère", "criterion"),
            Part::Condition => ("condition", "condition"),
            Part::Action => ("action", "action"),
            Part::Later => ("actions", "actions"),
            Part::Branch => ("branche", "branch"),
            Part::Line | Part::Text => ("ligne", "line"),
            Part::Points => ("points", "points"),
            Part::Events => ("événements", "events"),
            Part::Cap => ("plafond", "cap"),
            Part::Group => ("groupe", "group"),
            Part::Limits => ("limites", "limits"),
            Part::Stars => ("étoiles", "stars"),
            Part::Labels => ("mentions", "labels"),
        };
        lang.pick(fr, en)
    }
}

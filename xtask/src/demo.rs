//! `cargo xtask demo`: 45 211 real leads scored, with reasons.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::run::{Outcome, cargo, program, root, target};

const PROGRAM: &str = "examples/bank-marketing/score.jalon";
const LEADS: &str = "examples/bank-marketing/leads.csv";
const SCORE: &str = "Appétence";
/// The column of the score in a scored file: its name in lower case.
const COLUMN: &str = "appétence";

pub fn demo() -> Outcome {
    cargo(["build", "--release", "--package", "jalon-cli"]).go()?;
    let jalon = target().join("release").join(format!("jalon{}", std::env::consts::EXE_SUFFIX));
    let folder = target().join("demo");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let scored = folder.join("scored.csv").to_string_lossy().into_owned();

    program(&jalon, ["score", PROGRAM, LEADS, "-o", &scored]).go()?;

    let table = Table::read(Path::new(&scored))?;
    println!("\n{}", conversion(&table)?);

    let lead = folder.join("lead.json");
    std::fs::write(&lead, table.best(COLUMN)?).map_err(|e| format!("{}: {e}", lead.display()))?;
    program(&jalon, ["explain", PROGRAM, &lead.to_string_lossy(), "--score", SCORE]).go()?;
    let shown = Path::new(&scored).strip_prefix(root()).unwrap_or(Path::new(&scored));
    println!("\nthe scored leads: {}", shown.display());
    Ok(())
}

/// The scored file; its cells hold neither commas nor quotes.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &Path) -> Outcome<Table> {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut rows =
            text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().ok_or("the scored file is empty")?;
        Ok(Table { header, rows: rows.collect() })
    }

    fn column(&self, name: &str) -> Outcome<usize> {
        self.header
            .iter()
            .position(|column| column == name)
            .ok_or_else(|| format!("no column `{name}` in the scored file"))
    }

    /// The best-scored lead as a JSON record, without the columns that scoring added.
    fn best(&self, score: &str) -> Outcome<String> {
        let score = self.column(score)?;
        let best = self
            .rows
            .iter()
            .max_by_key(|row| row[score].parse::<i64>().unwrap_or(i64::MIN))
            .ok_or("no lead in the scored file")?;
        let fields: Vec<String> = self
            .header
            .iter()
            .zip(best)
            .take(score)
            .map(|(name, value)| format!("  \"{name}\": \"{value}\""))
            .collect();
        Ok(format!("{{\n{}\n}}\n", fields.join(",\n")))
    }
}

/// How many leads of each band of ten points said yes.
fn conversion(table: &Table) -> Outcome<String> {
    let (score, outcome) = (table.column(COLUMN)?, table.column("y")?);
    let mut bands: BTreeMap<i64, (u32, u32)> = BTreeMap::new();
    for row in &table.rows {
        let total: i64 =
            row[score].parse().map_err(|_| format!("`{}` is not a score", row[score]))?;
        let band = bands.entry(total.div_euclid(10) * 10).or_default();
        band.0 += 1;
        band.1 += u32::from(row[outcome] == "yes");
    }
    let mut text = String::from("score        leads   yes   conversion\n");
    for (from, (leads, yes)) in bands {
        let rate = f64::from(yes) / f64::from(leads);
        let bar = "█".repeat((rate * 40.0).round() as usize);
        let _ = writeln!(
            text,
            "{from:>3} to {:>3} {leads:>8} {yes:>5}   {:>5.1} %  {bar}",
            from + 9,
            rate * 100.0,
        );
    }
    Ok(text)
}

//! The distribution of a score, in memory that does not grow with the rows.

use std::collections::HashMap;

use jalon::lang::Lang;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::number;

/// How many different totals are kept apart; beyond, neighbours are taken together.
const MOST_TOTALS: usize = 4096;
const BANDS: usize = 10;
const BAR: usize = 32;
/// Totals are counted in ten-thousandths.
const SCALE: u32 = 4;

/// Counts totals.
#[derive(Debug)]
pub struct Distribution {
    counts: HashMap<i128, u64>,
    /// Totals this far apart are the same, in ten-thousandths.
    step: i128,
    last: Option<(Decimal, i128)>,
    rows: u64,
    sum: i128,
    least: i128,
    most: i128,
}

impl Default for Distribution {
    fn default() -> Distribution {
        Distribution {
            counts: HashMap::new(),
            step: 1,
            last: None,
            rows: 0,
            sum: 0,
            least: i128::MAX,
            most: i128::MIN,
        }
    }
}

impl Distribution {
    /// Counts one total.
    pub fn add(&mut self, total: Decimal) {
        let units = match self.last {
            Some((same, units)) if same == total => units,
            _ => {
                let units = ten_thousandths(total);
                self.last = Some((total, units));
                units
            }
        };
        self.rows += 1;
        self.sum = self.sum.saturating_add(units);
        self.least = self.least.min(units);
        self.most = self.most.max(units);
        *self.counts.entry(units.div_euclid(self.step)).or_default() += 1;
        while self.counts.len() > MOST_TOTALS {
            self.coarsen();
        }
    }

    fn coarsen(&mut self) {
        self.step *= 10;
        let mut coarse = HashMap::new();
        for (units, rows) in self.counts.drain() {
            *coarse.entry(units.div_euclid(10)).or_default() += rows;
        }
        self.counts = coarse;
    }

    /// How many totals were counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The least, the median, the mean and the most; `None` without any total.
    pub fn figures(&self) -> Option<Figures> {
        if self.rows == 0 {
            return None;
        }
        let mean = self.sum / i128::from(self.rows);
        Some(Figures {
            least: decimal(self.least),
            median: decimal(self.quantile(self.rows.div_ceil(2)).clamp(self.least, self.most)),
            mean: decimal(mean),
            most: decimal(self.most),
        })
    }

    /// The total of the row that stands at a rank, from 1.
    fn quantile(&self, rank: u64) -> i128 {
        let mut sorted: Vec<(i128, u64)> = self.counts.iter().map(|(k, n)| (*k, *n)).collect();
        sorted.sort_unstable();
        let mut before = 0;
        for (units, rows) in sorted {
            before += rows;
            if before >= rank {
                return units * self.step;
            }
        }
        self.most
    }

    /// The rows of each band, the bands as wide as round numbers allow, or one for each total
    /// where these are few.
    fn bands(&self) -> Vec<(i128, i128, u64)> {
        let mut sorted: Vec<(i128, u64)> =
            self.counts.iter().map(|(k, n)| (*k * self.step, *n)).collect();
        sorted.sort_unstable();
        if sorted.len() <= BANDS {
            return sorted.into_iter().map(|(total, rows)| (total, total, rows)).collect();
        }
        let whole = sorted.iter().all(|(total, _)| total % 10_000 == 0);
        let width = round_width(self.least, self.most, whole);
        let mut bands: Vec<(i128, i128, u64)> = Vec::new();
        let mut from = self.least.div_euclid(width) * width;
        let last = if whole { 10_000 } else { 0 };
        while from <= self.most {
            let inside = sorted.iter().filter(|(t, _)| (from..from + width).contains(t));
            bands.push((from, from + width - last, inside.map(|(_, rows)| rows).sum()));
            from += width;
        }
        bands
    }

    /// A small histogram, one line a band.
    pub fn histogram(&self, lang: Lang) -> String {
        let bands = self.bands();
        let label = |from: i128, to: i128| {
            let text = |units| number::decimal(decimal(units), 2, lang);
            if from == to { text(from) } else { format!("{} … {}", text(from), text(to)) }
        };
        let labels: Vec<String> = bands.iter().map(|(from, to, _)| label(*from, *to)).collect();
        let widest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
        let counts: Vec<String> = bands.iter().map(|band| number::count(band.2, lang)).collect();
        let widest_count = counts.iter().map(|count| count.chars().count()).max().unwrap_or(0);
        let most = bands.iter().map(|band| band.2).max().unwrap_or(0).max(1);
        let mut text = String::new();
        for ((label, count), (.., rows)) in labels.iter().zip(&counts).zip(&bands) {
            let bar = bar(*rows, most);
            let share =
                if *rows == 0 { String::new() } else { number::percent(*rows, self.rows, lang) };
            let line =
                format!("  {label:>widest$}  {bar:<BAR$}  {count:>widest_count$}  {share:>7}");
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// What sums up a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The least total.
    pub least: Decimal,
    /// Half of the rows are at most here.
    pub median: Decimal,
    /// The mean.
    pub mean: Decimal,
    /// The greatest total.
    pub most: Decimal,
}

/// A bar in eighths of a character; never empty for what is there.
fn bar(rows: u64, most: u64) -> String {
    const EIGHTHS: [char; 8] = ['█', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    if rows == 0 {
        return String::new();
    }
    let eighths = ((rows as f64 / most as f64) * (BAR as f64) * 8.0).round().max(1.0) as usize;
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push(EIGHTHS[eighths % 8]);
    }
    bar
}

/// The least width of 1, 2 or 5 times a power of ten that makes at most [`BANDS`] bands.
fn round_width(least: i128, most: i128, whole: bool) -> i128 {
    let mut power = if whole { 10_000 } else { 1 };
    loop {
        for times in [1, 2, 5] {
            let width = power * times;
            if most.div_euclid(width) - least.div_euclid(width) < BANDS as i128 {
                return width;
            }
        }
        power *= 10;
    }
}

fn ten_thousandths(total: Decimal) -> i128 {
    let mut rounded = total.round_dp(SCALE);
    rounded.rescale(SCALE);
    match rounded.scale() {
        SCALE => rounded.mantissa(),
        _ => total.trunc().to_i128().map_or(0, |whole| whole.saturating_mul(10_000)),
    }
}

fn decimal(units: i128) -> Decimal {
    Decimal::try_from_i128_with_scale(units, SCALE).unwrap_or_default().normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(totals: impl IntoIterator<Item = i64>) -> Distribution {
        let mut distribution = Distribution::default();
        totals.into_iter().for_each(|total| distribution.add(total.into()));
        distribution
    }

    #[test]
    fn figures_sum_up() {
        let figures = of([10, -5, 10, 100]).figures().unwrap();
        let expected = [-5, 10, 100].map(Decimal::from);
        assert_eq!([figures.least, figures.median, figures.most], expected);
        assert_eq!(figures.mean, Decimal::new(2875, 2));
        assert_eq!(of([]).figures(), None);
    }

    #[test]
    fn few_totals_have_a_line_each() {
        let text = of([0, 0, 0, 0, 25, 25, 100]).histogram(Lang::Fr);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn many_totals_fall_into_round_bands() {
        let text = of((0..1000).map(|n| n % 97 - 30)).histogram(Lang::En);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn memory_stays_small_and_figures_right() {
        let distribution = of((0..200_000).map(|n| n * 7));
        assert!(distribution.counts.len() <= MOST_TOTALS);
        let figures = distribution.figures().unwrap();
        assert_eq!(figures.most, Decimal::from(199_999 * 7));
        let median = figures.median.to_i64().unwrap();
        assert!((median - 700_000).abs() <= 1_000, "{median}");
    }
}

//! The distribution of a score, in memory that does not grow with the rows.

use std::collections::HashMap;

use jalon::lang::Lang;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::number;

/// How many different totals are kept apart; beyond, neighbours are taken together.
const MOST_TOTALS: usize = 4096;
/// Whole totals nearer to 0 than this are counted in a table.
const WHOLE: i128 = 2048;
const BANDS: usize = 10;
const BAR: usize = 32;
/// Totals are counted in ten-thousandths.
const SCALE: u32 = 4;

/// Counts totals.
#[derive(Debug)]
pub struct Distribution {
    /// Whole totals around 0, from [`-WHOLE`, `WHOLE`): most scores have no others.
    whole: Vec<u64>,
    /// The others.
    counts: HashMap<i128, u64>,
    /// Totals this far apart are the same, in ten-thousandths.
    step: i128,
    rows: u64,
    sum: i128,
    least: i128,
    most: i128,
}

impl Default for Distribution {
    fn default() -> Distribution {
        Distribution {
            whole: vec![0; 2 * WHOLE as usize],
            counts: HashMap::new(),
            step: 1,
            rows: 0,
            sum: 0,
            least: i128::MAX,
            most: i128::MIN,
        }
    }
}

impl Distribution {
    /// Counts the rows of one total.
    pub fn add(&mut self, total: Decimal, rows: u64) {
        self.rows += rows;
        if total.scale() == 0 && (-WHOLE..WHOLE).contains(&total.mantissa()) {
            self.whole[(total.mantissa() + WHOLE) as usize] += rows;
            return;
        }
        let units = ten_thousandths(total);
        self.sum = self.sum.saturating_add(units.saturating_mul(rows.into()));
        self.least = self.least.min(units);
        self.most = self.most.max(units);
        *self.counts.entry(units.div_euclid(self.step)).or_default() += rows;
        while self.counts.len() > MOST_TOTALS {
            self.coarsen();
        }
    }

    /// Counts the rows of another distribution; in whatever order rows are counted, the outcome
    /// is the same.
    pub fn merge(&mut self, mut other: Distribution) {
        self.rows += other.rows;
        for (ours, theirs) in self.whole.iter_mut().zip(&other.whole) {
            *ours += theirs;
        }
        self.sum = self.sum.saturating_add(other.sum);
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
        while self.step < other.step {
            self.coarsen();
        }
        while other.step < self.step {
            other.coarsen();
        }
        for (units, rows) in other.counts {
            *self.counts.entry(units).or_default() += rows;
        }
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
        let whole = self.whole().map(|(units, rows)| units * i128::from(rows));
        let sum = self.sum.saturating_add(whole.sum());
        let (least, most) = self.ends();
        Some(Figures {
            least: decimal(least),
            median: decimal(self.quantile(self.rows.div_ceil(2)).clamp(least, most)),
            mean: decimal(sum / i128::from(self.rows)),
            most: decimal(most),
        })
    }

    /// The whole totals around 0 that were met.
    fn whole(&self) -> impl Iterator<Item = (i128, u64)> {
        let units = (-WHOLE..WHOLE).map(|whole| whole * 10_000);
        units.zip(self.whole.iter().copied()).filter(|(_, rows)| *rows > 0)
    }

    /// Every total that was met, in order.
    fn sorted(&self) -> Vec<(i128, u64)> {
        let others = self.counts.iter().map(|(step, rows)| (step * self.step, *rows));
        let mut sorted: Vec<(i128, u64)> = others.chain(self.whole()).collect();
        sorted.sort_unstable();
        sorted
    }

    /// The least and the greatest total.
    fn ends(&self) -> (i128, i128) {
        let least = self.whole().next().map_or(self.least, |(units, _)| units.min(self.least));
        let most = self.whole().last().map_or(self.most, |(units, _)| units.max(self.most));
        (least, most)
    }

    /// The total of the row that stands at a rank, from 1.
    fn quantile(&self, rank: u64) -> i128 {
        let mut before = 0;
        for (units, rows) in self.sorted() {
            before += rows;
            if before >= rank {
                return units;
            }
        }
        self.most
    }

    /// The rows of each band, the bands as wide as round numbers allow, or one for each total
    /// where these are few.
    fn bands(&self) -> Vec<(i128, i128, u64)> {
        let sorted = self.sorted();
        if sorted.len() <= BANDS {
            return sorted.into_iter().map(|(total, rows)| (total, total, rows)).collect();
        }
        let whole = sorted.iter().all(|(total, _)| total % 10_000 == 0);
        let (least, most) = self.ends();
        let width = round_width(least, most, whole);
        let mut bands: Vec<(i128, i128, u64)> = Vec::new();
        let mut from = least.div_euclid(width) * width;
        let last = if whole { 10_000 } else { 0 };
        while from <= most {
            let inside = sorted.iter().filter(|(t, _)| (from..from + width).contains(t));
            let rows = inside.map(|(_, rows)| rows).sum();
            bands.push((from.max(least), (from + width - last).min(most), rows));
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
        totals.into_iter().for_each(|total| distribution.add(total.into(), 1));
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
    fn parts_counted_apart_are_the_whole() {
        let all = of((0..30_000).map(|n| n * 7));
        let mut merged = of((0..300).map(|n| n * 7));
        merged.merge(of((300..29_000).map(|n| n * 7)));
        merged.merge(of((29_000..30_000).map(|n| n * 7)));
        assert_eq!(merged.figures(), all.figures());
        assert_eq!(merged.histogram(Lang::En), all.histogram(Lang::En));
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

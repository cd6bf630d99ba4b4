//! Medians and percentiles.

use std::time::Duration;

use serde::{Serialize, Serializer};

/// How long something lasted, as often as the log tells. Percentiles are by nearest rank: the
/// value that at least so many percent of all do not exceed, which is one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// How often it is known.
    pub timed: u64,
    /// The median.
    #[serde(rename = "median_seconds", serialize_with = "seconds")]
    pub median: Option<Duration>,
    /// The 90th percentile.
    #[serde(rename = "p90_seconds", serialize_with = "seconds")]
    pub p90: Option<Duration>,
}

impl Times {
    /// Of times in microseconds, in any order.
    pub(super) fn of(mut micros: Vec<i64>) -> Times {
        let timed = micros.len() as u64;
        let p90 = nearest_rank(&mut micros, 90);
        Times { timed, median: nearest_rank(&mut micros, 50), p90 }
    }
}

/// The smallest value that at least so many percent of all values do not exceed.
fn nearest_rank(micros: &mut [i64], percent: usize) -> Option<Duration> {
    let rank = (micros.len() * percent).div_ceil(100).checked_sub(1)?;
    let (_, found, _) = micros.select_nth_unstable(rank);
    Some(Duration::from_micros(found.unsigned_abs()))
}

#[expect(clippy::ref_option, reason = "as serde calls it")]
fn seconds<S: Serializer>(time: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) if time.subsec_nanos() == 0 => serializer.serialize_u64(time.as_secs()),
        Some(time) => serializer.serialize_f64(time.as_secs_f64()),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let of = |micros: &[i64]| {
            let times = Times::of(micros.to_vec());
            (times.timed, times.median.map(|t| t.as_micros()), times.p90.map(|t| t.as_micros()))
        };
        assert_eq!(of(&[]), (0, None, None));
        assert_eq!(of(&[7]), (1, Some(7), Some(7)));
        assert_eq!(of(&[20, 10]), (2, Some(10), Some(20)));
        assert_eq!(of(&[9, 1, 8, 2, 7, 3, 6, 4, 5, 10]), (10, Some(5), Some(9)));
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), (11, Some(6), Some(10)));
    }
}

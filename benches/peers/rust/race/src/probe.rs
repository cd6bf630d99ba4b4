//! What the machine is, and how much of it is free.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How many processors this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The machine in a line: processors and what they can do.
pub fn machine() -> String {
    let read = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let flags = read.lines().find(|line| line.starts_with("flags")).unwrap_or_default();
    let wanted = ["sse4_2", "avx", "avx2", "bmi2", "avx512f", "avx512bw", "asimd"];
    let has: Vec<&str> =
        wanted.into_iter().filter(|flag| flags.split(' ').any(|f| f == *flag)).collect();
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("{} processors, {arch} ({}), {os}", cores(), has.join(" "))
}

/// How many processors were really free for the time of a short spin on all of them; `None`
/// where the system does not tell.
pub fn free() -> Option<f64> {
    const SPIN: Duration = Duration::from_millis(60);
    let spinning: Vec<_> = (0..cores())
        .map(|_| {
            std::thread::spawn(|| {
                let (before, start) = (on_processor()?, Instant::now());
                let mut value = 1_u64;
                while start.elapsed() < SPIN {
                    for _ in 0..1_000 {
                        value = black_box(value.wrapping_mul(6_364_136_223_846_793_005));
                    }
                }
                let spent = on_processor()? - before;
                Some(spent / start.elapsed().as_nanos() as f64)
            })
        })
        .collect();
    spinning.into_iter().map(|thread| thread.join().ok().flatten()).sum()
}

/// The nanoseconds that this thread has run.
fn on_processor() -> Option<f64> {
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    read.split(' ').next()?.parse().ok()
}

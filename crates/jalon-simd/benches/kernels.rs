//! What each kernel costs: best of many, a text or a row; the portable code beside the vectors.

use std::hint::black_box;
use std::time::Instant;

use jalon_simd::{
    Literals, Points, add_points, fold_into, letters, lower_into, select, set_between,
    set_from_table,
};

const TITLES: [&str; 8] = [
    "directeur commercial",
    "chief executive officer",
    "vp of sales",
    "responsable marketing",
    "software engineer",
    "assistante de direction",
    "acheteur",
    "ingénieur études",
];
const WORDS: [&str; 12] = [
    "client", "demandé", "une", "démo", "pour", "le", "mois", "prochain", "rappeler", "budget",
    "équipe", "offre",
];
const LITERALS: [&str; 20] = [
    "directeur",
    "président",
    "gérant",
    "ceo",
    "founder",
    "vp",
    "responsable",
    "manager",
    "urgent",
    "concurrent",
    "étudiant",
    "rendez-vous",
    "budget validé",
    "salon",
    "partenaire",
    "renouvel",
    "résilier",
    "appel d'offres",
    "devis",
    "signature",
];

/// The best time of many, in nanoseconds by `count`.
fn best(count: usize, mut run: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..300 {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_nanos() as f64);
    }
    best / count as f64
}

fn texts(name: &str, texts: &[String]) {
    let block = texts.concat();
    let bytes = block.len();
    println!("{name}: {} bytes on average", bytes / texts.len());
    for count in [1, 5, 8, 20, 64] {
        let many: Vec<String> = (0..count)
            .map(|i| format!("{}{}", LITERALS[i % 20], ["", "s ", "e ", " a"][i / 20]))
            .collect();
        let Some(set) = Literals::new(&many) else { continue };
        for (path, set) in [("vectors", set.clone()), ("portable", set.portable())] {
            let each = best(texts.len(), || {
                for text in texts {
                    black_box(set.found(black_box(text.as_bytes())));
                }
            });
            let block = best(texts.len(), || {
                let mut hits = 0;
                set.each(black_box(block.as_bytes()), |_, _| hits += 1);
                black_box(hits);
            });
            println!(
                "  {count:2} literals, {path:8}: {each:6.1} ns a text, {block:6.1} ns in a block"
            );
        }
        let naive = best(texts.len(), || {
            for text in texts {
                let found = many.iter().filter(|literal| black_box(text).contains(*literal));
                black_box(found.count());
            }
        });
        println!("  {count:2} literals, str::contains: {naive:6.1} ns a text");
    }
    let (mut out, mut folded) = (Vec::with_capacity(bytes + 64), String::new());
    let kinds = best(texts.len(), || {
        for text in texts {
            black_box(letters(black_box(text.as_bytes())));
        }
    });
    let fold = best(texts.len(), || {
        for text in texts {
            folded.clear();
            black_box(fold_into(black_box(text), &mut folded));
        }
    });
    let block = best(texts.len(), || {
        out.clear();
        black_box(lower_into(black_box(block.as_bytes()), &mut out));
    });
    println!(
        "  letters {kinds:.1} ns, fold_into {fold:.1} ns, lower_into in a block {block:.1} ns"
    );
}

fn rows() {
    const ROWS: usize = 4096;
    let mut bits: Vec<u64> =
        (0..ROWS as u64).map(|row| row.wrapping_mul(0x9E37_79B9) >> 7 & 0xFF).collect();
    let values: Vec<i64> = (0..ROWS as i64).map(|row| row * 37 % 1000).collect();
    let codes: Vec<u32> = (0..ROWS as u32).map(|row| row * 37 % 100).collect();
    let table: Vec<u64> = (0..100).map(|code| code % 7).collect();
    let (mut out, mut sums) = (vec![0; ROWS / 64], vec![0; ROWS]);
    let time = best(ROWS, || select(black_box(&bits), 3, 4, &mut out));
    println!("rows: select {time:.2} ns");
    let line = Points { need: 3, mask: 7, points: 10 };
    let time = best(ROWS, || _ = add_points(black_box(&bits), &[line], &mut sums));
    println!("rows: add_points {time:.2} ns");
    let time = best(ROWS, || set_between(black_box(&values), 50, 500, 8, &mut bits));
    println!("rows: set_between {time:.2} ns");
    let missing = vec![5; ROWS.div_ceil(64)];
    let time = best(ROWS, || set_from_table(black_box(&codes), &table, &missing, 1, &mut bits));
    println!("rows: set_from_table {time:.2} ns");
    let time = best(ROWS, || jalon_simd::set_where(black_box(&out), 16, &mut bits));
    println!("rows: set_where {time:.2} ns");
}

fn main() {
    let titles: Vec<String> = (0..1000).map(|i| TITLES[i * 7919 % 8].to_owned()).collect();
    let notes = |i: usize| {
        let words: Vec<_> = (0..3 + i * 31 % 12).map(|w| WORDS[(i * 7 + w * 5) % 12]).collect();
        words.join(" ")
    };
    texts("titles", &titles);
    texts("notes", &(0..1000).map(notes).collect::<Vec<_>>());
    rows();
}

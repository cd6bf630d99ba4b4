//! The project's own commands: `cargo xtask COMMAND`.
//!
//! They need cargo, python3 and node, and install the rest into `target/`.

mod book;
mod coverage;
mod demo;
mod race;
mod run;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask COMMAND

  demo                 build `jalon`, score 45 211 real leads and explain one
  test [PART…]         run every test and check; PART: lint rust book python node apps editor package
  book                 write the language reference of both books, and build them: target/book/html
  bench [FILTER]       run the benchmarks of the core (release build)
  race [--quick] [--heat HEAT] [LANGUAGE…]
                       run the other engines on the same job, write benches/RESULTS.md;
                       LANGUAGE: rust python node; HEAT, which is run alone and written to
                       target/race: record batch grow pipeline
  coverage             count the lines of the core that the tests of Rust and Python reach
                       (cargo-llvm-cov, cargo-nextest, and llvm's tools)
  mutants MODULE…      put mistakes into a module of the core one by one, list those that no test
                       notices (cargo-mutants; pip install tree-sitter tree-sitter-rust)
  fuzz [--minutes M] [TARGET…]
                       run the fuzz targets (nightly Rust, cargo-fuzz), add up fuzz/LOG.md
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let parts: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match parts.as_slice() {
        ["demo"] => demo::demo(),
        ["test", parts @ ..] => test::test(parts),
        ["book"] => book::book(),
        ["bench", filter @ ..] => {
            run::cargo(["bench", "--package", "jalon", "--"]).and_also(filter).go()
        }
        ["race", args @ ..] => race::race(args),
        ["coverage"] => coverage::coverage(),
        ["mutants", args @ ..] => run::program("python3", ["mutants/run.py"]).and_also(args).go(),
        ["fuzz", args @ ..] => run::program("python3", ["fuzz/run.py"]).and_also(args).go(),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

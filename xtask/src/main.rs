//! What a maintainer types. It stands on the standard library alone, because it is the first thing that a newcomer
//! compiles, and because it has to run before anything else is known to be installed.

mod bench;
mod demo;
mod fuzz;
mod js;
mod machine;
mod needs;
mod packages;
mod run;
mod step;
mod test;
mod types;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <task>

  run     set up what the machine lacks, build, and open Kaunter in training (without a display: demo)
  demo    drive the real window through a sale, a decline, a lost answer and a void; screenshots go to target/demo/
          (cargo xtask demo --gallery: every screen, state, size and language, as pages to look through in target/gallery/)
  test    every check that decides whether a change is good; .ci/run calls exactly this
  bench   what the till costs a sale, beside a bare request and bare fsyncs; what its window costs, beside a blank one
  fuzz    search for bytes from outside that break a rule, ten minutes for each target; Linux only
          (cargo xtask fuzz [target …] [--minutes N])
  types   write ui/types/ anew from the commands and views of src-tauri/src
  help    this text
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_else(|| "help".to_owned());
    let arguments: Vec<String> = arguments.collect();
    if let Some(extra) = arguments
        .first()
        .filter(|_| !["demo", "fuzz"].contains(&task.as_str()))
    {
        eprintln!("xtask: `{task}` takes no argument, but `{extra}` was given.\n\n{HELP}");
        return ExitCode::from(2);
    }
    let outcome = match task.as_str() {
        "run" => run::run(),
        "demo" => demo::demo(&arguments),
        "test" => test::test(),
        "bench" => bench::bench(),
        "fuzz" => fuzz::fuzz(&arguments),
        "types" => types::types(),
        "help" | "--help" | "-h" => {
            eprint!("{HELP}");
            Ok(())
        }
        other => {
            eprintln!("xtask: there is no task `{other}`.\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\nxtask {task}: {trouble}");
            ExitCode::FAILURE
        }
    }
}

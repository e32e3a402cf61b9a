//! Moves the corpora between the files that are kept and the folders that libFuzzer works in, and runs one input on the
//! stable tool chain. `cargo xtask fuzz` calls it; by hand it is for an input that was found.
#![expect(clippy::print_stdout, reason = "the names are its output")]

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use kaunter_fuzz::{TARGETS, Target, corpus, target};

const HELP: &str = "\
corpus list                     the targets, one a line
corpus unpack <target> <dir>    the kept inputs and the seeds, one file each
corpus pack <target> <dir>      keep the folder's inputs in place of those that were kept
corpus add <target> <file>      keep this input too
corpus replay <target> <file>   hold the target's rule against one input
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["list"] => {
            TARGETS.iter().for_each(|target| println!("{}", target.name));
            Ok(())
        }
        [task, name, path] => match target(name) {
            Some(target) => run(task, target, Path::new(path)),
            None => Err(io::Error::other(format!("there is no target {name}"))),
        },
        _ => Err(io::Error::other(format!("say what to do\n\n{HELP}"))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("corpus: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &str, target: &Target, path: &Path) -> io::Result<()> {
    match task {
        "unpack" => unpack(target, path),
        "pack" => pack(target, path),
        "add" => {
            let mut inputs = corpus::read(target.name)?;
            inputs.push(fs::read(path)?);
            corpus::write(target.name, &inputs)
        }
        "replay" => {
            (target.check)(&fs::read(path)?);
            Ok(())
        }
        other => Err(io::Error::other(format!("there is no task {other}\n\n{HELP}"))),
    }
}

/// Every input in a file of its own; what lay in the folder before is gone.
fn unpack(target: &Target, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let inputs = corpus::read(target.name)?.into_iter().chain((target.seeds)());
    for (number, input) in inputs.enumerate() {
        fs::write(folder.join(format!("{number:06}")), input)?;
    }
    Ok(())
}

fn pack(target: &Target, folder: &Path) -> io::Result<()> {
    let files = fs::read_dir(folder)?;
    let inputs: Vec<Vec<u8>> = files
        .map(|file| fs::read(file?.path()))
        .collect::<io::Result<_>>()?;
    corpus::write(target.name, &inputs)
}

//! What can be typed after `kaunter`.

use std::path::PathBuf;

/// The answer to `--help`.
pub(crate) const HELP: &str = "Kaunter, a point of sale for Fiuu payment terminals

  kaunter              opens the till
  kaunter --training   opens it in training: a simulated gateway, sample data, no money moves
  kaunter --verify-journal [--training]
                       reads the journal from beginning to end, also while the till runs; exit status 0 when it is whole,
                       1 with the first entry that does not fit
  kaunter --provision FILE
                       sets the till up from a file, without a window; the README has its form. Nothing is written
                       unless all of it is right. Exit status 0 when it is done, 1 with every mistake

KAUNTER_DATA_DIR=FOLDER keeps all data in that folder instead of the system's place for it.";

/// What was typed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Open in training.
    pub(crate) training: bool,
    /// Only check the journal.
    pub(crate) verify_journal: bool,
    /// Only set the till up from this file.
    pub(crate) provision: Option<PathBuf>,
    /// Only say how to start it.
    pub(crate) help: bool,
    /// The folder for all data, if not the system's place for it.
    pub(crate) data_folder: Option<PathBuf>,
}

impl Arguments {
    /// Reads the arguments, and the folder from the environment.
    pub(crate) fn parse(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let folder = std::env::var_os("KAUNTER_DATA_DIR").filter(|folder| !folder.is_empty());
        let mut arguments = Self {
            data_folder: folder.map(PathBuf::from),
            ..Self::default()
        };
        while let Some(argument) = given.next() {
            match argument.as_str() {
                "--training" => arguments.training = true,
                "--verify-journal" => arguments.verify_journal = true,
                "--provision" => {
                    let file = given.next().filter(|file| !file.is_empty());
                    let file = file.ok_or("--provision needs the file to set the till up from")?;
                    arguments.provision = Some(PathBuf::from(file));
                }
                "--help" | "-h" => arguments.help = true,
                other => return Err(format!("kaunter does not know {other:?}\n\n{HELP}")),
            }
        }
        if arguments.provision.is_some() && (arguments.training || arguments.verify_journal) {
            return Err("--provision stands alone: training sets itself up".to_owned());
        }
        Ok(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_argument_is_refused_with_what_there_is() {
        let parse = |given: &[&str]| Arguments::parse(given.iter().map(ToString::to_string));
        assert!(parse(&["--training"]).unwrap().training);
        assert!(parse(&["--trainning"]).unwrap_err().contains("--training"));
        let provision = parse(&["--provision", "till.json"]).unwrap().provision;
        assert_eq!(provision, Some(PathBuf::from("till.json")));
        assert!(parse(&["--provision"]).unwrap_err().contains("file"));
        assert!(parse(&["--provision", "till.json", "--training"]).is_err());
    }
}

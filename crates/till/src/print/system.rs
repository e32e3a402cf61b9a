//! The operating system's printing: CUPS on Linux and macOS by its own `lp`, Windows' by its own reader of pages.

use std::path::Path;
use std::time::Duration;

use super::paper::PageSize;
use super::send::{PrintTrouble, Printed};

/// The printers that the system knows, by name; none where it does not say so within the limit.
#[must_use]
pub fn system_printers(limit: Duration) -> Vec<String> {
    here::printers(limit)
}

/// Hands a page of this size to the system's queue. What becomes of it there, the system tells. Where the queue does not say
/// within the limit that it has it, it may have.
#[must_use]
pub fn print_page(printer: &str, title: &str, page: &Path, size: PageSize, limit: Duration) -> Printed {
    here::print(printer, title, page, size, limit)
}

#[cfg(unix)]
mod here {
    use std::io::{self, ErrorKind, Read};
    use std::path::Path;
    use std::process::{Child, Command, ExitStatus, Stdio};
    use std::sync::mpsc::{Receiver, channel};
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{PageSize, PrintTrouble, Printed};

    /// How often a program is looked at while it is waited for.
    const LOOK: Duration = Duration::from_millis(20);
    /// The most that is kept of what a program says, in bytes.
    const SAID: u64 = 64 * 1024;
    /// How long what a program said is waited for once it has ended.
    const LAST_WORDS: Duration = Duration::from_secs(1);

    /// CUPS speaks English to whoever asks for it.
    fn cups(program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("LC_ALL", "C").stdin(Stdio::null());
        command
    }

    pub(super) fn printers(limit: Duration) -> Vec<String> {
        let mut asked = cups("lpstat");
        asked.arg("-e");
        let Ok(Some(ended)) = ended_within(asked, limit) else {
            return Vec::new();
        };
        let names = ended.out.lines().map(str::trim);
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    pub(super) fn print(printer: &str, title: &str, page: &Path, size: PageSize, limit: Duration) -> Printed {
        print_by("lp", printer, title, page, size, limit)
    }

    fn print_by(
        program: &str,
        printer: &str,
        title: &str,
        page: &Path,
        PageSize { wide, tall }: PageSize,
        limit: Duration,
    ) -> Printed {
        let mut asked = cups(program);
        // At its own size: a page as wide as the paper is not stretched over a sheet, and one that is longer than the queue's own
        // pages is not cut off at their end.
        let media = format!("media=Custom.{wide}x{tall}mm");
        asked
            .args([
                "-d",
                printer,
                "-t",
                title,
                "-o",
                &media,
                "-o",
                "print-scaling=none",
                "--",
            ])
            .arg(page);
        match ended_within(asked, limit) {
            Ok(Some(ended)) if ended.status.success() => Printed::Sent,
            Ok(Some(ended)) => {
                log::warn!("lp refused a receipt: {}", ended.err.trim());
                Printed::No(PrintTrouble::Refused)
            }
            Ok(None) => {
                log::warn!("lp did not end in {limit:?}");
                Printed::Perhaps(PrintTrouble::NoAnswer)
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                Printed::No(PrintTrouble::NotAllowed)
            }
            Err(_) => Printed::No(PrintTrouble::NotReached),
        }
    }

    /// How a program ended, and what it said.
    struct Ended {
        status: ExitStatus,
        out: String,
        err: String,
    }

    /// None where the program did not end within the limit and was ended.
    ///
    /// # Errors
    /// When it did not begin.
    fn ended_within(mut command: Command, limit: Duration) -> io::Result<Option<Ended>> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (out, err) = (said(child.stdout.take()), said(child.stderr.take()));
        let Some(status) = waited_for(&mut child, limit) else {
            let _ = child.kill();
            // Not waited for here: one that hangs in the system ends when that lets go of it.
            thread::spawn(move || child.wait());
            return Ok(None);
        };
        let last = |words: Receiver<String>| words.recv_timeout(LAST_WORDS).unwrap_or_default();
        Ok(Some(Ended {
            status,
            out: last(out),
            err: last(err),
        }))
    }

    fn waited_for(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
        let until = Instant::now() + limit;
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) => {}
                Err(error) => {
                    log::warn!("a program could not be waited for: {error}");
                    return None;
                }
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            thread::sleep(LOOK.min(left));
        }
    }

    /// Reads what a program says beside everything else, to its end: one whose pipe is full waits for whoever reads it.
    fn said(pipe: Option<impl Read + Send + 'static>) -> Receiver<String> {
        let (words, heard) = channel();
        if let Some(mut pipe) = pipe {
            thread::spawn(move || {
                let mut kept = Vec::new();
                let _ = pipe.by_ref().take(SAID).read_to_end(&mut kept);
                let _ = io::copy(&mut pipe, &mut io::sink());
                // Whoever waited for it may have gone.
                let _ = words.send(String::from_utf8_lossy(&kept).into_owned());
            });
        }
        heard
    }

    #[cfg(test)]
    mod tests {
        use std::fs;

        use super::*;

        const LIMIT: Duration = Duration::from_secs(20);
        const SIZE: PageSize = PageSize { wide: 80, tall: 431 };

        /// A stand-in for CUPS' program, which keeps what it was told and ends as it is bidden. Another process writes it: what
        /// this one has open for writing a test beside it may hand on to its own stand-in, and nobody can run it then.
        fn stand_in(folder: &Path, ends: &str) -> String {
            let path = folder.join("lp");
            let told = folder.join("told");
            let script = format!(
                "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\n{ends}\n",
                told.display()
            );
            let written = Command::new("sh")
                .args(["-c", "printf %s \"$1\" > \"$0\" && chmod 755 \"$0\""])
                .args([&path.display().to_string(), &script])
                .status()
                .unwrap();
            assert!(written.success());
            path.display().to_string()
        }

        #[test]
        fn a_page_is_handed_over_in_its_own_size_and_no_name_is_taken_for_an_option() {
            let folder = tempfile::tempdir().unwrap();
            let page = folder.path().join("-o.pdf");
            let lp = stand_in(folder.path(), "exit 0");
            let printed = print_by(&lp, "Front desk", "0001", &page, SIZE, LIMIT);
            assert_eq!(printed, Printed::Sent);
            let told = fs::read_to_string(folder.path().join("told")).unwrap();
            let page = page.display().to_string();
            let expected = [
                "-d",
                "Front desk",
                "-t",
                "0001",
                "-o",
                "media=Custom.80x431mm",
                "-o",
                "print-scaling=none",
                "--",
                &page,
            ];
            assert_eq!(told.lines().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn what_the_system_refuses_was_not_printed() {
            let folder = tempfile::tempdir().unwrap();
            let lp = stand_in(folder.path(), "exit 1");
            let page = folder.path().join("page.pdf");
            assert_eq!(
                print_by(&lp, "gone", "0001", &page, SIZE, LIMIT),
                Printed::No(PrintTrouble::Refused)
            );
            let none = folder.path().join("nothing").display().to_string();
            assert_eq!(
                print_by(&none, "any", "0001", &page, SIZE, LIMIT),
                Printed::No(PrintTrouble::NotReached)
            );
        }

        #[test]
        fn a_queue_that_does_not_answer_holds_up_nothing_and_may_have_printed() {
            let folder = tempfile::tempdir().unwrap();
            let page = folder.path().join("page.pdf");
            let hangs = stand_in(folder.path(), "exec tail -f /dev/null");
            let began = Instant::now();
            let printed = print_by(&hangs, "far", "0001", &page, SIZE, Duration::from_millis(300));
            assert_eq!(printed, Printed::Perhaps(PrintTrouble::NoAnswer));
            assert!(began.elapsed() < LIMIT);
        }

        #[test]
        fn a_program_that_says_more_than_a_pipe_holds_ends_all_the_same() {
            let folder = tempfile::tempdir().unwrap();
            let page = folder.path().join("page.pdf");
            let talks = stand_in(folder.path(), "head -c 300000 /dev/zero >&2\nexit 1");
            assert_eq!(
                print_by(&talks, "any", "0001", &page, SIZE, LIMIT),
                Printed::No(PrintTrouble::Refused)
            );
        }
    }
}

/// Type-checked for Windows, and not tried on one yet.
#[cfg(windows)]
mod here {
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use winprint::printer::{FilePrinter, PrintOutcome, PrinterDevice, WinPdfPrinter};

    use super::{PageSize, PrintTrouble, Printed};

    pub(super) fn printers(limit: Duration) -> Vec<String> {
        within(limit, || {
            let all = PrinterDevice::all().unwrap_or_default();
            all.iter().map(|printer| printer.name().to_owned()).collect()
        })
        .unwrap_or_default()
    }

    /// The queue calls the job by the file's name, and takes its size from the page.
    pub(super) fn print(
        printer: &str,
        _title: &str,
        page: &Path,
        _size: PageSize,
        limit: Duration,
    ) -> Printed {
        let (printer, page) = (printer.to_owned(), PathBuf::from(page));
        within(limit, move || hand_over(&printer, &page)).unwrap_or(Printed::Perhaps(PrintTrouble::NoAnswer))
    }

    /// What the work came to; none where it goes on after the limit, unwatched, since Windows cannot call it off.
    fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (done, heard) = channel();
        // Whoever waited for it may have gone.
        thread::spawn(move || drop(done.send(work())));
        heard.recv_timeout(limit).ok()
    }

    fn hand_over(printer: &str, page: &Path) -> Printed {
        let all = PrinterDevice::all().unwrap_or_default();
        let Some(device) = all.into_iter().find(|known| known.name() == printer) else {
            return Printed::No(PrintTrouble::NotReached);
        };
        match WinPdfPrinter::new(device).print(page, Default::default()) {
            Ok(PrintOutcome::Completed) => Printed::Sent,
            Ok(PrintOutcome::Canceled) => Printed::Perhaps(PrintTrouble::Refused),
            Err(error) => {
                log::warn!("Windows' printing did not take a receipt whole: {error}");
                Printed::Perhaps(PrintTrouble::Refused)
            }
        }
    }
}

//! The log: a file beside the data, with old ones rotated away, and the terminal the program was started from.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use log::{Level, LevelFilter};
use tauri::{AppHandle, Manager};
use tauri_plugin_log::{Builder, RotationStrategy, Target, TargetKind, TimezoneStrategy};

use crate::log_files::{self, LogFiles};

/// The size at which a log file is put away, in bytes.
const FILE_SIZE: u128 = 2_000_000;
/// How many of them are kept.
const FILES: usize = 5;
/// The crates that say more in a detailed log. Others say only what is wrong.
const OURS: [&str; 4] = ["kaunter", "till", "cloudecr", "cloudecr_simulator"];
/// How long the log stays detailed unless somebody ends it before: a working day for support, and not for good, since a
/// detailed log rotates away sooner.
const DETAILED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How often it is looked whether that is over.
const LOOK: Duration = Duration::from_secs(60);

/// How much the log says. It is normal after every start.
pub(crate) struct Logging {
    /// The files it goes to.
    pub(crate) files: LogFiles,
    detailed_until: Mutex<Option<Timestamp>>,
}

impl Logging {
    fn new(folder: PathBuf) -> Self {
        Self {
            files: LogFiles::new(folder),
            detailed_until: Mutex::new(None),
        }
    }

    /// Until when the log is detailed; none while it is not.
    pub(crate) fn detailed_until(&self, now: Timestamp) -> Option<Timestamp> {
        let mut until = self.lock();
        if until.is_some_and(|until| until <= now) {
            *until = None;
            log::info!("the log is normal again");
            log::set_max_level(LevelFilter::Info);
        }
        *until
    }

    /// Makes the log detailed for a day, or normal.
    pub(crate) fn set_detailed(&self, detailed: bool, now: Timestamp) {
        let until = now.checked_add(DETAILED_FOR).ok().filter(|_| detailed);
        *self.lock() = until;
        match until {
            Some(until) => {
                log::set_max_level(LevelFilter::Debug);
                log::info!("the log is detailed until {until}");
            }
            None => {
                log::info!("the log is normal");
                log::set_max_level(LevelFilter::Info);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Timestamp>> {
        self.detailed_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts logging into `root`.
pub(crate) fn start(handle: &AppHandle, root: &Path) -> tauri::Result<()> {
    let folder = root.join("logs");
    let file = TargetKind::Folder {
        path: folder.clone(),
        file_name: Some(log_files::NAME.to_owned()),
    };
    let mut builder = Builder::new()
        .clear_targets()
        .target(Target::new(TargetKind::Stdout))
        .target(Target::new(file))
        .level(LevelFilter::Warn)
        .max_file_size(FILE_SIZE)
        .rotation_strategy(RotationStrategy::KeepSome(FILES))
        // This also sets a format, so ours comes after it.
        .timezone_strategy(TimezoneStrategy::UseUtc)
        .format(|out, message, record| {
            let line = line(
                Timestamp::now(),
                record.level(),
                record.target(),
                &message.to_string(),
            );
            out.finish(format_args!("{line}"));
        });
    for name in OURS {
        builder = builder.level_for(name, LevelFilter::Debug);
    }
    handle.plugin(builder.build())?;
    log::set_max_level(LevelFilter::Info);
    log_panics();
    handle.manage(Arc::new(Logging::new(folder)));
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(LOOK).await;
            handle.state::<Arc<Logging>>().detailed_until(Timestamp::now());
        }
    });
    Ok(())
}

/// One entry is one line: what came from outside must not be able to look like an entry of its own.
fn line(at: Timestamp, level: Level, target: &str, message: &str) -> String {
    let message: String = message
        .chars()
        .flat_map(|sign| {
            let (plain, escaped) = if misleads(sign) {
                (None, Some(sign.escape_default()))
            } else {
                (Some(sign), None)
            };
            plain.into_iter().chain(escaped.into_iter().flatten())
        })
        .collect();
    format!("{at:.3} {level} {target} {message}")
}

/// Signs that end a line, or turn the direction in which it reads.
fn misleads(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A panic is in the log too: nobody sees the terminal of a till.
fn log_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        log::error!("{panic}");
        log::logger().flush();
        before(panic);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_outside_stays_on_one_line() {
        let at: Timestamp = "2025-01-15T08:19:28Z".parse().unwrap();
        let hostile = "no\n2025-01-15T08:19:28.000Z ERROR kaunter all is lost\u{1b}[31m\r\t\u{202e}\u{2028}";
        let line = line(at, Level::Warn, "till", hostile);
        assert_eq!(
            line,
            r"2025-01-15T08:19:28.000Z WARN till no\n2025-01-15T08:19:28.000Z ERROR kaunter all is lost\u{1b}[31m\r\t\u{202e}\u{2028}"
        );
    }

    #[test]
    fn a_detailed_log_is_normal_again_after_a_day() {
        let logging = Logging::new(PathBuf::new());
        let now: Timestamp = "2025-01-15T08:19:28Z".parse().unwrap();
        assert_eq!(logging.detailed_until(now), None);
        logging.set_detailed(true, now);
        let until = logging.detailed_until(now).unwrap();
        assert_eq!(until.duration_since(now), SignedDuration::from_hours(24));
        assert_eq!(logging.detailed_until(until), None);
        assert_eq!(logging.detailed_until(now), None);
    }
}

//! The log: a file beside the data, with old ones rotated away, and the terminal the program was started from.

use std::path::Path;

use log::LevelFilter;
use tauri::AppHandle;
use tauri_plugin_log::{Builder, RotationStrategy, Target, TargetKind, TimezoneStrategy};

/// The size at which a log file is put away, in bytes.
const FILE_SIZE: u128 = 2_000_000;
/// How many of them are kept.
const FILES: usize = 5;

/// Starts logging into `root`.
pub(crate) fn start(handle: &AppHandle, root: &Path) -> tauri::Result<()> {
    let file = TargetKind::Folder {
        path: root.join("logs"),
        file_name: Some("kaunter".to_owned()),
    };
    handle.plugin(
        Builder::new()
            .clear_targets()
            .target(Target::new(TargetKind::Stdout))
            .target(Target::new(file))
            .level(LevelFilter::Warn)
            .level_for("kaunter", LevelFilter::Info)
            .level_for("till", LevelFilter::Info)
            .level_for("cloudecr", LevelFilter::Info)
            .max_file_size(FILE_SIZE)
            .rotation_strategy(RotationStrategy::KeepSome(FILES))
            .timezone_strategy(TimezoneStrategy::UseUtc)
            .build(),
    )
}

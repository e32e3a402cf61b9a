//! Reading the log, newest first and in bounded pieces: the files may be large, and hold what strangers sent.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The log's file, without its ending; those that were put away have a time behind it.
pub(crate) const NAME: &str = "kaunter";
/// How many lines a page has at most.
const LINES: usize = 200;
/// How much is looked through for one page, in bytes: a filter that fits nothing must not read for long.
const LOOKED_THROUGH: u64 = 1_000_000;
/// How much is read at a time, in bytes.
const BLOCK: u64 = 128 * 1024;
/// The longest line that is shown whole, in characters.
const LONGEST: usize = 4_000;

/// The log's files in their folder.
pub(crate) struct LogFiles {
    folder: PathBuf,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogLine {
    /// Where it begins; the same for as long as its file keeps its name.
    pub(crate) place: String,
    /// When, in UTC; empty for a line that is no entry.
    pub(crate) at: String,
    /// `ERROR` and so on; empty for a line that is no entry.
    pub(crate) level: String,
    /// Which part of the program.
    pub(crate) target: String,
    /// What it says.
    pub(crate) text: String,
}

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub(crate) struct LogQuery {
    /// Only entries at least as bad as this; all when empty.
    pub(crate) level: String,
    /// Only lines that hold this, whatever its case.
    pub(crate) text: String,
    /// Only what is older than this place.
    pub(crate) older: Option<String>,
}

/// Some entries, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogPage {
    /// The entries.
    pub(crate) lines: Vec<LogLine>,
    /// Where to go on from; none at the log's beginning. There may be more even where this page is empty.
    pub(crate) older: Option<String>,
}

impl LogFiles {
    /// The log in `folder`.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files, newest first.
    pub(crate) fn newest_first(&self) -> io::Result<Vec<PathBuf>> {
        let mut names: Vec<String> = fs::read_dir(&self.folder)?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.starts_with(NAME) && name.ends_with(".log"))
            .collect();
        let current = format!("{NAME}.log");
        // Those put away carry their time in their name; the one being written has none.
        names.sort_by_key(|name| (*name == current, name.clone()));
        Ok(names.iter().rev().map(|name| self.folder.join(name)).collect())
    }

    /// A page of the log.
    pub(crate) fn page(&self, query: &LogQuery) -> io::Result<LogPage> {
        let files = self.newest_first()?;
        let wanted = query.text.trim().to_lowercase();
        let (from, mut end) = begin(&files, query.older.as_deref());
        let mut lines = Vec::new();
        let mut looked_through = 0;
        for path in files.iter().skip(from) {
            let mut file = File::open(path)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // A place of a file that was put away meanwhile may lie behind the end of the one that took its name.
            let mut at = end.take().unwrap_or(u64::MAX).min(file.metadata()?.len());
            while at > 0 {
                let (start, block) = block_before(&mut file, at)?;
                looked_through += at - start;
                let mut line_end = at;
                for raw in block.split_inclusive(|byte| *byte == b'\n').rev() {
                    line_end -= u64::try_from(raw.len()).unwrap_or(0);
                    let place = format!("{name}:{line_end}");
                    let line = parse(place.clone(), &String::from_utf8_lossy(raw));
                    if line.fits(&query.level, &wanted) {
                        lines.push(line);
                    }
                    if lines.len() == LINES {
                        return Ok(LogPage {
                            lines,
                            older: Some(place),
                        });
                    }
                }
                at = start;
                if looked_through >= LOOKED_THROUGH {
                    return Ok(LogPage {
                        lines,
                        older: Some(format!("{name}:{at}")),
                    });
                }
            }
        }
        Ok(LogPage { lines, older: None })
    }
}

/// The file to begin with, by its place in `files`, and where in it. A place that is not one of the log's, or whose file
/// was deleted, is none.
fn begin(files: &[PathBuf], older: Option<&str>) -> (usize, Option<u64>) {
    let place = older.and_then(|older| older.rsplit_once(':'));
    place
        .and_then(|(name, offset)| {
            let file = files
                .iter()
                .position(|path| path.file_name().is_some_and(|file| file == name))?;
            Some((file, offset.parse().ok()))
        })
        .unwrap_or((0, None))
}

/// The whole lines that end at `end`, and where they begin. A line that is longer than a block is cut into blocks.
fn block_before(file: &mut File, end: u64) -> io::Result<(u64, Vec<u8>)> {
    let start = end.saturating_sub(BLOCK);
    file.seek(SeekFrom::Start(start))?;
    let mut block = Vec::new();
    Read::by_ref(file).take(end - start).read_to_end(&mut block)?;
    if start == 0 {
        return Ok((0, block));
    }
    // The last byte ends the newest line, it does not begin one.
    let inner = block.get(..block.len().saturating_sub(1)).unwrap_or_default();
    match inner.iter().position(|byte| *byte == b'\n') {
        Some(cut) => {
            let lines = block.split_off(cut + 1);
            Ok((end - u64::try_from(lines.len()).unwrap_or(0), lines))
        }
        None => Ok((start, block)),
    }
}

/// A line as `logging` writes it: time, level, part, text.
fn parse(place: String, raw: &str) -> LogLine {
    let raw = raw.trim_end_matches(['\r', '\n']);
    let mut parts = raw.splitn(4, ' ');
    let parsed = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(at), Some(level), Some(target), Some(text)) if rank(level).is_some() => {
            (at, level, target, text)
        }
        _ => ("", "", "", raw),
    };
    let (at, level, target, text) = parsed;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    LogLine {
        place,
        at: at.to_owned(),
        level: level.to_owned(),
        target: target.to_owned(),
        text: shown,
    }
}

/// How bad a level is; none for what is no level.
fn rank(level: &str) -> Option<log::Level> {
    level.parse().ok()
}

impl LogLine {
    fn fits(&self, level: &str, wanted: &str) -> bool {
        let bad_enough = rank(level).is_none_or(|least| rank(&self.level).is_some_and(|own| own <= least));
        let held = |part: &String| part.to_lowercase().contains(wanted);
        let said = wanted.is_empty() || [&self.text, &self.target, &self.at].into_iter().any(held);
        bad_enough && said && !(self.text.is_empty() && self.at.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn folder(files: &[(&str, String)]) -> (tempfile::TempDir, LogFiles) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let files = LogFiles::new(folder.path().to_owned());
        (folder, files)
    }

    fn entries(from: usize, to: usize) -> String {
        (from..to)
            .map(|number| {
                let level = if number % 10 == 0 { "ERROR" } else { "INFO" };
                format!("2025-01-15T08:19:28.000Z {level} till::checkout entry {number}\n")
            })
            .collect()
    }

    /// Every line, page by page.
    fn all(files: &LogFiles, mut query: LogQuery) -> Vec<LogLine> {
        let mut lines = Vec::new();
        loop {
            let page = files.page(&query).unwrap();
            assert!(page.lines.len() <= LINES);
            lines.extend(page.lines);
            match page.older {
                Some(older) => query.older = Some(older),
                None => return lines,
            }
        }
    }

    #[test]
    fn every_line_comes_once_newest_first_over_all_files() {
        let (_folder, files) = folder(&[
            ("kaunter_2025-01-14_08-00-00.log", entries(0, 700)),
            ("kaunter_2025-01-15_08-00-00.log", entries(700, 5_000)),
            ("kaunter.log", entries(5_000, 5_300)),
            ("other.txt", "no log".to_owned()),
        ]);
        let lines = all(&files, LogQuery::default());
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let wanted: Vec<String> = (0..5_300).rev().map(|number| format!("entry {number}")).collect();
        assert_eq!(texts, wanted);
        assert_eq!(lines[0].target, "till::checkout");
        assert_eq!(lines[0].at, "2025-01-15T08:19:28.000Z");
    }

    #[test]
    fn a_filter_finds_by_level_and_by_text_whatever_its_case() {
        let (_folder, files) = folder(&[("kaunter.log", entries(0, 2_000))]);
        let query = |level: &str, text: &str| LogQuery {
            level: level.to_owned(),
            text: text.to_owned(),
            older: None,
        };
        assert_eq!(all(&files, query("ERROR", "")).len(), 200);
        assert_eq!(all(&files, query("WARN", "")).len(), 200);
        assert_eq!(all(&files, query("INFO", "")).len(), 2_000);
        assert_eq!(all(&files, query("", "ENTRY 1234")).len(), 1);
        assert_eq!(all(&files, query("ERROR", "entry 1234")).len(), 0);
        assert_eq!(all(&files, query("", "nothing like it")).len(), 0);
    }

    #[test]
    fn ten_megabytes_are_no_more_work_than_one_page_needs() {
        let (_folder, files) = folder(&[("kaunter.log", entries(0, 170_000))]);
        let started = Instant::now();
        let page = files.page(&LogQuery::default()).unwrap();
        assert_eq!(page.lines.len(), LINES);
        let nothing = LogQuery {
            text: "nothing like it".to_owned(),
            ..LogQuery::default()
        };
        let empty = files.page(&nothing).unwrap();
        assert!(empty.lines.is_empty() && empty.older.is_some());
        // The whole of it would be eleven times as much; the limit is far above what a page takes.
        assert!(started.elapsed().as_millis() < 1_500, "{:?}", started.elapsed());
    }

    #[test]
    fn hostile_content_stays_in_its_line_and_is_cut() {
        let long = "x".repeat(300_000);
        let text = format!("no entry\n\n2025-01-15T08:19:28.000Z WARN till <b>{long}</b>\n\u{fffd}\n");
        let (folder, files) = folder(&[("kaunter.log", text)]);
        let mut bytes = fs::read(folder.path().join("kaunter.log")).unwrap();
        bytes.extend([0xff, 0xfe, b'\n']);
        fs::write(folder.path().join("kaunter.log"), bytes).unwrap();
        let lines = all(&files, LogQuery::default());
        assert!(lines.iter().all(|line| line.text.chars().count() <= LONGEST + 1));
        assert_eq!(lines.last().unwrap().text, "no entry");
        assert_eq!(lines.last().unwrap().level, "");
    }

    #[test]
    fn a_place_that_is_none_of_the_logs_begins_at_the_newest() {
        let (_folder, files) = folder(&[("kaunter.log", entries(0, 3))]);
        for older in [
            "../../etc/passwd:5",
            "kaunter.log:999999",
            "kaunter.log:x",
            "",
            ":",
        ] {
            let query = LogQuery {
                older: Some(older.to_owned()),
                ..LogQuery::default()
            };
            assert_eq!(files.page(&query).unwrap().lines.len(), 3, "{older}");
        }
    }
}

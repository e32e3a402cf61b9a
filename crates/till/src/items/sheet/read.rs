//! A file taken apart into its headings and rows.

use csv::{ReaderBuilder, StringRecord};

use super::columns::Column;
use super::decode::{Letters, decode};
use super::quotes::{Open, open_cells};
use super::safe::as_it_was;

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 32 * 1024 * 1024;
/// The most rows of one file.
pub const ROW_LIMIT: usize = 100_000;
/// The most cells of a row that are looked at; a table of items has a dozen.
const CELL_LIMIT: usize = 256;
/// What stands between the cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Why a file holds no table of items.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// More bytes than are read.
    #[error("the file is larger than {} MB; split it", FILE_LIMIT / 1024 / 1024)]
    TooLarge,
    /// More rows than are read.
    #[error("the file has more than {ROW_LIMIT} rows; split it")]
    TooManyRows,
    /// A spreadsheet's own format, or no text at all.
    #[error("the file is no CSV; save it as CSV in the spreadsheet")]
    NotText,
    /// There is no row under the headings.
    #[error("the file has no rows")]
    Empty,
    /// No heading says name, code or barcode, so that no row says which item it is.
    #[error("the first row must name the columns, with Name, Code or Barcodes among them")]
    NoHeadings,
    /// Two columns hold the same thing.
    #[error("two columns are both the items' {0:?}; remove one")]
    HeadingTwice(String),
}

/// A row as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The line of the file that it begins on, from 1.
    pub(super) line: u64,
    /// Its cells, trimmed.
    pub(super) cells: Vec<String>,
    /// Which of them have a quotation mark that is not closed. It stands before their text, as in the file.
    pub(super) open: Vec<usize>,
}

/// A table of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// How its letters were written.
    pub(crate) letters: Letters,
    /// What stands between its cells.
    pub(crate) delimiter: char,
    /// Its headings, as written.
    pub(crate) headings: Vec<String>,
    /// What each column holds; none for one that is not read.
    pub(crate) columns: Vec<Option<Column>>,
    pub(super) rows: Vec<Row>,
}

impl Sheet {
    /// Takes a file apart.
    ///
    /// # Errors
    /// When it is no table of items.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, FileProblem> {
        if bytes.len() > FILE_LIMIT {
            return Err(FileProblem::TooLarge);
        }
        let (text, letters) = decode(bytes);
        if text.contains('\0') || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(FileProblem::NotText);
        }
        let told = told_delimiter(&text);
        let delimiter = told.unwrap_or_else(|| likeliest_delimiter(&text));
        let open = open_cells(&text, delimiter).map_err(|_| FileProblem::NotText)?;
        let mut open = open.into_iter().peekable();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        let mut table = Table::default();
        let mut lines = Lines::new(&text);
        let mut skip = told.is_some();
        // Reading from memory, and letters that are letters already: nothing here can fail.
        while reader
            .read_record(&mut record)
            .map_err(|_| FileProblem::NotText)?
        {
            let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let of_row = std::iter::from_fn(|| open.next_if(|Open { at, .. }| *at < end));
            let open: Vec<usize> = of_row.map(|open| open.cell).collect();
            if !std::mem::take(&mut skip) {
                table.take(&record, lines.of(&record), open)?;
            }
        }
        if table.headings.is_empty() {
            return Err(FileProblem::Empty);
        }
        let columns = columns(&table.headings)?;
        if table.rows.is_empty() {
            return Err(FileProblem::Empty);
        }
        Ok(Self {
            letters,
            delimiter: char::from(delimiter),
            headings: table.headings,
            columns,
            rows: table.rows,
        })
    }

    /// The headings of columns that are not read.
    pub(crate) fn unknown(&self) -> Vec<&str> {
        let named = self.headings.iter().zip(&self.columns);
        named
            .filter(|(heading, column)| column.is_none() && !heading.is_empty())
            .map(|(heading, _)| heading.as_str())
            .collect()
    }

    /// Where a column stands.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|here| *here == Some(column))
    }
}

/// What was read so far.
#[derive(Default)]
struct Table {
    headings: Vec<String>,
    rows: Vec<Row>,
}

impl Table {
    fn take(&mut self, record: &StringRecord, line: u64, mut open: Vec<usize>) -> Result<(), FileProblem> {
        let read = |cell: &str| as_it_was(cell.trim()).trim().to_owned();
        let mut cells: Vec<String> = record.iter().take(CELL_LIMIT).map(read).collect();
        // Of what is beyond, it matters only that there is something.
        let beyond = record.iter().skip(CELL_LIMIT).map(str::trim);
        cells.extend(beyond.filter(|cell| !cell.is_empty()).take(1).map(read));
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        open.retain(|cell| match cells.get_mut(*cell) {
            Some(cell) => {
                cell.insert(0, '"');
                true
            }
            // Nothing is in it, so that nothing is lost.
            None => false,
        });
        if self.headings.is_empty() {
            if !open.is_empty() {
                return Err(FileProblem::NoHeadings);
            }
            self.headings = cells;
            return Ok(());
        }
        if self.rows.len() >= ROW_LIMIT {
            return Err(FileProblem::TooManyRows);
        }
        self.rows.push(Row { line, cells, open });
        Ok(())
    }
}

/// Counts the lines of a text as its records are read, whichever way they end: by CR LF, by LF, or by CR alone, which the csv crate
/// does not count.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line that a record begins on, from 1. It is never before the last one that was asked about.
    fn of(&mut self, record: &StringRecord) -> u64 {
        let from = record.position().map_or(0, csv::Position::byte);
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        // The csv crate counts the blank lines before a record as its own.
        let is_begun = |at: &usize| *at >= from && !matches!(self.text.get(*at), Some(b'\r' | b'\n'));
        while self.at < self.text.len() && !is_begun(&self.at) {
            let ends = match self.text.get(self.at) {
                Some(b'\n') => true,
                Some(b'\r') => self.text.get(self.at + 1) != Some(&b'\n'),
                Some(_) | None => false,
            };
            self.line += u64::from(ends);
            self.at += 1;
        }
        self.line
    }
}

fn columns(headings: &[String]) -> Result<Vec<Option<Column>>, FileProblem> {
    let columns: Vec<Option<Column>> = headings.iter().map(|heading| Column::called(heading)).collect();
    for (place, column) in columns.iter().enumerate() {
        if column.is_some() && columns.iter().take(place).any(|earlier| earlier == column) {
            let heading = headings.get(place).cloned().unwrap_or_default();
            return Err(FileProblem::HeadingTwice(heading));
        }
    }
    let names_items = [Column::Name, Column::Code, Column::Barcodes]
        .into_iter()
        .any(|column| columns.contains(&Some(column)));
    if names_items {
        Ok(columns)
    } else {
        Err(FileProblem::NoHeadings)
    }
}

/// What the first line of a spreadsheet's file may say: `sep=;`.
fn told_delimiter(text: &str) -> Option<u8> {
    let told = text.lines().next()?.trim_matches('"').strip_prefix("sep=")?;
    match told.as_bytes() {
        [delimiter] if DELIMITERS.contains(delimiter) => Some(*delimiter),
        _ => None,
    }
}

/// The one that stands most often in the first line that is not blank, outside quotation marks.
fn likeliest_delimiter(text: &str) -> u8 {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        let place = DELIMITERS
            .iter()
            .position(|delimiter| *delimiter == byte && !quoted);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let most = DELIMITERS
        .iter()
        .zip(counts)
        .rev()
        .max_by_key(|(_, count)| *count);
    most.map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::super::quotes::WIDEST;
    use super::*;

    fn read(text: &str) -> Result<Sheet, FileProblem> {
        Sheet::read(text.as_bytes())
    }

    #[test]
    fn headings_stand_in_any_order_with_any_sign_between() {
        for delimiter in [',', ';', '\t'] {
            let text = "Harga|Nama|Pembekal\r\n\r\n6.50|\"Nasi \"\"lemak\"\"\"|Ali\r\n||\r\n"
                .replace('|', &delimiter.to_string());
            let sheet = read(&text).unwrap();
            assert_eq!(sheet.delimiter, delimiter);
            assert_eq!(sheet.columns, [Some(Column::Price), Some(Column::Name), None]);
            assert_eq!(sheet.unknown(), ["Pembekal"]);
            assert_eq!(sheet.rows.len(), 1, "{:?}", sheet.rows);
            assert_eq!(sheet.rows[0].line, 3);
            assert_eq!(sheet.rows[0].cells, ["6.50", "Nasi \"lemak\"", "Ali"]);
        }
        assert_eq!(
            read("sep=;\nname;price\na,b;1\n").unwrap().rows[0].cells,
            ["a,b", "1"]
        );
    }

    #[test]
    fn a_file_without_a_table_of_items_says_why() {
        let problem = |text: &str| read(text).unwrap_err();
        assert_eq!(problem(""), FileProblem::Empty);
        assert_eq!(problem("name,price\n"), FileProblem::Empty);
        assert_eq!(problem("Nasi lemak,6.50\nLaksa,8.00\n"), FileProblem::NoHeadings);
        assert_eq!(problem("name,\"price\nLaksa,8.00\n"), FileProblem::NoHeadings);
        assert_eq!(
            problem("name,price,harga\na,1,2\n"),
            FileProblem::HeadingTwice("harga".to_owned())
        );
        assert_eq!(Sheet::read(b"PK\x03\x04...."), Err(FileProblem::NotText));
        assert_eq!(
            Sheet::read(&vec![b'a'; FILE_LIMIT + 1]),
            Err(FileProblem::TooLarge)
        );
        assert_eq!(problem(&",".repeat(WIDEST)), FileProblem::NotText);
        assert_eq!(
            problem(&format!("name\n5\" pipe{}", ",".repeat(WIDEST))),
            FileProblem::NotText
        );
        let quoted = format!("name\n\"a{}\"\n", ",".repeat(WIDEST));
        assert_eq!(read(&quoted).unwrap().rows.len(), 1);
        let many = format!("name\n{}", "a\n".repeat(ROW_LIMIT + 1));
        assert_eq!(problem(&many), FileProblem::TooManyRows);
    }
    #[test]
    fn each_row_has_the_line_that_it_begins_on_however_lines_end() {
        let text = "name,price\n\nKopi,1\n\"Teh\ntarik\",2\n\n\nMilo,3";
        for end in ["\n", "\r\n", "\r"] {
            let sheet = read(&text.replace('\n', end)).unwrap();
            let lines: Vec<u64> = sheet.rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [3, 4, 8], "{end:?}");
        }
        // A line feed somewhere does not make all others one line.
        let mixed = read("name\rKopi\rTeh\r\nMilo\rAir\n").unwrap();
        let lines: Vec<u64> = mixed.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
    }

    #[test]
    fn no_row_keeps_more_cells_than_a_table_has_and_none_is_dropped_in_silence() {
        let row = |cells: usize, last: &str| format!("name\nKopi{}{last}\n", ",".repeat(cells));
        assert_eq!(read(&row(9_000, "")).unwrap().rows[0].cells, ["Kopi"]);
        let cells = &read(&row(9_000, "lost")).unwrap().rows[0].cells;
        assert_eq!(
            (cells.len(), cells.last().unwrap().as_str()),
            (CELL_LIMIT + 1, "lost")
        );
    }
}

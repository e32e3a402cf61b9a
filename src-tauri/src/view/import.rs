//! What importing a file of items would do, row by row, and the words for the rows that have to be mended.

use serde::{Deserialize, Serialize};
use till::{Fate, ImportDone, ImportPreview, MistakeWords, PlannedRow, RowMistake};
use ts_rs::TS;

/// So many rows are shown as they will be.
const ROWS_SHOWN: usize = 50;
/// So many mistakes are shown; the file of mistakes has all.
const MISTAKES_SHOWN: usize = 200;

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RowFate {
    New,
    Changed,
    Same,
}

/// A row as its item will be.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ImportRow {
    pub(crate) line: u32,
    pub(crate) fate: RowFate,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) price: String,
    pub(crate) category: String,
    pub(crate) barcodes: Vec<String>,
}

/// What is wrong with a cell. `ui/lib/import-problems.js` has words for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RowProblem {
    NameMissing,
    NameTooLong,
    PriceMissing,
    PriceWrong,
    PriceTooLarge,
    CategoryTooLong,
    CodeTooLong,
    CodeRounded,
    BarcodeWrong,
    BarcodeRounded,
    TooManyBarcodes,
    TaxUnknown,
    UnitUnknown,
    SoldOutUnknown,
    LineBreak,
    QuoteOpen,
    LettersLost,
    TooManyCells,
    CodeTwice,
    BarcodeTwice,
    NameTwice,
    ItemTwice,
    BarcodeTaken,
    SeveralFit,
}

/// A cell that has to be mended.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ImportMistake {
    pub(crate) line: u32,
    /// The heading of its column, as the file has it; empty for the row as a whole.
    pub(crate) heading: String,
    pub(crate) value: String,
    pub(crate) problem: RowProblem,
    /// The line or the item that it collides with.
    pub(crate) other: String,
}

/// What became, or would become, of a file's rows.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub(crate) struct ImportCounts {
    pub(crate) new: u32,
    pub(crate) changed: u32,
    pub(crate) same: u32,
}

/// What importing a file would do.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ImportView {
    /// Goes with the import, so that nothing else is done than was shown.
    pub(crate) digest: String,
    /// The headings of columns that are not read.
    pub(crate) unknown: Vec<String>,
    pub(crate) counts: ImportCounts,
    /// How many rows have a mistake.
    pub(crate) bad: u32,
    /// The first rows.
    pub(crate) rows: Vec<ImportRow>,
    /// The first mistakes.
    pub(crate) mistakes: Vec<ImportMistake>,
    /// How many there are.
    #[serde(rename = "allMistakes")]
    #[ts(rename = "allMistakes")]
    pub(crate) all_mistakes: u32,
}

/// A sentence for a problem, with `{value}` and `{other}` in it.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct ProblemWords {
    pub(crate) problem: RowProblem,
    pub(crate) words: String,
}

/// The words of the file of mistakes, in the language that is spoken.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct ImportWords {
    pub(crate) line: String,
    pub(crate) problem: String,
    pub(crate) problems: Vec<ProblemWords>,
}

macro_rules! both_ways {
    ($($name:ident),* $(,)?) => {
        impl From<till::RowProblem> for RowProblem {
            fn from(problem: till::RowProblem) -> Self {
                match problem {
                    $(till::RowProblem::$name => Self::$name,)*
                }
            }
        }

        impl From<RowProblem> for till::RowProblem {
            fn from(problem: RowProblem) -> Self {
                match problem {
                    $(RowProblem::$name => Self::$name,)*
                }
            }
        }
    };
}
both_ways!(
    NameMissing,
    NameTooLong,
    PriceMissing,
    PriceWrong,
    PriceTooLarge,
    CategoryTooLong,
    CodeTooLong,
    CodeRounded,
    BarcodeWrong,
    BarcodeRounded,
    TooManyBarcodes,
    TaxUnknown,
    UnitUnknown,
    SoldOutUnknown,
    LineBreak,
    QuoteOpen,
    LettersLost,
    TooManyCells,
    CodeTwice,
    BarcodeTwice,
    NameTwice,
    ItemTwice,
    BarcodeTaken,
    SeveralFit,
);

impl From<ImportDone> for ImportCounts {
    fn from(counts: ImportDone) -> Self {
        Self {
            new: short(counts.new),
            changed: short(counts.changed),
            same: short(counts.same),
        }
    }
}

impl From<ImportPreview> for ImportView {
    fn from(preview: ImportPreview) -> Self {
        Self {
            digest: preview.digest,
            unknown: preview.unknown,
            counts: preview.counts.into(),
            bad: short(preview.bad),
            all_mistakes: short(preview.mistakes.len()),
            rows: preview
                .rows
                .into_iter()
                .take(ROWS_SHOWN)
                .map(Into::into)
                .collect(),
            mistakes: preview
                .mistakes
                .into_iter()
                .take(MISTAKES_SHOWN)
                .map(Into::into)
                .collect(),
        }
    }
}

impl From<PlannedRow> for ImportRow {
    fn from(row: PlannedRow) -> Self {
        Self {
            line: line(row.line),
            fate: match row.fate {
                Fate::New => RowFate::New,
                Fate::Changed(_) => RowFate::Changed,
                Fate::Same(_) => RowFate::Same,
            },
            code: row.facts.code.unwrap_or_default(),
            name: row.facts.name,
            price: row.facts.price.to_string(),
            category: row.facts.category,
            barcodes: row.facts.barcodes.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<RowMistake> for ImportMistake {
    fn from(mistake: RowMistake) -> Self {
        Self {
            line: line(mistake.line),
            heading: mistake.heading,
            value: mistake.value,
            problem: mistake.problem.into(),
            other: mistake.other,
        }
    }
}

impl From<ImportWords> for MistakeWords {
    fn from(words: ImportWords) -> Self {
        let sentences = words.problems.into_iter();
        Self {
            line: words.line,
            problem: words.problem,
            sentences: sentences.map(|said| (said.problem.into(), said.words)).collect(),
        }
    }
}

fn short(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn line(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

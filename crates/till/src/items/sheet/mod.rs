//! Items as a table in a file (CSV): what spreadsheets write is read, row by row with what is wrong in it, and what is
//! written can be read again.
//!
//! The csv crate takes the cells apart (quotation marks, line breaks, lines of unequal length), encoding_rs the letters.

mod cells;
mod columns;
mod decode;
mod overlay;
mod plan;
mod quotes;
mod read;
mod safe;
mod shelf;
#[cfg(test)]
mod tests;
mod write;

pub use cells::Problem;
pub use columns::{Column, TableLanguage};
pub use decode::Letters;
pub use plan::{Fate, Mistake, PlannedRow};
pub(crate) use plan::{Plan, TaxName};
pub(crate) use read::Sheet;
pub use read::{FILE_LIMIT, FileProblem, ROW_LIMIT};
pub(crate) use shelf::Shelf;
pub use write::MistakeWords;
pub(crate) use write::{items_file, mistakes_file};

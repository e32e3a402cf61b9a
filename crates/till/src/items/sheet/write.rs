//! Items as a file that can be read again, and a file back with what is wrong in it.

use csv::{Terminator, Writer, WriterBuilder};

use super::cells::{Problem, tax_word, unit_word, yes_no};
use super::columns::{Column, TableLanguage};
use super::plan::{Mistake, TaxName};
use super::read::Sheet;
use super::safe::safe;
use crate::items::ItemFacts;

/// Without it spreadsheets take UTF-8 for the system's old letters.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The words of a file of mistakes, in the language of whoever mends them.
#[derive(Debug, Clone)]
pub struct MistakeWords {
    /// Over the number of the line.
    pub line: String,
    /// Over what is wrong.
    pub problem: String,
    /// A sentence for each problem, with `{value}` for what stands in the cell and `{other}` for what it collides with.
    pub sentences: Vec<(Problem, String)>,
}

/// A file of all these items.
pub(crate) fn items_file<'a>(
    items: impl IntoIterator<Item = &'a ItemFacts>,
    taxes: &[TaxName],
    language: TableLanguage,
) -> Vec<u8> {
    let mut table = Table::new(b',');
    table.row(Column::ALL.iter().map(|column| column.heading(language)));
    for item in items {
        let barcodes: Vec<&str> = item.barcodes.iter().map(super::super::Barcode::written).collect();
        let tax = taxes
            .iter()
            .find(|tax| Some(tax.id) == item.tax_class)
            .map(tax_word)
            .unwrap_or_default();
        let price = item.price.to_string();
        let barcodes = barcodes.join("|");
        table.row(Column::ALL.iter().map(|column| match column {
            Column::Code => item.code.as_deref().unwrap_or_default(),
            Column::Name => item.name.as_str(),
            Column::Price => price.as_str(),
            Column::Category => item.category.as_str(),
            Column::Barcodes => barcodes.as_str(),
            Column::TaxClass => tax.as_str(),
            Column::Unit => unit_word(item.unit, language),
            Column::SoldOut => yes_no(item.sold_out, language),
        }));
    }
    table.file()
}

/// A file with all its rows as they were and in their order, each with its line and what is wrong with it before it. Mended, it
/// can be imported as it is, and then all of it is: a file of the bad rows alone would leave out the good ones, and a row that
/// is bad for another's sake would be good there.
pub(crate) fn mistakes_file(sheet: &Sheet, mistakes: &[Mistake], words: &MistakeWords) -> Vec<u8> {
    let mut table = Table::new(u8::try_from(sheet.delimiter).unwrap_or(b','));
    let before = [words.line.as_str(), words.problem.as_str()];
    // A file that was saved like this and has mistakes still: these columns are written anew, not once more.
    let has_them = sheet.headings.iter().take(2).map(String::as_str).eq(before);
    let own = if has_them { before.len() } else { 0 };
    let headings = sheet.headings.iter().skip(own).map(String::as_str);
    table.row(before.into_iter().chain(headings));
    for row in &sheet.rows {
        // In the file's order, as the rows are.
        let from = mistakes.partition_point(|mistake| mistake.line < row.line);
        let of_row = mistakes
            .iter()
            .skip(from)
            .take_while(|mistake| mistake.line == row.line);
        let said: Vec<String> = of_row.map(|mistake| sentence(mistake, words)).collect();
        let (line, said) = (row.line.to_string(), said.join(" "));
        let before = [line.as_str(), said.as_str()];
        let cells = row.cells.iter().skip(own).map(String::as_str);
        table.row(before.into_iter().chain(cells));
    }
    table.file()
}

fn sentence(mistake: &Mistake, words: &MistakeWords) -> String {
    let sentence = words
        .sentences
        .iter()
        .find(|(problem, _)| *problem == mistake.problem);
    let said = sentence.map_or("", |(_, sentence)| sentence.as_str());
    // One after the other over parts of the sentence, so that a value that looks like a gap stays what it is.
    let parts = said
        .split("{value}")
        .map(|part| part.replace("{other}", &mistake.other));
    let said = parts.collect::<Vec<_>>().join(&mistake.value);
    if mistake.heading.is_empty() {
        said
    } else {
        format!("{}: {said}", mistake.heading)
    }
}

struct Table(Writer<Vec<u8>>);

impl Table {
    fn new(delimiter: u8) -> Self {
        let writer = WriterBuilder::new()
            .flexible(true)
            .delimiter(delimiter)
            .terminator(Terminator::CRLF)
            .from_writer(MARK.to_vec());
        Self(writer)
    }

    fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        // Written to memory, which does not refuse.
        let written = self.0.write_record(cells.map(|cell| safe(cell).into_owned()));
        debug_assert!(written.is_ok());
    }

    fn file(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

//! What a file would do to the shelf: which rows are new items, which change one, and what is wrong with the others.
//!
//! A row is about the item of its code, else of its barcodes, else of its name; a row with a code is never about an item that has
//! another, unless a spreadsheet has made the one of the other by dropping its zeros: `0012` becomes 12. What a file has no column for stays as it
//! is; an empty cell empties it, except the name and the price, which an item always has.

use std::collections::HashMap;

use super::cells::{Problem, Said, take};
use super::columns::Column;
use super::overlay::{is_same, overlaid};
use super::read::{Row, Sheet};
use super::shelf::Shelf;
use crate::items::{ItemFacts, name_key};
use crate::money::Currency;

/// The most characters of a cell that are shown again.
const SHOWN: usize = 60;

/// A tax class as a file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TaxName {
    /// Its row.
    pub(crate) id: i64,
    /// Its name.
    pub(crate) name: String,
    /// Its rate, in percent.
    pub(crate) rate: String,
}

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is a new item.
    New,
    /// It changes the item of this number.
    Changed(i64),
    /// The item of this number is like that already.
    Same(i64),
}

/// A row without a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// The line of the file that it begins on, from 1.
    pub line: u64,
    /// What it does.
    pub fate: Fate,
    /// The item as it will be.
    pub facts: ItemFacts,
}

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line of the file that its row begins on, from 1.
    pub line: u64,
    /// The heading of its column, as the file has it; empty for the row as a whole.
    pub heading: String,
    /// What stands there, cut where it is long.
    pub value: String,
    /// What is wrong.
    pub problem: Problem,
    /// The line or the item that it collides with; empty for none.
    pub other: String,
}

/// What a whole file does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Its rows, as far as they are good.
    pub(crate) rows: Vec<PlannedRow>,
    /// What is wrong with the others, in the file's order.
    pub(crate) mistakes: Vec<Mistake>,
    /// How many rows have a mistake.
    pub(crate) bad: usize,
}

/// A row that was understood, and the item that it is about.
struct Matched<'a> {
    row: &'a Row,
    said: Said,
    place: Option<usize>,
}

impl Plan {
    /// Holds a file against the shelf.
    pub(crate) fn make(sheet: &Sheet, shelf: &Shelf, currency: Currency, taxes: &[TaxName]) -> Self {
        let mut planner = Planner {
            sheet,
            shelf,
            mistakes: Vec::new(),
            bad: 0,
            taken: HashMap::new(),
            codes: HashMap::new(),
            names: HashMap::new(),
        };
        let matched: Vec<Matched<'_>> = sheet
            .rows
            .iter()
            .filter_map(|row| {
                let read = planner.read(row, currency, taxes);
                let matched = read.and_then(|said| planner.matched(row, said));
                planner.or_note(row, matched)
            })
            .collect();
        let rows = planner.settled(matched);
        planner.mistakes.sort_by_key(|mistake| mistake.line);
        Self {
            rows,
            bad: planner.bad,
            mistakes: planner.mistakes,
        }
    }
}

/// Where in a row something is wrong.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot {
    /// In the row as a whole.
    Row,
    /// In the cell of this column.
    Of(Column),
    /// In this cell, which may be of a column that is not read.
    Cell(usize),
}

/// What is wrong in a row, and what it collides with.
pub(super) struct Wrong(pub(super) Spot, pub(super) Problem, pub(super) String);

struct Planner<'a> {
    sheet: &'a Sheet,
    shelf: &'a Shelf,
    mistakes: Vec<Mistake>,
    bad: usize,
    /// The line of the row that each item is changed by.
    taken: HashMap<usize, u64>,
    /// The line that each code stands on first.
    codes: HashMap<String, u64>,
    /// The line that each name without a code or a barcode stands on first.
    names: HashMap<String, u64>,
}

impl<'a> Planner<'a> {
    /// What the row's cells say, or all that is wrong with them.
    fn read(&self, row: &Row, currency: Currency, taxes: &[TaxName]) -> Result<Said, Vec<Wrong>> {
        let mut said = Said::default();
        let mut wrong = Vec::new();
        let beyond = row.cells.iter().skip(self.sheet.columns.len());
        if beyond.clone().any(|cell| !cell.is_empty()) {
            wrong.push(Wrong(Spot::Row, Problem::TooManyCells, String::new()));
        }
        for (place, column) in self.sheet.columns.iter().enumerate() {
            let cell = row.cells.get(place).map_or("", String::as_str);
            if row.open.contains(&place) || (column.is_none() && self.swallows(row, cell)) {
                wrong.push(Wrong(Spot::Cell(place), Problem::QuoteOpen, String::new()));
                continue;
            }
            // Else a column that is not read may hold what it likes.
            let Some(column) = column else { continue };
            if let Err(problem) = take(&mut said, *column, cell, currency, taxes) {
                wrong.push(Wrong(Spot::Of(*column), problem, String::new()));
            }
        }
        if wrong.is_empty() { Ok(said) } else { Err(wrong) }
    }

    /// Whether rows may have come into a cell that nobody reads: its quotation mark was open when the file was given back for
    /// mending, or the next mark, at the very end of the file, has closed it.
    fn swallows(&self, row: &Row, cell: &str) -> bool {
        let Some((_, below)) = cell.split_once(['\n', '\r']) else {
            return false;
        };
        let is_last = self.sheet.rows.last().is_some_and(|last| last.line == row.line);
        cell.starts_with('"') || (is_last && below.contains(self.sheet.delimiter))
    }

    /// Finds the item that the row is about.
    fn matched(&mut self, row: &'a Row, mut said: Said) -> Result<Matched<'a>, Vec<Wrong>> {
        let one = |spot, problem, other: String| vec![Wrong(spot, problem, other)];
        let code = said
            .code
            .as_ref()
            .and_then(Option::as_deref)
            .map(str::to_ascii_lowercase);
        if let Some(code) = &code
            && let Some(line) = self.codes.insert(code.clone(), row.line)
        {
            self.codes.insert(code.clone(), line);
            return Err(one(Spot::Of(Column::Code), Problem::CodeTwice, line.to_string()));
        }
        let by_code = code
            .as_ref()
            .and_then(|code| self.shelf.by_code.get(code))
            .copied();
        let by_number = match by_code {
            None => self.by_number(&said)?,
            Some(_) => None,
        };
        if let Some(place) = by_number {
            // The item's own code stays.
            said.code = self.shelf.items.get(place).map(|item| item.facts.code.clone());
        }
        let place = match by_code.or(by_number) {
            Some(place) => Some(place),
            None => match self.by_barcodes(&said, code.is_some())? {
                Some(place) => Some(place),
                None => self.by_name(row, &said, code.is_some())?,
            },
        };
        if let Some(place) = place
            && let Some(line) = self.taken.insert(place, row.line)
        {
            self.taken.insert(place, line);
            return Err(one(Spot::Row, Problem::ItemTwice, line.to_string()));
        }
        Ok(Matched { row, said, place })
    }

    /// By a code that lost the zeros before it, where the name or a barcode says so too.
    fn by_number(&self, said: &Said) -> Result<Option<usize>, Vec<Wrong>> {
        let Some(code) = said.code.as_ref().and_then(Option::as_deref) else {
            return Ok(None);
        };
        let names = said
            .name
            .iter()
            .filter_map(|name| self.shelf.by_name.get(&name_key(name)));
        let barcodes = said.barcodes.iter().flatten();
        let fitting = barcodes.filter_map(|barcode| self.shelf.by_barcode.get(barcode.key()));
        let mut found = names.flatten().chain(fitting).copied().filter(|place| {
            let item = self.shelf.items.get(*place);
            item.and_then(|item| item.facts.code.as_deref())
                .is_some_and(|whole| has_lost_zeros(code, whole))
        });
        let first = found.next();
        if found.any(|other| Some(other) != first) {
            return Err(vec![Wrong(
                Spot::Of(Column::Code),
                Problem::SeveralFit,
                String::new(),
            )]);
        }
        Ok(first)
    }

    /// By barcodes, where the item has no other code than the row.
    fn by_barcodes(&self, said: &Said, has_code: bool) -> Result<Option<usize>, Vec<Wrong>> {
        let barcodes = said.barcodes.iter().flatten();
        let mut found = barcodes
            .filter_map(|barcode| self.shelf.by_barcode.get(barcode.key()))
            .copied();
        let first = found.next();
        if found.any(|other| Some(other) != first) {
            return Err(vec![Wrong(
                Spot::Of(Column::Barcodes),
                Problem::SeveralFit,
                String::new(),
            )]);
        }
        Ok(first.filter(|place| !has_code || self.has_no_code(*place)))
    }

    fn has_no_code(&self, place: usize) -> bool {
        let item = self.shelf.items.get(place);
        item.is_some_and(|item| item.facts.code.is_none())
    }

    /// By name, where the item has no other code than the row. Of several by that name, the one that is like the row.
    fn by_name(&mut self, row: &Row, said: &Said, has_code: bool) -> Result<Option<usize>, Vec<Wrong>> {
        let Some(name) = &said.name else { return Ok(None) };
        let key = name_key(name);
        let fitting: Vec<usize> = self
            .shelf
            .by_name
            .get(&key)
            .into_iter()
            .flatten()
            .copied()
            .filter(|place| !has_code || self.has_no_code(*place))
            .collect();
        let free: Vec<usize> = fitting
            .iter()
            .copied()
            .filter(|place| !self.taken.contains_key(place))
            .collect();
        let like = free.iter().copied().find(|place| {
            self.shelf
                .items
                .get(*place)
                .is_some_and(|item| overlaid(Some(&item.facts), said).ok().as_ref() == Some(&item.facts))
        });
        let has_barcode = said
            .barcodes
            .as_ref()
            .is_some_and(|barcodes| !barcodes.is_empty());
        let is_told_apart = has_code || has_barcode;
        let wrong = |problem, line: Option<u64>| {
            let line = line.map(|line| line.to_string()).unwrap_or_default();
            Err(vec![Wrong(Spot::Of(Column::Name), problem, line)])
        };
        match (like, free.as_slice()) {
            (Some(place), _) | (None, &[place]) => return Ok(Some(place)),
            (None, []) => {}
            (None, _) => return wrong(Problem::SeveralFit, None),
        }
        if is_told_apart {
            return Ok(None);
        }
        if let Some(line) = fitting.iter().find_map(|place| self.taken.get(place)) {
            return wrong(Problem::NameTwice, Some(*line));
        }
        if let Some(line) = self.names.insert(key.clone(), row.line) {
            self.names.insert(key, line);
            return wrong(Problem::NameTwice, Some(line));
        }
        Ok(None)
    }

    /// The rows as items. A barcode leads to one item alone when the whole file is in: one that changes its owner within the
    /// file is no mistake.
    fn settled(&mut self, matched: Vec<Matched<'a>>) -> Vec<PlannedRow> {
        let mut lines: HashMap<String, u64> = HashMap::new();
        let mut rows = Vec::with_capacity(matched.len());
        for Matched { row, said, place } in matched {
            let before = place.and_then(|place| self.shelf.items.get(place));
            let facts = overlaid(before.map(|item| &item.facts), &said).map_err(|wrong| vec![wrong]);
            let facts = facts.and_then(|facts| {
                self.barcodes_are_free(row.line, &facts, &mut lines)
                    .map(|()| facts)
            });
            if let Some(facts) = self.or_note(row, facts) {
                let fate = match before {
                    None => Fate::New,
                    Some(item) if is_same(&item.facts, &facts) => Fate::Same(item.id),
                    Some(item) => Fate::Changed(item.id),
                };
                rows.push(PlannedRow {
                    line: row.line,
                    fate,
                    facts,
                });
            }
        }
        rows
    }

    fn barcodes_are_free(
        &self,
        line: u64,
        facts: &ItemFacts,
        lines: &mut HashMap<String, u64>,
    ) -> Result<(), Vec<Wrong>> {
        for barcode in &facts.barcodes {
            let wrong = |problem, other: String| vec![Wrong(Spot::Of(Column::Barcodes), problem, other)];
            if let Some(earlier) = lines.get(barcode.key()) {
                return Err(wrong(Problem::BarcodeTwice, earlier.to_string()));
            }
            let owner = self.shelf.by_barcode.get(barcode.key());
            // An owner that the file names too says for itself which barcodes it keeps, before or after this row.
            let lets_go = |place: &usize| {
                self.taken.contains_key(place) && self.sheet.place(Column::Barcodes).is_some()
            };
            if let Some(place) = owner
                && self.taken.get(place) != Some(&line)
                && !lets_go(place)
            {
                let name = self.shelf.items.get(*place).map(|item| item.facts.name.clone());
                return Err(wrong(Problem::BarcodeTaken, name.unwrap_or_default()));
            }
        }
        lines.extend(
            facts
                .barcodes
                .iter()
                .map(|barcode| (barcode.key().to_owned(), line)),
        );
        Ok(())
    }

    /// What came out well, or a note of each thing that is wrong.
    fn or_note<T>(&mut self, row: &Row, result: Result<T, Vec<Wrong>>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(all) => {
                self.bad += 1;
                for Wrong(spot, problem, other) in all {
                    let place = match spot {
                        Spot::Row => None,
                        Spot::Of(column) => self.sheet.place(column),
                        Spot::Cell(place) => Some(place),
                    };
                    let text = |cells: &[String]| {
                        place
                            .and_then(|place| cells.get(place))
                            .cloned()
                            .unwrap_or_default()
                    };
                    let value = text(&row.cells);
                    let value: String = value
                        .chars()
                        .map(|c| if c.is_control() { ' ' } else { c })
                        .collect();
                    self.mistakes.push(Mistake {
                        line: row.line,
                        heading: text(&self.sheet.headings),
                        value: value.chars().take(SHOWN).collect(),
                        problem,
                        other,
                    });
                }
                None
            }
        }
    }
}

/// Whether a spreadsheet makes `code` of `whole`, which it takes for a number.
fn has_lost_zeros(code: &str, whole: &str) -> bool {
    let digits = whole.bytes().all(|byte| byte.is_ascii_digit());
    let bare = whole.trim_start_matches('0');
    digits && bare.len() < whole.len() && code == if bare.is_empty() { "0" } else { bare }
}

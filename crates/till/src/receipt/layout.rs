//! The one step from a receipt's blocks to rows of a width in characters. Every output draws these rows, so that the page says
//! what the paper says.

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

use super::{Block, Weight};

/// Text at a place of its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// How many cells are left of it.
    pub column: usize,
    /// The text, without control characters.
    pub text: String,
    /// How many cells it takes.
    pub cells: usize,
    /// Whether it ends at the row's right edge, also where its letters are narrower than their cells.
    pub at_right: bool,
}

/// One row of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Text. A large row has half as many cells, each twice as wide and high.
    Text {
        /// From the left; they do not overlap.
        spans: Vec<Span>,
        /// How it is printed.
        weight: Weight,
    },
    /// A line across.
    Rule,
    /// An empty row.
    Blank,
    /// The shop's picture, in the middle.
    Logo,
    /// A QR code of this text, in the middle.
    Qr(String),
}

impl Row {
    /// The row as plain text, as wide as it has to be; nothing for a picture or a code.
    #[must_use]
    pub fn plain(&self, columns: usize) -> String {
        match self {
            Self::Text { spans, weight } => {
                let plain = plain(spans);
                // A large row's text is in the middle of its own, wider cells.
                match weight {
                    Weight::Large => centre(plain.trim(), columns),
                    Weight::Plain | Weight::Bold => plain,
                }
            }
            Self::Rule => "-".repeat(columns),
            Self::Blank | Self::Logo | Self::Qr(_) => String::new(),
        }
    }
}

/// Spans as one text with the blanks between them.
#[must_use]
pub(crate) fn plain(spans: &[Span]) -> String {
    let mut text = String::new();
    let mut at = 0;
    for span in spans {
        text.push_str(&" ".repeat(span.column.saturating_sub(at)));
        text.push_str(&span.text);
        at = span.column + span.cells;
    }
    text
}

fn centre(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text)) / 2))
}

/// Lays blocks out on paper that is `columns` characters wide.
#[must_use]
pub fn rows(blocks: &[Block], columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for block in blocks {
        match block {
            Block::Logo => rows.push(Row::Logo),
            Block::Blank => rows.push(Row::Blank),
            Block::Rule => rows.push(Row::Rule),
            Block::Qr(content) => rows.push(Row::Qr(content.clone())),
            Block::Text(words) => {
                let (indent, lines) = indented(words, columns);
                let line = |line| text(vec![span(indent, line)], Weight::Plain);
                rows.extend(lines.into_iter().map(line));
            }
            Block::Centred(words, weight) => {
                let room = cells_of(*weight, columns);
                rows.extend(wrap(words, room).into_iter().map(|line| {
                    let left = (room - width(&line)) / 2;
                    text(vec![span(left, line)], *weight)
                }));
            }
            Block::Pair { left, right, weight } => {
                rows.extend(pair(left, right, cells_of(*weight, columns), *weight))
            }
        }
    }
    rows
}

/// How many cells a row of a weight has.
const fn cells_of(weight: Weight, columns: usize) -> usize {
    match weight {
        Weight::Plain | Weight::Bold => columns,
        Weight::Large => columns / 2,
    }
}

fn span(column: usize, text: String) -> Span {
    let cells = width(&text);
    Span {
        column,
        text,
        cells,
        at_right: false,
    }
}

fn text(mut spans: Vec<Span>, weight: Weight) -> Row {
    spans.retain(|span| !span.text.is_empty());
    if spans.is_empty() {
        return Row::Blank;
    }
    Row::Text { spans, weight }
}

/// One text at the left, one at the right edge of the last row.
fn pair(left: &str, right: &str, room: usize, weight: Weight) -> Vec<Row> {
    let mut right = wrap(right, room);
    // What does not fit on one row at the right stands on rows of its own.
    let last_right = right.pop().unwrap_or_default();
    let taken = width(&last_right);
    let beside = room.saturating_sub(taken + 1);
    let (indent, mut lines) = indented(left, if beside < 8 { room } else { beside });
    let last = lines.pop().unwrap_or_default();
    let mut rows: Vec<Row> = lines
        .into_iter()
        .map(|line| text(vec![span(indent, line)], weight))
        .collect();
    let at_right = |line: String| Span {
        at_right: true,
        ..span(room.saturating_sub(width(&line)), line)
    };
    if right.is_empty() && indent + width(&last) + 1 + taken <= room {
        rows.push(text(vec![span(indent, last), at_right(last_right)], weight));
    } else {
        rows.push(text(vec![span(indent, last)], weight));
        right.push(last_right);
        rows.extend(right.into_iter().map(|line| text(vec![at_right(line)], weight)));
    }
    rows
}

/// How many cells a text takes: wide characters take two, and so do the letters of Tamil and its kin, which no narrow cell
/// holds.
#[must_use]
fn width(text: &str) -> usize {
    text.chars().map(cells).sum()
}

fn cells(c: char) -> usize {
    match c.width().unwrap_or(0) {
        0 => 0,
        _ if ('\u{900}'..='\u{dff}').contains(&c) => 2,
        cells => cells,
    }
}

/// What a printer, a reader or a neighbour's text could be steered with becomes a blank or nothing; typographic marks that no
/// printer's code page has become the plain ones, in every output alike.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' => clean.push('\''),
            '“' | '”' => clean.push('"'),
            '–' | '—' | '‑' => clean.push('-'),
            '•' => clean.push('*'),
            '…' => clean.push_str("..."),
            '\u{a0}' | '\u{2028}' | '\u{2029}' => clean.push(' '),
            '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_control() => clean.push(' '),
            c => clean.push(c),
        }
    }
    clean
}

/// The most cells of a cluster: more marks than any letter has are no word of a language.
const CLUSTER: usize = 8;

/// What may not be parted: a character with what combines with it, also where that takes room of its own, as the vowels of Tamil do.
struct Cluster {
    text: String,
    cells: usize,
}

fn clusters(word: &str) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for c in word.chars() {
        let joins = |last: &Cluster| {
            let wide = cells(c);
            wide == 0 || (is_combining_mark(c) && last.cells + wide <= CLUSTER)
        };
        match clusters.last_mut() {
            Some(last) if joins(last) => {
                last.text.push(c);
                last.cells += cells(c);
            }
            Some(_) | None => clusters.push(Cluster {
                text: c.to_string(),
                cells: cells(c),
            }),
        }
    }
    clusters
}

/// The lines of a text that begins with blanks, all of them as far to the right as it begins.
fn indented(words: &str, room: usize) -> (usize, Vec<String>) {
    let indent = words
        .bytes()
        .take_while(|byte| *byte == b' ')
        .count()
        .min(room / 4);
    (indent, wrap(words, room - indent))
}

/// Breaks at blanks and between ideographs where it can, and inside a word where it must. At least one row.
fn wrap(words: &str, room: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut used = 0;
    for (word, after_blank) in pieces(&clean(words)) {
        let wide: usize = word.iter().map(|cluster| cluster.cells).sum();
        let gap = usize::from(after_blank && used > 0);
        if used > 0 && used + gap + wide > room {
            rows.push(String::new());
            used = 0;
        } else if gap == 1 {
            push(&mut rows, " ");
            used += 1;
        }
        for cluster in word {
            if used + cluster.cells > room && used > 0 {
                rows.push(String::new());
                used = 0;
            }
            // Paper too narrow for even one character shows none.
            if cluster.cells <= room {
                push(&mut rows, &cluster.text);
                used += cluster.cells;
            }
        }
    }
    rows
}

fn push(rows: &mut [String], text: &str) {
    if let Some(row) = rows.last_mut() {
        row.push_str(text);
    }
}

/// The parts of a text between which a row may end, and whether a blank stands before each.
fn pieces(text: &str) -> Vec<(Vec<Cluster>, bool)> {
    let mut pieces = Vec::new();
    for word in text.split_whitespace() {
        let mut after_blank = true;
        let mut piece: Vec<Cluster> = Vec::new();
        for cluster in clusters(word) {
            // An ideograph may stand at a row's beginning; the marks that follow one may not.
            let breaks = cluster.text.chars().next().is_some_and(is_ideograph);
            if breaks && !piece.is_empty() {
                pieces.push((std::mem::take(&mut piece), after_blank));
                after_blank = false;
            }
            piece.push(cluster);
        }
        if !piece.is_empty() {
            pieces.push((piece, after_blank));
        }
    }
    pieces
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(block: Block, columns: usize) -> Vec<String> {
        rows(&[block], columns)
            .iter()
            .map(|row| row.plain(columns))
            .collect()
    }

    fn both(left: &str, right: &str) -> Block {
        Block::Pair {
            left: left.to_owned(),
            right: right.to_owned(),
            weight: Weight::Plain,
        }
    }

    #[test]
    fn pairs_meet_at_the_right_edge() {
        assert_eq!(
            lines(both("3 Teh tarik", "8.40"), 32),
            [format!("3 Teh tarik{}8.40", " ".repeat(32 - 15))]
        );
    }

    #[test]
    fn an_ideograph_takes_two_cells_and_the_price_still_ends_at_the_edge() {
        let [row] = &lines(both("海南鸡饭", "12.50"), 32)[..] else {
            panic!("one row")
        };
        assert_eq!(width(row), 32, "{row}");
        assert!(row.starts_with("海南鸡饭 ") && row.ends_with(" 12.50"), "{row}");
    }

    #[test]
    fn a_long_name_wraps_and_the_price_stays_on_its_last_row() {
        let rows = lines(
            both("Nasi goreng kampung dengan telur mata dan ikan bilis", "12.50"),
            32,
        );
        assert!(
            rows.len() > 1 && rows.last().unwrap().ends_with("12.50"),
            "{rows:?}"
        );
    }

    #[test]
    fn chinese_breaks_anywhere_and_fills_its_rows() {
        let rows = lines(Block::Text("合计".repeat(20)), 32);
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert_eq!(width(&rows[0]), 32);
    }

    #[test]
    fn a_large_row_has_half_as_many_cells() {
        let block = Block::Centred("Kopitiam Ria Jalan Alor".to_owned(), Weight::Large);
        let rows = rows(&[block], 32);
        assert_eq!(rows.len(), 2);
        for row in rows {
            let Row::Text { spans, .. } = row else {
                panic!("text")
            };
            assert!(
                spans.iter().all(|span| span.column + span.cells <= 16),
                "{spans:?}"
            );
        }
    }

    #[test]
    fn marks_that_no_printer_has_become_plain_ones_everywhere() {
        assert_eq!(
            lines(Block::Text("Touch ’n Go •••• – 7364\u{202e}…".to_owned()), 48),
            ["Touch 'n Go **** - 7364..."]
        );
    }

    #[test]
    fn what_belongs_to_the_line_above_is_indented_on_each_of_its_rows() {
        let note = lines(
            Block::Text("  less sweet, and the ice apart please".to_owned()),
            32,
        );
        assert_eq!(note, ["  less sweet, and the ice apart", "  please"]);
        let [row] = &lines(both("  Discount 10%", "-0.84"), 32)[..] else {
            panic!("one row")
        };
        assert!(
            row.starts_with("  Discount 10% ") && row.ends_with(" -0.84"),
            "{row}"
        );
        assert_eq!(width(row), 32);
    }

    #[test]
    fn a_letter_is_never_parted_from_its_vowel() {
        let word = "கொத்துரொட்டி".repeat(6);
        for columns in 16..48 {
            let lines = lines(Block::Text(word.clone()), columns);
            assert!(lines.len() > 1);
            assert!(
                lines.iter().all(|line| !line.starts_with(is_combining_mark)),
                "{columns}: {lines:?}"
            );
            assert_eq!(lines.concat(), word);
        }
    }

    #[test]
    fn a_hyphen_that_is_not_to_be_seen_is_not_printed() {
        assert_eq!(lines(Block::Text("Teh\u{ad}tarik".to_owned()), 32), ["Tehtarik"]);
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_the_paper_or_steers_the_printer(
            left in ".{0,120}", right in ".{0,60}", columns in 16_usize..64, large: bool,
        ) {
            let weight = if large { Weight::Large } else { Weight::Bold };
            let blocks = [
                Block::Pair { left: left.clone(), right: right.clone(), weight },
                Block::Centred(left, weight),
                Block::Text(right),
            ];
            for row in rows(&blocks, columns) {
                if let Row::Text { spans, weight } = &row {
                    let room = cells_of(*weight, columns);
                    let mut at = 0;
                    for span in spans {
                        prop_assert!(span.column >= at, "{row:?}");
                        at = span.column + span.cells;
                        prop_assert!(at <= room, "{row:?}");
                        prop_assert_eq!(width(&span.text), span.cells);
                    }
                }
                prop_assert!(!row.plain(columns).chars().any(char::is_control), "{row:?}");
            }
        }
    }
}

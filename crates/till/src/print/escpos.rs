//! The receipt in a printer's own commands. Rows whose letters the printer has go as text, the others as pictures.

use std::sync::{Arc, Mutex, PoisonError};

use escpos::driver::Driver;
use escpos::errors::{PrinterError, Result};
use escpos::printer::Printer;
use escpos::utils::Protocol;

use super::codepage::CodePage;
use super::draw::draw_row;
use super::paper::{Paper, ROW};
use super::picture::Bitmap;
use crate::receipt::{Row, Weight, plain_spans};

/// Asks for the paper sensor's state; the answer comes when everything before it was printed.
pub(super) const ASK_WHEN_DONE: [u8; 3] = [0x1d, b'r', 1];
/// A pulse of 50 ms on the drawer's pin, and 500 ms until the next; it comes when everything before it was printed.
pub(super) const KICK: [u8; 5] = [0x1b, b'p', 0, 25, 250];
/// A pulse of 100 ms on the drawer's pin, given at once, also by a printer that has stopped for want of paper.
pub(super) const KICK_AT_ONCE: [u8; 5] = [0x10, 0x14, 1, 0, 1];
/// Keeps a printer from saying unasked what could be taken for an answer.
pub(super) const SAY_NOTHING_UNASKED: [u8; 3] = [0x1d, b'a', 0];
/// Rows between the last one and the knife.
const TO_THE_KNIFE: u8 = 4;
/// The most rows of dots in one picture. A printer whose picture broke off takes what comes next for the rest of it, so the
/// rest is kept short.
const STRIP: u16 = 24;

/// How a printer is spoken to.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// Its paper.
    pub paper: Paper,
    /// Its letters.
    pub page: CodePage,
    /// Whether it has a knife.
    pub cut: bool,
}

/// The printer's bytes, gathered: they are sent elsewhere, so that every byte is accounted for.
#[derive(Clone, Default)]
struct Gathered(Arc<Mutex<Vec<u8>>>);

impl Driver for Gathered {
    fn name(&self) -> String {
        "gathered".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _buf: &mut [u8]) -> Result<usize> {
        Err(PrinterError::Input("nothing answers here".to_owned()))
    }

    fn flush(&self) -> Result<()> {
        Ok(())
    }
}

/// The receipt in the printer's commands.
///
/// # Errors
/// When a command cannot be made, which only a mistake in this file brings about.
pub fn encode(rows: &[Row], dialect: Dialect, logo: Option<&Bitmap>) -> Result<Vec<u8>> {
    let gathered = Gathered::default();
    let mut printer = Printer::new(gathered.clone(), Protocol::default(), None);
    printer.init()?;
    if let Some(code) = dialect.page.code() {
        printer.page_code(code)?;
    }
    printer.line_spacing(u8::try_from(ROW).unwrap_or(u8::MAX))?;
    for row in rows {
        one(&mut printer, row, dialect, logo)?;
    }
    printer.feeds(TO_THE_KNIFE)?;
    if dialect.cut {
        printer.partial_cut()?;
    }
    printer.print()?;
    drop(printer);
    let bytes = gathered.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(bytes)
}

fn one(printer: &mut Printer<Gathered>, row: &Row, dialect: Dialect, logo: Option<&Bitmap>) -> Result<()> {
    let (line, weight) = match row {
        Row::Blank => {
            printer.feed()?;
            return Ok(());
        }
        Row::Rule => (
            Some(b"-".repeat(dialect.paper.columns())).filter(|_| dialect.page != CodePage::Drawn),
            Weight::Plain,
        ),
        Row::Text { spans, weight } => (dialect.page.encode(&plain_spans(spans)), *weight),
        Row::Logo | Row::Qr(_) => (None, Weight::Plain),
    };
    let Some(line) = line else {
        return picture(printer, &draw_row(row, dialect.paper, logo).bitmap);
    };
    match weight {
        Weight::Plain => printer.custom(&line)?.feed()?,
        Weight::Bold => printer.bold(true)?.custom(&line)?.feed()?.bold(false)?,
        Weight::Large => printer
            .bold(true)?
            .size(2, 2)?
            .custom(&line)?
            .feed()?
            .size(1, 1)?
            .bold(false)?,
    };
    Ok(())
}

/// A picture as raster lines (`GS v 0`), in strips.
fn picture(printer: &mut Printer<Gathered>, bitmap: &Bitmap) -> Result<()> {
    let stride = bitmap.stride();
    let strip = usize::from(stride) * usize::from(STRIP);
    for bytes in bitmap.bytes().chunks(strip.max(1)) {
        let rows = u16::try_from(bytes.len() / usize::from(stride.max(1))).unwrap_or(STRIP);
        let mut command = vec![0x1d, b'v', b'0', 0];
        command.extend(stride.to_le_bytes());
        command.extend(rows.to_le_bytes());
        command.extend(bytes);
        printer.custom(&command)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::print::wire::{PrintLimits, on_the_line};

    /// A shop's picture as large as one is kept, a code, and a row in letters that are drawn.
    fn largest() -> (Vec<Row>, Bitmap) {
        let logo = Bitmap::new(Paper::Mm80.dots(), 240);
        let text = Row::Text {
            spans: vec![crate::receipt::Span {
                column: 0,
                text: "海南鸡饭".to_owned(),
                cells: 8,
                at_right: false,
            }],
            weight: Weight::Plain,
        };
        let mut rows = vec![Row::Logo, Row::Qr("01K0000000000000000Z".to_owned())];
        rows.extend(vec![text; 8]);
        (rows, logo)
    }

    fn dialect() -> Dialect {
        Dialect {
            paper: Paper::Mm80,
            page: CodePage::Cp437,
            cut: true,
        }
    }

    #[test]
    fn a_slow_line_has_the_time_that_a_receipt_with_pictures_takes_on_it() {
        let (rows, logo) = largest();
        let bytes = encode(&rows, dialect(), Some(&logo)).unwrap().len();
        let limit = PrintLimits::default().write;
        let least = Duration::from_secs(u64::try_from(bytes).unwrap() * 10 / 9_600);
        assert!(least > limit, "{bytes} bytes take {least:?}, which shows nothing");
        assert!(limit + on_the_line(bytes, 9_600) > least + limit / 2);
        assert!(on_the_line(bytes, 115_200) < Duration::from_secs(6));
    }

    #[test]
    fn no_picture_has_more_rows_of_dots_than_a_strip() {
        let (rows, logo) = largest();
        let bytes = encode(&rows, dialect(), Some(&logo)).unwrap();
        let mut rest = bytes.as_slice();
        let mut strips = 0;
        while let Some(at) = rest
            .windows(4)
            .position(|command| command == [0x1d, b'v', b'0', 0])
        {
            let head = &rest[at + 4..at + 8];
            let stride = usize::from(u16::from_le_bytes([head[0], head[1]]));
            let tall = u16::from_le_bytes([head[2], head[3]]);
            assert!(tall <= STRIP, "{tall}");
            strips += 1;
            rest = &rest[at + 8 + stride * usize::from(tall)..];
        }
        assert!(strips > 20, "{strips}");
    }
}

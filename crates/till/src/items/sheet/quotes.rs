//! What the quotation marks of a file do where they are not as a spreadsheet writes them: the csv crate takes any text for some
//! table, and one that is left open takes the rows after it into its cell.

/// The most cells that a row has in any spreadsheet.
pub(super) const WIDEST: usize = 16_384;

/// A cell with a quotation mark that somebody forgot to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    /// A place in the text, in bytes, that is in the cell's row.
    pub(super) at: usize,
    /// Which cell of its row it is, from 0.
    pub(super) cell: usize,
}

/// A row has more cells than a spreadsheet has columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooWide;

/// The cells whose quotation mark is not closed where it should be, in their order: the file ends in them, or another cell's mark
/// has closed them lines below, behind which the cell goes on.
///
/// # Errors
/// [`TooWide`]: each cell takes memory to read, also an empty one, and a file that is one row of commas would take a hundred
/// times its size.
pub(super) fn open_cells(text: &str, delimiter: u8) -> Result<Vec<Open>, TooWide> {
    let mut open = Vec::new();
    let mut here = Here::begun(0);
    for (at, byte) in text.bytes().enumerate() {
        if here.quoted {
            match byte {
                b'"' => (here.quoted, here.closed, here.behind) = (false, true, true),
                b'\r' | b'\n' => here.broke = true,
                _ => {}
            }
            continue;
        }
        match byte {
            // The second of two goes on with the cell, as the first began it.
            b'"' if here.begins || here.closed => (here.quoted, here.begins) = (true, false),
            b'\r' | b'\n' => here = Here::begun(0),
            byte if byte == delimiter => {
                here = Here::begun(here.cell + 1);
                if here.cell >= WIDEST {
                    return Err(TooWide);
                }
            }
            byte => {
                if here.behind && here.broke && !byte.is_ascii_whitespace() {
                    open.push(Open { at, cell: here.cell });
                    here.broke = false;
                }
                here.begins = false;
            }
        }
        here.closed = false;
    }
    if here.quoted {
        open.push(Open {
            at: text.len().saturating_sub(1),
            cell: here.cell,
        });
    }
    Ok(open)
}

/// Where in a cell the text stands.
struct Here {
    /// Which cell of its row it is.
    cell: usize,
    /// At its very beginning.
    begins: bool,
    /// Between its quotation marks.
    quoted: bool,
    /// Right after the second one.
    closed: bool,
    /// Anywhere after that.
    behind: bool,
    /// A line broke between them.
    broke: bool,
}

impl Here {
    const fn begun(cell: usize) -> Self {
        Self {
            cell,
            begins: true,
            quoted: false,
            closed: false,
            behind: false,
            broke: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_is_not_closed_is_found_in_its_cell_and_one_that_is_well_is_not() {
        let cells = |text: &str| -> Vec<usize> {
            let open = open_cells(text, b',').unwrap();
            open.iter().map(|open| open.cell).collect()
        };
        assert_eq!(cells("a,b,\"5 inch\nc,d,e\n"), [2]);
        assert_eq!(cells("a,\"5 inch\nc,d\n\"e\",f\n"), [1]);
        assert_eq!(cells("a,\"5 inch\nc,\"d\"\n\"e\",\"f"), [1, 1]);
        for well in [
            "a,\"b\nc\",d\n",
            "a,\"5\"\" pipe\nlong\" ,d\n",
            "a,5\" pipe\nb,\"c\"\n",
            "\"a\"b,c\n",
            "a,\"\"\n",
            "",
        ] {
            assert_eq!(cells(well), Vec::<usize>::new(), "{well:?}");
        }
    }
}

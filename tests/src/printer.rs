//! A receipt printer on the network, as far as a till can tell: it takes a printer's commands, answers as one does, and can be
//! unplugged, run out of paper, or say nothing. What it printed can be read back, row by row.

use crate::{Failure, Outcome};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use till::print::Bitmap;

/// How the printer behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// It prints, and says so when it is asked.
    Well,
    /// It prints, and answers nothing.
    Silent,
    /// Somebody pulls its plug when it has taken so many bytes of a receipt.
    Unplugged {
        /// So many.
        after: usize,
    },
    /// It has no paper.
    NoPaper,
    /// Its cover is open.
    CoverOpen,
    /// Its paper ends after so many rows.
    RunsOut {
        /// So many.
        after: usize,
    },
}

/// Something that came out of the printer, or that it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A row of letters.
    Text {
        /// What it says.
        text: String,
        /// In bold.
        bold: bool,
        /// Twice as wide and high.
        large: bool,
    },
    /// A picture.
    Picture(Bitmap),
    /// The knife.
    Cut,
    /// The drawer was opened.
    Kick,
    /// Bytes that are no command of a printer's.
    Nonsense(Vec<u8>),
}

#[derive(Default)]
struct Desk {
    manner: Option<Manner>,
    sheets: Vec<Vec<Mark>>,
    ended: usize,
    closing: bool,
}

/// The printer. It is switched off when this is dropped.
pub struct Printer {
    address: SocketAddr,
    desk: Arc<(Mutex<Desk>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Printer {
    /// Switches one on, at an address of this machine.
    ///
    /// # Errors
    /// When it cannot listen.
    pub fn start(manner: Manner) -> Outcome<Self> {
        Self::start_at("127.0.0.1:0", manner)
    }

    /// Switches one on at a known address: the same printer after its plug was put back.
    ///
    /// # Errors
    /// When it cannot listen.
    pub fn start_at(address: &str, manner: Manner) -> Outcome<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let desk = Arc::new((
            Mutex::new(Desk {
                manner: Some(manner),
                ..Desk::default()
            }),
            Condvar::new(),
        ));
        let shared = Arc::clone(&desk);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if lock(&shared.0).closing {
                    return;
                }
                if let Ok(stream) = stream {
                    serve(stream, &shared);
                    lock(&shared.0).ended += 1;
                    shared.1.notify_all();
                }
            }
        });
        Ok(Self {
            address,
            desk,
            thread: Some(thread),
        })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// From now on it behaves like this.
    pub fn behave(&self, manner: Manner) {
        lock(&self.desk.0).manner = Some(manner);
    }

    /// What came out of it, connection by connection; those that printed nothing are left out.
    #[must_use]
    pub fn sheets(&self) -> Vec<Vec<Mark>> {
        let desk = lock(&self.desk.0);
        desk.sheets
            .iter()
            .filter(|sheet| !sheet.is_empty())
            .cloned()
            .collect()
    }

    /// The same, once so many connections have ended.
    ///
    /// # Errors
    /// When they have not in half a minute.
    pub fn sheets_after(&self, connections: usize) -> Outcome<Vec<Vec<Mark>>> {
        let limit = Duration::from_secs(30);
        let waited = self
            .desk
            .1
            .wait_timeout_while(lock(&self.desk.0), limit, |desk| desk.ended < connections);
        let (desk, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        drop(desk);
        if timeout.timed_out() {
            return Err(Failure::new("the printer was never reached"));
        }
        Ok(self.sheets())
    }
}

impl Drop for Printer {
    fn drop(&mut self) {
        lock(&self.desk.0).closing = true;
        // Wakes the one who waits for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: TcpStream, desk: &(Mutex<Desk>, Condvar)) {
    let number = {
        let mut desk = lock(&desk.0);
        desk.sheets.push(Vec::new());
        desk.sheets.len() - 1
    };
    // A till that hangs must not hang the test.
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let mut head = Head::default();
    let (mut buffer, mut shown) = ([0; 1], 0);
    while let Ok(1) = stream.read(&mut buffer) {
        let manner = lock(&desk.0).manner.unwrap_or(Manner::Well);
        let answer = head.take(buffer[0], manner);
        if head.marks.len() > shown {
            shown = head.marks.len();
            lock(&desk.0).sheets[number].clone_from(&head.marks);
        }
        if let Some(answer) = answer
            && stream.write_all(&[answer]).is_err()
        {
            return;
        }
        if matches!(manner, Manner::Unplugged { after } if head.taken >= after) {
            return;
        }
    }
}

/// The printer's head: what it has been told so far.
#[derive(Default)]
struct Head {
    command: Vec<u8>,
    line: Vec<u8>,
    bold: bool,
    large: bool,
    marks: Vec<Mark>,
    /// How many bytes it took that were no question.
    taken: usize,
}

impl Head {
    /// Takes a byte; what it answers, if anything.
    fn take(&mut self, byte: u8, manner: Manner) -> Option<u8> {
        self.taken += 1;
        if self.command.is_empty() && !matches!(byte, 0x1b | 0x1d | 0x10) {
            self.letter(byte, manner);
            return None;
        }
        self.command.push(byte);
        let wanted = length(&self.command)?;
        if self.command.len() < wanted {
            return None;
        }
        let command = std::mem::take(&mut self.command);
        self.obey(&command, manner)
    }

    fn letter(&mut self, byte: u8, manner: Manner) {
        if byte != b'\n' {
            self.line.push(byte);
            return;
        }
        let text =
            oem_cp::decode_string_complete_table(&self.line, &oem_cp::code_table::DECODING_TABLE_CP437);
        self.line.clear();
        self.mark(
            Mark::Text {
                text,
                bold: self.bold,
                large: self.large,
            },
            manner,
        );
    }

    fn mark(&mut self, mark: Mark, manner: Manner) {
        let has_paper = match manner {
            Manner::NoPaper | Manner::CoverOpen => false,
            Manner::RunsOut { after } => self.marks.len() < after,
            Manner::Well | Manner::Silent | Manner::Unplugged { .. } => true,
        };
        if has_paper {
            self.marks.push(mark);
        }
    }

    fn obey(&mut self, command: &[u8], manner: Manner) -> Option<u8> {
        match command {
            [0x10, 0x04, question] => {
                self.taken -= 3;
                return now(*question, manner, self.is_out(manner));
            }
            [0x1d, b'r', 1] => {
                self.taken -= 3;
                // In its turn: one that has stopped for want of paper does not come to it.
                let goes_on = matches!(manner, Manner::Well | Manner::Unplugged { .. })
                    || (matches!(manner, Manner::RunsOut { .. }) && !self.is_out(manner));
                return goes_on.then_some(0);
            }
            [0x1b, b'@'] => {
                self.bold = false;
                self.large = false;
            }
            [0x1b, b't' | b'3', _] | [0x1d, b'a', _] => {}
            [0x1b, b'E', on] => self.bold = *on == 1,
            [0x1d, b'!', size] => self.large = *size == 0x11,
            [0x1b, b'd', rows] => {
                for _ in 0..*rows {
                    self.letter(b'\n', manner);
                }
            }
            [0x1d, b'V', ..] => self.mark(Mark::Cut, manner),
            // In its turn, which does not come to a printer that has stopped.
            [0x1b, b'p', ..] => self.mark(Mark::Kick, manner),
            // At once, whatever is the matter.
            [0x10, 0x14, 1, 0, _] => self.marks.push(Mark::Kick),
            [0x1d, b'v', b'0', 0, wide, wide_high, tall, tall_high, dots @ ..] => {
                let width = u16::from_le_bytes([*wide, *wide_high]).saturating_mul(8);
                let picture = Bitmap::from_bytes(width, u16::from_le_bytes([*tall, *tall_high]), dots);
                let mark = picture.map_or_else(|| Mark::Nonsense(command.to_vec()), Mark::Picture);
                self.mark(mark, manner);
            }
            other => self.marks.push(Mark::Nonsense(other.to_vec())),
        }
        None
    }

    fn is_out(&self, manner: Manner) -> bool {
        match manner {
            Manner::NoPaper => true,
            Manner::RunsOut { after } => self.marks.len() >= after,
            Manner::Well | Manner::Silent | Manner::Unplugged { .. } | Manner::CoverOpen => false,
        }
    }
}

/// The answer that is given at once.
fn now(question: u8, manner: Manner, out: bool) -> Option<u8> {
    match (manner, question) {
        (Manner::Silent, _) => None,
        (Manner::CoverOpen, 2) => Some(0x16),
        (_, 2) if out => Some(0x32),
        (_, 4) if out => Some(0x72),
        (_, _) => Some(0x12),
    }
}

/// How long a command is; none before that can be told.
fn length(command: &[u8]) -> Option<usize> {
    match command {
        [0x10, 0x04, ..] | [0x1d, b'a', ..] => Some(3),
        [0x10, 0x14, ..] => Some(5),
        [0x1b, b'@', ..] => Some(2),
        [0x1b, b't' | b'3' | b'E' | b'd', ..] | [0x1d, b'!' | b'r', ..] => Some(3),
        [0x1b, b'p', ..] => Some(5),
        [0x1d, b'V', b'A' | b'B', ..] => Some(4),
        [0x1d, b'V', _, ..] => Some(3),
        [0x1d, b'v', b'0', _, wide, wide_high, tall, tall_high, ..] => {
            let bytes = usize::from(u16::from_le_bytes([*wide, *wide_high]))
                * usize::from(u16::from_le_bytes([*tall, *tall_high]));
            Some(8 + bytes)
        }
        [0x1d, b'v', ..] | [_] | [0x1d, b'V'] => None,
        other => Some(other.len()),
    }
}

//! Follows the structure of CSV over bytes that are known to be UTF-8: where records begin, in
//! which line, and whether quotes are well formed.
//!
//! Two machines over the same states. [`Scan`] is the fast one: it jumps from quote to quote and
//! from line end to line end. [`Tracker`] looks at every byte and so knows cell and character;
//! it runs only over what is after the last begin of a record in a window, to know the place of
//! whatever comes next.

use std::collections::VecDeque;

use memchr::memchr3;

use super::error::Place;

const QUOTE: u8 = b'"';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first byte of a record; line ends here are blank lines.
    LineStart,
    /// Before the first byte of a cell that is not the first.
    CellStart,
    /// Within a cell without quotes; a quote here is text.
    Plain,
    /// Within quotes.
    Quoted,
    /// After a quote within quotes: it closes, unless another one follows.
    AfterQuote,
}

/// The fast machine.
pub(crate) struct Scan {
    delimiter: u8,
    state: State,
    /// The byte before was a CR, so that an LF does not end another line.
    cr: bool,
    /// The line of the next byte.
    line: u64,
    /// Where in the bytes of this run the last record begins, with its line.
    last: Option<(usize, u64)>,
}

impl Scan {
    pub(crate) fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::LineStart, cr: false, line: 1, last: None }
    }

    /// Where in the bytes of the last run the last record begins, with its line.
    pub(crate) fn last(&self) -> Option<(usize, u64)> {
        self.last
    }

    /// Whether the text so far ends within quotes.
    pub(crate) fn is_open(&self) -> bool {
        self.state == State::Quoted
    }

    /// Goes on over `bytes` and adds the line of each record that begins there to `starts`.
    /// `Err` is the index of text after a closing quote.
    pub(crate) fn run(&mut self, bytes: &[u8], starts: &mut VecDeque<u64>) -> Result<(), usize> {
        self.last = None;
        let mut i = 0;
        while let Some(&byte) = bytes.get(i) {
            match self.state {
                State::LineStart => {
                    if !self.line_end(byte) {
                        starts.push_back(self.line);
                        self.last = Some((i, self.line));
                        self.state = State::CellStart;
                        continue;
                    }
                }
                State::CellStart | State::AfterQuote if byte == QUOTE => self.state = State::Quoted,
                State::CellStart => {
                    self.state = State::Plain;
                    continue;
                }
                State::Plain => {
                    let Some(at) = find(bytes, i) else {
                        self.cr = false;
                        // A separator as the last byte is seen from the next run.
                        if bytes.last() == Some(&self.delimiter) {
                            self.state = State::CellStart;
                        }
                        return Ok(());
                    };
                    i = at;
                    if bytes[i] != QUOTE {
                        self.cr = false;
                        self.line_end(bytes[i]);
                        self.state = State::LineStart;
                    } else if i > 0 && bytes[i - 1] == self.delimiter {
                        self.state = State::Quoted;
                    }
                }
                State::Quoted => {
                    let Some(at) = find(bytes, i) else {
                        self.cr = false;
                        return Ok(());
                    };
                    self.cr &= at == i;
                    i = at;
                    if bytes[i] != QUOTE {
                        self.line_end(bytes[i]);
                    } else if matches!(bytes.get(i + 1..i + 3), Some([d, QUOTE]) if *d == self.delimiter) {
                        // The end of a quoted cell and the begin of the next one.
                        self.cr = false;
                        i += 2;
                    } else {
                        self.cr = false;
                        self.state = State::AfterQuote;
                    }
                }
                State::AfterQuote if byte == self.delimiter => self.state = State::CellStart,
                State::AfterQuote => {
                    if !self.line_end(byte) {
                        return Err(i);
                    }
                    self.state = State::LineStart;
                }
            }
            i += 1;
        }
        Ok(())
    }

    /// Counts the line if `byte` ends one: LF, CR, or CR LF as one.
    fn line_end(&mut self, byte: u8) -> bool {
        let after = std::mem::replace(&mut self.cr, byte == b'\r');
        match byte {
            b'\n' => self.line += u64::from(!after),
            b'\r' => self.line += 1,
            _ => return false,
        }
        true
    }
}

/// The first quote or line end at or after `from`.
#[inline]
fn find(bytes: &[u8], from: usize) -> Option<usize> {
    // Eight bytes at once, for cells that are too short for memchr to pay.
    const LOW: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    // The lowest bit that is set is at the first byte that equals; above it may be others.
    let equal = |word: u64, byte: u8| {
        let zero = word ^ (LOW * u64::from(byte));
        zero.wrapping_sub(LOW) & !zero & HIGH
    };
    let mut at = from;
    for _ in 0..4 {
        let Some(chunk) = bytes[at..].first_chunk() else {
            break;
        };
        let word = u64::from_le_bytes(*chunk);
        let found = equal(word, QUOTE) | equal(word, b'\n') | equal(word, b'\r');
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    memchr3(QUOTE, b'\n', b'\r', &bytes[at..]).map(|step| at + step)
}

/// The machine that knows the place of the next byte.
pub(crate) struct Tracker {
    delimiter: u8,
    state: State,
    cr: bool,
    place: Place,
    /// Where the record begins.
    record: Place,
    /// Where the last quote that opened a cell stands.
    opened: Place,
    /// Bytes since the record began.
    length: usize,
}

impl Tracker {
    /// At the begin of a record in `line`.
    pub(crate) fn new(delimiter: u8, line: u64) -> Self {
        let place = Place { line, column: 1, character: 1 };
        Self { delimiter, state: State::LineStart, cr: false, place, record: place, opened: place, length: 0 }
    }

    /// Goes to the begin of a record in `line`.
    pub(crate) fn restart(&mut self, line: u64) {
        *self = Self::new(self.delimiter, line);
    }

    pub(crate) fn place(&self) -> Place {
        self.place
    }

    pub(crate) fn record(&self) -> Place {
        self.record
    }

    pub(crate) fn opened(&self) -> Place {
        self.opened
    }

    pub(crate) fn length(&self) -> usize {
        self.length
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.step(byte);
        }
    }

    fn step(&mut self, byte: u8) {
        let ends = matches!(byte, b'\n' | b'\r');
        if self.state == State::LineStart && !ends {
            self.record = self.place;
            self.length = 0;
            self.state = State::CellStart;
        }
        self.length = self.length.saturating_add(1);
        self.state = match self.state {
            State::LineStart => {
                self.length = 0;
                State::LineStart
            }
            State::CellStart if byte == QUOTE => {
                self.opened = self.place;
                State::Quoted
            }
            State::CellStart | State::Plain | State::AfterQuote if byte == self.delimiter => {
                self.place.column += 1;
                State::CellStart
            }
            State::CellStart | State::Plain | State::AfterQuote if ends => {
                self.place.column = 1;
                self.length = 0;
                State::LineStart
            }
            State::CellStart | State::Plain => State::Plain,
            State::Quoted if byte == QUOTE => State::AfterQuote,
            State::Quoted | State::AfterQuote => State::Quoted,
        };
        let after = std::mem::replace(&mut self.cr, byte == b'\r');
        if ends {
            self.place.line += u64::from(byte == b'\r' || !after);
            self.place.character = 1;
        } else if byte & 0xC0 != 0x80 {
            self.place.character += 1;
        }
    }
}

//! A reader of checked text.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_16BE, UTF_16LE};

use super::dialect::{Dialect, Encoding};
use super::error::{Looks, RowsError};
use super::scan::{Scan, Tracker};
use super::sniff;

/// The byte order mark.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Passes a CSV file on as UTF-8 without byte order mark, and checks it on the way.
///
/// It works in windows of 1 MB and holds no more, however long a record is. What it passes on is
/// UTF-8 without a NUL in which every quote that opens a cell is closed and followed by a
/// separator or a line end. The bytes before a mistake are passed on first; then `read` fails
/// once, with a [`RowsError`] inside the [`io::Error`], and what follows is the end of the file.
///
/// ```
/// use std::io::Read;
/// use qingdan::table::csv::{Checked, Dialect, RowsError};
///
/// let mut text = String::new();
/// let error = Checked::new("a,b\n1,\"2\n".as_bytes(), &Dialect::default())
///     .read_to_string(&mut text)
///     .unwrap_err();
/// let error = error.downcast::<RowsError>().unwrap();
/// assert!(matches!(&error, RowsError::UnclosedQuote { place } if place.line == 2));
/// ```
pub struct Checked<R> {
    reader: R,
    other: Option<Box<Decoding>>,
    limits: (usize, usize),
    window: Vec<u8>,
    /// What of the window is checked and not yet passed on.
    ready: std::ops::Range<usize>,
    /// A sequence that the next window completes, at the end of the last one.
    rest: std::ops::Range<usize>,
    /// Nothing but byte order marks so far.
    at_start: bool,
    at_end: bool,
    /// To be reported after what is ready.
    error: Option<RowsError>,
    scan: Scan,
    tracker: Tracker,
    /// The lines in which records begin, if somebody takes them.
    starts: VecDeque<u64>,
    keeps_starts: bool,
}

/// A text in another encoding than UTF-8 on its way into the window.
struct Decoding {
    encoding: Encoding,
    decoder: Decoder,
    raw: Vec<u8>,
    /// The last bytes of the piece before the one in `raw`.
    before: [u8; 4],
    /// What of `raw` is read and not yet decoded.
    ready: std::ops::Range<usize>,
    at_start: bool,
    at_end: bool,
    error: Option<io::Error>,
}

/// What is wrong behind the good bytes of a window.
enum Wrong {
    Encoding(Looks),
    NotUtf8(u8, Option<Looks>),
    NotGb18030(u8, Option<Looks>),
    NotUtf16(Option<u16>),
    Nul,
    Io(io::Error),
}

impl<R: Read> Checked<R> {
    /// Reads `reader` as `dialect` says.
    pub fn new(reader: R, dialect: &Dialect) -> Self {
        // A window must hold a whole character, and the decoder wants room for two.
        let window = dialect.window.max(16);
        let delimiter = dialect.delimiter.byte();
        Self {
            reader,
            other: (dialect.encoding != Encoding::Utf8)
                .then(|| Box::new(Decoding::new(dialect.encoding, window / 2))),
            limits: (dialect.max_columns, dialect.max_record),
            window: vec![0; window],
            ready: 0..0,
            rest: 0..0,
            at_start: true,
            at_end: false,
            error: None,
            scan: Scan::new(delimiter),
            tracker: Tracker::new(delimiter, 1),
            starts: VecDeque::new(),
            keeps_starts: false,
        }
    }

    /// The same, for a caller that takes the line of each record by
    /// [`next_start`](Self::next_start).
    pub(crate) fn with_starts(reader: R, dialect: &Dialect) -> Self {
        Self { keeps_starts: true, ..Self::new(reader, dialect) }
    }

    /// The line in which the next record begins, for each record in turn that was passed on.
    pub(crate) fn next_start(&mut self) -> Option<u64> {
        self.starts.pop_front()
    }

    /// Fills the window anew and checks what is in it.
    fn refill(&mut self) {
        let first = self.at_start;
        let (good, mut wrong) = match &mut self.other {
            None => self.fill_utf8(),
            Some(other) => other.fill(&mut self.reader, &mut self.window, &mut self.at_end),
        };
        let mut end = good;
        if let Some(nul) = memchr::memchr(0, &self.window[..good]) {
            end = nul;
            wrong = Some(match sniff::wide(&self.window[..good]) {
                Some(looks) if first && self.other.is_none() => Wrong::Encoding(looks),
                _ => Wrong::Nul,
            });
        }
        let mut start = 0;
        while self.at_start && self.window[start..end].starts_with(MARK) {
            start += MARK.len();
        }
        self.at_start &= start == end;
        if matches!(wrong, Some(Wrong::Encoding(_))) {
            end = start;
        }

        let bytes = &self.window[start..end];
        let run = self.scan.run(bytes, &mut self.starts);
        if !self.keeps_starts {
            self.starts.clear();
        }
        let stop = run.err().unwrap_or(bytes.len());
        let last = match self.scan.last() {
            Some((at, line)) => {
                self.tracker.restart(line);
                at
            }
            None => 0,
        };
        self.tracker.feed(&bytes[last..stop]);
        self.ready = start..start + stop;

        if run.is_err() {
            self.error = Some(RowsError::TextAfterQuote {
                place: self.tracker.place(),
                opened: self.tracker.opened().line,
            });
        } else if self.tracker.place().column > self.limits.0 as u64 {
            self.error =
                Some(RowsError::TooManyColumns { place: self.tracker.record(), limit: self.limits.0 });
        } else if self.tracker.length() > self.limits.1 {
            self.error = Some(RowsError::RecordTooLong {
                place: if self.scan.is_open() { self.tracker.opened() } else { self.tracker.record() },
                limit: self.limits.1,
            });
        } else if let Some(wrong) = wrong {
            self.error = Some(self.place(wrong));
        } else if self.at_end && self.scan.is_open() {
            self.error = Some(RowsError::UnclosedQuote { place: self.tracker.opened() });
        }
        self.at_end |= self.error.is_some();
    }

    /// Reads on until the window is full; how much of it is good, and what is wrong behind.
    fn fill_utf8(&mut self) -> (usize, Option<Wrong>) {
        let rest = self.rest.len();
        self.window.copy_within(self.rest.clone(), 0);
        self.rest = 0..0;
        let (read, error) = read_full(&mut self.reader, &mut self.window[rest..]);
        let bytes = &self.window[..rest + read];
        if self.at_start
            && let Some(looks) = sniff::by_mark(bytes)
        {
            return (0, Some(Wrong::Encoding(looks)));
        }
        self.at_end = bytes.len() < self.window.len() && error.is_none();
        let good = encoding_rs::Encoding::utf8_valid_up_to(bytes);
        if good == bytes.len() {
            return (good, error.map(Wrong::Io));
        }
        let sequence = &bytes[good..bytes.len().min(good + 4)];
        let cut = std::str::from_utf8(sequence).is_err_and(|e| e.error_len().is_none());
        if cut && let Some(error) = error {
            return (good, Some(Wrong::Io(error)));
        }
        if cut && !self.at_end {
            self.rest = good..bytes.len();
            return (good, None);
        }
        if self.at_start
            && let Some(looks) = sniff::wide(bytes)
        {
            return (0, Some(Wrong::Encoding(looks)));
        }
        let looks = sniff::gb18030(bytes, good).then_some(Looks::Gb18030);
        (good, Some(Wrong::NotUtf8(sequence[0], looks)))
    }

    /// The error at the place behind what was scanned.
    fn place(&self, wrong: Wrong) -> RowsError {
        let place = self.tracker.place();
        match wrong {
            Wrong::Encoding(looks) => RowsError::WrongEncoding { looks },
            Wrong::NotUtf8(byte, looks) => RowsError::NotUtf8 { place, byte, looks },
            Wrong::NotGb18030(byte, looks) => RowsError::NotGb18030 { place, byte, looks },
            Wrong::NotUtf16(unit) => RowsError::NotUtf16 { place, unit },
            Wrong::Nul => RowsError::Nul { place },
            Wrong::Io(source) => RowsError::Io { place, source },
        }
    }
}

impl Decoding {
    fn new(encoding: Encoding, piece: usize) -> Self {
        let decoder = match encoding {
            Encoding::Utf16Be => UTF_16BE,
            // The first bytes may say another order.
            Encoding::Utf16 | Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf8 | Encoding::Gb18030 => GB18030,
        };
        Self {
            encoding,
            decoder: decoder.new_decoder_without_bom_handling(),
            raw: vec![0; piece],
            before: [0; 4],
            ready: 0..0,
            at_start: true,
            at_end: false,
            error: None,
        }
    }

    /// Looks at the first bytes: what the text is instead, or the order of its bytes.
    fn begin(&mut self, read: usize) -> Option<Looks> {
        let raw = &self.raw[..read];
        match self.encoding {
            Encoding::Utf8 | Encoding::Gb18030 => sniff::by_mark(raw)
                .or_else(|| sniff::wide(raw))
                .or_else(|| sniff::utf8(raw).then_some(Looks::Utf8)),
            Encoding::Utf16 => {
                self.decoder = sniff::order(raw).new_decoder_without_bom_handling();
                sniff::not_utf16(raw)
            }
            Encoding::Utf16Le | Encoding::Utf16Be => sniff::not_utf16(raw).or_else(|| {
                let marked = sniff::by_mark(raw).is_some();
                (marked && sniff::order(raw) != self.decoder.encoding()).then_some(Looks::Utf16)
            }),
        }
    }

    /// What is wrong with the sequence of `length` bytes, the first of which stands `back` bytes before
    /// `end` in what is read and not yet decoded.
    fn malformed(&self, end: usize, back: usize, length: u8) -> Wrong {
        let raw = &self.raw[self.ready.clone()];
        // The sequence may have begun in the piece before.
        let byte = |back: usize| {
            let byte = match end.checked_sub(back) {
                Some(at) => raw.get(at),
                None => (self.before.len() + end).checked_sub(back).and_then(|at| self.before.get(at)),
            };
            byte.copied().unwrap_or_default()
        };
        match self.encoding {
            Encoding::Utf8 | Encoding::Gb18030 => {
                let looks = sniff::all_utf8(&self.raw[..self.ready.end]).then_some(Looks::Utf8);
                Wrong::NotGb18030(byte(back), looks)
            }
            Encoding::Utf16 | Encoding::Utf16Le | Encoding::Utf16Be => {
                let pair = [byte(back), byte(back.saturating_sub(1))];
                let little = self.decoder.encoding() == UTF_16LE;
                let unit = if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) };
                Wrong::NotUtf16((length > 1).then_some(unit))
            }
        }
    }

    /// Decodes on until the window is full; how much of it is good, and what is wrong behind.
    fn fill<R: Read>(
        &mut self,
        reader: &mut R,
        window: &mut [u8],
        at_end: &mut bool,
    ) -> (usize, Option<Wrong>) {
        let mut good = 0;
        loop {
            if self.ready.is_empty() && !self.at_end {
                if let Some(before) = self.raw.last_chunk() {
                    self.before = *before;
                }
                let (read, error) = read_full(reader, &mut self.raw);
                self.ready = 0..read;
                self.at_end = read < self.raw.len();
                self.error = error;
                if std::mem::take(&mut self.at_start)
                    && let Some(looks) = self.begin(read)
                {
                    return (0, Some(Wrong::Encoding(looks)));
                }
            }
            let last = self.at_end && self.error.is_none();
            let raw = &self.raw[self.ready.clone()];
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, &mut window[good..], last);
            good += written;
            match result {
                DecoderResult::OutputFull => {
                    self.ready.start += read;
                    return (good, None);
                }
                DecoderResult::Malformed(length, after) => {
                    let back = usize::from(length) + usize::from(after);
                    return (good, Some(self.malformed(read, back, length)));
                }
                DecoderResult::InputEmpty => {
                    self.ready = 0..0;
                    if let Some(error) = self.error.take() {
                        return (good, Some(Wrong::Io(error)));
                    }
                    if self.at_end {
                        *at_end = true;
                        return (good, None);
                    }
                }
            }
        }
    }
}

/// Reads until `bytes` is full or the file ends; what was read before an error counts.
fn read_full<R: Read>(reader: &mut R, bytes: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut read = 0;
    while read < bytes.len() {
        match reader.read(&mut bytes[read..]) {
            Ok(0) => break,
            // A reader that says more than it has is one of the kind that may not panic us.
            Ok(n) => read = (read + n).min(bytes.len()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (read, Some(error)),
        }
    }
    (read, None)
}

impl<R> fmt::Debug for Checked<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked")
            .field("place", &self.tracker.place())
            .field("ready", &self.ready)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() && !out.is_empty() {
            if let Some(error) = self.error.take() {
                let kind = match &error {
                    RowsError::Io { source, .. } => source.kind(),
                    _ => io::ErrorKind::InvalidData,
                };
                return Err(io::Error::new(kind, error));
            }
            if self.at_end {
                return Ok(0);
            }
            self.refill();
        }
        let length = out.len().min(self.ready.len());
        let from = self.ready.start;
        out[..length].copy_from_slice(&self.window[from..from + length]);
        self.ready.start += length;
        Ok(length)
    }
}

//! Rows into a CSV file.

use std::io::{self, Write};

use csv::{QuoteStyle, StringRecord, Terminator, WriterBuilder};

use super::dialect::Delimiter;

/// Writes rows as CSV in UTF-8: lines end with CR LF, cells are quoted where they must be.
///
/// What it writes, [`Rows`](super::Rows) reads again to the byte. With the byte order mark Excel
/// too opens a file with Chinese as it is meant.
///
/// ```
/// use qingdan::table::csv::{Delimiter, Writer};
///
/// let mut file = Vec::new();
/// let mut writer = Writer::with_mark(&mut file, Delimiter::Comma)?;
/// writer.write_row(["编号", "名称"])?;
/// writer.write_row(["01", "食品,\n许可"])?;
/// writer.finish()?;
/// assert_eq!(file, "\u{FEFF}编号,名称\r\n01,\"食品,\n许可\"\r\n".as_bytes());
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// Call [`finish`](Self::finish) at the end: a writer that is dropped writes what it still holds,
/// but errors are lost then.
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: Out<W>,
    delimiter: Delimiter,
    record: StringRecord,
}

#[derive(Debug)]
enum Out<W: Write> {
    /// Before the first row.
    New(W),
    Open(Box<csv::Writer<W>>),
    /// The first row could not be written.
    Failed,
}

impl<W: Write> Writer<W> {
    /// Writes to `writer`, without byte order mark.
    pub fn new(writer: W, delimiter: Delimiter) -> Self {
        Self { out: Out::New(writer), delimiter, record: StringRecord::new() }
    }

    /// Writes to `writer`, a byte order mark first.
    ///
    /// # Errors
    ///
    /// If the mark cannot be written.
    pub fn with_mark(mut writer: W, delimiter: Delimiter) -> io::Result<Self> {
        writer.write_all("\u{FEFF}".as_bytes())?;
        Ok(Self::new(writer, delimiter))
    }

    /// Writes a row. A row without cells is written as one empty cell, `""`, since a blank line
    /// is no row.
    ///
    /// # Errors
    ///
    /// If a cell has a NUL, which no reader takes (nothing of the row is written then), or if the
    /// writer fails.
    pub fn write_row<I>(&mut self, cells: I) -> io::Result<()>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        self.record.clear();
        for cell in cells {
            self.record.push_field(cell.as_ref());
        }
        if self.record.as_slice().contains('\0') {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a cell has a NUL character, which CSV cannot hold: remove it",
            ));
        }
        let record = self.record.as_byte_record();
        match &mut self.out {
            Out::Open(writer) => writer.write_byte_record(record)?,
            out => {
                let Out::New(mut writer) = std::mem::replace(out, Out::Failed) else {
                    return Err(io::Error::other("the row before could not be written"));
                };
                // In quotes it is text, without them a reader takes it for the mark.
                if record.get(0).is_some_and(|cell| cell.starts_with("\u{FEFF}".as_bytes())) {
                    let mut first =
                        builder(self.delimiter).quote_style(QuoteStyle::Always).from_writer(Vec::new());
                    first.write_byte_record(record)?;
                    let first = first.into_inner().map_err(csv::IntoInnerError::into_error)?;
                    writer.write_all(&first)?;
                    *out = Out::Open(Box::new(builder(self.delimiter).from_writer(writer)));
                } else {
                    let mut writer = builder(self.delimiter).from_writer(writer);
                    writer.write_byte_record(record)?;
                    *out = Out::Open(Box::new(writer));
                }
            }
        }
        Ok(())
    }

    /// Writes what is still held, and gives the writer back.
    ///
    /// # Errors
    ///
    /// If the writer fails, or failed before.
    pub fn finish(self) -> io::Result<W> {
        match self.out {
            Out::New(mut writer) => {
                writer.flush()?;
                Ok(writer)
            }
            Out::Open(mut writer) => {
                writer.flush()?;
                writer.into_inner().map_err(csv::IntoInnerError::into_error)
            }
            Out::Failed => Err(io::Error::other("the first row could not be written")),
        }
    }
}

fn builder(delimiter: Delimiter) -> WriterBuilder {
    let mut builder = WriterBuilder::new();
    builder
        .delimiter(delimiter.byte())
        .terminator(Terminator::CRLF)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(64 << 10);
    builder
}

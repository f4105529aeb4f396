//! Rows of a CSV file.

use std::borrow::Cow;
use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::UTF_8;

use super::checked::Checked;
use super::dialect::Dialect;
use super::error::{Place, RowsError};

/// The rows of a CSV file, one by one, the header before them.
///
/// Blank lines are no rows. Cells are what stands in the file, to the byte, without the quotes
/// around a cell and with doubled quotes within them as one. A row may have fewer or more cells
/// than the header; [`Row::len`] tells.
///
/// After an error there are no further rows; all rows before it were given.
#[derive(Debug)]
pub struct Rows<R> {
    reader: csv::Reader<Checked<R>>,
    header: Vec<String>,
    header_line: u64,
    line: u64,
    max_columns: usize,
    done: bool,
}

impl<R: Read> Rows<R> {
    /// Opens a table and reads its header, the first row.
    ///
    /// Nothing is gained by a [`BufReader`](io::BufReader) around `reader`.
    ///
    /// # Errors
    ///
    /// If there is no row, or an error comes before its end.
    pub fn open(reader: R, dialect: &Dialect) -> Result<Self, RowsError> {
        let mut rows = Self {
            reader: ReaderBuilder::new()
                .delimiter(dialect.delimiter.byte())
                .has_headers(false)
                .flexible(true)
                .buffer_capacity(64 << 10)
                .from_reader(Checked::with_starts(reader, dialect)),
            header: Vec::new(),
            header_line: 1,
            line: 0,
            max_columns: dialect.max_columns,
            done: false,
        };
        let mut row = Row::default();
        if !rows.next_row(&mut row)? {
            return Err(RowsError::Empty);
        }
        rows.header = row.iter().map(str::to_owned).collect();
        rows.header_line = row.line;
        Ok(rows)
    }

    /// The cells of the first row.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The line in which the header begins.
    #[must_use]
    pub fn header_line(&self) -> u64 {
        self.header_line
    }

    /// Reads the next row into `row`; `false`, and an empty row, if there is none.
    ///
    /// # Errors
    ///
    /// Whatever [`RowsError`] names. There is no next row after an error.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, RowsError> {
        if self.done {
            row.clear();
            return Ok(false);
        }
        let read = self.reader.read_byte_record(&mut row.record);
        self.done = !matches!(read, Ok(true));
        match read {
            Ok(true) => {
                // Each record that comes out was seen going in.
                self.line = self.reader.get_mut().next_start().unwrap_or(self.line + 1);
                row.line = self.line;
            }
            Ok(false) => {
                row.clear();
                return Ok(false);
            }
            Err(error) => {
                row.clear();
                return Err(self.error(error));
            }
        }
        if row.len() > self.max_columns {
            self.done = true;
            row.clear();
            return Err(RowsError::TooManyColumns { place: self.place(), limit: self.max_columns });
        }
        row.decode();
        Ok(true)
    }

    /// The begin of the last row.
    fn place(&self) -> Place {
        Place { line: self.line.max(1), column: 1, character: 1 }
    }

    /// The error of ours that came through the csv crate, which has none of its own here.
    fn error(&self, error: csv::Error) -> RowsError {
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        match error.downcast() {
            Ok(error) => error,
            Err(source) => RowsError::Io { place: self.place(), source },
        }
    }
}

/// A row of cells, to be used again for the next one.
#[derive(Clone, Debug, Default)]
pub struct Row {
    line: u64,
    /// Where the cells are; their bytes are those of `text`.
    record: ByteRecord,
    text: String,
}

impl Row {
    /// The line of the file in which the row begins, from 1. Line ends within quoted cells and
    /// blank lines count; LF, CR LF and a lone CR end a line.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many cells the row has; at least one, if it was read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// Whether there is no cell: no row was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    /// The text of a cell, the first is 0; empty, where the row is too short to have it.
    #[must_use]
    pub fn cell(&self, index: usize) -> &str {
        self.get(index).unwrap_or_default()
    }

    /// The text of a cell, if the row has it.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        self.text.get(self.record.range(index)?)
    }

    /// All cells from left to right.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|index| self.cell(index))
    }

    /// The column of a cell as diagnostics (`FILE:12:3:`) count it, from 1.
    #[must_use]
    pub fn column_of(&self, index: usize) -> u64 {
        index as u64 + 1
    }

    fn clear(&mut self) {
        self.line = 0;
        self.record.clear();
        self.text.clear();
    }

    /// Takes the bytes of the record as text, all at once: cell by cell takes as long as reading.
    fn decode(&mut self) {
        let bytes = self.record.as_slice();
        let text = if bytes.len() < 64 {
            std::str::from_utf8(bytes).map(Cow::Borrowed).ok()
        } else {
            UTF_8.decode_without_bom_handling_and_without_replacement(bytes)
        };
        self.text.clear();
        // What comes through `Checked` is UTF-8, and so are the cells of it.
        self.text.push_str(&text.unwrap_or_default());
    }
}

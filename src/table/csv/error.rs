//! What can be wrong with a file before its cells mean anything.

use crate::problem::Message;
use std::fmt;
use std::io;

/// A place in a file, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Place {
    /// The line of the file; line ends within quoted cells count.
    pub line: u64,
    /// Which cell of its row it is, the first is 1: the column of the table.
    pub column: u64,
    /// The character within the line, quotes and separators counted, a byte order mark not.
    pub character: u64,
}

impl fmt::Display for Place {
    /// `line 12, column 3`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// What a file looks like that is not in the encoding in which it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Looks {
    /// UTF-8.
    Utf8,
    /// GB18030: it decodes without an error, and to common Chinese characters for the most part.
    Gb18030,
    /// UTF-16, by its byte order mark or by the characters that it gives.
    Utf16,
    /// UTF-32, by its byte order mark or by the characters that it gives.
    Utf32,
}

impl Looks {
    /// What the file is, and what to do.
    fn advice(self) -> (&'static str, &'static str) {
        match self {
            Self::Utf8 => ("文件是 UTF-8，不必用 --encoding", "the text is UTF-8: leave --encoding out"),
            Self::Gb18030 => (
                "文件像是 GB18030（GBK），请加 --encoding gb18030",
                "the text looks like GB18030: read it with --encoding gb18030",
            ),
            Self::Utf16 => (
                "文件是 UTF-16，请加 --encoding utf-16",
                "the text is UTF-16: read it with --encoding utf-16",
            ),
            Self::Utf32 => (
                "文件是 UTF-32，无法读取；请另存为 UTF-8",
                "the text is UTF-32, which is not read: save it as UTF-8",
            ),
        }
    }
}

/// The advice for what a text looks like, or for one that looks like nothing known.
fn advice(looks: Option<Looks>) -> (&'static str, &'static str) {
    let unknown = (
        "文件已损坏，或编码无法识别；请另存为 UTF-8",
        "the file is damaged, or in an encoding that is not read: save it as UTF-8",
    );
    looks.map_or(unknown, Looks::advice)
}

/// What is wrong with a unit of UTF-16.
fn half(unit: Option<u16>) -> String {
    match unit {
        Some(unit) => {
            format!("the unit {unit:#06X} is half of a character in UTF-16, and the other half is missing")
        }
        None => "the file ends in the midst of a unit of UTF-16".to_owned(),
    }
}

/// Why a file cannot be read, or not further, as rows.
///
/// The text of an error begins with its place, where it has one; [`message`](Self::message) is
/// the text without it, for a diagnostic that prints the place its own way.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RowsError {
    /// There is no row, or nothing at all.
    #[error("the file has no rows: a header row is needed")]
    Empty,
    /// The file as a whole is in another encoding than was asked for.
    #[error("{}", looks.advice().1)]
    WrongEncoding {
        /// What it is instead.
        looks: Looks,
    },
    /// A byte that cannot stand where it stands in UTF-8.
    #[error("{place}: the byte {byte:#04X} is not UTF-8; {}", advice(*looks).1)]
    NotUtf8 {
        /// Where it stands.
        place: Place,
        /// The first byte of the sequence that is wrong.
        byte: u8,
        /// What the text looks like instead.
        looks: Option<Looks>,
    },
    /// A byte that cannot stand where it stands in GB18030.
    #[error("{place}: the byte {byte:#04X} is not GB18030; {}", advice(*looks).1)]
    NotGb18030 {
        /// Where it stands.
        place: Place,
        /// The first byte of the sequence that is wrong.
        byte: u8,
        /// What the text looks like instead.
        looks: Option<Looks>,
    },
    /// A unit that cannot stand where it stands in UTF-16.
    #[error("{place}: {}; the file is damaged: export it again", half(*unit))]
    NotUtf16 {
        /// Where it stands.
        place: Place,
        /// The half of a pair that has no other half; `None` where the file ends within a unit.
        unit: Option<u16>,
    },
    /// A NUL, which no text has.
    #[error("{place}: the file has a NUL byte, so it is no text: export the table as CSV in UTF-8 again")]
    Nul {
        /// Where it stands.
        place: Place,
    },
    /// A quote that opens a cell and is never closed.
    #[error(
        "{place}: the quote that opens this cell is never closed: close it, or write the cell \
         in quotes with each quote of the text doubled"
    )]
    UnclosedQuote {
        /// Where the quote opens.
        place: Place,
    },
    /// Something other than a separator or a line end behind the quote that closes a cell.
    #[error(
        "{place}: text after the closing quote of the cell that was opened in line {opened}: \
         double the quotes that belong to the text"
    )]
    TextAfterQuote {
        /// Where the text stands.
        place: Place,
        /// The line in which the quote of that cell opens.
        opened: u64,
    },
    /// A row of too many cells.
    #[error("{place}: the row has more than {limit} columns: the separator or the file may be wrong")]
    TooManyColumns {
        /// Where the row begins.
        place: Place,
        /// How many were allowed.
        limit: usize,
    },
    /// A record of too many bytes.
    #[error(
        "{place}: the record is longer than {limit} bytes: a quote may never be closed, or the \
         file may be no table"
    )]
    RecordTooLong {
        /// Where the record begins, or where the quote opens that is still open.
        place: Place,
        /// How many were allowed.
        limit: usize,
    },
    /// The reader failed; a folder that was opened as a file gives this too.
    #[error("{place}: the file cannot be read from here: see whether it is a file and whole")]
    Io {
        /// How far it was read.
        place: Place,
        /// Why not further.
        source: io::Error,
    },
}

impl RowsError {
    /// Where it is, unless it is about the file as a whole.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Empty | Self::WrongEncoding { .. } => None,
            Self::NotUtf8 { place, .. }
            | Self::NotGb18030 { place, .. }
            | Self::NotUtf16 { place, .. }
            | Self::Nul { place }
            | Self::UnclosedQuote { place }
            | Self::TextAfterQuote { place, .. }
            | Self::TooManyColumns { place, .. }
            | Self::RecordTooLong { place, .. }
            | Self::Io { place, .. } => Some(*place),
        }
    }

    /// What is wrong and what to do, without the place, in both languages.
    #[must_use]
    pub fn message(&self) -> Message {
        let text = self.to_string();
        let place = self.place().map(|place| format!("{place}: ")).unwrap_or_default();
        let en = text.strip_prefix(&place).unwrap_or(&text);
        let zh = match self {
            Self::Empty => "文件没有任何行；至少要有表头".to_owned(),
            Self::WrongEncoding { looks } => looks.advice().0.to_owned(),
            Self::NotUtf8 { byte, looks, .. } => format!("字节 {byte:#04X} 不是 UTF-8；{}", advice(*looks).0),
            Self::NotGb18030 { byte, looks, .. } => {
                format!("字节 {byte:#04X} 不是 GB18030；{}", advice(*looks).0)
            }
            Self::NotUtf16 { unit: Some(unit), .. } => {
                format!("{unit:#06X} 是 UTF-16 中半个字符，缺另一半；文件已损坏，请重新导出")
            }
            Self::NotUtf16 { unit: None, .. } => {
                "文件在 UTF-16 的半个单元处中断；文件已损坏，请重新导出".to_owned()
            }
            Self::Nul { .. } => "含有 NUL 字节，不是文字；请重新导出为 UTF-8 的 CSV".to_owned(),
            Self::UnclosedQuote { .. } => {
                "此单元格的引号没有闭合；请补上，或把文字中的引号写成两个".to_owned()
            }
            Self::TextAfterQuote { opened, .. } => {
                format!("第{opened}行起的单元格引号闭合之后还有文字；文字中的引号要写成两个")
            }
            Self::TooManyColumns { limit, .. } => format!("超过{limit}列；分隔符或文件可能有误"),
            Self::RecordTooLong { limit, .. } => format!("一行超过{limit}字节；引号可能没有闭合，或不是表格"),
            Self::Io { .. } => "由此处起无法读取；请看它是不是文件、是否完整".to_owned(),
        };
        Message::new(zh, en)
    }
}

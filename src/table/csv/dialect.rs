//! How a file is written: separator, encoding, and what is still taken for a table.

/// The character between two cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delimiter {
    /// `,` as in `.csv` files.
    #[default]
    Comma,
    /// A tab, as in `.tsv` files.
    Tab,
}

impl Delimiter {
    /// The character as a byte.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
        }
    }
}

/// The encoding of a file. What is written is always UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[default]
    Utf8,
    /// GB18030, which GBK and GB2312 are parts of.
    Gb18030,
    /// UTF-16 in the order of bytes that its mark says; without a mark, in the likelier order.
    Utf16,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
}

impl Encoding {
    /// The encoding of that name, in any case: `utf-8`, `utf8`, `gb18030`, `gbk`, `gb2312`, `utf-16`,
    /// `utf-16le`, `utf-16be`.
    ///
    /// ```
    /// use qingdan::table::csv::Encoding;
    /// assert_eq!(Encoding::from_label("GBK"), Some(Encoding::Gb18030));
    /// assert_eq!(Encoding::from_label("big5"), None);
    /// ```
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        match label.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "gb18030" | "gbk" | "gb2312" => Some(Self::Gb18030),
            "utf-16" | "utf16" => Some(Self::Utf16),
            "utf-16le" => Some(Self::Utf16Le),
            "utf-16be" => Some(Self::Utf16Be),
            _ => None,
        }
    }

    /// The name that an option takes.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Utf16 => "utf-16",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }
}

/// What a reader must know of a file beforehand.
///
/// ```
/// use qingdan::table::csv::{Delimiter, Dialect, Encoding};
///
/// let dialect = Dialect::default().delimiter(Delimiter::Tab).encoding(Encoding::Gb18030);
/// # let _ = dialect;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    pub(crate) delimiter: Delimiter,
    pub(crate) encoding: Encoding,
    pub(crate) max_columns: usize,
    pub(crate) max_record: usize,
    pub(crate) window: usize,
}

impl Default for Dialect {
    /// Comma, UTF-8, at most 2,000 columns, at most 64 MiB in one record.
    fn default() -> Self {
        Self {
            delimiter: Delimiter::default(),
            encoding: Encoding::default(),
            max_columns: 2_000,
            max_record: 64 << 20,
            window: 1 << 20,
        }
    }
}

impl Dialect {
    /// The separator, a comma unless told.
    #[must_use]
    pub fn delimiter(self, delimiter: Delimiter) -> Self {
        Self { delimiter, ..self }
    }

    /// The encoding, UTF-8 unless told.
    #[must_use]
    pub fn encoding(self, encoding: Encoding) -> Self {
        Self { encoding, ..self }
    }

    /// How many cells a row may have, 2,000 unless told. A row with more is an error: the
    /// separator, or the whole file, is mostly another than was thought.
    #[must_use]
    pub fn max_columns(self, max_columns: usize) -> Self {
        Self { max_columns, ..self }
    }

    /// How many bytes a record may have, 64 MiB unless told; the bound is kept to within a window
    /// of 1 MB. A quote that is never closed makes one record of the rest of the file: this bounds
    /// the memory which that can cost.
    #[must_use]
    pub fn max_record(self, max_record: usize) -> Self {
        Self { max_record, ..self }
    }

    /// The size of the window in bytes, for tests of its borders.
    #[cfg(test)]
    pub(crate) fn window(self, window: usize) -> Self {
        Self { window, ..self }
    }
}

//! Whole files through [`Rows`], and back through [`Writer`].

use std::io::{self, Read};

use encoding_rs::GB18030;
use proptest::prelude::*;

use super::{Delimiter, Dialect, Encoding, Looks, Place, Row, Rows, RowsError, Writer};

/// Gives one byte at a time, and is interrupted before each.
struct Slow<'a>(&'a [u8], bool);

impl Read for Slow<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = out.len().min(1);
        self.0.read(&mut out[..length])
    }
}

type Lines = Vec<(u64, Vec<String>)>;
type Table = (Lines, Option<RowsError>);

/// All rows, the header as the first, and what stopped them.
fn read_from(reader: impl Read, dialect: &Dialect) -> Table {
    let mut table = Vec::new();
    let mut rows = match Rows::open(reader, dialect) {
        Ok(rows) => rows,
        Err(error) => return (table, Some(error)),
    };
    table.push((rows.header_line(), rows.header().to_vec()));
    let mut row = Row::default();
    loop {
        match rows.next_row(&mut row) {
            Ok(true) => table.push((row.line(), row.iter().map(str::to_owned).collect())),
            Ok(false) => {
                assert!(row.is_empty());
                return (table, None);
            }
            Err(error) => {
                assert!(!rows.next_row(&mut row).expect("no row after an error"));
                return (table, Some(error));
            }
        }
    }
}

fn read(bytes: impl AsRef<[u8]>) -> Table {
    read_from(bytes.as_ref(), &Dialect::default())
}

/// Rows of a file without mistakes.
fn rows(bytes: impl AsRef<[u8]>) -> Lines {
    let (rows, error) = read(bytes);
    assert!(error.is_none(), "{error:?}");
    rows
}

fn error(bytes: impl AsRef<[u8]>) -> RowsError {
    read(bytes).1.expect("an error")
}

fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (line, cells.iter().map(|&cell| cell.to_owned()).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "compared with an optional place")]
fn place(line: u64, column: u64, character: u64) -> Option<Place> {
    Some(Place { line, column, character })
}

const LIST: &str = "编号,名称,实施机关\r\n01,食品经营许可,市市场监管局\r\n02,取水许可,市水利局\r\n";

#[test]
fn a_mark_is_no_text() {
    let expected = rows(LIST);
    assert_eq!(expected[1], row(2, &["01", "食品经营许可", "市市场监管局"]));
    for marked in ["\u{FEFF}", "\u{FEFF}\u{FEFF}"] {
        assert_eq!(rows(marked.to_owned() + LIST), expected);
    }
    // Before a quote too, and only at the start.
    let table = rows("\u{FEFF}\"a,b\"\n\u{FEFF}c");
    assert_eq!(table, [row(1, &["a,b"]), row(2, &["\u{FEFF}c"])]);
    let quoted = rows("\"\u{FEFF}a\"\n");
    assert_eq!(quoted, [row(1, &["\u{FEFF}a"])]);
}

#[test]
fn lines_are_those_of_the_file() {
    let table = rows("a,b\r\n\r\n\n1,\"x\r\ny\nz\rw\"\n2,\"\"\"\"\r3,c\"d\r\r\n4,\r\n");
    let expected = [
        row(1, &["a", "b"]),
        row(4, &["1", "x\r\ny\nz\rw"]),
        row(8, &["2", "\""]),
        row(9, &["3", "c\"d"]),
        row(11, &["4", ""]),
    ];
    assert_eq!(table, expected);
}

#[test]
fn ragged_rows_are_given() {
    let table = rows("a,b\n1\n1,2,3\n,\n\"\"");
    let lengths: Vec<_> = table.iter().map(|(_, cells)| cells.len()).collect();
    assert_eq!(lengths, [2, 1, 3, 2, 1]);

    let mut rows = Rows::open("a,b\n1".as_bytes(), &Dialect::default()).unwrap();
    let mut row = Row::default();
    assert!(rows.next_row(&mut row).unwrap());
    assert_eq!((row.cell(0), row.cell(1), row.get(1)), ("1", "", None));
    assert_eq!(row.column_of(0), 1);
}

#[test]
fn tabs() {
    let dialect = Dialect::default().delimiter(Delimiter::Tab);
    let (table, _) = read_from("a\tb\n1,2\t\"x\ty\"\n".as_bytes(), &dialect);
    assert_eq!(table[1], row(2, &["1,2", "x\ty"]));
}

#[test]
fn an_unclosed_quote_is_named_where_it_opens() {
    let (table, error) = read("a,b\n1,2\n3,\"甲\n4,5\n6,7\n");
    assert_eq!(table, [row(1, &["a", "b"]), row(2, &["1", "2"])]);
    let error = error.unwrap();
    assert!(matches!(error, RowsError::UnclosedQuote { .. }));
    assert_eq!(error.place(), place(3, 2, 3));
    assert!(error.to_string().starts_with("line 3, column 2: the quote"));
    assert!(error.message().en.starts_with("the quote that opens"));
    // The last of several, doubled quotes, the end of the file right behind.
    for (text, at) in
        [("a\n\"\"\"", place(2, 1, 1)), ("a\n\"", place(2, 1, 1)), ("\"a\n\nb\",\"c\"\"", place(3, 2, 4))]
    {
        let error = self::error(text);
        assert!(matches!(error, RowsError::UnclosedQuote { .. }), "{text:?}");
        assert_eq!(error.place(), at, "{text:?}");
    }
    // Far behind, over many windows.
    let long = "a,b\n1,\"2\n".to_owned() + &"许可,x\n".repeat(400_000);
    assert_eq!(self::error(long).place(), place(2, 2, 3));
}

#[test]
fn an_unclosed_quote_does_not_hold_a_whole_stream() {
    struct Endless(Box<[u8]>);
    impl Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let length = out.len().min(self.0.len());
            out[..length].copy_from_slice(&self.0[..length]);
            Ok(length)
        }
    }
    let lines = "permit,x\n".repeat(1000);
    let open = "a,b\n1,\"2\n".as_bytes();
    let dialect = Dialect::default().max_record(3 << 20);
    let (table, error) = read_from(open.chain(Endless(lines.as_bytes().into())), &dialect);
    assert_eq!(table.len(), 1);
    let error = error.unwrap();
    assert!(matches!(error, RowsError::RecordTooLong { .. }), "{error}");
    assert_eq!(error.place(), place(2, 2, 3));

    let (_, error) = read_from(open.chain(Endless(b",,,,"[..].into())), &dialect);
    assert!(matches!(error, Some(RowsError::RecordTooLong { .. })));
    let (_, error) = read_from(Endless(b",,,,"[..].into()), &dialect);
    assert!(matches!(error, Some(RowsError::TooManyColumns { .. })));
    let (_, error) = read_from(Endless(b"xxxx"[..].into()), &dialect);
    assert!(matches!(error, Some(RowsError::RecordTooLong { .. })));
    let (_, error) = read_from(Endless(b"\0"[..].into()), &dialect);
    assert!(error.is_some());
}

#[test]
fn text_after_a_quote() {
    for (text, at, opened) in [
        ("a,b\n1,\"2\"z\n", place(2, 2, 6), 2),
        ("a,b\n\"x\ny\" ,2\n", place(3, 1, 3), 2),
        ("\"许可\"\"证\"书", place(1, 1, 8), 1),
    ] {
        let error = error(text);
        let RowsError::TextAfterQuote { opened: line, .. } = error else { panic!("{error}") };
        assert_eq!((error.place(), line), (at, opened), "{text:?}");
    }
    // A quote in a cell that does not begin with one is text.
    let table = rows("a\"b,c\"\n x\"\"y, \"z\" \n");
    assert_eq!(table, [row(1, &["a\"b", "c\""]), row(2, &[" x\"\"y", " \"z\" "])]);
}

#[test]
fn gb18030_by_option_and_by_message() {
    let dialect = Dialect::default().encoding(Encoding::Gb18030);
    let (bytes, ..) = GB18030.encode(LIST);
    assert_eq!(read_from(&*bytes, &dialect).0, rows(LIST));

    let error = error(&*bytes);
    let message = error.to_string();
    assert!(message.starts_with("line 1, column 1: the byte 0xB1 is not UTF-8"), "{message}");
    assert!(message.contains("--encoding gb18030"), "{message}");

    // Rare characters in four bytes, a mark.
    let text = "\u{FEFF}名,\"𠮷𠮷,\n㑇\"\n";
    let (bytes, ..) = GB18030.encode(text);
    assert_eq!(read_from(&*bytes, &dialect).0, rows(text));
    // Long, so that characters lie over the borders of pieces and windows.
    let text = format!("x{}", "许可证,㑇\r\n".repeat(300_000));
    let (bytes, ..) = GB18030.encode(&text);
    assert_eq!(read_from(&*bytes, &dialect).0, rows(&text));

    // Late in a long file, and in a long line.
    let far = [&b"1,2\n".repeat(700_000)[..], &GB18030.encode("3,食品经营许可\n").0].concat();
    let error = self::error(far);
    assert!(matches!(error, RowsError::NotUtf8 { looks: Some(Looks::Gb18030), .. }), "{error}");
    // The first two characters happen to be UTF-8.
    assert_eq!(error.place(), place(700_001, 2, 5));
    let far = ["a".repeat(3 << 20).as_bytes(), &GB18030.encode("食品经营许可\n").0].concat();
    let error = self::error(far);
    assert!(matches!(error, RowsError::NotUtf8 { looks: Some(Looks::Gb18030), .. }), "{error}");
}

#[test]
fn what_is_not_gb18030_is_not_called_so() {
    for (bytes, at) in [
        // Latin-1, damaged UTF-8, cut UTF-8.
        (&b"a,b\nd\xE9cembre,\xE9t\xE9\n"[..], place(2, 1, 2)),
        (b"\xE5\x90\x8D\xE5\x90\x8D\xE5\x90\x8D\xE5\x90\x8D,\xE5\x90,x\n", place(1, 2, 6)),
        (b"ab,\xE5\x90", place(1, 2, 4)),
        (b"a\n\xFF\xFF", place(2, 1, 1)),
    ] {
        let error = error(bytes);
        assert!(matches!(error, RowsError::NotUtf8 { looks: None, .. }), "{error}");
        assert_eq!(error.place(), at, "{error}");
    }
}

#[test]
fn not_gb18030() {
    let dialect = Dialect::default().encoding(Encoding::Gb18030);
    let read = |bytes: &[u8]| read_from(bytes, &dialect);
    for text in ["\u{FEFF}a\n", LIST] {
        let error = read(text.as_bytes()).1.unwrap();
        assert!(matches!(error, RowsError::WrongEncoding { looks: Looks::Utf8 }), "{error}");
    }
    for text in ["名,a\n", "名a\n中b\n"] {
        let error = read(text.as_bytes()).1.unwrap().to_string();
        assert!(error.ends_with("the text is UTF-8: leave --encoding out"), "{error}");
    }
    let (table, error) = read(b"a,b\n\xC3\xFB,1\n2,\xC3\xFB\xFF\n");
    assert_eq!(table, [row(1, &["a", "b"]), row(2, &["名", "1"])]);
    let error = error.unwrap();
    assert!(matches!(error, RowsError::NotGb18030 { byte: 0xFF, looks: None, .. }), "{error}");
    assert_eq!(error.place(), place(3, 2, 4));
    // Cut in the midst of a character, which lies over the border of two pieces.
    let tiny = dialect.clone().window(16);
    for before in 0..20 {
        let bytes = ["a".repeat(before).as_bytes(), b"\x81\x30\x81"].concat();
        let (table, error) = read_from(&*bytes, &tiny);
        let error = error.unwrap_or_else(|| panic!("{before} {table:?}"));
        assert!(matches!(error, RowsError::NotGb18030 { byte: 0x81, .. }), "{error}");
        assert_eq!(error.place(), place(1, 1, before as u64 + 1));
    }
}

/// A text in UTF-16.
fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn utf16_by_option_and_by_message() {
    let long = format!("名称,x\r\n{}", "许可证,𠮷a\r\n".repeat(60_000));
    let texts = [LIST, "编号,名称\n1,一\n", "id,name\n1,x\n", "一,一\n一,一\n", &long];
    for (unit, own) in
        [(u16::to_le_bytes as fn(u16) -> [u8; 2], Encoding::Utf16Le), (u16::to_be_bytes, Encoding::Utf16Be)]
    {
        for text in texts {
            for mark in ["", "\u{FEFF}"] {
                let bytes = utf16(&(mark.to_owned() + text), unit);
                for encoding in [Encoding::Utf16, own] {
                    let dialect = Dialect::default().encoding(encoding);
                    let (table, error) = read_from(&*bytes, &dialect);
                    assert!(error.is_none(), "{text:.20} {encoding:?} {error:?}");
                    assert_eq!(table, rows(text));
                }
                let message = error(&*bytes).to_string();
                assert_eq!(message, "the text is UTF-16: read it with --encoding utf-16");
            }
        }
        let turned = if own == Encoding::Utf16Le { Encoding::Utf16Be } else { Encoding::Utf16Le };
        let dialect = Dialect::default().encoding(turned);
        let error = read_from(&*utf16(&("\u{FEFF}".to_owned() + LIST), unit), &dialect).1;
        assert!(matches!(error, Some(RowsError::WrongEncoding { looks: Looks::Utf16 })), "{error:?}");
    }
    for label in ["utf-8", "gb18030", "utf-16", "utf-16le", "utf-16be"] {
        assert_eq!(Encoding::from_label(&label.to_uppercase()).map(Encoding::label), Some(label));
    }
}

#[test]
fn half_a_character_of_utf16_is_named_where_it_stands() {
    for (unit, encoding) in
        [(u16::to_le_bytes as fn(u16) -> [u8; 2], Encoding::Utf16Le), (u16::to_be_bytes, Encoding::Utf16Be)]
    {
        for (half, after) in [(0xD842_u16, "c\n"), (0xDFB7, "c\n"), (0xD842, "")] {
            // Pieces of 8 bytes: the half stands at every place of one.
            for before in 0..12 {
                let start = format!("a,b\n1,{}", "许".repeat(before));
                let bytes = [utf16(&start, unit), unit(half).to_vec(), utf16(after, unit)].concat();
                for dialect in [Dialect::default(), Dialect::default().window(16)] {
                    for encoding in [encoding, Encoding::Utf16] {
                        let (table, error) = read_from(&*bytes, &dialect.clone().encoding(encoding));
                        let error = error.unwrap_or_else(|| panic!("{before} {table:?}"));
                        assert!(
                            matches!(error, RowsError::NotUtf16 { unit: Some(u), .. } if u == half),
                            "{error}"
                        );
                        assert_eq!(error.place(), place(2, 2, before as u64 + 3));
                        assert_eq!(table.len(), 1);
                    }
                }
            }
        }
        let mut cut = utf16("a,b\n1,许", unit);
        cut.pop();
        let error = read_from(&*cut, &Dialect::default().encoding(encoding)).1.unwrap();
        assert!(matches!(error, RowsError::NotUtf16 { unit: None, .. }), "{error}");
        assert_eq!(error.place(), place(2, 2, 3));
    }
}

#[test]
fn what_is_no_utf16_is_named() {
    let (gb, ..) = GB18030.encode(LIST);
    let four: Vec<u8> = LIST.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
    for encoding in [Encoding::Utf16, Encoding::Utf16Le, Encoding::Utf16Be] {
        let dialect = Dialect::default().encoding(encoding);
        for (bytes, expected) in [
            (LIST.as_bytes(), Looks::Utf8),
            (b"id,name\n1,x\n", Looks::Utf8),
            ("\u{FEFF}id,name\n".as_bytes(), Looks::Utf8),
            (&gb, Looks::Gb18030),
            (&four, Looks::Utf32),
        ] {
            let (table, error) = read_from(bytes, &dialect);
            assert!(table.is_empty());
            assert!(
                matches!(error, Some(RowsError::WrongEncoding { looks }) if looks == expected),
                "{error:?}"
            );
        }
        assert!(matches!(read_from(&b""[..], &dialect).1, Some(RowsError::Empty)));
    }
}

#[test]
fn utf16_and_utf32_are_recognised() {
    for text in [LIST, "\u{FEFF}编号,名称\n1,a\n", "id,name\n1,x\n", "\u{FEFF}"] {
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let four_little: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
        let four_big: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            let dialect = Dialect::default().encoding(encoding);
            for (bytes, expected) in [
                (&le, Looks::Utf16),
                (&be, Looks::Utf16),
                (&four_little, Looks::Utf32),
                (&four_big, Looks::Utf32),
            ] {
                let (table, error) = read_from(&**bytes, &dialect);
                assert!(table.is_empty());
                match error {
                    Some(RowsError::WrongEncoding { looks }) => assert_eq!(looks, expected),
                    other => panic!("{text:?} {other:?}"),
                }
            }
        }
    }
}

#[test]
fn a_nul_alone_is_no_utf16() {
    let (table, error) = read("编号,名称\n1,ab\0c\n");
    assert_eq!(table.len(), 1);
    let error = error.unwrap();
    assert!(matches!(error, RowsError::Nul { .. }), "{error}");
    assert_eq!(error.place(), place(2, 2, 5));
    let text = "abcd,efgh,ijkl\n".repeat(1000) + "ab\0d\n";
    assert!(matches!(self::error(&text), RowsError::Nul { .. }));
    assert!(matches!(self::error("xy".repeat(999) + "\0"), RowsError::Nul { .. }));
}

#[test]
fn nothing_and_next_to_nothing() {
    for text in ["", "\u{FEFF}", "\n", "\u{FEFF}\r\n\r\n", "\r"] {
        let error = error(text);
        assert!(matches!(error, RowsError::Empty), "{text:?} {error}");
        assert_eq!(error.place(), None);
        let gb = Dialect::default().encoding(Encoding::Gb18030);
        if !text.starts_with('\u{FEFF}') {
            assert!(matches!(read_from(text.as_bytes(), &gb).1, Some(RowsError::Empty)));
        }
    }
    assert_eq!(rows("a,b"), [row(1, &["a", "b"])]);
    assert_eq!(rows("\r\na,b\r\n"), [row(2, &["a", "b"])]);
    assert_eq!(rows("\"\""), [row(1, &[""])]);
}

#[test]
fn too_many_columns() {
    let text = "a,b\n".to_owned() + &",".repeat(9_999) + "\n1,2\n";
    let (table, error) = read(&text);
    assert_eq!(table.len(), 1);
    let error = error.unwrap();
    assert!(matches!(error, RowsError::TooManyColumns { limit: 2_000, .. }));
    assert_eq!(error.place(), place(2, 1, 1));
    assert!(error.to_string().contains("separator"));
    assert!(matches!(self::error("a,".repeat(2_000)), RowsError::TooManyColumns { .. }));
    assert_eq!(rows(",".repeat(1_999))[0].1.len(), 2_000);

    let dialect = Dialect::default().max_columns(10_000);
    let (table, error) = read_from(text.as_bytes(), &dialect);
    assert!(error.is_none());
    assert_eq!((table[1].1.len(), table[2].0), (10_000, 3));
}

#[test]
fn a_line_of_five_megabytes() {
    let long = "许可\"\"".repeat(5 << 17);
    let table = rows(format!("a,b\n1,\"{long}\"\n2,{}\n3,c\n", "x".repeat(5 << 20)));
    assert_eq!(table[1].1[1], long.replace("\"\"", "\""));
    assert_eq!((table[2].0, table[2].1[1].len()), (3, 5 << 20));
    assert_eq!(table[3], row(4, &["3", "c"]));
}

#[test]
fn a_reader_that_fails() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::PermissionDenied))
        }
    }
    for start in ["a,b\n1,2\n3,", "a,b\n1,2\n3,许", "a,b\n1,2\n3,\""] {
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            let bytes = if encoding == Encoding::Utf8 {
                start.as_bytes().to_vec()
            } else {
                GB18030.encode(start).0.into_owned()
            };
            let dialect = Dialect::default().encoding(encoding);
            let (table, error) = read_from((&bytes[..]).chain(Failing), &dialect);
            assert_eq!(table.len(), 2);
            let error = error.unwrap();
            assert!(error.place().is_some_and(|place| place.line == 3));
            let RowsError::Io { source, .. } = &error else { panic!("{error}") };
            assert_eq!(source.kind(), io::ErrorKind::PermissionDenied);
            assert!(std::error::Error::source(&error).is_some());
        }
    }
    let folder = std::fs::File::open(std::env::temp_dir()).unwrap();
    let error = Rows::open(folder, &Dialect::default()).unwrap_err();
    assert!(matches!(error, RowsError::Io { .. }), "{error}");
}

#[test]
fn messages_are_lower_case_without_a_full_stop() {
    for text in ["", "\"", "\"\"x", "\0", "\u{FEFF}a\0\n", "\u{0}a"] {
        let message = error(text).message().en;
        assert!(message.starts_with(|c: char| c.is_lowercase()), "{message}");
        assert!(!message.ends_with('.'), "{message}");
    }
}

#[test]
fn readers_are_linkable() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Rows<std::fs::File>>();
    check::<Writer<std::fs::File>>();
    check::<(RowsError, Row, Dialect)>();
}

#[derive(Debug)]
struct Full;
impl io::Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn writing() {
    let mut file = Vec::new();
    let mut writer = Writer::new(&mut file, Delimiter::Comma);
    writer.write_row(["a", "b,c", "d\"e", " f", ""]).unwrap();
    writer.write_row([""; 0]).unwrap();
    writer.write_row(["x\ry", "x\ny"]).unwrap();
    assert!(writer.write_row(["1", "2\0"]).is_err());
    writer.write_row(["1"]).unwrap();
    writer.finish().unwrap();
    let expected = "a,\"b,c\",\"d\"\"e\", f,\r\n\"\"\r\n\"x\ry\",\"x\ny\"\r\n1\r\n";
    assert_eq!(String::from_utf8(file).unwrap(), expected);

    let mut file = Vec::new();
    let mut writer = Writer::with_mark(&mut file, Delimiter::Tab).unwrap();
    writer.write_row(["\u{FEFF}a", "b\tc"]).unwrap();
    drop(writer);
    assert_eq!(String::from_utf8(file).unwrap(), "\u{FEFF}\"\u{FEFF}a\"\t\"b\tc\"\r\n");

    assert!(Writer::with_mark(Full, Delimiter::Comma).is_err());
    let mut writer = Writer::new(Full, Delimiter::Comma);
    writer.write_row(["a"]).unwrap();
    assert_eq!(writer.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
    let mut writer = Writer::new(Full, Delimiter::Comma);
    assert!(writer.write_row(["\u{FEFF}"]).is_err());
    assert!(writer.write_row(["a"]).is_err());
    assert!(writer.finish().is_err());
}

/// What the rows must be, read character by character.
fn oracle(text: &str) -> (Lines, Option<(&'static str, Place)>) {
    let text = text.trim_start_matches('\u{FEFF}');
    let at = |line, column, character| Place { line, column, character };
    let (mut rows, mut cells, mut cell) = (Vec::new(), Vec::<String>::new(), String::new());
    let (mut line, mut character, mut begin) = (1, 1, 1);
    let (mut quoted, mut closed, mut fresh, mut blank) = (false, false, true, true);
    let mut opened = at(1, 1, 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let column = cells.len() as u64 + 1;
        let here = at(line, column, character);
        character += 1;
        if c == '\0' {
            return (rows, Some(("nul", here)));
        }
        let mut end = c == '\n' || c == '\r';
        if end {
            line += 1;
            character = 1;
        }
        if quoted {
            if c == '"' && chars.peek() == Some(&'"') {
                chars.next();
                character += 1;
                cell.push('"');
            } else if c == '"' {
                (quoted, closed) = (false, true);
            } else {
                cell.push(c);
                if c == '\r' && chars.next_if_eq(&'\n').is_some() {
                    cell.push('\n');
                }
            }
            continue;
        }
        if c == '\r' {
            end |= chars.next_if_eq(&'\n').is_some();
        }
        if blank && !end {
            begin = line;
        }
        if end {
            if !blank {
                cells.push(std::mem::take(&mut cell));
                rows.push((begin, std::mem::take(&mut cells)));
            }
            (closed, fresh, blank) = (false, true, true);
            continue;
        }
        blank = false;
        if c == ',' {
            cells.push(std::mem::take(&mut cell));
            (closed, fresh) = (false, true);
        } else if closed {
            return (rows, Some(("after", here)));
        } else if c == '"' && fresh {
            (quoted, fresh, opened) = (true, false, here);
        } else {
            cell.push(c);
            fresh = false;
        }
    }
    if quoted {
        return (rows, Some(("unclosed", opened)));
    }
    if !blank {
        cells.push(cell);
        rows.push((begin, cells));
    }
    (rows, None)
}

fn same_as_oracle(text: &str, table: &Table) -> Result<(), TestCaseError> {
    let (rows, wrong) = oracle(text);
    let found = match &table.1 {
        None | Some(RowsError::Empty) => None,
        Some(error) => Some((
            match error {
                RowsError::Nul { .. } => "nul",
                RowsError::TextAfterQuote { .. } => "after",
                RowsError::UnclosedQuote { .. } => "unclosed",
                other => panic!("{other}"),
            },
            error.place().expect("a place"),
        )),
    };
    // Without a header the rest is not seen.
    prop_assert_eq!(&table.0, &rows);
    prop_assert_eq!(found, wrong);
    prop_assert_eq!(rows.is_empty() && wrong.is_none(), matches!(table.1, Some(RowsError::Empty)));
    Ok(())
}

fn cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof![
        4 => "[ab,\"\r\n\t 许\u{FEFF}']{0,6}",
        1 => Just(String::new()),
        1 => "[^\0]{0,12}",
        1 => "[a\"许]{30,50}",
    ];
    prop::collection::vec(prop::collection::vec(cell, 1..5), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_window_any_reader(
        text in "([ab,,,\"\"\"\n\r 许𠮷]|,\"|\",\"|\"\n|[a许]{20,40}){0,60}",
        mark in 0_usize..3,
        nul in prop::option::weighted(0.1, 0_usize..60),
        window in 16_usize..80,
    ) {
        let mut text = "\u{FEFF}".repeat(mark) + &text;
        if let Some((at, _)) = nul.and_then(|nul| text.char_indices().nth(nul)) {
            // Not at the very start, where all looks like UTF-16.
            text.insert(at, '\0');
            text.insert_str(0, "名,称,的,很,多,名,称,的,很,多,");
        }
        for dialect in [Dialect::default(), Dialect::default().window(window)] {
            same_as_oracle(&text, &read_from(text.as_bytes(), &dialect))?;
            same_as_oracle(&text, &read_from(Slow(text.as_bytes(), false), &dialect))?;
            for unit in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
                let bytes = utf16(&("\u{FEFF}".to_owned() + &text), unit);
                let dialect = dialect.clone().encoding(Encoding::Utf16);
                if !text.contains('\0') {
                    same_as_oracle(&text, &read_from(&*bytes, &dialect))?;
                    same_as_oracle(&text, &read_from(Slow(&bytes, true), &dialect))?;
                }
            }
            if !text.contains('\0') && !text.starts_with('\u{FEFF}') {
                let (bytes, ..) = GB18030.encode(&text);
                let dialect = dialect.encoding(Encoding::Gb18030);
                let table = read_from(&*bytes, &dialect);
                if !matches!(table.1, Some(RowsError::WrongEncoding { .. })) {
                    same_as_oracle(&text, &table)?;
                    same_as_oracle(&text, &read_from(Slow(&bytes, true), &dialect))?;
                }
            }
        }
    }

    #[test]
    fn what_is_written_is_read(table in cells(), mark: bool, tab: bool, window in 16_usize..200) {
        let delimiter = if tab { Delimiter::Tab } else { Delimiter::Comma };
        let mut writer = if mark {
            Writer::with_mark(Vec::new(), delimiter).unwrap()
        } else {
            Writer::new(Vec::new(), delimiter)
        };
        for row in &table {
            writer.write_row(row).unwrap();
        }
        let bytes = writer.finish().unwrap();
        let dialect = Dialect::default().delimiter(delimiter);
        for dialect in [dialect.clone(), dialect.window(window)] {
            let (rows, error) = read_from(&*bytes, &dialect);
            prop_assert!(error.is_none(), "{:?}", error);
            let rows: Vec<_> = rows.into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(&rows, &table);
        }
    }

    #[test]
    fn any_bytes(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            prop::collection::vec(prop::sample::select(&b"a,\"\n\r\0\xE5\x90\x8D\xFF\xFE\x81\x30\xC3\xFB\xEF\xBB\xBF"[..]), 0..200),
        ],
        window in 0_usize..64,
    ) {
        for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16, Encoding::Utf16Le, Encoding::Utf16Be] {
            let dialect = Dialect::default().encoding(encoding);
            for dialect in [dialect.clone(), dialect.window(window)] {
                let fast = read_from(&*bytes, &dialect);
                let slow = read_from(Slow(&bytes, false), &dialect);
                prop_assert_eq!(format!("{:?}", fast), format!("{:?}", slow));
                if let Some(error) = fast.1 {
                    let message = error.message();
                    prop_assert!(!message.en.is_empty() && !message.zh.is_empty());
                    prop_assert!(!message.zh.contains("the "), "{}", message.zh);
                }
            }
        }
    }
}

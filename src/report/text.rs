//! The report as plain text, for a terminal or a mail.

use super::outline::{Content, Outline, ids, told};
use super::pieces::{Mark, Piece, visible};
use super::words;
use crate::adjustment::Adjustment;
use crate::diff::Differences;
use crate::problem::Lang;
use std::io::{self, BufWriter, Write};

/// How a text is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextOptions {
    /// The language of headings and messages; cells stay as they are.
    pub lang: Lang,
    /// How changed characters are shown.
    pub colour: Colour,
    /// Columns of a line, a Chinese character taking two; `None`: lines are not broken.
    pub width: Option<usize>,
}

/// How changed characters are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Colour {
    /// In brackets: 〔－gone－〕, 〔＋come＋〕.
    #[default]
    Brackets,
    /// In the colours of a terminal (ANSI): red and struck out what went, green what came.
    Ansi,
}

/// Writes what changed for people to read: title, head paragraph, a section for each kind of adjustment
/// in the order of departments and of the list, annexes.
///
/// Of each item only the fields that changed are told, of lists in them what went and came, of long
/// texts what changed with a little beside it. Linear in the adjustments; the text of one field is compared
/// character by character.
///
/// # Errors
/// The writer failed.
///
/// # Example
/// ```
/// use qingdan::{Catalogue, AnyCatalogue, LicensingItem, Pairs, diff::Comparing, report};
/// let old = Catalogue::<LicensingItem>::default();
/// let mut new = old.clone();
/// new.items.push(LicensingItem::new("000117001000", "林木采伐许可证核发")).unwrap();
/// let (old, new) = (AnyCatalogue::from(old), AnyCatalogue::from(new));
/// let differences = old.changes_to(&new, &Pairs::none())?.differences(&old, &new, &Comparing::default())?;
/// let mut page = Vec::new();
/// report::text(&differences, &report::TextOptions::default(), &mut page)?;
/// assert!(String::from_utf8(page)?.contains("1 item after (0 + 1 = 1)."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn text(differences: &Differences, options: &TextOptions, to: impl Write) -> io::Result<()> {
    let lang = options.lang;
    let outline = Outline::of(differences, lang);
    let mut page = Page::new(to, options);
    page.heading(&outline.title)?;
    page.plain(0, &outline.subtitle)?;
    page.plain(0, "")?;
    for paragraph in &outline.head {
        page.plain(0, paragraph)?;
    }
    for section in &outline.sections {
        page.plain(0, "")?;
        page.heading(&section.heading)?;
        let mut serial = 0;
        for (department, adjustments) in &section.groups {
            let n = words::items(adjustments.iter().map(|a| super::outline::items(a)).sum(), lang);
            let name = words::department(department, lang);
            page.plain(2, &format!("{name}{}", words::bracketed(&n, lang)))?;
            for adjustment in adjustments {
                serial += 1;
                page.item(serial, adjustment)?;
            }
        }
    }
    for annex in &outline.annexes {
        page.plain(0, "")?;
        page.heading(&annex.heading)?;
        match &annex.content {
            Content::Table(rows) => page.table(rows)?,
            Content::Names(names) => page.plain(2, names)?,
            Content::Lines(lines) => {
                for line in lines {
                    page.plain(2, line)?;
                }
            }
        }
    }
    page.out.flush()
}

pub(super) struct Page<'a, W: Write> {
    out: BufWriter<W>,
    options: &'a TextOptions,
}

impl<'a, W: Write> Page<'a, W> {
    pub(super) fn new(to: W, options: &'a TextOptions) -> Self {
        Self { out: BufWriter::new(to), options }
    }
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
    /// A line of pieces.
    pub(super) fn pieces(&mut self, indent: usize, hanging: usize, pieces: &[Piece]) -> io::Result<()> {
        self.line(indent, hanging, pieces)?;
        self.out.write_all(b"\n")
    }

    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        match self.options.colour {
            Colour::Brackets => self.plain(0, text),
            Colour::Ansi => {
                self.out.write_all(b"\x1b[1m")?;
                self.line(0, 0, &[Piece::plain(text)])?;
                self.out.write_all(b"\x1b[0m\n")
            }
        }
    }

    pub(super) fn plain(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.pieces(indent, indent, &[Piece::plain(text)])
    }

    fn item(&mut self, serial: usize, adjustment: &Adjustment) -> io::Result<()> {
        let lang = self.options.lang;
        let name = visible(adjustment.name());
        let ids = words::bracketed(&ids(adjustment), lang);
        self.line(4, 7, &[Piece::plain(format!("{serial}. {name}{ids}"))])?;
        self.out.write_all(b"\n")?;
        for (label, mut pieces) in told(adjustment, lang) {
            pieces.insert(0, Piece::plain(format!("{label}{}", words::colon(lang))));
            self.line(7, 9, &pieces)?;
            self.out.write_all(b"\n")?;
        }
        let document = match adjustment.document.as_str() {
            "" => words::pending(lang).to_owned(),
            document => visible(document),
        };
        let colon = words::colon(lang);
        let (kinds, by) = lang.pick(("调整方式", "调整依据"), ("adjusted", "decision"));
        let space = lang.pick("　", "   ");
        let mut last = vec![
            format!("{kinds}{colon}{}", words::kinds(adjustment, lang)),
            format!("{by}{colon}{document}"),
        ];
        if !adjustment.certain {
            last.push(lang.pick("（待人工确认）", "(to be confirmed)").to_owned());
        }
        self.plain(7, &last.join(space))
    }

    /// Columns beneath one another, numbers to the right.
    fn table(&mut self, rows: &[Vec<String>]) -> io::Result<()> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let cell = |row: &Vec<String>, at: usize| row.get(at).map_or(0, |text| width_of(text));
        let widths: Vec<usize> =
            (0..columns).map(|at| rows.iter().map(|row| cell(row, at)).max().unwrap_or_default()).collect();
        for row in rows {
            let mut line = String::from("  ");
            for (at, text) in row.iter().enumerate() {
                let space = " ".repeat(widths[at] - width_of(text));
                if at == 0 {
                    line += text;
                    line += &space;
                } else {
                    line += "  ";
                    line += &space;
                    line += text;
                }
            }
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    /// One line, or several where it is wider than a line may be.
    fn line(&mut self, indent: usize, hanging: usize, pieces: &[Piece]) -> io::Result<()> {
        let ansi = self.options.colour == Colour::Ansi;
        let mut letters: Vec<(char, Mark)> = Vec::new();
        for piece in pieces {
            let (open, close) = match piece.mark {
                Mark::Gone if !ansi => ("〔－", "－〕"),
                Mark::Come if !ansi => ("〔＋", "＋〕"),
                _ => ("", ""),
            };
            let text = open.chars().chain(piece.text.chars()).chain(close.chars());
            letters.extend(text.map(|c| (c, if ansi { piece.mark } else { Mark::Same })));
        }
        let mut rest = letters.as_slice();
        let mut space = indent;
        loop {
            let room = self.options.width.map_or(usize::MAX, |width| width.saturating_sub(space).max(20));
            let (line, behind) = rest.split_at(fitting(rest, room));
            if !line.is_empty() {
                write!(self.out, "{:space$}", "")?;
            }
            self.letters(line)?;
            rest = behind;
            while let Some(((' ', _), behind)) = rest.split_first() {
                rest = behind;
            }
            if rest.is_empty() {
                return Ok(());
            }
            self.out.write_all(b"\n")?;
            space = hanging;
        }
    }

    fn letters(&mut self, letters: &[(char, Mark)]) -> io::Result<()> {
        let mut last = Mark::Same;
        let mut bytes = [0; 4];
        for &(c, mark) in letters.iter().chain(&[('\0', Mark::Same)]) {
            if mark != last {
                self.out.write_all(match mark {
                    Mark::Same => b"\x1b[0m".as_slice(),
                    Mark::Gone => b"\x1b[0;9;31m",
                    Mark::Come => b"\x1b[0;32m",
                })?;
                last = mark;
            }
            if c != '\0' {
                self.out.write_all(c.encode_utf8(&mut bytes).as_bytes())?;
            }
        }
        Ok(())
    }
}

/// How many letters go on a line: no word or number is cut, no closing mark begins a line, no opening
/// one ends it.
fn fitting(letters: &[(char, Mark)], room: usize) -> usize {
    let mut used = 0;
    let mut limit = letters.len();
    for (at, (c, _)) in letters.iter().enumerate() {
        used += width(*c);
        if used > room {
            limit = at.max(1);
            break;
        }
    }
    if limit == letters.len() {
        return limit;
    }
    let may_break = |at: usize| {
        let (before, behind) = (letters[at - 1].0, letters[at].0);
        let word = |c: char| c.is_ascii_graphic();
        !(word(before) && word(behind)
            || "、，。；：！？）》〉」』】〕”’％…－＋".contains(behind)
            || "（《〈「『【〔“‘－＋".contains(before))
    };
    // Where nothing may be broken for long, it is broken anyway.
    (limit.saturating_sub(24).max(1)..=limit).rev().find(|&at| may_break(at)).unwrap_or(limit)
}

pub(super) fn width_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// Columns that a character takes on a terminal, near enough for lists: wide from Hangul and ideographs on.
fn width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}'
        | '‘'
        | '’'
        | '“'
        | '”'
        | '…'
        | '—'
        | '→'
        | '①'..='⑳' => 2,
        _ => 1,
    }
}

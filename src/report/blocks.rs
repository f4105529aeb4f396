//! A report in blocks, told once: as text, as Markdown, and as a page ([`super::page`]).

use super::markdown::{escaped, row};
use super::text::width_of;
use crate::history::Life;
use std::io::{self, BufWriter, Write};

/// What a report says, in whatever format.
pub(super) struct Outline {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) blocks: Vec<Block>,
}

/// A part of it under a heading.
pub(super) struct Block {
    pub(super) heading: String,
    pub(super) contents: Vec<Content>,
}

pub(super) enum Content {
    Paragraph(String),
    Lines(Vec<String>),
    Table(Table),
    /// Where a page that can draw has a plot.
    #[cfg_attr(not(feature = "html"), expect(dead_code, reason = "text and Markdown draw nothing"))]
    Plot(Plot),
    /// Where a page has a picture of a life.
    #[cfg_attr(not(feature = "html"), expect(dead_code, reason = "text and Markdown draw nothing"))]
    Life(Box<Life>),
}

/// Rows of cells, the header first; which columns are numbers.
pub(super) struct Table {
    pub(super) rows: Vec<Vec<String>>,
    pub(super) numbers: Vec<bool>,
}

/// Bars: a name, and a value for each series where there is one.
#[cfg_attr(not(feature = "html"), expect(dead_code, reason = "text and Markdown draw nothing"))]
pub(super) struct Plot {
    pub(super) title: String,
    pub(super) series: Vec<String>,
    pub(super) bars: Vec<(String, Vec<Option<usize>>)>,
}

/// A block, where there is something to say.
pub(super) fn block(heading: &str, contents: Vec<Content>) -> Option<Block> {
    (!contents.is_empty()).then(|| Block { heading: heading.to_owned(), contents })
}

impl Outline {
    /// As plain text.
    pub(super) fn write_text(&self, to: impl Write) -> io::Result<()> {
        let mut out = BufWriter::new(to);
        writeln!(out, "{}", self.title)?;
        if !self.subtitle.is_empty() {
            writeln!(out, "{}", self.subtitle)?;
        }
        for block in &self.blocks {
            writeln!(out, "\n{}", block.heading)?;
            for content in &block.contents {
                match content {
                    Content::Paragraph(text) => writeln!(out, "  {text}")?,
                    Content::Lines(lines) => {
                        for line in lines {
                            writeln!(out, "  {line}")?;
                        }
                    }
                    Content::Table(table) => text_table(&mut out, table)?,
                    Content::Plot(_) | Content::Life(_) => {}
                }
            }
        }
        out.flush()
    }

    /// As Markdown, in the tables of GitHub.
    pub(super) fn write_markdown(&self, to: impl Write) -> io::Result<()> {
        let mut out = BufWriter::new(to);
        writeln!(out, "# {}", escaped(&self.title))?;
        if !self.subtitle.is_empty() {
            writeln!(out, "\n{}", escaped(&self.subtitle))?;
        }
        for block in &self.blocks {
            writeln!(out, "\n## {}", escaped(&block.heading))?;
            for content in &block.contents {
                match content {
                    Content::Paragraph(text) => writeln!(out, "\n{}", escaped(text))?,
                    Content::Lines(lines) => {
                        writeln!(out)?;
                        for line in lines {
                            writeln!(out, "- {}", escaped(line))?;
                        }
                    }
                    Content::Table(table) => {
                        writeln!(out)?;
                        for (at, cells) in table.rows.iter().enumerate() {
                            row(&mut out, &cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>())?;
                            if at == 0 {
                                let rule = table.numbers.iter();
                                let rule = rule.map(|number| if *number { "---:" } else { "---" }.to_owned());
                                row(&mut out, &rule.collect::<Vec<_>>())?;
                            }
                        }
                    }
                    Content::Plot(_) | Content::Life(_) => {}
                }
            }
        }
        out.flush()
    }
}

/// Columns are made so wide at most; what is longer pushes the rest of its row.
const WIDEST: usize = 48;

/// Columns beneath one another, numbers to the right.
fn text_table(out: &mut impl Write, table: &Table) -> io::Result<()> {
    let widths: Vec<usize> = (0..table.numbers.len())
        .map(|at| table.rows.iter().map(|row| width_of(&row[at])).max().unwrap_or_default().min(WIDEST))
        .collect();
    for row in &table.rows {
        let mut line = String::new();
        for (at, text) in row.iter().enumerate() {
            let space = " ".repeat(widths[at].saturating_sub(width_of(text)));
            line += "  ";
            let (before, behind) = if table.numbers[at] { (space.as_str(), "") } else { ("", &*space) };
            line += before;
            line += text;
            line += behind;
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

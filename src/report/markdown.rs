//! The report as Markdown, for a page or a pull request.

use super::outline::{Content, Outline, names_marked, told, without};
use super::pieces::{Mark, Piece, visible};
use super::words;
use crate::adjustment::Adjustment;
use crate::diff::Differences;
use crate::problem::Lang;
use std::io::{self, BufWriter, Write};

/// Writes what [`text`](super::text) says as Markdown: the head, a table for each kind of adjustment (调整对照表),
/// the annexes. What went is struck out, what came is bold; in names what changed is bold on both sides.
///
/// The tables are those of GitHub's Markdown; cells are escaped.
///
/// # Errors
/// The writer failed.
///
/// # Example
/// ```
/// use qingdan::{Catalogue, AnyCatalogue, LicensingItem, Pairs, diff::Comparing, problem::Lang, report};
/// let mut old = Catalogue::<LicensingItem>::default();
/// old.items.push(LicensingItem::new("A1", "民办职业学校设立")).unwrap();
/// let mut new = old.clone();
/// new.items.update("A1", |item| item.name = "民办学校设立".into()).unwrap();
/// let (old, new) = (AnyCatalogue::from(old), AnyCatalogue::from(new));
/// let differences = old.changes_to(&new, &Pairs::none())?.differences(&old, &new, &Comparing::default())?;
/// let mut page = Vec::new();
/// report::markdown(&differences, Lang::Zh, &mut page)?;
/// assert!(String::from_utf8(page)?.contains("| 民办**职业**学校设立（A1） | 民办学校设立（A1） |"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn markdown(differences: &Differences, lang: Lang, to: impl Write) -> io::Result<()> {
    let outline = Outline::of(differences, lang);
    let mut out = BufWriter::new(to);
    writeln!(out, "# {}\n\n{}", escaped(&outline.title), escaped(&outline.subtitle))?;
    for paragraph in &outline.head {
        writeln!(out, "\n{}", escaped(paragraph))?;
    }
    for section in &outline.sections {
        writeln!(out, "\n## {}\n", escaped(&section.heading))?;
        // A column in which no row has anything is left out.
        let all = || section.groups.iter().flat_map(|(_, adjustments)| adjustments);
        let has_before = all().any(|a| !a.from.is_empty());
        let has_after = all().any(|a| !a.to.is_empty());
        let columns = [
            (true, "序号", "No."),
            (true, "主管部门", "Department"),
            (has_before, "调整前", "Before"),
            (has_after, "调整后", "After"),
            (true, "调整内容", "Change"),
            (true, "调整方式", "Kind"),
            (true, "调整依据", "Decision"),
        ];
        let shown = |cells: Vec<String>| -> Vec<String> {
            cells.into_iter().zip(&columns).filter(|(_, (shown, ..))| *shown).map(|(cell, _)| cell).collect()
        };
        let header = columns.iter().map(|(_, zh, en)| lang.pick(*zh, *en).to_owned()).collect();
        row(&mut out, &shown(header))?;
        row(&mut out, &shown(vec!["---".to_owned(); columns.len()]))?;
        for (serial, adjustment) in all().enumerate() {
            row(&mut out, &shown(cells(serial + 1, adjustment, lang)))?;
        }
    }
    for annex in &outline.annexes {
        writeln!(out, "\n## {}\n", escaped(&annex.heading))?;
        match &annex.content {
            Content::Table(rows) => {
                for (at, cells) in rows.iter().enumerate() {
                    row(&mut out, &cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>())?;
                    if at == 0 {
                        let rule: Vec<String> = (0..cells.len())
                            .map(|at| if at == 0 { "---" } else { "---:" }.to_owned())
                            .collect();
                        row(&mut out, &rule)?;
                    }
                }
            }
            Content::Names(names) => writeln!(out, "{}", escaped(names))?,
            Content::Lines(lines) => {
                for line in lines {
                    writeln!(out, "- {}", escaped(line))?;
                }
            }
        }
    }
    out.flush()
}

pub(super) fn row(out: &mut impl Write, cells: &[String]) -> io::Result<()> {
    writeln!(out, "| {} |", cells.join(" | "))
}

fn cells(serial: usize, adjustment: &Adjustment, lang: Lang) -> Vec<String> {
    let none = || "—".to_owned();
    let id = |ids: &[String]| escaped(&words::bracketed(&visible(&ids.join("、")), lang));
    let marked = names_marked(adjustment);
    let name = |gone: Mark| -> String { without(&marked, gone).iter().map(bold).collect() };
    let (is_new, is_gone) = (adjustment.from.is_empty(), adjustment.to.is_empty());
    let before = if is_new { none() } else { name(Mark::Come) + &id(&adjustment.from) };
    let after = if is_gone {
        none()
    } else if adjustment.from == adjustment.to && adjustment.name_before == adjustment.name_after {
        lang.pick("同左", "as before").to_owned()
    } else {
        name(Mark::Gone) + &id(&adjustment.to)
    };
    let mut content: Vec<String> = told(adjustment, lang)
        .iter()
        .map(|(label, pieces)| {
            let said: String = pieces.iter().map(changed).collect();
            format!("{}{}{said}", escaped(label), words::colon(lang))
        })
        .collect();
    if is_new {
        content.insert(0, lang.pick("新增事项", "new item").to_owned());
    } else if is_gone {
        content.insert(0, lang.pick("取消事项", "item removed").to_owned());
    }
    if !adjustment.certain {
        content.push(lang.pick("（待人工确认）", "(to be confirmed)").to_owned());
    }
    let document = match adjustment.document.as_str() {
        "" => format!("**{}**", words::pending(lang)),
        document => escaped(document),
    };
    vec![
        serial.to_string(),
        escaped(&words::department(&adjustment.department, lang)),
        before,
        after,
        content.join("<br>"),
        escaped(&words::kinds(adjustment, lang)),
        document,
    ]
}

/// A piece of a name: what changed bold.
fn bold(piece: &Piece) -> String {
    match piece.mark {
        Mark::Same => escaped(&piece.text),
        Mark::Gone | Mark::Come => emphasised(&piece.text, ["**", "b"]),
    }
}

/// A piece of a cell: what went struck out, what came bold.
fn changed(piece: &Piece) -> String {
    match piece.mark {
        Mark::Same => escaped(&piece.text),
        Mark::Gone => emphasised(&piece.text, ["~~", "del"]),
        Mark::Come => emphasised(&piece.text, ["**", "b"]),
    }
}

/// Emphasis that holds wherever it stands: marks beside punctuation are none in Markdown, so tags there.
fn emphasised(text: &str, [mark, tag]: [&str; 2]) -> String {
    let firm = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if firm(text.chars().next()) && firm(text.chars().next_back()) {
        format!("{mark}{}{mark}", escaped(text))
    } else {
        format!("<{tag}>{}</{tag}>", escaped(text))
    }
}

/// A text as it is, on one line: nothing in it is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '\r' => {}
            '\\' | '`' | '*' | '_' | '~' | '<' | '>' | '[' | ']' | '|' | '&' | '#' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

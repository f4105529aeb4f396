//! A report in blocks as a page of HTML: one file, no scripts, nothing loaded.

use super::blocks::{Content, Outline, Table};
use super::text::width_of;
use super::{bars, graph};
use crate::problem::Lang;
use std::io::{self, BufWriter, Write};

const STYLE: &str = "\
:root{color-scheme:light}
body{font:16px/1.75 'Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif;color:#1f2933;\
background:#f4f5f7;margin:0}
main{max-width:66rem;margin:2rem auto;padding:2.5rem 3rem;background:#fff;border-top:6px solid #a8201a;\
box-shadow:0 1px 6px #0002}
h1{font-size:1.7rem;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2.2rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid #d9dee4;color:#a8201a}
p.sub{margin:0;color:#616e7c}
p.said{text-indent:2em;text-align:justify;margin:.5rem 0}
mark{background:#fff3c4;padding:0 .15em}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.5;font-variant-numeric:tabular-nums}
th,td{padding:.32rem .6rem;border-bottom:1px solid #e4e7eb;text-align:left;vertical-align:top}
th{color:#616e7c;font-weight:600;border-bottom:2px solid #cbd2d9}
tbody tr:nth-child(even){background:#fafbfc}
.n{text-align:right;white-space:nowrap}
.k{white-space:nowrap}
ul{padding-left:1.2rem;font-size:.9rem;overflow-wrap:anywhere}
figure{margin:1rem 0}
figure svg{width:100%;height:auto}
@media print{body{background:#fff;font-size:11pt}main{box-shadow:none;margin:0;padding:0;max-width:none;\
border-top:none}h2{break-after:avoid}tr,figure,li{break-inside:avoid}thead{display:table-header-group}\
.wide{overflow:visible}table{font-size:8.5pt}th,td{padding:.2rem .4rem}\
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{size:A4;margin:18mm}}
";

pub(super) fn write(outline: &Outline, lang: Lang, to: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(to);
    let title = escaped(&outline.title);
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        lang.pick("zh-CN", "en")
    )?;
    if !outline.subtitle.is_empty() {
        writeln!(out, "<p class=\"sub\">{}</p>", escaped(&outline.subtitle))?;
    }
    for block in &outline.blocks {
        writeln!(out, "<section>\n<h2>{}</h2>", escaped(&block.heading))?;
        for content in &block.contents {
            match content {
                Content::Paragraph(text) => {
                    let open = escaped(text).replace("【待填】", "<mark>【待填】</mark>");
                    writeln!(out, "<p class=\"said\">{open}</p>")?;
                }
                Content::Lines(lines) => {
                    writeln!(out, "<ul>")?;
                    for line in lines {
                        writeln!(out, "<li>{}</li>", escaped(line))?;
                    }
                    writeln!(out, "</ul>")?;
                }
                Content::Table(table) => write_table(&mut out, table)?,
                Content::Life(life) => writeln!(out, "<figure>\n{}\n</figure>", graph::draw(life))?,
                Content::Plot(plot) => {
                    for svg in bars::draw(plot) {
                        writeln!(out, "<figure>\n{svg}\n</figure>")?;
                    }
                }
            }
        }
        writeln!(out, "</section>")?;
    }
    out.write_all(b"</main>\n</body>\n</html>\n")?;
    out.flush()
}

fn write_table(out: &mut impl Write, table: &Table) -> io::Result<()> {
    writeln!(out, "<div class=\"wide\"><table>")?;
    for (at, row) in table.rows.iter().enumerate() {
        let (tag, open, close) = match at {
            0 => ("th", "<thead>", "</thead>\n<tbody>"),
            _ => ("td", "", ""),
        };
        write!(out, "{open}<tr>")?;
        for (cell, number) in row.iter().zip(&table.numbers) {
            // A day, a code or a label is read in one piece.
            let class = match number {
                true => " class=\"n\"",
                false if width_of(cell) <= 16 => " class=\"k\"",
                false => "",
            };
            write!(out, "<{tag}{class}>{}</{tag}>", escaped(cell))?;
        }
        writeln!(out, "</tr>{close}")?;
    }
    writeln!(out, "</tbody></table></div>")
}

#[inline]
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            // What no page may hold.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

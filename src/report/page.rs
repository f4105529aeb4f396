//! A report in blocks as a page of HTML: one file, no scripts, nothing loaded.
//!
//! Plots are drawn by `charts-rs`. It measures texts by the font that it brings, which has no Chinese characters, and so
//! takes their width for half of what it is: names of bars are therefore placed here, beside a plot without axes.

use super::blocks::{Content, Outline, Plot, Table};
use super::text::width_of;
use crate::problem::{Lang, shortened};
use charts_rs::{Color, FontConfig, HorizontalBarChart, Series, TextConfig};
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
                Content::Picture(svg) => writeln!(out, "<figure>\n{svg}</figure>")?,
                Content::Plot(plot) => {
                    for svg in draw(plot).map_err(io::Error::other)? {
                        writeln!(out, "<figure>\n{svg}</figure>")?;
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

/// Letters of the names of bars, in pixels.
const LETTER: f32 = 13.0;
const WIDTH: f32 = 960.0;
const HEAD: f32 = 46.0;

/// Counts as the plot takes them.
#[expect(
    clippy::cast_precision_loss,
    reason = "exact up to 16 million, and a bar is some hundred pixels long"
)]
#[inline]
fn number(n: usize) -> f32 {
    n as f32
}

/// How high a plot may be: several stand on one sheet of paper, and none is cut by its end.
const HEIGHT: f32 = 700.0;

/// A plot as pictures: one of many bars in several, all to one scale.
#[inline]
fn draw(plot: &Plot) -> charts_rs::Result<Vec<String>> {
    let series = number(plot.series.len().max(1));
    let row = 20.0 + 15.0 * series;
    let pieces = (row * number(plot.bars.len()) / (HEIGHT - HEAD)).ceil().max(1.0);
    let mut size = 1;
    while number(size) * pieces < number(plot.bars.len()) {
        size += 1;
    }
    let largest = plot.bars.iter().flat_map(|(_, values)| values).flatten().max().copied();
    let scale = largest.filter(|_| plot.bars.len() > size).map(number);
    let pieces = plot.bars.chunks(size).enumerate();
    pieces
        .map(|(at, bars)| draw_piece(plot, bars, if at == 0 { &plot.title } else { "" }, row, scale))
        .collect()
}

/// These bars of a plot, to this scale where they are not all.
#[inline]
fn draw_piece(
    plot: &Plot,
    bars: &[(String, Vec<Option<usize>>)],
    title: &str,
    row: f32,
    scale: Option<f32>,
) -> charts_rs::Result<String> {
    // A letter of a terminal's column is half as wide as it is high.
    let names: Vec<String> = bars.iter().map(|(name, _)| shortened(name, 22)).collect();
    let widths = plot.bars.iter().map(|(name, _)| width_of(&shortened(name, 22)));
    let widest = number(widths.max().unwrap_or_default());
    let left = (widest * LETTER * 0.52).max(60.0) + 14.0;
    // Grey for what stood before, red for what is told; more for more.
    let colours: &[(u8, u8, u8)] = match plot.series.len() {
        0 | 1 => &[(0xa8, 0x20, 0x1a)],
        2 => &[(0x9f, 0xb3, 0xc8), (0xa8, 0x20, 0x1a)],
        _ => &[(0x9f, 0xb3, 0xc8), (0x2f, 0x85, 0x5a), (0xa8, 0x20, 0x1a), (0xb7, 0x79, 0x1f)],
    };
    // The chart begins at its foot.
    let values = |at: usize| bars.iter().rev().map(move |(_, values)| values.get(at).copied().flatten());
    let rows = plot.series.iter().enumerate().map(|(at, name)| {
        let mut series = Series::new(name.clone(), Vec::new());
        series.data = values(at).map(|value| value.map(number)).collect();
        series.label_show = true;
        series
    });
    let mut chart = HorizontalBarChart::new(rows.collect(), names.iter().rev().cloned().collect());
    chart.width = WIDTH;
    chart.height = HEAD + row * number(bars.len()) + 8.0;
    if let (Some(_), Some(axis)) = (scale, chart.y_axis_configs.first_mut()) {
        (axis.min, axis.max) = (Some(0.0), scale);
    }
    chart.font_family = "sans-serif".to_owned();
    chart.background_color = Color::transparent();
    chart.series.colors = colours.iter().map(|colour| Color::from(*colour)).collect();
    chart.series.label.formatter = "{c}".to_owned();
    chart.y_axis_hidden = true;
    chart.x_axis.hidden = true;
    chart.grid.stroke_width = 0.0;
    chart.margin.left = left;
    chart.margin.right = 60.0;
    chart.margin.top = HEAD;
    chart.margin.bottom = 8.0;
    chart.legend.show = Some(false);
    let dark = Color::from((0x32, 0x3f, 0x4b));
    let text = |text: &str, left: f32, top: f32, colour: Color, weight: Option<&str>| TextConfig {
        text: text.to_owned(),
        left: Some(left),
        top: Some(top),
        font: FontConfig { size: LETTER, color: colour, weight: weight.map(str::to_owned) },
        ..TextConfig::default()
    };
    let mut texts = vec![text(title, 0.0, 8.0, dark, Some("bold"))];
    if plot.series.len() > 1 {
        let mut at = left;
        for (name, colour) in plot.series.iter().zip(colours) {
            texts.push(text("■", at, 8.0, Color::from(*colour), Some("bold")));
            texts.push(text(name, at + 1.5 * LETTER, 8.0, dark, None));
            at += number(width_of(name) + 3) * LETTER * 0.6 + 24.0;
        }
    }
    for (at, name) in names.iter().enumerate() {
        let top = HEAD + row * number(at) + (row - LETTER) / 2.0 - 3.0;
        texts.push(text(name, 0.0, top, dark, None));
    }
    chart.texts = texts;
    let label = escaped(&plot.title);
    Ok(chart.svg()?.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{label}\" "), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number behind a word.
    fn after(text: &str, word: &str) -> f32 {
        let (_, rest) = text.split_once(word).unwrap();
        rest[..rest.find('"').unwrap()].parse().unwrap()
    }

    #[test]
    fn a_name_stands_beside_its_own_bars_and_before_them() {
        let names = ["海东市行政许可事项通用清单", "权责清单", "甲<乙>&丙"];
        let bars = names
            .iter()
            .enumerate()
            .map(|(n, name)| ((*name).to_owned(), vec![(n != 1).then_some(100), Some(1028 + n)]));
        let plot = Plot {
            title: "各清单项数".into(),
            series: vec!["2022".into(), "2023".into()],
            bars: bars.collect(),
        };
        let svg = draw(&plot).unwrap().concat();
        assert!(!svg.contains("甲<乙>"), "{svg}");
        for (n, name) in ["海东市行政许可事项通用清单", "权责清单", "甲&lt;乙&gt;&amp;丙"].iter().enumerate()
        {
            // Text stands on lines of its own.
            let text = svg.split("<text").find(|text| text.contains(&format!(">\n{name}\n"))).unwrap();
            let (x, y) = (after(text, " x=\""), after(text, " y=\""));
            let rects = svg.split("<rect").filter(|rect| rect.contains(&format!("data-category=\"{name}\"")));
            let rects: Vec<&str> = rects.collect();
            assert_eq!(rects.len(), if n == 1 { 1 } else { 2 }, "{svg}");
            for rect in rects {
                let (left, top) = (after(rect, " x=\""), after(rect, " y=\""));
                assert!((top - y).abs() < 30.0 && top > HEAD - 8.0, "{name}: {y} {top}");
                assert!(x + number(width_of(names[n])) * LETTER / 2.0 < left, "{name}");
            }
        }
        for value in ["1028", "1029", "1030", "100"] {
            assert!(svg.contains(&format!("\n{value}\n")), "{svg}");
        }
    }

    #[test]
    fn a_plot_of_many_bars_is_cut_between_them_and_keeps_its_scale() {
        // The longest bar of each tenth is ten times as long as that of the tenth before.
        let bars = (0..40).map(|n| (format!("第{n}版"), vec![Some(if n < 30 { 10 } else { 100 }), Some(1)]));
        let plot = Plot {
            title: "各版项数".into(),
            series: vec!["未变".into(), "全部".into()],
            bars: bars.collect(),
        };
        let pieces = draw(&plot).unwrap();
        assert_eq!(pieces.len(), 4);
        let length = |piece: &str, name: &str| {
            let rect = piece.split("<rect").find(|rect| rect.contains(&format!("data-category=\"{name}\"")));
            after(rect.unwrap(), " width=\"")
        };
        let (short, long) = (length(&pieces[0], "第0版"), length(&pieces[3], "第39版"));
        assert!((long - 10.0 * short).abs() < 1.0, "{short} {long}");
        for piece in &pieces {
            assert!(after(piece, " height=\"") <= HEIGHT + 10.0, "{piece}");
            assert!(piece.contains("未变"), "each says what is what");
        }
        assert!(pieces[0].contains("\n各版项数\n") && !pieces[1].contains("\n各版项数\n"));
    }
}

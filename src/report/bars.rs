//! Counts as bars (SVG).

use super::blocks::Plot;
use super::pieces::visible;
use super::text::width_of;
use crate::problem::shortened;
use svg::Document;
use svg::node::element::{Rectangle, Text, Title};

/// Letters, in pixels.
const LETTER: f32 = 13.0;
const WIDTH: f32 = 960.0;
/// Room for the title and what says which colour is what.
const HEAD: f32 = 46.0;
/// Room for the count behind a bar.
const COUNT: f32 = 60.0;
/// A bar, and from one to the next of an entry.
const BAR: f32 = 12.0;
const STEP: f32 = 15.0;
/// How high a plot may be: several stand on one sheet of paper, and none is cut by its end.
const HEIGHT: f32 = 700.0;
/// How many columns of a terminal a name may take.
const NAME: usize = 22;
const DARK: &str = "#323f4b";

/// Grey for what stood before, red for what is told; more for more.
#[inline]
fn colours(series: usize) -> &'static [&'static str] {
    match series {
        0 | 1 => &["#a8201a"],
        2 => &["#9fb3c8", "#a8201a"],
        _ => &["#9fb3c8", "#2f855a", "#a8201a", "#b7791f"],
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact up to 16 million, and a bar is some hundred pixels long"
)]
#[inline]
fn number(n: usize) -> f32 {
    n as f32
}

/// A plot as pictures: one of many bars in several, all to one scale.
#[inline]
pub(super) fn draw(plot: &Plot) -> Vec<String> {
    let row = 20.0 + STEP * number(plot.series.len().max(1));
    let pieces = (row * number(plot.bars.len()) / (HEIGHT - HEAD)).ceil().max(1.0);
    let mut size = 1;
    while number(size) * pieces < number(plot.bars.len()) {
        size += 1;
    }
    let names = plot.bars.iter().map(|(name, _)| width_of(&shortened(name, NAME)));
    // A letter of a terminal's column is half as wide as it is high.
    let left = (number(names.max().unwrap_or_default()) * LETTER * 0.52).max(60.0) + 14.0;
    let largest =
        plot.bars.iter().flat_map(|(_, values)| values).flatten().max().copied().unwrap_or_default();
    let scale = (WIDTH - left - COUNT) / number(largest.max(1));
    let pieces = plot.bars.chunks(size).enumerate();
    pieces
        .map(|(at, bars)| draw_piece(plot, bars, if at == 0 { &plot.title } else { "" }, row, left, scale))
        .collect()
}

/// These bars of a plot, so many pixels for one.
#[inline]
fn draw_piece(
    plot: &Plot,
    bars: &[(String, Vec<Option<usize>>)],
    title: &str,
    row: f32,
    left: f32,
    scale: f32,
) -> String {
    let colours = colours(plot.series.len());
    let height = HEAD + row * number(bars.len()) + 8.0;
    let mut picture = Document::new()
        .set("role", "img")
        .set("aria-label", visible(&plot.title))
        .set("viewBox", format!("0 0 {WIDTH} {height}"))
        .set("font-family", "sans-serif")
        .set("font-size", LETTER);
    if !title.is_empty() {
        picture = picture.add(text(title, 0.0, 20.0).set("font-weight", "bold"));
    }
    if plot.series.len() > 1 {
        let mut at = left;
        for (name, colour) in plot.series.iter().zip(colours.iter().cycle()) {
            picture = picture.add(bar(at, 10.0, BAR).set("fill", *colour));
            picture = picture.add(text(name, at + 1.5 * LETTER, 20.0));
            at += number(width_of(name) + 3) * LETTER * 0.6 + 24.0;
        }
    }
    for (at, (name, values)) in bars.iter().enumerate() {
        let top = HEAD + row * number(at);
        picture = picture.add(text(&shortened(name, NAME), 0.0, top + row / 2.0 + 4.0));
        let series = plot.series.iter().zip(colours.iter().cycle());
        for (place, (value, (series, colour))) in values.iter().zip(series).enumerate() {
            let Some(value) = value else { continue };
            let (y, length) = (top + 10.0 + STEP * number(place), scale * number(*value));
            let told = Title::new(visible(&format!("{name} · {series}: {value}")));
            picture = picture.add(bar(left, y, length).set("fill", *colour).add(told)).add(text(
                &value.to_string(),
                left + length + 6.0,
                y + 10.5,
            ));
        }
    }
    picture.to_string()
}

/// Tenths of a pixel are seen by nobody.
#[inline]
fn tenths(pixels: f32) -> f32 {
    (pixels * 10.0).round() / 10.0
}

#[inline]
fn bar(x: f32, y: f32, length: f32) -> Rectangle {
    Rectangle::new().set("x", tenths(x)).set("y", tenths(y)).set("width", tenths(length)).set("height", BAR)
}

#[inline]
fn text(content: &str, x: f32, y: f32) -> Text {
    Text::new(visible(content)).set("x", tenths(x)).set("y", tenths(y)).set("fill", DARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number behind a word.
    fn after(text: &str, word: &str) -> f32 {
        let (_, rest) = text.split_once(word).unwrap();
        rest[..rest.find('"').unwrap()].parse().unwrap()
    }

    /// The bars that are told with this name.
    fn bars_of<'a>(picture: &'a str, name: &str) -> Vec<&'a str> {
        let bars = picture.split("<rect").skip(1);
        bars.filter(|bar| bar.split("</rect>").next().unwrap().contains(&format!("{name} · "))).collect()
    }

    #[test]
    fn a_name_stands_beside_its_own_bars_and_before_them() {
        let names = ["海东市行政许可事项通用清单", "权责清单", "甲<乙>&丙"];
        let bars = names
            .iter()
            .enumerate()
            .map(|(n, name)| ((*name).to_owned(), vec![(n != 1).then_some(100), Some(1028 + n)]));
        let plot = Plot {
            title: "各\"清单\"项数".into(),
            series: vec!["2022".into(), "2023".into()],
            bars: bars.collect(),
        };
        let picture = draw(&plot).concat();
        assert!(!picture.contains("甲<乙>") && !picture.contains("\"各\"清单"), "{picture}");
        for (n, name) in ["海东市行政许可事项通用清单", "权责清单", "甲&lt;乙&gt;&amp;丙"].iter().enumerate()
        {
            let text = picture.split("<text").find(|text| text.contains(&format!(">\n{name}\n")));
            let text = text.unwrap();
            let (x, y) = (after(text, " x=\""), after(text, " y=\""));
            let bars = bars_of(&picture, name);
            assert_eq!(bars.len(), if n == 1 { 1 } else { 2 }, "{picture}");
            for bar in bars {
                let (left, top) = (after(bar, " x=\""), after(bar, " y=\""));
                assert!((top - y).abs() < 30.0 && top > HEAD - 8.0, "{name}: {y} {top}");
                assert!(x + number(width_of(names[n])) * LETTER / 2.0 < left, "{name}");
                assert!(left + after(bar, " width=\"") <= WIDTH - COUNT + 0.1, "{name}");
            }
        }
        for value in ["1028", "1029", "1030", "100"] {
            assert!(picture.contains(&format!("\n{value}\n")), "{picture}");
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
        let pieces = draw(&plot);
        assert_eq!(pieces.len(), 4);
        let length = |piece: &str, name: &str| after(bars_of(piece, name)[0], " width=\"");
        let (short, long) = (length(&pieces[0], "第0版"), length(&pieces[3], "第39版"));
        assert!((long - 10.0 * short).abs() < 1.0, "{short} {long}");
        for piece in &pieces {
            let height: Vec<&str> = piece.split("viewBox=\"").nth(1).unwrap().split(['"', ' ']).collect();
            assert!(height[3].parse::<f32>().unwrap() <= HEIGHT + 10.0, "{piece}");
            assert!(piece.contains("未变"), "each says what is what");
        }
        // The title stands in the first; each is called by it for those who are read to.
        assert_eq!(
            pieces.iter().map(|piece| piece.matches("各版项数").count()).collect::<Vec<_>>(),
            [2, 1, 1, 1]
        );
    }

    #[test]
    fn a_plot_without_bars_or_of_nothing_is_no_division_by_zero() {
        let plot = |bars| Plot { title: "无".into(), series: vec!["项".into()], bars };
        assert!(draw(&plot(Vec::new())).is_empty());
        let picture = draw(&plot(vec![("甲".into(), vec![Some(0)])])).concat();
        assert!(!picture.contains("NaN") && !picture.contains("inf"), "{picture}");
    }
}

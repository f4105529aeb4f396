//! The life of an item as a graph (SVG): a box for each form, as long as it lasted, and lines where one became another.

use super::pieces::visible;
use crate::history::Life;
use crate::lineage::Share;
use crate::problem::shortened;
use std::collections::BTreeMap;
use svg::Document;
use svg::node::element::{Group, Line, Path, Rectangle, Text, Title};

const GREY: &str = "#616e7c";

const BOX: usize = 40;
const ROW: usize = 58;
const STEP: usize = 168;
const GAP: usize = 34;
const HEAD: usize = 28;

/// Where a form stands: its columns, from the first to the one behind the last, and its row.
struct Place {
    from: usize,
    to: usize,
    row: usize,
}

/// Columns are the editions in which a form begins; a form stays in the row of the one that it came of, where that is free.
#[inline]
fn places(life: &Life, columns: &BTreeMap<usize, usize>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    // The column behind the last form of each row.
    let mut rows: Vec<usize> = Vec::new();
    for (at, form) in life.forms.iter().enumerate() {
        let from = columns.get(&form.span.0).copied().unwrap_or_default();
        let to = columns.range(..=form.span.1).count().max(from + 1);
        let came_of = life.changes.iter().filter(|change| change.share == Share::Whole).find_map(|change| {
            let carries_on = change.to.first().is_some_and(|end| end.form == Some(at));
            carries_on.then(|| change.from.iter().find_map(|end| end.form))?
        });
        let same_row = came_of.and_then(|form| places.get(form)).map(|place| place.row);
        let is_free = |row: &usize| rows.get(*row).is_none_or(|end| *end <= from);
        let row =
            same_row.filter(is_free).unwrap_or_else(|| (0..=rows.len()).find(is_free).unwrap_or(rows.len()));
        if row == rows.len() {
            rows.push(0);
        }
        rows[row] = to;
        places.push(Place { from, to, row });
    }
    places
}

#[inline]
pub(super) fn draw(life: &Life) -> String {
    let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
    for form in &life.forms {
        columns.insert(form.span.0, 0);
    }
    for (column, at) in columns.values_mut().enumerate() {
        *at = column;
    }
    let places = places(life, &columns);
    let rows = places.iter().map(|place| place.row + 1).max().unwrap_or_default();
    let width = places.iter().map(|place| place.to).max().unwrap_or_default() * STEP + 16;
    let height = HEAD + rows * ROW + 8;
    let left = |place: &Place| 8 + place.from * STEP;
    let right = |place: &Place| 8 + place.to * STEP - GAP;
    let middle = |place: &Place| HEAD + place.row * ROW + BOX / 2 + 4;
    let mut picture = Document::new()
        .set("role", "img")
        .set("aria-label", visible(&life.id))
        .set("viewBox", format!("0 0 {width} {height}"))
        .set("style", format!("max-width:{width}px"))
        .set("font-family", "sans-serif")
        .set("font-size", 12);
    for (position, column) in &columns {
        let label = life.forms.iter().find(|form| form.span.0 == *position).map_or("", |form| &form.first);
        let x = 8 + column * STEP;
        let line = Line::new().set("x1", x).set("y1", 22).set("x2", x).set("y2", height);
        picture = picture
            .add(text(&shortened(label, 18), x, 16, GREY))
            .add(line.set("stroke", "#e4e7eb").set("stroke-width", 1));
    }
    for change in &life.changes {
        for from in change.from.iter().filter_map(|end| places.get(end.form?)) {
            for to in change.to.iter().filter_map(|end| places.get(end.form?)) {
                if std::ptr::eq(from, to) {
                    continue;
                }
                // What lived before it took a part over is met where it did.
                let then = columns.range(change.position..).next().map_or(right(to), |(_, at)| 8 + at * STEP);
                let x2 = left(to).max(then.min(right(to)));
                let (x1, y1) = (right(from).min(x2), middle(from));
                let y2 = match (x2 > left(to), from.row < to.row) {
                    (false, _) => middle(to),
                    (true, true) => middle(to) - BOX / 2,
                    (true, false) => middle(to) + BOX / 2,
                };
                let bend = x1.midpoint(x2);
                let course = format!("M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}");
                let mut path = Path::new().set("d", course).set("fill", "none");
                if change.share == Share::Part {
                    path = path.set("stroke-dasharray", "5 4");
                }
                picture = picture.add(path.set("stroke", "#a8201a").set("stroke-width", 1.5));
            }
        }
    }
    for (form, place) in life.forms.iter().zip(&places) {
        let (x, y, wide) = (left(place), middle(place) - BOX / 2, right(place) - left(place));
        let letters = (wide - 12) / 12;
        let asked = if form.id == life.id { "#fdf1f0" } else { "#fff" };
        let span = if form.first == form.last {
            form.first.clone()
        } else {
            format!("{} – {}", form.first, form.last)
        };
        let told = Title::new(visible(&format!("{} {} ({span})", form.id, form.name)));
        let frame =
            Rectangle::new().set("x", x).set("y", y).set("width", wide).set("height", BOX).set("rx", 4);
        picture = picture.add(
            Group::new()
                .add(told)
                .add(frame.set("fill", asked).set("stroke", "#9fb3c8"))
                .add(text(&shortened(&visible(&form.name), letters), x + 6, y + 16, "#1f2933"))
                .add(text(&shortened(&form.id, 22), x + 6, y + 32, GREY).set("font-size", 11)),
        );
    }
    picture.to_string()
}

#[inline]
fn text(content: &str, x: usize, y: usize, colour: &str) -> Text {
    Text::new(visible(content)).set("x", x).set("y", y).set("fill", colour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Grounds, History};
    use crate::lineage::{Lineage, Link, Reason};
    use crate::{AnyCatalogue, Catalogue, Header, LicensingItem, SharedList};

    #[test]
    fn each_form_is_a_box_and_each_change_a_line() {
        let edition = |label: &str, ids: &[&str]| -> AnyCatalogue {
            let items =
                SharedList::of(ids.iter().map(|id| LicensingItem::new(*id, format!("许可<{id}>")))).unwrap();
            let mut list = Catalogue::new(Header::default(), items);
            list.header.edition = label.into();
            list.into()
        };
        let mut history = History::start(edition("2022", &["A"])).unwrap();
        let mut split = Link::new("A", "B1", Reason::Decided);
        split.to.push("B2".into());
        let lineage = Lineage { links: vec![split], ..Lineage::default() };
        history.append_as(edition("2023", &["B1", "B2"]), &lineage, &Grounds::default()).unwrap();
        let svg = draw(&history.lineage("A").unwrap());
        assert_eq!((svg.matches("<rect").count(), svg.matches("<path").count()), (3, 2), "{svg}");
        assert!(svg.contains("许可&lt;B2&gt;") && !svg.contains("<script"), "{svg}");
    }
}

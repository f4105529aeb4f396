//! What a merge gave: for people each clash with its three values one under the other, for programs JSON.

use super::pieces::{Extent, Piece, pieces, visible};
use super::text::{Page, TextOptions};
use super::words;
use crate::codes::Pick;
use crate::merge::{ClashRow, MergedCatalogue, MergedPortfolio, Resolved};
use crate::problem::{Lang, shortened};
use crate::sorting::Sorting as _;
use crate::value::{Choice, ClashKind};
use serde::Serialize as _;
use serde_json::Value as Json;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};

/// The format of the JSON of a merge of all lists of one government.
pub const PORTFOLIO_MERGE_FORMAT: &str = "qingdan/portfolio-merge/1";

/// Writes the JSON of a merge.
///
/// # Errors
/// The writer failed.
pub fn merge_json(merged: &MergedCatalogue, to: impl Write) -> io::Result<()> {
    write_json(merged, &mut BufWriter::new(to), b"\n")
}

#[inline]
fn write_json(merged: &MergedCatalogue, to: &mut dyn Write, end: &[u8]) -> io::Result<()> {
    let mut pretty =
        serde_json::Serializer::with_formatter(&mut *to, serde_json::ser::PrettyFormatter::new());
    merged.report().serialize(&mut pretty)?;
    to.write_all(end)?;
    to.flush()
}

/// Writes the JSON of a merge of portfolios: the report of each list by its kind and series, and the lists that are gone.
///
/// # Errors
/// The writer failed.
pub fn portfolio_merge_json(merged: &MergedPortfolio, to: impl Write) -> io::Result<()> {
    let mut to = BufWriter::new(to);
    let removed = Json::from(merged.removed.clone());
    write!(to, "{{\n\"format\": \"{PORTFOLIO_MERGE_FORMAT}\",\n\"removed\": {removed},\n\"lists\": {{")?;
    for (i, (key, list)) in merged.lists.iter().enumerate() {
        write!(to, "{}\n{}: ", if i == 0 { "" } else { "," }, Json::from(key.as_str()))?;
        write_json(list, &mut to, b"")?;
    }
    writeln!(to, "}}}}")?;
    to.flush()
}

/// Writes what a merge of portfolios gave for people to read: [`merge_text`] of each list, and the lists that are gone.
///
/// # Errors
/// The writer failed.
pub fn portfolio_merge_text(
    merged: &MergedPortfolio,
    options: &TextOptions,
    mut to: impl Write,
) -> io::Result<()> {
    for (at, list) in merged.lists.values().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        merge_text(list, options, &mut to)?;
    }
    for key in &merged.removed {
        let said = options.lang.pick(
            "整份清单已由一方取消，另一方未改动",
            "a side took out the whole list, which the other had not changed",
        );
        writeln!(to, "\n{}{}{said}", visible(key), super::words::colon(options.lang))?;
    }
    to.flush()
}

/// Writes what a merge gave for people to read: the counts, each clash with the value of base, ours and theirs one under
/// the other and what each side changed marked in it, what was decided by whom, spellings given up.
///
/// Linear in the clashes; the texts of one field are compared character by character.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::merge::{Identity, MergedCatalogue};
/// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList, report};
/// let list = |name: &str| -> AnyCatalogue {
///     Catalogue::new(Default::default(), SharedList::of([LicensingItem::new("1", name)]).unwrap()).into()
/// };
/// let (base, ours, theirs) = (list("民办职业学校设立"), list("民办学校设立"), list("民办职业学校设立审批"));
/// let merged = MergedCatalogue::of(&base, &ours, &theirs, &Identity::default());
/// let mut page = Vec::new();
/// report::merge_text(&merged, &report::TextOptions::default(), &mut page)?;
/// assert!(String::from_utf8(page)?.contains("民办〔－职业－〕学校设立"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn merge_text(merged: &MergedCatalogue, options: &TextOptions, to: impl Write) -> io::Result<()> {
    let lang = options.lang;
    let mut to = BufWriter::new(to);
    let mut page = Page::new(&mut to as &mut dyn Write, options);
    page.heading(&visible(merged.list().title()))?;
    for line in counts(merged, lang) {
        page.plain(0, &line)?;
    }
    sections(&mut page, merged, lang)?;
    page.flush()
}

/// The clashes, what was decided, and spellings given up.
#[inline]
pub(super) fn sections(
    page: &mut Page<'_, &mut dyn Write>,
    merged: &MergedCatalogue,
    lang: Lang,
) -> io::Result<()> {
    let items = merged.list().items();
    let names: HashMap<_, _> = items.iter().map(|item| (item.key(), item.name())).collect();
    let columns = Titles { merged };
    let mut serial = 0;
    if !merged.conflicts().is_empty() {
        page.plain(0, "")?;
        page.heading(lang.pick("待定的冲突", "Clashes to decide"))?;
    }
    for row in merged.conflicts() {
        serial += 1;
        let name = names.get(row.item.as_str()).copied();
        let whole = |side: &Option<Json>| Some(side.as_ref()?.get("name")?.as_str()?.to_owned());
        let name = name.map(str::to_owned).or_else(|| [&row.ours, &row.theirs].into_iter().find_map(whole));
        let kind = words::bracketed(label(row.kind, lang), lang);
        let head = match (row.item.as_str(), row.kind) {
            ("", ClashKind::Order) => lang.pick("事项次序", "the order of the items").to_owned(),
            ("", _) => lang.pick("表头", "the header").to_owned(),
            (item, _) => match name {
                Some(name) => format!("{item} {}", visible(&name)),
                None => item.to_owned(),
            },
        };
        let field = match row.field.as_str() {
            "" => String::new(),
            field => format!(" · {}", visible(&columns.title(row, field, lang))),
        };
        page.plain(2, &format!("{serial}. {}{field}{kind}", visible(&head)))?;
        for (side, pieces) in sides(row, &columns, lang) {
            let mut line = vec![Piece::plain(format!("{side}{}", words::colon(lang)))];
            line.extend(pieces);
            page.pieces(5, 9, &line)?;
        }
    }
    decided(page, merged, &columns, lang)
}

/// What was decided by whom, and spellings given up.
#[inline]
fn decided(
    page: &mut Page<'_, &mut dyn Write>,
    merged: &MergedCatalogue,
    columns: &Titles<'_>,
    lang: Lang,
) -> io::Result<()> {
    if !merged.resolved().is_empty() {
        page.plain(0, "")?;
        page.heading(lang.pick("已定的冲突", "Clashes decided"))?;
        for row in merged.resolved() {
            page.plain(2, &visible(&decision(row, columns, lang)))?;
        }
    }
    if !merged.notes().is_empty() {
        page.plain(0, "")?;
        page.heading(lang.pick("未采用的写法", "Spellings given up"))?;
        for note in merged.notes() {
            let place = [note.item.as_str(), &columns.named(&note.item, &note.field, lang)].join(" ");
            let kept =
                if note.kept.is_empty() { lang.pick("（已删除）", "(removed)") } else { &note.kept };
            let side = side_label(note.side, lang);
            let mut line =
                vec![Piece::plain(format!("{} {side}{}", visible(place.trim()), words::colon(lang)))];
            line.extend(pieces(&note.given_up, kept, Extent::Changed));
            page.pieces(2, 6, &line)?;
        }
    }
    Ok(())
}

#[inline]
fn counts(merged: &MergedCatalogue, lang: Lang) -> [String; 2] {
    let s = merged.summary();
    let decided = merged.resolved().len();
    match lang {
        Lang::Zh => [
            format!(
                "合并后共{}项：我方变动{}项，对方变动{}项，双方相同变动{}项。",
                s.items, s.changed_by_ours, s.changed_by_theirs, s.changed_alike
            ),
            format!("待定冲突{}处，涉及{}项；已定{decided}处。", s.conflicts, s.conflicted_items),
        ],
        Lang::En => [
            format!(
                "{} after the merge: ours changed {}, theirs {}, both alike {}.",
                words::items(s.items, lang),
                s.changed_by_ours,
                s.changed_by_theirs,
                s.changed_alike
            ),
            format!(
                "Clashes to decide: {}, in {}; decided: {decided}.",
                s.conflicts,
                words::items(s.conflicted_items, lang)
            ),
        ],
    }
}

/// What fields are called in the lists.
struct Titles<'a> {
    merged: &'a MergedCatalogue,
}

impl Titles<'_> {
    #[inline]
    fn title(&self, row: &ClashRow, field: &str, lang: Lang) -> String {
        self.named(&row.item, field, lang)
    }
    #[inline]
    fn named(&self, item: &str, field: &str, lang: Lang) -> String {
        if item.is_empty() {
            return words::header_title(field, lang);
        }
        let known = self.merged.list().kind().fields().iter().find(|known| known.name == field);
        known.map_or(field, |known| known.title()).to_owned()
    }
}

/// The three values, each with what is to be seen in it.
#[inline]
fn sides(row: &ClashRow, columns: &Titles<'_>, lang: Lang) -> Vec<(&'static str, Vec<Piece>)> {
    let labels = [Choice::Base, Choice::Ours, Choice::Theirs].map(|choice| side_label(choice, lang));
    let values = [&row.base, &row.ours, &row.theirs];
    let nothing = || vec![Piece::plain(lang.pick("（无）", "(nothing)"))];
    let whole = row.field.is_empty() && values.iter().any(|v| v.as_ref().is_some_and(Json::is_object));
    let mut out = Vec::with_capacity(3);
    for at in 0..3 {
        let shown = if whole {
            match (values[at], values.into_iter().flatten().next()) {
                (None, _) if at == 0 || values[0].is_none() => nothing(),
                (None, _) => vec![Piece::plain(lang.pick("（已删除）", "(removed)"))],
                // The one that the others are seen beside: its name says which it is.
                (Some(item), Some(first)) if item == first => vec![Piece::plain(visible(&name_of(item)))],
                (Some(item), first) => {
                    let title = |field: &str| columns.title(row, field, lang);
                    differences(first.unwrap_or(&Json::Null), item, &title, lang)
                }
            }
        } else {
            match (&row.cells[at], &row.cells[0]) {
                (None, _) => nothing(),
                (Some(cell), Some(base)) if at > 0 => pieces(base, cell, Extent::Changed),
                (Some(cell), _) => vec![Piece::plain(visible(&shortened(cell, 400)))],
            }
        };
        out.push((labels[at], shown));
    }
    out
}

#[inline]
fn name_of(item: &Json) -> String {
    let text = |field: &str| item.get(field).and_then(Json::as_str).unwrap_or_default();
    format!("{} {}", text("id"), text("name"))
}

/// The fields in which an item differs from another one.
#[inline]
fn differences(before: &Json, after: &Json, title: &dyn Fn(&str) -> String, lang: Lang) -> Vec<Piece> {
    let empty = serde_json::Map::new();
    let [old, new] = [before, after].map(|item| item.as_object().unwrap_or(&empty));
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.order();
    names.dedup();
    let mut out = Vec::new();
    for name in names.into_iter().filter(|name| old.get(*name) != new.get(*name)) {
        let [was, is] = [old, new].map(|item| item.get(name).map(text_of).unwrap_or_default());
        let joint = if out.is_empty() { "" } else { words::semicolon(lang) };
        out.push(Piece::plain(format!("{joint}{}{}", visible(&title(name)), words::colon(lang))));
        out.extend(pieces(&was, &is, Extent::Changed));
    }
    out
}

/// A value of a document for people.
#[inline]
fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(list) => list.iter().map(text_of).collect::<Vec<_>>().join("；"),
        Json::Object(parts) => match parts.get("text").or_else(|| parts.get("name")) {
            Some(Json::String(text)) if parts.len() == 1 => text.clone(),
            _ => parts
                .iter()
                .map(|(name, part)| format!("{name}={}", text_of(part)))
                .collect::<Vec<_>>()
                .join(" "),
        },
        other => other.to_string(),
    }
}

#[inline]
fn decision(row: &Resolved, columns: &Titles<'_>, lang: Lang) -> String {
    let place = [row.item.as_str(), &columns.named(&row.item, &row.field, lang)].join(" ");
    let place = match place.trim() {
        "" => label(row.kind, lang),
        place => place,
    };
    let mut out = format!("{place}{}", words::colon(lang));
    out += match (lang, &row.choice) {
        (Lang::Zh, choice) => choice.label(),
        (Lang::En, Pick::Value) => "a value given",
        (Lang::En, choice) => choice.as_str(),
    };
    if let Some(value) = &row.value {
        out += &format!(" {}", shortened(&text_of(value), 80));
    }
    // Which rule it was is for those who wrote the rules: in Chinese it is told that it was one.
    let who = match lang {
        Lang::Zh if row.who.starts_with("policy: ") => "按规则",
        _ => &row.who,
    };
    for more in [who, &row.note].into_iter().filter(|more| !more.is_empty()) {
        out += &words::bracketed(more, lang);
    }
    out
}

#[inline]
fn side_label(choice: Choice, lang: Lang) -> &'static str {
    match choice {
        Choice::Base => lang.pick("原　", "base  "),
        Choice::Ours => lang.pick("我方", "ours  "),
        Choice::Theirs => lang.pick("对方", "theirs"),
    }
}

/// A kind of clash in words.
#[inline]
fn label(kind: ClashKind, lang: Lang) -> &'static str {
    match kind {
        ClashKind::EditEdit => lang.pick("双方改法不同", "edited on both sides"),
        ClashKind::EditRemove => lang.pick("一方修改，一方删除", "edited here, removed there"),
        ClashKind::AddAdd => lang.pick("双方各增一项，编码相同", "added on both sides under one id"),
        ClashKind::SameId => lang.pick("多项争用一个编码", "several items want one id"),
        ClashKind::Order => lang.pick("双方次序不能并存", "two orders that cannot both hold"),
        ClashKind::Dangling => lang.pick("所属事项已不在清单中", "belongs to an item that is gone"),
    }
}

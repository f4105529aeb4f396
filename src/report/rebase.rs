//! What a rebase proposes: for people each adjustment with the upper change that it follows, then what needs a person;
//! for programs JSON.

use super::pieces::{Extent, Piece, pieces, visible};
use super::text::{Page, TextOptions};
use super::words;
use crate::problem::{Lang, shortened};
use crate::rebase::{Followed, Pending, RebaseReport, Rebased, UpperChange};
use crate::record::Field;
use serde::Serialize as _;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};

/// Writes the JSON of a rebase (`qingdan/rebase/1`): that of a merge, with the adjustments that the proposal makes and what
/// needs a person.
///
/// # Errors
/// The writer failed.
pub fn rebase_json(rebased: &Rebased, lang: Lang, to: impl Write) -> io::Result<()> {
    let mut to = BufWriter::new(to);
    let mut pretty = serde_json::Serializer::with_formatter(&mut to, serde_json::ser::PrettyFormatter::new());
    RebaseReport::of(rebased, lang).serialize(&mut pretty)?;
    to.write_all(b"\n")?;
    to.flush()
}

/// Writes what a rebase proposes for people to read: the counts, each adjustment and the upper changes that it follows, what
/// needs a person, clashes, and what was decided by which policy.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::rebase::{Options, Rebased};
/// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList, report};
/// let list = |name: &str| -> AnyCatalogue {
///     Catalogue::new(Default::default(), SharedList::of([LicensingItem::new("1", name)]).unwrap()).into()
/// };
/// let rebased =
///     Rebased::of(&list("民办职业学校设立"), &list("民办职业学校设立"), &list("民办学校设立"), &Options::default())?;
/// let mut page = Vec::new();
/// report::rebase_text(&rebased, &report::TextOptions::default(), &mut page)?;
/// assert!(String::from_utf8(page)?.contains("民办〔－职业－〕学校设立"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rebase_text(rebased: &Rebased, options: &TextOptions, to: impl Write) -> io::Result<()> {
    let lang = options.lang;
    let adjustments = rebased.adjustments().unwrap_or_default();
    let mut to = BufWriter::new(to);
    let mut page = Page::new(&mut to as &mut dyn Write, options);
    page.heading(&visible(rebased.merged.list().title()))?;
    page.plain(0, &counts(rebased, adjustments.len(), lang))?;
    if !adjustments.is_empty() {
        page.plain(0, "")?;
        page.heading(lang.pick("随上级调整", "Adjustments that follow the upper list"))?;
    }
    for (serial, followed) in adjustments.iter().enumerate() {
        write_adjustment(&mut page, serial + 1, followed, lang)?;
    }
    write_pending(&mut page, rebased, lang)?;
    super::merge::sections(&mut page, &rebased.merged, lang)?;
    page.flush()
}

#[inline]
fn counts(rebased: &Rebased, adjusted: usize, lang: Lang) -> String {
    let (before, after) = (rebased.lower().len(), rebased.merged.list().len());
    let (pending, open) = (rebased.pending.len(), rebased.merged.conflicts().len());
    match lang {
        Lang::Zh => format!(
            "调整前{before}项，拟调整{adjusted}项，调整后{after}项；待人工确认{pending}处，待定冲突{open}处。"
        ),
        Lang::En => format!(
            "{} before, {adjusted} adjustments proposed, {} after; {pending} for a person to look at, {open} clashes to decide.",
            words::items(before, lang),
            words::items(after, lang)
        ),
    }
}

#[inline]
fn write_adjustment(
    page: &mut Page<'_, &mut dyn Write>,
    serial: usize,
    followed: &Followed,
    lang: Lang,
) -> io::Result<()> {
    let adjustment = &followed.adjustment;
    let ids = if adjustment.to.is_empty() { &adjustment.from } else { &adjustment.to };
    let name = visible(&shortened(adjustment.name(), 60));
    let head = match ids.first() {
        Some(id) if id.as_str() != adjustment.name() => format!("{} {name}", visible(&shortened(id, 40))),
        _ => name,
    };
    page.plain(2, &format!("{serial}. {head}{}", words::bracketed(&words::kinds(adjustment, lang), lang)))?;
    for change in &adjustment.changes {
        let mut line = vec![Piece::plain(format!("{}{}", visible(&change.title), words::colon(lang)))];
        line.extend(pieces(&change.before, &change.after, Extent::Changed));
        page.pieces(5, 9, &line)?;
    }
    let follows: Vec<String> = followed.follows.iter().map(|change| upper_change(change, lang)).collect();
    let line = if follows.is_empty() {
        lang.pick("（上级无对应变动）", "(no change of the upper list)").to_owned()
    } else {
        format!("{}{}", lang.pick("依上级：", "follows: "), follows.join(words::semicolon(lang)))
    };
    page.plain(5, &visible(&line))
}

#[inline]
fn upper_change(change: &UpperChange, lang: Lang) -> String {
    let kinds: Vec<_> =
        std::iter::once(&change.kind).chain(&change.also).map(|kind| words::kind(kind, lang)).collect();
    let document =
        if change.document.is_empty() { String::new() } else { words::bracketed(&change.document, lang) };
    let name = shortened(&change.name, 40);
    format!(
        "{}{}{}",
        kinds.join(words::comma(lang)),
        lang.pick(format!("“{name}”"), format!(" `{name}`")),
        document
    )
}

/// So many items of a question that is asked of more are named.
const SHOWN: usize = 5;

/// What asks the same of several items is asked once: a reform of bodies above touches many.
#[inline]
fn alike(pending: &[Pending]) -> Vec<Vec<&Pending>> {
    let mut at: HashMap<(&str, &str, &[String]), usize> = HashMap::new();
    let mut out: Vec<Vec<&Pending>> = Vec::new();
    for row in pending {
        let place = *at.entry((&row.field, &row.why.zh, &row.proposals)).or_insert(out.len());
        match out.get_mut(place) {
            Some(rows) => rows.push(row),
            None => out.push(vec![row]),
        }
    }
    out
}

#[inline]
fn write_pending(page: &mut Page<'_, &mut dyn Write>, rebased: &Rebased, lang: Lang) -> io::Result<()> {
    if rebased.pending.is_empty() {
        return Ok(());
    }
    page.plain(0, "")?;
    page.heading(lang.pick("待人工确认", "For a person to look at"))?;
    let items = rebased.merged.list().items();
    let names: HashMap<_, _> = items.iter().map(|item| (item.key(), item.name())).collect();
    let fields = rebased.merged.list().kind().fields();
    for (serial, rows) in alike(&rebased.pending).into_iter().enumerate() {
        let row = rows[0];
        let shown = |row: &Pending| {
            let name =
                names.get(row.item.as_str()).filter(|name| **name != row.item).copied().unwrap_or_default();
            format!("{} {}", shortened(&row.item, 60), shortened(name, 60)).trim().to_owned()
        };
        let head = match rows.len() {
            1 => shown(row),
            count => {
                let first: Vec<String> = rows.iter().take(SHOWN).map(|row| shown(row)).collect();
                let more = if count > SHOWN { lang.pick(" 等", ", …") } else { "" };
                let all = format!("{}{more}", first.join(words::comma(lang)));
                match lang {
                    Lang::Zh => format!("涉及{count}项：{all}"),
                    Lang::En => format!("{}: {all}", words::items(count, lang)),
                }
            }
        };
        let field = fields.iter().find(|field| field.name == row.field).map(Field::title);
        let field = field.map(|title| format!(" · {title}")).unwrap_or_default();
        page.plain(2, &visible(&format!("{}. {head}{field}", serial + 1)))?;
        page.plain(5, &visible(row.why.text(lang)))?;
        if !row.proposals.is_empty() {
            let label = lang.pick("可选：", "perhaps: ");
            let word = |text: &String| match (row.field.as_str(), text.as_str(), lang) {
                ("", "keep", Lang::Zh) => "保留（keep）".to_owned(),
                ("", "remove", Lang::Zh) => "取消（remove）".to_owned(),
                _ => shortened(text, 80),
            };
            let all: Vec<String> = row.proposals.iter().map(word).collect();
            page.plain(5, &visible(&format!("{label}{}", all.join(" | "))))?;
        }
    }
    Ok(())
}

//! What a report for people says, in whatever format: title, head, sections, annexes.

use super::pieces::{Extent, Mark, Piece, one_line, pieces, visible};
use super::words;
use crate::adjustment::{Adjustment, FieldChange, PartChange};
use crate::codes::AdjustmentKind;
use crate::diff::{Differences, Selection, by_department, by_kind};
use crate::problem::Lang;
use crate::sorting::Sorting as _;
use crate::text::alike;

/// Of items that are only named, so many are.
const NAMED: usize = 20;

/// What a report says.
pub(super) struct Outline<'a> {
    pub(super) title: String,
    pub(super) subtitle: String,
    /// Paragraphs.
    pub(super) head: Vec<String>,
    pub(super) sections: Vec<Section<'a>>,
    pub(super) annexes: Vec<Annex>,
}

/// The items of one kind of adjustment.
pub(super) struct Section<'a> {
    pub(super) heading: String,
    /// By department, in the order of the list.
    pub(super) groups: Vec<(&'a str, Vec<&'a Adjustment>)>,
}

/// What stands behind the sections.
pub(super) struct Annex {
    pub(super) heading: String,
    pub(super) content: Content,
}

/// What an annex holds.
pub(super) enum Content {
    /// Rows of cells, the header first.
    Table(Vec<Vec<String>>),
    /// A paragraph.
    Names(String),
    /// Paragraphs.
    Lines(Vec<String>),
}

impl<'a> Outline<'a> {
    pub(super) fn of(differences: &'a Differences, lang: Lang) -> Self {
        let kinds = by_kind(&differences.adjustments);
        let mut head = head(differences, &kinds, lang);
        if !differences.any() && differences.item.is_none() {
            let same = lang.pick("两版清单内容一致。", "The two editions have the same content.");
            head.insert(0, same.to_owned());
        }
        let sections = kinds
            .iter()
            .enumerate()
            .map(|(at, (kind, adjustments))| Section {
                heading: format!(
                    "{}{}{}",
                    words::ordinal(at + 1, lang),
                    words::heading(kind, lang),
                    extent_of(kind, adjustments, lang)
                ),
                groups: grouped(adjustments),
            })
            .collect();
        let (title, subtitle) = titles(differences, lang);
        Self { title, subtitle, head, sections, annexes: annexes(differences, &kinds, lang) }
    }
}

/// How many items an adjustment counts for: those of the old list, or where it is new those of the new.
pub(super) fn items(adjustment: &Adjustment) -> usize {
    if adjustment.from.is_empty() { adjustment.to.len() } else { adjustment.from.len() }
}

fn total<'a>(adjustments: impl IntoIterator<Item = &'a Adjustment>) -> usize {
    adjustments.into_iter().map(items).sum()
}

/// From the number of items before to that after, in signed terms.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bridge {
    pub(super) before: usize,
    pub(super) terms: Vec<(Sign, usize)>,
    pub(super) after: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

impl Bridge {
    /// `None` where the adjustments are not all of those between the two lists.
    pub(super) fn of(differences: &Differences) -> Option<Self> {
        if differences.item.is_some() {
            return None;
        }
        let (before, after) = (differences.summary.before, differences.summary.after);
        let mut terms = Vec::new();
        for (_, adjustments) in by_kind(&differences.adjustments) {
            // What stays one item is no term.
            let counted = || adjustments.iter().filter(|a| a.from.len() != a.to.len());
            let to: usize = counted().map(|a| a.to.len()).sum();
            let from: usize = counted().map(|a| a.from.len()).sum();
            terms.extend([(Sign::Plus, to), (Sign::Minus, from)].into_iter().filter(|(_, n)| *n > 0));
        }
        let bridge = Self { before, terms, after };
        bridge.adds_up().then_some(bridge)
    }
    fn adds_up(&self) -> bool {
        let sum = |sign| self.terms.iter().filter(|(s, _)| *s == sign).map(|(_, n)| n).sum::<usize>();
        self.before + sum(Sign::Plus) == self.after + sum(Sign::Minus)
    }
    fn sentence(&self, lang: Lang) -> String {
        let Self { before, terms, after } = self;
        if terms.is_empty() {
            return match lang {
                Lang::Zh => format!("调整后共{after}项，项数不变。"),
                Lang::En => format!("{} after, as many as before.", words::items(*after, lang)),
            };
        }
        let mut sum = before.to_string();
        for (sign, n) in terms {
            sum += match (sign, lang) {
                (Sign::Plus, Lang::Zh) => "＋",
                (Sign::Minus, Lang::Zh) => "－",
                (Sign::Plus, Lang::En) => " + ",
                (Sign::Minus, Lang::En) => " − ",
            };
            sum += &n.to_string();
        }
        match lang {
            Lang::Zh => format!("调整后共{after}项（{sum}＝{after}）。"),
            Lang::En => format!("{} after ({sum} = {after}).", words::items(*after, lang)),
        }
    }
}

fn titles(differences: &Differences, lang: Lang) -> (String, String) {
    let [before, after] = differences.titles.each_ref().map(|t| one_line(t));
    let kind = lang
        .pick(differences.kind.parse().map_or(differences.kind, crate::kind::Kind::title), differences.kind);
    let title = [&after, &before].into_iter().find(|t| !t.is_empty()).map_or(kind, String::as_str);
    let labelled = |title: &str, label: &str| {
        if label.is_empty() || title.contains(label) {
            title.to_owned()
        } else {
            format!("{title}{}", words::bracketed(&words::edition(&visible(label), lang), lang))
        }
    };
    let new = labelled(title, &differences.after.edition);
    let heading = match lang {
        Lang::Zh => format!("{new}调整对照表"),
        Lang::En => format!("Adjustments: {new}"),
    };
    let other_title = !before.is_empty() && !alike(&before, title);
    let edition = visible(&differences.before.edition);
    let old = match (other_title, edition.is_empty()) {
        (true, _) => labelled(&before, &edition),
        (false, false) => words::edition(&edition, lang),
        (false, true) => lang.pick("原清单", "the list before").to_owned(),
    };
    let count = words::bracketed(&words::items(differences.summary.before, lang), lang);
    let mut subtitle = match lang {
        Lang::Zh => format!("对照{old}{count}"),
        Lang::En => format!("Compared with {old}{count}"),
    };
    if let Some(document) = common_document(differences) {
        subtitle += words::semicolon(lang);
        subtitle += lang.pick("依据", "decision ");
        subtitle += &visible(document);
    }
    (heading, subtitle)
}

/// The decision that all adjustments stand on.
fn common_document(differences: &Differences) -> Option<&str> {
    let first = differences.adjustments.first()?.document.as_str();
    let common = !first.is_empty() && differences.adjustments.iter().all(|a| a.document == first);
    common.then_some(first)
}

type Kinds<'a> = [(AdjustmentKind, Vec<&'a Adjustment>)];

fn head(differences: &Differences, kinds: &Kinds<'_>, lang: Lang) -> Vec<String> {
    let adjustments = &differences.adjustments;
    let mut first = Vec::new();
    if let Some(item) = &differences.item {
        let item = visible(item);
        first.push(match lang {
            Lang::Zh => format!("仅列事项{item}。"),
            Lang::En => format!("Only item {item} is told of."),
        });
    }
    if adjustments.is_empty() {
        if differences.any() || differences.item.is_some() {
            first.push(lang.pick("没有调整事项。", "No item was adjusted.").to_owned());
        }
    } else {
        let n = total(adjustments);
        let each: Vec<String> = kinds
            .iter()
            .map(|(kind, some)| {
                let (word, n) = (words::kind(kind, lang), total(some.iter().copied()));
                let into: usize = some.iter().map(|a| a.to.len()).sum();
                match (lang, kind) {
                    (Lang::Zh, AdjustmentKind::Split) => format!("{word}{n}项（分为{into}项）"),
                    (Lang::Zh, AdjustmentKind::Merged) => format!("{word}{n}项（并为{into}项）"),
                    (Lang::Zh, _) => format!("{word}{n}项"),
                    (Lang::En, AdjustmentKind::Split | AdjustmentKind::Merged) => {
                        format!("{n} {word} (into {into})")
                    }
                    (Lang::En, _) => format!("{n} {word}"),
                }
            })
            .collect();
        first.push(match lang {
            Lang::Zh => format!("本次共调整{n}项：{}。", each.join("、")),
            Lang::En => format!("{} adjusted: {}.", words::items(n, lang), each.join(", ")),
        });
        if adjustments.iter().any(|a| !a.also.is_empty()) {
            let rule = lang.pick(
                "同一事项同时涉及多类调整的，按首要类别计1项。",
                "An item adjusted in several ways counts once, by the first of them.",
            );
            first.push(rule.to_owned());
        }
    }
    if differences.any() {
        first.extend(Bridge::of(differences).map(|bridge| bridge.sentence(lang)));
    }
    let uncertain = total(adjustments.iter().filter(|a| !a.certain));
    if uncertain > 0 {
        first.push(match lang {
            Lang::Zh => format!("其中{uncertain}项待人工确认。"),
            Lang::En => format!("{} to be confirmed by a person.", words::items(uncertain, lang)),
        });
    }
    let unknown = total(adjustments.iter().filter(|a| a.document.is_empty()));
    if unknown > 0 {
        first.push(match lang {
            Lang::Zh => format!("调整依据待补{unknown}项。"),
            Lang::En => format!("{} without a known decision.", words::items(unknown, lang)),
        });
    }
    let mut out: Vec<String> =
        Some(first.join(lang.pick("", " "))).filter(|p| !p.is_empty()).into_iter().collect();
    let uncounted = lang.pick("，不计入调整项数。", ", not counted.");
    for (n, zh, en) in [
        (differences.cosmetic.len(), "文字规范", "changed in spelling alone"),
        (differences.moved.len(), "仅位置变动", "that only moved"),
    ] {
        if n > 0 {
            let what = match lang {
                Lang::Zh => format!("{zh}{n}项"),
                Lang::En => format!("{} {en}", words::items(n, lang)),
            };
            out.push(what + uncounted);
        }
    }
    if !differences.header.is_empty() {
        let each: Vec<String> = differences.header.iter().map(|change| header(change, lang)).collect();
        let what = lang.pick("清单说明变动", "Header of the list changed");
        out.push(format!("{what}{}{}{uncounted}", words::colon(lang), each.join(words::comma(lang))));
    }
    out.extend(selection(differences, lang));
    out
}

/// A change of the list's header: short values before and after, of others that they changed.
fn header(change: &FieldChange, lang: Lang) -> String {
    let title = words::header_title(&change.field, lang);
    let (before, after) = (one_line(&change.before), one_line(&change.after));
    let short = |text: &str| text.chars().count() <= 16;
    let whole = change.parts.len() == 1 && change.parts.iter().all(|part| part.place.chars().count() <= 16);
    if !whole || !short(&before) || !short(&after) || after == "↕" {
        return title;
    }
    let none = lang.pick("无", "none");
    let or_none = |text: String| if text.is_empty() { none.to_owned() } else { text };
    format!("{title}{}", words::bracketed(&format!("{}→{}", or_none(before), or_none(after)), lang))
}

/// The sentence that says which fields took no part, or which alone did, where not all did. Text, Markdown and JSON have it
/// ([`super::text()`], [`super::markdown()`], [`super::json()`]); it is for what has no room for it, as a table of CSV.
#[inline]
pub fn selection(differences: &Differences, lang: Lang) -> Option<String> {
    let (names, zh, en) = match &differences.selection {
        Selection::All => return None,
        Selection::Ignore(names) => (names, "未参与比较的字段", "Fields that took no part"),
        Selection::Only(names) => (names, "仅比较以下字段", "Only these fields took part"),
    };
    let title = |name: &String| {
        let field = differences.fields.iter().find(|f| f.name == name);
        visible(field.map_or(name.as_str(), |field| field.title()))
    };
    let titles: Vec<String> = names.iter().map(title).collect();
    let stop = lang.pick("。", ".");
    Some(format!("{}{}{}{stop}", lang.pick(zh, en), words::colon(lang), titles.join(words::comma(lang))))
}

/// （共3项）, and of what became several or one, into how many.
fn extent_of(kind: &AdjustmentKind, adjustments: &[&Adjustment], lang: Lang) -> String {
    let n = total(adjustments.iter().copied());
    let into: usize = adjustments.iter().map(|a| a.to.len()).sum();
    let text = match (lang, kind) {
        (Lang::Zh, AdjustmentKind::Split) => format!("共{n}项分为{into}项"),
        (Lang::Zh, AdjustmentKind::Merged) => format!("共{n}项并为{into}项"),
        (Lang::Zh, _) => format!("共{n}项"),
        (Lang::En, AdjustmentKind::Split | AdjustmentKind::Merged) => {
            format!("{} into {into}", words::items(n, lang))
        }
        (Lang::En, _) => words::items(n, lang),
    };
    words::bracketed(&text, lang)
}

/// One fact in one line: 机构更名：市工商局 → 市市场监管局（12项）.
fn told_event(event: &crate::event::Event, lang: Lang) -> String {
    let kind = match lang {
        Lang::Zh => event.kind.label().to_owned(),
        Lang::En => event.kind.as_str().replace('-', " "),
    };
    let none = lang.pick("无", "nothing");
    let side = |text: &str| if text.trim().is_empty() { none.to_owned() } else { visible(text) };
    let what = match (event.from.is_empty(), event.to.is_empty()) {
        (true, _) => side(&event.to),
        _ => format!("{} → {}", side(&event.from), side(&event.to)),
    };
    format!("{kind}{}{what}{}", words::colon(lang), words::bracketed(&words::items(event.items, lang), lang))
}

fn grouped<'a>(adjustments: &[&'a Adjustment]) -> Vec<(&'a str, Vec<&'a Adjustment>)> {
    let mut out: indexmap::IndexMap<&str, Vec<&Adjustment>> = indexmap::IndexMap::new();
    for adjustment in adjustments {
        out.entry(&adjustment.department).or_default().push(adjustment);
    }
    out.into_iter().collect()
}

fn annexes(differences: &Differences, kinds: &Kinds<'_>, lang: Lang) -> Vec<Annex> {
    let mut found: Vec<(String, Content)> = Vec::new();
    if !differences.adjustments.is_empty() {
        let title = lang.pick("主管部门与调整方式统计", "Departments and kinds of adjustment").to_owned();
        found.push((title, Content::Table(counts(differences, kinds, lang))));
    }
    let uncounted = words::bracketed(lang.pick("不计入调整项数", "not counted"), lang);
    let cosmetic: Vec<&str> = differences.cosmetic.iter().map(Adjustment::name).collect();
    if !cosmetic.is_empty() {
        let title = lang.pick("文字规范", "Changed in spelling alone");
        found.push((format!("{title}{uncounted}"), Content::Names(names(&cosmetic, lang))));
    }
    let moved: Vec<&str> = differences.moved.iter().map(String::as_str).collect();
    if !moved.is_empty() {
        let title = lang.pick("位置变动", "Moved");
        found.push((format!("{title}{uncounted}"), Content::Names(names(&moved, lang))));
    }
    let confirm: Vec<String> = differences
        .adjustments
        .iter()
        .filter(|a| !a.certain)
        .map(|a| {
            let names = if a.name_before == a.name_after {
                visible(&a.name_after)
            } else {
                format!("{} → {}", visible(&a.name_before), visible(&a.name_after))
            };
            let about = format!(
                "{}{}{} {:.2}",
                a.why(lang),
                words::semicolon(lang),
                lang.pick("置信度", "confidence"),
                a.confidence
            );
            format!("{names}{}{}{about}", words::bracketed(&ids(a), lang), words::colon(lang))
        })
        .collect();
    if !differences.events.is_empty() {
        let lines = differences.events.iter().map(|event| told_event(event, lang)).collect();
        found.push((lang.pick("成批变动", "Changes that come together").to_owned(), Content::Lines(lines)));
    }
    if !confirm.is_empty() {
        found.push((
            lang.pick("待人工确认", "To be confirmed by a person").to_owned(),
            Content::Lines(confirm),
        ));
    }
    found
        .into_iter()
        .enumerate()
        .map(|(at, (heading, content))| Annex {
            heading: match lang {
                Lang::Zh => format!("附件{}　{heading}", at + 1),
                Lang::En => format!("Annex {}. {heading}", at + 1),
            },
            content,
        })
        .collect()
}

/// The first names, and how many there are if not all are named.
fn names(all: &[&str], lang: Lang) -> String {
    let first: Vec<String> = all.iter().take(NAMED).map(|name| visible(name)).collect();
    // Names have 、 in them.
    let first = first.join(words::semicolon(lang));
    match (all.len() > NAMED, lang) {
        (false, _) => first,
        (true, Lang::Zh) => format!("{first}等{}项", all.len()),
        (true, Lang::En) => format!("{first} and {} more", all.len() - NAMED),
    }
}

/// Departments by kinds, with totals.
fn counts(differences: &Differences, kinds: &Kinds<'_>, lang: Lang) -> Vec<Vec<String>> {
    let sum = lang.pick("合计", "Total");
    let mut rows = Vec::new();
    let mut header = vec![lang.pick("主管部门", "Department").to_owned()];
    header.extend(kinds.iter().map(|(kind, _)| words::kind(kind, lang).into_owned()));
    header.push(sum.to_owned());
    rows.push(header);
    let mut row = |name: String, adjustments: &[&Adjustment]| {
        let of = |kind: &AdjustmentKind| total(adjustments.iter().copied().filter(|a| a.kind == *kind));
        let mut row = vec![name];
        row.extend(kinds.iter().map(|(kind, _)| of(kind).to_string()));
        row.push(total(adjustments.iter().copied()).to_string());
        rows.push(row);
    };
    for (department, adjustments) in by_department(&differences.adjustments) {
        row(words::department(department, lang).into_owned(), &adjustments);
    }
    row(sum.to_owned(), &differences.adjustments.iter().collect::<Vec<_>>());
    rows
}

/// The ids of an item, before and after where they differ.
pub(super) fn ids(adjustment: &Adjustment) -> String {
    let (from, to) = (visible(&adjustment.from.join("、")), visible(&adjustment.to.join("、")));
    match (from.is_empty(), to.is_empty()) {
        (true, _) => to,
        (_, true) => from,
        _ if from == to => to,
        _ => format!("{from} → {to}"),
    }
}

/// What is told of an item: a label and what follows it, field by field.
pub(super) fn told(adjustment: &Adjustment, lang: Lang) -> Vec<(String, Vec<Piece>)> {
    let mut out = Vec::new();
    let whole = adjustment.from.is_empty() || adjustment.to.is_empty();
    let [before, after] = &adjustment.names;
    if !before.is_empty() && !after.is_empty() {
        let label = lang.pick("事项", "items").to_owned();
        let joint = lang.pick("”“", "”, “");
        let all = |names: &[String]| {
            format!("“{}”", names.iter().map(|name| visible(name)).collect::<Vec<_>>().join(joint))
        };
        let (before, after, verb) = match (lang, before.len()) {
            (Lang::Zh, 1) => (all(before), all(after), "分为"),
            (Lang::Zh, _) => (all(before), all(after), "并为"),
            (Lang::En, _) => (all(before), all(after), " became "),
        };
        out.push((label, vec![Piece::plain(format!("{before}{verb}{after}"))]));
    }
    if !whole && adjustment.fields.iter().any(|field| field == "id") {
        let label = lang.pick("编码", "code").to_owned();
        let (from, to) = (adjustment.from.join("、"), adjustment.to.join("、"));
        out.push((label, replaced(&from, &to, lang)));
    }
    for change in &adjustment.changes {
        let said = if whole {
            let cell = if adjustment.to.is_empty() { &change.before } else { &change.after };
            vec![Piece::plain(one_line(cell))]
        } else {
            statements(change, lang)
        };
        if !said.is_empty() {
            let former = if adjustment.to.is_empty() { lang.pick("原", "former ") } else { "" };
            out.push((format!("{former}{}", visible(&change.title)), said));
        }
    }
    if adjustment.moved {
        let label = lang.pick("位置", "place").to_owned();
        out.push((label, vec![Piece::plain(lang.pick("在清单中的位置有变动", "moved in the list"))]));
    }
    if !adjustment.note.is_empty() {
        let label = lang.pick("备注", "note").to_owned();
        out.push((label, vec![Piece::plain(one_line(&adjustment.note))]));
    }
    out
}

fn replaced(from: &str, to: &str, lang: Lang) -> Vec<Piece> {
    let (from, to) = (one_line(from), one_line(to));
    vec![Piece::plain(match lang {
        Lang::Zh => format!("“{from}”改为“{to}”"),
        Lang::En => format!("“{from}” became “{to}”"),
    })]
}

/// What changed in a field: entry by entry; only what is more than spelling.
fn statements(change: &FieldChange, lang: Lang) -> Vec<Piece> {
    let parts = || change.parts.iter().filter(|part| !part.cosmetic);
    let mut gone: Vec<&str> = entries(parts(), |part| (part.before.as_ref(), part.after.as_ref()));
    let mut come: Vec<&str> = entries(parts(), |part| (part.after.as_ref(), part.before.as_ref()));
    gone.order_by_key(|text| change.before.find(text));
    come.order_by_key(|text| change.after.find(text));
    let mut said: Vec<Vec<Piece>> = Vec::new();
    for part in parts() {
        if let (Some(before), Some(after)) = (full(part.before.as_ref()), full(part.after.as_ref())) {
            let mut pieces = pieces(before, after, Extent::Changed);
            if let Some(place) = place(part) {
                pieces.insert(0, Piece::plain(format!("{place}{}", words::colon(lang))));
            }
            said.push(pieces);
        }
    }
    let is_citation = |text: &&str| text.contains('《');
    match (gone.as_slice(), come.as_slice()) {
        // One thing in the place of another, and nothing beside them.
        ([from], [to]) if change.before == *from && change.after == *to && !is_citation(from) => {
            said.push(replaced(from, to, lang));
        }
        _ => {
            for (texts, zh, en) in [(gone, "删去", "removed "), (come, "增加", "added ")] {
                if !texts.is_empty() {
                    // Several entries in one, as 、 within them would say.
                    let several = texts.iter().any(|text| crate::cell::cut(text, &['、']).len() > 1);
                    let joint = if several { words::semicolon(lang) } else { words::comma(lang) };
                    let all = texts.into_iter().map(one_line).collect::<Vec<_>>().join(joint);
                    said.push(vec![Piece::plain(format!("{}{all}", lang.pick(zh, en)))]);
                }
            }
        }
    }
    if change.reordered {
        said.push(vec![Piece::plain(lang.pick("次序调整", "reordered"))]);
    }
    let mut out = Vec::new();
    for pieces in said {
        if !out.is_empty() {
            out.push(Piece::plain(words::semicolon(lang)));
        }
        out.extend(pieces);
    }
    out
}

/// Texts that stand on one side only.
fn entries<'a>(
    parts: impl Iterator<Item = &'a PartChange>,
    sides: impl Fn(&'a PartChange) -> (Option<&'a String>, Option<&'a String>),
) -> Vec<&'a str> {
    parts
        .filter_map(|part| {
            let (this, other) = sides(part);
            full(this).filter(|_| full(other).is_none())
        })
        .collect()
}

/// A text that is not empty.
fn full(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}

/// Which part of a field, where its text does not show it.
fn place(part: &PartChange) -> Option<String> {
    let steps = part.place.split(" › ").filter(|step| {
        let shows = |text: &Option<String>| {
            full(text.as_ref()).is_some_and(|t| crate::text::normal(t).contains(step))
        };
        // A citation's own text has no title of its own.
        !step.is_empty() && *step != "text" && !shows(&part.before) && !shows(&part.after)
    });
    let place = steps.collect::<Vec<_>>().join(" › ");
    (!place.is_empty()).then(|| visible(&place))
}

/// Both names, with what changed marked.
pub(super) fn names_marked(adjustment: &Adjustment) -> Vec<Piece> {
    pieces(&adjustment.name_before, &adjustment.name_after, Extent::Whole)
}

/// The pieces without those of one mark.
pub(super) fn without(pieces: &[Piece], mark: Mark) -> Vec<Piece> {
    pieces.iter().filter(|piece| piece.mark != mark).cloned().collect()
}

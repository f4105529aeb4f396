//! A history for people and for programs: the timeline, the life of an item, what stands today, a citation, the change log.

use super::blocks::{Block, Content, Outline, Plot, Table};
use super::pieces::one_line;
use super::words;
use crate::history::{CitedItem, Document, End, Form, History, Life, LogRow, Today, Transition};
use crate::lineage::{Share, in_words};
use crate::problem::{Lang, shortened};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// The format of a timeline's JSON.
pub const TIMELINE_FORMAT: &str = "qingdan/timeline/1";
/// The format of the JSON of an item's life.
pub const LINEAGE_FORMAT: &str = "qingdan/lineage/1";
/// The format of the JSON of what stands for an id today.
pub const TODAY_FORMAT: &str = "qingdan/today/1";
/// The format of the JSON of what stood on a citation.
pub const CITATION_FORMAT: &str = "qingdan/cited/1";
/// The format of a change log's JSON.
pub const HISTORY_LOG_FORMAT: &str = "qingdan/log/1";

/// Departments that a plot shows.
const DEPARTMENTS: usize = 15;

#[inline]
fn failed(error: crate::history::HistoryError) -> io::Error {
    io::Error::other(error)
}

#[inline]
fn block(heading: &str, contents: Vec<Content>) -> Block {
    Block { heading: heading.to_owned(), contents }
}

/// Headings with their numbers.
#[inline]
fn outline(title: String, subtitle: String, mut blocks: Vec<Block>, lang: Lang) -> Outline {
    for (at, block) in blocks.iter_mut().enumerate() {
        block.heading = words::ordinal(at + 1, lang) + &block.heading;
    }
    Outline { title, subtitle, blocks }
}

#[inline]
fn header(lang: Lang, cells: &[(&'static str, &'static str)]) -> Vec<String> {
    cells.iter().map(|(zh, en)| lang.pick(*zh, *en).to_owned()).collect()
}

#[inline]
fn document_words(document: &Document, lang: Lang) -> String {
    let mut words = document.number.clone();
    if !document.title.is_empty() {
        words += lang.pick("《", " “");
        words += &document.title;
        words += lang.pick("》", "”");
    }
    if let Some(date) = document.date {
        words += &words::bracketed(&date.to_string(), lang);
    }
    one_line(&words)
}

#[inline]
fn documents_words(documents: &[Document], lang: Lang) -> String {
    documents
        .iter()
        .map(|document| document_words(document, lang))
        .collect::<Vec<_>>()
        .join(words::comma(lang))
}

// ------------------------------------------------------------------------------------------------
// The timeline

/// One edition of a timeline.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "timeline-edition", deny_unknown_fields)]
pub(crate) struct EditionRow {
    edition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    effective: Option<String>,
    items: usize,
    unchanged: usize,
    added: usize,
    removed: usize,
    renamed: usize,
    recoded: usize,
    split: usize,
    merged: usize,
    edited: usize,
    moved: usize,
    cosmetic: usize,
    uncertain: usize,
    /// SHA-256 of its content.
    digest: String,
    documents: Vec<Document>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "crate::history::Followed")]
    followed: Option<crate::history::Followed>,
}

/// One correction of a timeline.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "timeline-correction", deny_unknown_fields)]
pub(crate) struct CorrectionRow {
    edition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    recorded: Option<String>,
    why: String,
    documents: Vec<Document>,
}

/// A timeline's JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "timeline", deny_unknown_fields)]
pub(crate) struct TimelineDocument {
    #[schemars(extend("const" = TIMELINE_FORMAT))]
    format: &'static str,
    kind: &'static str,
    title: String,
    editions: Vec<EditionRow>,
    corrections: Vec<CorrectionRow>,
}

#[inline]
fn timeline(history: &History) -> io::Result<TimelineDocument> {
    let mut steps = history.differences().map_err(failed)?;
    let mut editions = Vec::new();
    for (at, record) in history.editions().enumerate() {
        let summary = if at == 0 { None } else { steps.next().map(|step| step.summary) }.unwrap_or_default();
        editions.push(EditionRow {
            edition: record.head.label().to_owned(),
            effective: record.head.header.effective.map(|day| day.to_string()),
            items: record.head.items,
            unchanged: summary.unchanged,
            added: summary.added,
            removed: summary.removed,
            renamed: summary.renamed,
            recoded: summary.recoded,
            split: summary.split,
            merged: summary.merged,
            edited: summary.edited,
            moved: summary.moved,
            cosmetic: summary.cosmetic,
            uncertain: summary.uncertain,
            digest: record.head.content.clone(),
            documents: record.documents.clone(),
            followed: record.head.followed.clone(),
        });
    }
    let corrections = history.records().iter().filter_map(|record| {
        let correction = record.head.corrects.as_ref()?;
        Some(CorrectionRow {
            edition: correction.edition.clone(),
            recorded: correction.recorded.map(|day| day.to_string()),
            why: correction.why.clone(),
            documents: record.documents.clone(),
        })
    });
    Ok(TimelineDocument {
        format: TIMELINE_FORMAT,
        kind: history.kind().as_str(),
        title: history.last().title().to_owned(),
        corrections: corrections.collect(),
        editions,
    })
}

#[inline]
fn timeline_outline(history: &History, lang: Lang) -> io::Result<Outline> {
    let told = timeline(history)?;
    let cells = [
        ("版次", "edition"),
        ("施行", "in force from"),
        ("项数", "items"),
        ("未变", "unchanged"),
        ("新增", "added"),
        ("取消", "removed"),
        ("更名", "renamed"),
        ("变更编码", "recoded"),
        ("拆分", "split"),
        ("合并", "merged"),
        ("其他调整", "edited"),
        ("依据", "decisions"),
    ];
    let mut rows = vec![header(lang, &cells)];
    for (at, row) in told.editions.iter().enumerate() {
        let counts = [
            row.unchanged,
            row.added,
            row.removed,
            row.renamed,
            row.recoded,
            row.split,
            row.merged,
            row.edited,
        ];
        let counts = counts.iter().map(|n| if at == 0 { "—".to_owned() } else { n.to_string() });
        let documents = match &row.documents[..] {
            [] => String::new(),
            [only] => shortened(&document_words(only, lang), 40),
            all => lang.pick(format!("{}件文书", all.len()), format!("{} documents", all.len())),
        };
        let mut cells = vec![
            words::edition(&row.edition, lang),
            row.effective.clone().unwrap_or_default(),
            row.items.to_string(),
        ];
        cells.extend(counts);
        cells.push(documents);
        rows.push(cells);
    }
    let numbers: Vec<bool> = (0..rows[0].len()).map(|at| (2..11).contains(&at)).collect();
    // A column that says nothing takes the room of those that do.
    let said: Vec<bool> =
        (0..rows[0].len()).map(|at| rows.iter().skip(1).any(|row| !row[at].is_empty())).collect();
    let kept = |at: &usize| said[*at];
    let rows = rows.iter().map(|row| (0..row.len()).filter(kept).map(|at| row[at].clone()).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    let numbers = (0..numbers.len()).filter(kept).map(|at| numbers[at]).collect();
    // What is not there has no bar, and no nought beside it.
    let named = |of: &dyn Fn(&EditionRow) -> Vec<usize>, skip: usize| -> Vec<(String, Vec<Option<usize>>)> {
        let shown = |value: usize| Some(value).filter(|value| *value > 0);
        let rows = told.editions.iter().skip(skip);
        rows.map(|row| (words::edition(&row.edition, lang), of(row).into_iter().map(shown).collect()))
            .collect()
    };
    let pick = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    let mut contents = vec![Content::Table(Table { rows, numbers })];
    if told.editions.len() > 1 {
        contents.push(Content::Plot(Plot {
            title: pick("各版项数", "Items"),
            series: vec![pick("未变", "kept"), pick("全部", "all")],
            bars: named(&|row| vec![row.unchanged, row.items], 0),
        }));
        contents.push(Content::Plot(Plot {
            title: pick("各版变动", "Changes"),
            series: vec![
                pick("更名", "renamed"),
                pick("新增", "added"),
                pick("取消", "removed"),
                pick("其他", "other"),
            ],
            bars: named(
                &|row| {
                    let other = row.recoded + row.split + row.merged + row.edited;
                    vec![row.renamed, row.added, row.removed, other]
                },
                1,
            ),
        }));
    }
    let mut blocks = vec![block(lang.pick("历版", "Editions"), contents)];
    if let Some(departments) = by_department(history, lang)? {
        blocks.push(departments);
    }
    if !told.corrections.is_empty() {
        let lines = told.corrections.iter().map(|row| {
            let on = row.recorded.as_ref().map(|day| words::bracketed(day, lang)).unwrap_or_default();
            let documents = documents_words(&row.documents, lang);
            format!(
                "{}{on}{}{} {documents}",
                words::edition(&row.edition, lang),
                words::colon(lang),
                one_line(&row.why)
            )
        });
        blocks.push(block(lang.pick("更正", "Corrections"), vec![Content::Lines(lines.collect())]));
    }
    if let Some(life) = most_branched(history).map_err(failed)? {
        let heading = lang.pick("分合最多的一项", "The life that splits and joins most");
        let mut contents = vec![Content::Life(Box::new(life.clone()))];
        contents.push(Content::Lines(
            life.changes.iter().take(30).map(|change| change_line(change, lang)).collect(),
        ));
        blocks.push(block(heading, contents));
    }
    let count = told.editions.len();
    let ends =
        [told.editions.first(), told.editions.last()].map(|row| row.map_or("", |row| row.edition.as_str()));
    let subtitle = match lang {
        Lang::Zh => format!("{}个版次，{}至{}，最新版{}项", count, ends[0], ends[1], history.last().len()),
        Lang::En => format!(
            "{count} edition{}, {} to {}, {} in the last",
            if count == 1 { "" } else { "s" },
            ends[0],
            ends[1],
            words::items(history.last().len(), lang)
        ),
    };
    let title = one_line(&told.title) + lang.pick("沿革", ": history");
    Ok(outline(title, subtitle, blocks, lang))
}

/// Items of the first and the last edition by department: those that have most.
#[inline]
fn by_department(history: &History, lang: Lang) -> io::Result<Option<Block>> {
    let labels = history.labels();
    let [Some(first), Some(last)] = [labels.first(), labels.last()] else { return Ok(None) };
    let mut counts: IndexMap<String, [usize; 2]> = IndexMap::new();
    for (side, list) in [history.edition(first).map_err(failed)?, history.last().clone()].iter().enumerate() {
        for item in list.items() {
            if let Some(department) = item.department().first() {
                counts.entry(department.to_string()).or_default()[side] += 1;
            }
        }
    }
    if counts.is_empty() {
        return Ok(None);
    }
    counts.sort_by(|_, a, _, b| b[1].cmp(&a[1]).then(b[0].cmp(&a[0])));
    let mut rows =
        vec![vec![lang.pick("部门", "department").to_owned(), (*first).to_owned(), (*last).to_owned()]];
    rows.extend(counts.iter().map(|(name, [a, b])| vec![name.clone(), a.to_string(), b.to_string()]));
    rows.truncate(DEPARTMENTS + 1);
    let bars = counts.iter().take(DEPARTMENTS).map(|(name, [a, b])| (name.clone(), vec![Some(*a), Some(*b)]));
    let heading = lang.pick("分部门项数", "Items by department");
    let plot = Plot {
        title: heading.to_owned(),
        series: vec![(*first).to_owned(), (*last).to_owned()],
        bars: bars.collect(),
    };
    let table = Table { rows, numbers: vec![false, true, true] };
    Ok(Some(block(heading, vec![Content::Plot(plot), Content::Table(table)])))
}

/// The life with most forms among those of items that split or merged.
#[inline]
fn most_branched(history: &History) -> Result<Option<Life>, crate::history::HistoryError> {
    let mut ids: IndexMap<String, usize> = IndexMap::new();
    for step in history.differences()? {
        for adjustment in step.adjustments.iter().filter(|a| a.from.len() + a.to.len() > 2) {
            for id in adjustment.from.iter().chain(&adjustment.to) {
                *ids.entry(id.clone()).or_default() += 1;
            }
        }
    }
    ids.sort_by(|_, a, _, b| b.cmp(a));
    let mut best: Option<Life> = None;
    for id in ids.keys().take(8) {
        let life = history.lineage(id)?;
        if life.forms.len() <= 24 && best.as_ref().is_none_or(|best| best.forms.len() < life.forms.len()) {
            best = Some(life);
        }
    }
    Ok(best)
}

/// Writes the timeline of a history for people: each edition with what it changed, items by department, corrections.
///
/// # Errors
/// The writer failed, or a record does not fit.
///
/// ```
/// use qingdan::{Catalogue, History, LicensingItem, problem::Lang, report};
/// let mut list = Catalogue::<LicensingItem>::default();
/// list.header.edition = "2022".into();
/// let history = History::start(list.into())?;
/// let mut page = Vec::new();
/// report::history_text(&history, Lang::En, &mut page)?;
/// assert!(String::from_utf8(page)?.contains("1 edition, 2022 to 2022"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn history_text(history: &History, lang: Lang, to: impl Write) -> io::Result<()> {
    timeline_outline(history, lang)?.write_text(to)
}

/// The same as Markdown.
///
/// # Errors
/// The writer failed, or a record does not fit.
pub fn history_markdown(history: &History, lang: Lang, to: impl Write) -> io::Result<()> {
    timeline_outline(history, lang)?.write_markdown(to)
}

/// The same as a page of its own, with plots: items and changes of each edition, items by department, the life that splits and
/// joins most. It has no scripts and loads nothing; it prints as it reads.
///
/// # Errors
/// The writer failed, or a record does not fit.
#[cfg(feature = "html")]
pub fn history_html(history: &History, lang: Lang, to: impl Write) -> io::Result<()> {
    super::page::write(&timeline_outline(history, lang)?, lang, to)
}

/// Writes the timeline's document ([`TIMELINE_FORMAT`]).
///
/// # Errors
/// The writer failed, or a record does not fit.
pub fn history_json(history: &History, to: impl Write) -> io::Result<()> {
    pretty(&timeline(history)?, to)
}

fn pretty(document: &impl Serialize, to: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(to);
    serde_json::to_writer_pretty(&mut out, document)?;
    out.write_all(b"\n")?;
    out.flush()
}

// ------------------------------------------------------------------------------------------------
// A life

#[inline]
fn ends_words(ends: &[End], lang: Lang) -> String {
    let words = ends.iter().map(|end| format!("{} {}", end.id, one_line(&end.name)));
    words.collect::<Vec<_>>().join(words::comma(lang))
}

#[inline]
fn change_line(change: &Transition, lang: Lang) -> String {
    let kind = match (&change.kind, change.share) {
        (_, Share::Part) => lang.pick("部分划转", "a part went over").to_owned(),
        (Some(kind), _) => {
            let all = std::iter::once(kind).chain(&change.also).map(|kind| words::kind(kind, lang));
            all.collect::<Vec<_>>().join(words::semicolon(lang))
        }
        (None, _) => lang.pick("文字规范", "spelling").to_owned(),
    };
    let (from, to) = (ends_words(&change.from, lang), ends_words(&change.to, lang));
    let what = match (change.from.is_empty(), change.to.is_empty()) {
        (true, _) => to,
        (_, true) => from,
        _ if from == to => from,
        _ => format!("{from} → {to}"),
    };
    let day = change.effective.map(|day| words::bracketed(&day.to_string(), lang)).unwrap_or_default();
    let mut line =
        format!("{}{day} {kind}{}{what}", words::edition(&change.edition, lang), words::colon(lang));
    for field in &change.fields {
        let short = |text: &str| shortened(&one_line(text), 60);
        if field.field != "name" {
            line += &format!(
                "{}{} {} → {}",
                words::semicolon(lang),
                field.title,
                short(&field.before),
                short(&field.after)
            );
        }
    }
    let why = in_words(&change.reasons, lang);
    if !why.is_empty() && !change.from.is_empty() && !change.to.is_empty() {
        line += &words::bracketed(&why, lang);
    }
    if !change.certain {
        line += lang.pick("（待人工确认）", " (to be confirmed)");
    }
    let documents = documents_words(&change.documents, lang);
    if !documents.is_empty() {
        line += &format!(
            "{}{}{}{documents}",
            words::semicolon(lang),
            lang.pick("依据", "decision"),
            words::colon(lang)
        );
    }
    line
}

#[inline]
fn lineage_outline(history: &History, id: &str, lang: Lang) -> io::Result<Outline> {
    let life = history.lineage(id).map_err(failed)?;
    let blame = history.blame(id).map_err(failed)?;
    let cells = [
        ("编码", "id"),
        ("名称", "name"),
        ("部门", "department"),
        ("自", "from"),
        ("至", "to"),
        ("版数", "editions"),
    ];
    let mut rows = vec![header(lang, &cells)];
    for form in &life.forms {
        rows.push(vec![
            form.id.clone(),
            one_line(&form.name),
            form.department.clone(),
            form.first.clone(),
            form.last.clone(),
            (form.span.1 - form.span.0 + 1).to_string(),
        ]);
    }
    let numbers = vec![false, false, false, false, false, true];
    let forms = vec![Content::Table(Table { rows, numbers }), Content::Life(Box::new(life.clone()))];
    let changes = match &life.changes[..] {
        [] => vec![Content::Paragraph(lang.pick("历版没有变动。", "No change in any edition.").to_owned())],
        changes => vec![Content::Lines(changes.iter().map(|change| change_line(change, lang)).collect())],
    };
    let cells = [
        ("要素", "field"),
        ("现值", "value"),
        ("版次", "edition"),
        ("施行", "in force from"),
        ("依据", "decision"),
    ];
    let mut rows = vec![header(lang, &cells)];
    for field in &blame.fields {
        rows.push(vec![
            field.title.clone(),
            shortened(&one_line(&field.value), 60),
            words::edition(&field.edition, lang),
            field.effective.map(|day| day.to_string()).unwrap_or_default(),
            documents_words(&field.documents, lang),
        ]);
    }
    let blamed = vec![Content::Table(Table { rows, numbers: vec![false; 5] })];
    let blocks = vec![
        block(lang.pick("各时期", "Forms"), forms),
        block(lang.pick("变动", "Changes"), changes),
        block(lang.pick("各要素最后变动的版次", "The edition that last changed each field"), blamed),
    ];
    let named = life.forms.iter().rev().find(|form| form.id == id);
    let name = named.map(|form| one_line(&form.name)).unwrap_or_default();
    let title = format!("{id} {name}{}", lang.pick("沿革", ": lineage"));
    Ok(outline(title, one_line(history.last().title()), blocks, lang))
}

/// Writes the life of an item for people: its forms, what happened to it and by which decision, and for each field the edition
/// that last changed it.
///
/// # Errors
/// The writer failed, or no edition has the id.
pub fn lineage_text(history: &History, id: &str, lang: Lang, to: impl Write) -> io::Result<()> {
    lineage_outline(history, id, lang)?.write_text(to)
}

/// The same as Markdown.
///
/// # Errors
/// The writer failed, or no edition has the id.
pub fn lineage_markdown(history: &History, id: &str, lang: Lang, to: impl Write) -> io::Result<()> {
    lineage_outline(history, id, lang)?.write_markdown(to)
}

/// The same as a page of its own, with the graph of its forms.
///
/// # Errors
/// The writer failed, or no edition has the id.
#[cfg(feature = "html")]
pub fn lineage_html(history: &History, id: &str, lang: Lang, to: impl Write) -> io::Result<()> {
    super::page::write(&lineage_outline(history, id, lang)?, lang, to)
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "lineage-form", deny_unknown_fields)]
struct FormRow {
    id: String,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    department: String,
    first: String,
    last: String,
    editions: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "lineage-end", deny_unknown_fields)]
struct EndRow {
    id: String,
    name: String,
    /// The position among `forms`; absent: another item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    form: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "lineage-field", deny_unknown_fields)]
struct FieldRow {
    field: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    before: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "lineage-change", deny_unknown_fields)]
struct ChangeRow {
    edition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    effective: Option<String>,
    /// The kind of adjustment, `part` where a part went over, `cosmetic` where the spelling changed alone.
    kind: String,
    also: Vec<String>,
    from: Vec<EndRow>,
    to: Vec<EndRow>,
    fields: Vec<FieldRow>,
    confidence: f64,
    certain: bool,
    why: String,
    documents: Vec<Document>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "blamed-field", deny_unknown_fields)]
struct BlameRow {
    field: String,
    value: String,
    edition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    effective: Option<String>,
    documents: Vec<Document>,
}

/// The JSON of an item's life.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "lineage", deny_unknown_fields)]
pub(crate) struct LineageDocument {
    #[schemars(extend("const" = LINEAGE_FORMAT))]
    format: &'static str,
    kind: &'static str,
    item: String,
    forms: Vec<FormRow>,
    changes: Vec<ChangeRow>,
    blame: Vec<BlameRow>,
}

/// Writes the document of an item's life ([`LINEAGE_FORMAT`]): its forms, the changes that join them by position, and for each
/// field the edition that last changed it.
///
/// # Errors
/// The writer failed, or no edition has the id.
pub fn lineage_json(history: &History, id: &str, to: impl Write) -> io::Result<()> {
    let Life { forms, changes, .. } = history.lineage(id).map_err(failed)?;
    let blame = history.blame(id).map_err(failed)?;
    let day = |day: Option<crate::term::Date>| day.map(|day| day.to_string());
    let ends = |ends: Vec<End>| -> Vec<EndRow> {
        ends.into_iter().map(|end| EndRow { id: end.id, name: end.name, form: end.form }).collect()
    };
    let document = LineageDocument {
        format: LINEAGE_FORMAT,
        kind: history.kind().as_str(),
        item: id.to_owned(),
        forms: forms
            .into_iter()
            .map(|Form { id, name, department, first, last, span }| FormRow {
                id,
                name,
                department,
                first,
                last,
                editions: span.1 - span.0 + 1,
            })
            .collect(),
        changes: changes
            .into_iter()
            .map(|change| ChangeRow {
                kind: match (&change.kind, change.share) {
                    (_, Share::Part) => "part".to_owned(),
                    (Some(kind), _) => kind.as_str().to_owned(),
                    (None, _) => "cosmetic".to_owned(),
                },
                also: change.also.iter().map(|kind| kind.as_str().to_owned()).collect(),
                effective: day(change.effective),
                why: in_words(&change.reasons, Lang::En),
                fields: change
                    .fields
                    .into_iter()
                    .map(|field| FieldRow { field: field.field, before: field.before, after: field.after })
                    .collect(),
                edition: change.edition,
                from: ends(change.from),
                to: ends(change.to),
                confidence: change.confidence,
                certain: change.certain,
                documents: change.documents,
            })
            .collect(),
        blame: blame
            .fields
            .into_iter()
            .map(|field| BlameRow {
                field: field.field,
                value: field.value,
                edition: field.edition,
                effective: day(field.effective),
                documents: field.documents,
            })
            .collect(),
    };
    pretty(&document, to)
}

// ------------------------------------------------------------------------------------------------
// Today, a citation, the log

/// Writes what stands for an id of any time today, for people.
///
/// # Errors
/// The writer failed.
pub fn today_text(today: &Today, lang: Lang, to: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(to);
    for thing in &today.things {
        let span = if thing.first == thing.last {
            thing.first.clone()
        } else {
            format!("{}{}{}", thing.first, lang.pick("至", " to "), thing.last)
        };
        writeln!(out, "{} {}{}", today.id, one_line(&thing.name), words::bracketed(&span, lang))?;
        for now in &thing.now {
            let part = if now.is_part { lang.pick("（部分）", " (a part)") } else { "" };
            writeln!(out, "  → {} {}{part}", now.id, one_line(&now.name))?;
        }
        if let Some(gone) = &thing.gone {
            let documents = documents_words(&gone.documents, lang);
            let words = lang.pick("已取消", "gone");
            writeln!(
                out,
                "  {words}{}{} {documents}",
                words::colon(lang),
                words::edition(&gone.edition, lang)
            )?;
        }
    }
    out.flush()
}

/// Writes the same as a document ([`TODAY_FORMAT`]).
///
/// # Errors
/// The writer failed.
pub fn today_json(today: &Today, to: impl Write) -> io::Result<()> {
    let things: Vec<serde_json::Value> = today
        .things
        .iter()
        .map(|thing| {
            let now = thing
                .now
                .iter()
                .map(|now| serde_json::json!({"id": now.id, "name": now.name, "part": now.is_part}));
            let now: Vec<serde_json::Value> = now.collect();
            let mut json =
                serde_json::json!({"name": thing.name, "first": thing.first, "last": thing.last, "now": now});
            if let Some(gone) = &thing.gone {
                json["gone"] =
                    serde_json::json!({"id": gone.id, "edition": gone.edition, "documents": gone.documents});
            }
            json
        })
        .collect();
    pretty(&serde_json::json!({"format": TODAY_FORMAT, "id": today.id, "things": things}), to)
}

/// Writes the items that stood on a citation for people.
///
/// # Errors
/// The writer failed.
pub fn citation_text(citation: &str, items: &[CitedItem], lang: Lang, to: impl Write) -> io::Result<()> {
    let cells = [
        ("编码", "id"),
        ("名称", "name"),
        ("自", "from"),
        ("至", "to"),
        ("现行", "today"),
        ("依据", "citation"),
    ];
    let mut rows = vec![header(lang, &cells)];
    for item in items {
        rows.push(vec![
            item.id.clone(),
            shortened(&one_line(&item.name), 40),
            item.first.clone(),
            item.last.clone(),
            if item.stands { lang.pick("是", "yes") } else { lang.pick("否", "no") }.to_owned(),
            shortened(&one_line(&item.citations.join("；")), 60),
        ]);
    }
    let heading = words::items(items.len(), lang);
    let blocks =
        vec![Block { heading, contents: vec![Content::Table(Table { rows, numbers: vec![false; 6] })] }];
    Outline { title: one_line(citation), subtitle: String::new(), blocks }.write_text(to)
}

/// Writes the same as a document ([`CITATION_FORMAT`]).
///
/// # Errors
/// The writer failed.
pub fn citation_json(citation: &str, items: &[CitedItem], to: impl Write) -> io::Result<()> {
    let items: Vec<serde_json::Value> = items
        .iter()
        .map(|item| {
            serde_json::json!({"id": item.id, "name": item.name, "first": item.first, "last": item.last,
                "stands": item.stands, "citations": item.citations})
        })
        .collect();
    pretty(&serde_json::json!({"format": CITATION_FORMAT, "citation": citation, "items": items}), to)
}

/// Writes a change log as a table ([`LOG_COLUMNS`](crate::history::LOG_COLUMNS)), marked against formulas, with a byte order
/// mark for Excel.
///
/// # Errors
/// The writer failed, or a cell holds a NUL.
#[cfg(feature = "csv")]
pub fn history_log_csv(rows: &[LogRow], to: impl Write) -> io::Result<()> {
    use crate::table::csv::{Delimiter, Writer, mark};
    let mut writer = Writer::with_mark(to, Delimiter::Comma)?;
    writer.write_row(crate::history::LOG_COLUMNS)?;
    for row in rows {
        writer.write_row(row.cells().iter().map(|cell| mark(cell).into_owned()))?;
    }
    writer.finish()?.flush()
}

/// Writes a change log as a document ([`HISTORY_LOG_FORMAT`]).
///
/// # Errors
/// The writer failed.
pub fn history_log_json(rows: &[LogRow], to: impl Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Log<'a> {
        format: &'static str,
        rows: &'a [LogRow],
    }
    pretty(&Log { format: HISTORY_LOG_FORMAT, rows }, to)
}

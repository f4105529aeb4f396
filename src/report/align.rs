//! Lists side by side, as text, Markdown, HTML, a table and JSON. What people read is told once, in blocks.

use super::blocks::{Block, Content, Outline, Table, block};
use super::pieces::one_line;
use super::words;
use crate::align::{AlignSummary, AlignedItem, Alignment};
use crate::diff::Selection;
use crate::problem::{Lang, shortened};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// The format of an alignment's JSON.
pub const ALIGN_FORMAT: &str = "qingdan/align/1";

/// Values are told to people up to so many characters; tables and JSON hold them whole.
const TOLD: usize = 120;
/// Of what may correspond as well, people are told so many.
const CANDIDATES: usize = 20;

#[inline]
fn outline(alignment: &Alignment, lang: Lang) -> Outline {
    let places: Vec<&str> = alignment.lists.iter().map(|list| list.place.as_str()).collect();
    let blocks = [
        figures(alignment, lang),
        other_names(alignment, lang),
        same_names(alignment, lang),
        systematic(alignment, lang),
        differences(alignment, lang),
        uncertain(alignment, lang),
        in_some(alignment, lang),
        in_one(alignment, lang),
        candidates(alignment, lang),
    ];
    let mut blocks: Vec<Block> = blocks.into_iter().flatten().collect();
    for (at, block) in blocks.iter_mut().enumerate() {
        block.heading = words::ordinal(at + 1, lang) + &block.heading;
    }
    Outline {
        title: lang.pick("清单对照", "Lists side by side").to_owned(),
        subtitle: one_line(&places.join(words::comma(lang))) + &left_out(&alignment.selection, lang),
        blocks,
    }
}

/// Which fields took no part.
#[inline]
fn left_out(selection: &Selection, lang: Lang) -> String {
    let (words, fields) = match selection {
        Selection::All => return String::new(),
        Selection::Ignore(fields) => (lang.pick("不比较：", "left out: "), fields),
        Selection::Only(fields) => (lang.pick("只比较：", "compared alone: "), fields),
    };
    words::bracketed(&format!("{words}{}", one_line(&fields.join(words::comma(lang)))), lang)
}

/// The header of a table with a column for each list.
#[inline]
fn header(alignment: &Alignment, before: &[&str], behind: &[&str]) -> Vec<String> {
    let places = alignment.lists.iter().map(|list| one_line(&list.place));
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    words(before).into_iter().chain(places).chain(words(behind)).collect()
}

#[inline]
fn table(rows: Vec<Vec<String>>) -> Content {
    let numbers = vec![false; rows.first().map_or(0, Vec::len)];
    Content::Table(Table { rows, numbers })
}

#[inline]
fn cell(value: Option<&String>) -> String {
    value.map_or_else(|| "—".to_owned(), |text| shortened(&one_line(text), TOLD))
}

#[inline]
fn figures(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let s = &alignment.summary;
    let said = match lang {
        Lang::Zh => format!(
            "{}份清单合为{}项：各清单都有的{}项，部分清单有的{}项，只在一份清单的{}项。共有事项中，要素一致的{}项，有差异的{}项（其中名称不同的{}项）；仅写法不同的{}项。同名而不是同一事项的名称{}个。待人工确认{}项。",
            s.lists,
            s.items,
            s.in_all,
            s.in_some,
            s.in_one,
            s.alike,
            s.different,
            s.other_name,
            s.cosmetic,
            s.same_name,
            s.uncertain
        ),
        Lang::En => format!(
            "{} lists, {} together: {} in all lists, {} in some, {} in one. Of those in several, {} are alike and {} differ ({} in name); {} differ in spelling alone. {} names stand for several items. To be confirmed: {}.",
            s.lists,
            words::items(s.items, lang),
            s.in_all,
            s.in_some,
            s.in_one,
            s.alike,
            s.different,
            s.other_name,
            s.cosmetic,
            s.same_name,
            s.uncertain
        ),
    };
    let head = [
        ("地区", "place"),
        ("清单", "list"),
        ("项数", "items"),
        ("各清单都有", "in all"),
        ("只在本清单", "here alone"),
    ];
    let mut rows: Vec<Vec<String>> =
        vec![head.iter().map(|(zh, en)| lang.pick(*zh, *en).to_owned()).collect()];
    for list in &alignment.lists {
        let edition = words::edition(&list.edition, lang);
        let title = match edition.as_str() {
            "" => one_line(&list.title),
            edition => one_line(&list.title) + &words::bracketed(&one_line(edition), lang),
        };
        let counts = [list.items, list.in_all, list.alone].map(|n| n.to_string());
        rows.push([one_line(&list.place), title].into_iter().chain(counts).collect());
    }
    let numbers = vec![false, false, true, true, true];
    let contents = vec![Content::Paragraph(said), Content::Table(Table { rows, numbers })];
    block(lang.pick("概况", "Figures"), contents)
}

/// A heading with its count.
#[inline]
fn counted(zh: &str, en: &str, n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{zh}（共{n}项）"),
        Lang::En => format!("{en} ({n})"),
    }
}

#[inline]
fn to_confirm(item: &AlignedItem, lang: Lang) -> String {
    if item.certain { String::new() } else { lang.pick("待人工确认", "to be confirmed").to_owned() }
}

/// 同事不同名.
#[inline]
fn other_names(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let mut rows = vec![header(
        alignment,
        &[lang.pick("序号", "No.")],
        &[lang.pick("如何得知", "known by"), lang.pick("备注", "note")],
    )];
    for (at, item) in alignment.same_item_other_name().enumerate() {
        let mut row = vec![(at + 1).to_string()];
        row.extend(whole_names(item));
        row.push(item.why(lang));
        row.push(to_confirm(item, lang));
        rows.push(row);
    }
    let n = rows.len() - 1;
    let heading = counted("同事不同名", "One item, several names", n, lang);
    (n > 0).then(|| block(&heading, vec![table(rows)])).flatten()
}

/// The names in each list with what is told apart in them.
#[inline]
fn whole_names(item: &AlignedItem) -> Vec<String> {
    item.names.iter().map(|name| cell(name.as_ref())).collect()
}

/// 同名不同事.
#[inline]
fn same_names(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let mut rows = vec![header(
        alignment,
        &[lang.pick("序号", "No."), lang.pick("名称", "name")],
        &[lang.pick("为何不同", "how they differ")],
    )];
    for (at, of) in alignment.same_name_other_item.iter().enumerate() {
        let mut row = vec![(at + 1).to_string(), one_line(&of.name)];
        let ids = of.ids.iter().map(|ids| {
            if ids.is_empty() { "—".to_owned() } else { shortened(&one_line(&ids.join("、")), TOLD) }
        });
        row.extend(ids);
        row.push(of.why(lang));
        rows.push(row);
    }
    let n = rows.len() - 1;
    let heading = counted("同名不同事", "One name, several items", n, lang);
    (n > 0).then(|| block(&heading, vec![table(rows)])).flatten()
}

#[inline]
fn systematic(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let mut rows = vec![header(alignment, &[lang.pick("要素", "field")], &[lang.pick("项数", "items")])];
    for told in &alignment.systematic {
        let mut row = vec![one_line(&told.title)];
        row.extend(told.values.iter().map(|value| cell(Some(value))));
        row.push(format!("{}/{}", told.items, told.of));
        rows.push(row);
    }
    let heading = lang.pick("普遍差异（不逐项列出）", "Differences of most items (told once)");
    (rows.len() > 1).then(|| block(heading, vec![table(rows)])).flatten()
}

#[inline]
fn differences(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let mut rows = vec![header(
        alignment,
        &[lang.pick("序号", "No."), lang.pick("事项", "item"), lang.pick("要素", "field")],
        &[],
    )];
    let mut serial = 0;
    for item in &alignment.items {
        let told =
            item.differences.iter().filter(|difference| !difference.systematic && difference.field != "name");
        for (at, difference) in told.enumerate() {
            let mut row = if at == 0 {
                serial += 1;
                vec![serial.to_string(), cell(item.names.iter().flatten().next())]
            } else {
                vec![String::new(), String::new()]
            };
            row.push(one_line(&difference.title));
            row.extend(difference.values.iter().map(|value| match value.as_deref() {
                Some("") => lang.pick("（空）", "(empty)").to_owned(),
                _ => cell(value.as_ref()),
            }));
            rows.push(row);
        }
    }
    let heading = counted("要素差异", "Where common items differ", serial, lang);
    (serial > 0).then(|| block(&heading, vec![table(rows)])).flatten()
}

#[inline]
fn uncertain(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let behind = [lang.pick("置信度", "confidence"), lang.pick("如何得知", "known by")];
    let mut rows = vec![header(alignment, &[lang.pick("序号", "No.")], &behind)];
    for item in alignment.items.iter().filter(|item| !item.certain) {
        let mut row = vec![rows.len().to_string()];
        row.extend(whole_names(item));
        row.push(format!("{:.2}", item.confidence));
        row.push(item.why(lang));
        rows.push(row);
    }
    let n = rows.len() - 1;
    let heading = counted("待人工确认的对应", "To be confirmed", n, lang);
    (n > 0).then(|| block(&heading, vec![table(rows)])).flatten()
}

#[inline]
fn in_some(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let mut rows = vec![header(alignment, &[lang.pick("序号", "No."), lang.pick("事项", "item")], &[])];
    for item in alignment.items.iter().filter(|item| item.count() > 1 && !item.is_in_all()) {
        let mut row = vec![rows.len().to_string(), cell(item.names.iter().flatten().next())];
        row.extend(item.ids.iter().map(|id| if id.is_some() { "√" } else { "—" }.to_owned()));
        rows.push(row);
    }
    let n = rows.len() - 1;
    let heading = counted("部分清单有的事项", "In some lists", n, lang);
    (n > 0).then(|| block(&heading, vec![table(rows)])).flatten()
}

/// Items of one list alone, by department.
#[inline]
fn in_one(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let mut lines = Vec::new();
    if alignment.lists.len() < 2 {
        return None;
    }
    for (at, list) in alignment.lists.iter().enumerate() {
        let mut departments: Vec<(String, Vec<String>)> = Vec::new();
        for item in alignment.items.iter().filter(|item| item.count() == 1 && item.ids[at].is_some()) {
            let department = item.departments[at].as_deref().unwrap_or_default();
            let department = words::department(department, lang).into_owned();
            let name = item.names[at].as_deref().map(one_line).unwrap_or_default();
            match departments.iter_mut().find(|(of, _)| *of == department) {
                Some((_, names)) => names.push(name),
                None => departments.push((department, vec![name])),
            }
        }
        for (department, names) in departments {
            let n = words::bracketed(&words::items(names.len(), lang), lang);
            let names = names.join(words::semicolon(lang));
            let colon = words::colon(lang);
            lines.push(format!("{} · {}{n}{colon}{names}", one_line(&list.place), one_line(&department)));
        }
    }
    let n = alignment.summary.in_one;
    block(&counted("只在一份清单的事项", "In one list alone", n, lang), vec![Content::Lines(lines)])
        .filter(|_| n > 0)
}

#[inline]
fn candidates(alignment: &Alignment, lang: Lang) -> Option<Block> {
    let behind = [lang.pick("置信度", "confidence"), lang.pick("如何得知", "known by")];
    let mut rows = vec![header(alignment, &[lang.pick("序号", "No.")], &behind)];
    for may in alignment.candidates.iter().take(CANDIDATES) {
        let mut row = vec![rows.len().to_string()];
        row.extend(may.names.iter().map(|name| cell(name.as_ref())));
        row.push(format!("{:.2}", may.confidence));
        row.push(may.why(lang));
        rows.push(row);
    }
    let n = alignment.candidates.len();
    let mut contents = vec![table(rows)];
    if n > CANDIDATES {
        let left = n - CANDIDATES;
        contents.push(Content::Paragraph(lang.pick(format!("另有{left}对。"), format!("{left} more."))));
    }
    let heading = counted("可能对应而未采用的", "What may correspond as well", n, lang);
    (n > 0).then(|| block(&heading, contents)).flatten()
}

/// Writes lists side by side for people to read: figures, 同事不同名, 同名不同事, where common items differ, what only some
/// lists have, what a person should confirm.
///
/// A difference that most items have alike is told once. Linear in the alignment.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::align::{Options, align};
/// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList, problem::Lang, report};
/// let list = |names: [&str; 2]| -> AnyCatalogue {
///     let items = names.map(|name| LicensingItem::new(&name[..9], name));
///     Catalogue::new(Default::default(), SharedList::of(items).unwrap()).into()
/// };
/// let (one, other) = (list(["取水许可", "户外广告审批"]), list(["取水许可", "外国人来华"]));
/// let (alignment, _) = align(&[&one, &other], &Options::default())?;
/// let mut page = Vec::new();
/// report::align_text(&alignment, Lang::Zh, &mut page)?;
/// assert!(String::from_utf8(page)?.contains("2份清单合为3项：各清单都有的1项"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn align_text(alignment: &Alignment, lang: Lang, to: impl Write) -> io::Result<()> {
    outline(alignment, lang).write_text(to)
}

/// Writes what [`align_text`] says as Markdown.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::align::{Options, align};
/// use qingdan::{problem::Lang, report};
/// let (nothing, _) = align(&[], &Options::default())?;
/// let mut page = Vec::new();
/// report::align_markdown(&nothing, Lang::En, &mut page)?;
/// assert!(String::from_utf8(page)?.starts_with("# Lists side by side"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn align_markdown(alignment: &Alignment, lang: Lang, to: impl Write) -> io::Result<()> {
    outline(alignment, lang).write_markdown(to)
}

/// Writes what [`align_text`] says as a page of its own: no scripts, nothing loaded.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::align::{Options, align};
/// use qingdan::{problem::Lang, report};
/// let (nothing, _) = align(&[], &Options::default())?;
/// let mut page = Vec::new();
/// report::align_html(&nothing, Lang::En, &mut page)?;
/// assert!(String::from_utf8(page)?.starts_with("<!DOCTYPE html>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "html")]
pub fn align_html(alignment: &Alignment, lang: Lang, to: impl Write) -> io::Result<()> {
    super::page::write(&outline(alignment, lang), lang, to)
}

/// Writes lists side by side as a CSV table. The first column says what a row is of: `items` for each item and field in
/// which it differs (one row where it does not differ), then `same-item-other-name` and `same-name-other-item`. Then come
/// confidence, certain, why, field, and for each list the id, the name and the value.
///
/// The file begins with a byte order mark, and texts that would start a formula are marked.
///
/// # Errors
/// The writer failed, or a cell holds a NUL, which no text has.
///
/// ```
/// use qingdan::align::{Options, align};
/// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList, report};
/// let items = SharedList::of([LicensingItem::new("1", "取水许可")]).unwrap();
/// let list: AnyCatalogue = Catalogue::new(Default::default(), items).into();
/// let (alignment, _) = align(&[&list, &list], &Options::default())?;
/// let mut table = Vec::new();
/// report::align_csv(&alignment, &mut table)?;
/// assert!(String::from_utf8(table)?.ends_with("items,1.0,true,\"same id, same name\",,1,取水许可,,1,取水许可,\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "csv")]
pub fn align_csv(alignment: &Alignment, to: impl Write) -> io::Result<()> {
    use crate::table::csv::{Delimiter, Writer, mark};
    let mut writer = Writer::with_mark(to, Delimiter::Comma)?;
    let mut head: Vec<String> =
        ["table", "confidence", "certain", "why", "field"].map(str::to_owned).to_vec();
    for list in &alignment.lists {
        head.extend(["id", "name", "value"].map(|column| format!("{column} {}", list.place)));
    }
    writer.write_row(head.iter().map(|text| mark(text)))?;
    let known = |item: &AlignedItem| -> [String; 3] {
        [format!("{:?}", item.confidence), item.certain.to_string(), item.why(Lang::En)]
    };
    let cells = |item: &AlignedItem, values: Option<&[Option<String>]>| -> Vec<[String; 3]> {
        let text = |of: Option<&Option<String>>| of.and_then(Clone::clone).unwrap_or_default();
        (0..item.ids.len())
            .map(|at| {
                let value = values.and_then(|values| values.get(at));
                [text(item.ids.get(at)), text(item.names.get(at)), text(value)]
            })
            .collect()
    };
    let mut row = |what: &str, known: [String; 3], field: &str, cells: &[[String; 3]]| {
        let head = [what].into_iter().chain(known.iter().map(String::as_str)).chain([field]);
        writer.write_row(head.chain(cells.iter().flatten().map(String::as_str)).map(mark))
    };
    for item in &alignment.items {
        if item.differences.is_empty() {
            row("items", known(item), "", &cells(item, None))?;
        }
        for difference in &item.differences {
            row("items", known(item), &difference.field, &cells(item, Some(&difference.values)))?;
        }
    }
    for item in alignment.same_item_other_name() {
        row("same-item-other-name", known(item), "name", &cells(item, None))?;
    }
    for of in &alignment.same_name_other_item {
        let cells: Vec<[String; 3]> =
            of.ids.iter().map(|ids| [ids.join(";"), of.name.clone(), String::new()]).collect();
        let known = [String::new(), String::new(), of.why(Lang::En)];
        row("same-name-other-item", known, &of.differs.join(";"), &cells)?;
    }
    writer.finish()?.flush()
}

/// Lists side by side.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "align", deny_unknown_fields)]
pub(crate) struct AlignDocument<'a> {
    /// The format of this document.
    #[schemars(schema_with = "format")]
    format: &'static str,
    /// The kind of the lists.
    kind: &'static str,
    /// The lists, in the order in which they were given.
    lists: Vec<ListRow<'a>>,
    /// The fields that took no part.
    #[serde(default, skip_serializing_if = "<[String]>::is_empty")]
    ignore: &'a [String],
    /// The only fields that took part.
    #[serde(default, skip_serializing_if = "<[String]>::is_empty")]
    only: &'a [String],
    /// The counts.
    summary: AlignSummary,
    /// The items of all lists; those that correspond are one.
    items: Vec<ItemRow<'a>>,
    /// Items that bear several names (同事不同名).
    same_item_other_name: Vec<NameRow<'a>>,
    /// Names that stand for several items (同名不同事).
    same_name_other_item: Vec<NamesakeRow<'a>>,
    /// Differences that most common items have alike.
    systematic: Vec<SystematicRow<'a>>,
    /// What may correspond as well: the best first.
    candidates: Vec<CandidateRow<'a>>,
}

#[inline]
fn format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "const": ALIGN_FORMAT})
}

/// A text for each list, or none.
#[inline]
fn by_list(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": {"type": ["string", "null"]}})
}

#[inline]
fn values_by_list(generator: &mut SchemaGenerator) -> Schema {
    let values = by_list(generator);
    json_schema!({"type": "object", "additionalProperties": values})
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "aligned-list", deny_unknown_fields)]
struct ListRow<'a> {
    /// The place that it is of, as far as it is known.
    place: &'a str,
    /// Its title.
    title: &'a str,
    /// The label of its edition.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    edition: &'a str,
    /// How many items it has.
    items: usize,
    /// How many of them every list has.
    in_all: usize,
    /// How many no other list has.
    alone: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "aligned-item", deny_unknown_fields)]
struct ItemRow<'a> {
    /// Its key in each list; none where the list does not have it.
    #[schemars(schema_with = "by_list")]
    ids: &'a [Option<String>],
    /// Its name in each list.
    #[schemars(schema_with = "by_list")]
    names: &'a [Option<String>],
    /// The fields in which the lists that have it differ; of a column that is no field the header.
    differences: Vec<&'a str>,
    /// The values of these fields in each list, as a table's cell has them.
    #[schemars(schema_with = "values_by_list")]
    values: BTreeMap<&'a str, &'a [Option<String>]>,
    /// How sure it is that the items correspond.
    confidence: f64,
    /// Whether a person need not confirm it.
    certain: bool,
    /// How it is known; empty for an item of one list.
    why: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "aligned-names", deny_unknown_fields)]
struct NameRow<'a> {
    /// Its key in each list; none where the list does not have it.
    #[schemars(schema_with = "by_list")]
    ids: &'a [Option<String>],
    /// Its name in each list.
    #[schemars(schema_with = "by_list")]
    names: &'a [Option<String>],
    /// How sure it is that the items correspond.
    confidence: f64,
    /// Whether a person need not confirm it.
    certain: bool,
    /// How it is known.
    why: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "namesakes", deny_unknown_fields)]
struct NamesakeRow<'a> {
    /// The name as the first of them bears it.
    name: &'a str,
    /// The keys of the items of this name in each list.
    ids: &'a [Vec<String>],
    /// In what they differ: kind of power (`item_type`), acts (`basis`), function of the department, code.
    differs: &'a [&'static str],
    /// The same in words.
    why: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "systematic-difference", deny_unknown_fields)]
struct SystematicRow<'a> {
    /// The field.
    field: &'a str,
    /// Its value in each list.
    values: &'a [String],
    /// How many items have it so.
    items: usize,
    /// Of how many that every list has.
    of: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "align-candidate", deny_unknown_fields)]
struct CandidateRow<'a> {
    /// The key in each list; none for the lists that it is not about.
    #[schemars(schema_with = "by_list")]
    ids: &'a [Option<String>],
    /// The names.
    #[schemars(schema_with = "by_list")]
    names: &'a [Option<String>],
    /// How sure it is.
    confidence: f64,
    /// What speaks for it.
    why: String,
}

/// Writes the alignment's document (`qingdan/align/1`). List keys and zeros are always written.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::align::{Options, align};
/// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList, problem::Lang, report};
/// let items = SharedList::of([LicensingItem::new("1", "取水许可")]).unwrap();
/// let list: AnyCatalogue = Catalogue::new(Default::default(), items).into();
/// let nothing: AnyCatalogue = Catalogue::<LicensingItem>::default().into();
/// let (alignment, _) = align(&[&list, &nothing], &Options::default())?;
/// let mut document = Vec::new();
/// report::align_json(&alignment, Lang::Zh, &mut document)?;
/// let document: serde_json::Value = serde_json::from_slice(&document)?;
/// assert_eq!(document["items"][0]["ids"], serde_json::json!(["1", null]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn align_json(alignment: &Alignment, lang: Lang, to: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(to);
    let [ignore, only] = alignment.selection.fields();
    let document = AlignDocument {
        format: ALIGN_FORMAT,
        kind: alignment.kind.as_str(),
        lists: alignment
            .lists
            .iter()
            .map(|list| ListRow {
                place: &list.place,
                title: &list.title,
                edition: &list.edition,
                items: list.items,
                in_all: list.in_all,
                alone: list.alone,
            })
            .collect(),
        ignore,
        only,
        summary: alignment.summary,
        items: alignment
            .items
            .iter()
            .map(|item| ItemRow {
                ids: &item.ids,
                names: &item.names,
                differences: item.differences.iter().map(|difference| &*difference.field).collect(),
                values: item
                    .differences
                    .iter()
                    .map(|difference| (&*difference.field, difference.values.as_slice()))
                    .collect(),
                confidence: item.confidence,
                certain: item.certain,
                why: item.why(lang),
            })
            .collect(),
        same_item_other_name: alignment
            .same_item_other_name()
            .map(|item| NameRow {
                ids: &item.ids,
                names: &item.names,
                confidence: item.confidence,
                certain: item.certain,
                why: item.why(lang),
            })
            .collect(),
        same_name_other_item: alignment
            .same_name_other_item
            .iter()
            .map(|of| NamesakeRow { name: &of.name, ids: &of.ids, differs: &of.differs, why: of.why(lang) })
            .collect(),
        systematic: alignment
            .systematic
            .iter()
            .map(|told| SystematicRow {
                field: &told.field,
                values: &told.values,
                items: told.items,
                of: told.of,
            })
            .collect(),
        candidates: alignment
            .candidates
            .iter()
            .map(|may| CandidateRow {
                ids: &may.ids,
                names: &may.names,
                confidence: may.confidence,
                why: may.why(lang),
            })
            .collect(),
    };
    serde_json::to_writer_pretty(&mut out, &document)?;
    out.write_all(b"\n")?;
    out.flush()
}

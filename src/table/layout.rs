//! Where the header of a table stands, and what the rows around the table say.

use super::ColumnNames;
use super::columns::{Columns, Use, form, number_of};
use crate::Text;
use crate::catalogue::{Header, Part, WITHIN};
use crate::cell::is_empty_mark;
use crate::codes::AdjustmentKind;
use crate::problem::{Message, shortened};
use crate::record::Field;
use crate::serial::{number, serials};
use crate::title;
use std::collections::HashSet;

/// Among so many rows the header is looked for.
pub(crate) const HEAD: usize = 10;
/// So many rows are looked at for the name, where any header is right.
pub(crate) const LOOK: usize = 100;

/// A row that is read ahead.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The line of the file.
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

/// The header of a table.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// Which row it is, and how many: one, or two.
    pub(crate) at: usize,
    pub(crate) height: usize,
    /// The headers; of two rows their paths.
    pub(crate) headers: Vec<String>,
}

/// What fields and options know of headers, in normal form.
pub(crate) struct Known {
    headers: HashSet<String>,
    /// Those of the name.
    names: HashSet<String>,
    /// The caller counts columns: the header has no names to be known by.
    counts: bool,
}

impl Known {
    pub(crate) fn of(fields: &[Field], names: &ColumnNames) -> Self {
        let known = fields.iter().flat_map(|field| field.headers().map(|header| -> &str { header }));
        let named = names.headers().filter(|header| number_of(header).is_none());
        let name = fields.iter().find(|field| field.name == "name");
        Self {
            headers: known.chain(named).map(form).collect(),
            names: name.iter().flat_map(|field| field.headers()).map(form).collect(),
            counts: names.headers().any(|header| number_of(header).is_some()),
        }
    }
    fn count(&self, cells: &[String]) -> usize {
        cells.iter().filter(|cell| self.headers.contains(&form(cell))).count()
    }
    /// Whether a row below the header is a header as well: it has one of the name, and another one.
    pub(crate) fn is_header<'a, I: Iterator<Item = &'a str>>(&self, cells: &dyn Fn() -> I) -> bool {
        // Nearly every row is told by a look at its first cell.
        let first = cells().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default();
        if first.len() > 60 || first.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        self.headers.contains(&form(first))
            && cells().any(|cell| self.names.contains(&form(cell)))
            && cells().filter(|cell| self.headers.contains(&form(cell))).count() > 1
    }
    fn knows_path(&self, headers: &[String]) -> bool {
        headers.iter().map(|header| form(header)).any(|h| h.contains('/') && self.headers.contains(&h))
    }
}

/// Finds the header: the first of ten rows in which a known column stands.
///
/// Below the first row that must be more than one, or the rows above are titles. Where any header is right, and where
/// the caller counts columns and knows none by name, it is the first row that is no title. Without any the first row is
/// taken.
pub(crate) fn find(lines: &[Line], fields: &[Field], names: &ColumnNames, any: bool) -> Layout {
    let known = Known::of(fields, names);
    let width = lines.iter().map(|line| used(&line.cells)).max().unwrap_or_default();
    let is_title = |line: &Line| used(&line.cells) == 0 || lone(cells(line), width).is_some();
    let first_row = lines.iter().take(HEAD).position(|line| !is_title(line));
    let rows = lines.iter().take(HEAD).enumerate().filter(|(at, _)| !any || first_row == Some(*at));
    for (at, line) in rows {
        let count = known.count(&line.cells);
        let below_titles = first_row.is_none_or(|first| at <= first);
        if let Some(headers) = lines.get(at + 1).and_then(|next| two_rows(&line.cells, &next.cells))
            && (any || known.knows_path(&headers) || count > 0)
            && (below_titles || count > 1)
        {
            return Layout { at, height: 2, headers: numbered(headers, &known) };
        }
        if any || count > 1 || count == 1 && below_titles {
            return Layout { at, height: 1, headers: numbered(line.cells.clone(), &known) };
        }
    }
    let at = first_row.filter(|_| any || known.counts).unwrap_or_default();
    let headers = lines.get(at).map(|line| line.cells.clone()).unwrap_or_default();
    Layout { at, height: 1, headers }
}

fn cells(line: &Line) -> impl Iterator<Item = &str> {
    line.cells.iter().map(String::as_str)
}

/// How many cells a row has up to the last that is not blank.
fn used(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
}

/// The paths of a header of two rows; `None` where these are no such rows.
///
/// A group is a header behind which stand blanks, or itself again, and under which stand texts; under every other
/// header stands a blank, or itself again. There is a group, and a header that is in none.
fn two_rows(upper: &[String], lower: &[String]) -> Option<Vec<String>> {
    let width = used(upper).max(used(lower));
    let cell = |row: &[String], at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let mut headers = Vec::new();
    let (mut groups, mut single) = (0, 0);
    while headers.len() < width {
        let from = headers.len();
        let name = cell(upper, from);
        if name.is_empty() {
            // Nothing above: the header stands in the second row.
            headers.push(cell(lower, from));
            continue;
        }
        let own = form(&name);
        let again = |row: &[String], at: usize| {
            let text = cell(row, at);
            text.is_empty() || form(&text) == own
        };
        let mut to = from + 1;
        while to < width && again(upper, to) {
            to += 1;
        }
        let filled = (from..to).take_while(|&at| !again(lower, at)).count();
        let more = (from + filled..to).any(|at| !again(lower, at));
        // What is blank behind the last header may be formatted columns without use.
        let may_end = to == width && (from + 1..to).all(|at| cell(upper, at).is_empty());
        match (to - from, filled) {
            _ if more => return None,
            (1, 0) => {
                single += 1;
                headers.push(name);
            }
            (count, 0) => {
                single += 1;
                if may_end {
                    headers.push(name);
                    headers.resize(to, String::new());
                } else {
                    headers.extend((1..=count).map(|n| format!("{name}/{n}")));
                }
            }
            (count, filled) if filled == count && count > 1 || may_end && filled > 1 => {
                groups += 1;
                headers.extend((from..from + filled).map(|at| format!("{name}/{}", cell(lower, at))));
                headers.resize(to, String::new());
            }
            _ => return None,
        }
    }
    headers.resize(upper.len().max(lower.len()), String::new());
    (groups > 0 && single > 0).then_some(headers)
}

/// A header that stands over several columns, in blanks behind it or again, where its parts are known by numbers
/// (`实施层级及权限/1`).
fn numbered(mut headers: Vec<String>, known: &Known) -> Vec<String> {
    let mut at = 0;
    while at < headers.len() {
        let name = headers[at].trim().to_owned();
        let own = form(&name);
        let part = |n: usize| known.headers.contains(&format!("{own}/{n}"));
        let run = headers[at..].iter().take_while(|h| h.trim().is_empty() || form(h) == own).count();
        let count = (1..=run).take_while(|&n| part(n)).count();
        if own.is_empty() || count < 2 {
            at += 1;
            continue;
        }
        for n in 1..=count {
            headers[at + n - 1] = format!("{name}/{n}");
        }
        at += count;
    }
    headers
}

/// A text that stands alone in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lone<'a> {
    pub(crate) text: &'a str,
    /// The first cell that has it.
    at: usize,
    /// How many cells have it.
    times: usize,
}

/// The one text of a row, in a table of several columns.
pub(crate) fn lone<'a>(cells: impl Iterator<Item = &'a str>, width: usize) -> Option<Lone<'a>> {
    if width < 2 {
        return None;
    }
    let mut found: Option<Lone<'a>> = None;
    for (at, cell) in cells.enumerate() {
        let text = cell.trim();
        match &mut found {
            _ if text.is_empty() => {}
            None => found = Some(Lone { text, at, times: 1 }),
            Some(lone) if lone.text == text => lone.times += 1,
            Some(_) => return None,
        }
    }
    found
}

/// Reads the rows above the header into the header of the list; answers the department that they name.
pub(crate) fn read_above(lines: &[Line], header: &mut Header) -> Option<String> {
    let mut titles: Vec<String> = Vec::new();
    let mut department = None;
    for line in lines {
        let mut cells: Vec<&str> = line.cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
        cells.dedup();
        let alone = cells.len() == 1;
        let mut rest: Vec<&str> = Vec::new();
        let mut cells = cells.into_iter().peekable();
        while let Some(cell) = cells.next() {
            // A label in a cell of its own.
            let value =
                if names_department(cell.trim_end_matches(['：', ':'])) { cells.next() } else { None };
            match value.map_or_else(|| above(cell), Above::Department) {
                Above::Nothing => {}
                Above::Department(name) => department = department.or(Some(name.to_owned())),
                Above::Title(title) if alone => titles.push(title.to_owned()),
                Above::Note | Above::Title(_) => rest.push(cell),
            }
        }
        if !rest.is_empty() {
            note(header, &rest.join(" "));
        }
    }
    if let Some(name) = &department
        && header.issuer.is_empty()
    {
        header.issuer = name.as_str().into();
    }
    let mut titles = titles.into_iter().peekable();
    let mut titled = false;
    while let Some(mut title) = titles.next() {
        // A title that goes on in the next row.
        let ends =
            |title: &str| ["清单", "目录", "名录", "表", "汇总"].iter().any(|word| title.contains(word));
        if let Some(next) = titles.next_if(|next| !titled && !ends(&title) && ends(next)) {
            title += &next;
        }
        let alone = title::read(&title).title.is_empty();
        if alone || !titled {
            header.read_title(&title);
            titled |= !alone;
        } else {
            note(header, &title);
        }
    }
    department
}

/// Adds a note; one that is there already is no second.
pub(crate) fn note(header: &mut Header, text: &str) {
    let _ = header.notes.push(Text::from(text));
}

enum Above<'a> {
    Nothing,
    Department(&'a str),
    Note,
    Title(&'a str),
}

/// What a cell above the header is.
fn above(text: &str) -> Above<'_> {
    let text = match ["附件", "附表"].iter().find_map(|word| text.strip_prefix(word)) {
        Some(rest) => {
            let numbers = |c: char| {
                c.is_numeric() || c.is_whitespace() || "-—－.．一二三四五六七八九十：:、".contains(c)
            };
            rest.trim_start_matches(numbers)
        }
        None => text,
    };
    if text.is_empty() {
        return Above::Nothing;
    }
    if let Some((label, value)) = text.split_once(['：', ':'])
        && label.chars().count() <= 12
    {
        // 填报单位：县水务局（盖章）
        let value = ["盖章", "公章", "签章", "章"].iter().fold(value.trim(), |value, seal| {
            let inner = value.strip_suffix(['）', ')']).and_then(|value| value.strip_suffix(seal));
            inner.and_then(|value| value.strip_suffix(['（', '('])).unwrap_or(value).trim()
        });
        if value.is_empty() {
            return Above::Nothing;
        }
        // 单位：项 is a unit of counting.
        if names_department(label) && value.chars().count() > 2 {
            return Above::Department(value);
        }
        return Above::Note;
    }
    Above::Title(text)
}

/// Whether a label is that of the department whose list it is.
fn names_department(label: &str) -> bool {
    let label = form(label).replace("(盖章)", "").replace("(公章)", "");
    let names = [
        "部门名称",
        "部门",
        "单位名称",
        "单位",
        "填报单位",
        "填报部门",
        "责任单位",
        "责任部门",
        "实施单位",
        "编制单位",
        "编制部门",
        "公布单位",
        "发布单位",
        "发布机构",
        "制定机关",
        "主管部门",
    ];
    names.contains(&label.as_str())
}

/// What stands in a row of the table that is no item's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Aside {
    /// The title of a part, how many items it says that it has, and how it is numbered.
    Part(String, Option<u32>, Option<Heading>),
    /// The count of the whole list (合计323项).
    Count(u32),
    /// A note.
    Note(String),
}

impl Aside {
    /// How it is numbered, where it is a numbered heading.
    pub(crate) fn order(&self) -> Option<Heading> {
        match self {
            Self::Part(_, _, order) => *order,
            Self::Count(_) | Self::Note(_) => None,
        }
    }
    /// Puts it into the header of the list; answers the title of the part that begins here. `outer`: the part that one of the
    /// second order (（一）…) is a part of.
    pub(crate) fn put(self, header: &mut Header, outer: &mut String) -> Option<String> {
        match self {
            Self::Note(text) => note(header, &text),
            Self::Count(count) => header.declared = header.declared.or(Some(count)),
            Self::Part(title, declared, heading) => {
                let title = match heading {
                    Some(Heading::Weak) if !outer.is_empty() => format!("{outer}{WITHIN}{title}"),
                    Some(Heading::Weak) => title,
                    _ => {
                        outer.clone_from(&title);
                        title
                    }
                };
                let part = Part { title: title.as_str().into(), declared };
                // One that comes again goes on.
                let _ = header.parts.push(part);
                return Some(title);
            }
        }
        None
    }
}

/// Whether an item without a name may be known by a field: a level alone is none.
pub(crate) fn is_known_by(field: &Field) -> bool {
    field.marks.identity && field.adjusts != Some(AdjustmentKind::Delegated)
}

/// The columns that say whether a text alone in its row is an item.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) width: usize,
    /// The columns of id and name.
    pub(crate) own: [Option<usize>; 2],
    /// Whether the first column holds serial numbers.
    pub(crate) serials: bool,
    /// The columns of which an item has one: of id, serial number, and what it is known by, but for the level.
    pub(crate) of_items: Vec<usize>,
}

impl Body {
    pub(crate) fn of(fields: &[Field], columns: &Columns) -> Self {
        let column = |name: &str| {
            fields.iter().position(|f| f.name == name).and_then(|field| columns.column_of(field))
        };
        let serials = columns.uses.first().is_some_and(|u| match u {
            Use::Field(field) => fields[*field].marks.position,
            _ => false,
        });
        let of_items = (0..columns.uses.len()).filter(|&at| match columns.uses[at] {
            Use::Field(field) => {
                let field = &fields[field];
                field.name == "id" || field.marks.position || is_known_by(field)
            }
            _ => false,
        });
        let of_items = of_items.collect();
        Self { width: columns.uses.len(), own: [column("id"), column("name")], serials, of_items }
    }

    /// What a row is that has one text alone, where it is no item. `noted`: a note stood above.
    pub(crate) fn aside(&self, lone: Lone<'_>, noted: bool) -> Option<Aside> {
        if lone.times > 1 && lone.times < self.width {
            return None;
        }
        // Alone in the name's column it may be an item, and in all of two columns.
        let own = if lone.times == 1 { self.own.contains(&Some(lone.at)) } else { self.width == 2 };
        let text = lone.text;
        if is_note(text) {
            return Some(Aside::Note(text.to_owned()));
        }
        let read = title::read(text);
        let headed = heading(text);
        match read.declared {
            Some(count) if read.with_edition.is_empty() => return Some(Aside::Count(count)),
            None if noted && !own => return Some(Aside::Note(text.to_owned())),
            _ => {}
        }
        let plain = || {
            let first = lone.times > 1 || lone.at == 0 && self.serials;
            !own && first && self.width > 2 && !is_empty_mark(text) && serials(text).is_empty()
        };
        // Behind the name it goes on with what the row above says there.
        let before = lone.times > 1 || self.own[1].is_none_or(|name| lone.at <= name);
        let part = match headed {
            Some(Heading::Strong) => before || read.declared.is_some(),
            Some(Heading::Weak) => !own && (before || read.declared.is_some()),
            None => read.declared.is_some() || plain(),
        };
        part.then_some(Aside::Part(read.with_edition, read.declared, headed))
    }
}

/// A heading whose number has a cell of its own: a numeral in the column of serial numbers, and one text behind it.
pub(crate) struct Numbered {
    /// The number and the title.
    pub(crate) text: String,
    pub(crate) aside: Aside,
    /// How it is numbered.
    pub(crate) order: Heading,
    /// Whether it cannot be an item: it says how many it has.
    pub(crate) is_sure: bool,
}

impl Body {
    /// The heading that a row is, or may be: items are numbered so in some lists.
    pub(crate) fn numbered<'a>(&self, mut cells: impl Iterator<Item = &'a str>) -> Option<Numbered> {
        let number = cells.next()?.trim();
        // 1, 2, 3 are items.
        if !self.serials || self.width < 3 || !number.contains(|c: char| NUMERALS.contains(c)) {
            return None;
        }
        let title = lone(cells, self.width)?.text;
        let plain = number.trim_start_matches(['（', '(']).trim_end_matches(['）', ')', '、', '.', '．']);
        let text = match (self::number(plain), heading(number)) {
            (Some(_), Some(_)) => format!("{number}{title}"),
            (Some(_), None) => format!("{number}、{title}"),
            (None, Some(_)) if number.starts_with('第') && number.len() < 20 => format!("{number} {title}"),
            _ => return None,
        };
        let (read, order) = (title::read(&text), heading(&text)?);
        Some(Numbered {
            is_sure: read.declared.is_some(),
            aside: Aside::Part(read.with_edition, read.declared, Some(order)),
            text,
            order,
        })
    }
}

/// What is said of a heading that might have been meant as an item: it has no count, and stands where names stand or has
/// no number.
pub(crate) fn doubt(lone: Lone<'_>, aside: &Aside, body: &Body) -> Option<Message> {
    let sure = heading(lone.text).is_some() && !body.own.contains(&Some(lone.at));
    if sure || !matches!(aside, Aside::Part(_, None, _)) {
        return None;
    }
    Some(taken_for_heading(lone.text))
}

/// What is said of a text that is taken for a heading.
pub(crate) fn taken_for_heading(text: &str) -> Message {
    let text = shortened(text, 40);
    Message::new(
        format!("“{text}”独占一行，作为其下各项的标题，不作事项"),
        format!(
            "`{text}` stands alone in its row and is taken for the heading of the items below, not for an item"
        ),
    )
}

/// A row that is no item.
pub(crate) struct NoItem {
    kind: NoItemKind,
    /// Its cells.
    pub(crate) text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NoItemKind {
    /// The header again, as on each page of a printed list.
    Header,
    /// 合计, 小计, with numbers behind.
    Total,
    /// 填表人：…, 审核人：…
    Signature,
    /// 第3页 共8页, 续表, （以下空白）
    Page,
}

impl NoItem {
    pub(crate) fn message(&self, text: &str) -> Message {
        let (zh, en) = match self.kind {
            NoItemKind::Header => ("重复的表头", "the header again"),
            NoItemKind::Total => ("合计行", "a row of totals"),
            NoItemKind::Signature => ("填表、审核等落款", "who filled the table in"),
            NoItemKind::Page => ("页码、续表等版式文字", "a mark of a page"),
        };
        Message::new(
            format!("“{text}”是{zh}，不作事项"),
            format!("`{text}` is {en}, and not taken for an item"),
        )
    }
    /// Whether it says more than the header does.
    pub(crate) fn is_kept(&self) -> bool {
        !matches!(self.kind, NoItemKind::Header | NoItemKind::Page)
    }
}

/// Words in front of totals.
const TOTALS: [&str; 4] = ["合计", "总计", "小计", "共计"];
/// What stands before the colon where a table is signed (general knowledge of office forms).
const SIGNATURES: [&str; 22] = [
    "制表单位",
    "制表日期",
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "复核人",
    "审批人",
    "负责人",
    "单位负责人",
    "分管领导",
    "联系人",
    "联系电话",
    "电话",
    "填报单位",
    "填表单位",
    "填报时间",
    "填报日期",
    "填表日期",
    "填表时间",
];

/// Marks of pages, but for their numbers (general knowledge of office forms).
const PAGES: [&str; 8] = ["续表", "续上表", "接上表", "接上页", "续上页", "转下页", "以下空白", "以下无正文"];

/// Whether a text is a mark of a page: 第3页, 共8页, 第3页共8页, （续表）, — 3 —, 以下空白.
fn is_page(text: &str) -> bool {
    let text = form(text);
    let bare = text.trim_matches(|c: char| "()-—－–.。,:".contains(c));
    if PAGES.contains(&bare) {
        return true;
    }
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let pages = || {
        let mut pages =
            bare.split_terminator('页').map(|page| page.trim_start_matches(|c: char| ",/;".contains(c)));
        pages.all(|page| {
            page.strip_prefix(['第', '共']).is_some_and(|page| number(page) || self::number(page).is_some())
        })
    };
    bare.ends_with('页') && pages()
        || bare.len() < text.len() && text.starts_with(['-', '—', '–']) && number(bare)
}

/// What a row is where it cannot be an item: the header once more, totals, signatures, marks of a page.
pub(crate) fn no_item<'a, I: Iterator<Item = &'a str>>(
    cells: &dyn Fn() -> I,
    headers: &[String],
    width: usize,
) -> Option<NoItem> {
    // Nearly every row is told by a look at its first cell.
    let (at, start) = cells().map(str::trim).enumerate().find(|(_, cell)| !cell.is_empty())?;
    let may_be = headers.get(at).is_some_and(|header| header == start)
        || start.starts_with([
            '合', '总', '小', '共', '第', '续', '接', '转', '以', '(', '（', '-', '—', '–', '－',
        ])
        || start.contains([':', '：']);
    if !may_be {
        return None;
    }
    let filled: Vec<(usize, String)> = cells()
        .enumerate()
        .filter(|(_, cell)| !cell.trim().is_empty())
        .map(|(at, cell)| (at, form(cell)))
        .collect();
    let (first, rest) = filled.split_first()?;
    let is_header =
        |(at, text): &(usize, String)| headers.get(*at).is_some_and(|header| form(header) == *text);
    let is_count = |text: &str| {
        let number = text.trim_start_matches('共').trim_end_matches(['项', '个', '条', '大', '小']);
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let is_signature = |text: &str| {
        text.split_once([':', '：']).is_some_and(|(label, _)| SIGNATURES.contains(&label.trim()))
    };
    // A text that stands alone, in one cell or in all of a merged row: of totals those of a part (小计：2项), for that of the
    // list is its count.
    let alone = width > 1 && filled.iter().all(|(_, text)| *text == first.1);
    let counted = |text: &(usize, String)| is_count(&text.1);
    let total = first.1.trim_end_matches([':', '：']);
    let is_total = !rest.is_empty() && TOTALS.contains(&total) && rest.iter().all(counted)
        || alone
            && first
                .1
                .strip_prefix("小计")
                .is_some_and(|count| is_count(count.trim_start_matches([':', '：'])));
    let kind = if filled.iter().all(is_header) && !rest.is_empty() {
        NoItemKind::Header
    } else if is_total {
        NoItemKind::Total
    } else if filled.iter().all(|(_, text)| is_signature(text)) && (width > 1 || !rest.is_empty()) {
        NoItemKind::Signature
    } else if alone && is_page(&first.1) {
        NoItemKind::Page
    } else {
        return None;
    };
    let mut texts: Vec<&str> = cells().map(str::trim).filter(|cell| !cell.is_empty()).collect();
    texts.dedup();
    Some(NoItem { kind, text: texts.join("　") })
}

/// Whether a text is a note on the table (备注：…).
fn is_note(text: &str) -> bool {
    let label = text.split(['：', ':']).next().filter(|label| label.len() < text.len());
    label.is_some_and(|label| {
        ["备注", "注", "说明", "附注", "注释", "填表说明", "注意"].contains(&form(label).as_str())
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// 一、…; 第一部分…
    Strong,
    /// （一）…, which names of items have too.
    Weak,
}

/// What headings are numbered with.
const NUMERALS: &str = "一二三四五六七八九十百零〇";

/// How a text is numbered as the heading of a section.
fn heading(text: &str) -> Option<Heading> {
    let numeral = |text: &str| {
        let end = text.find(|c: char| !NUMERALS.contains(c)).unwrap_or(text.len());
        number(&text[..end]).map(|_| end)
    };
    if let Some(rest) = text.strip_prefix('第') {
        let rest = &rest[numeral(rest)?..];
        let parts = ["部分", "章", "节", "篇", "类", "批"];
        return parts.iter().any(|part| rest.starts_with(part)).then_some(Heading::Strong);
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let rest = &rest[numeral(rest)?..];
        return rest.starts_with(['）', ')']).then_some(Heading::Weak);
    }
    text[numeral(text)?..].starts_with(['、', '．', '.']).then_some(Heading::Strong)
}

/// The column that is the name where any header is right: the first whose header is no serial's, and whose first cell
/// that is not empty is no plain number.
pub(crate) fn name_column(columns: &Columns, below: &[Line]) -> Option<usize> {
    (0..columns.uses.len()).find(|&at| {
        let header = form(&columns.headers[at]).to_lowercase();
        let serial =
            ["序号", "序", "编号", "号", "no", "no.", "nr", "number", "#"].contains(&header.as_str());
        let cell =
            || below.iter().find_map(|line| line.cells.get(at).map(|c| c.trim()).filter(|c| !c.is_empty()));
        columns.uses[at] == Use::Extra && !serial && cell().is_some_and(|cell| !is_number(cell))
    })
}

fn is_number(text: &str) -> bool {
    let text = form(text);
    let digits = |c: char| c.is_ascii_digit() || ",.%".contains(c);
    let number = text.trim_start_matches(['+', '-']);
    number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn two_rows_are_paths() {
        let two = |a: &str, b: &str| two_rows(&row(a), &row(b)).map(|headers| headers.join(","));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            two("序号,证明名称,实施基本情况,,行使层级,,,", ",,索要单位,开具单位,省级,市级,县级,乡镇级及其他"),
            some(
                "序号,证明名称,实施基本情况/索要单位,实施基本情况/开具单位,行使层级/省级,行使层级/市级,行使层级/县级,行使层级/乡镇级及其他"
            )
        );
        // Merged cells as repeated texts, down and across.
        assert_eq!(two("序 号,情况,情况,备注", "序号,甲,乙,备注"), some("序 号,情况/甲,情况/乙,备注"));
        // A merged header without texts under it; columns without use behind the last one.
        assert_eq!(
            two("名称,权限,,情况,,备注,,", ",,,甲,乙,,,"),
            some("名称,权限/1,权限/2,情况/甲,情况/乙,备注,,")
        );
        assert_eq!(two("名称,情况,,,", ",甲,乙,,"), some("名称,情况/甲,情况/乙,,"));
        assert_eq!(two(",情况,,备注", "名称,甲,乙,"), some("名称,情况/甲,情况/乙,备注"));
        // Titles, items, single columns are none.
        assert_eq!(two("海东市清单,,,", "序号,名称,部门,备注"), None);
        assert_eq!(two("名称,部门,,", "甲,乙,,"), None);
        assert_eq!(two("编码,名称,备注,备注", "1,甲,乙,丙"), None);
        assert_eq!(two("名称,情况,备注", ",甲,"), None);
        assert_eq!(two("名称,情况,,备注", ",甲,,"), None);
    }

    #[test]
    fn headings_are_numbered() {
        let is = |text: &str| heading(text).is_some();
        assert!(is("一、中央设定") && is("十二、甲") && is("（三）乙") && is("第一部分 丙") && is("第二批"));
        assert!(!is("一次性告知") && !is("1、甲") && !is("第三方机构") && !is("（甲）") && !is("、"));
    }
}

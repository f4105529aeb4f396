//! Adjustment notices (调整公告、调整对照表): what a government published about a change of its list.
//!
//! A notice is a table, or a paragraph, that says of each item how it was adjusted, and declares how many there are. It is
//! read as it is written ([`Notice`], [`NoticeRow`]), and what its rows say is a view ([`Statement`]). Then it is held
//! against itself ([`Notice::check`]: do the counts add up, are there as many rows) and against the change of the list
//! itself ([`Notice::held_against`]: is each adjustment in it, does the list show each row).
//!
//! The words for kinds are those of [`AdjustmentKind`]: what is read is any of its spellings, what is written its label.
//!
//! ```
//! # #[cfg(feature = "csv")] {
//! use qingdan::{codes::AdjustmentKind, notice::Notice, table::csv::Dialect};
//! let table = "某市行政许可事项调整对照表（共2项：更名1项、取消1项）,,,,,\n\
//!              序号,调整前,,调整后,,调整方式\n\
//!              ,事项名称,实施机关,事项名称,实施机关,\n\
//!              1,民办职业学校设立,市教育局,民办学校设立,同左,更名\n\
//!              2,药品零售企业筹建审批,市市场监管局,—,—,取消\n";
//! let notice = Notice::read_csv(table.as_bytes(), &Dialect::default()).ok()?;
//! let said = notice.statements();
//! assert_eq!((said[0].kinds[0].clone(), &*said[0].after[0]), (AdjustmentKind::Renamed, "民办学校设立"));
//! assert!(said[1].after.is_empty());
//! assert!(notice.check().is_empty());
//! # }
//! # Ok::<(), qingdan::document::Refused>(())
//! ```

mod counts;
mod held;
mod prose;
#[cfg(feature = "csv")]
mod read;
#[cfg(all(test, feature = "csv"))]
mod tests;

pub use counts::{Count, Extent};
pub use held::Finding;

use crate::cell::{cut, is_empty_mark, sub_items};
use crate::codes::AdjustmentKind;
use crate::problem::{Message, Problem, shortened};
use crate::{Map, Record, Text};
use std::borrow::Cow;

/// A notice: what stands around its table, and the rows of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Notice {
    /// What stands above the table, line by line as written: titles, numbers of annexes, paragraphs.
    pub head: Vec<Text>,
    /// The sections of the table (一、取消（3项）), as written and in order.
    pub sections: Vec<Text>,
    /// The rows of the table, or the sentences that name items.
    pub rows: Vec<NoticeRow>,
    /// What stands between and below the rows, or the sentences that name no item.
    pub notes: Vec<Text>,
}

/// One row of a notice: its cells as written.
///
/// Columns are those of the forms that are in use (domain.md 3.3): the State Council's lists of what is cancelled and
/// delegated, comparison tables (调整对照表) of one or two header rows, tables of powers, and the table that
/// `list_diff --format csv` writes, which has a row for each changed field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "notice-row")]
#[non_exhaustive]
pub struct NoticeRow {
    /// Line of the file in which the row, or the sentence, begins.
    #[record(apart)]
    pub line: Option<u32>,
    /// Serial number in the notice (序号).
    #[record(position, column("序号", "编号"))]
    pub serial: Text,
    /// Department (主管部门).
    #[record(column(
        "主管部门",
        "部门",
        "责任部门",
        "责任单位",
        "单位",
        "省级主管部门",
        "市级主管部门",
        "department"
    ))]
    pub department: Text,
    /// Kind of power (职权类型).
    #[record(column("职权类型", "权力类型", "事项类型", "事项类别", "审批类别", "类别"))]
    pub item_type: Text,
    /// Serial number in the list before.
    #[record(column(
        "调整前/清单序号",
        "调整前:清单序号",
        "调整前/序号",
        "调整前清单序号",
        "原清单序号",
        "原序号"
    ))]
    pub serial_before: Text,
    /// Serial number in the list after.
    #[record(column("调整后/清单序号", "调整后:清单序号", "调整后/序号", "调整后清单序号", "现序号"))]
    pub serial_after: Text,
    /// Ids before, several with `;`.
    #[record(column(
        "from",
        "调整前/事项编码",
        "调整前:事项编码",
        "调整前/编码",
        "调整前编码",
        "原事项编码",
        "原编码"
    ))]
    pub ids_before: Text,
    /// Ids after, several with `;`.
    #[record(column(
        "to",
        "调整后/事项编码",
        "调整后:事项编码",
        "调整后/编码",
        "调整后编码",
        "现事项编码",
        "现编码"
    ))]
    pub ids_after: Text,
    /// Names before (调整前：事项名称).
    #[record(column(
        "调整前/事项名称",
        "调整前:事项名称",
        "调整前/项目名称",
        "调整前/许可事项名称",
        "调整前/行政许可事项名称",
        "调整前/职权名称",
        "调整前/名称",
        "调整前事项名称",
        "调整前项目名称",
        "调整前名称",
        "变更前名称",
        "原事项名称",
        "原项目名称",
        "原名称",
        "调整前"
    ))]
    pub name_before: Text,
    /// Names after (调整后：事项名称).
    #[record(column(
        "调整后/事项名称",
        "调整后:事项名称",
        "调整后/项目名称",
        "调整后/许可事项名称",
        "调整后/行政许可事项名称",
        "调整后/职权名称",
        "调整后/名称",
        "调整后事项名称",
        "调整后项目名称",
        "调整后名称",
        "变更后名称",
        "现事项名称",
        "现项目名称",
        "现名称",
        "调整后"
    ))]
    pub name_after: Text,
    /// Names, where the table has one column of them.
    #[record(column(
        "事项名称",
        "项目名称",
        "许可事项名称",
        "行政许可事项名称",
        "行政审批项目名称",
        "审批事项名称",
        "职权名称",
        "主项名称",
        "名称"
    ))]
    pub name: Text,
    /// Name of the sub item (子项).
    #[record(column("子项", "子项名称", "子项目名称"))]
    pub sub_item: Text,
    /// Organs before (调整前：实施机关).
    #[record(column(
        "调整前/实施机关",
        "调整前:实施机关",
        "调整前/审批部门",
        "调整前/实施主体",
        "调整前实施机关",
        "原实施机关",
        "原审批部门"
    ))]
    pub organ_before: Text,
    /// Organs after (调整后：实施机关; 下放后审批部门).
    #[record(column(
        "调整后/实施机关",
        "调整后:实施机关",
        "调整后/审批部门",
        "调整后/实施主体",
        "调整后实施机关",
        "下放后审批部门",
        "下放后实施机关",
        "承接部门",
        "承接单位",
        "现实施机关"
    ))]
    pub organ_after: Text,
    /// Organs, where the table has one column of them.
    #[record(column("实施机关", "审批部门", "审批机关", "实施部门", "实施主体"))]
    pub organ: Text,
    /// Basis before (调整前：设定依据).
    #[record(column(
        "调整前/设定依据",
        "调整前:设定依据",
        "调整前/设定和实施依据",
        "调整前:设定和实施依据",
        "调整前/法律依据",
        "调整前设定依据",
        "原设定依据"
    ))]
    pub basis_before: Text,
    /// Basis after (调整后：设定依据).
    #[record(column(
        "调整后/设定依据",
        "调整后:设定依据",
        "调整后/设定和实施依据",
        "调整后:设定和实施依据",
        "调整后/法律依据",
        "调整后设定依据",
        "现设定依据"
    ))]
    pub basis_after: Text,
    /// Basis, where the table has one column of it.
    #[record(column("设定依据", "设定和实施依据", "设定及实施依据", "法律依据"))]
    pub basis: Text,
    /// What is adjusted, in sentences (调整内容).
    #[record(column("调整内容", "取消内容", "下放内容", "变动内容"))]
    pub content: Text,
    /// Kinds of adjustment as written (调整方式, 处理决定, 调整意见).
    #[record(column(
        "调整方式",
        "调整类型",
        "调整方式(类型)",
        "调整类别",
        "处理决定",
        "处理意见",
        "调整意见",
        "调整情况",
        "变动情况",
        "kind"
    ))]
    pub kinds: Text,
    /// Further kinds, in a column of their own.
    #[record(column("also"))]
    pub also: Text,
    /// Why, or on which ground, it was adjusted (调整依据, 调整理由).
    #[record(column(
        "调整依据",
        "调整依据(原因)",
        "调整原因",
        "调整理由",
        "调整理由及依据",
        "理由及依据",
        "取消依据",
        "取消理由"
    ))]
    pub reason: Text,
    /// The decision behind it (决定文件, 文号).
    #[record(column("决定文件", "决定文号", "调整文号", "文号", "document"))]
    pub document: Text,
    /// What is done instead (加强事中事后监管措施).
    #[record(column("加强事中事后监管措施", "事中事后监管措施", "监管措施", "后续监管措施"))]
    pub follow_up: Text,
    /// The field that the row is about, where each has a row of its own.
    #[record(column("field"))]
    pub field: Text,
    /// That field before.
    #[record(column("before"))]
    pub before: Text,
    /// That field after.
    #[record(column("after"))]
    pub after: Text,
    /// Remarks (备注).
    #[record(column("备注", "说明"))]
    pub remarks: Text,
    /// The section that it stands in, as written.
    pub part: Text,
    /// Columns that are none of these, by header.
    pub extra: Map<Text>,
}

/// What a row says of its items, read: which they are, and how they were adjusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Statement {
    /// The rows that say it, by position: one, or those of one item's fields.
    pub rows: Vec<usize>,
    /// The department, where the row or its section says one.
    pub department: String,
    /// The kinds, in the order in which they are said: of the row, else of its section, else of the title.
    pub kinds: Vec<AdjustmentKind>,
    /// Whether the words say that something was adjusted (调整), beside the kinds that they name or without naming one.
    pub unspecific: bool,
    /// Whether the words say that nothing was adjusted (保留).
    pub kept: bool,
    /// Ids before and after, as the row joins them.
    pub ids: [String; 2],
    /// Names before; of a sub item `main—sub`.
    pub before: Vec<String>,
    /// Names after; as before where the cell says 同左.
    pub after: Vec<String>,
    /// The cells of names, whole: a name may hold what else stands between names.
    cells: [String; 2],
}

/// What a text says of kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Words {
    kinds: Vec<AdjustmentKind>,
    unspecific: bool,
    kept: bool,
}

impl Words {
    /// Reads a cell, or any text. A cell may give kinds by slug, as our own table does.
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        let mut rest = String::new();
        for piece in cut(text, &[';', '；', '\n']) {
            let known = AdjustmentKind::ALL.iter().find(|kind| kind.as_str() == piece);
            let (kinds, unnamed) = match known {
                Some(kind) => (vec![kind.clone()], String::new()),
                None => AdjustmentKind::named_and_rest(piece),
            };
            rest += &unnamed;
            for kind in kinds {
                if !words.kinds.contains(&kind) {
                    words.kinds.push(kind);
                }
            }
        }
        let has = |any: &[&str]| any.iter().any(|word| rest.contains(word));
        words.kept = words.kinds.is_empty() && has(&["保留", "不变", "无变化", "维持"]);
        words.unspecific = !words.kept && has(&["调整", "变更", "变动", "规范"]);
        words
    }
    fn say_nothing(&self) -> bool {
        self.kinds.is_empty() && !self.unspecific && !self.kept
    }
}

/// Whether a cell says that it is as the one to its left.
fn as_before(cell: &str) -> bool {
    matches!(cell.trim(), "同左" | "同前" | "不变" | "无变化" | "未变" | "不作调整")
}

/// The names in a cell: one, or one a line, or with ； or ` / ` between them, or numbered, or in quotes.
fn names(cell: &str) -> Vec<String> {
    let text = cell.trim();
    if is_empty_mark(text) {
        return Vec::new();
    }
    if let Some(quoted) = prose::nothing_but_quoted(text) {
        return quoted.into_iter().map(str::to_owned).collect();
    }
    let lines: Vec<&str> = cut(text, &['\n', '\r']);
    let pieces = match &lines[..] {
        [one] => match cut(one, &['；', ';']) {
            several if several.len() > 1 => several,
            _ if one.contains(" / ") => one.split(" / ").map(str::trim).collect(),
            _ => sub_items(one),
        },
        _ => lines,
    };
    let numbered = pieces.len() > 1;
    let plain = |piece: &&str| if numbered { without_number(piece) } else { (*piece).to_owned() };
    pieces.iter().filter(|piece| !is_empty_mark(piece)).map(plain).collect()
}

/// A piece of a numbered cell without its number.
fn without_number(piece: &str) -> String {
    let open = piece.trim_start_matches(['(', '（']);
    let digits = open.trim_start_matches(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c));
    let rest = digits.trim_start_matches([')', '）', '.', '．', '、']);
    let marked = digits.len() < open.len() && rest.len() < digits.len()
        || piece.starts_with(|c: char| ('①'..='⑳').contains(&c));
    if marked && !rest.trim().is_empty() { rest.trim().to_owned() } else { piece.to_owned() }
}

impl NoticeRow {
    /// What stands in a column of after, read: as before where it says 同左, nothing where a mark says so.
    fn side<'a>(before: &'a str, after: &'a str) -> [&'a str; 2] {
        let after = if as_before(after) { before } else { after };
        [before, after].map(|cell| if is_empty_mark(cell) { "" } else { cell.trim() })
    }
    /// Organs before and after; both the same where the table has one column.
    ///
    /// ```
    /// let mut row = qingdan::notice::NoticeRow::default();
    /// row.organ_before = "市工商局".into();
    /// row.organ_after = "同左".into();
    /// assert_eq!(row.organs(), ["市工商局", "市工商局"]);
    /// ```
    #[must_use]
    pub fn organs(&self) -> [&str; 2] {
        Self::either([&self.organ_before, &self.organ_after], &self.organ)
    }
    /// Bases before and after; both the same where the table has one column.
    #[must_use]
    pub fn bases(&self) -> [&str; 2] {
        Self::either([&self.basis_before, &self.basis_after], &self.basis)
    }
    fn either<'a>([before, after]: [&'a Text; 2], both: &'a Text) -> [&'a str; 2] {
        let [before, after] = Self::side(before, after);
        let or = |cell: &'a str| {
            if cell.is_empty() && !is_empty_mark(both) { both.trim() } else { cell }
        };
        match (before.is_empty(), after.is_empty()) {
            (true, true) => [or(before), or(after)],
            // 审批部门 beside 下放后审批部门.
            (true, false) => [or(before), after],
            _ => [before, after],
        }
    }
    /// Whether the row says what one field was and is, as our own table does.
    fn is_of_field(&self) -> bool {
        let has_ids = !self.ids_before.is_empty() || !self.ids_after.is_empty();
        let is_ours = !self.field.is_empty() || !self.also.is_empty() || self.kinds.is_ascii();
        has_ids && is_ours
    }
    /// The kinds that its own cells name.
    fn words(&self) -> Words {
        let also = if is_empty_mark(&self.also) { "" } else { &self.also };
        let text = if is_empty_mark(&self.kinds) {
            Cow::Borrowed(also)
        } else {
            Cow::Owned(format!("{};{also}", self.kinds))
        };
        Words::of(&text)
    }
}

impl Notice {
    /// The first line of the head that is no number of an annex.
    #[must_use]
    pub fn title(&self) -> &str {
        let annex = |line: &str| {
            let rest = line.trim().strip_prefix("附件").or_else(|| line.trim().strip_prefix("附表"));
            rest.is_some_and(|rest| rest.chars().count() < 5)
        };
        self.head.iter().find(|line| !annex(line)).map_or("", |line| line)
    }

    /// What the rows say, in their order; rows that are about one item's fields are one statement. Linear.
    ///
    /// A row without a word for its kind has that of its section, else of the title, if that names one alone. A single
    /// column of names is before and after, but of what is new after alone, and of what is cancelled before.
    #[must_use]
    pub fn statements(&self) -> Vec<Statement> {
        let title = Words::of(self.title());
        let title = if title.kinds.len() == 1 && !title.unspecific { title } else { Words::default() };
        let mut statements: Vec<Statement> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            if row.is_of_field()
                && let Some(last) = statements.last_mut()
                && let Some(first) = last.rows.first().and_then(|&first| self.rows.get(first))
                && first.is_of_field()
                && [&first.ids_before, &first.ids_after, &first.kinds, &first.also]
                    == [&row.ids_before, &row.ids_after, &row.kinds, &row.also]
            {
                last.rows.push(at);
                last.take_field(row);
                continue;
            }
            statements.push(Statement::of(at, row, &title));
        }
        statements
    }
}

impl Statement {
    /// What one row says; without a word of its own or of its section, by the title.
    fn of(at: usize, row: &NoticeRow, title: &Words) -> Self {
        let mut words = row.words();
        if words.say_nothing() {
            words = Words::of(&row.part);
        }
        if words.say_nothing() {
            words = title.clone();
        }
        let id = |cell: &Text| if is_empty_mark(cell) { String::new() } else { cell.trim().to_owned() };
        let mut statement = Self {
            rows: vec![at],
            department: if is_empty_mark(&row.department) {
                String::new()
            } else {
                row.department.trim().to_owned()
            },
            kinds: words.kinds,
            unspecific: words.unspecific,
            kept: words.kept,
            ids: [id(&row.ids_before), id(&row.ids_after)],
            ..Self::default()
        };
        let mut cells = NoticeRow::side(&row.name_before, &row.name_after);
        if cells == ["", ""] && !is_empty_mark(&row.name) {
            let only = |kinds: &[AdjustmentKind]| {
                !statement.kinds.is_empty() && statement.kinds.iter().all(|kind| kinds.contains(kind))
            };
            let name = row.name.trim();
            cells = if only(&[AdjustmentKind::Added, AdjustmentKind::TakenOver]) {
                ["", name]
            } else if only(&[AdjustmentKind::Removed]) {
                [name, ""]
            } else {
                [name, name]
            };
        }
        let sub = if is_empty_mark(&row.sub_item) { None } else { Some(row.sub_item.trim()) };
        let full = |name: &str| match sub {
            Some(sub) if !name.is_empty() => format!("{name}—{sub}"),
            _ => name.to_owned(),
        };
        statement.cells = cells.map(full);
        [statement.before, statement.after] = match sub {
            Some(_) => {
                statement.cells.clone().map(|name| if name.is_empty() { Vec::new() } else { vec![name] })
            }
            None => cells.map(names),
        };
        // What the row itself says goes before what is concluded from it.
        if statement.kinds.is_empty() && !statement.kept && !statement.unspecific {
            let kind = match (statement.before.is_empty(), statement.after.is_empty()) {
                (true, false) => Some(AdjustmentKind::Added),
                (false, true) => Some(AdjustmentKind::Removed),
                _ => None,
            };
            statement.kinds.extend(kind);
        }
        statement.take_field(row);
        statement
    }

    /// The names that a row about the field of names gives.
    fn take_field(&mut self, row: &NoticeRow) {
        if row.is_of_field() && &*row.field == "name" {
            let cells = [&row.before, &row.after].map(|cell| cell.trim().to_owned());
            [self.before, self.after] =
                cells.clone().map(|name| if is_empty_mark(&name) { Vec::new() } else { vec![name] });
            self.cells = cells;
        }
    }
    /// How many items it is about at least and at most: a row may be one, or as many as it names.
    fn extent(&self) -> [usize; 2] {
        [1, self.before.len().max(self.after.len()).max(1)]
    }
    /// What it is about, for messages.
    fn label(&self) -> String {
        let names = if self.after.is_empty() { &self.before } else { &self.after };
        let ids = if self.ids[1].is_empty() { &self.ids[0] } else { &self.ids[1] };
        let text = if names.is_empty() { ids.clone() } else { names.join("、") };
        shortened(&text, 60)
    }
}

/// What is wrong with the rows in themselves: one without a name, one whose kind is not known, one whose names do not go
/// with its kind.
fn row_problems(notice: &Notice) -> Vec<Problem> {
    let mut problems = Vec::new();
    for statement in notice.statements() {
        let Some(row) = statement.rows.first().and_then(|&at| notice.rows.get(at)) else { continue };
        let mut say = |rule, zh: String, en: String| {
            problems.push(at_row(Problem::warning(rule, Message::new(zh, en)), row));
        };
        let nameless = statement.before.is_empty() && statement.after.is_empty();
        if nameless && statement.ids == ["", ""] {
            say(
                "notice/nameless-row",
                "此行没有写明事项；请补上名称".to_owned(),
                "the row names no item; give it a name".to_owned(),
            );
            continue;
        }
        let unread = !is_empty_mark(&row.kinds) && row.words().say_nothing();
        if unread {
            let text = shortened(&row.kinds, 40);
            say(
                "notice/unknown-kind",
                format!("“{text}”不是已知的调整方式；请改用“{}”等用语", AdjustmentKind::Removed.label()),
                format!(
                    "`{text}` is no known kind of adjustment; say it by a word such as {}",
                    AdjustmentKind::Removed.label()
                ),
            );
        } else if statement.kinds.is_empty() && !statement.kept && !statement.unspecific {
            say(
                "notice/no-kind",
                format!("“{}”没有写明调整方式；请补上", statement.label()),
                format!("`{}` has no kind of adjustment; give it one", statement.label()),
            );
        }
        let named = [&row.name_before, &row.name_after].map(|cell| !is_empty_mark(cell) && !as_before(cell));
        let astray = match (&statement.kinds[..], named) {
            ([kind @ AdjustmentKind::Added], [true, _]) => Some((kind, "调整前", "before")),
            ([kind @ AdjustmentKind::Removed], [_, true]) => Some((kind, "调整后", "after")),
            _ => None,
        };
        if let Some((kind, side, there)) = astray {
            let (label, zh, en) = (statement.label(), kind.label(), kind.as_str());
            say(
                "notice/kind-and-names",
                format!("“{label}”写作“{zh}”，却有{side}的名称；请核对"),
                format!("`{label}` is {en}, and yet has a name {there}; correct one of the two"),
            );
        }
    }
    problems
}

/// The problem at the row's line.
fn at_row(problem: Problem, row: &NoticeRow) -> Problem {
    match row.line {
        Some(line) => problem.at_line(line.into(), None),
        None => problem,
    }
}

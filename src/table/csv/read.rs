//! Reading a list from a table.

use super::{Dialect, Row, Rows, RowsError, unmark};
use crate::Text;
use crate::catalogue::{Catalogue, Header};
use crate::cell::is_empty_mark;
use crate::document::{Duplicates, Occurrences, Reading, admit};
use crate::problem::{Message, Problem, Severity, shortened};
use crate::record::Item;
use crate::table::ColumnNames;
use crate::table::columns::{Columns, Use};
use crate::text_atom::Pooling;
use crate::value::Cell;
use std::collections::HashMap;
use std::io::{self, Read};

/// How a table is read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Separator and encoding.
    pub dialect: Dialect,
    /// Columns that the known headers do not cover.
    pub columns: ColumnNames,
    /// Two rows of one id that the table itself gives.
    pub duplicates: Duplicates,
    /// What the header of the list is to say: a table has none.
    pub header: Header,
}

/// Reads a list from a table: the first row names the columns.
///
/// Fields are found by their known headers; a column that is neither known nor named stays in the item
/// as an extra column. Items without an id get one that is derived from their parts and marked so.
/// Rows go one by one; texts that repeat are kept once.
///
/// # Errors
/// The reader failed. Whatever is wrong with the table stands in the reading's problems.
///
/// ```
/// use qingdan::{LicensingItem, table::csv};
/// let table = "事项编码,事项名称,主管部门,备注列\n000117001000,林木采伐许可证核发,市林草局,试点\n";
/// let list = csv::read::<LicensingItem>(table.as_bytes(), &csv::Options::default())?.ok()?;
/// let item = list.items.get("000117001000").unwrap();
/// assert_eq!(item.name, "林木采伐许可证核发");
/// assert_eq!(item.extra.get("备注列").unwrap(), "试点");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read<T: Item>(source: impl Read, options: &Options) -> io::Result<Reading<Catalogue<T>>> {
    let _pooling = Pooling::start();
    let mut problems = Vec::new();
    let empty = |problems| {
        Ok(Reading { value: Catalogue::new(options.header.clone(), crate::SharedList::new()), problems })
    };
    let mut rows = match Rows::open(source, &options.dialect) {
        Ok(rows) => rows,
        Err(error) => {
            problems.push(problem_of(error)?);
            return empty(problems);
        }
    };
    let headers: Vec<String> = rows.header().iter().map(|header| unmark(header).into_owned()).collect();
    let columns = Columns::find::<T>(&headers, &options.columns, &mut problems);
    if !columns.any_known() {
        let headers = shortened(&columns.headers.join("、"), 200);
        problems.push(
            Problem::error(
                "table/no-known-column",
                Message::new(
                    format!("没有一列是已知字段：{headers}；用 --columns 'name=…' 指出，或检查文件与分隔符"),
                    format!("no column is a known field: {headers}; name one with --columns 'name=…', or see whether file and separator are right"),
                ),
            )
            .at_line(rows.header_line(), None),
        );
        return empty(problems);
    }
    if problems.iter().any(Problem::is_error) {
        return empty(problems);
    }
    let mut table = Table::<T> {
        list: Catalogue::new(options.header.clone(), crate::SharedList::new()),
        id: T::FIELDS.iter().position(|f| f.name == "id").unwrap_or(usize::MAX),
        columns,
        problems,
        lines: HashMap::new(),
        occurrences: Occurrences::default(),
        duplicates: options.duplicates,
        repeated_ids: Vec::new(),
        refused: Vec::new(),
        rows: 0,
    };
    let mut row = Row::default();
    loop {
        match rows.next_row(&mut row) {
            Ok(true) => table.row(&row),
            Ok(false) => break,
            Err(error) => {
                table.problems.push(problem_of(error)?);
                break;
            }
        }
    }
    Ok(table.finish())
}

/// The problem that an error of the row layer is; a reader that failed stays an error.
pub(crate) fn problem_of(error: RowsError) -> io::Result<Problem> {
    if let RowsError::Io { source, .. } = error {
        return Err(source);
    }
    let message = error.message();
    let problem = Problem::error("table/unreadable", Message::new(in_chinese(&error, &message), message));
    Ok(match error.place() {
        Some(place) => problem.at_line(place.line, Some(place.column)),
        None => problem,
    })
}

fn in_chinese(error: &RowsError, english: &str) -> String {
    match error {
        RowsError::Empty => "文件没有任何行；至少要有表头".to_owned(),
        RowsError::UnclosedQuote { .. } => {
            "此单元格的引号没有闭合；请补上，或把文字中的引号写成两个".to_owned()
        }
        RowsError::TextAfterQuote { .. } => "引号闭合之后还有文字；文字中的引号要写成两个".to_owned(),
        RowsError::TooManyColumns { limit, .. } => format!("超过{limit}列；分隔符或文件可能有误"),
        RowsError::RecordTooLong { limit, .. } => {
            format!("一行超过{limit}字节；引号可能没有闭合，或不是表格")
        }
        RowsError::Nul { .. } => "含有 NUL 字节，不是文字；请重新导出为 UTF-8 的 CSV".to_owned(),
        _ => format!("编码不符：{english}"),
    }
}

struct Table<T: Item> {
    list: Catalogue<T>,
    columns: Columns,
    /// The position of the field that is the id.
    id: usize,
    problems: Vec<Problem>,
    /// The line of each item, for messages about doubled ids.
    lines: HashMap<usize, u64>,
    occurrences: Occurrences,
    duplicates: Duplicates,
    repeated_ids: Vec<(String, u64, u64)>,
    /// The rows of these, so that another key can be proposed.
    refused: Vec<T>,
    rows: usize,
}

impl<T: Item> Table<T> {
    fn row(&mut self, row: &Row) {
        let line = row.line();
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        self.rows += 1;
        for i in self.columns.headers.len()..row.len() {
            if !row.cell(i).is_empty() {
                self.problems.push(
                    Problem::error(
                        "table/surplus-cell",
                        Message::new(
                            format!("此行比表头多出一格“{}”；请检查引号与分隔符", shortened(row.cell(i), 40)),
                            format!("the row has a cell `{}` more than the header; see whether a quote or a separator is missing", shortened(row.cell(i), 40)),
                        ),
                    )
                    .at_line(line, Some(row.column_of(i))),
                );
            }
        }
        let mut item = T::default();
        let mut said = Vec::new();
        for i in 0..self.columns.headers.len() {
            let text = &*unmark(row.cell(i));
            if text.is_empty() {
                continue;
            }
            let known = said.len();
            match &self.columns.uses[i] {
                Use::Field(field) => set_field(&mut item, *field, self.id, text, &mut said),
                Use::Tick(field, code) => {
                    if bool::from_text_tick(text) {
                        let so_far =
                            item.shown_field(*field).map(|s| s.shown().into_owned()).unwrap_or_default();
                        let cell =
                            if so_far.is_empty() { code.clone() } else { format!("{so_far}、{code}") };
                        item.set_cell(*field, &cell, &mut Cell { said: &mut said });
                    }
                }
                Use::Extra => {
                    let header = &self.columns.headers[i];
                    match item.extra_mut() {
                        Some(extra) => extra.set(header, Text::from(text)),
                        None => said.push((
                            "table/unknown-column",
                            Severity::Error,
                            Message::new(
                                format!("此类清单不保存其他列，“{header}”不是字段"),
                                format!("this kind keeps no extra columns, and `{header}` is no field"),
                            ),
                        )),
                    }
                }
            }
            for (rule, severity, message) in &said[known..] {
                let mut problem = Problem::error(rule, message.clone())
                    .at_line(line, Some(row.column_of(i)))
                    .in_field(self.columns.headers[i].clone());
                problem.severity = *severity;
                self.problems.push(problem);
            }
        }
        self.admit(item, line);
    }

    fn admit(&mut self, mut item: T, line: u64) {
        let mut duplicates = self.duplicates;
        if item.id().is_empty() {
            let id = derived_id(&item);
            if id.is_empty() {
                self.problems.push(
                    Problem::error(
                        "table/nameless-row",
                        Message::new(
                            "此行既无编码也无名称；请补上或删去此行",
                            "the row has neither an id nor a name; give it one, or take the row out",
                        ),
                    )
                    .at_line(line, None),
                );
                return;
            }
            item.set_id(id);
            item.mark_derived();
            duplicates = Duplicates::Keep;
        }
        let derived = item.is_derived();
        let id = item.id().to_owned();
        let count = self.list.items.len();
        match admit(&mut self.list, item, duplicates, &mut self.occurrences) {
            Ok(()) => {
                self.lines.insert(count, line);
                let occurrence = self.list.items.at(count).and_then(Item::occurrence);
                if let (true, Some(n)) = (derived, occurrence) {
                    self.problems.push(
                        Problem::warning(
                            "table/repeated-derived-id",
                            Message::new(
                                format!(
                                    "没有编码，名称等又与前一行相同，记作第{n}个“{}”",
                                    shortened(&id, 60)
                                ),
                                format!(
                                    "no id of its own, and named as a row before it: kept as `{}#{n}`",
                                    shortened(&id, 60)
                                ),
                            ),
                        )
                        .at_line(line, None)
                        .in_item(id),
                    );
                }
            }
            Err((id, there, item)) => {
                self.refused.push(item);
                let first = self.lines.get(&there).copied().unwrap_or_default();
                self.repeated_ids.push((id, first, line));
            }
        }
    }

    fn finish(mut self) -> Reading<Catalogue<T>> {
        let repeated = std::mem::take(&mut self.repeated_ids);
        // A key that is no key is refused at once, with the columns that are one.
        if repeated.len() > 20 && repeated.len() * 5 > self.rows {
            self.problems.push(self.no_key(&repeated));
        } else {
            for (id, first, line) in repeated {
                let column =
                    self.columns.uses.iter().position(|u| *u == Use::Field(self.id)).map(|c| c as u64 + 1);
                self.problems.push(
                    Problem::error(
                        "table/duplicate-id",
                        Message::new(
                            format!("编码“{id}”重复：第{first}行和第{line}行；请改正，或用 --duplicates keep 保留两者"),
                            format!("the id `{id}` stands twice, in lines {first} and {line}; correct one, or keep both with --duplicates keep"),
                        ),
                    )
                    .at_line(line, column)
                    .in_item(id),
                );
            }
        }
        self.list.header.columns = self.columns.kept::<T>();
        Reading { value: self.list, problems: self.problems }
    }

    fn no_key(&self, repeated: &[(String, u64, u64)]) -> Problem {
        let column = self.columns.uses.iter().position(|u| *u == Use::Field(self.id));
        let header = column.map(|c| self.columns.headers[c].clone()).unwrap_or_default();
        let (example, first, line) =
            repeated.first().map_or(("", 0, 0), |(id, first, line)| (id.as_str(), *first, *line));
        let (example, count, rows) = (shortened(example, 40), repeated.len(), self.rows);
        let keys = self.columns_that_are_keys();
        let (zh, en) = if keys.is_empty() {
            (
                "没有一列各行都不同；可去掉 id 列，按名称识别".to_owned(),
                "no single column tells all rows apart; name none, and items are told by their names"
                    .to_owned(),
            )
        } else {
            let names = keys.join(", ");
            (
                format!("各行都不同的列有 {names}；例如 --columns id={}", keys[0]),
                format!("columns that tell all rows apart: {names}; for example --columns id={}", keys[0]),
            )
        };
        Problem::error(
            "table/no-key",
            Message::new(
                format!("“{header}”列不能作主键：{rows}行中{count}行重复（如第{first}行和第{line}行的“{example}”）；{zh}"),
                format!("the column `{header}` is no key: {count} of {rows} rows repeat it (such as `{example}` in lines {first} and {line}); {en}"),
            ),
        )
        .at_line(1, column.map(|c| c as u64 + 1))
    }

    /// Columns in which every row has a value of its own; the first five.
    fn columns_that_are_keys(&self) -> Vec<String> {
        let rows = || self.list.items.iter().chain(&self.refused);
        let is_key = |(used, header): &(&Use, &String)| {
            let mut seen = std::collections::HashSet::new();
            rows().all(|item| {
                let value = match used {
                    Use::Field(i) => item.shown_field(*i).map(|s| s.shown().into_owned()),
                    Use::Extra => item.extra().and_then(|e| e.get(header)).map(ToString::to_string),
                    Use::Tick(..) => None,
                };
                value.is_some_and(|v| !v.is_empty() && seen.insert(v))
            })
        };
        let columns = self.columns.uses.iter().zip(&self.columns.headers);
        columns.filter(is_key).map(|(_, header)| header.clone()).take(5).collect()
    }
}

fn set_field<T: Item>(
    item: &mut T,
    field: usize,
    id: usize,
    text: &str,
    said: &mut Vec<(&'static str, Severity, Message)>,
) {
    let spec = &T::FIELDS[field];
    if field == id {
        // White space around an id is a typist's; a mark is no id.
        let text = text.trim();
        if !is_empty_mark(text) {
            item.set_id(text.to_owned());
        }
        return;
    }
    if spec.marks.position && is_plain_serial(text) {
        return;
    }
    let free = T::field_is_free_text(field);
    if !free && is_empty_mark(text) {
        return;
    }
    // Two columns of one field: the second says more of it.
    let text = match item.shown_field(field).filter(|_| !item.field_is_absent(field)) {
        Some(shown) => std::borrow::Cow::Owned(format!("{}\n{text}", shown.shown())),
        None => std::borrow::Cow::Borrowed(text),
    };
    item.set_cell(field, &text, &mut Cell { said });
}

/// Whether a serial number is a plain position (`12`, `2.0`): written anew, never kept.
pub(super) fn is_plain_serial(text: &str) -> bool {
    let text = text.trim();
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix('.')).unwrap_or(text);
    !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit()) || is_empty_mark(text)
}

/// The id of an item that has none: its parts, joined.
pub(crate) fn derived_id<T: Item>(item: &T) -> String {
    let parts = item.identity();
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ")
}

trait Tick {
    fn from_text_tick(text: &str) -> bool;
}
impl Tick for bool {
    /// Whether a tick column is ticked: √ ✓ ● ■ 是 1 Y; any other text that is no empty mark, too.
    fn from_text_tick(text: &str) -> bool {
        !is_empty_mark(text) && !matches!(text.trim(), "否" | "×" | "0" | "N" | "n" | "□" | "○")
    }
}

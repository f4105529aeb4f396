//! Reading a list from a table.

use super::{Dialect, Row, Rows, RowsError, unmark};
use crate::Text;
use crate::catalogue::{Catalogue, Header};
use crate::cell::is_empty_mark;
use crate::document::{Duplicates, Occurrences, Reading, admit};
use crate::keyed::Map;
use crate::problem::{Message, Problem, Severity, shortened};
use crate::record::{AnyItem, Field, Item};
use crate::table::columns::{Columns, Use};
use crate::table::layout::{self, Aside, Body, HEAD, Known, LOOK, Line};
use crate::table::{ColumnNames, MissingColumns};
use crate::text_atom::Pooling;
use crate::value::Cell;
use std::borrow::Cow;
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
    /// What is done with a header of these that the table does not have.
    pub missing_columns: MissingColumns,
    /// Two rows of one id that the table itself gives.
    pub duplicates: Duplicates,
    /// What the header of the list is to say: a table has none.
    pub header: Header,
}

/// Reads a list from a table: the first of ten rows in which a known column stands names the columns.
///
/// A header of two rows, a group's name over texts of its own, gives columns paths (`实施基本情况/索要单位`). What stands
/// above the header is read as title, count, edition and issuer, where the options do not say them; a note alone in its
/// row goes to the header's notes, a heading (`一、…(共135项)`) to its parts, and the items below have it as theirs.
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
pub fn read<T: Item>(mut source: impl Read, options: &Options) -> io::Result<Reading<Catalogue<T>>> {
    let _pooling = Pooling::start();
    let mut items = ItemsOf::<T> {
        list: Catalogue::new(options.header.clone(), crate::SharedList::new()),
        item: T::default(),
        refused: Vec::new(),
        occurrences: Occurrences::default(),
    };
    let problems = read_items(&mut source, options, T::ANY_HEADER, &mut items)?;
    Ok(Reading { value: items.list, problems })
}

/// The items of a list that is being read, without their type: what reads rows is compiled once, not once
/// a kind.
trait Items {
    /// Puts an empty item in the place of the one that was begun.
    fn begin(&mut self);
    /// The item that was begun.
    fn item(&self) -> &dyn AnyItem;
    fn set(&mut self, field: usize, text: &str, said: &mut Vec<Said>);
    /// Adds what a column says of some entries of a field.
    fn add(&mut self, field: usize, key: &str, text: &str, said: &mut Vec<Said>);
    fn set_id(&mut self, id: String);
    /// Gives the item an id that is derived from its parts; answers whether it has any.
    fn derive_id(&mut self) -> bool;
    fn extra(&mut self) -> Option<&mut Map<Text>>;
    fn is_free_text(&self, field: usize) -> bool;
    /// Puts the item into the list; answers its occurrence, or its id and where that is taken.
    fn admit(&mut self, duplicates: Duplicates) -> Result<Option<u32>, (String, usize)>;
    fn count(&self) -> usize;
    fn header(&mut self) -> &mut Header;
    /// All items, those that were refused too.
    fn all(&self) -> Vec<&dyn AnyItem>;
}

/// What a cell had to say.
type Said = (&'static str, Severity, Message);

struct ItemsOf<T: Item> {
    list: Catalogue<T>,
    item: T,
    /// The rows of ids that are taken, so that another key can be proposed.
    refused: Vec<T>,
    occurrences: Occurrences,
}

impl<T: Item> Items for ItemsOf<T> {
    fn begin(&mut self) {
        self.item = T::default();
    }
    fn item(&self) -> &dyn AnyItem {
        &self.item
    }
    fn set(&mut self, field: usize, text: &str, said: &mut Vec<Said>) {
        self.item.set_cell(field, text, &mut Cell { said });
    }
    fn add(&mut self, field: usize, key: &str, text: &str, said: &mut Vec<Said>) {
        if let Some(spread) = self.item.spread_field_mut(field) {
            spread.add(key, text, &mut Cell { said });
        }
    }
    fn set_id(&mut self, id: String) {
        self.item.set_id(id);
    }
    fn derive_id(&mut self) -> bool {
        let id = crate::record::derived_id(&self.item.identity());
        let some = !id.is_empty();
        self.item.set_id(id);
        self.item.mark_derived();
        some
    }
    fn extra(&mut self) -> Option<&mut Map<Text>> {
        self.item.extra_mut()
    }
    fn is_free_text(&self, field: usize) -> bool {
        T::field_is_free_text(field)
    }
    fn admit(&mut self, duplicates: Duplicates) -> Result<Option<u32>, (String, usize)> {
        let count = self.list.items.len();
        match admit(&mut self.list, std::mem::take(&mut self.item), duplicates, &mut self.occurrences) {
            Ok(()) => Ok(self.list.items.at(count).and_then(Item::occurrence)),
            Err((id, there, item)) => {
                self.refused.push(item);
                Err((id, there))
            }
        }
    }
    fn count(&self) -> usize {
        self.list.items.len()
    }
    fn header(&mut self) -> &mut Header {
        &mut self.list.header
    }
    fn all(&self) -> Vec<&dyn AnyItem> {
        let mut all: Vec<&dyn AnyItem> = Vec::with_capacity(self.list.items.len() + self.refused.len());
        for item in self.list.items.iter() {
            all.push(item);
        }
        for item in &self.refused {
            all.push(item);
        }
        all
    }
}

fn read_items(
    source: &mut dyn Read,
    options: &Options,
    any_header: bool,
    items: &mut dyn Items,
) -> io::Result<Vec<Problem>> {
    let fields = items.item().fields();
    let mut problems = Vec::new();
    let mut rows = match Rows::open(source, &options.dialect) {
        Ok(rows) => rows,
        Err(error) => {
            problems.push(problem_of(error)?);
            return Ok(problems);
        }
    };
    let (held, failed) = ahead(&mut rows, if any_header { LOOK } else { HEAD });
    let lines = lines(rows.header_line(), rows.header(), &held);
    let layout = layout::find(&lines, fields, &options.columns, any_header);
    let (titles, below) = (&lines[..layout.at], &lines[layout.at + layout.height..]);
    let header_line = lines[layout.at].line;
    let named = (&options.columns, options.missing_columns);
    let mut columns = Columns::find(fields, &layout.headers, named, header_line, &mut problems);
    if any_header
        && let Some(name) = fields.iter().position(|f| f.name == "name").filter(|&name| !columns.has(name))
        && let Some(column) = layout::name_column(&columns, below)
    {
        columns.uses[column] = Use::Field(name);
    }
    name_ticks_as_shown(items, &mut columns);
    if !any_header && !columns.any_known() {
        problems.push(no_known_column(&columns, header_line));
        return Ok(problems);
    }
    let field = |name: &str| fields.iter().position(|f| f.name == name);
    let has = |name: &str| field(name).is_some_and(|field| columns.has(field));
    if !any_header && field("name").is_some() && !has("name") && !has("sub_item") {
        problems.push(no_name_column(&columns, header_line, has("id")));
    }
    if problems.iter().any(Problem::is_error) {
        return Ok(problems);
    }
    let above = Above { name: field("name"), has_departments: has("department"), ..Above::default() };
    let mut defaults = Vec::new();
    if let Some(name) = layout::read_above(titles, items.header())
        && let Some(department) = field("department").filter(|&department| !columns.has(department))
    {
        defaults.push((department, name));
    }
    let mut table = Table {
        items,
        id: field("id").unwrap_or(usize::MAX),
        part: field("part"),
        outer: String::new(),
        body: Body::of(fields, &columns),
        known: Known::of(fields, &options.columns),
        held: None,
        open: None,
        ended: false,
        defaults,
        noted: false,
        header_line,
        columns,
        problems,
        lines: HashMap::new(),
        duplicates: options.duplicates,
        repeated_ids: Vec::new(),
        rows: 0,
        above,
    };
    // The row of the header itself is not among those that were read ahead.
    for row in held.iter().skip(layout.at + layout.height - 1) {
        table.row(row);
    }
    let mut row = Row::default();
    let failed = match failed {
        Some(error) => Some(error),
        None => loop {
            match rows.next_row(&mut row) {
                Ok(true) => table.row(&row),
                Ok(false) => break None,
                Err(error) => break Some(error),
            }
        },
    };
    if let Some(error) = failed {
        table.problems.push(problem_of(error)?);
    }
    Ok(table.finish())
}

/// Reads some rows behind the first, up to an error.
fn ahead<R: Read>(rows: &mut Rows<R>, count: usize) -> (Vec<Row>, Option<RowsError>) {
    let mut held = Vec::new();
    while held.len() < count {
        let mut row = Row::default();
        match rows.next_row(&mut row) {
            Ok(true) => held.push(row),
            Ok(false) => break,
            Err(error) => return (held, Some(error)),
        }
    }
    (held, None)
}

/// The first row and those behind it as texts without marks.
fn lines(line: u64, first: &[String], held: &[Row]) -> Vec<Line> {
    let text = |cell: &str| unmark(cell).into_owned();
    let mut lines = vec![Line { line, cells: first.iter().map(|cell| text(cell)).collect() }];
    lines.extend(held.iter().map(|row| Line { line: row.line(), cells: row.iter().map(text).collect() }));
    lines
}

fn no_known_column(columns: &Columns, line: u64) -> Problem {
    let headers = shortened(&columns.headers.join("、"), 200);
    Problem::error(
        "table/no-known-column",
        Message::new(
            format!("没有一列是已知字段：{headers}；用 --columns 'name=…' 指出，或检查文件与分隔符"),
            format!("no column is a known field: {headers}; name one with --columns 'name=…', or see whether file and separator are right"),
        ),
    )
    .at_line(line, None)
}

/// Items without codes have nothing to be known by then, those with codes only these.
fn no_name_column(columns: &Columns, line: u64, has_ids: bool) -> Problem {
    let unread = columns.headers.iter().zip(&columns.uses).filter(|(_, used)| matches!(used, Use::Extra));
    let headers: Vec<&str> = unread.map(|(header, _)| header.as_str()).collect();
    let headers = shortened(&headers.join("、"), 200);
    let message = Message::new(
        format!("没有名称列；不认识的列有：{headers}；名称列请用 --columns 'name=…' 指出"),
        format!(
            "there is no column of names; columns that are not known: {headers}; say which one it is with --columns 'name=…'"
        ),
    );
    let make = if has_ids { Problem::warning } else { Problem::error };
    make("table/no-name-column", message).at_line(line, None)
}

/// The problem that an error of the row layer is; a reader that failed stays an error.
pub(crate) fn problem_of(error: RowsError) -> io::Result<Problem> {
    if let RowsError::Io { source, .. } = error {
        return Err(source);
    }
    let problem = Problem::error("table/unreadable", error.message());
    Ok(match error.place() {
        Some(place) => problem.at_line(place.line, Some(place.column)),
        None => problem,
    })
}

struct Table<'a> {
    items: &'a mut dyn Items,
    columns: Columns,
    /// The position of the field that is the id, and of the one that is the part.
    id: usize,
    part: Option<usize>,
    /// The title of the part whose parts those of the second order are.
    outer: String,
    body: Body,
    known: Known,
    /// A row that is a heading or an item: the one below tells.
    held: Option<(Row, layout::Numbered)>,
    /// The line of the item that was begun: rows below may go on with it.
    open: Option<u64>,
    /// Whether a second header with other columns stood above: what is below it cannot be read by the first.
    ended: bool,
    /// Fields that the rows around the table give to every item below them.
    defaults: Vec<(usize, String)>,
    /// Whether a note stood above.
    noted: bool,
    header_line: u64,
    problems: Vec<Problem>,
    /// The line of each item, for messages about doubled ids.
    lines: HashMap<usize, u64>,
    duplicates: Duplicates,
    repeated_ids: Vec<(String, u64, u64)>,
    rows: usize,
    above: Above,
}

/// What the rows above say of those below whose cells are blank: a workbook's merged cells, exported.
#[derive(Default)]
struct Above {
    /// The field of the name, and the name of the last row that has one.
    name: Option<usize>,
    last_name: String,
    /// The lines of sub items that were given it.
    filled: Vec<u64>,
    /// The lines that go on with the item above them.
    continued: Vec<u64>,
    /// Whether there is a column of departments, and a row above has one.
    has_departments: bool,
    is_department_known: bool,
    /// The lines below that have none.
    without_department: Vec<u64>,
    /// The texts of the row above, column by column, and the lines whose cells say that they are as there.
    cells: Vec<String>,
    repeating: Vec<u64>,
}

impl Above {
    /// A sub item without a name is one of the item above (tables.md, T2); so is what is known by something else (by the use of
    /// a certificate), in a row without a number.
    fn fill(&mut self, items: &mut dyn Items, line: u64, has_number: bool) {
        let item = items.item();
        if !item.name().is_empty() {
            item.name().clone_into(&mut self.last_name);
        } else if (!item.sub_item().is_empty() || !has_number && item.id().is_empty() && is_known(item))
            && !self.last_name.is_empty()
            && let Some(name) = self.name
        {
            self.filled.push(line);
            items.set(name, &self.last_name, &mut Vec::new());
        }
        if self.has_departments {
            if !items.item().department().is_empty() {
                self.is_department_known = true;
            } else if self.is_department_known {
                self.without_department.push(line);
            }
        }
    }
    /// Whether the cell above says the same.
    fn says(&self, column: usize, text: &str) -> bool {
        self.cells.get(column).is_some_and(|above| above.trim() == text.trim()) || is_as_above(text)
    }
    /// A cell is blank.
    fn leave(&mut self, column: usize) {
        if let Some(above) = self.cells.get_mut(column) {
            above.clear();
        }
    }
    /// What a cell says in truth: one that says «as above» what stands there. `None`: nothing does.
    fn meant<'a>(&'a mut self, column: usize, text: &'a str, line: u64) -> Option<&'a str> {
        if self.cells.len() <= column {
            self.cells.resize_with(column + 1, String::new);
        }
        let above = &mut self.cells[column];
        if !is_as_above(text) {
            text.clone_into(above);
        } else if is_empty_mark(above) || is_as_above(above) {
            return None;
        } else {
            self.repeating.push(line);
        }
        Some(above)
    }
    /// What was filled in, and what a person should look at: a row or two without a department are meant, one in five is not.
    fn told(&self, all: usize) -> Vec<Problem> {
        let rows =
            |count: usize, what: &str| format!("{count} {} {what}", if count == 1 { "row" } else { "rows" });
        let mut told = Vec::new();
        if let Some(&first) = self.filled.first() {
            let count = self.filled.len();
            let message = Message::new(
                format!("有{count}行只有子项等而无名称，沿用上一行的名称（可能是合并的单元格）"),
                format!(
                    "{}: the name of the row above was taken (a merged cell, it seems)",
                    rows(count, "without a name, with a sub item or the like")
                ),
            );
            told.push(Problem::warning("table/filled-down", message).at_line(first, None));
        }
        if let Some(&first) = self.continued.first() {
            let count = self.continued.len();
            let message = Message::new(
                format!("有{count}行没有名称和序号，其内容并入上一行的事项（续行或合并的单元格）；请核对"),
                format!(
                    "{}: added to the item above (a merged cell, or one that overflowed); look at it",
                    rows(count, "with neither name nor number")
                ),
            );
            told.push(Problem::warning("table/continued", message).at_line(first, None));
        }
        if let Some(&first) = self.repeating.first() {
            let count = self.repeating.len();
            let message = Message::new(
                format!("有{count}格写作“同上”或〃，按上一行同列的内容读取"),
                format!("as above (同上, 〃) was read as the cell above {count} times"),
            );
            told.push(Problem::warning("table/as-above", message).at_line(first, None));
        }
        if let Some(&first) = self.without_department.first()
            && 5 * self.without_department.len() >= all
        {
            let count = self.without_department.len();
            let message = Message::new(
                format!("有{count}行没有主管部门，而上面的行有：若是合并的单元格，请在导出前取消合并并填满"),
                format!(
                    "{}, below rows that have one: if these were merged cells, unmerge and fill them before the table is exported",
                    rows(count, "without a department")
                ),
            );
            told.push(Problem::warning("table/blank-below", message).at_line(first, None));
        }
        told
    }
}

impl Table<'_> {
    fn row(&mut self, row: &Row) {
        let line = row.line();
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if self.ended {
            return;
        }
        if let Some(other) = layout::no_item(&|| row.iter(), &self.columns.headers, self.body.width) {
            let text = shortened(&other.text, 60);
            self.problems.push(Problem::note("table/no-item", other.message(&text)).at_line(line, None));
            if other.is_kept() {
                Aside::Note(other.text).put(self.items.header(), &mut self.outer);
            }
            return;
        }
        let numbered = self.body.numbered(row.iter());
        let lone = layout::lone(row.iter(), self.body.width);
        let aside = lone.and_then(|lone| Some((lone, self.body.aside(lone, self.noted)?)));
        let order = numbered.as_ref().map(|numbered| numbered.order).or_else(|| aside.as_ref()?.1.order());
        // A note says nothing of the row above it.
        if order.is_some() || aside.is_none() {
            self.settle(row, order);
        }
        if let Some(numbered) = numbered {
            if numbered.is_sure {
                self.aside(numbered.aside);
            } else {
                self.held = Some((row.clone(), numbered));
            }
            return;
        }
        if let Some((lone, aside)) = aside {
            self.noted = matches!(aside, Aside::Note(_));
            if let Some(message) = layout::doubt(lone, &aside, &self.body) {
                self.problems.push(Problem::note("table/heading", message).at_line(line, None));
            }
            self.aside(aside);
            return;
        }
        if self.known.is_header(&|| row.iter()) {
            self.ended = true;
            self.problems.push(
                Problem::error(
                    "table/second-header",
                    Message::new(
                        "此处又有一个列名不同的表头，其下各行未读：请分成两个文件，或统一各列的次序",
                        "a second header stands here, with other columns: the rows below were not read; make two files of it, or give both the same columns",
                    ),
                )
                .at_line(line, None),
            );
            return;
        }
        if self.continues(row) {
            self.above.continued.push(line);
            self.cells(row, true);
        } else {
            self.item(row);
        }
    }

    /// Whether a row goes on with the item above (tables.md, T3): nothing in it is an item's own, and one or two of its cells say
    /// something else than those above. One that says more may be an item that lost its name: that is an error.
    fn continues(&self, row: &Row) -> bool {
        let is_filled = |at: usize| !row.cell(at).trim().is_empty();
        // A cell beyond the header is a mistake of the row, and told as one.
        let width = self.columns.headers.len();
        if self.open.is_none()
            || self.body.of_items.iter().any(|&at| is_filled(at))
            || (width..row.len()).any(is_filled)
        {
            return false;
        }
        let says = |at: &usize| is_filled(*at) && !self.above.says(*at, row.cell(*at));
        (1..=2).contains(&(0..width).filter(says).count())
    }

    /// Puts what stands in a row that is no item's into the header; the items below it are in the part that begins there.
    fn aside(&mut self, aside: Aside) {
        self.close();
        if let (Some(title), Some(part)) = (aside.put(self.items.header(), &mut self.outer), self.part) {
            self.defaults.retain(|(field, _)| *field != part);
            self.defaults.push((part, title));
        }
    }

    /// What the row that is held is, now that one below it has come: a heading where that one is an item with a number in digits
    /// and a name, or a heading of another order.
    fn settle(&mut self, below: &Row, order: Option<layout::Heading>) {
        let Some((row, held)) = self.held.take() else { return };
        let has_name = || {
            let column = self.body.own[1];
            column.is_some_and(|column| !below.cell(column).trim().is_empty())
        };
        let is_heading = match order {
            Some(order) => order != held.order,
            None => is_plain_serial(below.cell(0)) && !is_empty_mark(below.cell(0)) && has_name(),
        };
        if is_heading {
            let message = layout::taken_for_heading(&held.text);
            self.problems.push(Problem::note("table/heading", message).at_line(row.line(), None));
            self.noted = false;
            self.aside(held.aside);
        } else {
            self.item(&row);
        }
    }

    fn item(&mut self, row: &Row) {
        let line = row.line();
        self.noted = false;
        self.rows += 1;
        let surplus = (self.columns.headers.len()..row.len()).filter(|i| !row.cell(*i).is_empty());
        if let Some(first) = surplus.clone().next() {
            let (cell, count) = (shortened(row.cell(first), 40), surplus.count());
            let message = if count == 1 {
                Message::new(
                    format!("此行比表头多出一格“{cell}”；请检查引号与分隔符"),
                    format!(
                        "the row has a cell `{cell}` more than the header; see whether a quote or a separator is missing"
                    ),
                )
            } else {
                Message::new(
                    format!("此行比表头多出{count}格，自“{cell}”起；请检查引号与分隔符"),
                    format!(
                        "the row has {count} cells more than the header, from `{cell}` on; see whether a quote or a separator is missing"
                    ),
                )
            };
            self.problems.push(
                Problem::error("table/surplus-cell", message).at_line(line, Some(row.column_of(first))),
            );
        }
        self.close();
        self.items.begin();
        self.open = Some(line);
        self.cells(row, false);
        let mut said = Vec::new();
        for (field, text) in &self.defaults {
            self.items.set(*field, text, &mut said);
        }
        // What stands above the rows is the same for each: it is said once.
        if self.rows == 1 {
            for (rule, severity, message) in &said {
                let mut problem = Problem::error(rule, message.clone()).at_line(self.header_line, None);
                problem.severity = *severity;
                self.problems.push(problem);
            }
        }
        let has_number = self.body.serials && !row.cell(0).trim().is_empty();
        self.above.fill(self.items, line, has_number);
    }

    /// Gives the cells of a row to the item that was begun; `more`: beside what it says already.
    fn cells(&mut self, row: &Row, more: bool) {
        let line = row.line();
        let mut said = Vec::new();
        for i in 0..self.columns.headers.len() {
            let text = &*unmark(row.cell(i));
            if more {
                if text.trim().is_empty() || self.above.says(i, text) {
                    continue;
                }
            } else if text.is_empty() {
                self.above.leave(i);
                continue;
            }
            let known = said.len();
            let meant = if more { Some(text) } else { self.above.meant(i, text, line) };
            let text = meant.unwrap_or_else(|| {
                said.push(nothing_above(text));
                text
            });
            match &self.columns.uses[i] {
                Use::Field(field) => set_field(self.items, *field, self.id, text, &mut said),
                Use::Tick(field, code) => {
                    if bool::from_text_tick(text) {
                        if !is_plain_tick(text) {
                            said.push(more_than_a_tick(text));
                        }
                        let so_far = shown(self.items.item(), *field);
                        let cell =
                            if so_far.is_empty() { code.clone() } else { format!("{so_far}、{code}") };
                        self.items.set(*field, &cell, &mut said);
                        let one_code =
                            || self.items.item().value(*field).is_some_and(|shown| shown.json().is_string());
                        if !so_far.is_empty() && so_far != *code && one_code() {
                            said.push(ticked_twice(&so_far, code));
                        }
                    }
                }
                Use::Spread(field, key) => {
                    if !is_empty_mark(text) {
                        self.items.add(*field, key, text, &mut said);
                    }
                }
                Use::Extra => {
                    let header = &self.columns.headers[i];
                    match self.items.extra() {
                        Some(extra) => {
                            let text = match extra.get(header) {
                                Some(before) => Text::from(format!("{before}\n{text}")),
                                None => Text::from(text),
                            };
                            extra.set(header, text);
                        }
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
    }

    /// Admits the item that was begun.
    fn close(&mut self) {
        if let Some(line) = self.open.take() {
            self.admit(line);
        }
    }

    fn admit(&mut self, line: u64) {
        let mut duplicates = self.duplicates;
        if self.items.item().id().is_empty() {
            if !is_known(self.items.item()) || !self.items.derive_id() {
                self.problems.push(
                    Problem::error(
                        "table/nameless-row",
                        Message::new(
                            "此行既无编码也无名称；请补上或删去此行，合并的单元格请在导出前取消合并并填满",
                            "the row has neither an id nor a name; give it one, or take the row out; unmerge and fill merged cells before the table is exported",
                        ),
                    )
                    .at_line(line, None),
                );
                return;
            }
            duplicates = Duplicates::Keep;
        }
        let derived = self.items.item().is_derived();
        let id = self.items.item().id().to_owned();
        let count = self.items.count();
        match self.items.admit(duplicates) {
            Ok(occurrence) => {
                self.lines.insert(count, line);
                if let (true, Some(n)) = (derived, occurrence) {
                    self.problems.push(
                        Problem::warning(
                            "table/repeated-derived-id",
                            Message::new(
                                format!(
                                    "没有编码，名称等又与前面一行相同，记作第{n}个“{}”",
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
            Err((id, there)) => {
                let first = self.lines.get(&there).copied().unwrap_or_default();
                self.repeated_ids.push((id, first, line));
            }
        }
    }

    fn finish(mut self) -> Vec<Problem> {
        if let Some((row, _)) = self.held.take() {
            self.item(&row);
        }
        self.close();
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
        self.problems.extend(self.above.told(self.rows));
        self.items.header().columns = self.columns.kept(self.items.item().fields());
        self.problems
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
        .at_line(self.header_line, column.map(|c| c as u64 + 1))
    }

    /// Columns in which every row has a value of its own; the first five.
    fn columns_that_are_keys(&self) -> Vec<String> {
        let items = self.items.all();
        let is_key = |(used, header): &(&Use, &String)| {
            let mut seen = std::collections::HashSet::new();
            items.iter().all(|item| {
                let value = match used {
                    Use::Field(i) => shown(*item, *i),
                    Use::Extra => {
                        item.extra().and_then(|e| e.get(header)).map(ToString::to_string).unwrap_or_default()
                    }
                    Use::Tick(..) | Use::Spread(..) => String::new(),
                };
                !value.is_empty() && seen.insert(value)
            })
        };
        let columns = self.columns.uses.iter().zip(&self.columns.headers);
        columns.filter(is_key).map(|(_, header)| header.clone()).take(5).collect()
    }
}

/// Whether anything says which item it is.
fn is_known(item: &dyn AnyItem) -> bool {
    let fields = item.fields().iter().enumerate();
    fields.filter(|(_, field)| layout::is_known_by(field)).any(|(at, _)| item.value(at).is_some())
}

/// Gives each tick column the name that its code has in a cell: 乡镇级及其他 ticks 镇(乡、街道)级.
fn name_ticks_as_shown(items: &mut dyn Items, columns: &mut Columns) {
    for used in &mut columns.uses {
        if let Use::Tick(field, code) = used {
            items.begin();
            items.set(*field, code, &mut Vec::new());
            *code = shown(items.item(), *field);
        }
    }
}

/// A field's text as a cell has it; empty where nothing is there.
fn shown(item: &dyn AnyItem, field: usize) -> String {
    item.value(field).map(|shown| shown.shown().into_owned()).unwrap_or_default()
}

/// Whether a tick says nothing but that it is one.
fn is_plain_tick(text: &str) -> bool {
    let marks = ["√", "✓", "✔", "☑", "●", "■", "▲", "★", "是", "有", "1", "y", "yes", "true"];
    marks.contains(&text.trim().to_lowercase().as_str())
}

/// A tick column holds codes alone: what else stands in it is said, for it is not kept.
fn more_than_a_tick(text: &str) -> Said {
    let text = shortened(text, 40);
    let message = Message::new(
        format!("此列只表示是否勾选，“{text}”按勾选处理，文字未保存"),
        format!("the column holds ticks: `{text}` is read as one, and its words are not kept"),
    );
    ("table/more-than-a-tick", Severity::Warning, message)
}

/// Whether a spreadsheet took a long code for a number and wrote it in powers of ten (1.31102E+08).
fn is_scientific(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once("E+").is_some_and(|(number, power)| {
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        whole.len() == 1 && digits(whole) && digits(part) && digits(power)
    })
}

fn digits_lost(text: &str) -> Said {
    let message = Message::new(
        format!("编码“{text}”被电子表格写成了科学计数法，原来的数字已丢失；请把该列设为文本，从原件重新导出"),
        format!(
            "a spreadsheet wrote the code `{text}` in powers of ten, and its digits are lost; make the column text, and export it from the original again"
        ),
    );
    ("table/digits-lost", Severity::Warning, message)
}

/// Whether a cell says «as above»: 同上, 〃 and what is typed for it.
pub(super) fn is_as_above(text: &str) -> bool {
    // Nearly every cell is told by its first character.
    text.trim_start().starts_with(['同', '〃', '″', '"', '”', '“', '〞', '\''])
        && text.len() <= 40
        && matches!(
            &*text.split_whitespace().collect::<String>(),
            "同上" | "〃" | "″" | "\"" | "”" | "“" | "〞" | "''"
        )
}

/// A cell says that it is as above, where nothing stands.
fn nothing_above(text: &str) -> Said {
    let text = text.trim();
    let message = Message::new(
        format!("“{text}”表示同上，而上一行此列为空，已照原文保存；请核对"),
        format!("`{text}` says as above, and nothing stands there; it is kept as it is, correct it"),
    );
    ("table/as-above", Severity::Warning, message)
}

/// Two columns are ticked of which one at most may be; both are kept.
fn ticked_twice(so_far: &str, code: &str) -> Said {
    let message = Message::new(
        format!("“{so_far}”与“{code}”只能选一，已一并保存；请核对"),
        format!("`{so_far}` and `{code}` are ticked, of which one at most may be; both are kept, correct it"),
    );
    ("table/ticked-twice", Severity::Warning, message)
}

fn set_field(items: &mut dyn Items, field: usize, id: usize, text: &str, said: &mut Vec<Said>) {
    let spec = &items.item().fields()[field];
    if field == id {
        // White space around an id is a typist's; a mark is no id.
        let text = text.trim();
        if is_scientific(text) {
            said.push(digits_lost(text));
        }
        if !is_empty_mark(text) {
            items.set_id(text.to_owned());
        }
        return;
    }
    if spec.marks.position && is_plain_serial(text) {
        return;
    }
    if says_nothing(text, spec, items.is_free_text(field)) {
        return;
    }
    let text = beside_others(items.item(), field, text);
    items.set(field, &text, said);
}

/// Whether a cell says nothing of a field. 无 is an answer in a free text; in what an item is known by (子项名称) it is none
/// (tables.md, T5).
pub(super) fn says_nothing(text: &str, field: &Field, is_free_text: bool) -> bool {
    is_empty_mark(text) && (!is_free_text || field.marks.identity)
}

/// Two columns of one field: the second says more of it.
pub(super) fn beside_others<'a>(item: &dyn AnyItem, field: usize, text: &'a str) -> Cow<'a, str> {
    match item.value(field) {
        Some(shown) => Cow::Owned(format!("{}\n{text}", shown.shown())),
        None => Cow::Borrowed(text),
    }
}

/// Whether a serial number is a plain position (`12`, `2.0`): written anew, never kept.
pub(super) fn is_plain_serial(text: &str) -> bool {
    let text = text.trim();
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix('.')).unwrap_or(text);
    !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit()) || is_empty_mark(text)
}

trait Tick {
    fn from_text_tick(text: &str) -> bool;
}
impl Tick for bool {
    /// Whether a tick column is ticked: √ ✓ ● ○ ■ 是 1 Y; any other text that is no empty mark, too.
    fn from_text_tick(text: &str) -> bool {
        !is_empty_mark(text) && !matches!(text.trim(), "否" | "×" | "✗" | "✘" | "0" | "N" | "n" | "□")
    }
}

//! Reading the table of a notice.

use super::{Notice, NoticeRow, Words};
use crate::cell::is_empty_mark;
use crate::document::Reading;
use crate::problem::{Message, Problem, shortened};
use crate::table::ColumnNames;
use crate::table::columns::{Columns, MissingColumns, Use};
use crate::table::csv::{Dialect, Row, Rows, RowsError, problem_of, unmark};
use crate::table::layout::{self, Aside, Body, HEAD, Line};
use crate::value::Cell;
use crate::{Record as _, Text};

impl Notice {
    /// Reads a notice's table: the first of ten rows in which a known column stands names the columns, in one row or two
    /// (调整前/事项名称). What stands above is the head; a text alone in its row is a section (一、取消（3项）), which gives
    /// the rows below their kind or their department, or a note.
    ///
    /// Cells are kept as they are written, and columns that are not known under their headers. All problems are told,
    /// each with its line. Linear.
    ///
    /// ```
    /// use qingdan::{codes::AdjustmentKind::Removed, notice::Notice, table::csv::Dialect};
    /// let table = "国务院决定取消的行政许可事项目录（共1项）,,,,\n\
    ///              序号,项目名称,审批部门,设定依据,加强事中事后监管措施\n\
    ///              1,甲许可,某部,《某条例》,加强抽查\n";
    /// let notice = Notice::read_csv(table.as_bytes(), &Dialect::default()).ok()?;
    /// let said = notice.statements();
    /// assert_eq!((&said[0].kinds[..], &*said[0].before[0]), (&[Removed][..], "甲许可"));
    /// assert_eq!(&*notice.rows[0].follow_up, "加强抽查");
    /// # Ok::<(), qingdan::document::Refused>(())
    /// ```
    #[must_use]
    pub fn read_csv(bytes: &[u8], dialect: &Dialect) -> Reading<Self> {
        let mut notice = Self::default();
        let (lines, mut problems) = lines(bytes, dialect);
        if lines.is_empty() {
            return Reading { value: notice, problems };
        }
        let ahead = lines.get(..HEAD + 1).unwrap_or(&lines);
        let names = ColumnNames::default();
        let layout = layout::find(ahead, NoticeRow::FIELDS, &names, false);
        let header_line = lines[layout.at].line;
        let columns = Columns::find(
            NoticeRow::FIELDS,
            &layout.headers,
            (&names, MissingColumns::Refuse),
            header_line,
            &mut problems,
        );
        if !columns.any_known() {
            let headers = shortened(&columns.headers.join("、"), 200);
            let message = Message::new(
                format!("没有一列是公告表的列：{headers}；请检查文件与分隔符"),
                format!(
                    "no column is one of a notice's table: {headers}; see whether file and separator are right"
                ),
            );
            problems.push(Problem::error("table/no-known-column", message).at_line(header_line, None));
            return Reading { value: notice, problems };
        }
        for line in &lines[..layout.at] {
            let cells: Vec<&str> = line.cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
            if !cells.is_empty() {
                notice.head.push(cells.join(" ").into());
            }
        }
        let mut table = Table::of(notice, columns);
        for line in &lines[layout.at + layout.height..] {
            table.line(line, &mut problems);
        }
        problems.extend(super::row_problems(&table.notice));
        Reading { value: table.notice, problems }
    }
}

/// All rows of a table, without marks, up to what cannot be read.
fn lines(bytes: &[u8], dialect: &Dialect) -> (Vec<Line>, Vec<Problem>) {
    let wrong = |error: RowsError| {
        problem_of(error).unwrap_or_else(|error| {
            let message = Message::new(format!("读取失败：{error}"), format!("cannot be read: {error}"));
            Problem::error("table/unreadable", message)
        })
    };
    let mut rows = match Rows::open(bytes, dialect) {
        Ok(rows) => rows,
        Err(error) => return (Vec::new(), vec![wrong(error)]),
    };
    let text = |cell: &str| unmark(cell).into_owned();
    let header = rows.header().iter().map(|cell| text(cell)).collect();
    let mut lines = vec![Line { line: rows.header_line(), cells: header }];
    let mut row = Row::default();
    loop {
        match rows.next_row(&mut row) {
            Ok(true) => lines.push(Line { line: row.line(), cells: row.iter().map(text).collect() }),
            Ok(false) => return (lines, Vec::new()),
            Err(error) => return (lines, vec![wrong(error)]),
        }
    }
}

struct Table {
    notice: Notice,
    columns: Columns,
    body: Body,
    part: usize,
    department: usize,
    /// Whether the rows say their department themselves.
    has_department: bool,
    /// The section that the rows stand in, and the department that one gave.
    section: String,
    owner: String,
    noted: bool,
}

impl Table {
    fn of(notice: Notice, columns: Columns) -> Self {
        let field =
            |name: &str| NoticeRow::FIELDS.iter().position(|field| field.name == name).unwrap_or(usize::MAX);
        let column = |name: &str| columns.column_of(field(name));
        let mut body = Body::of(NoticeRow::FIELDS, &columns);
        body.own = [column("name").or_else(|| column("name_before")), column("name_after")];
        let (part, department) = (field("part"), field("department"));
        let has_department = columns.has(department);
        Self {
            notice,
            columns,
            body,
            part,
            department,
            has_department,
            section: String::new(),
            owner: String::new(),
            noted: false,
        }
    }

    fn line(&mut self, line: &Line, problems: &mut Vec<Problem>) {
        if line.cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let cells = || line.cells.iter().map(String::as_str);
        if let Some(lone) = layout::lone(cells(), self.body.width)
            && let Some(aside) = self.body.aside(lone, self.noted)
        {
            self.noted = matches!(aside, Aside::Note(_));
            if let Some(message) = layout::doubt(lone, &aside, &self.body) {
                problems.push(Problem::note("table/heading", message).at_line(line.line, None));
            }
            self.aside(&aside, lone.text);
            return;
        }
        self.noted = false;
        let mut row = NoticeRow { line: u32::try_from(line.line).ok(), ..NoticeRow::default() };
        let mut said = Vec::new();
        for (column, cell) in line.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match self.columns.uses.get(column) {
                Some(Use::Field(field)) => row.set_cell(*field, cell, &mut Cell { said: &mut said }),
                Some(_) => row.extra.set(&self.columns.headers[column], Text::from(&**cell)),
                None => {
                    let cell = shortened(cell, 40);
                    let message = Message::new(
                        format!("此行比表头多出一格“{cell}”；请检查引号与分隔符"),
                        format!(
                            "the row has a cell `{cell}` more than the header; see whether a quote or a separator is missing"
                        ),
                    );
                    let place = Some(column as u64 + 1);
                    problems.push(Problem::error("table/surplus-cell", message).at_line(line.line, place));
                }
            }
        }
        if !self.section.is_empty() {
            row.set_cell(self.part, &self.section, &mut Cell { said: &mut said });
        }
        if !self.has_department && !self.owner.is_empty() {
            row.set_cell(self.department, &self.owner, &mut Cell { said: &mut said });
        }
        for (rule, severity, message) in said {
            let mut problem = Problem::error(rule, message).at_line(line.line, None);
            problem.severity = severity;
            problems.push(problem);
        }
        self.notice.rows.push(row);
    }

    /// A section, a note, or a total.
    fn aside(&mut self, aside: &Aside, text: &str) {
        let Aside::Part(title, ..) = aside else {
            self.notice.notes.push(text.into());
            return;
        };
        // A department's rows within a section: 市教育局（3项）.
        let owns = |name: &str| name.ends_with(['局', '委', '办', '厅', '部', '会', '院', '行', '队', '署']);
        if Words::of(title).say_nothing() && owns(title) && !is_empty_mark(title) {
            self.owner = title.rsplit('、').next().unwrap_or(title).to_owned();
            self.notice.notes.push(text.into());
        } else {
            self.section = text.to_owned();
            self.owner = String::new();
            self.notice.sections.push(text.into());
        }
    }
}

//! The small files that people keep beside lists: aliases, accepted findings, what became of acts, reported figures.
//!
//! A CSV table whose headers may stand in any order, or a JSON array of objects with the same keys. What is wrong is
//! gathered, each with its line and column or its path; headers that a record does not know are kept and said.
//!
//! ```
//! use qingdan::alias::Alias;
//! use qingdan::companion::{self, Format};
//!
//! let file = r#"[{"kind": "organ", "name": "市发改局", "same_as": "市发展和改革局"}]"#;
//! let rows = companion::read::<Alias>(file.as_bytes(), &Format::Json).ok()?;
//! assert_eq!(rows[0].same_as, "市发展和改革局");
//! # Ok::<(), qingdan::document::Refused>(())
//! ```

use crate::alias::{Alias, AliasKind};
use crate::check::{Accepted, LegalStatus};
use crate::codes::{ActStatus, AdjustmentKind, Pick, Verdict};
use crate::document::Reading;
use crate::json::{Recovering, Tree};
use crate::matching::Decision;
use crate::merge::Resolution;
use crate::problem::{Message, Problem, shortened};
use crate::statistics::Reported;
use crate::value::{ClashKind, Value};
use crate::{Map, Record, Text};

/// How such a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// A JSON array of objects, in UTF-8, with or without byte order mark.
    Json,
    /// A table with headers.
    #[cfg(feature = "csv")]
    Csv(crate::table::csv::Dialect),
}

/// A row of such a file.
pub trait Companion: Record + Value + Default {
    /// Columns that are no field, by header.
    fn extra_mut(&mut self) -> &mut Map<Text>;
    /// Whether the row says of nothing what it says.
    fn names_nothing(&self) -> bool;
    /// Fields whose text none of the known codes is, with that text.
    fn unknown_codes(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }
}

impl Companion for Alias {
    fn extra_mut(&mut self) -> &mut Map<Text> {
        &mut self.extra
    }
    fn names_nothing(&self) -> bool {
        self.name.trim().is_empty() || self.same_as.trim().is_empty()
    }
    fn unknown_codes(&self) -> Vec<(&'static str, &str)> {
        match &self.kind {
            Some(AliasKind::Other(text)) => vec![("kind", text.as_str())],
            _ => Vec::new(),
        }
    }
}
impl Companion for Accepted {
    fn extra_mut(&mut self) -> &mut Map<Text> {
        &mut self.extra
    }
    fn names_nothing(&self) -> bool {
        self.rule.trim().is_empty()
    }
}
impl Companion for Decision {
    fn extra_mut(&mut self) -> &mut Map<Text> {
        &mut self.extra
    }
    fn names_nothing(&self) -> bool {
        self.from.trim().is_empty() && self.to.trim().is_empty()
    }
    fn unknown_codes(&self) -> Vec<(&'static str, &str)> {
        let decision = match &self.decision {
            Some(Verdict::Other(text)) => Some(("decision", text.as_str())),
            _ => None,
        };
        let kind = match &self.kind {
            Some(AdjustmentKind::Other(text)) => Some(("kind", text.as_str())),
            _ => None,
        };
        decision.into_iter().chain(kind).collect()
    }
}
impl Companion for Resolution {
    fn extra_mut(&mut self) -> &mut Map<Text> {
        &mut self.extra
    }
    fn names_nothing(&self) -> bool {
        // The clash of the order has neither item nor field.
        [&self.item, &self.kind, &self.field].into_iter().all(|text| text.trim().is_empty())
    }
    fn unknown_codes(&self) -> Vec<(&'static str, &str)> {
        let choice = match &self.choice {
            Some(Pick::Other(text)) => Some(("choice", text.as_str())),
            _ => None,
        };
        let kind = self.kind.trim();
        let known = kind.is_empty() || ClashKind::ALL.iter().any(|known| known.as_str() == kind);
        choice.into_iter().chain((!known).then_some(("kind", kind))).collect()
    }
}
impl Companion for LegalStatus {
    fn extra_mut(&mut self) -> &mut Map<Text> {
        &mut self.extra
    }
    fn names_nothing(&self) -> bool {
        self.title.trim().is_empty() && self.number.trim().is_empty()
    }
    fn unknown_codes(&self) -> Vec<(&'static str, &str)> {
        match &self.status {
            Some(ActStatus::Other(text)) => vec![("status", text.as_str())],
            _ => Vec::new(),
        }
    }
}
impl Companion for Reported {
    fn extra_mut(&mut self) -> &mut Map<Text> {
        &mut self.extra
    }
    fn names_nothing(&self) -> bool {
        // A placeholder names its list.
        (self.list.trim().is_empty() && self.figure.trim().is_empty()) || self.value.is_none()
    }
}

/// Writes such rows as a table: the first header of each field, then the other columns by name. Opens in Excel with its
/// Chinese intact, and reads back equal.
///
/// # Errors
/// The writer failed, or a cell holds a NUL, which no text has.
#[cfg(feature = "csv")]
pub fn write_csv<T: Companion + Clone>(rows: &[T], to: impl std::io::Write) -> std::io::Result<()> {
    let mut extra: Vec<String> = Vec::new();
    let mut rows: Vec<T> = rows.to_vec();
    for row in &mut rows {
        for (header, _) in row.extra_mut().iter() {
            if !extra.iter().any(|known| known == header) {
                extra.push(header.to_owned());
            }
        }
    }
    let fields: Vec<usize> = (0..T::FIELDS.len()).filter(|at| T::FIELDS[*at].name != "extra").collect();
    let mut writer = crate::table::csv::Writer::with_mark(to, crate::table::csv::Delimiter::Comma)?;
    let headers = fields.iter().map(|at| T::FIELDS[*at].title().to_owned());
    writer
        .write_row(headers.chain(extra.iter().map(|header| crate::table::csv::mark(header).into_owned())))?;
    for row in &mut rows {
        let mut cells: Vec<String> = Vec::with_capacity(fields.len() + extra.len());
        for at in &fields {
            let there = !row.field_is_absent(*at);
            let cell = row.shown_field(*at).filter(|_| there).map(|shown| shown.shown().into_owned());
            cells.push(crate::table::csv::mark(&cell.unwrap_or_default()).into_owned());
        }
        for header in &extra {
            let cell = row.extra_mut().get(header).map(ToString::to_string).unwrap_or_default();
            cells.push(crate::table::csv::mark(&cell).into_owned());
        }
        writer.write_row(cells)?;
    }
    writer.finish()?.flush()
}

/// Reads a file of such rows. A row that has an error is left out; one that names nothing is kept out too, with a
/// warning.
#[must_use]
pub fn read<T: Companion>(bytes: &[u8], format: &Format) -> Reading<Vec<T>> {
    let mut problems = Vec::new();
    let mut value = Vec::new();
    match format {
        Format::Json => {
            for (place, tree) in elements(bytes, &mut problems).iter().enumerate() {
                let mut found = Vec::new();
                let row = T::recover(tree, &mut Recovering::new(format!("/{place}"), &mut found));
                let wrong = !found.is_empty();
                problems.append(&mut found);
                let Some(mut row) = row.filter(|_| !wrong) else { continue };
                let unknown: Vec<String> =
                    row.extra_mut().iter().map(|(header, _)| header.to_owned()).collect();
                for key in unknown {
                    problems.push(unknown_header(&key, T::FIELDS).at_path(format!("/{place}/{key}")));
                }
                let at = |problem: Problem| problem.at_path(format!("/{place}"));
                keep(row, &mut value, &mut problems, &at);
            }
        }
        #[cfg(feature = "csv")]
        Format::Csv(dialect) => {
            let Some(table) = table(bytes, dialect, T::FIELDS, &mut problems) else {
                return Reading { value, problems };
            };
            for cells in table.rows {
                let mut row = T::default();
                let mut said = Vec::new();
                let mut wrong = false;
                for (column, text) in cells.cells {
                    let known = said.len();
                    match table.uses[column] {
                        Some(field) => {
                            let mark = crate::cell::is_empty_mark(&text) && !T::field_is_free_text(field);
                            if !mark {
                                row.set_cell(field, &text, &mut crate::value::Cell { said: &mut said });
                            }
                        }
                        None => row.extra_mut().set(&table.headers[column], Text::from(&*text)),
                    }
                    for (rule, severity, message) in said.drain(known..) {
                        let mut problem = Problem::error(rule, message)
                            .at_line(cells.line, Some(column as u64 + 1))
                            .in_field(table.headers[column].clone());
                        problem.severity = severity;
                        wrong |= problem.is_error();
                        problems.push(problem);
                    }
                }
                let at = |problem: Problem| problem.at_line(cells.line, None);
                if !wrong {
                    keep(row, &mut value, &mut problems, &at);
                }
            }
        }
    }
    Reading { value, problems }
}

/// Keeps a row, or says why not.
fn keep<T: Companion>(
    row: T,
    rows: &mut Vec<T>,
    problems: &mut Vec<Problem>,
    at: &dyn Fn(Problem) -> Problem,
) {
    for (field, text) in row.unknown_codes() {
        let text = shortened(text, 40);
        let message = Message::new(
            format!("“{text}”不是已知取值，此行不起作用"),
            format!("`{text}` is none of the known values, so that the row says nothing"),
        );
        problems.push(at(Problem::warning("companion/unknown-code", message).in_field(field)));
    }
    if row.names_nothing() {
        let message = Message::new(
            "此行没有写明对象；请补上或删去此行",
            "the row does not say what it is about; complete it, or take it out",
        );
        problems.push(at(Problem::warning("companion/nameless-row", message)));
        return;
    }
    rows.push(row);
}

fn unknown_header(header: &str, fields: &[crate::Field]) -> Problem {
    let known: Vec<&str> = fields.iter().map(|field| field.name).filter(|name| *name != "extra").collect();
    let (header, known) = (shortened(header, 40), known.join(", "));
    Problem::warning(
        "companion/unknown-header",
        Message::new(
            format!("“{header}”不是此类文件的列，原样保留；已知的列有 {known}"),
            format!("`{header}` is no column of such a file, and is kept as it is; known are {known}"),
        ),
    )
}

/// The elements of a JSON array.
fn elements(bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Tree> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    match serde_json::from_slice::<Tree>(bytes) {
        Ok(Tree::List(list)) => list,
        Ok(_) => {
            let message = Message::new("应为对象的数组：[{…}, …]", "should be an array of objects: [{…}, …]");
            problems.push(Problem::error("json/wrong-type", message).at_path(""));
            Vec::new()
        }
        Err(error) => {
            let (line, column) = (error.line() as u64, error.column() as u64);
            let text = error.to_string();
            let text = text.split(" at line ").next().unwrap_or_default();
            let message = Message::new(format!("不是 JSON：{text}"), format!("no JSON: {text}"));
            problems.push(Problem::error("json/syntax", message).at_line(line.max(1), Some(column.max(1))));
            Vec::new()
        }
    }
}

/// A table whose columns are known.
#[cfg(feature = "csv")]
struct Table {
    headers: Vec<String>,
    /// The field that each column is.
    uses: Vec<Option<usize>>,
    rows: Vec<Cells>,
}

/// The cells of a row that hold something, by column.
#[cfg(feature = "csv")]
struct Cells {
    line: u64,
    cells: Vec<(usize, String)>,
}

#[cfg(feature = "csv")]
fn table(
    bytes: &[u8],
    dialect: &crate::table::csv::Dialect,
    fields: &[crate::Field],
    problems: &mut Vec<Problem>,
) -> Option<Table> {
    use crate::table::csv::{Row, Rows, RowsError, problem_of, unmark};
    let wrong = |error: RowsError| {
        problem_of(error).unwrap_or_else(|error| {
            let message = Message::new(format!("读取失败：{error}"), format!("cannot be read: {error}"));
            Problem::error("table/unreadable", message)
        })
    };
    let mut rows = match Rows::open(bytes, dialect) {
        Ok(rows) => rows,
        Err(error) => {
            problems.push(wrong(error));
            return None;
        }
    };
    let line = rows.header_line();
    let headers: Vec<String> = rows.header().iter().map(|header| unmark(header).trim().to_owned()).collect();
    let mut uses: Vec<Option<usize>> = Vec::new();
    for (column, header) in headers.iter().enumerate() {
        let at = |problem: Problem| problem.at_line(line, Some(column as u64 + 1));
        let form = crate::text::normal(header);
        let names = |field: &crate::Field| {
            field.name != "extra"
                && (form.eq_ignore_ascii_case(field.name) || field.columns.contains(&&*form))
        };
        let field = fields.iter().position(names);
        let twice = headers[..column].contains(header) || field.is_some() && uses.contains(&field);
        if twice && !header.is_empty() {
            let header = shortened(header, 40);
            let message = Message::new(
                format!("“{header}”列出现两次；请删去一列"),
                format!("there are two columns `{header}`; take one out"),
            );
            problems.push(at(Problem::error("companion/repeated-header", message)));
        } else if field.is_none() && !header.is_empty() {
            problems.push(at(unknown_header(header, fields)));
        }
        uses.push(field);
    }
    if uses.iter().all(Option::is_none) {
        let message = Message::new(
            "没有一列是已知的；请检查文件与分隔符",
            "no column is a known one; see whether file and separator are right",
        );
        problems.push(Problem::error("table/no-known-column", message).at_line(line, None));
        return None;
    }
    if problems.iter().any(Problem::is_error) {
        return None;
    }
    let mut out = Table { headers, uses, rows: Vec::new() };
    let mut row = Row::default();
    loop {
        match rows.next_row(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                problems.push(wrong(error));
                break;
            }
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let (mut cells, mut surplus) = (Vec::new(), false);
        for (column, cell) in row.iter().enumerate() {
            if cell.trim().is_empty() {
                continue;
            }
            // A column without a header keeps its cells nowhere.
            if out.headers.get(column).is_none_or(String::is_empty) {
                surplus = true;
                let cell = shortened(cell, 40);
                let message = Message::new(
                    format!("“{cell}”所在的列没有表头；请检查引号与分隔符"),
                    format!("`{cell}` stands under no header; see whether a quote or a separator is missing"),
                );
                problems.push(
                    Problem::error("table/surplus-cell", message)
                        .at_line(row.line(), Some(row.column_of(column))),
                );
                continue;
            }
            cells.push((column, unmark(cell).into_owned()));
        }
        if !surplus {
            out.rows.push(Cells { line: row.line(), cells });
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<T>(reading: &Reading<Vec<T>>) -> Vec<String> {
        let line =
            |p: &Problem| format!("{} {} {}", p.place, p.severity.label(crate::problem::Lang::En), p.rule);
        reading.problems.iter().map(line).collect()
    }

    #[test]
    fn json_is_read_with_all_its_problems() {
        let file = r#"[
            {"title": "甲条例", "status": "repealed", "date": "2023-07-20", "来源": "网站"},
            {"number": 5, "status": "废止?", "date": "2023-02-30"},
            {"note": "谁？"},
            {"title": "乙办法", "status": "gone"},
            7
        ]"#;
        let reading = read::<LegalStatus>(file.as_bytes(), &Format::Json);
        assert_eq!(reading.value.len(), 2);
        assert_eq!(reading.value[0].status, Some(ActStatus::Repealed));
        assert_eq!(reading.value[0].extra.get("来源").map(|text| &**text), Some("网站"));
        assert_eq!(
            said(&reading),
            [
                "/0/来源 warning companion/unknown-header",
                "/1/number error json/wrong-value",
                "/1/date error json/wrong-value",
                "/2 warning companion/nameless-row",
                "/3 warning companion/unknown-code",
                "/4 error json/wrong-type",
            ]
        );
        let reading = read::<Reported>(b"[{\"list\": ", &Format::Json);
        assert_eq!(said(&reading), ["1:10 error json/syntax"]);
        assert!(read::<Reported>("\u{FEFF}[]".as_bytes(), &Format::Json).ok().is_ok());
        assert_eq!(said(&read::<Reported>(b"{}", &Format::Json)), [" error json/wrong-type"]);
    }

    #[cfg(feature = "csv")]
    mod tables {
        use super::*;
        use crate::table::csv::{Dialect, Encoding};

        #[test]
        fn a_table_is_read_whatever_the_order_of_its_columns() {
            let file = "\u{FEFF}same_as,Name,kind,until,出处\n市发展和改革局,市发改局,机关,2024-12-31,会议\n,市经信局,organ,,\n甲,乙,organ,2024-13-01,\n\n申请表,表,别的,,\n";
            let reading = read::<Alias>(file.as_bytes(), &Format::Csv(Dialect::default()));
            assert_eq!(
                said(&reading),
                [
                    "1:5 warning companion/unknown-header",
                    "3 warning companion/nameless-row",
                    "4:4 error table/cell-misread",
                    "6 warning companion/unknown-code",
                ]
            );
            assert_eq!(reading.value.len(), 2);
            let row = &reading.value[0];
            assert_eq!((&*row.name, &*row.same_as), ("市发改局", "市发展和改革局"));
            assert_eq!(row.kind, Some(AliasKind::Organ));
            assert_eq!(row.until, "2024-12-31".parse().ok());
            assert_eq!(row.extra.get("出处").map(|text| &**text), Some("会议"));
        }

        #[test]
        fn other_encodings_and_broken_tables_are_told() {
            let (bytes, _, _) = encoding_rs::GB18030.encode("list,figure,value\n甲,items,323\n乙,items,三\n");
            let format = Format::Csv(Dialect::default().encoding(Encoding::Gb18030));
            let reading = read::<Reported>(&bytes, &format);
            assert_eq!(said(&reading), ["3:3 error table/cell-misread"]);
            assert_eq!((&*reading.value[0].list, reading.value[0].value), ("甲", Some(323)));
            let plain = Format::Csv(Dialect::default());
            assert!(said(&read::<Reported>(&bytes, &plain))[0].contains("table/unreadable"));
            let wrong = |file: &str| said(&read::<Accepted>(file.as_bytes(), &plain));
            assert_eq!(wrong("a,b\n1,2\n").last().map(String::as_str), Some("1 error table/no-known-column"));
            assert_eq!(wrong("rule,rule\n1,2\n"), ["1:2 error companion/repeated-header"]);
            assert_eq!(wrong("rule,reason\nC5,x,y\n"), ["2:3 error table/surplus-cell"]);
            assert_eq!(wrong("rule,reason\nC5,\"x\n"), ["2:2 error table/unreadable"]);
        }

        #[test]
        fn json_and_table_give_equal_rows() {
            let table = "rule,item,field,reason,until\nC5,0001,,上级未下放,2025-06-30\n";
            let json = r#"[{"rule":"C5","item":"0001","reason":"上级未下放","until":"2025-06-30"}]"#;
            let one = read::<Accepted>(table.as_bytes(), &Format::Csv(Dialect::default())).ok().unwrap();
            assert_eq!(one, read::<Accepted>(json.as_bytes(), &Format::Json).ok().unwrap());
        }
    }
}

//! Writes generated rows as a catalogue document and as a table.

use crate::generate::Row;
use std::io::{self, Write};

/// The document, one line per item, as edition 2022.
///
/// # Errors
/// If `w` cannot be written to.
pub(crate) fn write_json(rows: &[Row], w: impl Write) -> io::Result<()> {
    write_json_as(rows, "2022", w)
}

/// The document, one line per item, with this label of its edition.
///
/// # Errors
/// If `w` cannot be written to.
pub(crate) fn write_json_as(rows: &[Row], edition: &str, mut w: impl Write) -> io::Result<()> {
    w.write_all(br#"{"format":"qingdan/catalogue/1","kind":"licensing","#)?;
    w.write_all(r#""header":{"title":"行政许可事项通用清单","edition":"#.as_bytes())?;
    let mut line = String::with_capacity(2048);
    push_text(&mut line, edition);
    line.push_str(r#"},"items":["#);
    w.write_all(line.as_bytes())?;
    for (i, row) in rows.iter().enumerate() {
        line.clear();
        line.push_str(if i == 0 { "\n" } else { ",\n" });
        push_item(&mut line, row);
        w.write_all(line.as_bytes())?;
    }
    w.write_all(b"\n]}\n")?;
    w.flush()
}

fn push_item(line: &mut String, row: &Row) {
    line.push_str(r#"{"id":"#);
    push_text(line, &row.id);
    line.push_str(r#","name":"#);
    push_text(line, &row.name);
    if !row.sub_item.is_empty() {
        line.push_str(r#","sub_item":"#);
        push_text(line, &row.sub_item);
    }
    line.push_str(r#","department":"#);
    push_list(line, &row.department, |line, it| push_text(line, it));
    line.push_str(r#","authorities":"#);
    push_list(line, &row.authorities, |line, it| {
        line.push_str(r#"{"name":"#);
        push_text(line, it);
        line.push('}');
    });
    line.push_str(r#","basis":"#);
    push_list(line, &row.basis, |line, it| {
        line.push_str(r#"{"text":"#);
        push_text(line, it);
        line.push('}');
    });
    line.push_str(r#","levels":"#);
    push_list(line, &row.levels, |line, it| push_text(line, it));
    for (key, days) in
        [("statutory_limit", row.statutory_limit_days), ("promised_limit", row.promised_limit_days)]
    {
        line.push_str(&format!(r#","{key}":{{"amount":{days},"unit":"working-day"}}"#));
    }
    if !row.remarks.is_empty() {
        line.push_str(r#","remarks":"#);
        push_text(line, &row.remarks);
    }
    line.push('}');
}

fn push_list<T>(line: &mut String, list: &[T], push: impl Fn(&mut String, &T)) {
    line.push('[');
    for (i, it) in list.iter().enumerate() {
        if i > 0 {
            line.push(',');
        }
        push(line, it);
    }
    line.push(']');
}

fn push_text(line: &mut String, text: &str) {
    line.push('"');
    for c in text.chars() {
        match c {
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            '\0'..=' ' if c != ' ' => line.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => line.push(c),
        }
    }
    line.push('"');
}

/// Titles of the table's columns.
pub(crate) const HEADERS: [&str; 10] = [
    "事项编码",
    "事项名称",
    "子项名称",
    "主管部门",
    "实施机关",
    "设定和实施依据",
    "行使层级",
    "法定办结时限",
    "承诺办结时限",
    "备注",
];

/// The table, as CSV with a header.
///
/// # Errors
/// If `w` cannot be written to.
pub(crate) fn write_csv(rows: &[Row], mut w: impl Write) -> io::Result<()> {
    writeln!(w, "{}", HEADERS.join(","))?;
    let mut line = String::with_capacity(2048);
    for row in rows {
        line.clear();
        let levels: Vec<_> = row.levels.iter().map(|level| label(level)).collect();
        let cells: [&str; 10] = [
            &row.id,
            &row.name,
            &row.sub_item,
            &row.department.join("、"),
            &row.authorities.join("；"),
            &row.basis.join("\n"),
            &levels.join("、"),
            &format!("{}个工作日", row.statutory_limit_days),
            &format!("{}个工作日", row.promised_limit_days),
            &row.remarks,
        ];
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                line.push(',');
            }
            push_cell(&mut line, cell);
        }
        line.push('\n');
        w.write_all(line.as_bytes())?;
    }
    w.flush()
}

fn push_cell(line: &mut String, cell: &str) {
    if cell.contains(['"', ',', '\n', '\r']) {
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(cell);
    }
}

/// A level as tables say it.
fn label(level: &str) -> &str {
    match level {
        "province" => "省级",
        "city" => "市级",
        "county" => "县级",
        other => other,
    }
}

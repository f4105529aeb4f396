//! Writing a list as a table.

use super::read::{is_plain_serial, name_ticks_as_shown};
use super::{Delimiter, Writer, mark};
use crate::catalogue::Catalogue;
use crate::problem::{Message, Problem, shortened};
use crate::record::Item;
use crate::table::columns::{Columns, Use};
use crate::value::{Cell, Shown};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};

/// Writes a list as a table that Excel opens with Chinese intact (a byte order mark), and in which no
/// cell starts a formula.
///
/// The columns are those that the list was read from, in their order, then whatever else its items
/// have. Read again, the table gives an equal list, but for what a table does not hold: the header
/// beside the columns, the marks of derived ids, and cells that are said in the answer.
///
/// # Errors
/// The writer failed, or a cell holds a NUL, which no text has.
pub fn write<T: Item>(
    catalogue: &Catalogue<T>,
    to: impl Write,
    delimiter: Delimiter,
) -> io::Result<Vec<Problem>> {
    let mut filled = vec![false; T::FIELDS.len()];
    let mut extras: BTreeSet<String> = BTreeSet::new();
    for item in catalogue.items.iter() {
        for (i, filled) in filled.iter_mut().enumerate() {
            *filled |= !(item.field_is_absent(i) || T::FIELDS[i].name == "id" && item.is_derived());
        }
        extras.extend(item.extra().into_iter().flat_map(|e| e.iter().map(|(header, _)| header.to_owned())));
    }
    let mut columns =
        Columns::to_write::<T>(&catalogue.header, &filled, &extras.into_iter().collect::<Vec<_>>());
    name_ticks_as_shown::<T>(&mut columns);
    let id = T::FIELDS.iter().position(|f| f.name == "id").unwrap_or(usize::MAX);
    let mut problems = Problems::default();
    let mut writer = Writer::with_mark(to, delimiter)?;
    writer.write_row(columns.headers.iter().map(|header| mark(header)))?;
    for (row, item) in catalogue.items.iter().enumerate() {
        let cells: Vec<Cow<'_, str>> = columns
            .uses
            .iter()
            .zip(&columns.headers)
            .map(|(used, header)| marked(cell(item, row, used, header, id, &mut problems)))
            .collect();
        writer.write_row(&cells)?;
        problems.fields_without_column(item, &columns);
    }
    writer.finish()?;
    Ok(problems.found)
}

fn cell<'a, T: Item>(
    item: &'a T,
    row: usize,
    used: &Use,
    header: &str,
    id: usize,
    problems: &mut Problems,
) -> Cow<'a, str> {
    match used {
        Use::Field(field) if *field == id => {
            if item.is_derived() {
                Cow::Borrowed("")
            } else {
                Cow::Borrowed(item.id())
            }
        }
        Use::Field(field) if item.field_is_absent(*field) => {
            if T::FIELDS[*field].marks.position {
                Cow::Owned((row + 1).to_string())
            } else {
                Cow::Borrowed("")
            }
        }
        Use::Field(field) => {
            let Some(shown) = item.shown_field(*field) else { return Cow::Borrowed("") };
            let text = shown.shown();
            problems.check_cell(item, *field, &text);
            text
        }
        Use::Tick(field, code) => {
            let shown = item.shown_field(*field).map(Shown::shown).unwrap_or_default();
            let ticked = crate::cell::cut(&shown, &['、']).contains(&code.as_str());
            Cow::Borrowed(if ticked { "√" } else { "" })
        }
        Use::Extra => match item.extra().and_then(|extra| extra.get(header)) {
            Some(text) => Cow::Borrowed(text.as_str()),
            None => Cow::Borrowed(""),
        },
    }
}

fn marked(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => mark(text),
        Cow::Owned(text) => Cow::Owned(mark(&text).into_owned()),
    }
}

/// What the table does not hold, each kind said once a field.
#[derive(Default)]
struct Problems {
    found: Vec<Problem>,
    said: HashSet<(usize, &'static str)>,
}

impl Problems {
    /// A cell that would not be read as it is.
    fn check_cell<T: Item>(&mut self, item: &T, field: usize, text: &str) {
        let held = if T::FIELDS[field].marks.position {
            !is_plain_serial(text)
        } else if T::field_is_free_text(field) {
            true
        } else {
            let mut again = T::default();
            again.set_cell(field, text, &mut Cell { said: &mut Vec::new() });
            let json = |item: &T| item.shown_field(field).map(Shown::json);
            json(&again) == json(item)
        };
        if !held && self.said.insert((field, "cell")) {
            let field = &T::FIELDS[field];
            self.found.push(
                Problem::warning(
                    "table/not-held",
                    Message::new(
                        format!(
                            "表格的“{}”列不能完整保存此项的值“{}”；要完整保存请用 JSON",
                            field.title(),
                            shortened(text, 40)
                        ),
                        format!(
                            "the column `{}` does not hold all of the value `{}`; keep JSON for that",
                            field.title(),
                            shortened(text, 40)
                        ),
                    ),
                )
                .in_item(item.key().into_owned())
                .in_field(field.name),
            );
        }
    }
    /// Codes of a field that has tick columns alone, and none for them.
    fn codes_without_tick<T: Item>(&mut self, item: &T, field: usize, columns: &Columns) {
        let shown = item.shown_field(field).map(Shown::shown).unwrap_or_default();
        let ticked = |code: &str| {
            columns.uses.iter().any(|used| match used {
                Use::Field(f) => *f == field,
                Use::Tick(f, tick) => *f == field && tick == code,
                Use::Extra => false,
            })
        };
        let spec = &T::FIELDS[field];
        if spec.ticks.is_empty() {
            return;
        }
        for code in crate::cell::cut(&shown, &['、']).into_iter().filter(|code| !ticked(code)) {
            if self.said.insert((field, "tick")) {
                self.found.push(
                    Problem::warning(
                        "table/not-held",
                        Message::new(
                            format!("“{}”没有可勾选“{code}”的列，未写入表格", spec.title()),
                            format!(
                                "no column of `{}` can be ticked for `{code}`: it is not in the table",
                                spec.title()
                            ),
                        ),
                    )
                    .in_item(item.key().into_owned())
                    .in_field(spec.name),
                );
            }
        }
    }
    /// Fields that are filled and have no column.
    fn fields_without_column<T: Item>(&mut self, item: &T, columns: &Columns) {
        for (i, field) in T::FIELDS.iter().enumerate() {
            let written =
                columns.uses.iter().any(|u| matches!(u, Use::Field(f) | Use::Tick(f, _) if *f == i));
            if written {
                self.codes_without_tick(item, i, columns);
            }
            let silent = ["derived", "occurrence", "extra", "id"].contains(&field.name);
            if !written && !silent && !item.field_is_absent(i) && self.said.insert((i, "column")) {
                self.found.push(
                    Problem::warning(
                        "table/no-column",
                        Message::new(
                            format!("字段“{}”没有对应的列，未写入表格", field.name),
                            format!("the field `{}` has no column and is not in the table", field.name),
                        ),
                    )
                    .in_field(field.name),
                );
            }
        }
    }
}

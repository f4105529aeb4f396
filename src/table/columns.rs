//! Which column is which field.

use crate::catalogue::{Column, Header};
use crate::keyed::List;
use crate::problem::{Message, Problem};
use crate::record::{Field, Item};
use std::collections::HashSet;
use std::str::FromStr;

/// What the known headers do not cover: `id=编号,name=标题`; a header may be `#3` for the third column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnNames {
    /// Fields and the headers that name them, in the order given.
    named: Vec<(String, String)>,
}

/// A text is no list of `field=header`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{piece}` is not `field=header`; write for example id=编号,name=标题")]
pub struct NotColumns {
    /// The piece that is wrong.
    pub piece: String,
}

impl FromStr for ColumnNames {
    type Err = NotColumns;
    fn from_str(text: &str) -> Result<Self, NotColumns> {
        let pieces = text.split([',', '，']).filter(|piece| !piece.trim().is_empty());
        let named = pieces
            .map(|piece| match piece.split_once('=') {
                Some((field, header)) if !field.trim().is_empty() && !header.trim().is_empty() => {
                    Ok((field.trim().to_owned(), header.trim().to_owned()))
                }
                _ => Err(NotColumns { piece: piece.to_owned() }),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { named })
    }
}

impl ColumnNames {
    /// Adds further names; one field may name several headers.
    pub fn extend(&mut self, more: Self) {
        self.named.extend(more.named);
    }
    /// Whether nothing is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }
}

/// How a column is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// As a field, by its position.
    Field(usize),
    /// As a tick column of a set, whose header names the code.
    Tick(usize, String),
    /// As an extra column.
    Extra,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) uses: Vec<Use>,
    /// Their headers, each once.
    pub(crate) headers: Vec<String>,
}

/// A header for comparing: normal form, in which white space is gone.
fn form(header: &str) -> String {
    crate::text::normal(header).into_owned()
}

impl Columns {
    /// Finds the fields of `T` among the headers.
    pub(crate) fn find<T: Item>(
        headers: &[String],
        names: &ColumnNames,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let fields: &'static [Field] = T::FIELDS;
        let mut unique: Vec<String> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        for (i, header) in headers.iter().enumerate() {
            let header = header.trim();
            let plain = if header.is_empty() { format!("#{}", i + 1) } else { header.to_owned() };
            let mut name = plain.clone();
            let mut number = 1;
            while !seen.insert(name.clone()) {
                number += 1;
                name = format!("{plain}#{number}");
            }
            if number > 1 {
                problems.push(
                    Problem::warning(
                        "table/repeated-header",
                        Message::new(
                            format!("表头“{plain}”重复，后一列记作“{name}”"),
                            format!("the header `{plain}` stands twice; the later column is called `{name}`"),
                        ),
                    )
                    .at_line(1, Some(i as u64 + 1)),
                );
            }
            unique.push(name);
        }
        let mut uses = vec![Use::Extra; headers.len()];
        let mut taken: HashSet<usize> = HashSet::new();
        for (field, header) in &names.named {
            let Some(index) = fields.iter().position(|f| f.name == field) else {
                let known = fields.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
                problems.push(Problem::error(
                    "table/unknown-field",
                    Message::new(
                        format!("--columns 中的“{field}”不是字段；字段有 {known}"),
                        format!("`{field}` in --columns is no field; the fields are {known}"),
                    ),
                ));
                continue;
            };
            let wanted = form(header);
            let by_number = header.strip_prefix('#').and_then(|n| n.parse::<usize>().ok());
            let column = match by_number {
                Some(n) => n.checked_sub(1).filter(|i| *i < headers.len()),
                None => unique
                    .iter()
                    .position(|h| h == header)
                    .or_else(|| unique.iter().position(|h| form(h) == wanted)),
            };
            let Some(column) = column else {
                let known = unique.join(", ");
                problems.push(Problem::error(
                    "table/missing-column",
                    Message::new(
                        format!("没有“{header}”这一列；列有 {known}"),
                        format!("there is no column `{header}`; the columns are {known}"),
                    ),
                ));
                continue;
            };
            uses[column] = Use::Field(index);
            taken.insert(index);
        }
        // What is named goes before what is known; of the known spellings the first that a field has.
        for (index, field) in fields.iter().enumerate() {
            if taken.contains(&index) {
                continue;
            }
            let found = field.columns.iter().find_map(|known| {
                let known = form(known);
                (0..unique.len()).find(|&c| uses[c] == Use::Extra && form(&unique[c]) == known)
            });
            if let Some(column) = found {
                uses[column] = Use::Field(index);
            }
            for tick in field.ticks {
                let known = form(tick);
                if let Some(column) =
                    (0..unique.len()).find(|&c| uses[c] == Use::Extra && form(&unique[c]) == known)
                {
                    let code = tick.rsplit('/').next().unwrap_or(tick);
                    uses[column] = Use::Tick(index, code.to_owned());
                }
            }
        }
        Self { uses, headers: unique }
    }

    /// Whether any column is a field.
    pub(crate) fn any_known(&self) -> bool {
        self.uses.iter().any(|u| matches!(u, Use::Field(_) | Use::Tick(..)))
    }
    /// What the header of a catalogue keeps of them.
    pub(crate) fn kept<T: Item>(&self) -> List<Column> {
        let mut list = List::new();
        for (header, used) in self.headers.iter().zip(&self.uses) {
            let field = match used {
                Use::Field(i) | Use::Tick(i, _) => T::FIELDS[*i].name,
                Use::Extra => "",
            };
            // Headers are distinct: nothing is refused.
            let _ = list.push(Column::new(header.as_str(), field));
        }
        list
    }
    /// The columns to write: those that the list was read from, then whatever else its items have.
    pub(crate) fn to_write<T: Item>(header: &Header, filled: &[bool], extras: &[String]) -> Self {
        let mut columns = Self { uses: Vec::new(), headers: Vec::new() };
        for column in &header.columns {
            let field = T::FIELDS.iter().position(|f| f.name == &*column.field);
            let tick = |f: &'static Field| {
                f.ticks
                    .iter()
                    .find(|t| form(t) == form(&column.header))
                    .map(|t| t.rsplit('/').next().unwrap_or(t))
            };
            let used = match field {
                Some(i) => match tick(&T::FIELDS[i]) {
                    Some(code) => Use::Tick(i, code.to_owned()),
                    None => Use::Field(i),
                },
                None => Use::Extra,
            };
            columns.headers.push(column.header.to_string());
            columns.uses.push(used);
        }
        for (i, field) in T::FIELDS.iter().enumerate() {
            let written =
                columns.uses.iter().any(|u| matches!(u, Use::Field(f) | Use::Tick(f, _) if *f == i));
            if filled[i] && !written && !field.columns.is_empty() {
                let mut title = field.title().to_owned();
                if columns.headers.contains(&title) {
                    title = field.name.to_owned();
                }
                columns.headers.push(title);
                columns.uses.push(Use::Field(i));
            }
        }
        for extra in extras {
            if !columns.headers.contains(extra) {
                columns.headers.push(extra.clone());
                columns.uses.push(Use::Extra);
            }
        }
        columns
    }
}

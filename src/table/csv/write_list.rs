//! Writing a list as a table.

use super::read::{beside_others, is_as_above, is_plain_serial, says_nothing};
use super::{Delimiter, Writer, mark};
use crate::catalogue::{Catalogue, Header};
use crate::cell::is_empty_mark;
use crate::problem::{Message, Problem, shortened};
use crate::record::{AnyItem, Field, Item};
use crate::table::ColumnNames;
use crate::table::columns::{Columns, Use};
use crate::table::layout::{Body, Known, lone, no_item};
use crate::text::alike;
use crate::value::{Cell, Shown};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::marker::PhantomData;

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
    mut to: impl Write,
    delimiter: Delimiter,
) -> io::Result<Vec<Problem>> {
    let mut items: Vec<&dyn AnyItem> = Vec::with_capacity(catalogue.items.len());
    for item in catalogue.items.iter() {
        items.push(item);
    }
    write_items(T::FIELDS, &catalogue.header, &items, &Kind(PhantomData::<T>), &mut to, delimiter)
}

/// What is known of a kind, beside its fields: without its type, so that what writes is compiled once.
trait Reads {
    fn is_free_text(&self, field: usize) -> bool;
    /// What a field's cell is read as.
    #[inline]
    fn read(&self, field: usize, text: &str) -> Box<dyn AnyItem> {
        self.read_all(field, &[(None, Cow::Borrowed(text))])
    }
    /// What the cells of a field are read as that is spread over columns: those of keys, and that of the whole field.
    fn read_all(&self, field: usize, cells: &[(Option<&str>, Cow<'_, str>)]) -> Box<dyn AnyItem>;
}

struct Kind<T>(PhantomData<T>);

impl<T: Item> Reads for Kind<T> {
    fn is_free_text(&self, field: usize) -> bool {
        T::field_is_free_text(field)
    }
    fn read_all(&self, field: usize, cells: &[(Option<&str>, Cow<'_, str>)]) -> Box<dyn AnyItem> {
        let mut item = T::default();
        let mut said = Vec::new();
        let mut cx = Cell { said: &mut said };
        for (key, text) in cells {
            match (key, item.spread_field_mut(field)) {
                (Some(key), Some(spread)) => spread.add(key, text, &mut cx),
                _ => item.set_cell(field, &beside_others(&item, field, text), &mut cx),
            }
        }
        Box::new(item)
    }
}

#[inline]
fn write_items(
    fields: &'static [Field],
    header: &Header,
    items: &[&dyn AnyItem],
    kind: &dyn Reads,
    to: &mut dyn Write,
    delimiter: Delimiter,
) -> io::Result<Vec<Problem>> {
    let mut filled = vec![false; fields.len()];
    let mut keys = vec![BTreeSet::new(); fields.len()];
    let mut extras: BTreeSet<String> = BTreeSet::new();
    for item in items {
        for (i, filled) in filled.iter_mut().enumerate() {
            *filled |= item.value(i).is_some() && !(fields[i].name == "id" && item.is_derived());
            if let Some(spread) = item.spread(i) {
                keys[i].extend(spread.columns().into_iter().map(Cow::into_owned));
            }
        }
        extras.extend(item.extra().into_iter().flat_map(|e| e.iter().map(|(header, _)| header.to_owned())));
    }
    let extras: Vec<String> = extras.into_iter().collect();
    let columns = Columns::to_write(fields, header, &filled, &keys, &extras);
    let body = Body::of(fields, &columns);
    let known = Known::of(fields, &ColumnNames::default());
    let id = fields.iter().position(|f| f.name == "id").unwrap_or(usize::MAX);
    let ticks = Ticks::of(&columns, kind);
    let spreads: Vec<usize> =
        (0..fields.len()).filter(|&i| !fields[i].spread.is_empty() && columns.has(i)).collect();
    let mut problems = Problems::default();
    for extra in &extras {
        let is_own = columns
            .headers
            .iter()
            .zip(&columns.uses)
            .any(|(header, used)| header == extra && *used == Use::Extra);
        let is_known = || fields.iter().any(|field| field.headers().any(|known| alike(known, extra)));
        if extra.trim() != extra || extra.is_empty() {
            problems.found.push(column_not_held(extra, extra));
        } else if !is_own || header.columns.get(extra).is_none() && is_known() {
            problems.extra_column(extra);
        }
    }
    let mut writer = Writer::with_mark(to, delimiter)?;
    writer.write_row(columns.headers.iter().map(|header| mark(header)))?;
    for (row, &item) in items.iter().enumerate() {
        let cells: Vec<Cow<'_, str>> = columns
            .uses
            .iter()
            .zip(&columns.headers)
            .enumerate()
            .map(|(at, (used, header))| match used {
                Use::Tick(field, _) => Cow::Borrowed(ticks.tick(at, &cell_of(item, *field))),
                _ => marked(match part_of(item, used, &columns) {
                    Some(part) => part,
                    None => cell(item, row, used, header, id, kind, &mut problems),
                }),
            })
            .collect();
        if item.name().is_empty() && (item.is_derived() || !item.sub_item().is_empty()) {
            problems.nameless(&item.key());
        }
        for &field in &spreads {
            if !holds(item, field, &columns, kind) {
                problems.not_held(&item.key(), field, &fields[field], &cell_of(item, field));
            }
        }
        for &field in &ticks.fields {
            let text = cell_of(item, field);
            if !ticks.hold(&columns, field, &text) {
                problems.not_held(&item.key(), field, &fields[field], &text);
            }
        }
        let cells_of = || cells.iter().map(|cell| &**cell);
        if let Some(lone) = lone(cells_of(), body.width)
            && body.aside(lone, true).is_some()
        {
            problems.no_item(&item.key(), lone.text);
        } else if let Some(numbered) = body.numbered(cells_of()) {
            problems.no_item(&item.key(), &numbered.text);
        } else if let Some(other) = no_item(&cells_of, &columns.headers, body.width) {
            problems.no_item(&item.key(), &other.text);
        } else if known.is_header(&cells_of) {
            problems.no_item(&item.key(), &cells.join("　"));
        }
        writer.write_row(&cells)?;
        problems.fields_without_column(item, &columns);
    }
    writer.finish()?;
    Ok(problems.finish())
}

#[inline]
fn cell<'a>(
    item: &'a dyn AnyItem,
    row: usize,
    used: &Use,
    header: &str,
    id: usize,
    kind: &dyn Reads,
    problems: &mut Problems,
) -> Cow<'a, str> {
    match used {
        Use::Field(field) if *field == id => {
            if item.is_derived() {
                Cow::Borrowed("")
            } else {
                problems.id(item, *field);
                Cow::Borrowed(item.id())
            }
        }
        Use::Field(field) => match item.value(*field) {
            None if item.fields()[*field].marks.position => Cow::Owned((row + 1).to_string()),
            None => Cow::Borrowed(""),
            Some(shown) => {
                let text = shown.shown();
                problems.check_cell(item, *field, &text, kind);
                text
            }
        },
        // These are told before.
        Use::Tick(..) | Use::Spread(..) => Cow::Borrowed(""),
        Use::Extra => match item.extra().and_then(|extra| extra.get(header)) {
            Some(text) => {
                if is_as_above(text) {
                    problems.as_above(&item.key(), header, text);
                }
                Cow::Borrowed(text.as_str())
            }
            None => Cow::Borrowed(""),
        },
    }
}

#[inline]
fn cell_of(item: &dyn AnyItem, field: usize) -> Cow<'_, str> {
    item.value(field).map(Shown::shown).unwrap_or_default()
}

/// The cell of one of the columns over which a field is spread; `None` where the field is not.
#[inline]
fn part_of(item: &dyn AnyItem, used: &Use, columns: &Columns) -> Option<Cow<'static, str>> {
    match used {
        Use::Spread(field, key) => Some(Cow::Owned(item.spread(*field)?.cell(key))),
        Use::Field(field) => Some(Cow::Owned(item.spread(*field)?.beside(&columns.keys_of(*field)))),
        Use::Tick(..) | Use::Extra => None,
    }
}

/// Whether the columns of a field that is spread over them are read as it is.
#[inline]
fn holds(item: &dyn AnyItem, field: usize, columns: &Columns, kind: &dyn Reads) -> bool {
    let cells = columns.uses.iter().filter_map(|used| {
        let key = match used {
            Use::Spread(f, key) if *f == field => Some(*key),
            Use::Field(f) if *f == field => None,
            _ => return None,
        };
        let text = part_of(item, used, columns)?;
        (!is_empty_mark(&text)).then_some((key, text))
    });
    let cells: Vec<_> = cells.collect();
    same_value(&*kind.read_all(field, &cells), item, field)
}

/// What the tick columns stand for: the entries of a field's cell that a tick in each is read as.
struct Ticks {
    entries: Vec<Vec<String>>,
    /// The fields that tick columns alone show.
    fields: Vec<usize>,
}

impl Ticks {
    #[inline]
    fn of(columns: &Columns, kind: &dyn Reads) -> Self {
        let read = |used: &Use| match used {
            Use::Tick(field, code) => {
                let item = kind.read(*field, code);
                entries(&cell_of(&*item, *field)).into_iter().map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        let mut fields: Vec<usize> = columns.uses.iter().filter_map(Use::ticked).collect();
        fields.sort_unstable();
        fields.dedup();
        fields.retain(|&field| columns.column_of(field).is_none());
        Self { entries: columns.uses.iter().map(read).collect(), fields }
    }
    #[inline]
    fn tick(&self, column: usize, cell: &str) -> &'static str {
        let has = entries(cell);
        let own = &self.entries[column];
        if !own.is_empty() && own.iter().all(|entry| has.contains(&entry.as_str())) { "√" } else { "" }
    }
    /// Whether every entry of the cell has a column.
    #[inline]
    fn hold(&self, columns: &Columns, field: usize, cell: &str) -> bool {
        let own = |at: &usize| columns.uses[*at].ticked() == Some(field);
        let all = || (0..self.entries.len()).filter(own).flat_map(|at| &self.entries[at]);
        entries(cell).iter().all(|entry| all().any(|e| e == entry))
    }
}

/// The entries of a set's cell.
#[inline]
fn entries(cell: &str) -> Vec<&str> {
    crate::cell::cut(cell, &['、'])
}

#[inline]
fn marked(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => mark(text),
        Cow::Owned(text) => Cow::Owned(mark(&text).into_owned()),
    }
}

/// What the table does not hold: each kind is said once a field, of the first item, with how many there are.
#[derive(Default)]
struct Problems {
    found: Vec<Problem>,
    /// Which problem says it, and of how many items.
    said: HashMap<(usize, &'static str), (usize, usize)>,
}

impl Problems {
    /// Says something the first time, and counts it.
    #[inline]
    fn say(&mut self, about: (usize, &'static str), problem: impl FnOnce() -> Problem) {
        let at = self.found.len();
        let (_, count) = self.said.entry(about).or_insert((at, 0));
        *count += 1;
        if *count == 1 {
            self.found.push(problem());
        }
    }
    /// All that was said, with how many items it is about where these are several.
    #[inline]
    fn finish(mut self) -> Vec<Problem> {
        for (at, count) in self.said.into_values().filter(|(_, count)| *count > 1) {
            let message = &mut self.found[at].message;
            message.zh += &format!("（共{count}项）");
            message.en += &format!(" ({count} items in all)");
        }
        self.found
    }
    /// An id that is read as another one, or as none.
    #[inline]
    fn id(&mut self, item: &dyn AnyItem, field: usize) {
        let id = item.id();
        if id.trim() != id || is_empty_mark(id) {
            self.not_held(&item.key(), field, &item.fields()[field], id);
        }
    }
    /// A cell that would not be read as it is.
    #[inline]
    fn check_cell(&mut self, item: &dyn AnyItem, field: usize, text: &str, kind: &dyn Reads) {
        let spec = &item.fields()[field];
        let held = if spec.marks.position {
            !is_plain_serial(text)
        } else if says_nothing(text, spec, kind.is_free_text(field)) || is_as_above(text) {
            false
        } else if kind.is_free_text(field) {
            true
        } else {
            same_value(&*kind.read(field, text), item, field)
        };
        if !held {
            self.not_held(&item.key(), field, spec, text);
        }
    }
    #[inline]
    fn not_held(&mut self, key: &str, index: usize, field: &Field, text: &str) {
        self.say((index, "cell"), || column_not_held(field.title(), text).in_item(key).in_field(field.name));
    }
    /// An extra column whose text is read as something else.
    #[inline]
    fn as_above(&mut self, key: &str, header: &str, text: &str) {
        self.say((usize::MAX, "as above"), || column_not_held(header, text).in_item(key).in_field(header));
    }
    /// An item without id and name: the reader takes the name of the row above, or takes it for a part of that one.
    #[inline]
    fn nameless(&mut self, key: &str) {
        self.say((usize::MAX, "name"), || {
            let message = Message::new(
                "此项既无编码也无名称，在表格中会沿用上一行的名称或并入上一行；要完整保存请用 JSON",
                "the item has neither id nor name, and in a table takes the name of the row above, or goes into that one; keep JSON for that",
            );
            Problem::warning("table/not-held", message).in_item(key)
        });
    }
    /// An extra column that is called as a field is.
    #[inline]
    fn extra_column(&mut self, header: &str) {
        let header = shortened(header, 40);
        self.found.push(Problem::warning(
            "table/not-held",
            Message::new(
                format!("附加列“{header}”与一个字段的列同名，表格不能保存它的值；要完整保存请用 JSON"),
                format!("the extra column `{header}` is called as the column of a field: the table does not hold its values; keep JSON for that"),
            ),
        ));
    }
    /// An item whose row would be read as a heading or a note.
    #[inline]
    fn no_item(&mut self, key: &str, text: &str) {
        self.say((usize::MAX, "row"), || {
            let text = shortened(text, 40);
            Problem::warning(
                "table/not-held",
                Message::new(
                    format!("此项在表格中的一行“{text}”会被读作标题、备注或表头，不作事项；要完整保存请用 JSON"),
                    format!("the row of this item, `{text}`, is read as a heading, a note or a header, and no item; keep JSON for that"),
                ),
            )
            .in_item(key)
        });
    }
    /// Fields that are filled and have no column.
    #[inline]
    fn fields_without_column(&mut self, item: &dyn AnyItem, columns: &Columns) {
        for (i, field) in item.fields().iter().enumerate() {
            let written = columns.has(i);
            let silent = ["derived", "occurrence", "extra", "id"].contains(&field.name);
            if !written && !silent && item.value(i).is_some() {
                self.say((i, "column"), || {
                    Problem::warning(
                        "table/no-column",
                        Message::new(
                            format!("字段“{}”没有对应的列，未写入表格", field.title()),
                            format!("the field `{}` has no column and is not in the table", field.name),
                        ),
                    )
                    .in_field(field.name)
                });
            }
        }
    }
}

/// Whether two items have one value in a field.
#[inline]
fn same_value(one: &dyn AnyItem, other: &dyn AnyItem, field: usize) -> bool {
    match (one.value(field), other.value(field)) {
        (Some(one), Some(other)) => one.is(other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

#[inline]
fn column_not_held(column: &str, text: &str) -> Problem {
    let text = shortened(text, 40);
    Problem::warning(
        "table/not-held",
        Message::new(
            format!("表格的“{column}”列不能完整保存此项的值“{text}”；要完整保存请用 JSON"),
            format!("the column `{column}` does not hold all of the value `{text}`; keep JSON for that"),
        ),
    )
}

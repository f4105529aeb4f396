//! Which column is which field.

use crate::catalogue::{Column, Header};
use crate::keyed::List;
use crate::problem::{Message, Problem, Severity};
use crate::record::{Field, SpreadColumn};
use std::collections::{BTreeSet, HashSet};
use std::str::FromStr;

/// What the known headers do not cover: `id=编号,name=标题`; a header may be `#3` for the third column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnNames {
    /// Fields and the headers that name them, in the order given.
    named: Vec<(String, String)>,
}

/// What is done with a header that [`ColumnNames`] name and the table does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissingColumns {
    /// An error that names the columns.
    #[default]
    Refuse,
    /// A warning, which expects the header: one file of names may serve tables that have other headers each. A note where the
    /// table has another header that is named for the field.
    Tell,
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
    /// The headers that are named.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(|(_, header)| header.as_str())
    }
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
    /// As a column of those entries of a field that have this key.
    Spread(usize, &'static str),
    /// As an extra column.
    Extra,
}

impl Use {
    /// The field that it ticks.
    pub(crate) fn ticked(&self) -> Option<usize> {
        match self {
            Self::Tick(field, _) => Some(*field),
            _ => None,
        }
    }
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) uses: Vec<Use>,
    /// Their headers, each once.
    pub(crate) headers: Vec<String>,
}

/// A header for comparing: normal form, in which white space is gone.
pub(super) fn form(header: &str) -> String {
    crate::text::normal(header).into_owned()
}

/// The code that a tick column's known header names.
fn code_of(tick: &str) -> &str {
    tick.rsplit('/').next().unwrap_or(tick)
}

/// The headers, each once, in the order of columns; a blank one is named by its number.
fn unique(headers: &[String], line: u64, problems: &mut Vec<Problem>) -> Vec<String> {
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
                .at_line(line, Some(i as u64 + 1)),
            );
        }
        unique.push(name);
    }
    unique
}

const MISSING: &str = "table/missing-column";

/// Headers as they are compared: whole, and, where they are paths, the last parts.
struct Forms {
    whole: Vec<String>,
    /// Of each column what stands behind a `/` up to which the column beside it is the same: the group's name.
    tails: Vec<Vec<String>>,
}

/// A way to find the column of a known header.
type Find = fn(&Forms, &str, &[Use]) -> Option<usize>;

impl Forms {
    fn of(headers: &[String]) -> Self {
        let whole: Vec<String> = headers.iter().map(|header| form(header)).collect();
        let beside = |at: usize, head: &str| {
            let shares =
                |at: Option<usize>| at.and_then(|at| whole.get(at)).is_some_and(|h| h.starts_with(head));
            shares(at.checked_sub(1)) || shares(at.checked_add(1))
        };
        let tails = whole
            .iter()
            .enumerate()
            .map(|(at, header)| {
                let parts = header.match_indices('/').filter(|(slash, _)| beside(at, &header[..=*slash]));
                parts.map(|(slash, _)| header[slash + 1..].to_owned()).collect()
            })
            .collect();
        Self { whole, tails }
    }
    /// The first free column of this header.
    fn exact(&self, known: &str, uses: &[Use]) -> Option<usize> {
        (0..self.whole.len()).find(|&c| uses[c] == Use::Extra && self.whole[c] == known)
    }
    /// The one column whose path ends so; else the first of the columns that one header without texts under it covers.
    fn by_part(&self, known: &str, uses: &[Use]) -> Option<usize> {
        let bears = |&c: &usize| self.whole[c] == known || self.tails[c].iter().any(|tail| tail == known);
        let mut all = (0..self.whole.len()).filter(bears);
        let one = all.next().filter(|_| all.next().is_none());
        let first = || {
            let is_first = |&c: &usize| {
                self.whole[c].strip_suffix("/1") == Some(known)
                    && self.tails[c].iter().any(|tail| tail == "1")
            };
            (0..self.whole.len()).find(is_first)
        };
        // A number is no name.
        let one = one.filter(|_| !known.bytes().all(|b| b.is_ascii_digit()));
        one.or_else(first).filter(|&c| uses[c] == Use::Extra)
    }
}

/// The number of a column that is named by it: `#3`.
pub(super) fn number_of(header: &str) -> Option<usize> {
    header.strip_prefix('#').and_then(|n| n.parse().ok())
}

/// The code of the tick column that this header is, whole or by a part of its path.
fn tick(field: &Field, header: &str) -> Option<&'static str> {
    let header = form(header);
    if field.columns.iter().any(|known| form(known) == header) {
        return None;
    }
    let by_part = |known: &str| header.strip_suffix(known).is_some_and(|head| head.ends_with('/'));
    let ticks = || field.ticks.iter().map(|tick| (tick, form(tick)));
    let found =
        ticks().find(|(_, known)| *known == header).or_else(|| ticks().find(|(_, known)| by_part(known)));
    found.map(|(tick, _)| code_of(tick))
}

/// The key of the column of a field that this header is, whole or by a part of its path.
fn spread(field: &Field, header: &str) -> Option<&'static str> {
    let header = form(header);
    if field.columns.iter().any(|known| form(known) == header) {
        return None;
    }
    let by_part = |known: &str| header.strip_suffix(known).is_some_and(|head| head.ends_with('/'));
    let columns = || field.spread.iter().map(|column| (column.key, form(column.header)));
    let found =
        columns().find(|(_, known)| *known == header).or_else(|| columns().find(|(_, known)| by_part(known)));
    found.map(|(key, _)| key)
}

/// The field that a column of entries stands for where no column is that field.
fn stands_for(fields: &[Field], spread: &SpreadColumn) -> Option<usize> {
    spread.stands_for.and_then(|name| fields.iter().position(|field| field.name == name))
}

impl Columns {
    /// Finds the fields among the headers, which stand in `line`.
    pub(crate) fn find(
        fields: &'static [Field],
        headers: &[String],
        (names, missing): (&ColumnNames, MissingColumns),
        line: u64,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let unique = unique(headers, line, problems);
        let forms = Forms::of(&unique);
        let mut uses = vec![Use::Extra; headers.len()];
        let mut taken = vec![false; fields.len()];
        let mut lacking: Vec<(usize, Problem)> = Vec::new();
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
            let column = match number_of(header) {
                Some(n) => n.checked_sub(1).filter(|i| *i < headers.len()),
                None => unique
                    .iter()
                    .position(|h| h == header)
                    .or_else(|| forms.whole.iter().position(|h| *h == wanted))
                    .or_else(|| forms.by_part(&wanted, &uses)),
            };
            let Some(column) = column else {
                let known = unique.join(", ");
                let message = Message::new(
                    format!("没有“{header}”这一列；列有 {known}"),
                    format!("there is no column `{header}`; the columns are {known}"),
                );
                let problem = match missing {
                    MissingColumns::Refuse => Problem::error(MISSING, message),
                    MissingColumns::Tell => Problem::warning(MISSING, message),
                };
                lacking.push((index, problem.expecting(header)));
                continue;
            };
            uses[column] = Use::Field(index);
            taken[index] = true;
        }
        for (index, mut problem) in lacking {
            // Of several headers that are named for one field one will do.
            if missing == MissingColumns::Tell && taken[index] {
                problem.severity = Severity::Note;
            }
            problems.push(problem);
        }
        // What is named goes before what is known, a whole header before a part of one; of the known spellings the
        // first that a field has.
        let ways: [Find; 2] = [Forms::exact, Forms::by_part];
        for find in ways {
            for (index, field) in fields.iter().enumerate() {
                if taken[index] {
                    continue;
                }
                let found = field.columns.iter().find_map(|known| find(&forms, &form(known), &uses));
                if let Some(column) = found {
                    uses[column] = Use::Field(index);
                    taken[index] = true;
                }
            }
            for (index, field) in fields.iter().enumerate() {
                if names.named.iter().any(|(name, _)| name == field.name) {
                    continue;
                }
                for tick in field.ticks {
                    let code = code_of(tick);
                    let has = |u: &Use| matches!(u, Use::Tick(i, c) if *i == index && c == code);
                    if let Some(column) = find(&forms, &form(tick), &uses).filter(|_| !uses.iter().any(has)) {
                        uses[column] = Use::Tick(index, code.to_owned());
                    }
                }
                for spread in field.spread {
                    let used = Use::Spread(index, spread.key);
                    if let Some(column) =
                        find(&forms, &form(spread.header), &uses).filter(|_| !uses.contains(&used))
                    {
                        uses[column] = used;
                    }
                }
            }
        }
        for (index, field) in fields.iter().enumerate() {
            for spread in field.spread {
                let Some(own) = stands_for(fields, spread).filter(|&own| !taken[own]) else { continue };
                if let Some(column) = uses.iter().position(|u| *u == Use::Spread(index, spread.key)) {
                    uses[column] = Use::Field(own);
                    taken[own] = true;
                }
            }
        }
        Self { uses, headers: unique }
    }

    /// Whether any column is a field.
    pub(crate) fn any_known(&self) -> bool {
        self.uses.iter().any(|u| matches!(u, Use::Field(_) | Use::Tick(..) | Use::Spread(..)))
    }
    /// Whether a column is this field.
    pub(crate) fn has(&self, field: usize) -> bool {
        self.uses
            .iter()
            .any(|u| matches!(u, Use::Field(f) | Use::Tick(f, _) | Use::Spread(f, _) if *f == field))
    }
    /// The column that is this field as a whole.
    pub(crate) fn column_of(&self, field: usize) -> Option<usize> {
        self.uses.iter().position(|u| *u == Use::Field(field))
    }
    /// What the header of a catalogue keeps of them.
    pub(crate) fn kept(&self, fields: &[Field]) -> List<Column> {
        let mut list = List::new();
        for (header, used) in self.headers.iter().zip(&self.uses) {
            let field = match used {
                Use::Field(i) | Use::Tick(i, _) | Use::Spread(i, _) => fields[*i].name,
                Use::Extra => "",
            };
            // Headers are distinct: nothing is refused.
            let _ = list.push(Column::new(header.as_str(), field));
        }
        list
    }
    /// The keys of a field's entries that have a column.
    pub(crate) fn keys_of(&self, field: usize) -> Vec<&'static str> {
        let keys = self.uses.iter().filter_map(|used| match used {
            Use::Spread(f, key) if *f == field => Some(*key),
            _ => None,
        });
        keys.collect()
    }
    fn add(&mut self, header: &str, used: Use) {
        self.headers.push(header.to_owned());
        self.uses.push(used);
    }
    /// Adds the columns of a field that is spread over them: of each key that its entries have, then of what has none.
    fn add_spread(&mut self, fields: &'static [Field], field: usize, keys: &BTreeSet<String>) {
        if !self.has(field) {
            for spread in fields[field].spread {
                let used = Use::Spread(field, spread.key);
                let is_new = !self.uses.contains(&used) && !self.headers.iter().any(|h| h == spread.header);
                if is_new && keys.contains(spread.key) {
                    self.add(spread.header, used);
                }
            }
        }
        let own = self.keys_of(field);
        let is_whole = self.column_of(field).is_some();
        if !is_whole && keys.iter().any(|key| !own.contains(&key.as_str())) {
            self.add_field(fields, field);
        }
    }
    /// Adds the column of a field as a whole.
    fn add_field(&mut self, fields: &'static [Field], field: usize) {
        let mut title = fields[field].title();
        if self.headers.iter().any(|header| header == title) {
            title = fields[field].name;
        }
        self.add(title, Use::Field(field));
    }
    /// The columns to write: those that the list was read from, then whatever else its items have. `keys` are those of
    /// the entries of each field that is spread over columns.
    pub(crate) fn to_write(
        fields: &'static [Field],
        header: &Header,
        filled: &[bool],
        keys: &[BTreeSet<String>],
        extras: &[String],
    ) -> Self {
        let mut columns = Self { uses: Vec::new(), headers: Vec::new() };
        for column in &header.columns {
            let used = match fields.iter().position(|f| f.name == &*column.field) {
                Some(i) => match (tick(&fields[i], &column.header), spread(&fields[i], &column.header)) {
                    (Some(code), _) => Use::Tick(i, code.to_owned()),
                    (None, Some(key)) => Use::Spread(i, key),
                    (None, None) => Use::Field(i),
                },
                None => Use::Extra,
            };
            columns.add(&column.header, used);
        }
        for (i, field) in fields.iter().enumerate() {
            if !field.spread.is_empty() {
                columns.add_spread(fields, i, &keys[i]);
            } else if filled[i] && !columns.has(i) && !field.columns.is_empty() {
                columns.add_field(fields, i);
            }
        }
        // A column that would be read as the field that it stands for has that field beside it, if it is empty too.
        for (i, field) in fields.iter().enumerate() {
            for spread in field.spread {
                if let Some(own) = stands_for(fields, spread).filter(|&own| !columns.has(own))
                    && columns.uses.contains(&Use::Spread(i, spread.key))
                {
                    columns.add_field(fields, own);
                }
            }
        }
        for extra in extras {
            if !columns.headers.contains(extra) {
                columns.add(extra, Use::Extra);
            }
        }
        columns
    }
}

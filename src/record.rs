//! Structs of fields: what `#[derive(Record)]` implements.

use crate::codes::AdjustmentKind;
use crate::keyed::{List, Map, Spread};
use crate::parts::Place;
use crate::text_atom::Text;
use crate::value::{Cell, Part, Shown, Value};
use std::borrow::Cow;

/// A field of a record: what edges know of it. They never look at a field by its Rust name.
#[derive(Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Field {
    /// Its name in Rust and in JSON.
    pub name: &'static str,
    /// Headers that name it in tables: the first is written, all are read. Empty: no column of its own.
    pub columns: &'static [&'static str],
    /// Headers of tick columns: each names a code of the set that the field is. In tables they stand
    /// for the field beside `columns`.
    pub ticks: &'static [&'static str],
    /// Columns over which tables spread the field, each with some of its entries. `columns` is then the column of those
    /// that stand in none of these.
    pub spread: &'static [SpreadColumn],
    /// The documentation of the field, its first paragraph.
    pub doc: &'static str,
    /// What it is besides a value.
    pub marks: Marks,
    /// How a lower list's value must stand to the upper one's: the name of the relation.
    pub lower: Option<&'static str>,
    /// The kind of adjustment that a change of it is; `None`: an edit.
    pub adjusts: Option<AdjustmentKind>,
}

/// A column that holds those entries of a field which are of one key ([`InColumn`](crate::InColumn)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SpreadColumn {
    /// Its header; of several with one key the first is written, all are read.
    pub header: &'static str,
    /// What its entries say of their column.
    pub key: &'static str,
    /// The field that it is where the table has no column of that field: of the columns of a table the first in the
    /// order of the constant.
    pub stands_for: Option<&'static str>,
}

impl SpreadColumn {
    /// The column of a key.
    #[must_use]
    pub const fn new(header: &'static str, key: &'static str) -> Self {
        Self { header, key, stands_for: None }
    }
    /// The same, which is a field of its own where the table has no other column of it.
    #[must_use]
    pub const fn stands_for(self, field: &'static str) -> Self {
        Self { stands_for: Some(field), ..self }
    }
}

/// What a field is besides a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    /// It takes no part in comparing and merging (a label).
    pub apart: bool,
    /// It is one of the parts that a derived id is made of.
    pub identity: bool,
    /// It is a serial number: written anew in tables, kept only where it is no plain number.
    pub position: bool,
}

#[doc(hidden)]
#[must_use]
pub const fn field(
    name: &'static str,
    (columns, ticks, spread): (&'static [&'static str], &'static [&'static str], &'static [SpreadColumn]),
    doc: &'static str,
    marks: Marks,
    lower: Option<&'static str>,
    adjusts: Option<AdjustmentKind>,
) -> Field {
    Field { name, columns, ticks, spread, doc, marks, lower, adjusts }
}

// Headers that kinds share stand in constants: what the derive emits joins and checks them while it compiles.

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    // What differs mostly differs behind: headers end in their subject.
    let mut at = a.len();
    while at > 0 {
        at -= 1;
        if a[at] != b[at] {
            return false;
        }
    }
    true
}

const fn stands_in(header: &str, headers: &[&str], count: usize) -> bool {
    let mut at = 0;
    while at < count {
        if same(header, headers[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// How many headers these are, each once.
#[doc(hidden)]
#[must_use]
pub const fn count_headers(parts: &[&[&str]]) -> usize {
    let (mut count, mut part) = (0, 0);
    while part < parts.len() {
        let mut at = 0;
        while at < parts[part].len() {
            let (header, mut before, mut known) =
                (parts[part][at], 0, stands_in(parts[part][at], parts[part], at));
            while before < part {
                known = known || stands_in(header, parts[before], parts[before].len());
                before += 1;
            }
            count += if known { 0 } else { 1 };
            at += 1;
        }
        part += 1;
    }
    count
}

/// These headers, each once, in their order.
#[doc(hidden)]
#[must_use]
pub const fn join_headers<const N: usize>(parts: &[&[&'static str]]) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut count, mut part) = (0, 0);
    while part < parts.len() {
        let mut at = 0;
        while at < parts[part].len() {
            if !stands_in(parts[part][at], &all, count) {
                all[count] = parts[part][at];
                count += 1;
            }
            at += 1;
        }
        part += 1;
    }
    all
}

/// How many headers name a field, wherever they are said.
const fn header_count(field: &Field) -> usize {
    field.columns.len() + field.ticks.len() + field.spread.len()
}

/// One of them.
const fn header_at(field: &Field, at: usize) -> &'static str {
    let (columns, ticks) = (field.columns.len(), field.ticks.len());
    if at < columns {
        field.columns[at]
    } else if at < columns + ticks {
        field.ticks[at - columns]
    } else {
        field.spread[at - columns - ticks].header
    }
}

/// A number that tells headers apart, mostly. Eight bytes a step: the compiler's interpreter takes a time for each.
const fn digest(header: &str) -> u64 {
    let (mut rest, mut digest) = (header.as_bytes(), header.len() as u64);
    while let Some((eight, behind)) = rest.split_first_chunk() {
        digest = (digest ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        rest = behind;
    }
    while let Some((byte, behind)) = rest.split_first() {
        digest = (digest ^ *byte as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        rest = behind;
    }
    digest ^ digest >> 32
}

/// The size of a table of all headers, at most half full.
#[doc(hidden)]
#[must_use]
pub const fn header_slots(fields: &[Field]) -> usize {
    let (mut count, mut field) = (1, 0);
    while field < fields.len() {
        count += header_count(&fields[field]);
        field += 1;
    }
    (count * 2).next_power_of_two()
}

/// Stops the compiler where a header names two fields. `SLOTS`: [`header_slots`].
///
/// Linear in the headers: each pair of them would take half a second a kind.
#[doc(hidden)]
pub const fn check_headers<const SLOTS: usize>(fields: &[Field]) {
    // Of each header the field and the place in it; a free slot has no field.
    let mut slots = [(usize::MAX, 0); SLOTS];
    let mut field = 0;
    while field < fields.len() {
        let mut at = 0;
        while at < header_count(&fields[field]) {
            let header = header_at(&fields[field], at);
            let mut slot = digest(header) as usize % SLOTS;
            while slots[slot].0 != usize::MAX {
                let (known, place) = slots[slot];
                if known != field && same(header, header_at(&fields[known], place)) {
                    two_fields(header, fields[known].name, fields[field].name);
                }
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = (field, at);
            at += 1;
        }
        field += 1;
    }
}

/// Says which: a message that is made while the compiler runs has its parts put together by hand.
const fn two_fields(header: &str, one: &str, other: &str) {
    let (mut text, mut length, mut part) = ([0; 400], 0, 0);
    let parts = ["the header `", header, "` names two fields: `", one, "` and `", other, "`"];
    while part < parts.len() {
        let (bytes, mut at) = (parts[part].as_bytes(), 0);
        while at < bytes.len() && length < text.len() {
            text[length] = bytes[at];
            length += 1;
            at += 1;
        }
        part += 1;
    }
    match std::str::from_utf8(text.split_at(length).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("a header names two fields"),
    }
}

impl Field {
    /// What people call it: the header that is written, or its name.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.columns.first().copied().unwrap_or(self.name)
    }
    /// Every header that names it in tables, wherever it is said.
    pub fn headers(&self) -> impl Iterator<Item = &'static str> {
        let spread = self.spread.iter().map(|column| column.header);
        self.columns.iter().chain(self.ticks).copied().chain(spread)
    }
}

/// A struct of fields; derived.
///
/// ```
/// use qingdan::{List, Record, Text};
///
/// /// What an office charges.
/// #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
/// #[record(name = "fee-item")]
/// pub struct FeeItem {
///     /// Number in the list.
///     #[record(key)]
///     pub id: String,
///     /// What is charged.
///     #[record(column("收费项目"))]
///     pub name: String,
/// }
/// assert_eq!(FeeItem::FIELDS[1].title(), "收费项目");
/// ```
pub trait Record: Part {
    /// Its name in schemas.
    const NAME: &'static str;
    /// Its fields, in the order of declaration.
    const FIELDS: &'static [Field];

    /// The value of a field as it is shown; `None` where the record has no such field.
    #[doc(hidden)]
    fn shown_field(&self, field: usize) -> Option<&dyn Shown>;
    /// The same, to be changed.
    #[doc(hidden)]
    fn field_mut(&mut self, field: usize) -> Option<&mut dyn Place>;
    /// Whether a field's value says «nothing here».
    #[doc(hidden)]
    fn field_is_absent(&self, field: usize) -> bool {
        self.shown_field(field).is_none_or(Shown::is_nothing)
    }
    /// Sets a field from a table's cell.
    #[doc(hidden)]
    fn set_cell(&mut self, field: usize, text: &str, cx: &mut Cell<'_>) {
        if let Some(place) = self.field_mut(field) {
            place.set_cell(text, cx);
        }
    }
    /// Whether a field's cell keeps its text to the byte.
    #[doc(hidden)]
    fn field_is_free_text(field: usize) -> bool;
    /// Takes over one field of another record.
    #[doc(hidden)]
    fn copy_field(&mut self, field: usize, from: &Self) {
        if let (Some(place), Some(value)) = (self.field_mut(field), from.shown_field(field)) {
            place.copy(value);
        }
    }
    /// A field that is spread over columns; `None` where the field is not.
    #[doc(hidden)]
    fn spread_field(&self, field: usize) -> Option<&dyn Spread> {
        let _ = field;
        None
    }
    /// The same, to be changed.
    #[doc(hidden)]
    fn spread_field_mut(&mut self, field: usize) -> Option<&mut dyn Spread> {
        let _ = field;
        None
    }
    /// Whether a lower list's value stands to the upper one's as the field asks; `None` where it asks
    /// nothing.
    #[doc(hidden)]
    fn relation_holds(&self, upper: &Self, field: usize) -> Option<bool>;
}

/// A value that a list holds by its key. The key is a function of the entry and is stored nowhere else.
///
/// Implemented by `#[derive(Record)]` where a field is marked `#[record(key)]`, and by texts, which are
/// their own keys.
#[diagnostic::on_unimplemented(
    message = "a list of `{Self}` needs keys",
    note = "mark the field that tells entries apart with `#[record(key)]`"
)]
pub trait Entry: Value {
    /// What tells this entry from all others in its list.
    fn key(&self) -> Cow<'_, str>;
    /// Whether entries whose keys are equal in normal form are one entry, spelt differently.
    #[doc(hidden)]
    const LOOSE: bool = false;
    /// Whether a list puts its entries in an order of their own ([`stands`](Self::stands)).
    #[doc(hidden)]
    const ORDERED: bool = false;
    /// Where it stands in a list beside another; what is equal keeps the order in which it came.
    #[doc(hidden)]
    fn stands(&self, other: &Self) -> std::cmp::Ordering {
        let _ = other;
        std::cmp::Ordering::Equal
    }
    /// The key of the entry in the same list that this one refers to.
    #[doc(hidden)]
    fn reference(&self) -> Option<&str> {
        None
    }
    #[doc(hidden)]
    fn set_reference(&mut self, key: String) {
        let _ = key;
    }
    /// Gives it another key, where the key is a field that can be given one.
    #[doc(hidden)]
    fn set_key(&mut self, key: String) -> bool {
        let _ = key;
        false
    }
    /// The same entry told apart from one with an equal key, where the entry has room for a number.
    #[doc(hidden)]
    fn set_occurrence(&mut self, occurrence: u32) -> bool {
        let _ = occurrence;
        false
    }
    /// Cuts a table's cell into the texts of entries.
    #[doc(hidden)]
    fn cut(text: &str) -> Vec<&str> {
        crate::cell::cut(text, &['；', ';', '\n', '\r'])
    }
    /// What stands between entries in a table's cell.
    #[doc(hidden)]
    const JOINT: &'static str = "；";
}

/// An item of a catalogue: a record with `id` and `name`, implemented by the derive where fields have
/// these names. Fields `department`, `parent`, `extra`, `derived` and `occurrence` are used where the
/// struct has them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an item of a catalogue",
    note = "an item has the fields `id` (marked `#[record(key)]`) and `name`"
)]
pub trait Item: Record + Entry + Value + Default {
    /// The kind of a list of such items, in documents and options.
    const KIND: &'static str;
    /// Whether any header row is right for a table of such items, known or not. Where no column is the name, the first
    /// one with a text is: its header is no serial's, and its first cell that is not empty is no plain number.
    const ANY_HEADER: bool = false;
    /// Its code, or the id derived from its parts.
    fn id(&self) -> &str;
    /// Gives it an id.
    fn set_id(&mut self, id: String);
    /// Its name as published.
    fn name(&self) -> &str;
    /// The departments in charge; empty where the list has none.
    fn department(&self) -> &[Text] {
        &[]
    }
    /// The authorities as tables write them; empty where the list has none.
    fn authorities(&self) -> Vec<Cow<'_, str>> {
        Vec::new()
    }
    /// The name of the sub item; empty where the item is none.
    #[expect(clippy::unnecessary_literal_bound, reason = "an item that has one lends it")]
    fn sub_item(&self) -> &str {
        ""
    }
    /// The id of the item that it belongs to; empty where there is none.
    #[expect(clippy::unnecessary_literal_bound, reason = "an item that has one lends it")]
    fn parent(&self) -> &str {
        ""
    }
    /// Columns that are no field, by header; `None` where the struct does not keep them.
    fn extra(&self) -> Option<&Map<Text>> {
        None
    }
    /// The same, to be changed.
    fn extra_mut(&mut self) -> Option<&mut Map<Text>> {
        None
    }
    /// Whether its id was derived from its parts.
    fn is_derived(&self) -> bool {
        false
    }
    /// Marks its id as derived; answers whether the struct has room for the mark.
    fn mark_derived(&mut self) -> bool {
        false
    }
    /// Which of several items with one id it is: none or 2, 3, ….
    fn occurrence(&self) -> Option<u32> {
        None
    }
    /// The parts that a derived id is made of, in the order of fields.
    #[doc(hidden)]
    fn identity(&self) -> Vec<Cow<'_, str>> {
        (0..Self::FIELDS.len())
            .filter(|&i| Self::FIELDS[i].marks.identity && !self.field_is_absent(i))
            .filter_map(|i| self.shown_field(i).map(Shown::shown))
            .collect()
    }
}

/// An item whose kind is not known at compile time: what checks and statistics look at.
///
/// A field is found by its name, which means the same in every kind that has it, and by the type of its value.
///
/// ```
/// use qingdan::{AnyItem, LicensingItem, List, term::Citation};
/// let mut item = LicensingItem::new("000117001000", "林木采伐许可证核发");
/// item.basis = List::of([Citation::new("《中华人民共和国森林法》第五十六条")]).unwrap();
/// let item: &dyn AnyItem = &item;
/// assert_eq!(item.get::<List<Citation>>("basis").unwrap().len(), 1);
/// ```
pub trait AnyItem: Send + Sync {
    /// The kind of a list of such items.
    fn kind(&self) -> &'static str;
    /// What tells it from all others in its list: the id, with `#2` where it repeats.
    fn key(&self) -> Cow<'_, str>;
    /// Its code, or the id derived from its parts.
    fn id(&self) -> &str;
    /// Its name as published.
    fn name(&self) -> &str;
    /// The departments in charge; empty where the list has none.
    fn department(&self) -> &[Text];
    /// The name of the sub item; empty where the item is none.
    fn sub_item(&self) -> &str;
    /// The id of the item that it belongs to; empty where there is none.
    fn parent(&self) -> &str;
    /// Whether its id was derived from its parts.
    fn is_derived(&self) -> bool;
    /// Columns that are no field, by header.
    fn extra(&self) -> Option<&Map<Text>>;
    /// The fields of its kind.
    fn fields(&self) -> &'static [Field];
    /// The value of a field, by its position; `None` where nothing is there.
    fn value(&self, field: usize) -> Option<&dyn Shown>;
    /// A field that tables spread over columns; `None` where it is none.
    #[doc(hidden)]
    fn spread(&self, field: usize) -> Option<&dyn Spread>;
    /// Whether a field stands to that of an item of the upper list as it should ([`Field::lower`]); `None` where it may be
    /// whatever it is, or the items are of different kinds.
    fn stands_to(&self, upper: &dyn AnyItem, field: usize) -> Option<bool>;
    /// The item itself, for who knows its type.
    fn as_any(&self) -> &dyn std::any::Any;
}

impl<T: Item> AnyItem for T {
    fn kind(&self) -> &'static str {
        T::KIND
    }
    fn key(&self) -> Cow<'_, str> {
        Entry::key(self)
    }
    fn id(&self) -> &str {
        Item::id(self)
    }
    fn name(&self) -> &str {
        Item::name(self)
    }
    fn department(&self) -> &[Text] {
        Item::department(self)
    }
    fn sub_item(&self) -> &str {
        Item::sub_item(self)
    }
    fn parent(&self) -> &str {
        Item::parent(self)
    }
    fn is_derived(&self) -> bool {
        Item::is_derived(self)
    }
    fn extra(&self) -> Option<&Map<Text>> {
        Item::extra(self)
    }
    fn fields(&self) -> &'static [Field] {
        T::FIELDS
    }
    fn value(&self, field: usize) -> Option<&dyn Shown> {
        if self.field_is_absent(field) { None } else { self.shown_field(field) }
    }
    fn spread(&self, field: usize) -> Option<&dyn Spread> {
        self.spread_field(field)
    }
    fn stands_to(&self, upper: &dyn AnyItem, field: usize) -> Option<bool> {
        self.relation_holds(upper.as_any().downcast_ref()?, field)
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

impl dyn AnyItem + '_ {
    /// The value of a field of this name and type; `None` where the kind has no such field, or nothing is there.
    #[must_use]
    pub fn get<V: Value>(&self, field: &str) -> Option<&V> {
        self.shown(field)?.as_any().downcast_ref()
    }
    /// The value of a field of this name as it is shown.
    #[must_use]
    pub fn shown(&self, field: &str) -> Option<&dyn Shown> {
        self.value(self.fields().iter().position(|f| f.name == field)?)
    }
    /// A field's text as a table's cell has it; empty where nothing is there.
    #[must_use]
    pub fn text(&self, field: &str) -> Cow<'_, str> {
        self.shown(field).map(Shown::shown).unwrap_or_default()
    }
    /// Every value of this type that is there, with its field.
    pub fn all<V: Value>(&self) -> impl Iterator<Item = (&'static Field, &V)> {
        let fields = self.fields();
        fields
            .iter()
            .enumerate()
            .filter_map(|(i, field)| Some((field, self.value(i)?.as_any().downcast_ref::<V>()?)))
    }
}

/// The name of an item; of a sub item that has a name of its own, both.
pub(crate) fn full_name(item: &dyn AnyItem) -> String {
    match item.sub_item() {
        "" => item.name().to_owned(),
        sub => format!("{}—{sub}", item.name()),
    }
}

/// The names of an item and of its sub item without words of level and scope, as lists of several places and levels are
/// compared.
pub(crate) fn base_names(item: &dyn AnyItem) -> [String; 2] {
    [item.name(), item.sub_item()].map(|name| crate::name::read(name).base)
}

/// The key of an entry whose text may repeat: `TEXT#2`. One to one: a text that looks like such a key
/// itself is written `TEXT#1`.
#[doc(hidden)]
#[must_use]
pub fn numbered(text: &str, occurrence: Option<u32>) -> Cow<'_, str> {
    let looks_numbered = || {
        let mut head = text.as_bytes();
        while let [rest @ .., b'0'..=b'9'] = head {
            head = rest;
        }
        head.len() < text.len() && head.ends_with(b"#")
    };
    match occurrence {
        Some(n) => Cow::Owned(format!("{text}#{n}")),
        None if looks_numbered() => Cow::Owned(format!("{text}#1")),
        None => Cow::Borrowed(text),
    }
}

/// The id of an item that has none: its parts, joined.
pub(crate) fn derived_id(parts: &[Cow<'_, str>]) -> String {
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ")
}

/// The departments of an item as the derive hands them out.
#[doc(hidden)]
#[must_use]
pub fn texts(list: &List<Text>) -> &[Text] {
    list.as_slice()
}

#[cfg(test)]
mod tests {
    use super::numbered;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_numbered_key_tells_its_parts(
            a in "[a#12]{0,4}", n in prop::option::of(2..5u32), b in "[a#12]{0,4}", m in prop::option::of(2..5u32)
        ) {
            prop_assert_eq!((&a, n) == (&b, m), numbered(&a, n) == numbered(&b, m));
        }
    }
}

//! Fields of records and parts of deltas, read and written without their types.
//!
//! A type says which parts it has, in a row; what is done with each of them is a call through its table, so that the
//! loops around these calls are compiled once, not once a type with all its fields.

use crate::json::{Recovering, Tree};
use crate::keyed::{ByKey, Code, Set};
use crate::value::{Shown, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

// ------------------------------------------------------------------------------------------------
// Reading

/// A part that is a value: read without null, and absent where it is not there.
#[derive(Debug)]
pub enum AsValue {}
/// A part that is data of any kind.
#[derive(Debug)]
pub enum AsData {}

/// A place for a part of an object that is read. `Kind` says how: [`AsValue`] or [`AsData`].
pub trait ReadInto<'de, A: MapAccess<'de>, Kind> {
    /// Reads the value that stands next; it may stand once.
    ///
    /// # Errors
    /// It cannot be read, or was read already.
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error>;
    /// Gives a part that was not read its absent value, unless it is a key. Answers whether there is one.
    fn fill(&mut self, key: bool) -> bool;
}

impl<'de, T: Value, A: MapAccess<'de>> ReadInto<'de, A, AsValue> for Option<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        if self.is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        map.next_value_seed(Into::<T, AsValue>(self, PhantomData))
    }
    fn fill(&mut self, key: bool) -> bool {
        fill(self, key)
    }
}

impl<'de, T: Deserialize<'de>, A: MapAccess<'de>> ReadInto<'de, A, AsData> for Option<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        if self.is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        map.next_value_seed(Into::<T, AsData>(self, PhantomData))
    }
    fn fill(&mut self, _: bool) -> bool {
        self.is_some()
    }
}

/// Reads to where the value stays: what is large is not moved on its way.
struct Into<'a, T, Kind>(&'a mut Option<T>, PhantomData<Kind>);

impl<'de, T: Value> DeserializeSeed<'de> for Into<'_, T, AsValue> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = Some(T::read(deserializer)?);
        Ok(())
    }
}
impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Into<'_, T, AsData> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = Some(T::deserialize(deserializer)?);
        Ok(())
    }
}

/// A key of an object.
enum Key {
    Part(usize),
    Unknown(String),
}

/// Reads a key of an object whose keys are known.
struct ReadKey {
    names: &'static [&'static str],
    /// Which is expected: what writes objects keeps the order of their parts.
    next: usize,
}

impl<'de> DeserializeSeed<'de> for ReadKey {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}
impl Visitor<'_> for ReadKey {
    type Value = Key;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }
    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        let Self { names, next } = self;
        // Names of one length and one first letter are few: most are told apart without a look at the rest.
        let (length, first) = (name.len(), name.as_bytes().first());
        let is = |known: &&str| {
            known.len() == length && known.as_bytes().first() == first && known.as_bytes() == name.as_bytes()
        };
        let (before, behind) = names.split_at(next.min(names.len()));
        if let Some(i) = behind.iter().position(is) {
            return Ok(Key::Part(next + i));
        }
        Ok(before.iter().position(is).map_or_else(|| Key::Unknown(name.to_owned()), Key::Part))
    }
}

/// Reads the parts of an object, and answers how many there are. Unknown keys whose value is a text go to `unknown`, if
/// there is room for them.
///
/// # Errors
/// A part cannot be read, stands twice, or is not known.
pub fn read_parts<'de, A: MapAccess<'de>, Kind>(
    map: &mut A,
    names: &'static [&'static str],
    parts: &mut [&mut dyn ReadInto<'de, A, Kind>],
    mut unknown: Option<&mut Vec<(String, String)>>,
) -> Result<usize, A::Error> {
    let (mut next, mut count) = (0, 0);
    while let Some(key) = map.next_key_seed(ReadKey { names, next })? {
        match (key, &mut unknown) {
            (Key::Part(i), _) => {
                parts[i].read(names[i], map)?;
                next = i + 1;
                count += 1;
            }
            (Key::Unknown(name), Some(unknown)) => unknown.push((name, map.next_value()?)),
            (Key::Unknown(name), None) => return Err(A::Error::unknown_field(&name, names)),
        }
    }
    Ok(count)
}

/// Gives parts that were not read their absent value.
///
/// # Errors
/// The first part that is missing: a key, or one whose type has no absent value.
pub fn fill_parts<'de, A: MapAccess<'de>, Kind>(
    names: &[&'static str],
    keys: &[bool],
    parts: &mut [&mut dyn ReadInto<'de, A, Kind>],
) -> Result<(), A::Error> {
    let mut missing = None;
    for ((part, &key), &name) in parts.iter_mut().zip(keys).zip(names) {
        if !part.fill(key) {
            missing.get_or_insert(name);
        }
    }
    missing.map_or(Ok(()), |name| Err(A::Error::missing_field(name)))
}

fn fill<T: Value>(slot: &mut Option<T>, key: bool) -> bool {
    if slot.is_none() && !key {
        *slot = T::absent();
    }
    slot.is_some()
}

/// A place for a field of a record, without the input that it is read from.
pub trait Slot {
    /// Reads a field of a document that is read on after an error; see [`recover_parts`].
    fn recover(&mut self, json: &Tree, cx: &mut Recovering<'_>);
    /// Gives it its absent value, if there is none yet and it is no key. Answers whether there is one.
    fn fill(&mut self, key: bool) -> bool;
}

impl<T: Value> Slot for Option<T> {
    fn recover(&mut self, json: &Tree, cx: &mut Recovering<'_>) {
        *self = T::recover(json, cx);
    }
    fn fill(&mut self, key: bool) -> bool {
        fill(self, key)
    }
}

/// Reads fields, or says that they are missing. A key always is there, an empty one too; any other field that is not
/// there, or cannot be read, has its absent value.
pub fn recover_parts(
    json: &[Option<&Tree>],
    names: &[&'static str],
    keys: &[bool],
    slots: &mut [&mut dyn Slot],
    cx: &mut Recovering<'_>,
) {
    for (((slot, json), &name), &key) in slots.iter_mut().zip(json).zip(names).zip(keys) {
        if let Some(json) = json {
            let length = cx.enter(name);
            slot.recover(json, cx);
            cx.leave(length);
        }
        if !slot.fill(key) && json.is_none() {
            cx.missing(name);
        }
    }
}

/// Gives each field its absent value, until there is one that has none.
pub fn absent_parts(slots: &mut [&mut dyn Slot]) {
    for slot in slots {
        if !slot.fill(false) {
            return;
        }
    }
}

/// A field of a record, to be changed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the field of a record yet",
    note = "derive `qingdan::Atom` for it if it is replaced whole, `qingdan::Record` if it has fields",
    note = "a repeated value is a `Set<T>` of codes, a `List<T>` of keyed entries or a `Map<T>`",
    note = "an `Option` of a text would have two ways to be empty: the text alone says what is absent"
)]
pub trait Place {
    /// Sets it from a table's cell; what cannot be read is said, and it stays as it is.
    fn set_cell(&mut self, text: &str, cx: &mut crate::value::Cell<'_>);
    /// Takes over the value of the same field of another record.
    fn copy(&mut self, from: &dyn Shown);
}

impl<T: Value> Place for T {
    fn set_cell(&mut self, text: &str, cx: &mut crate::value::Cell<'_>) {
        if let Some(value) = T::from_cell(text, cx) {
            *self = value;
        }
    }
    fn copy(&mut self, from: &dyn Shown) {
        if let Some(from) = from.as_any().downcast_ref::<T>() {
            self.clone_from(from);
        }
    }
}

/// The value of a field, of which is known that it is there.
///
/// # Panics
/// It is not there.
pub fn take_part<T>(slot: &mut Option<T>) -> T {
    slot.take().expect("it was looked at before")
}

// ------------------------------------------------------------------------------------------------
// Parts of deltas and clashes

/// A part's copy.
#[inline(never)]
pub fn clone_part<T: Clone>(part: &Option<Box<T>>, copy: &mut Option<Box<T>>) {
    if let Some(part) = part {
        *copy = Some(part.clone());
    }
}

/// Whether two parts are equal.
#[inline(never)]
pub fn same_part<T: PartialEq>(a: &Option<Box<T>>, b: &Option<Box<T>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => **a == **b,
        (None, None) => true,
        _ => false,
    }
}

// ------------------------------------------------------------------------------------------------
// Writing

/// A part of an object that is written. `Kind` says how: [`AsValue`] or [`AsData`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the field of a record yet",
    note = "derive `qingdan::Atom` for it if it is replaced whole, `qingdan::Record` if it has fields",
    note = "a repeated value is a `Set<T>` of codes, a `List<T>` of keyed entries or a `Map<T>`",
    note = "an `Option` of a text would have two ways to be empty: the text alone says what is absent"
)]
pub trait Written<M: SerializeMap, Kind> {
    /// Writes it, unless it is absent and may be left out.
    ///
    /// # Errors
    /// Those of writing.
    fn write(&self, name: &'static str, always: bool, map: &mut M) -> Result<(), M::Error>;
}

impl<T: Value, M: SerializeMap> Written<M, AsValue> for T {
    fn write(&self, name: &'static str, always: bool, map: &mut M) -> Result<(), M::Error> {
        if always || !self.is_absent() { map.serialize_entry(name, self) } else { Ok(()) }
    }
}

impl<T: Serialize, M: SerializeMap> Written<M, AsData> for Option<T> {
    fn write(&self, name: &'static str, _: bool, map: &mut M) -> Result<(), M::Error> {
        self.as_ref().map_or(Ok(()), |part| map.serialize_entry(name, part))
    }
}

impl<T: Serialize, M: SerializeMap> Written<M, AsData> for Vec<T> {
    fn write(&self, name: &'static str, _: bool, map: &mut M) -> Result<(), M::Error> {
        if self.is_empty() { Ok(()) } else { map.serialize_entry(name, self) }
    }
}

impl<T: Serialize, M: SerializeMap> Written<M, AsData> for ByKey<T> {
    fn write(&self, name: &'static str, _: bool, map: &mut M) -> Result<(), M::Error> {
        if self.is_empty() { Ok(()) } else { map.serialize_entry(name, self) }
    }
}

impl<T: Code, M: SerializeMap> Written<M, AsData> for Set<T> {
    fn write(&self, name: &'static str, _: bool, map: &mut M) -> Result<(), M::Error> {
        if self.is_empty() { Ok(()) } else { map.serialize_entry(name, self) }
    }
}

/// Writes the parts of an object: `keys` always, others where they are not absent.
///
/// # Errors
/// Those of writing.
pub fn write_parts<M: SerializeMap, Kind>(
    map: &mut M,
    names: &[&'static str],
    keys: &[bool],
    parts: &[&dyn Written<M, Kind>],
) -> Result<(), M::Error> {
    for (i, part) in parts.iter().enumerate() {
        part.write(names[i], keys.get(i).copied().unwrap_or_default(), map)?;
    }
    Ok(())
}

// ------------------------------------------------------------------------------------------------
// Schemas

/// What is known of a type in schemas.
#[derive(Clone, Copy)]
struct Described {
    inline: bool,
    id: fn() -> Cow<'static, str>,
    name: fn() -> Cow<'static, str>,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

thread_local! {
    /// The type that [`Anyone`] stands for at this moment.
    static DESCRIBED: Cell<Option<Described>> = const { Cell::new(None) };
}

/// Stands for all types before the generator, whose functions are many lines a type and do the same for each.
/// It asks for nothing but names and schemas, and these have no `self`: hence the thread's own variable.
enum Anyone {}

impl JsonSchema for Anyone {
    fn inline_schema() -> bool {
        DESCRIBED.get().is_none_or(|described| described.inline)
    }
    fn schema_id() -> Cow<'static, str> {
        DESCRIBED.get().map_or(Cow::Borrowed(""), |described| (described.id)())
    }
    fn schema_name() -> Cow<'static, str> {
        DESCRIBED.get().map_or(Cow::Borrowed(""), |described| (described.name)())
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        DESCRIBED.get().map_or_else(Schema::default, |described| (described.schema)(generator))
    }
}

fn place(generator: &mut SchemaGenerator, described: Described) -> Schema {
    let outer = DESCRIBED.replace(Some(described));
    let schema = generator.subschema_for::<Anyone>();
    DESCRIBED.set(outer);
    schema
}

/// [`SchemaGenerator::subschema_for`], which is compiled once.
pub fn reference<T: JsonSchema + ?Sized>(generator: &mut SchemaGenerator) -> Schema {
    let described = Described {
        inline: T::inline_schema(),
        id: T::schema_id,
        name: T::schema_name,
        schema: T::json_schema,
    };
    place(generator, described)
}

//! What the derives emit goes through here. Not for callers.
#![allow(clippy::must_use_candidate, reason = "emitted code uses what it calls")]

pub use crate::codes::AdjustmentKind;
pub use crate::json::{Members, Recovering, Tree};
pub use crate::keyed::{Map, Spread};
pub use crate::pairs::Pairs;
pub use crate::problem::Message;
pub use crate::record::{
    Entry, Field, Item, Marks, Record, check_headers, count_headers, field, join_headers, numbered, texts,
};
pub use crate::relation::Relation;
pub use crate::text_atom::Text;
pub use crate::value::{
    Atom, Cell, Choice, Clash, Held, Merging, NeverEmpty, Outcome, Part, Patching, Path, Settling, Shown,
    Side, Step, Value, VisitDelta,
};
pub use schemars;
pub use serde;
pub use serde_json;

use crate::problem::{Severity, shortened};
use schemars::{Schema, json_schema};
use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::{Deserialize as _, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A key of an object: a field by its position, or an unknown name.
#[derive(Debug)]
pub enum Key {
    Field(usize),
    Unknown(String),
}

/// Reads a key by a function that knows the fields.
#[derive(Debug)]
pub struct FieldKey(pub fn(&str) -> Option<usize>);

impl<'de> DeserializeSeed<'de> for FieldKey {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}
impl Visitor<'_> for FieldKey {
    type Value = Key;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }
    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok((self.0)(name).map_or_else(|| Key::Unknown(name.to_owned()), Key::Field))
    }
}

/// An error for a key that has no field.
pub fn unknown_key<E: Error>(key: Key, known: &'static [&'static str]) -> E {
    match key {
        Key::Unknown(name) => E::unknown_field(&name, known),
        Key::Field(i) => E::custom(format_args!("field {i} is not read")),
    }
}

/// Reads a field's value, once.
pub fn read_field<'de, T: Value, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *slot = Some(map.next_value::<Held<T>>()?.0);
    Ok(())
}

/// Reads a part of a delta or a clash, once.
pub fn read_part<'de, T: serde::Deserialize<'de>, A: MapAccess<'de>>(
    slot: &mut Option<Box<T>>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *slot = Some(Box::new(map.next_value()?));
    Ok(())
}

/// An error for the first field that is missing.
pub fn missing_field<E: Error>(missing: Option<&'static str>) -> E {
    E::missing_field(missing.unwrap_or_default())
}

/// Puts unknown keys whose value is a text among the extra columns.
pub fn put_extras<E: Error>(extra: &mut Map<Text>, unknown: Vec<(String, String)>) -> Result<(), E> {
    for (name, text) in unknown {
        if extra.get(&name).is_some() {
            return Err(E::custom(format_args!("`{name}` stands twice: beside the fields and in `extra`")));
        }
        extra.set(&name, Text::from(text));
    }
    Ok(())
}

/// The key of an entry that may be told apart by a number.
pub fn numbered_key(key: Cow<'_, str>, occurrence: Option<u32>) -> Cow<'_, str> {
    match key {
        Cow::Borrowed(key) => numbered(key, occurrence),
        Cow::Owned(key) => Cow::Owned(numbered(&key, occurrence).into_owned()),
    }
}

/// Reads a text and parses it.
pub fn deserialize_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    text.parse().map_err(|error| D::Error::custom(format_args!("`{text}`: {error}")))
}

/// Parses a cell's text.
pub fn parse_text<T: FromStr<Err: fmt::Display>>(text: &str) -> Result<T, Message> {
    text.trim()
        .parse()
        .map_err(|error: T::Err| Message::new(format!("“{text}”：{error}"), format!("`{text}`: {error}")))
}

/// The schema of a text.
pub fn text_schema() -> Schema {
    json_schema!({"type": "string"})
}

pub fn cell_from_json<T: Value>(text: &str, cx: &mut Cell<'_>) -> Option<T> {
    if text.trim().is_empty() {
        return T::absent();
    }
    match serde_json::from_str::<Held<T>>(text) {
        Ok(value) => Some(value.0),
        Err(error) => {
            no_json(text, &error, cx);
            None
        }
    }
}

pub(crate) fn no_json(text: &str, error: &serde_json::Error, cx: &mut Cell<'_>) {
    let text = shortened(text, 40);
    let message =
        Message::new(format!("“{text}”应为 JSON：{error}"), format!("`{text}` should be JSON: {error}"));
    cx.say("table/cell-misread", Severity::Error, message);
}

pub fn cell_from_text<T>(text: &str, cx: &mut Cell<'_>) -> Option<T>
where
    T: Value + FromStr<Err = Message>,
{
    if text.trim().is_empty()
        && let Some(absent) = T::absent()
    {
        return Some(absent);
    }
    match text.parse() {
        Ok(value) => Some(value),
        Err(message) => {
            cx.say("table/cell-misread", Severity::Error, message);
            None
        }
    }
}

/// Writes a cell that holds JSON; what is absent is an empty cell.
pub fn cell_to_json<T: Value>(value: &T) -> String {
    if value.is_absent() { String::new() } else { serde_json::to_string(value).unwrap_or_default() }
}

/// A field of a record's schema.
#[derive(Debug)]
pub struct FieldSchema {
    pub field: &'static Field,
    pub required: bool,
    pub schema: Schema,
}

/// The schema of a record.
pub fn record_schema(doc: &str, fields: Vec<FieldSchema>, has_extra: bool) -> Schema {
    let mut properties = serde_json::Map::new();
    let mut required = Vec::new();
    for FieldSchema { field, required: is_required, mut schema } in fields {
        if is_required {
            required.push(field.name);
        }
        let object = schema.ensure_object();
        if !field.doc.is_empty() {
            object.insert("description".into(), field.doc.into());
        }
        if let Some(&title) = field.columns.first() {
            object.insert("x-label".into(), title.into());
        }
        properties.insert(field.name.to_owned(), schema.to_value());
    }
    let additional: serde_json::Value =
        if has_extra { serde_json::json!({"type": "string"}) } else { false.into() };
    let mut schema = json_schema!({
        "type": "object",
        "properties": properties,
        "additionalProperties": additional,
    });
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    if !doc.is_empty() {
        schema.insert("description".into(), doc.into());
    }
    schema
}

/// The schema of a delta or a clash: at least one part. A part that cannot be (the clash of a set) is
/// left out.
pub fn parts_schema(parts: Vec<(&'static str, Schema)>) -> Schema {
    let properties: serde_json::Map<String, serde_json::Value> = parts
        .into_iter()
        .filter(|(_, schema)| schema.as_bool() != Some(false))
        .map(|(name, schema)| (name.to_owned(), schema.to_value()))
        .collect();
    json_schema!({
        "type": "object",
        "properties": properties,
        "minProperties": 1,
        "additionalProperties": false,
    })
}

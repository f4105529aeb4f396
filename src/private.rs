//! What the derives emit goes through here. Not for callers.
#![allow(clippy::must_use_candidate, reason = "emitted code uses what it calls")]

pub use crate::codes::AdjustmentKind;
pub use crate::json::{Members, Recovering, Tree};
pub use crate::keyed::{Map, Spread};
pub use crate::pairs::Pairs;
pub use crate::parts::{
    AsData, AsValue, Place, ReadInto, Slot, Written, absent_parts, clone_part, fill_parts, read_parts,
    recover_parts, reference, same_part, take_part, write_parts,
};
pub use crate::problem::Message;
pub use crate::record::{
    Entry, Field, Item, Marks, Record, check_headers, count_headers, field, header_slots, join_headers,
    numbered, texts,
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
use schemars::{Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize as _, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Puts unknown keys whose value is a text among the extra columns.
pub fn put_extras<E: Error>(extra: &mut Map<Text>, unknown: Vec<(String, String)>) -> Result<(), E> {
    let unknown = unknown.into_iter().map(|(name, text)| (Text::from(name), Text::from(text)));
    extra
        .add(unknown)
        .map_err(|name| E::custom(format_args!("`{name}` stands twice: beside the fields and in `extra`")))
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

/// A value's JSON. Through its text: each type is written by one serializer, which is compiled once.
pub fn as_json(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::from_str(&crate::json::text(value)).unwrap_or_default()
}

/// Asks a type for keys: what the compiler says where it has none.
pub fn keyed<T: Entry>() {}

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
    if value.is_absent() { String::new() } else { crate::json::text(value) }
}

/// How a field stands in its record's schema: whether it is a key, and what says the rest.
pub type FieldSchema = (bool, fn(bool, &mut SchemaGenerator) -> (bool, Schema));

/// The schema of a record. `parts` are those of its fields, in their order.
pub fn record_schema(
    doc: &str,
    fields: &[Field],
    parts: &[FieldSchema],
    has_extra: bool,
    generator: &mut SchemaGenerator,
) -> Schema {
    let mut properties = serde_json::Map::new();
    let mut required = Vec::new();
    for (field, (key, part)) in fields.iter().zip(parts) {
        let (is_required, mut schema) = part(*key, generator);
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
pub fn parts_schema(
    names: &[&str],
    parts: &[fn(&mut SchemaGenerator) -> Schema],
    generator: &mut SchemaGenerator,
) -> Schema {
    let mut properties = serde_json::Map::new();
    for (name, part) in names.iter().zip(parts) {
        let schema = part(generator);
        if schema.as_bool() != Some(false) {
            properties.insert((*name).to_owned(), schema.to_value());
        }
    }
    json_schema!({
        "type": "object",
        "properties": properties,
        "minProperties": 1,
        "additionalProperties": false,
    })
}

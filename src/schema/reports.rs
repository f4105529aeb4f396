//! The shapes of reports that programs print (`examples/README.md`).

use crate::adjustment::Adjustment;
use crate::catalogue::{Edition, Header};
use crate::diff::Summary;
use crate::document::MERGED_FORMAT;
use crate::event::Event;
use crate::history::{Document, HISTORY_FORMAT, Head, Stored};
use crate::kind::Kind;
use crate::merge::{MergeSummary, Resolved, Respelling};
use crate::report::DIFF_FORMAT;
use schemars::{JsonSchema as _, Schema, SchemaGenerator, json_schema};

/// The JSON of a comparison of two lists of a kind.
#[inline]
pub(super) fn diff(kind: Kind, changes: &Schema, generator: &mut SchemaGenerator) -> Schema {
    let edition = crate::parts::reference::<Edition>(generator);
    let summary = crate::parts::reference::<Summary>(generator);
    let adjustments = crate::parts::reference::<Vec<Adjustment>>(generator);
    let events = crate::parts::reference::<Vec<Event>>(generator);
    let fields = crate::parts::reference::<Vec<String>>(generator);
    json_schema!({
        "description": format!("What changed between two editions of a list: {}.", kind.title()),
        "type": "object",
        "properties": {
            "format": {"type": "string", "const": DIFF_FORMAT},
            "kind": {"type": "string", "const": kind.as_str()},
            "before": edition,
            "after": edition,
            "ignore": fields,
            "only": fields,
            "summary": summary,
            "adjustments": adjustments,
            "events": events,
            "changes": changes,
        },
        "required": ["format", "kind", "before", "after", "summary", "adjustments", "events", "changes"],
        "additionalProperties": false,
    })
}

/// A merged list of a kind that keeps its clashes: the catalogue document with more beside its items.
#[inline]
pub(super) fn merged(kind: Kind, item: &Schema, clashes: &Schema, generator: &mut SchemaGenerator) -> Schema {
    let header = crate::parts::reference::<Header>(generator);
    let summary = crate::parts::reference::<MergeSummary>(generator);
    let resolved = crate::parts::reference::<Vec<Resolved>>(generator);
    let notes = crate::parts::reference::<Vec<Respelling>>(generator);
    json_schema!({
        "description": format!("A merged list with what is left to decide: {}.", kind.title()),
        "type": "object",
        "properties": {
            "format": {"type": "string", "const": MERGED_FORMAT},
            "kind": {"type": "string", "const": kind.as_str()},
            "header": header,
            "items": {"type": "array", "items": item},
            "conflicts": {
                "type": "object",
                "properties": {kind.as_str(): clashes},
                "additionalProperties": false,
            },
            "summary": summary,
            "resolved": resolved,
            "notes": notes,
        },
        "required": ["format", "kind", "items", "conflicts"],
        "additionalProperties": false,
    })
}

/// The head of a record of a history of lists of a kind: which kind, tells the records apart.
#[inline]
pub(super) fn head(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    let mut head = Head::json_schema(generator);
    if let Some(properties) = head.get_mut("properties").and_then(serde_json::Value::as_object_mut) {
        for (name, value) in [("format", HISTORY_FORMAT), ("kind", kind.as_str())] {
            properties.insert(name.to_owned(), serde_json::json!({"type": "string", "const": value}));
        }
    }
    head
}

/// A record of a history of lists of a kind.
#[inline]
pub(super) fn record(
    kind: Kind,
    [head, item, delta]: [&Schema; 3],
    generator: &mut SchemaGenerator,
) -> Schema {
    let documents = crate::parts::reference::<Vec<Document>>(generator);
    let lineage = crate::parts::reference::<Stored>(generator);
    json_schema!({
        "description": format!("A record of a history ({HISTORY_FORMAT}): {}.", kind.title()),
        "type": "object",
        "properties": {
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "head": head,
            "record": {
                "type": "object",
                "properties": {
                    "delta": {
                        "type": "object",
                        "properties": {kind.as_str(): delta},
                        "required": [kind.as_str()],
                        "additionalProperties": false,
                    },
                    "documents": documents,
                    "items": {"type": "array", "items": item},
                    "lineage": lineage,
                },
                "additionalProperties": false,
            },
            "start": {"type": "integer", "minimum": 0},
        },
        "required": ["digest", "head", "record", "start"],
        "additionalProperties": false,
    })
}

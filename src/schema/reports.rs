//! The shapes of reports that programs print (`examples/README.md`).

use crate::adjustment::Adjustment;
use crate::catalogue::{Edition, Header};
use crate::diff::Summary;
use crate::document::MERGED_FORMAT;
use crate::event::Event;
use crate::kind::Kind;
use crate::merge::{MergeSummary, Resolved, Respelling};
use crate::report::DIFF_FORMAT;
use schemars::{Schema, SchemaGenerator, json_schema};

/// The JSON of a comparison of two lists of a kind.
pub(super) fn diff(kind: Kind, changes: &Schema, generator: &mut SchemaGenerator) -> Schema {
    let edition = generator.subschema_for::<Edition>();
    let summary = generator.subschema_for::<Summary>();
    let adjustments = generator.subschema_for::<Vec<Adjustment>>();
    let events = generator.subschema_for::<Vec<Event>>();
    let fields = generator.subschema_for::<Vec<String>>();
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
pub(super) fn merged(kind: Kind, item: &Schema, clashes: &Schema, generator: &mut SchemaGenerator) -> Schema {
    let header = generator.subschema_for::<Header>();
    let summary = generator.subschema_for::<MergeSummary>();
    let resolved = generator.subschema_for::<Vec<Resolved>>();
    let notes = generator.subschema_for::<Vec<Respelling>>();
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

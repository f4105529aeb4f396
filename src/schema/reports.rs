//! The shapes of reports that programs print (`examples/README.md`).

use crate::adjustment::Adjustment;
use crate::catalogue::Edition;
use crate::diff::Summary;
use crate::event::Event;
use crate::kind::Kind;
use crate::report::DIFF_FORMAT;
use crate::value::{Choice, ClashKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The format of a merge's JSON.
const MERGE_FORMAT: &str = "qingdan/merge/1";

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

/// What a merge of two sides gave, and what is left to decide.
#[derive(JsonSchema)]
#[schemars(rename = "merge-report", deny_unknown_fields)]
#[expect(dead_code, reason = "a shape: what is written is the program's")]
pub(super) struct MergeReport {
    #[schemars(schema_with = "merge_format")]
    format: String,
    /// The counts.
    summary: MergeSummary,
    /// Where the sides clash, and nobody has decided.
    conflicts: Vec<MergeConflict>,
    /// Where the sides clashed, and what a policy or a person decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    resolved: Vec<Resolved>,
    /// Spellings given up where the sides do not clash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Respelling>,
}

fn merge_format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "const": MERGE_FORMAT})
}

/// The counts of a merge.
#[derive(JsonSchema)]
#[schemars(rename = "merge-summary", deny_unknown_fields)]
#[expect(dead_code, reason = "a shape: what is written is the program's")]
struct MergeSummary {
    /// Items of the merged list.
    items: usize,
    /// Items that our side alone changed.
    changed_by_ours: usize,
    /// Items that their side alone changed.
    changed_by_theirs: usize,
    /// Items that both sides changed alike.
    changed_alike: usize,
    /// Clashes left to decide.
    conflicts: usize,
    /// Items that they are in.
    conflicted_items: usize,
}

/// One clash. A side that has nothing there is absent.
#[derive(JsonSchema)]
#[schemars(rename = "merge-conflict", deny_unknown_fields)]
#[expect(dead_code, reason = "a shape: what is written is the program's")]
struct MergeConflict {
    /// The item's id; absent where the clash is in the header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    item: String,
    /// Its kind.
    kind: ClashKind,
    /// The field; of an extra column its header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    field: String,
    /// The common ancestor's value.
    #[serde(default, skip_serializing_if = "Anything::absent")]
    base: Anything,
    /// Our value.
    #[serde(default, skip_serializing_if = "Anything::absent")]
    ours: Anything,
    /// Their value.
    #[serde(default, skip_serializing_if = "Anything::absent")]
    theirs: Anything,
}

/// One clash that is decided.
#[derive(JsonSchema)]
#[schemars(rename = "merge-resolved", deny_unknown_fields)]
#[expect(dead_code, reason = "a shape: what is written is the program's")]
struct Resolved {
    /// The item's id; absent where the clash was in the header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    item: String,
    /// Its kind.
    kind: ClashKind,
    /// The field; of an extra column its header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    field: String,
    /// The common ancestor's value.
    #[serde(default, skip_serializing_if = "Anything::absent")]
    base: Anything,
    /// Our value.
    #[serde(default, skip_serializing_if = "Anything::absent")]
    ours: Anything,
    /// Their value.
    #[serde(default, skip_serializing_if = "Anything::absent")]
    theirs: Anything,
    /// What was decided: a side, a `value` given, or `both`.
    #[schemars(schema_with = "decision")]
    choice: String,
    /// The value given; with `both` the new id of theirs.
    #[serde(default, skip_serializing_if = "Anything::absent")]
    value: Anything,
    /// Who decided: a person, or the policy.
    who: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

fn decision(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": ["base", "ours", "theirs", "value", "both"]})
}

/// A spelling that was given up.
#[derive(JsonSchema)]
#[schemars(rename = "merge-note", deny_unknown_fields)]
#[expect(dead_code, reason = "a shape: what is written is the program's")]
struct Respelling {
    /// The item's id; absent where it is in the header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    item: String,
    /// The field; of an extra column its header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    field: String,
    /// The text that the merged list has; absent where the other side removed it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kept: String,
    /// The text that was given up.
    given_up: String,
    /// Whose text was given up.
    side: Choice,
}

/// A value as the catalogue has it: a text, number or mark, a list, an object.
#[derive(Default)]
struct Anything;

impl Anything {
    fn absent(&self) -> bool {
        let Self = self;
        true
    }
}

impl serde::Serialize for Anything {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl JsonSchema for Anything {
    fn schema_name() -> Cow<'static, str> {
        "value".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Not by itself what is inside lists and objects: quicktype does not end on types that hold themselves.
        json_schema!({
            "description": "A value as the catalogue has it.",
            "type": ["string", "integer", "boolean", "array", "object"],
        })
    }
}

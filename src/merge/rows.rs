//! Clashes, decisions and spellings as rows: what reports and people see.

use super::pick;
use crate::codes::Pick;
use crate::value::{Choice, ClashKind, Note, Path, Ruling, Shown, Step};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The field of a catalogue that its items stand in.
pub(super) const ITEMS: &str = "items";
const EXTRA: &str = "extra";

/// The format of a merge's JSON.
pub(super) const MERGE_FORMAT: &str = "qingdan/merge/1";

/// A place in a catalogue as rows name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) item: String,
    pub(super) field: String,
    /// How many steps lead there.
    depth: usize,
}

impl Place {
    /// The row that a path leads into; `None`: above all rows.
    #[inline]
    pub(super) fn of(path: &Path) -> Option<Self> {
        let (item, rest, depth) = match path.steps() {
            [Step::Field(items), Step::Entry(key), rest @ ..] if items.name == ITEMS => {
                (key.as_str(), rest, 2)
            }
            [Step::Field(items)] if items.name == ITEMS => ("", &[][..], 1),
            [Step::Field(_), rest @ ..] => ("", rest, 1),
            _ => return None,
        };
        let (field, more) = match rest {
            [Step::Field(extra), Step::Entry(header), ..] if extra.name == EXTRA => (header.as_str(), 2),
            [Step::Field(field), ..] if field.name != EXTRA => (field.name, 1),
            _ => ("", 0),
        };
        Some(Self { item: item.to_owned(), field: field.to_owned(), depth: depth + more })
    }
    /// Whether the path ends at the field that the row is about.
    #[inline]
    pub(super) fn is_field(&self, path: &Path) -> bool {
        !self.field.is_empty() && self.depth == path.steps().len()
    }
}

/// What a field's clash is, by the clashes in it: their kind where it is one, else an edit against an edit.
#[inline]
pub(super) fn kind_of(kinds: &[ClashKind]) -> ClashKind {
    match kinds {
        [first, rest @ ..]
            if rest.iter().all(|kind| kind == first)
                && matches!(first, ClashKind::EditRemove | ClashKind::AddAdd) =>
        {
            *first
        }
        _ => ClashKind::EditEdit,
    }
}

/// A place for people.
#[inline]
pub(super) fn place_in_words(item: &str, kind: &str, field: &str) -> String {
    let parts: Vec<&str> = [item, kind, field].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// One clash. A side that has nothing there is absent.
///
/// Of a field that is a list the three values are those that the merged list gets: what the sides do not dispute
/// stands in all of them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "merge-conflict", deny_unknown_fields)]
#[non_exhaustive]
pub struct ClashRow {
    /// The item's id, `#2` behind it where it repeats; empty where the clash is in the header, or about the order.
    pub item: String,
    /// Its kind.
    pub kind: ClashKind,
    /// The field; of an extra column its header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// The common ancestor's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "anything")]
    pub base: Option<Json>,
    /// Our value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "anything")]
    pub ours: Option<Json>,
    /// Their value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "anything")]
    pub theirs: Option<Json>,
    /// The three as tables have them.
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) cells: [Option<String>; 3],
}

impl ClashRow {
    #[inline]
    pub(super) fn new(place: &Place, kind: ClashKind, sides: [Option<&dyn Shown>; 3]) -> Self {
        let [base, ours, theirs] = sides.map(|side| side.map(Shown::json));
        let cells = sides.map(|side| side.map(|side| side.shown().into_owned()));
        Self { item: place.item.clone(), kind, field: place.field.clone(), base, ours, theirs, cells }
    }
    /// Where it is, in words: item, kind, field.
    #[must_use]
    #[inline]
    pub fn place(&self) -> String {
        place_in_words(&self.item, self.kind.as_str(), &self.field)
    }
}

/// One clash that is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "merge-resolved")]
#[non_exhaustive]
pub struct Resolved {
    /// The item's id; empty where the clash was in the header, or about the order.
    pub item: String,
    /// Its kind.
    pub kind: ClashKind,
    /// The field; of an extra column its header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// The common ancestor's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "anything")]
    pub base: Option<Json>,
    /// Our value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "anything")]
    pub ours: Option<Json>,
    /// Their value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "anything")]
    pub theirs: Option<Json>,
    /// What was decided: a side, a `value` given, or `both`.
    #[schemars(schema_with = "decision")]
    pub choice: Pick,
    /// The value given; with `both` the new id of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "anything")]
    pub value: Option<Json>,
    /// Who decided: a person, or the policy.
    pub who: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Resolved {
    #[inline]
    pub(super) fn of(row: ClashRow, ruling: &Ruling, who: String, note: String) -> Self {
        let ClashRow { item, kind, field, base, ours, theirs, .. } = row;
        let (choice, value) = pick(ruling);
        Self { item, kind, field, base, ours, theirs, choice, value: value.map(Json::from), who, note }
    }
}

#[inline]
fn decision(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": ["base", "ours", "theirs", "value", "both"]})
}

/// A spelling that was given up: it differs from what was kept in normal form only, or the other side removed what was
/// respelt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "merge-note")]
#[non_exhaustive]
pub struct Respelling {
    /// The item's id; empty where it is in the header.
    pub item: String,
    /// The field; of an extra column its header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// The text that the merged list has; absent where the other side removed it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kept: String,
    /// The text that was given up.
    pub given_up: String,
    /// Whose text was given up.
    pub side: Choice,
}

impl Respelling {
    #[inline]
    pub(super) fn of(note: Note) -> Self {
        let Place { item, field, .. } = Place::of(&note.path).unwrap_or_default();
        Self { item, field, kept: note.kept.unwrap_or_default(), given_up: note.given_up, side: note.side }
    }
}

/// The counts of a merge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "merge-summary")]
#[non_exhaustive]
pub struct MergeSummary {
    /// Items of the merged list.
    pub items: usize,
    /// Items that our side changed, added or removed, other than theirs did.
    pub changed_by_ours: usize,
    /// Items that their side changed, added or removed, other than ours did.
    pub changed_by_theirs: usize,
    /// Items that both sides changed, added or removed, to the letter alike.
    pub changed_alike: usize,
    /// Clashes left to decide.
    pub conflicts: usize,
    /// Items that they are in.
    pub conflicted_items: usize,
}

/// What a merge of two sides gave, and what is left to decide.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "merge-report", deny_unknown_fields)]
#[non_exhaustive]
pub struct MergeReport<'a> {
    #[schemars(schema_with = "merge_format")]
    format: &'static str,
    /// The counts.
    pub summary: MergeSummary,
    /// Where the sides clash, and nobody has decided.
    pub conflicts: &'a [ClashRow],
    /// Where the sides clashed, and what a policy or a person decided.
    pub resolved: &'a [Resolved],
    /// Spellings given up where the sides do not clash.
    pub notes: &'a [Respelling],
}

impl<'a> MergeReport<'a> {
    #[inline]
    pub(super) fn of(
        summary: MergeSummary,
        conflicts: &'a [ClashRow],
        resolved: &'a [Resolved],
        notes: &'a [Respelling],
    ) -> Self {
        Self { format: MERGE_FORMAT, summary, conflicts, resolved, notes }
    }
}

#[inline]
fn merge_format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "const": MERGE_FORMAT})
}

#[inline]
fn anything(generator: &mut SchemaGenerator) -> Schema {
    crate::parts::reference::<Anything>(generator)
}

/// A value as the catalogue has it: a text, number or mark, a list, an object.
struct Anything;

impl JsonSchema for Anything {
    #[inline]
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "value".into()
    }
    #[inline]
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Not by itself what is inside lists and objects: quicktype does not end on types that hold themselves.
        json_schema!({
            "description": "A value as the catalogue has it.",
            "type": ["string", "integer", "boolean", "array", "object"],
        })
    }
}

//! What needs a person, and what follows which change of the upper list: rows for reports.

use super::Rebased;
use crate::adjustment::Adjustment;
use crate::codes::{AdjustmentKind, Pick};
use crate::merge::{ClashRow, MergeSummary, Resolution, Resolved, Respelling};
use crate::problem::{Lang, Message};
use crate::value::ClashKind;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// The format of a rebase's JSON.
pub(crate) const REBASE_FORMAT: &str = "qingdan/rebase/1";

/// Something that a person has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pending {
    /// The item of the proposed list, or of the lower list where it is not in the proposed one.
    pub item: String,
    /// The field; empty where the item as a whole is meant.
    pub field: String,
    /// Why.
    pub why: Message,
    /// What might be right, the likeliest first: cells of the field; of an item as a whole `keep`, `remove`, or ids.
    pub proposals: Vec<String>,
}

impl Pending {
    /// The row that a person fills in to decide it: the first proposal stands there as the value.
    #[must_use]
    #[inline]
    pub fn to_decide(&self) -> Resolution {
        Resolution {
            item: self.item.as_str().into(),
            field: self.field.as_str().into(),
            value: self.proposals.first().map(String::as_str).unwrap_or_default().into(),
            note: self.why.zh.as_str().into(),
            ..Resolution::default()
        }
    }
    /// It as decided: what the lower list would keep is not told again, the first proposal is theirs.
    #[inline]
    pub(super) fn resolved(&self, row: &Resolution, value: Option<&str>) -> Resolved {
        let kind = if self.field.is_empty() { ClashKind::EditRemove } else { ClashKind::EditEdit };
        Resolved {
            item: self.item.clone(),
            kind,
            field: self.field.clone(),
            base: None,
            ours: None,
            theirs: self.proposals.first().map(|text| text.as_str().into()),
            choice: row.choice.clone().unwrap_or(Pick::Ours),
            value: value.map(Into::into),
            who: row.who.to_string(),
            note: row.note.to_string(),
        }
    }
    /// Whether a resolution speaks of it, by the item's key in the proposal or below.
    #[inline]
    pub(super) fn is_of(&self, row: &Resolution, names: [Option<&str>; 2]) -> bool {
        let item = row.item.trim();
        let named = item == self.item || names.contains(&Some(item));
        named && row.field.trim() == self.field && row.choice.is_some()
    }
}

/// A change of the upper list that the lower one follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "upper-change", deny_unknown_fields)]
#[non_exhaustive]
pub struct UpperChange {
    /// What it is.
    #[schemars(schema_with = "kind")]
    pub kind: AdjustmentKind,
    /// What it is besides.
    #[schemars(schema_with = "kinds")]
    pub also: Vec<AdjustmentKind>,
    /// Ids in the old upper list.
    pub from: Vec<String>,
    /// Ids in the new one.
    pub to: Vec<String>,
    /// The name in the new upper list, in the old one where it is gone.
    pub name: String,
    /// The decision, where it is known (文号).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
}

#[inline]
fn kind(generator: &mut SchemaGenerator) -> Schema {
    AdjustmentKind::closed_schema(generator)
}
#[inline]
fn kinds(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": AdjustmentKind::closed_schema(generator)})
}

/// An adjustment of the lower list, and the changes of the upper list that it follows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Followed {
    /// What the proposal does.
    pub adjustment: Adjustment,
    /// Why: the upper changes.
    pub follows: Vec<UpperChange>,
}

impl Serialize for Followed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // An adjustment's own JSON with one key more.
        let mut json = crate::__private::as_json(&self.adjustment);
        if let Some(map) = json.as_object_mut() {
            map.insert("follows".to_owned(), crate::__private::as_json(&self.follows));
        }
        json.serialize(serializer)
    }
}

impl JsonSchema for Followed {
    #[inline]
    fn schema_name() -> Cow<'static, str> {
        "followed-adjustment".into()
    }
    #[inline]
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Adjustment::json_schema(generator);
        let follows = crate::parts::reference::<Vec<UpperChange>>(generator);
        if let Some(properties) = schema.get_mut("properties").and_then(serde_json::Value::as_object_mut) {
            properties.insert("follows".to_owned(), follows.into());
        }
        if let Some(required) = schema.get_mut("required").and_then(serde_json::Value::as_array_mut) {
            required.push("follows".into());
        }
        schema
    }
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "pending", deny_unknown_fields)]
struct Row<'a> {
    /// The item's id.
    item: &'a str,
    /// The field; absent where the item as a whole is meant.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    field: &'a str,
    /// Why a person has to look.
    why: &'a str,
    /// What might be right, the likeliest first.
    proposals: &'a [String],
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "rebase-summary", deny_unknown_fields)]
struct Summary {
    /// Items of the proposed list.
    items: usize,
    /// Items that the lower list changed in what the upper list binds.
    changed_by_ours: usize,
    /// Items that change because the upper list did.
    changed_by_theirs: usize,
    /// Items that both changed alike.
    changed_alike: usize,
    /// Clashes left to decide.
    conflicts: usize,
    /// Items that they are in.
    conflicted_items: usize,
    /// Adjustments that the proposal makes.
    adjusted: usize,
    /// What needs a person.
    pending: usize,
}

/// A rebase as JSON tells it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "rebase-report", deny_unknown_fields)]
#[non_exhaustive]
pub struct RebaseReport<'a> {
    #[schemars(schema_with = "format")]
    format: &'static str,
    summary: Summary,
    /// What the proposal adjusts, and which upper changes it follows.
    adjustments: Vec<Followed>,
    /// Where upper and lower list clash, and nobody has decided.
    conflicts: &'a [ClashRow],
    /// Where they clashed, and what a policy or a person decided.
    resolved: &'a [Resolved],
    /// Spellings given up.
    notes: &'a [Respelling],
    /// What needs a person.
    pending: Vec<Row<'a>>,
}

#[inline]
fn format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "const": REBASE_FORMAT})
}

impl<'a> RebaseReport<'a> {
    /// The report of a rebase.
    #[must_use]
    #[inline]
    pub fn of(rebased: &'a Rebased, lang: Lang) -> Self {
        let merged = &rebased.merged;
        let adjustments = rebased.adjustments().unwrap_or_default();
        let MergeSummary {
            items,
            changed_by_ours,
            changed_by_theirs,
            changed_alike,
            conflicts,
            conflicted_items,
        } = merged.summary();
        let pending = rebased.pending.iter().map(|row| Row {
            item: &row.item,
            field: &row.field,
            why: row.why.text(lang),
            proposals: &row.proposals,
        });
        Self {
            format: REBASE_FORMAT,
            summary: Summary {
                items,
                changed_by_ours,
                changed_by_theirs,
                changed_alike,
                conflicts,
                conflicted_items,
                adjusted: adjustments.len(),
                pending: rebased.pending.len(),
            },
            adjustments,
            conflicts: merged.conflicts(),
            resolved: merged.resolved(),
            notes: merged.notes(),
            pending: pending.collect(),
        }
    }
}

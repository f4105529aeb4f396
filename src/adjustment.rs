//! Adjustments: what happened to each item, in the words of a notice.

use crate::alias::{AliasKind, Aliases};
use crate::catalogue::WITHIN;
use crate::cell::{self, is_empty_mark};
use crate::codes::{AdjustmentKind, ItemState, Level};
use crate::keyed::List;
use crate::likeness::OF_BODIES;
use crate::lineage::{Reason, in_words};
use crate::problem::Lang;
use crate::record::{AnyItem, Item};
use crate::serial;
use crate::sorting::Sorting as _;
use crate::term::{Authority, Citation, Date, Delegation, Fee, LevelBody, Material};
use crate::text::normal;
use crate::text_atom::Text;
use crate::value::{Atom, Path, Shown, Step, VisitDelta};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::HashMap;

/// How one item was adjusted (one entry of an adjustment notice).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Adjustment {
    /// What it is named after: the first kind that holds.
    pub kind: AdjustmentKind,
    /// The other kinds that hold.
    pub also: Vec<AdjustmentKind>,
    /// Ids in the old list.
    pub from: Vec<String>,
    /// Ids in the new list.
    pub to: Vec<String>,
    /// The fields that changed, by name; extra columns by header.
    pub fields: Vec<String>,
    /// How sure it is that these items are one: from 0 to 1.
    pub confidence: f64,
    /// Whether a person need not confirm it.
    pub certain: bool,
    /// How it is known, the strongest reason first.
    pub reasons: Vec<Reason>,
    /// The decision, where it is known (文号).
    pub document: String,
    /// Its reason, where the decision gives one.
    pub note: String,
    /// What changed, field by field.
    pub changes: Vec<FieldChange>,
    /// Name before (or after, where it is new).
    pub name_before: String,
    /// Name after (or before, where it is gone).
    pub name_after: String,
    /// The names of all items before and after, where one became several or several became one; else empty.
    pub names: [Vec<String>; 2],
    /// Department after (or before, where it is gone); the first, or the first authority.
    pub department: String,
    /// Whether the item moved besides.
    pub moved: bool,
}

impl Adjustment {
    /// The name that a notice lists it under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name_after
    }
    /// Takes another kind in: it is named after the first in the order of precedence. Stays new or gone.
    pub(crate) fn take_kind(&mut self, kind: &AdjustmentKind) {
        if self.kind == *kind || self.also.contains(kind) {
            return;
        }
        self.also.push(kind.clone());
        // An item that had changed in nothing that has a name of its own is named after what a person said.
        if self.kind == AdjustmentKind::Edited && self.fields.is_empty() {
            self.kind = self.also.remove(0);
        } else if self.kind > *kind && !self.from.is_empty() && !self.to.is_empty() {
            let last = self.also.len() - 1;
            std::mem::swap(&mut self.kind, &mut self.also[last]);
        }
        self.also.order();
    }
    /// How it is known, in words.
    #[must_use]
    pub fn why(&self, lang: Lang) -> String {
        in_words(&self.reasons, lang)
    }
}

impl Serialize for Adjustment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &self.kind)?;
        map.serialize_entry("also", &self.also)?;
        map.serialize_entry("from", &self.from)?;
        map.serialize_entry("to", &self.to)?;
        map.serialize_entry("fields", &self.fields)?;
        if let Some(change) = self.kind.item_change(&self.from, &self.to) {
            map.serialize_entry("item_change", &change)?;
        }
        map.serialize_entry("confidence", &self.confidence)?;
        map.serialize_entry("certain", &self.certain)?;
        map.serialize_entry("why", &self.why(Lang::En))?;
        if !self.document.is_empty() {
            map.serialize_entry("document", &self.document)?;
        }
        if !self.note.is_empty() {
            map.serialize_entry("note", &self.note)?;
        }
        map.end()
    }
}

impl JsonSchema for Adjustment {
    fn schema_name() -> Cow<'static, str> {
        "adjustment".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kind = AdjustmentKind::closed_schema(generator);
        let texts = crate::parts::reference::<Vec<String>>(generator);
        let change = crate::parts::reference::<crate::codes::ItemChange>(generator);
        json_schema!({
            "description": "How one item was adjusted.",
            "type": "object",
            "properties": {
                "kind": kind,
                "also": {"type": "array", "items": kind},
                "from": texts,
                "to": texts,
                "fields": texts,
                "item_change": change,
                "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                "certain": {"type": "boolean"},
                "why": {"type": "string"},
                "document": {"type": "string"},
                "note": {"type": "string"},
            },
            "required": ["kind", "also", "from", "to", "fields", "confidence", "certain", "why"],
            "additionalProperties": false,
        })
    }
}

/// What changed in one field of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldChange {
    /// The field's name; of an extra column its header.
    pub field: String,
    /// The field's title.
    pub title: String,
    /// The whole cell before.
    pub before: String,
    /// The whole cell after.
    pub after: String,
    /// What changed in it, part by part; one part for a field that is replaced whole.
    pub parts: Vec<PartChange>,
    /// Whether only the order of its entries changed.
    pub reordered: bool,
}

/// One part of a field that came, went or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartChange {
    /// Which part of the field, by titles and keys; empty for the field itself or a whole entry.
    pub place: String,
    /// Before; `None`: nothing.
    pub before: Option<String>,
    /// After; `None`: nothing.
    pub after: Option<String>,
    /// Whether the two are equal in normal form.
    pub cosmetic: bool,
}

/// Reads the delta of one item: which fields changed, how, and whether by spelling alone.
pub(crate) struct Reader<'a> {
    before: &'a dyn AnyItem,
    after: &'a dyn AnyItem,
    /// Steps of the path in front of the item's fields.
    depth: usize,
    pub(crate) changes: Vec<FieldChange>,
    /// Codes that went and came in fields of levels and states, by the field's kind of adjustment.
    levels: (Vec<Level>, Vec<Level>),
    states: (Option<ItemState>, Option<ItemState>),
}

impl<'a> Reader<'a> {
    pub(crate) fn read<T: Item>(before: &'a T, after: &'a T, delta: &T::Delta) -> Self {
        let mut reader = Self {
            before,
            after,
            depth: 0,
            changes: Vec::new(),
            levels: (Vec::new(), Vec::new()),
            states: (None, None),
        };
        T::visit_delta(delta, &mut Path::root(), &mut reader);
        reader
    }
    fn field(&self, path: &Path) -> Option<(usize, Option<String>)> {
        let Step::Field(field) = path.steps().get(self.depth)? else { return None };
        let index = self.after.fields().iter().position(|f| f.name == field.name)?;
        let header = match path.steps().get(self.depth + 1) {
            Some(Step::Entry(header)) if self.after.extra().is_some() && field.name == "extra" => {
                Some(header.clone())
            }
            _ => None,
        };
        Some((index, header))
    }
    fn change(&mut self, path: &Path) -> Option<&mut FieldChange> {
        let (index, header) = self.field(path)?;
        let field = &self.after.fields()[index];
        let name = header.clone().unwrap_or_else(|| field.name.to_owned());
        if let Some(at) = self.changes.iter().position(|c| c.field == name) {
            return self.changes.get_mut(at);
        }
        let cell = |item: &dyn AnyItem| match &header {
            Some(header) => item.extra().and_then(|extra| extra.get(header)).map(ToString::to_string),
            None => item.value(index).map(|shown| shown.shown().into_owned()),
        };
        self.changes.push(FieldChange {
            title: header.clone().unwrap_or_else(|| field.title().to_owned()),
            field: name,
            before: cell(self.before).unwrap_or_default(),
            after: cell(self.after).unwrap_or_default(),
            parts: Vec::new(),
            reordered: false,
        });
        self.changes.last_mut()
    }
    /// Whether two texts that differ say the same: two marks for nothing (无, /, —, an empty cell); the number of a row, which
    /// counts those above it; the heading of a part with another number (一、教育局, 二、教育局).
    fn is_only_spelling(&self, path: &Path, before: &str, after: &str) -> bool {
        if is_empty_mark(before) && is_empty_mark(after) {
            return true;
        }
        let Some((index, None)) = self.field(path) else { return false };
        let field = &self.after.fields()[index];
        field.marks.position || field.name == "part" && unnumbered(before).eq(unnumbered(after))
    }
    /// Takes parts for spelling that differ by names alone that mean the same (`days` are those of the two lists), and entries
    /// by the numbers in front of them: one that goes gives each behind it another one (3.平面图, 2.平面图).
    pub(crate) fn settle(&mut self, aliases: &Aliases, days: [Option<Date>; 2]) {
        let items = [self.before, self.after];
        for change in &mut self.changes {
            let Some(field) = items[1].fields().iter().position(|field| field.name == change.field) else {
                continue;
            };
            let values = items.map(|item| item.value(field));
            let kind = if aliases.is_empty() { None } else { named_by(&change.field, values) };
            let has_entries = values.into_iter().flatten().any(has_entries);
            if kind.is_none() && !has_entries {
                continue;
            }
            let form = |text: &Option<String>, day: usize| {
                let text = text.as_deref()?;
                let text = if has_entries { serial::unnumbered(text) } else { text };
                Some(match &kind {
                    Some(kind) => canonical(aliases, kind, text, days[day]),
                    None => normal(text).into_owned(),
                })
            };
            let forms: Vec<[Option<String>; 2]> =
                change.parts.iter().map(|part| [form(&part.before, 0), form(&part.after, 1)]).collect();
            for (part, [before, after]) in change.parts.iter_mut().zip(&forms) {
                part.cosmetic |= before == after;
            }
            // What went and what came in its place.
            let mut came: HashMap<&str, Vec<usize>> = HashMap::new();
            for (at, form) in forms.iter().enumerate().rev() {
                if let [None, Some(form)] = form {
                    came.entry(form).or_default().push(at);
                }
            }
            for (went, form) in forms.iter().enumerate() {
                if let [Some(form), None] = form
                    && let Some(at) = came.get_mut(form.as_str()).and_then(Vec::pop)
                {
                    change.parts[at].cosmetic = true;
                    change.parts[went].cosmetic = true;
                }
            }
        }
    }
    fn part(&mut self, path: &Path, before: Option<String>, after: Option<String>, cosmetic: bool) {
        let skip = self.depth + 1 + usize::from(self.field(path).is_some_and(|(_, header)| header.is_some()));
        let place: Vec<&str> = path
            .steps()
            .iter()
            .skip(skip)
            .map(|step| match step {
                Step::Field(field) => field.title(),
                Step::Entry(key) => key.as_str(),
            })
            .collect();
        let place = place.join(" › ");
        if let Some(change) = self.change(path) {
            change.parts.push(PartChange { place, before, after, cosmetic });
        }
    }
    /// The kinds of adjustment that the changes are, in the order of precedence; none where they are of
    /// spelling alone.
    pub(crate) fn kinds(&self) -> Vec<AdjustmentKind> {
        let mut kinds: Vec<AdjustmentKind> = self
            .changes
            .iter()
            .filter(|change| !change.is_cosmetic())
            .map(|change| {
                let field = self.after.fields().iter().find(|f| f.name == change.field);
                match field.and_then(|f| f.adjusts.as_ref()) {
                    Some(AdjustmentKind::Delegated) => self.level_change(),
                    Some(AdjustmentKind::Suspended) => self.state_change(),
                    Some(AdjustmentKind::Entrusted) => handing_on(change),
                    Some(kind) => kind.clone(),
                    None => AdjustmentKind::Edited,
                }
            })
            .collect();
        kinds.order();
        kinds.dedup();
        kinds
    }
    fn level_change(&self) -> AdjustmentKind {
        let (went, came) = &self.levels;
        match (went.iter().max(), came.iter().min(), went.iter().min(), came.iter().max()) {
            (Some(lowest_gone), Some(highest_come), ..) if highest_come > lowest_gone => {
                AdjustmentKind::Delegated
            }
            (_, _, Some(highest_gone), Some(lowest_come)) if lowest_come < highest_gone => {
                AdjustmentKind::Withdrawn
            }
            _ => AdjustmentKind::Edited,
        }
    }
    fn state_change(&self) -> AdjustmentKind {
        match &self.states {
            (_, Some(ItemState::Suspended)) => AdjustmentKind::Suspended,
            (Some(ItemState::Suspended), Some(ItemState::Active)) => AdjustmentKind::Resumed,
            _ => AdjustmentKind::Edited,
        }
    }
}

/// The title of a part, of each order, without the numbers.
fn unnumbered(title: &str) -> impl Iterator<Item = &str> {
    // In normal form nothing is around it.
    title.split(WITHIN.trim()).map(serial::unnumbered)
}

/// Whether a value is a list of entries, which people number.
fn has_entries(value: &dyn Shown) -> bool {
    let value = value.as_any();
    value.is::<List<Authority>>()
        || value.is::<List<Citation>>()
        || value.is::<List<Fee>>()
        || value.is::<List<Material>>()
        || value.is::<List<Text>>()
}

/// Of what a field holds names, if of anything that may have another one.
fn named_by(field: &str, values: [Option<&dyn Shown>; 2]) -> Option<AliasKind> {
    let is = |value: &&dyn Shown| {
        let value = value.as_any();
        value.is::<List<Authority>>() || value.is::<List<LevelBody>>()
    };
    let mut values = values.into_iter().flatten();
    if OF_BODIES.contains(&field) || values.clone().any(|value| is(&value)) {
        return Some(AliasKind::Organ);
    }
    values.any(|value| value.as_any().is::<List<Material>>()).then_some(AliasKind::Material)
}

/// A text with the names in it by which what they name is registered.
fn canonical(aliases: &Aliases, kind: &AliasKind, text: &str, day: Option<Date>) -> String {
    if *kind == AliasKind::Organ {
        let pieces = cell::cut(text, &['、', '；', ';', '\n', '\r']);
        // A body may have its column in front (省级主管部门：省林草局).
        let one = |piece: &str| {
            let at = piece.rfind('：').map_or(0, |at| at + '：'.len_utf8());
            let (column, name) = piece.split_at(at);
            format!("{}{}", normal(column), aliases.canonical(kind, name, day))
        };
        let mut names: Vec<String> = pieces.into_iter().map(one).collect();
        names.order();
        return names.join("、");
    }
    let material = Material::new(text);
    let name = material.reading().name;
    normal(&text.replacen(name, &aliases.canonical(kind, name, day), 1)).into_owned()
}

/// Handing a power on: what the words of the list say that came. A handing on that ended is an edit, one that was taken back
/// a withdrawal.
fn handing_on(change: &FieldChange) -> AdjustmentKind {
    let mut came: Vec<&str> = change.parts.iter().filter_map(|part| part.after.as_deref()).collect();
    if came.iter().any(|text| Delegation::new(*text).is_taken_back()) {
        return AdjustmentKind::Withdrawn;
    }
    came.retain(|text| Delegation::new(*text).hands_on());
    let named = came.iter().flat_map(|text| AdjustmentKind::named_in(text));
    let first =
        named.filter(|kind| matches!(kind, AdjustmentKind::Entrusted | AdjustmentKind::Delegated)).min();
    match first {
        Some(kind) => kind,
        None if came.is_empty() => AdjustmentKind::Edited,
        None => AdjustmentKind::Entrusted,
    }
}

impl FieldChange {
    /// Whether the field changed in spelling alone.
    #[must_use]
    pub fn is_cosmetic(&self) -> bool {
        !self.reordered && self.parts.iter().all(|part| part.cosmetic)
    }
}

impl VisitDelta for Reader<'_> {
    fn leaf(&mut self, path: &Path, before: Option<&dyn Atom>, after: Option<&dyn Atom>) {
        let normal = |atom: Option<&dyn Atom>| atom.map(|a| a.normal().into_owned()).unwrap_or_default();
        let (was, is) = (normal(before), normal(after));
        let cosmetic = was == is || self.is_only_spelling(path, &was, &is);
        let text = |atom: Option<&dyn Atom>| atom.map(|a| a.text().into_owned());
        if let Some((index, _)) = self.field(path)
            && self.after.fields()[index].adjusts == Some(AdjustmentKind::Suspended)
        {
            let state = |atom: Option<&dyn Atom>| atom.and_then(|a| a.text().parse().ok());
            self.states = (state(before), state(after));
        }
        self.part(path, text(before), text(after), cosmetic);
    }
    fn entry(&mut self, path: &Path, before: Option<&dyn Shown>, after: Option<&dyn Shown>) -> bool {
        let text = |shown: Option<&dyn Shown>| shown.map(|s| s.shown().into_owned());
        if let Some((index, _)) = self.field(path)
            && self.after.fields()[index].adjusts == Some(AdjustmentKind::Delegated)
        {
            let level = |shown: Option<&dyn Shown>| shown.and_then(|s| s.shown().parse::<Level>().ok());
            self.levels.0.extend(level(before));
            self.levels.1.extend(level(after));
        }
        let (before, after) = (text(before), text(after));
        let form = |t: &Option<String>| crate::text::normal(t.as_deref().unwrap_or_default()).into_owned();
        let cosmetic = form(&before) == form(&after);
        self.part(path, before, after, cosmetic);
        // An entry of a list is told by its text, not by its key.
        if let Some(part) = self.change(path).and_then(|c| c.parts.last_mut()) {
            part.place = String::new();
        }
        false
    }
    fn moved(&mut self, path: &Path, _: &[&str]) {
        if let Some(change) = self.change(path) {
            change.reordered = true;
        }
    }
}

//! What changed between two editions, ready for reports: counts, adjustments, warnings.

use crate::adjustment::{Adjustment, FieldChange, Reader};
use crate::alias::Aliases;
use crate::catalogue::{Catalogue, Edition, Header};
use crate::change_set::ChangeSet;
use crate::codes::AdjustmentKind;
use crate::event::{self, Event};
use crate::keyed::Map;
use crate::lineage::{Lineage, Link, Reason};
use crate::pairs::Pairs;
use crate::problem::{Message, Problem};
use crate::record::{AnyItem, Field, Item, full_name};
use crate::sorting::Sorting as _;
use crate::text_atom::Text;
use crate::value::{Atom, Path, Shown, VisitDelta, visit_delta};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// How a comparison is told.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Comparing {
    /// The decision behind the adjustments (文号), where it is known.
    pub document: String,
    /// Only this item.
    pub item: Option<String>,
    /// Which fields take part.
    pub selection: Selection,
    /// What is known of which items became which: the comparison's pairs, and what is no pair.
    pub lineage: Lineage,
    /// Names of bodies and materials that mean the same, each on the day of its list: where one stands for the other nothing
    /// but the spelling changed. A name that is one's own before and another's after (a body renamed between the editions, by
    /// `since`) did change.
    pub aliases: Aliases,
}

/// Which fields take part in a comparison, by name; extra columns by header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    #[default]
    All,
    /// All but these.
    Ignore(Vec<String>),
    /// Only these.
    Only(Vec<String>),
}

impl Selection {
    /// The fields that were named: those that take no part, and those that alone do.
    pub(crate) fn fields(&self) -> [&[String]; 2] {
        match self {
            Self::All => [&[], &[]],
            Self::Ignore(fields) => [fields, &[]],
            Self::Only(fields) => [&[], fields],
        }
    }
    /// Whether a field takes part. What an item is found by (`id`, `occurrence`) is compared whatever this says.
    #[must_use]
    pub fn takes(&self, field: &str) -> bool {
        match self {
            Self::All => true,
            Self::Ignore(fields) => !fields.iter().any(|f| f == field),
            Self::Only(fields) => fields.iter().any(|f| f == field),
        }
    }
    /// Whether an extra column of this header takes part: by its header, or with all others as the field `extra`.
    pub(crate) fn takes_column(&self, header: &str) -> bool {
        match self {
            Self::All => true,
            Self::Ignore(_) => self.takes(header) && self.takes("extra"),
            Self::Only(_) => self.takes(header) || self.takes("extra"),
        }
    }
    /// The same selection by names of fields: see [`named_fields`].
    ///
    /// # Errors
    /// Names that mean no field and no column.
    pub fn named(
        self,
        fields: &[Field],
        lists: &[&Header],
        is_extra: &dyn Fn(&str) -> bool,
    ) -> Result<Self, UnknownFields> {
        Ok(match self {
            Self::All => Self::All,
            Self::Ignore(names) => Self::Ignore(named_fields(&names, fields, lists, is_extra)?),
            Self::Only(names) => Self::Only(named_fields(&names, fields, lists, is_extra)?),
        })
    }
}

/// Names that mean no field of a kind and no column of a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no field and no column is called {}; `--fields KIND` of the programs prints the fields", .names.join(", "))]
#[non_exhaustive]
pub struct UnknownFields {
    /// The names as they were given.
    pub names: Vec<String>,
}

impl UnknownFields {
    /// These names.
    #[must_use]
    #[inline]
    pub fn new(names: Vec<String>) -> Self {
        Self { names }
    }
    /// What it says, in both languages.
    #[must_use]
    #[inline]
    pub fn message(&self) -> Message {
        let names = self.names.join("、");
        Message::new(format!("没有名为{names}的字段或列；用程序的 --fields KIND 列出字段"), self.to_string())
    }
}

/// The fields that names mean, as people write them: a field's name; the header of a column of one of the lists, which is a
/// field or an extra column; an extra column of which `is_extra` says that an item has it; a header that is known for a
/// field.
///
/// # Errors
/// The names that mean none of these.
///
/// ```
/// use qingdan::{Header, Kind, diff};
/// let fields = diff::named_fields(&["备注".to_owned(), "name".to_owned()], Kind::Licensing.fields(), &[], &|_| false)?;
/// assert_eq!(fields, ["remarks", "name"]);
/// # Ok::<(), diff::UnknownFields>(())
/// ```
pub fn named_fields(
    names: &[String],
    fields: &[Field],
    lists: &[&Header],
    is_extra: &dyn Fn(&str) -> bool,
) -> Result<Vec<String>, UnknownFields> {
    let (mut meant, mut unknown) = (Vec::new(), Vec::new());
    for name in names {
        let length = meant.len();
        if fields.iter().any(|field| field.name == name) {
            meant.push(name.clone());
            continue;
        }
        for column in lists.iter().filter_map(|list| list.columns.get(name)) {
            // A column without a field is called as it is written.
            let field = if column.field.is_empty() { name } else { column.field.as_str() };
            if !meant[length..].iter().any(|one| one == field) {
                meant.push(field.to_owned());
            }
        }
        if meant.len() == length && is_extra(name) {
            meant.push(name.clone());
        }
        if meant.len() == length {
            match fields.iter().find(|field| field.headers().any(|header| header == name)) {
                Some(field) => meant.push(field.name.to_owned()),
                None => unknown.push(name.clone()),
            }
        }
    }
    if unknown.is_empty() { Ok(meant) } else { Err(UnknownFields { names: unknown }) }
}

/// The new list with the fields that take no part in the comparison as the old one has them.
///
/// Items that are new keep all of their fields. Linear.
#[must_use]
pub fn with_unselected_fields_of<T: Item>(
    before: &Catalogue<T>,
    after: &Catalogue<T>,
    selection: &Selection,
    pairs: &Pairs,
) -> Catalogue<T> {
    if *selection == Selection::All {
        return after.clone();
    }
    let inside = pairs.inside("items");
    let key_fields = ["id", "occurrence", "derived", "extra"];
    let mut skipped: Vec<usize> = Vec::new();
    for (i, field) in T::FIELDS.iter().enumerate() {
        if !key_fields.contains(&field.name) && !selection.takes(field.name) {
            skipped.push(i);
        }
    }
    let mut out = Catalogue::new(after.header.clone(), crate::SharedList::new());
    for item in after.items.iter() {
        let key = item.key();
        let old_key =
            inside.before(&key).map(str::to_owned).or_else(|| inside.keeps(&key).then(|| key.to_string()));
        let Some(old) = old_key.and_then(|k| before.items.get(&k)) else {
            let _ = out.items.try_push(item.clone());
            continue;
        };
        let mut item = item.clone();
        for &field in &skipped {
            item.copy_field(field, old);
        }
        if let Some(old_extra) = old.extra() {
            let headers = unselected_headers(selection, [item.extra(), Some(old_extra)]);
            for header in headers {
                let value = old_extra.get(&header).cloned().unwrap_or_default();
                if let Some(extra) = item.extra_mut() {
                    extra.set(&header, value);
                }
            }
        }
        let _ = out.items.try_push(item);
    }
    out
}

/// The headers of extra columns that take no part.
fn unselected_headers(selection: &Selection, extras: [Option<&Map<Text>>; 2]) -> Vec<String> {
    let mut headers = Vec::new();
    for (header, _) in extras.into_iter().flatten().flat_map(Map::iter) {
        if !selection.takes_column(header) {
            headers.push(header.to_owned());
        }
    }
    headers
}

/// How many items were adjusted, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "diff-summary", deny_unknown_fields)]
#[non_exhaustive]
pub struct Summary {
    /// Items of the old list.
    pub before: usize,
    /// Items of the new list.
    pub after: usize,
    /// Items that are as they were: in content, spelling and place aside.
    pub unchanged: usize,
    /// New items.
    pub added: usize,
    /// Items that are gone.
    pub removed: usize,
    /// Items named after another name.
    pub renamed: usize,
    /// Items named after another code.
    pub recoded: usize,
    /// Items that became several.
    pub split: usize,
    /// Items that several became.
    pub merged: usize,
    /// Items named after any other change.
    pub edited: usize,
    /// Unchanged items that stand elsewhere.
    pub moved: usize,
    /// Unchanged items that are spelt differently.
    pub cosmetic: usize,
    /// Adjustments that a person should confirm.
    pub uncertain: usize,
}

/// What changed between two editions, without the kind of the list in its type.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Differences {
    /// The kind of the lists.
    pub kind: &'static str,
    /// The fields of their items.
    pub fields: &'static [Field],
    /// The edition before.
    pub before: Edition,
    /// The edition after.
    pub after: Edition,
    /// The titles before and after.
    pub titles: [String; 2],
    /// The counts.
    pub summary: Summary,
    /// The adjustments in the new list's order, what is gone at its old place.
    pub adjustments: Vec<Adjustment>,
    /// Items that changed in spelling alone.
    pub cosmetic: Vec<Adjustment>,
    /// Facts that explain many adjustments at once.
    pub events: Vec<Event>,
    /// What changed in the header.
    pub header: Vec<FieldChange>,
    /// Names of unchanged items that stand elsewhere.
    pub moved: Vec<String>,
    /// Fields that took no part.
    pub selection: Selection,
    /// The one item that is told of, where not all are: the counts of what changed are its own then.
    pub item: Option<String>,
    /// What may be wrong with the comparison.
    pub warnings: Vec<Problem>,
}

impl Differences {
    /// Whether the lists differ in anything but the label.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.adjustments.is_empty()
            || !self.cosmetic.is_empty()
            || !self.header.is_empty()
            || !self.moved.is_empty()
    }

    pub(crate) fn of<T: Item>(
        changes: &ChangeSet<T>,
        before: &Catalogue<T>,
        after: &Catalogue<T>,
        comparing: &Comparing,
    ) -> Self {
        let mut out = Self {
            kind: T::KIND,
            fields: T::FIELDS,
            before: changes.before.clone(),
            after: changes.after.clone(),
            titles: [before.header.title.clone(), after.header.title.clone()],
            summary: Summary { before: before.items.len(), after: after.items.len(), ..Summary::default() },
            adjustments: Vec::new(),
            cosmetic: Vec::new(),
            events: Vec::new(),
            header: changes
                .delta
                .as_ref()
                .and_then(|d| d.header.as_deref())
                .map(header_changes)
                .unwrap_or_default(),
            moved: Vec::new(),
            selection: comparing.selection.clone(),
            item: comparing.item.clone(),
            warnings: Vec::new(),
        };
        if let Some(delta) = changes.items() {
            let moved: HashSet<&str> = delta.moved().collect();
            let mut told = Told::default();
            let known = Known::of(&comparing.lineage);
            let days = [before.header.effective, after.header.effective];
            for (key, item) in delta.removed() {
                if known.gone_into.contains(key) {
                    continue;
                }
                let adjustment = whole(&**item, departments(&**item), AdjustmentKind::Removed);
                let adjustment = decided(adjustment, known.gone.get(key), known.part_of_old.get(key));
                told.adjusted.push(((before.items.position(key), None), adjustment));
            }
            for (key, item) in delta.added() {
                if known.came_from.contains(key) {
                    continue;
                }
                let adjustment = whole(&**item, departments(&**item), AdjustmentKind::Added);
                let adjustment = decided(adjustment, known.new.get(key), known.part_of_new.get(key));
                told.adjusted.push(((None, after.items.position(key)), adjustment));
            }
            for (key, change) in delta.changed() {
                let after_key = change.to().unwrap_or(key);
                let (Some(old), Some(new)) = (before.items.get(key), after.items.get(after_key)) else {
                    continue;
                };
                let mut reader = change.delta().map(|delta| Reader::read(old, new, delta));
                if let Some(reader) = &mut reader {
                    reader.settle(&comparing.aliases, days);
                }
                told.change(
                    known.tell(changed(old, new, departments(new), reader), key),
                    after.items.position(after_key),
                    key,
                    moved.contains(key),
                );
            }
            for link in known.several_without_change(&|key| delta.changed().contains(key)) {
                let (Some(key), Some(to)) = (link.from.first(), link.to.first()) else { continue };
                let (Some(old), Some(new)) = (before.items.get(key), after.items.get(to)) else { continue };
                told.change(
                    known.tell(changed(old, new, departments(new), None), key),
                    after.items.position(&new.key()),
                    key,
                    moved.contains(key.as_str()),
                );
            }
            let told_of = |key: &str| comparing.item.as_ref().is_none_or(|item| item == key);
            for key in moved.into_iter().filter(|key| told_of(key)) {
                if let (false, Some(position)) = (told.keys.contains(key), before.items.position(key)) {
                    told.moved.push((position, before.items.at(position).map(|item| full_name(item))));
                }
            }
            let here = |key: &str| {
                if delta.removed().contains(key) {
                    return None;
                }
                after.items.position(delta.changed().get(key).and_then(|c| c.to()).unwrap_or(key))
            };
            told.put(&mut out, &|i| here(&before.items.at(i)?.key()));
        }
        let named = |list: &Catalogue<T>, ids: &[String]| -> Vec<String> {
            ids.iter().filter_map(|id| list.items.get(id)).map(|item| full_name(item)).collect()
        };
        for adjustment in out.adjustments.iter_mut().filter(|a| a.from.len() > 1 || a.to.len() > 1) {
            adjustment.names = [named(before, &adjustment.from), named(after, &adjustment.to)];
        }
        let parent = |list: &Catalogue<T>, id: &str| list.items.get(id).map(|item| item.parent().to_owned());
        let bodies =
            |list: &Catalogue<T>| event::bodies(list.items.iter().map(|item| -> &dyn AnyItem { item }));
        out.finish(comparing, &|id| parent(before, id), &|id| parent(after, id), &|| {
            [bodies(before), bodies(after)]
        });
        out
    }

    /// What follows from the adjustments themselves. `before` and `after` are the parents of items, by id; `bodies` those of
    /// either edition.
    fn finish(
        &mut self,
        comparing: &Comparing,
        before: &dyn Fn(&str) -> Option<String>,
        after: &dyn Fn(&str) -> Option<String>,
        bodies: &dyn Fn() -> [event::Bodies; 2],
    ) {
        let mut changed_parents: HashSet<String> = HashSet::new();
        for adjustment in &self.adjustments {
            let (parent, ids) = if adjustment.to.is_empty() {
                (before, &adjustment.from)
            } else if adjustment.from.len() != adjustment.to.len() {
                (after, &adjustment.to)
            } else {
                continue;
            };
            let parents = ids.iter().filter_map(|id| parent(id));
            changed_parents.extend(parents.filter(|parent| !parent.is_empty()));
        }
        self.note_sub_items(&changed_parents);
        self.warnings = warnings(self);
        for adjustment in &mut self.adjustments {
            if adjustment.document.is_empty() {
                adjustment.document.clone_from(&comparing.document);
            }
        }
        if let Some(item) = &comparing.item {
            let has = |a: &Adjustment| a.from.contains(item) || a.to.contains(item);
            self.adjustments.retain(has);
            self.cosmetic.retain(has);
            self.header.clear();
            let ends = |ids: fn(&Adjustment) -> usize| self.adjustments.iter().map(ids).sum::<usize>();
            [self.summary.before, self.summary.after] = if self.adjustments.is_empty() {
                [before, after].map(|parent| usize::from(parent(item).is_some()))
            } else {
                [ends(|a| a.from.len()), ends(|a| a.to.len())]
            };
        }
        self.count();
        self.find_events(bodies);
    }

    /// Main items that are adjusted anyway are so in their sub items too, where one of these came or went. A main item that
    /// is otherwise as it was stays unchanged: what came or went is told as such, and would count twice.
    fn note_sub_items(&mut self, parents: &HashSet<String>) {
        for adjustment in &mut self.adjustments {
            let stays = !adjustment.from.is_empty() && !adjustment.to.is_empty();
            if stays && adjustment.from.iter().chain(&adjustment.to).any(|id| parents.contains(id)) {
                adjustment.take_kind(&AdjustmentKind::SubitemsChanged);
            }
        }
    }

    fn count(&mut self) {
        let summary = &mut self.summary;
        for adjustment in &self.adjustments {
            let counter = match adjustment.kind {
                AdjustmentKind::Added => &mut summary.added,
                AdjustmentKind::Removed => &mut summary.removed,
                AdjustmentKind::Renamed => &mut summary.renamed,
                AdjustmentKind::Recoded => &mut summary.recoded,
                AdjustmentKind::Split => &mut summary.split,
                AdjustmentKind::Merged => &mut summary.merged,
                _ => &mut summary.edited,
            };
            *counter += 1;
            summary.uncertain += usize::from(!adjustment.certain);
        }
        let touched: usize = self.adjustments.iter().map(|a| a.from.len()).sum();
        summary.unchanged = summary.before.saturating_sub(touched);
        summary.moved = self.moved.len();
        summary.cosmetic = self.cosmetic.len();
    }
}

fn departments<T: Item>(item: &T) -> String {
    match item.department().first() {
        Some(first) => first.to_string(),
        None => item.authorities().first().map(ToString::to_string).unwrap_or_default(),
    }
}

/// What a notice tells of an item that is new or gone: who has it and at which level; of a new one its
/// basis too.
fn told_whole(item: &dyn AnyItem, kind: &AdjustmentKind) -> Vec<FieldChange> {
    use AdjustmentKind::{AuthorityChanged, BasisChanged, Delegated, Removed};
    let gone = *kind == Removed;
    let mut told = Vec::new();
    for (index, field) in item.fields().iter().enumerate() {
        let wanted = match field.adjusts {
            Some(AuthorityChanged) => field.name != "department",
            Some(BasisChanged | Delegated) => !gone,
            _ => false,
        };
        if !wanted {
            continue;
        }
        let Some(cell) = item.value(index).map(|shown| shown.shown().into_owned()) else { continue };
        let (before, after) = if gone { (Some(cell), None) } else { (None, Some(cell)) };
        told.push(FieldChange {
            field: field.name.to_owned(),
            title: field.title().to_owned(),
            before: before.clone().unwrap_or_default(),
            after: after.clone().unwrap_or_default(),
            parts: vec![crate::adjustment::PartChange {
                place: String::new(),
                before,
                after,
                cosmetic: false,
            }],
            reordered: false,
        });
    }
    told
}

fn whole(item: &dyn AnyItem, department: String, kind: AdjustmentKind) -> Adjustment {
    // That a new item was taken over from above is seen in no field but the list's own mark of what is new.
    let taken_over = kind == AdjustmentKind::Added
        && AdjustmentKind::named_in(&item.text("edition_note")).contains(&AdjustmentKind::TakenOver);
    let id = vec![item.key().into_owned()];
    let (from, to) = if kind == AdjustmentKind::Removed { (id, Vec::new()) } else { (Vec::new(), id) };
    Adjustment {
        changes: told_whole(item, &kind),
        kind,
        also: if taken_over { vec![AdjustmentKind::TakenOver] } else { Vec::new() },
        from,
        to,
        fields: Vec::new(),
        confidence: 1.0,
        certain: true,
        reasons: vec![if item.is_derived() { Reason::NoSuchName } else { Reason::NoSuchId }],
        document: String::new(),
        note: String::new(),
        name_before: full_name(item),
        name_after: full_name(item),
        names: [Vec::new(), Vec::new()],
        department,
        moved: false,
    }
}

/// Fields that say how the list names an item, and nothing of its content.
const NAMING: [&str; 3] = ["id", "derived", "occurrence"];

/// An item that changed; `false` where it did in spelling alone.
fn changed(
    old: &dyn AnyItem,
    new: &dyn AnyItem,
    department: String,
    mut reader: Option<Reader<'_>>,
) -> (Adjustment, bool) {
    if let Some(reader) = &mut reader {
        reader.changes.retain(|c| !NAMING.contains(&c.field.as_str()));
    }
    let mut kinds = reader.as_ref().map(Reader::kinds).unwrap_or_default();
    let changes = reader.map(|r| r.changes).unwrap_or_default();
    let recoded = !old.is_derived() && !new.is_derived() && !crate::text::alike(old.id(), new.id());
    if recoded {
        kinds.push(AdjustmentKind::Recoded);
        kinds.order();
    }
    let content = !kinds.is_empty();
    let kind = if content { kinds.remove(0) } else { AdjustmentKind::Edited };
    let derived = old.is_derived() || new.is_derived();
    let fields = changes.iter().filter(|c| !c.is_cosmetic()).map(|c| c.field.clone());
    let fields = recoded.then(|| "id".to_owned()).into_iter().chain(fields).collect();
    let adjustment = Adjustment {
        kind,
        also: kinds,
        from: vec![old.key().into_owned()],
        to: vec![new.key().into_owned()],
        fields,
        confidence: 1.0,
        certain: true,
        reasons: vec![match (derived, old.key() == new.key()) {
            (true, _) => Reason::SameName,
            (false, true) => Reason::SameId,
            (false, false) => Reason::Linked,
        }],
        document: String::new(),
        note: String::new(),
        changes,
        name_before: full_name(old),
        name_after: full_name(new),
        names: [Vec::new(), Vec::new()],
        department,
        moved: false,
    };
    (adjustment, content)
}

/// What is new or gone, with what a person said of it: else the decision by which parts of it came or went.
fn decided(mut adjustment: Adjustment, link: Option<&&Link>, part: Option<&&Link>) -> Adjustment {
    if let Some(part) = part {
        adjustment.document.clone_from(&part.document);
        adjustment.note.clone_from(&part.note);
    }
    if let Some(link) = link {
        adjustment.reasons.clone_from(&link.reasons);
        adjustment.document.clone_from(&link.document);
        adjustment.note.clone_from(&link.note);
        if let Some(kind) = &link.kind {
            adjustment.take_kind(kind);
        }
    }
    adjustment
}

/// What a lineage says of each item, by id.
#[derive(Default)]
struct Known<'a> {
    /// By the old item that carries on.
    links: HashMap<&'a str, &'a Link>,
    /// Items that a person said are gone, or new.
    gone: HashMap<&'a str, &'a Link>,
    new: HashMap<&'a str, &'a Link>,
    /// Old items that went into another one's successor; new ones that came out of another one.
    gone_into: HashSet<&'a str>,
    came_from: HashSet<&'a str>,
    /// By the items on either side: parts that went over.
    part_of_old: HashMap<&'a str, &'a Link>,
    part_of_new: HashMap<&'a str, &'a Link>,
}

impl<'a> Known<'a> {
    fn of(lineage: &'a Lineage) -> Self {
        let mut known = Self::default();
        for link in &lineage.links {
            if !link.is_whole() {
                for id in &link.from {
                    known.part_of_old.entry(id).or_insert(link);
                }
                for id in &link.to {
                    known.part_of_new.entry(id).or_insert(link);
                }
                continue;
            }
            match (link.from.first(), link.to.first()) {
                (Some(from), Some(_)) => drop(known.links.insert(from, link)),
                (Some(_), None) => known.gone.extend(link.from.iter().map(|id| (id.as_str(), link))),
                (None, _) => known.new.extend(link.to.iter().map(|id| (id.as_str(), link))),
            }
            if link.from.is_empty() || link.to.is_empty() {
                continue;
            }
            known.gone_into.extend(link.from.iter().skip(1).map(String::as_str));
            known.came_from.extend(link.to.iter().skip(1).map(String::as_str));
        }
        known
    }
    /// An adjustment with what the lineage says of it.
    fn tell(&self, (mut adjustment, mut content): (Adjustment, bool), key: &str) -> (Adjustment, bool) {
        let Some(link) = self.links.get(key) else { return (adjustment, content) };
        adjustment.confidence = link.confidence;
        adjustment.certain = link.certain;
        adjustment.reasons.clone_from(&link.reasons);
        adjustment.document.clone_from(&link.document);
        adjustment.note.clone_from(&link.note);
        if let Some(kind) = &link.kind {
            adjustment.take_kind(kind);
            content = true;
        }
        let kind = match (link.from.len(), link.to.len()) {
            (1, 1) => return (adjustment, content),
            (1, _) => AdjustmentKind::Split,
            _ => AdjustmentKind::Merged,
        };
        if content {
            adjustment.take_kind(&kind);
        } else {
            adjustment.kind = kind;
        }
        adjustment.from.clone_from(&link.from);
        adjustment.to.clone_from(&link.to);
        content = true;
        (adjustment, content)
    }
    /// Items that became several, or that others went into, and that are as they were themselves.
    fn several_without_change(&self, is_told: &dyn Fn(&str) -> bool) -> Vec<&'a Link> {
        let several = self.links.values().filter(|link| link.from.len() > 1 || link.to.len() > 1);
        let mut links: Vec<&Link> = several.copied().filter(|link| !is_told(&link.from[0])).collect();
        links.order_by(|a, b| a.from.cmp(&b.from));
        links
    }
}

/// The position of what is gone in the old list, or of what is there in the new one.
type At = (Option<usize>, Option<usize>);

/// What is told of items, before it stands in order. Positions and keys alone: what follows from them is
/// compiled once, not once a kind.
#[derive(Default)]
struct Told {
    adjusted: Vec<(At, Adjustment)>,
    /// What changed in spelling alone, with its position in the new list.
    spelling: Vec<(Option<usize>, Adjustment)>,
    /// The old keys of what changed in content.
    keys: HashSet<String>,
    /// The names of what stands elsewhere, with its position in the old list.
    moved: Vec<(usize, Option<String>)>,
}

impl Told {
    fn change(
        &mut self,
        (mut adjustment, content): (Adjustment, bool),
        position: Option<usize>,
        key: &str,
        moved: bool,
    ) {
        adjustment.moved = moved;
        if content {
            self.keys.insert(key.to_owned());
            self.adjusted.push(((None, position), adjustment));
        } else {
            self.spelling.push((position, adjustment));
        }
    }
    /// In the new list's order; what is gone behind what stood before it in the old one. `here` says where
    /// an old item stands in the new list.
    fn put(mut self, out: &mut Differences, here: &dyn Fn(usize) -> Option<usize>) {
        self.moved.sort();
        out.moved = self.moved.into_iter().filter_map(|(_, name)| name).collect();
        self.spelling.order_by_key(|(position, _)| *position);
        out.cosmetic = self.spelling.into_iter().map(|(_, adjustment)| adjustment).collect();
        // What is gone stands behind the item before it that is still there. One pass over all that is gone: of many in a
        // row each looks no further than the one before it.
        let mut gone: Vec<usize> =
            self.adjusted.iter().filter_map(|((gone, here), _)| gone.filter(|_| here.is_none())).collect();
        gone.sort_unstable();
        let mut behind: HashMap<usize, Option<usize>> = HashMap::with_capacity(gone.len());
        let (mut from, mut last) = (0, None);
        for at in gone {
            last = (from..at).rev().find_map(here).or(last);
            from = at;
            behind.insert(at, last);
        }
        let mut placed: Vec<((usize, usize, usize), Adjustment)> = self
            .adjusted
            .into_iter()
            .map(|(at, adjustment)| {
                let place = match at {
                    (_, Some(here)) => (here + 1, 0, 0),
                    (Some(gone), None) => {
                        let neighbour = behind.get(&gone).copied().flatten();
                        (neighbour.map_or(0, |n| n + 1), 1, gone)
                    }
                    (None, None) => (usize::MAX, 0, 0),
                };
                (place, adjustment)
            })
            .collect();
        placed.order_by_key(|(place, _)| *place);
        out.adjustments = placed.into_iter().map(|(_, adjustment)| adjustment).collect();
    }
}

/// Where most items seem changed, the key or the files may be wrong: says so, with the columns that do it.
fn warnings(differences: &Differences) -> Vec<Problem> {
    let mut warnings = Vec::new();
    let (before, after) = (differences.summary.before, differences.summary.after);
    // Where items were matched by name another id is what was looked past, and tells nothing.
    let other =
        |a: &&Adjustment| a.reasons.contains(&Reason::SameId) || a.fields.iter().any(|field| field != "id");
    let both = differences.adjustments.iter().filter(|a| !a.from.is_empty() && !a.to.is_empty());
    let changed: Vec<&Adjustment> = both.filter(other).collect();
    let gone = differences.adjustments.iter().filter(|a| a.to.is_empty()).count();
    let common = before.saturating_sub(gone);
    let percent = |part: usize, whole: usize| part * 100 / whole.max(1);
    if changed.len() >= 20 && changed.len() * 10 > common * 6 {
        let mut fields: IndexMap<&str, usize> = IndexMap::new();
        for field in changed.iter().flat_map(|a| &a.fields).filter(|field| *field != "id") {
            *fields.entry(field).or_default() += 1;
        }
        let mut fields: Vec<(&str, usize)> = fields.into_iter().collect();
        fields.order_by(|a, b| b.1.cmp(&a.1));
        let most: Vec<(&str, usize)> =
            fields.iter().filter(|(_, n)| *n * 10 > changed.len() * 8).take(3).copied().collect();
        let names = most.iter().map(|(f, _)| *f).collect::<Vec<_>>().join(",");
        let title = |name: &str| -> String {
            let field = differences.fields.iter().find(|field| field.name == name);
            field.map_or_else(|| name.to_owned(), |field| field.title().to_owned())
        };
        let list_zh = most.iter().map(|(f, n)| format!("“{}”{n}项", title(f))).collect::<Vec<_>>().join("、");
        let list_en = most.iter().map(|(f, n)| format!("`{f}` in {n}")).collect::<Vec<_>>().join(", ");
        let (zh, en) = if most.is_empty() {
            ("主键或文件可能有误".to_owned(), "the key or the files may be wrong".to_owned())
        } else {
            (
                format!("主要是{list_zh}；若该列逐年必变，请用 --ignore {names}，否则主键或文件可能有误"),
                format!(
                    "mostly {list_en}; leave such a column out with --ignore {names}, or the key or the files may be wrong"
                ),
            )
        };
        warnings.push(Problem::warning(
            "diff/most-changed",
            Message::new(
                format!(
                    "共有的{common}项中{}项（{}%）有变动：{zh}",
                    changed.len(),
                    percent(changed.len(), common)
                ),
                format!(
                    "{} of {common} common items ({}%) changed: {en}",
                    changed.len(),
                    percent(changed.len(), common)
                ),
            ),
        ));
    }
    let new = differences.adjustments.iter().filter(|a| a.from.is_empty()).count();
    if gone >= 20 && gone * 10 > before * 6 && new * 10 > after * 6 {
        warnings.push(Problem::warning(
            "diff/nothing-in-common",
            Message::new(
                format!("{before}项中{gone}项取消、{after}项中{new}项新增：主键或文件可能有误"),
                format!("{gone} of {before} items went and {new} of {after} came: the key or the files may be wrong"),
            ),
        ));
    }
    warnings
}

struct HeaderReader(Vec<FieldChange>);

fn header_changes(delta: &<Header as crate::Value>::Delta) -> Vec<FieldChange> {
    let mut reader = HeaderReader(Vec::new());
    visit_delta::<Header>(delta, &mut reader);
    reader.0
}

impl HeaderReader {
    fn add(&mut self, path: &Path, before: Option<String>, after: Option<String>) {
        let field = match path.steps().first() {
            Some(crate::value::Step::Field(field)) => field.name,
            _ => "",
        };
        let cosmetic =
            crate::text::alike(before.as_deref().unwrap_or_default(), after.as_deref().unwrap_or_default());
        let part = crate::adjustment::PartChange {
            place: path.labels(),
            before: before.clone(),
            after: after.clone(),
            cosmetic,
        };
        if let Some(change) = self.0.iter_mut().find(|c| c.field == field) {
            change.parts.push(part);
            return;
        }
        self.0.push(FieldChange {
            field: field.to_owned(),
            title: field.to_owned(),
            before: before.unwrap_or_default(),
            after: after.unwrap_or_default(),
            parts: vec![part],
            reordered: false,
        });
    }
}

impl VisitDelta for HeaderReader {
    fn leaf(&mut self, path: &Path, before: Option<&dyn Atom>, after: Option<&dyn Atom>) {
        let text = |atom: Option<&dyn Atom>| atom.map(|a| a.text().into_owned());
        self.add(path, text(before), text(after));
    }
    fn entry(&mut self, path: &Path, before: Option<&dyn Shown>, after: Option<&dyn Shown>) -> bool {
        let name = match path.steps().last() {
            Some(crate::value::Step::Entry(key)) => key.clone(),
            _ => String::new(),
        };
        self.add(path, before.map(|_| name.clone()), after.map(|_| name.clone()));
        false
    }
    fn moved(&mut self, path: &Path, keys: &[&str]) {
        self.add(path, Some(keys.join("、")), Some(String::from("↕")));
    }
}

/// Adjustments by department, in the order in which the departments first stand.
#[must_use]
pub fn by_department(adjustments: &[Adjustment]) -> Vec<(&str, Vec<&Adjustment>)> {
    let mut out: IndexMap<&str, Vec<&Adjustment>> = IndexMap::new();
    for adjustment in adjustments {
        out.entry(&adjustment.department).or_default().push(adjustment);
    }
    out.into_iter().collect()
}

/// Adjustments by their kind, in the order of precedence.
#[must_use]
pub fn by_kind(adjustments: &[Adjustment]) -> Vec<(AdjustmentKind, Vec<&Adjustment>)> {
    let mut groups: HashMap<&AdjustmentKind, Vec<&Adjustment>> = HashMap::new();
    for adjustment in adjustments {
        groups.entry(&adjustment.kind).or_default().push(adjustment);
    }
    let mut out: Vec<_> = groups.into_iter().map(|(k, v)| (k.clone(), v)).collect();
    out.order_by(|a, b| a.0.cmp(&b.0));
    out
}

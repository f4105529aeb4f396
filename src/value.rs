//! Values that can be compared, changed and merged: the one algebra, and its atoms.
//!
//! A [`Value`] is an atom (replaced whole), a set, a keyed list, a map, or a record of values; its
//! type says how it is compared and merged. The trait is implemented by `#[derive(Record)]`,
//! `#[derive(Atom)]` and by the collections of this crate; callers use the free functions
//! ([`diff`], [`patched`], [`inverse`], [`then`], [`merge`] …), which speak of `Option<Delta>`: there
//! is no empty delta.

use crate::mismatch::{Mismatch, Mismatches};
use crate::pairs::Pairs;
use crate::parts::{AsValue, ReadInto, fill_parts, read_parts, reference, write_parts};
use crate::problem::Message;
use crate::record::Field;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::{self, Debug};
use std::hash::Hash;
use std::marker::PhantomData;

/// What deltas and clashes can do: they are data like any other.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the field of a record yet",
    note = "derive `qingdan::Atom` for it if it is replaced whole, `qingdan::Record` if it has fields",
    note = "a repeated value is a `Set<T>` of codes, a `List<T>` of keyed entries or a `Map<T>`",
    note = "an `Option` of a text would have two ways to be empty: the text alone says what is absent"
)]
pub trait Part:
    Clone + Eq + Hash + Debug + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
}
#[diagnostic::do_not_recommend]
impl<T> Part for T where
    T: Clone + Eq + Hash + Debug + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
}

/// A value that can be compared, changed and merged.
///
/// Implemented by derive only; its methods are hidden so that one may be added.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the field of a record yet",
    note = "derive `qingdan::Atom` for it if it is replaced whole, `qingdan::Record` if it has fields",
    note = "a repeated value is a `Set<T>` of codes, a `List<T>` of keyed entries or a `Map<T>`",
    note = "an `Option` of a text would have two ways to be empty: the text alone says what is absent"
)]
pub trait Value: Part {
    /// What [`diff`] finds.
    type Delta: Part;
    /// What [`merge`] leaves undecided.
    type Clash: Part;

    #[doc(hidden)]
    fn is_absent(&self) -> bool;
    /// The value that says «nothing here»; `None` where a value of this type is always there.
    #[doc(hidden)]
    fn absent() -> Option<Self>;
    /// Equal in normal form.
    #[doc(hidden)]
    fn alike(&self, other: &Self) -> bool;
    #[doc(hidden)]
    fn diff_as(&self, after: &Self, pairs: &Pairs) -> Option<Self::Delta>;
    /// Best effort: what does not fit is left as it is, and said.
    #[doc(hidden)]
    #[must_use]
    fn patch(&self, delta: &Self::Delta, cx: &mut Patching) -> Self;
    #[doc(hidden)]
    fn inverse(delta: &Self::Delta) -> Self::Delta;
    #[doc(hidden)]
    fn then(first: &Self::Delta, second: &Self::Delta, cx: &mut Patching) -> Option<Self::Delta>;
    #[doc(hidden)]
    fn tidy(delta: Self::Delta) -> Option<Self::Delta>;
    #[doc(hidden)]
    fn merge_in(base: &Self, ours: Side<'_, Self>, theirs: Side<'_, Self>, cx: &mut Merging)
    -> Outcome<Self>;
    /// The value with those clashes of `clash` decided that the judge decides, and what is left of them.
    #[doc(hidden)]
    fn settle(&self, clash: &Self::Clash, cx: &mut Settling<'_>) -> Outcome<Self>;
    #[doc(hidden)]
    fn visit(&self, path: &mut Path, visitor: &mut dyn FnMut(&Path, &dyn Atom));
    #[doc(hidden)]
    fn visit_delta(delta: &Self::Delta, path: &mut Path, visitor: &mut dyn VisitDelta);
    #[doc(hidden)]
    fn visit_clash(clash: &Self::Clash, path: &mut Path, visitor: &mut dyn FnMut(&Path, Clash<'_>));

    /// Reading that refuses null.
    #[doc(hidden)]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
    /// Reading that goes on after an error, to find all of them.
    #[doc(hidden)]
    fn recover(json: &crate::json::Tree, cx: &mut crate::json::Recovering<'_>) -> Option<Self>;
    /// The schema of a field of this type.
    #[doc(hidden)]
    fn field_schema(generator: &mut SchemaGenerator) -> Schema {
        reference::<Self>(generator)
    }
    /// The type's name in schemas.
    #[doc(hidden)]
    fn type_name() -> Cow<'static, str>;
    /// Whether a cell keeps the text to the byte, under the mark against formulas.
    #[doc(hidden)]
    #[must_use]
    fn is_free_text() -> bool {
        false
    }
    /// The text of a table's cell.
    #[doc(hidden)]
    fn to_cell(&self) -> Cow<'_, str>;
    /// Reads the text of a table's cell. What could not be read is said in `cx`; `None` then.
    #[doc(hidden)]
    fn from_cell(text: &str, cx: &mut Cell<'_>) -> Option<Self>;

    // What a record does with one of its fields: here, so that it is compiled once a type of fields, not
    // once a field. The results go to where they stay: a record has nothing to drop on its way.

    #[doc(hidden)]
    #[inline(never)]
    fn diff_part(
        before: &Self,
        after: &Self,
        pairs: &Pairs,
        field: &'static Field,
        delta: &mut Option<Box<Self::Delta>>,
    ) {
        *delta = before.diff_as(after, pairs.inside(field.name)).map(Box::new);
    }
    #[doc(hidden)]
    #[inline(never)]
    fn patch_part(
        value: &mut Self,
        delta: &Option<Box<Self::Delta>>,
        field: &'static Field,
        cx: &mut Patching,
    ) {
        if let Some(delta) = delta {
            cx.path.push(Step::Field(field));
            *value = value.patch(delta, cx);
            cx.path.pop();
        }
    }
    #[doc(hidden)]
    #[inline(never)]
    fn inverse_part(delta: &Option<Box<Self::Delta>>, inverse: &mut Option<Box<Self::Delta>>) {
        if let Some(delta) = delta {
            *inverse = Some(Box::new(Self::inverse(delta)));
        }
    }
    #[doc(hidden)]
    #[inline(never)]
    fn then_part(
        first: &Option<Box<Self::Delta>>,
        second: &Option<Box<Self::Delta>>,
        field: &'static Field,
        cx: &mut Patching,
        delta: &mut Option<Box<Self::Delta>>,
    ) {
        *delta = match (first, second) {
            (Some(first), Some(second)) => {
                cx.path.push(Step::Field(field));
                let delta = Self::then(first, second, cx);
                cx.path.pop();
                delta.map(Box::new)
            }
            (one, None) | (None, one) => one.clone(),
        };
    }
    #[doc(hidden)]
    #[inline(never)]
    fn tidy_part(delta: &mut Option<Box<Self::Delta>>) {
        if let Some(some) = delta.take() {
            *delta = Self::tidy(*some).map(Box::new);
        }
    }
    /// `value` is base's to begin with.
    #[doc(hidden)]
    #[inline(never)]
    fn merge_part(
        value: &mut Self,
        clash: &mut Option<Box<Self::Clash>>,
        ours: Side<'_, Self>,
        theirs: Side<'_, Self>,
        field: &'static Field,
        cx: &mut Merging,
    ) {
        Self::merge_reference(value, clash, ours, theirs, field, cx, |cx, base, ours, theirs| {
            Self::merge_in(base, ours, theirs, cx)
        });
    }
    /// The same by a merge of another kind. The pairs of the sides are those of the record.
    #[doc(hidden)]
    fn merge_reference(
        value: &mut Self,
        clash: &mut Option<Box<Self::Clash>>,
        ours: Side<'_, Self>,
        theirs: Side<'_, Self>,
        field: &'static Field,
        cx: &mut Merging,
        merge: fn(&mut Merging, &Self, Side<'_, Self>, Side<'_, Self>) -> Outcome<Self>,
    ) {
        cx.path.push(Step::Field(field));
        let (ours, theirs) = (ours.part(ours.value, field.name), theirs.part(theirs.value, field.name));
        let outcome = merge(cx, value, ours, theirs);
        cx.path.pop();
        *value = outcome.value;
        *clash = outcome.clash.map(Box::new);
    }
    #[doc(hidden)]
    #[inline(never)]
    fn settle_part(
        value: &mut Self,
        clash: &Option<Box<Self::Clash>>,
        field: &'static Field,
        cx: &mut Settling<'_>,
        left: &mut Option<Box<Self::Clash>>,
    ) {
        if let Some(clash) = clash {
            cx.path.push(Step::Field(field));
            let ruling = cx.judge.field(&cx.path, &InField { value, clash });
            let outcome = match ruling {
                None => value.settle(clash, cx),
                Some(ruling) => value.settle_whole(clash, &ruling, cx),
            };
            cx.path.pop();
            *value = outcome.value;
            *left = outcome.clash.map(Box::new);
        }
    }
    /// All clashes in `clash` decided alike, or by one value for the whole.
    #[doc(hidden)]
    fn settle_whole(&self, clash: &Self::Clash, ruling: &Ruling, cx: &mut Settling<'_>) -> Outcome<Self> {
        let value = match ruling {
            Ruling::Side(choice) => Some(settled(self, clash, *choice)),
            Ruling::Value(text) => cx.read(|cell| Self::from_cell(text, cell)),
            Ruling::Both(_) => {
                cx.refuse(Message::no_room());
                None
            }
            Ruling::Open => None,
        };
        match value {
            Some(value) => Outcome { value, clash: None },
            None => Outcome { value: self.clone(), clash: Some(clash.clone()) },
        }
    }
    #[doc(hidden)]
    #[inline(never)]
    fn visit_part(
        value: &Self,
        field: &'static Field,
        path: &mut Path,
        visitor: &mut dyn FnMut(&Path, &dyn Atom),
    ) {
        path.push(Step::Field(field));
        value.visit(path, visitor);
        path.pop();
    }
    #[doc(hidden)]
    #[inline(never)]
    fn visit_delta_part(
        delta: &Option<Box<Self::Delta>>,
        field: &'static Field,
        path: &mut Path,
        visitor: &mut dyn VisitDelta,
    ) {
        if let Some(delta) = delta {
            path.push(Step::Field(field));
            Self::visit_delta(delta, path, visitor);
            path.pop();
        }
    }
    #[doc(hidden)]
    #[inline(never)]
    fn visit_clash_part(
        clash: &Option<Box<Self::Clash>>,
        field: &'static Field,
        path: &mut Path,
        visitor: &mut dyn FnMut(&Path, Clash<'_>),
    ) {
        if let Some(clash) = clash {
            path.push(Step::Field(field));
            Self::visit_clash(clash, path, visitor);
            path.pop();
        }
    }
    /// Gives a field that was not read its absent value, or notes that it is missing.
    #[doc(hidden)]
    fn fill(slot: &mut Option<Self>, name: &'static str, key: bool, missing: &mut Option<&'static str>) {
        if slot.is_none() && !key {
            *slot = Self::absent();
        }
        if slot.is_none() {
            missing.get_or_insert(name);
        }
    }
    /// Whether a field of this type is required, and its schema.
    #[doc(hidden)]
    #[inline(never)]
    fn field_schema_part(key: bool, generator: &mut SchemaGenerator) -> (bool, Schema) {
        (key || Self::absent().is_none(), Self::field_schema(generator))
    }
}

/// What a table's cell had to say while it was read.
#[doc(hidden)]
#[derive(Debug)]
pub struct Cell<'a> {
    /// Rule, message, and whether it is an error.
    pub said: &'a mut Vec<(&'static str, crate::problem::Severity, Message)>,
}

impl Cell<'_> {
    /// Something is wrong with the cell.
    pub fn say(&mut self, rule: &'static str, severity: crate::problem::Severity, message: Message) {
        self.said.push((rule, severity, message));
    }
}

/// One side of a merge: its value, and which entries became which on the way from the base.
#[doc(hidden)]
#[derive(Debug)]
pub struct Side<'a, T> {
    pub value: &'a T,
    pub pairs: &'a Pairs,
}
impl<T> Clone for Side<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Side<'_, T> {}

impl<'a, T> Side<'a, T> {
    /// Another value with the same pairs.
    #[must_use]
    pub fn beside<U>(&self, value: &'a U) -> Side<'a, U> {
        Side { value, pairs: self.pairs }
    }
    /// A part of this side's value.
    pub fn part<U>(&self, value: &'a U, step: &str) -> Side<'a, U> {
        Side { value, pairs: self.pairs.inside(step) }
    }
}

/// A merged value and what is undecided about it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Outcome<T: Value> {
    pub value: T,
    pub clash: Option<T::Clash>,
}

// ------------------------------------------------------------------------------------------------
// Paths

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// Into a field of a record.
    Field(&'static Field),
    /// Into an entry of a keyed list or a map, by its key.
    Entry(String),
}

/// The steps from a value to a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(Vec<Step>);

impl Path {
    /// The value itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }
    /// The steps, outermost first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
    #[doc(hidden)]
    pub fn push(&mut self, step: Step) {
        self.0.push(step);
    }
    #[doc(hidden)]
    pub fn pop(&mut self) {
        self.0.pop();
    }
    /// For people: titles of fields and keys of entries, joined by ` › `.
    #[must_use]
    pub fn labels(&self) -> String {
        let words = self.0.iter().map(|step| match step {
            Step::Field(field) => field.title(),
            Step::Entry(key) => key,
        });
        words.collect::<Vec<_>>().join(" › ")
    }
}

/// A JSON pointer (RFC 6901), with keys of entries as segments.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            let name = match step {
                Step::Field(field) => field.name,
                Step::Entry(key) => key.as_str(),
            };
            write!(f, "/{}", name.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

// ------------------------------------------------------------------------------------------------
// Contexts of the verbs

/// What did not fit, gathered while a change is applied.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Patching {
    pub path: Path,
    found: Vec<Mismatch>,
}

impl Patching {
    /// Says that something does not fit here.
    pub fn mismatch(&mut self, expected: Option<String>, found: Option<String>, message: Message) {
        self.found.push(Mismatch { path: self.path.clone(), expected, found, message });
    }
    /// An atom is not the one that a change was made from.
    fn changed_before(&mut self, expected: &dyn Atom, found: &dyn Atom) {
        let text = |atom: &dyn Atom| (!atom.is_absent()).then(|| atom.text().into_owned());
        let (expected, found) = (text(expected), text(found));
        let message = Message::new(
            "原值与变更所依据的值不同",
            "the value is not the one that the change was made from",
        );
        self.mismatch(expected, found, message);
    }
    /// A change does not begin where the one before it ends.
    fn apart(&mut self, expected: &dyn Atom, found: &dyn Atom) {
        let (expected, found) = (expected.text().into_owned(), found.text().into_owned());
        self.mismatch(Some(expected), Some(found), Message::apart());
    }
    /// Says that something does not fit at an entry.
    pub fn mismatch_at(
        &mut self,
        key: &str,
        expected: Option<String>,
        found: Option<String>,
        message: Message,
    ) {
        self.path.push(Step::Entry(key.to_owned()));
        self.mismatch(expected, found, message);
        self.path.pop();
    }
    /// How many were said so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found.len()
    }
    fn finish<T>(self, value: T) -> Result<T, Mismatches> {
        if self.found.is_empty() { Ok(value) } else { Err(Mismatches::new(self.found)) }
    }
}

/// What a merge gathers on its way.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Merging {
    pub path: Path,
    pub(crate) notes: Vec<Note>,
    pub(crate) references: Vec<std::sync::Arc<crate::keyed::References>>,
}

impl Merging {
    /// Which side's atom holds, of three that differ to the letter; the base's where the sides clash. What differs in
    /// spelling alone gives way, and is noted.
    fn choose(&mut self, base: &dyn Atom, ours: &dyn Atom, theirs: &dyn Atom) -> Choice {
        let kept = if same_normal(ours, theirs) {
            if spelling(ours) <= spelling(theirs) { Choice::Ours } else { Choice::Theirs }
        } else if same_normal(ours, base) {
            Choice::Theirs
        } else if same_normal(theirs, base) {
            Choice::Ours
        } else {
            return Choice::Base;
        };
        let (kept_text, lost, side) = match kept {
            Choice::Theirs => (theirs, ours, Choice::Ours),
            _ => (ours, theirs, Choice::Theirs),
        };
        self.note(Some(kept_text.text().into_owned()), lost.text().into_owned(), side);
        kept
    }
    /// A spelling was given up.
    pub(crate) fn note(&mut self, kept: Option<String>, given_up: String, side: Choice) {
        self.notes.push(Note { path: self.path.clone(), kept, given_up, side });
    }
}

/// What is decided of one clash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ruling {
    /// Nothing: it stays a clash.
    Open,
    /// One of the three values.
    Side(Choice),
    /// A value of its own: of a field as a table's cell has it, of an entry as JSON; of an order the keys, with `;`
    /// between them; of `same-id` the key that the entry gets, of `dangling` the key that it refers to.
    Value(String),
    /// Both: of two entries added under one key theirs gets this key, of two orders what both moved.
    Both(String),
}

/// A clash, as who decides sees it.
#[doc(hidden)]
pub trait Contested {
    /// What the value becomes where this side is taken; `None`: nothing is there.
    fn side(&self, choice: Choice) -> Option<Box<dyn Shown>>;
    /// The kinds of the clashes in it.
    fn kinds(&self) -> Vec<ClashKind>;
}

struct InField<'a, V: Value> {
    value: &'a V,
    clash: &'a V::Clash,
}
impl<V: Value> Contested for InField<'_, V> {
    fn side(&self, choice: Choice) -> Option<Box<dyn Shown>> {
        let value = settled(self.value, self.clash, choice);
        if value.is_absent() { None } else { Some(Box::new(value)) }
    }
    fn kinds(&self) -> Vec<ClashKind> {
        let mut kinds = Vec::new();
        V::visit_clash(self.clash, &mut Path::root(), &mut |_, clash| kinds.push(clash.kind));
        kinds
    }
}

/// Decides clashes, one by one.
#[doc(hidden)]
pub trait Judge {
    /// A field of a record in which something clashes: decided as a whole, or (`None`) piece by piece.
    fn field(&mut self, path: &Path, contested: &dyn Contested) -> Option<Ruling> {
        let _ = (path, contested);
        None
    }
    /// One clash.
    fn rule(&mut self, path: &Path, clash: Clash<'_>) -> Ruling;
    /// What was decided last, at this place, cannot be, so that the clash stays.
    fn refused(&mut self, path: &Path, why: Message) {
        let _ = (path, why);
    }
    /// What was decided of this entry's clash of this kind cannot be beside what else was decided: it stays.
    fn undone(&mut self, path: &Path, kind: ClashKind, why: Message) {
        let _ = (path, kind, why);
    }
}

/// Every clash for one side.
struct OneSide(Choice);
impl Judge for OneSide {
    fn rule(&mut self, _: &Path, _: Clash<'_>) -> Ruling {
        Ruling::Side(self.0)
    }
}

/// What deciding carries with it.
#[doc(hidden)]
pub struct Settling<'a> {
    pub path: Path,
    pub(crate) judge: &'a mut dyn Judge,
    /// Whether keys that would repeat leave their clashes open, or the first entry stays.
    pub(crate) keys: Repeating,
}

/// What becomes of decisions by which two entries would have one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeating {
    /// They are refused.
    Refused,
    /// The first entry stays.
    First,
}

impl<'a> Settling<'a> {
    pub(crate) fn new(judge: &'a mut dyn Judge) -> Self {
        Self { path: Path::root(), judge, keys: Repeating::Refused }
    }
    /// Says that a decision cannot be.
    pub(crate) fn refuse(&mut self, why: Message) {
        self.judge.refused(&self.path, why);
    }
    /// Reads a value that was given; what is wrong with it is said.
    pub(crate) fn read<T>(&mut self, read: impl FnOnce(&mut Cell<'_>) -> Option<T>) -> Option<T> {
        let mut said = Vec::new();
        let value = read(&mut Cell { said: &mut said });
        if self.holds(value.is_some(), said) { value } else { None }
    }
    /// Whether a value that was given was read, and nothing is wrong with it.
    fn holds(&mut self, read: bool, said: Vec<(&'static str, crate::problem::Severity, Message)>) -> bool {
        let wrong = said.into_iter().find(|(_, severity, _)| *severity == crate::problem::Severity::Error);
        if read && wrong.is_none() {
            return true;
        }
        let unread = || Message::new("给出的值不能读取", "the value given cannot be read");
        self.refuse(wrong.map_or_else(unread, |(_, _, message)| message));
        false
    }
}

/// The value with every clash decided for one side.
pub(crate) fn settled<V: Value>(value: &V, clash: &V::Clash, choice: Choice) -> V {
    let mut judge = OneSide(choice);
    let mut cx = Settling::new(&mut judge);
    cx.keys = Repeating::First;
    value.settle(clash, &mut cx).value
}

/// A spelling that a merge gave up: it differs from what was kept in normal form only, or the other
/// side removed what was respelt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Note {
    /// Where.
    pub path: Path,
    /// The text that the merged value has; `None` where the other side removed it.
    pub kept: Option<String>,
    /// The text that was given up.
    pub given_up: String,
    /// Whose text was given up.
    pub side: Choice,
}

/// Which of the three values of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The common ancestor's.
    Base,
    /// The first side's.
    Ours,
    /// The second side's.
    Theirs,
}

/// Why two sides of a merge could not both have their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClashKind {
    /// Both changed one value, differently.
    EditEdit,
    /// One side changed an entry that the other removed.
    EditRemove,
    /// Both added an entry under one key, differently.
    AddAdd,
    /// Several entries want one key.
    SameId,
    /// The orders of both sides cannot both hold.
    Order,
    /// A reference ends nowhere in the merged list, and did not before.
    Dangling,
}

impl ClashKind {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::EditEdit, Self::EditRemove, Self::AddAdd, Self::SameId, Self::Order, Self::Dangling];

    /// Its name in documents.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EditEdit => "edit-edit",
            Self::EditRemove => "edit-remove",
            Self::AddAdd => "add-add",
            Self::SameId => "same-id",
            Self::Order => "order",
            Self::Dangling => "dangling",
        }
    }
}

/// One clash, as a visit shows it. A side that has nothing there is `None`.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Clash<'a> {
    /// Its kind.
    pub kind: ClashKind,
    /// The common ancestor's value.
    pub base: Option<&'a dyn Shown>,
    /// Our value.
    pub ours: Option<&'a dyn Shown>,
    /// Their value.
    pub theirs: Option<&'a dyn Shown>,
}

impl<'a> Clash<'a> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(
        kind: ClashKind,
        base: Option<&'a dyn Shown>,
        ours: Option<&'a dyn Shown>,
        theirs: Option<&'a dyn Shown>,
    ) -> Self {
        Self { kind, base, ours, theirs }
    }
}

impl Debug for Clash<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn show(side: Option<&dyn Shown>) -> Option<Cow<'_, str>> {
            side.map(Shown::shown)
        }
        f.debug_struct("Clash")
            .field("kind", &self.kind)
            .field("base", &show(self.base))
            .field("ours", &show(self.ours))
            .field("theirs", &show(self.theirs))
            .finish()
    }
}

/// Any value, as it is shown: object-safe.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the field of a record yet",
    note = "derive `qingdan::Atom` for it if it is replaced whole, `qingdan::Record` if it has fields",
    note = "a repeated value is a `Set<T>` of codes, a `List<T>` of keyed entries or a `Map<T>`",
    note = "an `Option` of a text would have two ways to be empty: the text alone says what is absent"
)]
pub trait Shown: Send + Sync {
    /// As a table's cell has it.
    fn shown(&self) -> Cow<'_, str>;
    /// As the catalogue document has it.
    fn json(&self) -> serde_json::Value;
    /// The value itself, for who knows its type.
    fn as_any(&self) -> &dyn std::any::Any;
    /// Whether it is equal to another to the letter, type and all.
    fn is(&self, other: &dyn Shown) -> bool;
    /// Whether it says «nothing here».
    #[doc(hidden)]
    fn is_nothing(&self) -> bool;
}
impl<V: Value> Shown for V {
    fn shown(&self) -> Cow<'_, str> {
        self.to_cell()
    }
    fn json(&self) -> serde_json::Value {
        crate::__private::as_json(self)
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn is(&self, other: &dyn Shown) -> bool {
        other.as_any().downcast_ref::<V>().is_some_and(|other| self == other)
    }
    fn is_nothing(&self) -> bool {
        self.is_absent()
    }
}

/// What a visit of a delta sees.
pub trait VisitDelta {
    /// An atom changed; a side that has nothing there is `None`.
    fn leaf(&mut self, path: &Path, before: Option<&dyn Atom>, after: Option<&dyn Atom>);
    /// An entry of a list, a map or a set came (`before` is `None`) or went (`after` is `None`).
    /// Answers whether its leaves are to be visited as well.
    fn entry(&mut self, path: &Path, before: Option<&dyn Shown>, after: Option<&dyn Shown>) -> bool {
        let _ = (path, before, after);
        true
    }
    /// An entry's key changed.
    fn recoded(&mut self, path: &Path, before: &str, after: &str) {
        let _ = (path, before, after);
    }
    /// Entries of a list moved.
    fn moved(&mut self, path: &Path, keys: &[&str]) {
        let _ = (path, keys);
    }
}

// ------------------------------------------------------------------------------------------------
// Atoms

/// A value that is replaced whole: a text, a date, a code, a level. Object-safe.
///
/// `#[derive(Atom)]` implements it for types that have `Display` and `FromStr`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the field of a record yet",
    note = "derive `qingdan::Atom` for it if it is replaced whole, `qingdan::Record` if it has fields",
    note = "a repeated value is a `Set<T>` of codes, a `List<T>` of keyed entries or a `Map<T>`",
    note = "an `Option` of a text would have two ways to be empty: the text alone says what is absent"
)]
pub trait Atom: Send + Sync + 'static {
    /// As a table's cell has it.
    fn text(&self) -> Cow<'_, str>;
    /// As the catalogue document has it.
    fn to_json(&self) -> serde_json::Value;
    /// The text for comparing: two atoms with equal normal forms differ in spelling alone.
    fn normal(&self) -> Cow<'_, str> {
        normal(self.text())
    }
    /// Whether this value says «nothing here».
    fn is_absent(&self) -> bool {
        false
    }
    /// The value that says «nothing here», where the type has one.
    #[must_use]
    fn absent() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
    /// Reads the text of a table's cell.
    ///
    /// # Errors
    /// What is wrong with the text, and what to do.
    fn from_text(text: &str) -> Result<Self, Message>
    where
        Self: Sized;
    /// A name for schemas.
    #[doc(hidden)]
    fn type_name() -> Cow<'static, str>
    where
        Self: Sized;
    #[doc(hidden)]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>
    where
        Self: Sized + Deserialize<'de>,
    {
        Self::deserialize(deserializer)
    }
    #[doc(hidden)]
    fn field_schema(generator: &mut SchemaGenerator) -> Schema
    where
        Self: Sized + JsonSchema,
    {
        reference::<Self>(generator)
    }
    /// Whether a cell keeps the text to the byte, under the mark against formulas.
    #[doc(hidden)]
    #[must_use]
    fn is_free_text() -> bool
    where
        Self: Sized,
    {
        false
    }
}

/// A text in normal form.
fn normal(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => crate::text::normal(text),
        Cow::Owned(text) => Cow::Owned(crate::text::normal(&text).into_owned()),
    }
}

/// Whether two atoms are equal in normal form.
fn same_normal(a: &dyn Atom, b: &dyn Atom) -> bool {
    a.normal() == b.normal()
}

/// An atom whose text is never empty, so that `Option` of it has one way to be absent.
#[diagnostic::on_unimplemented(
    message = "`Option<{Self}>` would have two ways to be empty",
    note = "the empty text is absent already: use `{Self}` without `Option`"
)]
pub trait NeverEmpty: Atom {}

// Errors speak of `Value`, not of the parts of this bound.
#[diagnostic::do_not_recommend]
impl<A> Value for A
where
    A: Atom + Part,
{
    type Delta = Change<A>;
    type Clash = Conflict<A>;

    fn is_absent(&self) -> bool {
        Atom::is_absent(self)
    }
    fn absent() -> Option<Self> {
        A::absent()
    }
    fn alike(&self, other: &Self) -> bool {
        self == other || same_normal(self, other)
    }
    fn diff_as(&self, after: &Self, _: &Pairs) -> Option<Change<A>> {
        if self == after { None } else { Some(Change { before: self.clone(), after: after.clone() }) }
    }
    fn patch(&self, delta: &Change<A>, cx: &mut Patching) -> Self {
        if *self == delta.before {
            return delta.after.clone();
        }
        cx.changed_before(&delta.before, self);
        self.clone()
    }
    fn inverse(delta: &Change<A>) -> Change<A> {
        Change { before: delta.after.clone(), after: delta.before.clone() }
    }
    fn then(first: &Change<A>, second: &Change<A>, cx: &mut Patching) -> Option<Change<A>> {
        if first.after != second.before {
            cx.apart(&second.before, &first.after);
        }
        A::tidy(Change { before: first.before.clone(), after: second.after.clone() })
    }
    fn tidy(delta: Change<A>) -> Option<Change<A>> {
        (delta.before != delta.after).then_some(delta)
    }
    fn merge_in(base: &A, ours: Side<'_, A>, theirs: Side<'_, A>, cx: &mut Merging) -> Outcome<A> {
        let (o, t) = (ours.value, theirs.value);
        let side = if o == t || t == base {
            Choice::Ours
        } else if o == base {
            Choice::Theirs
        } else {
            cx.choose(base, o, t)
        };
        let value = match side {
            Choice::Ours => o,
            Choice::Theirs => t,
            Choice::Base => {
                let clash = Conflict { base: base.clone(), ours: o.clone(), theirs: t.clone() };
                return Outcome { value: base.clone(), clash: Some(clash) };
            }
        };
        Outcome { value: value.clone(), clash: None }
    }
    fn settle(&self, clash: &Conflict<A>, cx: &mut Settling<'_>) -> Outcome<Self> {
        let mut ruling = Ruling::Open;
        Self::visit_clash(clash, &mut cx.path, &mut |path, clash| ruling = cx.judge.rule(path, clash));
        let value = match ruling {
            Ruling::Side(Choice::Base) => &clash.base,
            Ruling::Side(Choice::Ours) => &clash.ours,
            Ruling::Side(Choice::Theirs) => &clash.theirs,
            ruling => return self.settle_whole(clash, &ruling, cx),
        };
        Outcome { value: value.clone(), clash: None }
    }
    fn visit(&self, path: &mut Path, visitor: &mut dyn FnMut(&Path, &dyn Atom)) {
        visitor(path, self);
    }
    fn visit_delta(delta: &Change<A>, path: &mut Path, visitor: &mut dyn VisitDelta) {
        let there = |a: &'_ A| !Atom::is_absent(a);
        let side = |a| if there(a) { Some(a as &dyn Atom) } else { None };
        visitor.leaf(path, side(&delta.before), side(&delta.after));
    }
    fn visit_clash(clash: &Conflict<A>, path: &mut Path, visitor: &mut dyn FnMut(&Path, Clash<'_>)) {
        let side = |a: &'_ A| !Atom::is_absent(a);
        let show = |a| if side(a) { Some(a as &dyn Shown) } else { None };
        let clash =
            Clash::new(ClashKind::EditEdit, show(&clash.base), show(&clash.ours), show(&clash.theirs));
        visitor(path, clash);
    }
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <A as Atom>::read(deserializer)
    }
    fn recover(json: &crate::json::Tree, cx: &mut crate::json::Recovering<'_>) -> Option<Self> {
        cx.atom(json)
    }
    fn field_schema(generator: &mut SchemaGenerator) -> Schema {
        <A as Atom>::field_schema(generator)
    }
    fn type_name() -> Cow<'static, str> {
        <A as Atom>::type_name()
    }
    fn is_free_text() -> bool {
        <A as Atom>::is_free_text()
    }
    fn to_cell(&self) -> Cow<'_, str> {
        self.text()
    }
    fn from_cell(text: &str, cx: &mut Cell<'_>) -> Option<Self> {
        match A::from_text(text) {
            Ok(value) => Some(value),
            Err(message) => {
                cx.say("table/cell-misread", crate::problem::Severity::Error, message);
                None
            }
        }
    }
}

/// What decides between two spellings: code points of the text, then of the JSON.
fn spelling(atom: &dyn Atom) -> (Cow<'_, str>, String) {
    (atom.text(), atom.to_json().to_string())
}

/// An atom that may be absent. `Option` of a text is refused: the empty text is absent already.
impl<A> Atom for Option<A>
where
    A: NeverEmpty + Serialize + DeserializeOwned + JsonSchema,
{
    fn text(&self) -> Cow<'_, str> {
        match self {
            Some(atom) => atom.text(),
            None => Cow::Borrowed(""),
        }
    }
    fn to_json(&self) -> serde_json::Value {
        match self {
            Some(atom) => atom.to_json(),
            None => serde_json::Value::Null,
        }
    }
    fn normal(&self) -> Cow<'_, str> {
        match self {
            Some(atom) => atom.normal(),
            None => Cow::Borrowed(""),
        }
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn from_text(text: &str) -> Result<Self, Message> {
        if text.trim().is_empty() { Ok(None) } else { A::from_text(text).map(Some) }
    }
    fn type_name() -> Cow<'static, str> {
        format!("Optional{}", A::type_name()).into()
    }
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>
    where
        Self: Deserialize<'de>,
    {
        // Null is nowhere in a document: `Some` is read by a visitor that knows no null.
        struct Present<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Present<T> {
            type Value = Option<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value (what is absent is left out, never null)")
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
                T::deserialize(deserializer).map(Some)
            }
        }
        deserializer.deserialize_option(Present::<A>(PhantomData))
    }
    fn field_schema(generator: &mut SchemaGenerator) -> Schema
    where
        Self: JsonSchema,
    {
        // Null is nowhere in a document.
        reference::<A>(generator)
    }
}

impl Atom for String {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
    fn to_json(&self) -> serde_json::Value {
        self.as_str().into()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
    fn from_text(text: &str) -> Result<Self, Message> {
        Ok(text.to_owned())
    }
    fn is_free_text() -> bool {
        true
    }
    fn type_name() -> Cow<'static, str> {
        "String".into()
    }
}

impl NeverEmpty for bool {}
/// `false` is absent; `Option<bool>` tells «no» from «not stated».
impl Atom for bool {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "是" } else { "否" })
    }
    fn to_json(&self) -> serde_json::Value {
        (*self).into()
    }
    fn is_absent(&self) -> bool {
        !*self
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
    fn from_text(text: &str) -> Result<Self, Message> {
        let text = text.split_whitespace().collect::<String>();
        match text.as_str() {
            "是" | "有" | "收费" | "√" | "✓" | "●" | "■" | "1" | "Y" | "y" | "yes" | "true" => {
                Ok(true)
            }
            "否" | "无" | "不收费" | "不涉及" | "×" | "✗" | "0" | "N" | "n" | "no" | "false" | "" => {
                Ok(false)
            }
            other => Err(Message::new(
                format!("“{other}”不是“是”或“否”"),
                format!("`{other}` is neither 是 nor 否; write one of them"),
            )),
        }
    }
    fn type_name() -> Cow<'static, str> {
        "Bool".into()
    }
}

macro_rules! numbers {
    ($($ty:ty: $name:literal),* $(,)?) => {$(
        impl NeverEmpty for $ty {}
        impl Atom for $ty {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
            fn to_json(&self) -> serde_json::Value {
                (*self).into()
            }
            fn from_text(text: &str) -> Result<Self, Message> {
                let text: String = text.nfkc_digits();
                // Workbooks keep numbers as 2.0, people write what they count (0次, 15份, 2024年).
                let counted = text.trim_end_matches(['次', '份', '个', '项', '件', '张', '年', '人', '岁']);
                let whole = counted.strip_suffix(".0").unwrap_or(counted);
                whole.parse().map_err(|_| Message::new(
                    format!("“{text}”不是整数"),
                    format!("`{text}` is not a whole number"),
                ))
            }
            fn type_name() -> Cow<'static, str> {
                $name.into()
            }
        }
    )*};
}
numbers!(u16: "ShortNumber", u32: "Number", u64: "LongNumber", i32: "SignedNumber", i64: "LongSignedNumber");

trait Digits {
    fn nfkc_digits(&self) -> String;
}
impl Digits for str {
    fn nfkc_digits(&self) -> String {
        use unicode_normalization::UnicodeNormalization as _;
        self.trim().nfkc().collect()
    }
}

// ------------------------------------------------------------------------------------------------
// Change and conflict of an atom

/// An atom before and after.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change<T> {
    /// Before.
    pub before: T,
    /// After.
    pub after: T,
}

/// Two sides changed one atom in different ways.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conflict<T> {
    /// The common ancestor's value, which the merged value keeps.
    pub base: T,
    /// Our value.
    pub ours: T,
    /// Their value.
    pub theirs: T,
}

/// Reads an atom at several times or on several sides.
struct Sides<T> {
    what: &'static str,
    names: &'static [&'static str],
    of: PhantomData<T>,
}
impl<'de, T: Value> Visitor<'de> for Sides<T> {
    /// As many as there are names.
    type Value = [Option<T>; 3];
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut sides = [None, None, None];
        let [first, second, third] = &mut sides;
        let parts: &mut [&mut dyn ReadInto<'de, A, AsValue>] = &mut [first, second, third];
        let parts = &mut parts[..self.names.len()];
        if read_parts(&mut map, self.names, parts, None)? == 0 {
            return Err(A::Error::custom(format_args!("{}: there is none of them", self.what)));
        }
        fill_parts(self.names, &[false; 3], parts)?;
        Ok(sides)
    }
}

macro_rules! triple {
    ($name:ident, $what:literal, $($field:ident),* $(; $rest:ident)?) => {
        impl<T: Value> Serialize for $name<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                write_parts::<_, AsValue>(&mut map, &[$(stringify!($field)),*], &[], &[$(&self.$field),*])?;
                map.end()
            }
        }
        impl<'de, T: Value> Deserialize<'de> for $name<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let names = &[$(stringify!($field)),*];
                let sides = deserializer.deserialize_map(Sides::<T> { what: $what, names, of: PhantomData })?;
                match sides {
                    [$(Some($field),)* $($rest @ None)?] => Ok(Self { $($field),* }),
                    _ => Err(D::Error::custom($what)),
                }
            }
        }
        impl<T: Value> JsonSchema for $name<T> {
            fn schema_name() -> Cow<'static, str> {
                format!("{}_{}", stringify!($name), T::type_name()).into()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                sides_schema(&[$(stringify!($field)),*], &T::field_schema(generator), T::absent().is_some())
            }
        }
    };
}
/// The schema of an atom at several times or on several sides.
fn sides_schema(names: &[&str], atom: &Schema, may_be_absent: bool) -> Schema {
    let properties =
        crate::sorting::object(&mut names.iter().map(|name| ((*name).to_owned(), atom.clone().to_value())));
    let mut schema = schemars::json_schema!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if may_be_absent {
        schema.insert("minProperties".into(), 1.into());
    } else {
        schema.insert("required".into(), names.into());
    }
    schema
}

triple!(Change, "a change: before and after", before, after; _rest);
triple!(Conflict, "a conflict: base, ours and theirs", base, ours, theirs);

/// A value that is read without null.
#[doc(hidden)]
#[derive(Debug)]
pub struct Held<T>(pub T);
impl<'de, T: Value> Deserialize<'de> for Held<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

/// A clash that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Never {}

impl Serialize for Never {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}
impl<'de> Deserialize<'de> for Never {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom("two sides of a set never clash"))
    }
}
impl JsonSchema for Never {
    fn schema_name() -> Cow<'static, str> {
        "Never".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        false.into()
    }
}

// ------------------------------------------------------------------------------------------------
// What callers use

/// A merged value, what remains to be decided about it, and the spellings given up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Merged<T: Value> {
    /// The value; the base's wherever the sides clash.
    pub value: T,
    /// Where they clash.
    pub clash: Option<T::Clash>,
    /// Spellings given up where the sides do not clash.
    pub notes: Vec<Note>,
}

impl<T: Value> Merged<T> {
    /// The value with every clash decided for one side.
    ///
    /// Linear in the value and the clashes.
    #[must_use]
    pub fn settled(&self, choice: Choice) -> T {
        self.clash.as_ref().map_or_else(|| self.value.clone(), |clash| settled(&self.value, clash, choice))
    }
    /// Visits every clash with its place.
    pub fn visit_clashes(&self, visitor: &mut dyn FnMut(&Path, Clash<'_>)) {
        if let Some(clash) = &self.clash {
            T::visit_clash(clash, &mut Path::root(), visitor);
        }
    }
}

/// What changes `before` into `after`; `None` where nothing does. Entries keep themselves by key.
///
/// Linear in both values, beside the sorting of what moved.
pub fn diff<T: Value>(before: &T, after: &T) -> Option<T::Delta> {
    before.diff_as(after, &Pairs::none())
}

/// [`diff`], told that entries became others: `pairs` decides how the way is told, not where it ends.
pub fn diff_as<T: Value>(before: &T, after: &T, pairs: &Pairs) -> Option<T::Delta> {
    before.diff_as(after, pairs)
}

/// The value with the change made.
///
/// # Errors
/// Every place where the change does not fit; nothing is changed then.
pub fn patched<T: Value>(value: &T, delta: Option<&T::Delta>) -> Result<T, Mismatches> {
    let (value, mismatches) = patched_as_far_as_it_fits(value, delta);
    mismatches.map_or(Ok(value), Err)
}

/// The value with what fits of the change made, and every place where it does not fit.
pub fn patched_as_far_as_it_fits<T: Value>(value: &T, delta: Option<&T::Delta>) -> (T, Option<Mismatches>) {
    let Some(delta) = delta else { return (value.clone(), None) };
    let mut cx = Patching::default();
    let value = value.patch(delta, &mut cx);
    (value, cx.finish(()).err())
}

/// The way back.
pub fn inverse<T: Value>(delta: Option<&T::Delta>) -> Option<T::Delta> {
    delta.map(T::inverse)
}

/// Two changes as one: `second` begins where `first` ends.
///
/// # Errors
/// Every place where it does not, as far as both speak of one thing.
pub fn then<T: Value>(
    first: Option<&T::Delta>,
    second: Option<&T::Delta>,
) -> Result<Option<T::Delta>, Mismatches> {
    match (first, second) {
        (Some(first), Some(second)) => {
            let mut cx = Patching::default();
            let delta = T::then(first, second, &mut cx);
            cx.finish(delta)
        }
        (one, None) | (None, one) => Ok(one.cloned()),
    }
}

/// The same change without what changes nothing.
pub fn tidy<T: Value>(delta: Option<T::Delta>) -> Option<T::Delta> {
    delta.and_then(T::tidy)
}

/// Joins two descendants of `base`. Never fails and never guesses: where the sides clash the value
/// keeps the base's, and the clash holds all three.
pub fn merge<T: Value>(base: &T, ours: &T, theirs: &T) -> Merged<T> {
    let none = Pairs::none();
    merge_as(base, (ours, &none), (theirs, &none))
}

/// [`merge`], told on each side which entries became which.
pub fn merge_as<T: Value>(base: &T, ours: (&T, &Pairs), theirs: (&T, &Pairs)) -> Merged<T> {
    let mut cx = Merging::default();
    let (ours, theirs) = (Side { value: ours.0, pairs: ours.1 }, Side { value: theirs.0, pairs: theirs.1 });
    let Outcome { value, clash } = T::merge_in(base, ours, theirs, &mut cx);
    Merged { value, clash, notes: cx.notes }
}

/// Visits every atom of a value, with its place.
pub fn visit<T: Value>(value: &T, visitor: &mut dyn FnMut(&Path, &dyn Atom)) {
    value.visit(&mut Path::root(), visitor);
}

/// Visits every change of a delta, with its place.
pub fn visit_delta<T: Value>(delta: &T::Delta, visitor: &mut dyn VisitDelta) {
    T::visit_delta(delta, &mut Path::root(), visitor);
}

/// Whether two values are equal in normal form.
pub fn alike<T: Value>(a: &T, b: &T) -> bool {
    a.alike(b)
}

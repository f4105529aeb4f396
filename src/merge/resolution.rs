//! What people and policies decide of clashes.

use super::ClashRow;
use crate::codes::Pick;
use crate::term::TimeLimit;
use crate::value::{Choice, ClashKind, Ruling, Shown};
use crate::{Map, Record, Text};

/// One row of a resolutions file: what a person decided of a clash.
///
/// ```
/// use qingdan::codes::Pick;
/// use qingdan::merge::Resolution;
/// let row = Resolution::new("000131061001", "name", Pick::Theirs);
/// assert_eq!(&*row.field, "name");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "resolution-row")]
#[non_exhaustive]
pub struct Resolution {
    /// The item as the clash names it; empty for a clash of the header or of the order.
    #[record(column("item", "事项编码"))]
    pub item: Text,
    /// The kind of the clash (`edit-edit`, …); empty: whatever kind.
    #[record(column("kind", "冲突类型"))]
    pub kind: Text,
    /// The field, of an extra column its header; empty where the clash is about the whole item or the order.
    #[record(column("field", "字段"))]
    pub field: Text,
    /// What is taken. Empty: not decided yet.
    #[record(column("choice", "选择"))]
    pub choice: Option<Pick>,
    /// With `value` the value: of a field as a table's cell has it, of an item as JSON, of an order the ids with `;`
    /// between them, of `same-id` the id that the item gets, of `dangling` the id that it belongs to. With `both` the
    /// new id of theirs.
    #[record(column("value", "值"))]
    pub value: Text,
    /// Who decided.
    #[record(column("who", "决定人"))]
    pub who: Text,
    /// Why.
    #[record(column("note", "备注"))]
    pub note: Text,
    /// Columns that are none of these.
    pub extra: Map<Text>,
}

impl Resolution {
    /// A choice for a field of an item; the field is empty where the clash is about the whole item.
    pub fn new(item: impl Into<Text>, field: impl Into<Text>, choice: Pick) -> Self {
        Self { item: item.into(), field: field.into(), choice: Some(choice), ..Self::default() }
    }
    /// The row that a person fills in to decide a clash.
    #[must_use]
    #[inline]
    pub fn to_decide(clash: &ClashRow) -> Self {
        Self {
            item: clash.item.as_str().into(),
            kind: clash.kind.as_str().into(),
            field: clash.field.as_str().into(),
            ..Self::default()
        }
    }
    /// Whether it speaks of a clash.
    #[inline]
    pub(super) fn is_of(&self, clash: &ClashRow) -> bool {
        let kind = self.kind.trim();
        self.item.trim() == clash.item
            && self.field.trim() == clash.field
            && (kind.is_empty() || kind == clash.kind.as_str())
    }
    /// What it decides; `None` where it decides nothing.
    #[inline]
    pub(super) fn ruling(&self) -> Option<Ruling> {
        Some(match self.choice.as_ref()? {
            Pick::Base => Ruling::Side(Choice::Base),
            Pick::Ours => Ruling::Side(Choice::Ours),
            Pick::Theirs => Ruling::Side(Choice::Theirs),
            Pick::Value => Ruling::Value(self.value.to_string()),
            Pick::Both => Ruling::Both(self.value.trim().to_owned()),
            Pick::Other(_) => return None,
        })
    }
}

/// What decides clashes without a person.
///
/// ```
/// use qingdan::merge::{Policy, Take};
/// use qingdan::value::Choice;
/// // Of two limits the smaller one; whatever else clashes as the upper list, which is theirs here, says.
/// let policies = [Policy::new(Take::Smaller), Policy::new(Take::Side(Choice::Theirs)).by("upper list")];
/// assert_eq!(policies[1].who, "upper list");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The fields that it decides (extra columns by header); none: every clash.
    pub fields: Vec<String>,
    /// The kinds of clashes that it decides; none: all.
    pub kinds: Vec<ClashKind>,
    /// What it takes.
    pub take: Take,
    /// What it is called among the resolutions.
    pub who: String,
}

/// What a policy takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Take {
    /// A side: ours, theirs, the one that is the upper list.
    Side(Choice),
    /// Of two limits of one unit, or two numbers, the smaller one; other values stay clashes.
    Smaller,
}

impl Policy {
    /// A policy for every clash.
    #[must_use]
    #[inline]
    pub fn new(take: Take) -> Self {
        let who = match take {
            Take::Side(Choice::Base) => "policy: base",
            Take::Side(Choice::Ours) => "policy: ours",
            Take::Side(Choice::Theirs) => "policy: theirs",
            Take::Smaller => "policy: smaller",
        };
        Self { fields: Vec::new(), kinds: Vec::new(), take, who: who.to_owned() }
    }
    /// The same for these fields alone.
    #[must_use]
    pub fn for_fields(mut self, fields: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.fields = fields.into_iter().map(Into::into).collect();
        self
    }
    /// The same for these kinds of clashes alone.
    #[must_use]
    pub fn for_kinds(mut self, kinds: impl IntoIterator<Item = ClashKind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }
    /// The same under this name.
    #[must_use]
    pub fn by(mut self, who: impl Into<String>) -> Self {
        self.who = who.into();
        self
    }
    /// What it says of a clash; `None`: nothing.
    #[inline]
    pub(super) fn choice(&self, clash: &ClashRow, sides: [Option<&dyn Shown>; 2]) -> Option<Choice> {
        let named = self.fields.is_empty() || self.fields.contains(&clash.field);
        if !named || !self.kinds.is_empty() && !self.kinds.contains(&clash.kind) {
            return None;
        }
        match self.take {
            Take::Side(choice) => Some(choice),
            Take::Smaller => smaller(sides[0]?, sides[1]?),
        }
    }
}

/// The side whose value is smaller, where both can be compared.
#[inline]
fn smaller(ours: &dyn Shown, theirs: &dyn Shown) -> Option<Choice> {
    fn of<T: PartialOrd + 'static>(ours: &dyn Shown, theirs: &dyn Shown) -> Option<Choice> {
        let (ours, theirs) = (ours.as_any().downcast_ref::<T>()?, theirs.as_any().downcast_ref::<T>()?);
        let order = ours.partial_cmp(theirs)?;
        Some(if order.is_gt() { Choice::Theirs } else { Choice::Ours })
    }
    of::<Option<TimeLimit>>(ours, theirs)
        .or_else(|| of::<TimeLimit>(ours, theirs))
        .or_else(|| of::<Option<u32>>(ours, theirs))
        .or_else(|| of::<Option<u16>>(ours, theirs))
}

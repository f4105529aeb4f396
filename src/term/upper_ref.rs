//! A reference from an item to rows of the upper list (中央清单序号, 省级清单序号).

use crate::codes::{Level, UpperRelation};
use crate::keyed::InColumn;
use crate::problem::Message;
use crate::serial::serials;
use crate::text::normal;
use crate::{Record, Text};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A row of an upper list, as the lower list refers to it: by its serial number or its code.
///
/// A cell may name several (`1、729`). Level and edition are those of the column's header (国家清单序号); under 上级清单序号
/// they stand in front (`国家级：1`), where the list says them. In a list references stand by level and edition.
///
/// ```
/// use qingdan::{List, codes::Level, term::UpperRef};
/// let one: UpperRef = "国家级：5～7".parse()?;
/// assert_eq!((one.level.clone(), &*one.text), (Some(Level::National), "5～7"));
/// assert_eq!(one.serials(), [[5], [6], [7]]);
/// assert_eq!(UpperRef::new("000117001000").to_string(), "000117001000");
/// assert_eq!("729（部分）".parse::<UpperRef>()?.relation, Some(qingdan::codes::UpperRelation::Part));
/// # Ok::<(), qingdan::problem::Message>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "upper-ref", text, key_with = canonical, cut_with = cut, order_with = by_list, joint = "、")]
#[non_exhaustive]
pub struct UpperRef {
    /// The level of the upper list (清单层级).
    pub level: Option<Level>,
    /// Its edition (清单版本), where the header says which.
    pub edition: Text,
    /// Serial number, range of such, or code, as written (序号或编码).
    pub text: Text,
    /// How far the item is that row, where the list says so in brackets behind it: `729（部分）` (关系).
    pub relation: Option<UpperRelation>,
}

impl UpperRef {
    /// A reference of which nothing is said but this.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
    /// The serial numbers that it gives ([`serials`]); none where it is a code.
    #[must_use]
    pub fn serials(&self) -> Vec<Vec<u32>> {
        serials(&self.text)
    }
}

/// What stands between the list and the row.
const BETWEEN: char = '：';

fn canonical(one: &UpperRef) -> Cow<'_, str> {
    match &*one.column() {
        "" => normal(&one.text),
        column => Cow::Owned(format!("{column}{BETWEEN}{}", normal(&one.text))),
    }
}

fn by_list(one: &UpperRef, other: &UpperRef) -> Ordering {
    (&one.level, &one.edition).cmp(&(&other.level, &other.edition))
}

fn cut(cell: &str) -> Vec<&str> {
    crate::cell::cut(cell, &['、', '，', ',', '；', ';', '\n', '\r'])
}

/// Takes the relation in brackets off.
fn with_relation(text: &str) -> (&str, Option<UpperRelation>) {
    let found = text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '(']));
    let relation = found.and_then(|(row, word)| match word.parse() {
        Ok(UpperRelation::Other(_)) | Err(_) => None,
        Ok(relation) => Some((row.trim_end(), relation)),
    });
    match relation {
        Some((row, relation)) if !row.is_empty() => (row, Some(relation)),
        _ => (text, None),
    }
}

/// The level and the edition that a column is of (国家级2022年版).
fn list_of(column: &str) -> Option<(Level, &str)> {
    let level = |level: &Level| Some((level.clone(), column.strip_prefix(level.label())?));
    Level::ALL.iter().find_map(level)
}

impl InColumn for UpperRef {
    fn column(&self) -> Cow<'_, str> {
        match &self.level {
            None if self.edition.is_empty() => Cow::Borrowed(""),
            level => Cow::Owned(format!("{}{}", level.as_ref().map_or("", Level::label), self.edition)),
        }
    }
    fn in_column(&self) -> Cow<'_, str> {
        match &self.relation {
            Some(relation) => Cow::Owned(format!("{}（{relation}）", self.text)),
            None => Cow::Borrowed(&self.text),
        }
    }
    fn from_column(column: &str, text: &str) -> Result<Self, Message> {
        let (level, edition) = list_of(column).map_or((None, column), |(level, rest)| (Some(level), rest));
        let (row, relation) = with_relation(text);
        Ok(Self { level, edition: edition.into(), text: row.into(), relation })
    }
}

impl fmt::Display for UpperRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.column() {
            "" => f.write_str(&self.in_column()),
            column => write!(f, "{column}{BETWEEN}{}", self.in_column()),
        }
    }
}
impl FromStr for UpperRef {
    type Err = Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let split = text.split_once(BETWEEN).filter(|(column, _)| list_of(column.trim()).is_some());
        let (column, row) = split.unwrap_or(("", text));
        Self::from_column(column.trim(), row.trim())
    }
}

//! The bodies of one level, where a list has a column for each (省级主管部门, 县级实施机关).

use super::EntryText;
use crate::Record;
use crate::codes::{BodyRole, Level};
use crate::keyed::InColumn;
use crate::organ;
use crate::problem::{Message, shortened};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A body of one level, and what it is there.
///
/// In a list departments stand before authorities, both from the highest level down: which column came first says
/// nothing. An entry is one body, so that what came and went is told by bodies. Its text has the column in front:
/// `省级主管部门：省林草局`; in the column of its level and role stands the name alone.
///
/// ```
/// use qingdan::codes::{BodyRole, Level};
/// use qingdan::term::LevelBody;
/// let body: LevelBody = "省级主管部门：省林草局".parse()?;
/// assert_eq!(body, LevelBody::new(Level::Province, BodyRole::Department, "省林草局"));
/// # Ok::<(), qingdan::problem::Message>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Record)]
#[record(name = "level-body", text, key_with = canonical, cut_with = cut, order_with = by_column)]
#[non_exhaustive]
pub struct LevelBody {
    /// The level whose body it is (层级).
    pub level: Level,
    /// What it is there (主管部门, 实施机关).
    pub role: BodyRole,
    /// The body as written.
    pub name: EntryText,
}

impl LevelBody {
    /// A body of this level and name.
    pub fn new(level: Level, role: BodyRole, name: impl Into<EntryText>) -> Self {
        Self { level, role, name: name.into() }
    }
}

/// What stands between the column and the name.
const BETWEEN: char = '：';

fn canonical(body: &LevelBody) -> Cow<'_, str> {
    Cow::Owned(format!("{}{BETWEEN}{}", body.column(), body.name.canonical()))
}

fn by_column(one: &LevelBody, other: &LevelBody) -> Ordering {
    (&one.role, &one.level).cmp(&(&other.role, &other.level))
}

fn cut(cell: &str) -> Vec<&str> {
    crate::cell::cut(cell, &['；', ';', '\n', '\r'])
}

fn no_column(text: &str) -> Message {
    let text = shortened(text, 40);
    Message::new(
        format!("“{text}”没有写明层级和主管部门或实施机关；例如“省级主管部门：省林草局”"),
        format!("`{text}` does not say level and role; write for example 省级主管部门：省林草局"),
    )
}

impl InColumn for LevelBody {
    fn column(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}{}", self.level.label(), self.role.label()))
    }
    fn in_column(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.name)
    }
    fn from_column(column: &str, text: &str) -> Result<Self, Message> {
        let read = BodyRole::ALL.iter().find_map(|role| {
            let level = column.strip_suffix(role.label())?;
            let level = level.parse().ok().filter(|level| !matches!(level, Level::Other(_)))?;
            Some(Self::new(level, role.clone(), text))
        });
        read.ok_or_else(|| no_column(column))
    }
    fn cut_column<'a>(column: &str, cell: &'a str) -> Vec<&'a str> {
        // As fields of departments and of authorities are.
        if column.ends_with(BodyRole::Department.label()) {
            crate::cell::cut(cell, &['、', '；', ';', '\n', '\r'])
        } else {
            organ::cut(cell)
        }
    }
    fn joint_in(column: &str) -> &'static str {
        if column.ends_with(BodyRole::Department.label()) { "、" } else { "；" }
    }
}

impl fmt::Display for LevelBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{BETWEEN}{}", self.column(), self.name)
    }
}
impl FromStr for LevelBody {
    type Err = Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (column, name) = text.split_once(BETWEEN).ok_or_else(|| no_column(text))?;
        Self::from_column(column.trim(), name.trim()).map_err(|_| no_column(text))
    }
}

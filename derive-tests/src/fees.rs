//! A kind of list of one's own: every option of the derives is used once.

use qingdan::codes::Level;
use qingdan::item::columns;
use qingdan::problem::Message;
use qingdan::value::Cell;
use qingdan::{Atom, InColumn, List, Map, Record, Set, Text, relation};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Headers that several kinds of one's own have.
mod shared {
    use qingdan::SpreadColumn;

    pub(super) const LEVELS: &[&str] = &["省级", "市级"];
    pub(super) const RATES: &[SpreadColumn] = &[
        SpreadColumn::new("城区标准", "城区"),
        SpreadColumn::new("市区标准", "城区"),
        SpreadColumn::new("乡村标准", "乡村"),
        SpreadColumn::new("归口部门", "归口").stands_for("department"),
    ];
}

/// What an office charges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "fee-item", any_header)]
#[non_exhaustive]
pub struct FeeItem {
    /// Number in the list.
    #[record(key, column("编号"), columns = columns::ID)]
    pub id: String,
    /// Whether the number is derived.
    pub derived: bool,
    /// Which of several rows with one number it is.
    pub occurrence: Option<u32>,
    /// Serial number.
    #[record(position, column("序号"))]
    pub serial: String,
    /// What is charged.
    #[record(identity, column("收费项目", "项目名称"), lower = relation::Equal, adjusts = Renamed)]
    pub name: String,
    /// Who charges it.
    #[record(column("主管部门"), adjusts = AuthorityChanged)]
    pub department: List<Text>,
    /// Who may charge it.
    #[record(ticks = shared::LEVELS, ticks("国家级", "市级"), lower = relation::Subset)]
    pub levels: Set<Level>,
    /// How much it is.
    #[record(column("收费标准/金额"), read = Self::read_amount, lower = relation::AtMost)]
    pub amount: Option<Yuan>,
    /// Per what.
    pub per: Unit,
    /// What it is charged by.
    #[record(column("依据"))]
    pub basis: List<Basis>,
    /// What it costs where: a column for each place.
    #[record(column("各地标准"), spread = shared::RATES)]
    pub rates: List<Rate>,
    /// When it is charged.
    pub stages: List<Stage>,
    /// The item that it is a part of.
    #[record(reference, column("上级编号"))]
    pub parent: String,
    /// Remarks.
    #[record(columns = columns::REMARKS)]
    pub remarks: Text,
    /// A label of ours.
    #[record(apart)]
    pub label: Text,
    /// Other columns.
    pub extra: Map<Text>,
}

impl FeeItem {
    fn read_amount(&mut self, text: &str, cx: &mut Cell<'_>) {
        let (amount, per) = text.split_once('/').unwrap_or((text, ""));
        self.per = Unit(per.trim().to_owned());
        match amount.trim().trim_end_matches('元').parse() {
            Ok(yuan) => self.amount = Some(Yuan(yuan)),
            Err(_) => cx.say(
                "fees/amount",
                qingdan::problem::Severity::Error,
                Message::new(format!("“{text}”不是金额"), format!("`{text}` is no amount")),
            ),
        }
    }
}

/// An amount: an atom that is never empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Atom)]
#[atom(name = "yuan")]
pub struct Yuan(pub u32);

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}元", self.0)
    }
}
impl FromStr for Yuan {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim_end_matches('元').parse().map(Self)
    }
}

/// A unit: an atom that may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Atom)]
#[atom(name = "unit", empty)]
pub struct Unit(pub String);

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl FromStr for Unit {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// A record that is replaced whole, keyed by a function of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(
    name = "fee-basis",
    atom,
    text,
    key_with = Self::title,
    normal_with = Self::normal_title,
    cut_with = by_bars,
    joint = "|"
)]
pub struct Basis {
    /// Title.
    pub title: String,
    /// Article.
    pub article: Option<u32>,
}

impl Basis {
    fn title(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.title)
    }
    fn normal_title(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.title.trim_matches(['《', '》']))
    }
}
fn by_bars(text: &str) -> Vec<&str> {
    text.split('|').collect()
}
impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)?;
        self.article.map_or(Ok(()), |article| write!(f, "#{article}"))
    }
}
impl FromStr for Basis {
    type Err = Message;
    fn from_str(text: &str) -> Result<Self, Message> {
        let Some((title, article)) = text.split_once('#') else {
            return Ok(Self { title: text.to_owned(), article: None });
        };
        let article =
            article.parse().map_err(|_| Message::new("条号不是数字", "the article is no number"))?;
        Ok(Self { title: title.to_owned(), article: Some(article) })
    }
}

/// An entry that knows in which column it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "fee-rate", text, key_with = Self::whole, order_with = Self::by_place)]
pub struct Rate {
    /// Where.
    pub place: String,
    /// How much, as written.
    pub rate: String,
}

impl Rate {
    fn whole(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
    fn by_place(&self, other: &Self) -> std::cmp::Ordering {
        self.place.cmp(&other.place)
    }
}
impl InColumn for Rate {
    fn column(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.place)
    }
    fn in_column(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.rate)
    }
    fn from_column(column: &str, text: &str) -> Result<Self, Message> {
        Ok(Self { place: column.to_owned(), rate: text.to_owned() })
    }
}
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            f.write_str(&self.rate)
        } else {
            write!(f, "{}={}", self.place, self.rate)
        }
    }
}
impl FromStr for Rate {
    type Err = Message;
    fn from_str(text: &str) -> Result<Self, Message> {
        let (place, rate) = text.split_once('=').unwrap_or(("", text));
        Self::from_column(place, rate)
    }
}

/// An entry keyed by two fields, told apart by a number where even they repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "fee-stage", key_with = key_of_stage)]
pub struct Stage {
    /// Name.
    pub name: String,
    /// Place.
    pub place: String,
    /// Which of several.
    pub occurrence: Option<u32>,
}
fn key_of_stage(stage: &Stage) -> Cow<'_, str> {
    Cow::Owned(format!("{}@{}", stage.name, stage.place))
}

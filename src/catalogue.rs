//! A published list: what its header says, and its items.

use crate::codes::Scope;
use crate::keyed::{List, SharedList};
use crate::record::Item;
use crate::term::Date;
use crate::{Record, Text, title};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// A list of items of one kind, with its header (清单).
///
/// ```
/// use qingdan::{Catalogue, LicensingItem, SharedList};
/// let mut list = Catalogue::<LicensingItem>::default();
/// list.header.title = "示例市行政许可事项清单".into();
/// list.items.push(LicensingItem::new("000117001000", "林木采伐许可证核发")).unwrap();
/// assert_eq!(list.items.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "catalogue")]
#[non_exhaustive]
pub struct Catalogue<T>
where
    T: Item,
{
    /// What stands above and below the table.
    pub header: Header,
    /// The items in the order of the list: main, sub and handling items in one flat list.
    pub items: SharedList<T>,
}

impl<T: Item> Catalogue<T> {
    /// A catalogue of these items.
    #[must_use]
    pub fn new(header: Header, items: SharedList<T>) -> Self {
        Self { header, items }
    }

    /// The editions of parts of a year as one list: each item once, in the order of its first part and as the last part
    /// that holds it says. The header is the last one's; its parents are the labels of the parts, and a declared count
    /// of one part is none of the whole.
    ///
    /// Linear in the items of all parts.
    ///
    /// ```
    /// use qingdan::{Catalogue, LicensingItem, SharedList};
    /// let part = |edition: &str, ids: &[&str]| {
    ///     let items = SharedList::of(ids.iter().map(|id| LicensingItem::new(*id, "甲"))).unwrap();
    ///     let mut list = Catalogue::new(Default::default(), items);
    ///     list.header.edition = edition.into();
    ///     list
    /// };
    /// let year = Catalogue::union(&[part("2023年1—3季度", &["1", "2"]), part("2023年第四季度", &["2", "3"])]);
    /// assert_eq!(year.items.iter().map(|item| &*item.id).collect::<Vec<_>>(), ["1", "2", "3"]);
    /// assert_eq!(year.header.parents.len(), 2);
    /// ```
    #[must_use]
    pub fn union(parts: &[Self]) -> Self {
        let mut header = parts.last().map(|part| part.header.clone()).unwrap_or_default();
        let mut items = SharedList::new();
        let last: HashMap<_, _> =
            parts.iter().flat_map(|part| part.items.iter()).map(|item| (item.key(), item)).collect();
        for item in parts.iter().flat_map(|part| part.items.iter()) {
            let item = last.get(&item.key()).copied().unwrap_or(item);
            // Of an item that several parts hold the first place counts.
            let _ = items.push(item.clone());
        }
        if parts.len() > 1 {
            header.declared = None;
            header.parents = List::new();
            for part in parts {
                let _ = header.parents.push(Text::from(&*part.header.edition));
            }
        }
        Self { header, items }
    }
}

/// What a list says of itself: title, edition, who issued it when, its parts and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "header")]
#[non_exhaustive]
pub struct Header {
    /// Title as published.
    pub title: String,
    /// Which of a government's lists of one kind it is, the same in every edition (general, own, rules); empty where
    /// there is but one.
    pub series: Text,
    /// Label of the edition (2023, 2024年版). A label alone is no difference between two lists.
    #[record(apart)]
    pub edition: String,
    /// Labels or digests of the editions that this one was made from.
    #[record(apart)]
    pub parents: List<Text>,
    /// What it covers: all levels of the region, or one level's own offices.
    pub scope: Option<Scope>,
    /// Division code of the region (GB/T 2260).
    pub region: Text,
    /// Who issued it.
    pub issuer: Text,
    /// Number of the document that published it (文号).
    pub document: Text,
    /// The meeting or decision that approved it.
    pub approval: Text,
    /// When it was published.
    pub published: Option<Date>,
    /// From when it is in force.
    pub effective: Option<Date>,
    /// The day that its content stands for (截至).
    pub as_of: Option<Date>,
    /// The edition, or its document, that this one replaces.
    pub replaces: Text,
    /// How many items the list says that it has (共323项).
    pub declared: Option<u32>,
    /// Parts with titles of their own: sections, sheets.
    pub parts: List<Part>,
    /// Notes under the table.
    pub notes: List<Text>,
    /// The columns of the table that it was read from, in order.
    pub columns: List<Column>,
}

impl Header {
    /// Takes from a title whatever the header does not say yet: title, edition, scope, declared count, issuer
    /// ([`crate::title::read`]).
    ///
    /// The edition goes out of the title where it is the header's edition, or of the same time; a header with a label of
    /// another kind keeps the title with it, so that the year is not lost.
    ///
    /// ```
    /// let mut header = qingdan::Header::default();
    /// header.read_title("海东市行政许可事项通用清单(2023年版,共323项)");
    /// assert_eq!(header.title, "海东市行政许可事项通用清单");
    /// assert_eq!((header.edition.as_str(), header.declared), ("2023", Some(323)));
    /// ```
    pub fn read_title(&mut self, text: &str) {
        let read = title::read(text);
        if self.title.is_empty() {
            let same = || (self.year(), self.quarters()) == (read.year, read.quarters.clone());
            let known = self.edition.is_empty() || read.year.is_none() || same();
            self.title = if known { read.title } else { read.with_edition };
        }
        if self.edition.is_empty() {
            self.edition = read.edition;
        }
        if self.issuer.is_empty() {
            self.issuer = read.issuer.into();
        }
        self.scope = self.scope.take().or(read.scope);
        self.declared = self.declared.or(read.declared);
    }
    /// The year that the list stands for, as its label says (2023, 2023年1—3季度), else its title.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.dated().and_then(|read| read.year)
    }
    /// The quarters of that year, from first to last, where the edition is not for all of it.
    ///
    /// ```
    /// let mut header = qingdan::Header::default();
    /// header.read_title("2023年1—3季度海东市重大行政决策事项目录");
    /// assert_eq!((header.year(), header.quarters()), (Some(2023), Some(1..=3)));
    /// ```
    #[must_use]
    pub fn quarters(&self) -> Option<RangeInclusive<u8>> {
        self.dated().and_then(|read| read.quarters)
    }
    /// The label, or the title, that says a year.
    fn dated(&self) -> Option<title::Title> {
        // In brackets a bare year is one.
        let label = title::read(&format!("({})", self.edition));
        [label, title::read(&self.title)].into_iter().find(|read| read.year.is_some())
    }
}

/// What stands between the title of a part and the title of a part of it.
pub(crate) const WITHIN: &str = " › ";

/// A titled part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "part")]
#[non_exhaustive]
pub struct Part {
    /// Its title: of the section, or the sheet's name. A section of the second order has the title of the one around it in front
    /// (一、市发展改革委 › （一）行政许可).
    #[record(key)]
    pub title: Text,
    /// How many items it says that it has.
    pub declared: Option<u32>,
}

/// A column of a table: its header, and the field that it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "column")]
#[non_exhaustive]
pub struct Column {
    /// Its header as written; a path for two header rows. One that repeats has `#2` behind it.
    #[record(key)]
    pub header: Text,
    /// The field's name; empty: no field, the cells are extra.
    pub field: Text,
}

impl Column {
    /// A column of this header, which is this field.
    pub fn new(header: impl Into<Text>, field: impl Into<Text>) -> Self {
        Self { header: header.into(), field: field.into() }
    }
}

/// Which edition: what takes no part in comparing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "edition")]
#[non_exhaustive]
pub struct Edition {
    /// Its label.
    pub edition: String,
    /// Labels or digests of the editions that it was made from.
    pub parents: List<Text>,
    /// SHA-256 of its content, where it is known ([`crate::digest`]).
    pub digest: String,
}

impl Edition {
    /// The edition that a header names, without a digest.
    #[must_use]
    pub fn of(header: &Header) -> Self {
        Self { edition: header.edition.clone(), parents: header.parents.clone(), digest: String::new() }
    }
}

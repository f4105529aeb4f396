//! Lists as checks look at them: looked up by id, code and name, each legal basis read once.

use super::Options;
use crate::catalogue::Header;
use crate::citation::{Bases, bases};
use crate::code::Code;
use crate::keyed::List;
use crate::kind::{AnyCatalogue, Kind};
use crate::name;
use crate::portfolio::Portfolio;
use crate::record::{AnyItem, Entry as _, Field};
use crate::term::{Citation, Date};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// One list.
pub(super) struct Look<'a> {
    /// Its place among all.
    pub(super) index: usize,
    /// Its kind, and its series behind a full stop.
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) header: &'a Header,
    pub(super) items: Vec<&'a dyn AnyItem>,
    names: OnceCell<HashMap<String, Vec<usize>>>,
    stems: OnceCell<HashMap<String, Vec<usize>>>,
    codes: OnceCell<HashMap<String, usize>>,
}

impl<'a> Look<'a> {
    #[inline]
    fn new(index: usize, list: &'a AnyCatalogue) -> Self {
        Self {
            index,
            key: list.key().into_owned(),
            kind: list.kind(),
            header: list.header(),
            items: list.items(),
            names: OnceCell::new(),
            stems: OnceCell::new(),
            codes: OnceCell::new(),
        }
    }
    /// The keys of items.
    #[inline]
    pub(super) fn keys(&self, items: &[usize]) -> Vec<String> {
        items.iter().map(|&item| self.items[item].key().into_owned()).collect()
    }
    /// The department that an item stands under: the first named, else the first authority.
    #[inline]
    pub(super) fn department(&self, item: usize) -> String {
        let item = self.items[item];
        item.department().first().map_or_else(
            || item.text("authorities").split('；').next().unwrap_or_default().to_owned(),
            ToString::to_string,
        )
    }
    /// The department that items stand under, if it is one.
    #[inline]
    pub(super) fn common_department(&self, items: &[usize]) -> String {
        let Some(&first) = items.first() else { return String::new() };
        let department = self.department(first);
        if items.iter().all(|&item| self.department(item) == department) { department } else { String::new() }
    }
    /// The day that the list stands for: 截至, else in force from, else published; a list that says its year alone stands
    /// until that year's end.
    #[inline]
    pub(super) fn day(&self) -> Option<Date> {
        let end = || format!("{}-12-31", self.header.year()?).parse().ok();
        self.header.as_of.or(self.header.effective).or(self.header.published).or_else(end)
    }
    /// Items by the base of their names, with that of the sub item where they are one.
    #[inline]
    pub(super) fn by_name(&self, base: &str) -> &[usize] {
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<usize>> = HashMap::new();
            for (i, item) in self.items.iter().enumerate() {
                names.entry(name::read(item.name()).base).or_default().push(i);
                if !item.sub_item().is_empty() {
                    names.entry(name::read(item.sub_item()).base).or_default().push(i);
                }
            }
            names
        });
        names.get(base).map_or(&[], Vec::as_slice)
    }
    /// Items by the stem of their names.
    #[inline]
    pub(super) fn by_stem(&self, stem: &str) -> &[usize] {
        let stems = self.stems.get_or_init(|| {
            let mut stems: HashMap<String, Vec<usize>> = HashMap::new();
            for (i, item) in self.items.iter().enumerate() {
                stems.entry(name::stem(item.name())).or_default().push(i);
                if !item.sub_item().is_empty() {
                    stems.entry(name::stem(item.sub_item())).or_default().push(i);
                }
            }
            stems
        });
        stems.get(stem).map_or(&[], Vec::as_slice)
    }
    /// The first item with this id or with this basic code.
    #[inline]
    pub(super) fn by_code(&self, code: &str) -> Option<usize> {
        let codes = self.codes.get_or_init(|| {
            let mut codes: HashMap<String, usize> = HashMap::new();
            for (i, item) in self.items.iter().enumerate() {
                codes.entry(item.id().to_owned()).or_insert(i);
                if let Some(basic) = basic_code(*item) {
                    codes.entry(basic).or_insert(i);
                }
            }
            codes
        });
        codes.get(code).copied()
    }
    /// The fields of a type, with the values of one item.
    #[inline]
    pub(super) fn citations(&self, item: usize) -> impl Iterator<Item = (&'static Field, &'a Citation)> {
        let item = self.items[item];
        item.all::<List<Citation>>().flat_map(|(field, list)| list.iter().map(move |one| (field, one)))
    }
}

/// The basic code of an item: of its column, else the one that stands in its id.
#[inline]
pub(super) fn basic_code(item: &dyn AnyItem) -> Option<String> {
    let column = item.text("basic_code");
    if !column.is_empty() {
        return Some(column.into_owned());
    }
    if item.is_derived() {
        return None;
    }
    Code::recognise(item.id()).basic().map(|code| code.to_string())
}

/// All lists, and what they share.
pub(super) struct Looks<'a> {
    pub(super) lists: Vec<Look<'a>>,
    /// Lists that are only looked up.
    pub(super) references: Vec<Look<'a>>,
    /// The latest day that a list stands for.
    pub(super) day: Option<Date>,
    pub(super) options: &'a Options,
    read: RefCell<HashMap<&'a str, Rc<Bases>>>,
}

impl<'a> Looks<'a> {
    #[inline]
    pub(super) fn new(portfolio: &'a Portfolio, options: &'a Options) -> Self {
        let looks = |lists: &'a List<AnyCatalogue>| -> Vec<Look<'a>> {
            lists.iter().enumerate().map(|(i, list)| Look::new(i, list)).collect()
        };
        let lists = looks(&portfolio.lists);
        let references = looks(&options.references.lists);
        let day = lists.iter().filter_map(Look::day).max();
        Self { lists, references, day, options, read: RefCell::default() }
    }
    /// A legal basis read; each text once.
    #[inline]
    pub(super) fn read(&self, citation: &'a Citation) -> Rc<Bases> {
        let mut read = self.read.borrow_mut();
        Rc::clone(read.entry(&citation.text).or_insert_with(|| Rc::new(bases(&citation.text))))
    }
    /// The lists of a kind.
    #[inline]
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &Look<'a>> {
        self.lists.iter().filter(move |look| look.kind == kind)
    }
    /// The lists of a kind, those that are only looked up too.
    #[inline]
    pub(super) fn with_references(&self, kind: Kind) -> impl Iterator<Item = &Look<'a>> {
        self.lists.iter().chain(&self.references).filter(move |look| look.kind == kind)
    }
}

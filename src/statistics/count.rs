//! How the items of a list are counted.

use super::scope;
use crate::code::Code;
use crate::codes::{CrossRegionMode, ItemType, Level, ReformMode, Scope};
use crate::item::is_cancelled;
use crate::keyed::{List, Set};
use crate::kind::{AnyCatalogue, Kind};
use crate::portfolio::Portfolio;
use crate::record::{AnyItem, Entry as _};
use crate::sorting::Sorting as _;
use crate::term::Date;
use crate::text::normal;
use crate::{Header, Text};
use indexmap::IndexMap;
use std::collections::HashMap;

/// What an item is in the tree of items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    Main,
    Sub,
    Handling,
}

#[inline]
fn rank(item: &dyn AnyItem) -> Rank {
    let code = || Code::recognise(item.id());
    let handled = !item.text("handling_item").is_empty() || !item.text("handling_code").is_empty();
    if handled || (!item.is_derived() && matches!(code(), Code::Handling(_))) {
        return Rank::Handling;
    }
    let below = !item.parent().is_empty() && item.parent() != item.id();
    if below || !item.sub_item().is_empty() { Rank::Sub } else { Rank::Main }
}

/// The items that a report counts: main items, and of those that stand in no row the first sub item. What is handled
/// in several directions is one item.
#[inline]
pub(super) fn counted(list: &AnyCatalogue) -> Vec<&dyn AnyItem> {
    trees(list).into_iter().filter_map(|tree| tree.first().copied()).collect()
}

/// Each item that a report counts, with the rows that belong to it behind it, in the order of the list. What is marked as
/// cancelled is in none.
#[inline]
pub(super) fn trees(list: &AnyCatalogue) -> Vec<Vec<&dyn AnyItem>> {
    let items = list.items();
    let relation = list.kind() == Kind::CrossRegion;
    // Positions: first those of main items, then what belongs to them or has no main item.
    let mut trees: Vec<Vec<usize>> = Vec::new();
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| rank(**item) == Rank::Main) {
        let name = normal(item.name()).into_owned();
        match by_name.get(&name) {
            Some(&tree) if relation => trees[tree].push(at),
            _ => {
                by_id.entry(item.id()).or_insert(trees.len());
                by_name.entry(name).or_insert(trees.len());
                trees.push(vec![at]);
            }
        }
    }
    let mut without_main: HashMap<String, usize> = HashMap::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| rank(**item) != Rank::Main) {
        let (parent, name) = (item.parent(), normal(item.name()));
        let main = if parent.is_empty() { by_name.get(&*name) } else { by_id.get(parent) };
        if let Some(&tree) = main {
            trees[tree].push(at);
        } else if !is_cancelled(*item) {
            let key = if parent.is_empty() { name.into_owned() } else { parent.to_owned() };
            let tree = *without_main.entry(key).or_insert(trees.len());
            if tree == trees.len() {
                trees.push(Vec::new());
            }
            trees[tree].push(at);
        }
    }
    // A main item that is cancelled takes its sub items with it; one direction of several does not.
    trees.retain_mut(|tree| {
        let main = items[tree[0]];
        let gone = is_cancelled(main) && !relation;
        tree.retain(|&at| !is_cancelled(items[at]));
        !gone && !tree.is_empty()
    });
    trees.order_by_key(|tree| tree[0]);
    trees.into_iter().map(|tree| tree.into_iter().map(|at| items[at]).collect()).collect()
}

/// How many items a list has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListCount {
    /// The list: its kind, and its series behind a full stop.
    pub list: String,
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: String,
    /// What it covers, where it says so.
    pub scope: Option<Scope>,
    /// The day that it stands for (截至), where it says one.
    pub as_of: Option<Date>,
    /// How many items it says that it has.
    pub declared: Option<u32>,
    /// Items as reports count them.
    pub items: usize,
    /// Rows.
    pub rows: usize,
    /// Rows that are main items (主项).
    pub main: usize,
    /// Rows that are sub items (子项).
    pub sub: usize,
    /// Rows that are handling items (业务办理项).
    pub handling: usize,
}

impl ListCount {
    /// Counts a list.
    ///
    /// ```
    /// use qingdan::{Catalogue, LicensingItem, statistics::ListCount};
    /// let mut list = Catalogue::<LicensingItem>::default();
    /// for sub in ["小学", "初中"] {
    ///     let mut item = LicensingItem::new(sub, "教师资格认定");
    ///     item.sub_item = sub.into();
    ///     list.items.push(item).unwrap();
    /// }
    /// let count = ListCount::of(&list.into());
    /// assert_eq!((count.items, count.rows, count.main, count.sub), (1, 2, 0, 2));
    /// ```
    #[must_use]
    #[inline]
    pub fn of(list: &AnyCatalogue) -> Self {
        let header = list.header();
        let items = list.items();
        let of = |wanted| items.iter().filter(|item| rank(**item) == wanted).count();
        Self {
            list: list.key().into_owned(),
            kind: list.kind(),
            title: header.title.clone(),
            edition: header.edition.clone(),
            scope: scope(list),
            as_of: header.as_of,
            declared: header.declared,
            items: counted(list).len(),
            rows: items.len(),
            main: of(Rank::Main),
            sub: of(Rank::Sub),
            handling: of(Rank::Handling),
        }
    }
}

/// By what the items of a list are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum By {
    /// By department; where an item names none, by its first authority.
    Department,
    /// By level (行使层级).
    Level,
    /// By type, kind of power (事项类型).
    ItemType,
    /// By mode: of reform, of handling across regions.
    Mode,
    /// By partner: the regions that an item is handled with.
    Partner,
}

impl By {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Department, Self::Level, Self::ItemType, Self::Mode, Self::Partner];

    /// Its name in documents.
    #[must_use]
    #[inline]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Level => "level",
            Self::ItemType => "item_type",
            Self::Mode => "mode",
            Self::Partner => "partner",
        }
    }
    /// What people call it.
    #[must_use]
    #[inline]
    pub fn title(self, lang: crate::problem::Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Department => ("部门", "department"),
            Self::Level => ("层级", "level"),
            Self::ItemType => ("类型", "type"),
            Self::Mode => ("方式", "mode"),
            Self::Partner => ("合作地", "partner"),
        };
        lang.pick(zh, en)
    }
}

/// Items of a list that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// What they have in common, as the list writes it first.
    pub name: String,
    /// The keys of the items.
    pub ids: Vec<String>,
}

/// Counts the items of a list apart: those that reports count, each in every group that it names. In the order in which
/// the groups come; items that name no group are in none.
///
/// ```
/// use qingdan::{Catalogue, LicensingItem, statistics::{By, counts_by}};
/// let mut list = Catalogue::<LicensingItem>::default();
/// for (id, department) in [("1", "市教育局"), ("2", "市公安局"), ("3", "市教育局")] {
///     let mut item = LicensingItem::new(id, id);
///     item.department.push(department.into()).unwrap();
///     list.items.push(item).unwrap();
/// }
/// let groups = counts_by(&list.into(), By::Department);
/// let told: Vec<_> = groups.iter().map(|group| (&*group.name, group.ids.len())).collect();
/// assert_eq!(told, [("市教育局", 2), ("市公安局", 1)]);
/// ```
#[must_use]
#[inline]
pub fn counts_by(list: &AnyCatalogue, by: By) -> Vec<Group> {
    let own = city_of(list.header()).unwrap_or_default();
    let mut groups: IndexMap<String, Group> = IndexMap::new();
    for item in counted(list) {
        for name in names(item, by, &own) {
            let form = normal(&name).into_owned();
            let group = groups.entry(form).or_insert_with(|| Group { name, ids: Vec::new() });
            let key = item.key();
            if group.ids.last().is_none_or(|last| *last != *key) {
                group.ids.push(key.into_owned());
            }
        }
    }
    groups.into_values().collect()
}

#[inline]
fn names(item: &dyn AnyItem, by: By, own: &str) -> Vec<String> {
    match by {
        By::Department => match item.department() {
            [] => {
                let bodies = item.text("authorities");
                let first = bodies.split(['；', '\n']).next().unwrap_or_default();
                if first.is_empty() { Vec::new() } else { vec![first.to_owned()] }
            }
            departments => departments.iter().map(ToString::to_string).collect(),
        },
        By::Level => item
            .get::<Set<Level>>("levels")
            .map(|levels| levels.iter().map(|level| level.label().to_owned()).collect())
            .unwrap_or_default(),
        By::ItemType => {
            let told = item.get::<Option<ItemType>>("item_type").and_then(Option::as_ref);
            told.map(|told| told.label().to_owned()).into_iter().collect()
        }
        By::Mode => {
            let reform = item.get::<Option<ReformMode>>("mode").and_then(Option::as_ref);
            let regions = item.get::<Set<CrossRegionMode>>("modes");
            let regions = regions.map(|modes| modes.iter().map(|mode| mode.label().to_owned()).collect());
            regions.unwrap_or_else(|| reform.map(|mode| mode.label().to_owned()).into_iter().collect())
        }
        By::Partner => partners(item, own),
    }
}

/// The regions that an item is handled with: where it is taken in, or whose it is.
#[inline]
pub(super) fn partners(item: &dyn AnyItem, own: &str) -> Vec<String> {
    let receiving = item.get::<List<Text>>("receiving").map(List::as_slice).unwrap_or_default();
    let home = item.text("home");
    let mut found: Vec<String> = receiving.iter().map(ToString::to_string).collect();
    if !home.is_empty() && !own.is_empty() && !found.is_empty() {
        found.push(home.into_owned());
    }
    found.retain(|region| own.is_empty() || !same_region(region, own));
    found
}

/// Whether two texts name one region: with or without its kind and the province before it.
#[inline]
pub(super) fn same_region(one: &str, other: &str) -> bool {
    let short = |name: &str| {
        let form = normal(name).into_owned();
        let plain = form.trim_end_matches(['市', '州', '县', '区', '盟', '省']).to_owned();
        if plain.is_empty() { form } else { plain }
    };
    let (one, other) = (short(one), short(other));
    one == other || one.ends_with(&other) || other.ends_with(&one)
}

/// The body that a list is of: its issuer's region, or the region that its title begins with.
#[inline]
pub(super) fn city_of(header: &Header) -> Option<String> {
    [header.issuer.as_str(), header.title.as_str()].into_iter().find_map(|text| {
        let text = text.trim_start_matches('《');
        let (at, letter) = text.char_indices().take(9).find(|(_, c)| "市州县盟".contains(*c))?;
        let name = &text[..at + letter.len_utf8()];
        let long = name.chars().count() > 2;
        (long && !name.contains(['年', '跨', '全', '(', '（'])).then(|| name.to_owned())
    })
}

/// The body that reports: the portfolio's name, else what most lists say.
#[inline]
pub(super) fn city(portfolio: &Portfolio) -> String {
    if !portfolio.name.is_empty() {
        return portfolio.name.to_string();
    }
    let mut found: IndexMap<String, usize> = IndexMap::new();
    for name in portfolio.lists.iter().filter_map(|list| city_of(list.header())) {
        *found.entry(name).or_default() += 1;
    }
    // The first of those that are named most often.
    let most = found.values().copied().max().unwrap_or_default();
    found.into_iter().find(|(_, count)| *count == most).map(|(name, _)| name).unwrap_or_default()
}

//! Figures of a government's lists, and the yearly report: what lists hold, what a year changed, the paragraph.
//!
//! A figure has a name ([`FIGURES`]), a value, and the ids of what is counted: as many as the value says. A list that is
//! not there has no figure, never a zero. Lists are found by their kind and by what their headers say: scope, series,
//! title. Several lists of one kind and scope (decisions of the first three quarters and of the fourth) are counted as
//! their union, each item once.
//!
//! Items are counted as reports count them: main items (主项). A sub item whose main item stands in no row stands for it;
//! sub items and handling items are counted apart ([`ListCount`]). What a list marks as cancelled (取消) is not counted.
//!
//! ```
//! use qingdan::codes::Scope;
//! use qingdan::{Catalogue, LicensingItem, Portfolio, statistics};
//! let mut list = Catalogue::<LicensingItem>::default();
//! list.header.read_title("示例市行政许可事项通用清单（2024年版）");
//! list.items.push(LicensingItem::new("000117001000", "林木采伐许可证核发")).unwrap();
//! let mut portfolio = Portfolio::default();
//! portfolio.lists.push(list.into()).unwrap();
//! let report = statistics::annual(&Portfolio::default(), &portfolio, &statistics::Options::default());
//! let figure = report.figure("L_GEN").unwrap();
//! assert_eq!((figure.value, figure.ids.as_slice()), (1, &["000117001000".to_owned()][..]));
//! assert_eq!(figure.scope, Some(Scope::General));
//! assert!(report.figure("F_GEN").is_none());
//! assert!(report.paragraph.contains("《示例市行政许可事项通用清单（2024年版）》，为1项。"));
//! ```

mod change;
mod count;
mod paragraph;
mod warnings;

pub use change::ListChange;
pub use count::{By, Group, ListCount, counts_by};
pub use warnings::{Reported, ReportedClash, ReportedDelta, Warning};

use crate::alias::Aliases;
use crate::codes::{CrossRegionMode, CrossRegionScope, DocumentStatus, DocumentType, ReformMode, Scope};
use crate::keyed::{List, Set};
use crate::kind::{AnyCatalogue, Kind};
use crate::portfolio::Portfolio;
use crate::record::{AnyItem, Entry as _};
use crate::sorting::Sorting as _;
use crate::term::{Date, ItemRef, When};
use crate::text::normal;
use std::collections::HashSet;

/// What a figure is called, and what it counts.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FigureName {
    /// Its name: the placeholder of the yearly report's paragraph.
    pub name: &'static str,
    /// What is counted, as a Chinese measure word (项, 件, 部, 批, 个).
    pub unit: &'static str,
    /// What it is, in Chinese and English.
    pub title: (&'static str, &'static str),
}

macro_rules! figures {
    ($($name:literal $unit:literal $zh:literal $en:literal;)*) => {
        /// Every figure, in the order of the report.
        pub const FIGURES: &[FigureName] =
            &[$(FigureName { name: $name, unit: $unit, title: ($zh, $en) }),*];
    };
}

figures! {
    "L_GEN" "项" "行政许可事项通用清单" "licensing items, general list";
    "L_GEN_0" "项" "行政许可事项通用清单（上年）" "licensing items, general list, the year before";
    "L_ADD" "项" "行政许可事项新增" "licensing items added";
    "L_DEL" "项" "行政许可事项取消" "licensing items removed";
    "L_CHG" "项" "行政许可事项调整" "licensing items changed";
    "L_OWN" "项" "行政许可事项本级清单" "licensing items, own-level list";
    "F_GEN" "项" "行政备案事项清单" "filing items, general list";
    "F_OWN" "项" "行政备案事项本级清单" "filing items, own-level list";
    "P_ALL" "项" "权责清单事项" "powers";
    "C_KEEP" "项" "涉及保留证明的权责事项" "powers with retained certifications";
    "C_MAT" "项" "含有证明材料的权责事项" "powers with certification materials";
    "C_COMM" "项" "可选择告知承诺制办理的权责事项" "powers with optional commitment";
    "R_ALL" "项" "“证照分离”改革事项" "licence reform items";
    "R_1" "项" "直接取消审批" "licence reform: abolished";
    "R_2" "项" "审批改为备案" "licence reform: converted to filing";
    "R_3" "项" "实行告知承诺" "licence reform: on commitment";
    "R_4" "项" "优化审批服务" "licence reform: optimised";
    "S_ALL" "项" "跨部门综合监管重点事项" "items supervised across departments";
    "I_ALL" "项" "“双随机、一公开”抽查事项" "spot checks";
    "I_DEPT" "个" "抽查部门" "departments with spot checks";
    "X_PROV" "项" "“跨省通办”事项" "items handled across provinces";
    "X_REG" "项" "“区域通办”事项" "items handled in the region";
    "X_M1" "项" "通办方式：全程网办" "cross-region: fully online";
    "X_M2" "项" "通办方式：异地代收代办" "cross-region: collected elsewhere";
    "X_M3" "项" "通办方式：多地联办" "cross-region: joint handling";
    "PK_ALL" "件" "“高效办成一件事”（一件事一次办）套餐" "integrated packages";
    "PK_ITEMS" "项" "套餐涉及事项" "items in packages";
    "D_RULE" "部" "现行有效政府规章" "rules in force";
    "D_DOC" "件" "现行有效行政规范性文件" "normative documents in force";
    "D_REV" "件" "年内合法性审查并备案的规范性文件" "documents reviewed and filed in the year";
    "DEC_ISSUES" "批" "重大行政决策事项目录" "issues of the directory of major decisions";
    "DEC_ITEMS" "项" "重大行政决策事项" "major decisions";
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Figure {
    /// Its name, as in [`FIGURES`].
    pub name: &'static str,
    /// How many.
    pub value: usize,
    /// The lists that it is counted from: kind, and series behind a full stop.
    pub lists: Vec<String>,
    /// What these lists cover, where they say it.
    pub scope: Option<Scope>,
    /// The day that these lists stand for (截至), where they say one and the same.
    pub as_of: Option<Date>,
    /// The same figure of the year before, where its list was there.
    pub before: Option<usize>,
    /// What is counted: keys of items in their lists; names of departments, keys of lists, references where these are
    /// counted. As many as `value`.
    pub ids: Vec<String>,
}

impl Figure {
    /// What it counts.
    #[must_use]
    #[inline]
    pub fn about(&self) -> &'static FigureName {
        FIGURES.iter().find(|figure| figure.name == self.name).unwrap_or(&FIGURES[0])
    }
}

/// The figures of the lists of one government, in the order of [`FIGURES`], without those of the year before.
///
/// Linear in the items.
///
/// ```
/// use qingdan::{Catalogue, Portfolio, ServicePackage, statistics};
/// let mut list = Catalogue::<ServicePackage>::default();
/// let mut package = ServicePackage::new("1", "新生儿出生一件事");
/// package.items.push("出生医学证明签发".parse().unwrap()).unwrap();
/// package.items.push("出生登记".parse().unwrap()).unwrap();
/// list.items.push(package).unwrap();
/// let mut portfolio = Portfolio::default();
/// portfolio.lists.push(list.into()).unwrap();
/// let told: Vec<_> = statistics::figures(&portfolio).iter().map(|f| (f.name, f.value)).collect();
/// assert_eq!(told, [("PK_ALL", 1), ("PK_ITEMS", 2)]);
/// ```
#[must_use]
#[inline]
pub fn figures(portfolio: &Portfolio) -> Vec<Figure> {
    let mut out = Figures { found: Vec::new() };
    let of = |kind| portfolio.of(kind).collect::<Vec<_>>();
    for (kind, general, own) in [(Kind::Licensing, "L_GEN", "L_OWN"), (Kind::Filing, "F_GEN", "F_OWN")] {
        let (owns, generals) = of(kind).into_iter().partition::<Vec<_>, _>(|list| is_own(list));
        out.all(general, &Counted::of(&generals));
        out.all(own, &Counted::of(&owns));
    }
    let powers = Counted::of(&widest(of(Kind::Power)));
    out.all("P_ALL", &powers);
    for (name, field) in
        [("C_KEEP", "retained_certifications"), ("C_MAT", "with_material"), ("C_COMM", "commitment_optional")]
    {
        out.part(name, &powers, field, |item| item.get::<Option<bool>>(field) == Some(&Some(true)));
    }
    let reforms = Counted::of(&widest(of(Kind::LicenceReform)));
    out.all("R_ALL", &reforms);
    for (name, mode) in [
        ("R_1", ReformMode::Abolish),
        ("R_2", ReformMode::ConvertToFiling),
        ("R_3", ReformMode::Commitment),
        ("R_4", ReformMode::Optimise),
    ] {
        out.part(name, &reforms, "mode", |item| {
            item.get::<Option<ReformMode>>("mode") == Some(&Some(mode.clone()))
        });
    }
    out.all("S_ALL", &Counted::of(&widest(of(Kind::Supervision))));
    let inspections = Counted::of(&widest(of(Kind::Inspection)));
    out.all("I_ALL", &inspections);
    out.names(
        "I_DEPT",
        &inspections,
        inspections.items.iter().flat_map(|(item, _)| item.department()).map(|department| &**department),
    );
    let regions = of(Kind::CrossRegion);
    let province =
        Counted::such(&regions, |list, item| reach(list, item) == Some(CrossRegionScope::CrossProvince));
    let regional =
        Counted::such(&regions, |list, item| reach(list, item) == Some(CrossRegionScope::Regional));
    out.all("X_PROV", &province);
    out.all("X_REG", &regional);
    // The paragraph names the modes behind the regional items; where there are none, behind the others.
    let modes = if regional.lists.is_empty() { &province } else { &regional };
    for (name, mode) in [
        ("X_M1", CrossRegionMode::FullyOnline),
        ("X_M2", CrossRegionMode::CollectElsewhere),
        ("X_M3", CrossRegionMode::JointHandling),
    ] {
        out.part(name, modes, "modes", |item| {
            item.get::<Set<CrossRegionMode>>("modes").is_some_and(|all| all.contains(&mode))
        });
    }
    let packages = Counted::of(&widest(of(Kind::Package)));
    out.all("PK_ALL", &packages);
    let parts = packages.items.iter().filter_map(|(item, _)| item.get::<List<ItemRef>>("items"));
    let parts: Vec<String> = parts.flatten().map(|part| part.key().into_owned()).collect();
    out.names("PK_ITEMS", &packages, parts.iter().map(String::as_str));
    documents(&mut out, &of(Kind::Document), year(portfolio));
    let decisions = Counted::of(&of(Kind::Decision));
    let issues: Vec<String> = decisions.lists.iter().map(|list| list.key().into_owned()).collect();
    out.names("DEC_ISSUES", &decisions, issues.iter().map(String::as_str));
    out.all("DEC_ITEMS", &decisions);
    out.found.order_by_key(|figure| FIGURES.iter().position(|known| known.name == figure.name));
    out.found
}

/// Rules and normative documents in force, and which of them were reviewed and filed within the year.
#[inline]
fn documents(out: &mut Figures, lists: &[&AnyCatalogue], year: Option<i32>) {
    let of = |wanted: DocumentType| {
        Counted::such(lists, |list, item| {
            let status = item.get::<Option<DocumentStatus>>("status").and_then(Option::as_ref);
            let over = matches!(status, Some(DocumentStatus::Repealed | DocumentStatus::Lapsed));
            document_type(list, item) == Some(wanted.clone()) && !over
        })
    };
    out.all("D_RULE", &of(DocumentType::Rule));
    let normative = of(DocumentType::NormativeDocument);
    out.all("D_DOC", &normative);
    let Some(year) = year else { return };
    out.part("D_REV", &normative, "legality_review", |item| {
        let published = item.get::<Option<When>>("published").and_then(Option::as_ref).and_then(When::day);
        let filled = |field| !item.text(field).is_empty();
        filled("legality_review")
            && filled("filing_number")
            && published.is_some_and(|day| i32::from(day.year()) == year)
    });
}

/// What a document is: as its row says, else as its list does.
#[inline]
fn document_type(list: &AnyCatalogue, item: &dyn AnyItem) -> Option<DocumentType> {
    if let Some(told) = item.get::<Option<DocumentType>>("document_type").and_then(Option::as_ref) {
        return Some(told.clone());
    }
    let header = list.header();
    match header.series.as_str() {
        "rules" | "rule" | "规章" => return Some(DocumentType::Rule),
        "documents" | "normative" | "normative-documents" | "规范性文件" => {
            return Some(DocumentType::NormativeDocument);
        }
        _ => {}
    }
    match (header.title.contains("规章"), header.title.contains("规范性文件")) {
        (true, false) => Some(DocumentType::Rule),
        (false, true) => Some(DocumentType::NormativeDocument),
        _ => None,
    }
}

/// Over which border an item is handled: as its row says, else as its list does.
#[inline]
fn reach(list: &AnyCatalogue, item: &dyn AnyItem) -> Option<CrossRegionScope> {
    if let Some(told) = item.get::<Option<CrossRegionScope>>("scope_kind").and_then(Option::as_ref) {
        return Some(told.clone());
    }
    let header = list.header();
    match header.series.as_str() {
        "province" | "cross-province" | "provinces" => return Some(CrossRegionScope::CrossProvince),
        "region" | "regional" | "alliance" => return Some(CrossRegionScope::Regional),
        _ => {}
    }
    [("跨省", CrossRegionScope::CrossProvince), ("区域", CrossRegionScope::Regional)]
        .into_iter()
        .find(|(word, _)| header.series.contains(word) || header.title.contains(word))
        .map(|(_, scope)| scope)
}

/// What a list covers: as its header says, else its title, else its series.
#[inline]
fn scope(list: &AnyCatalogue) -> Option<Scope> {
    let header = list.header();
    header.scope.clone().or_else(|| crate::title::read(&header.title).scope).or_else(|| {
        match header.series.as_str() {
            "own" | "own-level" | "本级" => Some(Scope::OwnLevel),
            "general" | "通用" => Some(Scope::General),
            _ => None,
        }
    })
}

#[inline]
fn is_own(list: &AnyCatalogue) -> bool {
    scope(list) == Some(Scope::OwnLevel)
}

/// The lists that are not for one's own level alone; those of one's own level where there are no others.
#[inline]
fn widest(lists: Vec<&AnyCatalogue>) -> Vec<&AnyCatalogue> {
    let wide: Vec<_> = lists.iter().copied().filter(|list| !is_own(list)).collect();
    if wide.is_empty() { lists } else { wide }
}

/// The year that the lists stand for: that of most of them.
#[inline]
fn year(portfolio: &Portfolio) -> Option<i32> {
    let mut years: Vec<(i32, usize)> = Vec::new();
    for list in &portfolio.lists {
        let header = list.header();
        let dated = header.as_of.map(|day| i32::from(day.year()));
        let Some(year) = header.year().map(i32::from).or(dated) else { continue };
        match years.iter_mut().find(|(known, _)| *known == year) {
            Some((_, count)) => *count += 1,
            None => years.push((year, 1)),
        }
    }
    years.into_iter().max_by_key(|&(year, count)| (count, year)).map(|(year, _)| year)
}

/// The items of several lists that count, each once, with their ids.
struct Counted<'a> {
    lists: Vec<&'a AnyCatalogue>,
    items: Vec<(&'a dyn AnyItem, String)>,
}

impl<'a> Counted<'a> {
    #[inline]
    fn of(lists: &[&'a AnyCatalogue]) -> Self {
        Self::union(lists.iter().map(|list| (*list, count::counted(list))).collect())
    }
    /// Of lists that hold more than one sort of items, those of one sort. A list that holds none is none of its lists.
    fn such(lists: &[&'a AnyCatalogue], is: impl Fn(&AnyCatalogue, &dyn AnyItem) -> bool) -> Self {
        let chosen = lists.iter().map(|list| {
            let items = count::counted(list).into_iter().filter(|item| is(list, *item)).collect::<Vec<_>>();
            (*list, items)
        });
        Self::union(chosen.filter(|(_, items)| !items.is_empty()).collect())
    }
    #[inline]
    fn union(lists: Vec<(&'a AnyCatalogue, Vec<&'a dyn AnyItem>)>) -> Self {
        let several = lists.len() > 1;
        let mut out = Self { lists: Vec::new(), items: Vec::new() };
        let mut known: HashSet<(String, String, String)> = HashSet::new();
        let mut ids: HashSet<String> = HashSet::new();
        for (list, items) in lists {
            let mut here = Vec::new();
            for item in items {
                if several {
                    let id = if item.is_derived() { String::new() } else { item.id().to_owned() };
                    let names = [item.name(), item.sub_item()].map(|name| normal(name).into_owned());
                    let [name, sub] = names;
                    let same = (id, name, sub);
                    // Twice in one list is twice; what an earlier list holds is the same item.
                    if known.contains(&same) {
                        continue;
                    }
                    here.push(same);
                }
                let key = item.key().into_owned();
                let id = if ids.contains(&key) { format!("{}:{key}", list.key()) } else { key };
                ids.insert(id.clone());
                out.items.push((item, id));
            }
            known.extend(here);
            out.lists.push(list);
        }
        out
    }
    #[inline]
    fn figure(&self, name: &'static str, ids: Vec<String>) -> Figure {
        fn common<T: PartialEq>(mut all: impl Iterator<Item = Option<T>>) -> Option<T> {
            let first = all.next().flatten()?;
            all.all(|one| one.as_ref() == Some(&first)).then_some(first)
        }
        Figure {
            name,
            value: ids.len(),
            lists: self.lists.iter().map(|list| list.key().into_owned()).collect(),
            scope: common(self.lists.iter().map(|list| scope(list))),
            as_of: common(self.lists.iter().map(|list| list.header().as_of)),
            before: None,
            ids,
        }
    }
}

/// Figures while they are gathered.
struct Figures {
    found: Vec<Figure>,
}

impl Figures {
    /// All items.
    #[inline]
    fn all(&mut self, name: &'static str, of: &Counted<'_>) {
        if !of.lists.is_empty() {
            let ids = of.items.iter().map(|(_, id)| id.clone()).collect();
            self.found.push(of.figure(name, ids));
        }
    }
    /// Some of the items; no figure where no row says anything in the field that tells which.
    fn part(&mut self, name: &'static str, of: &Counted<'_>, field: &str, is: impl Fn(&dyn AnyItem) -> bool) {
        let told = || of.items.iter().any(|(item, _)| item.shown(field).is_some());
        let column =
            || of.lists.iter().any(|list| list.header().columns.iter().any(|column| *column.field == *field));
        if !of.lists.is_empty() && (told() || column()) {
            let ids = of.items.iter().filter(|(item, _)| is(*item)).map(|(_, id)| id.clone()).collect();
            self.found.push(of.figure(name, ids));
        }
    }
    /// Different names, in their order.
    fn names<'n>(&mut self, name: &'static str, of: &Counted<'_>, names: impl Iterator<Item = &'n str>) {
        let mut seen = HashSet::new();
        let ids = names.filter(|name| seen.insert(normal(name).into_owned())).map(str::to_owned);
        if !of.lists.is_empty() {
            let ids = ids.collect();
            self.found.push(of.figure(name, ids));
        }
    }
}

/// What a yearly report takes beside the lists.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// What last year's report printed (`--reported`).
    pub reported: Vec<Reported>,
    /// Names of bodies and materials that mean the same: another of these is no change of the year.
    pub aliases: Aliases,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Share {
    /// The figure that is the part.
    pub part: &'static str,
    /// The figure that is the whole.
    pub whole: &'static str,
    /// The share in hundredths of a percent, rounded.
    pub hundredths: usize,
}

impl Share {
    /// The share with two decimals (84.69).
    #[must_use]
    #[inline]
    pub fn percent(&self) -> String {
        format!("{}.{:02}", self.hundredths / 100, self.hundredths % 100)
    }
}

/// The yearly report: figures, what the year changed list by list, what may be wrong, and the paragraph.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Annual {
    /// The year before, where its lists say one.
    pub year_before: Option<i32>,
    /// The year of the report, where the lists say one.
    pub year: Option<i32>,
    /// The city, or whatever body reports: the portfolio's name, else as titles or issuers say.
    pub city: String,
    /// The figures in the order of [`FIGURES`].
    pub figures: Vec<Figure>,
    /// Each list of either year.
    pub lists: Vec<ListChange>,
    /// Parts of wholes.
    pub shares: Vec<Share>,
    /// What may be wrong with the figures.
    pub warnings: Vec<Warning>,
    /// The paragraph for the yearly report, in Chinese. What the lists do not say is 【待填】.
    pub paragraph: String,
}

impl Annual {
    /// A figure by its name; `None` where its list is not there, or does not say it.
    #[must_use]
    #[inline]
    pub fn figure(&self, name: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.name == name)
    }
}

/// Which figures are parts of which.
const PARTS: &[(&str, &str)] = &[
    ("C_KEEP", "P_ALL"),
    ("C_MAT", "C_KEEP"),
    ("C_COMM", "C_KEEP"),
    ("R_1", "R_ALL"),
    ("R_2", "R_ALL"),
    ("R_3", "R_ALL"),
    ("R_4", "R_ALL"),
    ("D_REV", "D_DOC"),
];

/// The yearly report of a government: its lists, against those of the year before.
///
/// Lists are compared where both years have one of the same kind and series. The comparison is that of any two
/// editions; what it costs is said there.
///
/// ```
/// use qingdan::{Catalogue, FilingItem, Portfolio, statistics::{Options, Reported, annual}};
/// let mut list = Catalogue::<FilingItem>::default();
/// list.items.push(FilingItem::new("B1", "设立保安培训单位备案")).unwrap();
/// let mut before = Portfolio::default();
/// before.lists.push(list.clone().into()).unwrap();
/// list.items.push(FilingItem::new("B2", "二手车经营备案")).unwrap();
/// let mut after = Portfolio::default();
/// after.lists.push(list.into()).unwrap();
/// // What last year's report printed is not what last year's list holds.
/// let mut options = Options::default();
/// options.reported = vec![Reported::new("F_GEN", 3)];
/// let report = annual(&before, &after, &options);
/// assert_eq!((report.figures[0].before, report.figures[0].value), (Some(1), 2));
/// assert_eq!(report.lists[0].added, ["B2"]);
/// assert!(report.warnings.iter().any(|warning| warning.rule == "statistics/reported-differs"));
/// ```
#[must_use]
#[inline]
pub fn annual(before: &Portfolio, after: &Portfolio, options: &Options) -> Annual {
    let old = figures(before);
    let mut figures = figures(after);
    for figure in &mut figures {
        figure.before = old.iter().find(|known| known.name == figure.name).map(|known| known.value);
    }
    let lists = change::lists(before, after, &options.aliases);
    change::of_the_year(&mut figures, &old, &lists, before, after);
    figures.order_by_key(|figure| FIGURES.iter().position(|known| known.name == figure.name));
    let value = |name: &str| figures.iter().find(|figure| figure.name == name).map(|figure| figure.value);
    let shares = PARTS.iter().filter_map(|&(part, whole)| {
        let (p, w) = (value(part)?, value(whole)?);
        (w > 0).then(|| Share { part, whole, hundredths: (p * 10_000 + w / 2) / w })
    });
    let shares = shares.collect();
    let mut report = Annual {
        year_before: year(before),
        year: year(after),
        city: count::city(after),
        figures,
        lists,
        shares,
        warnings: Vec::new(),
        paragraph: String::new(),
    };
    let paragraph = paragraph::of(after, &report);
    report.warnings = warnings::of(&report, after, &old, &paragraph, &options.reported);
    report.paragraph = paragraph.text();
    report
}

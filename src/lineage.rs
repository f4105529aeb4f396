//! Lineage: which items of one edition became which of the next, how that is known, and how sure it is.
//!
//! [`Pairs`] tell the algebra who is who, one to one. A lineage says more: why, with what confidence, by which decision;
//! and it holds what is no pair, one item that became several and several that became one.

use crate::codes::AdjustmentKind;
use crate::pairs::Pairs;
use crate::problem::Lang;

/// How much of the old items went where a link leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Share {
    /// All of them: the one became the other, or one of several that it became.
    #[default]
    Whole,
    /// A part, while they live on or went elsewhere as well: who is who does not follow from it.
    Part,
}

/// Items of the old list that became items of the new one.
///
/// One side has one item at most. Where a person said that an item is gone, or new, the other side is empty. Ids are keys of the lists
/// ([`Entry::key`](crate::Entry::key)): `#2` stands behind an id that repeats.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// Ids in the old list.
    pub from: Vec<String>,
    /// Ids in the new list. Where one item became several, the one that carries it on stands first.
    pub to: Vec<String>,
    /// How sure it is: of links at 0.9 about nine in ten are true.
    pub confidence: f64,
    /// Whether a person need not confirm it.
    pub certain: bool,
    /// How it is known, the strongest reason first.
    pub reasons: Vec<Reason>,
    /// The kind of adjustment that a person said it is.
    pub kind: Option<AdjustmentKind>,
    /// The decision, where it is known (文号).
    pub document: String,
    /// Why, as the decision says it.
    pub note: String,
    /// Whether they became it, or a part of them went over.
    pub share: Share,
}

impl Link {
    /// One item became one, as a person or an id says: certain.
    #[must_use]
    pub fn new(from: impl Into<String>, to: impl Into<String>, reason: Reason) -> Self {
        Self {
            from: vec![from.into()],
            to: vec![to.into()],
            confidence: 1.0,
            certain: true,
            reasons: vec![reason],
            kind: None,
            document: String::new(),
            note: String::new(),
            share: Share::Whole,
        }
    }
    /// A part of one item went over to another, as a person says: certain.
    #[must_use]
    pub fn part(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { share: Share::Part, ..Self::new(from, to, Reason::Decided) }
    }
    /// Whether the items became one another, so that both sides are the same thing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.share == Share::Whole
    }
    /// The reasons in words: `名称近似 0.93，依据相同`.
    #[must_use]
    pub fn why(&self, lang: Lang) -> String {
        in_words(&self.reasons, lang)
    }
}

/// Reasons in a row.
pub(crate) fn in_words(reasons: &[Reason], lang: Lang) -> String {
    let words: Vec<String> = reasons.iter().map(|reason| reason.label(lang)).collect();
    words.join(lang.pick("，", ", "))
}

/// How a link is known.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// Both have one id.
    SameId,
    /// Their basic codes, or other codes that several places share, are one.
    SameBasicCode,
    /// The lower list names the row of the upper one.
    UpperReference,
    /// Their codes, by which other items agree, are two.
    OtherCode,
    /// A person said so.
    Decided,
    /// The ids are linked by pairs that the caller gave.
    Linked,
    /// Equal names in normal form.
    SameName,
    /// Equal names once level and scope words are left out (权限内, （市级）).
    SameBaseName,
    /// Names of this similarity, from 0 to 1.
    SimilarName(f64),
    /// Names that have little in common.
    OtherName,
    /// One department.
    SameDepartment,
    /// Departments of which one became the other, so many other items say.
    DepartmentBecame(usize),
    /// Departments of two places that are for one thing (广安市林业局, 资阳市林业局).
    SameFunction,
    /// Departments that nothing links.
    OtherDepartment,
    /// One act stands behind both.
    SameBasis,
    /// The acts behind them differ.
    OtherBasis,
    /// So many of so many other fields are equal.
    SameFields(usize, usize),
    /// Both stand between the same neighbours.
    SamePlace,
    /// The new one takes this part of the old one's name over.
    PartOfName,
    /// Of several rows alike, paired in their order.
    InOrder,
    /// Nothing in the other list has this id.
    NoSuchId,
    /// Nothing in the other list is of this name, or was found to be the same under another.
    NoSuchName,
}

impl Reason {
    /// In words.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let words = |zh_words: &str, en: &str| if zh { zh_words.to_owned() } else { en.to_owned() };
        match self {
            Self::SameId => words("编码相同", "same id"),
            Self::SameBasicCode => words("基本编码相同", "same basic code"),
            Self::UpperReference => words("上级清单序号所指", "named as a row of the upper list"),
            Self::OtherCode => words("基本编码不同", "other basic code"),
            Self::Decided => words("人工确认", "decided by a person"),
            Self::Linked => words("已指明", "linked"),
            Self::SameName => words("名称相同", "same name"),
            Self::SameBaseName => {
                words("除层级、权限用语外名称相同", "same name but for words of level and scope")
            }
            Self::SimilarName(by) if zh => format!("名称近似 {by:.2}"),
            Self::SimilarName(by) => format!("similar name {by:.2}"),
            Self::OtherName => words("名称不同", "other name"),
            Self::SameDepartment => words("部门相同", "same department"),
            Self::DepartmentBecame(n) if zh => format!("部门随{n}项变更"),
            Self::DepartmentBecame(n) => format!("department changed as in {n} other items"),
            Self::SameFunction => words("部门职能相同", "departments of one function"),
            Self::OtherDepartment => words("异部门", "other department"),
            Self::SameBasis => words("依据相同", "same basis"),
            Self::OtherBasis => words("依据不同", "other basis"),
            Self::SameFields(same, of) if zh => format!("其他{of}栏中{same}栏相同"),
            Self::SameFields(same, of) => format!("{same} of {of} other fields equal"),
            Self::SamePlace => words("前后事项相同", "between the same neighbours"),
            Self::PartOfName => words("名称由原名称拆出", "name taken from the old one"),
            Self::InOrder => words("同名多项，按次序", "several of one name, in order"),
            Self::NoSuchId => words("另一版无此编码", "no item of that id"),
            Self::NoSuchName => words("另一版无此名称", "no item of that name"),
        }
    }
}

/// What became of the items of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// The links, in the order of the old list. An item stands in one of them at most; one that keeps its id needs none. Links
    /// of parts ([`Share::Part`]) stand behind all others, and bind nobody.
    pub links: Vec<Link>,
    /// Keys that stand in both lists, and are two things.
    pub parted: Vec<String>,
    /// Links that are too weak to be told, for a person to look at: the best first.
    pub candidates: Vec<Link>,
}

impl Lineage {
    /// What the algebra needs to know of it: the links that are one to one, and of the others the one that carries the
    /// item on. `n log n`.
    #[must_use]
    pub fn pairs(&self) -> Pairs {
        let mut pairs = Pairs::none();
        let items = pairs.at("items");
        for link in self.links.iter().filter(|link| link.is_whole()) {
            if let (Some(from), Some(to)) = (link.from.first(), link.to.first()) {
                // An item stands in one link, so that none of the two has a partner yet.
                let _ = items.link(from, to);
            }
        }
        self.parted.iter().for_each(|key| items.part(key));
        pairs
    }
    /// The link that an item of the old list stands in. Linear.
    #[must_use]
    pub fn of_old(&self, id: &str) -> Option<&Link> {
        self.links.iter().find(|link| link.from.iter().any(|from| from == id))
    }
    /// The link that an item of the new list stands in. Linear.
    #[must_use]
    pub fn of_new(&self, id: &str) -> Option<&Link> {
        self.links.iter().find(|link| link.to.iter().any(|to| to == id))
    }
}

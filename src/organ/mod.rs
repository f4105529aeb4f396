//! The bodies that a cell names: levels, names, second names, scope, steps, and the part that each has.
//!
//! ```
//! use qingdan::codes::{AuthorityRole, Level};
//! use qingdan::organ::bodies;
//!
//! let read = bodies("设区的市级、县级政府（由教育部门会同公安机关承办）");
//! let names: Vec<_> = read.iter().map(|body| (&*body.name, body.role.clone())).collect();
//! assert_eq!(names, [
//!     ("政府", Some(AuthorityRole::Decide)),
//!     ("教育部门", Some(AuthorityRole::Undertake)),
//!     ("公安机关", Some(AuthorityRole::Joint)),
//! ]);
//! assert_eq!(read[0].levels, [Level::City, Level::County]);
//! ```
//!
//! Nothing is guessed: what does not fit stays in the name. The words are those of real lists; tables of words that
//! no document states are marked general knowledge where they stand.

mod function;
mod place;
mod read;

pub use read::{bodies, cut};

use crate::code::DivisionCode;
use crate::codes::{AuthorityRole, Level};
use std::ops::Range;

#[cfg(test)]
mod tests;

/// The place at the head of a text, a body's name or a list's title; empty where there is none.
///
/// ```
/// use qingdan::organ::place;
/// assert_eq!(place("广安市政务服务事项目录"), "广安市");
/// assert_eq!(place("青海省海东市平安区林草局"), "青海省海东市平安区");
/// assert_eq!(place("林草局"), "");
/// ```
#[must_use]
#[inline]
pub fn place(text: &str) -> &str {
    &text[..place::length(text)]
}

/// A body as a cell names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Body {
    /// Where it stands in the cell, in bytes, with the words for its part (由, 承办). A body in another's bracket stands
    /// within that one's span.
    pub span: Range<usize>,
    /// The level phrase at its head, as written: 设区的市级、县级, 县级以上地方, 地州市, 各区. Empty: none.
    pub phrase: String,
    /// The levels that the phrase names, 市 alone read as the prefecture's; see [`covers`](Self::covers).
    pub levels: Vec<Level>,
    /// The name without level phrase and brackets, as written. Empty where a level alone stands for the body.
    pub name: String,
    /// Second names in brackets: 市国防动员办公室（市人民防空办公室）.
    pub other_names: Vec<String>,
    /// What it has the item for: 市发改局（非技术改造类）.
    pub scope: Option<String>,
    /// The steps that it takes: 省级司法（受理,审核）.
    pub steps: Vec<String>,
    /// Its part, where the cell says one, or says that others work for it.
    pub role: Option<AuthorityRole>,
    /// Whether several bodies are named by one word: 各区自然资源分局.
    pub collective: bool,
}

impl Body {
    /// Whether no place is named, so that it is a body of each place of its level: 地州市农业农村局, 县级林草部门,
    /// 公安机关. 市林草局 is the issuer's own and no abstract one.
    #[must_use]
    #[inline]
    pub fn is_abstract(&self) -> bool {
        let unnamed = place::length(&self.name) == 0;
        let general = ["部门", "机关", "机构", "单位", "组织"].iter().any(|word| self.name.ends_with(word));
        !self.collective && unnamed && (!self.phrase.is_empty() || general)
    }

    /// Whether a region's level is among the body's levels; `None` where it names none, or leaves them to rules
    /// (分级管理). 市 alone means what the region writes it for ([`DivisionCode::city_level`]).
    ///
    /// ```
    /// use qingdan::organ::bodies;
    /// let body = &bodies("市、县级林草部门")[0];
    /// assert_eq!(body.covers(&"630202".parse()?), Some(true));
    /// assert_eq!(body.covers(&"630000".parse()?), Some(false));
    /// # Ok::<(), qingdan::code::CodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn covers(&self, region: &DivisionCode) -> Option<bool> {
        let levels = match &*self.phrase {
            "" => self.levels.clone(),
            phrase => read::levels_of(phrase, &region.city_level()),
        };
        (!levels.is_empty() && !levels.contains(&Level::Graded)).then(|| levels.contains(&region.level()))
    }

    /// What it is for: the name without place, level and the word for its form, short names spelt out
    /// (林草局, 林业和草原主管部门: 林业和草原). Empty where nothing is left.
    ///
    /// Several fields of one body are joined by 、 (发改经信局: 发展和改革、经济和信息化).
    #[must_use]
    #[inline]
    pub fn function(&self) -> String {
        function::of(&self.name).0
    }

    /// Whether both are for one thing, wherever they are: the fields of one hold those of the other
    /// (广安市林业局, 资阳市林业和草原局). Where nothing is left of a name without place and form, it is compared whole.
    ///
    /// ```
    /// use qingdan::organ::bodies;
    /// let shares = |one: &str, other: &str| bodies(one)[0].shares_function(&bodies(other)[0]);
    /// assert!(shares("广安市林业局", "资阳市林草局"));
    /// assert!(!shares("区行政审批局", "市市场监管局"));
    /// ```
    #[must_use]
    #[inline]
    pub fn shares_function(&self, other: &Self) -> bool {
        let fields = |body: &Self| -> Vec<Vec<String>> {
            let names = std::iter::once(&body.name).chain(&body.other_names);
            names.map(|name| function::of(name).1).filter(|fields| !fields.is_empty()).collect()
        };
        let within = |some: &[String], all: &[String]| some.iter().all(|field| all.contains(field));
        let (ours, theirs) = (fields(self), fields(other));
        if ours.is_empty() || theirs.is_empty() {
            return crate::text::alike(&self.name, &other.name);
        }
        ours.iter().any(|one| theirs.iter().any(|other| within(one, other) || within(other, one)))
    }

    /// Whether a concrete body of a region may be this one: its level is the region's, the fields of one hold those of
    /// the other. Where either is not told by level or field, the answer is no.
    ///
    /// ```
    /// use qingdan::organ::bodies;
    /// let upper = &bodies("县级林草部门")[0];
    /// let lower = &bodies("平安区林业和草原局")[0];
    /// assert!(upper.may_be(lower, &"630203".parse()?));
    /// assert!(!upper.may_be(&bodies("青海省林业和草原局")[0], &"630203".parse()?));
    /// assert!(!upper.may_be(&bodies("平安区农业农村局")[0], &"630203".parse()?));
    /// # Ok::<(), qingdan::code::CodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn may_be(&self, concrete: &Self, region: &DivisionCode) -> bool {
        if self.covers(region) == Some(false) || concrete.is_abstract() {
            return false;
        }
        if place::level(&concrete.name, region).is_some_and(|level| level != region.level()) {
            return false;
        }
        let ours = function::of(&self.name).1;
        let names = std::iter::once(&concrete.name).chain(&concrete.other_names);
        names.map(|name| function::of(name).1).any(|theirs| {
            let within = |some: &[String], all: &[String]| some.iter().all(|field| all.contains(field));
            !ours.is_empty() && !theirs.is_empty() && (within(&ours, &theirs) || within(&theirs, &ours))
        })
    }
}

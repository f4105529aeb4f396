//! The table of kinds, and what is done without knowing the kind at compile time.

use crate::catalogue::{Catalogue, CatalogueClash, CatalogueDelta};
use crate::change_set::ChangeSet;
use crate::diff::{Comparing, Differences, Selection};
use crate::document::{self, Options, Reading};
use crate::item::{
    CertificationItem, CrossRegionItem, CustomItem, DecisionItem, FilingItem, InspectionItem,
    LicenceReformItem, LicensingItem, LicensingNorm, NormativeDocument, PowerItem, ServiceItem,
    ServicePackage, SupervisionItem,
};
use crate::mismatch::Mismatches;
use crate::pairs::Pairs;
use crate::problem::{Lang, Message, Problem};
use crate::record::{AnyItem, Field, Item, Record};
use crate::schema::Part;
use crate::watch::{Stopped, Watch};
use schemars::{Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::io::{self, Read, Seek, Write};
use std::str::FromStr;

/// Writes the table of kinds. A new kind is one file under `item/` and one row here.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $item:ident, $title:literal;)*) => {
        /// A kind of list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// Every kind, in the order of the catalogue family.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Its name in documents and options.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => <$item as Item>::KIND,)*
                }
            }
            /// Its name in Chinese.
            #[must_use]
            #[inline]
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$kind => $title,)*
                }
            }
            /// The fields of its items.
            #[must_use]
            pub fn fields(self) -> &'static [Field] {
                match self {
                    $(Self::$kind => <$item as Record>::FIELDS,)*
                }
            }
        }

        /// A catalogue of any kind.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum AnyCatalogue {
            $($(#[$doc])* $kind(Catalogue<$item>),)*
        }

        /// A change set of any kind.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum AnyChangeSet {
            $($(#[$doc])* $kind(ChangeSet<$item>),)*
        }

        /// What changed between two catalogues of any kind.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum AnyCatalogueDelta {
            $($(#[$doc])* $kind(CatalogueDelta<$item>),)*
            /// A list of one kind became a list of another.
            Replaced(Box<Replaced>),
        }

        /// What is undecided about a catalogue of any kind.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum AnyCatalogueClash {
            $($(#[$doc])* $kind(CatalogueClash<$item>),)*
            /// Three lists that are not all of one kind.
            Replaced(Box<Disputed>),
        }

        /// The same expression for a catalogue and a delta of its kind; the other one where they do not fit.
        macro_rules! with_delta {
            ($value:expr, $delta:expr, |$list:ident, $of:ident, $make:ident| $work:expr, $other:expr) => {
                match ($value, $delta) {
                    $((AnyCatalogue::$kind($list), AnyCatalogueDelta::$kind($of)) => {
                        use AnyCatalogue::$kind as $make;
                        $work
                    })*
                    _ => $other,
                }
            };
        }

        /// The same expression for a catalogue and a clash of its kind; the other one where they do not fit.
        macro_rules! with_clash {
            ($value:expr, $clash:expr, |$list:ident, $of:ident, $make:ident, $make_clash:ident| $work:expr, $other:expr) => {
                match ($value, $clash) {
                    $((AnyCatalogue::$kind($list), AnyCatalogueClash::$kind($of)) => {
                        use AnyCatalogue::$kind as $make;
                        use AnyCatalogueClash::$kind as $make_clash;
                        $work
                    })*
                    _ => $other,
                }
            };
        }

        /// The same expression for a delta of any kind, which is then a `Catalogue` of the type `$t`.
        macro_rules! each_delta {
            ($delta:expr, |$of:ident, $t:ident, $make:ident| $work:expr, |$replaced:ident| $other:expr) => {
                match $delta {
                    $(AnyCatalogueDelta::$kind($of) => {
                        type $t = Catalogue<crate::item::$item>;
                        #[allow(unused_imports, reason = "not every expression makes one")]
                        use AnyCatalogueDelta::$kind as $make;
                        $work
                    })*
                    AnyCatalogueDelta::Replaced($replaced) => $other,
                }
            };
        }

        /// The same expression for two deltas of one kind.
        macro_rules! both_deltas {
            ($left:expr, $right:expr, |$a:ident, $b:ident, $t:ident, $make:ident| $work:expr, $other:expr) => {
                match ($left, $right) {
                    $((AnyCatalogueDelta::$kind($a), AnyCatalogueDelta::$kind($b)) => {
                        type $t = Catalogue<crate::item::$item>;
                        use AnyCatalogueDelta::$kind as $make;
                        $work
                    })*
                    _ => $other,
                }
            };
        }

        /// The same expression for two or three catalogues of one kind.
        macro_rules! same_kind {
            ($left:expr, $right:expr, |$a:ident, $b:ident, $t:ident, $delta:ident| $work:expr, $other:expr) => {
                match ($left, $right) {
                    $((AnyCatalogue::$kind($a), AnyCatalogue::$kind($b)) => {
                        #[allow(dead_code, reason = "not every expression names it")]
                        type $t = Catalogue<crate::item::$item>;
                        #[allow(unused_imports, reason = "not every expression makes one")]
                        use AnyCatalogueDelta::$kind as $delta;
                        $work
                    })*
                    _ => $other,
                }
            };
            ($base:expr, $left:expr, $right:expr, |$o:ident, $a:ident, $b:ident, $t:ident, $make:ident, $clash:ident| $work:expr, $other:expr) => {
                match ($base, $left, $right) {
                    $((AnyCatalogue::$kind($o), AnyCatalogue::$kind($a), AnyCatalogue::$kind($b)) => {
                        type $t = Catalogue<crate::item::$item>;
                        use AnyCatalogue::$kind as $make;
                        use AnyCatalogueClash::$kind as $clash;
                        $work
                    })*
                    _ => $other,
                }
            };
        }

        /// The same expression for a clash of any kind.
        macro_rules! each_clash {
            ($clash:expr, |$of:ident, $t:ident| $work:expr, |$replaced:ident| $other:expr) => {
                match $clash {
                    $(AnyCatalogueClash::$kind($of) => {
                        type $t = Catalogue<crate::item::$item>;
                        $work
                    })*
                    AnyCatalogueClash::Replaced($replaced) => $other,
                }
            };
        }

        $(impl From<Catalogue<$item>> for AnyCatalogue {
            fn from(list: Catalogue<$item>) -> Self {
                Self::$kind(list)
            }
        })*

        /// The same expression for whatever kind a value is.
        macro_rules! each {
            ($any:ident($value:expr), $list:ident => $work:expr) => {
                match $value {
                    $($any::$kind($list) => $work,)*
                }
            };
        }

        /// The same expression for whatever kind a value is; the result is of that kind.
        macro_rules! each_same {
            ($any:ident($value:expr), $list:ident => $work:expr) => {
                match $value {
                    $($any::$kind($list) => $any::$kind($work),)*
                }
            };
        }

        /// The same expression for whatever kind two values are, if they are of one.
        macro_rules! both {
            ($left_any:ident($left:expr), $right_any:ident($right:expr), |$a:ident, $b:ident, $make:ident| $work:expr) => {
                match ($left, $right) {
                    $(($left_any::$kind($a), $right_any::$kind($b)) => {
                        #[allow(unused_imports, reason = "not every expression makes one")]
                        use AnyChangeSet::$kind as $make;
                        Ok($work)
                    })*
                    (left, right) => Err(DifferentKinds { left: left.kind(), right: right.kind() }),
                }
            };
        }

        /// The same expression for the item type of a kind.
        macro_rules! of_kind {
            ($value:expr, $t:ident, $any:ident => $work:expr) => {
                match $value {
                    $(Kind::$kind => {
                        type $t = crate::item::$item;
                        #[allow(unused_imports, reason = "not every expression makes one")]
                        use AnyCatalogue::$kind as $any;
                        $work
                    })*
                }
            };
        }

        impl AnyCatalogue {
            /// Its kind.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$kind(_) => Kind::$kind,)*
                }
            }
        }
        impl AnyCatalogueClash {
            /// The kind of the list that it is of; `None` where three lists are not of one kind.
            #[must_use]
            pub fn kind(&self) -> Option<Kind> {
                match self {
                    $(Self::$kind(_) => Some(Kind::$kind),)*
                    Self::Replaced(_) => None,
                }
            }
        }
        impl AnyChangeSet {
            /// Its kind.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$kind(_) => Kind::$kind,)*
                }
            }
        }

        impl AnyChangeSet {
            /// The change from one edition to another as an envelope around this delta; `None` where the delta is of
            /// another kind.
            pub(crate) fn around(
                kind: Kind,
                [before, after]: [crate::catalogue::Edition; 2],
                delta: Option<AnyCatalogueDelta>,
            ) -> Option<Self> {
                match (kind, delta) {
                    $((Kind::$kind, None) => Some(Self::$kind(ChangeSet { before, after, delta: None })),)*
                    $((Kind::$kind, Some(AnyCatalogueDelta::$kind(delta))) => {
                        Some(Self::$kind(ChangeSet { before, after, delta: Some(delta) }))
                    })*
                    _ => None,
                }
            }
            fn differences_of(
                &self,
                before: &AnyCatalogue,
                after: &AnyCatalogue,
                comparing: &Comparing,
            ) -> Option<Differences> {
                match (self, before, after) {
                    $((Self::$kind(changes), AnyCatalogue::$kind(a), AnyCatalogue::$kind(b)) => {
                        Some(changes.differences(a, b, comparing))
                    })*
                    _ => None,
                }
            }
            /// Reads a change set of a list of this kind: the whole JSON of a comparison, or its `changes`.
            ///
            /// # Errors
            /// It is no such document, or contradicts itself.
            #[inline]
            pub fn read_json(kind: Kind, json: &str) -> Result<Self, Problem> {
                match kind {
                    $(Kind::$kind => document::read_change_set::<$item>(json).map(Self::$kind),)*
                }
            }
        }
    };
}

kinds! {
    /// Administrative licensing items (行政许可事项清单).
    Licensing: LicensingItem, "行政许可事项清单";
    /// Implementation norms of licences (行政许可事项实施规范).
    LicensingNorm: LicensingNorm, "行政许可事项实施规范";
    /// Filing items (行政备案事项清单).
    Filing: FilingItem, "行政备案事项清单";
    /// Certifications: retained, cancelled, on commitment (证明事项清单).
    Certification: CertificationItem, "证明事项清单";
    /// Items handled across provinces or inside an alliance (跨省通办、区域通办事项清单).
    CrossRegion: CrossRegionItem, "跨省通办、区域通办事项清单";
    /// Powers and duties (权责清单).
    Power: PowerItem, "权责清单";
    /// Reform of business licences (证照分离改革事项清单).
    LicenceReform: LicenceReformItem, "证照分离改革事项清单";
    /// Integrated packages (一件事一次办).
    Package: ServicePackage, "一件事一次办清单";
    /// Inspections at random (双随机抽查事项清单).
    Inspection: InspectionItem, "双随机抽查事项清单";
    /// Key items supervised across departments (跨部门综合监管重点事项清单).
    Supervision: SupervisionItem, "跨部门综合监管重点事项清单";
    /// Major administrative decisions (重大行政决策事项目录).
    Decision: DecisionItem, "重大行政决策事项目录";
    /// Rules and normative documents (规章、规范性文件目录).
    Document: NormativeDocument, "规章、规范性文件目录";
    /// Service items in general (政务服务事项目录); also right for the lists of other countries.
    Service: ServiceItem, "政务服务事项目录";
    /// A list of an office's own (自定义清单): any header row.
    Custom: CustomItem, "自定义清单";
}

trait ReadSeek: Read + Seek {}
impl<R: Read + Seek> ReadSeek for R {}

/// A word is no kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no kind of list; the kinds are {}", Kind::ALL.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(", "))]
pub struct UnknownKind {
    /// The word.
    pub word: String,
}

impl FromStr for Kind {
    type Err = UnknownKind;
    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        let found = Self::ALL.iter().find(|kind| kind.as_str() == word);
        found.copied().ok_or_else(|| UnknownKind { word: word.to_owned() })
    }
}
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl UnknownKind {
    /// What it says, in both languages.
    #[must_use]
    #[inline]
    pub fn message(&self) -> Message {
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        Message::new(format!("“{}”不是清单的种类；可为{}", self.word, kinds.join("、")), self.to_string())
    }
}

/// Two lists are of different kinds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the lists are of different kinds: {left} and {right}")]
pub struct DifferentKinds {
    /// The first list's kind.
    pub left: Kind,
    /// The second list's kind.
    pub right: Kind,
}

impl DifferentKinds {
    /// What it says, in both languages.
    #[must_use]
    #[inline]
    pub fn message(&self) -> Message {
        Message::new(format!("清单种类不同：{}与{}", self.left.title(), self.right.title()), self.to_string())
    }
}

/// Why a change set is not applied, or not joined to another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotApplied {
    /// It is of a list of another kind.
    #[error(transparent)]
    DifferentKinds(#[from] DifferentKinds),
    /// It does not fit.
    #[error(transparent)]
    Mismatches(#[from] Mismatches),
}

/// Why a verb that may be watched gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfinished {
    /// The lists are of different kinds.
    #[error(transparent)]
    DifferentKinds(#[from] DifferentKinds),
    /// Who watched it stopped it.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl Kind {
    /// Defines a part of a kind's schema, and refers to it.
    #[inline]
    pub(crate) fn define(self, part: Part, generator: &mut SchemaGenerator) -> Schema {
        of_kind!(self, T, Any => part.define::<T>(generator))
    }
}

impl AnyCatalogue {
    /// Reads a catalogue document; its kind stands inside. What comes before the kind is read twice.
    ///
    /// # Errors
    /// The reader failed, or the document is of no known kind (a problem then). All other problems
    /// stand in the reading.
    pub fn read_json(mut source: impl Read + Seek, options: &Options) -> io::Result<Reading<Option<Self>>> {
        Self::read_json_of(&mut source, options)
    }
    // Each kind is compiled once, here: callers' readers and writers come in as trait objects.
    fn read_json_of(source: &mut dyn ReadSeek, options: &Options) -> io::Result<Reading<Option<Self>>> {
        let start = source.stream_position()?;
        let kind = match document::kind_of(&mut *source)? {
            Ok(kind) => kind,
            Err(problems) => return Ok(Reading { value: None, problems }),
        };
        source.seek(io::SeekFrom::Start(start))?;
        let kind = match kind.parse::<Kind>() {
            Ok(kind) => kind,
            Err(unknown) => {
                return Ok(Reading { value: None, problems: vec![document::unknown_kind(&unknown)] });
            }
        };
        of_kind!(kind, T, Any => {
            let Reading { value, problems } = document::read::<T>(source, options)?;
            Ok(Reading { value: Some(Any(value)), problems })
        })
    }
    /// Writes the catalogue document. Equal catalogues are equal bytes.
    ///
    /// # Errors
    /// The writer failed.
    pub fn write_json(&self, mut to: impl Write) -> io::Result<()> {
        self.write_json_to(&mut to)
    }
    #[inline]
    fn write_json_to(&self, to: &mut dyn Write) -> io::Result<()> {
        each!(Self(self), list => document::write(list, to))
    }
    /// The number of items.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        each!(Self(self), list => list.items.len())
    }
    /// Whether there are none.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Whether an item has this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        each!(Self(self), list => list.items.get(id).is_some())
    }
    /// The items in their order, whatever their kind.
    #[must_use]
    pub fn items(&self) -> Vec<&dyn AnyItem> {
        fn erased<T: Item>(list: &Catalogue<T>) -> Vec<&dyn AnyItem> {
            let mut items: Vec<&dyn AnyItem> = Vec::with_capacity(list.items.len());
            for item in list.items.iter() {
                items.push(item);
            }
            items
        }
        each!(Self(self), list => erased(list))
    }
    /// The header.
    #[must_use]
    #[inline]
    pub fn header(&self) -> &crate::catalogue::Header {
        each!(Self(self), list => &list.header)
    }
    /// Its title as published; what its kind is called where it has none.
    #[must_use]
    #[inline]
    pub fn title(&self) -> &str {
        let title = &self.header().title;
        if title.is_empty() { self.kind().title() } else { title }
    }
    /// A list of this kind without items.
    #[inline]
    pub(crate) fn emptied(&self, header: crate::catalogue::Header) -> Self {
        let mut list = of_kind!(self.kind(), T, Any => Any(Catalogue::<T>::default()));
        *list.header_mut() = header;
        list
    }
    /// The header, to be changed.
    pub fn header_mut(&mut self) -> &mut crate::catalogue::Header {
        each!(Self(self), list => &mut list.header)
    }
    /// Reads a CSV or TSV table as a list of this kind.
    ///
    /// # Errors
    /// The reader failed. All problems of the table stand in the reading.
    #[cfg(feature = "csv")]
    pub fn read_csv(
        kind: Kind,
        mut source: impl Read,
        options: &crate::table::csv::Options,
    ) -> io::Result<Reading<Self>> {
        Self::read_csv_of(kind, &mut source, options)
    }
    #[cfg(feature = "csv")]
    fn read_csv_of(
        kind: Kind,
        source: &mut dyn Read,
        options: &crate::table::csv::Options,
    ) -> io::Result<Reading<Self>> {
        of_kind!(kind, T, Any => {
            let Reading { value, problems } = crate::table::csv::read::<T>(source, options)?;
            Ok(Reading { value: Any(value), problems })
        })
    }
    /// Writes a CSV table; answers what it does not hold.
    ///
    /// # Errors
    /// The writer failed.
    #[cfg(feature = "csv")]
    pub fn write_csv(
        &self,
        mut to: impl Write,
        delimiter: crate::table::csv::Delimiter,
    ) -> io::Result<Vec<Problem>> {
        self.write_csv_to(&mut to, delimiter)
    }
    #[cfg(feature = "csv")]
    #[inline]
    fn write_csv_to(
        &self,
        to: &mut dyn Write,
        delimiter: crate::table::csv::Delimiter,
    ) -> io::Result<Vec<Problem>> {
        each!(Self(self), list => crate::table::csv::write(list, to, delimiter))
    }
    /// Which items became which, by ids, or where a list has none by name and what else says who is who.
    ///
    /// # Errors
    /// The lists are of different kinds.
    #[inline]
    pub fn lineage_to(
        &self,
        after: &Self,
        options: &crate::matching::Options,
    ) -> Result<crate::lineage::Lineage, DifferentKinds> {
        if self.kind() != after.kind() {
            return Err(DifferentKinds { left: self.kind(), right: after.kind() });
        }
        Ok(crate::matching::lineage(&self.items(), &after.items(), options))
    }
    /// [`lineage_to`](Self::lineage_to), which tells how far it is.
    ///
    /// # Errors
    /// The lists are of different kinds, or it was stopped.
    pub fn lineage_to_watched(
        &self,
        after: &Self,
        options: &crate::matching::Options,
        watch: &mut Watch<'_>,
    ) -> Result<crate::lineage::Lineage, Unfinished> {
        if self.kind() != after.kind() {
            return Err(DifferentKinds { left: self.kind(), right: after.kind() }.into());
        }
        Ok(crate::matching::lineage_watched(&self.items(), &after.items(), options, watch)?)
    }
    /// This list with the fields that take no part in a comparison as `before` has them.
    ///
    /// # Errors
    /// The lists are of different kinds.
    pub fn with_unselected_fields_of(
        &self,
        before: &Self,
        selection: &Selection,
        pairs: &Pairs,
    ) -> Result<Self, DifferentKinds> {
        both!(Self(before), Self(self), |a, b, _make| Self::from(crate::diff::with_unselected_fields_of(
            a, b, selection, pairs
        )))
    }
    /// What changed up to `after`.
    ///
    /// # Errors
    /// The lists are of different kinds.
    pub fn changes_to(&self, after: &Self, pairs: &Pairs) -> Result<AnyChangeSet, DifferentKinds> {
        both!(Self(self), Self(after), |a, b, make| make(ChangeSet::between_as(a, b, pairs)))
    }
    /// SHA-256 of the content.
    #[must_use]
    pub fn digest(&self) -> String {
        each!(Self(self), list => crate::digest::of(list))
    }
}

impl AnyChangeSet {
    /// What changed, in the words of the field, ready for reports.
    ///
    /// # Errors
    /// The lists are of different kinds.
    pub fn differences(
        &self,
        before: &AnyCatalogue,
        after: &AnyCatalogue,
        comparing: &Comparing,
    ) -> Result<Differences, DifferentKinds> {
        let kind = self.kind();
        self.differences_of(before, after, comparing).ok_or(DifferentKinds {
            left: kind,
            right: if before.kind() == kind { after.kind() } else { before.kind() },
        })
    }
    /// The list with the change made.
    ///
    /// ```
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, Pairs};
    /// let list = |ids: &[&str]| -> AnyCatalogue {
    ///     let mut list = Catalogue::<LicensingItem>::default();
    ///     for id in ids {
    ///         list.items.push(LicensingItem::new(*id, "食品经营许可")).unwrap();
    ///     }
    ///     list.into()
    /// };
    /// let (first, second, third) = (list(&["1"]), list(&["1", "2"]), list(&["2"]));
    /// let (one, two) = (first.changes_to(&second, &Pairs::none())?, second.changes_to(&third, &Pairs::none())?);
    /// assert_eq!(one.apply(&first)?, second);
    /// assert_eq!(one.then(&two)?.apply(&first)?, third);
    /// assert!(one.apply(&second).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Every place where it does not fit, or the list is of another kind.
    #[inline]
    pub fn apply(&self, list: &AnyCatalogue) -> Result<AnyCatalogue, NotApplied> {
        let applied: Result<_, DifferentKinds> =
            both!(Self(self), AnyCatalogue(list), |changes, list, _make| {
                changes.apply(list).map(AnyCatalogue::from)
            });
        Ok(applied??)
    }
    /// Two change sets as one: `next` begins where this one ends.
    ///
    /// # Errors
    /// Every place where it does not, as far as both speak of one thing, or it is of a list of another kind.
    #[inline]
    pub fn then(&self, next: &Self) -> Result<Self, NotApplied> {
        let joined: Result<_, DifferentKinds> =
            both!(Self(self), Self(next), |first, next, make| first.then(next).map(make));
        Ok(joined??)
    }
    /// The list with what fits of the change made, and every place where it does not fit.
    ///
    /// # Errors
    /// The list is of another kind.
    #[inline]
    pub fn apply_as_far_as_it_fits(
        &self,
        list: &AnyCatalogue,
    ) -> Result<(AnyCatalogue, Option<Mismatches>), DifferentKinds> {
        both!(Self(self), AnyCatalogue(list), |changes, list, _make| {
            let (list, mismatches) = changes.apply_as_far_as_it_fits(list);
            (AnyCatalogue::from(list), mismatches)
        })
    }
    /// The way back.
    #[must_use]
    #[inline]
    pub fn inverse(&self) -> Self {
        each_same!(Self(self), changes => changes.inverse())
    }
    /// The edition that it begins with.
    #[must_use]
    pub fn before(&self) -> &crate::catalogue::Edition {
        each!(Self(self), changes => &changes.before)
    }
    /// The edition that it leads to.
    #[must_use]
    pub fn after(&self) -> &crate::catalogue::Edition {
        each!(Self(self), changes => &changes.after)
    }
    /// The same with the digests of both lists.
    #[must_use]
    pub fn with_digests(mut self, before: &AnyCatalogue, after: &AnyCatalogue) -> Self {
        let (before, after) = (before.digest(), after.digest());
        each!(Self(&mut self), changes => {
            changes.before.digest = before;
            changes.after.digest = after;
        });
        self
    }
    /// Whether nothing changed.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        each!(Self(self), changes => changes.is_empty())
    }
}

impl AnyChangeSet {
    /// Its JSON, as [`read_json`](Self::read_json) reads it.
    #[must_use]
    pub fn to_json(&self) -> String {
        each!(Self(self), changes => crate::json::text(changes))
    }
}

/// For JSON: written once, here, and passed on as it is.
impl Serialize for AnyChangeSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json =
            serde_json::value::RawValue::from_string(self.to_json()).map_err(serde::ser::Error::custom)?;
        json.serialize(serializer)
    }
}

/// The language of a text for people, from the name of a locale (`zh_CN.UTF-8`, `C`).
#[must_use]
pub fn language_of(locale: &str) -> Lang {
    if locale.starts_with("zh") { Lang::Zh } else { Lang::En }
}

mod any_catalogue;
mod assembly;
mod items;

pub use any_catalogue::{Disputed, Replaced};
pub(crate) use assembly::Recipe;

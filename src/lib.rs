#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

extern crate self as qingdan;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod adjustment;
pub mod alias;
pub mod align;
mod catalogue;
pub mod cell;
mod change_set;
pub mod check;
pub mod citation;
pub mod code;
pub mod codes;
pub mod companion;
pub mod conversion;
pub mod correspondence;
pub mod diff;
pub mod digest;
pub mod document;
pub mod event;
pub mod history;
pub mod item;
mod json;
mod keyed;
pub mod kind;
mod likeness;
pub mod lineage;
pub mod matching;
pub mod merge;
mod mismatch;
pub mod name;
pub mod notice;
pub mod organ;
mod pairs;
mod parts;
mod portfolio;
pub mod problem;
pub mod rebase;
mod record;
pub mod relation;
pub mod report;
pub mod schema;
pub mod serial;
mod sorting;
pub mod statistics;
pub mod table;
pub mod term;
pub mod text;
mod text_atom;
pub mod title;
pub mod value;
pub mod watch;

pub use adjustment::Adjustment;
pub use catalogue::{
    Catalogue, CatalogueClash, CatalogueDelta, Column, ColumnClash, ColumnDelta, Edition, EditionClash,
    EditionDelta, Header, HeaderClash, HeaderDelta, Part, PartClash, PartDelta,
};
pub use change_set::ChangeSet;
pub use document::Reading;
pub use history::History;
pub use item::{
    CertificationItem, CrossRegionItem, CustomItem, DecisionItem, FilingItem, InspectionItem,
    LicenceReformItem, LicensingItem, LicensingNorm, NormativeDocument, PowerItem, ServiceItem,
    ServicePackage, SupervisionItem,
};
pub use keyed::{
    ByKey, ByKeyIter, Changed, Code, Codes, EntryClash, InColumn, Invalid, KeyedClash, KeyedDelta, List, Map,
    MapClash, MapDelta, Moved, NotUpdated, OrderClash, Repeated, Run, Set, SetDelta, SharedList,
};
pub use kind::{AnyCatalogue, AnyCatalogueClash, AnyCatalogueDelta, AnyChangeSet, Kind};
pub use merge::{MergedCatalogue, MergedPortfolio};
pub use mismatch::{Mismatch, Mismatches};
pub use notice::Notice;
pub use pairs::{Pairs, Taken};
pub use portfolio::{Portfolio, PortfolioClash, PortfolioDelta};
pub use qingdan_derive::{Atom, Record};
pub use record::{AnyItem, Entry, Field, Item, Record, SpreadColumn};
pub use text_atom::Text;
pub use value::{Atom, Value, diff, diff_as, merge, merge_as};

//! Typed catalogues.
#![forbid(unsafe_code)]

extern crate self as qingdan;

pub mod cell;
pub mod code;
pub mod codes;
pub mod item;
mod json;
mod keyed;
mod pairs;
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod problem;
mod record;
pub mod relation;
pub mod term;
pub mod text;
mod text_atom;
pub mod value;

pub use item::{LicensingItem, ServiceItem};
pub use keyed::{
    Changed, EntryClash, Invalid, KeyedClash, KeyedDelta, List, Map, MapClash, MapDelta, OrderClash, Repeated,
    Run, Code, Set, SetDelta, SharedList,
};
pub use pairs::{Pairs, Taken};
pub use qingdan_derive::{Atom, Record};
pub use record::{Entry, Field, Item, Record};
pub use text_atom::Text;
pub use value::{Atom, Value};

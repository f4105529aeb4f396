//! Terms of the field: what items are made of.

mod authority;
mod citation;
mod date;
mod delegation;
mod entry_text;
mod fee;
mod item_ref;
mod level_body;
mod limit;
mod material;
mod ratio;
mod reading;
mod upper_ref;
mod when;

pub use authority::{Authority, AuthorityClash, AuthorityDelta};
pub use citation::{Citation, CitationClash, CitationDelta};
pub use date::{Date, NotADate};
pub use delegation::{Delegation, DelegationClash, DelegationDelta};
pub use entry_text::EntryText;
pub use fee::{Fee, FeeClash, FeeDelta, FeeReading};
pub(crate) use item_ref::name_and_code;
pub use item_ref::{ItemRef, ItemRefClash, ItemRefDelta};
pub use level_body::{LevelBody, LevelBodyClash, LevelBodyDelta};
pub use limit::{LimitCase, TimeLimit};
pub use material::{Material, MaterialClash, MaterialDelta, MaterialReading};
pub use ratio::Ratio;
pub use upper_ref::{UpperRef, UpperRefClash, UpperRefDelta};
pub use when::When;

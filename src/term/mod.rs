//! Terms of the field: what items are made of.

mod authority;
mod citation;
mod date;
mod fee;
mod limit;
mod material;
mod reading;

pub use authority::{Authority, AuthorityClash, AuthorityDelta};
pub use citation::{Citation, CitationClash, CitationDelta};
pub use date::{Date, NotADate};
pub use fee::{Fee, FeeClash, FeeDelta, FeeReading};
pub use limit::{LimitCase, TimeLimit};
pub use material::{Material, MaterialClash, MaterialDelta, MaterialReading};

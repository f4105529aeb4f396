//! A user's crate, which depends on `qingdan` alone. What it writes is what every option of the derives
//! is for; that it compiles without a warning, under lints that a careful house sets, is the test.
#![deny(
    warnings,
    unused,
    missing_debug_implementations,
    unused_qualifications,
    unused_results,
    single_use_lifetimes,
    trivial_casts,
    let_underscore_drop,
    clippy::pedantic
)]

pub mod bystanders;
pub mod fees;
pub mod shapes;

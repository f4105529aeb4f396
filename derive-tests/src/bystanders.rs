//! Names of the prelude that mean something else here: the expansion uses full paths.
#![allow(missing_docs, missing_debug_implementations)]

use std as core_of_this_house;

pub trait Clone {}
pub trait Debug {}
pub trait Default {}
pub trait PartialEq {}
pub trait Eq {}
pub trait Hash {}
pub trait Send {}
pub trait FromStr {}
pub trait Value {}
pub trait Atom {}
pub struct Option;
pub struct Vec;
pub struct Box;
pub struct Result;
pub struct Some;
pub struct None;
pub struct Ok;
pub struct Err;

#[derive(
    core_of_this_house::clone::Clone,
    core_of_this_house::fmt::Debug,
    core_of_this_house::default::Default,
    core_of_this_house::cmp::PartialEq,
    core_of_this_house::cmp::Eq,
    core_of_this_house::hash::Hash,
    qingdan::Record,
)]
#[record(name = "guarded")]
pub struct Guarded {
    #[record(key, column("编码"))]
    pub id: String,
    pub name: String,
    pub count: core::option::Option<u32>,
    #[record(lower = qingdan::relation::Subset)]
    pub department: ::qingdan::List<qingdan::Text>,
    pub extra: ::qingdan::Map<::qingdan::Text>,
}

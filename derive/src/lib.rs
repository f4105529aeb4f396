//! `#[derive(Record)]` and `#[derive(Atom)]` of the crate `qingdan`, which re-exports and documents them.
//!
//! What a derive emits goes through `::qingdan::__private`: users depend on `qingdan` alone.

#![allow(
    clippy::single_match_else,
    reason = "what is emitted with an option and without stands side by side"
)]

mod atom;
mod model;
mod record;
#[cfg(test)]
mod snapshot;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct of fields a value: compared and merged field by field, with a delta and a clash type
/// of its own (`ItemDelta`, `ItemClash`), JSON, schema and table columns.
///
/// On the struct, `#[record(…)]` takes
/// - `name = "fee-item"`: its name in schemas (without it, the struct's own name);
/// - `kind = "fee"`: the kind of a list of such items, in documents (without it, the name in schemas);
/// - `any_header`: any header row is right for a table of such items (`Item::ANY_HEADER`);
/// - `text`: it has `Display` and `FromStr` (with `Message` as error),
///   which tables use for its cell; without it a cell holds JSON;
/// - `atom`: it is replaced whole, never merged field by field; needs `text`;
/// - `key_with = path`: the function that gives its key in a list;
/// - `normal_with = path`: the function that gives the normal form of one that is replaced whole;
/// - `cut_with = path`: the function that cuts a table's cell into the texts of entries;
/// - `joint = "、"`: what stands between entries in a table's cell;
/// - `order_with = path`: a function that says which of two entries of a list stands first (`Ordering`): the list keeps
///   them so, and those of which it says nothing (`Equal`) in the order in which they came. It looks at nothing that is
///   not in the key.
///
/// On a field
/// - `key`: tells entries of a list apart;
/// - `column("written", "read too", "upper header/lower header")`: headers in tables;
/// - `columns = path`: the same in a constant of type `&[&str]` that kinds share, such as those of
///   `qingdan::item::columns`. Both may stand together and more than once: the headers are those of all, in their order,
///   each once, so that `column("备案事项编码"), columns = columns::ID` has a header of its own in front;
/// - `ticks("省级", "市级")`: headers of tick columns of a set; each names its code; `ticks = path` as with `columns`;
/// - `spread = path`: columns over which a table spreads a list, each for the entries of one key: a constant of type
///   `&[SpreadColumn]`. The list's entries are `InColumn`; `column` is then for those that have no column of their own;
/// - `read = path`: a function of the record that reads the column's cell into several fields;
/// - `identity`: one of the parts that an id is derived from where a list has none;
/// - `reference`: the key of another entry of the same list;
/// - `lower = path`: how a lower list's value must stand to the upper one's (`Relation`);
/// - `adjusts = Renamed`: the `AdjustmentKind` that a change of it is
///   (`Edited` without it);
/// - `position`: a serial number: tables write the row's position where it is absent, and a plain number
///   that is read is not kept;
/// - `apart`: takes no part in comparing and merging.
///
/// A header that names two fields does not compile, wherever it is said, in builds with debug assertions, as those of
/// development and tests are (but in a record with parameters, of whose shared headers nobody knows here).
///
/// A struct with fields `id` and `name` is an `Item`; `department`, `authorities`, `sub_item`, `parent`, `extra`,
/// `derived` and `occurrence` are used where it has them.
#[proc_macro_derive(Record, attributes(record))]
pub fn derive_record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    model::Model::read(&input)
        .map_or_else(syn::Error::into_compile_error, |model| record::expand(&model))
        .into()
}

/// Makes a type that has `Display` and `FromStr` (with an error that prints) a value that is replaced
/// whole. Emits `Serialize`, `Deserialize` and `JsonSchema` as that text.
///
/// `#[atom(…)]` takes `name = "Ratio"` (in schemas), `serde` (the type has its own `Serialize`,
/// `Deserialize`, `JsonSchema`), and `empty` (its `Default` prints as the empty text and is absent).
#[proc_macro_derive(Atom, attributes(atom))]
pub fn derive_atom(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    atom::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

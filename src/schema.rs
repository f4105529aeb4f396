//! JSON Schemas (draft 2020-12) of the documents, made from the types.
//!
//! One schema for the catalogues of each [`Kind`], one for comparisons, one for merges, and a bundle of
//! all of them; `examples/export_schema` writes them to files. A new kind is in all of them by its row in
//! the table of kinds.
//!
//! What is absent is not written, is not required, and is never null; keys that a document does not know
//! are errors. An item's unknown key is allowed where its value is a text: it goes to `extra`. What a
//! schema cannot say, the readers check: repeated ids and keys, entries that stand under another key, the
//! runs of an order, days that the calendar does not have (where `format` is not asserted). Names of
//! definitions are those of the types; none ends in a digit, so that generators' own numbers stay apart.
//! Fields bear their usual header as `x-label`, codes their labels as `x-labels`.
//!
//! # What code generators make of them
//!
//! [`Portable`] rewrites what generators commonly misread; what validates stays the same. Tried with the
//! shipped files, all of whose types compile (`tsc --strict`, Python); documents read and written again
//! by pydantic's and quicktype's JavaScript come out equal:
//!
//! | generator | what it makes |
//! |---|---|
//! | json-schema-to-typescript 16 | one interface a definition; a comparison is a union told apart by `kind`; an item's unknown keys are `unknown`. The clashes that a catalogue keeps, in `merge.json`, are made with `--unreachableDefinitions` |
//! | datamodel-code-generator 0.89 (pydantic 2) | one class a definition, a comparison a `RootModel` of both kinds; an item keeps unknown keys. Write with `exclude_unset`, so that what is absent is not null. Codes become a class and an enum with a number behind (`Level`, `Level1`) |
//! | quicktype 26 (TypeScript, JavaScript, Java) | one class a definition, maps as maps. It flattens alternatives: from `diff.json` comes one class with the fields of all kinds, each optional (nothing is lost in a round trip); give it `diff.json#/$defs/licensing-diff` for exact classes. A code list is a plain text |
//!
//! What had to be avoided: `format: date` (quicktype's JavaScript writes a moment instead of a day),
//! types that hold themselves (quicktype does not end), other keys of a given type beside fields
//! (quicktype's TypeScript contradicts itself and its Java makes a map of the item).

mod portable;
mod reports;

pub use portable::Portable;

use crate::catalogue::{Catalogue, Header};
use crate::change_set::ChangeSet;
use crate::document::FORMAT;
use crate::kind::Kind;
use crate::merge::MergeReport;
use crate::rebase::RebaseReport;
use crate::record::Item;
use crate::report::{AlignDocument, CheckDocument, LineageDocument, TimelineDocument};
use crate::value::Value;
use schemars::generate::SchemaSettings;
use schemars::transform::Transform as _;
use schemars::{JsonSchema as _, Schema, SchemaGenerator, json_schema};

/// The schema of the catalogue document of a kind.
///
/// ```
/// use qingdan::{Kind, schema};
/// let schema = schema::catalogue(Kind::Licensing);
/// assert_eq!(schema.get("properties").unwrap()["kind"]["const"], "licensing");
/// ```
#[must_use]
#[inline]
pub fn catalogue(kind: Kind) -> Schema {
    document(|generator| catalogue_of(kind, generator))
}

/// The schema of the catalogue document of a kind of one's own.
///
/// ```
/// use qingdan::{Record, schema};
/// /// What an office charges.
/// #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
/// #[record(name = "fee-item")]
/// struct FeeItem {
///     #[record(key)]
///     id: String,
///     name: String,
/// }
/// assert_eq!(schema::of::<FeeItem>().get("title").unwrap(), "fee-item-catalogue");
/// ```
#[must_use]
pub fn of<T: Item>() -> Schema {
    document(|generator| {
        let item = Part::Item.define::<T>(generator);
        catalogue_document(T::KIND, &format!("A catalogue: {}.", T::NAME), &item, generator)
    })
}

/// The schema of a comparison's JSON: one alternative a kind, told apart by `kind`.
///
/// The change set alone, which is read as well, is the definition `change-set_` with the item's name
/// behind.
#[must_use]
#[inline]
pub fn diff() -> Schema {
    document(|generator| {
        let diffs: Vec<Schema> = Kind::ALL.iter().map(|&kind| define_diff(kind, generator)).collect();
        json_schema!({
            "title": "diff",
            "description": "What changed between two editions of a list.",
            "oneOf": diffs,
        })
    })
}

/// The schema of a merge's JSON.
///
/// A merged list that keeps its clashes is the definition `KIND-merged`, one a kind.
#[must_use]
#[inline]
pub fn merge() -> Schema {
    document(|generator| {
        for &kind in Kind::ALL {
            let _ = define_merged(kind, generator);
        }
        let mut schema = MergeReport::<'_>::json_schema(generator);
        schema.insert("title".into(), MergeReport::<'_>::schema_name().into());
        schema
    })
}

/// The schema of a check's JSON.
#[must_use]
#[inline]
pub fn check() -> Schema {
    document(|generator| {
        let mut schema = CheckDocument::json_schema(generator);
        schema.insert("title".into(), CheckDocument::schema_name().into());
        schema
    })
}

/// The schema of an alignment's JSON. Here alone a value may be null: of an item that a list does not have.
#[must_use]
#[inline]
pub fn align() -> Schema {
    document(|generator| {
        let mut schema = AlignDocument::json_schema(generator);
        schema.insert("title".into(), AlignDocument::schema_name().into());
        schema
    })
}

/// The schema of a rebase's JSON.
#[must_use]
#[inline]
pub fn rebase() -> Schema {
    document(|generator| {
        let mut schema = RebaseReport::<'_>::json_schema(generator);
        schema.insert("title".into(), RebaseReport::<'_>::schema_name().into());
        schema
    })
}

/// The schema of histories: of a line of the file, one alternative a kind, of the timeline and of the life of an item.
#[must_use]
#[inline]
pub fn history() -> Schema {
    document(|generator| {
        let mut documents: Vec<Schema> =
            Kind::ALL.iter().map(|&kind| define_record(kind, generator)).collect();
        documents.push(crate::parts::reference::<TimelineDocument>(generator));
        documents.push(crate::parts::reference::<LineageDocument>(generator));
        json_schema!({
            "title": "history",
            "description": "A record of a history (one line of its file), or what programs tell of one.",
            "oneOf": documents,
        })
    })
}

/// All documents in one schema: each is a definition, and the schema itself holds for any of them.
#[must_use]
#[inline]
pub fn bundle() -> Schema {
    document(|generator| {
        let mut documents = Vec::new();
        for &kind in Kind::ALL {
            documents.push(define_catalogue(kind, generator));
            documents.push(define_diff(kind, generator));
            documents.push(define_merged(kind, generator));
            documents.push(define_record(kind, generator));
        }
        documents.push(crate::parts::reference::<MergeReport<'_>>(generator));
        documents.push(crate::parts::reference::<CheckDocument<'_>>(generator));
        documents.push(crate::parts::reference::<RebaseReport<'_>>(generator));
        documents.push(crate::parts::reference::<AlignDocument<'_>>(generator));
        documents.push(crate::parts::reference::<TimelineDocument>(generator));
        documents.push(crate::parts::reference::<LineageDocument>(generator));
        json_schema!({
            "title": "document",
            "description": "Any document of qingdan.",
            "oneOf": documents,
        })
    })
}

/// Every schema with the name of its file (without the ending): the kinds, then `diff`, `merge`, `check`, `rebase`,
/// `align`, `history` and `bundle`.
#[must_use]
#[inline]
pub fn all() -> Vec<(&'static str, Schema)> {
    let kinds = Kind::ALL.iter().map(|&kind| (kind.as_str(), catalogue(kind)));
    let documents = [
        ("diff", diff()),
        ("merge", merge()),
        ("check", check()),
        ("rebase", rebase()),
        ("align", align()),
        ("history", history()),
        ("bundle", bundle()),
    ];
    kinds.chain(documents).collect()
}

/// The text of a schema's file. Equal schemas are equal bytes.
#[must_use]
#[inline]
pub fn text(schema: &Schema) -> String {
    format!("{:#}\n", schema.as_value())
}

/// What a kind's types are defined for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    Item,
    Changes,
    Clashes,
    Delta,
}

impl Part {
    /// Defines the type of a kind's items.
    pub(crate) fn define<T: Item>(self, generator: &mut SchemaGenerator) -> Schema {
        match self {
            Self::Item => T::field_schema(generator),
            Self::Changes => crate::parts::reference::<ChangeSet<T>>(generator),
            Self::Clashes => crate::parts::reference::<<Catalogue<T> as Value>::Clash>(generator),
            Self::Delta => crate::parts::reference::<<Catalogue<T> as Value>::Delta>(generator),
        }
    }
}

/// A schema that stands for itself: with all that it refers to.
fn document(build: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Schema {
    let settings = SchemaSettings::draft2020_12();
    let meta = settings.meta_schema.clone().unwrap_or_default();
    let mut generator = settings.into_generator();
    let mut schema = build(&mut generator);
    schema.insert("$schema".into(), meta.into());
    schema.insert("$defs".into(), generator.take_definitions(false).into());
    Portable.transform(&mut schema);
    schema
}

/// Adds a definition and refers to it.
#[inline]
fn define(generator: &mut SchemaGenerator, name: String, schema: Schema) -> Schema {
    let reference = Schema::new_ref(format!("#/$defs/{name}"));
    generator.definitions_mut().insert(name, schema.to_value());
    reference
}

#[inline]
fn catalogue_of(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    let item = kind.define(Part::Item, generator);
    catalogue_document(kind.as_str(), &format!("A catalogue: {}.", kind.title()), &item, generator)
}

#[inline]
fn catalogue_document(
    kind: &str,
    description: &str,
    item: &Schema,
    generator: &mut SchemaGenerator,
) -> Schema {
    let header = crate::parts::reference::<Header>(generator);
    json_schema!({
        "title": format!("{kind}-catalogue"),
        "description": description,
        "type": "object",
        "properties": {
            "format": {"type": "string", "const": FORMAT},
            "kind": {"type": "string", "const": kind},
            "header": header,
            "items": {"type": "array", "items": item},
        },
        "required": ["format", "kind", "items"],
        "additionalProperties": false,
    })
}

/// Defines the catalogue document of a kind, and refers to it.
#[inline]
pub(crate) fn define_catalogue(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    let catalogue = catalogue_of(kind, generator);
    define(generator, format!("{kind}-catalogue"), catalogue)
}

#[inline]
fn define_diff(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    let changes = kind.define(Part::Changes, generator);
    let diff = reports::diff(kind, &changes, generator);
    define(generator, format!("{kind}-diff"), diff)
}

/// Defines a record of a history of lists of a kind, and refers to it.
#[inline]
fn define_record(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    let item = kind.define(Part::Item, generator);
    let delta = kind.define(Part::Delta, generator);
    let head = reports::head(kind, generator);
    let head = define(generator, format!("{kind}-history-head"), head);
    let record = reports::record(kind, [&head, &item, &delta], generator);
    define(generator, format!("{kind}-history-record"), record)
}

/// Defines the merged list of a kind that keeps its clashes, and refers to it.
#[inline]
fn define_merged(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    let item = kind.define(Part::Item, generator);
    let clashes = kind.define(Part::Clashes, generator);
    let merged = reports::merged(kind, &item, &clashes, generator);
    define(generator, format!("{kind}-merged"), merged)
}

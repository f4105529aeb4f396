//! Closed code lists: one table a list, one row a value.
//!
//! A list is written once, with the macro `codes!` (see `codes/lists.rs`). A row holds all that is known of a value:
//! its variant, its *slug* (stable English, that is its JSON), its Chinese label, the other spellings that are read,
//! and its code in each [`Scheme`] that has one. A new value is one new row; nothing else has to be touched.
//!
//! What a list does not know is kept: each list ends with a variant `Other`, which holds the text exactly as it stood.
//! `Other` never holds a text that the list knows, because an [`Unlisted`] text can only be made by reading.
//!
//! Numbers have no meaning without their scheme. `20` is a public service in GB/T 39046 and another administrative
//! power in Guangdong, so [`FromStr`] reads words only, and `from_code` asks for the scheme.
//!
//! ```
//! use qingdan::codes::{ItemType, Scheme};
//!
//! assert_eq!("行政 处罚".parse(), Ok(ItemType::Penalty));
//! assert_eq!(ItemType::from_code(Scheme::Gb39046, "20"), Some(ItemType::PublicService));
//! assert_eq!(ItemType::from_code(Scheme::Guangdong, "20"), Some(ItemType::OtherPower));
//! assert_eq!("政府内部审批".parse::<ItemType>().map(|it| it.to_string()), Ok("政府内部审批".to_owned()));
//! ```

mod adjustment;
mod alias;
mod event;
mod levels;
mod lists;
mod necessity;
mod pick;
mod rank;
mod role;
mod scope;
mod status;
mod upper_relation;
mod verdict;

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

pub use adjustment::{AdjustmentKind, ItemChange};
pub use alias::AliasKind;
pub use event::EventKind;
pub use levels::{LevelReading, levels, read_levels};
pub use lists::{
    AuthorityNature, CaseType, CertificationStatus, CheckWay, CrossRegionDirection, CrossRegionMode,
    CrossRegionScope, DecisionProcedure, DecisionProgress, DelegationKind, DocumentStatus, DocumentType,
    FilingType, HandlingForm, InspectionWeight, IssuerType, ItemState, ItemType, Level, LicenceType,
    LimitUnit, Need, PowerSource, PriceSetting, RatioKind, Reach, ReformArea, ReformMode, ResultType,
    ServiceObject, ServiceStatus, SpecialProcedure, Substitute, Uniformity,
};
pub use necessity::Necessity;
pub use pick::Pick;
pub use rank::Rank;
pub use role::{AuthorityRole, BodyRole};
pub use scope::Scope;
pub use status::ActStatus;
pub use upper_relation::UpperRelation;
pub use verdict::Verdict;

/// The numbering that a code belongs to.
///
/// One number means different things on different platforms; a list's `from_code` and `code` therefore name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// GB/T 39046-2020 政务服务平台基础数据规范, appendix A: the default.
    Gb39046,
    /// C0109, the data standard of the national platform (with GB/T 39554), as its exchange schema uses it.
    C0109,
    /// Guangdong's service platform, as seen in its items of 2021.
    Guangdong,
    /// Jiangxi's service platform, as seen in public platform code.
    Jiangxi,
    /// A platform seen in public code, whose lists depart from C0109 (`enum1` among the sources).
    Enum1,
    /// The platform of one vendor, seen in public code (`epoint` among the sources).
    Epoint,
}

/// A scheme's variant beside its name.
const SCHEMES: &[(Scheme, &str)] = &[
    (Scheme::Gb39046, "gb39046"),
    (Scheme::C0109, "c0109"),
    (Scheme::Guangdong, "guangdong"),
    (Scheme::Jiangxi, "jiangxi"),
    (Scheme::Enum1, "enum1"),
    (Scheme::Epoint, "epoint"),
];

impl Scheme {
    /// The scheme's name, as options and messages write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        SCHEMES.iter().find(|(scheme, _)| *scheme == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no [`Scheme`] has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no code scheme is called {name:?}; there are gb39046, c0109, guangdong, jiangxi, enum1 and epoint")]
pub struct UnknownScheme {
    name: String,
}

impl UnknownScheme {
    /// The name that was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for Scheme {
    type Err = UnknownScheme;

    fn from_str(text: &str) -> Result<Self, UnknownScheme> {
        SCHEMES
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(scheme, _)| *scheme)
            .ok_or_else(|| UnknownScheme { name: text.chars().take(40).collect() })
    }
}

/// A text that its list does not know, kept exactly as it stood.
///
/// It can only be made by reading (`FromStr` of the list `T`), so that it never holds a text that the list knows:
/// one meaning has one value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unlisted<T> {
    text: crate::Text,
    list: PhantomData<fn() -> T>,
}

impl<T> Unlisted<T> {
    /// The caller has looked the text up, and found nothing.
    pub(crate) fn new(text: crate::Text) -> Self {
        Self { text, list: PhantomData }
    }

    /// The text as it stood.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// One value of a list.
pub(crate) struct Row {
    pub(crate) slug: &'static str,
    pub(crate) label: &'static str,
    pub(crate) spellings: &'static [&'static str],
    pub(crate) codes: &'static [(Scheme, &'static str)],
}

impl Row {
    /// Whether the text is one of the row's names, white space and width of characters aside.
    pub(crate) fn reads(&self, text: &str) -> bool {
        same(text, self.slug)
            || same(text, self.label)
            || self.spellings.iter().any(|spelling| same(text, spelling))
    }

    /// The row's code in a scheme.
    pub(crate) fn code(&self, scheme: Scheme) -> Option<&'static str> {
        self.codes.iter().find(|(of, _)| *of == scheme).map(|(_, code)| *code)
    }
}

// What a list does with its table, compiled once, not once a list.

/// The slug of a row, or the text that has none.
pub(crate) fn slug_of<'a>(row: Result<&'static Row, &'a str>) -> &'a str {
    row.map_or_else(|text| text, |row| row.slug)
}

/// The label of a row, or the text that has none.
pub(crate) fn label_of<'a>(row: Result<&'static Row, &'a str>) -> &'a str {
    row.map_or_else(|text| text, |row| row.label)
}

/// The place of the row that has this code in this scheme.
pub(crate) fn row_by_code(rows: &[Row], scheme: Scheme, code: &str) -> Option<usize> {
    rows.iter().position(|row| row.code(scheme).is_some_and(|known| same_code(known, code)))
}

/// The place of the row that reads a text.
pub(crate) fn row_by_text(rows: &[Row], text: &str) -> Option<usize> {
    // Most texts are slugs or labels to the letter.
    let known = rows.iter().position(|row| row.slug == text || row.label == text);
    known.or_else(|| rows.iter().position(|row| row.reads(text)))
}

/// The place of the row that reads a text, or the text.
pub(crate) fn row_or_text(rows: &[Row], text: &str) -> Result<usize, crate::Text> {
    row_by_text(rows, text).ok_or_else(|| text.into())
}

/// The schema of a list.
pub(crate) fn schema_of(rows: &[Row]) -> schemars::Schema {
    let slugs: Vec<&str> = rows.iter().map(|row| row.slug).collect();
    let labels = crate::sorting::object(&mut rows.iter().map(|row| (row.slug.to_owned(), row.label.into())));
    schemars::json_schema!({
        "anyOf": [{ "enum": slugs }, { "type": "string", "pattern": "\\S" }],
        "x-labels": labels,
    })
}

/// Whether two texts are one word: white space is left out, full-width forms are read as half-width ones.
fn same(left: &str, right: &str) -> bool {
    folded(left).map(|(_, c)| c).eq(folded(right).map(|(_, c)| c))
}

/// The characters that count, folded, each with its place in the text.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| !is_blank(*c)).map(|(at, c)| (at, half_width(c)))
}

/// White space, and the marks without width that tables bring along.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// The half-width form of a full-width ASCII character; any other character as it is.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether two codes differ in leading zeros at most (`1` in a numeric cell is `01`).
pub(crate) fn same_code(left: &str, right: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    left == right
        || digits(left) && digits(right) && left.trim_start_matches('0') == right.trim_start_matches('0')
}

/// The levels that a cell names; what follows them is kept as it is, piece by piece.
fn read_levels_or_keep(text: &str) -> Vec<Level> {
    let LevelReading { mut levels, rest } = read_levels(text, &Level::City);
    levels.extend(read_all::<Level>(rest));
    levels
}

/// The codes that a cell names, cut at the separators that lists and platforms use (`^`, `,` and `|` are
/// theirs), outside brackets; empty marks name none.
pub(crate) fn read_all<T: FromStr<Err = std::convert::Infallible>>(text: &str) -> Vec<T> {
    let mut codes = Vec::new();
    for piece in pieces(text) {
        let Ok(code) = piece.parse();
        codes.push(code);
    }
    codes
}

fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = crate::cell::cut(text, &['、', '；', ';', '，', ',', '|', '^', '\n', '\r']);
    pieces.retain(|piece| !crate::cell::is_empty_mark(piece));
    pieces
}

/// Reads a value from a text by its `FromStr`, without a copy of the text.
pub(crate) fn read_text<'de, T, D>(what: &'static str, deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: serde::Deserializer<'de>,
{
    let mut value = None;
    let read = &mut |text: &str| {
        value = Some(text.parse().map_err(|error: T::Err| error.to_string())?);
        Ok(())
    };
    deserializer.deserialize_str(TextVisitor { what, read })?;
    value.ok_or_else(|| serde::de::Error::custom(what))
}

/// Reads the place of a list's row from its text, or the text that has none.
pub(crate) fn read_row<'de, D: serde::Deserializer<'de>>(
    what: &'static str,
    rows: &[Row],
    deserializer: D,
) -> Result<Result<usize, crate::Text>, D::Error> {
    let mut row = Ok(0);
    let read = &mut |text: &str| {
        row = row_or_text(rows, text);
        if text.trim().is_empty() && row.is_err() {
            return Err("an empty text is no code: leave the field out".to_owned());
        }
        Ok(())
    };
    deserializer.deserialize_str(TextVisitor { what, read })?;
    Ok(row)
}

/// Passes a text on: what is read of it is no concern of the deserializer, which is compiled once.
struct TextVisitor<'a> {
    what: &'static str,
    read: &'a mut dyn FnMut(&str) -> Result<(), String>,
}

impl serde::de::Visitor<'_> for TextVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a text ({})", self.what)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        (self.read)(text).map_err(E::custom)
    }
}

/// Writes a closed list from its table.
///
/// A row is `Variant: "slug", "label", ["other spelling", …], { Scheme "code", … };`.
macro_rules! codes {
    ($(
        $(#[$list_doc:meta])*
        $name:ident $(by $read_all:path)? {
            $(
                $(#[$doc:meta])*
                $variant:ident: $slug:literal, $label:literal,
                [$($spelling:literal),* $(,)?], { $($scheme:ident $code:literal),* $(,)? };
            )+
        }
    )+) => { $(
        $(#[$list_doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!($label, " (`", $slug, "`).")]
                #[doc = ""]
                $(#[$doc])*
                $variant,
            )+
            /// A text that this list does not know, kept as it stood; made by reading only.
            Other($crate::codes::Unlisted<$name>),
        }

        impl $name {
            /// Every value that the list knows, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The row of each value, in the order of [`ALL`](Self::ALL).
            const ROWS: &'static [$crate::codes::Row] = &[$($crate::codes::Row {
                slug: $slug,
                label: $label,
                spellings: &[$($spelling),*],
                codes: &[$(($crate::codes::Scheme::$scheme, $code)),*],
            }),+];

            /// The value's row, or the text that has none.
            fn row(&self) -> Result<&'static $crate::codes::Row, &str> {
                #[derive(Clone, Copy)]
                enum Place { $($variant),+ }
                let place = match self {
                    $(Self::$variant => Place::$variant,)+
                    Self::Other(text) => return Err(text.as_str()),
                };
                Ok(&Self::ROWS[place as usize])
            }

            fn of(row: Result<usize, $crate::Text>) -> Self {
                match row {
                    Ok(at) => Self::ALL[at].clone(),
                    Err(text) => Self::Other($crate::codes::Unlisted::new(text)),
                }
            }

            /// The slug, which is the value's JSON; of a text that the list does not know, the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                $crate::codes::slug_of(self.row())
            }

            /// The Chinese label; of a text that the list does not know, the text.
            #[must_use]
            pub fn label(&self) -> &str {
                $crate::codes::label_of(self.row())
            }

            /// The value that has this code in this scheme, leading zeros aside (`1` is `01`).
            ///
            /// `None` where the scheme does not say what the code means: an extension of the place, which the
            /// caller keeps as it is.
            #[must_use]
            #[inline]
            pub fn from_code(scheme: $crate::codes::Scheme, code: &str) -> Option<Self> {
                $crate::codes::row_by_code(Self::ROWS, scheme, code).and_then(|at| Self::ALL.get(at).cloned())
            }

            /// The value's code in a scheme, where it has one.
            #[must_use]
            #[inline]
            pub fn code(&self, scheme: $crate::codes::Scheme) -> Option<&'static str> {
                self.row().ok().and_then(|row| row.code(scheme))
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            /// Reads slug, label and other spellings; white space and the width of brackets, digits and letters do
            /// not count. Any other text is kept in `Other`.
            #[inline]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::of($crate::codes::row_or_text(Self::ROWS, text)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.label())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codes::read_row(stringify!($name), Self::ROWS, deserializer).map(Self::of)
            }
        }

        impl $crate::value::NeverEmpty for $name {}
        impl $crate::value::Atom for $name {
            fn text(&self) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed(self.label())
            }
            fn to_json(&self) -> serde_json::Value {
                self.as_str().into()
            }
            fn from_text(text: &str) -> Result<Self, $crate::problem::Message> {
                match text.parse() {
                    Ok(value) => Ok(value),
                    Err(never) => match never {},
                }
            }
            fn type_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
        impl $crate::keyed::Code for $name {
            const KNOWN: &'static [Self] = Self::ALL;
            #[inline]
            fn read_all(text: &str) -> Vec<Self> {
                let read: fn(&str) -> Vec<Self> = [$($read_all as _,)? $crate::codes::read_all as _][0];
                read(text)
            }
        }

        impl schemars::JsonSchema for $name {
            #[inline]
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            #[inline]
            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            #[inline]
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::codes::schema_of(Self::ROWS)
            }
        }
    )+

        /// A fact of each list in the file, for the tests: its name, and each row with what it reads as.
        #[cfg(test)]
        pub(crate) fn every_row() -> Vec<(&'static str, Vec<$crate::codes::tests::Seen>)> {
            vec![$((stringify!($name), $name::ALL.iter().filter_map(|value| {
                let row = value.row().ok()?;
                Some($crate::codes::tests::Seen::of::<$name>(value, row))
            }).collect())),+]
        }
    };
}
use codes;

#[cfg(test)]
pub(crate) mod tests {
    use std::fmt::Debug;

    use proptest::prelude::*;
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::*;

    /// What a row says, and how its texts are read.
    pub(crate) struct Seen {
        slug: &'static str,
        codes: &'static [(Scheme, &'static str)],
        texts: Vec<&'static str>,
        astray: Vec<String>,
    }

    impl Seen {
        pub(crate) fn of<T>(value: &T, row: &Row) -> Self
        where
            T: FromStr + PartialEq + Debug + fmt::Display + Serialize + DeserializeOwned,
        {
            let texts: Vec<_> =
                [row.slug, row.label].into_iter().chain(row.spellings.iter().copied()).collect();
            let mut astray = Vec::new();
            for text in &texts {
                let wide: String = text.chars().flat_map(|c| [full_width(c), ' ', '\n']).collect();
                for text in [*text, &wide] {
                    if text.parse::<T>().ok().as_ref() != Some(value) {
                        astray.push(text.to_owned());
                    }
                }
            }
            let json = serde_json::to_value(value).expect("a text is always JSON");
            if json != row.slug || serde_json::from_value::<T>(json).ok().as_ref() != Some(value) {
                astray.push(format!("{value:?} in JSON"));
            }
            if value.to_string() != row.label {
                astray.push(format!("{value:?} shown"));
            }
            Self { slug: row.slug, codes: row.codes, texts, astray }
        }
    }

    fn full_width(c: char) -> char {
        match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
            _ => c,
        }
    }

    /// Every list that the macro made, wherever it stands.
    fn every_list() -> Vec<(&'static str, Vec<Seen>)> {
        [
            lists::every_row(),
            adjustment::every_row(),
            alias::every_row(),
            event::every_row(),
            pick::every_row(),
            verdict::every_row(),
            necessity::every_row(),
            upper_relation::every_row(),
            status::every_row(),
            rank::every_row(),
            role::every_row(),
            scope::every_row(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    #[test]
    fn every_text_of_every_row_reads_as_its_value() {
        for (list, rows) in every_list() {
            for row in rows {
                assert_eq!(row.astray, Vec::<String>::new(), "{list} {}", row.slug);
            }
        }
    }

    #[test]
    fn no_list_has_a_text_or_a_code_twice() {
        for (list, rows) in every_list() {
            let mut texts = std::collections::BTreeSet::new();
            let mut codes = std::collections::BTreeSet::new();
            for row in rows {
                assert!(row.slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{list} {}", row.slug);
                for text in row.texts {
                    let plain: String = folded(text).map(|(_, c)| c).collect();
                    assert_eq!(plain, text, "{list}: write it in half width, without blanks");
                    assert!(texts.insert(text), "{list}: {text} stands twice");
                }
                for (scheme, code) in row.codes {
                    let plain = code.trim_start_matches('0');
                    assert!(codes.insert((*scheme, plain)), "{list}: {scheme} {code} stands twice");
                }
            }
        }
    }

    #[test]
    fn schemes_are_read_by_their_names() {
        for (scheme, name) in SCHEMES {
            assert_eq!(name.parse(), Ok(*scheme));
            assert_eq!(scheme.to_string(), *name);
        }
        assert_eq!(
            "gb2260".parse::<Scheme>().map_err(|error| error.to_string()),
            Err("no code scheme is called \"gb2260\"; there are gb39046, c0109, guangdong, jiangxi, enum1 and epoint"
                .to_owned())
        );
    }

    #[test]
    fn an_unknown_text_is_kept_to_the_letter() {
        let text = " 政府（内部）审批\n";
        let Ok(value) = text.parse::<ItemType>();
        assert!(matches!(&value, ItemType::Other(kept) if kept.as_str() == text));
        assert_eq!((value.as_str(), value.label(), value.code(Scheme::Gb39046)), (text, text, None));
        assert_eq!(serde_json::to_value(&value).ok(), Some(text.into()));
        assert!(ItemType::ALL.iter().all(|known| *known < value), "what is unknown comes last");
    }

    #[test]
    fn order_is_that_of_the_table() {
        assert!(Level::ALL.is_sorted());
        assert!(Level::National < Level::Province);
    }

    #[test]
    fn a_number_is_read_in_its_scheme_only() {
        assert_eq!(ItemType::from_code(Scheme::Gb39046, "1"), Some(ItemType::Licence));
        assert_eq!(ItemType::from_code(Scheme::Jiangxi, "06"), Some(ItemType::Payment));
        assert_eq!(ItemType::from_code(Scheme::Jiangxi, "07"), Some(ItemType::Adjudication));
        assert_eq!(ItemType::from_code(Scheme::C0109, "07"), Some(ItemType::Confirmation));
        assert_eq!(ItemType::from_code(Scheme::Gb39046, "21"), None);
        assert_eq!(ItemType::from_code(Scheme::Guangdong, "21"), Some(ItemType::PublicService));
        assert!(matches!("20".parse(), Ok(ItemType::Other(_))));
        assert_eq!(ServiceObject::from_code(Scheme::Gb39046, "5"), Some(ServiceObject::Government));
        assert_eq!(
            ServiceObject::from_code(Scheme::C0109, "5"),
            Some(ServiceObject::UnincorporatedEnterprise)
        );
    }

    #[test]
    fn a_schema_names_slugs_and_labels() {
        let schema = schemars::schema_for!(ItemState);
        assert_eq!(
            schema.as_value(),
            &serde_json::json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": "ItemState",
                "anyOf": [{ "enum": ["active", "suspended", "cancelled"] }, { "type": "string", "pattern": "\\S" }],
                "x-labels": { "active": "在用", "suspended": "暂停", "cancelled": "取消" },
            })
        );
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_and_read_again(text in any::<String>()) {
            // An empty text is no code in a document.
            prop_assume!(!text.trim().is_empty());
            let Ok(value) = text.parse::<Level>();
            let json = serde_json::to_string(&value).expect("a text is always JSON");
            // An empty text is no code: whoever has none leaves the field out.
            let read = (!text.trim().is_empty()).then(|| value.clone());
            prop_assert_eq!(serde_json::from_str::<Level>(&json).ok(), read);
            prop_assert_eq!(value.label().parse::<Level>(), Ok(value.clone()));
            if let Level::Other(kept) = value {
                prop_assert_eq!(kept.as_str(), text);
            }
        }
    }
}

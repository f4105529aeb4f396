//! Digests: SHA-256 over canonical JSON, for integrity in files. (Prints are for speed, in a process.)

use crate::catalogue::{Catalogue, Header};
use crate::record::Item;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The digest of a catalogue's content, in lower-case hexadecimal: SHA-256 of the digests (32 bytes
/// each) of the header without label and parents, and of each item in order. The digest of either is
/// SHA-256 of its canonical JSON ([`canonical`]).
///
/// Linear; types every item.
#[must_use]
pub fn of<T: Item>(catalogue: &Catalogue<T>) -> String {
    of_items(&catalogue.header, catalogue.items.len(), &|i| catalogue.items.at(i).map(canonical))
}

fn of_items(header: &Header, count: usize, item: &dyn Fn(usize) -> Option<String>) -> String {
    of_digests(header, (0..count).filter_map(item).map(|item| of_text(&item)))
}

/// The digest of a catalogue's content from those of its items.
pub(crate) fn of_digests(header: &Header, items: impl Iterator<Item = [u8; 32]>) -> String {
    let mut header = header.clone();
    header.edition.clear();
    header.parents = crate::List::new();
    let mut all = Sha256::new();
    all.update(Sha256::digest(canonical(&header)));
    for item in items {
        all.update(item);
    }
    hex(&all.finalize())
}

/// SHA-256 of a text.
pub(crate) fn of_text(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// SHA-256 of bytes.
#[cfg(feature = "zstd")]
pub(crate) fn of_bytes(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of what is given piece by piece.
#[derive(Default)]
pub(crate) struct Running(Sha256);

impl Running {
    pub(crate) fn take(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }
    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Canonical JSON as RFC 8785 (JCS) defines it, for values without fractions: keys in the order of
/// their UTF-16 code units, no white space, the shortest escapes.
#[must_use]
pub fn canonical(value: &impl Serialize) -> String {
    canonical_json(&crate::__private::as_json(value))
}

/// The same of JSON that is there already.
pub(crate) fn canonical_json(value: &serde_json::Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &serde_json::Value, out: &mut String) {
    use serde_json::Value as Json;
    match value {
        Json::Array(list) => {
            out.push('[');
            for (i, element) in list.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(element, out);
            }
            out.push(']');
        }
        Json::Object(map) => {
            let mut members: Vec<_> = map.iter().collect();
            members.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            out.push('{');
            for (i, (key, member)) in members.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                // A text's JSON has the shortest escapes already.
                let _ = write!(out, "{}:", Json::from(key.as_str()));
                write(member, out);
            }
            out.push('}');
        }
        leaf => {
            let _ = write!(out, "{leaf}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_json_is_that_of_the_rfc() {
        let value =
            serde_json::json!({"\u{20ac}": "\u{1f}\"\n", "\u{1f600}": [1, true], "\u{fb33}": {}, "a": ""});
        assert_eq!(
            canonical(&value),
            "{\"a\":\"\",\"\u{20ac}\":\"\\u001f\\\"\\n\",\"\u{1f600}\":[1,true],\"\u{fb33}\":{}}"
        );
    }
}

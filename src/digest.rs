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
    let mut header = header.clone();
    header.edition.clear();
    header.parents = crate::List::new();
    let mut all = Sha256::new();
    all.update(Sha256::digest(canonical(&header)));
    for item in (0..count).filter_map(item) {
        all.update(Sha256::digest(item));
    }
    let mut hex = String::with_capacity(64);
    for byte in all.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Canonical JSON as RFC 8785 (JCS) defines it, for values without fractions: keys in the order of
/// their UTF-16 code units, no white space, the shortest escapes.
#[must_use]
pub fn canonical(value: &impl Serialize) -> String {
    let mut out = String::new();
    write(&crate::value::as_json(value), &mut out);
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

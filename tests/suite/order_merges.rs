//! Merges of small lists, all of them.

use crate::generated::Leaf;
use qingdan::value::{Choice, Clash, ClashKind, Merged, merge};
use qingdan::{List, Text};
use std::collections::BTreeMap;

type Words = List<Text>;

fn list(words: &[u8]) -> Words {
    List::of(words.iter().map(|w| Text::from(&*char::from(*w).to_string()))).unwrap()
}

/// Every order of every subset of these.
fn all(of: &[u8]) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new()];
    for (i, &word) in of.iter().enumerate() {
        let mut rest = of.to_vec();
        rest.remove(i);
        for mut tail in all(&rest) {
            tail.insert(0, word);
            out.push(tail);
        }
    }
    out.sort();
    out.dedup();
    out
}

fn position(list: &Words, word: &str) -> Option<usize> {
    list.iter().position(|w| *w == *word)
}

/// Each two entries whose order a side changed stand as on that side, where nothing clashes.
fn promises_hold(base: &Words, side: &Words, merged: &Words) -> bool {
    let words: Vec<&Text> = side.iter().filter(|w| position(merged, w).is_some()).collect();
    words.iter().enumerate().all(|(i, p)| {
        words[i + 1..].iter().all(|q| {
            let as_in_base = matches!((position(base, p), position(base, q)), (Some(p), Some(q)) if p < q);
            as_in_base || position(merged, p) < position(merged, q)
        })
    })
}

#[test]
fn every_merge_of_lists_of_three_and_a_newcomer_keeps_the_laws() {
    let base = list(b"abc");
    let mut sides = all(b"abc");
    for with_new in [b"abx".as_slice(), b"abcx"] {
        sides.extend(all(with_new).into_iter().filter(|s| s.contains(&b'x')));
    }
    sides.sort();
    sides.dedup();
    let sides: Vec<Words> = sides.iter().map(|s| list(s)).collect();
    let mut clashes = 0;
    for ours in &sides {
        assert_eq!(merge(&base, ours, &base).value, *ours);
        assert_eq!(merge(&base, ours, ours).value, *ours);
        for theirs in &sides {
            let Merged { value, clash, .. } = merge(&base, ours, theirs);
            let mirrored = merge(&base, theirs, ours);
            assert_eq!(value, mirrored.value, "{ours:?} {theirs:?}");
            assert_eq!(clash.is_some(), mirrored.clash.is_some());
            // Members: what either removed is gone, what either added is there.
            for word in ["a", "b", "c", "x"] {
                let (b, o, t) = (position(&base, word), position(ours, word), position(theirs, word));
                let wanted =
                    if b.is_some() { o.is_some() && t.is_some() } else { o.is_some() || t.is_some() };
                assert_eq!(position(&value, word).is_some(), wanted, "{word} {ours:?} {theirs:?} {value:?}");
            }
            match clash {
                None => {
                    assert!(promises_hold(&base, ours, &value), "{ours:?} {theirs:?} {value:?}");
                    assert!(promises_hold(&base, theirs, &value), "{ours:?} {theirs:?} {value:?}");
                }
                Some(clash) => {
                    clashes += 1;
                    assert!(clash.order().is_some() && clash.entries().is_empty());
                    let kept: Vec<&Text> = value.iter().filter(|w| position(&base, w).is_some()).collect();
                    assert!(kept.is_sorted(), "nothing moved: {value:?}");
                }
            }
        }
    }
    assert!(
        clashes > 0 && clashes < sides.len() * sides.len() / 2,
        "{clashes} of {}",
        sides.len() * sides.len()
    );
}

#[test]
fn known_merges() {
    let check = |base: &str, ours: &str, theirs: &str, expected: Result<&str, &str>| {
        let list = |s: &str| list(s.as_bytes());
        let merged = merge(&list(base), &list(ours), &list(theirs));
        let text: String = merged.value.iter().map(Text::as_str).collect();
        let clash = merged.clash.is_some();
        assert_eq!(
            (text.as_str(), clash),
            expected.map_or_else(|t| (t, true), |t| (t, false)),
            "{base} {ours} {theirs}"
        );
    };
    check("abc", "bac", "abc", Ok("bac"));
    // Cyclic: a rule per pair cannot work.
    check("abc", "bac", "acb", Err("abc"));
    // Additions at one place: the smaller first key first.
    check("ab", "axb", "ayb", Ok("axyb"));
    check("ab", "ayb", "axb", Ok("axyb"));
    // Common additions are joints.
    check("ab", "apxb", "aqxb", Ok("apqxb"));
    // Moved and removed: removed.
    check("abc", "cab", "ab", Ok("ab"));
    // Both add one entry at different places.
    check("ab", "axb", "abx", Err("axb"));
}

/// What becomes of one entry, by what base, ours and theirs have under its key.
///
/// | base | ours | theirs | merged | clash |
/// |---|---|---|---|---|
/// | – | x | – | x | |
/// | – | x | x | x | |
/// | – | x | y | – | add-add |
/// | b | b | y | y | |
/// | b | x | x | x | |
/// | b | x | y | b | edit-edit |
/// | b | b | – | – | |
/// | b | x | – | b | edit-remove |
/// | b | – | – | – | |
fn truth(base: Option<u32>, ours: Option<u32>, theirs: Option<u32>) -> (Option<u32>, Option<ClashKind>) {
    match (base, ours, theirs) {
        (b, o, t) if o == t || t == b => (o, None),
        (b, o, t) if o == b => (t, None),
        (None, ..) => (None, Some(ClashKind::AddAdd)),
        (b, None, _) | (b, _, None) => (b, Some(ClashKind::EditRemove)),
        (b, ..) => (b, Some(ClashKind::EditEdit)),
    }
}

#[test]
fn every_merge_of_two_entries_with_three_values_is_as_the_table_says() {
    let values = [None, Some(0), Some(1), Some(2)];
    let mut lists = Vec::new();
    for a in values {
        for b in values {
            let leaf =
                |name: &str, number| Leaf { name: name.into(), number: Some(number), ..Leaf::default() };
            let (a, b) = (a.map(|n| leaf("a", n)), b.map(|n| leaf("b", n)));
            lists.push(List::of(a.iter().chain(&b).cloned()).unwrap());
            if a.is_some() && b.is_some() {
                lists.push(List::of(b.into_iter().chain(a)).unwrap());
            }
        }
    }
    let value = |list: &List<Leaf>, key: &str| list.get(key).and_then(|leaf| leaf.number);
    for base in &lists {
        for ours in &lists {
            for theirs in &lists {
                let merged = merge(base, ours, theirs);
                let mut kinds: BTreeMap<String, ClashKind> = BTreeMap::new();
                merged.visit_clashes(&mut |path, Clash { kind, .. }| {
                    if kind != ClashKind::Order {
                        let key = path.to_string().split('/').nth(1).unwrap_or_default().to_owned();
                        kinds.insert(key, kind);
                    }
                });
                for key in ["a", "b"] {
                    let sides = (value(base, key), value(ours, key), value(theirs, key));
                    let (wanted, clash) = truth(sides.0, sides.1, sides.2);
                    assert_eq!(value(&merged.value, key), wanted, "{key} {base:?} {ours:?} {theirs:?}");
                    assert_eq!(kinds.get(key).copied(), clash, "{key} {base:?} {ours:?} {theirs:?}");
                    // Every clash resolves to either side by choice, or to base.
                    for (choice, side) in
                        [(Choice::Base, sides.0), (Choice::Ours, sides.1), (Choice::Theirs, sides.2)]
                    {
                        let settled = merged.settled(choice);
                        let wanted = if clash.is_some() { side } else { wanted };
                        assert_eq!(
                            value(&settled, key),
                            wanted,
                            "{choice:?} {key} {base:?} {ours:?} {theirs:?}"
                        );
                    }
                }
            }
        }
    }
}

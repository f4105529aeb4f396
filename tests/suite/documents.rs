//! The catalogue document: what is read, what is refused, and that all of it is said.

use crate::generated::{item_of, shared};
use proptest::collection::vec;
use proptest::prelude::*;
use qingdan::document::{self, Duplicates, Options, Reading};
use qingdan::problem::Lang;
use qingdan::{AnyCatalogue, Catalogue, Header, Item, LicensingItem, ServiceItem};
use std::io::{Cursor, Read};

/// A reader that gives few bytes at a time.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.0.len().min(buffer.len()).min(3);
        buffer[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

fn read(text: &str) -> Reading<Catalogue<LicensingItem>> {
    document::read(text.as_bytes(), &Options::default()).unwrap()
}

fn told(text: &str) -> Vec<String> {
    read(text).problems.iter().map(|p| p.line(Lang::En)).collect()
}

fn document_of(items: &str) -> String {
    format!(r#"{{"format":"qingdan/catalogue/1","kind":"licensing","items":[{items}]}}"#)
}

fn written_and_read<T: Item>(items: Vec<T>)
where
    AnyCatalogue: From<Catalogue<T>>,
{
    let mut header = Header::default();
    header.edition = "2023".to_owned();
    let list = Catalogue::new(header, shared(items));
    let mut bytes = Vec::new();
    document::write(&list, &mut bytes).unwrap();
    let again = document::read::<T>(&bytes[..], &Options::default()).unwrap();
    assert_eq!((&again.value, &again.problems[..]), (&list, &[][..]));
    let slowly = document::read::<T>(Drops(&bytes), &Options::default()).unwrap();
    assert_eq!(slowly.value, list);
    let any = AnyCatalogue::read_json(Cursor::new(&bytes), &Options::default()).unwrap();
    assert_eq!(any.value, Some(AnyCatalogue::from(list.clone())));
    // Plain serde reads and writes the same header and items.
    let plain: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(plain["items"].as_array().unwrap().len(), list.items.len());
    let mut second = Vec::new();
    document::write(&again.value, &mut second).unwrap();
    assert_eq!(bytes, second, "equal documents are equal bytes");
    // Cut off anywhere it is no document.
    for cut in [1, bytes.len() / 3, bytes.len() / 2, bytes.len() - 2] {
        let reading = document::read::<T>(&bytes[..cut], &Options::default()).unwrap();
        assert!(reading.has_errors(), "{cut}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 96 } else { 2048 }))]
    #[test]
    fn licensing_documents_are_read_as_they_were_written(items in vec(item_of::<LicensingItem>(), 0..5)) {
        written_and_read(items);
    }
    #[test]
    fn service_documents_are_read_as_they_were_written(items in vec(item_of::<ServiceItem>(), 0..5)) {
        written_and_read(items);
    }
    #[test]
    fn nothing_that_is_read_makes_it_panic(text in "[\\[\\]{}\",:0-9a-z\\\\n甲 ]{0,60}") {
        let _ = read(&text);
        let _ = read(&document_of(&text));
        let _ = AnyCatalogue::read_json(Cursor::new(text.as_bytes()), &Options::default());
    }
    #[test]
    fn a_flipped_byte_never_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = document_of(r#"{"id":"1","name":"甲","basis":[{"text":"《甲法》"}],"levels":["city"]}"#).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = document::read::<LicensingItem>(&bytes[..], &Options::default()).unwrap();
    }
}

#[test]
fn keys_come_in_any_order_and_the_kind_may_come_last() {
    let text = r#"
        {"items": [ {"name":"甲","id":"1"} ], "header":{"edition":"2023"},
         "kind":"licensing","format":"qingdan/catalogue/1"}
    "#;
    let reading = AnyCatalogue::read_json(Cursor::new(text), &Options::default()).unwrap();
    assert_eq!(reading.problems, []);
    assert_eq!(reading.value.unwrap().len(), 1);
    assert!(read(&format!("\u{feff}{text}")).problems.is_empty(), "with a byte order mark");
}

#[test]
fn an_unknown_key_is_kept_if_it_is_a_text_and_else_a_problem() {
    let reading = read(&document_of(r#"{"id":"1","name":"甲","备注列":"…","extra":{"另":"x"}}"#));
    assert_eq!(reading.problems, []);
    let item = reading.value.items.get("1").unwrap();
    assert_eq!((&**item.extra.get("备注列").unwrap(), &**item.extra.get("另").unwrap()), ("…", "x"));
    let told = told(&document_of(r#"{"id":"1","列":3},{"id":"2","另":"y","extra":{"另":"x"}}"#));
    assert_eq!(told.len(), 2);
    assert!(
        told[0].starts_with("/items/0/列: error:") && told[1].starts_with("/items/1/另: error:"),
        "{told:?}"
    );
}

#[test]
fn all_problems_are_found_with_their_paths() {
    let told = told(
        r#"{"format":"qingdan/catalogue/1","kind":"licensing","kinds":1,
            "header":{"title":1,"edition":"2023","columns":[{"header":"a"},{"header":"a"}]},
            "items":[
              {"id":"1","name":3,"basis":[{"text":"《甲》"},{"text":4},7],"levels":"city"},
              {"name":"乙"},
              {"id":"3","name":null,"state":""},
              7,
              {"id":"5","name":"丙","name":"丁"},
              {"id":"6"},{"id":"6"}
            ]}"#,
    );
    let places = [
        "/kinds",
        "/header/title",
        "/header/columns/1",
        "/items/0/name",
        "/items/0/basis/1/text",
        "/items/0/basis/2",
        "/items/0/levels",
        "/items/1",
        "/items/2/name",
        "/items/2/state",
        "/items/3",
        "/items/4/name",
        "/items/6/id",
    ];
    for place in places {
        assert!(told.iter().any(|line| line.starts_with(&format!("{place}: error:"))), "{place}: {told:#?}");
    }
    assert_eq!(told.len(), places.len(), "{told:#?}");
}

#[test]
fn what_could_be_read_is_there_beside_the_problems() {
    let reading = read(&document_of(
        r#"{"id":"1","name":3,"remarks":"丁"},{"id":"2","name":"乙"},{"id":"2","name":"丙"}"#,
    ));
    assert!(reading.has_errors());
    assert_eq!(reading.value.items.len(), 2);
    assert_eq!(&*reading.value.items.get("1").unwrap().remarks, "丁");
    assert_eq!(reading.value.items.get("2").unwrap().name, "乙", "the first of doubled ids");
    assert!(reading.ok().is_err());
    let options = Options::default().duplicates(Duplicates::Keep);
    let text = document_of(r#"{"id":"2","name":"乙"},{"id":"2","name":"丙"}"#);
    let list = document::read::<LicensingItem>(text.as_bytes(), &options).unwrap().ok().unwrap();
    assert_eq!(list.items.get("2#2").unwrap().name, "丙");
}

#[test]
fn syntax_errors_have_lines() {
    let told = told(
        "{\"format\":\"qingdan/catalogue/1\",\"kind\":\"licensing\",\n\"items\":[\n{\"id\":\"1\"},\n{\"id\" \"2\"}]}",
    );
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("4:"), "{told:?}");
}

#[test]
fn a_large_entry_grows_the_window() {
    let name = "甲".repeat(1 << 20);
    let reading = read(&document_of(&format!(r#"{{"id":"1","name":"{name}"}},{{"id":"2"}}"#)));
    assert_eq!(reading.problems, []);
    assert_eq!(reading.value.items.get("1").unwrap().name.len(), 3 << 20);
}

/// What another program wrote is taken at its word only where it is of one piece.
#[test]
fn a_change_set_that_contradicts_itself_is_refused() {
    use qingdan::{AnyChangeSet, Kind};
    let refused = |items: &str| {
        let text = format!(r#"{{"delta":{{"items":{items}}}}}"#);
        AnyChangeSet::read_json(Kind::Licensing, &text).expect_err(items).line(Lang::En)
    };
    let cases = [
        (r#"{"removed":{"1":{"id":"2"}},"order":[{"was":["1"]}]}"#, "another key"),
        (r#"{"removed":{"1":{"id":"1"}}}"#, "where"),
        (
            r#"{"removed":{"1":{"id":"1"}},"order":[{"was":["1"]},{"after":"1","was":["2"],"is":["2"]}]}"#,
            "behind",
        ),
        (r#"{"order":[{"was":["1"]}]}"#, "where"),
        (r#"{"order":[{"is":["1"]}]}"#, "where"),
        (r#"{"changed":{"1":{}}}"#, "nothing"),
        (r#"{"changed":{"1":{"to":"1"}}}"#, "nothing"),
        (r#"{"changed":{"1":{"to":"3"},"2":{"to":"3"}}}"#, "twice"),
        (r#"{"changed":{"1":{"delta":{}}}}"#, "nothing"),
        (r#"{"changed":{"1":{"delta":{"title":{}}}}}"#, "unknown field"),
        (r#"{"changed":{"1":{"to":null}}}"#, "null"),
        (r#"{"moved":[]}"#, "unknown field"),
    ];
    for (items, says) in cases {
        let line = refused(items);
        assert!(line.contains(says), "{items}: {line}");
    }
}

//! Tables: what they hold, and how their headers and cells are read.

use crate::generated::item_of;
use proptest::collection::vec;
use proptest::prelude::*;
use qingdan::document::Duplicates;
use qingdan::problem::Severity;
use qingdan::table::csv::{self, Delimiter, Dialect, Encoding};
use qingdan::{Catalogue, Item, LicensingItem, ServiceItem, SharedList, Text};

/// Writes a list as a table and reads it again: equal where the writer does not say what is not held.
pub(crate) fn there_and_back<T: Item>(items: Vec<T>, extras: &[(String, String)]) {
    let mut list = Catalogue::<T>::default();
    for (i, mut item) in items.into_iter().enumerate() {
        if item.occurrence().is_some() || item.is_derived() {
            continue;
        }
        if let (Some((header, text)), Some(extra)) = (extras.get(i), item.extra_mut()) {
            extra.set(header, Text::from(text.as_str()));
        }
        let _ = list.items.push(item);
    }
    let mut table = Vec::new();
    let not_held = csv::write(&list, &mut table, Delimiter::Comma).unwrap();
    let reading = csv::read::<T>(&table[..], &csv::Options::default()).unwrap();
    if list.items.is_empty() {
        return;
    }
    let errors: Vec<_> = reading.problems.iter().filter(|p| p.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", String::from_utf8_lossy(&table));
    if not_held.is_empty() {
        assert_eq!(reading.value.items, list.items, "{}", String::from_utf8_lossy(&table));
    } else {
        assert_eq!(reading.value.items.len(), list.items.len());
    }
    // No cell starts a formula, whatever program opens it.
    let mut rows = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&table[3..]);
    for row in rows.records() {
        for cell in &row.unwrap() {
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            assert!(!formula, "{cell:?}");
        }
    }
}

fn extras() -> impl Strategy<Value = Vec<(String, String)>> {
    vec(("[=甲+'\"-]{1,3}", "[=+@\\-'\"\t\r\n甲1.]{0,4}"), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 256 } else { 4096 }))]
    #[test]
    fn a_table_of_licensing_items_is_read_as_it_was(
        items in vec(item_of::<LicensingItem>(), 0..4), extras in extras()
    ) {
        there_and_back(items, &extras);
    }
    #[test]
    fn a_table_of_service_items_is_read_as_it_was(items in vec(item_of::<ServiceItem>(), 0..4), extras in extras()) {
        there_and_back(items, &extras);
    }
}

fn read(table: &str, options: &csv::Options) -> (Catalogue<LicensingItem>, Vec<String>) {
    let reading = csv::read::<LicensingItem>(table.as_bytes(), options).unwrap();
    let told = reading.problems.iter().map(|p| p.line(qingdan::problem::Lang::En)).collect();
    (reading.value, told)
}

#[test]
fn rows_without_codes_get_ids_from_their_parts() {
    let table = "序号,事项名称,子项名称,实施机关,行使层级\n\
                 1,甲,,市教育局,市级\n2,甲,一,市教育局,市级\n3,甲,,市公安局,市级\n4,甲,,市教育局,县级\n";
    let (list, told) = read(table, &csv::Options::default());
    let keys: Vec<String> = list.items.iter().map(|i| qingdan::Entry::key(i).into_owned()).collect();
    assert_eq!(keys, ["甲 / 市级", "甲 / 一 / 市级", "甲 / 市级#2", "甲 / 县级"]);
    assert!(list.items.iter().all(|i| i.derived));
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("4: warning:"), "{told:?}");
}

#[test]
fn marks_of_nothing_are_no_ids() {
    let (list, told) =
        read("事项编码,事项名称\n/,甲\n无,乙\n—,丙\nnull,丁\n--,甲\n", &csv::Options::default());
    assert_eq!(list.items.len(), 5);
    assert!(list.items.iter().all(|i| i.derived));
    assert_eq!(told.len(), 1, "甲 stands twice: {told:?}");
}

#[test]
fn a_serial_is_a_position_and_kept_only_where_it_says_more() {
    let (list, _) =
        read("序号,事项编码,事项名称\n1,a,甲\n2.0,b,乙\n1、729,c,丙\n1.1,d,丁\n", &csv::Options::default());
    let serials: Vec<&str> = list.items.iter().map(|i| i.serial.as_str()).collect();
    assert_eq!(serials, ["", "", "1、729", "1.1"]);
    let mut out = Vec::new();
    csv::write(&list, &mut out, Delimiter::Comma).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(
        text.contains("\r\n1,a,") && text.contains("\r\n2,b,") && text.contains("\r\n1、729,c,"),
        "{text}"
    );
}

#[test]
fn headers_are_known_named_numbered_or_kept() {
    let mut options = csv::Options::default();
    options.columns = "id=#2,remarks=其他".parse().unwrap();
    let table = " 序  号,x,事项\u{3000}名称,其他,备注,备注\n1,a,甲,乙,丙,丁\n";
    let (list, told) = read(table, &options);
    let item = list.items.at(0).unwrap();
    assert_eq!((item.id.as_str(), item.name.as_str(), &*item.remarks), ("a", "甲", "乙"));
    assert_eq!(item.extra.get("备注").map(Text::as_str), Some("丙"));
    assert_eq!(item.extra.get("备注#2").map(Text::as_str), Some("丁"));
    assert_eq!(told.len(), 1);
    let headers: Vec<&str> = list.header.columns.iter().map(|c| &*c.header).collect();
    assert_eq!(headers, ["序  号", "x", "事项\u{3000}名称", "其他", "备注", "备注#2"]);
}

#[test]
fn a_level_cell_is_levels_and_a_note_on_scope() {
    let table = "事项编码,事项名称,行使层级\na,甲,地州市级。负责本级审批\nb,乙,负责本行政区域工作。\nc,丙,市级、县级\n";
    let (list, told) = read(table, &csv::Options::default());
    let shown: Vec<(usize, &str)> =
        list.items.iter().map(|i| (i.levels.len(), i.scope_note.as_str())).collect();
    assert_eq!(shown, [(1, "负责本级审批"), (0, "负责本行政区域工作。"), (2, "")]);
    assert!(told.len() == 1 && told[0].contains("note"), "{told:?}");
}

#[test]
fn short_rows_have_empty_cells_and_quoted_cells_have_lines() {
    let table = "事项编码,事项名称,备注\r\na,\"甲\n乙\"\r\n\r\n,,\r\nb,丙,丁\r\n";
    let (list, told) = read(table, &csv::Options::default());
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(list.items.get("a").unwrap().name, "甲\n乙");
    assert_eq!(&*list.items.get("b").unwrap().remarks, "丁");
}

#[test]
fn gb18030_is_read_with_the_option() {
    let mut options = csv::Options::default();
    options.dialect = Dialect::default().encoding(Encoding::Gb18030);
    let bytes = b"\xca\xc2\xcf\xee\xb1\xe0\xc2\xeb,\xca\xc2\xcf\xee\xc3\xfb\xb3\xc6\n1,\xca\xb3\xc6\xb7\n";
    let list = csv::read::<LicensingItem>(&bytes[..], &options).unwrap().ok().unwrap();
    assert_eq!(list.items.get("1").unwrap().name, "食品");
}

#[test]
fn doubled_ids_are_kept_apart_where_that_is_asked_for() {
    let mut options = csv::Options::default();
    let table = "事项编码,事项名称\n1,甲\n2,乙\n1,丙\n1,丁\n";
    let (_, told) = read(table, &options);
    assert_eq!(told.len(), 2, "both are named: {told:?}");
    options.duplicates = Duplicates::Keep;
    let (list, told) = read(table, &options);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(list.items.get("1#3").unwrap().name, "丁");
}

#[test]
fn many_rows_of_one_name_take_linear_time() {
    let table = format!("事项名称\n{}", "甲\n".repeat(50_000));
    let (list, _) = read(&table, &csv::Options::default());
    assert_eq!(list.items.len(), 50_000);
    let table = format!("事项编码,事项名称,设定和实施依据\n1,甲,{}\n", "《甲》".repeat(50_000));
    let (list, _) = read(&table, &csv::Options::default());
    assert_eq!(list.items.at(0).unwrap().basis.len(), 50_000);
}

#[test]
fn an_empty_list_is_a_table_of_a_header() {
    let list = Catalogue::<LicensingItem>::new(qingdan::Header::default(), SharedList::new());
    let mut out = Vec::new();
    csv::write(&list, &mut out, Delimiter::Tab).unwrap();
    let (list, told) = read("事项编码,事项名称\n", &csv::Options::default());
    assert!(list.items.is_empty() && told.is_empty());
}

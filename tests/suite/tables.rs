//! Tables: what they hold, and how their headers and cells are read.

use crate::generated::item_of;
use proptest::collection::vec;
use proptest::prelude::*;
use qingdan::codes::{Level, Scope};
use qingdan::document::Duplicates;
use qingdan::problem::Severity;
use qingdan::table::csv::{self, Delimiter, Dialect, Encoding};
use qingdan::value::Cell;
use qingdan::{
    AnyCatalogue, AnyItem, Catalogue, Item, Kind, LicensingItem, List, Map, Pairs, Record, ServiceItem, Set,
    SharedList, Text,
};

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
    let table = format!("事项编码,事项名称,设定和实施依据\n1,甲,{}\n", "《甲》《乙》".repeat(25_000));
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

/// An item of a list of proofs, whose header has two rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "proof")]
struct Proof {
    #[record(key, column("编码"))]
    id: String,
    derived: bool,
    occurrence: Option<u32>,
    #[record(position, column("序号"))]
    serial: Text,
    #[record(identity, column("证明名称"))]
    name: String,
    #[record(column("部门"))]
    department: List<Text>,
    #[record(column("实施基本情况/索要单位", "索要单位"))]
    asks: Text,
    #[record(column("开具单位"))]
    gives: Text,
    #[record(
        ticks("行使层级/省级", "行使层级/市级", "县级", "行使层级/乡镇级及其他"),
        column("实施层级及权限/1", "行使层级"),
        read = Self::read_level
    )]
    levels: Set<Level>,
    #[record(column("实施层级及权限/2"))]
    scope_note: Text,
    #[record(column("备注"))]
    remarks: Text,
    part: Text,
    extra: Map<Text>,
}

impl Proof {
    fn read_level(&mut self, text: &str, _: &mut Cell<'_>) {
        for level in qingdan::codes::read_levels(text, &Level::City).levels {
            self.levels.insert(level);
        }
    }
}

/// Reads a table, which must be without problems.
fn well<T: Item>(table: &str) -> Catalogue<T> {
    let reading = csv::read::<T>(table.as_bytes(), &csv::Options::default()).unwrap();
    let bad = reading.problems.iter().filter(|p| p.severity > Severity::Note);
    let told: Vec<_> = bad.map(|p| p.line(qingdan::problem::Lang::En)).collect();
    assert_eq!(told, Vec::<String>::new(), "{table}");
    reading.value
}

/// Writes a list as a table, which must hold all but parts.
fn written<T: Item>(list: &Catalogue<T>) -> String {
    let mut out = Vec::new();
    let not_held = csv::write(list, &mut out, Delimiter::Comma).unwrap();
    assert!(not_held.iter().all(|p| p.place.field.as_deref() == Some("part")), "{not_held:?}");
    String::from_utf8(out).unwrap().replace("\r\n", "\n").replace('\u{FEFF}', "")
}

fn headers<T: Item>(list: &Catalogue<T>) -> Vec<&str> {
    list.header.columns.iter().map(|c| &*c.header).collect()
}

#[test]
fn a_header_of_two_rows_gives_columns_paths() {
    let rows = "1,甲证明,市教育局,学校,,√,✓,\n2,乙证明,市公安局,派出所,是,,●,1\n3,丙证明,,,否,/,Y,×\n";
    let merged = [
        // Merged cells as blanks, as repeated texts.
        "序号,证明名称,实施基本情况,,行使层级,,,\n,,索要单位,开具单位,省级,市级,县级,乡镇级及其他\n",
        "序 号,证明名称,实施基本情况,实施基本情况,行使层级,行使层级,行使层级,行使层级\n\
         序号,证明名称,索要单位,开具单位,省级,市级,县级,乡镇级及其他\n",
    ];
    for head in merged {
        let list = well::<Proof>(&format!("{head}{rows}"));
        assert_eq!(headers(&list)[2..5], ["实施基本情况/索要单位", "实施基本情况/开具单位", "行使层级/省级"]);
        let fields: Vec<&str> = list.header.columns.iter().map(|c| &*c.field).collect();
        assert_eq!(fields, ["serial", "name", "asks", "gives", "levels", "levels", "levels", "levels"]);
        let item = |i: usize| list.items.at(i).unwrap();
        assert_eq!((item(0).name.as_str(), &*item(0).asks, &*item(0).gives), ("甲证明", "市教育局", "学校"));
        assert!(item(0).levels.contains(&Level::City) && item(0).levels.contains(&Level::County));
        assert_eq!(item(1).levels.len(), 3);
        assert_eq!(item(2).levels.len(), 1);
        // One row with paths, which reads back equal.
        let text = written(&list);
        let first = text.lines().next().unwrap();
        assert!(first.ends_with("证明名称,实施基本情况/索要单位,实施基本情况/开具单位,行使层级/省级,行使层级/市级,行使层级/县级,行使层级/乡镇级及其他"), "{text}");
        assert_eq!(well::<Proof>(&text), list, "{text}");
    }
}

#[test]
fn a_level_that_no_tick_column_has_is_said() {
    let mut list = well::<Proof>("证明名称,行使层级,,备注\n,省级,县级,\n甲,√,,\n");
    let said = |list: &Catalogue<Proof>| csv::write(list, Vec::new(), Delimiter::Comma).unwrap();
    assert_eq!(said(&list), []);
    let mut item = list.items.at(0).unwrap().clone();
    item.levels.insert(Level::Village);
    list.items = SharedList::new();
    list.items.push(item).unwrap();
    let said = said(&list);
    assert!(said.len() == 1 && said[0].rule == "table/not-held", "{said:?}");
}

#[test]
fn the_last_part_names_a_field_where_one_column_bears_it() {
    let table = "证明名称,情况,,其他,\n,开具单位,索要单位,说明,索要单位\n甲,a,b,c,d\n";
    let list = well::<Proof>(table);
    let item = list.items.at(0).unwrap();
    assert_eq!((&*item.gives, &*item.asks), ("a", ""));
    assert_eq!(item.extra.get("情况/索要单位").map(Text::as_str), Some("b"));
    assert_eq!(item.extra.get("其他/索要单位").map(Text::as_str), Some("d"));
    assert_eq!(well::<Proof>(&written(&list)), list);
    // A slash in one header alone is no path.
    let list = well::<Proof>("证明名称,情况/开具单位,备注\n甲,a,b\n");
    assert_eq!(&*list.items.at(0).unwrap().gives, "");
}

#[test]
fn a_merged_header_without_texts_under_it_has_numbered_parts() {
    let rows = "甲,地州市级,负责本级审批,无\n乙,县级,,丁\n";
    for head in [
        // T13: over two columns in a header of one row; the same repeated in both cells.
        "证明名称,实施层级及权限,,备注\n",
        "证明名称,实施层级及权限,实施层级\u{3000}及权限,备注\n",
    ] {
        let list = well::<Proof>(&format!("{head}{rows}"));
        assert_eq!(headers(&list), ["证明名称", "实施层级及权限/1", "实施层级及权限/2", "备注"]);
        let item = list.items.at(0).unwrap();
        assert!(item.levels.contains(&Level::City));
        assert_eq!(&*item.scope_note, "负责本级审批");
        assert_eq!(well::<Proof>(&written(&list)), list);
    }
    // In a header of two rows every such header is numbered, and the first column is the field of that header.
    let list = well::<Proof>("证明名称,备注,,情况,,部门\n,,,开具单位,其他,\n甲,a,b,c,d,e\n");
    assert_eq!(headers(&list)[1..4], ["备注/1", "备注/2", "情况/开具单位"]);
    let item = list.items.at(0).unwrap();
    assert_eq!((&*item.remarks, &*item.gives), ("a", "c"));
    assert_eq!(item.extra.get("备注/2").map(Text::as_str), Some("b"));
    assert_eq!(well::<Proof>(&written(&list)), list);
}

#[test]
fn rows_above_the_table_are_read_into_the_header() {
    let table = "附件1,,,\n海东市行政许可事项通用清单（2023年版，共3项）,,,\n\
                 序号,事项名称,主管部门,备注\n1,甲,市教育局,\n2,乙,市公安局,丙\n";
    let list = well::<LicensingItem>(table);
    assert_eq!(list.header.title, "海东市行政许可事项通用清单");
    assert_eq!((list.header.edition.as_str(), list.header.year()), ("2023", Some(2023)));
    assert_eq!((list.header.declared, &list.header.scope), (Some(3), &Some(Scope::General)));
    assert_eq!(list.items.len(), 2);
    // A title in every cell; its bracket in a row of its own; a department; what the options say goes before.
    let table = "2025年克拉玛依市统计局权责清单,2025年克拉玛依市统计局权责清单,2025年克拉玛依市统计局权责清单\n\
                 （共 2 项）,,\n部门名称,克拉玛依市统计局,填报时间：2025年3月\n,,\n序号,事项名称,行使层级\n1,甲,市级\n";
    let list = well::<LicensingItem>(table);
    assert_eq!(
        (list.header.title.as_str(), list.header.edition.as_str()),
        ("克拉玛依市统计局权责清单", "2025")
    );
    assert_eq!((&*list.header.issuer, list.header.declared), ("克拉玛依市统计局", Some(2)));
    assert_eq!(list.items.at(0).unwrap().department.as_slice()[0], "克拉玛依市统计局");
    assert_eq!(list.header.notes.as_slice()[0], "填报时间：2025年3月");
    let mut options = csv::Options::default();
    options.header.edition = "第二版".to_owned();
    options.header.issuer = "市政府".into();
    let (list, _) = read(table, &options);
    assert_eq!((list.header.edition.as_str(), &*list.header.issuer), ("第二版", "市政府"));
    assert_eq!(list.header.title, "2025年克拉玛依市统计局权责清单", "the year is nowhere else");
    assert_eq!(list.header.year(), Some(2025));
    // A title of two rows.
    let list =
        well::<LicensingItem>("海东市市场监督管理局,,\n权责清单(2023年版),,\n序号,事项名称,备注\n1,甲,\n");
    assert_eq!(list.header.title, "海东市市场监督管理局权责清单");
    assert_eq!(&*list.header.issuer, "海东市市场监督管理局");
}

#[test]
fn lines_in_problems_are_those_of_the_file_under_titles() {
    let table = "清单,,\n\n\"二\n行\",,\n事项编码,事项名称,备注\na,甲,\n一、乙(共1项),,\n,,丁\na,丙,\n";
    let (_, told) = read(table, &csv::Options::default());
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("8:") && told[0].contains("neither an id nor a name"), "{told:?}");
    assert!(told[1].starts_with("9:1: error: the id `a` stands twice, in lines 6 and 9"), "{told:?}");
    let (_, told) = read("清单,,\n事项名称,备注,备注\n甲,,\n", &csv::Options::default());
    assert!(told[0].starts_with("2:3: warning: the header"), "{told:?}");
}

#[test]
fn headings_inside_the_table_are_parts() {
    let table = "序号,事项名称,牵头单位\n一、2020年底前实现(共58项),,\n1,甲,乙\n2,丙,丁\n\
                 二、2021年底前实现（共82项）,二、2021年底前实现（共82项）,二、2021年底前实现（共82项）\n1,戊,己\n";
    let list = well::<ServiceItem>(table);
    let parts: Vec<(&str, Option<u32>)> = list.header.parts.iter().map(|p| (&*p.title, p.declared)).collect();
    assert_eq!(parts, [("一、2020年底前实现", Some(58)), ("二、2021年底前实现", Some(82))]);
    let of: Vec<(&str, &str)> = list.items.iter().map(|i| (i.name.as_str(), &*i.part)).collect();
    assert_eq!(of[..2], [("甲", "一、2020年底前实现"), ("丙", "一、2020年底前实现")]);
    assert_eq!(of[2], ("戊", "二、2021年底前实现"));
    // In the name's column; a name of a department in the column of serials; the count of the whole list.
    let table = "序号,事项名称,部门\n,一、中央设定的行政许可事项目录(共135项),\n1,甲,乙\n市教育局,,\n1,丙,丁\n合计：146项,,\n";
    let list = well::<ServiceItem>(table);
    let titles: Vec<&str> = list.header.parts.iter().map(|p| &*p.title).collect();
    assert_eq!(titles, ["一、中央设定的行政许可事项目录", "市教育局"]);
    assert_eq!((list.items.len(), list.header.declared), (2, Some(146)));
    // Where an item might have been meant that is said.
    let (_, told) = read("事项名称,部门,备注\n一、甲,,\n（共3项）乙,,\n", &csv::Options::default());
    assert!(told.len() == 1 && told[0].starts_with("2: note: `一、甲` stands alone"), "{told:?}");
    // What is an item stays one.
    let list = well::<ServiceItem>("序号,事项名称,部门\n,一次性告知,\n,（一）乙,\n,第三方评估,\n");
    assert_eq!((list.items.len(), list.header.parts.len()), (3, 0));
    let list = well::<ServiceItem>("事项名称\n一、甲\n备注：乙\n");
    assert_eq!(list.items.len(), 2, "a table of one column has no headings");
}

#[test]
fn a_note_under_the_table_is_no_item() {
    let table = "序号,事项名称,部门\n1,甲,乙\n备注：包括市、区两级行使行政权力事项数量。,,\n2.另见附件。,,\n";
    let list = well::<ServiceItem>(table);
    assert_eq!(list.items.len(), 1);
    let notes: Vec<&str> = list.header.notes.iter().map(|n| &**n).collect();
    assert_eq!(notes, ["备注：包括市、区两级行使行政权力事项数量。", "2.另见附件。"]);
}

#[test]
fn an_item_that_a_table_would_show_as_a_heading_is_said() {
    let mut list = Catalogue::<LicensingItem>::default();
    let mut item = LicensingItem::new("", "一、甲");
    item.set_id("一、甲".to_owned());
    item.mark_derived();
    list.items.push(item).unwrap();
    list.items.push(LicensingItem::new("b", "乙")).unwrap();
    let said = csv::write(&list, Vec::new(), Delimiter::Comma).unwrap();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].rule, "table/not-held");
}

#[test]
fn a_header_far_below_is_found_and_data_is_none() {
    let table = format!("清单,,\n{}序号,事项名称,备注\n1,甲,\n", "乙,,\n".repeat(8));
    assert_eq!(well::<ServiceItem>(&table).items.len(), 1);
    let table = format!("清单,,\n{}序号,事项名称,备注\n1,甲,\n", "乙,,\n".repeat(9));
    assert!(csv::read::<ServiceItem>(table.as_bytes(), &csv::Options::default()).unwrap().has_errors());
    // A known word in a row of a table whose header is unknown.
    let (_, told) = read("x,y,z\n1,2,3\n4,备注,5\n", &csv::Options::default());
    assert!(
        told.len() == 1 && told[0].starts_with("1: error: no column is a known field: x、y、z"),
        "{told:?}"
    );
    // Columns that are counted under a title.
    let mut options = csv::Options::default();
    options.columns = "name=#2".parse().unwrap();
    let (list, told) = read("题目,,\nx,y,z\n1,甲,3\n", &options);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!((list.items.at(0).unwrap().name.as_str(), list.header.title.as_str()), ("甲", "题目"));
}

/// An item of a list of which nothing is known beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "anything", any_header)]
struct Anything {
    #[record(key, column("编码"))]
    id: String,
    derived: bool,
    occurrence: Option<u32>,
    #[record(identity, column("名称"))]
    name: String,
    extra: Map<Text>,
}

#[test]
fn where_any_header_is_right_the_first_text_is_the_name() {
    let names = |table: &str| {
        let list = well::<Anything>(table);
        let names: Vec<String> = list.items.iter().map(|i| i.name.clone()).collect();
        assert_eq!(well::<Anything>(&written(&list)).items, list.items, "{table}");
        names.join(",")
    };
    assert_eq!(names("No.,year,service,office\n1,2023,passport,post\n2,2023,visa,post\n"), "passport,visa");
    assert_eq!(names("编码,a,b,c\nx,1.5,,3\ny,,甲,4\n"), ",甲", "b is empty first, and no number");
    assert_eq!(names("some list,,\nno,what,who\n1,甲,乙\n"), "甲");
    assert_eq!(names("id,名称\nx,甲\n"), "甲", "a known name goes before");
    assert_eq!(names("编码,标题\nx,甲\n"), "甲", "the id is known");
    assert_eq!(names("组,组,甲\n一,二,\na,b,c\n"), "a");
    let mut options = csv::Options::default();
    options.columns = "name=b".parse().unwrap();
    let reading = csv::read::<Anything>("a,b\n甲,乙\n".as_bytes(), &options).unwrap();
    assert_eq!(reading.value.items.at(0).unwrap().name, "乙");
}

#[test]
fn rows_that_are_no_items_are_told_and_kept_as_notes() {
    let table = "序号,事项名称,实施机关\n\
                 1,甲许可,市甲局\n\
                 序号,事项名称,实施机关\n\
                 2,合计量审批,市乙局\n\
                 合计,2项,\n\
                 填表人：张三,审核人：李四,联系电话：12345678\n";
    let reading = csv::read::<LicensingItem>(table.as_bytes(), &csv::Options::default()).unwrap();
    let names: Vec<&str> = reading.value.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["甲许可", "合计量审批"]);
    let lines: Vec<_> = reading.problems.iter().map(|p| (&*p.rule, p.severity, p.place.line)).collect();
    assert_eq!(lines, [3, 5, 6].map(|line| ("table/no-item", Severity::Note, Some(line))));
    assert_eq!(reading.value.header.notes.len(), 2);
}

#[test]
fn a_table_without_a_column_of_names_is_refused_and_one_with_codes_told() {
    let (list, told) = read("叫法,实施机关\n甲许可,市甲局\n", &csv::Options::default());
    assert!(list.items.is_empty());
    assert!(told.iter().any(|line| line.contains("no column of names") && line.contains("叫法")), "{told:?}");
    let (list, told) = read("事项编码,叫法,实施机关\n1,甲许可,市甲局\n", &csv::Options::default());
    assert_eq!(list.items.len(), 1);
    assert!(told.iter().any(|line| line.contains("no column of names")), "{told:?}");
}

#[test]
fn marks_of_nothing_are_no_sub_items_and_stay_in_free_texts() {
    let (list, _) = read("事项名称,子项名称,备注\n甲许可,无,无\n乙许可,/,—\n", &csv::Options::default());
    for item in list.items.iter() {
        assert!(item.sub_item.is_empty());
        assert!(!item.remarks.is_empty());
    }
}

#[test]
fn levels_are_ticked_under_other_groups_and_words_too() {
    let table = "事项名称,审批层级,,\n,省,设区的市级,县（市、区）级\n甲许可,,√,○\n";
    let (list, _) = read(table, &csv::Options::default());
    let levels: Vec<_> = list.items.iter().flat_map(|item| item.levels.iter().cloned()).collect();
    assert_eq!(levels, [Level::City, Level::County]);
}

#[test]
fn a_long_cell_of_bodies_and_many_surplus_cells_take_linear_time() {
    let bodies: Vec<String> = (0..20_000).map(|i| format!("第{i}局")).collect();
    let table = format!("事项名称,省级实施机关,县级实施机关\n甲许可,省甲厅,{}\n", bodies.join("；"));
    let (list, _) = read(&table, &csv::Options::default());
    assert_eq!(list.items.iter().next().unwrap().bodies_by_level.len(), 20_000);
    let reading = csv::read::<LicensingItem>(
        format!("事项名称,备注\n甲许可{}\n", ",x".repeat(1_000)).as_bytes(),
        &csv::Options::default(),
    )
    .unwrap();
    let surplus = reading.problems.iter().filter(|problem| problem.rule == "table/surplus-cell");
    assert_eq!(surplus.count(), 1);
}

#[test]
fn what_a_table_would_lose_is_said() {
    let told = |change: &dyn Fn(&mut LicensingItem)| {
        let mut item = LicensingItem::new("1", "甲许可");
        item.remarks = "见附件".into();
        change(&mut item);
        let mut list = Catalogue::<LicensingItem>::default();
        list.items.push(item).unwrap();
        csv::write(&list, Vec::new(), Delimiter::Comma).unwrap().len()
    };
    assert_eq!(told(&|_| ()), 0);
    assert_eq!(told(&|item| item.remarks = "无".into()), 0);
    assert_eq!(told(&|item| item.extra.set("备注", "别的".into())), 1);
    assert_eq!(told(&|item| item.extra.set("事项名称", "别的".into())), 1);
    assert_eq!(told(&|item| item.extra.set("别的一列", "别的".into())), 0);
    assert_eq!(told(&|item| item.sub_item = "无".into()), 1);
    assert_eq!(told(&|item| item.department.push("/".into()).unwrap()), 1);
}

#[test]
fn cells_that_were_merged_are_filled_or_told() {
    let table = "主管部门,事项名称,子项名称\n市甲局,甲许可,新设\n,,延续\n,乙许可,\n";
    let (list, told) = read(table, &csv::Options::default());
    let names: Vec<_> = list.items.iter().map(|item| (item.name.as_str(), &*item.sub_item)).collect();
    assert_eq!(names, [("甲许可", "新设"), ("甲许可", "延续"), ("乙许可", "")]);
    // With codes of their own as well.
    let (coded, _) = read("事项编码,事项名称,子项名称\n1,甲许可,新设\n2,,延续\n", &csv::Options::default());
    assert_eq!(coded.items.get("2").unwrap().name, "甲许可");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("3: warning:") && told[1].contains("2 rows without a department"),
        "{told:?}"
    );
}

#[test]
fn counted_things_are_numbers_and_fees_are_answers() {
    let reading = csv::read::<ServiceItem>(
        "事项编码,事项名称,到办事现场次数,是否收费\n1,甲,1次,不收费\n2,乙,0次,收费\n3,丙,多次,\n".as_bytes(),
        &csv::Options::default(),
    )
    .unwrap();
    let errors = reading.problems.iter().filter(|problem| problem.is_error());
    assert_eq!(errors.map(|problem| problem.place.line).collect::<Vec<_>>(), [Some(4)]);
}

#[test]
fn a_number_in_front_of_an_entry_is_no_part_of_it_where_one_before_it_goes() {
    let table = |authorities: &str, basis: &str, materials: &str| {
        format!(
            "编码,事项名称,主管部门,实施机关,设定依据,申请材料\n1,餐馆经营许可,市局,\"{authorities}\",\"{basis}\",\"{materials}\"\n"
        )
    };
    let told = |before: &str, after: &str| {
        let [before, after] = [before, after].map(|text| {
            let options = qingdan::table::csv::Options::default();
            AnyCatalogue::read_csv(Kind::LicensingNorm, std::io::Cursor::new(text.as_bytes()), &options)
                .unwrap()
                .value
        });
        let changes = before.changes_to(&after, &Pairs::none()).unwrap();
        changes.differences(&before, &after, &qingdan::diff::Comparing::default()).unwrap()
    };
    let long = table(
        "1.市市场监管局\n2.县市场监管局\n3.乡镇人民政府",
        "1.《食品安全法》第三十五条\n2.《许可办法》第二条",
        "1.申请表\n2.身份证\n3.平面图",
    );
    let short = table("1.市市场监管局\n2.乡镇人民政府", "1.《许可办法》第二条", "1.申请表\n2.平面图");
    let differences = told(&long, &short);
    let changes = &differences.adjustments[0].changes;
    let gone: Vec<&str> = changes
        .iter()
        .flat_map(|change| &change.parts)
        .filter(|part| !part.cosmetic)
        .map(|part| part.before.as_deref().unwrap_or("+"))
        .collect();
    assert_eq!(gone, ["2.县市场监管局", "1.《食品安全法》第三十五条", "2.身份证"]);
    // Numbers alone are spelling; a measure is no number of an entry.
    let other = long.replace("1.", "（1）").replace("2.", "（2）").replace("3.", "（3）");
    assert_eq!((told(&long, &other).adjustments.len(), told(&long, &other).cosmetic.len()), (0, 1));
    let (one, two) = (table("市局", "《甲法》", "1.5米标尺照片"), table("市局", "《甲法》", "2.5米标尺照片"));
    assert_eq!(told(&one, &two).adjustments.len(), 1);
    let (one, two) = (table("市局", "（2019）12号文", "甲"), table("市局", "（2020）12号文", "甲"));
    assert_eq!(told(&one, &two).adjustments.len(), 1, "a year is no number of an entry");
}

#[test]
fn a_heading_of_the_second_order_stays_within_the_one_around_it() {
    let text = "序号,事项名称,实施机关,设定依据\n\
                一、市发展改革委（共3项）,,,\n（一）行政许可（共2项）,,,\n1,固定资产投资项目节能审查,市发展改革委,《甲法》\n\
                2,政府投资项目建议书审批,市发展改革委,《乙法》\n（二）行政确认（共1项）,,,\n3,价格认定,市发展改革委,《丙法》\n\
                二、市教育局（共1项）,,,\n（一）行政许可（共1项）,,,\n4,民办学校筹设审批,市教育局,《丁法》\n";
    let read = |text: &str| {
        let options = csv::Options::default();
        AnyCatalogue::read_csv(Kind::Licensing, std::io::Cursor::new(text.as_bytes()), &options)
            .unwrap()
            .value
    };
    let list = read(text);
    let parts: Vec<(&str, Option<u32>)> =
        list.header().parts.iter().map(|part| (part.title.as_str(), part.declared)).collect();
    assert_eq!(
        parts,
        [
            ("一、市发展改革委", Some(3)),
            ("一、市发展改革委 › （一）行政许可", Some(2)),
            ("一、市发展改革委 › （二）行政确认", Some(1)),
            ("二、市教育局", Some(1)),
            ("二、市教育局 › （一）行政许可", Some(1)),
        ]
    );
    let of: Vec<String> = list.items().iter().map(|item| item.text("part").into_owned()).collect();
    assert_eq!(of, [parts[1].0, parts[1].0, parts[2].0, parts[4].0]);
    // Their counts are counts of what is in them, at either order.
    let wrong = |list: AnyCatalogue| {
        let mut portfolio = qingdan::Portfolio::default();
        portfolio.lists.push(list).unwrap();
        let report = qingdan::check::check(&portfolio, &qingdan::check::Options::default());
        report.findings.iter().filter(|finding| finding.rule.id == "structure/declared-count").count()
    };
    assert_eq!(wrong(list.clone()), 0);
    assert_eq!(wrong(read(&text.replace("共3项", "共4项"))), 1);
    // Another number in front of a section is spelling.
    let other = read(&text.replace("一、市发", "三、市发").replace("（二）行政确认", "（三）行政确认"));
    let changes = list.changes_to(&other, &Pairs::none()).unwrap();
    let differences = changes.differences(&list, &other, &qingdan::diff::Comparing::default()).unwrap();
    assert_eq!((differences.adjustments.len(), differences.cosmetic.len()), (0, 3));
}

#[test]
fn a_time_that_is_no_day_is_kept_as_it_is_written_and_a_mistyped_day_is_a_mistake() {
    let read = |text: &str| {
        let options = csv::Options::default();
        AnyCatalogue::read_csv(Kind::Document, std::io::Cursor::new(text.as_bytes()), &options).unwrap()
    };
    let table = "文件名称,文号,发布日期,失效日期\n甲办法,1号,2024-01-01 00:00:00,2029/1/1 0:00\n乙办法,2号,2024年6月,长期\n\
                 丙办法,3号,2024-06,自2024年1月1日起5年\n";
    let reading = read(table);
    assert_eq!(reading.problems, []);
    let list = reading.value;
    let items = list.items();
    let told =
        |at: usize| [items[at].text("published"), items[at].text("until")].map(std::borrow::Cow::into_owned);
    assert_eq!(told(0), ["2024-01-01", "2029-01-01"]);
    assert_eq!(told(1), ["2024年6月", "长期"]);
    assert_eq!(told(2), ["2024-06", "自2024年1月1日起5年"]);
    let mut written = Vec::new();
    assert_eq!(list.write_csv(&mut written, Delimiter::Comma).unwrap(), []);
    assert_eq!(read(std::str::from_utf8(&written).unwrap()).value, list);
    let json = serde_json::to_vec(&list).unwrap();
    assert_eq!(serde_json::from_slice::<AnyCatalogue>(&json).unwrap(), list);
    // Words and a day of another edition, or of another side, are one field.
    let [base, ours, theirs] = ["长期", "2030年", "2025-12-31"].map(|until| {
        read(&format!("文件名称,文号,失效日期\n甲办法,1号,{until}\n乙办法,2号,2029-01-01\n")).value
    });
    let changes = base.changes_to(&theirs, &Pairs::none()).unwrap();
    let differences = changes.differences(&base, &theirs, &qingdan::diff::Comparing::default()).unwrap();
    assert_eq!(differences.adjustments[0].fields, ["until"]);
    assert_eq!(differences.adjustments[0].changes.len(), 1);
    let merged = qingdan::merge(&base, &ours, &theirs);
    assert!(merged.clash.is_some(), "both sides changed one field");
    for wrong in ["2024年2月30日", "2024-13-01", "2024-13", "20240230", "2024-01-01 08:30:00"] {
        let reading = read(&format!("文件名称,发布日期\n甲办法,{wrong}\n"));
        let problem = &reading.problems[0];
        assert_eq!((&*problem.rule, problem.severity), ("table/cell-misread", Severity::Error), "{wrong}");
        assert!(problem.message.zh.contains("不是日历上的一天"), "{}", problem.message.zh);
    }
}

#[test]
fn a_heading_whose_number_has_a_cell_of_its_own_is_one() {
    let table = "序号,事项名称,部门,备注\n一,县发展改革局（共2项）,,\n（一）,行政许可,,\n1,甲,县发展改革局,\n\
                 （二）,行政确认,行政确认,行政确认\n2,乙,县发展改革局,\n二、,县教育局,,\n（一）,行政许可,,\n3,丙,县教育局,\n";
    let (list, told) = read(table, &csv::Options::default());
    let parts: Vec<(&str, Option<u32>)> = list.header.parts.iter().map(|p| (&*p.title, p.declared)).collect();
    assert_eq!(
        parts,
        [
            ("一、县发展改革局", Some(2)),
            ("一、县发展改革局 › （一）行政许可", None),
            ("一、县发展改革局 › （二）行政确认", None),
            ("二、县教育局", None),
            ("二、县教育局 › （一）行政许可", None),
        ]
    );
    let of: Vec<(&str, &str)> = list.items.iter().map(|i| (i.name.as_str(), &*i.part)).collect();
    assert_eq!(of, [("甲", parts[1].0), ("乙", parts[2].0), ("丙", parts[4].0)]);
    // Without a count each might have been meant for an item.
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].starts_with("3: note: `（一）行政许可` stands alone"), "{told:?}");
    // The one below may have its number in its own cell.
    let (list, _) =
        read("序号,事项名称,部门\n一,县教育局,\n（一）行政许可,,\n1,甲,县教育局\n", &csv::Options::default());
    assert_eq!(list.items.at(0).unwrap().part.as_str(), "一、县教育局 › （一）行政许可");
    assert_eq!(list.items.len(), 1);
    // Items that are numbered so, and main items over sub items, stay items.
    for table in [
        "序号,事项名称,备注\n一,甲,\n二,乙,\n三,丙,\n",
        "序号,事项名称,子项名称,部门\n一,甲,,\n,,乙,县教育局\n1,,丙,县教育局\n",
        "序号,事项名称,部门\n一,甲,县教育局\n二,乙,\n1,丙,县教育局\n三,丁,\n",
        "序号,事项名称\n一,甲\n1,乙\n二,丙\n",
    ] {
        let (list, told) = read(table, &csv::Options::default());
        let rows = table.lines().count() - 1;
        let headings = usize::from(table.contains("二,乙,\n1"));
        assert_eq!((list.items.len(), list.header.parts.len()), (rows - headings, headings), "{told:?}");
    }
}

#[test]
fn a_cell_that_says_as_above_has_what_stands_there() {
    let table = "事项编码,事项名称,部门,备注\na,甲,县发展改革局,窗口\nb,乙,〃,同上\nc,丙, 同 上 ,\"\"\"\"\nd,丁,县教育局,另见\ne,戊,″,\n";
    let (list, told) = read(table, &csv::Options::default());
    let of: Vec<String> =
        list.items.iter().map(|item| <dyn AnyItem>::text(item, "department").into_owned()).collect();
    assert_eq!(of, ["县发展改革局", "县发展改革局", "县发展改革局", "县教育局", "县教育局"]);
    let remarks: Vec<&str> = list.items.iter().map(|item| item.remarks.as_str()).collect();
    assert_eq!(remarks, ["窗口", "窗口", "窗口", "另见", ""]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("3: warning: as above (同上, 〃) was read as the cell above 5 times"),
        "{told:?}"
    );
    // Nothing above: it stays, and is told. A text of an item that a table would show so is told by the writer.
    let (list, told) = read("事项编码,事项名称,部门\na,甲,〃\n", &csv::Options::default());
    assert_eq!(<dyn AnyItem>::text(list.items.at(0).unwrap(), "department"), "〃");
    assert!(told.len() == 1 && told[0].starts_with("2:3: warning: `〃` says as above"), "{told:?}");
    let said = csv::write(&list, Vec::new(), Delimiter::Comma).unwrap();
    assert!(said.len() == 1 && said[0].rule == "table/not-held", "{said:?}");
}

#[test]
fn a_second_header_with_other_columns_is_an_error() {
    for header in ["序号,备注,事项名称,部门", "序号,事项名称,责任科室,部门"] {
        let table =
            format!("序号,事项名称,部门,备注\n1,甲,县教育局,\n{header}\n2,窗口,乙,县教育局\n3,乙,丙,丁,多\n");
        let (list, told) = read(&table, &csv::Options::default());
        assert_eq!(list.items.len(), 1);
        assert!(told.len() == 1 && told[0].starts_with("3: error: a second header"), "{told:?}");
    }
    // The same header once more is none.
    let (list, told) =
        read("序号,事项名称,部门\n1,甲,乙\n序号,事项名称,部门\n2,丙,乙\n", &csv::Options::default());
    assert_eq!(list.items.len(), 2);
    assert!(told.len() == 1 && told[0].starts_with("3: note"), "{told:?}");
}

#[test]
fn a_row_that_is_no_item_goes_on_with_the_one_above() {
    let table = "序号,事项名称,部门,设定和实施依据,行使层级,备注,附注\n1,甲,县水务局,《水法》第七条,市级,,见\n\
                 ,,县水务局,《取水许可条例》第二条,县级,,\n,,,（三）规章规定的其他条件,,,\n,,,,,窗口,附件\n2,乙,县水务局,,,,\n";
    let (list, told) = read(table, &csv::Options::default());
    assert_eq!(list.items.len(), 2);
    let first: &dyn AnyItem = list.items.at(0).unwrap();
    assert_eq!((first.text("department"), first.text("remarks")), ("县水务局".into(), "窗口".into()));
    assert_eq!(first.text("levels"), "市级、县级");
    assert_eq!(first.text("basis").lines().count(), 3, "{}", first.text("basis"));
    assert_eq!(list.items.at(0).unwrap().extra.get("附注").unwrap(), "见\n附件");
    assert!(first.id().contains("市级、县级"), "the id is derived from all of it: {}", first.id());
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("3: warning: 3 rows with neither name nor number: added to the item above"),
        "{told:?}"
    );
    // One that says more, that has a number, or that nothing stands above may have lost its name.
    for row in [",,县教育局,《教育法》第二条,县级,,", "2,,县水务局,,县级,,"] {
        let (list, told) = read(
            &format!("序号,事项名称,部门,设定和实施依据,行使层级,备注,附注\n1,甲,县水务局,,,,\n{row}\n"),
            &csv::Options::default(),
        );
        assert_eq!(list.items.len(), 1);
        assert!(
            told.len() == 1 && told[0].starts_with("3: error: the row has neither an id nor a name"),
            "{told:?}"
        );
    }
    let (_, told) = read("序号,事项名称,行使层级\n,,县级\n1,甲,县级\n", &csv::Options::default());
    assert!(told.len() == 1 && told[0].starts_with("2: error"), "{told:?}");
    // A cell beyond the header is never lost.
    let (_, told) = read("序号,事项名称,备注\n1,甲,\n,,窗口,多\n", &csv::Options::default());
    assert!(told.iter().any(|told| told.contains("a cell `多` more than the header")), "{told:?}");
    // What is known by more than its name is an item of the name above.
    let table =
        "序号,证明名称,证明用途,索要单位\n1,户籍证明,公证,公证处\n,,继承,公证处\n2,身份证明,公证,公证处\n";
    let list =
        csv::read::<qingdan::item::CertificationItem>(table.as_bytes(), &csv::Options::default()).unwrap();
    let names: Vec<&str> = list.value.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["户籍证明", "户籍证明", "身份证明"]);
    assert!(list.problems.len() == 1 && list.problems[0].rule == "table/filled-down", "{:?}", list.problems);
}

#[test]
fn marks_of_pages_subtotals_and_signatures_alone_are_no_items_and_no_parts() {
    let table = "填报单位：（盖章）,,\n序号,事项名称,部门\n一、甲局（共2项）,,\n1,甲,甲局\n第 1 页 共 2 页,,\n续表,续表,续表\n2,乙,甲局\n,小计：2项,\n\
                 制表单位：县审改办,,\n,（以下空白）,\n— 2 —,,\n合计：2项,,\n";
    let (list, told) = read(table, &csv::Options::default());
    assert_eq!(list.header.issuer.as_str(), "");
    let of: Vec<(&str, &str)> = list.items.iter().map(|item| (item.name.as_str(), &*item.part)).collect();
    assert_eq!(of, [("甲", "一、甲局"), ("乙", "一、甲局")]);
    assert_eq!((list.header.parts.len(), list.header.declared), (1, Some(2)));
    let notes: Vec<&str> = list.header.notes.iter().map(|note| &**note).collect();
    assert_eq!(notes, ["小计：2项", "制表单位：县审改办"]);
    assert_eq!(told.len(), 6, "{told:?}");
    let (list, _) = read(
        "填报单位：县水务局（盖章）,,\n序号,事项名称,部门\n1,第三方页岩气检查,\n",
        &csv::Options::default(),
    );
    assert_eq!((list.header.issuer.as_str(), list.items.len()), ("县水务局", 1));
}

#[test]
fn a_code_in_powers_of_ten_has_lost_its_digits() {
    let (list, told) =
        read("事项编码,事项名称\n1.31102E+08,甲\n1E5,乙\n1.5E+3级,丙\n", &csv::Options::default());
    assert_eq!(list.items.len(), 3);
    assert!(
        told.len() == 1 && told[0].starts_with("2:1: warning: a spreadsheet wrote the code `1.31102E+08`"),
        "{told:?}"
    );
}

#[test]
fn the_writer_tells_of_ids_rows_and_headers_that_are_read_otherwise_and_of_how_many() {
    let write = |items: Vec<LicensingItem>| {
        let mut list = Catalogue::<LicensingItem>::default();
        for item in items {
            list.items.push(item).unwrap();
        }
        let told = csv::write(&list, Vec::new(), Delimiter::Comma).unwrap();
        told.iter().map(|problem| format!("{} {}", problem.rule, problem.message.en)).collect::<Vec<_>>()
    };
    let named = |id: &str, name: &str| LicensingItem::new(id, name);
    for id in ["无", "-", "1 ", " 1", "1\n"] {
        let told = write(vec![named(id, "甲"), named("2", "乙")]);
        assert!(
            told.len() == 1 && told[0].starts_with("table/not-held the column `事项编码`"),
            "{id:?}: {told:?}"
        );
    }
    assert_eq!(write(vec![named("合计", "3"), named("2", "乙")]).len(), 1);
    let mut header = named("编码", "事项名称");
    header.department.push("主管部门".into()).unwrap();
    assert_eq!(write(vec![header, named("2", "乙")]).len(), 1);
    let with_extra = |header: &str| {
        let mut item = named("1", "甲");
        item.extra.set(header, "乙".into());
        item
    };
    assert_eq!(write(vec![with_extra(" x")]).len(), 1);
    assert_eq!(write(vec![with_extra("x")]), Vec::<String>::new());
    let departments = |id: &str| {
        let mut item = named(id, "甲");
        item.department.push("甲局、乙局".into()).unwrap();
        item
    };
    let told = write(vec![departments("1"), departments("2"), departments("3")]);
    assert!(told.len() == 1 && told[0].ends_with("(3 items in all)"), "{told:?}");
}

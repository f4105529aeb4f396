//! What the derives accept does what it says; what they refuse is refused in words that help.

use derive_tests::fees::{Basis, FeeItem, Unit, Yuan};
use derive_tests::shapes::{Bare, Empty, Keyed, Listing, Outer, Pair, Words};
use qingdan::codes::{AdjustmentKind, Level};
use qingdan::value::{Choice, alike, diff, inverse, merge, patched};
use qingdan::{Catalogue, Entry, Item, Record, Value};

/// `TRYBUILD=overwrite cargo test -p derive-tests` writes the messages anew.
#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("tests/mistakes/*.rs");
}

fn fee(id: &str, name: &str) -> FeeItem {
    let mut item = FeeItem::default();
    item.set_id(id.to_owned());
    name.clone_into(&mut item.name);
    item
}

/// JSON and back; and through a change and a merge.
fn goes_round<T: Value>(before: &T, after: &T) {
    let delta = diff(before, after);
    assert_eq!(delta.is_none(), before == after);
    assert_eq!(&patched(before, delta.as_ref()).unwrap(), after);
    assert_eq!(&patched(after, inverse::<T>(delta.as_ref()).as_ref()).unwrap(), before);
    assert_eq!(&merge(before, after, before).value, after);
    assert_eq!(&merge(before, before, after).value, after);
    assert_eq!(diff(after, after), None);
}

#[test]
fn every_option_says_what_it_is_for() {
    assert_eq!(FeeItem::NAME, "fee-item");
    let field = |name| FeeItem::FIELDS.iter().find(|f| f.name == name).unwrap();
    assert_eq!(field("name").columns, ["收费项目", "项目名称"]);
    assert_eq!(field("name").doc, "What is charged.");
    assert_eq!(field("name").adjusts, Some(AdjustmentKind::Renamed));
    assert_eq!(field("name").lower, Some("equal"));
    // Headers that kinds share stand where they are named, each once.
    assert_eq!(field("levels").ticks, ["省级", "市级", "国家级"]);
    assert_eq!(field("id").columns, ["编号", "编码", "事项编码", "事项代码"]);
    assert_eq!(field("remarks").columns, qingdan::item::columns::REMARKS);
    assert_eq!(field("amount").lower, Some("at-most"));
    assert!(field("name").marks.identity && field("serial").marks.position && field("label").marks.apart);

    let mut item = fee("01", "排污费");
    assert!(item.mark_derived() && item.is_derived());
    assert!(item.set_occurrence(2));
    assert_eq!(item.key(), "01#2");
    assert_eq!(item.reference(), None);
    item.set_reference("00".to_owned());
    assert_eq!((item.reference(), item.parent()), (Some("00"), "00"));
    item.levels.insert(Level::Province);
    item.basis.push("《条例》#3".parse().unwrap()).unwrap();
    item.amount = Some(Yuan(8));
    item.per = Unit("吨".to_owned());
    item.extra_mut().unwrap().set("备注列", "试点".into());
    goes_round(&FeeItem::default(), &item);

    let mut labelled = item.clone();
    labelled.label = "ours".into();
    assert_eq!(diff(&item, &labelled), None);
    assert!(alike(&item, &labelled) && item != labelled);

    let cut = <Basis as Entry>::cut("《条例》#3|《办法》");
    assert_eq!((cut.len(), <Basis as Entry>::JOINT), (2, "|"));
    let basis = |title: &str| Basis { title: title.to_owned(), article: None };
    assert!(alike(&basis("《条例》"), &basis("条例")));
}

#[test]
fn a_kind_of_ones_own_is_read_and_compared_like_any_other() {
    let catalogue = |amount: u32| {
        let mut item = fee("01", "排污费");
        item.amount = Some(Yuan(amount));
        let mut list = Catalogue::<FeeItem>::default();
        list.items.push(item).unwrap();
        list
    };
    goes_round(&catalogue(8), &catalogue(9));
    let merged = merge(&catalogue(8), &catalogue(9), &catalogue(10));
    assert_eq!(merged.value, catalogue(8));
    assert_eq!(merged.settled(Choice::Theirs), catalogue(10));
}

#[test]
fn any_shape_of_struct_is_a_value() {
    let pair = |text: &str, number: Option<u32>| {
        let mut pair = Pair::<String, Option<u32>> { one: text.to_owned(), ..Pair::default() };
        pair.other.push(Keyed { key: "k".to_owned(), value: number }).unwrap();
        pair
    };
    goes_round(&pair("a", None), &pair("b", Some(2)));
    assert_eq!(<Pair<String, Option<u32>> as Value>::type_name(), "pair_String_OptionalNumber");
    goes_round(&Listing::<FeeItem>::default(), &Listing::default());
    goes_round(&Outer::default(), &Outer::new("a"));
    goes_round(&Empty {}, &Empty {});
    goes_round(&Bare, &Bare);

    let words = |text: &str| Words {
        r#type: "t".to_owned(),
        r#match: Some(3),
        ours: text.into(),
        upper: text.into(),
        ..Words::default()
    };
    goes_round(&words("a"), &words("b"));
    let merged = merge(&words("a"), &words("b"), &words("c"));
    assert!(merged.clash.is_some_and(|clash| clash.ours.is_some() && clash.base.is_none()));
    let names: Vec<_> = Words::FIELDS[..2].iter().map(|field| field.name).collect();
    assert_eq!(names, ["type", "match"]);
    let json = qingdan::value::Shown::json(&words("b"));
    assert_eq!(json["type"], "t");
    assert_eq!(json["match"], 3);
}

#[test]
fn a_list_of_ones_own_is_spread_over_columns() {
    use qingdan::table::csv::{self, Delimiter, Options};
    let read =
        |table: &str| csv::read::<FeeItem>(table.as_bytes(), &Options::default()).unwrap().ok().unwrap();
    let rates = |list: &Catalogue<FeeItem>| {
        list.items.at(0).unwrap().rates.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let again = |list: &Catalogue<FeeItem>| {
        let mut written = Vec::new();
        assert_eq!(csv::write(list, &mut written, Delimiter::Comma).unwrap(), []);
        read(&String::from_utf8(written).unwrap())
    };
    let list = read(
        "编号,收费项目,市区标准,乡村标准,各地标准,归口部门\n01,停车费,8元；9元,5元,景区=20元；3元,市发改委\n",
    );
    assert_eq!(rates(&list), ["3元", "乡村=5元", "城区=8元", "城区=9元", "景区=20元"]);
    assert_eq!(list.items.at(0).unwrap().department.as_slice(), ["市发改委"]);
    assert_eq!(again(&list), list);
    let mut bare = list;
    bare.header = qingdan::Header::default();
    assert_eq!(again(&bare).items, bare.items);
    goes_round(&bare, &Catalogue::default());
    // With a column of departments the other one is a rate like any.
    let list = read("编号,收费项目,主管部门,归口部门\n01,停车费,市发改委,甲\n");
    assert_eq!(rates(&list), ["归口=甲"]);
}

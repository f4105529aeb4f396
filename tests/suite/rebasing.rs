//! A lower list that follows its upper list: each rule by hand, and the laws.

use crate::generated::{edited, edits, item_of};
use proptest::prelude::*;
use qingdan::alias::{Alias, AliasKind, Aliases};
use qingdan::codes::{AdjustmentKind, Pick};
use qingdan::merge::Resolution;
use qingdan::rebase::{Options, Rebased};
use qingdan::{AnyCatalogue, Catalogue, Item, document};
use serde_json::{Value as Json, json};
use std::io::Cursor;

fn list(items: &Json) -> AnyCatalogue {
    of_kind("licensing", items)
}

pub(crate) fn of_kind(kind: &str, items: &Json) -> AnyCatalogue {
    let document = json!({"format": "qingdan/catalogue/1", "kind": kind, "items": items}).to_string();
    let reading = AnyCatalogue::read_json(Cursor::new(document), &document::Options::default()).unwrap();
    assert_eq!(reading.problems, []);
    reading.value.unwrap()
}

fn rebased(lower: &Json, old: &Json, new: &Json) -> Rebased {
    Rebased::of(&list(lower), &list(old), &list(new), &Options::default()).unwrap()
}

/// A field of the proposed items, in their order.
fn column(rebased: &Rebased, field: &str) -> Vec<String> {
    rebased.merged.list().items().iter().map(|item| item.text(field).into_owned()).collect()
}

/// What is pending: item, field, proposals.
fn pending(rebased: &Rebased) -> Vec<(&str, &str, Vec<&str>)> {
    rebased
        .pending
        .iter()
        .map(|row| (&*row.item, &*row.field, row.proposals.iter().map(String::as_str).collect()))
        .collect()
}

/// Adjustments with the upper changes that they follow.
fn told(rebased: &Rebased) -> Vec<(AdjustmentKind, String, Vec<AdjustmentKind>)> {
    let all = rebased.adjustments().unwrap();
    all.iter()
        .map(|one| {
            let kinds = one.follows.iter().map(|change| change.kind.clone()).collect();
            (one.adjustment.kind.clone(), one.adjustment.name().to_owned(), kinds)
        })
        .collect()
}

#[test]
fn what_changed_above_alone_is_taken_and_what_changed_below_alone_stays() {
    let old = json!([{"id": "1", "name": "甲许可", "remarks": "旧"}, {"id": "2", "name": "乙许可"}]);
    let new = json!([{"id": "1", "name": "甲许可核发", "remarks": "旧"}, {"id": "2", "name": "乙许可"}]);
    let lower = json!([{"id": "1", "name": "甲许可", "remarks": "本市"}, {"id": "2", "name": "乙许可", "remarks": "窗口"}]);
    let it = rebased(&lower, &old, &new);
    assert_eq!(column(&it, "name"), ["甲许可核发", "乙许可"]);
    assert_eq!(column(&it, "remarks"), ["本市", "窗口"]);
    assert_eq!(
        told(&it),
        [(AdjustmentKind::Renamed, "甲许可核发".to_owned(), vec![AdjustmentKind::Renamed])]
    );
    assert!(pending(&it).is_empty());
}

#[test]
fn where_both_changed_a_name_the_upper_one_stands_and_both_are_recorded() {
    let lower = json!([{"id": "1", "name": "甲类许可"}]);
    let it =
        rebased(&lower, &json!([{"id": "1", "name": "甲许可"}]), &json!([{"id": "1", "name": "甲许可核发"}]));
    assert_eq!(column(&it, "name"), ["甲许可核发"]);
    let [decided] = it.merged.resolved() else { panic!("{:?}", it.merged.resolved()) };
    assert_eq!(
        (decided.ours.clone(), decided.theirs.clone()),
        (Some("甲类许可".into()), Some("甲许可核发".into()))
    );
    assert_eq!(decided.who, "policy: equal to the upper list");
}

#[test]
fn of_two_promises_the_shorter_one_stands() {
    let limit = |days: u32| json!({"amount": days, "unit": "working-day", "text": format!("{days}个工作日")});
    let one = |days: u32| json!([{"id": "1", "name": "甲许可", "promised_limit": limit(days)}]);
    for (lower, upper, kept) in [(8, 15, "8"), (18, 15, "15")] {
        let it = rebased(&one(lower), &one(20), &one(upper));
        assert!(column(&it, "promised_limit")[0].starts_with(kept), "{:?}", column(&it, "promised_limit"));
    }
}

#[test]
fn words_of_scope_are_no_difference_of_names_and_stay_where_they_were() {
    let old = json!([{"id": "1", "name": "权限内林木采伐许可证核发"}]);
    let new = json!([{"id": "1", "name": "权限内林木采伐许可"}]);
    let it = rebased(&json!([{"id": "1", "name": "林木采伐许可证核发（市级）"}]), &old, &new);
    assert_eq!(column(&it, "name"), ["林木采伐许可（市级）"]);
    assert!(it.merged.resolved().is_empty());
}

#[test]
fn what_is_cancelled_goes_unless_a_local_regulation_stands_behind_it() {
    let old = json!([{"id": "1", "name": "甲许可", "basis": [{"text": "《中华人民共和国森林法》第五十六条"}]}, {"id": "2", "name": "乙许可"}]);
    let lower = |basis: &str| json!([{"id": "1", "name": "甲许可", "basis": [{"text": "《中华人民共和国森林法》第五十六条"}, {"text": basis}]}, {"id": "2", "name": "乙许可"}]);
    let new = json!([{"id": "2", "name": "乙许可"}]);
    let it = rebased(&lower("《中华人民共和国种子法》第三条"), &old, &new);
    assert_eq!(column(&it, "id"), ["2"]);
    assert_eq!(told(&it), [(AdjustmentKind::Removed, "甲许可".to_owned(), vec![AdjustmentKind::Removed])]);
    let it = rebased(&lower("《海东市林业管理条例》第三条"), &old, &new);
    assert_eq!(column(&it, "id"), ["1", "2"]);
    assert_eq!(pending(&it), [("1", "", vec!["remove", "keep"])]);
}

#[test]
fn what_is_new_comes_behind_its_neighbour_with_the_body_that_the_others_show() {
    let bodies = |name: &str| json!([{"name": name}]);
    let row = |id: &str, name: &str, body: &str| json!({"id": id, "name": name, "authorities": bodies(body)});
    let old = json!([
        row("1", "甲许可", "省林草局"),
        row("2", "乙许可", "省林草局"),
        row("3", "丙许可", "省水利厅")
    ]);
    let mut new = old.clone();
    new.as_array_mut().unwrap().insert(1, row("4", "丁许可", "省林草局"));
    new.as_array_mut().unwrap().push(row("5", "戊许可", "省档案局"));
    let lower = json!([
        row("3", "丙许可", "区农业农村局"),
        row("1", "甲许可", "区自然资源局"),
        row("9", "本区自有", "区城管局"),
        row("2", "乙许可", "区自然资源局")
    ]);
    let it = rebased(&lower, &old, &new);
    assert_eq!(column(&it, "id"), ["3", "5", "1", "4", "9", "2"]);
    assert_eq!(column(&it, "authorities")[3], "区自然资源局");
    let [(item, field, _)] = pending(&it)[..] else { panic!("{:?}", pending(&it)) };
    assert_eq!((item, field), ("5", "authorities"));
    assert!(
        told(&it)
            .iter()
            .all(|(kind, _, follows)| *kind == AdjustmentKind::Added && *follows == [AdjustmentKind::Added])
    );
}

#[test]
fn what_another_level_has_does_not_come_and_what_comes_down_does() {
    let row = |id: &str, levels: &[&str]| json!({"id": id, "name": format!("{id}许可"), "levels": levels});
    let old =
        json!([row("1", &["county"]), row("2", &["city"]), row("3", &["county"]), row("6", &["county"])]);
    let new = json!([
        row("1", &["county"]),
        row("2", &["county"]),
        row("3", &["city"]),
        row("4", &["city"]),
        row("5", &["city", "county"]),
        row("6", &["county"])
    ]);
    let lower = json!([row("1", &["county"]), row("3", &["county"]), row("6", &["county"])]);
    let it = rebased(&lower, &old, &new);
    assert_eq!(column(&it, "id"), ["1", "2", "5", "6"]);
    assert_eq!(column(&it, "levels")[2], "县级");
}

#[test]
fn two_that_became_one_above_become_one_below_and_what_they_say_otherwise_is_a_persons() {
    let old = json!([{"id": "1", "name": "甲类设备使用登记"}, {"id": "2", "name": "乙类设备使用登记"}, {"id": "3", "name": "取水许可"}]);
    let new = json!([{"id": "7", "name": "设备使用登记"}, {"id": "3", "name": "取水许可"}]);
    let lower = json!([
        {"id": "1", "name": "甲类设备使用登记", "remarks": "一号窗口"}, {"id": "2", "name": "乙类设备使用登记", "remarks": "二号窗口"},
        {"id": "3", "name": "取水许可"}]);
    let mut options = Options::default();
    options.decisions = vec![qingdan::matching::Decision::new("1;2", "7", qingdan::codes::Verdict::Same)];
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(it.problems, []);
    assert_eq!(column(&it, "name"), ["设备使用登记", "取水许可"]);
    assert_eq!(pending(&it), [("7", "remarks", vec!["一号窗口", "二号窗口"])]);
    assert_eq!(
        told(&it),
        [(AdjustmentKind::Merged, "设备使用登记".to_owned(), vec![AdjustmentKind::Merged])]
    );
    // What is pending of it is decided by a row as well.
    let mut row = it.pending[0].to_decide();
    row.choice = Some(Pick::Value);
    row.value = "一号、二号窗口".into();
    options.resolutions = vec![row];
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!((column(&it, "remarks")[0].as_str(), it.pending.len()), ("一号、二号窗口", 0));
}

#[test]
fn one_that_became_two_above_becomes_two_below_with_the_local_body() {
    let old = json!([{"id": "1", "name": "设备使用登记", "authorities": [{"name": "省市场监管局"}]}]);
    let new = json!([
        {"id": "1", "name": "甲类设备使用登记", "authorities": [{"name": "省市场监管局"}]},
        {"id": "2", "name": "乙类设备使用登记", "authorities": [{"name": "省市场监管局"}]}]);
    let lower = json!([{"id": "1", "name": "设备使用登记", "authorities": [{"name": "区市场监管局"}], "remarks": "区政务大厅"}]);
    let mut options = Options::default();
    options.decisions = vec![qingdan::matching::Decision::new("1", "1;2", qingdan::codes::Verdict::Same)];
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(column(&it, "name"), ["甲类设备使用登记", "乙类设备使用登记"]);
    assert_eq!(column(&it, "authorities"), ["区市场监管局", "区市场监管局"]);
    assert_eq!(column(&it, "remarks"), ["区政务大厅", "区政务大厅"]);
    assert_eq!(
        told(&it),
        [(AdjustmentKind::Split, "甲类设备使用登记".to_owned(), vec![AdjustmentKind::Split])]
    );
}

#[test]
fn one_below_that_stands_for_several_above_goes_only_with_all_of_them() {
    let old = json!([{"id": "A1", "name": "甲许可（新办）"}, {"id": "A2", "name": "甲许可（变更）"}, {"id": "B", "name": "乙许可"}]);
    let lower = json!([{"id": "1", "name": "甲许可"}, {"id": "2", "name": "乙许可"}]);
    let mut options = Options::default();
    options.decisions = vec![
        qingdan::matching::Decision::new("A1;A2", "1", qingdan::codes::Verdict::Same),
        qingdan::matching::Decision::new("B", "2", qingdan::codes::Verdict::Same),
    ];
    let of = |new: Json| Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    let it = of(json!([{"id": "A2", "name": "甲许可（变更）"}, {"id": "B", "name": "乙许可"}]));
    assert_eq!(column(&it, "id"), ["1", "2"]);
    assert_eq!(pending(&it), [("1", "", vec!["keep", "remove"])]);
    assert_eq!(column(&of(json!([{"id": "B", "name": "乙许可"}])), "id"), ["2"]);
}

#[test]
fn what_the_lower_list_had_already_is_not_added_a_second_time() {
    let old = json!([{"id": "1", "name": "甲许可"}]);
    let new = json!([{"id": "1", "name": "甲许可"}, {"id": "2", "name": "延期向社会开放档案审批"}]);
    let lower = json!([{"id": "1", "name": "甲许可"}, {"id": "L2", "name": "延期向社会开放档案审批", "remarks": "先行"}]);
    let it = rebased(&lower, &old, &new);
    assert_eq!(column(&it, "id"), ["1", "L2"]);
    assert_eq!(column(&it, "remarks"), ["", "先行"]);
}

#[test]
fn a_new_spelling_above_is_taken_and_never_clashes() {
    let old = json!([{"id": "1", "name": "甲许可（一）", "remarks": "见附件。"}]);
    let new = json!([{"id": "1", "name": "甲许可(一)", "remarks": "见附件"}]);
    let it = rebased(&old, &old, &new);
    assert_eq!(
        (column(&it, "name"), column(&it, "remarks")),
        (vec!["甲许可(一)".to_owned()], vec!["见附件".to_owned()])
    );
    assert!(it.merged.conflicts().is_empty() && it.merged.resolved().is_empty());
}

#[test]
fn what_is_pending_is_decided_by_a_row_as_clashes_are() {
    let row = |id: &str, body: &str| json!({"id": id, "name": format!("{id}许可"), "department": [body]});
    let old = json!([row("1", "省人防办"), row("2", "省林草局")]);
    let new = json!([row("1", "省国动办"), row("2", "省林草局")]);
    let lower = json!([row("1", "市人防办"), row("2", "市林草局")]);
    let it = rebased(&lower, &old, &new);
    assert_eq!(pending(&it), [("1", "department", vec!["市国动办", "市人防办"])]);
    for (pick, value, department) in [
        (Pick::Theirs, "", "市国动办"),
        (Pick::Ours, "", "市人防办"),
        (Pick::Value, "市国防动员办公室", "市国防动员办公室"),
    ] {
        let mut decided = it.pending[0].to_decide();
        decided.choice = Some(pick);
        decided.value = value.into();
        let mut options = Options::default();
        options.resolutions = vec![decided, Resolution::new("9", "name", Pick::Ours)];
        let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
        assert!(pending(&it).is_empty());
        assert_eq!(column(&it, "department")[0], department);
        // Of the other row nobody had asked.
        assert_eq!(it.unresolved.iter().map(|p| &*p.rule).collect::<Vec<_>>(), ["resolutions/unused"]);
    }
}

#[test]
fn what_did_not_change_above_changes_nothing_and_a_list_that_follows_already_stays() {
    let row = |id: &str, name: &str| json!({"id": id, "name": name});
    let old = json!([
        row("A1", "生活垃圾清扫服务许可"),
        row("A2", "生活垃圾收集服务许可"),
        row("B", "货物运输经营许可")
    ]);
    let lower = json!([row("1", "生活垃圾清扫、收集服务许可"), row("B", "货物运输经营许可")]);
    let mut options = Options::default();
    options.decisions = vec![qingdan::matching::Decision::new("A1;A2", "1", qingdan::codes::Verdict::Same)];
    let it = Rebased::of(&list(&lower), &list(&old), &list(&old), &options).unwrap();
    assert_eq!((column(&it, "id"), told(&it).len()), (vec!["1".to_owned(), "B".to_owned()], 0));
    // What one of two upper items says now is not all that ours says.
    let mut new = old.clone();
    new[0]["remarks"] = "甲".into();
    new[0]["name"] = "生活垃圾清扫许可".into();
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(column(&it, "name")[0], "生活垃圾清扫、收集服务许可");
    assert!(pending(&it).iter().any(|(item, field, _)| (*item, *field) == ("1", "name")));
    // A split that our list has made already is not made a second time.
    let new = json!([
        row("A1", "生活垃圾清扫服务许可"),
        row("A2", "生活垃圾收集服务许可"),
        row("B1", "普通货物运输经营许可"),
        row("B2", "危险货物运输经营许可")
    ]);
    let mut options = Options::default();
    options.decisions = vec![qingdan::matching::Decision::new("B", "B1;B2", qingdan::codes::Verdict::Same)];
    let it = Rebased::of(&list(&new), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(column(&it, "id"), ["A1", "A2", "B1", "B2"]);
    assert_eq!(column(&it, "name")[2..], ["普通货物运输经营许可", "危险货物运输经营许可"]);
}

#[test]
fn rows_of_one_upper_item_keep_their_brackets_and_answers_that_contradict_are_errors() {
    let row = |id: &str, name: &str| json!({"id": id, "name": name, "department": ["市卫健委"]});
    let old = json!([{"id": "U", "name": "医疗机构设置审批", "department": ["省卫健委"]}]);
    let new = json!([{"id": "U", "name": "医疗机构设置批准", "department": ["省疾控局"]}]);
    let lower = json!([row("1", "医疗机构设置审批（公立）"), row("2", "医疗机构设置审批（民营）")]);
    let mut options = Options::default();
    options.decisions = vec![qingdan::matching::Decision::new("U", "1;2", qingdan::codes::Verdict::Same)];
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(column(&it, "name"), ["医疗机构设置批准（公立）", "医疗机构设置批准（民营）"]);
    let answer = |value: &str| {
        let mut row = Resolution::new("1", "department", Pick::Value);
        row.value = value.into();
        row
    };
    options.resolutions = vec![answer("市疾控局"), answer("市卫健委")];
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(it.unresolved.iter().map(|p| &*p.rule).collect::<Vec<_>>(), ["resolutions/contradiction"]);
    // A row that nobody filled in decides nothing.
    options.resolutions = vec![answer("")];
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(column(&it, "department")[0], "市卫健委");
    assert!(pending(&it).iter().any(|(item, field, _)| (*item, *field) == ("1", "department")));
    options.resolutions = vec![answer("市疾控局")];
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(column(&it, "department")[0], "市疾控局");
    assert_eq!(it.merged.resolved().iter().filter(|row| row.field == "department").count(), 1);
}

#[test]
fn a_general_list_takes_what_either_of_its_levels_has_and_nothing_above() {
    let row =
        |id: &str, levels: &[&str]| json!({"id": id, "name": format!("{id}号设备登记"), "levels": levels});
    let body = |id: &str, name: &str| json!({"id": id, "name": format!("{id}号设备登记"), "authorities": [{"name": name}]});
    let old = json!([row("1", &["city"]), row("2", &["county"]), row("3", &["city", "county"])]);
    let mut new = old.clone();
    for more in [
        row("4", &["county"]),
        row("5", &["province"]),
        row("6", &["national"]),
        body("7", "省林草局"),
        body("8", "县级林草部门"),
    ] {
        new.as_array_mut().unwrap().push(more);
    }
    assert_eq!(column(&rebased(&old, &old, &new), "id"), ["1", "2", "3", "4", "8"]);
}

#[test]
fn two_items_that_a_person_parted_do_not_correspond() {
    use qingdan::codes::Verdict;
    use qingdan::correspondence::Correspondence;
    use qingdan::matching::{self, Decision};
    let upper = list(&json!([{"id": "U", "name": "取水许可"}]));
    let lower =
        list(&json!([{"id": "1", "name": "取水许可（市级）"}, {"id": "2", "name": "取水许可（县级）"}]));
    let find = |decisions: &[Decision]| {
        Correspondence::find(&upper, &lower, &matching::Options::default(), decisions).0
    };
    assert_eq!(find(&[]).lowers_of(0), [0, 1]);
    assert_eq!(find(&[Decision::new("U", "2", Verdict::Different)]).lowers_of(0), [0]);
}

#[test]
fn the_row_above_that_an_item_refers_to_goes_before_its_id() {
    let name = |id: &str| format!("{id}类机动车维修经营备案");
    let upper = |ids: &[(&str, &str)]| {
        let row = |(serial, id): &(&str, &str)| json!({"id": id, "serial": serial, "name": name(id)});
        of_kind("filing", &ids.iter().map(row).collect())
    };
    let refers = json!([{"level": "province", "text": "2"}]);
    let lower = of_kind("filing", &json!([{"id": "a", "name": name("a"), "upper_refs": refers}]));
    let old = upper(&[("1", "a"), ("2", "b")]);
    let follow = |new| column(&Rebased::of(&lower, &old, &new, &Options::default()).unwrap(), "id");
    assert_eq!(follow(upper(&[("2", "b")])), ["a"], "a goes above, ours stands on row 2");
    assert_eq!(follow(upper(&[("1", "a")])), [""; 0], "row 2 goes above, and ours with it");
}

#[test]
fn lists_of_different_kinds_are_refused() {
    let one = json!([{"id": "1", "name": "甲"}]);
    assert!(
        Rebased::of(&list(&one), &of_kind("filing", &one), &of_kind("filing", &one), &Options::default())
            .is_err()
    );
}

/// A list whose items say nothing of levels or of rows above (a list that is its own upper list refers to no row but its
/// own), and have ids of their own.
fn plain<T: Item>(list: Catalogue<T>) -> AnyCatalogue
where
    AnyCatalogue: From<Catalogue<T>>,
{
    let mut bytes = Vec::new();
    let list = AnyCatalogue::from(list);
    list.write_json(&mut bytes).unwrap();
    let mut json: Json = serde_json::from_slice(&bytes).unwrap();
    let items = json["items"].as_array_mut().unwrap();
    let mut ids = std::collections::HashSet::new();
    items.retain(|item| ids.insert(item["id"].clone()));
    for item in items.iter_mut().filter_map(Json::as_object_mut) {
        for field in ["levels", "authorities", "bodies_by_level", "upper_refs", "derived", "occurrence"] {
            item.remove(field);
        }
    }
    of_kind(list.kind().as_str(), &json["items"])
}

/// A lower list that is the upper one becomes the new upper one; one whose upper list did not change stays.
pub(crate) fn laws<T: Item>() -> impl Fn(&Catalogue<T>, &Catalogue<T>)
where
    AnyCatalogue: From<Catalogue<T>>,
{
    |old, new| {
        let (old, new) = (plain(old.clone()), plain(new.clone()));
        let items = |list: &AnyCatalogue| -> Vec<String> {
            list.items().iter().map(|item| format!("{} {}", item.key(), all_fields(*item))).collect()
        };
        let untouched = Rebased::of(&old, &old, &new, &Options::default()).unwrap();
        assert_eq!(items(untouched.merged.list()), items(&new));
        let unmoved = Rebased::of(&old, &new, &new, &Options::default()).unwrap();
        assert!(unmoved.adjustments().unwrap().is_empty());
        assert_eq!(unmoved.merged.list(), &old);
        assert!(unmoved.pending.is_empty(), "{:?}", unmoved.pending);
    }
}

fn all_fields(item: &dyn qingdan::AnyItem) -> String {
    let fields = item.fields().iter().enumerate();
    fields
        .filter_map(|(at, field)| Some(format!("{}={}", field.name, item.value(at)?.json())))
        .collect::<Vec<_>>()
        .join("; ")
}

macro_rules! kinds {
    ($($name:ident: $item:ty;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(48))]
            $(#[test]
            fn $name(
                items in prop::collection::vec(item_of::<$item>(), 0..6),
                edits in edits::<$item>(item_of::<$item>()),
            ) {
                let mut list = Catalogue::<$item>::default();
                for item in items {
                    let _ = list.items.push(item);
                }
                let (after, _) = edited(&list.items, &edits);
                laws::<$item>()(&list, &Catalogue::new(list.header.clone(), after));
            })*
        }
    };
}

kinds! {
    a_licensing_list_that_is_untouched_follows: qingdan::LicensingItem;
    a_filing_list_that_is_untouched_follows: qingdan::item::FilingItem;
    a_list_of_powers_that_is_untouched_follows: qingdan::item::PowerItem;
    a_list_of_ones_own_kind_that_is_untouched_follows: qingdan::item::CustomItem;
}

#[test]
fn a_reform_of_bodies_that_the_register_of_names_tells_needs_nobody() {
    let row = |id: u32, body: &str| json!({"id": id.to_string(), "name": format!("许可{id}号"), "department": [body]});
    let all = |body: &str| Json::Array((1..=6).map(|id| row(id, body)).collect());
    let (old, new, lower) = (all("省工商局"), all("省市场监管局"), all("市工商局"));
    let it = rebased(&lower, &old, &new);
    assert_eq!(pending(&it).len(), 6, "nobody says what the body is called here");
    let mut report = Vec::new();
    qingdan::report::rebase_text(&it, &qingdan::report::TextOptions::default(), &mut report).unwrap();
    let report = String::from_utf8(report).unwrap();
    assert!(report.contains("6 items: 1 许可1号"), "one question, asked once: {report}");
    let mut options = Options::default();
    let registered = |name: &str, today: &str| Aliases::new([Alias::new(AliasKind::Organ, name, today)]);
    options.aliases = registered("市工商局", "市市场监管局");
    options.day = "2024-06-01".parse().ok();
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(pending(&it), []);
    assert!(
        column(&it, "department").iter().all(|body| body == "市市场监管局"),
        "{:?}",
        column(&it, "department")
    );
    // What is registered of another body says nothing of this reform.
    let lower = all("市林业局");
    options.aliases = registered("市林业局", "市林草局");
    let it = Rebased::of(&list(&lower), &list(&old), &list(&new), &options).unwrap();
    assert_eq!(pending(&it).len(), 6);
}

#[test]
fn a_promise_that_the_law_does_not_allow_any_more_is_for_a_person() {
    let limit = |days: u32| json!({"amount": days, "unit": "working-day", "text": format!("{days}个工作日")});
    let one = |legal: u32, promised: u32| json!([{"id": "1", "name": "甲许可", "statutory_limit": limit(legal), "promised_limit": limit(promised)}]);
    let it = rebased(&one(20, 15), &one(20, 20), &one(10, 20));
    assert_eq!(pending(&it), [("1", "promised_limit", vec!["10个工作日"])]);
    // The promise above is shorter as well, and is taken; or ours fits still.
    assert_eq!(pending(&rebased(&one(20, 15), &one(20, 20), &one(10, 8))), []);
    assert_eq!(pending(&rebased(&one(20, 7), &one(20, 20), &one(10, 20))), []);
}

#[test]
fn materials_that_both_lists_cut_otherwise_are_not_joined() {
    let one = |names: &[&str]| {
        let materials: Vec<Json> = names.iter().map(|name| json!({"name": name})).collect();
        json!([{"id": "1", "name": "甲许可", "materials": materials}])
    };
    let lower = one(&["申请书和身份证明"]);
    let [lower, old, new] = [lower, one(&["申请书", "身份证明"]), one(&["申请书", "身份证明", "承诺书"])]
        .map(|items| of_kind("service", &items));
    let it = Rebased::of(&lower, &old, &new, &Options::default()).unwrap();
    assert_eq!(column(&it, "materials"), ["申请书和身份证明"]);
    let rows = pending(&it);
    assert_eq!((rows.len(), rows[0].1), (1, "materials"), "{rows:?}");
}

#[test]
fn references_to_rows_of_the_upper_list_are_numbered_anew() {
    let upper = |names: &[&str]| {
        let rows = names.iter().enumerate();
        Json::Array(
            rows.map(|(at, name)| json!({"id": name, "name": name, "serial": (at + 1).to_string()}))
                .collect(),
        )
    };
    let lower = json!([
        {"id": "x", "name": "乙许可", "upper_refs": [{"text": "2"}]},
        {"id": "y", "name": "丙许可", "upper_refs": [{"text": "3", "relation": "part"}]},
    ]);
    let it =
        rebased(&lower, &upper(&["甲许可", "乙许可", "丙许可"]), &upper(&["乙许可", "丁许可", "丙许可"]));
    let refs = column(&it, "upper_refs");
    assert_eq!(
        refs.iter().filter(|text| !text.is_empty()).collect::<Vec<_>>(),
        ["1", "3（部分）"],
        "{refs:?}"
    );
}

#[test]
fn what_was_merged_or_split_above_is_so_below_though_one_of_the_two_keeps_its_code() {
    let row = |id: &str, name: &str, act: &str| json!({"id": id, "name": name, "basis": [{"text": act}], "department": ["林草局"]});
    let seeds = "《中华人民共和国种子法》第三十一条";
    let felling = row("000164103000", "林木采伐许可", "《中华人民共和国森林法》第五十六条");
    let two = json!([
        row("000164101000", "林木种子生产许可证核发", seeds),
        row("000164102000", "林木种子经营许可证核发", seeds),
        felling
    ]);
    let one = json!([row("000164101000", "林木种子生产经营许可证核发", seeds), felling]);
    let without_codes = json!([
        {"id": "a", "name": "林木种子生产许可证核发"},
        {"id": "b", "name": "林木种子经营许可证核发"},
        {"id": "c", "name": "林木采伐许可"},
    ]);
    for lower in [&two, &without_codes] {
        let it = rebased(lower, &two, &one);
        let merged = "林木种子生产经营许可证核发".to_owned();
        assert_eq!(told(&it), [(AdjustmentKind::Merged, merged, vec![AdjustmentKind::Merged])]);
        assert_eq!(pending(&it).len(), 1, "a person confirms it");
        assert_eq!(column(&it, "name"), ["林木种子生产经营许可证核发", "林木采伐许可"]);
    }
    let own = row("L1", "林木种苗交易市场开办许可", "《某市林业条例》第一条");
    let lower = json!([one[0], own, felling]);
    let it = rebased(&lower, &one, &two);
    let split = "林木种子生产许可证核发".to_owned();
    assert_eq!(told(&it), [(AdjustmentKind::Split, split, vec![AdjustmentKind::Split])]);
    let parts = ["林木种子生产许可证核发", "林木种子经营许可证核发"];
    assert_eq!(column(&it, "name"), [parts[0], parts[1], "林木种苗交易市场开办许可", "林木采伐许可"]);
    // A name that says something else as well, or that stands on another act, has gone nowhere.
    for (name, act) in [("草种经营许可证核发", seeds), ("林木种子经营许可证核发", "《城市绿化条例》第九条")]
    {
        let old = json!([two[0], row("000164102000", name, act), felling]);
        let it = rebased(&old, &old, &one);
        assert!(told(&it).iter().all(|(kind, ..)| *kind != AdjustmentKind::Merged), "{name}");
    }
}

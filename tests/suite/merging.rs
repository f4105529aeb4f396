//! Merged lists of every kind: clashes decided in part, wholly, by people and by policies, stored in between.

use qingdan::codes::Pick;
use qingdan::matching::{self, Decision};
use qingdan::merge::{ClashRow, Identity, MergedCatalogue, MergedPortfolio, Policy, Resolution, Take};
use qingdan::problem::Problem;
use qingdan::term::Material;
use qingdan::value::{Choice, ClashKind, merge, merge_as};
use qingdan::{
    AnyCatalogue, Catalogue, Entry, Header, LicensingItem, List, Pairs, Portfolio, SharedList, document,
};
use std::collections::BTreeSet;

const SIDES: [(Choice, Pick); 3] =
    [(Choice::Base, Pick::Base), (Choice::Ours, Pick::Ours), (Choice::Theirs, Pick::Theirs)];

fn stored(merged: &MergedCatalogue) -> MergedCatalogue {
    let mut bytes = Vec::new();
    merged.write_json(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(MergedCatalogue::is_stored(text.as_bytes()));
    let reading = MergedCatalogue::read_json(&text);
    assert_eq!(reading.problems, [], "{text}");
    let read = reading.value.unwrap();
    assert_eq!(&read, merged);
    let mut again = Vec::new();
    read.write_json(&mut again).unwrap();
    assert_eq!(again, text.as_bytes(), "equal merges are equal bytes");
    // As a catalogue it is read with a warning.
    let plain = AnyCatalogue::read_json(std::io::Cursor::new(&text), &document::Options::default()).unwrap();
    assert_eq!(plain.problems.iter().map(|p| &*p.rule).collect::<Vec<_>>(), ["json/clashes-left"]);
    assert_eq!(plain.value.as_ref(), Some(read.list()));
    read
}

fn choose(row: &ClashRow, pick: &Pick) -> Resolution {
    let mut resolution = Resolution::to_decide(row);
    resolution.choice = Some(pick.clone());
    resolution.who = "王".into();
    resolution
}

fn value(list: &AnyCatalogue, item: &str, field: &str) -> Option<serde_json::Value> {
    let items = list.items();
    let item = items.iter().find(|i| i.key() == item)?;
    match item.shown(field) {
        Some(shown) => Some(shown.json()),
        None => item.extra()?.get(field).map(|text| text.as_str().into()),
    }
}

fn keys(list: &AnyCatalogue) -> Vec<String> {
    let mut keys: Vec<String> = list.items().iter().map(|item| item.key().into_owned()).collect();
    keys.sort();
    keys
}

/// What holds of every merge of three lists of one kind.
pub(crate) fn laws([base, ours, theirs]: &[AnyCatalogue; 3], [po, pt]: [&Pairs; 2]) {
    let identity = Identity::new(po.clone(), pt.clone());
    // Pairs of generated items are those of a list of items.
    let inside = |pairs: &Pairs| {
        let mut all = Pairs::none();
        *all.at("items") = pairs.clone();
        all
    };
    let identity = Identity::new(inside(&identity.ours), inside(&identity.theirs));
    let merged = MergedCatalogue::of(base, ours, theirs, &identity);
    let plain = merge_as(base, (ours, &identity.ours), (theirs, &identity.theirs));
    assert_eq!(merged.list(), &plain.value);
    assert_eq!(merged.conflicts().is_empty(), plain.clash.is_none());
    let summary = merged.summary();
    assert_eq!((summary.items, summary.conflicts), (plain.value.len(), merged.conflicts().len()));
    stored(&merged);
    nothing_is_lost(base, [ours, theirs], &merged);
    // Nothing is decided by nothing.
    let (same, problems) = merged.resolve(&[]);
    assert_eq!((&same, problems), (&merged, Vec::new()));
    for (choice, pick) in SIDES {
        let all = merged.follow(&[Policy::new(Take::Side(choice))]);
        let told = all.conflicts().len() + all.resolved().len();
        assert_eq!(
            told,
            merged.conflicts().len(),
            "{choice:?} {:#?} {:#?} {:#?} {base:?} {ours:?} {theirs:?} {po:?} {pt:?}",
            merged.conflicts(),
            all.conflicts(),
            all.resolved()
        );
        if all.conflicts().is_empty() {
            assert_eq!(all.list(), &plain.settled(choice), "{choice:?} of every clash is that side's");
        }
        let rows: Vec<Resolution> = merged.conflicts().iter().map(|row| choose(row, &pick)).collect();
        let (by_people, _) = merged.resolve(&rows);
        assert_eq!(by_people.list(), all.list(), "people and policies decide alike");
        // One after the other, stored in between: the same items, each as decided.
        let mut one = merged.clone();
        for _ in 0..merged.conflicts().len() {
            let Some(row) = one.conflicts().first().cloned() else { break };
            let before = one.conflicts().len();
            let (next, problems) = one.resolve(&[choose(&row, &pick)]);
            let same_place = one.conflicts().iter().filter(|other| other.place() == row.place()).count();
            if problems.iter().any(Problem::is_error) {
                // Two clashes may stand at one place (an item, and another one that came under its id): the row is about both,
                // and the other one may be decided by it.
                let stay = next.conflicts().len();
                assert!(stay <= before && stay + same_place > before, "what is refused stays");
                break;
            }
            assert!(next.conflicts().len() + same_place <= before, "{row:?}\n{next:#?}");
            // What the key is made of: under another one the item is not found by the row.
            let of_key = |field: &str| matches!(field, "id" | "occurrence");
            if row.kind == ClashKind::EditEdit && !row.field.is_empty() && !of_key(&row.field) {
                let wanted = [&row.base, &row.ours, &row.theirs][choice as usize];
                if !row.item.is_empty()
                    && !one.conflicts().iter().any(|r| r.item == row.item && of_key(&r.field))
                {
                    assert_eq!(&value(next.list(), &row.item, &row.field), wanted, "{row:?}");
                }
            }
            one = stored(&next);
        }
        if one.conflicts().is_empty() && all.conflicts().is_empty() {
            assert_eq!(keys(one.list()), keys(all.list()));
        }
    }
}

/// Every text, number and mark in a document.
fn leaves(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Array(all) => all.iter().for_each(|one| leaves(one, found)),
        serde_json::Value::Object(all) => all.values().for_each(|one| leaves(one, found)),
        serde_json::Value::String(text) => _ = found.insert(text.clone()),
        other => _ = found.insert(other.to_string()),
    }
}

/// What a side says that the base does not is in the list, in a clash, or, where only its spelling differs, in a note.
fn nothing_is_lost(base: &AnyCatalogue, sides: [&AnyCatalogue; 2], merged: &MergedCatalogue) {
    let said = |list: &AnyCatalogue| {
        let mut bytes = Vec::new();
        list.write_json(&mut bytes).unwrap();
        let mut found = BTreeSet::new();
        leaves(&serde_json::from_slice(&bytes).unwrap(), &mut found);
        found
    };
    let (before, mut kept) = (said(base), said(merged.list()));
    for row in merged.conflicts() {
        [&row.base, &row.ours, &row.theirs].into_iter().flatten().for_each(|value| leaves(value, &mut kept));
    }
    // A note tells a field as a cell has it, or a whole item as JSON, in which lines and quotes are written otherwise.
    let noted = |leaf: &str| {
        let told = serde_json::Value::from(leaf).to_string();
        let within = |given: &str| given.contains(leaf) || given.contains(told.trim_matches('"'));
        merged.notes().iter().any(|note| within(&note.given_up))
    };
    for side in sides {
        for leaf in said(side).difference(&before) {
            assert!(kept.contains(leaf) || noted(leaf), "{leaf} is lost: {merged:#?}");
        }
    }
}

/// A choice, with a value behind a colon, and the list that comes out.
type Choices = &'static [(&'static str, &'static str)];

/// What each choice makes of each clash of one item, worked out by hand. An item is `id name remarks`; `·`: none.
///
/// A side's choice is that side's state: its field, its item, or that it has none. `base` undoes both. `both` keeps ours
/// where it is and gives theirs the new id; where one side has no item there is nothing to keep beside.
const TABLE: &[(&str, &str, &str, Choices)] = &[
    // Both named it anew: one field, the rest of the item is joined.
    (
        "1 甲 a",
        "1 乙 a",
        "1 丙 b",
        &[("ours", "1 乙 b"), ("theirs", "1 丙 b"), ("base", "1 甲 b"), ("value:丁", "1 丁 b")],
    ),
    // One named it, the other took it out.
    ("1 甲 a", "1 乙 a", "·", &[("ours", "1 乙 a"), ("theirs", "·"), ("base", "1 甲 a")]),
    ("1 甲 a", "·", "1 甲 b", &[("ours", "·"), ("theirs", "1 甲 b"), ("base", "1 甲 a")]),
    // Both added an item under one id: in base there is none.
    (
        "·",
        "1 乙 a",
        "1 丙 b",
        &[("ours", "1 乙 a"), ("theirs", "1 丙 b"), ("base", "·"), ("both:2", "1 乙 a, 2 丙 b")],
    ),
    // What both added alike, in normal form too, or one side alone changed, is no clash: there is nothing to choose.
    ("·", "1 乙 a", "1 乙 a", &[("", "1 乙 a")]),
    ("1 甲 a", "1 甲 b", "1 乙 a", &[("", "1 乙 b")]),
    ("1 甲 a", "1 甲 b", "1 甲 b", &[("", "1 甲 b")]),
    ("1 甲 a", "·", "1 甲 a", &[("", "·")]),
    ("1 甲 a", "·", "·", &[("", "·")]),
    ("1 （甲） a", "1 (甲) a", "1 (甲)。 a", &[("", "1 (甲) a")]),
];

#[test]
fn each_choice_makes_of_each_clash_what_the_table_says() {
    let read = |text: &str| -> AnyCatalogue {
        let items = text.split(", ").filter(|item| *item != "·").map(|text| {
            let mut parts = text.split(' ');
            let mut next = || parts.next().unwrap_or_default();
            let mut item = item(next(), next());
            item.remarks = next().into();
            item
        });
        licensing(items.collect())
    };
    let shown = |list: &AnyCatalogue| {
        let items = list.items();
        let text =
            |item: &&dyn qingdan::AnyItem| format!("{} {} {}", item.id(), item.name(), item.text("remarks"));
        if items.is_empty() { "·".to_owned() } else { items.iter().map(text).collect::<Vec<_>>().join(", ") }
    };
    for (base, ours, theirs, choices) in TABLE {
        for (choice, expected) in *choices {
            for swapped in [false, true] {
                let (ours, theirs, choice) = match (swapped, *choice) {
                    (false, choice) => (ours, theirs, choice),
                    (true, "ours") => (theirs, ours, "theirs"),
                    (true, "theirs") => (theirs, ours, "ours"),
                    // Of both the first side keeps the id.
                    (true, choice) if choice.starts_with("both") => continue,
                    (true, choice) => (theirs, ours, choice),
                };
                let merged = join(&read(base), &read(ours), &read(theirs));
                let (word, value) = choice.split_once(':').unwrap_or((choice, ""));
                let rows: Vec<Resolution> = merged
                    .conflicts()
                    .iter()
                    .map(|row| {
                        let mut row = choose(row, &word.parse().unwrap());
                        row.value = value.into();
                        row
                    })
                    .collect();
                assert_eq!(rows.is_empty(), word.is_empty(), "{base} | {ours} | {theirs}");
                let (settled, problems) = merged.resolve(&rows);
                assert_eq!(problems, [], "{base} | {ours} | {theirs}: {choice}");
                let list = settled.finish().unwrap();
                assert_eq!(shown(&list), *expected, "{base} | {ours} | {theirs}: {choice}");
            }
        }
    }
}

fn licensing(items: Vec<LicensingItem>) -> AnyCatalogue {
    Catalogue::new(Header::default(), SharedList::of(items).unwrap()).into()
}

fn item(id: &str, name: &str) -> LicensingItem {
    LicensingItem::new(id, name)
}

fn join(base: &AnyCatalogue, ours: &AnyCatalogue, theirs: &AnyCatalogue) -> MergedCatalogue {
    MergedCatalogue::of(base, ours, theirs, &Identity::default())
}

fn decide(merged: &MergedCatalogue, item: &str, field: &str, pick: Pick, value: &str) -> MergedCatalogue {
    let mut row = Resolution::new(item, field, pick);
    row.value = value.into();
    if item.is_empty() {
        row.kind = "order".into();
    }
    let (merged, problems) = merged.resolve(&[row]);
    assert_eq!(problems, []);
    merged
}

fn names(list: &AnyCatalogue) -> Vec<String> {
    list.items().iter().map(|item| format!("{} {}", item.key(), item.name())).collect()
}

#[test]
fn a_value_of_its_own_is_read_as_a_cell_or_as_an_item() {
    let base = licensing(vec![item("1", "甲")]);
    let merged = join(&base, &licensing(vec![item("1", "乙")]), &licensing(vec![item("1", "丙")]));
    let settled = decide(&merged, "1", "name", Pick::Value, "丁");
    assert_eq!(settled.resolved()[0].value, Some("丁".into()));
    assert_eq!(names(&settled.finish().unwrap()), ["1 丁"]);
    // An item that one side removed.
    let merged = join(&base, &licensing(vec![]), &licensing(vec![item("1", "乙")]));
    assert_eq!(merged.conflicts()[0].kind, ClashKind::EditRemove);
    let settled = decide(&merged, "1", "", Pick::Value, r#"{"id":"7","name":"戊"}"#);
    assert_eq!(names(&settled.finish().unwrap()), ["7 戊"]);
    assert!(decide(&merged, "1", "", Pick::Ours, "").finish().unwrap().is_empty());
    for wrong in ["戊", "{\"name\":1}", ""] {
        let mut row = Resolution::new("1", "", Pick::Value);
        row.value = wrong.into();
        let (same, problems) = merged.resolve(&[row]);
        assert!(problems[0].is_error(), "{wrong}");
        assert_eq!(same, merged);
    }
}

#[test]
fn of_two_items_added_under_one_id_both_may_stay() {
    let base = licensing(vec![item("1", "甲")]);
    let ours = licensing(vec![item("1", "甲"), item("9", "乙")]);
    let theirs = licensing(vec![item("1", "甲"), item("9", "丙")]);
    let merged = join(&base, &ours, &theirs);
    let both = decide(&merged, "9", "", Pick::Both, "10");
    let mut found = names(&both.finish().unwrap());
    found.sort();
    assert_eq!(found, ["1 甲", "10 丙", "9 乙"]);
    // Not under an id that another item has, nor without one.
    for id in ["1", ""] {
        let mut row = Resolution::new("9", "", Pick::Both);
        row.value = id.into();
        let (same, problems) = merged.resolve(&[row]);
        assert_eq!((problems.len(), problems[0].is_error()), (1, true), "{id}");
        assert_eq!(same, merged);
    }
}

#[test]
fn two_items_that_want_one_id_do_not_both_get_it() {
    let base = licensing(vec![item("1", "甲"), item("2", "乙")]);
    let ours = licensing(vec![item("7", "甲"), item("2", "乙")]);
    let theirs = licensing(vec![item("1", "甲"), item("7", "乙")]);
    let mut identity = Identity::default();
    identity.ours.at("items").link("1", "7").unwrap();
    identity.theirs.at("items").link("2", "7").unwrap();
    let merged = MergedCatalogue::of(&base, &ours, &theirs, &identity);
    assert_eq!(merged.conflicts().iter().map(|row| row.kind).collect::<Vec<_>>(), [ClashKind::SameId; 2]);
    let (same, problems) =
        merged.resolve(&[Resolution::new("1", "", Pick::Ours), Resolution::new("2", "", Pick::Theirs)]);
    assert_eq!(problems.len(), 2);
    assert_eq!(same, merged, "neither is guessed");
    let one = decide(&merged, "1", "", Pick::Ours, "");
    assert_eq!(names(one.list()), ["7 甲", "2 乙"]);
    let (_, problems) = one.resolve(&[Resolution::new("2", "", Pick::Theirs)]);
    assert!(problems[0].is_error());
    let settled = decide(&one, "2", "", Pick::Value, "8");
    assert_eq!(names(&settled.finish().unwrap()), ["7 甲", "8 乙"]);
}

#[test]
fn an_order_is_decided_for_a_side_by_hand_or_for_both() {
    let list = |ids: &str| licensing(ids.chars().map(|id| item(&id.to_string(), "甲")).collect());
    let order = |merged: MergedCatalogue| keys_in_order(&merged.finish().unwrap());
    let merged = join(&list("abcdef"), &list("bacdef"), &list("acbdfe"));
    let row = &merged.conflicts()[0];
    assert_eq!((row.kind, row.item.as_str(), row.field.as_str()), (ClashKind::Order, "", ""));
    assert_eq!(order(decide(&merged, "", "", Pick::Ours, "")), "bacdef");
    assert_eq!(order(decide(&merged, "", "", Pick::Base, ""))[..3], *"abc");
    let by_hand = order(decide(&merged, "", "", Pick::Value, "c;b;a"));
    assert_eq!(by_hand.find('c') < by_hand.find('b'), by_hand.find('b') < by_hand.find('a'));
    let both = order(decide(&merged, "", "", Pick::Both, ""));
    assert_eq!(both.len(), 6);
    let mut row = Resolution::new("", "", Pick::Value);
    row.kind = "order".into();
    row.value = "a;nowhere".into();
    assert!(merged.resolve(&[row]).1[0].is_error());
}

/// Every order of three items and a fourth that both sides may add under one id, the first of which a side may remove
/// while the other edits it: what is decided one by one, entries before the order, is what is decided at once.
#[test]
fn an_order_decided_after_the_items_is_the_order_decided_with_them() {
    let mut sides = Vec::new();
    for ids in ["abc", "acb", "bac", "bca", "cab", "cba", "bc", "cb"] {
        sides.push(ids.to_owned());
        for at in 0..=ids.len() {
            sides.push(format!("{}x{}", &ids[..at], &ids[at..]));
        }
    }
    let list = |ids: &str, edited: &str| {
        let named = |id: char| if matches!(id, 'a' | 'x') { edited } else { "甲" };
        licensing(ids.chars().map(|id| item(&id.to_string(), named(id))).collect())
    };
    let base = list("abc", "甲");
    let (mut contested, mut moved) = (0, 0);
    for ours in &sides {
        for theirs in &sides {
            let merged = join(&base, &list(ours, "乙"), &list(theirs, "丙"));
            let rows = merged.conflicts();
            if !rows.iter().any(|row| row.kind == ClashKind::Order) || rows.len() < 2 {
                continue;
            }
            contested += 1;
            for of_items in [Pick::Base, Pick::Ours, Pick::Theirs] {
                for of_order in [Pick::Base, Pick::Ours, Pick::Theirs, Pick::Both] {
                    let row = |row: &ClashRow| {
                        let order = row.kind == ClashKind::Order;
                        choose(row, if order { &of_order } else { &of_items })
                    };
                    let (orders, items): (Vec<&ClashRow>, Vec<&ClashRow>) =
                        rows.iter().partition(|row| row.kind == ClashKind::Order);
                    let at_once: Vec<Resolution> = rows.iter().map(row).collect();
                    let at_once = merged.resolve(&at_once).0.finish().unwrap();
                    let items: Vec<Resolution> = items.into_iter().map(row).collect();
                    let settled = stored(&merged.resolve(&items).0);
                    // What nothing is left to decide of has no row any more.
                    let orders = if settled.conflicts().is_empty() { Vec::new() } else { orders };
                    let orders: Vec<Resolution> = orders.into_iter().map(row).collect();
                    let in_turn = settled.resolve(&orders).0.finish().unwrap();
                    let place = format!("{ours} {theirs} {of_items:?} {of_order:?}");
                    assert_eq!(keys_in_order(&in_turn), keys_in_order(&at_once), "{place}");
                    moved += usize::from(!keys_in_order(&at_once).starts_with('a'));
                }
            }
        }
    }
    assert!(contested > 20 && moved > 50, "{contested} {moved}");
}

fn keys_in_order(list: &AnyCatalogue) -> String {
    list.items().iter().map(|item| item.key().into_owned()).collect()
}

#[test]
fn what_dangles_gets_another_parent() {
    let child = |parent: &str| {
        let mut child = item("2", "乙");
        child.parent = parent.into();
        child
    };
    let base = licensing(vec![item("1", "甲"), child(""), item("3", "丙")]);
    let merged = join(
        &base,
        &licensing(vec![child(""), item("3", "丙")]),
        &licensing(vec![item("1", "甲"), child("1"), item("3", "丙")]),
    );
    assert_eq!(merged.conflicts()[0].kind, ClashKind::Dangling);
    let settled = decide(&merged, "2", "", Pick::Value, "3").finish().unwrap();
    assert_eq!(settled.items()[0].parent(), "3");
    let none = decide(&merged, "2", "", Pick::Value, "").finish().unwrap();
    assert_eq!(none.items()[0].parent(), "");
}

#[test]
fn rows_that_are_unused_or_contradict_each_other_are_told() {
    let base = licensing(vec![item("1", "甲")]);
    let merged = join(&base, &licensing(vec![item("1", "乙")]), &licensing(vec![item("1", "丙")]));
    let row = |item: &str, field: &str, pick| Resolution::new(item, field, pick);
    let (_, problems) = merged.resolve(&[
        row("1", "name", Pick::Ours),
        row("1", "basis", Pick::Ours),
        row("2", "name", Pick::Base),
    ]);
    assert_eq!(
        problems.iter().map(|p| (&*p.rule, p.is_error())).collect::<Vec<_>>(),
        [("resolutions/unused", false); 2]
    );
    let (same, problems) = merged.resolve(&[row("1", "name", Pick::Ours), row("1", "name", Pick::Theirs)]);
    assert_eq!(
        problems.iter().map(|p| (&*p.rule, p.is_error())).collect::<Vec<_>>(),
        [("resolutions/contradiction", true)]
    );
    assert_eq!(same, merged);
    // The same said twice is said once.
    let (done, problems) = merged.resolve(&[row("1", "name", Pick::Ours), row("1", "name", Pick::Ours)]);
    assert_eq!((problems.len(), done.resolved().len()), (0, 1));
    // Another kind of clash is another clash; what is not filled in decides nothing.
    let mut other = row("1", "name", Pick::Ours);
    other.kind = "edit-remove".into();
    assert_eq!(merged.resolve(&[other]).1.len(), 1);
    assert_eq!(merged.resolve(&[Resolution::to_decide(&merged.conflicts()[0])]), (merged, Vec::new()));
}

#[test]
fn policies_decide_by_field_and_kind_and_take_the_smaller_limit() {
    let mut service = Vec::new();
    for (name, limit) in [("甲", "20个工作日"), ("乙", "15个工作日"), ("丙", "10个工作日")] {
        let mut one = qingdan::ServiceItem::new("1", name);
        one.promised_limit = Some(limit.parse().unwrap());
        let items = SharedList::of([one]).unwrap();
        service.push(AnyCatalogue::from(Catalogue::new(Header::default(), items)));
    }
    let merged = join(&service[0], &service[1], &service[2]);
    assert_eq!(merged.conflicts().len(), 2);
    let smaller = Policy::new(Take::Smaller);
    let upper = Policy::new(Take::Side(Choice::Ours)).for_fields(["name"]).by("upper list");
    let part = merged.follow(std::slice::from_ref(&smaller));
    assert_eq!((part.conflicts().len(), part.resolved()[0].choice.clone()), (1, Pick::Theirs));
    let other_kind = Policy::new(Take::Side(Choice::Ours)).for_kinds([ClashKind::AddAdd]);
    assert_eq!(merged.follow(&[other_kind]), merged);
    let all = merged.follow(&[smaller, upper]);
    let who: Vec<&str> = all.resolved().iter().map(|row| row.who.as_str()).collect();
    assert_eq!(who, ["upper list", "policy: smaller"]);
    assert_eq!(names(&all.finish().unwrap()), ["1 乙"]);
}

#[test]
fn a_decision_says_who_is_who_on_either_side() {
    let base = licensing(vec![item("1", "林木采伐许可")]);
    let ours = licensing(vec![item("5", "完全另外的名称")]);
    let theirs = licensing(vec![item("1", "林木采伐许可证核发")]);
    let rows = [Decision::new("1", "5", qingdan::codes::Verdict::Same)];
    let find =
        |rows: &[Decision]| Identity::find([&base, &ours, &theirs], &matching::Options::default(), rows);
    let (identity, problems) = find(&rows);
    assert_eq!(problems, [], "what one side knows is not said to be unknown");
    assert_eq!(identity.ours.inside("items").after("1"), Some("5"));
    let merged = MergedCatalogue::of(&base, &ours, &theirs, &identity);
    assert_eq!(merged.conflicts().len(), 1, "the names alone");
    let (_, problems) = find(&[Decision::new("1", "none", qingdan::codes::Verdict::Same)]);
    assert_eq!(problems.len(), 1);
}

#[test]
fn portfolios_are_merged_list_by_list() {
    let named = |lists: &[(&str, &[&str])]| {
        let mut portfolio = Portfolio::default();
        for (series, ids) in lists {
            let mut list = licensing(ids.iter().map(|id| item(id, "甲")).collect());
            list.header_mut().series = (*series).into();
            portfolio.lists.push(list).unwrap();
        }
        portfolio
    };
    let base = named(&[("a", &["1", "2"]), ("b", &["1"]), ("c", &["1"])]);
    let ours = named(&[("a", &["1", "2", "3"]), ("b", &["1"]), ("d", &["5"])]);
    let theirs = named(&[("a", &["2"]), ("c", &["1"]), ("d", &["5", "6"])]);
    let (merged, _) =
        MergedPortfolio::of([&base, &ours, &theirs], &mut |_, _| (Identity::default(), Vec::new()));
    let found: Vec<(&str, String)> =
        merged.lists.iter().map(|(key, list)| (key.as_str(), keys_in_order(list.list()))).collect();
    assert_eq!(found, [("licensing.a", "23".to_owned()), ("licensing.d", "56".to_owned())]);
    assert_eq!(merged.removed, ["licensing.b", "licensing.c"]);
    let mut page = Vec::new();
    qingdan::report::portfolio_merge_text(&merged, &qingdan::report::TextOptions::default(), &mut page)
        .unwrap();
    assert!(String::from_utf8(page).unwrap().contains("licensing.b: a side took out the whole list"));
    assert!(merged.is_settled());
    assert_eq!(merged.lists["licensing.a"].list().key(), "licensing.a");
}

#[test]
fn hostile_documents_are_refused_or_read() {
    let list = |name: &str| licensing(vec![item("1", name)]);
    let mut bytes = Vec::new();
    join(&list("甲"), &list("乙"), &list("丙")).write_json(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for wrong in [
        text.replace("merged/1", "merged/2"),
        text.replace("\"licensing\":{", "\"filing\":{"),
        text.replace("\"resolved\"", "\"other\""),
        text.replace("\"kind\":\"licensing\"", "\"kind\":\"none\""),
        text[..text.len() / 2].to_owned(),
        text.replace("\"base\":\"甲\"", "\"base\":7"),
        String::new(),
    ] {
        let reading = MergedCatalogue::read_json(&wrong);
        assert!(reading.problems.iter().any(Problem::is_error), "{wrong}");
    }
    // A clash of an item that is not there stays one.
    let other = text.replace("\"key\":\"1\"", "\"key\":\"2\"");
    let merged = MergedCatalogue::read_json(&other).value.unwrap();
    let merged = merged.follow(&[Policy::new(Take::Side(Choice::Ours))]);
    assert_eq!(merged.conflicts().len(), merged.summary().conflicts);
}

#[test]
fn a_key_that_a_merge_makes_of_both_sides_is_kept_from_an_entry_that_no_side_touched() {
    let item = |id: &str, occurrence| {
        let mut item = item(id, "甲");
        item.occurrence = occurrence;
        item
    };
    let list = |first: LicensingItem| SharedList::of([first, item("d", Some(2))]).unwrap();
    let (base, ours) = (list(item("d", None)), list(item("c", Some(2))));
    let theirs = list(item("a", None));
    let (mut to_ours, mut to_theirs) = (Pairs::none(), Pairs::none());
    to_ours.link("d", "c#2").unwrap();
    to_theirs.link("d", "a").unwrap();
    let merged = merge_as(&base, (&ours, &to_ours), (&theirs, &to_theirs));
    let keys: Vec<_> = merged.value.iter().map(|item| item.key().into_owned()).collect();
    assert_eq!(keys, ["d", "d#2"], "the base's number and ours would make it `d#2`");
    assert!(merged.clash.is_some());
}

/// The numbers in front of the entries of a cell are those of their places: a side that takes one out numbers all behind it anew.
#[test]
fn entries_that_were_numbered_anew_are_the_same_entries() {
    let list = |names: &str| -> List<Material> {
        let numbered = |(at, name): (usize, char)| Material::new(format!("{}.{name}", at + 1));
        List::of(names.chars().enumerate().map(numbered)).unwrap()
    };
    let merged = |base: List<Material>, ours: List<Material>, theirs: List<Material>| {
        let merged = merge(&base, &ours, &theirs);
        let names: Vec<String> = merged.value.iter().map(|one| one.reading().name.to_owned()).collect();
        (names.concat(), merged.clash.is_none())
    };
    for (base, ours, theirs, expected) in [
        ("甲乙丙丁", "甲丙丁", "甲乙丙", "甲丙"),
        ("甲乙丙", "丙甲乙", "甲丙", "丙甲"),
        ("甲乙丙", "甲丙", "乙丙", "丙"),
        ("甲乙丙丁", "丙丁", "乙丙丁", "丙丁"),
        ("甲乙", "甲乙丙", "丁甲乙", "丁甲乙丙"),
    ] {
        assert_eq!(
            merged(list(base), list(ours), list(theirs)),
            (expected.to_owned(), true),
            "{base} {ours} {theirs}"
        );
    }
    let plain = List::of(["甲", "乙"].map(Material::new)).unwrap();
    assert_eq!(merged(list("甲乙"), plain, list("乙")), ("乙".to_owned(), true));
}

//! What the algebra promises (ARCHITECTURE.md, «The laws»), over generated values.

use crate::generated::{Edit, Nested, Root, edited, edits, item_of, nested, root, shared};
use proptest::prelude::*;
use qingdan::item::{
    CertificationItem, CrossRegionItem, CustomItem, DecisionItem, FilingItem, InspectionItem,
    LicenceReformItem, LicensingItem, LicensingNorm, NormativeDocument, PowerItem, ServiceItem,
    ServicePackage, SupervisionItem,
};
use qingdan::value::{
    Choice, Clash, Merged, alike, diff, diff_as, inverse, merge, merge_as, patched,
    patched_as_far_as_it_fits, then, tidy, visit,
};
use qingdan::{AnyCatalogue, Catalogue, Header, Item, Pairs, Portfolio, SharedList, Value};
use std::collections::BTreeSet;

/// Compares the JSON too: what is equal is written equal, and is read again.
fn written<T: Value>(value: &T) -> String {
    let text = serde_json::to_string(value).expect("a value is JSON");
    let read: T = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(&read, value);
    text
}

fn written_part<T>(part: &Option<T>)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    if let Some(part) = part {
        let text = serde_json::to_string(part).expect("a delta is JSON");
        let read: T = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert_eq!(&read, part);
    }
}

fn diff_laws<T: Value>(a: &T, b: &T, pairs: &Pairs) {
    assert_eq!(diff(a, a), None);
    let d = diff_as(a, b, pairs);
    written_part(&d);
    assert_eq!(patched(a, d.as_ref()).as_ref(), Ok(b), "{d:#?}");
    let back = inverse::<T>(d.as_ref());
    assert_eq!(inverse::<T>(back.as_ref()), d);
    assert_eq!(patched(b, back.as_ref()).as_ref(), Ok(a), "{d:#?}");
    assert_eq!(tidy::<T>(d.clone()), d, "what diff finds is tidy");
    written(a);
}

fn then_laws<T: Value>(a: &T, b: &T, c: &T, e: &T, pairs: [&Pairs; 3]) {
    let (d1, d2, d3) = (diff_as(a, b, pairs[0]), diff_as(b, c, pairs[1]), diff_as(c, e, pairs[2]));
    let join = |x: &Option<T::Delta>, y: &Option<T::Delta>| {
        then::<T>(x.as_ref(), y.as_ref()).unwrap_or_else(|m| panic!("{m:#?}\n{x:#?}\n{y:#?}"))
    };
    let d12 = join(&d1, &d2);
    written_part(&d12);
    assert_eq!(patched(a, d12.as_ref()).as_ref(), Ok(c), "{d1:#?} {d2:#?} {d12:#?}");
    assert_eq!(patched(c, inverse::<T>(d12.as_ref()).as_ref()).as_ref(), Ok(a));
    let (left, right) = (join(&d12, &d3), join(&d1, &join(&d2, &d3)));
    assert_eq!(patched(a, left.as_ref()).as_ref(), Ok(e));
    assert_eq!(patched(a, right.as_ref()).as_ref(), Ok(e));
}

/// Places and sides of clashes, in words.
fn clashes<T: Value>(merged: &Merged<T>, mirrored: bool) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    merged.visit_clashes(&mut |path, Clash { kind, base, ours, theirs, .. }| {
        let json = |s: Option<&dyn qingdan::value::Shown>| s.map(|s| s.json().to_string());
        let (ours, theirs) = if mirrored { (theirs, ours) } else { (ours, theirs) };
        out.insert(format!("{path} {kind:?} {:?} {:?} {:?}", json(base), json(ours), json(theirs)));
    });
    out
}

fn merge_laws<T: Value>(base: &T, (ours, po): (&T, &Pairs), (theirs, pt): (&T, &Pairs)) {
    let none = Pairs::none();
    let keep = |m: &Merged<T>| (m.value.clone(), m.clash.clone());
    assert_eq!(keep(&merge_as(base, (ours, po), (base, &none))), (ours.clone(), None), "one-sided");
    assert_eq!(keep(&merge_as(base, (base, &none), (ours, po))), (ours.clone(), None), "one-sided, mirrored");
    assert_eq!(keep(&merge_as(base, (ours, po), (ours, po))), (ours.clone(), None), "same-sided");
    let m = merge_as(base, (ours, po), (theirs, pt));
    let w = merge_as(base, (theirs, pt), (ours, po));
    written(&m.value);
    written_part(&m.clash);
    assert_eq!(m.value, w.value, "swapping the sides gives equal values");
    assert_eq!(clashes(&m, false), clashes(&w, true), "and mirrored clashes");
    assert_eq!(m.clash.is_some(), !clashes(&m, false).is_empty());
    for choice in [Choice::Base, Choice::Ours, Choice::Theirs] {
        let mirrored = match choice {
            Choice::Base => Choice::Base,
            Choice::Ours => Choice::Theirs,
            Choice::Theirs => Choice::Ours,
        };
        written(&m.settled(choice));
        let _ = w.settled(mirrored);
    }
}

/// Every leaf value that a side said, in normal form, is in the merged value, in a clash or in a note.
fn nothing_is_lost<T: Value>(base: &T, sides: [&T; 2], merged: &Merged<T>) {
    let leaves = |value: &T| {
        let mut out = BTreeSet::new();
        visit(value, &mut |_, atom| {
            if !atom.is_absent() {
                out.insert(qingdan::text::normal(atom.to_json().to_string().trim_matches('"')).into_owned());
            }
        });
        out
    };
    let mut kept = leaves(&merged.value);
    let mut texts = String::new();
    merged.visit_clashes(&mut |_, clash| {
        for side in [clash.base, clash.ours, clash.theirs].into_iter().flatten() {
            texts += &qingdan::text::normal(&side.json().to_string());
            texts += &qingdan::text::normal(&side.shown());
        }
    });
    kept.extend(merged.notes.iter().map(|n| qingdan::text::normal(&n.given_up).into_owned()));
    let old = leaves(base);
    for side in sides {
        for leaf in leaves(side).difference(&old) {
            let removed_by_other = sides.iter().any(|s| !std::ptr::eq(*s, side) && !leaves(s).contains(leaf));
            // A value that one side brought and the other took away elsewhere cannot be told apart here.
            if kept.contains(leaf) || texts.contains(leaf.as_str()) {
                continue;
            }
            assert!(!removed_by_other, "{leaf} is lost");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 256 } else { 4096 }))]

    #[test]
    fn a_change_leads_there_and_back(a in root(), b in root(), e in edits(nested())) {
        diff_laws(&a, &Root { label: a.label.clone(), ..b }, &Pairs::none());
        let (items, inside) = edited(&a.items, &e);
        let mut pairs = Pairs::none();
        *pairs.at("items") = inside;
        let b = Root { items, ..a.clone() };
        diff_laws(&a, &b, &pairs);
        diff_laws(&a, &b, &Pairs::none());
    }

    #[test]
    fn two_changes_are_one(
        a in root(), e1 in edits(nested()), e2 in edits(nested()), e3 in edits(nested()), other in root()
    ) {
        let (b, p1) = edited(&a.items, &e1);
        let (c, p2) = edited(&b, &e2);
        let (d, p3) = edited(&c, &e3);
        then_laws(&a.items, &b, &c, &d, [&p1, &p2, &p3]);
        let none = Pairs::none();
        then_laws(&a.items, &b, &c, &d, [&none, &none, &none]);
        then_laws(&a.items, &other.items, &b, &a.items, [&none, &none, &none]);
    }

    #[test]
    fn a_merge_never_guesses(base in root(), e1 in edits(nested()), e2 in edits(nested()), x in root(), y in root()) {
        let (ours, po) = edited(&base.items, &e1);
        let (theirs, pt) = edited(&base.items, &e2);
        merge_laws(&base.items, (&ours, &po), (&theirs, &pt));
        let none = Pairs::none();
        merge_laws(&base.items, (&ours, &none), (&theirs, &none));
        let m = merge(&base.items, &ours, &theirs);
        nothing_is_lost(&base.items, [&ours, &theirs], &m);
        let (x, y) = (Root { label: base.label.clone(), ..x }, Root { label: base.label.clone(), ..y });
        merge_laws(&base, (&x, &none), (&y, &none));
        nothing_is_lost(&base, [&x, &y], &merge(&base, &x, &y));
    }

    #[test]
    fn a_change_that_does_not_fit_is_refused_whole(a in root(), b in root(), c in root()) {
        let d = diff(&a, &b);
        match patched(&c, d.as_ref()) {
            // It fits by chance: it leads back, too.
            Ok(there) => {
                written(&there);
                let back = inverse::<Root>(d.as_ref());
                prop_assert_eq!(patched(&there, back.as_ref()), Ok(c.clone()));
            }
            Err(mismatches) => prop_assert!(!mismatches.all().is_empty()),
        }
        // What fits of it still makes a list with distinct keys.
        let (there, _) = patched_as_far_as_it_fits(&c, d.as_ref());
        written(&there);
    }

    #[test]
    fn changes_that_do_not_join_are_refused(a in root(), b in root(), c in root(), d in root()) {
        let (first, second) = (diff(&a, &b), diff(&c, &d));
        if let Ok(joined) = then::<Root>(first.as_ref(), second.as_ref()) {
            written_part(&joined);
        }
    }

    #[test]
    fn what_is_alike_never_clashes(base in nested(), mut ours in nested()) {
        ours.id.clone_from(&base.id);
        ours.occurrence = base.occurrence;
        let mut theirs = ours.clone();
        theirs.name.push('。');
        let m = merge(&shared(vec![base]), &shared(vec![ours.clone()]), &shared(vec![theirs]));
        prop_assert_eq!(&m.clash, &None);
        prop_assert!(alike(&m.value, &shared(vec![ours])));
    }
}

fn laws_of_a_kind<T: Item>(a: Vec<T>, e1: &[Edit<T>], e2: &[Edit<T>])
where
    AnyCatalogue: From<Catalogue<T>>,
{
    let a = shared(a);
    let (b, p1) = edited(&a, e1);
    let (c, p2) = edited(&a, e2);
    let none = Pairs::none();
    diff_laws(&a, &b, &p1);
    diff_laws(&a, &b, &none);
    let (d, p3) = edited(&b, e2);
    then_laws(&a, &b, &d, &a, [&p1, &p3, &none]);
    merge_laws(&a, (&b, &p1), (&c, &p2));
    merge_laws(&a, (&b, &none), (&c, &none));
    let lists = [a, b, c].map(|items| AnyCatalogue::from(Catalogue::new(Header::default(), items)));
    crate::merging::laws(&lists, [&p1, &p2]);
    crate::merging::laws(&lists, [&none, &none]);
}

macro_rules! every_kind {
    ($($test:ident: $item:ty),*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 96 } else { 2048 }))]
            $(#[test]
            fn $test(
                a in proptest::collection::vec(item_of::<$item>(), 0..5),
                e1 in edits(item_of::<$item>()),
                e2 in edits(item_of::<$item>()),
            ) {
                laws_of_a_kind(a, &e1, &e2);
            })*
        }
    };
}
every_kind!(
    the_laws_hold_for_licensing_items: LicensingItem,
    the_laws_hold_for_licensing_norms: LicensingNorm,
    the_laws_hold_for_filing_items: FilingItem,
    the_laws_hold_for_certification_items: CertificationItem,
    the_laws_hold_for_cross_region_items: CrossRegionItem,
    the_laws_hold_for_power_items: PowerItem,
    the_laws_hold_for_licence_reform_items: LicenceReformItem,
    the_laws_hold_for_service_packages: ServicePackage,
    the_laws_hold_for_inspection_items: InspectionItem,
    the_laws_hold_for_supervision_items: SupervisionItem,
    the_laws_hold_for_decision_items: DecisionItem,
    the_laws_hold_for_normative_documents: NormativeDocument,
    the_laws_hold_for_service_items: ServiceItem,
    the_laws_hold_for_custom_items: CustomItem
);

/// All lists of one government: of two kinds, under keys that meet often.
fn portfolio() -> impl Strategy<Value = Portfolio> {
    let series = || prop::sample::select(vec!["", "own"]);
    let licensing = (series(), proptest::collection::vec(item_of::<LicensingItem>(), 0..3))
        .prop_map(|(series, items)| list_of(series, items).into());
    let filing = (series(), proptest::collection::vec(item_of::<FilingItem>(), 0..3))
        .prop_map(|(series, items)| list_of(series, items).into());
    proptest::collection::vec(prop_oneof![licensing.boxed(), filing.boxed()], 0..4).prop_map(
        |lists: Vec<AnyCatalogue>| {
            let mut portfolio = Portfolio::default();
            for list in lists {
                // Of equal keys the first stays.
                let _ = portfolio.lists.push(list);
            }
            portfolio
        },
    )
}

fn list_of<T: Item>(series: &str, items: Vec<T>) -> Catalogue<T> {
    let mut list = Catalogue::new(Header::default(), shared(items));
    list.header.series = series.into();
    list
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 96 } else { 2048 }))]

    #[test]
    fn the_laws_hold_for_portfolios(a in portfolio(), b in portfolio(), c in portfolio(), d in portfolio()) {
        let none = Pairs::none();
        diff_laws(&a, &b, &none);
        then_laws(&a, &b, &c, &d, [&none, &none, &none]);
        merge_laws(&a, (&b, &none), (&c, &none));
        // A licensing list that became a filing list: told whole.
        let mut pairs = Pairs::none();
        if pairs.at("lists").link("licensing", "filing").is_ok() {
            diff_laws(&a, &b, &pairs);
            then_laws(&a, &b, &c, &d, [&pairs, &none, &none]);
            then_laws(&a, &b, &c, &d, [&none, &pairs, &none]);
            merge_laws(&a, (&b, &pairs), (&c, &none));
        }
    }
}

#[test]
fn a_delta_of_a_list_says_what_positions_cannot() {
    let entry = |id: &str, name: &str| Nested { id: id.into(), name: name.into(), ..Nested::default() };
    let list = |entries: Vec<Nested>| SharedList::of(entries).unwrap();
    // Two ids change places.
    let (a, b) =
        (list(vec![entry("1", "甲"), entry("2", "乙")]), list(vec![entry("2", "甲"), entry("1", "乙")]));
    let mut pairs = Pairs::none();
    pairs.link("1", "2").unwrap();
    pairs.link("2", "1").unwrap();
    let d = diff_as(&a, &b, &pairs).unwrap();
    assert_eq!((d.changed().len(), d.order().len()), (2, 0));
    diff_laws(&a, &b, &pairs);
    // An id goes, and a new item comes under it.
    let c = list(vec![entry("1", "丙"), entry("2", "乙")]);
    let mut pairs = Pairs::none();
    pairs.part("1");
    let d = diff_as(&a, &c, &pairs).unwrap();
    assert_eq!((d.removed().len(), d.added().len(), d.changed().len()), (1, 1, 0));
    diff_laws(&a, &c, &pairs);
}

#[test]
fn changes_that_give_two_entries_one_key_do_not_join() {
    let entry = |id: &str| Nested { id: id.into(), ..Nested::default() };
    let list = |ids: &[&str]| SharedList::of(ids.iter().map(|id| entry(id))).unwrap();
    // The first brings 1 and 2; the second, made from a list without 1, calls 2 by that key.
    let first = diff(&list(&[]), &list(&["1", "2"]));
    let mut pairs = Pairs::none();
    pairs.link("2", "1").unwrap();
    let second = diff_as(&list(&["2"]), &list(&["1"]), &pairs);
    assert_eq!(second.as_ref().map(|d| d.changed().len()), Some(1));
    assert!(then::<SharedList<Nested>>(first.as_ref(), second.as_ref()).is_err());
}

//! Long verbs tell how far they are, can be stopped anywhere, and are otherwise what they are unwatched.

use qingdan::align::{self, align_watched};
use qingdan::check::{self, check_watched};
use qingdan::correspondence::Correspondence;
use qingdan::history::{Grounds, History, HistoryError};
use qingdan::kind::Unfinished;
use qingdan::merge::Identity;
use qingdan::rebase::{self, Rebased};
use qingdan::watch::{Stopped, Watch};
use qingdan::{AnyCatalogue, Catalogue, LicensingItem, Portfolio, SharedList, matching};
use std::fmt::Debug;
use std::ops::ControlFlow;

/// A list of 520 items: those before `kept` have an id for all editions, the others are told by their names alone.
fn edition(label: &str, suffix: &str, kept: usize) -> AnyCatalogue {
    let items = (0..520).map(|n| {
        let name = format!("第{}号设施{}事项许可{suffix}", n * 7919 % 1009, ["建设", "经营", "使用"][n % 3]);
        let mut item =
            LicensingItem::new(if n < kept { format!("{n}") } else { format!("{label}{n}") }, name.as_str());
        item.derived = n >= kept;
        item
    });
    let mut list = Catalogue::new(qingdan::Header::default(), SharedList::of(items).unwrap());
    list.header.edition = label.into();
    list.into()
}

/// Watches a verb to its end, then stops it at some of the shares that it told.
fn laws<T: Debug, E: Debug>(verb: impl Fn(&mut Watch<'_>) -> Result<T, E>, unwatched: &str) {
    let mut told = Vec::new();
    let mut tell = |share: f64| {
        told.push(share);
        ControlFlow::Continue(())
    };
    let answer = verb(&mut Watch::new(&mut tell)).unwrap();
    assert!(format!("{answer:?}") == unwatched, "watching changes nothing");
    assert!(told.is_sorted(), "{told:?}");
    assert!(told.iter().all(|share| (0.0..=1.0).contains(share)), "{told:?}");
    assert!(told.len() > 3 && told[told.len() - 1] > 0.5, "{told:?}");
    for last in (1..=told.len()).step_by(told.len().div_ceil(4)) {
        let mut heard = 0;
        let mut tell = |_: f64| {
            heard += 1;
            if heard == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let error = verb(&mut Watch::new(&mut tell)).expect_err("it was stopped");
        assert!(format!("{error:?}").contains("Stopped"), "{error:?}");
        assert_eq!(heard, last, "who stopped it hears no more");
    }
}

#[test]
fn long_verbs_are_watched_and_stopped() {
    for kept in [0, 260] {
        let (old, new) = (edition("甲", "", kept), edition("乙", "（市级权限）", kept));
        let options = matching::Options::default();
        let lineage = old.lineage_to(&new, &options).unwrap();
        laws(|watch| old.lineage_to_watched(&new, &options, watch), &format!("{lineage:?}"));
    }
    let (old, new, lower) =
        (edition("甲", "", 260), edition("乙", "（市级权限）", 260), edition("丙", "审批", 260));
    let options = matching::Options::default();
    let three = [&old, &new, &lower];
    let found = Identity::find(three, &options, &[]);
    laws(|watch| Identity::find_watched(three, &options, &[], watch), &format!("{found:?}"));
    let found = Correspondence::find(&old, &lower, &options, &[]);
    laws(|watch| Correspondence::find_watched(&old, &lower, &options, &[], watch), &format!("{found:?}"));
    let options = align::Options::default();
    let aligned = align::align(&three, &options).unwrap();
    laws(|watch| align_watched(&three, &options, watch), &format!("{aligned:?}"));
    let options = rebase::Options::default();
    let shown = |rebased: Rebased| (rebased.merged, rebased.pending);
    let rebased = shown(Rebased::of(&lower, &old, &new, &options).unwrap());
    laws(
        |watch| Rebased::of_watched(&lower, &old, &new, &options, watch).map(shown),
        &format!("{rebased:?}"),
    );
    let (mut below, mut above) = (Portfolio::default(), check::Options::default());
    below.lists.push(lower.clone()).unwrap();
    above.uppers.lists.push(old.clone()).unwrap();
    let report = check::check(&below, &above);
    laws(|watch| check_watched(&below, &above, watch), &format!("{report:?}"));
}

#[test]
fn a_history_takes_nothing_of_what_was_stopped() {
    let mut history = History::start(edition("2023", "", 0)).unwrap();
    let before = history.clone();
    let mut stop = |share| if share > 0.3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let stopped = history.append_watched(
        edition("2024", "审批", 0),
        &[],
        matching::Options::default(),
        &Grounds::default(),
        &mut Watch::new(&mut stop),
    );
    assert!(matches!(stopped, Err(HistoryError::Stopped(Stopped))), "{stopped:?}");
    assert_eq!(history, before);
}

#[test]
fn lists_of_different_kinds_are_said_before_anything_is_done() {
    let other = AnyCatalogue::from(Catalogue::<qingdan::FilingItem>::default());
    let found =
        edition("甲", "", 0).lineage_to_watched(&other, &matching::Options::default(), &mut Watch::none());
    assert!(matches!(found, Err(Unfinished::DifferentKinds(_))), "{found:?}");
}

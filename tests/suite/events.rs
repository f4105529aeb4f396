//! Facts that change many items at once, told as one.

use qingdan::codes::EventKind;
use qingdan::diff::{Comparing, Differences};
use qingdan::matching::Options;
use qingdan::{AnyCatalogue, Kind, table};

/// Both editions from tables with one header, compared.
fn compared(header: &str, before: &[String], after: &[String]) -> Differences {
    let read = |rows: &[String]| {
        let text = format!("{header}\n{}\n", rows.join("\n"));
        let options = table::csv::Options::default();
        AnyCatalogue::read_csv(Kind::Licensing, text.as_bytes(), &options).unwrap().ok().unwrap()
    };
    let (before, after) = (read(before), read(after));
    let mut comparing = Comparing::default();
    comparing.lineage = before.lineage_to(&after, &Options::default()).unwrap();
    let changes = before.changes_to(&after, &comparing.lineage.pairs()).unwrap();
    changes.differences(&before, &after, &comparing).unwrap()
}

fn told(differences: &Differences) -> Vec<(EventKind, &str, &str, usize)> {
    differences.events.iter().map(|e| (e.kind.clone(), &*e.from, &*e.to, e.items)).collect()
}

const NAMES: [&str; 6] = [
    "林木采伐许可",
    "木材经营许可",
    "野生动物猎捕许可",
    "种子生产许可",
    "草种进出口审批",
    "森林防火区用火审批",
];

/// A row for each name, made by a function of its number.
fn rows(cell: impl Fn(usize) -> String) -> Vec<String> {
    NAMES.iter().enumerate().map(|(i, name)| format!("{i},{name},{}", cell(i))).collect()
}

#[test]
fn an_act_that_is_amended_and_renumbered_is_one_event_each() {
    let before = rows(|i| format!("市林草局,《森林法》（2009年修正）第{}条", i + 10));
    let after = rows(|i| format!("市林草局,《森林法》（2019年修订）第{}条", i + 12));
    let differences = compared("编码,事项名称,主管部门,设定依据", &before, &after);
    let events = told(&differences);
    let kinds: Vec<_> = events.iter().map(|e| (&e.0, e.3)).collect();
    assert_eq!(kinds, [(&EventKind::ActAmended, 6), (&EventKind::ArticlesRenumbered, 6)], "{events:?}");
    assert!(events[0].1.contains("2009") && events[0].2.contains("2019"), "{events:?}");
    assert_eq!(differences.events[0].adjustments, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn a_name_that_cites_an_article_is_explained_by_its_new_number() {
    let mut before = rows(|i| format!("市林草局,《种子法》第{}条", i + 10));
    let mut after = rows(|i| format!("市林草局,《种子法》第{}条", i + 12));
    before.push(",《种子法》第三十二条所列主体的许可,市林草局,《种子法》第三十二条".to_owned());
    after.push(",《种子法》第三十四条所列主体的许可,市林草局,《种子法》第三十四条".to_owned());
    let differences = compared("编码,事项名称,主管部门,设定依据", &before, &after);
    let renumbered = &differences.events[0];
    assert_eq!((&renumbered.kind, renumbered.items), (&EventKind::ArticlesRenumbered, 7));
    let renamed = differences.adjustments.iter().position(|a| a.name_before.contains("三十二")).unwrap();
    assert!(renumbered.adjustments.contains(&renamed));
}

#[test]
fn a_campaign_that_shortens_limits_is_told_of_the_department() {
    let header = "编码,事项名称,主管部门,承诺办结时限";
    let before = rows(|i| format!("市林草局,{}个工作日", 10 + i));
    let after = rows(|i| format!("市林草局,{}个工作日", usize::midpoint(10, i)));
    let events = compared(header, &before, &after).events;
    assert_eq!(events.len(), 1);
    assert_eq!(
        (&events[0].kind, &*events[0].from, events[0].items),
        (&EventKind::LimitsShortened, "市林草局", 6)
    );
    // A single department's few items are no campaign.
    assert!(compared(header, &before[..3], &after[..3]).events.is_empty());
}

#[test]
fn organs_are_renamed_split_and_merged() {
    let header = "编码,事项名称,主管部门";
    let by = |organ: &dyn Fn(usize) -> &'static str| rows(|i| organ(i).to_owned());
    let one = by(&|_| "市林业局");
    let two = by(&|i| if i < 3 { "市林草局" } else { "市农业农村局" });
    assert_eq!(
        told(&compared(header, &one, &two)),
        [(EventKind::OrganSplit, "市林业局", "市农业农村局；市林草局", 6)]
    );
    assert_eq!(
        told(&compared(header, &two, &one)),
        [(EventKind::OrganMerged, "市农业农村局；市林草局", "市林业局", 6)]
    );
    // Of a renaming that a row was forgotten in, the rest is still one.
    let forgotten = by(&|i| if i == 2 { "市林业局" } else { "市林草局" });
    assert_eq!(
        told(&compared(header, &one, &forgotten)),
        [(EventKind::OrganRenamed, "市林业局", "市林草局", 5)]
    );
}

#[test]
fn a_typists_brackets_are_one_event_and_no_adjustment() {
    let header = "编码,事项名称,主管部门,备注";
    let before = rows(|i| format!("市林草局,限本级(第{i}批)"));
    let after = rows(|i| format!("市林草局,限本级（第{i}批）"));
    let differences = compared(header, &before, &after);
    assert!(differences.adjustments.is_empty());
    assert_eq!(told(&differences), [(EventKind::Respelled, "()", "（）", 6)]);
    assert!(differences.events[0].adjustments.is_empty());
}

#[test]
fn what_goes_to_a_body_from_one_that_stands_is_no_renaming() {
    let header = "编码,事项名称,主管部门";
    let by = |organ: &dyn Fn(usize) -> &'static str| rows(|i| organ(i).to_owned());
    let police = by(&|_| "县公安局");
    let half = by(&|i| if i < 3 { "县公安局" } else { "县行政审批局" });
    assert_eq!(
        told(&compared(header, &police, &half)),
        [(EventKind::FunctionsMoved, "县公安局", "县行政审批局", 3)]
    );
    // One that stood before takes the rest over.
    assert_eq!(
        told(&compared(header, &half, &by(&|_| "县行政审批局"))),
        [(EventKind::FunctionsMoved, "县公安局", "县行政审批局", 3)]
    );
    // Two that stand give to one.
    let two = by(&|i| if i < 3 { "县公安局" } else { "县林业局" });
    let both: Vec<String> = two
        .iter()
        .cloned()
        .chain(
            (6..16)
                .map(|i| format!("{i},别的许可{i}号,{}", if i % 2 == 0 { "县公安局" } else { "县林业局" })),
        )
        .collect();
    let later: Vec<String> = both
        .iter()
        .enumerate()
        .map(|(i, row)| {
            if i < 6 {
                format!("{},县行政审批局", row.rsplit_once(',').unwrap().0)
            } else {
                row.clone()
            }
        })
        .collect();
    let moved = compared(header, &both, &later);
    assert_eq!(
        told(&moved),
        [
            (EventKind::FunctionsMoved, "县公安局", "县行政审批局", 3),
            (EventKind::FunctionsMoved, "县林业局", "县行政审批局", 3)
        ]
    );
    // It is gone, and not all went to one.
    let three = by(&|i| match i {
        0 => "县水利局",
        1 => "县住建局",
        _ => "县行政审批局",
    });
    assert_eq!(
        told(&compared(header, &police, &three)),
        [(EventKind::FunctionsMoved, "县公安局", "县行政审批局", 4)]
    );
}

#[test]
fn limits_of_other_units_are_not_shorter() {
    let header = "编码,事项名称,主管部门,承诺办结时限";
    let before = rows(|_| "市林草局,10个工作日".to_owned());
    let after = rows(|i| format!("市林草局,{}", if i < 2 { "1个月" } else { "5个工作日" }));
    assert!(compared(header, &before, &after).events.is_empty(), "four are no campaign");
}

#[test]
fn a_column_of_delegations_that_says_no_hands_nothing_on() {
    use qingdan::codes::AdjustmentKind::{self, Delegated, Edited, Entrusted, Withdrawn};
    let header = "编码,事项名称,委托/下放情况";
    let kind = |before: &str, after: &str| -> AdjustmentKind {
        let row = |cell: &str| vec![format!("1,取水许可,{cell}")];
        compared(header, &row(before), &row(after)).adjustments[0].kind.clone()
    };
    for (after, told) in [
        ("否", Edited),
        ("未下放", Edited),
        ("不涉及", Edited),
        ("取消委托", Edited),
        ("承接省级下放", Edited),
        ("收回", Withdrawn),
        ("委托县级实施", Entrusted),
        ("各县（区）", Entrusted),
        ("下放县级", Delegated),
    ] {
        assert_eq!(kind("", after), told, "{after}");
    }
    assert_eq!(kind("委托县级实施", "否"), Edited);
}

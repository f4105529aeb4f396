//! A notice held against what the lists show.

use super::counts::{Against, against};
use super::{Notice, Statement, at_row};
use crate::adjustment::Adjustment;
use crate::cell::cut;
use crate::codes::AdjustmentKind;
use crate::diff::Differences;
use crate::problem::{Message, Problem, shortened};
use crate::sorting::Sorting as _;
use crate::text::normal;
use std::collections::{HashMap, HashSet};

/// One thing in which a notice does not go with itself, or with the change of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Finding {
    /// What it is, in words, with its rule, its line and the first item.
    pub problem: Problem,
    /// The row of the notice, by position.
    pub row: Option<usize>,
    /// Ids in the old list.
    pub from: Vec<String>,
    /// Ids in the new list.
    pub to: Vec<String>,
    /// The kinds that the notice says.
    pub said: Vec<AdjustmentKind>,
    /// The kinds that the lists show.
    pub shown: Vec<AdjustmentKind>,
}

impl Finding {
    pub(super) fn of_counts(problem: Problem) -> Self {
        Self { problem, row: None, from: Vec::new(), to: Vec::new(), said: Vec::new(), shown: Vec::new() }
    }

    fn of(rule: &'static str, message: Message, adjustment: &Adjustment) -> Self {
        let id = adjustment.to.first().or_else(|| adjustment.from.first()).cloned().unwrap_or_default();
        Self {
            problem: Problem::warning(rule, message).in_item(id),
            row: None,
            from: adjustment.from.clone(),
            to: adjustment.to.clone(),
            said: Vec::new(),
            shown: shown(adjustment),
        }
    }
}

/// As what a kind may show in one list alone, beside itself.
///
/// What goes to another level, or to another list, is gone or new there. What took part in a merger or a split without
/// being linked to it is gone, new, or goes on with another name or other elements. 委托 and 改革方式 stand in elements of an item; 修改 and
/// 取消部分内容 say nothing of which.
const SHOWN_AS: &[(AdjustmentKind, &[AdjustmentKind])] = {
    use AdjustmentKind::{
        Added, AuthorityChanged, BasisChanged, Converted, Delegated, Edited, Entrusted, Merged, ModeChanged,
        Recoded, Removed, Renamed, Split, SubitemsChanged, Suspended, TakenOver, Withdrawn,
    };
    &[
        (Split, &[Added, Removed, Renamed, SubitemsChanged, Edited]),
        (Merged, &[Added, Removed, Renamed, SubitemsChanged, Edited]),
        (Delegated, &[Removed, AuthorityChanged]),
        (Withdrawn, &[Added, Removed, AuthorityChanged]),
        (TakenOver, &[Added]),
        (Entrusted, &[AuthorityChanged, Edited]),
        (Suspended, &[Removed]),
        (Converted, &[Added, Removed]),
        (ModeChanged, &[Edited]),
        (SubitemsChanged, &[Added, Removed, Edited]),
        (
            Edited,
            &[
                Renamed,
                Recoded,
                Delegated,
                Withdrawn,
                Entrusted,
                Suspended,
                ModeChanged,
                AuthorityChanged,
                BasisChanged,
                SubitemsChanged,
            ],
        ),
    ]
};

/// All kinds of an adjustment.
fn shown(adjustment: &Adjustment) -> Vec<AdjustmentKind> {
    std::iter::once(&adjustment.kind).chain(&adjustment.also).cloned().collect()
}

/// Whether the lists bear out that an item was adjusted so.
fn bears_out(adjustment: &Adjustment, said: &AdjustmentKind) -> bool {
    let as_well = SHOWN_AS.iter().find(|(kind, _)| kind == said).map_or(&[][..], |(_, shown)| shown);
    let shows = |kind: &AdjustmentKind| kind == said || as_well.contains(kind);
    shows(&adjustment.kind) || adjustment.also.iter().any(shows)
}

/// Kinds in both languages.
pub(super) fn labels<'a>(kinds: impl IntoIterator<Item = &'a AdjustmentKind> + Clone) -> Message {
    let zh: Vec<&str> = kinds.clone().into_iter().map(AdjustmentKind::label).collect();
    let en: Vec<String> = kinds.into_iter().map(|kind| kind.as_str().replace('-', " ")).collect();
    Message::new(zh.join("；"), en.join("; "))
}

/// What a row says without naming a kind.
fn labels_or_words(kinds: &[AdjustmentKind], kept: bool) -> Message {
    match (kinds, kept) {
        ([], true) => Message::new("保留", "kept"),
        ([], false) => Message::new("调整", "adjusted"),
        _ => labels(kinds),
    }
}

/// Adjustments by what rows know them by.
struct Index<'a> {
    adjustments: &'a [Adjustment],
    /// By name in normal form, before and after.
    names: [HashMap<String, Vec<usize>>; 2],
    /// Of sub items (main—sub), by the name of the main item.
    mains: [HashMap<String, Vec<usize>>; 2],
    ids: HashMap<[String; 2], usize>,
}

/// What a row means.
#[derive(Default)]
struct Meant {
    /// The adjustments of its ids and names.
    items: Vec<usize>,
    /// Those of sub items whose main item it names.
    below: Vec<usize>,
    /// The names that are none.
    lost: Vec<String>,
}

/// The name of the main item in the name of a sub item.
fn main_of(name: &str) -> Option<&str> {
    name.split_once('—').map(|(main, _)| main).filter(|main| !main.is_empty())
}

/// Whether a row may be about an adjustment of this department.
fn is_of(adjustment: &Adjustment, department: &str) -> bool {
    let own = normal(&adjustment.department);
    let first = department.split(['、', '；', ';', '\n']).next().unwrap_or_default();
    own == normal(department) || own == normal(first)
}

impl<'a> Index<'a> {
    fn of(adjustments: &'a [Adjustment]) -> Self {
        let mut index =
            Self { adjustments, names: Default::default(), mains: Default::default(), ids: HashMap::new() };
        for (at, adjustment) in adjustments.iter().enumerate() {
            let sides =
                [(&adjustment.from, &adjustment.name_before), (&adjustment.to, &adjustment.name_after)];
            for (side, (ids, name)) in sides.into_iter().enumerate() {
                if !ids.is_empty() {
                    index.names[side].entry(normal(name).into_owned()).or_default().push(at);
                    if let Some(main) = main_of(name) {
                        index.mains[side].entry(normal(main).into_owned()).or_default().push(at);
                    }
                }
            }
            let ids = [&adjustment.from, &adjustment.to].map(|ids| ids.join(";").trim().to_owned());
            index.ids.entry(ids).or_insert(at);
        }
        index
    }

    fn named(&self, side: usize, name: &str) -> &[usize] {
        self.names[side].get(&*normal(name)).map_or(&[], Vec::as_slice)
    }

    /// A name, or what 、 parts it into where the lists know each of these and not the whole: names have 、 of their own.
    fn enumerated<'t>(&self, side: usize, name: &'t str) -> Vec<&'t str> {
        let pieces = if self.named(side, name).is_empty() { cut(name, &['、']) } else { Vec::new() };
        let known = pieces.len() > 1 && pieces.iter().all(|piece| !self.named(side, piece).is_empty());
        if known { pieces } else { vec![name] }
    }

    /// The one that is meant: of the department, of a kind that is said, that no other row means; the first of these.
    fn choose(&self, candidates: &[usize], statement: &Statement, taken: &[Vec<usize>]) -> Option<usize> {
        let mut left = candidates.to_vec();
        let mut narrow = |keep: &dyn Fn(&Adjustment, usize) -> bool| {
            let kept: Vec<usize> =
                left.iter().copied().filter(|&at| keep(&self.adjustments[at], at)).collect();
            if !kept.is_empty() {
                left = kept;
            }
        };
        if candidates.len() > 1 {
            narrow(&|a, _| is_of(a, &statement.department));
            narrow(&|a, _| statement.kinds.iter().all(|kind| bears_out(a, kind)));
            narrow(&|a, _| {
                let shown = shown(a);
                shown.len() == statement.kinds.len()
                    && statement.kinds.iter().all(|kind| shown.contains(kind))
            });
            narrow(&|_, at| taken[at].is_empty());
        }
        left.first().copied()
    }

    /// Those of the sub items of a main item: of the department, and adjusted as is said; all of them, where none is.
    fn below(&self, names: [Option<&str>; 2], statement: &Statement) -> Vec<usize> {
        let named = |side: usize| names[side].and_then(|name| self.mains[side].get(&*normal(name)));
        let mut left: Vec<usize> = [0, 1].into_iter().filter_map(named).flatten().copied().collect();
        let keeps: [&dyn Fn(&Adjustment) -> bool; 2] = [&|a| is_of(a, &statement.department), &|a| {
            statement.kinds.iter().all(|kind| bears_out(a, kind))
        }];
        for keep in keeps {
            let kept: Vec<usize> = left.iter().copied().filter(|&at| keep(&self.adjustments[at])).collect();
            if !kept.is_empty() {
                left = kept;
            }
        }
        left
    }

    /// The adjustments that a row's items are, and the names that none is.
    fn find(&self, statement: &Statement, taken: &[Vec<usize>]) -> Meant {
        if statement.ids != ["", ""] {
            if let Some(&at) = self.ids.get(&statement.ids) {
                return Meant { items: vec![at], ..Meant::default() };
            }
            if statement.before.is_empty() && statement.after.is_empty() {
                return Meant { lost: vec![statement.label()], ..Meant::default() };
            }
        }
        let mut meant = Meant::default();
        // A name may hold what else stands between names.
        let [before, after] = [(0, &statement.before), (1, &statement.after)].map(|(side, names)| {
            let whole = statement.cells[side].as_str();
            if !names.is_empty() && !self.named(side, whole).is_empty() {
                return vec![whole];
            }
            names.iter().flat_map(|name| self.enumerated(side, name)).collect()
        });
        let items: Vec<[Option<&str>; 2]> = if before.len() == after.len() {
            before.into_iter().zip(after).map(|(before, after)| [Some(before), Some(after)]).collect()
        } else {
            let before = before.into_iter().map(|name| [Some(name), None]);
            before.chain(after.into_iter().map(|name| [None, Some(name)])).collect()
        };
        for names in items {
            let at = [0, 1].map(|side| names[side].map_or(&[][..], |name| self.named(side, name)));
            let both: Vec<usize> = at[0].iter().copied().filter(|one| at[1].contains(one)).collect();
            let chosen: Vec<usize> = if both.is_empty() {
                at.iter().filter_map(|at| self.choose(at, statement, taken)).collect()
            } else {
                self.choose(&both, statement, taken).into_iter().collect()
            };
            if chosen.is_empty() {
                let below = self.below(names, statement);
                if below.is_empty() {
                    meant.lost.extend(names[1].or(names[0]).map(str::to_owned));
                }
                meant.below.extend(below);
            }
            meant.items.extend(chosen);
        }
        for found in [&mut meant.items, &mut meant.below] {
            found.sort_unstable();
            found.dedup();
        }
        // Of a merger or a split the lists tell one name.
        let several = |&at: &usize| self.adjustments[at].from.len().max(self.adjustments[at].to.len()) > 1;
        if meant.items.iter().any(several) {
            meant.lost.clear();
        }
        meant
    }

    /// Sub items that no row means, by the rows that name their main item and say what holds for them too.
    fn with_main_items(&self, statements: &[Statement], told: &[Vec<usize>]) -> Vec<(usize, usize)> {
        let mut rows: [HashMap<String, Vec<usize>>; 2] = Default::default();
        for (number, statement) in
            statements.iter().enumerate().filter(|(_, s)| !s.kept && !s.kinds.is_empty())
        {
            for (side, names) in [&statement.before, &statement.after].into_iter().enumerate() {
                for name in names {
                    rows[side].entry(normal(name).into_owned()).or_default().push(number);
                }
            }
        }
        let mut found = Vec::new();
        for (at, adjustment) in self.adjustments.iter().enumerate().filter(|(at, _)| told[*at].is_empty()) {
            let sides =
                [(&adjustment.from, &adjustment.name_before), (&adjustment.to, &adjustment.name_after)];
            let mut numbers: Vec<usize> = Vec::new();
            for (side, (ids, name)) in sides.into_iter().enumerate() {
                let main = main_of(name).filter(|_| !ids.is_empty());
                let said = main.and_then(|main| rows[side].get(&*normal(main)));
                numbers.extend(said.into_iter().flatten().copied().filter(|&number| {
                    let statement = &statements[number];
                    (statement.department.is_empty() || is_of(adjustment, &statement.department))
                        && statement.kinds.iter().all(|kind| bears_out(adjustment, kind))
                }));
            }
            numbers.sort_unstable();
            numbers.dedup();
            found.extend(numbers.into_iter().map(|number| (at, number)));
        }
        found
    }
}

impl Notice {
    /// Holds the notice against the change of the list that it tells: rows that the lists do not show, adjustments of
    /// another kind, adjustments that are not in the notice, counts that the lists do not bear out. Rows first, in their
    /// order, then adjustments in theirs, then counts.
    ///
    /// A row means the adjustment of its ids, else of its name in normal form, before or after; of several the one of its
    /// department. A row about a main item is about its sub items as well, where the lists show them adjusted alike. Its
    /// kinds must be among all kinds that hold for the item ([`Adjustment::also`]), or show in one list as
    /// one of them (承接 as new, 下放 as gone). Where differences tell of one item alone, rows about others and counts
    /// are left aside. Linear, but for names that repeat.
    ///
    /// ```
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, Pairs, diff::Comparing, notice::Notice, problem::Lang};
    /// let mut old = Catalogue::<LicensingItem>::default();
    /// old.items.push(LicensingItem::new("A1", "药品零售企业筹建审批")).unwrap();
    /// let mut new = Catalogue::default();
    /// new.items.push(LicensingItem::new("B2", "食品生产许可")).unwrap();
    /// let (old, new) = (AnyCatalogue::from(old), AnyCatalogue::from(new));
    /// let differences = old.changes_to(&new, &Pairs::none())?.differences(&old, &new, &Comparing::default())?;
    /// let notice = Notice::read_prose("删去“药品零售企业筹建审批”。").ok()?;
    /// let findings = notice.held_against(&differences);
    /// assert_eq!(findings.len(), 1);
    /// assert_eq!(findings[0].to, ["B2"]);
    /// assert!(findings[0].problem.message.text(Lang::Zh).starts_with("公告未列“食品生产许可”"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn held_against(&self, differences: &Differences) -> Vec<Finding> {
        let adjustments = &differences.adjustments;
        let index = Index::of(adjustments);
        let spelling = Index::of(&differences.cosmetic);
        let none_taken = vec![Vec::new(); differences.cosmetic.len()];
        let statements = self.statements();
        let mut findings = Vec::new();
        // Of each adjustment the statements that mean it.
        let mut told: Vec<Vec<usize>> = vec![Vec::new(); adjustments.len()];
        // Whether it is told with its main item alone, and may count with it.
        let mut below = vec![false; adjustments.len()];
        for (number, statement) in statements.iter().enumerate() {
            let meant = index.find(statement, &told);
            for at in meant.items {
                told[at].push(number);
            }
            for at in meant.below {
                told[at].push(number);
                below[at] = true;
            }
            if statement.kept || differences.item.is_some() {
                continue;
            }
            for name in meant.lost {
                let mut one = Statement { department: statement.department.clone(), ..Statement::default() };
                one.before = vec![name.clone()];
                one.after = vec![name.clone()];
                let mut alike = spelling.find(&one, &none_taken).items;
                alike.extend(spelling.ids.get(&statement.ids).filter(|_| statement.ids != ["", ""]));
                let alike = alike.first().map(|&at| &differences.cosmetic[at]);
                findings.push(self.lost(statement, &name, alike));
            }
        }
        for (at, number) in index.with_main_items(&statements, &told) {
            told[at].push(number);
            below[at] = true;
        }
        for (adjustment, statements_of) in adjustments.iter().zip(&told) {
            let meant: Vec<&Statement> = statements_of.iter().map(|&at| &statements[at]).collect();
            findings.extend(self.differing(adjustment, &meant));
        }
        // Rows, then what no row tells.
        findings.order_by_key(|finding| finding.row.unwrap_or(usize::MAX));
        if differences.item.is_none() {
            let tally: Vec<([usize; 2], Vec<AdjustmentKind>)> = adjustments
                .iter()
                .zip(told.iter().zip(&below))
                .map(|(adjustment, (told, below))| {
                    let least = usize::from(!below);
                    ([least, items(adjustment)], counted_as(adjustment, told, &statements))
                })
                .collect();
            let tally: Vec<_> = tally.iter().map(|(extent, kinds)| (*extent, &kinds[..])).collect();
            let mut said = Vec::new();
            for counts in self.texts_of_counts() {
                against(&counts, &tally, Against::Lists, &mut said);
            }
            let mut seen = HashSet::new();
            said.retain(|problem: &Problem| seen.insert(problem.message.clone()));
            findings.extend(said.into_iter().map(Finding::of_counts));
        }
        findings
    }

    /// A name that the lists do not show as adjusted.
    fn lost(&self, statement: &Statement, name: &str, spelling: Option<&Adjustment>) -> Finding {
        let row = statement.rows.first().copied();
        let Message { zh, en } = labels_or_words(&statement.kinds, statement.kept);
        let name = shortened(name, 60);
        let mut finding = match spelling {
            Some(cosmetic) => {
                let message = Message::new(
                    format!("公告将“{name}”列为{zh}，两版清单中该项仅文字写法不同"),
                    format!("the notice has `{name}` as {en}; in the lists it changed in spelling alone"),
                );
                let mut finding = Finding::of("notice/spelling-alone", message, cosmetic);
                finding.problem.severity = crate::problem::Severity::Note;
                finding
            }
            None => Finding::of_counts(Problem::warning(
                "notice/not-in-lists",
                Message::new(
                    format!("公告将“{name}”列为{zh}，两版清单中没有这项调整；请核对名称"),
                    format!(
                        "the notice has `{name}` as {en}, but the lists show no such adjustment; see whether the name is right"
                    ),
                ),
            )),
        };
        if let Some(row) = row.and_then(|at| self.rows.get(at)) {
            finding.problem = at_row(finding.problem, row);
        }
        finding.row = row;
        finding.said.clone_from(&statement.kinds);
        if spelling.is_none() {
            finding.shown = Vec::new();
        }
        finding
    }

    /// What an adjustment and the rows that mean it do not agree in.
    fn differing(&self, adjustment: &Adjustment, meant: &[&Statement]) -> Option<Finding> {
        let name = shortened(adjustment.name(), 60);
        let shown = labels(&shown(adjustment));
        let Message { zh: shown_zh, en: shown_en } = &shown;
        let Some(first) = meant.first() else {
            let ids = if adjustment.to.is_empty() { &adjustment.from } else { &adjustment.to };
            let ids = shortened(&ids.join("、"), 60);
            let message = Message::new(
                format!("公告未列“{name}”（{ids}）：两版清单比较为{shown_zh}"),
                format!("the notice does not tell of `{name}` ({ids}): the lists show {shown_en}"),
            );
            return Some(Finding::of("notice/not-in-notice", message, adjustment));
        };
        let mut said: Vec<AdjustmentKind> = Vec::new();
        for kind in meant.iter().flat_map(|statement| &statement.kinds) {
            if !said.contains(kind) {
                said.push(kind.clone());
            }
        }
        let whole = matches!(adjustment.kind, AdjustmentKind::Added | AdjustmentKind::Removed);
        // 保留, 调整: the item was there, and is.
        let stays = meant.iter().any(|statement| statement.kept || statement.unspecific);
        let agrees = if said.is_empty() {
            !(whole && stays)
        } else {
            said.iter().all(|kind| bears_out(adjustment, kind))
        };
        if agrees {
            return None;
        }
        let Message { zh, en } = labels_or_words(&said, first.kept);
        let message = Message::new(
            format!("“{name}”公告为{zh}，两版清单比较为{shown_zh}；请核对"),
            format!("`{name}` is {en} in the notice, but the lists show {shown_en}; correct one of them"),
        );
        let mut finding = Finding::of("notice/kind-differs", message, adjustment);
        finding.problem = finding.problem.expecting(zh).finding(shown_zh);
        if let Some(row) = first.rows.first().and_then(|&at| self.rows.get(at)) {
            finding.problem = at_row(finding.problem, row);
        }
        finding.row = first.rows.first().copied();
        finding.said = said;
        Some(finding)
    }
}

/// How many items an adjustment may count as at most.
fn items(adjustment: &Adjustment) -> usize {
    adjustment.from.len().max(adjustment.to.len()).max(1)
}

/// The kinds by which an adjustment counts: those that the notice says, where the lists bear them out, go first.
fn counted_as(adjustment: &Adjustment, told: &[usize], statements: &[Statement]) -> Vec<AdjustmentKind> {
    let said = told.iter().flat_map(|&at| &statements[at].kinds).filter(|kind| bears_out(adjustment, kind));
    let mut kinds: Vec<AdjustmentKind> = Vec::new();
    for kind in said.chain(std::iter::once(&adjustment.kind)).chain(&adjustment.also) {
        if !kinds.contains(kind) {
            kinds.push(kind.clone());
        }
    }
    kinds
}

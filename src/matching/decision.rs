//! What people decided of links: it goes before everything that is found.

use crate::codes::{AdjustmentKind, Verdict};
use crate::lineage::{Lineage, Link, Reason};
use crate::problem::{Lang, Message, Problem};
use crate::record::AnyItem;
use crate::sorting::Sorting as _;
use crate::term::Date;
use crate::{Map, Record, Text};
use std::collections::{HashMap, HashSet};

/// One row of a decisions file.
///
/// ```
/// use qingdan::matching::Decision;
/// use qingdan::codes::Verdict;
/// let row = Decision::new("A1;A2", "B7", Verdict::Same);
/// assert_eq!(row.from_ids(), ["A1", "A2"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "decision-row")]
#[non_exhaustive]
pub struct Decision {
    /// Ids in the old list, several with `;` between them. Empty: what stands in `to` is new.
    #[record(column("from", "原编码"))]
    pub from: Text,
    /// Ids in the new list, several with `;` between them. Empty: what stands in `from` is gone.
    #[record(column("to", "新编码"))]
    pub to: Text,
    /// Whether the one became the other. Empty: not decided yet.
    #[record(column("decision", "结论"))]
    pub decision: Option<Verdict>,
    /// The kind of adjustment that the decision is, where it is not seen in the lists (承接, 委托).
    #[record(column("kind", "调整方式"))]
    pub kind: Option<AdjustmentKind>,
    /// The document of the decision (文号).
    #[record(column("document", "调整依据", "文号"))]
    pub document: Text,
    /// Its day.
    #[record(column("date", "日期"))]
    pub date: Option<Date>,
    /// Why: the reason of the decision, which the adjustment bears.
    #[record(column("note", "备注"))]
    pub note: Text,
    /// What speaks for the link, for a person who decides.
    #[record(column("why", "匹配理由"))]
    pub why: Text,
    /// The edition that the new list is, where a file serves several (its label). Empty: any.
    #[record(column("edition", "版本", "年版"))]
    pub edition: Text,
    /// Columns that are none of these.
    pub extra: Map<Text>,
}

/// Ids in a cell.
fn ids(cell: &str) -> Vec<&str> {
    cell.split([';', '；']).map(str::trim).filter(|id| !id.is_empty()).collect()
}

impl Decision {
    /// What was decided of these ids; several with `;` between them.
    pub fn new(from: impl Into<Text>, to: impl Into<Text>, decision: Verdict) -> Self {
        Self { from: from.into(), to: to.into(), decision: Some(decision), ..Self::default() }
    }
    /// The ids in the old list.
    #[must_use]
    pub fn from_ids(&self) -> Vec<&str> {
        ids(&self.from)
    }
    /// The ids in the new list.
    #[must_use]
    pub fn to_ids(&self) -> Vec<&str> {
        ids(&self.to)
    }
    /// Whether the row is about the step that leads to the edition of this label.
    #[must_use]
    pub fn leads_to(&self, label: &str) -> bool {
        self.edition.trim().is_empty() || self.edition.trim() == label
    }
    fn place(&self) -> String {
        format!("{} → {}", self.from, self.to)
    }
}

/// The decisions that speak of two lists, without contradiction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decided {
    /// Links that a person confirmed or added; with one empty side what is gone or new.
    pub(super) links: Vec<Link>,
    /// Parts of items that went over to others.
    pub(super) parts: Vec<Link>,
    /// Pairs that a person refused.
    pub(super) refused: HashSet<(String, String)>,
}

impl Decided {
    /// A pair that is none, as the lists themselves show.
    pub(crate) fn refuse(&mut self, from: &str, to: &str) {
        self.refused.insert((from.to_owned(), to.to_owned()));
    }
    /// Whether a person refused this pair, or the lists did.
    pub(crate) fn refuses(&self, from: &str, to: &str) -> bool {
        !self.refused.is_empty() && self.refused.contains(&(from.to_owned(), to.to_owned()))
    }
    /// Reads decisions against the lists that they speak of; what is wrong with them is said: ids that no list has
    /// (warnings: a file may serve several editions), and contradictions (errors: an item in two links, a link that is
    /// confirmed and refused, several to several). Rows without a decision say nothing. Linear.
    #[must_use]
    pub fn of(
        decisions: &[Decision],
        before: &[&dyn AnyItem],
        after: &[&dyn AnyItem],
    ) -> (Self, Vec<Problem>) {
        let (mut out, mut problems) = (Self::default(), Vec::new());
        if decisions.is_empty() {
            return (out, problems);
        }
        let keys = |items: &[&dyn AnyItem]| -> HashSet<String> {
            items.iter().map(|item| item.key().into_owned()).collect()
        };
        let lists = [keys(before), keys(after)];
        // Which row an id was decided in, by side.
        let mut decided: [HashMap<String, String>; 2] = [HashMap::new(), HashMap::new()];
        for row in decisions {
            let Some(verdict) = &row.decision else { continue };
            let sides = [row.from_ids(), row.to_ids()];
            let mut unknown = false;
            for (side, (ids, list)) in sides.iter().zip(&lists).enumerate() {
                for id in ids.iter().filter(|id| !list.contains(**id)) {
                    unknown = true;
                    problems.push(Problem::warning("decisions/unknown-id", unknown_id(id, side)));
                }
            }
            if unknown || sides.iter().all(Vec::is_empty) {
                continue;
            }
            match verdict {
                Verdict::Different => {
                    for from in &sides[0] {
                        for to in &sides[1] {
                            out.refused.insert(((*from).to_owned(), (*to).to_owned()));
                        }
                    }
                    if sides.iter().any(Vec::is_empty) {
                        let message = Message::new(
                            format!("“{}”：不同（different）须写明两侧编码", row.place()),
                            format!("`{}`: `different` needs ids on both sides", row.place()),
                        );
                        problems.push(Problem::error("decisions/one-sided", message));
                    }
                }
                Verdict::Same => {
                    if sides[0].len() > 1 && sides[1].len() > 1 {
                        let message = Message::new(
                            format!("“{}”：多项对多项；请按来源或去向分行", row.place()),
                            format!(
                                "`{}`: several to several; give each old or each new item a row",
                                row.place()
                            ),
                        );
                        problems.push(Problem::error("decisions/many-to-many", message));
                        continue;
                    }
                    let mut taken = None;
                    for (side, ids) in sides.iter().enumerate() {
                        for id in ids {
                            if let Some(other) = decided[side].insert((*id).to_owned(), row.place())
                                && other != row.place()
                            {
                                taken = Some(((*id).to_owned(), other));
                            }
                        }
                    }
                    if let Some((id, other)) = taken {
                        let message = Message::new(
                            format!("{id}在两条结论中：“{other}”与“{}”；请留一条", row.place()),
                            format!(
                                "{id} stands in two decisions, `{other}` and `{}`; keep one",
                                row.place()
                            ),
                        );
                        problems.push(Problem::error("decisions/contradiction", message));
                        continue;
                    }
                    let mut link = Link::new("", "", Reason::Decided);
                    link.from = sides[0].iter().map(|id| (*id).to_owned()).collect();
                    link.to = sides[1].iter().map(|id| (*id).to_owned()).collect();
                    link.kind.clone_from(&row.kind);
                    link.document = row.document.to_string();
                    link.note = row.note.to_string();
                    if !out.links.contains(&link) {
                        out.links.push(link);
                    }
                }
                Verdict::Part if sides.iter().any(Vec::is_empty) => {
                    let message = Message::new(
                        format!("“{}”：部分划转（part）须写明两侧编码", row.place()),
                        format!("`{}`: `part` needs ids on both sides", row.place()),
                    );
                    problems.push(Problem::error("decisions/one-sided", message));
                }
                Verdict::Part => {
                    for from in &sides[0] {
                        for to in &sides[1] {
                            let mut link = Link::part(*from, *to);
                            link.kind.clone_from(&row.kind);
                            link.document = row.document.to_string();
                            link.note = row.note.to_string();
                            if !out.parts.contains(&link) {
                                out.parts.push(link);
                            }
                        }
                    }
                }
                Verdict::Other(_) => {}
            }
        }
        for link in &out.links {
            for from in &link.from {
                for to in &link.to {
                    if out.refused.contains(&(from.clone(), to.clone())) {
                        let message = Message::new(
                            format!("{from} → {to}既写同一，又写不同；请留一条"),
                            format!("{from} → {to} is both `same` and `different`; keep one"),
                        );
                        problems.push(Problem::error("decisions/contradiction", message));
                    }
                }
            }
        }
        (out, problems)
    }
}

impl Decided {
    /// Takes in a link that is known before matching, in the way that it says. Its ends stand in no other link.
    pub(crate) fn know(&mut self, link: Link) {
        self.links.push(link);
    }
    /// Ids in the old list of which something is said.
    pub(crate) fn old_ids(&self) -> HashSet<String> {
        let refused = self.refused.iter().map(|(from, _)| from);
        self.links.iter().flat_map(|link| &link.from).chain(refused).cloned().collect()
    }
    /// Ids in the new list of which something is said.
    pub(crate) fn new_ids(&self) -> HashSet<String> {
        let refused = self.refused.iter().map(|(_, to)| to);
        self.links.iter().flat_map(|link| &link.to).chain(refused).cloned().collect()
    }
}

fn unknown_id(id: &str, side: usize) -> Message {
    let (zh, en) = [("原", "old"), ("新", "new")][side];
    Message::new(
        format!("{zh}清单没有{id}；这条结论未用"),
        format!("the {en} list has no item {id}; the decision was not used"),
    )
}

/// What a person has to decide: links that are not certain, then what might be one as well, the best first. The rows
/// have no decision yet; `why` says what is linked and why.
///
/// Linear.
#[must_use]
pub fn to_decide(
    lineage: &Lineage,
    before: &[&dyn AnyItem],
    after: &[&dyn AnyItem],
    lang: Lang,
) -> Vec<Decision> {
    let mut told: Vec<&Link> = lineage.links.iter().filter(|link| !link.certain).collect();
    told.order_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let open: Vec<&Link> = told.into_iter().chain(&lineage.candidates).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let names = |items: &[&dyn AnyItem]| -> HashMap<String, String> {
        items.iter().map(|item| (item.key().into_owned(), crate::record::full_name(*item))).collect()
    };
    let (old, new) = (names(before), names(after));
    let mut rows = Vec::with_capacity(open.len());
    for link in open {
        let named = |ids: &[String], names: &HashMap<String, String>| -> String {
            let names: Vec<&str> = ids.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
            names.join(lang.pick("、", ", "))
        };
        let why = format!(
            "{} → {}{}{}{}{} {:.2}",
            named(&link.from, &old),
            named(&link.to, &new),
            lang.pick("：", ": "),
            link.why(lang),
            lang.pick("；", "; "),
            lang.pick("置信度", "confidence"),
            link.confidence
        );
        rows.push(Decision {
            from: link.from.join(";").into(),
            to: link.to.join(";").into(),
            why: why.into(),
            ..Decision::default()
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LicensingItem;

    fn said(rows: &[Decision]) -> Vec<String> {
        let items = |ids: &[&str]| ids.iter().map(|id| LicensingItem::new(*id, *id)).collect::<Vec<_>>();
        let (old, new) = (items(&["A1", "A2", "A3"]), items(&["B1", "B2"]));
        let old: Vec<&dyn AnyItem> = old.iter().map(|item| item as &dyn AnyItem).collect();
        let new: Vec<&dyn AnyItem> = new.iter().map(|item| item as &dyn AnyItem).collect();
        Decided::of(rows, &old, &new).1.iter().map(|p| p.rule.to_string()).collect()
    }

    #[test]
    fn what_is_wrong_with_decisions_is_said() {
        let same = |from: &str, to: &str| Decision::new(from, to, Verdict::Same);
        let different = |from: &str, to: &str| Decision::new(from, to, Verdict::Different);
        assert!(
            said(&[same("A1;A2", "B1"), same("A3", ""), same("", "B2"), different("A1", "B2")]).is_empty()
        );
        assert_eq!(said(&[same("A9", "B1")]), ["decisions/unknown-id"]);
        assert_eq!(said(&[same("A1", "B1"), same("A1", "B2")]), ["decisions/contradiction"]);
        assert_eq!(said(&[same("A1", "B1"), different("A1", "B1")]), ["decisions/contradiction"]);
        assert_eq!(said(&[same("A1;A2", "B1;B2")]), ["decisions/many-to-many"]);
        assert_eq!(said(&[different("A1", "")]), ["decisions/one-sided"]);
        assert!(said(&[Decision { decision: None, ..same("A1", "B1") }]).is_empty());
    }
}

//! What was found between pairs of lists, joined into rows and told in the order in which the lists were given.

use super::correspond::{self, Link, Seen};
use super::told;
use super::{AlignSummary, AlignedItem, AlignedList, Alignment, Candidate, Difference, Options, Systematic};
use super::{groups, namesakes};
use crate::catalogue::Header;
use crate::diff::Selection;
use crate::keyed::Map;
use crate::kind::{AnyCatalogue, Kind};
use crate::likeness::{self, Eye, Likeness};
use crate::lineage::Reason;
use crate::matching::{Decided, Decision};
use crate::organ;
use crate::problem::{Message, Problem};
use crate::record::{AnyItem, Field, full_name};
use crate::sorting::Sorting as _;
use crate::text_atom::Text;
use crate::value::{self, Shown};
use crate::watch::{Stopped, Watch};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A link between items of any two lists, by their numbers over all.
pub(super) struct Joined {
    one: usize,
    other: usize,
    link: Link,
}

/// What was found between pairs of lists.
#[derive(Default)]
pub(super) struct Links {
    told: Vec<Joined>,
    candidates: Vec<Joined>,
}

/// [`Links`], the pairs that a person refused, and what is wrong with the decisions.
pub(super) type Linked = (Links, HashSet<(usize, usize)>, Vec<Problem>);

/// The lists in the order of their content.
pub(super) struct Work<'a> {
    lists: Vec<Vec<Seen<'a>>>,
    /// The number of each list's first item over all lists.
    starts: Vec<usize>,
    options: &'a Options,
    eye: Eye<'a>,
}

/// What a person decided is followed before everything.
const DECIDED: f64 = 100.0;
/// A difference that so many of the items have alike is told once.
const SYSTEMATIC: (usize, usize) = (4, 5);
/// Of fewer items nothing is systematic.
const FEW: usize = 5;

impl<'a> Work<'a> {
    #[inline]
    pub(super) fn new(lists: Vec<&'a AnyCatalogue>, options: &'a Options) -> Self {
        let eye = Eye { aliases: &options.aliases, day: None };
        let mut known = correspond::Functions::default();
        let lists: Vec<Vec<Seen<'a>>> = lists
            .into_iter()
            .map(|list| list.items().into_iter().map(|item| Seen::of(item, eye, &mut known)).collect())
            .collect();
        let mut starts = vec![0];
        for list in &lists {
            starts.push(starts[starts.len() - 1] + list.len());
        }
        Self { lists, starts, options, eye }
    }
    #[inline]
    fn list_of(&self, item: usize) -> usize {
        self.starts.partition_point(|start| *start <= item) - 1
    }
    #[inline]
    fn seen(&self, item: usize) -> &Seen<'a> {
        let list = self.list_of(item);
        &self.lists[list][item - self.starts[list]]
    }

    /// What corresponds between each two lists.
    #[inline]
    pub(super) fn links(&self, watch: &mut Watch<'_>) -> Result<Linked, Stopped> {
        let (mut links, mut refused, mut problems) = (Links::default(), HashSet::new(), Vec::new());
        let (rows, alone) = self.decided(&mut problems);
        let all = self.lists.len() * self.lists.len().saturating_sub(1) / 2;
        let mut done = 0;
        for i in 0..self.lists.len() {
            for j in i + 1..self.lists.len() {
                let mut watch = watch.one_of(done, all);
                done += 1;
                let (one, other) = (&self.lists[i], &self.lists[j]);
                let (found, said) =
                    correspond::find(one, other, &rows, &self.options.matching, self.eye, &mut watch)?;
                for problem in said {
                    if !problems.contains(&problem) {
                        problems.push(problem);
                    }
                }
                let number = |a: usize, b: usize| (self.starts[i] + a, self.starts[j] + b);
                refused.extend(found.refused.into_iter().map(|(a, b)| number(a, b)));
                let joined = |link: Link| {
                    let (one, other) = number(link.one, link.other);
                    (!alone.contains(&one) && !alone.contains(&other)).then_some(Joined { one, other, link })
                };
                links.told.extend(found.links.into_iter().filter_map(joined));
                links.candidates.extend(found.candidates.into_iter().filter_map(joined));
            }
        }
        Ok((links, refused, problems))
    }

    /// The decisions that name two sides, and the items that have no partner; what no list has is said.
    #[inline]
    fn decided(&self, problems: &mut Vec<Problem>) -> (Vec<Decision>, HashSet<usize>) {
        let mut numbers: HashMap<&str, Vec<usize>> = HashMap::new();
        if !self.options.decisions.is_empty() {
            for (list, start) in self.lists.iter().zip(&self.starts) {
                for (at, seen) in list.iter().enumerate() {
                    numbers.entry(&seen.key).or_default().push(start + at);
                }
            }
        }
        let (mut rows, mut alone) = (Vec::new(), HashSet::new());
        for row in self.options.decisions.iter().filter(|row| row.decision.is_some()) {
            let (from, to) = (row.from_ids(), row.to_ids());
            let unknown: Vec<&str> =
                from.iter().chain(&to).copied().filter(|id| !numbers.contains_key(id)).collect();
            for id in &unknown {
                let message = Message::new(
                    format!("没有一份清单有{id}；这条结论未用"),
                    format!("no list has an item {id}; the decision was not used"),
                );
                problems.push(Problem::warning("decisions/unknown-id", message));
            }
            if !unknown.is_empty() {
                continue;
            }
            match (from.is_empty(), to.is_empty()) {
                (false, false) => rows.push(row.clone()),
                (true, true) => {}
                _ if row.decision == Some(crate::codes::Verdict::Different) => {
                    // Said as it is for two editions.
                    problems.extend(Decided::of(std::slice::from_ref(row), &[], &[]).1);
                }
                _ => {
                    let ids = from.iter().chain(&to);
                    alone.extend(ids.filter_map(|id| numbers.get(id)).flatten().copied());
                }
            }
        }
        (rows, alone)
    }

    #[inline]
    pub(super) fn groups(&self, links: &Links, refused: &HashSet<(usize, usize)>) -> Vec<Vec<usize>> {
        let count = self.starts[self.starts.len() - 1];
        let list_of: Vec<usize> = (0..count).map(|item| self.list_of(item)).collect();
        let edges: Vec<groups::Edge> = links
            .told
            .iter()
            .map(|joined| {
                let decided = joined.link.reasons.contains(&Reason::Decided);
                // A link that needs no person goes before one that does.
                let certain = if joined.link.certain { 1.0 } else { 0.0 };
                let weight = joined.link.confidence + certain + if decided { DECIDED } else { 0.0 };
                groups::Edge { one: joined.one, other: joined.other, weight }
            })
            .collect();
        groups::join(&list_of, &edges, refused)
    }

    /// How sure a group is: the weakest of the links that hold it together, the strongest chosen.
    #[inline]
    fn sureness(group: &[usize], links: &[&Joined]) -> (f64, bool, Vec<Reason>) {
        let mut sorted: Vec<&&Joined> = links.iter().collect();
        sorted.order_by(|a, b| {
            let by = |joined: &Joined| (joined.link.certain, joined.link.confidence);
            let ((a_certain, a_much), (b_certain, b_much)) = (by(a), by(b));
            b_certain
                .cmp(&a_certain)
                .then(b_much.total_cmp(&a_much))
                .then((a.one, a.other).cmp(&(b.one, b.other)))
        });
        let mut part: HashMap<usize, usize> = group.iter().map(|item| (*item, *item)).collect();
        let (mut confidence, mut certain, mut reasons) = (1.0, true, Vec::new());
        for joined in sorted {
            let (Some(&a), Some(&b)) = (part.get(&joined.one), part.get(&joined.other)) else { continue };
            if a == b {
                continue;
            }
            part.values_mut().filter(|of| **of == b).for_each(|of| *of = a);
            confidence = f64::min(confidence, joined.link.confidence);
            certain &= joined.link.certain;
            reasons.clone_from(&joined.link.reasons);
        }
        (confidence, certain, reasons)
    }

    /// What was found, in the order in which the lists were given.
    #[inline]
    pub(super) fn told(
        &self,
        kind: Kind,
        lists: &[&AnyCatalogue],
        groups: &[Vec<usize>],
        links: &Links,
        place_of: &[usize],
        options: &Options,
    ) -> Alignment {
        let mut group_of: HashMap<usize, usize> = HashMap::new();
        for (at, group) in groups.iter().enumerate() {
            group_of.extend(group.iter().map(|item| (*item, at)));
        }
        let mut links_of: HashMap<usize, Vec<&Joined>> = HashMap::new();
        for joined in &links.told {
            let of = group_of[&joined.one];
            if of == group_of[&joined.other] {
                links_of.entry(of).or_default().push(joined);
            }
        }
        // A column that a list does not have at all says nothing of its items.
        let columns = Columns::of(kind, &self.lists, &options.selection);
        let mut rows: Vec<(Vec<Option<usize>>, AlignedItem)> = groups
            .iter()
            .enumerate()
            .map(|(at, group)| {
                let mut members: Vec<Option<usize>> = vec![None; lists.len()];
                for item in group {
                    members[self.list_of(*item)] = Some(*item);
                }
                let given: Vec<Option<usize>> = place_of.iter().map(|place| members[*place]).collect();
                let of = |get: &dyn Fn(&Seen<'_>) -> String| -> Vec<Option<String>> {
                    given.iter().map(|item| item.map(|item| get(self.seen(item)))).collect()
                };
                let (confidence, certain, reasons) =
                    Self::sureness(group, links_of.get(&at).map_or(&[], Vec::as_slice));
                let (differences, cosmetic) = self.differences(&columns, &members, place_of);
                let item = AlignedItem {
                    ids: of(&|seen| seen.key.clone()),
                    names: of(&|seen| full_name(seen.item)),
                    departments: of(&|seen| likeness::holder(seen.item)),
                    differences,
                    cosmetic,
                    confidence,
                    certain,
                    reasons,
                };
                (given, item)
            })
            .collect();
        rows.sort_by_cached_key(|(given, _)| {
            given.iter().enumerate().find_map(|(list, item)| Some((list, (*item)?)))
        });
        let members: Vec<&[Option<usize>]> = rows.iter().map(|(given, _)| given.as_slice()).collect();
        let moved = moved(&members, lists.len());
        let namesakes = namesakes::find(&members, &|item| self.seen(item), self.eye);
        let candidates = self.candidates(links, &group_of, groups, place_of);
        let mut items: Vec<AlignedItem> = rows.into_iter().map(|(_, item)| item).collect();
        let systematic = systematic(&mut items);
        let places = places(lists, options);
        let lists_told = lists.iter().zip(places).enumerate().map(|(at, (list, place))| {
            let here = || items.iter().filter(|item| item.ids[at].is_some());
            AlignedList {
                place,
                title: list.title().to_owned(),
                edition: list.header().edition.clone(),
                items: list.len(),
                in_all: here().filter(|item| item.is_in_all()).count(),
                alone: here().filter(|item| item.count() == 1).count(),
            }
        });
        let lists_told = lists_told.collect();
        let mut headers: Vec<&Header> = Vec::new();
        for header in lists.iter().map(|list| list.header()) {
            if headers.iter().all(|other| value::diff(*other, header).is_some()) {
                headers.push(header);
            }
        }
        let count = |is: &dyn Fn(&AlignedItem) -> bool| items.iter().filter(|item| is(item)).count();
        let several = |item: &AlignedItem| item.count() > 1;
        let summary = AlignSummary {
            lists: lists.len(),
            items: items.len(),
            in_all: count(&AlignedItem::is_in_all),
            in_some: count(&|item| several(item) && !item.is_in_all()),
            in_one: count(&|item| !several(item) && !item.is_in_all()),
            alike: count(&|item| several(item) && item.differences.is_empty()),
            different: count(&|item| !item.differences.is_empty()),
            other_name: count(&AlignedItem::has_other_name),
            same_name: namesakes.len(),
            cosmetic: count(&|item| item.cosmetic && item.differences.is_empty()),
            moved,
            uncertain: count(&|item| !item.certain),
            headers: headers.len().saturating_sub(1),
        };
        Alignment {
            kind,
            lists: lists_told,
            selection: options.selection.clone(),
            summary,
            items,
            same_name_other_item: namesakes,
            systematic,
            candidates,
        }
    }

    /// Where the items of a group differ; and whether any field differs in spelling alone.
    #[inline]
    fn differences(
        &self,
        columns: &Columns,
        members: &[Option<usize>],
        place_of: &[usize],
    ) -> (Vec<Difference>, bool) {
        let there: Vec<(usize, &dyn AnyItem)> = members
            .iter()
            .enumerate()
            .filter_map(|(list, item)| Some((list, self.seen((*item)?).item)))
            .collect();
        let (mut out, mut cosmetic) = (Vec::new(), false);
        if there.len() < 2 {
            return (out, cosmetic);
        }
        let mut compare =
            |name: &str,
             title: &str,
             has: &[bool],
             value: &dyn for<'v> Fn(&'v dyn AnyItem) -> Option<&'v dyn Shown>| {
                let (mut other, mut spelling) = (false, false);
                for (at, (i, one)) in there.iter().enumerate() {
                    for (j, two) in &there[at + 1..] {
                        if !has[*i] || !has[*j] {
                            continue;
                        }
                        match self.eye.compare(name, value(*one), value(*two)) {
                            Likeness::Other => other = true,
                            Likeness::Spelling => spelling = true,
                            Likeness::Same | Likeness::Open => {}
                        }
                    }
                }
                if other {
                    let value_in = |list: usize| {
                        let (_, item) = there.iter().find(|(of, _)| *of == list)?;
                        Some(value(*item).map(Shown::shown).unwrap_or_default().into_owned())
                    };
                    out.push(Difference {
                        field: name.to_owned(),
                        title: title.to_owned(),
                        values: place_of.iter().map(|list| value_in(*list)).collect(),
                        systematic: false,
                    });
                }
                cosmetic |= spelling;
            };
        // A name and a sub item may be divided otherwise: as a whole they are what they are.
        let whole: HashSet<String> = there.iter().map(|(_, item)| likeness::base_name(*item)).collect();
        for (at, field, has) in &columns.fields {
            if whole.len() == 1 && likeness::OF_THE_NAME.contains(&field.name) && field.name != "name" {
                continue;
            }
            compare(field.name, field.title(), has, &|item| item.value(*at));
        }
        for (header, has) in &columns.extra {
            compare(header, header, has, &|item| {
                let text: Option<&Text> = item.extra().and_then(|extra| extra.get(header));
                text.map(|text| text as &dyn Shown)
            });
        }
        (out, cosmetic)
    }

    /// What may correspond, of items that have no partner in one another's list.
    #[inline]
    fn candidates(
        &self,
        links: &Links,
        group_of: &HashMap<usize, usize>,
        groups: &[Vec<usize>],
        place_of: &[usize],
    ) -> Vec<Candidate> {
        let has = |item: usize, list: usize| {
            groups[group_of[&item]].iter().any(|member| self.list_of(*member) == list)
        };
        // What the groups left no room for may be one as well.
        let mut open: Vec<&Joined> = links.candidates.iter().chain(&links.told).collect();
        open.retain(|joined| {
            !has(joined.one, self.list_of(joined.other)) && !has(joined.other, self.list_of(joined.one))
        });
        open.order_by(|a, b| {
            let by = b.link.confidence.total_cmp(&a.link.confidence);
            by.then((a.one, a.other).cmp(&(b.one, b.other)))
        });
        let mut seen = HashSet::new();
        open.retain(|joined| seen.insert((joined.one, joined.other)));
        open.into_iter()
            .map(|joined| {
                let of = |get: &dyn Fn(&Seen<'_>) -> String| -> Vec<Option<String>> {
                    place_of
                        .iter()
                        .map(|place| {
                            let item = [joined.one, joined.other].into_iter();
                            let mut item = item.filter(|item| self.list_of(*item) == *place);
                            item.next().map(|item| get(self.seen(item)))
                        })
                        .collect()
                };
                Candidate {
                    ids: of(&|seen| seen.key.clone()),
                    names: of(&|seen| full_name(seen.item)),
                    confidence: joined.link.confidence,
                    reasons: joined.link.reasons.clone(),
                }
            })
            .collect()
    }
}

/// The columns that are compared, and which list has them.
struct Columns {
    fields: Vec<(usize, &'static Field, Vec<bool>)>,
    extra: Vec<(String, Vec<bool>)>,
}

impl Columns {
    #[inline]
    fn of(kind: Kind, lists: &[Vec<Seen<'_>>], selection: &Selection) -> Self {
        let several = |has: &[bool]| has.iter().filter(|has| **has).count() > 1;
        let fields = kind
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, field)| told::is_told(field) && selection.takes(field.name));
        let fields = fields.filter_map(|(at, field)| {
            let has: Vec<bool> =
                lists.iter().map(|list| list.iter().any(|seen| seen.item.value(at).is_some())).collect();
            several(&has).then_some((at, field, has))
        });
        let mut extra: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
        for (at, list) in lists.iter().enumerate() {
            for seen in list {
                for (header, _) in seen.item.extra().into_iter().flat_map(Map::iter) {
                    extra.entry(header).or_insert_with(|| vec![false; lists.len()])[at] = true;
                }
            }
        }
        let extra = extra.into_iter().filter(|(header, has)| several(has) && selection.takes_column(header));
        Self {
            fields: fields.collect(),
            extra: extra.map(|(header, has)| (header.to_owned(), has)).collect(),
        }
    }
}

/// What the places are called.
#[inline]
fn places(lists: &[&AnyCatalogue], options: &Options) -> Vec<String> {
    let named = |at: usize, list: &AnyCatalogue| -> String {
        let header = list.header();
        let said = options.places.get(at).map(String::as_str).unwrap_or_default();
        let found = [
            said,
            organ::place(&header.issuer),
            &header.issuer,
            organ::place(&header.title),
            &header.region,
            &header.title,
        ];
        match found.into_iter().find(|text| !text.is_empty()) {
            Some(text) => text.to_owned(),
            None => format!("#{}", at + 1),
        }
    };
    let mut places: Vec<String> = lists.iter().enumerate().map(|(at, list)| named(at, list)).collect();
    // Two lists of one place are told apart.
    for at in 0..places.len() {
        if places[..at].contains(&places[at]) {
            places[at] = format!("{}#{}", places[at], at + 1);
        }
    }
    places
}

/// Marks the differences that most items have alike, and tells each once.
#[inline]
fn systematic(items: &mut [AlignedItem]) -> Vec<Systematic> {
    let common: Vec<&AlignedItem> = items.iter().filter(|item| item.is_in_all()).collect();
    let mut counts: BTreeMap<(&str, &str), BTreeMap<Vec<&str>, usize>> = BTreeMap::new();
    for difference in common.iter().flat_map(|item| &item.differences) {
        let values: Vec<&str> = difference.values.iter().flatten().map(String::as_str).collect();
        if values.len() == difference.values.len() && values.iter().all(|value| !value.is_empty()) {
            let of = counts.entry((&difference.field, &difference.title)).or_default();
            *of.entry(values).or_default() += 1;
        }
    }
    let mut out = Vec::new();
    for ((field, title), by_values) in counts {
        let Some((values, &n)) = by_values.iter().max_by_key(|(values, n)| (**n, std::cmp::Reverse(*values)))
        else {
            continue;
        };
        if n >= FEW && n * SYSTEMATIC.1 >= common.len() * SYSTEMATIC.0 {
            out.push(Systematic {
                field: field.to_owned(),
                title: title.to_owned(),
                values: values.iter().map(|value| (*value).to_owned()).collect(),
                items: n,
                of: common.len(),
            });
        }
    }
    for difference in items.iter_mut().flat_map(|item| &mut item.differences) {
        difference.systematic = out.iter().any(|told| {
            told.field == difference.field
                && told.values.iter().map(Some).eq(difference.values.iter().map(Option::as_ref))
        });
    }
    out
}

/// How many of the items that two lists have stand in another order there; of all pairs of lists the most.
#[inline]
fn moved(rows: &[&[Option<usize>]], lists: usize) -> usize {
    let mut most = 0;
    for i in 0..lists {
        for j in i + 1..lists {
            let mut both: Vec<(usize, usize)> =
                rows.iter().filter_map(|members| Some((members[i]?, members[j]?))).collect();
            both.sort_unstable();
            // The last numbers of the longest rising rows of each length.
            let mut ends: Vec<usize> = Vec::new();
            for (_, there) in &both {
                let at = ends.partition_point(|end| end < there);
                if at == ends.len() { ends.push(*there) } else { ends[at] = *there }
            }
            most = most.max(both.len() - ends.len());
        }
    }
    most
}

//! A lower list against its upper list: what must be there, what must be equal, what may differ, and how far.
//!
//! What would cry wolf on real lists is told once: bodies are mapped from the pairs themselves, names are compared without
//! words of level and scope, bases by title and article, limits in equal units, materials by their number once names are
//! known. A name that differs and a partner that is missing are one fact, and are one finding.

use super::look::Look;
use super::{Findings, Hit, Looks, say};
use crate::citation::{Bases, short_title};
use crate::code::Code;
use crate::codes::{AdjustmentKind, Level, UpperRelation};
use crate::correspondence::{Bodies, Correspondence, Likely, Place, bodies};
use crate::keyed::{List, Set};
use crate::kind::{AnyCatalogue, Kind};
use crate::likeness::{Eye, Likeness};
use crate::lineage::{Link, Reason};
use crate::portfolio::Portfolio;
use crate::problem::{Message, Severity, shortened};
use crate::record::{AnyItem, Field, base_names, full_name};
use crate::sorting::Sorting as _;
use crate::term::{Citation, Date, Material, TimeLimit, UpperRef};
use crate::watch::{Stopped, Watch};
use crate::{matching, name, text};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// A pair of bodies that so many of the common items show is how things are here, not a finding for each.
const AS_A_RULE: f64 = 0.8;

/// Items of one code whose names are less alike are two things.
const ONE_THING: f64 = 0.4;

/// So many pairs of bodies are told one by one.
const PAIRS: usize = 3;

/// Pairs of bodies that are the rule: field, theirs and ours, how often, and the items.
type Mapped = BTreeMap<(&'static str, String, String), (Likely, Vec<usize>)>;

/// The kinds whose items are the same things, told with other columns: a guide, a norm and the list agree (三级八同).
const SAME_THINGS: &[Kind] = &[Kind::Licensing, Kind::LicensingNorm, Kind::Service, Kind::Power];

#[inline]
pub(super) fn check<'a>(
    portfolio: &'a Portfolio,
    looks: &Looks<'a>,
    findings: &mut Findings,
    watch: &mut Watch<'_>,
) -> Result<(), Stopped> {
    if looks.options.uppers.lists.is_empty() {
        return Ok(());
    }
    for (at, (list, look)) in portfolio.lists.iter().zip(&looks.lists).enumerate() {
        let mut watch = watch.one_of(at, looks.lists.len());
        let uppers = uppers_of(list, &looks.options.uppers);
        if uppers.is_empty() {
            findings.list("upper/no-upper-list", look, "", || {
                say(
                    "没有同类的上级清单可对照；请用 --upper 给出",
                    "no upper list of this kind to hold it against; give one with --upper",
                )
            });
            continue;
        }
        let day = looks.options.today.or_else(|| look.day());
        let mut has_partner = vec![false; look.items.len()];
        let mut perhaps = vec![false; look.items.len()];
        let count = uppers.len();
        for (at, upper) in uppers.into_iter().enumerate() {
            let held = Held::new(upper, list, look, looks, day, &mut watch.one_of(at, count))?;
            for (below, has) in has_partner.iter_mut().enumerate() {
                *has |= !held.found.uppers_of(below).is_empty();
            }
            held.check(findings, &mut perhaps);
        }
        for (i, item) in look.items.iter().enumerate() {
            if !has_partner[i] && !perhaps[i] {
                beyond(look, looks, i, *item, findings);
            }
        }
    }
    Ok(())
}

/// The upper lists that a list is held against: of its kind, of its series where one is; else of the same things.
#[inline]
fn uppers_of<'a>(list: &AnyCatalogue, all: &'a Portfolio) -> Vec<&'a AnyCatalogue> {
    let of_kind: Vec<&AnyCatalogue> = all.lists.iter().filter(|upper| upper.kind() == list.kind()).collect();
    let series = &list.header().series;
    let of_series: Vec<&AnyCatalogue> =
        of_kind.iter().copied().filter(|upper| upper.header().series == *series).collect();
    if !of_series.is_empty() {
        return of_series;
    }
    if !of_kind.is_empty() || !SAME_THINGS.contains(&list.kind()) {
        return of_kind;
    }
    all.lists.iter().filter(|upper| SAME_THINGS.contains(&upper.kind())).collect()
}

/// An item that no upper list has: of one's own law it may be, else it stands outside of the list (C1, C4).
#[inline]
fn beyond<'a>(look: &Look<'a>, looks: &Looks<'a>, i: usize, item: &dyn AnyItem, findings: &mut Findings) {
    let origin = item.text("origin");
    let states_local = ["省", "市", "县", "区", "地方"].iter().any(|word| origin.starts_with(word));
    if states_local
        || look
            .citations(i)
            .any(|(_, one)| looks.read(one).cited.iter().any(crate::citation::Cited::is_local))
    {
        findings.item("upper/own-item", look, "", i, || {
            say(
                "上级清单没有、本级依地方性法规或地方政府规章设立的事项",
                "not in the upper list; a local regulation or rule stands behind it",
            )
        });
        return;
    }
    findings.item("upper/not-in-upper", look, "", i, || {
        say(
            "上级清单没有此事项，依据中也没有地方性法规、地方政府规章；请核实上级清单的名称，或补写本地依据，或从清单删去",
            "the upper list has no such item, and no local regulation or rule stands behind it; look for its name there, state the local basis, or take it out",
        )
    });
}

/// A lower list beside one upper list.
struct Held<'h, 'a> {
    uppers: Vec<&'a dyn AnyItem>,
    look: &'h Look<'a>,
    looks: &'h Looks<'a>,
    found: Correspondence,
    bodies: Bodies,
    place: Place,
    day: Option<Date>,
    eye: Eye<'h>,
}

impl<'h, 'a> Held<'h, 'a> {
    #[inline]
    fn new(
        upper: &'a AnyCatalogue,
        lower: &'a AnyCatalogue,
        look: &'h Look<'a>,
        looks: &'h Looks<'a>,
        day: Option<Date>,
        watch: &mut Watch<'_>,
    ) -> Result<Self, Stopped> {
        let (found, _) =
            Correspondence::find_watched(upper, lower, &matching::Options::default(), &[], watch)?;
        let uppers = upper.items();
        let bodies = Bodies::learn(&found, &uppers, &look.items, &looks.options.aliases, day);
        let place = Place::of(lower).as_told_by(&found, &uppers);
        let eye = Eye { aliases: &looks.options.aliases, day };
        Ok(Self { uppers, look, looks, found, bodies, place, day, eye })
    }
    #[inline]
    fn check(&self, findings: &mut Findings, perhaps: &mut [bool]) {
        let open = self.perhaps_same(findings, perhaps);
        self.missing(&open, findings);
        let told: Vec<&'static str> = self.told_on_both_sides();
        let (mut lacking, mut rules) = (BTreeMap::new(), Mapped::new());
        for (above, below, link) in self.found.pairs() {
            if !self.is_sure(above, below, link) {
                continue;
            }
            let upper = self.uppers[above];
            self.names(upper, below, link, findings);
            self.levels(upper, below, findings);
            self.bases(upper, below, &mut lacking, findings);
            self.authorities(upper, below, &mut rules, findings);
            for field in &told {
                self.field(upper, below, field, findings);
            }
        }
        self.basis_missing(lacking, findings);
        self.mapped(rules, findings);
    }
    /// Whether two items are one as far as a check may go: what a person has to look at first is held against nothing.
    #[inline]
    fn is_sure(&self, above: usize, below: usize, link: &Link) -> bool {
        // Between lists of two levels, neighbours and department say less than between editions of one.
        let unlike = link.reasons.contains(&Reason::OtherBasis)
            && base_names(self.uppers[above]) != base_names(self.item(below));
        link.certain && !unlike
    }
    /// Acts that are missing: of one item, or of the same items, they are one finding.
    #[inline]
    fn basis_missing(&self, lacking: BTreeMap<String, Lacking>, findings: &mut Findings) {
        let mut of_items: BTreeMap<Vec<usize>, (Vec<String>, Lacking)> = BTreeMap::new();
        for (title, one) in lacking {
            let entry = of_items.entry(one.items.clone()).or_insert_with(|| (Vec::new(), one.clone()));
            entry.0.push(title);
            entry.1.sets |= one.sets;
        }
        for (items, (titles, one)) in of_items {
            let all = titles.join("》《");
            let severity = if one.sets { Severity::Error } else { Severity::Warning };
            for below in items {
                findings.item("upper/basis-missing", self.look, &all, below, || {
                    say(
                        format!("上级依据《{all}》，本级没有；请补写，或说明"),
                        format!("《{all}》 is a basis in the upper list and not here; add it, or say why"),
                    )
                    .severity(severity)
                    .field(one.field)
                    .expected(format!("《{all}》"))
                });
            }
        }
    }
    #[inline]
    fn item(&self, below: usize) -> &'a dyn AnyItem {
        self.look.items[below]
    }
    /// What may be one item under two names: links that are not sure, and candidates of which neither end has a partner.
    /// Answers which upper ones.
    #[inline]
    fn perhaps_same(&self, findings: &mut Findings, perhaps: &mut [bool]) -> BTreeSet<String> {
        let (mut above, mut pairs) = (BTreeSet::new(), Vec::new());
        let by_key = |items: &[&dyn AnyItem]| -> HashMap<String, usize> {
            items.iter().enumerate().map(|(at, item)| (item.key().into_owned(), at)).collect()
        };
        let (here, there) = (by_key(&self.look.items), by_key(&self.uppers));
        for (upper, below, link) in self.found.pairs() {
            if !self.is_sure(upper, below, link) {
                above.insert(self.uppers[upper].key().into_owned());
                perhaps[below] = true;
                pairs.push((below, upper, link));
            }
        }
        for link in &self.found.candidates {
            let (Some(from), Some(to)) = (link.from.first(), link.to.first()) else { continue };
            let Some(&below) = here.get(to) else { continue };
            let Some(&upper) = there.get(from) else { continue };
            let free = self.found.lowers_of(upper).is_empty() && self.found.uppers_of(below).is_empty();
            if free && !perhaps[below] && above.insert(from.clone()) {
                perhaps[below] = true;
                pairs.push((below, upper, link));
            }
        }
        pairs.order_by_key(|(below, ..)| *below);
        let shown = |lang_zh: bool| -> String {
            let first = pairs.iter().take(5).map(|(below, upper, link)| {
                let names =
                    [self.uppers[*upper], self.item(*below)].map(|item| shortened(&full_name(item), 30));
                let why = link.why(if lang_zh { crate::problem::Lang::Zh } else { crate::problem::Lang::En });
                if lang_zh {
                    format!("上级“{}”、本级“{}”（{why}）", names[0], names[1])
                } else {
                    format!("`{}` above and `{}` here ({why})", names[0], names[1])
                }
            });
            first.collect::<Vec<_>>().join(if lang_zh { "；" } else { "; " })
        };
        for (below, ..) in &pairs {
            findings.item("upper/perhaps-same", self.look, "", *below, || {
                say(
                    format!("可能与上级事项是同一事项而名称不同，请核实：{}", shown(true)),
                    format!("may be an upper item under another name; look: {}", shown(false)),
                )
            });
        }
        above
    }
    /// Upper items that a list of this level should have (C5).
    #[inline]
    fn missing(&self, open: &BTreeSet<String>, findings: &mut Findings) {
        let mut by_department: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (above, item) in self.uppers.iter().enumerate() {
            let here = self.place.has(*item) != Some(false);
            if self.found.lowers_of(above).is_empty() && here && !open.contains(&*item.key()) {
                by_department.entry(self.department(*item)).or_default().push(above);
            }
        }
        for (department, items) in by_department {
            let names: Vec<String> =
                items.iter().take(5).map(|above| shortened(&full_name(self.uppers[*above]), 30)).collect();
            let keys = items.iter().map(|above| self.uppers[*above].key().into_owned()).collect();
            let (count, names) = (items.len(), [names.join("、"), names.join(", ")]);
            let hit = Hit::new(Message::new(
                format!(
                    "上级清单有而本级没有：{}{}。如无此权力、无此对象、已委托或已划归审批局，请在 --accept 中登记事由",
                    names[0],
                    if count > 5 { format!("等{count}项") } else { String::new() }
                ),
                format!(
                    "the upper list has, and this one has not: {}{}; where there is no such power or object, or it is entrusted or moved, register the reason with --accept",
                    names[1],
                    if count > 5 { format!(", … ({count})") } else { String::new() }
                ),
            ));
            findings.elsewhere("upper/missing", self.look, &department, keys, hit);
        }
    }
    /// The department that has to act here for an upper item: ours for it, else the upper list's.
    #[inline]
    fn department(&self, upper: &dyn AnyItem) -> String {
        for field in bodies::FIELDS {
            if let Some(likely) = self.bodies.likely(field, upper, &self.looks.options.aliases, self.day) {
                return likely.text;
            }
        }
        if let Some(ours) = self.bodies.by_analogy("department", upper) {
            return ours;
        }
        upper.department().first().map_or_else(|| upper.text("authorities").into_owned(), ToString::to_string)
    }
    /// Names (C2), and codes that say otherwise (C10).
    #[inline]
    fn names(&self, upper: &dyn AnyItem, below: usize, link: &Link, findings: &mut Findings) {
        let lower = self.item(below);
        let (above, here) = (base_names(upper), base_names(lower));
        // What stands for a part of an upper item, or for more, is named otherwise.
        let refers = lower.get::<List<UpperRef>>("upper_refs").into_iter().flatten();
        let other = |one: &UpperRef| !matches!(one.relation, None | Some(UpperRelation::Equal));
        if link.reasons.contains(&Reason::UpperReference) && refers.into_iter().any(other) {
            return;
        }
        let by_code =
            link.reasons.iter().any(|reason| matches!(reason, Reason::SameId | Reason::SameBasicCode));
        let code = |item: &dyn AnyItem| {
            if item.is_derived() {
                None
            } else {
                Code::recognise(item.id()).basic().map(|code| code.to_string())
            }
        };
        if above == here {
            if let (Some(a), Some(b)) = (code(upper), code(lower))
                && a != b
                && link.from.len() == 1
                && link.to.len() == 1
            {
                findings.item("upper/code-differs", self.look, &format!("{a} {b}"), below, || {
                    say(
                        format!("与上级名称相同而编码不同：上级{a}，本级{b}"),
                        format!("named as the upper item and coded otherwise: {a} above, {b} here"),
                    )
                    .field("id")
                    .expected(a.clone())
                    .found(b.clone())
                });
            }
            return;
        }
        let like = |words: fn(&str) -> String| name::similarity(&words(upper.name()), &words(lower.name()));
        let alike = like(name::stem).max(like(|name| name::read(name).base));
        let [above, here] = [full_name(upper), full_name(lower)];
        if by_code && alike < ONE_THING {
            findings.item("upper/code-means-other", self.look, &above, below, || {
                say(
                    format!("编码与上级“{}”相同而名称不像同一事项；请核实编码", shortened(&above, 40)),
                    format!(
                        "the code is that of `{}` above, whose name is another; check the code",
                        shortened(&above, 40)
                    ),
                )
                .field("name")
                .expected(above.clone())
                .found(here.clone())
            });
            return;
        }
        // One of several rows of an upper item may well say which row it is.
        let several = link.from.len() > 1 || link.to.len() > 1;
        let severity = if several { Severity::Note } else { Severity::Error };
        findings.item("upper/name-differs", self.look, &format!("{above}→{here}"), below, || {
            say(
                format!(
                    "名称与上级“{}”不一致（{}）",
                    shortened(&above, 60),
                    link.why(crate::problem::Lang::Zh)
                ),
                format!(
                    "named `{}` in the upper list ({})",
                    shortened(&above, 60),
                    link.why(crate::problem::Lang::En)
                ),
            )
            .severity(severity)
            .field("name")
            .expected(above.clone())
            .found(here.clone())
        });
    }
    /// Levels (C1): none that the upper list does not give the item to. Where each of its rows names the level of the upper
    /// list itself, they say nothing.
    #[inline]
    fn levels(&self, upper: &dyn AnyItem, below: usize, findings: &mut Findings) {
        let lower = self.item(below);
        let told = |item: &dyn AnyItem| -> Vec<Level> {
            let levels = item.get::<Set<Level>>("levels").into_iter().flat_map(Set::iter);
            levels.filter(|level| !matches!(level, Level::Other(_))).cloned().collect()
        };
        let (above, here) = (told(upper), told(lower));
        let more = here.iter().any(|level| !above.contains(level));
        if self.place.levels.is_empty() || above.is_empty() || above.contains(&Level::Graded) || !more {
            return;
        }
        let [theirs, ours] = [upper, lower].map(|item| shortened(&item.text("levels"), 40));
        findings.item("upper/level-beyond", self.look, &format!("{theirs} {ours}"), below, || {
            say(
                format!("行使层级：上级为“{theirs}”，本级为“{ours}”；本级不得超出上级所列层级"),
                format!("levels: `{theirs}` in the upper list, `{ours}` here, which is more"),
            )
            .field("levels")
            .expected(theirs.clone())
            .found(ours.clone())
        });
    }
    /// The acts behind both: each one of the upper list's is here, with its articles (C2). More of one's own is fine.
    #[inline]
    fn bases(
        &self,
        upper: &'a dyn AnyItem,
        below: usize,
        lacking: &mut BTreeMap<String, Lacking>,
        findings: &mut Findings,
    ) {
        let theirs = self.acts(upper);
        let ours = self.acts(self.item(below));
        if ours.is_empty() {
            return;
        }
        for (title, act) in &theirs {
            let Some(here) = ours.get(title) else {
                let one = lacking.entry(title.clone()).or_insert_with(|| Lacking {
                    field: act.field,
                    sets: act.sets,
                    items: Vec::new(),
                });
                one.items.push(below);
                continue;
            };
            if act.articles.is_subset(&here.articles) || here.articles.is_empty() {
                continue;
            }
            let (above, found) = (in_words(&act.articles), in_words(&here.articles));
            let severity =
                if act.articles.is_disjoint(&here.articles) { Severity::Warning } else { Severity::Note };
            findings.item(
                "upper/article-differs",
                self.look,
                &format!("{title} {above} {found}"),
                below,
                || {
                    say(
                        format!("《{title}》：上级为{above}，本级为{found}"),
                        format!("《{title}》: {above} in the upper list, {found} here"),
                    )
                    .severity(severity)
                    .field(here.field)
                    .expected(format!("《{title}》{above}"))
                    .found(format!("《{title}》{found}"))
                },
            );
        }
    }
    /// The acts that an item stands on, by short title.
    #[inline]
    fn acts(&self, item: &'a dyn AnyItem) -> BTreeMap<String, Act> {
        let mut acts: BTreeMap<String, Act> = BTreeMap::new();
        for (field, list) in item.all::<List<Citation>>() {
            if field.adjusts != Some(AdjustmentKind::BasisChanged) {
                continue;
            }
            for one in list {
                let read: Rc<Bases> = self.looks.read(one);
                for cited in read.cited.iter().filter(|cited| !cited.title.is_empty() && !cited.is_unsure()) {
                    let act = acts.entry(short_title(&cited.title)).or_insert_with(|| Act {
                        field: field.name,
                        sets: false,
                        articles: BTreeSet::new(),
                    });
                    act.sets |= field.lower == Some("equal");
                    act.articles
                        .extend(cited.locators.iter().filter_map(crate::citation::Locator::article_number));
                }
            }
        }
        acts
    }
    /// Bodies (C3): how each of theirs is told here as a rule is a note, what departs from it is a finding.
    #[inline]
    fn authorities(&self, upper: &dyn AnyItem, below: usize, rules: &mut Mapped, findings: &mut Findings) {
        let (lower, aliases) = (self.item(below), &self.looks.options.aliases);
        for field in bodies::FIELDS {
            let [above, here] = [upper, lower].map(|item| bodies::canonical(item, field, aliases, self.day));
            if above.is_empty() || here.is_empty() || above == here {
                continue;
            }
            if bodies::is_made_concrete(upper, lower, field, &self.place) {
                continue;
            }
            let [theirs, ours] = [upper, lower].map(|item| shortened(&bodies::cell(item, field), 60));
            let likely = self.bodies.likely(field, upper, aliases, self.day);
            let as_a_rule = likely.filter(|likely| {
                likely.share() >= AS_A_RULE
                    && text::normal(&likely.text) == text::normal(&bodies::cell(lower, field))
            });
            if let Some(likely) = as_a_rule {
                let pair = rules.entry((field, theirs, ours)).or_insert((likely, Vec::new()));
                pair.1.push(below);
                continue;
            }
            findings.item(
                "upper/authority-differs",
                self.look,
                &format!("{field} {above} {here}"),
                below,
                || {
                    say(
                        format!("上级为“{theirs}”，本级为“{ours}”，与其他事项的对应不同；请核实"),
                        format!("`{theirs}` above, `{ours}` here, other than in the other items; check it"),
                    )
                    .field(field)
                    .expected(theirs.clone())
                    .found(ours.clone())
                },
            );
        }
    }
    /// How bodies correspond as a rule: a note for each pair, or one for all where there are many.
    #[inline]
    fn mapped(&self, rules: Mapped, findings: &mut Findings) {
        let several = rules.len() > PAIRS;
        let pairs: Vec<[String; 2]> = rules
            .iter()
            .take(5)
            .map(|((_, theirs, ours), _)| [format!("“{theirs}”→“{ours}”"), format!("`{theirs}` → `{ours}`")])
            .collect();
        let [zh, en] = [0, 1].map(|at| pairs.iter().map(|pair| pair[at].clone()).collect::<Vec<_>>());
        for ((field, theirs, ours), (likely, items)) in rules {
            let (count, total) = (likely.count, likely.total);
            let cause = if several { "pairs".to_owned() } else { format!("{field} {theirs} {ours}") };
            for below in items {
                findings.item("upper/authority-differs", self.look, &cause, below, || {
                    let hit = if several {
                        say(
                            format!("机关名称与上级一一对应而不同，如{}。若属机构设置不同，请在机构对照表登记一次（--aliases），本条即消除", zh.join("、")),
                            format!("bodies correspond to those above under other names, as {}; where that is how bodies are set up, register it once (--aliases)", en.join(", ")),
                        )
                    } else {
                        say(
                            format!("上级“{theirs}”在{total}项中有{count}项对应本级“{ours}”。若属机构设置不同，请在机构对照表登记一次（--aliases），本条即消除"),
                            format!("`{theirs}` above is `{ours}` here in {count} of {total} items; where that is how bodies are set up, register it once (--aliases)"),
                        )
                        .expected(theirs.clone())
                        .found(ours.clone())
                    };
                    hit.severity(Severity::Note).systematic().field(field)
                });
            }
        }
    }
    /// The fields that the upper list binds a lower one in, and that both lists fill in somewhere.
    #[inline]
    fn told_on_both_sides(&self) -> Vec<&'static str> {
        let fields = self.look.kind.fields();
        let bound = fields.iter().filter(|field| {
            field.lower.is_some()
                && !matches!(field.name, "name" | "sub_item")
                && !bodies::FIELDS.contains(&field.name)
                && field.adjusts != Some(AdjustmentKind::BasisChanged)
        });
        let told = |items: &[&dyn AnyItem], field: &str| items.iter().any(|item| item.shown(field).is_some());
        bound
            .map(|field| field.name)
            .filter(|field| told(&self.uppers, field) && told(&self.look.items, field))
            .collect()
    }
    /// What a field may be here ([`Field::lower`]).
    #[inline]
    fn field(&self, upper: &dyn AnyItem, below: usize, field: &'static str, findings: &mut Findings) {
        let lower = self.item(below);
        let fields = lower.fields();
        let Some(at) = fields.iter().position(|one| one.name == field) else { return };
        let relation = fields[at].lower.unwrap_or_default();
        if let (Some(ours), Some(theirs)) =
            (lower.get::<Option<TimeLimit>>(field), upper.get::<Option<TimeLimit>>(field))
        {
            if let (Some(ours), Some(theirs)) = (ours, theirs) {
                self.limit(&fields[at], ours, theirs, below, findings);
            }
            return;
        }
        if let Some(ours) = lower.get::<List<Material>>(field) {
            if let Some(theirs) = upper.get::<List<Material>>(field) {
                self.materials(&fields[at], ours, theirs, below, findings);
            }
            return;
        }
        // What one side does not tell is no difference: lists have columns that others have not.
        let (Some(_), Some(_)) = (lower.shown(field), upper.shown(field)) else { return };
        let holds = lower.stands_to(upper, at).unwrap_or_else(|| {
            relation != "equal" || text::normal(&lower.text(field)) == text::normal(&upper.text(field))
        });
        // What stands otherwise may still say the same, each in the words of its place.
        if !holds && self.eye.compare(field, lower.shown(field), upper.shown(field)) == Likeness::Other {
            self.differs(&fields[at], upper, below, findings);
        }
    }
    #[inline]
    fn differs(&self, field: &'static Field, upper: &dyn AnyItem, below: usize, findings: &mut Findings) {
        let [theirs, ours] = [upper, self.item(below)].map(|item| shortened(&item.text(field.name), 60));
        findings.item(
            "upper/field-differs",
            self.look,
            &format!("{} {theirs} {ours}", field.name),
            below,
            || {
                say(
                    format!("{}：上级为“{theirs}”，本级为“{ours}”", field.title()),
                    format!("{}: `{theirs}` in the upper list, `{ours}` here", field.title()),
                )
                .field(field.name)
                .expected(theirs.clone())
                .found(ours.clone())
            },
        );
    }
    #[inline]
    fn limit(
        &self,
        field: &'static Field,
        ours: &TimeLimit,
        theirs: &TimeLimit,
        below: usize,
        findings: &mut Findings,
    ) {
        let [longer, shorter] = [ours.is_longer_than(theirs), theirs.is_longer_than(ours)];
        let rule = match (field.lower, longer, shorter) {
            (Some("at-most"), Some(true), _) => "upper/limit-longer",
            (Some("equal"), Some(a), Some(b)) if a || b => "upper/field-differs",
            _ => return,
        };
        findings.item(rule, self.look, &format!("{} {theirs} {ours}", field.name), below, || {
            say(
                format!("{}：上级为{theirs}，本级为{ours}", field.title()),
                format!("{}: {theirs} in the upper list, {ours} here", field.title()),
            )
            .field(field.name)
            .expected(theirs.to_string())
            .found(ours.to_string())
        });
    }
    /// Materials: more than the upper list asks for (C9, 5.2). Other words for as many are no more.
    #[inline]
    fn materials(
        &self,
        field: &'static Field,
        ours: &List<Material>,
        theirs: &List<Material>,
        below: usize,
        findings: &mut Findings,
    ) {
        let one = |material: &Material| self.eye.material(material);
        let known: BTreeSet<String> = theirs.iter().map(one).collect();
        let (named, more): (Vec<&Material>, Vec<&Material>) =
            ours.iter().partition(|m| known.contains(&one(m)));
        if ours.len() <= theirs.len() || field.lower != Some("subset") {
            return;
        }
        let names: Vec<String> = more.iter().map(|material| shortened(&material.name, 30)).collect();
        let (most, count, known) = (theirs.len(), ours.len(), named.len());
        findings.item("upper/more-materials", self.look, &names.join("、"), below, || {
            say(
                format!(
                    "申请材料：上级{most}件，本级{count}件，其中{known}件名称相同；另有{}",
                    names.join("、")
                ),
                format!(
                    "materials: {most} in the upper list, {count} here, {known} of them by name; besides {}",
                    names.join(", ")
                ),
            )
            .field(field.name)
            .expected(most.to_string())
            .found(count.to_string())
        });
    }
}

/// An act behind an item.
struct Act {
    field: &'static str,
    /// Whether it sets the item: the field says so.
    sets: bool,
    articles: BTreeSet<(u16, u16)>,
}

/// An act that the upper list has, and which items are without it here.
#[derive(Clone)]
struct Lacking {
    field: &'static str,
    sets: bool,
    items: Vec<usize>,
}

/// Articles in words: 第41条、第52条之一 as 第52条之1.
#[inline]
fn in_words(articles: &BTreeSet<(u16, u16)>) -> String {
    let word = |(article, inserted): &(u16, u16)| match inserted {
        0 => format!("第{article}条"),
        n => format!("第{article}条之{n}"),
    };
    articles.iter().map(word).collect::<Vec<_>>().join("、")
}

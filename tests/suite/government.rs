//! The lists of one made-up government, as large as wanted: a fixed seed, nothing from files.
//!
//! Names are put together from matters that real lists name; which of them the city has, and what refers to what, is made
//! up. Every check between lists holds. Others may take this file as it is (`#[path = …]`): it needs the library alone.

use qingdan::codes::{
    CertificationStatus, CrossRegionMode, DocumentStatus, ItemType, Level, ReformMode, Scope,
};
use qingdan::term::{Date, ItemRef};
use qingdan::{
    AnyCatalogue, Catalogue, CertificationItem, CrossRegionItem, DecisionItem, Entry, FilingItem, Header,
    InspectionItem, Item, LicenceReformItem, LicensingItem, List, NormativeDocument, Portfolio, PowerItem,
    ServicePackage, Set, SharedList, SupervisionItem, Text,
};

/// How many items each list has.
#[derive(Clone, Debug)]
pub(crate) struct Sizes {
    /// Licences of the general list, and of these the city's own.
    pub(crate) licences: [usize; 2],
    /// Filings of the general list, and of these the city's own.
    pub(crate) filings: [usize; 2],
    /// Powers: all, with retained certifications, of these with material, of these by commitment.
    pub(crate) powers: [usize; 4],
    /// Reform items by mode.
    pub(crate) reforms: [usize; 4],
    /// Items supervised across departments.
    pub(crate) supervised: usize,
    /// Spot checks, and departments that make them.
    pub(crate) inspections: [usize; 2],
    /// Items handled across provinces.
    pub(crate) province: usize,
    /// Items handled in the region, and how often each mode stands; an item may have two.
    pub(crate) region: usize,
    pub(crate) modes: [usize; 3],
    /// Packages, each of four items, two of which share one.
    pub(crate) packages: usize,
    /// Rules and normative documents, and of these those that were reviewed in the year.
    pub(crate) documents: [usize; 3],
    /// Decisions of the first three quarters and of the fourth, and how many stand in both.
    pub(crate) decisions: [usize; 3],
}

impl Sizes {
    /// The figures of Haidong's report for 2023 (domain.md 6); what that report does not say is made up: modes, items of
    /// packages, decisions.
    pub(crate) fn haidong() -> Self {
        Self {
            licences: [323, 254],
            filings: [198, 135],
            powers: [1028, 293, 275, 117],
            reforms: [3, 10, 21, 65],
            supervised: 23,
            inspections: [238, 27],
            province: 13,
            region: 211,
            modes: [130, 60, 30],
            packages: 19,
            documents: [10, 74, 12],
            decisions: [12, 5, 1],
        }
    }
}

const LICENSED: &[&str] = &[
    "林木采伐",
    "取水",
    "食品经营",
    "食品生产",
    "药品零售",
    "医疗机构设置",
    "护士执业",
    "道路旅客运输",
    "道路货物运输",
    "河道采砂",
    "建筑工程施工",
    "城镇污水排入排水管网",
    "燃气经营",
    "出版物零售",
    "印刷企业设立",
    "娱乐场所经营",
    "民办学校设立",
    "教师资格",
    "校车使用",
    "劳务派遣经营",
    "人力资源服务",
    "危险化学品经营",
    "烟花爆竹经营",
    "矿山安全生产",
    "动物防疫条件",
    "种畜禽生产",
    "农作物种子生产",
    "兽药经营",
    "水产苗种生产",
    "排污",
    "危险废物经营",
    "辐射安全",
    "公共场所卫生",
    "饮用水供水单位卫生",
    "放射诊疗",
    "爆破作业",
    "保安服务",
    "举行集会游行示威",
    "社会团体成立",
    "宗教活动场所设立",
];
const FILED: &[&str] = &[
    "二手车经营",
    "汽车租赁",
    "机动车维修",
    "机动车驾驶员培训",
    "保安培训单位",
    "废旧金属收购",
    "印章刻制",
    "房地产经纪机构",
    "物业服务合同",
    "住房租赁合同",
    "单用途预付卡发卡",
    "家电维修",
    "洗染经营",
    "拍卖企业",
    "托育机构",
    "中医诊所",
    "养老机构",
    "义诊活动",
    "消毒产品",
    "艺术品经营",
    "内部资料印刷",
    "自动售货经营",
];
const QUALIFIED: &[&str] =
    &["", "跨区域", "市域内", "临时", "延期", "扩建项目", "涉外", "小型", "大型", "农村"];
const DEPARTMENTS: &[&str] = &[
    "市发展改革委",
    "市教育局",
    "市科技局",
    "市工业和信息化局",
    "市民宗委",
    "市公安局",
    "市民政局",
    "市司法局",
    "市财政局",
    "市人力资源社会保障局",
    "市自然资源局",
    "市生态环境局",
    "市住房城乡建设局",
    "市交通运输局",
    "市水务局",
    "市农业农村局",
    "市商务局",
    "市文体旅游广电局",
    "市卫生健康委",
    "市应急管理局",
    "市审计局",
    "市市场监管局",
    "市统计局",
    "市林草局",
    "市医保局",
    "市消防救援支队",
    "市气象局",
];

/// Numbers that look like chance and are the same every time (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
    /// So many of the numbers up to an end, in rising order.
    fn some(&mut self, wanted: usize, end: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..end).collect();
        for at in 0..wanted {
            let other = at + self.below(end - at);
            all.swap(at, other);
        }
        all.truncate(wanted);
        all.sort_unstable();
        all
    }
}

/// The n-th name made of these matters; those after the last bear a number, so that a list may be of any size.
fn matter(of: &[&str], n: usize) -> String {
    let (matter, rest) = (of[n % of.len()], n / of.len());
    let (qualifier, round) = (QUALIFIED[rest % QUALIFIED.len()], rest / QUALIFIED.len());
    if round == 0 { format!("{qualifier}{matter}") } else { format!("第{round}类{qualifier}{matter}") }
}

fn department(n: usize) -> List<Text> {
    List::of([Text::from(DEPARTMENTS[n % DEPARTMENTS.len()])]).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn list<T: Item>(title: &str, series: &str, items: Vec<T>) -> AnyCatalogue
where
    AnyCatalogue: From<Catalogue<T>>,
{
    let mut header = Header::default();
    header.read_title(title);
    header.series = series.into();
    header.region = "630200".into();
    header.issuer = "海东市人民政府".into();
    header.as_of = Some(day("2023-12-31"));
    Catalogue::new(header, SharedList::of(items).unwrap()).into()
}

/// The lists of a government of these sizes: the same for the same sizes and seed.
pub(crate) fn government(sizes: &Sizes, seed: u64) -> Portfolio {
    let mut chance = Chance(seed);
    let mut lists: Vec<AnyCatalogue> = Vec::new();

    let licences: Vec<LicensingItem> = (0..sizes.licences[0])
        .map(|n| {
            let code = format!("0001{:02}{:03}000", 10 + n / 900, 1 + n % 900);
            let mut item = LicensingItem::new(code, format!("{}许可", matter(LICENSED, n)));
            item.department = department(n);
            item.levels =
                Set::of(if n % 3 == 0 { vec![Level::City, Level::County] } else { vec![Level::City] });
            item
        })
        .collect();
    let own: Vec<LicensingItem> =
        chance.some(sizes.licences[1], sizes.licences[0]).into_iter().map(|n| licences[n].clone()).collect();
    // The count stands inside the title's marks, behind them, and in brackets of half width, as reports write it.
    let [general_count, own_count] = sizes.licences;
    let mut general = list(
        &format!("《海东市行政许可事项通用清单(2023年版),共{general_count}项》"),
        "general",
        licences.clone(),
    );
    // Made up: no such document is known.
    let note = "对照《青海省行政许可事项清单（2023年版）》（青政办〔2023〕999号）动态调整。";
    general.header_mut().notes.push(note.into()).unwrap();
    lists.push(general);
    lists.push(list(&format!("《海东市市本级行政许可事项通用清单(2023年版)》(共{own_count}项)"), "own", own));

    let filings: Vec<FilingItem> = (0..sizes.filings[0])
        .map(|n| {
            let mut item = FilingItem::new(format!("B{n:05}"), format!("{}备案", matter(FILED, n)));
            item.department = department(n * 7);
            item.levels = Set::of([Level::City]);
            item
        })
        .collect();
    let own: Vec<FilingItem> =
        chance.some(sizes.filings[1], sizes.filings[0]).into_iter().map(|n| filings[n].clone()).collect();
    let [general_count, own_count] = sizes.filings;
    lists.push(list(
        &format!("海东市行政备案事项清单（2023年版，共{general_count}项）"),
        "general",
        filings.clone(),
    ));
    lists.last_mut().unwrap().header_mut().scope = Some(Scope::General);
    lists.push(list(
        &format!("海东市市级各部门（单位）行政备案事项清单（2023年版）（共{own_count}项）"),
        "own",
        own,
    ));

    let powers = powers(sizes, &licences, &mut chance);
    let certifications: Vec<CertificationItem> = powers
        .iter()
        .filter(|power| power.retained_certifications == Some(true))
        .enumerate()
        .map(|(n, power)| {
            let mut item =
                CertificationItem::new(format!("Z{n:05}"), format!("办理{}的证明材料", power.name));
            item.department = power.department.clone();
            item.status = Some(CertificationStatus::Retained);
            item.items = List::of([ItemRef::coded(&*power.id, &*power.name)]).unwrap();
            item
        })
        .collect();
    let count = powers.len();
    lists.push(list(&format!("海东市权责清单(2023年版)(共{count}项)"), "", powers.clone()));
    let count = certifications.len();
    lists.push(list(&format!("海东市证明事项保留清单（2023年版，共{count}项）"), "", certifications));

    lists.push(reforms(sizes, &licences, &filings));

    let supervised: Vec<SupervisionItem> = (0..sizes.supervised)
        .map(|n| {
            let mut item =
                SupervisionItem::new(format!("S{n:04}"), format!("{}综合监管", matter(LICENSED, n * 3)));
            item.department = department(n);
            item.cooperating = department(n + 5);
            item
        })
        .collect();
    let count = supervised.len();
    lists.push(list(&format!("海东市跨部门综合监管重点事项清单（2023年版，共{count}项）"), "", supervised));

    let [count, departments] = sizes.inspections;
    let checked: Vec<&PowerItem> =
        powers.iter().filter(|power| power.item_type == Some(ItemType::Inspection)).collect();
    let inspections: Vec<InspectionItem> = (0..count)
        .map(|n| {
            let power = checked[n % checked.len()];
            let mut item =
                InspectionItem::new(format!("C{n:05}"), format!("{}情况抽查", matter(LICENSED, n)));
            // The last department makes one check alone.
            let last = n + 1 == count || departments == 1;
            item.department = department(if last { departments - 1 } else { n % (departments - 1) });
            item.items = List::of([ItemRef::coded(&*power.id, &*power.name)]).unwrap();
            item
        })
        .collect();
    lists.push(list(
        &format!("海东市“双随机、一公开”抽查事项清单（2023年版，共{count}项）"),
        "",
        inspections,
    ));

    lists.extend(regions(sizes, &powers, &mut chance));
    lists.push(packages(sizes, &powers, &filings));
    lists.extend(documents(sizes));

    let [first, last, common] = sizes.decisions;
    let decision = |n: usize| {
        let mut item =
            DecisionItem::new(format!("J{n:04}"), format!("海东市{}发展规划", matter(LICENSED, n)));
        item.department = department(n);
        item
    };
    let quarters: Vec<DecisionItem> = (0..first).map(decision).collect();
    let fourth: Vec<DecisionItem> = (first - common..first - common + last).map(decision).collect();
    lists.push(list("2023年1—3季度海东市重大行政决策事项目录", "q1-3", quarters));
    lists.push(list("2023年第四季度海东市重大行政决策事项目录", "q4", fourth));

    let mut portfolio = Portfolio::default();
    portfolio.region = "630200".into();
    portfolio.lists = List::of(lists).unwrap();
    portfolio
}

fn powers(sizes: &Sizes, licences: &[LicensingItem], chance: &mut Chance) -> Vec<PowerItem> {
    let [all, retained, material, commitment] = sizes.powers;
    let inspections = sizes.inspections[0];
    let mut powers: Vec<PowerItem> = (0..all)
        .map(|n| {
            let (name, of) = if let Some(licence) = licences.get(n) {
                (licence.name.clone(), ItemType::Licence)
            } else if n < licences.len() + inspections {
                let n = n - licences.len();
                (format!("对{}的监督检查", matter(LICENSED, n)), ItemType::Inspection)
            } else {
                let n = n - licences.len() - inspections;
                match n % 4 {
                    0 => (format!("{}情况确认", matter(FILED, n / 4)), ItemType::Confirmation),
                    _ => (format!("对{}违法行为的处罚", matter(LICENSED, n)), ItemType::Penalty),
                }
            };
            let mut item = PowerItem::new(format!("Q{n:05}"), name);
            item.item_type = Some(of);
            item.department = department(n);
            item.levels = Set::of([Level::City]);
            item.retained_certifications = Some(false);
            item
        })
        .collect();
    let retained = chance.some(retained, all);
    let (with, by) = (chance.some(material, retained.len()), chance.some(commitment, retained.len()));
    for (at, &n) in retained.iter().enumerate() {
        powers[n].retained_certifications = Some(true);
        powers[n].with_material = Some(with.contains(&at));
        powers[n].commitment_optional = Some(by.contains(&at));
    }
    powers
}

/// What stays a licence bears a licence's name; what became a filing names the filing.
fn reforms(sizes: &Sizes, licences: &[LicensingItem], filings: &[FilingItem]) -> AnyCatalogue {
    let modes =
        [ReformMode::Abolish, ReformMode::ConvertToFiling, ReformMode::Commitment, ReformMode::Optimise];
    let mut items = Vec::new();
    for (mode, count) in modes.into_iter().zip(sizes.reforms) {
        for n in 0..count {
            let at = items.len();
            let (name, filing) = match mode {
                ReformMode::Abolish => (format!("{}认可", matter(FILED, n)), None),
                ReformMode::ConvertToFiling => (format!("原{}许可", matter(FILED, n)), filings.get(n)),
                _ => (licences[at % licences.len()].name.clone(), None),
            };
            let mut item = LicenceReformItem::new(format!("G{at:04}"), name);
            item.department = department(at);
            item.mode = Some(mode.clone());
            if let Some(filing) = filing {
                item.replaced_by = List::of([ItemRef::coded(&*filing.id, &*filing.name)]).unwrap();
            }
            items.push(item);
        }
    }
    let count = items.len();
    list(&format!("海东市“证照分离”改革事项清单（2023年版，共{count}项）"), "", items)
}

fn regions(sizes: &Sizes, powers: &[PowerItem], chance: &mut Chance) -> [AnyCatalogue; 2] {
    let item = |prefix: &str, n: usize, power: &PowerItem, with: [&str; 2], modes: Vec<CrossRegionMode>| {
        let mut item = CrossRegionItem::new(format!("{prefix}{n:04}"), power.name.clone());
        item.department = power.department.clone();
        item.home = "海东市".into();
        item.receiving = List::of(with.map(Text::from)).unwrap();
        item.modes = Set::of(modes);
        item.item = List::of([ItemRef::coded(&*power.id, &*power.name)]).unwrap();
        item
    };
    let province: Vec<CrossRegionItem> = (0..sizes.province)
        .map(|n| item("K", n, &powers[n], ["兰州市", "临夏州"], vec![CrossRegionMode::FullyOnline]))
        .collect();
    // So many of each mode, one behind the other; what is left over is a second mode of the first items.
    let all =
        [CrossRegionMode::FullyOnline, CrossRegionMode::CollectElsewhere, CrossRegionMode::JointHandling];
    let mut dealt: Vec<Vec<CrossRegionMode>> = vec![Vec::new(); sizes.region];
    let every = all.into_iter().zip(sizes.modes).flat_map(|(mode, n)| std::iter::repeat_n(mode, n));
    for (at, mode) in every.enumerate() {
        dealt[at % sizes.region].push(mode);
    }
    let chosen = chance.some(sizes.region, powers.len());
    let region: Vec<CrossRegionItem> = chosen
        .into_iter()
        .zip(dealt)
        .enumerate()
        .map(|(n, (power, modes))| item("T", n, &powers[power], ["西宁市", "兰州市"], modes))
        .collect();
    let [first, second] = [province.len(), region.len()];
    [
        list(&format!("海东市“跨省通办”事项清单（2023年版，共{first}项）"), "province", province),
        list(&format!("西宁、兰州、海东“区域通办”事项清单（2023年版，共{second}项）"), "region", region),
    ]
}

fn packages(sizes: &Sizes, powers: &[PowerItem], filings: &[FilingItem]) -> AnyCatalogue {
    // From the end, where the powers are no licences: what goes there is missed.
    let power = |n: usize| &powers[powers.len() - 1 - n % powers.len()];
    let packages: Vec<ServicePackage> = (0..sizes.packages)
        .map(|n| {
            let mut item =
                ServicePackage::new(format!("Y{n:04}"), format!("开办{}一件事", matter(LICENSED, n)));
            item.department = department(n);
            let powers = (0..3).map(|k| {
                // The first two packages have one item in common.
                let power = power(if n == 1 && k == 0 { 0 } else { n * 3 + k });
                ItemRef::coded(&*power.id, &*power.name)
            });
            let filing = &filings[filings.len() - 1 - n % filings.len()];
            let filing = ItemRef::coded(&*filing.id, &*filing.name);
            item.items = List::of(powers.chain([filing])).unwrap();
            item
        })
        .collect();
    let count = packages.len();
    list(&format!("海东市“一件事一次办”套餐清单（2023年版，共{count}项）"), "", packages)
}

fn documents(sizes: &Sizes) -> [AnyCatalogue; 2] {
    let [rules, normative, reviewed] = sizes.documents;
    let document = |id: String, name: String, n: usize, year: usize| {
        let mut item = NormativeDocument::new(id, name);
        item.department = department(n);
        item.published = Some(day(&format!("{year}-{:02}-15", 1 + n % 12)).into());
        item.status = Some(DocumentStatus::InForce);
        item
    };
    let rules: Vec<NormativeDocument> = (0..rules)
        .map(|n| document(format!("R{n:04}"), format!("海东市{}管理规定", matter(FILED, n)), n, 2020))
        .collect();
    let normative: Vec<NormativeDocument> = (0..normative)
        .map(|n| {
            let new = n < reviewed;
            let name = format!("关于加强{}工作的实施意见", matter(LICENSED, n));
            let mut item = document(format!("W{n:04}"), name, n, if new { 2023 } else { 2021 });
            if new {
                item.legality_review = "已审查".into();
                item.filing_number = format!("备{n:03}").into();
            }
            item
        })
        .collect();
    let [first, second] = [rules.len(), normative.len()];
    [
        list(&format!("海东市现行有效规章目录（2023年版，共{first}件）"), "rules", rules),
        list(&format!("海东市行政规范性文件目录（2023年版，共{second}件）"), "normative", normative),
    ]
}

/// The portfolio without one item of one list.
pub(crate) fn without(portfolio: &Portfolio, list: &str, key: &str) -> Portfolio {
    edited(portfolio, list, &mut |any| {
        macro_rules! remove {
            ($($kind:ident)*) => {
                match any {
                    $(AnyCatalogue::$kind(list) => assert!(list.items.remove(key).is_some(), "{key}"),)*
                    _ => unreachable!("no such list is made here"),
                }
            };
        }
        remove!(Licensing Filing Power Certification LicenceReform Supervision Inspection CrossRegion Package Document Decision);
    })
}

/// The portfolio with one list changed.
pub(crate) fn edited(
    portfolio: &Portfolio,
    list: &str,
    edit: &mut dyn FnMut(&mut AnyCatalogue),
) -> Portfolio {
    let mut out = portfolio.clone();
    let lists = portfolio.lists.iter().map(|any| {
        let mut any = any.clone();
        if any.key() == list {
            edit(&mut any);
        }
        any
    });
    out.lists = List::of(lists).unwrap();
    out
}

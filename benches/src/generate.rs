//! Licensing lists for the benchmarks: an edition of any length, and the
//! edition that follows it a year later.
//!
//! Everything is deterministic: the same call gives the same rows on every
//! machine (integers alone, and no hash order). Departments, organs and about a
//! quarter of the acts are real names; the other three quarters of the acts and
//! all items are composed from words that real lists use, and are nobody's law.
//!
//! The next edition is made as editions come: events first (an act is amended
//! and all its items change, an organ is renamed, a campaign shortens limits, a
//! decision moves a list of items to another level, a typist changes brackets),
//! then single edits, then renames, additions, removals and moves.

use std::collections::{BTreeMap, HashMap, HashSet};

/// One item of a licensing list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Basic code, 12 characters: region, type, department, main item, sub item.
    pub(crate) id: String,
    /// Name of the main item.
    pub(crate) name: String,
    /// Name of the sub item; empty where there is none.
    pub(crate) sub_item: String,
    /// Departments in charge.
    pub(crate) department: Vec<String>,
    /// Organs that decide, with their level.
    pub(crate) authorities: Vec<String>,
    /// Citations, each an act and a place in it.
    pub(crate) basis: Vec<String>,
    /// Levels of government: `province`, `city`, `county`.
    pub(crate) levels: Vec<&'static str>,
    /// Working days that the law allows.
    pub(crate) statutory_limit_days: u32,
    /// Working days that the office promises.
    pub(crate) promised_limit_days: u32,
    /// Remarks; mostly empty.
    pub(crate) remarks: String,
}

/// What [`next_edition_counted`] did. A row is in one of `changed`, `renamed`,
/// `removed` and `moved` at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Account {
    /// Rows with one field changed, other than the name; the sum of the six below.
    pub(crate) changed: usize,
    /// Rows with a new name.
    pub(crate) renamed: usize,
    /// Rows that are new.
    pub(crate) added: usize,
    /// Rows that are gone.
    pub(crate) removed: usize,
    /// Rows that stand elsewhere: the fewest that explain the new order.
    pub(crate) moved: usize,
    /// Changed in `basis`, by the amendment of an act.
    pub(crate) by_amendment: usize,
    /// Changed in `department`, by the renaming of an organ.
    pub(crate) by_renamed_organ: usize,
    /// Changed in `promised_limit_days`, by a campaign.
    pub(crate) by_campaign: usize,
    /// Changed in `authorities` or `levels`, by a decision with a list.
    pub(crate) by_decision: usize,
    /// Changed in the width of brackets only.
    pub(crate) by_typist: usize,
    /// Changed alone.
    pub(crate) single: usize,
    /// Number of events behind the changes that are not single.
    pub(crate) events: usize,
}

/// A licensing list of `n` items.
///
/// # Panics
/// If `n` is so large that the basic codes run out (beyond 1.5 million).
#[must_use]
pub(crate) fn edition(n: usize) -> Vec<Row> {
    let mut maker = Maker::new(0x9130_DA40_2022_0001);
    let mut rows = Vec::with_capacity(n);
    let regions = n.div_ceil(ROWS_OF_A_REGION).clamp(1, REGIONS.len());
    let shares = Cumulative::new((0..DEPARTMENTS).map(|department| {
        // Sizes fall with the square root of a rank that is not the order of the list.
        let rank = (department * 37) % DEPARTMENTS;
        1_000_000_000 / (1_000_000 * (rank as u64 + 1)).isqrt()
    }));
    for region in 0..regions {
        let of_region = n * (region + 1) / regions - n * region / regions;
        for department in 0..DEPARTMENTS {
            let mut left = shares.part(department + 1, of_region) - shares.part(department, of_region);
            let mut main = 0;
            while left > 0 {
                main += 1;
                let family = if maker.rng.chance(10) { (2 + maker.rng.below(3)).min(left) } else { 1 };
                maker.family(region, department, main, family, &mut rows);
                left -= family;
            }
        }
    }
    rows
}

/// The edition that follows: 2 % of the items changed in one field, 0.5 %
/// renamed, 0.5 % added, 0.5 % removed, 1 % moved.
#[must_use]
pub(crate) fn next_edition(before: &[Row]) -> Vec<Row> {
    next_edition_counted(before).0
}

/// What another office makes of the same list in the same year: it edits as the first, and moves nothing.
#[must_use]
pub(crate) fn other_edition(before: &[Row]) -> Vec<Row> {
    in_a_year(Year::new(before, 0x9130_DA40_2023_0003), 0).0
}

/// [`next_edition`], with the account of what was done.
#[must_use]
pub(crate) fn next_edition_counted(before: &[Row]) -> (Vec<Row>, Account) {
    in_a_year(Year::new(before, 0x9130_DA40_2023_0002), 10)
}

fn in_a_year(mut year: Year<'_>, moved_per_mille: usize) -> (Vec<Row>, Account) {
    let items = year.before.len();
    let share = |per_mille: usize| (items * per_mille + 500) / 1000;
    let changed = share(20);
    year.amendments(changed * 45 / 100);
    year.renamed_organs(changed * 15 / 100);
    year.campaigns(changed * 15 / 100);
    year.decisions(changed * 10 / 100);
    year.typists(changed * 5 / 100);
    year.single_edits(changed);
    year.renames(share(5));
    year.removals(share(5));
    year.moves(share(moved_per_mille));
    year.additions(share(5));
    year.finish()
}

// ── chance ──────────────────────────────────────────────────────────────────

/// Splitmix64.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is not 0.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// A small number below `bound`, which is not 0.
    fn number(&mut self, bound: u32) -> u32 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u32
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// Weights, added up.
struct Cumulative(Vec<u64>);

impl Cumulative {
    fn new(weights: impl IntoIterator<Item = u64>) -> Self {
        let mut sum = 0;
        let sums = weights.into_iter().map(|weight| {
            sum += weight;
            sum
        });
        Cumulative(sums.collect())
    }

    /// Weights 1, 1/2, 1/3 …
    fn zipf(len: usize) -> Self {
        Self::new((1..=len as u64).map(|rank| 1_000_000 / rank))
    }

    fn total(&self) -> u64 {
        self.0.last().copied().unwrap_or(0)
    }

    fn pick(&self, rng: &mut Rng) -> usize {
        let at = rng.below(self.total() as usize) as u64;
        self.0.partition_point(|&sum| sum <= at)
    }

    /// How many of `whole` go to the first `count` weights.
    fn part(&self, count: usize, whole: usize) -> usize {
        let sum = if count == 0 { 0 } else { self.0[count - 1] };
        (u128::from(sum) * whole as u128 / u128::from(self.total())) as usize
    }
}

// ── words ───────────────────────────────────────────────────────────────────

const ROWS_OF_A_REGION: usize = 30_000;

/// First two characters of a basic code: 00 is the nation, then provinces.
const REGIONS: [&str; 33] = [
    "00", "44", "45", "63", "65", "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
    "35", "36", "37", "41", "42", "43", "46", "50", "51", "52", "53", "54", "61", "62", "64", "66",
];

/// Letters that continue the sequence after 999.
const SEQUENCE_LETTERS: &[u8; 21] = b"ABCDEFGHJKLMNPQRTUWXY";

const DEPARTMENTS: usize = 60;

/// Code of the department, its name, its name after a reform, its organs, what
/// it decides on, some acts that it works with.
const DEPARTMENT_TABLE: &str = "\
04|市发展和改革委员会|市发展改革委|发展改革部门|固定资产投资项目 石油天然气管道 企业债券 政府投资工程 价格认证机构 招标代理机构 节能评估机构 重大基础设施|中华人民共和国节约能源法 企业投资项目核准和备案管理条例 固定资产投资项目节能审查办法
05|市教育局|市教育体育局|教育部门|民办学校 幼儿园 校车 教师资格 中外合作办学机构 自学考试助学机构 校外培训机构 特殊教育学校|中华人民共和国民办教育促进法 校车安全管理条例 教师资格条例
06|市科学技术局|市科技局|科技部门|实验动物 人类遗传资源 科技企业孵化器 高新技术产品 技术合同 科普场馆 外国人来华工作 新型研发机构|中华人民共和国生物安全法 中华人民共和国人类遗传资源管理条例 实验动物管理条例
07|市工业和信息化局|市工信局|工业和信息化部门|民用爆炸物品 无线电频率 无线电台站 电信业务 监控化学品 稀土产品 工业炸药 卫星移动通信终端|中华人民共和国电信条例 中华人民共和国无线电管理条例 稀土管理条例
08|市民族宗教事务委员会|市民族宗教局|民族宗教部门|宗教活动场所 宗教院校 清真食品 大型露天宗教造像 宗教教育培训 宗教团体 民族成份 宗教临时活动地点|宗教事务条例 宗教活动场所管理办法
09|市公安局|市公安机关|公安机关|保安服务公司 剧毒化学品 民用枪支 烟花爆竹 旅馆业 典当业 大型群众性活动 互联网上网服务场所|中华人民共和国枪支管理法 保安服务管理条例 中华人民共和国集会游行示威法
10|市国家安全局|市安全局|国家安全机关|涉及国家安全事项建设项目 专用间谍器材 涉外建设项目 涉密测绘器材 境外机构驻地 重点区域建筑物 安全控制区域工程 涉外租赁场所|中华人民共和国反间谍法 涉及国家安全事项的建设项目许可管理规定
11|市民政局|市社会事务局|民政部门|社会团体 基金会 民办非企业单位 公墓 殡仪馆 养老机构 慈善组织 地名标志|社会团体登记管理条例 中华人民共和国慈善法 殡葬管理条例
12|市司法局|市法务局|司法行政部门|律师事务所 公证机构 司法鉴定机构 基层法律服务所 外国律师事务所代表处 法律援助机构 仲裁机构 专职律师|中华人民共和国律师法 中华人民共和国公证法 律师事务所管理办法
13|市财政局|市财政金融局|财政部门|代理记账机构 会计师事务所 资产评估机构 非税收入票据 政府采购代理机构 彩票销售场所 国有资产评估项目 注册会计师|中华人民共和国会计法 中华人民共和国注册会计师法 代理记账管理办法
14|市人力资源和社会保障局|市人社局|人力资源社会保障部门|劳务派遣单位 人力资源服务机构 民办职业培训学校 技工学校 不定时工作制 职业技能鉴定机构 企业年金方案 境外就业中介机构|中华人民共和国劳动合同法 人力资源市场暂行条例 劳务派遣行政许可实施办法
15|市自然资源局|市自然资源和规划局|自然资源部门|建设用地 临时用地 采矿权 探矿权 测绘单位 海域使用权 建设工程规划 集体建设用地|中华人民共和国土地管理法 中华人民共和国城乡规划法 中华人民共和国矿产资源法
16|市生态环境局|市环境保护局|生态环境部门|危险废物 排污口 辐射工作单位 放射性同位素 建设项目环境影响报告 电子废物拆解企业 消耗臭氧层物质 污染物排放|中华人民共和国环境影响评价法 排污许可管理条例 危险废物经营许可证管理办法
17|市住房和城乡建设局|市住房城乡建设委|住房城乡建设部门|建筑业企业资质 商品房 燃气设施 城市排水设施 施工图审查机构 工程监理企业 房地产估价机构 建筑起重机械|中华人民共和国建筑法 城镇燃气管理条例 城镇排水与污水处理条例
18|市交通运输局|市交通运输委|交通运输部门|道路旅客运输 危险货物运输 港口 水路运输业务 机动车驾驶培训机构 巡游出租汽车 公路超限运输 客运站|中华人民共和国道路运输条例 中华人民共和国港口法 中华人民共和国公路法
19|市水利局|市水务局|水行政主管部门|取水工程 河道采砂 水土保持方案 水利工程 农村集体供水工程 蓄滞洪区项目 水文测站 灌排设施|中华人民共和国水法 取水许可和水资源费征收管理条例 中华人民共和国河道管理条例
20|市农业农村局|市农牧局|农业农村部门|农药 兽药 种畜禽 农作物种子 水产苗种 生猪定点屠宰厂 动物诊疗机构 拖拉机驾驶培训机构|农药管理条例 中华人民共和国畜牧法 中华人民共和国动物防疫法
21|市商务局|市商务和投资促进局|商务部门|成品油零售网点 拍卖企业 对外劳务合作企业 直销企业 二手车交易市场 报废机动车回收企业 单用途预付卡 进出口配额商品|中华人民共和国对外贸易法 对外劳务合作管理条例 中华人民共和国拍卖法
22|市文化和旅游局|市文化体育和旅游局|文化和旅游部门|营业性演出 娱乐场所 旅行社 互联网文化单位 艺术品 社会艺术水平考级机构 导游 文艺表演团体|营业性演出管理条例 旅行社条例 娱乐场所管理条例
23|市卫生健康委员会|市卫生健康委|卫生健康部门|医疗机构 母婴保健技术服务机构 放射诊疗机构 单采血浆站 护士执业 医师执业 大型医用设备 职业病诊断机构|医疗机构管理条例 中华人民共和国医师法 中华人民共和国母婴保健法
24|市退役军人事务局|市退役军人局|退役军人部门|烈士纪念设施 军队离退休干部服务机构 军用饮食供应站 烈士褒扬项目 优抚医院 光荣院 退役士兵培训机构 零散烈士墓|烈士褒扬条例 军人抚恤优待条例
25|市应急管理局|市应急局|应急管理部门|危险化学品 非煤矿山 金属冶炼建设项目 烟花爆竹零售点 安全评价机构 特种作业人员 矿山安全设施 煤矿建设项目|中华人民共和国安全生产法 危险化学品安全管理条例 烟花爆竹安全管理条例
26|市人民银行分行|市人民银行中心支行|人民银行分支机构|银行账户 国库集中支付银行 黄金制品 征信机构 支付机构网点 人民币经营 跨境人民币业务 金融机构撤并|中华人民共和国中国人民银行法 征信业管理条例 非银行支付机构监督管理条例
28|市国有资产监督管理委员会|市国资委|国有资产监管机构|国有产权 企业国有资产评估 国有股权 国有企业改制方案 国有土地资产 企业增资项目 企业对外担保 境外国有投资|中华人民共和国企业国有资产法 企业国有资产监督管理暂行条例
29|市海关|市隶属海关|海关|保税仓库 出口监管仓库 海关监管货物 免税商店 进境动植物 口岸卫生 报关单位 进出口商品检验机构|中华人民共和国海关法 中华人民共和国国境卫生检疫法 中华人民共和国进出口商品检验法
30|市税务局|市税务机关|税务机关|增值税专用发票 发票印制企业 延期缴纳税款 纳税定额 税控系统 出口退税企业 印花税票代售 税务师事务所|中华人民共和国税收征收管理法 中华人民共和国发票管理办法
31|市市场监督管理局|市市场监管局|市场监管部门|食品 食品添加剂 特种设备 气瓶 检验检测机构 计量器具 工业产品 广告发布单位|中华人民共和国食品安全法 中华人民共和国特种设备安全法 中华人民共和国计量法
32|市广播电视局|市文化广播电视局|广播电视部门|广播电台 电视台 有线广播电视网 卫星地面接收设施 视频点播业务 电视剧制作单位 信息网络视听节目 乡镇广播电视站|广播电视管理条例 卫星电视广播地面接收设施管理规定
33|市体育局|市教育和体育局|体育部门|高危险性体育项目 健身气功站点 公共体育设施 体育类培训机构 射击竞技运动单位 体育竞赛 航空体育俱乐部 健身场馆|中华人民共和国体育法 全民健身条例 健身气功管理办法
34|市统计局|市统计和普查中心|统计部门|涉外调查机构 涉外社会调查项目 统计调查制度 部门统计项目 民间统计机构 普查名录 抽样调查样本 统计数据发布|中华人民共和国统计法 涉外调查管理办法
36|市医疗保障局|市医保局|医疗保障部门|定点医疗机构 定点零售药店 医疗服务价格项目 长期护理服务机构 医用耗材挂网 异地就医结算点 生育保险单位 医疗救助对象|医疗保障基金使用监督管理条例 中华人民共和国社会保险法
39|市新闻出版局|市委宣传部（新闻出版局）|新闻出版部门|印刷企业 出版物零售单位 内部资料性出版物 报刊社 音像制作单位 复制单位 电子出版物 网络出版服务单位|出版管理条例 印刷业管理条例 音像制品管理条例
40|市版权局|市委宣传部（版权局）|版权部门|境外著作权认证机构 著作权集体管理 出境复制加工 作品登记 版权质押 版权代理机构 软件著作权 录音制品|中华人民共和国著作权法 著作权集体管理条例
46|市互联网信息办公室|市委网信办|网信部门|互联网新闻信息服务 网络安全检测机构 数据出境项目 区块链信息服务 算法推荐服务 关键信息基础设施 个人信息认证 网络直播平台|中华人民共和国网络安全法 互联网信息服务管理办法
54|市气象局|市气象服务中心|气象主管机构|雷电防护装置 升放气球单位 气象台站 气象探测环境 人工影响天气组织 气象信息服务单位 大气环境评价资料 防雷检测单位|中华人民共和国气象法 气象灾害防御条例
55|市金融监督管理局|市地方金融管理局|金融监管部门|融资担保公司 小额贷款公司 典当行 融资租赁公司 保险代理机构 村镇银行 地方资产管理公司 商业保理公司|融资担保公司监督管理条例 典当管理办法
59|市粮食和物资储备局|市粮食局|粮食和储备部门|粮食收购 政策性粮食 粮食仓储设施 储备棉 粮食质量检验机构 军粮供应站 应急物资储备库 食用油储备|粮食流通管理条例 中央储备粮管理条例
60|市能源局|市能源管理局|能源部门|电力业务 承装电力设施 煤矿产能 新建风电场 光伏电站 电力设施保护区作业 油气储备设施 供电营业区|中华人民共和国电力法 电力供应与使用条例 承装修试电力设施许可证管理办法
61|市国防科技工业办公室|市国防科工办|国防科技工业部门|武器装备科研生产 民用爆破器材 核材料 军工关键设备 军品出口 民用航天发射 军工涉密业务 核设施|武器装备科研生产许可管理条例 中华人民共和国核安全法
62|市烟草专卖局|市烟草局|烟草专卖部门|烟草专卖零售 烟草专卖批发 烟叶收购站 烟草专卖品 烟草机械 卷烟纸 复烤企业 烟草准运|中华人民共和国烟草专卖法 中华人民共和国烟草专卖法实施条例
63|市出入境管理局|市移民管理局|移民管理机构|外国人居留 边境管理区通行 出入境中介机构 往来港澳通行 往来台湾通行 外国人旅行 口岸限定区域 船员登陆|中华人民共和国出境入境管理法 中华人民共和国护照法
64|市林业和草原局|市林业局|林草部门|林木采伐 林草种子 野生动物 野生植物 林地 草原 自然保护区项目 植物检疫|中华人民共和国森林法 中华人民共和国野生动物保护法 中华人民共和国草原法
65|市铁路监督管理局|市铁路监管局|铁路监管部门|铁路运输企业 铁路机车车辆 铁路平交道口 铁路无线电台 机车驾驶人员 铁路专用设备 铁路线路安全保护区 专用铁路|铁路安全管理条例 中华人民共和国铁路法
66|市民航管理局|市民航监管局|民航管理机构|通用航空企业 民用机场 航空器维修单位 无人驾驶航空器 航空油料供应 空管设备 民航安检设备 飞行训练机构|中华人民共和国民用航空法 无人驾驶航空器飞行管理暂行条例
67|市邮政管理局|市邮政局|邮政管理部门|快递业务 邮政普遍服务网点 邮政企业停办业务 集邮票品 仿印邮票图案 快递末端网点 智能快件箱 邮政通信用品|中华人民共和国邮政法 快递暂行条例
68|市文物局|市文化遗产局|文物部门|文物保护单位 文物商店 馆藏文物 考古发掘项目 文物拍卖企业 不可移动文物 博物馆 文物复制单位|中华人民共和国文物保护法 博物馆条例
69|市中医药管理局|市中医药局|中医药部门|中医诊所 中医医疗机构 中药制剂 确有专长中医医师 中医养生机构 中药饮片代煎点 盲人医疗按摩所 中医药培训机构|中华人民共和国中医药法 中医诊所备案管理暂行办法
70|市矿山安全监察局|市煤矿安全监察局|矿山安全监察机构|煤矿安全生产 露天矿 尾矿库 煤矿瓦斯抽采 矿用设备 矿山救护队 煤矿建设工程 选煤厂|中华人民共和国矿山安全法 煤矿安全生产条例
71|市外汇管理局|市外汇局|外汇管理部门|结售汇业务 外汇账户 外债 境外直接投资 外币现钞 跨境担保 外汇兑换机构 个人本外币业务|中华人民共和国外汇管理条例 结汇售汇及付汇管理规定
72|市药品监督管理局|市药监局|药监部门|药品零售企业 医疗器械 化妆品 麻醉药品 精神药品 放射性药品 医疗用毒性药品 执业药师|中华人民共和国药品管理法 医疗器械监督管理条例 麻醉药品和精神药品管理条例
73|市知识产权局|市知识产权保护中心|知识产权部门|专利代理机构 商标印制企业 地理标志产品 专利实施强制许可 特殊标志 奥林匹克标志 专利质押 集成电路布图|中华人民共和国专利法 专利代理条例
75|市档案局|市档案馆|档案部门|国有企业档案 延期开放档案 档案出境 档案中介机构 重点工程档案 家庭档案 历史档案复制件 档案寄存|中华人民共和国档案法 中华人民共和国档案法实施条例
76|市国家保密局|市保密局|保密行政管理部门|涉密信息系统集成单位 国家秘密载体印制 涉密工程监理单位 保密检测机构 涉密会议场所 国家秘密载体出境 涉密档案数字化 销毁机构|中华人民共和国保守国家秘密法 国家秘密载体印制资质管理办法
77|市密码管理局|市国家密码管理局|密码管理部门|商用密码产品 电子认证服务机构 商用密码检测机构 密码进口商品 电子政务电子认证 密码应用评估机构 商用密码出口 密码科研单位|中华人民共和国密码法 商用密码管理条例
80|市国防动员办公室|市人民防空办公室|人民防空主管部门|防空地下室 人民防空工程 人防警报设施 人防设备生产企业 地下空间连通工程 人防工程监理单位 单建式人防工程 人防工程平时使用|中华人民共和国人民防空法 人民防空工程建设管理规定
82|市电影局|市委宣传部（电影局）|电影主管部门|电影放映单位 电影制片单位 电影发行单位 电影剧本 中外合作摄制电影 点播影院 电影节 流动放映队|中华人民共和国电影产业促进法 电影管理条例
85|市城市管理综合执法局|市城市管理局|城市管理部门|户外广告 建筑垃圾 城市道路 城市绿地 环卫设施 生活垃圾 临时占道摊点 夜间施工|城市市容和环境卫生管理条例 城市道路管理条例 城市绿化条例
87|市消防救援支队|市消防救援局|消防救援机构|公众聚集场所 消防技术服务机构 注册消防工程师 专职消防队 消防产品 消防控制室 人员密集场所 消防水源|中华人民共和国消防法 高层民用建筑消防安全管理规定
88|市疾病预防控制局|市疾控局|疾控部门|公共场所 饮用水供水单位 消毒产品 涉水产品 病原微生物实验室 集中消毒服务单位 预防接种单位 菌毒种|中华人民共和国传染病防治法 公共场所卫生管理条例 病原微生物实验室生物安全管理条例
89|市海事局|市地方海事局|海事管理机构|船舶 船员服务机构 水上水下活动 通航水域岸线 船舶污染清除单位 船员培训机构 船舶载运危险货物 打捞作业单位|中华人民共和国海上交通安全法 中华人民共和国船员条例";

/// Acts that all departments cite, the most cited first.
const GENERAL_ACTS: [&str; 24] = [
    "国务院对确需保留的行政审批项目设定行政许可的决定",
    "中华人民共和国行政许可法",
    "国务院关于取消和下放一批行政审批项目的决定",
    "国务院关于第六批取消和调整行政审批项目的决定",
    "优化营商环境条例",
    "国务院关于深化“证照分离”改革进一步激发市场主体发展活力的通知",
    "国务院关于取消和调整一批行政审批项目等事项的决定",
    "中华人民共和国外商投资法",
    "中华人民共和国公司法",
    "政府核准的投资项目目录（2016年本）",
    "中华人民共和国环境保护法",
    "中华人民共和国长江保护法",
    "中华人民共和国黄河保护法",
    "中华人民共和国行政处罚法",
    "风景名胜区条例",
    "中华人民共和国自然保护区条例",
    "中华人民共和国防洪法",
    "中华人民共和国城市房地产管理法",
    "中华人民共和国标准化法",
    "中华人民共和国产品质量法",
    "中华人民共和国市场主体登记管理条例",
    "中华人民共和国反垄断法",
    "中华人民共和国农村土地承包法",
    "中华人民共和国青藏高原生态保护法",
];

const QUALIFIERS: [&str; 30] = [
    "",
    "",
    "",
    "跨区域",
    "临时",
    "小型",
    "大型",
    "外商投资",
    "中外合资",
    "民办",
    "农村",
    "城镇",
    "重点",
    "一般",
    "特殊",
    "甲级",
    "乙级",
    "丙级",
    "一类",
    "二类",
    "三类",
    "公益性",
    "经营性",
    "涉外",
    "新型",
    "区域性",
    "市级",
    "连锁",
    "流动",
    "专用",
];

const ACTIONS: [&str; 28] = [
    "设立", "变更", "延续", "注销", "迁移", "新建", "改建", "扩建", "生产", "经营", "销售", "运输", "储存",
    "进口", "出口", "使用", "拆除", "处置", "转让", "租赁", "分立", "合并", "终止", "检验", "维修", "安装",
    "利用", "开办",
];

const ENDINGS: [&str; 10] =
    ["许可", "审批", "许可", "审批", "核准", "许可证核发", "审查", "批准", "审核", "资格认定"];

const PLACES: [&str; 12] = [
    "在风景名胜区内",
    "在自然保护区内",
    "在河道管理范围内",
    "在公路建筑控制区内",
    "在城市道路范围内",
    "在文物保护单位建设控制地带内",
    "在铁路线路安全保护区内",
    "在机场净空保护区内",
    "在基本农田保护区内",
    "在饮用水水源保护区内",
    "在港口水域内",
    "在森林防火区内",
];

const SCOPES: [&str; 10] = [
    "（设区的市级权限）",
    "（县级权限）",
    "（含变更、延续）",
    "（新办）",
    "（除外商投资企业外）",
    "（含分支机构）",
    "（受国家委托实施）",
    "（首次申请）",
    "（跨设区的市）",
    "（限额以下）",
];

const REMARKS: [&str; 10] = [
    "承接省级下放事项",
    "委托县级部门实施（至2025年12月31日）",
    "实行告知承诺",
    "部分权限下放至县级（限额以下）",
    "由市行政审批局集中办理",
    "受理后转报省级部门决定",
    "纳入“高效办成一件事”",
    "自由贸易试验区内改为备案",
    "原列入工商登记后置审批目录（2014年本）",
    "法律、行政法规另有规定的从其规定",
];

const HISTORY_NOTES: [&str; 4] = ["（2019年修正）", "（2016年修订）", "（2018年修正）", "（2021年修订）"];

/// How the levels of a department's organs are said: before and after the
/// organs' name, the levels, and how often of 100.
const LEVEL_PHRASES: [(&str, &str, &[&str], u64); 7] = [
    ("设区的市级、县级", "", &["city", "county"], 26),
    ("县级", "", &["county"], 22),
    ("设区的市级", "", &["city"], 20),
    ("县级以上地方", "", &["province", "city", "county"], 12),
    ("省级", "", &["province"], 8),
    ("设区的市级以上地方", "", &["province", "city"], 7),
    ("设区的市级、县级政府（由", "承办）", &["city", "county"], 5),
];

const LEVEL_SETS: [&[&str]; 5] =
    [&["city"], &["city", "county"], &["county"], &["province", "city"], &["province", "city", "county"]];

const STATUTORY_LIMITS: [u32; 16] = [20, 20, 20, 20, 20, 20, 20, 20, 10, 15, 30, 30, 45, 60, 7, 90];

/// A department with its words.
struct Department {
    code: &'static str,
    name: &'static str,
    /// Its name after a reform.
    next: &'static str,
    organs: &'static str,
    objects: Vec<&'static str>,
    acts: Vec<Act>,
}

/// An act that items stand on.
struct Act {
    title: String,
    /// History note, as lists put it behind the title; empty for most acts.
    note: &'static str,
}

struct Words {
    departments: Vec<Department>,
    general: Vec<Act>,
    phrases: Cumulative,
    general_use: Cumulative,
    department_use: Cumulative,
}

const ACTS_OF_A_DEPARTMENT: usize = 10;

impl Words {
    fn new() -> Self {
        let mut serial = 0;
        let mut act = |title: String| {
            serial += 1;
            let note = match serial % 10 {
                0 | 3 | 7 => HISTORY_NOTES[serial % 4],
                _ => "",
            };
            Act { title, note }
        };
        let departments = DEPARTMENT_TABLE.lines().map(|line| {
            let mut cells = line.split('|');
            let mut cell = || cells.next().expect("the table has six columns");
            let (code, name, next, organs) = (cell(), cell(), cell(), cell());
            let objects: Vec<&str> = cell().split(' ').collect();
            let real: Vec<&str> = cell().split(' ').collect();
            let composed = objects.iter().enumerate().map(|(i, object)| {
                let endings = ["管理条例", "管理办法", "许可实施办法", "监督管理规定"];
                let title = format!("{object}{}", endings[i % 4]);
                if real.contains(&title.as_str()) { format!("{object}许可管理规定") } else { title }
            });
            let acts = real.iter().map(|&title| title.to_owned()).chain(composed);
            let acts = acts.take(ACTS_OF_A_DEPARTMENT).map(&mut act).collect();
            Department { code, name, next, organs, objects, acts }
        });
        let departments: Vec<_> = departments.collect();
        Words {
            departments,
            general: GENERAL_ACTS.iter().map(|title| act((*title).to_owned())).collect(),
            phrases: Cumulative::new(LEVEL_PHRASES.iter().map(|phrase| phrase.3)),
            general_use: Cumulative::zipf(GENERAL_ACTS.len()),
            department_use: Cumulative::zipf(ACTS_OF_A_DEPARTMENT),
        }
    }

    /// The department that numbered this row.
    fn department_of(&self, row: &Row) -> usize {
        let code = &row.id[4..6];
        let found = self.departments.iter().position(|it| it.code == code);
        found.expect("codes of rows come from the table")
    }

    fn authority(&self, department: usize, phrase: usize) -> String {
        let (before, after, ..) = LEVEL_PHRASES[phrase];
        format!("{before}{}{after}", self.departments[department].organs)
    }
}

/// `n` from 1 to 99 in Chinese numerals.
fn numeral(n: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (n / 10, DIGITS[(n % 10) as usize]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens as usize]),
    }
}

/// A basic code. `main` counts from 1; sub item 0 is «no sub items».
fn basic_code(region: &str, department: &str, main: usize, sub: usize) -> String {
    let sequence = match main.checked_sub(1000) {
        None => format!("{main:03}"),
        Some(beyond) => {
            let letter = SEQUENCE_LETTERS
                .get(beyond / 100)
                .expect("a department of a region has at most 3,099 main items");
            format!("{}{:02}", *letter as char, beyond % 100)
        }
    };
    format!("{region}01{department}{sequence}{sub:03}")
}

// ── rows ────────────────────────────────────────────────────────────────────

struct Maker {
    rng: Rng,
    words: Words,
    names: HashSet<String>,
}

impl Maker {
    fn new(seed: u64) -> Self {
        Maker { rng: Rng(seed), words: Words::new(), names: HashSet::new() }
    }

    /// Puts a main item, or the sub items of one, at the end of `rows`.
    fn family(&mut self, region: usize, department: usize, main: usize, size: usize, rows: &mut Vec<Row>) {
        let name = self.fresh_name(department);
        for sub in 1..=size {
            let sub = if size == 1 { 0 } else { sub };
            let code = self.words.departments[department].code;
            let id = basic_code(REGIONS[region], code, main, sub);
            rows.push(self.row(department, id, name.clone(), sub));
        }
    }

    fn row(&mut self, department: usize, id: String, name: String, sub: usize) -> Row {
        let rng = &mut self.rng;
        let words = &self.words;
        let own = &words.departments[department];

        let sub_item = if sub == 0 {
            String::new()
        } else {
            let (object, action) = (rng.of(&own.objects), rng.of(&ACTIONS));
            let ending = rng.of(&ENDINGS);
            let scope = if rng.chance(40) { rng.of(&SCOPES) } else { "" };
            format!("{sub}.{object}{action}{ending}{scope}")
        };

        let joint = rng.chance(4).then(|| rng.below(DEPARTMENTS)).filter(|&other| other != department);
        let mut departments = vec![own.name.to_owned()];
        departments.extend(joint.map(|other| words.departments[other].name.to_owned()));

        let phrase = words.phrases.pick(rng);
        let mut authorities = vec![words.authority(department, phrase)];
        if rng.chance(22) {
            let other = (phrase + 1 + rng.below(LEVEL_PHRASES.len() - 1)) % LEVEL_PHRASES.len();
            authorities.push(words.authority(department, other));
        }
        authorities.extend(joint.map(|other| words.authority(other, phrase)));

        let citations = [1, 1, 1, 1, 1, 2, 2, 2, 2, 3][rng.below(10)];
        let mut basis: Vec<String> = Vec::with_capacity(citations);
        while basis.len() < citations {
            let citation = citation(rng, words, department);
            if basis.iter().all(|other| title(other) != title(&citation)) {
                basis.push(citation);
            }
        }

        let statutory = STATUTORY_LIMITS[rng.below(STATUTORY_LIMITS.len())];
        let promised = match rng.number(100) {
            0..15 => statutory,
            percent => (statutory * (25 + percent / 2)).div_ceil(100),
        };
        let remarks = if rng.chance(12) { rng.of(&REMARKS) } else { "" };

        Row {
            id,
            name,
            sub_item,
            department: departments,
            authorities,
            basis,
            levels: LEVEL_PHRASES[phrase].2.to_vec(),
            statutory_limit_days: statutory,
            promised_limit_days: promised,
            remarks: remarks.to_owned(),
        }
    }

    /// A name that was not given yet, if a few tries find one.
    fn fresh_name(&mut self, department: usize) -> String {
        for _ in 0..8 {
            let name = self.name(department);
            if self.names.insert(name.clone()) {
                return name;
            }
        }
        self.name(department)
    }

    fn name(&mut self, department: usize) -> String {
        let rng = &mut self.rng;
        let object = rng.of(&self.words.departments[department].objects);
        let qualifier = rng.of(&QUALIFIERS);
        let action = rng.of(&ACTIONS);
        let ending = rng.of(&ENDINGS);
        match rng.below(100) {
            0..45 => format!("{qualifier}{object}{action}{ending}"),
            45..65 => format!("从事{qualifier}{object}{action}活动{ending}"),
            65..77 => format!("{}{action}{qualifier}{object}{ending}", rng.of(&PLACES)),
            77..89 => {
                let second = ACTIONS[rng.below(ACTIONS.len())];
                let both = if second == action { "" } else { second };
                let comma = if both.is_empty() { "" } else { "、" };
                format!("{qualifier}{object}{action}{comma}{both}{ending}")
            }
            _ => format!("{qualifier}{object}{action}{ending}{}", rng.of(&SCOPES)),
        }
    }
}

fn citation(rng: &mut Rng, words: &Words, department: usize) -> String {
    let act = if rng.chance(20) {
        &words.general[words.general_use.pick(rng)]
    } else {
        &words.departments[department].acts[words.department_use.pick(rng)]
    };
    let article = numeral(1 + rng.number(70));
    let clause = match rng.below(10) {
        0..4 => format!("第{}款", numeral(1 + rng.number(4))),
        4 => format!("第（{}）项", numeral(1 + rng.number(8))),
        _ => String::new(),
    };
    format!("《{}》{}第{article}条{clause}", act.title, act.note)
}

/// The act that a citation names.
fn title(citation: &str) -> &str {
    let end = citation.find('》').expect("citations begin with a title");
    &citation[..end]
}

// ── the next year ───────────────────────────────────────────────────────────

/// Where rows that move or come are put: behind a row that stays.
type Insertions = BTreeMap<usize, Vec<Insertion>>;

enum Insertion {
    Moved { start: usize, len: usize },
    Added(Box<Row>),
}

struct Year<'a> {
    before: &'a [Row],
    /// The rows before, with what changed in them.
    rows: Vec<Row>,
    /// Rows that something happened to.
    touched: Vec<bool>,
    gone: Vec<bool>,
    /// Rows that stay in their places because others are put behind them.
    anchor: Vec<bool>,
    insertions: Insertions,
    /// Departments within regions: the run of rows that shares a code's first six characters.
    groups: Vec<std::ops::Range<usize>>,
    maker: Maker,
    account: Account,
}

impl<'a> Year<'a> {
    fn new(before: &'a [Row], seed: u64) -> Self {
        let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
        for (i, row) in before.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if before[group.start].id[..6] == row.id[..6] => group.end = i + 1,
                _ => groups.push(i..i + 1),
            }
        }
        Year {
            before,
            rows: before.to_vec(),
            touched: vec![false; before.len()],
            gone: vec![false; before.len()],
            anchor: vec![false; before.len()],
            insertions: Insertions::new(),
            groups,
            maker: Maker::new(seed ^ before.len() as u64),
            account: Account::default(),
        }
    }

    /// Edits a row that nothing has happened to; whether it is another row now.
    fn edit(&mut self, i: usize, edit: impl FnOnce(&mut Row, &mut Maker)) -> bool {
        if self.touched[i] {
            return false;
        }
        edit(&mut self.rows[i], &mut self.maker);
        self.touched[i] = self.rows[i] != self.before[i];
        self.touched[i]
    }

    fn any(&mut self) -> usize {
        self.maker.rng.below(self.before.len())
    }

    /// Acts are amended, each with all its items: a new history note, or
    /// articles renumbered above a place.
    fn amendments(&mut self, budget: usize) {
        let mut uses: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, row) in self.before.iter().enumerate() {
            for citation in &row.basis {
                uses.entry(title(citation)).or_default().push(i);
            }
        }
        let mut left = budget;
        loop {
            let fitting: Vec<_> = uses.iter().filter(|(_, rows)| rows.len() <= left).collect();
            if fitting.is_empty() {
                break;
            }
            let weights = Cumulative::new(fitting.iter().map(|(_, rows)| rows.len() as u64));
            let (act, rows) = fitting[weights.pick(&mut self.maker.rng)];
            let act = *act;
            let renumbered = self.maker.rng.chance(40);
            let place = self.maker.rng.number(15);
            let by = 1 + self.maker.rng.number(3);
            let note = self.maker.rng.of(&["（2023年修正）", "（2023年修订）"]);
            let mut hit = 0;
            for &i in rows {
                hit += usize::from(self.edit(i, |row, _| {
                    let cited = row.basis.iter_mut().find(|it| title(it) == act);
                    let cited = cited.expect("the index was made from these rows");
                    *cited = if renumbered { renumber(cited, place, by) } else { annotate(cited, note) };
                }));
            }
            left -= hit;
            self.account.by_amendment += hit;
            self.account.events += usize::from(hit > 0);
            uses.remove(act);
        }
    }

    /// Visits departments of regions in a random order while there is budget,
    /// and edits their free rows in the order of the list.
    fn by_group(
        &mut self,
        budget: usize,
        mut event: impl FnMut(&mut Maker) -> u32,
        mut edit: impl FnMut(&mut Row, &mut Maker, u32),
    ) -> (usize, usize) {
        let (mut hits, mut events) = (0, 0);
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        for i in (1..order.len()).rev() {
            order.swap(i, self.maker.rng.below(i + 1));
        }
        // A year's events fit its budget: those that do not come whole come last.
        order.sort_by_key(|&group| self.groups[group].len() > budget);
        for group in order {
            if hits == budget {
                break;
            }
            let strength = event(&mut self.maker);
            let so_far = hits;
            for i in self.groups[group].clone() {
                if hits < budget {
                    hits += usize::from(self.edit(i, |row, maker| edit(row, maker, strength)));
                }
            }
            events += usize::from(hits > so_far);
        }
        (hits, events)
    }

    /// Organs are renamed; of the last one a part of its items goes to a new organ.
    fn renamed_organs(&mut self, budget: usize) {
        let names: HashMap<_, _> = self
            .maker
            .words
            .departments
            .iter()
            .flat_map(|it| [(it.name, it.next), (it.next, it.name)])
            .collect();
        let rename = |row: &mut Row, _: &mut Maker, _| {
            if let Some(next) = names.get(row.department[0].as_str()) {
                row.department[0] = (*next).to_owned();
            }
        };
        let (hits, events) = self.by_group(budget, |_| 0, rename);
        self.account.by_renamed_organ = hits;
        self.account.events += events;
    }

    /// Departments shorten what they promise, each by one factor.
    fn campaigns(&mut self, budget: usize) {
        let (hits, events) = self.by_group(
            budget,
            |maker| 50 + maker.rng.number(41),
            |row, _, percent| {
                row.promised_limit_days = (row.promised_limit_days * percent).div_ceil(100);
            },
        );
        self.account.by_campaign = hits;
        self.account.events += events;
    }

    /// Decisions with a list of 5 to 40 items that go to other organs or levels.
    fn decisions(&mut self, budget: usize) {
        let mut left = budget;
        while left > 0 {
            let list = (5 + self.maker.rng.below(36)).min(left);
            let phrase = self.maker.rng.below(LEVEL_PHRASES.len());
            let levels = LEVEL_SETS[self.maker.rng.below(LEVEL_SETS.len())];
            let organs = self.maker.rng.chance(60);
            let mut hit = 0;
            while hit < list {
                let i = self.any();
                hit += usize::from(self.edit(i, |row, maker| {
                    if organs {
                        let department = maker.words.department_of(row);
                        row.authorities[0] = maker.words.authority(department, phrase);
                        row.authorities.truncate(1);
                    } else {
                        row.levels = levels.to_vec();
                    }
                }));
            }
            left -= list;
            self.account.by_decision += list;
            self.account.events += 1;
        }
    }

    /// Typists write half-width brackets over a stretch of the list.
    fn typists(&mut self, budget: usize) {
        let narrow = |text: &mut String| {
            let wide = text.contains('（');
            if wide {
                *text = text.replace('（', "(").replace('）', ")");
            }
            wide
        };
        let mut left = budget;
        let mut tries = 0;
        while left > 0 && tries < 10_000 {
            tries += 1;
            let start = self.any();
            let so_far = left;
            for i in start..(start + 400).min(self.before.len()) {
                if left > 0 {
                    left -= usize::from(self.edit(i, |row, _| {
                        let done = row.basis.iter_mut().fold(false, |done, it| narrow(it) | done);
                        let _ = done
                            || narrow(&mut row.sub_item)
                            || narrow(&mut row.remarks)
                            || row.authorities.iter_mut().any(narrow);
                    }));
                }
            }
            self.account.events += usize::from(left < so_far);
        }
        self.account.by_typist = budget - left;
    }

    /// Edits of one row each, until `budget` rows are changed in all.
    fn single_edits(&mut self, budget: usize) {
        let events = self.account.by_amendment
            + self.account.by_renamed_organ
            + self.account.by_campaign
            + self.account.by_decision
            + self.account.by_typist;
        let mut left = budget - events;
        self.account.single = left;
        self.account.changed = budget;
        while left > 0 {
            let i = self.any();
            left -= usize::from(self.edit(i, single_edit));
        }
    }

    /// New names; sub items of one main item get theirs together.
    fn renames(&mut self, budget: usize) {
        let mut left = budget;
        while left > 0 {
            let i = self.any();
            if self.touched[i] {
                continue;
            }
            let name = renamed(&self.before[i].name, &mut self.maker.rng);
            let main = &self.before[i].id[..9];
            let mut kin = i;
            while kin < self.before.len() && self.before[kin].id[..9] == *main && left > 0 {
                left -= usize::from(self.edit(kin, |row, _| row.name.clone_from(&name)));
                kin += 1;
            }
        }
        self.account.renamed = budget;
    }

    /// Removals, a third of them in runs of neighbours.
    fn removals(&mut self, budget: usize) {
        let mut left = budget;
        while left > 0 {
            let start = self.any();
            let run = if self.maker.rng.chance(15) { 2 + self.maker.rng.below(3) } else { 1 };
            for i in start..(start + run).min(self.before.len()) {
                if left > 0 && !self.touched[i] {
                    self.touched[i] = true;
                    self.gone[i] = true;
                    left -= 1;
                }
            }
        }
        self.account.removed = budget;
    }

    /// Blocks of one to six rows go elsewhere, mostly near.
    fn moves(&mut self, budget: usize) {
        let n = self.before.len();
        let mut left = budget;
        while left > 0 {
            let len = (1 + self.maker.rng.below(6)).min(left);
            let start = self.any();
            let near = 20 + 10 * len + self.maker.rng.below(300);
            let far = self.any();
            let target = match self.maker.rng.below(10) {
                0..3 => start.checked_sub(near),
                3..6 => Some(start + len + near),
                _ => Some(far),
            };
            let Some(target) = target.filter(|&it| it < n && start + len <= n) else {
                continue;
            };
            let block = start..start + len;
            let free = |i: usize| !self.touched[i] && !self.anchor[i];
            let apart = target.abs_diff(start).min(target.abs_diff(start + len));
            if self.touched[target] || apart < 20 + 10 * len || !block.clone().all(free) {
                continue;
            }
            // Touched and gone from its place, but not from the list.
            for i in block {
                self.touched[i] = true;
                self.gone[i] = true;
            }
            self.anchor[target] = true;
            let moved = Insertion::Moved { start, len };
            self.insertions.entry(target).or_default().push(moved);
            left -= len;
        }
        self.account.moved = budget;
    }

    /// New items, most of them among their kin, some at the end of their
    /// department, some as a further sub item.
    fn additions(&mut self, budget: usize) {
        let mut used: HashSet<String> = self.before.iter().map(|row| row.id.clone()).collect();
        let mut last_main: HashMap<&str, usize> = HashMap::new();
        let mut left = budget;
        while left > 0 {
            let mut i = self.any();
            if self.maker.rng.chance(20) {
                let group = self.groups.partition_point(|group| group.end <= i);
                i = self.groups[group].end - 1;
            }
            if self.gone[i] {
                continue;
            }
            let kin = &self.before[i];
            let department = self.maker.words.department_of(kin);
            let sub: usize = kin.id[9..].parse().expect("sub items are numbered");
            let (id, name, sub) = if sub > 0 && self.maker.rng.chance(50) {
                let free = (sub + 1..1000).find(|sub| {
                    let id = format!("{}{sub:03}", &kin.id[..9]);
                    !used.contains(&id)
                });
                let sub = free.expect("families are small");
                let id = format!("{}{sub:03}", &kin.id[..9]);
                (id, kin.name.clone(), sub)
            } else {
                let main = last_main.entry(&kin.id[..6]).or_insert(0);
                let code = self.maker.words.departments[department].code;
                let id = loop {
                    *main += 1;
                    let mut ids = [0, 1, 2].map(|sub| basic_code(&kin.id[..2], code, *main, sub));
                    if !ids.iter().any(|id| used.contains(id)) {
                        break std::mem::take(&mut ids[0]);
                    }
                };
                (id, self.maker.fresh_name(department), 0)
            };
            used.insert(id.clone());
            let row = self.maker.row(department, id, name, sub);
            let added = Insertion::Added(Box::new(row));
            self.insertions.entry(i).or_default().push(added);
            left -= 1;
        }
        self.account.added = budget;
    }

    fn finish(mut self) -> (Vec<Row>, Account) {
        let len = self.before.len() + self.account.added - self.account.removed;
        let mut after = Vec::with_capacity(len);
        let mut insertions = std::mem::take(&mut self.insertions);
        for (i, row) in self.rows.into_iter().enumerate() {
            if !self.gone[i] {
                after.push(row);
            }
            for insertion in insertions.remove(&i).unwrap_or_default() {
                match insertion {
                    // What moved did not change.
                    Insertion::Moved { start, len } => {
                        after.extend_from_slice(&self.before[start..start + len]);
                    }
                    Insertion::Added(row) => after.push(*row),
                }
            }
        }
        (after, self.account)
    }
}

fn single_edit(row: &mut Row, maker: &mut Maker) {
    let rng = &mut maker.rng;
    match rng.below(100) {
        0..40 => {
            let department = maker.words.department_of(row);
            let citation = citation(rng, &maker.words, department);
            let known = row.basis.iter().any(|it| title(it) == title(&citation));
            match rng.below(3) {
                0 if row.basis.len() > 1 => {
                    row.basis.pop();
                }
                1 if !known => row.basis.push(citation),
                _ if !known => row.basis[0] = citation,
                _ => {}
            }
        }
        40..60 => rng.of(&REMARKS).clone_into(&mut row.remarks),
        60..70 => {
            let other = STATUTORY_LIMITS[rng.below(STATUTORY_LIMITS.len())];
            row.statutory_limit_days = other.max(row.promised_limit_days);
        }
        70..85 => row.promised_limit_days = 1 + rng.number(row.statutory_limit_days),
        85..95 => {
            let department = maker.words.department_of(row);
            let authority = maker.words.authority(department, rng.below(LEVEL_PHRASES.len()));
            if row.authorities.len() > 1 {
                row.authorities.pop();
            } else if row.authorities[0] != authority {
                row.authorities.push(authority);
            }
        }
        _ => {
            if !row.sub_item.is_empty() {
                row.sub_item.push_str(rng.of(&SCOPES));
            }
        }
    }
}

/// Another name for the same item, in the ways that lists rename.
fn renamed(name: &str, rng: &mut Rng) -> String {
    const TERMS: [(&str, &str); 10] = [
        ("外商投资", "外资"),
        ("民办", "社会力量举办"),
        ("农村", "乡村"),
        ("城镇", "城市"),
        ("机构", "单位"),
        ("场所", "经营场所"),
        ("企业", "经营主体"),
        ("公司", "企业"),
        ("工程", "建设工程"),
        ("设施", "设施设备"),
    ];
    const VERBS: [(&str, &str); 7] = [
        ("许可证核发", "许可"),
        ("资格认定", "认定"),
        ("审批", "核准"),
        ("核准", "审批"),
        ("审核", "审查"),
        ("审查", "审核"),
        ("许可", "审批"),
    ];
    loop {
        let other = match rng.below(100) {
            0..20 => match name.strip_prefix("权限内") {
                Some(rest) => rest.to_owned(),
                None => format!("权限内{name}"),
            },
            20..35 => match name.strip_suffix('）').and_then(|it| it.rsplit_once('（')) {
                Some((stem, _)) => stem.to_owned(),
                None => format!("{name}{}", rng.of(&SCOPES)),
            },
            35..60 => {
                let (old, new) = TERMS[rng.below(TERMS.len())];
                name.replacen(old, new, 1)
            }
            60..80 => match VERBS.iter().find(|(old, _)| name.contains(old)) {
                Some((old, new)) => {
                    let at = name.rfind(old).expect("just found");
                    format!("{}{new}{}", &name[..at], &name[at + old.len()..])
                }
                None => continue,
            },
            80..90 => name.replacen("从事", "", 1).replacen("活动", "", 1),
            _ => match ENDINGS.iter().filter_map(|it| name.rfind(it)).max() {
                Some(at) => format!("{}的{}", &name[..at], &name[at..]),
                None => continue,
            },
        };
        if other != name {
            return other;
        }
    }
}

/// Items by name and department alone: no name stands twice.
#[must_use]
pub(crate) fn named(n: usize) -> Vec<(String, String)> {
    let mut seen = HashSet::with_capacity(n);
    let mut out = Vec::with_capacity(n);
    // Some names are given twice: what is made beyond `n` stands in for them.
    for row in edition(n + n / 10 + 50) {
        let sub = if row.sub_item.is_empty() { String::new() } else { format!("—{}", row.sub_item) };
        let name = format!("{}{sub}", row.name);
        if out.len() < n && seen.insert(name.clone()) {
            out.push((name, row.department.join("、")));
        }
    }
    out
}

/// The same items in another order, so many in a hundred under another name; which item each was. No new name is
/// that of another item.
#[must_use]
pub(crate) fn reworded(before: &[(String, String)], percent: usize) -> Vec<(usize, String, String)> {
    let mut rng = Rng(0x9130_DA40_2024_0004);
    let mut taken: HashSet<String> = before.iter().map(|(name, _)| name.clone()).collect();
    let mut out: Vec<(usize, String, String)> = Vec::with_capacity(before.len());
    for (at, (name, department)) in before.iter().enumerate() {
        let mut new = name.clone();
        if rng.chance(percent) {
            // One change of words, and another one where the name is given already.
            while taken.contains(&new) {
                new = renamed(&new, &mut rng);
            }
            taken.insert(new.clone());
        }
        out.push((at, new, department.clone()));
    }
    for at in (1..out.len()).rev() {
        out.swap(at, rng.below(at + 1));
    }
    out
}

/// The citation with its article `by` higher, if it stands above `place`.
fn renumber(citation: &str, place: u32, by: u32) -> String {
    let act = title(citation).len();
    let found = citation[act..]
        .find('第')
        .map(|at| act + at + '第'.len_utf8())
        .and_then(|from| Some((from, from + citation[from..].find('条')?)));
    let Some((from, to)) = found else {
        return citation.to_owned();
    };
    let article = (1..90).find(|&n| numeral(n) == citation[from..to]);
    match article.filter(|&article| article > place) {
        Some(n) => format!("{}{}{}", &citation[..from], numeral(n + by), &citation[to..]),
        None => citation.to_owned(),
    }
}

/// The citation with another history note behind the title.
fn annotate(citation: &str, note: &str) -> String {
    let act = title(citation).len() + '》'.len_utf8();
    let rest = &citation[act..];
    let article = rest.find('第').unwrap_or(0);
    format!("{}{note}{}", &citation[..act], &rest[article..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(rows: &[Row]) -> HashMap<&str, (usize, &Row)> {
        rows.iter().enumerate().map(|(i, row)| (row.id.as_str(), (i, row))).collect()
    }

    fn fields_that_differ(a: &Row, b: &Row) -> usize {
        [
            a.name != b.name,
            a.sub_item != b.sub_item,
            a.department != b.department,
            a.authorities != b.authorities,
            a.basis != b.basis,
            a.levels != b.levels,
            a.statutory_limit_days != b.statutory_limit_days,
            a.promised_limit_days != b.promised_limit_days,
            a.remarks != b.remarks,
        ]
        .into_iter()
        .filter(|&differs| differs)
        .count()
    }

    /// The account as the two editions tell it.
    fn recount(before: &[Row], after: &[Row]) -> [usize; 5] {
        let (old, new) = (index(before), index(after));
        let [mut changed, mut renamed, mut added] = [0; 3];
        let mut tails: Vec<usize> = Vec::new();
        let mut common = 0;
        for row in after {
            let Some((at, was)) = old.get(row.id.as_str()) else {
                added += 1;
                continue;
            };
            common += 1;
            assert!(fields_that_differ(was, row) <= 1, "{was:?} {row:?}");
            renamed += usize::from(was.name != row.name);
            changed += usize::from(*was != row && was.name == row.name);
            let place = tails.partition_point(|tail| tail < at);
            tails.truncate(tails.len().max(place));
            match tails.get_mut(place) {
                Some(tail) => *tail = *at,
                None => tails.push(*at),
            }
        }
        let gone = |row: &&Row| !new.contains_key(row.id.as_str());
        let removed = before.iter().filter(gone).count();
        [changed, renamed, added, removed, common - tails.len()]
    }

    fn near(found: usize, wanted: usize) -> bool {
        found.abs_diff(wanted) * 10 <= wanted
    }

    #[test]
    fn shares_are_as_promised_and_as_accounted() {
        for n in [1_000, 10_000, 100_000] {
            let before = edition(n);
            let (after, account) = next_edition_counted(&before);
            let found = recount(&before, &after);
            let wanted = [n / 50, n / 200, n / 200, n / 200, n / 100];
            for (found, wanted) in found.into_iter().zip(wanted) {
                assert!(near(found, wanted), "{n}: {found} {wanted}");
            }
            let told = [account.changed, account.renamed, account.added, account.removed, account.moved];
            assert_eq!(found, told, "{n}");
            let single = account.changed - account.single;
            assert!(single * 2 > account.changed, "most changes come in events");
        }
    }

    #[test]
    fn ids_are_unique_codes_of_twelve_characters() {
        let before = edition(100_000);
        let after = next_edition(&before);
        for rows in [&before, &after] {
            let ids: HashSet<_> = rows.iter().map(|row| row.id.as_str()).collect();
            assert_eq!(ids.len(), rows.len());
            assert!(ids.iter().all(|id| id.len() == 12));
        }
    }

    #[test]
    fn an_edition_has_the_length_asked_for() {
        for n in [0, 1, 2, 59, 60, 61, 1_000, 30_001, 100_000] {
            let before = edition(n);
            assert_eq!(before.len(), n);
            assert!(next_edition(&before).len() <= n + n / 100);
        }
    }

    #[test]
    fn the_same_call_gives_the_same_rows() {
        let (once, twice) = (edition(20_000), edition(20_000));
        assert_eq!(once, twice);
        assert_eq!(next_edition(&once), next_edition(&twice));
    }

    #[test]
    fn words_repeat_as_in_real_lists() {
        let rows = edition(100_000);
        let distinct = |texts: Vec<&str>| texts.into_iter().collect::<HashSet<_>>().len();
        let names = distinct(rows.iter().map(|row| row.name.as_str()).collect());
        let departments = distinct(rows.iter().map(|row| row.department[0].as_str()).collect());
        let authorities =
            distinct(rows.iter().flat_map(|row| row.authorities.iter().map(String::as_str)).collect());
        let acts = distinct(rows.iter().flat_map(|row| row.basis.iter().map(|it| title(it))).collect());
        assert!(names > 75_000, "{names}");
        assert_eq!(departments, DEPARTMENTS);
        assert!((380..=420).contains(&authorities), "{authorities}");
        assert_eq!(acts, DEPARTMENTS * ACTS_OF_A_DEPARTMENT + GENERAL_ACTS.len());
    }

    #[test]
    fn a_further_year_can_follow() {
        let first = edition(5_000);
        let second = next_edition(&first);
        let (third, account) = next_edition_counted(&second);
        let told = [account.changed, account.renamed, account.added, account.removed];
        assert_eq!(recount(&second, &third)[..4], told);
    }

    #[test]
    fn articles_are_renumbered_above_a_place() {
        let text = "《烈士褒扬条例》（2019年修正）第十九条第一款";
        assert_eq!(renumber(text, 10, 2), "《烈士褒扬条例》（2019年修正）第二十一条第一款");
        assert_eq!(renumber(text, 19, 2), text);
        assert_eq!(annotate(text, "（2023年修订）"), "《烈士褒扬条例》（2023年修订）第十九条第一款");
    }
}

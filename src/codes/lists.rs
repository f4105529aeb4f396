//! The lists themselves.

use super::codes;

codes! {
    /// Level of government that exercises a power or handles an item (行使层级).
    ///
    /// GB/T 39046-2020, appendix A, table A.2. Spellings as published lists write them; 兵团, 师 and 团镇 (of the
    /// Xinjiang corps) are general knowledge. A cell that names several levels is read by [`levels`](super::levels).
    /// What 市 alone means depends on who issues the list: [`read_levels`](super::read_levels).
    Level by super::read_levels_or_keep {
        /// In the standard also 局(署、会): the offices of bodies that are led from the centre.
        National: "national", "国家级", [
            "国家", "中央", "中央级", "国务院", "国家级/局(署、会)",
        ], { Gb39046 "1", C0109 "1", Enum1 "1" };
        /// Provinces, autonomous regions, municipalities under the State Council.
        Province: "province", "省级", [
            "省", "自治区", "自治区级", "省(区、市)", "省(区、市)级", "省(自治区、直辖市)", "省(自治区、直辖市)级",
            "直辖市", "直辖市级", "省区市级", "省本级", "自治区本级", "省级/直属", "兵团", "兵团级",
        ], { Gb39046 "2", C0109 "2", Enum1 "2" };
        /// Cities with districts, prefectures, autonomous prefectures, leagues.
        City: "city", "市级", [
            "市", "市本级", "设区的市", "设区的市级", "设区市", "设区市级", "地级市", "地级", "地市级", "地州市级",
            "地(州、市)级", "地(市、州)级", "地(市)级", "地区级", "市(地)级", "市(州)级", "市(州、盟)级", "市(地、州、盟)级", "市州级", "州市级",
            "州级", "州", "自治州级", "盟", "盟级", "盟市级", "市级/隶属", "师(市)级", "师市级", "师级",
        ], { Gb39046 "3", C0109 "3", Enum1 "3" };
        /// Counties, districts, banners, county-level cities.
        County: "county", "县级", [
            "县", "县本级", "区", "区级", "区本级", "旗", "旗级", "旗县级", "旗县区级", "旗县(市、区)级", "县区级", "区县级", "县市级", "县市区级",
            "县(市)级", "县(区)级", "区(县)级", "县(市、区)级", "县(区、市)级", "县(市、区、旗)级", "县(市、区)", "区(市、县)级", "区(县、市)级",
            "区(市)县级", "区市县级", "市辖区级", "县级市", "县级(区)", "市级(县级市)",
        ], { Gb39046 "4", C0109 "4", Enum1 "4" };
        /// Towns, townships, sub-districts.
        Township: "township", "镇(乡、街道)级", [
            "镇", "镇级", "乡", "乡级", "乡镇", "乡镇级", "乡镇(街道)", "乡镇(街道)级", "乡(镇)级", "乡(镇、街道)级", "乡(镇、街道)", "镇(街道)级",
            "乡镇街道级", "镇街级", "镇(街)级", "街道", "街道级", "团镇级",
        ], { Gb39046 "5", C0109 "5", Enum1 "5" };
        /// Villages and urban communities. Some platforms give its `6` to 分级管理, so only the standard's is named.
        Village: "village", "村(社区)级", [
            "村", "村级", "社区", "社区级", "村居级", "村(居)级", "村(居)", "村(社区)",
        ], { Gb39046 "6" };
        /// Divided among levels by rules of its own.
        Graded: "graded", "分级管理", ["分级", "分级行使"], { Gb39046 "7" };
    }

    /// Type of a service item, kind of a power (事项类型, 权力类型).
    ///
    /// GB/T 39046-2020, appendix A, table A.1, with C0109. `11` to `19` and `21` to `99` are there left to local
    /// extension, so `from_code` knows none of them; Guangdong and Jiangxi number otherwise.
    /// Guangdong's `02`, `03`, `04`, `06` are inferred: no item of theirs was seen.
    ItemType {
        /// A group, not a type of an item.
        Power: "power", "行政权力事项", ["行政权力"], { Gb39046 "00" };
        /// A licence.
        Licence: "licence", "行政许可", [
            "许可", "行政许可事项", "行政许可类",
        ], { Gb39046 "01", C0109 "01", Guangdong "01", Jiangxi "01" };
        /// A penalty.
        Penalty: "penalty", "行政处罚", [
            "处罚", "行政处罚事项", "行政处罚类",
        ], { Gb39046 "02", C0109 "02", Guangdong "02", Jiangxi "03" };
        /// A coercive measure.
        Coercion: "coercion", "行政强制", [
            "强制", "行政强制事项", "行政强制类",
        ], { Gb39046 "03", C0109 "03", Guangdong "03", Jiangxi "04" };
        /// A levy.
        Levy: "levy", "行政征收", [
            "征收", "行政征收事项", "行政征收类",
        ], { Gb39046 "04", C0109 "04", Guangdong "04", Jiangxi "05" };
        /// A payment to those entitled.
        Payment: "payment", "行政给付", [
            "给付", "行政给付事项", "行政给付类",
        ], { Gb39046 "05", C0109 "05", Guangdong "05", Jiangxi "06" };
        /// An inspection.
        Inspection: "inspection", "行政检查", [
            "检查", "行政检查事项", "行政检查类",
        ], { Gb39046 "06", C0109 "06", Guangdong "06" };
        /// A confirmation of a fact or a right.
        Confirmation: "confirmation", "行政确认", [
            "确认", "行政确认事项", "行政确认类",
        ], { Gb39046 "07", C0109 "07", Guangdong "07", Jiangxi "08" };
        /// A reward.
        Reward: "reward", "行政奖励", [
            "奖励", "行政奖励事项", "行政奖励类",
        ], { Gb39046 "08", C0109 "08", Guangdong "08", Jiangxi "09" };
        /// A ruling between parties.
        Adjudication: "adjudication", "行政裁决", [
            "裁决", "行政裁决事项", "行政裁决类",
        ], { Gb39046 "09", C0109 "09", Guangdong "09", Jiangxi "07" };
        /// Any other power; 其他类别事项 in GB/T 39046.
        OtherPower: "other-power", "其他行政权力", [
            "其他类别事项", "其他类别", "其他行政权力事项", "其他行政权力类", "其他权力", "其他职权", "其他类", "其他", "行政其他",
        ], { Gb39046 "10", C0109 "10", Guangdong "20", Jiangxi "10" };
        /// Review before an upper authority decides; a type of its own in Jiangxi.
        Forwarding: "forwarding", "审核转报", ["审核转报事项"], { Jiangxi "13" };
        /// A public service: no power.
        PublicService: "public-service", "公共服务", [
            "公共服务事项", "公共服务类",
        ], { Gb39046 "20", C0109 "20", Guangdong "21", Jiangxi "14" };
    }

    /// Standing of the body that implements an item (实施主体性质).
    ///
    /// GB/T 39046-2020, appendix A, table A.3.
    AuthorityNature {
        /// An organ that has the power by law.
        Statutory: "statutory", "法定机关", ["法定行政机关"], { Gb39046 "1", C0109 "1" };
        /// An organisation that a law or a regulation authorises.
        Authorised: "authorised", "授权组织", ["法律法规授权组织", "法律、法规授权组织", "法律法规授权的组织"], { Gb39046 "2", C0109 "2" };
        /// An organisation that acts in another organ's name.
        Entrusted: "entrusted", "受委托组织", ["委托组织", "受委托的组织"], { Gb39046 "3", C0109 "3" };
        /// None of these.
        Else: "else", "其他", [], { Gb39046 "9" };
    }

    /// Whom an item serves (服务对象).
    ///
    /// GB/T 39046-2020, appendix A, table A.4. C0109 has 非法人企业 as `5`, which moves the codes behind it.
    ServiceObject {
        /// Natural persons.
        Person: "person", "自然人", ["个人"], { Gb39046 "1", C0109 "1", Enum1 "1" };
        /// Enterprises that are legal persons.
        Enterprise: "enterprise", "企业法人", ["企业"], { Gb39046 "2", C0109 "2", Enum1 "2" };
        /// Public institutions.
        Institution: "institution", "事业法人", ["事业单位法人", "事业单位"], { Gb39046 "3", C0109 "3", Enum1 "3" };
        /// Social organisations.
        SocialOrganisation: "social-organisation", "社会组织法人", ["社会组织"], { Gb39046 "4", C0109 "4", Enum1 "4" };
        /// Enterprises that are no legal persons.
        UnincorporatedEnterprise: "unincorporated-enterprise", "非法人企业", [], { C0109 "5", Enum1 "5" };
        /// Administrative organs.
        Government: "government", "行政机关", [], { Gb39046 "5", C0109 "6", Enum1 "6" };
        /// Other organisations.
        OtherOrganisation: "other-organisation", "其他组织", ["其他"], { Gb39046 "6", C0109 "9", Enum1 "7" };
    }

    /// Way in which an item is applied for (办理形式).
    ///
    /// GB/T 39046-2020, appendix A, table A.5. C0109 does not tell computer and mobile apart.
    HandlingForm {
        /// At a window.
        Window: "window", "窗口办理", ["窗口", "现场办理", "窗口申请"], { Gb39046 "1", C0109 "1" };
        /// Online, by whatever device.
        Online: "online", "网上办理", ["网上", "网上申请", "网办"], { C0109 "2" };
        /// Online from a computer.
        Computer: "computer", "电脑端网上办理", ["电脑端", "电脑端网上申请"], { Gb39046 "2" };
        /// Online from a mobile device.
        Mobile: "mobile", "移动端网上申请", ["移动端", "移动端网上办理"], { Gb39046 "3" };
        /// By courier.
        Courier: "courier", "快递申请", ["快递", "快递办理", "邮寄"], { Gb39046 "4", C0109 "3" };
        /// None of these.
        Else: "else", "其他", [], { Gb39046 "9" };
    }

    /// Type of a case by how it is settled (办件类型).
    ///
    /// GB/T 39046-2020, appendix A, table A.6; the four after the first two are seen on other platforms, which give
    /// them no common number.
    CaseType {
        /// Settled at once.
        Immediate: "immediate", "即办件", ["即办"], { Gb39046 "1", C0109 "1" };
        /// Settled within a promised time.
        Promised: "promised", "承诺件", ["承诺办件", "承诺办理件"], { Gb39046 "2", C0109 "2" };
        /// Handled jointly with others.
        Joint: "joint", "联办件", [], {};
        /// Handed up.
        Submitted: "submitted", "上报件", [], {};
        /// Examined first here, decided above.
        FirstReview: "first-review", "初审件", [], {};
        /// Passed on.
        Forwarded: "forwarded", "转报件", [], {};
        /// None of these.
        Else: "else", "其他", [], { Gb39046 "9" };
    }

    /// Kind of a special procedure (特别程序种类).
    ///
    /// GB/T 39046-2020, appendix A, table A.7.
    SpecialProcedure {
        /// The time for deciding is extended.
        Extension: "extension", "延长审批", [], { Gb39046 "1" };
        /// Anything but an extension.
        OtherThanExtension: "other-than-extension", "除延长审批之外的情况", ["除延长审批外的情况"], { Gb39046 "2" };
    }

    /// How far an item can be handled outside its place (通办范围).
    ///
    /// GB/T 39046-2020, appendix A, names 全国, 跨省, 跨市, 跨县 and gives them no numbers; platforms number
    /// differently, and only what was seen is here.
    Reach {
        /// Nowhere else yet.
        Unavailable: "unavailable", "未实现", ["未实现通办"], { Epoint "0" };
        /// In the whole country.
        Nation: "nation", "全国", ["全国通办"], { Enum1 "1", Epoint "1" };
        /// Across provinces.
        CrossProvince: "cross-province", "跨省", ["跨省通办"], { Epoint "2" };
        /// In the whole province.
        Province: "province", "全省", ["全省通办", "全区通办"], { Enum1 "2" };
        /// Across cities.
        CrossCity: "cross-city", "跨市", ["跨市通办"], {};
        /// In the whole city.
        City: "city", "全市", ["全市通办"], { Enum1 "3" };
        /// Across counties.
        CrossCounty: "cross-county", "跨县", ["跨县通办", "跨县(市、区)"], {};
        /// In the whole county.
        County: "county", "全县", ["全县通办"], { Enum1 "4" };
        /// In the whole town.
        Township: "township", "全镇", ["全镇通办", "全镇(乡、街道)"], { Enum1 "5" };
        /// Across villages.
        CrossVillage: "cross-village", "跨村", ["跨村通办", "跨村(社区)"], { Enum1 "6" };
    }

    /// Where a power comes from (权力来源).
    ///
    /// Element `power_source` of C0109 and GB/T 39554.2; values as seen in public platform code.
    PowerSource {
        /// By law, at this level.
        Statutory: "statutory", "法定本级行使", ["法定本级", "本级行使"], { C0109 "1", Enum1 "1" };
        /// Delegated from above.
        Delegated: "delegated", "上级下放", [], { C0109 "2", Enum1 "2" };
        /// Authorised from above.
        AuthorisedFromAbove: "authorised-from-above", "上级授权", [], { C0109 "3", Enum1 "3" };
        /// Authorised at the same level.
        AuthorisedByPeer: "authorised-by-peer", "同级授权", [], { C0109 "4", Enum1 "4" };
        /// Entrusted from above.
        EntrustedFromAbove: "entrusted-from-above", "上级委托", [], { C0109 "5", Enum1 "5" };
        /// Entrusted at the same level.
        EntrustedByPeer: "entrusted-by-peer", "同级委托", [], { C0109 "6", Enum1 "6" };
    }

    /// State of an item (事项状态).
    ///
    /// Element `task_state` of C0109 and GB/T 39554.2.
    ItemState {
        /// In use.
        Active: "active", "在用", ["有效", "正常"], { C0109 "1", Enum1 "1" };
        /// Not handled for a time.
        Suspended: "suspended", "暂停", ["暂停实施"], { C0109 "2", Enum1 "2" };
        /// No more.
        Cancelled: "cancelled", "取消", ["已取消"], { C0109 "3", Enum1 "3" };
    }

    /// What an approval results in (审批结果类型).
    ///
    /// Element `result_type` of C0109; its `10`, `20`, `99` are inferred from real records, the platform's numbers seen
    /// in public code.
    ResultType {
        /// A certificate or licence.
        Certificate: "certificate", "证照", ["证件", "证书"], { C0109 "10", Enum1 "1" };
        /// An official reply.
        Document: "document", "批文", ["批复"], { C0109 "20", Enum1 "2" };
        /// Anything else.
        Else: "else", "其他", [], { C0109 "99", Enum1 "3" };
        /// Nothing.
        Nothing: "nothing", "无", [], { Enum1 "4" };
    }

    /// Unit of a time limit (办结时限单位).
    ///
    /// Elements `anticipate_type` and `promise_type` of C0109, whose `1` for 工作日 is general knowledge. 日 and 天
    /// alone do not say which day is meant, and stay a unit of their own: they are never taken for working days.
    LimitUnit {
        /// Minutes.
        Minute: "minute", "分钟", [], {};
        /// Hours.
        Hour: "hour", "小时", ["个小时"], {};
        /// A day as written, 日 or 天.
        Day: "day", "日", ["天"], {};
        /// Working days.
        WorkingDay: "working-day", "工作日", ["个工作日"], { C0109 "1" };
        /// Calendar days.
        CalendarDay: "calendar-day", "自然日", ["个自然日", "日历日", "日历天", "个日历天", "个日历日"], {};
        /// Weeks.
        Week: "week", "周", ["个星期", "星期"], {};
        /// Months.
        Month: "month", "月", ["个月"], {};
        /// Years.
        Year: "year", "年", [], {};
    }

    /// Way of handing a power on to another body (委托、下放、赋权).
    DelegationKind {
        /// To another body, in the name of the one who hands on.
        Entrusted: "entrusted", "委托", ["委托实施", "委托下放"], {};
        /// To a lower level, which acts in its own name.
        Delegated: "delegated", "下放", ["下放管理层级", "直接下放"], {};
        /// To towns, zones or pilots by a decision of its own.
        Conferred: "conferred", "赋权", ["赋予"], {};
        /// To an organisation that an act authorises.
        Authorised: "authorised", "授权", [], {};
    }

    /// Type of a licence by what it decides on (行政许可事项类型).
    ///
    /// An element of the implementation norms; its values are general knowledge.
    LicenceType {
        /// Whoever meets the conditions gets it.
        Conditional: "conditional", "条件型", ["普通许可"], {};
        /// It gives away what is scarce.
        Allocation: "allocation", "资源配置型", ["资源型", "特许"], {};
    }

    /// How far the elements of a norm are the same in the whole country (要素统一情况).
    ///
    /// General knowledge.
    Uniformity {
        /// All of them.
        All: "all", "全部要素全国统一", [], {};
        /// Some of them.
        Some: "some", "部分要素全国统一", [], {};
    }

    /// Whether a step is needed (是否需要现场勘验、组织听证…).
    ///
    /// The third value is general knowledge.
    Need {
        /// Always.
        Always: "always", "是", ["需要"], {};
        /// Never.
        Never: "never", "否", ["不需要", "无"], {};
        /// In some cases.
        Sometimes: "sometimes", "部分情况下开展", ["部分情况下需要", "部分情况"], {};
    }

    /// Who sets a price (收费性质).
    ///
    /// General knowledge.
    PriceSetting {
        /// The market.
        Market: "market", "市场调节价", ["市场调节"], {};
        /// The government guides.
        Guided: "guided", "政府指导价", [], {};
        /// The government sets.
        Government: "government", "政府定价", [], {};
    }

    /// When a filing is made (备案类型).
    FilingType {
        /// Before the activity begins; it needs no consent even so.
        Before: "before", "事前备案", ["事前"], {};
        /// After it began.
        After: "after", "事后备案", ["事后"], {};
    }

    /// What became of a certification (证明事项的处理).
    CertificationStatus {
        /// It may still be demanded.
        Retained: "retained", "保留", ["保留证明", "予以保留"], {};
        /// It may not be demanded any more.
        Cancelled: "cancelled", "取消", ["予以取消", "已取消"], {};
        /// A commitment may stand for it.
        Commitment: "commitment", "告知承诺", ["告知承诺制", "实行告知承诺", "实行告知承诺制"], {};
    }

    /// What stands for a certification that was cancelled (取消替代方式).
    Substitute {
        /// The office takes it from shared data.
        DataSharing: "data-sharing", "数据共享", ["信息共享"], {};
        /// Departments ask each other.
        DepartmentCheck: "department-check", "部门核验", ["部门间核查", "部门间核验", "内部核查"], {};
        /// The applicant commits.
        Commitment: "commitment", "告知承诺", ["告知承诺制", "书面承诺"], {};
        /// The office looks it up itself.
        OwnQuery: "own-query", "自行查询", ["自主查询", "网络核验"], {};
    }

    /// How a commitment is checked (核查方式).
    ///
    /// The first three after 国办发〔2020〕42号 as lists quote it; the others say by which means. General knowledge.
    CheckWay {
        /// Not at all.
        Exempt: "exempt", "免予核查", ["免于核查", "免核查"], {};
        /// Before the decision.
        During: "during", "事中核查", [], {};
        /// After it.
        After: "after", "事后核查", [], {};
        /// By data.
        Online: "online", "在线核查", ["在线"], {};
        /// On the spot.
        OnSite: "on-site", "现场核查", ["现场"], {};
        /// With the help of other offices.
        Assisted: "assisted", "协查", ["部门协查", "协助核查"], {};
    }

    /// Way in which an item is handled away from its place (通办方式); a list may combine them.
    CrossRegionMode {
        /// All of it online; the home authority decides.
        FullyOnline: "fully-online", "全程网办", [], {};
        /// A window elsewhere takes the papers in and hands the result out; the home authority decides.
        CollectElsewhere: "collect-elsewhere", "异地代收代办", ["代收代办"], {};
        /// One place takes in, the authorities of several work together.
        JointHandling: "joint-handling", "多地联办", [], {};
    }

    /// Over which border an item is handled (通办类型).
    CrossRegionScope {
        /// Across provinces.
        CrossProvince: "cross-province", "跨省通办", ["跨省"], {};
        /// Inside an alliance of places.
        Regional: "regional", "区域通办", ["区域"], {};
        /// Inside the province.
        InProvince: "in-province", "省内通办", ["全省通办", "省内"], {};
    }

    /// Whose applicants are served where (通办方向).
    CrossRegionDirection {
        /// Both regions take in for each other.
        Mutual: "mutual", "双向", ["互办", "相互"], {};
        /// Items of the home region are taken in elsewhere.
        Outbound: "outbound", "本地事项异地收件", ["异地办理本地事项", "输出"], {};
        /// Items of other regions are taken in here.
        Inbound: "inbound", "异地事项本地收件", ["本地办理异地事项", "输入"], {};
    }

    /// Whether a service is there yet (开通状态).
    ServiceStatus {
        /// It is.
        Open: "open", "已开通", ["开通", "已实现"], {};
        /// It is not.
        NotOpen: "not-open", "未开通", ["未实现", "待开通"], {};
    }

    /// Mode of reform of a business licence (改革方式; the «four doors»).
    ReformMode {
        /// No approval any more.
        Abolish: "abolish", "直接取消审批", ["取消审批"], {};
        /// A filing instead.
        ConvertToFiling: "convert-to-filing", "审批改为备案", ["改为备案"], {};
        /// Approval on a commitment.
        Commitment: "commitment", "实行告知承诺", ["告知承诺", "实行告知承诺制"], {};
        /// Approval made easier.
        Optimise: "optimise", "优化审批服务", ["优化准入服务", "优化服务"], {};
    }

    /// Where a version of the reform list holds (适用范围).
    ReformArea {
        /// In the whole country.
        Nation: "nation", "全国", ["全国版", "全国范围"], {};
        /// In free trade zones.
        FreeTradeZone: "free-trade-zone", "自贸试验区", ["自贸区", "自贸试验区版", "自由贸易试验区", "自贸区版"], {};
        /// In the province, which set the item.
        Province: "province", "省", ["全省", "省级", "省级版"], {};
    }

    /// Weight of an item of inspection (事项类别).
    ///
    /// General knowledge.
    InspectionWeight {
        /// Watched closely.
        Key: "key", "重点检查事项", ["重点", "重点事项", "重点抽查事项"], {};
        /// Like any other.
        General: "general", "一般检查事项", ["一般", "一般事项", "一般抽查事项"], {};
    }

    /// Legal procedure of a major decision (法定程序).
    DecisionProcedure {
        /// The public is heard.
        Participation: "participation", "公众参与", [], {};
        /// Experts examine.
        ExpertReview: "expert-review", "专家论证", [], {};
        /// Risks are assessed.
        RiskAssessment: "risk-assessment", "风险评估", ["社会稳定风险评估"], {};
        /// Its legality is reviewed.
        LegalityReview: "legality-review", "合法性审查", ["合法性审核"], {};
        /// It is decided in a meeting.
        CollectiveDecision: "collective-decision", "集体讨论决定", ["集体讨论", "集体决定"], {};
    }

    /// How far a decision has come (进展).
    DecisionProgress {
        /// Being prepared.
        UnderWay: "under-way", "推进中", ["进行中", "正在推进", "在办"], {};
        /// Decided.
        Completed: "completed", "完成", ["已完成", "已出台"], {};
        /// Put off.
        Deferred: "deferred", "暂缓", ["推迟", "延期"], {};
        /// Taken out of the catalogue.
        Withdrawn: "withdrawn", "调出", ["调出目录"], {};
    }

    /// What a review of documents came to (清理结果).
    DocumentStatus {
        /// In force as it is.
        InForce: "in-force", "继续有效", ["有效", "现行有效", "保留"], {};
        /// In force with amendments, or to be amended.
        Amended: "amended", "修改", ["修订", "已修改", "拟修改"], {};
        /// Repealed.
        Repealed: "repealed", "废止", ["已废止"], {};
        /// Lapsed.
        Lapsed: "lapsed", "失效", ["宣布失效", "已失效"], {};
    }

    /// Kind of a document in a directory (文件类型).
    DocumentType {
        /// A rule of a government.
        Rule: "rule", "规章", ["政府规章", "地方政府规章"], {};
        /// A normative document.
        NormativeDocument: "normative-document", "规范性文件", ["行政规范性文件"], {};
        /// A regulation of a people's congress.
        LocalRegulation: "local-regulation", "地方性法规", [], {};
    }

    /// Whose document it is (制定主体类别).
    IssuerType {
        /// A government's, or its office's.
        Government: "government", "政府", ["政府文件", "政府规范性文件", "政府及其办公室"], {};
        /// A department's.
        Department: "department", "部门", ["部门文件", "部门规范性文件"], {};
        /// A township's or a sub-district's.
        Township: "township", "乡镇", ["乡镇(街道)", "乡镇文件", "街道"], {};
    }

    /// What the numbers of a ratio are (抽查比例).
    RatioKind {
        /// A share, or a range of shares.
        Percent: "percent", "百分比", ["比例"], {};
        /// The least share.
        AtLeast: "at-least", "不低于", ["不少于"], {};
        /// A number of subjects, or a range.
        Count: "count", "数量", [], {};
    }
}

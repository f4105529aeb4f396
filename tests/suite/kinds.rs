//! Every kind of list: which headers it knows, and a small table of it there and back.

use crate::generated::item_of;
use crate::tables::there_and_back;
use proptest::collection::vec;
use proptest::prelude::*;
use qingdan::codes::{
    BodyRole, CertificationStatus, CrossRegionMode, DecisionProcedure, DocumentStatus, Level, Rank,
    ReformMode,
};
use qingdan::item::{
    CertificationItem, CrossRegionItem, CustomItem, DecisionItem, FilingItem, InspectionItem,
    LicenceReformItem, LicensingItem, LicensingNorm, NormativeDocument, PowerItem, ServicePackage,
    SupervisionItem,
};
use qingdan::problem::{Lang, Severity};
use qingdan::table::csv::{self, Delimiter};
use qingdan::term::{LevelBody, UpperRef};
use qingdan::text::normal;
use qingdan::{AnyCatalogue, Catalogue, Item, Kind, Set, document};
use std::collections::BTreeSet;
use std::io::Cursor;

/// Headers of domain.md 1, tables.md T16 and office.md 1, and the fields that they are.
const HEADERS: &[(Kind, &str)] = &[
    (
        Kind::Licensing,
        "序号=serial 中央主管部门=bodies_by_level 许可事项名称=name 实施机关=authorities 设定和实施依据=basis 备注=remarks \
         中央行政许可事项清单(2022年版)序号=upper_refs 区级主管部门=bodies_by_level 事项名称=name 主管部门=department \
         设定依据=setting_basis 实施依据=implementing_basis 省级主管部门=bodies_by_level 市级实施机关=bodies_by_level 县级主管部门=bodies_by_level 省级实施机关=bodies_by_level 国家主管部门=bodies_by_level 省级清单序号=upper_refs \
         子项名称=sub_item 事项编码=id 行使层级/省级=levels 行使层级/市级=levels 行使层级/县级=levels \
         行使层级/乡级=levels 委托/下放情况=delegation 行业领域=sector 是否涉企=for_enterprises 承办机构=undertakers \
         中央清单序号=upper_refs 权限内=scope_limit 联系方式=contact 行使部门=deciding_department",
    ),
    (
        Kind::LicensingNorm,
        "行政许可事项名称及编码=name 行政许可事项子项名称及编码=sub_item 行政许可事项业务办理项名称及编码=handling_items \
         设定依据=setting_basis 实施依据=implementing_basis 监管依据=supervising_basis 实施机关=authorities \
         审批层级=approval_levels 行使层级=levels 是否由审批机关受理=accepted_by_authority 受理层级=acceptance_levels \
         是否存在初审环节=first_review 初审层级=first_review_levels \
         对应政务服务事项国家级基本目录名称=basic_catalogue_name 要素统一情况=uniformity 行政许可事项类型=licence_types \
         准予行政许可的条件=conditions 规定行政许可条件的依据=conditions_basis 服务对象类型=service_objects \
         是否为涉企许可事项=for_enterprises 涉企经营许可事项名称=enterprise_licence_name 许可证件名称=certificate_name \
         改革方式=reform_mode 具体改革举措=measures 加强事中事后监管措施=supervision 申请材料名称=materials \
         规定申请材料的依据=materials_basis 有无(法定)中介服务事项=intermediary 收费性质=price_setting \
         办理行政许可的程序环节=procedure 规定行政许可程序的依据=procedure_basis 是否需要现场勘验=site_inspection \
         是否需要组织听证=hearing 是否需要招标、拍卖、挂牌交易=tender 是否需要检验、检测、检疫=testing \
         是否需要鉴定=appraisal 是否需要专家评审=expert_review 是否需要向社会公示=publicity \
         是否实行告知承诺办理=commitment 审批机关是否委托服务机构开展技术性服务=technical_service \
         承诺受理时限=acceptance_limit 法定审批时限=statutory_limit 规定法定审批时限依据=statutory_limit_basis \
         承诺审批时限=promised_limit 办理行政许可是否收费=charged 收费项目=fees 审批结果类型=result_type \
         有效期限=validity 有效期依据=validity_basis 是否需要变更手续=amendable 变更要求=amendment_rules \
         是否需要延续手续=renewable 延续要求=renewal_rules 有效地域范围=area 地域依据=area_basis \
         有无行政许可数量限制=quantity_limited 公布数量限制的方式=quantity_publication 周期=quantity_period \
         在数量限制条件下实施行政许可的方式=quantity_way 有无年检要求=annual_inspection 年检周期=annual_inspection_period \
         年检报送材料名称=annual_inspection_materials 年检收费项目=annual_inspection_fees \
         通过年检的证明或标志=annual_inspection_mark 有无年报要求=annual_report 年报报送材料名称=annual_report_materials \
         年报周期=annual_report_period 监管主体=supervisors 备注=remarks 版本=version",
    ),
    (
        Kind::Filing,
        "序号=serial 实施部门=department 行政备案实施部门=department 事项名称=name 子项名称=sub_item 设定依据=setting_basis \
         优化备案服务方式=optimisation 行使层级=levels 备案时间要求=time_to_file 备案材料=materials 办理时限=limit \
         备案类型=filing_type 备案义务人=filers 是否即时办结=immediate",
    ),
    (
        Kind::Certification,
        "序号=serial 证明名称=name 证明用途=purpose 设定依据=rank 依据条文及内容=basis 实施基本情况/索要单位=department \
         实施基本情况/开具单位=issuing 索要单位=department 开具单位=issuing 行使层级/省级=levels 行使层级/市级=levels \
         行使层级/县级=levels 行使层级/乡镇级及其他=levels 事项类型=item_type \
         不能实行告知承诺及保留原因=retention_reason 办理指南=guide 取消替代方式=substitute 证明事项名称=name \
         对应的政务服务事项=items 行政机关(实施部门)=department 行使层级=levels 核查方式=check_way \
         告知承诺书文本=commitment_letter 备注=remarks 证明编号=id",
    ),
    (
        Kind::CrossRegion,
        "序号=serial 事项=name 事项名称=name 应用场景=scenario 牵头单位=department 配合单位=cooperating 完成时间=due \
         批次=batch 完成时间/批次=due 通办方式=modes 通办方式/全程网办=modes 全程网办=modes 异地代收代办=modes \
         多地联办=modes 通办地区=receiving 合作地=receiving 部门=department 事项类型=item_type 办理层级=levels \
         办理时限=limit 备注=remarks",
    ),
    (
        Kind::Power,
        "序号=serial 编码=id 职权名称=name 职权(权力)名称=name 权力名称=name 子项名称=sub_item 类型=item_type \
         职权类型=item_type 法定依据=basis 实施依据=basis 法定/实施依据=basis 实施机构=authorities 管理权限=levels \
         行使层级=levels 管理权限/行使层级=levels 管理权限说明=scope_note 运行流程=procedure 责任事项=duties 监督方式=supervision \
         办事指南=guide 职权编码=id 法定主体=department 审核转报=forwarding 追责情形=accountability \
         追责依据=accountability_basis 权力运行流程图=flow_chart 廉政风险点=integrity_risks 项目=name \
         责任主体=authorities 行使主体=authorities 责任部门=department 责任事项的依据=duties_basis \
         责任事项依据=duties_basis 救助渠道/诉求渠道=remedies 实施对象=objects 法定期限（天/日）=statutory_limit \
         收费（征收）依据和标准=fee_basis 是否公示=public 录入人=clerk 实施层级及权限/1=levels 实施层级及权限/2=scope_note \
         部门职责=department_duties 责任事项内容=duties 追责对象范围=accountable 公开类型=disclosure 实施状态=state \
         裁量基准=discretion 处罚种类=penalty_types",
    ),
    (
        Kind::LicenceReform,
        "序号=serial 主管部门=department 改革事项=name 事项名称=name 许可证件名称=licence_name 设定依据=setting_basis \
         审批层级和部门=authorities 改革方式=mode 改革方式/直接取消审批=mode 直接取消审批=mode 审批改为备案=mode \
         实行告知承诺=mode 优化审批服务=mode 具体改革举措=measures 加强事中事后监管措施=supervision 适用范围=area",
    ),
    (
        Kind::Package,
        "序号=serial 一件事名称=name 套餐名=name 一件事名称(套餐名)=name 对象/主题=theme 涉及事项=items 涉及(关联)事项=items \
         牵头部门=department 配合部门=cooperating 申请方式=channels 一张表单=form 材料清单=materials \
         办理时限(原)=limit_before 办理时限(现)=limit 办理时限(原/现)=limit 跑动次数=visits 环节(原)=steps_before \
         环节(现)=steps",
    ),
    (
        Kind::Inspection,
        "序号=serial 抽查领域=category 抽查事项=name 检查对象=objects 发起部门=department 配合部门=cooperating \
         抽查层级=levels 抽查比例=ratio 实施层级及说明=levels 抽查依据=basis 抽查对象=objects 抽查基数=base \
         抽查周期=period 随机抽查方式=way 抽查主体=department 实施日期=effective 抽查类别=category 事项类别=weight \
         检查方式=way 检查主体=department 检查依据=basis 年度检查频次上限=frequency_cap 检查标准=standard",
    ),
    (
        Kind::Supervision,
        "序号=serial 监管领域=field 监管事项=name 监管对象=objects 牵头部门=department 配合部门=cooperating 职责分工=duties \
         监管方式=way 监管依据=supervising_basis 备注=remarks 风险点=risks 监管规则=rules",
    ),
    (
        Kind::Decision,
        "序号=serial 决策事项名称=name 承办单位=department 法定程序=procedures 公众参与=procedures 专家论证=procedures \
         风险评估=procedures 合法性审查=procedures 集体讨论决定=procedures 法定程序/公众参与=procedures 完成时间=due \
         提请审议时间=due 完成时间(提请审议时间)=due 备注=remarks 计划季度=quarter",
    ),
    (
        Kind::Document,
        "序号=serial 文件名称=name 文号=number 制定机关=department 发布日期=published 施行日期=effective 有效期=term \
         失效日期=until 清理结果=status 备案登记号=filing_number 备注=remarks 解释机关=interpreter 文件类型=document_type",
    ),
    (
        Kind::Service,
        "事项名称=name 基本编码=basic_code 地方基本编码=local_basic_code 事项类型=item_type 设定依据=basis 权力来源=power_source \
         行使层级=levels 实施编码=id 地方实施编码=local_code 业务办理项编码=handling_code 事项状态=state 事项版本=version \
         实施主体=authorities 实施主体编码=authority_code 实施主体性质=authority_nature 委托部门=entrusting_department \
         法定办结时限=statutory_limit 法定办结时限说明=statutory_limit_note 承诺办结时限=promised_limit \
         承诺办结时限说明=promised_limit_note 受理条件=conditions 办理流程=procedure 是否收费=charged 收费依据=fee_basis \
         服务对象=service_objects 办件类型=case_type 办理形式=handling_forms 到办事现场次数=visits \
         必须现场办理原因说明=visit_reason 特别程序=special_procedure 办理地点=address 办理时间=hours 咨询方式=contact \
         监督投诉方式=complaints 计划生效日期=effective 计划取消日期=until 通办范围=reach 联办机构=joint_departments \
         中介服务=intermediary 数量限制=quantity_limit 征收种类=levy_kind 申请材料=materials 国家设定依据=basis \
         国家行使层级=levels 目录状态=state 中央业务指导部门代码=guiding_department 目录层级=catalogue_level \
         是否有下级目录=has_children 是否为办理项=is_handled 父目录ID=parent 权限划分=scope_note 承办机构=undertakers \
         办理结果样本=result_sample",
    ),
    (Kind::Custom, "序号=serial 编码=id 编号=id 名称=name 事项名称=name 主管部门=department 备注=remarks"),
];

#[test]
fn every_header_of_the_field_is_known() {
    let mut wrong = Vec::new();
    for (kind, headers) in HEADERS {
        for pair in headers.split_whitespace() {
            let (header, field) = pair.rsplit_once('=').unwrap();
            let known = |known: &str| normal(known) == normal(header);
            let found: Vec<&str> =
                kind.fields().iter().filter(|f| f.headers().any(known)).map(|f| f.name).collect();
            if found != [field] {
                wrong.push(format!("{kind}: {header} is {found:?}, not {field}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let tried: BTreeSet<Kind> = HEADERS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(tried, Kind::ALL.iter().copied().collect());
}

#[test]
fn no_header_is_two_fields_of_a_kind() {
    for kind in Kind::ALL {
        let mut seen = BTreeSet::new();
        for field in kind.fields() {
            for header in field.headers() {
                assert!(seen.insert(normal(header).into_owned()), "{kind}: {header}");
            }
        }
    }
}

#[test]
fn the_same_thing_has_the_same_name_in_every_kind() {
    for kind in Kind::ALL {
        let names: Vec<&str> = kind.fields().iter().map(|f| f.name).collect();
        assert_eq!(names[..5], ["id", "derived", "occurrence", "serial", "name"], "{kind}");
        for name in ["department", "parent", "remarks", "part", "extra"] {
            assert!(names.contains(&name), "{kind}: {name}");
        }
        if *kind != Kind::Custom {
            for name in ["upper_refs", "origin", "edition_note", "state", "contact"] {
                assert!(names.contains(&name), "{kind}: {name}");
            }
        }
    }
}

/// A small table of each kind.
const TABLES: &[(Kind, &str)] = &[
    (
        Kind::Licensing,
        "序号,事项名称,子项名称,主管部门,实施机关,设定依据,实施依据,行使层级/省级,行使层级/市级,行使层级/乡镇级及其他,\
         委托/下放情况,行使部门,联系方式,备注列\n\
         1,林木采伐许可证核发,,市林草局,市林草局；县级林草部门,《森林法》,《森林法实施条例》,,√,√,委托县级实施,市行政审批局,0972-1,甲\n",
    ),
    (
        Kind::LicensingNorm,
        "行政许可事项名称及编码,行政许可事项子项名称及编码,行政许可事项业务办理项名称及编码,主管部门,实施机关,设定依据,监管依据,\
         审批层级,行使层级,是否由审批机关受理,初审层级,行政许可事项类型,是否需要现场勘验,是否需要组织听证,承诺审批时限,\
         审批结果类型,有效期限,监管主体\n\
         林木采伐许可证核发【00016421300Y】,,,国家林草局,,《森林法》,,,,,,,,,,,,\n\
         林木采伐许可证核发【00016421300Y】,林木采伐许可证核发（设区的市级权限）【000164213003】,\
         \"（1）新办【00016421300301】\n（2）延续【00016421300302】\",市林草局,市林草局,《森林法》第五十六条,《行政许可法》第六十一条,\
         市级,市级,是,无,条件型,部分情况下开展,否,10个工作日,证照,1年,市林草局\n",
    ),
    (
        Kind::Filing,
        "序号,实施部门,事项名称,子项名称,设定依据,优化备案服务方式,行使层级,备案类型,备案时间要求,备案材料,办理时限\n\
         1,区市场监管局,第二类医疗器械经营备案,,《医疗器械监督管理条例》,网上办理,市级、县级,事后备案,之日起30日内,甲；乙,即办\n",
    ),
    (
        Kind::Certification,
        "序号,证明名称,证明用途,设定依据,依据条文及内容,实施基本情况/索要单位,实施基本情况/开具单位,行使层级/省级,行使层级/市级,\
         行使层级/县级,行使层级/乡镇级及其他,事项类型,不能实行告知承诺及保留原因,处理意见\n\
         1,安全评价材料,烟花爆竹经营许可,法规,《危险化学品经营许可证管理办法》(国家安全生产监督管理总局令第55号)第三章第十四条,\
         应急管理部门,经营者,,√,√,●,行政许可,不能保证符合安全生产条件,保留\n\
         2,安全评价材料,危险化学品许可,法律、法规,,应急管理部门,,√,,,,行政许可,,取消\n",
    ),
    (
        Kind::CrossRegion,
        "序号,事项名称,应用场景,牵头单位,配合单位,属地,通办地区,全程网办,异地代收代办,多地联办,通办类型,对应事项,办理层级,\
         审批机关,合作协议,开通状态\n\
         1,企业设立登记,异地网上办理,市市场监管局,市税务局,海东市,甘肃省兰州市、临夏州,√,,√,跨省通办,企业设立登记【000131001000】,\
         市级、县级,市市场监管局,兰西协议,已开通\n",
    ),
    (
        Kind::Power,
        "序号,职权编码,职权名称,子项名称,职权类型,法定依据,行使主体,责任部门,管理权限,管理权限说明,运行流程,责任事项,责任事项依据,\
         追责情形,审核转报,涉及保留证明,含有证明材料,可选择告知承诺制,法定期限（天/日）,录入人\n\
         1,120000GZJXK02001,采伐限额结转许可,,行政许可,《天津市实施〈中华人民共和国森林法〉办法》(2010修正) 第三十二条,\
         市规划和自然资源局(森林资源处),市规划和自然资源局,市级权限,负责全市,受理-审查-决定,\"1.公示；\n2.审查\",《行政许可法》第三十条,\
         不履行的,否,是,是,否,20个工作日,张三\n",
    ),
    (
        Kind::LicenceReform,
        "序号,主管部门,改革事项,许可证件名称,设定依据,审批层级和部门,直接取消审批,审批改为备案,实行告知承诺,优化审批服务,\
         具体改革举措,加强事中事后监管措施,适用范围,对应许可事项\n\
         1,林草局,林木种子生产经营许可,林木种子生产经营许可证,《种子法》,设区的市、县级林草部门,,,,√,1.压减时限,1.抽查,全国,甲\n\
         2,商务局,甲,,《乙》,市级,,√,√,,,,自贸区,\n",
    ),
    (
        Kind::Package,
        "序号,一件事名称,对象,主题,涉及事项,牵头部门,配合部门,申请方式,环节(原),环节(现),办理时限(原),办理时限(现),跑动次数,材料清单,批次年度\n\
         1,新生儿出生一件事,个人,出生,出生医学证明；户口登记【000709003000】,市卫健委,市公安局、市医保局,一窗办理,12,3,30个工作日,5个工作日,1,甲；乙,2024\n",
    ),
    (
        Kind::Inspection,
        "序号,抽查领域,抽查事项,检查对象,抽查比例,发起部门,配合部门,实施层级及说明,抽查依据,年度检查频次上限,事项类别\n\
         1,学校,办学情况,民办学校,10-20%,市教育局,市公安局、市消防救援支队,市级、县级,《民办教育促进法》,1次,重点检查事项\n\
         2,学校,食堂,中小学,60-70家,市市场监管局,市教育局,市级,,,一般\n\
         3,医院,院感,医院,不低于0.5%,市卫健委,,市级,,,\n\
         4,医院,药房,医院,=50%,市卫健委,,市级,,,\n",
    ),
    (
        Kind::Supervision,
        "序号,监管领域,监管事项,监管对象,牵头部门,配合部门,职责分工,监管方式,监管依据,备注\n\
         1,交通,网约车监管,平台,市交通运输局,市公安局、市网信办,各负其责,联合双随机、专项检查,《办法》,甲\n",
    ),
    (
        Kind::Decision,
        "序号,决策事项名称,承办单位,公众参与,专家论证,风险评估,合法性审查,集体讨论决定,完成时间,计划季度,进展\n\
         1,应急工程项目管理暂行办法,市发改委,√,,√,√,√,12月,第四季度,完成\n",
    ),
    (
        Kind::Document,
        "序号,文件名称,文号,制定机关,发布日期,施行日期,有效期,失效日期,清理结果,备案登记号,文件类型\n\
         1,管理办法,东政〔2020〕1号,市政府,2020年1月2日,2020-02-01,5年,2025/1/31,继续有效,QH1,规范性文件\n\
         2,旧办法,东政〔2010〕1号,市政府,2010-01-02,,,,废止,,规章\n",
    ),
    (
        Kind::Service,
        "实施编码,事项名称,事项类型,行使层级/市级,承办机构,设定层级\n1a,甲,公共服务,√,一科,省级\n",
    ),
    (
        Kind::Custom,
        "序号,编号,名称,部门,收费标准,备注\n1,A1,停车费,市发改委,2元,甲\n2,A2,水费,市水务局,3元,\n",
    ),
];

fn told(problems: &[qingdan::problem::Problem]) -> Vec<String> {
    problems.iter().filter(|p| p.severity != Severity::Note).map(|p| p.line(Lang::En)).collect()
}

#[test]
fn a_small_table_of_each_kind_is_there_and_back() {
    let tried: Vec<Kind> = TABLES.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(tried, Kind::ALL);
    for (kind, table) in TABLES {
        let reading = AnyCatalogue::read_csv(*kind, table.as_bytes(), &csv::Options::default()).unwrap();
        let warned = told(&reading.problems);
        assert_eq!(warned.len(), usize::from(*kind == Kind::LicenceReform), "{kind}: {warned:?}");
        let list = reading.value;
        // Only columns of the office's own are no fields.
        let unknown: Vec<&str> =
            list.header().columns.iter().filter(|c| c.field.is_empty()).map(|c| c.header.as_str()).collect();
        let expected: &[&str] = match kind {
            Kind::Licensing => &["备注列"],
            Kind::Custom => &["收费标准"],
            _ => &[],
        };
        assert_eq!(unknown, expected, "{kind}");
        let mut written = Vec::new();
        assert_eq!(told(&list.write_csv(&mut written, Delimiter::Comma).unwrap()), [""; 0], "{kind}");
        let again = AnyCatalogue::read_csv(*kind, &written[..], &csv::Options::default()).unwrap().value;
        let same = |a: &AnyCatalogue| {
            let mut list = a.clone();
            list.header_mut().columns = qingdan::List::new();
            list
        };
        assert_eq!(same(&again), same(&list), "{kind}: {}", String::from_utf8_lossy(&written));
        let mut json = Vec::new();
        list.write_json(&mut json).unwrap();
        let read = AnyCatalogue::read_json(Cursor::new(&json), &document::Options::default()).unwrap();
        assert_eq!((told(&read.problems), read.value.as_ref()), (vec![], Some(&list)), "{kind}");
    }
}

fn read<T: Item>() -> Catalogue<T> {
    let (_, table) = TABLES.iter().find(|(kind, _)| kind.as_str() == T::KIND).unwrap();
    csv::read::<T>(table.as_bytes(), &csv::Options::default()).unwrap().value
}

#[test]
fn a_norm_tells_codes_from_names() {
    let list = read::<LicensingNorm>();
    let [main, sub] = [0, 1].map(|i| list.items.at(i).unwrap());
    assert_eq!((&*main.id, &*main.name, main.derived), ("00016421300Y", "林木采伐许可证核发", false));
    assert_eq!((&*sub.id, &*sub.parent), ("000164213003", "00016421300Y"));
    assert_eq!(&*sub.sub_item, "林木采伐许可证核发（设区的市级权限）");
    let handling: Vec<&str> = sub.handling_items.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(handling, ["00016421300301", "00016421300302"]);
    let odd = "事项编码,行政许可事项子项名称及编码,行政许可事项名称及编码\n\
               000164213003,乙【000199000001】,甲【00016421300Y】\n";
    let odd = csv::read::<LicensingNorm>(odd.as_bytes(), &csv::Options::default()).unwrap().value;
    let odd = odd.items.at(0).unwrap();
    // A code of something else stays where it was written.
    assert_eq!(
        (&*odd.id, &*odd.parent, &*odd.sub_item),
        ("000164213003", "00016421300Y", "乙【000199000001】")
    );
}

#[test]
fn ticks_are_codes_of_sets_and_of_single_codes() {
    let list = read::<CertificationItem>();
    let [first, second] = [0, 1].map(|i| list.items.at(i).unwrap());
    assert_eq!(first.levels, Set::of([Level::City, Level::County, Level::Township]));
    assert_eq!(first.rank, Set::of([Rank::Regulation]));
    assert_eq!(second.rank, Set::of([Rank::Law, Rank::Regulation]));
    assert_eq!(first.status, Some(CertificationStatus::Retained));
    assert_eq!(second.id, "安全评价材料 / 危险化学品许可 / 省级");
    let list = read::<CrossRegionItem>();
    let item = list.items.at(0).unwrap();
    assert_eq!(item.modes, Set::of([CrossRegionMode::FullyOnline, CrossRegionMode::JointHandling]));
    assert_eq!((item.receiving.len(), item.item.len()), (2, 1));
    let list = read::<DecisionItem>();
    let item = list.items.at(0).unwrap();
    assert_eq!(item.procedures.len(), 4);
    assert!(!item.procedures.contains(&DecisionProcedure::ExpertReview));
    let list = read::<LicenceReformItem>();
    let [first, second] = [0, 1].map(|i| list.items.at(i).unwrap());
    assert_eq!(first.mode, Some(ReformMode::Optimise));
    // Two ticks where one may be: nothing is lost, and no mode is guessed.
    assert_eq!(second.mode.as_ref().map(ReformMode::as_str), Some("审批改为备案、实行告知承诺"));
}

#[test]
fn words_in_a_tick_column_are_said() {
    let table = "决策事项名称,公众参与,专家论证\n甲,2024-03-05,✔\n乙,否,/\n";
    let reading = csv::read::<DecisionItem>(table.as_bytes(), &csv::Options::default()).unwrap();
    let said = told(&reading.problems);
    assert!(said.len() == 1 && said[0].contains("2024-03-05"), "{said:?}");
    let procedures: Vec<usize> = reading.value.items.iter().map(|i| i.procedures.len()).collect();
    assert_eq!(procedures, [2, 0]);
}

#[test]
fn a_code_that_has_no_tick_column_is_said() {
    let table = "改革事项,直接取消审批,优化审批服务\n甲,,√\n";
    let mut list = csv::read::<LicenceReformItem>(table.as_bytes(), &csv::Options::default()).unwrap().value;
    let key = qingdan::Entry::key(list.items.at(0).unwrap()).into_owned();
    list.items.update(&key, |item| item.mode = Some(ReformMode::Commitment)).unwrap();
    let problems = csv::write(&list, Vec::new(), Delimiter::Comma).unwrap();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.en.contains("实行告知承诺"), "{}", problems[0].message.en);
}

#[test]
fn a_basis_where_a_class_of_law_is_expected_is_a_basis() {
    let table = "证明名称,设定依据\n甲,《户口登记条例》第三条\n乙,规章\n";
    let list = csv::read::<CertificationItem>(table.as_bytes(), &csv::Options::default()).unwrap().value;
    let item = list.items.at(0).unwrap();
    assert_eq!((item.rank.len(), item.basis.len()), (0, 1));
    assert_eq!((list.items.at(1).unwrap().rank.len(), list.items.at(1).unwrap().basis.len()), (1, 0));
    let mut written = Vec::new();
    csv::write(&list, &mut written, Delimiter::Comma).unwrap();
    let again = csv::read::<CertificationItem>(&written[..], &csv::Options::default()).unwrap().value;
    assert_eq!(again.items, list.items);
}

#[test]
fn terms_of_the_kinds_are_read_as_they_are_meant() {
    let list = read::<InspectionItem>();
    let ratios: Vec<_> = list.items.iter().filter_map(|i| i.ratio.clone()).map(|r| (r.min, r.max)).collect();
    let pair = |min, max| (Some(min), Some(max));
    assert_eq!(ratios, [pair(1000, 2000), pair(60, 70), pair(50, 50), pair(5000, 5000)]);
    let list = read::<ServicePackage>();
    let item = list.items.at(0).unwrap();
    assert_eq!((item.steps_before, item.steps, item.visits), (Some(12), Some(3), Some(1)));
    let parts: Vec<_> = item.items.iter().map(|i| (i.name.as_str(), i.id.as_str())).collect();
    assert_eq!(parts, [("出生医学证明", ""), ("户口登记", "000709003000")]);
    let list = read::<PowerItem>();
    let item = list.items.at(0).unwrap();
    assert_eq!((item.retained_certifications, item.commitment_optional), (Some(true), Some(false)));
    assert_eq!(&*item.department.as_slice()[0], "市规划和自然资源局");
    assert_eq!(item.duties.as_str(), "1.公示；\n2.审查");
    let list = read::<NormativeDocument>();
    assert_eq!(list.items.at(0).unwrap().status, Some(DocumentStatus::InForce));
    assert_eq!(list.items.at(1).unwrap().id, "旧办法 / 东政〔2010〕1号");
}

macro_rules! every_kind {
    ($($test:ident: $item:ty),* $(,)?) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 64 } else { 2048 }))]
            $(#[test]
            fn $test(items in vec(item_of::<$item>(), 0..4)) {
                there_and_back(items, &[]);
            })*
        }
    };
}
every_kind! {
    a_table_of_norms_is_read_as_it_was: LicensingNorm,
    a_table_of_filings_is_read_as_it_was: FilingItem,
    a_table_of_certifications_is_read_as_it_was: CertificationItem,
    a_table_of_cross_region_items_is_read_as_it_was: CrossRegionItem,
    a_table_of_powers_is_read_as_it_was: PowerItem,
    a_table_of_reforms_is_read_as_it_was: LicenceReformItem,
    a_table_of_packages_is_read_as_it_was: ServicePackage,
    a_table_of_inspections_is_read_as_it_was: InspectionItem,
    a_table_of_supervision_is_read_as_it_was: SupervisionItem,
    a_table_of_decisions_is_read_as_it_was: DecisionItem,
    a_table_of_documents_is_read_as_it_was: NormativeDocument,
    a_table_of_an_own_kind_is_read_as_it_was: CustomItem,
}

/// A list written and read again, which holds all of it.
fn again<T: Item>(list: &Catalogue<T>) -> Catalogue<T> {
    let mut written = Vec::new();
    assert_eq!(told(&csv::write(list, &mut written, Delimiter::Comma).unwrap()), [""; 0]);
    csv::read::<T>(&written[..], &csv::Options::default()).unwrap().value
}

fn licences(table: &str) -> Catalogue<LicensingItem> {
    let reading = csv::read::<LicensingItem>(table.as_bytes(), &csv::Options::default()).unwrap();
    assert_eq!(told(&reading.problems), [""; 0], "{table}");
    reading.value
}

fn bodies(item: &LicensingItem) -> Vec<String> {
    item.bodies_by_level.iter().map(ToString::to_string).collect()
}

#[test]
fn each_level_has_a_column_of_its_own() {
    let table = "序号,事项名称,主管部门,国家主管部门,省级主管部门,市级主管部门,县级主管部门,实施机关,省级实施机关,县级实施机关,备注\n\
                 1,采伐许可,市林草局,国家林草局,省林草局、省水利厅,市林草局,/,市林草局,,县林草局；县水利局,甲\n";
    let list = licences(table);
    let item = list.items.at(0).unwrap();
    assert_eq!((item.department.as_slice(), item.extra.len()), (&["市林草局".into()][..], 0));
    let expected = [
        "国家级主管部门：国家林草局",
        "省级主管部门：省林草局",
        "省级主管部门：省水利厅",
        "市级主管部门：市林草局",
        "县级实施机关：县林草局",
        "县级实施机关：县水利局",
    ];
    assert_eq!(bodies(item), expected);
    let mut written = Vec::new();
    csv::write(&list, &mut written, Delimiter::Comma).unwrap();
    let written = String::from_utf8(written).unwrap().replace("\r\n", "\n");
    assert_eq!(written.trim_start_matches('\u{FEFF}'), table.replace(",/,", ",,"));
    // The same without the columns that it was read from.
    let mut bare = list.clone();
    bare.header.columns = qingdan::List::new();
    assert_eq!(again(&bare).items, list.items);
    // As paths of two rows.
    let two =
        "事项名称,主管部门,,实施机关,,备注\n,省级,市级,市级,县级,\n甲,省林草局,市林草局,市林草局,县林草局,\n";
    let list = licences(two);
    assert_eq!(bodies(list.items.at(0).unwrap()), ["市级主管部门：市林草局", "县级实施机关：县林草局"]);
    assert_eq!(again(&list), list);
}

#[test]
fn the_highest_level_is_the_list_s_own_where_no_column_is_without_one() {
    let list = licences("事项名称,市级主管部门,省级主管部门,县级实施机关\n甲,市林草局,省林草局,县林草局\n");
    let item = list.items.at(0).unwrap();
    assert_eq!(item.department.as_slice(), ["省林草局"]);
    assert_eq!(item.authorities.iter().map(|a| &*a.name).collect::<Vec<_>>(), ["县林草局"]);
    assert_eq!(bodies(item), ["市级主管部门：市林草局"]);
    assert_eq!(again(&list), list);
    // Who says which is the list's own is heard.
    let mut options = csv::Options::default();
    options.columns = "department=市级主管部门".parse().unwrap();
    let table = "事项名称,市级主管部门,省级主管部门\n甲,市林草局,省林草局\n";
    let own = csv::read::<LicensingItem>(table.as_bytes(), &options).unwrap().value;
    let item = own.items.at(0).unwrap();
    assert_eq!(
        (item.department.as_slice(), bodies(item)),
        (&["市林草局".into()][..], vec!["省级主管部门：省林草局".to_owned()])
    );
    // A list that has no department of its own keeps none.
    let mut list = list;
    list.header.columns = qingdan::List::new();
    let key = qingdan::Entry::key(list.items.at(0).unwrap()).into_owned();
    list.items.update(&key, |item| item.department = qingdan::List::new()).unwrap();
    assert_eq!(again(&list).items, list.items);
    // What has no column stands in the one of all levels.
    list.items
        .update(&key, |item| {
            item.bodies_by_level.push(LevelBody::new(Level::Village, BodyRole::Authority, "村委会")).unwrap();
        })
        .unwrap();
    assert_eq!(again(&list).items, list.items);
}

#[test]
fn a_body_of_one_level_is_compared_and_merged_by_itself() {
    let list = |city: &str, county: &str| {
        licences(&format!(
            "事项编码,事项名称,主管部门,市级主管部门,县级主管部门\n1a,甲,省林草局,{city},{county}\n"
        ))
    };
    let (base, ours, theirs) =
        (list("市林草局", "县林草局"), list("市水利局", "县林草局"), list("市林草局", "县水利局"));
    let merged = qingdan::merge(&base, &ours, &theirs);
    assert!(merged.clash.is_none());
    assert_eq!(merged.value, list("市水利局", "县水利局"));
    let changes = qingdan::ChangeSet::between(&base, &ours);
    let adjustments = changes.adjustments(&base, &ours);
    assert_eq!(adjustments.len(), 1);
    assert_eq!(adjustments[0].kind, qingdan::codes::AdjustmentKind::AuthorityChanged);
    let change = &adjustments[0].changes[0];
    assert_eq!((change.field.as_str(), change.title.as_str()), ("bodies_by_level", "各级机关"));
    assert!(change.parts.iter().any(|p| p.after.as_deref() == Some("市级主管部门：市水利局")), "{change:?}");
}

#[test]
fn rows_of_upper_lists_are_references() {
    let table = "事项名称,国家清单序号,省级清单序号,上级清单序号,中央行政许可事项清单(2022年版)序号\n\
                 甲,\"1、729\",12,000117001000,5～7\n乙,/,,3*,\n";
    let list = licences(table);
    let told: Vec<String> = list.items.at(0).unwrap().upper_refs.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["000117001000", "国家级：1", "国家级：729", "国家级2022年版：5～7", "省级：12"]);
    let first = &list.items.at(0).unwrap().upper_refs.as_slice()[3];
    assert_eq!((first.level.clone(), &*first.edition), (Some(Level::National), "2022年版"));
    assert_eq!(first.serials(), [[5], [6], [7]]);
    assert_eq!(again(&list), list);
    // With one column for all of them each says its list.
    let mut bare = licences("事项名称,上级清单序号\n甲,国家级：1、省级：12、3\n");
    let refs = bare.items.at(0).unwrap().upper_refs.clone();
    assert_eq!(
        refs.iter().map(|one| one.level.clone()).collect::<Vec<_>>(),
        [None, Some(Level::National), Some(Level::Province)]
    );
    assert_eq!(again(&bare), bare);
    bare.header.columns = qingdan::List::new();
    assert_eq!(again(&bare).items, bare.items);
}

#[test]
fn bodies_stand_by_level_however_they_come() {
    let list = licences(
        "事项名称,主管部门,市级主管部门,省级主管部门,实施机关,省级实施机关\n甲,丙,乙、甲,丁,丙,戊\n",
    );
    let item = list.items.at(0).unwrap();
    let told = ["省级主管部门：丁", "市级主管部门：乙", "市级主管部门：甲", "省级实施机关：戊"];
    assert_eq!(bodies(item), told);
    let turned = item.bodies_by_level.iter().rev().cloned();
    let turned = qingdan::List::of(turned).unwrap();
    assert_eq!(
        turned.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [told[0], told[2], told[1], told[3]]
    );
    let json = serde_json::to_string(&item.bodies_by_level).unwrap();
    let back: qingdan::List<LevelBody> = serde_json::from_str(&json).unwrap();
    assert_eq!(back, item.bodies_by_level);
}

#[test]
fn every_column_by_level_is_one_that_its_entries_say() {
    use qingdan::InColumn as _;
    for kind in Kind::ALL {
        for field in kind.fields() {
            for column in field.spread {
                let key = match field.name {
                    "upper_refs" => UpperRef::from_column(column.key, "1").unwrap().column().into_owned(),
                    _ => LevelBody::from_column(column.key, "甲").unwrap().column().into_owned(),
                };
                assert_eq!(key, column.key, "{kind}: {}", column.header);
                let own = column.stands_for;
                assert!(own.is_none_or(|own| kind.fields().iter().any(|f| f.name == own)), "{kind}: {own:?}");
            }
        }
    }
}

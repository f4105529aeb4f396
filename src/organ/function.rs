//! What a body is for, without place, level and the word for its form.

use super::place;
use crate::text::normal;

/// A field of government: its name in full, the fields that it holds, and how it is written in short.
///
/// General knowledge: institutions of 2018 to 2024, as names of bodies at all levels write them. 经济和信息化 is what
/// places call the field of 工业和信息化.
const FIELDS: &[(&str, &[&str], &[&str])] = &[
    ("发展和改革", &["发展和改革"], &["发改", "发展改革", "发展与改革"]),
    ("教育", &["教育"], &[]),
    ("科学技术", &["科学技术"], &["科技"]),
    ("工业和信息化", &["工业", "信息化"], &["工信", "工业信息化"]),
    ("经济和信息化", &["经济", "工业", "信息化"], &["经信", "经济信息化"]),
    ("民族宗教事务", &["民族", "宗教"], &["民宗", "民族宗教", "民族和宗教事务"]),
    ("民族事务", &["民族"], &["民委", "民族"]),
    ("宗教事务", &["宗教"], &["宗教", "宗教管理"]),
    ("公安", &["公安"], &[]),
    ("国家安全", &["国家安全"], &["国安"]),
    ("民政", &["民政"], &[]),
    ("司法行政", &["司法"], &["司法"]),
    ("财政", &["财政"], &[]),
    ("人力资源和社会保障", &["人力资源", "社会保障"], &["人社", "人力资源社会保障"]),
    ("自然资源", &["自然资源"], &[]),
    ("自然资源和规划", &["自然资源", "规划"], &["自规", "资规", "自然资源规划"]),
    ("规划", &["规划"], &[]),
    ("生态环境", &["生态环境"], &[]),
    ("住房和城乡建设", &["住房", "城乡建设"], &["住建", "住房城乡建设", "住房与城乡建设"]),
    ("交通运输", &["交通运输"], &["交通", "交运"]),
    ("水利", &["水利"], &[]),
    ("水务", &["水利", "水务"], &[]),
    ("农业农村", &["农业", "农村"], &[]),
    ("农牧", &["农业", "农村", "畜牧"], &[]),
    ("畜牧兽医", &["畜牧"], &["畜牧"]),
    ("商务", &["商务"], &[]),
    ("文化和旅游", &["文化", "旅游"], &["文旅", "文化旅游"]),
    ("文化", &["文化"], &[]),
    ("旅游", &["旅游"], &[]),
    ("体育", &["体育"], &[]),
    ("广播电视", &["广播电视"], &["广电"]),
    ("新闻出版", &["新闻出版"], &[]),
    ("版权", &["版权"], &[]),
    ("电影", &["电影"], &[]),
    ("卫生健康", &["卫生健康"], &["卫健", "卫生和健康"]),
    ("疾病预防控制", &["疾病预防控制"], &["疾控"]),
    ("中医药管理", &["中医药"], &["中医药"]),
    ("退役军人事务", &["退役军人事务"], &["退役军人"]),
    ("应急管理", &["应急管理"], &["应急"]),
    ("审计", &["审计"], &[]),
    ("统计", &["统计"], &[]),
    ("市场监督管理", &["市场监督管理"], &["市监", "市场监管"]),
    ("食品药品监督管理", &["食品监督管理", "药品监督管理"], &["食药监", "食药监管", "食品药品监管"]),
    ("药品监督管理", &["药品监督管理"], &["药监", "药品监管"]),
    ("知识产权", &["知识产权"], &[]),
    ("国有资产监督管理", &["国有资产监督管理"], &["国资", "国资监管"]),
    ("地方金融监督管理", &["地方金融"], &["地方金融监管", "金融监管", "地方金融管理", "地方金融"]),
    ("林业和草原", &["林业", "草原"], &["林草", "林业草原"]),
    ("林业", &["林业"], &[]),
    ("草原", &["草原"], &[]),
    ("医疗保障", &["医疗保障"], &["医保"]),
    ("粮食和物资储备", &["粮食", "物资储备"], &["粮储", "粮食物资储备", "粮食和储备"]),
    ("粮食", &["粮食"], &[]),
    ("能源", &["能源"], &[]),
    ("国防动员", &["国防动员"], &["国动"]),
    ("人民防空", &["人民防空"], &["人防"]),
    ("档案", &["档案"], &[]),
    ("保密", &["保密"], &[]),
    ("密码管理", &["密码管理"], &["密码"]),
    ("互联网信息", &["互联网信息"], &["网信"]),
    ("机构编制", &["机构编制"], &["编办", "编制"]),
    ("机关事务管理", &["机关事务管理"], &["机关事务"]),
    ("文物", &["文物"], &[]),
    ("气象", &["气象"], &[]),
    ("地震", &["地震"], &[]),
    ("税务", &["税务"], &[]),
    ("烟草专卖", &["烟草专卖"], &["烟草"]),
    ("邮政管理", &["邮政"], &["邮政"]),
    ("通信管理", &["通信管理"], &["通信"]),
    ("无线电管理", &["无线电管理"], &["无线电"]),
    ("消防救援", &["消防救援"], &["消防"]),
    ("海关", &["海关"], &[]),
    ("海事", &["海事"], &[]),
    ("城市管理", &["城市管理"], &["城管"]),
    ("行政审批", &["行政审批"], &["行政审批服务"]),
    ("政务服务", &["政务服务"], &["政务服务管理"]),
    ("乡村振兴", &["乡村振兴"], &[]),
    ("信访", &["信访"], &[]),
];

/// Words for the form of a body, at the end of its name; the longer first.
const FORMS: &[&str] = &[
    "行政主管部门",
    "行政管理部门",
    "主管部门",
    "行政部门",
    "管理部门",
    "部门",
    "行政主管机关",
    "行政机关",
    "主管机关",
    "管理机构",
    "机关",
    "机构",
    "管理委员会",
    "委员会",
    "办公室",
    "事务局",
    "分局",
    "总局",
    "管理局",
    "局",
    "厅",
    "署",
    "委",
    "部",
    "办",
];

/// The function spelt out, and the single fields that it holds.
#[inline]
pub(super) fn of(name: &str) -> (String, Vec<String>) {
    let form = normal(name);
    let mut core = &form[place::length(&form)..];
    for country in ["中华人民共和国", "国家"] {
        core = core.strip_prefix(country).filter(|rest| !rest.starts_with("安全")).unwrap_or(core);
    }
    // 国家税务总局广东省税务局: what stands behind the place is the body.
    for word in ["总局", "国家局"] {
        if let Some((_, own)) = core.split_once(word)
            && place::length(own) > 0
        {
            core = &own[place::length(own)..];
        }
    }
    if matches!(core, "政府" | "人民政府") {
        return ("人民政府".to_owned(), vec!["人民政府".to_owned()]);
    }
    for head in ["人民政府", "地方"] {
        core = core.strip_prefix(head).filter(|rest| !rest.starts_with("金融")).unwrap_or(core);
    }
    // 应急管理局 is 应急管理: what the longest form leaves may be no field, and a shorter form's is one.
    let stems = FORMS.iter().filter_map(|word| core.strip_suffix(word));
    for stem in stems.clone().chain([core]) {
        if let Some(found) = fields(stem) {
            return found;
        }
    }
    let stem = stems.into_iter().next().unwrap_or(core);
    if stem.is_empty() { (String::new(), Vec::new()) } else { (stem.to_owned(), vec![stem.to_owned()]) }
}

/// The fields that a text names one after the other; `None` where anything else stands in it.
#[inline]
fn fields(mut text: &str) -> Option<(String, Vec<String>)> {
    let (mut names, mut held) = (Vec::new(), Vec::<String>::new());
    while !text.is_empty() {
        let spellings = FIELDS.iter().flat_map(|field| {
            std::iter::once(&field.0).chain(field.2).map(move |spelling| (*spelling, field))
        });
        let (spelling, field) =
            spellings.filter(|(spelling, _)| text.starts_with(spelling)).max_by_key(|(s, _)| s.len())?;
        names.push(field.0);
        held.extend(field.1.iter().map(|part| (*part).to_owned()));
        text = &text[spelling.len()..];
        text = ["和", "与", "及", "、"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    }
    held.sort();
    held.dedup();
    (!names.is_empty()).then(|| (names.join("、"), held))
}

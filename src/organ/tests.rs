//! The bodies of real lists and of the tables of facts, each written out.

use super::{Body, bodies, cut};
use crate::codes::Scheme;
use proptest::prelude::*;

/// A body in one line: levels, name, and what else is said.
fn shown(body: &Body) -> String {
    let mut out = String::new();
    for level in &body.levels {
        out += level.code(Scheme::Gb39046).unwrap_or("?");
    }
    if !body.levels.is_empty() {
        out.push(' ');
    }
    out += &body.name;
    for name in &body.other_names {
        out += &format!(" ={name}");
    }
    if let Some(scope) = &body.scope {
        out += &format!(" ({scope})");
    }
    if !body.steps.is_empty() {
        out += &format!(" [{}]", body.steps.join("+"));
    }
    if let Some(role) = &body.role {
        out += &format!(" <{role}>");
    }
    if body.collective {
        out += " *";
    }
    out
}

fn check(rows: &[(&str, &[&str])]) {
    let read = |cell| bodies(cell).iter().map(shown).collect::<Vec<_>>();
    let wrong: Vec<_> = rows.iter().filter(|(cell, expected)| read(cell) != *expected).collect();
    for (cell, expected) in &wrong {
        eprintln!("{cell}\n  is        {:?}\n  should be {expected:?}", read(cell));
    }
    assert!(wrong.is_empty());
}

#[test]
fn the_test_table_is_read() {
    check(&[
        (
            "克拉玛依市国防动员办公室（克拉玛依市人民防空办公室）",
            &["克拉玛依市国防动员办公室 =克拉玛依市人民防空办公室"],
        ),
        ("市人民政府（克拉玛依市自然资源局承办）", &["市人民政府 <决定>", "克拉玛依市自然资源局 <承办>"]),
        ("畜牧兽医科（渔政管理科）、农业科", &["畜牧兽医科 =渔政管理科", "农业科"]),
        (
            "市生态环境保护综合行政执法支队、各区生态环境保护综合行政执法大队",
            &["市生态环境保护综合行政执法支队", "4 生态环境保护综合行政执法大队 *"],
        ),
        ("省级司法（受理,审核）、市级司法（受理,审核）", &["2 司法 [受理+审核]", "3 司法 [受理+审核]"]),
        ("地州市农业农村局", &["3 农业农村局"]),
        ("地州市商务主管部门", &["3 商务主管部门"]),
        ("县市区林业和草原局", &["4 林业和草原局"]),
        ("农业科（种业科)、", &["农业科 =种业科"]),
        ("克拉玛依市委办公室（市档案局）", &["克拉玛依市委办公室 =市档案局"]),
        ("克拉玛依市发展和改革委员会（粮食和物资储备局）", &["克拉玛依市发展和改革委员会 =粮食和物资储备局"]),
    ]);
}

#[test]
fn the_authorities_of_the_facts_are_read() {
    check(&[
        ("克拉玛依市住房和城乡建设局", &["克拉玛依市住房和城乡建设局"]),
        ("市人力资源和社会保障局", &["市人力资源和社会保障局"]),
        ("市应急管理局", &["市应急管理局"]),
        ("克拉玛依市林业和草原局", &["克拉玛依市林业和草原局"]),
        ("区发改经信局", &["区发改经信局"]),
        ("克拉玛依市文化体育广播电视和旅游局", &["克拉玛依市文化体育广播电视和旅游局"]),
        ("县级以上地方体育部门", &["234 体育部门"]),
        ("灵山县行政审批局", &["灵山县行政审批局"]),
        ("克拉玛依市发展和改革委员会", &["克拉玛依市发展和改革委员会"]),
        ("克拉玛依市自然资源局各区自然资源分局", &["克拉玛依市自然资源局各区自然资源分局 *"]),
        ("克拉玛依市生态环境局", &["克拉玛依市生态环境局"]),
        ("克拉玛依市财政局", &["克拉玛依市财政局"]),
        ("国家税务总局广东省税务局", &["国家税务总局广东省税务局"]),
        (
            "设区的市级、县级政府（由教育部门会同交通运输部门、公安机关承办）",
            &["34 政府 <决定>", "教育部门 <承办>", "交通运输部门 <会同>", "公安机关 <会同>"],
        ),
        ("县级教育部门；乡级政府", &["4 教育部门", "5 政府"]),
        ("工业和信息化部；省级无线电管理机构", &["工业和信息化部", "2 无线电管理机构"]),
        (
            "民政部；县级以上地方民政部门（部分事项由业务主管单位实施前置审查）",
            &["民政部", "234 民政部门 <决定>", "业务主管单位 (部分事项) <前置审查>"],
        ),
        ("省级、设区的市级司法行政部门", &["23 司法行政部门"]),
        ("设区的市级以上地方生态环境部门", &["23 生态环境部门"]),
        ("县级交通运输部门", &["4 交通运输部门"]),
        ("交通运输部", &["交通运输部"]),
        (
            "设区的市级政府（由农业农村部门会同有关部门承办）",
            &["3 政府 <决定>", "农业农村部门 <承办>", "有关部门 <会同>"],
        ),
        ("省级、设区的市级商务部门", &["23 商务部门"]),
        ("县级以上地方文化和旅游部门", &["234 文化和旅游部门"]),
        ("省级疾控部门", &["2 疾控部门"]),
        ("设区的市级、县级应急管理部门", &["34 应急管理部门"]),
        ("设区的市级、县级药监部门", &["34 药监部门"]),
        ("县级以上地方林草部门", &["234 林草部门"]),
        ("省级监督管理部门", &["2 监督管理部门"]),
        ("国家卫生健康委", &["国家卫生健康委"]),
        ("区教育局(部分为审批,部分为省教育厅委托事项)", &["区教育局 (部分为审批,部分为省教育厅委托事项)"]),
        (
            "市发改局(非技术改造类);市经信科局(技术改造类)",
            &["市发改局 (非技术改造类)", "市经信科局 (技术改造类)"],
        ),
        ("设区的市级、县级林草部门；市林草局", &["34 林草部门", "市林草局"]),
        ("市委宣传部（新闻出版局、版权局）", &["市委宣传部 =新闻出版局 =版权局"]),
        (
            "克拉玛依市人民政府（克拉玛依市自然资源局承办）",
            &["克拉玛依市人民政府 <决定>", "克拉玛依市自然资源局 <承办>"],
        ),
        ("克拉玛依市自然资源局", &["克拉玛依市自然资源局"]),
        ("广东省教育厅", &["广东省教育厅"]),
        ("广东省工业和信息化厅", &["广东省工业和信息化厅"]),
        ("广东省司法厅", &["广东省司法厅"]),
        ("广东省水利厅", &["广东省水利厅"]),
        ("广东省档案局", &["广东省档案局"]),
        ("广东省地方金融监督管理局", &["广东省地方金融监督管理局"]),
        ("广东省社会组织管理局", &["广东省社会组织管理局"]),
        ("县级教育部门", &["4 教育部门"]),
        ("工业和信息化部；省级通信管理局", &["工业和信息化部", "2 通信管理局"]),
        ("县级以上公安机关", &["234 公安机关"]),
        ("县级公安机关", &["4 公安机关"]),
        ("省级商务部门", &["2 商务部门"]),
        ("国家邮政局；省级邮政管理部门", &["国家邮政局", "2 邮政管理部门"]),
        ("广东省公安厅", &["广东省公安厅"]),
        ("广东省财政厅", &["广东省财政厅"]),
        ("广东省自然资源厅", &["广东省自然资源厅"]),
        ("广东省交通运输厅", &["广东省交通运输厅"]),
        ("广东省农业农村厅", &["广东省农业农村厅"]),
        ("广东省文化和旅游厅", &["广东省文化和旅游厅"]),
        ("广东省卫生健康委员会", &["广东省卫生健康委员会"]),
        ("广东省市场监督管理局", &["广东省市场监督管理局"]),
        ("广东省药品监督管理局", &["广东省药品监督管理局"]),
        ("广东省消防救援总队", &["广东省消防救援总队"]),
        ("中华人民共和国广东海事局", &["中华人民共和国广东海事局"]),
    ]);
}

#[test]
fn other_bodies_of_real_lists_are_read() {
    check(&[
        ("市发改局\n市经信科局", &["市发改局", "市经信科局"]),
        (
            "克拉玛依市自然资源局、克拉玛依市国土资源执法监察支队",
            &["克拉玛依市自然资源局", "克拉玛依市国土资源执法监察支队"],
        ),
        (
            "社会保险基金监督科（财务科）、劳动关系科（劳动保障监察科）",
            &["社会保险基金监督科 =财务科", "劳动关系科 =劳动保障监察科"],
        ),
        ("科技与财务科（法规与标准科）、各区分局", &["科技与财务科 =法规与标准科", "4 分局 *"]),
        ("林业草原服务中心（林草办）", &["林业草原服务中心 =林草办"]),
        ("建筑市场监管科/工程质量安全监督科", &["建筑市场监管科", "工程质量安全监督科"]),
        ("国家民委 公安部", &["国家民委", "公安部"]),
        ("农业 农村局", &["农业 农村局"]),
        (
            "省级司法（审核,决定与公开,证件制定与送达）、市级司法（受理,审核）",
            &["2 司法 [审核+决定与公开+证件制定与送达]", "3 司法 [受理+审核]"],
        ),
        ("县级以上地方人民政府文化和旅游主管部门", &["234 人民政府文化和旅游主管部门"]),
        ("县级以上地方志工作机构", &["234 地方志工作机构"]),
        ("国务院、省级人民政府", &["1 国务院", "2 人民政府"]),
        ("各级人民政府", &["人民政府 *"]),
        ("建设、规划部门", &["建设、规划部门"]),
        ("省残疾人联合会", &["省残疾人联合会"]),
        ("州市场监管局", &["州市场监管局"]),
        ("地州市场监管局", &["地州市场监管局"]),
        ("乡镇企业局", &["乡镇企业局"]),
        ("市残联（受委托）", &["市残联 <受委托>"]),
        ("某某（原某某）", &["某某（原某某）"]),
        ("", &[]),
        ("无", &["无"]),
    ]);
}

#[test]
fn who_acts_with_whom_is_read() {
    check(&[
        ("市发改委会同市住建局", &["市发改委 <牵头>", "市住建局 <会同>"]),
        ("市教育局会同市交通局、市公安局", &["市教育局 <牵头>", "市交通局 <会同>", "市公安局 <会同>"]),
        ("市应急局牵头，市公安局配合", &["市应急局 <牵头>", "市公安局 <配合>"]),
        ("由市应急局牵头、市公安局配合", &["市应急局 <牵头>", "市公安局 <配合>"]),
        ("由教育部门、体育部门承办", &["教育部门 <承办>", "体育部门 <承办>"]),
        ("市林草局（经市生态环境局审核）", &["市林草局 <决定>", "市生态环境局 <前置审查>"]),
        ("县级林草部门（初审）；市林草局", &["4 林草部门 <初审>", "市林草局"]),
        ("县级公安机关初审", &["4 公安机关 <初审>"]),
        ("省商务厅委托市商务局实施", &["省商务厅 <决定>", "市商务局 <受委托>"]),
        ("省商务厅（部分委托设区的市级商务部门）", &["省商务厅 <决定>", "3 商务部门 (部分) <受委托>"]),
        ("市行政审批局", &["市行政审批局"]),
        ("由市政府确定的部门", &["由市政府确定的部门"]),
    ]);
    // As one entry of a list, they stay together.
    assert_eq!(
        cut("市教育局会同市交通局、市公安局；市林草局"),
        ["市教育局会同市交通局、市公安局", "市林草局"]
    );
    assert_eq!(cut("市教育局、市交通局"), ["市教育局", "市交通局"]);
}

fn one(cell: &str) -> Body {
    bodies(cell).remove(0)
}

#[test]
fn a_body_of_no_place_is_abstract() {
    let check = |cell: &str, expected: bool| assert_eq!(one(cell).is_abstract(), expected, "{cell}");
    for cell in [
        "地州市农业农村局",
        "县级林草部门",
        "县级以上公安机关",
        "县市区林业和草原局",
        "地州市商务主管部门",
        "公安机关",
        "业务主管单位",
        "省级通信管理局",
        "设区的市级人民政府",
        "国务院有关部门",
    ] {
        check(cell, true);
    }
    for cell in [
        "市林草局",
        "平安区林业和草原局",
        "国家卫生健康委",
        "交通运输部",
        "各区绿化委员会",
        "克拉玛依市农业农村局",
        "广东省公安机关",
        "国务院",
        "区教育局",
        "国家税务总局广东省税务局",
    ] {
        check(cell, false);
    }
}

#[test]
fn whether_a_region_is_covered_hangs_on_its_level() {
    let check = |cell: &str, region: &str, expected: Option<bool>| {
        assert_eq!(one(cell).covers(&region.parse().unwrap()), expected, "{cell} {region}");
    };
    check("县级以上公安机关", "630202", Some(true));
    check("县级以上公安机关", "630200", Some(true));
    check("县级以上公安机关", "630000", Some(true));
    check("县级林草部门", "630200", Some(false));
    check("市级林草部门", "630200", Some(true));
    // 西昌 writes 市级 for itself, Chongqing for the province's level.
    check("市级林草部门", "513401", Some(true));
    check("市级林草部门", "500000", Some(true));
    check("设区的市级林草部门", "513401", Some(false));
    check("地州市农业农村局", "650200", Some(true));
    check("各区绿化委员会", "650203", Some(true));
    check("国务院有关部门", "650200", Some(false));
    check("国务院", "100000", Some(true));
    check("市林草局", "630200", None);
    check("分级管理", "630200", None);
}

#[test]
fn functions_are_spelt_out() {
    let check = |cell: &str, expected: &str| assert_eq!(one(cell).function(), expected, "{cell}");
    check("县级林草部门", "林业和草原");
    check("平安区林业和草原局", "林业和草原");
    check("青海省海东市平安区林业和草原局", "林业和草原");
    check("市人社局", "人力资源和社会保障");
    check("人力资源社会保障部", "人力资源和社会保障");
    check("国家发展改革委", "发展和改革");
    check("国家发展和改革委员会", "发展和改革");
    check("市发改局", "发展和改革");
    check("省卫健委", "卫生健康");
    check("县住建局", "住房和城乡建设");
    check("市住房城乡建设局", "住房和城乡建设");
    check("市文旅局", "文化和旅游");
    check("市监局", "市场监督管理");
    check("区市监局", "市场监督管理");
    check("广东省市场监督管理局", "市场监督管理");
    check("市场监管部门", "市场监督管理");
    check("省药监局", "药品监督管理");
    check("省疾控局", "疾病预防控制");
    check("市经信局", "经济和信息化");
    check("市工信局", "工业和信息化");
    check("区发改经信局", "发展和改革、经济和信息化");
    check("克拉玛依市文化体育广播电视和旅游局", "文化、体育、广播电视、旅游");
    check("地州市农业农村局", "农业农村");
    check("县级以上地方人民政府文化和旅游主管部门", "文化和旅游");
    check("市应急管理局", "应急管理");
    check("省级、设区的市级司法行政部门", "司法行政");
    check("广东省司法厅", "司法行政");
    check("国家税务总局广东省税务局", "税务");
    check("省级通信管理局", "通信管理");
    check("灵山县行政审批局", "行政审批");
    check("克拉玛依市政务服务局", "政务服务");
    check("乡级政府", "人民政府");
    check("平安区人民政府", "人民政府");
    check("城市管理局", "城市管理");
    check("乡村振兴局", "乡村振兴");
    check("畜牧兽医科", "畜牧兽医科");
    check("政府采购科", "政府采购科");
    check("广东省道路运输事务中心", "道路运输事务中心");
    check("县级", "");
}

#[test]
fn an_abstract_body_may_be_a_concrete_one() {
    let check = |upper: &str, lower: &str, region: &str, expected: bool| {
        let (upper, lower) = (one(upper), one(lower));
        assert_eq!(upper.may_be(&lower, &region.parse().unwrap()), expected, "{upper:?} {lower:?}");
    };
    check("县级林草部门", "平安区林业和草原局", "630203", true);
    check("县级林草部门", "区林业局", "630203", true);
    check("县级林草部门", "平安区农业农村局", "630203", false);
    check("县级林草部门", "海东市林业和草原局", "630203", false);
    check("县级林草部门", "海东市林业和草原局", "630200", false);
    check("县级以上地方体育部门", "克拉玛依市文化体育广播电视和旅游局", "650200", true);
    check("设区的市级、县级政府", "克拉玛依市人民政府", "650200", true);
    check("县级工信部门", "区发改经信局", "330102", true);
    check("市级林草部门", "西昌市林业和草原局", "513401", true);
    check("设区的市级人防部门", "克拉玛依市国防动员办公室（克拉玛依市人民防空办公室）", "650200", true);
    check("县级林草部门", "县级林草部门", "630203", false);
}

#[test]
fn however_long_a_cell_is_it_is_read_in_linear_time() {
    let long = |piece: &str| bodies(&piece.repeat(10_000)).len();
    for piece in [
        "由甲局、",
        "（",
        "）",
        "甲局 ",
        " ",
        "会同甲局",
        "甲（乙）",
        "甲局（乙局）",
        "委托",
        "、",
        "联合乙部承办",
        "县级、",
        "（（甲局））",
    ] {
        long(piece);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_nothing_of_it_is_lost(
        tokens in proptest::collection::vec(proptest::sample::select(vec![
            "甲", "乙局", "丙部门", "县级", "、", "；", "，", " ", "\n", "（", "）", "(", ")", "会同", "由", "承办", "经", "审核",
            "委托", "实施", "各区", "地州市", "初审", "受理", "国务院", "级以上地方", "类", "部分", "/", "联合",
        ]), 0..14)
    ) {
        let cell = tokens.concat();
        let read = bodies(&cell);
        // What marks a body stands in one of its parts, once, in order.
        let marks = |text: &str| text.chars().filter(|c| "甲乙丙".contains(*c)).collect::<String>();
        let mut kept = String::new();
        for body in &read {
            prop_assert!(cell.get(body.span.clone()).is_some_and(|text| text.contains(&body.name)), "{:?}", body);
            kept += &marks(&[&*body.phrase, &*body.name].concat());
            // 甲局（乙局） has its bracket behind it: names, scope, steps in the order of the cell.
            let mut groups: Vec<String> = body.other_names.clone();
            groups.extend(body.scope.clone());
            groups.sort_by_key(|group| cell[body.span.clone()].find(group.as_str()));
            kept += &marks(&groups.concat());
        }
        let sorted = |text: &str| { let mut c: Vec<char> = text.chars().collect(); c.sort_unstable(); c };
        prop_assert_eq!(sorted(&kept), sorted(&marks(&cell)), "{:?}", read);
        // Spans go on in order; what is outside of all is separators.
        prop_assert!(read.is_sorted_by_key(|body| body.span.start));
        let mut outside = cell.clone().into_bytes();
        for body in &read {
            outside[body.span.clone()].fill(b' ');
        }
        let outside = String::from_utf8(outside).unwrap();
        prop_assert!(outside.chars().all(|c| c.is_whitespace() || "、；，,;/".contains(c)), "{outside}");
    }

    #[test]
    fn cutting_what_was_cut_gives_it_again(text in "[甲局部县级、；， \n（）由会同联合/]{0,14}") {
        let pieces = cut(&text);
        for piece in &pieces {
            prop_assert_eq!(cut(piece), [*piece]);
        }
        let joined = pieces.join("；");
        prop_assert_eq!(cut(&joined), pieces);
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,40}") {
        let read = bodies(&text);
        prop_assert!(read.iter().all(|body| body.span.end <= text.len()));
    }
}

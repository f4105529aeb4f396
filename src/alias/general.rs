//! Short names and reforms of ministries: general knowledge, for whoever asks for it.
//!
//! A row is here where one body went into one other. Where tasks were divided (国家新闻出版广电总局, 国家食品药品监督管理总局)
//! no name stands for the old one, and there is no row.

use super::{Alias, AliasKind};
use crate::term::Date;

/// Short names of one body; they hold on any day.
const SHORT: &[(&str, &str)] = &[
    ("国家发展改革委", "国家发展和改革委员会"),
    ("国家发改委", "国家发展和改革委员会"),
    ("科技部", "科学技术部"),
    ("工信部", "工业和信息化部"),
    ("国家民委", "国家民族事务委员会"),
    ("人社部", "人力资源和社会保障部"),
    ("人力资源社会保障部", "人力资源和社会保障部"),
    ("住建部", "住房和城乡建设部"),
    ("住房城乡建设部", "住房和城乡建设部"),
    ("文旅部", "文化和旅游部"),
    ("国家卫生健康委", "国家卫生健康委员会"),
    ("国家卫健委", "国家卫生健康委员会"),
    ("国家卫生计生委", "国家卫生和计划生育委员会"),
    ("应急部", "应急管理部"),
    ("人民银行", "中国人民银行"),
    ("国务院国资委", "国务院国有资产监督管理委员会"),
    ("市场监管总局", "国家市场监督管理总局"),
    ("国家市场监管总局", "国家市场监督管理总局"),
    ("工商总局", "国家工商行政管理总局"),
    ("质检总局", "国家质量监督检验检疫总局"),
    ("安全监管总局", "国家安全生产监督管理总局"),
    ("安监总局", "国家安全生产监督管理总局"),
    ("广电总局", "国家广播电视总局"),
    ("体育总局", "国家体育总局"),
    ("税务总局", "国家税务总局"),
    ("金融监管总局", "国家金融监督管理总局"),
    ("银监会", "中国银行业监督管理委员会"),
    ("保监会", "中国保险监督管理委员会"),
    ("银保监会", "中国银行保险监督管理委员会"),
    ("证监会", "中国证券监督管理委员会"),
    ("国家医保局", "国家医疗保障局"),
    ("国家药监局", "国家药品监督管理局"),
    ("国家林草局", "国家林业和草原局"),
    ("国家疾控局", "国家疾病预防控制局"),
    ("国家粮食和储备局", "国家粮食和物资储备局"),
    ("国家人防办", "国家人民防空办公室"),
    ("国家网信办", "国家互联网信息办公室"),
];

/// The reform that the National People's Congress decided on 17 March 2018 (国务院机构改革方案).
const OF_2018: &[(&str, &str)] = &[
    ("国土资源部", "自然资源部"),
    ("环境保护部", "生态环境部"),
    ("农业部", "农业农村部"),
    ("文化部", "文化和旅游部"),
    ("国家旅游局", "文化和旅游部"),
    ("国家卫生和计划生育委员会", "国家卫生健康委员会"),
    ("国家安全生产监督管理总局", "应急管理部"),
    ("国家工商行政管理总局", "国家市场监督管理总局"),
    ("国家质量监督检验检疫总局", "国家市场监督管理总局"),
    ("国家林业局", "国家林业和草原局"),
    ("国家粮食局", "国家粮食和物资储备局"),
    ("中国银行业监督管理委员会", "中国银行保险监督管理委员会"),
    ("中国保险监督管理委员会", "中国银行保险监督管理委员会"),
];

/// The reform that it decided on 10 March 2023: facts/changes.csv, rows 61 and following (lcbacker, wxyijin).
const OF_2023: &[(&str, &str)] = &[("中国银行保险监督管理委员会", "国家金融监督管理总局")];

#[inline]
pub(super) fn rows() -> Vec<Alias> {
    let row = |(name, same_as): &(&str, &str), note: &str, since: Option<Date>| {
        let mut row = Alias::new(AliasKind::Organ, *name, *same_as);
        (row.note, row.since) = (note.into(), since);
        row
    };
    let short = SHORT.iter().map(|pair| row(pair, "简称（常识）", None));
    let reform = |pairs: &'static [(&str, &str)], note: &'static str, day: &str| {
        let since = day.parse().ok();
        pairs.iter().map(move |pair| row(pair, note, since))
    };
    short
        .chain(reform(OF_2018, "2018年国务院机构改革（常识）", "2018-03-17"))
        .chain(reform(OF_2023, "2023年国务院机构改革（常识）", "2023-03-10"))
        .collect()
}

//! 中央业务指导(实施)部门代码: positions 5 and 6 of a basic code.

/// The table of the national platform, with the names of 2018 and 2019. Names change, codes stay.
const DEPARTMENTS: &[(&str, &str)] = &[
    ("02", "外交部"),
    ("04", "发展改革委"),
    ("05", "教育部"),
    ("06", "科技部"),
    ("07", "工业和信息化部"),
    ("08", "国家民委"),
    ("09", "公安部"),
    ("10", "安全部"),
    ("11", "民政部"),
    ("12", "司法部"),
    ("13", "财政部"),
    ("14", "人力资源社会保障部"),
    ("15", "自然资源部"),
    ("16", "生态环境部"),
    ("17", "住房城乡建设部"),
    ("18", "交通运输部"),
    ("19", "水利部"),
    ("20", "农业农村部"),
    ("21", "商务部"),
    ("22", "文化和旅游部"),
    ("23", "卫生健康委"),
    ("24", "退役军人部"),
    ("25", "应急部"),
    ("26", "人民银行"),
    ("27", "审计署"),
    ("28", "国资委"),
    ("29", "海关总署"),
    ("30", "税务总局"),
    ("31", "市场监管总局"),
    ("32", "广电总局"),
    ("33", "体育总局"),
    ("34", "统计局"),
    ("35", "国际发展合作署"),
    ("36", "医保局"),
    ("38", "国管局"),
    ("39", "新闻出版署"),
    ("40", "版权局"),
    ("41", "宗教局"),
    ("42", "港澳办"),
    ("44", "侨办"),
    ("45", "台办"),
    ("46", "网信办"),
    ("47", "新闻办"),
    ("54", "气象局"),
    ("55", "银保监会"),
    ("56", "证监会"),
    ("59", "粮食和储备局"),
    ("60", "能源局"),
    ("61", "国防科工局"),
    ("62", "烟草局"),
    ("63", "移民局"),
    ("64", "林草局"),
    ("65", "铁路局"),
    ("66", "民航局"),
    ("67", "邮政局"),
    ("68", "文物局"),
    ("69", "中医药局"),
    ("70", "煤矿安监局"),
    ("71", "外汇局"),
    ("72", "药监局"),
    ("73", "知识产权局"),
    ("75", "档案局"),
    ("76", "保密局"),
    ("77", "密码局"),
    ("79", "中央编办"),
    ("80", "人防办"),
    ("81", "地方志"),
    ("82", "电影局"),
    ("99", "其他业务指导部门"),
];

/// How many departments the table has.
#[cfg(test)]
pub(super) const COUNT: usize = DEPARTMENTS.len();

/// Name of the central department (中央业务指导部门) that a two-digit code of a basic code stands for, as of the reform
/// of 2018.
///
/// Numbers that the published table leaves out are unassigned or unknown: `None`, and no mistake.
///
/// ```
/// assert_eq!(qingdan::code::department_name("64"), Some("林草局"));
/// assert_eq!(qingdan::code::department_name("03"), None);
/// ```
#[must_use]
#[inline]
pub fn department_name(code: &str) -> Option<&'static str> {
    DEPARTMENTS.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

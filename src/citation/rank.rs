//! The rank of a legal text, from its title and the organ that issued it.

use super::history::number_in;
use super::number::DocumentNumber;
use crate::codes::Rank;

/// The rank that title, number and history say; `None` where they do not.
///
/// Title and organ go before any label: of 4,061 real heads some 203 bear a label that contradicts its title. The order
/// of ranks and who may issue what is that of 立法法 (the endings of titles and their exceptions are general
/// knowledge).
///
/// ```
/// use qingdan::{citation::rank, codes::Rank};
/// assert_eq!(rank("中华人民共和国种子法", None, None), Some(Rank::Law));
/// assert_eq!(rank("宗教事务条例", Some("国务院令第426号"), None), Some(Rank::AdministrativeRegulation));
/// assert_eq!(rank("天津市实施〈中华人民共和国森林法〉办法", None, None), Some(Rank::LocalRegulation));
/// assert_eq!(rank("节能审查办法", Some("国家发展改革委令2016年第44号"), None), Some(Rank::DepartmentRule));
/// assert_eq!(rank("节能审查办法", None, None), None);
/// ```
#[must_use]
#[inline]
pub fn rank(title: &str, number: Option<&str>, history: Option<&str>) -> Option<Rank> {
    let title = title.trim();
    let bare = without_brackets(title);
    let ends = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
    if bare.ends_with("宪法") {
        return Some(Rank::Constitution);
    }
    if bare.starts_with("中国共产党") || bare.starts_with("中共") {
        return Some(Rank::PartyDocument);
    }
    if bare.starts_with("国务院") && bare.contains("决定") {
        return Some(Rank::StateCouncilDecision);
    }
    // A notice is a notice, whatever it passes on; a standard names its number.
    if ends(&["通知", "意见", "方案", "函", "批复", "通告", "公告", "纲要", "规划", "复函", "答复", "目录"])
    {
        let by_decree = number.and_then(|n| n.parse::<DocumentNumber>().ok()).is_some_and(|n| n.decree);
        if !by_decree {
            return Some(Rank::NormativeDocument);
        }
    }
    let told = history.unwrap_or_default();
    if [number.unwrap_or_default(), told].iter().any(|text| text.contains("GB") || text.contains("JGJ")) {
        return Some(Rank::Standard);
    }
    let number = number.or_else(|| number_in(told));
    let local = is_local(bare);
    if let Some(number) = number.and_then(|number| number.parse::<DocumentNumber>().ok()) {
        let organ = number.organ.trim();
        if number.decree {
            if organ.ends_with("主席") {
                return Some(Rank::Law);
            }
            if organ.ends_with("国务院") {
                return Some(Rank::AdministrativeRegulation);
            }
            if organ.ends_with("政府") {
                return Some(Rank::LocalGovernmentRule);
            }
            if organ.ends_with("人大常委会") || organ.ends_with("人民代表大会常务委员会") {
                return Some(Rank::LocalRegulation);
            }
            if !organ.is_empty() && !bare.ends_with('法') | bare.ends_with("办法") && !ends(&["条例"]) {
                return Some(Rank::DepartmentRule);
            }
        } else if organ.starts_with("中发") || organ.starts_with("中办") {
            return Some(Rank::PartyDocument);
        } else if !ends(&["条例"]) && !is_law(bare) {
            return Some(Rank::NormativeDocument);
        }
    }
    if is_law(bare) && !local {
        return Some(Rank::Law);
    }
    let congress = told.contains("人大常委会") || told.contains("人民代表大会");
    if local {
        if ends(&["条例"]) || bare.contains('〈') && ends(&["办法", "规定", "细则", "决定"]) || congress
        {
            return Some(Rank::LocalRegulation);
        }
        return None;
    }
    if ends(&["条例"]) {
        return Some(if congress && !told.contains("国务院") {
            Rank::LocalRegulation
        } else {
            Rank::AdministrativeRegulation
        });
    }
    None
}

/// Whether a label of a cell (【法规】) may stand for a rank. Labels are coarser than ranks.
#[inline]
pub(super) fn label_allows(label: &str, rank: &Rank) -> bool {
    use Rank as R;
    match label {
        "法律" => matches!(rank, R::Law | R::Constitution),
        "法规" => {
            matches!(rank, R::AdministrativeRegulation | R::LocalRegulation | R::StateCouncilDecision)
        }
        "行政法规" | "行法规" => matches!(rank, R::AdministrativeRegulation | R::StateCouncilDecision),
        "地方性法规" | "地方法规" | "自治条例" | "单行条例" => {
            matches!(rank, R::LocalRegulation)
        }
        "规章" => matches!(rank, R::DepartmentRule | R::LocalGovernmentRule),
        "部门规章" | "部令" => matches!(rank, R::DepartmentRule),
        "政府规章" | "地方政府规章" => matches!(rank, R::LocalGovernmentRule),
        "规范性文件" => matches!(rank, R::NormativeDocument | R::PartyDocument),
        "国务院决定" => matches!(rank, R::StateCouncilDecision | R::NormativeDocument),
        "党内法规" => matches!(rank, R::PartyDocument),
        "标准" => matches!(rank, R::Standard),
        _ => true,
    }
}

/// …法, but for 办法 and words that only end so.
#[inline]
fn is_law(title: &str) -> bool {
    title.ends_with("法典")
        || title.ends_with('法')
            && !["办法", "方法", "做法", "书法", "执法"].iter().any(|word| title.ends_with(word))
}

/// Whether a text is a place's own regulation or rule, by its title: a place in front, and the form of one behind
/// (浙江省…条例, 示例市…办法). Of a rule (办法) the title does not say whether congress or government made it.
#[inline]
pub(super) fn is_own_of_a_place(title: &str) -> bool {
    let bare = title.trim_matches(['《', '》']);
    is_local(bare) && ["条例", "办法", "规定", "细则", "规则"].iter().any(|word| bare.ends_with(word))
}

/// Whether a title begins with the name of a place: 浙江省…, 宁波市…, 新疆维吾尔自治区…, 海北藏族自治州….
#[inline]
fn is_local(title: &str) -> bool {
    if title.starts_with("中华人民共和国") || title.starts_with("国家") {
        return false;
    }
    let head: String = title.chars().take(16).collect();
    let named =
        ["省", "自治区", "自治州", "自治县"].iter().any(|word| head.find(word).is_some_and(|at| at <= 30));
    // 城市…, 市政…, 市场… are no places.
    let city = head.match_indices('市').any(|(at, _)| {
        let before = &head[..at];
        let behind = head[at + '市'.len_utf8()..].chars().next().unwrap_or(' ');
        (2..=4).contains(&before.chars().count())
            && !before.ends_with(['城', '设', '上', '股', '超', '门', '都'])
            && !"场政区容民".contains(behind)
    });
    named || city
}

/// The title without a last bracket (2010修正).
#[inline]
fn without_brackets(title: &str) -> &str {
    match title.strip_suffix(['）', ')']) {
        Some(body) => body.rfind(['（', '(']).map_or(title, |at| title[..at].trim_end()),
        None => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_follow_title_and_organ() {
        let check = |title: &str, number: &str, expected: Option<Rank>| {
            let number = (!number.is_empty()).then_some(number);
            assert_eq!(rank(title, number, None), expected, "{title}");
        };
        check("中华人民共和国宪法", "", Some(Rank::Constitution));
        check("律师法", "", Some(Rank::Law));
        check("中华人民共和国行政许可法", "主席令第七号", Some(Rank::Law));
        check("植物检疫条例", "", Some(Rank::AdministrativeRegulation));
        check(
            "国务院对确需保留的行政审批项目设定行政许可的决定",
            "国务院令第412号",
            Some(Rank::StateCouncilDecision),
        );
        check("国务院关于加强节能工作的决定", "国发[2006]28号", Some(Rank::StateCouncilDecision));
        check("浙江省实施〈中华人民共和国节约能源法〉办法", "", Some(Rank::LocalRegulation));
        check("新疆维吾尔自治区实施〈中华人民共和国野生动物保护法〉办法", "", Some(Rank::LocalRegulation));
        check("青海省环境保护条例", "", Some(Rank::LocalRegulation));
        check("宁波市城市绿化条例", "", Some(Rank::LocalRegulation));
        check("自治区实施〈测绘法〉办法", "", Some(Rank::LocalRegulation));
        check("中华人民共和国民法典", "", Some(Rank::Law));
        check("城市绿化条例", "", Some(Rank::AdministrativeRegulation));
        check("陕西省行政许可委托实施办法", "陕西省人民政府令第235号", Some(Rank::LocalGovernmentRule));
        check("融资性担保公司管理暂行办法", "银监会令2010年第3号", Some(Rank::DepartmentRule));
        check("关于加强弩管理的通知", "公治〔1999〕1646号", Some(Rank::NormativeDocument));
        check("党政机关公务用车管理办法", "中办发〔2017〕71号", Some(Rank::PartyDocument));
        check("城市公共汽车和电车客运管理规定", "", None);
        check("青海省行政许可管理办法", "", None);
        check("中国共产党党组工作条例", "", Some(Rank::PartyDocument));
    }

    #[test]
    fn a_label_contradicts_a_title() {
        let differs = |text: &str| crate::citation::bases(text).cited[0].label_differs();
        assert!(differs("【法规】《中华人民共和国种子法》第三条"));
        assert!(differs("【法律】《植物检疫条例》第三条"));
        assert!(!differs("【法律】《中华人民共和国种子法》第三条"));
        assert!(!differs("【法规】《天津市实施〈中华人民共和国森林法〉办法》第三条"));
        assert!(!differs("【规章】《动物检疫管理办法》第三条"));
    }
}

//! Reading a cell of bodies.

use super::Body;
use crate::cell::{is_close, is_open, last_bracket as bracket};
use crate::codes::{AuthorityRole, Level, half_width, is_blank, read_levels};
use std::ops::Range;

const STRONG: &[char] = &['；', ';', '\n', '\r'];
const WEAK: &[char] = &['、', '，', ',', '/'];

/// How the names of bodies end; the first are single characters. General knowledge, held against the bodies of real
/// lists.
const ENDS: &[&str] = &[
    "局",
    "部",
    "委",
    "厅",
    "署",
    "办",
    "院",
    "会",
    "科",
    "处",
    "室",
    "站",
    "所",
    "队",
    "馆",
    "中心",
    "机关",
    "机构",
    "部门",
    "单位",
    "政府",
    "公司",
    "海关",
    "基地",
    "政协",
    "人大",
    "党组",
    "工会",
    "妇联",
    "残联",
    "团委",
    "党校",
    "学校",
    "组织",
    "集团",
    "国务院",
    "公署",
    "行署",
];
/// Words that end so and name no body.
const NO_BODIES: &[&str] = &[
    "全部", "内部", "外部", "局部", "社会", "机会", "场所", "查处", "部署", "专科", "本科", "内科", "外科",
    "网站", "车站", "承办", "主办", "协办", "经办", "督办", "交办", "催办", "举办", "开办", "查办", "网办",
    "分会",
];

/// What a body does, behind its name.
const VERBS: &[(&str, AuthorityRole)] = &[
    ("具体承办", AuthorityRole::Undertake),
    ("负责承办", AuthorityRole::Undertake),
    ("组织承办", AuthorityRole::Undertake),
    ("承办", AuthorityRole::Undertake),
    ("具体办理", AuthorityRole::Undertake),
    ("牵头负责", AuthorityRole::Lead),
    ("牵头办理", AuthorityRole::Lead),
    ("牵头", AuthorityRole::Lead),
    ("主办", AuthorityRole::Lead),
    ("配合", AuthorityRole::Cooperate),
    ("协办", AuthorityRole::Cooperate),
    ("协助", AuthorityRole::Cooperate),
    ("负责初审", AuthorityRole::FirstReview),
    ("初审", AuthorityRole::FirstReview),
    ("负责决定", AuthorityRole::Decide),
    ("决定", AuthorityRole::Decide),
    ("负责审批", AuthorityRole::Decide),
    ("审批", AuthorityRole::Decide),
    ("批准", AuthorityRole::Decide),
    ("实施前置审查", AuthorityRole::Consulted),
    ("前置审查", AuthorityRole::Consulted),
];
/// The same behind 经: what is asked for before.
const ASKED: &[&str] = &["审核同意", "审查同意", "审核", "审查", "同意", "初审"];
/// What stands behind the body that another entrusts.
const ENTRUSTED: &[&str] = &["组织实施", "具体实施", "实施", "行使", "办理", "审批", "承担"];
/// Steps of handling, as platforms name them in brackets behind a body.
const STEPS: &[&str] = &[
    "申请",
    "受理",
    "预审",
    "初审",
    "审核",
    "审查",
    "复审",
    "复核",
    "决定",
    "决定与公开",
    "审批",
    "批准",
    "公示",
    "公开",
    "公告",
    "发证",
    "颁证",
    "制证",
    "送达",
    "办结",
    "证件制定与送达",
    "证件制作与送达",
    "现场勘验",
    "现场踏勘",
    "现场核查",
    "听证",
    "专家评审",
    "上报",
    "转报",
];

/// Cuts a cell into the texts of bodies, each with its level phrase, brackets and those who work for it.
///
/// ； and line ends separate always, 、 ， / and a blank between two bodies only behind a whole body: 设区的市级、县级林草部门
/// is one, 农业科、林业科 are two. Where several act together (由教育部门会同公安机关、财政部门承办) they stay together.
/// Nothing is cut inside brackets. Linear.
///
/// ```
/// use qingdan::organ::cut;
/// assert_eq!(cut("畜牧兽医科（渔政管理科）、农业科"), ["畜牧兽医科（渔政管理科）", "农业科"]);
/// assert_eq!(cut("设区的市级、县级林草部门；市林草局"), ["设区的市级、县级林草部门", "市林草局"]);
/// ```
#[must_use]
#[inline]
pub fn cut(cell: &str) -> Vec<&str> {
    // Most cells hold one body.
    if !cell.contains(|c: char| STRONG.contains(&c) || WEAK.contains(&c) || c.is_whitespace()) {
        return if cell.is_empty() { Vec::new() } else { vec![cell] };
    }
    split(cell, 0..cell.len(), Pieces::Entries).into_iter().map(|piece| &cell[piece]).collect()
}

/// Reads the bodies that a cell names, in order; a body in another's bracket follows it.
///
/// ```
/// use qingdan::organ::bodies;
/// let read = bodies("市发改局(非技术改造类);市经信科局(技术改造类)");
/// assert_eq!(read[0].name, "市发改局");
/// assert_eq!(read[1].scope.as_deref(), Some("技术改造类"));
/// ```
#[must_use]
#[inline]
pub fn bodies(cell: &str) -> Vec<Body> {
    let mut reader = Reader { cell, out: Vec::new() };
    for piece in split(cell, 0..cell.len(), Pieces::Entries) {
        for part in reader.parts(piece) {
            reader.body(part, 0);
        }
    }
    reader.out
}

/// The levels of a phrase, where 市 alone means `city`.
#[inline]
pub(super) fn levels_of(phrase: &str, city: &Level) -> Vec<Level> {
    read_levels(phrase.trim_start().strip_prefix('各').unwrap_or(phrase), city).levels
}

#[derive(Clone, Copy, PartialEq)]
enum Pieces {
    /// What is one entry of a list.
    Entries,
    /// What is one body.
    Bodies,
}

/// Cuts a range of a cell; the pieces are trimmed and never empty.
#[inline]
fn split(cell: &str, range: Range<usize>, pieces: Pieces) -> Vec<Range<usize>> {
    let text = &cell[range.clone()];
    let enclosed = crate::cell::enclosed(text);
    let mut enclosed = enclosed.iter().peekable();
    let mut out = Vec::new();
    let (mut from, mut held) = (0, false);
    let mut push = |from: usize, to: usize| {
        let piece = &text[from..to];
        let trimmed = piece.trim_start_matches(edge);
        let start = from + (piece.len() - trimmed.len());
        let trimmed = trimmed.trim_end_matches(edge);
        if !trimmed.is_empty() {
            out.push(range.start + start..range.start + start + trimmed.len());
        }
    };
    for (at, c) in text.char_indices() {
        while enclosed.next_if(|r| r.end < at).is_some() {}
        if enclosed.peek().is_some_and(|r| r.start < at) {
            continue;
        }
        let before = &text[from..at];
        if STRONG.contains(&c) {
            push(from, at);
            (from, held) = (at + c.len_utf8(), false);
        } else if before.is_empty() && edge(c) {
            from = at + c.len_utf8();
        } else if WEAK.contains(&c) || c.is_whitespace() {
            let behind = &text[at + c.len_utf8()..];
            // Of several blanks the first decides.
            let cuts = !held
                && if WEAK.contains(&c) {
                    is_whole(before.trim_end())
                } else {
                    !before.ends_with(char::is_whitespace) && is_whole(before) && is_whole(next_piece(behind))
                };
            if cuts {
                push(from, at);
                from = at + c.len_utf8();
            }
        } else if pieces == Pieces::Entries {
            // Who acts together stays together.
            held |= c == '由' && before.is_empty()
                || text[at..].starts_with("会同")
                || is_joint(&text[at..]) && is_whole(before);
        }
    }
    push(from, text.len());
    out
}

/// What separates stands at the edge of no piece.
#[inline]
fn edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | '，' | ',')
}

/// The text up to the next separator or bracket, of those that a name has room for.
#[inline]
fn next_piece(text: &str) -> &str {
    let text = text.trim_start();
    let stops =
        |c: char| c.is_whitespace() || STRONG.contains(&c) || WEAK.contains(&c) || is_open(c) || is_close(c);
    let end = text.char_indices().take(60).find(|(_, c)| stops(*c)).map(|(at, _)| at);
    let most = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    &text[..end.unwrap_or(most)]
}

/// Whether 联合 stands here and joins two bodies: not 联合会.
#[inline]
fn is_joint(text: &str) -> bool {
    text.strip_prefix("联合").is_some_and(|rest| {
        !rest.is_empty()
            && !["会", "执法", "监管", "惩戒", "审", "办", "国"].iter().any(|word| rest.starts_with(word))
    })
}

/// Whether a text ends as a body does, brackets and the word for its part aside.
#[inline]
fn is_whole(text: &str) -> bool {
    let mut stem = verb(text).map_or(text, |(stem, _)| stem);
    for _ in 0..4 {
        let Some((at, inner)) = bracket(stem) else { break };
        let inner = &stem[inner];
        stem = stem[..at].trim_end();
        if !stem.is_empty() && steps(inner).is_some() {
            return true;
        }
    }
    is_body(stem)
}

/// Whether a text without brackets ends as a body's name does.
#[inline]
fn is_body(text: &str) -> bool {
    text.chars().nth(1).is_some()
        && ENDS.iter().any(|end| text.ends_with(end))
        && !NO_BODIES.iter().any(|word| text.ends_with(word))
}

/// The word for a part at the end of a text, and what stands before it: a body, in brackets or not.
#[inline]
fn verb(text: &str) -> Option<(&str, AuthorityRole)> {
    VERBS.iter().find_map(|(verb, role)| {
        let stem = text.strip_suffix(verb)?.trim_end();
        let bare = match bracket(stem) {
            Some((at, _)) => stem[..at].trim_end(),
            None => stem,
        };
        is_body(bare).then(|| (stem, role.clone()))
    })
}

/// Steps, where a bracket holds nothing else.
#[inline]
fn steps(inner: &str) -> Option<Vec<String>> {
    let pieces: Vec<&str> = inner.split(['、', '，', ',', '；', ';', '/']).map(str::trim).collect();
    pieces.iter().all(|piece| STEPS.contains(piece)).then(|| pieces.into_iter().map(str::to_owned).collect())
}

/// Whether a bracket limits what the body has the item for.
#[inline]
fn is_scope(inner: &str) -> bool {
    let begins = ["限", "仅", "部分", "除", "不含", "含", "负责", "其中"];
    let ends = [
        "类",
        "事项",
        "项目",
        "部分",
        "权限",
        "除外",
        "以上",
        "以下",
        "范围",
        "业务",
        "领域",
        "区域",
        "辖区内",
        "的",
    ];
    begins.iter().any(|word| inner.starts_with(word)) || ends.iter().any(|word| inner.ends_with(word))
}

/// A part of a piece: one body with the words around it.
struct Part {
    span: Range<usize>,
    name: Range<usize>,
    role: Option<AuthorityRole>,
    /// 由 stands before it: a word for its part must follow, here or behind.
    waits: bool,
}

/// What a bracket behind a name says.
enum Said {
    Steps(Vec<String>),
    Role(AuthorityRole),
    Names(Vec<String>),
    Scope(String),
    Bodies(Vec<Part>, Option<String>),
}

struct Reader<'t> {
    cell: &'t str,
    out: Vec<Body>,
}

impl Reader<'_> {
    /// The bodies of a piece that act together, each with its part.
    #[inline]
    fn parts(&self, piece: Range<usize>) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let (mut joint, mut waiting) = (false, false);
        // Those without a part so far, which the next word for one may be about.
        let mut pending: Vec<usize> = Vec::new();
        for range in split(self.cell, piece, Pieces::Bodies) {
            for (infix, range) in self.infixes(range) {
                let mut part = self.part(range);
                let verb = part.role.take();
                match infix {
                    Some(AuthorityRole::Entrusted) => {
                        part.role = Some(AuthorityRole::Entrusted);
                        if let Some(before) = parts.last_mut() {
                            before.role.get_or_insert(AuthorityRole::Decide);
                        }
                    }
                    Some(role) => (joint, part.role) = (true, Some(role)),
                    None if joint
                        && !matches!(verb, Some(AuthorityRole::Cooperate | AuthorityRole::Consulted)) =>
                    {
                        part.role = Some(AuthorityRole::Joint);
                    }
                    None => {}
                }
                if let Some(verb) = verb {
                    if part.role.is_none() {
                        part.role = Some(verb.clone());
                    }
                    for before in pending.drain(..).filter(|_| joint || waiting) {
                        parts[before].role.get_or_insert(verb.clone());
                    }
                }
                waiting |= part.waits;
                if part.role.is_none() {
                    pending.push(parts.len());
                }
                parts.push(part);
            }
        }
        if joint && parts.iter().take_while(|part| part.role.is_none()).count() == 1 {
            parts[0].role = Some(AuthorityRole::Lead);
        }
        for part in &mut parts {
            // 由 that nothing follows is part of the name.
            if part.waits && part.role.is_none() {
                part.name.start = part.span.start;
            }
        }
        parts
    }

    /// Cuts where 会同, 联合 or 委托 stands between two bodies, and says which word stood before each piece.
    #[inline]
    fn infixes(&self, range: Range<usize>) -> Vec<(Option<AuthorityRole>, Range<usize>)> {
        let text = &self.cell[range.clone()];
        if !["会同", "联合", "委托"].iter().any(|word| text.contains(word)) {
            return vec![(None, range)];
        }
        let enclosed = crate::cell::enclosed(text);
        let mut enclosed = enclosed.iter().peekable();
        let mut out = Vec::new();
        let (mut from, mut word) = (0, None);
        for (at, _) in text.match_indices(['会', '联', '委']) {
            while enclosed.next_if(|r| r.end < at).is_some() {}
            if enclosed.peek().is_some_and(|r| r.start < at) {
                continue;
            }
            let rest = &text[at..];
            let before = text[from..at].trim();
            let before = before.strip_prefix("会同").unwrap_or(before);
            let joins = |word: &str| is_whole(next_piece(&rest[word.len()..]));
            let next = if rest.starts_with("会同") && joins("会同") || is_joint(rest) && joins("联合") {
                AuthorityRole::Joint
            } else if rest.starts_with("委托") && is_entrusted(next_piece(&rest["委托".len()..])) {
                AuthorityRole::Entrusted
            } else {
                continue;
            };
            if !before.is_empty() && !is_whole(before) {
                continue;
            }
            if at > from {
                out.push((word, range.start + from..range.start + at));
            }
            (from, word) = (at, Some(next));
        }
        out.push((word, range.start + from..range.end));
        out
    }

    /// Takes the words for a part off a body.
    #[inline]
    fn part(&self, span: Range<usize>) -> Part {
        let span = self.trimmed(span);
        let mut part = Part { name: span.clone(), span, role: None, waits: false };
        let text = |range: &Range<usize>| &self.cell[range.clone()];
        for word in ["会同", "联合", "委托"] {
            if let Some(rest) = text(&part.name).strip_prefix(word)
                && (word == "会同" || is_whole(rest) || is_entrusted(rest))
            {
                part.name.start = part.name.end - rest.len();
                if word == "委托"
                    && let Some(stem) = ENTRUSTED.iter().find_map(|verb| text(&part.name).strip_suffix(verb))
                {
                    part.name.end = part.name.start + stem.len();
                }
                break;
            }
        }
        if let Some(rest) = text(&part.name).strip_prefix('经')
            && let Some(stem) =
                ASKED.iter().find_map(|verb| rest.strip_suffix(verb)).filter(|stem| is_body(stem))
        {
            let start = part.name.end - rest.len();
            (part.name, part.role) = (start..start + stem.len(), Some(AuthorityRole::Consulted));
            return part;
        }
        if let Some(rest) = text(&part.name).strip_prefix('由')
            && is_whole(rest)
        {
            part.name.start = part.name.end - rest.len();
            part.waits = true;
        }
        if let Some((stem, role)) = verb(text(&part.name)) {
            part.name.end = part.name.start + stem.len();
            part.role = Some(role);
        }
        part.name = self.trimmed(part.name);
        part
    }

    #[inline]
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.cell[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }

    /// Reads a body and those in its brackets.
    #[inline]
    fn body(&mut self, part: Part, depth: u32) {
        let mut body = Body { span: part.span, role: part.role, ..Body::default() };
        let mut name = part.name;
        let mut said = Vec::new();
        while depth < 3
            && said.len() < 8
            && let Some((at, inner)) = bracket(&self.cell[name.clone()])
            && at > 0
        {
            let inner = name.start + inner.start..name.start + inner.end;
            let Some(what) = self.said(self.trimmed(inner)) else { break };
            // One thing of each kind; a second one is part of the name.
            let again = said.iter().any(|s| std::mem::discriminant(s) == std::mem::discriminant(&what))
                || matches!(what, Said::Role(_)) && body.role.is_some();
            if again {
                break;
            }
            said.push(what);
            name.end = name.start + self.cell[name.start..name.start + at].trim_end().len();
        }
        let core = &self.cell[name];
        let head = head(core);
        body.phrase = core[..head.end].trim_end_matches(edge).to_owned();
        body.name = core[head.name..].to_owned();
        (body.levels, body.collective) = (head.levels, head.collective);
        let within = ["各区", "各县", "各乡", "各镇", "各街道", "各市", "各州"];
        body.collective |= body.name.starts_with('各') || within.iter().any(|word| body.name.contains(word));
        let place = self.out.len();
        self.out.push(Body::default());
        for what in said.into_iter().rev() {
            match what {
                Said::Steps(steps) => body.steps = steps,
                Said::Role(role) => body.role = Some(role),
                Said::Names(names) => body.other_names = names,
                Said::Scope(scope) => body.scope = Some(scope),
                Said::Bodies(parts, scope) => {
                    body.role.get_or_insert(AuthorityRole::Decide);
                    let first = self.out.len();
                    for part in parts {
                        self.body(part, depth + 1);
                    }
                    if let Some(first) = self.out.get_mut(first) {
                        first.scope = first.scope.take().or(scope);
                    }
                }
            }
        }
        self.out[place] = body;
    }

    /// What a bracket says; `None`: it is part of the name.
    #[inline]
    fn said(&self, inner: Range<usize>) -> Option<Said> {
        let text = &self.cell[inner.clone()];
        if text.is_empty() {
            return None;
        }
        match text.parse::<AuthorityRole>() {
            Ok(AuthorityRole::Other(_)) => {}
            Ok(role) => return Some(Said::Role(role)),
        }
        if let Some(steps) = steps(text) {
            return Some(Said::Steps(steps));
        }
        let scope = ["部分事项", "部分"]
            .iter()
            .find(|word| text.strip_prefix(**word).is_some_and(|rest| rest.starts_with(['由', '经', '委'])));
        let parts = self.parts(inner.start + scope.map_or(0, |word| word.len())..inner.end);
        if !parts.is_empty()
            && parts.iter().all(|part| part.role.is_some() && is_whole(&self.cell[part.name.clone()]))
        {
            return Some(Said::Bodies(parts, scope.map(|word| (*word).to_owned())));
        }
        if is_scope(text) {
            return Some(Said::Scope(text.to_owned()));
        }
        let names = split(self.cell, inner, Pieces::Bodies);
        let names: Vec<&str> = names.into_iter().map(|name| &self.cell[name]).collect();
        names
            .iter()
            .all(|name| is_whole(name))
            .then(|| Said::Names(names.into_iter().map(str::to_owned).collect()))
    }
}

/// Whether a body that is entrusted stands here, with what it is to do or without.
#[inline]
fn is_entrusted(text: &str) -> bool {
    is_whole(ENTRUSTED.iter().find_map(|verb| text.strip_suffix(verb)).unwrap_or(text))
}

/// The level phrase at the head of a name.
#[derive(Default)]
struct Head {
    /// Where the phrase ends.
    end: usize,
    /// Where the name begins.
    name: usize,
    levels: Vec<Level>,
    collective: bool,
}

/// Words for a level that stand before a body without 级; half width. General knowledge, but for 地州市 and 县市区, which
/// real lists have.
const PLAIN: &[&str] = &[
    "省(自治区、直辖市)",
    "省(区、市)",
    "地(州、市)",
    "地(市、州)",
    "市(地、州、盟)",
    "市(州)",
    "地州市",
    "盟市",
    "市州",
    "师市",
    "县(市、区)",
    "县(区、市)",
    "县(市)",
    "县(区)",
    "区(市、县)",
    "区(县、市)",
    "区(县)",
    "旗县(市、区)",
    "旗县区",
    "县市区",
    "区市县",
    "县区",
    "区县",
    "乡(镇)",
    "乡镇(街道)",
    "镇(乡、街道)",
    "乡镇",
    "市",
    "州",
    "区",
    "县",
    "镇",
    "乡",
    "街道",
    "级",
];
/// Where 地方 is the beginning of a field's name.
const LOCAL: &[&str] = &["地方志", "地方金融", "地方史志", "地方税务", "地方铁路", "地方海事", "地方煤炭"];

#[inline]
fn head(core: &str) -> Head {
    if let Some(rest) = core.strip_prefix('各')
        && let Some(end) = plain(rest, |_| true)
    {
        let end = '各'.len_utf8() + end;
        return Head { end, name: end, levels: levels_of(&core[..end], &Level::City), collective: true };
    }
    let reading = read_levels(core, &Level::City);
    if !reading.levels.is_empty() {
        let mut head = Head { levels: reading.levels, ..Head::default() };
        if reading.rest.is_empty() {
            // 国务院 alone is a body, 县级 alone stands for one.
            if !matches!(core, "国务院" | "中央") {
                (head.end, head.name) = (core.len(), core.len());
            }
            return head;
        }
        head.end = core.rfind(reading.rest).unwrap_or(0);
        head.name = head.end;
        if let Some(rest) = reading.rest.strip_prefix("地方")
            && !rest.is_empty()
            && !LOCAL.iter().any(|word| reading.rest.starts_with(word))
        {
            head.end += "地方".len();
            head.name = head.end + if rest.starts_with("各级") { "各级".len() } else { 0 };
            head.end = head.name;
        }
        return head;
    }
    // One character alone is the issuer's own place; 市场 behind 地州市 is not cut.
    let several = |word: &str| word.chars().nth(1).is_some() && !matches!(word, "街道");
    if let Some(end) = plain(core, several)
        && !core[end..].starts_with(['场', '级'])
        && (!core.starts_with("乡镇")
            || ["人民政府", "政府", "综合"].iter().any(|word| core[end..].starts_with(word)))
        && !core[end..].trim().is_empty()
    {
        let levels = levels_of(&core[..end], &Level::City);
        if !levels.is_empty() {
            return Head { end, name: end, levels, collective: false };
        }
    }
    Head::default()
}

/// Where the longest word for a level ends that stands here, white space and width aside.
fn plain(text: &str, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let ends = PLAIN.iter().filter(|word| fits(word)).filter_map(|word| {
        let mut found = text.char_indices().filter(|(_, c)| !is_blank(*c));
        let mut end = 0;
        for expected in word.chars() {
            let (at, c) = found.next()?;
            if half_width(c) != expected {
                return None;
            }
            end = at + c.len_utf8();
        }
        Some(end)
    });
    ends.max()
}

# SPDX-License-Identifier: Apache-2.0
"""The words of a heat map, in English and Chinese."""

WORDS = {
    "title": ("Mechanism routes: {} → {}", "机制路径：{} → {}"),
    "steps": ("routes of at most {} steps", "路径至多 {} 步"),
    "step": ("routes of one step", "路径仅一步"),
    "short": ("shortcuts of finer routes not counted", "不计较细路径的简略形式"),
    "skin": (
        "effects shown in skin, or with no tissue named",
        "作用见于皮肤，或未指明组织",
    ),
    "any_tissue": ("effects shown in any tissue", "作用见于任何组织"),
    "stated_only": ("only what is stated", "仅限原文陈述"),
    "no_inferred": ("without what is inferred", "不含推断"),
    "with_retracted": ("retracted papers counted", "计入已撤稿文献"),
    "sources": ("only of {}", "仅限 {}"),
    "sign": ("only of sign {}", "仅限方向 {}"),
    "legend": ("Routes in a cell", "每格的路径数"),
    "key_signs": (
        "+ − ? : how many routes raise, lower, or change in a direction not known what they end "
        "in; of a phase, the process in it. That is not whether healing wants it.",
        "+ − ?：使终点（若为愈合阶段，则为其中的过程）升高、降低或方向不明的路径数，"
        "并不表示是否有利于愈合。",
    ),
    "key_grade": (
        "Letter: best grade of evidence; a route has that of its weakest effect (A people, B "
        "animals, C cells, D stated only, E inferred).",
        "字母：最佳证据等级；一条路径取其最弱一步（A 人体，B 动物，C 细胞，D 仅为陈述，E 推断）。",
    ),
    "key_itself": (
        "* : some of the routes are of the cell itself, without a vesicle.",
        "*：其中有细胞本身的作用路径，不经囊泡。",
    ),
    "key_least": (
        "≥ with a dashed frame: the search was cut short, there may be more routes.",
        "≥ 与虚线框：搜索提前停止，可能还有更多路径。",
    ),
    "key_count": (
        "Many routes tell that much is written, not that much is proven. 0: none in this "
        "knowledge base, which is not evidence of none.",
        "路径多只说明文献多，不等于证据强。0：本知识库中没有路径，并不证明不存在。",
    ),
    "routes": ("routes: {}", "路径数：{}"),
    "told": ("told", "完整报道"),
    "coherent": ("coherent", "连贯"),
    "stitched": ("stitched", "拼接"),
    "grade": ("best grade {}", "最佳等级 {}"),
    "studies": ("studies: {}", "研究数：{}"),
    "best": ("Best route", "最佳路径"),
    "table": ("The same as a table", "同一内容的表格"),
    "caption": ("Routes, with how they are told and the best one", "路径数、报道方式与最佳路径"),
    "advice": (
        "From exograph; for research and teaching. Not medical advice.",
        "由 exograph 生成，供研究与教学使用，非医疗建议。",
    ),
}

# SPDX-License-Identifier: Apache-2.0
"""What ``exograph doctor`` says of each finding, and how to mend it, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exograph.snapshot.health import Finding

STATES = {
    "en": {"ok": "ok", "hint": "hint", "fault": "FAULT"},
    "zh": {"ok": "正常", "hint": "提示", "fault": "故障"},
}
SUMMARY = {
    "en": "{fault} fault(s), {hint} hint(s); {ok} thing(s) in order.",
    "zh": "故障 {fault} 项，提示 {hint} 项，正常 {ok} 项。",
}
TOPICS = {
    "program": {"en": "Program", "zh": "程序"},
    "package": {"en": "Packages", "zh": "依赖包"},
    "extra": {"en": "Optional parts", "zh": "可选部分"},
    "tables": {"en": "Tables", "zh": "数据表"},
    "home": {"en": "Home", "zh": "数据目录"},
    "lock": {"en": "Home", "zh": "数据目录"},
    "snapshot": {"en": "Home", "zh": "数据目录"},
    "left": {"en": "Home", "zh": "数据目录"},
    "import": {"en": "Imports", "zh": "导入"},
    "page": {"en": "Page", "zh": "页面"},
    "browser": {"en": "Page", "zh": "页面"},
    "fonts": {"en": "Page", "zh": "页面"},
    "java": {"en": "Spark", "zh": "Spark"},
    "encoding": {"en": "Terminal", "zh": "终端"},
}
"""By the first word of a finding's name."""

_ANEW = ("Install exograph again.", "请重新安装 exograph。")
_INSTALL = ("pip install '{wanted}'", "pip install '{wanted}'")
_EXTRA = ("pip install 'exograph[{name}]'", "pip install 'exograph[{name}]'")
_LIBRARIES = (
    "Take a wheel that was built where npm is; in a checkout, install npm and run "
    "`python hatch_build.py`.",
    "请使用在装有 npm 处构建的 wheel；若是源码目录，请安装 npm 并运行 `python hatch_build.py`。",
)
_OTHER_HOME = (
    "Name another one with --home or EXOGRAPH_HOME.",
    "请用 --home 或 EXOGRAPH_HOME 指定另一目录。",
)
_NONE = ("", "")

_WORDS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "program.version": (
        (
            "exograph {version}, Python {python}, SQLite {sqlite}; in {path}",
            "exograph {version}，Python {python}，SQLite {sqlite}；位于 {path}",
        ),
        _NONE,
    ),
    "program.not_installed": (
        (
            "exograph runs without being installed, so its packages cannot be looked at.",
            "exograph 未经安装而运行，无法检查其依赖包。",
        ),
        ("pip install . in its folder.", "请在其目录中运行 pip install .。"),
    ),
    "program.of_two_versions": (
        (
            "exograph {version} runs, {other} is installed.",
            "运行的是 {version}，安装的是 {other}。",
        ),
        _ANEW,
    ),
    "program.python_untried": (
        (
            "exograph was tried with Python {tried}, not with {python}.",
            "exograph 在 Python {tried} 上测试过，未在 {python} 上测试。",
        ),
        (
            "It may well work; if it does not, use one of those.",
            "可能仍可使用；若有问题，请改用上述版本。",
        ),
    ),
    "program.changed": (
        (
            "{number} file(s) of exograph are not as they were installed: {files}.",
            "exograph 有 {number} 个文件与安装时不同：{files}。",
        ),
        _ANEW,
    ),
    "package.all": (
        ("All are there, in versions that will do: {packages}", "全部可用，版本合适：{packages}"),
        _NONE,
    ),
    "package.missing": (("{name} is not there.", "缺少 {name}。"), _INSTALL),
    "package.other_version": (
        ("{name} is {version}; {wanted} is needed.", "{name} 的版本是 {version}；需要 {wanted}。"),
        _INSTALL,
    ),
    "package.broken": (
        ("{name} is there and cannot be imported: {why}.", "{name} 已安装，但无法导入：{why}。"),
        (
            "pip install --force-reinstall '{name}'",
            "pip install --force-reinstall '{name}'",
        ),
    ),
    "extra.there": (("[{name}]: {gives}", "[{name}]：{gives}"), _NONE),
    "extra.absent": (
        ("[{name}] is not installed: {gives} ({lacking})", "未安装 [{name}]：{gives}（{lacking}）"),
        _EXTRA,
    ),
    "extra.other_version": (
        (
            "[{name}] is there in another version than {lacking}: {gives}",
            "[{name}] 的版本不符合 {lacking}：{gives}",
        ),
        _EXTRA,
    ),
    "tables.there": (("{sources} in {path}", "{sources}，位于 {path}"), _NONE),
    "tables.ontology": (
        ("The ontology in {path} lacks {files}.", "{path} 中的本体缺少 {files}。"),
        _ANEW,
    ),
    "tables.no_texts": (
        (
            "{path}, where texts are to prove quotes, is no folder.",
            "用于核对引文的 {path} 不是目录。",
        ),
        ("Mend --texts or EXOGRAPH_TEXTS.", "请更正 --texts 或 EXOGRAPH_TEXTS。"),
    ),
    "home.there": (("{path} can be written.", "{path} 可写。"), _NONE),
    "home.none": (
        (
            "{path} is not there yet; the first command that needs it makes it.",
            "{path} 尚不存在；首个需要它的命令会创建它。",
        ),
        _NONE,
    ),
    "home.no_folder": (("{path} is no folder.", "{path} 不是目录。"), _OTHER_HOME),
    "home.unwritable": (
        (
            "{path} cannot be written: what must be built goes to a temporary folder, and nothing "
            "can be imported.",
            "{path} 不可写：需要构建的内容将写入临时目录，并且无法导入。",
        ),
        _OTHER_HOME,
    ),
    "home.room": (("{size} are free there.", "该处剩余空间 {size}。"), _NONE),
    "home.little_room": (
        (
            "Only {size} are free there; a build may not fit.",
            "该处仅剩 {size}，可能不足以完成构建。",
        ),
        (f"Make room there. {_OTHER_HOME[0]}", f"请清理空间。{_OTHER_HOME[1]}"),
    ),
    "lock.unusable": (
        ("{path} is no lock that can be read: {why}.", "{path} 不是可读的锁文件：{why}。"),
        ("The next build takes it away.", "下次构建会将其移开。"),
    ),
    "lock.held": (
        (
            "The process {process} is building there now.",
            "进程 {process} 正在该处构建。",
        ),
        ("Look again when it is done.", "请在其完成后再检查。"),
    ),
    "snapshot.none": (
        (
            "There is no snapshot yet; the first command that needs one builds it.",
            "尚无快照；首个需要它的命令会构建它。",
        ),
        _NONE,
    ),
    "snapshot.used": (
        (
            "The snapshot in use is whole and made from these tables: {sources}; {size}, built by "
            "{version}, in {path}",
            "使用中的快照完好，且与数据表一致：{sources}；{size}，由 {version} 构建，位于 {path}",
        ),
        _NONE,
    ),
    "snapshot.stale": (
        (
            "The tables, the imports or exograph have changed since the snapshot in use was made: "
            "{sources}; {size}, built by {version}, in {path}",
            "使用中的快照构建之后，数据表、导入或程序有变化："
            "{sources}；{size}，由 {version} 构建，位于 {path}",
        ),
        (
            "The next command builds a new one; so does `exograph build`.",
            "下一条命令会重新构建，也可运行 `exograph build`。",
        ),
    ),
    "snapshot.unusable": (
        ("{why}.", "使用中的快照已损坏：{why}。"),
        (
            "Run `exograph build`. It makes a new one; nothing is lost but time.",
            "请运行 `exograph build` 重新构建；除时间外没有损失。",
        ),
    ),
    "snapshot.former": (
        ("A former snapshot: {size}, in {path}", "以前的快照：{size}，位于 {path}"),
        _NONE,
    ),
    "snapshot.spoilt": (
        ("What is no snapshot in use: {why}.", "未使用的快照已损坏：{why}。"),
        ("The next build takes it away.", "下次构建会将其删除。"),
    ),
    "left.by_builder": (
        (
            "A build that was ended left {path} ({size}).",
            "中断的构建留下了 {path}（{size}）。",
        ),
        ("The next build takes it away.", "下次构建会将其删除。"),
    ),
    "left.aside": (
        (
            "{path} ({size}) was put aside, and nothing reads it.",
            "{path}（{size}）是被移开的内容，不再使用。",
        ),
        ("Delete it, if nothing of yours is in it.", "若其中没有您的内容，请删除。"),
    ),
    "left.by_import": (
        ("No import names {path} ({size}).", "没有导入使用 {path}（{size}）。"),
        ("The next import takes it away.", "下次导入会将其删除。"),
    ),
    "import.there": (
        (
            "{name}: {statements} statements, {size}",
            "{name}：{statements} 条陈述，{size}",
        ),
        _NONE,
    ),
    "import.damaged": (
        (
            "The import {name} in {path} is damaged: {why}.",
            "{path} 中的导入 {name} 已损坏：{why}。",
        ),
        (
            "`exograph import --remove {name}`, and take it in again.",
            "请运行 `exograph import --remove {name}`，然后重新导入。",
        ),
    ),
    "page.whole": (
        (
            "The page has its libraries: it draws, and answers SPARQL by itself.",
            "页面自带所需的库：可绘图，并能自行回答 SPARQL。",
        ),
        _NONE,
    ),
    "page.no_editor": (
        (
            "The page has no SPARQL editor that completes and colours; it has a plain field.",
            "页面没有带补全与着色的 SPARQL 编辑器，仅有普通输入框。",
        ),
        _LIBRARIES,
    ),
    "page.no_engine": (
        (
            "The page that `exograph view` writes cannot answer SPARQL by itself; that of "
            "`exograph serve` can.",
            "`exograph view` 写出的页面无法自行回答 SPARQL；`exograph serve` 的页面可以。",
        ),
        _LIBRARIES,
    ),
    "page.of_pyvis": (
        (
            "The page draws with an older vis-network, that of pyvis.",
            "页面使用 pyvis 自带的较旧 vis-network 绘图。",
        ),
        _LIBRARIES,
    ),
    "browser.there": (
        ("--open has a browser: {name}", "--open 可用的浏览器：{name}"),
        _NONE,
    ),
    "browser.none": (
        ("--open finds no browser here.", "--open 在此找不到浏览器。"),
        (
            "Open the page or the address yourself, or name a browser in BROWSER.",
            "请自行打开页面或地址，或在 BROWSER 中指定浏览器。",
        ),
    ),
    "fonts.there": (
        ("Fonts with Chinese: {families} …", "含中文的字体：{families} …"),
        _NONE,
    ),
    "fonts.none": (
        (
            "No font with Chinese is installed: labels in a browser here may show as boxes.",
            "未安装中文字体：此处浏览器中的标签可能显示为方框。",
        ),
        (
            "Install one (Debian: `apt install fonts-wqy-microhei`).",
            "请安装中文字体（Debian：`apt install fonts-wqy-microhei`）。",
        ),
    ),
    "java.there": (("Java {version} for `exograph mine`: {path}", "Java {version}：{path}"), _NONE),
    "java.none": (
        ("Spark is there and Java is not.", "已有 Spark，但没有 Java。"),
        (
            "Install Java 17 or newer, and set JAVA_HOME if it is in no usual place.",
            "请安装 Java 17 或更新版本；若位置特殊，请设置 JAVA_HOME。",
        ),
    ),
    "java.old": (
        ("{path} is Java {version}; Spark needs 17.", "{path} 是 Java {version}；Spark 需要 17。"),
        ("Install Java 17 or newer.", "请安装 Java 17 或更新版本。"),
    ),
    "encoding.utf_8": (
        ("Locale and file names are in UTF-8.", "区域设置与文件名使用 UTF-8。"),
        _NONE,
    ),
    "encoding.other": (
        (
            "The locale is {locale}, file names are {files}: exograph writes UTF-8, so Chinese and "
            "arrows may look wrong here.",
            "区域设置为 {locale}，文件名为 {files}：exograph 输出 UTF-8，中文和箭头可能显示错误。",
        ),
        ("Set a locale such as LANG=C.UTF-8.", "请设置 UTF-8 区域，例如 LANG=C.UTF-8。"),
    ),
    "failed": (
        ("This could not be looked at: {why}.", "无法检查：{why}。"),
        (
            "Mend what it names; if that is nothing of yours, report it.",
            "请修复所指出的问题；若与您的文件无关，请报告。",
        ),
    ),
}

_GIVES = {
    "spark": ("`exograph mine`, all routes at once on Apache Spark", "`exograph mine`（Spark）"),
    "mcp": ("`exograph mcp`, the graph for an assistant", "`exograph mcp`，供智能助手使用"),
    "notebooks": ("what the notebooks are run with", "运行笔记本所需"),
    "docs": ("what the site of the documents is built with", "构建文档网站所需"),
    "dev": ("what `make test` needs", "`make test` 所需"),
    "bench": ("what `make bench` needs", "`make bench` 所需"),
}


def told(finding: Finding, lang: str) -> tuple[str, str]:
    """What is said of a finding, and how to mend it (empty where there is nothing to mend)."""
    name = finding.name
    if name.endswith(".failed"):
        name = "failed"
    at = 0 if lang == "en" else 1
    values = {key: _shown(value, lang) for key, value in finding.about.items()}
    if "bytes" in finding.about:
        values["size"] = _size(finding.about["bytes"])
    if name.startswith("extra."):
        values["gives"] = _GIVES.get(values["name"], ("?", "?"))[at]
    text, cure = _WORDS[name]
    return text[at].format(**values), values.get("cure") or cure[at].format(**values)


def _shown(value: Any, lang: str) -> str:
    comma = "、" if lang == "zh" else ", "
    if isinstance(value, dict):
        return comma.join(f"{name} {each}" for name, each in value.items())
    if isinstance(value, list):
        return comma.join(map(str, value)) or "–"
    return f"{value:,}" if isinstance(value, int) and abs(value) > 9999 else str(value)


def _size(number: int) -> str:
    """Bytes for people: in units of a thousand, as disks are sold.

    >>> _size(740), _size(1_640_000), _size(27_300_000_000)
    ('740 bytes', '1.6 MB', '27.3 GB')
    """
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 1000)):
        if number >= least:
            return f"{number / least:.1f} {unit}"
    return f"{number} bytes"

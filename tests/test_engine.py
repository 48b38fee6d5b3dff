"""Engine: profiles and configuration decide severities; what fails is an error of its file and of no other."""

from datetime import date

import pytest

from copycheck import checks, ruleset
from copycheck.article import Article
from copycheck.checks import Result, Site
from copycheck.engine import Engine, Item, Settings
from copycheck.findings import Severity
from copycheck.settings import configured_profile
from copycheck.source import Source, Span
from tests.rulekit import load_pipeline

SELLS = "Call us today at (555) 201-3344 to book now. Our dental clinic says: a bad word.\n"
TELLS = "The heart has four chambers. A bad word.\n"
INFORMS = (
    "Reviewed by Ann Lee, MD. Studies say so [1]. Sources: NIH, CDC. "
    + "The heart has four chambers that fill and empty. " * 40
    + "A bad word.\n"
)


def severities(report):
    return [(finding.rule, finding.severity.name) for finding in report.findings]


def test_a_set_profile_switches_a_rule_off_and_says_so(rule_folder, check):
    rule_folder("language/bad", "bad word", more="applies: {vertical: [dental]}")
    report = check(SELLS, Settings(vertical="hospital"))
    assert report.findings == ()
    assert any("language/bad" in notice.message and notice.rule == "copycheck/off" for notice in report.notices)


def test_a_guessed_profile_lowers_and_never_switches_off(rule_folder, check):
    rule_folder("language/bad", "bad word", more="applies: {promotional: true}")
    assert severities(check(SELLS)) == [("language/bad", "warning")]
    assert check(INFORMS).profile.stance == "editorial"
    assert severities(check(INFORMS)) == [("language/bad", "info")]


def test_the_profile_comes_with_its_signals(rule_folder, check):
    report = check(SELLS)
    assert report.profile.promotional and report.profile.stance == "promotional" and report.profile.signals
    assert report.profile.guessed == {"vertical", "promotional", "page"}
    assert check(SELLS, Settings(vertical="dental", promotional=False, page="landing")).profile.signals == ()


def test_an_unclear_page_is_taken_by_the_preset(rule_folder, check):
    text = "The heart has four chambers.\n"
    clinic, publisher = (check(text, Settings(preset=preset)).profile for preset in ("clinic", "publisher"))
    assert clinic.stance == publisher.stance == "unclear"
    assert clinic.promotional and not publisher.promotional
    assert not check(text, Settings(promotional=False)).profile.promotional


def test_severity_by_rule_goes_before_family(rule_folder, check):
    rule_folder("language/bad", "bad word")
    assert severities(check(TELLS, Settings(severity={"language": "error"}))) == [("language/bad", "error")]
    assert severities(check(TELLS, Settings(severity={"language": "off", "language/bad": "info"}))) == [("language/bad", "info")]
    assert severities(check(TELLS, Settings(severity={"language": "off"}))) == []


def test_select_and_ignore(rule_folder, check):
    rule_folder("language/bad", "bad word")
    rule_folder("content/four", "four chambers")
    assert severities(check(TELLS, Settings(select=frozenset({"content"})))) == [("content/four", "warning")]
    assert severities(check(TELLS, Settings(ignore=frozenset({"content/four"})))) == [("language/bad", "warning")]


def test_preset_publisher(rule_folder, check):
    rule_folder("language/bad", "bad word", "info", more="publisher: warning")
    assert severities(check(TELLS)) == [("language/bad", "info")]
    assert severities(check(TELLS, Settings(preset="publisher"))) == [("language/bad", "warning")]


def test_one_finding_of_a_family_on_a_span(rule_folder, check):
    rule_folder("language/bad", "bad word")
    rule_folder("language/worse", "bad word", "error")
    rule_folder("content/same", "bad word")
    assert severities(check(TELLS)) == [("content/same", "warning"), ("language/worse", "error")]


def test_front_matter_settings(rule_folder, check):
    rule_folder("language/bad", "bad word", more="applies: {vertical: [dental]}")
    report = check("---\ncopycheck: {vertical: dental, promotional: true, carries: [advice]}\n---\n\nA bad word.\n")
    assert (report.profile.vertical, severities(report)) == ("dental", [("language/bad", "warning")])


@pytest.mark.parametrize(
    ("value", "said"),
    [("{vertical: zoo}", "must be one of"), ("{verticals: dental}", "unknown key `verticals`"), ("yes", "must be a mapping")]
    + [(f"{{promotional: {value}}}", "must be one of") for value in ("1", "0", "1.0", "maybe", "[true]", "{a: b}")]
    + [(f"{{carries: {value}}}", "must be a list of some of") for value in ("advice", "[nonsense]", "[[advice]]", "[5]", "{a: b}")],
)
def test_bad_front_matter_settings_fail_closed(check, value, said):
    report = check(f"---\ncopycheck: {value}\n---\n\nText.\n")
    assert report.error is not None and said in report.error


def test_a_page_may_lower_its_warnings_but_no_error(rule_folder, check):
    rule_folder("language/worse", "worse word", "error", more="applies: {promotional: true, vertical: [dental]}")
    rule_folder("language/bad", "bad word", more="applies: {promotional: true}")
    copy = "A bad word. A worse word. Our dentist offers teeth whitening. Call today to book.\n"
    sells = Settings(promotional=True, vertical="dental")
    assert severities(check(copy, sells)) == [("language/bad", "warning"), ("language/worse", "error")]
    for own in ("promotional: false", "vertical: other, promotional: false"):
        report = check(f"---\ncopycheck: {{{own}}}\n---\n\n{copy}", sells)
        assert severities(report) == [("language/worse", "error")]
        assert any("would lower an error of language/worse" in notice.message for notice in report.notices)
    report = check(copy, Settings(promotional=False))
    assert severities(report) == [] and not any("would lower" in notice.message for notice in report.notices)


def test_broken_front_matter_does_not_stop_the_body(rule_folder, check):
    rule_folder("language/bad", "bad word")
    report = check("---\ntitle: [x\n---\n\nA bad word.\n")
    assert severities(report) == [("language/bad", "warning")]
    assert report.error is not None and "the text below it was checked" in report.error


class _Broken:
    def check(self, article, site):
        if "boom" in article.document.source.text:
            raise RuntimeError("boom")
        return Result(metrics={"words": 1.0})


def test_a_check_that_raises_is_an_error_of_its_file_only(rule_folder, monkeypatch):
    monkeypatch.setattr("copycheck.engine.compile_rules", lambda *_: {"pattern": _Broken()})
    engine = Engine(ruleset.load([rule_folder("language/bad", "bad word")]), load_pipeline)
    texts = {"a.md": "boom\n", "b.md": "fine\n"}
    reports = list(engine.run([Item(path, Source(path, text), Settings()) for path, text in texts.items()]))
    assert "internal error, please report it" in (reports[0].error or "")
    assert reports[1].error is None and reports[1].metrics == {"words": 1.0}


def test_a_slow_expression_fails_its_file(rule_folder, check, monkeypatch):
    rule_folder("content/slow", "bad word", more="regex: ['(?:x|xx|x?x)+y']")
    monkeypatch.setattr("copycheck.ruleset.expressions.TIMEOUT", 1e-9)
    report = check("A word and " + "x" * 200 + " xx" * 20_000 + "\n")
    assert report.error is not None and "the pattern check failed: the expression" in report.error
    assert "of content/slow took more than" in report.error


def test_unreadable_items_keep_their_place(rule_folder):
    engine = Engine(ruleset.load([rule_folder("language/bad", "bad word")]), load_pipeline)
    items = [
        Item("a.md", None, Settings(), "it is a folder"),
        Item("b.md", Source("b.md", "A bad word."), Settings()),
        Item("c.md", None, Settings()),
    ]
    reports = list(engine.run(items))
    assert [report.error for report in reports] == ["it is a folder", None, "it could not be read"]
    assert severities(reports[1]) == [("language/bad", "warning")]


def test_many_files_come_back_in_order(rule_folder, monkeypatch):
    engine = Engine(ruleset.load([rule_folder("language/bad", "bad word")]), load_pipeline)
    names = [f"{number}.md" for number in range(5)]
    monkeypatch.setattr("copycheck.engine.BATCH", 1_000)
    reports = engine.run(Item(name, Source(name, "A bad word. " * 50), Settings()) for name in names)
    assert [report.path for report in reports] == names


def test_foreign_pages_are_told(check):
    report = check("Our NHS dentists charge £50. Call us on +44 20 7946 0000 today.\n")
    (said,) = (notice.message for notice in report.notices if notice.rule == "copycheck/jurisdiction")
    assert "(uk); only US rules ran" in said and "--jurisdiction uk" in said


def test_the_profile_before_any_copy_is_read():
    profile = configured_profile(Settings(vertical="dental"))
    assert profile.vertical == "dental" and profile.guessed == {"promotional", "page"}


def test_missing_and_finding_helpers(rule_folder):
    rule = ruleset.load([rule_folder("language/bad", "bad word")]).rules[0]
    missing = checks.missing(rule)
    assert missing.span == Span(0, 0) and missing.severity is Severity.warning
    assert Site(today=date(2026, 1, 1)).today == date(2026, 1, 1)


def test_a_reader_that_raises_is_an_error_of_its_file_only(rule_folder, monkeypatch):
    import copycheck.engine

    real = copycheck.engine.read
    monkeypatch.setattr(copycheck.engine, "read", lambda source, format: real(source, format) if source.path == "b.md" else 1 / 0)
    engine = Engine(ruleset.load([rule_folder("language/bad", "bad word")]), load_pipeline)
    reports = list(engine.run([Item(name, Source(name, "A bad word."), Settings()) for name in ("a.md", "b.md")]))
    assert "internal error, please report it" in (reports[0].error or "")
    assert severities(reports[1]) == [("language/bad", "warning")]


def test_the_pipeline_is_loaded_once_for_all_batches(monkeypatch, rule_folder):
    monkeypatch.setattr("copycheck.engine.BATCH", 10)
    loaded = []
    engine = Engine(ruleset.load([rule_folder("language/heal", "heal")]), lambda components: loaded.append(components) or load_pipeline())
    items = [Item(f"{n}.md", Source(f"{n}.md", "We heal pain and rest.\n"), Settings()) for n in range(3)]
    assert [severities(report) for report in engine.run(items)] == [[("language/heal", "warning")]] * 3
    assert loaded == [frozenset()]


def test_the_pipeline_is_loaded_with_what_rules_need(rule_folder):
    loaded = []
    more = "with: [[{LOWER: we, DEP: nsubj}]]"
    engine = Engine(
        ruleset.load([rule_folder("language/heal", "heal", more=more)]),
        lambda components: loaded.append(components) or load_pipeline(components),
    )
    texts = {"a.md": "We heal pain.\n", "b.md": "It heals us.\n"}
    reports = list(engine.run(Item(name, Source(name, text), Settings()) for name, text in texts.items()))
    assert loaded == [frozenset({"parser"})]
    assert [severities(report) for report in reports] == [[("language/heal", "warning")], []]


def test_nothing_to_read_loads_nothing(rule_folder):
    engine = Engine(ruleset.load([rule_folder("language/heal", "heal")]), lambda components: pytest.fail("not wanted"))
    assert list(engine.run([])) == []
    (report,) = engine.run([Item("a.md", None, Settings())])
    assert report.error


def test_an_item_can_be_parsed_without_a_check(rule_folder):
    engine = Engine(ruleset.load([rule_folder("language/heal", "heal")]), load_pipeline)
    article = engine.parsed(Item("a.md", Source("a.md", "We heal.\n"), Settings()))
    assert isinstance(article, Article) and [sentence.text for sentence in article.sentences] == ["We heal."]
    assert engine.parsed(Item("a.md", None, Settings(), "gone")) == "gone"

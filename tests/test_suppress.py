"""Directives: what they cover, that errors need a reason and a name, and that nothing is silenced unseen."""

from datetime import date

import pytest

from copycheck.checks import Site
from copycheck.settings import Settings
from copycheck.suppress import person, until


@pytest.fixture
def found(rule_folder, check):
    rule_folder("language/bad", "bad word")
    rule_folder("language/worse", "worse word", "error")

    def run(text, path="article.md"):
        report = check(text, path=path)
        return [f.excerpt for f in report.findings], [s.finding.excerpt for s in report.suppressed], [n.message for n in report.notices]

    return run


def test_without_directives(found):
    assert found("A bad word. A worse word.\n") == (["bad word", "worse word"], [], [])


def test_ignore_covers_the_next_block_only(found):
    text = "<!-- copycheck: ignore language/bad -->\n\nA bad word here.\n\nA bad word there.\n"
    assert found(text) == (["bad word"], ["bad word"], [])


def test_ignore_covers_a_whole_list(found):
    text = "<!-- copycheck: ignore language -->\n\n- a bad word\n- a bad word again\n\nThen a bad word.\n"
    findings, suppressed, _ = found(text)
    assert len(findings) == 1 and len(suppressed) == 2


def test_off_and_on(found):
    text = "A bad word.\n\n<!-- copycheck: off language/bad -->\n\nA bad word.\n\n<!-- copycheck: on -->\n\nA bad word.\n"
    findings, suppressed, notices = found(text)
    assert (len(findings), len(suppressed), notices) == (2, 1, [])


def test_ignore_file_and_all_rules(found):
    assert found("<!-- copycheck: ignore-file -->\n\nA bad word. Another bad word.\n")[0] == []


def test_an_error_needs_a_reason_and_a_name(found):
    bare = found("<!-- copycheck: ignore language/worse -->\n\nA worse word.\n")
    assert bare[0] == ["worse word"] and "only with a reason and a name" in bare[2][0]
    vague = found("<!-- copycheck: ignore language/worse: it is fine -->\n\nA worse word.\n")
    assert vague[0] == ["worse word"]
    named = found("<!-- copycheck: ignore language/worse: confirmed by J. Doe, 2026-02 -->\n\nA worse word.\n")
    assert named == ([], ["worse word"], [])


def test_reason_is_kept(rule_folder, check):
    rule_folder("language/bad", "bad word")
    report = check("<!-- copycheck: ignore language/bad: a quotation of the law: see there -->\n\nA bad word.\n")
    assert report.suppressed[0].reason == "a quotation of the law: see there"


@pytest.mark.parametrize(
    ("directive", "said"),
    [
        ("ignore language/none", "there is no rule `language/none`"),
        ("ignore language/bad", "`ignore language/bad` silences nothing; take it out."),
        ("silence language/bad", "not understood"),
        ("off language/worse", "silences nothing"),
    ],
)
def test_bad_directives_are_told_with_their_line(found, directive, said):
    _, _, notices = found(f"First.\n\n<!-- copycheck: {directive} -->\n\nGood words.\n")
    assert any(said in notice and notice.startswith("Line 3:") for notice in notices)


def test_mdx_and_front_matter(found):
    assert found("{/* copycheck: ignore language/bad */}\n\nA bad word.\n", "a.mdx")[:2] == ([], ["bad word"])
    front = (
        "---\ncopycheck: {ignore: [language/bad, {rule: language/worse, reason: agreed with J. Doe}]}\n---\n\nA bad word, a worse word.\n"
    )
    assert found(front) == ([], ["bad word", "worse word"], [])
    inline = "---\ncopycheck:\n  ignore: ['language/worse: agreed with J. Doe']\n---\n\nA worse word.\n"
    assert found(inline)[0] == []


def test_html(found):
    assert found("<p>Good.</p><!-- copycheck: ignore language/bad --><p>A bad word.</p>", "a.html")[:2] == ([], ["bad word"])


def test_code_holds_no_directive(found):
    for text in (
        "Text:\n\n    <!-- copycheck: off language/bad -->\n\nA bad word.\n",
        "```\n<!-- copycheck: off language/bad -->\n```\n\nA bad word.\n",
        "Write `<!-- copycheck: off language/bad -->`.\n\nA bad word.\n",
    ):
        assert found(text)[:2] == (["bad word"], [])


def test_a_comment_that_is_never_closed_silences_nothing_and_is_told(found):
    findings, suppressed, notices = found("A bad word.\n\n<!-- copycheck: ignore-file: J. Doe\n\nA bad word.\n")
    assert findings == ["bad word"] and suppressed == []
    assert notices == ["Line 3: this comment is never closed: readers see nothing of what follows, and it was not checked."]
    assert found("<!-- A bad word.\n")[2] == [notices[0].replace("Line 3", "Line 1")]
    assert found("<!-->A bad word.\n", "a.html")[2] == []


def test_a_page_has_so_many_directives_and_no_more(found):
    findings, suppressed, notices = found(
        "<!-- copycheck: ignore language/bad -->\n\nA bad word.\n\n" * 499
        + "<!-- copycheck: off language/bad -->\n\nA bad word.\n\n<!-- copycheck: ignore language/bad -->\n\nA bad word.\n"
    )
    assert len(suppressed) == 500 and findings == ["bad word"]
    assert "no more than 500 directives" in notices[0]


@pytest.mark.parametrize("blanks", [" " * 20_000, "\n" * 20_000, " : " * 9_000])
def test_a_directive_is_read_in_one_pass(found, blanks):
    """Its expressions are held to that by test_expressions; this one is about what surrounds them."""
    assert found(f"<!-- copycheck: ignore language/bad{blanks}x -->\n\nA bad word.\n", "a.html")[0] in ([], ["bad word"])


def test_liquid_comments(found):
    text = "{% comment %} copycheck: ignore language/bad {% endcomment %}\n\nA bad word.\n"
    assert found(text) == ([], ["bad word"], [])
    assert found("{% comment " + "%} {% " * 3_000 + "endcomment\n\nA bad word.\n")[1] == []


def test_a_reason_in_front_matter_is_text(found):
    text = "---\ncopycheck:\n  ignore:\n    - rule: language/worse\n      reason: {}\n---\n\nA worse word.\n"
    assert found(text.format("[by J. Doe]"))[0] == found(text.format("{by: J. Doe}"))[0] == ["worse word"]
    assert found(text.format("as agreed by J. Doe"))[0] == []


@pytest.mark.parametrize(
    ("reason", "who"),
    [
        ("figure confirmed by J. Doe, medical reviewer, 2026-02", "J. Doe"),
        ("dated by the layout, A. Lee", "A. Lee"),
        ("agreed with Dr. Maria van Alba", "Dr. Maria"),
        ("cleared by the medical reviewer", "medical reviewer"),
        ("ask @dana-lee", "@dana-lee"),
        ("Jo O’Neil-Smith: a quotation", "Jo O’Neil-Smith"),
        ("the FDA allows it", ""),
        ("allowed by law", ""),
        ("cleared by FDA, 2026", ""),
        ("It is fine", ""),
        ("The dose is right, This is known", ""),
        ("figure confirmed by Jürgen Müller", "Jürgen Müller"),
        ("seen by Åsa Berg, 2026-02", "Åsa Berg"),
        ("a quotation, Émile Roy", "Émile Roy"),
        ("Approved, J. Doe", "J. Doe"),
        ("Intentional", ""),
        ("Ok, Thanks", ""),
        ("house style: Chicago", ""),
        ("", ""),
    ],
)
def test_a_name_is_that_of_a_person(reason, who):
    assert person(reason) == who


def test_of_a_list_of_approvers_one_must_be_named():
    approvers = ("J. Doe", "QA")
    assert person("figure confirmed by j. doe", approvers) == "J. Doe" and person("seen, QA", approvers) == "QA"
    assert person("confirmed by A. Lee", approvers) == person("AQA", approvers) == person("J. Doering", approvers) == ""
    assert until("by J. Doe, until 2027-06-30, then again") == "2027-06-30" and until("until the study is out") == ""


def _on(check, rule_folder, directive, **settings):
    rule_folder("language/bad", "bad word")
    rule_folder("language/worse", "worse word", "error")
    text = f"<!-- copycheck: ignore language: {directive} -->\n\nA bad word and a worse word.\n"
    site = Site(today=settings.pop("today", date(2026, 11, 1)))
    report = check(text, Settings(site=site, **settings))
    notices = [notice.message for notice in report.notices if notice.rule in ("copycheck/directive", "copycheck/lapsed")]
    return *([one.excerpt for one in found] for found in (report.findings, [s.finding for s in report.lapsed])), notices


@pytest.mark.parametrize(
    ("directive", "today", "holds"),
    [
        ("a quotation, J. Doe, until 2026-11-01", date(2026, 11, 1), True),
        ("a quotation, J. Doe, until 2026-10-31", date(2026, 11, 1), False),
        ("a quotation, J. Doe, until 2026-13-01", date(2026, 11, 1), False),
        ("a quotation, J. Doe, until 2027", date(2026, 11, 1), False),
        ("a quotation, J. Doe. Until 2026-10-31", date(2026, 11, 1), False),
        ("a quotation, J. Doe, until: 2026-10-31", date(2026, 11, 1), False),
        ("a quotation, J. Doe, until June 30, 2027", date(2026, 11, 1), False),
        ("a quotation, J. Doe, until the trial ends", date(2026, 11, 1), True),
        ("a quotation, J. Doe, until 2030-01-01", None, False),
        ("a quotation, J. Doe", None, True),
    ],
)
def test_what_has_lapsed_counts_again(check, rule_folder, directive, today, holds):
    findings, lapsed, notices = _on(check, rule_folder, directive, today=today)
    assert findings == lapsed == ([] if holds else ["bad word", "worse word"])
    assert bool(notices) is not holds and all("Line 1: " in notice and "counts again" in notice for notice in notices)


def test_approvers_decide_who_may_accept_an_error(check, rule_folder):
    findings, _, notices = _on(check, rule_folder, "a quotation, A. Lee", approvers=("J. Doe",))
    assert findings == ["worse word"] and "with a reason and a name of J. Doe" in notices[0]
    assert _on(check, rule_folder, "a quotation, J. Doe", approvers=("J. Doe",)) == ([], [], [])


def test_under_a_locked_policy_everything_needs_a_name(check, rule_folder):
    findings, _, notices = _on(check, rule_folder, "it is a quotation", locked=True)
    assert findings == ["bad word", "worse word"] and "a finding is silenced only with a reason and a name" in notices[0]
    assert _on(check, rule_folder, "a quotation, J. Doe", locked=True) == ([], [], [])


@pytest.mark.parametrize("reason", ["reason, name, 2026-03-01", "reason, J. Doe, 2026-03-01"])
def test_a_directive_that_an_editor_wrote_silences_nothing_until_its_reason_is_written(found, reason):
    findings, suppressed, notices = found(f"<!-- copycheck: ignore language/bad: {reason} -->\n\nA bad word.\n")
    assert (findings, suppressed) == (["bad word"], [])
    assert notices == ["Line 1: the directive silences nothing until its `reason` is written out."]
    assert found("<!-- copycheck: ignore language/bad: reasonable here, J. Doe -->\n\nA bad word.\n")[0] == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.md", "```\n{}\n```"),
        ("a.md", "~~~ liquid\n{}\n~~~"),
        ("a.md", "Write `{}` above it."),
        ("a.md", "<pre>\n{}\n</pre>"),
        ("a.html", "<p><code>{}</code></p>"),
        ("a.html", "<script>let a = '{}'</script>"),
        ("a.html", "<PRE>{}"),
    ],
)
@pytest.mark.parametrize("comment", ["{{% comment %}}{}{{% endcomment %}}", "{{{{/* {} */}}}}", "{{{{!-- {} --}}}}", "<!-- {} -->"])
def test_code_of_any_form_holds_no_directive(found, path, code, comment):
    shown = code.format(comment.format("copycheck: ignore-file language: by J. Doe"))
    bad = "A bad word." if path == "a.md" else "<p>A bad word.</p>"
    assert found(f"{bad}\n\n{shown}\n", path)[:2] == (["bad word"], [])


@pytest.mark.parametrize("before", ["```\ncode\n```\n\n", "`code` here\n\n", "<pre>code</pre>\n\n", "A ` and a ``tick`.\n\n"])
def test_a_directive_after_code_holds(found, before):
    comment = "{% comment %}copycheck: ignore language/bad: fine{% endcomment %}"
    assert found(f"{before}{comment}\n\nA bad word.\n") == ([], ["bad word"], [])


def test_ignore_covers_the_lists_in_a_list_and_no_list_after_it(found):
    text = "<!-- copycheck: ignore language -->\n\n- a bad word\n  - a bad word\n    - a bad word\n\n1. a bad word\n"
    findings, suppressed, _ = found(text)
    assert (len(findings), len(suppressed)) == (1, 3)


def test_a_mistyped_verb_silences_nothing(found):
    findings, suppressed, notices = found("<!-- copycheck: ignore-next language/bad: by J. Doe -->\n\nA bad word.\n")
    assert (findings, suppressed) == (["bad word"], []) and "is not understood" in notices[0]

"""Builds: the action, the recipes of docs/ci.md, the workflows and the image, run as far as a machine without their services can."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import check_jsonschema
import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from copycheck import strictyaml
from tests import checkout, command

ROOT = checkout.ROOT
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
WARNED = "# Help\n\nTreatment for substance abuse.\n"
SILENCED = "# Help\n\n<!-- copycheck: ignore language/substance-abuse: a quotation, J. Doe -->\nTreatment for substance abuse.\n"
needs_shell = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("jq"), reason="the scripts are for bash and jq, as runners have them"
)


def read(path: Path) -> Any:
    return strictyaml.load(path.read_text("utf-8")).data


def recipe(heading: str, kind: str = "yaml") -> str:
    """The block below a heading of docs/ci.md."""
    text = (ROOT / "docs" / "ci.md").read_text("utf-8")
    found = re.search(rf"^## {heading}\n.*?^```{kind}\n(.*?)^```$", text, re.M | re.S)
    assert found, heading
    return found[1]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content repository with the command as programs find it."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "copycheck"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m copycheck "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "work" / "content").mkdir(parents=True)
    (tmp_path / "work" / ".copycheck.yaml").write_text("select: [language]\nvertical: addiction\npromotional: true\n", encoding="utf-8")
    (tmp_path / "work" / "content" / "warned.md").write_text(WARNED, encoding="utf-8")
    (tmp_path / "work" / "content" / "silenced page.md").write_text(SILENCED, encoding="utf-8")
    return tmp_path / "work"


def bash(script: str, cwd: Path, shell: tuple[str, ...] = ("bash", "--noprofile", "--norc", "-eo", "pipefail"), **variables: str) -> Any:
    """A script as a service runs it, by default as a step of GitHub Actions."""
    path = cwd.parent / "script"
    path.write_text(script, encoding="utf-8")
    strays = ("COVERAGE_", "COV_", "GIT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(strays)}
    environment |= {"PATH": f"{cwd.parent / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)} | variables
    return subprocess.run(
        [*shell, str(path)], cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False
    )


ACTION = read(ROOT / "action.yml")
STEPS = {step.get("name"): step for step in ACTION["runs"]["steps"]}


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-actions", [ROOT / "action.yml"]),
        ("vendor.github-workflows", [*WORKFLOWS, ROOT / "docs/worked/site/.github/workflows/copy.yml"]),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.dependabot", [ROOT / ".github" / "dependabot.yml"]),
        ("vendor.github-issue-config", [ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.citation-file-format", [ROOT / "CITATION.cff"]),
    ],
)
def test_files_of_services_are_valid(schema: str, paths: list[Path]) -> None:
    assert paths
    assert_valid(schema, *paths)


def assert_valid(schema: str, *paths: Path) -> None:
    done = CliRunner().invoke(check_jsonschema.main, ["--default-filetype", "yaml", "--builtin-schema", schema, *map(str, paths)])
    assert done.exit_code == 0 and "ok -- validation done" in done.output, done.output


def test_each_form_asks_for_what_becomes_an_example() -> None:
    asked = {path.stem: {field["id"] for field in read(path)["body"] if field.get("validations", {}).get("required")} for path in FORMS}
    assert asked.keys() == {"false-positive", "missed-finding", "rule-request"}
    assert all({"copy", "reason", "doctor"} <= asked[name] for name in ("false-positive", "missed-finding"))
    assert {"flag", "pass", "authority"} <= asked["rule-request"]


def test_the_tests_run_on_every_system_and_python() -> None:
    (matrix,) = [job["strategy"]["matrix"] for job in read(ROOT / ".github/workflows/tests.yml")["jobs"].values() if "strategy" in job]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == ["3.11", "3.12", "3.13"]


@pytest.mark.parametrize(("heading", "schema"), [("GitHub Actions", "vendor.github-workflows"), ("GitLab", "vendor.gitlab-ci")])
def test_recipes_are_valid(heading: str, schema: str, tmp_path: Path) -> None:
    (tmp_path / "recipe.yml").write_text(recipe(heading), encoding="utf-8")
    assert_valid(schema, tmp_path / "recipe.yml")


def test_nothing_that_others_write_is_taken_for_a_script() -> None:
    """`${{ … }}` in a script is text put into it before the shell reads it: titles, branches and inputs could bring commands."""
    steps = [*ACTION["runs"]["steps"], *(step for path in WORKFLOWS for job in read(path)["jobs"].values() for step in job["steps"])]
    assert len(steps) > 15
    assert not [step for step in steps if "${{" in step.get("run", "")]
    assert not [path.name for path in WORKFLOWS if "pull_request_target" in path.read_text("utf-8")]


def test_only_the_jobs_that_must_may_write() -> None:
    granted = {
        (path.stem, name): {right for right, level in (job.get("permissions") or {}).items() if level == "write"}
        for path in WORKFLOWS
        for name, job in read(path)["jobs"].items()
    }
    assert {job: rights for job, rights in granted.items() if rights} == {
        ("release", "publish"): {"id-token"},
        ("release", "announce"): {"contents"},
    }
    assert all("write" not in str(read(path)["permissions"]) for path in WORKFLOWS)


def check(content: Path, paths: str, options: str = "") -> tuple[dict[str, str], str, str, str]:
    """The outputs, summary, standard output and standard error of the action's step that checks."""
    outside = content.parent
    (outside / "copycheck").mkdir(exist_ok=True)
    (outside / "output").write_text("")
    (outside / "summary").write_text("")
    done = bash(
        STEPS["Check"]["run"],
        content,
        FOLDER=str(outside / "copycheck"),
        COPYCHECK=str(outside / "bin" / "copycheck"),
        PATHS=paths,
        OPTIONS=options,
        GITHUB_OUTPUT=str(outside / "output"),
        GITHUB_STEP_SUMMARY=str(outside / "summary"),
    )
    assert done.returncode == 0, done.stderr
    outputs = dict(line.split("=", 1) for line in (outside / "output").read_text().splitlines())
    return outputs, (outside / "summary").read_text("utf-8"), done.stdout, done.stderr


@needs_shell
def test_the_action_checks_annotates_and_leaves_reports(content: Path) -> None:
    outputs, summary, said, _ = check(content, "content/warned.md\ncontent/silenced page.md\n", "--fail-on=warning")
    assert outputs["exit-code"] == "1"
    assert "::warning file=content/warned.md,line=3" in said
    assert summary.startswith("<!-- copycheck -->") and "1 to decide" in summary
    results = json.loads(Path(outputs["sarif-file"]).read_text("utf-8"))["runs"][0]["results"]
    (result,) = results  # what was silenced is left out
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "content/warned.md"


@needs_shell
def test_the_action_takes_its_inputs_for_text(content: Path) -> None:
    outputs, _, said, _ = check(content, "$(touch made)\n`touch made`\n--version\n; touch made")
    assert outputs["exit-code"] == "2" and said.count("not checked") >= 3
    assert not (content / "made").exists()


@needs_shell
def test_the_action_tells_a_mistake_and_leaves_no_old_report(content: Path) -> None:
    outputs, *_ = check(content, "content")
    assert outputs["exit-code"] == "0" and "sarif-file" in outputs
    outputs, summary, _, said = check(content, "content", "--fail-on=sometimes")
    assert outputs == {"exit-code": "2"} and summary == "" and "sometimes" in said


@needs_shell
@pytest.mark.parametrize(
    ("known", "call"), [("", "--method POST repos/o/r/issues/7/comments"), ("11\n12\n", "--method PATCH repos/o/r/issues/comments/12")]
)
def test_the_action_keeps_one_comment(content: Path, known: str, call: str) -> None:
    """With a `gh` that notes what it is asked to do."""
    gh = content.parent / "bin" / "gh"
    gh.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> calls\ncase "$*" in *--paginate*) printf "{known}";; esac\n', encoding="utf-8")
    gh.chmod(0o755)
    places = {"COMMENTS": "repos/o/r/issues/7/comments", "EDITED": "repos/o/r/issues/comments", "BODY": "/tmp/a b.md"}
    done = bash(STEPS["Comment"]["run"], content, **places)
    assert done.returncode == 0, done.stderr
    asked, written = (content / "calls").read_text().splitlines()
    assert asked.startswith("api --paginate repos/o/r/issues/7/comments --jq .[]")
    assert written == f"api --silent {call} --field body=@/tmp/a b.md"


@needs_shell
def test_the_comment_is_found_again(content: Path) -> None:
    """By the expression that the action gives to `gh`, on comments of a robot and of a person who copied the mark."""
    expression = re.search(r"^own='(.*)'$", STEPS["Comment"]["run"], re.M)
    assert expression
    comments = [
        {"id": 1, "user": {"type": "User"}, "body": "<!-- copycheck --> mine"},
        {"id": 2, "user": {"type": "Bot"}, "body": "Coverage: 97 %"},
        {"id": 3, "user": {"type": "Bot"}, "body": command.run("--format", "markdown", str(content)).stdout},
    ]
    found = subprocess.run(["jq", expression[1]], input=json.dumps(comments), capture_output=True, text=True, check=True)
    assert found.stdout == "3\n"


@needs_shell
@pytest.mark.parametrize("code", ["0", "1", "2"])
def test_the_action_ends_as_the_command_did(content: Path, code: str) -> None:
    assert bash(STEPS["Result"]["run"], content, CODE=code).returncode == int(code)


@needs_shell
def test_the_recipe_clones_the_action_and_gives_it_what_it_takes(content: Path) -> None:
    (job,) = strictyaml.load(recipe("GitHub Actions")).data["jobs"].values()
    *_, clone, step = job["steps"]
    assert step["uses"] == "./.copycheck" and step["with"].keys() <= ACTION["inputs"].keys()
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    hooks = checkout.hooks(content.parent / "of the project", **who)
    commit = checkout.succeed("git", "rev-parse", "HEAD", cwd=hooks).strip()
    assert set(clone["env"]) == {"COPYCHECK", "COPYCHECK_REV"}
    assert bash(clone["run"], content, COPYCHECK=str(hooks), COPYCHECK_REV=commit).returncode == 0
    assert (content / ".copycheck" / ".pre-commit-hooks.yaml").exists()
    assert bash(clone["run"], content, COPYCHECK="", COPYCHECK_REV="").returncode != 0  # variables that nobody has set


@needs_shell
def test_the_gitlab_recipe_runs(content: Path) -> None:
    job = strictyaml.load(recipe("GitLab")).data["copycheck"]
    install, run = job["script"]
    words = shlex.split(install.replace("$COPYCHECK@$COPYCHECK_REV", "https://git.example.org/copycheck@abc"))
    asked, project = Requirement(words[-1]), tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert words[:3] == ["pip", "install", "--quiet"] and asked.url == "git+https://git.example.org/copycheck@abc"
    assert asked.name == project["name"] and asked.extras == {"word"} <= project["optional-dependencies"].keys()
    done = bash(run, content)
    assert done.returncode == 0 and "substance abuse" in done.stdout
    for name in job["artifacts"]["reports"].values():
        assert "content/warned.md" in (content / name).read_text("utf-8")


@needs_shell
def test_the_shell_recipe_gates_what_a_branch_changes(content: Path) -> None:
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    variables = {**who, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": str(content.parent / "none")}
    gate, shell = recipe("Any other service", "sh"), ("sh",)
    assert bash(gate, content, shell, **variables).returncode == 2  # no repository: nothing was checked

    def git(*arguments: str) -> None:
        checkout.succeed("git", *arguments, cwd=content, **variables)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "old")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    with (content / ".copycheck.yaml").open("a") as file:
        file.write("fail_on: warning\n")
    done = bash(gate, content, shell, **variables)
    assert done.returncode == 0, done.stdout + done.stderr  # what is old is known
    assert json.loads((content / "copycheck.json").read_text("utf-8"))["summary"]["known"] == 1
    (content / "content" / "new.md").write_text(WARNED, encoding="utf-8")
    done = bash(gate, content, shell, **variables)
    assert done.returncode == 1 and "There is copy to mend" in done.stderr and "content/new.md" in done.stdout
    (content / "content" / "new.md").write_bytes(b"\x00\x01\x02")
    done = bash(gate, content, shell, **variables)
    assert done.returncode == 2 and "could not be checked" in done.stderr


def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line and not line.startswith("#"))]


def test_the_image_copies_what_is_there_and_not_ignored() -> None:
    sources = [name for word, rest in instructions() if word == "COPY" and "--from" not in rest for name in rest.split()[:-1]]
    assert sources and all((ROOT / name).exists() for name in sources)
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert set(sources) == let_in


@pytest.mark.slow
def test_what_the_image_copies_is_enough_to_install(tmp_path: Path) -> None:
    """Its steps by hand: copy, build, put into a folder, run."""
    for word, rest in instructions():
        if word == "COPY" and "--from" not in rest:
            *sources, target = rest.split()
            for name in sources:
                place = tmp_path / "source" / target / ("" if (ROOT / name).is_dir() else name)
                place.parent.mkdir(parents=True, exist_ok=True)
                skip = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, place, ignore=skip) if (ROOT / name).is_dir() else shutil.copy2(ROOT / name, place)
    checkout.succeed(
        *(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index"),
        *("--target", tmp_path / "site", tmp_path / "source"),
        cwd=tmp_path,
    )
    done = checkout.run(sys.executable, "-m", "copycheck", "doctor", cwd=tmp_path, PYTHONPATH=str(tmp_path / "site"))
    assert done.returncode == 0 and "as they were installed" in done.stdout, done.stdout + done.stderr
    word, entry = instructions()[-1]
    assert word == "ENTRYPOINT" and json.loads(entry) == ["copycheck"]

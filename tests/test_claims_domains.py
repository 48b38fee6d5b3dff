from __future__ import annotations

import pytest

from copycheck.claims import domains
from copycheck.claims.data import read_yaml
from copycheck.claims.domains import weigh

OWN = frozenset({"brightsmile.co.uk"})


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://www.cdc.gov/arthritis/index.html", "cited"),
        ("https://digital.nhs.uk/data/obesity", "cited"),
        ("http://doi.org/10.1000/1", "cited"),
        ("//jamanetwork.com/journals/jama/1", "cited"),
        ("https://my.clevelandclinic.org/health/1", "cited"),
        ("https://med.stanford.edu/news/1", "cited"),
        ("https://someone.org/a/b", "cited"),
        ("www.cdc.gov/flu/index.htm", "cited"),
        ("https://en.wikipedia.org/wiki/Zinc", "weak"),
        ("https://www.facebook.com/a/posts/1", "weak"),
        ("https://www.facebook.com/CDC/posts/1", "cited"),
        ("https://cdc.gov", "weak"),
        ("https://www.cdc.gov/?", "weak"),
        ("https://www.bing.com/search?q=zinc", "weak"),
        ("https://someone.org/?s=zinc", "weak"),
        ("https://detoxcenter.com/a", "weak"),
        ("https://someone.org/shop/a", "weak"),
        ("https://someone.org/a?aff=3", "weak"),
        ("https://www.brightsmile.co.uk/a", "self"),
        ("https://news.brightsmile.co.uk/a", "self"),
        ("/a", "self"),
        ("a/b.html", "self"),
        ("../a", "self"),
        ("\ufffc/a", "self"),
        ("https://\ufffc/a", "self"),
        ("", "broken"),
        ("#", "broken"),
        ("https://example.org/a", "broken"),
        ("https://www.example.com/a", "broken"),
        ("http://[", "broken"),
        ("ftp://someone.org/a", "broken"),
        ("http://127.0.0.1:8000/a", "broken"),
        ("mailto:a@someone.org", "none"),
        ("tel:5551234", "none"),
        ("https://www.google.com/maps/place/1", "none"),
        ("https://calendly.com/jo/30min", "none"),
    ],
)
def test_an_address_is_weighed(url: str, status: str) -> None:
    worth = weigh(url, "a study", OWN)
    assert worth.status == status
    assert (worth.reason == "") == (status == "cited")


@pytest.mark.parametrize("anchor", ["Call us", "Book now", "» Shop", "Get started today", "contact our team"])
@pytest.mark.parametrize("url", ["", "/contact", "https://someone.org/a", "\ufffc"])
def test_an_invitation_is_no_source(anchor: str, url: str) -> None:
    assert weigh(url, anchor).status == "none"


def test_own_pages_that_serve_the_reader_are_no_source() -> None:
    own = frozenset({"calmharbor.in"})
    for url, anchor in (
        ("/contact/", "here"),
        ("https://calmharbor.in/book-online", "today"),
        ("https://calmharbor.in/care", "Schedule a visit"),
    ):
        assert weigh(url, anchor, own).status == "none", url
    assert weigh("/booklets/sleep", "sleep", own).status == "self"


def test_a_link_that_hides_where_it_leads_counts_little() -> None:
    for url in ("https://linktr.ee/clinic", "https://rebrand.ly/abc", "https://powder.com/recommends/root"):
        assert weigh(url).status == "weak", url


def test_another_site_of_the_same_country_is_not_the_own_one() -> None:
    assert weigh("https://health.co.uk/a/b", "", OWN).status == "cited"


def test_the_configuration_has_the_last_word() -> None:
    url = "https://detoxcenter.com/a"
    assert weigh(url, "", trusted=frozenset({"detoxcenter.com"})).status == "cited"
    assert weigh("https://www.cdc.gov/a", "", distrusted=frozenset({"cdc.gov"})).status == "weak"
    assert weigh("https://en.wikipedia.org/wiki/Zinc", "", trusted=frozenset({"wikipedia.org"})).status == "cited"
    assert weigh(url, "", frozenset({"detoxcenter.com"}), trusted=frozenset({"detoxcenter.com"})).status == "self"


def test_a_host_stands_for_its_sub_domains_and_for_no_other_name() -> None:
    tiers = {"ncbi.nlm.nih.gov": "A", "jamanetwork.com": "B", "med.stanford.edu": "C", "en.wikipedia.org": "D", "www.facebook.com": "E"}
    assert {host: domains.tier_of(host) for host in tiers} == tiers
    assert domains.tier_of("notnih.com") == ""
    assert domains.tier_of("nejm.org.evil.com") == ""


def test_no_host_has_two_tiers() -> None:
    data = read_yaml("sources.yaml")["tiers"]
    hosts = [host for members in data.values() for host in members]
    assert sorted({host for host in hosts if hosts.count(host) > 1}) == []
    assert all(host == host.lower() and "/" not in host for host in hosts)

"""The speller: what it flags, what it leaves alone, how much work it is."""

from __future__ import annotations

import pytest

from copycheck.spelling.lexicon import load
from copycheck.spelling.misspelling import Passage, misspelt, unlisted
from copycheck.spelling.suggest import Candidate, cost, credibility
from tests.work import calls


def flagged(*texts: str, vocabulary: frozenset[str] = frozenset(), title: bool = False) -> list[str]:
    found = misspelt([Passage(text, title) for text in texts], load(), vocabulary)
    return [text[slip.start : slip.end] for text, slips in zip(texts, found, strict=True) for slip in slips]


def corrected(text: str) -> list[str]:
    (slips,) = misspelt([Passage(text)], load())
    return [slip.suggestions[0] for slip in slips]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The clinicain will call you.", "clinician"),
        ("Ask about the anestehsia.", "anesthesia"),
        ("It is a chirpractic technique.", "chiropractic"),
        ("They need suport at home.", "support"),
        ("We spoke with a thearpist.", "therapist"),
        ("She felt a fysical pain.", "physical"),
        ("It seemed relaible enough.", "reliable"),
        ("Adn then we rest, teh end.", "the"),
        ("The patient's recvoery's pace varies.", "recovery's"),
        ("Relaible care is rare.", "Reliable"),
        ("Call if your'e late.", "you're"),
        ("Visits were’nt long.", "weren’t"),
        ("Rest has laso been shown to help.", "also"),
        ("It is inate to the body.", "innate"),
        ("You may be given an Opiat for it.", "Opiate"),
        ("Ask about the clinical trail.", "trial"),
        ("The cost fo care varies.", "of"),
        ("Known SIDE EFFCTS of the gel", "EFFECTS"),
    ],
)
def test_a_slip_gets_its_correction(text: str, right: str) -> None:
    assert right in corrected(text)


@pytest.mark.parametrize(
    "text",
    [
        "Venoconstriction and nasopharyngoscopy are seen where the afterload is high.",
        "Ozempic, Wegovy and Zepbound act on gut hormones.",
        "Ashwagandha, rhodiola and boswellia are sold as supplements.",
        "The sternocleidomastoid and the iliopsoas were tight.",
        "Haemorrhage, oesophagus, tumour and paediatric are British spellings.",
        "Neuroaffirming care and psychoeducation help.",
        "Write to jane.doe@wellnes.example, see wellnes.example/recvoery or use #recvoery.",
        "The café offers naïve decor and crème.",
        "Mr. Przybylski and Ms. Nguyen-Oyelaran work here.",
        "SAMHSA, HbA1c, mRNA and CamelCaseWord are no words.",
        "The Latin phrase dolorem ipsum quia consectetur adipisci velit means little.",
        "It doesn't, shouldn't've, and y'all won't.",
        "The -itis ending and the hemi- beginning are parts of words.",
        "Word(s) and [c]orrections in brackets.",
        "Co-ordinated care and re-evaluated plans.",
        "A \ufffcs value stands for template code.",
        "Decrees carry the law out (decretos ejecutivos), as the journal (Gaceta Oficial) says.",
        "Hot flushes are common; BRAVENTO EXTROMAX is sold.",
        "Salari V, Mengoli F, De Galli F, Fabbri PF. Sleep and light.",
    ],
)
def test_no_slip(text: str) -> None:
    assert flagged(text) == []


def test_a_term_that_the_document_repeats_is_its_own() -> None:
    assert flagged("Try the relaxon.", "A relaxon is new.", "Our relaxon works.") == []
    assert flagged("He takes medicatoin.", "The medicatoin is new.", "Take medicatoin.") == ["medicatoin"] * 3


def test_a_capital_in_mid_sentence_is_a_name_unless_the_text_is_a_title() -> None:
    assert flagged("We met Hormoan last year.") == []
    assert flagged("Ask for Hormmone Tests", title=True) == ["Hormmone"]
    assert flagged("It is for Rehabilitaton too.") == ["Rehabilitaton"]  # too long and too near to be a name


def test_a_name_one_letter_off_another_name_of_the_document() -> None:
    assert flagged("We moved to Brandonvile in May.", "Our Brandonville office and the Brandonville clinic are open.") == ["Brandonvile"]
    assert flagged("We know Brandonvila.", "The Brandonville office and the Brandonville clinic are open.") == []


def test_a_title_may_name_a_firm_or_an_author() -> None:
    for name in ("Reviews of Meadowstone Therapy", "By Marion Pryce", "Medically reviewed by Owen Pryce, RN", "By Ina Pryce | 3 June"):
        assert flagged(name, title=True) == []
    assert flagged("Cairnstone opens at nine.", "Ask Cairnstone.") == []
    assert flagged("Inthe Morning", title=True) == ["Inthe"]
    assert flagged("Chiropracter Near You", "Massage by Lisenced Therapists", title=True) == ["Chiropracter", "Lisenced"]


def test_a_word_with_a_letter_is_no_author() -> None:
    assert corrected("Vitamn D, Vitamin C, and rest.") == ["Vitamin"]


def test_vocabulary_is_whole_word_and_case_aware() -> None:
    assert flagged("The recvoery plan.", vocabulary=frozenset({"recvoery"})) == []
    assert flagged("The Recvoery plan", vocabulary=frozenset({"recvoery"}), title=True) == []
    assert flagged("The recvoery plan.", vocabulary=frozenset({"Recvoery"})) == ["recvoery"]
    assert flagged("The recvoery plan.", vocabulary=frozenset({"recv"})) == ["recvoery"]


def test_unlisted_words_are_counted_as_first_written() -> None:
    counts = unlisted([Passage("Qelbexa and zzyzxmed and qelbexa."), Passage("The clinic.")], load())
    assert counts == {"Qelbexa": 2, "zzyzxmed": 1}


def test_e_before_i_has_one_correction() -> None:
    texts = [Passage(text) for text in ("We recieve them.", "The cheif is in.", "The flowrs are in.")]
    offered = [slips[0].suggestions for slips in misspelt(texts, load())]
    assert offered[:2] == [("receive",), ("chief",)]
    assert len(offered[2]) > 1


def test_cost_knows_how_people_slip() -> None:
    assert cost("recieve", "receive") < cost("recepve", "receive")
    assert cost("wellnes", "wellness") < cost("wellnesx", "wellness")
    assert cost("fysical", "physical") < 1.0
    assert cost("same", "same") == 0.0


def test_credibility_asks_more_of_short_and_capitalised_words() -> None:
    near = Candidate("therapy", 0.7, 4.5)
    assert credibility("therpay", near) == "sure"
    assert credibility("the", near) == ""
    assert credibility("therpay", Candidate("therapy", 1.5, 4.5), strict=True) == ""
    assert credibility("theropayx", Candidate("therapy", 3.0, 5.0)) == ""


def test_the_data_agree_with_each_other() -> None:
    lexicon = load()
    assert not any(slip in lexicon.words for slip in lexicon.typos)
    for slip, right in lexicon.typos.items():
        for word in right:
            assert all(part.lower() in lexicon.words or "'" in part or len(part) < 3 for part in word.replace("-", " ").split()), (
                slip,
                word,
            )
    assert lexicon.american["colour"] == "color"
    assert lexicon.british["anemia"] == "anaemia"
    assert all(word in lexicon.words for word in ("abdominoplasty", "zuclopenthixol", "the")) and "" not in lexicon.words


@pytest.mark.parametrize("word", ["favourable", "harbouring", "tumours", "travelled", "catheterisation", "likeable"])
def test_forms_and_derivations_are_known(word: str) -> None:
    assert load().knows(word)


@pytest.mark.parametrize("slip", ["enourmous", "fourty", "detailled", "desireable", "basicly", "breakthough"])
def test_what_only_looks_like_a_form_is_not(slip: str) -> None:
    assert not load().knows(slip)


def test_code_far_before_a_word_excuses_nothing() -> None:
    assert corrected(
        "Because some people with the 15q13.3/a/b/c change have no signs or symptoms at all, some doctors beleive it is mild."
    ) == ["believe"]
    assert flagged("See " + "x" * 200 + "/a/b/c/beleive/" + "y" * 200 + " there.") == []


def test_a_stray_capital() -> None:
    assert corrected("WMost patients rest; THis helps.") == ["Most", "This"]
    assert flagged("MRIs, PCOs, YOUth, THC and the FDAs and ADHd.") == []
    assert flagged("THe MYth, THe MYth.") == []  # said twice: a brand


def test_a_letter_thrice() -> None:
    assert corrected("She moved to McKinnney.") == ["McKinney"]
    assert corrected("The treatmennnt helps.") == ["treatment"]
    assert flagged("Soooo good, hmmm, and zzzz.") == []


def test_a_rare_name_beside_a_frequent_one() -> None:
    often = "We work in Scottsdale. Come to Scottsdale. "
    assert flagged(often + "She founded Scottdale Weight Care.") == ["Scottdale"]
    assert flagged("We work in Scottsdale. She founded Scottdale Care.") == []  # too few to know
    assert flagged(often + "Scottdale, Scottdale") == []


def test_the_same_slip_with_a_capital() -> None:
    passages = [Passage("The myalin sheath."), Passage("Read of Myalin Kordu today.")]
    assert [slip.suggestions[0] for slips in misspelt(passages, load()) for slip in slips] == ["myelin", "Myelin"]


def test_a_term_with_a_capital_that_stands_alone() -> None:
    one, other = misspelt([Passage("It is a cream called Benoquen for the skin."), Passage("We asked Valdimir Kordu today.")], load())
    assert [slip.suggestions[0] for slip in one] == ["Benoquin"] and not other


def test_a_prefix_that_stands_apart_is_a_note_where_a_hyphen_is_missing() -> None:
    (found,) = misspelt([Passage("A non invasive test and an intra uterine device.")], load())
    assert [(slip.suggestions, slip.sure) for slip in found] == [(("non-invasive",), False), (("intrauterine",), True)]


def test_debris_of_an_encoding_is_no_word() -> None:
    assert misspelt([Passage("Your doctor will give you speci?c advice.")], load()) == [[]]


def test_swapped_letters_of_small_words() -> None:
    assert corrected("It is nto easy, adn yuo can rest.") == ["not", "and", "you"]
    assert flagged("Use the EHR; it is an aws of mya.") == []


def test_the_work_grows_with_the_text_and_no_faster() -> None:
    lexicon = load()
    lexicon.suggest("warmup")
    text = "The patient may feel sore muscles and some tension for months after the first visit. " * 40
    misspelt([Passage(text)], lexicon)  # what is remembered of words
    one = calls(lambda: misspelt([Passage(text)], lexicon))
    assert one < 12 * len(text.split())
    assert calls(lambda: misspelt([Passage(text * 5)] * 2, lexicon)) < 11 * one


def test_hostile_text_is_read() -> None:
    """What would take squares of its length never ends here."""
    lexicon = load()
    for hostile in (
        "a" * 20_000,
        "x'" * 10_000,
        "(" * 10_000,
        "[a]" * 5_000,
        "qzx " * 5_000,
        " ".join(f"Qzxwv{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{'abcdefghij'[i // 676 % 10]}ing" for i in range(700)),
    ):
        misspelt([Passage(hostile)], lexicon)

"""The one-line command, rule by rule."""

from pathlib import Path

import pytest

from core.forms.form_files import load_forms, read_form
from core.forms.forms import Form, Value
from core.forms.line_grammar import Parsed, parse_line
from core.forms.problems import ProblemKey

PRESET = Path(__file__).parents[3] / "presets" / "sumsel" / "forms"
FORMS = load_forms(PRESET)

# No slip: they begin many notes, and some look like a choice's word.
ORDINARY = (
    *("ada", "air", "akan", "api", "barat", "beras", "berita", "besar", "banyak", "cara", "dalam", "dan", "dari", "di"),
    *(
        "dini",
        "hari",
        "hujan",
        "jalan",
        "kebakaran",
        "keras",
        "kondisi",
        "korban",
        "krisis",
        "lampu",
        "lokasi",
        "malam",
    ),
    *("massa", "meluap", "memo", "mereka", "musuh", "nihil", "oleh", "pada", "padang", "pagi", "para", "petugas"),
    *("polisi", "rumah", "saat", "saja", "saksi", "sama", "saran", "sekarang", "sidang", "siapa", "suara", "sudah"),
    *("taman", "tadi", "tidak", "tiga", "tower", "warga", "anak"),
)

OTHER_FORM = """
id = "needs"
commands = ["needs"]
title = { id = "Kebutuhan", en = "Needs" }
posts = ["posko", "gudang"]
field = [
  { id = "kinds", kind = "choices", required = true, words = ["perlu"], label = { id = "Perlu", en = "Needs" },
TENT
  { id = "open", kind = "yes_no", words = ["buka"], label = { id = "Buka", en = "Open" } },
  { id = "rooms", kind = "integer", only_if = { field = "open", is = true }, label = { id = "Ruang", en = "Rooms" } },
  { id = "name", kind = "text", words = ["nama"], label = { id = "Nama", en = "Name" } },
  { id = "stock", kind = "integer", only_for = ["gudang"], label = { id = "Stok", en = "Stock" } },
  { id = "photo", kind = "media", label = { id = "Foto", en = "Photo" } },
]
""".replace(
    "\nTENT",
    " choices = [{ id = 'tent', words = ['tenda'], label = { id = 'Tenda', en = 'Tent' } },"
    " { id = 'water', words = ['air bersih'], label = { id = 'Air bersih', en = 'Water' } } ] },",
)


def status(text: str, post_kind: str | None = None) -> Parsed:
    return parse_line(FORMS["status"], text, post_kind=post_kind)


def incident(text: str) -> Parsed:
    return parse_line(FORMS["incident"], text)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("aman", {"condition": "safe"}),
        ("Aman.", {"condition": "safe"}),
        ("ＡＭＡＮ，", {"condition": "safe"}),
        ("a\u200bman\ufeff \u00a0 antre", {"condition": "safe", "note": "antre"}),
        ("safe hujan", {"condition": "safe", "note": "hujan"}),
        ("aman dan kondusif hujan", {"condition": "safe", "note": "hujan"}),
        ("lengkap aman hujan", {"condition": "safe", "logistics": "complete", "note": "hujan"}),
        ("aman,lengkap,personel=18/20", {"condition": "safe", "personnel": [18, 20], "logistics": "complete"}),
        ("aman - lengkap - hujan", {"condition": "safe", "logistics": "complete", "note": "hujan"}),
        ("gangguan kamtib blok C", {"condition": "disturbance", "note": "blok C"}),
        (
            "aman personel=18/20 logistik=lengkap antrean panjang tetapi tertib",
            {
                "condition": "safe",
                "personnel": [18, 20],
                "logistics": "complete",
                "note": "antrean panjang tetapi tertib",
            },
        ),
        ("personel=4/5 waspada", {"condition": "alert", "personnel": [4, 5]}),
        ("aman kurang personel", {"condition": "safe", "note": "kurang personel"}),
        ("aman logistik=kurang dua kotak", {"condition": "safe", "logistics": "short", "note": "dua kotak"}),
        ("aman personel = 18 dari 20 hujan", {"condition": "safe", "personnel": [18, 20], "note": "hujan"}),
        ("aman pemilih=120 orang antre", {"condition": "safe", "voters": 120, "note": "antre"}),
        (
            "aman logistik = belum tiba sejak pagi",
            {"condition": "safe", "logistics": "not_arrived", "note": "sejak pagi"},
        ),
        ("situasi=aman", {"condition": "safe"}),
        ('situasi="Aman" hujan', {"condition": "safe", "note": "hujan"}),
        ("aman waspada", {"condition": "safe", "note": "waspada"}),
        ("aman situasi=waspada", {"condition": "alert"}),
        ("situasi=waspada aman", {"condition": "alert", "note": "aman"}),
        ("personel=1/2 aman personel=2/2", {"condition": "safe", "personnel": [2, 2]}),
        ("personel=banyak aman personel=2/2", {"condition": "safe", "personnel": [2, 2]}),
        ("amna situasi=waspada", {"condition": "alert"}),
        ("aman 👍", {"condition": "safe", "note": "👍"}),
        ("aman # dua", {"condition": "safe", "note": "# dua"}),
        ("aman ?", {"condition": "safe", "note": "?"}),
        ("- aman - !", {"condition": "safe", "note": "!"}),
        ("catatan=aman saja", {"note": "aman saja"}),
        (
            'catatan="antrean panjang" aman lengkap',
            {"condition": "safe", "logistics": "complete", "note": "antrean panjang"},
        ),
        ('aman catatan="satu" dua', {"condition": "safe", "note": "satu dua"}),
        ("  \n ", {}),
        ("", {}),
        ("...", {}),
    ],
)
def test_status_line(text: str, answers: dict[str, Value]) -> None:
    """A status line means these answers, and nothing is wrong with it."""
    parsed = status(text)
    assert parsed.answers == answers
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("text", "category", "severity", "note"),
    [
        ("banjir berat jam=08:10 air masuk gudang logistik", "flood", "high", "air masuk gudang logistik"),
        ("berat banjir", "flood", "high", ""),
        ("politik uang sedang di RT 3", "vote_buying", "medium", "di RT 3"),
        ("Serangan-Fajar kritis", "vote_buying", "critical", ""),
        ("politik \u200b uang ringan", "vote_buying", "low", ""),
        ("politikuang ringan", "vote_buying", "low", ""),
        ("high power outage since noon", "power_internet", "high", "since noon"),
        ("black campaign medium", "black_campaign", "medium", ""),
        ("gangguan kamtib berat", "prison_disturbance", "high", ""),
        ("gangguan kamtibmas berat", "security", "high", ""),
        ("SARA berat", "sara", "high", ""),
        ("listrik padam sedang", "power_internet", "medium", ""),
        ("berat tanah longsor", "landslide", "high", ""),
        ("kategori=dpt tingkat=parah 30 orang ditolak", "voting_rights", "high", "30 orang ditolak"),
    ],
)
def test_incident_line(text: str, category: str, severity: str, note: str) -> None:
    """Category and severity are read in any order and in both languages."""
    parsed = incident(text)
    assert (parsed.answers["category"], parsed.answers["severity"], parsed.note) == (category, severity, note)
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("aman Air naik,  pelan.\n\n- satu\n- dua", "Air naik,  pelan.\n\n- satu\n- dua"),
        ("aman hujan x=3 deras", "hujan x=3 deras"),
        ("aman x=3", "x=3"),
        ("aman hujan #012 deras", "hujan #012 deras"),
        ("aman hujan, personel=18/20, deras", "hujan, deras"),
        ("aman hujan\npersonel=18/20\nderas", "hujan\nderas"),
        ("aman hujan\npersonel=18/20 deras", "hujan\nderas"),
        ("aman hujan personel=18/20", "hujan"),
        ("aman hujan personel=banyak deras", "hujan personel=banyak deras"),
        ("aman hujan pemilih=-1 deras", "hujan pemilih=-1 deras"),
        ('aman hujan an="Budi Santoso", deras', "hujan deras"),
        ("aman atas nama Budi hujan", "atas nama Budi hujan"),
        ("aman hujan catatan=deras", "hujan catatan=deras"),
        ("aman \U0001f468\u200d\U0001f469\u200d\U0001f467 datang", "\U0001f468\u200d\U0001f469\u200d\U0001f467 datang"),
    ],
)
def test_note_is_verbatim(line: str, note: str) -> None:
    """The note keeps its words and line breaks; only pairs that became answers leave it."""
    parsed = status(line)
    assert parsed.note == note
    assert parsed.answers["note"] == note


def test_unknown_keys_are_told() -> None:
    """A key that the form does not know stays in the note and is reported as such."""
    assert status("aman persnel=18/20 suhu = 30").unknown_keys == ("persnel", "suhu")


@pytest.mark.parametrize(
    ("text", "word", "near", "rest"),
    [
        ("amna personel=18/20 antre", "amna", ("safe",), {"personnel": [18, 20], "note": "antre"}),
        ("personel=18/20 Wapsada, antre", "Wapsada", ("alert",), {"personnel": [18, 20], "note": "antre"}),
        ("ganguan", "ganguan", ("disturbance",), {}),
        ("daruratt lengkap", "daruratt", ("emergency",), {"logistics": "complete"}),
        ("alretr", "", (), {"note": "alretr"}),
        ("amna 👍", "amna", ("safe",), {"note": "👍"}),
    ],
)
def test_slip_of_a_required_choice(text: str, word: str, near: tuple[str, ...], rest: dict[str, Value]) -> None:
    """A word close to a missing required choice is asked about; the rest of the line is still read."""
    parsed = status(text)
    assert parsed.answers == rest
    found = [(one.key, one.field, one.args["word"], one.near) for one in parsed.problems]
    assert found == ([(ProblemKey.TYPO, "condition", word, near)] if word else [])


def test_each_required_choice_may_have_its_slip() -> None:
    """Two misspelt choices are two problems, and the note is kept."""
    parsed = incident("politk uang brat amplop di RT 3")
    assert [(one.field, one.args, one.near) for one in parsed.problems] == [
        ("category", {"word": "politk uang"}, ("vote_buying",)),
        ("severity", {"word": "brat"}, ("high",)),
    ]
    assert parsed.answers == {"note": "amplop di RT 3"}


def test_slip_is_not_looked_for_once_answered() -> None:
    """When nothing required is missing, a word like a choice's begins the note."""
    parsed = status("aman amna")
    assert parsed.answers == {"condition": "safe", "note": "amna"}
    assert parsed.problems == ()


def test_slip_stays_a_problem_beside_a_good_word() -> None:
    """A line that says two things about one field is asked about, although one of them could be read."""
    parsed = status("waspda aman")
    assert parsed.answers == {"condition": "safe"}
    assert [one.near for one in parsed.problems] == [("alert",)]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_ordinary_words_begin_the_note(form: Form) -> None:
    """An ordinary Indonesian word is not taken for a slip, even while everything is missing."""
    for word in ORDINARY:
        parsed = parse_line(form, f"{word} di lokasi")
        assert parsed.problems == ()
        assert parsed.note == f"{word} di lokasi" or word in form.by_word


@pytest.mark.parametrize(
    ("text", "field", "key", "answers"),
    [
        ("aman personel=banyak hujan", "personnel", ProblemKey.RATIO, {"condition": "safe", "note": "hujan"}),
        ("aman personel=20/18 hujan", "personnel", ProblemKey.RATIO_ORDER, {"condition": "safe", "note": "hujan"}),
        ("aman pemilih=-1", "voters", ProblemKey.TOO_SMALL, {"condition": "safe"}),
        ("aman logistik=lengkp hujan", "logistics", ProblemKey.CHOICE, {"condition": "safe", "note": "hujan"}),
        ("aman personel=", "personnel", ProblemKey.EMPTY, {"condition": "safe"}),
        ("aman personel=\nhujan", "personnel", ProblemKey.EMPTY, {"condition": "safe", "note": "hujan"}),
        ("aman " + "x" * 4097, "note", ProblemKey.TEXT_TOO_LONG, {"condition": "safe"}),
        ("personel=18/20 aman personel=x", "personnel", ProblemKey.RATIO, {"condition": "safe", "personnel": [18, 20]}),
    ],
)
def test_bad_value_is_a_problem_of_its_field(text: str, field: str, key: ProblemKey, answers: dict[str, Value]) -> None:
    """A known key with a bad value is a problem of that field alone; everything else is kept."""
    parsed = status(text)
    assert [(one.field, one.key) for one in parsed.problems] == [(field, key)]
    assert parsed.answers == answers


def test_misspelt_value_offers_the_nearest() -> None:
    """A misspelt choice after its key names the nearest ones."""
    assert [one.near for one in status("aman logistik=lengkp").problems] == [("complete",)]


def test_too_long_note_is_not_lost() -> None:
    """A note over the limit is no answer, but the parser hands it back whole."""
    assert status("aman " + "x" * 4097).note == "x" * 4097


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("#TPS-1674-012 waspada hujan", "TPS-1674-012"),
        ("waspada #012, hujan", "012"),
        ("＃０１２ waspada", "０１２"),
        ("waspada #012 #012", "012"),
        ("waspada", None),
        ("waspada hujan #012", None),
        ("# aman", None),
    ],
)
def test_post_is_named_before_the_note(text: str, token: str | None) -> None:
    """`#POST` before the note names the post."""
    parsed = status(text)
    assert parsed.post_token == token
    assert parsed.problems == ()


def test_second_post_is_a_problem() -> None:
    """A line is about one post; another one is asked about, once."""
    parsed = status("#012 aman #013 #014 hujan")
    assert parsed.post_token == "012"
    assert [(one.key, one.field, one.args) for one in parsed.problems] == [
        (ProblemKey.POST_TWICE, "", {"first": "012", "second": "013"})
    ]
    assert parsed.answers == {"condition": "safe", "note": "hujan"}


def test_answers_that_do_not_concern_the_post() -> None:
    """A number that this kind of post does not report is a problem; while the kind is unknown it is not."""
    assert status("aman pemilih=10").problems == ()
    parsed = status("aman pemilih=10", "gudang")
    assert [(one.key, one.field) for one in parsed.problems] == [(ProblemKey.NOT_FOR_POST, "voters")]
    assert parsed.answers == {"condition": "safe"}


@pytest.mark.parametrize(
    ("text", "answers", "problems"),
    [
        ("tenda air bersih", {"kinds": ["tent", "water"]}, []),
        ("perlu=tenda,air-bersih", {"kinds": ["tent", "water"]}, []),
        ("perlu=air bersih dan tenda", {"kinds": ["water", "tent"]}, []),
        ('tenda nama="Budi Santoso"', {"kinds": ["tent"], "name": "Budi Santoso"}, []),
        ("tenda nama=Budi, buka=ya", {"kinds": ["tent"], "open": True, "name": "Budi"}, []),
        ("tenda an=Budi", {"kinds": ["tent"], "behalf": "Budi"}, []),
        ("tenda nama=Budi,S.H. buka=ya", {"kinds": ["tent"], "open": True, "name": "Budi,S.H."}, []),
        ("tenda nama=", {"kinds": ["tent"]}, [ProblemKey.EMPTY]),
        ("tenda rooms=3", {"kinds": ["tent"], "rooms": 3}, []),
        ("tenda rooms=3 buka=ya", {"kinds": ["tent"], "open": True, "rooms": 3}, []),
        ("tenda rooms=3 buka=tidak", {"kinds": ["tent"], "open": False}, [ProblemKey.NOT_ASKED]),
        ("tenda photo=x", {"kinds": ["tent"]}, [ProblemKey.NOT_TYPED]),
        ("tenda stock=5", {"kinds": ["tent"]}, [ProblemKey.NOT_FOR_POST]),
        ("tenda rusak", {"kinds": ["tent"]}, [ProblemKey.LEFT_OVER]),
        ("tnda", {}, [ProblemKey.TYPO]),
    ],
)
def test_form_without_note(text: str, answers: dict[str, Value], problems: list[ProblemKey]) -> None:
    """Several choices, quoted texts and conditions work in a line; words that no field takes are named, not dropped."""
    parsed = parse_line(read_form(OTHER_FORM), text, post_kind="posko")
    assert parsed.answers == answers
    assert [one.key for one in parsed.problems] == problems


def test_answers_come_in_the_forms_order() -> None:
    """However the line is ordered, answers are listed as the form lists them."""
    parsed = status("lengkap pemilih=1 personel=1/2 aman hujan")
    assert list(parsed.answers) == ["condition", "personnel", "logistics", "voters", "note"]

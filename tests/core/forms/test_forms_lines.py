"""Lines as officers type them, form by form: the words of the field, abbreviations and slips."""

from pathlib import Path
from typing import Any

import pytest

from core.forms.form_files import load_forms
from core.forms.line_grammar import parse_line

FORMS = load_forms(Path(__file__).parents[3] / "presets" / "sumsel" / "forms")


def said(form_id: str, line: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Answers, and the key and field of each problem."""
    form = FORMS[form_id]
    parsed = parse_line(form, line, post_kind=form.posts[0])
    return dict(parsed.answers), [
        (problem.key.value.removeprefix("problem-"), problem.field) for problem in parsed.problems
    ]


@pytest.mark.parametrize(
    ("form_id", "line", "answers"),
    [
        ("status", "situasi aman dan terkendali", {"condition": "safe", "note": "dan terkendali"}),
        ("status", "Aman terkendali, DUM", {"condition": "safe", "note": "DUM"}),
        ("sos", "massa masuk TPS, butuh bantuan", {"note": "massa masuk TPS, butuh bantuan"}),
        ("sos", "", {}),
        ("sos", "DARURAT!! kotak suara dibakar", {"note": "DARURAT!! kotak suara dibakar"}),
        ("sos", 'an="Pak Lurah" rumah roboh', {"behalf": "Pak Lurah", "note": "rumah roboh"}),
        ("sos", "tolong\nbanjir naik cepat", {"note": "tolong\nbanjir naik cepat"}),
        ("sos", "ket=listrik padam", {"note": "listrik padam"}),
        ("readiness", "siap", {"state": "ready"}),
        ("readiness", "sudah siap petugas=7/7 tenda dipasang", {"state": "ready", "kpps": [7, 7], "note": "tenda dipasang"}),
        ("readiness", "siap sebagian logistik=belum tiba undangan=285/300", {
            "state": "partly", "logistics": "not_arrived", "notices": [285, 300],
        }),
        ("readiness", "blm siap berdiri=belum, TPS kebanjiran", {"state": "not_ready", "built": False, "note": "TPS kebanjiran"}),
        ("readiness", "siap semua listrik=ada sinyal=tdk akses=ya", {
            "state": "ready", "power": True, "signal": False, "access": True,
        }),
        ("readiness", "belum lengkap logistik kurang tinta satu botol", {
            "state": "partly", "logistics": "short", "note": "tinta satu botol",
        }),
        ("readiness", "Siap. Bersama PTPS dan Linmas", {"state": "ready", "note": "Bersama PTPS dan Linmas"}),
        ("voting", "dibuka jam 07.05", {"step": "opened", "note": "jam 07.05"}),
        ("voting", "dibuka jam=07.05 antrean tertib", {"step": "opened", "time": "07:05", "note": "antrean tertib"}),
        ("voting", "berjalan lancar hadir=120 orang dpt=110 dptb=6 dpk=4", {
            "step": "running", "present": 120, "dpt": 110, "dptb": 6, "dpk": 4,
        }),
        ("voting", "Pencoblosan, pemilih=l2O", {"step": "running", "present": 120}),
        ("voting", "tps tutup pkl=13.00 hadir=255", {"step": "closed", "time": "13:00", "present": 255}),
        ("voting", "mulai hitung masalah=sirekap, surat suara tertukar", {
            "step": "counting", "problems": ["sirekap", "ballots_swapped"],
        }),
        ("voting", "selesai hitung sirekap lambat", {"step": "counted", "note": "sirekap lambat"}),
        ("voting", "kotak dikembalikan ke PPS Sukajadi", {"step": "returned", "note": "ke PPS Sukajadi"}),
        ("voting", "hadir=90 dibuka, intimidasi saksi di luar", {
            "step": "opened", "present": 90, "note": "intimidasi saksi di luar",
        }),
        ("prison", "aman isi=925", {"order": "safe", "inmates": 925}),
        ("prison", "Aman terkendali, isi=1.024 kapasitas=640 regu=11/12 sakit=8", {
            "order": "safe", "inmates": 1024, "capacity": 640, "sick": 8, "squad": [11, 12],
        }),
        ("prison", "aman wbp=925 orang razia=2 temuan=hp dan sajam blok C", {
            "order": "safe", "inmates": 925, "searches": 2, "finds": ["phone", "weapon"], "note": "blok C",
        }),
        ("prison", "isi=925 gangguan kamtib blok B", {"order": "disturbance", "inmates": 925, "note": "blok B"}),
        ("prison", "waspada isi=900 tahanan=120 masuk=3 keluar=1 P2U terkunci", {
            "order": "alert", "inmates": 900, "detainees": 120, "incoming": 3, "outgoing": 1, "note": "P2U terkunci",
        }),
        ("prison", "kondusif isi=925 loksus=sudah dpt=601 dptb=60 dpk=9 kurangsuara=277", {
            "order": "safe", "inmates": 925, "tps_open": True, "dpt": 601, "dptb": 60, "dpk": 9, "ballots_short": 277,
        }),
        ("prison", "aman isi=925 sakit 3 orang", {"order": "safe", "inmates": 925, "note": "sakit 3 orang"}),
        ("disaster", "banjir laporan awal berat kk=120 jiwa=450 tma=80 cm", {
            "kind": "flood", "stage": "first", "severity": "high", "families": 120, "people": 450, "water": 80,
        }),
        ("disaster", "banjir perkembangan mengungsi=45 jiwa sedang hujan", {
            "kind": "flood", "stage": "update", "evacuated": 45, "note": "sedang hujan",
        }),
        ("disaster", "longsor pertama kritis md=2 luka=5 hilang=1 butuh=alat berat, tim dan obat", {
            "kind": "landslide", "stage": "first", "severity": "critical", "dead": 2, "injured": 5, "lost": 1,
            "needs": ["equipment", "personnel", "medicine"],
        }),
        ("disaster", "update banjir tren=surut air=40cm rumah=1.250 unit", {
            "kind": "flood", "stage": "update", "water": 40, "trend": "receding", "houses": 1250,
        }),
        ("disaster", "angin kencang pertama ringan rb=0 rs=2 rr=11", {
            "kind": "other", "stage": "first", "severity": "low", "damaged_heavy": 0, "damaged_medium": 2, "damaged_light": 11,
        }),
        ("disaster", "banjir terakhir jam=16.00 surut semua warga pulang", {
            "kind": "flood", "stage": "final", "time": "16:00", "note": "surut semua warga pulang",
        }),
        ("logistics", "surat suara tiba jumlah=12 kotak, hujan", {
            "item": "ballots", "step": "arrived", "quantity": 12, "note": "kotak, hujan",
        }),
        ("logistics", 'kotak suara berangkat dari=Gudang ke="PPK Ilir Barat I" wal=ya segel=ya', {
            "item": "boxes", "step": "departed", "escorted": True, "sealed": True, "from": "Gudang", "to": "PPK Ilir Barat I",
        }),
        ("logistics", "logistik sudah sampai, lengkap, wal=tdk", {
            "item": "set", "step": "arrived", "condition": "whole", "escorted": False,
        }),
        ("logistics", "surat suara diterima kondisi=rusak jumlah=35 lembar", {
            "item": "ballots", "step": "arrived", "condition": "damaged", "quantity": 35,
        }),
        ("logistics", "bergeser kotak pkl=19.30 perahu ke Pulau Kemaro", {
            "item": "boxes", "step": "departed", "time": "19:30", "note": "perahu ke Pulau Kemaro",
        }),
        ("logistics", "kotak suara dikembalikan kurang lebih jam 9", {
            "item": "boxes", "step": "returned", "note": "kurang lebih jam 9",
        }),
        ("logistics", "tinta dalam perjalanan jumlah=40", {"item": "ink", "step": "transit", "quantity": 40}),
        ("neutrality", "foto bersama kades di balai desa", {
            "act": "photo", "actor": "village_head", "note": "di balai desa",
        }),
        ("neutrality", "asn hadir deklarasi jam=09.30 bukti=foto, video", {
            "act": "attending", "actor": "asn", "time": "09:30", "evidence": ["photo", "video"],
        }),
        ("neutrality", 'timses perangkat desa lokasi="Balai Desa" ajakan memilih di WA', {
            "act": "team", "actor": "village_staff", "place": "Balai Desa", "note": "ajakan memilih di WA",
        }),
        ("neutrality", "perbuatan=like pelaku=guru di Facebook", {"act": "reaction", "actor": "asn", "note": "di Facebook"}),
        ("neutrality", "mobil dinas pns dipakai kampanye", {"act": "facility", "actor": "asn", "note": "dipakai kampanye"}),
        ("neutrality", "pasang baliho anggota TNI depan koramil", {
            "act": "props", "actor": "tni", "note": "depan koramil",
        }),
        ("neutrality", "ini kejadian tadi pagi", {"note": "ini kejadian tadi pagi"}),
    ],
)  # fmt: skip
def test_a_line_of_the_field_is_understood(form_id: str, line: str, answers: dict[str, Any]) -> None:
    """A line as an officer types it means these answers, its note whole, and nothing is wrong with it."""
    assert said(form_id, line) == (answers, [])


@pytest.mark.parametrize(
    ("form_id", "line", "problem", "near"),
    [
        ("readiness", "saip semua", "state", "ready"),
        ("voting", "dibuak 07.00", "step", "opened"),
        ("voting", "brjalan lancar", "step", "running"),
        ("prison", "amna isi=925", "order", "safe"),
        ("disaster", "banjri laporan awal berat", "kind", "flood"),
        ("logistics", "surat suara brangkat", "step", "departed"),
        ("neutrality", "foto bersma kades", "act", "photo"),
    ],
)
def test_a_slip_of_the_field_is_asked_about(form_id: str, line: str, problem: str, near: str) -> None:
    """A misspelt word of a required question is asked about, with the choice that was meant."""
    parsed = parse_line(FORMS[form_id], line)
    assert [(one.field, one.near[0]) for one in parsed.problems] == [(problem, near)]

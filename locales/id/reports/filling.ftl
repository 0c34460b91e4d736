# Filling a report: questions, review, drafts.
button-send-without = Kirim tanpa bagian ini
button-leave-empty = Kosongkan
button-insist = Benar, { $value }
button-now = Sekarang, { $clock }
button-other-post = Ganti pos
button-all-posts = Isi semua pos ({ $count })
button-go-on-from = Lanjutkan dari { $clock }
button-anew = Mulai baru
button-other-choice = Lihat pilihan lain
ask-field = { $hint }
ask-again = { $label } belum terbaca. { $hint }
which-post = { $title }: untuk pos yang mana?
draft-dropped = Draf dihapus. Tidak ada yang terkirim.
draft-dropped-tap = Dibatalkan.
no-draft = Tidak ada draf yang sedang diisi.
report-incomplete = Laporan ini belum lengkap, jadi belum terkirim. Buka lagi lewat /tugas, atau ulangi laporannya.
# Filling by buttons.
answer-now = Sekarang: <b>{ $value }</b>
review-title = <b>{ $title }</b> · { $post }
review-correction = <b>Koreksi { $number }</b> · { $title } · { $post }
review-place = 📍 { $place } dari pos
review-hint = Periksa, lalu ketuk Kirim.
review-hint-note = Ketik uraian bila perlu, lalu ketuk Kirim.
draft-offer = { $title } dari { $time } belum terkirim. Lanjutkan?
draft-replaced = Dilanjutkan di bawah.
all-posts = semua pos
all-reported = Semua pos Anda sudah lapor untuk jadwal ini. Lihat /tugas.
all-one-by-one = Gangguan dilaporkan satu per satu, supaya jelas di pos mana. Di pos mana ini?
draft-words = Pesan
draft-dropped-which =
    { $others ->
        [0] Draf dihapus: { $title } dari { $time }. Tidak ada yang terkirim.
       *[other] Draf dihapus: { $title } dari { $time }. Masih ada { $others } draf: /tugas
    }
which-post-code = { $title }: ketik kode posnya, misalnya <code>#012</code>.

# Filing a report: questions, problems, receipts.
form-example =
    <b>{ $title }</b> · { $post }
    Satu baris cukup, misalnya:
    <code>{ $example }</code>
ask-field = { $hint }
ask-again = { $label } belum terbaca. { $hint }
which-post = { $title }: untuk pos yang mana?
post-ambiguous = «#{ $token }» cocok dengan beberapa pos Anda. Pilih salah satu:
post-not-yours = «#{ $token }» bukan pos Anda. Pilih pos Anda:
example = Contoh satu baris: <code>{ $line }</code>
command-near = Perintah { $command } tidak ada. Maksud Anda { $near }?
command-unknown = Perintah { $command } tidak ada. Semua perintah: /panduan
draft-dropped = Draf dihapus. Tidak ada yang terkirim.
draft-dropped-tap = Dibatalkan.
no-draft = Tidak ada draf yang sedang diisi.

receipt = ✅ <b>Diterima.</b> { $number } · { $clock }
receipt-post = { $title } · { $post }
receipt-answer = { $label }: <b>{ $value }</b>
receipt-time = Waktu kejadian: { $time }
receipt-note = <i>{ $note }</i>
receipt-late = ⏰ Tercatat terlambat untuk jadwal ini.
receipt-relayed = Diteruskan ke { $groups } grup. Anda akan diberi kabar.
receipt-admins-told = Belum ada grup untuk wilayah ini; admin sudah diberi tahu.
receipt-admins-told-purpose = Belum ada grup untuk urusan ini di wilayah ini; admin sudah diberi tahu.

problem-typo = Kata «{ $word }» tidak dikenal. Maksud Anda?
problem-choice = «{ $text }» bukan pilihan untuk { $label }. Pilih:
problem-number = { $label }: «{ $text }» bukan angka. Ketik angkanya saja, misalnya { $example }.
problem-ratio = { $label }: «{ $text }» tidak terbaca. Ketik dua angka, misalnya { $example }.
problem-ratio-order = { $label }: { $first } lebih banyak dari { $second }. Ketik lagi, misalnya { $example }.
problem-yes-no = { $label }: «{ $text }» tidak terbaca. Ketik ya atau tidak.
problem-time = { $label }: «{ $text }» bukan jam. Ketik misalnya 08.10.
problem-location = { $label }: «{ $text }» bukan koordinat. Bagikan lokasi, atau ketik lintang,bujur.
problem-empty = { $label } masih kosong. Ketik jawabannya.
problem-not-typed = { $label } tidak bisa diketik.
problem-too-small = { $label }: { $value } terlalu kecil, paling sedikit { $min }.
problem-too-big = { $label }: { $value } terlalu besar, paling banyak { $max }.
problem-text-too-short = { $label } terlalu pendek ({ $length } huruf, paling sedikit { $min }).
problem-text-too-long = { $label } terlalu panjang ({ $length } huruf, paling banyak { $max }). Ketik yang lebih singkat.
problem-too-few = { $label }: { $count } pilihan, paling sedikit { $min }.
problem-too-many = { $label }: { $count } pilihan, paling banyak { $max }.
problem-not-for-post = { $label } tidak ditanyakan kepada { $post_kind }.
problem-not-asked = { $label } hanya diisi untuk jawaban { $other } tertentu.
problem-post-twice = Satu laporan untuk satu pos, tetapi tertulis #{ $first } dan #{ $second }. Pilih salah satu:
problem-left-over = «{ $text }» tidak terbaca dalam laporan ini.

doubt-over-post = { $label }: <b>{ $value }</b> lebih banyak dari jumlah { $attribute } ({ $limit }).
doubt-over-field = { $label }: <b>{ $value }</b> melebihi { $other } ({ $limit }).
doubt-unlikely-big = { $label }: <b>{ $value }</b> tidak biasa, umumnya paling banyak { $limit }.
doubt-unlikely-small = { $label }: <b>{ $value }</b> tidak biasa, umumnya paling sedikit { $limit }.
doubt-suggestion = Maksud Anda { $likely } dan bukan { $value }? Pilih, atau ketik angkanya lagi.
doubt-ask = Kalau memang { $value }, ketuk tombolnya. Kalau tidak, ketik angkanya lagi.

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

# Words and files that are no report yet.
not-understood = Pesan itu belum menjadi laporan. Yang bisa Anda pakai: /panduan
kept-words = <blockquote>{ $words }</blockquote>
kept-what = Pesan Anda disimpan, tetapi belum menjadi laporan. Ini apa?
kept-nothing = Baik, ini bukan laporan.
kept-added = 📎 { $count } berkas ditambahkan ke { $number }.

location-kept = 📍 Lokasi disimpan dan ikut di laporan Anda 30 menit ke depan: /lapor atau /insiden
location-near = 📍 Lokasi disimpan. Pos Anda yang terdekat: { $post }, { $distance }. Lapor dari mana?

# Corrections.
ask-reason = Mengapa laporan ini dikoreksi? Pilih, atau ketik alasannya.
reason-typo = Salah ketik
reason-newer = Ada data baru
reason-place = Salah pos
reason-checked = Sudah dicek ulang
reason-edited = Pesan diedit
correction-not-yours = Laporan itu bukan milik Anda, jadi tidak bisa Anda koreksi.
correction-overtaken = Laporan ini sudah dikoreksi lebih dulu. Ketuk Koreksi sekali lagi untuk melihat isinya sekarang.
edit-files-nothing = Laporan itu sudah tersimpan dan pesan yang diedit tidak mengubahnya. Ketuk Koreksi di bawah tanda terimanya, atau kirim { $command } baru.
no-post = Anda belum ditugaskan di pos yang mengisi laporan ini. Koordinator menulis kode posnya: #KODE
post-none = «#{ $token }» tidak ada di wilayah Anda. Periksa kodenya.

receipt-corrected = ✏️ <b>Diperbarui.</b> { $number } · { $clock } · versi { $version }
receipt-updated = Kartu I-{ $number } diperbarui dengan angka ini.
receipt-cards-follow = Kartunya ikut diperbarui di { $groups } grup.
receipt-nil = Nihil: tidak ada kejadian.
receipt-far = 📍 HP Anda { $distance } dari pos; itu dicatat.
receipt-insisted = ❗ Ada angka yang tidak biasa; Anda memastikannya benar.
receipt-media = 📎 { $count } berkas
receipt-all = ✅ <b>Diterima.</b> { $count } laporan · { $clock }
receipt-all-post = { $number } · { $post }
receipt-all-rest = Pos yang keadaannya lain: laporkan satu per satu, laporan itu yang berlaku.
post-gone = Pos draf ini bukan penugasan Anda lagi. Pilih pos Anda, jawabannya tetap:
correction-nothing = Tidak ada yang berubah; { $number } tetap seperti semula.
edit-for-all = Laporan semua pos sudah tersimpan, dan pesan yang diedit tidak mengubahnya. Ketuk nomor laporannya di tanda terima, lalu Koreksi.
edit-of-answer = Pesan yang diedit tidak mengubah jawaban yang sudah masuk. Ketuk ✏️ pada laporannya, atau Koreksi di bawah tanda terimanya.
draft-words = Pesan
draft-dropped-which =
    { $others ->
        [0] Draf dihapus: { $title } dari { $time }. Tidak ada yang terkirim.
       *[other] Draf dihapus: { $title } dari { $time }. Masih ada { $others } draf: /tugas
    }
which-post-code = { $title }: ketik kode posnya, misalnya <code>#012</code>.

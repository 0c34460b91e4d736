# Filing a report: questions, problems, receipts.
form-example =
    <b>{ $title }</b> · { $post }
    Satu baris cukup, misalnya:
    <code>{ $example }</code>
ask-field = { $hint }
ask-again = { $label } belum terbaca. { $hint }
which-post = Laporan ini untuk pos yang mana?
post-ambiguous = «#{ $token }» cocok dengan beberapa pos Anda. Pilih salah satu:
post-not-yours = «#{ $token }» bukan pos Anda. Pilih pos Anda:
no-post = Anda belum ditugaskan di pos yang mengisi laporan ini. Minta undangan petugas kepada koordinator.
edit-files-nothing = Laporan itu sudah tersimpan; mengedit pesan tidak mengubahnya. Kirim laporan baru dengan { $command }.
not-understood = Pesan itu belum menjadi laporan. Tulis misalnya:
example = <code>{ $line }</code>
media-alone = Foto, lokasi, atau berkas belum bisa disimpan. Tulis laporannya dalam kata-kata: /lapor atau /insiden
media-not-kept = 📎 Foto atau berkasnya belum bisa disimpan; yang tersimpan tulisannya.
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
problem-over-field = { $label }: { $value } melebihi { $other } ({ $limit }). Ketik lagi.
problem-over-post = { $label }: { $value } melebihi { $attribute } ({ $limit }). Ketik lagi.
problem-text-too-short = { $label } terlalu pendek ({ $length } huruf, paling sedikit { $min }).
problem-text-too-long = { $label } terlalu panjang ({ $length } huruf, paling banyak { $max }). Ketik yang lebih singkat.
problem-too-few = { $label }: { $count } pilihan, paling sedikit { $min }.
problem-too-many = { $label }: { $count } pilihan, paling banyak { $max }.
problem-not-for-post = { $label } tidak ditanyakan kepada { $post_kind }.
problem-not-asked = { $label } hanya diisi untuk jawaban { $other } tertentu.
problem-post-twice = Satu laporan untuk satu pos, tetapi tertulis #{ $first } dan #{ $second }. Pilih salah satu:
problem-left-over = «{ $text }» tidak terbaca dalam laporan ini.

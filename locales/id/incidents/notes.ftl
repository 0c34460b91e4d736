# Replies to a card or to a message about an incident: receipts, what is passed on, the officer's last word.
note-kept = ✅ Dicatat pada <b>I-{ $number }</b> · { $clock }.
note-heard = { $names } diberi tahu.
note-and = dan
note-joined = I-{ $number } sudah digabungkan dan dilanjutkan di I-{ $other }.
note-cut = Yang diteruskan { $count } huruf pertama; semuanya tercatat di riwayat.
note-the-reporter = Pelapor
note-to-officer =
    💬 <b>I-{ $number }</b> · { $name }: <i>{ $words }</i>
    Balas pesan ini untuk menjawab.
note-to-owner = 💬 <b>I-{ $number }</b> · { $post } · { $name }: <i>{ $words }</i>
files-to-owner = 📎 <b>I-{ $number }</b> · { $post }: { $count } berkas dari pelapor.
place-to-owner = 📍 <b>I-{ $number }</b> · { $post }: pelapor membagikan lokasinya.
note-located = 📍 Lokasi Anda ditambahkan ke <b>I-{ $number }</b>.
note-located-kept = 📍 Lokasi Anda disimpan pada <b>I-{ $number }</b>; karena rahasia, tidak ditampilkan pada kartu.
button-over = Setuju, sudah selesai
button-not-over = Kabari belum selesai
event-handed-over = memegang pos ini sekarang
event-disputed = membuka lagi
tap-disputed = I-{ $number } dibuka lagi dan menunggu diterima. Terima kasih sudah mengabari.
tap-answer-late = I-{ $number } sekarang: { $state }. Untuk menambah keterangan, balas pesan ini.
officer-answer-closed = ☑️ <b>I-{ $number }</b> ditutup · { $clock }. Terima kasih sudah memastikan.
officer-answer-disputed = 🔔 <b>I-{ $number }</b> dibuka lagi · { $clock } dan menunggu diterima. Balas pesan ini: apa yang belum selesai?
officer-answer-late = <b>I-{ $number }</b> sekarang: { $state }. Untuk menambah keterangan, balas pesan ini.
owner-disputed = 🔔 <b>I-{ $number }</b> · { $post }: menurut pelapor belum selesai. Insiden dibuka lagi dan menunggu diterima.

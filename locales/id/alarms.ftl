# Calls for help.
sos-owner-silent = 🆘 <b>I-{ $number }</b> · { $post }: { $name } belum menjawab ({ $age }). Mohon segera ambil alih.
sos-waiting = 🆘 <b>I-{ $number }</b> belum diterima siapa pun ({ $age }) · { $post }
sos-call = Pelapor: { $who }
button-sos-send = KIRIM DARURAT
button-sos-withdraw = Batalkan: salah tekan
sos-ask = 🆘 <b>Kirim DARURAT</b> dari <b>{ $place }</b> ke { $groups }?
sos-words = Keterangan: <i>{ $words }</i>
sos-no-secret = ⚠️ Alarm selalu menampilkan nama dan nomor Anda, agar bantuan menemukan Anda. Laporan rahasia: <code>/insiden … rahasia</code>
sos-more-groups = { $count } grup lain
sos-nobody-linked = koordinator dan admin
sos-no-form = Tombol darurat belum dipasang di sini. Telepon koordinator Anda, lalu laporkan: /insiden
sos-sent = 🆘 <b>DARURAT terkirim</b> · I-{ $number } · { $clock }
sos-post = 📍 { $post }
sos-told =
    ⏳ Menunggu diterima. Sudah diberi tahu: { $groups ->
        [0] { $people } koordinator
       *[other] { $people ->
            [0] { $groups } grup
           *[other] { $groups } grup dan { $people } koordinator
        }
    }.
sos-told-admins = ⏳ Menunggu diterima. Belum ada grup maupun koordinator; admin diberi tahu. Telepon koordinator juga.
sos-acknowledged = ✅ <b>Diterima</b> { $clock } oleh { $name }
sos-resolved = ✅ Dinyatakan selesai { $clock } oleh { $name }
sos-rejected = 🚫 <b>Dibatalkan</b> { $clock }. Semua yang menerima sudah diberi tahu. Bila ternyata benar darurat: /darurat
sos-more = Bila sempat, bagikan lokasi di chat ini, atau tambah keterangan: <code>/darurat apa yang terjadi</code>
sos-elsewhere = Bukan di sini? Ketuk pos yang benar:
sos-running = 🆘 Alarm Anda <b>I-{ $number }</b> sudah berjalan. Yang bertugas sudah diberi tahu.
sos-not-sent = Tidak ada yang terkirim. Bila perlu: /darurat
sos-heard = ✅ <b>DARURAT I-{ $number } diterima</b> oleh { $name } · { $clock }. Utamakan keselamatan; kabari perkembangan di chat ini.
sos-located = 📍 Lokasi Anda ditambahkan ke alarm <b>I-{ $number }</b>.
sos-added = ✅ Ditambahkan ke <b>{ $number }</b>.
sos-news = 🆘 <b>I-{ $number }</b> · { $post }: <i>{ $words }</i>
sos-alert-new = 🆘 <b>DARURAT</b> — mohon segera ditanggapi.
sos-alert-acknowledged = 🆘 <b>DARURAT</b> — sudah diterima.
sos-alert-resolved = ✅ <b>DARURAT</b> — sudah selesai.
sos-alert-rejected = 🚫 <b>DARURAT dibatalkan</b> — tidak perlu tindakan.
sos-moved-from = semula { $post }
sos-withdrawn = 🚫 <b>I-{ $number } DIBATALKAN</b> oleh pelapor (salah tekan) · { $post }. Tidak perlu tindakan; bila ragu, telepon posnya.
tap-sos-sent = Terkirim: I-{ $number }.
tap-sos-running = Alarm Anda I-{ $number } sudah berjalan.
tap-sos-old = Tombol ini sudah lama. Ketik /darurat, lalu ketuk tombol yang baru.
tap-sos-too-late = Alarm sudah terkirim. Bila salah tekan, ketuk «Batalkan» di bawah alarm itu.
tap-sos-not-sent = Tidak dikirim.
tap-sos-moved = Pos alarm: { $post }
tap-sos-withdrawn = I-{ $number } dibatalkan.
menu-sos = DARURAT: minta bantuan sekarang
help-sos =
    { $command } meminta bantuan: satu perintah, satu ketukan, dan semua yang harus bertindak tahu.
    <code>{ $command } massa masuk ke TPS</code>
    Lokasi yang Anda bagikan dalam 30 menit ikut ditambahkan.
sos-in-progress = 🛠 Sedang dikerjakan { $name } sejak { $clock }
sos-referred = ➡️ Dirujuk { $name } { $clock }, menunggu diterima di sana
sos-closed = ☑️ Ditutup { $clock }
sos-duplicate = 🔗 Digabungkan dengan insiden lain { $clock }
sos-alert-in-progress = 🆘 <b>DARURAT</b> — sedang dikerjakan.
sos-alert-referred = 🆘 <b>DARURAT</b> — dirujuk, menunggu diterima.
sos-alert-closed = ☑️ <b>DARURAT</b> — sudah ditutup.
sos-alert-duplicate = 🔗 <b>DARURAT</b> — digabungkan dengan insiden lain.
sos-added-timeline = ✅ Dicatat di riwayat <b>{ $number }</b> dan disampaikan ke yang menangani. Kartunya sudah penuh: untuk hal baru, kirim /insiden.

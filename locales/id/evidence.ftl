# Files that people send.
evidence-received = 📎 <b>{ $number }</b>: { $count } berkas diterima
evidence-received-more = 📎 <b>{ $number }</b>: { $count } berkas diterima, seluruhnya { $total }
evidence-joined = 📎 Berkas ini sudah masuk ke laporan di bawah.
evidence-program = 📎 «{ $name }» tidak disimpan: berkas program bisa merusak komputer. Kirim foto, video, suara, atau PDF.
evidence-archive = 📎 «{ $name }» tidak disimpan: isi berkas ZIP/RAR tidak terlihat. Kirim isinya satu per satu.
evidence-page = 📎 «{ $name }» tidak disimpan: halaman web bukan bukti asli. Kirim tangkapan layar atau PDF.
evidence-empty = 📎 «{ $name }» kosong (0 byte). Periksa berkasnya, lalu kirim lagi.
evidence-not-media = Itu tidak bisa jadi bukti dan tidak disimpan. Kirim foto, video, suara, atau dokumen.
evidence-too-big =
    📎 Berkas ini lebih dari 20 MB, jadi tidak bisa diunduh bot.
    Berkasnya tercatat dan tetap ada di Telegram: jangan hapus pesannya.
evidence-lost = 📎 Satu berkas untuk { $number } tidak bisa diambil lagi dari Telegram. Bila masih ada di HP, kirim sekali lagi.
evidence-as-file =
    📎 <b>{ $number }</b>: kirim foto aslinya, mutu dan jamnya tetap utuh.
    1. Android: ketuk 📎, pilih <b>File</b>, lalu <b>Galeri</b>.
    2. iPhone: ketuk 📎, pilih <b>File</b>, lalu <b>Pilih dari Galeri</b>.
    3. Pilih fotonya dan kirim di sini dalam 15 menit, atau balas pesan ini.
button-send-as-file = Kirim sebagai file
tap-not-your-report = Laporan itu bukan milik Anda.
alert-media-disk = ⚠️ Foto dan berkas bukti belum bisa disimpan: { $reason }. Periksa ruang disk dan izin folder POSKO_MEDIA_DIR. Semuanya tercatat dan dicoba terus.
alert-media-local = ⚠️ Foto dan berkas bukti belum bisa diambil: server Bot API berjalan dengan --local. Jalankan tanpa --local. Semuanya tercatat dan dicoba terus.
alert-media-lost = ⚠️ Telegram tidak memberikan lagi satu berkas bukti untuk { $number }. Pengirim sudah diminta mengirim ulang.
evidence-held =
    📎 Hari ini sudah { $most } berkas atau { $size } MB yang belum masuk laporan. Berkas berikutnya tercatat, tetap ada di Telegram, dan kami ambil begitu laporannya terkirim.
    Pilih laporannya, dan jangan hapus pesannya.
evidence-report-full = 📎 { $number } sudah memuat { $most } berkas, jadi berkas ini tidak ditambahkan. Kirim ke chat pribadi bot sebagai laporan baru.
report-full = 📎 { $number } sudah memuat { $most } berkas. Kirim berkas ini sebagai pesan baru, lalu pilih laporannya.
tap-report-full = { $number } hanya memuat { $most } berkas. Pilih laporan lain, atau buat laporan baru.

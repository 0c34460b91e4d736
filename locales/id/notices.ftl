# Broadcasts.
menu-notice = Kirim pengumuman
help-notice =
    { $command } mengirim pengumuman. Sebut sasarannya, lalu isinya:
    <code>{ $command } role:officer agency:lapas Apel pukul 06.00</code>
    Sasaran: role: agency: region: post: — koma berarti «atau».
notice =
    📢 <b>Pengumuman</b>
    { $text }

    — { $author }
notice-example =
    Tulis sasaran, lalu isinya:
    <code>/pengumuman role:officer agency:lapas Apel pukul 06.00</code>
    Tanpa sasaran, bot menanyakannya.
notice-too-long = Isi pengumuman { $length } huruf; paling banyak { $limit }. Singkatkan dulu.
notice-nobody = Tidak ada orang dengan sasaran «{ $audience }». Periksa sasarannya.
notice-for-whom = Pengumuman ini untuk siapa?
notice-preview =
    <b>Sasaran:</b> { $audience }
    <b>{ $count } orang</b>, kira-kira { $minutes } menit.

    { $text }

    Kirim sekarang?
notice-on-its-way = Sedang dikirim.
notice-sending = 📤 Sedang dikirim ke { $count } orang. Hasilnya menyusul.
notice-cancelled = Pengumuman dibatalkan. Tidak ada yang terkirim.
notice-already-sending = Pengumuman ini sedang dikirim.
notice-already-done = Pengumuman ini sudah terkirim.
notice-already-cancelled = Pengumuman ini sudah dibatalkan.
notice-result = 📬 <b>Pengumuman selesai:</b> { $sent } dari { $total } orang terkirim, { $seconds } detik.
notice-reason = • Gagal, { $reason }: { $count }
notice-doubt = • Tidak pasti sampai ({ $count }): { $names }
reason-blocked = memblokir bot
reason-deactivated = akun dihapus
reason-never-started = belum pernah membuka bot
reason-not-found = akun tidak ditemukan
reason-other = ditolak Telegram
audience-all = Semua orang
audience-officer = Petugas
audience-coordinator = Koordinator
audience-tps = Petugas TPS
audience-lapas = Petugas Lapas

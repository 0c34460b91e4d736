# Summaries, reminders, notices.
summary-title =
    📊 <b>{ $region }</b>
    { $time }
summary-window-open = Jadwal { $label }: { $opens }–{ $closes }, masih dibuka
summary-window-closed = Jadwal { $label }: { $opens }–{ $closes }, sudah ditutup
summary-window-day = Hari ini (tanpa jadwal)
summary-reported = <b>Lapor { $reported } dari { $expected }</b> ({ $share }%)
summary-none-due = Tidak ada pos yang dijadwalkan lapor.
summary-part = { $bar } { $reported }/{ $expected } { $name }{ $wrong }
summary-levels = { $words }
summary-no-incidents = Insiden terbuka: nihil
summary-incidents = <b>Insiden terbuka: { $count }</b>{ $note }
summary-unowned = { $count } menunggu
summary-overdue = { $count } lewat batas
summary-incident = { $symbol } { $severity }: { $count }, terlama { $age }
streak-days = 🕊 Nol konflik: { $days } hari
streak-since = 🕊 Nol konflik: { $days } hari, sejak bot dipasang
streak-since-today = 🕊 Nol konflik sejak bot dipasang hari ini
streak-today = 🕊 Konflik terakhir: hari ini { $clock }
streak-yesterday = 🕊 Konflik terakhir: kemarin { $clock }
summary-all-reported = Semua pos sudah lapor.
summary-silent = <b>Belum lapor: { $count }</b>
summary-silent-here = • { $name }
summary-silent-post = • { $name } — { $place }
summary-silent-more = … dan { $count } pos lain
summary-unmanned = ⚠️ { $count } pos belum punya petugas
summary-total = { $label }: <b>{ $value }</b>
summary-form = 📋 <b>{ $title }</b>: { $count } pos
summary-form-count = { $label }: { $words }
summary-form-figures = { $words }
days-before = 🗓 <b>H-{ $days }</b> · { $days } hari menuju { $event }, { $date }
days-today = 🗓 <b>Hari H</b> · { $event }, { $date }
days-after = 🗓 H+{ $days } · { $event }, { $date }

reminder-countdown = { $days ->
    [0] 🗳 <b>Hari H — { $event }, { $date }.</b> Jaga keamanan, layani pemilih, tetap netral. Laporkan setiap perkembangan: /lapor
    [1] 🗳 <b>H-1 — besok { $event }, { $date }.</b> Periksa pos, logistik, dan personel hari ini. Laporkan: /lapor
   *[other] 🗳 <b>H-{ $days } — { $days } hari menuju { $event }, { $date }.</b> Pastikan pos dan personel siap. Laporkan keadaan: /lapor
}
reminder-neutrality =
    ⚖️ <b>Pengingat netralitas</b>
    ASN, TNI, Polri, Lapas, dan penyelenggara pemilu wajib netral menjelang { $event }, { $date }: tidak berkampanye, tidak menunjukkan dukungan, tidak menyukai atau membagikan unggahan calon, tidak memakai fasilitas negara untuk calon.
    Melihat pelanggaran? Laporkan: <code>/insiden netralitas sedang …</code> Nama Anda dirahasiakan.

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
audience-unknown-key-near = «{ $word }:» tidak dikenal. Maksud Anda { $near }: ?
audience-unknown-role = Peran «{ $word }» tidak dikenal. Yang ada: { $known }.
audience-unknown-role-near = Peran «{ $word }» tidak dikenal. Maksud Anda { $near }?
audience-unknown-agency = Instansi «{ $word }» tidak dikenal. Yang ada: { $known }.
audience-unknown-agency-near = Instansi «{ $word }» tidak dikenal. Maksud Anda { $near }?
audience-unknown-post = Jenis pos «{ $word }» tidak dikenal. Yang ada: { $known }.
audience-unknown-post-near = Jenis pos «{ $word }» tidak dikenal. Maksud Anda { $near }?
audience-unknown-region = Wilayah «{ $word }» tidak ada. Nama dua kata perlu tanda kutip, atau ketik kodenya: region:"Lubuk Linggau" atau region:16.73
audience-unknown-region-near = Wilayah «{ $word }» tidak ada. Maksud Anda { $near }? Nama dua kata perlu tanda kutip, atau ketik kodenya: region:"Lubuk Linggau" atau region:16.73
audience-many-regions = «{ $word }» cocok dengan { $count } wilayah: { $options }. Ketik kodenya.

# Roles, agencies, enrolling, invitations, and who is meant.
role-officer = petugas
role-coordinator = koordinator
role-admin = admin
agency-polri = Polri
agency-tni = TNI
agency-asn = ASN
agency-lapas = Lapas
agency-kejaksaan = Kejaksaan
agency-kpu = KPU
agency-bawaslu = Bawaslu
agency-linmas = Linmas
agency-bpbd = BPBD
agency-other = instansi lain
button-agree = Setuju
tap-stranger = Anda belum terdaftar. Minta tautan undangan kepada koordinator.
tap-put-out = Anda tidak terdaftar lagi. Minta undangan baru kepada koordinator.
tap-unassigned = Anda sedang tidak memegang pos. Minta koordinator menugaskan Anda. Laporan Anda yang lalu: /tugas
unassigned =
    📍 Anda sedang tidak memegang pos, jadi belum ada yang terkirim.
    Koordinator menugaskan Anda lewat undangan, atau rekan jaga menyerahkan posnya kepada Anda.
    Laporan Anda yang lalu: /tugas · Keadaan darurat: /darurat
stranger =
    Selamat datang di Posko. Bot ini untuk petugas yang ditugaskan.
    Anda belum terdaftar: minta tautan undangan kepada koordinator atau admin Anda, lalu buka tautannya.
put-out =
    Anda tidak terdaftar lagi, jadi pesan ini tidak dikirim ke mana pun.
    Bila Anda bertugas kembali, minta undangan baru kepada koordinator atau admin Anda.
    Keadaan darurat: /darurat
consent =
    <b>Undangan sebagai { $role }</b>
    { $place }
    Untuk: { $event }, { $date }

    <b>Yang disimpan:</b> nama dan nomor akun Telegram, bahasa, penugasan, serta laporan yang Anda kirim dengan waktunya.
    <b>Untuk apa:</b> koordinasi pengamanan dan pelayanan pemilu. Laporan dilihat koordinator wilayah Anda.
    <b>Netralitas:</b> ASN, TNI, Polri, dan penyelenggara wajib netral. Jangan mengirim pilihan atau perolehan suara calon.

    Ketuk Setuju bila Anda menerima tugas ini.
invite-further =
    <b>Penugasan tambahan sebagai { $role }</b>
    { $place }

    Ketuk Setuju untuk menerimanya.
consent-shared = 👥 <b>Ponsel bersama:</b> setiap laporan dari ponsel ini menanyakan atas nama siapa.
consent-given = ✅ Anda terdaftar: { $place }
welcome-officer =
    Kirim laporan cukup satu baris:
    <code>/lapor aman personel=18/20</code>
    <code>/insiden banjir berat air masuk gudang</code>
    Jadwal dan laporan Anda: /tugas · Bantuan: /panduan
welcome-coordinator =
    Lihat keadaan wilayah: /ringkasan
    Undang petugas: /undang · Bantuan: /panduan
welcome-admin =
    Undang orang: /undang · Kirim pengumuman: /pengumuman
    Di grup: /hubungkan · Bantuan: /panduan
welcome-back = Selamat datang kembali, { $name }. Lihat /tugas atau /panduan.
already-enrolled = Anda sudah terdaftar: { $place }. Lihat /tugas.
tap-enrolled = Terima kasih, Anda terdaftar.
tap-enrolled-already = Anda sudah terdaftar.
tap-invite-again = Buka lagi tautan undangan Anda, baca penjelasannya, lalu tekan Setuju di bawahnya.
invite-example =
    Contoh undangan:
    <code>/undang petugas LAPAS-1673</code>
    <code>/undang koordinator Lubuklinggau polri</code>
    <code>/undang petugas LAPAS-1673 lapas uses=20 days=3</code>
    <code>/undang petugas LAPAS-1673 lapas bersama</code> (ponsel piket yang dipakai bergantian)
invite-made =
    <b>Undangan { $role }</b>
    { $place }{ $agency }
    { $link }
    Berlaku untuk { $uses } orang sampai { $until }. Teruskan tautan ini, atau tunjukkan gambarnya.
invite-many = Siapa pun yang mendapat tautan ini bisa memakainya, jadi masa berlakunya singkat. Masa lain: <code>days=1</code> sampai <code>days={ $most }</code>. Bila sudah cukup, cabut di /undangan
invite-shared = 👥 Untuk ponsel bersama: setiap laporannya menanyakan atas nama siapa.
invite-unknown = Tautan undangan ini tidak dikenal. Periksa apakah tautannya utuh, atau minta yang baru kepada koordinator.
invite-expired = Undangan ini sudah lewat masa berlakunya. Minta yang baru kepada koordinator.
invite-used = Undangan ini sudah terpakai atau dicabut. Minta yang baru kepada koordinator.
invite-removed = Penugasan Anda sudah diakhiri setelah undangan ini dibuat, jadi undangan ini tidak berlaku untuk Anda. Minta undangan baru kepada koordinator atau admin.
invite-officers-only = Koordinator hanya mengundang petugas. Untuk peran lain, hubungi admin.
invite-no-role = Sebut perannya dulu: petugas, koordinator, atau admin. Contoh: /undang petugas LAPAS-1673
invite-unknown-role = Peran «{ $word }» tidak dikenal. Pilih petugas, koordinator, atau admin.
invite-no-place = Sebut tempatnya setelah peran: pos untuk petugas, wilayah untuk koordinator.
invite-unknown-post = Pos «{ $text }» tidak ada. Ketik kode pos atau bagian akhirnya, misalnya LAPAS-1673.
invite-unknown-region = Wilayah «{ $text }» tidak ada. Ketik nama atau kodenya.
invite-unknown-region-near = Wilayah «{ $text }» tidak ada. Mungkin maksud Anda { $near }?
invite-many-places = «{ $text }» cocok dengan { $count } tempat: { $options }. Sebut kodenya.
invite-needs-post = Petugas melapor untuk sebuah pos, sedangkan { $place } adalah wilayah. Sebut kode posnya.
invite-needs-region = { $place } adalah pos. Untuk peran ini sebut wilayahnya.
invite-unknown-option = «{ $word }» tidak dikenal. Yang ada: uses=…, days=…, agency=…
invite-unknown-agency = Instansi «{ $word }» tidak dikenal. Yang ada: { $known }.
invite-unknown-agency-near = Instansi «{ $word }» tidak dikenal. Yang ada: { $known }. Maksud Anda { $near }?
invite-bad-uses = uses={ $value } tidak bisa: tulis { $min } sampai { $max }.
invite-bad-days = days={ $value } tidak bisa: tulis { $min } sampai { $max }.
people-page = Halaman { $page } dari { $pages }
invites-title = ✉️ <b>Undangan terbuka</b> ({ $count })
invites-none = Tidak ada undangan yang masih terbuka. Membuat undangan: /undang
invites-line = { $number }. { $role } · { $place }{ $agency }: untuk { $uses } orang lagi, sampai { $until }. Dibuat oleh { $maker }.
button-withdraw-invite = Cabut nomor { $number }
tap-invite-withdrawn = Undangan { $role } dicabut. Tautannya tidak bisa dipakai lagi.
tap-invite-over = Undangan ini sudah tidak berlaku.
menu-invites = Undangan yang masih terbuka
help-invites = { $command } menampilkan undangan yang masih bisa dipakai di wilayah Anda, dengan tombol untuk mencabutnya.
menu-invite = Undang orang
menu-start = Mulai
help-invite =
    { $command } membuat tautan undangan:
    <code>{ $command } petugas LAPAS-1673</code>
    <code>{ $command } koordinator Lubuklinggau polri uses=2 days=3</code>
help-start = { $command } membuka undangan.
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

# Enrolling, inviting, groups, help, one's own affairs.
stranger =
    Selamat datang di Posko. Bot ini untuk petugas yang ditugaskan.
    Anda belum terdaftar: minta tautan undangan kepada koordinator atau admin Anda, lalu buka tautannya.
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
invite-shared = 👥 Untuk ponsel bersama: setiap laporannya menanyakan atas nama siapa.
invite-unknown = Tautan undangan ini tidak dikenal. Periksa apakah tautannya utuh, atau minta yang baru kepada koordinator.
invite-expired = Undangan ini sudah lewat masa berlakunya. Minta yang baru kepada koordinator.
invite-used = Undangan ini sudah terpakai. Minta yang baru kepada koordinator.
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

group-hello = Posko siap di grup ini. Admin menghubungkannya dengan: <code>/hubungkan WILAYAH</code>, misalnya <code>/hubungkan Lubuklinggau</code>
link-example =
    Sebut wilayahnya, dan urusannya bila perlu:
    <code>/hubungkan Lubuklinggau</code>
    <code>/hubungkan 16.74 bencana logistik</code>
linked = ✅ Grup ini terhubung dengan <b>{ $region }</b> untuk { $purposes }.
unlinked = Grup ini tidak terhubung lagi. Kartu dan ringkasan tidak dikirim ke sini.
not-linked = Grup ini belum terhubung. Admin: <code>/hubungkan WILAYAH</code>
region-unknown = Wilayah «{ $text }» tidak ada. Ketik nama atau kodenya, misalnya 16.73.
region-unknown-near = Wilayah «{ $text }» tidak ada. Maksud Anda { $near }?
region-ambiguous = «{ $text }» cocok dengan beberapa wilayah: { $options }. Ketik kodenya.

my-title = <b>{ $name }</b>
my-phase = { $days } · { $phase }
my-post = 📍 { $name } <code>#{ $code }</code>
my-more-posts = … dan { $count } pos lain
my-next = Jadwal berikutnya: { $label }, { $time }
my-role = 🗂 { $role }: { $place }
my-reports = <b>Laporan terakhir</b>
my-report = { $number } · { $title } · { $post } · { $time } · { $state }
my-unassigned = 📍 Anda sedang tidak memegang pos. Koordinator menugaskan Anda lewat undangan, atau rekan jaga menyerahkan posnya.
my-no-reports = Belum ada laporan. Mulai dengan /lapor
my-incidents = <b>Insiden Anda yang terbuka</b>
my-incident = { $symbol } I-{ $number } · { $title } · { $post } · { $state }
my-incident-owner = { $symbol } I-{ $number } · { $title } · { $post } · { $state } oleh { $owner }
my-incident-merged = { $symbol } I-{ $own } → I-{ $number } · { $title } · { $post } · { $state }
my-incident-merged-owner = { $symbol } I-{ $own } → I-{ $number } · { $title } · { $post } · { $state } oleh { $owner }
my-draft = ✏️ Draf { $title } sejak { $time }
my-draft-post = ✏️ Draf { $title } untuk { $post } sejak { $time }
my-draft-words = ✏️ Pesan { $time } yang belum menjadi laporan
due-reported = ✅ { $title }: sudah lapor
due-until = ⏳ { $title }: lapor sampai { $clock }
due-missed = ❗ { $title }: belum lapor, ditutup { $clock }
due-none = belum ada jadwal sekarang

language-which = Pilih bahasa:
language-set = Bahasa Indonesia dipakai.

help-title = <b>Yang bisa Anda lakukan:</b>
help-line = { $command } — { $title }
help-more = Rincian dan contoh: <code>/panduan lapor</code>
help-unknown = { $command } bukan perintah untuk Anda. Semua perintah: /panduan
help-form =
    <b>{ $title }</b>
    <code>{ $example }</code>
    Kata pilihan boleh dalam urutan apa pun; sisanya menjadi catatan. Punya beberapa pos? Tambahkan #kode.
help-field = • { $label } (<code>{ $key }</code>) { $required } { $words }
menu-my = Pos, jadwal, dan laporan saya
menu-language = Bahasa / language
menu-help = Panduan perintah
menu-cancel = Hapus draf
menu-summary = Ringkasan wilayah
menu-notice = Kirim pengumuman
menu-invite = Undang orang
menu-link = Hubungkan grup dengan wilayah
menu-unlink = Putuskan grup
menu-start = Mulai
help-my = { $command } menampilkan pos Anda, apa yang ditunggu, laporan terakhir, insiden terbuka, dan draf.
help-language = { $command } id atau { $command } en mengganti bahasa; di grup, bahasa grup itu.
help-help = { $command } menampilkan semua perintah Anda; <code>{ $command } lapor</code> rinciannya.
help-cancel = { $command } menghapus laporan yang sedang diisi.
help-summary = { $command } menampilkan ringkasan wilayah Anda; <code>{ $command } Prabumulih</code> wilayah lain.
help-notice =
    { $command } mengirim pengumuman. Sebut sasarannya, lalu isinya:
    <code>{ $command } role:officer agency:lapas Apel pukul 06.00</code>
    Sasaran: role: agency: region: post: — koma berarti «atau».
help-invite =
    { $command } membuat tautan undangan:
    <code>{ $command } petugas LAPAS-1673</code>
    <code>{ $command } koordinator Lubuklinggau polri uses=2 days=3</code>
help-link =
    { $command } menghubungkan grup ini:
    <code>{ $command } Lubuklinggau</code>
    <code>{ $command } 16.74 bencana logistik</code>
help-unlink = { $command } menghentikan kartu dan ringkasan di grup ini.
help-start = { $command } membuka undangan.

# One's own tasks, contact and language.
contact-mine =
    <b>Kontak Anda</b>
    Pangkat: { $rank }
    Nama: { $name }
    Nomor: { $phone }

    🔒 Tidak wajib. Tampil pada kartu insiden Anda agar Anda dapat ditelepon: semua anggota grup yang menerima kartunya dapat membacanya. Tidak pada laporan rahasia. Dapat dihapus kapan saja.
    Mengubah: <code>/kontak Bripka</code> atau <code>/kontak 0812-0000-0001</code>
contact-none = belum diisi
contact-share-mine = 📱 Bagikan nomor saya
contact-share = Ketuk <b>📱 Bagikan nomor saya</b> di bawah agar Anda dapat ditelepon. Nomor tampil pada kartu insiden Anda; semua anggota grup yang menerima kartunya dapat membacanya. Tidak wajib. Nomor lain: <code>/kontak 0812-0000-0001</code>
contact-kept = ✅ Nomor Anda yang berakhir { $tail } tersimpan. Nomor itu tampil pada kartu insiden Anda; semua anggota grup yang menerima kartunya dapat membacanya. Melihat atau menghapus: /kontak
contact-kept-rank = ✅ Pangkat { $rank } dan nomor Anda yang berakhir { $tail } tersimpan. Keduanya tampil pada kartu insiden Anda; semua anggota grup yang menerima kartunya dapat membacanya. Melihat atau menghapus: /kontak
contact-offer = 📱 Bagikan nomor agar Anda dapat ditelepon (tidak wajib; terbaca di grup yang menerima kartu Anda): /kontak
contact-not-own = Itu nomor orang lain dan tidak disimpan. Bagikan nomor Anda sendiri lewat /kontak
contact-rank-long = Pangkat itu terlalu panjang: paling banyak { $most } huruf. Contoh: /kontak Bripka
phone-letters = Itu tidak terbaca sebagai nomor telepon. Contoh: /kontak 0812-0000-0001
phone-short = Nomor itu terlalu pendek. Contoh: /kontak 0812-0000-0001. Nomor kantor: dengan kode daerahnya
phone-long = Nomor itu terlalu panjang. Contoh: /kontak 0812-0000-0001
phone-country = Nomor itu tidak diawali 0 atau kode negara. Contoh: /kontak 0812-0000-0001, atau untuk luar negeri dengan + di depan
phone-uncallable = Nomor +888 hanya untuk masuk Telegram dan tidak dapat ditelepon. Ketik nomor lain, misalnya: /kontak 0812-0000-0001
button-change-phone = Ganti nomor
button-delete-phone = Hapus nomor
button-delete-rank = Hapus pangkat
tap-phone-change = Ketuk tombol di bawah layar untuk membagikan nomor HP ini.
tap-phone-deleted = Nomor Anda dihapus, juga dari kartu insiden Anda.
tap-phone-none = Nomor Anda sudah tidak disimpan.
tap-rank-deleted = Pangkat Anda dihapus.
tap-rank-none = Pangkat Anda sudah tidak disimpan.
menu-contact = Pangkat dan nomor telepon saya
help-contact =
    { $command } menampilkan pangkat dan nomor Anda, serta siapa yang melihatnya.
    <code>{ $command } Bripka</code>
    <code>{ $command } 0812-0000-0001</code>
my-owned = <b>Insiden yang Anda tangani</b>
my-owned-incident = { $symbol } I-{ $number } · { $title } · { $post } · { $state }
my-owned-due = { $symbol } I-{ $number } · { $title } · { $post } · { $state } · batas { $time }
my-owned-late = { $symbol } I-{ $number } · { $title } · { $post } · { $state } · ⏰ <b>lewat batas</b>, batas baru { $time }
my-list = Daftar insiden wilayah Anda: /insiden daftar
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
language-which = Pilih bahasa:
language-set = Bahasa Indonesia dipakai.
menu-my = Pos, jadwal, dan laporan saya
menu-language = Bahasa / language
help-my = { $command } menampilkan pos Anda, apa yang ditunggu, laporan terakhir, insiden terbuka, dan draf.
help-language = { $command } id atau { $command } en mengganti bahasa; di grup, bahasa grup itu.

# What is due: reminders, nihil, drafts whose time has passed.
due-soon =
    ⏰ <b>{ $label }</b>: laporan ditunggu sampai pukul { $clock }.
    Belum ada laporan dari:
due-post = 📍 { $name } <code>#{ $code }</code>
due-post-draft = ✏️ { $name } <code>#{ $code }</code> — draf Anda menunggu
due-how-nil = Situasi aman? Satu ketukan cukup.
due-how-nil-all = Semua aman? Satu ketukan cukup untuk semua pos di atas.
due-how-fill = Isi laporannya lewat tombol di bawah.
button-nil = Kirim nihil / aman
button-nil-all = Kirim semua aman
button-fill = Isi laporan
button-fill-form = Isi { $title }
button-go-on = Lanjutkan
button-go-on-form = Lanjutkan { $title }
button-correct-again = Perbaiki lagi
nil-which =
    Nihil untuk pos yang mana? Belum lapor: { $count } pos.
    Ketuk satu per satu, atau semuanya sekaligus.
nil-filed-all =
    ✅ <b>Nihil tercatat untuk { $count } pos.</b> { $clock }
nil-filed-line = { $number } · { $post } · { $label }
nil-filed-late = { $number } · { $post } · { $label } · ⏰ terlambat
nil-rest = Masih ditunggu: { $count } pos untuk { $label }.
nil-already =
    ✅ { $post } sudah lapor untuk { $label }: { $number } · { $time }. Tidak perlu dikirim lagi.
    Ada perkembangan? Kirim /lapor
nil-all-already =
    ✅ Semua pos Anda sudah lapor. Tidak perlu dikirim lagi.
    Ada perkembangan? Kirim /lapor
nil-none-now =
    Sekarang belum ada jadwal lapor. Berikutnya: { $label }, { $time }.
    Ada yang perlu dilaporkan? Kirim /lapor
nil-none-planned =
    Tidak ada jadwal lapor untuk pos Anda.
    Ada yang perlu dilaporkan? Kirim /lapor
nil-not-yours = «#{ $token }» bukan pos Anda. Kode pos Anda: /tugas
nil-window-over = ⏰ Jadwal tombol itu sudah ditutup, jadi ketukan tadi tidak mengirim apa pun. Nihil untuk jadwal sekarang: /nihil
tap-nil-window-over = Jadwal tombol ini sudah ditutup. Belum ada yang terkirim.
tap-nil-filed = Tercatat: nihil.
tap-nil-already = Sudah lapor untuk jadwal ini.
draft-expired =
    🗑 Draf <b>{ $title }</b> yang dimulai { $time } sudah kedaluwarsa dan dihapus. Belum ada yang terkirim.
    Masih perlu dilaporkan? Mulai lagi dengan keadaan sekarang.
draft-expired-here = 🗑 Kedaluwarsa, <b>belum terkirim</b>.
draft-expired-post =
    🗑 Draf <b>{ $title }</b> untuk { $post }, dimulai { $time }, sudah kedaluwarsa dan dihapus. Belum ada yang terkirim.
    Masih perlu dilaporkan? Mulai lagi dengan keadaan sekarang.
draft-expired-words =
    🗑 Pesan Anda { $time } tidak pernah menjadi laporan: <i>{ $text }</i>
    Masih perlu dilaporkan? Mulai lagi dengan keadaan sekarang.
draft-expired-correction =
    🗑 Perbaikan yang dimulai { $time } tidak diselesaikan dan dihapus. Laporannya tetap seperti semula.
reminder-quiet =
    ⚖️ <b>Masa tenang, H-{ $days }</b>
    Sampai { $event }, { $date }: tidak ada kampanye dalam bentuk apa pun. ASN, TNI, Polri, Lapas, dan penyelenggara pemilu tetap netral, juga di media sosial dan grup keluarga.
    Melihat pelanggaran? Laporkan: <code>/insiden netralitas sedang …</code> Nama Anda dirahasiakan.
reminder-letters =
    ✉️ <b>C.Pemberitahuan</b>
    { $days ->
        [3] Hari ini (H-3) batas terakhir: setiap pemilih sudah menerima C.Pemberitahuan secara langsung.
       *[other] Tinggal { $days } hari menuju { $event }. Setiap pemilih menerima C.Pemberitahuan secara langsung, paling lambat H-3.
    }
    Ada yang belum sampai? Laporkan: /lapor
reminder-logistics =
    📦 <b>Logistik TPS</b>
    { $days ->
        [1] Hari ini (H-1) logistik harus sudah lengkap di setiap TPS, dikawal dan tersegel.
       *[other] Besok (H-1) logistik harus sudah lengkap di setiap TPS, dikawal dan tersegel.
    }
    Ada yang kurang, rusak, atau terlambat? Laporkan sekarang: /lapor
reminder-flood =
    🌧 <b>Siaga banjir dan longsor</b>
    Musim hujan: periksa tinggi air, jalan masuk ke TPS, tempat pengungsian, perahu, dan genset. Pastikan logistik di tempat kering dan tinggi.
    Air naik atau tanah bergerak? Laporkan segera: <code>/insiden banjir …</code> atau <code>/insiden longsor …</code>
menu-nil = Nihil: tidak ada kejadian
help-nil =
    { $command } melaporkan nihil (situasi aman) untuk jadwal yang berlaku. Punya beberapa pos? Pilih dengan tombol, atau sebut kodenya: <code>{ $command } #901</code>
due-reported = ✅ { $title }: sudah lapor
due-until = ⏳ { $title }: lapor sampai { $clock }
due-missed = ❗ { $title }: belum lapor, ditutup { $clock }
due-none = belum ada jadwal sekarang
reminder-countdown = { $days ->
    [0] 🗳 <b>Hari H — { $event }, { $date }.</b> Jaga keamanan, layani pemilih, tetap netral. Laporkan setiap perkembangan: /lapor
    [1] 🗳 <b>H-1 — besok { $event }, { $date }.</b> Periksa pos, logistik, dan personel hari ini. Laporkan: /lapor
   *[other] 🗳 <b>H-{ $days } — { $days } hari menuju { $event }, { $date }.</b> Pastikan pos dan personel siap. Laporkan keadaan: /lapor
}
reminder-neutrality =
    ⚖️ <b>Pengingat netralitas</b>
    ASN, TNI, Polri, Lapas, dan penyelenggara pemilu wajib netral menjelang { $event }, { $date }: tidak berkampanye, tidak menunjukkan dukungan, tidak menyukai atau membagikan unggahan calon, tidak memakai fasilitas negara untuk calon.
    Melihat pelanggaran? Laporkan: <code>/insiden netralitas sedang …</code> Nama Anda dirahasiakan.

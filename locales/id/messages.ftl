# Words, files and places that came without a command.
button-kept-form = { $title }
button-kept-add = Tambahkan ke { $number }
button-kept-nothing = Bukan laporan
tap-draft-gone = Draf ini sudah tidak ada: terkirim, diganti, dibatalkan, atau kedaluwarsa. Lihat /tugas.
tap-draft-expired = Draf ini sudah kedaluwarsa dan BELUM terkirim. Mulai lagi dengan keadaan sekarang.
# Words and files that are no report yet.
not-understood = Pesan itu belum menjadi laporan. Yang bisa Anda pakai: /panduan
kept-words = <blockquote>{ $words }</blockquote>
kept-what = Pesan Anda disimpan, tetapi belum menjadi laporan. Ini apa?
kept-nothing = Baik, ini bukan laporan.
kept-added = 📎 { $count } berkas ditambahkan ke { $number }.
location-kept = 📍 Lokasi disimpan dan ikut di laporan Anda 30 menit ke depan: /lapor atau /insiden
location-near = 📍 Lokasi disimpan. Pos Anda yang terdekat: { $post }, { $distance }. Lapor dari mana?
edit-files-nothing = Laporan itu sudah tersimpan dan pesan yang diedit tidak mengubahnya. Ketuk Koreksi di bawah tanda terimanya, atau kirim { $command } baru.
edit-for-all = Laporan semua pos sudah tersimpan, dan pesan yang diedit tidak mengubahnya. Ketuk nomor laporannya di tanda terima, lalu Koreksi.
edit-of-answer = Pesan yang diedit tidak mengubah jawaban yang sudah masuk. Ketuk ✏️ pada laporannya, atau Koreksi di bawah tanda terimanya.

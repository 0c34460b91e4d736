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
kept-apart = 📄 Ditanyakan terpisah: bila digabung dengan pesan tadi, panjangnya lebih dari { $most } huruf.
kept-files-full = 📎 Ditanyakan terpisah: kiriman tadi sudah memuat { $most } berkas.
kept-report-full = 📎 { $number } sudah memuat { $most } berkas. Berkas ini disimpan; pilih laporan lain atau buat yang baru.
drafts-full =
    📌 Anda punya lebih dari { $most } kiriman yang belum selesai. Yang terlama disisihkan dan <b>belum terkirim</b>.
    Buka lagi dengan tombol Lanjutkan di pesannya. Yang disisihkan paling banyak { $aside }; lebih dari itu ditutup.
    Hapus yang tidak perlu: /batal. Bila mendesak: /insiden atau /darurat tetap langsung dikirim.
draft-aside = 📌 { $title } dari { $time } disisihkan, <b>belum terkirim</b>. Ketuk Lanjutkan untuk membukanya lagi.
draft-closed-here = 🗑 Ditutup karena terlalu banyak yang belum selesai, <b>belum terkirim</b>. Pesan Anda masih ada di chat ini; bila masih perlu, kirim lagi.

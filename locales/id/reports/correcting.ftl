# Correcting a report.
# Corrections.
ask-reason = Mengapa laporan ini dikoreksi? Pilih, atau ketik alasannya.
reason-typo = Salah ketik
reason-newer = Ada data baru
reason-place = Salah pos
reason-checked = Sudah dicek ulang
reason-edited = Pesan diedit
correction-not-yours = Laporan itu bukan milik Anda, jadi tidak bisa Anda koreksi.
correction-overtaken = Laporan ini sudah dikoreksi lebih dulu. Ketuk Koreksi sekali lagi untuk melihat isinya sekarang.
correction-nothing = Tidak ada yang berubah; { $number } tetap seperti semula.
correction-full = { $number } sudah { $most } kali berubah, jadi perubahan ini tidak disimpan. Kirim sebagai laporan baru: { $command }

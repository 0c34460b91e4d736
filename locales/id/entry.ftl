# Help, menus, and commands or buttons that nobody can follow here.
tap-too-old = Tombol ini sudah tidak berlaku. Kirim /panduan untuk mulai lagi.
not-allowed = Perintah { $command } bukan untuk peran Anda. Yang bisa Anda pakai: /panduan
only-private = Kirim { $command } lewat chat pribadi dengan @{ $bot }.
only-group = Perintah { $command } dipakai di dalam grup. Tambahkan bot ke grup, lalu kirim di sana.
anonymous = Anda menulis sebagai admin anonim, jadi bot tidak tahu siapa Anda. Matikan «Tetap Anonim» atau kirim dengan nama sendiri.
help-title = <b>Yang bisa Anda lakukan:</b>
help-line = { $command } — { $title }
help-more = Rincian dan contoh: <code>/panduan lapor</code>
help-unknown = { $command } bukan perintah untuk Anda. Semua perintah: /panduan
help-form =
    <b>{ $title }</b>
    <code>{ $example }</code>
    Kata pilihan boleh dalam urutan apa pun; sisanya menjadi catatan. Punya beberapa pos? Tambahkan #kode.
help-field = • { $label } (<code>{ $key }</code>) { $required } { $words }
menu-help = Panduan perintah
menu-cancel = Hapus draf
help-help = { $command } menampilkan semua perintah Anda; <code>{ $command } lapor</code> rinciannya.
help-cancel = { $command } menghapus laporan yang sedang diisi.
command-near = Perintah { $command } tidak ada. Maksud Anda { $near }?
command-unknown = Perintah { $command } tidak ada. Semua perintah: /panduan
alert-preset-changed = 🗺 { $file } pada preset berbeda dari basis data: { $new } baru, { $changed } berubah, { $gone } tidak tercantum lagi (tetap dipakai). Bila memang dimaksud, jalankan di server: <code>{ $command }</code>
alert-preset-broken = 🗺 { $file } pada preset berubah, tetapi tidak bisa dibaca, jadi data yang lama tetap dipakai. Perbaiki berkas itu di server. Sebabnya: <code>{ $reason }</code>

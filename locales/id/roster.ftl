# Handing posts over.
button-hand-over = Serahkan
button-hand-over-all = Serahkan semua pos
button-refuse = Tolak
button-take-back = Tarik kembali
handover-example = Untuk melihat siapa memegang pos kapan: <code>/serahterima #LAPAS-1673</code> atau nama posnya. Petugas menyerahkan posnya dengan /serahterima
handover-which = Pos mana yang diserahkan?
handover-to-whom =
    <b>Serah terima: { $post }</b>
    Siapa yang menerima?
handover-nobody = Belum ada rekan yang pernah memegang { $post }. Minta koordinator mengundang rekan Anda dulu dengan: <code>/undang petugas { $code }</code>
handover-not-yours = «{ $word }» bukan pos Anda. Kirim /serahterima tanpa tambahan untuk memilih.
handover-sure = Serahkan kepada <b>{ $name }</b>?
handover-none = Tidak ada yang diserahkan. Pos tetap tanggung jawab Anda.
handover-post = 📍 { $name } <code>#{ $code }</code>
handover-due = ⏰ { $title } ditunggu sampai { $clock }
handover-open = 🔔 Insiden terbuka ({ $count }): { $numbers }
handover-receiver-offered = 🔁 <b>Serah terima dari { $name }</b>. Terima sebelum { $time }:
handover-giver-offered = ⏳ Menunggu <b>{ $name }</b> menerima, sampai { $time }. Sampai saat itu pos tetap tanggung jawab Anda:
handover-receiver-taken = ✅ <b>Anda menerima pos dari { $name }</b> · { $time }. Jadwal dan insidennya: /tugas
handover-giver-taken = ✅ <b>Diterima { $name }</b> · { $time }:
handover-receiver-refused = Anda menolak serah terima dari { $name } · { $time }:
handover-giver-refused = ❌ { $name } menolak · { $time }. Pos tetap tanggung jawab Anda:
handover-receiver-dropped = Serah terima dari { $name } tidak berlaku lagi · { $time }:
handover-giver-dropped = Serah terima kepada { $name } tidak berlaku lagi · { $time }. Ulangi bila perlu: /serahterima
handover-done = ✅ <b>{ $posts }</b> diterima { $name } · { $clock }. Tugas Anda di sana selesai; terima kasih.
handover-done-drafts = ✅ <b>{ $posts }</b> diterima { $name } · { $clock }. Tugas Anda di sana selesai; { $drafts } draf Anda untuk pos itu dihapus. Terima kasih.
handover-not-taken = ❌ { $name } menolak menerima <b>{ $posts }</b> · { $clock }. Pos tetap tanggung jawab Anda: /serahterima
handover-lapsed = Serah terima <b>{ $posts }</b> kepada { $name } tidak berlaku lagi · { $clock }. Ulangi bila perlu: /serahterima
handover-undelivered = ⚠️ Serah terima tidak sampai kepada { $name }: bot tidak bisa mengirim pesan kepadanya. Hubungi langsung, minta membuka bot, lalu ulangi: /serahterima
handover-unknown-post = Pos «{ $word }» tidak ada di wilayah Anda. Ketik kode atau namanya.
handover-many-posts = «{ $word }» cocok dengan beberapa pos: { $codes }. Ketik kodenya.
handover-history = 🗂 <b>{ $name }</b> <code>#{ $code }</code> — pemegang pos:
handover-holds = • { $name }: sejak { $since }
handover-held = • { $name }: { $since } – { $until }
handover-never-held = Belum pernah ada petugas. Undang: <code>/undang petugas { $code }</code>
tap-handover-unreachable = { $name } tidak bisa dihubungi bot. Minta ia membuka bot ini dulu, atau pilih rekan lain.
tap-handover-waiting = Menunggu { $name } menerima.
tap-handover-offered = Serah terima ini sudah ditawarkan. Lihat pesannya.
tap-handover-none = Tidak ada yang diserahkan.
tap-handover-yours = Pos ini sekarang tanggung jawab Anda.
tap-handover-taken = Serah terima ini sudah diterima.
tap-handover-refused = Serah terima ditolak.
tap-handover-dropped = Serah terima ini tidak berlaku lagi.
menu-handover = Serah terima pos (aplusan)
help-handover =
    { $command } menyerahkan pos kepada rekan jaga berikutnya; pos baru berpindah setelah ia mengetuk Terima.
    Koordinator: <code>{ $command } #LAPAS-1673</code> menampilkan siapa memegang pos itu kapan.
# People: who serves where, and putting somebody out.
people-own = di wilayah Anda
people-title = 👥 <b>Personel { $where }</b>: { $count } orang
people-line = { $number }. <b>{ $name }</b>{ $agency }
people-holds = 📍 { $place }, sejak { $since }
people-unreached = 🚫 Tidak bisa dihubungi bot sejak { $since }
people-unseen = 🚫 Belum pernah membuka bot
people-nobody = Tidak ada «{ $text }» di wilayah Anda. Ketik sebagian nama, kode pos, atau wilayahnya; tanpa tambahan, /personel menampilkan semua.
people-nobody-near = Tidak ada «{ $text }» di wilayah Anda. Mungkin maksud Anda: { $near }?
people-elsewhere = «{ $text }» di luar wilayah Anda.
person-title = 👤 <b>{ $name }</b>{ $agency }
person-elsewhere = Ia juga bertugas di luar wilayah Anda.
button-people = Kembali ke daftar
button-remove = Keluarkan…
remove-sure = Keluarkan <b>{ $name }</b> dari tugas ini?
remove-then = Berlaku seketika: ia tidak bisa melapor atau menindaklanjuti dari sana lagi, dan undangan lama tidak berlaku baginya. Ia diberi tahu dengan sopan. Pilih alasannya:
button-remove-done = Keluarkan: tugas selesai
button-remove-moved = Keluarkan: pindah tugas
button-remove-mistake = Keluarkan: salah undang
button-remove-unsaid = Keluarkan tanpa alasan
why-done = tugas selesai
why-moved = pindah tugas
why-mistake = salah undang
remove-bar-self = Anda tidak dapat mengeluarkan diri sendiri. Minta admin lain.
remove-bar-settings = { $name } admin dari pengaturan program (POSKO_ADMINS). Hapus nomornya di sana, lalu jalankan ulang program.
remove-bar-above = { $name } admin di atas wilayah Anda. Hanya admin di tingkat itu yang dapat mengeluarkannya.
remove-bar-nothing = { $name } sudah tidak bertugas di wilayah Anda.
tap-not-your-person = Orang ini tidak bertugas di wilayah Anda, atau sudah dikeluarkan. Lihat /personel.
tap-removed = { $name } dikeluarkan.
removed-done = ✅ <b>{ $name }</b> dikeluarkan · { $clock }. Tugas yang berakhir:
removed-place = • { $place }
removed-why = Alasan: { $why }.
removed-left = Tugas { $name } di luar wilayah Anda tetap berlaku.
removed-incidents = 🔔 Insiden yang ditinggalkan dan menunggu diterima lagi: { $numbers }. Grupnya sudah diberi tahu.
removed-withdrawn = ✂️ { $count } undangan buatannya dicabut.
removed-invites = ✉️ Masih ada { $count } undangan terbuka untuk tempat yang sama. Bila tautannya bisa disalahgunakan, cabut: /undangan
removed-empty = 📍 { $post } kini tanpa petugas. Undang pengganti: <code>/undang petugas { $code }</code>
removed-groups = Bila ia anggota grup Telegram, keluarkan juga di sana; bot tidak melakukannya.
removed-told = { $name } mengakhiri tugas Anda · { $clock }:
removed-told-left = Tugas Anda yang lain tetap: { $places }.
removed-told-all = Terima kasih atas tugas Anda. Bila ini keliru, hubungi { $name } dan minta undangan baru.
removed-told-drafts = 📝 { $count } isian Anda belum terkirim dan tidak akan terkirim. Bila isinya penting, sampaikan langsung kepada koordinator Anda.
alert-removed = 👥 { $name } mengeluarkan <b>{ $person }</b>:
menu-people = Personel di wilayah Anda
help-people =
    { $command } menampilkan siapa bertugas di mana, dengan tombol untuk melihat dan mengeluarkan:
    <code>{ $command } Lubuklinggau</code>
    <code>{ $command } LAPAS-1673</code>
    <code>{ $command } budi</code>

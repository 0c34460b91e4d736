# The list of open incidents.
list-count = { $count ->
    [0] 📋 <b>Tidak ada insiden yang cocok</b>
   *[other] 📋 <b>{ $count } insiden terbuka</b>
}
list-filter = { $name }
list-page = hal. { $page }/{ $pages }
list-place = 📍 { $place } · keadaan { $clock }
list-event = { $symbol } <b>I-{ $number }</b> { $title } · { $post }
list-entry = { $severity } · { $state } { $owner } · { $age }
list-entry-late = { $severity } · { $state } { $owner } · { $age } · ⏰ <b>lewat batas</b>
list-waiting = menunggu
list-empty = ✅ Tidak ada insiden terbuka.
list-empty-here = ✅ Tidak ada insiden terbuka untuk urusan grup ini.
list-others = ➕ { $count } lagi di wilayah ini bukan urusan grup ini.
list-mine = Lihat milik saya
list-unowned = Lihat menunggu ({ $count })
list-overdue = Lihat lewat batas ({ $count })
list-categories = Pilih kategori…
list-regions = Pilih wilayah…
list-all = Lihat semua ({ $count })
list-refresh = Perbarui
list-is-mine = penanggung jawab { $name }
list-is-unowned = menunggu diterima
list-is-overdue = lewat batas
list-no-category = 📣 Situasi/darurat
list-region-alone = { $name } saja
list-choose-category = Insiden kategori apa yang ditampilkan? Angkanya: yang masih terbuka.
list-choose-region = Insiden wilayah mana yang ditampilkan? Angkanya: yang masih terbuka.
list-coordinators-only = Daftar insiden untuk koordinator. Laporan Anda sendiri dan perkembangannya: /tugas
list-coordinators-group = Daftar insiden untuk koordinator. Untuk melapor atau melihat laporan Anda, buka chat pribadi dengan @{ $bot }: /insiden, /tugas.
tap-card-below = Kartu I-{ $number } ada di bawah.

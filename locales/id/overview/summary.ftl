# The summary.
menu-summary = Ringkasan wilayah
help-summary = { $command } menampilkan ringkasan wilayah Anda; <code>{ $command } Prabumulih</code> wilayah lain.
summary-title =
    📊 <b>{ $region }</b>
    { $time }
summary-window-open = Jadwal { $label }: { $opens }–{ $closes }, masih dibuka
summary-window-closed = Jadwal { $label }: { $opens }–{ $closes }, sudah ditutup
summary-window-day = Hari ini (tanpa jadwal)
summary-reported = <b>Lapor { $reported } dari { $expected }</b> ({ $share }%)
summary-none-due = Tidak ada pos yang dijadwalkan lapor.
summary-part = { $bar } { $reported }/{ $expected } { $name }{ $wrong }
summary-levels = { $words }
summary-no-incidents = Insiden terbuka: nihil
summary-incidents = <b>Insiden terbuka: { $count }</b>{ $note }
summary-unowned = { $count } menunggu
summary-overdue = { $count } lewat batas
summary-incident = { $symbol } { $severity }: { $count }, terlama { $age }
streak-days = 🕊 Nol konflik: { $days } hari
streak-since = 🕊 Nol konflik: { $days } hari, sejak bot dipasang
streak-since-today = 🕊 Nol konflik sejak bot dipasang hari ini
streak-today = 🕊 Konflik terakhir: hari ini { $clock }
streak-yesterday = 🕊 Konflik terakhir: kemarin { $clock }
summary-all-reported = Semua pos sudah lapor.
summary-silent = <b>Belum lapor: { $count }</b>
summary-silent-here = • { $name }
summary-silent-post = • { $name } — { $place }
summary-silent-more = … dan { $count } pos lain
summary-unmanned = ⚠️ { $count } pos belum punya petugas
summary-total = { $label }: <b>{ $value }</b>
summary-form = 📋 <b>{ $title }</b>: { $count } pos
summary-form-count = { $label }: { $words }
summary-form-figures = { $words }
days-before = 🗓 <b>H-{ $days }</b> · { $days } hari menuju { $event }, { $date }
days-today = 🗓 <b>Hari H</b> · { $event }, { $date }
days-after = 🗓 H+{ $days } · { $event }, { $date }

# Incidents: the card, and what people hear of each step.
card-title = { $symbol } <b>I-{ $number } · { $title } · { $severity }</b>
card-place = 📍 { $post } — { $path }
card-times = 🕗 Kejadian { $occurred } · dikirim { $sent }
card-map = <a href="https://maps.google.com/?q={ $lat },{ $lon }">Buka peta</a>
card-answer = { $label }: { $value }
card-note = <blockquote>{ $note }</blockquote>
card-reporter = Pelapor: { $name } ({ $agency })
card-confidential = 🔒 Pelapor dirahasiakan
card-state-new = { $symbol } <b>Menunggu diterima</b>
card-state-acknowledged = { $symbol } Ditangani { $owner } · { $clock }
card-state-resolved = { $symbol } Selesai oleh { $owner } · { $clock }
tap-taken = I-{ $number } Anda tangani. Pelapor diberi tahu.
tap-resolved = I-{ $number } selesai. Pelapor diberi tahu.
tap-already-acknowledged = I-{ $number } sudah diterima { $name }.
tap-already-resolved = I-{ $number } sudah selesai ({ $name }).
officer-taken = 👀 <b>I-{ $number }</b> diterima oleh { $name } · { $clock }. Kabari bila keadaan berubah: /insiden
officer-resolved = ✅ <b>I-{ $number }</b> dinyatakan selesai oleh { $name } · { $clock }. Terima kasih.
incident-coordinators-only = Kartu insiden untuk koordinator. Laporan Anda sendiri dan perkembangannya: /tugas
incident-unknown = I-{ $number } tidak ada di wilayah Anda.

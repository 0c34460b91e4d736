# What the clock asks and tells about incidents that nobody takes or whose owner is silent.
ask-owner =
    ⏳ <b>I-{ $number }</b> · { $title } · { $post }: masih Anda tangani?
    Belum ada kabar dari Anda sejak { $since }. Tanpa jawaban sampai { $until }, { $who } diberi tahu.
ask-settled = ✔️ <b>I-{ $number }</b>: { $state } · { $name } · { $clock }
ask-settled-unowned = ✔️ <b>I-{ $number }</b>: { $state } · { $clock }
ask-hears-above = tingkat di atas
ask-hears-admins = admin
the-owner = Penanggung jawab
officer-lapsed = 🔔 <b>I-{ $number }</b> menunggu diterima lagi: { $name } tidak bertugas lagi di wilayah itu.
officer-owner-silent = 🆘 <b>I-{ $number }</b>: { $name } belum memberi kabar. Grup dan koordinator lain sudah dipanggil lagi. Utamakan keselamatan.
officer-escalated = 🔺 <b>I-{ $number }</b> belum diterima, jadi diteruskan juga ke { $groups }.
alert-level-skipped =
    ⚠️ <b>I-{ $number }</b> melewati tingkat tanpa grup untuk urusan ini: { $regions }.
    Untuk menghubungkan, kirim di grupnya: <code>{ $command }</code>
alert-waiting =
    🔺 <b>I-{ $number }</b> · { $place } belum diterima siapa pun sejak { $since }. Sudah diberi tahu: { $groups }. Tidak ada tingkat lain di atasnya.
    Mohon tindak lanjuti: /insiden I-{ $number }
alert-waiting-referred =
    🔺 Rujukan <b>I-{ $number }</b> · { $place } ke { $to } belum diterima; insiden ini berjalan sejak { $since }. Sudah diberi tahu: { $groups }.
    Mohon tindak lanjuti: /insiden I-{ $number }
alert-waiting-owner =
    🔺 <b>I-{ $number }</b> · { $place }: { $name } belum menjawab; kabar terakhir { $since }. Sudah diberi tahu: { $groups }. Tidak ada tingkat lain di atasnya.
    Mohon tindak lanjuti: /insiden I-{ $number }
alert-waiting-confidential =
    🔺 <b>I-{ $number }</b> · { $place } menunggu tindak lanjut.
    Buka di chat ini: /insiden I-{ $number }
event-unanswered = Penanggung jawab belum menjawab
event-admins = Admin diberi tahu
event-lapsed = Penanggung jawab tidak bertugas lagi di sini; menunggu diterima
event-lapsed-from = { $note } tidak bertugas lagi di sini; menunggu diterima
event-asked = Penanggung jawab ditanya: masih ditangani?
event-escalated = Naik ke tingkat di atas
event-escalated-from = Naik ke tingkat di atas (sebelumnya: { $note })

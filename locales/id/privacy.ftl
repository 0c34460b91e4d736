# What is told in confidence, and who looks at the name behind it.
receipt-confidential = 🔒 Nama Anda tidak ditampilkan.
button-confide = Rahasiakan nama saya
button-confided = Rahasiakan nama saya ✓
button-identity = Lihat pelapor
tap-confided = 🔒 Nama Anda tidak akan ditampilkan.
tap-not-confided = Nama Anda akan ditampilkan seperti biasa.
identity-title = 🔒 <b>Pelapor I-{ $number }</b>
identity-person = { $rank }<a href="tg://user?id={ $telegram }">{ $name }</a> ({ $agency })
identity-phone = Telepon: { $phone }
identity-telegram = ID Telegram: <code>{ $telegram }</code>
identity-behalf = Atas nama: { $names }
identity-place = Pos: { $post }
identity-times = Kejadian { $occurred } · dikirim { $sent }
identity-words = <blockquote>{ $words }</blockquote>
identity-journaled = Akses ini tercatat di jurnal atas nama Anda, dan pelapor diberi tahu. Mohon tidak diteruskan.
identity-seen = 🔒 Identitas Anda pada I-{ $number } dilihat oleh pejabat yang ditunjuk · { $clock }

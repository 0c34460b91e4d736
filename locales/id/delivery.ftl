# What people and admins hear when an update or a message goes astray.
set-aside = Maaf, pesan Anda tidak dapat diproses. Admin sudah diberi tahu. Sampaikan nomor <b>{ $reference }</b> bila bertanya, dan kirim ulang laporan Anda.
alert-set-aside = ⚠️ Sebuah pesan gagal diproses dan disisihkan. Nomor: <b>{ $reference }</b>. Rinciannya ada di log.
alert-unparsable = ⚠️ Sebuah pembaruan dari Telegram tidak terbaca dan disisihkan. Nomor: <b>{ $reference }</b>. Yang lain tetap jalan.
alert-conflict = ⚠️ Ada program lain yang memakai token bot yang sama. Hentikan salah satunya.
alert-token-refused = ⚠️ Telegram sempat menolak token bot. Periksa token di @BotFather.
alert-database-broken = ⚠️ <b>Posko berhenti menerima laporan</b>: tempat penyimpanan datanya rusak atau tidak dapat ditulis. Pesan yang dikirim sekarang ditahan Telegram paling lama 24 jam dan diproses setelah diperbaiki; untuk keadaan darurat gunakan telepon atau radio. Minta penanggung jawab server segera memeriksanya: baris terakhir log menyebut apa yang rusak dan cara memperbaikinya.
alert-clock-wrong = ⚠️ Jam server salah: menunjukkan <b>{ $shown }</b>, seharusnya <b>{ $right }</b>. Pengingat, ringkasan, eskalasi, dan penghapusan otomatis ditahan; laporan tetap diterima dan dijawab. Perbaiki jam server (sinkronkan dengan NTP: <code>timedatectl set-ntp true</code>). Setelah jam benar, semuanya berjalan lagi dengan sendirinya.
alert-clock-right = ✅ Jam server sudah benar: <b>{ $right }</b>. Pengingat, ringkasan, dan eskalasi berjalan lagi; yang sudah terlalu lama lewat tidak dikirim.
alert-group-gone = ⚠️ Bot dikeluarkan dari grup «{ $title }» ({ $region }). Grup itu tidak menerima kartu dan ringkasan lagi.
slowed = Banyak pesan Anda datang sekaligus. Semuanya tersimpan dan dikerjakan satu per satu; tidak perlu dikirim ulang. /darurat tetap didahulukan.
alert-flood = ⚠️ Telegram menolak semua kiriman bot, menurutnya selama { $minutes } menit. Tidak ada yang hilang: pesan menunggu, dan yang paling mendesak dicoba lagi paling lambat tiap menit.
alert-flood-group = ⚠️ Telegram menahan kiriman ke grup «{ $title }» selama { $minutes } menit. Kartu dan ringkasannya menunggu; sampaikan yang mendesak lewat jalan lain.

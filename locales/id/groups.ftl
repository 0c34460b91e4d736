# Groups: their purposes, linking them, and incidents that none of them hears of.
purpose-coordination = koordinasi
purpose-security = keamanan
purpose-neutrality = netralitas
purpose-disaster = bencana
purpose-logistics = logistik
purpose-legal = hukum
purpose-corrections = pemasyarakatan
purpose-all = semua urusan
alert-no-group = ⚠️ <b>I-{ $number }</b> di { $region } tidak sampai ke grup mana pun. Hubungkan grup dengan /hubungkan, dan tindak lanjuti sekarang: /insiden I-{ $number }
tap-not-linked = Grup ini tidak terhubung lagi. Admin dapat menghubungkannya dengan /hubungkan WILAYAH.
group-hello = Posko siap di grup ini. Admin menghubungkannya dengan: <code>/hubungkan WILAYAH</code>, misalnya <code>/hubungkan Lubuklinggau</code>
link-example =
    Sebut wilayahnya, dan urusannya bila perlu:
    <code>/hubungkan Lubuklinggau</code>
    <code>/hubungkan 16.74 bencana logistik</code>
linked = ✅ Grup ini terhubung dengan <b>{ $region }</b> untuk { $purposes }.
unlinked = Grup ini tidak terhubung lagi. Kartu dan ringkasan tidak dikirim ke sini.
not-linked = Grup ini belum terhubung. Admin: <code>/hubungkan WILAYAH</code>
link-not-yours = Grup ini terhubung dengan { $region }. Hanya admin wilayah itu yang dapat mengubahnya; hubungi admin di sana, atau admin di atasnya.
alert-linked = 🔗 { $name } menghubungkan grup «{ $title }» dengan <b>{ $region }</b> untuk { $purposes }.
alert-linked-once = Sebelumnya grup itu pernah terhubung dengan { $old }.
alert-linked-beside = Topik lain di grup yang sama terhubung dengan { $regions }; hubungan itu tidak berubah.
alert-link-changed = 🔗 { $name } mengubah grup «{ $title }»: dulu { $old } untuk { $before }, sekarang <b>{ $region }</b> untuk { $purposes }.
alert-unlinked = 🔗 { $name } memutuskan grup «{ $title }» dari <b>{ $region }</b> ({ $purposes }).
link-lost = ⚠️ Sekarang tidak ada grup <b>{ $region }</b> untuk { $purposes }.
link-lost-above = Kabarnya kini ke { $groups }.
link-lost-nowhere = Di tingkat atasnya pun tidak ada grup yang menerimanya.
link-lost-nowhere-for = Untuk { $purposes }, di tingkat atasnya pun tidak ada grup.
link-lost-do = Hubungkan grup penggantinya: <code>/hubungkan { $code }</code>. Insiden yang terbuka: /insiden daftar
menu-link = Hubungkan grup dengan wilayah
menu-unlink = Putuskan grup
help-link =
    { $command } menghubungkan grup ini:
    <code>{ $command } Lubuklinggau</code>
    <code>{ $command } 16.74 bencana logistik</code>
help-unlink = { $command } menghentikan kartu dan ringkasan di grup ini.
